"""The facts, terms and result of tekun: whole numbers only, money in fen."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Final

from attrs import frozen

from minzheng.base.i18n import N_
from minzheng.benefits.counting import IncomeFacts, IncomeTerms
from minzheng.rules import Outcome, fact, limited

__all__ = ["LACKS", "Limb", "PersonFacts", "Reason", "Result", "SelfCareClass", "Terms"]


class SelfCareClass(IntEnum):
    """Result of the six-item self-care test."""

    UNKNOWN = 0
    """no rule of the day is held"""
    SELF = 1
    """全自理: none failed"""
    PARTIAL = 2
    """半自理, 部分丧失"""
    COMPLETE = 3
    """全护理, 完全丧失"""


class Limb(IntEnum):
    """By what the person has no labour ability."""

    NONE = 0
    ELDERLY = 1
    MINOR = 2
    CONTINUES = 3
    """a minor once recognised, who stays in"""
    DISABILITY = 4


class Reason(IntEnum):
    """Why a person is recognised or not; the first that holds."""

    NONE = 0
    ALL_THREE = 1
    CHILD_ALLOWANCE = 2
    LABOUR_ABILITY = 3
    INCOME_NOT_LOWER = 4
    PROPERTY_RULE = 5
    SUPPORTER_ABLE = 6
    UNSETTLED_DISABILITY = 7
    UNSETTLED_INCOME = 8
    UNSETTLED_SUPPORTER = 9
    UNSETTLED_CONTINUATION = 10
    STANDARD_MISSING = 11
    AMOUNT_MISSING = 12


LACKS: Final[Mapping[int, str]] = {
    Reason.UNSETTLED_DISABILITY: "tekun.labour.disability_grade",
    Reason.UNSETTLED_INCOME: "tekun.income.counted",
    Reason.UNSETTLED_SUPPORTER: "tekun.supporter.unable",
    Reason.UNSETTLED_CONTINUATION: "tekun.continues.age",
    Reason.STANDARD_MISSING: "dibao.standard",
    Reason.AMOUNT_MISSING: "tekun.basic or tekun.care.amount",
}
"""The series that is missing where the rule leaves a case open."""


@frozen(kw_only=True)
class PersonFacts(IncomeFacts):
    """The applicant. Amounts are fen a year; enumerations are those of ``minzheng.people``.

    ``supporters_unsettled`` counts supporters of whose status no rule held says
    whether it makes them unable.
    """

    age: int = limited(most=150)
    disability_type: int = limited(0, most=7)
    disability_grade: int = limited(0, most=4, together="disability_type")
    recognised_as_minor: bool = False
    at_school: bool = False
    orphan: bool = False
    child_allowance: bool = False
    meets_rule: bool = True
    supporters_able: int = 0
    supporters_unsettled: int = 0
    self_care_failures: int = limited(0, most=6)


@frozen(kw_only=True)
class Terms(IncomeTerms):
    """The figures and the law of one place and day, as whole numbers.

    ``counts_*`` is 1 counted, 0 not counted, -1 not settled by any figure held.
    ``grade_*`` is the mildest grade without labour ability, 0 where the type is not
    named. ``care_*`` are fen a month times ``scale``. An amount or age of -1 is not held;
    without a dibao standard only somebody without any income is certainly below it.
    """

    scale: int
    dibao_standard_year: int
    income_inclusive: bool
    adult_age: int
    elderly_age: int
    minor_age: int
    grades_held: bool
    grade_visual: int
    grade_physical: int
    grade_intellectual: int
    grade_mental: int
    continues_age: int
    continues_school: bool
    orphans_first: bool
    partial_from: int
    complete_from: int
    basic_year: int
    care_self: int
    care_partial: int
    care_complete: int
    least_year: int


_UNLESS_REFUSED = (Outcome.GRANTED, Outcome.UNDETERMINED)


@frozen
class Result:
    """The outcome and every intermediate amount: the explanation of the decision."""

    outcome: Outcome = fact("")
    reason: Reason = fact("")
    limb: Limb = fact("")
    has_livelihood: bool = fact("")
    fails_property: bool = fact("")
    has_supporter: bool = fact("")
    self_care: SelfCareClass = fact("")
    income_year: int = fact(N_("counted income"), N_("yuan a year"), "tekun.income.counted")
    unsettled_year: int = fact("")
    limit_year: int = fact(N_("dibao standard"), N_("yuan a year"), "tekun.income.inclusive")
    self_care_failures: int = fact(
        N_("items of the self-care test not met"), N_("of six"), "tekun.self_care.partial_from"
    )
    basic_month: int = fact(
        N_("basic living"), N_("yuan a month"), "tekun.basic", shown=_UNLESS_REFUSED
    )
    care_month: int = fact(
        N_("care allowance"), N_("yuan a month"), "tekun.care.rate", shown=_UNLESS_REFUSED
    )
    pay_month: int = fact(N_("payment"), N_("yuan a month"), shown=(Outcome.GRANTED,))
