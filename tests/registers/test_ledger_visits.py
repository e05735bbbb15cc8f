"""Visits: due days by risk, major events, who is overdue, the monthly rate."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from ledger_people import NAME, number

from minzheng.base import areas
from minzheng.registers.ledgers import Elder, Event, Risk, Visit, due, overdue, visit_rate
from minzheng.standards import Standards, load

ORACLES = Path(__file__).parents[1] / "oracles" / "welfare.toml"
CASES: list[dict[str, Any]] = [
    case
    for case in tomllib.loads(ORACLES.read_text("utf-8"))["case"]
    if case["id"].startswith("welfare-15")
]
PLACE = "150102"
ON = date(2023, 3, 1)
DAY = timedelta(days=1)
ELDER = Elder(name=NAME, id="7", area=PLACE, risk=Risk.KEY, since=date(2022, 7, 1))


def visit(on: date, person: str = "7", clock: str | None = None) -> Visit:
    return Visit(person=person, on=on, clock=clock)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_rule_of_inner_mongolia(case: dict[str, Any]) -> None:
    given, expected = case["inputs"], case["expected"]
    (area,) = areas.search(given["area"], ON)
    tables = Standards.bundled()
    every = tables.find("visits.every", area.code, ON, risk=given["risk"])
    assert every.value == expected["at_least_every"]
    assert every.figure.source.where in case["source"]
    hours = tables.get("visits.event_hours", area.code, ON, risk=given["risk"])
    assert (hours and hours.value) == expected.get("within_hours_of_major_event")


def test_the_three_oracles_are_there() -> None:
    assert len(CASES) == 3


@pytest.mark.parametrize(
    ("risk", "last", "day"),
    [
        (Risk.HIGH, date(2023, 1, 31), date(2023, 2, 7)),
        (Risk.HIGH, date(2023, 2, 26), date(2023, 3, 5)),
        (Risk.KEY, date(2023, 1, 31), date(2023, 2, 28)),
        (Risk.KEY, date(2024, 1, 31), date(2024, 2, 29)),
        (Risk.KEY, date(2023, 2, 28), date(2023, 3, 28)),
        (Risk.KEY, date(2022, 12, 15), date(2023, 1, 15)),
        (Risk.GENERAL, date(2022, 11, 30), date(2023, 2, 28)),
        (Risk.GENERAL, date(2023, 1, 31), date(2023, 4, 30)),
    ],
)
def test_the_next_day_by_risk_and_month_ends(risk: Risk, last: date, day: date) -> None:
    elder = evolve(ELDER, risk=risk)
    found = due(elder, [visit(last)], day)
    assert (found.last, found.day, found.overdue) == (last, day, False)
    assert due(elder, [visit(last)], day + DAY).overdue is True
    assert {each.figure.area for each in found.figures} == {"150000"}


def test_the_last_visit_counts_and_later_or_others_visits_do_not() -> None:
    made = [visit(date(2023, 2, 20)), visit(date(2023, 1, 2)), visit(ON + DAY), visit(ON, "8")]
    assert due(ELDER, made, ON).last == date(2023, 2, 20)


def test_a_visit_is_known_by_either_form_of_the_number() -> None:
    whole = number(date(1950, 3, 1), 12)
    elder = evolve(ELDER, resident_id=whole)
    for person in (whole, whole[:6] + whole[8:17], "7"):
        assert due(elder, [visit(ON, person)], ON).last == ON


def test_before_the_first_visit_the_period_runs_from_the_entry() -> None:
    elder = evolve(ELDER, since=date(2023, 1, 31))
    assert due(elder, [], ON).day == date(2023, 2, 28)
    unknown = due(evolve(elder, since=None), [], ON)
    assert (unknown.day, unknown.overdue) == (None, None)
    assert [each.path for each in unknown.missing] == ["since"]


def test_who_has_left_or_not_yet_come_is_not_due() -> None:
    absent: list[dict[str, Any]] = [{"exited": ON}, {"since": ON + DAY}]
    for facts in absent:
        found = due(evolve(ELDER, **facts), [visit(date(2022, 8, 1))], ON)
        assert (found.day, found.overdue) == (None, False)
    assert due(evolve(ELDER, exited=ON + DAY), [visit(date(2022, 8, 1))], ON).overdue is True


@pytest.mark.parametrize(
    ("facts", "path"),
    [({"risk": None}, "risk"), ({"area": None}, "area"), ({"area": "130802"}, "standards")],
)
def test_what_is_not_known_is_said_and_never_defaulted(facts: dict[str, Any], path: str) -> None:
    found = due(evolve(ELDER, **facts), [visit(date(2022, 8, 1))], ON)
    assert (found.day, found.overdue) == (None, None)
    assert [each.path for each in found.missing] == [path]


def test_a_code_that_nobody_bore_that_day_is_said() -> None:
    found = due(evolve(ELDER, area="130823"), [], ON)
    assert (found.overdue, [each.path for each in found.missing]) == (None, ["area"])
    assert "130823" in found.missing[0].message


def test_the_day_before_the_rule_nothing_is_held() -> None:
    first = date(2022, 6, 23)
    elder = evolve(ELDER, since=date(2022, 6, 1))
    assert due(elder, [], first - DAY).day is None
    assert due(elder, [], first).day == date(2022, 7, 1)


def test_a_place_states_a_rule_of_its_own() -> None:
    table = {
        "area": "130800",
        "name": "承德市",
        "sources": {
            "own": {
                "title": "市级探访制度",
                "where": "invented for this test",
                "grade": "official",
                "confidence": "confirmed",
            }
        },
        "figure": [
            {
                "series": "visits.every",
                "keys": {"risk": "key"},
                "value": "week",
                "from": date(2020, 7, 1),
                "source": "own",
            }
        ],
    }
    held = load.read(tomli_w.dumps(table), "own.toml")
    own = Standards.bundled() + Standards(load.catalogue().values(), held)
    elder = evolve(ELDER, area="130822", since=date(2020, 7, 1))
    assert due(elder, [], date(2020, 7, 24), own).day == date(2020, 7, 8)


@given(st.dates(date(2022, 7, 1), date(2030, 1, 1)), st.sampled_from(Risk))
def test_a_closer_risk_is_due_no_later_and_always_after_the_visit(last: date, risk: Risk) -> None:
    elder = evolve(ELDER, risk=risk)
    day = due(elder, [visit(last)], last).day
    assert day is not None
    assert day > last
    for lower in Risk:
        if lower >= risk:
            other = due(evolve(elder, risk=lower), [visit(last)], last).day
            assert other is not None
            assert other >= day


# --- major events ---------------------------------------------------------------------------------

HIGH = evolve(ELDER, risk=Risk.HIGH)
EVENT = Event(person="7", on=date(2023, 2, 28), clock="10:00")


@pytest.mark.parametrize(
    ("on", "clock", "met"),
    [
        (date(2023, 2, 28), "09:59", False),
        (date(2023, 2, 28), "10:00", True),
        (date(2023, 3, 1), "10:00", True),
        (date(2023, 3, 1), "10:01", False),
        (date(2023, 2, 28), None, None),
        (date(2023, 3, 1), None, None),
        (date(2023, 2, 27), None, False),
        (date(2023, 3, 2), None, False),
    ],
)
def test_a_visit_within_the_hours_after_an_event(on: date, clock: str | None, met: Any) -> None:
    (found,) = due(HIGH, [visit(on, clock=clock)], date(2023, 3, 3), events=[EVENT]).events
    assert found.by == datetime(2023, 3, 1, 10)  # noqa: DTZ001
    assert found.met is met


def test_before_the_hours_are_over_it_is_open() -> None:
    (open_,) = due(HIGH, [], date(2023, 3, 1), events=[EVENT]).events
    (over,) = due(HIGH, [], date(2023, 3, 2), events=[EVENT]).events
    assert (open_.met, over.met) == (None, False)


@pytest.mark.parametrize(
    ("on", "clock", "met"),
    [
        (date(2023, 2, 28), "00:00", None),
        (date(2023, 2, 28), "23:00", None),
        (date(2023, 3, 1), "00:00", True),
        (date(2023, 3, 1), "00:01", None),
        (date(2023, 3, 2), "00:00", False),
    ],
)
def test_an_event_whose_time_is_not_known(on: date, clock: str, met: bool | None) -> None:
    event = evolve(EVENT, clock=None)
    (found,) = due(HIGH, [visit(on, clock=clock)], date(2023, 3, 3), events=[event]).events
    assert found.by.date() == date(2023, 3, 1)
    assert found.met is met


def test_the_last_minute_of_the_hours_still_counts() -> None:
    event = evolve(EVENT, clock="00:00")
    last = date(2023, 3, 1)
    for visits, on in (([], last), ([visit(last)], last + DAY)):
        (found,) = due(HIGH, visits, on, events=[event]).events
        assert (found.by, found.met) == (datetime(2023, 3, 1), None)  # noqa: DTZ001


def test_events_ask_only_where_the_place_has_a_rule() -> None:
    assert due(ELDER, [], ON, events=[EVENT]).events == ()
    later, others = evolve(EVENT, on=ON + DAY), evolve(EVENT, person="8")
    assert due(HIGH, [], ON, events=[later, others]).events == ()


# --- lists and rates ------------------------------------------------------------------------------


def test_the_overdue_and_those_not_known() -> None:
    rows = [
        evolve(ELDER, id="1"),
        evolve(ELDER, id="2", since=date(2022, 8, 1)),
        evolve(ELDER, id="3"),
        evolve(ELDER, id="4", risk=None),
        evolve(ELDER, id="5", exited=date(2023, 1, 1)),
    ]
    visits = [visit(date(2023, 1, 15), "1"), visit(date(2023, 2, 15), "3")]
    found = overdue(rows, visits, ON)
    assert [(each.record.id, each.day) for each in found] == [
        ("2", date(2022, 9, 1)),
        ("1", date(2023, 2, 15)),
        ("4", None),
    ]
    for row, each in ((rows[1], found[0]), (rows[0], found[1])):
        assert due(row, visits, ON) == each


def test_the_monthly_rate() -> None:
    rows = [
        evolve(ELDER, id="1"),
        evolve(ELDER, id="2"),
        evolve(ELDER, id="3", since=date(2023, 2, 28)),
        evolve(ELDER, id="4", since=date(2023, 3, 1)),
        evolve(ELDER, id="5", exited=date(2023, 2, 28)),
        evolve(ELDER, id="6", since=None),
    ]
    visits = [
        visit(date(2023, 2, 1), "1"),
        visit(date(2023, 2, 28), "1"),
        visit(date(2023, 1, 31), "2"),
        visit(date(2023, 3, 1), "2"),
        visit(date(2023, 2, 28), "3"),
        visit(date(2023, 2, 2), "5"),
    ]
    found = visit_rate(rows, visits, 2023, 2)
    assert (found.persons, found.visited, found.share, found.unknown) == (3, 2, Fraction(2, 3), 1)


def test_the_rate_of_nobody_is_not_known() -> None:
    assert visit_rate([], [], 2023, 12).share is None


def test_nothing_personal_is_in_a_repr() -> None:
    made = Visit(person=number(date(1950, 3, 1)), on=ON, visitor="测试乙", found="测试情况")
    assert not any(secret in repr(made) for secret in ("19500301", "测试"))
