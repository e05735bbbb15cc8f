"""What counts as a list where one is expected; text, objects and numbers never do."""

from __future__ import annotations

from typing import Any

from minzheng.base.brief import shown
from minzheng.errors import InvalidInput

__all__ = ["a_list"]


def a_list(value: object) -> tuple[Any, ...]:
    """Take a list, and nothing that could only be read as one by accident.

    Args:
        value: a list or a tuple.

    Returns:
        Its entries.

    Raises:
        InvalidInput: for anything else: a text is never a list of its characters, an object
            never one of its keys, and a set has no order.

    Example:
        >>> a_list(["a", "b"])
        ('a', 'b')
        >>> a_list("charity")
        Traceback (most recent call last):
            ...
        minzheng.errors.InvalidInput: expected a list, got 'charity'
    """
    if isinstance(value, list | tuple):
        return tuple(value)
    raise InvalidInput(f"expected a list, got {shown(value)}")
