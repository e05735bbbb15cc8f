"""What is not answered or not known: the level is told exactly when nothing left can change it."""

from __future__ import annotations

from typing import Any

import pytest
from ability_cases import (
    BARTHEL,
    EVENTS,
    GBT,
    MZT,
    ON,
    SELF_CARE,
    best,
    completions,
    consistent,
    judge,
    open_reading,
    worst,
)
from attrs import evolve, fields
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from minzheng import ability
from minzheng.ability import Condition, EventCount, Reading, Sheet, Stacking, combine

SCALES = st.sampled_from(ability.SCALES)
FACTS = [each.name for each in fields(Condition)]


def scores(draw: st.DrawFn, scale: str) -> dict[str, int]:
    """Mostly good, mostly bad or mixed, so that all levels are met."""
    items = ability.scale(scale).items
    pull = draw(st.sampled_from(("best", "worst", "any")))
    anything = {c: draw(st.sampled_from(i.scores)) for c, i in items.items()}
    if pull == "any":
        return anything
    changed = draw(st.sets(st.sampled_from(sorted(items)), max_size=4))
    base = best(scale) if pull == "best" else worst(scale)
    return {code: anything[code] if code in changed else base[code] for code in base}


@st.composite
def closed(draw: st.DrawFn, scales: st.SearchStrategy[str] = SCALES) -> tuple[str, Sheet]:
    """A scale, and a sheet of it with nothing open."""
    scale = draw(scales)
    answers = scores(draw, scale)
    known: dict[str, Any] = {name: draw(st.integers(0, 2)) for name in EVENTS}
    known |= {name: draw(st.booleans()) for name in FACTS if name not in EVENTS}
    if scale == MZT:
        known["coma"] = answers["B.3.1"] == 3
        known["dementia"] = known["dementia"] or answers["B.2.1"] == 2
    if scale == GBT:
        known["coma"] = known["coma"] and answers["B3.9"] == 0
    condition = Condition(**known)
    reading = open_reading(scale)
    if scale == MZT:
        chosen = draw(st.sampled_from(Stacking)), draw(st.sampled_from(EventCount))
        reading = Reading(stacking=chosen[0], events=chosen[1])
    return scale, Sheet(id="t", answers=answers, condition=condition, reading=reading)


@st.composite
def opened(draw: st.DrawFn) -> tuple[str, Sheet]:
    """The same with a few places open."""
    scale, sheet = draw(closed())
    items = ability.scale(scale).items
    likely = [tie.item for tie in ability.scale(scale).ties] or sorted(items)[:1]
    codes = draw(
        st.sets(st.one_of(st.sampled_from(sorted(items)), st.sampled_from(likely)), max_size=3)
    )
    facts = draw(st.sets(st.sampled_from(FACTS), max_size=3))
    reading = sheet.reading
    if draw(st.booleans()):
        reading = evolve(reading, stacking=None)
    if draw(st.booleans()):
        reading = evolve(reading, events=None)
    return scale, Sheet(
        id="t",
        answers={code: None if code in codes else each for code, each in sheet.answers.items()},
        condition=evolve(sheet.condition, **dict.fromkeys(facts)),
        reading=reading,
    )


@given(opened())
@settings(max_examples=300)
def test_bounds_are_those_of_every_completion(case: tuple[str, Sheet]) -> None:
    scale, sheet = case
    told = ability.assess(scale, sheet, on=ON)
    found = [
        ability.assess(scale, each, on=ON) for each in completions(ability.scale(scale), sheet)
    ]
    levels = {each.level for each in found}
    assert None not in levels
    assert {told.least, told.most} == {min(map(int, levels)), max(map(int, levels))}  # type: ignore[arg-type]
    assert told.level == (levels.pop() if len(levels) == 1 else None)
    before = {each.preliminary for each in found}
    assert told.preliminary == (before.pop() if len(before) == 1 else None)
    for n, domain in enumerate(told.domains):
        grades = {each.domains[n].grade for each in found}
        assert domain.grade == (grades.pop() if len(grades) == 1 else None)
    assert bool(told.missing) is (told.level is None)


@given(opened())
@settings(max_examples=200)
def test_what_is_missing_is_enough_to_tell_the_level(case: tuple[str, Sheet]) -> None:
    """Once everything named is known the level is told, whatever else stays open."""
    scale, sheet = case
    told = ability.assess(scale, sheet, on=ON)
    paths = {each.path for each in told.missing}
    for whole in list(completions(ability.scale(scale), sheet))[:40]:
        answers = {
            code: each if f"answers[{code}]" in paths else sheet.answers.get(code)
            for code, each in whole.answers.items()
        }
        known = {
            name: getattr(whole.condition, name) for name in FACTS if f"condition.{name}" in paths
        }
        chosen = {
            name: getattr(whole.reading, name)
            for name in ("stacking", "events")
            if f"reading.{name}" in paths
        }
        filled = Sheet(
            id="t",
            answers=answers,
            condition=evolve(sheet.condition, **known),
            reading=evolve(sheet.reading, **chosen),
        )
        again = ability.assess(scale, filled, on=ON)
        assert again.level == ability.assess(scale, whole, on=ON).level


@given(closed(), st.data())
def test_a_better_answer_never_raises_a_level(case: tuple[str, Sheet], data: st.DataObject) -> None:
    scale, sheet = case
    code = data.draw(st.sampled_from(sorted(sheet.answers)))
    can_be = ability.scale(scale).items[code].scores
    place = can_be.index(sheet.answers[code] or 0)
    better = {**sheet.answers, code: can_be[max(0, place - 1)]}
    assume(consistent(scale, better, sheet.condition))
    told = ability.assess(scale, sheet, on=ON)
    improved = ability.assess(scale, Sheet(**_parts(sheet) | {"answers": better}), on=ON)
    assert told.level is not None
    assert improved.level is not None
    assert improved.level <= told.level


@given(closed(st.sampled_from((MZT, GBT))), st.data())
def test_a_ground_never_lowers_a_level(case: tuple[str, Sheet], data: st.DataObject) -> None:
    scale, sheet = case
    name = data.draw(st.sampled_from(FACTS))
    more: dict[str, Any] = {name: 2 if name in EVENTS else True}
    condition = evolve(sheet.condition, **more)
    assume(consistent(scale, sheet.answers, condition))
    told = ability.assess(scale, sheet, on=ON)
    graver = ability.assess(scale, Sheet(**_parts(sheet) | {"condition": condition}), on=ON)
    assert told.level is not None
    assert graver.level is not None
    assert graver.level >= told.level


@given(closed())
def test_a_level_lies_within_the_scale(case: tuple[str, Sheet]) -> None:
    scale, sheet = case
    told = ability.assess(scale, sheet, on=ON)
    held = ability.scale(scale)
    assert told.level in [each.number for each in held.levels]
    assert told.most_points == held.most_points
    assert (told.points is None) == (scale == MZT)
    if told.points is not None and told.most_points is not None:
        assert 0 <= told.points <= told.most_points


def _parts(sheet: Sheet) -> dict[str, Any]:
    return {each.name: getattr(sheet, each.name) for each in fields(Sheet)}


# --- by hand --------------------------------------------------------------------------------------


@pytest.mark.parametrize("scale", ability.SCALES)
def test_an_empty_sheet_says_nothing(scale: str) -> None:
    told = judge(scale, {}, Condition(), Reading())
    numbers = [each.number for each in ability.scale(scale).levels]
    assert (told.level, told.least, told.most) == (None, numbers[0], numbers[-1])
    assert told.unanswered == tuple(ability.scale(scale).items)
    assert {f"answers[{code}]" for code in told.unanswered} <= {e.path for e in told.missing}


def test_a_level_that_the_rest_cannot_change() -> None:
    answers: dict[str, int | None] = {**worst(GBT), "B1.2": None, "B4.5": None}
    told = judge(GBT, answers)
    assert (told.level, told.points, told.unanswered) == (4, None, ("B1.2", "B4.5"))
    assert told.missing == ()
    assert "B4" in [each.code for each in told.domains if each.points is None]


@pytest.mark.parametrize(
    ("walking", "bounds"), [(0, (3, 4)), (1, (3, 4)), (3, (3, 4)), (4, (3, 3))]
)
def test_the_last_point_decides(walking: int, bounds: tuple[int, int]) -> None:
    """26 points and the walking are known, and one item of 0 to 4 is open."""
    known = {"B1.1": 4, "B1.2": 4, "B1.3": 4, "B1.4": 4, "B1.5": 4, "B1.6": 4, "B1.8": 2}
    answers: dict[str, int | None] = {**worst(GBT), **known, "B2.3": walking, "B1.7": None}
    told = judge(GBT, answers)
    assert (told.least, told.most) == bounds
    less = judge(GBT, {**answers, "B1.8": 1, "B2.3": 0})  # 25 to 29
    assert less.level == 4


def test_a_grade_is_told_before_its_items_are_all_answered() -> None:
    answers: dict[str, int | None] = {**best(MZT), "B.3.2": 4, "B.3.3": None, "B.3.4": None}
    told = judge(MZT, answers)
    assert told.domains[2].grade == 3
    assert told.level == 1


def test_only_what_matters_is_missing() -> None:
    told = judge(GBT, best(GBT), Condition(dementia=True))
    assert told.raised == ("dementia",)
    assert (told.level, told.missing) == (
        1,
        (),
    )  # a clear mind is no coma, and one ground is enough
    told = judge(GBT, {**best(GBT), "B3.9": 0}, Condition(dementia=True))
    assert [each.path for each in told.missing] == ["condition.coma"]
    told = judge(MZT, best(MZT), Condition(falls=0))
    paths = [each.path for each in told.missing]
    assert paths[:2] == ["condition.dementia", "condition.mental_illness"]
    assert "condition.other_events" not in paths
    assert "condition.falls" not in paths


def test_the_item_that_tells_a_coma_is_missing_not_the_fact() -> None:
    answers: dict[str, int | None] = {**best(MZT), "B.3.1": None, "B.3.2": 4}
    told = judge(MZT, answers, evolve(Condition.none(), coma=None))
    assert (told.preliminary, told.least, told.most) == (1, 1, 3)
    assert [each.path for each in told.missing] == ["answers[B.3.1]"]
    assert judge(MZT, answers).level == 1


def test_a_known_fact_narrows_an_open_item() -> None:
    """Without a diagnosed disorder cognition is 0 or 1; in a coma the mind is not clear."""
    grades = {**best(MZT), "B.1.1": 0, "B.3.2": 3, "B.4.1": 4, "B.4.2": 4, "B.2.1": None}
    assert combine(1, 2, 2, 2).level == 2
    told = judge(MZT, grades)
    assert (told.least, told.most, told.domains[1].grade) == (1, 1, None)
    assert judge(MZT, grades, evolve(Condition.none(), dementia=None)).most == 3
    told = judge(GBT, {**best(GBT), "B3.9": None}, evolve(Condition.none(), coma=True))
    assert (told.preliminary, told.level) == (1, 4)


def test_open_self_care() -> None:
    failed = {"eating": 0, "dressing": 0, "bed": 0}
    assert judge(SELF_CARE, failed).least == 1
    assert judge(SELF_CARE, {**failed, "toilet": 0}).level == 2
    assert judge(SELF_CARE, {**failed, "toilet": 1, "walking": 1, "bathing": 1}).level == 1


def test_barthel_from_both_sides_of_a_cut() -> None:
    answers: dict[str, int | None] = {
        **worst(BARTHEL),
        "feeding": 10,
        "transfer": 15,
        "walking": 10,
    }
    assert judge(BARTHEL, {**answers, "bathing": None}).level == 3  # 35 or 40
    told = judge(BARTHEL, {**answers, "bathing": 5, "grooming": None})  # 40 or 45
    assert (told.level, told.least, told.most) == (None, 2, 3)
