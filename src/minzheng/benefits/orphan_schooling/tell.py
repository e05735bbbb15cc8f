"""Telling a result of the schooling aid: the reasons, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from minzheng.base.i18n import N_
from minzheng.base.money import to_yuan
from minzheng.benefits.orphan_schooling.facts import Reason, Result, Terms
from minzheng.benefits.telling import Asked, Told, ground, not_held
from minzheng.benefits.unknowns import Facts
from minzheng.decision import Award, Ground
from minzheng.people import Applicant
from minzheng.rules import Outcome
from minzheng.standards import Per, Standards
from minzheng.standards.reading import Resolved

__all__ = ["tell"]

_SCHOOL = "orphan_schooling.school"
_AMOUNT = "orphan_schooling.amount"
_ADOPTED = "orphan_schooling.adopted"
_GROUNDS: dict[Reason, tuple[str, tuple[str, ...]]] = {
    Reason.AT_SCHOOL: (
        N_("Recognised as an orphan while a minor, of age, and full-time at a school named."),
        (_SCHOOL,),
    ),
    Reason.MINOR: (N_("The aid is for orphans who are of age."), (_AMOUNT,)),
    Reason.NOT_AN_ORPHAN: (
        N_("The person was not recognised as an orphan while a minor."),
        (_AMOUNT,),
    ),
    Reason.ADOPTED: (N_("Adopted, and not disabled."), (_ADOPTED,)),
    Reason.SCHOOL_NOT_NAMED: (
        N_("The measures of this day do not name that kind of school."),
        (_AMOUNT,),
    ),
    Reason.NOT_FULL_TIME: (N_("The studies are not full-time."), (_SCHOOL,)),
    Reason.BROKEN_OFF: (
        N_("The studies were broken off after coming of age."),
        ("orphan_schooling.since_minor",),
    ),
    Reason.OUTSIDE_MAINLAND: (
        N_("The school is not inside the mainland."),
        ("orphan_schooling.in_mainland",),
    ),
    Reason.OUTSIDE_PLAN: (
        N_("The master's course is not under the national plan."),
        ("orphan_schooling.in_plan",),
    ),
    Reason.UNSETTLED_ADOPTION: (
        N_("No rule held for this day says whether somebody who was adopted gets the aid."),
        (),
    ),
    Reason.AMOUNT_MISSING: (
        N_("The conditions are met; the amount of a half-year is not held."),
        (),
    ),
}
_ASIDE = frozenset((*(series for _text, rows in _GROUNDS.values() for series in rows), "age.adult"))


def tell(
    result: Result,
    resolved: Resolved[Terms],
    facts: Facts,
    applicant: Applicant,
    on: date,
    standards: Standards,
) -> Told:
    """What the decision on a student says of the rule's result."""
    granted = result.outcome is Outcome.GRANTED
    award = Award(to_yuan(result.pay_year), Per.YEAR, 1) if granted else None
    words = (facts.case.school.name.lower(),)
    return Told(
        award=award,
        grounds=tuple(_grounds(result, resolved, words)),
        missing=tuple(not_held(_asked(result), standards, applicant.area, on)),
        aside=_ASIDE - {_AMOUNT} if granted else _ASIDE,
        only=((_SCHOOL, words), (_AMOUNT, ("whole" if result.half_years > 1 else "half",))),
    )


def _grounds(
    result: Result, resolved: Resolved[Terms], school: tuple[str, ...]
) -> Iterator[Ground]:
    reasons = [result.reason]
    if result.outcome is Outcome.REFUSED:
        failed = {
            Reason.MINOR: result.minor,
            Reason.NOT_AN_ORPHAN: result.not_an_orphan and not result.minor,
            Reason.ADOPTED: result.adopted,
            Reason.SCHOOL_NOT_NAMED: result.school_not_named and not result.minor,
            Reason.NOT_FULL_TIME: result.not_full_time,
            Reason.BROKEN_OFF: result.broken_off,
            Reason.OUTSIDE_MAINLAND: result.outside_mainland,
            Reason.OUTSIDE_PLAN: result.outside_plan,
        }
        reasons += [reason for reason, fails in failed.items() if fails]
    for reason in dict.fromkeys(reasons):
        yield ground(reason, _GROUNDS, {}, resolved, words=(*school, "whole"))


def _asked(result: Result) -> Iterator[Asked]:
    """The look-ups that a rule's own "undetermined" hangs on."""
    if result.reason is Reason.UNSETTLED_ADOPTION:
        yield _ADOPTED, {}
    elif result.reason is Reason.AMOUNT_MISSING:
        yield _AMOUNT, {"part": "half"}
