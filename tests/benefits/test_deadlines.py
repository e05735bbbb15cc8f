"""The machinery of deadlines: which row, which day, and what is said where none is known."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import tomli_w
from dibao_cases import SOURCES
from hypothesis import given
from hypothesis import strategies as st

from minzheng.base.workdays import Calendar, workdays_between
from minzheng.benefits.deadlines import Deadlines, Event, Step, deadlines
from minzheng.benefits.dibao import procedure as dibao_procedure
from minzheng.errors import InvalidInput, NotFound
from minzheng.standards import Standards, Unit, load

AREA, PLACE = "130822", "130800"
ACCEPTED = Event("accepted", "acceptance of the application")
POSTED = Event("posted", "posting of the publicity")
OVER = Event("publicity_over", "the end of the publicity")
DIED = Event("died", "the death")
SURVEY = Step("survey", "survey done", ACCEPTED)
PUBLICITY = Step("publicity", "publicity", POSTED, OVER)
OPINION = Step("county_opinion", "opinion of the county", OVER)
SETTLED = Step("death_settlement", "household settled", DIED)
DAY = timedelta(days=1)
OLD, NEW = date(2021, 6, 30), date(2021, 7, 1)


def overlay(area: str, unit: str, step: str, value: int) -> Standards:
    """The bundled tables and one row over them."""
    row = {
        "series": f"dibao.deadline.{unit}",
        "keys": {"step": step},
        "value": value,
        "from": date(2000, 1, 1),
        "source": "s",
    }
    text = tomli_w.dumps({"area": area, "sources": SOURCES, "figure": [row]})
    held = load.read(text, f"{area}.toml")
    return Standards.bundled() + Standards(load.catalogue().values(), held)


def run(
    *steps: Step, on: date = OLD, standards: Standards | None = None, **days: date | None
) -> Deadlines:
    return deadlines("dibao.deadline", steps, days, on=on, area=AREA, standards=standards)


def test_working_days_calendar_days_and_months_are_kept_apart() -> None:
    old = run(SURVEY, PUBLICITY, accepted=date(2020, 9, 29), posted=date(2020, 9, 29))
    assert [(each.length, each.unit, each.due) for each in old] == [
        (10, Unit.WORKING_DAYS, date(2020, 10, 20)),  # the 10th is worked, a Saturday
        (7, Unit.CALENDAR_DAYS, date(2020, 10, 6)),
    ]
    (settled,) = run(SETTLED, died=date(2022, 11, 30))
    assert (settled.length, settled.unit, settled.due) == (3, Unit.MONTHS, date(2023, 2, 28))


def test_a_step_is_taken_under_the_law_of_its_own_day() -> None:
    assert len(run(SURVEY, on=NEW, accepted=OLD)) == 1
    later = run(SURVEY, on=OLD, accepted=NEW)
    assert (later.each, later.silent) == ((), (SURVEY,))


def test_without_its_day_a_step_says_how_long_it_will_be() -> None:
    (open_,) = run(SURVEY, on=OLD)
    assert (open_.length, open_.start, open_.due) == (10, None, None)
    assert "not known" in open_.explain("en")
    assert "起算日尚不知" in open_.explain("zh_CN")


def test_a_period_that_ends_starts_the_next_unless_its_end_is_known() -> None:
    told = run(PUBLICITY, OPINION, posted=date(2020, 7, 1))
    assert told["publicity"].due == told["county_opinion"].start == date(2020, 7, 8)
    known = run(PUBLICITY, OPINION, posted=date(2020, 7, 1), publicity_over=date(2020, 7, 20))
    assert known["county_opinion"].start == date(2020, 7, 20)


def test_beyond_the_calendar_of_working_days_nothing_is_estimated() -> None:
    last = run(SURVEY, PUBLICITY, on=OLD, accepted=date(2020, 12, 1))
    assert last["survey"].due == date(2020, 12, 15)
    start = Step("survey_start", "survey started", ACCEPTED)
    (near,) = run(start, accepted=date(2026, 12, 28))
    (far,) = run(start, accepted=date(2026, 12, 29))
    assert (near.due, near.outside) == (date(2026, 12, 31), "")
    assert far.due is None
    assert "2026-12-31" in far.outside
    assert "not held that far" in far.explain("en")
    assert "不作推算" in far.explain("zh_CN")
    (calendar,) = run(PUBLICITY, posted=date(2026, 12, 29))
    assert calendar.due == date(2027, 1, 5)


def test_the_nearest_level_counts_whatever_its_unit() -> None:
    table = overlay(PLACE, "calendar_days", "survey", 20)
    (survey,) = run(SURVEY, accepted=date(2020, 7, 1), standards=table)
    assert (survey.length, survey.unit, survey.due) == (20, Unit.CALENDAR_DAYS, date(2020, 7, 21))


def test_faults_are_told_together() -> None:
    with pytest.raises(InvalidInput) as caught:
        deadlines(
            "dibao.deadline", [SURVEY], {"acceptd_on": OLD}, on=OLD, area=AREA, residenc="rural"
        )
    assert [fault.path for fault in caught.value.faults] == ["acceptd_on", "residenc"]
    with pytest.raises(NotFound, match="did you mean 'survey'"):
        run(SURVEY)["survy"]


def test_both_languages_cite_the_article() -> None:
    told = run(SURVEY, PUBLICITY, SETTLED, accepted=date(2020, 7, 1), posted=date(2020, 7, 20))
    assert told["survey"].explain("en") == (
        "survey done: 10 working days from acceptance of the application on 1 July 2020: "
        "by 15 July 2020 (basis: Measures for the Review and Approval of the Minimum Living "
        "Guarantee (Trial), art. 18)"
    )
    assert "10个工作日" in told["survey"].explain("zh_CN")
    assert "第十八条" in told["survey"].explain("zh_CN")
    assert "until 27 July 2020" in told["publicity"].explain("en")
    assert told.explain("en").splitlines()[-1].startswith("household settled: no time limit")
    assert "未收录办理期限" in told.explain("zh_CN")


@given(st.dates(date(2012, 12, 12), date(2021, 6, 30)))
def test_a_limit_in_working_days_holds_so_many_of_them(accepted: date) -> None:
    (survey,) = run(SURVEY, accepted=accepted)
    assert survey.due is not None
    assert workdays_between(accepted + DAY, survey.due + DAY) == survey.length


@given(st.dates(date(2012, 12, 12), date(2021, 6, 29)))
def test_a_later_event_is_never_due_earlier(accepted: date) -> None:
    (one,), (next_,) = run(SURVEY, accepted=accepted), run(SURVEY, accepted=accepted + DAY)
    assert one.due is not None
    assert next_.due is not None
    assert one.due <= next_.due


def test_a_term_past_the_bundled_notices_ends_by_a_notice_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        '[[annual]]\nyears = [2027]\ntitle = "t"\nsource = "invented"\nwork = []\n'
        '[annual.off]\n"元旦" = ["2027-01-01"]\n',
        "utf-8",
    )
    start = date(2026, 12, 30)
    open_ended = dibao_procedure.deadlines(start, area="130822")
    ended = dibao_procedure.deadlines(start, area="130822", calendar=Calendar.load(path))
    counted = [each.name for each in open_ended if each.outside]
    assert counted
    assert all(ended[name].due is not None for name in counted)
    assert all("2027" in open_ended[name].outside for name in counted)
