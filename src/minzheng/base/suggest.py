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
        >>> unknown("members.agge", ["area", "members.age", "members.cars"])
        "unknown 'members.agge'; did you mean 'members.age'?"
    """
    names = sorted(known)
    nearest = _nearest(name, names) if len(name) <= _LONGEST else None
    if nearest:
        return f"unknown {shown(name)}; did you mean {shown(nearest)}?"
    told = names[:_MOST]
    while len(told) > 1 and len(", ".join(told)) > _WIDEST:
        told.pop()
    more = f" and {len(names) - len(told)} more" if len(names) > len(told) else ""
    return f"unknown {shown(name)}; known are {', '.join(told)[:_WIDEST] or 'none'}{more}"


def _nearest(name: str, names: list[str]) -> str | None:
    """The nearest name; of a field such as ``members.age``, the nearest of the same parent."""
    parent, dot, last = name.rpartition(".")
    peers = {
        each.removeprefix(parent + dot): each for each in names if each.startswith(parent + dot)
    }
    if not parent or not peers:
        last, peers = name, {each: each for each in names}
    return next((peers[each] for each in get_close_matches(last, peers, n=1)), None)
