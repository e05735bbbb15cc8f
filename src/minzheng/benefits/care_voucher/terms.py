"""Which figures of the care vouchers hold in a place on a day."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import lru_cache
from math import lcm

from minzheng.benefits.care_voucher.facts import Terms
from minzheng.people import CareService, Residence
from minzheng.standards import Standards
from minzheng.standards.reading import Reading, Resolved

__all__ = ["terms"]


@lru_cache(maxsize=1024)
def terms(standards: Standards, area: str, on: date, residence: Residence) -> Resolved[Terms]:
    """Read the terms of the care vouchers.

    Args:
        standards: the tables.
        area: six-digit code of the county.
        on: a day of the month.
        residence: rural or urban.

    Returns:
        The terms with the figures they rest on; ``terms`` is ``None`` before 2026-01-01,
        for the pilots of 2025 are held for no place.

    Raises:
        NotFound: when no area bore that code on that day.

    Example:
        >>> held = terms(Standards.bundled(), "130802", date(2026, 1, 1), Residence.URBAN)
        >>> held.terms.share_home, held.terms.share_institution, held.terms.scale, held.terms.cap
        (5, 4, 10, 80000)
    """
    read = Reading(standards, area, on, residence=residence.name.lower())
    age = read.need("care_voucher.age")
    level = read.need("care_voucher.level")
    rows = {
        f"share_{each.name.lower()}": read.get("care_voucher.share", service=each.name.lower())
        for each in CareService
    }
    shares = {name: read.ratio(found) if found else Fraction(-1) for name, found in rows.items()}
    scale = lcm(*(share.denominator for share in shares.values()))
    cap = read.need("care_voucher.cap")
    read.get("care_voucher.assessment")
    excluded = {
        each: read.yes(read.get("care_voucher.excluded", benefit=each))
        for each in ("tekun", "centralised_care", "improvement_action")
    }
    return read.resolve(
        Terms(
            from_age=read.whole(age),
            from_level=read.whole(level),
            scale=scale,
            cap=read.fen(cap),
            **{name: int(share * scale) if share >= 0 else -1 for name, share in shares.items()},
            not_with_tekun=excluded["tekun"],
            not_with_centralised_care=excluded["centralised_care"],
            not_with_improvement_action=excluded["improvement_action"],
        )
    )
