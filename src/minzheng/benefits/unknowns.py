"""Turning a case as stated into a rule's facts, and remembering what was not known.

An unknown fact is never defaulted. Where it can only help or harm the case, the
rule is run both ways; if both give the same answer, the fact was not needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum, IntEnum
from typing import Any, Final, Protocol, TypeVar

from minzheng.base.money import to_fen
from minzheng.errors import Fault, InvalidInput
from minzheng.people import Person

__all__ = ["MANY", "Unknowns", "View", "check_births", "fen_a_year"]

T = TypeVar("T")
K = TypeVar("K", bound=IntEnum)
K_co = TypeVar("K_co", bound=IntEnum, covariant=True)

MANY: Final = 10**12
"""Ten thousand million yuan, in fen: more than any household has of anything."""


class View(Enum):
    """How facts that are not known are taken in one run of a rule."""

    WORST = 1
    """against the case"""
    BEST = 2
    """in favour of the case"""
    OTHER = 3
    """in its favour in the other way, where a fact has two"""


class _Amount(Protocol[K_co]):
    @property
    def kind(self) -> K_co: ...
    @property
    def year(self) -> Decimal | None: ...
    @property
    def month(self) -> Decimal | None: ...


class Unknowns:
    """Collects the paths of unknown facts while the facts are taken.

    Attributes:
        view: how unknown facts are taken.
        needed: paths of facts without which nothing can be decided.
        open: paths of facts that may or may not change the answer.
        views: the views, beside the worst, under which the answer has to be the same.
    """

    def __init__(self, view: View) -> None:
        self.view = view
        self.needed: list[str] = []
        self.open: list[str] = []
        self.views: set[View] = set()

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
        best: T,
        worst: T,
        matters: bool = True,
        other: T | None = None,
    ) -> T:
        """A fact that helps or harms; ``matters=False`` where the terms never ask for it.

        ``other`` is a second value that may help, where neither is always the better.
        """
        if value is not None:
            return value
        if matters:
            self.open.append(f"{path}.{name}")
            self.views |= {View.BEST} if other is None else {View.BEST, View.OTHER}
        if self.view is View.OTHER and other is not None:
            return other
        return worst if self.view is View.WORST else best

    def amounts(
        self,
        rows: Iterable[_Amount[K]] | None,
        path: str,
        name: str,
        *,
        best: int,
        worst: int,
        unknown_list: K,
        matters: bool = True,
    ) -> dict[K, int]:
        """Yearly fen by kind; a list not given is one unknown amount of ``unknown_list``."""
        if rows is None:
            return {unknown_list: self.take(None, path, name, best, worst, matters)}
        sums: dict[K, int] = {}
        for number, row in enumerate(rows):
            fen = fen_a_year(row)
            if fen is None:
                fen = self.take(None, f"{path}.{name}[{number}]", "year", best, worst, matters)
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
        Fault(f"{path}.birth", f"{person.birth} is after the day, {on}")
        for path, person in persons.items()
        if person.birth is not None and person.birth > on
    ]
    if faults:
        raise InvalidInput(faults)
