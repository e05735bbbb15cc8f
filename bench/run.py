"""Run every program on the same populations, each in an environment of its own, and print one table.

Run it as ``nox -s bench``. The interpreter that runs this needs minzheng with
its columns (numba, numpy, pyarrow); the environments of the peers are made here.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from attrs import field, frozen
from common import lacks_marks, marks, processor, python_of, row, write
from oracle import decide_all
from population import generate

HERE = Path(__file__).resolve().parent
SIZES = (10_000, 100_000, 1_000_000)
NUMPY = "numpy==2.4.6"
ENVIRONMENTS = {
    "openfisca": ("openfisca-core==46.0.1", NUMPY),
    "policyengine": ("policyengine-core==3.33.12", NUMPY),
    "pandas": ("pandas==3.1.1", NUMPY),
    "polars": ("polars==2.1.0", NUMPY),
    "duckdb": ("duckdb==2.0.0", "pyarrow==26.0.1", NUMPY),
    "numpy": (NUMPY,),
}
OURS = "minzheng"


@frozen
class Program:
    """One row of the table: a script, in an environment, with options."""

    label: str
    environment: str
    script: str
    options: tuple[str, ...] = ()
    name: str = field(default="", kw_only=True)
    """what others are compared with by"""


PROGRAMS = (
    Program("minzheng, 1 thread", OURS, "with_minzheng", ("--threads", "1")),
    Program("minzheng, 2 threads", OURS, "with_minzheng", ("--threads", "2")),
    Program(
        "OpenFisca-Core, as documented",
        "openfisca",
        "with_openfisca",
        ("--idiom", "documented"),
        name="OpenFisca documented",
    ),
    Program(
        "OpenFisca-Core, table look-up",
        "openfisca",
        "with_openfisca",
        ("--idiom", "table"),
        name="OpenFisca table",
    ),
    Program(
        "OpenFisca-Core, tuned by hand",
        "openfisca",
        "with_openfisca",
        ("--idiom", "tuned"),
        name="OpenFisca tuned",
    ),
    Program(
        "PolicyEngine-Core, as documented",
        "policyengine",
        "with_policyengine",
        ("--idiom", "documented"),
        name="PolicyEngine documented",
    ),
    Program(
        "PolicyEngine-Core, tuned by hand",
        "policyengine",
        "with_policyengine",
        ("--idiom", "tuned"),
        name="PolicyEngine tuned",
    ),
    Program("pandas", "pandas", "with_pandas"),
    Program("polars, all cores", "polars", "with_polars"),
    Program("DuckDB, all cores", "duckdb", "with_duckdb"),
    Program("numpy, int64", "numpy", "with_numpy"),
    Program("copying the input, 1 thread", "numpy", "copying", name="copy"),
)
COMPARED = tuple(each.name for each in PROGRAMS if each.name and each.name != "copy")


def main() -> int:
    """Measure, print, and write the page that is named."""
    options = _options()
    programs = [
        each for each in PROGRAMS if options.only is None or each.environment in options.only
    ]
    options.work.mkdir(parents=True, exist_ok=True)
    pythons = {
        name: _python(options.work, name) for name in {each.environment for each in programs}
    }
    lines = list(_about(programs))
    failed = False
    for n in options.sizes:
        population = _population(options.work, n)
        outcomes = []
        for each in programs:
            outcome = _measure(pythons[each.environment], each, population, options.repeat)
            failed |= "error" in outcome
            outcomes.append((each, outcome))
            print(f"{n:>9,} {each.label}: {_short(outcome)}", file=sys.stderr, flush=True)
        lines += ["", f"## {n:,} households", "", *_table(outcomes)]
    if OURS in pythons:
        lines += ["", *_ours()]
    text = "\n".join(lines)
    print(text)
    if options.write is not None:
        write(options.write, "bench", text)
    return int(failed)


def _options() -> argparse.Namespace:
    known = sorted({each.environment for each in PROGRAMS})
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="where environments are kept")
    parser.add_argument("--sizes", type=_numbers, default=SIZES, help="such as 10000,100000")
    parser.add_argument("--only", type=_words, help=f"of {','.join(known)}")
    parser.add_argument("--repeat", type=int, default=9, help="runs of which the median is taken")
    parser.add_argument("--write", type=Path, help="page whose table is replaced")
    options = parser.parse_args()
    if unknown := set(options.only or ()) - set(known):
        parser.error(f"--only: {', '.join(sorted(unknown))}; expected some of {', '.join(known)}")
    if options.write is not None and lacks_marks(options.write, "bench"):
        parser.error(f"--write: {options.write} has no lines {' and '.join(marks('bench'))}")
    return options


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(each.replace("_", "")) for each in text.split(","))


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split(","))


def _python(work: Path, name: str) -> Path:
    return Path(sys.executable) if name == OURS else python_of(work, name, ENVIRONMENTS[name])


def _population(work: Path, n: int) -> Path:
    """The households and the right answers, made anew: the rule may have changed."""
    path = work / f"population-{n}.npz"
    data = generate(n)
    stored: dict[str, Any] = {**data, **decide_all(data)}
    np.savez(path, **stored)
    return path


def _measure(python: Path, program: Program, population: Path, repeat: int) -> dict[str, Any]:
    script = HERE / "peers" / f"{program.script}.py"
    command = [str(python), str(script), *program.options]
    done = subprocess.run(
        [*command, "--repeat", str(repeat), str(population)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        return {"error": (done.stderr.strip().splitlines() or ["no message"])[-1]}
    outcome: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return outcome


def _ours() -> list[str]:
    """What is measured of this library alone."""
    run = [sys.executable, "ours.py"]
    return subprocess.check_output(run, text=True, cwd=HERE).splitlines()


def _short(outcome: dict[str, Any]) -> str:
    if "error" in outcome:
        return f"failed: {outcome['error']}"
    return f"{outcome['seconds'] * 1e3:.2f} ms, {outcome['wrong']} wrong"


def _about(programs: Sequence[Program]) -> Iterator[str]:
    cores = len(os.sched_getaffinity(0))
    ours = ", ".join(f"{name} {version(name)}" for name in (OURS, "numba", "numpy", "pyarrow"))
    yield f"Machine: {processor()}, {cores} cores, {platform.system()} {platform.machine()}."
    yield f"Python {platform.python_version()}; {ours}."
    used = dict.fromkeys(each.environment for each in programs if each.environment != OURS)
    theirs = (", ".join(ENVIRONMENTS[each]).replace("==", " ") for each in used)
    yield f"Peers: {'; '.join(theirs)}."


def _table(outcomes: Sequence[tuple[Program, dict[str, Any]]]) -> Iterator[str]:
    seconds = {
        program.name: outcome["seconds"]
        for program, outcome in outcomes
        if program.name and "error" not in outcome
    }
    compared = [name for name in COMPARED if name in seconds]
    heads = ["program", "ms", "households/s", "extra MB", "wrong"]
    heads += [f"x {name}" for name in compared] + ["of copy"] * ("copy" in seconds)
    yield row(heads)
    yield row(["---", *["---:"] * (len(heads) - 1)])
    for program, outcome in outcomes:
        if "error" in outcome:
            yield row([program.label, "failed", *[""] * (len(heads) - 2)])
            continue
        took = outcome["seconds"]
        wrong = outcome["wrong"]
        cells = [
            program.label,
            f"{took * 1e3:.2f}",
            f"{outcome['n'] / took / 1e6:.2f} M",
            f"{outcome['extra_memory_mb']:.0f}",
            "" if wrong is None else f"{wrong:,}",
            *(f"{seconds[name] / took:.1f}" for name in compared),
        ]
        yield row(cells + [f"{took / seconds['copy']:.1f}"] * ("copy" in seconds))


if __name__ == "__main__":
    sys.exit(main())
