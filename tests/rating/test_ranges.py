"""Stated facts and ranks have ranges; what is not said is never read as none."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

import pytest
from attrs import evolve

from minzheng.errors import InvalidInput
from minzheng.rating import (
    Act,
    Answer,
    Held,
    Outcome,
    Scheme,
    Sheet,
    bundled,
    rate,
    schemes,
)
from minzheng.rating.load import read
from minzheng.rating.model import Fact, FactKind

CMS = "cms-five-star-2022-04"


@pytest.mark.parametrize("star", [0, 6, 7, 9, -2, 99, "3.5", "99"])
@pytest.mark.parametrize("name", ["hi_star", "staffing_star"])
def test_a_star_outside_its_range_is_a_fault(name: str, star: Any) -> None:
    with pytest.raises(InvalidInput, match=f"given.{name}: expected a whole number from 1 to 5"):
        rate(bundled(CMS), Sheet(given={name: star}))


RANGED = [
    (scheme, fact)
    for scheme in schemes()
    for fact in bundled(scheme).facts
    if fact.kind in (FactKind.NUMBER, FactKind.RANK)
]


@pytest.mark.parametrize(
    ("scheme", "fact"), RANGED, ids=lambda each: str(getattr(each, "name", each))
)
def test_every_number_and_rank_has_its_range(scheme: str, fact: Any) -> None:
    wrong: list[Any] = [-1, "-0.5"]
    if fact.most is not None:
        wrong += [fact.most + 1, 500]
    if fact.whole or fact.kind is FactKind.RANK:
        wrong.append("1.5")
    if fact.kind is FactKind.RANK:
        wrong += [0, len(bundled(scheme).grades) + 1]
    for value in wrong:
        with pytest.raises(InvalidInput, match=f"facts.{fact.name}: expected a"):
            rate(bundled(scheme), Sheet(facts={fact.name: value}))


def test_a_scheme_states_the_range_of_its_numbers() -> None:
    text = """
id = "x"
title = "x"
title_zh = "x"
grades = [{ code = "1", label = "1", label_zh = "1" }]
sources = [{ id = "s", title = "s", where = "s", confidence = "confirmed" }]
facts = [{ name = "area", kind = "number", label = "area" }]
"""
    with pytest.raises(InvalidInput, match=r"facts\[0\].least: is required of a number"):
        read(text, "x")


# --- answers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scheme", "code", "answer", "path"),
    [
        (CMS, "ls_falls", -1, "count"),
        (CMS, "ls_falls", Decimal("NaN"), ""),
        (CMS, "ls_falls", Answer(count=Decimal("0.1"), size=-1), "size"),
        (CMS, "ls_falls", Answer(count=Decimal("0.1"), size="20"), "size"),  # type: ignore[arg-type]
        (CMS, "ls_falls", Answer(count=0.1), "count"),  # type: ignore[arg-type]
        (CMS, "ss_function", Decimal("1.0001"), "count"),
        (CMS, "ss_return_to_community", 63, "count"),
        ("cms-five-star-2022-07", "rn_hours", -1, ""),
        ("cms-five-star-2022-07", "rn_hours", 101, ""),
        ("institution-stars-example", "SE05", 101, "count"),
        ("institution-stars-example", "SE07", "-0.1", "count"),
        ("institution-stars-example", "SE05", Answer(counts={"a": 30, "b": -1}), "counts.b"),
        ("institution-stars-example", "SE05", Answer(counts="30"), "counts"),  # type: ignore[arg-type]
        ("institution-stars-example", "SA05", Answer(parts=(True, "no")), "parts[1]"),  # type: ignore[arg-type]
        ("institution-stars-example", "SA05", Answer(parts="yes"), "parts"),  # type: ignore[arg-type]
        ("institution-stars-example", "SA20", Answer(met="no"), "met"),  # type: ignore[arg-type]
        ("institution-stars-example", "MA01", -2, "count"),
    ],
    ids=str,
)
def test_an_answer_outside_its_range_is_a_fault(
    scheme: str, code: str, answer: Any, path: str
) -> None:
    with pytest.raises(InvalidInput) as raised:
        rate(bundled(scheme), Sheet(answers={code: answer}))
    assert [each.path for each in raised.value.faults] == [f"answers.{code}.{path}".rstrip(".")]


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"held": {"hi_star": Held(3, 1)}}, "held.hi_star"),
        ({"held": {"hi_star_before_cap": Held(9, 1)}}, "held.hi_star_before_cap.rank"),
        ({"held": {"hi_star_before_cap": Held(3, "x")}}, "held.hi_star_before_cap.value"),  # type: ignore[arg-type]
        ({"given": {"rn_star": 9}}, "given.rn_star"),
        ({"given": {"total_nurse_star": 0}}, "given.total_nurse_star"),
        ({"given": {"weighted_score": 3}}, "given.weighted_score"),
        ({"given": {"qm_star": "five"}}, "given.qm_star"),
        ({"given": ["qm_star"]}, "given"),
        ({"answers": "ls"}, "answers"),
        ({"on": "2022-04-01"}, "on"),
        ({"on": datetime(2022, 4, 1, tzinfo=UTC)}, "on"),
        ({"acts": "special_focus"}, "acts"),
        ({"acts": (Act("failed_audit", since="2022-05-01"),)}, "acts[0].since"),  # type: ignore[arg-type]
    ],
    ids=str,
)
def test_what_a_sheet_states_is_checked(changed: Any, path: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        rate(bundled(CMS), Sheet(**changed))
    assert [each.path for each in raised.value.faults] == [path]


# --- not known is never none ----------------------------------------------------------------------

CMS_ALL = [each for each in schemes() if each.startswith("cms")]
STARS = range(1, 6)


def overall(scheme: str, hi: int, staffing: int, quality: int) -> int:
    """The rule of the guides, written again: lifts and falls, kept within 1 and 5."""
    lifts = staffing == 5 or (scheme == CMS and staffing == 4 and staffing > hi)
    star = min(5, max(1, hi + lifts - (staffing == 1)))
    star = min(5, max(1, star + (quality == 5) - (quality == 1)))
    return min(star, 2) if hi == 1 else star


def stated(**stars: int | None) -> Sheet:
    return Sheet(given={name: star for name, star in stars.items() if star is not None})


@pytest.mark.parametrize("scheme", CMS_ALL)
def test_every_combination_of_stars(scheme: str) -> None:
    for hi, staffing, quality in product(STARS, repeat=3):
        rating = rate(bundled(scheme), stated(hi_star=hi, staffing_star=staffing, qm_star=quality))
        assert rating.rank == overall(scheme, hi, staffing, quality)
        assert rating.lacks == ()


@pytest.mark.parametrize("scheme", CMS_ALL)
def test_a_star_that_is_not_known_is_named_and_leaves_the_rating_open(scheme: str) -> None:
    """Quality always matters; of the others it is enough that nothing wrong is said."""
    for one, two in product(STARS, repeat=2):
        rating = rate(bundled(scheme), stated(hi_star=one, staffing_star=two))
        assert (rating.outcome, rating.rank) == (Outcome.UNDETERMINED, None)
        assert rating.lacks
        assert {each.path.partition(".")[0] for each in rating.lacks} <= {"answers", "facts"}
        for open_, every in (
            ("hi_star", {overall(scheme, star, one, two) for star in STARS}),
            ("staffing_star", {overall(scheme, one, star, two) for star in STARS}),
        ):
            names = [each for each in ("hi_star", "staffing_star", "qm_star") if each != open_]
            rating = rate(bundled(scheme), stated(**dict(zip(names, (one, two), strict=True))))
            assert rating.rank is None or {rating.rank} == every
            assert rating.lacks or rating.rank is not None


def test_measures_that_nobody_stated_are_not_measures_of_too_few_cases() -> None:
    april = bundled(CMS)
    few: Any = Answer(count=Decimal("0.02"), size=3)
    none = rate(april, Sheet(answers={}))
    assert none.values["qm_star"] is None
    short = {each.code: few for each in april.nodes["ls"].items}
    sheet = Sheet(answers=short, given={"hi_star": 3, "staffing_star": 3})
    assert rate(april, sheet).scores["ls"].state == "unrated"
    assert rate(april, sheet).outcome is Outcome.UNDETERMINED  # of the short stay nothing is known
    for code in short:
        without = evolve(sheet, answers={key: few for key in short if key != code})
        assert rate(april, without).scores["ls"].state == "unrated"  # one more would not be enough


def test_values_without_their_cases_are_said_to_be_taken_as_published() -> None:
    april = bundled(CMS)
    answers: dict[str, Any] = {each.code: 0 for each in april.nodes["ls"].items}
    rating = rate(april, Sheet(answers=answers))
    assert [(each.code, each.step) for each in rating.remarks] == [("published", "ls")]
    assert "falls with major injury" in rating.explain("en")
    answers = {code: Answer(count=0, size=20) for code in answers}
    assert rate(april, Sheet(answers=answers)).remarks == ()


def domain(scheme: Scheme, fact: Fact) -> list[Any]:
    """Values of a fact on both sides of whatever is asked of it."""
    asked = [each for each in scheme.prerequisites if fact.name in (each.fact, each.per)]
    match fact.kind:
        case FactKind.FLAG:
            return [True, False]
        case FactKind.RANK:
            return [*range(1, len(scheme.grades) + 1), "unrated"]
        case FactKind.DAY:
            return ["never", date(2023, 12, 31), date(2000, 1, 1)]
        case FactKind.WORD:
            return list(fact.words)
        case FactKind.WORDS:
            words = [word for each in asked for some in each.includes.values() for word in some]
            return [(), tuple(words)]
    limits = [n for each in asked for n in (*each.at_least.values(), *each.at_most.values())]
    most = Fraction(1000) if fact.most is None else fact.most
    return [fact.least, *limits, most]


@pytest.mark.parametrize("name", schemes())
def test_a_fact_that_is_not_known_never_decides(name: str) -> None:
    """Whatever is rated without a fact is rated the same with any value of it; else it is named."""
    scheme, random = bundled(name), Random(name)
    for _ in range(6):
        full = {each.name: random.choice(domain(scheme, each)) for each in scheme.facts}
        points = {
            each.code: each.most
            for each in scheme.nodes.values()
            if each.subtotal or not (each.items or each.rule)
        }
        given = {each.name: random.choice(STARS) for each in scheme.steps if each.given}
        sheet = Sheet(facts=full, answers=points, given=given, on=date(2024, 1, 1))
        for fact in scheme.facts:
            rest = {key: value for key, value in full.items() if key != fact.name}
            without = rate(scheme, evolve(sheet, facts=rest))
            if without.outcome is Outcome.UNDETERMINED:
                assert without.lacks or without.remarks
                continue
            for value in domain(scheme, fact):
                told = rate(scheme, evolve(sheet, facts={**rest, fact.name: value}))
                assert (told.outcome, told.rank) == (without.outcome, without.rank), fact.name


# --- schemes --------------------------------------------------------------------------------------

BASE = """
id = "x"
title = "x"
title_zh = "x"
result = "a"
grades = [{ code = "1", label = "1", label_zh = "1" }, { code = "2", label = "2", label_zh = "2" }]
sources = [{ id = "s", title = "s", where = "s", confidence = "confirmed" }]
facts = [{ name = "r", kind = "rank", label = "r" }]
"""


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("steps = { }", "x.steps: expected a list"),
        ('steps = "sum"', "x.steps: expected a list"),
        ("steps = [1]", r"x.steps\[0\]: expected a table"),
        ("steps = [{ kind = 1 }]", r"x.steps\[0\].kind: unknown"),
        ('settings = "a"', "x.settings: expected a list"),
        ('settings = [{ name = "a", label = "a", choices = "ab" }]', "choices: expected a list"),
        ('settings = [{ name = "a", label = "a", choices = ["b"] }]', "two choices or more"),
        (
            "steps = [{ kind = 'matrix', name = 'a', row = 'r', column = 'r', cells = [[1]] }]",
            "cells: expected ranks 1 to 1",
        ),
        (
            "steps = [{ kind = 'matrix', name = 'a', row = 'r', column = 'r', cells = [[1, 2], [3, 1]] }]",
            "cells: expected ranks 1 to 2",
        ),
        (
            "steps = [{ kind = 'scale', name = 'b', of = 'r', by = '2', given = true },"
            "{ kind = 'cap', name = 'a', of = 'r' }]",
            r"steps\[0\].given: only a rank can be stated",
        ),
        (
            "steps = [{ kind = 'cap', name = 'a', of = 'r' }]\n"
            "overrides = [{ code = 'o', step = 'a', to = 3 }]",
            r"overrides\[0\].to: expected 1 to 2",
        ),
        (
            "steps = [{ kind = 'bands', name = 'a', of = 'r', bands = [{ gives = '7' }] }]",
            "result: expected a rank of the 2 grades, got up to 7",
        ),
        (
            "items = [{ code = 'i', max = 5, rule = { kind = 'share_ladder', ladder = { steps = [[1, 5]] } } }]",
            "ladder.most: is required of a share",
        ),
        (
            "steps = [{ kind = 'round', name = 'a', of = 'r', mode = 'up', places = 1000000000 }]",
            "places: expected 0 to 20",
        ),
        (
            "steps = [{ kind = 'bands', name = 'a', of = 'r', bands = [{ gives = '1' }],"
            " printed = [{ gives = 'x' }] }]",
            r"printed\[0\].gives: unknown 'x'",
        ),
        ("items = [{ code = 'i', max = 1000000000000 }]", "i.max: expected 0 to 100000 points"),
        (
            "items = [{ code = 'i', max = 5, rule = { kind = 'capped_accumulation', cap = 5,"
            " unit_points = '0.0000000001' } }]",
            "i.rule.unit_points: expected 5/10000 points or more",
        ),
    ],
)
def test_a_scheme_without_ranges_is_refused(text: str, fault: str) -> None:
    with pytest.raises(InvalidInput, match=fault):
        read(BASE + text, "x")


def test_a_scheme_of_too_many_readings_is_refused() -> None:
    choices = ", ".join(f'"{letter}"' for letter in "abcdefghij")
    settings = "\n".join(
        f'[[settings]]\nname = "s{at}"\nlabel = "s"\nchoices = [{choices}]' for at in range(8)
    )
    with pytest.raises(InvalidInput, match="in at most 1000 ways, these are 100000000"):
        read(BASE + settings, "x")
