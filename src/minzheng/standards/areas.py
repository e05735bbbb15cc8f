"""The ``[[division]]`` rows of a table: areas that the bundled lists do not have, or not yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from minzheng.base.areas import Areas, Division
from minzheng.base.suggest import unknown
from minzheng.errors import Fault, InvalidInput
from minzheng.standards.model import Source

__all__ = ["divisions"]

_ROW = {
    "code": str,
    "name": str,
    "from": date,
    "to": date,
    "parent": str,
    "successors": list,
    "source": str,
}
_SAID = {str: "text in quotes", date: "a day such as 2025-12-01", list: "a list of codes"}
_FIELDS = {"start": "from", "end": "to"}


def divisions(rows: object, sources: Mapping[str, Source]) -> tuple[Areas, tuple[Fault, ...]]:
    """Read the rows of one table.

    Args:
        rows: what stands under ``division`` in the TOML file.
        sources: those of the table, by their ids.

    Returns:
        The areas, without any row where one has a fault; and all faults.

    Example:
        >>> zone = {"code": "130871", "name": "承德高新区", "from": date(2024, 1, 1),
        ...         "parent": "130800"}
        >>> areas, faults = divisions([zone], {})
        >>> areas.lookup("130871").name, faults
        ('承德高新区', ())
    """
    if not isinstance(rows, list):
        return Areas(), (Fault("division", "expected [[division]] rows"),)
    faults = [
        each for n, row in enumerate(rows) for each in _faults(f"division[{n}]", row, sources)
    ]
    if faults:
        return Areas(), tuple(faults)
    try:
        return Areas(_division(row, sources) for row in rows), ()
    except InvalidInput as error:
        return Areas(), tuple(Fault(_as_written(each.path), each.message) for each in error.faults)


def _faults(path: str, row: object, sources: Mapping[str, Source]) -> Iterator[Fault]:
    if not isinstance(row, dict):
        yield Fault(path, "expected a table")
        return
    for key, value in row.items():
        if key not in _ROW:
            yield Fault(f"{path}.{key}", unknown(key, _ROW))
        elif type(value) is not _ROW[key]:
            yield Fault(f"{path}.{key}", f"expected {_SAID[_ROW[key]]}")
        elif key == "source" and value not in sources:
            yield Fault(f"{path}.{key}", unknown(str(value), sources))
    for key in ("code", "name"):
        if key not in row:
            yield Fault(f"{path}.{key}", "is required")


def _division(row: Mapping[str, Any], sources: Mapping[str, Source]) -> Division:
    source = row.get("source")
    return Division(
        code=row["code"],
        name=row["name"],
        start=row.get("from"),
        end=row.get("to"),
        parent=row.get("parent"),
        successors=row.get("successors", ()),
        source="" if source is None else sources[source].title,
    )


def _as_written(path: str) -> str:
    row, _, name = path.rpartition(".")
    return f"{row}.{_FIELDS.get(name, name)}"
