"""How a benefit is paid: the rhythm of a place is used, what is not used is reported."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from person_cases import applicant, keyed, local, notes, paid

from minzheng.benefits import disability_care, registry
from minzheng.benefits.common.instalments import balance, instalments
from minzheng.decision import Decision
from minzheng.people import Assistance, Disability, DisabilityType
from minzheng.standards import Standards

ON = date(2025, 3, 31)
AREA = "130822"


def care(*rows: dict[str, object], **facts: Any) -> Decision:
    known = {
        "disability": Disability(type=DisabilityType.VISUAL, grade=1),
        "assistance": Assistance.DIBAO,
        "work_injury_care": False,
        "needs_long_term_care": True,
        "other_care_month": 0,
    }
    person = applicant(AREA, **{**known, **facts})
    return disability_care.assess(person, on=ON, standards=local(*rows))


@given(st.integers(0, 10**9), st.integers(1, 60))
def test_instalments_lose_nothing(year: int, months: int) -> None:
    each, last, times = instalments(year, months)
    assert (each * (times - 1) + last) * 12 == year * months * times
    assert each <= last < each + times
    assert each * 12 <= year * months < (each + 1) * 12


def test_3820_a_year_by_the_month() -> None:
    (note,) = balance(382_000)
    assert {name: str(value) for name, value in note.values.items()} == {
        "each": "318.33",
        "last": "318.37",
        "times": "12",
        "total": "3820.00",
    }
    assert not list(balance(382_000, 3))


def test_without_rows_nothing_is_said() -> None:
    assert care().notes == ()
    assert not [each for each in care().figures if each.figure.series.startswith("payment.")]


def test_the_rhythm_of_a_place_is_used() -> None:
    quarterly = care(keyed("payment.every_months", 3, benefit="disability_care"))
    assert paid(quarterly) == 100
    assert notes(quarterly) == "Paid every 3 months, 300.00 each time."
    assert "每3个月发放一次，每次300.00元" in quarterly.explain("zh_CN")
    other = care(keyed("payment.every_months", 3, benefit="disability_living"))
    assert other.notes == ()


@pytest.mark.parametrize(
    ("series", "value", "keys", "said"),
    [
        ("payment.factor", "1.1", {}, "is not applied here"),
        ("payment.cost_share", "0.5", {"level": "province"}, "is not divided here"),
        ("payment.times_a_year", 2, {}, "are not counted here"),
    ],
)
def test_what_is_not_used_is_said(
    series: str, value: object, keys: dict[str, str], said: str
) -> None:
    row = keyed(series, value, benefit="disability_care", **keys)
    if series == "payment.times_a_year":
        row["kind"] = "ceiling"
    decision = care(row)
    assert paid(decision) == 100
    assert said in notes(decision)
    assert [each.figure.series for each in decision.figures].count(series) == 1
    refused = care(row, needs_long_term_care=False)
    assert refused.notes == ()
    assert not [each for each in refused.figures if each.figure.series == series]


def test_every_benefit_is_known_to_the_series() -> None:
    known = Standards.bundled().series["payment.every_months"].keys["benefit"]
    assert set(registry) <= set(known)
