"""Tekun (特困人员救助供养) as the law states it, in whole numbers.

The three tests, no labour ability, no livelihood, no able supporter, come from
社会救助暂行办法 art. 14 and the measures for recognition of 2016 and of 2021; every
choice between them stands in ``Terms``.
"""

from __future__ import annotations

from minzheng.base.money import Mode, round_fen
from minzheng.benefits.counting import counted_year, unsettled_year
from minzheng.benefits.tekun.facts import (
    Limb,
    PersonFacts,
    Reason,
    Result,
    SelfCareClass,
    Terms,
)
from minzheng.people import DisabilityType
from minzheng.rules import Outcome

__all__ = ["decide"]


def limb_of(p: PersonFacts, t: Terms) -> Limb:
    """无劳动能力: 特困人员认定办法 (2021) art. 5; a minor once recognised stays in, art. 24."""
    if p.age >= t.elderly_age:
        return Limb.ELDERLY
    if p.age < t.minor_age:
        return Limb.MINOR
    at_school = p.at_school and t.continues_school
    if p.recognised_as_minor and (p.age < t.continues_age or at_school):
        return Limb.CONTINUES
    mildest = mildest_grade(p, t)
    if mildest > 0 and 1 <= p.disability_grade <= mildest:
        return Limb.DISABILITY
    return Limb.NONE


def mildest_grade(p: PersonFacts, t: Terms) -> int:
    """The mildest grade of the person's disability that takes labour ability away; 0 for none."""
    return mildest_of(p.disability_type, t)


def mildest_of(kind: int, t: Terms) -> int:
    """The mildest grade of a type of disability that takes labour ability away; 0 for none."""
    if kind == DisabilityType.VISUAL:
        return t.grade_visual
    if kind == DisabilityType.PHYSICAL:
        return t.grade_physical
    if kind == DisabilityType.INTELLECTUAL:
        return t.grade_intellectual
    if kind == DisabilityType.MENTAL:
        return t.grade_mental
    return 0


def is_lower(income: int, t: Terms) -> bool:
    """Whether an income is lower than the dibao standard; no income is lower than any standard."""
    if income == 0:
        return True
    return income < t.dibao_standard_year or (
        t.income_inclusive and income == t.dibao_standard_year
    )


def self_care_class(failures: int, t: Terms) -> SelfCareClass:
    """特困人员认定办法 (2021) art. 22: none failed, some, or so many."""
    if t.complete_from == 0:
        return SelfCareClass.UNKNOWN
    if failures >= t.complete_from:
        return SelfCareClass.COMPLETE
    if failures >= t.partial_from:
        return SelfCareClass.PARTIAL
    return SelfCareClass.SELF


def care_scaled(care: SelfCareClass, t: Terms) -> int:
    """The care allowance of a class, fen a month times ``t.scale``; -1 when not held."""
    if care == SelfCareClass.COMPLETE:
        return t.care_complete
    if care == SelfCareClass.PARTIAL:
        return t.care_partial
    if care == SelfCareClass.SELF:
        return t.care_self
    return -1


def decide(p: PersonFacts, _totals: None, t: Terms) -> Result:
    """Settle the person: the three tests, then basic living and care."""
    limb = limb_of(p, t)
    able = limb == Limb.NONE
    income = counted_year(p, t)
    unsettled = unsettled_year(p, t)
    standard_unknown = t.dibao_standard_year < 0 and income > 0
    lower = standard_unknown or is_lower(income, t)
    allowance = p.age < t.adult_age and (p.child_allowance or (p.orphan and t.orphans_first))
    supported = p.supporters_able > 0
    care = self_care_class(p.self_care_failures, t)
    scaled = care_scaled(care, t)
    basic = round_fen(t.basic_year, 12, 1, Mode.HALF_UP) if t.basic_year >= 0 else -1
    care_month = round_fen(scaled, t.scale, 1, Mode.HALF_UP) if scaled >= 0 else -1

    grade_unsettled = p.disability_grade > 0 and not t.grades_held
    continuation_unsettled = p.recognised_as_minor and p.age < t.adult_age and t.continues_age < 0
    reason = Reason.ALL_THREE
    if allowance:
        reason = Reason.CHILD_ALLOWANCE
    elif able and not grade_unsettled and not continuation_unsettled:
        reason = Reason.LABOUR_ABILITY
    elif not lower:
        reason = Reason.INCOME_NOT_LOWER
    elif not p.meets_rule:
        reason = Reason.PROPERTY_RULE
    elif supported:
        reason = Reason.SUPPORTER_ABLE

    outcome = Outcome.REFUSED
    pay = 0
    if reason == Reason.ALL_THREE:
        outcome = Outcome.UNDETERMINED
        if able and grade_unsettled:
            reason = Reason.UNSETTLED_DISABILITY
        elif able:
            reason = Reason.UNSETTLED_CONTINUATION
        elif not is_lower(income + unsettled, t) and not standard_unknown:
            reason = Reason.UNSETTLED_INCOME
        elif standard_unknown:
            reason = Reason.STANDARD_MISSING
        elif p.supporters_unsettled > 0:
            reason = Reason.UNSETTLED_SUPPORTER
        elif t.basic_year < 0 or scaled < 0:
            reason = Reason.AMOUNT_MISSING
        else:
            outcome = Outcome.GRANTED
            pay = basic + care_month
    return Result(
        outcome=outcome,
        reason=reason,
        limb=limb,
        has_livelihood=not lower,
        fails_property=not p.meets_rule,
        has_supporter=supported,
        self_care=care,
        income_year=income,
        unsettled_year=unsettled,
        limit_year=t.dibao_standard_year,
        self_care_failures=p.self_care_failures,
        basic_month=basic,
        care_month=care_month,
        pay_month=pay,
    )
