"""What a figure is: one dated statement by one source, for one area and one series."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from attrs import field, frozen

from minzheng.base.areas import NATION
from minzheng.base.dates import Span
from minzheng.base.money import to_fen
from minzheng.errors import InvalidInput
from minzheng.law import Citation, Confidence, Grade

__all__ = [
    "NATION",
    "SHOWN",
    "Figure",
    "Found",
    "Kind",
    "NotHeld",
    "Per",
    "Series",
    "Source",
    "Unit",
    "Value",
    "describe",
]

Value: TypeAlias = Decimal | Fraction | int | bool | str | tuple[Decimal, ...]
"""Yuan, a ratio, a count, a flag, a term, or several amounts, as the series says."""


class Kind(StrEnum):
    """What a source means by a number."""

    POINT = "point"
    """an amount or a rule to apply"""
    FLOOR = "floor"
    """"not lower than" (不低于)"""
    CEILING = "ceiling"
    """"not higher than" (不超过)"""
    AVERAGE = "average"
    """a mean over places or people; nobody's own amount"""
    TARGET = "target"
    """what a plan sets out to reach"""


class Per(StrEnum):
    """The period an amount stands for."""

    MONTH = "month"
    YEAR = "year"
    ONCE = "once"
    NONE = "none"


class Unit(StrEnum):
    """What the value of a series is."""

    YUAN = "yuan"
    """``Decimal`` yuan"""
    YUAN_LIST = "yuan_list"
    """several ``Decimal`` yuan, ascending, such as bands"""
    RATIO = "ratio"
    """an exact ``Fraction``"""
    COUNT = "count"
    """a whole number: a grade, a tier, a number of items"""
    YEARS = "years"
    """an age in full years"""
    MONTHS = "months"
    """a number of months"""
    WORKING_DAYS = "working_days"
    """a number of working days (工作日)"""
    CALENDAR_DAYS = "calendar_days"
    """a number of calendar days (日, 天)"""
    SQUARE_METRES = "square_metres"
    """``Decimal`` square metres"""
    FLAG = "flag"
    """``True`` or ``False``"""
    TERM = "term"
    """one of the words the series lists"""
    YEAR_DAY = "year_day"
    """a day of every year, month and day: ``"03-31"``"""


@frozen
class Series:
    """A kind of figure: its name, labels, unit, and what its rows may say.

    Attributes:
        name: such as ``"dibao.standard"``.
        label, label_zh: for people, in English and in Chinese.
        unit: what the value is.
        kinds: the kinds a row may have.
        pers: the periods a row may have.
        keys: for each key the words it may take, such as ``residence``.
        terms: for a ``TERM`` series, the words its value may be.
    """

    name: str
    label: str
    label_zh: str
    unit: Unit
    kinds: tuple[Kind, ...]
    pers: tuple[Per, ...]
    keys: Mapping[str, tuple[str, ...]] = field(factory=dict, hash=False)
    terms: tuple[str, ...] = ()

    @property
    def deciding(self) -> tuple[Kind, ...]:
        """The kinds that may decide a case: never an average, never a target."""
        return tuple(each for each in self.kinds if each not in (Kind.AVERAGE, Kind.TARGET))


@frozen
class Source:
    """Where a figure was read, and how reliable that is.

    Attributes:
        id: its short name in the table.
        title: of the document, in its own language.
        where: publisher, page or copy in which it was read.
        grade: what kind of source was read.
        confidence: confirmed or secondary; nothing weaker is ever bundled.
        instrument: the id in :mod:`minzheng.law` when it is a law or a rule.
    """

    id: str
    title: str
    where: str
    grade: Grade
    confidence: Confidence
    instrument: str | None = None


@frozen(cache_hash=True)
class Figure:
    """One dated statement by one source.

    Attributes:
        series: the name of its series.
        area: six-digit code of the place it speaks of; :data:`NATION` for all.
        keys: sorted pairs such as ``(("residence", "rural"),)``; a key left out
            means that the source makes no difference by it.
        value, per, kind: what is stated.
        span: the days it holds; ``None`` when the source gives no day, and then
            no look-up ever picks it.
        source, clause: who states it, and where inside.
        citation: the article it rests on, when the source is a legal instrument.
        start_stated, end_stated: whether the source itself gives those days.
        known_from: when it became known; its start where that is not recorded.
        end_known_from: when its end became known; with the figure when ``None``.
        note: what a reader should know besides.
    """

    series: str
    area: str
    keys: tuple[tuple[str, str], ...]
    value: Value
    per: Per
    kind: Kind
    span: Span | None
    source: Source
    clause: str = ""
    citation: Citation | None = None
    start_stated: bool = True
    end_stated: bool = True
    known_from: date | None = None
    end_known_from: date | None = None
    note: str | None = None

    def in_force(self, on: date) -> bool:
        """Whether it holds on that day; a figure without days never does."""
        return self.span is not None and on in self.span

    def fen_a_year(self) -> int:
        """The amount in whole fen a year.

        Raises:
            InvalidInput: when it is no amount by the month or by the year.
        """
        if not isinstance(self.value, Decimal) or self.per not in (Per.MONTH, Per.YEAR):
            raise InvalidInput(f"{self.series} is no amount by the month or by the year")
        return to_fen(self.value) * (12 if self.per is Per.MONTH else 1)


@frozen(cache_hash=True)
class Found:
    """What a look-up found, and how.

    Attributes:
        figure: the row.
        area: the code that was asked for.
        tried: the codes looked under, nearest first; the last one held the row.
        series: what kind of figure it is.
    """

    figure: Figure
    area: str
    tried: tuple[str, ...]
    series: Series = field(metadata={"json": False})

    @property
    def value(self) -> Value:
        """The figure's value."""
        return self.figure.value

    @property
    def from_higher_level(self) -> bool:
        """Whether the place itself states nothing and a higher level was taken."""
        return self.figure.area != self.area

    @property
    def is_floor(self) -> bool:
        """Whether all that was found is a "not lower than"."""
        return self.figure.kind is Kind.FLOOR


@frozen
class NotHeld:
    """A figure that was looked for and is not held.

    Attributes:
        series: the kind of figure.
        area, on, keys: where, for which day, and with which keys it was looked for.
        kinds: the kinds that would have done.
        held: the rows held for the place and the levels above, oldest first in each.
        elsewhere: codes of other places that have rows, when these have none.
        tried: the codes looked under, nearest first.
    """

    series: Series
    area: str
    on: date
    keys: tuple[tuple[str, str], ...]
    kinds: tuple[Kind, ...]
    held: tuple[Figure, ...]
    elsewhere: tuple[str, ...]
    tried: tuple[str, ...]

    def __str__(self) -> str:
        asked = "".join(f", {key}={word}" for key, word in self.keys)
        wanted = " or ".join(self.kinds) or "deciding figure"
        return (
            f"no {wanted} of {self.series.name} ({self.series.label_zh}) for {self.area} "
            f"on {self.on}{asked}; looked under {', '.join(self.tried)}; {self._instead()}"
        )

    def _instead(self) -> str:
        if self.held:
            more = len(self.held) - SHOWN
            rows = "; ".join(map(describe, self.held[:SHOWN]))
            return f"held: {rows}" + (f"; and {more} more" if more > 0 else "")
        if self.elsewhere:
            return f"held only for {', '.join(self.elsewhere[:SHOWN])}"
        return "nothing is held"


SHOWN = 6
"""How many rows a message shows of what is held instead."""


def describe(figure: Figure) -> str:
    """One row in a line: area, keys, value, period, kind and days."""
    value = figure.value
    text = "/".join(map(str, value)) if isinstance(value, tuple) else str(value)
    keys = "".join(f" {word}" for _key, word in figure.keys)
    per = "" if figure.per is Per.NONE else f" a {figure.per}"
    days = "without a day" if figure.span is None else str(figure.span)
    return f"{figure.area}{keys} {text}{per} ({figure.kind}, {days})"
