"""The orphans' allowance (孤儿基本生活费) as the law states it, in whole numbers.

Who is an orphan comes from 国办发〔2010〕54号; how long somebody of age is still paid, and
whether children infected with the AIDS virus get the same rate, is each place's own and
stands in ``Terms``.
"""

from __future__ import annotations

from minzheng.benefits.child_rate import rate_of
from minzheng.benefits.orphan.facts import PersonFacts, Reason, Result, Terms
from minzheng.benefits.parents import orphaned
from minzheng.people import School
from minzheng.rules import Outcome

__all__ = ["decide"]


def continues(school: int, t: Terms) -> int:
    """Whether somebody of age is paid at such a school: 1, 0, or -1 not settled."""
    if school == School.COMPULSORY:
        return t.continues_compulsory
    if school == School.SENIOR_HIGH:
        return t.continues_senior_high
    if school == School.SECONDARY_VOCATIONAL:
        return t.continues_secondary_vocational
    if school == School.COLLEGE:
        return t.continues_college
    if school == School.BACHELOR:
        return t.continues_bachelor
    if school == School.MASTER:
        return t.continues_master
    return t.continues_doctor if school == School.DOCTOR else 0


def reason_of_age(p: PersonFacts, t: Terms) -> Reason:
    """Somebody of age: paid to the end of the month of the birthday, or while at school."""
    if not p.orphan_as_minor:
        return Reason.OF_AGE
    if p.birthday_month and t.pays_birthday_month == 1:
        return Reason.BIRTHDAY_MONTH
    at_school = continues(p.school, t)
    if at_school == 1:
        return Reason.AT_SCHOOL
    if p.birthday_month and t.pays_birthday_month < 0:
        return Reason.UNSETTLED_BIRTHDAY_MONTH
    return Reason.UNSETTLED_SCHOOL if at_school < 0 else Reason.OF_AGE


def reason_of_minor(p: PersonFacts, t: Terms) -> Reason:
    """A minor: both parents lost, or not to be found; or infected where the place pays for it."""
    if p.hiv and t.hiv_rate == 1:
        return Reason.HIV
    orphan = orphaned(p, t)
    if p.adopted and t.adoption_ends:
        orphan = 0
    if orphan == 1:
        return Reason.ORPHAN
    if p.hiv and t.hiv_rate < 0:
        return Reason.UNSETTLED_HIV
    if orphan < 0:
        return Reason.UNSETTLED_PARENTS
    return Reason.ADOPTED if p.adopted and t.adoption_ends else Reason.NOT_ORPHANED


def decide(p: PersonFacts, _totals: None, t: Terms) -> Result:
    """Settle the child: age, parents, adoption, and the rate."""
    of_age = p.age >= t.adult_age
    reason = reason_of_minor(p, t)
    if of_age:
        reason = reason_of_age(p, t)
        if p.adopted and t.adoption_ends and reason != Reason.OF_AGE:
            reason = Reason.ADOPTED
    rate = rate_of(p.placement, t)
    outcome = Outcome.UNDETERMINED
    pay = -1
    if reason in (Reason.OF_AGE, Reason.ADOPTED, Reason.NOT_ORPHANED):
        outcome = Outcome.REFUSED
    elif reason <= Reason.AT_SCHOOL and rate >= 0:
        outcome = Outcome.GRANTED
        pay = rate
    elif reason <= Reason.AT_SCHOOL:
        reason = Reason.RATE_MISSING
    return Result(
        outcome=outcome,
        reason=reason,
        of_age=of_age,
        adopted=p.adopted and t.adoption_ends,
        not_orphaned=not of_age and orphaned(p, t) == 0,
        rate_month=rate,
        pay_month=pay,
    )
