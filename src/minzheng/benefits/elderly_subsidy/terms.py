"""Which figures and which law of the subsidies of elders in hardship hold in a place on a day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from minzheng.benefits import bands
from minzheng.benefits.elderly_subsidy.facts import Combine, Terms
from minzheng.people import Residence
from minzheng.standards import Standards
from minzheng.standards.reading import Reading, Resolved

__all__ = ["CARE_AGE", "GROUPS", "terms"]

GROUPS = ("dibao", "tekun", "other")
CARE_AGE = 60
"""The age under which parts that do not go by age are looked up."""
_AMOUNT = "elderly_subsidy.amount"


@lru_cache(maxsize=1024)
def terms(standards: Standards, area: str, on: date, residence: Residence) -> Resolved[Terms]:
    """Read the terms of the subsidies of elders in economic hardship.

    Args:
        standards: the tables.
        area: six-digit code of the county.
        on: the day of the decision.
        residence: rural or urban.

    Returns:
        The terms with the figures they rest on; ``terms`` is ``None`` on a day of which
        no law is held. Amounts that are not held are -1.

    Raises:
        NotFound: when no area bore that code on that day.

    Example:
        >>> held = terms(Standards.bundled(), "140105", date(2016, 1, 1), Residence.URBAN)
        >>> held.terms.dibao_80, held.terms.dibao_care, held.terms.other_100
        (3000, 6000, 30000)
    """
    read = Reading(standards, area, on, residence=residence.name.lower())
    amounts: dict[str, int] = {}
    for group in GROUPS:
        rows = bands.stated(read, _AMOUNT, part="aged", assistance=group)
        for age in bands.AGES:
            amounts[f"{group}_{age}"] = read.fen(rows.get(age), otherwise=-1)
        for part in ("care", "bereaved"):
            found = read.get(_AMOUNT, part=part, assistance=group, age=str(CARE_AGE))
            amounts[f"{group}_{part}"] = read.fen(found, otherwise=-1)
    combine = read.get("elderly_subsidy.combine")
    read.get("elderly_subsidy.by_degree")
    excluded = read.get("elderly_subsidy.excluded", benefit="disability_care")
    return read.resolve(
        Terms(
            elderly_age=read.whole(read.need("age.elderly")),
            held=any(amount >= 0 for amount in amounts.values()),
            level_mzt=read.whole(read.get("elderly_subsidy.level", scale="mzt_039")),
            level_gbt=read.whole(read.get("elderly_subsidy.level", scale="gbt_42195")),
            combine=Combine[str(combine.value).upper()] if combine else Combine.UNKNOWN,
            not_with_disability_care=read.yes(excluded),
            **amounts,
        )
    )
