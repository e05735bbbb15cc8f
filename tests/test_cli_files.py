"""Wrong files and closed streams on the command line: exit 2 with the cause, never a traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from minzheng.cli import main

COUNTY = Path(__file__).parents[1] / "examples" / "county"
PLAN, FRAME, OUTCOMES = (
    str(COUNTY / name) for name in ("inspection.toml", "organizations.csv", "outcomes.json")
)

COMMANDS = {
    "assess": "assess dibao {}",
    "assess standards": f"assess dibao {COUNTY / 'households.json'} --standards {{}}",
    "entitlements": "entitlements {}",
    "assess-ability": "assess-ability gbt-42195-2022 {}",
    "standards": "standards dibao.standard --area 130800 --on 2020-07-24 --standards {}",
    "ledger": "ledger check elders {}",
    "rate": "rate social-organisations-luoyang-2025 {}",
    "rate scheme": "rate {}.toml x.json",
    "sheet filled": "sheet social-organisations-luoyang-2025 out.xlsx --filled {}",
    "lint": "lint {}.toml",
    "seal plan": f"seal {{}} {FRAME}",
    "seal frame": f"seal {PLAN} {{}}",
    "seal inspectors": f"seal {PLAN} {FRAME} --inspectors {{}}",
    "draw seal": f"draw {{}} {FRAME} {OUTCOMES}",
    "assign": f"assign {{}} {COUNTY / 'inspectors.json'}",
    "substitute": "substitute {} 511308000000000191 --reason x",
    "top-up": "top-up {} all --count 1 --reason x",
    "stand-in": "stand-in {} 511308000000000191 A-001 --reason x",
    "publish": "publish {} --csv out.csv",
    "verify": "verify {}",
}
CONTENTS = {
    "empty": b"",
    "NUL": b"\0\1\2\3",
    "neither UTF-8 nor GBK": b"\xff\xff\xff",
    "UTF-16": "编号".encode("utf-16"),
    "zip": b"PK\3\4 no archive",
    "old workbook": bytes.fromhex("D0CF11E0A1B11AE1") + b"x" * 600,
    "nested": b"[" * 100_000,
    "lone surrogate": b'"\\ud800"',
}


@pytest.fixture
def refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> object:
    monkeypatch.chdir(tmp_path)

    def run(command: str, file: str) -> str:
        words = COMMANDS[command].replace("{}.toml", "{}").split(" ")
        code = main([word.replace("{}", file) for word in words])
        printed = capsys.readouterr()
        assert (code, printed.out) == (2, "")
        assert printed.err.strip()
        return printed.err

    return run


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("content", CONTENTS)
def test_a_wrong_file_is_a_fault(refused, tmp_path: Path, command: str, content: str) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / ("wrong.toml" if "{}.toml" in COMMANDS[command] else "wrong")
    file.write_bytes(CONTENTS[content])
    refused(command, str(file))


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_that_cannot_be_read_is_named(refused, tmp_path: Path, command: str) -> None:  # type: ignore[no-untyped-def]
    name = "there.toml" if "{}.toml" in COMMANDS[command] else "there"
    assert name in refused(command, str(tmp_path / name))
    (tmp_path / name).mkdir()
    assert name in refused(command, str(tmp_path / name))
    refused(command, "nul\0in.toml")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("assess dibao - <&-", 2, "stdin: cannot be read: stdin is closed"),
        ("areas 130881 >&-", 2, "stdout: is closed: the answer cannot be written"),
        ("areas 130881 <&- >&- 2>&-", 2, ""),
        ("areas 130881 >/dev/full", 2, "the answer cannot be written: No space left on device"),
    ],
)
def test_a_closed_stream_is_said(words: str, code: int, said: str) -> None:
    made = subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} -m minzheng {words}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (made.returncode, made.stdout, made.stderr.strip()) == (code, "", said)


def test_a_reader_that_has_enough_is_no_fault() -> None:
    command = f"{{ {sys.executable} -m minzheng areas 县; echo $? >&2; }} | head -1"
    made = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False)
    assert (made.stdout, made.stderr.strip()) == ("[\n", "0")
