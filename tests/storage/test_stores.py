"""Every adapter passes the conformance suite, and agrees with plain lists."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from minzheng.storage.memory import MemoryStore
from minzheng.storage.parquet import ParquetStore
from minzheng.storage.port import Store
from minzheng.storage.sqlalchemy import SqlStore
from minzheng.storage.sqlite import SqliteStore
from minzheng.testing.store_conformance import Failing, Opener, StoreConformance, machine

FEW = settings(max_examples=25, stateful_step_count=15)


@contextmanager
def full(execute: Callable[[str], Any]) -> Iterator[None]:
    """A disk that is full, as SQLite meets it: the file may not grow."""
    [(pages,)] = execute("PRAGMA page_count")
    [(most,)] = execute("PRAGMA max_page_count")
    execute(f"PRAGMA max_page_count = {pages + 2}")
    try:
        yield
    finally:
        execute(f"PRAGMA max_page_count = {most}")


def sqlite_full(store: Store) -> Any:
    db: Any = store
    return full(lambda statement: db._db.execute(statement).fetchall())


@contextmanager
def sql_full(store: Store) -> Iterator[None]:
    """The limit is one of a connection: the store's own, or the one its pool gives it next."""
    sql: Any = store

    def execute(statement: str) -> Any:
        db = sql._db if sql._db is not None else sql._engine.connect()
        with suppress_close(db, sql._db is None):
            return db.connection.dbapi_connection.execute(statement).fetchall()

    with full(execute):
        yield


@contextmanager
def suppress_close(db: Any, own: bool) -> Iterator[None]:
    try:
        yield
    finally:
        if own:
            db.close()


@contextmanager
def postgres_refuses(store: Store) -> Iterator[None]:
    """The server itself fails the statement, which leaves its transaction aborted."""
    sql: Any = store
    once = [
        "CREATE OR REPLACE FUNCTION is_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$",
        "CREATE TRIGGER is_full BEFORE INSERT ON minzheng_records FOR EACH ROW "
        "WHEN (length(NEW.payload) > 100000) EXECUTE FUNCTION is_full()",
    ]
    if sql._db is not None:
        with pytest.MonkeyPatch.context() as patch:
            append = sql._append

            def fails(records: Any) -> None:
                for statement in once:
                    sql._db.exec_driver_sql(statement)
                append(records)

            patch.setattr(sql, "_append", fails)
            yield
        return
    with sql._engine.begin() as db:
        for statement in once:
            db.exec_driver_sql(statement)
    try:
        yield
    finally:
        with sql._engine.begin() as db:
            db.exec_driver_sql("DROP TRIGGER is_full ON minzheng_records")


class TestMemory(StoreConformance):
    durable = False

    @pytest.fixture
    def opener(self) -> Opener:
        return MemoryStore


class TestSqlite(StoreConformance):
    @pytest.fixture
    def failing(self) -> Failing:
        return sqlite_full

    @pytest.fixture
    def opener(self, tmp_path: Path) -> Opener:
        return lambda clock: SqliteStore(tmp_path / "county.db", clock)


class TestSqlOnSqlite(StoreConformance):
    @pytest.fixture
    def failing(self) -> Failing:
        return sql_full

    @pytest.fixture
    def opener(self, tmp_path: Path) -> Opener:
        return lambda clock: SqlStore(f"sqlite:///{tmp_path}/county.db", clock)


class TestSqlOnPostgres(StoreConformance):
    @pytest.fixture
    def failing(self) -> Failing:
        return postgres_refuses

    @pytest.fixture
    def opener(self, empty: Callable[[], str]) -> Opener:
        url = empty()
        return lambda clock: SqlStore(url, clock)


class TestParquet(StoreConformance):
    @pytest.fixture
    def opener(self, tmp_path: Path) -> Opener:
        return lambda clock: ParquetStore(tmp_path / "county", clock)


FOLDER = TemporaryDirectory(prefix="minzheng-")
NUMBERS = count()


def sqlite() -> Opener:
    path = Path(FOLDER.name) / f"{next(NUMBERS)}.db"
    return lambda clock: SqliteStore(path, clock)


TestMemoryMachine = machine(lambda: MemoryStore).TestCase
TestMemoryMachine.settings = FEW
TestSqliteMachine = machine(sqlite).TestCase
TestSqliteMachine.settings = FEW


def sql() -> Opener:
    path = Path(FOLDER.name) / f"{next(NUMBERS)}.db"
    return lambda clock: SqlStore(f"sqlite:///{path}", clock)


TestSqlOnSqliteMachine = machine(sql).TestCase
TestSqlOnSqliteMachine.settings = FEW


def test_postgres_agrees_with_plain_lists(empty: Callable[[], str]) -> None:
    def opener() -> Opener:
        url = empty()
        return lambda clock: SqlStore(url, clock)

    run_state_machine_as_test(machine(opener), settings=FEW)


def parquet() -> Opener:
    path = Path(FOLDER.name) / f"{next(NUMBERS)}"
    return lambda clock: ParquetStore(path, clock)


TestParquetMachine = machine(parquet).TestCase
TestParquetMachine.settings = FEW
