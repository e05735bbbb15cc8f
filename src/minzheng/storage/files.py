"""Files of stores: made for their owner only, and watched, so that one that is gone is noticed."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from minzheng.base.brief import shown
from minzheng.errors import Conflict, InvalidInput, MinzhengError, StorageError, Tampered

__all__ = ["Watched", "make_private", "open_private", "sqlite_error"]

_PRIVATE = 0o600
"""read and written by its owner"""


def make_private(path: Path) -> None:
    """Make an empty file for its owner only, if there is none; SQLite's logs take its mode.

    Raises:
        InvalidInput: when it cannot be made.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, _PRIVATE))
    except FileExistsError:
        return
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or "is no name of a file"
        raise InvalidInput(f"{shown(str(path))}: {said}") from None


def open_private(path: Path, *, empty: bool = True) -> int:
    """Open a file to be written, its owner's only when it is new; emptied unless said otherwise."""
    how = os.O_CREAT | os.O_RDWR | (os.O_TRUNC if empty else 0) | getattr(os, "O_BINARY", 0)
    return os.open(path, how, _PRIVATE)


class Watched:
    """A file or folder that is open, and must stay the same one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._first = self._now()

    def _now(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def check(self) -> None:
        """Refuse to go on when another one is there, or none.

        Raises:
            StorageError: what would be put would be lost.
        """
        if self._now() != self._first:
            raise StorageError(
                f"{self._path}: was removed or replaced while it was open; nothing is put: "
                "bring it back and open it again"
            )


def sqlite_error(error: Exception, where: str) -> MinzhengError:
    """What SQLite reports, as an error of this library."""
    code = getattr(error, "sqlite_errorcode", None)
    primary = None if code is None else code & 0xFF
    cls: type[MinzhengError] = StorageError
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        cls = Conflict
    elif primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or (
        # text that is not UTF-8 bears no code
        code is None and not isinstance(error, sqlite3.ProgrammingError | sqlite3.InterfaceError)
    ):
        cls = Tampered
    return cls(f"{where}: {error}")
