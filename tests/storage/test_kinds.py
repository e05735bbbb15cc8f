"""Ratings, draws, organisations and ledgers are kept and come out as they went in."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from minzheng import demo
from minzheng.base.identifiers.resident_id import Sex
from minzheng.errors import InvalidInput
from minzheng.inspection import verify
from minzheng.organizations import Conclusion, Kind, Organization, YearCheck
from minzheng.rating import Sheet, bundled, rate
from minzheng.records import DRAWS, ORGANIZATIONS, RATINGS, KeptDraw, KeptRating, ledger
from minzheng.registers.ledgers import Elder, LeftBehindWoman
from minzheng.storage import Shelf
from minzheng.storage.memory import MemoryStore

ON = date(2024, 5, 1)
HOME = Sheet(
    id="home-7",
    answers={"environment": 100, "facilities": "104.5", "operation": "109.5", "service": 460},
)


def test_a_rating_is_kept_with_its_sheet_and_made_again() -> None:
    rating = rate(bundled("gbt-37276-2018"), HOME)
    kept = KeptRating.of(rating, HOME, ON)
    assert (kept.scheme, kept.grade, kept.total) == ("gbt-37276-2018", "3", "774")
    with MemoryStore() as store:
        shelf = Shelf(store, RATINGS)
        shelf.put(kept)
        assert shelf.get("gbt-37276-2018/home-7", on=date(2024, 4, 30)) is None
        found = shelf.get("gbt-37276-2018/home-7", on=ON)
    assert found == kept
    assert found is not None
    assert found.again() == rating


def test_a_better_sheet_is_another_version() -> None:
    better = evolve(HOME, answers={**HOME.answers, "operation": "120", "service": 480})
    with MemoryStore() as store:
        shelf = Shelf(store, RATINGS)
        for sheet, on in ((HOME, ON), (better, date(2025, 5, 1))):
            shelf.put(KeptRating.of(rate(bundled("gbt-37276-2018"), sheet), sheet, on))
        key = "gbt-37276-2018/home-7"
        grades = [shelf.get(key, on=on) for on in (ON, date(2025, 4, 30), date(2025, 5, 1))]
    assert [each and each.grade for each in grades] == ["3", "3", "4"]


def test_a_draw_is_kept_byte_for_byte_and_verifies() -> None:
    bundle = demo.inspection()
    with MemoryStore() as store:
        shelf = Shelf(store, DRAWS)
        shelf.put(KeptDraw("2026-06", bundle.text), valid_from=date(2026, 6, 2))
        found = shelf.get("2026-06")
    assert found is not None
    assert found.text == bundle.text
    assert found.bundle.codes == bundle.codes
    assert verify(found.bundle, bundle.drawn.sealed.commitment) == []


def test_an_organisation_comes_out_equal() -> None:
    made = Organization(
        id="org-1",
        kind=Kind.PRIVATE_UNIT,
        certificate_on=date(2015, 3, 1),
        checks=[YearCheck(2018, Conclusion.PASSED), YearCheck(2019, Conclusion.FAILED)],
    )
    with MemoryStore() as store:
        Shelf(store, ORGANIZATIONS).put(made, valid_from=ON)
        assert Shelf(store, ORGANIZATIONS).get("org-1") == made


@pytest.mark.parametrize(
    "row",
    [
        Elder(id="E-1", name="测试甲", sex=Sex.FEMALE, birth=date(1950, 1, 1), area="130822"),
        LeftBehindWoman(id="W-1", name="测试乙", sex=Sex.FEMALE, birth=date(1980, 1, 1)),
    ],
    ids=lambda row: type(row).__name__,
)
def test_a_row_of_a_ledger_comes_out_equal(row: Any) -> None:
    with MemoryStore() as store:
        shelf = Shelf(store, ledger(type(row)))
        shelf.put(row, valid_from=ON)
        assert shelf.get(row.id) == row


def test_a_row_without_a_number_is_not_kept() -> None:
    with MemoryStore() as store, pytest.raises(InvalidInput, match="is needed"):
        Shelf(store, ledger(Elder)).put(Elder(name="测试丙"), valid_from=ON)
