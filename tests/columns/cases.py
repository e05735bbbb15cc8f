"""Tables of generated cases, and what the scalar rule says of each of their rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import IntEnum
from typing import Any, get_type_hints

import attrs
import pyarrow as pa

from minzheng import columns
from minzheng.columns import layout
from minzheng.people import Residence
from minzheng.rules import Outcome, Rule, Vector
from minzheng.standards import Standards

AnyRule = Rule[Any, Any, Any, Any, Any]
Row = dict[str, Any]
KINDS = {each.name.lower(): each for each in Residence}


def word(value: Any) -> Any:
    """A member of an enumeration as its word."""
    return value.name.lower() if isinstance(value, IntEnum) else value


def facts(thing: Any, numbers: bool = False) -> Row:
    """The fields of facts as a row of a table has them."""
    said = int if numbers else word
    made: Row = {}
    for each in attrs.fields(type(thing)):
        value = getattr(thing, each.name)
        if isinstance(value, Vector):
            made |= {
                f"{each.name}_{member.name.lower()}": (
                    said(entry) if isinstance(entry, IntEnum) else entry
                )
                for member, entry in zip(value.by, value, strict=True)
            }
        else:
            made[each.name] = said(value) if isinstance(value, IntEnum) else value
    return made


def some(cls: Any, **given: Any) -> Any:
    """Facts of a class by their columns; what is not given is the least number, no, or first word."""
    return layout.made(cls, {each.name: _first(each) for each in layout.facts(cls)} | given)


def _first(each: layout.Fact) -> Any:
    if issubclass(each.hint, IntEnum):
        return next(iter(each.hint))
    return each.hint(each.field.metadata.get("least", 0))


def row(
    rule: AnyRule,
    case: Any,
    members: Iterable[Any] = (),
    *,
    area: str = "130822",
    residence: str = "rural",
    numbers: bool = False,
) -> Row:
    """One row of the table of a rule."""
    made = {"area": area, "residence": residence, **facts(case, numbers)}
    if rule.member_class is not None:
        made["members"] = [facts(each, numbers) for each in members]
    return made


def table(rule: AnyRule, rows: Sequence[Row], schema: pa.Schema | None = None) -> pa.Table:
    """Rows as a table of the rule's own schema."""
    return pa.Table.from_pylist(list(rows), schema=schema or columns.schema(rule))


def in_numbers(schema: pa.Schema) -> pa.Schema:
    """The same schema with the enumerations of facts as numbers of one byte."""

    def number(field: pa.Field) -> pa.Field:
        if pa.types.is_dictionary(field.type):
            return pa.field(field.name, pa.int8())
        if pa.types.is_list(field.type):
            return pa.field(field.name, pa.list_(pa.struct([*map(number, field.type.value_type)])))
        return field

    return pa.schema(
        [each if each.name in ("area", "residence") else number(each) for each in schema]
    )


def expected(
    rule: AnyRule, case: Any, members: Sequence[Any], standards: Standards, place: str, on: date
) -> Row:
    """What the scalar rule says; ``place`` is an area and a residence with a blank between."""
    area, residence = place.split()
    resolved = rule.terms(standards, area, on, KINDS[residence])
    names = [each.name for each in attrs.fields(rule.result)]
    if resolved.terms is None:
        blank: Row = dict.fromkeys(names)
        return {**blank, "outcome": "undetermined", "missing": f"standards: {resolved.missing[0]}"}
    result = rule.run(case, members, resolved.terms)
    missing = None
    if getattr(result, "outcome", None) == Outcome.UNDETERMINED:
        missing = f"standards: {_lack(rule, result)}"
    return {**_said(rule, result), "missing": missing}


def _lack(rule: AnyRule, result: Any) -> str:
    """The series of the reason, or of the first of several reasons, that lacks one."""
    if hasattr(result, "reason"):
        return rule.lacks[result.reason]
    return next(lack for bit, lack in sorted(rule.lacks.items()) if bit & result.reasons)


def _said(rule: AnyRule, result: Any) -> Row:
    """A result as a row has it: words, and nothing where the rule says that nothing is there."""
    hints = get_type_hints(rule.result)
    made = {}
    for each in attrs.fields(rule.result):
        value = hints[each.name](getattr(result, each.name))
        absent = hints[each.name] is int and value == each.metadata.get("none")
        made[each.name] = None if absent else word(value)
    return made


def same(result: pa.Table, wanted: Sequence[Row]) -> None:
    """Field by field; the message names the first row that differs."""
    for number, (got, want) in enumerate(zip(result.to_pylist(), wanted, strict=True)):
        assert got == want, f"row {number}"
