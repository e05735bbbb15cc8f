"""Care vouchers (养老服务消费补贴) as reported, in whole numbers.

From 2026-01-01 elders of moderate incapacity or worse have a share of what they spend on
care borne, up to a ceiling a month. Every choice stands in ``Terms``.
"""

from __future__ import annotations

from minzheng.base.money import Mode, round_fen
from minzheng.benefits.care_voucher.facts import PersonFacts, Reason, Result, Terms
from minzheng.people import Assistance, CareService
from minzheng.rules import Outcome

__all__ = ["decide"]


def share_of(p: PersonFacts, t: Terms) -> int:
    """The share of the service, times ``t.scale``; -1 when not held."""
    if p.service == CareService.HOME:
        return t.share_home
    return t.share_institution if p.service == CareService.INSTITUTION else t.share_day_care


def decide(p: PersonFacts, _totals: None, t: Terms) -> Result:
    """Settle the person: age, level and what excludes vouchers; then the share and the ceiling."""
    not_elderly = p.age < t.from_age
    not_incapacitated = p.level < t.from_level
    is_tekun = p.assistance == Assistance.TEKUN and t.not_with_tekun
    centralised = p.centralised_care and t.not_with_centralised_care
    improvement = p.improvement_action and t.not_with_improvement_action
    share = share_of(p, t)
    computed = round_fen(p.care_month * max(share, 0), t.scale, 1, Mode.HALF_UP)
    reason = Reason.ELIGIBLE
    if not_elderly:
        reason = Reason.NOT_ELDERLY
    elif not_incapacitated:
        reason = Reason.NOT_INCAPACITATED
    elif is_tekun:
        reason = Reason.TEKUN
    elif centralised:
        reason = Reason.CENTRALISED_CARE
    elif improvement:
        reason = Reason.IMPROVEMENT_ACTION
    elif p.care_month == 0:
        reason = Reason.NO_SPENDING
    elif share < 0:
        reason = Reason.SHARE_MISSING
    outcome = Outcome.REFUSED
    if reason == Reason.ELIGIBLE:
        outcome = Outcome.GRANTED
    elif reason == Reason.SHARE_MISSING:
        outcome = Outcome.UNDETERMINED
    granted = outcome == Outcome.GRANTED
    return Result(
        outcome=outcome,
        reason=reason,
        not_elderly=not_elderly,
        not_incapacitated=not_incapacitated,
        is_tekun=is_tekun,
        centralised_care=centralised,
        improvement_action=improvement,
        no_spending=p.care_month == 0,
        care_month=p.care_month,
        computed_month=computed,
        capped=granted and computed > t.cap,
        pay_month=min(computed, t.cap) if granted else 0,
    )
