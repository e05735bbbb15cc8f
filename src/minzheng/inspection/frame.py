"""The frame: who can be drawn, validated, without duplicates, in bytes that anybody can hash.

One line an organisation, fields parted by tabs, in Unicode's form NFC and UTF-8, sorted by
credit code, each line closed by a line feed. The columns are fixed: :data:`COLUMNS`.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, partial
from hashlib import sha256
from io import StringIO

from attrs import asdict, field, frozen

from minzheng.base.identifiers import uscc
from minzheng.base.suggest import unknown
from minzheng.errors import Fault, InvalidInput

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

    code: str
    name: str = field(repr=False)
    tags: tuple[str, ...] = ()
    area: str | None = None
    risk: str | None = None
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

    Example:
        >>> frame = Frame.from_csv("code,name\n53130800000000000X,样本基金会\n")
        >>> len(frame), frame.sha256[:16]
        (1, 'c774f4a2f22517d1')
    """

    lines: tuple[str, ...]
    repeated: tuple[str, ...] = ()
    warnings: tuple[Fault, ...] = ()

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
        """Build a frame from the text of a CSV file whose first line names the columns.

        ``code`` and ``name`` are needed; several tags are parted by semicolons; an empty
        cell is a fact that is not known.

        Raises:
            InvalidInput: with every fault and its line.
        """
        rows = csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""))
        header = [each.strip() for each in next(rows, [])]
        faults = [
            Fault("frame[1]", unknown(name, COLUMNS)) for name in header if name not in COLUMNS
        ]
        faults += [
            Fault("frame[1]", f"{name!r} is required") for name in COLUMNS[:2] if name not in header
        ]
        faults += [
            Fault("frame[1]", f"{name!r} stands twice")
            for name in set(header)
            if header.count(name) > 1
        ]
        if faults:
            raise InvalidInput(faults)
        return _build(_cells(rows, header), admit)

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
        """The organisation of that code, or ``None``."""
        place = self._places.get(code)
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


def _cells(rows: Iterable[list[str]], header: list[str]) -> Iterator[tuple[str, dict[str, str]]]:
    faults = []
    for number, row in enumerate(rows, start=2):
        if not any(row):
            continue
        if len(row) != len(header):
            faults.append(
                Fault(f"frame[{number}]", f"expected {len(header)} cells, got {len(row)}")
            )
            continue
        yield f"frame[{number}]", dict(zip(header, row, strict=True))
    if faults:
        raise InvalidInput(faults)


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
            code = uscc.validate(row["code"], admit=admit)
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
    return Frame(tuple(ordered.split("\n")), tuple(sorted(set(repeated))), tuple(warnings))


def _line(code: str, row: Mapping[str, str]) -> str:
    cells = [code]
    faults = []
    for name in COLUMNS[1:]:
        cell = row.get(name, "").strip()
        if cell and not cell.isascii():
            cell = unicodedata.normalize("NFC", cell)
        if not cell.isprintable():
            faults.append(Fault(name, f"expected text without control characters, got {cell!a}"))
        elif name == "name" and not cell:
            faults.append(Fault(name, "is required"))
        elif cell and name in _READERS and (problem := _READERS[name](cell)):
            faults.append(Fault(name, problem))
        cells.append(";".join(sorted(set(_tags(cell)))) if name == "tags" and cell else cell)
    if faults:
        raise InvalidInput(faults)
    return "\t".join(cells)


def _tags(cell: str) -> list[str]:
    return [tag for each in cell.split(";") if (tag := each.strip())]


def _whole(least: int, cell: str) -> str | None:
    if cell.isascii() and cell.isdigit() and str(int(cell)) == cell and int(cell) >= least:
        return None
    return f"expected a whole number from {least} on, got {cell!r}"


def _day(cell: str) -> str | None:
    try:
        if cell == NEVER or date.fromisoformat(cell).isoformat() == cell:
            return None
    except ValueError:
        pass
    return f"expected a day such as '2020-07-24', or {NEVER!r}, got {cell!r}"


def _area(cell: str) -> str | None:
    if len(cell) == 6 and cell.isascii() and cell.isdigit():
        return None
    return f"expected 6 digits, got {cell!r}"


_READERS: dict[str, Callable[[str], str | None]] = {
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
