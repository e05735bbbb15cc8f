"""Runs every snippet of README.md and of the docs: Python ones as doctests, commands as commands."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from doctest import ELLIPSIS, Example, OutputChecker
from functools import partial
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import sybil
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser

ROOT = Path(__file__).parent
PROMPT = "$ "
WORDS = ["python", "-m", "minzheng"]


def run_commands(example: sybil.Example) -> str | None:
    """Run the commands of a ``console`` block; what a terminal shows must be what the block shows."""
    lines: list[str] = example.parsed.splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith(PROMPT)]
    if not starts or starts[0] > 0:
        return f"a console block begins with {PROMPT!r}; use bash for what is not to be run"
    found = (
        _run(
            lines[start].removeprefix(PROMPT),
            "".join(f"{line}\n" for line in lines[start + 1 : end]),
        )
        for start, end in pairwise([*starts, len(lines)])
    )
    return "\n".join(filter(None, found)) or None


def _run(command: str, expected: str) -> str | None:
    words = shlex.split(command)
    if words[:3] != WORDS:
        return f"a console block runs {' '.join(WORDS)} only, not {command!r}"
    run = subprocess.run(
        [sys.executable, *words[1:]],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "80", "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    checker = OutputChecker()
    if checker.check_output(expected, run.stdout, ELLIPSIS):
        return None
    return f"{command}\n{checker.output_difference(Example('', expected), run.stdout, ELLIPSIS)}"


def enter(there: str | Path, _namespace: dict[str, Any]) -> None:
    """Snippets name files as seen from the root of the checkout."""
    os.chdir(there)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object:
    """Keep the snippets of one page on one worker: each builds on those before it."""
    scheduler = import_module("xdist.scheduler")

    made: object = scheduler.LoadFileScheduling(config, log)
    return made


pytest_collect_file = sybil.Sybil(
    parsers=[
        PythonCodeBlockParser(doctest_optionflags=ELLIPSIS),
        CodeBlockParser("console", run_commands),
    ],
    patterns=["README.md", "docs/*.md", "docs/**/*.md"],
    excludes=["docs/_build/**"],
    setup=partial(enter, ROOT),
    teardown=partial(enter, Path.cwd()),
).pytest()
