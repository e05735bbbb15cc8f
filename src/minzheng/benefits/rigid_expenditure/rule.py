"""Households with rigid expenditure (刚性支出困难家庭) as the law states it, in whole numbers.

刚性支出困难家庭认定办法 arts 4-5 and the Social Assistance Law art. 22: a share of the income.
上海市社会救助条例 arts 12 and 18: also what is left of the income. Which holds where and
when stands in ``Terms``. More income never helps, more spending never harms; what no
row settles is therefore taken both ways.
"""

from __future__ import annotations

from minzheng.base.money import Mode, round_fen
from minzheng.benefits.counting import counted_year, unsettled_year
from minzheng.benefits.members import is_away_clergy, is_member
from minzheng.benefits.rigid_expenditure.facts import (
    HouseholdFacts,
    MemberFacts,
    Reason,
    Result,
    Terms,
    Totals,
)
from minzheng.people import Assistance
from minzheng.rules import Outcome

__all__ = ["decide", "member"]


def member(m: MemberFacts, t: Terms) -> Totals:
    """One person's share in the size, the income and the spending."""
    if is_away_clergy(m, t) or not is_member(m, t):
        return Totals()
    return Totals(
        size=1,
        income_year=counted_year(m, t),
        unsettled_year=unsettled_year(m, t),
        share_year=share_spending(m, t, 1),
        share_unsettled_year=share_spending(m, t, -1),
        taken_year=taken_spending(m, t, 1),
        taken_unsettled_year=taken_spending(m, t, -1),
    )


def share_spending(m: MemberFacts, t: Terms, counts: int) -> int:
    """The spending of the kinds that count so in the share of income."""
    return (
        m.medical_spent_year * (t.share_medical == counts)
        + m.disability_spent_year * (t.share_disability == counts)
        + m.living_spent_year * (t.share_living == counts)
        + m.education_spent_year * (t.share_education == counts)
        + m.other_spent_year * (t.share_other == counts)
    )


def taken_spending(m: MemberFacts, t: Terms, counts: int) -> int:
    """The spending of the kinds that are so taken from income."""
    return (
        m.medical_spent_year * (t.takes_medical == counts)
        + m.disability_spent_year * (t.takes_disability == counts)
        + m.living_spent_year * (t.takes_living == counts)
        + m.education_spent_year * (t.takes_education == counts)
        + m.other_spent_year * (t.takes_other == counts)
    )


def excluded(assistance: int, t: Terms) -> int:
    """Whether the assistance in which the household is rules it out: 1, 0, or -1 not settled."""
    if assistance == Assistance.DIBAO:
        return t.excludes_dibao
    if assistance == Assistance.TEKUN:
        return t.excludes_tekun
    if assistance == Assistance.DIBAO_MARGINAL:
        return t.excludes_dibao_marginal
    return 0


def is_lower(income: int, size: int, t: Terms) -> bool:
    """Whether the income per person is within the disposable income per person, where that is held."""
    most = t.income_max_year * size
    return t.income_max_year < 0 or income < most or (t.income_inclusive and income == most)


def exceeds_share(spending: int, income: int, t: Terms) -> bool:
    """Whether spending is more of the income than the place's ratio; never without a ratio."""
    if t.ratio_numerator == 0 or spending == 0:
        return False
    spent = spending * t.ratio_denominator
    share = income * t.ratio_numerator
    return spent > share or (t.ratio_inclusive and spent == share)


def gap_of(income: int, taken: int, size: int, t: Terms) -> int:
    """What the income left lacks to the dibao standard; -1 where it lacks nothing or is not tested."""
    if not t.tests_remainder or t.standard_year < 0:
        return -1
    left = max(0, income - taken)
    limit = t.standard_year * size
    if left < limit or (t.remainder_inclusive and left == limit):
        return limit - left
    return -1


def way_in(s: Totals, t: Terms, gap_least: int, gap_most: int) -> Reason:
    """By which of the two ways a household comes in that nothing rules out, or what is open.

    The two gaps are those with everything that is not settled taken against the case and
    in its favour.
    """
    income_most = s.income_year + s.unsettled_year
    unsettled = Reason.UNSETTLED_INCOME if s.unsettled_year > 0 else Reason.UNSETTLED_SPENDING
    surely = exceeds_share(s.share_year, income_most, t)
    if t.income_max_year < 0:
        return Reason.INCOME_FIGURE_MISSING
    if not is_lower(income_most, s.size, t):
        return Reason.UNSETTLED_INCOME
    if lacks_standard(t):
        return Reason.STANDARD_MISSING
    if gap_least != gap_most and (t.pays_difference or (gap_least < 0 and not surely)):
        return unsettled
    if gap_least >= 0:
        return Reason.REMAINDER
    if surely:
        return Reason.SHARE
    return Reason.SHARE_MISSING if lacks_share(s, t) else unsettled


def lacks_standard(t: Terms) -> bool:
    """Whether what is left of the income is to be tested, and cannot be."""
    return t.tests_remainder and t.standard_year < 0


def lacks_share(s: Totals, t: Terms) -> bool:
    """Whether there is spending to be tested by its share, and no ratio."""
    return t.ratio_numerator == 0 and s.share_year + s.share_unsettled_year > 0


def decide(h: HouseholdFacts, s: Totals, t: Terms) -> Result:
    """Settle the household: what rules it out, then the two ways in."""
    out = excluded(h.assistance, t)
    gap_least = gap_of(s.income_year + s.unsettled_year, s.taken_year, s.size, t)
    gap_most = gap_of(s.income_year, s.taken_year + s.taken_unsettled_year, s.size, t)
    perhaps = exceeds_share(s.share_year + s.share_unsettled_year, s.income_year, t)

    outcome = Outcome.REFUSED
    if s.size == 0:
        reason = Reason.NO_MEMBERS
    elif out > 0:
        reason = Reason.IN_ASSISTANCE
    elif not is_lower(s.income_year, s.size, t):
        reason = Reason.INCOME_NOT_LOWER
    elif not h.meets_rule:
        reason = Reason.PROPERTY_RULE
    elif gap_most < 0 and not perhaps and not lacks_standard(t) and not lacks_share(s, t):
        reason = Reason.SPENDING_TOO_LOW
    else:
        reason = Reason.UNSETTLED_ASSISTANCE if out < 0 else way_in(s, t, gap_least, gap_most)
        granted = reason in (Reason.SHARE, Reason.REMAINDER)
        outcome = Outcome.GRANTED if granted else Outcome.UNDETERMINED

    threshold = -1
    if t.ratio_numerator > 0:
        share = s.income_year * t.ratio_numerator
        threshold = round_fen(share, t.ratio_denominator, 1, Mode.HALF_UP)
    pay = -1
    if reason == Reason.REMAINDER and t.pays_difference:
        pay = round_fen(gap_least, 12, 1, Mode.HALF_UP)
    return Result(
        outcome=outcome,
        reason=reason,
        size=s.size,
        income_year=s.income_year,
        unsettled_year=s.unsettled_year,
        income_max_year=t.income_max_year * s.size if t.income_max_year >= 0 else -1,
        spending_year=s.share_year,
        threshold_year=threshold,
        remainder_year=max(0, s.income_year - s.taken_year) if t.tests_remainder else -1,
        limit_year=t.standard_year * s.size if t.standard_year >= 0 else -1,
        pay_month=pay,
    )
