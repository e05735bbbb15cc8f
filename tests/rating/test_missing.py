"""What a missing answer does, by its policy; and services that only higher grades ask for."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from minzheng.errors import InvalidInput
from minzheng.rating import UNRATED, Outcome, Peers, Rating, Scheme, Sheet, rate, read

LADDER = "{ steps = [[0, 2], [5, 6], [9, 10]] }"


def scheme(base: str = "nominal", rescale: str = "false", needed: str = "") -> Scheme:
    return read(
        f"""
id = "x"
title = "x"
title_zh = "x"
grades = [
  {{ code = "1", label = "1 star", label_zh = "一星" }},
  {{ code = "2", label = "2 stars", label_zh = "二星" }},
]
sources = [{{ id = "s", title = "t", where = "w", confidence = "secondary" }}]
[[gates]]
of = ["a"]
share = true
base = "{base}"
at_least = {{ "1" = "0.5", "2" = "0.8" }}
[[steps]]
kind = "gates"
name = "grade"
[[items]]
code = "a"
max = 20
rescale = {rescale}
[[items.items]]
code = "b"
max = 10
rule = {{ kind = "volume_ladder", ladder = {LADDER} }}
missing = {{ gone = "drop", full = "full", none = "zero", late = "lowest", mean = "peers_mean", refused = "unrated", not_offered = "zero" }}
{needed}
[[items.items]]
code = "c"
max = 10
""",
        "x",
    )


def rated(state: Any, made: Scheme | None = None, c: int = 8, peers: Peers | None = None) -> Rating:
    return rate(made or scheme(), Sheet(answers={"b": state, "c": c}, group="g"), peers)


@pytest.mark.parametrize(
    ("state", "points", "most"),
    [("gone", 8, 10), ("full", 18, 20), ("none", 8, 20), ("late", 10, 20), (5, 14, 20)],
)
def test_each_policy(state: Any, points: int, most: int) -> None:
    score = rated(state).scores["a"]
    assert (int(score.points or 0), int(score.most), int(score.nominal)) == (points, most, 20)


def test_the_mean_of_the_peers_goes_through_the_ladder() -> None:
    peers = Peers({"b": {"g": [4, 8], "h": [100]}})  # the mean is 6: the step from 5
    assert rated("mean", peers=peers).scores["b"].points == 6
    lacking = rated("mean")
    assert lacking.outcome is Outcome.UNDETERMINED
    assert [each.path for each in lacking.lacks] == ["answers.b.peers"]


def test_a_refusal_leaves_the_parent_unrated() -> None:
    rating = rated("refused")
    assert rating.scores["a"].state == "unrated"
    assert rating.outcome is Outcome.UNRATED
    assert rating.values["grade"] is UNRATED
    assert rating.rank is None


def test_what_is_not_said_is_not_assessed_and_named() -> None:
    rating = rate(scheme(), Sheet(answers={"c": 8}))
    assert rating.outcome is Outcome.UNDETERMINED
    assert [each.path for each in rating.lacks] == ["answers.b"]


def test_a_state_without_a_policy_is_not_taken() -> None:
    with pytest.raises(InvalidInput, match=r"answers.b: unknown 'not_applicable'"):
        rated("not_applicable")


@pytest.mark.parametrize(
    ("base", "rescale", "points", "rank"),
    [
        ("nominal", "false", 8, 0),  # 8 of 20
        ("applicable", "false", 8, 2),  # 8 of 10
        ("nominal", "true", 16, 2),  # stretched to 16 of 20
    ],
)
def test_dropped_points_by_what_the_share_is_taken_of(
    base: str, rescale: str, points: int, rank: int
) -> None:
    rating = rated("gone", scheme(base, rescale))
    assert rating.scores["a"].points == points
    assert rating.rank == rank


def test_a_service_that_only_the_higher_grade_asks_for() -> None:
    """Not offered, it does not apply to one star, and is worth nothing at two."""
    made = scheme("applicable", needed='needed_from = "2"')
    rating = rated("not_offered", made)
    shares = {check.grade: (check.has, check.needs) for check in rating.checks}
    assert shares == {"1": (8, 5), "2": (8, 16)}
    assert rating.rank == 1
    assert rated("not_offered", scheme("applicable")).rank == 0
    assert rated(9, made).rank == 2


def test_the_grade_one_applies_to_asks_for_the_whole() -> None:
    made = scheme("applicable", needed='needed_from = "1"')
    rating = rated("not_offered", made, c=10)
    assert rating.rank == 1
    assert Fraction(rating.checks[0].needs) == 10
