"""The draws of cryptorandom (Stark and Ottoboni), for comparison with draws that others made by it.

Limitations:
    Not stable: striking one that was not drawn changes the picks. cryptorandom turns a block
    into a float; here it stays an exact fraction, which could differ only where a number
    falls within a float's precision of a whole one. Vitter's reservoir Z is left out: it
    computes its steps in floats, so what it draws depends on the machine's rounding.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from hashlib import sha256
from typing import Protocol

from minzheng.errors import Fault, InvalidInput

__all__ = ["METHODS", "Numbers", "Sha256", "sample"]

BITS = 256


class Numbers(Protocol):
    """Where an algorithm takes its numbers from."""

    def uniform(self) -> Fraction:
        """A number from 0 up to, not including, 1."""
        ...

    def between(self, low: int, high: int) -> int:
        """A whole number from ``low`` up to, not including, ``high``."""
        ...


class Sha256:
    """SHA-256 in counter mode: block j is the hash of the seed, a comma and j zero bytes.

    Args:
        seed: the seed as text; a number is written in decimal.

    Source:
        statlab/cryptorandom @b920581.

    Example:
        >>> numbers = Sha256("12345678901234567890")
        >>> [numbers.between(0, 5) for _ in range(3)]
        [3, 2, 4]
    """

    def __init__(self, seed: str) -> None:
        self._next = f"{seed},".encode()
        self._bits = self._held = 0

    def block(self) -> bytes:
        """The next block of 32 bytes."""
        made = sha256(self._next).digest()
        self._next += b"\0"
        return made

    def uniform(self) -> Fraction:
        """The next block as a fraction of 2 to the 256th."""
        return Fraction(int.from_bytes(self.block(), "big"), 1 << BITS)

    def truncated(self, low: int, high: int) -> int:
        """The next block modulo the width: slightly uneven, and given up by cryptorandom."""
        return low + int.from_bytes(self.block(), "big") % (high - low)

    def between(self, low: int, high: int) -> int:
        """As few bits as the width needs, the lowest first; again while they are too many."""
        width = high - low
        while True:
            made = self._take((width - 1).bit_length())
            if made < width:
                return low + made

    def _take(self, count: int) -> int:
        while self._held < count:
            self._bits |= int.from_bytes(self.block(), "big") << self._held
            self._held += BITS
        made = self._bits & ((1 << count) - 1)
        self._bits >>= count
        self._held -= count
        return made


def sample(numbers: Numbers, population: int, take: int, method: str = "by_index") -> list[int]:
    """Draw without replacement.

    Args:
        numbers: where the numbers come from, such as :class:`Sha256`.
        population: how many there are.
        take: how many are drawn.
        method: a key of :data:`METHODS`; cryptorandom's own choice is ``by_index``.

    Returns:
        Positions counted from 1, in the order of the algorithm.

    Raises:
        InvalidInput: for another method, or more to draw than there are.

    Example:
        >>> sample(Sha256("12345678901234567890"), 539, 3)
        [340, 442, 322]
    """
    faults = []
    if method not in METHODS:
        faults.append(Fault("method", f"expected one of {', '.join(METHODS)}, got {method!r}"))
    if not 0 <= take <= population:
        faults.append(Fault("take", f"cannot draw {take} of {population}"))
    if faults:
        raise InvalidInput(faults)
    return METHODS[method](numbers, population, take)


def _fisher_yates(numbers: Numbers, population: int, take: int) -> list[int]:
    """Each of the first places is swapped with one from itself on."""
    order = list(range(1, population + 1))
    for place in range(take):
        other = place + int(numbers.uniform() * (population - place))
        order[place], order[other] = order[other], order[place]
    return order[:take]


def _pikk(numbers: Numbers, population: int, take: int) -> list[int]:
    """One number for each; the smallest are drawn."""
    made = [(numbers.uniform(), place) for place in range(1, population + 1)]
    return [place for _number, place in sorted(made)[:take]]


def _recursive(numbers: Numbers, population: int, take: int) -> list[int]:
    """Among the first so many, then one more: a number, or the last where that is drawn already."""
    drawn: list[int] = []
    for last in range(population - take + 1, population + 1):
        made = numbers.between(1, last + 1)
        drawn.append(last if made in drawn else made)
    return drawn


def _waterman(numbers: Numbers, population: int, take: int) -> list[int]:
    """A reservoir of the first; each later one takes the place that its number points to."""
    drawn = list(range(1, take + 1))
    for each in range(take + 1, population + 1):
        place = numbers.between(1, each + 1)
        if place <= take:
            drawn[place - 1] = each
    return drawn


def _by_index(numbers: Numbers, population: int, take: int) -> list[int]:
    """One of those left; the last of them moves to its place."""
    left, drawn = list(range(1, population + 1)), []
    for _turn in range(take):
        place = numbers.between(1, len(left) + 1) - 1
        drawn.append(left[place])
        last = left.pop()
        if place < len(left):
            left[place] = last
    return drawn


METHODS: Mapping[str, Callable[[Numbers, int, int], list[int]]] = {
    "fisher_yates": _fisher_yates,
    "pikk": _pikk,
    "recursive": _recursive,
    "waterman_r": _waterman,
    "by_index": _by_index,
}
"""The algorithms by name."""
