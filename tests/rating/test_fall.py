"""Grades that fall before their end: grounds, consequences, and what is not known."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minzheng.base.i18n import LANGUAGES
from minzheng.errors import InvalidInput
from minzheng.rating.award import Application, HeldGrade, award, award_rules
from minzheng.rating.fall import Event, Fall, FallOutcome, fall

OLD, NEW = (award_rules(f"social-organisations-{year}") for year in (2010, 2026))
HELD = HeldGrade("4A", date(2018, 6, 1), date(2023, 6, 1))
SOUND = dict.fromkeys((each.fact for each in OLD.bars), False)
DAY = date(2020, 5, 1)


def fallen(on: date = DAY, ground: str = "penalty", **known: Any) -> Fall:
    return fall(OLD, HELD, Event(ground, on, **known))


@pytest.mark.parametrize("ground", OLD.grounds)
def test_every_ground_of_order_39_lowers_or_cancels(ground: str) -> None:
    received = date(2020, 5, 8)
    lowered = fallen(ground=ground, serious=False, to="2A", received_on=received)
    assert (lowered.outcome, lowered.grade) == (FallOutcome.LOWERED, "2A")
    assert (lowered.return_by, lowered.apply_from) == (date(2020, 5, 23), date(2022, 5, 2))
    cancelled = fallen(ground=ground, serious=True, received_on=received)
    assert (cancelled.outcome, cancelled.grade) == (FallOutcome.CANCELLED, None)
    assert (cancelled.return_by, cancelled.apply_from) == (date(2020, 5, 23), date(2023, 5, 2))
    assert lowered.lacks == cancelled.lacks == ()


def test_the_plaque_is_due_from_the_day_of_receipt_and_not_without_it() -> None:
    # 第三十三条 ……须在收到通知书之日起15日内将原评估等级证书、牌匾退回民政部门
    found = fallen(serious=True)
    assert (found.outcome, found.return_by) == (FallOutcome.CANCELLED, None)
    assert found.lacks == ("event.received_on",)
    assert fallen(serious=True, received_on=DAY).return_by == date(2020, 5, 16)
    with pytest.raises(InvalidInput, match="received_on"):
        fallen(serious=True, received_on=date(2020, 4, 30))


@pytest.mark.parametrize(
    ("known", "lacks"),
    [
        ({}, ("event.serious",)),
        ({"to": "3A"}, ("event.serious",)),
        ({"serious": False}, ("event.to",)),
    ],
)
def test_what_the_authority_did_not_say_is_not_guessed(
    known: dict[str, Any], lacks: tuple[str, ...]
) -> None:
    found = fallen(**known)
    assert (found.outcome, found.grade, found.lacks) == (FallOutcome.UNDETERMINED, None, lacks)
    assert (found.return_by, found.apply_from) == (None, None)


def test_where_no_ground_is_held_it_stays_open() -> None:
    held = HeldGrade("4A", date(2027, 1, 1), date(2032, 1, 1))
    found = fall(NEW, held, Event("penalty", date(2027, 5, 1), serious=True))
    assert (found.outcome, found.lacks) == (FallOutcome.UNDETERMINED, ("rules.grounds",))


@pytest.mark.parametrize(
    ("on", "outcome"),
    [
        (date(2018, 5, 31), FallOutcome.NOTHING),
        (date(2018, 6, 1), FallOutcome.CANCELLED),
        (date(2023, 5, 31), FallOutcome.CANCELLED),
        (date(2023, 6, 1), FallOutcome.NOTHING),
    ],
)
def test_only_a_grade_that_is_held_can_fall(on: date, outcome: FallOutcome) -> None:
    assert fallen(on, serious=True).outcome is outcome


def test_order_39_ends_with_february_2026() -> None:
    held = HeldGrade("4A", date(2024, 6, 1), date(2029, 6, 1))
    last = fall(OLD, held, Event("penalty", date(2026, 2, 28), serious=True))
    assert last.outcome is FallOutcome.CANCELLED
    with pytest.raises(InvalidInput, match=r"event\.on"):
        fall(OLD, held, Event("penalty", date(2026, 3, 1), serious=True))


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(InvalidInput) as error:
        fall(OLD, HeldGrade("5", DAY, DAY), Event("fraud", date(2009, 1, 1), to="6A"))
    assert {each.path for each in error.value.faults} == {
        "held.grade",
        "event.ground",
        "event.on",
        "event.to",
    }
    for to in ("4A", "5A"):
        with pytest.raises(InvalidInput, match="expected a grade below 4A"):
            fallen(serious=False, to=to)
    with pytest.raises(InvalidInput, match="cancelled is not lowered"):
        fallen(serious=True, to="3A")


@given(
    st.dates(date(2018, 6, 1), date(2022, 12, 31)),
    st.booleans(),
    st.integers(0, 1200),
)
def test_the_next_application_waits_as_the_fall_says(on: date, serious: bool, later: int) -> None:
    found = fallen(on, serious=serious, to=None if serious else "3A")
    assert found.apply_from is not None
    asked = Application(
        "2A", date.fromordinal(on.toordinal() + later), date(2010, 1, 1), facts=SOUND
    )
    reasons = {each.code for each in award(OLD, found.then(asked), "2A").reasons}
    barred = bool(reasons & {"after_downgrade", "after_cancellation"})
    in_force = asked.on < date(2026, 3, 1)
    assert barred == (asked.on < found.apply_from)
    assert ("not_in_force" in reasons) is not in_force


def test_nothing_follows_from_what_is_open() -> None:
    asked = Application("2A", DAY, facts=SOUND)
    assert fallen().then(asked) == asked


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fall_is_explained(language: str) -> None:
    told = [
        fallen(**known).explain(language)
        for known in ({"serious": True}, {"serious": False, "to": "3A"}, {})
    ]
    told.append(fallen(date(2023, 6, 1), serious=True).explain(language))
    assert [len(each.splitlines()) for each in told] == [5, 5, 4, 3]
    if language == "zh_CN":
        assert told[1].splitlines()[1] == "2020年5月1日，4A降低为3A。"
