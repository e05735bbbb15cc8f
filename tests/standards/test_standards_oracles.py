"""Worked examples of standards tables, from official and press sources."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from tables import amount, local

from minzheng.standards import Kind, Standards, multiples

ORACLES = Path(__file__).parents[1] / "oracles" / "assistance.toml"
CASES = {row["id"]: row for row in tomllib.loads(ORACLES.read_text("utf-8"))["case"]}
BUNDLED = Standards.bundled()
RATIO = {"series": "tekun.multiple", "value": "1.3", "kind": "floor"}


def case(number: str) -> tuple[dict[str, Any], dict[str, Any]]:
    (row,) = (row for key, row in CASES.items() if key.startswith(number))
    return row["inputs"], row["expected"]


def test_every_case_is_sourced() -> None:
    for row in CASES.values():
        assert row["source"]
        assert row["grade"] in ("confirmed", "secondary")


@pytest.mark.parametrize("residence", ["rural", "urban"])
def test_a01_chengde_2020(residence: str) -> None:
    given, expected = case("A01")
    plan = date(2020, 7, 24)
    dibao = BUNDLED.find("dibao.standard", "130800", plan, residence=residence)
    tekun = BUNDLED.find("tekun.basic", "130800", plan, residence=residence)
    multiple = BUNDLED.find("tekun.multiple", "130800", plan)
    assert dibao.value == Decimal(given["dibao_year"][residence])
    assert multiple.value == Fraction(given["multiple"])
    assert tekun.value == Decimal(expected["tekun_year"][residence])
    assert dibao.figure.fen_a_year() == 1200 * int(expected["dibao_month"][residence])
    assert tekun.figure.fen_a_year() == 1200 * int(expected["tekun_month"][residence])
    (check,) = (each for each in multiples(BUNDLED, plan) if each.residence == residence)
    # 4,800 x 1.3 = 6,240 and 7,800 x 1.3 = 10,140
    assert check.least == check.published == Decimal(expected["tekun_year"][residence])


def test_a10_a_breach_is_reported_not_repaired() -> None:
    given, expected = case("A10")
    shimen = local(
        "430726",
        amount("dibao.standard", given["dibao_year"], residence="rural"),
        amount("tekun.basic", given["tekun_year_published"], residence="rural"),
        RATIO,
    )
    (check,) = multiples(shimen, date(2020, 6, 1))
    assert check.breach is expected["breach"]
    assert check.least == Fraction(expected["floor_year"])
    assert check.short_by == Fraction(expected["short_by_year"])
    assert check.published == Decimal(given["tekun_year_published"])


def test_a13_a_yuan_above_is_noticed() -> None:
    given, expected = case("A13")
    dibao, published = given["dibao"], given["tekun_year_published"]
    county = local(
        "430726",  # the county's name is not recorded; any code will do
        amount("dibao.standard", dibao["urban_month"], per="month", residence="urban"),
        amount("dibao.standard", dibao["rural_year"], residence="rural"),
        *(amount("tekun.basic", published[each], residence=each) for each in ("urban", "rural")),
        RATIO,
    )
    checks = {each.residence: each for each in multiples(county, date(given["year"], 6, 1))}
    for residence, check in checks.items():
        assert check.least == Fraction(expected["tekun_year_exact"][residence])
        assert check.over_by == Fraction(expected["published_minus_exact"][residence])
        assert check.breach is expected["breach"][residence]
    assert str(checks["rural"]).endswith("met, 1.00 above")


def test_a28_hebei_2020() -> None:
    given, expected = case("A28")

    def fen(series: str, on: date) -> int:
        found = BUNDLED.find(series, "130000", on, kinds=(Kind.AVERAGE,), residence="rural")
        return found.figure.fen_a_year()

    june, december = date(2020, 6, 1), date(2019, 12, 1)
    assert fen("dibao.topup_average", june) == 100 * int(given["topup_year"])
    assert fen("dibao.topup_average", june) == 1200 * int(expected["topup_month"])
    assert fen("dibao.standard", june) == 100 * int(given["average_standard_year_2020_06"])
    assert fen("dibao.standard", december) == 100 * int(expected["average_standard_year_2019"])
    assert fen("dibao.standard", june) - fen("dibao.standard", december) == 100 * int(
        given["raise_over_2019_year"]
    )


def percent(part: Decimal, whole: Decimal, digits: str) -> Decimal:
    return (100 * part / whole).quantize(Decimal(digits), rounding=ROUND_HALF_UP)


def test_a29_tangshan() -> None:
    given, expected = case("A29")
    month: dict[tuple[str, str], Decimal] = {}
    for residence in ("urban", "rural"):
        for year, printed in given[f"{residence}_month"].items():
            on, mean = date(int(year), 12, 2), (Kind.AVERAGE,)
            found = BUNDLED.find("dibao.standard", "130200", on, kinds=mean, residence=residence)
            assert found.figure.fen_a_year() == 1200 * int(printed)
            month[residence, year] = Decimal(printed)
    for residence in ("urban", "rural"):
        rise = month[residence, "2025"] - month[residence, "2020"]
        base = month[residence, "2020"]
        assert percent(rise, base, "0.1") == Decimal(expected["growth_percent"][residence])
        assert percent(rise, base, "1") == Decimal(expected["printed_percent"][residence])
    ratio = (month["rural", "2025"], month["urban", "2025"])
    assert percent(*ratio, "0.01") == Decimal(expected["rural_to_urban_percent_2025"])
    assert percent(*ratio, "1") == Decimal(expected["printed_percent"]["ratio"])
