"""SQL databases through SQLAlchemy Core: PostgreSQL, SQLite, and the dialects of others.

A writer holds the row of a kind in ``minzheng_kinds`` until its transaction ends;
other writers of that kind wait, readers do not. The tables are those of
``minzheng.storage.schema``, so a SQLite file may be opened by either adapter.
Needs the extra ``sql``.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import (
    Connection,
    Engine,
    bindparam,
    column,
    create_engine,
    event,
    exc,
    insert,
    inspect,
    make_url,
    select,
    table,
    text,
)

from minzheng.errors import Conflict, InvalidInput, MinzhengError, StorageError
from minzheng.storage import schema
from minzheng.storage.common import Clock, Common, Last, system_clock
from minzheng.storage.files import Watched, make_private, sqlite_error
from minzheng.storage.port import Head, Record
from minzheng.storage.rows import from_row, to_head, to_last, to_row
from minzheng.storage.wal import write_ahead

__all__ = ["SqlStore", "open_url"]

_WAIT = 60
"""Seconds that a writer waits for another."""

_RECORDS = table("minzheng_records", *map(column, schema.COLUMNS))
_KINDS = table("minzheng_kinds", column("kind"))
_R = _RECORDS.c
_KIND = _R.kind == bindparam("of")
_LAST = (
    select(_R.name, _R.version, _R.recorded_at)
    .where(_KIND, _R.name == bindparam("key"))
    .order_by(_R.version.desc())
    .limit(1)
)
_CHAIN = (
    select(_RECORDS)
    .where(_KIND, _R.place <= bindparam("upto"))
    .order_by(_R.place)
    .limit(bindparam("most"))
)
_REST = _CHAIN.where(_R.place > bindparam("after"))
_AT = select(_RECORDS).where(_KIND, _R.place.in_(bindparam("places", expanding=True)))
_HISTORY = select(_RECORDS).where(_KIND, _R.name == bindparam("key")).order_by(_R.version)
_HEAD = select(_R.place, _R.hash).where(_KIND).order_by(_R.place.desc()).limit(1)
_OWN_ROW = select(_KINDS.c.kind).where(_KINDS.c.kind == bindparam("of")).with_for_update()
_MIGRATION_LOCK = 0x6D696E7A68656E67
"""so that two processes that open a new database do not both make its tables"""


R = TypeVar("R")


class SqlStore(Common):
    """Records in a SQL database."""

    def __init__(self, url: str, clock: Clock = system_clock) -> None:
        """Connect, and bring the tables to the schema of this version.

        Args:
            url: of SQLAlchemy; ``postgresql://`` is spoken through psycopg.
            clock: says when a record is put, where the caller does not.

        Raises:
            InvalidInput: for a URL that cannot be read, or a newer schema.
            MinzhengError: when the database cannot be reached.
        """
        super().__init__(clock)
        self._engine = _engine(url)
        self._dialect = self._engine.dialect.name
        self._db: Connection | None = None
        self._watched: Watched | None = None
        file = _file(self._engine)
        try:
            if file is not None:
                make_private(file)
                self._watched = Watched(file)
            _told(self._prepare)
        except BaseException:
            self._engine.dispose()
            raise

    def _migrate(self, db: Connection) -> None:
        if self._dialect == "postgresql":
            db.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
        if not inspect(db).has_table("minzheng_migrations"):
            db.execute(text(schema.APPLIED))
        applied = db.scalar(text("SELECT coalesce(max(number), 0) FROM minzheng_migrations"))
        where = self._engine.url.render_as_string(hide_password=True)
        for number in schema.ahead(int(applied), where):
            for statement in schema.statements(number, self._dialect):
                db.exec_driver_sql(statement)
            db.execute(text("INSERT INTO minzheng_migrations VALUES (:n)"), {"n": number})

    def _prepare(self) -> None:
        with self._engine.connect() as db, db.execution_options(minzheng_writes=True).begin():
            self._migrate(db)

    def _check_place(self) -> None:
        if self._watched is not None:
            self._watched.check()

    def _begin(self) -> None:
        def begun() -> Connection:
            db = self._engine.connect()
            try:
                db = db.execution_options(minzheng_writes=True)
                db.begin()
            except BaseException:
                db.close()
                raise
            return db

        self._check_place()
        self._db = _told(begun)

    def _commit(self) -> None:
        assert self._db is not None
        self._check_place()
        _told(self._db.commit)
        self._release()

    def _rollback(self) -> None:
        if self._db is not None:
            try:
                _told(self._db.rollback)
            finally:
                self._release()

    def _release(self) -> None:
        db, self._db = self._db, None
        if db is not None:
            _told(db.close)

    def _lock(self, kind: str) -> None:
        _told(lambda: self._lock_row(kind))

    def _lock_row(self, kind: str) -> None:
        assert self._db is not None
        if self._db.scalar(_OWN_ROW, {"of": kind}) is None:
            try:
                with self._db.begin_nested():
                    self._db.execute(insert(_KINDS), {"kind": kind})
            except exc.IntegrityError:  # another writer made it meanwhile
                self._db.scalar(_OWN_ROW, {"of": kind})

    def _append(self, records: Sequence[Record]) -> None:
        db = self._db
        assert db is not None
        rows = [dict(zip(schema.COLUMNS, to_row(each), strict=True)) for each in records]
        _told(lambda: db.execute(insert(_RECORDS), rows))

    def _lasts(self, kind: str, keys: Sequence[str]) -> dict[str, Last]:
        sql = schema.lasts(self._dialect)
        if sql is None:
            found: Sequence[Any] = [
                row for key in keys for row in self._rows(_LAST, {"of": kind, "key": key})
            ]
        else:
            found = self._rows(text(sql), {"kind": kind, "names": json.dumps(keys)})
        return dict(map(to_last, found))

    def _counting(self, kind: str, key: str, on: date | None, as_of: str | None) -> Record | None:
        sql = text(schema.counting(on is not None, as_of is not None))
        row = self._run(lambda db: db.execute(sql, _asked(kind, on, as_of, name=key)).first())
        return None if row is None else from_row(row)

    def _places(self, kind: str, on: date | None, as_of: str | None) -> Sequence[int]:
        sql = text(schema.places(on is not None, as_of is not None))
        return [place for (place,) in self._rows(sql, _asked(kind, on, as_of))]

    def _at(self, kind: str, places: Sequence[int]) -> list[Record]:
        return self._records(_AT.order_by(_R.place), {"of": kind, "places": list(places)})

    def _history(self, kind: str, key: str) -> list[Record]:
        return self._records(_HISTORY, {"of": kind, "key": key})

    def _page(self, kind: str, after: int | None, upto: int, most: int) -> list[Record]:
        asked = {"of": kind, "upto": upto, "most": most}
        if after is None:
            return self._records(_CHAIN, asked)
        return self._records(_REST, {**asked, "after": after})

    def _head(self, kind: str) -> Head:
        rows = self._rows(_HEAD, {"of": kind})
        return to_head(kind, rows[0] if rows else None)

    def _kinds(self) -> Iterable[str]:
        return [kind for (kind,) in self._rows(select(_R.kind).distinct(), {})]

    def _records(self, query: Any, values: dict[str, Any]) -> list[Record]:
        return [from_row(row) for row in self._rows(query, values)]

    def _rows(self, query: Any, values: dict[str, Any]) -> Sequence[Any]:
        return self._run(lambda db: db.execute(query, values).all())

    def _run(self, call: Callable[[Connection], R]) -> R:
        """Ask within the open transaction, or in one of its own."""
        if self._db is not None:
            inside = self._db
            return _told(lambda: call(inside))

        def alone() -> R:
            with self._engine.connect() as db:
                return call(db)

        return _told(alone)

    def _check_medium(self) -> None:
        self._check_place()

    def _close(self) -> None:
        self._engine.dispose()


def _asked(kind: str, on: date | None, as_of: str | None, **more: str) -> dict[str, Any]:
    asked = {"on": None if on is None else on.isoformat(), "as_of": as_of, **more}
    return {"kind": kind, **{name: value for name, value in asked.items() if value is not None}}


def _file(engine: Engine) -> Path | None:
    """The file of a SQLite database that is one."""
    name = engine.url.database
    if engine.dialect.name != "sqlite" or not name or name == ":memory:":
        return None
    return None if name.startswith("file:") else Path(name).absolute()


def _engine(url: str) -> Engine:
    try:
        parts = make_url(url)
        if parts.drivername == "postgresql":
            parts = parts.set(drivername="postgresql+psycopg")
        level = {"isolation_level": "READ COMMITTED"}
        engine = create_engine(
            parts,
            hide_parameters=True,
            **(level if parts.get_dialect().name == "postgresql" else {}),
        )
    except (exc.ArgumentError, ValueError, TypeError):
        # what it says may repeat a password
        raise InvalidInput(
            "url: expected one of SQLAlchemy, such as 'postgresql://user@host/county'; "
            "this one cannot be parsed"
        ) from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _own_transactions)
        event.listen(engine, "begin", _begin_at_once)
    return engine


def _own_transactions(db: Any, _record: object) -> None:
    """SQLite's driver must not begin and end transactions by itself."""
    db.isolation_level = None
    db.execute(f"PRAGMA busy_timeout = {_WAIT * 1000}")
    write_ahead(db, _WAIT)
    db.execute("PRAGMA synchronous = FULL")


def _begin_at_once(db: Connection) -> None:
    """Who is to write takes SQLite's lock before he reads what he builds on."""
    writes = db.get_execution_options().get("minzheng_writes")
    db.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _told(call: Callable[[], R]) -> R:
    """Make a call; what the database says are errors of this library.

    The database's own error is left behind, not linked: it may repeat what was put.
    """
    try:
        return call()
    except exc.SQLAlchemyError as error:
        found = _error(error)
    raise found


def _error(error: exc.SQLAlchemyError) -> MinzhengError:
    if not isinstance(error, exc.DBAPIError):
        return StorageError(f"the database cannot be used: {type(error).__name__}")
    if isinstance(error.orig, sqlite3.Error):
        return sqlite_error(error.orig, "the database says")
    said = str(error.orig).strip().split("\n")[0]
    state = str(getattr(error.orig, "sqlstate", "") or "")
    lost = isinstance(error, exc.IntegrityError) or state.startswith("40")
    return (Conflict if lost else StorageError)(f"the database says: {said}")


def open_url(url: str, clock: Clock = system_clock) -> SqlStore:
    """The store of a URL of SQLAlchemy."""
    return SqlStore(url, clock)
