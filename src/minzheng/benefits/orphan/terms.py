"""Which figures and which law of the orphans' allowance hold in a place on a day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from minzheng.benefits.child_rate import read_rates
from minzheng.benefits.orphan.facts import Terms
from minzheng.benefits.parents import read_parents
from minzheng.people import Residence, School
from minzheng.standards import Standards
from minzheng.standards.reading import Reading, Resolved

__all__ = ["terms"]

_SCHOOLS = tuple(each.name.lower() for each in School if each is not School.NONE)


@lru_cache(maxsize=1024)
def terms(standards: Standards, area: str, on: date, residence: Residence) -> Resolved[Terms]:
    """Read the terms of the orphans' allowance.

    Args:
        standards: the tables.
        area: six-digit code of the county.
        on: the day of the decision.
        residence: rural or urban; only for a rate that is a multiple of the dibao standard.

    Returns:
        The terms with the figures they rest on; ``terms`` is ``None`` when the law of that
        day is not held. A rate that is not held is -1.

    Raises:
        NotFound: when no area bore that code on that day.

    Example:
        >>> held = terms(Standards.bundled(), "370202", date(2021, 7, 1), Residence.URBAN)
        >>> held.terms.rate_dispersed, held.terms.rate_centralised, held.terms.hiv_rate
        (165000, 198000, -1)
    """
    read = Reading(standards, area, on, residence=residence.name.lower())
    read.need("orphan.conditions")
    read.get("orphan.first_payment")
    birthday = read.get("orphan.stop", event="of_age")
    return read.resolve(
        Terms(
            adult_age=read.whole(read.need("age.adult")),
            adoption_ends=read.yes(read.get("orphan.adopted")),
            hiv_rate=read.settled(read.get("orphan.hiv")),
            pays_birthday_month=-1 if birthday is None else int(birthday.value == "next_month"),
            **{
                f"continues_{school}": read.settled(read.get("orphan.continues", school=school))
                for school in _SCHOOLS
            },
            **read_parents(read),
            **read_rates(read),
        )
    )
