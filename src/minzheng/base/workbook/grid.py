"""The cells of a sheet of a workbook or of a CSV file, as they stand there, sparse and bounded."""

from __future__ import annotations

import csv
import warnings
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from io import StringIO
from pathlib import Path
from typing import Any, Final, TypeAlias

from attrs import field, frozen

from minzheng.base.brief import shown as brief
from minzheng.base.suggest import unknown
from minzheng.base.text import decode, what_file
from minzheng.base.workbook.model import library
from minzheng.base.workbook.opening import MOST_BYTES, parts_of, repacked
from minzheng.base.workbook.survey import (
    MOST_CELLS,
    Place,
    a1,
    parts_by_title,
    percent_styles,
    survey,
)
from minzheng.errors import Fault, InvalidInput, NotFound

__all__ = ["CSV", "Book", "Cell", "Grid", "Percent", "Value", "open_book"]

CSV: Final = "CSV"
"""The title of the only sheet of a CSV file."""

LONGEST: Final = 32_767
"""The most characters of a cell, as in Excel."""

MOST_COLUMNS: Final = 1024
"""The most columns of a table: no form of civil affairs comes near it."""


class Percent(Decimal):
    """The number of a cell that is formatted as per cent, as Excel keeps it: 0.6 for 60 %."""


Value: TypeAlias = str | Decimal | bool | date | datetime | time | timedelta | None
"""What a cell holds; ``None`` is an empty cell."""


@frozen
class Cell:
    """A cell as read.

    Attributes:
        ref: its name, such as ``C7``.
        value: text without spaces around it, a number as ``Decimal``, a truth value, a day, a
            moment, a time of day or a duration; ``None`` when it is empty or has a problem. A
            number formatted as per cent is a :class:`Percent`.
        problem: what stands there instead of a value: an error, or a formula never computed.
        merged: for a cell covered by a merged range, the range, such as ``C7:C9``.
    """

    ref: str
    value: Value = field(repr=False)
    problem: str = ""
    merged: str = ""

    @property
    def percent(self) -> bool:
        """Whether its number is formatted as per cent."""
        return isinstance(self.value, Percent)


@frozen(eq=False)
class Grid:
    """The cells of one sheet.

    Attributes:
        title: of the sheet.
        start: the row and column, from 0, of the first value.
        lines: the raw values from there on, row by row.
        percent: places formatted as per cent.
        problems: what stands in places without a value.
        merges: merged ranges by their first and last place.
        typed: whether numbers and days are no text: in a workbook, not in a CSV file.
    """

    title: str
    start: Place
    lines: Sequence[Sequence[Any]]
    percent: frozenset[Place] = frozenset()
    problems: Mapping[Place, str] = field(factory=dict)
    merges: Sequence[tuple[Place, Place]] = ()
    typed: bool = True

    @cached_property
    def _problem_rows(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for row, column in sorted(self.problems):
            found.setdefault(row, []).append(column)
        return found

    @cached_property
    def end(self) -> int:
        """The row after the last one with content."""
        return max(self.start[0] + len(self.lines), *(row + 1 for row in self._problem_rows), 0)

    @cached_property
    def width(self) -> int:
        """The column after the last one of any row."""
        found = [self.start[1] + max(map(len, self.lines), default=0)]
        return max(found + [column + 1 for _row, column in self.problems])

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a place, from 0."""
        place = (row, column)
        return Cell(a1(row, column), self.value(place), self.problems.get(place, ""))

    def value(self, place: Place) -> Value:
        """What a place says."""
        down, right = place[0] - self.start[0], place[1] - self.start[1]
        if down < 0 or right < 0:
            return None
        try:
            raw = self.lines[down][right]
        except IndexError:
            return None
        if isinstance(raw, str):
            return raw.strip() or None
        if isinstance(raw, bool) or not isinstance(raw, int | float):
            return raw
        text = repr(raw).removesuffix(".0")
        return Percent(text) if place in self.percent else Decimal(text)

    def text(self, row: int, column: int) -> str:
        """The content of a cell in words, for headers, titles and remarks."""
        value = self.value((row, column))
        return "" if value is None else str(value)

    def filled(self, row: int) -> list[int]:
        """The columns of a row that have content."""
        found: list[int] = []
        down = row - self.start[0]
        if 0 <= down < len(self.lines):
            found = [
                right
                for right, raw in enumerate(self.lines[down], start=self.start[1])
                if (raw.strip() if isinstance(raw, str) else raw is not None)
            ]
        problems = self._problem_rows.get(row)
        return sorted({*found, *problems}) if problems else found


class Book:
    """A workbook, or a CSV file as a workbook of one sheet; :func:`open_book` makes it."""

    is_workbook = True

    def __init__(self, titles: Mapping[str, bool]) -> None:
        self._visible = dict(titles)

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles of the sheets that have cells, in their order."""
        return tuple(self._visible)

    @property
    def visible(self) -> tuple[str, ...]:
        """The titles of those that are not hidden."""
        return tuple(title for title, visible in self._visible.items() if visible)

    def only(self) -> str:
        """The title of the only sheet that is not hidden and not empty.

        Raises:
            InvalidInput: when there are several, or none.
        """
        full = [title for title in self.visible if self.grid(title).lines]
        if len(full) == 1:
            return full[0]
        if not full:
            raise InvalidInput("the workbook has no sheet with content")
        raise InvalidInput(f"the workbook has several sheets: say which of {', '.join(full)}")

    def grid(self, title: str) -> Grid:
        """The cells of a sheet.

        Raises:
            NotFound: when it has no sheet of that title.
            InvalidInput: when the sheet is broken or beyond bounds.
        """
        if title not in self._visible:
            raise NotFound(f"no sheet {title!r}: {unknown(title[:100], self._visible)}")
        return self._grid(title)

    def _grid(self, title: str) -> Grid:
        raise NotImplementedError


class _Workbook(Book):
    def __init__(self, data: bytes) -> None:
        calamine = library("python_calamine")
        parts = parts_of(data)
        self._parts = parts_by_title(parts)
        self._percents = percent_styles(parts.get("xl/styles.xml", b"<x/>"))
        self._grids: dict[str, Grid] = {}
        self._book = _guarded(calamine.CalamineWorkbook.from_filelike, repacked(parts))
        sheets = {
            each.name: each.visible == calamine.SheetVisibleEnum.Visible
            for each in self._book.sheets_metadata
            if each.typ == calamine.SheetTypeEnum.WorkSheet and each.name in self._parts
        }
        super().__init__(sheets)

    def _grid(self, title: str) -> Grid:
        if title not in self._grids:
            found = survey(self._parts[title], self._percents)
            sheet = _guarded(self._book.get_sheet_by_name, title)
            lines = _guarded(sheet.to_python)
            self._grids[title] = Grid(
                title,
                sheet.start or (0, 0),
                lines,
                frozenset(found.percent),
                found.problems,
                found.merges,
            )
        return self._grids[title]


def _guarded(call: Any, *arguments: Any) -> Any:
    """Call the library: whatever a broken file does to it, even a panic, is a fault of the file."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return call(*arguments)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic is no Exception
        raise InvalidInput(f"is no Excel workbook (.xlsx): {str(error)[:200]}") from None


class _Csv(Book):
    is_workbook = False

    def __init__(self, text: str) -> None:
        super().__init__({CSV: True})
        self._lines = list(_csv_lines(text))

    def _grid(self, title: str) -> Grid:
        return Grid(title, (0, 0), self._lines, typed=False)


def _csv_lines(text: str) -> Iterator[list[str]]:
    """The records of a CSV text, each bounded; the limit of the module stays as it is."""
    rows = csv.reader(StringIO(text, newline=""), strict=True)
    cells = number = 0
    faults: list[Fault] = []
    while True:
        number += 1
        line = rows.line_num + 1
        try:
            row = next(rows)
        except StopIteration:
            break
        except csv.Error as error:
            faults.append(Fault(f"{CSV}!{number}", _csv_error(error, line)))
            break
        cells += len(row)
        if len(row) > MOST_COLUMNS or cells > MOST_CELLS:
            most = f"{MOST_COLUMNS} cells" if len(row) > MOST_COLUMNS else f"{MOST_CELLS} in all"
            faults.append(Fault(f"{CSV}!{number}", f"expected at most {most}"))
            break
        if sum(map(len, row)) > LONGEST:
            for column, each in enumerate(row):
                if len(each) <= LONGEST:
                    continue
                where = f"{CSV}!{a1(number - 1, column)}"
                message = f"expected at most {LONGEST} characters, got {len(each)}"
                faults.append(Fault(where, message))
        yield row
    if faults:
        raise InvalidInput(faults)


def _csv_error(error: csv.Error, line: int) -> str:
    if "limit" in str(error) or "unexpected end" in str(error):
        return (
            f'a cell in quotes that begins in line {line} is not closed by ", or longer than '
            f"{LONGEST} characters"
        )
    if "expected after" in str(error):
        return f'line {line}: a quote inside a cell in quotes is written twice: ""'
    return f"line {line}: {brief(str(error))}"


def _check_size(size: int) -> None:
    if size > MOST_BYTES:
        raise InvalidInput(f"expected at most {MOST_BYTES // 2**20} MB, got {size // 2**20} MB")


def open_book(source: bytes | str | Path | Book) -> Book:
    """Open a workbook (``.xlsx``) or a CSV file (UTF-8 or GB 18030).

    Args:
        source: the bytes of the file, or its path.

    Raises:
        InvalidInput: when it is neither, by what it is; when it is beyond bounds.
        MinzhengError: for a workbook when the extra ``excel`` is not installed.
    """
    if isinstance(source, Book):
        return source
    if isinstance(source, str | Path):
        try:
            _check_size(Path(source).stat().st_size)
            source = Path(source).read_bytes()
        except (OSError, UnicodeError) as error:
            raise InvalidInput(f"cannot be read: {error}") from None
    _check_size(len(source))
    is_text = source and not source.startswith(b"PK") and what_file(source) is None
    return _Csv(decode(source)) if is_text else _Workbook(source)
