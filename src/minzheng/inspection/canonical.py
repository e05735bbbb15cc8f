"""Canonical JSON: keys sorted, one value a line, so that equal contents are equal bytes."""

from __future__ import annotations

import json
from hashlib import sha256

__all__ = ["canonical", "digest"]


def canonical(plain: object) -> str:
    """Plain data as canonical JSON text.

    Example:
        >>> print(canonical({"b": 1, "a": ["样"]}))
        {
         "a": [
          "样"
         ],
         "b": 1
        }
    """
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, indent=1)


def digest(plain: object) -> str:
    """SHA-256 of the canonical JSON in UTF-8, in hexadecimal."""
    return sha256(canonical(plain).encode()).hexdigest()
