"""Sheets from JSON, ratings to JSON, and the commands rate, lint and schemes."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from minzheng.cli import main
from minzheng.errors import InvalidInput
from minzheng.rating import (
    Answer,
    Held,
    Sheet,
    bundled,
    path_to,
    peers_from,
    rate,
    rating_to,
    schemes,
    sheet_from,
    way_to,
)

GUANGXI = {"environment": 100, "facilities": "104.5", "operation": "109.5", "service": 460}


def test_a_sheet_is_read_whole() -> None:
    data = {
        "id": "a",
        "answers": {
            "SA04": {"parts": [True, None]},
            "MA03": {"tiers": ["part-time"]},
            "SE05": {"count": "89.5", "evidence": "list of names"},
            "SA01": True,
        },
        "facts": {"residents": 120},
        "acts": [{"code": "failed_audit", "since": "2022-05-01"}],
        "settings": {"halves": "half_up"},
        "on": "2022-06-01",
        "group": "AL",
        "held": {"hi_star": {"rank": 4, "value": "5.333"}},
    }
    sheet = sheet_from(data)
    assert sheet.answers["SA04"] == Answer(parts=(True, None))
    assert sheet.answers["MA03"] == Answer(tiers=("part-time",))
    assert sheet.answers["SE05"] == Answer(count=Decimal("89.5"), evidence="list of names")
    assert sheet.held == {"hi_star": Held(4, Decimal("5.333"))}
    assert (sheet.acts[0].code, str(sheet.on), sheet.group) == ("failed_audit", "2022-06-01", "AL")


def test_all_faults_of_a_sheet_are_told_with_their_paths() -> None:
    data: dict[str, Any] = {
        "answer": {},
        "answers": {"a": {"part": [True]}, "b": {"count": 0.5, "met": 1}},
        "facts": [],
        "on": "yesterday",
        "acts": [{"code": 3}],
        "held": {"x": {"rank": 3}},
    }
    with pytest.raises(InvalidInput) as error:
        sheet_from(data)
    assert sorted(each.path for each in error.value.faults) == [
        "sheet.acts[0].code",
        "sheet.answer",
        "sheet.answers.a.part",
        "sheet.answers.b.count",
        "sheet.answers.b.met",
        "sheet.facts",
        "sheet.held.x",
        "sheet.on",
    ]


def test_peers_are_read_and_their_faults_told() -> None:
    peers = peers_from({"weighted_score": {"AL": [1, "2.5"], "TX": [4]}})
    assert (peers.size("weighted_score", "AL"), peers.mean("weighted_score")) == (2, Fraction(5, 2))
    with pytest.raises(InvalidInput, match=r"peers\.a\.b\[1\]"):
        peers_from({"a": {"b": [1, "x"]}})


def test_a_rating_and_a_way_as_plain_data() -> None:
    scheme, sheet = bundled("gbt-37276-2018"), Sheet(id="a", answers=GUANGXI)
    told = json.loads(json.dumps(rating_to(rate(scheme, sheet))))
    assert (told["grade"], told["total"], told["outcome"]) == ("3", "774", "rated")
    assert told["scores"]["facilities"] == {"points": "104.5", "most": "130"}
    assert [each["name"] for each in told["binding"]] == ["total", "operation", "service"]
    way = json.loads(json.dumps(way_to(path_to(scheme, sheet, "4"))))
    assert (way["points"], way["binding"]) == ("30.5", ["operation", "service"])


@pytest.mark.parametrize("name", schemes())
def test_an_empty_sheet_of_every_scheme_can_be_written(name: str) -> None:
    told = json.loads(json.dumps(rating_to(rate(bundled(name), Sheet(id="a")))))
    assert told["outcome"] == "undetermined"
    assert told["lacks"]


# --- commands -------------------------------------------------------------------------------------


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(words)
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture
def sheet(tmp_path: Path) -> str:
    path = tmp_path / "sheet.json"
    path.write_text(json.dumps({"id": "a", "answers": GUANGXI}), "utf-8")
    return str(path)


def test_the_command_rate(capsys: pytest.CaptureFixture[str], sheet: str) -> None:
    code, out, err = run(capsys, "rate", "gbt-37276-2018", sheet)
    assert (code, err, json.loads(out)["grade"]) == (0, "", "3")
    code, out, _ = run(capsys, "rate", "gbt-37276-2018", sheet, "--explain", "zh_CN")
    assert code == 0
    assert "评定结果：三级。" in out.splitlines()
    code, out, _ = run(capsys, "rate", "gbt-37276-2018", sheet, "--to", "5")
    # 90 % of each section: 8 + 12.5 + 25.5 + 80
    assert json.loads(out)["points"] == "126"


def test_peers_come_from_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    peers, homes = tmp_path / "peers.json", tmp_path / "homes.json"
    peers.write_text(json.dumps({"weighted_score": {"AL": list(range(30))}}), "utf-8")
    facts = {"cycle_1": 0, "cycle_2": 0, "cycle_3": 0, "abuse_icon": False}
    given = {"staffing_star": 3, "qm_star": 3}
    homes.write_text(
        json.dumps([{"id": "a", "group": "AL", "facts": facts, "given": given}]), "utf-8"
    )
    code, out, _ = run(capsys, "rate", "cms-five-star-2022-04", str(homes), "--peers", str(peers))
    assert code == 0
    assert [each["grade"] for each in json.loads(out)] == ["5"]


def test_faults_of_a_list_are_told_with_their_sheet(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "sheets.json"
    path.write_text(
        json.dumps([{"answers": {"service": 700}}, {"answers": {"services": 1}}, {"day": 1}]),
        "utf-8",
    )
    code, out, err = run(capsys, "rate", "gbt-37276-2018", str(path))
    assert (code, out) == (2, "")
    assert [line.split(":")[0] for line in err.splitlines()] == [
        "sheet[0].answers.service",
        "sheet[1].answers.services",
        "sheet[2].day",
    ]


def test_the_command_lint_takes_a_file_of_ones_own(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, out, _ = run(capsys, "lint", "gbt-37276-2018", "--explain", "zh_CN")
    assert code == 0
    assert (
        out.splitlines()[0]
        == "not_binding: total, 1：360分的要求不起作用，仅各部分的要求已合计400分"
    )
    own = tmp_path / "own.toml"
    own.write_text('id = "x"', "utf-8")
    code, _, err = run(capsys, "lint", str(own))
    assert code == 2
    assert "grades: is required" in err


def test_the_command_schemes_lists_them(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "schemes")
    assert code == 0
    assert [each["id"] for each in json.loads(out)] == list(schemes())


def test_a_scheme_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "lint", "gbt-37276")
    assert code == 2
    assert "did you mean 'gbt-37276-2018'" in err
