"""Stores by URL, of the library and of installed packages; a missing extra is named."""

import sqlite3
import sys
import threading
from contextlib import closing
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from minzheng.errors import InvalidInput, MissingExtra, NotFound, Tampered
from minzheng.storage import open_store, opening
from minzheng.storage.memory import MemoryStore
from minzheng.storage.wal import write_ahead
from minzheng.testing.store_conformance import BEGIN, Ticking

DAY = date(2020, 7, 24)


def test_a_path_has_three_slashes_or_four(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    near = open_store("sqlite:///county%20one.db", Ticking())
    put = near.put("note", "a", 1, valid_from=DAY)
    assert put.recorded_at > BEGIN
    near.close()
    far = open_store(f"sqlite:///{tmp_path}/county one.db")
    assert far.get("note", "a") == put
    far.close()


def test_sqlite_without_a_path_is_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store = open_store("sqlite://")
    assert store.put("note", "a", 1, valid_from=DAY).place == 1
    store.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "url",
    [
        "",
        "county.db",
        "sqlite://county.db",
        "sqlite:///a?b=c",
        "sqlite://?mode=ro",
        "parquet://",
        "parquet:///",
        "memory:county",
        "memory://",
    ],
)
def test_what_names_no_store_is_refused(url: str) -> None:
    with pytest.raises(InvalidInput):
        open_store(url)


def test_an_unknown_scheme_names_the_nearest() -> None:
    with pytest.raises(NotFound, match="did you mean 'postgresql'"):
        open_store("postgres://host/county")


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="no such folder"):
        open_store(f"sqlite:///{tmp_path}/none/county.db")


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "county.db").write_text("a letter, and no database at all" * 100)
    with pytest.raises(Tampered, match="not a database"):
        open_store(f"sqlite:///{tmp_path}/county.db")


def test_a_package_offers_a_store(monkeypatch: pytest.MonkeyPatch) -> None:
    class Entry:
        name = "paper"

        def load(self) -> object:
            return lambda url, clock: MemoryStore(clock)

    def entry_points(*, group: str) -> list[Entry]:
        assert group == "minzheng.stores"
        return [Entry()]

    monkeypatch.setattr(opening, "entry_points", entry_points)
    store = open_store("paper://cabinet", Ticking())
    assert isinstance(store, MemoryStore)
    with pytest.raises(NotFound, match="did you mean 'paper'"):
        open_store("papier:///x")


@pytest.mark.parametrize(
    ("url", "package", "extra"),
    [
        ("postgresql://host/county", "sqlalchemy", "sql"),
        ("oracle+oracledb://host/county", "sqlalchemy", "sql"),
        ("parquet:///folder", "pyarrow", "columns"),
    ],
)
def test_a_missing_extra_is_named(
    url: str, package: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == package]:
        monkeypatch.delitem(sys.modules, name)
    for room in ("sqlalchemy", "parquet"):
        monkeypatch.delitem(sys.modules, f"minzheng.storage.{room}", raising=False)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtra, match=rf"needs {package}.*minzheng\[{extra}\]"):
        open_store(url)


def test_the_room_is_light() -> None:
    assert import_module("minzheng.storage") is not None
    code = "import sys, minzheng.storage; print(*{'sqlalchemy', 'pyarrow', 'cryptography', 'cattrs'} & {*sys.modules})"
    import subprocess

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""


@pytest.mark.parametrize("scheme", ["sqlite", "sqlite+pysqlite"])
def test_a_new_file_that_another_holds_is_waited_for(scheme: str, tmp_path: Path) -> None:
    path = tmp_path / "county.db"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    release = threading.Timer(0.3, lambda: other.execute("COMMIT"))
    release.start()
    with open_store(f"{scheme}:///{path}") as store:
        store.put("note", "a", {"n": 1}, valid_from=date(2020, 7, 24))
    release.join()
    other.close()
    with open_store(f"sqlite:///{path}") as store:
        assert store.verify_chain("note").place == 1


def test_a_file_that_stays_locked_is_said(tmp_path: Path) -> None:
    path = tmp_path / "county.db"
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as other,
        closing(sqlite3.connect(path, timeout=0)) as db,
    ):
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            write_ahead(db, 0.05)
