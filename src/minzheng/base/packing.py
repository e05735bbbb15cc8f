"""Models to plain data and back, whole: for keeping, where :mod:`~minzheng.base.codec` is for people.

Nothing is left out that a model says, derived fields among them, and a value of a
field that may be of several types says which it is: ``{"Decimal": "4800"}``. What
comes out equals what went in.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum
from fractions import Fraction
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar, Union, get_args, get_origin, get_type_hints

import attrs

from minzheng.base.brief import shown
from minzheng.base.money import plain_number
from minzheng.errors import Fault, InvalidInput

if TYPE_CHECKING:
    from cattrs import Converter

__all__ = ["pack", "pack_as", "pack_without", "unpack"]

T = TypeVar("T")
MOST_PACKED = 4000
"""Characters of a number that was packed; ratios that were computed may be long."""
_RATIO = re.compile(r"-?[0-9]+(/[0-9]+)?")


def pack(model: object) -> Any:
    """A model as plain data, from which :func:`unpack` makes an equal one.

    Example:
        >>> from minzheng.base.dates import Span
        >>> pack(Span(date(2020, 7, 24)))
        {'start': '2020-07-24'}
        >>> unpack({"start": "2020-07-24"}, Span)
        Span(start=datetime.date(2020, 7, 24), end=None)
    """
    return _converter().unstructure(model)


def pack_as(value: object, hint: Any) -> Any:
    """A value of a declared type, such as that of one field, as plain data."""
    return _converter().unstructure(value, unstructure_as=hint)


def pack_without(model: object, left_out: frozenset[str]) -> Any:
    """A model as plain data without some of its fields, which are packed on their own."""
    cls: Any = type(model)
    return _writer(cls, _converter(), left_out)(model)


def unpack(data: object, hint: Any) -> Any:
    """The model, or the value of a declared type, of what was packed.

    Raises:
        InvalidInput: when that is not what such a type was packed to.
    """
    try:
        return _converter().structure(data, hint)
    except InvalidInput:
        raise
    except Exception as error:
        said = type(error).__name__
    # not linked to the error found, which repeats what was packed: it may be personal
    name = getattr(hint, "__name__", str(hint))
    raise InvalidInput([Fault(name, f"is not what was packed ({said})")])


@cache
def _converter() -> Converter:
    from cattrs import Converter

    converter = Converter(detailed_validation=False, omit_if_default=True)
    plain: dict[type, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
        datetime: (datetime.isoformat, datetime.fromisoformat),
        date: (date.isoformat, date.fromisoformat),
        Decimal: (str, _decimal),
        Fraction: (str, _fraction),
    }
    for cls, (write, read) in plain.items():
        converter.register_unstructure_hook(cls, write)
        converter.register_structure_hook(cls, _from_text(read))
    for cls in (bool, int, str):
        converter.register_structure_hook(cls, _exactly)
    for enum in (Enum, IntEnum, StrEnum):
        converter.register_unstructure_hook(enum, attrgetter("name"))
        converter.register_structure_hook(enum, lambda value, cls: cls[_text(value)])
    converter.register_unstructure_hook_factory(_is_map, lambda hint: _map_writer(hint, converter))
    converter.register_structure_hook_factory(_is_map, lambda hint: _map_reader(hint, converter))
    converter.register_unstructure_hook_factory(
        _is_rows, lambda hint: _rows_writer(hint, converter)
    )
    converter.register_structure_hook_factory(_is_rows, lambda hint: _rows_reader(hint, converter))
    converter.register_unstructure_hook_factory(
        _is_fixed, lambda hint: _fixed_writer(hint, converter)
    )
    converter.register_structure_hook_factory(
        _is_fixed, lambda hint: _fixed_reader(hint, converter)
    )
    converter.register_unstructure_hook_factory(_is_set, lambda hint: _set_writer(hint, converter))
    converter.register_structure_hook_factory(_is_set, lambda hint: _rows_reader(hint, converter))
    converter.register_unstructure_hook_factory(
        _is_named, lambda cls: _named_writer(cls, converter)
    )
    converter.register_structure_hook_factory(_is_named, lambda cls: _named_reader(cls, converter))
    converter.register_unstructure_hook_factory(_is_several, lambda hint: _tagger(hint, converter))
    converter.register_structure_hook_factory(_is_several, lambda hint: _untagger(hint, converter))
    converter.register_unstructure_hook_factory(attrs.has, lambda cls: _writer(cls, converter))
    converter.register_structure_hook_factory(attrs.has, lambda cls: _reader(cls, converter))
    return converter


def _is_map(hint: Any) -> bool:
    origin = get_origin(hint)
    return isinstance(origin, type) and issubclass(origin, Mapping | types.MappingProxyType)


def _is_rows(hint: Any) -> bool:
    origin = get_origin(hint)
    return origin is list or (origin is tuple and get_args(hint)[-1:] == (Ellipsis,))


def _is_fixed(hint: Any) -> bool:
    return get_origin(hint) is tuple and Ellipsis not in get_args(hint)


def _is_set(hint: Any) -> bool:
    return get_origin(hint) in (frozenset, set)


def _is_named(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, tuple) and hasattr(hint, "_fields")


def _is_several(hint: Any) -> bool:
    """Whether a field may be of several types besides being unknown."""
    union = get_origin(hint) in (Union, types.UnionType, Sequence)
    return union and len(_choices(hint)) > 1


def _choices(hint: Any) -> dict[type, Any]:
    """The types of the values, and how each is declared."""
    if get_origin(hint) is Sequence:
        row = get_args(hint)[0]
        return {tuple: types.GenericAlias(tuple, (row, ...)), list: types.GenericAlias(list, row)}
    given = [each for each in get_args(hint) if each is not types.NoneType]
    return {get_origin(each) or each: each for each in given}


@cache
def _writer(
    cls: Any, converter: Converter, left_out: frozenset[str] = frozenset()
) -> Callable[[Any], dict[str, Any]]:
    from cattrs.gen import make_dict_unstructure_fn, override

    attrs.resolve_types(cls)
    without: dict[str, Any] = {name: override(omit=True) for name in left_out}
    return make_dict_unstructure_fn(cls, converter, _cattrs_omit_if_default=True, **without)


def _reader(cls: Any, converter: Converter) -> Callable[[Any, Any], Any]:
    from cattrs.gen import make_dict_structure_fn

    get_type_hints(cls)
    return make_dict_structure_fn(
        cls, converter, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=False
    )


def _map_writer(hint: Any, converter: Converter) -> Callable[[Any], list[Any]]:
    """A mapping as pairs, so that its keys may be of any type and keep their order."""
    keys, values = get_args(hint)
    key, value = (_writing(each, converter) for each in (keys, values))
    return lambda pairs: [[key(each), value(held)] for each, held in pairs.items()]


def _map_reader(hint: Any, converter: Converter) -> Callable[[Any, Any], Any]:
    keys, values = get_args(hint)
    proxy = get_origin(hint) is types.MappingProxyType

    def read(pairs: Any, _: Any) -> Any:
        made = {
            converter.structure(key, keys): converter.structure(value, values)
            for key, value in map(_listed, _listed(pairs))
        }
        return types.MappingProxyType(made) if proxy else made

    return read


def _rows_writer(hint: Any, converter: Converter) -> Callable[[Any], list[Any]]:
    row = _writing(get_args(hint)[0], converter)
    return lambda rows: [row(each) for each in rows]


def _rows_reader(hint: Any, converter: Converter) -> Callable[[Any, Any], Any]:
    row, made = get_args(hint)[0], get_origin(hint)
    return lambda rows, _: made(converter.structure(each, row) for each in _listed(rows))


def _fixed_writer(hint: Any, converter: Converter) -> Callable[[Any], list[Any]]:
    """A tuple of so many values, each of a type of its own."""
    writers = [_writing(each, converter) for each in get_args(hint)]
    return lambda row: [write(each) for write, each in zip(writers, row, strict=True)]


def _fixed_reader(hint: Any, converter: Converter) -> Callable[[Any, Any], Any]:
    hints = get_args(hint)
    return lambda row, _: tuple(
        converter.structure(each, inner) for each, inner in zip(_listed(row), hints, strict=True)
    )


def _set_writer(hint: Any, converter: Converter) -> Callable[[Any], list[Any]]:
    row = _writing(get_args(hint)[0], converter)
    return lambda rows: sorted((row(each) for each in rows), key=repr)


def _named_writer(cls: Any, converter: Converter) -> Callable[[Any], list[Any]]:
    writers = [_writing(hint, converter) for hint in get_type_hints(cls).values()]
    return lambda row: [write(each) for write, each in zip(writers, row, strict=True)]


def _named_reader(cls: Any, converter: Converter) -> Callable[[Any, Any], Any]:
    hints = list(get_type_hints(cls).values())
    return lambda row, _: cls(
        *(converter.structure(each, hint) for each, hint in zip(_listed(row), hints, strict=True))
    )


def _tagger(hint: Any, converter: Converter) -> Callable[[Any], Any]:
    writers = {cls: _writing(each, converter) for cls, each in _choices(hint).items()}

    def write(value: Any) -> Any:
        return value if value is None else {type(value).__name__: writers[type(value)](value)}

    return write


def _untagger(hint: Any, converter: Converter) -> Callable[[Any, Any], Any]:
    by_name = {cls.__name__: each for cls, each in _choices(hint).items()}

    def read(value: Any, _: Any) -> Any:
        if value is None:
            return None
        [(name, inner)] = value.items()
        return converter.structure(inner, by_name[name])

    return read


def _writing(hint: Any, converter: Converter) -> Callable[[Any], Any]:
    return converter.get_unstructure_hook(hint)


def _listed(value: Any) -> list[Any]:
    if type(value) is not list:
        raise InvalidInput(f"expected a list, got {shown(value, personal=True)}")
    return value


def _from_text(read: Callable[[str], Any]) -> Callable[[Any, Any], Any]:
    return lambda value, _: read(_text(value))


def _decimal(text: str) -> Decimal:
    if len(text) > MOST_PACKED:
        raise InvalidInput(
            f"a number has at most {MOST_PACKED} characters, got {shown(text, personal=True)}"
        )
    return plain_number(Decimal(text))


def _fraction(text: str) -> Fraction:
    if len(text) > MOST_PACKED or not _RATIO.fullmatch(text):
        raise InvalidInput(f"expected a ratio such as 1/3, got {shown(text, personal=True)}")
    return Fraction(text)


def _text(value: object) -> str:
    if type(value) is not str:
        raise InvalidInput(f"expected text, got {shown(value, personal=True)}")
    return value


def _exactly(value: Any, cls: type[T]) -> T:
    if type(value) is not cls:
        raise InvalidInput(f"expected {cls.__name__}, got {shown(value, personal=True)}")
    return value
