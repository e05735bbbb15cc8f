"""Texts, lists and codes of plans, frames, inspectors and findings, in one form: fields of attrs."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from attrs import NOTHING, Attribute, Converter, field

from minzheng.base import brief
from minzheng.base.identifiers import uscc
from minzheng.base.lists import a_list
from minzheng.base.text import invisible
from minzheng.errors import Fault, InvalidInput, WrongType
from minzheng.inspection.canonical import HIDDEN

__all__ = ["as_code", "as_line", "code", "line", "listed", "unfit", "words"]

_SPACES = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")


def as_line(text: str) -> str:
    r"""Normalise one line of text: Unicode form NFC, every kind of space as U+0020, none around.

    Example:
        >>> as_line("\u3000样本\u00a0学会 ")
        '样本 学会'
    """
    if text.isascii():
        return text.strip(" ")
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip(" ")


def unfit(text: str) -> str | None:
    r"""Say why a text cannot be published as one line: control, bidirectional or invisible characters.

    Example:
        >>> unfit("样本学会"), unfit("样本\u202e学会")
        (None, 'has the invisible character U+202E (RIGHT-TO-LEFT OVERRIDE) at place 3: delete it')
        >>> unfit("a\0")
        'has the control character U+0000 at place 2: delete it'
    """
    if text.isascii() and text.isprintable():
        return None
    if unseen := invisible(text):
        return f"has {unseen}: delete it"
    found = HIDDEN.search(text)
    if found is None:
        return None
    return f"has the control character U+{ord(found.group()):04X} at place {found.start() + 1}: delete it"


def as_code(number: str) -> str:
    """Normalise a credit code as typed; see :func:`minzheng.base.identifiers.uscc.compact`.

    Raises:
        InvalidInput: for invisible characters.
        WrongType: for anything but a ``str``.

    Example:
        >>> as_code("53 130800 000000000 x")
        '53130800000000000X'
    """
    made = uscc.compact(number)
    if problem := unfit(made):
        raise InvalidInput(problem)
    return made


def _line(value: Any, attribute: Attribute[Any]) -> str:
    if not isinstance(value, str):
        raise InvalidInput([Fault(attribute.name, f"expected text, got {brief.shown(value)}")])
    made = as_line(value)
    if problem := unfit(made):
        raise InvalidInput([Fault(attribute.name, problem)])
    return made


def _line_if_stated(value: Any, attribute: Attribute[Any]) -> str | None:
    return None if value is None else _line(value, attribute)


def _code(value: Any, attribute: Attribute[Any]) -> str:
    try:
        return as_code(value)
    except WrongType:
        raise InvalidInput(
            [Fault(attribute.name, f"expected text, got {brief.shown(value)}")]
        ) from None
    except InvalidInput as error:
        raise error.under(attribute.name) from None


def _listed(value: Any, attribute: Attribute[Any]) -> tuple[Any, ...]:
    try:
        return a_list(value)
    except InvalidInput as error:
        raise error.under(attribute.name) from None


def _words(value: Any, attribute: Attribute[Any]) -> tuple[str, ...]:
    made, faults = [], []
    for place, each in enumerate(_listed(value, attribute)):
        word = as_line(each) if isinstance(each, str) else None
        if not word:
            problem: str | None = f"expected a word, got {brief.shown(each)}"
        else:
            problem = unfit(word)
            made.append(word)
        if problem:
            faults.append(Fault(f"{attribute.name}[{place}]", problem))
    if faults:
        raise InvalidInput(faults)
    return tuple(made)


def line(default: Any = NOTHING, *, shown: bool = True) -> Any:
    """A field with one line of text that is published; see :func:`as_line` and :func:`unfit`."""
    read = _line_if_stated if default is None else _line
    return field(default=default, converter=Converter(read, takes_field=True), repr=shown)


def code() -> Any:
    """A field with a credit code; see :func:`as_code`."""
    return field(converter=Converter(_code, takes_field=True))


def listed(default: Any = NOTHING) -> Any:
    """A field with a list, never a text or an object."""
    return field(default=default, converter=Converter(_listed, takes_field=True))


def words() -> Any:
    """A field with a list of words, none of them empty; left out, there are none."""
    return field(default=(), converter=Converter(_words, takes_field=True))
