"""Credit codes with an irregular last character: admitted by name, in a frame, never silently."""

from __future__ import annotations

import json
from importlib import import_module

import pytest
from genuine import rehash
from inspection_cases import ROLLS, SEALED_AT, plan

from minzheng.errors import InvalidInput, Severity
from minzheng.inspection import Bundle, Frame, Group, Organization, draw, seal, verify
from minzheng.inspection.canonical import canonical

REGULAR, IRREGULAR = "53130800000000000X", "531308000000000001"
CSV = f"code,name\n{IRREGULAR},样本基金会\n"


def test_an_irregular_code_is_refused_unless_it_is_named() -> None:
    with pytest.raises(InvalidInput, match=r"uscc\[17\]: expected the check character 'X'"):
        Frame.from_csv(CSV)
    (warning,) = Frame.from_csv(CSV, admit=[IRREGULAR]).warnings
    assert warning.severity is Severity.WARNING
    assert warning.path == "frame[2].code.uscc[17]"
    one = Frame.of([Organization(code=IRREGULAR, name="样本基金会")], admit=[IRREGULAR])
    assert one.codes == [IRREGULAR]


@pytest.mark.parametrize("named", [REGULAR, "511308000000000001", "x"])
def test_naming_a_code_that_is_not_irregular_or_not_there_is_a_fault(named: str) -> None:
    with pytest.raises(InvalidInput, match=r"admit\[1\]: .* is no irregular code of the frame"):
        Frame.from_csv(CSV, admit=[IRREGULAR, named])


def test_what_is_admitted_is_published_in_the_seal_and_verified() -> None:
    who = Frame.from_csv(CSV, admit=[IRREGULAR])
    sealed = seal(who, plan(Group(name="all", ratio="100%")), at=SEALED_AT)
    assert sealed.document["admitted"] == [IRREGULAR]
    data = Bundle(draw(sealed, [ROLLS])).text.encode()
    lone = import_module("minzheng.inspection.verify").problems
    assert (verify(data), lone(data)) == ([], [])
    silent = json.loads(data)
    silent["seal"]["admitted"] = []
    rehash(silent)
    forged = (canonical(silent) + "\n").encode()
    assert "seal.admitted" in verify(forged)[0]
    assert any(each.startswith("seal.admitted") for each in lone(forged))
