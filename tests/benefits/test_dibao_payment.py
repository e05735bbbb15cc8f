"""What is paid: supplements, rounding, bands, and the first month."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from dibao_cases import (
    NEW,
    OLD,
    SEVERE,
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

from minzheng.errors import InvalidInput
from minzheng.people import Disability, DisabilityType, Income, IncomeKind, Relation, Residence
from minzheng.rules import Outcome

CATEGORIES: dict[str, dict[str, Any]] = {
    "elderly": {"birth": date(1950, 1, 1)},
    "minor": {"birth": date(2010, 1, 1)},
    "severe_disability": {"disability": SEVERE},
    "serious_illness": {"seriously_ill": True},
}
HIGHEST, SUM = (row("dibao.supplement.combine", word) for word in ("highest", "sum"))


def rate(category: str, value: str, **more: object) -> dict[str, object]:
    return row("dibao.supplement.rate", value, keys={"category": category}, **more)


def amount(category: str, value: str) -> dict[str, object]:
    return row("dibao.supplement.amount", value, keys={"category": category})


@pytest.mark.parametrize("category", CATEGORIES)
@pytest.mark.parametrize("stated", [rate, amount])
def test_each_supplement(category: str, stated: Any) -> None:
    table = local(stated(category, "0.25" if stated is rate else "158"))  # 158 = 632 / 4
    for each, facts in CATEGORIES.items():
        extra = 158 if each == category else 0
        child = person(Relation.CHILD, **facts) if each == "minor" else None
        members = (person(), child) if child else (person(**facts),)
        decision = decide(*members, standards=table)
        assert paid(decision) == 632 * len(members) + extra, each
        assert finding(decision, "supplements_year") == 12 * extra


def test_a_share_counts_before_an_amount() -> None:
    table = local(rate("elderly", "0.5"), amount("elderly", "1"))
    assert paid(decide(person(birth=date(1950, 1, 1)), standards=table)) == 632 + 316


@pytest.mark.parametrize(
    ("combine", "extra"), [(HIGHEST, Decimal("126.40")), (SUM, Decimal("189.60"))]
)
def test_in_several_categories(combine: Mapping[str, object], extra: Decimal) -> None:
    table = local(rate("elderly", "0.1"), rate("serious_illness", "0.2"), combine)
    both = person(birth=date(1950, 1, 1), seriously_ill=True)
    assert paid(decide(both, standards=table)) == 632 + extra


def test_how_they_combine_is_asked_only_of_a_person_in_several_categories() -> None:
    both = local(rate("elderly", "0.1"), rate("serious_illness", "0.2"))
    ill: dict[str, Any] = {"birth": date(1980, 1, 1), "seriously_ill": True}
    old: dict[str, Any] = {"birth": date(1950, 1, 1), "seriously_ill": False}
    assert paid(decide(standards=both)) == 632
    assert paid(decide(person(**ill), standards=both)) == 632 + Decimal("126.40")
    assert paid(decide(person(**old), standards=both)) == 632 + Decimal("63.20")
    two = decide(person(**{**old, "seriously_ill": True}), standards=both)
    assert (two.outcome, codes(two)) == (Outcome.UNDETERMINED, ["combine_missing"])
    (lacking,) = two.missing
    assert "dibao.supplement.combine" in lacking.message


@pytest.mark.parametrize(
    ("income", "pay", "said"),
    [("7583.99", "0.00", True), ("7583.94", "0.01", False), ("7583.88", "0.01", False)],
)
def test_a_difference_that_rounds_to_nothing_is_said(income: str, pay: str, said: bool) -> None:
    """The income is lower than 632 a month: a dibao household, whatever is left to pay."""
    decision = decide(person(income=[Income(kind=IncomeKind.WAGE, year=Decimal(income))]))
    assert (decision.outcome, str(paid(decision))) == (Outcome.GRANTED, pay)
    assert ("rounds_to_nothing" in codes(decision)) is said


@pytest.mark.parametrize(
    ("birth", "elderly", "minor"),
    [
        (date(1962, 1, 1), True, False),
        (date(1962, 1, 2), False, False),
        (date(2004, 1, 1), False, False),
        (date(2004, 1, 2), False, True),
    ],
)
def test_ages_of_the_supplements(birth: date, elderly: bool, minor: bool) -> None:
    table = local(rate("elderly", "0.5"), rate("minor", "0.25"), HIGHEST)
    child = person(Relation.CHILD, birth=birth, dependent=True)
    extra = 316 * elderly + 158 * minor
    assert paid(decide(person(), child, standards=table)) == 1264 + extra


def test_local_ages_of_the_supplements() -> None:
    table = local(
        rate("elderly", "0.5"),
        rate("minor", "0.25"),
        HIGHEST,
        row("dibao.supplement.elderly_age", 70),
        row("dibao.supplement.minor_age", 14),
    )
    for born, extra in ((1952, 316), (1953, 0), (2008, 0), (2009, 158)):
        other = person(Relation.CHILD, birth=date(born, 1, 1), dependent=True)
        assert paid(decide(person(), other, standards=table)) == 1264 + extra, born


def test_severe_is_grade_one_or_two() -> None:
    table = local(rate("severe_disability", "0.5"))
    for grade, extra in ((1, 316), (2, 316), (3, 0), (4, 0)):
        disability = Disability(type=DisabilityType.MENTAL, grade=grade)
        assert paid(decide(person(disability=disability), standards=table)) == 632 + extra


def test_residence_chooses_the_supplement() -> None:
    rural = {"category": "elderly", "residence": "rural"}
    table = local(row("dibao.supplement.rate", "0.5", keys=rural))
    elder = person(birth=date(1950, 1, 1))
    assert paid(decide(elder, standards=table)) == 948
    assert paid(decide(elder, standards=table, residence=Residence.URBAN)) == 632


def rounding(unit: str, mode: str, scope: str) -> tuple[dict[str, object], ...]:
    return (
        row("dibao.rounding.unit", unit),
        row("dibao.rounding.mode", mode),
        row("dibao.rounding.scope", scope),
    )


@pytest.mark.parametrize(
    ("unit", "mode", "household", "each"),
    [
        # the gap of a couple is 2 x 632 - 1,113.50 = 150.50; of each 75.25
        ("1", "up", "151", "152"),
        ("1", "down", "150", "150"),
        ("1", "half_up", "151", "150"),
        ("1", "half_even", "150", "150"),
        ("10", "up", "160", "160"),
        ("10", "down", "150", "140"),
        ("0.1", "half_up", "150.5", "150.6"),
        ("0.1", "half_even", "150.5", "150.4"),
    ],
)
def test_rounding(unit: str, mode: str, household: str, each: str) -> None:
    couple = (person(income=earns("1113.50")), person(Relation.SPOUSE))
    for scope, expected in (("household", household), ("person", each)):
        table = local(*rounding(unit, mode, scope))
        assert paid(decide(*couple, standards=table)) == Decimal(expected), scope


def test_without_a_rounding_rule_the_amount_is_exact_to_the_fen() -> None:
    thirds = (person(income=earns("0.01")), person(Relation.SPOUSE), person(Relation.PARENT))
    assert paid(decide(*thirds, standards=local(month="500"))) == Decimal("1499.99")
    yearly = {"per": "year"}
    over = local(row("dibao.standard", "4801", **yearly, keys={"residence": "rural"}))
    assert paid(decide(standards=over)) == Decimal("400.08")  # 4,801 / 12 = 400.0833
    half = local(row("dibao.standard", "4800.06", **yearly, keys={"residence": "rural"}))
    assert paid(decide(standards=half)) == Decimal("400.01")  # 400.005, halves up


def test_supplements_are_rounded_with_the_household() -> None:
    table = local(rate("elderly", "0.1"), *rounding("1", "up", "household"), month="635")
    elder = person(birth=date(1950, 1, 1), income=earns("0.40"))
    assert paid(decide(elder, standards=table)) == 699  # 634.60 + 63.50 = 698.10, rounded once


@pytest.mark.parametrize("lacking", ["dibao.rounding.mode", "dibao.rounding.scope"])
def test_a_unit_without_mode_or_scope_is_undetermined(lacking: str) -> None:
    rows = [each for each in rounding("1", "up", "household") if each["series"] != lacking]
    decision = decide(standards=local(*rows))
    assert decision.outcome is Outcome.UNDETERMINED
    assert lacking in decision.missing[0].message


BANDS = local(row("dibao.bands", ["200", "300", "400"]))


@pytest.mark.parametrize(("band", "month"), [(1, 200), (2, 300), (3, 400)])
def test_bands_replace_the_difference(band: int, month: int) -> None:
    for income in ("0", "631.99"):
        decision = decide(person(income=earns(income)), band=band, standards=BANDS)
        assert paid(decision) == month
    assert decide(person(income=earns("632")), band=band, standards=BANDS).award is None


def test_an_unknown_band_is_asked_of_those_who_qualify() -> None:
    asked = decide(standards=BANDS)
    assert (asked.outcome, missing(asked)) == (Outcome.UNDETERMINED, ["household.band"])
    refused = decide(person(income=earns("632")), standards=BANDS)
    assert (refused.outcome, refused.missing) == (Outcome.REFUSED, ())


@pytest.mark.parametrize("band", [4, 99])
def test_a_band_too_high_is_invalid(band: int) -> None:
    with pytest.raises(InvalidInput, match=r"household\.band: expected 1\.\.3, got"):
        decide(band=band, standards=BANDS)


@pytest.mark.parametrize(("on", "month"), [(OLD, 632), (NEW, 300)])
def test_bands_are_lawful_since_2021(on: date, month: int) -> None:
    assert paid(decide(band=2, on=on, standards=BANDS)) == month


def test_bands_and_supplements_add_up() -> None:
    table = local(
        row("dibao.bands", ["200", "300", "400"]),
        rate("elderly", "0.1"),
        *rounding("1", "up", "household"),
    )
    members = (person(birth=date(1950, 1, 1)), person(Relation.SPOUSE))
    assert paid(decide(*members, band=2, standards=table)) == 600 + 64  # 63.20 up


@pytest.mark.parametrize(
    ("on", "start"),
    [
        (date(2022, 1, 1), date(2022, 2, 1)),
        (date(2022, 1, 31), date(2022, 2, 1)),
        (date(2021, 12, 31), date(2022, 1, 1)),
        (OLD, date(2021, 7, 1)),
        (NEW, date(2021, 8, 1)),
    ],
)
def test_payment_begins_the_month_after(on: date, start: date) -> None:
    decision = decide(on=on)
    assert decision.award is not None
    assert decision.award.start == start


def test_a_place_may_pay_from_the_month_of_approval() -> None:
    same = local(row("dibao.first_payment", "same_month"))
    decision = decide(on=date(2022, 1, 31), standards=same)
    assert decision.award is not None
    assert decision.award.start == date(2022, 1, 1)
