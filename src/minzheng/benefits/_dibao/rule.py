"""The rule of dibao: members, income, property, the income test, and who may apply alone.

社会救助暂行办法 arts 9-12 and the measures in force on the day (民发〔2012〕220号, then the measures
of 2021, then the Social Assistance Law of 2026); every choice between them is a parameter.
"""

from __future__ import annotations

from minzheng.base.i18n import N_
from minzheng.base.money import Mode, round_fen
from minzheng.benefits._dibao.declared import (
    Category,
    Combine,
    Condition,
    Facts,
    Group,
    MeansMember,
    MeansParameters,
    Member,
    Parameters,
    Position,
    Result,
    Totals,
)
from minzheng.benefits._engine import Reasons, grant, refuse, undetermined
from minzheng.benefits.common.membership import is_away_clergy, is_member
from minzheng.benefits.common.property import (
    exceeds_assets,
    exceeds_cars,
    exceeds_floor_area,
    exceeds_homes,
)
from minzheng.people import DisabilityType, IncomeKind, SpendingKind
from minzheng.rules import Outcome, dot

__all__ = ["Reason", "counted_income", "decide", "member", "position_of", "unscaled"]

_TEST = ("dibao.income.inclusive", "dibao.standard")
_RULE = "dibao.property.set_by"


class Reason(Reasons):
    """Why a household is granted dibao or refused."""

    INCOME_LOWER = grant(
        N_(
            "The counted household income, {income_year} a year, is lower than {limit_year} (the standard times {size})."
        ),
        *_TEST,
    )
    SINGLE_PERSONS = grant(
        N_(
            "The household as a whole does not qualify; {persons} of its members may apply alone, each as a household of one."
        ),
        "dibao.single.condition",
    )
    NO_MEMBERS = refuse(
        N_("None of the persons named counts as a member of the household."),
        "dibao.member.excluded",
    )
    PROPERTY_RULE = refuse(
        N_("The authority finds that the property does not meet the local rule."), _RULE
    )
    FINANCIAL_ASSETS = refuse(
        N_("The financial assets are above the local ceiling."),
        _RULE,
        "dibao.property.assets_income_multiple",
        "dibao.property.assets_standard_months",
    )
    HOMES = refuse(
        N_("The household owns more homes than the local rule allows."),
        _RULE,
        "dibao.property.homes",
    )
    FLOOR_AREA = refuse(
        N_("The floor area per person is above the local ceiling."),
        _RULE,
        "dibao.property.home_area_multiple",
    )
    CAR = refuse(N_("A member owns a private car for daily use."), _RULE, "dibao.property.car")
    LUXURY = refuse(
        N_("The household buys or uses luxuries, or spends highly."),
        _RULE,
        "dibao.property.luxury",
    )
    VISIBLE_LIVING = refuse(
        N_(
            "The property cannot be verified, and the household lives visibly above local residents."
        ),
        _RULE,
        "dibao.property.visible_living",
    )
    INCOME_NOT_LOWER = refuse(
        N_(
            "The counted household income, {income_year} a year, is not lower than {limit_year} (the standard times {size})."
        ),
        *_TEST,
    )
    UNSETTLED_INCOME = undetermined(
        N_(
            "Income of {unsettled_year} a year is of a kind of which no rule on file says whether it counts."
        ),
        lacks="dibao.income.counted",
    )
    LINE_MISSING = undetermined(
        N_(
            "Whether members may apply alone depends on the line of dibao-marginal families, a provincial ratio that is not available."
        ),
        "dibao_marginal.inclusive",
        lacks="dibao_marginal.ratio",
    )
    COMBINE_MISSING = undetermined(
        N_(
            "A member is in several categories of supplements, and no rule on file says whether they add up."
        ),
        "dibao.supplement.due",
        lacks="dibao.supplement.combine",
    )
    WITHIN_LINE = refuse(
        N_("The income is within the line of dibao-marginal families ({line} a year)."),
        "dibao_marginal.ratio",
    )
    ROUNDS_TO_NOTHING = grant(
        N_(
            "The difference to the standard, {gap_year} a year, rounds to nothing a month: the household is a dibao household and is paid nothing."
        ),
        "dibao.standard",
    )


def counted_income(m: MeansMember, p: MeansParameters) -> int:
    """Counted income less deductions, in fen a year times ``p.scale``; it may be negative."""
    income = m.income
    counted = dot(income, p.counted) * p.scale
    if p.employment_share and p.counted[IncomeKind.WAGE]:
        counted -= income[IncomeKind.WAGE] * p.employment_share
    if p.medical_share or p.disability_share:
        spent = m.spending
        counted -= (
            spent[SpendingKind.MEDICAL] * p.medical_share
            + spent[SpendingKind.DISABILITY] * p.disability_share
        )
    return counted


def member(m: Member, p: Parameters) -> Totals:
    """One person's share: in the size, the income, the supplements, and as a single applicant."""
    clergy = is_away_clergy(m, p)
    if not clergy and not is_member(m, p):
        return Totals()
    income = counted_income(m, p)
    unsettled = dot(m.income, p.unsettled) if p.has_unsettled else 0
    supplements = 0
    uncombined = 0
    if p.has_supplements:
        categories = categories_of(m, p)
        supplements = supplement(categories, p)
        if categories & (categories - 1) and p.combine == Combine.NOT_AVAILABLE:
            uncombined = 1
    conditions = 0
    month = 0
    groups = groups_of(m, p, clergy) if p.single_groups else 0
    if groups:
        conditions = conditions_of(groups, p)
        month = single_month(income, supplements, groups, p)
    if clergy:
        return Totals(
            unsettled_alone_year=unsettled if conditions else 0,
            uncombined=uncombined if month > 0 else 0,
            clergy=1 if month > 0 and conditions >= Condition.ANY else 0,
            clergy_month=month if conditions >= Condition.ANY else 0,
            single_marginal=1 if month > 0 and marginal_only(conditions) else 0,
            single_marginal_month=month if marginal_only(conditions) else 0,
            single_hardship=1 if month > 0 and hardship_only(conditions) else 0,
            single_hardship_month=month if hardship_only(conditions) else 0,
            single_both=1 if month > 0 and either_way(conditions) else 0,
            single_both_month=month if either_way(conditions) else 0,
        )
    if month == 0:
        return Totals(1, income, unsettled, 0, supplements, uncombined)
    return Totals(
        size=1,
        income_scaled=income,
        unsettled_year=unsettled,
        supplements_scaled=supplements,
        uncombined=uncombined,
        single_any=1 if conditions >= Condition.ANY else 0,
        single_any_month=month if conditions >= Condition.ANY else 0,
        any_marginal=1 if any_and_marginal(conditions) else 0,
        any_marginal_month=month if any_and_marginal(conditions) else 0,
        single_marginal=1 if marginal_only(conditions) else 0,
        single_marginal_month=month if marginal_only(conditions) else 0,
        single_hardship=1 if hardship_only(conditions) else 0,
        single_hardship_month=month if hardship_only(conditions) else 0,
        single_both=1 if either_way(conditions) else 0,
        single_both_month=month if either_way(conditions) else 0,
    )


def any_and_marginal(conditions: int) -> bool:
    """Whether somebody may apply alone always, and out of a dibao-marginal family too."""
    return conditions >= Condition.ANY and conditions & Condition.DIBAO_MARGINAL > 0


def either_way(conditions: int) -> bool:
    """Whether somebody may apply alone in hardship as well as out of a dibao-marginal family."""
    return hardship_only(conditions) and marginal_only(conditions)


def marginal_only(conditions: int) -> bool:
    """Whether somebody may apply alone out of a dibao-marginal family, but not always."""
    return conditions < Condition.ANY and conditions & Condition.DIBAO_MARGINAL > 0


def hardship_only(conditions: int) -> bool:
    """Whether somebody may apply alone in hardship, but not always."""
    return conditions < Condition.ANY and conditions & Condition.HARDSHIP > 0


def is_severe(m: Member, p: Parameters) -> bool:
    """Severely disabled (重度残疾): grade 1 or 2 of any type."""
    return 1 <= m.disability_grade <= p.severe_grade


def categories_of(m: Member, p: Parameters) -> int:
    """The categories of supplements (分类施保) that the person is in, as bits."""
    categories = 0
    if p.supplement[Category.ELDERLY] and m.age >= p.supplement_elderly_age:
        categories |= 1 << Category.ELDERLY
    if p.supplement[Category.MINOR] and m.age < p.supplement_minor_age:
        categories |= 1 << Category.MINOR
    if p.supplement[Category.SEVERE_DISABILITY] and is_severe(m, p):
        categories |= 1 << Category.SEVERE_DISABILITY
    if p.supplement[Category.SERIOUS_ILLNESS] and m.seriously_ill:
        categories |= 1 << Category.SERIOUS_ILLNESS
    return categories


def supplement(categories: int, p: Parameters) -> int:
    """The person's supplement, in fen a year times ``p.scale``."""
    if categories == 0:
        return 0
    total = 0
    most = 0
    for each in Category:
        if categories >> each & 1:
            total += p.supplement[each]
            most = max(most, p.supplement[each])
    return total if p.combine == Combine.SUM else most


def groups_of(m: Member, p: Parameters, clergy: bool) -> int:
    """The groups that the person is in and that may apply alone, as bits.

    民发〔2012〕220号 art. 10; 最低生活保障审核确认办法 art. 8; Social Assistance Law art. 21.
    """
    if clergy:
        return p.single_groups & 1 << Group.CLERGY
    groups = 0
    adult = m.age >= p.adult_age
    if not adult:
        groups |= 1 << Group.MINOR
    elif m.age >= p.elderly_age:
        groups |= 1 << Group.ELDERLY
    if p.single_groups & DISABLED and m.disability_grade > 0:
        groups |= disabled_groups(m, p, adult)
    if p.single_groups & 1 << Group.SERIOUS_ILLNESS and m.seriously_ill:
        groups |= 1 << Group.SERIOUS_ILLNESS
    if p.single_groups & 1 << Group.SPECIAL_HARDSHIP and m.special_hardship:
        groups |= 1 << Group.SPECIAL_HARDSHIP
    return groups & p.single_groups


DISABLED = (
    1 << Group.SEVERE_DISABILITY
    | 1 << Group.GRADE_3_MENTAL
    | 1 << Group.UNEMPLOYED_SEVERE_DISABILITY
    | 1 << Group.SEVERE_DISABILITY_OWN_REGISTER
)


def disabled_groups(m: Member, p: Parameters, adult: bool) -> int:
    """The groups of a disabled person, as bits."""
    groups = 0
    if is_severe(m, p):
        groups |= 1 << Group.SEVERE_DISABILITY
        if adult and p.single[Group.UNEMPLOYED_SEVERE_DISABILITY] and not m.employed:
            groups |= 1 << Group.UNEMPLOYED_SEVERE_DISABILITY
        own = adult and p.single[Group.SEVERE_DISABILITY_OWN_REGISTER]
        if own and not m.labour_ability and m.own_register:
            groups |= 1 << Group.SEVERE_DISABILITY_OWN_REGISTER
    elif m.disability_grade == 3 and m.disability_type in (
        DisabilityType.INTELLECTUAL,
        DisabilityType.MENTAL,
    ):
        groups |= 1 << Group.GRADE_3_MENTAL
    return groups


def conditions_of(groups: int, p: Parameters) -> int:
    """On which conditions these groups apply alone, as bits of :class:`Condition`."""
    conditions = 0
    for each in Group:
        if groups >> each & 1:
            conditions |= p.single[each]
    return conditions


def single_month(income: int, supplements: int, groups: int, p: Parameters) -> int:
    """What a person enrolled as a household of one is paid, in fen a month: the better way."""
    gap = p.standard_year * p.scale - max(0, income)
    if gap < 0 or (gap == 0 and not p.income_inclusive):
        return 0
    best = 0
    for each in Group:
        if groups >> each & 1:
            by_rate = p.standard_year * p.rate[each]
            best = max(best, by_rate if p.rate[each] > 0 else gap)
    return paid_month(best, 1, supplements, p)


def paid_month(gap: int, size: int, supplements: int, p: Parameters) -> int:
    """Settle a yearly gap and supplements (both times ``p.scale``) into fen a month, rounding once."""
    if p.rounds_per_person:
        each = round_fen(gap, 12 * p.scale * size, p.rounding_unit, p.rounding_mode)
        return each * size + round_fen(supplements, 12 * p.scale, 1, Mode.HALF_UP)
    return round_fen(gap + supplements, 12 * p.scale, p.rounding_unit, p.rounding_mode)


def unscaled(amount: int, p: MeansParameters) -> int:
    """An amount times ``p.scale`` as whole fen, for reading; the decision used the exact one."""
    return amount if p.scale == 1 else round_fen(amount, p.scale, 1, Mode.HALF_UP)


def property_reasons(h: Facts, size: int, p: MeansParameters) -> int:
    """Every test of property that the household fails."""
    return (
        Reason.PROPERTY_RULE * (not h.meets_rule)
        | Reason.FINANCIAL_ASSETS * exceeds_assets(h, size, p)
        | Reason.HOMES * exceeds_homes(h, p)
        | Reason.FLOOR_AREA * exceeds_floor_area(h, size, p)
        | Reason.CAR * exceeds_cars(h, p)
        | Reason.LUXURY * (p.tests_luxury and h.luxury)
        | Reason.VISIBLE_LIVING * (p.tests_visible_living and h.visibly_above)
    )


def position_of(income: int, limit: int, p: MeansParameters) -> Position:
    """Where the income stands; both amounts are fen a year times ``p.scale``."""
    if income < limit or (p.income_inclusive and income == limit):
        return Position.BELOW
    if p.line_numerator == 0:
        return Position.UNKNOWN if p.knows_line else Position.ABOVE
    line = limit * p.line_numerator
    income = income * p.line_denominator
    if income < line or (p.line_inclusive and income == line):
        return Position.WITHIN_LINE
    return Position.ABOVE


def single_groups(m: Member, h: Facts, result: Result, p: Parameters) -> int:
    """The groups through which a member of this household applies alone, as bits.

    Args:
        m: the member.
        h: the household, not enrolled as a whole.
        result: of the household.
        p: the parameters.
    """
    clergy = is_away_clergy(m, p)
    if not p.single_groups or not (clergy or is_member(m, p)):
        return 0
    failed = result.size > 0 and property_reasons(h, result.size, p) > 0
    groups = groups_of(m, p, clergy)
    met = 0
    for each in Group:
        condition = p.single[each]
        if groups >> each & 1 and (
            (condition == Condition.ANY and (clergy or not failed))
            or (
                condition == Condition.DIBAO_MARGINAL
                and result.position != Position.ABOVE
                and h.meets_marginal_rule
            )
            or (condition == Condition.HARDSHIP and h.in_hardship and (clergy or not failed))
        ):
            met |= 1 << each
    return met


def may_be_clergy(h: Facts, p: Parameters) -> bool:
    """Whether clergy may apply alone out of this household."""
    return p.single[Group.CLERGY] > Condition.HARDSHIP or h.in_hardship


def alone(h: Facts, s: Totals, within: bool, failed: bool) -> tuple[int, int]:
    """How many persons apply alone, and what they are paid together, in fen a month.

    Args:
        h: the household, not enrolled as a whole.
        s: what its members add up to.
        within: whether the household is within the line of dibao-marginal families.
        failed: whether its property fails the rule for dibao.
    """
    # clergy are no members: the property of the household is not theirs
    persons = s.clergy
    pay = s.clergy_month
    if not failed:
        persons += s.single_any
        pay += s.single_any_month
    # what dibao's property rule bars, that of the dibao-marginal family may allow
    barred = s.any_marginal if failed else 0
    marginal = within and s.single_marginal + barred > 0 and h.meets_marginal_rule
    if marginal:
        persons += s.single_marginal + barred
        pay += s.single_marginal_month + (s.any_marginal_month if failed else 0)
    if s.single_hardship > 0 and not failed and h.in_hardship:
        persons += s.single_hardship - (s.single_both if marginal else 0)
        pay += s.single_hardship_month - (s.single_both_month if marginal else 0)
    return persons, pay


def decide(h: Facts, s: Totals, p: Parameters) -> Result:
    """Settle the household: property, income, then the persons who may apply alone."""
    income = max(0, s.income_scaled)
    limit = p.standard_year * s.size * p.scale
    position = position_of(income, limit, p)
    below = s.size > 0 and position == Position.BELOW
    failed = property_reasons(h, s.size, p) if s.size > 0 else 0

    outcome = Outcome.REFUSED
    reasons = failed
    gap = persons = supplements = pay = band = 0
    unsettled = 0
    if below and not failed:
        outcome = Outcome.GRANTED
        reasons = Reason.INCOME_LOWER
        persons = s.size
        gap = limit - income
        supplements = s.supplements_scaled
        unsettled = s.unsettled_year
        if p.pays_bands:
            band = p.bands[h.band - 1]
            pay = band * s.size + paid_month(0, s.size, supplements, p)
            # a band is paid whatever the difference is, as long as there is one
            counted = income + unsettled * p.scale
            unsettled *= position_of(counted, limit, p) != Position.BELOW
        else:
            pay = paid_month(gap, s.size, supplements, p)
        if pay == 0:
            reasons |= Reason.ROUNDS_TO_NOTHING
    else:
        # a family is dibao-marginal by its income, or by property that keeps it from dibao
        within = position == Position.WITHIN_LINE or (below and failed > 0)
        persons, pay = alone(h, s, within, failed > 0)
        if persons > 0:
            outcome = Outcome.GRANTED
            reasons |= Reason.SINGLE_PERSONS
            unsettled = s.unsettled_year
            if s.unsettled_alone_year > 0 and may_be_clergy(h, p):
                unsettled += s.unsettled_alone_year
        elif position == Position.UNKNOWN and s.single_marginal > 0 and h.meets_marginal_rule:
            outcome = Outcome.UNDETERMINED
            reasons |= Reason.LINE_MISSING
            unsettled = s.unsettled_year
        reasons |= (
            Reason.NO_MEMBERS * (s.size == 0 and persons == 0)
            | Reason.INCOME_NOT_LOWER
            * (s.size > 0 and position != Position.BELOW and outcome != Outcome.UNDETERMINED)
            | Reason.WITHIN_LINE * (position == Position.WITHIN_LINE)
        )
    if unsettled > 0:
        outcome = Outcome.UNDETERMINED
        reasons = Reason.UNSETTLED_INCOME | failed | (reasons & Reason.WITHIN_LINE)
        persons = pay = 0
    elif outcome == Outcome.GRANTED and s.uncombined > 0:
        outcome = Outcome.UNDETERMINED
        reasons = Reason.COMBINE_MISSING | failed
        persons = pay = 0
    whole = reasons & Reason.INCOME_LOWER > 0
    return Result(
        outcome=outcome,
        reasons=reasons,
        position=position,
        size=s.size,
        income_year=unscaled(income, p),
        unsettled_year=s.unsettled_year,
        limit_year=p.standard_year * s.size,
        gap_year=unscaled(gap, p) if whole else -1,
        band_month=band if p.pays_bands and whole else -1,
        persons=persons,
        supplements_year=unscaled(supplements, p) if whole else -1,
        pay_month=pay,
    )
