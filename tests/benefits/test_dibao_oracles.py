"""Worked examples of dibao, from official, press and practice sources."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_CEILING, Decimal

import pytest
from dibao_cases import (
    AREA,
    SEVERE,
    case,
    codes,
    decide,
    earns,
    finding,
    local,
    paid,
    person,
    row,
)

from minzheng.people import Disability, DisabilityType, IncomeKind, Person, Relation
from minzheng.rules import Outcome
from minzheng.standards import Standards

PEOPLE = (Relation.APPLICANT, Relation.SPOUSE, Relation.PARENT)
UP = (
    row("dibao.rounding.unit", "1"),
    row("dibao.rounding.mode", "up"),
)
BY_HOUSEHOLD = (*UP, row("dibao.rounding.scope", "household"))
BY_PERSON = (*UP, row("dibao.rounding.scope", "person"))


def of_size(size: int, household_month: str) -> list[Person]:
    """Adults whose income, all the applicant's, is this much a month."""
    members = [person(relation) for relation in PEOPLE[:size]]
    members[0] = person(income=earns(household_month))
    return members


@pytest.mark.parametrize("band", [1, 2, 3, 4])
def test_a02_bands_of_shuangqiao(band: int) -> None:
    given, expected = case("A02")
    on, bundled = date(2023, 8, 29), Standards.bundled()
    decision = decide(area="130802", band=band, on=on, standards=bundled)
    month, year = given["bands_month"][band - 1], expected["year"][band - 1]
    assert paid(decision) == Decimal(month)
    assert 12 * paid(decision) == Decimal(year)
    full = bundled.find("dibao.standard", "130802", on, residence="rural")
    assert full.value == Decimal(expected["full_standard_year"])
    couple = decide(person(), person(Relation.SPOUSE), area="130802", band=band, on=on)
    assert paid(couple) == 2 * Decimal(month)


@pytest.mark.parametrize("by", ["amount", "rate"])
def test_a14_zhongshan_with_supplement(by: str) -> None:
    given, expected = case("A14")
    value = given["supplement_month"] if by == "amount" else given["supplement_ratio"]
    zhongshan = local(
        row(f"dibao.supplement.{by}", value, keys={"category": "minor"}),
        month=given["standard_month"],
        area="442000",
    )
    total = given["size"] * int(given["per_capita_income_month"])
    decision = decide(
        person(income=earns(total)),
        person(Relation.SPOUSE),
        person(Relation.CHILD, birth=date(2012, 1, 1)),
        on=date(2020, 7, 1),
        standards=zhongshan,
        area="442000",
    )
    assert paid(decision) == Decimal(expected["total_month"])
    assert finding(decision, "gap_year") == 12 * Decimal(expected["topup_month"])
    assert finding(decision, "supplements_year") == 12 * Decimal(given["supplement_month"])


@pytest.mark.parametrize("rounding", [(), BY_HOUSEHOLD])
@pytest.mark.parametrize("number", ["A15", "A18", "A19"])
def test_top_up_is_rounded_once_at_the_end(number: str, rounding: tuple[dict[str, object]]) -> None:
    given, expected = case(number)
    decision = decide(
        *of_size(given["size"], given["household_income_month"]),
        on=date(2020, 7, 24),
        standards=local(*rounding, month=given["standard_month"]),
    )
    assert paid(decision) == Decimal(expected["topup_month"])
    assert paid(decision) != Decimal(expected.get("never", "-1"))


@pytest.mark.parametrize("number", range(4))
def test_a22_boundaries(number: int) -> None:
    given, expected = case("A22")
    decision = decide(
        *of_size(1, given["per_capita_income_month"][number]),
        on=given["on"],
        standards=local(month=given["standard_month"]),
    )
    outcome, grounds = {
        "dibao": (Outcome.GRANTED, ["income_lower"]),
        "dibao_marginal": (Outcome.REFUSED, ["income_not_lower", "within_line"]),
        "none": (Outcome.REFUSED, ["income_not_lower"]),
    }[expected["class"][number]]
    assert (decision.outcome, codes(decision)) == (outcome, grounds)


S = Decimal(635)  # 0.65 S = 412.75 and 0.1 S = 63.5: both rounded


def alone(**facts: object) -> Person:
    """A member without income who may apply alone, beside two that earn 1.4 S a head."""
    return person(Relation.PARENT, **facts)


EARNERS = (
    person(income=earns("1333.5")),
    person(Relation.SPOUSE, income=earns("1333.5")),
)
RATES = local(
    *BY_PERSON,
    row("dibao.supplement.rate", "0.2", keys={"category": "serious_illness"}),
    row("dibao.supplement.rate", "0.1", keys={"category": "elderly"}),
    row("dibao.supplement.combine", "highest"),
    month=str(S),
)


@pytest.mark.parametrize("income", ["0", "0.01", "100", "333.33", "634.99"])
def test_a23_special_group(income: str) -> None:
    assert case("A23")[1]["special_group"] == "ceil(S - y) + 0.1 S"
    elder = person(birth=date(1950, 1, 1), income=earns(income))
    top_up = (S - Decimal(income)).to_integral_value(ROUND_CEILING)
    assert paid(decide(elder, standards=RATES)) == top_up + S / 10


def test_a23_special_group_of_two() -> None:
    elder = person(birth=date(1950, 1, 1), income=earns("100.50"))
    couple = decide(elder, person(Relation.SPOUSE), standards=RATES)
    # ceil(635 - 50.25) for each of the two, and 63.5 for one
    assert paid(couple) == 2 * 585 + Decimal("63.5")


def test_a23_members_enrolled_alone() -> None:
    expected = case("A23")[1]
    ill = decide(*EARNERS, alone(seriously_ill=True), standards=RATES)
    assert expected["serious_illness_member"] == "S + 0.2 S"
    assert paid(ill) == S + S / 5
    disabled = decide(*EARNERS, alone(disability=SEVERE), standards=RATES)
    assert expected["disabled_grade_1_2_member"] == "S"
    assert paid(disabled) == S


MENTAL_3 = Disability(type=DisabilityType.MENTAL, grade=3)


@pytest.mark.parametrize(
    ("group", "facts", "rate", "formula"),
    [
        ("severe_disability", {"disability": SEVERE}, "0.65", "single_person_disability_grade_1_2"),
        (
            "grade_3_mental",
            {"disability": MENTAL_3},
            "0.75",
            "single_person_disability_grade_3_mental_or_intellectual",
        ),
    ],
)
def test_a23_share_of_the_standard_for_a_person_alone(
    group: str, facts: dict[str, object], rate: str, formula: str
) -> None:
    assert case("A23")[1][formula] == f"ceil({rate} S)"
    table = local(*BY_PERSON, row("dibao.single.rate", rate, keys={"group": group}), month=str(S))
    decision = decide(*EARNERS, alone(**facts), standards=table)
    assert paid(decision) == (Decimal(rate) * S).to_integral_value(ROUND_CEILING)


def test_equal_to_the_standard_is_refused_and_a_fen_less_is_granted() -> None:
    equal = decide(*of_size(3, "1896"))
    assert (equal.outcome, codes(equal)) == (
        Outcome.REFUSED,
        ["income_not_lower", "within_line"],
    )
    assert paid(decide(*of_size(3, "1895.99"))) == Decimal("0.01")
    inclusive = local(row("dibao.income.inclusive", True))
    assert paid(decide(*of_size(3, "1896"), standards=inclusive)) == 0
    assert decide(*of_size(3, "1896.01"), standards=inclusive).outcome is Outcome.REFUSED


def test_the_county_without_a_figure_pays_by_the_city_floor_and_says_so() -> None:
    bundled, plan = Standards.bundled(), date(2020, 7, 24)
    mother = person(birth=date(1950, 3, 1), income=earns("155", IncomeKind.TRANSFER))
    decision = decide(mother, on=plan, standards=bundled)
    assert paid(decision) == 245  # the average top-up that the work plan sets out
    (standard,) = (each for each in decision.figures if each.figure.series == "dibao.standard")
    assert (standard.tried, standard.is_floor) == ((AREA, "130800"), True)
    assert any("is a minimum" in note.text for note in decision.notes)
    assert "states none of its own, the one of" in decision.explain("en")


@pytest.mark.parametrize("on", [date(2020, 7, 23), date(2021, 1, 1), date(2012, 12, 11)])
def test_a_day_without_a_figure_is_undetermined_and_says_what_is_held(on: date) -> None:
    decision = decide(on=on, standards=Standards.bundled())
    assert decision.outcome is Outcome.UNDETERMINED
    assert decision.award is None
    first = next(each for each in decision.missing if "dibao.standard" in each.message)
    assert first.path == "standards"
    assert "no point or floor of dibao.standard" in first.message
    assert "held: 130800 rural 4800 a year (floor, 2020-07-24 .. 2020-12-31)" in first.message
