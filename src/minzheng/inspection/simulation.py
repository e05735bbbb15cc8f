"""Drawing a sealed plan many times with invented seeds: how often each is drawn, and whether past draws look fair.

Every seed is derived from a base that is stated, so that anybody who runs it again counts the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import lcm

from attrs import field, frozen

from minzheng.errors import Fault, InvalidInput
from minzheng.inspection.bundle import Bundle
from minzheng.inspection.draw import key_for, select, wheel_key
from minzheng.inspection.layout import Stratum
from minzheng.inspection.seal import Sealed
from minzheng.inspection.shares import inclusion_probabilities
from minzheng.inspection.tails import expected_counts

__all__ = ["Past", "Simulated", "Unit", "past_draws", "probabilities", "simulate"]


@frozen
class Unit:
    """One organisation in one stratum of a plan.

    Attributes:
        group: the name of the group.
        stratum: the word of the stratum; empty without strata.
        code: its credit code.
    """

    group: str
    stratum: str
    code: str


@frozen(eq=False)
class Simulated:
    """How often each was drawn.

    Attributes:
        draws: how many draws were simulated.
        counts: how often each was drawn.
        probabilities: with which probability each should be.
        bands: the counts that do not speak against it; see :func:`simulate`.
    """

    draws: int
    counts: Mapping[Unit, int] = field(repr=False)
    probabilities: Mapping[Unit, Fraction] = field(repr=False)
    bands: Mapping[Unit, range] = field(repr=False)

    def frequency(self, unit: Unit) -> Fraction:
        """The share of the draws in which one was drawn."""
        return Fraction(self.counts[unit], self.draws)

    @property
    def strange(self) -> list[Unit]:
        """Those whose count lies outside the band."""
        return [unit for unit, count in self.counts.items() if count not in self.bands[unit]]


def probabilities(sealed: Sealed) -> dict[Unit, Fraction]:
    """The probability with which each that can be drawn is drawn.

    Limitations:
        Sequential Poisson sampling reaches these probabilities only nearly.
    """
    return {unit: p for each in sealed.layout.strata for unit, p in _chances(sealed, each)}


def _chances(sealed: Sealed, stratum: Stratum) -> Iterator[tuple[Unit, Fraction]]:
    codes, certain = sealed.frame.codes, set(stratum.certain)
    rest = [place for place in stratum.eligible if place not in certain]
    sizes = [1] * len(rest)
    if stratum.group.method.by_size:
        column = sealed.frame.column("size")
        sizes = [int(column[place]) for place in rest]
    made = inclusion_probabilities(sizes, stratum.quota - len(certain))
    for place in certain:
        yield Unit(*stratum.path, codes[place]), Fraction(1)
    for place, chance in zip(rest, made, strict=True):
        yield Unit(*stratum.path, codes[place]), chance


def simulate(sealed: Sealed, *, draws: int, base: str, risk: Fraction) -> Simulated:
    """Draw many times with seeds derived from a base.

    The band of each holds the counts of a binomial distribution whose tails outside weigh
    no more than the risk divided by how many there are. So the probability that a fair
    draw shows anybody outside is at most the risk.

    Args:
        sealed: a frame and a plan, sealed.
        draws: how many.
        base: any text; draw ``n`` is keyed by the seed ``base/n``.
        risk: such as ``Fraction(1, 1000)``.

    Raises:
        InvalidInput: for no draws, a risk that is none, or a plan that draws nobody.

    Limitations:
        A rotation is simulated with a new key each time.
    """
    chances = probabilities(sealed)
    if draws < 1 or not chances or not 0 < risk < 1:
        raise InvalidInput(
            [Fault("draws", f"cannot simulate {draws} of {len(chances)} with risk {risk}")]
        )
    counts = Counter[Unit]()
    for turn in range(draws):
        counts.update(_drawn(sealed, f"{base}/{turn}"))
    each = risk / len(chances)
    bands = {chance: expected_counts(draws, chance, each) for chance in set(chances.values())}
    return Simulated(
        draws,
        {unit: counts[unit] for unit in chances},
        chances,
        {unit: bands[chance] for unit, chance in chances.items()},
    )


def _drawn(sealed: Sealed, seed: str) -> Iterator[Unit]:
    key = key_for(seed, sealed.plan_sha256, "organizations")
    if sealed.plan.rotation:
        key = wheel_key(seed, key)
    for stratum in sealed.layout.strata:
        for pick in select(sealed, stratum, key, stratum.quota).picks:
            yield Unit(*stratum.path, pick.code)


@frozen
class Past:
    """How often each was drawn in past draws, against what their plans give.

    Attributes:
        counts: how often each organisation was drawn.
        expected: the sum of its probabilities.
        statistic: the sum, over all that chance decided of, of the squared difference
            divided by the sum of ``p (1 - p)``.
        p_value: the share of replays whose statistic is at least as high, the past itself
            counted as one.
        replays: how often all draws were replayed.
    """

    counts: Mapping[str, int] = field(repr=False)
    expected: Mapping[str, Fraction] = field(repr=False)
    statistic: Fraction
    p_value: Fraction
    replays: int


def past_draws(bundles: Sequence[Bundle], *, replays: int, base: str) -> Past:
    """Whether some were drawn in past draws more often, and others less, than by chance.

    A chi-square statistic compared not with its table, which needs more draws than
    there are years, but with what the same sealed plans give under invented seeds. Were
    the past seeds chance, a p-value of at most ``a`` has probability ``a`` at most.

    Args:
        bundles: two draws at least; what they drew, not who was substituted.
        replays: how often all are drawn again; 999 allow for a p-value of 1/1000.
        base: any text; replay ``n`` of draw ``k`` has the seed ``base/n/k``.

    Raises:
        InvalidInput: for fewer than two draws or one replay, draws on a rotation, which
            depend on each other, and draws of which chance decided nothing.
    """
    if len(bundles) < 2 or replays < 1:
        raise InvalidInput([Fault("bundles", "expected two draws and one replay at least")])
    seals = [each.drawn.sealed for each in bundles]
    if any(each.plan.rotation for each in seals):
        raise InvalidInput([Fault("bundles", "draws on a rotation depend on each other")])
    expected: dict[str, Fraction] = {}
    spread: dict[str, Fraction] = {}
    for sealed in seals:
        for unit, chance in probabilities(sealed).items():
            expected[unit.code] = expected.get(unit.code, Fraction(0)) + chance
            spread[unit.code] = spread.get(unit.code, Fraction(0)) + chance * (1 - chance)
    open_ = {code: spread[code] for code in sorted(spread) if spread[code]}
    if not open_:
        raise InvalidInput([Fault("bundles", "chance decided nothing in them")])
    score = _Score(open_, expected)
    counts = Counter(
        pick.code for each in bundles for chosen in each.drawn.selections for pick in chosen.picks
    )
    own = score.of(counts)
    higher = sum(
        score.of(
            Counter(
                unit.code
                for place, sealed in enumerate(seals)
                for unit in _drawn(sealed, f"{base}/{turn}/{place}")
            )
        )
        >= own
        for turn in range(replays)
    )
    return Past(
        {code: counts[code] for code in sorted(expected)},
        expected,
        score.statistic(own),
        Fraction(1 + higher, 1 + replays),
        replays,
    )


class _Score:
    """The statistic in whole numbers, but for a constant and a common denominator."""

    def __init__(self, spread: Mapping[str, Fraction], expected: Mapping[str, Fraction]) -> None:
        square = {code: 1 / each for code, each in spread.items()}
        double = {code: 2 * expected[code] / each for code, each in spread.items()}
        self.whole = lcm(*(each.denominator for each in (*square.values(), *double.values())))
        self.parts = {
            code: (int(square[code] * self.whole), int(double[code] * self.whole))
            for code in spread
        }
        self.constant = sum(
            (expected[code] ** 2 / each for code, each in spread.items()), Fraction(0)
        )

    def of(self, counts: Mapping[str, int]) -> int:
        made = 0
        for code, count in counts.items():
            square, double = self.parts.get(code, (0, 0))
            made += count * (count * square - double)
        return made

    def statistic(self, score: int) -> Fraction:
        return self.constant + Fraction(score, self.whole)
