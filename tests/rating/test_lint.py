"""The linter finds what the published texts got wrong, and nothing in a sound scheme."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from minzheng.base.i18n import LANGUAGES
from minzheng.rating import Scheme, bundled, lint, read, schemes
from minzheng.rating.lint import Found

HEAD = """
id = "x"
title = "x"
title_zh = "x"
grades = [
  { code = "3", label = "3 stars", label_zh = "三星" },
  { code = "4", label = "4 stars", label_zh = "四星" },
  { code = "5", label = "5 stars", label_zh = "五星" },
]
sources = [{ id = "s", title = "t", where = "w", confidence = "secondary" }]
"""
SCORE = """
[[items]]
code = "score"
max = 100
"""


def scheme(*tables: str) -> Scheme:
    return read(HEAD + "".join(tables), "x")


def found(scheme: Scheme, code: str) -> list[Found]:
    return [each for each in lint(scheme) if each.code == code]


def values(scheme: Scheme, code: str, *names: str) -> list[Any]:
    return [tuple(each.values[name] for name in names) for each in found(scheme, code)]


def test_the_totals_of_the_national_standard_never_bind() -> None:
    pairs = values(bundled("gbt-37276-2018"), "not_binding", "needs", "implied")
    assert pairs == [(360, 400), (450, 500), (570, 600), (780, 800)]


def test_the_holes_in_the_staffing_bands_as_printed() -> None:
    holes = [
        (each.where, each.values["low"]) for each in found(bundled("cms-five-star-2022-04"), "hole")
    ]
    assert holes == [
        ("rn_star", Fraction("1.049")),
        ("total_nurse_star", Fraction("4.408")),
    ]


def test_e2_of_the_oracles_names_the_hole() -> None:
    path = Path(__file__).parents[1] / "oracles" / "rating.toml"
    cases = {row["id"]: row for row in tomllib.loads(path.read_text("utf-8"))["case"]}
    told = [each.text("en") for each in lint(bundled("cms-five-star-2022-04"))]
    hole = cases["E2"]["expected"]["lint"].split()[3]
    assert f"rn_star: {hole} lies in no band" in told


def test_the_holes_between_whole_percentages() -> None:
    pairs = values(bundled("cqc-scores-2023"), "hole_between", "low", "high")
    assert pairs == [(38, 39), (62, 63), (87, 88)]


def test_the_overlap_and_the_holes_of_anqing() -> None:
    anqing = bundled("social-organisations-anqing-2022")
    assert values(anqing, "overlap", "first", "second", "low", "high") == [("4A", "5A", 950, 950)]
    assert values(anqing, "hole_between", "low", "high") == [(800, 801), (850, 851), (900, 901)]


def test_the_bands_of_ningde_overlap() -> None:
    """60-80 and 80-90 as printed: 80 belongs to both."""
    ningde = scheme(
        SCORE,
        """
[[steps]]
kind = "bands"
name = "grade"
of = "total"
bands = [
  { gives = "3", lo = 60, hi = 80 },
  { gives = "4", lo = 80, hi = 90 },
  { gives = "5", lo = 90, lo_in = false },
]
""",
    )
    assert values(ningde, "overlap", "first", "second", "low") == [("3", "4", 80)]
    assert found(ningde, "hole") == found(ningde, "hole_between") == []


def test_luoyang_fits_whole_points_only_and_chenxi_any() -> None:
    luoyang = values(bundled("social-organisations-luoyang-2025"), "hole_between", "low", "high")
    assert luoyang == [(599, 600), (699, 700), (799, 800), (899, 900)]
    assert lint(bundled("social-organisations-chenxi-2025")) == ()


def test_gates_that_compare_a_section_with_itself() -> None:
    for name in ("home-centre-stars-example", "community-station-stars-example"):
        assert [each.where for each in found(bundled(name), "self_gate")] == [
            "safety",
            "service",
            "management",
            "facility",
        ]


def test_what_is_wrong_with_the_institution_sheet() -> None:
    sheet = bundled("institution-stars-example")
    assert [each.where for each in found(sheet, "options")] == ["SA19"]
    assert values(sheet, "options", "sum", "max") == [(8, 10)]
    assert len(found(sheet, "recorded_sum")) == 42
    assert [(each.where, each.values["number"]) for each in found(sheet, "number_twice")] == [
        ("service", 18),
        ("management", 18),
    ]


def test_the_other_sheets_add_up() -> None:
    for name in ("home-centre-stars-example", "community-station-stars-example"):
        assert {each.code for each in lint(bundled(name))} == {"self_gate"}


def test_australia_is_sound_and_monotone() -> None:
    assert lint(bundled("au-star-ratings")) == ()
    assert lint(bundled("cqc-principles-2022")) == ()


@pytest.mark.parametrize("version", ["2022-04", "2022-07", "2025-07"])
def test_the_overall_star_is_monotone_but_relative(version: str) -> None:
    codes = [each.code for each in lint(bundled(f"cms-five-star-{version}"))]
    assert "not_monotone" not in codes
    assert codes.count("relative") == 1


# --- faults made on purpose -----------------------------------------------------------------------

GATES = """
[[gates]]
of = ["total"]
at_least = { "3" = 60, "4" = 110, "5" = 100 }
[[steps]]
kind = "gates"
name = "grade"
"""


def test_a_grade_that_cannot_be_reached() -> None:
    made = scheme(SCORE, GATES)
    assert values(made, "unreachable", "needs", "most") == [(110, 100)]
    assert [each.where for each in found(made, "falling")] == ["total, 5"]


def test_sums_that_do_not_add_up() -> None:
    items = """
max = 50
[[items]]
code = "a"
max = 40
items = [{ code = "b", max = 20 }, { code = "c", max = 21 }]
"""
    made = read(HEAD + items + GATES, "x")
    assert [
        (each.where, each.values["sum"], each.values["max"]) for each in found(made, "sum")
    ] == [
        ("total", 40, 50),
        ("a", 41, 40),
    ]


def test_weights_that_are_not_the_whole() -> None:
    made = scheme(
        """
[[facts]]
name = "a"
kind = "rank"
label = "a"
[[facts]]
name = "b"
kind = "rank"
label = "b"
[[steps]]
kind = "sum"
name = "grade"
of = ["a", "b"]
weights = ["0.6", "0.55"]
"""
    )
    assert values(made, "weights", "sum") == [(115,)]


def test_a_scheme_that_is_not_monotone_is_told() -> None:
    """A rank that is moved down just above a limit."""
    made = scheme(
        """
[[facts]]
name = "a"
kind = "rank"
label = "a"
[[facts]]
name = "b"
kind = "rank"
label = "b"
[[steps]]
kind = "adjust"
name = "grade"
of = "a"
least = 1
most = 3
rules = [{ by = -2, when = [{ name = "b", at_least = 3 }] }]
"""
    )
    assert [each.where for each in found(made, "not_monotone")] == ["grade, b"]


def test_a_table_that_falls_is_told() -> None:
    made = scheme(
        SCORE.replace(
            "max = 100",
            'max = 100\nrule = { kind = "volume_ladder", ladder = { steps = [[1, 50], [2, 40], [3, 100]] } }',
        ),
        GATES,
    )
    assert [each.where for each in found(made, "not_monotone")] == ["score"]


def test_a_grade_to_which_nothing_leads() -> None:
    made = scheme(
        SCORE,
        '[[steps]]\nkind = "bands"\nname = "grade"\nof = "total"\nbands = [{ gives = "3", hi = 60, hi_in = false }, { gives = "5", lo = 60 }]\n',
    )
    assert [each.where for each in found(made, "no_way")] == ["4"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", schemes())
def test_every_finding_is_told_in_both_languages(name: str, language: str) -> None:
    for each in lint(bundled(name)):
        text = each.text(language)
        assert each.where in text
        assert "{" not in text
        if language == "zh_CN":
            assert "lies in" not in text
            assert "，" in text or "：" in text
