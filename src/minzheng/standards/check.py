"""Checks of a table: overlaps that would make a look-up ambiguous, and published multiples.

A check reports and never repairs: a figure that breaks a rule is still what was
published.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from attrs import frozen

from minzheng.base import areas
from minzheng.base.money import Mode, round_fen, to_yuan
from minzheng.standards.model import NATION, Figure, Found, Kind, Per
from minzheng.standards.table import Standards

__all__ = ["MultipleCheck", "contradictions", "multiples", "overlaps", "same_amount"]

_BELOW = ((Kind.FLOOR, Kind.POINT), (Kind.POINT, Kind.CEILING), (Kind.FLOOR, Kind.CEILING))
"""Pairs of kinds of which the first is never above the second."""


def overlaps(standards: Standards) -> tuple[tuple[Figure, Figure], ...]:
    """Pairs of rows of one layer that state the same thing for the same day.

    Same series, area, keys and kind, whatever the period: a look-up asks for no period, so an
    amount a month and one a year for the same day contradict each other, or are one too many.
    """
    return tuple(
        (first, second)
        for layer in standards.layers
        for rows in _places(layer)
        for first, second in combinations(rows, 2)
        if first.kind is second.kind and _common_day(first, second)
    )


def _places(layer: tuple[Figure, ...]) -> Iterable[list[Figure]]:
    """The rows of one series, area and keys."""
    places: dict[object, list[Figure]] = {}
    for figure in layer:
        places.setdefault((figure.series, figure.area, figure.keys), []).append(figure)
    return places.values()


def contradictions(standards: Standards) -> tuple[tuple[Figure, Figure], ...]:
    """Pairs of rows of one layer that cannot both hold on some day.

    A floor above a point or a ceiling, or a point above a ceiling, of the same series, area and
    keys. Amounts by the month and by the year are compared by the year, exactly; what stands
    for different other periods is not compared.

    Returns:
        For each pair the row that is too high, then the other.
    """
    return tuple(
        (low, high)
        for layer in standards.layers
        for rows in _places(layer)
        for below, above in _BELOW
        for low in rows
        if low.kind is below
        for high in rows
        if high.kind is above and _common_day(low, high) and _exceeds(low, high)
    )


def _common_day(first: Figure, second: Figure) -> bool:
    return first.span is not None and second.span is not None and first.span.overlaps(second.span)


def _exceeds(low: Figure, high: Figure) -> bool:
    """Whether the first amount is above the second; never where they cannot be compared."""
    one, two = _comparable(low), _comparable(high)
    return one is not None and two is not None and one[0] == two[0] and one[1] > two[1]


def _comparable(figure: Figure) -> tuple[Per, Fraction] | None:
    value = figure.value
    if isinstance(value, bool) or not isinstance(value, Decimal | Fraction | int):
        return None
    if figure.per is Per.MONTH:
        return Per.YEAR, Fraction(value) * 12
    return figure.per, Fraction(value)


def same_amount(first: Figure, second: Figure) -> bool:
    """Whether two rows state the same, exactly; by the year, where one is by the month."""
    if first.value == second.value and first.per is second.per:
        return True
    one, two = _comparable(first), _comparable(second)
    return one is not None and one == two


@frozen
class MultipleCheck:
    """A tekun standard set against the multiple of the place's own dibao standard.

    Amounts are ``Decimal`` yuan a year.

    Attributes:
        area, residence, on: where and when.
        dibao, tekun, multiple: how each of the three was found.
        published: the tekun standard as published.
        least: the multiple of the dibao standard, exactly; not rounded.
    """

    area: str
    residence: str
    on: date
    dibao: Found
    tekun: Found
    multiple: Found
    published: Decimal
    least: Fraction

    @property
    def breach(self) -> bool:
        """Whether the published standard is below the multiple, by a yuan or more.

        A published amount may be rounded down to the whole yuan.
        """
        return self.published < self.least // 1

    @property
    def short_by(self) -> Fraction:
        """Yuan a year missing to the multiple; 0 when nothing is."""
        return max(Fraction(0), self.least - Fraction(self.published))

    @property
    def over_by(self) -> Fraction:
        """Yuan a year above the multiple; 0 when it is not above."""
        return max(Fraction(0), Fraction(self.published) - self.least)

    def __str__(self) -> str:
        what = (
            f"{self.area} {self.residence} on {self.on}: tekun {self.published} a year, "
            f"{self.multiple.value} x dibao = {_yuan(self.least)}"
        )
        if self.breach:
            return f"{what}: BREACH, {_yuan(self.short_by)} short"
        return f"{what}: met" + (f", {_yuan(self.over_by)} above" if self.over_by else "")


def _in_use(area: str, on: date) -> bool:
    return area != NATION and areas.is_valid(area, on)


def _yuan(amount: Fraction) -> Decimal:
    return to_yuan(round_fen(amount.numerator * 100, amount.denominator, 1, Mode.HALF_UP))


def multiples(standards: Standards, on: date) -> tuple[MultipleCheck, ...]:
    """Set every tekun standard of a day against the multiple of the dibao standard.

    Every area that states a tekun or a dibao standard of its own is checked with
    what a look-up finds for it, so that a county above the city's floor which
    still pays the city's tekun figure is reported as a breach.

    Source:
        2020 work plan of the Chengde Civil Affairs Bureau, items 6 and 7
        (6,240 = 1.3 x 4,800 and 10,140 = 1.3 x 7,800).

    Example:
        >>> from datetime import date
        >>> for check in multiples(Standards.bundled(), date(2020, 7, 24)):
        ...     print(check)
        130800 rural on 2020-07-24: tekun 6240.00 a year, 13/10 x dibao = 6240.00: met
        130800 urban on 2020-07-24: tekun 10140.00 a year, 13/10 x dibao = 10140.00: met
    """
    places = {
        figure.area
        for series in ("dibao.standard", "tekun.basic")
        for figure in standards.table(series=series, on=on)
        if figure.kind in (Kind.POINT, Kind.FLOOR) and _in_use(figure.area, on)
    }
    checks = []
    for area in sorted(places):
        for residence in ("rural", "urban"):
            multiple = standards.get("tekun.multiple", area, on, residence=residence)
            dibao = standards.get("dibao.standard", area, on, residence=residence)
            tekun = standards.get("tekun.basic", area, on, residence=residence)
            if dibao is None or tekun is None or multiple is None:
                continue
            assert isinstance(multiple.value, Fraction)
            checks.append(
                MultipleCheck(
                    area=area,
                    residence=residence,
                    on=on,
                    dibao=dibao,
                    tekun=tekun,
                    multiple=multiple,
                    published=to_yuan(tekun.figure.fen_a_year()),
                    least=multiple.value * dibao.figure.fen_a_year() / 100,
                )
            )
    return tuple(checks)
