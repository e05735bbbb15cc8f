"""Deadlines of a procedure: dated rows of working days, calendar days or months, from an event on.

A benefit names its steps and the event that each is counted from; how long a step
may take, and in which days, stands in the tables: ``<benefit>.deadline.working_days``,
``.calendar_days`` and ``.months``, by the key ``step``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from attrs import field, frozen

from minzheng.base.dates import DayKind, add_months, deadline
from minzheng.base.i18n import N_, day, translator
from minzheng.base.suggest import unknown
from minzheng.base.workdays import Calendar
from minzheng.decision import Reference
from minzheng.errors import Fault, InvalidInput, NotFound, OutsideCoverage
from minzheng.law import Citation
from minzheng.standards import Found, Series, Standards, Unit

__all__ = [
    "Deadline",
    "Deadlines",
    "Event",
    "Step",
    "cited",
    "deadlines",
    "not_before",
    "one",
    "only",
]


@frozen
class Event:
    """What a period is counted from.

    Attributes:
        name: the key under which its day is given, such as ``"accepted"``.
        text: message id, such as ``"acceptance of the application"``.
    """

    name: str
    text: str


@frozen
class Step:
    """One act of a procedure that has a time limit in the law of some day.

    Attributes:
        name: the word of the key ``step`` in the tables.
        text: message id of what is due.
        event: what it is counted from.
        ends: the event that its last day is, for a period that runs out, such as a publicity.
    """

    name: str
    text: str
    event: Event
    ends: Event | None = None


@frozen
class Deadline:
    """One time limit on one case.

    Attributes:
        name: of the step.
        text: message id of what is due.
        event: what it is counted from.
        start: the day of the event; ``None`` while it is not known.
        length: how many.
        unit: working days, calendar days or months.
        due: the last day in time; ``None`` when the event is not known, or when the
            working days are not known that far. Nothing is estimated.
        found: the row it rests on, with its article.
        outside: why the last day is not known although the event is: the calendar's own words.
        runs: whether it is a period that runs through that day, not an act due by it.
    """

    name: str
    text: str
    event: Event
    start: date | None
    length: int
    unit: Unit
    due: date | None
    found: Found = field(repr=False)
    outside: str = ""
    runs: bool = False

    @property
    def citation(self) -> Citation | Reference:
        """The article, or the source where it has none."""
        return cited(self.found)

    def explain(self, language: str) -> str:
        """The time limit in one sentence, with its article.

        Raises:
            InvalidInput: for a language without a catalogue.
        """
        t = translator(language)
        if self.start is None:
            when = t(N_("the day of that is not known"))
        elif self.due is None:
            when = t(N_("the State Council's working days are not held that far"))
        else:
            until = N_("until {day}") if self.runs else N_("by {day}")
            when = t(until).format(day=day(self.due, language))
        since = t(self.event.text)
        if self.start is not None:
            since = t(N_("{event} on {day}")).format(event=since, day=day(self.start, language))
        text = N_("{step}: {length} {unit} from {event}: {when} (basis: {basis})")
        return t(text).format(
            step=t(self.text),
            length=self.length,
            unit=t(_UNITS[self.unit]),
            event=since,
            when=when,
            basis=self.citation.text(language),
        )


_UNITS = {
    Unit.WORKING_DAYS: N_("working days"),
    Unit.CALENDAR_DAYS: N_("calendar days"),
    Unit.MONTHS: N_("months"),
}


@frozen
class Deadlines:
    """The time limits of one case, in the order of the procedure.

    Attributes:
        each: those that the law of their day states.
        silent: the steps for which nothing held states one.
    """

    each: tuple[Deadline, ...]
    silent: tuple[Step, ...] = ()

    def __iter__(self) -> Iterator[Deadline]:
        return iter(self.each)

    def __len__(self) -> int:
        return len(self.each)

    def __getitem__(self, name: str) -> Deadline:
        for deadline_ in self.each:
            if deadline_.name == name:
                return deadline_
        raise NotFound(unknown(name, [held.name for held in self.each]))

    def explain(self, language: str) -> str:
        """One line for each, then the steps without a time limit."""
        t = translator(language)
        lines = [each.explain(language) for each in self.each]
        none = t(N_("{step}: no time limit is held for that day"))
        return "\n".join([*lines, *(none.format(step=t(step.text)) for step in self.silent)])


def deadlines(
    series: str,
    steps: Iterable[Step],
    days: Mapping[str, date | None],
    *,
    on: date,
    area: str,
    standards: Standards | None = None,
    calendar: Calendar | None = None,
    **keys: str,
) -> Deadlines:
    """The time limits of some steps, each under the law of the day from which it runs.

    Args:
        series: what the names of the tables' series begin with, such as ``"dibao.deadline"``.
        steps: in the order of the procedure.
        days: the days of the events by their names, as far as known.
        on: the day whose law is told for a step whose event is not known yet.
        area: six-digit division code.
        standards: the tables; the bundled ones when left out.
        calendar: the notices on working days; the bundled ones when left out.
        **keys: further keys of the rows, such as ``way="delegated"``.

    Returns:
        One deadline for each step that the tables state; of rows for working days,
        calendar days and months the nearest level counts, then the row that names more keys.

    Raises:
        InvalidInput: for a day of an event that no step knows, or an unknown key or word.
        NotFound: when no area bore that code on that day.

    Source:
        Civil Code arts 201 and 202: the day of the event is not counted; a period in
        months ends on the corresponding day, or the month's last.

    Limitations:
        A last day that is no working day is not moved. No rule of transition is held: a
        step is taken under the law of the day of its event.

    Example:
        >>> accepted = Event("accepted", "acceptance of the application")
        >>> steps = [Step("survey_start", "start of the survey", accepted)]
        >>> (found,) = deadlines(
        ...     "dibao.deadline", steps, {"accepted": date(2021, 7, 1)},
        ...     on=date(2021, 7, 1), area="130822")
        >>> found.due, found.length, found.unit.value
        (datetime.date(2021, 7, 6), 3, 'working_days')
    """
    tables = Standards.bundled() if standards is None else standards
    ordered, known = tuple(steps), _series(tables, series)
    named = {event.name for step in ordered for event in (step.event, step.ends) if event}
    faults = [Fault(name, unknown(name, named)) for name in days if name not in named]
    held = {key for each in known for key in each.keys}
    faults += [Fault(key, unknown(key, held)) for key in keys if key not in held]
    if faults:
        raise InvalidInput(faults)
    happened = {name: each for name, each in days.items() if each is not None}
    made, silent = [], []
    for step in ordered:
        start = happened.get(step.event.name)
        found = _row(tables, known, step.name, area, start or on, keys)
        if found is None:
            silent.append(step)
            continue
        made.append(_count(step, start, found, calendar))
        due = made[-1].due
        if step.ends is not None and due is not None:
            happened.setdefault(step.ends.name, due)
    return Deadlines(tuple(made), tuple(silent))


def one(
    series: str,
    step: Step,
    day: date,
    *,
    area: str,
    standards: Standards | None = None,
    calendar: Calendar | None = None,
    **keys: str,
) -> Deadline:
    """The time limit of a single step, counted from a day.

    Raises:
        FigureNotFound: when none is held for that day.
        NotFound: when no area bore that code on that day.
    """
    tables = Standards.bundled() if standards is None else standards
    days = {step.event.name: day}
    told = deadlines(
        series, (step,), days, on=day, area=area, standards=tables, calendar=calendar, **keys
    )
    if not told.each:
        known = _series(tables, series)[0]
        tables.find(known.name, area, day, kinds=None, step=step.name, **keys)
    return told.each[0]


def not_before(event: Event, start: date, others: Mapping[str, date | None]) -> None:
    """Refuse events that lie before the one with which a procedure starts.

    Raises:
        InvalidInput: naming each of them.
    """
    faults = [
        Fault(name, f"{each} is before {event.name}, {start}")
        for name, each in others.items()
        if each is not None and each < start
    ]
    if faults:
        raise InvalidInput(faults)


def only(told: Deadlines, apart: set[str]) -> Deadlines:
    """The deadlines without the steps of some names."""
    return Deadlines(
        tuple(each for each in told if each.name not in apart),
        tuple(step for step in told.silent if step.name not in apart),
    )


def cited(found: Found) -> Citation | Reference:
    """What a row rests on: its article, or the source where it has none."""
    figure = found.figure
    return figure.citation or Reference(figure.source.title, figure.clause)


def _series(tables: Standards, name: str) -> tuple[Series, ...]:
    known = tables.series
    return tuple(known[full] for unit in _UNITS if (full := f"{name}.{unit.value}") in known)


def _row(
    tables: Standards,
    known: tuple[Series, ...],
    step: str,
    area: str,
    on: date,
    keys: Mapping[str, str],
) -> Found | None:
    rows = []
    for series in known:
        asked = {key: word for key, word in keys.items() if key in series.keys}
        found = tables.get(series.name, area, on, kinds=None, step=step, **asked)
        if found is not None:
            rows.append(found)
    return min(rows, key=lambda each: (len(each.tried), -len(each.figure.keys)), default=None)


def _count(step: Step, start: date | None, found: Found, calendar: Calendar | None) -> Deadline:
    length = found.value
    assert isinstance(length, int)
    due, outside = None, ""
    if start is not None:
        try:
            due = _last_day(start, length, found.series.unit, calendar)
        except OutsideCoverage as error:
            outside = str(error)
    return Deadline(
        name=step.name,
        text=step.text,
        event=step.event,
        start=start,
        length=length,
        unit=found.series.unit,
        due=due,
        found=found,
        outside=outside,
        runs=step.ends is not None,
    )


def _last_day(start: date, length: int, unit: Unit, calendar: Calendar | None) -> date:
    if unit is Unit.MONTHS:
        return add_months(start, length)
    kind = DayKind.WORKING if unit is Unit.WORKING_DAYS else DayKind.CALENDAR
    return deadline(start, length, kind, calendar=calendar)
