"""The fields of a rule's result, which are the explanation of a decision."""

from __future__ import annotations

from typing import Any

from minzheng.rules import Outcome, fact

__all__ = ["amount"]


def amount(
    label: str = "",
    unit: str = "",
    basis: str = "",
    *,
    shown: tuple[Outcome, ...] = tuple(Outcome),
    none: int = -1,
) -> Any:
    """A whole number of a result.

    Args:
        label: message id; without one the field is not explained.
        unit: message id: ``"yuan a month"`` and the like for fen, ``"persons"``.
        basis: name of the series whose rows cite the law.
        shown: the outcomes for which the field says something.
        none: the number that stands for "not available"; a column of results has a null for it.
    """
    return fact(label, unit, basis, shown=shown, none=none)
