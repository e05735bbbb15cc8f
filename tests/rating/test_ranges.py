"""Stated facts and ranks have ranges; what is not said is never read as none."""

from __future__ import annotations

from typing import Any

import pytest

from minzheng.errors import InvalidInput
from minzheng.rating import Outcome, Sheet, bundled, rate, schemes
from minzheng.rating.load import read
from minzheng.rating.model import FactKind

CMS = "cms-five-star-2022-04"


@pytest.mark.parametrize("star", [0, 6, 7, 9, -2, 99, "3.5", "99"])
@pytest.mark.parametrize("name", ["hi_star", "staffing_star"])
def test_a_star_outside_its_range_is_a_fault(name: str, star: Any) -> None:
    with pytest.raises(InvalidInput, match=f"given.{name}: expected a whole number from 1 to 5"):
        rate(bundled(CMS), Sheet(given={name: star}))


RANGED = [
    (scheme, fact)
    for scheme in schemes()
    for fact in bundled(scheme).facts
    if fact.kind in (FactKind.NUMBER, FactKind.RANK)
]


@pytest.mark.parametrize(
    ("scheme", "fact"), RANGED, ids=lambda each: str(getattr(each, "name", each))
)
def test_every_number_and_rank_has_its_range(scheme: str, fact: Any) -> None:
    wrong: list[Any] = [-1, "-0.5"]
    if fact.most is not None:
        wrong += [fact.most + 1, 500]
    if fact.whole or fact.kind is FactKind.RANK:
        wrong.append("1.5")
    if fact.kind is FactKind.RANK:
        wrong += [0, len(bundled(scheme).grades) + 1]
    for value in wrong:
        with pytest.raises(InvalidInput, match=f"facts.{fact.name}: expected a"):
            rate(bundled(scheme), Sheet(facts={fact.name: value}))


def test_a_scheme_states_the_range_of_its_numbers() -> None:
    text = """
id = "x"
title = "x"
title_zh = "x"
grades = [{ code = "1", label = "1", label_zh = "1" }]
sources = [{ id = "s", title = "s", where = "s", confidence = "confirmed" }]
facts = [{ name = "area", kind = "number", label = "area" }]
"""
    with pytest.raises(InvalidInput, match=r"facts\[0\].least: is required of a number"):
        read(text, "x")


@pytest.mark.parametrize("hi", range(1, 6))
@pytest.mark.parametrize("staffing", range(1, 6))
def test_quality_not_known_leaves_the_rating_open(hi: int, staffing: int) -> None:
    rating = rate(bundled(CMS), Sheet(given={"hi_star": hi, "staffing_star": staffing}))
    every = {
        rate(
            bundled(CMS), Sheet(given={"hi_star": hi, "staffing_star": staffing, "qm_star": qm})
        ).rank
        for qm in range(1, 6)
    }
    if len(every) > 1:
        assert rating.outcome is Outcome.UNDETERMINED
        assert any(lack.path.startswith("answers.") for lack in rating.lacks)
    else:
        assert rating.rank in {None, *every}
