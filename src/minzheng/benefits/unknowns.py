"""Turning a case as stated into a rule's facts, and running what is not known over its values.

An unknown fact is never defaulted. Each gives the values it may have, and the rule is run
over all of them: see :mod:`minzheng.benefits.settle`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import IntEnum
from typing import Any, Final, Protocol, TypeVar

from attrs import frozen

from minzheng.base.money import to_fen
from minzheng.errors import Fault, InvalidInput
from minzheng.people import Person

__all__ = [
    "MANY",
    "MOST_RUNS",
    "Facts",
    "Unknowns",
    "check_births",
    "corners",
    "distinct",
    "every",
    "fen_a_year",
]

T = TypeVar("T")
K = TypeVar("K", bound=IntEnum)
K_co = TypeVar("K_co", bound=IntEnum, covariant=True)

MANY: Final = 10**12
"""Ten thousand million yuan, in fen: more than any household has of anything."""

MOST_RUNS: Final = 64
"""Over how many combinations of unknown facts a rule is run."""


class _Amount(Protocol[K_co]):
    @property
    def kind(self) -> K_co: ...
    @property
    def year(self) -> Decimal | None: ...
    @property
    def month(self) -> Decimal | None: ...


class Unknowns:
    """The unknown facts of one run: which are asked, and the values taken for them.

    Args:
        chosen: values of unknown facts by their paths; of those not among them the first value
            of the domain is taken.
        corner: where given, every monotone fact takes its value at this place of its domain (or
            its last), and is not run over the others.

    Attributes:
        needed: paths of facts without which nothing can be decided.
        asked: the unknown facts that the terms ask for, in the order asked: path and domain.
        monotone: paths of the monotone facts among them.
    """

    __slots__ = ("asked", "chosen", "corner", "monotone", "needed")

    def __init__(self, chosen: Mapping[str, Any] | None = None, corner: int | None = None) -> None:
        self.chosen = chosen or {}
        self.corner = corner
        self.needed: list[str] = []
        self.asked: dict[str, Sequence[Any]] = {}
        self.monotone: dict[str, int] = {}

    def require(self, value: T | None, path: str, name: str, otherwise: T) -> T:
        """A fact that is needed whatever the others are; ``path`` and ``name`` say which."""
        if value is None:
            self.needed.append(f"{path}.{name}")
            return otherwise
        return value

    def take(
        self,
        value: T | None,
        path: str,
        name: str,
        domain: Sequence[T],
        matters: bool = True,
        monotone: bool = False,
    ) -> T:
        """A fact as stated, or a value of its domain.

        Args:
            value: as stated; ``None`` is not known.
            path: of what the fact is of.
            name: of the fact.
            domain: the values it may have beside what else is stated or chosen; of values that
                the terms treat alike one is enough. Of a monotone fact the ends: the worst for
                the case first, then the best, or each that is the best in its own way.
            matters: ``False`` where the terms never ask for it; the last value is then taken.
            monotone: going from the worst to the best never makes the answer worse, all else
                being equal. The answers are ordered: refused, undetermined, granted by the
                lesser way, by less, by more. Values between the ends need then no run.
        """
        if value is not None:
            return value
        if not matters:
            return domain[-1]
        key = f"{path}.{name}"
        self.asked[key] = domain
        if monotone:
            self.monotone[key] = len(domain)
            if self.corner is not None:
                return domain[min(self.corner, len(domain) - 1)]
        chosen: T = self.chosen.get(key, domain[0])
        return chosen

    def amounts(
        self,
        rows: Iterable[_Amount[K]] | None,
        path: str,
        name: str,
        *,
        worst: int,
        best: int,
        kinds: Iterable[K],
        matters: bool = True,
    ) -> Mapping[K, int]:
        """Yearly fen by kind, monotone in each; a list not given is an amount of every kind.

        Args:
            rows: as stated.
            path: of whose they are.
            name: of the list.
            worst: the amount that is worst for the case.
            best: the amount that is best for it.
            kinds: of which an unknown list may be.
            matters: whether the terms ask for them.
        """
        if rows is None:
            if not matters:
                return {}
            ends = [dict.fromkeys(kinds, worst), dict.fromkeys(kinds, best)]
            return self.take(None, path, name, ends, True, True)
        sums: dict[K, int] = {}
        for number, row in enumerate(rows):
            fen = fen_a_year(row)
            if fen is None:
                here = f"{path}.{name}[{number}]"
                fen = self.take(None, here, "year", (worst, best), matters, True)
            sums[row.kind] = sums.get(row.kind, 0) + fen
        return sums

    def required_amounts(
        self, rows: Iterable[_Amount[K]] | None, path: str, name: str
    ) -> dict[K, int]:
        """Yearly fen by kind, each of which is needed whatever the other facts are."""
        if rows is None:
            self.needed.append(f"{path}.{name}")
            return {}
        sums: dict[K, int] = {}
        for number, row in enumerate(rows):
            fen = self.require(fen_a_year(row), f"{path}.{name}[{number}]", "year", 0)
            sums[row.kind] = sums.get(row.kind, 0) + fen
        return sums


@frozen
class Facts:
    """The facts of one run of a case as the rule takes them, and what was unknown among them."""

    case: Any
    members: Sequence[Any]
    unknowns: Unknowns


def every(
    facts: Callable[[Unknowns], Facts], corner: int | None = None
) -> Iterator[tuple[dict[str, Any], Facts]]:
    """The facts under every combination of values of the unknown ones, each with the values.

    Which facts are asked, and their domains, may hang on values chosen for facts that are asked
    before them: only combinations that can be are given.

    Args:
        facts: takes the facts; it asks in the same order whenever the values before are the same.
        corner: of the monotone facts; see :class:`Unknowns`.
    """
    waiting: list[dict[str, Any]] = [{}]
    while waiting:
        chosen = waiting.pop()
        unknowns = Unknowns(chosen, corner)
        taken = facts(unknowns)
        for key, domain in unknowns.asked.items():
            if key not in chosen and (corner is None or key not in unknowns.monotone):
                waiting += [{**chosen, key: value} for value in domain[1:]]
                chosen[key] = domain[0]
        yield chosen, taken


def corners(facts: Callable[[Unknowns], Facts]) -> Iterator[Facts]:
    """The same with all monotone facts at their worst together, then at their best.

    Where they agree, so do all combinations: the answer of each lies between.
    """
    most, corner = 1, 0
    while corner < most:
        for _chosen, taken in every(facts, corner):
            most = max(most, *taken.unknowns.monotone.values(), 1)
            yield taken
        corner += 1


def distinct(values: Iterable[T], treatment: Callable[[T], Hashable]) -> tuple[T, ...]:
    """One value of each treatment, in order: the domain of a fact whose values are treated so."""
    kept: dict[Hashable, T] = {}
    for each in values:
        kept.setdefault(treatment(each), each)
    return tuple(kept.values())


def fen_a_year(row: _Amount[Any]) -> int | None:
    """The fen a year of an income or a spending; ``None`` when its amount is not known."""
    if row.year is not None:
        return to_fen(row.year)
    return None if row.month is None else 12 * to_fen(row.month)


def check_births(persons: Mapping[str, Person], on: date) -> None:
    """Refuse a case in which somebody is born after the day; persons by their paths.

    Raises:
        InvalidInput: naming each of them.
    """
    faults = [
        Fault(f"{path}.birth", f"is after the day, {on}")
        for path, person in persons.items()
        if person.birth is not None and person.birth > on
    ]
    if faults:
        raise InvalidInput(faults)
