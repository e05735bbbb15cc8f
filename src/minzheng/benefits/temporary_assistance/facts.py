"""The facts, terms and result of temporary assistance: whole numbers only, money in fen."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Final

from attrs import frozen

from minzheng.base.i18n import N_
from minzheng.people import Assistance, Hardship, RegisteredPoor
from minzheng.rules import Outcome, fact, limited

__all__ = [
    "LACKS",
    "ApplicationFacts",
    "Authority",
    "Examination",
    "Procedure",
    "Reason",
    "Result",
    "Terms",
    "Type",
]


class Type(IntEnum):
    """The type of the hardship."""

    EMERGENCY = 1
    """急难型"""
    EXPENDITURE = 2
    """支出型"""
    JOBLESS = 3
    """the one-off grant for the uninsured jobless"""


class Procedure(IntEnum):
    """How the case is handled."""

    ORDINARY = 1
    SIMPLIFIED = 2
    FIRST_PERMITTED = 3
    """先行救助 is allowed"""
    FIRST_REQUIRED = 4
    """先行救助 is a duty"""
    FIRST_IF_SMALL = 5
    """a duty where the amount is small, and no limit held says what is small"""
    POOR_FIRST = 6
    """the registered poor who wait for dibao or tekun are helped first"""


class Examination(IntEnum):
    """What is examined of the family's means."""

    NONE = 1
    """nothing: the hardship alone decides"""
    FULL = 2
    """income and property, beside the spending"""
    ENROLLED = 3
    """the necessary spending only: the family draws dibao or tekun"""
    POOR = 4
    """the necessary spending only: registered poor, not yet out of poverty"""


class Authority(IntEnum):
    """Who decides."""

    UNKNOWN = 0
    """no limit of the township is held"""
    TOWNSHIP = 1
    COUNTY = 2


class Reason(IntEnum):
    """Why assistance is granted or not; the first that holds."""

    NONE = 0
    EMERGENCY = 1
    EXPENDITURE = 2
    JOBLESS = 3
    POOR_FIRST = 4
    FILED_ELSEWHERE = 5
    NOT_SERIOUS = 6
    NOT_A_FAMILY = 7
    NOT_A_DIBAO_FAMILY = 8
    SPENDING_BEARABLE = 9
    INCOME_NOT_LOWER = 10
    PROPERTY_RULE = 11
    NO_JOBLESS_RULE = 12
    NO_EPIDEMIC = 13
    MONTHS_TOO_FEW = 14
    INSURED = 15
    DRAWS_DIBAO = 16
    NEITHER_WORKS_NOR_LIVES_HERE = 17
    INCOME_LIMIT_MISSING = 18
    STANDARD_MISSING = 19
    MULTIPLE_MISSING = 20


LACKS: Final[Mapping[int, str]] = {
    Reason.INCOME_LIMIT_MISSING: "income.disposable_per_capita",
    Reason.STANDARD_MISSING: "dibao.standard",
    Reason.MULTIPLE_MISSING: "temporary_assistance.multiple",
}
"""The series that is missing where the rule leaves a case open."""


@frozen(kw_only=True)
class ApplicationFacts:
    """The application. Amounts are fen; enumerations are those of ``minzheng.people``.

    ``income_year`` is for each person; ``proposed`` counts where ``is_proposed``.
    """

    hardship: Hardship
    family: bool = True
    persons: int = limited(1, least=1, most_by=("family", {False: 1}))
    filed_elsewhere: bool = False
    serious: bool = True
    urgent: bool = False
    assistance: Assistance = Assistance.NONE
    registered_poor: RegisteredPoor = RegisteredPoor.NEVER
    awaiting: bool = False
    income_year: int = 0
    meets_rule: bool = True
    beyond_means: bool = True
    special_hardship: bool = False
    degree: int = limited(1, least=1, most=3)
    months: int = limited(1, least=1)
    is_proposed: bool = False
    proposed: int = 0
    months_without_income: int = 0
    insured: bool = False
    kept_by_epidemic: bool = True
    works_or_lives_here: bool = True


@frozen(kw_only=True)
class Terms:
    """The figures and the law of one place and day, as whole numbers.

    Multiples and ceilings are times ``scale``; -1 stands for a figure that is not held,
    ``jobless_months`` of 0 for a day whose law knows no grant for the uninsured jobless.
    """

    scale: int
    standard_year: int
    income_limit_year: int
    income_inclusive: bool
    individuals: bool
    dibao_families_only: bool
    spending_only_enrolled: bool
    spending_only_poor: bool
    poor_first: bool
    jobless_months: int
    filed_at_emergency: bool
    simplified: bool
    first_permitted: bool
    first_required: bool
    case_by_case: bool
    emergency_1: int
    emergency_2: int
    emergency_3: int
    expenditure_1: int
    expenditure_2: int
    expenditure_3: int
    jobless_1: int
    jobless_2: int
    jobless_3: int
    months_max: int
    ceiling_general: int
    ceiling_special: int
    township_limit: int
    rounding_unit: int
    rounding_mode: int


_UNLESS_REFUSED = (Outcome.GRANTED, Outcome.UNDETERMINED)
_GRANTED = (Outcome.GRANTED,)


@frozen
class Result:
    """The outcome and every intermediate amount: the explanation of the decision."""

    outcome: Outcome = fact("")
    reason: Reason = fact("")
    type: Type = fact("")
    procedure: Procedure = fact("")
    examination: Examination = fact("")
    authority: Authority = fact("")
    filed_elsewhere: bool = fact("")
    not_serious: bool = fact("")
    not_a_family: bool = fact("")
    not_a_dibao_family: bool = fact("")
    spending_bearable: bool = fact("")
    income_not_lower: bool = fact("")
    fails_property: bool = fact("")
    no_epidemic: bool = fact("")
    months_too_few: bool = fact("")
    insured: bool = fact("")
    draws_dibao: bool = fact("")
    away: bool = fact("")
    income_year: int = fact(
        N_("disposable income of each person"),
        N_("yuan a year"),
        "temporary_assistance.expenditure.income_inclusive",
    )
    limit_year: int = fact(N_("disposable income per person of the last year"), N_("yuan a year"))
    standard_year: int = fact(N_("dibao standard"), N_("yuan a year"), shown=_UNLESS_REFUSED)
    months: int = fact(N_("months counted"), N_("months"), shown=_UNLESS_REFUSED)
    computed: int = fact(N_("amount before the ceiling"), N_("yuan"), shown=_UNLESS_REFUSED)
    ceiling: int = fact(
        N_("ceiling of all persons"),
        N_("yuan"),
        "temporary_assistance.ceiling",
        shown=_UNLESS_REFUSED,
    )
    pay: int = fact(N_("amount of temporary assistance"), N_("yuan"), shown=_GRANTED)
