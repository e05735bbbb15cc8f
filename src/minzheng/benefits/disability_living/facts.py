"""The facts, terms and result of the living subsidy: whole numbers only, money in fen."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Final

from attrs import frozen

from minzheng.base.i18n import N_
from minzheng.people import Assistance
from minzheng.rules import Outcome, fact

__all__ = ["LACKS", "PersonFacts", "Reason", "Result", "Terms"]


class Reason(IntEnum):
    """Why the subsidy is granted or not; the first that holds."""

    NONE = 0
    ELIGIBLE = 1
    NOT_DISABLED = 2
    TEKUN = 3
    NOT_IN_CLASS = 4
    WORK_INJURY = 5
    CHILD_ALLOWANCE = 6
    RETIRED_CADRE = 7
    AMOUNT_MISSING = 8


LACKS: Final[Mapping[int, str]] = {
    Reason.AMOUNT_MISSING: "disability_living.amount",
}
"""The series that is missing where the rule leaves a case open."""


@frozen(kw_only=True)
class PersonFacts:
    """The applicant; enumerations are those of ``minzheng.people``."""

    disabled: bool
    assistance: Assistance
    work_injury_care: bool = False
    full_child_allowance: bool = False
    retired_cadre: bool = False


@frozen(kw_only=True)
class Terms:
    """The figures and the law of one place and day. Amounts are fen a month, -1 not held.

    ``not_with_*`` says that who draws the other benefit has no living subsidy.
    """

    dibao: bool
    edge: bool
    others: bool
    not_with_tekun: bool
    not_with_work_injury: bool
    not_with_child_allowance: bool
    not_with_retired_cadre: bool
    amount_dibao: int
    amount_dibao_marginal: int
    amount_others: int


@frozen
class Result:
    """The outcome and every test: the explanation of the decision."""

    outcome: Outcome = fact("")
    reason: Reason = fact("")
    not_disabled: bool = fact("")
    is_tekun: bool = fact("")
    not_in_class: bool = fact("")
    work_injury: bool = fact("")
    child_allowance: bool = fact("")
    retired_cadre: bool = fact("")
    pay_month: int = fact(
        N_("living subsidy"),
        N_("yuan a month"),
        "disability_living.amount",
        shown=(Outcome.GRANTED,),
    )
