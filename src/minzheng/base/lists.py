"""What counts as a list where one is expected; text, objects and numbers never do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from minzheng.base.brief import shown
from minzheng.errors import InvalidInput, WrongType

__all__ = ["a_list", "each_of", "rows_of"]

T = TypeVar("T")


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


def rows_of(name: str, value: object, kind: type[T]) -> tuple[T, ...]:
    """Take a list of one type, as a constructor is given it.

    Args:
        name: what the message calls the list.
        value: a list or a tuple.
        kind: of which each entry is.

    Raises:
        WrongType: for anything else, with its place.

    Example:
        >>> rows_of("years", [2019, "2020"], int)
        Traceback (most recent call last):
            ...
        minzheng.errors.WrongType: years[1]: expected int, got text
    """
    try:
        return each_of(name, a_list(value), kind)
    except InvalidInput as error:
        raise WrongType(f"{name}: {error}") from None


def each_of(name: str, values: Iterable[T], kind: type[T]) -> tuple[T, ...]:
    """Take several of one type from any iterable that is neither text nor keys by accident.

    Args:
        name: what the message calls them.
        values: a list, a generator, a set; not text, not an object.
        kind: of which each is.

    Raises:
        WrongType: for anything else, with its place.

    Example:
        >>> each_of("years", "2019", int)
        Traceback (most recent call last):
            ...
        minzheng.errors.WrongType: years: expected several, got text
    """
    if isinstance(values, str | bytes | Mapping) or not isinstance(values, Iterable):
        raise WrongType(f"{name}: expected several, got {shown(values, personal=True)}")
    rows = tuple(values)
    for at, each in enumerate(rows):
        if not isinstance(each, kind):
            found = shown(each, personal=True)
            raise WrongType(f"{name}[{at}]: expected {kind.__name__}, got {found}")
    return rows
