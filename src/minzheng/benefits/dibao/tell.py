"""Telling a result of dibao: the reasons, the notes, and the figures that are missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache

from minzheng.base.dates import first_of_next_month
from minzheng.base.i18n import N_
from minzheng.base.money import to_yuan
from minzheng.benefits.dibao.facts import Position, Reason, Result, Terms
from minzheng.benefits.settle import Told
from minzheng.decision import Award, Ground, Missing, Note, citations
from minzheng.errors import FigureNotFound
from minzheng.people import Household
from minzheng.rules import Outcome
from minzheng.standards import Per, Standards
from minzheng.standards.reading import Resolved

__all__ = ["tell"]

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
    Reason.EDGE_LINE_MISSING: (
        N_("Whether this is an edge family hangs on a provincial ratio that is not held."),
        ("dibao.edge.inclusive",),
    ),
}
_EDGE = (
    N_("The income is within the edge line ({line} a year): an edge family (低保边缘家庭)."),
    ("dibao.edge.ratio",),
)
_ABSENT = {
    "dibao.deduction.employment": N_(
        "No deduction of employment costs is held for this place and day; none was made."
    ),
    "dibao.deduction.rigid": N_(
        "No deduction of rigid expenditure is held for this place and day; none was made."
    ),
    "dibao.property.set_by": N_("No property rule is held for this day."),
}
_ABSENT_AMOUNTS = {
    "dibao.supplement.rate": N_(
        "No supplements (分类施保) are held for this place and day; none was added."
    ),
    "dibao.rounding.unit": N_(
        "No rounding rule is held for this place; the amount is exact to the fen, halves up."
    ),
}
_NO_TESTS = N_(
    "No figures of a local property test are held; the authority's own finding was taken."
)
_FLOOR = N_(
    "The dibao standard found is a floor (not lower than): a place that pays by a higher one must state it."
)


def tell(
    result: Result, resolved: Resolved[Terms], household: Household, on: date, standards: Standards
) -> Told:
    """What the decision on a household says of the rule's result."""
    terms_held = resolved.terms
    assert terms_held is not None
    award = None
    if result.outcome is Outcome.GRANTED:
        award = Award(to_yuan(result.pay_month), Per.MONTH, result.persons, _start(resolved, on))
    return Told(
        award=award,
        grounds=tuple(_grounds(result, resolved)),
        notes=_notes(result.outcome, resolved),
        missing=tuple(_missing_figures(result, terms_held, household, on, standards)),
    )


def _start(resolved: Resolved[Terms], on: date) -> date | None:
    held = resolved.held.get("dibao.first_payment")
    if held is None:
        return None
    return first_of_next_month(on) if held.value == "next_month" else on.replace(day=1)


def _grounds(result: Result, resolved: Resolved[Terms]) -> Iterator[Ground]:
    t = resolved.terms
    assert t is not None
    values: dict[str, Decimal | int] = {
        "income": to_yuan(result.income_year),
        "limit": to_yuan(result.limit_year),
        "size": result.size,
        "persons": result.persons,
        "unsettled": to_yuan(result.unsettled_year),
    }
    reasons = [result.property_reason, result.reason]
    otherwise = result.property_reason or result.reason is Reason.SINGLE_PERSONS
    if otherwise and result.size and result.position is not Position.BELOW:
        reasons.append(Reason.INCOME_NOT_LOWER)
    for reason in dict.fromkeys(reasons):
        if reason is not Reason.NONE:
            text, series = _GROUNDS[reason]
            used = {name: value for name, value in values.items() if f"{{{name}}}" in text}
            yield Ground(reason.name.lower(), text, used, citations(resolved, *series))
    if result.position is Position.EDGE:
        line = to_yuan(result.limit_year) * t.edge_numerator / t.edge_denominator
        yield Ground("edge", _EDGE[0], {"line": line}, citations(resolved, *_EDGE[1]))


@lru_cache(maxsize=1024)
def _notes(outcome: Outcome, resolved: Resolved[Terms]) -> tuple[Note, ...]:
    used = resolved.held
    notes = [text for series, text in _ABSENT.items() if series not in used]
    if not any(name.startswith("dibao.property.") and name not in _RULE for name in used):
        notes.append(_NO_TESTS)
    if outcome is Outcome.GRANTED:
        notes += [
            text
            for series, text in _ABSENT_AMOUNTS.items()
            if series not in used and series.replace("rate", "amount") not in used
        ]
    if used["dibao.standard"].is_floor:
        notes.append(_FLOOR)
    return tuple(map(Note, notes))


def _missing_figures(
    result: Result, t: Terms, household: Household, on: date, standards: Standards
) -> Iterator[Missing]:
    """The figures that a rule's own "undetermined" hangs on, in the words of the look-up."""
    asked: list[tuple[str, dict[str, str]]] = []
    if result.outcome is Outcome.UNDETERMINED and result.position is Position.UNKNOWN:
        asked.append(("dibao.edge.ratio", {}))
    if result.reason is Reason.UNSETTLED_INCOME:
        stated = {each.kind for person in household.members for each in person.income or ()}
        residence = household.residence.name.lower()
        for kind in sorted(stated):
            name = kind.name.lower()
            if getattr(t, f"counts_{name}") < 0:
                asked.append(("dibao.income.counted", {"kind": name, "residence": residence}))
    for series, keys in asked:
        try:
            standards.find(series, household.area, on, kinds=None, **keys)
        except FigureNotFound as error:
            yield Missing.figure(error.not_held)
