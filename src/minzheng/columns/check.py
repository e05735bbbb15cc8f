"""Checking a table against a rule before any work: every fault at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import TYPE_CHECKING, Any

import attrs

from minzheng.base.suggest import unknown
from minzheng.columns.lower import hints_of
from minzheng.columns.table import one
from minzheng.errors import Fault, InvalidInput

if TYPE_CHECKING:
    import pyarrow as pa

    from minzheng.rules import Rule

__all__ = ["check", "check_values"]


def check(
    rule: Rule[Any, Any, Any, Any, Any],
    table: pa.Table,
    places: tuple[str, str],
    defaults: bool,
    keep: Sequence[str] = (),
) -> None:
    """Refuse a table with all that is wrong with its columns and values.

    Args:
        rule: what the table is for.
        table: one row a case.
        places: names of the columns of area and residence.
        defaults: whether columns may be left out whose fact has a default.
        keep: names of columns to hand through.

    Raises:
        InvalidInput: naming each column, and the first row of a bad value.
    """
    twice = sorted({name for name in table.column_names if table.column_names.count(name) > 1})
    if twice:
        raise InvalidInput([Fault(name, "stands twice among the columns") for name in twice])
    faults = [
        Fault(name, unknown(name, table.column_names))
        for name in (*places, *keep)
        if name not in table.column_names
    ]
    results = {*(each.name for each in attrs.fields(rule.result)), "missing"}
    faults += [
        Fault(name, "cannot be kept: the result has a column of that name")
        for name in keep
        if name in results
    ]
    faults += _columns(rule.case, table, "", defaults)
    if rule.member_class is not None:
        faults += _members(rule.member_class, table, defaults)
    if faults:
        raise InvalidInput([*faults, *_negative(rule, table)])


def check_values(rule: Rule[Any, Any, Any, Any, Any], table: pa.Table) -> None:
    """Refuse a table with negative numbers; the kernel says when to look.

    Raises:
        InvalidInput: naming each column and the first row that has one.
    """
    faults = list(_negative(rule, table))
    if faults:
        raise InvalidInput(faults)


def _negative(rule: Rule[Any, Any, Any, Any, Any], table: pa.Table) -> Iterator[Fault]:
    yield from _too_low(rule.case, table, "")
    people = _people(table)
    if rule.member_class is not None and people is not None:
        offsets = one(table["members"]).offsets.to_numpy()
        yield from _too_low(rule.member_class, people, "members.", offsets - offsets[0])


def _too_low(cls: Any, table: pa.Table, prefix: str, offsets: Any = None) -> Iterator[Fault]:
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    for each in attrs.fields(cls):
        if each.name in table.column_names:
            column = table[each.name]
            least = each.metadata.get("least", 0)
            low = pc.min(column).as_py() if pa.types.is_signed_integer(column.type) else None
            if low is not None and low < least:
                row = pc.index(pc.less(column, least), True).as_py()
                found = column[row].as_py()
                if offsets is not None:  # the household that the person is of
                    row = int(np.searchsorted(offsets, row, side="right")) - 1
                yield Fault(
                    prefix + each.name, f"expected {least} or more, got {found} in row {row}"
                )


def _people(table: pa.Table) -> pa.Table | None:
    """The members of all rows as a table of their own; ``None`` when they are no list of structs."""
    import pyarrow as pa

    if "members" not in table.column_names:
        return None
    lists = one(table["members"])
    if not (pa.types.is_list(lists.type) or pa.types.is_large_list(lists.type)):
        return None
    people = lists.flatten()
    if not pa.types.is_struct(people.type):
        return None
    return pa.Table.from_arrays(people.flatten(), names=[each.name for each in people.type])


def _members(cls: Any, table: pa.Table, defaults: bool) -> Iterator[Fault]:
    if "members" not in table.column_names:
        yield Fault("members", unknown("members", table.column_names))
        return
    people = _people(table)
    if people is None:
        yield Fault("members", f"expected a list of structs, got {table['members'].type}")
        return
    yield from _columns(cls, people, "members.", defaults)


def _columns(cls: Any, table: pa.Table, prefix: str, defaults: bool) -> Iterator[Fault]:
    hints = hints_of(cls)
    for each in attrs.fields(cls):
        if each.name in table.column_names:
            message = _column(table[each.name], hints[each.name])
            if message:
                yield Fault(prefix + each.name, message)
        elif not (defaults and isinstance(each.default, bool | int)):
            yield Fault(prefix + each.name, "is missing; " + unknown(each.name, table.column_names))


def _column(column: pa.ChunkedArray, hint: Any) -> str:
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = column.type
    if hint is bool:
        return "" if pa.types.is_boolean(kind) else f"expected true and false, got {kind}"
    enumeration = isinstance(hint, type) and issubclass(hint, IntEnum)
    tests = (pa.types.is_dictionary, pa.types.is_string, pa.types.is_large_string)
    words = any(test(kind) for test in (*tests, pa.types.is_string_view))
    if enumeration and words:
        known = {member.name.lower() for member in hint}
        wrong = [word for word in pc.unique(column).to_pylist() if word not in known | {None}]
        return "; ".join(unknown(str(word), known) for word in wrong[:3])
    if not pa.types.is_integer(kind):
        what = "words or whole numbers" if enumeration else "whole numbers"
        return f"expected {what} (money in fen), got {kind}"
    if pa.types.is_uint64(kind):
        return "expected whole numbers that fit 64 bits with a sign, got uint64"
    if enumeration:
        known_numbers = {int(member) for member in hint}
        strange = [
            each for each in pc.unique(column).to_pylist() if each not in known_numbers | {None}
        ]
        return f"expected one of {sorted(known_numbers)}, got {strange[0]}" if strange else ""
    return ""
