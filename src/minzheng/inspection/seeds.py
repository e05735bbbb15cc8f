"""Seeds: public chance that did not exist when the frame was sealed, as exact text.

Each source is announced in the plan, and drawn after the seal. What it shows becomes one line
``name=numbers``; the lines in the order of the plan are the seed. Numbers of a lottery are
written as RFC 3797 writes them: sorted, joined by ``.``, closed by ``./``, each pool of balls
by itself; rolls of dice keep their order.

Limitations:
    That a drand signature was made by the network is not checked here, only that it has the
    form, the length and the moment of its round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from enum import IntEnum
from hashlib import sha256
from math import comb, prod
from typing import Any

from attrs import field, frozen

from minzheng.base.brief import shown
from minzheng.base.suggest import unknown
from minzheng.errors import Fault, InvalidInput
from minzheng.inspection import wording

__all__ = [
    "CHAINS",
    "MOST",
    "SIGNATURE_BYTES",
    "Chain",
    "Outcome",
    "Source",
    "SourceKind",
    "entropy_bits",
    "instant",
    "is_instant",
    "rfc3797_key",
    "round_at",
    "round_time",
    "samples_bits",
    "seed_text",
    "too_early",
]

MOST = 10_000
"""Rolls of a die, its faces, and balls of a pool are no more than this."""

_NAME = "[A-Za-z0-9_-]{1,100}"
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


class SourceKind(IntEnum):
    """What a seed comes from."""

    DICE = 1
    """rolls of dice in public"""
    BALLS = 2
    """balls of a lottery, of one pool or several"""
    DRAND = 3
    """a round of the drand network"""


@frozen
class Chain:
    """A chain of the drand network.

    Attributes:
        hash: its hash, by which it is known.
        genesis: Unix seconds of its first round.
        period: seconds between rounds.
    """

    hash: str
    genesis: int
    period: int


CHAINS = {
    "default": Chain(
        "8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce", 1595431050, 30
    ),
    "quicknet": Chain(
        "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971", 1692803367, 3
    ),
}
"""The public chains, by name; facts of drand/drand-client."""

SIGNATURE_BYTES = {"default": 96, "quicknet": 48}
"""The length of a signature: points of G2 in the first chain, of G1 in the second."""


def _at(value: datetime | str) -> str:
    try:
        return instant(value)
    except InvalidInput as error:
        raise error.under("at") from None


def _at_or_none(value: datetime | str | None) -> str | None:
    return None if value is None else _at(value)


def _canonical_or_as_it_is(value: Any) -> Any:
    """A moment in its canonical form; what is none is refused by the draw, with its place."""
    try:
        return instant(value)
    except InvalidInput:
        return value


def _tuples(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return tuple(tuple(each) if isinstance(each, list) else each for each in value)
    return value


def _hexadecimal(value: Any) -> Any:
    return value.strip().lower() if isinstance(value, str) else value


def _listed(value: object) -> tuple[tuple[int, ...], ...]:
    """Lists of whole numbers; anything else, a truth value too, is a fault."""
    if not isinstance(value, list | tuple) or not all(isinstance(x, list | tuple) for x in value):
        raise InvalidInput("expected a list of lists of whole numbers")
    if any(type(number) is not int for each in value for number in each):
        raise InvalidInput("expected whole numbers, without quotes, points and true or false")
    return tuple(tuple(each) for each in value)


def _pools(value: object) -> tuple[tuple[int, ...], ...]:
    try:
        return _listed(value)
    except InvalidInput as error:
        raise error.under("pools") from None


@frozen(kw_only=True)
class Source:
    """A source of chance as the plan announces it.

    Attributes:
        kind: what it is.
        name: its name in the seed, such as ``dlt`` or ``dice``; letters, digits, ``-``, ``_``.
        about: in words, which drawing it is.
        at: the moment at which it is announced to be drawn, in UTC, if that is stated; it is after
            the seal, and no outcome is before it. Of drand the time of the round.
        faces: dice: the faces of a die, 2 to :data:`MOST`.
        rolls: dice: how many rolls, 1 to :data:`MOST`.
        pools: balls: ``(how many balls there are, how many are drawn)`` of each pool.
        chain: drand: ``default`` or ``quicknet``.
        round: drand: the round.
    """

    kind: SourceKind
    name: str
    about: str = wording.line("")
    at: str | None = field(default=None, converter=_at_or_none)
    faces: int | None = None
    rolls: int | None = None
    pools: tuple[tuple[int, ...], ...] = field(default=(), converter=_pools)
    chain: str | None = None
    round: int | None = None

    def __attrs_post_init__(self) -> None:
        if faults := tuple(self._faults()):
            raise InvalidInput(faults)

    def _faults(self) -> Iterator[Fault]:
        label: object = self.name
        kind: object = self.kind
        if not isinstance(label, str) or not re.fullmatch(_NAME, label):
            problem = f"expected 1 to 100 letters, digits, - or _, got {shown(label)}"
            yield Fault("name", problem)
        if not isinstance(kind, SourceKind):
            yield Fault("kind", f"expected a SourceKind, got {shown(kind)}")
            return
        belongs = {
            SourceKind.DICE: ("faces", "rolls"),
            SourceKind.BALLS: ("pools",),
            SourceKind.DRAND: ("chain", "round"),
        }
        for owner, names in belongs.items():
            for name in names:
                stated = getattr(self, name) not in (None, ())
                if stated is not (owner is kind):
                    word = "means nothing for" if stated else "is required for"
                    yield Fault(name, f"{word} {self.kind.name.lower()}")
        for name, least in (("faces", 2), ("rolls", 1)):
            value = getattr(self, name)
            if value is not None and not (type(value) is int and least <= value <= MOST):
                yield Fault(name, f"expected {least} to {MOST}, got {_brief(value)}")
        if len(self.pools) > 100:
            yield Fault("pools", f"expected at most 100, got {len(self.pools)}")
        for place, pool in enumerate(self.pools):
            if len(pool) != 2 or not 1 <= pool[1] < pool[0] <= MOST:
                problem = f"expected up to {MOST} balls, and how many of them, not all, are drawn"
                yield Fault(f"pools[{place}]", problem)
        if self.chain is not None and self.chain not in CHAINS:
            yield Fault("chain", unknown(self.chain, CHAINS))
        elif self.round is not None and self.chain is not None:
            yield from self._round_faults(CHAINS[self.chain])

    def _round_faults(self, chain: Chain) -> Iterator[Fault]:
        last = round_at(chain, _LAST)
        if type(self.round) is not int or not 1 <= self.round <= last:
            yield Fault("round", f"expected 1 to {last}, got {_brief(self.round)}")
        elif self.at not in (None, moment := _published(chain, self.round)):
            yield Fault("at", f"round {self.round} is published at {moment}, got {self.at}")

    @property
    def moment(self) -> str | None:
        """The moment before which it cannot be drawn, in UTC; ``None`` where none is stated."""
        if self.kind is SourceKind.DRAND:
            return _published(CHAINS[self.chain or ""], self.round or 0)
        return self.at

    @property
    def outcomes(self) -> int:
        """How many outcomes it has, all as likely as each other."""
        if self.kind is SourceKind.DICE:
            return int((self.faces or 1) ** (self.rolls or 1))
        if self.kind is SourceKind.BALLS:
            return prod(comb(balls, drawn) for balls, drawn in self.pools)
        return 2**256


@frozen(kw_only=True)
class Outcome:
    """What a source showed; whether it can be is for the draw to say, all faults at once.

    Attributes:
        at: when it came to be, in UTC; anything that :func:`instant` takes may be given. Of drand
            the time of the round.
        numbers: the rolls in their order, or the balls, a list for each pool.
        signature: drand: the round's signature, in hexadecimal.
        randomness: drand: the round's randomness, in hexadecimal.
    """

    at: str = field(converter=_canonical_or_as_it_is)
    numbers: tuple[tuple[int, ...], ...] = field(default=(), converter=_tuples)
    signature: str = field(default="", converter=_hexadecimal)
    randomness: str = field(default="", converter=_hexadecimal)


def instant(value: datetime | str) -> str:
    """A moment as canonical text in UTC, such as ``2026-07-01T01:00:00Z``.

    A fraction of a second is cut off: what is later by this text is later.

    Raises:
        InvalidInput: for anything but a datetime with its time zone, or such text, within
            the years 1 to 9999 of UTC.

    Example:
        >>> instant("2026-07-01T09:00:00+08:00")
        '2026-07-01T01:00:00Z'
    """
    moment: object = value
    if isinstance(moment, str):
        try:
            moment = datetime.fromisoformat(moment)
        except ValueError:
            moment = None
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        got = repr(value) if isinstance(value, datetime) else repr(value)[:60]
        raise InvalidInput(
            f"expected a moment with its zone such as '2026-07-01T09:00:00+08:00', got {got}"
        )
    try:
        return moment.astimezone(UTC).replace(microsecond=0).isoformat()[:19] + "Z"
    except OverflowError:
        raise InvalidInput(f"{value} is outside the years 1 to 9999 of UTC") from None


def is_instant(text: object) -> bool:
    """Whether a text is a moment as :func:`instant` writes it.

    Example:
        >>> is_instant("2026-07-01T01:00:00Z"), is_instant("2026-07-01T09:00:00+08:00")
        (True, False)
    """
    if not isinstance(text, str) or not _INSTANT.fullmatch(text):
        return False
    try:
        return instant(text) == text
    except InvalidInput:
        return False


_LAST = 253402300799  # 9999-12-31T23:59:59Z


def _published(chain: Chain, number: int) -> str:
    return instant(datetime.fromtimestamp(round_time(chain, number), UTC))


def _brief(value: object) -> str:
    return (
        str(value) if isinstance(value, int) and value.bit_length() <= 64 else type(value).__name__
    )


def round_time(chain: Chain, number: int) -> int:
    """Unix seconds at which a drand round is published.

    Example:
        >>> round_time(CHAINS["quicknet"], 1000)
        1692806364
    """
    if number < 1:
        raise InvalidInput([Fault("round", f"expected 1 or more, got {number}")])
    return chain.genesis + (number - 1) * chain.period


def round_at(chain: Chain, unix: int) -> int:
    """The drand round that is the latest at a time.

    Raises:
        InvalidInput: for a time before the chain began.

    Example:
        >>> round_at(CHAINS["default"], 1595431079)
        1
    """
    if unix < chain.genesis:
        raise InvalidInput(f"the chain begins at {chain.genesis}, got {unix}")
    return (unix - chain.genesis) // chain.period + 1


def too_early(sources: Sequence[Source], sealed_at: str) -> list[Fault]:
    """Sources that are drawn at the seal or before it by what the plan states of them."""
    return [
        Fault(
            f"plan.seeds[{place}]", f"is drawn at {each.moment}, not after the seal of {sealed_at}"
        )
        for place, each in enumerate(sources)
        if each.moment is not None and each.moment <= sealed_at
    ]


def seed_text(sources: Sequence[Source], outcomes: Sequence[Outcome], sealed_at: str) -> str:
    """The seed, from what the announced sources showed after the seal.

    Raises:
        InvalidInput: with every fault: an outcome that does not fit its source, a record
            of drand whose randomness is not the hash of its signature, an outcome
            that existed before the seal, or before the moment that the plan announces.
    """
    faults: list[Fault] = []
    if len(outcomes) != len(sources):
        faults.append(Fault("seeds", f"expected {len(sources)} outcomes, got {len(outcomes)}"))
    text = ""
    for place, (source, outcome) in enumerate(zip(sources, outcomes, strict=False)):
        path = f"seeds[{place}]"
        try:
            _typed(outcome)
            if outcome.at <= sealed_at:
                problem = f"existed at {outcome.at}, before the seal of {sealed_at}: it could have been known"
                faults.append(Fault(path, problem))
            elif source.at is not None and outcome.at < source.at:
                problem = f"the plan announces it for {source.at}, got {outcome.at}"
                faults.append(Fault(f"{path}.at", problem))
            text += f"{source.name}={_encoded(source, outcome)}\n"
        except InvalidInput as error:
            faults += error.under(path).faults
    if faults:
        raise InvalidInput(faults)
    return text


def _typed(outcome: Outcome) -> None:
    """Refuse what is no moment, no lists of whole numbers, no text: ``3.0`` and ``True`` are other seeds."""
    _at(outcome.at)
    try:
        _listed(outcome.numbers)
    except InvalidInput as error:
        raise error.under("numbers") from None
    for name in ("signature", "randomness"):
        if not isinstance(getattr(outcome, name), str):
            raise InvalidInput([Fault(name, "expected hexadecimal digits as text")])


def _encoded(source: Source, outcome: Outcome) -> str:
    if source.kind is SourceKind.DRAND:
        return _drand(source, outcome)
    for name in ("signature", "randomness"):
        if getattr(outcome, name):
            raise InvalidInput([Fault(name, f"means nothing for {source.kind.name.lower()}")])
    if source.kind is SourceKind.DICE:
        rolls = outcome.numbers[0] if len(outcome.numbers) == 1 else ()
        if len(rolls) != source.rolls or any(
            not 1 <= each <= (source.faces or 0) for each in rolls
        ):
            raise InvalidInput(
                [
                    Fault(
                        "numbers",
                        f"expected {source.rolls} rolls from 1 to {source.faces}, got {_plain(outcome)}",
                    )
                ]
            )
        return ".".join(map(str, rolls)) + "./"
    fits = len(outcome.numbers) == len(source.pools) and all(
        len(set(drawn)) == len(drawn) == pool[1] and all(1 <= each <= pool[0] for each in drawn)
        for drawn, pool in zip(outcome.numbers, source.pools, strict=True)
    )
    if not fits:
        pools = ", ".join(f"{drawn} of {balls}" for balls, drawn in source.pools)
        raise InvalidInput(
            [Fault("numbers", f"expected different balls, {pools}, got {_plain(outcome)}")]
        )
    return rfc3797_key(outcome.numbers)


def _plain(outcome: Outcome) -> str:
    return str([list(each) for each in outcome.numbers])[:120]


def _drand(source: Source, outcome: Outcome) -> str:
    faults = []
    if outcome.numbers:
        faults.append(Fault("numbers", "means nothing for drand"))
    wanted = (("signature", SIGNATURE_BYTES[source.chain or ""]), ("randomness", 32))
    wrong = [
        Fault(name, f"expected {2 * size} lower-case hexadecimal digits")
        for name, size in wanted
        if not re.fullmatch(f"[0-9a-f]{{{2 * size}}}", getattr(outcome, name))
    ]
    faults += wrong
    if not wrong and sha256(bytes.fromhex(outcome.signature)).hexdigest() != outcome.randomness:
        faults.append(Fault("randomness", "is not the SHA-256 of the signature"))
    if outcome.at != source.moment:
        problem = f"round {source.round} is published at {source.moment}, got {outcome.at}"
        faults.append(Fault("at", problem))
    if faults:
        raise InvalidInput(faults)
    return outcome.randomness


def rfc3797_key(sources: Sequence[Sequence[int]]) -> str:
    """The numbers of several sources as RFC 3797 writes them.

    Example:
        >>> rfc3797_key([[9319], [2, 5, 12, 8, 10]])
        '9319./2.5.8.10.12./'
    """
    return "".join(".".join(map(str, sorted(each))) + "./" for each in sources)


def entropy_bits(sources: Sequence[Source]) -> int:
    """Whole bits of chance in the sources together, rounded down, if each is fair.

    Example:
        >>> entropy_bits([Source(kind=SourceKind.BALLS, name="b", pools=((33, 6), (16, 1)))])
        24
    """
    return prod(each.outcomes for each in sources).bit_length() - 1


def samples_bits(population: int, drawn: int) -> int:
    """Whole bits, rounded up, that it takes to make every sample of that size possible.

    Example:
        >>> samples_bits(539, 22)
        130
    """
    return (comb(population, drawn) - 1).bit_length()
