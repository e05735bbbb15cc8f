"""The first payments of dibao after a decision: which months, and by which day."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from attrs import frozen

from minzheng.base.dates import add_months, first_of_next_month
from minzheng.decision import Reference, cited
from minzheng.errors import Fault, InvalidInput
from minzheng.law import Citation
from minzheng.standards import Standards
from minzheng.standards.reading import Reading

__all__ = ["Payment", "Rhythm", "payments"]


class Rhythm(StrEnum):
    """How often dibao is paid out."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    """rural places without financial services (2012 measures, art. 31)"""


@frozen
class Payment:
    """One payment of dibao.

    Attributes:
        first, last: the first days of the first and of the last month paid for.
        due: the last day on which it is in time; ``None`` where nothing held names a day, or
            where the day passed before the payment began to be due.
        basis: the article that names the day.
    """

    first: date
    last: date
    due: date | None
    basis: Citation | Reference | None


def payments(
    area: str,
    confirmed: date,
    count: int,
    *,
    rhythm: Rhythm = Rhythm.MONTHLY,
    standards: Standards | None = None,
) -> tuple[Payment, ...]:
    """Tell the first payments of dibao after a decision: which months, and by which day.

    Args:
        area: six-digit code of the county.
        confirmed: the day of the decision.
        count: how many payments, at least 1.
        rhythm: by the month, as the rule is, or by the quarter.
        standards: the tables; the bundled ones when left out.

    Returns:
        From the month after the decision on (Chongqing: from its own month). The day is that
        of the law on the first day of the month; since 2021-07-01 the nation names none.

    Raises:
        InvalidInput: for a count below 1.
        FigureNotFound: when no first month is held for that day.
        NotFound: when no area bore that code on that day.

    Source:
        民发〔2012〕220号 arts 29 and 31; 最低生活保障审核确认办法 (2021) arts 21 and 25.

    Example:
        >>> for each in payments("130822", date(2021, 5, 20), 2):
        ...     print(each.first, each.due)
        2021-06-01 2021-06-10
        2021-07-01 None
    """
    if count < 1:
        raise InvalidInput([Fault("count", f"expected 1 or more, got {count}")])
    tables = Standards.bundled() if standards is None else standards
    term = tables.find("dibao.first_payment", area, confirmed)
    later = term.value == "next_month"
    start = first_of_next_month(confirmed) if later else confirmed.replace(day=1)
    made = []
    for _ in range(count):
        passed = (start.month - 1) % 3 if rhythm is Rhythm.QUARTERLY else 0
        months = 1 if rhythm is Rhythm.MONTHLY else 3 - passed
        named = tables.get("dibao.payment.day", area, start, rhythm=rhythm.value)
        # the day of a quarter that began before the payment did has passed
        due = None if named is None or passed else start.replace(day=Reading.whole(named))
        basis = None if named is None else cited(named)
        made.append(Payment(start, add_months(start, months - 1), due, basis))
        start = add_months(start, months)
    return tuple(made)
