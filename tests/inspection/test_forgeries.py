"""Both verifiers, the library's and the file alone, give the verdict that forgeries.json states, and agree on anything else."""

from __future__ import annotations

import json
import subprocess
import sys
from copy import deepcopy
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from genuine import FILE, forged, genuine, rehash
from hypothesis import given, settings
from hypothesis import strategies as st

from minzheng.errors import InvalidInput
from minzheng.inspection import Bundle, verdict, verify
from minzheng.inspection.canonical import canonical, one_line

HELD: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
LONE = import_module("minzheng.inspection.verify")
SOURCE = Path(str(LONE.__file__))


def test_the_bundles_of_the_file_are_what_the_library_makes() -> None:
    assert HELD["bundles"] == genuine()


@pytest.mark.parametrize("case", HELD["cases"], ids=lambda case: case["name"][:60])
def test_both_verifiers_give_the_verdict(case: dict[str, Any]) -> None:
    data, commitment = forged(HELD["bundles"], case), case.get("commitment")
    library, alone = verify(data, commitment), LONE.problems(data, commitment)
    assert (not library, not alone) == (case["verified"],) * 2, (library, alone)


def nodes(plain: Any) -> list[tuple[Any, Any]]:
    """Every place of some plain data, as what it is in and its key."""
    keys = (
        plain if isinstance(plain, dict) else range(len(plain)) if isinstance(plain, list) else ()
    )
    return [place for key in keys for place in ((plain, key), *nodes(plain[key]))]


JUNK: st.SearchStrategy[Any] = st.sampled_from(
    [
        *(
            None,
            True,
            False,
            0,
            1,
            -1,
            3,
            10**12,
            "",
            "x",
            "a/b",
            "0",
            "1/2",
            "2/4",
            "never",
            [],
            {},
        ),
        *(
            "2026-06-01",
            "2026-02-30",
            "9999-12-31",
            "2026-06-03T01:00:00Z",
            "zz",
            "audit",
            "charity",
        ),
        *("2026-06-02T09:00:00+08:00", "i1", "kind", "systematic", "drand", " x", "a\u3000b", [[]]),
        "a\u202eb",
    ]
)
NAMES = st.sampled_from(["x", "count", "may_be_empty", "at", "by", "numbers", "kinds", "first"])


@st.composite
def mutants(drawing: st.DrawFn) -> bytes:
    plain = deepcopy(HELD["bundles"][drawing(st.sampled_from(sorted(HELD["bundles"])))])
    for _change in range(drawing(st.integers(1, 2))):
        places = nodes(plain)
        inside, key = drawing(st.sampled_from(places))
        value = inside[key]
        what = drawing(
            st.sampled_from(["delete", "junk", "twice", "retype", "copy", "add", "edit"])
        )
        if what == "delete":
            del inside[key]
        elif what == "twice" and isinstance(inside, list):
            inside.insert(key, deepcopy(value))
        elif what == "retype":
            inside[key] = str(value) if isinstance(value, int) else [value]
        elif what == "copy":
            other, its_key = drawing(st.sampled_from(places))
            inside[key] = deepcopy(other[its_key])
        elif what == "add" and isinstance(inside, dict):
            inside[drawing(NAMES)] = drawing(JUNK)
        elif what == "edit" and isinstance(value, str):
            place = drawing(st.integers(0, len(value)))
            inside[key] = (
                value[:place] + drawing(st.sampled_from(["", "1", "甲"])) + value[place + 1 :]
            )
        elif what == "edit" and type(value) is int:
            inside[key] = value + drawing(st.sampled_from([-1, 1]))
        else:
            inside[key] = drawing(JUNK)
    if drawing(st.integers(0, 3)):
        rehash(plain)
    return (canonical(plain) + "\n").encode()


@settings(max_examples=120, deadline=None)
@given(mutants())
def test_both_verifiers_agree_on_any_changed_bundle(data: bytes) -> None:
    assert bool(verify(data)) == bool(LONE.problems(data))


@settings(max_examples=100)
@given(
    st.binary(max_size=60)
    | st.recursive(st.none() | st.text(), st.lists).map(lambda x: json.dumps(x).encode())
)
def test_neither_verifier_falls_over_bytes(data: bytes) -> None:
    assert verify(data)
    assert LONE.problems(data)


@pytest.mark.parametrize("text", ["\ud800", "", "5", "[]", '"x"', "null", "{}"])
def test_text_that_is_no_bundle(text: str) -> None:
    assert verify(text)
    assert LONE.problems(text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("other", [5, None, [], {}, True], ids=str)
def test_what_is_neither_text_nor_bytes_does_not_verify(other: Any) -> None:
    assert "expected text or bytes" in verify(other)[0]
    with pytest.raises(InvalidInput, match="expected text or bytes"):
        Bundle.load(other)


def test_the_earlier_format_is_refused_by_its_name() -> None:
    earlier = json.dumps({"format": "minzheng-bundle/1", "log": []}, indent=1).encode()
    assert "'minzheng-bundle/1', an earlier format" in verify(earlier)[0]
    assert "'minzheng-bundle/1'" in LONE.problems(earlier)[0]


# --- the file alone

OLD = Path.home() / ".pyenv/versions/3.9.18/bin/python"
PYTHON = str(OLD) if OLD.exists() else sys.executable


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [PYTHON, "-I", str(SOURCE), *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_file_alone_prints_what_a_reader_compares(tmp_path: Path) -> None:
    plain = HELD["bundles"]["beacon"]
    (tmp_path / "bundle.json").write_text(canonical(plain) + "\n", "utf-8")
    made = run(tmp_path, "bundle.json", plain["seal"]["commitment"])
    assert (made.returncode, made.stderr) == (0, "")
    lines = made.stdout.splitlines()
    assert lines[0].startswith("verified")
    assert f"seed: drand={plain['outcomes'][0]['randomness']}" in lines
    assert any(plain["outcomes"][0]["signature"] in each for each in lines)
    assert any(each.startswith("not checked") and "drand signature" in each for each in lines)
    whole = HELD["bundles"]["whole"]
    (tmp_path / "bundle.json").write_text(canonical(whole) + "\n", "utf-8")
    printed = run(tmp_path, "bundle.json").stdout
    assert all(entry["hash"] in printed and entry["reason"] in printed for entry in whole["log"])
    assert "no commitment was given" in printed


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("a", "b", "c"),
        ("bundle.json", ""),
        ("bundle.json", "AB" * 32),
        ("nowhere.json",),
        (".",),
        ("\0",),
    ],
    ids=str,
)
def test_misuse_of_the_file_alone_is_told_and_has_a_code_of_its_own(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    (tmp_path / "bundle.json").write_text(canonical(HELD["bundles"]["evening"]) + "\n", "utf-8")
    if "\0" in words:  # no system passes it on the command line
        assert LONE.main(list(words)) == 2
        return
    made = run(tmp_path, *words)
    assert (made.returncode, made.stdout) == (2, "")
    assert made.stderr.startswith("python verify.py bundle.json")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_an_output_that_fails_is_no_verdict(tmp_path: Path) -> None:
    (tmp_path / "bundle.json").write_text(canonical(HELD["bundles"]["evening"]) + "\n", "utf-8")
    command = [PYTHON, "-I", str(SOURCE), "bundle.json"]
    with Path("/dev/full").open("w") as full:
        made = subprocess.run(
            command, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (made.returncode, made.stderr) == (2, "")


def test_the_file_alone_needs_nothing_but_python() -> None:
    names = [
        line.split()[1]
        for line in SOURCE.read_text("utf-8").splitlines()
        if line.startswith(("import ", "from "))
    ]
    assert {name.partition(".")[0] for name in names} <= {*sys.stdlib_module_names}


def test_the_verdict_of_the_library_says_the_same() -> None:
    made = verdict(canonical(HELD["bundles"]["beacon"]) + "\n")
    assert made.verified
    assert made.seed == f"drand={made.outcomes[0]['randomness']}\n"
    assert any("drand signature" in each for each in made.not_checked)
    assert any("no commitment" in each for each in made.not_checked)
    false = verdict("{}")
    assert (false.verified, false.seed, false.log) == (False, None, ())


def test_canonical_json_is_that_of_rfc_8785() -> None:
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\x80", "\u00f6"]  # section 3.2.3
    made = json.loads(canonical(dict.fromkeys(keys, 0)))
    assert list(made) == ["\r", "1", "\x80", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    text = '\u20ac$\u000f\nA\'B"\\\\"/'  # section 3.2.2.2
    assert canonical([text]) == '["\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"]'
    assert canonical([56, None, True, False]) == "[56,null,true,false]"
    for refused in (1.5, 2**53, float("nan"), {1: 2}, {"a": "\ud800"}, {"\ud800": 1}, b"x"):
        with pytest.raises(InvalidInput):
            canonical(refused)
    assert LONE.canonical(dict.fromkeys(keys, 0)) == canonical(dict.fromkeys(keys, 0))


@pytest.mark.parametrize(
    "text",
    ["𮯠学会", "\U00031350学会", "\U0003fffd学会", "学会\U000e0101", "a b", "Amé"],
    ids=ascii,
)
def test_characters_that_this_python_may_not_know_yet_are_text(text: str) -> None:
    """Rare characters of names come with every version of Unicode; a verdict must not depend on it."""
    assert [*one_line(text, "x")] == []
    assert LONE.line(text, "x") == text


@pytest.mark.parametrize(
    "text",
    [
        " a",
        "a ",
        "a\tb",
        "a\u3000b",
        "a\xa0b",
        "e\u0301",
        "\ue000",
        "\ufeff",
        "a\u2066",
        "\x85",
        "\U000e0041",
    ],
    ids=ascii,
)
def test_what_no_line_has(text: str) -> None:
    assert [each.path for each in one_line({"k": [text]}, "x")] == ["x.k[0]"]
    with pytest.raises(LONE.Wrong):
        LONE.line(text, "x")


RUNNER = """
import json, runpy, sys
problems = runpy.run_path(sys.argv[1])["problems"]
for text, commitment in json.load(sys.stdin):
    print(not problems(bytes.fromhex(text), commitment))
"""


def test_the_oldest_python_gives_the_same_verdicts() -> None:
    given = [
        (forged(HELD["bundles"], case).hex(), case.get("commitment")) for case in HELD["cases"]
    ]
    made = subprocess.run(
        [PYTHON, "-I", "-W", "error", "-c", RUNNER, str(SOURCE)],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
    )
    assert made.stdout.split() == [str(case["verified"]) for case in HELD["cases"]]
