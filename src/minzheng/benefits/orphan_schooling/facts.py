"""The facts, terms and result of the schooling aid of orphans: money in fen."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Final

from attrs import frozen

from minzheng.base.i18n import N_
from minzheng.people import School
from minzheng.rules import Outcome, fact, limited

__all__ = ["LACKS", "Adopted", "PersonFacts", "Reason", "Result", "Terms"]


class Adopted(IntEnum):
    """What adoption does."""

    UNSETTLED = 0
    """no row held says"""
    EXCLUDED = 1
    UNLESS_DISABLED = 2
    INCLUDED = 3


class Reason(IntEnum):
    """Why the aid is granted or not; the first that holds."""

    NONE = 0
    AT_SCHOOL = 1
    MINOR = 2
    NOT_AN_ORPHAN = 3
    ADOPTED = 4
    SCHOOL_NOT_NAMED = 5
    NOT_FULL_TIME = 6
    BROKEN_OFF = 7
    OUTSIDE_MAINLAND = 8
    OUTSIDE_PLAN = 9
    UNSETTLED_ADOPTION = 10
    AMOUNT_MISSING = 11


LACKS: Final[Mapping[int, str]] = {
    Reason.UNSETTLED_ADOPTION: "orphan_schooling.adopted",
    Reason.AMOUNT_MISSING: "orphan_schooling.amount",
}
"""The series that is missing where the rule leaves a case open."""


@frozen(kw_only=True)
class PersonFacts:
    """The student. ``half_years`` of this school year are attended: 1 or 2."""

    age: int = limited(most=150)
    orphan_as_minor: bool = True
    adopted: bool = False
    disabled: bool = False
    school: School = School.NONE
    full_time: bool = True
    since_minor: bool = True
    in_mainland: bool = True
    in_plan: bool = True
    half_years: int = limited(2, least=1, most=2)


@frozen(kw_only=True)
class Terms:
    """The figures and the law of a day, as whole numbers; an amount of -1 is not held."""

    adult_age: int
    adopted: Adopted
    pays_compulsory: bool
    pays_senior_high: bool
    pays_secondary_vocational: bool
    pays_college: bool
    pays_bachelor: bool
    pays_master: bool
    pays_doctor: bool
    asks_since_minor: bool
    asks_in_mainland: bool
    asks_in_plan: bool
    whole_year: int
    half_year: int


@frozen
class Result:
    """The outcome and every intermediate amount: the explanation of the decision."""

    outcome: Outcome = fact("")
    reason: Reason = fact("")
    minor: bool = fact("")
    not_an_orphan: bool = fact("")
    adopted: bool = fact("")
    school_not_named: bool = fact("")
    not_full_time: bool = fact("")
    broken_off: bool = fact("")
    outside_mainland: bool = fact("")
    outside_plan: bool = fact("")
    half_years: int = fact(
        N_("half-years of the school year that are attended"),
        N_("half-years"),
        shown=(Outcome.GRANTED, Outcome.UNDETERMINED),
    )
    pay_year: int = fact(N_("schooling aid"), N_("yuan a year"), shown=(Outcome.GRANTED,))
