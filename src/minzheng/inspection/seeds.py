"""Seeds: public chance that did not exist when the frame was sealed, as exact text.

Each source is announced in the plan, and drawn after the seal. What it shows becomes one line
``name=numbers``; the lines in the order of the plan are the seed. Numbers of a lottery are
written as RFC 3797 writes them: sorted, joined by ``.``, closed by ``./``, each pool of balls
by itself; rolls of dice keep their order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import IntEnum
from hashlib import sha256
from math import comb, prod

from attrs import frozen

from minzheng.base.suggest import unknown
from minzheng.errors import Fault, InvalidInput

__all__ = [
    "CHAINS",
    "Chain",
    "Outcome",
    "Source",
    "SourceKind",
    "entropy_bits",
    "instant",
    "rfc3797_key",
    "round_at",
    "round_time",
    "samples_bits",
    "seed_text",
]

_HEX = re.compile(r"(?:[0-9a-f]{2})+")


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


@frozen(kw_only=True)
class Source:
    """A source of chance as the plan announces it.

    Attributes:
        kind: what it is.
        name: its name in the seed, such as ``dlt`` or ``dice``; letters, digits, ``-``, ``_``.
        about: in words, which drawing it is.
        faces: dice: the faces of a die.
        rolls: dice: how many rolls.
        pools: balls: ``(how many balls there are, how many are drawn)`` of each pool.
        chain: drand: ``default`` or ``quicknet``.
        round: drand: the round.
    """

    kind: SourceKind
    name: str
    about: str = ""
    faces: int | None = None
    rolls: int | None = None
    pools: tuple[tuple[int, ...], ...] = ()
    chain: str | None = None
    round: int | None = None

    def __attrs_post_init__(self) -> None:
        if faults := tuple(self._faults()):
            raise InvalidInput(faults)

    def _faults(self) -> Sequence[Fault]:
        faults = []
        if not re.fullmatch(r"[A-Za-z0-9_-]+", self.name):
            faults.append(Fault("name", f"expected letters, digits, - or _, got {self.name!r}"))
        dice, balls, drand = (self.kind is kind for kind in SourceKind)
        for field, needed in (
            ("faces", dice),
            ("rolls", dice),
            ("pools", balls),
            ("chain", drand),
            ("round", drand),
        ):
            if bool(getattr(self, field)) is not needed:
                word = "is required for" if needed else "means nothing for"
                faults.append(Fault(field, f"{word} {self.kind.name.lower()}"))
        if dice and not faults and (self.faces or 0) < 2:
            faults.append(Fault("faces", f"expected at least 2, got {self.faces}"))
        if dice and not faults and (self.rolls or 0) < 1:
            faults.append(Fault("rolls", f"expected at least 1, got {self.rolls}"))
        for place, pool in enumerate(self.pools):
            if len(pool) != 2 or not 1 <= pool[1] <= pool[0]:
                faults.append(
                    Fault(
                        f"pools[{place}]",
                        f"expected balls and how many are drawn, got {list(pool)}",
                    )
                )
        if drand and self.chain is not None and self.chain not in CHAINS:
            faults.append(Fault("chain", unknown(self.chain, CHAINS)))
        if drand and self.round is not None and self.round < 1:
            faults.append(Fault("round", f"expected 1 or more, got {self.round}"))
        return faults

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
    """What a source showed.

    Attributes:
        at: when it came to be, as :func:`instant` takes it; of drand the time of the round.
        numbers: the rolls in their order, or the balls, a list for each pool.
        signature: drand: the round's signature, in hexadecimal.
        randomness: drand: the round's randomness, in hexadecimal.
    """

    at: str
    numbers: tuple[tuple[int, ...], ...] = ()
    signature: str = ""
    randomness: str = ""


def instant(value: datetime | str) -> str:
    """A moment as canonical text in UTC, such as ``2026-07-01T01:00:00Z``.

    Raises:
        InvalidInput: for anything but a datetime with its time zone, or such text.

    Example:
        >>> instant("2026-07-01T09:00:00+08:00")
        '2026-07-01T01:00:00Z'
    """
    moment = value
    if isinstance(moment, str):
        try:
            moment = datetime.fromisoformat(moment)
        except ValueError:
            moment = datetime.min  # noqa: DTZ901 - refused below, having no zone
    if moment.tzinfo is None:
        raise InvalidInput(
            f"expected a moment with its zone such as '2026-07-01T09:00:00+08:00', got {value!r}"
        )
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


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


def seed_text(sources: Sequence[Source], outcomes: Sequence[Outcome], sealed_at: str) -> str:
    """The seed, from what the announced sources showed after the seal.

    Raises:
        InvalidInput: with every fault: an outcome that does not fit its source, a record
            of drand whose randomness is not the hash of its signature, an outcome
            that existed before the seal.
    """
    faults: list[Fault] = []
    if len(outcomes) != len(sources):
        faults.append(Fault("seeds", f"expected {len(sources)} outcomes, got {len(outcomes)}"))
    text = ""
    for place, (source, outcome) in enumerate(zip(sources, outcomes, strict=False)):
        path = f"seeds[{place}]"
        try:
            at = instant(outcome.at)
            if at <= sealed_at:
                problem = (
                    f"existed at {at}, before the seal of {sealed_at}: it could have been known"
                )
                faults.append(Fault(path, problem))
            text += f"{source.name}={_encoded(source, outcome)}\n"
        except InvalidInput as error:
            faults += error.under(path).faults
    if faults:
        raise InvalidInput(faults)
    return text


def _encoded(source: Source, outcome: Outcome) -> str:
    if source.kind is SourceKind.DRAND:
        return _drand(source, outcome)
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


def _plain(outcome: Outcome) -> list[list[int]]:
    return [list(each) for each in outcome.numbers]


def _drand(source: Source, outcome: Outcome) -> str:
    faults = []
    if not (_HEX.fullmatch(outcome.signature) and _HEX.fullmatch(outcome.randomness)):
        faults.append(
            Fault("signature", "expected signature and randomness in lower-case hexadecimal")
        )
    elif sha256(bytes.fromhex(outcome.signature)).hexdigest() != outcome.randomness:
        faults.append(Fault("randomness", "is not the SHA-256 of the signature"))
    number = source.round or 0
    published = datetime.fromtimestamp(round_time(CHAINS[source.chain or ""], number), UTC)
    if instant(outcome.at) != instant(published):
        problem = f"round {number} is published at {instant(published)}, got {instant(outcome.at)}"
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
