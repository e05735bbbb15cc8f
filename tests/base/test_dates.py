"""Spans, ages, months and deadlines, each boundary from both sides."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minzheng.base.dates import (
    DayKind,
    LeapBirthday,
    Span,
    add_months,
    age_on,
    as_int,
    deadline,
    first_of_next_month,
)
from minzheng.errors import InvalidInput, OutsideCoverage, WrongType

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
DAY = timedelta(days=1)


def test_span_is_half_open() -> None:
    span = Span(date(2012, 12, 12), date(2021, 7, 1))
    inside = [date(2012, 12, 11), date(2012, 12, 12), date(2021, 6, 30), date(2021, 7, 1)]
    assert [day in span for day in inside] == [False, True, True, False]
    assert str(span) == "2012-12-12 .. 2021-06-30"


def test_open_span_runs_on() -> None:
    assert date.max in Span(date(2021, 7, 1))
    assert str(Span(date(2021, 7, 1))) == "2021-07-01 .."


@pytest.mark.parametrize("end", [date(2021, 7, 1), date(2021, 6, 30)])
def test_span_without_a_day_is_refused(end: date) -> None:
    with pytest.raises(InvalidInput, match="ends after it starts"):
        Span(date(2021, 7, 1), end)


@given(DAYS, DAYS, DAYS, DAYS)
def test_overlap_is_a_common_day(a: date, b: date, c: date, d: date) -> None:
    first, second = (Span(min(x, y), max(x, y) + DAY) for x, y in ((a, b), (c, d)))
    common = max(first.start, second.start)
    assert (
        first.overlaps(second) == second.overlaps(first) == (common in first and common in second)
    )


@pytest.mark.parametrize("wrong", [datetime(2020, 1, 1, tzinfo=UTC), "2020-01-01", 20200101, None])
def test_a_day_is_a_date_without_a_time(wrong: date) -> None:
    good = date(2020, 1, 1)
    for call in (
        lambda: Span(wrong),
        lambda: wrong in Span(good),
        lambda: age_on(wrong, good),
        lambda: age_on(good, wrong),
        lambda: as_int(wrong),
        lambda: add_months(wrong, 1),
        lambda: first_of_next_month(wrong),
        lambda: deadline(wrong, 1, DayKind.CALENDAR),
    ):
        with pytest.raises(WrongType):
            call()


@pytest.mark.parametrize(
    ("on", "age"),
    [(date(1960, 7, 24), 0), (date(2020, 7, 23), 59), (date(2020, 7, 24), 60)],
)
def test_age_turns_on_the_birthday(on: date, age: int) -> None:
    assert age_on(date(1960, 7, 24), on) == age


@pytest.mark.parametrize(
    ("on", "feb", "march"),
    [
        (date(2022, 2, 27), 17, 17),
        (date(2022, 2, 28), 18, 17),
        (date(2022, 3, 1), 18, 18),
        (date(2024, 2, 28), 19, 19),
        (date(2024, 2, 29), 20, 20),
        (date(2100, 2, 28), 96, 95),
    ],
)
def test_birthday_on_29_february(on: date, feb: int, march: int) -> None:
    born = date(2004, 2, 29)
    assert age_on(born, on) == age_on(born, on, LeapBirthday.FEB_28) == feb
    assert age_on(born, on, LeapBirthday.MAR_1) == march


def test_nobody_is_asked_his_age_before_birth() -> None:
    with pytest.raises(InvalidInput, match="before the birth"):
        age_on(date(2020, 1, 2), date(2020, 1, 1))


@given(DAYS, DAYS)
def test_age_counts_the_birthdays(birth: date, on: date) -> None:
    if on < birth:
        birth, on = on, birth
    age = age_on(birth, on)
    assert add_months(birth, 12 * age) <= on < add_months(birth, 12 * (age + 1))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2020, 1, 31), 1, date(2020, 2, 29)),
        (date(2021, 1, 31), 1, date(2021, 2, 28)),
        (date(2020, 3, 31), -1, date(2020, 2, 29)),
        (date(2020, 12, 15), 1, date(2021, 1, 15)),
    ],
)
def test_add_months(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@given(DAYS)
def test_first_of_next_month(day: date) -> None:
    first = first_of_next_month(day)
    assert first.day == 1
    assert first - DAY >= day
    assert (first - DAY).month == day.month


@given(DAYS, DAYS)
def test_integers_order_as_days_do(a: date, b: date) -> None:
    assert (as_int(a) < as_int(b)) == (a < b)
    assert date.fromisoformat(str(as_int(a))) == a


@given(DAYS, st.integers(1, 60))
def test_calendar_deadline_leaves_out_the_start(day: date, days: int) -> None:
    assert deadline(day, days, DayKind.CALENDAR) == day + days * DAY


def test_working_deadline_jumps_the_holidays() -> None:
    assert deadline(date(2020, 9, 30), 1, DayKind.WORKING) == date(2020, 10, 9)
    assert deadline(date(2020, 9, 29), 1, DayKind.WORKING) == date(2020, 9, 30)


@pytest.mark.parametrize("kind", DayKind)
@pytest.mark.parametrize("days", [0, -1])
def test_deadline_has_a_day(days: int, kind: DayKind) -> None:
    with pytest.raises(InvalidInput, match="at least 1 day"):
        deadline(date(2020, 1, 1), days, kind)


def test_working_days_are_never_guessed() -> None:
    with pytest.raises(OutsideCoverage):
        deadline(date(2090, 1, 1), 3, DayKind.WORKING)
