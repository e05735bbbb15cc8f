"""What the identifiers share: cleaning a number as typed, grouping it, judging it and its area."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from string import ascii_lowercase, whitespace

from minzheng.base.areas import BUNDLED, Areas
from minzheng.base.text import cause
from minzheng.errors import InvalidInput, NotFound, WrongType

__all__ = ["DIGITS", "accepted", "cleaned", "grouped", "unknown_area", "why"]

DIGITS = frozenset("0123456789")
"""The ASCII digits only: ``str.isdigit`` also takes superscripts and digits of other scripts."""

_SPACES = whitespace + "\u00a0\u3000\u200b\ufeff"
_HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2212\uff0d"
_AS_TYPED: dict[int, str | None] = {
    **{code + 0xFEE0: chr(code).upper() for code in range(0x21, 0x7F)},  # full-width forms
    **{ord(letter): letter.upper() for letter in ascii_lowercase},
    **dict.fromkeys(map(ord, _SPACES + _HYPHENS)),
}


def accepted(validate: Callable[[str], object], number: str) -> bool:
    """Tell whether ``validate`` takes the number; what is not a ``str`` is still refused.

    Example:
        >>> accepted(int, "130802")
        True
    """
    try:
        validate(number)
    except InvalidInput:
        return False
    return True


def cleaned(number: str, what: str) -> str:
    """Drop spaces and hyphens, turn full-width into half-width and ASCII letters into capitals.

    Raises:
        WrongType: for anything but a ``str``; a float has already lost the last digits.

    Example:
        >>> cleaned(" １３０８-02 x", "resident_id")
        '130802X'
    """
    if not isinstance(number, str):
        raise WrongType(f"{what}: expected a str, got {type(number).__name__}")
    return number.translate(_AS_TYPED)


def why(number: str) -> str:
    """The likely cause of a wrong number, to follow a message: nothing when none is known.

    Example:
        >>> why("130822"), why("1.30822E+17")[:42]
        ('', ': Excel has kept at most fifteen digits of')
    """
    found = cause(number, private=True)
    return "" if found is None else f": {found}"


def grouped(number: str, *cuts: int) -> str:
    """Put a space at each cut that the number reaches.

    Example:
        >>> grouped("13080219900101003X", 6, 14)
        '130802 19900101 003X'
    """
    edges = (0, *cuts, max(len(number), *cuts))
    return " ".join(part for start, end in pairwise(edges) if (part := number[start:end]))


@lru_cache(
    maxsize=4096
)  # finding the nearest codes takes milliseconds, and a register repeats them
def unknown_area(code: str, areas: Areas = BUNDLED) -> str | None:
    """Say that no division has ever had these six digits, with the nearest; None if one has.

    Example:
        >>> unknown_area("130802") is None, unknown_area("130892") is None
        (True, False)
    """
    try:
        areas.eras(code)
    except NotFound as error:
        return str(error)
    return None
