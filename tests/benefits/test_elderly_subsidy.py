"""Subsidies of elders in economic hardship: the patterns of four places as data, and Hebei's gap."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from dibao_cases import row
from hypothesis import given
from hypothesis import strategies as st
from person_cases import AREA, DAY, applicant, codes, lacks, local, missing, paid

from minzheng import elderly_subsidy
from minzheng.decision import Decision
from minzheng.people import AbilityLevel, AbilityScale, Assistance, Residence
from minzheng.rules import Outcome
from minzheng.standards import Standards

TAIYUAN, CHANGLE = "140105", "370725"
START = date(2016, 1, 1)
GRANTED, REFUSED, UNDETERMINED = Outcome.GRANTED, Outcome.REFUSED, Outcome.UNDETERMINED
KNOWN: dict[str, Any] = {
    "assistance": Assistance.DIBAO,
    "incapacitated": False,
    "only_child_died": False,
    "disability_care": False,
}


def subsidy(
    age: int,
    area: str = TAIYUAN,
    on: date = START,
    standards: Standards | None = None,
    **facts: Any,
) -> Decision:
    known = {**KNOWN, "birth": on.replace(year=on.year - age), **facts}
    return elderly_subsidy.assess(applicant(area, **known), on=on, standards=standards)


def dated(area: str) -> Standards:
    """The bundled rows of a place that have no day, as a table of its own with one."""
    rows = [
        row(
            each.series,
            int(each.value)
            if isinstance(each.value, int) and not isinstance(each.value, bool)
            else each.value
            if isinstance(each.value, bool | str)
            else str(each.value),
            keys=dict(each.keys),
            kind=each.kind.value,
        )
        for each in Standards.bundled().table(area=area)
        if each.area == area and each.series.startswith("elderly_subsidy.")
    ]
    assert rows
    return local(*rows, area=area)


def level(scale: AbilityScale, number: int) -> AbilityLevel:
    return AbilityLevel(scale=scale, level=number)


# --- Shanxi


@pytest.mark.parametrize(
    ("age", "incapacitated", "amount"),
    [
        (60, True, 60),
        (79, True, 60),
        (80, False, 30),
        (99, False, 30),
        (80, True, 60),
        (99, True, 60),
        (100, False, 300),
        (100, True, 300),
    ],
)
def test_shanxi_pays_the_higher_and_not_the_sum(age: int, incapacitated: bool, amount: int) -> None:
    assert paid(subsidy(age, incapacitated=incapacitated)) == amount


def test_shanxi_pays_the_oldest_of_any_family() -> None:
    for assistance in (Assistance.NONE, Assistance.DIBAO_MARGINAL, Assistance.TEKUN):
        assert paid(subsidy(100, assistance=assistance)) == 300
        assert codes(subsidy(99, assistance=assistance)) == ["no_tier"]


@pytest.mark.parametrize(
    ("age", "incapacitated", "code"),
    [(59, True, "not_elderly"), (79, False, "no_tier"), (60, False, "no_tier")],
)
def test_shanxi_from_the_other_side(age: int, incapacitated: bool, code: str) -> None:
    decision = subsidy(age, incapacitated=incapacitated)
    assert (decision.outcome, codes(decision)) == (REFUSED, [code])


def test_shanxi_begins_with_2016() -> None:
    before = subsidy(80, on=START - DAY)
    assert (before.outcome, lacks(before)) == (UNDETERMINED, ["elderly_subsidy.amount"])
    assert subsidy(80).outcome is GRANTED


def test_unknown_facts_are_asked_where_they_decide() -> None:
    assert missing(subsidy(80, incapacitated=None)) == ["incapacitated"]
    assert missing(subsidy(80, assistance=None)) == ["assistance"]
    assert paid(subsidy(100, incapacitated=None, assistance=None)) == 300
    assert subsidy(59, incapacitated=None, assistance=None).outcome is REFUSED
    assert paid(subsidy(80, disability_care=None, only_child_died=None)) == 30


def test_who_is_too_young_is_asked_nothing_else() -> None:
    nobody: dict[str, Any] = dict.fromkeys(KNOWN)
    decision = subsidy(59, **nobody)
    assert (decision.outcome, codes(decision), decision.missing) == (REFUSED, ["not_elderly"], ())
    assert missing(subsidy(80, birth=None, **nobody)) == ["birth"]


# --- Changle: from the assessment to the subsidy


def test_changle_has_no_day_and_is_never_picked() -> None:
    decision = subsidy(80, CHANGLE)
    assert (decision.outcome, lacks(decision)) == (UNDETERMINED, ["elderly_subsidy.amount"])
    assert "without a day" in decision.explain("en")


@pytest.mark.parametrize(("number", "due"), [(0, False), (1, False), (2, True), (3, True)])
def test_changle_asks_for_level_two_of_mzt_039(number: int, due: bool) -> None:
    other = row("elderly_subsidy.combine", "sum")
    table = dated(CHANGLE) + local(other, area=CHANGLE)
    measured = level(AbilityScale.MZT_039, number)
    for age, aged in ((60, 80), (79, 80), (80, 100), (89, 100), (90, 200), (99, 200)):
        decision = subsidy(age, CHANGLE, standards=table, ability_level=measured)
        assert paid(decision) == aged + (80 if due else 0)


def test_changle_by_another_scale_the_level_is_not_known() -> None:
    table = dated(CHANGLE) + local(row("elderly_subsidy.combine", "highest"), area=CHANGLE)
    other = level(AbilityScale.GBT_42195, 4)
    assert paid(subsidy(80, CHANGLE, standards=table, ability_level=other)) == 100
    summed = dated(CHANGLE) + local(row("elderly_subsidy.combine", "sum"), area=CHANGLE)
    decision = subsidy(80, CHANGLE, standards=summed, ability_level=other)
    assert missing(decision) == ["ability_level"]


def test_changle_the_rule_itself_takes_no_level_of_another_scale() -> None:
    p = elderly_subsidy.parameters(
        CHANGLE, on=START, residence=Residence.RURAL, standards=dated(CHANGLE)
    ).parameters
    for scale, reason in (
        (AbilityScale.GBT_42195, elderly_subsidy.Reason.SCALE_NOT_NAMED),
        (AbilityScale.MZT_039, elderly_subsidy.Reason.ELIGIBLE),
    ):
        facts = elderly_subsidy.Facts(
            age=80,
            assistance=Assistance.DIBAO,
            incapacitated=False,
            scale=scale,
            level=1,
            only_child_died=False,
            disability_care=False,
        )
        assert elderly_subsidy.decide(facts, p).reasons == reason


def test_changle_not_with_the_care_subsidy_of_the_disabled() -> None:
    table = dated(CHANGLE) + local(row("elderly_subsidy.combine", "sum"), area=CHANGLE)
    worst = level(AbilityScale.MZT_039, 3)
    drawn = subsidy(80, CHANGLE, standards=table, ability_level=worst, disability_care=True)
    assert paid(drawn) == 100
    assert codes(drawn) == ["eligible", "draws_disability_care"]
    assert all(each.citations for each in drawn.grounds)
    unknown = subsidy(80, CHANGLE, standards=table, ability_level=worst, disability_care=None)
    assert missing(unknown) == ["disability_care"]


def test_how_parts_combine_is_not_guessed() -> None:
    worst = level(AbilityScale.MZT_039, 3)
    decision = subsidy(80, CHANGLE, standards=dated(CHANGLE), ability_level=worst)
    assert (decision.outcome, lacks(decision)) == (UNDETERMINED, ["elderly_subsidy.combine"])


def test_changle_says_nothing_of_those_of_100() -> None:
    decision = subsidy(
        100, CHANGLE, standards=dated(CHANGLE), ability_level=level(AbilityScale.MZT_039, 0)
    )
    assert (decision.outcome, lacks(decision)) == (UNDETERMINED, ["elderly_subsidy.amount"])


# --- Jiangxi, Jiangsu, Hebei


def test_jiangxi() -> None:
    table = dated("360000")
    for assistance in (Assistance.DIBAO, Assistance.TEKUN):
        assert paid(subsidy(80, "360102", standards=table, assistance=assistance)) == 50
    assert codes(subsidy(79, "360102", standards=table)) == ["no_tier"]
    only_care = subsidy(70, "360102", standards=table, incapacitated=True, disability_care=True)
    assert codes(only_care) == ["draws_disability_care"]
    assert paid(subsidy(70, "360102", standards=table, incapacitated=True)) == 50


def test_jiangsu() -> None:
    table = dated("320000")
    area = "320106"
    assert paid(subsidy(60, area, standards=table, incapacitated=True)) == 100
    assert paid(subsidy(60, area, standards=table, only_child_died=True)) == 60
    assert paid(subsidy(80, area, standards=table, only_child_died=True)) == 60
    assert codes(subsidy(79, area, standards=table)) == ["no_tier"]
    assert missing(subsidy(79, area, standards=table, only_child_died=None)) == ["only_child_died"]


def test_hebei_is_not_held() -> None:
    decision = subsidy(80, AREA)
    assert (decision.outcome, codes(decision)) == (UNDETERMINED, ["amount_missing"])
    assert lacks(decision) == ["elderly_subsidy.amount"]
    assert missing(subsidy(80, AREA, assistance=None, incapacitated=None)) == ["standards"]
    assert "第三十条" in decision.explain("zh_CN")


def test_the_decision_is_told_in_both_languages() -> None:
    decision = subsidy(85, incapacitated=True)
    assert "part for care: 60.00" in decision.explain("en")
    assert "护理部分" in decision.explain("zh_CN")
    assert "山西省经济困难的高龄与失能老年人补贴" in decision.explain("zh_CN")


# --- properties


@given(
    st.integers(0, 110),
    st.sampled_from(list(Assistance)),
    st.booleans(),
    st.sampled_from(["highest", "sum"]),
)
def test_to_be_incapacitated_never_pays_less(
    age: int, assistance: Assistance, died: bool, combine: str
) -> None:
    table = dated("320000") + local(row("elderly_subsidy.combine", combine), area="320000")
    p = elderly_subsidy.parameters(
        "320106", on=START, residence=Residence.URBAN, standards=table
    ).parameters
    able, not_able = (
        elderly_subsidy.decide(
            elderly_subsidy.Facts(
                age=age,
                assistance=assistance,
                incapacitated=each,
                scale=AbilityScale.GBT_42195,
                level=0,
                only_child_died=died,
                disability_care=False,
            ),
            p,
        )
        for each in (False, True)
    )
    assert not_able.pay_month >= able.pay_month
