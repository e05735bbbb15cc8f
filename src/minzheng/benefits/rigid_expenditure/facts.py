"""The facts, terms and result of rigid expenditure: whole numbers only, money in fen."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Final

from attrs import frozen

from minzheng.base.i18n import N_
from minzheng.benefits.members import FamilyMember, FamilyTerms
from minzheng.people import Assistance
from minzheng.rules import Outcome, fact

__all__ = ["LACKS", "HouseholdFacts", "MemberFacts", "Reason", "Result", "Terms", "Totals"]


class Reason(IntEnum):
    """Why a household is recognised or not; the first that holds."""

    NONE = 0
    SHARE = 1
    """rigid spending is more of the income than the place allows"""
    REMAINDER = 2
    """what is left after necessary spending is lower than the dibao standard"""
    NO_MEMBERS = 3
    IN_ASSISTANCE = 4
    INCOME_NOT_LOWER = 5
    PROPERTY_RULE = 6
    SPENDING_TOO_LOW = 7
    INCOME_FIGURE_MISSING = 8
    STANDARD_MISSING = 9
    SHARE_MISSING = 10
    UNSETTLED_ASSISTANCE = 11
    UNSETTLED_INCOME = 12
    UNSETTLED_SPENDING = 13


LACKS: Final[Mapping[int, str]] = {
    Reason.INCOME_FIGURE_MISSING: "income.disposable_per_capita",
    Reason.STANDARD_MISSING: "dibao.standard",
    Reason.SHARE_MISSING: "rigid_expenditure.ratio",
    Reason.UNSETTLED_ASSISTANCE: "rigid_expenditure.excluded",
    Reason.UNSETTLED_INCOME: "dibao.income.counted",
    Reason.UNSETTLED_SPENDING: "rigid_expenditure.spending.counted",
}
"""The series that is missing where the rule leaves a case open."""


@frozen(kw_only=True)
class MemberFacts(FamilyMember):
    """One person. Amounts are fen in the twelve months before the application."""

    medical_spent_year: int = 0
    disability_spent_year: int = 0
    living_spent_year: int = 0
    education_spent_year: int = 0
    other_spent_year: int = 0


@frozen
class HouseholdFacts:
    """What is known of the household as a whole."""

    assistance: Assistance = Assistance.NONE
    meets_rule: bool = True


@frozen
class Totals:
    """What the members add up to, in fen a year.

    ``share_*`` is the spending that counts in the share of income, ``taken_*`` the one
    that is taken from income; of ``*_unsettled_year`` no row held says whether it counts.
    """

    size: int = 0
    income_year: int = 0
    unsettled_year: int = 0
    share_year: int = 0
    share_unsettled_year: int = 0
    taken_year: int = 0
    taken_unsettled_year: int = 0


@frozen(kw_only=True)
class Terms(FamilyTerms):
    """The figures and the law of one place and day, as whole numbers.

    ``excludes_*``, ``share_*`` and ``takes_*`` are 1 yes, 0 no, -1 not settled by any row
    held. An amount of -1 is not held, nor is a ratio of 0. ``tests_remainder`` says that
    what is left of the income is set against the dibao standard, as Shanghai does.
    """

    income_max_year: int
    income_inclusive: bool
    excludes_dibao: int
    excludes_tekun: int
    excludes_dibao_marginal: int
    share_medical: int
    share_disability: int
    share_living: int
    share_education: int
    share_other: int
    ratio_numerator: int
    ratio_denominator: int
    ratio_inclusive: bool
    tests_remainder: bool
    remainder_inclusive: bool
    pays_difference: bool
    standard_year: int
    takes_medical: int
    takes_disability: int
    takes_living: int
    takes_education: int
    takes_other: int


@frozen
class Result:
    """The outcome and every intermediate amount: the explanation of the decision."""

    outcome: Outcome = fact("")
    reason: Reason = fact("")
    size: int = fact(
        N_("members of the household who count"), N_("persons"), "dibao.member.defined"
    )
    income_year: int = fact(
        N_("counted household income"), N_("yuan a year"), "dibao.income.counted"
    )
    unsettled_year: int = fact("")
    income_max_year: int = fact(
        N_("disposable income per person times members"),
        N_("yuan a year"),
        "rigid_expenditure.income.inclusive",
    )
    spending_year: int = fact(
        N_("rigid spending that counts"), N_("yuan a year"), "rigid_expenditure.spending.counted"
    )
    threshold_year: int = fact(
        N_("share of the income to be exceeded"),
        N_("yuan a year"),
        "rigid_expenditure.ratio.inclusive",
    )
    remainder_year: int = fact(
        N_("income left after necessary spending"), N_("yuan a year"), "rigid_expenditure.remainder"
    )
    limit_year: int = fact(
        N_("standard times members"), N_("yuan a year"), "rigid_expenditure.remainder"
    )
    pay_month: int = fact(
        N_("payment"),
        N_("yuan a month"),
        "rigid_expenditure.remainder.paid",
        shown=(Outcome.GRANTED,),
    )
