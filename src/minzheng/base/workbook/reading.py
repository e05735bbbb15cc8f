"""A sheet read into typed columns: every cell looked at, every fault at its cell, nothing lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from minzheng.base.brief import shown as brief
from minzheng.base.suggest import unknown
from minzheng.base.text import LOST, cause, day_in
from minzheng.base.workbook.grid import Book, Cell, Grid, Percent, open_book
from minzheng.base.workbook.model import (
    NONE,
    Column,
    Form,
    Layout,
    Line,
    Read,
    ReadRow,
    fits,
    writable,
)
from minzheng.base.workbook.table import Header, Table, header_key, read_table
from minzheng.errors import Fault, InvalidInput

__all__ = ["read", "value_of"]


def read(
    source: bytes | str | Path | Book,
    title: str,
    columns: Sequence[Column],
    layout: Layout = Layout.LIST,
    *,
    keep: Collection[str] = (),
    set_apart: bool = True,
) -> Read:
    """Read one sheet of a workbook, every cell looked at, whatever is wrong with the others.

    Args:
        source: the bytes of an ``.xlsx`` file, its path, or an open book. The bytes of a CSV file
            are taken for its only sheet, whatever the title.
        title: of the sheet.
        columns: those expected; they may stand in any order.
        layout: a list or a card.
        keep: headers of further columns, whose cells are kept in ``cells``.
        set_apart: whether totals, remarks and repeated headers are set apart; otherwise every row
            below the header is a record.

    Returns:
        All rows and all faults. A fault's path is the cell, as in ``花名册!C7``.

    Raises:
        InvalidInput: when the bytes are no workbook, by what they are, or beyond bounds.
        NotFound: when it has no sheet of that title.
        MinzhengError: when the extra ``excel`` is not installed.
    """
    book = open_book(source)
    is_csv = not book.is_workbook
    known = {column.header: column for column in columns}
    if layout is Layout.CARD:
        return _card(book.grid(book.titles[0] if is_csv else title), known)
    header = Header(
        known=tuple(known),
        required=tuple(head for head, column in known.items() if column.required),
        keep=keep,
        set_apart=set_apart,
    )
    table = read_table(book, sheet=book.titles[0] if is_csv else title, header=header)
    if is_csv and not table.columns:
        raise InvalidInput(
            f"is no Excel workbook (.xlsx), and as CSV text {table.faults[0].message}"
        )
    return _list(table, known)


def _list(table: Table, known: Mapping[str, Column]) -> Read:
    title = table.title
    single = [each for each in table.merges if each.column in known and known[each.column].single]
    faults = [
        Fault(
            f"{title}!{each.ref}",
            f"is merged over the rows {each.rows[0]} to {each.rows[-1]}: "
            f"write {each.column} in each row",
        )
        for each in single
    ]
    refused = {each.ref for each in single}
    rows = []
    for row in table.rows:
        cells = {
            name: cell
            for name, cell in row.cells.items()
            if name in known or cell.value is not None or cell.problem
        }
        rows.append(_read_row(row.number, cells, known, title, table.typed, refused))
    taken = tuple(each for each in table.merges if each.ref not in refused)
    return Read(title, tuple(rows), (*table.faults, *faults), table.left_out, taken)


def _read_row(
    number: int,
    cells: Mapping[str, Cell],
    known: Mapping[str, Column],
    title: str,
    typed: bool,
    refused: Collection[str] = (),
) -> ReadRow:
    values: dict[str, Any] = {}
    places: dict[str, str] = {}
    faults: list[Fault] = []
    for head, cell in cells.items():
        if head not in known:
            continue
        column = known[head]
        places[column.name] = cell.ref
        if cell.merged in refused and cell.merged:
            continue  # the range is named once
        try:
            values[column.name] = _taken(column, cell, typed)
        except InvalidInput as error:
            why = _cause(cell.value, column)
            told = dict.fromkeys(_told(each, column, why) for each in error.faults)
            faults += [Fault(f"{title}!{cell.ref}", each) for each in told]
    plain = {head: cell.problem or cell.value for head, cell in cells.items()}
    return ReadRow(number, values, plain, tuple(faults), places)


def _cause(value: Any, column: Column) -> str | None:
    return cause(value, day=column.form is Form.DAY, private=column.private)


def _told(fault: Fault, column: Column, why: str | None) -> str:
    where = fault.path.removeprefix(column.name)
    said = f"{where}: {fault.message}" if where else fault.message
    return said if why is None or why in said or column.form is Form.ANY else f"{said}: {why}"


def _taken(column: Column, cell: Cell, typed: bool) -> Any:
    if cell.problem:
        raise InvalidInput(f"expected {_wish(column)}, got {cell.problem}")
    value = cell.value
    if value is None:
        if column.required:
            raise InvalidInput(f"expected {_wish(column)}, got an empty cell")
        return None
    if not typed and isinstance(value, str) and column.form in _NUMBERS:
        value = _number_in(value)
    return value_of(column, value)


_NUMBERS = (Form.WHOLE, Form.DECIMAL, Form.PERCENT)
_PLAIN = re.compile(r"[-+]?\d{1,30}(\.\d{1,30})?", re.ASCII)


def _number_in(text: str) -> Any:
    """The number of a text, where all is text; what is no plain number stays as it is."""
    return Decimal(text) if _PLAIN.fullmatch(text) else text


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
        >>> share = Column(name="share", header="占比", form=Form.PERCENT)
        >>> value_of(share, Percent("0.6")) == value_of(share, "60%") == value_of(share, 60)
        True
        >>> value_of(share, 0.6)
        Traceback (most recent call last):
            ...
        minzheng.errors.InvalidInput: expected per cent, got 0.6, which may be 60% or 0.6%: write 60% or format the cell as per cent
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
    Form.PERCENT: "per cent",
    Form.DAY: "a day such as 2020-07-24",
    Form.ANY: "text, a number or a day",
}


def _refused(value: Any, column: Column, more: str = "") -> InvalidInput:
    """What was expected and what was found, with the likely cause."""
    if isinstance(value, datetime) and value.time() != time():
        shown = f"the day {value:%Y-%m-%d} with a time of day"
    elif isinstance(value, datetime | date):
        shown = f"the day {value:%Y-%m-%d}"
    elif isinstance(value, Percent):
        shown = f"{_plain(value.scaleb(2))} %: the cell is formatted as per cent"
    elif isinstance(value, bool):
        shown = repr(value)
    elif isinstance(value, int | float | Decimal):
        shown = str(value)
    else:
        shown = brief(value) if isinstance(value, str) else f"a {type(value).__name__}"
    if column.private:
        kind = type(value).__name__
        if isinstance(value, datetime | date):
            shown = "a day"
        elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            shown = "a number"
        else:
            shown = f"something else ({kind})"
    why = _cause(value, column)
    number = _number(value)
    if why is None and number is not None and number.is_finite() and abs(number) >= _LARGEST:
        why = LOST
    said = f"expected {_wish(column)}, got {shown}{more}"
    return InvalidInput(said if why is None else f"{said}: {why}")


def _plain(number: Decimal) -> str:
    """A number without an exponent and without zeros at its end."""
    return f"{number.normalize():f}" if number.is_finite() else str(number)


def _number(value: Any) -> Decimal | None:
    """The shortest decimal that is the cell's number: what was typed, up to fifteen digits."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)


def _kept(number: Decimal) -> bool:
    """Whether no digit of a number can have been lost: a longer one ends in zeros of Excel."""
    return fits(number) and abs(number) < _LARGEST


_LARGEST = 10**15


def _text(value: Any, column: Column) -> str:
    if isinstance(value, str):
        return writable(value)
    number = _number(value)
    if number is None:
        raise _refused(value, column)
    whole = number.is_finite() and number == number.to_integral_value()
    digits = number.adjusted() + 1 if whole and number else 1
    if whole and digits == column.digits and number > 0 and not isinstance(value, Percent):
        return f"{number:f}"
    shown = "a number" if column.private else f"the number {value}"
    advice = (
        f"of {digits} digits: {LOST}"
        if whole and digits > 15
        else "for a number loses zeros in front and every digit after the fifteenth"
    )
    raise InvalidInput(
        f"expected text, got {shown}: format the cell as text and type it again, {advice}"
    )


def _whole(value: Any, column: Column) -> int:
    number = _decimal(value, column)
    if number != number.to_integral_value():
        raise _refused(value, column)
    return int(number)


def _decimal(value: Any, column: Column) -> Decimal:
    number = _number(value)
    if isinstance(value, Percent) or number is None or not _kept(number):
        as_text = isinstance(value, str) and _PLAIN.fullmatch(value.strip())
        raise _refused(value, column, ": it is text, convert it to a number" if as_text else "")
    return Decimal(_plain(number))


_PER_CENT = re.compile(r"([-+]?\d{1,15}(?:\.\d{1,15})?) ?[%％]", re.ASCII)


def _percent(value: Any, column: Column) -> Decimal:
    """Per cent as a cell shows it; a bare number up to 1 may be a share and is not taken."""
    if isinstance(value, str) and (found := _PER_CENT.fullmatch(value)):
        return Decimal(found[1])
    number = _number(value)
    if number is None or not _kept(number):
        raise _refused(value, column)
    if isinstance(value, Percent):
        return Decimal(_plain(number.scaleb(2)))
    if 0 < abs(number) <= 1:
        share = _plain(number.scaleb(2))
        raise InvalidInput(
            f"expected per cent, got {number}, which may be {share}% or {number}%: write {share}% "
            f"or format the cell as per cent"
        )
    return Decimal(_plain(number))


_FIRST_DAY = date(1900, 3, 1)


def _day(value: Any, column: Column) -> date:
    if isinstance(value, date):
        at_midnight = not isinstance(value, datetime) or value.time() == time()
        day = value.date() if isinstance(value, datetime) else value
        if at_midnight and day >= _FIRST_DAY:
            return day
        more = ": before 1900-03-01 days are written as text, Excel counts one too many"
        raise _refused(value, column, more if at_midnight else "")
    number = _number(value)
    typed = None
    if isinstance(value, str):
        typed = day_in(value)
    elif number is not None and not isinstance(value, Percent) and 10**7 <= number < 10**8:
        typed = day_in(str(number))
    if typed is None:
        raise _refused(value, column)
    return typed


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
    Form.PERCENT: _percent,
    Form.DAY: _day,
    Form.CHOICE: _choice,
    Form.CHOICES: _choices,
    Form.ANY: _any,
}

# --- cards ----------------------------------------------------------------------------------------


def _card(grid: Grid, known: Mapping[str, Column]) -> Read:
    """One record with its headers down the first column and its values in the second."""
    title = grid.title
    by_key = {header_key(each): each for each in known}
    cells: dict[str, Cell] = {}
    faults: list[Fault] = []
    left_out: list[Line] = []
    for row in range(grid.end):
        filled = grid.filled(row)
        head, value = grid.text(row, 0), grid.cell(row, 1)
        name = by_key.get(header_key(head))
        empty = value.value is None and not value.problem
        if name is None and empty and filled == [0] and not cells:
            left_out.append(Line(row + 1, head, "title"))
            continue
        for column in filled:
            if column > 1:
                faults.append(
                    Fault(f"{title}!{grid.cell(row, column).ref}", "stands beside the form")
                )
        if not head:
            if not empty:
                cells[value.ref] = value
                faults.append(Fault(f"{title}!{value.ref}", "stands under no header"))
            continue
        path = f"{title}!{grid.cell(row, 0).ref}"
        if name is None:
            faults.append(Fault(path, f"unknown column: {unknown(head[:100], known)}"))
        elif name in cells:
            faults.append(Fault(path, f"the column {name!r} stands twice"))
            name = None
        cells[name or f"{head} ({grid.cell(row, 0).ref})"] = value
    faults += [
        Fault(title, f"expected the column {head!r}, which is not there")
        for head, column in known.items()
        if column.required and head not in cells
    ]
    rows = []
    if any(each.value is not None or each.problem for each in cells.values()):
        rows.append(_read_row(1, cells, known, title, grid.typed))
    return Read(title, tuple(rows), tuple(faults), tuple(left_out))
