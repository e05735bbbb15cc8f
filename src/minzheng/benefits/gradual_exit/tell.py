"""Telling a result of a gradual exit: the reasons, the notes, and the figures that are missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from minzheng.base.i18n import N_
from minzheng.base.money import to_yuan
from minzheng.benefits.gradual_exit.facts import Reason, Result, Terms
from minzheng.benefits.telling import Asked, Told, ground, not_held
from minzheng.decision import Award, Note
from minzheng.people import Leaving
from minzheng.rules import Outcome
from minzheng.standards import Per, Standards
from minzheng.standards.reading import Resolved

__all__ = ["tell"]

_TEST = ("dibao.income.inclusive", "dibao.standard")
_EXIT = ("dibao.exit.permitted",)
_GROUNDS: dict[Reason, tuple[str, tuple[str, ...]]] = {
    Reason.LEAVES_GRADUALLY: (
        N_(
            "The counted household income, {income} a year, is no longer lower than {limit}; the household leaves gradually."
        ),
        (*_EXIT, "dibao.exit.months_most"),
    ),
    Reason.DRAWS_NONE: (N_("The household does not draw dibao: it has nothing to leave."), _EXIT),
    Reason.STILL_QUALIFIES: (
        N_(
            "The counted household income, {income} a year, is still lower than {limit}: dibao goes on."
        ),
        _TEST,
    ),
    Reason.NOT_PERMITTED: (N_("No rule held for this day lets a household leave gradually."), ()),
    Reason.OTHER_CAUSE: (
        N_("A gradual exit is given when employment has raised the income; it was something else."),
        ("dibao.exit.cause",),
    ),
    Reason.NOT_ABOVE: (
        N_(
            "The counted household income, {income} a year, does not exceed {limit}: it is equal to it."
        ),
        ("dibao.exit.inclusive",),
    ),
    Reason.INCOME_TOO_HIGH: (
        N_(
            "The counted household income, {income} a year, is not lower than {upper}, up to which the place gives a gradual exit."
        ),
        ("dibao.exit.income_ratio",),
    ),
    Reason.MONTHS_MISSING: (
        N_("The household may leave gradually; for how many months is not held for this place."),
        (*_EXIT, "dibao.exit.months_most"),
    ),
    Reason.AMOUNT_MISSING: (
        N_("The household may leave gradually; what it is paid is not held for this place."),
        (*_EXIT, "dibao.exit.months_most"),
    ),
}
_LONGER = N_(
    "The place gives {months} months; in principle there are at most {most}: to be reported."
)
_PERIOD = N_("The gradual exit runs from {first} to {last}.")
_MAY = N_("The authority may (可以) give a gradual exit; it does not have to.")


def tell(
    result: Result, resolved: Resolved[Terms], leaving: Leaving, on: date, standards: Standards
) -> Told:
    """What the decision on a household says of the rule's result."""
    t = resolved.terms
    assert t is not None
    award = None
    if result.outcome is Outcome.GRANTED and leaving.size is not None:
        award = Award(to_yuan(result.pay_month), Per.MONTH, leaving.size, _day(result.start))
    values: dict[str, Decimal | int] = {
        "income": to_yuan(result.income_year),
        "limit": to_yuan(result.limit_year),
        "upper": to_yuan(result.limit_year) * t.upper_numerator / t.upper_denominator,
    }
    asked = tuple(_asked(result, t))
    return Told(
        award=award,
        grounds=(ground(result.reason, _GROUNDS, values, resolved),),
        notes=tuple(_notes(result, t)),
        missing=tuple(not_held(asked, standards, leaving.area, on)),
    )


def _notes(result: Result, t: Terms) -> Iterator[Note]:
    if result.start > 0:
        first, last = _day(result.start), _day(result.until)
        yield Note(_PERIOD, {"first": first.isoformat(), "last": last.isoformat()})
        yield Note(_MAY)
        if 0 <= t.months_most < t.months:
            yield Note(_LONGER, {"months": t.months, "most": t.months_most})


def _asked(result: Result, t: Terms) -> Iterator[Asked]:
    """The look-ups that a rule's own "undetermined" hangs on."""
    if result.outcome is Outcome.UNDETERMINED:
        if result.reason is Reason.MONTHS_MISSING:
            yield "dibao.exit.months", {}
        if not t.pays:
            yield "dibao.exit.amount", {}


def _day(number: int) -> date:
    return date(number // 10_000, number // 100 % 100, number % 100)
