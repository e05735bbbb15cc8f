"""Which figures and which law of the living subsidy hold in a place on a day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from minzheng.benefits.disability_living.facts import Terms
from minzheng.people import Residence
from minzheng.standards import Found, Standards
from minzheng.standards.reading import Reading, Resolved

__all__ = ["terms"]

_ELIGIBLE = "disability_living.eligible"


@lru_cache(maxsize=1024)
def terms(standards: Standards, area: str, on: date, residence: Residence) -> Resolved[Terms]:
    """Read the terms of the living subsidy.

    Args:
        standards: the tables.
        area: six-digit code of the county.
        on: the day of the decision.
        residence: rural or urban.

    Returns:
        The terms with the figures they rest on; ``terms`` is ``None`` on a day of which
        no law is held (before 2016). Amounts that are not held are -1.

    Raises:
        NotFound: when no area bore that code on that day.

    Example:
        >>> held = terms(Standards.bundled(), "130802", date(2025, 1, 1), Residence.URBAN)
        >>> held.terms.amount_dibao, held.terms.edge
        (10600, False)
    """
    read = Reading(standards, area, on, residence=residence.name.lower())
    classes = ("dibao", "dibao_marginal", "none")
    amounts = [read.get("disability_living.amount", assistance=each) for each in classes]
    eligible = [read.need(_ELIGIBLE, assistance=each) for each in classes]
    read.get("disability.same_purpose")
    read.get("disability.first_payment")

    def excluded(benefit: str) -> bool:
        return read.yes(read.get("disability_living.excluded", benefit=benefit))

    def fen(found: Found | None) -> int:
        return read.fen(found, otherwise=-1)

    return read.resolve(
        Terms(
            dibao=read.yes(eligible[0]),
            edge=read.yes(eligible[1]),
            others=read.yes(eligible[2]),
            not_with_tekun=excluded("tekun"),
            not_with_work_injury=excluded("work_injury_care"),
            not_with_child_allowance=excluded("child_allowance"),
            not_with_retired_cadre=excluded("retired_cadre"),
            amount_dibao=fen(amounts[0]),
            amount_dibao_marginal=fen(amounts[1]),
            amount_others=fen(amounts[2]),
        )
    )
