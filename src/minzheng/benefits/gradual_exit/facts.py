"""The facts, terms and result of a gradual exit: whole numbers only, money in fen."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Final

from attrs import frozen

from minzheng.base.i18n import N_
from minzheng.rules import Outcome, fact, limited

__all__ = ["LACKS", "HouseholdFacts", "Pays", "Reason", "Result", "Terms"]


class Pays(IntEnum):
    """What a place pays during the exit."""

    UNKNOWN = 0
    """no figure held says"""
    KEPT = 1
    """what was paid before"""
    KEPT_TO_STANDARD = 2
    """the same, at most the standard times the members that remain"""


class Reason(IntEnum):
    """Why a household leaves gradually or not; the first that holds."""

    NONE = 0
    LEAVES_GRADUALLY = 1
    DRAWS_NONE = 2
    STILL_QUALIFIES = 3
    NOT_PERMITTED = 4
    OTHER_CAUSE = 5
    NOT_ABOVE = 6
    INCOME_TOO_HIGH = 7
    MONTHS_MISSING = 8
    AMOUNT_MISSING = 9


LACKS: Final[Mapping[int, str]] = {
    Reason.MONTHS_MISSING: "dibao.exit.months",
    Reason.AMOUNT_MISSING: "dibao.exit.amount",
}
"""The series that is missing where the rule leaves a case open."""


@frozen(kw_only=True)
class HouseholdFacts:
    """A household of dibao whose income has risen; amounts in fen.

    ``size`` counts those who remain, ``income_year`` is their counted income, ``base_month``
    what the household was paid before without supplements, ``supplement_month`` the
    supplements of those who remain.
    """

    draws_dibao: bool
    by_employment: bool
    size: int = limited(least=1)
    income_year: int
    base_month: int
    supplement_month: int = 0


@frozen(kw_only=True)
class Terms:
    """The figures and the law of one place and day, as whole numbers.

    ``months`` and ``months_most`` are -1 where none is held; an upper line of 0 is none.
    ``start`` and ``until`` are the first and the last day, as yyyymmdd; -1 without months.
    """

    standard_year: int
    qualifies_equal: bool
    permitted: bool
    any_cause: bool
    inclusive: bool
    months: int
    months_most: int
    start: int
    until: int
    upper_numerator: int
    upper_denominator: int
    pays: int


@frozen
class Result:
    """The outcome and every intermediate amount: the explanation of the decision."""

    outcome: Outcome = fact("")
    reason: Reason = fact("")
    income_year: int = fact(N_("counted household income"), N_("yuan a year"))
    limit_year: int = fact(
        N_("standard times members"), N_("yuan a year"), "dibao.income.inclusive"
    )
    start: int = fact("")
    until: int = fact("")
    months: int = fact(
        N_("months of gradual exit"), N_("months"), "dibao.exit.months", shown=(Outcome.GRANTED,)
    )
    base_month: int = fact(
        N_("payment kept"), N_("yuan a month"), "dibao.exit.amount", shown=(Outcome.GRANTED,)
    )
    supplement_month: int = fact(
        N_("supplements of those who remain"), N_("yuan a month"), shown=(Outcome.GRANTED,)
    )
    pay_month: int = fact(N_("payment"), N_("yuan a month"), shown=(Outcome.GRANTED,))
