"""Score sheets: every kind of rule, missing answers, gates, and the faults of schemes and sheets."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from minzheng.errors import InvalidInput, WrongType
from minzheng.rating import Answer, Outcome, Rating, Scheme, Sheet, bundled, rate, read, schemes
from minzheng.rating.leaf import Kind, Leaf

INSTITUTION = bundled("institution-stars-example")
CENTRE = bundled("home-centre-stars-example")
STATION = bundled("community-station-stars-example")
NATIONAL = bundled("gbt-37276-2018")
SHEETS = (INSTITUTION, CENTRE, STATION)


def points(scheme: Scheme, code: str, answer: Any) -> Fraction | None:
    return rate(scheme, Sheet(answers={code: answer})).scores[code].points


def fullest(rule: Leaf, best: bool = True) -> Answer:
    """The answer that brings the most, or the least."""
    size = len(rule.give or rule.take)
    steps = rule.ladder.steps if rule.ladder else ()
    count = max((limit for limit, _ in steps), default=Fraction(1000)) if best else Fraction(0)
    return Answer(
        met=best,
        parts=(best,) * size,
        count=count,
        tiers=tuple(
            max(group, key=lambda each: each[1])[0] if best else "" for group in rule.tiers
        ),
        condition=best,
        deduct=0 if best else (rule.discretion[1] if rule.discretion else 1000),
        missing_areas=0 if best else 1000,
    )


def whole_sheet(scheme: Scheme, best: bool = True) -> dict[str, Any]:
    return {each.code: fullest(each.rule, best) for each in scheme.leaves if each.rule is not None}


def test_the_sheets_have_the_printed_totals_and_numbers_of_items() -> None:
    found = [(int(each.most), len(each.leaves)) for each in SHEETS]
    assert found == [(1000, 79), (1000, 60), (500, 42)]
    sections = [[int(top.most) for top in each.items] for each in SHEETS]
    assert sections == [[300, 350, 200, 150], [200, 500, 150, 150], [50, 300, 70, 80]]
    assert [sum(each, 0) for each in sections] == [1000, 1000, 500]


def test_every_kind_of_rule_is_used() -> None:
    used = Counter(
        kind
        for scheme in SHEETS
        for leaf in scheme.leaves
        if leaf.rule is not None
        for kind in (leaf.rule.kind, *leaf.rule.also)
    )
    assert set(used) == set(Kind)


@pytest.mark.parametrize("scheme", SHEETS, ids=lambda each: each.id)
def test_a_sheet_filled_to_the_top_reaches_what_its_options_can_bring(scheme: Scheme) -> None:
    scores = rate(scheme, Sheet(answers=whole_sheet(scheme))).scores
    short = {
        leaf.code: scores[leaf.code].points
        for leaf in scheme.leaves
        if scores[leaf.code].points != leaf.most
    }
    # the counted options of one item of the institution sheet reach 8 of 10
    assert short == ({"SA19": Fraction(8)} if scheme is INSTITUTION else {})


# --- the kinds of rules ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scheme", "code", "answer", "expected"),
    [
        # all or nothing
        (INSTITUTION, "SA01", True, 20),
        (INSTITUTION, "SA01", False, 0),
        # equal deductions
        (STATION, "SE04", Answer(parts=(True, False)), 15),
        (INSTITUTION, "SA17", Answer(parts=(True, True, False, False, True)), 21),
        # unequal deductions
        (INSTITUTION, "SA04", Answer(parts=(True, False)), 6),
        (CENTRE, "SA05", Answer(parts=(False, True)), 2),
        # the larger of two options that exclude each other
        (INSTITUTION, "SA05", Answer(parts=(True, True, True, True, True)), 12),
        (INSTITUTION, "SA05", Answer(parts=(False, True, True, False, True)), 8),
        # master condition
        (CENTRE, "SA04", Answer(condition=False, parts=(True, True, True, True)), 0),
        (CENTRE, "SA04", Answer(condition=True, parts=(True, True, False, True)), 3),
        (CENTRE, "MA04", Answer(condition=True, parts=(False,)), 9),
        # discretion
        (INSTITUTION, "SA09", Answer(condition=True, deduct=0), 20),
        (INSTITUTION, "SA09", Answer(condition=True, deduct=10), 10),
        (INSTITUTION, "SE10", Answer(met=True, deduct=Decimal("2.5")), Fraction(15, 2)),
        # capped accumulation
        (STATION, "SE05", 4, 80),
        (STATION, "SE05", 6, 100),
        # volume ladder: each step from both sides
        (CENTRE, "SE11", 299, 0),
        (CENTRE, "SE11", 300, 10),
        (CENTRE, "SE11", 599, 10),
        (CENTRE, "SE11", 600, 20),
        (CENTRE, "SE11", 899, 20),
        (CENTRE, "SE11", 900, 30),
        # share ladder
        (INSTITUTION, "SE05", 90, 30),
        (INSTITUTION, "SE05", Decimal("89.9"), 25),
        (INSTITUTION, "SE05", 50, 10),
        (INSTITUTION, "SE05", "49.99", 0),
        (INSTITUTION, "SE07", 30, 20),
        # not applicable on a condition: two different meanings on one item
        (CENTRE, "SA16", "catering_outsourced", 30),
        (CENTRE, "SA16", "meal_service_not_offered", 0),
        (CENTRE, "SA18", Answer(state="no_special_equipment", met=True), 5),
        (CENTRE, "SA18", Answer(state="no_special_equipment", met=False), 0),
        # content and performance
        (CENTRE, "SE04", Answer(parts=(True, False), count=150), 40),
        (CENTRE, "SE08", Answer(parts=(True,), count=19), 10),
        # deduction cap: five areas missing cost 5, as do nine
        (CENTRE, "SA20", Answer(condition=True, deduct=0, missing_areas=3), 7),
        (CENTRE, "SA20", Answer(condition=True, deduct=0, missing_areas=9), 5),
        # exclusive tiers
        (INSTITUTION, "MA03", "part-time", 2),
        (INSTITUTION, "MA03", "full-time", 4),
        (INSTITUTION, "MA03", Answer(tiers=("",)), 0),
        (CENTRE, "FA10", "health room", 6),
        # parts that share a ceiling: 8 + 4 + 4 is taken as 8
        (CENTRE, "FA15", Answer(parts=(False, False, False, True), deduct=0), 7),
        (CENTRE, "FA15", Answer(parts=(True, False, False, True), deduct=0), 7),
        (CENTRE, "FA15", Answer(parts=(True, True, False, True), deduct=2), 9),
        # half points
        (NATIONAL, "1.1.1.2", "shuttle bus", Fraction(1, 2)),
        (NATIONAL, "1.1.1.2", "stop within 500 m", 1),
    ],
)
def test_a_leaf_scores(scheme: Scheme, code: str, answer: Any, expected: Any) -> None:
    assert points(scheme, code, answer) == expected


def test_a_boarding_day_counts_once() -> None:
    days = {"boarding_day": 900, "home_visit": 100}
    care = Answer(parts=(True, True), counts=days)
    bath = Answer(parts=(True, True), counts=days)
    scores = rate(CENTRE, Sheet(answers={"SE01": care, "SE04": bath})).scores
    assert scores["SE01"].points == 20 + 40  # 1000 person-times
    assert scores["SE04"].points == 20 + 20  # the 100 visits alone


@pytest.mark.parametrize(
    ("code", "answer", "message"),
    [
        ("SA09", Answer(condition=True, deduct=11), "answers.SA09.deduct: expected 0 or 1 to 10"),
        ("SA04", Answer(parts=(True,)), "answers.SA04.parts: expected 2 parts, got 1"),
        ("MA03", Answer(tiers=("weekly",)), "answers.MA03.tiers[0]: expected 'part-time', 'full"),
        ("SA99", True, "answers.SA99: unknown 'SA99'; did you mean"),
        ("SA01", "not_offered", "answers.SA01: unknown 'not_offered'"),
        ("SE05", 0.9, "answers.SE05: never a float"),
    ],
)
def test_an_answer_that_cannot_be_taken_is_told_with_its_place(
    code: str, answer: Any, message: str
) -> None:
    with pytest.raises((InvalidInput, WrongType)) as error:
        rate(INSTITUTION, Sheet(answers={code: answer}))
    assert message in str(error.value)


def test_all_faults_of_a_sheet_are_told_at_once() -> None:
    sheet = Sheet(
        answers={"SA04": Answer(parts=()), "MA03": "x"}, facts={"beds": 3, "residents": "y"}
    )
    with pytest.raises(InvalidInput) as error:
        rate(INSTITUTION, sheet)
    assert [each.path for each in error.value.faults] == [
        "facts.beds",
        "facts.residents",
        "answers.SA04.parts",
        "answers.MA03",
    ]


# --- grades ---------------------------------------------------------------------------------------

LINES = [
    "出入院",
    "生活照料",
    "膳食",
    "清洁卫生",
    "洗涤",
    "医疗护理",
    "文化娱乐",
    "心理/精神支持",
    "安宁",
    "委托",
]
FIVE_STARS: dict[str, Any] = {
    "fire_accepted_area": 6000,
    "dependent_residents_per_caregiver": 4,
    "education_of_directors": "大专",
    "social_workers": 2,
    "full_time_social_workers": 2,
    "residents": 201,
    "own_toilet_percent": 90,
    "occupancy_percent": 50,
    "has_dining_area": True,
    "dining_area": 150,
    "rehabilitation_area": 150,
    "service_lines": [*LINES, "康复", "教育"],
}


def by_facts(**changed: Any) -> Rating:
    return rate(INSTITUTION, Sheet(facts={**FIVE_STARS, **changed}))


@pytest.mark.parametrize(
    ("changed", "rank"),
    [
        ({}, 5),
        ({"fire_accepted_area": 5999}, 4),
        ({"fire_accepted_area": 3999}, 3),
        ({"dependent_residents_per_caregiver": "4.01"}, 4),
        ({"dependent_residents_per_caregiver": 8}, 1),
        ({"dependent_residents_per_caregiver": 9}, 0),
        ({"education_of_directors": "高中"}, 2),
        ({"full_time_social_workers": 1}, 3),  # 201 residents need two
        ({"full_time_social_workers": 1, "residents": 200}, 5),
        ({"occupancy_percent": "44.9"}, 3),
        ({"service_lines": [*LINES, "康复"]}, 3),
        ({"service_lines": LINES}, 2),
        ({"service_lines": LINES[1:]}, 0),
    ],
)
def test_the_prerequisites_decide_the_institution_sheet(changed: dict[str, Any], rank: int) -> None:
    rating = by_facts(**changed)
    assert rating.rank == rank
    assert rating.outcome is (Outcome.RATED if rank else Outcome.NO_GRADE)


def test_a_prerequisite_that_is_not_known_leaves_it_open() -> None:
    rating = by_facts(fire_accepted_area=None)
    assert rating.outcome is Outcome.UNDETERMINED
    assert [each.path for each in rating.lacks] == ["facts.fire_accepted_area"]
    # at three stars nothing hangs on it once another prerequisite fails from four stars on
    assert (
        by_facts(
            fire_accepted_area=None, service_lines=[*LINES, "康复"], rehabilitation_area=99
        ).rank
        == 3
    )


@pytest.mark.parametrize(("total", "rank"), [(449, 0), (450, 1), (549, 1), (550, 2), (850, 5)])
def test_the_cut_offs_of_the_home_care_centre(total: int, rank: int) -> None:
    sections = {"safety": 200, "service": 500, "management": 150, "facility": 150}
    rating = rate(by_subtotal(CENTRE), Sheet(answers=spread(total, sections)))
    assert rating.total == total
    assert rating.rank == rank


def by_subtotal(scheme: Scheme) -> Scheme:
    return evolve(scheme, items=tuple(evolve(each, subtotal=True) for each in scheme.items))


def spread(total: int, sections: dict[str, int]) -> dict[str, int]:
    given_: dict[str, int] = {}
    for name, most in sections.items():
        given_[name] = min(most, total)
        total -= given_[name]
    return given_


def test_the_printed_section_gate_never_binds() -> None:
    """One section at nothing would fail any share but that of itself."""
    answers = {"safety": 0, "service": 500, "management": 150, "facility": 150}
    assert rate(by_subtotal(CENTRE), Sheet(answers=answers)).rank == 4


@pytest.mark.parametrize("scheme", SHEETS, ids=lambda each: each.id)
def test_an_empty_sheet_is_undetermined_and_names_what_it_needs(scheme: Scheme) -> None:
    rating = rate(scheme, Sheet())
    assert rating.outcome is Outcome.UNDETERMINED
    assert rating.grade is None
    assert len(rating.lacks) > 10


# --- the national standard ------------------------------------------------------------------------

SECTIONS = {"environment": 120, "facilities": 130, "operation": 150, "service": 600}


def test_the_block_of_access_has_ten_points() -> None:
    access = NATIONAL.nodes["1.1"]
    assert sum(each.most for each in access.items) == access.most == 10
    assert [each.code for each in access.items] == [f"1.1.1.{n}" for n in range(1, 8)]


def test_a_leaf_that_does_not_apply_leaves_the_maximum_too() -> None:
    answers: dict[str, Any] = {
        "1.1.1.1": "site and building entrance",
        "1.1.1.2": "shuttle bus",
        "1.1.1.3": True,
        "1.1.1.4": True,
        "1.1.1.5": "not_applicable",
        "1.1.1.6": True,
        "1.1.1.7": "full separation",
    }
    score = rate(NATIONAL, Sheet(answers=answers)).scores["1.1"]
    assert score.points == Fraction(15, 2)
    assert (int(score.most), int(score.nominal)) == (9, 10)


@pytest.mark.parametrize(
    ("share", "rank"),
    [("0.39", 0), ("0.4", 1), ("0.5", 2), ("0.6", 3), ("0.79", 3), ("0.8", 4), ("0.9", 5)],
)
def test_the_national_grades_by_an_even_share(share: str, rank: int) -> None:
    answers = {code: most * Fraction(share) for code, most in SECTIONS.items()}
    assert rate(NATIONAL, Sheet(answers=answers)).rank == rank


def test_one_weak_section_holds_the_grade() -> None:
    answers = {**SECTIONS, "operation": Fraction("89.5")}  # 60 % is 90
    rating = rate(NATIONAL, Sheet(answers=answers))
    assert rating.rank == 2
    assert [(each.name, each.short) for each in rating.binding] == [("operation", Fraction(1, 2))]


def test_an_open_reading_decides_only_where_the_readings_agree() -> None:
    """Services worth 100 points do not apply: 60 % of 500 is reached, of 600 is not."""
    answers: dict[str, Any] = {**SECTIONS, "service": Answer(points=320, most=500)}
    open_ = rate(NATIONAL, Sheet(answers=answers))
    assert open_.outcome is Outcome.UNDETERMINED
    assert [each.path for each in open_.lacks] == ["settings.share_of"]
    found = {
        word: rate(NATIONAL, Sheet(answers=answers, settings={"share_of": word})).rank
        for word in ("nominal", "applicable")
    }
    assert found == {"nominal": 2, "applicable": 3}


def test_settings_that_are_not_there_are_told() -> None:
    with pytest.raises(
        InvalidInput, match=r"settings.share: unknown 'share'; did you mean 'share_of'"
    ):
        rate(NATIONAL, Sheet(settings={"share": "nominal"}))
    with pytest.raises(InvalidInput, match=r"settings.share_of: unknown 'nominale'"):
        rate(NATIONAL, Sheet(settings={"share_of": "nominale"}))


def test_a_subtotal_is_not_less_than_its_items() -> None:
    answers = {**SECTIONS, "environment": 1, "1.1.1.1": "site and building entrance"}
    with pytest.raises(InvalidInput, match=r"answers.environment: 1 is less than its items, 2"):
        rate(NATIONAL, Sheet(answers=answers))


def test_the_standard_is_in_force_from_its_day() -> None:
    assert NATIONAL.in_force(date(2019, 6, 30)) is False
    assert NATIONAL.in_force(date(2019, 7, 1)) is True


@given(
    st.lists(st.integers(0, 1200), min_size=4, max_size=4), st.integers(0, 3), st.integers(0, 100)
)
def test_more_points_never_lower_a_grade(halves: list[int], at: int, more: int) -> None:
    answers = {
        code: min(Fraction(n, 2), Fraction(most))
        for (code, most), n in zip(SECTIONS.items(), halves, strict=True)
    }
    code = list(SECTIONS)[at]
    raised = {**answers, code: min(answers[code] + more, Fraction(SECTIONS[code]))}
    before, after = rate(NATIONAL, Sheet(answers=answers)), rate(NATIONAL, Sheet(answers=raised))
    assert before.rank is not None
    assert after.rank is not None
    assert after.rank >= before.rank


@given(st.data())
def test_points_stay_within_the_maximum(data: st.DataObject) -> None:
    scheme = data.draw(st.sampled_from(SHEETS))
    leaf = data.draw(st.sampled_from([each for each in scheme.leaves if each.rule is not None]))
    rule = leaf.rule
    assert rule is not None
    low, high = rule.discretion or (Fraction(0), Fraction(50))
    most = 20_000 if rule.ladder is None or rule.ladder.most is None else int(rule.ladder.most)
    answer = Answer(
        met=data.draw(st.booleans()),
        parts=tuple(data.draw(st.booleans()) for _ in rule.give or rule.take),
        count=data.draw(st.integers(0, most)),
        tiers=tuple(data.draw(st.sampled_from(["", *dict(group)])) for group in rule.tiers),
        condition=data.draw(st.booleans()),
        deduct=data.draw(st.integers(int(low), int(high))),
        missing_areas=data.draw(st.integers(0, 20)),
    )
    scored = points(scheme, leaf.code, answer)
    assert scored is not None
    assert 0 <= scored <= leaf.most
    assert scored in rule.reachable(leaf.most)


# --- schemes --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", schemes())
def test_every_scheme_names_its_sources(name: str) -> None:
    scheme = bundled(name)
    assert scheme.id == name
    assert scheme.sources
    assert all(each.title and each.where for each in scheme.sources)
    assert all(each.label and each.label_zh for each in scheme.grades)


FAULTY = """
id = "x"
title = "x"
title_zh = "x"
grades = [{ code = "1", label = "a", label_zh = "b" }]
sources = [{ id = "s", title = "t", where = "w", confidence = "certain" }]
[[items]]
code = "a"
max = 10
rule = { kind = "volume_lader" }
[[items]]
code = "b"
max = 0.5
[[steps]]
kind = "gate"
name = "grade"
"""


def test_all_faults_of_a_scheme_are_told_at_once() -> None:
    with pytest.raises(InvalidInput) as error:
        read(FAULTY, "x.toml")
    assert [each.path for each in error.value.faults] == [
        "x.toml.sources[0].confidence",
        "x.toml.items[0].rule.kind",
        "x.toml.items[1].max",
        "x.toml.steps[0].kind",
    ]


REFERENCES = """
id = "x"
title = "x"
title_zh = "x"
grades = [{ code = "1", label = "a", label_zh = "b" }]
sources = [{ id = "s", title = "t", where = "w", confidence = "confirmed" }]
[[items]]
code = "a"
max = 10
rule = { kind = "volume_ladder" }
[[items]]
code = "b"
max = 5
[[facts]]
name = "b"
kind = "flag"
label = "used twice"
[[gates]]
of = ["totle"]
at_least = { "2" = 5 }
source = ["t"]
[[prerequisites]]
code = "p"
fact = "beds"
[[steps]]
kind = "scale"
name = "half"
of = "full"
by = "1/2"
"""


def test_names_that_are_not_there_are_told() -> None:
    with pytest.raises(InvalidInput) as error:
        read(REFERENCES, "x")
    assert [each.path for each in error.value.faults] == [
        "x.b",
        "x.gates[0].at_least",
        "x.gates[0].source",
        "x.steps[0]",
        "x.gates[0].of",
        "x.prerequisites[0].fact",
        "x.result",
        "x.a.rule.ladder",
    ]
