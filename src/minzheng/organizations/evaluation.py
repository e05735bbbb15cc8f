"""Evaluation grades (评估等级): how long they are valid, when the next may be applied for."""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum

from attrs import frozen

from minzheng.base.dates import add_months
from minzheng.base.i18n import N_, day, translator
from minzheng.errors import NotFound
from minzheng.organizations.findings import Answer, Evidence, Finding, cited, settled
from minzheng.organizations.rows import Law
from minzheng.standards import NATION, Found, Standards

__all__ = ["After", "Validity", "lockout_until", "may_reapply", "validity"]


class After(Enum):
    """What happened to a grade before its end."""

    DOWNGRADE = "downgrade"
    """降低评估等级"""
    CANCELLATION = "cancellation"
    """取消评估等级"""


@frozen
class Validity:
    """The days on which a grade is valid.

    Attributes:
        announced_on: the day the grade was announced.
        start: the first day.
        last_day: the last day.
        found: the rows it rests on: how long, and from when.
    """

    announced_on: date
    start: date
    last_day: date
    found: tuple[Found, ...]

    def valid(self, on: date) -> bool:
        """Whether the grade is valid on a day."""
        return self.start <= on <= self.last_day

    def explain(self, language: str) -> str:
        """The validity in one sentence.

        Raises:
            InvalidInput: for a language without a catalogue.
        """
        t = translator(language)
        text = N_("Grade announced on {day}: valid from {start} to {last} (basis: {basis})")
        return t(text).format(
            day=day(self.announced_on, language),
            start=day(self.start, language),
            last=day(self.last_day, language),
            basis=cited(self.found[0], language),
        )


def validity(
    announced_on: date, *, area: str = NATION, standards: Standards | None = None
) -> Validity:
    """How long a grade is valid, by the law of the day of its announcement.

    Args:
        announced_on: the day the grade was announced.
        area: six-digit code of the evaluating authority's area; left out, the law of the
            nation alone.
        standards: the tables; the bundled ones when left out.

    Raises:
        NotFound: when no rule is held for that day.

    Source:
        Measures of 2010 (Order No. 39) art. 28 ¶1, until 2026-02-28: five years. Measures of
        2026, since 2026-03-01: from 1 January after the announcement to 31 December of the fifth year.

    Limitations:
        The measures of 2010 do not say from when the five years run (art. 28 ¶1): they are
        counted from the announcement, which is not counted itself, so that the corresponding
        day is the last (Civil Code arts 201, 202). No rule of transition is held: a grade of
        before 2026-03-01 keeps its days.

    Example:
        >>> old, new = validity(date(2026, 2, 28)), validity(date(2026, 3, 1))
        >>> str(old.last_day), str(new.start), str(new.last_day)
        ('2031-02-28', '2027-01-01', '2031-12-31')
    """
    law = Law(announced_on, None, area, standards)
    months, start = law.row("evaluation.validity"), law.row("evaluation.start")
    if months is None or start is None:
        raise NotFound(f"no validity of an evaluation grade is held for {area} on {announced_on}")
    assert isinstance(months.value, int)
    if start.value == "announcement":
        last = add_months(announced_on, months.value)
        return Validity(announced_on, announced_on, last, (months, start))
    first = add_months(date(announced_on.year, 1, 1), 12)
    last = add_months(first, months.value) - timedelta(days=1)
    return Validity(announced_on, first, last, (months, start))


_REAPPLY = N_("May apply for a new evaluation")
_VALID = N_("The grade is valid from {start} to {last}.")
_WINDOW = N_("An application is open from {first} to {last}.")
_EXPIRED = N_("The grade has expired.")
_TRANSITION = N_("The grade is of before these measures; no rule of transition is held.")
_SIMPLER = N_("Procedure and contents of the visit may be simplified.")


def may_reapply(
    announced_on: date, on: date, *, area: str = NATION, standards: Standards | None = None
) -> Finding:
    """Whether the holder of a grade may apply for a new one on a day.

    Args:
        announced_on: the day the present grade was announced.
        on: the day of the application.
        area: six-digit code of the evaluating authority's area; left out, the law of the
            nation alone.
        standards: the tables; the bundled ones when left out.

    Returns:
        Yes inside the window, no outside it; yes also when the grade has expired. For a grade of
        before the law of the day it is undetermined, unless the grade has expired. ``then`` says
        where the visit may be simplified.

    Raises:
        NotFound: when no validity is held for the announcement.

    Source:
        Measures of 2010 (Order No. 39) art. 29 ¶1: from two years before the end. Measures of
        2026: in the first four years of validity; in the first two, procedure and contents of
        the visit on the spot may be simplified.

    Limitations:
        The other conditions of an application are not asked: of 2010 arts 6 and 7 (two years
        since the certificate, annual checks, penalties, investigations); those of 2026, which
        are fewer, are known from summaries.

    Example:
        >>> may_reapply(date(2015, 7, 24), date(2018, 7, 23)).answer.name
        'NO'
        >>> may_reapply(date(2015, 7, 24), date(2018, 7, 24)).answer.name
        'YES'
    """
    grade = validity(announced_on, area=area, standards=standards)
    law = Law(on, None, area, standards)
    before_end, from_start = (
        law.row("evaluation.reapply_before_end"),
        law.row("evaluation.reapply_from_start"),
    )
    row = before_end or from_start
    if row is None:
        return Finding("may_reapply", _REAPPLY, Answer.NO_RULE)
    said = Evidence(_VALID, {"start": grade.start, "last": grade.last_day})
    rows = (row, *grade.found)
    if on > grade.last_day:
        return Finding("may_reapply", _REAPPLY, Answer.YES, (said, Evidence(_EXPIRED)), rows)
    now = law.row("evaluation.validity")
    if now is None or now.figure != grade.found[0].figure:
        open_ = (said, Evidence(_TRANSITION))
        return Finding("may_reapply", _REAPPLY, Answer.UNDETERMINED, open_, rows)
    assert isinstance(row.value, int)
    if before_end is not None:
        first, last = add_months(grade.last_day, -row.value), grade.last_day
    else:
        first = grade.start
        last = add_months(grade.start, row.value) - timedelta(days=1)
    window = Evidence(_WINDOW, {"first": first, "last": last})
    inside = first <= on <= last
    simpler = law.row("evaluation.simplified_from_start")
    then: tuple[str, ...] = ()
    if inside and simpler is not None and not _over(grade.start, simpler, on):
        then, rows = (_SIMPLER,), (*rows, simpler)
    return Finding("may_reapply", _REAPPLY, settled(inside), (said, window), rows, (), then)


def _over(start: date, months: Found, on: date) -> bool:
    """Whether months that begin with a day, which counts, are over."""
    assert isinstance(months.value, int)
    return on >= add_months(start, months.value)


def lockout_until(
    after: After, decided_on: date, *, area: str = NATION, standards: Standards | None = None
) -> date:
    """The last day without an application after a grade was lowered or cancelled.

    Args:
        after: what happened to the grade.
        decided_on: the day it happened.
        area: six-digit code of the evaluating authority's area; left out, the law of the
            nation alone.
        standards: the tables; the bundled ones when left out.

    Raises:
        NotFound: when no time is held for that day: of the measures of 2026 none is known.

    Source:
        Measures of 2010 (Order No. 39) art. 31: two years after a lowering, three after a
        cancellation.

    Example:
        >>> lockout_until(After.DOWNGRADE, date(2020, 7, 24))
        datetime.date(2022, 7, 24)
    """
    found = Law(decided_on, None, area, standards).row("evaluation.lockout", after=after.value)
    if found is None:
        raise NotFound(f"no time without an application is held for {area} on {decided_on}")
    assert isinstance(found.value, int)
    return add_months(decided_on, found.value)
