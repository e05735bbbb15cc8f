"""Tables as Excel workbooks: typed columns out, and back in with every fault at its cell.

A :class:`Sheet` is a title, typed :class:`Column` s and rows; it is laid out as a list, one row
a record under a row of headers, or as a card, one record with its headers down the first column.
The same input gives the same bytes. Nothing here knows what the columns are about.

Needs the extra ``excel`` (openpyxl), loaded on first use.

Limitations:
    The bytes are equal for one version of openpyxl and of zlib; another may lay the same cells
    out in other bytes. A number of Excel has fifteen digits at most: longer ones are refused, and
    what consists of digits but is no quantity (a resident number) is a ``TEXT`` column.
"""

from __future__ import annotations

from minzheng.base.workbook.model import (
    BETWEEN,
    Column,
    Form,
    Layout,
    Read,
    ReadRow,
    Sheet,
    writable,
)
from minzheng.base.workbook.reading import read, value_of
from minzheng.base.workbook.writing import cell_of, write

__all__ = [
    "BETWEEN",
    "Column",
    "Form",
    "Layout",
    "Read",
    "ReadRow",
    "Sheet",
    "cell_of",
    "read",
    "value_of",
    "writable",
    "write",
]
