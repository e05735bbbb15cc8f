"""JSON to models and back, through one cattrs converter; all faults of an input at once.

The JSON of a model is its attrs fields by name. Days are ``"2020-07-24"``,
amounts are strings or whole numbers of yuan (``"4800"``), enumerations are
their lower-case names, and ``null`` or a missing optional key means *unknown*.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum
from fractions import Fraction
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Any, TypeVar, Union, get_args, get_origin, get_type_hints

import attrs

from minzheng.base.brief import LONGEST, masked, shown
from minzheng.base.lists import a_list
from minzheng.base.money import MOST_DIGITS, plain_decimal, plain_number
from minzheng.base.ratio import exact_ratio
from minzheng.base.suggest import unknown
from minzheng.base.text import cause
from minzheng.errors import Fault, InvalidInput, WrongType

if TYPE_CHECKING:
    from cattrs import Converter

__all__ = [
    "dumps",
    "json_schema",
    "loads",
    "parse",
    "structure",
    "structure_list",
    "unstructure",
]

T = TypeVar("T")
M = TypeVar("M", IntEnum, StrEnum)


def structure(data: object, cls: type[T], path: str = "$") -> T:
    """Build a model from plain data, as ``json.load`` gives it.

    Args:
        data: mappings, lists, strings, numbers, ``None``.
        cls: the attrs class to build.
        path: what the faults call the whole input.

    Raises:
        InvalidInput: with every fault and its path; a misspelt key is a fault
            that names the nearest one.

    Example:
        >>> from minzheng.people import Property
        >>> structure({"carz": 1}, Property, "property")
        Traceback (most recent call last):
            ...
        minzheng.errors.InvalidInput: property.carz: unknown 'carz'; did you mean 'cars'?
    """
    try:
        return _converter().structure(data, cls)
    except (ExceptionGroup, InvalidInput, TypeError, ValueError) as error:
        raise InvalidInput(_faults(error, path)) from None


def loads(text: str | bytes, cls: type[T], path: str = "$") -> T:
    """Build a model from JSON text; numbers are read exactly, never through floats.

    Raises:
        InvalidInput: when it is not JSON, and as :func:`structure`.
    """
    return structure(parse(text, path), cls, path)


def structure_list(data: object, cls: type[T], path: str = "$") -> list[T]:
    """Build models from plain data that is one object or a list of them.

    Raises:
        InvalidInput: with the faults of all of them, as :func:`structure`.
    """
    rows = data if isinstance(data, list) else [data]
    models: list[T] = []
    faults: list[Fault] = []
    for number, row in enumerate(rows):
        try:
            models.append(structure(row, cls, f"{path}[{number}]" if data is rows else path))
        except InvalidInput as error:
            faults += error.faults
    if faults:
        raise InvalidInput(faults)
    return models


def parse(text: str | bytes, path: str = "$") -> Any:
    """Plain data from JSON text, numbers exact, and no key twice in one object.

    Raises:
        InvalidInput: when it is not such JSON.
    """
    if isinstance(text, str):
        text = text.removeprefix("\ufeff")
    try:
        return json.loads(
            text, parse_int=_int, parse_float=_float, object_pairs_hook=_no_duplicates
        )
    except InvalidInput as error:
        raise error.under(path) from None
    except RecursionError:
        raise InvalidInput([Fault(path, "is not JSON: it nests too deeply")]) from None
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise InvalidInput([Fault(path, f"is not JSON: {error}")]) from None


def _int(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise InvalidInput(f"a number has at most {MOST_DIGITS} digits, got {shown(digits)}")
    return int(digits)


def _float(digits: str) -> Decimal:
    if len(digits) <= 2 * MOST_DIGITS:
        with suppress(ArithmeticError, InvalidInput):
            return plain_number(Decimal(digits))
    raise InvalidInput(f"a number has at most {MOST_DIGITS} digits, got {shown(digits)}")


def unstructure(model: object) -> Any:
    """Turn a model into plain data that ``json.dump`` takes; unknown facts are left out."""
    return _converter().unstructure(model)


def dumps(model: object) -> str:
    """Turn a model into JSON text, readable and stable."""
    return json.dumps(unstructure(model), ensure_ascii=False, indent=2)


def json_schema(cls: type, title: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of the JSON that :func:`structure` takes for a class."""
    definitions: dict[str, Any] = {}
    reference = _schema(cls, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **reference,
        "$defs": dict(sorted(definitions.items())),
    }


def _no_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    seen = dict(pairs)
    if len(seen) < len(pairs):
        keys = [key for key, _value in pairs]
        twice = sorted(key for key, times in Counter(keys).items() if times > 1)
        raise InvalidInput([Fault(_key(key), "stands twice in one object") for key in twice])
    return seen


@cache
def _converter() -> Converter:
    from cattrs import Converter

    converter = Converter(omit_if_default=True)
    converter.register_structure_hook(date, lambda value, _: _date(value))
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_structure_hook(Decimal, lambda value, _: _decimal(value))
    converter.register_unstructure_hook(Decimal, str)
    converter.register_structure_hook(Fraction, lambda value, _: exact_ratio(value))
    converter.register_unstructure_hook(Fraction, str)
    for plain in (bool, int, str):
        converter.register_structure_hook(plain, _exactly)
    converter.register_structure_hook(IntEnum, _member)
    converter.register_structure_hook(StrEnum, _word)
    converter.register_unstructure_hook(IntEnum, lambda member: member.name.lower())
    converter.register_structure_hook_func(_is_mapping, _named)
    converter.register_structure_hook_func(_is_listed, _rows)
    converter.register_structure_hook_factory(attrs.has, lambda cls: _reader(cls, converter))
    converter.register_unstructure_hook_factory(
        attrs.has, lambda cls: _plain_writer(cls, converter)
    )
    return converter


def _plain_writer(cls: Any, converter: Converter) -> Callable[[Any], dict[str, Any]]:
    """How a class is written: defaults are left out, and fields that say ``json: False``."""
    from cattrs.gen import make_dict_unstructure_fn, override

    left_out: dict[str, Any] = {
        each.name: override(omit=True)
        for each in attrs.fields(cls)
        if not each.metadata.get("json", True)
    }
    return make_dict_unstructure_fn(cls, converter, _cattrs_omit_if_default=True, **left_out)


def _reader(cls: Any, converter: Converter) -> Callable[[object, object], Any]:
    """How a class is read: every key is looked at, whatever is wrong with the others."""
    hints = get_type_hints(cls)
    fields = {each.name: each for each in attrs.fields(cls) if each.init}

    def read(value: object, _: object) -> Any:
        if not isinstance(value, Mapping):
            raise InvalidInput(
                f"expected an object with the keys of {cls.__name__}, got {shown(value, personal=isinstance(value, str))}"
            )
        faults = [Fault(_key(key), unknown(str(key), fields)) for key in value if key not in fields]
        made = {}
        for name, about in fields.items():
            if name not in value:
                if about.default is attrs.NOTHING:
                    faults.append(Fault(name, "is required"))
                continue
            try:
                made[name] = converter.structure(value[name], hints[name])
                if made[name] is not None and "check" in about.metadata:
                    about.metadata["check"](made[name])
            except Exception as error:
                found = _faults(error, name)
                faults += _unnamed(found, value[name]) if callable(about.repr) else found
        if faults:
            raise InvalidInput(faults)
        return cls(**made)

    return read


def _unnamed(found: Iterator[Fault], value: object) -> Iterator[Fault]:
    """Faults of a field that is masked in lists: what was found is not repeated."""
    own = f"got {shown(value)}"
    for each in found:
        yield Fault(each.path, each.message.replace(own, f"got {shown(value, personal=True)}"))


def _is_mapping(hint: object) -> bool:
    return get_origin(hint) is Mapping


def _named(value: object, hint: Any) -> dict[str, Any]:
    """Values by name, with the faults of all of them."""
    if not isinstance(value, Mapping):
        raise InvalidInput(f"expected an object of values by name, got {shown(value)}")
    made: dict[str, Any] = {}
    faults: list[Fault] = []
    for name, each in value.items():
        try:
            made[_exactly(name, str)] = _converter().structure(each, get_args(hint)[1])
        except Exception as error:
            faults += _faults(error, f"[{_key(name)}]")
    if faults:
        raise InvalidInput(faults)
    return made


def _is_listed(hint: object) -> bool:
    return get_origin(hint) in (tuple, list, Sequence)


def _rows(value: object, hint: Any) -> Any:
    """A list, with the faults of all its entries; text and objects are no lists."""
    rows, kinds = a_list(value), get_args(hint)
    if get_origin(hint) is tuple and kinds[-1:] != (Ellipsis,):
        if len(rows) != len(kinds):
            raise InvalidInput(f"expected a list of {len(kinds)}, got {shown(value)}")
    else:
        kinds = (kinds[0],) * len(rows)
    made: list[Any] = []
    faults: list[Fault] = []
    for place, (each, kind) in enumerate(zip(rows, kinds, strict=True)):
        try:
            made.append(_converter().structure(each, kind))
        except Exception as error:
            faults += _faults(error, f"[{place}]")
    if faults:
        raise InvalidInput(faults)
    return made if get_origin(hint) is list else tuple(made)


def _word_of(value: object) -> str:
    return value if isinstance(value, str) else shown(value)


def _key(key: object) -> str:
    text = masked(str(key)[: 2 * LONGEST])
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _date(value: object) -> date:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    why = cause(value, day=True, private=True, quoted=True)  # it may be a birth
    said = f"expected a day such as '2020-07-24', got {shown(value)}"
    raise InvalidInput(said if why is None else f"{said}: {why}")


def _decimal(value: object) -> Decimal:
    if isinstance(value, float):
        raise WrongType(f"never a float: write the number in quotes, got {shown(value)}")
    if isinstance(value, Decimal | str | int) and not isinstance(value, bool):
        number = plain_decimal(value)
        if number.is_finite():
            return number
    raise InvalidInput(f"expected a number in quotes such as '4800', got {shown(value)}")


def _exactly(value: object, cls: type[T]) -> T:
    if type(value) is cls:
        if isinstance(value, str):
            _writable(value)
        return value
    words: dict[type, str] = {bool: "true or false", int: "a whole number", str: "text in quotes"}
    raise InvalidInput(f"expected {words[cls]}, got {shown(value)}")


def _writable(text: str) -> None:
    """Refuse half characters (lone surrogates), which no file can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise InvalidInput(f"expected text, got half a character in {text!a}") from None


def _member(value: object, cls: type[M]) -> M:
    names = {member.name.lower(): member for member in cls}
    if isinstance(value, str) and value in names:
        return names[value]
    raise InvalidInput(unknown(_word_of(value), names))


def _word(value: object, cls: type[StrEnum]) -> StrEnum:
    words = {member.value: member for member in cls}
    if isinstance(value, str) and value in words:
        return words[value]
    raise InvalidInput(unknown(_word_of(value), words))


def _faults(error: BaseException, path: str) -> Iterator[Fault]:
    """Walk what was collected, and say each fault with its path; anything else is a bug."""
    from cattrs import IterableValidationNote

    if isinstance(error, ExceptionGroup):
        for inner in error.exceptions:
            notes = getattr(inner, "__notes__", ())
            step = next(
                (each.index for each in notes if isinstance(each, IterableValidationNote)), ""
            )
            yield from _faults(inner, f"{path}[{step}]" if step != "" else path)
    elif isinstance(error, InvalidInput):
        yield from error.under(path).faults
    elif isinstance(error, TypeError | ValueError):
        yield Fault(path, str(error))
    else:
        raise error


_PLAIN: dict[object, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    Decimal: {"type": ["string", "number"], "description": "yuan; quotes keep it exact"},
    Fraction: {"type": "string", "description": "a ratio such as 5% or 1/20"},
    type(None): {"type": "null"},
}


def _schema(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if hint in _PLAIN:
        return dict(_PLAIN[hint])
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return {"anyOf": [_schema(each, definitions) for each in get_args(hint)]}
    if origin is Mapping:
        values = _schema(get_args(hint)[1], definitions)
        return {"type": "object", "additionalProperties": values}
    if origin is tuple:
        return {"type": "array", "items": _schema(get_args(hint)[0], definitions)}
    if issubclass(hint, Enum):
        return {"enum": [member.name.lower() for member in hint]}
    if hint.__name__ not in definitions:
        definitions[hint.__name__] = {}
        hints = get_type_hints(hint)
        fields = [each for each in attrs.fields(hint) if each.init]
        definitions[hint.__name__] = {
            "type": "object",
            "description": (hint.__doc__ or "").strip().split("\n")[0],
            "properties": {
                each.name: {
                    **_schema(hints[each.name], definitions),
                    **({"description": about} if (about := each.metadata.get("about")) else {}),
                }
                for each in fields
            },
            "required": [each.name for each in fields if each.default is attrs.NOTHING],
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{hint.__name__}"}
