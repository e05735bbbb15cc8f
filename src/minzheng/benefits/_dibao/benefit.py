"""Dibao (最低生活保障): its declaration, and what a decision reports beside the rule's result.

Source:
    社会救助暂行办法 arts 9-12; 民发〔2012〕220号; 最低生活保障审核确认办法 (2021); Social Assistance
    Law (2026) arts 18-23.

Example:
    >>> from datetime import date
    >>> from minzheng.people import *
    >>> household = Household(
    ...     id="case-1", area="130822", residence=Residence.RURAL,
    ...     members=[Person(
    ...         relation=Relation.APPLICANT, birth=date(1950, 3, 1), whereabouts=Whereabouts.HOME,
    ...         income=[Income(kind=IncomeKind.TRANSFER, year="1860")])],
    ...     property=Property(meets_dibao_rule=True))
    >>> decision = dibao.assess(household, on=date(2020, 7, 24))
    >>> decision.outcome.name, decision.award.amount, decision.award.start
    ('GRANTED', Decimal('245.00'), datetime.date(2020, 8, 1))
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from minzheng.base.dates import age_on
from minzheng.base.i18n import N_
from minzheng.base.money import Mode, round_fen, to_yuan
from minzheng.benefits._dibao.declared import (
    Facts,
    Group,
    Member,
    Parameters,
    Position,
    Result,
    Totals,
    derive,
)
from minzheng.benefits._dibao.rule import Reason, decide, member, single_groups
from minzheng.benefits._engine import Benefit, Case
from minzheng.benefits._engine.explanation import Asked, first_payment
from minzheng.benefits.common.income import kinds_asked
from minzheng.decision import Award, Note, Recipient
from minzheng.errors import Fault, InvalidInput
from minzheng.people import Household, IncomeKind
from minzheng.standards import Found, Per, Standards
from minzheng.standards.reading import Resolved

__all__ = ["dibao", "line_asked", "standard_floor"]

_ABSENT = {
    "dibao.deduction.employment": N_(
        "No deduction of employment costs is on file for this place and day; none was made."
    ),
    "dibao.deduction.rigid": N_(
        "No deduction of rigid expenditure is on file for this place and day; none was made."
    ),
    "dibao.property.set_by": N_("No property rule is on file for this day."),
}
_NO_SUPPLEMENTS = N_(
    "No supplements (分类施保) are on file for this place and day; none was added."
)
_NO_ROUNDING = N_(
    "No rounding rule is on file for this place; the amount is exact to the fen, halves up."
)
_NO_TESTS = N_(
    "No figures of a local property test are on file; the authority's own finding was used."
)
_FLOOR = N_(
    "The dibao standard used is a minimum; the local authority may pay by a higher one, which takes precedence once entered."
)
_SUPPORT = N_(
    "Support given to an unemployed adult with a severe disability by siblings, or by persons of 60 and more, may be disregarded, by the circumstances: leave out what the authority disregards."
)
_BANDS = N_(
    "A band is paid whatever the difference is; it is more than the difference of {gap} a month."
)


def _award(case: Case, _found: Found | None) -> Award:
    start = first_payment(case.resolved, "dibao.first_payment", case.on)
    return Award(to_yuan(case.result.pay_month), Per.MONTH, case.result.persons, start)


def _values(case: Case) -> Mapping[str, Decimal | int | str]:
    p = case.p
    limit = to_yuan(case.result.limit_year)
    return {"line": limit * p.line_numerator / p.line_denominator}


def _words(case: Case) -> Mapping[str, tuple[str, ...]]:
    """The groups through which members of this household apply alone."""
    mask = 0
    if case.result.reasons & Reason.SINGLE_PERSONS:
        for each in case.members:
            mask |= single_groups(each, case.facts, case.result, case.p)
    groups = tuple(each.name.lower() for each in Group if mask >> each & 1)
    return {"dibao.single.condition": groups, "dibao.single.rate": groups}


def _recipients(case: Case) -> Iterator[Recipient]:
    """The members who are enrolled alone, and what each is paid."""
    if not case.result.reasons & Reason.SINGLE_PERSONS:
        return
    for number, each in enumerate(case.members):
        if single_groups(each, case.facts, case.result, case.p):
            month = member(each, case.p)
            paid = max(
                month.clergy_month,
                month.single_any_month,
                month.single_marginal_month,
                month.single_hardship_month,
            )
            if paid > 0:
                yield Recipient(f"household.members[{number}]", to_yuan(paid))


def _remarks(case: Case) -> Iterator[Note]:
    yield from _absent(case.granted, case.p.pays_bands, case.resolved)
    result = case.result
    if _may_disregard_support(case):
        yield Note(_SUPPORT)
    gap = round_fen(max(0, result.gap_year), 12, 1, Mode.HALF_UP)
    if result.band_month >= 0 and result.band_month * result.size > gap:
        yield Note(_BANDS, {"gap": to_yuan(gap)})


def _may_disregard_support(case: Case) -> bool:
    """Whether an unemployed, severely disabled adult states such income: notice of 2022, 1(1)."""
    if case.get("dibao.disregard.support", giver="sibling") is None:
        return False
    return any(
        each.employed is False
        and each.disability is not None
        and each.disability.grade <= case.p.severe_grade
        and each.birth is not None
        and age_on(each.birth, case.on) >= case.p.adult_age
        and any(income.kind is IncomeKind.TRANSFER for income in each.income or ())
        for each in case.subject.members
    )


@lru_cache(maxsize=1024)
def _absent(granted: bool, bands: bool, resolved: Resolved[Any]) -> tuple[Note, ...]:
    """What is not on file and would change the amount."""
    used = resolved.held
    notes = [text for series, text in _ABSENT.items() if series not in used]
    tests = [name for name in used if name.startswith("dibao.property.")]
    if not set(tests) - {"dibao.property.set_by"}:
        notes.append(_NO_TESTS)
    if granted:
        if not {"dibao.supplement.rate", "dibao.supplement.amount"} & used.keys():
            notes.append(_NO_SUPPLEMENTS)
        if "dibao.rounding.unit" not in used and not bands:
            notes.append(_NO_ROUNDING)
    return (*map(Note, notes), *standard_floor(resolved))


def standard_floor(resolved: Resolved[Any]) -> Iterator[Note]:
    """The note that the dibao standard used is a minimum.

    Args:
        resolved: the parameters and their figures.
    """
    if resolved.held["dibao.standard"].is_floor:
        yield Note(_FLOOR)


def line_asked(resolved: Resolved[Any]) -> Iterator[Asked]:
    """The look-ups on which a line of dibao-marginal families depends that is not known.

    Args:
        resolved: the parameters and their figures.
    """
    yield "dibao_marginal.ratio", {}
    if {"dibao_marginal.cap", "dibao_marginal.ratio"} <= resolved.held.keys():
        yield "minimum_wage.tier", {}
        tier = resolved.held.get("minimum_wage.tier")
        if tier is not None:
            yield "minimum_wage", {"tier": str(tier.value)}


def _asked(case: Case) -> Iterator[Asked]:
    result = case.result
    if result.position is Position.UNKNOWN:
        yield from line_asked(case.resolved)
    if result.reasons & Reason.UNSETTLED_INCOME:
        yield from kinds_asked("dibao.income.counted", case.subject, case.p)
    if result.reasons & Reason.COMBINE_MISSING:
        yield "dibao.supplement.combine", {}


def _check(household: Household, resolved: Resolved[Any], _on: date, _standards: Standards) -> None:
    bands = resolved.parameters.bands  # type: ignore[union-attr]
    if bands and household.band is not None and household.band > len(bands):
        fault = f"expected 1..{len(bands)}, got {household.band}"
        raise InvalidInput([Fault("household.band", fault)])


dibao = Benefit(
    name="dibao",
    title=N_("Minimum living guarantee (dibao)"),
    subject="household",
    Facts=Facts,
    Member=Member,
    Totals=Totals,
    Parameters=Parameters,
    Reason=Reason,
    Result=Result,
    member=member,
    decide=decide,
    derive=derive,
    first="dibao.first_payment",
    award=_award,
    values=_values,
    words=_words,
    remarks=_remarks,
    recipients=_recipients,
    asked=_asked,
    check=_check,
    only_aside=frozenset(
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
    ),
    way=lambda case: 2 if case.result.reasons & Reason.INCOME_LOWER else 1,
    stage=2,
)
