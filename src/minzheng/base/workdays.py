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

import re
import tomllib
from bisect import bisect_left, bisect_right
from datetime import date, datetime, timedelta
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from attrs import field, frozen

from minzheng.base.brief import shown
from minzheng.base.suggest import unknown
from minzheng.base.text import utf8
from minzheng.base.toml import toml
from minzheng.errors import Fault, InvalidInput, OutsideCoverage, WrongType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = [
    "END",
    "FIRST",
    "Calendar",
    "Notice",
    "add_workdays",
    "holiday_name",
    "is_workday",
    "notice_for",
    "workdays_between",
]

FIRST: Final = date(2004, 1, 1)
"""The first day that the bundled notices cover."""

END: Final = date(2027, 1, 1)
"""The day after the last day that the bundled notices cover."""

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


def is_workday(day: date, *, calendar: Calendar | None = None) -> bool:
    """Tell whether a day is worked.

    Args:
        day: a date from :data:`FIRST` up to, not including, :data:`END`.
        calendar: the notices; the bundled ones when left out.

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
    used = _used(calendar)
    _check("day", day, used)
    return (day.weekday() < 5) is not (day in used.exceptions)


def holiday_name(day: date, *, calendar: Calendar | None = None) -> str | None:
    """Name the festival for which a day is given off.

    Args:
        day: a date from :data:`FIRST` up to, not including, :data:`END`.
        calendar: the notices; the bundled ones when left out.

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
    used = _used(calendar)
    _check("day", day, used)
    arranged = used.arranged.get(day)
    return arranged[1] if arranged else None


def notice_for(day: date, *, calendar: Calendar | None = None) -> Notice:
    """Give the notice that a day rests on.

    Args:
        day: a date from :data:`FIRST` up to, not including, :data:`END`.
        calendar: the notices; the bundled ones when left out.

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
    used = _used(calendar)
    _check("day", day, used)
    arranged = used.arranged.get(day)
    return arranged[0] if arranged else used.annual[day.year]


def add_workdays(start: date, n: int, *, calendar: Calendar | None = None) -> date:
    """Find the n-th working day after a day.

    Args:
        start: a date from :data:`FIRST` up to, not including, :data:`END`; it is not counted.
        n: how many working days, 1 or more.
        calendar: the notices; the bundled ones when left out.

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
    used = _used(calendar)
    _check("start", start, used)
    if type(n) is not int:
        raise WrongType(f"n: expected an int, got {shown(n)}")
    if n < 1:
        raise InvalidInput([Fault("n", f"expected 1 or more working days, got {n}")])
    workdays = used.workdays
    index = bisect_right(workdays, start) + n - 1
    if index >= len(workdays):
        raise OutsideCoverage(f"working day {n} after {start}: {_coverage(used)}")
    return workdays[index]


def workdays_between(start: date, end: date, *, calendar: Calendar | None = None) -> int:
    """Count the working days from ``start`` up to, not including, ``end``.

    Args:
        start: a date from :data:`FIRST` to :data:`END`; counted when it is a working day.
        end: a date from ``start`` to :data:`END`; not counted.
        calendar: the notices; the bundled ones when left out.

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
    used = _used(calendar)
    _check("start", start, used, bound=True)
    _check("end", end, used, bound=True)
    if end < start:
        raise InvalidInput([Fault("end", f"expected {start} or later, got {end}")])
    workdays = used.workdays
    return bisect_left(workdays, end) - bisect_left(workdays, start)


@frozen(eq=False)
class Calendar:
    """Working days by a set of notices; :meth:`bundled` and :meth:`load` make it.

    Attributes:
        annual: the annual notice of each year.
        arranged: of each day that a notice names, the notice and the festival, or ``None`` for a
            day worked.
        first, end: the first day covered, and the day after the last.
    """

    annual: Mapping[int, Notice] = field(repr=False)
    arranged: Mapping[date, tuple[Notice, str | None]] = field(repr=False)
    first: date
    end: date
    exceptions: frozenset[date] = field(repr=False)
    workdays: tuple[date, ...] = field(repr=False)

    @classmethod
    def bundled(cls) -> Calendar:
        """The notices shipped with the library."""
        return _bundled()

    @classmethod
    def load(cls, path: str | Path) -> Calendar:
        """The bundled notices and, over them, those of a TOML file.

        The file has ``[[annual]]`` and ``[[special]]`` rows as the bundled one: ``years``,
        ``title``, ``source``, ``off`` (festival to days), ``work`` (the weekend days worked), and
        if known ``number`` and ``grade``.

        Raises:
            InvalidInput: with every fault of the file; a year may not be left out.
        """
        name = Path(path).name
        try:
            data = toml(utf8(Path(path).read_bytes()), name)
        except OSError as error:
            why = error.strerror or str(error)
            raise InvalidInput([Fault(name, f"cannot be read: {why}")]) from None
        except InvalidInput as error:
            named = [each if each.path else each._replace(path=name) for each in error.faults]
            raise InvalidInput(named) from None
        faults = list(_faults(data))
        if faults:
            raise InvalidInput([each._replace(path=f"{name}: {each.path}") for each in faults])
        base = _load()
        both = {kind: [*base[kind], *data.get(kind, ())] for kind in _KINDS}
        return _made(both)


_DAY_FORM: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_KINDS: Final = ("annual", "special")
_REQUIRED: Final = ("years", "title", "source", "off", "work")


def _faults(data: Mapping[str, Any]) -> Iterator[Fault]:
    for key in data:
        if key not in _KINDS:
            yield Fault(key, "expected [[annual]] or [[special]] rows")
    next_year, stated = END.year, set[int]()
    for kind in _KINDS:
        rows = data.get(kind, [])
        if not isinstance(rows, list):
            yield Fault(kind, f"expected [[{kind}]] rows")
            continue
        for number, row in enumerate(rows):
            path = f"{kind}[{number}]"
            if not isinstance(row, dict):
                yield Fault(path, "expected a table")
                continue
            wrong = list(_row_faults(row, path))
            yield from wrong
            if not wrong:
                yield from _contradictions(row, path, kind)
            if not wrong and kind == "annual":
                for year in row["years"]:
                    if year in stated:
                        yield Fault(f"{path}.years", f"another row is the notice for {year} too")
                stated.update(row["years"])
    for year in range(next_year, max(stated, default=0)):
        if year not in stated:
            yield Fault("annual", f"the notice for {year} is left out; days after it are not known")


def _row_faults(row: Mapping[str, Any], path: str) -> Iterator[Fault]:
    for key in row:
        if key not in (*_REQUIRED, "number", "grade"):
            yield Fault(f"{path}.{key}", unknown(str(key), [*_REQUIRED, "number", "grade"]))
    for key in _REQUIRED:
        if key not in row:
            yield Fault(f"{path}.{key}", "is required")
    years = row.get("years", [FIRST.year])
    if not isinstance(years, list) or not years or not all(map(_is_year, years)):
        yield Fault(f"{path}.years", "expected a list of years such as [2027]")
    for key in ("title", "source", "number", "grade"):
        if not isinstance(row.get(key, ""), str):
            yield Fault(f"{path}.{key}", "expected text in quotes")
    off, work = row.get("off", {}), row.get("work", [])
    if not isinstance(off, dict):
        yield Fault(f"{path}.off", 'expected festivals with their days: "元旦" = ["2027-01-01"]')
        off = {}
    for name, spans in [*((f"off.{key}", value) for key, value in off.items()), ("work", work)]:
        if not isinstance(spans, list):
            yield Fault(f"{path}.{name}", 'expected a list of days such as ["2027-01-01"]')
            continue
        for place, span in enumerate(spans):
            if not _is_span(span):
                said = (
                    "expected a day such as '2027-01-01' or days such as '2027-02-06..2027-02-12'"
                )
                yield Fault(f"{path}.{name}[{place}]", said)


def _contradictions(row: Mapping[str, Any], path: str, kind: str) -> Iterator[Fault]:
    """Days that a notice cannot mean; an annual one may reach into the years beside its own."""
    years, work = row["years"], list(_days(row["work"]))
    off = [day for spans in row["off"].values() for day in _days(spans)]
    for day in sorted({*off} & {*work}):
        yield Fault(f"{path}.work", f"{day} is among the days off too")
    if kind != "annual":
        return
    first, last = date(min(years) - 1, 12, 1), date(max(years) + 1, 1, 31)
    for day in sorted({*off, *work}):
        if not first <= day <= last:
            yield Fault(path, f"{day} is not in the years of the notice, {years}")
    for day in work:
        if day.weekday() < 5:
            yield Fault(f"{path}.work", f"{day} is no Saturday or Sunday, so worked anyway")


def _is_year(year: object) -> bool:
    return type(year) is int and FIRST.year <= year < FIRST.year + 200


def _is_span(span: object) -> bool:
    if not isinstance(span, str):
        return False
    first, dots, last = span.partition("..")
    if not all(map(_DAY_FORM.fullmatch, (first, last) if dots else (first,))):
        return False
    try:
        start, end = date.fromisoformat(first), date.fromisoformat(last if dots else first)
    except ValueError:
        return False
    return FIRST <= start <= end and (end - start).days < 60


def _used(calendar: Calendar | None) -> Calendar:
    return _bundled() if calendar is None else calendar


def _coverage(calendar: Calendar) -> str:
    return (
        f"the working-day calendar covers {calendar.first} to {calendar.end - _DAY}; other days "
        f"need the State Council notice of their year, such as {calendar.end.year}: use a release "
        "that has it, or state it in a file, read that with Calendar.load and give calendar="
    )


def _check(name: str, day: object, calendar: Calendar, *, bound: bool = False) -> None:
    # A datetime is a date to Python, but would never equal the dates of the calendar.
    if not isinstance(day, date) or isinstance(day, datetime):
        raise WrongType(f"{name}: expected a datetime.date without a time, got {shown(day)}")
    if not calendar.first <= day < calendar.end and not (bound and day == calendar.end):
        raise OutsideCoverage(f"{name} {day}: {_coverage(calendar)}")


@cache
def _bundled() -> Calendar:
    return _made(_load())


def _made(data: Mapping[str, Any]) -> Calendar:
    annual: dict[int, Notice] = {}
    arranged: dict[date, tuple[Notice, str | None]] = {}
    # The special notices come last, so that what they say of a day replaces the annual notice.
    for kind in _KINDS:
        for entry in data[kind]:
            notice = Notice(
                years=tuple(entry["years"]),
                title=entry["title"],
                number=entry.get("number"),
                source=entry["source"],
                grade=entry.get("grade", "repost"),
            )
            if kind == "annual":
                annual.update(dict.fromkeys(notice.years, notice))
            for festival, spans in entry["off"].items():
                arranged.update(dict.fromkeys(_days(spans), (notice, festival)))
            arranged.update(dict.fromkeys(_days(entry["work"]), (notice, None)))
    end = date(max(annual) + 1, 1, 1)
    exceptions = frozenset(
        day
        for day, (_, festival) in arranged.items()
        if (day.weekday() < 5) is (festival is not None)
    )
    days = _range(FIRST, end - _DAY)
    workdays = tuple(day for day in days if (day.weekday() < 5) is not (day in exceptions))
    return Calendar(annual, arranged, FIRST, end, exceptions, workdays)


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
