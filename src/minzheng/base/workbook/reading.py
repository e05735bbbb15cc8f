"""A sheet read back: every cell looked at, every fault at its cell, nothing lost."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

from minzheng.base.suggest import unknown
from minzheng.base.workbook.model import (
    NONE,
    Column,
    Form,
    Layout,
    Read,
    ReadRow,
    fits,
    library,
    writable,
)
from minzheng.errors import Fault, InvalidInput, NotFound

__all__ = ["read", "value_of"]

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)


def read(data: bytes, title: str, columns: Sequence[Column], layout: Layout = Layout.LIST) -> Read:
    """One sheet of a workbook, every cell looked at, whatever is wrong with the others.

    Args:
        data: the bytes of an ``.xlsx`` file.
        title: of the sheet.
        columns: those expected; they may stand in any order.
        layout: a list or a card.

    Returns:
        All rows and all faults. A fault's path is the cell, as in ``花名册!C7``.

    Raises:
        InvalidInput: when the bytes are no workbook.
        NotFound: when it has no sheet of that title.
        MinzhengError: when the extra ``excel`` is not installed.
    """
    page = _page(data, title)
    card = layout is Layout.CARD
    lines = list(zip(*page.iter_rows(max_col=2), strict=True)) if card else list(page.iter_rows())
    known = {column.header: column for column in columns}
    found, faults = _headers(lines[0] if lines else (), known, title)
    rows = []
    for number, line in enumerate(lines[1:], start=1 if card else 2):
        cells = {head: line[place] for head, place in found.items()}
        for place, cell in enumerate(line):
            if place not in found.values() and _as_typed(cell.value) is not None:
                cells[cell.coordinate] = cell
                faults.append(Fault(f"{title}!{cell.coordinate}", "stands under no header"))
        if any(_as_typed(cell.value) is not None for cell in cells.values()):
            rows.append(_read_row(number, cells, known, title))
    return Read(title, tuple(rows), tuple(faults))


def _page(data: bytes, title: str) -> Any:
    openpyxl = library()
    try:
        with warnings.catch_warnings():  # of extensions that are no matter here
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(BytesIO(data))
    except Exception as error:  # a broken file breaks the library in any way
        raise InvalidInput(f"is no Excel workbook (.xlsx): {error}") from None
    pages = {page.title: page for page in book.worksheets}  # a sheet of a chart has no cells
    if title not in pages:
        raise NotFound(f"no sheet {title!r}: {unknown(title, pages)}")
    return pages[title]


def _headers(
    line: Sequence[Any], known: Mapping[str, Column], title: str
) -> tuple[dict[str, int], list[Fault]]:
    """Where each header stands; an unknown one is a fault, and its cells are kept all the same."""
    found: dict[str, int] = {}
    faults = []
    for place, cell in enumerate(line):
        head = _as_typed(cell.value)
        if head is None:
            continue
        path = f"{title}!{cell.coordinate}"
        if head in found:
            faults.append(Fault(path, f"the column {head!r} stands twice"))
            head = f"{head} ({cell.coordinate})"
        elif head not in known:
            faults.append(Fault(path, f"unknown column: {unknown(str(head), known)}"))
        found[str(head)] = place
    faults += [
        Fault(title, f"expected the column {head!r}, which is not there")
        for head, column in known.items()
        if column.required and head not in found
    ]
    return found, faults


def _as_typed(value: Any) -> Any:
    """A cell's value, spaces around text dropped; ``None`` when nothing is there."""
    if isinstance(value, str):
        return value.strip() or None
    return value


def _read_row(
    number: int, cells: Mapping[str, Any], known: Mapping[str, Column], title: str
) -> ReadRow:
    values: dict[str, Any] = {}
    places: dict[str, str] = {}
    faults: list[Fault] = []
    for head, cell in cells.items():
        if head not in known:
            continue
        column = known[head]
        places[column.name] = cell.coordinate
        try:
            values[column.name] = _taken(column, cell)
        except InvalidInput as error:
            faults += [
                Fault(f"{title}!{cell.coordinate}", _told(each, column)) for each in error.faults
            ]
    plain = {head: cell.value for head, cell in cells.items()}
    return ReadRow(number, values, plain, tuple(faults), places)


def _told(fault: Fault, column: Column) -> str:
    where = fault.path.removeprefix(column.name)
    return f"{where}: {fault.message}" if where else fault.message


def _taken(column: Column, cell: Any) -> Any:
    value = _as_typed(cell.value)
    if value is None:
        if column.required:
            raise InvalidInput(f"expected {_wish(column)}, got an empty cell")
        return None
    if cell.data_type in ("f", "e"):
        what = "a formula" if cell.data_type == "f" else f"the error {value}"
        raise InvalidInput(f"expected {_wish(column)}, got {what}")
    return value_of(column, value)


def value_of(column: Column, value: Any) -> Any:
    """What the content of a cell stands for in a column.

    Args:
        column: the column; for a cell of ``Form.ANY`` one that says what its row asks.
        value: the content, not empty.

    Raises:
        InvalidInput: for what the column does not take.

    Example:
        >>> value_of(Column(name="size", header="尺寸", form=Form.DECIMAL), 2.5)
        Decimal('2.5')
    """
    read = _READERS[column.form](value, column)
    if column.check is not None:
        column.check(read)
    return read


def _wish(column: Column) -> str:
    if column.form in (Form.CHOICE, Form.CHOICES):
        words = ", ".join(column.choices)
        return f"one of {words}" if column.form is Form.CHOICE else f"words of {words}"
    return _WISHES[column.form]


_WISHES = {
    Form.TEXT: "text",
    Form.WHOLE: "a whole number",
    Form.DECIMAL: "a number",
    Form.DAY: "a day such as 2020-07-24",
    Form.ANY: "text, a number or a day",
}


def _refused(value: Any, column: Column) -> InvalidInput:
    shown = f"something else ({type(value).__name__})" if column.private else repr(value)
    if isinstance(value, datetime):
        shown = "a day" if column.private else f"the day {value:%Y-%m-%d}"
    return InvalidInput(f"expected {_wish(column)}, got {shown}")


def _text(value: Any, column: Column) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        if isinstance(value, str):
            return writable(value)
        raise _refused(value, column)
    shown = "a number" if column.private else f"the number {value}"
    raise InvalidInput(
        f"expected text, got {shown}: format the cell as text and type it again, for a number "
        f"loses zeros in front and every digit after the fifteenth"
    )


def _whole(value: Any, column: Column) -> int:
    number = _decimal(value, column)
    if number != number.to_integral_value():
        raise _refused(value, column)
    return int(number)


def _decimal(value: Any, column: Column) -> Decimal:
    """The shortest decimal that is the cell's number: what was typed, up to fifteen digits."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _refused(value, column)
    number = Decimal(repr(value))
    if not fits(number):
        raise _refused(value, column)
    return number


def _day(value: Any, column: Column) -> date:
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    typed = _DAY.fullmatch(value) if isinstance(value, str) else None
    if typed is None:
        raise _refused(value, column)
    try:
        return date(*map(int, typed.groups()))
    except ValueError:
        raise _refused(value, column) from None


def _choice(value: Any, column: Column) -> Any:
    if isinstance(value, str) and value in column.choices:
        return column.choices[value]
    raise _refused(value, column)


def _choices(value: Any, column: Column) -> tuple[Any, ...]:
    if value == NONE:
        return ()
    if not isinstance(value, str):
        raise _refused(value, column)
    return tuple(_choice(word.strip(), column) for word in re.split("[、,，]", value))


def _any(value: Any, column: Column) -> Any:
    """The content as it is; what the row asks decides on it."""
    return writable(value) if isinstance(value, str) else value


_READERS: dict[Form, Callable[[Any, Column], Any]] = {
    Form.TEXT: _text,
    Form.WHOLE: _whole,
    Form.DECIMAL: _decimal,
    Form.DAY: _day,
    Form.CHOICE: _choice,
    Form.CHOICES: _choices,
    Form.ANY: _any,
}
