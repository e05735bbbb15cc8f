"""Which figures and which law of the old-age allowance hold in a place on a day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from minzheng.benefits import bands
from minzheng.benefits.old_age_allowance.facts import Terms
from minzheng.people import Residence
from minzheng.standards import Standards
from minzheng.standards.reading import Reading, Resolved

__all__ = ["terms"]


@lru_cache(maxsize=1024)
def terms(standards: Standards, area: str, on: date, residence: Residence) -> Resolved[Terms]:
    """Read the terms of the old-age allowance.

    Args:
        standards: the tables.
        area: six-digit code of the county.
        on: the day of the decision.
        residence: rural or urban.

    Returns:
        The terms with the figures they rest on; ``terms`` is ``None`` on a day of which no
        law is held (before 2013-07-01). Amounts that are not held are -1.

    Raises:
        NotFound: when no area bore that code on that day.

    Example:
        >>> held = terms(Standards.bundled(), "130207", date(2014, 1, 1), Residence.RURAL)
        >>> held.terms.general_80, held.terms.general_85, held.terms.general_95
        (60000, 100000, -1)
    """
    read = Reading(standards, area, on, residence=residence.name.lower())
    rows = {
        group: bands.stated(read, "old_age_allowance.amount", hardship=word)
        for group, word in (("general", "no"), ("hardship", "yes"))
    }
    first = read.get("old_age_allowance.first_month")
    read.get("old_age_allowance.paid_every")
    return read.resolve(
        Terms(
            from_age=read.whole(read.need("old_age_allowance.from")),
            birthday_month=first is not None and first.value == "birthday_month",
            **{
                f"{group}_{age}": held[age].figure.fen_a_year() if age in held else -1
                for group, held in rows.items()
                for age in bands.AGES
            },
        )
    )
