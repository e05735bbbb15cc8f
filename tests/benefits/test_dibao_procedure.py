"""The procedure of dibao on both sides of every regime: clocks, reviews, payments, duties, death."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from dibao_cases import local, row
from hypothesis import given
from hypothesis import strategies as st

from minzheng.base.dates import add_months
from minzheng.base.workdays import is_workday
from minzheng.benefits.procedures import (
    Act,
    AfterDeath,
    Deadlines,
    Events,
    HouseholdClass,
    PaidAfter,
    Rhythm,
    after_death,
    deadlines,
    duties,
    next_review,
    payments,
)
from minzheng.errors import FigureNotFound, InvalidInput, NotFound
from minzheng.people import Residence
from minzheng.standards import Standards, Unit

DAY = timedelta(days=1)
AREA = "130822"
NO_HEBEI = "110105"  # Beijing states nothing of its own
L4, L2, L3 = date(2012, 12, 12), date(2014, 5, 1), date(2021, 7, 1)
HEBEI, L8, L1 = date(2020, 11, 5), date(2022, 10, 20), date(2026, 7, 1)
WORKING, CALENDAR, MONTHS = Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.MONTHS
EVENTS = (
    "accepted",
    "surveyed",
    "check_requested",
    "posted",
    "received",
    "county_posted",
    "objected",
    "decided",
)


def dibao(
    accepted: date, area: str = AREA, residence: Residence | None = None, **about: Any
) -> Deadlines:
    """The time limits of an application; days by the names of their events."""
    facts = {name: about.pop(name) for name in ("delegated", "special") if name in about}
    events = Events(accepted=accepted, **about)
    return deadlines("dibao", area, events=events, residence=residence, **facts)


def lengths(on: date, **facts: Any) -> dict[str, tuple[int, Unit]]:
    """How long each step may take when everything happens on one day."""
    events = Events(**dict.fromkeys(EVENTS, on))
    told = deadlines("dibao", NO_HEBEI, events=events, residence=Residence.RURAL, **facts)
    return {each.name: (each.length, each.unit) for each in told}


OLD_STEPS = {
    "survey": (10, WORKING),
    "review": (5, WORKING),
    "publicity": (7, CALENDAR),
    "county_opinion": (5, WORKING),
    "county_publicity": (7, CALENDAR),
    "approval": (3, WORKING),
    "objection_decision": (20, WORKING),
    "refusal_notice": (3, CALENDAR),
}
NEW_STEPS = {
    "survey_start": (3, WORKING),
    "data_check_start": (3, WORKING),
    "publicity": (7, CALENDAR),
    "county_opinion": (10, WORKING),
    "refusal_notice": (3, WORKING),
    "total": (30, WORKING),
    "total_special": (45, WORKING),
}
DELEGATED = {**NEW_STEPS, "total_delegated": (20, WORKING)}


@pytest.mark.parametrize(
    ("on", "steps"),
    [
        (L4 - DAY, {}),
        (L4, OLD_STEPS),
        (date(2021, 6, 23), OLD_STEPS),
        # the county's publicity of that day ends under the measures of 2021, which know no approval
        (L3 - DAY, {name: each for name, each in OLD_STEPS.items() if name != "approval"}),
        (L3, NEW_STEPS),
        (L8 - DAY, NEW_STEPS),
        (L8, DELEGATED),
        (L1 - DAY, DELEGATED),
        (L1, DELEGATED),  # the law states no time limits; the measures of 2021 stay
    ],
)
def test_the_time_limits_of_each_regime(on: date, steps: dict[str, tuple[int, Unit]]) -> None:
    assert lengths(on) == steps


@pytest.mark.parametrize(
    ("delegated", "special", "totals"),
    [
        (None, None, ["total", "total_delegated", "total_special"]),
        (False, False, ["total"]),
        (True, False, ["total_delegated"]),
        (False, None, ["total", "total_special"]),
        (True, None, ["total_delegated", "total_special"]),
        (None, False, ["total", "total_delegated"]),
        (None, True, ["total_special"]),
        (True, True, ["total_special"]),
    ],
)
def test_which_total_applies(
    delegated: bool | None, special: bool | None, totals: list[str]
) -> None:
    told = lengths(L8, delegated=delegated, special=special)
    assert [name for name in told if name.startswith("total")] == totals


def test_a_delegated_power_shortens_nothing_before_the_notice_of_2022() -> None:
    before = lengths(L8 - DAY, delegated=True, special=False)
    assert (before["total"], "total_delegated" in before) == ((30, WORKING), False)


def test_the_law_of_the_day_of_each_event() -> None:
    told = dibao(L3 - DAY, received=L3, decided=L3 - DAY)
    assert told["survey"].length == 10
    assert told["county_opinion"].length == 10
    assert (told["refusal_notice"].length, told["refusal_notice"].unit) == (3, CALENDAR)
    assert [each.name for each in told.silent if each.name.startswith("total")] == ["total"]


@pytest.mark.parametrize(
    ("residence", "told"), [(Residence.RURAL, False), (Residence.URBAN, True), (None, True)]
)
def test_thirty_days_in_towns(residence: Residence | None, told: bool) -> None:
    for on in (L4, L3, L1):
        limits = dibao(on, NO_HEBEI, residence, applied=on)
        assert ("total_urban" in [each.name for each in limits]) is told
        if told:
            total = limits["total_urban"]
            assert (total.unit, total.due) == (CALENDAR, on + 30 * DAY)
    assert len(dibao(L4 - DAY, NO_HEBEI, applied=L4 - DAY)) == 0
    with pytest.raises(InvalidInput, match="accepted"):
        Events(accepted=L3, applied=L3 + DAY)


def test_publicity_runs_in_calendar_days_and_its_end_starts_the_approval() -> None:
    told = dibao(date(2020, 9, 1), county_posted=date(2020, 9, 25))
    assert told["county_publicity"].due == date(2020, 10, 2)  # within the holidays
    assert told["approval"].start == date(2020, 10, 2)
    assert told["approval"].due == date(2020, 10, 12)  # 9, 10 (worked) and 12 October
    assert told["approval"].citation.text("en").endswith("art. 29, para. 2")


def test_events_before_the_acceptance_are_refused_together() -> None:
    with pytest.raises(InvalidInput) as caught:
        Events(accepted=L3, posted=L3 - DAY, decided=L3 - DAY, received=L3)
    assert [fault.path for fault in caught.value.faults] == ["posted", "decided"]


def test_beyond_the_working_days_held_the_total_is_not_estimated() -> None:
    told = dibao(date(2026, 12, 1), delegated=False, special=False)
    assert told["total"].due is None
    assert told["survey_start"].due == date(2026, 12, 4)
    assert "2026-12-31" in told["total"].outside


def test_zhejiang_and_chongqing_state_their_own() -> None:
    told = dibao(date(2020, 9, 24), "330106", received=date(2020, 9, 24))
    assert (told["survey"].length, told["county_opinion"].length) == (15, 5)
    before = dibao(date(2020, 9, 23), "330106")
    assert before["survey"].length == 10
    chongqing = dibao(date(2016, 5, 1), "500103", delegated=False, special=False)
    assert (chongqing["total"].length, chongqing["total"].unit) == (30, CALENDAR)
    (payment,) = payments("500103", date(2016, 5, 20), 1)
    assert payment.first == date(2016, 5, 1)


def test_both_languages_name_every_step() -> None:
    told = dibao(L8)
    english, chinese = told.explain("en"), told.explain("zh_CN")
    assert len(english.splitlines()) == len(chinese.splitlines()) == len(told) + len(told.silent)
    assert "whole procedure to be completed, where the township decides: 20 working days" in english
    assert "审核确认" in chinese
    assert not any(line.isascii() for line in chinese.splitlines())


@given(st.dates(L4, date(2026, 8, 31)), st.booleans())
def test_every_last_day_in_working_days_is_worked(accepted: date, special: bool) -> None:
    told = dibao(accepted, delegated=False, special=special)
    for each in told:
        if each.due is not None and each.unit is WORKING:
            assert each.due > accepted
            assert is_workday(each.due)


# --- reviews


@pytest.mark.parametrize(
    ("on", "household", "residence", "months"),
    [
        (L4, "severe_unchanged", "urban", 12),
        (L4, "stable", "rural", 6),
        (L4, "irregular", "urban", 1),
        (L4, "irregular", "rural", 3),
        (L3 - DAY, "irregular", "urban", 1),
        (L3 - DAY, "irregular", "rural", 3),
        (L3 - DAY, "stable", "urban", 6),
        (L3, "irregular", "urban", 6),
        (L3, "irregular", "rural", 6),
        (L3, "stable", "urban", 12),
        (L3, "severe_unchanged", "urban", 12),
        (L1, "stable", "rural", 12),
    ],
)
def test_the_interval_of_reviews(on: date, household: str, residence: str, months: int) -> None:
    kind, where = HouseholdClass(household), Residence[residence.upper()]
    told = next_review("dibao", NO_HEBEI, on, household=kind, residence=where)
    assert (told.length, told.unit) == (months, MONTHS)
    assert told.due == add_months(on, months)


def test_hebei_changed_its_reviews_before_the_nation() -> None:
    for on, months in ((HEBEI - DAY, 3), (HEBEI, 6), (L3 - DAY, 6), (L3, 6)):
        kind = HouseholdClass.IRREGULAR
        told = next_review("dibao", AREA, on, household=kind, residence=Residence.RURAL)
        assert told.length == months
    assert "art. 31" in told.citation.text("en")


def test_before_2012_no_interval_is_held() -> None:
    with pytest.raises(FigureNotFound, match=r"dibao\.review\.months"):
        next_review(
            "dibao",
            NO_HEBEI,
            L4 - DAY,
            household=HouseholdClass.STABLE,
            residence=Residence.URBAN,
        )


# --- payments


def test_paid_from_the_next_month_by_the_tenth_until_2021() -> None:
    told = payments(AREA, date(2020, 12, 31), 8)
    assert [each.first for each in told[:2]] == [date(2021, 1, 1), date(2021, 2, 1)]
    assert [each.due for each in told[-3:]] == [date(2021, 6, 10), None, None]
    assert told[0].basis is not None
    assert told[0].basis.text("en").endswith("art. 31")
    assert told[-1].basis is None


def test_a_quarter_that_had_begun_has_no_day_left() -> None:
    told = payments(AREA, date(2020, 7, 24), 3, rhythm=Rhythm.QUARTERLY)
    assert [(each.first.month, each.last.month, each.due) for each in told] == [
        (8, 9, None),
        (10, 12, date(2020, 10, 10)),
        (1, 3, date(2021, 1, 10)),
    ]


def test_a_count_below_one_is_refused() -> None:
    with pytest.raises(InvalidInput, match="count"):
        payments(AREA, L3, 0)


@given(st.dates(L4, L1), st.integers(1, 12), st.sampled_from(Rhythm))
def test_payments_leave_out_no_month(on: date, count: int, rhythm: Rhythm) -> None:
    told = payments(AREA, on, count, rhythm=rhythm)
    assert len(told) == count
    assert told[0].first > on
    for one, next_ in pairwise(told):
        assert add_months(one.last, 1) == next_.first


# --- duties


def owed(act: Act, on: date, benefit: str = "dibao", **about: Any) -> dict[str, str]:
    told = duties(benefit, AREA, act, on=on, **about)
    return {each.name: each.citation.text("en").split(", art")[0] for each in told}


TOLD = ["in_writing", "reasons"]


@pytest.mark.parametrize(
    ("act", "on", "names"),
    [
        (Act.STOP, L4, []),
        (Act.STOP, L2 - DAY, []),
        (Act.STOP, L2, TOLD),
        (Act.STOP, L1 - DAY, TOLD),
        (Act.STOP, L1, ["hear", *TOLD]),
        (Act.REDUCE, L3 - DAY, []),
        (Act.REDUCE, L3, ["tell", "reasons"]),
        (Act.REDUCE, L1 - DAY, ["tell", "reasons"]),
        (Act.REDUCE, L1, ["hear", *TOLD]),
        (Act.REFUSE, L4 - DAY, []),
        (Act.REFUSE, L4, TOLD),
        (Act.REFUSE, L3, TOLD),
        (Act.REFUSE, L1, TOLD),
        (Act.GRANT, L4, ["publicity"]),
        (Act.GRANT, L2, ["publicity", "publish"]),
        (Act.GRANT, L1, ["publicity", "publish"]),
    ],
)
def test_what_is_owed(act: Act, on: date, names: list[str]) -> None:
    assert list(owed(act, on)) == names


def test_from_2026_the_law_itself_asks_for_what_measures_asked_before() -> None:
    before, after = owed(Act.REFUSE, L1 - DAY), owed(Act.REFUSE, L1)
    assert set(before.values()) == {
        "Measures for the Review and Confirmation of the Minimum Living Guarantee"
    }
    assert set(after.values()) == {"Social Assistance Law"}
    granted = owed(Act.GRANT, L1)
    assert granted["publish"] == "Social Assistance Law"
    assert granted["publicity"] != "Social Assistance Law"


def test_of_tekun() -> None:
    assert list(owed(Act.STOP, L3 - DAY, "tekun")) == ["publish"]  # 终止供养并予以公示
    assert list(owed(Act.STOP, L3, "tekun")) == ["publicity", *TOLD]
    assert list(owed(Act.STOP, L1, "tekun")) == ["publicity", "hear", *TOLD]
    assert list(owed(Act.REDUCE, L1 - DAY, "tekun")) == []
    assert list(owed(Act.REDUCE, L1, "tekun")) == ["hear", *TOLD]


def test_of_another_benefit_only_the_law_of_2026_is_held() -> None:
    assert owed(Act.STOP, L1 - DAY, "temporary_assistance") == {}
    assert list(owed(Act.STOP, L1, "temporary_assistance")) == ["hear", *TOLD]
    with pytest.raises(NotFound, match="did you mean 'tekun'"):
        owed(Act.STOP, L1, "tekum")


def test_a_duty_is_told_in_both_languages() -> None:
    hear = duties("dibao", AREA, Act.STOP, on=L1)[0]
    assert hear.explain("en") == (
        "Hear the person before the decision. (basis: Social Assistance Law, art. 48)"
    )
    assert "听取" in hear.explain("zh_CN")
    assert "第四十八条" in hear.explain("zh_CN")


# --- death


def after(died: date, *paid: date, alone: bool | None = False) -> AfterDeath:
    return after_death(AREA, died, alone=alone, paid_on=paid)


@pytest.mark.parametrize(
    ("died", "last"),
    [
        (L8 - DAY, None),
        (L8, date(2023, 1, 20)),
        (date(2022, 11, 30), date(2023, 2, 28)),
        (L1, date(2026, 10, 1)),
    ],
)
def test_three_months_to_settle_since_2022(died: date, last: date | None) -> None:
    clock = after(died).settle_by
    assert (None if clock is None else clock.due) == last


def test_payments_before_within_and_after_the_clock() -> None:
    days = (L8, L8 + DAY, date(2023, 1, 20), date(2023, 1, 21))
    assert [how for _day, how in after(L8, *days).payments] == [
        PaidAfter.BEFORE,
        PaidAfter.TO_SETTLE,
        PaidAfter.TO_SETTLE,
        PaidAfter.LATE,
    ]
    assert after(L8 - DAY, L8).payments == ((L8, PaidAfter.NO_CLOCK),)


@pytest.mark.parametrize(
    ("alone", "english", "chinese"),
    [
        (True, "its payment stops", "停发"),
        (False, "worked out anew", "重新核定"),
        (None, "hangs on who else is there", "取决于"),
    ],
)
def test_what_stops(alone: bool | None, english: str, chinese: str) -> None:
    told = after(L8, L8 + DAY, date(2023, 6, 1), alone=alone)
    assert english in told.explain("en").splitlines()[0]
    assert chinese in told.explain("zh_CN").splitlines()[0]
    assert len(told.explain("en").splitlines()) == 4
    assert "已超过办结期限" in told.explain("zh_CN")


@given(st.dates(L8, date(2026, 1, 1)), st.integers(0, 400))
def test_a_later_payment_never_stands_better(died: date, days: int) -> None:
    paid = died + timedelta(days=days)
    (_, one), (_, next_) = after(died, paid, paid + DAY).payments
    assert one <= next_


def test_a_county_can_set_a_clock_of_its_own() -> None:
    table: Standards = local(row("dibao.deadline.months", 1, keys={"step": "death_settlement"}))
    told = after_death(AREA, L8 - DAY, alone=True, standards=table)
    assert told.settle_by is not None
    assert told.settle_by.due == date(2022, 11, 19)
