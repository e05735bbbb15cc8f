"""The allowance of other children in difficulty (困境儿童), in whole numbers.

国发〔2016〕36号 leaves it to each place whom it pays and how much; places that pay do so in
tiers, each a share of the rate of orphans.
"""

from __future__ import annotations

from minzheng.base.money import round_fen
from minzheng.benefits.child_rate import rate_of
from minzheng.benefits.children_in_difficulty.facts import (
    Deducted,
    PersonFacts,
    Reason,
    Result,
    Terms,
    Tier,
)
from minzheng.benefits.drawing import netted_month
from minzheng.people import Assistance
from minzheng.rules import Outcome

__all__ = ["decide"]


def is_poor(assistance: int, t: Terms) -> bool:
    """Whether a family of that class is poor by the rule of the place."""
    if assistance == Assistance.DIBAO:
        return t.poor_dibao
    if assistance == Assistance.TEKUN:
        return t.poor_tekun
    return t.poor_dibao_marginal and assistance == Assistance.DIBAO_MARGINAL


def tier_of(p: PersonFacts, t: Terms) -> Tier:
    """The first tier that the place pays and the child is in."""
    poor = is_poor(p.assistance, t)
    if p.hiv and t.share_hiv >= 0:
        return Tier.HIV
    if poor and p.severe and t.share_poor_severe >= 0:
        return Tier.POOR_SEVERE
    if poor and t.share_poor_other >= 0:
        return Tier.POOR_OTHER
    if p.severe and t.share_severe >= 0:
        return Tier.SEVERE
    return Tier.NONE


def share_of(tier: int, t: Terms) -> int:
    """The share of a tier times ``t.scale``; -1 where it is not paid."""
    if tier == Tier.HIV:
        return t.share_hiv
    if tier == Tier.POOR_SEVERE:
        return t.share_poor_severe
    if tier == Tier.POOR_OTHER:
        return t.share_poor_other
    return t.share_severe if tier == Tier.SEVERE else -1


def deduction_of(tier: int, t: Terms) -> Deducted:
    """What is taken from the rate in a tier."""
    if tier == Tier.HIV:
        return t.deducted_hiv
    if tier == Tier.POOR_SEVERE:
        return t.deducted_poor_severe
    if tier == Tier.POOR_OTHER:
        return t.deducted_poor_other
    return t.deducted_severe if tier == Tier.SEVERE else Deducted.NOTHING


def deducted_month(p: PersonFacts, tier: int, t: Terms) -> int:
    """Fen a month taken from the rate; -1 where the dibao standard is not held."""
    how = deduction_of(tier, t)
    if how == Deducted.DRAWN:
        return netted_month(p, t)
    return t.standard_month if how == Deducted.DIBAO_STANDARD else 0


def tiers_held(t: Terms) -> bool:
    """Whether any tier of the place is held."""
    return max(t.share_hiv, t.share_poor_severe, t.share_poor_other, t.share_severe) >= 0


def decide(p: PersonFacts, _totals: None, t: Terms) -> Result:
    """Settle the child: age, other allowances, the tier, and its share of the rate."""
    of_age = p.age >= t.adult_age
    tier = tier_of(p, t)
    rate, deducted = rate_of(p.placement, t), deducted_month(p, tier, t)
    outcome = Outcome.UNDETERMINED
    pay = -1
    if of_age:
        outcome, reason = Outcome.REFUSED, Reason.OF_AGE
    elif p.child_allowance:
        outcome, reason = Outcome.REFUSED, Reason.CHILD_ALLOWANCE
    elif not tiers_held(t):
        reason = Reason.NO_TIERS_HELD
    elif tier == Tier.NONE:
        outcome, reason = Outcome.REFUSED, Reason.NO_TIER
    elif rate < 0:
        reason = Reason.RATE_MISSING
    elif deducted < 0:
        reason = Reason.STANDARD_MISSING
    else:
        due = max(0, rate - deducted) * share_of(tier, t)
        pay = round_fen(due, t.scale, t.rounding_unit, t.rounding_mode)
        outcome = Outcome.GRANTED
        reason = Reason.IN_TIER if pay > 0 else Reason.NOTHING_LEFT
    return Result(
        outcome=outcome,
        reason=reason,
        tier=tier,
        of_age=of_age,
        child_allowance=p.child_allowance,
        rate_month=rate,
        deducted_month=deducted,
        pay_month=pay,
    )
