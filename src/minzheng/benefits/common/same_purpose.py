"""Two benefits of the same purpose (同类待遇): the person may choose the higher (可择高申领)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from minzheng.base.i18n import N_
from minzheng.decision import Note

__all__ = ["choice"]

_CHOICE = N_(
    "Another benefit of the same purpose, {other} a month, is received in addition to this one of {own}: the person may choose the higher, {higher}; only one of them is paid."
)
_NOT_STATED = N_(
    "Whether another benefit of the same purpose is received is not stated; if so, the person may choose the higher."
)


def choice(other: Decimal | None, own: Decimal) -> Iterator[Note]:
    """Give the note on another benefit of the same purpose.

    Args:
        other: yuan a month of it; 0 for none, ``None`` if unknown.
        own: yuan a month of this one.
    """
    if other is None:
        yield Note(_NOT_STATED)
    elif other > 0:
        yield Note(_CHOICE, {"other": other, "own": own, "higher": max(other, own)})
