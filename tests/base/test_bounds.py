"""Inputs of the wrong shape or size: a short fault with its path, at once."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from minzheng.base import codec
from minzheng.base.brief import shown
from minzheng.base.dates import DayKind, add_months, deadline
from minzheng.base.money import to_fen
from minzheng.base.ratio import exact_ratio
from minzheng.base.suggest import unknown
from minzheng.base.toml import toml
from minzheng.errors import Fault, InvalidInput, OutsideCoverage, WrongType
from minzheng.people import Household, Person, Relation, Residence

NO_LISTS = ["", "charity", {}, {"kind": "wage"}, 0, 5, True, "x" * 100_000]


@pytest.mark.parametrize("field", ["income", "spending", "supporters", "parents", "drawn"])
@pytest.mark.parametrize("value", NO_LISTS, ids=lambda each: shown(each)[:20])
def test_only_a_list_is_read_as_a_list(field: str, value: object) -> None:
    with pytest.raises(InvalidInput) as raised:
        codec.structure({"relation": "applicant", field: value}, Person, "person")
    (fault,) = raised.value.faults
    assert fault.path == f"person.{field}"
    assert fault.message.startswith("expected a list, got ")
    assert len(fault.message) < 120


@pytest.mark.parametrize("value", [*NO_LISTS, {"a"}], ids=lambda each: shown(each)[:20])
def test_constructors_demand_lists_too(value: object) -> None:
    with pytest.raises(WrongType, match=r"^income: expected a list, got "):
        Person(relation=Relation.APPLICANT, income=value)  # type: ignore[arg-type]
    with pytest.raises(WrongType, match=r"^members: expected a list, got "):
        Household(id="a", area="130802", residence=Residence.URBAN, members=value)  # type: ignore[arg-type]


def test_entries_of_a_list_are_persons() -> None:
    with pytest.raises(WrongType, match=r"^members\[0\]: expected Person, got 5"):
        Household(id="a", area="130802", residence=Residence.URBAN, members=[5])  # type: ignore[arg-type, list-item]


@pytest.mark.parametrize(
    "text",
    [
        "1" * 5000,
        "1e99999999999999999999",
        "1e400000",
        "1e-100000000",
        "0." + "1" * 5000,
        "[" * 100_000,
        '{"a":' * 100_000,
    ],
    ids=lambda text: text[:12],
)
def test_json_beyond_bounds_is_a_fault(text: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        codec.parse(text, "input")
    assert raised.value.faults[0].path == "input"
    assert len(str(raised.value)) < 300


def test_a_key_twice_among_many_is_found_at_once() -> None:
    keys = [*map(str, range(60_000)), "7"]
    text = "{" + ",".join(f"{json.dumps(key)}:0" for key in keys) + "}"
    with pytest.raises(InvalidInput, match=r"7: stands twice in one object"):
        codec.parse(text, "input")


@pytest.mark.parametrize("value", ["1e-100000000", "1e400000", "9" * 5000, "1_0", "１", True])
def test_a_ratio_is_plain_and_short(value: object) -> None:
    with pytest.raises(InvalidInput):
        exact_ratio(value)


@pytest.mark.parametrize(
    "value",
    [Decimal("1e-100000000"), Decimal("1e400000"), 10**5000, "9" * 5000],
    ids=lambda value: type(value).__name__,
)
def test_money_is_plain_and_short(value: Decimal | str | int) -> None:
    with pytest.raises(InvalidInput) as raised:
        to_fen(value)
    assert len(str(raised.value)) < 200


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "1" * 5000,
        "a = " + "[" * 2000 + "]" * 2000,
        ".".join("a" * 20_000) + " = 1",
        "a = { " + ".".join("a" * 20_000) + " = 1 }",
        "a = " + "{a=" * 100 + "1" + "}" * 100,
    ],
    ids=lambda text: text[:8],
)
def test_toml_beyond_bounds_is_a_fault(text: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        toml(text, "x.toml")
    assert raised.value.faults[0].path == "x.toml"


def test_long_names_and_many_known_ones_are_cut() -> None:
    assert len(unknown("x" * 100_000, ["x" * 99])) < 250
    assert unknown("?", map(str, range(1000))).endswith("and 950 more")


@pytest.mark.parametrize("months", [1, 1_000_000, 10**30])
def test_no_month_after_the_last(months: int) -> None:
    with pytest.raises(OutsideCoverage):
        add_months(date(9999, 12, 31), months)
    with pytest.raises(OutsideCoverage):
        add_months(date(1, 1, 1), -months)


def test_no_deadline_after_the_last_day() -> None:
    with pytest.raises(OutsideCoverage):
        deadline(date(9999, 12, 31), 1, DayKind.CALENDAR)


@pytest.mark.parametrize("day", ["2020-W01-1", "20200101  ", "２０２０-01-01"])
def test_a_day_is_written_one_way(day: str) -> None:
    with pytest.raises(InvalidInput, match="expected a day"):
        codec.structure(day, date)


def test_personal_values_are_not_repeated() -> None:
    with pytest.raises(InvalidInput) as raised:
        codec.structure(
            {"relation": "applicant", "resident_id": 130802199001011234, "birth": "1990-1-1"},
            Person,
            "person",
        )
    assert "1990" not in str(raised.value)


def test_a_path_of_any_length_is_shown_briefly() -> None:
    text = str(Fault("county.toml: " + "9" * 5000, "is unknown"))
    assert len(text) < 300
    assert text.endswith("…: is unknown")
