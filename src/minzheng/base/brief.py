"""What a message shows of a value: its beginning or its type, never a whole input."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sized
from datetime import date, time
from decimal import Decimal
from enum import Enum
from fractions import Fraction

__all__ = ["LONGEST", "masked", "shown"]

LONGEST = 40
"""Characters of a value that a message shows at most."""

_SCALARS = (bool, float, complex, date, time, Decimal, type(None))
_CONTAINERS = (list, tuple, set, frozenset, Mapping)


_NUMBER = re.compile(r"(?<!\d)\d{6}(?:[\s-]*\d){11}[\s-]*[\dXxＸｘ]?(?!\d)|(?<!\d)\d{15}(?!\d)")
_BIRTH = re.compile(r"\d{6}(?:18|19|20)?\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]?")


def masked(text: str) -> str:
    """Text in which of anything like a resident number only the area is left.

    Example:
        >>> masked("测试甲 13080219900101003X"), masked("511308000000000191")
        ('测试甲 130802…', '511308000000000191')
    """
    return _NUMBER.sub(_area_alone, text)


def _area_alone(found: re.Match[str]) -> str:
    plain = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", found[0])).upper()
    return f"{plain[:6]}…" if _BIRTH.fullmatch(plain) else found[0]


def shown(value: object, *, personal: bool = False) -> str:
    """Show a value in a message: short text and numbers as they are, anything else by its type.

    Args:
        value: what was found; of any type and size.
        personal: whether it belongs to a person; then only its type is shown.

    Returns:
        At most about :data:`LONGEST` characters of the value itself, resident numbers
        :func:`masked`. What a list or an object contains is never shown, for it may be somebody's
        name.

    Example:
        >>> shown("charity"), shown(7), shown(["a", "b"]), shown({})
        ("'charity'", '7', 'a list of 2', '{}')
        >>> shown("x" * 100_000)
        "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…' (100000 characters)"
        >>> shown("130802199001011234", personal=True)
        'text'
    """
    if isinstance(value, _CONTAINERS):
        return _container(value)
    if personal:
        return _type(value)
    if isinstance(value, str) and not isinstance(value, Enum):
        text = masked(value[: LONGEST * 2])
        if len(value) <= LONGEST:
            return repr(text)
        return f"{text[:LONGEST] + '…'!r} ({len(value)} characters)"
    if isinstance(value, bytes | bytearray):
        return f"{len(value)} bytes"
    if isinstance(value, Enum):
        return repr(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return (
            masked(repr(value)) if value.bit_length() <= 128 else "a whole number of over 38 digits"
        )
    if isinstance(value, Fraction):
        small = max(value.numerator.bit_length(), value.denominator.bit_length()) <= 64
        return repr(value) if small else "a fraction of many digits"
    if isinstance(value, _SCALARS):
        text = masked(repr(value))
        return text if len(text) <= LONGEST + 20 else f"{text[:LONGEST]}…"
    return _type(value)


def _container(value: object) -> str:
    kind = "object" if isinstance(value, Mapping) else type(value).__name__.removeprefix("frozen")
    count = len(value) if isinstance(value, Sized) else 0
    if not count:
        return repr(value)
    return f"{'an' if kind == 'object' else 'a'} {kind} of {count}"


def _type(value: object) -> str:
    words: dict[type, str] = {
        str: "text",
        int: "a whole number",
        float: "a float",
        bool: "a truth value",
        date: "a day",
    }
    return words.get(type(value), f"a value of type {type(value).__name__}")
