"""Which figures and which law of the care subsidy hold in a place on a day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from minzheng.benefits.disability_care.facts import Terms
from minzheng.people import DisabilityType, Residence
from minzheng.standards import Standards
from minzheng.standards.reading import Reading, Resolved

__all__ = ["terms"]


@lru_cache(maxsize=1024)
def terms(standards: Standards, area: str, on: date, residence: Residence) -> Resolved[Terms]:
    """Read the terms of the care subsidy.

    Args:
        standards: the tables.
        area: six-digit code of the county.
        on: the day of the decision.
        residence: rural or urban.

    Returns:
        The terms with the figures they rest on; ``terms`` is ``None`` on a day of which
        no law is held (before 2016). Amounts that are not held, or of a grade that no type
        reaches, are -1.

    Raises:
        NotFound: when no area bore that code on that day.

    Example:
        >>> held = terms(Standards.bundled(), "130110", date(2025, 3, 1), Residence.URBAN)
        >>> held.terms.dibao_1, held.terms.dibao_2, held.terms.other_1
        (23000, 13000, 10000)
    """
    read = Reading(standards, area, on, residence=residence.name.lower())
    types = [each.name.lower() for each in DisabilityType]
    grades = {f"grade_{each}": read.need("disability_care.grade", type=each) for each in types}
    unclear = {
        f"unclear_{each}": read.get("disability_care.grade_unclear", type=each) for each in types
    }
    mildest = max(read.whole(found) for found in (*grades.values(), *unclear.values()))
    amounts = {
        f"{group}_{grade}": None
        if grade > mildest
        else read.get("disability_care.amount", assistance=group, grade=f"grade_{grade}")
        for group in ("dibao", "other")
        for grade in (1, 2, 3, 4)
    }
    read.get("disability_care.months")
    read.get("disability.same_purpose")
    read.get("disability.first_payment")
    excluded = {
        each: read.yes(read.get("disability_care.excluded", benefit=each))
        for each in ("tekun", "work_injury_care")
    }
    return read.resolve(
        Terms(
            not_with_tekun=excluded["tekun"],
            not_with_work_injury=excluded["work_injury_care"],
            **{name: read.whole(found) for name, found in {**grades, **unclear}.items()},
            **{name: read.fen(found, otherwise=-1) for name, found in amounts.items()},
        )
    )
