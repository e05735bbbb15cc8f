"""Records in Parquet files, one for each transaction; and snapshots for columns.

For bulk: what a store holds is read whole when it is opened. Writers in several
processes wait for one another. Needs ``pyarrow`` (extra ``columns``).
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from minzheng.base.brief import shown
from minzheng.errors import InvalidInput, StorageError, Tampered
from minzheng.storage.common import Clock, Last, system_clock
from minzheng.storage.files import Watched, open_private
from minzheng.storage.memory import MemoryStore
from minzheng.storage.port import Head, Record
from minzheng.storage.rows import from_row, to_row
from minzheng.storage.schema import COLUMNS
from minzheng.storage.urls import file_and_mode

try:
    import fcntl
except ImportError:  # no such thing on this system: then the exclusive name alone decides
    fcntl = None  # type: ignore[assignment]

__all__ = ["ParquetStore", "open_url", "write_snapshot"]

_SCHEMA = pa.schema(
    [(name, pa.int64() if name in ("place", "version") else pa.string()) for name in COLUMNS]
)
_BATCH = 10_000


class ParquetStore(MemoryStore):
    """Records in the Parquet files of one folder."""

    def __init__(
        self, folder: str | Path, clock: Clock = system_clock, *, read_only: bool = False
    ) -> None:
        """Open a folder, or make it.

        Args:
            folder: where the files are; its parent must be there. A new folder is its
                owner's only.
            clock: says when a record is put, where the caller does not.
            read_only: for reading and verifying only; the folder must be there.

        Raises:
            InvalidInput: when the folder cannot be made.
            Tampered: when a file is missing or damaged.
        """
        super().__init__(clock)
        self._folder = Path(folder)
        self._read_only = read_only
        try:
            if not read_only:
                self._folder.mkdir(mode=0o700, exist_ok=True)
            if not stat.S_ISDIR(self._folder.stat().st_mode):
                raise NotADirectoryError(0, "is not a folder")
        except (OSError, ValueError) as error:
            said = getattr(error, "strerror", None) or "is no name of a folder"
            raise InvalidInput(f"{shown(str(folder))}: {said}") from None
        self._watched = Watched(self._folder.absolute())
        self._files = 0
        self._waiting: list[Record] = []
        self._lock_file: IO[bytes] | None = None
        self._check_files()
        self._refresh()

    def _path(self, number: int) -> Path:
        return self._folder / f"records-{number:09}.parquet"

    def _refresh(self) -> None:
        """Read the files that came since."""
        while (path := self._path(self._files + 1)).exists():
            records = _read(path)
            self._check_places(path, records)
            super()._append(records)
            self._files += 1

    def _check_places(self, path: Path, records: Sequence[Record]) -> None:
        ends: dict[str, int] = {}
        for record in records:
            before = ends.get(record.kind, len(self._records.get(record.kind, ())))
            if record.place != before + 1:
                raise Tampered(f"{path}: {record.kind}[{record.place}] follows {before} records")
            ends[record.kind] = record.place

    def _begin(self) -> None:
        if self._read_only:
            raise StorageError(f"{self._folder}: was opened for reading only")
        self._watched.check()
        with _told(self._folder):
            self._lock_file = os.fdopen(open_private(self._folder / "lock", empty=False), "wb")
            try:
                if fcntl is not None:
                    fcntl.flock(self._lock_file, fcntl.LOCK_EX)
                if self._files and not self._path(self._files).exists():
                    raise StorageError(
                        f"{self._path(self._files)}: was removed while the store was open; "
                        "nothing is put: bring it back and open the store again"
                    )
                self._refresh()
            except BaseException:
                self._unlock()
                raise
        self._waiting = []
        super()._begin()

    def _commit(self) -> None:
        if self._waiting:
            self._watched.check()
            with _told(self._folder):
                _write(self._waiting, self._path(self._files + 1))
            self._files += 1
        super()._commit()
        self._unlock()

    def _rollback(self) -> None:
        super()._rollback()
        self._unlock()

    def _unlock(self) -> None:
        if self._lock_file is not None:
            self._lock_file.close()
            self._lock_file = None

    def _append(self, records: Sequence[Record]) -> None:
        super()._append(records)
        self._waiting += records

    def _seen(self) -> None:
        if not self._open:
            self._refresh()

    def _lasts(self, kind: str, keys: Sequence[str]) -> dict[str, Last]:
        self._seen()
        return super()._lasts(kind, keys)

    def _counting(self, kind: str, key: str, on: date | None, as_of: str | None) -> Record | None:
        self._seen()
        return super()._counting(kind, key, on, as_of)

    def _places(self, kind: str, on: date | None, as_of: str | None) -> Sequence[int]:
        self._seen()
        return super()._places(kind, on, as_of)

    def _history(self, kind: str, key: str) -> list[Record]:
        self._seen()
        return super()._history(kind, key)

    def _head(self, kind: str) -> Head:
        self._seen()
        return super()._head(kind)

    def _kinds(self) -> Iterable[str]:
        self._seen()
        return super()._kinds()

    def _check_files(self) -> None:
        with _told(self._folder):
            held = sorted(self._folder.glob("records-*.parquet"))
        if held != [self._path(number) for number in range(1, len(held) + 1)]:
            raise Tampered(f"{self._folder}: a file of records is missing")

    def _check_medium(self) -> None:
        """What is in memory says nothing of the files: read them again."""
        self._watched.check()
        self._check_files()
        self._records, self._versions, self._files = {}, {}, 0
        self._refresh()


@contextmanager
def _told(where: str | Path) -> Iterator[None]:
    """What the system says of files, as errors of this library."""
    try:
        yield
    except StorageError:
        raise
    except OSError as error:
        raise StorageError(f"{where}: {error.strerror or error}") from error


def _read(path: Path) -> list[Record]:
    try:
        table = pq.read_table(path)
        if table.schema != _SCHEMA:
            raise Tampered(f"{path}: has other columns than were put")
        return [from_row([row[name] for name in COLUMNS]) for row in table.to_pylist()]
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise Tampered(f"{path}: {error}") from error


def _write(records: Sequence[Record], path: Path) -> None:
    """A file that is there whole or not at all, and survives the end of the power."""
    draft = path.with_suffix(f".{os.getpid()}.draft")
    columns = zip(*map(to_row, records), strict=True)
    table = pa.table(dict(zip(COLUMNS, map(list, columns), strict=True)), schema=_SCHEMA)
    try:
        with os.fdopen(open_private(draft), "wb") as file:
            pq.write_table(table, file, compression="zstd", write_page_checksum=True)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    with suppress(OSError):  # a system that cannot open folders
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def write_snapshot(
    path: str | Path,
    records: Iterable[Record],
    row: Callable[[Record], Mapping[str, Any]] = attrgetter("data"),
    schema: pa.Schema | None = None,
) -> int:
    """Write records as one flat Parquet file, a row each, for columns and data frames.

    Args:
        path: of the file; one that is there is replaced.
        records: such as ``store.find("facts", on=day)``.
        row: gives the columns of a record; its payload, by default.
        schema: the columns and their types, such as ``columns.schema(RULE)``; by default
            those of the first rows. ``key``, ``version``, ``valid_from`` and
            ``recorded_at`` stand before them.

    Returns:
        How many rows were written.

    Raises:
        StorageError: when the file cannot be written.
    """
    with _told(path), os.fdopen(open_private(Path(path)), "wb") as file:
        return _write_rows(file, records, row, schema)


def _write_rows(
    file: IO[bytes],
    records: Iterable[Record],
    row: Callable[[Record], Mapping[str, Any]],
    schema: pa.Schema | None,
) -> int:
    waiting = iter(records)
    told = [
        pa.field("key", pa.string()),
        pa.field("version", pa.int64()),
        pa.field("valid_from", pa.date32()),
        pa.field("recorded_at", pa.timestamp("us", "UTC")),
    ]
    whole = None if schema is None else pa.schema([*told, *schema])
    writer: pq.ParquetWriter | None = None
    count = 0
    try:
        while batch := list(islice(waiting, _BATCH)):
            rows = [
                {**{each.name: getattr(record, each.name) for each in told}, **row(record)}
                for record in batch
            ]
            table = pa.Table.from_pylist(rows, schema=whole)
            whole = table.schema
            writer = writer or pq.ParquetWriter(file, whole, compression="zstd")
            writer.write_table(table)
            count += len(batch)
        if writer is None:
            writer = pq.ParquetWriter(file, pa.schema(told) if whole is None else whole)
    finally:
        if writer is not None:
            writer.close()
    return count


def open_url(url: str, clock: Clock = system_clock) -> ParquetStore:
    """The store of ``parquet:///folder``; ``?mode=ro`` reads only."""
    path, read_only = file_and_mode(url)
    if not path:
        raise InvalidInput("url: names no folder: write one such as parquet:///folder")
    return ParquetStore(path, clock, read_only=read_only)
