"""The facts, terms and result of the old-age allowance: whole numbers only, money in fen."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Final

from attrs import frozen

from minzheng.base.i18n import N_
from minzheng.rules import Outcome, fact, limited

__all__ = ["LACKS", "PersonFacts", "Reason", "Result", "Terms"]


class Reason(IntEnum):
    """Why the allowance is granted or not."""

    NONE = 0
    OF_AGE = 1
    TOO_YOUNG = 2
    AMOUNT_MISSING = 3


LACKS: Final[Mapping[int, str]] = {
    Reason.AMOUNT_MISSING: "old_age_allowance.amount",
}
"""The series that is missing where the rule leaves a case open."""


@frozen(kw_only=True)
class PersonFacts:
    """The applicant.

    Attributes:
        age: full years on the day.
        age_in_month: full years at the end of the day's month.
        in_hardship: found in hardship under the rule of the place.
    """

    age: int = limited(most=150)
    age_in_month: int = limited(most=150)
    in_hardship: bool = False


@frozen(kw_only=True)
class Terms:
    """The figures and the law of one place and day. Amounts are fen a year, -1 not held.

    ``general_80`` is the amount of the band that begins at 80, ``hardship_80`` that of
    persons in hardship; ``birthday_month`` says that the month of the birthday counts.
    """

    from_age: int
    birthday_month: bool
    general_60: int
    general_70: int
    general_75: int
    general_80: int
    general_85: int
    general_90: int
    general_95: int
    general_100: int
    hardship_60: int
    hardship_70: int
    hardship_75: int
    hardship_80: int
    hardship_85: int
    hardship_90: int
    hardship_95: int
    hardship_100: int


@frozen
class Result:
    """The outcome and every intermediate amount: the explanation of the decision."""

    outcome: Outcome = fact("")
    reason: Reason = fact("")
    age: int = fact(N_("age that counts"), N_("years"), "old_age_allowance.from")
    band: int = fact(N_("band begins at"), N_("years"), shown=(Outcome.GRANTED,), none=0)
    pay_year: int = fact(
        N_("old-age allowance"),
        N_("yuan a year"),
        "old_age_allowance.amount",
        shown=(Outcome.GRANTED,),
    )
