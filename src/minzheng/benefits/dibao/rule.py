"""Dibao (最低生活保障) as the law states it, in whole numbers.

Members, income, property and the income test come from 社会救助暂行办法 arts 9-12 and
the measures in force on the day (民发〔2012〕220号, then the measures of 2021, then the
Social Assistance Law of 2026); every choice between them stands in ``Terms``.
"""

from __future__ import annotations

from minzheng.base.money import Mode, round_fen
from minzheng.benefits.counting import counted_year, unsettled_year
from minzheng.benefits.dibao.facts import (
    Group,
    HouseholdFacts,
    MeansFacts,
    MeansTerms,
    MemberFacts,
    Position,
    PropertyFacts,
    Reason,
    Result,
    Terms,
    Totals,
)
from minzheng.benefits.members import is_away_clergy, is_member
from minzheng.people import DisabilityType
from minzheng.rules import Outcome

__all__ = [
    "counted_income",
    "decide",
    "groups_of",
    "member",
    "position_of",
    "property_reason",
    "unscaled",
]


def member(m: MemberFacts, t: Terms) -> Totals:
    """One person's share: in the size, the income, the supplements, and as a single applicant."""
    clergy = is_away_clergy(m, t)
    if not clergy and not is_member(m, t):
        return Totals()
    income = counted_income(m, t)
    supplements = supplement(m, t)
    unsettled = unsettled_year(m, t)
    condition, rate, difference = single_condition(groups_of(m, t, clergy), t)
    month = single_month(income, supplements, rate, difference, t) if condition > 0 else 0
    if month == 0 and not clergy:
        return Totals(1, income, unsettled, 0, supplements)
    single = month > 0
    return Totals(
        size=0 if clergy else 1,
        income_scaled=0 if clergy else income,
        unsettled_year=0 if clergy else unsettled,
        unsettled_alone_year=unsettled if clergy and condition > 0 else 0,
        supplements_scaled=0 if clergy else supplements,
        single_any=1 if single and condition >= 4 else 0,
        single_any_month=month if condition >= 4 else 0,
        single_edge=1 if single and condition in (2, 3) else 0,
        single_edge_month=month if condition in (2, 3) else 0,
        single_hardship=1 if single and condition in (1, 3) else 0,
        single_hardship_month=month if condition in (1, 3) else 0,
        single_both=1 if single and condition == 3 else 0,
        single_both_month=month if condition == 3 else 0,
    )


def counted_income(m: MeansFacts, t: MeansTerms) -> int:
    """Counted income less deductions, in fen a year times ``t.scale``; it may be negative."""
    wage = m.wage_year if t.counts_wage == 1 else 0
    deducted = (
        wage * t.employment_share
        + m.medical_year * t.medical_share
        + m.disability_cost_year * t.disability_share
    )
    return counted_year(m, t) * t.scale - deducted


def supplement(m: MemberFacts, t: Terms) -> int:
    """The person's supplement (分类施保), in fen a year times ``t.scale``."""
    elderly = t.supplement_elderly if m.age >= t.supplement_elderly_age else 0
    minor = t.supplement_minor if m.age < t.supplement_minor_age else 0
    severe = t.supplement_severe_disability if is_severe(m, t) else 0
    illness = t.supplement_serious_illness if m.seriously_ill else 0
    if t.supplements_add_up:
        return elderly + minor + severe + illness
    return max(elderly, minor, severe, illness)


def is_severe(m: MemberFacts, t: Terms) -> bool:
    """Severely disabled (重度残疾): grade 1 or 2 of any type."""
    return 1 <= m.disability_grade <= t.severe_grade


def groups_of(m: MemberFacts, t: Terms, clergy: bool) -> int:
    """The groups the person belongs to, as bits of :class:`Group`.

    民发〔2012〕220号 art. 10; 最低生活保障审核确认办法 art. 8; Social Assistance Law art. 21.
    """
    if clergy:
        return Group.CLERGY
    adult = m.age >= t.adult_age
    groups = 0
    if is_severe(m, t):
        groups |= Group.SEVERE_DISABILITY
        if adult and not m.employed:
            groups |= Group.UNEMPLOYED_SEVERE_DISABILITY
        if adult and not m.labour_ability and m.own_register:
            groups |= Group.SEVERE_DISABILITY_OWN_REGISTER
    if m.disability_grade == 3 and m.disability_type in (
        DisabilityType.INTELLECTUAL,
        DisabilityType.MENTAL,
    ):
        groups |= Group.GRADE_3_MENTAL
    if m.seriously_ill:
        groups |= Group.SERIOUS_ILLNESS
    if m.age >= t.elderly_age:
        groups |= Group.ELDERLY
    if not adult:
        groups |= Group.MINOR
    if m.special_hardship:
        groups |= Group.SPECIAL_HARDSHIP
    return groups


def single_condition(groups: int, t: Terms) -> tuple[int, int, bool]:
    """On which conditions these groups apply alone, the best rate, and whether by difference.

    The conditions are bits: 1 hardship found, 2 edge family, 4 always.
    """
    alone = (0, 0, False)
    if groups & Group.SEVERE_DISABILITY:
        alone = join(alone, t.single_severe_disability, t.rate_severe_disability)
    if groups & Group.GRADE_3_MENTAL:
        alone = join(alone, t.single_grade_3_mental, t.rate_grade_3_mental)
    if groups & Group.SERIOUS_ILLNESS:
        alone = join(alone, t.single_serious_illness, t.rate_serious_illness)
    if groups & Group.CLERGY:
        alone = join(alone, t.single_clergy, t.rate_clergy)
    if groups & Group.ELDERLY:
        alone = join(alone, t.single_elderly, t.rate_elderly)
    if groups & Group.MINOR:
        alone = join(alone, t.single_minor, t.rate_minor)
    if groups & Group.UNEMPLOYED_SEVERE_DISABILITY:
        alone = join(
            alone, t.single_unemployed_severe_disability, t.rate_unemployed_severe_disability
        )
    if groups & Group.SEVERE_DISABILITY_OWN_REGISTER:
        alone = join(
            alone, t.single_severe_disability_own_register, t.rate_severe_disability_own_register
        )
    if groups & Group.SPECIAL_HARDSHIP:
        alone = join(alone, t.single_special_hardship, t.rate_special_hardship)
    return alone


def join(alone: tuple[int, int, bool], condition: int, rate: int) -> tuple[int, int, bool]:
    """Add a group the person belongs to; one that may not apply alone adds nothing."""
    if condition == 0:
        return alone
    return alone[0] | condition, max(alone[1], rate), alone[2] or rate == 0


def single_month(income: int, supplements: int, rate: int, difference: bool, t: Terms) -> int:
    """What a person enrolled as a household of one is paid, in fen a month: the better way."""
    gap = t.standard_year * t.scale - max(0, income)
    if gap < 0 or (gap == 0 and not t.income_inclusive):
        return 0
    by_rate = t.standard_year * rate
    return paid_month(max(by_rate, gap) if difference else by_rate, 1, supplements, t)


def paid_month(gap: int, size: int, supplements: int, t: Terms) -> int:
    """Settle a yearly gap and supplements (both times ``t.scale``) into fen a month, rounding once."""
    if t.rounds_per_person:
        each = round_fen(gap, 12 * t.scale * size, t.rounding_unit, t.rounding_mode)
        return each * size + round_fen(supplements, 12 * t.scale, 1, Mode.HALF_UP)
    return round_fen(gap + supplements, 12 * t.scale, t.rounding_unit, t.rounding_mode)


def unscaled(amount: int, t: MeansTerms) -> int:
    """An amount times ``t.scale`` as whole fen, for reading; the decision used the exact one."""
    return amount if t.scale == 1 else round_fen(amount, t.scale, 1, Mode.HALF_UP)


def property_reason(h: PropertyFacts, size: int, t: MeansTerms) -> Reason:
    """The first property test that the household fails, ``NONE`` when it passes."""
    assets = h.financial_assets * t.scale
    if not h.meets_rule:
        return Reason.PROPERTY_RULE
    if t.assets_max >= 0 and assets > t.assets_max:
        return Reason.FINANCIAL_ASSETS
    if t.assets_max_person >= 0 and assets > t.assets_max_person * size:
        return Reason.FINANCIAL_ASSETS
    if t.homes_max >= 0 and h.homes > t.homes_max:
        return Reason.HOMES
    if t.floor_area_max_person >= 0 and h.floor_area * t.scale > t.floor_area_max_person * size:
        return Reason.FLOOR_AREA
    if t.tests_cars and h.cars > (h.mobility_cars if t.exempts_mobility_cars else 0):
        return Reason.CAR
    if t.tests_luxury and h.luxury:
        return Reason.LUXURY
    if t.tests_visible_living and h.visibly_above:
        return Reason.VISIBLE_LIVING
    return Reason.NONE


def position_of(income: int, limit: int, t: MeansTerms) -> Position:
    """Where the income stands; both amounts are fen a year times ``t.scale``."""
    if income < limit or (t.income_inclusive and income == limit):
        return Position.BELOW
    if t.edge_numerator == 0:
        return Position.UNKNOWN if t.knows_edge else Position.ABOVE
    line = limit * t.edge_numerator
    income = income * t.edge_denominator
    if income < line or (t.edge_inclusive and income == line):
        return Position.EDGE
    return Position.ABOVE


def decide(h: HouseholdFacts, s: Totals, t: Terms) -> Result:
    """Settle the household: property, income, then the persons who may apply alone."""
    income = max(0, s.income_scaled)
    limit = t.standard_year * s.size * t.scale
    position = position_of(income, limit, t)
    failed = property_reason(h, s.size, t)
    edge = position == Position.EDGE
    singles = s.single_any
    month = s.single_any_month
    if edge:
        singles += s.single_edge
        month += s.single_edge_month
    if h.in_hardship:
        singles += s.single_hardship - (s.single_both if edge else 0)
        month += s.single_hardship_month - (s.single_both_month if edge else 0)

    outcome = Outcome.REFUSED
    reason = failed
    gap = persons = supplements = pay = 0
    if failed == Reason.NONE:
        if s.size > 0 and position == Position.BELOW:
            outcome = Outcome.GRANTED
            reason = Reason.INCOME_LOWER
            persons = s.size
            gap = limit - income
            supplements = s.supplements_scaled
            if t.pays_bands:
                pay = h.band_month * s.size + paid_month(0, s.size, supplements, t)
            else:
                pay = paid_month(gap, s.size, supplements, t)
        elif singles > 0:
            outcome = Outcome.GRANTED
            reason = Reason.SINGLE_PERSONS
            persons = singles
            pay = month
        elif s.size == 0:
            reason = Reason.NO_MEMBERS
        elif position == Position.UNKNOWN and s.single_edge > 0:
            outcome = Outcome.UNDETERMINED
            reason = Reason.EDGE_LINE_MISSING
        else:
            reason = Reason.INCOME_NOT_LOWER
        unsettled = s.unsettled_year
        if reason == Reason.SINGLE_PERSONS and (h.in_hardship or t.single_clergy > 1):
            unsettled += s.unsettled_alone_year
        if reason == Reason.INCOME_LOWER and t.pays_bands:
            # a band is paid whatever the difference is, as long as there is one
            counted = income + unsettled * t.scale
            unsettled *= position_of(counted, limit, t) != Position.BELOW
        if unsettled > 0 and reason != Reason.INCOME_NOT_LOWER:
            outcome = Outcome.UNDETERMINED
            reason = Reason.UNSETTLED_INCOME
            persons = pay = 0
    return Result(
        outcome=outcome,
        reason=reason,
        property_reason=failed,
        position=position,
        size=s.size,
        income_year=unscaled(income, t),
        unsettled_year=s.unsettled_year,
        limit_year=t.standard_year * s.size,
        gap_year=unscaled(gap, t) if reason == Reason.INCOME_LOWER else -1,
        band_month=h.band_month if t.pays_bands and reason == Reason.INCOME_LOWER else -1,
        persons=persons,
        supplements_year=unscaled(supplements, t) if reason == Reason.INCOME_LOWER else -1,
        pay_month=pay,
    )
