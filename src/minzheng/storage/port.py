"""What a store is: append-only records in one hash chain per kind, and the ways to them.

A store knows records, not benefits. A record is one version of what is kept
under a kind and a key: from which day it holds (``valid_from``), when it was put
(``recorded_at``), its payload as canonical JSON, and a hash over all of that and
the hash before it in the chain of its kind. Nothing is ever changed or removed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, Protocol, Self

from attrs import field, frozen

from minzheng.base.brief import shown
from minzheng.errors import Fault, InvalidInput, WrongType

__all__ = [
    "START",
    "Canonical",
    "Draft",
    "Head",
    "Record",
    "Store",
    "anchor_line",
    "anchored",
    "canonical",
    "check_key",
    "check_kind",
    "masked",
    "sealed",
    "to_moment",
    "to_text",
    "written",
]

START = "0" * 64
"""What stands for the hash before the first record of a kind."""

_KIND = re.compile(r"[a-z][a-z0-9_]{0,62}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_KEY_MOST = 255
_PATH_MOST = 40
_NUMBER = re.compile(r"(\d{6})(?:[\s\u200b\ufeff-]*\d){8,11}(?:[\s\u200b\ufeff-]*[\dXxＸｘ])?")
_ANCHOR = "minzheng-anchor/1"
_ANCHOR_LINE = re.compile(
    _ANCHOR + r" ([a-z][a-z0-9_]{0,62}) (\d{1,18}) ([0-9a-f]{64}) \d{4}-\d\d-\d\dT[0-9:.]{15}Z",
    re.ASCII,
)
_ENCODER = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False
)


def masked(key: str) -> str:
    """A key for messages; of a run of digits as long as a resident number only the first six.

    Example:
        >>> masked("dibao/case-1"), masked("dibao/13080219900101003X")
        ('dibao/case-1', 'dibao/130802…')
    """
    return _NUMBER.sub(r"\1…", key)


def _shown_key(key: str) -> str:
    return repr(masked(key))


class Canonical(str):
    """JSON text that is canonical already, as :func:`canonical` makes it."""

    __slots__ = ()


@frozen
class Record:
    """One version of what is kept under a kind and a key.

    Attributes:
        kind: such as ``"decision"``.
        place: in the chain of its kind, from 1.
        key: such as ``"dibao/case-1"``.
        version: of this key, from 1.
        valid_from: the day from which it holds.
        recorded_at: when it was put, in UTC.
        payload: canonical JSON text.
        previous: the hash of the record before it in the chain; :data:`~minzheng.storage.port.START` for the first.
        hash: SHA-256 over all of the above.
    """

    kind: str
    place: int
    key: str = field(repr=_shown_key)
    version: int
    valid_from: date
    recorded_at: datetime
    payload: str = field(repr=False)
    previous: str
    hash: str

    @property
    def data(self) -> Any:
        """The payload as plain data."""
        return json.loads(self.payload)


@frozen
class Draft:
    """What is to be put, of a kind named beside it.

    Attributes:
        key: under which it is kept.
        payload: plain data: mappings, lists, texts, whole numbers, truth values, ``None``; or a
            function that gives it for the version under which it is put.
        valid_from: the day from which it holds.
        expect: the version it follows, 0 for a new key; ``None`` follows whatever is there.
    """

    key: str = field(repr=_shown_key)
    payload: object | Callable[[int], object] = field(repr=False)
    valid_from: date
    expect: int | None = None


@frozen
class Head:
    """The end of a kind's chain. Noted elsewhere, it shows later that nothing was cut off.

    Attributes:
        kind: the kind.
        place: how many records the chain has.
        hash: of the last one; :data:`~minzheng.storage.port.START` when there is none.
    """

    kind: str
    place: int = 0
    hash: str = START


class Store(Protocol):
    """Append-only records; every adapter does the same, and passes the same suite.

    A store is used by the thread that opened it; other threads and processes open
    their own. Any method raises :class:`~minzheng.errors.StorageError` when the store is
    closed, is used by another thread or process, or its medium fails.
    """

    def put(
        self,
        kind: str,
        key: str,
        payload: object,
        *,
        valid_from: date,
        expect: int | None = None,
        recorded_at: datetime | None = None,
    ) -> Record:
        """Append the next version of a key.

        Args:
            kind: lower-case word.
            key: 1 to 255 characters.
            payload: plain data without floats, or a function that gives it for the version.
            valid_from: the day from which it holds.
            expect: the version it follows, 0 for a new key; ``None`` follows whatever is
                there.
            recorded_at: with a time zone, not before the version it follows; by default the
                store's clock says it.

        Returns:
            The record, once it is kept for good (at the end of an open transaction, if any).

        Raises:
            Conflict: when the key is not at the version expected.
            InvalidInput, WrongType: for anything that cannot be kept.
            StorageError: when the medium fails. A transaction in which that happened is broken:
                nothing of it is kept, and it refuses every further call and its own end.
        """
        ...

    def put_many(
        self, kind: str, drafts: Iterable[Draft], *, recorded_at: datetime | None = None
    ) -> list[Record]:
        """Append many, all or none, in their order; otherwise as :meth:`put`."""
        ...

    def get(
        self, kind: str, key: str, *, on: date | None = None, as_of: datetime | None = None
    ) -> Record | None:
        """The version of a key that counts, or ``None``.

        Args:
            kind: the kind.
            key: the key.
            on: a day: of the versions valid from that day or before, the one with the latest
                ``valid_from`` counts, and among equals the last put. Without it, the last put.
            as_of: a moment: only versions recorded until then are looked at.
        """
        ...

    def find(
        self, kind: str, *, on: date | None = None, as_of: datetime | None = None
    ) -> Iterator[Record]:
        """Of every key of a kind the version that counts, as :meth:`get`, in chain order.

        What is put while the records are read is not among them.
        """
        ...

    def history(self, kind: str, key: str) -> tuple[Record, ...]:
        """All versions of a key, first to last."""
        ...

    def chain(self, kind: str) -> Iterator[Record]:
        """All records of a kind in the order of its chain.

        What is put while the records are read is not among them.
        """
        ...

    def kinds(self) -> tuple[str, ...]:
        """The kinds that have records, sorted."""
        ...

    def head(self, kind: str) -> Head:
        """The end of a kind's chain."""
        ...

    def take(self, records: Iterable[Record]) -> int:
        """Append records of another store as they are, with their moments and hashes.

        Records that are here already are passed over. It is a transaction of its own: all
        are taken or none.

        Returns:
            How many were appended.

        Raises:
            Tampered: when a record does not bear its own hash.
            Conflict: when one does not follow what is here.
        """
        ...

    def anchor(self, *kinds: str, at: datetime | None = None) -> str:
        """Write down the ends of chains, to be published or signed and kept elsewhere.

        Args:
            *kinds: which kinds; all that have records when none is named.
            at: the moment of writing; by default the store's clock says it.

        Returns:
            A line for each kind: format, kind, number of records, hash of the last one,
            moment in UTC.
        """
        ...

    def verify_chain(
        self, kind: str, noted: Head | None = None, *, anchors: Iterable[str] = ()
    ) -> Head:
        """Recompute every hash of a kind.

        Without a noted head or an anchor, a chain that was rewritten whole, or whose end was
        cut off, is not found.

        Args:
            kind: the kind.
            noted: a head noted earlier, that must still stand in the chain.
            anchors: texts of :meth:`anchor`; whatever they state of the kind must still stand.

        Returns:
            The head of the chain, to be noted.

        Raises:
            Tampered: naming the first place that is wrong.
            InvalidInput: for an anchor that cannot be read, and for anchors none of which
                states anything of the kind.
        """
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """What is put inside is kept together at its end, or not at all on an error.

        A refusal (``Conflict``, ``InvalidInput``) may be caught inside, and more be put.

        Raises:
            InvalidInput: inside another one.
            StorageError: at its end, when the medium failed inside, also when that was caught.
        """
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


def sealed(
    head: Head,
    key: str,
    version: int,
    valid_from: date,
    recorded_at: datetime,
    payload: str,
) -> Record:
    """The record that follows a head, with its hash.

    The hash is the SHA-256 of the JSON list of kind, place, key, version, valid-from,
    recorded-at, SHA-256 of the payload, and previous hash, without blanks, in UTF-8.
    """
    body = hashlib.sha256(payload.encode()).hexdigest()
    place = head.place + 1
    text = to_text(recorded_at)
    said = [head.kind, place, key, version, valid_from.isoformat(), text, body, head.hash]
    whole = written(said).encode()
    return Record(
        head.kind,
        place,
        key,
        version,
        valid_from,
        recorded_at,
        payload,
        head.hash,
        hashlib.sha256(whole).hexdigest(),
    )


def anchor_line(head: Head, at: datetime) -> str:
    """One line of an anchor."""
    return f"{_ANCHOR} {head.kind} {head.place} {head.hash} {to_text(at)}"


def anchored(kind: str, anchors: Iterable[str]) -> list[Head]:
    """The heads that anchors state of a kind.

    Raises:
        InvalidInput: when a line cannot be read, or no anchor is about the kind.
    """
    if isinstance(anchors, str):
        raise InvalidInput([Fault("anchors", "expected a list of texts, got one text")])
    heads: list[Head] = []
    faults: list[Fault] = []
    given: list[object] = list(anchors)
    for number, text in enumerate(given):
        lines = [line for line in text.split("\n") if line.strip()] if isinstance(text, str) else []
        found = [_ANCHOR_LINE.fullmatch(line.strip()) for line in lines]
        if not found or None in found:
            expected = f"expected lines such as '{_ANCHOR} decision 21 HASH MOMENT'"
            faults.append(Fault(f"anchors[{number}]", expected))
        heads += [Head(kind, int(each[2]), each[3]) for each in found if each and each[1] == kind]
    if given and not heads and not faults:
        faults.append(Fault("anchors", f"none of them states anything of {kind}"))
    if faults:
        raise InvalidInput(faults)
    return heads


def canonical(payload: object) -> str:
    """Plain data as JSON text: keys sorted, no blanks, no floats.

    Text that is :class:`Canonical` stays as it is.

    Example:
        >>> canonical({"b": 1, "a": ["4800", None]})
        '{"a":["4800",null],"b":1}'
        >>> canonical({"a": 0.5})
        Traceback (most recent call last):
            ...
        minzheng.errors.WrongType: payload.a: never a float: write the number in quotes, got 0.5
    """
    if isinstance(payload, Canonical):
        return str(payload)
    try:
        faults = list(_not_plain(payload, "payload"))
        if not faults:
            return written(payload)
    except (RecursionError, ValueError):
        expected = "nests too deeply, or has a number of thousands of digits"
        raise InvalidInput([Fault("payload", expected)]) from None
    raise WrongType("\n".join(map(str, faults)))


def written(plain: object) -> str:
    """Plain data that is known to be plain, as canonical text."""
    return _ENCODER.encode(plain)


def _not_plain(value: object, path: str) -> Iterator[Fault]:
    kind = type(value)
    if kind is str:
        assert isinstance(value, str)
        if not value.isascii() and not _encodes(value):
            yield Fault(path, "expected text, got half a character")
    elif kind is dict:
        assert isinstance(value, dict)
        for key, inner in value.items():
            if type(key) is not str or not _encodes(key):
                yield Fault(path, f"a key is a text, got {type(key).__name__}")
                continue
            yield from _not_plain(inner, f"{path}.{key[:_PATH_MOST]}")
    elif kind is list or kind is tuple:
        assert isinstance(value, list | tuple)
        for place, inner in enumerate(value):
            yield from _not_plain(inner, f"{path}[{place}]")
    elif kind is float:
        yield Fault(path, f"never a float: write the number in quotes, got {value!r}")
    elif value is not None and kind is not int and kind is not bool:
        yield Fault(
            path, f"expected plain data, got {type(value).__name__}; a model is kept by a Shelf"
        )


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def check_kind(kind: object) -> None:
    """Refuse what is no kind: a lower-case word of at most 63 letters, digits, ``_``."""
    if not isinstance(kind, str) or not _KIND.fullmatch(kind):
        raise InvalidInput(
            [Fault("kind", f"expected a lower-case word such as 'decision', got {shown(kind)}")]
        )


def check_key(key: object) -> None:
    """Refuse what is no key: 1 to 255 characters, none of them a control character."""
    if not isinstance(key, str) or not 1 <= len(key) <= _KEY_MOST or _CONTROL.search(key):
        raise InvalidInput(
            [Fault("key", f"expected 1 to {_KEY_MOST} printable characters, got {_wrong(key)}")]
        )


def _wrong(key: object) -> str:
    if not isinstance(key, str):
        return type(key).__name__
    return f"{len(key)}, or a control character or half a character among them"


def to_text(moment: object) -> str:
    """A moment as text of one length, in UTC, so that order of text is order of time.

    Example:
        >>> from datetime import timezone
        >>> to_text(datetime(2020, 7, 24, 8, tzinfo=timezone(timedelta(hours=8))))
        '2020-07-24T00:00:00.000000Z'
    """
    if not isinstance(moment, datetime) or moment.utcoffset() is None:
        raise WrongType(
            f"recorded_at: expected a datetime with a time zone, got {type(moment).__name__}"
        )
    return _utc_text(moment)


@lru_cache(maxsize=64)
def _utc_text(moment: datetime) -> str:
    """The records of one transaction share their moment."""
    try:
        plain = moment.astimezone(UTC).replace(tzinfo=None)
    except OverflowError:
        raise InvalidInput(f"{moment} is outside the years 1 to 9999 of UTC") from None
    return plain.isoformat(timespec="microseconds") + "Z"


def to_moment(text: object) -> datetime:
    """The moment of a text of :func:`to_text`."""
    if not isinstance(text, str) or len(text) != len("2020-07-24T00:00:00.000000Z"):
        raise InvalidInput(
            f"expected a moment such as '2020-07-24T00:00:00.000000Z', got {shown(text)}"
        )
    found = datetime.fromisoformat(text)
    if found.utcoffset() != timedelta(0):
        raise InvalidInput(f"expected a moment in UTC, got {shown(text)}")
    return found.astimezone(UTC)
