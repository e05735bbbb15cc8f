"""Telling a result of dibao: the reasons, the notes, and the figures that are missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from minzheng.base.i18n import N_
from minzheng.base.money import Mode, round_fen, to_yuan
from minzheng.benefits.dibao.facts import Group, Position, Reason, Result, Terms
from minzheng.benefits.dibao.rule import groups_of
from minzheng.benefits.members import is_away_clergy, is_member
from minzheng.benefits.telling import (
    Asked,
    Told,
    first_payment,
    ground,
    income_asked,
    not_held,
)
from minzheng.benefits.unknowns import Facts
from minzheng.decision import Award, Ground, Note
from minzheng.people import Household
from minzheng.rules import Outcome
from minzheng.standards import Per, Standards
from minzheng.standards.reading import Resolved

__all__ = ["line_asked", "tell"]

_TEST = ("dibao.income.inclusive", "dibao.standard")
_RULE = ("dibao.property.set_by",)
_GROUNDS: dict[Reason, tuple[str, tuple[str, ...]]] = {
    Reason.INCOME_LOWER: (
        N_(
            "The counted household income, {income} a year, is lower than {limit} (the standard times {size})."
        ),
        _TEST,
    ),
    Reason.INCOME_NOT_LOWER: (
        N_(
            "The counted household income, {income} a year, is not lower than {limit} (the standard times {size})."
        ),
        _TEST,
    ),
    Reason.SINGLE_PERSONS: (
        N_(
            "The household as a whole does not qualify; {persons} of its members may apply alone, each as a household of one."
        ),
        ("dibao.single.condition",),
    ),
    Reason.NO_MEMBERS: (
        N_("None of the persons named counts as a member of the household."),
        ("dibao.member.excluded",),
    ),
    Reason.PROPERTY_RULE: (
        N_("The authority finds that the property does not meet the local rule."),
        _RULE,
    ),
    Reason.FINANCIAL_ASSETS: (
        N_("The financial assets are above the local ceiling."),
        (*_RULE, "dibao.property.assets_income_multiple", "dibao.property.assets_standard_months"),
    ),
    Reason.HOMES: (
        N_("The household owns more homes than the local rule allows."),
        (*_RULE, "dibao.property.homes"),
    ),
    Reason.FLOOR_AREA: (
        N_("The floor area per person is above the local ceiling."),
        (*_RULE, "dibao.property.home_area_multiple"),
    ),
    Reason.CAR: (
        N_("A member owns a private car for daily use."),
        (*_RULE, "dibao.property.car"),
    ),
    Reason.LUXURY: (
        N_("The household buys or uses luxuries, or spends highly."),
        (*_RULE, "dibao.property.luxury"),
    ),
    Reason.VISIBLE_LIVING: (
        N_(
            "The property cannot be verified, and the household lives visibly above local residents."
        ),
        (*_RULE, "dibao.property.visible_living"),
    ),
    Reason.UNSETTLED_INCOME: (
        N_(
            "Income of {unsettled} a year is of a kind of which no rule held says whether it counts."
        ),
        (),
    ),
    Reason.DIBAO_MARGINAL: (
        N_("The income is within the edge line ({line} a year): an edge family (低保边缘家庭)."),
        ("dibao_marginal.ratio",),
    ),
    Reason.EDGE_LINE_MISSING: (
        N_("Whether this is an edge family hangs on a provincial ratio that is not held."),
        ("dibao_marginal.inclusive",),
    ),
}
_ABSENT = {
    "dibao.deduction.employment": N_(
        "No deduction of employment costs is held for this place and day; none was made."
    ),
    "dibao.deduction.rigid": N_(
        "No deduction of rigid expenditure is held for this place and day; none was made."
    ),
    "dibao.property.set_by": N_("No property rule is held for this day."),
}
_NO_SUPPLEMENTS = N_("No supplements (分类施保) are held for this place and day; none was added.")
_NO_ROUNDING = N_(
    "No rounding rule is held for this place; the amount is exact to the fen, halves up."
)
_NO_TESTS = N_(
    "No figures of a local property test are held; the authority's own finding was taken."
)
_FLOOR = N_(
    "The dibao standard found is a floor (not lower than): a place that pays by a higher one must state it."
)


_BANDS = N_(
    "A band is paid whatever the difference is; it is more than the difference of {gap} a month."
)
_NOTHING = N_("The difference is less than half a fen a month: nothing is paid.")
# rows that decide other cases than most: listed where a ground rests on them
_ASIDE = frozenset(
    (
        "age.adult",
        "age.elderly",
        "disability.severe_grade",
        "dibao_marginal.cap",
        "dibao_marginal.inclusive",
        "dibao.member.excluded",
        "dibao.member.student",
        "dibao.single.condition",
        "dibao.single.rate",
        "dibao.supplement.due",
    )
)


_WAYS = {Reason.SINGLE_PERSONS: 1, Reason.INCOME_LOWER: 2}


def tell(
    result: Result,
    resolved: Resolved[Terms],
    facts: Facts,
    household: Household,
    on: date,
    standards: Standards,
) -> Told:
    """What the decision on a household says of the rule's result."""
    t = resolved.terms
    assert t is not None
    award = None
    if result.outcome is Outcome.GRANTED:
        start = first_payment(resolved, "dibao.first_payment", on)
        award = Award(to_yuan(result.pay_month), Per.MONTH, result.persons, start)
    groups = _groups(result, t, facts) if result.reason is Reason.SINGLE_PERSONS else ()
    return Told(
        award=award,
        grounds=tuple(_grounds(result, resolved, groups)),
        notes=(*_notes(result.outcome, t.pays_bands, resolved), *_of_payment(result)),
        missing=tuple(not_held(_asked(result, resolved, household), standards, household.area, on)),
        aside=_ASIDE,
        only=(("dibao.single.condition", groups), ("dibao.single.rate", groups)),
        way=_WAYS.get(result.reason, 0),
    )


def _groups(result: Result, t: Terms, facts: Facts) -> tuple[str, ...]:
    """The groups through which members of this household may apply alone."""
    met = 4 | (2 if result.position is Position.EDGE else 0) | (1 if facts.case.in_hardship else 0)
    of_members = 0
    for each in facts.members:
        clergy = is_away_clergy(each, t)
        if clergy or is_member(each, t):
            of_members |= groups_of(each, t, clergy)
    names = (each.name.lower() for each in Group if each & of_members)
    return tuple(name for name in names if getattr(t, f"single_{name}") & met)


def _grounds(
    result: Result, resolved: Resolved[Terms], groups: tuple[str, ...]
) -> Iterator[Ground]:
    t = resolved.terms
    assert t is not None
    values: dict[str, Decimal | int] = {
        "income": to_yuan(result.income_year),
        "limit": to_yuan(result.limit_year),
        "size": result.size,
        "persons": result.persons,
        "unsettled": to_yuan(result.unsettled_year),
        "line": to_yuan(result.limit_year) * t.edge_numerator / t.edge_denominator,
    }
    reasons = [result.property_reason, result.reason]
    otherwise = result.property_reason or result.reason is Reason.SINGLE_PERSONS
    if otherwise and result.size and result.position is not Position.BELOW:
        reasons.append(Reason.INCOME_NOT_LOWER)
    if result.position is Position.EDGE:
        reasons.append(Reason.DIBAO_MARGINAL)
    for reason in dict.fromkeys(reasons):
        if reason is not Reason.NONE:
            words = groups if reason is Reason.SINGLE_PERSONS else ()
            yield ground(reason, _GROUNDS, values, resolved, words=words)


@lru_cache(maxsize=1024)
def _notes(outcome: Outcome, bands: bool, resolved: Resolved[Terms]) -> tuple[Note, ...]:
    used = resolved.held
    notes = [text for series, text in _ABSENT.items() if series not in used]
    if not any(name.startswith("dibao.property.") and name not in _RULE for name in used):
        notes.append(_NO_TESTS)
    if outcome is Outcome.GRANTED:
        if not {"dibao.supplement.rate", "dibao.supplement.amount"} & used.keys():
            notes.append(_NO_SUPPLEMENTS)
        if "dibao.rounding.unit" not in used and not bands:
            notes.append(_NO_ROUNDING)
    if used["dibao.standard"].is_floor:
        notes.append(_FLOOR)
    return tuple(map(Note, notes))


def _of_payment(result: Result) -> Iterator[Note]:
    if result.outcome is Outcome.GRANTED and result.pay_month == 0:
        yield Note(_NOTHING)
    gap = round_fen(max(0, result.gap_year), 12, 1, Mode.HALF_UP)
    if result.band_month >= 0 and result.band_month * result.size > gap:
        yield Note(_BANDS, {"gap": to_yuan(gap)})


def line_asked(resolved: Resolved[Any]) -> Iterator[Asked]:
    """The look-ups that an edge line which is not known hangs on."""
    yield "dibao_marginal.ratio", {}
    if {"dibao_marginal.cap", "dibao_marginal.ratio"} <= resolved.held.keys():
        yield "minimum_wage.tier", {}
        tier = resolved.held.get("minimum_wage.tier")
        if tier is not None:
            yield "minimum_wage", {"tier": str(tier.value)}


def _asked(result: Result, resolved: Resolved[Terms], household: Household) -> Iterator[Asked]:
    """The look-ups that a rule's own "undetermined" hangs on."""
    if result.outcome is Outcome.UNDETERMINED and result.position is Position.UNKNOWN:
        yield from line_asked(resolved)
    if result.reason is Reason.UNSETTLED_INCOME:
        yield from income_asked("dibao.income.counted", household, resolved.terms)
