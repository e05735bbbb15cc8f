"""Edge families (低保边缘家庭) as the law states it, in whole numbers.

Not qualifying for dibao, income per person within the edge line, property within the
rule for edge families: 最低生活保障审核确认办法 (2021) art. 8; Social Assistance Law art. 21.
Every choice between regimes and places stands in ``Terms``.
"""

from __future__ import annotations

from minzheng.base.money import Mode, round_fen
from minzheng.benefits.counting import unsettled_year
from minzheng.benefits.dibao.rule import counted_income, position_of, property_reason, unscaled
from minzheng.benefits.dibao_marginal.facts import (
    HouseholdFacts,
    MemberFacts,
    Position,
    PropertyReason,
    Reason,
    Result,
    Terms,
    Totals,
)
from minzheng.benefits.members import is_away_clergy, is_member
from minzheng.rules import Outcome

__all__ = ["decide", "member"]


def member(m: MemberFacts, t: Terms) -> Totals:
    """One person's share in the size and the income."""
    if is_away_clergy(m, t) or not is_member(m, t):
        return Totals()
    return Totals(1, counted_income(m, t), unsettled_year(m, t))


def is_edge(position: Position, kept_from_dibao: bool) -> bool:
    """Within the line, and outside dibao by income or by property."""
    return position == Position.EDGE or (position == Position.BELOW and kept_from_dibao)


def decide(h: HouseholdFacts, s: Totals, t: Terms) -> Result:
    """Settle the household. Income that no rule settles is taken both ways."""
    income = max(0, s.income_scaled)
    limit = t.standard_year * s.size * t.scale
    least = position_of(income, limit, t)
    most = position_of(income + s.unsettled_year * t.scale, limit, t)
    # the dibao test of property decides only where the income alone would qualify
    failed = PropertyReason.NONE
    if least == Position.BELOW:
        failed = property_reason(h, s.size, t)
    kept = failed != PropertyReason.NONE

    outcome = Outcome.REFUSED
    if s.size == 0:
        reason = Reason.NO_MEMBERS
    elif least == Position.ABOVE:
        reason = Reason.ABOVE_THE_LINE
    elif least == Position.BELOW and most == Position.BELOW and not kept:
        reason = Reason.QUALIFIES_FOR_DIBAO
    elif not h.meets_dibao_marginal_rule:
        reason = Reason.PROPERTY_RULE
    elif is_edge(least, kept) and is_edge(most, kept):
        outcome = Outcome.GRANTED
        reason = Reason.IN_THE_BAND if least == Position.EDGE else Reason.DIBAO_PROPERTY
    else:
        outcome = Outcome.UNDETERMINED
        unknown = most == Position.UNKNOWN
        reason = Reason.LINE_MISSING if unknown else Reason.UNSETTLED_INCOME
    line = -1
    if t.edge_numerator > 0:
        standard = t.standard_year * s.size * t.edge_numerator
        line = round_fen(standard, t.edge_denominator, 1, Mode.HALF_UP)
    return Result(
        outcome=outcome,
        reason=reason,
        property_reason=failed,
        position=least,
        size=s.size,
        income_year=unscaled(income, t),
        unsettled_year=s.unsettled_year,
        limit_year=t.standard_year * s.size,
        line_year=line,
    )
