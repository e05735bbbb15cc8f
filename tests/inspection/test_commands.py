"""The draw on the command line, from the invented organisations of the examples."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from minzheng.cli import main

COUNTY = Path(__file__).parents[2] / "examples" / "county"
PLAN, FRAME = str(COUNTY / "inspection.toml"), str(COUNTY / "organizations.csv")
PEOPLE, OUTCOMES = str(COUNTY / "inspectors.json"), str(COUNTY / "outcomes.json")
AT = "2026-06-01T09:00:00+08:00"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Any:
    def runs(*words: str, to: str = "out.json") -> tuple[int, Any, list[str]]:
        code = main(words)
        printed = capsys.readouterr()
        (tmp_path / to).write_text(printed.out, "utf-8")
        plain = json.loads(printed.out) if printed.out else None
        return code, plain, printed.err.splitlines()

    return runs


def test_seal_draw_assign_verify(run: Any, tmp_path: Path) -> None:
    file = {name: str(tmp_path / f"{name}.json") for name in ("seal", "drawn", "bundle")}
    words = (PLAN, FRAME, "--inspectors", PEOPLE, "--at", AT, "--area", "130800")
    code, sealed, _err = run("seal", *words, to="seal.json")
    assert (code, sealed["organizations"], sealed["sealed_at"]) == (0, 120, "2026-06-01T01:00:00Z")
    assert run("draw", file["seal"], FRAME, OUTCOMES, to="drawn.json")[0] == 0
    code, bundle, _err = run("assign", file["drawn"], PEOPLE, to="bundle.json")
    assert code == 0
    picked = {pick[0] for each in bundle["draw"]["selections"] for pick in each["picks"]}
    assert sorted(bundle["assignment"]["teams"]) == sorted(picked)
    commitment = sealed["commitment"]
    code, answer, _err = run("verify", file["bundle"], "--commitment", commitment)
    assert (code, answer) == (0, {"verified": True})
    code, answer, err = run("verify", file["bundle"], "--commitment", "0" * 64)
    assert (code, answer) == (2, None)
    assert err[0].startswith("bundle: the published commitment")


def test_publish(run: Any, tmp_path: Path) -> None:
    run("seal", PLAN, FRAME, "--at", AT, to="seal.json")
    _code, bundle, _err = run("draw", str(tmp_path / "seal.json"), FRAME, OUTCOMES, to="drawn.json")
    picked = {pick[0] for each in bundle["draw"]["selections"] for pick in each["picks"]}
    (tmp_path / "findings.json").write_text(
        json.dumps([{"code": min(picked), "inspected": "2026-06-10", "result": "未见异常"}]),
        "utf-8",
    )
    page, table = tmp_path / "list.html", tmp_path / "list.csv"
    words = ("publish", str(tmp_path / "drawn.json"), "--findings", str(tmp_path / "findings.json"))
    code, said, _err = run(*words, "--html", str(page), "--csv", str(table))
    assert (code, said) == (0, {"findings": 1, "organizations": len(picked)})
    lines = table.read_text("utf-8").splitlines()
    assert {line.split(",")[1] for line in lines[1:]} == picked
    assert lines[1].endswith("未见异常")
    assert all(each in page.read_text("utf-8") for each in picked)
    code, said, err = run(*words)
    assert (code, said, err) == (2, None, ["arguments: publish needs --html FILE or --csv FILE"])


def test_the_margins_over_the_floors(run: Any) -> None:
    code, checks, _err = run("seal", PLAN, FRAME, "--area", "130800", "--check")
    assert code == 0
    assert [(each["series"], each["required"], each["margin"]) for each in checks] == [
        ("inspection.share", 5, 0),
        ("inspection.inspectors", 2, 0),
    ]


def test_a_plan_below_the_floor_is_not_sealed(run: Any, tmp_path: Path) -> None:
    low = tmp_path / "low.toml"
    low.write_text(
        Path(PLAN).read_text("utf-8").replace('"4%"', '"3%"').replace('"100%"', '"1%"'), "utf-8"
    )
    code, out, err = run("seal", str(low), FRAME, "--area", "130800")
    assert (code, out) == (2, None)
    assert err == ["plan: inspection.share asks for 5, and 4 are planned"]


def test_faults_of_a_plan_name_their_place(run: Any, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(Path(PLAN).read_text("utf-8").replace('"webster"', '"webstr"'), "utf-8")
    code, _out, err = run("seal", str(wrong), FRAME)
    assert code == 2
    assert err[0].startswith("plan.groups[0].apportion")


def test_a_frame_changed_after_the_seal_is_refused(run: Any, tmp_path: Path) -> None:
    run("seal", PLAN, FRAME, "--at", AT, to="seal.json")
    changed = tmp_path / "frame.csv"
    lines = Path(FRAME).read_text("utf-8").splitlines()
    changed.write_text("\n".join(lines[:-1]) + "\n", "utf-8")
    code, _out, err = run("draw", str(tmp_path / "seal.json"), str(changed), OUTCOMES)
    assert code == 2
    assert "does not fit" in err[0]
