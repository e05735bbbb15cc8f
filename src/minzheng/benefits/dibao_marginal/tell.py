"""Telling a result of the recognition of edge families: the reasons, the notes, what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from minzheng.base.i18n import N_
from minzheng.base.money import to_yuan
from minzheng.benefits.dibao.tell import line_asked
from minzheng.benefits.dibao_marginal.facts import Reason, Result, Terms
from minzheng.benefits.telling import Asked, Told, ground, income_asked, not_held
from minzheng.decision import Ground, Note
from minzheng.people import Household
from minzheng.rules import Outcome
from minzheng.standards import Standards
from minzheng.standards.reading import Resolved

__all__ = ["tell"]

_LINE = (
    "dibao_marginal.conditions",
    "dibao_marginal.inclusive",
    "dibao_marginal.ratio",
    "dibao_marginal.cap",
)
_TEST = ("dibao.income.inclusive", "dibao.standard")
_GROUNDS: dict[Reason, tuple[str, tuple[str, ...]]] = {
    Reason.IN_THE_BAND: (
        N_(
            "The counted household income, {income} a year, is not lower than {limit} (the standard times {size}), and within the edge line, {line}."
        ),
        (*_LINE, *_TEST),
    ),
    Reason.DIBAO_PROPERTY: (
        N_(
            "The counted household income, {income} a year, is lower than {limit} (the standard times {size}), but the property keeps the household from dibao."
        ),
        (*_LINE, *_TEST, "dibao.property.set_by"),
    ),
    Reason.NO_MEMBERS: (
        N_("None of the persons named counts as a member of the household."),
        ("dibao.member.excluded",),
    ),
    Reason.ABOVE_THE_LINE: (
        N_(
            "The counted household income, {income} a year, is not within the edge line, {line} (for {size})."
        ),
        _LINE,
    ),
    Reason.QUALIFIES_FOR_DIBAO: (
        N_(
            "The household qualifies for dibao itself: its counted income, {income} a year, is lower than {limit} (the standard times {size}), and its property meets the rule."
        ),
        ("dibao_marginal.conditions", *_TEST, "dibao.property.set_by"),
    ),
    Reason.PROPERTY_RULE: (
        N_("The authority finds that the property does not meet the local rule for edge families."),
        ("dibao_marginal.conditions", "dibao_marginal.property.set_by"),
    ),
    Reason.LINE_MISSING: (
        N_(
            "Whether the household is within the edge line hangs on a multiple of the standard that is not held; from 2026-07-01 the province sets it."
        ),
        ("dibao_marginal.inclusive",),
    ),
    Reason.UNSETTLED_INCOME: (
        N_(
            "Income of {unsettled} a year is of a kind of which no rule held says whether it counts."
        ),
        (),
    ),
}
_FINDING = N_(
    "The property rule for edge families is local and not held; the authority's own finding was taken."
)
_NO_MONEY = N_(
    "Recognition pays nothing by itself; it opens medical, education, housing and employment assistance by their own rules."
)
_FLOOR = N_(
    "The dibao standard found is a floor (not lower than): a place that pays by a higher one must state it."
)
# rows that decide other cases than most: listed where a ground rests on them
_ASIDE = frozenset(("age.adult", "dibao.member.excluded", "dibao.member.student"))


def tell(
    result: Result,
    resolved: Resolved[Terms],
    household: Household,
    on: date,
    standards: Standards,
) -> Told:
    """What the decision on a household says of the rule's result."""
    return Told(
        award=None,
        grounds=(_ground(result, resolved),),
        notes=tuple(_notes(result, resolved)),
        missing=tuple(not_held(_asked(result, resolved, household), standards, household.area, on)),
        aside=_ASIDE,
    )


def _ground(result: Result, resolved: Resolved[Terms]) -> Ground:
    values: dict[str, Decimal | int] = {
        "income": to_yuan(result.income_year),
        "limit": to_yuan(result.limit_year),
        "line": to_yuan(max(0, result.line_year)),
        "size": result.size,
        "unsettled": to_yuan(result.unsettled_year),
    }
    return ground(result.reason, _GROUNDS, values, resolved)


def _notes(result: Result, resolved: Resolved[Terms]) -> Iterator[Note]:
    if result.outcome is Outcome.GRANTED:
        yield Note(_NO_MONEY)
    if result.outcome is Outcome.GRANTED or result.reason is Reason.PROPERTY_RULE:
        yield Note(_FINDING)
    if resolved.held["dibao.standard"].is_floor:
        yield Note(_FLOOR)


def _asked(result: Result, resolved: Resolved[Terms], household: Household) -> Iterator[Asked]:
    """The look-ups that a rule's own "undetermined" hangs on."""
    if result.reason is Reason.LINE_MISSING:
        yield from line_asked(resolved)
    if result.reason is Reason.UNSETTLED_INCOME:
        yield from income_asked("dibao.income.counted", household, resolved.terms)
