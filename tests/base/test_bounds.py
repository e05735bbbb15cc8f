"""Inputs of the wrong shape or size: a short fault with its path, at once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from minzheng.base import codec
from minzheng.base.brief import shown
from minzheng.base.dates import DayKind, add_days, add_months, deadline
from minzheng.base.money import to_fen
from minzheng.base.packing import unpack
from minzheng.base.ratio import exact_ratio
from minzheng.base.suggest import unknown
from minzheng.base.toml import toml
from minzheng.errors import Fault, InvalidInput, OutsideCoverage, WrongType
from minzheng.organizations import CreditRecord, Organization
from minzheng.people import Household, Person, Relation, Residence
from minzheng.plan import SeedReading, report
from minzheng.registers import Lists
from minzheng.registers.ledgers import Visit, statistics

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
        Household(id="a", area="130802", residence=Residence.URBAN, members=[5])  # type: ignore[arg-type]


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


def test_dots_in_texts_and_remarks_are_no_levels() -> None:
    dotted = ".".join("a" * 500)
    text = f'note = "{dotted}" # {dotted}\nmore = """\n{dotted}\n"""\na.b = 1.5\n'
    assert toml(text, "x.toml")["a"] == {"b": 1.5}


@pytest.mark.parametrize(
    "text",
    ['"""' + '\\"' * 100_000, "'''" * 50_001, '"a' * 50_000, "a." * 100_000],
    ids=["texts", "plain texts", "quotes", "dots"],
)
def test_quotes_that_do_not_close_are_a_fault_at_once(text: str) -> None:
    with pytest.raises(InvalidInput):
        toml(text, "x.toml")


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        ("1e400000", Decimal),
        ("1e-100000000", Fraction),
        ("9" * 5000, Fraction),
        ("ab", Mapping[str, int]),
        ({"ab": 1}, Mapping[str, int]),
        ("ab", tuple[str, ...]),
    ],
)
def test_what_was_never_packed_is_a_short_fault(data: object, hint: Any) -> None:
    with pytest.raises(InvalidInput) as raised:
        unpack(data, hint)
    assert len(str(raised.value)) < 200


def test_long_known_names_are_cut() -> None:
    assert len(unknown("?", (f"{at:0100}" for at in range(1000)))) < 900


def test_no_day_beyond_the_calendar() -> None:
    assert add_days(date(2020, 2, 28), 2) == date(2020, 3, 1)
    for day, days in ((date(9999, 12, 31), 1), (date(1, 1, 1), -1), (date(2020, 1, 1), 10**30)):
        with pytest.raises(OutsideCoverage):
            add_days(day, days)


def test_numbers_are_kept_in_one_form() -> None:
    stated = Person(relation=Relation.APPLICANT, resident_id="130822 19500301-0014")
    assert stated.resident_id == "130822195003010014"
    assert Organization(id="a", number="51 130800 000000000 4").number == "511308000000000004"
    assert Visit(person="a", on=date(2024, 1, 1), clock="08:30").clock == "08:30"
    for clock in ("T0830", "8:30", "24:00", "08:30:00"):
        with pytest.raises(InvalidInput, match="expected a time of day"):
            Visit(person="a", on=date(2024, 1, 1), clock=clock)


@pytest.mark.parametrize("value", ["abc", {"a": 1}, 5, [5]], ids=str)
def test_lists_of_registers_are_lists_of_their_rows(value: Any) -> None:
    for make in (
        lambda: Lists(deaths=value),
        lambda: CreditRecord(id="a", abnormal_on=value),
        lambda: statistics(value, by="area", on=date(2024, 1, 1)),
        lambda: report(value, on=date(2024, 1, 1), reading=SeedReading.IN_TOTAL),
    ):
        with pytest.raises(WrongType, match="expected"):
            make()
