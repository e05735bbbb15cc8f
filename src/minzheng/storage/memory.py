"""A store in memory: for tests, for trying things out, and for what a process keeps to itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from minzheng.errors import InvalidInput
from minzheng.storage.common import Clock, Common, Last, system_clock
from minzheng.storage.port import Head, Record, to_text

__all__ = ["MemoryStore", "open_url"]


class MemoryStore(Common):
    """Records in lists; gone with the process.

    Example:
        >>> from datetime import date
        >>> store = MemoryStore()
        >>> store.put("note", "a", {"text": "first"}, valid_from=date(2020, 7, 24)).version
        1
        >>> store.get("note", "a").data
        {'text': 'first'}
    """

    def __init__(self, clock: Clock = system_clock) -> None:
        super().__init__(clock)
        self._records: dict[str, list[Record]] = {}
        self._versions: dict[str, dict[str, list[Record]]] = {}
        self._lengths: dict[str, int] = {}

    def _begin(self) -> None:
        self._lengths = {kind: len(rows) for kind, rows in self._records.items()}

    def _commit(self) -> None:
        self._lengths = {}

    def _rollback(self) -> None:
        for kind, rows in list(self._records.items()):
            length = self._lengths.get(kind, 0)
            for record in reversed(rows[length:]):
                versions = self._versions.get(kind, {})
                if versions.get(record.key, [None])[-1] is record:
                    versions[record.key].pop()
                    if not versions[record.key]:
                        del versions[record.key]
            del rows[length:]

    def _lock(self, kind: str) -> None:
        """Nobody else writes here."""

    def _append(self, records: Sequence[Record]) -> None:
        for record in records:
            self._records.setdefault(record.kind, []).append(record)
            versions = self._versions.setdefault(record.kind, {})
            versions.setdefault(record.key, []).append(record)

    def _lasts(self, kind: str, keys: Sequence[str]) -> dict[str, Last]:
        versions = self._versions.get(kind, {})
        lasts = ((key, versions[key][-1]) for key in keys if key in versions)
        return {key: (last.version, last.recorded_at) for key, last in lasts}

    def _counting(self, kind: str, key: str, on: date | None, as_of: str | None) -> Record | None:
        return _best(self._versions.get(kind, {}).get(key, []), on, as_of)

    def _places(self, kind: str, on: date | None, as_of: str | None) -> Sequence[int]:
        bests = (_best(rows, on, as_of) for rows in self._versions.get(kind, {}).values())
        return sorted(best.place for best in bests if best is not None)

    def _at(self, kind: str, places: Sequence[int]) -> list[Record]:
        rows = self._records.get(kind, [])
        return [rows[place - 1] for place in places if place <= len(rows)]

    def _history(self, kind: str, key: str) -> list[Record]:
        return self._versions.get(kind, {}).get(key, [])

    def _page(self, kind: str, after: int | None, upto: int, most: int) -> list[Record]:
        begin = after or 0
        return self._records.get(kind, [])[begin : min(begin + most, upto)]

    def _head(self, kind: str) -> Head:
        rows = self._records.get(kind)
        return Head(kind, rows[-1].place, rows[-1].hash) if rows else Head(kind)

    def _kinds(self) -> Iterable[str]:
        return (kind for kind, rows in self._records.items() if rows)


def _best(rows: Sequence[Record], on: date | None, as_of: str | None) -> Record | None:
    if on is None and as_of is None:
        return rows[-1] if rows else None
    known = (row for row in rows if as_of is None or to_text(row.recorded_at) <= as_of)
    if on is None:
        return max(known, key=lambda row: row.version, default=None)
    valid = (row for row in known if row.valid_from <= on)
    return max(valid, key=lambda row: (row.valid_from, row.version), default=None)


def open_url(url: str, clock: Clock = system_clock) -> MemoryStore:
    """The store of ``memory:``."""
    if url != "memory:":
        raise InvalidInput("url: a store in memory has no name: write memory:")
    return MemoryStore(clock)
