"""Areas that a table states itself: new ones, new names, ends, parents that the digits do not tell."""

from __future__ import annotations

import pickle
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from tables import SOURCE, amount, toml

from minzheng.base.areas import BUNDLED, Areas, Division, Level
from minzheng.benefits import dibao
from minzheng.errors import InvalidInput, NotFound
from minzheng.people import Household, Person, Relation, Residence
from minzheng.standards import NATION, Standards

ZONE, CITY, PROVINCE = "130871", "130800", "130000"
LIANGJIANG = "500157"
DAY = date(2026, 3, 1)
ZONE_ROW = {"code": ZONE, "name": "承德高新区", "from": date(2024, 1, 1), "parent": CITY}
LIANGJIANG_ROW = {"code": LIANGJIANG, "name": "两江新区", "from": date(2025, 12, 1)}


def written(tmp_path: Path, *divisions: dict[str, Any], **more: Any) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(tomli_w.dumps({"division": list(divisions), **more}), "utf-8")
    return path


def loaded(tmp_path: Path, *divisions: dict[str, Any], **more: Any) -> Standards:
    return Standards.bundled() + Standards.load(written(tmp_path, *divisions, **more))


def faults(tmp_path: Path, *divisions: dict[str, Any], **more: Any) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        Standards.load(written(tmp_path, *divisions, **more))
    return [str(each).removeprefix("own.toml: ") for each in caught.value.faults]


def household(area: str) -> Household:
    members = (Person(relation=Relation.APPLICANT, birth=date(1950, 1, 1)),)
    return Household(id="h", area=area, residence=Residence.RURAL, members=members)


# --- the look-up ----------------------------------------------------------------------------------


def test_a_zone_takes_the_figure_of_its_parent(tmp_path: Path) -> None:
    row = {**amount("dibao.standard", "9999", residence="rural"), "source": "s", "from": DAY}
    tables = loaded(tmp_path, ZONE_ROW, area=CITY, sources={"s": SOURCE}, figure=[row])
    found = tables.find("dibao.standard", ZONE, DAY, residence="rural")
    assert found.tried == (ZONE, CITY)
    assert found.figure.area == CITY


def test_a_zone_has_figures_of_its_own(tmp_path: Path) -> None:
    row = {**amount("dibao.standard", "9999", residence="rural"), "source": "s", "from": DAY}
    tables = loaded(tmp_path, ZONE_ROW, area=ZONE, sources={"s": SOURCE}, figure=[row])
    assert tables.find("dibao.standard", ZONE, DAY, residence="rural").value == Decimal(9999)
    assert {row.area for row in tables.table(area=CITY)} >= {ZONE, CITY}


@pytest.mark.parametrize(
    ("row", "levels"),
    [
        (ZONE_ROW, (ZONE, CITY, PROVINCE, NATION)),
        (LIANGJIANG_ROW, (LIANGJIANG, "500000", NATION)),  # no 500100 in the lists
        ({**ZONE_ROW, "parent": "131000"}, (ZONE, "131000", PROVINCE, NATION)),
        ({**ZONE_ROW, "parent": PROVINCE}, (ZONE, PROVINCE, NATION)),
        # a code whose digits tell nothing of where it lies
        ({**ZONE_ROW, "code": "139971"}, ("139971", CITY, PROVINCE, NATION)),
    ],
)
def test_levels_follow_the_parents(
    tmp_path: Path, row: dict[str, Any], levels: tuple[str, ...]
) -> None:
    assert loaded(tmp_path, row).areas.levels(row["code"], DAY) == levels


def test_figures_of_a_parent_by_statement_are_found_and_listed(tmp_path: Path) -> None:
    row = {**ZONE_ROW, "code": "139971"}
    figure = {**amount("dibao.standard", "1", residence="rural"), "source": "s", "from": DAY}
    tables = loaded(tmp_path, row, area="139971", sources={"s": SOURCE}, figure=[figure])
    assert tables.find("dibao.standard", "139971", DAY, residence="rural").value == Decimal(1)
    assert "139971" in {each.area for each in tables.table(area=CITY)}
    assert "139971" not in {each.area for each in tables.table(area="130200")}


def test_an_area_that_is_in_no_list_says_what_would_do() -> None:
    with pytest.raises(NotFound, match=r"130871 is no code .*nearest: .*\[\[division\]\] row"):
        Standards.bundled().find("dibao.standard", ZONE, DAY, residence="rural")


def test_a_retired_area_says_its_successor_and_no_row_is_proposed() -> None:
    with pytest.raises(NotFound, match=r"use 130881 平泉市$"):
        Standards.bundled().find("dibao.standard", "130823", DAY, residence="rural")


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2025, 11, 30)])
def test_the_first_day_counts_exactly(tmp_path: Path, day: date) -> None:
    first = date(day.year + (day.month == 12), day.month % 12 + 1, 1)
    row = {**ZONE_ROW, "from": first}
    areas = loaded(tmp_path, row).areas
    assert areas.is_valid(ZONE, first)
    assert not areas.is_valid(ZONE, day)
    with pytest.raises(NotFound, match=f"not in use on {day}: 承德高新区 since {first}"):
        areas.levels(ZONE, day)


def test_nothing_is_registered_for_the_process(tmp_path: Path) -> None:
    tables = loaded(tmp_path, ZONE_ROW)
    assert tables.areas.is_valid(ZONE, DAY)
    assert not Standards.bundled().areas.is_valid(ZONE, DAY)
    assert not BUNDLED.is_valid(ZONE, DAY)


def test_plus_and_as_known_on_keep_the_areas_of_both(tmp_path: Path) -> None:
    both = loaded(tmp_path, ZONE_ROW) + loaded(tmp_path, LIANGJIANG_ROW)
    for tables in (both, both.as_known_on(DAY), pickle.loads(pickle.dumps(both))):
        assert tables.areas.is_valid(ZONE, DAY)
        assert tables.areas.is_valid(LIANGJIANG, DAY)


def test_a_case_of_a_zone_is_decided(tmp_path: Path) -> None:
    case = household(ZONE)
    with pytest.raises(NotFound, match="130871 is no code"):
        dibao.assess(case, on=DAY)
    there = dibao.assess(case, on=DAY, standards=loaded(tmp_path, ZONE_ROW))
    beside = dibao.assess(household("130802"), on=DAY)
    assert there.outcome is beside.outcome
    assert {each.figure.area for each in there.figures} <= {CITY, PROVINCE, NATION}
    assert "130871" in there.explain("zh_CN")


# --- the areas ------------------------------------------------------------------------------------


def test_a_new_name_counts_from_its_day_and_the_old_one_until_it() -> None:
    areas = Areas([Division(code="130802", name="新桥区", start=DAY)])
    assert [each.name for each in areas.eras("130802")] == ["双桥区", "新桥区"]
    assert areas.lookup("130802", date(2026, 2, 28)).name == "双桥区"
    assert areas.lookup("130802", DAY).full_name == "河北省承德市新桥区"
    assert [each.code for each in areas.search("新桥区")] == ["130802"]
    assert [each.name for each in areas.successors("130802")] == ["新桥区"]


def test_the_end_of_a_listed_code_is_stated_with_its_successors() -> None:
    areas = Areas(
        [
            Division(code="130804", name="鹰手营子矿区", end=DAY, successors=["130822"]),
        ]
    )
    (era,) = areas.eras("130804")
    assert (era.start_year, era.end) == (BUNDLED.lookup("130804").start_year, DAY)
    assert areas.is_valid("130804", date(2026, 2, 28))
    assert not areas.is_valid("130804", DAY)
    with pytest.raises(NotFound, match=r"to 2026-03-01; in 2026 use 130822 兴隆县"):
        areas.lookup("130804", DAY)
    assert [each.code for each in areas.children("130800", date(2027, 1, 1))].count("130804") == 0
    assert "130804" in [each.code for each in areas.children("130800", date(2025, 1, 1))]


def test_the_exact_day_of_a_listed_change() -> None:
    areas = Areas([Division(code="130881", name="平泉市", start=date(2017, 4, 9))])
    assert not areas.is_valid("130881", date(2017, 4, 8))
    assert areas.is_valid("130881", date(2017, 4, 9))
    assert len(areas.eras("130881")) == 1


def test_a_zone_is_a_child_of_its_parent_and_full_named() -> None:
    areas = Areas([Division(code="139971", name="承德高新区", start=DAY, parent=CITY)])
    assert [each.code for each in areas.children(CITY)][-1] == "139971"
    assert "139971" not in [each.code for each in areas.children(PROVINCE)]
    assert [each.name for each in areas.parents("139971")] == ["承德市", "河北省"]
    assert areas.search("承德高新区")[0].full_name == "河北省承德市承德高新区"
    assert areas.lookup("139971").level is Level.COUNTY


def test_later_rows_lie_over_earlier_ones() -> None:
    first = Areas([Division(code=ZONE, name="高新区", start=DAY, parent=CITY)])
    second = Areas([Division(code=ZONE, name="承德高新区", start=DAY, parent=CITY)])
    assert [each.name for each in (first + second).eras(ZONE)] == ["承德高新区"]
    assert BUNDLED + first is first
    assert first + BUNDLED is first


# --- faults ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"code": "1308"}, "division[0].code: expected a code of 6 digits, got '1308'"),
        ({"code": NATION}, "division[0].code: expected a code of 6 digits, got '000000'"),
        ({"code": 130871}, "division[0].code: expected text in quotes"),
        ({"name": " "}, "division[0].name: expected the name of the division"),
        ({"from": "2024-01-01"}, "division[0].from: expected a day such as 2025-12-01"),
        ({"from": date(1979, 1, 1)}, "division[0].from: the lists of divisions begin in 1981"),
        (
            {"to": date(2024, 1, 1)},
            "division[0].to: expected a day after 2024-01-01, got 2024-01-01",
        ),
        ({"parent": "130899"}, "division[0].parent: '130899' is the code of no division"),
        (
            {"parent": "130802"},
            "division[0].parent: 130802 is a county: expected a city or province",
        ),
        ({"parent": ZONE}, "division[0].parent: 130871 lies inside itself by way of its parents"),
        ({"successors": [CITY]}, "division[0].successors: are given, but no end"),
        ({"successors": CITY}, "division[0].successors: expected a list of codes"),
        (
            {"to": DAY, "successors": ["130899"]},
            "division[0].successors[0]: '130899' is the code of no division",
        ),
        ({"form": DAY}, "division[0].form: unknown 'form'; did you mean 'from'?"),
        ({"source": "s"}, "division[0].source: unknown 's'; known are none"),
    ],
)
def test_faults_of_a_row(tmp_path: Path, change: dict[str, Any], fault: str) -> None:
    assert faults(tmp_path, {**ZONE_ROW, **change}) == [fault]


def test_a_new_code_needs_its_first_day(tmp_path: Path) -> None:
    row = {key: value for key, value in ZONE_ROW.items() if key != "from"}
    fault = "division[0].from: is required for a code that is not in the lists"
    assert faults(tmp_path, row) == [fault]


def test_all_faults_of_all_rows_at_once(tmp_path: Path) -> None:
    found = faults(tmp_path, {**ZONE_ROW, "name": 1}, {"code": ZONE}, {**ZONE_ROW, "parent": 5})
    assert found == [
        "division[0].name: expected text in quotes",
        "division[1].name: is required",
        "division[2].parent: expected text in quotes",
    ]


@pytest.mark.parametrize("rows", [ZONE_ROW, "130871", 5])
def test_rows_are_rows(tmp_path: Path, rows: Any) -> None:
    path = tmp_path / "own.toml"
    path.write_text(tomli_w.dumps({"division": rows}), "utf-8")
    with pytest.raises(InvalidInput, match=r"expected \[\[division\]\] rows"):
        Standards.load(path)


def test_figures_of_an_area_that_no_row_states_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(toml(ZONE, amount("dibao.standard", "1")), "utf-8")
    with pytest.raises(InvalidInput, match=r"own\.toml: area: 130871 is no code .*division"):
        Standards.load(path)


@pytest.mark.parametrize(
    "code", [" 130802", "13080", "1308021", "130802100001", "13O802", "", "１３０８０２"]
)
def test_a_case_takes_six_digits_only(code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        household(code)
    (fault,) = caught.value.faults
    assert fault.path == "area"
    assert fault.message.startswith("expected 6 digits")


def test_a_division_refuses_text_for_a_list() -> None:
    with pytest.raises(TypeError, match="expected a list of codes"):
        Division(code=ZONE, name="n", start=DAY, end=date(2026, 4, 1), successors="130802")
