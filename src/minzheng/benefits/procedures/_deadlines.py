"""Deadlines of a procedure: dated rows of working days, calendar days or months, from an event on.

Which steps a benefit has, and the event that each is counted from, is a table; how long a step may
take, and in which days, stands in the rows of ``<benefit>.deadline.working_days``,
``.calendar_days`` and ``.months``, by the key ``step``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum

from attrs import field, frozen

from minzheng.base.dates import DayKind, add_months, deadline
from minzheng.base.i18n import N_, day, translator
from minzheng.base.suggest import unknown
from minzheng.base.workdays import Calendar
from minzheng.benefits.procedures._steps import STEPS, TEXTS, Events, Step
from minzheng.decision import Reference, cited
from minzheng.errors import Fault, InvalidInput, NotFound, OutsideCoverage
from minzheng.law import Citation
from minzheng.people import Residence
from minzheng.standards import Found, Series, Standards, Unit

__all__ = ["Deadline", "Deadlines", "HouseholdClass", "deadlines", "next_review"]


@frozen
class Deadline:
    """One time limit on one case.

    Attributes:
        step: what is due.
        start: the day of the event; ``None`` while it is not known.
        length: how many.
        unit: working days, calendar days or months.
        due: the last day in time; ``None`` when the event is not known, or when the
            working days are not known that far. Nothing is estimated.
        found: the row it rests on, with its article.
        outside: why the last day is not known although the event is: the calendar's own words.
    """

    step: Step
    start: date | None
    length: int
    unit: Unit
    due: date | None
    found: Found = field(repr=False)
    outside: str = ""

    @property
    def name(self) -> str:
        """The name of the step."""
        return self.step.name

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
            until = N_("until {day}") if self.step.runs else N_("by {day}")
            when = t(until).format(day=day(self.due, language))
        since = t(TEXTS[self.step.event])
        if self.start is not None:
            since = t(N_("{event} on {day}")).format(event=since, day=day(self.start, language))
        text = N_("{step}: {length} {unit} from {event}: {when} (basis: {basis})")
        return t(text).format(
            step=t(self.step.text),
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
        for each in self.each:
            if each.name == name:
                return each
        raise NotFound(unknown(name, [held.name for held in self.each]))

    def explain(self, language: str) -> str:
        """One line for each, then the steps without a time limit."""
        t = translator(language)
        lines = [each.explain(language) for each in self.each]
        none = t(N_("{step}: no time limit is held for that day"))
        return "\n".join([*lines, *(none.format(step=t(step.text)) for step in self.silent)])


class HouseholdClass(StrEnum):
    """How a household of dibao stands for the interval of its reviews."""

    SEVERE_UNCHANGED = "severe_unchanged"
    """urban 三无, or a member seriously ill or disabled, income hardly changing (2012)"""
    STABLE = "stable"
    """little change in the short run"""
    IRREGULAR = "irregular"
    """irregular income, members able to work"""


def deadlines(
    benefit: str,
    area: str,
    *,
    events: Events | None = None,
    on: date | None = None,
    residence: Residence | None = None,
    delegated: bool | None = None,
    special: bool | None = None,
    small_quick: bool | None = None,
    standards: Standards | None = None,
    calendar: Calendar | None = None,
) -> Deadlines:
    """Tell every time limit on one case, each under the law of the day from which it runs.

    Args:
        benefit: such as ``"dibao"``; those with steps are the keys of ``STEPS``.
        area: six-digit code of the county.
        events: the days of what has happened, as far as known.
        on: the day whose law is told for a step whose event is not known yet; by default that of
            the acceptance, or the first of the days known.
        residence: rural or urban; dibao has a time limit for towns (1999), tekun two of the
            five guarantees (五保) for the country.
        delegated: whether the township has the power to decide.
        special: whether the case is a special one: of dibao the publicity was contested, register
            and residence differ, the family files across regions, or the survey is hard (2022
            notice, 四（一）); of rigid expenditure likewise (art. 8).
        small_quick: whether temporary assistance is given as small and quick help (小额快救).
        standards: the tables; the bundled ones when left out.
        calendar: the notices on working days; the bundled ones when left out.

    Returns:
        The time limits in the order of the procedure: of the application, or, where only days of
        what may follow are given (a death, a proposed end), of that. What is counted from an event
        whose day is not given has its length and no last day. While a circumstance is not known
        the time limits of both ways are told.

    Raises:
        InvalidInput: when neither ``on`` nor the day of an event is given.
        NotFound: for a benefit without steps, or when no area bore that code on that day.

    Source:
        Civil Code arts 201 and 202: the day of the event is not counted; a period in months ends
        on the corresponding day, or the month's last. Dibao: 城市居民最低生活保障条例 (1999) art. 8;
        民发〔2012〕220号 arts 18-29; 最低生活保障审核确认办法 (2021) arts 15-22; the notice of 2022-10-20,
        一（三） and 四（一）. Tekun: 农村五保供养工作条例 (2006) art. 7; 特困人员认定办法 (2021) arts 13-18,
        23 and 26. 刚性支出困难家庭认定办法 art. 8. 民发〔2019〕62号 二.

    Limitations:
        A last day that is no working day is not moved. No rule of transition is held. The Social
        Assistance Law of 2026 states no time limits; those of 2021 and 2022 were not repealed.
        The nation sets none for ordinary temporary assistance; a place's own rows are told. The
        text of the tekun measures of 2016 was not obtained.

    Example:
        >>> told = deadlines("dibao", "130822", events=Events(accepted=date(2021, 7, 1)),
        ...                  delegated=False, special=False)
        >>> told["total"].due, told["total"].citation.text("en")[-7:]
        (datetime.date(2021, 8, 12), 'art. 22')
        >>> posted = Events(accepted=date(2021, 7, 1), posted=date(2021, 7, 20))
        >>> [(each.name, each.due) for each in deadlines("tekun", "130822", events=posted)][:2]
        [('survey', datetime.date(2021, 7, 22)), ('publicity', datetime.date(2021, 7, 27))]
        >>> deadlines("dibao", "130822", events=Events(died=date(2022, 11, 30))).each[0].due
        datetime.date(2023, 2, 28)
    """
    days = Events().stated() if events is None else events.stated()
    if not days and on is None:
        raise InvalidInput([Fault("on", "state a day, or the day of an event")])
    circumstances = {
        "delegated": delegated,
        "special": special,
        "small_quick": small_quick,
        "rural": None if residence is None else residence is Residence.RURAL,
        "urban": None if residence is None else residence is Residence.URBAN,
    }
    steps = [each for each in _course(benefit, days) if circumstances.get(each.only) is not False]
    told = _tell(
        f"{benefit}.deadline",
        steps,
        days,
        on=on or days.get("accepted") or min(days.values()),
        area=area,
        standards=standards,
        calendar=calendar,
    )
    replaced = {
        name for each in told if circumstances.get(each.step.only) for name in each.step.instead
    }
    return Deadlines(
        tuple(each for each in told if each.name not in replaced),
        tuple(each for each in told.silent if not each.only and each.name not in replaced),
    )


def _course(benefit: str, days: Mapping[str, date]) -> Iterator[Step]:
    """The steps of the application, or of what follows it where only that has happened."""
    if benefit not in STEPS:
        raise NotFound(unknown(benefit, STEPS))
    happened = [course for course in STEPS[benefit] if any(each.event in days for each in course)]
    for course in happened or STEPS[benefit][:1]:
        yield from course


_REVIEWS = {
    "dibao": Step("periodic_review", N_("household to be reviewed again"), "reviewed"),
    "tekun": Step("periodic_review", N_("person to be reviewed again"), "reviewed"),
}


def next_review(
    benefit: str,
    area: str,
    reviewed: date,
    *,
    household: HouseholdClass | None = None,
    residence: Residence | None = None,
    standards: Standards | None = None,
    calendar: Calendar | None = None,
) -> Deadline:
    """Tell when a household of dibao, or a tekun person, has to be reviewed again.

    Args:
        benefit: ``"dibao"`` or ``"tekun"``.
        area: six-digit code of the county.
        reviewed: the day of the last review, or of the decision.
        household: its class; asked of dibao.
        residence: rural or urban; asked of dibao: until 2021-06-30 irregular income was reviewed
            monthly in towns and quarterly in the country.
        standards: the tables; the bundled ones when left out.
        calendar: the notices on working days; the bundled ones when left out.

    Raises:
        InvalidInput: for dibao without a class or residence.
        FigureNotFound: when no interval is held for that day.
        NotFound: for a benefit without reviews, or when no area bore that code on that day.

    Source:
        民发〔2012〕220号 art. 33; 最低生活保障审核确认办法 (2021) art. 31. Tekun: the opinions of 2020 on
        reforming social assistance, 二（二）7; Hebei the same, announced 2020-11-05.

    Limitations:
        The interval is that of the law on the day of the last review. A major emergency may
        lengthen it (2021, art. 31); by how much is not stated.

    Example:
        >>> urban = dict(household=HouseholdClass.IRREGULAR, residence=Residence.URBAN)
        >>> next_review("dibao", "110105", date(2021, 6, 30), **urban).due
        datetime.date(2021, 7, 30)
        >>> next_review("dibao", "110105", date(2021, 7, 1), **urban).due
        datetime.date(2022, 1, 1)
        >>> next_review("tekun", "130822", date(2020, 11, 5)).due
        datetime.date(2021, 11, 5)
    """
    if benefit not in _REVIEWS:
        raise NotFound(unknown(benefit, _REVIEWS))
    tables = Standards.bundled() if standards is None else standards
    series, step = f"{benefit}.review", _REVIEWS[benefit]
    known = _series(tables, series)
    words = {
        "household": None if household is None else household.value,
        "residence": None if residence is None else residence.name.lower(),
    }
    asked = {key for each in known for key in each.keys} - {"step"}
    keys = {key: word for key in sorted(asked) if (word := words[key]) is not None}
    if len(keys) < len(asked):
        raise InvalidInput([Fault(key, "expected a value") for key in sorted(asked - set(keys))])
    told = _tell(
        series,
        (step,),
        {step.event: reviewed},
        on=reviewed,
        area=area,
        standards=tables,
        calendar=calendar,
        **keys,
    )
    if not told.each:
        tables.find(known[0].name, area, reviewed, kinds=None, step=step.name, **keys)
    return told.each[0]


def _tell(
    series: str,
    steps: Iterable[Step],
    days: Mapping[str, date],
    *,
    on: date,
    area: str,
    standards: Standards | None,
    calendar: Calendar | None,
    **keys: str,
) -> Deadlines:
    """Count from the nearest level's row, whatever its unit; then from that with more keys."""
    tables = Standards.bundled() if standards is None else standards
    known, happened = _series(tables, series), dict(days)
    made, silent = [], []
    for step in steps:
        start = happened.get(step.event)
        found = _row(tables, known, step.name, area, start or on, keys)
        if found is None:
            silent.append(step)
            continue
        made.append(_count(step, start, found, calendar))
        due = made[-1].due
        if step.runs and due is not None:
            happened.setdefault(f"{step.event}_until", due)
    return Deadlines(tuple(made), tuple(silent))


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
    return Deadline(step, start, length, found.series.unit, due, found, outside)


def _last_day(start: date, length: int, unit: Unit, calendar: Calendar | None) -> date:
    if unit is Unit.MONTHS:
        return add_months(start, length)
    kind = DayKind.WORKING if unit is Unit.WORKING_DAYS else DayKind.CALENDAR
    return deadline(start, length, kind, calendar=calendar)
