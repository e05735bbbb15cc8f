"""SQLite's write-ahead log, switched on while others may be opening the same new file."""

from __future__ import annotations

import sqlite3
import time

__all__ = ["write_ahead"]

_PAUSE = 0.02


def write_ahead(db: sqlite3.Connection, wait: float) -> None:
    """Switch a file to the write-ahead log.

    SQLite waits for a lock everywhere but here: who switches a file while another does is told at
    once that it is locked.

    Args:
        db: the connection.
        wait: seconds after which a file that stays locked is an error.

    Raises:
        sqlite3.OperationalError: when it stays locked, or for another reason.
    """
    until = time.monotonic() + wait
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() > until:
                raise
        time.sleep(_PAUSE)
