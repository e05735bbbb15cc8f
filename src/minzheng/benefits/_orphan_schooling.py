"""The schooling aid of orphans (福彩圆梦·孤儿助学): for orphans of age at school, by the school year.

民办发〔2019〕24号 (from 2019-08-01, a day that is assumed), and the revision reported on 2025-04-14,
whose own first day is not known.

Limitations:
    It is paid by the month or the quarter, as the province decides: a row
    ``orphan_schooling.instalments`` says in how many instalments, and the decision states each;
    none is bundled. The 5,000 yuan of a half-year are implied by what a county paid. The measures
    of 2019 were read in the notice of a county only: they say nothing of somebody who was adopted.
    Nobody who came of age before 1992 is asked whether he was recognised as an orphan.

Example:
    >>> from datetime import date
    >>> from minzheng.people import *
    >>> student = Person(
    ...     relation=Relation.APPLICANT, birth=date(2001, 3, 1), orphan_as_minor=True,
    ...     adopted=False, schooling=Schooling(
    ...         school=School.BACHELOR, full_time=True, half_years=2))
    >>> applicant = Applicant(
    ...     id="case-7", area="130822", residence=Residence.RURAL, person=student)
    >>> orphan_schooling.assess(applicant, on=date(2020, 9, 1)).award.amount
    Decimal('10000.00')
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

from attrs import frozen

from minzheng.base.i18n import N_
from minzheng.base.money import to_yuan
from minzheng.benefits._engine import (
    Benefit,
    Case,
    Reasons,
    Vector,
    age,
    amount,
    distinct,
    fact,
    figure,
    grant,
    refuse,
    term,
    undetermined,
)
from minzheng.benefits.common.recognition import (
    RECOGNISED_SINCE,
    greatest_age,
    orphan_as_minor,
    recognised_since,
)
from minzheng.decision import Award, Note
from minzheng.people import School
from minzheng.rules import Outcome
from minzheng.standards import Per

__all__ = ["orphan_schooling"]

_SCHOOL, _AMOUNT, _ADOPTED, _SINCE, _MAINLAND, _PLAN, _INSTALMENTS = (
    f"orphan_schooling.{each}"
    for each in (
        *("school", "amount", "adopted", "since_minor", "in_mainland", "in_plan"),
        "instalments",
    )
)


class Part(IntEnum):
    """How many half-years of the school year are attended."""

    HALF, WHOLE = 1, 2


class Adopted(IntEnum):
    """What adoption does."""

    OPEN, EXCLUDED, UNLESS_DISABLED, INCLUDED = range(4)


@frozen(kw_only=True)
class Parameters:
    """The figures and the law of a day; amounts are fen a school year, -1 not available."""

    adult_age: int = figure("age.adult", required=True)
    amount: Vector = figure(_AMOUNT, by=("part", Part))
    whole_year: int = figure(_AMOUNT, part="whole", required=True)
    adopted: Adopted = term(_ADOPTED, Adopted, otherwise=Adopted.OPEN)
    paid_at: Vector = figure(_SCHOOL, by=("school", School))
    since_minor: bool = figure(_SINCE)
    in_mainland: bool = figure(_MAINLAND)
    in_plan: bool = figure(_PLAN)
    instalments: int = figure(_INSTALMENTS, otherwise=0)
    greatest_age: int = greatest_age()


def _schools(p: Parameters) -> tuple[School, ...]:
    """Kinds of school, one of each that the measures treat alike; a master's may be asked more."""
    return distinct(School, lambda each: (p.paid_at[each], each is School.MASTER))


@frozen(kw_only=True)
class Facts:
    """The student. ``half_years`` of this school year are attended: 1 or 2."""

    age: int = age()
    orphan_as_minor: bool = orphan_as_minor()
    adopted: bool = fact(ends=(True, False), relevant=lambda p: p.adopted != Adopted.INCLUDED)
    disabled: bool = fact(
        ends=(False, True), relevant=lambda p: p.adopted == Adopted.UNLESS_DISABLED
    )
    school: School = fact("schooling.school", domain=_schools)
    full_time: bool = fact("schooling.full_time", ends=(False, True))
    since_minor: bool = fact(
        "schooling.since_minor", ends=(False, True), relevant=lambda p: p.since_minor
    )
    in_mainland: bool = fact(
        "schooling.in_mainland", ends=(False, True), relevant=lambda p: p.in_mainland
    )
    in_plan: bool = fact("schooling.in_plan", ends=(False, True), relevant=lambda p: p.in_plan)
    half_years: int = fact("schooling.half_years", domain=(1, 2), least=1, most=2)


class Reason(Reasons):
    """Why the aid is granted or not."""

    MINOR = refuse(N_("The aid is for orphans who are of age."), _AMOUNT)
    NOT_AN_ORPHAN = refuse(N_("The person was not recognised as an orphan while a minor."), _AMOUNT)
    BEFORE_RECOGNITION = refuse(
        N_(
            "The person came of age before {since}, when nobody was recognised as an orphan yet; state the recognition where there was one."
        ),
        RECOGNISED_SINCE,
    )
    ADOPTED = refuse(N_("Adopted, and not disabled."), _ADOPTED)
    SCHOOL_NOT_NAMED = refuse(
        N_("The measures of this day do not name that kind of school."), _AMOUNT
    )
    NOT_FULL_TIME = refuse(N_("The studies are not full-time."), _SCHOOL)
    BROKEN_OFF = refuse(N_("The studies were broken off after coming of age."), _SINCE)
    OUTSIDE_MAINLAND = refuse(N_("The school is not inside the mainland."), _MAINLAND)
    OUTSIDE_PLAN = refuse(N_("The master's course is not under the national plan."), _PLAN)
    UNSETTLED_ADOPTION = undetermined(
        N_(
            "No rule available for this day says whether somebody who was adopted is eligible for the aid."
        ),
        lacks=_ADOPTED,
    )
    AMOUNT_MISSING = undetermined(
        N_("The conditions are met; the amount of a half-year is not available."), lacks=_AMOUNT
    )
    AT_SCHOOL = grant(
        N_("Recognised as an orphan while a minor, of age, and full-time at a school named."),
        _SCHOOL,
    )


@frozen
class Result:
    """The outcome, its reasons and the amounts."""

    outcome: Outcome = amount()
    reasons: int = amount()
    half_years: int = amount(
        N_("half-years of the school year that are attended"),
        N_("half-years"),
        shown=(Outcome.GRANTED, Outcome.UNDETERMINED),
    )
    pay_year: int = amount(N_("schooling aid"), N_("yuan a year"), shown=(Outcome.GRANTED,))


def refusals(f: Facts, p: Parameters) -> int:
    """Every condition that somebody of age does not meet."""
    if not f.orphan_as_minor and f.age > p.greatest_age:
        return Reason.NOT_AN_ORPHAN | Reason.BEFORE_RECOGNITION
    excluded = f.adopted and (
        p.adopted == Adopted.EXCLUDED or (p.adopted == Adopted.UNLESS_DISABLED and not f.disabled)
    )
    school = f.school
    return (
        Reason.NOT_AN_ORPHAN * (not f.orphan_as_minor)
        | Reason.ADOPTED * excluded
        | Reason.SCHOOL_NOT_NAMED * (not p.paid_at[school])
        | Reason.NOT_FULL_TIME * (not f.full_time)
        | Reason.BROKEN_OFF * (p.since_minor and not f.since_minor)
        | Reason.OUTSIDE_MAINLAND * (p.in_mainland and not f.in_mainland)
        | Reason.OUTSIDE_PLAN * (p.in_plan and school == School.MASTER and not f.in_plan)
    )


def decide(f: Facts, p: Parameters) -> Result:
    """Settle the student: age first, then orphan, adoption, school, and the amount of the year."""
    if f.age < p.adult_age:
        return Result(Outcome.REFUSED, Reason.MINOR, 0, -1)
    against = refusals(f, p)
    if against:
        return Result(Outcome.REFUSED, against, 0, -1)
    halves = f.half_years
    if p.adopted == Adopted.OPEN and f.adopted:
        return Result(Outcome.UNDETERMINED, Reason.UNSETTLED_ADOPTION, halves, -1)
    pay = p.amount[halves]
    if pay < 0:
        return Result(Outcome.UNDETERMINED, Reason.AMOUNT_MISSING, halves, -1)
    return Result(Outcome.GRANTED, Reason.AT_SCHOOL, halves, pay)


def _word(case: Case) -> str:
    return Part(case.facts.half_years).name.lower()


def _words(case: Case) -> dict[str, tuple[str, ...]]:
    """Age first: the school is not asked of a minor, nor of who was never an orphan."""
    early = Reason.MINOR | Reason.BEFORE_RECOGNITION
    school = "none" if case.result.reasons & early else School(case.facts.school).name.lower()
    part = "whole" if case.result.outcome == Outcome.REFUSED else _word(case)
    return {_SCHOOL: (school,), _AMOUNT: (part,)}


_BY_PROVINCE = N_(
    "It is paid by the month or the quarter, as the province decides; no rule is available."
)
_PAID_IN = N_("It is paid in {count} instalments of {each}, the last of which is {last}.")


def _notes(case: Case) -> Iterator[Note]:
    count, year = case.p.instalments, case.result.pay_year
    if count > 0:
        each = year // count
        last = year - each * (count - 1)
        yield Note(_PAID_IN, {"count": count, "each": to_yuan(each), "last": to_yuan(last)})
    else:
        yield Note(_BY_PROVINCE)


orphan_schooling = Benefit(
    name="orphan_schooling",
    title=N_("Schooling aid of orphans"),
    Facts=Facts,
    Parameters=Parameters,
    Reason=Reason,
    Result=Result,
    decide=decide,
    pays=_AMOUNT,
    keys=lambda case: {"part": _word(case)},
    award=lambda case, _found: Award(to_yuan(case.result.pay_year), Per.YEAR, 1),
    values=lambda case: {"since": recognised_since(case)},
    words=_words,
    notes=_notes,
    when_granted=(_INSTALMENTS,),
    aside=("age.adult", RECOGNISED_SINCE),
)
