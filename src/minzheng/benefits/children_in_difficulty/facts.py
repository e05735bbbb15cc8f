"""The facts, terms and result of the allowance of children in difficulty: money in fen."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Final

from attrs import frozen

from minzheng.base.i18n import N_
from minzheng.benefits.child_rate import RateTerms
from minzheng.benefits.drawing import DrawnFacts, NettingTerms
from minzheng.people import Assistance, Placement
from minzheng.rules import Outcome, fact, limited

__all__ = ["LACKS", "Deducted", "PersonFacts", "Reason", "Result", "Terms", "Tier"]


class Tier(IntEnum):
    """The tiers that a place may pay."""

    NONE = 0
    HIV = 1
    """艾滋病病毒感染儿童"""
    POOR_SEVERE = 2
    """重病重残, in a poor family"""
    POOR_OTHER = 3
    """any other child of a poor family"""
    SEVERE = 4
    """重病重残, in another family"""


class Deducted(IntEnum):
    """What is taken from the rate before the share."""

    NOTHING = 0
    DRAWN = 1
    """the benefits that the child draws"""
    DIBAO_STANDARD = 2
    """the dibao standard of the place"""


class Reason(IntEnum):
    """Why the allowance is granted or not; the first that holds."""

    NONE = 0
    IN_TIER = 1
    NOTHING_LEFT = 2
    OF_AGE = 3
    CHILD_ALLOWANCE = 4
    NO_TIER = 5
    NO_TIERS_HELD = 6
    RATE_MISSING = 7
    STANDARD_MISSING = 8


LACKS: Final[Mapping[int, str]] = {
    Reason.NO_TIERS_HELD: "children_in_difficulty.share",
    Reason.RATE_MISSING: "orphan.rate",
    Reason.STANDARD_MISSING: "dibao.standard",
}
"""The series that is missing where the rule leaves a case open."""


@frozen(kw_only=True)
class PersonFacts(DrawnFacts):
    """The child; ``severe`` is the authority's finding, ``assistance`` the family's."""

    age: int = limited(most=150)
    child_allowance: bool = False
    hiv: bool = False
    severe: bool = False
    assistance: Assistance = Assistance.NONE
    placement: Placement = Placement.DISPERSED


@frozen(kw_only=True)
class Terms(RateTerms, NettingTerms):
    """The figures and the law of one place and day, as whole numbers.

    ``share_*`` are shares of the rate times ``scale``, -1 for a tier that the place does not
    pay; ``deducted_*`` are of ``Deducted``; ``standard_month`` is -1 where not held.
    """

    adult_age: int
    scale: int
    share_hiv: int
    share_poor_severe: int
    share_poor_other: int
    share_severe: int
    deducted_hiv: Deducted
    deducted_poor_severe: Deducted
    deducted_poor_other: Deducted
    deducted_severe: Deducted
    poor_dibao: bool
    poor_tekun: bool
    poor_dibao_marginal: bool
    standard_month: int


_UNLESS_REFUSED = (Outcome.GRANTED, Outcome.UNDETERMINED)


@frozen
class Result:
    """The outcome and every intermediate amount: the explanation of the decision."""

    outcome: Outcome = fact("")
    reason: Reason = fact("")
    tier: Tier = fact("")
    of_age: bool = fact("")
    child_allowance: bool = fact("")
    rate_month: int = fact(N_("rate of the place"), N_("yuan a month"), shown=_UNLESS_REFUSED)
    deducted_month: int = fact(
        N_("taken from the rate before the share"),
        N_("yuan a month"),
        "children_in_difficulty.deducted",
        shown=_UNLESS_REFUSED,
    )
    pay_month: int = fact(N_("payment"), N_("yuan a month"), shown=(Outcome.GRANTED,))
