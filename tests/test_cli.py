"""The command line as its users call it: words in, text and an exit code out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from minzheng import benefits, demo
from minzheng.base import codec
from minzheng.cli import main

HOUSEHOLD = codec.unstructure(next(each for each in demo.households() if each.id == "R02"))
DAY = "2020-07-24"


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, list[str]]:
    code = main(words)
    printed = capsys.readouterr()
    return code, printed.out, printed.err.splitlines()


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    code, out, err = run(capsys, *words)
    assert (code, err) == (0, [])
    return json.loads(out)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "household.json"
    path.write_text(json.dumps(HOUSEHOLD, ensure_ascii=False), "utf-8")
    return path


def test_a_household_is_decided(capsys: pytest.CaptureFixture[str], case: Path) -> None:
    decision = answer(capsys, "assess", "dibao", str(case), "--on", DAY)
    assert decision["outcome"] == "granted"
    assert decision["award"] == {
        "amount": "245.00",
        "per": "month",
        "persons": 1,
        "start": "2020-08-01",
    }


@pytest.mark.parametrize(
    ("benefit", "day", "outcome"),
    [
        ("dibao_marginal", "2022-11-01", "undetermined"),
        ("rigid_expenditure", "2025-01-01", "undetermined"),
    ],
)
def test_a_recognition_is_asked_of_the_same_household(
    capsys: pytest.CaptureFixture[str], case: Path, benefit: str, day: str, outcome: str
) -> None:
    decision = answer(capsys, "assess", benefit, str(case), "--on", day)
    assert (decision["benefit"], decision["outcome"]) == (benefit, outcome)
    assert "award" not in decision


def test_an_application_for_temporary_assistance(capsys: pytest.CaptureFixture[str]) -> None:
    files = Path(__file__).parents[1] / "docs" / "examples"
    words = ("assess", "temporary_assistance", str(files / "application.json"), "--on", DAY)
    assert answer(capsys, *words)["outcome"] == "undetermined"
    decision = answer(capsys, *words, "--standards", str(files / "temporary.toml"))
    assert decision["award"] == {"amount": "2400.00", "per": "once", "persons": 3}


def test_a_list_is_answered_with_a_list(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "households.json"
    path.write_text(codec.dumps(demo.households()), "utf-8")
    decisions = answer(capsys, "assess", "dibao", str(path), "--on", DAY)
    assert [each["subject"] for each in decisions] == [each.id for each in demo.households()]
    path.write_text(json.dumps([HOUSEHOLD]), "utf-8")
    assert len(answer(capsys, "assess", "dibao", str(path), "--on", DAY)) == 1


def test_standard_input_and_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", StringIO(json.dumps(HOUSEHOLD)))
    code, out, _err = run(capsys, "assess", "dibao", "-", "--on", DAY, "--explain", "zh_CN")
    assert code == 0
    assert "每月245.00元" in out
    assert "王样本" not in out


def test_a_table_of_ones_own(
    capsys: pytest.CaptureFixture[str], case: Path, tmp_path: Path
) -> None:
    table = tmp_path / "county.toml"
    table.write_text(
        """
        area = "130822"
        [sources.own]
        title = "县里的文件"
        where = "the county's page"
        grade = "official"
        confidence = "confirmed"
        [[figure]]
        series = "dibao.standard"
        keys = { residence = "rural" }
        value = "5400"
        per = "year"
        from = 2020-01-01
        source = "own"
        """,
        "utf-8",
    )
    words = ("assess", "dibao", str(case), "--on", "2020-03-01", "--standards", str(table))
    assert answer(capsys, *words)["award"]["amount"] == "295.00"
    table.write_text('area = "130822"\n[[figure]]\nvalue = 1.5\n', "utf-8")
    code, out, err = run(capsys, *words)
    assert (code, out) == (2, "")
    assert err == [
        "county.toml: figure[0].series: is required",
        "county.toml: figure[0].source: is required",
    ]


def test_every_fault_stands_on_its_line(capsys: pytest.CaptureFixture[str], case: Path) -> None:
    wrong = {**HOUSEHOLD, "residense": "rural", "area": "1308"}
    wrong["members"] = [{**HOUSEHOLD["members"][0], "birth": "1950-13-01", "income": 5}]
    case.write_text(json.dumps([HOUSEHOLD, wrong]), "utf-8")
    code, out, err = run(capsys, "assess", "dibao", str(case), "--on", DAY)
    assert (code, out) == (2, "")
    assert [line.partition(": ")[0] for line in err] == [
        "household[1].residense",
        "household[1].area",
        "household[1].members[0].birth",
        "household[1].members[0].income",
    ]
    assert "did you mean 'residence'?" in err[0]


def test_faults_that_show_only_on_the_day_name_the_case(
    capsys: pytest.CaptureFixture[str], case: Path
) -> None:
    code, out, err = run(capsys, "assess", "dibao", str(case), "--on", "1949-10-01")
    assert (code, out) == (2, "")
    assert err == [
        "R02: household.members[0].birth: is after the day, 1949-10-01",
    ] or err[0].startswith("R02: ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "household: is not JSON"),
        ("", "household: is not JSON"),
        ("5", "household: expected an object"),
        ('{"id": "a", "id": "b"}', "stands twice"),
    ],
)
def test_what_is_no_household(
    capsys: pytest.CaptureFixture[str], case: Path, text: str, said: str
) -> None:
    case.write_text(text, "utf-8")
    code, out, err = run(capsys, "assess", "dibao", str(case))
    assert (code, out) == (2, "")
    assert said in err[0]


def test_a_file_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    code, _out, err = run(capsys, "assess", "dibao", "nowhere.json")
    assert code == 2
    assert err[0].startswith("nowhere.json: cannot be read")


def test_without_a_day_it_is_today(capsys: pytest.CaptureFixture[str], case: Path) -> None:
    before = date.today().isoformat()  # noqa: DTZ011 - what the command itself asks
    on = answer(capsys, "assess", "dibao", str(case))["on"]
    assert before <= on <= date.today().isoformat()  # noqa: DTZ011


@pytest.mark.parametrize("words", [[], ["assess"], ["assess", "pension", "-"], ["nothing"]])
def test_words_that_are_not_understood(words: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(words)
    assert stop.value.code == 2


def test_a_figure(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("standards", "dibao.standard", "--area", "130822", "--on", DAY)
    found = answer(capsys, *asked, "--residence", "rural")
    assert (found["figure"]["value"], found["tried"]) == ("4800", ["130822", "130800"])
    code, out, err = run(capsys, *asked, "--residence", "rurl")
    assert (code, out) == (2, "")
    assert err == ["dibao.standard.residence: unknown 'rurl'; did you mean 'rural'?"]
    assert run(capsys, *asked, "--residence")[0] == 2
    assert run(capsys, *asked, "rural")[0] == 2


def test_a_key_named_kind_and_the_kind_of_the_figure(capsys: pytest.CaptureFixture[str]) -> None:
    counted = ("standards", "dibao.income.counted", "--area", "130822", "--on", "2022-01-01")
    assert answer(capsys, *counted, "--kind", "wage")["figure"]["value"] is True
    target = ("standards", "dibao.topup_average", "--area", "130800", "--on", DAY)
    rural = (*target, "--residence", "rural")
    assert run(capsys, *rural)[0] == 2
    found = answer(capsys, *rural, "--figure-kind", "target")
    assert (found["figure"]["value"], found["figure"]["per"]) == ("245", "month")


def test_areas_by_code_and_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, "areas", "130823")[0]["now"] == ["130881"]
    assert answer(capsys, "areas", "平泉")[0]["code"] == "130881"
    assert answer(capsys, "areas", "130881", "--on", DAY)[0]["full_name"] == "河北省承德市平泉市"
    assert run(capsys, "areas", "130881", "--on", "2010-01-01")[0] == 2
    assert run(capsys, "areas", "火星")[0] == 2


@pytest.mark.parametrize(
    ("number", "kinds"),
    [
        ("130822194802110017", ["resident_id"]),
        ("130822 19480211 001 7", ["resident_id"]),
        ("130822480211001", ["resident_id"]),
        ("511308000000000004", ["unified_social_credit_code"]),
        ("53130800000000000X", ["unified_social_credit_code"]),
        ("13082219480211001742", ["disability_certificate"]),
    ],
)
def test_numbers_that_are_right(
    capsys: pytest.CaptureFixture[str], number: str, kinds: list[str]
) -> None:
    read = answer(capsys, "check-id", number)
    assert [each["kind"] for each in read] == kinds
    if "resident_id" in kinds:
        assert "0211" not in read[0]["number"]


@pytest.mark.parametrize("number", ["130822194802110018", "53130800000000000Y", "12", ""])
def test_numbers_that_are_wrong(capsys: pytest.CaptureFixture[str], number: str) -> None:
    code, out, err = run(capsys, "check-id", number)
    assert (code, out) == (2, "")
    assert err


@pytest.mark.parametrize("benefit", benefits.registry)
def test_the_schema(capsys: pytest.CaptureFixture[str], benefit: str) -> None:
    assert answer(capsys, "schema", benefit)["$schema"].endswith("2020-12/schema")


def test_the_demo_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    for language, words in (("zh_CN", "暂无法认定"), ("en", "undetermined")):
        code, out, err = run(capsys, "demo", "--language", language)
        assert (code, err) == (0, [])
        assert all(each.id in out for each in demo.households())
        assert words in out
        assert all(each in out for each in demo.inspection().codes)
        assert not any(
            member.name in out
            for each in demo.households()
            for member in each.members
            if member.name
        )


def test_as_a_module_and_for_a_reader_that_has_enough() -> None:
    command = [sys.executable, "-m", "minzheng", "demo"]
    env = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env) as one:
        assert one.stdout is not None
        assert one.stderr is not None
        one.stdout.readline()
        one.stdout.close()
        assert "Traceback" not in one.stderr.read().decode()


def test_entitlements_take_a_list_as_well(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    person = {
        "id": "E-1",
        "area": "130822",
        "residence": "rural",
        "person": {"relation": "applicant"},
    }
    path = tmp_path / "cases.json"
    found = []
    for case in (HOUSEHOLD, person):
        path.write_text(json.dumps(case), "utf-8")
        found.append(answer(capsys, "entitlements", str(path), "--on", DAY))
    path.write_text(json.dumps([HOUSEHOLD, person]), "utf-8")
    assert answer(capsys, "entitlements", str(path), "--on", DAY) == found
    path.write_text("[]", "utf-8")
    assert answer(capsys, "entitlements", str(path), "--on", DAY) == []


@pytest.mark.parametrize("nested", [1, 2, 3])
def test_a_wrong_input_is_not_printed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, nested: int
) -> None:
    """Names and numbers of 10,000 households went to stderr."""
    secret = {"id": "R01", "members": [{"name": "王样本", "resident_id": "13080219900101003X"}]}
    data: Any = [secret] * 1000
    for _ in range(nested):
        data = [data]
    path = tmp_path / "cases.json"
    path.write_text(json.dumps(data), "utf-8")
    for words in (
        ["entitlements"],
        ["assess", "dibao"],
        ["assess", "tekun"],
        ["assess-ability", "gbt-42195-2022"],
    ):
        code, out, err = run(capsys, *words, str(path), "--on", DAY)
        assert (code, out) == (2, "")
        assert 0 < len("".join(err)) < 1000
        assert not any(secret in line for line in err for secret in ("王样本", "199001"))


def test_a_list_of_cases_names_every_fault(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "cases.json"
    path.write_text(json.dumps([HOUSEHOLD, {"id": "a"}, {"members": "x"}, "text"]), "utf-8")
    code, _out, err = run(capsys, "entitlements", str(path), "--on", DAY)
    assert code == 2
    for where in ("applicant[1]", "household[2]", "applicant[3]"):
        assert any(where in line for line in err)


@pytest.mark.parametrize("day", ["20200724", "2020-W30-5", "2020-206"])
def test_a_day_has_one_form(capsys: pytest.CaptureFixture[str], day: str) -> None:
    with pytest.raises(SystemExit) as left:
        main(["standards", "dibao.standard", "--area", "130822", "--on", day])
    assert left.value.code == 2
    assert "expected a day such as 2020-07-24" in capsys.readouterr().err


def test_what_is_said_of_a_long_word_is_short(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["schema", "x" * 5000])
    assert left.value.code == 2
    assert all(len(line) < 1000 for line in capsys.readouterr().err.splitlines())
