"""What binds one benefit's rule together: facts, member, decide and terms.

A rule is plain Python over whole numbers: ``member`` maps a person to additive
totals, the totals are added, ``decide`` settles the case. The same functions
serve one case and a column of a million.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from enum import IntEnum
from operator import attrgetter
from typing import Any, Generic, TypeVar

from attrs import field, fields, frozen

from minzheng.standards import Standards
from minzheng.standards.reading import Resolved

__all__ = ["Outcome", "Rule", "fact"]

Case = TypeVar("Case")
Member = TypeVar("Member")
Totals = TypeVar("Totals")
Terms = TypeVar("Terms")
Result = TypeVar("Result")


class Outcome(IntEnum):
    """How a case ends."""

    GRANTED = 1
    REFUSED = 2
    UNDETERMINED = 3
    """a fact or a figure is missing that the answer hangs on"""


def fact(label: str, unit: str = "", rests_on: str = "", **options: Any) -> Any:
    """A field of facts or of a result, with its label, its unit and the series it rests on.

    Args:
        label: English, as the catalogues know it; ``""`` keeps it out of explanations.
        unit: ``"yuan"`` for fen that are shown in yuan, ``"yuan a year"``, ``"persons"``.
        rests_on: name of the series whose row cites the law.
        **options: of ``attrs.field``.
    """
    return field(metadata={"label": label, "unit": unit, "rests_on": rests_on}, **options)


@frozen
class Rule(Generic[Case, Member, Totals, Terms, Result]):
    """One benefit's rule.

    Attributes:
        name: such as ``"dibao"``.
        case: attrs class of the case's own facts.
        result: attrs class of every intermediate amount; that is the explanation.
        terms_class: attrs class of the figures and choices of law of a day.
        decide: ``(case, totals, terms) -> result``.
        terms: ``(standards, area, on, residence) -> Resolved[Terms]``.
        member_class: attrs class of one person's facts; ``None`` for a benefit of
            one person, whose ``decide`` takes ``totals=None``.
        totals: attrs class of integers that add up; its defaults are nothing.
        member: ``(person, terms) -> totals``.
    """

    name: str
    case: type[Case]
    result: type[Result]
    terms_class: type[Terms]
    decide: Callable[[Case, Any, Terms], Result]
    terms: Callable[[Standards, str, date, Any], Resolved[Terms]]
    member_class: type[Member] | None = None
    totals: type[Totals] | None = None
    member: Callable[[Member, Terms], Totals] | None = None

    def run(self, case: Case, members: Iterable[Member], terms: Terms) -> Result:
        """Map the members, add their totals, decide the case."""
        if self.member is None or self.totals is None:
            return self.decide(case, None, terms)
        amounts = attrgetter(*(each.name for each in fields(self.totals)))  # type: ignore[misc]
        rows = [amounts(self.member(each, terms)) for each in members]
        totals = self.totals(*map(sum, zip(*rows, strict=True))) if rows else self.totals()
        return self.decide(case, totals, terms)
