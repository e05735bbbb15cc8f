"""Reading tables: the bundled ones, installed packages' ones, and a user's TOML file.

A table is one TOML file per area: ``area``, ``[sources.ID]`` and ``[[figure]]``
rows, with ``[[series]]`` that the library does not have. Every fault of a file is reported at once, with its place.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar
from warnings import warn

from minzheng.base.areas import BUNDLED
from minzheng.base.brief import shown
from minzheng.base.dates import Span
from minzheng.base.money import plain_decimal, to_fen
from minzheng.base.ratio import exact_ratio
from minzheng.base.suggest import unknown
from minzheng.base.text import cause, utf8
from minzheng.base.toml import toml
from minzheng.errors import BrokenPackage, Fault, InvalidInput, MinzhengError, NotFound
from minzheng.law import Citation, Confidence, Grade, instrument
from minzheng.standards.areas import divisions
from minzheng.standards.check import contradictions, overlaps, same_amount
from minzheng.standards.model import (
    NATION,
    Figure,
    Kind,
    Per,
    Series,
    Source,
    Unit,
    Value,
    describe,
)
from minzheng.standards.table import Standards

__all__ = ["GROUP", "bundled", "from_file", "installed"]

GROUP = "minzheng.standards"
"""The entry-point group by which packages add their tables."""

_ROW = {
    *("series", "keys", "value", "per", "kind", "from", "to", "source", "clause"),
    *("article", "paragraph", "item", "from_stated", "to_stated"),
    *("known_from", "to_known_from", "note"),
}
_SOURCE = {"title", "where", "grade", "confidence", "instrument"}
_SERIES = ("name", "label", "label_zh", "unit")
_LISTS = ("kinds", "pers", "terms")
_WORDS: Mapping[str, Any] = {"kinds": Kind, "pers": Per}
_E = TypeVar("_E", Kind, Per, Unit, Grade, Confidence)


@cache
def catalogue() -> Mapping[str, Series]:
    """The series of the bundled ``series.toml``, by name."""
    text = (files("minzheng.standards") / "data" / "series.toml").read_text("utf-8")
    return {row["name"]: _series(row) for row in tomllib.loads(text)["series"]}


def _series(row: Mapping[str, Any]) -> Series:
    return Series(
        name=row["name"],
        label=row["label"],
        label_zh=row["label_zh"],
        unit=Unit(row["unit"]),
        kinds=tuple(map(Kind, row.get("kinds", ["point"]))),
        pers=tuple(map(Per, row.get("pers", ["none"]))),
        keys={key: tuple(words) for key, words in row.get("keys", {}).items()},
        terms=tuple(row.get("terms", ())),
    )


@cache
def bundled() -> Standards:
    """The tables shipped with the library."""
    folder = files("minzheng.standards") / "data" / "areas"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    figures: list[Figure] = []
    for name in names:
        figures += read((folder / name).read_text("utf-8"), name)
    return Standards(catalogue().values(), figures)


def installed() -> Standards:
    """The bundled tables and, over them, those of installed packages."""
    standards = bundled()
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        try:
            standards += entry.load()()
        except (Exception, SystemExit) as error:  # whatever somebody else's package raises
            package = f" of the package {entry.dist.name}" if entry.dist else ""
            warn(
                f"the tables {entry.name!r}{package} cannot be loaded and are left out: "
                f"{type(error).__name__}: {str(error)[:200]}",
                BrokenPackage,
                stacklevel=3,
            )
    return standards


def from_file(path: Path) -> Standards:
    """A user's table; see :meth:`minzheng.standards.Standards.load`."""
    try:
        text = utf8(path.read_bytes())
    except (OSError, ValueError, InvalidInput) as error:
        raise InvalidInput([Fault(str(path), f"cannot be read: {error}")]) from None
    reader, figures = _read(text, path.name)
    standards = Standards(reader.series.values(), figures, areas=reader.areas)
    faults = [
        Fault(path.name, f"{_clash(one, two)} for the same day: {describe(one)}; {describe(two)}")
        for one, two in overlaps(standards)
    ] + [
        Fault(
            path.name,
            f"a {low.kind.value} is above a {high.kind.value} for the same day: "
            f"{describe(low)}; {describe(high)}",
        )
        for low, high in contradictions(standards)
    ]
    if faults:
        raise InvalidInput(faults)
    return standards


def _clash(one: Figure, two: Figure) -> str:
    if not same_amount(one, two):
        return "two rows contradict each other"
    if one.per is two.per:
        return "two rows say the same"
    return "two rows say the same amount, one by the month and one by the year,"


def read(text: str, name: str) -> list[Figure]:
    """The figures of one table; ``name`` stands in the faults."""
    return _read(text, name)[1]


def _read(text: str, name: str) -> tuple[_Reader, list[Figure]]:
    """The figures of one table, and what read them: it knows the areas and series stated there."""
    content = toml(text, name)
    reader = _Reader(name)
    figures = reader.table(content)
    if reader.faults:
        raise InvalidInput(reader.faults)
    return reader, figures


class _Reader:
    """Collects the faults of one file while it is read."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.faults: list[Fault] = []
        self.areas = BUNDLED
        self.series = dict(catalogue())

    def fault(self, path: str, message: str) -> None:
        self.faults.append(Fault(f"{self.name}: {path}", message))

    def table(self, content: Mapping[str, Any]) -> list[Figure]:
        self._known(content, {"area", "name", "sources", "series", "figure", "division"}, "")
        sources = {
            key: source
            for key, row in self._table(content.get("sources", {}), "sources").items()
            if (source := self._source(key, row)) is not None
        }
        self.areas, faults = divisions(content.get("division", []), sources)
        for each in faults:
            self.fault(each.path, each.message)
        of_no_place = {"division", "series"} & content.keys() and "figure" not in content
        area = content.get("area", NATION if of_no_place else None)
        area = self._area(area)
        for n, row in enumerate(self._rows(content, "series")):
            self._own_series(f"series[{n}]", row)
        rows = self._rows(content, "figure")
        made = [self._figure(f"figure[{n}]", row, area, sources) for n, row in enumerate(rows)]
        return [figure for figure in made if figure is not None]

    def _rows(self, content: Mapping[str, Any], name: str) -> list[Any]:
        rows = content.get(name, [])
        if isinstance(rows, list):
            return rows
        self.fault(name, f"expected [[{name}]] rows")
        return []

    def _own_series(self, path: str, stated: object) -> None:
        """A series that the library does not have, for the rows of this table."""
        before = len(self.faults)
        row = self._table(stated, path)
        self._known(row, (*_SERIES, *_LISTS, "keys"), path)
        self._required(row, _SERIES, path)
        for name in _SERIES:
            self._kind_of(str, row, name, path)
        if "unit" in row:
            self._enum(Unit, row["unit"], f"{path}.unit")
        lists = {name: row[name] for name in _LISTS if name in row}
        keys = self._table(row.get("keys", {}), f"{path}.keys")
        for name, words in (*lists.items(), *((f"keys.{key}", keys[key]) for key in keys)):
            if not isinstance(words, list) or not all(isinstance(each, str) for each in words):
                self.fault(f"{path}.{name}", "expected a list of words in quotes")
            elif name in _WORDS:
                for word in words:
                    self._enum(_WORDS[name], word, f"{path}.{name}")
        if len(self.faults) > before:
            return
        if row["name"] in self.series:
            self.fault(f"{path}.name", f"there is a series {shown(row['name'])} already")
        else:
            self.series[row["name"]] = _series(row)

    def _area(self, code: object) -> str:
        if isinstance(code, str) and code == NATION:
            return NATION
        try:
            if isinstance(code, str) and self.areas.eras(code):
                return code
        except NotFound as error:
            self.fault("area", f"{error}; state a newer division by a [[division]] row")
            return NATION
        except InvalidInput:
            pass
        self.fault("area", f"expected a six-digit division code in quotes, got {shown(code)}")
        return NATION

    def _source(self, key: str, stated: object) -> Source | None:
        path, before = f"sources.{key}", len(self.faults)
        row = self._table(stated, path)
        self._known(row, _SOURCE, path)
        for name in sorted(_SOURCE & row.keys()):
            self._kind_of(str, row, name, path)
        law = row.get("instrument")
        if law is not None:
            act = self._try(path + ".instrument", lambda: instrument(law))
            if act is None:
                return None
            row = {
                "title": act.title + (f"（{act.number}）" if act.number else ""),
                "where": act.source,
                "grade": act.grade.value,
                "confidence": act.confidence.value,
                **row,
            }
        self._required(row, ("title", "where", "grade", "confidence"), path)
        grade = self._enum(Grade, row.get("grade"), path + ".grade")
        confidence = self._enum(Confidence, row.get("confidence"), path + ".confidence")
        if len(self.faults) > before or grade is None or confidence is None:
            return None
        return Source(key, row["title"], row["where"], grade, confidence, law)

    def _figure(
        self, path: str, stated: object, area: str, sources: Mapping[str, Source]
    ) -> Figure | None:
        before = len(self.faults)
        row = self._table(stated, path)
        if len(self.faults) > before:
            return None
        self._known(row, _ROW, path)
        self._required(row, ("series", "value", "source"), path)
        source = sources.get(str(row.get("source")))
        if source is None and "source" in row and f"sources.{row['source']}" not in self._faulty():
            self.fault(path + ".source", unknown(str(row["source"]), sources))
        series = self.series.get(str(row.get("series")))
        if series is None:
            if "series" in row:
                self.fault(path + ".series", unknown(str(row["series"]), self.series))
            return None
        kind = self._enum(Kind, row.get("kind", "point"), path + ".kind")
        per = self._enum(Per, row.get("per", "none"), path + ".per")
        if kind is not None and kind not in series.kinds:
            self.fault(path + ".kind", f"{series.name} is never a {kind.value}")
        if per is not None and per not in series.pers:
            allowed = ", ".join(each.value for each in series.pers)
            self.fault(path + ".per", f"{series.name} is per {allowed}, got {shown(per.value)}")
        for name, wanted in _KINDS_OF.items():
            self._kind_of(wanted, row, name, path)
        keys = self._keys(path + ".keys", row.get("keys", {}), series)
        value = "value" in row and self._try(path + ".value", lambda: _value(row["value"], series))
        days = {key: self._date(row, key, path) for key in _DAYS}
        span = None
        if days["from"] is not None:
            start, end = days["from"], days["to"]
            span = self._try(path, lambda: Span(start, end))
        elif days["to"] is not None:
            self.fault(path + ".to", "a row without 'from' has no days at all")
        if not isinstance(row.get("article", ""), int | str) or row.get("article") is True:
            self.fault(path + ".article", f"expected a number or text, got {shown(row['article'])}")
        if len(self.faults) > before or source is None or kind is None or per is None:
            return None
        citation = self._try(path, lambda: _citation(row, source))
        if len(self.faults) > before:
            return None
        return Figure(
            series=series.name,
            area=area,
            keys=keys,
            value=value,
            per=per,
            kind=kind,
            span=span,
            source=source,
            clause=row.get("clause", ""),
            citation=citation,
            start_stated=row.get("from_stated", True),
            end_stated=row.get("to_stated", True),
            known_from=days["known_from"],
            end_known_from=days["to_known_from"],
            note=row.get("note"),
        )

    def _keys(self, path: str, row: object, series: Series) -> tuple[tuple[str, str], ...]:
        keys = self._table(row, path)
        for key, word in keys.items():
            if key not in series.keys:
                self.fault(f"{path}.{key}", unknown(key, series.keys))
            elif not isinstance(word, str) or word not in series.keys[key]:
                self.fault(f"{path}.{key}", unknown(str(word), series.keys[key]))
        return tuple(sorted(keys.items()))

    def _table(self, value: object, path: str) -> dict[str, Any]:
        if isinstance(value, dict):
            return value
        self.fault(path, f"expected a table, got {shown(value)}")
        return {}

    def _kind_of(self, wanted: type, row: Mapping[str, Any], name: str, path: str) -> None:
        if name in row and type(row[name]) is not wanted:
            self.fault(f"{path}.{name}", f"expected {_SAID[wanted]}, got {shown(row[name])}")

    def _date(self, row: Mapping[str, Any], key: str, path: str) -> date | None:
        value = row.get(key)
        if value is None or type(value) is date:
            return value
        why = cause(value, day=True)
        said = f"expected a day such as 2021-07-01, got {shown(value)}"
        self.fault(f"{path}.{key}", said if why is None else f"{said}: {why}")
        return None

    def _enum(self, cls: type[_E], word: object, path: str) -> _E | None:
        words = [member.value for member in cls]
        if word in words:
            return cls(word)
        self.fault(path, unknown(str(word), words))
        return None

    def _known(self, row: Mapping[str, Any], known: Iterable[str], path: str) -> None:
        known = set(known)
        for key in row:
            if key not in known:
                self.fault(f"{path}.{key}".lstrip("."), unknown(key, known))

    def _required(self, row: Mapping[str, Any], keys: Iterable[str], path: str) -> None:
        for key in keys:
            if key not in row:
                self.fault(f"{path}.{key}", "is required")

    def _try(self, path: str, make: Callable[[], Any]) -> Any:
        try:
            return make()
        except InvalidInput as error:
            self.faults += error.under(f"{self.name}: {path}").faults
        except MinzhengError as error:
            self.fault(path, str(error))
        return None

    def _faulty(self) -> set[str]:
        return {fault.path.split(": ", 1)[1].rsplit(".", 1)[0] for fault in self.faults}


_KINDS_OF: Mapping[str, type] = {
    "clause": str,
    "note": str,
    "from_stated": bool,
    "to_stated": bool,
    "paragraph": int,
    "item": int,
}
_SAID: Mapping[type, str] = {str: "text in quotes", bool: "true or false", int: "a whole number"}
_DAYS = ("from", "to", "known_from", "to_known_from")
_WHOLE = (Unit.COUNT, Unit.YEARS, Unit.MONTHS, Unit.WORKING_DAYS, Unit.CALENDAR_DAYS)


def _citation(row: Mapping[str, Any], source: Source) -> Citation | None:
    if source.instrument is None:
        return None
    return Citation(source.instrument, row.get("article"), row.get("paragraph"), row.get("item"))


def _value(value: object, series: Series) -> Value:
    unit = series.unit
    if unit is Unit.FLAG:
        if isinstance(value, bool):
            return value
        raise InvalidInput(f"{series.name} is true or false, got {shown(value)}")
    if unit in _WHOLE:
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        raise InvalidInput(f"{series.name} is a whole number, got {shown(value)}")
    if unit is Unit.TERM:
        if value in series.terms:
            return str(value)
        raise InvalidInput(unknown(str(value), series.terms))
    if unit is Unit.YEAR_DAY:
        if isinstance(value, str) and re.fullmatch(r"[0-9]{2}-[0-9]{2}", value):
            with suppress(ValueError):
                date.fromisoformat(f"2001-{value}")  # no leap year: every year has the day
                return value
        raise InvalidInput(
            f'{series.name} is a day of the year such as "03-31", got {shown(value)}'
        )
    if unit is Unit.YUAN_LIST:
        if isinstance(value, list) and value:
            amounts = tuple(_decimal(each, series) for each in value)
            if list(amounts) == sorted(set(amounts)):
                return amounts
        raise InvalidInput(f"{series.name} is a list of ascending amounts, got {shown(value)}")
    if unit is Unit.RATIO:
        if isinstance(value, str):
            try:
                ratio = exact_ratio(value)
            except InvalidInput:
                ratio = Fraction(-1)
            if ratio >= 0:
                return ratio
        raise InvalidInput(f'{series.name} is a ratio in quotes such as "1.3", got {shown(value)}')
    return _decimal(value, series)


def _decimal(value: object, series: Series) -> Decimal:
    if isinstance(value, str):
        try:
            number = plain_decimal(value)
        except InvalidInput:
            number = Decimal(-1)
        if number.is_finite() and number >= 0:
            if series.unit in (Unit.YUAN, Unit.YUAN_LIST):
                to_fen(number)
            if number > 0 or not series.name.endswith(".rounding.unit"):
                return number
    raise InvalidInput(f'{series.name} is a number in quotes such as "4800", got {shown(value)}')
