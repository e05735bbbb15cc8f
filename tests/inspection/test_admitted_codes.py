"""Credit codes with an irregular last character: admitted by name, in a frame, never silently."""

from __future__ import annotations

import pytest

from minzheng.errors import InvalidInput, Severity
from minzheng.inspection import Frame, Organization

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
