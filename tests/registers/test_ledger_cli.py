"""The command line over a ledger: who meets the definition, or every fault at its cell."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from ledger_people import NAME

from minzheng.cli import main
from minzheng.registers.ledgers import Elder, Visit, roster

ROWS = [Elder(name=NAME, birth=date(1960, 7, day)) for day in (23, 24, 25)] + [Elder(name=NAME)]


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, list[str]]:
    code = main(["ledger", "check", *words])
    printed = capsys.readouterr()
    return code, printed.out, printed.err.splitlines()


def test_who_meets_the_definition(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "elders.xlsx"
    path.write_bytes(roster(ROWS, Elder))
    code, out, err = run(capsys, "elders", str(path), "--on", "2020-07-24")
    assert (code, err) == (0, [])
    assert json.loads(out) == [
        {"row": 2, "met": True, "failed": [], "unknown": []},
        {"row": 3, "met": True, "failed": [], "unknown": []},
        {"row": 4, "met": False, "failed": ["age"], "unknown": []},
        {"row": 5, "met": None, "failed": [], "unknown": ["age"]},
    ]


def test_visits_have_no_definition(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "visits.xlsx"
    path.write_bytes(roster([Visit(person="7", on=date(2023, 1, 1))], Visit))
    code, out, _err = run(capsys, "visits", str(path))
    assert (code, json.loads(out)) == (0, [{"row": 2}])


def test_faults_stand_on_lines_of_their_own(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "elders.xlsx"
    path.write_bytes(roster(ROWS[:1] * 2, Elder, masked=True))
    code, out, err = run(capsys, "elders", str(path))
    assert (code, out) == (2, "")
    assert [line.partition(":")[0] for line in err] == ["花名册!E2", "花名册!E3"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("elder", "x.xlsx"), "kind: unknown 'elder'; did you mean 'elders'?"),
        (("elders", "nowhere.xlsx"), "nowhere.xlsx: cannot be read"),
        (("elders", __file__), "is no Excel workbook"),
    ],
)
def test_what_cannot_be_taken(
    capsys: pytest.CaptureFixture[str], words: tuple[str, str], said: str
) -> None:
    code, out, (line,) = run(capsys, *words)
    assert (code, out) == (2, "")
    assert line.startswith(said)


def test_a_ledger_of_a_county_in_csv_with_its_notes(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "ledger.csv"
    text = f"台账\n姓名,出生日期,备注\n{NAME},1960年7月24日,低保\n合计,1,\n"
    path.write_bytes(text.encode("gb18030"))
    words = ("elders", str(path), "--keep", "备注", "--on", "2020-07-24")
    code, out, err = run(capsys, *words)
    assert (code, json.loads(out)) == (0, [{"row": 3, "met": True, "failed": [], "unknown": []}])
    assert err == [
        "CSV!1: is a title above the header, no record",
        "CSV!4: is a row of totals, no record",
    ]
    code, out, err = run(capsys, *words[:2])
    assert (code, out, len(err)) == (2, "", 3)
    assert err[2].startswith("CSV!C2: unknown column: unknown '备注'")


def test_another_sheet_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "elders.xlsx"
    path.write_bytes(roster(ROWS, Elder))
    code, out, err = run(capsys, "elders", str(path), "--sheet", "名册")
    assert (code, out) == (2, "")
    assert err == ["no sheet '名册': unknown '名册'; did you mean '花名册'?"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (bytes.fromhex("D0CF11E0A1B11AE1") + "Workbook".encode("utf-16-le"), "an old workbook"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le"), "a password"),
        (b"<html><table>", "a web page"),
        ("姓名\n测试甲\n".encode("utf-16"), "text in UTF-16"),
        (b"PK\x03\x04", "the archive is broken"),
        (b"", "it is empty"),
        (b"a,b\n1,2\n", "as CSV text no row names the columns, expected 姓名"),
        ('姓名\n"测试'.encode(), "not closed"),
    ],
)
def test_a_file_of_another_kind_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, data: bytes, said: str
) -> None:
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(data)
    code, out, (line,) = run(capsys, "elders", str(path))
    assert (code, out) == (2, "")
    assert said in line
