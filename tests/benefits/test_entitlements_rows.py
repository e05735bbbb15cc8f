"""The bundled rows of what may be drawn together: each pair once, no circle on any day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import pytest

from minzheng import InvalidInput, Standards
from minzheng.benefits._entitlements.combine import Overlap
from minzheng.benefits._entitlements.rows import SERIES, order, rows, rule

BUNDLED = Standards.bundled()
ROWS = BUNDLED.table(series=SERIES)
AREAS = sorted({row.area for row in ROWS})
DAYS = sorted(
    {
        day
        for row in ROWS
        if row.span is not None
        for edge in (row.span.start, row.span.end)
        if edge is not None
        for day in (edge - timedelta(days=1), edge)
    }
)


def test_a_pair_is_stated_in_the_order_of_the_table_only() -> None:
    names = order(BUNDLED)
    assert names == BUNDLED.series[SERIES].keys["second"]
    for row in ROWS:
        keys = dict(row.keys)
        assert names.index(keys["first"]) < names.index(keys["second"]), row


def test_every_word_of_the_rows_is_a_rule() -> None:
    assert set(BUNDLED.series[SERIES].terms) == set(Overlap)


@pytest.mark.parametrize("area", AREAS)
def test_no_circle_on_any_day(area: str) -> None:
    assert len(DAYS) > 10
    found = [rows(BUNDLED, area, day) for day in DAYS if area == "000000" or day.year > 1999]
    assert all(found[1:])


def test_rows_are_looked_up_for_every_pair() -> None:
    held = rows(BUNDLED, "130802", date(2022, 1, 1))
    pairs = set(combinations(order(BUNDLED), 2))
    assert held.keys() < pairs
    assert all(dict(row.figure.keys) == {"first": a, "second": b} for (a, b), row in held.items())


@pytest.mark.parametrize(
    ("pair", "area", "on", "wanted"),
    [
        (("tekun", "orphan"), "130802", date(2021, 6, 30), Overlap.SECOND),
        (("tekun", "orphan"), "130802", date(2021, 7, 1), Overlap.CHOICE),
        (("tekun", "de_facto_unattended"), "130802", date(2019, 12, 31), None),
        (("tekun", "de_facto_unattended"), "130802", date(2020, 1, 1), Overlap.SECOND_NET),
        (("tekun", "de_facto_unattended"), "130802", date(2021, 6, 30), Overlap.SECOND_NET),
        (("tekun", "de_facto_unattended"), "130802", date(2021, 7, 1), Overlap.CHOICE),
        (("disability_living", "disability_care"), "130802", date(2015, 12, 31), None),
        (("disability_living", "disability_care"), "130802", date(2016, 1, 1), Overlap.TOGETHER),
        (("tekun", "care_voucher"), "130802", date(2025, 12, 31), None),
        (("tekun", "care_voucher"), "130802", date(2026, 1, 1), Overlap.FIRST),
        (("old_age_allowance", "elderly_subsidy"), "130802", date(2022, 1, 1), None),
        (("old_age_allowance", "elderly_subsidy"), "140105", date(2022, 1, 1), Overlap.HIGHER),
        (("old_age_allowance", "elderly_subsidy"), "360102", date(2022, 1, 1), Overlap.TOGETHER),
        (("disability_care", "elderly_subsidy"), "130802", date(2022, 1, 1), Overlap.HIGHER),
        (("disability_care", "elderly_subsidy"), "370725", date(2022, 1, 1), Overlap.FIRST),
    ],
)
def test_regimes(pair: tuple[str, str], area: str, on: date, wanted: Overlap | None) -> None:
    row = rows(BUNDLED, area, on).get(pair)
    assert (None if row is None else rule(row)) is wanted


def test_a_circle_in_ones_own_table_is_named(tmp_path: Path) -> None:
    text = """
area = "130802"
name = "双桥区"
[sources.own]
title = "测试"
where = "测试"
grade = "official"
confidence = "confirmed"
[[figure]]
series = "overlap"
keys = { first = "orphan", second = "disability_care" }
value = "second"
from = 2020-01-01
source = "own"
[[figure]]
series = "overlap"
keys = { first = "disability_living", second = "disability_care" }
value = "first"
from = 2020-01-01
source = "own"
"""
    path = tmp_path / "circle.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput, match="disability_care, disability_living, orphan"):
        rows(BUNDLED + Standards.load(path), "130802", date(2022, 1, 1))
