"""Which figures and which measures of the schooling aid hold on a day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from minzheng.benefits.orphan_schooling.facts import Adopted, Terms
from minzheng.people import Residence, School
from minzheng.standards import Standards
from minzheng.standards.reading import Reading, Resolved

__all__ = ["terms"]

_SCHOOLS = tuple(each.name.lower() for each in School if each is not School.NONE)


@lru_cache(maxsize=1024)
def terms(standards: Standards, area: str, on: date, residence: Residence) -> Resolved[Terms]:
    """Read the terms of the schooling aid.

    Args:
        standards: the tables.
        area: six-digit code of the county.
        on: the day of the decision.
        residence: makes no difference.

    Returns:
        The terms with the figures they rest on; ``terms`` is ``None`` when the project does
        not run on that day.

    Raises:
        NotFound: when no area bore that code on that day.

    Example:
        >>> days = date(2025, 4, 13), date(2025, 4, 14)
        >>> held = [terms(Standards.bundled(), "130822", on, Residence.RURAL) for on in days]
        >>> [each.terms.pays_senior_high for each in held], held[0].terms.whole_year
        ([False, True], 1000000)
    """
    read = Reading(standards, area, on, residence=residence.name.lower())
    adopted = read.get("orphan_schooling.adopted")
    return read.resolve(
        Terms(
            adult_age=read.whole(read.need("age.adult")),
            adopted=Adopted[str(adopted.value).upper()] if adopted else Adopted.UNSETTLED,
            **{
                f"pays_{school}": read.yes(read.get("orphan_schooling.school", school=school))
                for school in _SCHOOLS
            },
            asks_since_minor=read.yes(read.get("orphan_schooling.since_minor")),
            asks_in_mainland=read.yes(read.get("orphan_schooling.in_mainland")),
            asks_in_plan=read.yes(read.get("orphan_schooling.in_plan")),
            whole_year=read.fen(read.need("orphan_schooling.amount", part="whole"), -1),
            half_year=read.fen(read.get("orphan_schooling.amount", part="half"), -1),
        )
    )
