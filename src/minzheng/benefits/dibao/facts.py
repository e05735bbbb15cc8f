"""The facts, terms and result of dibao: whole numbers only, money in fen."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Final

from attrs import frozen

from minzheng.base.i18n import N_
from minzheng.benefits.members import FamilyMember, FamilyTerms
from minzheng.rules import Outcome, fact, limited

__all__ = [
    "LACKS",
    "Group",
    "HouseholdFacts",
    "MeansFacts",
    "MeansTerms",
    "MemberFacts",
    "Position",
    "PropertyFacts",
    "Reason",
    "Result",
    "Terms",
    "Totals",
]


class Group(IntEnum):
    """Groups that the law of some day lets apply alone; bits of one number."""

    SEVERE_DISABILITY = 1
    GRADE_3_MENTAL = 2
    SERIOUS_ILLNESS = 4
    CLERGY = 8
    ELDERLY = 16
    MINOR = 32
    UNEMPLOYED_SEVERE_DISABILITY = 64
    SEVERE_DISABILITY_OWN_REGISTER = 128
    SPECIAL_HARDSHIP = 256


class Position(IntEnum):
    """Where the counted income per person stands."""

    BELOW = 1
    """lower than the standard"""
    EDGE = 2
    """not lower than the standard, within the edge line"""
    ABOVE = 3
    """above the edge line, or the law of the day knows no edge band"""
    UNKNOWN = 4
    """not lower than the standard, and no edge line is held"""


class Reason(IntEnum):
    """Why a household is granted or refused; the first that holds."""

    NONE = 0
    INCOME_LOWER = 1
    SINGLE_PERSONS = 2
    NO_MEMBERS = 3
    PROPERTY_RULE = 4
    FINANCIAL_ASSETS = 5
    HOMES = 6
    FLOOR_AREA = 7
    CAR = 8
    LUXURY = 9
    VISIBLE_LIVING = 10
    INCOME_NOT_LOWER = 11
    UNSETTLED_INCOME = 12
    EDGE_LINE_MISSING = 13
    DIBAO_MARGINAL = 14
    """said beside another: the income is within the edge line"""


LACKS: Final[Mapping[int, str]] = {
    Reason.UNSETTLED_INCOME: "dibao.income.counted",
    Reason.EDGE_LINE_MISSING: "dibao_marginal.ratio",
}
"""The series that is missing where the rule leaves a case open."""


@frozen(kw_only=True)
class MeansFacts(FamilyMember):
    """One person, as far as the means test asks. Amounts are fen a year."""

    medical_year: int = 0
    disability_cost_year: int = 0


@frozen(kw_only=True)
class MemberFacts(MeansFacts):
    """One person. ``disability_type`` is a ``DisabilityType``, 0 for none."""

    disability_type: int = limited(0, most=7)
    disability_grade: int = limited(0, most=4, together="disability_type")
    seriously_ill: bool = False
    employed: bool = False
    labour_ability: bool = True
    own_register: bool = False
    special_hardship: bool = False


@frozen
class PropertyFacts:
    """What the household owns; ``floor_area`` is in hundredths of a square metre."""

    financial_assets: int = 0
    homes: int = 0
    floor_area: int = 0
    cars: int = 0
    mobility_cars: int = limited(0, within="cars")
    luxury: bool = False
    visibly_above: bool = False
    meets_rule: bool = True


@frozen
class HouseholdFacts(PropertyFacts):
    """What is known of the household as a whole.

    ``band_month`` is the band paid per person in fen a month, where bands are paid.
    """

    band_month: int = 0
    in_hardship: bool = False


@frozen
class Totals:
    """What the members add up to.

    Amounts named ``scaled`` are fen a year times ``Terms.scale``, so that shares
    such as 1/5 of a wage stay whole numbers. The single-person sums are fen a month.
    """

    size: int = 0
    income_scaled: int = 0
    unsettled_year: int = 0
    unsettled_alone_year: int = 0
    supplements_scaled: int = 0
    single_any: int = 0
    single_any_month: int = 0
    single_edge: int = 0
    single_edge_month: int = 0
    single_hardship: int = 0
    single_hardship_month: int = 0
    single_both: int = 0
    single_both_month: int = 0


@frozen(kw_only=True)
class MeansTerms(FamilyTerms):
    """The means test of one place and day: standard, income, edge line, property.

    Shares are multiplied by ``scale``. ``counts_*`` is 1 counted, 0 not counted, -1 not
    settled by any figure held. ``assets_*`` are fen, ``floor_area_*`` hundredths of a
    square metre, both times ``scale``. A ceiling of -1 means that the place tests no
    such thing. An edge line of 0 is not held.
    """

    standard_year: int
    income_inclusive: bool
    scale: int
    # what is deducted
    employment_share: int
    medical_share: int
    disability_share: int
    # the edge line
    edge_numerator: int
    edge_denominator: int
    edge_inclusive: bool
    knows_edge: bool
    # property
    assets_max: int
    assets_max_person: int
    homes_max: int
    floor_area_max_person: int
    tests_cars: bool
    exempts_mobility_cars: bool
    tests_luxury: bool
    tests_visible_living: bool


@frozen(kw_only=True)
class Terms(MeansTerms):
    """The figures and the law of one place and day, as whole numbers.

    ``single_*`` is the condition on
    which a group applies alone: 0 never, 1 hardship found, 2 edge family, 4 always;
    somebody in several groups may apply on any of their conditions. ``rate_*`` is the
    share of the standard that a group is paid alone, 0 where the difference is paid.
    ``supplement_*`` are fen a year; both are multiplied by ``scale``.
    """

    severe_grade: int
    # who applies alone
    single_severe_disability: int
    single_grade_3_mental: int
    single_serious_illness: int
    single_clergy: int
    single_elderly: int
    single_minor: int
    single_unemployed_severe_disability: int
    single_severe_disability_own_register: int
    single_special_hardship: int
    rate_severe_disability: int
    rate_grade_3_mental: int
    rate_serious_illness: int
    rate_clergy: int
    rate_elderly: int
    rate_minor: int
    rate_unemployed_severe_disability: int
    rate_severe_disability_own_register: int
    rate_special_hardship: int
    elderly_age: int
    # what is paid
    pays_bands: bool
    supplement_elderly: int
    supplement_minor: int
    supplement_severe_disability: int
    supplement_serious_illness: int
    supplement_elderly_age: int
    supplement_minor_age: int
    supplements_add_up: bool
    rounding_unit: int
    rounding_mode: int
    rounds_per_person: bool


@frozen
class Result:
    """The outcome and every intermediate amount: the explanation of the decision."""

    outcome: Outcome = fact("")
    reason: Reason = fact("")
    property_reason: Reason = fact("")
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
    gap_year: int = fact(
        N_("difference to the standard"),
        N_("yuan a year"),
        "dibao.bands.permitted",
        shown=(Outcome.GRANTED,),
    )
    band_month: int = fact(
        N_("band paid per person"),
        N_("yuan a month"),
        "dibao.bands.permitted",
        shown=(Outcome.GRANTED,),
    )
    persons: int = fact(N_("persons paid for"), N_("persons"), shown=(Outcome.GRANTED,))
    supplements_year: int = fact(
        N_("supplements"), N_("yuan a year"), "dibao.supplement.due", shown=(Outcome.GRANTED,)
    )
    pay_month: int = fact(N_("payment"), N_("yuan a month"), shown=(Outcome.GRANTED,))
