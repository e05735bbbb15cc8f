"""From when the subsidy of a child in fact unattended is no longer paid."""

from __future__ import annotations

from datetime import date

from minzheng.benefits.stopping import Stop, stop
from minzheng.standards import Standards

__all__ = ["stops"]


def stops(*, on: date, area: str, standards: Standards | None = None) -> Stop:
    """Tell from when the subsidy is no longer paid after a change: of age, adopted, a parent back.

    Args:
        on: the day of the change.
        area: six-digit code of the county.
        standards: the tables; the bundled ones when left out.

    Raises:
        NotFound: when no area bore that code on that day.

    Example:
        >>> stops(on=date(2021, 7, 9), area="130822").unpaid_from
        datetime.date(2021, 8, 1)
    """
    tables = Standards.bundled() if standards is None else standards
    return stop("de_facto_unattended.stop", on=on, area=area, standards=tables)
