"""Benefits that a person draws already, and which of them are taken off another.

A benefit that takes some off has the parameter ``netted``, a flag by :class:`DrawnKind`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from minzheng.base.money import to_fen
from minzheng.benefits._engine import MANY, Ask, Vector, code, distinct
from minzheng.people import DrawnKind, Person
from minzheng.rules import dot

__all__ = ["drawn", "drawn_words", "read_drawn", "taken_off"]

_BY_KIND = Vector.of(DrawnKind)


def taken_off(f: Any, p: Any) -> int:
    """What is taken off the benefit, in fen a month; ``f.drawn`` and ``p.netted`` say what."""
    return dot(f.drawn, p.netted)


def read_drawn(
    person: Person, ask: Ask, apart: Collection[DrawnKind] = ()
) -> Mapping[DrawnKind, int]:
    """What a person draws, in fen a month by kind; an amount is relevant only where it is netted.

    Args:
        person: who draws.
        ask: for what is unknown.
        apart: kinds that count by being drawn at all, whatever their amount.
    """
    netted = ask.p.netted
    if person.drawn is None:

        def treatment(sums: Mapping[DrawnKind, int]) -> tuple[int, bool]:
            taken = sum(fen for kind, fen in sums.items() if netted[kind])
            return taken, any(kind in apart for kind in sums)

        lists: list[dict[DrawnKind, int]] = [{}]
        lists += [{kind: fen} for kind in DrawnKind for fen in (0, MANY)]
        domain = distinct(lists, treatment)
        return ask.take(None, "drawn", domain, len(domain) > 1)
    sums: dict[DrawnKind, int] = {}
    for number, each in enumerate(person.drawn):
        stated = None if each.month is None else to_fen(each.month)
        path = f"{ask.path}.drawn[{number}]"
        amount = ask.take(stated, "month", (MANY, 0), netted[each.kind], True, path)
        sums[each.kind] = sums.get(each.kind, 0) + amount
    return sums


def drawn(apart: Callable[[Any], Collection[DrawnKind]] = lambda _p: ()) -> Any:
    """A fact: what a person draws already, a :class:`Vector` of fen a month.

    Args:
        apart: as of :func:`read_drawn`, a function of the parameters.
    """

    def read(person: Person, ask: Ask) -> Vector:
        sums = read_drawn(person, ask, apart(ask.p))
        return _BY_KIND(sums.get(kind, 0) for kind in DrawnKind)

    return code(read, by=DrawnKind)


def drawn_words(f: Any) -> tuple[str, ...]:
    """The kinds that are drawn, as the series name them."""
    return tuple(kind.name.lower() for kind in DrawnKind if f.drawn[kind])
