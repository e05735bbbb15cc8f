"""The subsidy of children in fact unattended (事实无人抚养儿童), in whole numbers.

民发〔2019〕62号 and 民发〔2020〕125号: both parents in a state that the law names, one of
them at least alive; the rate of orphans, less what is drawn already.
"""

from __future__ import annotations

from minzheng.base.money import round_fen
from minzheng.benefits.child_rate import rate_of
from minzheng.benefits.de_facto_unattended.facts import PersonFacts, Reason, Result, Terms
from minzheng.benefits.drawing import netted_month
from minzheng.benefits.parents import ParentClass, orphaned, unattended_class
from minzheng.rules import Outcome

__all__ = ["decide"]


def pay_of(rate: int, netted: int, share: int, t: Terms) -> int:
    """The share of the rate less what is drawn, never below nothing, rounded."""
    left = max(0, rate * share - netted * t.scale)
    return round_fen(left, t.scale, t.rounding_unit, t.rounding_mode)


def decide(p: PersonFacts, _totals: None, t: Terms) -> Result:
    """Settle the child: age, both parents, and the rate less what is drawn."""
    of_age = p.age >= t.adult_age
    first, second = unattended_class(False, p, t), unattended_class(True, p, t)
    both_lost = first == ParentClass.LOST and second == ParentClass.LOST
    orphan = both_lost or orphaned(p, t) == 1
    present = ParentClass.PRESENT in (first, second)
    rate, netted = rate_of(p.placement, t), netted_month(p, t)
    share = t.share_poor if p.poor else t.share_other
    outcome = Outcome.REFUSED
    pay = -1
    if of_age:
        reason = Reason.OF_AGE
    elif orphan:
        reason = Reason.ORPHAN
    elif present:
        reason = Reason.PARENT_PRESENT
    elif rate < 0:
        outcome, reason = Outcome.UNDETERMINED, Reason.RATE_MISSING
    else:
        outcome, reason = Outcome.GRANTED, Reason.DE_FACTO_UNATTENDED
        pay = pay_of(rate, netted, share, t)
        if netted > 0:
            reason = Reason.TOPPED_UP if pay > 0 else Reason.NOTHING_LEFT
    return Result(
        outcome=outcome,
        reason=reason,
        of_age=of_age,
        is_orphan=orphan,
        parent_present=present and not orphan,
        rate_month=rate,
        share_month=rate * share // t.scale if rate >= 0 else -1,
        netted_month=netted,
        pay_month=pay,
    )
