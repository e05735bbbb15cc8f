"""Statistics: exact counts and shares, bands from both sides, nobody and the unknown."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_people import ENROLLED, NAME, ledgers

from minzheng.errors import InvalidInput
from minzheng.registers.ledgers import (
    BANDS,
    Elder,
    Health,
    Help,
    LeftBehindWoman,
    Risk,
    percent,
    statistics,
)

ON = date(2025, 7, 24)


def counts(rows: list[Any], by: str, on: date = ON) -> dict[Any, int]:
    table = statistics(rows, by=by, on=on)
    return {each.text("en"): each.count for each in table.groups if each.count}


def born(years: int, days: int = 0) -> date:
    return date(ON.year - years, ON.month, ON.day + days)


def test_by_place_word_and_flag() -> None:
    rows = [
        Elder(name=NAME, area="130822", health=Health.HEALTHY, claimed=True),
        Elder(name=NAME, area="130802", health=Health.DISABLED, claimed=False),
        Elder(name=NAME, area="130822"),
    ]
    assert counts(rows, "area") == {"130802": 1, "130822": 2}
    assert counts(rows, "health") == {"healthy": 1, "disabled": 1, "not known": 1}
    assert counts(rows, "claimed") == {"yes": 1, "no": 1, "not known": 1}


def test_shares_are_exact_and_every_word_has_a_line() -> None:
    rows = [Elder(name=NAME, risk=each) for each in (Risk.HIGH, Risk.KEY, Risk.KEY)]
    table = statistics(rows, by="risk", on=ON)
    assert table.total == 3
    assert [(each.key, each.count, each.share) for each in table.groups] == [
        (Risk.HIGH, 1, Fraction(1, 3)),
        (Risk.KEY, 2, Fraction(2, 3)),
        (Risk.GENERAL, 0, Fraction(0)),
    ]
    assert [percent(each.share) for each in table.groups] == [
        Decimal("33.33"),
        Decimal("66.67"),
        Decimal("0.00"),
    ]


def test_a_share_of_nobody_is_not_known() -> None:
    table = statistics([], by="age_of_elders", on=ON)
    assert table.total == 0
    assert {(each.count, each.share, percent(each.share)) for each in table.groups} == {
        (0, None, None)
    }


def test_a_person_with_several_words_stands_under_each() -> None:
    rows = [
        LeftBehindWoman(name=NAME, help=(Help.TRAINING, Help.SMALL_LOAN)),
        LeftBehindWoman(name=NAME, help=(Help.TRAINING,)),
        LeftBehindWoman(name=NAME, help=()),
    ]
    table = statistics(rows, by="help", on=ON)
    assert (table.total, counts(rows, "help")) == (
        3,
        {"secured small loan": 1, "training in skills": 2},
    )
    assert sum(each.share or 0 for each in table.groups) == 1


def test_only_those_in_the_ledger_that_day_are_counted() -> None:
    rows = [
        Elder(name=NAME, area="130802", exited=ON),
        Elder(name=NAME, area="130802", exited=date(2025, 7, 25)),
        Elder(name=NAME, area="130802", since=date(2025, 7, 25)),
        Elder(name=NAME, area="130802", since=ON),
    ]
    assert counts(rows, "area") == {"130802": 2}


@pytest.mark.parametrize(
    ("birth", "band"),
    [
        (born(20, 1), "outside the bands"),
        (born(20), "20-24"),
        (born(25, 1), "20-24"),
        (born(25), "25-34"),
        (born(45, 1), "35-44"),
        (born(45), "45-60"),
        (born(61, 1), "45-60"),
        (born(61), "outside the bands"),
        (None, "not known"),
    ],
)
def test_the_bands_of_ages_of_women(birth: date | None, band: str) -> None:
    assert counts([LeftBehindWoman(name=NAME, birth=birth)], "age_of_women") == {band: 1}


@pytest.mark.parametrize(
    ("birth", "band"),
    [
        (born(60, 1), "outside the bands"),
        (born(60), "60-69"),
        (born(70), "70-79"),
        (born(100), "100+"),
    ],
)
def test_the_bands_of_ages_of_the_elderly(birth: date, band: str) -> None:
    assert counts([Elder(name=NAME, birth=birth)], "age_of_elders") == {band: 1}


@pytest.mark.parametrize(
    ("years", "away", "unreturned"),
    [
        ("0.4", "outside the bands", "≤1"),
        ("0.5", "0.5-1", "≤1"),
        ("1", "0.5-1", "≤1"),
        ("1.1", "1-3", "1-2"),
        ("3.0", "1-3", "2-5"),
        ("3.1", "3-5", "2-5"),
        ("10", "5-10", "5-10"),
        ("10.1", "10+", "10+"),
        (None, "not known", "not known"),
    ],
)
def test_the_bands_of_absence(years: str | None, away: str, unreturned: str) -> None:
    stated = None if years is None else Decimal(years)
    woman = LeftBehindWoman(name=NAME, husband_away_years=stated, husband_unreturned_years=stated)
    assert counts([woman], "husband_away") == {away: 1}
    assert counts([woman], "husband_unreturned") == {unreturned: 1}


@pytest.mark.parametrize(
    ("since", "band"),
    [
        (date(2025, 1, 25), "outside the bands"),
        (date(2025, 1, 24), "0.5-1"),
        (date(2024, 7, 24), "0.5-1"),
        (date(2024, 7, 23), "1-3"),
        (date(2022, 7, 24), "1-3"),
        (date(2022, 7, 23), "3-5"),
        (date(2010, 1, 1), "10+"),
    ],
)
def test_the_bands_of_absence_by_its_first_day(since: date, band: str) -> None:
    woman = LeftBehindWoman(name=NAME, husband_away_since=since, husband_away_years=Decimal("99"))
    assert counts([woman], "husband_away") == {band: 1}


@pytest.mark.parametrize(("children", "band"), [(0, "0"), (2, "2"), (3, "3+"), (7, "3+")])
def test_the_bands_of_children(children: int, band: str) -> None:
    assert counts([LeftBehindWoman(name=NAME, children=children)], "children") == {band: 1}


@given(st.fractions(0, 200))
def test_no_two_bands_hold_one_number(number: Fraction) -> None:
    for bands in BANDS.values():
        assert sum(number in each for each in bands) <= 1


@given(
    st.sampled_from(ENROLLED).flatmap(ledgers), st.sampled_from(["area", "risk", "age_of_elders"])
)
def test_counts_add_up(rows: list[Any], by: str) -> None:
    table = statistics(rows, by=by, on=date(2031, 1, 1))
    assert sum(each.count for each in table.groups) == table.total
    if table.total:
        assert sum(each.share or 0 for each in table.groups) == 1


def test_names_that_are_no_field_and_bands_of_others() -> None:
    with pytest.raises(InvalidInput, match="did you mean 'risk'"):
        statistics([Elder(name=NAME)], by="riks", on=ON)
    with pytest.raises(InvalidInput, match="a band of left-behind women, asked of Elder"):
        statistics([Elder(name=NAME)], by="husband_away", on=ON)


@pytest.mark.parametrize(
    ("share", "shown"),
    [(Fraction(1, 8), "12.50"), (Fraction(1, 80_000), "0.00"), (Fraction(1, 20_000), "0.01")],
)
def test_per_cent_is_rounded_half_up(share: Fraction, shown: str) -> None:
    assert percent(share) == Decimal(shown)
