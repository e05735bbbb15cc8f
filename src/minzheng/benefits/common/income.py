"""Income by kind, and which kinds count: shared by every benefit that tests income."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import Any

from minzheng.benefits._engine import ParameterReader, computed
from minzheng.benefits._engine.explanation import Asked
from minzheng.people import Household, IncomeKind

__all__ = ["asked_kinds", "counted", "kinds_asked", "unsettled"]


def counted(series: str, by: type[IntEnum] = IncomeKind) -> Any:
    """A parameter: by kind, whether the kind counts.

    Args:
        series: the benefit's series of counted kinds, such as ``"dibao.income.counted"``.
        by: the kinds, of income or of spending.
    """
    return computed(lambda read: _flags(read, series, by, True), by=by)


def unsettled(series: str, by: type[IntEnum] = IncomeKind) -> Any:
    """A parameter: by kind, whether no row says if the kind counts.

    Args:
        series: likewise.
        by: likewise.
    """
    return computed(lambda read: _flags(read, series, by, None), by=by)


def _flags(
    read: ParameterReader, series: str, by: type[IntEnum], wanted: bool | None
) -> list[bool]:
    found = [read.get(series, kind=_word(each)) for each in by]
    return [(None if row is None else row.value) is wanted for row in found]


def _word(kind: IntEnum) -> str:
    return kind.name.lower()


def asked_kinds(p: Any) -> tuple[IncomeKind, ...]:
    """The kinds of income that count, or of which no row says whether they do.

    Args:
        p: parameters with ``counted`` and ``unsettled``.
    """
    return tuple(each for each in IncomeKind if p.counted[each] or p.unsettled[each])


def kinds_asked(series: str, household: Household, p: Any) -> Iterator[Asked]:
    """The look-ups for stated kinds of income of which no row says whether they count.

    Args:
        series: the benefit's series of counted kinds.
        household: whose members state them.
        p: the parameters.
    """
    stated = {each.kind for person in household.members for each in person.income or ()}
    for kind in sorted(stated):
        if p.unsettled[kind]:
            yield series, {"kind": _word(kind)}
