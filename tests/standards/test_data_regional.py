"""The bundled figures of the nation's averages, Hebei and Chengde: whole, sourced, dated."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from minzheng.base import areas
from minzheng.law import Confidence, Grade
from minzheng.standards import NATION, Figure, Kind, Per, Standards, Value, load, overlaps

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES = {
    "000000-averages.toml": (NATION, 10),
    "130000.toml": ("130000", 38),
    "130100.toml": ("130100", 4),
    "130200.toml": ("130200", 8),
    "130800.toml": ("130800", 12),
    "130802.toml": ("130802", 7),
    "130803.toml": ("130803", 1),
    "130804.toml": ("130804", 1),
    "130821.toml": ("130821", 1),
    "130822.toml": ("130822", 7),
    "130824.toml": ("130824", 1),
    "130825.toml": ("130825", 1),
    "130826.toml": ("130826", 1),
    "130827.toml": ("130827", 1),
    "130828.toml": ("130828", 1),
    "130881.toml": ("130881", 1),
}
DAY = timedelta(days=1)
URBAN, RURAL = {"residence": "urban"}, {"residence": "rural"}


@cache
def text(name: str) -> str:
    return (files("minzheng.standards") / "data" / "areas" / name).read_text("utf-8")


@cache
def rows(name: str) -> tuple[Figure, ...]:
    return tuple(load.read(text(name), name))


@cache
def regional() -> Standards:
    """Only the files tested here, so that no figure of the law is found instead."""
    return Standards(load.catalogue().values(), [row for name in NAMES for row in rows(name)])


def value(
    series: str,
    area: str,
    on: date,
    keys: Mapping[str, str] | None = None,
    kinds: tuple[Kind, ...] | None = None,
) -> Value | None:
    found = regional().get(series, area, on, kinds=kinds, **(keys or {}))
    return None if found is None else found.value


@pytest.mark.parametrize("name", NAMES)
def test_file_is_whole(name: str) -> None:
    area, count = NAMES[name]
    assert len(rows(name)) == count
    assert {row.area for row in rows(name)} == {area}


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith(NATION)])
def test_file_bears_the_name_of_its_area(name: str) -> None:
    code = NAMES[name][0]
    assert f'area = "{code}"\nname = "{areas.lookup(code, date(2023, 6, 1)).name}"' in text(name)


@pytest.mark.parametrize("name", NAMES)
def test_every_row_is_sourced(name: str) -> None:
    for row in rows(name):
        assert row.source.title
        assert row.source.where
        assert row.source.confidence in (Confidence.CONFIRMED, Confidence.SECONDARY)
        assert row.known_from is not None
        if row.source.instrument is not None:
            assert row.citation is not None
        if row.source.grade is Grade.REPOST:
            assert row.source.confidence is Confidence.SECONDARY


@pytest.mark.parametrize("name", NAMES)
def test_every_span_ends_and_says_whether_its_days_are_stated(name: str) -> None:
    for row in rows(name):
        if row.span is None:
            continue
        assert row.span.end is not None
        if row.kind is Kind.AVERAGE:
            # a mean stands for its period, and both days of a period are plain
            assert row.start_stated
            assert row.end_stated
        else:
            # no source read so far says when its figure stops
            assert not row.end_stated


def test_no_two_rows_state_the_same_for_one_day() -> None:
    assert overlaps(regional()) == ()


def test_no_average_or_target_is_found_by_default() -> None:
    held = [row for row in regional() if row.kind in (Kind.AVERAGE, Kind.TARGET)]
    assert len(held) == 10 + 19 + 4 + 3 + 1
    for row in held:
        assert row.span is not None
        found = regional().get(row.series, row.area, row.span.start, kinds=None, **dict(row.keys))
        assert found is None or found.figure.kind in (Kind.POINT, Kind.FLOOR)
        asked = regional().find(
            row.series, row.area, row.span.start, kinds=(row.kind,), **dict(row.keys)
        )
        assert asked.figure is row


WORK_PLAN: list[tuple[str, dict[str, str], Value, Per, Kind]] = [
    ("dibao.standard", RURAL, Decimal(4800), Per.YEAR, Kind.FLOOR),
    ("dibao.standard", URBAN, Decimal(7800), Per.YEAR, Kind.FLOOR),
    ("dibao.topup_average", RURAL, Decimal(245), Per.MONTH, Kind.TARGET),
    ("dibao.topup_average", URBAN, Decimal(350), Per.MONTH, Kind.TARGET),
    ("tekun.basic", RURAL, Decimal(6240), Per.YEAR, Kind.POINT),
    ("tekun.basic", URBAN, Decimal(10140), Per.YEAR, Kind.POINT),
    ("tekun.multiple", {}, Fraction(13, 10), Per.NONE, Kind.FLOOR),
    ("tekun.centralised_share", {}, Fraction(1, 2), Per.NONE, Kind.TARGET),
]


@pytest.mark.parametrize(("series", "keys", "amount", "per", "kind"), WORK_PLAN)
def test_work_plan_holds_from_its_publication_to_the_end_of_2020(
    series: str, keys: dict[str, str], amount: Value, per: Per, kind: Kind
) -> None:
    for on in (date(2020, 7, 24), date(2020, 12, 31)):
        figure = regional().find(series, "130800", on, kinds=(kind,), **keys).figure
        assert (figure.value, figure.per) == (amount, per)
        assert (figure.source.grade, figure.source.confidence) == (
            Grade.OFFICIAL,
            Confidence.CONFIRMED,
        )
        assert not figure.start_stated
    for on in (date(2020, 7, 23), date(2021, 1, 1)):
        assert value(series, "130800", on, keys, (kind,)) is None


def test_tekun_of_the_work_plan_is_the_multiple_of_the_dibao_floor() -> None:
    on = date(2020, 7, 24)
    for keys in (RURAL, URBAN):
        dibao = regional().find("dibao.standard", "130800", on, kinds=None, **keys).figure
        tekun = regional().find("tekun.basic", "130800", on, kinds=None, **keys).figure
        assert tekun.fen_a_year() == Fraction(13, 10) * dibao.fen_a_year()


POSTED = date(2023, 8, 29)
SHUANGQIAO: list[tuple[str, dict[str, str], Value]] = [
    ("dibao.standard", RURAL, Decimal(6000)),
    ("dibao.standard", URBAN, Decimal(750)),
    ("dibao.bands", RURAL, tuple(map(Decimal, (300, 380, 430, 500)))),
    ("tekun.multiple", {}, Fraction(13, 10)),
    ("tekun.care.rate", {"tier": "complete"}, Fraction(1, 5)),
    ("tekun.care.rate", {"tier": "partial"}, Fraction(3, 20)),
    ("tekun.care.rate", {"tier": "self"}, Fraction(1, 10)),
]


@pytest.mark.parametrize(("series", "keys", "amount"), SHUANGQIAO)
def test_shuangqiao_holds_from_the_posting_to_the_end_of_2023(
    series: str, keys: dict[str, str], amount: Value
) -> None:
    assert value(series, "130802", POSTED - DAY, keys) is None
    assert value(series, "130802", POSTED, keys) == amount
    assert value(series, "130802", date(2023, 12, 31), keys) == amount
    assert value(series, "130802", date(2024, 1, 1), keys) is None


def test_top_band_of_shuangqiao_is_the_full_standard() -> None:
    bands = value("dibao.bands", "130802", POSTED, RURAL)
    assert isinstance(bands, tuple)
    full, former = regional().history("dibao.standard", "130802", **RURAL)
    assert bands[-1] * 12 == full.value
    assert bands[-2] * 12 == former.value


@pytest.mark.parametrize(
    ("area", "keys", "amount"),
    [
        ("130802", RURAL, 5160),
        ("130802", URBAN, 650),
        ("130200", RURAL, 2900),
        ("130200", URBAN, 450),
    ],
)
def test_former_standards_without_days_are_listed_and_never_found(
    area: str, keys: dict[str, str], amount: int
) -> None:
    last = regional().history("dibao.standard", area, **keys)[-1]
    assert (last.value, last.span) == (Decimal(amount), None)
    every_kind = tuple(Kind)
    month = timedelta(days=30)
    for on in (date(2000, 1, 1) + month * number for number in range(330)):
        assert value("dibao.standard", area, on, keys, every_kind) != Decimal(amount)


def test_xinglong_holds_from_the_posting_to_the_end_of_2023() -> None:
    first = date(2023, 10, 30)
    asked: list[tuple[str, dict[str, str], int]] = [
        ("tekun.basic", URBAN, 945),
        ("tekun.basic", RURAL, 7440),
        ("tekun.care.amount", {"tier": "complete"}, 360),
        ("tekun.care.amount", {"tier": "partial"}, 270),
        ("tekun.care.amount", {"tier": "self"}, 180),
    ]
    for series, keys, amount in asked:
        assert value(series, "130822", first - DAY, keys) is None
        assert value(series, "130822", first, keys) == Decimal(amount)
        assert value(series, "130822", date(2023, 12, 31), keys) == Decimal(amount)
        assert value(series, "130822", date(2024, 1, 1), keys) is None


def test_care_amounts_of_xinglong_are_the_shares_of_its_minimum_wage() -> None:
    on = date(2023, 10, 30)
    tier = value("minimum_wage.tier", "130822", on)
    wage = value("minimum_wage", "130822", on, {"tier": str(tier)})
    assert isinstance(wage, Decimal)
    for grade in ("complete", "partial", "self"):
        share = value("tekun.care.rate", "130822", on, {"tier": grade})
        assert isinstance(share, Fraction)
        assert value("tekun.care.amount", "130822", on, {"tier": grade}) == share * int(wage)


@pytest.mark.parametrize(("tier", "amount"), [("1", 2200), ("2", 2000), ("3", 1800)])
def test_minimum_wage_holds_from_2023_to_the_end_of_2024(tier: str, amount: int) -> None:
    keys = {"tier": tier}
    assert value("minimum_wage", "130802", date(2022, 12, 31), keys) is None
    assert value("minimum_wage", "130802", date(2023, 1, 1), keys) == Decimal(amount)
    assert value("minimum_wage", "130802", date(2024, 12, 31), keys) == Decimal(amount)
    assert value("minimum_wage", "130802", date(2025, 1, 1), keys) is None


def test_every_county_of_chengde_has_a_tier() -> None:
    on = date(2023, 1, 1)
    counties = {area.code for area in areas.children("130800", on)}
    tiers = {code: value("minimum_wage.tier", code, on) for code in counties}
    assert {code for code, tier in tiers.items() if tier == 2} == {"130802", "130803", "130804"}
    assert {code for code, tier in tiers.items() if tier == 3} == counties - {
        "130802",
        "130803",
        "130804",
    }
    assert {value("minimum_wage.tier", code, on - DAY) for code in counties} == {None}
    assert {value("minimum_wage.tier", code, date(2025, 1, 1)) for code in counties} == {None}


def test_property_test_of_hebei_is_never_found_after_2013() -> None:
    expected: list[tuple[str, dict[str, str], Value]] = [
        ("assets_income_multiple", {"scope": "household"}, Fraction(1)),
        ("homes", {}, 1),
        ("home_area_multiple", {}, Fraction(2)),
        ("car", {}, True),
        ("mobility_car_exempt", {}, True),
        ("luxury", {}, True),
        ("visible_living", {}, True),
    ]
    for name, keys, limit in expected:
        series = f"dibao.property.{name}"
        assert value(series, "130802", date(2013, 5, 23), keys) is None
        assert value(series, "130802", date(2013, 5, 24), keys) == limit
        assert value(series, "130802", date(2013, 12, 31), keys) == limit
        assert value(series, "130802", date(2014, 1, 1), keys) is None


def test_exemption_of_mobility_cars_was_not_known_before_its_repost() -> None:
    series, on = "dibao.property.mobility_car_exempt", date(2013, 6, 1)
    assert regional().as_known_on(date(2024, 4, 6)).get(series, "130000", on) is None
    found = regional().as_known_on(date(2024, 4, 7)).find(series, "130000", on)
    assert found.figure.source.confidence is Confidence.SECONDARY


@pytest.mark.parametrize("group", ["severe_disability", "serious_illness", "elderly", "minor"])
def test_single_persons_of_rural_hebei(group: str) -> None:
    series, keys = "dibao.single.condition", {"group": group, "residence": "rural"}
    assert value(series, "130822", date(2019, 5, 22), keys) is None
    assert value(series, "130822", date(2019, 5, 23), keys) == "hardship"
    assert value(series, "130822", date(2021, 6, 30), keys) == "hardship"
    assert value(series, "130822", date(2021, 7, 1), keys) is None
    assert value(series, "130822", date(2020, 1, 1), {**keys, "residence": "urban"}) is None


AVERAGES = [
    (NATION, date(2015, 12, 31), URBAN, "451.1"),
    (NATION, date(2015, 1, 1), RURAL, "3177.6"),
    (NATION, date(2017, 6, 1), URBAN, "540.6"),
    (NATION, date(2017, 6, 1), RURAL, "4300.7"),
    (NATION, date(2019, 7, 1), URBAN, "617"),
    (NATION, date(2019, 9, 30), RURAL, "5247"),
    (NATION, date(2021, 1, 1), URBAN, "684.1"),
    (NATION, date(2021, 3, 31), RURAL, "503.8"),
    ("130000", date(2015, 12, 1), URBAN, "441"),
    ("130000", date(2015, 12, 1), RURAL, "2671"),
    ("130000", date(2018, 9, 30), RURAL, "4297"),
    ("130000", date(2019, 12, 31), RURAL, "4907"),
    ("130000", date(2020, 6, 30), RURAL, "5127"),
    ("130000", date(2020, 9, 1), URBAN, "705"),
    ("130000", date(2020, 9, 1), RURAL, "5452"),
    ("130000", date(2020, 12, 31), RURAL, "5452"),
    ("130200", date(2020, 1, 1), URBAN, "733"),
    ("130200", date(2020, 1, 1), RURAL, "478"),
    ("130200", date(2025, 12, 31), URBAN, "884"),
    ("130200", date(2025, 12, 31), RURAL, "766"),
]


@pytest.mark.parametrize(("area", "on", "keys", "amount"), AVERAGES)
def test_averages_of_dibao(area: str, on: date, keys: dict[str, str], amount: str) -> None:
    assert value("dibao.standard", area, on, keys, (Kind.AVERAGE,)) == Decimal(amount)


@pytest.mark.parametrize(
    "on", [date(2014, 12, 31), date(2016, 1, 1), date(2018, 6, 1), date(2020, 6, 1)]
)
def test_years_without_a_confirmed_national_average_stay_empty(on: date) -> None:
    for keys in (URBAN, RURAL):
        assert value("dibao.standard", NATION, on, keys, (Kind.AVERAGE,)) is None


def test_shijiazhuang_2017_is_a_floor_and_tangshan_2014_an_amount() -> None:
    floor = regional().find("dibao.standard", "130100", date(2017, 1, 1), kinds=None, **URBAN)
    assert (floor.value, floor.figure.per, floor.is_floor) == (Decimal(550), Per.MONTH, True)
    assert value("dibao.standard", "130100", date(2017, 12, 31), RURAL) == Decimal(4000)
    assert value("dibao.topup_average", "130100", date(2017, 6, 1), URBAN) == Decimal(300)
    assert value("dibao.topup_average", "130100", date(2017, 6, 1), RURAL) == Decimal(175)
    point = regional().find("dibao.standard", "130200", date(2014, 1, 1), kinds=None, **RURAL)
    assert (point.value, point.figure.per, point.is_floor) == (Decimal(3150), Per.YEAR, False)
    assert value("dibao.standard", "130200", date(2014, 12, 31), URBAN) == Decimal(470)
    for area, on in (
        ("130100", date(2016, 12, 31)),
        ("130100", date(2018, 1, 1)),
        ("130200", date(2013, 12, 31)),
        ("130200", date(2015, 1, 1)),
    ):
        assert value("dibao.standard", area, on, RURAL) is None
