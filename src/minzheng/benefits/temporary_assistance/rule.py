"""Temporary assistance (临时救助) as the law states it, in whole numbers.

Who is helped comes from 社会救助暂行办法 art. 47, the opinions of 2018 and the notice of
2022-10-20, how a case is handled from art. 48, the opinions of 2018 and arts 37 and 50 of
the law of 2026; the amounts are the place's own. Every choice stands in ``Terms``.
"""

from __future__ import annotations

from minzheng.base.money import round_fen
from minzheng.benefits.temporary_assistance.facts import (
    ApplicationFacts,
    Authority,
    Examination,
    Procedure,
    Reason,
    Result,
    Terms,
    Type,
)
from minzheng.people import Assistance, Hardship, RegisteredPoor
from minzheng.rules import Outcome

__all__ = ["decide"]


def type_of(a: ApplicationFacts) -> Type:
    """急难型 or 支出型 (opinions of 2018, 二（一）); the jobless by the notice of 2022."""
    if a.hardship == Hardship.SPENDING:
        return Type.EXPENDITURE
    if a.hardship == Hardship.JOBLESS:
        return Type.JOBLESS
    return Type.EMERGENCY


def is_poor_first(a: ApplicationFacts, t: Terms) -> bool:
    """Registered poor who wait for dibao or tekun are helped first: item 8 of the plan of 2020."""
    return t.poor_first and a.awaiting and a.registered_poor != RegisteredPoor.NEVER


def draws_support(a: ApplicationFacts) -> bool:
    """Whether dibao or tekun is drawn; an edge family draws neither."""
    if a.assistance == Assistance.DIBAO:
        return True
    return a.assistance == Assistance.TEKUN


def examination_of(a: ApplicationFacts, t: Terms) -> Examination:
    """What is examined of the means: opinions of 2018, 二（二）; item 8 of the plan of 2020."""
    if type_of(a) != Type.EXPENDITURE or is_poor_first(a, t):
        return Examination.NONE
    if draws_support(a) and (t.spending_only_enrolled or t.dibao_families_only):
        return Examination.ENROLLED
    if a.registered_poor == RegisteredPoor.IN and t.spending_only_poor:
        return Examination.POOR
    return Examination.FULL


# --- the tests: each says whether it stands in the way


def is_filed_elsewhere(a: ApplicationFacts, t: Terms) -> bool:
    """Law of 2026, art. 37; the jobless apply where they work or live."""
    return t.filed_at_emergency and a.filed_elsewhere and type_of(a) != Type.JOBLESS


def is_no_family(a: ApplicationFacts, t: Terms) -> bool:
    """支出型 is for families; 急难型 was until the opinions of 2018."""
    if a.family or is_poor_first(a, t):
        return False
    kind = type_of(a)
    return kind == Type.EXPENDITURE or (kind == Type.EMERGENCY and not t.individuals)


def is_no_dibao_family(a: ApplicationFacts, t: Terms) -> bool:
    """社会救助暂行办法 art. 47: sudden spending of dibao families."""
    if type_of(a) != Type.EXPENDITURE or is_poor_first(a, t):
        return False
    return t.dibao_families_only and a.assistance != Assistance.DIBAO


def is_bearable(a: ApplicationFacts, t: Terms) -> bool:
    """The necessary spending is not beyond what the family can bear."""
    return type_of(a) == Type.EXPENDITURE and not is_poor_first(a, t) and not a.beyond_means


def is_means_tested(a: ApplicationFacts, t: Terms) -> bool:
    """Whether income and property decide: opinions of 2018, 二（一）."""
    return examination_of(a, t) == Examination.FULL and not t.dibao_families_only


def is_limit_unknown(a: ApplicationFacts, t: Terms) -> bool:
    """Whether an income has nothing to be set against; none at all is lower than any."""
    return is_means_tested(a, t) and t.income_limit_year < 0 and a.income_year > 0


def is_income_not_lower(a: ApplicationFacts, t: Terms) -> bool:
    """Opinions of 2018, 二（一）: lower than the disposable income of the place."""
    if not is_means_tested(a, t) or t.income_limit_year < 0 or a.income_year == 0:
        return False
    if t.income_inclusive:
        return a.income_year > t.income_limit_year
    return a.income_year >= t.income_limit_year


def fails_property(a: ApplicationFacts, t: Terms) -> bool:
    """The authority's finding under the local rule."""
    return is_means_tested(a, t) and not a.meets_rule


def is_tested_as_jobless(a: ApplicationFacts, t: Terms) -> bool:
    """Whether the conditions of the notice of 2022-10-20, 二（一）, are asked."""
    return type_of(a) == Type.JOBLESS and not is_poor_first(a, t) and t.jobless_months > 0


def refusal_of(a: ApplicationFacts, t: Terms) -> Reason:
    """The first test that stands in the way; none when all are met."""
    if is_filed_elsewhere(a, t):
        return Reason.FILED_ELSEWHERE
    if not a.serious:
        return Reason.NOT_SERIOUS
    if is_no_family(a, t):
        return Reason.NOT_A_FAMILY
    if is_no_dibao_family(a, t):
        return Reason.NOT_A_DIBAO_FAMILY
    if is_bearable(a, t):
        return Reason.SPENDING_BEARABLE
    if is_income_not_lower(a, t):
        return Reason.INCOME_NOT_LOWER
    if fails_property(a, t):
        return Reason.PROPERTY_RULE
    if type_of(a) != Type.JOBLESS or is_poor_first(a, t):
        return Reason.NONE
    return refusal_of_jobless(a, t)


def refusal_of_jobless(a: ApplicationFacts, t: Terms) -> Reason:
    """Notice of 2022-10-20, 二（一）."""
    if t.jobless_months == 0:
        return Reason.NO_JOBLESS_RULE
    if not a.kept_by_epidemic:
        return Reason.NO_EPIDEMIC
    if a.months_without_income < t.jobless_months:
        return Reason.MONTHS_TOO_FEW
    if a.insured:
        return Reason.INSURED
    if a.assistance == Assistance.DIBAO:
        return Reason.DRAWS_DIBAO
    if not a.works_or_lives_here:
        return Reason.NEITHER_WORKS_NOR_LIVES_HERE
    return Reason.NONE


# --- the amount


def by_degree(degree: int, first: int, second: int, third: int) -> int:
    """The one of three that belongs to a degree."""
    if degree == 1:
        return first
    return second if degree == 2 else third


def multiple_of(kind: Type, degree: int, t: Terms) -> int:
    """The multiple of a type and degree, times ``t.scale``; -1 when not held."""
    if kind == Type.EMERGENCY:
        return by_degree(degree, t.emergency_1, t.emergency_2, t.emergency_3)
    if kind == Type.EXPENDITURE:
        return by_degree(degree, t.expenditure_1, t.expenditure_2, t.expenditure_3)
    return by_degree(degree, t.jobless_1, t.jobless_2, t.jobless_3)


def is_case_by_case(a: ApplicationFacts, t: Terms) -> bool:
    """一事一议: opinions of 2018, 二（三）."""
    return t.case_by_case and a.is_proposed


def months_of(a: ApplicationFacts, t: Terms) -> int:
    """The months counted: at most what the place allows."""
    return min(a.months, t.months_max) if t.months_max >= 0 else a.months


def ceiling_scaled(a: ApplicationFacts, t: Terms) -> int:
    """The ceiling of each person as a multiple, times ``t.scale``; -1 when not held."""
    if a.special_hardship and t.ceiling_special >= 0:
        return t.ceiling_special
    return t.ceiling_general


def computed_of(a: ApplicationFacts, t: Terms) -> int:
    """Fen before the ceiling: what is proposed, or the local multiple; -1 when not held."""
    if is_case_by_case(a, t):
        return a.proposed
    multiple = multiple_of(type_of(a), a.degree, t)
    if multiple < 0 or t.standard_year < 0:
        return -1
    amount = t.standard_year * multiple * months_of(a, t) * a.persons
    return round_fen(amount, 12 * t.scale, t.rounding_unit, t.rounding_mode)


def ceiling_of(a: ApplicationFacts, t: Terms) -> int:
    """Fen that all persons together may have at most; -1 when not held."""
    scaled = ceiling_scaled(a, t)
    if scaled < 0 or t.standard_year < 0:
        return -1
    return t.standard_year * scaled * a.persons // (12 * t.scale)


def missing_of(a: ApplicationFacts, t: Terms) -> Reason:
    """The first figure without which the conditions or the amount cannot be told."""
    if is_limit_unknown(a, t):
        return Reason.INCOME_LIMIT_MISSING
    chosen = is_case_by_case(a, t)
    if not chosen and multiple_of(type_of(a), a.degree, t) < 0:
        return Reason.MULTIPLE_MISSING
    if t.standard_year < 0 and (not chosen or ceiling_scaled(a, t) >= 0):
        return Reason.STANDARD_MISSING
    return Reason.NONE


def granted_as(a: ApplicationFacts, t: Terms) -> Reason:
    """On what ground assistance is granted."""
    if is_poor_first(a, t):
        return Reason.POOR_FIRST
    kind = type_of(a)
    if kind == Type.EXPENDITURE:
        return Reason.EXPENDITURE
    return Reason.JOBLESS if kind == Type.JOBLESS else Reason.EMERGENCY


# --- the procedure


def procedure_of(a: ApplicationFacts, pay: int, t: Terms) -> Procedure:
    """How an urgent case is handled: art. 48 of 2014; opinions of 2018, 二（二）; art. 50 of 2026.

    The duty of 2026 is for small amounts of any type. What the opinions of 2018 allow is for
    emergencies, of any amount.
    """
    if is_poor_first(a, t):
        return Procedure.POOR_FIRST
    if not a.urgent:
        return Procedure.ORDINARY
    if t.first_required and (t.township_limit < 0 or pay < 0):
        return Procedure.FIRST_IF_SMALL
    if t.first_required and pay <= t.township_limit:
        return Procedure.FIRST_REQUIRED
    if t.first_permitted and type_of(a) == Type.EMERGENCY:
        return Procedure.FIRST_PERMITTED
    return Procedure.SIMPLIFIED if t.simplified else Procedure.ORDINARY


def authority_of(pay: int, t: Terms) -> Authority:
    """Art. 48 of 2014: small amounts may be left to the township; what is small is local."""
    if pay < 0 or t.township_limit < 0:
        return Authority.UNKNOWN
    return Authority.TOWNSHIP if pay <= t.township_limit else Authority.COUNTY


def decide(a: ApplicationFacts, _totals: None, t: Terms) -> Result:
    """Settle the application: the place, the hardship, the means, the amount, the procedure."""
    computed, ceiling = computed_of(a, t), ceiling_of(a, t)
    outcome, reason = Outcome.REFUSED, refusal_of(a, t)
    pay = -1
    if reason == Reason.NONE:
        outcome, reason = Outcome.UNDETERMINED, missing_of(a, t)
    if reason == Reason.NONE:
        outcome, reason = Outcome.GRANTED, granted_as(a, t)
        pay = min(computed, ceiling) if ceiling >= 0 else computed
    means = is_means_tested(a, t)
    jobless = is_tested_as_jobless(a, t)
    formula = computed >= 0 and not is_case_by_case(a, t)
    return Result(
        outcome=outcome,
        reason=reason,
        type=type_of(a),
        procedure=procedure_of(a, pay, t),
        examination=examination_of(a, t),
        authority=authority_of(pay, t),
        filed_elsewhere=is_filed_elsewhere(a, t),
        not_serious=not a.serious,
        not_a_family=is_no_family(a, t),
        not_a_dibao_family=is_no_dibao_family(a, t),
        spending_bearable=is_bearable(a, t),
        income_not_lower=is_income_not_lower(a, t),
        fails_property=fails_property(a, t),
        no_epidemic=jobless and not a.kept_by_epidemic,
        months_too_few=jobless and a.months_without_income < t.jobless_months,
        insured=jobless and a.insured,
        draws_dibao=jobless and a.assistance == Assistance.DIBAO,
        away=jobless and not a.works_or_lives_here,
        income_year=a.income_year if means else -1,
        limit_year=t.income_limit_year if means else -1,
        standard_year=t.standard_year,
        months=months_of(a, t) if formula else -1,
        computed=computed,
        ceiling=ceiling,
        pay=pay,
    )
