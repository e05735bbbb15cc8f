"""Which figures and which law of dibao hold in a place on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import Any

from minzheng.base.money import Mode
from minzheng.benefits.counting import counting
from minzheng.benefits.dibao.facts import Terms
from minzheng.benefits.members import membership
from minzheng.people import Residence
from minzheng.standards import Standards
from minzheng.standards.reading import Reading, Resolved

__all__ = ["ceilings", "deductions", "edge_line", "property_tests", "scaled", "terms"]

_CONDITION = {"hardship": 1, "dibao_marginal": 2, "any": 4}
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
        **membership(read),
        **counting(read, "dibao.income.counted"),
        **_alone(read),
        **property_tests(read),
        **_payment(read),
    }
    shares = {
        **deductions(read),
        **ceilings(read, standard),
        **_supplements(read, standard),
        **{f"rate_{each}": _rate(read, each) for each in _GROUPS},
    }
    return read.resolve(Terms(**plain, **scaled(shares)))


def scaled(shares: Mapping[str, Fraction]) -> dict[str, Any]:
    """Shares as whole numbers of one ``scale``; a negative one, which is no share, as -1."""
    scale = lcm(*(share.denominator for share in shares.values()))
    whole = {name: -1 if share < 0 else int(share * scale) for name, share in shares.items()}
    return {"scale": scale, **whole}


def deductions(read: Reading) -> dict[str, Fraction]:
    """The shares that are deducted from income."""
    return {
        "employment_share": read.ratio(read.get("dibao.deduction.employment")),
        "medical_share": read.ratio(read.get("dibao.deduction.rigid", kind="medical")),
        "disability_share": read.ratio(read.get("dibao.deduction.rigid", kind="disability")),
    }


def _alone(read: Reading) -> dict[str, Any]:
    line = edge_line(read)
    found = {group: read.get("dibao.single.condition", group=group) for group in _GROUPS}
    return {
        **line,
        "elderly_age": read.whole(read.need("age.elderly")),
        **{
            f"single_{group}": _CONDITION[str(row.value)] if row else 0
            for group, row in found.items()
        },
    }


def edge_line(read: Reading) -> dict[str, Any]:
    """The edge line as a multiple of the standard; 0 where it is not held.

    Where the place caps what its counties may set, a county's own multiple is cut to the
    minimum wage, and is not known without it.
    """
    held = read.get("dibao_marginal.ratio")
    cap = read.get("dibao_marginal.cap")
    ratio = read.ratio(held)
    if held and cap and len(held.tried) < len(cap.tried):
        tier = read.get("minimum_wage.tier")
        wage = read.get("minimum_wage", tier=str(tier.value)) if tier else None
        standard = read.fen_a_year(read.get("dibao.standard"))
        most = Fraction(read.fen_a_year(wage), standard) if wage and standard else Fraction(0)
        ratio = min(ratio, most)
    inclusive = read.get("dibao_marginal.inclusive")
    return {
        "knows_edge": inclusive is not None,
        "edge_numerator": ratio.numerator,
        "edge_denominator": ratio.denominator,
        "edge_inclusive": read.yes(inclusive),
    }


def _rate(read: Reading, group: str) -> Fraction:
    return read.ratio(read.get("dibao.single.rate", group=group))


def property_tests(read: Reading) -> dict[str, Any]:
    """The tests of property that need no ceiling."""
    read.get("dibao.property.set_by")
    return {
        "homes_max": read.whole(read.get("dibao.property.homes"), otherwise=-1),
        "tests_cars": read.yes(read.get("dibao.property.car")),
        "exempts_mobility_cars": read.yes(read.get("dibao.property.mobility_car_exempt")),
        "tests_luxury": read.yes(read.get("dibao.property.luxury")),
        "tests_visible_living": read.yes(read.get("dibao.property.visible_living")),
    }


def ceilings(read: Reading, standard: int) -> dict[str, Fraction]:
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
