"""The working-day calendar: against two oracles, at its bounds, and as arithmetic."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minzheng.base import workdays
from minzheng.base.workdays import (
    END,
    FIRST,
    add_workdays,
    holiday_name,
    is_workday,
    notice_for,
    workdays_between,
)
from minzheng.errors import InvalidInput, OutsideCoverage, WrongType

DAY = timedelta(days=1)
LAST = END - DAY
DAYS = [FIRST + timedelta(days=i) for i in range((END - FIRST).days)]

# The notice for 2006 (国办发明电〔2005〕35号), item 1, moves the rest of Saturday 31 December and
# of Sunday 1 January to 2 and 3 January 2006, "12月31日(星期六)上班": we take the day as worked.
# chinesecalendar quotes that very text in its source and leaves the day out of its table.
NEW_YEARS_EVE_2005 = date(2005, 12, 31)

covered = st.dates(FIRST, LAST)


def test_coverage() -> None:
    assert (date(2004, 1, 1), date(2027, 1, 1)) == (FIRST, END)


def test_equals_chinesecalendar_on_every_day_but_one() -> None:
    # It covers all our years: it raises NotImplementedError on a day that it does not hold.
    differing = [d for d in DAYS if chinese_calendar.is_workday(d) is not is_workday(d)]
    assert differing == [NEW_YEARS_EVE_2005]


def test_equals_holidays_on_every_day() -> None:
    # It estimates years that it does not hold; it holds the notices of all our years.
    china = holidays.country_holidays("CN", years=range(FIRST.year, END.year))
    assert {d.year for d in china.weekend_workdays} >= set(range(FIRST.year, END.year))
    assert [d for d in DAYS if china.is_working_day(d) is not is_workday(d)] == []


def test_new_years_eve_2005_is_worked_by_the_notice_for_2006() -> None:
    assert is_workday(NEW_YEARS_EVE_2005)
    assert notice_for(NEW_YEARS_EVE_2005).number == "国办发明电〔2005〕35号"
    assert not is_workday(NEW_YEARS_EVE_2005 - 7 * DAY)


def test_festivals_are_those_of_chinesecalendar() -> None:
    # It names one festival where a notice joins two, and drops the 节 of some names. Weekends are
    # left out: for "joined with the weekend" it names them, and the notices do not.
    chinese = {h.value: h.chinese for h in chinese_calendar.Holiday}
    for day in DAYS:
        if day.weekday() < 5:
            theirs = chinese_calendar.get_holiday_detail(day)[1]
            ours = holiday_name(day)
            assert (theirs is None) is (ours is None), day
            assert theirs is None or chinese[theirs] in (ours or ""), day


def test_a_day_off_has_a_name_and_a_day_worked_has_none() -> None:
    for day in DAYS:
        if is_workday(day):
            assert holiday_name(day) is None, day
        elif day.weekday() < 5:
            assert holiday_name(day) is not None, day


@pytest.mark.parametrize(
    ("day", "worked", "name"),
    [
        (date(2024, 2, 9), True, None),  # New Year's Eve, leave only encouraged
        (date(2024, 2, 10), False, "春节"),
        (date(2024, 2, 17), False, "春节"),
        (date(2024, 2, 18), True, None),
        (date(2014, 4, 5), False, "清明节"),
        (date(2014, 4, 6), False, None),  # the Sunday between, which the notice does not name
        (date(2014, 4, 7), False, "清明节"),
        (date(2023, 9, 29), False, "中秋节、国庆节"),
        (date(2026, 12, 31), True, None),
    ],
)
def test_days(day: date, worked: bool, name: str | None) -> None:
    assert is_workday(day) is worked
    assert holiday_name(day) == name


@pytest.mark.parametrize(
    ("number", "first", "last", "worked"),
    [
        ("国发明电〔2015〕1号", date(2015, 9, 3), date(2015, 9, 6), [date(2015, 9, 6)]),
        ("国办发明电〔2019〕3号", date(2019, 5, 1), date(2019, 5, 5), [date(2019, 5, 5)]),
        ("国办发明电〔2019〕3号", date(2019, 4, 28), date(2019, 4, 28), [date(2019, 4, 28)]),
        # Saturday 1 February was to be worked by the notice for 2020.
        ("国办发明电〔2020〕1号", date(2020, 1, 31), date(2020, 2, 2), []),
    ],
)
def test_special_notices(number: str, first: date, last: date, worked: list[date]) -> None:
    days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    assert {notice_for(d).number for d in days} == {number}
    assert [d for d in days if is_workday(d)] == worked
    assert notice_for(first - DAY).number != number
    assert notice_for(last + DAY).number != number


def test_a_notice_reaches_back_into_the_year_before() -> None:
    assert notice_for(date(2018, 12, 29)).years == (2019,)
    assert notice_for(date(2018, 12, 28)).years == (2018,)


def test_every_year_has_its_notice_with_a_source() -> None:
    notices = {notice_for(d) for d in DAYS}
    annual = [n for n in notices if n.title.endswith("年部分节假日安排的通知")]
    assert sorted(n.years for n in annual) == [(y,) for y in range(FIRST.year, END.year)]
    assert len(notices) == len(annual) + 3
    for notice in annual:
        (year,) = notice.years
        assert notice.title == f"国务院办公厅关于{year}年部分节假日安排的通知"
        # The notice for a year is issued in the year before.
        assert re.fullmatch(rf"国办发明电〔{year - 1}〕\d+号", notice.number or "")
    assert len({n.number for n in notices}) == len(notices)
    assert all(n.source for n in notices)
    assert {n.grade for n in notices} == {"official", "mirror", "repost"}


@pytest.mark.parametrize("ask", [is_workday, holiday_name, notice_for])
def test_bounds_of_a_day(ask: Any) -> None:
    ask(FIRST)
    ask(LAST)
    for day in (FIRST - DAY, END):
        with pytest.raises(OutsideCoverage, match=f"day {day}: .* 2004-01-01 to 2026-12-31; .*use"):
            ask(day)


@pytest.mark.parametrize(
    "wrong", [datetime.fromisoformat("2024-05-06"), "2024-05-06", 20240506, None]
)
@pytest.mark.parametrize(
    ("name", "ask"),
    [
        ("day", is_workday),
        ("day", holiday_name),
        ("day", notice_for),
        ("start", lambda day: add_workdays(day, 1)),
        ("start", lambda day: workdays_between(day, LAST)),
        ("end", lambda day: workdays_between(FIRST, day)),
    ],
)
def test_only_a_date_is_a_day(name: str, ask: Any, wrong: object) -> None:
    with pytest.raises(WrongType, match=re.escape(f"{name}: expected a datetime.date")):
        ask(wrong)


@pytest.mark.parametrize("n", [0, -1])
def test_n_is_one_or_more(n: int) -> None:
    with pytest.raises(InvalidInput, match=f"^n: expected 1 or more working days, got {n}$"):
        add_workdays(date(2024, 5, 6), n)
    assert add_workdays(date(2024, 5, 6), 1) == date(2024, 5, 7)


@pytest.mark.parametrize("n", [True, 1.0, "1", None])
def test_n_is_an_int(n: Any) -> None:
    with pytest.raises(WrongType, match="n: expected an int, got"):
        add_workdays(date(2024, 5, 6), n)


@pytest.mark.parametrize(
    ("start", "n", "result"),
    [
        (date(2024, 4, 30), 1, date(2024, 5, 6)),  # over 1-5 May
        (date(2024, 5, 6), 5, date(2024, 5, 11)),  # Saturday 11 May is worked
        (date(2024, 5, 4), 1, date(2024, 5, 6)),  # from a day off
        (FIRST, 1, date(2004, 1, 2)),
    ],
)
def test_add_workdays(start: date, n: int, result: date) -> None:
    assert add_workdays(start, n) == result


def test_add_workdays_stays_inside() -> None:
    assert add_workdays(date(2026, 12, 30), 1) == LAST
    for start, n in [(date(2026, 12, 30), 2), (LAST, 1), (FIRST, 10_000)]:
        with pytest.raises(OutsideCoverage, match=f"working day {n} after {start}: .*2026-12-31"):
            add_workdays(start, n)
    for start in (FIRST - DAY, END):
        with pytest.raises(OutsideCoverage, match=f"start {start}: "):
            add_workdays(start, 1)


def test_workdays_between_bounds() -> None:
    assert workdays_between(FIRST, END) == sum(map(is_workday, DAYS))
    assert workdays_between(END, END) == workdays_between(FIRST, FIRST) == 0
    assert workdays_between(LAST, END) == 1
    with pytest.raises(OutsideCoverage, match=f"start {FIRST - DAY}: "):
        workdays_between(FIRST - DAY, END)
    with pytest.raises(OutsideCoverage, match=f"end {END + DAY}: "):
        workdays_between(FIRST, END + DAY)
    with pytest.raises(InvalidInput, match=r"^end: expected 2024-05-07 or later, got 2024-05-06$"):
        workdays_between(date(2024, 5, 7), date(2024, 5, 6))


@given(covered, st.integers(1, 600))
def test_adding_and_counting_agree(start: date, n: int) -> None:
    left = sum(map(is_workday, DAYS[DAYS.index(start) + 1 :]))
    if n > left:
        with pytest.raises(OutsideCoverage):
            add_workdays(start, n)
        return
    result = add_workdays(start, n)
    assert result > start
    assert is_workday(result)
    assert workdays_between(start + DAY, result + DAY) == n


@given(covered, covered)
def test_counting_is_counting(a: date, b: date) -> None:
    start, end = sorted((a, b))
    days = DAYS[DAYS.index(start) : DAYS.index(end)]
    assert workdays_between(start, end) == sum(map(is_workday, days))


@given(covered, st.integers(1, 300), st.integers(1, 300))
def test_terms_add_up(start: date, n: int, m: int) -> None:
    if n + m <= workdays_between(start + DAY, END):
        assert add_workdays(add_workdays(start, n), m) == add_workdays(start, n + m)


# --- notices of one's own -------------------------------------------------------------------------

OWN = """
[[annual]]
years = [2027]
title = "关于2027年部分节假日安排的通知"
source = "invented for this test"
work = ["2027-02-14"]
[annual.off]
"元旦" = ["2027-01-01..2027-01-03"]
"春节" = ["2027-02-06..2027-02-12"]
"""


def own(tmp_path: Path, text: str = OWN) -> workdays.Calendar:
    path = tmp_path / "own.toml"
    path.write_text(text, "utf-8")
    return workdays.Calendar.load(path)


def test_a_notice_of_ones_own_carries_the_calendar_on(tmp_path: Path) -> None:
    calendar = own(tmp_path)
    assert (calendar.first, calendar.end) == (FIRST, date(2028, 1, 1))
    assert not is_workday(date(2027, 1, 1), calendar=calendar)
    assert is_workday(date(2027, 2, 14), calendar=calendar)
    assert holiday_name(date(2027, 2, 8), calendar=calendar) == "春节"
    assert notice_for(date(2027, 5, 5), calendar=calendar).years == (2027,)
    assert add_workdays(date(2026, 12, 31), 1, calendar=calendar) == date(2027, 1, 4)
    assert workdays_between(END, date(2027, 1, 8), calendar=calendar) == 4
    with pytest.raises(OutsideCoverage, match=r"2027-12-31; .* such as 2028: .*Calendar\.load"):
        is_workday(date(2028, 1, 3), calendar=calendar)
    with pytest.raises(OutsideCoverage):  # nothing is registered for the process
        is_workday(date(2027, 1, 1))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("years = [2027]", "years = [2028]", "annual: the notice for 2027 is left out"),
        ("years = [2027]", 'years = "2027"', r"annual\[0\]\.years: expected a list of years"),
        ("years = [2027]", "", r"annual\[0\]\.years: is required"),
        ("2027-02-14", "2027-02-30", r"annual\[0\]\.work\[0\]: expected a day"),
        (
            "2027-01-01..2027-01-03",
            "2027-01-03..2027-01-01",
            r"annual\[0\]\.off\.元旦\[0\]: expected",
        ),
        ('["2027-02-14"]', '"2027-02-14"', r"annual\[0\]\.work: expected a list of days"),
        ("title", "titel", r"annual\[0\]\.titel: unknown"),
        ("[[annual]]", "[[yearly]]", "yearly: expected"),
        ("[[annual]]", "[[annual]", "is not TOML"),
    ],
)
def test_faults_of_a_notice(tmp_path: Path, old: str, new: str, fault: str) -> None:
    with pytest.raises(InvalidInput, match=f"own.toml.*{fault}"):
        own(tmp_path, OWN.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("2027-01-01..2027-01-03", "20270101", "annual[0].off.元旦[0]: expected a day such as"),
        ("2027-01-01..2027-01-03", "2027-W01-1", "annual[0].off.元旦[0]: expected a day such as"),
        ("2027-01-01..2027-01-03", "2028-06-01", "2028-06-01 is not in the years of the notice"),
        ("2027-02-20", "2027-01-02", "annual[0].work: 2027-01-02 is among the days off too"),
        ("2027-02-20", "2027-02-22", "annual[0].work: 2027-02-22 is no Saturday or Sunday"),
    ],
)
def test_a_notice_that_contradicts_itself(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        own(tmp_path, PLAIN.replace(old, new))
    assert said in str(caught.value)


def test_two_notices_for_one_year(tmp_path: Path) -> None:
    with pytest.raises(
        InvalidInput, match=r"annual\[1\].years: another row is the notice for 2027"
    ):
        own(tmp_path, PLAIN + PLAIN)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a = " + b"[" * 20_000 + b"]" * 20_000, "nests deeper than 64 levels"),
        (b"a = " + b"9" * 5000, "is not TOML"),
        (b"a." * 20_000 + b"b = 1", "more than 64 levels"),
        ("# 元旦".encode("gb18030"), "is text in GBK"),
    ],
)
def test_files_of_notices_are_read_within_bounds(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(data)
    with pytest.raises(InvalidInput, match=f"own.toml: .*{said}"):
        workdays.Calendar.load(path)


PLAIN = """[[annual]]
years = [2027]
title = "t"
source = "s"
work = ["2027-02-20"]
[annual.off]
"元旦" = ["2027-01-01..2027-01-03"]
"""
