"""Looking figures up: levels, layers, kinds, days, and what is said when nothing is held."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from tables import amount, local

from minzheng.errors import FigureNotFound, InvalidInput, NotFound, WrongType
from minzheng.standards import NATION, Kind, Per, Standards

XINGLONG, CHENGDE, HEBEI = "130822", "130800", "130000"
PLAN = date(2020, 7, 24)
DAY = timedelta(days=1)
BUNDLED = Standards.bundled()


def rural(value: str, **more: object) -> dict[str, object]:
    return amount("dibao.standard", value, residence="rural", **more)


def both(value: str, **more: object) -> dict[str, object]:
    return amount("dibao.standard", value, **more)


def found(standards: Standards, area: str = XINGLONG, on: date = PLAN) -> object:
    return standards.find("dibao.standard", area, on, residence="rural").value


@pytest.mark.parametrize(
    ("area", "expected"),
    [
        (XINGLONG, (XINGLONG, CHENGDE, HEBEI, NATION)),
        (CHENGDE, (CHENGDE, HEBEI, NATION)),
        (HEBEI, (HEBEI, NATION)),
        (NATION, (NATION,)),
        ("110105", ("110105", "110000", NATION)),  # no prefecture between district and 北京市
        ("429004", ("429004", "420000", NATION)),  # directly under the province
    ],
)
def test_levels(area: str, expected: tuple[str, ...]) -> None:
    assert BUNDLED.areas.levels(area, PLAN) == expected


def test_a_county_without_a_figure_falls_back_to_the_city_and_says_so() -> None:
    held = BUNDLED.find("dibao.standard", XINGLONG, PLAN, residence="rural")
    assert (held.value, held.figure.per) == (Decimal(4800), Per.YEAR)
    assert (held.figure.area, held.tried) == (CHENGDE, (XINGLONG, CHENGDE))
    assert held.from_higher_level
    assert held.is_floor
    own = BUNDLED.find("dibao.standard", CHENGDE, PLAN, residence="rural")
    assert not own.from_higher_level


def test_the_nearest_level_counts_even_when_the_higher_one_is_laid_over() -> None:
    assert found(local(XINGLONG, rural("5000")) + local(CHENGDE, rural("9000"))) == 5000


def test_the_later_laid_table_counts_even_with_fewer_keys_and_as_a_floor() -> None:
    over = local(XINGLONG, both("7000", kind="floor"))
    assert found(local(XINGLONG, rural("5000")) + over) == 7000
    assert found(over + local(XINGLONG, rural("5000"))) == 5000


def test_within_a_table_more_keys_count_first_and_a_point_before_a_floor() -> None:
    assert found(local(XINGLONG, both("7000"), rural("5000", kind="floor"))) == 5000
    assert found(local(XINGLONG, rural("7000", kind="floor"), rural("5000"))) == 5000


def test_laying_over_changes_neither_table() -> None:
    base, over = local(XINGLONG, rural("5000")), local(XINGLONG, rural("6000"))
    assert len(base + over) == 2
    assert (found(base), found(over)) == (5000, 6000)
    with pytest.raises(TypeError):
        _ = base + 1  # type: ignore[operator]  # the wrong operand is the point


@pytest.mark.parametrize("day", [PLAN, date(2020, 12, 31)])
def test_the_work_plan_holds_from_its_publication_to_the_end_of_the_year(day: date) -> None:
    assert found(BUNDLED, on=day) == 4800


@pytest.mark.parametrize("day", [PLAN - DAY, date(2021, 1, 1)])
def test_outside_its_days_nothing_is_found_and_what_is_held_is_said(day: date) -> None:
    assert BUNDLED.get("dibao.standard", XINGLONG, day, residence="rural") is None
    with pytest.raises(FigureNotFound) as caught:
        found(BUNDLED, on=day)
    text = str(caught.value)
    for word in (
        "no point or floor of dibao.standard (最低生活保障标准)",
        f"for {XINGLONG} on {day}, residence=rural",
        "looked under 130822, 130800, 130000, 000000",
        "held: 130800 rural 4800 a year (floor, 2020-07-24 .. 2020-12-31)",
        "and 5 more",
    ):
        assert word in text
    assert "urban" not in text


def test_nothing_of_the_place_but_elsewhere() -> None:
    table = local(XINGLONG, both("1"))
    with pytest.raises(FigureNotFound, match="held only for 130822"):
        table.find("dibao.standard", "320102", PLAN)
    with pytest.raises(FigureNotFound, match="nothing is held"):
        table.find("dibao_marginal.ratio", "320102", PLAN)


def test_a_figure_not_found_is_a_look_up_error() -> None:
    with pytest.raises(LookupError):
        found(BUNDLED, on=date(1990, 1, 1), area=HEBEI)


def test_an_average_is_never_found_unless_asked_for() -> None:
    average = local(HEBEI, rural("5127", kind="average"), rural("1", kind="target"))
    with pytest.raises(FigureNotFound, match=r"held: 130000 rural 5127 a year \(average"):
        found(average)
    asked = average.find("dibao.standard", XINGLONG, PLAN, kinds=(Kind.AVERAGE,), residence="rural")
    assert asked.value == 5127
    # an average of the county does not hide the floor of its city
    assert found(local(XINGLONG, rural("1", kind="average")) + local(CHENGDE, rural("2"))) == 2


def test_a_row_without_days_is_never_found_but_told() -> None:
    undated = local(XINGLONG, {**rural("5160"), "from": date(2020, 1, 1)}, rural("1"))
    assert len(undated.history("dibao.standard", XINGLONG)) == 2
    held = BUNDLED.history("dibao.standard", "130802", residence="rural")
    assert [row.value for row in held] == [6000, 5160]
    assert held[-1].span is None
    assert BUNDLED.get("dibao.standard", "130802", date(2020, 6, 1), residence="rural") is None
    with pytest.raises(FigureNotFound, match=r"5160 a year \(point, without a day\)"):
        found(BUNDLED, area="130802", on=date(2020, 6, 1))


def test_history_looks_under_no_other_level_and_takes_the_keys() -> None:
    assert BUNDLED.history("dibao.standard", XINGLONG) == ()
    assert {row.keys for row in BUNDLED.history("dibao.standard", CHENGDE, residence="rural")} == {
        (("residence", "rural"),)
    }
    starts = [
        row.span.start for row in BUNDLED.history("dibao_marginal.inclusive", NATION) if row.span
    ]
    assert starts == sorted(starts)
    with pytest.raises(InvalidInput, match="did you mean 'residence'"):
        BUNDLED.history("dibao.standard", CHENGDE, residense="rural")


def test_table_of_an_area_takes_all_inside_it() -> None:
    chengde = {row.area for row in BUNDLED.table(area=CHENGDE)}
    assert {CHENGDE, XINGLONG, "130802"} <= chengde
    assert all(area.startswith("1308") for area in chengde)
    assert {row.area for row in BUNDLED.table(area=HEBEI)} > chengde
    assert len(BUNDLED.table(area=NATION)) == len(BUNDLED.table()) == len(BUNDLED)
    assert {row.area for row in BUNDLED.table(area=XINGLONG)} == {XINGLONG}


def test_table_of_a_day_and_of_a_series() -> None:
    rows = BUNDLED.table(series="tekun.basic", area=CHENGDE, on=PLAN)
    assert sorted(str(row.value) for row in rows) == ["10140", "6240"]
    with pytest.raises(InvalidInput, match=r"did you mean 'tekun\.basic'"):
        BUNDLED.table(series="tekun.basik")


def test_unknown_names_are_said_with_the_nearest_all_at_once() -> None:
    with pytest.raises(InvalidInput) as caught:
        BUNDLED.find("dibao.standard", XINGLONG, PLAN, residense="rural", residence="rurall")
    assert list(map(str, caught.value.faults)) == [
        "dibao.standard.residense: unknown 'residense'; did you mean 'residence'?",
        "dibao.standard.residence: unknown 'rurall'; did you mean 'rural'?",
    ]
    with pytest.raises(InvalidInput, match=r"did you mean 'dibao\.standard'"):
        BUNDLED.find("dibao.standart", XINGLONG, PLAN)
    with pytest.raises(InvalidInput, match="unknown 'residence'; known are none"):
        BUNDLED.find("dibao_marginal.ratio", XINGLONG, PLAN, residence="rural")


def test_a_retired_code_names_its_successor() -> None:
    with pytest.raises(NotFound, match="in 2020 use 130881 平泉市"):
        found(BUNDLED, area="130823")
    assert found(local("130823", rural("1")), area="130823", on=date(2010, 1, 1)) == 1


@pytest.mark.parametrize("area", ["139999", "130822000000", "13082", "", "abcdef"])
def test_what_is_no_code_is_refused(area: str) -> None:
    with pytest.raises((NotFound, InvalidInput), match=r"nearest|six digits|6 digits"):
        found(BUNDLED, area=area)


def test_a_day_is_a_date() -> None:
    with pytest.raises(WrongType):
        found(BUNDLED, on="2020-07-24")  # type: ignore[arg-type]  # the wrong type is the point


def test_as_known_before_a_publication_nothing_was_known() -> None:
    before, after = (BUNDLED.as_known_on(day) for day in (PLAN - DAY, PLAN))
    assert before.get("dibao.standard", XINGLONG, PLAN, residence="rural") is None
    assert found(after) == 4800


@pytest.mark.parametrize(
    ("known", "ratio"), [(date(2026, 4, 29), True), (date(2026, 4, 30), False)]
)
def test_as_known_before_the_law_was_passed_the_edge_ratio_runs_on(
    known: date, ratio: bool
) -> None:
    table = BUNDLED.as_known_on(known)
    assert (table.get("dibao_marginal.ratio", XINGLONG, date(2026, 7, 1)) is not None) is ratio
    assert table.get("dibao_marginal.ratio", XINGLONG, date(2026, 6, 30)) is not None


def test_as_known_takes_the_start_where_nothing_else_is_said() -> None:
    table = local(XINGLONG, rural("1"))
    assert len(table.as_known_on(date(1999, 12, 31))) == 0
    assert len(table.as_known_on(date(2000, 1, 1))) == 1


def test_as_known_keeps_the_layers() -> None:
    over = BUNDLED + local(XINGLONG, rural("6000"))
    assert found(over.as_known_on(PLAN)) == 6000
    assert len(over.as_known_on(PLAN).layers) == 2


def test_the_face_is_short() -> None:
    assert repr(local(XINGLONG, rural("1"), both("2"))) == (
        "<Standards: 2 figures, 1 series, 1 areas>"
    )
    assert set(BUNDLED.series) >= {"dibao.standard", "tekun.basic"}
