"""From when an orphan's allowance is no longer paid."""

from __future__ import annotations

from datetime import date
from enum import IntEnum

from minzheng.benefits.stopping import Stop, stop
from minzheng.standards import Standards

__all__ = ["Event", "stops"]


class Event(IntEnum):
    """What ends the allowance."""

    OF_AGE = 1
    """the 18th birthday"""
    PARENT_FOUND = 2
    """a parent is found alive"""


def stops(event: Event, *, on: date, area: str, standards: Standards | None = None) -> Stop:
    """Tell from when an orphan's allowance is no longer paid after an event.

    Args:
        event: what has happened.
        on: the day on which it happened.
        area: six-digit code of the county.
        standards: the tables; the bundled ones when left out.

    Returns:
        The first day that is not paid for. The rules are local, and no row bundled has a day;
        give a row ``orphan.stop`` of your own.

    Raises:
        NotFound: when no area bore that code on that day.

    Limitations:
        Chongqing stops from the month in which a parent is found, and from the month after the
        18th birthday; the day of its text is not known, so that no look-up takes its rows.

    Example:
        >>> stops(Event.PARENT_FOUND, on=date(2021, 7, 9), area="130822").missing[0].message[:26]
        'no point of orphan.stop (孤'
    """
    tables = Standards.bundled() if standards is None else standards
    return stop("orphan.stop", on=on, area=area, standards=tables, event=event.name.lower())
