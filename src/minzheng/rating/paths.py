"""Sheets taken apart by the paths of what they hold, one value a cell, and put together again.

The paths are those that faults of :func:`~minzheng.rating.rate` have, such as
``answers.SA04.parts[0]``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import asdict

from minzheng.errors import Fault, MinzhengError
from minzheng.rating.leaf import Answer
from minzheng.rating.model import FactKind, Item, Scheme
from minzheng.rating.numbers import exact, number, plain
from minzheng.rating.questions import known_words
from minzheng.rating.sheet import Sheet
from minzheng.rating.steps import UNRATED
from minzheng.rating.tree import answer_of

__all__ = ["decimal", "gather", "spread"]


def spread(scheme: Scheme, sheet: Sheet, faults: list[Fault]) -> dict[str, Any]:
    """What a sheet holds, by the paths of the questions; acts and held ranks stay out.

    Args:
        scheme: the scheme.
        sheet: the sheet.
        faults: takes those of answers to what is not asked, and of what is no answer.
    """
    made: dict[str, Any] = {"id": sheet.id or None, "on": sheet.on, "group": sheet.group or None}
    made |= {f"settings.{name}": word for name, word in sheet.settings.items()}
    made |= {f"facts.{name}": _of_fact_value(scheme, name, v) for name, v in sheet.facts.items()}
    for name, value in sheet.given.items():
        ranked = name in scheme.facts_by_name
        told = _of_fact_value(scheme, name, value) if ranked else decimal(value)
        made[f"facts.{name}" if ranked else f"given.{name}"] = told
    for code, raw in sheet.answers.items():
        item = scheme.nodes.get(code)
        if item is None or (item.items and not item.subtotal):
            faults.append(Fault(f"answers.{code}", "is not asked by the scheme"))
            continue
        try:
            held = _of_answer(item, answer_of(item, raw))
        except MinzhengError as error:
            faults.append(Fault(f"answers.{code}", str(error)))
            continue
        made |= {f"answers.{code}.{name}": value for name, value in held}
    return {path: value for path, value in made.items() if value is not None}


def decimal(value: Any) -> Any:
    """A number as a decimal, where it ends; anything else as it is."""
    if isinstance(value, bool) or not isinstance(value, int | str | Fraction):
        return value
    (told,) = plain([exact(number(value))])
    return told


def _of_fact_value(scheme: Scheme, name: str, value: Any) -> Any:
    fact = scheme.facts_by_name.get(name)
    if value == "unrated":
        return UNRATED
    if fact is None or isinstance(value, bool):
        return value
    if fact.kind is FactKind.RANK and isinstance(value, int | Decimal | Fraction):
        by_rank = {rank: code for code, rank in scheme.ranks.items()}
        return by_rank.get(int(value)) if value == int(value) else value
    if fact.kind is FactKind.WORDS:
        words = set(value)
        return tuple(word for word in known_words(scheme, fact) if word in words) + tuple(
            sorted(words - known_words(scheme, fact).keys())
        )
    if fact.kind is FactKind.DAY and isinstance(value, str) and value != "never":
        return date.fromisoformat(value)
    return decimal(value) if fact.kind is FactKind.NUMBER else value


def _of_answer(item: Item, answer: Answer) -> Iterator[tuple[str, Any]]:
    rule = None if item.items else item.rule
    held = asdict(answer, recurse=False)
    parts, tiers, counts = held.pop("parts"), held.pop("tiers"), held.pop("counts")
    if rule is None and held["points"] is None:
        held["points"], held["count"] = held["count"], None
    if rule is not None and counts is not None:
        held["count"] = rule.counted(answer)
    held["evidence"] = held["evidence"] or None
    for name, value in held.items():
        yield name, decimal(value) if name in _DECIMALS else value
    for name, values in (("parts", parts), ("tiers", tiers)):
        for at, value in enumerate(values or ()):
            yield f"{name}[{at}]", value


_DECIMALS = ("count", "deduct", "points", "most")


def gather(scheme: Scheme, values: Mapping[str, Any]) -> Sheet:
    """A sheet from what it holds by the paths of the questions."""
    by_kind: dict[str, dict[str, Any]] = {"settings": {}, "facts": {}, "given": {}}
    answers: dict[str, Any] = {}
    for path, value in values.items():
        kind, _, name = path.partition(".")
        if kind in by_kind:
            by_kind[kind][name] = value
    for item in scheme.nodes.values():
        answer = _answer(item, values)
        if answer != Answer():
            answers[item.code] = answer
    return Sheet(
        id=values.get("id", ""),
        answers=answers,
        on=values.get("on"),
        group=values.get("group", ""),
        settings=by_kind["settings"],
        facts=by_kind["facts"],
        given=by_kind["given"],
    )


_SIMPLE = (
    "met",
    "count",
    "size",
    "condition",
    "deduct",
    "missing_areas",
    "points",
    "most",
    "state",
)


def _answer(item: Item, values: Mapping[str, Any]) -> Answer:
    def held(name: str) -> Any:
        return values.get(f"answers.{item.code}.{name}")

    rule = None if item.items else item.rule
    made = {name: held(name) for name in _SIMPLE}
    for name, size in (
        ("parts", len(rule.give or rule.take) if rule else 0),
        ("tiers", len(rule.tiers) if rule else 0),
    ):
        several = tuple(held(f"{name}[{at}]") for at in range(size))
        made[name] = several if any(each is not None for each in several) else None
    return Answer(**made, evidence=held("evidence") or "")
