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
