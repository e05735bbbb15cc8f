"""Which figures and which law of rigid expenditure hold in a place on a day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from minzheng.benefits.counting import counting
from minzheng.benefits.members import membership
from minzheng.benefits.rigid_expenditure.facts import Terms
from minzheng.people import Residence, SpendingKind
from minzheng.standards import Standards
from minzheng.standards.reading import Reading, Resolved

__all__ = ["terms"]

_KINDS = tuple(kind.name.lower() for kind in SpendingKind)


@lru_cache(maxsize=1024)
def terms(standards: Standards, area: str, on: date, residence: Residence) -> Resolved[Terms]:
    """Read the terms of rigid expenditure.

    Args:
        standards: the tables.
        area: six-digit code of the county.
        on: the day of the decision.
        residence: rural or urban.

    Returns:
        The terms with the figures they rest on; ``terms`` is ``None`` when no law of that
        day is held. Local figures that are not held are -1 or 0, so that what does not
        hang on them can still be told.

    Raises:
        NotFound: when no area bore that code on that day.

    Example:
        >>> held = terms(Standards.bundled(), "130822", date(2025, 1, 1), Residence.RURAL)
        >>> held.terms.share_living, held.terms.ratio_numerator, held.terms.tests_remainder
        (1, 0, False)
        >>> held = terms(Standards.bundled(), "310101", date(2025, 1, 1), Residence.URBAN)
        >>> held.terms.share_living, held.terms.ratio_inclusive, held.terms.tests_remainder
        (0, True, True)
    """
    read = Reading(standards, area, on, residence=residence.name.lower())
    read.need("rigid_expenditure.conditions")
    read.get("rigid_expenditure.window_months")
    for series in ("property.set_by", "property.rule", "ratio.set_by", "validity_months"):
        read.get(f"rigid_expenditure.{series}")
    most = read.get("income.disposable_per_capita")
    remainder = read.get("rigid_expenditure.remainder")
    standard = read.get("dibao.standard") if remainder else None
    ratio = read.ratio(read.get("rigid_expenditure.ratio"))
    plain: dict[str, Any] = {
        "adult_age": read.whole(read.need("age.adult")),
        **membership(read),
        **counting(read, "dibao.income.counted"),
        **{
            f"excludes_{status}": read.settled(
                read.get("rigid_expenditure.excluded", status=status)
            )
            for status in ("dibao", "tekun", "dibao_marginal")
        },
        **_spending(read, "share", "rigid_expenditure.spending.counted"),
        **_spending(read, "takes", "rigid_expenditure.remainder.spending"),
    }
    return read.resolve(
        Terms(
            income_max_year=read.fen_a_year(most) if most else -1,
            income_inclusive=read.yes(read.get("rigid_expenditure.income.inclusive")),
            ratio_numerator=ratio.numerator,
            ratio_denominator=ratio.denominator,
            ratio_inclusive=read.yes(read.get("rigid_expenditure.ratio.inclusive")),
            tests_remainder=remainder is not None,
            remainder_inclusive=remainder is not None and remainder.value == "not_higher",
            pays_difference=read.yes(read.get("rigid_expenditure.remainder.paid")),
            standard_year=read.fen_a_year(standard) if standard else -1,
            **plain,
        )
    )


def _spending(read: Reading, name: str, series: str) -> dict[str, int]:
    return {f"{name}_{kind}": read.settled(read.get(series, kind=kind)) for kind in _KINDS}
