"""A sheet as a table: titles, a header of one to three rows, records, totals and remarks.

People's tables have a title above the header, headers in two rows with merged cells, sums and
signatures below. What is no record is set apart with its row, never taken for one; what cannot be
told is a fault at its cell.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Final

from attrs import field, frozen

from minzheng.base.brief import shown as brief
from minzheng.base.suggest import unknown
from minzheng.base.workbook.grid import MOST_COLUMNS, Book, Cell, Grid, Value, open_book
from minzheng.base.workbook.model import Line, Merge
from minzheng.base.workbook.survey import Place, a1
from minzheng.errors import Fault, InvalidInput

__all__ = ["Header", "Row", "Table", "header_key", "read_table"]

LINE_NUMBERS: Final = ("序号", "行号")
"""Headers of columns that only count the rows: they are nobody's fact."""

_MOST_STRANGE = 50
_MOST_TITLES = 10
_SEARCHED = 30
_TALLEST = 3


@frozen(kw_only=True)
class Header:
    """What is known of the header of a table.

    Attributes:
        known: the names of the columns expected; the rows with most of them are the header. When
            nothing is known, it is the first row with two cells, and what is merged with it.
        required: those of them that must be there.
        keep: further columns that are carried through.
        set_apart: whether totals, remarks and repeated headers are set apart; otherwise every row
            below the header is a record, as in a sheet whose rows are named by a code.
    """

    known: Collection[str] = ()
    required: Collection[str] = ()
    keep: Collection[str] = ()
    set_apart: bool = True


@frozen(eq=False)
class Row:
    """One row of the body.

    Attributes:
        number: of the row, from 1.
    """

    number: int
    _grid: Grid = field(repr=False)
    _columns: Mapping[str, int] = field(repr=False)
    _merged: Mapping[Place, tuple[Place, str]] = field(repr=False)

    def __getitem__(self, column: str) -> Cell:
        at = (self.number - 1, self._columns[column])
        cell = self._grid.cell(*at)
        origin = self._merged.get(at)
        if origin is None:
            return cell
        above = self._grid.cell(*origin[0])
        return Cell(cell.ref, above.value, above.problem, origin[1])

    def value(self, column: str) -> Value:
        """What the row says in a column; without the reference of the cell."""
        at = (self.number - 1, self._columns[column])
        origin = self._merged.get(at) if self._merged else None
        return self._grid.value(at if origin is None else origin[0])

    @property
    def cells(self) -> dict[str, Cell]:
        """Every cell of the row by its column, empty ones too."""
        return {column: self[column] for column in self._columns}

    @property
    def text(self) -> str:
        """What the row says, its cells with spaces between them."""
        at = self.number - 1
        return " ".join(self._grid.text(at, column) for column in self._grid.filled(at))


@frozen(eq=False)
class Table:
    """A sheet as read; nothing of it is lost.

    Attributes:
        title: of the sheet.
        columns: the names of the columns: as known, or the headers of the rows with ``/``
            between them; those under no header are called by their letter.
        rows: the records, in their order.
        totals: rows of totals.
        titles, remarks: what stands above the header, and notes and signatures.
        repeated: rows that repeat the header.
        merges: merged ranges whose value was taken for each of their rows.
        faults: of the header, of merged ranges, and of cells under no header, each once.
        typed: whether numbers and days are no text: in a workbook, not in a CSV file.
        header_rows: the numbers of the first and the last row of the header.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...] = field(repr=False)
    totals: tuple[Row, ...]
    titles: tuple[Line, ...]
    remarks: tuple[Line, ...]
    repeated: tuple[Line, ...]
    merges: tuple[Merge, ...]
    faults: tuple[Fault, ...]
    typed: bool
    header_rows: tuple[int, int]

    @cached_property
    def left_out(self) -> tuple[Line, ...]:
        """Every row that is no record, in the order of the sheet."""
        totals = (Line(each.number, each.text, "total") for each in self.totals)
        lines = (*self.titles, *totals, *self.remarks, *self.repeated)
        return tuple(sorted(lines, key=lambda each: each.number))

    @property
    def problems(self) -> tuple[Fault, ...]:
        """The cells of the records that hold an error or a formula that was never computed."""
        return tuple(
            Fault(f"{self.title}!{cell.ref}", f"expected a value, got {cell.problem}")
            for row in self.rows
            for cell in row.cells.values()
            if cell.problem
        )


def read_table(
    source: bytes | str | Path | Book, *, sheet: str | None = None, header: Header | None = None
) -> Table:
    r"""Read one sheet of a workbook, or a CSV file, as a table.

    Args:
        source: the bytes of an ``.xlsx`` or CSV file, its path, or an open book.
        sheet: the title of the sheet; the only one that has content when left out.
        header: what is known of the header.

    Returns:
        The table with its faults: they are not raised.

    Raises:
        InvalidInput: when the source is neither, or beyond bounds, or several sheets have content.
        NotFound: when it has no sheet of that title.
        MinzhengError: for a workbook when the extra ``excel`` is not installed.

    Example:
        >>> data = "测试村花名册\n姓名,年龄\n测试甲,70\n合计,1\n".encode("gb18030")
        >>> table = read_table(data, header=Header(known=("姓名", "年龄")))
        >>> [(row.number, row["姓名"].value) for row in table.rows]
        [(3, '测试甲')]
        >>> [(line.kind, line.text) for line in table.left_out]
        [('title', '测试村花名册'), ('total', '合计 1')]
    """
    book = open_book(source)
    if sheet is None:
        sheet = book.titles[0] if len(book.titles) == 1 else book.only()
    return _Reader(book.grid(sheet), header or Header()).table()


def header_key(text: str) -> str:
    r"""A header without what does not matter: spaces, width, marks of what is required.

    Example:
        >>> header_key("公民\n身份号码 *") == header_key("公民身份号码：")
        True
    """
    plain = unicodedata.normalize("NFKC", text[:200]).translate(_UNSEEN)
    return "".join(plain.split()).strip("*:").casefold()


_UNSEEN: dict[int, None] = dict.fromkeys((0x200B, 0xFEFF))


_TOTAL = "合计|总计|小计|共计|累计|总合计|总[人户]数|总金额|总额"
_OF = r"(本[页表月年村乡镇县市]|全[体部年月村乡镇县市区省旗]|.{1,12}[村社区乡镇街道县市组旗州省所院])?"
_SUM = r"[共\d.人户名元个万]*"
_TOTALS = re.compile(
    rf"{_OF}(人数|户数|金额)?({_TOTAL})(人数|户数|金额|数量|数)?(\(.*\))?[:,]?{_SUM}"
    rf"|共\d+[人户名]{_SUM}|(grand|sub)?-?total:?"
)
_SUMS = re.compile(_TOTAL)
_SIGNS = re.compile("计|总|共|otal|OTAL")
"""What every text of a total contains: most cells need no closer look."""

_END = re.compile(r"\W*(以下空白|(以下|此页)无(正文|内容))\W*")
_LABELS = (
    "备注|注|附注|附|说明|填[表报]说明|(填[表报]|制表|编制|统计|经办|审[核批]|复核|核对|负责|联系|报送)人"
    "|制表|审[核批]|复核|(单位|主要|分管)?(负责人|领导)(签字|签章)?|联系电话|电话"
    "|(填[表报]|制表|统计|打印|报送|上报|编制|截止|审核)(日期|时间|单位)|单位|单位\\(?(盖章|公章|签章)\\)?"
    "|盖章|签[字章]|数据来源|资料来源|审[核批]意见"
)
_REMARK = re.compile(
    rf"({_LABELS}|notes?|remarks?|preparedby|checkedby)(\([^)]*\))?\d?[:].*", re.DOTALL
)
_BARE = re.compile(rf"({_LABELS})(\([^)]*\))?")
_NOTES = re.compile(r"(备注|注|附注|附|说明|填[表报]说明|notes?|remarks?)\d?:.*", re.DOTALL)


def _is_total(texts: Sequence[str]) -> bool:
    """Whether a row with these first texts is one of totals."""
    if not _SIGNS.search("\n".join(texts)):
        return False
    return _TOTALS.fullmatch(header_key(texts[0])) is not None or any(
        _SUMS.fullmatch(header_key(each)) for each in texts
    )


def _is_remark(text: str) -> bool:
    if ":" in text or "：" in text:
        return _REMARK.fullmatch(header_key(text)) is not None
    return _END.fullmatch(text) is not None


class _Reader:
    """The state of reading one sheet: the header found, and what is set apart."""

    def __init__(self, grid: Grid, header: Header) -> None:
        self.grid = grid
        self.header = header
        self.known = {header_key(each): each for each in (*header.keep, *header.known)}
        self.counting = {header_key(each) for each in LINE_NUMBERS} - set(self.known)
        self.faults: list[Fault] = []
        self.columns: dict[str, int] = {}
        self.counters: set[int] = set()
        self.shared: dict[int, int] = {}
        self.merges_at = self._merges_by_row()

    def _merges_by_row(self) -> dict[int, list[tuple[Place, Place]]]:
        """Merged ranges of more than one cell by their first row."""
        found: dict[int, list[tuple[Place, Place]]] = {}
        for first, last in self.grid.merges:
            if first != last and first[0] <= last[0] and first[1] <= last[1]:
                found.setdefault(first[0], []).append((first, last))
        return found

    def table(self) -> Table:
        first, last = self._find_header()
        self._name_columns(first, last)
        start = self.grid.start[0]
        titles = [self._line(row, "title") for row in range(start, first) if self.grid.filled(row)]
        if len(titles) > _MOST_TITLES:
            message = f"{len(titles)} rows above the header in row {first + 1}: is it the header?"
            self.faults.append(Fault(self.grid.title, message))
        records, totals, remarks, repeated = self._body(last + 1)
        merged, merges = self._fill(records)
        self._strays(records)

        def rows(places: Sequence[int]) -> tuple[Row, ...]:
            return tuple(Row(row + 1, self.grid, self.columns, merged) for row in places)

        return Table(
            title=self.grid.title,
            columns=tuple(self.columns),
            rows=rows(records),
            totals=rows(totals),
            titles=tuple(titles),
            remarks=tuple(self._line(row, "remark") for row in remarks),
            repeated=tuple(self._line(row, "header") for row in repeated),
            merges=tuple(merges),
            faults=tuple(self.faults),
            typed=self.grid.typed,
            header_rows=(first + 1, last + 1),
        )

    def _line(self, row: int, kind: str) -> Line:
        texts = (self.grid.text(row, column) for column in self.grid.filled(row))
        return Line(row + 1, " ".join(texts), kind)

    def _at(self, row: int, column: int) -> str:
        return f"{self.grid.title}!{a1(row, column)}"

    # --- the header -------------------------------------------------------------------------------

    def _find_header(self) -> tuple[int, int]:
        """The first and last row of the header: the rows that name most of what is known."""
        start = self.grid.start[0]
        filled = [
            row
            for row in range(start, min(self.grid.end, start + 10 * _SEARCHED))
            if self.grid.filled(row)
        ][:_SEARCHED]
        if not self.known:
            return self._structural(filled)
        best, found = (0, False, 0, 0), None
        for first in filled:
            for height in range(1, _TALLEST + 1):
                last = first + height - 1
                if height > 1 and (last not in filled or not self._is_upper(first)):
                    break
                _, known = self._match(self._levels(first, last))
                grouped = height > 1 and self._has_groups(first)
                rank = (len(known), grouped, -height, -first)
                if known and rank > best:
                    best, found = rank, (first, last)
        return found or self._structural(filled)

    def _structural(self, filled: Sequence[int]) -> tuple[int, int]:
        """Without a known name: the first row of two texts, and the rows merged with it."""
        first = next((row for row in filled if self._is_upper(row)), filled[0] if filled else 0)
        merges = self.merges_at.get(first, ())
        last = max((low[0] for _, low in merges), default=first)
        if any(low[1] > high[1] and low[0] == high[0] for high, low in merges):
            last = max(last, first + 1)
        return first, min(last, first + _TALLEST - 1)

    def _is_upper(self, row: int) -> bool:
        return len({self.grid.text(row, column) for column in self.grid.filled(row)}) > 1

    def _has_groups(self, row: int) -> bool:
        return any(low[1] > high[1] for high, low in self.merges_at.get(row, ()))

    def _levels(self, first: int, last: int) -> dict[int, tuple[str, ...]]:
        """The texts above one another of each column, those of merged cells for all they cover."""
        rows = range(first, last + 1)
        covered: dict[Place, Place] = {}
        for row in rows:
            for high, low in self.merges_at.get(row, ()):
                for down in range(high[0], min(low[0], last) + 1):
                    for right in range(high[1], min(low[1], high[1] + MOST_COLUMNS) + 1):
                        if covered.setdefault((down, right), high) != high:
                            raise InvalidInput(f"{self._at(down, right)}: merged ranges overlap")
        width = {column for row in rows for column in self.grid.filled(row)}
        if len(width) > MOST_COLUMNS:
            raise InvalidInput(
                f"{self._at(first, max(width))}: expected at most {MOST_COLUMNS} columns"
            )
        width |= {column for _, column in covered}
        levels: dict[int, list[str]] = {column: [] for column in sorted(width)}
        for row in rows:
            spread = ""
            merged = row in self.merges_at
            for column, texts in levels.items():
                text = self.grid.text(*covered.get((row, column), (row, column)))
                if row < last and not merged:  # a text above stands for empty cells to its right
                    below = any(self.grid.text(down, column) for down in range(row + 1, last + 1))
                    text = spread = text or (spread if below else "")
                if text and text not in texts[-1:]:
                    texts.append(text)
        self.shared = {
            column: covered[last, column][1]
            for column in levels
            if covered.get((last, column), (0, column))[1] != column
        }
        return {column: tuple(texts) for column, texts in levels.items()}

    def _match(self, levels: Mapping[int, tuple[str, ...]]) -> tuple[dict[int, str], set[str]]:
        """The known name of each column: of all its texts together, or of the lowest one alone.

        A lowest text that several columns share belongs to none of them.

        Returns:
            The names by column, and all known names that occur.
        """
        found: dict[int, str] = {}
        lowest: dict[str, list[int]] = {}
        for column, texts in levels.items():
            if not texts or column in self.shared:
                continue
            keys = (header_key("/".join(texts)), header_key("".join(texts)))
            name = next((self.known[key] for key in keys if key in self.known), None)
            if name is not None:
                found[column] = name
            elif (key := header_key(texts[-1])) in self.known:
                lowest.setdefault(self.known[key], []).append(column)
        for name, columns in lowest.items():
            if len(columns) == 1 and name not in found.values():
                found[columns[0]] = name
        return found, {*found.values(), *lowest}

    def _name_columns(self, first: int, last: int) -> None:
        levels = self._levels(first, last)
        names, known = self._match(levels)
        strange: list[tuple[str, str]] = []
        if self.known and not known:
            self._no_header(first)
            return
        for column, texts in levels.items():
            if not texts or column in self.shared:
                continue
            at = self._at(self._lowest(first, last, column), column)
            name = names.get(column)
            if name is None:
                if header_key(texts[-1]) in self.counting:
                    self.counters.add(column)
                    continue
                name = "/".join(texts)
                if self.known and name not in self.columns:
                    strange.append((at, self._strange(name, texts[-1])))
            if name in self.columns:
                self.faults.append(Fault(at, f"the column {brief(name)} stands twice"))
                name = f"{name} ({at.rpartition('!')[2]})"
            self.columns[name] = column
        self.faults[:0] = [Fault(at, message) for at, message in strange[:_MOST_STRANGE]]
        if len(strange) > _MOST_STRANGE:
            at = strange[_MOST_STRANGE][0]
            more = len(strange) - _MOST_STRANGE
            self.faults.append(Fault(at, f"unknown column, and so are {more - 1} more"))
        self.faults += [
            Fault(self.grid.title, f"expected the column {name!r}, which is not there")
            for name in self.header.required
            if name not in self.columns
        ]

    def _strange(self, name: str, lowest: str) -> str:
        known = self.known.get(header_key(lowest))
        if known is None:
            return f"unknown column: {unknown(name[:100], self.known.values())}"
        return f"{brief(name)} may be the column {known!r}, and so may another: leave it one"

    def _lowest(self, first: int, last: int, column: int) -> int:
        return next((row for row in range(last, first, -1) if self.grid.text(row, column)), first)

    def _no_header(self, first: int) -> None:
        wanted = ", ".join(list(self.header.required) or list(self.header.known)[:5])
        message = f"no row names the columns, expected {wanted}"
        if self.grid.lines:
            message += f"; is row {first + 1} the header?"
        self.faults.append(Fault(self.grid.title, message))

    # --- the body ---------------------------------------------------------------------------------

    def _body(self, start: int) -> tuple[list[int], list[int], list[int], list[int]]:
        """The rows below the header: records, totals, remarks, and repeated headers."""
        records: list[int] = []
        totals: list[int] = []
        remarks: list[int] = []
        repeated: list[int] = []
        if self.known and not self.columns:
            return records, totals, remarks, repeated
        heads = {
            column: header_key(name.rpartition("/")[2]) for name, column in self.columns.items()
        }
        noting = False
        for row in range(start, self.grid.end):
            filled = self.grid.filled(row)
            if not filled:
                continue
            texts = [self.grid.text(row, column) for column in filled[:3]]
            text = texts[0]
            facts = [column for column in filled if column not in self.counters]
            if not self.header.set_apart:
                records.append(row)
            elif _is_total(texts):
                totals.append(row)
            elif not facts and (not text or text.isdecimal()):
                continue  # a form with its rows counted beforehand
            elif (
                not facts
                or _is_remark(text)
                or (len(filled) == 1 and (noting or self._is_wide(row, filled[0])))
            ):
                remarks.append(row)
                noting = noting or _NOTES.fullmatch(header_key(text)) is not None
            elif len(facts) > 1 and all(
                header_key(self.grid.text(row, column)) == heads.get(column) for column in facts
            ):
                repeated.append(row)
            else:
                records.append(row)
        while self.header.set_apart and records and self._is_signature(records[-1]):
            remarks.append(records.pop())
        return records, totals, sorted(remarks), repeated

    def _is_signature(self, row: int) -> bool:
        """Whether a row begins with a label of signatures or notes in a cell of its own."""
        first = self.grid.filled(row)[0]
        return _BARE.fullmatch(header_key(self.grid.text(row, first))) is not None

    def _is_wide(self, row: int, column: int) -> bool:
        """Whether a cell is merged with cells to its right."""
        return any(
            high == (row, column) and low[1] > column for high, low in self.merges_at.get(row, ())
        )

    def _fill(self, records: list[int]) -> tuple[dict[Place, tuple[Place, str]], list[Merge]]:
        """Merged cells of the body: down their rows; across columns they are a fault."""
        merged: dict[Place, tuple[Place, str]] = {}
        merges: list[Merge] = []
        names = {column: name for name, column in self.columns.items()}
        for first, last in sorted(each for row in self.merges_at.values() for each in row):
            reach = range(first[1], min(last[1], first[1] + MOST_COLUMNS) + 1)
            columns = {self.shared.get(column, column) for column in reach} & {*names}
            low, high = bisect_left(records, first[0]), bisect_right(records, last[0])
            if low == high or not columns or not self.grid.text(*first):
                continue
            ref = f"{a1(*first)}:{a1(*last)}"
            if len(columns) > 1:
                message = "is merged across columns: write each cell of its own"
                self.faults.append(Fault(f"{self.grid.title}!{ref}", message))
            elif high - low > 1 or records[low] != first[0]:
                rows = records[low:high]
                for row in rows:
                    if (row, first[1]) in merged:
                        raise InvalidInput(f"{self.grid.title}!{ref}: merged ranges overlap")
                    merged[row, first[1]] = (first, ref)
                merges.append(Merge(ref, names[columns.pop()], tuple(row + 1 for row in rows)))
        return merged, merges

    def _strays(self, records: Sequence[int]) -> None:
        """Cells of records under no header: a fault once a column, and kept by their letter."""
        headed = {*self.columns.values(), *self.counters}
        if headed.issuperset(range(self.grid.start[1], self.grid.width)):
            return
        strays: dict[int, list[int]] = {}
        for row in records:
            for column in self.grid.filled(row):
                if column not in headed:
                    strays.setdefault(column, []).append(row)
        for column, rows in sorted(strays.items())[:MOST_COLUMNS]:
            more = f", and so do {len(rows) - 1} more below it" if len(rows) > 1 else ""
            self.faults.append(Fault(self._at(rows[0], column), f"stands under no header{more}"))
            letter = re.sub(r"\d+", "", a1(0, column))
            if letter not in self.columns:
                self.columns[letter] = column
