"""How many: shares rounded up exactly, and a number apportioned to strata.

Nothing here is a float: divisors are compared by exact fractions, those of
Huntington-Hill by their squares.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from enum import IntEnum
from fractions import Fraction

from minzheng.base.ratio import exact_ratio
from minzheng.errors import Fault, InvalidInput

__all__ = [
    "Apportionment",
    "apportion",
    "as_ratio",
    "certain_units",
    "inclusion_probabilities",
    "largest_remainder",
    "share",
]


class Apportionment(IntEnum):
    """Highest-averages methods; none of them suffers the Alabama paradox."""

    DHONDT = 1
    """Jefferson, D'Hondt: divisor a + 1"""
    WEBSTER = 2
    """Webster, Sainte-Laguë: divisor a + 1/2"""
    HUNTINGTON_HILL = 3
    """divisor: the root of a (a + 1)"""
    ADAMS = 4
    """divisor a"""


def as_ratio(value: object) -> Fraction:
    """A share from a fraction, or from text such as ``"5%"``, ``"1/20"``, ``"0.05"``.

    Raises:
        WrongType: for a float.
        InvalidInput: for anything that is no share above 0 and up to 1.

    Example:
        >>> as_ratio("5%"), as_ratio("1/20")
        (Fraction(1, 20), Fraction(1, 20))
    """
    ratio = exact_ratio(value)
    if not 0 < ratio <= 1:
        raise InvalidInput(f"expected a share above 0 and up to 1, such as '5%', got {value!r}")
    return ratio


def share(ratio: Fraction, population: int) -> int:
    """The least whole number that is not lower than the share of a population.

    Source:
        民发〔2017〕45号 art. 5 says "not lower than" (不低于); that this asks for
        rounding up is a reading, which observed practice bears out.

    Example:
        >>> share(Fraction(7, 100), 100), share(Fraction(4, 100), 539)
        (7, 22)
    """
    return -(-population * ratio.numerator // ratio.denominator)


def apportion(
    sizes: Sequence[int],
    n: int,
    method: Apportionment,
    *,
    minimum: int = 0,
    ties_by_order: bool = False,
) -> list[int]:
    """Give ``n`` units to strata in proportion to their sizes.

    Args:
        sizes: what each stratum holds; none is given more.
        n: how many in all, at most the sum of the sizes.
        method: the divisors.
        minimum: what each stratum gets first, as far as it holds as many.
        ties_by_order: a tie goes to the earlier stratum; else to the larger one.

    Raises:
        InvalidInput: when so many cannot be given, or the minima alone are more.

    Example:
        >>> apportion([47000, 16000, 15900, 12000, 6000, 0, 3100], 10, Apportionment.DHONDT)
        [5, 2, 2, 1, 0, 0, 0]
    """
    given = [min(minimum, size) for size in sizes]
    faults = []
    if n > sum(sizes):
        faults.append(Fault("n", f"expected at most {sum(sizes)}, what the strata hold, got {n}"))
    if sum(given) > n:
        faults.append(Fault("minimum", f"the minima take {sum(given)}, and {n} are to be given"))
    if faults:
        raise InvalidInput(faults)

    def turn(place: int) -> tuple[Fraction | int, int, int]:
        size = sizes[place]
        first = _divisor(method, given[place])
        tie = 0 if ties_by_order else -size
        if first == 0:  # an infinite claim: before all others, the largest first
            return -(10**6) * max(sizes) ** 2 - size, tie, place
        power = 2 if method is Apportionment.HUNTINGTON_HILL else 1
        return -Fraction(size**power) / first, tie, place

    heap = [turn(place) for place, size in enumerate(sizes) if given[place] < size]
    heapq.heapify(heap)
    for _unit in range(n - sum(given)):
        place = heapq.heappop(heap)[2]
        given[place] += 1
        if given[place] < sizes[place]:
            heapq.heappush(heap, turn(place))
    return given


def _divisor(method: Apportionment, a: int) -> Fraction:
    """The divisor; of Huntington-Hill its square."""
    if method is Apportionment.DHONDT:
        return Fraction(a + 1)
    if method is Apportionment.WEBSTER:
        return Fraction(2 * a + 1, 2)
    return Fraction(a * (a + 1) if method is Apportionment.HUNTINGTON_HILL else a)


def largest_remainder(sizes: Sequence[int], n: int) -> list[int]:
    """Give ``n`` units by largest remainders (Hamilton), for comparison with shares that others made so.

    No method of a plan: one more to give may take one away from a stratum (the Alabama
    paradox). A tie goes to the larger stratum, then to the earlier one.

    Raises:
        InvalidInput: when the strata do not hold so many.

    Example:
        >>> largest_remainder([6, 6, 2], 10), largest_remainder([6, 6, 2], 11)
        ([4, 4, 2], [5, 5, 1])
    """
    total = sum(sizes)
    if not 0 <= n <= total:
        raise InvalidInput([Fault("n", f"expected 0..{total}, what the strata hold, got {n}")])
    if n == 0:
        return [0] * len(sizes)
    given = [n * size // total for size in sizes]
    order = sorted(range(len(sizes)), key=lambda i: (-(n * sizes[i] % total), -sizes[i], i))
    for place in order[: n - sum(given)]:
        given[place] += 1
    return given


def certain_units(sizes: Sequence[int], n: int) -> set[int]:
    """The places that a draw of ``n`` proportional to size takes for certain.

    Units whose probability reaches 1 are taken; the rest is shared anew among the
    others, until none reaches 1.
    """
    certain: set[int] = set()
    while True:
        left = n - len(certain)
        total = sum(size for place, size in enumerate(sizes) if place not in certain)
        more = {
            place
            for place, size in enumerate(sizes)
            if place not in certain and left * size >= total
        }
        if not more or left <= 0:
            return certain
        certain |= more


def inclusion_probabilities(sizes: Sequence[int], n: int) -> list[Fraction]:
    """The probability of each unit in a draw of ``n`` with probability proportional to size.

    Raises:
        InvalidInput: when there are fewer than ``n`` units, or a size is not above 0.

    Example:
        >>> list(map(str, inclusion_probabilities([1, 2, 5, 5, 5, 10, 4, 1], 6)))
        ['1/4', '1/2', '1', '1', '1', '1', '1', '1/4']
    """
    if not 0 <= n <= len(sizes) or any(size <= 0 for size in sizes):
        raise InvalidInput(f"expected sizes above 0 and at most {len(sizes)} to draw, got {n}")
    certain = certain_units(sizes, n)
    total = sum(size for place, size in enumerate(sizes) if place not in certain)
    return [
        Fraction(1) if place in certain else Fraction((n - len(certain)) * size, total)
        for place, size in enumerate(sizes)
    ]
