"""Yiwu's month of April 2023 over columns: 887 children, 691,090 yuan, by the bundled rows."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from minzheng import columns
from minzheng.base.money import to_fen
from minzheng.benefits import children_in_difficulty, de_facto_unattended
from minzheng.people import Assistance, ParentState

from .cases import row, some, table

CASE = next(
    case
    for case in tomllib.loads(
        (Path(__file__).parents[1] / "oracles" / "welfare.toml").read_text("utf-8")
    )["case"]
    if case["id"] == "welfare-01-yiwu-2023-04"
)
APRIL = date(2023, 4, 1)
PARENTS: dict[str, Any] = {
    "age": 11,
    "parent_state_first": ParentState.DEAD,
    "parent_state_second": ParentState.IN_PRISON,
    "parent_months_second": 6,
}
FACTS: dict[str, dict[str, Any]] = {
    "unattended_full": PARENTS,
    "unattended_topup": {**PARENTS, "drawn_dibao": 105_000},
    "aids": {"age": 11, "hiv": True},
    "poor_severe": {"age": 11, "severe": True, "assistance": Assistance.DIBAO},
    "poor_other": {"age": 11, "assistance": Assistance.DIBAO_MARGINAL},
    "not_poor_severe": {"age": 11, "severe": True},
}


@pytest.mark.parametrize("block", [100, 1000])
def test_the_month_of_yiwu(block: int) -> None:
    tiers = CASE["inputs"]["tiers"]
    paid: list[int] = []
    for room in (de_facto_unattended, children_in_difficulty):
        alone = room is de_facto_unattended
        rows = [
            row(room.rule, some(room.Facts, **FACTS[tier["key"]]), area="330782")
            for tier in tiers
            if tier["key"].startswith("unattended") == alone
            for _ in range(tier["heads"])
        ]
        result = columns.run(room.rule, table(room.rule, rows), on=APRIL, block=block)
        assert set(result["outcome"].to_pylist()) == {"granted"}
        paid += result["pay_month"].to_pylist()
    assert (len(paid), sum(paid)) == (CASE["expected"]["heads"], to_fen(CASE["expected"]["total"]))
