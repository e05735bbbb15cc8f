"""The procedure of tekun: its clocks, how it ends, and who is unable to support."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve, fields
from dibao_cases import local, row
from hypothesis import given
from hypothesis import strategies as st

from minzheng.benefits import SupporterTest, tekun, tekun_supporter
from minzheng.benefits.procedures import (
    Deadlines,
    Ending,
    Events,
    TekunChanges,
    deadlines,
    next_review,
    tekun_ends,
)
from minzheng.errors import FigureNotFound, InvalidInput
from minzheng.people import (
    Applicant,
    Disability,
    DisabilityType,
    Person,
    Property,
    Relation,
    Residence,
    SelfCare,
    Supporter,
    SupporterStatus,
)
from minzheng.rules import Outcome
from minzheng.standards import Standards, Unit

DAY = timedelta(days=1)
AREA, NO_HEBEI = "130822", "110105"
L5, L1 = date(2021, 7, 1), date(2026, 7, 1)
HEBEI = date(2020, 11, 5)
WORKING, CALENDAR = Unit.WORKING_DAYS, Unit.CALENDAR_DAYS

# --- clocks

STEPS = {
    "survey": (15, WORKING, "art. 13, para. 1"),
    "publicity": (7, CALENDAR, "art. 15, para. 1"),
    "objection_survey": (15, WORKING, "art. 15, para. 2"),
    "county_opinion": (15, WORKING, "art. 16"),
    "refusal_notice": (3, WORKING, "art. 18"),
}


def clocks(**days: date) -> Deadlines:
    return deadlines("tekun", AREA, events=Events(**days), residence=Residence.URBAN)


@pytest.mark.parametrize(("on", "steps"), [(L5 - DAY, {}), (L5, STEPS), (L1, STEPS)])
def test_the_time_limits(on: date, steps: dict[str, tuple[int, Unit, str]]) -> None:
    told = clocks(accepted=on, posted=on, objected=on, received=on, decided=on)
    assert {
        each.name: (each.length, each.unit, each.citation.text("en").split(", ", 1)[1])
        for each in told
    } == steps
    assert len(told) + len(told.silent) == len(STEPS)
    assert told.explain("en")
    assert told.explain("zh_CN")


def test_days_and_months_of_an_end() -> None:
    told = clocks(end_posted=date(2024, 9, 27), end_objected=date(2024, 9, 30))
    assert told["end_publicity"].due == date(2024, 10, 4)
    assert told["end_objection"].due == date(2024, 10, 25)  # the 12th is worked
    assert len(clocks(end_posted=L5 - DAY)) == 0
    with pytest.raises(InvalidInput, match="end_objected"):
        Events(end_posted=L5, end_objected=L5 - DAY)


def test_ten_working_days_to_assess_self_care_anew() -> None:
    (only,) = clocks(self_care_reported=L5)
    assert (only.name, only.due) == ("reassessment", date(2021, 7, 15))
    before = clocks(self_care_reported=L5 - DAY)
    assert (len(before), [each.name for each in before.silent]) == (0, ["reassessment"])


@pytest.mark.parametrize(
    ("on", "area", "held"),
    [
        (HEBEI - DAY, AREA, False),
        (HEBEI, AREA, True),
        (L5 - DAY, NO_HEBEI, False),
        (L5, NO_HEBEI, True),
        (L1, AREA, True),
    ],
)
def test_reviewed_every_year(on: date, area: str, held: bool) -> None:
    if not held:
        with pytest.raises(FigureNotFound, match=r"tekun\.review"):
            next_review("tekun", area, on)
        return
    assert next_review("tekun", area, on).due == on.replace(year=on.year + 1)


# --- how it ends

GOES_ON = TekunChanges(
    died=False,
    able_to_work=False,
    minor_continues=False,
    in_prison=False,
    meets_means=True,
    supporter_able=False,
    withdraws=False,
)
ON_GROUNDS: dict[str, dict[str, Any]] = {
    "death": {"died": True},
    "labour_ability": {"able_to_work": True},
    "prison": {"in_prison": True},
    "means": {"meets_means": False},
    "supporter": {"supporter_able": True},
    "withdrawal": {"withdraws": True},
}


def ending(on: date = L5, changes: TekunChanges = GOES_ON, **facts: bool | None) -> Ending:
    return tekun_ends(AREA, evolve(changes, **facts), on=on)


@pytest.mark.parametrize("on", [L5, L1 - DAY, L1])
@pytest.mark.parametrize("item", range(1, 7))
def test_each_ground_with_its_item(on: date, item: int) -> None:
    name = list(ON_GROUNDS)[item - 1]
    told = ending(on, **ON_GROUNDS[name])
    assert (told.ends, [each.code for each in told.grounds]) == (True, [name])
    (cited,) = told.grounds[0].citations
    assert cited.text("en").endswith(f"art. 24, para. 1, item {item}")
    assert told.paid_before == (on.replace(day=1) + 31 * DAY).replace(day=1)
    assert told.explain("en").startswith("The support ends.")
    assert told.explain("zh_CN").startswith("终止救助供养。")
    assert "第二十四条" in told.explain("zh_CN")


def test_without_a_ground_it_goes_on() -> None:
    assert (ending().ends, ending().grounds, ending().paid_before) == (False, (), None)
    assert ending().explain("zh_CN") == "继续救助供养。"


def test_a_minor_who_stays_in_is_not_out_by_labour_ability() -> None:
    assert ending(able_to_work=True, minor_continues=True).ends is False
    open_ = ending(able_to_work=True, minor_continues=None)
    assert [each.path for each in open_.missing] == ["changes.minor_continues"]


def test_before_2021_no_grounds_are_held() -> None:
    told = ending(L5 - DAY, died=True)
    assert (told.ends, [each.path for each in told.missing]) == (None, ["standards"])
    assert "tekun.end" in told.explain("en")
    assert "未收录" in told.explain("zh_CN")


def test_one_ground_is_enough_whatever_is_not_known() -> None:
    assert ending(changes=TekunChanges(), withdraws=True).ends is True
    asked = [each.path for each in ending(changes=TekunChanges()).missing]
    assert asked == [f"changes.{each.name}" for each in fields(TekunChanges)]


KNOWN = st.sampled_from([True, False, None])
CHANGES = st.builds(TekunChanges, **{each.name: KNOWN for each in fields(TekunChanges)})


@given(CHANGES)
def test_what_is_told_stays_true_when_more_is_known(changes: TekunChanges) -> None:
    told = ending(changes=changes)
    unknown = [each.name for each in fields(TekunChanges) if getattr(changes, each.name) is None]
    for answer in (True, False):
        known = ending(changes=evolve(changes, **dict.fromkeys(unknown, answer)))
        assert known.ends is not None
        assert told.ends in (None, known.ends)


# --- who is unable to support

PHYSICAL, MENTAL, MULTIPLE = (
    DisabilityType.PHYSICAL,
    DisabilityType.MENTAL,
    DisabilityType.MULTIPLE,
)
INCOME = row("income.disposable_per_capita", "20000")
HELD = local(INCOME)
ABLE: dict[str, Any] = {
    "birth": date(1990, 1, 1),
    "tekun": False,
    "dibao": False,
    "disabled": False,
    "income_year": "30000",
    "low_property": False,
    "meets_tekun_rule": False,
    "incapable": False,
    "declared_missing": False,
    "in_prison": False,
}
LOW: dict[str, Any] = {"income_year": "19999.99", "low_property": True}


def unable(on: date = L5, standards: Standards = HELD, **facts: Any) -> SupporterTest:
    stated = {**ABLE, **facts}
    if stated.get("disability"):
        stated["disabled"] = True
    return tekun_supporter(
        Supporter(**stated), on=on, area=AREA, residence=Residence.RURAL, standards=standards
    )


def disability(kind: DisabilityType, grade: int) -> dict[str, Any]:
    return {"disability": Disability(type=kind, grade=grade)}


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({}, "ABLE"),
        ({"tekun": True}, "TEKUN"),
        ({"dibao": True, "birth": date(1961, 7, 1)}, "DIBAO_ELDERLY"),
        ({"dibao": True, "birth": date(1961, 7, 2)}, "ABLE"),
        ({"birth": date(1951, 7, 1), **LOW}, "AGED_70_LOW_INCOME"),
        ({"birth": date(1951, 7, 2), **LOW}, "ABLE"),
        ({"birth": date(1951, 7, 1), **LOW, "income_year": "20000"}, "ABLE"),
        ({"birth": date(1951, 7, 1), **LOW, "low_property": False}, "ABLE"),
        ({**disability(PHYSICAL, 2), **LOW}, "SEVERE_DISABILITY_LOW_INCOME"),
        ({**disability(PHYSICAL, 3), **LOW}, "ABLE"),
        ({**disability(MENTAL, 3), **LOW}, "SEVERE_DISABILITY_LOW_INCOME"),
        ({**disability(MENTAL, 4), **LOW}, "ABLE"),
        ({**disability(MENTAL, 1), **LOW, "income_year": "20000"}, "ABLE"),
        ({"in_prison": True, "low_property": True}, "INCAPABLE_LOW_PROPERTY"),
        ({"incapable": True, "low_property": True}, "INCAPABLE_LOW_PROPERTY"),
        ({"declared_missing": True, "low_property": True}, "INCAPABLE_LOW_PROPERTY"),
        ({"in_prison": True}, "ABLE"),
    ],
)
def test_each_situation_from_both_sides(facts: dict[str, Any], status: str) -> None:
    told = unable(**facts)
    assert told.status is SupporterStatus[status]
    assert told.unable is (status != "ABLE")
    assert told.basis is not None
    assert "art. 8" in told.explain("en")
    assert "第八条" in told.explain("zh_CN")


@pytest.mark.parametrize(
    ("on", "status"),
    [(L5 - DAY, "DIBAO_SEVERE_DISABILITY"), (L5, "ABLE")],
)
def test_dibao_with_a_severe_disability_until_2021(on: date, status: str) -> None:
    table = local(INCOME, row("tekun.supporter.dibao_age", 60))
    poor: dict[str, Any] = {"dibao": True, "meets_tekun_rule": True, **disability(PHYSICAL, 1)}
    assert unable(on, table, **poor).status is SupporterStatus[status]


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({"dibao": True, "birth": date(1950, 1, 1)}, "DIBAO_ELDERLY"),
        ({"dibao": True, **disability(PHYSICAL, 2)}, "DIBAO_SEVERE_DISABILITY"),
        ({"in_prison": True}, "INCAPABLE_LOW_PROPERTY"),
    ],
)
def test_until_2021_the_property_has_to_meet_the_rule_of_tekun(
    facts: dict[str, Any], status: str
) -> None:
    table = local(INCOME, row("tekun.supporter.dibao_age", 60))
    until = L5 - DAY
    assert unable(until, table, **facts, low_property=True).status is SupporterStatus.ABLE
    assert unable(until, table, **facts, meets_tekun_rule=True).status is SupporterStatus[status]
    asked = unable(until, table, **{**facts, "meets_tekun_rule": None})
    assert [each.path for each in asked.missing] == ["supporter.meets_tekun_rule"]
    assert unable(L5, meets_tekun_rule=True, in_prison=True).status is SupporterStatus.ABLE


def test_before_2021_the_age_is_not_held_and_before_2016_nothing_is() -> None:
    told = unable(L5 - DAY, dibao=True, meets_tekun_rule=True, birth=date(1940, 1, 1))
    assert told.status is None
    assert "tekun.supporter.dibao_age" in told.missing[0].message
    nothing = unable(date(2016, 10, 9))
    assert (nothing.status, nothing.unable) == (None, None)
    assert "tekun.supporter.unable" in nothing.missing[0].message


def test_the_income_figure_is_asked_only_where_it_decides() -> None:
    bundled = Standards.bundled()
    old = {"birth": date(1940, 1, 1), **LOW}
    told = unable(standards=bundled, **old)
    assert told.status is None
    assert [each.path for each in told.missing] == ["standards"]
    assert "income.disposable_per_capita" in told.explain("en")
    assert "未收录" in told.explain("zh_CN")
    assert unable(standards=bundled).status is SupporterStatus.ABLE
    nothing = unable(standards=bundled, **{**old, "income_year": 0})
    assert nothing.status is SupporterStatus.AGED_70_LOW_INCOME


def test_missing_facts_are_named() -> None:
    told = unable(in_prison=True, low_property=None)
    assert [each.path for each in told.missing] == ["supporter.low_property"]
    multiple = unable(**disability(MULTIPLE, 3), **LOW)
    assert [each.path for each in multiple.missing] == ["supporter.disability.type"]
    assert unable(tekun=True, birth=None).status is SupporterStatus.TEKUN
    with pytest.raises(InvalidInput, match="after the day"):
        unable(birth=L5 + DAY)
    with pytest.raises(InvalidInput, match="disabled"):
        Supporter(disabled=False, **disability(PHYSICAL, 1))


@given(
    st.dates(date(1920, 1, 1), date(2000, 1, 1)),
    st.decimals(0, 60000, places=2),
    st.booleans(),
    st.booleans(),
)
def test_more_income_never_makes_unable(
    birth: date, income: Any, dibao: bool, low_property: bool
) -> None:
    facts: dict[str, Any] = {"birth": birth, "dibao": dibao, "low_property": low_property}
    poorer = unable(**facts, income_year=income)
    richer = unable(**facts, income_year=income + 1)
    assert poorer.unable is not None
    assert richer.unable is not None
    assert richer.unable <= poorer.unable


def applicant(*supporters: Supporter) -> Applicant:
    items = dict.fromkeys((each.name for each in fields(SelfCare)), True)
    person = Person(
        relation=Relation.APPLICANT,
        birth=date(1940, 1, 1),
        income=(),
        supporters=supporters,
        self_care=SelfCare(**items),
    )
    return Applicant(
        id="case",
        area=AREA,
        residence=Residence.RURAL,
        person=person,
        property=Property(meets_tekun_rule=True),
    )


@pytest.mark.parametrize(
    ("supporter", "outcome"),
    [
        (Supporter(**ABLE), Outcome.REFUSED),
        (Supporter(**{**ABLE, "tekun": True}), Outcome.GRANTED),
        (Supporter(**{**ABLE, "birth": date(1950, 1, 1), **LOW}), Outcome.GRANTED),
        (Supporter(tekun=False), Outcome.UNDETERMINED),
        (Supporter(), Outcome.UNDETERMINED),
        (Supporter(status=SupporterStatus.ABLE, tekun=True), Outcome.REFUSED),
    ],
)
def test_the_facts_of_a_supporter_decide_a_case(supporter: Supporter, outcome: Outcome) -> None:
    amounts = (
        INCOME,
        row("tekun.basic", "7440", per="year"),
        row("tekun.care.amount", "180", keys={"tier": "self"}),
    )
    decision = tekun.assess(applicant(supporter), on=date(2023, 11, 1), standards=local(*amounts))
    assert decision.outcome is outcome
    if outcome is Outcome.UNDETERMINED:
        paths = [each.path for each in decision.missing]
        assert paths == ["applicant.person.supporters[0].status"]
