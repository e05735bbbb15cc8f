"""The draw on the command line, from the invented organisations of the examples."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
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
    assert (code, answer["verified"], answer["seed"]) == (0, True, bundle["draw"]["seed"])
    assert answer["outcomes"] == bundle["outcomes"]
    assert answer["not_checked"]
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
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(StringIO(table.read_text("utf-8-sig"))))
    assert {line[1].strip() for line in lines[1:]} == picked
    assert not any(line[1].isdigit() for line in lines)  # Excel would keep fifteen digits
    assert lines[1][-1] == "未见异常"
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


def changed(bundle: dict[str, Any]) -> list[str]:
    return [entry["kind"] for entry in bundle["log"]]


def test_what_follows_a_draw_is_logged_and_verifies(run: Any, tmp_path: Path) -> None:
    file = str(tmp_path / "bundle.json")
    run("seal", PLAN, FRAME, "--inspectors", PEOPLE, "--at", AT, to="seal.json")
    run("draw", str(tmp_path / "seal.json"), FRAME, OUTCOMES, to="bundle.json")
    _code, bundle, _err = run("assign", file, PEOPLE, to="bundle.json")
    why = ("--reason", "已注销", "--at", "2026-06-03T09:00:00+08:00")
    code, (team) = sorted(bundle["assignment"]["teams"].items())[0]
    typed = f" {code[:4].lower()} {code[4:].lower()}"
    exit_code, bundle, err = run("stand-in", file, typed, team[0], *why, to="bundle.json")
    assert (exit_code, err, changed(bundle)) == (0, [], ["stand_in"])
    assert bundle["log"][0]["out"] == team[0] != bundle["log"][0]["in"]
    leave = ("--first", "2026-06-01", "--last", "2026-12-31")
    exit_code, bundle, err = run("absence", file, team[1], *leave, *why, to="bundle.json")
    assert (exit_code, err, changed(bundle)) == (0, [], ["stand_in", "absence"])
    exit_code, bundle, _err = run("substitute", file, code, *why, to="bundle.json")
    assert exit_code == 0
    assert code in {entry.get("out") for entry in bundle["log"]}
    group = bundle["seal"]["strata"][0]
    words = (file, group["group"], "--stratum", group["stratum"], "--count", "2")
    exit_code, bundle, _err = run("top-up", *words, *why, to="bundle.json")
    assert (exit_code, changed(bundle)[-2:]) == (0, ["top_up", "top_up"])
    exit_code, bundle, _err = run("assign", file, PEOPLE, to="bundle.json")
    assert exit_code == 0
    assert team[1] not in {each for ids in bundle["assignment"]["teams"].values() for each in ids}
    assert run("verify", file)[0] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("substitute", "51130800000000000X", "--reason", "x"), "is not among those drawn"),
        (("substitute", "51130800000000000X", "--reason", " \u3000"), "is not among those drawn"),
        (("top-up", "全部", "--count", "1", "--reason", "x"), "group"),
        (("top-up", "慈善组织", "--count", "0", "--reason", "x"), "count: expected 1 or more"),
        (("stand-in", "511308000000000191", "A-001", "--reason", "x"), "is not drawn to inspect"),
        (
            ("absence", "A-00", "--first", "2026-06-01", "--last", "2026-06-02", "--reason", "x"),
            "inspectors",
        ),
    ],
)
def test_changes_that_cannot_be_are_refused(
    run: Any, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    run("seal", PLAN, FRAME, "--at", AT, to="seal.json")
    run("draw", str(tmp_path / "seal.json"), FRAME, OUTCOMES, to="bundle.json")
    name, *rest = words
    code, out, err = run(name, str(tmp_path / "bundle.json"), *rest)
    assert (code, out) == (2, None)
    assert said in "\n".join(err)


def test_frames_of_excel_and_gb18030_are_the_same_frame(run: Any, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    text = Path(FRAME).read_text("utf-8")
    book = openpyxl.Workbook()
    for row in csv.reader(StringIO(text)):
        book.active.append(row)
    made = BytesIO()
    book.save(made)
    files = {
        "gb.csv": text.encode("gb18030"),
        "bom.csv": text.encode("utf-8-sig"),
        "tabs.csv": text.replace(",", "\t").encode(),
        "frame.xlsx": made.getvalue(),
    }
    _code, sealed, _err = run("seal", PLAN, FRAME, "--at", AT)
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
        code, other, err = run("seal", PLAN, str(tmp_path / name), "--at", AT)
        assert (code, err, other["commitment"]) == (0, [], sealed["commitment"]), name


def test_what_is_left_out_of_a_frame_is_said(run: Any, tmp_path: Path) -> None:
    text = Path(FRAME).read_text("utf-8")
    (tmp_path / "titled.csv").write_text(f"样本市社会组织名单\n{text}合计,120\n", "utf-8")
    code, sealed, err = run("seal", PLAN, str(tmp_path / "titled.csv"), "--at", AT)
    assert (code, sealed["organizations"]) == (0, 120)
    assert [each.split(": ")[1] for each in err] == ["frame[1]", "frame[123]"]


def test_inspectors_of_other_organisations_are_faults_at_the_seal(run: Any, tmp_path: Path) -> None:
    people = json.loads(Path(PEOPLE).read_text("utf-8"))
    people[0]["interests"][0]["code"] = "521308000000000861"
    (tmp_path / "people.json").write_text(json.dumps(people), "utf-8")
    code, out, err = run("seal", PLAN, FRAME, "--inspectors", str(tmp_path / "people.json"))
    assert (code, out) == (2, None)
    assert err == ["inspectors.A-001.interests[0].code: '521308000000000861' is not in the frame"]
