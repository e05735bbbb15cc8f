"""Kinds and numbers of social organisations."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from minzheng.base import codec
from minzheng.base.identifiers import uscc
from minzheng.errors import InvalidInput, WrongType
from minzheng.organizations import (
    Conclusion,
    CreditRecord,
    Decoupling,
    Kind,
    Level,
    Organization,
    YearCheck,
    indicator,
    read_number,
    target,
)

ORACLES = Path(__file__).parents[1] / "oracles" / "inspection.toml"
CASES = {case["id"]: case for case in tomllib.loads(ORACLES.read_text("utf-8"))["case"]}


def code(category: str, area: str) -> str:
    body = f"5{category}{area}000000000"
    return body + uscc.check_digits(body)


def test_the_codes_of_civil_affairs_say_the_kind() -> None:
    case = CASES["uscc-constructed-social"]
    found = [read_number(number) for number in case["inputs"]["codes"]]
    assert [str(int(each.kind or 0)) for each in found] == case["expected"]["categories"]
    assert [each.area for each in found] == ["130800"] * 4
    assert [each.kind for each in found] == list(Kind)


@pytest.mark.parametrize("name", ["uscc-valid-1", "uscc-valid-2"])
def test_codes_of_other_authorities_have_no_kind(name: str) -> None:
    case = CASES[name]
    found = read_number(case["inputs"]["code"])
    assert found.credit_code
    assert found.kind is None
    assert found.area == case["expected"]["region"]
    (warning,) = found.warnings
    assert warning.path == "number[0]"
    assert case["expected"]["authority"] in warning.message


def test_a_number_that_passes_by_accident_is_refused() -> None:
    case = CASES["uscc-accidental-constructed"]
    assert case["expected"]["authority_category_known"] is False
    with pytest.raises(InvalidInput, match=r"number\[1\]: expected 1, 2, 3 under authority 9"):
        read_number(case["inputs"]["code"])


@pytest.mark.parametrize(
    ("area", "level"),
    [
        ("100000", Level.NATION),
        ("130000", Level.PROVINCE),
        ("130800", Level.CITY),
        ("130822", Level.COUNTY),
    ],
)
def test_the_level_of_the_authority(area: str, level: Level) -> None:
    assert read_number(code("1", area)).level is level


@pytest.mark.parametrize(
    ("area", "warned"), [("100000", 0), ("130000", 0), ("130800", 1), ("130822", 1)]
)
def test_a_foundation_below_the_province_is_a_warning(area: str, warned: int) -> None:
    assert len(read_number(code("3", area)).warnings) == warned
    assert read_number(code("1", area)).warnings == ()


@pytest.mark.parametrize("text", ["社证字第0000号", "0000", "冀民证字第 000000 号"])
def test_an_older_number_is_kept_and_says_nothing(text: str) -> None:
    found = read_number(text)
    assert (found.credit_code, found.kind, found.area, found.level) == (False, None, None, None)
    assert found.text == text.replace(" ", "")


def test_numbers_that_cannot_be_read() -> None:
    with pytest.raises(InvalidInput, match="number: is empty"):
        read_number(" ")
    with pytest.raises(WrongType, match="number: expected a text"):
        read_number(511308)  # type: ignore[arg-type]
    with pytest.raises(InvalidInput, match=r"number\[17\]"):
        read_number(code("1", "130800")[:17] + "0")


def test_the_kind_is_read_from_the_number_where_it_says_one() -> None:
    assert Organization(id="a", number=code("1", "130800")).kind is Kind.ASSOCIATION
    assert Organization(id="a", number="0000").kind is None
    assert Organization(id="a", number="0000", kind=Kind.FOUNDATION).kind is Kind.FOUNDATION
    with pytest.raises(InvalidInput, match=r"is FOUNDATION, but the number says ASSOCIATION"):
        Organization(id="a", number=code("1", "130800"), kind=Kind.FOUNDATION)


@pytest.mark.parametrize(
    ("facts", "path"),
    [
        ({"checks": {19: Conclusion.PASSED}}, "organization.checks[19]"),
        ({"checks": {True: Conclusion.PASSED}}, "organization.checks[True]"),
        ({"checks": {2019: "passed"}}, "organization.checks[2019]"),
        (
            {"checks": {2018: Conclusion.PASSED}, "certificate_on": date(2019, 1, 1)},
            "organization.checks[2018]",
        ),
        (
            {"first_activity": date(2019, 1, 1), "certificate_on": date(2019, 1, 2)},
            "organization.first_activity",
        ),
        ({"last_activity": date(2019, 1, 1), "never_active": True}, "organization.last_activity"),
        (
            {"first_activity": date(2019, 1, 2), "last_activity": date(2019, 1, 1)},
            "organization.last_activity",
        ),
    ],
)
def test_facts_that_contradict_each_other(facts: dict[str, Any], path: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        Organization(id="a", **facts)
    assert [each.path for each in caught.value.faults] == [path]


def test_all_faults_come_at_once() -> None:
    with pytest.raises(InvalidInput) as caught:
        Organization(
            id="a",
            number=code("1", "130800"),
            kind=Kind.FOUNDATION,
            checks={1: Conclusion.PASSED, 2019: 1},  # type: ignore[arg-type]
            never_active=True,
            first_activity=date(2019, 1, 1),
        )
    assert len(caught.value.faults) == 4


@pytest.mark.parametrize(
    "facts",
    [
        {"charity": 1},
        {"serious": "yes"},
        {"certificate_on": datetime(2019, 1, 1)},  # noqa: DTZ001
        {"last_activity": "2019-01-01"},
        {"checks": [2019]},
    ],
)
def test_facts_of_another_type(facts: dict[str, Any]) -> None:
    with pytest.raises(WrongType):
        Organization(id="a", **facts)


@pytest.mark.parametrize("days", [date(2019, 1, 1), [datetime(2019, 1, 1)], 2019])  # noqa: DTZ001
def test_days_on_a_list_are_several_dates(days: Any) -> None:
    with pytest.raises(WrongType, match="abnormal_on"):
        CreditRecord(id="a", abnormal_on=days)


def test_a_year_stands_once() -> None:
    rows = [YearCheck(2019, Conclusion.PASSED), YearCheck(2019, Conclusion.FAILED)]
    with pytest.raises(InvalidInput, match=r"organization\.checks\[2019\]: stands twice"):
        Organization(id="a", checks=rows)


def test_years_as_a_mapping_and_as_rows_are_the_same() -> None:
    mapped = Organization(id="a", checks={2018: Conclusion.PASSED, 2019: Conclusion.FAILED})
    rows = [YearCheck(2018, Conclusion.PASSED), YearCheck(2019, Conclusion.FAILED)]
    assert mapped == Organization(id="a", checks=rows)
    assert dict(mapped.by_year) == {2018: Conclusion.PASSED, 2019: Conclusion.FAILED}


def test_an_organisation_and_its_record_go_to_json_and_back() -> None:
    stated = codec.loads(
        """{"id": "a", "number": "521308000000000001", "charity": false, "certificate_on": "2012-05-01",
            "checks": [{"year": 2019, "conclusion": "not_taken"}]}""",
        Organization,
    )
    assert (stated.kind, stated.charity, stated.serious) == (Kind.PRIVATE_UNIT, False, None)
    assert stated.by_year == {2019: Conclusion.NOT_TAKEN}
    assert codec.loads(codec.dumps(stated), Organization) == stated
    record = codec.loads('{"id": "a", "abnormal_on": ["2020-07-24"]}', CreditRecord)
    assert record.abnormal_on == (date(2020, 7, 24),)
    assert codec.loads(codec.dumps(record), CreditRecord) == record
    with pytest.raises(InvalidInput) as caught:
        codec.loads('{"id": "a", "checks_": [], "kind": "fund"}', Organization)
    assert [each.path for each in caught.value.faults] == ["$.checks_", "$.kind"]


def test_the_label_says_both_names_of_a_private_unit() -> None:
    assert Kind.PRIVATE_UNIT.label == "民办非企业单位（社会服务机构）"
    assert [each.text("zh_CN") for each in Kind][:1] == ["社会团体"]
    assert Kind.OTHER.text("en") == "other social organisation"


def test_ids_and_numbers_of_organisations_have_one_form() -> None:
    typed = "51 130800 00000000-0 4"
    made = Organization(id=typed, number="５１１３０８０００００００００００４")
    assert (made.id, made.number) == ("511308000000000004", "511308000000000004")
    assert CreditRecord(id=f" {typed}").id == Decoupling(id=typed).id == made.id
    assert Organization(id=" 社证字第0000号 ").id == "社证字第0000号"
    with pytest.raises(InvalidInput, match="stands twice"):
        indicator(target("decoupled"), {typed: True, made.id: False}, date(2020, 6, 30))
