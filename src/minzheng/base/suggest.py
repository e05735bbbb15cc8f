"""The words of "unknown name" messages: what was found, and the nearest known name."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = ["unknown"]


def unknown(name: str, known: Iterable[str]) -> str:
    """Say that a name is not known, and which one may be meant.

    Example:
        >>> unknown("residense", ["area", "residence"])
        "unknown 'residense'; did you mean 'residence'?"
        >>> unknown("x", ["area"])
        "unknown 'x'; known are area"
    """
    names = sorted(known)
    near = get_close_matches(name, names, n=1)
    if near:
        return f"unknown {name!r}; did you mean {near[0]!r}?"
    return f"unknown {name!r}; known are {', '.join(names) or 'none'}"
