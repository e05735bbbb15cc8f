"""The basic living allowance of orphans (孤儿基本生活费).

Who is an orphan is said by 国办发〔2010〕54号, the allowance by 民发〔2010〕161号. The rates, the
first payment, how long somebody of age is still paid, and whether children infected with the AIDS
virus have the same rate, are rows of each place.

Limitations:
    Whether a child of whom one parent is lost and the other cannot be found is an orphan is in no
    text read: a row ``orphan.lost_and_untraceable`` of the place decides. Infection with the AIDS
    virus is asked only where a row ``orphan.hiv`` pays for it. Nobody who came of age before 1992,
    the year of the first national text found that says who an orphan is, is asked whether he was
    recognised as one; where it is stated it counts. Of Chengde only the floors of the nation and
    of Hebei are available.

Example:
    >>> from datetime import date
    >>> from minzheng.people import *
    >>> child = Person(
    ...     relation=Relation.APPLICANT, birth=date(2012, 3, 1), adopted=False, parents=[
    ...         Parent(state=ParentState.DEAD), Parent(state=ParentState.DECLARED_MISSING)])
    >>> applicant = Applicant(
    ...     id="case-5", area="370202", residence=Residence.URBAN, person=child,
    ...     placement=Placement.DISPERSED)
    >>> orphan.assess(applicant, on=date(2021, 7, 1)).award.amount
    Decimal('1650.00')
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from minzheng.base.i18n import N_
from minzheng.benefits._engine import (
    Ask,
    Benefit,
    Case,
    Reasons,
    Settled,
    Vector,
    age,
    amount,
    code,
    distinct,
    fact,
    figure,
    grant,
    refuse,
    settled,
    undetermined,
)
from minzheng.benefits.common.child_rate import (
    RATE_ROWS,
    ROUNDING,
    Rates,
    asked_rate,
    rate_row,
    rounded,
)
from minzheng.benefits.common.end_of_payment import (
    LAST_MONTH,
    birthday_month,
    change_month_paid,
    monthly_award,
)
from minzheng.benefits.common.parents import (
    PARENT_TESTS,
    ParentFacts,
    ParentRules,
    orphaned,
    parent_words,
)
from minzheng.benefits.common.recognition import (
    RECOGNISED_SINCE,
    greatest_age,
    orphan_as_minor,
    recognised_since,
)
from minzheng.decision import Note
from minzheng.people import Person, Placement, School
from minzheng.rules import Outcome

__all__ = ["orphan"]

_FIRST, _STOP, _CONTINUES = (f"orphan.{each}" for each in ("first_payment", "stop", "continues"))
_DEFINED = ("orphan.conditions", "orphan.parent")


@frozen(kw_only=True)
class Parameters(ParentRules, Rates):
    """The figures and the law of one place and day."""

    defined: bool = figure("orphan.conditions", required=True)
    adult_age: int = figure("age.adult", required=True)
    adoption_ends: bool = figure("orphan.adopted")
    hiv_rate: Settled = settled("orphan.hiv")
    birthday_month: Settled = change_month_paid(_STOP, event="of_age")
    continues: Vector = settled(_CONTINUES, by=("school", School))
    greatest_age: int = greatest_age()


def _school(person: Person, ask: Ask) -> School:
    schooling, continues = person.schooling, ask.p.continues
    kinds = distinct(School, lambda each: _at_school(each, continues))
    if schooling is None:
        return ask.take(None, "schooling", kinds)
    return ask.take(schooling.school, "school", kinds, path=f"{ask.path}.schooling")


def _at_school(school: int, continues: Vector) -> int:
    return Settled.NO if school == School.NONE else continues[school]


def _hiv(person: Person, ask: Ask) -> bool:
    asks = ask.p.hiv_rate == Settled.YES
    return ask.take(person.hiv, "hiv", (False, True), True, True) if asks else person.hiv is True


@frozen(kw_only=True)
class Facts(ParentFacts):
    """The child; ``birthday_month``: it comes of age in this calendar month."""

    age: int = age()
    birthday_month: bool = birthday_month()
    adopted: bool = fact(ends=(True, False), relevant=lambda p: p.adoption_ends)
    hiv: bool = code(_hiv)
    orphan_as_minor: bool = orphan_as_minor()
    school: School = code(_school)
    placement: Placement = fact("applicant.placement", relevant=lambda p: len(set(p.rate)) > 1)


class Reason(Reasons):
    """Why the allowance is granted or not."""

    OF_AGE = refuse(N_("Nobody of age is paid, unless a rule of the place says so."), *_DEFINED)
    BEFORE_RECOGNITION = refuse(
        N_(
            "The person came of age before {since}, when nobody was recognised as an orphan yet; state the recognition where there was one."
        ),
        RECOGNISED_SINCE,
    )
    ADOPTED = refuse(N_("Adoption ends the status of an orphan."), "orphan.adopted")
    NOT_ORPHANED = refuse(
        N_("A parent is alive and to be found, and no court has declared otherwise."), *_DEFINED
    )
    UNSETTLED_BIRTHDAY_MONTH = undetermined(
        N_("No available rule says whether the month of coming of age is still paid."), lacks=_STOP
    )
    UNSETTLED_SCHOOL = undetermined(
        N_("No available rule says whether somebody of age is paid while at that school."),
        lacks=_CONTINUES,
    )
    UNSETTLED_PARENTS = undetermined(
        N_(
            "No available rule says whether one parent lost and one who cannot be found make an orphan."
        ),
        lacks="orphan.lost_and_untraceable",
    )
    UNSETTLED_HIV = undetermined(
        N_("No available rule says whether children infected with the AIDS virus get the rate."),
        lacks="orphan.hiv",
    )
    RATE_MISSING = undetermined(
        N_("The conditions are met; the rate of the place is not available."), lacks="orphan.rate"
    )
    ORPHAN = grant(
        N_("A minor whose parents are both lost, or cannot be found, is an orphan."), *_DEFINED
    )
    HIV = grant(N_("A minor infected with the AIDS virus gets the rate of orphans."), "orphan.hiv")
    BIRTHDAY_MONTH = grant(
        N_("Recognised as an orphan before coming of age in this month, which is still paid."),
        _STOP,
    )
    AT_SCHOOL = grant(
        N_("Recognised as an orphan while a minor, and still at a school for which is paid."),
        _CONTINUES,
    )


@frozen
class Result:
    """The outcome, its reasons and the amounts."""

    outcome: Outcome = amount()
    reasons: int = amount()
    rate_month: int = amount(
        N_("rate of the place"),
        N_("yuan a month"),
        shown=(Outcome.GRANTED, Outcome.UNDETERMINED),
    )
    pay_month: int = amount(N_("payment"), N_("yuan a month"), shown=(Outcome.GRANTED,))


def of_age(f: Facts, p: Parameters) -> int:
    """The reason for somebody of age: paid to the end of the month of the birthday, or at school."""
    if not f.orphan_as_minor:
        return Reason.OF_AGE | Reason.BEFORE_RECOGNITION * (f.age > p.greatest_age)
    if f.birthday_month and p.birthday_month == Settled.YES:
        return Reason.BIRTHDAY_MONTH
    school = f.school
    at_school = Settled.NO if school == School.NONE else p.continues[school]
    if at_school == Settled.YES:
        return Reason.AT_SCHOOL
    if f.birthday_month and p.birthday_month == Settled.OPEN:
        return Reason.UNSETTLED_BIRTHDAY_MONTH
    return Reason.UNSETTLED_SCHOOL if at_school == Settled.OPEN else Reason.OF_AGE


def minor(f: Facts, p: Parameters) -> int:
    """The reason for a minor: both parents lost or untraceable, or infected where that is paid."""
    if f.hiv and p.hiv_rate == Settled.YES:
        return Reason.HIV
    orphan = orphaned(f, p)
    adopted = p.adoption_ends and f.adopted
    if orphan == Settled.YES and not adopted:
        return Reason.ORPHAN
    if f.hiv and p.hiv_rate == Settled.OPEN:
        return Reason.UNSETTLED_HIV
    if orphan == Settled.OPEN and not adopted:
        return Reason.UNSETTLED_PARENTS
    return Reason.ADOPTED * adopted | Reason.NOT_ORPHANED * (orphan == Settled.NO)


def decide(f: Facts, p: Parameters) -> Result:
    """Settle the child: age, parents, adoption, and the rate."""
    if f.age < p.adult_age:
        reasons = minor(f, p)
    else:
        reasons = of_age(f, p)
        if p.adoption_ends and f.adopted:
            reasons = reasons & (Reason.OF_AGE | Reason.BEFORE_RECOGNITION) | Reason.ADOPTED
    if reasons < Reason.UNSETTLED_BIRTHDAY_MONTH:
        return Result(Outcome.REFUSED, reasons, -1, -1)
    rate = p.rate[f.placement]
    if reasons < Reason.RATE_MISSING:
        return Result(Outcome.UNDETERMINED, reasons, rate, -1)
    if rate < 0:
        return Result(Outcome.UNDETERMINED, Reason.RATE_MISSING, rate, -1)
    return Result(Outcome.GRANTED, reasons, rate, rate)


def _keys(case: Case) -> dict[str, str]:
    """Of what an open case lacks."""
    reasons = case.result.reasons
    if reasons & Reason.UNSETTLED_BIRTHDAY_MONTH:
        return {"event": "of_age"}
    if reasons & Reason.UNSETTLED_SCHOOL:
        return {"school": School(case.facts.school).name.lower()}
    return {"placement": case.facts.placement.name.lower()} if reasons & Reason.RATE_MISSING else {}


def _words(case: Case) -> dict[str, tuple[str, ...]]:
    if case.result.reasons & Reason.AT_SCHOOL:
        return {_CONTINUES: (School(case.facts.school).name.lower(),)}
    is_minor = case.facts.age < case.p.adult_age
    return {"orphan.parent": parent_words(case.facts) if is_minor else ()}


def _last_month(case: Case) -> bool:
    return bool(case.result.reasons & Reason.BIRTHDAY_MONTH)


_NO_FIRST = N_("No available rule says from which month the allowance is paid.")


def _notes(case: Case) -> Iterator[Note]:
    yield from rounded(case)
    if _last_month(case):
        yield Note(LAST_MONTH)
    elif _FIRST not in case.resolved.held:
        yield Note(_NO_FIRST)


orphan: Benefit = Benefit(
    name="orphan",
    title=N_("Basic living allowance of orphans"),
    Facts=Facts,
    Parameters=Parameters,
    Reason=Reason,
    Result=Result,
    decide=decide,
    keys=_keys,
    paid=rate_row,
    first=_FIRST,
    award=lambda case, _found: monthly_award(case, _FIRST, _last_month(case)),
    values=lambda case: {"since": recognised_since(case)},
    words=_words,
    notes=_notes,
    asked=lambda case: asked_rate(orphan, case, Reason.RATE_MISSING),
    when_granted=(_FIRST, *RATE_ROWS),
    aside=("age.adult", *PARENT_TESTS.values(), "orphan.lost_and_untraceable", *ROUNDING),
)
