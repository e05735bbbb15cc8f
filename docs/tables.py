"""The tables of the docs that are made from the package's own data, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from minzheng import ability, law
from minzheng.base import codec
from minzheng.people import Applicant, Application, Household
from minzheng.standards import Series, Standards

__all__ = ["substitutions"]


def substitutions() -> dict[str, str]:
    """What ``{{ name }}`` in a page stands for."""
    return {
        "series": series(Standards.bundled().series.values()),
        "held": held(Standards.bundled()),
        "instruments": instruments(law.instruments()),
        "subjects": table(("word", "subject"), ((code(k), v) for k, v in law.SUBJECTS.items())),
        **{f"items_{each.id.replace('-', '_')}": items(each) for each in ability.scales()},
        **{f"fields_{name.lower()}": fields(rows) for name, rows in _objects().items()},
    }


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in each)} |" for each in lines)


def code(text: object) -> str:
    return f"`{text}`"


def series(rows: Iterable[Series]) -> str:
    return table(
        ("series", "what it is", "value", "kinds", "per", "keys"),
        (
            (
                code(each.name),
                f"{each.label} ({each.label_zh})",
                " or ".join(map(code, each.terms)) or code(each.unit.value),
                ", ".join(kind.value for kind in each.kinds),
                ", ".join(per.value for per in each.pers),
                "; ".join(f"{code(key)}: {', '.join(words)}" for key, words in each.keys.items()),
            )
            for each in rows
        ),
    )


def items(scale: ability.Scale) -> str:
    """The items of a scale with their options."""
    return table(
        ("item", "what it is", "scores"),
        (
            (
                code(item.code),
                f"{item.zh} ({item.en})",
                "; ".join(f"**{o.score}** {o.zh} ({o.en})" for o in item.options),
            )
            for item in scale.items.values()
        ),
    )


def held(standards: Standards) -> str:
    """Which areas state which series, in which grades."""
    areas: dict[str, dict[str, int]] = {}
    for figure in standards:
        rows = areas.setdefault(figure.area, {})
        rows[figure.series] = rows.get(figure.series, 0) + 1
    return table(
        ("area", "series, and how many rows of each"),
        (
            (code(area), ", ".join(f"{code(name)} {count}" for name, count in rows.items()))
            for area, rows in sorted(areas.items())
        ),
    )


def instruments(rows: Iterable[law.Instrument]) -> str:
    return table(
        ("id", "title", "number", "area", "from", "before", "read in", "subjects"),
        (
            (
                code(each.id),
                f"{each.title} ({each.title_en})",
                each.number or "",
                each.area,
                "" if each.start is None else f"{each.start}" + ("" if each.start_stated else " *"),
                "" if each.end is None else f"{each.end}",
                f"{each.grade.value}, {each.confidence.value}",
                ", ".join(each.subjects),
            )
            for each in rows
        ),
    )


def _objects() -> dict[str, dict[str, Any]]:
    return {
        name: schema
        for cls in (Household, Applicant, Application)
        for name, schema in codec.json_schema(cls, "")["$defs"].items()
    }


def fields(schema: Mapping[str, Any]) -> str:
    return table(
        ("field", "value", "meaning"),
        (
            (
                code(name) + (" (required)" if name in schema["required"] else ""),
                value(each),
                each.get("description", ""),
            )
            for name, each in schema["properties"].items()
        ),
    )


def value(schema: Mapping[str, Any]) -> str:
    """What a field may hold, in words; ``null`` is told once, in the page."""
    if "anyOf" in schema:
        return " or ".join(value(each) for each in schema["anyOf"] if each != {"type": "null"})
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "enum" in schema:
        return ", ".join(map(code, schema["enum"]))
    if schema["type"] == "array":
        return f"list of {value(schema['items'])}"
    if isinstance(schema["type"], list):
        return "number, best in quotes"
    return (
        {"string": "text", "boolean": "true or false", "integer": "whole number"}[schema["type"]]
        if schema.get("format") != "date"
        else "day, `2020-07-24`"
    )
