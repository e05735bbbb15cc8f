"""The page on a benefit of one's own, as a script of its own: what it shows of Spark is what Spark shows."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from doctest import DocTestParser
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "howto" / "own-benefit.md"
BLOCKS = re.compile(r"^```(python|py|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def script_and_shown() -> tuple[str, str]:
    """All the code down to the block for Spark, and what that block shows."""
    code: list[str] = []
    spark_is_in = False
    for kind, text in BLOCKS.findall(PAGE.read_text("utf-8")):
        if kind == "text" and spark_is_in:
            return "\n".join(code), text
        spark_is_in = spark_is_in or kind == "py"
        if ">>>" in text:
            examples = DocTestParser().get_examples(text)
            code += [each.source for each in examples if each.exc_msg is None]
        else:
            code.append(text)
    raise AssertionError("the page shows nothing of Spark")


@pytest.mark.parametrize("first", ["", "from __future__ import annotations\n"])
def test_the_page_runs_as_a_script(first: str, tmp_path: Path) -> None:
    code, shown = script_and_shown()
    (tmp_path / "script.py").write_text(first + code, "utf-8")
    shutil.copytree(PAGE.parents[1] / "examples", tmp_path / "docs" / "examples")
    run = subprocess.run(
        [sys.executable, "script.py"],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYSPARK_PYTHON": sys.executable,
            "PYSPARK_SUBMIT_ARGS": "--master local[2] --conf spark.ui.enabled=false pyspark-shell",
            "MINZHENG_CACHE_DIR": str(tmp_path.parent / "kernels"),
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    assert shown in run.stdout
