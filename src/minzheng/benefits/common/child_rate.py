"""The local rate of orphans (孤儿养育标准) and its rounding: shared by the benefits of children."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from functools import lru_cache
from math import lcm

from attrs import frozen

from minzheng.base.i18n import N_
from minzheng.base.money import Mode, round_fen
from minzheng.benefits._engine import (
    Benefit,
    Case,
    ParameterReader,
    Vector,
    computed,
    figure,
    term,
)
from minzheng.benefits._engine.explanation import Asked, lacking
from minzheng.decision import Note
from minzheng.people import Placement
from minzheng.standards import Found, Per, Standards

__all__ = [
    "RATE_ROWS",
    "ROUNDING",
    "Rates",
    "asked_rate",
    "rate_row",
    "rounded",
    "scaled",
    "twelfth",
]

_SERIES = ("orphan.rate", "orphan.multiple")
RATE_ROWS = (*_SERIES, "dibao.standard")
ROUNDING = ("child.rounding.unit", "child.rounding.mode")


def twelfth(fen_a_year: Fraction | int) -> int:
    """A month of a yearly amount, to the nearest fen, a half up.

    Args:
        fen_a_year: not negative.
    """
    exact = Fraction(fen_a_year)
    return round_fen(exact.numerator, 12 * exact.denominator, 1, Mode.HALF_UP)


def scaled(ratios: Iterable[Fraction | None]) -> tuple[int, list[int]]:
    """Ratios as whole numbers of one scale, their common denominator; -1 for ``None``.

    Example:
        >>> scaled([Fraction(1, 2), None, Fraction(2, 3)])
        (6, [3, -1, 4])
    """
    exact = list(ratios)
    scale = lcm(*(each.denominator for each in exact if each is not None))
    return scale, [-1 if each is None else int(each * scale) for each in exact]


def _nearest(published: Found | None, multiple: Found | None) -> Found | None:
    """The published rate, or a multiple of the dibao standard stated nearer by."""
    if published is None or multiple is None:
        return published or multiple
    return multiple if len(multiple.tried) < len(published.tried) else published


def _rate(reader: ParameterReader, placement: Placement) -> int:
    word = placement.name.lower()
    row = _nearest(*(reader.get(series, placement=word) for series in _SERIES))
    if row is None or row.figure.series == "orphan.rate":
        return reader.fen(row, otherwise=-1)
    standard = reader.get("dibao.standard")
    return -1 if standard is None else twelfth(reader.ratio(row) * reader.fen_a_year(standard))


@frozen(kw_only=True, slots=False)  # so that a benefit can join it with others
class Rates:
    """The rates in fen a month, -1 where not available, and the rounding of what is paid."""

    rate: Vector = computed(
        lambda reader: [_rate(reader, each) for each in Placement], by=Placement
    )
    rounding_unit: int = figure("child.rounding.unit", otherwise=1)
    rounding_mode: Mode = term("child.rounding.mode", Mode, otherwise=Mode.HALF_UP)


@lru_cache(maxsize=1024)
def _row(standards: Standards, area: str, on: date, placement: str) -> Found | None:
    return _nearest(*(standards.get(each, area, on, placement=placement) for each in _SERIES))


def rate_row(case: Case) -> Found | None:
    """The row of the child's rate; ``None`` where none is available."""
    placement = case.facts.placement.name.lower()
    return _row(case.standards, case.subject.area, case.on, placement)


def asked_rate(benefit: Benefit, case: Case, rate_missing: int) -> Iterator[Asked]:
    """The look-ups of an open case; of a rate those of the standard that it is a multiple of too.

    Args:
        benefit: whose reasons.
        case: with its result.
        rate_missing: the reason that lacks the rate.
    """
    yield from lacking(benefit, case)
    if case.result.reasons & rate_missing and _is_multiple(rate_row(case)):
        yield "dibao.standard", {"residence": case.subject.residence.name.lower()}


def _is_multiple(row: Found | None) -> bool:
    return row is not None and row.figure.series == "orphan.multiple"


_TWELFTH = N_("A month of the yearly dibao standard is its twelfth, rounded to the nearest fen.")


def rounded(case: Case, uses_standard: bool = False) -> Iterator[Note]:
    """The note that a month of a yearly standard is rounded, where it is.

    Args:
        case: granted.
        uses_standard: the dibao standard is used besides as the base of the rate.
    """
    multiple = _is_multiple(rate_row(case))
    standard = case.resolved.held.get("dibao.standard")
    if standard is not None and standard.figure.per is Per.YEAR and (multiple or uses_standard):
        yield Note(_TWELFTH)
