"""How a fact is stated: its meaning, its conversion, the check that it passes, its mask."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from attrs import field, fields

from minzheng.base.areas import NATION
from minzheng.base.brief import shown
from minzheng.base.money import plain_decimal, to_fen
from minzheng.errors import Fault, InvalidInput, WrongType

__all__ = [
    "area_code",
    "checked",
    "every",
    "hundredths",
    "mask_birth",
    "mask_fact",
    "mask_id",
    "mask_name",
    "maybe",
    "rows",
    "stated",
    "whole",
    "yuan",
]

Row = TypeVar("Row")
_AREA = re.compile("[0-9]{6}")


def mask_birth(birth: date | None) -> str:
    """The year of a birth, for lists and logs."""
    return "None" if birth is None else f"{birth.year}-**-**"


def mask_fact(value: object) -> str:
    """Whether a fact that nobody else should read is known, for lists and logs."""
    return "None" if value is None else "*"


def yuan(value: Decimal | str | int | None) -> Decimal | None:
    """An amount as ``Decimal``; a float is a ``WrongType``."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, Decimal | str | int):
        raise WrongType(
            f"amounts are Decimal, str or int, never {type(value).__name__}: {shown(value)}"
        )
    return plain_decimal(value)


def rows(rows: Iterable[Row] | None) -> tuple[Row, ...] | None:
    """A list as a tuple; ``None`` stays unknown, and what is no list is left to the check."""
    return None if rows is None else every(rows)


def every(rows: Iterable[Row]) -> tuple[Row, ...]:
    """A list that must be given, as a tuple; what is no list is left to the check."""
    return tuple(rows) if isinstance(rows, list | tuple) else rows  # type: ignore[return-value]


def hundredths(value: Decimal) -> None:
    """Yuan, or square metres: 0 or more, at most two decimals."""
    try:
        hundredths = to_fen(value)
    except InvalidInput:
        raise InvalidInput(f"expected a number with at most two decimals, got {value}") from None
    if hundredths < 0:
        raise InvalidInput(f"expected 0 or more, got {value}")


def whole(least: int, most: int | None = None) -> Callable[[int], None]:
    """A check: a whole number within bounds."""
    wanted = f"{least} or more" if most is None else f"{least}..{most}"

    def check(value: int) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            raise WrongType(f"expected a whole number, got {shown(value)}")
        if value < least or (most is not None and value > most):
            raise InvalidInput(f"expected {wanted}, got {value}")

    return check


def area_code(code: str) -> None:
    """The form of a division code: six digits.

    Whether an area bears it on a day is checked where the tables in use are known.
    """
    if code == NATION:
        raise InvalidInput(f"expected the code of a place, and {NATION} is the nation")
    if not _AREA.fullmatch(code):
        longer = "; the first six of a longer code name the county" if len(code) in (9, 12) else ""
        raise InvalidInput(f"expected 6 digits, got {code[:20]!r}{longer}")


@cache
def _types(cls: Any) -> tuple[tuple[str, tuple[type, ...], type | None], ...]:
    """For each field its plain types, and for a tuple the type of its rows."""
    found = []
    hints = get_type_hints(cls)
    for name, hint in ((each.name, hints[each.name]) for each in fields(cls)):
        choices = [each for each in (get_args(hint) or (hint,)) if each is not Ellipsis]
        if get_origin(hint) is tuple:
            choices = [hint]
        row = next((get_args(each)[0] for each in choices if get_origin(each) is tuple), None)
        plain = tuple(get_origin(each) or each for each in choices)
        found.append((name, plain, row))
    return tuple(found)


def _typed(model: Any) -> None:
    """Refuse values of a type that a field never has, such as ``"no"`` for a truth value."""
    kind: Any = type(model)
    for name, plain, row in _types(kind):
        value = getattr(model, name)
        if type(value) not in plain:
            words = ("list" if each is tuple else each.__name__ for each in plain)
            wanted = " or ".join(each for each in words if each != NoneType.__name__)
            raise WrongType(f"{name}: expected {_an(wanted)}, got {_found(kind, name, value)}")
        if row is not None and value is not None:
            for place, each in enumerate(value):
                if type(each) is not row:
                    found = _found(kind, name, each)
                    raise WrongType(f"{name}[{place}]: expected {row.__name__}, got {found}")


def _an(words: str) -> str:
    return "a list" if words == "list" else words


def _found(cls: Any, name: str, value: object) -> str:
    """What a message shows: of a fact that is masked in lists only the type."""
    return shown(value, personal=callable(getattr(fields(cls), name).repr))


@cache
def _checks(cls: Any) -> tuple[tuple[str, Callable[[Any], object]], ...]:
    return tuple(
        (each.name, each.metadata["check"]) for each in fields(cls) if "check" in each.metadata
    )


def checked(
    model: object, *more: Fault, between: Callable[[], Iterable[Fault]] | None = None
) -> None:
    """Refuse a model with all its faults: of each field, and ``more`` between the fields.

    Args:
        model: the model, in the making.
        more: faults between its fields.
        between: finds further ones, once every field is of its type.
    """
    kind: Any = type(model)
    _typed(model)
    faults: list[Fault] = []
    for name, check in _checks(kind):
        value = getattr(model, name)
        if value is not None:
            try:
                check(value)
            except InvalidInput as error:
                faults += error.under(name).faults
    faults += more
    if between is not None:
        faults += between()
    if faults:
        order = [each.name for each in fields(kind)]
        raise InvalidInput(sorted(faults, key=lambda each: _place(each.path, order)))


def _place(path: str, order: list[str]) -> int:
    first = re.split(r"[.\[]", path)[0]
    return order.index(first) if first else -1


def mask_name(name: str | None) -> str:
    """The first character of a name and stars, for lists and logs.

    Example:
        >>> mask_name("测试甲")
        '测**'
    """
    return "?" if not name else name[: len(name) > 1] + "*" * max(1, len(name) - 1)


def mask_id(number: str | None) -> str:
    """The place of a number and stars, for lists and logs."""
    return "None" if number is None else number[:6] + "*" * (len(number) - 6)


def stated(text: str, *, check: Callable[[Any], object] | None = None, **options: Any) -> Any:
    """A fact: what it means, and the check that its value passes, read by the codec too."""
    about = {"about": text} if check is None else {"about": text, "check": check}
    return field(metadata=about, **options)


def maybe(text: str, **options: Any) -> Any:
    """A fact that may be unknown."""
    return stated(text, default=None, **options)
