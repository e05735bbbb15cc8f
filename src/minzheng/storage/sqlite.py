"""The embedded default: one SQLite file, through the standard library.

Write-ahead log and full synchronisation: a put that has returned survives the
end of the process and of the power. Writers in several processes wait for one
another. A file that may only be read is opened for reading.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from minzheng.base.brief import shown
from minzheng.errors import InvalidInput, StorageError, Tampered
from minzheng.storage import schema
from minzheng.storage.common import Clock, Common, Last, system_clock
from minzheng.storage.files import Watched, make_private, sqlite_error
from minzheng.storage.port import Head, Record
from minzheng.storage.rows import from_row, to_head, to_last, to_row
from minzheng.storage.urls import file_and_mode
from minzheng.storage.wal import write_ahead

__all__ = ["SqliteStore", "open_url"]

_WAIT = 60.0
_COLUMNS = ", ".join(schema.COLUMNS)
_INSERT = (
    f"INSERT INTO minzheng_records ({_COLUMNS}) VALUES ({', '.join('?' * len(schema.COLUMNS))})"
)
_SELECT = f"SELECT {_COLUMNS} FROM minzheng_records WHERE kind = ?"
_LASTS = schema.lasts("sqlite")


class SqliteStore(Common):
    """Records in one SQLite file."""

    def __init__(
        self, path: str | Path, clock: Clock = system_clock, *, read_only: bool = False
    ) -> None:
        """Open a file, or make it; ``":memory:"`` is one that goes with the process.

        Args:
            path: of the file; its folder must be there. A new file is its owner's only.
            clock: says when a record is put, where the caller does not.
            read_only: for reading and verifying only. A file, or a file in a folder, that may
                not be written is opened so in any case.

        Raises:
            InvalidInput: when it cannot be opened, or is of a newer schema.
            Tampered: when it is no SQLite file, or a damaged one.
        """
        super().__init__(clock)
        file = Path(path).absolute()
        inside = str(path) == ":memory:"
        self._path = str(path)
        self._read_only = False
        self._watched: Watched | None = None
        if not inside:
            if not _is_folder(file.parent):
                raise InvalidInput(f"{shown(str(path))}: there is no such folder")
            if read_only and not os.path.exists(file):
                raise InvalidInput(f"{shown(str(path))}: there is no such file")
            self._read_only = read_only or _may_only_be_read(file)
            if not self._read_only:
                make_private(file)
        with _told(self._path):
            self._db = self._connected(file) if not inside else self._connect(":memory:")
            try:
                if not inside:
                    self._watched = Watched(file)
                if self._read_only:
                    self._check_schema()
                else:
                    write_ahead(self._db, _WAIT)
                    self._db.execute("PRAGMA synchronous = FULL")
                    self._migrate()
            except BaseException:
                self._db.close()
                raise

    def _connect(self, name: str) -> sqlite3.Connection:
        # which thread may use it is checked for all media alike
        return sqlite3.connect(
            name,
            timeout=_WAIT,
            isolation_level=None,
            check_same_thread=False,
            uri=name.startswith("file:"),
        )

    def _connected(self, file: Path) -> sqlite3.Connection:
        if not self._read_only:
            return self._connect(str(file))
        name = f"file:{quote(str(file))}?mode=ro"
        db = self._connect(name)
        try:
            db.execute("SELECT count(*) FROM sqlite_master")
        except sqlite3.OperationalError:
            db.close()
            log = file.with_name(file.name + "-wal")
            if log.exists() and log.stat().st_size:
                raise
            # nothing is in the log, and none can be made here
            return self._connect(f"{name}&immutable=1")
        return db

    def _check_schema(self) -> None:
        if not self._has_tables() or not (applied := self._applied()):
            raise InvalidInput(f"{self._path}: has no records of this library")
        schema.ahead(applied, self._path)

    def _has_tables(self) -> bool:
        found = self._db.execute(
            "SELECT count(*) FROM sqlite_master WHERE name = 'minzheng_migrations'"
        )
        return bool(found.fetchone()[0])

    def _migrate(self) -> None:
        if self._has_tables() and self._applied() == len(schema.MIGRATIONS):
            return
        self._db.execute("BEGIN IMMEDIATE")
        try:
            self._db.execute(schema.APPLIED.replace("TABLE", "TABLE IF NOT EXISTS"))
            for number in schema.ahead(self._applied(), self._path):
                for statement in schema.statements(number, "sqlite"):
                    self._db.execute(statement)
                self._db.execute("INSERT INTO minzheng_migrations VALUES (?)", (number,))
            self._db.execute("COMMIT")
        except BaseException:
            self._db.execute("ROLLBACK")
            raise

    def _applied(self) -> int:
        row = self._db.execute("SELECT coalesce(max(number), 0) FROM minzheng_migrations")
        return int(row.fetchone()[0])

    def _begin(self) -> None:
        if self._read_only:
            raise StorageError(f"{self._path}: was opened for reading only")
        self._check_place()
        with _told(self._path):
            self._db.execute("BEGIN IMMEDIATE")

    def _commit(self) -> None:
        self._check_place()
        with _told(self._path):
            self._db.execute("COMMIT")

    def _rollback(self) -> None:
        with _told(self._path):
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    def _check_place(self) -> None:
        if self._watched is not None:
            self._watched.check()

    def _lock(self, kind: str) -> None:
        """Whoever has begun is the only writer of the file."""

    def _append(self, records: Sequence[Record]) -> None:
        with _told(self._path):
            self._db.executemany(_INSERT, map(to_row, records))

    def _lasts(self, kind: str, keys: Sequence[str]) -> dict[str, Last]:
        assert _LASTS is not None
        return dict(map(to_last, self._rows(_LASTS, {"kind": kind, "names": json.dumps(keys)})))

    def _counting(self, kind: str, key: str, on: date | None, as_of: str | None) -> Record | None:
        sql = schema.counting(on is not None, as_of is not None) + " LIMIT 1"
        found = self._records(sql, _asked(kind, on, as_of) | {"name": key})
        return found[0] if found else None

    def _places(self, kind: str, on: date | None, as_of: str | None) -> Sequence[int]:
        sql = schema.places(on is not None, as_of is not None)
        return [place for (place,) in self._rows(sql, _asked(kind, on, as_of))]

    def _at(self, kind: str, places: Sequence[int]) -> list[Record]:
        marks = ", ".join("?" * len(places))
        return self._records(f"{_SELECT} AND place IN ({marks}) ORDER BY place", (kind, *places))

    def _history(self, kind: str, key: str) -> list[Record]:
        return self._records(f"{_SELECT} AND name = ? ORDER BY version", (kind, key))

    def _page(self, kind: str, after: int | None, upto: int, most: int) -> list[Record]:
        begin, values = ("", ()) if after is None else (" AND place > ?", (after,))
        return self._records(
            f"{_SELECT}{begin} AND place <= ? ORDER BY place LIMIT ?", (kind, *values, upto, most)
        )

    def _head(self, kind: str) -> Head:
        rows = self._rows(
            "SELECT place, hash FROM minzheng_records WHERE kind = ? ORDER BY place DESC LIMIT 1",
            (kind,),
        )
        return to_head(kind, next(rows, None))

    def _kinds(self) -> Iterable[str]:
        return [kind for (kind,) in self._rows("SELECT DISTINCT kind FROM minzheng_records", ())]

    def _check_medium(self) -> None:
        self._check_place()
        faults = [str(fault) for (fault,) in self._rows("PRAGMA integrity_check", ())]
        if faults != ["ok"]:
            raise Tampered(f"{self._path}: {'; '.join(faults[:3])}")

    def _close(self) -> None:
        self._db.close()

    def _records(self, sql: str, values: Any) -> list[Record]:
        return [from_row(row) for row in self._rows(sql, values)]

    def _rows(self, sql: str, values: Any) -> Iterator[Any]:
        with _told(self._path):
            return iter(self._db.execute(sql, values).fetchall())


def _asked(kind: str, on: date | None, as_of: str | None) -> dict[str, Any]:
    return {"kind": kind, "on": None if on is None else on.isoformat(), "as_of": as_of}


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _may_only_be_read(file: Path) -> bool:
    return os.path.exists(file) and not (
        os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)
    )


@contextmanager
def _told(path: str) -> Iterator[None]:
    """What SQLite says, as errors of this library."""
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise sqlite_error(error, path) from error


def open_url(url: str, clock: Clock = system_clock) -> SqliteStore:
    """The store of ``sqlite:///county.db``, or of ``sqlite://`` in memory; ``?mode=ro`` reads only."""
    path, read_only = file_and_mode(url)
    if read_only and not path:
        raise InvalidInput("url: names no file to read: write one such as sqlite:///county.db")
    return SqliteStore(path or ":memory:", clock, read_only=read_only)
