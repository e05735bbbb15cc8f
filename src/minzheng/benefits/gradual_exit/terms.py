"""Which figures and which law of a gradual exit hold in a place on a day."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from minzheng.base.dates import add_months, as_int, first_of_next_month
from minzheng.benefits.gradual_exit.facts import Pays, Terms
from minzheng.people import Residence
from minzheng.standards import Standards
from minzheng.standards.reading import Reading, Resolved

__all__ = ["terms"]


@lru_cache(maxsize=1024)
def terms(standards: Standards, area: str, on: date, residence: Residence) -> Resolved[Terms]:
    """Read the terms of a gradual exit.

    Args:
        standards: the tables.
        area: six-digit code of the county.
        on: the day of the decision; the exit starts on the first of the next month.
        residence: rural or urban.

    Returns:
        The terms with the figures they rest on; ``terms`` is ``None`` when the dibao
        standard or the income test of that day is not held, and ``missing`` says which.

    Raises:
        NotFound: when no area bore that code on that day.

    Example:
        >>> held = terms(Standards.bundled(), "130802", date(2023, 8, 31), Residence.RURAL)
        >>> held.terms.permitted, held.terms.months, held.terms.months_most, held.terms.start
        (True, -1, 6, 20230901)
    """
    read = Reading(standards, area, on, residence=residence.name.lower())
    months = read.whole(read.get("dibao.exit.months"), otherwise=-1)
    cause, amount = read.get("dibao.exit.cause"), read.get("dibao.exit.amount")
    upper = read.ratio(read.get("dibao.exit.income_ratio"))
    start = first_of_next_month(on)
    until = -1 if months < 1 else as_int(add_months(start, months) - timedelta(days=1))
    return read.resolve(
        Terms(
            standard_year=read.fen_a_year(read.need("dibao.standard")),
            qualifies_equal=read.yes(read.need("dibao.income.inclusive")),
            permitted=read.yes(read.get("dibao.exit.permitted")),
            any_cause=cause is not None and cause.value == "any",
            inclusive=read.yes(read.get("dibao.exit.inclusive")),
            months=months,
            months_most=read.whole(read.get("dibao.exit.months_most"), otherwise=-1),
            start=as_int(start),
            until=until,
            upper_numerator=upper.numerator,
            upper_denominator=upper.denominator,
            pays=Pays.UNKNOWN if amount is None else Pays[str(amount.value).upper()],
        )
    )
