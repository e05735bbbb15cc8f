"""Up to which month a child's benefit is paid: one rule for a decision and for the end of payment.

The row of a series ``<benefit>.stop`` says from when nothing is paid after a change:
``next_month``, so that the month of the change is still paid, or ``same_month``.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from minzheng.base.dates import add_months, first_of_next_month
from minzheng.base.i18n import N_
from minzheng.base.money import to_yuan
from minzheng.benefits._engine import Ask, Case, ParameterReader, Settled, code, computed
from minzheng.benefits._engine.explanation import first_payment
from minzheng.decision import Award
from minzheng.standards import Found, Per

__all__ = [
    "LAST_MONTH",
    "birthday_month",
    "change_month_paid",
    "month_paid",
    "monthly_award",
    "unpaid_from",
]

LAST_MONTH = N_(
    "This month is the last one paid, and only to who was recognised before coming of age."
)


def month_paid(found: Found | None) -> Settled:
    """Whether the month of a change is still paid, by the row of the series.

    Args:
        found: the row; ``None`` where none is available.
    """
    return Settled.OPEN if found is None else Settled(found.value == "next_month")


def unpaid_from(found: Found, on: date) -> date:
    """The first day that is no longer paid.

    Args:
        found: the row of the series.
        on: the day of the change, such as the 18th birthday.
    """
    return first_of_next_month(on) if month_paid(found) is Settled.YES else on.replace(day=1)


def change_month_paid(series: str, **keys: str) -> Any:
    """A parameter: whether the month of a change is still paid, as :class:`Settled`.

    Args:
        series: such as ``"de_facto_unattended.stop"``.
        **keys: of the series.
    """

    def read(reader: ParameterReader) -> Settled:
        return month_paid(reader.get(series, **keys))

    return computed(read)


def birthday_month() -> Any:
    """A fact: the person comes of age in the calendar month of the day (``p.adult_age``)."""

    def read(person: Any, ask: Ask) -> bool:
        birth = ask.require(person.birth, "birth", ask.on)
        birthday = add_months(birth, 12 * ask.p.adult_age)
        return (birthday.year, birthday.month) == (ask.on.year, ask.on.month)

    return code(read)


def monthly_award(case: Case, first: str, last_month: bool) -> Award:
    """The award of a result's ``pay_month`` fen to a child.

    Args:
        case: with its result.
        first: the series of the first payment.
        last_month: the child comes of age in this month: no later one is paid.
    """
    start = first_payment(case.resolved, first, case.on)
    if last_month and start is not None and start > case.on:
        start = None
    return Award(to_yuan(case.result.pay_month), Per.MONTH, 1, start)
