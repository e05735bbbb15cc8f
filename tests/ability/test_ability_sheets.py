"""Sheets in and assessments out: faults, JSON, schema, words, the command line."""

from __future__ import annotations

import json
import re
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ability_cases import BARTHEL, GBT, MZT, ON, PLAIN, SELF_CARE, best, judge, worst
from attrs import evolve

from minzheng import ability
from minzheng.ability import Assessment, Condition, Reading, Sheet
from minzheng.base import codec, i18n
from minzheng.cli import main
from minzheng.errors import InvalidInput, NotFound, WrongType
from minzheng.people import SelfCare

# --- faults ---------------------------------------------------------------------------------------


def test_all_faults_of_the_answers_at_once() -> None:
    wrong: dict[str, Any] = {"B1.1": 5, "B1.22": 4, "B2.4": 4, "B3.7": True, "B3.8": 1.0}
    with pytest.raises(InvalidInput) as error:
        judge(GBT, wrong)
    assert [str(each) for each in error.value.faults] == [
        "answers[B1.1]: 进食 (eating): expected 4, 3, 2, 1 or 0, got 5",
        "answers[B1.22]: unknown 'B1.22'; did you mean 'B1.2'?",
        "answers[B2.4]: 上下楼梯 (stairs): expected 3, 2, 1 or 0, got 4",
        "answers[B3.7]: 攻击行为 (aggression): expected 1 or 0, got True",
        "answers[B3.8]: 抑郁症状 (depression): expected 1 or 0, got 1.0",
    ]


def test_an_item_of_another_scale_is_unknown() -> None:
    with pytest.raises(InvalidInput, match=r"answers\[B\.1\.1\]: unknown"):
        judge(GBT, {"B.1.1": 10})
    with pytest.raises(InvalidInput, match="did you mean 'bathing'"):
        judge(BARTHEL, {"bathng": 5})


def test_a_count_is_a_whole_number_from_nought() -> None:
    with pytest.raises(InvalidInput, match="falls: expected 0 or more, got -1"):
        Condition(falls=-1)
    with pytest.raises(WrongType, match="falls"):
        Condition(falls=True)
    with pytest.raises(WrongType, match="coma"):
        Condition(coma=1)  # type: ignore[arg-type]
    with pytest.raises(WrongType, match="answers"):
        Sheet(id="t", answers=[4])  # type: ignore[arg-type]
    with pytest.raises(WrongType, match="condition: expected Condition, got None"):
        Sheet(id="t", answers={}, condition=None)  # type: ignore[arg-type]


def test_an_unknown_scale() -> None:
    with pytest.raises(NotFound, match="did you mean 'gbt-42195-2022'"):
        ability.assess("gbt-42195", Sheet(id="t", answers={}), on=ON)


def test_a_sheet_does_not_change_with_what_it_was_made_of() -> None:
    answers: dict[str, int | None] = {"feeding": 10}
    sheet = Sheet(id="t", answers=answers)
    answers["feeding"] = 0
    assert sheet.answers["feeding"] == 10
    with pytest.raises(TypeError):
        sheet.answers["feeding"] = 0  # type: ignore[index]


# --- JSON -----------------------------------------------------------------------------------------

PLAIN_SHEET: dict[str, Any] = {
    "id": "a-1",
    "answers": {**best(MZT), "B.4.1": None},
    "condition": {"dementia": True, "falls": 2},
    "reading": {"stacking": "each"},
}


def same(one: Sheet, two: Sheet) -> bool:
    parts = ("id", "condition", "reading")
    alike = all(getattr(one, each) == getattr(two, each) for each in parts)
    return alike and dict(one.answers) == dict(two.answers)


def test_a_sheet_there_and_back() -> None:
    sheet = ability.read(MZT, PLAIN_SHEET)
    assert sheet.condition == Condition(dementia=True, falls=2)
    assert sheet.reading == Reading(stacking=ability.Stacking.EACH)
    plain = codec.unstructure(sheet)
    assert plain == PLAIN_SHEET
    assert same(ability.read(MZT, json.loads(json.dumps(plain))), sheet)
    assert same(codec.structure(plain, Sheet), sheet)


def test_the_codec_says_every_wrong_answer() -> None:
    with pytest.raises(InvalidInput) as error:
        codec.structure({"id": "t", "answers": {"a": "4", "b": 1, "c": True}}, Sheet, "sheet")
    assert [each.path for each in error.value.faults] == ["sheet.answers[a]", "sheet.answers[c]"]
    with pytest.raises(InvalidInput, match=r"sheet\.answers: expected an object"):
        codec.structure({"id": "t", "answers": [4]}, Sheet, "sheet")


def test_faults_of_every_part_together() -> None:
    wrong = {"answers": {"B1.1": "4"}, "condition": {"falls": "2"}, "readings": {}}
    with pytest.raises(InvalidInput) as error:
        ability.read(GBT, wrong)
    paths = {each.path for each in error.value.faults}
    assert paths == {"sheet.id", "sheet.answers[B1.1]", "sheet.condition.falls", "sheet.readings"}


@pytest.mark.parametrize("scale", ability.SCALES)
def test_the_schema_takes_what_the_scale_takes(scale: str) -> None:
    schema = ability.schema(scale)
    jsonschema.Draft202012Validator.check_schema(schema)
    for answers in (best(scale), worst(scale), {}, dict.fromkeys(best(scale))):
        jsonschema.validate({"id": "t", "answers": answers}, schema)
    code = next(iter(best(scale)))
    for wrong in ({code: 99}, {code: "1"}, {"no such item": 1}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({"id": "t", "answers": wrong}, schema)


def test_an_assessment_as_json() -> None:
    answers = {**best(MZT), "B.1.1": 0}
    told = judge(MZT, answers, evolve(Condition.none(), mental_illness=True))
    plain = json.loads(codec.dumps(told))
    assert plain["level"] == 2
    assert plain["level_zh"] == "中度失能"
    assert plain["combination"] == {"grades": [1, 0, 0, 0], "level": 1, "literal": [1]}
    assert plain["raised"] == ["mental_illness"]
    assert plain["sources"][0]["confidence"] == "secondary"
    assert "missing" not in plain


# --- words ----------------------------------------------------------------------------------------


def samples() -> dict[str, Assessment]:
    ill = evolve(Condition.none(), dementia=True, falls=2)
    return {
        "2022": judge(GBT, {**best(GBT), "B2.4": 0}, ill),
        "2022 coma": judge(GBT, {"B3.9": 0}, Condition(coma=True)),
        "2013": judge(MZT, best(MZT), ill, Reading()),
        "2013 silent": judge(MZT, {**best(MZT), "B.1.8": 0, "B.1.9": 0, "B.1.10": 0}),
        "2013 contradictory": judge(MZT, {**best(MZT), "B.1.1": 0, "B.3.2": 4}),
        "barthel": judge(BARTHEL, best(BARTHEL)),
        "self-care": ability.self_care(SelfCare(eating=False), on=ON, subject="t"),
        "no figure": ability.self_care(SelfCare(eating=False), on=date(2020, 7, 24), subject="t"),
        "empty": judge(GBT, {}, Condition(), Reading()),
    }


names = pytest.mark.parametrize("name", samples())


@names
def test_chinese_reads_as_chinese(name: str) -> None:
    text = samples()[name].explain("zh_CN")
    kept = r"编号：t|MZ/T|GB/T|Barthel|F\d\d|数据项：[\w.]+"
    kept += r"|answers\[[\w.]+\]|(?:condition|reading)\.\w+|[BC]\.?\d[\d.]*"
    assert re.findall(r"[A-Za-z]+", re.sub(kept, "", text)) == []
    assert not re.search(r"[，。；：、][，。；：、]|[\u4e00-\u9fff][,;:()]", text)
    for line in text.splitlines():
        assert not line.startswith("  ") or line.endswith("。")


@names
def test_english_is_whole(name: str) -> None:
    text = samples()[name].explain("en")
    assert not re.search(r"\{\w*\}|[，。；：]", text)
    assert ": \n" not in text + "\n"


@names
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_what_is_known_is_told(name: str, language: str) -> None:
    told = samples()[name]
    text, scale = told.explain(language), ability.scale(told.scale)
    label = "zh" if language == "zh_CN" else "en"
    assert getattr(scale, label) in text
    if told.level is not None:
        assert getattr(scale.level(told.level), label) in text.splitlines()[2]
    for code in told.unanswered:
        assert getattr(scale.items[code], label) in text
    for each in told.missing:
        assert each.path in text or each.not_held is not None
    for figure in told.figures:
        assert figure.figure.citation is not None
        assert figure.figure.citation.text(language) in text


def test_an_assessment_read_aloud() -> None:
    lines = samples()["2022"].explain("zh_CN").splitlines()
    assert lines[:3] == [
        "老年人能力评估规范 GB/T 42195-2022：评估结果（编号：t）",
        "评估日期：2023年11月1日。",
        "能力等级：2级（中度），变更前为1级，87分（满分90分）。",
    ]
    lines = samples()["2013"].explain("en").splitlines()
    assert lines[2] == "Level: cannot be determined yet, from 1 (mild) to 2 (moderate)"
    assert "  1. reading.stacking (how many levels a disease and events raise together)" in lines


def test_another_language_is_refused() -> None:
    with pytest.raises(InvalidInput, match="language"):
        samples()["barthel"].explain("de")


def test_what_a_day_outside_says() -> None:
    sheet = Sheet(id="t", answers=best(MZT), condition=Condition.none(), reading=PLAIN)
    early = ability.assess(MZT, sheet, on=date(2013, 9, 30))
    assert early.in_force is False
    assert [each.text for each in early.notes] == ["The scale is not in force on this day."]
    assert ability.assess(MZT, sheet, on=date(2013, 10, 1)).notes == ()
    with pytest.raises(WrongType):
        ability.assess(MZT, sheet, on="2020-07-24")  # type: ignore[arg-type]


# --- the command line -----------------------------------------------------------------------------


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, list[str]]:
    code = main(words)
    printed = capsys.readouterr()
    return code, printed.out, printed.err.splitlines()


def test_a_sheet_is_assessed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "sheet.json"
    path.write_text(json.dumps(PLAIN_SHEET), "utf-8")
    words = ("assess-ability", MZT, str(path), "--on", "2020-07-24")
    code, out, err = run(capsys, *words)
    assert (code, err) == (0, [])
    answer = json.loads(out)
    assert (answer["subject"], answer["least"], answer["most"]) == ("a-1", 2, 2)
    code, out, _err = run(capsys, *words, "--explain", "en")
    assert out.startswith("Ability Assessment for Older Adults, MZ/T 039-2013: assessment of a-1")
    path.write_text(json.dumps([PLAIN_SHEET, {**PLAIN_SHEET, "id": "a-2"}]), "utf-8")
    assert [each["subject"] for each in json.loads(run(capsys, *words)[1])] == ["a-1", "a-2"]


def test_faults_of_several_sheets(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = [{"id": "a", "answers": {"feeding": 7}}, {"id": "b", "answers": {"fedding": 10}}]
    monkeypatch.setattr("sys.stdin", StringIO(json.dumps(wrong)))
    code, out, err = run(capsys, "assess-ability", BARTHEL, "-", "--on", "2020-07-24")
    assert (code, out) == (2, "")
    assert err == [
        "sheet[0].answers[feeding]: 进食 (feeding): expected 10, 5 or 0, got 7",
        "sheet[1].answers[fedding]: unknown 'fedding'; did you mean 'feeding'?",
    ]


def test_a_contradiction_names_the_sheet(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = {"id": "a", "answers": {"B3.9": 2}, "condition": {"coma": True}}
    monkeypatch.setattr("sys.stdin", StringIO(json.dumps(sheet)))
    code, _out, err = run(capsys, "assess-ability", GBT, "-", "--on", "2023-07-24")
    assert (code, err) == (2, ["a: condition.coma: is true, but B3.9 of 2 excludes it"])


def test_the_schema_of_a_scale_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _err = run(capsys, "schema", SELF_CARE)
    assert (code, json.loads(out)) == (0, ability.schema(SELF_CARE))
