"""The three documents: records out and back, equal bytes, every fault at its cell."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

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
        f"花名册!{LETTERS['birth']}5: 1950-03-02, but the resident number says 1950-03-01",
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
