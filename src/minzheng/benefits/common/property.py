"""What a household owns, tested by the local rule: shared by dibao and dibao-marginal families.

社会救助暂行办法 art. 10: property by the rule of the place; its tests stand in the tables.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any

from attrs import frozen

from minzheng.benefits._engine import MANY, Ask, ParameterReader, code, computed, fact, fen, figure
from minzheng.benefits._engine import hundredths as hundredths_of
from minzheng.benefits.common.membership import FamilyParameters
from minzheng.people import Household

__all__ = ["Owned", "PropertyParameters", "ceilings", "facts", "scaled"]


@frozen(kw_only=True)
class PropertyParameters(FamilyParameters):
    """The tests of property of a place; a ceiling of -1 means that it has no such test.

    ``assets_max`` and ``assets_max_person`` are fen, ``floor_area_max_person`` hundredths of a
    square metre, all times ``scale``.
    """

    set_by: int = figure("dibao.property.set_by")
    scale: int = computed()
    assets_max: int = computed()
    assets_max_person: int = computed()
    homes_max: int = figure("dibao.property.homes")
    floor_area_max_person: int = computed()
    tests_cars: bool = figure("dibao.property.car")
    exempts_mobility_cars: bool = figure("dibao.property.mobility_car_exempt")
    tests_luxury: bool = figure("dibao.property.luxury")
    tests_visible_living: bool = figure("dibao.property.visible_living")


def ceilings(read: ParameterReader, standard: int) -> dict[str, Fraction]:
    """Ceilings in fen, and of floor area in hundredths of a square metre; -1 is no test.

    Args:
        read: of the place and the day.
        standard: the dibao standard in fen a year.
    """
    none = Fraction(-1)
    household = read.get("dibao.property.assets_income_multiple", scope="household")
    person = read.get("dibao.property.assets_income_multiple", scope="person")
    months = read.get("dibao.property.assets_standard_months")
    by_area = read.get("dibao.property.home_area_multiple")
    income = average = Fraction(0)
    if household or person:
        income = Fraction(read.fen_a_year(read.need("income.disposable_per_capita")))
    if by_area:
        held = read.need("housing.area_per_person")
        average = Fraction(held.value) * 100 if held and isinstance(held.value, Decimal) else none
    each = none
    if person:
        each = read.ratio(person) * income
    if months:
        by_months = read.ratio(months) * standard / 12
        each = by_months if each < 0 else min(each, by_months)
    return {
        "assets_max": read.ratio(household) * income if household else none,
        "assets_max_person": each,
        "floor_area_max_person": read.ratio(by_area) * average if by_area else none,
    }


def scaled(shares: dict[str, Any]) -> dict[str, Any]:
    """Shares as whole numbers of one ``scale``; a negative one, which is no share, as -1.

    Args:
        shares: fractions, or sequences of them.
    """
    flat = [
        each
        for share in shares.values()
        for each in (share if isinstance(share, list) else [share])
    ]
    scale = lcm(*(each.denominator for each in flat))

    def whole(share: Fraction) -> int:
        return -1 if share < 0 else int(share * scale)

    made = {
        name: [whole(each) for each in share] if isinstance(share, list) else whole(share)
        for name, share in shares.items()
    }
    return {"scale": scale, **made}


def has_tests(p: PropertyParameters) -> bool:
    """Whether the place has tests; elsewhere only the authority can say."""
    ceiling = max(p.assets_max, p.assets_max_person, p.homes_max, p.floor_area_max_person)
    return ceiling >= 0 or p.tests_cars or p.tests_luxury or p.tests_visible_living


def facts(*, passing: bool) -> Any:
    """The facts of what a household owns, for a benefit's ``Facts`` to inherit.

    Args:
        passing: whether passing the tests is good for the household; what fails the tests of dibao
            is good for a dibao-marginal family.
    """

    def ends(worst: Any, best: Any) -> tuple[Any, Any]:
        return (worst, best) if passing else (best, worst)

    def read_cars(h: Household, ask: Ask) -> int:
        owned = h.property
        cars = None if owned is None else owned.cars
        least = 0 if owned is None else owned.mobility_cars or 0
        taken: int = ask.take(cars, "cars", ends(MANY, least), ask.p.tests_cars, True, _PATH)
        return taken

    def read_mobility(h: Household, ask: Ask) -> int:
        owned = h.property
        most = owned.cars if owned is not None and owned.cars is not None else MANY
        cars = None if owned is None else owned.mobility_cars
        taken: int = ask.take(cars, "mobility_cars", ends(0, most), True, True, _PATH)
        return taken

    @frozen(kw_only=True)
    class Owned:
        """What the household owns; ``floor_area`` is in hundredths of a square metre."""

        financial_assets: int = fen(
            "property.financial_assets",
            ends=ends(MANY, 0),
            relevant=lambda p: p.assets_max >= 0 or p.assets_max_person >= 0,
        )
        homes: int = fact("property.homes", ends=ends(MANY, 0), relevant=lambda p: p.homes_max >= 0)
        floor_area: int = hundredths_of(
            "property.floor_area",
            ends=ends(MANY, 0),
            relevant=lambda p: p.floor_area_max_person >= 0,
        )
        cars: int = code(read_cars)
        mobility_cars: int = code(read_mobility, within="cars")
        luxury: bool = fact(
            "property.luxury", ends=ends(True, False), relevant=lambda p: p.tests_luxury
        )
        visibly_above: bool = fact(
            "property.visibly_above",
            ends=ends(True, False),
            relevant=lambda p: p.tests_visible_living,
        )
        meets_rule: bool = fact(
            "property.meets_dibao_rule",
            ends=ends(False, True),
            relevant=lambda p: not has_tests(p),
            idle=True,
        )

    return Owned


_PATH = "household.property"
Owned: Any = facts(passing=True)


def exceeds_assets(h: Any, size: int, p: PropertyParameters) -> bool:
    """Whether the financial assets are above a ceiling."""
    if p.assets_max >= 0 and h.financial_assets * p.scale > p.assets_max:
        return True
    return p.assets_max_person >= 0 and h.financial_assets * p.scale > p.assets_max_person * size


def exceeds_homes(h: Any, p: PropertyParameters) -> bool:
    """Whether there are more homes than allowed."""
    return p.homes_max >= 0 and h.homes > p.homes_max


def exceeds_floor_area(h: Any, size: int, p: PropertyParameters) -> bool:
    """Whether the floor area per person is above the ceiling."""
    most = p.floor_area_max_person
    return most >= 0 and h.floor_area * p.scale > most * size


def exceeds_cars(h: Any, p: PropertyParameters) -> bool:
    """Whether a car is owned that the place does not allow."""
    if not p.tests_cars or h.cars == 0:
        return False
    return not p.exempts_mobility_cars or h.cars > h.mobility_cars


def fails(h: Any, size: int, p: PropertyParameters) -> bool:
    """Whether the household fails any of the tests."""
    return (
        not h.meets_rule
        or exceeds_assets(h, size, p)
        or exceeds_homes(h, p)
        or exceeds_floor_area(h, size, p)
        or exceeds_cars(h, p)
        or (p.tests_luxury and h.luxury)
        or (p.tests_visible_living and h.visibly_above)
    )
