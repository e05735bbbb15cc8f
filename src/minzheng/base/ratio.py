"""Ratios: exact fractions from text, never through floats."""

from __future__ import annotations

from fractions import Fraction

from minzheng.errors import InvalidInput, WrongType

__all__ = ["exact_ratio"]


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
        raise WrongType(f"never a float: write the ratio in quotes, got {value!r}")
    text = str(value).strip()
    try:
        return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise InvalidInput(f"expected a ratio such as '5%' or '1/20', got {value!r}") from None
