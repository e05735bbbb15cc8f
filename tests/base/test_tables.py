"""Tables as people make them: titles, headers of several rows, merged cells, totals, remarks."""

from __future__ import annotations

import csv
import re
import struct
import zlib
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minzheng.base.workbook import (
    Column,
    Form,
    Header,
    Layout,
    Sheet,
    Table,
    open_book,
    read,
    read_table,
    write,
)
from minzheng.errors import InvalidInput, MinzhengError, NotFound

KNOWN = Header(known=("姓名", "住址", "人数", "低保/金额"), required=("姓名",))
SHEET = "xl/worksheets/sheet1.xml"


def book(
    *rows: list[Any], merge: tuple[str, ...] = (), change: Callable[[Any], Any] | None = None
) -> bytes:
    made = openpyxl.Workbook()
    page = made.active
    page.title = "表"
    for row in rows:
        page.append(row)
    for each in merge:
        page.merge_cells(each)
    if change is not None:
        change(page)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def values(table: Table) -> list[tuple[int, list[Any]]]:
    return [(row.number, [cell.value for cell in row.cells.values()]) for row in table.rows]


def left_out(table: Table) -> list[tuple[int, str]]:
    return [(line.number, line.kind) for line in table.left_out]


# --- headers --------------------------------------------------------------------------------------


def test_titles_stand_above_the_header() -> None:
    data = book(
        ["测试县花名册"],
        ["单位：测试镇", None, "2023年"],
        [],
        ["姓名", "人数"],
        ["甲", 1],
        merge=("A1:C1",),
    )
    table = read_table(data, header=KNOWN)
    assert (table.columns, table.header_rows) == (("姓名", "人数"), (4, 4))
    assert values(table) == [(5, ["甲", 1])]
    assert [(line.number, line.text) for line in table.titles] == [
        (1, "测试县花名册"),
        (2, "单位：测试镇 2023年"),
    ]
    assert table.faults == ()


@pytest.mark.parametrize("merge", [("A1:A2", "B1:C1", "D1:E1"), ()])
def test_a_header_of_two_rows_is_joined(merge: tuple[str, ...]) -> None:
    data = book(
        ["姓名", "低保", None, "特困", None],
        [None, "人数", "金额", "人数", "金额"],
        ["甲", 1, 2, 3, 4],
        merge=merge,
    )
    known = ("姓名", "低保/人数", "低保/金额", "特困/人数", "特困/金额")
    table = read_table(data, header=Header(known=known))
    assert (table.columns, table.faults) == (known, ())
    assert values(table) == [(3, ["甲", 1, 2, 3, 4])]


def test_a_header_of_three_rows_is_joined() -> None:
    data = book(
        ["标题"],
        ["姓名", "保障", None],
        [None, "低保", None],
        [None, "人数", "金额"],
        ["甲", 1, 2],
        merge=("A2:A4", "B2:C2", "B3:C3"),
    )
    table = read_table(data, header=Header(known=("姓名", "保障/低保/人数", "保障/低保/金额")))
    assert (table.columns, table.header_rows) == (
        ("姓名", "保障/低保/人数", "保障/低保/金额"),
        (2, 4),
    )


def test_the_lowest_header_is_enough_where_it_is_the_only_one() -> None:
    data = book(["基本情况", None], ["姓名", "住址"], ["甲", "乙"], merge=("A1:B1",))
    table = read_table(data, header=KNOWN)
    assert (table.columns, table.faults) == (("姓名", "住址"), ())
    assert values(table) == [(3, ["甲", "乙"])]


def test_a_lowest_header_that_two_columns_share_belongs_to_neither() -> None:
    data = book(
        ["户主", None, "成员", None],
        ["姓名", "住址", "姓名", "人数"],
        ["甲", "x", "乙", 1],
        merge=("A1:B1", "C1:D1"),
    )
    table = read_table(data, header=KNOWN)
    assert table.columns == ("户主/姓名", "住址", "成员/姓名", "人数")
    assert [str(each) for each in table.faults] == [
        "表!A2: '户主/姓名' may be the column '姓名', and so may another: leave it one",
        "表!C2: '成员/姓名' may be the column '姓名', and so may another: leave it one",
        "表: expected the column '姓名', which is not there",
    ]
    table = read_table(data, header=Header(known=("成员/姓名", "住址"), keep=("户主/姓名", "人数")))
    assert (table.rows[0]["成员/姓名"].value, table.faults) == ("乙", ())


def test_many_rows_above_the_header_are_a_fault() -> None:
    rows = [[f"甲{n}", n] for n in range(11)]
    table = read_table(book(["名字", "数"], *rows, ["姓名", "人数"], ["乙", 1]), header=KNOWN)
    (fault,) = table.faults
    assert str(fault) == "表: 12 rows above the header in row 13: is it the header?"
    assert read_table(book(*rows[:10], ["姓名", "人数"], ["乙", 1]), header=KNOWN).faults == ()


def test_a_header_over_several_lines_with_marks_is_known() -> None:
    table = read_table(book(["姓\n名 *", "住　址："], ["甲", "乙"]), header=KNOWN)
    assert (table.columns, table.faults) == (("姓名", "住址"), ())


def test_an_unknown_column_is_a_fault_once_with_the_nearest_name() -> None:
    data = book(["姓名", "住所址", "备注"], *(["甲", "x", "y"] for _ in range(30)))
    table = read_table(data, header=Header(known=KNOWN.known, keep=("备注",)))
    assert [str(each) for each in table.faults] == [
        "表!B1: unknown column: unknown '住所址'; did you mean '住址'?"
    ]
    assert table.rows[0]["备注"].value == "y"


def test_many_unknown_columns_are_named_up_to_a_bound() -> None:
    table = read_table(book(["姓名", *(f"x{n}" for n in range(300))], ["甲"]), header=KNOWN)
    assert len(table.faults) == 51
    assert table.faults[-1].message == "unknown column, and so are 249 more"


def test_no_known_column_is_one_fault_that_shows_nobody() -> None:
    table = read_table(book(["a", "b"], *([n, n] for n in range(26))), header=KNOWN)
    assert [str(each) for each in table.faults] == [
        "表: no row names the columns, expected 姓名; is row 1 the header?"
    ]
    assert table.rows == ()


def test_cells_under_no_header_are_a_fault_once_a_column() -> None:
    table = read_table(book(["姓名"], ["甲", "x"], ["乙", "y"], ["丙"]), header=KNOWN)
    assert [str(each) for each in table.faults] == [
        "表!B2: stands under no header, and so do 1 more below it"
    ]
    assert table.rows[1]["B"].value == "y"


# --- bodies ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "label",
    [
        "合计",
        "合 计",
        "合　计：",
        "总计",
        "小计",
        "共计",
        "本页合计",
        "测试村小计",
        "合计（人）",
        "总计人数",
        "合计3人",
        "人数合计",
        "总人数：3人",
        "合计：2户3人",
        "共3人",
    ],
)
def test_a_row_of_totals_is_no_record(label: str) -> None:
    table = read_table(book(["姓名", "人数"], ["甲", 1], [label, 1]), header=KNOWN)
    assert (values(table), left_out(table)) == ([(2, ["甲", 1])], [(3, "total")])
    assert table.totals[0]["人数"].value == 1


@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_label_of_totals_may_stand_in_another_column(place: int) -> None:
    row: list[Any] = [None, None, None, 5]
    row[place] = "合计"
    table = read_table(book(["序号", "姓名", "住址", "人数"], [1, "甲", "x", 5], row), header=KNOWN)
    assert (len(table.rows), left_out(table)) == (1, [(3, "total")])


@pytest.mark.parametrize("name", ["合计明", "计总", "小计划", "全合", "共", "合", "设计"])
def test_a_name_that_looks_like_totals_is_a_record(name: str) -> None:
    assert len(read_table(book(["姓名", "人数"], [name, 1]), header=KNOWN).rows) == 1


@pytest.mark.parametrize(
    "line",
    [
        ["备注：一式两份"],
        ["注:数据截至年底"],
        ["填表人：测试丁", "审核人：测试戊"],
        ["填报人", "测试丁"],
        ["说明：1.x", None],
        ["单位（盖章）：", "日期"],
        ["联系电话：1"],
        ["以下空白"],
        ["——以下空白——"],
    ],
)
def test_remarks_and_signatures_are_no_records(line: list[Any]) -> None:
    table = read_table(book(["姓名", "人数"], ["甲", 1], [], line), header=KNOWN)
    assert (len(table.rows), left_out(table)) == (1, [(4, "remark")])


def test_notes_go_on_below_the_first() -> None:
    table = read_table(
        book(["姓名", "人数"], ["甲", 1], ["注：1.x"], ["2.y"], ["3.z"]), header=KNOWN
    )
    assert left_out(table) == [(3, "remark"), (4, "remark"), (5, "remark")]


def test_a_heading_over_all_columns_is_no_record() -> None:
    data = book(
        ["姓名", "人数"],
        ["一、测试村"],
        ["甲", 1],
        ["二、测试乡"],
        ["乙", 1],
        merge=("A2:B2", "A4:B4"),
    )
    table = read_table(data, header=KNOWN)
    assert ([row.number for row in table.rows], left_out(table)) == (
        [3, 5],
        [(2, "remark"), (4, "remark")],
    )


def test_a_header_repeated_on_each_page_is_no_record() -> None:
    table = read_table(book(["姓名", "人数"], ["甲", 1], ["姓名", "人数"], ["乙", 1]), header=KNOWN)
    assert ([row.number for row in table.rows], left_out(table)) == ([2, 4], [(3, "header")])


def test_rows_counted_beforehand_are_empty() -> None:
    table = read_table(book(["序号", "姓名"], [1, "甲"], [2], [3]), header=KNOWN)
    assert (table.columns, values(table), table.faults) == (("姓名",), [(2, ["甲"])], ())


def test_a_cell_merged_over_rows_counts_for_each_of_them() -> None:
    data = book(["姓名", "住址"], ["甲", "村1号"], ["乙"], ["丙", "村2号"], merge=("B2:B3",))
    table = read_table(data, header=KNOWN)
    assert values(table) == [(2, ["甲", "村1号"]), (3, ["乙", "村1号"]), (4, ["丙", "村2号"])]
    assert (table.rows[1]["住址"].merged, table.rows[2]["住址"].merged) == ("B2:B3", "")
    assert [(each.ref, each.column, each.rows) for each in table.merges] == [
        ("B2:B3", "住址", (2, 3))
    ]


def test_a_merged_cell_alone_makes_no_record() -> None:
    table = read_table(book(["姓名", "住址"], ["甲", "村1号"], merge=("B2:B9",)), header=KNOWN)
    assert (len(table.rows), table.merges) == (1, ())


def test_a_cell_merged_across_columns_is_a_fault_once() -> None:
    data = book(["姓名", "住址", "人数"], ["甲", "x"], ["乙", "y"], merge=("B2:C3",))
    table = read_table(data, header=KNOWN)
    assert [each.path for each in table.faults] == ["表!B2:C3"]


def test_a_column_merged_in_header_and_body_is_one_column() -> None:
    data = book(["姓名", "住址", None], ["甲", "x"], merge=("B1:C1", "B2:C2"))
    table = read_table(data, header=KNOWN)
    assert (table.columns, table.faults, values(table)) == (
        ("姓名", "住址"),
        (),
        [(2, ["甲", "x"])],
    )


def test_a_merged_cell_that_belongs_to_one_row_is_a_fault_once() -> None:
    columns = [
        Column(name="n", header="姓名", required=True, single=True),
        Column(name="a", header="住址"),
    ]
    data = book(["姓名", "住址"], ["甲", "x"], [None, "y"], [None, "z"], merge=("A2:A4",))
    found = read(data, "表", columns)
    assert [str(each) for each in found.all_faults] == [
        "表!A2:A4: is merged over the rows 2 to 4: write 姓名 in each row"
    ]


def test_errors_and_formulas_without_a_value_are_named_at_their_cells() -> None:
    table = read_table(
        book(["姓名", "人数"], ["甲", "=1+1"], ["#REF!", 2], ["乙", "#DIV/0!"]), header=KNOWN
    )
    assert [(each.path, each.message.split(":")[0]) for each in table.problems] == [
        ("表!B2", "expected a value, got a formula without a stored value"),
        ("表!A3", "expected a value, got the error #REF!"),
        ("表!B4", "expected a value, got the error #DIV/0!"),
    ]


def test_a_formula_has_the_value_that_was_stored() -> None:
    data = edited(
        book(["姓名", "人数"], ["甲", "=1+1"]),
        lambda xml: (
            xml.replace(b"<v />", b"<v>2</v>")
            .replace(b"<v/>", b"<v>2</v>")
            .replace(b"<v></v>", b"<v>2</v>")
        ),
    )
    table = read_table(data, header=KNOWN)
    assert (values(table), table.problems) == ([(2, ["甲", 2])], ())


def test_days_are_days_and_truth_is_truth() -> None:
    data = book(["姓名", "人数"], [date(1950, 3, 1), True], [datetime(2020, 7, 24, 8), 0.5])  # noqa: DTZ001
    assert values(read_table(data, header=KNOWN)) == [
        (2, [date(1950, 3, 1), True]),
        (3, [datetime(2020, 7, 24, 8), Decimal("0.5")]),  # noqa: DTZ001
    ]


# --- typed columns --------------------------------------------------------------------------------

SHARE = Column(name="share", header="占比", form=Form.PERCENT)


@pytest.mark.parametrize(
    ("value", "number_format", "read_as"),
    [
        (0.6, "0%", "60"),
        (0.6, "0.00%", "60"),
        (0.6, '0.0"约"%', "60"),
        (0.005, "0.0%", "0.5"),
        (1, "0%", "100"),
        ("60%", "General", "60"),
        ("0.5 %", "@", "0.5"),
        ("６０％", "@", None),
        (60, "General", "60"),
        (1.5, "General", "1.5"),
        (0, "General", "0"),
        (0.6, "General", None),
        (0.6, '0.0"%"', None),
        (1, "General", None),
        (-0.5, "0.0", None),
        ("0.6", "@", None),
    ],
)
def test_per_cent_is_what_the_cell_shows(
    value: Any, number_format: str, read_as: str | None
) -> None:
    def change(page: Any) -> None:
        page["A2"].number_format = number_format

    found = read(book(["占比"], [value], change=change), "表", [SHARE])
    if read_as is None:
        assert [each.path for each in found.all_faults] == ["表!A2"]
        assert found.rows[0].values == {}
    else:
        assert (found.all_faults, found.rows[0].values) == ((), {"share": Decimal(read_as)})


def test_a_number_that_shows_per_cent_is_no_plain_number() -> None:
    def change(page: Any) -> None:
        page["A2"].number_format = "0%"

    column = Column(name="n", header="人数", form=Form.DECIMAL)
    (fault,) = read(book(["人数"], [0.6], change=change), "表", [column]).all_faults
    assert str(fault) == "表!A2: expected a number, got 60 %: the cell is formatted as per cent"


@given(st.integers(-(10**6), 10**6).map(lambda n: Decimal(n).scaleb(-3)))
@settings(max_examples=40)
def test_per_cent_goes_out_and_back(share: Decimal) -> None:
    sheet = Sheet(title="表", columns=(SHARE,), rows=[{"share": share}])
    assert read(write([sheet]), "表", (SHARE,)).rows[0].values == {"share": share}


@pytest.mark.parametrize(
    "typed", ["1950年3月1日", "1950-3-1", "1950.3.1", "19500301", 19500301, date(1950, 3, 1)]
)
def test_days_however_typed(typed: Any) -> None:
    column = Column(name="d", header="日期", form=Form.DAY)
    assert read(book(["日期"], [typed]), "表", [column]).rows[0].values == {"d": date(1950, 3, 1)}


@pytest.mark.parametrize(
    ("form", "value", "said"),
    [
        (Form.DAY, 43831, "got 43831: it may be the date serial of 2020-01-01"),
        (Form.DAY, "43831", "got '43831': it may be the date serial of 2020-01-01"),
        (Form.DAY, date(1900, 2, 28), "before 1900-03-01 days are written as text"),
        (Form.DAY, "2020-07-24\u200b", "U+200B (ZERO WIDTH SPACE) at place 11"),
        (Form.WHOLE, "3\u00a0", None),
        (Form.WHOLE, "3", "it is text, convert it to a number"),
        (Form.WHOLE, "1\u200b", "U+200B (ZERO WIDTH SPACE) at place 2"),
        (Form.TEXT, 130802195003010013, "of 18 digits: Excel has kept at most fifteen digits"),
        (Form.DECIMAL, 130802195003010013, "Excel has kept at most fifteen digits"),
    ],
)
def test_the_cause_of_a_refusal_is_named(form: Form, value: Any, said: str | None) -> None:
    found = read(book(["值"], [value]), "表", [Column(name="v", header="值", form=form)])
    (fault,) = found.all_faults
    assert fault.path == "表!A2"
    assert (said or "expected") in fault.message


def test_a_code_that_lost_nothing_is_taken_from_a_number() -> None:
    column = Column(name="area", header="区划", digits=6)
    found = read(book(["区划"], [130802], [13080], [130802.5], [-130802]), "表", [column])
    assert found.rows[0].values == {"area": "130802"}
    assert [each.path for each in found.all_faults] == ["表!A3", "表!A4", "表!A5"]


def test_what_is_private_is_never_shown_with_its_cause() -> None:
    column = Column(name="n", header="号码", private=True)
    data = book(["号码", "生日"], [130802195003010013, 43831])
    birth = Column(name="b", header="生日", form=Form.DAY, private=True)
    found = read(data, "表", [column, birth])
    assert len(found.all_faults) == 2
    told = str((found.all_faults, found, read_table(data).rows))
    assert not any(each in told for each in ("13080219", "43831", "2020-01-01"))


def test_a_card_with_a_title_and_cells_beside_it() -> None:
    columns = [Column(name="n", header="姓名", required=True), Column(name="a", header="住址")]
    data = book(["登记表"], ["姓名", "甲"], ["住 址", "x", "旁"], merge=("A1:B1",))
    found = read(data, "表", columns, Layout.CARD)
    assert found.rows[0].values == {"n": "甲", "a": "x"}
    assert [str(each) for each in found.all_faults] == ["表!C3: stands beside the form"]
    assert [line.kind for line in found.left_out] == ["title"]


# --- CSV ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_is_a_table_too(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    text = '测试表\r\n姓名,人数,低保,\r\n,,人数,金额\r\n甲,3,1,"2"\r\n\r\n合计,3,,\r\n备注：无\r\n'
    path.write_bytes(text.encode(encoding))
    table = read_table(path, header=Header(known=("姓名", "人数", "低保/人数", "低保/金额")))
    assert (table.title, table.typed, table.faults) == ("CSV", False, ())
    assert values(table) == [(4, ["甲", "3", "1", "2"])]
    assert left_out(table) == [(1, "title"), (6, "total"), (7, "remark")]


def test_numbers_of_csv_are_read_exactly() -> None:
    columns = [
        Column(name="n", header="数", form=Form.DECIMAL),
        Column(name="p", header="率", form=Form.PERCENT),
    ]
    found = read('数,率\n0.10,60%\n"1,000",60\n1e5,0.6\n'.encode(), "any", columns)
    assert found.rows[0].values == {"n": Decimal("0.10"), "p": Decimal(60)}
    assert [each.path for each in found.all_faults] == ["CSV!A3", "CSV!A4", "CSV!B4"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'a,b\n"x,1\ny,2\n', "CSV!2: a cell in quotes that begins in line 2 is not closed"),
        (b'a,b\nz,1\n"x"y,1\n', "CSV!3: line 3: a quote inside a cell in quotes is written twice"),
        (b"a,b\n" + b"x" * 200_000 + b",1\n", "CSV!2: a cell in quotes that begins in line 2"),
        (
            b"a,b\n" + b"x" * 32_768 + b",1\n",
            "CSV!A2: expected at most 32767 characters, got 32768",
        ),
        (b"," * 100_000, "CSV!1: expected at most 1024 cells"),
        (b"a,b\n\0,1\n", "a file with NUL bytes"),
    ],
)
def test_csv_beyond_bounds_is_refused(data: bytes, said: str) -> None:
    limit = csv.field_size_limit()
    with pytest.raises(InvalidInput) as caught:
        read_table(data)
    assert said in str(caught.value)
    assert csv.field_size_limit() == limit


# --- archives -------------------------------------------------------------------------------------


def edited(data: bytes, change: Callable[[bytes], bytes], part: str = SHEET) -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, change(body) if name == part else body)
    return out.getvalue()


def shared(data: bytes) -> bytes:
    """A workbook with its texts in a table, as Excel writes them."""
    texts: list[bytes] = []

    def take(found: re.Match[bytes]) -> bytes:
        texts.append(found[2])
        return b'<c r="%s" t="s"><v>%d</v></c>' % (found[1], len(texts) - 1)

    data = edited(
        data,
        lambda xml: re.sub(rb'<c r="(\w+)"[^>]* t="inlineStr"><is>(.*?)</is></c>', take, xml),
    )
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    relation = b'<Relationship Id="rIdS" Type="%s" Target="sharedStrings.xml"/>' % kind
    close = b"</Relationships>"
    relations = "xl/_rels/workbook.xml.rels"
    data = edited(data, lambda xml: xml.replace(close, relation + close), relations)
    out = BytesIO(data)
    with ZipFile(out, "a") as made:
        table = b"".join(b"<si>%s</si>" % each for each in texts)
        made.writestr("xl/sharedStrings.xml", b"<sst>" + table + b"</sst>")
    return out.getvalue()


def renamed(data: bytes, change: Callable[[str], str]) -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(change(name), old.read(name))
    return out.getvalue()


def archive(**parts: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as made:
        for name, body in parts.items():
            made.writestr(name.replace("__", "/"), body)
    return out.getvalue()


def bomb(stated: int) -> bytes:
    """A workbook of 1 MB whose sheet unpacks to 1 GB, and states any size."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(b" " * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)
    raw = block * 1000 + zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    out = BytesIO()
    with ZipFile(BytesIO(book(["姓名"]))) as old, ZipFile(out, "w", ZIP_STORED) as new:
        for name in old.namelist():
            new.writestr(name, raw if name == SHEET else old.read(name))
    data = bytearray(out.getvalue())
    for mark, method, names in ((b"PK\x03\x04", 8, 30), (b"PK\x01\x02", 10, 46)):
        at = data.find(mark)
        while at >= 0:
            if data[at + names :].startswith(SHEET.encode()):
                data[at + method : at + method + 2] = struct.pack("<H", 8)
                data[at + method + 14 : at + method + 18] = struct.pack("<I", stated)
            at = data.find(mark, at + 1)
    return bytes(data)


@pytest.mark.parametrize("stated", [1000 * 2**20, 5000, 0])
def test_a_small_file_that_unpacks_to_a_gigabyte_is_refused(stated: int) -> None:
    data = bomb(stated)
    assert len(data) < 1_100_000
    with pytest.raises(InvalidInput, match=r"unpacks to 1000 MB|archive is broken|misstates"):
        open_book(data)


@pytest.mark.parametrize("cell", ["A1048576", "XFD1048576", "XFD1"])
def test_a_formatted_empty_cell_costs_nothing(cell: str) -> None:
    def change(page: Any) -> None:
        page[cell].number_format = "0%"

    table = read_table(book(["姓名", "人数"], ["甲", 1], change=change), header=KNOWN)
    assert (values(table), table.faults) == ([(2, ["甲", 1])], ())


@pytest.mark.parametrize("content", ["x", "=1+1", "#N/A"])
def test_a_far_cell_with_content_is_refused_before_the_rectangle_is_laid_out(content: str) -> None:
    def change(page: Any) -> None:
        page["XFD1048576"] = content

    with pytest.raises(InvalidInput, match="spread as far as XFD1048576: delete the rows"):
        read_table(book(["姓名"], ["甲"], change=change), header=KNOWN)


def test_a_table_far_down_is_read() -> None:
    def change(page: Any) -> None:
        page["XFC1048575"], page["XFC1048576"] = "姓名", "甲"

    assert values(read_table(book(change=change), header=KNOWN)) == [(1_048_576, ["甲"])]


@pytest.mark.parametrize(
    "ranges",
    [
        b'<mergeCell ref="A1:XFD1048576"/>' * 100_000,
        b"".join(b'<mergeCell ref="A%d:XFD1048576"/>' % n for n in range(1, 30_000)),
        b"".join(b'<mergeCell ref="B%d:B1048576"/>' % n for n in range(2, 30_000)),
    ],
)
def test_merged_ranges_that_overlap_are_refused(ranges: bytes) -> None:
    data = book(["姓名", "住址"], *(["甲", "x"] for _ in range(50)))
    data = edited(
        data,
        lambda xml: xml.replace(
            b"</sheetData>", b"</sheetData><mergeCells>" + ranges + b"</mergeCells>"
        ),
    )
    with pytest.raises(InvalidInput, match="merged ranges overlap"):
        read_table(data, header=KNOWN)


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: b'<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>' + xml,
        lambda xml: xml + b"\0",
        lambda xml: xml.decode().encode("utf-16"),
        lambda xml: xml.replace(b"</sheetData>", b""),
        lambda xml: xml.replace(b'r="A2"', b'r="A9999999"'),
        lambda xml: xml.replace(b'r="A2"', b'r="XFE2"'),
        lambda xml: xml.replace(b"<v>1</v>", b"<v>one</v>"),
    ],
)
def test_broken_xml_is_refused(change: Callable[[bytes], bytes]) -> None:
    with pytest.raises(InvalidInput, match="is no Excel workbook"):
        read_table(edited(book(["姓名", "人数"], ["甲", 1]), change), header=KNOWN)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "it is empty"),
        (
            bytes.fromhex("D0CF11E0A1B11AE1") + "Book".encode("utf-16-le"),
            "an old workbook (.xls or .et)",
        ),
        (b"<html><table><tr><td>", "a web page"),
        (
            archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
            "an OpenDocument one (.ods)",
        ),
        (archive(xl__workbook_bin=b"", **{"xl/workbook.bin": b""}), "a binary workbook (.xlsb)"),
        (archive(**{"word/document.xml": b""}), "a document of Word"),
        (archive(a=b"b"), "another archive (zip)"),
    ],
)
def test_what_is_no_workbook_is_named(data: bytes, said: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_table(data)
    assert str(caught.value).startswith("is no Excel workbook (.xlsx)")
    assert said in str(caught.value)


@pytest.mark.parametrize("name", [str, str.lower, lambda name: name.replace("/", "\\")])
def test_texts_in_a_table_are_read_however_its_name_is_written(name: Callable[[str], str]) -> None:
    def change(page: Any) -> None:
        page["B2"].number_format = "0%"

    data = renamed(shared(book(["姓名", "人数"], ["甲", 0.5], change=change)), name)
    table = read_table(data, header=KNOWN)
    assert values(table) == [(2, ["甲", Decimal("0.5")])]
    assert table.rows[0]["人数"].percent


def test_rich_texts_are_read_without_how_they_are_pronounced() -> None:
    rich = "<r><t>测</t></r><r><rPr/><t>试</t></r><rPh sb='0' eb='1'><t>ce</t></rPh>".encode()
    data = edited(
        shared(book(["姓名"], ["甲"])),
        lambda xml: xml.replace("<t>甲</t>".encode(), rich),
        "xl/sharedStrings.xml",
    )
    assert values(read_table(data, header=KNOWN)) == [(2, ["测试"])]


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: re.sub(rb' r="[A-Z]*\d+"', b"", xml),
        lambda xml: re.sub(rb"<(/?)([a-zA-Z])", rb"<\1x:\2", xml).replace(b"xmlns=", b"xmlns:x="),
    ],
    ids=["no places", "prefixes"],
)
def test_sheets_of_other_programs_are_read(change: Callable[[bytes], bytes]) -> None:
    data = edited(book(["姓名", "人数"], ["甲", 1], ["乙", "=1"]), change)
    table = read_table(data, header=KNOWN)
    assert values(table) == [(2, ["甲", 1]), (3, ["乙", None])]
    assert [each.path for each in table.problems] == ["表!B3"]


def test_several_sheets_are_named_never_chosen() -> None:
    made = openpyxl.Workbook()
    made.active.append(["姓名", "x"])
    made.create_sheet("乙").append(["姓名", "x"])
    out = BytesIO()
    made.save(out)
    with pytest.raises(InvalidInput, match="several sheets: say which of Sheet, 乙"):
        read_table(out.getvalue())
    with pytest.raises(NotFound, match="no sheet '丙'"):
        read_table(out.getvalue(), sheet="丙")
    assert read_table(out.getvalue(), sheet="乙").title == "乙"


# --- anything -------------------------------------------------------------------------------------

GENUINE = shared(
    book(
        ["花名册"],
        ["姓名", "住址", "低保", None],
        [None, None, "人数", "金额"],
        ["甲", "x", 1, 0.6],
        ["乙", None, date(2020, 7, 24), "=1"],
        ["合计", None, 1, True],
        merge=("A1:D1", "A2:A3", "B2:B3", "C2:D2", "B4:B5"),
    )
)
PARTS = (
    SHEET,
    "xl/workbook.xml",
    "xl/styles.xml",
    "xl/sharedStrings.xml",
    "xl/_rels/workbook.xml.rels",
)
SCRAPS = st.sampled_from(
    [
        *(b"<", b">", b'"', b"&", b"\xff", b"0", b"-1", b"99999999999", b"1e400", b"NaN", b"<c/>"),
        *(b't="s"', b't="d"', b't="e"', b'r="A1"', b"<f/>", b"<v></v>", b"&#0;", b"<!--", b"<x:c>"),
        *(b"<row/>", b""),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PARTS), st.floats(0, 1), st.integers(0, 30), SCRAPS)
def test_a_damaged_workbook_is_read_or_refused(
    part: str, where: float, cut: int, scrap: bytes
) -> None:
    def change(xml: bytes) -> bytes:
        at = int(where * len(xml))
        return xml[:at] + scrap + xml[at + cut :]

    try:
        table = read_table(edited(GENUINE, change, part), header=KNOWN)
    except MinzhengError:
        return
    assert all(cell.ref for row in table.rows for cell in row.cells.values())


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(["姓名", "人数", "合计", "注：", "", "1", '"', "甲", "\n", ","]),
            max_size=5,
        ),
        max_size=9,
    )
)
def test_any_csv_is_read_or_refused(rows: list[list[str]]) -> None:
    data = "\n".join(",".join(row) for row in rows).encode()
    try:
        table = read_table(data, header=KNOWN)
    except MinzhengError:
        return
    numbers = [row.number for row in (*table.rows, *table.totals)] + [
        line.number for line in table.remarks
    ]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize(
    "text", ["合计" + "1" * 190 + "x", "共" + "1人" * 90 + "x", "(" * 30_000, "：" * 30_000]
)
def test_a_cell_made_to_be_searched_for_long_is_searched_at_once(text: str) -> None:
    assert len(read_table(book(["姓名", "人数"], [text, text]), header=KNOWN).rows) == 1
