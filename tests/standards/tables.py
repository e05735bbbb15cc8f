"""Invented local tables for the tests of standards."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import tomli_w

from minzheng.standards import Standards, load

SOURCE = {"title": "t", "where": "w", "grade": "press", "confidence": "secondary"}
START = date(2000, 1, 1)


def toml(area: str, *rows: Mapping[str, object]) -> str:
    """A table of one area as a file has it; rows hold from ``START`` unless they say otherwise."""
    figures = [{"source": "s", "from": START, **row} for row in rows]
    return tomli_w.dumps({"area": area, "sources": {"s": SOURCE}, "figure": figures})


def local(area: str, *rows: Mapping[str, object]) -> Standards:
    """A table of one area, nothing else in it."""
    return Standards(load.catalogue().values(), load.read(toml(area, *rows), f"{area}.toml"))


def amount(series: str, value: str, **more: object) -> dict[str, object]:
    """A row of a series of amounts: yuan a year for everybody unless more is said."""
    residence = more.pop("residence", None)
    keys = {} if residence is None else {"residence": residence}
    return {"series": series, "value": value, "per": "year", "keys": keys, **more}
