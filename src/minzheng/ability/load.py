"""Reading the bundled scales, and asking which are in force on a day."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from minzheng.ability.model import Scale
from minzheng.base import codec
from minzheng.base.suggest import unknown
from minzheng.errors import NotFound

__all__ = ["SCALES", "in_force", "scale", "scales", "undated"]

SCALES = ("self-care", "mzt-039-2013", "gbt-42195-2022", "barthel")
"""The ids of the scales held."""


def scales() -> tuple[Scale, ...]:
    """Every scale held.

    Example:
        >>> [each.id for each in scales()]
        ['self-care', 'mzt-039-2013', 'gbt-42195-2022', 'barthel']
    """
    return tuple(_held().values())


def scale(scale_id: str) -> Scale:
    """The scale with that id.

    Raises:
        NotFound: when none has it; the message names the nearest id.

    Example:
        >>> held = scale("gbt-42195-2022")
        >>> len(held.items), held.most_points
        (26, 90)
        >>> scale("barthell")
        Traceback (most recent call last):
            ...
        minzheng.errors.NotFound: scale: unknown 'barthell'; did you mean 'barthel'?
    """
    held = _held()
    if scale_id not in held:
        raise NotFound(f"scale: {unknown(scale_id, held)}")
    return held[scale_id]


def in_force(on: date) -> tuple[Scale, ...]:
    """The scales whose instrument is in force on a day.

    Those whose first day is not known are never among them: see :func:`undated`. The Barthel
    index rests on no instrument and is never in force.

    Raises:
        WrongType: when ``on`` is not a plain date.

    Example:
        >>> [each.id for each in in_force(date(2020, 7, 24))]
        ['mzt-039-2013']
        >>> [each.id for each in in_force(date(2013, 9, 30))]
        []

    Limitations:
        Whether MZ/T 039-2013 still applies beside GB/T 42195-2022 was not read: it is held as in
        force. The six items under the measures of 2016 are not held.
    """
    return tuple(each for each in scales() if each.in_force(on))


def undated(on: date) -> tuple[Scale, ...]:
    """The scales of which it is not known whether they are in force on a day.

    Example:
        >>> [each.id for each in undated(date(2023, 1, 1))]
        ['gbt-42195-2022']
        >>> undated(date(2021, 12, 31))
        ()
    """
    return tuple(each for each in scales() if each.in_force(on) is None)


@cache
def _held() -> Mapping[str, Scale]:
    tables = {name: _table(name) for name in SCALES}
    return MappingProxyType(
        {
            name: codec.structure(_whole(table, tables), Scale, f"{name}.toml")
            for name, table in tables.items()
        }
    )


def _table(name: str) -> dict[str, Any]:
    text = (files("minzheng.ability") / "scales" / f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


def _whole(table: Mapping[str, Any], tables: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """A table with its sets of options, and the items of other tables, written out."""
    domains = []
    for domain in table["domains"]:
        other = tables[domain["items_of"]] if "items_of" in domain else None
        items = [
            {**item, "options": _options(item["options"], other or table)}
            for item in (other["domains"][0]["items"] if other else domain["items"])
        ]
        if other:  # numbered in the order of the sheet
            items = [{**each, "code": f"{domain['code']}.{n}"} for n, each in enumerate(items, 1)]
        domains.append({k: v for k, v in domain.items() if k != "items_of"} | {"items": items})
    return {k: v for k, v in table.items() if k != "option_sets"} | {"domains": domains}


def _options(stated: Any, table: Mapping[str, Any]) -> Any:
    return table["option_sets"][stated] if isinstance(stated, str) else stated
