"""From when a child's benefit is no longer paid."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from attrs import frozen

from minzheng.base.suggest import unknown
from minzheng.benefits.common.end_of_payment import unpaid_from
from minzheng.decision import Missing, Reference, cited
from minzheng.errors import FigureNotFound, NotFound
from minzheng.law import Citation
from minzheng.standards import Standards

__all__ = ["Stop", "StopCause", "stops"]


class StopCause(StrEnum):
    """What ends the benefit of a child."""

    OF_AGE = "of_age"
    """the 18th birthday"""
    PARENT_FOUND = "parent_found"
    """a parent is found alive"""


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


def stops(
    benefit: str,
    area: str,
    *,
    on: date,
    cause: StopCause = StopCause.OF_AGE,
    standards: Standards | None = None,
) -> Stop:
    """Tell from when a child's benefit is no longer paid after a change.

    Args:
        benefit: ``"orphan"`` or ``"de_facto_unattended"``.
        area: six-digit code of the county.
        on: the day of the change: of the 18th birthday, of the adoption, of a parent's return.
        cause: what has changed; the rules of orphans differ by it, of the others it is not asked.
        standards: the tables; the bundled ones when left out.

    Returns:
        The first day that is not paid for. The rules for orphans are local, and no row bundled
        has a day; give a row ``orphan.stop`` of your own.

    Raises:
        NotFound: for a benefit without such a rule, or when no area bore that code on that day.

    Limitations:
        Chongqing stops the allowance of orphans from the month in which a parent is found, and
        from the month after the 18th birthday; the day of its text is not known, so that no
        look-up takes its rows.

    Example:
        >>> stops("de_facto_unattended", "130822", on=date(2021, 7, 9)).unpaid_from
        datetime.date(2021, 8, 1)
        >>> found = stops("orphan", "130822", on=date(2021, 7, 9), cause=StopCause.PARENT_FOUND)
        >>> found.missing[0].message[:26]
        'no point of orphan.stop (孤'
    """
    tables = Standards.bundled() if standards is None else standards
    series = tables.series.get(f"{benefit}.stop")
    if series is None:
        stopped = [name[: -len(".stop")] for name in tables.series if name.endswith(".stop")]
        raise NotFound(unknown(benefit, stopped))
    keys = {"event": StopCause(cause).value} if "event" in series.keys else {}
    try:
        found = tables.find(series.name, area, on, kinds=None, **keys)
    except FigureNotFound as error:
        return Stop(None, missing=(Missing.figure(error.not_held),))
    return Stop(unpaid_from(found, on), cited(found))
