"""Rivest's consistent sampler, for comparison with draws that others made by it.

Limitations:
    Ids are texts only. The original hashes whatever Python prints of an object, so that the
    number 1 and the text ``"1"`` share a ticket.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import count, islice

from attrs import frozen

from minzheng.errors import Fault, InvalidInput

__all__ = ["Ticket", "sample", "shown", "uniform"]


@frozen
class Ticket:
    """One draw.

    Attributes:
        number: the ticket, a decimal fraction in full length.
        id: who was drawn.
        generation: how often it has been drawn, this time included.
    """

    number: str
    id: str
    generation: int


def uniform(text: str) -> str:
    """SHA-256 of a text as a decimal fraction: its digits reversed behind ``0.``.

    Source:
        ron-rivest/consistent_sampler @59f1485; arXiv 1808.10016.

    Example:
        >>> uniform("abc")[:12]
        '0.5699807186'
    """
    number = int.from_bytes(sha256(text.encode()).digest(), "big")
    return "0." + f"{number:064d}"[::-1]


def sample(ids: Sequence[str], seed: str, take: int, *, replacement: bool = False) -> list[Ticket]:
    """Draw by ascending tickets.

    Args:
        ids: who can be drawn, each once.
        seed: the seed as text.
        take: how many.
        replacement: whether one can be drawn again.

    Raises:
        InvalidInput: for ids that stand twice, or more to draw than there are.

    Example:
        >>> [each.id for each in sample(["a", "b", "c", "d"], "31", 4)]
        ['b', 'a', 'd', 'c']
    """
    if len(set(ids)) < len(ids):
        raise InvalidInput([Fault("ids", "one of them stands twice")])
    if take < 0 or not ids or (take > len(ids) and not replacement):
        raise InvalidInput([Fault("take", f"cannot draw {take} of {len(ids)}")])
    start = sha256(seed.encode()).hexdigest()
    first = [Ticket(uniform(start + each), each, 1) for each in ids]
    if not replacement:
        return heapq.nsmallest(take, first, key=lambda made: (made.number, made.id))
    return list(islice(_again(first), take))


def _again(first: list[Ticket]) -> Iterator[Ticket]:
    heap = [(made.number, made.id, made.generation) for made in first]
    heapq.heapify(heap)
    while True:
        number, name, generation = heap[0]
        yield Ticket(number, name, generation)
        heapq.heapreplace(heap, (_next(number), name, generation + 1))


def _next(number: str) -> str:
    """The next ticket of an id, between the last one and 1."""
    digits = number[2:]
    nines = digits[: len(digits) - len(digits.lstrip("9"))]
    for turn in count(1):
        made = f"0.{nines}{uniform(f'{number}:{turn}')[2:]}"
        if made > number + "0":
            return made
    raise AssertionError


def shown(number: str, digits: int) -> str:
    """A ticket cut, never rounded, to some digits after its leading nines.

    Example:
        >>> shown("0.9912345", 3)
        '0.99123'
    """
    rest = number[2:]
    return number[: 2 + len(rest) - len(rest.lstrip("9")) + digits]
