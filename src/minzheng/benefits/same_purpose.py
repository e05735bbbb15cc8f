"""Two benefits of one purpose: the person may choose the higher, and is told both amounts."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from minzheng.base.i18n import N_
from minzheng.decision import Note

__all__ = ["choice"]

_CHOICE = N_(
    "Another benefit of the same purpose is drawn, {other} a month, beside this one of {own}: the person may choose the higher, {higher}; both are not paid."
)
_NOT_STATED = N_(
    "Whether another benefit of the same purpose is drawn is not stated; where one is, the person may choose the higher."
)


def choice(other: Decimal | None, own: Decimal) -> Iterator[Note]:
    """The note on another benefit of the same purpose (可择高申领).

    Args:
        other: yuan a month of it; 0 for none, ``None`` where that is not known.
        own: yuan a month of this one.
    """
    if other is None:
        yield Note(_NOT_STATED)
    elif other > 0:
        yield Note(_CHOICE, {"other": other, "own": own, "higher": max(other, own)})
