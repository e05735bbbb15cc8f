"""Children in difficulty: Yiwu's month of April 2023 to the yuan, and tiers of other places."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from children_cases import (
    CASES,
    DAY,
    LANGUAGES,
    MET,
    XINGLONG,
    YIWU,
    amount,
    asked,
    child,
    codes,
    county,
    drawing,
    series,
    stated,
)
from hypothesis import given
from hypothesis import strategies as st

from minzheng.benefits import children_in_difficulty, de_facto_unattended
from minzheng.decision import Decision
from minzheng.people import Assistance, DrawnKind, ParentState, Placement
from minzheng.rules import Outcome
from minzheng.standards import Standards

GRANTED, REFUSED, UNDETERMINED = Outcome.GRANTED, Outcome.REFUSED, Outcome.UNDETERMINED
APRIL = date(2023, 4, 1)
CASE = CASES["welfare-01-yiwu-2023-04"]


def decide(on: date = APRIL, standards: Standards | None = None, **facts: Any) -> Decision:
    settled = {
        "area": YIWU,
        "child_allowance": False,
        "hiv": False,
        "severe": False,
        "assistance": Assistance.NONE,
        **facts,
    }
    return children_in_difficulty.assess(child(**settled), on=on, standards=standards)


def alone(**facts: Any) -> Decision:
    """A child in fact unattended."""
    parents = (MET[ParentState.DEAD], MET[ParentState.IN_PRISON])
    return de_facto_unattended.assess(child(*parents, area=YIWU, **facts), on=APRIL)


TIERS: dict[str, Decision] = {
    "unattended_full": alone(drawn=[]),
    "unattended_topup": alone(drawn=[drawing(DrawnKind.DIBAO, "1050")]),
    "aids": decide(hiv=True),
    "poor_severe": decide(severe=True, assistance=Assistance.DIBAO),
    "poor_other": decide(assistance=Assistance.DIBAO_MARGINAL),
    "not_poor_severe": decide(severe=True),
}


@pytest.mark.parametrize("tier", CASE["inputs"]["tiers"], ids=lambda tier: tier["key"])
def test_each_tier_of_yiwu(tier: dict[str, Any]) -> None:
    key = tier["key"]
    assert amount(TIERS[key]) == Decimal(CASE["expected"]["each"][key])
    assert tier["heads"] * amount(TIERS[key]) == Decimal(CASE["expected"]["subtotal"][key])


def test_the_month_of_yiwu() -> None:
    tiers = CASE["inputs"]["tiers"]
    total = sum(tier["heads"] * amount(TIERS[tier["key"]]) for tier in tiers)
    assert (sum(tier["heads"] for tier in tiers), total) == (887, Decimal(691090))


def test_a_fifth_is_rounded_up_to_the_yuan() -> None:
    plain = county(
        stated("child.rounding.unit", "0.01"), stated("child.rounding.mode", "half_up"), area=YIWU
    )
    before = CASE["expected"]["before_rounding"]["not_poor_severe"]
    assert amount(decide(severe=True, standards=plain)) == Decimal(before)
    assert amount(decide(severe=True)) == Decimal(469)


def test_the_first_tier_that_fits() -> None:
    infected = decide(hiv=True, severe=True, assistance=Assistance.DIBAO)
    assert codes(infected) == ["hiv"]
    assert codes(decide(severe=True, assistance=Assistance.DIBAO_MARGINAL)) == ["poor_severe"]
    assert codes(decide()) == ["no_tier"]
    assert decide(assistance=Assistance.TEKUN).outcome is REFUSED  # Yiwu names dibao and edge only


def test_other_allowances_and_age() -> None:
    assert codes(decide(severe=True, child_allowance=True)) == ["child_allowance"]
    born = date(2005, 4, 1)
    assert codes(decide(severe=True, birth=born)) == ["of_age"]
    assert decide(severe=True, birth=born + DAY).outcome is GRANTED


def test_from_the_first_day_of_the_rows() -> None:
    before = decide(APRIL - DAY, severe=True)
    assert (before.outcome, codes(before)) == (UNDETERMINED, ["no_tiers_held"])
    assert series(before) == ["children_in_difficulty.share"]


@pytest.mark.parametrize("allowance", [None, False])
def test_where_no_tier_is_held_the_tiers_are_asked_for(allowance: bool | None) -> None:
    open_ = decide(area=XINGLONG, child_allowance=allowance, severe=None, assistance=None)
    assert (open_.outcome, series(open_)) == (UNDETERMINED, ["children_in_difficulty.share"])
    assert asked(open_) == ["standards"]
    assert decide(area=XINGLONG, child_allowance=True).outcome is REFUSED


# --- tiers of another place

RATE = stated("orphan.rate", "1400", placement="dispersed")
POOR = stated("children_in_difficulty.poor", True, status="dibao")
HALF = stated("children_in_difficulty.share", "1/2", tier="poor_other")


def test_what_the_child_draws_is_taken_off_where_a_place_says_so() -> None:
    tables = county(
        RATE,
        POOR,
        HALF,
        stated("children_in_difficulty.deducted", "drawn", tier="poor_other"),
        stated("children_in_difficulty.netting", True, kind="dibao"),
    )
    facts: dict[str, Any] = {
        "area": XINGLONG,
        "standards": tables,
        "assistance": Assistance.DIBAO,
    }
    both = [
        drawing(DrawnKind.DIBAO, "400.01"),
        drawing(DrawnKind.DISABILITY_CARE, "100"),
    ]
    assert amount(decide(drawn=both, **facts)) == Decimal("500.00")  # 499.995, half up
    assert amount(decide(drawn=[], **facts)) == Decimal(700)
    enough = decide(drawn=[drawing(DrawnKind.DIBAO, "1400")], **facts)
    assert (amount(enough), codes(enough)) == (Decimal(0), ["poor_other", "nothing_left"])
    assert asked(decide(drawn=None, **facts)) == ["drawn"]


def test_a_dibao_standard_that_is_to_be_taken_off_and_is_not_held() -> None:
    deducted = stated("children_in_difficulty.deducted", "dibao_standard", tier="poor_other")
    facts: dict[str, Any] = {"area": XINGLONG, "assistance": Assistance.DIBAO}
    open_ = decide(date(2023, 1, 1), standards=county(RATE, POOR, HALF, deducted), **facts)
    assert (open_.outcome, series(open_)) == (UNDETERMINED, ["dibao.standard"])
    held = county(RATE, POOR, HALF, deducted, stated("dibao.standard", "400"))
    assert amount(decide(standards=held, **facts)) == Decimal(500)


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ({"child_allowance": None, "severe": True}, ["child_allowance"]),
        ({"child_allowance": None}, []),
        ({"hiv": None, "severe": True}, ["hiv"]),
        ({"severe": None}, ["severe"]),
        ({"assistance": None}, ["assistance"]),
        ({"hiv": True, "severe": None, "assistance": None}, []),
        ({"placement": None}, []),
        ({"placement": None, "severe": True}, ["applicant.placement"]),
        ({"drawn": None, "severe": True}, []),
    ],
    ids=str,
)
def test_unknown_facts_are_asked_only_where_they_decide(
    facts: dict[str, Any], wanted: list[str]
) -> None:
    assert asked(decide(**facts)) == wanted


def test_an_institution_of_yiwu_finds_the_floor_of_the_nation_only() -> None:
    decision = decide(severe=True, placement=Placement.CENTRALISED)
    assert amount(decision) == Decimal(200)
    assert any("floor" in note.text for note in decision.notes)
    assert not decide(severe=True).notes


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_explanation(language: str) -> None:
    text = TIERS["poor_other"].explain(language)
    words = {
        "en": (
            "child of a poor family",
            "1,050.00 yuan",
            "646.00 yuan a month",
            "(dibao marginal)",
        ),
        "zh_CN": ("困难家庭儿童", "1,050.00元", "每月646.00元"),
    }
    assert all(word in text for word in words[language])
    assert "(dibao)" not in text


FEN = st.integers(0, 300_000).map(lambda fen: Decimal(fen) / 100)


@given(
    st.sampled_from(Assistance), st.booleans(), st.sampled_from(DrawnKind), FEN, FEN, st.booleans()
)
def test_who_draws_more_is_never_paid_more(
    assistance: Assistance, severe: bool, kind: DrawnKind, less: Decimal, more: Decimal, all_: bool
) -> None:
    tables = county(
        RATE,
        HALF,
        stated("children_in_difficulty.poor", True, status="dibao_marginal"),
        POOR,
        stated("children_in_difficulty.share", "1", tier="severe"),
        stated("children_in_difficulty.deducted", "drawn", tier="poor_other"),
        *([stated("children_in_difficulty.deducted", "drawn", tier="severe")] if all_ else []),
        stated("children_in_difficulty.netting", True, kind=kind.name.lower()),
    )
    facts: dict[str, Any] = {
        "area": XINGLONG,
        "standards": tables,
        "assistance": assistance,
        "severe": severe,
    }
    less, more = sorted((less, more))
    poor, rich = (decide(drawn=[drawing(kind, each)], **facts).award for each in (less, more))
    assert (poor is None) == (rich is None)
    if poor is not None and rich is not None:
        assert Decimal(0) <= rich.amount <= poor.amount <= Decimal(1400)
