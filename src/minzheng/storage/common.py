"""What all adapters do alike: checks, versions, hashes, transactions, verification.

An adapter derives from :class:`Common` and gives the few steps that touch its
medium. Whatever else answers to :class:`~minzheng.storage.port.Store` is a store too.

Once a step fails in a transaction, the transaction is broken: the medium may have
rolled back by itself, so a later put would be chained to a record that is gone.
"""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from itertools import groupby, islice
from threading import get_ident
from typing import Self, TypeAlias

from minzheng.errors import (
    Conflict,
    Fault,
    InvalidInput,
    MinzhengError,
    StorageError,
    Tampered,
    WrongType,
)
from minzheng.storage.port import (
    Draft,
    Head,
    Record,
    anchor_line,
    anchored,
    canonical,
    check_key,
    check_kind,
    masked,
    sealed,
    to_text,
)

__all__ = ["Clock", "Common", "system_clock"]

Clock: TypeAlias = Callable[[], datetime]
"""Says the moment now, with a time zone."""

Last: TypeAlias = tuple[int, datetime]
"""The last version of a key, and when it was recorded."""

_BATCH = 500
_PAGE = 2000
_BROKEN = (
    "this transaction is broken: the store failed in it, and nothing of it is kept: begin it again"
)


def system_clock() -> datetime:
    """The machine's own clock, in UTC."""
    return datetime.now(UTC)


class Common(ABC):
    """The part of a store that is the same for every medium."""

    def __init__(self, clock: Clock = system_clock) -> None:
        self._clock = clock
        self._open = False
        self._broken = False
        self._closed = False
        self._owner = os.getpid(), get_ident()
        self._heads: dict[str, Head] = {}

    # what an adapter gives

    @abstractmethod
    def _begin(self) -> None:
        """Begin a transaction in which no other writer changes anything of a kind once read."""

    @abstractmethod
    def _commit(self) -> None:
        """Keep for good what was appended since :meth:`_begin`."""

    @abstractmethod
    def _rollback(self) -> None:
        """Forget what was appended since :meth:`_begin`."""

    @abstractmethod
    def _lock(self, kind: str) -> None:
        """Within a transaction, hold off other writers of a kind until it ends."""

    @abstractmethod
    def _append(self, records: Sequence[Record]) -> None:
        """Add records of one kind at the end."""

    @abstractmethod
    def _lasts(self, kind: str, keys: Sequence[str]) -> dict[str, Last]:
        """For those of the keys that have versions, the last."""

    @abstractmethod
    def _counting(self, kind: str, key: str, on: date | None, as_of: str | None) -> Record | None:
        """The version of a key that counts."""

    @abstractmethod
    def _places(self, kind: str, on: date | None, as_of: str | None) -> Sequence[int]:
        """Where the versions that count stand, of every key, in chain order."""

    @abstractmethod
    def _at(self, kind: str, places: Sequence[int]) -> list[Record]:
        """The records at some places, in chain order."""

    @abstractmethod
    def _history(self, kind: str, key: str) -> list[Record]:
        """All versions of a key, first to last."""

    @abstractmethod
    def _page(self, kind: str, after: int | None, upto: int, most: int) -> list[Record]:
        """The next records of a chain after a place, none beyond another, in order."""

    @abstractmethod
    def _head(self, kind: str) -> Head:
        """The end of a kind's chain."""

    @abstractmethod
    def _kinds(self) -> Iterable[str]:
        """The kinds that have records."""

    def _check_medium(self) -> None:  # noqa: B027 - most media have nothing to say
        """Raise ``Tampered`` when the medium itself says that it is damaged."""

    def _close(self) -> None:  # noqa: B027 - memory has nothing to let go of
        """Let go of files and connections."""

    # what a store does

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of files and connections; an open transaction is lost."""
        if self._closed:
            return
        if self._open:
            self._give_up()
        self._closed = True
        self._close()

    def _usable(self) -> None:
        if self._closed:
            raise StorageError("the store is closed: open it again")
        if self._owner != (os.getpid(), get_ident()):
            where = "process" if self._owner[0] != os.getpid() else "thread"
            raise StorageError(f"the store was opened in another {where}: open one in each")

    @contextmanager
    def _step(self) -> Iterator[None]:
        """A step that touches the medium; if it fails, an open transaction is broken."""
        self._usable()
        if self._open and self._broken:
            raise StorageError(_BROKEN)
        try:
            yield
        except BaseException:
            self._broken = True
            raise

    def _give_up(self) -> None:
        self._broken = True
        with suppress(MinzhengError):  # what is gone already need not be rolled back
            self._rollback()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """What is put inside is kept together at its end, or not at all on an error."""
        self._usable()
        if self._open:
            raise InvalidInput("a transaction is open already: they do not nest")
        self._begin()
        self._open, self._broken = True, False
        try:
            yield
            with self._step():
                self._commit()
        except BaseException:
            if not self._closed:
                self._give_up()
            raise
        finally:
            self._open = False
            self._heads.clear()

    @contextmanager
    def _within(self) -> Iterator[None]:
        if self._open:
            yield
        else:
            with self.transaction():
                yield

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
        """Append the next version of a key."""
        draft = Draft(key, payload, valid_from, expect)
        return self.put_many(kind, [draft], recorded_at=recorded_at)[0]

    def put_many(
        self, kind: str, drafts: Iterable[Draft], *, recorded_at: datetime | None = None
    ) -> list[Record]:
        """Append many, all or none, in their order."""
        check_kind(kind)
        if recorded_at is not None:
            to_text(recorded_at)
        with self._within():
            made = self._made(kind, list(drafts), recorded_at)
            with self._step():
                for start in range(0, len(made), _BATCH):
                    self._append(made[start : start + _BATCH])
            if made:
                self._heads[kind] = Head(kind, made[-1].place, made[-1].hash)
        return made

    def _made(
        self, kind: str, drafts: Sequence[Draft], recorded_at: datetime | None
    ) -> list[Record]:
        """The records to append, or the error that keeps all of them out."""
        for draft in drafts:
            check_key(draft.key)
            _check_day(draft.valid_from)
            if draft.expect is not None and type(draft.expect) is not int:
                kind_of = type(draft.expect).__name__
                raise WrongType(f"expect: expected a whole number or None, got {kind_of}")
        payloads = [
            None if callable(draft.payload) else canonical(draft.payload) for draft in drafts
        ]
        head = self._locked_head(kind)
        lasts = self._all_lasts(kind, {draft.key for draft in drafts})
        now = _utc(self._clock() if recorded_at is None else recorded_at)
        made: list[Record] = []
        for draft, ready in zip(drafts, payloads, strict=True):
            version, before = lasts.get(draft.key, (0, now))
            if draft.expect is not None and draft.expect != version:
                raise Conflict(
                    f"{kind} {masked(draft.key)!r} is at version {version}, expected {draft.expect}: "
                    "read it again and decide anew"
                )
            if before > now and recorded_at is not None:
                raise InvalidInput(
                    [Fault("recorded_at", f"{now} is before version {version} of {before}")]
                )
            # the clock of another machine may have been ahead
            moment = max(now, before)
            payload = ready
            if payload is None:
                assert callable(draft.payload)
                payload = canonical(draft.payload(version + 1))
            record = sealed(head, draft.key, version + 1, draft.valid_from, moment, payload)
            lasts[draft.key] = (record.version, moment)
            head = Head(kind, record.place, record.hash)
            made.append(record)
        return made

    def _all_lasts(self, kind: str, keys: Iterable[str]) -> dict[str, Last]:
        waiting, found = iter(keys), dict[str, Last]()
        with self._step():
            while batch := list(islice(waiting, _BATCH)):
                found |= self._lasts(kind, batch)
        return found

    def _locked_head(self, kind: str) -> Head:
        if kind not in self._heads:
            with self._step():
                self._lock(kind)
                self._heads[kind] = self._head(kind)
        return self._heads[kind]

    def take(self, records: Iterable[Record]) -> int:
        """Append records of another store as they are, with their moments and hashes."""
        waiting = iter(records)
        taken = 0
        with self.transaction():
            while batch := list(islice(waiting, _BATCH)):
                for kind, run in groupby(batch, key=lambda record: record.kind):
                    taken += self._take_run(kind, list(run))
        return taken

    def _take_run(self, kind: str, records: list[Record]) -> int:
        check_kind(kind)
        for record in records:
            check_key(record.key)
            _verify(record)
        head = self._locked_head(kind)
        lasts = self._all_lasts(kind, {record.key for record in records})
        with self._step():
            places = sorted({each.place for each in records if each.place <= head.place})
            here = {each.place: each for each in self._at(kind, places)}
        new: list[Record] = []
        for record in records:
            if record.place <= head.place:
                if here.get(record.place) != record:
                    raise Conflict(f"{_where(record)}: another record stands here at this place")
                continue
            if (record.place, record.previous) != (head.place + 1, head.hash):
                raise Conflict(f"{_where(record)}: does not follow the {head.place} records here")
            version, before = lasts.get(record.key, (0, record.recorded_at))
            if record.version != version + 1 or record.recorded_at < before:
                raise Tampered(f"{_where(record)}: does not follow version {version} of its key")
            lasts[record.key] = (record.version, record.recorded_at)
            head = Head(kind, record.place, record.hash)
            here[record.place] = record
            new.append(record)
        if new:
            with self._step():
                self._append(new)
        self._heads[kind] = head
        return len(new)

    def get(
        self, kind: str, key: str, *, on: date | None = None, as_of: datetime | None = None
    ) -> Record | None:
        """The version of a key that counts, or ``None``."""
        check_kind(kind)
        check_key(key)
        asked = _asked(on, as_of)
        with self._step():
            return self._counting(kind, key, *asked)

    def find(
        self, kind: str, *, on: date | None = None, as_of: datetime | None = None
    ) -> Iterator[Record]:
        """Of every key of a kind the version that counts, in chain order."""
        check_kind(kind)
        asked = _asked(on, as_of)
        with self._step():
            places = self._places(kind, *asked)
        return self._found(kind, places)

    def _found(self, kind: str, places: Sequence[int]) -> Iterator[Record]:
        for start in range(0, len(places), _BATCH):
            with self._step():
                page = self._at(kind, places[start : start + _BATCH])
            yield from page

    def history(self, kind: str, key: str) -> tuple[Record, ...]:
        """All versions of a key, first to last."""
        check_kind(kind)
        check_key(key)
        with self._step():
            return tuple(self._history(kind, key))

    def chain(self, kind: str) -> Iterator[Record]:
        """All records of a kind in the order of its chain."""
        check_kind(kind)
        return self._pages(kind, self.head(kind).place)

    def _pages(self, kind: str, upto: int) -> Iterator[Record]:
        after: int | None = None
        while True:
            with self._step():
                page = self._page(kind, after, upto, _PAGE)
            yield from page
            if len(page) < _PAGE:
                return
            after = page[-1].place

    def kinds(self) -> tuple[str, ...]:
        """The kinds that have records, sorted."""
        with self._step():
            return tuple(sorted(self._kinds()))

    def head(self, kind: str) -> Head:
        """The end of a kind's chain."""
        check_kind(kind)
        with self._step():
            return self._head(kind)

    def anchor(self, *kinds: str, at: datetime | None = None) -> str:
        """Write down the ends of chains, to be published or signed and kept elsewhere."""
        moment = _utc(self._clock() if at is None else at)
        return "\n".join(anchor_line(self.head(kind), moment) for kind in kinds or self.kinds())

    def verify_chain(
        self, kind: str, noted: Head | None = None, *, anchors: Iterable[str] = ()
    ) -> Head:
        """Recompute every hash of a kind."""
        check_kind(kind)
        if noted is not None and noted.kind != kind:
            raise InvalidInput([Fault("noted", f"is the head of {noted.kind}, not of {kind}")])
        expected = anchored(kind, anchors)
        if noted is not None:
            expected.append(noted)
        with self._step():
            self._check_medium()
        head = Head(kind)
        missing = set(expected) - {head}
        versions: dict[str, int] = {}
        for record in self.chain(kind):
            if (record.place, record.previous) != (head.place + 1, head.hash):
                raise Tampered(f"{_where(record)}: does not follow the record before it")
            _verify(record)
            if record.version != versions.get(record.key, 0) + 1:
                raise Tampered(f"{_where(record)}: version {record.version} is out of order")
            versions[record.key] = record.version
            head = Head(kind, record.place, record.hash)
            missing.discard(head)
        if missing:
            first = min(missing, key=lambda each: each.place)
            raise Tampered(
                f"{kind}[{first.place}]: the head noted, {first.hash[:12]}..., is not in the chain, "
                f"which has {head.place} records"
            )
        return head


def _verify(record: Record) -> None:
    """Refuse a record that does not bear the hash of what it says."""
    before = Head(record.kind, record.place - 1, record.previous)
    told = record.key, record.version, record.valid_from, record.recorded_at, record.payload
    if sealed(before, *told) != record:
        raise Tampered(f"{_where(record)}: does not bear its own hash; it was changed")


def _where(record: Record) -> str:
    return f"{record.kind}[{record.place}] {masked(record.key)!r}"


def _check_day(day: date) -> None:
    if isinstance(day, datetime) or not isinstance(day, date):
        raise WrongType(f"valid_from: expected a date, got {type(day).__name__}")


def _utc(moment: datetime) -> datetime:
    to_text(moment)
    return moment.astimezone(UTC)


def _asked(on: date | None, as_of: datetime | None) -> tuple[date | None, str | None]:
    if on is not None:
        _check_day(on)
    return on, None if as_of is None else to_text(as_of)
