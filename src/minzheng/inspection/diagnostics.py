"""Looking at draws from outside: runs, coverage over years, and how the classes of a frame fared.

Probabilities here are exact fractions; nothing decides a case by them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import comb

from attrs import frozen

from minzheng.errors import Fault, InvalidInput
from minzheng.inspection.tails import chi_square_tail

__all__ = ["ChiSquare", "chi_square", "coverage", "expected_runs", "never_drawn", "runs"]


def runs(places: Iterable[int], length: int) -> int:
    """How many windows of so many consecutive places were all drawn; windows may overlap.

    Example:
        >>> runs([3, 4, 5, 6, 9], 3)
        2
    """
    drawn = set(places)
    return sum(all(place + step in drawn for step in range(length)) for place in drawn)


def expected_runs(population: int, drawn: int, length: int) -> Fraction:
    """The expected number of such windows in a fair draw, over all windows of the list.

    Where the number is small, it is close to the probability that there is any run at all,
    and never below it.

    Raises:
        InvalidInput: for more to draw than there are, or a run of no length.

    Example:
        >>> expected_runs(10, 4, 3)
        Fraction(4, 15)

        The draw of Wuhan in 2009: six in a row among 124 of 5,141. The press told of one in
        10 to the 15th; the number is about one in a million.

        >>> int(1 / expected_runs(5141, 124, 6))
        1114789
    """
    if not 0 <= drawn <= population or length < 1:
        raise InvalidInput(
            [Fault("drawn", f"cannot draw {drawn} of {population}, runs of {length}")]
        )
    if length > drawn:
        return Fraction(0)
    windows = population - length + 1
    return windows * Fraction(comb(population - length, drawn - length), comb(population, drawn))


def never_drawn(ratio: Fraction, years: int) -> Fraction:
    """The share that independent yearly draws leave out in so many years.

    Example:
        >>> never_drawn(Fraction(1, 25), 5)
        Fraction(7962624, 9765625)
    """
    return (1 - ratio) ** years


def coverage(ratio: Fraction, years: int, *, rotating: bool) -> list[Fraction]:
    """The share drawn at least once after each year, for independent draws or on a wheel.

    A wheel covers everybody in 1/ratio years, and lets everybody who knows the permanent
    numbers foresee when.

    Example:
        >>> list(map(str, coverage(Fraction(1, 4), 4, rotating=True)))
        ['1/4', '1/2', '3/4', '1']
        >>> list(map(str, coverage(Fraction(1, 4), 2, rotating=False)))
        ['1/4', '7/16']
    """
    return [
        min(Fraction(1), ratio * year) if rotating else 1 - never_drawn(ratio, year)
        for year in range(1, years + 1)
    ]


@frozen
class ChiSquare:
    """How far the numbers drawn are from those expected.

    Attributes:
        statistic: the sum of squared differences by their variance without replacement.
        degrees: degrees of freedom.
    """

    statistic: Fraction
    degrees: int

    @property
    def p_value(self) -> Decimal:
        """The probability that a fair draw is at least as far; see :func:`minzheng.inspection.tails.chi_square_tail`.

        Example:
            >>> chi_square({"a": 6, "b": 4}, {"a": 50, "b": 50}).p_value
            Decimal('0.507122455360')
        """
        return chi_square_tail(self.statistic, self.degrees)


def chi_square(drawn: Mapping[str, int], population: Mapping[str, int]) -> ChiSquare:
    """Compare how many of each class were drawn with how many a fair draw gives.

    Args:
        drawn: how many were drawn, by class.
        population: how many there are, by class.

    Raises:
        InvalidInput: for fewer than two classes, or more drawn than there are.

    Limitations:
        For one draw without strata. The statistic is scaled by (N - 1) / (N - n), because
        nobody is drawn twice. The p-value is good where at least about five are
        expected in each class.

    Example:
        >>> chi_square({"a": 6, "b": 4}, {"a": 50, "b": 50})
        ChiSquare(statistic=Fraction(11, 25), degrees=1)
    """
    total, taken = sum(population.values()), sum(drawn.values())
    wrong = [name for name in drawn if drawn[name] > population.get(name, 0)]
    if len(population) < 2 or wrong or not 0 < taken < total or min(population.values()) < 1:
        raise InvalidInput(
            [Fault("drawn", f"cannot be compared: {dict(drawn)} of {dict(population)}")]
        )
    plain = Fraction(0)
    for name, size in population.items():
        expected = Fraction(taken * size, total)
        plain += (drawn.get(name, 0) - expected) ** 2 / expected
    return ChiSquare(plain * Fraction(total - 1, total - taken), len(population) - 1)
