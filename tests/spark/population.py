"""Invented cases for any rule, drawn by what its classes ask for."""

from __future__ import annotations

from enum import IntEnum
from typing import Any, get_type_hints

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from minzheng.columns import layout
from minzheng.people import Relation
from minzheng.rules import Rule

__all__ = ["AREAS", "draw"]

AREAS = ("130802", "130803", "130822", "130824", "130881")
SHARE_NULL = 0.002
SHARE_USUAL = 0.9
SHARE_LARGE = 0.0002
SIZES = 6
USUAL = {"meets_rule": 1, "labour_ability": 1}


def draw(rule: Rule[Any, Any, Any, Any, Any], rows: int, seed: int = 20200724) -> pa.Table:
    """Cases with an ``id``; facts are null at times, few amounts are too large for a kernel."""
    random = np.random.default_rng(seed)
    columns = {
        "id": pa.array(np.arange(rows)),
        "area": _words(random, AREAS, rows),
        "residence": _words(random, ("rural", "urban"), rows),
        **_facts(random, rule.case, rows),
    }
    if rule.member_class is not None:
        related = "relation" in get_type_hints(rule.member_class)
        counts = random.integers(int(related), SIZES, rows)
        offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
        people = _facts(random, rule.member_class, int(offsets[-1]))
        if related:  # the applicant, perhaps a spouse, and others
            others = [each.name.lower() for each in Relation]
            place = np.arange(offsets[-1]) - np.repeat(offsets[:-1], counts)
            drawn = np.where(place > 1, random.integers(2, len(others), len(place)), place)
            people["relation"] = pa.array(np.array(others)[drawn], mask=_nulls(random, len(place)))
        struct = pa.StructArray.from_arrays(list(people.values()), names=list(people))
        columns["members"] = pa.ListArray.from_arrays(pa.array(offsets), struct)
    return pa.table(columns)


def _facts(random: np.random.Generator, cls: Any, rows: int) -> dict[str, pa.Array]:
    made = {each.name: _fact(random, each, rows) for each in layout.facts(cls)}
    for each in layout.facts(cls):
        about = each.field.metadata
        within, together = about.get("within"), about.get("together")
        if within:
            made[each.name] = pc.min_element_wise(made[each.name], made[within], skip_nulls=False)
        if together:
            other = made[together]
            known = pc.fill_null(pc.equal(other, 0), False)
            both = pc.if_else(known, pa.scalar(0, pa.int64()), made[each.name])
            zero = pc.and_(pc.fill_null(pc.equal(both, 0), False), pc.greater(other, 0))
            made[each.name] = pc.if_else(pc.fill_null(zero, False), pa.scalar(1, pa.int64()), both)
    return made


def _fact(random: np.random.Generator, fact: layout.Fact, rows: int) -> pa.Array:
    """Mostly what most have; words and ages are drawn evenly."""
    name, hint, least = fact.name, fact.hint, fact.field.metadata.get("least") or 0
    if hint is not bool and issubclass(hint, IntEnum):
        return _words(random, tuple(each.name.lower() for each in hint), rows)
    large = name.startswith(("income_", "spending_")) or name.endswith(("_year", "_assets"))
    most = 2 if hint is bool else 100 if name == "age" else 800_000 if large else 4
    drawn = random.integers(least, most, rows)
    if large:
        drawn[random.random(rows) < SHARE_LARGE] = 10**12
    if name != "age":
        drawn[random.random(rows) < SHARE_USUAL] = USUAL.get(name, least)
    return pa.array(drawn.astype(np.bool_ if hint is bool else np.int64), mask=_nulls(random, rows))


def _words(random: np.random.Generator, words: tuple[str, ...], rows: int) -> pa.Array:
    indices = pa.array(random.integers(0, len(words), rows), mask=_nulls(random, rows))
    return pa.DictionaryArray.from_arrays(indices, list(words)).cast(pa.string())


def _nulls(random: np.random.Generator, rows: int) -> Any:
    return random.random(rows) < SHARE_NULL
