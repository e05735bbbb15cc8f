"""Evaluation grades: five years, and the calendar years of the measures of 2026."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minzheng.errors import NotFound
from minzheng.organizations import Answer, lockout_until, may_reapply, validity
from minzheng.organizations.evaluation import After
from minzheng.standards import Standards

DAY = timedelta(days=1)
NEW = date(2026, 3, 1)
YES, NO, OPEN, NO_RULE = Answer


@pytest.mark.parametrize(
    ("announced", "start", "last"),
    [
        (date(2011, 3, 1), date(2011, 3, 1), date(2016, 3, 1)),
        (date(2020, 7, 24), date(2020, 7, 24), date(2025, 7, 24)),
        (date(2020, 2, 29), date(2020, 2, 29), date(2025, 2, 28)),
        (NEW - DAY, NEW - DAY, date(2031, 2, 28)),
        (NEW, date(2027, 1, 1), date(2031, 12, 31)),
        (date(2026, 12, 31), date(2027, 1, 1), date(2031, 12, 31)),
        (date(2027, 1, 1), date(2028, 1, 1), date(2032, 12, 31)),
    ],
)
def test_how_long_a_grade_is_valid(announced: date, start: date, last: date) -> None:
    found = validity(announced)
    assert (found.start, found.last_day) == (start, last)
    assert not found.valid(start - DAY)
    assert found.valid(start)
    assert found.valid(last)
    assert not found.valid(last + DAY)


def test_before_the_measures_of_2010_nothing_is_held() -> None:
    with pytest.raises(NotFound, match="evaluation grade"):
        validity(date(2011, 2, 28))


@given(st.dates(NEW, date(2090, 1, 1)))
def test_from_2026_on_a_grade_lasts_five_calendar_years(announced: date) -> None:
    found = validity(announced)
    assert (found.start.month, found.start.day) == (1, 1)
    assert (found.last_day.month, found.last_day.day) == (12, 31)
    assert found.start.year == announced.year + 1
    assert found.last_day.year == announced.year + 5


@given(st.dates(date(2011, 3, 1), date(2090, 1, 1)), st.dates(date(2011, 3, 1), date(2090, 1, 1)))
def test_a_later_announcement_never_ends_earlier(one: date, other: date) -> None:
    first, second = sorted((one, other))
    assert validity(first).last_day <= validity(second).last_day


@pytest.mark.parametrize(
    ("announced", "on", "answer"),
    [
        (date(2015, 7, 24), date(2018, 7, 23), NO),
        (date(2015, 7, 24), date(2018, 7, 24), YES),
        (date(2015, 7, 24), date(2020, 7, 24), YES),
        (date(2015, 7, 24), date(2020, 7, 25), YES),  # expired
        (date(2022, 7, 24), NEW - DAY, YES),
        (date(2022, 7, 24), NEW, OPEN),  # no rule of transition is held
        (date(2022, 7, 24), date(2027, 7, 24), OPEN),
        (date(2022, 7, 24), date(2027, 7, 25), YES),
        (NEW, date(2026, 12, 31), NO),
        (NEW, date(2027, 1, 1), YES),
        (NEW, date(2030, 12, 31), YES),
        (NEW, date(2031, 1, 1), NO),
        (NEW, date(2031, 12, 31), NO),
        (NEW, date(2032, 1, 1), YES),
    ],
)
def test_when_a_new_grade_may_be_applied_for(announced: date, on: date, answer: Answer) -> None:
    found = may_reapply(announced, on)
    assert found.answer is answer
    assert found.citations[0].instrument_id == (
        "evaluation-measures-2026" if on >= NEW else "evaluation-measures-2010"
    )


def test_after_a_lowering_two_years_and_after_a_cancellation_three() -> None:
    day = date(2020, 7, 24)
    assert lockout_until(After.DOWNGRADE, day) == date(2022, 7, 24)
    assert lockout_until(After.CANCELLATION, day) == date(2023, 7, 24)
    for after in After:
        assert lockout_until(after, NEW - DAY) > NEW
        with pytest.raises(NotFound, match="without an application"):
            lockout_until(after, NEW)


def test_the_words() -> None:
    assert validity(NEW).explain("zh_CN") == (
        "评估等级于2026年3月1日公布，有效期自2027年1月1日至2031年12月31日"
        "（依据：《社会组织评估管理办法》（2026年施行））"
    )
    assert "Measures for the Evaluation of Social Organisations (2010)" in (
        validity(NEW - DAY).explain("en")
    )


@pytest.mark.parametrize(
    ("on", "answer", "simpler"),
    [
        (date(2026, 12, 31), NO, False),
        (date(2027, 1, 1), YES, True),
        (date(2028, 12, 31), YES, True),  # 前2年内申请重新评估的，可以适当简化实地评估
        (date(2029, 1, 1), YES, False),
        (date(2030, 12, 31), YES, False),  # 前4年内可以申请重新评估
        (date(2031, 1, 1), NO, False),
    ],
)
def test_in_the_first_two_years_the_visit_may_be_simplified(
    on: date, answer: Answer, simpler: bool
) -> None:
    found = may_reapply(NEW, on)
    assert found.answer is answer
    assert bool(found.then) is simpler
    if simpler:
        assert "可以适当简化实地评估" in found.explain("zh_CN")


def test_the_articles_of_order_39() -> None:
    on = date(2020, 7, 24)
    held = Standards.bundled()

    def cited(series: str, **keys: Any) -> str:
        found = held.get(f"organization.evaluation.{series}", "000000", on, **keys)
        assert found is not None
        assert found.figure.citation is not None
        return found.figure.citation.text("zh_CN").split("》")[1]

    # 社会组织评估等级有效期为5年
    assert cited("validity") == "（2011年施行）第二十八条第一款"
    # 评估等级有效期满前2年，社会组织可以申请重新评估
    assert cited("reapply_before_end") == "（2011年施行）第二十九条第一款"
    # 被降低评估等级的……2年内不得提出评估申请，被取消评估等级的……3年内不得提出评估申请
    assert {cited("lockout", after=after.value) for after in After} == {"（2011年施行）第三十一条"}
