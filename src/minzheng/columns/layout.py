"""How the fields of facts and parameters lie in columns: vectors and lists as flat numbers.

A field with metadata ``by`` is a :class:`minzheng.rules.Vector`: among facts it is one column
for each member of its enumeration, ``income_wage`` ...; among parameters one number for each. A
parameter with the type ``tuple[int, ...]`` and metadata ``most`` is a list of at most so many
numbers, which lies behind its count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import IntEnum
from functools import lru_cache
from math import prod
from typing import Any, get_args, get_origin, get_type_hints

import attrs
from attrs import frozen

from minzheng.rules import Vector

__all__ = ["Fact", "Shape", "entries", "facts", "hints_of", "made", "numbers", "shapes", "width"]


@lru_cache(maxsize=1024)
def hints_of(cls: Any) -> dict[str, Any]:
    """The types of the fields of a class; looked up once, for that takes long."""
    return get_type_hints(cls)


@frozen
class Shape:
    """How one field lies in a row of numbers.

    Attributes:
        start: the place of its first number.
        hint: the type of one number.
        by: the enumerations of a vector, one for each index; none for one number, and for a list.
        most: how many entries a list has at most.
    """

    start: int
    hint: Any
    by: tuple[type[IntEnum], ...] = ()
    most: int | None = None

    @property
    def vector(self) -> bool:
        """Whether it is more than one number: a vector or a list."""
        return bool(self.by) or self.most is not None

    @property
    def width(self) -> int:
        """How many numbers it takes."""
        return prod(map(len, self.by)) if self.most is None else 1 + self.most


@lru_cache(maxsize=1024)
def shapes(cls: Any) -> dict[str, Shape]:
    """How each field of a class of parameters or facts lies in a row of numbers.

    Raises:
        TypeError: for an enumeration that cannot be an index, and for a tuple without a length.
    """
    hints, made, start = hints_of(cls), {}, 0
    for each in attrs.fields(cls):
        hint, by, most = hints[each.name], each.metadata.get("by", ()), None
        by = by if isinstance(by, tuple) else (by,)
        for one in by:
            Vector.of(one)
        if get_origin(hint) is tuple:
            hint, most = get_args(hint)[0], None if by else each.metadata.get("most")
            if not by and most is None:
                raise TypeError(f"{cls.__name__}.{each.name}: declare by= or most=")
        elif by:
            hint = int
        made[each.name] = Shape(start, hint, by, most)
        start += made[each.name].width
    return made


def width(cls: Any) -> int:
    """How many numbers all fields of a class take."""
    return sum(each.width for each in shapes(cls).values())


def numbers(cls: Any, of: Any) -> list[int] | None:
    """The fields of parameters as one row of whole numbers.

    Args:
        cls: their class.
        of: the parameters.

    Returns:
        The numbers; ``None`` where a vector or a list is not as declared.
    """
    row: list[int] = []
    for name, shape in shapes(cls).items():
        value = getattr(of, name)
        if shape.most is not None:
            if len(value) > shape.most:
                return None
            row += [len(value), *map(int, value), *[0] * (shape.most - len(value))]
        elif not shape.vector:
            row.append(int(value))
        else:
            entries = [value]
            for by in shape.by:
                if not all(isinstance(each, Vector.of(by)) for each in entries):
                    return None
                entries = [entry for each in entries for entry in each]
            row += map(int, entries)
    return row


@frozen
class Fact:
    """One column of facts.

    Attributes:
        name: of the column, without ``members.``.
        field: that it is, or is an entry of.
        hint: the type of its values.
    """

    name: str
    field: attrs.Attribute[Any]
    hint: Any


@lru_cache(maxsize=1024)
def facts(cls: Any) -> tuple[Fact, ...]:
    """The columns of a class of facts, in order.

    Raises:
        TypeError: for an enumeration that cannot be an index, and for a list.
    """
    made: list[Fact] = []
    for each in attrs.fields(cls):
        shape = shapes(cls)[each.name]
        if shape.most is not None or len(shape.by) > 1:
            raise TypeError(f"{cls.__name__}.{each.name}: a fact is one number or one vector")
        if not shape.by:
            made.append(Fact(each.name, each, shape.hint))
        for member in shape.by[0] if shape.by else ():
            word = member.name.lower()
            made.append(Fact(f"{each.name}_{word}", _entry(cls, each, word), shape.hint))
    twice = {each.name for each in made if [one.name for one in made].count(each.name) > 1}
    if twice:
        raise TypeError(f"{cls.__name__}: {min(twice)} would be two columns")
    return tuple(made)


def _entry(cls: Any, each: attrs.Attribute[Any], word: str) -> attrs.Attribute[Any]:
    """The field of one entry of a vector: beside another vector it is beside the same entry."""
    about = dict(each.metadata)

    def beside(name: str) -> str:
        other = shapes(cls)[name]
        return f"{name}_{word}" if other.by == shapes(cls)[each.name].by else name

    for limit in ("within", "together"):
        if about.get(limit):
            about[limit] = beside(about[limit])
    if about.get("most_by"):
        name, most = about["most_by"]
        about["most_by"] = (beside(name), most)
    return each.evolve(metadata=about)


def made(cls: Any, values: Mapping[str, Any]) -> Any:
    """Facts of a class from the values of their columns."""
    return cls(**dict(_made(cls, values)))


def entries(of: Any) -> dict[str, Any]:
    """The values of the columns of facts; ``None`` is not known, of a vector as a whole too.

    Args:
        of: the facts, as :func:`made` gives them.
    """
    cls: Any = of.__class__
    values: list[Any] = []
    for name, shape in shapes(cls).items():
        value = getattr(of, name)
        if shape.by:
            values += [None] * shape.width if value is None else value
        else:
            values.append(value)
    return dict(zip((each.name for each in facts(cls)), values, strict=True))


def _made(cls: Any, values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    names = iter(facts(cls))
    for each in attrs.fields(cls):
        by = shapes(cls)[each.name].by
        if by:
            yield each.name, Vector.of(by[0])(values[next(names).name] for _ in by[0])
        else:
            yield each.name, values[next(names).name]
