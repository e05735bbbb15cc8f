"""The rows that say what holds for each pair of benefits, in a place on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from itertools import combinations

from minzheng.benefits._entitlements.combine import Overlap, Pair, cycle
from minzheng.errors import Fault, InvalidInput
from minzheng.standards import Found, Standards

__all__ = ["SERIES", "order", "rows", "rule"]

SERIES = "overlap"


def order(standards: Standards) -> tuple[str, ...]:
    """The benefits that the rows speak of, in their order."""
    return standards.series[SERIES].keys["first"]


def rule(found: Found) -> Overlap:
    """What a row says."""
    return Overlap(str(found.value))


@lru_cache(maxsize=256)
def rows(standards: Standards, area: str, on: date) -> Mapping[Pair, Found]:
    """The row of each pair that has one.

    Args:
        standards: the tables.
        area: six-digit code of the county.
        on: the day.

    Raises:
        InvalidInput: when the rows of that place and day exclude or reduce one another in
            a circle.
        NotFound: when no area bore that code on that day.

    Example:
        >>> held = rows(Standards.bundled(), "130802", date(2022, 1, 1))
        >>> held["tekun", "orphan"].value
        'person_chooses'
    """
    found = {
        (first, second): row
        for first, second in combinations(order(standards), 2)
        if (row := standards.get(SERIES, area, on, first=first, second=second)) is not None
    }
    circle = cycle({pair: rule(row) for pair, row in found.items()})
    if circle:
        text = f"for {area} on {on} these exclude or reduce one another: {', '.join(circle)}"
        raise InvalidInput([Fault(SERIES, text)])
    return found
