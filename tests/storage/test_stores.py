"""Every adapter passes the conformance suite, and agrees with plain lists."""

from collections.abc import Callable
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from minzheng.storage.memory import MemoryStore
from minzheng.storage.parquet import ParquetStore
from minzheng.storage.sqlalchemy import SqlStore
from minzheng.storage.sqlite import SqliteStore
from minzheng.testing.store_conformance import Opener, StoreConformance, machine

FEW = settings(max_examples=25, stateful_step_count=15)


class TestMemory(StoreConformance):
    durable = False

    @pytest.fixture
    def opener(self) -> Opener:
        return MemoryStore


class TestSqlite(StoreConformance):
    @pytest.fixture
    def opener(self, tmp_path: Path) -> Opener:
        return lambda clock: SqliteStore(tmp_path / "county.db", clock)


class TestSqlOnSqlite(StoreConformance):
    @pytest.fixture
    def opener(self, tmp_path: Path) -> Opener:
        return lambda clock: SqlStore(f"sqlite:///{tmp_path}/county.db", clock)


class TestSqlOnPostgres(StoreConformance):
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
