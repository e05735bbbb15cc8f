"""Amounts of a year that are paid in parts: what is paid each time, and the balance of the last time."""

from __future__ import annotations

from collections.abc import Iterator
from math import lcm

from minzheng.base.i18n import N_
from minzheng.base.money import to_yuan
from minzheng.decision import Note

__all__ = ["balance", "instalments"]

_BALANCE = N_(
    "The yearly amount cannot be divided evenly, and no rule on file says how to round: {each} is paid each time, rounded down to the fen, and {last} the last time of {times}, in total {total}."
)


def instalments(year: int, months: int = 1) -> tuple[int, int, int]:
    """Divide a yearly amount into payments; nothing is lost.

    Args:
        year: fen a year.
        months: that each payment is for.

    Returns:
        Fen of each payment, rounded down; fen of the last one, with the balance; after how many
        payments whole years are paid.

    Example:
        >>> instalments(382_000)  # 3,820 yuan a year
        (31833, 31837, 12)
        >>> instalments(382_000, 3)
        (95500, 95500, 4)
    """
    span = lcm(12, months)
    times, total = span // months, year * (span // 12)
    each = total // times
    return each, total - each * (times - 1), times


def balance(year: int, months: int = 1) -> Iterator[Note]:
    """Give the note on rounding, where a yearly amount cannot be divided evenly.

    Args:
        year: fen a year.
        months: that each payment is for.
    """
    each, last, times = instalments(year, months)
    if last != each:
        yield Note(
            _BALANCE,
            {
                "each": to_yuan(each),
                "last": to_yuan(last),
                "times": times,
                "total": to_yuan(each * (times - 1) + last),
            },
        )
