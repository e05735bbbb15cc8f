"""The schooling aid of orphans: the measures of 2019 and of 2025, day before and day of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from children_cases import (
    CASES,
    DAY,
    LANGUAGES,
    XINGLONG,
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

from minzheng.benefits import orphan_schooling
from minzheng.decision import Decision
from minzheng.people import Disability, DisabilityType, School, Schooling
from minzheng.rules import Outcome
from minzheng.standards import Per, Standards

GRANTED, REFUSED, UNDETERMINED = Outcome.GRANTED, Outcome.REFUSED, Outcome.UNDETERMINED
FIRST, REVISED = date(2019, 8, 1), date(2025, 4, 14)
PLAN = date(2020, 9, 1)
STUDIES: dict[str, Any] = {
    "school": School.BACHELOR,
    "full_time": True,
    "since_minor": True,
    "in_mainland": True,
    "in_plan": True,
    "half_years": 2,
}
DISABLED = Disability(type=DisabilityType.VISUAL, grade=4)


def decide(
    on: date = PLAN,
    studies: dict[str, Any] | None = None,
    standards: Standards | None = None,
    **facts: Any,
) -> Decision:
    settled = {
        "area": XINGLONG,
        "birth": date(2001, 3, 1),
        "orphan_as_minor": True,
        "adopted": False,
        "disabled": False,
        "schooling": Schooling(**{**STUDIES, **(studies or {})}),
        **facts,
    }
    return orphan_schooling.assess(child(**settled), on=on, standards=standards)


def test_a_school_year() -> None:
    decision = decide()
    assert decision.award is not None
    assert (amount(decision), decision.award.per) == (Decimal(10000), Per.YEAR)


@pytest.mark.parametrize(
    "name", ["welfare-04a-yecheng-2024-schooling", "welfare-04b-longshan-2023-schooling"]
)
def test_published_totals(name: str) -> None:
    inputs, wanted = CASES[name]["inputs"], CASES[name]["expected"]
    on = date(2023, 9, 1)
    assert inputs["persons"] == inputs["full_years"] + inputs["half_years"]
    whole, half = (amount(decide(on, {"half_years": halves})) for halves in (2, 1))
    assert whole == Decimal(inputs["rate_school_year"])
    assert half == Decimal(CASES["welfare-04a-yecheng-2024-schooling"]["expected"]["half_year"])
    total = inputs["full_years"] * whole + inputs["half_years"] * half
    assert total == Decimal(wanted["total"])


def test_before_the_project_nothing_is_held() -> None:
    before = decide(FIRST - DAY)
    assert (before.outcome, series(before)) == (UNDETERMINED, ["orphan_schooling.amount"])
    assert decide(FIRST).outcome is GRANTED


OF_2019 = {School.SECONDARY_VOCATIONAL, School.COLLEGE, School.BACHELOR, School.MASTER}


@pytest.mark.parametrize("school", School, ids=lambda each: each.name)
@pytest.mark.parametrize(
    ("on", "named"),
    [
        (FIRST, OF_2019),
        (REVISED - DAY, OF_2019),
        (REVISED, OF_2019 | {School.SENIOR_HIGH}),
    ],
    ids=["first", "before-the-revision", "revision"],
)
def test_schools_named(on: date, named: set[School], school: School) -> None:
    decision = decide(on, {"school": school})
    assert decision.outcome is (GRANTED if school in named else REFUSED)
    if school not in named:
        assert codes(decision) == ["school_not_named"]


@pytest.mark.parametrize(
    ("studies", "code"),
    [
        ({"since_minor": False}, "broken_off"),
        ({"in_mainland": False}, "outside_mainland"),
        ({"school": School.MASTER, "in_plan": False}, "outside_plan"),
    ],
    ids=str,
)
def test_what_only_the_revision_asks(studies: dict[str, Any], code: str) -> None:
    assert decide(REVISED - DAY, studies).outcome is GRANTED
    decision = decide(REVISED, studies)
    assert (decision.outcome, codes(decision)) == (REFUSED, [code])


@pytest.mark.parametrize("on", [PLAN, REVISED], ids=str)
@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"orphan_as_minor": False}, "not_an_orphan"),
        ({"birth": date(2012, 3, 1)}, "minor"),
        ({"schooling": Schooling(**{**STUDIES, "full_time": False})}, "not_full_time"),
    ],
    ids=str,
)
def test_what_both_ask(on: date, facts: dict[str, Any], code: str) -> None:
    assert codes(decide(on, **facts)) == [code]


@pytest.mark.parametrize(
    ("on", "outcome"), [(date(2019, 2, 28), None), (date(2020, 8, 31), REFUSED), (PLAN, GRANTED)]
)
def test_from_the_18th_birthday(on: date, outcome: Outcome | None) -> None:
    decision = decide(on, birth=date(2002, 9, 1))
    assert decision.outcome is (outcome or UNDETERMINED)


def test_an_adopted_orphan_only_if_disabled_since_the_revision() -> None:
    assert codes(decide(REVISED, adopted=True)) == ["adopted"]
    assert decide(REVISED, adopted=True, disabled=True).outcome is GRANTED
    assert decide(REVISED, adopted=True, disabled=None, disability=DISABLED).outcome is GRANTED
    before = decide(REVISED - DAY, adopted=True)
    assert (before.outcome, series(before)) == (UNDETERMINED, ["orphan_schooling.adopted"])
    out = county(stated("orphan_schooling.adopted", "excluded"))
    assert codes(decide(adopted=True, disabled=True, standards=out)) == ["adopted"]


def test_the_day_of_the_revision_is_marked_as_assumed() -> None:
    rows = Standards.bundled().table(series="orphan_schooling.school")
    revised = [row for row in rows if row.span is not None and row.span.start == REVISED]
    assert len(revised) == 5
    for row in revised:
        assert not row.start_stated
        assert row.source.confidence.value == "secondary"
        assert "not known" in (row.note or "")


@pytest.mark.parametrize(
    ("on", "studies", "facts", "wanted"),
    [
        (PLAN, {"since_minor": None, "in_mainland": None, "in_plan": None}, {}, []),
        (PLAN, {"full_time": None}, {}, ["schooling.full_time"]),
        (PLAN, {"half_years": None}, {}, ["schooling.half_years"]),
        (PLAN, {"school": None}, {}, ["schooling.school"]),
        (PLAN, {}, {"adopted": None}, ["adopted"]),
        (PLAN, {}, {"disabled": None}, []),
        (REVISED, {"since_minor": None}, {}, ["schooling.since_minor"]),
        (REVISED, {"in_plan": None}, {}, []),
        (REVISED, {"in_plan": None, "school": School.MASTER}, {}, ["schooling.in_plan"]),
        (REVISED, {}, {"adopted": True, "disabled": None}, ["disabled"]),
        (REVISED, {"full_time": None}, {"orphan_as_minor": False}, []),
        (PLAN, {"full_time": None}, {"birth": date(2012, 1, 1), "adopted": None}, []),
    ],
    ids=str,
)
def test_unknown_facts_are_asked_only_where_they_decide(
    on: date, studies: dict[str, Any], facts: dict[str, Any], wanted: list[str]
) -> None:
    assert asked(decide(on, studies, **facts)) == wanted


def test_a_woman_of_76_is_asked_nothing() -> None:
    facts: dict[str, Any] = {
        **dict.fromkeys(("orphan_as_minor", "adopted", "disabled", "schooling")),
        "birth": date(1949, 3, 1),
    }
    old = decide(date(2025, 9, 1), **facts)
    assert (old.outcome, asked(old)) == (REFUSED, [])
    assert codes(old) == ["not_an_orphan", "before_recognition"]
    young = decide(date(2025, 9, 1), **{**facts, "birth": date(1999, 3, 1)})
    assert "orphan_as_minor" in asked(young)
    stated_ = {**facts, "orphan_as_minor": True}
    assert "schooling.school" in asked(decide(date(2025, 9, 1), **stated_))


@pytest.mark.parametrize(("born", "settled"), [(date(1974, 3, 1), False), (date(1972, 3, 1), True)])
def test_the_year_from_which_recognition_is_asked(born: date, settled: bool) -> None:
    """1992 is a reading: whoever came of age in an earlier year is not asked."""
    decision = decide(PLAN, birth=born, orphan_as_minor=None)
    assert (decision.outcome is REFUSED) == settled
    assert asked(decision) == ([] if settled else ["orphan_as_minor"])


@pytest.mark.parametrize("count", [3, 4, 12])
@pytest.mark.parametrize("halves", [1, 2])
def test_instalments_add_up_to_the_year(count: int, halves: int) -> None:
    tables = county(stated("orphan_schooling.instalments", count))
    decision = decide(PLAN, {"half_years": halves}, tables)
    (note,) = decision.notes
    each, last = (Decimal(str(note.values[name])) for name in ("each", "last"))
    assert each * (count - 1) + last == amount(decision) == Decimal(5000 * halves)
    assert each <= last < each + Decimal(count) / 100
    assert note.values["count"] == count


def test_without_a_rule_the_decision_says_that_the_province_decides() -> None:
    (note,) = decide().notes
    assert "as the province decides" in note.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_explanation(language: str) -> None:
    words = {
        "en": ("full-time at a school named", "10,000.00 yuan a year"),
        "zh_CN": ("全日制就读", "每年10,000.00元"),
    }
    assert all(word in decide().explain(language) for word in words[language])


@given(st.sampled_from(School), st.booleans(), st.integers(1, 2), st.dates(FIRST, date(2040, 1, 1)))
def test_the_amount_is_that_of_a_year_or_a_half(
    school: School, full_time: bool, halves: int, on: date
) -> None:
    studies = {"school": school, "full_time": full_time, "half_years": halves}
    decision = decide(on, studies)
    if decision.award is not None:
        assert (amount(decision), full_time) == (Decimal(5000 * halves), True)
    else:
        assert decision.outcome is REFUSED
