"""Recognition of dibao-marginal families (低保边缘家庭).

A household that is not eligible for dibao, whose income per person is within the line and whose
property meets the local rule. Recognition pays nothing by itself.

Source:
    最低生活保障审核确认办法 (2021) art. 8; Social Assistance Law (2026) art. 21.

Limitations:
    The property rule is the authority's own finding, ``property.meets_dibao_marginal_rule``: no
    local rule is on file. A line published as an amount is stated as a ratio of the standard.

Example:
    >>> from datetime import date
    >>> from minzheng.people import *
    >>> household = Household(
    ...     id="case-3", area="130802", residence=Residence.URBAN,
    ...     members=[Person(
    ...         relation=Relation.APPLICANT, birth=date(1985, 3, 1), whereabouts=Whereabouts.HOME,
    ...         income=[Income(kind=IncomeKind.WAGE, month="900")])],
    ...     property=Property(meets_dibao_marginal_rule=True))
    >>> dibao_marginal.assess(household, on=date(2023, 9, 1)).outcome.name
    'GRANTED'
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from minzheng.base.i18n import N_
from minzheng.base.money import Mode, round_fen
from minzheng.benefits._dibao.benefit import line_asked, standard_floor
from minzheng.benefits._dibao.declared import (
    MeansMember,
    MeansParameters,
    Position,
    deducted_kinds,
    line,
    means,
)
from minzheng.benefits._dibao.rule import counted_income, position_of, unscaled
from minzheng.benefits._engine import (
    Benefit,
    Case,
    ParameterReader,
    Reasons,
    Vector,
    amount,
    fact,
    figure,
    grant,
    income,
    refuse,
    spending,
    undetermined,
)
from minzheng.benefits._engine.explanation import Asked
from minzheng.benefits.common import property as owned
from minzheng.benefits.common.income import asked_kinds, kinds_asked
from minzheng.benefits.common.membership import is_member
from minzheng.decision import Note
from minzheng.rules import Outcome, dot

__all__ = ["dibao_marginal"]

_LINE = tuple(f"dibao_marginal.{each}" for each in ("conditions", "inclusive", "ratio", "cap"))
_TEST = ("dibao.income.inclusive", "dibao.standard")
_COUNTED = "dibao.income.counted"


@frozen(kw_only=True)
class Parameters(MeansParameters):
    """The means test of dibao of one place and day, and the line."""

    conditions: bool = figure("dibao_marginal.conditions", required=True)


def _derive(read: ParameterReader, made: dict[str, Any]) -> dict[str, Any]:
    return {
        **owned.scaled(means(read, made)),
        **line(read),
        "has_unsettled": any(made["unsettled"]),
    }


@frozen(kw_only=True)
class Member(MeansMember):
    """One person; income, and spending where it is deducted, are needed.

    Too little and too much of either end alike, and neither tells what lies between.
    """

    income: Vector = income(kinds=asked_kinds, required=True)
    spending: Vector = spending(kinds=deducted_kinds, required=True)


@frozen(kw_only=True)
class Facts(owned.facts(passing=False)):  # type: ignore[misc]
    """What the household owns, and whether it meets the rule for dibao-marginal families."""

    meets_marginal_rule: bool = fact("property.meets_dibao_marginal_rule", ends=(False, True))


class Reason(Reasons):
    """Why a household is recognised or not."""

    WITHIN_LINE = grant(
        N_(
            "The counted household income, {income_year} a year, is not lower than {limit_year} (the standard times {size}), and within the line of dibao-marginal families, {line_year}."
        ),
        *_LINE,
        *_TEST,
    )
    DIBAO_PROPERTY = grant(
        N_(
            "The counted household income, {income_year} a year, is lower than {limit_year} (the standard times {size}), but the property keeps the household from dibao."
        ),
        *_LINE,
        *_TEST,
        "dibao.property.set_by",
    )
    NO_MEMBERS = refuse(
        N_("None of the persons named counts as a member of the household."),
        "dibao.member.excluded",
    )
    ABOVE_THE_LINE = refuse(
        N_(
            "The counted household income, {income_year} a year, is not within the line of dibao-marginal families, {line_year} (for {size})."
        ),
        *_LINE,
    )
    QUALIFIES_FOR_DIBAO = refuse(
        N_(
            "The household qualifies for dibao itself: its counted income, {income_year} a year, is lower than {limit_year} (the standard times {size}), and its property meets the rule."
        ),
        _LINE[0],
        *_TEST,
        "dibao.property.set_by",
    )
    PROPERTY_RULE = refuse(
        N_(
            "The authority finds that the property does not meet the local rule for dibao-marginal families."
        ),
        _LINE[0],
        "dibao_marginal.property.set_by",
    )
    LINE_MISSING = undetermined(
        N_(
            "Whether the household is within the line of dibao-marginal families depends on a multiple of the standard that is not available; from 2026-07-01 the province sets it."
        ),
        _LINE[1],
        lacks="dibao_marginal.ratio",
    )
    UNSETTLED_INCOME = undetermined(
        N_(
            "Income of {unsettled_year} a year is of a kind of which no rule on file says whether it counts."
        ),
        lacks=_COUNTED,
    )


@frozen
class Totals:
    """What the members add up to; ``income_scaled`` is fen a year times the scale."""

    size: int = 0
    income_scaled: int = 0
    unsettled_year: int = 0


@frozen
class Result:
    """The outcome and every intermediate amount: the explanation of the decision."""

    outcome: Outcome = amount()
    reasons: int = amount()
    position: Position = amount()
    size: int = amount(
        N_("members of the household who count"), N_("persons"), "dibao.member.defined"
    )
    income_year: int = amount(N_("counted household income"), N_("yuan a year"), _COUNTED)
    unsettled_year: int = amount("", N_("yuan a year"))
    limit_year: int = amount(
        N_("standard times members"), N_("yuan a year"), "dibao.income.inclusive"
    )
    line_year: int = amount(
        N_("line of dibao-marginal families times members"), N_("yuan a year"), _LINE[1]
    )


def member(m: Member, p: Parameters) -> Totals:
    """One person's share in the size and the income."""
    if not is_member(m, p):
        return Totals()
    return Totals(1, counted_income(m, p), dot(m.income, p.unsettled))


def is_marginal(position: Position, kept: bool) -> bool:
    """Within the line, and outside dibao by income or by property."""
    return position == Position.WITHIN_LINE or (position == Position.BELOW and kept)


def decide(h: Facts, s: Totals, p: Parameters) -> Result:
    """Settle the household. Income that no rule settles is taken both ways."""
    income = max(0, s.income_scaled)
    limit = p.standard_year * s.size * p.scale
    least = position_of(income, limit, p)
    most = position_of(income + s.unsettled_year * p.scale, limit, p)
    # the dibao test of property decides only where the income alone would qualify
    kept = s.size > 0 and least == Position.BELOW and owned.fails(h, s.size, p)
    outcome = Outcome.REFUSED
    reasons = 0
    if s.size == 0:
        reasons = int(Reason.NO_MEMBERS)
    elif least == Position.ABOVE:
        reasons = int(Reason.ABOVE_THE_LINE)
    elif least == Position.BELOW and most == Position.BELOW and not kept:
        reasons = int(Reason.QUALIFIES_FOR_DIBAO)
    if s.size > 0 and not h.meets_marginal_rule:
        reasons |= Reason.PROPERTY_RULE
    if reasons == 0 and is_marginal(least, kept) and is_marginal(most, kept):
        outcome = Outcome.GRANTED
        within = least == Position.WITHIN_LINE
        reasons = int(Reason.WITHIN_LINE if within else Reason.DIBAO_PROPERTY)
    elif reasons == 0:
        outcome = Outcome.UNDETERMINED
        unknown = most == Position.UNKNOWN
        reasons = int(Reason.LINE_MISSING if unknown else Reason.UNSETTLED_INCOME)
    line_year = -1
    if p.line_numerator > 0:
        standard = p.standard_year * s.size * p.line_numerator
        line_year = round_fen(standard, p.line_denominator, 1, Mode.HALF_UP)
    return Result(
        outcome=outcome,
        reasons=reasons,
        position=least,
        size=s.size,
        income_year=unscaled(income, p),
        unsettled_year=s.unsettled_year,
        limit_year=p.standard_year * s.size,
        line_year=line_year,
    )


_FINDING = N_(
    "The property rule for dibao-marginal families is local and not available; the authority's own finding was used."
)
_NO_MONEY = N_(
    "Recognition pays nothing by itself; it opens medical, education, housing and employment assistance by their own rules."
)


def _remarks(case: Case) -> Iterator[Note]:
    if case.granted:
        yield Note(_NO_MONEY)
    if case.granted or case.result.reasons & Reason.PROPERTY_RULE:
        yield Note(_FINDING)
    yield from standard_floor(case.resolved)


def _asked(case: Case) -> Iterator[Asked]:
    if case.result.reasons & Reason.LINE_MISSING:
        yield from line_asked(case.resolved)
    else:
        yield from kinds_asked(_COUNTED, case.subject, case.p)


dibao_marginal = Benefit(
    name="dibao_marginal",
    title=N_("Recognition as a dibao-marginal family"),
    subject="household",
    Facts=Facts,
    Member=Member,
    Totals=Totals,
    Parameters=Parameters,
    Reason=Reason,
    Result=Result,
    member=member,
    decide=decide,
    derive=_derive,
    also=("dibao_marginal.property.set_by",),
    award=lambda _case, _found: None,
    remarks=_remarks,
    asked=_asked,
    only_aside=frozenset(("age.adult", "dibao.member.excluded", "dibao.member.student")),
    stage=3,
)
