"""A register and its lists as tables: their columns, checked with every fault at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from minzheng.base.suggest import unknown
from minzheng.errors import Fault, InvalidInput
from minzheng.registers.arrays import single

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Home", "checked", "register_types"]


def register_types() -> dict[str, Any]:
    """The columns of a register besides those of the rule."""
    import pyarrow as pa

    return {
        "id": pa.string(),
        "enrolled": pa.bool_(),
        "amount_month": pa.int64(),
        "since": pa.date32(),
        "surveyed": pa.bool_(),
        "group": pa.string(),
        "near_relative": pa.bool_(),
        "in_grace": pa.bool_(),
    }


class Home(NamedTuple):
    """The register and the lists, each list with its columns as single arrays."""

    table: pa.Table
    lists: dict[str, dict[str, pa.Array]]


def _list_types() -> dict[str, dict[str, Any]]:
    import pyarrow as pa

    return {
        "deaths": {"person": pa.string(), "died": pa.date32()},
        "tekun": {"person": pa.string()},
        "elsewhere": {"person": pa.string(), "area": pa.string()},
        "filings": {"id": pa.string()},
    }


def checked(register: Any, given: dict[str, Any]) -> Home:
    """The register and the lists, or every fault of their columns."""
    import pyarrow as pa

    faults: list[Fault] = []
    home = _arrow(register)
    own = _cast(home, register_types(), "", faults)
    lists = {
        name: _cast(_arrow(data), _list_types()[name], f"{name}.", faults)
        for name, data in given.items()
    }
    if "members" in home.column_names:
        kind = home["members"].type
        nested = pa.types.is_list(kind) or pa.types.is_large_list(kind)
        people = kind.value_type if nested else None
        if people is not None and pa.types.is_struct(people):
            names = [each.name for each in people]
            wanted = ("person", _is_text, "text"), ("paid", pa.types.is_boolean, "true and false")
            for name, test, what in wanted:
                if name not in names:
                    faults.append(Fault(f"members.{name}", "is missing"))
                elif not test(people.field(name).type):
                    got = people.field(name).type
                    faults.append(Fault(f"members.{name}", f"expected {what}, got {got}"))
    if faults:
        raise InvalidInput(faults)
    for name, array in own.items():
        home = home.set_column(home.column_names.index(name), name, array)
    return Home(home, lists)


def _arrow(data: Any) -> pa.Table:
    import pyarrow as pa

    if isinstance(data, pa.Table):
        return data
    return pa.table(data)


def _is_text(kind: pa.DataType) -> bool:
    import pyarrow as pa

    kinds = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    return any(test(kind) for test in kinds) or (
        pa.types.is_dictionary(kind) and _is_text(kind.value_type)
    )


def _cast(
    data: pa.Table, wanted: dict[str, Any], prefix: str, faults: list[Fault]
) -> dict[str, pa.Array]:
    import pyarrow as pa

    made = {}
    for name, kind in wanted.items():
        if name not in data.column_names:
            message = "is missing; " + unknown(name, data.column_names)
            faults.append(Fault(prefix + name, message))
            continue
        column = data[name]
        fits = (
            (pa.types.is_string(kind) and _is_text(column.type))
            or (pa.types.is_int64(kind) and pa.types.is_integer(column.type))
            or (pa.types.is_date32(kind) and pa.types.is_date(column.type))
            or kind == column.type
            or pa.types.is_null(column.type)
        )
        if not fits:
            faults.append(Fault(prefix + name, f"expected {kind}, got {column.type}"))
            continue
        made[name] = single(column.cast(kind))
    return made
