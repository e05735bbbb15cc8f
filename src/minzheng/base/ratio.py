"""Ratios: exact fractions from text, never through floats."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from minzheng.base.brief import shown
from minzheng.base.money import MOST_DIGITS, plain_decimal
from minzheng.errors import InvalidInput, WrongType

__all__ = ["exact_ratio"]

_PLAIN = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?%?|[+-]?[0-9]+/[0-9]+")


def exact_ratio(value: object) -> Fraction:
    """A fraction from a whole number, or from text such as ``"5%"``, ``"1/20"``, ``"0.05"``.

    Raises:
        WrongType: for a float.
        InvalidInput: for what is no number.

    Example:
        >>> exact_ratio("5%"), exact_ratio("1/20")
        (Fraction(1, 20), Fraction(1, 20))
    """
    if isinstance(value, float):
        raise WrongType(f"never a float: write the ratio in quotes, got {shown(value)}")
    if isinstance(value, Fraction):
        return value
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        number = plain_decimal(value)
        if number.is_finite():
            return Fraction(number)
    text = value.strip() if isinstance(value, str) and len(value) <= 2 * MOST_DIGITS else ""
    try:
        if not _PLAIN.fullmatch(text):
            raise ValueError
        return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise InvalidInput(f"expected a ratio such as '5%' or '1/20', got {shown(value)}") from None
