"""Which incomes count, by regime, and what is deducted from them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from dibao_cases import (
    LAW,
    NEW,
    OLD,
    codes,
    decide,
    earns,
    finding,
    local,
    missing,
    paid,
    person,
    row,
)

from minzheng.people import (
    Income,
    IncomeKind,
    Person,
    Relation,
    Residence,
    Spending,
    SpendingKind,
    Whereabouts,
)
from minzheng.rules import Outcome

K = IncomeKind
END_OF_PLAN, AFTER_PLAN = date(2025, 12, 31), date(2026, 1, 1)
COUNTED = {K.WAGE, K.BUSINESS, K.PROPERTY, K.TRANSFER, K.OTHER}
NOT_COUNTED = {K.PREFERENTIAL, K.REWARD, K.ASSISTANCE}
JOINED = {K.DISABILITY_SUBSIDY, K.DE_FACTO_UNATTENDED}
REGIMES: list[tuple[date, set[IncomeKind], set[IncomeKind]]] = [
    # day, counted, not counted; of the rest nothing held says whether it counts
    (OLD, COUNTED | {K.BASIC_PENSION, K.ASSISTANCE}, JOINED),
    (NEW, COUNTED, NOT_COUNTED | JOINED | {K.BASIC_PENSION}),
    (END_OF_PLAN, COUNTED, NOT_COUNTED | JOINED | {K.BASIC_PENSION, K.CHILDCARE_SUBSIDY}),
    (AFTER_PLAN, COUNTED, NOT_COUNTED | JOINED | {K.CHILDCARE_SUBSIDY}),
    (LAW, COUNTED, NOT_COUNTED | JOINED | {K.CHILDCARE_SUBSIDY}),
]


@pytest.mark.parametrize("kind", K)
@pytest.mark.parametrize(("on", "counted", "free"), REGIMES)
def test_incomes_by_regime(
    on: date, counted: set[IncomeKind], free: set[IncomeKind], kind: IncomeKind
) -> None:
    decision = decide(person(income=earns("100", kind)), on=on)
    if kind in counted:
        assert paid(decision) == 532
    elif kind in free:
        assert paid(decision) == 632
    else:
        assert decision.outcome is Outcome.UNDETERMINED
        assert codes(decision) == ["unsettled_income"]
        (lacking,) = decision.missing
        assert lacking.path == "standards"
        assert "dibao.income.counted" in lacking.message
        assert f"kind={kind.name.lower()}, residence=rural" in lacking.message


@pytest.mark.parametrize(
    ("residence", "outcome"),
    [(Residence.URBAN, Outcome.GRANTED), (Residence.RURAL, Outcome.UNDETERMINED)],
)
def test_before_2021_preferential_payments_are_settled_only_in_towns(
    residence: Residence, outcome: Outcome
) -> None:
    decision = decide(person(income=earns("100", K.PREFERENTIAL)), on=OLD, residence=residence)
    assert decision.outcome is outcome


def test_an_income_of_zero_of_an_unsettled_kind_is_no_question() -> None:
    assert paid(decide(person(income=earns("0", K.BASIC_PENSION)), on=LAW)) == 632


def test_a_local_rule_settles_the_pension() -> None:
    pensioner = person(income=earns("100", K.BASIC_PENSION))
    for counts, amount in ((True, 532), (False, 632)):
        table = local(row("dibao.income.counted", counts, keys={"kind": "basic_pension"}))
        assert paid(decide(pensioner, on=LAW, standards=table)) == amount


def test_unsettled_income_is_not_asked_where_the_rest_is_enough_to_refuse() -> None:
    incomes = (*earns("700"), *earns("100", K.BASIC_PENSION))
    decision = decide(person(income=incomes), on=LAW)
    assert (decision.outcome, decision.missing) == (Outcome.REFUSED, ())


def test_several_unsettled_kinds_are_all_named() -> None:
    incomes = (*earns("1", K.BASIC_PENSION), *earns("1", K.OLD_AGE_ALLOWANCE))
    decision = decide(person(income=incomes), on=LAW)
    assert ["kind=basic_pension" in decision.missing[0].message, len(decision.missing)] == [True, 2]


def test_unsettled_income_of_somebody_not_counted_is_no_question() -> None:
    away = person(Relation.CHILD, co_resident=False, income=earns("100", K.BASIC_PENSION))
    assert paid(decide(person(), away, on=LAW)) == 632


@pytest.mark.parametrize(
    "others",
    [
        (person(),),
        (person(income=earns("1600")), person(Relation.SPOUSE, seriously_ill=True)),
    ],
)
def test_unsettled_income_of_absent_clergy_does_not_stop_the_household(
    others: tuple[Person, ...],
) -> None:
    monk = person(
        Relation.CHILD,
        whereabouts=Whereabouts.CLERGY_AWAY,
        income=earns("100", K.BASIC_PENSION),
    )
    table = local(row("dibao_marginal.ratio", "1.5"))
    assert paid(decide(*others, monk, on=LAW, standards=table)) == 632


def test_by_the_month_or_by_the_year_is_the_same() -> None:
    year = person(income=(Income(kind=K.WAGE, year=Decimal("1200.12")),))
    assert paid(decide(year)) == paid(decide(person(income=earns("100.01")))) == Decimal("531.99")


def test_incomes_of_one_kind_add_up() -> None:
    assert paid(decide(person(income=earns("100") * 3))) == 332


@pytest.mark.parametrize(("share", "amount"), [("0.2", "152"), ("1/3", "232"), ("0", "32")])
def test_employment_costs_are_deducted_from_wages_only(share: str, amount: str) -> None:
    table = local(row("dibao.deduction.employment", share))
    assert paid(decide(person(income=earns("600")), standards=table)) == Decimal(amount)
    business = person(income=earns("600", K.BUSINESS))
    assert paid(decide(business, standards=table)) == 32


def test_the_deduction_can_open_the_way() -> None:
    table = local(row("dibao.deduction.employment", "0.1"))
    # 90 % of 702.22 is 631.998
    assert paid(decide(person(income=earns("702.22")), standards=table)) == 0
    assert decide(person(income=earns("702.23")), standards=table).outcome is Outcome.REFUSED


def test_shares_are_exact() -> None:
    table = local(row("dibao.deduction.employment", "1/3"))
    # 2/3 of 948 is 632 to the fen: not lower than the standard
    assert decide(person(income=earns("948")), standards=table).outcome is Outcome.REFUSED
    assert decide(person(income=earns("947.99")), standards=table).outcome is Outcome.GRANTED


def spends(month: str, kind: SpendingKind) -> tuple[Spending, ...]:
    return (Spending(kind=kind, month=Decimal(month)),)


@pytest.mark.parametrize("kind", SpendingKind)
def test_rigid_expenditure_is_deducted_at_its_share(kind: SpendingKind) -> None:
    spending = spends("100", kind)
    table = local(
        row("dibao.deduction.rigid", "0.5", keys={"kind": "medical"}),
        row("dibao.deduction.rigid", "0.25", keys={"kind": "disability"}),
    )
    patient = person(income=earns("200"), spending=spending)
    share = {SpendingKind.MEDICAL: 50, SpendingKind.DISABILITY: 25}.get(kind, 0)
    assert paid(decide(patient, standards=table)) == 632 - (200 - share)
    assert paid(decide(patient)) == 432  # where no share is held nothing is deducted


def test_more_spending_than_income_pays_no_more_than_the_standard() -> None:
    table = local(row("dibao.deduction.rigid", "1", keys={"kind": "medical"}))
    patient = person(income=earns("200"), spending=spends("9999", SpendingKind.MEDICAL))
    decision = decide(patient, standards=table)
    assert paid(decision) == 632
    assert finding(decision, "income_year") == 0


def test_one_members_spending_is_deducted_from_the_household() -> None:
    table = local(row("dibao.deduction.rigid", "1", keys={"kind": "medical"}))
    ill = person(Relation.SPOUSE, spending=spends("300", SpendingKind.MEDICAL))
    assert paid(decide(person(income=earns("1000")), ill, standards=table)) == 1264 - 700


def test_unknown_spending_is_asked_only_where_it_is_deducted() -> None:
    patient = person(income=earns("200"), spending=None)
    assert paid(decide(patient)) == 432
    table = local(row("dibao.deduction.rigid", "1", keys={"kind": "disability"}))
    assert missing(decide(patient, standards=table)) == ["household.members[0].spending"]


def test_every_figure_that_is_missing_is_named_at_once() -> None:
    pension = (*earns("1590"), *earns("10", K.BASIC_PENSION))
    ill = person(Relation.SPOUSE, seriously_ill=True)
    said = "".join(each.message for each in decide(person(income=pension), ill, on=LAW).missing)
    assert "dibao.income.counted" in said
    assert "dibao_marginal.ratio" in said
