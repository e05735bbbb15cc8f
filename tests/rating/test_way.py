"""The least points to a grade: against trying everything, and on the published example."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minzheng.base.i18n import LANGUAGES
from minzheng.errors import InvalidInput
from minzheng.rating import Answer, Sheet, bundled, path_to, rate, read

NATIONAL = bundled("gbt-37276-2018")
GUANGXI = {
    "environment": 100,
    "facilities": Fraction("104.5"),
    "operation": Fraction("109.5"),
    "service": 460,
}
SECTIONS = {"environment": 120, "facilities": 130, "operation": 150, "service": 600}

SMALL = read(
    """
id = "small"
title = "small"
title_zh = "small"
max = 30
grades = [
  { code = "1", label = "1 star", label_zh = "一星" },
  { code = "2", label = "2 stars", label_zh = "二星" },
]
sources = [{ id = "s", title = "t", where = "w", confidence = "secondary" }]
[[gates]]
of = ["total"]
at_least = { "1" = 12, "2" = 21 }
[[gates]]
of = ["a", "b"]
share = true
at_least = { "1" = "0.4", "2" = "0.6" }
[[steps]]
kind = "gates"
name = "grade"
[[items]]
code = "a"
max = 15
items = [
  { code = "a1", max = 7, rule = { kind = "volume_ladder", ladder = { steps = [[1, 3], [2, 7]] } } },
  { code = "a2", max = 5, rule = { kind = "all_or_nothing" } },
  { code = "a3", max = 3, rule = { kind = "volume_ladder", ladder = { steps = [[1, "0.5"], [2, 3]] } } },
]
[[items]]
code = "b"
max = 15
items = [
  { code = "b1", max = 9, rule = { kind = "volume_ladder", ladder = { steps = [[1, 4], [2, 9]] } } },
  { code = "b2", max = 6, rule = { kind = "all_or_nothing" } },
]
"""
)
OPTIONS: dict[str, tuple[Any, ...]] = {
    "a1": (0, 1, 2),
    "a2": (False, True),
    "a3": (0, 1, 2),
    "b1": (0, 1, 2),
    "b2": (False, True),
}
SHEETS = [dict(zip(OPTIONS, each, strict=True)) for each in product(*OPTIONS.values())]
RATED = [rate(SMALL, Sheet(answers=each)) for each in SHEETS]


@given(st.integers(0, len(SHEETS) - 1), st.sampled_from(["1", "2"]))
def test_no_smaller_set_of_points_reaches_the_grade(at: int, grade: str) -> None:
    before = RATED[at]
    way = path_to(SMALL, Sheet(answers=SHEETS[at]), grade)
    assert before.total is not None
    leaves = [each.code for each in SMALL.leaves]
    better = [
        after.total - before.total
        for after in RATED
        if after.rank is not None
        and after.rank >= int(grade)
        and after.total is not None
        and all((after.scores[c].points or 0) >= (before.scores[c].points or 0) for c in leaves)
    ]
    assert way.possible is bool(better)
    if better:
        assert way.points == min(better)
        assert way.points == sum(each.gain for each in way.sections)
        raised = {leaf.code: leaf.to for each in way.sections for leaf in each.leaves}
        held = [
            after
            for after in RATED
            if all(after.scores[c].points == raised.get(c, before.scores[c].points) for c in leaves)
        ]
        assert [after.rank is not None and after.rank >= int(grade) for after in held] == [True]


def test_the_way_of_the_published_home_to_grade_4() -> None:
    way = path_to(NATIONAL, Sheet(answers=GUANGXI), "4")
    # operation 120 and services 480 ask for 10.5 and 20; the total of 780 then holds of itself
    assert way.points == Fraction("30.5")
    assert {each.code: each.gain for each in way.sections if each.gain} == {
        "operation": Fraction("10.5"),
        "service": 20,
    }
    assert way.binding == ("operation", "service")


def test_a_grade_that_is_reached_needs_nothing() -> None:
    way = path_to(NATIONAL, Sheet(answers=GUANGXI), "3")
    assert way.points == 0
    assert way.binding == ()
    assert way.possible


@given(st.lists(st.integers(0, 240), min_size=4, max_size=4), st.sampled_from("12345"))
def test_the_least_of_sections_scored_by_subtotal(halves: list[int], grade: str) -> None:
    answers = {
        code: min(Fraction(n, 2), Fraction(most))
        for (code, most), n in zip(SECTIONS.items(), halves, strict=True)
    }
    share = {"1": 4, "2": 5, "3": 6, "4": 8, "5": 9}[grade]
    way = path_to(NATIONAL, Sheet(answers=answers), grade)
    short = {
        c: max(Fraction(0), Fraction(most * share, 10) - answers[c]) for c, most in SECTIONS.items()
    }
    assert way.points == sum(short.values())
    raised = {each.code: answers[each.code] + each.gain for each in way.sections}
    rank = rate(NATIONAL, Sheet(answers=raised)).rank
    assert rank is not None
    assert rank >= int(grade)


def test_the_total_binds_where_it_asks_for_more_than_the_sections() -> None:
    centre = bundled("home-centre-stars-example")
    way = path_to(centre, Sheet(), "1")
    assert way.points == 450
    assert way.binding == ("total",)
    assert len(way.not_assessed) == 60
    leaves = {leaf.code: leaf.to for each in way.sections for leaf in each.leaves}
    assert sum(leaves.values()) == 450
    assert all(centre.nodes[code].most >= to for code, to in leaves.items())


def test_a_sheet_by_leaves_names_the_leaves() -> None:
    way = path_to(SMALL, Sheet(answers=SHEETS[0]), "1")
    assert {each.code: int(each.gain) for each in way.sections} == {"a": 6, "b": 6}
    assert way.points == sum(leaf.to for each in way.sections for leaf in each.leaves)


def test_bands_of_the_total_are_a_way_too() -> None:
    way = path_to(bundled("social-organisations-chenxi-2025"), Sheet(answers={"score": 79}), "4A")
    assert way.points == 1
    assert way.binding == ("total",)


def test_prerequisites_are_named_apart() -> None:
    facts = {"occupancy_percent": 30}
    scheme = read(
        """
id = "x"
title = "x"
title_zh = "x"
grades = [{ code = "1", label = "1 star", label_zh = "一星" }]
sources = [{ id = "s", title = "t", where = "w", confidence = "secondary" }]
items = [{ code = "a", max = 10, name = "甲", label = "a" }]
facts = [{ name = "occupancy_percent", kind = "number", least = 0, label = "occupancy", label_zh = "入住率" }]
prerequisites = [{ code = "p", fact = "occupancy_percent", at_least = { "1" = 40 } }]
gates = [{ of = ["total"], at_least = { "1" = 5 } }]
steps = [{ kind = "gates", name = "grade" }]
"""
    )
    way = path_to(scheme, Sheet(answers={"a": 4}, facts=facts), "1")
    assert [each.name for each in way.conditions] == ["occupancy_percent"]
    assert way.explain("en").splitlines() == [
        "To grade: at least 1 points more.".replace("grade", "1 star"),
        "  a: 1 points more",
        "    a: from 4 to 5",
        "What binds: total points.",
        "occupancy: 30; 40 is asked for",
    ]
    assert way.explain("zh_CN").splitlines()[0] == "距一星至少还差1分。"


def test_what_cannot_be_searched_is_told() -> None:
    with pytest.raises(InvalidInput, match=r"grade: unknown '6'"):
        path_to(NATIONAL, Sheet(), "6")
    with pytest.raises(InvalidInput, match="expected gates of the total"):
        path_to(bundled("cms-five-star-2022-04"), Sheet(), "5")


def test_an_open_reading_on_which_the_way_hangs_must_be_stated() -> None:
    answers = {**SECTIONS, "service": Answer(points=320, most=500)}
    with pytest.raises(InvalidInput, match=r"settings.share_of: must be stated"):
        path_to(NATIONAL, Sheet(answers=answers), "4")
    sheet = Sheet(answers=answers, settings={"share_of": "applicable"})
    assert path_to(NATIONAL, sheet, "4").points == 80


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_way_is_told(language: str) -> None:
    text = path_to(NATIONAL, Sheet(answers=GUANGXI), "4").explain(language)
    assert "30.5" in text
    assert ("points" in text) is (language == "en")
    assert ("运营管理" in text) is (language == "zh_CN")
