"""Visits (探访): when the next one is due, who is overdue, and the monthly rate.

How often somebody is visited is a parameter of the place, by risk: rows of the series
``visits.every`` and ``visits.event_hours``. Where none is held the due day is unknown and said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from attrs import field, frozen

from minzheng.base.brief import shown
from minzheng.base.dates import add_days, add_months, first_of_next_month
from minzheng.base.identifiers import resident_id as resident_ids
from minzheng.base.lists import each_of
from minzheng.decision import Missing
from minzheng.errors import Fault, InvalidInput, NotFound
from minzheng.people.stating import checked, mask_id, maybe, stated
from minzheng.registers.ledgers.records import Enrolled, hidden, legible
from minzheng.registers.ledgers.words import VisitMode
from minzheng.standards import Found, Standards
from minzheng.standards.reading import Reading

__all__ = ["Due", "Event", "EventDue", "Rate", "Visit", "due", "overdue", "visit_rate"]


def clock(text: str) -> None:
    """A time of day, hours and minutes."""
    if re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", text):
        return
    raise InvalidInput(f"expected a time of day such as 08:30, got {shown(text)}")


@frozen(kw_only=True)
class _Moment:
    person: str = stated("resident number, or number in the ledger", repr=mask_id, check=legible)
    on: date = stated("day")
    clock: str | None = maybe("time of day", check=clock)

    def __attrs_post_init__(self) -> None:
        checked(self)

    def between(self) -> tuple[datetime, datetime]:
        """The first and the last moment at which it may have been, local time."""
        if self.clock is None:
            return datetime.combine(self.on, time.min), datetime.combine(self.on, time.max)
        at = datetime.combine(self.on, time.fromisoformat(self.clock))
        return at, at


@frozen(kw_only=True)
class Visit(_Moment):
    """A visit that was made."""

    mode: VisitMode | None = maybe("how the visit was made")
    visitor: str | None = maybe("who made the visit", repr=hidden, check=legible)
    found: str | None = maybe("what was found", repr=hidden, check=legible)


@frozen(kw_only=True)
class Event(_Moment):
    """A major event in a person's life, after which a visit may be due within hours."""

    what: str | None = maybe("what happened", repr=hidden, check=legible)


@frozen
class EventDue:
    """What an event asks for.

    Attributes:
        event: the event.
        by: the moment by which a visit is due, local time; of an event without a time of day
            the last that is possible.
        met: whether a visit was made in time; ``None`` while it may still be made in time, and
            when the times of day are not known.
    """

    event: Event
    by: datetime
    met: bool | None


@frozen
class Due:
    """When a person is visited next.

    Attributes:
        record: the row of the ledger.
        on: the day it is asked for.
        last: the day of the last visit up to then.
        day: the last day on which the next visit is in time; ``None`` when it is not known, or
            when the person has left the ledger.
        overdue: whether that day has passed; ``None`` when it is not known.
        events: what major events ask for, where the place has a rule for the person's risk.
        figures: the rows used.
        missing: the facts and figures that are not known.
    """

    record: Enrolled
    on: date
    last: date | None
    day: date | None
    overdue: bool | None
    events: tuple[EventDue, ...] = ()
    figures: tuple[Found, ...] = field(default=(), repr=False)
    missing: tuple[Missing, ...] = ()


def due(
    record: Enrolled,
    visits: Iterable[Visit],
    on: date,
    standards: Standards | None = None,
    *,
    events: Iterable[Event] = (),
) -> Due:
    """When the next visit of a person is due, by the rule of the place for the person's risk.

    Args:
        record: a row of a ledger.
        visits: those made; of other persons and after the day they are left aside.
        on: the day; its rows are looked up.
        standards: the tables; the bundled ones when left out.
        events: major events; of other persons and after the day they are left aside.

    Source:
        Rows of ``visits.every`` and ``visits.event_hours``; bundled for Inner Mongolia, from
        2022-06-23. The guiding opinions of 2022 state no frequency for the nation.

    Limitations:
        "At least once a week" is read as: seven days after the last visit at the latest, not
        once in each calendar week; a month and a quarter alike, to the corresponding day or the
        month's last. Before the first visit the period runs from the day of entry. Visits by
        telephone and video count. A risk is taken as stated, never derived.

    Example:
        >>> from minzheng.registers.ledgers import Elder, Risk, Visit, due
        >>> elder = Elder(name="测试甲", id="7", area="150102", risk=Risk.KEY)
        >>> visit = Visit(person="7", on=date(2023, 1, 31))
        >>> found = due(elder, [visit], date(2023, 3, 1))
        >>> found.day, found.overdue
        (datetime.date(2023, 2, 28), True)
        >>> from attrs import evolve
        >>> due(evolve(elder, area="130802"), [visit], date(2023, 3, 1)).day is None
        True
    """
    tables = Standards.bundled() if standards is None else standards
    names = _names(record)
    visits, events = each_of("visits", visits, Visit), each_of("events", events, Event)
    own = [each for each in visits if _name(each.person) in names and each.on <= on]
    last = max((each.on for each in own), default=None)
    if not record.in_ledger(on):
        return Due(record, on, last, None, False)
    missing = [Missing(path) for path in ("area", "risk") if getattr(record, path) is None]
    if record.area is None or record.risk is None:
        return Due(record, on, last, None, None, missing=tuple(missing))
    reading = Reading(tables, record.area, on, risk=record.risk.name.lower())
    try:
        every, hours = reading.need("visits.every"), reading.get("visits.event_hours")
    except NotFound as error:  # nobody bore the code that day
        return Due(record, on, last, None, None, missing=(Missing("area", str(error)),))
    missing += map(Missing.figure, reading.resolve(None).missing)
    start = record.since if last is None else last
    if start is None:
        missing.append(Missing("since"))
    day = None if every is None or start is None else _next(start, str(every.value))
    theirs = [each for each in events if _name(each.person) in names and each.on <= on]
    return Due(
        record,
        on,
        last,
        day,
        None if day is None else day < on,
        tuple(_after(theirs, own, on, Reading.whole(hours))) if hours is not None else (),
        reading.resolve(None).used,
        tuple(missing),
    )


def _next(start: date, every: str) -> date:
    if every == "week":
        return add_days(start, 7)
    return add_months(start, {"month": 1, "quarter": 3}[every])


def _names(record: Enrolled) -> set[str]:
    return {_name(each) for each in (record.id, record.resident_id) if each is not None}


def _name(person: str) -> str:
    """One form of a person's number; what is no resident number stays as it is."""
    return resident_ids.to_18(person) if resident_ids.is_valid(person) else person


def _after(
    events: Iterable[Event], visits: Sequence[Visit], on: date, hours: int
) -> Iterator[EventDue]:
    for event in events:
        first, last = event.between()
        within = min(timedelta(hours=hours), datetime.combine(date.max, time.max) - last)
        by = last + within
        seen = [_in_time(visit, first, last, within) for visit in visits]
        late = datetime.combine(on, time.min) > by  # the day asked for is not over
        met = True if True in seen else None if None in seen or not late else False
        yield EventDue(event, by, met)


def _in_time(visit: Visit, first: datetime, last: datetime, within: timedelta) -> bool | None:
    earliest, latest = visit.between()
    if earliest >= last and latest <= first + within:
        return True
    return False if latest < first or earliest > last + within else None


def overdue(
    records: Iterable[Enrolled],
    visits: Iterable[Visit],
    on: date,
    standards: Standards | None = None,
) -> tuple[Due, ...]:
    """Those whose next visit is overdue, or not known to be due; the longest overdue first.

    Those for whom it is not known come last, with what is missing.
    """
    by_person: dict[str, list[Visit]] = {}
    for visit in each_of("visits", visits, Visit):
        by_person.setdefault(_name(visit.person), []).append(visit)
    found = []
    for record in each_of("records", records, Enrolled):
        own = [visit for name in _names(record) for visit in by_person.get(name, ())]
        answer = due(record, own, on, standards)
        if answer.overdue is not False:
            found.append(answer)
    return tuple(sorted(found, key=lambda each: each.day or date.max))


@frozen
class Rate:
    """How many of those in a ledger were visited in a month.

    Attributes:
        persons: in the ledger on the month's last day.
        visited: of them, with a visit in the month.
        share: exact; ``None`` when there is nobody.
        unknown: rows left out, whose day of entry is not known.
    """

    persons: int
    visited: int
    share: Fraction | None
    unknown: int


def visit_rate(records: Iterable[Enrolled], visits: Iterable[Visit], year: int, month: int) -> Rate:
    """The monthly rate of visits (月探访率).

    Source:
        Guiding opinions on visiting of 2022, as reported on 2022-10-28: 100 % by the end of
        2025. They are not quoted with a formula: the reading here is the persons in the ledger
        on the month's last day.
    """
    try:
        first = date(year, month, 1)
    except ValueError as error:
        raise InvalidInput([Fault("month", str(error))]) from None
    end = first_of_next_month(first) - timedelta(days=1)
    seen = {
        _name(each.person) for each in each_of("visits", visits, Visit) if first <= each.on <= end
    }
    present = [each for each in each_of("records", records, Enrolled) if each.in_ledger(end)]
    known = [each for each in present if each.since is not None]
    visited = sum(not seen.isdisjoint(_names(each)) for each in known)
    share = Fraction(visited, len(known)) if known else None
    return Rate(len(known), visited, share, len(present) - len(known))
