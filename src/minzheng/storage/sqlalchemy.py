"""SQL databases through SQLAlchemy Core: PostgreSQL, SQLite, and the dialects of others.

A writer holds the row of a kind in ``minzheng_kinds`` until its transaction ends;
other writers of that kind wait, readers do not. The tables are those of
``minzheng.storage.schema``, so a SQLite file may be opened by either adapter.
Needs the extra ``sql``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    bindparam,
    column,
    create_engine,
    event,
    exc,
    func,
    insert,
    inspect,
    make_url,
    select,
    table,
    text,
)

from minzheng.errors import Conflict, InvalidInput, MinzhengError
from minzheng.storage import schema
from minzheng.storage.common import Clock, Common, Last, system_clock
from minzheng.storage.port import Head, Record
from minzheng.storage.rows import from_row, to_last, to_row
from minzheng.storage.wal import write_ahead

__all__ = ["SqlStore", "open_url"]

_WAIT = 60
"""Seconds that a writer waits for another."""

_RECORDS = table("minzheng_records", *map(column, schema.COLUMNS))
_KINDS = table("minzheng_kinds", column("kind"))
_R = _RECORDS.c
_KIND = _R.kind == bindparam("of")
_LASTS = (
    select(_R.name, func.max(_R.version), func.max(_R.recorded_at))
    .where(_KIND, _R.name.in_(bindparam("names", expanding=True)))
    .group_by(_R.name)
)
_CHAIN = select(_RECORDS).where(_KIND).order_by(_R.place)
_HISTORY = select(_RECORDS).where(_KIND, _R.name == bindparam("key")).order_by(_R.version)
_HEAD = select(_R.place, _R.hash).where(_KIND).order_by(_R.place.desc()).limit(1)
_OWN_ROW = select(_KINDS.c.kind).where(_KINDS.c.kind == bindparam("of")).with_for_update()
_PAGE = 1000
_MIGRATION_LOCK = 0x6D696E7A68656E67
"""so that two processes that open a new database do not both make its tables"""


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
        try:
            with _told(), self._writing() as db:
                self._migrate(db)
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

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._engine.connect() as db, db.execution_options(minzheng_writes=True).begin():
            yield db

    def _begin(self) -> None:
        with _told():
            self._db = self._engine.connect().execution_options(minzheng_writes=True)
            self._db.begin()

    def _commit(self) -> None:
        assert self._db is not None
        with _told():
            self._db.commit()
        self._release()

    def _rollback(self) -> None:
        if self._db is not None:
            self._db.rollback()
            self._release()

    def _release(self) -> None:
        assert self._db is not None
        self._db.close()
        self._db = None

    def _lock(self, kind: str) -> None:
        assert self._db is not None
        with _told():
            if self._db.scalar(_OWN_ROW, {"of": kind}) is None:
                try:
                    with self._db.begin_nested():
                        self._db.execute(insert(_KINDS), {"kind": kind})
                except exc.IntegrityError:  # another writer made it meanwhile
                    self._db.scalar(_OWN_ROW, {"of": kind})

    def _append(self, records: Sequence[Record]) -> None:
        assert self._db is not None
        rows = [dict(zip(schema.COLUMNS, to_row(each), strict=True)) for each in records]
        with _told():
            self._db.execute(insert(_RECORDS), rows)

    def _lasts(self, kind: str, keys: Sequence[str]) -> dict[str, Last]:
        return dict(map(to_last, self._rows(_LASTS, {"of": kind, "names": list(keys)})))

    def _counting(
        self, kind: str, key: str | None, on: date | None, as_of: str | None
    ) -> Iterator[Record]:
        sql = schema.counting(key is not None, on is not None, as_of is not None)
        asked = {"name": key, "on": None if on is None else on.isoformat(), "as_of": as_of}
        given = {name: value for name, value in asked.items() if value is not None}
        rows = self._stream if key is None else self._rows
        return map(from_row, rows(text(sql), {"kind": kind, **given}))

    def _history(self, kind: str, key: str) -> Iterator[Record]:
        return map(from_row, self._rows(_HISTORY, {"of": kind, "key": key}))

    def _chain(self, kind: str) -> Iterator[Record]:
        return map(from_row, self._stream(_CHAIN, {"of": kind}))

    def _head(self, kind: str) -> Head:
        rows = self._rows(_HEAD, {"of": kind})
        return next((Head(kind, *row) for row in rows), Head(kind))

    def kinds(self) -> tuple[str, ...]:
        """The kinds that have records, sorted."""
        return tuple(sorted(kind for (kind,) in self._rows(select(_R.kind).distinct(), {})))

    def _rows(self, query: Any, values: dict[str, Any]) -> Iterator[Any]:
        with _told():
            if self._db is not None:
                return iter(self._db.execute(query, values).all())
            with self._engine.connect() as db:
                return iter(db.execute(query, values).all())

    def _stream(self, query: Any, values: dict[str, Any]) -> Iterator[Any]:
        """The rows of a query that may be longer than the memory."""
        if self._db is not None:
            yield from self._rows(query, values)
            return
        with (
            _told(),
            self._engine.connect() as db,
            db.execution_options(yield_per=_PAGE).execute(query, values) as rows,
        ):
            yield from rows

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()


def _engine(url: str) -> Engine:
    try:
        parts = make_url(url)
        if parts.drivername == "postgresql":
            parts = parts.set(drivername="postgresql+psycopg")
        level = {"isolation_level": "READ COMMITTED"}
        engine = create_engine(parts, **(level if parts.get_dialect().name == "postgresql" else {}))
    except exc.ArgumentError as error:
        raise InvalidInput(f"{error}") from None
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


@contextmanager
def _told() -> Iterator[None]:
    """What the database says, as errors of this library."""
    try:
        yield
    except exc.DBAPIError as error:
        said = str(error.orig).strip().split("\n")[0]
        state = str(getattr(error.orig, "sqlstate", "") or "")
        lost = isinstance(error, exc.IntegrityError) or state.startswith("40")
        raise (Conflict if lost else MinzhengError)(f"the database says: {said}") from error


def open_url(url: str, clock: Clock = system_clock) -> SqlStore:
    """The store of a URL of SQLAlchemy."""
    return SqlStore(url, clock)
