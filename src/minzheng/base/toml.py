"""TOML text read within bounds; a file that no person wrote is refused, not waited for."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from minzheng.errors import Fault, InvalidInput

__all__ = ["DEEPEST", "toml"]

DEEPEST = 64
"""Levels of tables and lists that a file may have."""

_PART = r"""(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\.)*+"?+|'[^'\n]*+'?+)"""
_PARTS = re.compile(_PART)
_TOKEN = re.compile(
    r"""\"{3}(?:[^"\\]|\\.|"(?!""))*+(?:\"{3})?+|'{3}(?:[^']|'(?!''))*+(?:'{3})?+|#[^\n]*+|"""
    rf"(?P<key>{_PART}(?:[ \t]*+\.[ \t]*+{_PART})*+)",
    re.DOTALL,
)
"""Text over several lines and remarks, which hold no keys, or a key with the parts between its dots."""


def toml(text: str, path: str) -> dict[str, Any]:
    """Plain data from TOML text.

    Args:
        text: of the file.
        path: what the faults call it.

    Raises:
        InvalidInput: when it is not TOML, or nests deeper than :data:`DEEPEST` levels.

    Example:
        >>> toml("a = 1", "x.toml")
        {'a': 1}
    """
    if _too_deep(text):
        raise InvalidInput([Fault(path, f"a key has more than {DEEPEST} levels")])
    try:
        data = tomllib.loads(text)
    except RecursionError:
        raise InvalidInput([Fault(path, f"nests deeper than {DEEPEST} levels")]) from None
    except (ValueError, ArithmeticError) as error:
        raise InvalidInput([Fault(path, f"is not TOML: {str(error)[:200]}")]) from None
    level: list[Any] = [data]
    for _ in range(DEEPEST):
        level = [
            inner
            for each in level
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
        if not level:
            return data
    raise InvalidInput([Fault(path, f"nests deeper than {DEEPEST} levels")])


def _too_deep(text: str) -> bool:
    """Whether some key outside of texts and remarks has too many parts."""
    return any(
        len(_PARTS.findall(each["key"])) > DEEPEST
        for each in _TOKEN.finditer(text)
        if each["key"] is not None and each["key"].count(".") >= DEEPEST
    )
