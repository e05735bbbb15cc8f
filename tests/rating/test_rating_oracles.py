"""Worked examples of ratings, from official pages and published rows."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from minzheng.rating import Answer, Peers, Rating, Sheet, bundled, rate
from minzheng.rating.numbers import Rounding, rounded

ORACLES = Path(__file__).parents[1] / "oracles" / "rating.toml"
CASES = {row["id"]: row for row in tomllib.loads(ORACLES.read_text("utf-8"))["case"]}


def case(number: str) -> tuple[dict[str, Any], dict[str, Any]]:
    row = CASES[number]
    return row["inputs"], row["expected"]


def cms(given: dict[str, Any], **facts: Any) -> Rating:
    """A sheet of the published columns of one home."""
    stars = (
        "hi_star",
        "hi_star_before_cap",
        "rn_star",
        "total_nurse_star",
        "staffing_star",
        "qm_star",
    )
    names = {"rn_adjusted_hprd": "rn_hprd", "total_adjusted_hprd": "total_hprd"}
    sheet = Sheet(
        facts={
            **{f"cycle_{at}": Decimal(v) for at, v in enumerate(given.get("cycles", ()), 1)},
            **{names[key]: Decimal(given[key]) for key in names if key in given},
            **facts,
        },
        given={name: given[name] for name in stars if name in given},
    )
    return rate(bundled(given["scheme"]), sheet)


def test_every_case_is_sourced() -> None:
    for row in CASES.values():
        assert row["source"]
        assert row["grade"] in ("confirmed", "derived")


def test_w1_section_scores_of_a_home_in_guangxi() -> None:
    given, expected = case("W1")
    scheme = bundled(given["scheme"])
    assert {each.code: each.most for each in scheme.items} == {
        name: Fraction(most) for name, most in given["maxima"].items()
    }
    rating = rate(scheme, Sheet(answers={k: Decimal(v) for k, v in given["scores"].items()}))
    assert rating.total == Fraction(expected["total"])
    assert rating.rank == expected["earned_grade"]
    for name, percent in expected["percent"].items():
        share = rating.scores[name].share
        assert share is not None
        assert rounded(share * 100, 2, Rounding.HALF_UP) == Fraction(percent)
    # grade 4 fails on the total and on two sections
    assert {each.name for each in rating.binding} == {"total", "operation", "service"}


@pytest.mark.parametrize(("number", "key"), [("W2", "institutions"), ("W14", "graded")])
def test_w2_w14_rounds_add_up(number: str, key: str) -> None:
    given, expected = case(number)
    counts = {**given, **expected}["by_grade"]
    grades = bundled(given["scheme"]).ranks
    assert sum(counts[code] for code in counts if code in grades) == {**given, **expected}[key]


@pytest.mark.parametrize("number", ["W3", "W4", "W7", "W9"])
def test_published_rows_of_homes(number: str) -> None:
    given, expected = case(number)
    rating = cms(given)
    score = rounded(rating.values["weighted_score"], 3, Rounding.HALF_UP)
    assert score == Fraction(expected["weighted_score"])
    for name in ("rn_star", "total_nurse_star", "staffing_star", "overall_star"):
        if name in expected:
            assert rating.values[name] == expected[name], name
    assert rating.rank == expected["overall_star"]


def test_w8a_the_example_of_the_matrix() -> None:
    given, expected = case("W8a")
    assert cms(given).values["staffing_star"] == expected["staffing_star"]


def test_w8b_a_short_measure_is_topped_up_with_the_mean() -> None:
    given, expected = case("W8b")
    size, least = given["real_assessments"], given["least_denominator"]
    scheme = bundled(given["scheme"])
    assert {each.least_size for top in scheme.items for each in top.items} == {least}
    peers = Peers({"ls_falls": {"AL": [Decimal("0.02"), Decimal("0.06")]}})
    answer = Answer(count=Decimal("0.01"), size=size)
    score = rate(scheme, Sheet(answers={"ls_falls": answer}, group="AL"), peers).scores["ls_falls"]
    assert (score.own, score.imputed) == (size, expected["imputed_assessments"])
    own, mean = Fraction(expected["weight_own"]), Fraction(expected["weight_state_mean"])
    assert (Fraction(size, least), Fraction(least - size, least)) == (own, mean)
    # 0.6 x 0.01 + 0.4 x 0.04 = 0.022: the band up to 0.0246
    assert own * Fraction("0.01") + mean * Fraction("0.04") == Fraction("0.022")
    assert score.points == 80


def test_w8c_the_abuse_icon_caps() -> None:
    given, expected = case("W8c")
    rating = cms(given, abuse_icon=given["abuse_icon"])
    assert rating.values["hi_star"] == expected["hi_star"]
    assert rating.rank == expected["overall_star"]


def test_w13_where_the_weights_of_australia_come_from() -> None:
    given, expected = case("W13")
    means = {
        name: Fraction(given["priority"][name] + given["data_maturity"][name], 2)
        for name in given["priority"]
    }
    percent = {
        name: int(rounded(100 * mean / sum(means.values()), 0, Rounding.HALF_UP))
        for name, mean in means.items()
    }
    assert percent == expected["weight_percent"]
    step = bundled(given["scheme"]).steps_by_name["weighted"]
    held = dict(zip(step.of, step.weights, strict=True))  # type: ignore[attr-defined]
    assert {name: int(100 * weight) for name, weight in held.items()} == percent


def test_e1_clamped_before_the_quality_step() -> None:
    given, expected = case("E1")
    rating = cms(given)
    assert rating.values["after_staffing"] == 5
    assert rating.rank == expected["overall_star"]


def test_e2_exactly_on_the_printed_hole() -> None:
    given, expected = case("E2")
    assert cms(given).values["rn_star"] == expected["rn_star"]


def test_the_cases_are_all_here() -> None:
    assert set(CASES) == {
        *("W1", "W2", "W3", "W4", "W7", "W8a", "W8b", "W8c", "W9", "W13", "W14", "E1", "E2"),
    }
