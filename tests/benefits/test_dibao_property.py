"""The property tests: Hebei's of 2013 and local ones, each from both sides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from dibao_cases import codes, decide, earns, local, missing, owns, person, row

from minzheng.decision import Decision
from minzheng.errors import InvalidInput
from minzheng.people import Relation
from minzheng.rules import Outcome

HEBEI_2013, LAST_OF_2013, AFTER = date(2013, 5, 24), date(2013, 12, 31), date(2014, 1, 1)
INCOME = row("income.disposable_per_capita", "10000")
AREA = row("housing.area_per_person", "30")
HOUSEHOLD_ASSETS = row("dibao.property.assets_income_multiple", "1.5", keys={"scope": "household"})
PERSON_ASSETS = row("dibao.property.assets_income_multiple", "0.5", keys={"scope": "person"})
MONTHS = row("dibao.property.assets_standard_months", "24")
FLOOR_AREA = row("dibao.property.home_area_multiple", "2")
HOMES = row("dibao.property.homes", 1)
CAR = row("dibao.property.car", True)
EXEMPT = row("dibao.property.mobility_car_exempt", True)
LUXURY = row("dibao.property.luxury", True)
LIVING = row("dibao.property.visible_living", True)
COUPLE = (person(), person(Relation.SPOUSE))


def owning(rows: Sequence[Mapping[str, object]], **facts: Any) -> Decision:
    """The decision of 2022 on a couple that owns this, under a place with these tests."""
    return decide(*COUPLE, property=owns(**facts), standards=local(*rows))


@pytest.mark.parametrize(
    ("rows", "passes", "fails", "code"),
    [
        ([INCOME, HOUSEHOLD_ASSETS], {"financial_assets": 15000}, "15000.01", "financial_assets"),
        ([INCOME, PERSON_ASSETS], {"financial_assets": 10000}, "10000.01", "financial_assets"),
        ([MONTHS], {"financial_assets": 24 * 632 * 2}, "30336.01", "financial_assets"),
        ([AREA, FLOOR_AREA], {"floor_area": 120}, "120.01", "floor_area"),
        ([HOMES], {"homes": 1}, 2, "homes"),
        ([CAR], {"cars": 0}, 1, "car"),
        ([LUXURY], {"luxury": False}, True, "luxury"),
        ([LIVING], {"visibly_above": False}, True, "visible_living"),
    ],
)
def test_each_test_from_both_sides(
    rows: Sequence[Mapping[str, object]], passes: dict[str, Any], fails: object, code: str
) -> None:
    assert owning(rows, **passes).outcome is Outcome.GRANTED
    (fact,) = passes
    refused = owning(rows, **{fact: fails})
    assert (refused.outcome, codes(refused)) == (Outcome.REFUSED, [code])
    assert owning([], **{fact: fails}).outcome is Outcome.GRANTED  # where it is not tested
    assert missing(owning(rows, **{fact: None})) == [f"household.property.{fact}"]


@pytest.mark.parametrize(
    ("rows", "limit"),
    [
        ([INCOME, PERSON_ASSETS, MONTHS], 10000),
        (
            [
                INCOME,
                row("dibao.property.assets_income_multiple", "9", keys={"scope": "person"}),
                MONTHS,
            ],
            30336,
        ),
        ([INCOME, HOUSEHOLD_ASSETS, PERSON_ASSETS], 10000),
        ([INCOME, HOUSEHOLD_ASSETS, MONTHS], 15000),
    ],
)
def test_of_several_ceilings_the_lowest_binds(
    rows: Sequence[Mapping[str, object]], limit: int
) -> None:
    assert owning(rows, financial_assets=limit).outcome is Outcome.GRANTED
    assert owning(rows, financial_assets=f"{limit}.01").outcome is Outcome.REFUSED


def test_multiples_are_exact() -> None:
    third = row("dibao.property.assets_income_multiple", "1/3", keys={"scope": "household"})
    assert owning([INCOME, third], financial_assets="3333.33").outcome is Outcome.GRANTED
    assert owning([INCOME, third], financial_assets="3333.34").outcome is Outcome.REFUSED


@pytest.mark.parametrize(
    ("cars", "mobility", "exempt", "granted"),
    [
        (1, 1, True, True),
        (1, 0, True, False),
        (2, 1, True, False),
        (1, 1, False, False),
        (0, 0, False, True),
    ],
)
def test_mobility_vehicles(cars: int, mobility: int, exempt: bool, granted: bool) -> None:
    rows = [CAR, EXEMPT] if exempt else [CAR]
    decision = owning(rows, cars=cars, mobility_cars=mobility)
    assert (decision.outcome is Outcome.GRANTED) is granted


def test_whether_a_car_is_exempt_is_asked_only_of_car_owners() -> None:
    unknown = {"mobility_cars": None}
    assert missing(owning([CAR, EXEMPT], cars=1, **unknown)) == ["household.property.mobility_cars"]
    assert owning([CAR, EXEMPT], cars=0, **unknown).outcome is Outcome.GRANTED
    assert owning([CAR], cars=1, **unknown).outcome is Outcome.REFUSED


@pytest.mark.parametrize(
    ("rows", "series"),
    [
        ([PERSON_ASSETS], "income.disposable_per_capita"),
        ([HOUSEHOLD_ASSETS], "income.disposable_per_capita"),
        ([FLOOR_AREA], "housing.area_per_person"),
        ([FLOOR_AREA, {**AREA, "kind": "average"}], "housing.area_per_person"),
    ],
)
def test_a_multiple_without_its_base_is_undetermined(
    rows: Sequence[Mapping[str, object]], series: str
) -> None:
    decision = owning(rows)
    assert decision.outcome is Outcome.UNDETERMINED
    assert series in decision.missing[0].message


def test_the_authoritys_finding_decides_where_no_test_is_held() -> None:
    assert owning([], meets_dibao_rule=True).outcome is Outcome.GRANTED
    assert codes(owning([], meets_dibao_rule=False)) == ["property_rule"]
    assert missing(owning([], meets_dibao_rule=None)) == ["household.property.meets_dibao_rule"]
    assert missing(decide(property=None)) == ["household.property.meets_dibao_rule"]


def test_where_tests_are_held_the_finding_is_not_asked_but_counts() -> None:
    assert owning([HOMES], meets_dibao_rule=None).outcome is Outcome.GRANTED
    assert codes(owning([HOMES], meets_dibao_rule=False)) == ["property_rule"]


def test_both_reasons_are_given() -> None:
    rich = decide(person(income=earns(9999)), property=owns(cars=1), standards=local(CAR))
    assert codes(rich) == ["car", "income_not_lower"]
    poor = decide(property=owns(cars=1), standards=local(CAR))
    assert codes(poor) == ["car"]


def test_the_rule_for_marginal_families_bars_those_who_would_apply_alone() -> None:
    """最低生活保障审核确认办法 art. 8: out of a 低保边缘家庭, which meets that family's property rule."""
    ill = person(Relation.SPOUSE, seriously_ill=True)
    edge = (person(income=earns("1600")), ill)
    assert decide(*edge, standards=local(CAR)).outcome is Outcome.GRANTED
    kept = decide(*edge, property=owns(cars=1), standards=local(CAR))
    assert (kept.outcome, kept.award and kept.award.persons) == (Outcome.GRANTED, 1)
    owned = owns(cars=1, meets_dibao_marginal_rule=False)
    barred = decide(*edge, property=owned, standards=local(CAR))
    assert barred.outcome is Outcome.REFUSED
    assert codes(barred) == ["car", "income_not_lower", "within_line"]


HEBEI = local(INCOME, AREA)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"financial_assets": "10000.01"}, "financial_assets"),
        ({"homes": 2}, "homes"),
        ({"floor_area": "120.01"}, "floor_area"),
        ({"cars": 1}, "car"),
        ({"luxury": True}, "luxury"),
        ({"visibly_above": True}, "visible_living"),
    ],
)
def test_the_five_situations_of_hebei_hold_for_2013_only(facts: dict[str, Any], code: str) -> None:
    for on in (HEBEI_2013, LAST_OF_2013):
        refused = decide(*COUPLE, property=owns(**facts), on=on, standards=HEBEI)
        assert codes(refused) == [code]
        just = {"financial_assets": 10000, "floor_area": 120, "cars": 1, "mobility_cars": 1}
        assert decide(*COUPLE, property=owns(**just), on=on, standards=HEBEI).award
    for on in (date(2013, 5, 23), AFTER):
        assert decide(*COUPLE, property=owns(**facts), on=on, standards=HEBEI).award


def test_mobility_vehicles_are_part_of_the_cars() -> None:
    with pytest.raises(InvalidInput, match="mobility_cars: are part of the cars"):
        owns(cars=1, mobility_cars=2)


def test_floor_area_has_two_decimals_or_is_refused() -> None:
    assert owns(floor_area="120.010").floor_area == Decimal("120.01")
    with pytest.raises(InvalidInput, match="floor_area: "):
        owns(floor_area="120.001")
