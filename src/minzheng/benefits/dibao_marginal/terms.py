"""Which figures and which law of edge families hold in a place on a day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from minzheng.benefits.counting import counting
from minzheng.benefits.dibao.terms import ceilings, deductions, edge_line, property_tests, scaled
from minzheng.benefits.dibao_marginal.facts import Terms
from minzheng.benefits.members import membership
from minzheng.people import Residence
from minzheng.standards import Standards
from minzheng.standards.reading import Reading, Resolved

__all__ = ["terms"]


@lru_cache(maxsize=1024)
def terms(standards: Standards, area: str, on: date, residence: Residence) -> Resolved[Terms]:
    """Read the terms of the recognition of edge families.

    Args:
        standards: the tables.
        area: six-digit code of the county.
        on: the day of the decision.
        residence: rural or urban.

    Returns:
        The terms with the figures they rest on; ``terms`` is ``None`` when the dibao
        standard or the law of that day is not held, and ``missing`` says which. A line
        that is not held is 0, so that what does not hang on it can still be told.

    Raises:
        NotFound: when no area bore that code on that day.

    Example:
        >>> held = terms(Standards.bundled(), "130802", date(2023, 9, 1), Residence.URBAN)
        >>> held.terms.standard_year, held.terms.edge_numerator, held.terms.edge_denominator
        (900000, 3, 2)
    """
    read = Reading(standards, area, on, residence=residence.name.lower())
    read.need("dibao_marginal.conditions")
    read.get("dibao_marginal.property.set_by")
    standard = read.fen_a_year(read.need("dibao.standard"))
    plain: dict[str, Any] = {
        "standard_year": standard,
        "income_inclusive": read.yes(read.need("dibao.income.inclusive")),
        "adult_age": read.whole(read.need("age.adult")),
        **membership(read),
        **counting(read, "dibao.income.counted"),
        **edge_line(read),
        **property_tests(read),
    }
    shares = {**deductions(read), **ceilings(read, standard)}
    return read.resolve(Terms(**plain, **scaled(shares)))
