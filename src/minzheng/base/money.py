"""Money: yuan outside, whole fen inside, and declared rounding.

Amounts come in as ``Decimal``, ``str`` or ``int`` yuan and are kept as ``int``
fen. A ``float`` is a :class:`~minzheng.errors.WrongType` (a ``TypeError``):
0.1 + 0.2 yuan is never 0.3 in floats.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal, Inexact, InvalidOperation
from enum import IntEnum

from attrs import field, frozen

from minzheng.base.brief import shown
from minzheng.errors import InvalidInput, WrongType

__all__ = [
    "MOST_DIGITS",
    "Mode",
    "Rounding",
    "Scope",
    "known_yuan",
    "plain_decimal",
    "plain_number",
    "round_fen",
    "to_fen",
    "to_yuan",
]

_PLAIN = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
# the caller's own decimal context must not round money
_EXACT = Context(prec=64, traps=[InvalidOperation, Inexact])
MOST_DIGITS = 60
"""Digits that a number of an input may have, before or behind the point."""

_LIMIT = 10**18  # fen: fits 64 bits


def to_fen(yuan: Decimal | str | int) -> int:
    """Turn an amount in yuan into whole fen.

    Args:
        yuan: ``Decimal``, ``str`` or ``int`` yuan, at most two decimals.

    Returns:
        The amount in fen.

    Raises:
        WrongType: for a float, a bool or any other type.
        InvalidInput: when it is no number, not finite, finer than a fen, or 10 ** 16
            yuan and more.

    Example:
        >>> to_fen("245.50"), to_fen(7800)
        (24550, 780000)
        >>> to_fen(0.1)
        Traceback (most recent call last):
            ...
        minzheng.errors.WrongType: money is Decimal, str or int yuan, never float: got 0.1
    """
    if isinstance(yuan, bool) or not isinstance(yuan, Decimal | str | int):
        raise WrongType(
            f"money is Decimal, str or int yuan, never {type(yuan).__name__}: got {shown(yuan)}"
        )
    # the exact context refuses more digits than it has; only powers of ten are looked at first
    sized = isinstance(yuan, Decimal) and -MOST_DIGITS <= yuan.adjusted() <= MOST_DIGITS
    number = Decimal(yuan) if sized else plain_decimal(yuan)
    try:
        fen = number.scaleb(2, _EXACT)
        whole = int(fen)
    except (ArithmeticError, ValueError):
        raise InvalidInput(
            f"expected an amount in yuan such as '1234.50', got {number:.6g}"
        ) from None
    if fen != whole:
        raise InvalidInput(f"an amount has at most two decimals (fen), got {shown(str(yuan))}")
    if abs(whole) >= _LIMIT:
        raise InvalidInput(f"an amount is below {_LIMIT // 100} yuan, got {Decimal(yuan):.6g}")
    return whole


def plain_decimal(number: Decimal | str | int) -> Decimal:
    """A number as it stands, exactly; text is plain digits, with a point at most.

    Raises:
        InvalidInput: for text such as ``"1,000"``, ``"1_000"``, ``"1e3"`` or ``"１０"``.

    Example:
        >>> plain_decimal("245.50")
        Decimal('245.50')
    """
    if isinstance(number, str) and not (
        len(number) <= 2 * MOST_DIGITS and _PLAIN.fullmatch(number)
    ):
        raise InvalidInput(f"expected an amount in yuan such as '1234.50', got {shown(number)}")
    if isinstance(number, int) and number.bit_length() > 4 * MOST_DIGITS:
        raise InvalidInput(f"a number has at most {MOST_DIGITS} digits, got {shown(number)}")
    return plain_number(Decimal(number))


def plain_number(number: Decimal) -> Decimal:
    """A decimal of a size that can be computed with; not-a-number and infinity are let through.

    Raises:
        InvalidInput: for more than :data:`MOST_DIGITS` digits before or behind the point, as in
            ``1e400000``, which a power of ten writes in few characters.

    Example:
        >>> plain_number(Decimal("245.50"))
        Decimal('245.50')
    """
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and not (
        exponent >= -MOST_DIGITS and number.adjusted() <= MOST_DIGITS
    ):
        raise InvalidInput(
            f"a number has at most {MOST_DIGITS} digits before or behind the point, "
            f"got {shown(number)}"
        )
    return number


def to_yuan(fen: int) -> Decimal:
    """Turn whole fen into ``Decimal`` yuan with two decimals.

    Example:
        >>> to_yuan(24550)
        Decimal('245.50')
    """
    return Decimal(fen).scaleb(-2, _EXACT)


def known_yuan(yuan: Decimal | str | int | None) -> Decimal | None:
    """An amount that may be unknown, with its two decimals; ``None`` stays ``None``.

    Raises:
        WrongType: for a float or anything else.
        InvalidInput: for a text that is no number, or a rest smaller than a fen.

    Example:
        >>> known_yuan("4800"), known_yuan(None)
        (Decimal('4800.00'), None)
    """
    return None if yuan is None else to_yuan(to_fen(yuan))


class Mode(IntEnum):
    """How a rest smaller than the rounding unit is settled."""

    UP = 1
    """away from zero (进一)"""
    DOWN = 2
    """toward zero (舍去)"""
    HALF_UP = 3
    """to the nearest, halves away from zero (四舍五入)"""
    HALF_EVEN = 4
    """to the nearest, halves to the even unit (四舍六入五成双)"""


class Scope(IntEnum):
    """What is rounded: the sum of the household, or each person's share."""

    HOUSEHOLD = 1
    PERSON = 2


def round_fen(numerator: int, denominator: int, unit: int, mode: int) -> int:
    """Round ``numerator / denominator`` fen to a multiple of ``unit`` fen, exactly.

    Whole numbers only, so that the same function serves a case and a column.

    Args:
        numerator: fen times ``denominator``.
        denominator: positive.
        unit: the rounding unit in fen, positive (1 = fen, 100 = yuan).
        mode: a :class:`Mode`.

    Returns:
        Fen, a multiple of ``unit``.

    Example:
        >>> round_fen(1000, 3, 100, Mode.UP), round_fen(1000, 3, 100, Mode.DOWN)
        (400, 300)
        >>> round_fen(250, 1, 100, Mode.HALF_UP), round_fen(250, 1, 100, Mode.HALF_EVEN)
        (300, 200)
    """
    step = denominator * unit
    size = abs(numerator)
    whole = size // step
    rest = size - whole * step
    if mode == Mode.UP:
        if rest > 0:
            whole += 1
    elif mode == Mode.HALF_UP:
        if 2 * rest >= step:
            whole += 1
    elif mode == Mode.HALF_EVEN and (2 * rest > step or (2 * rest == step and whole % 2 == 1)):
        whole += 1
    return whole * unit if numerator >= 0 else -whole * unit


def _positive(_instance: object, _attribute: object, value: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        raise WrongType(f"a rounding unit is whole fen, got {shown(value)}")
    if value < 1:
        raise InvalidInput(f"a rounding unit is at least 1 fen, got {shown(value)}")


@frozen
class Rounding:
    """A declared way of rounding: unit, mode and scope.

    Attributes:
        unit: in fen: 100 rounds to the yuan, 1 to the fen.
        mode: up, down, half-up or half-even.
        scope: the household's sum or each person's share.

    Example:
        >>> Rounding(unit=100, mode=Mode.UP, scope=Scope.HOUSEHOLD).apply(3133, 10)
        400
    """

    unit: int = field(validator=_positive)
    mode: Mode = field(converter=Mode)
    scope: Scope = field(converter=Scope)

    def apply(self, numerator: int, denominator: int = 1) -> int:
        """Round ``numerator / denominator`` fen to whole units, in fen."""
        if denominator < 1:
            raise InvalidInput(f"a denominator is positive, got {shown(denominator)}")
        return round_fen(numerator, denominator, self.unit, self.mode)
