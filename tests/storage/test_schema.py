"""The tables of every earlier schema are brought to today's, and keep their records."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from minzheng.errors import InvalidInput
from minzheng.storage import Record, open_store, schema
from minzheng.storage.memory import MemoryStore
from minzheng.storage.rows import to_row
from minzheng.testing.store_conformance import Ticking

DAY = date(2020, 7, 24)
EARLIER = range(len(schema.MIGRATIONS))
VALUES = ", ".join(f":{name}" for name in schema.COLUMNS)


def records() -> list[Record]:
    store = MemoryStore(Ticking())
    return [store.put("note", key, {"低保": key}, valid_from=DAY) for key in "aba"]


def made(url: str, number: int) -> list[Record]:
    """A database as version ``number`` of the schema left it, with records where it has them."""
    engine = create_engine(url)
    held = records() if number else []
    with engine.begin() as db:
        db.execute(text(schema.APPLIED))
        for each in range(1, number + 1):
            for statement in schema.statements(each, engine.dialect.name):
                db.exec_driver_sql(statement)
            db.execute(text("INSERT INTO minzheng_migrations VALUES (:n)"), {"n": each})
        for record in held:
            row = dict(zip(schema.COLUMNS, to_row(record), strict=True))
            db.execute(text(f"INSERT INTO minzheng_records VALUES ({VALUES})"), row)
    engine.dispose()
    return held


@pytest.mark.parametrize("number", EARLIER)
@pytest.mark.parametrize("scheme", ["sqlite", "sqlite+pysqlite"])
def test_a_file_of_an_earlier_schema_goes_on(tmp_path: Path, scheme: str, number: int) -> None:
    held = made(f"sqlite:///{tmp_path}/county.db", number)
    with open_store(f"{scheme}:///{tmp_path}/county.db") as store:
        assert list(store.chain("note")) == held
        store.put("note", "a", 1, valid_from=DAY)
        assert store.verify_chain("note").place == len(held) + 1
    with closing(sqlite3.connect(tmp_path / "county.db")) as db:
        applied = db.execute("SELECT number FROM minzheng_migrations ORDER BY number").fetchall()
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            db.execute("DELETE FROM minzheng_records")
    assert applied == [(each,) for each in range(1, len(schema.MIGRATIONS) + 1)]


@pytest.mark.parametrize("number", EARLIER)
def test_a_database_of_an_earlier_schema_goes_on(empty: Callable[[], str], number: int) -> None:
    url = empty()
    direct = url.replace("postgresql:", "postgresql+psycopg:")
    held = made(direct, number)
    with open_store(url) as store:
        assert list(store.chain("note")) == held
        store.put("note", "a", 1, valid_from=DAY)
        assert store.verify_chain("note").place == len(held) + 1
    engine = create_engine(direct)
    for statement in ("DELETE FROM", "TRUNCATE"):
        with engine.connect() as db, pytest.raises(DBAPIError, match="append-only"):
            db.execute(text(f"{statement} minzheng_records"))
    with engine.connect() as db, pytest.raises(DBAPIError, match="append-only"):
        db.execute(text("UPDATE minzheng_records SET payload = '1'"))
    engine.dispose()


@pytest.mark.parametrize("scheme", ["sqlite", "sqlite+pysqlite"])
def test_a_newer_schema_is_refused(tmp_path: Path, scheme: str) -> None:
    url = f"{scheme}:///{tmp_path}/county.db"
    open_store(url).close()
    with closing(sqlite3.connect(tmp_path / "county.db")) as db:
        db.execute("INSERT INTO minzheng_migrations VALUES (99)")
        db.commit()
    with pytest.raises(InvalidInput, match="has schema 99"):
        open_store(url)


def test_both_adapters_read_one_file(tmp_path: Path) -> None:
    path = f"{tmp_path}/county.db"
    with open_store(f"sqlite:///{path}", Ticking()) as one:
        one.put("note", "a", {"低保": 1}, valid_from=DAY)
        with open_store(f"sqlite+pysqlite:///{path}", Ticking()) as two:
            two.put("note", "a", {"低保": 2}, valid_from=DAY, expect=1)
            assert list(one.chain("note")) == list(two.chain("note"))
        assert one.verify_chain("note").place == 2
