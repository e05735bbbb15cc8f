"""The words of "unknown name" messages: what was found, and the nearest known name."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from minzheng.base.brief import shown

__all__ = ["unknown"]

_LONGEST, _MOST, _WIDEST = 100, 50, 600


def unknown(name: str, known: Iterable[str]) -> str:
    """Say that a name is not known, and which one may be meant.

    Example:
        >>> unknown("residense", ["area", "residence"])
        "unknown 'residense'; did you mean 'residence'?"
        >>> unknown("x", ["area"])
        "unknown 'x'; known are area"
    """
    names = sorted(known)
    near = get_close_matches(name, names, n=1) if len(name) <= _LONGEST else []
    if near:
        return f"unknown {shown(name)}; did you mean {shown(near[0])}?"
    told = names[:_MOST]
    while len(told) > 1 and len(", ".join(told)) > _WIDEST:
        told.pop()
    more = f" and {len(names) - len(told)} more" if len(names) > len(told) else ""
    return f"unknown {shown(name)}; known are {', '.join(told)[:_WIDEST] or 'none'}{more}"
