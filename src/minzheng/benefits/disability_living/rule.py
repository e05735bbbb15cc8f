"""The living subsidy (困难残疾人生活补贴) as the law states it, in whole numbers.

国发〔2015〕52号: disabled persons of dibao families, where a place says so of others too;
not beside support or allowances of the same purpose. Every choice stands in ``Terms``.
"""

from __future__ import annotations

from minzheng.benefits.disability_living.facts import PersonFacts, Reason, Result, Terms
from minzheng.people import Assistance
from minzheng.rules import Outcome

__all__ = ["decide"]


def is_in_class(p: PersonFacts, t: Terms) -> bool:
    """Whether the family's class is one that the place helps."""
    if p.assistance == Assistance.DIBAO:
        return t.dibao
    return t.edge if p.assistance == Assistance.DIBAO_MARGINAL else t.others


def amount_of(p: PersonFacts, t: Terms) -> int:
    """Fen a month of the class; -1 when not held."""
    if p.assistance == Assistance.DIBAO:
        return t.amount_dibao
    return t.amount_dibao_marginal if p.assistance == Assistance.DIBAO_MARGINAL else t.amount_others


def decide(p: PersonFacts, _totals: None, t: Terms) -> Result:
    """Settle the person: disability and class, then what excludes the subsidy."""
    is_tekun = p.assistance == Assistance.TEKUN and t.not_with_tekun
    not_in_class = not is_tekun and not is_in_class(p, t)
    work_injury = p.work_injury_care and t.not_with_work_injury
    child_allowance = p.full_child_allowance and t.not_with_child_allowance
    retired_cadre = p.retired_cadre and t.not_with_retired_cadre
    amount = amount_of(p, t)
    reason = Reason.ELIGIBLE
    if not p.disabled:
        reason = Reason.NOT_DISABLED
    elif is_tekun:
        reason = Reason.TEKUN
    elif not_in_class:
        reason = Reason.NOT_IN_CLASS
    elif work_injury:
        reason = Reason.WORK_INJURY
    elif child_allowance:
        reason = Reason.CHILD_ALLOWANCE
    elif retired_cadre:
        reason = Reason.RETIRED_CADRE
    elif amount < 0:
        reason = Reason.AMOUNT_MISSING
    outcome = Outcome.REFUSED
    if reason == Reason.ELIGIBLE:
        outcome = Outcome.GRANTED
    elif reason == Reason.AMOUNT_MISSING:
        outcome = Outcome.UNDETERMINED
    return Result(
        outcome=outcome,
        reason=reason,
        not_disabled=not p.disabled,
        is_tekun=is_tekun,
        not_in_class=not_in_class,
        work_injury=work_injury,
        child_allowance=child_allowance,
        retired_cadre=retired_cadre,
        pay_month=amount if outcome == Outcome.GRANTED else 0,
    )
