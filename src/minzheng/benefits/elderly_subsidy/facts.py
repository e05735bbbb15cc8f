"""The facts, terms and result of the subsidies of elders in hardship: whole numbers, money in fen."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Final

from attrs import frozen

from minzheng.base.i18n import N_
from minzheng.people import AbilityScale, Assistance
from minzheng.rules import Outcome, fact, limited

__all__ = ["LACKS", "Combine", "PersonFacts", "Reason", "Result", "Terms"]


class Combine(IntEnum):
    """What is paid to a person of high age who is incapacitated too."""

    UNKNOWN = 0
    """no row of the place says"""
    HIGHEST = 1
    SUM = 2


class Reason(IntEnum):
    """Why a subsidy is granted or not."""

    NONE = 0
    ELIGIBLE = 1
    NOT_ELDERLY = 2
    NO_TIER = 3
    DRAWS_DISABILITY_CARE = 4
    AMOUNT_MISSING = 5
    COMBINE_MISSING = 6
    SCALE_NOT_NAMED = 7


LACKS: Final[Mapping[int, str]] = {
    Reason.AMOUNT_MISSING: "elderly_subsidy.amount",
    Reason.COMBINE_MISSING: "elderly_subsidy.combine",
    Reason.SCALE_NOT_NAMED: "elderly_subsidy.level",
}
"""The series that is missing where the rule leaves a case open."""


@frozen(kw_only=True)
class PersonFacts:
    """The applicant; enumerations are those of ``minzheng.people``.

    ``incapacitated`` counts where the place names no scale, ``level`` by ``scale`` where
    it does.
    """

    age: int = limited(most=150)
    assistance: Assistance
    incapacitated: bool = False
    scale: AbilityScale = AbilityScale.GBT_42195
    level: int = limited(
        0, most=4, most_by=("scale", {AbilityScale.MZT_039: 3, AbilityScale.GBT_42195: 4})
    )
    only_child_died: bool = False
    disability_care: bool = False


@frozen(kw_only=True)
class Terms:
    """The figures and the law of one place and day. Amounts are fen a month, -1 not held.

    ``dibao_80`` is the part for age of dibao families from 80 on, ``dibao_care`` that for
    the incapacitated, ``dibao_bereaved`` that for parents whose only child has died.
    ``level_*`` is the level from which an elder counts as incapacitated, 0 where the
    scale is not named. ``held`` says whether any amount of the place is held.
    """

    elderly_age: int
    held: bool
    level_mzt: int
    level_gbt: int
    combine: Combine
    not_with_disability_care: bool
    dibao_60: int
    dibao_70: int
    dibao_75: int
    dibao_80: int
    dibao_85: int
    dibao_90: int
    dibao_95: int
    dibao_100: int
    tekun_60: int
    tekun_70: int
    tekun_75: int
    tekun_80: int
    tekun_85: int
    tekun_90: int
    tekun_95: int
    tekun_100: int
    other_60: int
    other_70: int
    other_75: int
    other_80: int
    other_85: int
    other_90: int
    other_95: int
    other_100: int
    dibao_care: int
    tekun_care: int
    other_care: int
    dibao_bereaved: int
    tekun_bereaved: int
    other_bereaved: int


_UNLESS_REFUSED = (Outcome.GRANTED, Outcome.UNDETERMINED)


@frozen
class Result:
    """The outcome and every part: the explanation of the decision. A part of -1 is not due."""

    outcome: Outcome = fact("")
    reason: Reason = fact("")
    incapacitated: bool = fact("")
    not_with_care: bool = fact("")
    age: int = fact(N_("age"), N_("years"), "age.elderly")
    band: int = fact("", none=0)
    aged_month: int = fact(N_("part for age"), N_("yuan a month"), shown=_UNLESS_REFUSED)
    care_month: int = fact(N_("part for care"), N_("yuan a month"), shown=_UNLESS_REFUSED)
    pay_month: int = fact(
        N_("subsidy of elders in hardship"), N_("yuan a month"), shown=(Outcome.GRANTED,)
    )
