"""Gradual exit (渐退期) as the law states it, in whole numbers.

最低生活保障审核确认办法 (2021) art. 33 and the notice of 2022-10-20, part 1 (3); how many
months, up to which income and how much is paid are the place's own, and stand in ``Terms``.
"""

from __future__ import annotations

from minzheng.base.money import Mode, round_fen
from minzheng.benefits.gradual_exit.facts import HouseholdFacts, Pays, Reason, Result, Terms
from minzheng.rules import Outcome

__all__ = ["decide"]


def reason_of(h: HouseholdFacts, t: Terms) -> Reason:
    """The first that holds."""
    limit = t.standard_year * h.size
    above = h.income_year > limit or (t.inclusive and h.income_year == limit)
    if not h.draws_dibao:
        return Reason.DRAWS_NONE
    if h.income_year < limit or (t.qualifies_equal and h.income_year == limit):
        return Reason.STILL_QUALIFIES
    if not t.permitted or t.months == 0:
        return Reason.NOT_PERMITTED
    if not t.any_cause and not h.by_employment:
        return Reason.OTHER_CAUSE
    if not above:
        return Reason.NOT_ABOVE
    if t.upper_numerator > 0 and h.income_year * t.upper_denominator >= limit * t.upper_numerator:
        return Reason.INCOME_TOO_HIGH
    if t.months < 0:
        return Reason.MONTHS_MISSING
    if t.pays == Pays.UNKNOWN:
        return Reason.AMOUNT_MISSING
    return Reason.LEAVES_GRADUALLY


def kept(h: HouseholdFacts, t: Terms) -> int:
    """What goes on being paid, in fen a month, supplements apart."""
    if t.pays == Pays.KEPT_TO_STANDARD:
        return min(h.base_month, round_fen(t.standard_year * h.size, 12, 1, Mode.HALF_UP))
    return h.base_month


def decide(h: HouseholdFacts, _totals: None, t: Terms) -> Result:
    """Settle the household: whether, for which months, and how much."""
    reason = reason_of(h, t)
    base = pay = 0
    outcome = Outcome.REFUSED
    if reason in (Reason.MONTHS_MISSING, Reason.AMOUNT_MISSING):
        outcome = Outcome.UNDETERMINED
    elif reason == Reason.LEAVES_GRADUALLY:
        outcome = Outcome.GRANTED
        base = kept(h, t)
        pay = base + h.supplement_month
    leaves = reason in (Reason.LEAVES_GRADUALLY, Reason.AMOUNT_MISSING)
    return Result(
        outcome=outcome,
        reason=reason,
        income_year=h.income_year,
        limit_year=t.standard_year * h.size,
        start=t.start if leaves else -1,
        until=t.until if leaves else -1,
        months=t.months if leaves else 0,
        base_month=base,
        supplement_month=h.supplement_month,
        pay_month=pay,
    )
