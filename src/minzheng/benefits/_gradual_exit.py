"""Gradual exit from dibao (渐退期) for a household whose income has risen.

The household is paid for some months more, from the first of the next month on. For how many
months, up to which income and how much are the place's own (series ``dibao.exit.months``,
``.income_ratio`` and ``.amount``). The day of the decision is the one on which it is found that the
income has risen; the last day of the exit is reported in the notes.

Source:
    最低生活保障审核确认办法 (2021) art. 33; the notice of 2022-10-20, part 1 (3): in principle at
    most six months.

Limitations:
    Local rules of before 2021-07-01 are not on file. That the authority *may* give an exit is not
    decided here.

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
    >>> p = gradual_exit.parameters(
    ...     "130802", on=date(2023, 8, 31), residence=Residence.RURAL).parameters
    >>> p.permitted, p.months, p.months_most
    (True, -1, 6)
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from enum import IntEnum
from typing import Any

from attrs import frozen

from minzheng.base.dates import add_months, first_of_next_month
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
from minzheng.decision import Award, Note
from minzheng.rules import Outcome
from minzheng.standards import Found, Per

__all__ = ["gradual_exit"]

_PERMITTED, _CAUSE, _EQUAL, _MONTHS, _MOST, _RATIO, _AMOUNT = (
    f"dibao.exit.{each}"
    for each in (
        "permitted",
        "cause",
        "inclusive",
        "months",
        "months_most",
        "income_ratio",
        "amount",
    )
)
_STANDARD, _INCLUSIVE = "dibao.standard", "dibao.income.inclusive"


class Pays(IntEnum):
    """What a place pays during the exit: what was paid before, or that up to the standard."""

    UNKNOWN, KEPT, KEPT_TO_STANDARD = range(3)


@frozen(kw_only=True)
class Parameters:
    """The figures and the law of one place and day.

    Attributes:
        months, months_most: of the exit; -1 not available.
        any_cause: whether it need not be employment that has raised the income.
        pays: what is paid.
        upper_numerator, upper_denominator: of the income below which an exit is given, as a
            multiple of the standard; 0 for none.
        standard_year: fen a year for one person.
        qualifies_equal: whether income equal to the standard qualifies for dibao.
        permitted: whether a household may leave gradually.
        inclusive: whether income equal to the standard opens an exit.
    """

    months: int = figure(_MONTHS)
    any_cause: bool = choice(_CAUSE, "any")
    pays: Pays = term(_AMOUNT, Pays, otherwise=Pays.UNKNOWN)
    upper_numerator: int = computed()
    upper_denominator: int = computed()
    standard_year: int = figure(_STANDARD, required=True, per=Per.YEAR)
    qualifies_equal: bool = figure(_INCLUSIVE, required=True)
    permitted: bool = figure(_PERMITTED)
    inclusive: bool = figure(_EQUAL)
    months_most: int = figure(_MOST)


def _derive(reader: ParameterReader, _made: dict[str, Any]) -> dict[str, Any]:
    upper = reader.ratio(reader.get(_RATIO))
    return {"upper_numerator": upper.numerator, "upper_denominator": upper.denominator}


@frozen(kw_only=True)
class Facts:
    """A dibao household whose income has risen; amounts in fen.

    Attributes:
        draws_dibao: a recipient of dibao.
        by_employment: whether employment has raised the income.
        size: those who remain.
        income_year: their counted income.
        base_month: what the household was paid before, without supplements.
        supplement_month: the supplements of those who remain.
    """

    draws_dibao: bool = fact(ends=(False, True))
    size: int = fact(required=True, domain=(1,), least=1)
    income_year: int = fen(required=True, domain=(0,))
    by_employment: bool = fact(
        ends=(False, True), relevant=lambda p: p.permitted and not p.any_cause
    )
    base_month: int = fen(ends=(0, MANY))
    supplement_month: int = fen(ends=(0, MANY))


class Reason(Reasons):
    """Why a household leaves gradually or not."""

    DRAWS_NONE = refuse(
        N_("The household does not receive dibao: it has nothing to leave."), _PERMITTED
    )
    STILL_QUALIFIES = refuse(
        N_(
            "The counted household income, {income_year} a year, is still lower than {limit_year}: dibao goes on."
        ),
        _INCLUSIVE,
        _STANDARD,
    )
    NOT_PERMITTED = refuse(N_("No rule on file for this day lets a household leave gradually."))
    OTHER_CAUSE = refuse(
        N_("A gradual exit is given when employment has raised the income; it was something else."),
        _CAUSE,
    )
    NOT_ABOVE = refuse(
        N_(
            "The counted household income, {income_year} a year, does not exceed {limit_year}: it is equal to it."
        ),
        _EQUAL,
    )
    INCOME_TOO_HIGH = refuse(
        N_(
            "The counted household income, {income_year} a year, is not lower than {upper}, up to which the place gives a gradual exit."
        ),
        _RATIO,
    )
    MONTHS_MISSING = undetermined(
        N_(
            "The household may leave gradually; for how many months is not available for this place."
        ),
        _PERMITTED,
        _MOST,
        lacks=_MONTHS,
    )
    AMOUNT_MISSING = undetermined(
        N_("The household may leave gradually; what it is paid is not available for this place."),
        _PERMITTED,
        _MOST,
        lacks=_AMOUNT,
    )
    LEAVES_GRADUALLY = grant(
        N_(
            "The counted household income, {income_year} a year, is no longer lower than {limit_year}; the household leaves gradually."
        ),
        _PERMITTED,
        _MOST,
    )


@frozen
class Result:
    """The outcome, its reasons and every intermediate amount."""

    outcome: Outcome = amount()
    reasons: int = amount()
    income_year: int = amount(N_("counted household income"), N_("yuan a year"))
    limit_year: int = amount(N_("standard times members"), N_("yuan a year"), _INCLUSIVE)
    months: int = amount(
        N_("months of gradual exit"), N_("months"), _MONTHS, shown=(Outcome.GRANTED,)
    )
    base_month: int = amount(
        N_("payment kept"), N_("yuan a month"), _AMOUNT, shown=(Outcome.GRANTED,)
    )
    supplement_month: int = amount(
        N_("supplements of those who remain"), N_("yuan a month"), shown=(Outcome.GRANTED,)
    )
    pay_month: int = amount(N_("payment"), N_("yuan a month"), shown=(Outcome.GRANTED,))


def decide(h: Facts, p: Parameters) -> Result:
    """Decide whether the household leaves gradually, for how many months, and how much it is paid."""
    if not h.draws_dibao:
        return Result(Outcome.REFUSED, Reason.DRAWS_NONE, -1, -1, 0, 0, 0, 0)
    income, limit = h.income_year, p.standard_year * h.size
    if income < limit or (p.qualifies_equal and income == limit):
        return Result(Outcome.REFUSED, Reason.STILL_QUALIFIES, income, limit, 0, 0, 0, 0)
    if not p.permitted or p.months == 0:
        return Result(Outcome.REFUSED, Reason.NOT_PERMITTED, income, limit, 0, 0, 0, 0)
    upper = p.upper_numerator
    against = (
        Reason.OTHER_CAUSE * (not p.any_cause and not h.by_employment)
        | Reason.NOT_ABOVE * (income == limit and not p.inclusive)
        | Reason.INCOME_TOO_HIGH * (upper > 0 and income * p.upper_denominator >= limit * upper)
    )
    if against:
        return Result(Outcome.REFUSED, against, income, limit, 0, 0, 0, 0)
    lacking = Reason.MONTHS_MISSING * (p.months < 0) | Reason.AMOUNT_MISSING * (
        p.pays == Pays.UNKNOWN
    )
    if lacking:
        return Result(Outcome.UNDETERMINED, lacking, income, limit, 0, 0, 0, 0)
    base = h.base_month
    if p.pays == Pays.KEPT_TO_STANDARD:
        base = min(base, round_fen(limit, 12, 1, Mode.HALF_UP))
    more = h.supplement_month
    return Result(
        Outcome.GRANTED,
        Reason.LEAVES_GRADUALLY,
        income,
        limit,
        p.months,
        base,
        more,
        base + more,
    )


def _award(case: Case, _found: Found | None) -> Award:
    start = first_of_next_month(case.on)
    return Award(to_yuan(case.result.pay_month), Per.MONTH, case.facts.size, start)


def _values(case: Case) -> dict[str, Decimal | int | str]:
    limit = to_yuan(case.result.limit_year)
    return {"upper": limit * case.p.upper_numerator / case.p.upper_denominator}


_LONGER = N_(
    "The place gives {months} months; in principle there are at most {most}: to be reported."
)
_PERIOD = N_("The gradual exit runs from {first} to {last}.")
_MAY = N_("The authority may (可以) give a gradual exit; it does not have to.")


def _remarks(case: Case) -> Iterator[Note]:
    """The period, where the place states it and nothing but the amount may be missing."""
    p = case.p
    if case.result.reasons not in (Reason.LEAVES_GRADUALLY, Reason.AMOUNT_MISSING):
        return
    first = first_of_next_month(case.on)
    last = add_months(first, p.months) - timedelta(days=1)
    yield Note(_PERIOD, {"first": first.isoformat(), "last": last.isoformat()})
    yield Note(_MAY)
    if 0 <= p.months_most < p.months:
        yield Note(_LONGER, {"months": p.months, "most": p.months_most})


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
    only_aside=frozenset(),
    stage=5,
)
