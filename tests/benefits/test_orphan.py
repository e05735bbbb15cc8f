"""Orphans: which parents, adoption, age and school, infection, the rate by place and placement."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from children_cases import (
    CASES,
    DAY,
    FURONG,
    LANGUAGES,
    LONGYANG,
    MET,
    QINGDAO,
    XINGLONG,
    YIWU,
    amount,
    asked,
    child,
    codes,
    county,
    series,
    stated,
)
from hypothesis import given
from hypothesis import strategies as st

from minzheng.benefits import orphan
from minzheng.benefits.procedures import StopCause, stops
from minzheng.decision import Decision
from minzheng.people import Parent, ParentState, Placement, School, Schooling
from minzheng.rules import Outcome
from minzheng.standards import Standards

GRANTED, REFUSED, UNDETERMINED = Outcome.GRANTED, Outcome.REFUSED, Outcome.UNDETERMINED
ON = date(2021, 7, 1)
DEAD, MISSING, FREE, UNKNOWN = (
    MET[each]
    for each in (
        ParentState.DEAD,
        ParentState.DECLARED_MISSING,
        ParentState.NONE,
        ParentState.UNTRACEABLE,
    )
)
EIGHTEENTH = date(2030, 3, 1)


def decide(
    *parents: Parent, on: date = ON, standards: Standards | None = None, **facts: Any
) -> Decision:
    facts = {"area": QINGDAO, "adopted": False, **facts}
    return orphan.assess(child(*parents, **facts), on=on, standards=standards)


# --- who is an orphan


def test_every_pair_of_parents() -> None:
    granted = {
        pair
        for pair in product(ParentState, repeat=2)
        if decide(*(MET[each] for each in pair)).award
    }
    lost = {ParentState.DEAD, ParentState.DECLARED_MISSING}
    both_unknown = (ParentState.UNTRACEABLE, ParentState.UNTRACEABLE)
    assert granted == {*product(lost, repeat=2), both_unknown}


@pytest.mark.parametrize("state", [ParentState.OUT_OF_CONTACT, ParentState.IN_PRISON])
def test_out_of_contact_is_not_missing(state: ParentState) -> None:
    assert codes(decide(DEAD, MET[state])) == ["not_orphaned"]


@pytest.mark.parametrize("lost", [DEAD, MISSING])
def test_one_lost_and_one_who_cannot_be_found_is_for_the_place_to_say(lost: Parent) -> None:
    open_ = decide(lost, UNKNOWN)
    assert (open_.outcome, codes(open_)) == (UNDETERMINED, ["unsettled_parents"])
    assert series(open_) == ["orphan.lost_and_untraceable"]
    for says, outcome in ((True, GRANTED), (False, REFUSED)):
        tables = county(stated("orphan.lost_and_untraceable", says), area=QINGDAO)
        assert decide(UNKNOWN, lost, standards=tables).outcome is outcome


def test_adoption_ends_it() -> None:
    assert codes(decide(DEAD, DEAD, adopted=True)) == ["adopted"]
    assert codes(decide(FREE, DEAD, adopted=True)) == ["adopted", "not_orphaned"]


def test_before_the_first_day_of_the_tables_no_law_is_held() -> None:
    first = date(2012, 12, 12)
    facts: dict[str, Any] = {"birth": date(2010, 1, 1), "area": XINGLONG}
    before = decide(DEAD, DEAD, on=first - DAY, **facts)
    assert "orphan.conditions" in series(before)
    assert decide(DEAD, DEAD, on=first, **facts).outcome is GRANTED


# --- infection


def test_infected_children_where_a_row_of_the_place_says_so() -> None:
    on = date(2023, 4, 1)
    for area in (YIWU, LONGYANG):
        decision = decide(FREE, FREE, on=on, area=area, hiv=True)
        assert (decision.outcome, codes(decision)) == (GRANTED, ["hiv"])
    assert amount(decide(FREE, FREE, on=on, area=YIWU, hiv=True)) == Decimal(2342)
    elsewhere = decide(FREE, FREE, on=on, area=XINGLONG, hiv=True)
    assert (elsewhere.outcome, codes(elsewhere)) == (UNDETERMINED, ["unsettled_hiv"])
    assert series(elsewhere) == ["orphan.hiv"]
    no = county(stated("orphan.hiv", False))
    assert decide(FREE, FREE, area=XINGLONG, hiv=True, standards=no).outcome is REFUSED


def test_infection_is_asked_only_where_it_is_paid_for() -> None:
    assert asked(decide(FREE, FREE, on=date(2023, 4, 1), area=YIWU)) == ["hiv"]
    assert decide(FREE, FREE, area=XINGLONG).outcome is REFUSED
    assert decide(DEAD, DEAD, on=date(2023, 4, 1), area=YIWU).outcome is GRANTED


# --- age and school

TILL_NEXT_MONTH = stated("orphan.stop", "next_month", event="of_age")
SECONDARY = [
    stated("orphan.continues", school in ("senior_high", "secondary_vocational"), school=school)
    for school in ("compulsory", "senior_high", "secondary_vocational", "college", "bachelor")
]


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (EIGHTEENTH - DAY, "orphan"),
        (EIGHTEENTH, "birthday_month"),
        (date(2030, 3, 31), "birthday_month"),
        (date(2030, 4, 1), "of_age"),
    ],
    ids=str,
)
def test_the_month_of_the_birthday_is_still_paid_where_a_row_says_so(on: date, code: str) -> None:
    tables = county(TILL_NEXT_MONTH, *SECONDARY)
    facts: dict[str, Any] = {"orphan_as_minor": True, "area": XINGLONG, "standards": tables}
    none = Schooling(school=School.NONE)
    assert codes(decide(DEAD, DEAD, on=on, schooling=none, **facts)) == [code]
    unrecognised = {**facts, "orphan_as_minor": False}
    refused = decide(DEAD, DEAD, on=on, schooling=none, **unrecognised).outcome is REFUSED
    assert refused == (on >= EIGHTEENTH)


def test_without_a_row_the_month_of_the_birthday_is_open() -> None:
    none = Schooling(school=School.NONE)
    decision = decide(DEAD, DEAD, on=EIGHTEENTH, orphan_as_minor=True, schooling=none)
    assert (decision.outcome, series(decision)) == (UNDETERMINED, ["orphan.stop"])
    after = decide(DEAD, DEAD, on=date(2030, 4, 1), orphan_as_minor=True, schooling=none)
    assert codes(after) == ["of_age"]


@pytest.mark.parametrize(
    ("school", "outcome"),
    [
        (School.NONE, REFUSED),
        (School.COMPULSORY, REFUSED),
        (School.SENIOR_HIGH, GRANTED),
        (School.SECONDARY_VOCATIONAL, GRANTED),
        (School.COLLEGE, REFUSED),
        (School.BACHELOR, REFUSED),
        (School.MASTER, UNDETERMINED),
    ],
    ids=lambda each: each.name,
)
def test_school_after_the_age_of_majority(school: School, outcome: Outcome) -> None:
    """As in Chongqing: secondary and vocational schools only; of others no row is held."""
    decision = decide(
        DEAD,
        DEAD,
        on=date(2030, 9, 1),
        area=XINGLONG,
        orphan_as_minor=True,
        schooling=Schooling(school=school),
        standards=county(TILL_NEXT_MONTH, *SECONDARY),
    )
    assert decision.outcome is outcome
    if outcome is UNDETERMINED:
        assert series(decision) == ["orphan.continues"]


@pytest.mark.parametrize(
    ("school", "on", "outcome"),
    [
        (School.BACHELOR, date(2019, 12, 31), GRANTED),
        (School.SENIOR_HIGH, date(2019, 12, 31), GRANTED),
        (School.BACHELOR, date(2019, 12, 30), UNDETERMINED),
        (School.NONE, date(2019, 12, 31), REFUSED),
    ],
    ids=str,
)
def test_henan_pays_students_of_age(school: School, on: date, outcome: Outcome) -> None:
    decision = decide(
        on=on,
        area="410102",
        birth=date(2000, 1, 1),
        orphan_as_minor=True,
        schooling=Schooling(school=school),
    )
    assert decision.outcome is outcome


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ({"orphan_as_minor": None}, ["orphan_as_minor", "schooling"]),
        ({"orphan_as_minor": True}, ["schooling"]),
        ({"orphan_as_minor": True, "schooling": Schooling()}, ["schooling.school"]),
        ({"orphan_as_minor": False}, []),
    ],
    ids=str,
)
def test_facts_of_somebody_of_age(facts: dict[str, Any], wanted: list[str]) -> None:
    tables = county(TILL_NEXT_MONTH, *SECONDARY)
    on = date(2031, 1, 1)
    decision = decide(DEAD, DEAD, on=on, area=XINGLONG, standards=tables, **facts)
    assert asked(decision) == wanted


@pytest.mark.parametrize("schooling", [None, Schooling(school=School.BACHELOR)], ids=str)
def test_an_old_person_is_asked_nothing(schooling: Schooling | None) -> None:
    on = date(2026, 3, 1)
    facts: dict[str, Any] = {"adopted": None, "area": XINGLONG, "placement": None}
    old = decide(on=on, birth=date(1946, 3, 1), schooling=schooling, **facts)
    assert (old.outcome, asked(old)) == (REFUSED, [])
    assert codes(old) == ["of_age", "before_recognition"]
    young = decide(on=on, birth=date(1995, 3, 1), schooling=schooling, **facts)
    assert (young.outcome, asked(young)[0]) == (UNDETERMINED, "orphan_as_minor")


def test_a_stated_recognition_counts_at_any_age() -> None:
    facts: dict[str, Any] = {"birth": date(1946, 3, 1), "area": "410102"}
    studies = Schooling(school=School.BACHELOR)
    decision = decide(on=date(2026, 3, 1), orphan_as_minor=True, schooling=studies, **facts)
    assert codes(decision) == ["at_school"]


def test_somebody_adopted_at_a_school_that_is_paid_is_refused_for_the_adoption() -> None:
    facts: dict[str, Any] = {"area": "410102", "birth": date(2000, 1, 1), "orphan_as_minor": True}
    for school, wanted in ((School.BACHELOR, ["adopted"]), (School.NONE, ["of_age", "adopted"])):
        studies = Schooling(school=school)
        decision = decide(on=date(2019, 12, 31), adopted=True, schooling=studies, **facts)
        assert (decision.outcome, codes(decision)) == (REFUSED, wanted)


def test_in_the_last_month_nothing_begins_with_the_next_one() -> None:
    none = Schooling(school=School.NONE)
    facts: dict[str, Any] = {"orphan_as_minor": True, "area": XINGLONG, "schooling": none}
    for word, start in (("next_month", None), ("same_month", EIGHTEENTH)):
        tables = county(TILL_NEXT_MONTH, *SECONDARY, stated("orphan.first_payment", word))
        decision = decide(DEAD, DEAD, on=date(2030, 3, 9), standards=tables, **facts)
        assert decision.award is not None
        assert decision.award.start == start
        assert any("last one paid" in note.text for note in decision.notes)


# --- the rate


@pytest.mark.parametrize(
    ("area", "on", "centralised", "dispersed"),
    [
        (QINGDAO, date(2021, 6, 1), "1980", "1650"),
        ("230102", date(2021, 1, 1), "1750", "1350"),
        ("410102", date(2019, 6, 30), "1200", "800"),
        ("410102", date(2019, 7, 1), "1350", "950"),
        ("440103", date(2022, 12, 31), "1949", "1313"),
        ("440103", date(2023, 1, 1), "2017", "1359"),
        ("441602", date(2023, 1, 1), "1820", "1110"),
        ("350102", date(2025, 7, 1), "2335", "1891"),
        ("340503", date(2023, 5, 1), "1865", "1450"),
        ("340503", date(2023, 4, 30), "1000", "600"),
        (XINGLONG, date(2020, 7, 24), "1000", "600"),
        (XINGLONG, date(2025, 12, 30), "1000", "600"),
        (XINGLONG, date(2025, 12, 31), "1000", "1400"),
        ("130102", date(2025, 12, 31), "1000", "1630"),
    ],
)
def test_rates_held(area: str, on: date, centralised: str, dispersed: str) -> None:
    facts: dict[str, Any] = {"area": area, "birth": date(2018, 1, 1), "on": on}
    for placement, rate in (
        (Placement.CENTRALISED, centralised),
        (Placement.DISPERSED, dispersed),
    ):
        assert amount(decide(DEAD, DEAD, placement=placement, **facts)) == Decimal(rate)


def test_the_text_on_a_host_named_like_hebei_is_guangdong_s() -> None:
    """1949, 2017, 1313 and 1359 are held for Guangdong and for nobody else."""
    values = {Decimal(each) for each in (1949, 2017, 1313, 1359)}
    rows = Standards.bundled().table(series="orphan.rate")
    assert {row.area for row in rows if row.value in values} == {"440000"}


def test_the_placement_is_asked_where_the_rates_differ() -> None:
    assert asked(decide(DEAD, DEAD, placement=None)) == ["applicant.placement"]
    assert decide(FREE, DEAD, placement=None).outcome is REFUSED
    same = county(stated("orphan.rate", "1400"))
    alike = decide(DEAD, DEAD, area=XINGLONG, placement=None, standards=same)
    assert amount(alike) == Decimal(1400)


def test_a_multiple_of_a_standard_that_is_not_held() -> None:
    decision = decide(DEAD, DEAD, on=date(2023, 7, 1), area=FURONG)
    assert (decision.outcome, codes(decision)) == (UNDETERMINED, ["rate_missing"])
    assert series(decision) == ["dibao.standard"]
    assert "430102" in decision.missing[0].message


@pytest.mark.parametrize(("per", "told"), [("year", True), ("month", False)])
def test_a_month_of_a_yearly_standard_is_rounded_and_said(per: str, told: bool) -> None:
    standard = {**stated("dibao.standard", "1000.01"), "per": per}
    tables = county(stated("orphan.multiple", "2"), standard)
    decision = decide(DEAD, DEAD, area=XINGLONG, standards=tables)
    assert amount(decision) == (Decimal("166.67") if per == "year" else Decimal("2000.02"))
    assert any("twelfth" in note.text for note in decision.notes) == told


def test_a_rate_stated_nearer_by_counts_before_a_multiple_from_further_off() -> None:
    rows = [stated("orphan.rate", "900", placement="dispersed")]
    province = county(
        stated("orphan.multiple", "2"), stated("dibao.standard", "700"), area="130000"
    )
    tables = province + county(*rows)
    assert amount(decide(DEAD, DEAD, area=XINGLONG, standards=tables)) == Decimal(900)
    assert amount(decide(DEAD, DEAD, area="130824", standards=province)) == Decimal(1400)


def test_heads_times_rates_of_qingdao_are_not_what_was_paid() -> None:
    case = CASES["welfare-12-qingdao-2021-06-negative"]
    on = date(2021, 6, 30)
    paid = Decimal(0)
    by_rate = {
        amount(decide(DEAD, DEAD, on=on, placement=each)): each
        for each in (Placement.CENTRALISED, Placement.DISPERSED)
    }
    for group in case["inputs"]["groups"]:
        rate = Decimal(group["rate"])
        assert rate in by_rate or rate == Decimal(1320)  # the last group is not labelled
        paid += group["heads"] * rate
    assert paid == Decimal(case["expected"]["gross"])
    assert paid != Decimal(case["expected"]["paid"])


# --- first and last payment


def test_from_which_month_is_said_where_a_row_says_it() -> None:
    decision = decide(DEAD, DEAD)
    assert decision.award is not None
    assert decision.award.start is None
    assert any("from which month" in note.text for note in decision.notes)
    for word, start in (("next_month", date(2021, 8, 1)), ("same_month", date(2021, 7, 1))):
        tables = county(stated("orphan.first_payment", word), area=QINGDAO)
        award = decide(DEAD, DEAD, on=date(2021, 7, 15), standards=tables).award
        assert award is not None
        assert award.start == start


def test_the_first_payment_of_jining() -> None:
    first = date(2025, 11, 7)
    facts: dict[str, Any] = {"area": "370831", "birth": date(2018, 1, 1)}
    starts = [
        decision.award.start
        for on in (first - DAY, first)
        if (decision := decide(DEAD, DEAD, on=on, **facts)).award
    ]
    assert starts == [None, date(2025, 12, 1)]


def test_rows_without_a_day_are_never_taken() -> None:
    stop = stops("orphan", "500101", on=date(2021, 12, 9), cause=StopCause.PARENT_FOUND)
    assert stop.unpaid_from is None
    assert "same_month" in stop.missing[0].message


def test_from_when_nothing_is_paid() -> None:
    """As in Chongqing: a parent found, the same month; the 18th birthday, the month after."""
    tables = county(TILL_NEXT_MONTH, stated("orphan.stop", "same_month", event="parent_found"))
    found, of_age = (
        stops("orphan", XINGLONG, on=date(2021, 12, 9), cause=cause, standards=tables)
        for cause in (StopCause.PARENT_FOUND, StopCause.OF_AGE)
    )
    assert (found.unpaid_from, of_age.unpaid_from) == (date(2021, 12, 1), date(2022, 1, 1))
    assert found.basis is not None
    open_ = stops("orphan", XINGLONG, on=date(2021, 12, 9), cause=StopCause.PARENT_FOUND)
    assert (open_.unpaid_from, len(open_.missing)) == (None, 1)


# --- in words and in general


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_explanation(language: str) -> None:
    text = decide(DEAD, MISSING).explain(language)
    words = {
        "en": ("both lost", "1,650.00 yuan a month", "Strengthening the Support of Orphans"),
        "zh_CN": ("属于孤儿", "每月1,650.00元", "加强孤儿保障工作的意见"),
    }
    assert all(word in text for word in words[language])


@pytest.mark.parametrize(
    ("parents", "facts", "wanted"),
    [
        ((), {}, ["parents"]),
        ((DEAD, Parent()), {}, ["parents[1].state"]),
        ((UNKNOWN, Parent()), {}, ["parents[1].state"]),
        ((FREE, Parent()), {}, []),
        ((DEAD, DEAD), {"adopted": None}, ["adopted"]),
        ((FREE, DEAD), {"adopted": None}, []),
        ((DEAD, Parent(state=ParentState.IN_PRISON)), {}, []),
    ],
    ids=str,
)
def test_unknown_facts_are_asked_only_where_they_decide(
    parents: tuple[Parent, ...], facts: dict[str, Any], wanted: list[str]
) -> None:
    assert asked(decide(*parents, **facts)) == wanted


@given(st.sampled_from(ParentState), st.sampled_from(ParentState), st.dates(ON, date(2040, 1, 1)))
def test_an_award_is_the_rate_or_nothing(one: ParentState, two: ParentState, on: date) -> None:
    decision = decide(MET[one], MET[two], on=on, orphan_as_minor=False)
    assert (decision.award is not None) == (decision.outcome is GRANTED)
    if decision.award is not None:
        assert (amount(decision), on < EIGHTEENTH) == (Decimal(1650), True)
