"""Every public reader, given spoilt inputs: an answer, or faults with their places; exit 0 or 2.

``nox -s fuzz`` runs the same with many more examples.
"""

from __future__ import annotations

import io
import json
import os
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutation import blobs, texts, trees

from minzheng.cli import main
from minzheng.registers.ledgers import Elder, roster

ROOT = Path(__file__).parents[2]
COUNTY, DOCS = ROOT / "examples/county", ROOT / "docs/examples"
SUFFIXES = {".json", ".toml", ".csv", ".xlsx", ".html"}
AT = "2026-06-01T09:00:00+08:00"


def run(*words: str) -> tuple[int, str, str]:
    """Run one command in this process; argparse leaves by SystemExit."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main(words)
        except SystemExit as left:
            code = int(str(left.code))
    return code, out.getvalue(), err.getvalue()


def placed(words: tuple[str, ...], home: Path) -> Iterator[str]:
    """The words of a command, files in a folder."""
    for word in words:
        yield str(home / word) if Path(word).suffix in SUFFIXES else word


def answered(*words: str) -> None:
    """An answer on stdout, or faults on stderr, and nothing else."""
    code, out, err = run(*words)
    assert code in (0, 2), err
    if code == 2:
        assert out == ""
        assert err.strip()
        assert all(len(line) < 1000 for line in err.splitlines()), err[:2000]


class Spoilt(bytes):
    """The content of a spoilt file; the folder of the failed test has the whole."""

    def __repr__(self) -> str:
        return f"<{len(self)} bytes>"


class Reader(NamedTuple):
    """A command and its genuine files; ``spoilt`` is the one that is spoilt."""

    words: tuple[str, ...]
    spoilt: str


READERS = {
    "household": Reader(
        ("assess", "dibao", "household.json", "--on", "2020-07-24"), "household.json"
    ),
    "entitlements": Reader(
        ("entitlements", "household.json", "--on", "2026-03-01"), "household.json"
    ),
    "applicant": Reader(
        ("assess", "tekun", "applicant.json", "--on", "2023-11-01"), "applicant.json"
    ),
    "application": Reader(
        ("assess", "temporary_assistance", "application.json", "--on", "2020-07-24"),
        "application.json",
    ),
    "child": Reader(("assess", "orphan", "child.json", "--on", "2023-11-01"), "child.json"),
    "elder": Reader(
        ("assess", "elderly_subsidy", "elder.json", "--on", "2023-11-01"), "elder.json"
    ),
    "ability": Reader(("assess-ability", "gbt-42195-2022", "sheet.json"), "sheet.json"),
    "rating": Reader(("rate", "gbt-37276-2018", "institution.json"), "institution.json"),
    "scheme": Reader(("lint", "scheme.toml"), "scheme.toml"),
    "table": Reader(
        (
            *("standards", "dibao.standard", "--area", "130822", "--on", "2020-07-24"),
            *("--residence", "rural", "--standards", "county.toml"),
        ),
        "county.toml",
    ),
    "plan": Reader(("seal", "plan.toml", "frame.csv", "--at", AT), "plan.toml"),
    "frame": Reader(("seal", "plan.toml", "frame.csv", "--at", AT), "frame.csv"),
    "inspectors": Reader(
        ("seal", "plan.toml", "frame.csv", "--at", AT, "--inspectors", "inspectors.json"),
        "inspectors.json",
    ),
    "seal": Reader(("draw", "seal.json", "frame.csv", "outcomes.json"), "seal.json"),
    "outcomes": Reader(("draw", "seal.json", "frame.csv", "outcomes.json"), "outcomes.json"),
    "assign": Reader(("assign", "drawn.json", "inspectors.json"), "drawn.json"),
    "bundle": Reader(("verify", "bundle.json"), "bundle.json"),
    "findings": Reader(
        ("publish", "bundle.json", "--findings", "findings.json", "--html", "page.html"),
        "findings.json",
    ),
    "ledger": Reader(
        ("ledger", "check", "elders", "elders.xlsx", "--on", "2020-07-24"), "elders.xlsx"
    ),
}


@pytest.fixture(scope="session")
def genuine(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The files of the examples, and what the commands make of them."""
    home = tmp_path_factory.mktemp("genuine")
    found = {file.name: file.read_bytes() for file in DOCS.iterdir() if file.suffix != ".md"}
    names = {"inspection.toml": "plan.toml", "organizations.csv": "frame.csv"}
    for file in COUNTY.iterdir():
        found[names.get(file.name, file.name)] = file.read_bytes()
    schemes = files("minzheng.rating") / "schemes"
    found["scheme.toml"] = (schemes / "gbt-37276-2018.toml").read_bytes()
    found["elders.xlsx"] = roster([Elder(name="王样本", birth=date(1950, 3, 1))] * 3, Elder)
    for name, data in found.items():
        (home / name).write_bytes(data)

    def made(name: str, *words: str) -> None:
        code, out, err = run(*placed(words, home))
        assert code == 0, err
        found[name] = out.encode()
        (home / name).write_bytes(found[name])

    made(
        "seal.json", "seal", "plan.toml", "frame.csv", "--at", AT, "--inspectors", "inspectors.json"
    )
    made("drawn.json", "draw", "seal.json", "frame.csv", "outcomes.json")
    made("bundle.json", "assign", "drawn.json", "inspectors.json")
    code = json.loads(found["bundle.json"])["draw"]["selections"][0]["picks"][0][0]
    finding = [{"code": code, "inspected": "2026-06-10", "result": "未见异常"}]
    found["findings.json"] = json.dumps(finding).encode()
    return found


def spoilt(name: str, data: bytes) -> st.SearchStrategy[bytes]:
    """Spoilt copies of a file of that name: its tree, its text, its bytes."""
    if name.endswith(".xlsx"):
        return blobs(data) | trees(_cells(data)).map(_workbook)
    text = data.decode("utf-8-sig")
    as_text = texts(text).map(lambda each: each.encode("utf-8", "surrogatepass"))
    if name.endswith(".json"):
        return as_text | trees(json.loads(text)).map(lambda tree: json.dumps(tree).encode())
    if name.endswith(".toml"):
        return as_text | trees(tomllib.loads(text)).map(_toml)
    rows = [line.split(",") for line in text.splitlines()]
    return as_text | trees(rows).map(_csv)


def _toml(tree: Any) -> bytes:
    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {str(key): plain(each) for key, each in value.items() if each is not None}
        if isinstance(value, list):
            return [plain(each) for each in value if each is not None]
        return value

    kept = plain(tree) if isinstance(tree, dict) else {}
    return tomli_w.dumps(kept).encode("utf-8", "surrogatepass")


def _csv(rows: Any) -> bytes:
    lines = (
        ",".join(str(cell) for cell in row) if isinstance(row, list) else str(row)
        for row in (rows if isinstance(rows, list) else [rows])
    )
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def _cells(data: bytes) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    return [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]


def _workbook(rows: Any) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows if isinstance(rows, list) else []:
        cells = row if isinstance(row, list) else [row]
        sheet.append([_cell(cell) for cell in cells])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        kept = "".join(
            each for each in value if each.isprintable() and not "\ud800" <= each <= "\udfff"
        )
        return kept[:32_000]
    return value if isinstance(value, bool | date | None) or _small(value) else "1e400"


def _small(value: Any) -> bool:
    return isinstance(value, int | float) and value == value and abs(value) < 10**15  # noqa: PLR0124


@pytest.mark.parametrize("name", READERS)
def test_an_answer_or_faults(name: str, genuine: Mapping[str, bytes], home: Path) -> None:
    words, file = READERS[name]

    @settings(
        max_examples=int(os.environ.get("MINZHENG_FUZZ", "15")),
        suppress_health_check=[*HealthCheck],
        deadline=None,
    )
    @given(spoilt(file, genuine[file]).map(Spoilt))
    def check(data: bytes) -> None:
        (home / file).write_bytes(data)
        answered(*placed(words, home))

    check()


@pytest.fixture
def home(genuine: Mapping[str, bytes], tmp_path: Path) -> Path:
    """A folder with the genuine files, in which one is spoilt."""
    for name, data in genuine.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


@pytest.mark.parametrize("name", READERS)
def test_the_genuine_files_are_answered(
    name: str, genuine: Mapping[str, bytes], home: Path
) -> None:
    words = READERS[name].words
    code, out, err = run(*placed(words, home))
    assert (code, err) == (0, "")
    assert out
