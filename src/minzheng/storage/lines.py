"""Export and import of records as JSON Lines: one record a line, with its hashes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from minzheng.errors import Fault, InvalidInput, StorageError
from minzheng.storage.files import open_private
from minzheng.storage.port import Record, Store
from minzheng.storage.rows import from_row, to_row
from minzheng.storage.schema import COLUMNS

__all__ = ["export_lines", "import_lines", "write_lines"]

_BEYOND = "it nests too deeply, or has a number of thousands of digits"
_NAMES = tuple("key" if name == "name" else name for name in COLUMNS)


def export_lines(store: Store, *kinds: str) -> Iterator[str]:
    r"""The records of a store, line by line, chain after chain.

    Args:
        store: the store.
        *kinds: which kinds; all of them when none is named.

    Yields:
        JSON objects without line ends. The payload is a text in it, so that its hash
        can be recomputed byte by byte.

    Example:
        >>> from datetime import date, datetime, timezone
        >>> from minzheng.storage import open_store
        >>> store = open_store("memory:", lambda: datetime(2020, 7, 24, tzinfo=timezone.utc))
        >>> _ = store.put("note", "a", {"text": "first"}, valid_from=date(2020, 7, 24))
        >>> [line] = export_lines(store)
        >>> line[:60]
        '{"kind":"note","place":1,"key":"a","version":1,"valid_from":'
        >>> import_lines(open_store("memory:"), [line])
        1
    """
    for kind in kinds or store.kinds():
        for record in store.chain(kind):
            said = dict(zip(_NAMES, to_row(record), strict=True))
            yield json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def write_lines(path: str | Path, store: Store, *kinds: str) -> int:
    """Write an export to a file that only its owner may read.

    Args:
        path: of the file; one that is there is replaced.
        store: the store.
        *kinds: which kinds; all of them when none is named.

    Returns:
        How many records were written.

    Raises:
        StorageError: when the file cannot be written.
    """
    count = 0
    try:
        with os.fdopen(open_private(Path(path)), "w", encoding="utf-8", newline="\n") as file:
            for line in export_lines(store, *kinds):
                file.write(f"{line}\n")
                count += 1
    except StorageError:
        raise
    except OSError as error:
        raise StorageError(f"{path}: {error.strerror or error}") from error
    return count


def import_lines(store: Store, lines: Iterable[str]) -> int:
    """Take the records of an export, all or none; those that are here already are passed over.

    Returns:
        How many were appended.

    Raises:
        InvalidInput: for a line that is no record.
        Tampered: for a record that does not bear its own hash.
        Conflict: when the chains here and there have parted.
    """
    return store.take(_records(lines))


def _records(lines: Iterable[str]) -> Iterator[Record]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            said = json.loads(line)
        except (ValueError, RecursionError) as error:
            said = error if isinstance(error, json.JSONDecodeError) else _BEYOND
            raise InvalidInput([Fault(f"line {number}", f"is not JSON: {said}")]) from None
        if not isinstance(said, dict) or said.keys() != set(_NAMES):
            raise InvalidInput([Fault(f"line {number}", f"expected the keys {', '.join(_NAMES)}")])
        yield from_row([said[name] for name in _NAMES])
