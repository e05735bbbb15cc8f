"""Telling a result of temporary assistance: the reasons, the procedure, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import IntEnum

from minzheng.base.i18n import N_
from minzheng.base.money import to_yuan
from minzheng.benefits.procedures import deadlines
from minzheng.benefits.telling import Asked, Told, ground, not_held
from minzheng.benefits.temporary_assistance.facts import (
    Authority,
    Examination,
    Procedure,
    Reason,
    Result,
    Terms,
    Type,
)
from minzheng.benefits.unknowns import Facts
from minzheng.decision import Award, Ground, Missing, Note
from minzheng.people import Application
from minzheng.rules import Outcome
from minzheng.standards import Per, Standards
from minzheng.standards.reading import Resolved

__all__ = ["tell"]


class Limit(IntEnum):
    """What cuts an amount."""

    CEILING = 1


_EMERGENCY = ("temporary_assistance.emergency.objects",)
_EXPENDITURE = ("temporary_assistance.expenditure.objects",)
_JOBLESS = ("temporary_assistance.jobless.months",)
_GROUNDS: dict[Reason, tuple[str, tuple[str, ...]]] = {
    Reason.EMERGENCY: (
        N_("A sudden emergency has brought basic living into serious difficulty for a time."),
        _EMERGENCY,
    ),
    Reason.EXPENDITURE: (
        N_(
            "Necessary spending has risen suddenly beyond what the family can bear; basic living is in serious difficulty."
        ),
        _EXPENDITURE,
    ),
    Reason.JOBLESS: (
        N_("Without income for {without} months, without work, outside unemployment insurance."),
        _JOBLESS,
    ),
    Reason.POOR_FIRST: (
        N_("Registered poor who have applied for dibao or tekun may be helped first."),
        ("temporary_assistance.poor_first",),
    ),
    Reason.FILED_ELSEWHERE: (
        N_(
            "The application belongs to the township where the emergency happened; it is to be handed on there."
        ),
        ("temporary_assistance.filing",),
    ),
    Reason.NOT_SERIOUS: (
        N_("Basic living is not in serious difficulty."),
        ("temporary_assistance.emergency.objects", "temporary_assistance.expenditure.objects"),
    ),
    Reason.NOT_A_FAMILY: (N_("This help is for families, not for one person."), ()),
    Reason.NOT_A_DIBAO_FAMILY: (
        N_("On this day sudden spending is a ground for dibao families only."),
        _EXPENDITURE,
    ),
    Reason.SPENDING_BEARABLE: (
        N_("Necessary spending is not beyond what the family can bear."),
        _EXPENDITURE,
    ),
    Reason.INCOME_NOT_LOWER: (
        N_(
            "The disposable income, {income} a year for each person, is not lower than that of the place, {limit}."
        ),
        ("temporary_assistance.expenditure.income_inclusive",),
    ),
    Reason.PROPERTY_RULE: (
        N_("The authority finds that the property does not meet the local rule."),
        _EXPENDITURE,
    ),
    Reason.NO_JOBLESS_RULE: (
        N_(
            "The law held for this day knows no grant for the uninsured jobless; another special hardship would have to be found."
        ),
        _EMERGENCY,
    ),
    Reason.NO_EPIDEMIC: (
        N_("No epidemic keeps the person from going back to work."),
        _JOBLESS,
    ),
    Reason.MONTHS_TOO_FEW: (
        N_("Without income for {without} months; {wanted} are needed."),
        _JOBLESS,
    ),
    Reason.INSURED: (N_("Unemployment insurance covers the person."), _JOBLESS),
    Reason.DRAWS_DIBAO: (N_("The person draws dibao."), _JOBLESS),
    Reason.NEITHER_WORKS_NOR_LIVES_HERE: (
        N_("The person neither works nor habitually lives where it is filed."),
        _JOBLESS,
    ),
    Reason.INCOME_LIMIT_MISSING: (
        N_(
            "The disposable income, {income} a year for each person, cannot be set against that of the place: none is held."
        ),
        ("temporary_assistance.expenditure.income_inclusive",),
    ),
    Reason.STANDARD_MISSING: (
        N_("The conditions are met; without a dibao standard the amount cannot be told."),
        ("temporary_assistance.set_by",),
    ),
    Reason.MULTIPLE_MISSING: (
        N_("The conditions are met; the amount is a local figure, and none is held."),
        ("temporary_assistance.set_by",),
    ),
}
_REQUIRED = ("temporary_assistance.first.required",)
_PROCEDURES = {
    Procedure.SIMPLIFIED: (
        N_("The case is urgent: the approval may be simplified."),
        ("temporary_assistance.urgent.simplified",),
    ),
    Procedure.FIRST_PERMITTED: (
        N_(
            "The case is urgent: it may be granted first. When the emergency has eased, the person, the reason and the amount are registered, and signatures and seals completed."
        ),
        ("temporary_assistance.first.permitted",),
    ),
    Procedure.FIRST_REQUIRED: (
        N_(
            "The case is urgent and the amount small: it is to be granted first. When the emergency is over, the case is explained afterwards as prescribed."
        ),
        _REQUIRED,
    ),
    Procedure.FIRST_IF_SMALL: (
        N_(
            "The case is urgent: it is to be granted first where the amount is small; no local limit is held that says what is small. When the emergency is over, the case is explained afterwards as prescribed."
        ),
        _REQUIRED,
    ),
    Procedure.POOR_FIRST: (
        N_("Help comes first; the ordinary examination for dibao or tekun follows."),
        ("temporary_assistance.poor_first",),
    ),
}
_EXAMINATIONS = {
    Examination.FULL: (
        N_("Examined: the necessary spending, the income and the property."),
        _EXPENDITURE,
    ),
    Examination.ENROLLED: (
        N_("The family draws dibao or tekun: only the necessary spending is examined."),
        ("temporary_assistance.spending_only.enrolled", "temporary_assistance.expenditure.objects"),
    ),
    Examination.POOR: (
        N_(
            "Registered poor, not yet out of poverty: only the necessary spending is examined, not income and property."
        ),
        ("temporary_assistance.spending_only.poor",),
    ),
}
_AUTHORITIES = {
    Authority.TOWNSHIP: (
        N_("The amount is within the limit of the township, {township}: the township decides."),
        ("temporary_assistance.township_limit",),
    ),
    Authority.COUNTY: (
        N_("The amount is above the limit of the township, {township}: the county decides."),
        ("temporary_assistance.township_limit",),
    ),
}
_LIMITS = {
    Limit.CEILING: (
        N_("The amount, {computed}, is above the ceiling and is cut to {ceiling}."),
        ("temporary_assistance.ceiling",),
    ),
}
_URGENCY = N_("Whether the case is urgent is not stated: the procedure is not told.")
_PROPOSED = N_("The amount is what the authority proposes, case by case (一事一议).")
_PROPOSAL_UNUSED = N_(
    "An amount is proposed, but the law held for this day has no decision case by case; it is not taken."
)
_NO_CEILING = N_("No ceiling is held for this place.")
_NO_LIMIT = N_("No limit of the township is held: who decides is not told.")
_NO_DAYS = N_(
    "No rule held says within how many days the papers of a grant made first are to be completed."
)
_FLOOR = N_("An amount found is a floor (not lower than): a place that pays more must state it.")

_ASIDE = frozenset(
    (
        *(series for _text, rows in _GROUNDS.values() for series in rows),
        *(series for _text, rows in _EXAMINATIONS.values() for series in rows),
        "income.disposable_per_capita",
        "temporary_assistance.case_by_case",
        *(series for _text, rows in _PROCEDURES.values() for series in rows),
    )
)
_AFTERWARDS = (Procedure.FIRST_PERMITTED, Procedure.FIRST_REQUIRED, Procedure.FIRST_IF_SMALL)


def tell(
    result: Result,
    resolved: Resolved[Terms],
    facts: Facts,
    application: Application,
    on: date,
    standards: Standards,
) -> Told:
    """What the decision on an application says of the rule's result."""
    t = resolved.terms
    assert t is not None
    award = None
    if result.outcome is Outcome.GRANTED:
        award = Award(to_yuan(result.pay), Per.ONCE, facts.case.persons)
    missing = [*not_held(_asked(result, t, facts, application), standards, application.area, on)]
    formula = any(
        each.not_held is not None and each.not_held.series.name == "temporary_assistance.multiple"
        for each in missing
    )
    if formula and t.case_by_case:
        missing.append(Missing("application.proposed"))
    hardship = "special" if facts.case.special_hardship else "general"
    degree = str(facts.case.degree)
    return Told(
        award=award,
        grounds=tuple(_grounds(result, resolved, facts)),
        notes=tuple(_notes(result, resolved, facts, application, on, standards)),
        missing=tuple(missing),
        aside=_ASIDE,
        only=(
            ("temporary_assistance.ceiling", (hardship,)),
            ("temporary_assistance.multiple", (result.type.name.lower(),)),
            ("temporary_assistance.multiple", (degree,)),
        ),
    )


def _grounds(result: Result, resolved: Resolved[Terms], facts: Facts) -> Iterator[Ground]:
    t = resolved.terms
    assert t is not None
    values: dict[str, Decimal | int] = {
        "income": to_yuan(max(result.income_year, 0)),
        "limit": to_yuan(max(result.limit_year, 0)),
        "without": facts.case.months_without_income,
        "wanted": t.jobless_months,
        "township": to_yuan(max(t.township_limit, 0)),
        "computed": to_yuan(max(result.computed, 0)),
        "ceiling": to_yuan(max(result.ceiling, 0)),
    }
    for reason in _reasons(result):
        series: tuple[str, ...] = ()
        if reason is Reason.NOT_A_FAMILY:
            series = _EXPENDITURE if result.type is Type.EXPENDITURE else _EMERGENCY
        elif reason is Reason.INCOME_NOT_LOWER:
            series = ("income.disposable_per_capita",)
        yield ground(reason, _GROUNDS, values, resolved, series)
    if result.outcome is Outcome.REFUSED:
        return
    if result.examination in _EXAMINATIONS:
        yield ground(result.examination, _EXAMINATIONS, values, resolved)
    if result.procedure in _PROCEDURES:
        yield ground(result.procedure, _PROCEDURES, values, resolved)
    if result.authority in _AUTHORITIES:
        yield ground(result.authority, _AUTHORITIES, values, resolved)
    if result.outcome is Outcome.GRANTED and result.pay < result.computed:
        yield ground(Limit.CEILING, _LIMITS, values, resolved)


def _reasons(result: Result) -> Iterator[Reason]:
    yield result.reason
    if result.outcome is Outcome.REFUSED:
        failed = {
            Reason.FILED_ELSEWHERE: result.filed_elsewhere,
            Reason.NOT_SERIOUS: result.not_serious,
            Reason.NOT_A_FAMILY: result.not_a_family,
            Reason.NOT_A_DIBAO_FAMILY: result.not_a_dibao_family,
            Reason.SPENDING_BEARABLE: result.spending_bearable,
            Reason.INCOME_NOT_LOWER: result.income_not_lower,
            Reason.PROPERTY_RULE: result.fails_property,
            Reason.NO_EPIDEMIC: result.no_epidemic,
            Reason.MONTHS_TOO_FEW: result.months_too_few,
            Reason.INSURED: result.insured,
            Reason.DRAWS_DIBAO: result.draws_dibao,
            Reason.NEITHER_WORKS_NOR_LIVES_HERE: result.away,
        }
        yield from (each for each, fails in failed.items() if fails and each is not result.reason)


def _notes(
    result: Result,
    resolved: Resolved[Terms],
    facts: Facts,
    application: Application,
    on: date,
    standards: Standards,
) -> Iterator[Note]:
    t = resolved.terms
    assert t is not None
    if result.outcome is Outcome.REFUSED:
        return
    if facts.case.is_proposed:
        yield Note(_PROPOSED if t.case_by_case else _PROPOSAL_UNUSED)
    if result.outcome is Outcome.GRANTED:
        if result.ceiling < 0:
            yield Note(_NO_CEILING)
        if result.authority is Authority.UNKNOWN:
            yield Note(_NO_LIMIT)
    if application.urgent is None:
        yield Note(_URGENCY)
    if result.procedure in _AFTERWARDS:
        told = deadlines("temporary_assistance", application.area, on=on, standards=standards)
        if not any(each.name == "follow_up" for each in told):
            yield Note(_NO_DAYS)
    standard = resolved.held.get("dibao.standard")
    if standard is not None and standard.is_floor:
        yield Note(_FLOOR)


def _asked(result: Result, t: Terms, facts: Facts, application: Application) -> Iterator[Asked]:
    """The look-ups that a rule's own "undetermined" hangs on."""
    if result.outcome is not Outcome.UNDETERMINED:
        return
    residence = {"residence": application.residence.name.lower()}
    if result.reason is Reason.INCOME_LIMIT_MISSING:
        yield "income.disposable_per_capita", residence
    chosen = t.case_by_case and application.proposed is not None
    if not chosen:
        keys = {"type": result.type.name.lower()}
        if application.degree is not None or "application.degree" in facts.unknowns.asked:
            keys["degree"] = str(facts.case.degree)
        yield "temporary_assistance.multiple", keys
    if not chosen or t.ceiling_general >= 0 or t.ceiling_special >= 0:
        yield "dibao.standard", residence
