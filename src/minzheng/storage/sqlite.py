"""The embedded default: one SQLite file, through the standard library.

Write-ahead log and full synchronisation: a put that has returned survives the
end of the process and of the power. Writers in several processes wait for one
another.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from minzheng.errors import Conflict, InvalidInput, MinzhengError, Tampered
from minzheng.storage import schema
from minzheng.storage.common import Clock, Common, Last, system_clock
from minzheng.storage.port import Head, Record
from minzheng.storage.rows import from_row, to_last, to_row
from minzheng.storage.urls import file_of
from minzheng.storage.wal import write_ahead

__all__ = ["SqliteStore", "open_url"]

_WAIT = 60.0
_COLUMNS = ", ".join(schema.COLUMNS)
_INSERT = (
    f"INSERT INTO minzheng_records ({_COLUMNS}) VALUES ({', '.join('?' * len(schema.COLUMNS))})"
)


class SqliteStore(Common):
    """Records in one SQLite file."""

    def __init__(self, path: str | Path, clock: Clock = system_clock) -> None:
        """Open a file, or make it; ``":memory:"`` is one that goes with the process.

        Args:
            path: of the file; its folder must be there.
            clock: says when a record is put, where the caller does not.

        Raises:
            InvalidInput: when it cannot be opened, or is of a newer schema.
            Tampered: when it is no SQLite file, or a damaged one.
        """
        super().__init__(clock)
        if str(path) != ":memory:" and not Path(path).absolute().parent.is_dir():
            raise InvalidInput(f"{path}: there is no such folder")
        self._path = str(path)
        with _told(self._path):
            self._db = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
            try:
                write_ahead(self._db, _WAIT)
                self._db.execute("PRAGMA synchronous = FULL")
                self._migrate()
            except BaseException:
                self._db.close()
                raise

    def _migrate(self) -> None:
        found = self._db.execute(
            "SELECT count(*) FROM sqlite_master WHERE name = 'minzheng_migrations'"
        )
        if found.fetchone()[0] and self._applied() == len(schema.MIGRATIONS):
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
        with _told(self._path):
            self._db.execute("BEGIN IMMEDIATE")

    def _commit(self) -> None:
        with _told(self._path):
            self._db.execute("COMMIT")

    def _rollback(self) -> None:
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")

    def _lock(self, kind: str) -> None:
        """Whoever has begun is the only writer of the file."""

    def _append(self, records: Sequence[Record]) -> None:
        with _told(self._path):
            self._db.executemany(_INSERT, map(to_row, records))

    def _lasts(self, kind: str, keys: Sequence[str]) -> dict[str, Last]:
        rows = self._rows(
            "SELECT name, max(version), max(recorded_at) FROM minzheng_records WHERE kind = ? "
            f"AND name IN ({', '.join('?' * len(keys))}) GROUP BY name",
            (kind, *keys),
        )
        return dict(map(to_last, rows))

    def _counting(
        self, kind: str, key: str | None, on: date | None, as_of: str | None
    ) -> Iterator[Record]:
        sql = schema.counting(key is not None, on is not None, as_of is not None)
        day = None if on is None else on.isoformat()
        return self._records(sql, {"kind": kind, "name": key, "on": day, "as_of": as_of})

    def _history(self, kind: str, key: str) -> Iterator[Record]:
        return self._records(
            f"SELECT {_COLUMNS} FROM minzheng_records WHERE kind = ? AND name = ? ORDER BY version",
            (kind, key),
        )

    def _chain(self, kind: str) -> Iterator[Record]:
        return self._records(
            f"SELECT {_COLUMNS} FROM minzheng_records WHERE kind = ? ORDER BY place", (kind,)
        )

    def _head(self, kind: str) -> Head:
        rows = self._rows(
            "SELECT place, hash FROM minzheng_records WHERE kind = ? ORDER BY place DESC LIMIT 1",
            (kind,),
        )
        return next((Head(kind, *row) for row in rows), Head(kind))

    def kinds(self) -> tuple[str, ...]:
        """The kinds that have records, sorted."""
        rows = self._rows("SELECT DISTINCT kind FROM minzheng_records", ())
        return tuple(sorted(kind for (kind,) in rows))

    def _check_medium(self) -> None:
        faults = [str(fault) for (fault,) in self._rows("PRAGMA integrity_check", ())]
        if faults != ["ok"]:
            raise Tampered(f"{self._path}: {'; '.join(faults[:3])}")

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _records(self, sql: str, values: Any) -> Iterator[Record]:
        return map(from_row, self._rows(sql, values))

    def _rows(self, sql: str, values: Any) -> Iterator[Any]:
        with _told(self._path):
            yield from self._db.execute(sql, values)


@contextmanager
def _told(path: str) -> Iterator[None]:
    """What SQLite says, as errors of this library."""
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError) as error:
        code = getattr(error, "sqlite_errorcode", None)
        raise _error(code)(f"{path}: {error}") from error


def _error(code: int | None) -> type[MinzhengError]:
    primary = None if code is None else code & 0xFF
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Conflict
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, None):
        return Tampered
    return MinzhengError


def open_url(url: str, clock: Clock = system_clock) -> SqliteStore:
    """The store of ``sqlite:///county.db``, or of ``sqlite://`` in memory."""
    return SqliteStore(file_of(url) or ":memory:", clock)
