"""Assistance funds: coverage, both readings of the seed money, the last day, what is not known."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minzheng.base import areas
from minzheng.errors import InvalidInput, WrongType
from minzheng.plan import CHENGDE_2020, Fund, FundReport, SeedReading, State, report

DUE = CHENGDE_2020.due
DAY = timedelta(days=1)
CITY = "130800"
COUNTIES = tuple(each.code for each in areas.children(CITY, DUE))
PLACES = (CITY, *COUNTIES)
PER_FUND, IN_TOTAL = SeedReading
FULL = Decimal("5000000.00")


def told(
    funds: list[Fund], on: date = DUE, reading: SeedReading = SeedReading.PER_FUND
) -> FundReport:
    return report(funds, on=on, reading=reading)


def every(seed: str | None, **facts: Any) -> list[Fund]:
    return [Fund(area=code, **{"since": DUE, "seed": seed, **facts}) for code in PLACES]


def test_the_city_and_its_eleven_counties() -> None:
    assert len(COUNTIES) == 11
    assert [each.area for each in told([]).places] == list(PLACES)
    assert told([]).places[0].name == "承德市"


def test_the_reading_has_no_default() -> None:
    with pytest.raises(TypeError):
        report([], on=DUE)  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("seed", "per_fund", "in_total"),
    [
        ("5000000", True, True),
        ("4999999.99", False, True),
        ("416666.67", False, True),  # 12 times it is 4 fen more than five million
        ("416666.66", False, False),
    ],
)
def test_both_readings_from_both_sides(seed: str, per_fund: bool, in_total: bool) -> None:
    for reading, met in ((PER_FUND, per_fund), (IN_TOTAL, in_total)):
        made = told(every(seed), reading=reading)
        assert (made.enough(PER_FUND), made.enough(IN_TOTAL)) == (per_fund, in_total)
        assert (made.covered, made.met) == (True, met)
    short = max(FULL - Decimal(seed), Decimal(0))
    assert made.short_per_fund == 12 * short
    assert made.short_in_total == max(FULL - 12 * Decimal(seed), Decimal(0))


def test_one_county_without_a_fund() -> None:
    funds = every("5000000")
    funds[3] = Fund(area=PLACES[3], exists=False)
    made = told(funds, on=DUE + DAY, reading=IN_TOTAL)
    assert [each.area for each in made.not_set_up] == [PLACES[3]]
    assert (made.covered, made.enough(IN_TOTAL), made.met) == (False, True, False)
    assert made.enough(PER_FUND) is False
    assert made.places[3].short == FULL


def test_the_last_day_is_in_time_and_the_next_is_overdue() -> None:
    funds = [Fund(area=code, exists=False) for code in PLACES]
    assert told(funds, on=DUE).overdue == ()
    late = told(funds, on=DUE + DAY)
    assert [each.days_overdue for each in late.overdue] == [1] * 12
    assert told([], on=DUE + DAY).overdue == ()  # of these nothing is known


@pytest.mark.parametrize(("since", "late"), [(DUE, False), (DUE + DAY, True)])
def test_a_fund_set_up_late(since: date, late: bool) -> None:
    (city, *_) = told([Fund(area=CITY, since=since)], on=DUE + 30 * DAY).places
    assert (city.state, city.late, city.days_overdue) == (State.SET_UP, late, 0)


def test_a_fund_of_a_later_day_is_not_yet_set_up() -> None:
    fund = Fund(area=CITY, since=DUE + 2 * DAY, seed="5000000")
    before = told([fund], on=DUE + DAY)
    assert (before.places[0].state, before.places[0].seed) == (State.NOT_SET_UP, Decimal(0))
    assert before.places[0].days_overdue == 1
    assert told([fund], on=DUE + 2 * DAY).places[0].state is State.SET_UP


def test_what_is_not_known_is_said_and_never_taken_for_nothing() -> None:
    made = told(every(None))
    assert (made.covered, made.met, made.enough(PER_FUND), made.enough(IN_TOTAL)) == (
        True,
        None,
        None,
        None,
    )
    assert (made.places[0].short, len(made.seed_unknown)) == (None, 12)
    nothing = told([])
    assert (nothing.covered, nothing.met, len(nothing.unknown)) == (None, None, 12)
    one = told([Fund(area=CITY, exists=True, seed="5000000")])
    assert (one.enough(IN_TOTAL), one.enough(PER_FUND)) == (True, None)
    short = told([Fund(area=CITY, exists=True, seed="1")])
    assert (short.enough(IN_TOTAL), short.enough(PER_FUND)) == (None, False)


def test_the_words_show_both_readings() -> None:
    funds = every("416666.67")
    funds[1] = Fund(area=PLACES[1], since=DUE + DAY)
    funds[2] = Fund(area=PLACES[2], exists=False)
    english = told(funds, on=DUE + 2 * DAY, reading=IN_TOTAL).explain("en").splitlines()
    assert english[0] == (
        "Assistance funds on 2 July 2020; due 30 June 2020; seed money at least 5,000,000.00 yuan "
        "(basis: Work Plan for 2020 of the Chengde Civil Affairs Bureau item 10)"
    )
    assert english[1] == "Set up: 11 of 12; not known: 0"
    assert english[3].startswith("Read for each fund: enough: no")
    assert english[4].startswith("Read for all funds together: enough: not known")
    assert english[5] == "Met, read for all funds together: no"
    assert english[7].endswith("set up on 1 July 2020, late, seed money not known")
    assert english[8].endswith("not set up, 2 days overdue, seed money 0.00 yuan")
    chinese = told(funds, on=DUE + 2 * DAY, reading=IN_TOTAL).explain("zh_CN")
    assert "逾期2天" in chinese
    assert "第10项" in chinese
    with pytest.raises(InvalidInput):
        told([]).explain("fr")


def test_all_faults_at_once() -> None:
    funds = [
        Fund(area="130200"),
        Fund(area=CITY, exists=False, since=DUE),
        Fund(area=CITY, exists=False, seed="1"),
        Fund(area=COUNTIES[0], seed="-1"),
    ]
    with pytest.raises(InvalidInput) as caught:
        told(funds)
    assert [each.path for each in caught.value.faults] == [
        "funds[0].area",
        "funds[1].exists",
        "funds[2].area",
        "funds[2].exists",
        "funds[3].seed",
    ]
    with pytest.raises(WrongType):
        Fund(area=CITY, seed=1.5)  # type: ignore[arg-type]


FUNDS = st.tuples(
    *(
        st.one_of(
            st.none(),
            st.builds(
                Fund,
                area=st.just(code),
                exists=st.sampled_from([True, None]),
                since=st.one_of(st.none(), st.integers(-9, 9).map(lambda n: DUE + n * DAY)),
                seed=st.one_of(st.none(), st.integers(0, 10**9).map(lambda n: Decimal(n) / 100)),
            ),
        )
        for code in PLACES
    )
).map(lambda funds: [each for each in funds if each is not None])
DAYS = st.integers(-12, 12).map(lambda n: DUE + n * DAY)


@given(FUNDS, DAYS)
def test_every_place_is_in_one_state(funds: list[Fund], on: date) -> None:
    made = told(funds, on=on)
    assert len(made.set_up) + len(made.not_set_up) + len(made.unknown) == 12
    assert set(made.overdue) <= set(made.not_set_up)


@given(FUNDS, DAYS)
def test_enough_for_each_is_enough_for_all(funds: list[Fund], on: date) -> None:
    made = told(funds, on=on)
    if made.enough(PER_FUND):
        assert made.enough(IN_TOTAL)
    assert made.short_in_total <= made.short_per_fund


@given(FUNDS, DAYS, st.integers(0, 11))
def test_what_is_known_holds_whatever_the_rest_turns_out_to_be(
    funds: list[Fund], on: date, place: int
) -> None:
    made = told(funds, on=on)
    held = {each.area for each in funds}
    if PLACES[place] in held:
        return
    for more in (
        Fund(area=PLACES[place], exists=False),
        Fund(area=PLACES[place], exists=True, seed="9000000"),
    ):
        after = told([*funds, more], on=on)
        for reading in SeedReading:
            assert made.enough(reading) in (None, after.enough(reading))
        assert made.covered in (None, after.covered)
