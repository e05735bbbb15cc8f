"""Telling a rule's result: the pieces that every benefit's ``tell.py`` uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import IntEnum
from typing import Any

from attrs import frozen

from minzheng.base.dates import first_of_next_month
from minzheng.base.i18n import N_
from minzheng.decision import Award, Ground, Missing, Note, citations
from minzheng.errors import FigureNotFound
from minzheng.people import Household
from minzheng.standards import Found, Standards
from minzheng.standards.reading import Resolved

__all__ = [
    "Asked",
    "Told",
    "Wordings",
    "first_payment",
    "floors",
    "ground",
    "income_asked",
    "not_held",
]

Wordings = Mapping[Any, tuple[str, tuple[str, ...]]]
"""For each reason its message id, and the series whose rows it rests on."""

Asked = tuple[str, dict[str, str]]
"""A look-up: series and keys."""


@frozen
class Told:
    """What a benefit says of its rule's result.

    Attributes:
        award: what is granted.
        grounds, notes: the reasons, and what else the reader should know.
        missing: figures that an undetermined result hangs on.
        aside: series whose rows are listed only where a ground rests on them.
        only: pairs of a series and the key words of which its rows are listed; of a series
            named twice, rows with a word of each. Rows without keys hold for all.
        rows: of the series of these rows, no others are listed.
        way: by which of several ways it is granted, where they may pay the same by chance; the
            better way is the higher number.
    """

    award: Award | None
    grounds: tuple[Ground, ...]
    notes: tuple[Note, ...] = ()
    missing: tuple[Missing, ...] = ()
    aside: frozenset[str] = frozenset()
    only: tuple[tuple[str, tuple[str, ...]], ...] = ()
    rows: tuple[Found, ...] = ()
    way: int = 0


def ground(
    reason: IntEnum,
    wordings: Wordings,
    values: Mapping[str, Decimal | int],
    resolved: Resolved[Any],
    series: tuple[str, ...] = (),
    words: tuple[str, ...] = (),
) -> Ground:
    """One reason in words, with the values that its text names and the rows it rests on.

    Args:
        reason: the code.
        wordings: the texts of the benefit.
        values: amounts by name; the text takes those it names.
        resolved: the terms and their figures.
        series: further series this case rests on.
        words: of rows with keys, only those with one of these words.
    """
    text, general = wordings[reason]
    rests_on = (*general, *series)
    return Ground(
        code=reason.name.lower(),
        text=text,
        values={name: value for name, value in values.items() if f"{{{name}}}" in text},
        citations=citations(resolved, *rests_on, words=words),
        rests_on=rests_on,
    )


def first_payment(resolved: Resolved[Any], series: str, on: date) -> date | None:
    """The first day that is paid for, as the row of a series says; ``None`` where none is held."""
    held = resolved.held.get(series)
    if held is None:
        return None
    return first_of_next_month(on) if held.value == "next_month" else on.replace(day=1)


def not_held(
    asked: Iterable[Asked], standards: Standards, area: str, on: date
) -> Iterator[Missing]:
    """The figures among some look-ups that are not held, in the words of the look-up."""
    for series, keys in asked:
        try:
            standards.find(series, area, on, kinds=None, **keys)
        except FigureNotFound as error:
            yield Missing.figure(error.not_held)


def income_asked(series: str, household: Household, terms: Any) -> Iterator[Asked]:
    """The look-ups for kinds of income stated of which no row says whether they count.

    Args:
        series: the benefit's series of counted kinds.
        household: whose members state them.
        terms: with ``counts_*`` of the kinds.
    """
    stated = {each.kind for person in household.members for each in person.income or ()}
    residence = household.residence.name.lower()
    for kind in sorted(stated):
        name = kind.name.lower()
        if getattr(terms, f"counts_{name}") < 0:
            yield series, {"kind": name, "residence": residence}


_FLOOR = N_("An amount found is a floor (not lower than): a place that pays more must state it.")


def floors(paid: Iterable[Found | None]) -> Iterator[Note]:
    """The note that one of the figures paid is a floor."""
    if any(each is not None and each.is_floor for each in paid):
        yield Note(_FLOOR)
