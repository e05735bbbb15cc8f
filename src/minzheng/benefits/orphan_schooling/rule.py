"""The schooling aid of orphans (福彩圆梦·孤儿助学) as its measures state it, in whole numbers.

民办发〔2019〕24号 and the revision of 2025; what each asks stands in ``Terms``.
"""

from __future__ import annotations

from minzheng.benefits.orphan_schooling.facts import Adopted, PersonFacts, Reason, Result, Terms
from minzheng.people import School
from minzheng.rules import Outcome

__all__ = ["decide"]


def pays(school: int, t: Terms) -> bool:
    """Whether the measures name a kind of school."""
    if school == School.COMPULSORY:
        return t.pays_compulsory
    if school == School.SENIOR_HIGH:
        return t.pays_senior_high
    if school == School.SECONDARY_VOCATIONAL:
        return t.pays_secondary_vocational
    if school == School.COLLEGE:
        return t.pays_college
    if school == School.BACHELOR:
        return t.pays_bachelor
    if school == School.MASTER:
        return t.pays_master
    return t.pays_doctor and school == School.DOCTOR


def out_by_adoption(p: PersonFacts, t: Terms) -> bool:
    """2025: somebody adopted is out, unless disabled."""
    if not p.adopted:
        return False
    return t.adopted == Adopted.EXCLUDED or (
        t.adopted == Adopted.UNLESS_DISABLED and not p.disabled
    )


def refusal_of(p: PersonFacts, t: Terms) -> Reason:
    """The first condition that is not met; none when all are."""
    if p.age < t.adult_age:
        return Reason.MINOR
    if not p.orphan_as_minor:
        return Reason.NOT_AN_ORPHAN
    if out_by_adoption(p, t):
        return Reason.ADOPTED
    if not pays(p.school, t):
        return Reason.SCHOOL_NOT_NAMED
    if not p.full_time:
        return Reason.NOT_FULL_TIME
    if t.asks_since_minor and not p.since_minor:
        return Reason.BROKEN_OFF
    if t.asks_in_mainland and not p.in_mainland:
        return Reason.OUTSIDE_MAINLAND
    if t.asks_in_plan and p.school == School.MASTER and not p.in_plan:
        return Reason.OUTSIDE_PLAN
    return Reason.NONE


def decide(p: PersonFacts, _totals: None, t: Terms) -> Result:
    """Settle the student: orphan, adoption, school, and the amount of the school year."""
    reason = refusal_of(p, t)
    outcome = Outcome.REFUSED
    amount = t.whole_year if p.half_years > 1 else t.half_year
    pay = -1
    if reason == Reason.NONE:
        outcome = Outcome.UNDETERMINED
        if p.adopted and t.adopted == Adopted.UNSETTLED:
            reason = Reason.UNSETTLED_ADOPTION
        elif amount < 0:
            reason = Reason.AMOUNT_MISSING
        else:
            outcome, reason, pay = Outcome.GRANTED, Reason.AT_SCHOOL, amount
    return Result(
        outcome=outcome,
        reason=reason,
        minor=p.age < t.adult_age,
        not_an_orphan=not p.orphan_as_minor,
        adopted=out_by_adoption(p, t),
        school_not_named=not pays(p.school, t),
        not_full_time=not p.full_time,
        broken_off=t.asks_since_minor and not p.since_minor,
        outside_mainland=t.asks_in_mainland and not p.in_mainland,
        outside_plan=t.asks_in_plan and p.school == School.MASTER and not p.in_plan,
        half_years=p.half_years,
        pay_year=pay,
    )
