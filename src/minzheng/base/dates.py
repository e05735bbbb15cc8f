"""Days: half-open spans, ages, first days of months, and deadlines.

Nothing here reads a clock: the day is always an argument.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import Enum

from attrs import field, frozen
from dateutil.relativedelta import relativedelta

from minzheng.base import workdays
from minzheng.base.brief import shown
from minzheng.errors import InvalidInput, OutsideCoverage, WrongType

__all__ = [
    "DayKind",
    "LeapBirthday",
    "Span",
    "add_days",
    "add_months",
    "age_on",
    "as_int",
    "deadline",
    "first_of_next_month",
]


def _day(value: object, what: str) -> date:
    if isinstance(value, datetime) or not isinstance(value, date):
        raise WrongType(f"{what} is a datetime.date without a time, got {shown(value)}")
    return value


@frozen
class Span:
    """Days from ``start`` up to, not including, ``end``; ``end=None`` means still running.

    Raises:
        InvalidInput: when it would hold no day.

    Example:
        >>> regime = Span(date(2012, 12, 12), date(2021, 7, 1))
        >>> date(2021, 6, 30) in regime, date(2021, 7, 1) in regime
        (True, False)
    """

    start: date = field()
    end: date | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        _day(self.start, "the start of a span")
        if self.end is not None and _day(self.end, "the end of a span") <= self.start:
            raise InvalidInput(f"a span ends after it starts, got [{self.start}, {self.end})")

    def __contains__(self, day: object) -> bool:
        when = _day(day, "a day")
        return self.start <= when and (self.end is None or when < self.end)

    def overlaps(self, other: Span) -> bool:
        """Whether some day lies in both.

        Example:
            >>> Span(date(2020, 1, 1), date(2021, 1, 1)).overlaps(Span(date(2021, 1, 1)))
            False
        """
        return (other.end is None or self.start < other.end) and (
            self.end is None or other.start < self.end
        )

    def __str__(self) -> str:
        return (
            f"{self.start} .. {'' if self.end is None else self.end - timedelta(days=1)}".rstrip()
        )


class LeapBirthday(Enum):
    """When somebody born on 29 February grows a year older in a common year."""

    FEB_28 = "FEB_28"
    """on 28 February: without a corresponding day, the month's last (Civil Code art. 202)"""
    MAR_1 = "MAR_1"
    """on 1 March"""


def age_on(birth: date, on: date, leap_birthday: LeapBirthday = LeapBirthday.FEB_28) -> int:
    """Full years of age (周岁) on a day; the birthday itself counts as reached.

    Args:
        birth: day of birth.
        on: the day asked for, not before ``birth``.
        leap_birthday: for birthdays on 29 February; by default the reading of
            Civil Code art. 202 (a period without a corresponding day ends with
            the last day of the month).

    Raises:
        InvalidInput: when ``on`` is before ``birth``.

    Example:
        >>> age_on(date(1960, 7, 24), date(2020, 7, 23)), age_on(date(1960, 7, 24), date(2020, 7, 24))
        (59, 60)
        >>> age_on(date(2004, 2, 29), date(2022, 2, 28))
        18
        >>> age_on(date(2004, 2, 29), date(2022, 2, 28), LeapBirthday.MAR_1)
        17
    """
    _day(birth, "a birth date")
    if _day(on, "a day") < birth:
        raise InvalidInput(f"{on} is before the birth")
    month, day = birth.month, birth.day
    leap_year = on.year % 4 == 0 and (on.year % 100 != 0 or on.year % 400 == 0)
    if (month, day) == (2, 29) and not leap_year:
        month, day = (2, 28) if leap_birthday is LeapBirthday.FEB_28 else (3, 1)
    return on.year - birth.year - ((on.month, on.day) < (month, day))


def as_int(day: date) -> int:
    """A day as the integer yyyymmdd that rules use.

    Example:
        >>> as_int(date(2020, 7, 24))
        20200724
    """
    _day(day, "a day")
    return day.year * 10_000 + day.month * 100 + day.day


def add_months(day: date, months: int) -> date:
    """The corresponding day some months later, or the month's last (Civil Code art. 202).

    Raises:
        OutsideCoverage: when it lies outside the years 1 to 9999.

    Example:
        >>> add_months(date(2020, 1, 31), 1)
        datetime.date(2020, 2, 29)
    """
    _day(day, "a day")
    if not 12 <= day.year * 12 + day.month - 1 + months < (date.max.year + 1) * 12:
        raise OutsideCoverage(f"{months} months from {day} lie outside the calendar")
    return day + relativedelta(months=months)


def add_days(day: date, days: int) -> date:
    """The day some days later.

    Raises:
        OutsideCoverage: when it lies outside the years 1 to 9999.

    Example:
        >>> add_days(date(2020, 2, 28), 2)
        datetime.date(2020, 3, 1)
    """
    _day(day, "a day")
    if not (date.min - day).days <= days <= (date.max - day).days:
        raise OutsideCoverage(f"{days} days after {day} lie outside the calendar")
    return day + timedelta(days=days)


def first_of_next_month(day: date) -> date:
    """The first day of the month after a day: when dibao and tekun begin to be paid.

    Raises:
        OutsideCoverage: in the last month of the calendar, December 9999.

    Source:
        最低生活保障审核确认办法 art. 21; 特困人员认定办法 art. 17 (2021).

    Example:
        >>> first_of_next_month(date(2020, 12, 31))
        datetime.date(2021, 1, 1)
    """
    if _day(day, "a day") >= date(date.max.year, 12, 1):
        raise OutsideCoverage(f"there is no month after {day}")
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


class DayKind(Enum):
    """Which days a deadline counts."""

    WORKING = "working"
    """工作日"""
    CALENDAR = "calendar"
    """日 or 天 without 工作"""


def deadline(
    start: date, days: int, kind: DayKind, *, calendar: workdays.Calendar | None = None
) -> date:
    """The last day of a period of so many days; the start itself is not counted.

    Args:
        start: the day of the event, such as the acceptance of an application.
        days: at least 1.
        kind: working days (工作日) or calendar days (日, 天).
        calendar: the notices on working days; the bundled ones when left out.

    Returns:
        The last day on which the act is in time. A calendar period that would
        end on a day off is *not* moved to the next working day.

    Raises:
        InvalidInput: for fewer than one day.
        OutsideCoverage: when working days are not known that far.

    Source:
        Civil Code art. 201: the day of the event is not counted.

    Example:
        >>> deadline(date(2020, 9, 29), 3, DayKind.WORKING)
        datetime.date(2020, 10, 10)
        >>> deadline(date(2020, 9, 29), 7, DayKind.CALENDAR)
        datetime.date(2020, 10, 6)
    """
    _day(start, "a day")
    if days < 1:
        raise InvalidInput(f"a deadline has at least 1 day, got {shown(days)}")
    if kind is DayKind.WORKING:
        return workdays.add_workdays(start, days, calendar=calendar)
    return add_days(start, days)
