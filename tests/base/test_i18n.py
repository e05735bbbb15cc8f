"""The two languages of explanations: a whole catalogue, and notices that read as such."""

import importlib.util
import pickle
import re
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from attrs import evolve

from minzheng.base import i18n
from minzheng.benefits import dibao, tekun
from minzheng.decision import Decision, Missing
from minzheng.errors import FigureNotFound, InvalidInput
from minzheng.people import (
    Applicant,
    Disability,
    DisabilityType,
    Household,
    Income,
    IncomeKind,
    Person,
    Property,
    Relation,
    Residence,
    SelfCare,
    Whereabouts,
    about,
)
from minzheng.rules import Outcome
from minzheng.standards import Standards, Unit


@cache
def tool() -> ModuleType:
    path = Path(__file__).parents[2] / "tools/messages.py"
    spec = importlib.util.spec_from_file_location("messages", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# --- the catalogue --------------------------------------------------------------------------------

PLACEHOLDER = re.compile(r"\{(\w*)\}")
# Latin letters that may stand in Chinese: placeholders; host names and paths of facts, which are
# words joined by dots or slashes; names of series; codes of diagnoses; sites that a source knows
# by one word only.
ALLOWED = re.compile(
    r"\{\w+\}"
    r"|[\w-]+(?:\[\d+\])?(?:[./][\w-]+(?:\[\d+\])?)+"
    r"|数据项：[\w.]+|F\d\d"
    r"|3dmxku|feifmx|jiangsulong|liuxurong|nongyezhishi|paoku|zkxblog",
    re.ASCII,
)


def english_left(text: str) -> list[str]:
    return re.findall(r"[A-Za-z]+", ALLOWED.sub("", text))


def test_every_message_has_a_translation() -> None:
    assert tool().compared().missing == []


def test_no_translation_is_left_over() -> None:
    assert tool().compared().obsolete == []


def test_what_is_collected() -> None:
    ids = tool().ids()
    assert {
        "Outcome: {outcome}",  # marked N_
        "day of birth",  # what a fact is about
        "severe disability",  # a key's word
        "full time",  # a term
        "floor",  # a kind
        "item 6",  # a clause of a source
    } <= ids


def test_a_variable_called_like_a_mark_is_no_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = 'stated: int = size("a length")\nmaybe = {"b": ("c")}\nlabel = N_("a " "label")\n'
    (tmp_path / "room.py").write_text(source, encoding="utf-8")
    monkeypatch.setattr(tool(), "SOURCE", tmp_path)
    assert list(tool()._marked()) == ["a label"]


def test_placeholders_are_kept() -> None:
    changed = {
        key: text
        for key, text in tool().catalogue().items()
        if set(PLACEHOLDER.findall(key)) != set(PLACEHOLDER.findall(text))
    }
    assert changed == {}


def test_translations_are_chinese() -> None:
    left = {key: english_left(text) for key, text in tool().catalogue().items()}
    assert {key: words for key, words in left.items() if words} == {}


def test_the_catalogue_is_sorted_and_says_its_language() -> None:
    held = list(tool().catalogue())
    assert held == sorted(held)
    header = tool().CATALOGUE.read_text(encoding="utf-8").split("\n\n")[0]
    assert '"Language: zh_CN\\n"' in header
    assert "Date" not in header


# --- the languages --------------------------------------------------------------------------------


def test_english_gives_the_message_back() -> None:
    t = i18n.translator("en")
    assert t("persons") == "persons"
    assert t("no such message") == "no such message"


def test_chinese_translates_and_leaves_the_unknown() -> None:
    t = i18n.translator("zh_CN")
    assert t("persons") == "人"
    assert t("no such message") == "no such message"


@pytest.mark.parametrize("language", ["de", "", "zh", "zh_cn"])
def test_another_language_is_refused(language: str) -> None:
    with pytest.raises(InvalidInput, match="language"):
        i18n.translator(language)
    with pytest.raises(InvalidInput, match="language"):
        i18n.money(Decimal(1), language)
    with pytest.raises(InvalidInput, match="language"):
        i18n.day(date(2020, 7, 24), language)
    with pytest.raises(InvalidInput, match="language"):
        sample("granted").explain(language)


def test_amounts_and_days() -> None:
    amount, when = Decimal("1234567.8"), date(2020, 2, 9)
    assert i18n.money(amount, "zh_CN") == "1,234,567.80元"
    assert i18n.money(amount, "en") == "1,234,567.80 yuan"
    assert i18n.day(when, "zh_CN") == "2020年2月9日"
    assert i18n.day(when, "en") == "9 February 2020"


# --- explanations ---------------------------------------------------------------------------------

IN_2020, IN_2023, IN_NOVEMBER = date(2020, 7, 24), date(2023, 9, 10), date(2023, 11, 1)
BORN_1980 = date(1980, 3, 1)
WELL: dict[str, Any] = {"disabled": False, "seriously_ill": False}


def person(year: str | None, relation: Relation = Relation.APPLICANT, **known: Any) -> Person:
    income = None
    if year is not None:
        income = (Income(kind=IncomeKind.TRANSFER, year=Decimal(year)),)
    facts: dict[str, Any] = {"birth": date(1950, 3, 1), "whereabouts": Whereabouts.HOME, **known}
    return Person(relation=relation, income=income, **facts)


def household(area: str, *members: Person, **known: Any) -> Household:
    facts: dict[str, Any] = {"property": Property(meets_dibao_rule=True), **known}
    return Household(id="2020-001", area=area, residence=Residence.RURAL, members=members, **facts)


def applicant(**known: Any) -> Applicant:
    able = SelfCare(eating=True, dressing=True, bed=True, toilet=False, walking=True, bathing=False)
    facts: dict[str, Any] = {
        "birth": date(1950, 3, 1),
        "income": (),
        "supporters": (),
        "self_care": able,
        **known,
    }
    return Applicant(
        id="2020-002",
        area="130822",
        residence=Residence.RURAL,
        person=Person(relation=Relation.APPLICANT, **facts),
        property=Property(meets_tekun_rule=True),
    )


@cache
def sample(name: str) -> Decision:
    match name:
        case "granted":
            return dibao.assess(household("130822", person("1860")), on=IN_2020)
        case "bands":
            return dibao.assess(household("130802", person("1860"), band=2), on=IN_2023)
        case "dibao_marginal":
            return dibao.assess(household("130802", person("7000", **WELL), band=1), on=IN_2023)
        case "single":
            ill = person("0", Relation.SPOUSE, disabled=False, seriously_ill=True)
            members = (person("14000", **WELL), ill)
            owned = Property(meets_dibao_rule=True, meets_dibao_marginal_rule=True)
            apart = household("130802", *members, band=1, property=owned)
            return dibao.assess(apart, on=IN_2023)
        case "property":
            owned = Property(meets_dibao_rule=False)
            return dibao.assess(household("130822", person("1860"), property=owned), on=IN_2020)
        case "no fact":
            return dibao.assess(household("130822", person(None, **WELL)), on=IN_2020)
        case "no figure":
            return dibao.assess(household("130822", person("1860")), on=date(2019, 1, 1))
        case "tekun":
            return tekun.assess(applicant(), on=IN_NOVEMBER)
        case "tekun refused":
            known = {"disabled": False, "recognised_as_minor": False}
            return tekun.assess(applicant(birth=BORN_1980, **known), on=IN_NOVEMBER)
        case "tekun no fact":
            kind = Disability(type=DisabilityType.MULTIPLE, grade=1)
            joined = applicant(birth=BORN_1980, disability=kind, recognised_as_minor=False)
            return tekun.assess(joined, on=IN_NOVEMBER)
        case _:
            return tekun.assess(applicant(), on=IN_2020)


OUTCOMES = {
    "granted": Outcome.GRANTED,
    "bands": Outcome.GRANTED,
    "dibao_marginal": Outcome.REFUSED,
    "single": Outcome.GRANTED,
    "property": Outcome.REFUSED,
    "no fact": Outcome.UNDETERMINED,
    "no figure": Outcome.UNDETERMINED,
    "tekun": Outcome.GRANTED,
    "tekun refused": Outcome.REFUSED,
    "tekun no fact": Outcome.UNDETERMINED,
    "tekun no figure": Outcome.UNDETERMINED,
}
samples = pytest.mark.parametrize("name", OUTCOMES)
languages = pytest.mark.parametrize("language", i18n.LANGUAGES)
HAN = r"[\u4e00-\u9fff，。；：、（）《》“”]"


@pytest.mark.parametrize(("name", "outcome"), OUTCOMES.items())
def test_the_samples_are_what_they_are_called(name: str, outcome: Outcome) -> None:
    assert sample(name).outcome is outcome


@samples
def test_chinese_has_no_stray_english(name: str) -> None:
    assert english_left(sample(name).explain("zh_CN")) == []
    assert english_left(sample(name).reason("zh_CN")) == []


@samples
def test_chinese_has_chinese_punctuation_and_no_spaces(name: str) -> None:
    for line in sample(name).explain("zh_CN").splitlines():
        assert not re.search(rf"{HAN} | {HAN}|  ", line.strip())
        assert not re.search(rf"{HAN}[,;:()!?.]|[,;:()!?]{HAN}", line)
        assert not re.search(r"[，。；：、][，。；：、]|（）", line)
        assert not line.startswith("  ") or line.endswith("。")


@samples
def test_english_has_no_chinese_frame(name: str) -> None:
    text = sample(name).explain("en")
    assert not re.search(r"[，。；：]", re.sub(r"source: .*", "", text))
    assert not re.search(r" 1 persons|[ ,;:]{3}| [,;:]|\{\w*\}", text)


@languages
@samples
def test_days_amounts_and_sources_are_told(name: str, language: str) -> None:
    decision = sample(name)
    text, t = decision.explain(language), i18n.translator(language)
    assert i18n.day(decision.on, language) in text
    assert decision.subject in text
    assert decision.area in text
    if decision.award is not None:
        assert i18n.money(decision.award.amount, language) in text
        assert decision.award.start is not None
        assert i18n.day(decision.award.start, language) in text
    for finding in decision.findings:
        assert t(finding.label) in text
        if isinstance(finding.value, Decimal):
            assert i18n.money(finding.value, language) in text
    for cited in (each for ground in decision.grounds for each in ground.citations):
        assert cited.text(language) in text
    series = Standards.bundled().series
    for figure in (each.figure for each in decision.figures):
        if series[figure.series].unit is not Unit.YUAN:
            continue
        assert isinstance(figure.value, Decimal)
        assert i18n.money(figure.value, language) in text
        assert figure.span is not None
        assert i18n.day(figure.span.start, language) in text
        cites_article = figure.citation is not None and figure.citation.article is not None
        if not cites_article:
            assert t(figure.source.title) in text
            assert t(figure.source.where) in text


@languages
@samples
def test_what_is_missing_is_told_with_its_meaning(name: str, language: str) -> None:
    decision = sample(name)
    text, t = decision.explain(language), i18n.translator(language)
    assert bool(decision.missing) is (decision.outcome is Outcome.UNDETERMINED)
    for each in decision.missing:
        if each.message:
            assert language == "zh_CN" or each.message in text
        else:
            opened, closed = ("（", "）。") if language == "zh_CN" else (" (", ")")
            assert f"{each.path}{opened}{t(about(each.path))}{closed}" in text


def test_a_notice_in_chinese() -> None:
    """Read aloud: the head of a notice, a reason and a figure."""
    lines = sample("granted").explain("zh_CN").splitlines()
    assert lines[:6] == [
        "最低生活保障审核结果（案件编号：2020-001）",
        "所在地区：河北省承德市兴隆县（130822），适用农村标准。认定日期：2020年7月24日。",
        "审核结论：符合条件，发放金额为每月245.00元，保障1人，自2020年8月1日起发放。",
        "",
        "认定理由：",
        "  （1）根据《社会救助暂行办法》第九条、《2020年工作要点》，经核算，家庭年收入为1,860.00元，"
        "低于4,800.00元（年最低生活保障标准乘以共同生活的家庭成员1人）。",
    ]
    assert (
        "  （1）最低生活保障标准（农村）：不低于每年4,800.00元，自2020年7月24日起"
        "（该日期为推定），至2020年12月31日止（该日期为推定）；未收录河北省承德市兴隆县（130822）本级标准，"
        "采用河北省承德市（130800）的标准；来源：《2020年工作要点》（第六项），"
        "承德市民政局2020年7月24日发布的网页（官方发布，已核实）。"
    ) in lines


def test_a_notice_in_english() -> None:
    lines = sample("granted").explain("en").splitlines()
    assert lines[:3] == [
        "Minimum living guarantee (dibao): decision on case 2020-001",
        "Place: 河北省承德市兴隆县 (130822), rural. Day: 24 July 2020.",
        "Outcome: granted, 245.00 yuan a month for 1 person, due from 1 August 2020.",
    ]


def test_one_person_and_several() -> None:
    two = person("1860"), person("0", Relation.SPOUSE)
    decision = dibao.assess(household("130822", *two), on=IN_2020)
    assert "for 2 persons, " in decision.explain("en")
    assert "保障2人，" in decision.explain("zh_CN")


# --- figures that are not held --------------------------------------------------------------------


def missing(error: FigureNotFound) -> str:
    decision = evolve(sample("no figure"), missing=(Missing.figure(error.not_held),))
    return decision.explain("zh_CN").splitlines()[-1]


def test_a_missing_figure_is_said_in_chinese() -> None:
    with pytest.raises(FigureNotFound) as error:
        Standards.bundled().find("dibao.standard", "130822", date(2019, 1, 1), residence="rural")
    text = missing(error.value)
    assert text.startswith(
        "  （1）未收录河北省承德市兴隆县（130822）2019年1月1日适用的“最低生活保障标准（农村）”"
        "（数据项：dibao.standard；所需类型：确定值、下限值）；"
        "已依次查找130822、130800、130000、000000。收录情况：河北省承德市（130800）农村："
        "每年4,800.00元（下限值，2020-07-24至2020-12-31）；"
    )


@pytest.mark.parametrize("area", ["130822", "440106", "000000"])
@pytest.mark.parametrize("name", [n for n, s in Standards.bundled().series.items() if s.deciding])
def test_no_look_up_is_left_in_english(name: str, area: str) -> None:
    words: dict[str, Any] = {
        key: values[-1] for key, values in Standards.bundled().series[name].keys.items()
    }
    with pytest.raises(FigureNotFound) as error:
        Standards.bundled().find(name, area, date(1998, 1, 1), **words)
    assert english_left(missing(error.value)) == []


# --- what a fact is about -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "meaning"),
    [
        ("household.members[0].birth", "day of birth"),
        ("household.members[10].disability.type", "visual ... multiple"),
        ("household.members[1].spending[2].kind", "what it is spent on"),
        ("household.property", "what the household owns"),
        ("applicant.property", "what the person owns"),
        ("applicant.property.homes", "number of homes owned"),
        ("applicant.person.self_care.bed", "gets in and out of bed unaided (自主上下床)"),
        ("applicant.person.supporters[0].status", "what keeps the supporter from supporting"),
        ("applicant.person.nothing", ""),
        ("standards", ""),
        ("", ""),
    ],
)
def test_the_meaning_of_a_path(path: str, meaning: str) -> None:
    assert about(path) == meaning


def test_a_text_brings_its_translation_along() -> None:
    text = i18n.Text("{n} rooms", "{n}间")
    for each in (text, pickle.loads(pickle.dumps(text))):
        assert i18n.translator("zh_CN")(each).format(n=2) == "2间"
        assert i18n.translator("en")(each).format(n=2) == "2 rooms"
    assert i18n.translator("zh_CN")(i18n.Text("persons")) == "人"
