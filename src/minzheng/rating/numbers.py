"""Exact numbers of a rating: what is taken, and how a ratio is rounded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from minzheng.base.brief import shown as brief
from minzheng.base.money import plain_decimal
from minzheng.errors import InvalidInput, WrongType

__all__ = [
    "Number",
    "Rounding",
    "exact",
    "lean",
    "number",
    "plain",
    "rounded",
    "shown",
    "total",
    "within",
]

Number: TypeAlias = int | Decimal | Fraction
"""What an amount of points or a measured value may be; never a float."""


class Rounding(StrEnum):
    """Where a ratio between two steps goes."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    DOWN = "down"
    UP = "up"


def number(value: object) -> Number:
    """A number as it was given; text is plain digits.

    Raises:
        WrongType: for a float.
        InvalidInput: for anything else that is no number.

    Example:
        >>> number("0.0719"), number(3)
        (Decimal('0.0719'), 3)
    """
    if isinstance(value, float):
        raise WrongType(f"never a float: write the number in quotes, got {brief(value)}")
    if isinstance(value, Fraction):
        return value
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        if plain_decimal(value).is_finite():
            return value
    elif isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,60}(\.[0-9]{1,60})?", value):
        return Decimal(value)
    raise InvalidInput(f"expected a number such as 20 or '0.5', got {brief(value)}")


def within(value: object, least: Number | None, most: Number | None, *, whole: bool) -> Number:
    """A number that lies within a range.

    Args:
        value: as :func:`number` takes it.
        least: the lower limit, allowed; ``None`` is none.
        most: the upper limit, allowed; ``None`` is none.
        whole: it must be a whole number.

    Raises:
        WrongType: for a float.
        InvalidInput: for what is no such number.

    Example:
        >>> within("99", 1, 5, whole=True)
        Traceback (most recent call last):
            ...
        minzheng.errors.InvalidInput: expected a whole number from 1 to 5, got '99'
    """
    found = number(value)
    if (
        (least is None or found >= least)
        and (most is None or found <= most)
        and not (whole and exact(found).denominator != 1)
    ):
        return found
    kind = "a whole number" if whole else "a number"
    ends = f" from {least}" if least is not None else ""
    ends += f" to {most}" if most is not None else " on" if ends else ""
    raise InvalidInput(f"expected {kind}{ends}, got {brief(value)}")


def exact(value: Number) -> Fraction:
    """The number as a ratio of whole numbers."""
    return value if isinstance(value, Fraction) else Fraction(value)


def total(values: Iterable[Fraction]) -> Fraction:
    """The sum; most points are whole, and whole numbers add quickly.

    Example:
        >>> total([Fraction(2), Fraction(1, 2), Fraction(3)])
        Fraction(11, 2)
    """
    whole, rest = 0, None
    for value in values:
        if value.denominator == 1:
            whole += value.numerator
        else:
            rest = value if rest is None else rest + value
    return Fraction(whole) if rest is None else rest + whole


def lean(value: Number) -> Number:
    """A whole number as an ``int``, which is quicker to compare."""
    if isinstance(value, Fraction) and value.denominator == 1:
        return value.numerator
    return value


def plain(values: Sequence[Fraction]) -> Sequence[Number]:
    """Ratios as decimals where all of them end, which are quicker to compare."""
    made = []
    for value in values:
        rest = value.denominator
        for prime in (2, 5):
            while rest % prime == 0:
                rest //= prime
        if rest > 1:
            return tuple(values)
        made.append(Decimal(value.numerator) / Decimal(value.denominator))
    return tuple(made)


def rounded(value: Number, places: int, mode: Rounding) -> Fraction:
    """A value to some places after the point, exactly.

    Example:
        >>> rounded(Fraction(16, 3), 3, Rounding.HALF_UP)
        Fraction(5333, 1000)
        >>> rounded(Fraction(5, 2), 0, Rounding.HALF_EVEN)
        Fraction(2, 1)
    """
    scale = 10**places
    scaled = exact(value) * scale
    whole = scaled.numerator // scaled.denominator
    rest = scaled - whole
    half = Fraction(1, 2)
    up = {
        Rounding.HALF_UP: rest >= half,
        Rounding.HALF_EVEN: rest > half or (rest == half and whole % 2 == 1),
        Rounding.DOWN: False,
        Rounding.UP: rest > 0,
    }[mode]
    return Fraction(whole + up, scale)


def shown(value: Number, places: int = 2) -> str:
    """A number in digits, rounded half up where it does not end within some places.

    Example:
        >>> shown(Fraction(209, 2)), shown(Fraction(16, 3)), shown(774)
        ('104.5', '5.33', '774')
    """
    near = rounded(value, places, Rounding.HALF_UP)
    digits = f"{Decimal(near.numerator) / Decimal(near.denominator):f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
