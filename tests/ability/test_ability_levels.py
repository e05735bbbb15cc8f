"""Levels: cut points from both sides, the combination of grades, the changes of level."""

from __future__ import annotations

import tomllib
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from ability_cases import (
    BARTHEL,
    GBT,
    MZT,
    ON,
    PLAIN,
    SELF_CARE,
    best,
    judge,
    with_points,
    worst,
)
from attrs import evolve, fields

from minzheng import ability
from minzheng.ability import Condition, EventCount, Reading, Sheet, Stacking, combine
from minzheng.ability.changes import final
from minzheng.benefits import tekun
from minzheng.benefits._tekun.benefit import self_care_class
from minzheng.errors import InvalidInput
from minzheng.people import Residence, SelfCare

ORACLES = Path(__file__).parents[1] / "oracles"
GRADES = tuple(product(range(4), repeat=4))


def case(file: str, name: str) -> dict[str, Any]:
    cases = tomllib.loads((ORACLES / f"{file}.toml").read_text("utf-8"))["case"]
    found: dict[str, Any] = next(each for each in cases if each["id"].startswith(name))
    return found


# --- GB/T 42195-2022 ------------------------------------------------------------------------------

ALL = ("B1", "B2", "B3", "B4")


@pytest.mark.parametrize(
    ("points", "level"),
    [(90, 0), (89, 1), (66, 1), (65, 2), (46, 2), (45, 3), (30, 3), (29, 4), (0, 4)],
)
def test_cut_points_of_2022(points: int, level: int) -> None:
    told = judge(GBT, with_points(GBT, ALL, points))
    assert (told.points, told.level, told.preliminary) == (points, level, level)
    assert sum(each.points or 0 for each in told.domains) == points


def test_the_published_cut_points_of_2022() -> None:
    held = case("welfare", "welfare-13a")
    told = [judge(GBT, with_points(GBT, ALL, each)).level for each in held["inputs"]["points"]]
    assert told == held["expected"]["level"]


def raised(answers: dict[str, int], **facts: Any) -> tuple[int | None, tuple[str, ...]]:
    told = judge(GBT, answers, evolve(Condition.none(), **facts))
    return told.level, told.raised


MILD, SEVERE, LOST = (with_points(GBT, ALL, points) for points in (80, 40, 10))


@pytest.mark.parametrize(
    ("facts", "grounds"),
    [
        ({"dementia": True}, ("dementia",)),
        ({"mental_illness": True}, ("mental_illness",)),
        ({"falls": 2}, ("events",)),
        ({"falls": 1, "choking": 1}, ("events",)),
        ({"other_events": 1, "self_harm": 1}, ("events",)),
        ({"dementia": True, "wandering": 3}, ("dementia", "events")),
        ({"dementia": True, "mental_illness": True}, ("dementia", "mental_illness")),
        ({"falls": 1}, ()),
    ],
)
def test_one_level_in_all_is_raised(facts: dict[str, Any], grounds: tuple[str, ...]) -> None:
    assert raised(MILD, **facts) == (2 if grounds else 1, grounds)
    assert raised(SEVERE, **facts) == (4 if grounds else 3, grounds)
    assert raised(LOST, **facts) == (4, ())


def test_full_points_are_raised_too() -> None:
    assert raised(best(GBT), dementia=True) == (1, ("dementia",))


def test_a_coma_gives_the_most_severe_level() -> None:
    answers = {**best(GBT), "B3.9": 0}
    told = judge(GBT, answers, evolve(Condition.none(), coma=True))
    assert (told.level, told.preliminary, told.raised) == (4, 1, ("coma",))
    assert any("B3.9" in each.text for each in told.readings)
    assert judge(GBT, answers).level == 1  # stupor, not coma


def test_a_coma_is_contradicted_by_a_clear_mind() -> None:
    with pytest.raises(InvalidInput, match=r"condition\.coma: is true, but B3\.9 of 2 excludes it"):
        judge(GBT, best(GBT), evolve(Condition.none(), coma=True))


# --- MZ/T 039-2013: grades ------------------------------------------------------------------------


def grade(domain: str, answers: dict[str, int]) -> int | None:
    told = judge(MZT, {**best(MZT), **answers}, evolve(Condition.none(), coma=None, dementia=None))
    return next(each.grade for each in told.domains if each.code == domain)


@pytest.mark.parametrize(
    ("domain", "points", "expected"),
    [
        *(("B.1", points, 0) for points in (100,)),
        *(("B.1", points, 1) for points in (95, 65)),
        *(("B.1", points, 2) for points in (60, 45)),
        *(("B.1", points, 3) for points in (40, 0)),
        *(("B.2", points, level) for points, level in enumerate((0, 1, 2, 2, 3, 3, 3))),
        *(("B.4", points, 0) for points in (0, 2)),
        *(("B.4", points, 1) for points in (3, 7)),
        *(("B.4", points, 2) for points in (8, 13)),
        *(("B.4", points, 3) for points in (14, 20)),
    ],
)
def test_cut_points_of_2013(domain: str, points: int, expected: int) -> None:
    assert grade(domain, with_points(MZT, (domain,), points)) == expected


def test_the_published_cut_points_of_daily_living() -> None:
    held = case("welfare", "welfare-13b")
    points = held["inputs"]["points"]
    found = [grade("B.1", with_points(MZT, ("B.1",), each)) for each in points]
    assert found == held["expected"]["grade"]


def perception(c: int, v: int, h: int, k: int) -> int:
    """B.3 as its text has it, from the worst grade to the best."""
    if c >= 2 or v == 4 or h == 4 or k == 3:
        return 3
    if c == 1 or v == 3 or h == 3 or k == 2:
        return 2
    if v == 2 or h == 2 or k == 1:
        return 1
    return 0


def test_perception_of_every_sheet() -> None:
    for c, v, h, k in product(range(4), range(5), range(5), range(4)):
        sheet = {"B.3.1": c, "B.3.2": v, "B.3.3": h, "B.3.4": k}
        assert grade("B.3", sheet) == perception(c, v, h, k)


def test_known_traps_of_perception() -> None:
    """Blind but able to talk; a small trouble to communicate does not hide blindness."""
    assert grade("B.3", {"B.3.2": 4}) == 3
    assert grade("B.3", {"B.3.2": 4, "B.3.4": 1}) == 3
    assert grade("B.3", {"B.3.1": 1, "B.3.2": 3, "B.3.3": 3, "B.3.4": 2}) == 2


# --- MZ/T 039-2013: combination -------------------------------------------------------------------

UNDEFINED = {
    (0, 0, 0, 3),
    (2, 0, 0, 0),
    *((2, 1, 1, 1), (2, 1, 1, 2), (2, 1, 2, 1), (2, 1, 2, 2)),
    *((2, 2, 1, 1), (2, 2, 1, 2), (2, 2, 2, 1)),
}


def test_what_the_text_leaves_undefined_and_contradicts() -> None:
    found = [combine(*grades) for grades in GRADES]
    assert {each.grades for each in found if not each.literal} == UNDEFINED
    contradictory = [each for each in found if len(each.literal) > 1]
    assert len(contradictory) == 60
    by_daily = [(each.grades[0], each.literal) for each in contradictory]
    assert by_daily.count((1, (1, 2))) == by_daily.count((2, (2, 3))) == 30


def test_the_level_is_that_of_the_text_where_it_gives_one() -> None:
    for grades in GRADES:
        found = combine(*grades)
        if found.literal:
            assert found.level == max(found.literal)
            assert found.defined == (len(found.literal) == 1)
        else:
            assert found.level == (1 if grades == (0, 0, 0, 3) else 2)


def test_a_worse_grade_never_lowers_the_level() -> None:
    for grades in GRADES:
        for place, each in enumerate(grades):
            if each < 3:
                worse = (*grades[:place], each + 1, *grades[place + 1 :])
                assert combine(*worse).level >= combine(*grades).level


def of_grades(daily: int, mental: int, perceived: int, social: int) -> dict[str, int]:
    return {
        **best(MZT),
        **with_points(MZT, ("B.1",), (100, 65, 45, 40)[daily]),
        "B.2.2": min(mental, 2),
        "B.2.3": max(0, mental - 2) + (mental == 3),
        "B.3.2": (0, 2, 3, 4)[perceived],
        **with_points(MZT, ("B.4",), (0, 3, 8, 14)[social]),
    }


def test_every_combination_through_a_sheet() -> None:
    for grades in GRADES:
        told = judge(MZT, of_grades(*grades))
        assert told.combination == combine(*grades)
        assert told.level == told.preliminary == combine(*grades).level
        texts = [each.text for each in told.readings]
        assert any("interpretation" in text for text in texts)
        assert any("gives no level" in text for text in texts) == (grades in UNDEFINED)
        several = len(combine(*grades).literal) > 1
        assert any("gives both" in text for text in texts) == several


# --- MZ/T 039-2013: changes -----------------------------------------------------------------------


def changed(
    grades: tuple[int, int, int, int], reading: Reading = PLAIN, **facts: Any
) -> tuple[int | None, tuple[str, ...]]:
    told = judge(MZT, of_grades(*grades), evolve(Condition.none(), **facts), reading)
    return told.level, told.raised


ABLE, MODERATE, GRAVE = (0, 0, 0, 0), (2, 1, 0, 0), (3, 0, 0, 0)
EACH = evolve(PLAIN, stacking=Stacking.EACH)


def test_a_disease_or_events_raise_by_one() -> None:
    assert changed(ABLE, mental_illness=True) == (1, ("mental_illness",))
    assert changed(MODERATE, choking=2) == (3, ("events",))
    assert changed(GRAVE, dementia=True, falls=3) == (3, ())


def test_both_grounds_by_either_reading() -> None:
    grounds = ("dementia", "events")
    assert changed(ABLE, PLAIN, dementia=True, falls=2) == (1, grounds)
    assert changed(ABLE, EACH, dementia=True, falls=2) == (2, grounds)
    assert changed(MODERATE, EACH, dementia=True, falls=2) == (3, grounds)


def test_two_diseases_are_one_ground() -> None:
    assert changed(ABLE, EACH, dementia=True, mental_illness=True)[0] == 1


def test_events_by_either_count() -> None:
    per_kind = evolve(PLAIN, events=EventCount.PER_KIND)
    assert changed(ABLE, PLAIN, falls=1, wandering=1) == (1, ("events",))
    assert changed(ABLE, per_kind, falls=1, wandering=1) == (0, ())
    assert changed(ABLE, per_kind, falls=2) == (1, ("events",))
    assert changed(ABLE, PLAIN, falls=1, other_events=1) == (0, ())  # not a kind of C.3


def test_a_reading_not_chosen_is_asked_only_where_it_matters() -> None:
    none = Reading()
    assert changed(GRAVE, none, dementia=True, falls=2)[0] == 3
    assert changed(MODERATE, none, dementia=True, falls=2)[0] == 3
    assert changed(ABLE, none, dementia=True)[0] == 1
    facts = evolve(Condition.none(), dementia=True, falls=2)
    told = judge(MZT, of_grades(*ABLE), facts, none)
    assert (told.level, told.least, told.most) == (None, 1, 2)
    assert [each.path for each in told.missing] == ["reading.stacking"]
    told = judge(MZT, of_grades(*ABLE), evolve(Condition.none(), falls=1, choking=1), none)
    assert (told.least, told.most) == (0, 1)
    assert [each.path for each in told.missing] == ["reading.events"]


@pytest.mark.parametrize("reading", [PLAIN, EACH, Reading()])
def test_the_reading_is_reported(reading: Reading) -> None:
    told = judge(MZT, best(MZT), reading=reading)
    texts = [each.text for each in told.readings]
    assert any("by one each" in text for text in texts) == (reading is EACH)
    assert any("together raise the level by one." in text for text in texts) == (reading is PLAIN)
    assert sum("no reading is chosen" in text for text in texts) == 2 * (reading == Reading())


def test_a_reading_that_a_text_does_not_leave_open_is_refused() -> None:
    with pytest.raises(InvalidInput, match=r"reading\.stacking: .*'once', got 'each'"):
        judge(GBT, best(GBT), reading=EACH)


def test_a_coma_of_2013_comes_from_its_item() -> None:
    told = judge(MZT, {"B.3.1": 3}, Condition(), Reading())
    assert (told.level, told.raised, told.missing) == (3, ("coma",), ())
    assert told.preliminary is None
    assert len(told.unanswered) == 21
    with pytest.raises(InvalidInput, match=r"condition\.coma: is false, but B\.3\.1 of 3 says so"):
        judge(MZT, {"B.3.1": 3})
    with pytest.raises(InvalidInput, match=r"condition\.coma: is true, but B\.3\.1 of 2"):
        judge(MZT, {"B.3.1": 2}, Condition(coma=True))


def test_a_diagnosed_disorder_of_2013_is_a_ground() -> None:
    answers = {**best(MZT), "B.2.1": 2}
    told = judge(MZT, answers, evolve(Condition.none(), dementia=None))
    assert (told.preliminary, told.level, told.raised) == (1, 2, ("dementia",))
    assert told.readings[-1].values == {"item": "B.2.1", "score": 2, "clause": "C.3"}
    stated = judge(MZT, answers, evolve(Condition.none(), dementia=True))
    assert len(stated.readings) == len(told.readings) - 1
    with pytest.raises(InvalidInput, match=r"condition\.dementia: is false, but B\.2\.1 of 2"):
        judge(MZT, answers)


def test_the_level_after_the_changes() -> None:
    """Every combination of grounds against the clauses, one by one."""
    flags = (False, True)
    for top, before in product((3, 4), range(4)):
        for coma, disease, events, each in product(flags, repeat=4):
            level = final(top, before, coma, disease, events, each)
            if coma or before == top:
                assert level == top
            elif disease and events and each:
                assert level == min(top, before + 2)
            else:
                assert level - before == (disease or events)


# --- Barthel and self-care ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "level"), [(100, 1), (65, 1), (60, 2), (45, 2), (40, 3), (0, 3)]
)
def test_bands_of_the_barthel_index(points: int, level: int) -> None:
    told = judge(BARTHEL, with_points(BARTHEL, ("adl",), points))
    assert (told.points, told.level) == (points, level)
    assert told.raised == ()


def test_the_barthel_bands_are_not_the_grades_of_2013() -> None:
    same = with_points(MZT, ("B.1",), 100)
    assert grade("B.1", same) == 0
    told = judge(BARTHEL, best(BARTHEL))
    assert told.level == 1
    assert any("MZ/T 039-2013" in each.text for each in told.notes)


def test_a_scale_without_changes_asks_nothing_besides() -> None:
    told = judge(BARTHEL, best(BARTHEL), Condition())
    assert (told.level, told.missing) == (1, ())


def test_the_published_classes_of_self_care() -> None:
    held = case("assistance", "A24")
    levels = {"self": 0, "partial": 1, "complete": 2}
    names = [each.name for each in fields(SelfCare)]
    for failed, wanted in zip(held["inputs"]["failures"], held["expected"]["class"], strict=True):
        stated = SelfCare(**{name: n >= failed for n, name in enumerate(names)})
        assert ability.self_care(stated, on=ON).level == levels[wanted]


def test_self_care_agrees_with_tekun() -> None:
    held = tekun.parameters("130822", on=ON, residence=Residence.RURAL).parameters
    assert held is not None
    names = [each.name for each in fields(SelfCare)]
    for able in product((True, False), repeat=6):
        told = ability.self_care(SelfCare(**dict(zip(names, able, strict=True))), on=ON)
        found = self_care_class(able.count(False), held)
        wanted = {found.SELF: 0, found.PARTIAL: 1, found.COMPLETE: 2}[found]
        assert told.level == wanted
        assert told.points == able.count(True)


def test_self_care_before_its_figures_is_not_told() -> None:
    able = SelfCare(**dict.fromkeys((each.name for each in fields(SelfCare)), True))
    told = ability.self_care(able, on=date(2021, 6, 30))
    assert (told.level, told.least, told.points, told.in_force) == (None, None, 6, False)
    assert [each.path for each in told.missing] == ["standards", "standards"]
    assert ability.self_care(able, on=date(2021, 7, 1)).level == 0


def test_self_care_by_ones_own_figures() -> None:
    worst_but_one = {**worst(SELF_CARE), "eating": 1}
    assert judge(SELF_CARE, worst_but_one).level == 2
    told = ability.assess(SELF_CARE, Sheet(id="t", answers=worst_but_one), on=ON)
    assert [each.figure.series for each in told.figures] == [
        "tekun.self_care.partial_from",
        "tekun.self_care.complete_from",
    ]
