"""A row that a place would have to state, although other rows of its series are on file."""

from __future__ import annotations

from collections.abc import Iterable

from minzheng.benefits._engine import Case
from minzheng.decision import Missing
from minzheng.standards import Figure, NotHeld

__all__ = ["wanted"]


def wanted(case: Case, series: str, rows: Iterable[Figure], **keys: str) -> Missing:
    """Name a row as missing.

    Args:
        case: of its place and day.
        series: of the row.
        rows: those on file that do not decide the case.
        **keys: of the row.
    """
    declared = case.standards.series[series]
    area, on = case.subject.area, case.on
    tried = case.standards.areas.levels(area, on)
    named = tuple(keys.items())
    return Missing.figure(
        NotHeld(declared, area, on, named, declared.deciding, tuple(rows), (), tried)
    )
