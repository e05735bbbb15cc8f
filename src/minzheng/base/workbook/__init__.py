"""Tables as Excel workbooks: typed columns out, and back in with every fault at its cell.

:func:`read_table` reads what people make of a table: titles above the header, a header of up to
three rows with merged cells, totals, remarks; in a workbook or in a CSV file. :func:`read` reads it
into typed columns.

A :class:`Sheet` is a title, typed :class:`Column` s and rows; it is laid out as a list, one row
a record under a row of headers, or as a card, one record with its headers down the first column.
The same input gives the same bytes. Nothing here knows what the columns are about.

Needs the extra ``excel`` (openpyxl to write, python-calamine to read), loaded on first use; CSV
needs neither.

Limitations:
    The bytes are equal for one version of openpyxl and of zlib; another may lay the same cells
    out in other bytes. A number of Excel has fifteen digits at most: longer ones are refused, and
    what consists of digits but is no quantity (a resident number) is a ``TEXT`` column.
"""

from __future__ import annotations

from minzheng.base.workbook.grid import Book, Cell, Percent, Value, open_book
from minzheng.base.workbook.model import (
    BETWEEN,
    Column,
    Form,
    Layout,
    Line,
    Merge,
    Read,
    ReadRow,
    Sheet,
    writable,
)
from minzheng.base.workbook.reading import read, value_of
from minzheng.base.workbook.table import Header, Row, Table, read_table
from minzheng.base.workbook.writing import cell_of, write

__all__ = [
    "BETWEEN",
    "Book",
    "Cell",
    "Column",
    "Form",
    "Header",
    "Layout",
    "Line",
    "Merge",
    "Percent",
    "Read",
    "ReadRow",
    "Row",
    "Sheet",
    "Table",
    "Value",
    "cell_of",
    "open_book",
    "read",
    "read_table",
    "value_of",
    "writable",
    "write",
]
