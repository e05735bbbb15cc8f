"""The frame: who can be drawn, validated, without duplicates, in bytes that anybody can hash.

One line an organisation, fields parted by tabs, in Unicode's form NFC and UTF-8, sorted by
credit code, each line closed by a line feed. The columns are fixed: :data:`COLUMNS`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property, partial
from hashlib import sha256
from io import StringIO
from pathlib import Path

from attrs import asdict, evolve, frozen

from minzheng.base.brief import shown
from minzheng.base.identifiers import uscc
from minzheng.base.text import LOST, cause, day_in, decode, lost_digits, what_file
from minzheng.base.workbook import Header, Row, Table, Value, open_book, read_table
from minzheng.base.workbook.grid import Grid
from minzheng.errors import Fault, InvalidInput
from minzheng.inspection import wording
from minzheng.inspection.canonical import one_line
from minzheng.inspection.wording import as_line, unfit

__all__ = ["COLUMNS", "KINDS", "NEVER", "Frame", "Organization"]

COLUMNS = ("code", "name", "tags", "area", "risk", "size", "inspected", "inspections")
"""The columns of a frame, in the order of its bytes."""

NEVER = "never"
"""What ``inspected`` says of an organisation that was never inspected."""

KINDS = {"51": "association", "52": "private_unit", "53": "foundation", "59": "other"}
"""Kinds of social organisations by the first two characters of the credit code (GB 32100)."""


@frozen(kw_only=True)
class Organization:
    """One organisation that can be drawn; ``None`` is a fact that is not known.

    Attributes:
        code: its unified social credit code.
        name: its name.
        tags: all that it is marked with, such as ``industry_association``, ``charity``.
        area: six-digit division code.
        risk: its credit or risk class, in the words of the place.
        size: a whole number from 1 on, for draws with probability proportional to size.
        inspected: the day of the last inspection, or :data:`NEVER`.
        inspections: how often it was inspected this year.
    """

    code: str = wording.code()
    name: str = wording.line(shown=False)
    tags: tuple[str, ...] = wording.words()
    area: str | None = wording.line(None)
    risk: str | None = wording.line(None)
    size: int | None = None
    inspected: date | str | None = None
    inspections: int | None = None

    @property
    def kind(self) -> str:
        """The kind by the credit code; ``unlisted`` for codes that civil affairs did not give."""
        return KINDS.get(self.code[:2], "unlisted")


@frozen(eq=False)
class Frame:
    r"""The organisations of one draw; :meth:`of` and :meth:`from_csv` make it.

    Attributes:
        lines: the canonical lines, sorted by credit code.
        repeated: codes that stood more than once, always with the same facts.
        warnings: what looks wrong in codes that were perhaps really issued.
        admitted: codes with an irregular check character; the seal publishes them.

    Example:
        >>> frame = Frame.from_csv("code,name\n53130800000000000X,样本基金会\n")
        >>> len(frame), frame.sha256[:16]
        (1, 'c774f4a2f22517d1')
    """

    lines: tuple[str, ...]
    repeated: tuple[str, ...] = ()
    warnings: tuple[Fault, ...] = ()
    admitted: tuple[str, ...] = ()

    @classmethod
    def from_lines(cls, lines: Sequence[str]) -> Frame:
        """Read the canonical lines of a frame again, each of which has to be what it would be made into.

        Raises:
            InvalidInput: with every line that a frame would not have: other than canonical,
                not ascending, a code on two lines.
        """
        faults: list[Fault] = []
        admitted: list[str] = []
        before = ""
        for place, line in enumerate(lines):
            path, cells = f"frame[{place}]", line.split("\t")
            if len(cells) != len(COLUMNS):
                faults.append(Fault(path, f"expected {len(COLUMNS)} cells, got {len(cells)}"))
                continue
            try:
                code, regular = _code(cells[0])
                if not regular:
                    admitted.append(code)
                if _line(code, dict(zip(COLUMNS, cells, strict=True))) != line:
                    faults.append(Fault(path, "is not in canonical form"))
            except InvalidInput as error:
                faults += error.under(path).faults
            if cells[0] <= before:
                faults.append(Fault(path, "expected codes ascending, each once"))
            before = cells[0]
        faults += one_line(list(lines), "frame", tabs=True)
        if not lines:
            faults.append(Fault("frame", "expected at least one organisation"))
        if faults:
            raise InvalidInput(faults)
        return cls(tuple(lines), admitted=tuple(admitted))

    @classmethod
    def of(cls, organizations: Iterable[Organization], *, admit: Collection[str] = ()) -> Frame:
        """Build a frame.

        Args:
            organizations: those of the draw.
            admit: credit codes that the registry issued with an irregular last character.

        Raises:
            InvalidInput: with every fault of every organisation.
        """
        return _build(
            ((f"organizations[{n}]", _words(each)) for n, each in enumerate(organizations)), admit
        )

    @classmethod
    def from_csv(cls, text: str, *, admit: Collection[str] = ()) -> Frame:
        """Build a frame from the text of a CSV file; see :meth:`read`.

        Raises:
            InvalidInput: with every fault and its line.
        """
        return cls.read(text.encode(), admit=admit)

    @classmethod
    def read(
        cls,
        source: bytes | str | Path,
        *,
        sheet: str | None = None,
        admit: Collection[str] = (),
    ) -> Frame:
        r"""Build a frame from a CSV file or an Excel workbook (``.xlsx``).

        One row names the columns: ``code`` and ``name`` are needed. Several tags are
        separated by semicolons; an empty cell is a fact that is not known. A CSV file is UTF-8
        or GB 18030 text, separated by commas, semicolons or tabs. Titles, totals and
        remarks are left out, each with a warning.

        Args:
            source: the bytes of the file, or its path.
            sheet: the title of the sheet; the only one that has content when left out.
            admit: credit codes that the registry issued with an irregular last character.

        Raises:
            InvalidInput: with every fault and its row.
            NotFound: when the workbook has no sheet of that title.
            MinzhengError: for a workbook when the extra ``excel`` is not installed.

        Example:
            >>> Frame.read("code\tname\n53130800000000000x\t样本\u3000基金会\n".encode("gb18030")).lines
            ('53130800000000000X\t样本 基金会\t\t\t\t\t\t',)
        """
        data = source if isinstance(source, bytes) else _bytes_of(Path(source))
        try:
            book = open_book(_with_commas(data))
            title = book.only() if sheet is None and len(book.titles) != 1 else sheet
            table = read_table(book, sheet=title, header=_HEADER)
        except InvalidInput as error:
            raise InvalidInput(_row_faults(error.faults)) from None
        faults = list(table.faults)
        if table.typed:
            faults += table.problems
        else:
            faults += _uneven(book.grid(table.title), table)
        if faults:
            broken = {_row_of(each.path) for each in faults}
            rows = [row for row in table.rows if row.number not in broken]
            if table.faults and not {*COLUMNS[:2]} <= {*table.columns}:
                rows = []
            every = [*_row_faults(faults), *_faults_of(rows, table, admit)]
            raise InvalidInput(sorted(every, key=_place_of))
        left_out = tuple(
            Fault(f"frame[{each.number}]", f"is a {each.kind}, not an organisation: left out")
            for each in table.left_out
        )
        made = _build(((f"frame[{row.number}]", _cells(row, table)) for row in table.rows), admit)
        return evolve(made, warnings=(*left_out, *made.warnings))

    def __len__(self) -> int:
        return len(self.lines)

    @cached_property
    def codes(self) -> list[str]:
        """The credit codes, ascending."""
        return [line[:18] for line in self.lines]

    @property
    def data(self) -> bytes:
        """The canonical bytes."""
        return "\n".join([*self.lines, ""]).encode()

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the canonical bytes, in hexadecimal."""
        return sha256(self.data).hexdigest()

    def column(self, name: str) -> list[str]:
        r"""One column as text, in the order of ``codes``; ``kind`` is one too.

        Example:
            >>> Frame.from_csv("code,name\n53130800000000000X,样本基金会\n").column("kind")
            ['foundation']
        """
        if name == "kind":
            return [KINDS.get(line[:2], "unlisted") for line in self.lines]
        place = COLUMNS.index(name)
        return [line.split("\t")[place] for line in self.lines]

    def organization(self, code: str) -> Organization | None:
        """The organisation of that code, however it is typed, or ``None``."""
        place = self._places.get(code, self._places.get(uscc.compact(code)))
        return None if place is None else _organization(self.lines[place])

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {code: place for place, code in enumerate(self.codes)}


def _words(organization: Organization) -> dict[str, str]:
    words: dict[str, str] = {}
    for name, value in asdict(organization).items():
        plain = ";".join(value) if isinstance(value, tuple) else value
        words[name] = "" if plain is None else str(plain)
    return words


_HEADER = Header(known=COLUMNS, required=COLUMNS[:2])
_HEAD = 100_000
"""In so many characters the header must begin."""


def _with_commas(data: bytes) -> bytes:
    """The bytes of a file; CSV text separated by semicolons or tabs is written with commas."""
    if not data:
        raise InvalidInput([Fault("frame", "is empty")])
    if data.startswith(b"PK") or what_file(data) is not None:
        return data
    text = decode(data)
    head = next(
        (line for line in text[:_HEAD].splitlines()[:30] if "code" in line and "name" in line), ""
    )
    separator = next((each for each in "\t;" if each in head and "," not in head), None)
    if separator is None:
        return data
    made = StringIO()
    try:
        csv.writer(made).writerows(
            csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
        )
    except csv.Error as error:
        raise InvalidInput([Fault("frame", f"is not CSV: {error}")]) from None
    return made.getvalue().encode()


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InvalidInput([Fault(str(path), f"cannot be read: {error.strerror}")]) from None


def _row_of(path: str) -> int | None:
    found = re.fullmatch(r".*!(?:[A-Z]+)?(\d+)(?::.*)?", path, re.DOTALL)
    return int(found[1]) if found else None


def _place_of(fault: Fault) -> int:
    found = re.match(r"frame\[(\d+)\]", fault.path)
    return int(found[1]) if found else 0


def _row_faults(faults: Iterable[Fault]) -> Iterator[Fault]:
    """Faults of cells by the row of the frame; the cell is said where it is known."""
    for each in faults:
        row = _row_of(each.path)
        cell = each.path.rpartition("!")[2]
        words = each.message if cell.isdigit() or row is None else f"{cell}: {each.message}"
        yield Fault("frame" if row is None else f"frame[{row}]", words)


def _uneven(grid: Grid, table: Table) -> Iterator[Fault]:
    """Rows of CSV text with fewer cells than the header: which one is missing is not known."""
    wide = len(grid.lines[table.header_rows[1] - 1]) if table.columns else 0
    for row in table.rows:
        if (got := len(grid.lines[row.number - 1])) != wide:
            yield Fault(f"{grid.title}!{row.number}", f"expected {wide} cells, got {got}")


def _faults_of(rows: Sequence[Row], table: Table, admit: Collection[str]) -> Sequence[Fault]:
    if not rows:
        return ()
    try:
        _build(((f"frame[{row.number}]", _cells(row, table)) for row in rows), admit)
    except InvalidInput as error:
        return error.faults
    return ()


def _cells(row: Row, table: Table) -> dict[str, str]:
    return {name: _text(row.value(name)) for name in table.columns if name in COLUMNS}


def _text(value: Value) -> str:
    """What a cell says, as the bytes of a frame have it; whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, Decimal):  # Excel has kept no more than fifteen digits
        return format(value, "f" if abs(value) < 10**15 else "E")
    return str(value)


def _build(rows: Iterable[tuple[str, Mapping[str, str]]], admit: Collection[str]) -> Frame:
    lines: dict[str, str] = {}
    repeated: list[str] = []
    warnings: list[Fault] = []
    faults: list[Fault] = []
    rows = iter(rows)
    while True:
        try:
            path, row = next(rows)
        except StopIteration:
            break
        except InvalidInput as error:
            faults += error.faults
            break
        try:
            if lost_digits(row["code"]):
                raise InvalidInput([Fault("code", LOST)])
            code = uscc.validate(row["code"], admit=admit)
            if code.warnings:
                warnings += InvalidInput(code.warnings).under(f"{path}.code").faults
            line = _line(code.number, row)
        except InvalidInput as error:
            faults += error.under(path).faults
            continue
        held = lines.setdefault(code.number, line)
        if held is not line:
            repeated.append(code.number)
            if held != line:
                faults.append(Fault(path, f"{code.number} stands twice with different facts"))
    if not lines and not faults:
        faults.append(Fault("frame", "expected at least one organisation"))
    irregular = {code for code in lines if code[17] != uscc.check_digits(code)} if admit else ()
    faults += [
        Fault(f"admit[{place}]", f"{code} is no irregular code of the frame")
        for place, code in enumerate(map(uscc.compact, admit))
        if code not in irregular
    ]
    if faults:
        raise InvalidInput(faults)
    ordered = "\n".join([lines[code] for code in sorted(lines)])
    # split anew, lines lie in their order in memory too: a draw from a million is a third faster
    return Frame(
        tuple(ordered.split("\n")),
        tuple(sorted(set(repeated))),
        tuple(warnings),
        tuple(sorted(irregular)),
    )


def _code(code: str) -> tuple[str, bool]:
    """A code that may be on a line, and whether its check character is regular."""
    if len(code) != 18 or code != uscc.compact(code):
        raise InvalidInput([Fault("code", "expected the 18 characters of a credit code")])
    regular = code[:17] + uscc.check_digits(code[:17])
    uscc.validate(regular)
    if code[17] not in _CHECKS:
        raise InvalidInput([Fault("code", f"expected a check character, got {code[17]!r}")])
    return code, code == regular


_CHECKS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def _line(code: str, row: Mapping[str, str]) -> str:
    cells = [code]
    faults = []
    for name in COLUMNS[1:]:
        cell = row.get(name, "")
        if not cell and name != "name":
            cells.append("")
            continue
        cell = as_line(cell)
        if problem := unfit(cell):
            faults.append(Fault(name, problem))
        elif name == "name" and not cell:
            faults.append(Fault(name, "is required"))
        elif name in _READERS and cell:
            read = _READERS[name](cell)
            if isinstance(read, Fault):
                faults.append(Fault(name, read.message))
            else:
                cell = read
        cells.append(cell)
    if faults:
        raise InvalidInput(faults)
    return "\t".join(cells)


def _tags(cell: str) -> list[str]:
    return [tag for each in cell.split(";") if (tag := each.strip())]


def _sorted_tags(cell: str) -> str:
    return ";".join(sorted(set(_tags(cell))))


def _whole(least: int, cell: str) -> str | Fault:
    if re.fullmatch("[0-9]{1,18}", cell) and str(int(cell)) == cell and int(cell) >= least:
        return cell
    return Fault("", f"expected a whole number from {least} on, got {shown(cell)}")


def _day(cell: str) -> str | Fault:
    if cell == NEVER:
        return cell
    with suppress(ValueError):
        if len(cell) == 10:
            return date.fromisoformat(cell).isoformat()
    if (day := day_in(cell)) is not None:
        return day.isoformat()
    why = cause(cell, day=True)
    said = f"expected a day such as '2020-07-24', or {NEVER!r}, got {shown(cell)}"
    return Fault("", said if why is None else f"{said}: {why}")


def _area(cell: str) -> str | Fault:
    if re.fullmatch("[0-9]{6}", cell):
        return cell
    return Fault("", f"expected 6 digits, got {shown(cell)}")


_READERS: dict[str, Callable[[str], str | Fault]] = {
    "tags": _sorted_tags,
    "area": _area,
    "size": partial(_whole, 1),
    "inspected": _day,
    "inspections": partial(_whole, 0),
}


def _organization(line: str) -> Organization:
    code, name, tags, area, risk, size, inspected, inspections = line.split("\t")
    return Organization(
        code=code,
        name=name,
        tags=tuple(_tags(tags)),
        area=area or None,
        risk=risk or None,
        size=int(size) if size else None,
        inspected=inspected
        if inspected == NEVER
        else date.fromisoformat(inspected)
        if inspected
        else None,
        inspections=int(inspections) if inspections else None,
    )
