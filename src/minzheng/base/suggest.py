"""The words of "unknown name" messages: what was found, and the nearest known name."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from minzheng.base.brief import shown

__all__ = ["unknown"]

_LONGEST, _MOST = 100, 50


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
        return f"unknown {shown(name)}; did you mean {near[0]!r}?"
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return f"unknown {shown(name)}; known are {', '.join(names[:_MOST]) or 'none'}{more}"
