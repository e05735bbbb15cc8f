"""Gradual exit: a practice record, both sides of every line and regime, and what is never guessed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from dibao_cases import AREA, case, codes, finding, local, missing, paid, row
from hypothesis import given
from hypothesis import strategies as st

from minzheng.base.dates import add_months, first_of_next_month
from minzheng.benefits import gradual_exit
from minzheng.benefits._gradual_exit import Facts, Parameters, Pays
from minzheng.benefits.procedures import disregard
from minzheng.decision import Decision
from minzheng.errors import InvalidInput
from minzheng.people import Leaving, Residence
from minzheng.rules import Outcome
from minzheng.standards import Standards

DAY = timedelta(days=1)
L3, L8, L1 = date(2021, 7, 1), date(2022, 10, 20), date(2026, 7, 1)
GRANTED, REFUSED, UNDETERMINED = Outcome.GRANTED, Outcome.REFUSED, Outcome.UNDETERMINED
MONTHS = row("dibao.exit.months", 6)
KEPT = row("dibao.exit.amount", "kept")
AT_MOST = row("dibao.exit.amount", "kept_to_standard")
OWN = local(MONTHS, AT_MOST)
KNOWN: dict[str, Any] = {
    "id": "case",
    "area": AREA,
    "residence": Residence.RURAL,
    "draws_dibao": True,
    "by_employment": True,
    "size": 2,
    "income_year": Decimal(2 * 12 * 632) + 1,
    "base_month": Decimal(500),
    "supplement_month": Decimal(0),
}


def leaves(on: date = L8, standards: Standards | None = OWN, **facts: Any) -> Decision:
    return gradual_exit.assess(Leaving(**{**KNOWN, **facts}), on=on, standards=standards)


def notes(decision: Decision) -> list[str]:
    return [each.text.format(**each.values) for each in decision.notes]


def test_a20_the_survivor_keeps_the_old_base_for_six_months() -> None:
    given_, expected = case("A20")
    table = local(
        row("dibao.exit.months", given_["grace_months"]),
        row("dibao.exit.cause", "any"),
        row("dibao.exit.inclusive", True),
        row("dibao.exit.income_ratio", given_["edge_ratio"]),
        AT_MOST,
        month=given_["standard_month"],
    )
    on = date.fromisoformat(given_["decided_in"] + "-15")
    decision = leaves(
        on,
        table,
        by_employment=False,
        size=given_["size_after"],
        income_year=12 * Decimal(given_["survivor_income_month"]),
        base_month=Decimal(given_["old_base_month"]),
        supplement_month=given_["survivor_supplements"]
        * Decimal(given_["supplement_per_person_month"]),
    )
    assert paid(decision) == Decimal(expected["total_month"])
    assert decision.award is not None
    assert decision.award.start == expected["grace_from"]
    period = f"runs from {expected['grace_from']} to {expected['grace_to']}"
    assert any(period in note for note in notes(decision))
    assert finding(decision, "limit_year") == 12 * Decimal(given_["standard_month"])
    line = 12 * Decimal(expected["edge_line_month"])
    for income, outcome in ((line - Decimal("0.01"), GRANTED), (line, REFUSED)):
        other = leaves(on, table, size=1, income_year=income)
        assert other.outcome is outcome


@pytest.mark.parametrize(
    ("on", "outcome", "code"),
    [
        (L3 - DAY, REFUSED, "not_permitted"),
        (L3, GRANTED, "leaves_gradually"),
        (L8 - DAY, GRANTED, "leaves_gradually"),
        (L8, GRANTED, "leaves_gradually"),
        (L1 - DAY, GRANTED, "leaves_gradually"),
        (L1, GRANTED, "leaves_gradually"),
    ],
)
def test_the_law_of_each_day(on: date, outcome: Outcome, code: str) -> None:
    decision = leaves(on)
    assert (decision.outcome, codes(decision)) == (outcome, [code])


@pytest.mark.parametrize(("on", "told"), [(L8 - DAY, False), (L8, True), (L1, True)])
def test_more_than_six_months_are_reported_since_2022_and_not_repaired(
    on: date, told: bool
) -> None:
    decision = leaves(on, local(row("dibao.exit.months", 7), KEPT))
    assert finding(decision, "months") == 7
    assert any("at most 6" in note for note in notes(decision)) is told
    assert not any("at most" in note for note in notes(leaves(on)))


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ("-0.01", "still_qualifies"),
        ("0", "not_above"),
        ("0.01", "leaves_gradually"),
    ],
)
def test_the_standard_from_both_sides(more: str, code: str) -> None:
    income = Decimal(2 * 12 * 632) + Decimal(more)
    assert codes(leaves(income_year=income)) == [code]


def test_equal_to_the_standard_by_a_rule_of_the_place() -> None:
    equal = Decimal(2 * 12 * 632)
    opens = local(MONTHS, KEPT, row("dibao.exit.inclusive", True))
    assert codes(leaves(standards=opens, income_year=equal)) == ["leaves_gradually"]
    qualifies = local(MONTHS, KEPT, row("dibao.income.inclusive", True))
    assert codes(leaves(standards=qualifies, income_year=equal)) == ["still_qualifies"]


def test_other_causes_and_households_without_dibao() -> None:
    assert codes(leaves(by_employment=False)) == ["other_cause"]
    assert codes(leaves(draws_dibao=False)) == ["draws_none"]


@pytest.mark.parametrize(("amount", "month"), [(KEPT, "1500"), (AT_MOST, "1264")])
def test_what_is_kept(amount: dict[str, object], month: str) -> None:
    decision = leaves(standards=local(MONTHS, amount), base_month=Decimal(1500))
    assert paid(decision) == Decimal(month)


@pytest.mark.parametrize(
    ("rows", "series"),
    [
        ((), ["dibao.exit.months", "dibao.exit.amount"]),
        ((KEPT,), ["dibao.exit.months"]),
        ((MONTHS,), ["dibao.exit.amount"]),
    ],
)
def test_what_the_place_does_not_state_is_named(
    rows: tuple[dict[str, object], ...], series: list[str]
) -> None:
    decision = leaves(standards=local(*rows))
    assert decision.outcome is UNDETERMINED
    named = [each.not_held.series.name for each in decision.missing if each.not_held]
    assert named == series
    assert all(name in decision.explain("zh_CN") for name in series)


def test_six_months_at_most_are_never_taken_for_six_months() -> None:
    assert leaves(standards=local(KEPT)).award is None


def test_unknown_facts_are_asked_only_where_they_decide() -> None:
    assert missing(leaves(by_employment=None)) == ["leaving.by_employment"]
    assert missing(leaves(income_year=None)) == ["leaving.income_year"]
    nothing = leaves(draws_dibao=False, by_employment=None, base_month=None)
    assert (nothing.outcome, nothing.missing) == (REFUSED, ())
    any_cause = local(MONTHS, KEPT, row("dibao.exit.cause", "any"))
    assert leaves(standards=any_cause, by_employment=None).outcome is GRANTED
    assert missing(leaves(base_month=None)) == ["leaving.base_month"]


def test_the_decision_is_told_in_both_languages() -> None:
    decision = leaves()
    english, chinese = decision.explain("en"), decision.explain("zh_CN")
    assert "Gradual exit from dibao" in english
    assert "art. 33" in english
    assert "第三十三条" in chinese
    assert "渐退期自2022-11-01至2023-04-30" in chinese
    assert "leaves gradually" in decision.reason("en")
    assert "家庭计入收入" in decision.reason("zh_CN")


def test_a_refusal_names_all_its_reasons() -> None:
    table = local(MONTHS, AT_MOST, row("dibao.exit.income_ratio", "1"))
    other = leaves(L8, table, by_employment=False)
    assert codes(other) == ["other_cause", "income_too_high"]
    assert codes(leaves(L3 - DAY, income_year=0)) == ["still_qualifies", "not_permitted"]
    assert codes(leaves(L3 - DAY, draws_dibao=False, income_year=0)) == ["draws_none"]


def test_what_was_paid_is_asked_only_where_it_goes_on() -> None:
    unpaid = leaves(L8, local(AT_MOST), base_month=None, supplement_month=None)
    assert [each.path for each in unpaid.missing] == ["standards"]
    paid_before = leaves(L8, base_month=None)
    assert [each.path for each in paid_before.missing] == ["leaving.base_month"]


# --- properties of the rule

PARAMETERS = st.builds(
    Parameters,
    standard_year=st.integers(1, 10**7),
    qualifies_equal=st.booleans(),
    permitted=st.booleans(),
    any_cause=st.booleans(),
    inclusive=st.booleans(),
    months=st.integers(-1, 12),
    months_most=st.sampled_from([-1, 6]),
    start=st.just(20230101),
    until=st.just(20230630),
    upper_numerator=st.sampled_from([0, 3]),
    upper_denominator=st.just(2),
    pays=st.sampled_from(list(map(int, Pays))),
)
FACTS = st.builds(
    Facts,
    draws_dibao=st.booleans(),
    by_employment=st.booleans(),
    size=st.integers(1, 9),
    income_year=st.integers(0, 10**8),
    base_month=st.integers(0, 10**7),
    supplement_month=st.integers(0, 10**6),
)


@given(FACTS, PARAMETERS)
def test_bounded_by_what_was_paid_before(h: Facts, t: Parameters) -> None:
    result = gradual_exit.decide(h, t)
    assert 0 <= result.pay_month <= h.base_month + h.supplement_month
    assert (result.pay_month > 0) <= (result.outcome == GRANTED)
    if t.pays == Pays.KEPT_TO_STANDARD and result.outcome == GRANTED:
        assert 12 * result.base_month <= t.standard_year * h.size + 6


@given(FACTS, PARAMETERS, st.integers(0, 10**7))
def test_more_income_never_pays_more_once_it_leaves(h: Facts, t: Parameters, more: int) -> None:
    richer = Facts(
        draws_dibao=h.draws_dibao,
        by_employment=h.by_employment,
        size=h.size,
        income_year=h.income_year + more,
        base_month=h.base_month,
        supplement_month=h.supplement_month,
    )
    one, other = gradual_exit.decide(h, t), gradual_exit.decide(richer, t)
    if one.outcome == GRANTED:
        assert other.pay_month <= one.pay_month


@given(st.dates(L3, date(2024, 12, 31)))
def test_six_whole_months_from_the_first_of_the_next(on: date) -> None:
    t = gradual_exit.parameters(AREA, on=on, residence=Residence.RURAL, standards=OWN).parameters
    assert t is not None
    start, until = (date(n // 10_000, n // 100 % 100, n % 100) for n in (t.start, t.until))
    assert start == first_of_next_month(on)
    assert until + DAY == add_months(start, 6)


# --- new income disregarded


def zhejiang(extra: str, month: int, on: date = date(2022, 1, 1), *rows: Any) -> Any:
    standard = case("A26")[0]["standard_month"]
    table = local(*rows, month=standard, area="330106")
    return disregard("330106", extra, month, on=on, residence=Residence.URBAN, standards=table)


@pytest.mark.parametrize("number", [0, 1])
def test_a26_zhejiang_disregards_up_to_three_standards(number: int) -> None:
    given_, expected = case("A26")
    told = zhejiang(given_["extra_pay_month"][number], given_["month_of_job"])
    assert told.disregarded == Decimal(expected["disregarded_month"][number])
    assert told.counted == Decimal(expected["counted_month"][number])
    assert told.basis.text("en").endswith("art. 50, para. 3")


@pytest.mark.parametrize(
    ("month", "own", "left_out"),
    [
        (6, None, "2500"),
        (7, None, None),
        (12, None, None),
        (13, None, "0"),
        (7, 9, "2500"),
        (9, 9, "2500"),
        (10, 9, "0"),
    ],
)
def test_from_the_seventh_to_the_twelfth_month_the_place_decides(
    month: int, own: int | None, left_out: str | None
) -> None:
    rows = () if own is None else (row("dibao.disregard.months", own),)
    told = zhejiang("2500", month, date(2022, 1, 1), *rows)
    assert told.disregarded == (None if left_out is None else Decimal(left_out))
    assert told.explain("en")
    assert told.explain("zh_CN").isascii() is False


def test_before_the_wording_of_2020_and_elsewhere_all_counts() -> None:
    assert zhejiang("2500", 1, date(2020, 9, 23)).counted == 2500
    assert zhejiang("2500", 1, date(2020, 9, 24)).counted == 0
    with pytest.raises(InvalidInput) as caught:
        zhejiang("-1", 0)
    assert [fault.path for fault in caught.value.faults] == ["extra_month", "month_of_job"]
