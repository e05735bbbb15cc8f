"""What a sheet is: its columns, its rows, and what was read of one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from attrs import field, frozen

from minzheng.errors import Fault, InvalidInput, MinzhengError

__all__ = [
    "BETWEEN",
    "NONE",
    "Column",
    "Form",
    "Layout",
    "Line",
    "Merge",
    "Read",
    "ReadRow",
    "Sheet",
    "fits",
    "library",
    "writable",
]

BETWEEN: Final = "、"
"""What stands between the words of a cell that holds several."""

NONE: Final = "无"
"""What a cell of several words says when there is none: an empty cell is not known."""

_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
_LONGEST = 32_767
_DIGITS = 15


class Form(Enum):
    """What the cells of a column hold."""

    TEXT = "text"
    """text, also of digits: the cells are formatted as text"""
    WHOLE = "whole"
    """a whole number"""
    DECIMAL = "decimal"
    """an exact decimal number"""
    PERCENT = "percent"
    """an exact number of per cent: 60 of a cell that shows 60 %, of the text 60%, or of 60"""
    DAY = "day"
    """a day; text such as 2020-07-24 or 2020年7月24日 is read too"""
    CHOICE = "choice"
    """one of the words of a list"""
    CHOICES = "choices"
    """several words of a list, with 、 between them"""
    ANY = "any"
    """text, a number or a day, as the row asks: see :func:`cell_of` and :func:`value_of`"""


class Layout(Enum):
    """How the records of a sheet lie."""

    LIST = "list"
    """headers in the first row, each further row a record"""
    CARD = "card"
    """headers in the first column, one record in the second"""


@frozen(kw_only=True)
class Column:
    """One typed column.

    Attributes:
        name: the key of its values in a row.
        header: what people read; it finds the column again, wherever it stands.
        form: what its cells hold.
        choices: for a choice, what each word stands for.
        required: whether a cell may not be empty.
        check: raises ``InvalidInput`` for a value that cannot be.
        private: whether faults keep what was found to themselves.
        single: whether its cells belong to one row each, so that a cell merged over several rows
            is a fault; of other columns the value is taken for each of the rows.
        digits: for text, how many digits a code has that never begins with 0: a number of so many
            digits is taken, for nothing of it is lost.
        width: in characters.
    """

    name: str
    header: str
    form: Form = Form.TEXT
    choices: Mapping[str, Any] = field(factory=dict)
    required: bool = False
    check: Callable[[Any], object] | None = None
    private: bool = False
    single: bool = False
    digits: int | None = None
    width: int = 16


@frozen(kw_only=True)
class Sheet:
    """A sheet to write.

    Attributes:
        title: of the sheet, at most 31 characters.
        columns: the columns, in their order.
        rows: values by the names of the columns; ``None`` or nothing is an empty cell.
        layout: a list or a card.
        offers: for a list, by the names of columns the words that the cell of each row offers,
            where they differ from row to row; an empty tuple offers none.
    """

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Mapping[str, Any]]
    layout: Layout = Layout.LIST
    offers: Mapping[str, Sequence[tuple[str, ...]]] = field(factory=dict)


@frozen
class Line:
    """A row that is no record.

    Attributes:
        number: of the row, from 1.
        text: what it says, its cells with spaces between them.
        kind: ``title``, ``total``, ``remark`` or ``header`` (repeated within the body).
    """

    number: int
    text: str = field(repr=False)
    kind: str


@frozen
class Merge:
    """A merged range of the body whose value was taken for each of its rows.

    Attributes:
        ref: the range, such as ``C7:C9``.
        column: its column.
        rows: the numbers of the rows.
    """

    ref: str
    column: str
    rows: tuple[int, ...]


@frozen
class ReadRow:
    """One record as read.

    Attributes:
        number: the row of the sheet it stands in; for a card 1.
        values: what could be read, by the names of the columns; an empty cell is ``None``.
        cells: every cell as it stands there, by its header, also those that cannot be read.
        faults: what is wrong with it, by the cell.
        places: the cell of each column, such as ``C7``.
    """

    number: int
    values: Mapping[str, Any] = field(repr=False)
    cells: Mapping[str, Any] = field(repr=False)
    faults: tuple[Fault, ...]
    places: Mapping[str, str] = field(repr=False)


@frozen
class Read:
    """A sheet as read: nothing of it is lost, whatever is wrong with it.

    Attributes:
        title: of the sheet.
        rows: every row that is not empty, those with faults among them.
        faults: of the headers, of merged ranges, and of cells that stand under no header.
        left_out: titles, totals, remarks and repeated headers: rows that are no record.
        merges: merged ranges whose value was taken for each of their rows.
    """

    title: str
    rows: tuple[ReadRow, ...]
    faults: tuple[Fault, ...]
    left_out: tuple[Line, ...] = ()
    merges: tuple[Merge, ...] = ()

    @property
    def all_faults(self) -> tuple[Fault, ...]:
        """The faults that are no row's, then those of the rows."""
        return (*self.faults, *(fault for row in self.rows for fault in row.faults))


def library(name: str = "openpyxl") -> Any:
    """A module of the extra ``excel``: openpyxl writes, python-calamine reads values.

    Raises:
        MinzhengError: naming the extra, when it is not installed.
    """
    try:
        return __import__(name)
    except ImportError as error:
        raise MinzhengError(
            f'workbooks need {name}: python -m pip install "minzheng[excel]"'
        ) from error


def fits(number: Decimal) -> bool:
    """Whether Excel, with its fifteen digits, gives a number back as it was."""
    return number.is_finite() and len(number.normalize().as_tuple().digits) <= _DIGITS


def writable(text: str) -> str:
    """Text that a cell holds and gives back as it was.

    Raises:
        InvalidInput: for any other.
    """
    if len(text) > _LONGEST:
        raise InvalidInput(f"expected at most {_LONGEST} characters, got {len(text)}")
    if _UNWRITABLE.search(text):
        raise InvalidInput("expected text without control characters")
    if text != text.strip() or not text:
        raise InvalidInput("expected text without spaces around it, and not empty")
    return text
