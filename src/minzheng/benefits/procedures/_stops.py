"""From when a benefit of one person is no longer paid: shared by the benefits of children."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from minzheng.base.dates import first_of_next_month
from minzheng.benefits.telling import not_held
from minzheng.decision import Missing, Reference, cited
from minzheng.law import Citation
from minzheng.standards import Standards

__all__ = ["Stop", "stop"]


@frozen
class Stop:
    """From when nothing is paid.

    Attributes:
        unpaid_from: the first day that is no longer paid for; ``None`` where no rule is held.
        basis: what says so.
        missing: the rule that is not held.
    """

    unpaid_from: date | None
    basis: Citation | Reference | None = None
    missing: tuple[Missing, ...] = ()


def stop(series: str, *, on: date, area: str, standards: Standards, **keys: str) -> Stop:
    """Tell from when nothing is paid after something has happened on a day.

    Args:
        series: with the terms ``same_month`` and ``next_month``.
        on: the day on which it happened.
        area: six-digit code of the county.
        standards: the tables.
        **keys: of the series.

    Raises:
        NotFound: when no area bore that code on that day.
    """
    found = standards.get(series, area, on, kinds=None, **keys)
    if found is None:
        return Stop(None, missing=tuple(not_held([(series, keys)], standards, area, on)))
    first = on.replace(day=1) if found.value == "same_month" else first_of_next_month(on)
    return Stop(first, cited(found))
