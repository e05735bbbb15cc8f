"""Ranking the eligible of a stratum: the first are drawn, those after them are the reserve."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from hashlib import sha256

from minzheng.inspection.plan import Method
from minzheng.inspection.shares import certain_units

__all__ = ["UNIT", "order_sample", "rotated", "smallest", "systematic", "ticket"]

UNIT = 1 << 256
"""A ticket is a whole number below this; divided by it, it is a fraction below 1."""


def ticket(key: bytes, text: str) -> int:
    """The ticket of one name under a key: SHA-256 of the key followed by the name.

    Example:
        >>> f"{ticket(bytes(32), '53130800000000000X'):064x}"[:16]
        '75c63db0904061b9'
    """
    return int.from_bytes(sha256(key + text.encode()).digest(), "big")


def smallest(key: bytes, codes: Sequence[str], depth: int) -> list[tuple[bytes, str]]:
    """The ``depth`` smallest tickets, as their bytes, with their codes, ascending.

    Only tickets below a bound that about a tenth more than ``depth`` can be expected to
    reach are kept; all, when those turn out to be too few.
    """
    bound = (depth + depth // 10 + 40) * UNIT // max(len(codes), 1)
    made = _below(bound.to_bytes(32, "big"), key, codes) if bound < UNIT else []
    if len(made) < depth:
        made = _below(_ABOVE_ALL, key, codes)
    made.sort()
    return made[:depth]


_ABOVE_ALL = b"\xff" * 33


def _below(limit: bytes, key: bytes, codes: Sequence[str]) -> list[tuple[bytes, str]]:
    return [
        (made, code) for code in codes if (made := sha256(key + code.encode()).digest()) < limit
    ]


def rotated(number: int, shift: Fraction) -> int:
    """A permanent random number on a wheel whose start is moved by a share of the circle."""
    return (number - UNIT * shift.numerator // shift.denominator) % UNIT


def order_sample(u: Sequence[Fraction], sizes: Sequence[int], n: int) -> list[int]:
    """Every place by sequential Poisson sampling: certain units, then by u / probability.

    Args:
        u: a random number for each unit, from 0 to 1.
        sizes: the size of each.
        n: how many are drawn: the first so many of the result.

    Source:
        Ohlsson, Sequential Poisson Sampling (1998). The probabilities are close to
        proportional to size, not exactly.

    Example:
        >>> order_sample([Fraction(1, 2), Fraction(1, 4), Fraction(1, 5)], [1, 1, 5], 2)
        [2, 1, 0]
    """
    certain = certain_units(sizes, n)
    return sorted(
        range(len(u)),
        key=lambda place: (place not in certain, u[place] / sizes[place], place),
    )


def systematic(u: Fraction, sizes: Sequence[int], n: int) -> list[int]:
    """The places drawn by a systematic draw: certain units, then one hit each interval.

    With cumulated probabilities V, unit k is drawn when some u + j (j = 0, 1, ...) lies
    above V(k-1) and not above V(k).

    Args:
        u: the start, above 0 and up to 1.
        sizes: the size of each unit in the order of the list; ones for equal probabilities.
        n: how many are drawn.

    Example:
        >>> systematic(Fraction(3, 10), [1, 1, 1, 1, 1, 1], 3)
        [0, 2, 4]
    """
    certain = certain_units(sizes, n)
    left = n - len(certain)
    rest = [place for place in range(len(sizes)) if place not in certain]
    total = sum(sizes[place] for place in rest)
    drawn = sorted(certain)
    passed = hits = 0
    for place in rest:
        passed += sizes[place]
        while hits < left and (u + hits) * total <= left * passed:
            drawn.append(place)
            hits += 1
    return drawn


def rank(
    method: Method,
    tickets: Sequence[int],
    sizes: Sequence[int],
    quota: int,
    start: int,
) -> list[int]:
    """Rank the places of a stratum by a method other than plain tickets.

    Args:
        method: the method.
        tickets: the ticket of each place.
        sizes: the size of each place; ones where sizes do not matter.
        quota: how many are drawn.
        start: the ticket of the stratum, from which a systematic draw starts.
    """
    if method is Method.SEQUENTIAL_POISSON:
        return order_sample([Fraction(each, UNIT) for each in tickets], sizes, quota)
    first: list[int] = []
    if method in (Method.SYSTEMATIC, Method.SYSTEMATIC_BY_SIZE):
        first = systematic(Fraction(start + 1, UNIT), sizes, quota)
    taken = set(first)
    rest = sorted(
        (place for place in range(len(tickets)) if place not in taken),
        key=lambda place: (tickets[place], place),
    )
    return first + rest
