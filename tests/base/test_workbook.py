"""Workbooks: what goes out comes back, the same bytes twice, and every bad cell is named."""

from __future__ import annotations

import builtins
import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.chart import BarChart

from minzheng.base.workbook import Column, Form, Layout, Read, Sheet, cell_of, read, value_of, write
from minzheng.errors import InvalidInput, MinzhengError, NotFound

COLOURS = {"红": 1, "绿": 2, "蓝": 3}


def below(value: int) -> None:
    if value > 9:
        raise InvalidInput(f"expected at most 9, got {value}")


COLUMNS = (
    Column(name="name", header="名称", required=True),
    Column(name="count", header="数量", form=Form.WHOLE, check=below),
    Column(name="size", header="尺寸", form=Form.DECIMAL),
    Column(name="day", header="日期", form=Form.DAY),
    Column(name="colour", header="颜色", form=Form.CHOICE, choices=COLOURS),
    Column(name="colours", header="各色", form=Form.CHOICES, choices=COLOURS),
)
SECRET = Column(name="secret", header="密", private=True)


def book(rows: list[list[Any]], title: str = "表") -> bytes:
    """What a person may have made of a sheet."""
    made = openpyxl.Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


HEADERS = [each.header for each in COLUMNS]


def read_cells(*rows: list[Any]) -> Read:
    return read(book([HEADERS, *rows]), "表", COLUMNS)


texts = (
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)
    .map(str.strip)
    .filter(lambda text: text and not re.search("_x[0-9A-Fa-f]{4}_|[\ufffe\uffff]", text))
)
numbers = st.integers(-(10**15) + 1, 10**15 - 1)
rows = st.fixed_dictionaries(
    {
        "name": texts,
        "count": st.none() | st.integers(-(10**14), 9),
        "size": st.none()
        | st.builds(lambda n, p: Decimal(n).scaleb(-p), numbers, st.integers(0, 9)),
        "day": st.none() | st.dates(date(1000, 1, 1)),
        "colour": st.none() | st.sampled_from([1, 2, 3]),
        "colours": st.none() | st.lists(st.sampled_from([1, 2, 3]), unique=True).map(tuple),
    }
)


@settings(max_examples=60)
@given(st.lists(rows, max_size=4))
def test_what_is_written_is_read(records: list[dict[str, Any]]) -> None:
    sheet = Sheet(title="表", columns=COLUMNS, rows=records)
    found = read(write([sheet]), "表", COLUMNS)
    assert found.all_faults == ()
    assert [dict(row.values) for row in found.rows] == records


@settings(max_examples=60)
@given(rows)
def test_a_card_is_read(record: dict[str, Any]) -> None:
    sheet = Sheet(title="卡", columns=COLUMNS, rows=[record], layout=Layout.CARD)
    (found,) = read(write([sheet]), "卡", COLUMNS, Layout.CARD).rows
    assert dict(found.values) == record
    assert (found.faults, found.places["size"]) == ((), "B3")


def test_two_writes_are_the_same_bytes_and_hold_no_clock() -> None:
    record = {"name": "甲", "day": date(2020, 7, 24)}
    sheets = [Sheet(title="表", columns=COLUMNS, rows=[record])]
    first = write(sheets)
    assert write(sheets) == first
    with ZipFile(BytesIO(first)) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        properties = archive.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\d", properties)) == {"2000-01-01"}


def test_text_stays_text_and_a_choice_offers_its_words() -> None:
    record = {"name": "=1+1", "colour": 2}
    page = openpyxl.load_workbook(
        BytesIO(write([Sheet(title="表", columns=COLUMNS, rows=[record])]))
    )
    cells = page["表"]
    assert (cells["A2"].value, cells["A2"].data_type, cells["A2"].number_format) == (
        "=1+1",
        "s",
        "@",
    )
    assert cells["D2"].number_format == "yyyy-mm-dd"
    assert cells.column_dimensions["A"].number_format == "@"
    (offer,) = cells.data_validations.dataValidation
    assert (str(offer.sqref), offer.formula1) == ("E2:E1048576", "lists!$A$1:$A$3")
    assert [each.value for each in page["lists"]["A"]] == ["红", "绿", "蓝"]
    assert page["lists"].sheet_state == "hidden"


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        (0, None, "表!A2: expected text, got an empty cell"),
        (0, 13080219900101, "表!A2: expected text, got the number 13080219900101: format the cell"),
        (0, True, "表!A2: expected text, got True"),
        (0, datetime(2020, 7, 24), "表!A2: expected text, got the day 2020-07-24"),  # noqa: DTZ001
        (0, "=A1", "表!A2: expected text, got a formula"),
        (0, "#N/A", "表!A2: expected text, got the error #N/A"),
        (1, "three", "表!B2: expected a whole number, got 'three'"),
        (1, 1.5, "表!B2: expected a whole number, got 1.5"),
        (1, True, "表!B2: expected a whole number, got True"),
        (1, 10, "表!B2: expected at most 9, got 10"),
        (2, "1.5", "表!C2: expected a number, got '1.5'"),
        (2, 1.234567890123456, "表!C2: expected a number, got 1.234567890123456"),
        (3, "2020-02-30", "表!D2: expected a day such as 2020-07-24, got '2020-02-30'"),
        (3, "24.7.20", "表!D2: expected a day such as 2020-07-24, got '24.7.20'"),
        (3, 44036, "表!D2: expected a day such as 2020-07-24, got 44036"),
        (3, datetime(2020, 7, 24, 8), "表!D2: expected a day such as 2020-07-24, got the day"),  # noqa: DTZ001
        (4, "黄", "表!E2: expected one of 红, 绿, 蓝, got '黄'"),
        (4, 1, "表!E2: expected one of 红, 绿, 蓝, got 1"),
        (5, "红、黄", "表!F2: expected words of 红, 绿, 蓝, got '黄'"),
        (5, 1, "表!F2: expected words of 红, 绿, 蓝, got 1"),
    ],
)
def test_each_bad_cell_is_named(place: int, value: Any, said: str) -> None:
    line: list[Any] = ["甲", None, None, None, None, None]
    line[place] = value
    found = read_cells([*line[:-1], line[-1] or "红"])
    (fault,) = found.all_faults
    assert str(fault).startswith(said)
    assert COLUMNS[place].name not in found.rows[0].values


def test_faults_of_many_cells_come_at_once_and_no_cell_is_lost() -> None:
    found = read_cells(
        ["甲", "x", 1.5, "never", "黄", None],
        ["乙", 3, None, None, None, "红，蓝"],
        [None, None, None, None, None, None],
        [None, 4, None, None, None, None],
    )
    assert [each.path for each in found.all_faults] == ["表!B2", "表!D2", "表!E2", "表!A5"]
    assert [row.number for row in found.rows] == [2, 3, 5]
    assert found.rows[0].values == {"name": "甲", "size": Decimal("1.5"), "colours": None}
    assert found.rows[0].cells["数量"] == "x"
    assert found.rows[1].values["colours"] == (1, 3)
    assert found.rows[2].values["count"] == 4


def test_what_is_private_is_not_shown() -> None:
    found = read(book([["密"], [130802199001010000], [True]]), "表", (SECRET,))
    assert len(found.all_faults) == 2
    assert not any("130802" in str(each) or "True" in str(each) for each in found.all_faults)


@pytest.mark.parametrize("typed", ["2020-07-24", "2020/7/24", "2020.7.24", " 2020年7月24日 "])
def test_a_day_as_typed(typed: str) -> None:
    found = read_cells(["甲", None, None, typed])
    assert found.rows[0].values["day"] == date(2020, 7, 24)


def test_columns_are_found_by_their_headers() -> None:
    found = read(book([["颜色", "名称"], ["绿", " 甲 "]]), "表", COLUMNS)
    assert found.all_faults == ()
    assert found.rows[0].values == {"name": "甲", "colour": 2}


def test_headers_that_are_wrong() -> None:
    found = read(book([["名称们", "数量", "数量", None], ["甲", 1, 2, "丙"]]), "表", COLUMNS)
    assert [str(each) for each in found.faults] == [
        "表!A1: unknown column: unknown '名称们'; did you mean '名称'?",
        "表!C1: the column '数量' stands twice",
        "表: expected the column '名称', which is not there",
        "表!D2: stands under no header",
    ]
    assert list(found.rows[0].cells.values()) == ["甲", 1, 2, "丙"]


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ({"name": "a\x00b"}, "表!A2: expected text without control characters"),
        ({"name": "a_x0041_"}, "表!A2: expected text without control characters"),
        ({"name": " a"}, "表!A2: expected text without spaces around it, and not empty"),
        ({"name": "a" * 32_768}, "表!A2: expected at most 32767 characters, got 32768"),
        ({"name": 1}, "表!A2: expected str, got 1"),
        ({"count": 10**15 + 1}, "表!B2: expected at most 15 digits, got 1000000000000001"),
        ({"size": 1.5}, "表!C2: expected Decimal, got 1.5"),
        ({"size": Decimal("NaN")}, "表!C2: expected at most 15 digits, got NaN"),
        ({"day": "2020-07-24"}, "表!D2: expected date, got '2020-07-24'"),
        ({"colour": 4}, "表!E2: expected one of 红, 绿, 蓝, got 4"),
    ],
)
def test_what_no_cell_can_hold_is_refused(record: Mapping[str, Any], said: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        write([Sheet(title="表", columns=COLUMNS, rows=[record])])
    assert str(caught.value) == said


@pytest.mark.parametrize("titles", [["a", "a"], ["lists"], [""], ["a/b"], ["a" * 32]])
def test_titles_that_no_sheet_bears(titles: list[str]) -> None:
    with pytest.raises(InvalidInput, match="expected a title of its own"):
        write([Sheet(title=each, columns=COLUMNS, rows=[]) for each in titles])


def test_a_card_holds_one_record() -> None:
    with pytest.raises(InvalidInput, match="a card holds one record, got 2"):
        write([Sheet(title="卡", columns=COLUMNS, rows=[{}, {}], layout=Layout.CARD)])


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"name,count\n", book([["名称"]])[:-200]])
def test_what_is_no_workbook(data: bytes) -> None:
    with pytest.raises(InvalidInput, match="is no Excel workbook"):
        read(data, "表", COLUMNS)


def test_a_sheet_that_is_not_there_is_named() -> None:
    with pytest.raises(NotFound, match=r"no sheet '表'.*known are 别的"):
        read(book([["名称"]], "别的"), "表", COLUMNS)


def test_an_empty_sheet_lacks_what_is_required() -> None:
    found = read(book([]), "表", COLUMNS)
    assert (found.rows, [each.path for each in found.faults]) == ((), ["表"])
    card = read(book([]), "表", COLUMNS, Layout.CARD)
    assert card.rows == ()


@pytest.mark.parametrize("module", ["openpyxl", "python_calamine"])
def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    data = book([["名称"]])
    true_import = builtins.__import__

    def missing(name: str, *rest: Any) -> Any:
        if name == module:
            raise ImportError(name)
        return true_import(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(MinzhengError, match=rf"need {module}: .*minzheng\[excel\]"):
        write([]) if module == "openpyxl" else read(data, "表", COLUMNS)


def test_a_sheet_of_a_chart_has_no_rows() -> None:
    made = openpyxl.Workbook()
    made.create_chartsheet("表").add_chart(BarChart())
    out = BytesIO()
    made.save(out)
    with pytest.raises(NotFound, match="no sheet '表'"):
        read(out.getvalue(), "表", COLUMNS)


@settings(max_examples=60)
@given(st.integers(0, 6000), st.integers(1, 255))
def test_a_broken_file_is_refused_or_read(place: int, change: int) -> None:
    data = bytearray(write([Sheet(title="表", columns=COLUMNS, rows=[{"name": "甲"}])]))
    data[place % len(data)] ^= change
    try:
        found = read(bytes(data), "表", COLUMNS)
    except (InvalidInput, NotFound):
        return
    assert found.title == "表"


# --- cells whose rows say what they hold ----------------------------------------------------------

ASKED = Column(name="asked", header="问", required=True)
TOLD = Column(name="told", header="答", form=Form.ANY)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        (COLUMNS[0], "梨"),
        (COLUMNS[1], 7),
        (COLUMNS[2], Decimal("0.0719")),
        (COLUMNS[3], date(2020, 7, 24)),
        (COLUMNS[3], date(1840, 5, 1)),
        (COLUMNS[4], 2),
        (COLUMNS[5], (1, 3)),
        (COLUMNS[5], ()),
    ],
)
def test_a_cell_of_any_form_holds_what_its_row_asks(column: Column, value: Any) -> None:
    rows = [{"asked": "a", "told": cell_of(column, value)}, {"asked": "b", "told": None}]
    data = write([Sheet(title="表", columns=(ASKED, TOLD), rows=rows)])
    first, second = read(data, "表", (ASKED, TOLD)).rows
    assert value_of(column, first.values["told"]) == value
    assert second.values["told"] is None


def test_a_cell_of_any_form_takes_no_formula_and_no_float() -> None:
    found = read(book([["问", "答"], ["a", "=1+1"]]), "表", (ASKED, TOLD))
    assert [each.path for each in found.all_faults] == ["表!B2"]
    with pytest.raises(InvalidInput, match="表!B2"):
        write([Sheet(title="表", columns=(ASKED, TOLD), rows=[{"asked": "a", "told": 0.5}])])


def test_rows_offer_words_of_their_own() -> None:
    rows = [{"asked": each} for each in ("a", "b", "c", "d")]
    offers = {"told": [("是", "否"), (), ("是", "否"), ("红",)]}
    sheet = Sheet(title="表", columns=(ASKED, TOLD), rows=rows, offers=offers)
    page = openpyxl.load_workbook(BytesIO(write([sheet])))["表"]
    found = {str(each.sqref): each.formula1 for each in page.data_validations.dataValidation}
    assert found == {"B2 B4": "lists!$A$1:$A$2", "B5": "lists!$B$1:$B$1"}
