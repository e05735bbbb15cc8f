"""JSON to models and back: every fault at once, each with its path and the nearest key."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minzheng.base.codec import dumps, json_schema, loads, structure, unstructure
from minzheng.errors import InvalidInput
from minzheng.people import (
    Disability,
    DisabilityType,
    Household,
    Income,
    IncomeKind,
    Person,
    Property,
    Relation,
    Residence,
    Spending,
    SpendingKind,
    Study,
    Whereabouts,
)


def plain(**changes: object) -> dict[str, Any]:
    """A household as JSON gives it, with some keys changed."""
    member = {"relation": "applicant", "birth": "1950-03-01", "income": []}
    return {"id": "a", "area": "130822", "residence": "rural", "members": [member], **changes}


def faults(data: object) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        structure(data, Household, "household")
    return [str(fault) for fault in caught.value.faults]


def test_a_household_is_read() -> None:
    read = structure(plain(property={"cars": 1}), Household, "household")
    assert read.members[0].birth == date(1950, 3, 1)
    assert read.members[0].income == ()
    assert read.members[0].spending is None
    assert read.property == Property(cars=1)


def test_a_misspelt_key_names_its_path_and_the_nearest() -> None:
    member = {"relation": "applicant", "incom": []}
    assert faults(plain(members=[member])) == [
        "household.members[0].incom: unknown 'incom'; did you mean 'income'?"
    ]
    assert faults(plain(residense="rural")) == [
        "household.residense: unknown 'residense'; did you mean 'residence'?"
    ]


def test_all_faults_come_at_once() -> None:
    members = [
        {"relation": "applicnt", "birth": "1950-3-1"},
        {
            "relation": "child",
            "income": [{"kind": "wage", "yeer": "1"}, {"kind": "wage", "year": []}],
        },
    ]
    said = faults(plain(members=members, property={"cars": "1", "luxury": 1}))
    for path in (
        "household.members[0].relation: unknown 'applicnt'; did you mean 'applicant'?",
        "household.members[0].birth: expected a day",
        "household.members[1].income[0].yeer: unknown 'yeer'; did you mean 'year'?",
        "household.members[1].income[1].year: expected a number",
        "household.property.cars: expected a whole number",
        "household.property.luxury: expected true or false",
    ):
        assert any(each.startswith(path) for each in said), path
    assert len(said) == 6


@pytest.mark.parametrize("key", ["id", "area", "residence", "members"])
def test_a_required_key_is_required(key: str) -> None:
    data = plain()
    del data[key]
    assert faults(data) == [f"household.{key}: is required"]


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"id": 1}, "household.id"),
        ({"id": None}, "household.id"),
        ({"band": True}, "household.band"),
        ({"band": 1.0}, "household.band"),
        ({"band": 0}, "household.band"),
        ({"area": "1308"}, "household.area"),
        ({"members": []}, "household.members"),
        ({"members": None}, "household.members"),
        ({"members": 5}, "household.members"),
        ({"members": "abc"}, "household.members"),
        ({"members": {}}, "household.members"),
        ({"members": ["x"]}, "household.members[0]"),
        ({"property": []}, "household.property"),
        ({"property": {"homes": -1}}, "household.property.homes"),
        ({"property": {"financial_assets": -1}}, "household.property.financial_assets"),
        ({"property": {"financial_assets": 0.1}}, "household.property.financial_assets"),
        ({"property": {"financial_assets": "0.001"}}, "household.property.financial_assets"),
        ({"property": {"floor_area": "NaN"}}, "household.property.floor_area"),
        ({"property": {"cars": 1, "mobility_cars": 2}}, "household.property.mobility_cars"),
    ],
)
def test_each_wrong_value_is_said_with_its_path(changes: dict[str, object], path: str) -> None:
    assert faults(plain(**changes))[0].startswith((f"{path}:", f"{path}["))


@pytest.mark.parametrize("whole", [None, [], "x", 1])
def test_the_whole_must_be_an_object(whole: object) -> None:
    assert faults(whole)[0].startswith("household: expected an object")


def test_an_amount_by_month_or_by_year_not_both() -> None:
    income = [{"kind": "wage", "year": "12", "month": "1"}]
    assert faults(plain(members=[{"relation": "applicant", "income": income}])) == [
        "household.members[0].income[0]: give the amount by the year or by the month, not both"
    ]


@pytest.mark.parametrize("text", ["", "{", "nul", b"\xff"])
def test_what_is_not_json_is_said(text: str | bytes) -> None:
    with pytest.raises(InvalidInput, match="is not JSON"):
        loads(text, Household)


def test_a_key_twice_is_refused() -> None:
    with pytest.raises(InvalidInput, match="cars: stands twice"):
        loads('{"cars": 1, "cars": 0}', Property)


def test_numbers_of_json_are_exact() -> None:
    read = loads('{"financial_assets": 1234567890123.01}', Property)
    assert read.financial_assets == Decimal("1234567890123.01")


YUAN = st.integers(0, 10**9).map(lambda fen: Decimal(fen).scaleb(-2))
FLAG = st.none() | st.booleans()
PEOPLE = st.builds(
    Person,
    relation=st.sampled_from([Relation.SPOUSE, Relation.CHILD, Relation.OTHER]),
    name=st.none() | st.text(max_size=4),
    birth=st.none() | st.dates(),
    whereabouts=st.none() | st.sampled_from(Whereabouts),
    study=st.none() | st.sampled_from(Study),
    income=st.none()
    | st.lists(st.builds(Income, kind=st.sampled_from(IncomeKind), year=YUAN)).map(tuple),
    spending=st.none()
    | st.lists(st.builds(Spending, kind=st.sampled_from(SpendingKind), month=YUAN)).map(tuple),
    disability=st.none()
    | st.builds(Disability, type=st.sampled_from(DisabilityType), grade=st.integers(1, 4)),
    employed=FLAG,
)
HOUSEHOLDS = st.builds(
    Household,
    id=st.text(max_size=4),
    area=st.just("130822"),
    residence=st.sampled_from(Residence),
    members=st.lists(PEOPLE, max_size=3)
    .filter(lambda others: sum(each.relation is Relation.SPOUSE for each in others) < 2)
    .map(lambda others: (Person(relation=Relation.APPLICANT), *others)),
    property=st.none() | st.builds(Property, financial_assets=st.none() | YUAN, luxury=FLAG),
    band=st.none() | st.integers(1, 9),
)
SCHEMA = jsonschema.Draft202012Validator(json_schema(Household, "household"))


@given(HOUSEHOLDS)
def test_there_and_back(household: Household) -> None:
    assert loads(dumps(household), Household) == household
    assert structure(unstructure(household), Household) == household
    SCHEMA.validate(json.loads(dumps(household)))


def test_unknown_facts_are_left_out_and_empty_lists_are_not() -> None:
    person = Person(relation=Relation.APPLICANT, income=(), employed=False)
    assert unstructure(person) == {"relation": "applicant", "income": [], "employed": False}


def test_the_schema_refuses_what_the_reader_refuses() -> None:
    assert SCHEMA.is_valid(plain())
    assert not SCHEMA.is_valid(plain(residense="rural"))
    assert not SCHEMA.is_valid(plain(residence="RURAL"))
    assert not SCHEMA.is_valid({key: value for key, value in plain().items() if key != "id"})


@pytest.mark.parametrize(
    "number",
    [
        "13080219900101003X",
        "130802 19900101 003x",
        "１３０８０２１９９００１０１００３Ｘ",
        "130802900101003",
    ],
)
@pytest.mark.parametrize("place", ["area", "relation", "birth", "members", "key", "whole"])
def test_a_resident_number_in_a_wrong_place_is_not_repeated(number: str, place: str) -> None:
    person: Any = {"relation": "applicant"}
    case: Any = {"id": "a", "area": "130822", "residence": "rural", "members": [person]}
    if place == "members":
        case["members"] = [f"测试甲 {number}"]
    elif place == "key":
        person[number] = 1
    elif place == "whole":
        case = f"测试甲 {number}"
    else:
        (case if place == "area" else person)[place] = number
    with pytest.raises(InvalidInput) as caught:
        structure(case, Household, "household")
    assert number not in str(caught.value)
    assert number[-8:] not in str(caught.value)
    assert "测试甲" not in str(caught.value)


def test_numbers_that_are_nobodys_are_shown() -> None:
    code = "511308000000000191"
    with pytest.raises(InvalidInput, match=code):
        structure({"id": "a", "area": code, "residence": "rural", "members": []}, Household, "x")
