"""Which figures and which law of tekun hold in a place on a day."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import lru_cache
from math import lcm

from minzheng.base.money import Mode, round_fen
from minzheng.benefits.counting import counting
from minzheng.benefits.tekun.facts import Terms
from minzheng.benefits.tekun.supporter import FIGURES
from minzheng.people import Residence, SupporterStatus
from minzheng.standards import Found, Kind, Per, Standards
from minzheng.standards.reading import Reading, Resolved

__all__ = ["terms"]

_TYPES = ("visual", "physical", "intellectual", "mental")
_CARE = ("self", "partial", "complete")


@lru_cache(maxsize=1024)
def terms(standards: Standards, area: str, on: date, residence: Residence) -> Resolved[Terms]:
    """Read the terms of tekun.

    Args:
        standards: the tables.
        area: six-digit code of the county.
        on: the day of the decision.
        residence: rural or urban.

    Returns:
        The terms with the figures they rest on; ``terms`` is ``None`` when the tests
        of that day are not held. Amounts that are not held are -1, so that
        recognition can still be told.

    Raises:
        NotFound: when no area bore that code on that day.

    Example:
        >>> held = terms(Standards.bundled(), "130822", date(2023, 11, 1), Residence.RURAL)
        >>> held.terms.basic_year, held.terms.care_complete, held.terms.dibao_standard_year
        (744000, 36000, -1)
    """
    read = Reading(standards, area, on, residence=residence.name.lower())
    standard = read.get("dibao.standard")
    dibao = read.fen_a_year(standard) if standard else -1
    multiple = read.get("tekun.multiple") if standard else None
    grades = {name: read.get("tekun.labour.disability_grade", type=name) for name in _TYPES}
    allowance = read.get("tekun.child_allowance")
    read.get("tekun.conditions")
    read.get("tekun.property.set_by")
    for status in SupporterStatus:
        read.get("tekun.supporter.unable", status=status.name.lower())
    for series in FIGURES:
        read.get(series)
    read.get("tekun.first_payment")
    care = {name: _care(read, name) for name in _CARE}
    scale = lcm(*(amount.denominator for amount in care.values()))
    return read.resolve(
        Terms(
            scale=scale,
            dibao_standard_year=dibao,
            income_inclusive=read.yes(read.get("tekun.income.inclusive")),
            adult_age=read.whole(read.need("age.adult")),
            elderly_age=read.whole(read.need("tekun.labour.elderly_age")),
            minor_age=read.whole(read.need("tekun.labour.minor_age")),
            grades_held=any(grades.values()),
            continues_age=read.whole(read.get("tekun.continues.age"), otherwise=-1),
            continues_school=read.yes(read.get("tekun.continues.school")),
            orphans_first=allowance is not None and allowance.value == "child_allowance_first",
            partial_from=read.whole(read.get("tekun.self_care.partial_from")),
            complete_from=read.whole(read.get("tekun.self_care.complete_from")),
            basic_year=_basic(read, dibao, multiple),
            least_year=-(-read.ratio(multiple) * dibao // 1),
            **{f"grade_{name}": read.whole(found) for name, found in grades.items()},
            **{
                f"care_{name}": int(amount * scale) if amount >= 0 else -1
                for name, amount in care.items()
            },
            **counting(read, "tekun.income.counted"),
        )
    )


def _basic(read: Reading, dibao: int, multiple: Found | None) -> int:
    """Fen a year: the published amount, or a multiple stated nearer by; -1 when neither is held."""
    published = read.get("tekun.basic")
    own = multiple is not None and multiple.figure.kind is Kind.POINT
    if published and not (own and multiple and len(multiple.tried) < len(published.tried)):
        return published.figure.fen_a_year()
    if not own:
        return -1
    product = read.ratio(multiple) * dibao
    unit = read.get("tekun.rounding.unit")
    mode = read.need("tekun.rounding.mode") if unit else None
    months = 12 if unit and unit.figure.per is Per.MONTH else 1
    how = Mode[str(mode.value).upper()] if mode else Mode.HALF_UP
    each = round_fen(product.numerator, product.denominator * months, read.fen(unit, 1), how)
    return each * months


def _care(read: Reading, tier: str) -> Fraction:
    """Fen a month of a tier: an amount, or a share of the minimum wage; -1 when neither is held."""
    amount = read.get("tekun.care.amount", tier=tier)
    if amount:
        return Fraction(amount.figure.fen_a_year(), 12)
    rate = read.get("tekun.care.rate", tier=tier)
    local = read.get("minimum_wage.tier")
    wage = read.get("minimum_wage", tier=str(local.value)) if local else None
    return read.ratio(rate) * read.fen(wage) if rate and wage else Fraction(-1)
