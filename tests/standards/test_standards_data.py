"""The bundled tables as a whole: every row sourced, dated, and fit for its series."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from minzheng.base import areas
from minzheng.law import instrument
from minzheng.standards import NATION, Figure, Kind, Series, Standards, Unit, overlaps

BUNDLED = Standards.bundled()
ROWS = tuple(BUNDLED)
SERIES = tuple(BUNDLED.series.values())
TYPES: dict[Unit, type] = {
    Unit.YUAN: Decimal,
    Unit.YUAN_LIST: tuple,
    Unit.RATIO: Fraction,
    Unit.COUNT: int,
    Unit.YEARS: int,
    Unit.MONTHS: int,
    Unit.WORKING_DAYS: int,
    Unit.CALENDAR_DAYS: int,
    Unit.SQUARE_METRES: Decimal,
    Unit.FLAG: bool,
    Unit.TERM: str,
    Unit.YEAR_DAY: str,
}


def name(row: Figure) -> str:
    return f"{row.series}-{row.area}-{'-'.join(word for _key, word in row.keys)}-{row.span}"


@pytest.mark.parametrize("row", ROWS, ids=name)
def test_every_row_is_sourced(row: Figure) -> None:
    assert row.source.title
    assert row.source.where
    if row.source.instrument is None:
        assert row.citation is None
    else:
        assert row.citation is not None
        assert row.citation.instrument_id == instrument(row.source.instrument).id


@pytest.mark.parametrize("row", ROWS, ids=name)
def test_every_row_fits_its_series(row: Figure) -> None:
    series = BUNDLED.series[row.series]
    assert type(row.value) is TYPES[series.unit]
    assert row.kind in series.kinds
    assert row.per in series.pers
    for key, word in row.keys:
        assert word in series.keys[key]
    if series.unit is Unit.TERM:
        assert row.value in series.terms
    if isinstance(row.value, Fraction | Decimal | int):
        assert row.value >= 0


@pytest.mark.parametrize("row", ROWS, ids=name)
def test_every_span_is_half_open_and_its_area_lived_then(row: Figure) -> None:
    if row.span is None:
        return
    assert row.span.start in row.span
    if row.span.end is not None:
        assert row.span.end > row.span.start
        assert row.span.end not in row.span
    if row.area != NATION:
        assert areas.lookup(row.area, row.span.start).code == row.area


def test_nothing_overlaps() -> None:
    assert overlaps(BUNDLED) == ()


@pytest.mark.parametrize("series", SERIES, ids=lambda series: series.name)
def test_every_series_is_labelled(series: Series) -> None:
    assert series.label
    assert series.label.isascii()
    assert not series.label_zh.isascii()
    assert (series.unit is Unit.TERM) == bool(series.terms)
    assert Kind.AVERAGE not in series.deciding
    assert Kind.TARGET not in series.deciding


REGIMES = [date(2012, 12, 12), date(2014, 5, 1), date(2021, 7, 1), date(2022, 10, 20)]


@pytest.mark.parametrize("on", [*REGIMES, date(2026, 7, 1), date(2040, 1, 1)])
@pytest.mark.parametrize(
    "series",
    [
        "age.adult",
        "age.elderly",
        "disability.severe_grade",
        "dibao.member.parents",
        "dibao.member.student",
        "dibao.income.inclusive",
        "dibao.bands.permitted",
        "dibao.property.set_by",
        "dibao.first_payment",
    ],
)
def test_the_law_of_every_regime_is_held_without_a_gap(series: str, on: date) -> None:
    assert BUNDLED.find(series, NATION, on).figure.area == NATION


def test_before_the_first_regime_of_the_benefits_nothing_of_them_is_held() -> None:
    day = date(2012, 12, 11)
    held = [row for row in BUNDLED.table(area=NATION, on=day) if row.area == NATION]
    assert {
        row.source.instrument for row in held if not row.series.startswith("organization.")
    } == {
        "wubao-regulation-2006"  # the time limits of its art. 7
    }
