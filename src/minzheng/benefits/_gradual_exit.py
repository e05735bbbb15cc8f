"""Gradual exit from dibao (渐退期): what is paid goes on for some months after income has risen.

How many months, up to which income and how much is paid are the place's own figures.

Source:
    最低生活保障审核确认办法 (2021) art. 33; the notice of 2022-10-20, part 1 (3): in principle at
    most six months.

Limitations:
    Local rules of before 2021-07-01 are not available. That the authority *may* give an exit is
    told, not decided.

Example:
    >>> from datetime import date
    >>> from minzheng.people import Leaving, Residence
    >>> leaving = Leaving(
    ...     id="case-3", area="130802", residence=Residence.RURAL, draws_dibao=True,
    ...     by_employment=True, size=2, income_year="13000", base_month="600",
    ...     supplement_month="0")
    >>> decision = gradual_exit.assess(leaving, on=date(2023, 8, 31))
    >>> decision.outcome.name, decision.grounds[0].code
    ('UNDETERMINED', 'months_missing')
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import IntEnum
from typing import Any

from attrs import frozen

from minzheng.base.dates import add_months, as_int, first_of_next_month
from minzheng.base.i18n import N_
from minzheng.base.money import Mode, round_fen, to_yuan
from minzheng.benefits._engine import (
    MANY,
    Benefit,
    Case,
    ParameterReader,
    Reasons,
    amount,
    choice,
    computed,
    fact,
    fen,
    figure,
    grant,
    refuse,
    term,
    undetermined,
)
from minzheng.benefits._engine.explanation import Asked
from minzheng.decision import Award, Note
from minzheng.rules import Outcome
from minzheng.standards import Found, Per

__all__ = ["gradual_exit"]

_PERMITTED, _CAUSE, _INCLUSIVE, _MONTHS, _MONTHS_MOST, _RATIO, _AMOUNT = (
    f"dibao.exit.{each}"
    for each in (
        *("permitted", "cause", "inclusive", "months", "months_most", "income_ratio", "amount"),
    )
)
_TEST = ("dibao.income.inclusive", "dibao.standard")


class Pays(IntEnum):
    """What a place pays during the exit."""

    UNKNOWN = 0
    """no figure available says"""
    KEPT = 1
    """what was paid before"""
    KEPT_TO_STANDARD = 2
    """the same, at most the standard times the members that remain"""


@frozen(kw_only=True)
class Parameters:
    """The figures and the law of one place and day.

    ``months`` and ``months_most`` are -1 where not available; an upper line of 0 is none. ``start``
    and ``until`` are the first and the last day, as yyyymmdd; -1 without months.
    """

    standard_year: int = figure("dibao.standard", required=True, per=Per.YEAR)
    qualifies_equal: bool = figure("dibao.income.inclusive", required=True)
    permitted: bool = figure(_PERMITTED)
    any_cause: bool = choice(_CAUSE, "any")
    inclusive: bool = figure(_INCLUSIVE)
    months: int = figure(_MONTHS)
    months_most: int = figure(_MONTHS_MOST)
    start: int = computed()
    until: int = computed()
    upper_numerator: int = computed()
    upper_denominator: int = computed()
    pays: Pays = term(_AMOUNT, Pays, otherwise=Pays.UNKNOWN)


def _derive(read: ParameterReader, made: dict[str, Any]) -> dict[str, Any]:
    upper = read.ratio(read.get(_RATIO))
    start, months = first_of_next_month(read.on), made["months"]
    return {
        "start": as_int(start),
        "until": -1 if months < 1 else as_int(add_months(start, months) - timedelta(days=1)),
        "upper_numerator": upper.numerator,
        "upper_denominator": upper.denominator,
    }


@frozen(kw_only=True)
class Facts:
    """A household of dibao whose income has risen; amounts in fen.

    ``size`` counts those who remain, ``income_year`` is their counted income, ``base_month`` what
    the household was paid before without supplements, ``supplement_month`` the supplements of
    those who remain.
    """

    draws_dibao: bool = fact(ends=(False, True))
    by_employment: bool = fact(ends=(False, True))
    size: int = fact(required=True, domain=(1,), least=1)
    income_year: int = fen(required=True, domain=(0,))
    base_month: int = fen(ends=(0, MANY))
    supplement_month: int = fen(ends=(0, MANY))


class Reason(Reasons):
    """Why a household leaves gradually or not."""

    LEAVES_GRADUALLY = grant(
        N_(
            "The counted household income, {income_year} a year, is no longer lower than {limit_year}; the household leaves gradually."
        ),
        _PERMITTED,
        _MONTHS_MOST,
    )
    DRAWS_NONE = refuse(
        N_("The household does not draw dibao: it has nothing to leave."), _PERMITTED
    )
    STILL_QUALIFIES = refuse(
        N_(
            "The counted household income, {income_year} a year, is still lower than {limit_year}: dibao goes on."
        ),
        *_TEST,
    )
    NOT_PERMITTED = refuse(N_("No rule available for this day lets a household leave gradually."))
    OTHER_CAUSE = refuse(
        N_("A gradual exit is given when employment has raised the income; it was something else."),
        _CAUSE,
    )
    NOT_ABOVE = refuse(
        N_(
            "The counted household income, {income_year} a year, does not exceed {limit_year}: it is equal to it."
        ),
        _INCLUSIVE,
    )
    INCOME_TOO_HIGH = refuse(
        N_(
            "The counted household income, {income_year} a year, is not lower than {upper}, up to which the place gives a gradual exit."
        ),
        _RATIO,
    )
    MONTHS_MISSING = undetermined(
        N_(
            "The household may leave gradually; for how many months is a local figure that is not available."
        ),
        _PERMITTED,
        _MONTHS_MOST,
        lacks=_MONTHS,
    )
    AMOUNT_MISSING = undetermined(
        N_(
            "The household may leave gradually; what it is paid is a local figure that is not available."
        ),
        _PERMITTED,
        _MONTHS_MOST,
        lacks=_AMOUNT,
    )


_GRANTED = (Outcome.GRANTED,)


@frozen
class Result:
    """The outcome and every intermediate amount: the explanation of the decision."""

    outcome: Outcome = amount()
    reasons: int = amount()
    income_year: int = amount(N_("counted household income"), N_("yuan a year"))
    limit_year: int = amount(
        N_("standard times members"), N_("yuan a year"), "dibao.income.inclusive"
    )
    start: int = amount()
    until: int = amount()
    months: int = amount(N_("months of gradual exit"), N_("months"), _MONTHS, shown=_GRANTED)
    base_month: int = amount(N_("payment kept"), N_("yuan a month"), _AMOUNT, shown=_GRANTED)
    supplement_month: int = amount(
        N_("supplements of those who remain"), N_("yuan a month"), shown=_GRANTED
    )
    pay_month: int = amount(N_("payment"), N_("yuan a month"), shown=_GRANTED)


def refusals_of(h: Facts, limit: int, p: Parameters) -> int:
    """Everything that stands in the way of an exit."""
    if not h.draws_dibao:
        return int(Reason.DRAWS_NONE)
    reasons = 0
    equal = h.income_year == limit
    if h.income_year < limit or (p.qualifies_equal and equal):
        reasons |= Reason.STILL_QUALIFIES
    if not p.permitted or p.months == 0:
        return reasons | Reason.NOT_PERMITTED
    if equal and not p.qualifies_equal and not p.inclusive:
        reasons |= Reason.NOT_ABOVE
    if not p.any_cause and not h.by_employment:
        reasons |= Reason.OTHER_CAUSE
    if p.upper_numerator > 0 and h.income_year * p.upper_denominator >= limit * p.upper_numerator:
        reasons |= Reason.INCOME_TOO_HIGH
    return reasons


def kept(h: Facts, limit: int, p: Parameters) -> int:
    """What goes on being paid, in fen a month, supplements apart."""
    if p.pays == Pays.KEPT_TO_STANDARD:
        return min(h.base_month, round_fen(limit, 12, 1, Mode.HALF_UP))
    return h.base_month


def decide(h: Facts, p: Parameters) -> Result:
    """Settle the household: whether, for which months, and how much."""
    limit = p.standard_year * h.size
    outcome = Outcome.REFUSED
    reasons = refusals_of(h, limit, p)
    months = base = supplement = pay = 0
    start = until = -1
    if reasons == 0:
        outcome = Outcome.UNDETERMINED
        if p.months < 0:
            reasons = int(Reason.MONTHS_MISSING)
        else:
            reasons = int(Reason.AMOUNT_MISSING)
            months, start, until = p.months, p.start, p.until
            if p.pays != Pays.UNKNOWN:
                outcome = Outcome.GRANTED
                reasons = int(Reason.LEAVES_GRADUALLY)
                base = kept(h, limit, p)
                supplement = h.supplement_month
                pay = base + supplement
    return Result(
        outcome=outcome,
        reasons=reasons,
        income_year=h.income_year,
        limit_year=limit,
        start=start,
        until=until,
        months=months,
        base_month=base,
        supplement_month=supplement,
        pay_month=pay,
    )


_LONGER = N_(
    "The place gives {months} months; in principle there are at most {most}: to be reported."
)
_PERIOD = N_("The gradual exit runs from {first} to {last}.")
_MAY = N_("The authority may (可以) give a gradual exit; it does not have to.")


def _day(number: int) -> date:
    return date(number // 10_000, number // 100 % 100, number % 100)


def _award(case: Case, _found: Found | None) -> Award:
    result = case.result
    return Award(to_yuan(result.pay_month), Per.MONTH, case.facts.size, _day(result.start))


def _values(case: Case) -> Mapping[str, Decimal | int | str]:
    p = case.p
    return {"upper": to_yuan(case.result.limit_year) * p.upper_numerator / p.upper_denominator}


def _remarks(case: Case) -> Iterator[Note]:
    result, p = case.result, case.p
    if result.start > 0:
        first, last = _day(result.start), _day(result.until)
        yield Note(_PERIOD, {"first": first.isoformat(), "last": last.isoformat()})
        yield Note(_MAY)
        if 0 <= p.months_most < p.months:
            yield Note(_LONGER, {"months": p.months, "most": p.months_most})


def _asked(case: Case) -> Iterator[Asked]:
    """Both figures of the place where both are missing."""
    if case.result.reasons & Reason.MONTHS_MISSING:
        yield _MONTHS, {}
    if case.p.pays == Pays.UNKNOWN:
        yield _AMOUNT, {}


gradual_exit = Benefit(
    name="gradual_exit",
    title=N_("Gradual exit from dibao"),
    subject="leaving",
    Facts=Facts,
    Parameters=Parameters,
    Reason=Reason,
    Result=Result,
    decide=decide,
    derive=_derive,
    award=_award,
    values=_values,
    remarks=_remarks,
    asked=_asked,
    only_aside=frozenset(),
)
