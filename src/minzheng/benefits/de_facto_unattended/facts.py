"""The facts, terms and result of the subsidy of children in fact unattended: money in fen."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Final

from attrs import frozen

from minzheng.base.i18n import N_
from minzheng.benefits.child_rate import RateTerms
from minzheng.benefits.drawing import DrawnFacts, NettingTerms
from minzheng.benefits.parents import ParentsFacts, ParentsTerms
from minzheng.people import Placement
from minzheng.rules import Outcome, fact, limited

__all__ = ["LACKS", "PersonFacts", "Reason", "Result", "Terms"]


class Reason(IntEnum):
    """Why the subsidy is granted or not; the first that holds."""

    NONE = 0
    DE_FACTO_UNATTENDED = 1
    TOPPED_UP = 2
    """what is drawn already is taken off"""
    NOTHING_LEFT = 3
    """recognised; what is drawn already reaches the rate"""
    OF_AGE = 4
    ORPHAN = 5
    """both parents are lost: the allowance of orphans is due"""
    PARENT_PRESENT = 6
    RATE_MISSING = 7


LACKS: Final[Mapping[int, str]] = {
    Reason.RATE_MISSING: "orphan.rate",
}
"""The series that is missing where the rule leaves a case open."""


@frozen(kw_only=True)
class PersonFacts(ParentsFacts, DrawnFacts):
    """The child. ``poor``: the family draws dibao or tekun, or is registered as poor."""

    age: int = limited(most=150)
    poor: bool = False
    placement: Placement = Placement.DISPERSED


@frozen(kw_only=True)
class Terms(ParentsTerms, RateTerms, NettingTerms):
    """The figures and the law of one place and day, as whole numbers.

    ``share_*`` are shares of the rate, times ``scale``.
    """

    adult_age: int
    scale: int
    share_poor: int
    share_other: int


_UNLESS_REFUSED = (Outcome.GRANTED, Outcome.UNDETERMINED)


@frozen
class Result:
    """The outcome and every intermediate amount: the explanation of the decision."""

    outcome: Outcome = fact("")
    reason: Reason = fact("")
    of_age: bool = fact("")
    is_orphan: bool = fact("")
    parent_present: bool = fact("")
    rate_month: int = fact(N_("rate of the place"), N_("yuan a month"), shown=_UNLESS_REFUSED)
    share_month: int = fact(
        N_("share of the rate that is due"),
        N_("yuan a month"),
        "de_facto_unattended.share",
        shown=_UNLESS_REFUSED,
    )
    netted_month: int = fact(
        N_("drawn already, and taken off"),
        N_("yuan a month"),
        "de_facto_unattended.netting",
        shown=_UNLESS_REFUSED,
    )
    pay_month: int = fact(N_("payment"), N_("yuan a month"), shown=(Outcome.GRANTED,))
