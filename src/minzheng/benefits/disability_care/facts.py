"""The facts, terms and result of the care subsidy: whole numbers only, money in fen."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Final

from attrs import frozen

from minzheng.base.i18n import N_
from minzheng.people import Assistance
from minzheng.rules import Outcome, fact, limited

__all__ = ["LACKS", "PersonFacts", "Reason", "Result", "Terms"]


class Reason(IntEnum):
    """Why the subsidy is granted or not; the first that holds."""

    NONE = 0
    ELIGIBLE = 1
    NOT_SEVERE = 2
    TEKUN = 3
    NO_LONG_TERM_CARE = 4
    WORK_INJURY = 5
    TYPE_UNCLEAR = 6
    AMOUNT_MISSING = 7


LACKS: Final[Mapping[int, str]] = {
    Reason.TYPE_UNCLEAR: "disability_care.grade",
    Reason.AMOUNT_MISSING: "disability_care.amount",
}
"""The series that is missing where the rule leaves a case open."""


@frozen(kw_only=True)
class PersonFacts:
    """The applicant; type and grade are those of the certificate, 0 for no disability."""

    disability_type: int = limited(most=7)
    disability_grade: int = limited(most=4, together="disability_type")
    needs_long_term_care: bool
    assistance: Assistance
    work_injury_care: bool = False


@frozen(kw_only=True)
class Terms:
    """The figures and the law of one place and day. Amounts are fen a month, -1 not held.

    ``grade_*`` is the mildest grade of a type that is eligible, ``unclear_*`` the mildest
    of which the sources differ; 0 for none.
    """

    grade_visual: int
    grade_hearing: int
    grade_speech: int
    grade_physical: int
    grade_intellectual: int
    grade_mental: int
    grade_multiple: int
    unclear_visual: int
    unclear_hearing: int
    unclear_speech: int
    unclear_physical: int
    unclear_intellectual: int
    unclear_mental: int
    unclear_multiple: int
    not_with_tekun: bool
    not_with_work_injury: bool
    dibao_1: int
    dibao_2: int
    dibao_3: int
    dibao_4: int
    other_1: int
    other_2: int
    other_3: int
    other_4: int


@frozen
class Result:
    """The outcome and every test: the explanation of the decision."""

    outcome: Outcome = fact("")
    reason: Reason = fact("")
    not_severe: bool = fact("")
    unclear: bool = fact("")
    is_tekun: bool = fact("")
    no_long_term_care: bool = fact("")
    work_injury: bool = fact("")
    pay_month: int = fact(
        N_("care subsidy"), N_("yuan a month"), "disability_care.amount", shown=(Outcome.GRANTED,)
    )
