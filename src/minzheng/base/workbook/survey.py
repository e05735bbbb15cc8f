"""What the values of a sheet leave out: its extent, merged ranges, percent formats, errors.

The library that reads the values lays a sheet out as one rectangle, gives errors and formulas
without a stored value as empty cells, and no formats. One pass over the XML finds all of that
first, and refuses a sheet whose rectangle would be much larger than what is filled in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from posixpath import normpath
from typing import Any, Final
from xml.parsers import expat

from attrs import define, field

from minzheng.errors import InvalidInput

__all__ = ["MOST_CELLS", "Survey", "a1", "parts_by_title", "percent_styles", "place_of", "survey"]

MOST_CELLS: Final = 10_000_000
"""The most cells with content that a sheet may have."""

_SPARSE: Final = 2_000_000
_RATIO: Final = 32
_MOST_MERGES: Final = 200_000
_MOST_MARKS: Final = 1_000_000
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384

Place = tuple[int, int]
"""A row and a column, both from 0."""


@define
class Survey:
    """What was found.

    Attributes:
        cells: how many cells have content.
        first, last: the corners of the rectangle of cells with content.
        percent: cells formatted as per cent.
        problems: what stands in cells without a value: an error, or a formula never computed.
        merges: merged ranges, as their first and last cell.
    """

    cells: int = 0
    first: Place = (_LAST_ROW, _LAST_COLUMN)
    last: Place = (-1, -1)
    percent: set[Place] = field(factory=set)
    problems: dict[Place, str] = field(factory=dict)
    merges: list[tuple[Place, Place]] = field(factory=list)


_A1: Final = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})", re.ASCII)


def place_of(name: str) -> Place:
    """The row and column, from 0, of a cell such as ``C7``.

    Raises:
        InvalidInput: for what is no cell of a sheet.

    Example:
        >>> place_of("C7"), a1(6, 2)
        ((6, 2), 'C7')
    """
    found = _A1.fullmatch(name)
    if found:
        column = 0
        for letter in found[1].upper():
            column = column * 26 + ord(letter) - 64
        row = int(found[2])
        if 1 <= row <= _LAST_ROW and column <= _LAST_COLUMN:
            return row - 1, column - 1
    raise InvalidInput(
        f"is no Excel workbook (.xlsx): expected a cell such as C7, got {name!r:.40}"
    )


def a1(row: int, column: int) -> str:
    """The name of a cell by its row and column, from 0."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def _parse(part: bytes, **handlers: Any) -> None:
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    for name, handler in handlers.items():
        setattr(
            parser, name, partial(handler, parser) if name == "StartElementHandler" else handler
        )
    try:
        parser.Parse(part, True)
    except expat.ExpatError as error:
        raise InvalidInput(f"is no Excel workbook (.xlsx): its XML is broken ({error})") from None


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def parts_by_title(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The XML of each sheet by its title."""
    sheets: dict[str, str] = {}
    targets: dict[str, str] = {}

    def sheet(_: Any, name: str, attributes: Mapping[str, str]) -> None:
        if _local(name) == "sheet":
            by_name = {_local(key): value for key, value in attributes.items()}
            sheets[by_name.get("name", "")] = by_name.get("id", "")

    def relation(_: Any, name: str, attributes: Mapping[str, str]) -> None:
        if _local(name) == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    _parse(parts["xl/workbook.xml"], StartElementHandler=sheet)
    _parse(parts.get("xl/_rels/workbook.xml.rels", b"<x/>"), StartElementHandler=relation)
    found = {}
    by_lower = {name.lower(): part for name, part in parts.items()}
    for title, relation_id in sheets.items():
        target = targets.get(relation_id, "")
        path = target.lstrip("/") if target.startswith("/") else normpath(f"xl/{target}")
        if path.lower() in by_lower:
            found[title] = by_lower[path.lower()]
    return found


_PERCENTS: Final = {9, 10}
_LITERAL: Final = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]')


def percent_styles(styles: bytes) -> frozenset[str]:
    """The numbers of the styles whose cells show per cent, as cells name them."""
    formats: dict[int, bool] = dict.fromkeys(_PERCENTS, True)
    found: list[bool] = []
    inside = False

    def start(_: Any, name: str, attributes: Mapping[str, str]) -> None:
        nonlocal inside
        name = _local(name)
        if name == "numFmt":
            code = _LITERAL.sub("", attributes.get("formatCode", "")[:1000])
            formats[_number(attributes.get("numFmtId"))] = "%" in code
        elif name == "cellXfs":
            inside = True
        elif name == "xf" and inside:
            found.append(formats.get(_number(attributes.get("numFmtId")), False))

    def end(name: str) -> None:
        nonlocal inside
        inside = inside and _local(name) != "cellXfs"

    _parse(styles, StartElementHandler=start, EndElementHandler=end)
    return frozenset(str(at) for at, percent in enumerate(found) if percent)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else -1


def survey(part: bytes, percents: frozenset[str]) -> Survey:
    """Survey the XML of a sheet.

    Args:
        part: the XML.
        percents: the styles that show per cent.

    Raises:
        InvalidInput: when it is no sheet, or its cells lie so far apart that it is refused.
    """
    walk = _Walk(percents)
    _parse(part, StartElementHandler=walk.start)
    walk.close()
    found = walk.found
    rows, columns = found.last[0] - found.first[0] + 1, found.last[1] - found.first[1] + 1
    if rows > 0 and rows * columns > max(_SPARSE, _RATIO * found.cells):
        corner = a1(*found.last)
        raise InvalidInput(
            f"the sheet has {found.cells} cells with content, spread as far as {corner}: delete "
            f"the rows and columns beyond the table"
        )
    return found


class _Walk:
    """The state of one pass: where it is, and the cell whose text matters."""

    def __init__(self, percents: frozenset[str]) -> None:
        self.found = Survey()
        self.percents = percents
        self.row, self.column = -1, -1
        self.kind = ""
        self.formula = False
        self.text: list[str] | None = None
        self.names: dict[str, str] = {}
        self.merged: set[Place] = set()

    def start(self, parser: Any, name: str, attributes: Mapping[str, str]) -> None:
        """Take one element."""
        local = self.names.get(name)
        if local is None:
            if len(self.names) > 1000:
                raise InvalidInput("is no Excel workbook (.xlsx): too many kinds of elements")
            local = self.names[name] = _local(name)
        if local == "c":
            self._cell(attributes)
        elif local in ("v", "is"):
            self._content(parser, local)
        elif local == "row":
            self.close()
            at = attributes.get("r")
            self.row = self.row + 1 if at is None else place_of(f"A{at}")[0]
            self.column = -1
        elif local == "f":
            self.formula = True
            self._content(parser, local)
        elif local == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _cell(self, attributes: Mapping[str, str]) -> None:
        self.close()
        at = attributes.get("r")
        if at is None:
            self.column += 1
            place_of(a1(self.row, self.column))
        else:
            self.row, self.column = place_of(at)
        self.kind = attributes.get("t", "n")
        if self.kind == "n" and attributes.get("s") in self.percents:
            self._mark(self.found.percent)
            self.found.percent.add((self.row, self.column))

    def _mark(self, marks: Any) -> None:
        if len(marks) >= _MOST_MARKS:
            raise InvalidInput(f"more than {_MOST_MARKS} cells with errors or in per cent")

    def _content(self, parser: Any, local: str) -> None:
        found = self.found
        found.cells += 1
        if found.cells > MOST_CELLS:
            raise InvalidInput(f"the sheet has more than {MOST_CELLS} cells with content")
        row, column = self.row, self.column
        found.first = (min(found.first[0], row), min(found.first[1], column))
        found.last = (max(found.last[0], row), max(found.last[1], column))
        if local == "v" and (self.formula or self.kind == "e"):
            self.text = []
            parser.CharacterDataHandler = self.text.append
            self.parser = parser

    def close(self) -> None:
        """Finish the cell before: an error, or a formula without a stored value."""
        if self.kind == "e" or self.formula:
            text = ""
            if self.text is not None:
                self.parser.CharacterDataHandler = None
                text = "".join(self.text).strip()
            problem = ""
            if self.kind == "e":
                problem = f"the error {text[:20]}"
            elif not text and (self.kind != "str" or self.text is None):
                problem = (
                    "a formula without a stored value: open the workbook in Excel and save it again"
                )
            if problem:
                self._mark(self.found.problems)
                self.found.problems[self.row, self.column] = problem
        self.kind, self.formula, self.text = "", False, None

    def _merge(self, ref: str) -> None:
        if len(self.found.merges) >= _MOST_MERGES:
            raise InvalidInput(f"the sheet has more than {_MOST_MERGES} merged ranges")
        start, _, end = ref.replace("$", "").partition(":")
        first = place_of(start)
        if first in self.merged:
            raise InvalidInput(f"{start}: merged ranges overlap")
        self.merged.add(first)
        self.found.merges.append((first, place_of(end) if end else first))
