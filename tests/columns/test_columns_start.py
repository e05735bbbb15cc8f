"""What is loaded at import, and what a second process finds compiled."""

from __future__ import annotations

import importlib.util
import marshal
import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from minzheng.columns.kernel import compiled_from
from minzheng.errors import MinzhengError

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
        "from minzheng import dibao; dibao.rule",
        "from minzheng import tekun; tekun.rule",
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


PRIVATE = {
    "a symbolic link": "other = path.with_name('other'); path.rename(other); path.symlink_to(other)",
    "writable by the group": "path.chmod(0o770)",
    "writable by all": "path.chmod(0o702)",
    "compiled files writable by all": "(path / '__pycache__').chmod(0o777)",
    "files writable by all in a folder open to all": (
        "path.chmod(0o755); [each.chmod(0o666) for each in path.glob('*.py')]"
    ),
    "a source that is a link": (
        "source = next(path.glob('*.py')); copy = path.with_name('copy.py'); "
        "copy.write_text(source.read_text()); source.unlink(); source.symlink_to(copy)"
    ),
}


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="Windows has no owner to compare")
@pytest.mark.parametrize("how", PRIVATE)
def test_a_cache_that_others_can_write_to_is_refused(tmp_path: Path, how: str) -> None:
    """Whoever can put a file there decides what is executed."""
    folder = tmp_path / "kernels"
    python(RUN, MINZHENG_CACHE_DIR=str(folder))
    assert folder.stat().st_mode & 0o777 == 0o700
    exec(PRIVATE[how], {"path": folder})
    refused = RUN.replace(
        "result = columns",
        "import pytest\nfrom minzheng.errors import MinzhengError\nwith pytest.raises(MinzhengError, match='MINZHENG_CACHE_DIR') as caught: columns",
    )
    refused = refused[: refused.index("stats =")] + "print(str(caught.value).count(' '))"
    assert int(python(refused, MINZHENG_CACHE_DIR=str(folder))) > 10


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="Windows has no owner to compare")
def test_a_cache_of_another_user_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "kernels"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("MINZHENG_CACHE_DIR", str(folder))
    monkeypatch.setattr(os, "getuid", lambda: folder.stat().st_uid + 1)
    with pytest.raises(MinzhengError, match="belongs to another user"):
        compiled_from("pass", "forged")


def test_bytecode_beside_a_kernel_is_not_executed(tmp_path: Path) -> None:
    """A ``.pyc`` may be of another source and still bear this one's time and size."""
    assert python(RUN, MINZHENG_CACHE_DIR=str(tmp_path)).startswith("15000")
    (source,) = tmp_path.glob("*.py")
    cached = Path(importlib.util.cache_from_source(str(source)))
    code = compile("raise SystemExit('forged')", str(source), "exec")
    about = source.stat()
    head = importlib.util.MAGIC_NUMBER + struct.pack("<III", 0, int(about.st_mtime), about.st_size)
    cached.write_bytes(head + marshal.dumps(code))
    assert python(RUN, MINZHENG_CACHE_DIR=str(tmp_path)) == "15000 1 0"


def test_a_temporary_cache_is_removed(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no directory", "utf-8")
    python(RUN, MINZHENG_CACHE_DIR=str(blocked), TMPDIR=str(tmp_path))
    assert list(tmp_path.iterdir()) == [blocked]


FORKED = """
import os, sys
first = result["pay_year"].to_pylist()
prepared = columns.prepare(heating.RULE, data)
prepared.run(on=date(2020, 7, 24), standards=tables)
child = os.fork()
if child == 0:
    run = columns.run(heating.RULE, data, on=date(2020, 7, 24), standards=tables, threads=2)
    again = prepared.run(on=date(2020, 7, 24), standards=tables)
    os._exit(0 if run.equals(result) and again.equals(result) else 5)
print(os.waitpid(child, 0)[1])
from multiprocessing import get_context
with get_context("fork").Pool(2) as pool:
    print(pool.map(decide, [0, 1]) == [first, first])
"""
DECIDE = """
def decide(_number):
    run = columns.run(heating.RULE, data, on=date(2020, 7, 24), standards=tables)
    return run["pay_year"].to_pylist()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("layer", ["workqueue", "omp"])
def test_a_process_forked_after_a_run_decides_on_one_thread(tmp_path: Path, layer: str) -> None:
    """With OpenMP such a child is ended, with work queues it waits for threads it has not."""
    code = RUN + DECIDE + FORKED
    said = python(code, MINZHENG_CACHE_DIR=str(tmp_path / "kernels"), NUMBA_THREADING_LAYER=layer)
    assert said.splitlines()[1:] == ["0", "True"]
