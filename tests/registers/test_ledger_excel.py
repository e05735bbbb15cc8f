"""The three documents: records out and back, equal bytes, every fault at its cell."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_people import ENROLLED, NAME, ledgers, number, people

from minzheng.base.identifiers import DisabilityType
from minzheng.errors import InvalidInput, NotFound
from minzheng.registers.ledgers import (
    KINDS,
    Elder,
    Event,
    Ledger,
    LeftBehindWoman,
    Risk,
    Status,
    Visit,
    VisitMode,
    columns,
    read_form,
    read_roster,
    read_statistics,
    registration_form,
    roster,
    statistics,
    statistics_table,
)

BORN = date(1950, 3, 1)
LANGUAGE = st.sampled_from(["zh_CN", "en"])
KIND = st.sampled_from(ENROLLED)


@settings(max_examples=60)
@given(KIND.flatmap(lambda kind: st.tuples(st.just(kind), ledgers(kind))), LANGUAGE)
def test_a_roster_goes_out_and_back(given_: tuple[type, list[Any]], language: str) -> None:
    kind, rows = given_
    data = roster(rows, kind, language=language)
    found: Ledger[Any] = read_roster(data, kind, language=language)
    assert (found.faults, list(found.records)) == ((), rows)
    assert found.numbers == tuple(range(2, len(rows) + 2))
    assert roster(rows, kind, language=language) == data


@settings(max_examples=60)
@given(KIND.flatmap(people), LANGUAGE)
def test_a_form_goes_out_and_back(record: Any, language: str) -> None:
    data = registration_form(record, language=language)
    found = read_form(data, type(record), language=language)
    assert (found.faults, found.records) == ((), (record,))
    assert registration_form(record, language=language) == data


@given(st.lists(st.builds(Elder, name=st.just(NAME), risk=st.none() | st.sampled_from(Risk))))
@settings(max_examples=20)
def test_a_statistics_table_goes_out_and_back(rows: list[Elder]) -> None:
    table = statistics(rows, by="risk", on=BORN)
    data = statistics_table(table)
    found = read_statistics(data)
    assert found.all_faults == ()
    lines = [(row.values["group"], row.values["count"]) for row in found.rows]
    assert lines == [
        *((each.text("zh_CN"), each.count) for each in table.groups),
        ("合计", len(rows)),
    ]
    assert statistics_table(table) == data


def test_the_share_of_nobody_is_an_empty_cell() -> None:
    found = read_statistics(statistics_table(statistics([], by="age_of_elders", on=BORN)))
    assert {row.values["percent"] for row in found.rows} == {None}
    one = statistics([Elder(name=NAME, risk=Risk.KEY)], by="risk", on=BORN)
    shares = [row.values["percent"] for row in read_statistics(statistics_table(one)).rows]
    assert shares == [Decimal(0), Decimal(100), Decimal(0), None]


def test_visits_and_events_are_ledgers_too() -> None:
    visits = [
        Visit(person="7", on=BORN, clock="08:30", mode=VisitMode.PHONE, found="无恙"),
        Visit(person="7", on=BORN, clock="08:30"),
    ]
    found = read_roster(roster(visits, Visit), Visit)
    assert (found.records, found.faults) == (tuple(visits), ())
    events = [Event(person=number(BORN), on=BORN)]
    assert read_roster(roster(events, Event), Event).records == tuple(events)


# --- what a person did to it ----------------------------------------------------------------------

HEADERS = {each.name: each.header for each in columns(Elder)}
LETTERS = {
    name: openpyxl.utils.get_column_letter(place) for place, name in enumerate(HEADERS, start=1)
}


def typed(*rows: dict[str, Any], kind: type = Elder) -> bytes:
    """A roster with cells as somebody typed them."""
    book = openpyxl.load_workbook(BytesIO(roster([], kind)))
    headers = [each.name for each in columns(kind)]
    for number_, row in enumerate(rows, start=2):
        for name, value in row.items():
            book["花名册"].cell(number_, headers.index(name) + 1).value = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("name", None, "expected text, got an empty cell"),
        ("resident_id", 130802195003010013, "expected text, got a number: format the cell as text"),
        ("resident_id", "130802195003010010", "[17]: expected the check character"),
        ("birth", "1950年2月30日", "expected a day such as 2020-07-24, got something else (str)"),
        ("sex", "M", "expected one of 男, 女, got 'M'"),
        ("area", "9999", "expected 6 digits"),
        ("status", "在册", "expected one of 登记在册, 退出, got '在册'"),
        ("risk", "高", "expected one of 高风险对象, 重点对象, 一般对象, got '高'"),
        ("claimed", "对", "expected one of 是, 否, got '对'"),
        ("disabilities", "多重残疾", "multiple disability takes two types"),
        ("disabilities", "视力", "expected words of 视力残疾, 听力残疾"),
        ("disability_grade", 5, "expected 1..4, got 5"),
        ("disability_grade", "二级", "expected a whole number, got '二级'"),
        ("exited", "soon", "expected a day such as 2020-07-24, got 'soon'"),
    ],
)
def test_each_bad_cell_is_named(name: str, value: Any, said: str) -> None:
    found = read_roster(typed({"name": NAME, "phone": "1", name: value}), Elder)
    (fault,) = found.faults
    assert fault.path == f"花名册!{LETTERS[name]}2"
    assert fault.message.startswith(said)
    assert (found.records, len(found.rows)) == ((), 1)


def test_faults_of_many_cells_come_at_once_and_good_rows_are_kept() -> None:
    found = read_roster(
        typed(
            {"name": NAME, "resident_id": number(BORN, 12)},
            {"name": NAME, "sex": "M", "status": "退出", "since": "2020.7.24"},
            {"name": NAME, "resident_id": number(BORN, 12)},
            {"name": "测试乙", "resident_id": number(BORN, 14), "birth": "1950-03-02"},
            {"name": "测试丙", "disabilities": "视力残疾、听力残疾"},
        ),
        Elder,
    )
    assert [str(each) for each in found.faults] == [
        f"花名册!{LETTERS['sex']}3: expected one of 男, 女, got 'M'",
        "花名册!K3: an exit has its day",
        f"花名册!{LETTERS['birth']}5: is not the day in the resident number",
        f"花名册!{LETTERS['resident_id']}4: is that of row 2 too",
    ]
    assert found.numbers == (2, 4, 6)
    assert [each.name for each in found.records] == [NAME, NAME, "测试丙"]
    assert found.records[2].disabilities == (
        DisabilityType.VISUAL,
        DisabilityType.HEARING,
        DisabilityType.MULTIPLE,
    )
    assert [row.number for row in found.rows] == [2, 3, 4, 5, 6]
    assert found.rows[1].cells["性别"] == "M"
    assert found.rows[1].values["since"] == date(2020, 7, 24)


def test_a_cell_with_a_fault_is_named_once() -> None:
    found = read_roster(typed({"name": NAME, "status": "退出", "exited": "soon"}), Elder)
    assert [each.path for each in found.faults] == [f"花名册!{LETTERS['exited']}2"]


def test_a_fault_of_a_form_is_at_its_cell() -> None:
    record = LeftBehindWoman(name=NAME, children=1)
    book = openpyxl.load_workbook(BytesIO(registration_form(record)))
    page = book["登记表"]
    place = [each.value for each in page["A"]].index("子女数") + 1
    page.cell(place, 2).value = -1
    out = BytesIO()
    book.save(out)
    found = read_form(out.getvalue(), LeftBehindWoman)
    assert [str(each) for each in found.faults] == [f"登记表!B{place}: expected 0 or more, got -1"]
    assert (found.records, found.rows[0].values["name"]) == ((), NAME)


def test_another_document_is_not_taken_for_a_roster() -> None:
    with pytest.raises(NotFound, match="no sheet '花名册'"):
        read_roster(registration_form(Elder(name=NAME)), Elder)


def test_a_record_of_another_class_is_refused() -> None:
    with pytest.raises(InvalidInput, match=r"\[1\]: expected Elder, got LeftBehindWoman"):
        roster([Elder(name=NAME), LeftBehindWoman(name=NAME)], Elder)


# --- the sheet itself -----------------------------------------------------------------------------


def test_a_public_roster_is_masked() -> None:
    elder = Elder(
        name="测试甲乙",
        resident_id=number(BORN, 12),
        address="测试村1号",
        phone="00000000001",
        risk=Risk.KEY,
    )
    page = openpyxl.load_workbook(BytesIO(roster([elder], Elder, masked=True)))["花名册"]
    shown = {name: page[f"{letter}2"].value for name, letter in LETTERS.items()}
    assert shown["name"] == "测***"
    assert shown["resident_id"] == "130802************"
    assert shown["birth"] == "1950-**-**"
    assert (shown["address"], shown["phone"]) == ("***", "***")
    assert (shown["risk"], shown["living"]) == ("重点对象", None)


def test_numbers_are_text_and_words_are_offered() -> None:
    book = openpyxl.load_workbook(
        BytesIO(roster([Elder(name=NAME, resident_id=number(BORN))], Elder))
    )
    page = book["花名册"]
    cell = page[f"{LETTERS['resident_id']}2"]
    assert (cell.value, cell.data_type, cell.number_format) == (number(BORN), "s", "@")
    offered = {str(each.sqref).split("2:")[0] for each in page.data_validations.dataValidation}
    assert {LETTERS["sex"], LETTERS["status"], LETTERS["risk"], LETTERS["claimed"]} <= offered
    assert LETTERS["living"] not in offered


@pytest.mark.parametrize("kind", KINDS.values())
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_headers_and_words_are_of_one_meaning(kind: type, language: str) -> None:
    made = columns(kind, language)
    headers = [each.header for each in made]
    assert len(set(headers)) == len(headers)
    assert all(each.isascii() == (language == "en") for each in headers)
    for each in made:
        if each.form.value == "choices":
            assert not any(mark in word for word in each.choices for mark in "、,，")


def test_a_status_that_is_zero_is_written() -> None:
    elder = Elder(name=NAME, status=Status.ENROLLED)
    assert read_roster(roster([elder], Elder), Elder).records == (elder,)


# --- what counties keep ---------------------------------------------------------------------------


def county_ledger(*, sheet: str = "花名册", merge: tuple[str, ...] = ()) -> bytes:
    """A ledger as a county keeps it: titles, two header rows, merged cells, totals, remarks."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    page.append(["测试县老年人台账（2023年度）"])
    page.append(["填报单位：测试镇", None, None, None, None, None, "填报日期：2023年3月2日"])
    page.append(["序号", "基本信息", None, None, "现住址", "健康", None, "备注"])
    page.append([None, "姓名", "公民\n身份号码", "性别", None, "健康状况", "残疾类别", None])
    page.append([1, "测试甲", number(BORN, 11), "男", "测试村1号", "健康", None, None])
    page.append([2, "测试乙", number(BORN, 12), "女", None, None, "视力残疾", "低保"])
    page.append(["小计", None, None, None, "2人"])
    page.append([3, "测试丙", number(BORN, 14), "女", "测试村2号", None, None, None])
    page.append([4])
    page.append(["合 计", None, None, None, "3人"])
    page.append([])
    page.append(["注：本表一式两份。"])
    page.append(["填表人：测试丁", None, None, None, "审核人：测试戊"])
    for each in ("A1:H1", "A3:A4", "B3:D3", "E3:E4", "F3:G3", "H3:H4", "E5:E6", "A10:D10", *merge):
        page.merge_cells(each)
    page["XFD1048576"].number_format = "0%"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("sheet", ["花名册", "Sheet1"])
def test_a_county_s_ledger_is_read_and_what_is_no_person_is_named(sheet: str) -> None:
    found = read_roster(county_ledger(sheet=sheet), Elder, keep=["备注"])
    assert found.faults == ()
    assert [each.name for each in found.records] == ["测试甲", "测试乙", "测试丙"]
    assert found.numbers == (5, 6, 8)
    assert [each.address for each in found.records] == ["测试村1号", "测试村1号", "测试村2号"]
    assert found.records[1].disabilities == (DisabilityType.VISUAL,)
    assert found.rows[1].cells["备注"] == "低保"
    assert statistics(found.records, by="sex", on=date(2023, 3, 2)).total == 3
    assert [str(each) for each in found.notes] == [
        f"{sheet}!1: is a title above the header, no record",
        f"{sheet}!2: is a title above the header, no record",
        f"{sheet}!7: is a row of totals, no record",
        f"{sheet}!10: is a row of totals, no record",
        f"{sheet}!12: is a remark or a signature, no record",
        f"{sheet}!13: is a remark or a signature, no record",
        f"{sheet}!E5:E6: is merged: its 现住址 is taken for the rows 5 to 6",
    ]


def test_a_column_that_no_record_has_is_one_fault_unless_it_is_kept() -> None:
    (fault,) = read_roster(county_ledger(), Elder).faults
    assert str(fault).startswith("花名册!H3: unknown column: unknown '备注'")


def test_a_name_merged_over_two_rows_is_one_fault_with_its_range() -> None:
    found = read_roster(county_ledger(merge=("B5:B6",)), Elder, keep=["备注"])
    assert [str(each) for each in found.faults] == [
        "花名册!B5:B6: is merged over the rows 5 to 6: write 姓名 in each row"
    ]
    assert [each.name for each in found.records] == ["测试丙"]


def test_the_workbook_of_another_document_needs_the_name_of_its_sheet() -> None:
    book = openpyxl.load_workbook(BytesIO(county_ledger(sheet="一")))
    book.create_sheet("二").append(["姓名", "性别"])
    out = BytesIO()
    book.save(out)
    with pytest.raises(NotFound, match="no sheet '花名册'"):
        read_roster(out.getvalue(), Elder)
    found = read_roster(out.getvalue(), Elder, sheet="一", keep=["备注"])
    assert (len(found.records), found.faults) == (3, ())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_ledger_in_csv_is_read(encoding: str) -> None:
    text = (
        f"台账,,\n姓名,出生日期,县级行政区划代码,残疾等级\n{NAME},1950年3月1日,130802,2\n合计,1,,\n"
    )
    found = read_roster(text.encode(encoding), Elder)
    assert found.faults == ()
    (elder,) = found.records
    assert (elder.birth, elder.area, elder.disability_grade) == (BORN, "130802", 2)
    assert [each.path for each in found.notes] == ["CSV!1", "CSV!4"]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("resident_id", "1.30822E+17", "Excel has kept at most fifteen digits"),
        ("resident_id", number(BORN) + "\ue000", "U+E000 (of private use) at place 19"),
        ("name", "测试\ufeff甲", "U+FEFF (ZERO WIDTH NO-BREAK SPACE) at place 3"),
        ("id", "7\u200b", "U+200B (ZERO WIDTH SPACE) at place 2"),
        ("phone", "1.38E+10", "Excel has kept at most fifteen digits"),
        ("birth", 43831, "it may be the date serial of a day: format the cell"),
        ("since", 43831, "it may be the date serial of 2020-01-01"),
        ("sex", "男\u00a0人", "U+00A0 (NO-BREAK SPACE) at place 2"),
    ],
)
def test_the_cause_of_a_bad_cell_is_named(name: str, value: Any, said: str) -> None:
    (fault,) = read_roster(typed({"name": NAME, name: value}), Elder).faults
    assert fault.path == f"花名册!{LETTERS[name]}2"
    assert said in fault.message


@pytest.mark.parametrize(
    "change", [str.lower, lambda text: f"{text}\u200b", lambda text: f" {text}"]
)
def test_a_resident_number_is_kept_in_one_form(change: Any) -> None:
    typed_number = next(each for n in range(1, 99) if (each := number(BORN, n)).endswith("X"))
    assert Elder(name=NAME, resident_id=change(typed_number)).resident_id == typed_number


def test_an_area_that_excel_made_a_number_is_taken() -> None:
    found = read_roster(typed({"name": NAME, "area": 130802}), Elder)
    assert (found.faults, found.records[0].area) == ((), "130802")


def test_a_person_is_named_by_what_can_be_seen() -> None:
    with pytest.raises(InvalidInput, match=r"person: has the invisible character U\+200B"):
        Visit(person="7\u200b", on=BORN)


_DAMAGE = [b"<", b">", b'"', b"0", b"-1", b"99999999999", b"1e400", b"<c/>", b't="e"', b"<f/>", b""]
_SHEET = "xl/worksheets/sheet1.xml"


@settings(max_examples=60, deadline=None)
@given(st.booleans(), st.floats(0, 1), st.integers(0, 30), st.sampled_from(_DAMAGE))
def test_a_damaged_ledger_is_read_or_refused(
    form: bool, where: float, cut: int, scrap: bytes
) -> None:
    elder = Elder(name=NAME, resident_id=number(BORN), risk=Risk.KEY)
    whole = registration_form(elder) if form else roster([elder], Elder)
    out = BytesIO()
    with ZipFile(BytesIO(whole)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name == _SHEET:
                at = int(where * len(body))
                body = body[:at] + scrap + body[at + cut :]
            new.writestr(name, body)
    try:
        found = (read_form if form else read_roster)(out.getvalue(), Elder)
    except (InvalidInput, NotFound):
        return
    assert all(each.path for each in found.faults)
    assert len(found.records) == len(found.numbers) <= len(found.rows)
