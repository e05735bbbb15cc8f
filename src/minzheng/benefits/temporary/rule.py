"""Temporary assistance (临时救助) as the law states it, in whole numbers.

Who is helped comes from 社会救助暂行办法 art. 47, the opinions of 2018 and the notice of
2022-10-20, how a case is handled from art. 48, the opinions of 2018 and arts 37 and 50 of
the law of 2026; the amounts are the place's own. Every choice stands in ``Terms``.
"""

from __future__ import annotations

from minzheng.base.money import round_fen
from minzheng.benefits.temporary.facts import (
    ApplicationFacts,
    Authority,
    Examination,
    FirstGrant,
    Procedure,
    Reason,
    Result,
    Terms,
    Type,
)
from minzheng.people import Enrolment, Hardship, RegisteredPoor
from minzheng.rules import Outcome

__all__ = ["decide"]


def type_of(a: ApplicationFacts) -> Type:
    """急难型 or 支出型 (opinions of 2018, 二（一）); the jobless by the notice of 2022."""
    if a.hardship == Hardship.SPENDING:
        return Type.EXPENDITURE
    if a.hardship == Hardship.JOBLESS:
        return Type.JOBLESS
    return Type.EMERGENCY


def examination_of(a: ApplicationFacts, kind: Type, first: bool, t: Terms) -> Examination:
    """What is examined of the means: opinions of 2018, 二（二）; item 8 of the plan of 2020."""
    if kind != Type.EXPENDITURE or first:
        return Examination.NONE
    if a.enrolment != Enrolment.NONE and (t.spending_only_enrolled or t.dibao_families_only):
        return Examination.ENROLLED
    if a.registered_poor == RegisteredPoor.IN and t.spending_only_poor:
        return Examination.POOR
    return Examination.FULL


def is_lower(income: int, t: Terms) -> bool:
    """Whether an income is lower than that of the place; none at all is lower than any."""
    if income == 0:
        return True
    return income < t.income_limit_year or (t.income_inclusive and income == t.income_limit_year)


def multiple_of(kind: Type, degree: int, t: Terms) -> int:
    """The multiple of a type and degree, times ``t.scale``; -1 when not held."""
    if kind == Type.EMERGENCY:
        return by_degree(degree, t.emergency_1, t.emergency_2, t.emergency_3)
    if kind == Type.EXPENDITURE:
        return by_degree(degree, t.expenditure_1, t.expenditure_2, t.expenditure_3)
    return by_degree(degree, t.jobless_1, t.jobless_2, t.jobless_3)


def by_degree(degree: int, first: int, second: int, third: int) -> int:
    """The one of three that belongs to a degree."""
    if degree == 1:
        return first
    return second if degree == 2 else third


def procedure_of(
    a: ApplicationFacts, kind: Type, first: bool, pay: int, t: Terms
) -> Procedure:
    """How an urgent case is handled: art. 48 of 2014; opinions of 2018, 二（二）; art. 50 of 2026.

    The duty of 2026 is for small amounts of any type. What the opinions of 2018 allow is for
    emergencies, of any amount.
    """
    if first:
        return Procedure.POOR_FIRST
    if not a.urgent:
        return Procedure.ORDINARY
    if t.first_grant == FirstGrant.SIMPLIFIED:
        return Procedure.SIMPLIFIED
    if t.first_grant == FirstGrant.REQUIRED and (t.township_limit < 0 or pay < 0):
        return Procedure.FIRST_IF_SMALL
    if t.first_grant == FirstGrant.REQUIRED and pay <= t.township_limit:
        return Procedure.FIRST_REQUIRED
    return Procedure.FIRST_PERMITTED if kind == Type.EMERGENCY else Procedure.ORDINARY


def decide(a: ApplicationFacts, _totals: None, t: Terms) -> Result:
    """Settle the application: the place, the hardship, the means, the amount, the procedure."""
    kind = type_of(a)
    expenditure, jobless = kind == Type.EXPENDITURE, kind == Type.JOBLESS
    poor = a.registered_poor != RegisteredPoor.NEVER
    first = t.poor_first and a.awaiting and poor
    examination = examination_of(a, kind, first, t)
    full = examination == Examination.FULL and not t.dibao_families_only
    limit_unknown = full and t.income_limit_year < 0 and a.income_year > 0

    elsewhere = t.filed_at_emergency and a.filed_elsewhere and not jobless
    not_a_family = not first and not a.family and (
        expenditure or (kind == Type.EMERGENCY and not t.individuals)
    )
    not_dibao = (
        expenditure and not first and t.dibao_families_only and a.enrolment != Enrolment.DIBAO
    )
    bearable = expenditure and not first and not a.beyond_means
    not_lower = full and not limit_unknown and not is_lower(a.income_year, t)
    fails_property = full and not a.meets_rule
    tests_jobless = jobless and not first and t.jobless_months > 0
    no_epidemic = tests_jobless and not a.kept_by_epidemic
    too_few = tests_jobless and a.months_without_income < t.jobless_months
    insured = tests_jobless and a.insured
    draws_dibao = tests_jobless and a.enrolment == Enrolment.DIBAO
    away = tests_jobless and not a.works_or_lives_here

    reason = Reason.NONE
    if elsewhere:
        reason = Reason.FILED_ELSEWHERE
    elif not a.serious:
        reason = Reason.NOT_SERIOUS
    elif not_a_family:
        reason = Reason.NOT_A_FAMILY
    elif not_dibao:
        reason = Reason.NOT_A_DIBAO_FAMILY
    elif bearable:
        reason = Reason.SPENDING_BEARABLE
    elif not_lower:
        reason = Reason.INCOME_NOT_LOWER
    elif fails_property:
        reason = Reason.PROPERTY_RULE
    elif jobless and not first and t.jobless_months == 0:
        reason = Reason.NO_JOBLESS_RULE
    elif no_epidemic:
        reason = Reason.NO_EPIDEMIC
    elif too_few:
        reason = Reason.MONTHS_TOO_FEW
    elif insured:
        reason = Reason.INSURED
    elif draws_dibao:
        reason = Reason.DRAWS_DIBAO
    elif away:
        reason = Reason.NEITHER_WORKS_NOR_LIVES_HERE

    months = min(a.months, t.months_max) if t.months_max >= 0 else a.months
    multiple = multiple_of(kind, a.degree, t)
    case_by_case = t.case_by_case and a.proposed >= 0
    capped = t.ceiling_general
    if a.special_hardship and t.ceiling_special >= 0:
        capped = t.ceiling_special
    ceiling = -1
    computed = -1
    if case_by_case:
        computed = a.proposed
    elif multiple >= 0 and t.standard_year >= 0:
        computed = round_fen(
            t.standard_year * multiple * months * a.persons,
            12 * t.scale,
            t.rounding_unit,
            t.rounding_mode,
        )
    if capped >= 0 and t.standard_year >= 0:
        ceiling = t.standard_year * capped * a.persons // (12 * t.scale)
    pay = computed
    if computed >= 0 and ceiling >= 0:
        pay = min(computed, ceiling)

    outcome = Outcome.REFUSED
    if reason == Reason.NONE:
        outcome = Outcome.UNDETERMINED
        if limit_unknown:
            reason = Reason.INCOME_LIMIT_MISSING
        elif multiple < 0 and not case_by_case:
            reason = Reason.MULTIPLE_MISSING
        elif t.standard_year < 0 and (capped >= 0 or not case_by_case):
            reason = Reason.STANDARD_MISSING
        else:
            outcome = Outcome.GRANTED
            reason = Reason.EMERGENCY
            if first:
                reason = Reason.POOR_FIRST
            elif expenditure:
                reason = Reason.EXPENDITURE
            elif jobless:
                reason = Reason.JOBLESS
    granted = outcome == Outcome.GRANTED
    if not granted:
        pay = -1
    authority = Authority.UNKNOWN
    if granted and t.township_limit >= 0:
        authority = Authority.TOWNSHIP if pay <= t.township_limit else Authority.COUNTY
    return Result(
        outcome=outcome,
        reason=reason,
        type=kind,
        procedure=procedure_of(a, kind, first, pay, t),
        examination=examination,
        authority=authority,
        filed_elsewhere=elsewhere,
        not_serious=not a.serious,
        not_a_family=not_a_family,
        not_a_dibao_family=not_dibao,
        spending_bearable=bearable,
        income_not_lower=not_lower,
        fails_property=fails_property,
        no_epidemic=no_epidemic,
        months_too_few=too_few,
        insured=insured,
        draws_dibao=draws_dibao,
        away=away,
        income_year=a.income_year if full else -1,
        limit_year=t.income_limit_year if full else -1,
        standard_year=t.standard_year,
        months=months if multiple >= 0 and not case_by_case else -1,
        computed=computed,
        ceiling=ceiling,
        pay=pay,
    )
