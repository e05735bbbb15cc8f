"""Which figures and which law of children in fact unattended hold in a place on a day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from math import lcm
from typing import Any

from minzheng.benefits.child_rate import read_rates
from minzheng.benefits.de_facto_unattended.facts import Terms
from minzheng.benefits.drawing import netting
from minzheng.benefits.parents import read_parents
from minzheng.people import Residence
from minzheng.standards import Standards
from minzheng.standards.reading import Reading, Resolved

__all__ = ["terms"]


@lru_cache(maxsize=1024)
def terms(standards: Standards, area: str, on: date, residence: Residence) -> Resolved[Terms]:
    """Read the terms of the subsidy of children in fact unattended.

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
        >>> days = date(2020, 12, 31), date(2021, 1, 1)
        >>> held = [terms(Standards.bundled(), "130822", on, Residence.RURAL) for on in days]
        >>> [int(each.terms.unattended_removed) for each in held]
        [0, 1]
    """
    read = Reading(standards, area, on, residence=residence.name.lower())
    read.need("de_facto_unattended.conditions")
    read.get("de_facto_unattended.first_payment")
    shares = {
        name: read.need("de_facto_unattended.share", family=name) for name in ("poor", "other")
    }
    ratios = {name: read.ratio(found) for name, found in shares.items()}
    scale = lcm(*(ratio.denominator for ratio in ratios.values()))
    plain: dict[str, Any] = {
        **{f"share_{name}": int(ratio * scale) for name, ratio in ratios.items()},
        **netting(read, "de_facto_unattended.netting"),
        **read_parents(read),
        **read_rates(read),
    }
    return read.resolve(Terms(adult_age=read.whole(read.need("age.adult")), scale=scale, **plain))
