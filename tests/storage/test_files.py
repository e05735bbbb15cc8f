"""Files of stores: private, watched, readable where they may not be written; errors say the cause."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from minzheng.errors import InvalidInput, MinzhengError, MissingExtra, StorageError, Tampered
from minzheng.storage import Draft, Store, export_lines, import_lines, open_store, write_lines
from minzheng.storage.memory import MemoryStore
from minzheng.storage.parquet import write_snapshot
from minzheng.storage.port import Canonical
from minzheng.storage.sqlite import SqliteStore
from minzheng.testing.store_conformance import Ticking

DAY = date(2020, 7, 24)
FILES = ["sqlite", "sqlite+pysqlite"]
MEDIA = [*FILES, "parquet"]


@pytest.fixture
def umask() -> Iterator[None]:
    """The most open one."""
    before = os.umask(0)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    return {each.name: stat.S_IMODE(each.stat().st_mode) for each in sorted(folder.rglob("*"))}


@pytest.mark.parametrize("scheme", FILES)
@pytest.mark.usefixtures("umask")
def test_a_new_file_and_its_logs_are_their_owners_only(scheme: str, tmp_path: Path) -> None:
    with open_store(f"{scheme}:///{tmp_path}/county.db") as store:
        store.put("note", "a", 1, valid_from=DAY)
        found = modes(tmp_path)
    assert found.keys() >= {"county.db", "county.db-wal", "county.db-shm"}
    assert set(found.values()) == {0o600}


@pytest.mark.usefixtures("umask")
def test_a_new_folder_and_what_is_in_it_are_their_owners_only(tmp_path: Path) -> None:
    with open_store(f"parquet:///{tmp_path}/county") as store:
        store.put("note", "a", {"n": 1}, valid_from=DAY)
        write_snapshot(tmp_path / "notes.parquet", store.find("note"))
        assert write_lines(tmp_path / "notes.jsonl", store) == 1
    assert modes(tmp_path) == {
        "county": 0o700,
        "lock": 0o600,
        "notes.jsonl": 0o600,
        "notes.parquet": 0o600,
        "records-000000001.parquet": 0o600,
    }


def test_written_lines_are_taken_in_again(tmp_path: Path) -> None:
    store = MemoryStore(Ticking())
    for key in "ab":
        store.put("note", key, {"低保": "\u2028"}, valid_from=DAY)
    store.put("other", "a", 1, valid_from=DAY)
    path = tmp_path / "notes.jsonl"
    path.write_text("longer than what is written now\n" * 100)
    assert write_lines(path, store, "note") == 2
    assert path.read_text("utf-8").split("\n") == [*export_lines(store, "note"), ""]
    with path.open(encoding="utf-8") as lines:
        copy = MemoryStore()
        assert import_lines(copy, lines) == 2
    assert copy.head("note") == store.head("note")
    with pytest.raises(StorageError, match="No such file"):
        write_lines(tmp_path / "none" / "notes.jsonl", store)


@pytest.mark.parametrize("scheme", FILES)
@pytest.mark.parametrize("inside", [False, True])
@pytest.mark.parametrize("put_back", [False, True])
def test_a_file_that_is_gone_takes_no_put(
    scheme: str, inside: bool, put_back: bool, tmp_path: Path
) -> None:
    path = tmp_path / "county.db"

    def goes() -> None:
        path.rename(tmp_path / "elsewhere.db")
        if put_back:
            shutil.copy(tmp_path / "elsewhere.db", path)

    def puts(store: Store) -> None:
        with store.transaction():
            store.put("note", "b", 1, valid_from=DAY)
            if inside:
                goes()

    with open_store(f"{scheme}:///{path}", Ticking()) as store:
        store.put("note", "a", 1, valid_from=DAY)
        if not inside:
            goes()
        with pytest.raises(StorageError, match="removed or replaced"):
            puts(store)
        with pytest.raises(StorageError, match="removed or replaced"):
            store.verify_chain("note")


@pytest.mark.parametrize("what", ["folder", "file", "replaced"])
def test_a_folder_that_is_gone_takes_no_put(what: str, tmp_path: Path) -> None:
    folder = tmp_path / "county"
    with open_store(f"parquet:///{folder}") as store:
        store.put("note", "a", 1, valid_from=DAY)
        if what == "file":
            (folder / "records-000000001.parquet").unlink()
        else:
            folder.rename(tmp_path / "elsewhere")
            if what == "replaced":
                folder.mkdir()
        with pytest.raises(StorageError, match="removed"):
            store.put("note", "b", 1, valid_from=DAY)


def archive(scheme: str, tmp_path: Path) -> tuple[str, Path]:
    path = tmp_path / "archive" / "county"
    path.parent.mkdir()
    with open_store(f"{scheme}:///{path}", Ticking()) as store:
        for number in range(3):
            store.put("note", "a", number, valid_from=DAY)
    return f"{scheme}:///{path}", path


@pytest.mark.parametrize("scheme", ["sqlite", "parquet"])
def test_an_archive_is_read_and_verified_but_not_written(scheme: str, tmp_path: Path) -> None:
    url, path = archive(scheme, tmp_path)
    before = modes(tmp_path)
    with open_store(f"{url}?mode=ro") as store:
        assert store.verify_chain("note").place == 3
        assert [each.data for each in store.history("note", "a")] == [0, 1, 2]
        with pytest.raises(StorageError, match="opened for reading only"):
            store.put("note", "a", 1, valid_from=DAY)
    assert modes(tmp_path).keys() - before.keys() <= {"county-wal", "county-shm"}
    with pytest.raises(InvalidInput, match=r"[Nn]o such file"):
        open_store(f"{scheme}:///{path}-none?mode=ro")
    assert not path.with_name("county-none").exists()


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX access")
@pytest.mark.parametrize("where", ["file", "folder"])
def test_what_may_not_be_written_is_opened_for_reading(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the system says it to somebody who is not root, whom nothing stops."""
    url, path = archive("sqlite", tmp_path)
    barred = path if where == "file" else path.parent
    monkeypatch.setattr(os, "access", lambda asked, mode: Path(asked) != barred)
    connect = sqlite3.connect

    def opened(name: str, **options: Any) -> Any:
        db = connect(name, **options)
        return db if "immutable" in name else Barred(db)

    monkeypatch.setattr(sqlite3, "connect", opened)
    with open_store(url) as store:
        assert store.verify_chain("note").place == 3
        with pytest.raises(StorageError, match="opened for reading only"):
            store.put("note", "a", 1, valid_from=DAY)
    assert sorted(each.name for each in path.parent.iterdir()) == ["county"]


class Barred:
    """A connection that cannot make a log, as on a read-only medium."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def execute(self, *_: Any) -> Any:
        raise sqlite3.OperationalError("unable to open database file")

    def close(self) -> None:
        self._db.close()


def test_an_empty_file_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / "county.db").touch()
    with pytest.raises(InvalidInput, match="no records of this library"):
        open_store(f"sqlite:///{tmp_path}/county.db?mode=ro")


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT OR REPLACE INTO minzheng_records SELECT kind, place, name, version, valid_from, "
        "recorded_at, '\"forged\"', previous, hash FROM minzheng_records WHERE place = 2",
        "INSERT OR REPLACE INTO minzheng_records SELECT kind, 99, name, version, valid_from, "
        "recorded_at, '\"forged\"', previous, hash FROM minzheng_records WHERE place = 2",
        "INSERT OR REPLACE INTO minzheng_records (rowid, kind, place, name, version, valid_from, "
        "recorded_at, payload, previous, hash) SELECT rowid, 'other', 99, 'x', 1, valid_from, "
        "recorded_at, '1', previous, hash FROM minzheng_records WHERE place = 2",
        "REPLACE INTO minzheng_records SELECT * FROM minzheng_records WHERE place = 2",
        "UPDATE OR REPLACE minzheng_records SET place = 1 WHERE place = 2",
        "INSERT INTO minzheng_records SELECT * FROM minzheng_records WHERE place = 2 "
        "ON CONFLICT DO UPDATE SET payload = '1'",
        "DELETE FROM minzheng_records",
    ],
)
@pytest.mark.parametrize("scheme", FILES)
def test_no_statement_changes_a_record(scheme: str, statement: str, tmp_path: Path) -> None:
    with open_store(f"{scheme}:///{tmp_path}/county.db", Ticking()) as store:
        right = [store.put("note", "a", number, valid_from=DAY) for number in range(3)]
        with (
            closing(sqlite3.connect(tmp_path / "county.db")) as db,
            pytest.raises(sqlite3.IntegrityError, match="append-only"),
        ):
            db.execute(statement)
        assert list(store.chain("note")) == right


def test_a_put_after_many_versions_costs_what_the_first_did(tmp_path: Path) -> None:
    """Steps of SQLite's own machine, not time: they must not grow with the versions."""
    steps = 0

    def step() -> None:
        nonlocal steps
        steps += 1

    with SqliteStore(tmp_path / "county.db", Ticking()) as store:

        def cost() -> int:
            nonlocal steps
            steps = 0
            store._db.set_progress_handler(step, 1)
            store.put("note", "a", 1, valid_from=DAY)
            store._db.set_progress_handler(None, 1)
            return steps

        store.put("note", "a", 1, valid_from=DAY)
        first = cost()
        store.put_many("note", [Draft("a", Canonical("1"), DAY)] * 10_000)
        assert first > 20
        assert cost() < 2 * first
        assert store.get("note", "a").version == 10_003  # type: ignore[union-attr]


PASSWORDS = [
    "postgresql://clerk:s3cret@host:port/county",
    "sqlite://clerk:s3cret@host/county.db",
    "parquet://clerk:s3cret@host/county",
    "postgresql://clerk:s3cret@[host/county",
    "postgresql+nothing://clerk:s3cret@host/county",
    "sqlite:///county.db?password=s3cret",
]


@pytest.mark.parametrize(
    "url",
    [
        *PASSWORDS,
        "http://[",
        "sqlite:///county\x00.db",
        "sqlite:///county%00.db",
        "sqlite:///\ud800.db",
        "://",
        None,
        7,
        b"sqlite:///county.db",
        "sqlite:///" + "a/" * 5000 + "county.db",
        "sqlite:///" + "a" * 5000,
        "parquet:///" + "a" * 5000,
        "parquet:///county%00",
        "sqlite+pysqlite:///" + "a" * 5000,
    ],
    ids=lambda url: repr(url)[:40],
)
def test_a_url_that_cannot_be_read_is_refused(
    url: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises((InvalidInput, MissingExtra)) as caught:
        open_store(url)
    error: BaseException | None = caught.value
    while error is not None:
        assert "s3cret" not in str(error)
        assert len(str(error)) < 6000
        error = error.__cause__ or error.__context__
    assert list(tmp_path.iterdir()) == []


def chained(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


SECRET = "测试样本"


def test_an_error_of_a_database_does_not_repeat_what_was_put(tmp_path: Path) -> None:
    with open_store(f"sqlite+pysqlite:///{tmp_path}/county.db") as store:
        with closing(sqlite3.connect(tmp_path / "county.db")) as db:
            db.execute("CREATE TRIGGER full BEFORE INSERT ON minzheng_records "
                       "BEGIN SELECT RAISE(ABORT, 'is full'); END")  # fmt: skip
            db.commit()
        with pytest.raises(MinzhengError, match="is full") as caught:
            store.put("note", SECRET, SECRET, valid_from=DAY)
    for error in chained(caught.value):
        assert SECRET not in f"{error} {error!r} {error.args} {vars(error)}"


def test_an_error_of_postgres_does_not_repeat_what_was_put(empty: Any) -> None:
    from sqlalchemy import create_engine, text

    url = empty()
    with open_store(url) as store:
        engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
        with engine.begin() as db:
            db.execute(text("ALTER TABLE minzheng_records ADD CHECK (length(payload) > 99)"))
        engine.dispose()
        with pytest.raises(MinzhengError, match="violates check") as caught:
            store.put("note", SECRET, SECRET, valid_from=DAY)
        assert store.kinds() == ()
    for error in chained(caught.value):
        assert SECRET not in f"{error} {error!r} {error.args} {vars(error)}"


@pytest.mark.parametrize("step", ["write_table", "fsync", "link", "lock"])
def test_a_folder_that_fails_is_an_error_of_this_library(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pyarrow.parquet as pq

    def fails(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    with open_store(f"parquet:///{tmp_path}/county") as store:
        kept = store.put("note", "a", 1, valid_from=DAY)
        holder: Any = pq if step == "write_table" else os
        name = "open" if step == "lock" else step
        with monkeypatch.context() as patch:
            patch.setattr(holder, name, fails)
            with pytest.raises(StorageError, match="No space left"):
                store.put("note", "a", 2, valid_from=DAY)
        assert list(store.chain("note")) == [kept]
        assert store.put("note", "a", 2, valid_from=DAY).version == 2
        assert store.verify_chain("note").place == 2
    assert [each.name for each in (tmp_path / "county").glob("*.draft")] == []


def test_a_snapshot_that_cannot_be_written_is_an_error_of_this_library(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="No such file"):
        write_snapshot(tmp_path / "none" / "notes.parquet", [])


def test_files_whose_places_do_not_follow_are_found(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    with open_store(f"parquet:///{tmp_path}/county") as store:
        for number in range(3):
            store.put("note", "a", number, valid_from=DAY)
    path = tmp_path / "county" / "records-000000003.parquet"
    table = pq.read_table(path)
    pq.write_table(table.set_column(1, "place", pa.array([1])), path)
    with pytest.raises(Tampered, match=r"note\[1\] follows 2 records"):
        open_store(f"parquet:///{tmp_path}/county")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("scheme", MEDIA)
def test_a_child_process_is_told_to_open_its_own(scheme: str, tmp_path: Path) -> None:
    with open_store(f"{scheme}:///{tmp_path}/county") as store:
        store.put("note", "a", 1, valid_from=DAY)
        owner: Any = store
        owner._owner = (os.getpid() + 1, owner._owner[1])
        with pytest.raises(StorageError, match="in another process"):
            store.get("note", "a")
        owner._owner = (os.getpid(), owner._owner[1])
        assert store.verify_chain("note").place == 1
