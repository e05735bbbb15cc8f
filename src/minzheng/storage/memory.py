"""A store in memory: for tests, for trying things out, and for what a process keeps to itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

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
                versions = self._versions[kind]
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

    def _counting(
        self, kind: str, key: str | None, on: date | None, as_of: str | None
    ) -> Iterator[Record]:
        versions = self._versions.get(kind, {})
        chosen = versions.values() if key is None else [versions.get(key, [])]
        found = [best for rows in chosen if (best := _best(rows, on, as_of)) is not None]
        yield from sorted(found, key=lambda record: record.place)

    def _history(self, kind: str, key: str) -> Iterator[Record]:
        yield from self._versions.get(kind, {}).get(key, ())

    def _chain(self, kind: str) -> Iterator[Record]:
        yield from self._records.get(kind, ())

    def _head(self, kind: str) -> Head:
        rows = self._records.get(kind)
        return Head(kind, rows[-1].place, rows[-1].hash) if rows else Head(kind)

    def kinds(self) -> tuple[str, ...]:
        """The kinds that have records, sorted."""
        return tuple(sorted(kind for kind, rows in self._records.items() if rows))


def _best(rows: Sequence[Record], on: date | None, as_of: str | None) -> Record | None:
    known = (row for row in rows if as_of is None or to_text(row.recorded_at) <= as_of)
    if on is None:
        return max(known, key=lambda row: row.version, default=None)
    valid = (row for row in known if row.valid_from <= on)
    return max(valid, key=lambda row: (row.valid_from, row.version), default=None)


def open_url(url: str, clock: Clock = system_clock) -> MemoryStore:
    """The store of ``memory:``."""
    return MemoryStore(clock)
