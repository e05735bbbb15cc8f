"""Which tiers a place pays to children in difficulty on a day."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import Any

from minzheng.base.money import Mode, round_fen
from minzheng.benefits.child_rate import read_rates
from minzheng.benefits.children_in_difficulty.facts import Deducted, Terms
from minzheng.benefits.drawing import netting
from minzheng.people import Residence
from minzheng.standards import Standards
from minzheng.standards.reading import Reading, Resolved

__all__ = ["TIERS", "terms"]

TIERS = ("hiv", "poor_severe", "poor_other", "severe")


@lru_cache(maxsize=1024)
def terms(standards: Standards, area: str, on: date, residence: Residence) -> Resolved[Terms]:
    """Read the terms of the allowance of children in difficulty.

    Args:
        standards: the tables.
        area: six-digit code of the county.
        on: the day of the decision.
        residence: rural or urban dibao standard.

    Returns:
        The terms with the figures they rest on. A tier that the place does not pay, or of
        which nothing is held, is -1.

    Raises:
        NotFound: when no area bore that code on that day.

    Example:
        >>> held = terms(Standards.bundled(), "330782", date(2023, 4, 1), Residence.RURAL).terms
        >>> held.share_poor_other, held.share_severe, held.scale, held.standard_month
        (5, 2, 10, 105000)
    """
    read = Reading(standards, area, on, residence=residence.name.lower())
    shares = {tier: read.get("children_in_difficulty.share", tier=tier) for tier in TIERS}
    exact = {tier: read.ratio(row) if row else Fraction(-1) for tier, row in shares.items()}
    scale = lcm(*(ratio.denominator for ratio in exact.values()))
    deducted = {tier: read.get("children_in_difficulty.deducted", tier=tier) for tier in TIERS}
    takes = {
        tier: Deducted[str(row.value).upper()] if row else Deducted.NOTHING
        for tier, row in deducted.items()
    }
    standard = None
    if Deducted.DIBAO_STANDARD in takes.values():
        standard = read.get("dibao.standard")
    month = round_fen(read.fen_a_year(standard), 12, 1, Mode.HALF_UP) if standard else -1
    plain: dict[str, Any] = {
        **{
            f"share_{tier}": int(ratio * scale) if ratio >= 0 else -1
            for tier, ratio in exact.items()
        },
        **{f"deducted_{tier}": how for tier, how in takes.items()},
        **{
            f"poor_{status}": read.yes(read.get("children_in_difficulty.poor", status=status))
            for status in ("dibao", "tekun", "dibao_marginal")
        },
        **netting(read, "children_in_difficulty.netting"),
        **read_rates(read),
    }
    return read.resolve(
        Terms(
            adult_age=read.whole(read.need("age.adult")),
            scale=scale,
            standard_month=month,
            **plain,
        )
    )
