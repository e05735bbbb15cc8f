"""Which figures and which law of dibao hold in a place on a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import Any

from minzheng.base.money import Mode
from minzheng.benefits.counting import counting
from minzheng.benefits.dibao.facts import Terms
from minzheng.people import Residence
from minzheng.standards import Standards
from minzheng.standards.reading import Reading, Resolved

__all__ = ["terms"]

_CONDITION = {"hardship": 1, "edge": 2, "any": 4}
_GROUPS = (
    "severe_disability",
    "grade_3_mental",
    "serious_illness",
    "clergy",
    "elderly",
    "minor",
    "unemployed_severe_disability",
    "severe_disability_own_register",
    "special_hardship",
)
_AWAY = ("prison", "labour_reeducation", "drug_rehabilitation", "declared_missing", "clergy_away")
_CATEGORIES = ("elderly", "minor", "severe_disability", "serious_illness")


@lru_cache(maxsize=1024)
def terms(standards: Standards, area: str, on: date, residence: Residence) -> Resolved[Terms]:
    """Read the terms of dibao.

    Args:
        standards: the tables.
        area: six-digit code of the county.
        on: the day of the decision.
        residence: rural or urban.

    Returns:
        The terms with the figures they rest on; ``terms`` is ``None`` when the
        standard or the law of that day is not held, and ``missing`` says which.

    Raises:
        NotFound: when no area bore that code on that day.

    Example:
        >>> held = terms(Standards.bundled(), "130822", date(2020, 7, 24), Residence.RURAL)
        >>> held.terms.standard_year, held.terms.counts_parents
        (480000, True)
    """
    read = Reading(standards, area, on, residence=residence.name.lower())
    standard = read.fen_a_year(read.need("dibao.standard"))
    plain: dict[str, Any] = {
        "standard_year": standard,
        "income_inclusive": read.yes(read.need("dibao.income.inclusive")),
        "adult_age": read.whole(read.need("age.adult")),
        "severe_grade": read.whole(read.need("disability.severe_grade")),
        **_membership(read),
        **counting(read, "dibao.income.counted"),
        **_alone(read),
        **_tests(read),
        **_payment(read),
    }
    shares = {
        **_deductions(read),
        **_ceilings(read, standard),
        **_supplements(read, standard),
        **{f"rate_{each}": _rate(read, each) for each in _GROUPS},
    }
    scale = lcm(*(share.denominator for share in shares.values()))
    scaled: dict[str, Any] = {
        name: -1 if share < 0 else int(share * scale) for name, share in shares.items()
    }
    return read.resolve(Terms(scale=scale, **plain, **scaled))


def _membership(read: Reading) -> dict[str, Any]:
    read.get("dibao.member.defined")
    student = read.need("dibao.member.student")
    return {
        "counts_parents": read.yes(read.need("dibao.member.parents")),
        "counts_enrolled_students": student is not None and student.value == "enrolled",
        **{
            f"excludes_{status}": read.yes(read.get("dibao.member.excluded", status=status))
            for status in _AWAY
        },
    }


def _deductions(read: Reading) -> dict[str, Fraction]:
    return {
        "employment_share": read.ratio(read.get("dibao.deduction.employment")),
        "medical_share": read.ratio(read.get("dibao.deduction.rigid", kind="medical")),
        "disability_share": read.ratio(read.get("dibao.deduction.rigid", kind="disability")),
    }


def _alone(read: Reading) -> dict[str, Any]:
    edge = read.ratio(read.get("dibao.edge.ratio"))
    inclusive = read.get("dibao.edge.inclusive")
    found = {group: read.get("dibao.single.condition", group=group) for group in _GROUPS}
    return {
        "knows_edge": inclusive is not None,
        "edge_numerator": edge.numerator,
        "edge_denominator": edge.denominator,
        "edge_inclusive": read.yes(inclusive),
        "elderly_age": read.whole(read.need("age.elderly")),
        **{
            f"single_{group}": _CONDITION[str(row.value)] if row else 0
            for group, row in found.items()
        },
    }


def _rate(read: Reading, group: str) -> Fraction:
    return read.ratio(read.get("dibao.single.rate", group=group))


def _tests(read: Reading) -> dict[str, Any]:
    read.get("dibao.property.set_by")
    return {
        "homes_max": read.whole(read.get("dibao.property.homes"), otherwise=-1),
        "tests_cars": read.yes(read.get("dibao.property.car")),
        "exempts_mobility_cars": read.yes(read.get("dibao.property.mobility_car_exempt")),
        "tests_luxury": read.yes(read.get("dibao.property.luxury")),
        "tests_visible_living": read.yes(read.get("dibao.property.visible_living")),
    }


def _ceilings(read: Reading, standard: int) -> dict[str, Fraction]:
    """Ceilings in fen, and of floor area in hundredths of a square metre; -1 is no test."""
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


def _supplements(read: Reading, standard: int) -> dict[str, Fraction]:
    """Fen a year per person of each category: a share of the standard, or an amount."""
    yearly = {}
    for category in _CATEGORIES:
        due = read.get("dibao.supplement.due", category=category)
        if due is not None and due.value is False:
            yearly[f"supplement_{category}"] = Fraction(0)
            continue
        rate = read.get("dibao.supplement.rate", category=category)
        amount = None if rate else read.get("dibao.supplement.amount", category=category)
        yearly[f"supplement_{category}"] = read.ratio(rate) * standard + 12 * read.fen(amount)
    if sum(each > 0 for each in yearly.values()) > 1:  # how they combine is then no detail
        read.need("dibao.supplement.combine")
    return yearly


def _payment(read: Reading) -> dict[str, Any]:
    unit = read.get("dibao.rounding.unit")
    mode = read.need("dibao.rounding.mode") if unit else None
    scope = read.need("dibao.rounding.scope") if unit else None
    combine = read.get("dibao.supplement.combine")
    permitted = read.yes(read.need("dibao.bands.permitted"))
    read.get("dibao.first_payment")
    elderly = read.get("dibao.supplement.elderly_age") or read.need("age.elderly")
    minor = read.get("dibao.supplement.minor_age") or read.need("age.adult")
    return {
        "pays_bands": permitted and read.get("dibao.bands") is not None,
        "supplement_elderly_age": read.whole(elderly),
        "supplement_minor_age": read.whole(minor),
        "supplements_add_up": combine is not None and combine.value == "sum",
        "rounding_unit": read.fen(unit, otherwise=1),
        "rounding_mode": Mode[str(mode.value).upper()] if mode else Mode.HALF_UP,
        "rounds_per_person": scope is not None and scope.value == "person",
    }
