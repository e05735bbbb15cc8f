"""Notes about what is not held, and explanations in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from string import Formatter
from typing import Any

import pytest
from dibao_cases import (
    LAW,
    NEW,
    OLD,
    PLAN,
    SEVERE,
    decide,
    earns,
    local,
    owns,
    person,
    row,
)

from minzheng.base.i18n import LANGUAGES, translator
from minzheng.decision import Decision
from minzheng.errors import InvalidInput
from minzheng.people import IncomeKind, Relation, Residence, Whereabouts
from minzheng.rules import Outcome
from minzheng.standards import Standards

BUNDLED = Standards.bundled()
EDGE = (person(income=earns("1600")), person(Relation.SPOUSE, seriously_ill=True))
SHUANGQIAO: dict[str, Any] = {"area": "130802", "on": date(2023, 9, 1), "standards": BUNDLED}
RICH = local(
    row("dibao.supplement.rate", "0.2", keys={"category": "elderly"}),
    row("dibao.rounding.unit", "1"),
    row("dibao.rounding.mode", "up"),
    row("dibao.rounding.scope", "household"),
    row("dibao.deduction.employment", "0.2"),
    row("dibao.deduction.rigid", "0.5", keys={"kind": "medical"}),
    row("dibao.property.homes", 1),
    row("dibao.property.car", True),
    row("dibao.bands", ["100", "200"]),
)
HEBEI = local(row("income.disposable_per_capita", "10000"), row("housing.area_per_person", "30"))
Y2013 = date(2013, 6, 1)

DECISIONS: dict[str, Callable[[], Decision]] = {
    "floor": lambda: decide(on=PLAN, standards=BUNDLED),
    "urban": lambda: decide(on=PLAN, standards=BUNDLED, residence=Residence.URBAN),
    "no figure": lambda: decide(on=date(2019, 1, 1), standards=BUNDLED),
    "no law": lambda: decide(on=date(2012, 1, 1)),
    "unknown": lambda: decide(person(income=None)),
    "granted": decide,
    "granted 2013": lambda: decide(on=Y2013, standards=HEBEI),
    "refused": lambda: decide(person(income=earns("9999"))),
    "dibao_marginal": lambda: decide(person(income=earns("632"))),
    "alone": lambda: decide(*EDGE),
    "no ratio": lambda: decide(*EDGE, on=LAW),
    "ratio": lambda: decide(*EDGE, on=LAW, standards=local(row("dibao_marginal.ratio", "4/3"))),
    "unsettled": lambda: decide(person(income=earns("9", IncomeKind.BASIC_PENSION)), on=LAW),
    "nobody": lambda: decide(person(whereabouts=Whereabouts.PRISON)),
    "bands": lambda: decide(band=2, **SHUANGQIAO),
    "rich table": lambda: decide(person(birth=date(1950, 1, 1)), band=2, standards=RICH),
    "car": lambda: decide(property=owns(cars=1), standards=RICH, band=1),
    "homes 2013": lambda: decide(property=owns(homes=2), on=Y2013, standards=HEBEI),
    "car 2013": lambda: decide(property=owns(cars=1), on=Y2013, standards=HEBEI),
    "luxury 2013": lambda: decide(property=owns(luxury=True), on=Y2013, standards=HEBEI),
    "living 2013": lambda: decide(property=owns(visibly_above=True), on=Y2013, standards=HEBEI),
    "assets 2013": lambda: decide(property=owns(financial_assets=10001), on=Y2013, standards=HEBEI),
    "area 2013": lambda: decide(property=owns(floor_area=61), on=Y2013, standards=HEBEI),
    "rule": lambda: decide(property=owns(meets_dibao_rule=False)),
    "hebei 2020": lambda: decide(
        person(income=earns("5000")),
        person(Relation.SPOUSE, disability=SEVERE),
        on=PLAN,
        standards=BUNDLED,
        in_hardship=True,
    ),
}
EACH = pytest.mark.parametrize("name", DECISIONS)
IN_BOTH = pytest.mark.parametrize("language", LANGUAGES)


@IN_BOTH
@EACH
def test_no_brace_is_left_untranslated(name: str, language: str) -> None:
    text = DECISIONS[name]().explain(language)
    assert "{" not in text
    assert "}" not in text
    assert "Decimal" not in text
    assert all(line == line.rstrip() for line in text.split("\n"))


@IN_BOTH
@EACH
def test_every_amount_used_stands_there_with_its_source(name: str, language: str) -> None:
    decision = DECISIONS[name]()
    text, t = decision.explain(language), translator(language)
    for found in decision.figures:
        series = BUNDLED.series[found.figure.series]
        if series.unit.value not in ("yuan", "yuan_list", "ratio", "square_metres"):
            continue
        label = series.label_zh if language == "zh_CN" else series.label
        lines = [line for line in text.split("\n") if label in line]
        citation = found.figure.citation
        words = [t(found.figure.source.title), t(found.figure.source.where)]
        if citation is not None and citation.article is not None:
            words = [citation.text(language)]
        assert any(all(word in line for word in words) for line in lines), label


LOCAL_RULES: dict[str, tuple[dict[str, object], dict[str, Any]]] = {
    # beside the applicant there is a parent who lives elsewhere
    "car": (row("dibao.property.car", True), {"property": owns(cars=1)}),
    "homes": (row("dibao.property.homes", 1), {"property": owns(homes=2)}),
    "luxury": (row("dibao.property.luxury", True), {"property": owns(luxury=True)}),
    "living": (row("dibao.property.visible_living", True), {"property": owns(visibly_above=True)}),
    "inclusive": (row("dibao.income.inclusive", True), {}),
    "first payment": (row("dibao.first_payment", "same_month"), {}),
    "parents": (row("dibao.member.parents", True), {}),
}


@IN_BOTH
@pytest.mark.parametrize("name", LOCAL_RULES)
def test_a_local_rule_that_decides_is_named_with_its_source(name: str, language: str) -> None:
    rule, facts = LOCAL_RULES[name]
    members = (person(), person(Relation.PARENT, co_resident=False))
    decision = decide(*members, standards=local({**rule, "source": "rule"}), **facts)
    assert rule["series"] in {each.figure.series for each in decision.figures}
    assert "县里的规定" in decision.explain(language)


@IN_BOTH
def test_persons_enrolled_alone_by_a_local_rule_see_its_source(language: str) -> None:
    decision = DECISIONS["hebei 2020"]()
    assert decision.outcome is Outcome.GRANTED
    (source,) = {
        each.figure.source.title
        for each in decision.figures
        if each.figure.series == "dibao.single.condition" and each.figure.area == "130000"
    }
    assert translator(language)(source) in decision.explain(language)


@IN_BOTH
@EACH
def test_every_ground_of_law_names_an_article(name: str, language: str) -> None:
    decision = DECISIONS[name]()
    text = decision.explain(language)
    for ground in decision.grounds:
        for citation in ground.citations:
            assert citation.text(language) in text


@EACH
def test_every_message_has_its_chinese(name: str) -> None:
    decision, t = DECISIONS[name](), translator("zh_CN")
    messages = [
        decision.title,
        *(ground.text for ground in decision.grounds),
        *(finding.label for finding in decision.findings),
        *(finding.unit for finding in decision.findings if finding.unit.isidentifier()),
        *(note.text for note in decision.notes),
    ]
    for message in messages:
        assert re.search(r"[一-鿿]", t(message)), message
        assert fields(t(message)) == fields(message), message


def fields(message: str) -> set[str | None]:
    return {name for _text, name, _format, _conversion in Formatter().parse(message) if name}


@EACH
def test_chinese_is_chinese_but_for_names_of_sources(name: str) -> None:
    for line in DECISIONS[name]().explain("zh_CN").split("\n"):
        assert not line or re.search(r"[一-鿿]", line), line


@IN_BOTH
@EACH
def test_what_is_missing_is_said(name: str, language: str) -> None:
    decision = DECISIONS[name]()
    text = decision.explain(language)
    assert (decision.outcome is Outcome.UNDETERMINED) == bool(decision.missing)
    for each in decision.missing:
        series = re.search(r" of (\S+) \(", each.message)
        assert (series[1] if series else each.path) in text


@EACH
def test_only_what_is_granted_has_an_award(name: str) -> None:
    decision = DECISIONS[name]()
    assert (decision.outcome is Outcome.GRANTED) == (decision.award is not None)
    assert decision.grounds or decision.missing


def test_another_language_is_refused_with_the_nearest() -> None:
    with pytest.raises(InvalidInput, match="did you mean 'zh_CN'"):
        decide().explain("zh_TW")


def said(decision: Decision) -> str:
    return "\n".join(note.text for note in decision.notes)


@pytest.mark.parametrize(
    ("words", "name", "there"),
    [
        ("No deduction of employment costs is on file", "granted", True),
        ("No deduction of employment costs is on file", "rich table", False),
        ("No deduction of rigid expenditure is on file", "granted", True),
        ("No deduction of rigid expenditure is on file", "rich table", False),
        ("No figures of a local property test", "granted", True),
        ("No figures of a local property test", "rich table", False),
        ("No figures of a local property test", "granted 2013", False),
        ("No supplements", "granted", True),
        ("No supplements", "rich table", False),
        ("No supplements", "refused", False),
        ("No rounding rule", "granted", True),
        ("No rounding rule", "rich table", False),
        ("No rounding rule", "refused", False),
        ("is a minimum", "floor", True),
        ("is a minimum", "granted", False),
    ],
)
def test_notes_about_rules_that_are_not_held(words: str, name: str, there: bool) -> None:
    assert (words in said(DECISIONS[name]())) is there


def test_an_amount_of_supplement_is_a_supplement_too() -> None:
    table = local(row("dibao.supplement.amount", "10", keys={"category": "elderly"}))
    assert "No supplements" not in said(decide(standards=table))


@pytest.mark.parametrize(("on", "article"), [(OLD, "27"), (NEW, "23"), (LAW, "18")])
def test_the_article_is_that_of_the_day(on: date, article: str) -> None:
    (gap,) = (each for each in decide(on=on).findings if each.name == "gap_year")
    assert [str(getattr(each, "article", None)) for each in gap.citations] == [article]


def test_names_never_stand_in_an_explanation() -> None:
    decision = decide(person(name="测试甲"))
    assert "测试" not in decision.explain("zh_CN") + repr(decision)
