"""The childcare subsidy: both sides of each line, and what is asked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from person_cases import applicant, codes

from minzheng.benefits import childcare_subsidy
from minzheng.decision import Decision
from minzheng.rules import Outcome

GRANTED, REFUSED, UNDETERMINED = Outcome.GRANTED, Outcome.REFUSED, Outcome.UNDETERMINED
LAWFUL: dict[str, Any] = {"lawfully_born": True, "chinese_national": True}


def decide(birth: date | None, on: date, **facts: Any) -> Decision:
    person = applicant("130802", birth=birth, **{**LAWFUL, **facts})
    return childcare_subsidy.assess(person, on=on)


@pytest.mark.parametrize(
    ("birth", "on", "amount"),
    [
        (date(2025, 1, 1), date(2025, 1, 1), "3600"),  # a year for each child
        (date(2025, 3, 1), date(2028, 2, 29), "3600"),
        (date(2024, 12, 31), date(2025, 1, 1), "3600"),  # twelve months of 300
        (date(2022, 6, 1), date(2025, 3, 1), "1500"),  # five months are left in 2025
        (date(2022, 2, 15), date(2025, 1, 31), "300"),
        (date(2023, 6, 1), date(2026, 1, 5), "1500"),
    ],
)
def test_what_is_paid(birth: date, on: date, amount: str) -> None:
    decision = decide(birth, on)
    assert decision.outcome is GRANTED
    assert decision.award is not None
    assert decision.award.amount == Decimal(amount)


@pytest.mark.parametrize(
    ("birth", "on", "facts", "reasons"),
    [
        (date(2025, 3, 1), date(2028, 3, 1), {}, ["too_old"]),
        (date(2022, 1, 1), date(2025, 1, 1), {"lawfully_born": None}, ["too_old"]),
        (date(2025, 3, 1), date(2026, 1, 5), {"lawfully_born": False}, ["not_lawfully_born"]),
        (date(2025, 3, 1), date(2026, 1, 5), {"chinese_national": False}, ["foreign"]),
    ],
)
def test_who_is_refused(birth: date, on: date, facts: dict[str, Any], reasons: list[str]) -> None:
    decision = decide(birth, on, **facts)
    assert (decision.outcome, codes(decision)) == (REFUSED, reasons)


def test_before_the_plan_nothing_is_decided() -> None:
    assert decide(date(2024, 1, 1), date(2024, 12, 31)).outcome is UNDETERMINED


@pytest.mark.parametrize("fact", ["lawfully_born", "chinese_national"])
def test_what_is_unknown_is_asked(fact: str) -> None:
    decision = decide(date(2025, 3, 1), date(2026, 1, 5), **{fact: None})
    assert [each.path for each in decision.missing] == [f"applicant.person.{fact}"]
    unborn = decide(None, date(2026, 1, 5))
    assert [each.path for each in unborn.missing] == ["applicant.person.birth"]


def test_the_words() -> None:
    text = decide(date(2024, 5, 1), date(2026, 1, 5)).explain("zh_CN")
    assert "儿童未满3周岁" in text
    assert "当年按12个月折算发放" in text
    assert "不计入家庭收入" in text
