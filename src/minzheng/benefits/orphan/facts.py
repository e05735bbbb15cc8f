"""The facts, terms and result of the orphans' allowance: whole numbers only, money in fen."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Final

from attrs import frozen

from minzheng.base.i18n import N_
from minzheng.benefits.child_rate import RateTerms
from minzheng.benefits.parents import ParentsFacts, ParentsTerms
from minzheng.people import Placement, School
from minzheng.rules import Outcome, fact, limited

__all__ = ["LACKS", "PersonFacts", "Reason", "Result", "Terms"]


class Reason(IntEnum):
    """Why the allowance is granted or not; the first that holds."""

    NONE = 0
    ORPHAN = 1
    HIV = 2
    BIRTHDAY_MONTH = 3
    AT_SCHOOL = 4
    OF_AGE = 5
    ADOPTED = 6
    NOT_ORPHANED = 7
    UNSETTLED_BIRTHDAY_MONTH = 8
    UNSETTLED_SCHOOL = 9
    UNSETTLED_PARENTS = 10
    UNSETTLED_HIV = 11
    RATE_MISSING = 12


LACKS: Final[Mapping[int, str]] = {
    Reason.UNSETTLED_BIRTHDAY_MONTH: "orphan.stop",
    Reason.UNSETTLED_SCHOOL: "orphan.continues",
    Reason.UNSETTLED_PARENTS: "orphan.lost_and_untraceable",
    Reason.UNSETTLED_HIV: "orphan.hiv",
    Reason.RATE_MISSING: "orphan.rate",
}
"""The series that is missing where the rule leaves a case open."""


@frozen(kw_only=True)
class PersonFacts(ParentsFacts):
    """The child; ``birthday_month`` says that it came of age in this calendar month."""

    age: int = limited(most=150)
    birthday_month: bool = False
    adopted: bool = False
    hiv: bool = False
    orphan_as_minor: bool = False
    school: School = School.NONE
    placement: Placement = Placement.DISPERSED


@frozen(kw_only=True)
class Terms(ParentsTerms, RateTerms):
    """The figures and the law of one place and day, as whole numbers.

    ``hiv_rate``, ``pays_birthday_month`` and ``continues_*`` are 1 yes, 0 no, -1 not settled
    by any row held.
    """

    adult_age: int
    adoption_ends: bool
    hiv_rate: int
    pays_birthday_month: int
    continues_compulsory: int
    continues_senior_high: int
    continues_secondary_vocational: int
    continues_college: int
    continues_bachelor: int
    continues_master: int
    continues_doctor: int


@frozen
class Result:
    """The outcome and every intermediate amount: the explanation of the decision."""

    outcome: Outcome = fact("")
    reason: Reason = fact("")
    of_age: bool = fact("")
    adopted: bool = fact("")
    not_orphaned: bool = fact("")
    rate_month: int = fact(
        N_("rate of the place"),
        N_("yuan a month"),
        shown=(Outcome.GRANTED, Outcome.UNDETERMINED),
    )
    pay_month: int = fact(N_("payment"), N_("yuan a month"), shown=(Outcome.GRANTED,))
