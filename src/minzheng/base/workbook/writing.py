"""Sheets as the bytes of a workbook, the same bytes for the same input."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from minzheng.base.workbook.model import (
    BETWEEN,
    NONE,
    Column,
    Form,
    Layout,
    Sheet,
    fits,
    library,
    writable,
)
from minzheng.errors import Fault, InvalidInput

__all__ = ["cell_of", "write"]

_LISTS = "lists"
_TITLE = re.compile(r"[^\[\]:*?/\\]{1,31}")
_FIRST_DAY = date(1900, 3, 1)  # before it Excel's calendar has a day too many
_LAST_ROW = 1_048_576


def write(sheets: Sequence[Sheet]) -> bytes:
    """Sheets as the bytes of one workbook.

    Cells of text are formatted as text, days as days; a column of choices offers its list.

    Raises:
        InvalidInput: with every value that no cell can hold and where it would stand.
        MinzhengError: when the extra ``excel`` is not installed.

    Example:
        >>> from minzheng.base.workbook import Column, Form, Sheet, read
        >>> fruit = Column(name="fruit", header="水果", choices={"梨": 1, "桃": 2}, form=Form.CHOICE)
        >>> sheet = Sheet(title="果园", columns=(fruit,), rows=[{"fruit": 2}])
        >>> write([sheet]) == write([sheet])
        True
        >>> read(write([sheet]), "果园", (fruit,)).rows[0].values
        {'fruit': 2}
    """
    openpyxl = library()
    book = openpyxl.Workbook()
    book.remove(book.active)
    lists = _Lists()
    faults = list(_titles([each.title for each in sheets]))
    if faults:
        raise InvalidInput(faults)
    for sheet in sheets:
        faults += _write_sheet(book.create_sheet(sheet.title), sheet, lists)
    if faults:
        raise InvalidInput(faults)
    if lists.columns:
        page = book.create_sheet(_LISTS)
        page.sheet_state = "hidden"
        for place, words in enumerate(lists.columns, start=1):
            for row, word in enumerate(words, start=1):
                _put(page.cell(row, place), word)
    book.properties.creator = "minzheng"
    return _stable(book)


def _titles(titles: Sequence[str]) -> Iterator[Fault]:
    for title in titles:
        if not _TITLE.fullmatch(title) or title == _LISTS or titles.count(title) > 1:
            wanted = (
                f"expected a title of its own, 1..31 characters, none of []:*?/\\, not {_LISTS}"
            )
            yield Fault(title, wanted)


class _Lists:
    """The lists that cells offer, each once, on a hidden sheet: no limit of 255 characters."""

    def __init__(self) -> None:
        self.columns: list[tuple[str, ...]] = []

    def formula(self, words: tuple[str, ...]) -> str:
        from openpyxl.utils import get_column_letter

        if words not in self.columns:
            self.columns.append(words)
        letter = get_column_letter(self.columns.index(words) + 1)
        return f"{_LISTS}!${letter}$1:${letter}${len(words)}"


def _write_sheet(page: Any, sheet: Sheet, lists: _Lists) -> Iterator[Fault]:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    card = sheet.layout is Layout.CARD
    if card and len(sheet.rows) != 1:
        yield Fault(sheet.title, f"a card holds one record, got {len(sheet.rows)}")
        return
    page.freeze_panes = "B1" if card else "A2"
    if card:
        page.column_dimensions["A"].width = max(each.width for each in sheet.columns)
        page.column_dimensions["B"].width = 40
    for place, column in enumerate(sheet.columns, start=1):
        letter = get_column_letter(place)
        head = page.cell(place, 1) if card else page.cell(1, place)
        _put(head, column.header)
        head.font = Font(bold=True)
        if not card:
            page.column_dimensions[letter].width = column.width
            page.column_dimensions[letter].number_format = _FORMATS[column.form]
        if column.form is Form.CHOICE:
            offer = DataValidation(
                type="list", formula1=lists.formula(tuple(column.choices)), allow_blank=True
            )
            offer.add(f"B{place}" if card else f"{letter}2:{letter}{_LAST_ROW}")
            page.add_data_validation(offer)
        for words, places in _by_words(sheet.offers.get(column.name, ())):
            offer = DataValidation(type="list", formula1=lists.formula(words), allow_blank=True)
            for number in places:
                offer.add(f"{letter}{number}")
            page.add_data_validation(offer)
        for number, row in enumerate(sheet.rows, start=2):
            cell = page.cell(place, 2) if card else page.cell(number, place)
            try:
                shown = cell_of(column, row.get(column.name))
                if column.form is Form.PERCENT and shown is not None:
                    shown = _short(row[column.name].scaleb(-2))
                _put(cell, shown)
                is_day = column.form is Form.ANY and isinstance(shown, date)
                cell.number_format = _FORMATS[Form.DAY if is_day else column.form]
            except InvalidInput as error:
                yield from error.under(f"{sheet.title}!{cell.coordinate}").faults


def _by_words(offers: Sequence[tuple[str, ...]]) -> list[tuple[tuple[str, ...], list[int]]]:
    """The rows that offer the same words, each list of words once."""
    found: dict[tuple[str, ...], list[int]] = {}
    for number, words in enumerate(offers, start=2):
        if words:
            found.setdefault(words, []).append(number)
    return list(found.items())


_FORMATS = {
    Form.TEXT: "@",
    Form.WHOLE: "0",
    Form.DECIMAL: "General",
    Form.PERCENT: "0.00%",
    Form.DAY: "yyyy-mm-dd",
    Form.CHOICE: "@",
    Form.CHOICES: "@",
    Form.ANY: "General",
}


def _put(cell: Any, value: Any) -> None:
    if value is None:
        return
    cell.value = value
    if isinstance(value, str):  # text that begins with = is text, never a formula
        cell.data_type = "s"


def cell_of(column: Column, value: Any) -> Any:
    """What a cell of a column holds for a value.

    Args:
        column: the column; for a cell of ``Form.ANY`` one that says what its row asks.
        value: of the record; ``None`` is an empty cell.

    Raises:
        InvalidInput: for a value that no such cell can hold.

    Example:
        >>> cell_of(Column(name="on", header="日期", form=Form.DAY), date(1840, 5, 1))
        '1840-05-01'
    """
    if value is None:
        return None
    match column.form:
        case Form.CHOICE:
            return _word(column, value)
        case Form.CHOICES:
            return BETWEEN.join(_word(column, each) for each in value) or NONE
        case Form.DAY:
            day: date = _wanted(value, date)
            return day if day >= _FIRST_DAY else day.isoformat()
        case Form.WHOLE:
            return _short(_wanted(value, int))
        case Form.DECIMAL:
            return _short(_wanted(value, Decimal))
        case Form.PERCENT:
            number = _short(_wanted(value, Decimal))
            return f"{number}%" if 0 < abs(number) <= 1 else number
        case Form.TEXT:
            return writable(_wanted(value, str))
        case Form.ANY:
            return _any(value)


def _any(value: Any) -> Any:
    if isinstance(value, str):
        return writable(value)
    if type(value) in (int, Decimal):
        return _short(value)
    return _wanted(value, date)


def _wanted(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise InvalidInput(f"expected {kind.__name__}, got {value!r}")
    return value


def _short(value: Any) -> Any:
    if not fits(Decimal(value)):
        raise InvalidInput(f"expected at most 15 digits, got {value}")
    return value


def _word(column: Column, value: Any) -> str:
    for word, meant in column.choices.items():
        if meant == value:
            return word
    raise InvalidInput(f"expected one of {', '.join(column.choices)}, got {value!r}")


def _stable(book: Any) -> bytes:
    """The bytes of a book without the clock: openpyxl stamps the archive and its properties."""
    raw, out = BytesIO(), BytesIO()
    book.save(raw)
    with ZipFile(raw) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name == "docProps/core.xml":
                body = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2000-01-01T00:00:00Z", body)
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3
            new.writestr(entry, body)
    return out.getvalue()
