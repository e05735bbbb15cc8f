"""What is loaded at import, and what a second process finds compiled."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("numba", "numpy", "pyarrow", "narwhals", "pandas", "polars", "tqdm")
LOADED = f"import sys; print(*(name for name in {HEAVY!r} if name in sys.modules))"
TESTS = Path(__file__).parents[1]


def python(code: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **environment},
        cwd=TESTS,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return done.stdout.strip()


@pytest.mark.parametrize(
    "statement",
    [
        "import minzheng",
        "from minzheng import dibao",
        "from minzheng import dibao; dibao.RULE",
        "from minzheng import tekun; tekun.RULE",
        "from minzheng import Standards; Standards.bundled()",
        "from minzheng import columns; columns.run, columns.schema, columns.nest",
    ],
)
def test_nothing_heavy_is_imported(statement: str) -> None:
    assert python(f"{statement}; {LOADED}") == ""


RUN = """
from datetime import date
from columns import cases, heating
from minzheng import columns
from minzheng.columns.kernel import compiled
from minzheng.people import Relation
someone = heating.Resident(relation=Relation.SPOUSE, age=70)
row = cases.row(heating.RULE, heating.Home(heating.Fuel.WOOD, 2), [someone])
data = cases.table(heating.RULE, [row])
tables = heating.standards(rural="100")
result = columns.run(heating.RULE, data, on=date(2020, 7, 24), standards=tables)
stats = compiled(heating.RULE).run.stats
print(result["pay_year"][0], sum(stats.cache_hits.values()), sum(stats.cache_misses.values()))
"""


def test_a_second_process_compiles_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "of its own" / "kernels"
    assert python(RUN, MINZHENG_CACHE_DIR=str(folder)) == "15000 0 1"
    assert python(RUN, MINZHENG_CACHE_DIR=str(folder)) == "15000 1 0"
    (source,) = folder.glob("*.py")
    assert source.name.startswith("minzheng_kernel_heating_")


def test_a_broken_file_in_the_cache_is_written_anew(tmp_path: Path) -> None:
    assert python(RUN, MINZHENG_CACHE_DIR=str(tmp_path)).startswith("15000")
    (source,) = tmp_path.glob("*.py")
    source.write_text("raise SystemExit(3)", "utf-8")
    assert python(RUN, MINZHENG_CACHE_DIR=str(tmp_path)).startswith("15000")


def test_the_cache_follows_the_user(tmp_path: Path) -> None:
    code = "from minzheng.columns.kernel import cache_directory; print(cache_directory())"
    home = {"MINZHENG_CACHE_DIR": "", "XDG_CACHE_HOME": str(tmp_path)}
    assert python(code, **home) == str(tmp_path / "minzheng")
    assert python(code, MINZHENG_CACHE_DIR=str(tmp_path / "own")) == str(tmp_path / "own")


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no directory", "utf-8")
    answer = python(RUN, MINZHENG_CACHE_DIR=str(blocked), TMPDIR=str(tmp_path))
    assert answer == "15000 0 1"


NO_NUMBA = """
import sys
sys.modules["numba"] = None
import importlib.util
real = importlib.util.find_spec
importlib.util.find_spec = lambda name, package=None: None if name == "numba" else real(name)
"""


def test_without_numba_nothing_is_written(tmp_path: Path) -> None:
    code = NO_NUMBA + RUN.replace("compiled(heating.RULE).run.stats", "None").replace(
        ", sum(stats.cache_hits.values()), sum(stats.cache_misses.values())", ""
    )
    assert python(code, MINZHENG_CACHE_DIR=str(tmp_path)) == "15000"
    assert list(tmp_path.iterdir()) == []
