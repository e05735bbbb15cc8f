"""Canonical JSON (RFC 8785): equal contents are equal bytes, so that a hash means the content.

Keys are sorted by their UTF-16 code units, nothing stands between the tokens, characters are
escaped only where JSON demands it.

Limitations:
    Numbers are whole and at most 2**53 - 1 in size, which every reader of JSON takes exactly;
    what has a fraction is written as text.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, NoReturn

from minzheng.errors import Fault, InvalidInput

__all__ = [
    "LARGEST",
    "canonical",
    "check_format",
    "differences",
    "digest",
    "one_line",
    "parse_canonical",
]

LARGEST = 2**53 - 1
"""The largest whole number that every reader of JSON takes exactly (RFC 7493)."""

HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u0600-\u0605\u061c\u06dd\u070f\u08e2\u115f\u1160\u1680\u17b4"
    "\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ud800-\uf8ff"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000110bd\U000110cd"
    "\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff"
    "\U000f0000-\U0010ffff]"
)
"""Characters that no published line has: control, invisible, bidirectional, private, and spaces but U+0020.

Listed here, so that the answer does not depend on a version of Unicode.
"""


def canonical(plain: object) -> str:
    r"""Plain data as canonical JSON text.

    Raises:
        InvalidInput: for anything but objects, lists, text without lone surrogates, whole
            numbers up to :data:`LARGEST`, true, false and null.

    Source:
        RFC 8785.

    Example:
        >>> canonical({"b": 1, "a": ["样", "\x07\n"]})
        '{"a":["样","\\u0007\\n"],"b":1}'
    """
    try:
        return json.dumps(_ordered(plain), ensure_ascii=False, separators=(",", ":"))
    except RecursionError:
        raise InvalidInput("expected data that does not nest so deeply") from None


def _ordered(plain: object) -> object:
    if isinstance(plain, dict):
        if not all(isinstance(key, str) for key in plain):
            raise InvalidInput("expected text as the key of an object")
        keys = sorted(plain, key=lambda key: str(key).encode("utf-16-be", "surrogatepass"))
        return {_text(key): _ordered(plain[key]) for key in keys}
    if isinstance(plain, list | tuple):
        return [_ordered(each) for each in plain]
    if isinstance(plain, str):
        return _text(plain)
    if plain is None or isinstance(plain, bool):
        return plain
    if isinstance(plain, int) and -LARGEST <= plain <= LARGEST:
        return int(plain)
    raise InvalidInput(
        f"expected text, a whole number up to 2**53 - 1, true, false or null, got {type(plain).__name__}"
    )


def _text(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise InvalidInput("expected text, got half a character (a lone surrogate)") from None
    return text


def digest(plain: object) -> str:
    """SHA-256 of the canonical JSON in UTF-8, in hexadecimal.

    Raises:
        InvalidInput: as :func:`canonical`.
    """
    return sha256(canonical(plain).encode()).hexdigest()


def check_format(plain: object, expected: str, path: str) -> dict[str, Any]:
    """Refuse plain data of another format by its name.

    Returns:
        The object.

    Raises:
        InvalidInput: for anything but an object whose ``format`` is the one expected.
    """
    if not isinstance(plain, dict):
        raise InvalidInput([Fault(path, f"expected an object, got {type(plain).__name__}")])
    found = plain.get("format")
    if found != expected or type(found) is not str:
        old = ", an earlier format that could be forged" if found == f"{expected[:-1]}1" else ""
        problem = f"expected {expected!r}, got {str(found)[:60]!r}{old}"
        raise InvalidInput([Fault(f"{path}.format", problem)])
    return plain


def parse_canonical(data: bytes, expected: str, path: str) -> dict[str, Any]:
    """Read an object of some format from a file that is canonical JSON closed by a line feed.

    Args:
        data: the bytes of the file.
        expected: what its ``format`` says.
        path: what the faults call it.

    Raises:
        InvalidInput: for anything else, to the byte.
    """
    try:
        plain = json.loads(
            data.decode(), parse_int=_whole, parse_float=_no_number, parse_constant=_no_number
        )
    except (ValueError, RecursionError) as error:
        why = "nests too deeply" if isinstance(error, RecursionError) else str(error)[:120]
        raise InvalidInput([Fault(path, f"is not JSON of this kind: {why}")]) from None
    made = check_format(plain, expected, path)
    try:
        fits = f"{canonical(made)}\n".encode() == data
    except InvalidInput as error:
        raise error.under(path) from None
    if not fits:
        problem = "is not canonical JSON (RFC 8785) of one object, closed by a line feed"
        raise InvalidInput([Fault(path, problem)])
    return made


def _whole(digits: str) -> int:
    if len(digits) > 17:
        _no_number(digits)
    return int(digits)


def _no_number(digits: str) -> NoReturn:
    raise ValueError(f"expected a whole number up to 2**53 - 1, got {digits[:20]}")


def one_line(plain: object, path: str, *, tabs: bool = False) -> Iterator[Fault]:
    r"""Faults of texts, keys included, that are not one line that shows what it contains.

    A control character, a space other than U+0020, an invisible or a bidirectional
    character, a space around the text, and a form other than NFC are faults.

    Args:
        plain: plain data.
        path: what the faults call it.
        tabs: whether tabs are allowed, as in the lines of a frame.

    Example:
        >>> [str(each) for each in one_line({"name": "a\u202eb"}, "plan")]
        ["plan.name: expected one line of text without invisible characters, got 'a\\u202eb'"]
    """
    if isinstance(plain, dict):
        for key, value in plain.items():
            yield from one_line(str(key), path)
            yield from one_line(value, f"{path}.{key}", tabs=tabs)
    elif isinstance(plain, list | tuple):
        for place, value in enumerate(plain):
            yield from one_line(value, f"{path}[{place}]", tabs=tabs)
    elif isinstance(plain, str):
        cells = plain.split("\t") if tabs else [plain]
        for cell in cells:
            if (
                HIDDEN.search(cell)
                or cell != cell.strip(" ")
                or unicodedata.normalize("NFC", cell) != cell
            ):
                problem = (
                    "expected one line of text without invisible characters, "
                    f"got {ascii(plain[:40]) if not plain.isprintable() else repr(plain[:40])}"
                )
                yield Fault(path, problem)
                break


def differences(said: object, made: object, path: str) -> Iterator[Fault]:
    """Where two pieces of plain data differ, in type or in value.

    Example:
        >>> [str(each) for each in differences({"a": [1, True]}, {"a": [1, 1], "b": 2}, "x")]
        ['x.a[1]: the bundle says True, but it comes to 1', 'x.b: is missing']
    """
    if isinstance(said, dict) and isinstance(made, dict):
        for key in sorted({*said, *made}, key=str):
            inner = f"{path}.{str(key)[:40]}"
            if key not in said:
                yield Fault(inner, "is missing")
            elif key not in made:
                yield Fault(inner, "unknown, nothing of that name belongs here")
            else:
                yield from differences(said[key], made[key], inner)
    elif isinstance(said, list) and isinstance(made, list):
        if len(said) != len(made):
            yield Fault(path, f"the bundle has {len(said)} of them, but it comes to {len(made)}")
        for place, (one, other) in enumerate(zip(said, made, strict=False)):
            yield from differences(one, other, f"{path}[{place}]")
    elif type(said) is not type(made) or said != made:
        yield Fault(path, f"the bundle says {_short(said)}, but it comes to {_short(made)}")


def _short(value: object) -> str:
    return (
        "an object"
        if isinstance(value, dict)
        else "a list"
        if isinstance(value, list)
        else repr(value)[:120]
    )
