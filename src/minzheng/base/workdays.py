"""The State Council's working-day calendar, one notice at a time.

Monday to Friday are worked and Saturday and Sunday are not, except on the days that the yearly
notice on holiday arrangements (国务院办公厅关于...年部分节假日安排的通知), or a special notice
amending it, names. The notices stand in ``data/workdays.toml``, each with its source. Days that
no notice held here reaches are refused, never estimated.

Limitations:
    - Only days for all citizens: not the half days of Women's Day and the like, not the festivals
      of ethnic minorities, not the later return to work that provinces ordered in February 2020.
    - The last days of December 2026 are taken as the notice for 2026 leaves them. A notice for
      the next year can still change them, as the one for 2006 did with 31 December 2005.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left, bisect_right
from datetime import date, datetime, timedelta
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, Literal

from attrs import frozen

from minzheng.base.brief import shown
from minzheng.errors import Fault, InvalidInput, OutsideCoverage, WrongType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = [
    "END",
    "FIRST",
    "Notice",
    "add_workdays",
    "holiday_name",
    "is_workday",
    "notice_for",
    "workdays_between",
]

FIRST: Final = date(2004, 1, 1)
"""The first day covered."""

END: Final = date(2027, 1, 1)
"""The day after the last day covered."""

_DAY: Final = timedelta(days=1)


@frozen
class Notice:
    """One notice that arranges holidays and working weekends.

    Attributes:
        years: the years it is issued for; it may also name days at the end of the year before.
        title: its Chinese title.
        number: its document number (发文字号), or None where that is not confirmed.
        source: where the text was read.
        grade: what was read: the issuer's own site, a mirror of the whole text, or a repost.

    Example:
        >>> notice_for(date(2016, 10, 8)).number
        '国办发明电〔2015〕18号'
    """

    years: tuple[int, ...]
    title: str
    number: str | None
    source: str
    grade: Literal["official", "mirror", "repost"]


def is_workday(day: date) -> bool:
    """Tell whether a day is worked.

    Args:
        day: a date from :data:`FIRST` up to, not including, :data:`END`.

    Returns:
        True on a working day, a weekend day worked in exchange (调休上班) included.

    Raises:
        WrongType: for a ``datetime`` or anything else that is not a ``date``.
        OutsideCoverage: for a day that no notice held here reaches.

    Source: the notice that :func:`notice_for` gives.

    Example:
        >>> is_workday(date(2024, 2, 18))  # a Sunday, worked for the Spring Festival
        True
        >>> is_workday(date(2024, 2, 16))
        False
    """
    _check("day", day)
    return (day.weekday() < 5) is not (day in _calendar().exceptions)


def holiday_name(day: date) -> str | None:
    """Name the festival for which a day is given off.

    Args:
        day: a date from :data:`FIRST` up to, not including, :data:`END`.

    Returns:
        The Chinese name in the notice (two festivals arranged as one keep their joint name), or
        None for a day that no notice gives off, an ordinary weekend included.

    Raises:
        WrongType: for a ``datetime`` or anything else that is not a ``date``.
        OutsideCoverage: for a day that no notice held here reaches.

    Source: the notice that :func:`notice_for` gives.

    Example:
        >>> holiday_name(date(2025, 10, 6))
        '国庆节、中秋节'
        >>> holiday_name(date(2025, 10, 9)) is None
        True
    """
    _check("day", day)
    arranged = _calendar().arranged.get(day)
    return arranged[1] if arranged else None


def notice_for(day: date) -> Notice:
    """Give the notice that a day rests on.

    Args:
        day: a date from :data:`FIRST` up to, not including, :data:`END`.

    Returns:
        The notice that names the day, a special one before an annual one; for a day that none
        names, the annual notice of its year.

    Raises:
        WrongType: for a ``datetime`` or anything else that is not a ``date``.
        OutsideCoverage: for a day that no notice held here reaches.

    Example:
        >>> notice_for(date(2020, 2, 1)).title
        '国务院办公厅关于延长2020年春节假期的通知'
        >>> notice_for(date(2005, 12, 31)).years
        (2006,)
    """
    _check("day", day)
    calendar = _calendar()
    arranged = calendar.arranged.get(day)
    return arranged[0] if arranged else calendar.annual[day.year]


def add_workdays(start: date, n: int) -> date:
    """Find the n-th working day after a day.

    Args:
        start: a date from :data:`FIRST` up to, not including, :data:`END`; it is not counted.
        n: how many working days, 1 or more.

    Returns:
        The working day on which a term of n working days ends.

    Raises:
        WrongType: when ``start`` is not a ``date`` or ``n`` not an ``int``.
        InvalidInput: when ``n`` is less than 1.
        OutsideCoverage: when ``start`` or the day sought is not covered.

    Source: Civil Code (民法典) art. 201: the first day of a term in days is not counted.

    Example:
        >>> add_workdays(date(2024, 9, 30), 1)  # the National Day week follows
        datetime.date(2024, 10, 8)
    """
    _check("start", start)
    if type(n) is not int:
        raise WrongType(f"n: expected an int, got {shown(n)}")
    if n < 1:
        raise InvalidInput([Fault("n", f"expected 1 or more working days, got {n}")])
    workdays = _calendar().workdays
    index = bisect_right(workdays, start) + n - 1
    if index >= len(workdays):
        raise OutsideCoverage(f"working day {n} after {start}: {_coverage()}")
    return workdays[index]


def workdays_between(start: date, end: date) -> int:
    """Count the working days from ``start`` up to, not including, ``end``.

    Args:
        start: a date from :data:`FIRST` to :data:`END`; counted when it is a working day.
        end: a date from ``start`` to :data:`END`; not counted.

    Returns:
        The number of working days, 0 when the two are the same day.

    Raises:
        WrongType: for a ``datetime`` or anything else that is not a ``date``.
        InvalidInput: when ``end`` is before ``start``.
        OutsideCoverage: when a bound lies outside :data:`FIRST` to :data:`END`.

    Source: the notices that :func:`notice_for` gives for the days counted.

    Example:
        >>> workdays_between(date(2024, 1, 1), date(2025, 1, 1))
        251
    """
    # As a bound that is not counted, END itself is known.
    _check("start", start, last=END)
    _check("end", end, last=END)
    if end < start:
        raise InvalidInput([Fault("end", f"expected {start} or later, got {end}")])
    workdays = _calendar().workdays
    return bisect_left(workdays, end) - bisect_left(workdays, start)


def _coverage() -> str:
    return (
        f"the working-day calendar covers {FIRST} to {END - _DAY}; other days need the State "
        "Council notice of their year: use a release that holds it, or take the days from it"
    )


def _check(name: str, day: object, *, last: date = END - _DAY) -> None:
    # A datetime is a date to Python, but would never equal the dates of the calendar.
    if not isinstance(day, date) or isinstance(day, datetime):
        raise WrongType(f"{name}: expected a datetime.date without a time, got {shown(day)}")
    if not FIRST <= day <= last:
        raise OutsideCoverage(f"{name} {day}: {_coverage()}")


@frozen
class _Calendar:
    annual: Mapping[int, Notice]
    arranged: Mapping[date, tuple[Notice, str | None]]  # festival, or None for a day worked
    exceptions: frozenset[date]  # the days on which the rule of the week does not hold
    workdays: tuple[date, ...]


@cache
def _calendar() -> _Calendar:
    data = _load()
    annual: dict[int, Notice] = {}
    arranged: dict[date, tuple[Notice, str | None]] = {}
    # The special notices come last, so that what they say of a day replaces the annual notice.
    for kind in ("annual", "special"):
        for entry in data[kind]:
            notice = Notice(
                years=tuple(entry["years"]),
                title=entry["title"],
                number=entry.get("number"),
                source=entry["source"],
                grade=entry["grade"],
            )
            if kind == "annual":
                annual.update(dict.fromkeys(notice.years, notice))
            for festival, spans in entry["off"].items():
                arranged.update(dict.fromkeys(_days(spans), (notice, festival)))
            arranged.update(dict.fromkeys(_days(entry["work"]), (notice, None)))
    exceptions = frozenset(
        day
        for day, (_, festival) in arranged.items()
        if (day.weekday() < 5) is (festival is not None)
    )
    workdays = tuple(
        day for day in _range(FIRST, END - _DAY) if (day.weekday() < 5) is not (day in exceptions)
    )
    return _Calendar(annual, arranged, exceptions, workdays)


def _days(spans: Iterable[str]) -> Iterator[date]:
    """Spell out days written as ``2020-01-24`` or ``2020-01-24..2020-01-30``, both ends in."""
    for span in spans:
        first, _, last = span.partition("..")
        yield from _range(date.fromisoformat(first), date.fromisoformat(last or first))


def _range(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=i) for i in range((last - first).days + 1))


def _load() -> Mapping[str, Any]:
    text = resources.files("minzheng.base").joinpath("data/workdays.toml").read_text("utf-8")
    return tomllib.loads(text)
