"""The machinery of deadlines: which row, which day, and what is said where none is known."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from attrs import fields
from dibao_cases import SOURCES
from hypothesis import given
from hypothesis import strategies as st

from minzheng.base.workdays import Calendar, workdays_between
from minzheng.benefits.procedures import STEPS, Deadlines, Events, deadlines, next_review
from minzheng.errors import InvalidInput, NotFound
from minzheng.people import Residence
from minzheng.standards import Standards, Unit, load

AREA, PLACE = "130822", "130800"
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
    *,
    benefit: str = "dibao",
    on: date | None = None,
    standards: Standards | None = None,
    **days: date,
) -> Deadlines:
    return deadlines(benefit, AREA, on=on, events=Events(**days), standards=standards)


def test_working_days_calendar_days_and_months_are_kept_apart() -> None:
    told = run(accepted=date(2020, 9, 29), posted=date(2020, 9, 29), died=date(2022, 11, 30))
    held = [told[name] for name in ("survey", "publicity", "death_settlement")]
    assert [(each.length, each.unit, each.due) for each in held] == [
        (10, Unit.WORKING_DAYS, date(2020, 10, 20)),  # the 10th is worked, a Saturday
        (7, Unit.CALENDAR_DAYS, date(2020, 10, 6)),
        (3, Unit.MONTHS, date(2023, 2, 28)),
    ]


def test_a_step_is_taken_under_the_law_of_its_own_day() -> None:
    assert run(on=NEW, accepted=OLD)["survey"].length == 10
    later = run(on=OLD, accepted=NEW)
    assert "survey" in [step.name for step in later.silent]
    assert (later["county_opinion"].length, run(accepted=NEW)["county_opinion"].length) == (5, 10)


def test_without_its_day_a_step_says_how_long_it_will_be() -> None:
    open_ = run(on=OLD)["survey"]
    assert (open_.length, open_.start, open_.due) == (10, None, None)
    assert "not known" in open_.explain("en")
    assert "起算日尚不知" in open_.explain("zh_CN")
    with pytest.raises(InvalidInput, match="state a day"):
        run()


def test_a_period_that_ends_starts_the_next_unless_its_end_is_known() -> None:
    told = run(county_posted=date(2020, 7, 1))
    assert told["county_publicity"].due == told["approval"].start == date(2020, 7, 8)
    known = run(county_posted=date(2020, 7, 1), county_posted_until=date(2020, 7, 20))
    assert known["approval"].start == date(2020, 7, 20)


def test_beyond_the_calendar_of_working_days_nothing_is_estimated() -> None:
    assert run(accepted=date(2020, 12, 1))["survey"].due == date(2020, 12, 15)
    near = run(accepted=date(2026, 12, 28))["survey_start"]
    told = run(accepted=date(2026, 12, 29), posted=date(2026, 12, 29))
    far = told["survey_start"]
    assert (near.due, near.outside) == (date(2026, 12, 31), "")
    assert far.due is None
    assert "2026-12-31" in far.outside
    assert "not held that far" in far.explain("en")
    assert "不作推算" in far.explain("zh_CN")
    assert told["publicity"].due == date(2027, 1, 5)


def test_the_nearest_level_counts_whatever_its_unit() -> None:
    table = overlay(PLACE, "calendar_days", "survey", 20)
    survey = run(accepted=date(2020, 7, 1), standards=table)["survey"]
    assert (survey.length, survey.unit, survey.due) == (20, Unit.CALENDAR_DAYS, date(2020, 7, 21))


def test_unknown_names_are_told_with_the_nearest() -> None:
    with pytest.raises(NotFound, match="did you mean 'survey'"):
        run(on=OLD)["survy"]
    with pytest.raises(NotFound, match="did you mean 'tekun'"):
        run(benefit="tekum", on=OLD)
    with pytest.raises(NotFound, match="rigid"):
        next_review("rigid", AREA, NEW)
    with pytest.raises(InvalidInput) as caught:
        next_review("dibao", AREA, NEW)
    assert [fault.path for fault in caught.value.faults] == ["household", "residence"]


def test_both_languages_cite_the_article() -> None:
    told = run(accepted=date(2020, 7, 1), posted=date(2020, 7, 20))
    assert told["survey"].explain("en") == (
        "survey to be done: 10 working days from acceptance of the application on 1 July 2020: "
        "by 15 July 2020 (basis: Measures for the Review and Approval of the Minimum Living "
        "Guarantee (Trial), art. 18)"
    )
    assert "10个工作日" in told["survey"].explain("zh_CN")
    assert "第十八条" in told["survey"].explain("zh_CN")
    assert "until 27 July 2020" in told["publicity"].explain("en")
    assert told.explain("en").splitlines()[-1].endswith("no time limit is held for that day")
    assert "未收录办理期限" in told.explain("zh_CN")


def test_the_table_of_steps_is_whole() -> None:
    """Each step is a word of the tables, counted from a day of Events, instead of steps there are."""
    series = Standards.bundled().series
    days = {each.name for each in fields(Events)}
    for benefit, courses in STEPS.items():
        words = {
            word
            for unit in ("working_days", "calendar_days", "months")
            if (held := series.get(f"{benefit}.deadline.{unit}")) is not None
            for word in held.keys["step"]
        }
        steps = [each for course in courses for each in course]
        names = [each.name for each in steps]
        assert set(names) == words, benefit
        assert len(names) == len(set(names)), benefit
        assert {each.event for each in steps} <= days
        assert {name for each in steps for name in each.instead} <= set(names)
        assert {each.only for each in steps} <= {
            "",
            "delegated",
            "special",
            "small_quick",
            "rural",
            "urban",
        }


@pytest.mark.parametrize(
    ("special", "told"),
    [
        (False, {"total": 30}),
        (True, {"total_special": 45}),
        (None, {"total": 30, "total_special": 45}),
    ],
)
def test_rigid_expenditure_in_30_working_days_or_45(
    special: bool | None, told: dict[str, int]
) -> None:
    """刚性支出困难家庭认定办法 art. 8: 自受理之日起30个工作日内; in special cases 45."""
    events = Events(accepted=date(2025, 1, 2))
    found = deadlines("rigid_expenditure", AREA, events=events, special=special)
    assert {each.name: each.length for each in found} == told
    assert all(each.unit is Unit.WORKING_DAYS for each in found)
    assert "第八条" in found.explain("zh_CN")
    before = deadlines("rigid_expenditure", AREA, events=Events(accepted=date(2024, 12, 31)))
    assert (len(before), [each.name for each in before.silent]) == (0, ["total"])


def test_unattended_children_15_and_15_working_days() -> None:
    """民发〔2019〕62号 二（二）（三）: 15个工作日内作出查验结论; 15个工作日内作出确认."""
    told = run(benefit="de_facto_unattended", applied=date(2021, 7, 1), received=date(2021, 7, 20))
    assert [(each.name, each.length, each.unit, each.due) for each in told] == [
        ("survey", 15, Unit.WORKING_DAYS, date(2021, 7, 22)),
        ("county_opinion", 15, Unit.WORKING_DAYS, date(2021, 8, 10)),
    ]
    assert "二（三）" in told["county_opinion"].explain("zh_CN")
    assert len(run(benefit="de_facto_unattended", applied=date(2019, 12, 31))) == 0


def test_five_guarantees_20_and_20_days_in_the_country() -> None:
    """农村五保供养工作条例 (2006) art. 7: 自收到评议意见之日起20日内; 自收到审核意见之日起20日内."""
    events = Events(opinion_received=date(2010, 5, 1), received=date(2010, 6, 1))
    told = deadlines("tekun", AREA, events=events, residence=Residence.RURAL)
    assert [(each.name, each.unit, each.due) for each in told] == [
        ("wubao_township", Unit.CALENDAR_DAYS, date(2010, 5, 21)),
        ("wubao_county", Unit.CALENDAR_DAYS, date(2010, 6, 21)),
    ]
    assert "第七条" in told.explain("zh_CN")
    assert len(deadlines("tekun", AREA, events=events, residence=Residence.URBAN)) == 0
    before = Events(received=date(2006, 2, 28))
    assert len(deadlines("tekun", AREA, events=before, residence=Residence.RURAL)) == 0


def test_small_and_quick_help_within_3_days() -> None:
    """The opinions of 2026-01-29: as a rule within 3 days; before and otherwise nothing is held."""
    events = Events(accepted=date(2026, 1, 29))
    told = deadlines("temporary_assistance", AREA, events=events, small_quick=True)
    assert [(each.name, each.due) for each in told] == [("small_quick", date(2026, 2, 1))]
    assert [each.name for each in told.silent] == ["follow_up"]
    assert len(deadlines("temporary_assistance", AREA, events=events, small_quick=False)) == 0
    before = Events(accepted=date(2026, 1, 28))
    old = deadlines("temporary_assistance", AREA, events=before, small_quick=True)
    assert (len(old), len(old.silent)) == (0, 3)


def test_childcare_subsidy_in_30_working_days() -> None:
    told = run(benefit="childcare_subsidy", accepted=date(2025, 11, 3))
    assert [(each.name, each.length, each.due) for each in told] == [
        ("total", 30, date(2025, 12, 15))
    ]


def test_what_follows_an_application_is_told_where_it_has_happened() -> None:
    died = run(died=date(2022, 10, 20))
    assert [each.name for each in died] == ["death_settlement"]
    assert died.silent == ()
    ending = run(benefit="tekun", end_posted=date(2021, 7, 1))
    assert [each.name for each in ending] == ["end_publicity", "end_objection"]


BENEFITS = st.sampled_from(sorted(STEPS))
KNOWN = {
    "delegated": st.booleans(),
    "special": st.booleans(),
    "small_quick": st.booleans(),
    "residence": st.sampled_from(Residence),
}


@given(
    BENEFITS,
    st.dates(date(2005, 1, 1), date(2026, 11, 30)),
    st.sampled_from(sorted(KNOWN)),
    st.fixed_dictionaries({}, optional=KNOWN),
)
def test_what_is_not_known_of_a_circumstance_tells_both_ways(
    benefit: str, accepted: date, name: str, known: dict[str, Any]
) -> None:
    events = Events(accepted=accepted)

    def names(**stated: Any) -> set[str]:
        facts = {**known, **stated}
        return {each.name for each in deadlines(benefit, AREA, events=events, **facts)}

    either = tuple(Residence) if name == "residence" else (True, False)
    assert names(**{name: None}) == set().union(*(names(**{name: each}) for each in either))


@given(st.dates(date(2012, 12, 12), date(2021, 6, 30)))
def test_a_limit_in_working_days_holds_so_many_of_them(accepted: date) -> None:
    survey = run(accepted=accepted)["survey"]
    assert survey.due is not None
    assert workdays_between(accepted + DAY, survey.due + DAY) == survey.length


@given(st.dates(date(2012, 12, 12), date(2021, 6, 29)))
def test_a_later_event_is_never_due_earlier(accepted: date) -> None:
    one, next_ = run(accepted=accepted)["survey"], run(accepted=accepted + DAY)["survey"]
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
    events = Events(accepted=start)
    open_ended = deadlines("dibao", AREA, events=events)
    ended = deadlines("dibao", AREA, events=events, calendar=Calendar.load(path))
    counted = [each.name for each in open_ended if each.outside]
    assert counted
    assert all(ended[name].due is not None for name in counted)
    assert all("2027" in open_ended[name].outside for name in counted)
