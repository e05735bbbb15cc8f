"""Which figures and which law of temporary assistance hold in a place on a day."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import lru_cache
from math import lcm

from minzheng.base.money import Mode
from minzheng.benefits.temporary_assistance.facts import Terms, Type
from minzheng.people import Residence
from minzheng.standards import Standards
from minzheng.standards.reading import Reading, Resolved

__all__ = ["DEGREES", "terms"]

DEGREES = (1, 2, 3)
_NOT_HELD = Fraction(-1)


@lru_cache(maxsize=1024)
def terms(standards: Standards, area: str, on: date, residence: Residence) -> Resolved[Terms]:
    """Read the terms of temporary assistance.

    Args:
        standards: the tables.
        area: six-digit code of the county.
        on: the day of the decision.
        residence: rural or urban.

    Returns:
        The terms with the figures they rest on; ``terms`` is ``None`` when the law of
        that day is not held. Amounts and multiples that are not held are -1.

    Raises:
        NotFound: when no area bore that code on that day.

    Example:
        >>> held = terms(Standards.bundled(), "330106", date(2021, 1, 4), Residence.URBAN)
        >>> held.terms.ceiling_general, held.terms.ceiling_special, held.terms.emergency_1
        (6, 12, -1)
    """
    read = Reading(standards, area, on, residence=residence.name.lower())
    standard = read.get("dibao.standard")
    income = read.get("income.disposable_per_capita")
    emergency = read.need("temporary_assistance.emergency.objects")
    expenditure = read.need("temporary_assistance.expenditure.objects")
    filing = read.need("temporary_assistance.filing")
    read.get("temporary_assistance.set_by")
    mode = read.get("temporary_assistance.rounding.mode")
    limit = read.get("temporary_assistance.township_limit")
    ratios = {
        f"{kind.name.lower()}_{degree}": read.get(
            "temporary_assistance.multiple", type=kind.name.lower(), degree=str(degree)
        )
        for kind in Type
        for degree in DEGREES
    } | {
        f"ceiling_{hardship}": read.get("temporary_assistance.ceiling", hardship=hardship)
        for hardship in ("general", "special")
    }
    exact = {name: read.ratio(found) if found else _NOT_HELD for name, found in ratios.items()}
    scale = lcm(*(ratio.denominator for ratio in exact.values()))
    return read.resolve(
        Terms(
            scale=scale,
            standard_year=read.fen_a_year(standard) if standard else -1,
            income_limit_year=read.fen_a_year(income) if income else -1,
            income_inclusive=read.yes(
                read.get("temporary_assistance.expenditure.income_inclusive")
            ),
            individuals=emergency is not None and emergency.value == "families_and_individuals",
            dibao_families_only=expenditure is not None and expenditure.value == "dibao_families",
            spending_only_enrolled=read.yes(
                read.get("temporary_assistance.spending_only.enrolled")
            ),
            spending_only_poor=read.yes(read.get("temporary_assistance.spending_only.poor")),
            poor_first=read.yes(read.get("temporary_assistance.poor_first")),
            jobless_months=read.whole(read.get("temporary_assistance.jobless.months")),
            filed_at_emergency=filing is not None and filing.value == "emergency_place",
            simplified=read.yes(read.get("temporary_assistance.urgent.simplified")),
            first_permitted=read.yes(read.get("temporary_assistance.first.permitted")),
            first_required=read.yes(read.get("temporary_assistance.first.required")),
            case_by_case=read.yes(read.get("temporary_assistance.case_by_case")),
            months_max=read.whole(read.get("temporary_assistance.months_max"), otherwise=-1),
            township_limit=read.fen(limit, otherwise=-1),
            rounding_unit=read.fen(read.get("temporary_assistance.rounding.unit"), otherwise=1),
            rounding_mode=Mode[str(mode.value).upper()] if mode else Mode.HALF_UP,
            **{name: int(ratio * scale) if ratio >= 0 else -1 for name, ratio in exact.items()},
        )
    )
