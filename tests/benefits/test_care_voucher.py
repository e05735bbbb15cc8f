"""Care vouchers: the worked example, the ceiling from both sides, and what is not guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from person_cases import (
    AREA,
    DAY,
    applicant,
    case,
    codes,
    keyed,
    lacks,
    local,
    missing,
    notes,
    paid,
)

from minzheng import care_voucher
from minzheng.decision import Decision
from minzheng.people import AbilityLevel, AbilityScale, Assistance, CareService, Residence
from minzheng.rules import Outcome
from minzheng.standards import Standards

START = date(2026, 1, 1)
GRANTED, REFUSED, UNDETERMINED = Outcome.GRANTED, Outcome.REFUSED, Outcome.UNDETERMINED


def level(number: int, scale: AbilityScale = AbilityScale.GBT_42195) -> AbilityLevel:
    return AbilityLevel(scale=scale, level=number)


KNOWN: dict[str, Any] = {
    "birth": date(1950, 1, 1),
    "assistance": Assistance.NONE,
    "ability_level": level(2),
    "centralised_care": False,
    "improvement_action": False,
    "care_service": CareService.HOME,
    "care_month": "1000",
}


def voucher(on: date = START, standards: Standards | None = None, **facts: Any) -> Decision:
    return care_voucher.assess(applicant(AREA, **{**KNOWN, **facts}), on=on, standards=standards)


def test_14a_home_service_below_the_ceiling() -> None:
    inputs, expected = case("14a")
    on = inputs["on"]
    decision = voucher(
        on,
        birth=on.replace(year=on.year - inputs["age"]),
        ability_level=level(inputs["level"]),
        care_service=CareService[inputs["kind"].upper()],
        care_month=inputs["spend"],
    )
    assert paid(decision) == Decimal(expected["voucher"])
    assert ("ceiling" in notes(decision)) is expected["capped"]


@pytest.mark.parametrize(
    ("service", "spent", "amount"),
    [
        (CareService.HOME, "1599.99", "800"),
        (CareService.HOME, "1599.98", "799.99"),
        (CareService.HOME, "1600", "800"),
        (CareService.HOME, "1600.02", "800"),
        (CareService.INSTITUTION, "1000", "400"),
        (CareService.INSTITUTION, "1999.97", "799.99"),
        (CareService.INSTITUTION, "2000", "800"),
        (CareService.INSTITUTION, "2000.03", "800"),
        (CareService.DAY_CARE, "1000", "400"),
        (CareService.DAY_CARE, "9999", "800"),
        (CareService.HOME, "0.01", "0.01"),
        (CareService.INSTITUTION, "0.01", "0.00"),
    ],
)
def test_the_share_to_the_fen_and_the_ceiling(
    service: CareService, spent: str, amount: str
) -> None:
    assert paid(voucher(care_service=service, care_month=spent)) == Decimal(amount)


@pytest.mark.parametrize(("spent", "cut"), [("1600", False), ("1600.02", True)])
def test_the_ceiling_is_said_where_it_cuts(spent: str, cut: bool) -> None:
    assert (
        "limited to the ceiling of the month, 800.00" in notes(voucher(care_month=spent))
    ) is cut


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"birth": date(1966, 1, 2)}, "not_elderly"),
        ({"ability_level": level(1)}, "not_incapacitated"),
        ({"assistance": Assistance.TEKUN}, "tekun"),
        ({"centralised_care": True}, "centralised_care"),
        ({"improvement_action": True}, "improvement_action"),
        ({"care_month": 0}, "no_spending"),
    ],
)
def test_who_has_none(facts: dict[str, Any], code: str) -> None:
    decision = voucher(**facts)
    assert (decision.outcome, codes(decision)) == (REFUSED, [code])
    assert decision.grounds[0].citations


@pytest.mark.parametrize("number", [2, 3, 4])
def test_who_has_them(number: int) -> None:
    assert paid(voucher(ability_level=level(number), birth=date(1966, 1, 1))) == 500
    for assistance in (Assistance.DIBAO, Assistance.DIBAO_MARGINAL):
        assert paid(voucher(assistance=assistance)) == 500


def test_before_2026_nothing_is_held() -> None:
    before = voucher(START - DAY)
    assert before.outcome is UNDETERMINED
    assert set(lacks(before)) == {"care_voucher.age", "care_voucher.level", "care_voucher.cap"}
    assert voucher(START).outcome is GRANTED


def test_after_the_twelve_months_of_2026_nothing_is_held() -> None:
    end = date(2027, 1, 1)
    assert paid(voucher(end - DAY)) == 500
    after = voucher(end)
    assert after.outcome is UNDETERMINED
    assert set(lacks(after)) == {"care_voucher.age", "care_voucher.level", "care_voucher.cap"}


def test_who_is_too_young_is_asked_nothing_else() -> None:
    nobody: dict[str, Any] = dict.fromkeys(set(KNOWN) - {"birth"})
    decision = voucher(**nobody, birth=date(1966, 1, 2))
    assert (decision.outcome, codes(decision), decision.missing) == (REFUSED, ["not_elderly"], ())
    assert missing(voucher(birth=None, **nobody)) == ["birth"]


def test_a_refusal_names_all_its_reasons() -> None:
    refused = voucher(ability_level=level(1), centralised_care=True, care_month=0)
    assert codes(refused) == ["not_incapacitated", "centralised_care", "no_spending"]


def test_unknown_facts_are_asked_where_they_decide() -> None:
    assert missing(voucher(ability_level=None)) == ["ability_level"]
    assert missing(voucher(ability_level=level(3, AbilityScale.MZT_039))) == ["ability_level"]
    assert missing(voucher(birth=None)) == ["birth"]
    assert missing(voucher(care_month=None)) == ["care_month"]
    assert missing(voucher(care_service=None)) == ["care_service"]
    assert paid(voucher(care_service=None, care_month="2000")) == 800
    assert missing(voucher(centralised_care=None)) == ["centralised_care"]
    assert voucher(centralised_care=True, assistance=None, care_month=None).outcome is REFUSED


def test_a_share_of_a_place_of_its_own() -> None:
    own = local(keyed("care_voucher.share", "1/3", service="home"))
    assert paid(voucher(standards=own)) == Decimal("333.33")
    assert paid(voucher(standards=own, care_service=CareService.DAY_CARE)) == 400
    assert missing(voucher(standards=own, care_service=None)) == ["care_service"]


def test_the_decision_is_told_in_both_languages() -> None:
    decision = voucher(care_month="2000.01")
    english, chinese = decision.explain("en"), decision.explain("zh_CN")
    assert "share borne, before the ceiling: 1,000.01" in english
    assert "voucher of 100.00" in english
    assert "补贴以每月上限" in chinese
    assert chinese.startswith("中度以上失能老年人养老服务消费补贴审核结果（")
    refused = voucher(ability_level=level(1)).explain("zh_CN")
    assert "未达到GB/T 42195的2级" in refused


# --- properties

FACTS = st.builds(
    care_voucher.Facts,
    age=st.integers(50, 110),
    level=st.integers(0, 4),
    assistance=st.sampled_from(list(Assistance)),
    service=st.sampled_from(list(CareService)),
    care_month=st.integers(0, 10**8),
    centralised_care=st.booleans(),
    improvement_action=st.booleans(),
)


def run(facts: Any) -> Any:
    resolved = care_voucher.parameters(AREA, on=START, residence=Residence.RURAL)
    return care_voucher.decide(facts, resolved.parameters)


@given(FACTS, st.integers(0, 10**7))
def test_more_spending_never_has_less_and_never_more_than_the_ceiling(
    facts: Any, more: int
) -> None:
    one, other = run(facts), run(evolve(facts, care_month=facts.care_month + more))
    assert one.pay_month <= other.pay_month <= 80_000
    assert one.pay_month <= (facts.care_month + 1) // 2
    assert (one.pay_month > 0) <= (one.outcome == GRANTED)


@given(FACTS)
def test_at_home_never_less_than_elsewhere(facts: Any) -> None:
    home, away = (
        run(evolve(facts, service=each)) for each in (CareService.HOME, CareService.INSTITUTION)
    )
    assert home.pay_month >= away.pay_month
