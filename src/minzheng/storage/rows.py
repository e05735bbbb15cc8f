"""Records as rows of plain values in the order of the tables, and as JSON objects."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from minzheng.errors import Tampered
from minzheng.storage.port import Head, Record, masked, to_moment, to_text

__all__ = ["from_row", "to_head", "to_last", "to_row"]


def to_row(record: Record) -> tuple[Any, ...]:
    """A record as texts and whole numbers."""
    return (
        record.kind,
        record.place,
        record.key,
        record.version,
        record.valid_from.isoformat(),
        to_text(record.recorded_at),
        record.payload,
        record.previous,
        record.hash,
    )


def from_row(row: Sequence[Any]) -> Record:
    """The record of a row.

    Raises:
        Tampered: when the row holds what was never put.
    """
    kind, place, key, version, valid_from, recorded_at, payload, previous, hash_ = row
    texts = (kind, key, valid_from, recorded_at, payload, previous, hash_)
    plain = all(type(text) is str for text in texts)
    if not plain or type(place) is not int or type(version) is not int:
        raise Tampered("a record has values of other types than were put")
    try:
        day, moment = date.fromisoformat(valid_from), to_moment(recorded_at)
    except ValueError as error:
        raise Tampered(f"{kind}[{place}] {masked(key)!r}: {error}") from None
    return Record(kind, place, key, version, day, moment, payload, previous, hash_)


def to_head(kind: str, row: Sequence[Any] | None) -> Head:
    """The head of a row of place and hash; of no row, that of an empty chain."""
    if row is None:
        return Head(kind)
    place, hash_ = row
    if type(place) is not int or type(hash_) is not str:
        raise Tampered(f"{kind}: the last record has values of other types than were put")
    return Head(kind, place, hash_)


def to_last(row: Sequence[Any]) -> tuple[str, tuple[int, datetime]]:
    """Key, version and moment of a row of just these."""
    key, version, recorded_at = row
    return key, (version, to_moment(recorded_at))
