"""Score sheets as workbooks: what goes out comes back, every bad cell is named, good answers stay."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minzheng.base.i18n import LANGUAGES
from minzheng.cli import main
from minzheng.errors import InvalidInput, NotFound
from minzheng.rating import (
    UNRATED,
    Act,
    Answer,
    Held,
    Scheme,
    Sheet,
    bundled,
    rate,
    read,
    read_score_sheet,
    schemes,
    score_sheet,
)
from minzheng.rating.leaf import Kind, Leaf
from minzheng.rating.model import Fact, FactKind, Item, Policy
from minzheng.rating.ranks import Percentile

INSTITUTION = bundled("institution-stars-example")
CENTRE = bundled("home-centre-stars-example")
STATION = bundled("community-station-stars-example")
NATIONAL = bundled("gbt-37276-2018")
FIVE_STAR = bundled("cms-five-star-2022-04")

# --- sheets that a scheme can take ----------------------------------------------------------------

tenths = st.integers(0, 10).map(lambda n: Decimal(n) / 10)


def up_to(most: Fraction) -> st.SearchStrategy[Decimal]:
    return st.integers(0, int(most * 2)).map(lambda n: Decimal(n) / 2)


def maybe(each: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | each


def some(values: list[Any]) -> tuple[Any, ...] | None:
    return tuple(values) if any(each is not None for each in values) else None


@st.composite
def leaf_answers(draw: Any, item: Item) -> Answer:
    """An answer that says nothing, a part, or all of what the rule asks, or why there is none."""
    rule = None if item.items else item.rule
    evidence = draw(st.sampled_from(["", "看过记录", "list of names"]))
    states = [each for each in item.missing if item.missing[each] is not Policy.SKIP]
    if draw(st.integers(0, 5)) == 0:
        state = draw(st.sampled_from([*states, "not_assessed"]))
        return Answer(state=state, evidence=evidence)
    if rule is None:
        points = draw(maybe(up_to(item.most)))
        return Answer(points=points, evidence=evidence)
    made: dict[str, Any] = {}
    if rule.zero_if:
        made["condition"] = draw(maybe(st.booleans()))
    if rule.whole:
        made["met"] = draw(maybe(st.booleans()))
    if rule.give or rule.take:
        size = len(rule.give or rule.take)
        made["parts"] = some([draw(maybe(st.booleans())) for _ in range(size)])
    if rule.ladder is not None or rule.unit_points is not None:
        high = max((lim for lim, _ in rule.ladder.steps), default=0) if rule.ladder else 20
        made["count"] = draw(maybe(tenths.map(lambda part: part * int(high))))
        if item.least_size:
            made["size"] = draw(maybe(st.integers(0, 50)))
    if rule.tiers:
        words = [["", *(word for word, _ in group)] for group in rule.tiers]
        made["tiers"] = some([draw(maybe(st.sampled_from(each))) for each in words])
    if rule.judged:
        low, high = rule.discretion or (Fraction(0), item.most)
        made["deduct"] = draw(maybe(st.sampled_from([Decimal(0), Decimal(int(high)), low])))
        if isinstance(made["deduct"], Fraction):
            made["deduct"] = Decimal(int(low))
    if rule.area_points is not None:
        made["missing_areas"] = draw(maybe(st.integers(0, 9)))
    return Answer(**made, evidence=evidence)


def fact_values(scheme: Scheme, fact: Fact) -> st.SearchStrategy[Any]:
    return {
        FactKind.FLAG: st.booleans(),
        FactKind.NUMBER: tenths.map(lambda part: part * int(fact.most or 500)).map(
            lambda value: Decimal(int(value)) if fact.whole else value
        ),
        FactKind.DAY: st.dates(date(1950, 1, 1), date(2040, 1, 1)) | st.just("never"),
        FactKind.WORD: st.sampled_from(fact.words or ("a",)),
        FactKind.RANK: st.sampled_from([each.code for each in scheme.grades]) | st.just(UNRATED),
        FactKind.WORDS: st.sampled_from([(), ("出入院",), ("出入院", "膳食", "心理/精神支持")]),
    }[fact.kind]


@st.composite
def sheets(draw: Any, scheme: Scheme) -> Sheet:
    asked = [
        each
        for each in scheme.nodes.values()
        if not each.items or (each.subtotal and not each.complete)
    ]
    answers = {each.code: draw(leaf_answers(each)) for each in asked}
    covered = {below.code for each in asked if each.items for below in each.walk()}
    answers = {
        code: each
        for code, each in answers.items()
        if each != Answer() and (code not in covered or scheme.nodes[code].items)
    }
    facts = {
        each.name: draw(fact_values(scheme, each)) for each in scheme.facts if draw(st.booleans())
    }
    return Sheet(
        id=draw(st.sampled_from(["", "2024-007", "某某养老院"])),
        answers=answers,
        facts=facts,
        given={each.name: Decimal(draw(st.integers(1, 5))) for each in scheme.steps if each.given},
        settings={
            each.name: draw(st.sampled_from(each.choices))
            for each in scheme.settings
            if draw(st.booleans())
        },
        on=draw(maybe(st.dates(date(1950, 1, 1), date(2040, 1, 1)))),
        group=draw(st.sampled_from(["", "AL"])),
        held={
            each.name: Held(draw(st.integers(1, 5)), Decimal("5.333"))
            for each in scheme.steps
            if isinstance(each, Percentile) and each.hold and draw(st.booleans())
        },
    )


@pytest.mark.parametrize("name", schemes())
@settings(max_examples=6, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_sheet_comes_back_as_it_went_out(name: str, data: st.DataObject) -> None:
    scheme = bundled(name)
    sheet = data.draw(sheets(scheme))
    language = data.draw(st.sampled_from(LANGUAGES))
    book = score_sheet(scheme, sheet, language=language)
    found = read_score_sheet(book, scheme)
    assert found.faults == ()
    assert found.sheet == sheet
    assert score_sheet(scheme, found.sheet, language=language) == book


@pytest.mark.parametrize("name", schemes())
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_sheet_is_written_twice_in_the_same_bytes(name: str, language: str) -> None:
    scheme = bundled(name)
    book = score_sheet(scheme, language=language)
    assert book == score_sheet(scheme, language=language)
    assert read_score_sheet(book, scheme, language=language).sheet == Sheet()


def fullest(rule: Leaf) -> Answer:
    return Answer(
        met=True,
        parts=(True,) * len(rule.give or rule.take),
        count=900 if rule.ladder is None else min(900, rule.ladder.most or 900),
        tiers=tuple(group[0][0] for group in rule.tiers),
        condition=True,
        deduct=rule.discretion[1] if rule.discretion else 0,
        missing_areas=1,
    )


def asked_only(rule: Leaf, answer: Answer) -> Answer:
    """The answer without what the rule does not ask."""
    return evolve(
        answer,
        met=answer.met if rule.whole else None,
        parts=answer.parts or None,
        count=answer.count if rule.ladder or rule.unit_points is not None else None,
        tiers=answer.tiers or None,
        condition=answer.condition if rule.zero_if else None,
        deduct=answer.deduct if rule.judged else None,
        missing_areas=answer.missing_areas if rule.area_points is not None else None,
    )


@pytest.mark.parametrize("scheme", [INSTITUTION, CENTRE, STATION], ids=lambda each: each.id)
def test_every_kind_of_rule_is_asked_and_scored_as_before(scheme: Scheme) -> None:
    answers = {
        each.code: asked_only(each.rule, fullest(each.rule))
        for each in scheme.leaves
        if each.rule is not None
    }
    sheet = Sheet(answers=answers)
    found = read_score_sheet(score_sheet(scheme, sheet), scheme)
    assert found.faults == ()
    before, after = rate(scheme, sheet), rate(scheme, found.sheet)
    assert after.scores == before.scores
    assert all(each.points is not None for each in after.scores.values())


def test_the_three_sheets_have_every_kind_of_rule() -> None:
    kinds = {
        kind
        for scheme in (INSTITUTION, CENTRE, STATION)
        for each in scheme.leaves
        if each.rule is not None
        for kind in (each.rule.kind, *each.rule.also)
    }
    assert kinds == set(Kind)


def test_answers_in_short_come_back_whole_and_rate_the_same() -> None:
    sheet = Sheet(
        answers={
            "SA08": True,
            "SE11": Fraction(1281, 2),
            "SA16": "catering_outsourced",
            "SE03": Answer(parts=(True,) * 4, counts={"other": 30, "boarding_day": 2}),
        }
    )
    found = read_score_sheet(score_sheet(CENTRE, sheet), CENTRE).sheet
    assert found.answers["SE11"] == Answer(count=Decimal("640.5"))
    assert found.answers["SA16"] == Answer(state="catering_outsourced")
    assert rate(CENTRE, found).scores == rate(CENTRE, sheet).scores


def test_an_answer_beside_a_state_that_leaves_one_check_out() -> None:
    sheet = Sheet(answers={"SA18": Answer(state="no_special_equipment", met=True)})
    found = read_score_sheet(score_sheet(CENTRE, sheet), CENTRE)
    assert (found.sheet, found.faults) == (sheet, ())


# --- what a person sees ---------------------------------------------------------------------------


def pages(book: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(book))


def row_of(page: Any, code: str) -> dict[str, Any]:
    heads = [cell.value for cell in page[1]]
    (line,) = [line for line in page.iter_rows(min_row=2) if line[0].value == code]
    return dict(zip(heads, line, strict=True))


def test_a_row_says_what_is_asked_in_either_language() -> None:
    page = pages(score_sheet(NATIONAL))["评分表"]
    cells = row_of(page, "1.1.1.2.tiers[0]")
    assert cells["项目"].value == "公共交通"
    assert cells["取证要求"].value == "手机地图测距"
    assert cells["选项或范围"].value == (
        "stop within 300 m: 2; stop within 500 m: 1; shuttle bus: 0.5"
    )
    page = pages(score_sheet(NATIONAL, language="en"))["score sheet"]
    assert row_of(page, "1.1.1.2.tiers[0]")["item"].value == "public transport"
    assert row_of(page, "service.points")["options or bounds"].value == "0 to 600"


def test_a_part_that_is_taken_off_is_not_asked_with_yes_or_no() -> None:
    """Its name may be that of the fault: a yes would be read as its opposite."""
    page = pages(score_sheet(CENTRE, language="en"))["score sheet"]
    cells = row_of(page, "SA16.parts[3]")
    assert cells["what is asked"].value == "samples kept too short"
    assert cells["options or bounds"].value == "6 points off"
    for word, met in (("nothing taken off", True), ("taken off", False)):
        book = score_sheet(CENTRE, language="en")
        book = changed(book, fill({"SA16.parts[3]": word}, "answer", "score sheet"))
        found = read_score_sheet(book, CENTRE).sheet.answers["SA16"]
        assert found == Answer(parts=(None, None, None, met, None, None))


def test_cells_offer_their_own_words() -> None:
    book = pages(score_sheet(NATIONAL, language="en"))
    page = book["score sheet"]
    offered = {}
    for rule in page.data_validations.dataValidation:
        start, end = rule.formula1.split("!")[1].replace("$", "").split(":")
        words = [cell.value for (cell,) in book["lists"][start:end]]
        for place in str(rule.sqref).split():
            offered[place] = words
    cells = row_of(page, "1.1.1.5.met")
    assert offered[cells["answer"].coordinate] == ["yes", "no"]
    assert offered[cells["why there is none"].coordinate] == ["not assessed", "not applicable"]
    cells = row_of(page, "1.1.1.1.tiers[0]")
    words = ["site and building entrance", "site entrance", "none of these"]
    assert offered[cells["answer"].coordinate] == words


def test_facts_stand_with_what_each_grade_asks() -> None:
    page = pages(score_sheet(INSTITUTION))["事实与前提条件"]
    cells = row_of(page, "occupancy_percent")
    assert cells["选项或范围"].value == (
        "一星级: ≥30; 二星级: ≥35; 三星级: ≥40; 四星级: ≥45; 五星级: ≥50"
    )
    cells = row_of(page, "full_time_social_workers")
    assert "每200" in cells["选项或范围"].value


# --- bad cells ------------------------------------------------------------------------------------


def changed(book: bytes, change: Callable[[Any], None]) -> bytes:
    held, out = pages(book), BytesIO()
    change(held)
    held.save(out)
    return out.getvalue()


def fill(values: dict[str, Any], column: str = "答案", title: str = "评分表") -> Any:
    def change(held: Any) -> None:
        for code, value in values.items():
            row_of(held[title], code)[column].value = value

    return change


def test_every_bad_cell_is_named_and_good_answers_stay() -> None:
    book = changed(
        score_sheet(CENTRE, Sheet(answers={"SA08": True, "SE11": 640})),
        fill(
            {
                "SA05.parts[0]": "maybe",
                "SA05.parts[1]": "扣分",
                "SA07.condition": "是",
                "SA07.deduct": 99,
                "SE04.count": "many",
                "SE03.count": "=1+1",
            }
        ),
    )
    found = read_score_sheet(book, CENTRE)
    page = pages(book)["评分表"]
    told = {each.path: each.message for each in found.faults}
    bad = ("SA05.parts[0]", "SA07.deduct", "SE04.count", "SE03.count")
    assert set(told) == {f"评分表!{row_of(page, code)['答案'].coordinate}" for code in bad}
    deduct = told[f"评分表!{row_of(page, 'SA07.deduct')['答案'].coordinate}"]
    assert deduct.startswith("expected 0 or")
    assert found.sheet.answers == {
        "SA08": Answer(met=True),
        "SE11": Answer(count=640),
        "SA05": Answer(parts=(None, False)),
        "SA07": Answer(condition=True),
    }


def test_what_the_scheme_refuses_is_told_at_its_cell() -> None:
    book = changed(score_sheet(NATIONAL), fill({"service.points": 700, "environment.points": 90}))
    found = read_score_sheet(book, NATIONAL)
    cell = row_of(pages(book)["评分表"], "service.points")["答案"].coordinate
    assert [each.path for each in found.faults] == [f"评分表!{cell}"]
    assert "expected 0 to 600 points, got 700" in found.faults[0].message
    assert found.sheet.answers == {"environment": Answer(points=Decimal(90))}


def test_a_word_for_no_answer_beside_an_answer_is_a_fault() -> None:
    book = score_sheet(NATIONAL, Sheet(answers={"1.1.1.5": True}))
    book = changed(book, fill({"1.1.1.5.met": "不适用"}, "未作答原因"))
    found = read_score_sheet(book, NATIONAL)
    cell = row_of(pages(book)["评分表"], "1.1.1.5.met")["未作答原因"].coordinate
    assert [each.path for each in found.faults] == [f"评分表!{cell}"]
    assert found.sheet.answers == {"1.1.1.5": Answer(met=True)}
    book = changed(book, fill({"1.1.1.5.met": "不知道"}, "未作答原因"))
    assert "不适用" in read_score_sheet(book, NATIONAL).faults[0].message


def test_rows_may_be_sorted_left_out_and_doubled() -> None:
    def change(held: Any) -> None:
        page = held["评分表"]
        rows = [[cell.value for cell in line] for line in page.iter_rows(min_row=2)]
        page.delete_rows(2, len(rows))
        for row in reversed(rows[5:]):
            page.append(row)
        page.append(rows[-1])
        page.append(["SA99.met", *rows[-1][1:]])

    sheet = Sheet(answers={"SA20": True, "SE05": 90})
    found = read_score_sheet(changed(score_sheet(INSTITUTION, sheet), change), INSTITUTION)
    assert found.sheet.answers["SE05"] == Answer(count=90)
    assert ["twice" in each.message for each in found.faults] == [True, False]
    assert "unknown 'SA99.met'" in found.faults[1].message


def test_facts_and_the_case_are_read_with_their_faults() -> None:
    sheet = Sheet(id="a", facts={"residents": 120, "has_dining_area": True})
    book = score_sheet(INSTITUTION, sheet)
    book = changed(
        book, fill({"occupancy_percent": "full", "residents": -1}, title="事实与前提条件")
    )
    book = changed(book, fill({"on": "tomorrow"}, title="评定对象"))
    found = read_score_sheet(book, INSTITUTION)
    assert [each.path.split("!")[0] for each in found.faults] == [
        "评定对象",
        *["事实与前提条件"] * 2,
    ]
    assert found.sheet.facts == {"has_dining_area": True}


def test_acts_are_written_read_and_their_faults_told() -> None:
    act = Act(FIVE_STAR.overrides[0].code, since=date(2022, 5, 1), reason="coding")
    sheet = Sheet(acts=(act,), on=date(2022, 6, 1))
    book = score_sheet(FIVE_STAR, sheet)
    found = read_score_sheet(book, FIVE_STAR)
    assert (found.sheet, found.faults) == (sheet, ())

    def change(held: Any) -> None:
        held["行政行为"]["A3"].value = "别的"
        held["行政行为"]["B4"].value = "soon"

    found = read_score_sheet(changed(book, change), FIVE_STAR)
    assert found.sheet == sheet
    assert [each.path for each in found.faults] == ["行政行为!A3", "行政行为!A4", "行政行为!B4"]


def test_a_day_that_the_term_of_an_act_needs_is_asked_for_at_its_cell() -> None:
    code = next(each.code for each in FIVE_STAR.overrides if not each.free)
    book = score_sheet(FIVE_STAR, Sheet(acts=(Act(code, since=date(2022, 5, 1)),)))
    found = read_score_sheet(book, FIVE_STAR)
    cell = row_of(pages(book)["评定对象"], "on")["答案"].coordinate
    assert [each.path for each in found.faults] == [f"评定对象!{cell}"]
    assert len(found.sheet.acts) == 1


def test_what_is_not_asked_or_fits_no_cell_is_refused_at_once() -> None:
    sheet = Sheet(
        answers={"SE05": Fraction(1, 3), "safety": 3, "SE99": True, "SA01": Answer(count=3)},
        facts={"rooms": 3},
        acts=(Act("x"),),
    )
    with pytest.raises(InvalidInput) as error:
        score_sheet(INSTITUTION, sheet)
    paths = {each.path for each in error.value.faults}
    assert paths == {
        "answers.SE05.count",
        "answers.SA01.count",
        "answers.SE99",
        "answers.safety",
        "facts.rooms",
        "acts",
    }


def test_facts_that_no_cell_can_hold_are_told_with_their_paths() -> None:
    facts = {
        "residents": "many",
        "occupancy_percent": 0.5,
        "service_lines": "膳食",
        "has_dining_area": "yes",
        "education_of_directors": "none",
    }
    with pytest.raises(InvalidInput) as error:
        score_sheet(INSTITUTION, Sheet(facts=facts))
    assert {each.path for each in error.value.faults} == {f"facts.{name}" for name in facts}
    with pytest.raises(InvalidInput, match=r"facts\.service_lines: expected one of .*, got '遛狗'"):
        score_sheet(INSTITUTION, Sheet(facts={"service_lines": ["膳食", "遛狗"]}))


def test_ranks_are_written_by_their_codes() -> None:
    cqc = bundled("cqc-principles-2022")
    sheet = Sheet(
        facts={"safe": 3, "caring": "good", "effective": "unrated"}, given={"well_led": 4}
    )
    found = read_score_sheet(score_sheet(cqc, sheet), cqc)
    assert found.sheet.facts == {
        "safe": "good",
        "caring": "good",
        "effective": UNRATED,
        "well_led": "outstanding",
    }


contents = (
    st.text("是否扣分不适用12.-、x ", max_size=4)
    | st.integers(-5, 2000)
    | st.floats(-10, 10**6, allow_nan=False)
    | st.booleans()
    | st.dates(date(2000, 1, 1), date(2030, 1, 1))
)


@settings(max_examples=15, deadline=None)
@given(cells=st.dictionaries(st.tuples(st.integers(2, 146), st.integers(7, 9)), contents))
def test_whatever_stands_in_the_cells_good_answers_stay(
    cells: dict[tuple[int, int], Any],
) -> None:
    def change(held: Any) -> None:
        for place, content in cells.items():
            held["评分表"].cell(*place).value = content

    sheet = Sheet(answers={"SA08": True, "SE11": 640})
    book = changed(score_sheet(CENTRE, sheet), change)
    found = read_score_sheet(book, CENTRE)
    page = pages(book)["评分表"]
    places = {f"评分表!{page.cell(*place).coordinate}" for place in cells}
    assert {each.path for each in found.faults} <= places
    touched = {page.cell(row, 1).value.split(".")[0] for row, _ in cells}
    assert touched >= {code for code in ("SA08", "SE11") if code not in found.sheet.answers}
    assert rate(CENTRE, found.sheet).scores.keys() == CENTRE.nodes.keys()


def test_what_is_no_score_sheet_is_refused() -> None:
    with pytest.raises(InvalidInput, match="no Excel workbook"):
        read_score_sheet(b"PK nothing", NATIONAL)
    empty = BytesIO()
    openpyxl.Workbook().save(empty)
    with pytest.raises(NotFound, match="评定对象"):
        read_score_sheet(empty.getvalue(), NATIONAL)

    def change(held: Any) -> None:
        del held["评分表"]

    found = read_score_sheet(changed(score_sheet(NATIONAL), change), NATIONAL)
    assert [each.path for each in found.faults] == ["评分表"]


def test_words_parts_and_days_of_a_scheme_of_ones_own() -> None:
    own = read(
        """
id = "own"
title = "Our stars"
title_zh = "本地星级"
grades = [{ code = "1", label = "1 star", label_zh = "一星" }]
sources = [{ id = "n", title = "notice", where = "page 3", confidence = "confirmed" }]
facts = [
  { name = "accident", kind = "day", label = "last accident" },
  { name = "remark", kind = "word", label = "remark" },
]
prerequisites = [{ code = "P", fact = "accident", none_within_months = { "1" = 12 } }]
items = [{ code = "a", max = 5, rule = { kind = "deduct_each", take = [2, 3] } }]
gates = [{ of = ["total"], at_least = { "1" = 3 } }]
steps = [{ kind = "gates", name = "grade" }]
"""
    )
    sheet = Sheet(
        answers={"a": Answer(parts=(False, True))},
        facts={"accident": "2020-01-05", "remark": "quiet"},
        on=date(2021, 1, 5),
    )
    found = read_score_sheet(score_sheet(own, sheet, language="en"), own)
    assert found.faults == ()
    assert found.sheet.facts == {"accident": date(2020, 1, 5), "remark": "quiet"}
    assert rate(own, found.sheet).rank == rate(own, sheet).rank == 1


# --- commands -------------------------------------------------------------------------------------


def test_the_commands_write_and_rate_a_workbook(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    points = {"environment": 100, "facilities": "104.5", "operation": "109.5", "service": 460}
    filled, book = tmp_path / "sheet.json", tmp_path / "sheet.xlsx"
    filled.write_text(json.dumps({"id": "a", "answers": points}), "utf-8")
    words = ["sheet", "gbt-37276-2018", str(book), "--filled", str(filled), "--language", "en"]
    assert main(words) == 0
    assert main(["rate", "gbt-37276-2018", str(book)]) == 0
    assert json.loads(capsys.readouterr().out)["grade"] == "3"
    before = book.read_bytes()
    assert main(words) == 2
    assert "is there already" in capsys.readouterr().err
    assert book.read_bytes() == before
    book.write_bytes(changed(before, fill({"service.points": 700}, "answer", "score sheet")))
    assert main(["rate", "gbt-37276-2018", str(book)]) == 2
    assert capsys.readouterr().err.startswith("score sheet!")


def test_a_workbook_that_cannot_be_written(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["sheet", "gbt-37276-2018", str(tmp_path / "none" / "a.xlsx")]) == 2
    assert "cannot be written" in capsys.readouterr().err


# --- per cent -------------------------------------------------------------------------------------


def percent_cell(value: Any, number_format: str, code: str, title: str) -> bytes:
    def change(held: Any) -> None:
        cell = row_of(held[title], code)["答案"]
        cell.value, cell.number_format = value, number_format

    return changed(score_sheet(INSTITUTION), change)


@pytest.mark.parametrize(
    ("code", "title"),
    [("occupancy_percent", "事实与前提条件"), ("SE05.count", "评分表"), ("SE07.count", "评分表")],
)
@pytest.mark.parametrize(
    ("value", "number_format", "read_as"),
    [
        (0.6, "0%", 60),
        (0.6, "0.00%", 60),
        (1, "0%", 100),
        (0.005, "0.0%", Decimal("0.5")),
        ("60%", "General", 60),
        (60, "General", 60),
        (0, "General", 0),
        (0.6, "General", None),
        (1, "General", None),
    ],
)
def test_per_cent_is_what_the_cell_shows_and_a_bare_share_is_a_fault(
    code: str, title: str, value: Any, number_format: str, read_as: Any
) -> None:
    book = percent_cell(value, number_format, code, title)
    found = read_score_sheet(book, INSTITUTION)
    if read_as is None:
        cell = row_of(pages(book)[title], code)["答案"].coordinate
        assert [each.path for each in found.faults] == [f"{title}!{cell}"]
        assert "write" in found.faults[0].message
        assert found.sheet == Sheet()
        return
    assert found.faults == ()
    item = code.partition(".")[0]
    told = found.sheet.facts.get(code) if title != "评分表" else found.sheet.answers[item].count
    assert told == read_as
    assert read_score_sheet(score_sheet(INSTITUTION, found.sheet), INSTITUTION).sheet == found.sheet


def test_a_plain_number_in_per_cent_is_a_fault() -> None:
    book = percent_cell(0.6, "0%", "residents", "事实与前提条件")
    (fault,) = read_score_sheet(book, INSTITUTION).faults
    assert "formatted as per cent" in fault.message


def test_an_answer_merged_over_questions_is_a_fault_once() -> None:
    def change(held: Any) -> None:
        page = held["评分表"]
        letter = row_of(page, "SA08.met")["答案"].column_letter
        page.merge_cells(f"{letter}5:{letter}7")

    found = read_score_sheet(changed(score_sheet(CENTRE), change), CENTRE)
    assert ["is merged over the rows 5 to 7" in each.message for each in found.faults] == []

    def fill_first(held: Any) -> None:
        page = held["评分表"]
        letter = row_of(page, "SA08.met")["答案"].column_letter
        page[f"{letter}5"] = "是"
        page.merge_cells(f"{letter}5:{letter}7")

    found = read_score_sheet(changed(score_sheet(CENTRE), fill_first), CENTRE)
    assert ["is merged over the rows 5 to 7" in each.message for each in found.faults] == [True]
    assert found.sheet == Sheet()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (bytes.fromhex("D0CF11E0A1B11AE1") + "Workbook".encode("utf-16-le"), "an old workbook"),
        ("测试".encode("gbk"), "text in GBK (GB 18030): save it as UTF-8"),
        ("{}".encode("utf-16"), "text in UTF-16"),
    ],
)
def test_the_command_names_a_file_of_another_kind(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, data: bytes, said: str
) -> None:
    path = tmp_path / "sheet"
    path.write_bytes(data)
    assert main(["rate", "gbt-37276-2018", str(path)]) == 2
    assert said in capsys.readouterr().err
