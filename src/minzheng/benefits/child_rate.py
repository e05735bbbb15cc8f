"""The local rate of orphans (孤儿养育标准) and its rounding: shared by the benefits of children."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from attrs import frozen

from minzheng.base.money import Mode, round_fen
from minzheng.benefits.telling import Asked
from minzheng.benefits.unknowns import Unknowns
from minzheng.people import Applicant, Placement
from minzheng.standards import Found, Standards
from minzheng.standards.reading import Reading

__all__ = ["RateTerms", "asked_rate", "placement_of", "rate_of", "rate_rows", "read_rates"]

_SERIES = ("orphan.rate", "orphan.multiple")


@frozen(kw_only=True, slots=False)  # so that a room can join it with others
class RateTerms:
    """The rates in fen a month, -1 where not held, and the rounding of what is paid."""

    rate_dispersed: int
    rate_centralised: int
    rounding_unit: int
    rounding_mode: int


def rate_of(placement: int, t: RateTerms) -> int:
    """The rate of a placement; -1 when not held."""
    return t.rate_centralised if placement == Placement.CENTRALISED else t.rate_dispersed


def read_rates(read: Reading) -> dict[str, Any]:
    """The fields of :class:`RateTerms`."""
    mode = read.get("child.rounding.mode")
    return {
        **{f"rate_{each.name.lower()}": _rate(read, each) for each in Placement},
        "rounding_unit": read.fen(read.get("child.rounding.unit"), otherwise=1),
        "rounding_mode": Mode[str(mode.value).upper()] if mode else Mode.HALF_UP,
    }


def _rate(read: Reading, placement: Placement) -> int:
    """Fen a month of the row that counts; -1 when none is held."""
    word = placement.name.lower()
    row = _nearest(*(read.get(series, placement=word) for series in _SERIES))
    if row is None or row.figure.series == "orphan.rate":
        return read.fen(row, otherwise=-1)
    standard = read.get("dibao.standard")
    if standard is None:
        return -1
    product = read.ratio(row) * read.fen_a_year(standard)
    return round_fen(product.numerator, 12 * product.denominator, 1, Mode.HALF_UP)


def _nearest(published: Found | None, multiple: Found | None) -> Found | None:
    """The published rate, or a multiple of the dibao standard stated nearer by."""
    if published is None or multiple is None:
        return published or multiple
    return multiple if len(multiple.tried) < len(published.tried) else published


def placement_of(a: Applicant, t: RateTerms, unknowns: Unknowns, matters: bool = True) -> Placement:
    """Where the child lives; asked where the rates differ."""
    differ = t.rate_dispersed != t.rate_centralised
    return unknowns.take(
        a.placement,
        "applicant",
        "placement",
        tuple(Placement),
        matters and differ,
    )


def rate_rows(
    a: Applicant, placement: Placement, standards: Standards, on: date
) -> tuple[Found, ...]:
    """The row of the rate of a placement, where it is held."""
    return _rows(standards, a.area, on, placement.name.lower())


@lru_cache(maxsize=1024)
def _rows(standards: Standards, area: str, on: date, placement: str) -> tuple[Found, ...]:
    row = _nearest(*(standards.get(each, area, on, placement=placement) for each in _SERIES))
    return () if row is None else (row,)


def asked_rate(
    a: Applicant, placement: Placement, standards: Standards, on: date
) -> Iterator[Asked]:
    """The look-ups for the rate of a placement that is not on file."""
    rows = rate_rows(a, placement, standards, on)
    if any(row.figure.series == "orphan.multiple" for row in rows):
        yield "dibao.standard", {"residence": a.residence.name.lower()}
    yield "orphan.rate", {"placement": placement.name.lower()}
