"""The facts and result of the recognition of edge families: whole numbers only, money in fen.

Persons, property and terms are those of the means test of dibao, from which an edge
family is told apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Final

from attrs import frozen

from minzheng.base.i18n import N_
from minzheng.benefits.dibao.facts import (
    MeansFacts as MemberFacts,
)
from minzheng.benefits.dibao.facts import (
    MeansTerms as Terms,
)
from minzheng.benefits.dibao.facts import Position, PropertyFacts
from minzheng.benefits.dibao.facts import (
    Reason as PropertyReason,
)
from minzheng.rules import Outcome, fact

__all__ = [
    "LACKS",
    "HouseholdFacts",
    "MemberFacts",
    "Position",
    "PropertyReason",
    "Reason",
    "Result",
    "Terms",
    "Totals",
]


class Reason(IntEnum):
    """Why a household is recognised or not; the first that holds."""

    NONE = 0
    IN_THE_BAND = 1
    """the income lies between the standard and the edge line"""
    DIBAO_PROPERTY = 2
    """the income is lower than the standard, but the property keeps it from dibao"""
    NO_MEMBERS = 3
    ABOVE_THE_LINE = 4
    QUALIFIES_FOR_DIBAO = 5
    PROPERTY_RULE = 6
    LINE_MISSING = 7
    UNSETTLED_INCOME = 8


LACKS: Final[Mapping[int, str]] = {
    Reason.LINE_MISSING: "dibao_marginal.ratio",
    Reason.UNSETTLED_INCOME: "dibao.income.counted",
}
"""The series that is missing where the rule leaves a case open."""


@frozen
class HouseholdFacts(PropertyFacts):
    """What the household owns, as the dibao test asks, and how the rule for edge families finds it."""

    meets_dibao_marginal_rule: bool = True


@frozen
class Totals:
    """What the members add up to; ``income_scaled`` is fen a year times ``Terms.scale``."""

    size: int = 0
    income_scaled: int = 0
    unsettled_year: int = 0


@frozen
class Result:
    """The outcome and every intermediate amount: the explanation of the decision."""

    outcome: Outcome = fact("")
    reason: Reason = fact("")
    property_reason: PropertyReason = fact("")
    position: Position = fact("")
    size: int = fact(
        N_("members of the household who count"), N_("persons"), "dibao.member.defined"
    )
    income_year: int = fact(
        N_("counted household income"), N_("yuan a year"), "dibao.income.counted"
    )
    unsettled_year: int = fact("")
    limit_year: int = fact(
        N_("standard times members"), N_("yuan a year"), "dibao.income.inclusive"
    )
    line_year: int = fact(
        N_("edge line times members"), N_("yuan a year"), "dibao_marginal.inclusive"
    )
