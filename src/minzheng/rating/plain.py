"""Sheets from plain data, as JSON gives it, and ratings as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import fields

from minzheng.base import codec
from minzheng.base.brief import shown
from minzheng.base.suggest import unknown
from minzheng.errors import Fault, InvalidInput, MinzhengError
from minzheng.rating.leaf import Answer
from minzheng.rating.numbers import number, plain, within
from minzheng.rating.sheet import Act, Check, Held, Peers, Rating, Sheet
from minzheng.rating.steps import UNRATED
from minzheng.rating.way import Way

__all__ = ["peers_from", "rating_to", "sheet_from", "way_to"]


def sheet_from(data: object, path: str = "sheet") -> Sheet:
    """A sheet from plain data.

    Args:
        data: a mapping with the names of :class:`~minzheng.rating.Sheet`; an answer is a number, a
            word, true or false, or a mapping with the names of :class:`~minzheng.rating.Answer`.
        path: what the faults call it.

    Raises:
        InvalidInput: with every fault and its path.

    Example:
        >>> sheet_from({"answers": {"a": {"met": True}}, "day": 1})
        Traceback (most recent call last):
            ...
        minzheng.errors.InvalidInput: sheet.day: unknown 'day'; known are acts, answers, facts, given, group, held, id, on, settings
    """
    if not isinstance(data, Mapping):
        raise InvalidInput([Fault(path, f"expected an object, got {shown(data)}")])
    names = {each.name for each in fields(Sheet)}
    faults = [Fault(f"{path}.{key}", unknown(str(key), names)) for key in data if key not in names]
    made: dict[str, Any] = {}
    readers = {
        "id": _text,
        "answers": _answers,
        "facts": _mapping,
        "given": _mapping,
        "acts": _acts,
        "settings": _mapping,
        "on": _day,
        "group": _text,
        "held": _held,
    }
    for name, reader in readers.items():
        if data.get(name) is not None:
            try:
                made[name] = reader(data[name])
            except InvalidInput as error:
                faults += error.under(f"{path}.{name}").faults
    if faults:
        raise InvalidInput(faults)
    return Sheet(**made)


def peers_from(data: object, path: str = "peers") -> Peers:
    """Peers from plain data: for each name the values of each group.

    Raises:
        InvalidInput: with every fault and its path.

    Example:
        >>> peers_from({"weighted_score": {"AL": ["5.333", 8]}}).size("weighted_score")
        2
    """
    values: dict[str, dict[str, list[Any]]] = {}
    faults: list[Fault] = []
    for name, groups in _mapping(data, path).items():
        values[name] = {}
        for group, each in _mapping(groups, f"{path}.{name}").items():
            where = f"{path}.{name}.{group}"
            if not isinstance(each, list):
                faults.append(Fault(where, f"expected a list of numbers, got {shown(each)}"))
                continue
            held = values[name][group] = []
            for at, value in enumerate(each):
                try:
                    held.append(number(value))
                except MinzhengError as error:
                    faults.append(Fault(f"{where}[{at}]", str(error)))
    if faults:
        raise InvalidInput(faults)
    return Peers(values)


def _mapping(value: object, path: str = "") -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise InvalidInput([Fault(path, f"expected an object, got {shown(value)}")])
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise InvalidInput(f"expected text in quotes, got {shown(value)}")
    return value


def _day(value: object) -> date:
    return codec.structure(value, date, "")


def _acts(value: object) -> tuple[Act, ...]:
    if not isinstance(value, list):
        raise InvalidInput(f"expected a list, got {shown(value)}")
    return tuple(codec.structure_list(value, Act, ""))


def _held(value: object) -> Mapping[str, Held]:
    made, faults = {}, []
    for name, row in _mapping(value).items():
        if not isinstance(row, Mapping) or row.keys() != {"rank", "value"}:
            faults.append(Fault(name, f"expected rank and value, got {shown(row)}"))
            continue
        try:
            rank = within(row["rank"], 1, None, whole=True)
            made[name] = Held(int(rank), number(row["value"]))
        except (MinzhengError, ValueError) as error:
            faults.append(Fault(name, str(error)))
    if faults:
        raise InvalidInput(faults)
    return made


def _answers(value: object) -> Mapping[str, Any]:
    made: dict[str, Any] = {}
    faults: list[Fault] = []
    for code, raw in _mapping(value).items():
        try:
            made[code] = _answer(raw) if isinstance(raw, Mapping) else raw
        except InvalidInput as error:
            faults += error.under(code).faults
    if faults:
        raise InvalidInput(faults)
    return made


def _answer(raw: Mapping[str, Any]) -> Answer:
    names = {each.name for each in fields(Answer)}
    faults = [Fault(str(key), unknown(str(key), names)) for key in raw if key not in names]
    made: dict[str, Any] = {}
    for name in names & raw.keys():
        value = raw[name]
        if value is None:
            continue
        try:
            made[name] = _part(name, value)
        except MinzhengError as error:
            faults.append(Fault(name, str(error)))
    if faults:
        raise InvalidInput(faults)
    return Answer(**made)


def _part(name: str, value: Any) -> Any:
    if name in ("count", "deduct", "points", "most"):
        return number(value)
    if name in ("size", "missing_areas"):
        return codec.structure(value, int, "")
    if name in ("met", "condition"):
        return codec.structure(value, bool, "")
    if name == "counts":
        return {key: number(each) for key, each in _mapping(value).items()}
    if name in ("parts", "tiers"):
        if not isinstance(value, list):
            raise InvalidInput(f"expected a list, got {shown(value)}")
        kind = bool if name == "parts" else str
        return tuple(None if each is None else codec.structure(each, kind, "") for each in value)
    return _text(value)


# --- out ------------------------------------------------------------------------------------------


def rating_to(rating: Rating) -> dict[str, Any]:
    """A rating as plain data; numbers are decimals in quotes, or ratios where they do not end."""
    made: dict[str, Any] = {
        "scheme": rating.scheme.id,
        "id": rating.subject,
        "on": None if rating.on is None else rating.on.isoformat(),
        "outcome": rating.outcome.value,
        "grade": None if rating.grade is None else rating.grade.code,
        "rank": rating.rank,
        "total": _out(rating.total),
        "most": _out(rating.most),
        "scores": {
            score.code: dict(
                _held_only({"points": score.points, "most": score.most, "state": score.state})
            )
            for score in rating.scores.values()
        },
        "values": {name: _out(value) for name, value in rating.values.items()},
        "binding": [_check(each) for each in rating.binding],
        "lacks": [each.path for each in rating.lacks],
        "remarks": [
            {
                "step": each.step,
                "code": each.code,
                "values": {k: _out(v) for k, v in each.values.items()},
            }
            for each in rating.remarks
        ],
        "settings": dict(rating.settings),
    }
    return {name: value for name, value in made.items() if value not in (None, {}, [], "")}


def way_to(way: Way) -> dict[str, Any]:
    """The way to a grade as plain data."""
    return {
        "grade": way.grade,
        "possible": way.possible,
        "points": _out(way.points),
        "sections": [
            {
                "code": each.code,
                "gain": _out(each.gain),
                "leaves": [
                    {"code": leaf.code, "now": _out(leaf.now), "to": _out(leaf.to)}
                    for leaf in each.leaves
                ],
            }
            for each in way.sections
            if each.gain
        ],
        "binding": list(way.binding),
        "conditions": [_check(each) for each in way.conditions],
        "not_assessed": list(way.not_assessed),
    }


def _check(found: Check) -> dict[str, Any]:
    return {
        "grade": found.grade,
        "kind": found.kind,
        "name": found.name,
        "has": _out(found.has),
        "needs": _out(found.needs),
    }


def _held_only(values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        if value is not None and value != "":
            yield name, _out(value)


def _out(value: Any) -> Any:
    if isinstance(value, Fraction):
        (told,) = plain([value])
        if isinstance(told, Decimal):
            return str(int(told)) if told == int(told) else f"{told:f}"
        return str(value)
    if value is UNRATED:
        return "unrated"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset | tuple | list):
        return sorted(map(str, value))
    return value
