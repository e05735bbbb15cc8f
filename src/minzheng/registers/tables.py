"""The screens over columns: a province's register in one call, the same flags as row by row.

Needs the extra ``columns``. Nothing here loops over rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from attrs import fields

from minzheng import columns
from minzheng.benefits import dibao
from minzheng.registers.entries import Entry, not_run, row_of
from minzheng.registers.forms import checked, register_types
from minzheng.registers.screens import Flag, check_group, law
from minzheng.registers.work import ENUMS, Work, plain
from minzheng.standards import NATION, Standards

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["flags", "screen", "table", "table_schema"]

_FLAGS = {each.name for each in fields(Flag)}


def table_schema() -> pa.Schema:
    """What a register looks like as a table: one row a household, enrolled or not.

    The columns of :func:`minzheng.columns.schema` of dibao, and those of
    :class:`~minzheng.registers.Entry`; each of the ``members`` has ``person``, the number as
    written, and ``paid`` besides the facts of the rule. Amounts are whole fen.

    Example:
        >>> schema = table_schema()
        >>> schema.names[:4], schema.field("since").type
        (['id', 'enrolled', 'amount_month', 'since'], DataType(date32[day]))
    """
    import pyarrow as pa

    facts = columns.schema(dibao.rule)
    members = facts.field("members").type.value_type
    listed = [pa.field("person", pa.string()), pa.field("paid", pa.bool_())]
    return pa.schema(
        [
            *(pa.field(name, kind) for name, kind in register_types().items()),
            *(each for each in facts if each.name != "members"),
            pa.field("members", pa.list_(pa.struct([*listed, *members]))),
        ]
    )


def table(entries: Iterable[Entry], *, on: date, standards: Standards | None = None) -> pa.Table:
    """A register of typed records as a table.

    A fact that is not known is null where the household's answer hangs on it; where it does
    not, the fact is taken against the household.

    Args:
        entries: the register.
        on: the day: ages are of it, and its law says which facts are asked for.
        standards: the tables; the bundled ones when left out.

    Raises:
        NotFound: when no area bore a household's code on that day.
        InvalidInput: when somebody is born after the day.
    """
    import pyarrow as pa

    tables = Standards.bundled() if standards is None else standards
    made = []
    for entry in entries:
        row = row_of(entry, on, tables)._asdict()
        facts, members = row.pop("case"), row.pop("members")
        made.append({**row, **_words(facts), "members": [_words(each) for each in members]})
    return pa.Table.from_pylist(made, schema=table_schema())


def _words(facts: Any) -> dict[str, Any]:
    return {
        name: value.name.lower() if isinstance(value, IntEnum) else value
        for name, value in facts.items()
    }


def screen(
    register: Any,
    *,
    on: date,
    group_least: int,
    deaths: Any = None,
    tekun: Any = None,
    elsewhere: Any = None,
    filings: Any = None,
    standards: Standards | None = None,
    area: str = NATION,
    keep: Sequence[str] = (),
    assume: Mapping[str, Any] | None = None,
) -> pa.Table:
    """Screen a whole register.

    Args:
        register: as :func:`table_schema` says, from any library that speaks the Arrow C stream.
        on: the day; it chooses the law and the figures.
        group_least: from how many persons, enrolled on one day with one group and without a
            survey, the sign of a group enrolment is given. No law says a number.
        deaths: ``person`` and ``died``; ``None`` is a list that was not given.
        tekun: ``person``, of those who draw as tekun on the day.
        elsewhere: ``person`` and ``area``, of those who draw dibao in other places on the day.
        filings: ``id``, of households filed because of a near relative.
        standards: the tables; the bundled ones when left out.
        area: whose law the screens follow, such as that of the province.
        keep: names of other columns of the register, to be repeated beside each flag of a row;
            ``members.name`` for a field of members, beside each flag of a person.
        assume: what is taken for all rows of facts that the register has no column of, as in
            :func:`minzheng.columns.run`; a column ``assumed`` repeats it.

    Returns:
        One row a flag, its columns those of :class:`~minzheng.registers.Flag`, in the order of
        the register's rows; amounts are fen. :func:`flags` makes records of it.

    Raises:
        InvalidInput: with every wrong column of the register's own and of the lists; when there
            is none, with those of the rule's facts, and with households that cannot be.

    Source:
        See :func:`minzheng.registers.screen_entries`, which gives the same flags.

    Limitations:
        A place of the list ``elsewhere`` whose code was not in use on the day, such as a county's
        former code, is not compared: a flag says so.
    """
    check_group(group_least)
    tables = Standards.bundled() if standards is None else standards
    held = law(tables, on, area)
    given = {"deaths": deaths, "tekun": tekun, "elsewhere": elsewhere, "filings": filings}
    home = checked(register, {name: given[name] for name in given if given[name] is not None})
    work = Work(home, on, held, tables, keep, assume)
    work.screens(group_least)
    for one in not_run(held, home.lists):
        work.found.append(plain(one))
    return work.flags()


def flags(found: pa.Table) -> tuple[Flag, ...]:
    """The rows of :func:`screen` as records, in their order.

    Example:
        >>> import pyarrow as pa
        >>> flags(pa.table({"screen": ["wrong"], "verdict": ["found"], "row": [4]}))[0].screen
        <Screen.WRONG: 3>
    """
    made = []
    names = [name for name in found.column_names if name in _FLAGS]
    for row in found.select(names).to_pylist():
        for name, words in ENUMS.items():
            if row.get(name) is not None:
                row[name] = words[row[name].upper()]
        made.append(Flag(**row))
    return tuple(made)
