"""Strategies that spoil a genuine input: a tree of plain data, a text, the bytes of a file."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any, NamedTuple

from hypothesis import strategies as st

ODD: list[Any] = [
    None,
    True,
    "",
    " ",
    "x",
    "法律",
    "1308",
    "=1+1",
    "\x00",
    "\ud800",
    "\u202e",
    "3.0",
    "1e-100000000",
    "1e99999999999999999999",
    "9999-12-31",
    "0001-01-01T00:00:00+14:00",
    "2020-02-30",
    "x" * 100_000,
    0,
    -1,
    2,
    10**12,
    10**400,
    1.5,
    float("nan"),
    [],
    {},
    [[]],
    [None],
    {"": ""},
    {"x": {"y": []}},
]
"""What stands where something else is expected."""


class Place(NamedTuple):
    """A node of a tree: the list or mapping it stands in, and where."""

    holder: Any
    key: Any


def places(tree: Any) -> Iterator[Place]:
    """Every node below the root."""
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for key, value in pairs:
        yield Place(tree, key)
        if isinstance(value, dict | list):
            yield from places(value)


def spoil(tree: Any, draw: Any) -> Any:
    """A copy of a tree in which one to three nodes are replaced, removed, repeated or misnamed."""
    root = [copy.deepcopy(tree)]
    for _ in range(draw(st.integers(1, 3))):
        there = list(places(root))
        if not there:
            break
        holder, key = there[draw(st.integers(0, len(there) - 1))]
        match draw(st.sampled_from(["replace", "wrap", "remove", "repeat", "rename"])):
            case "replace":
                holder[key] = copy.deepcopy(ODD[draw(st.integers(0, len(ODD) - 1))])
            case "wrap":
                holder[key] = [holder[key]]
            case "remove" if holder is not root:
                del holder[key]
            case "repeat" if isinstance(holder, list) and holder is not root:
                holder.insert(key, copy.deepcopy(holder[key]))
            case "rename" if isinstance(holder, dict):
                holder[f"{key}x"] = holder.pop(key)
            case _:
                holder[key] = None
    return root[0]


@st.composite
def trees(draw: Any, tree: Any) -> Any:
    """A spoilt copy of plain data."""
    return spoil(tree, draw)


@st.composite
def texts(draw: Any, text: str) -> str:
    """A text with a piece cut out, repeated or replaced."""
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 20)))
        odd = st.sampled_from(
            ['"', ",", "\n", "=", "[", "'", "\x00", "\u3000", "9" * 5000, "é", "x"]
        )
        piece = draw(odd | st.just(text[start:end] * 2) | st.just(""))
        text = text[:start] + piece + text[end:]
    return text


@st.composite
def blobs(draw: Any, data: bytes) -> bytes:
    """Bytes with a piece cut out or overwritten."""
    start = draw(st.integers(0, len(data)))
    end = draw(st.integers(start, min(len(data), start + 8)))
    piece: bytes = draw(st.binary(max_size=8))
    return data[:start] + piece + data[end:]
