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

from minzheng.base import codec
from minzheng.base.brief import shown
from minzheng.errors import Fault, InvalidInput, MinzhengError
from minzheng.rating.leaf import Answer
from minzheng.rating.model import Fact, FactKind, Item, Scheme
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
    stated = [(f"facts.{name}", name, value) for name, value in sheet.facts.items()]
    for name, value in sheet.given.items():
        ranked = name in scheme.facts_by_name
        stated.append((f"{'facts' if ranked else 'given'}.{name}", name, value))
    for path, name, value in stated:
        try:
            made[path] = _stated(scheme.facts_by_name.get(name), value, scheme)
        except InvalidInput as error:
            faults += error.under(path).faults
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


def _stated(fact: Fact | None, value: Any, scheme: Scheme) -> Any:
    """A fact, or a value stated in place of a step, as a cell of its question holds it."""
    if value == "unrated":
        return UNRATED
    if isinstance(value, bool) or value is None or value is UNRATED:
        return value
    kind = FactKind.NUMBER if fact is None else fact.kind
    if kind is FactKind.NUMBER:
        return decimal(value)
    if kind is FactKind.RANK and isinstance(value, int | Decimal | Fraction):
        by_rank: dict[Any, str] = {rank: code for code, rank in scheme.ranks.items()}
        return by_rank.get(value, value)
    if kind is FactKind.DAY and isinstance(value, str) and value != "never":
        return codec.structure(value, date, "")
    if kind is FactKind.WORDS:
        if not isinstance(value, list | tuple | set | frozenset):
            raise InvalidInput(f"expected a list of words, got {shown(value)}")
        assert fact is not None
        known = known_words(scheme, fact)
        strange = sorted({str(word) for word in value} - known.keys())
        return (*(word for word in known if word in value), *strange)
    return value


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
