"""Reading the rows of one kind, place and day, and counting the years whose check is due."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from attrs import frozen

from minzheng.base.dates import add_months
from minzheng.base.i18n import N_
from minzheng.organizations.facts import Conclusion, Organization
from minzheng.organizations.findings import Evidence, all_of, any_of
from minzheng.organizations.kinds import Kind
from minzheng.standards import NATION, Found, Standards
from minzheng.standards.reading import Reading

__all__ = ["Law", "Years", "idle", "idle_missing", "over", "years"]


class Law:
    """The rows held for a kind in a place on a day.

    Args:
        on: the day whose law is read.
        kind: ``None`` while it is not known: no row of a kind is then found.
        area: six-digit code of the registration authority's area; left out, the law of the
            nation alone.
        standards: the tables; the bundled ones when left out.
    """

    def __init__(
        self,
        on: date,
        kind: Kind | None = None,
        area: str = NATION,
        standards: Standards | None = None,
    ) -> None:
        self.on, self.kind, self.area = on, kind, area
        self.standards = Standards.bundled() if standards is None else standards
        self._reading = Reading(self.standards, area, on)
        self._rows: dict[tuple[str, ...], Found | None] = {}

    def row(self, name: str, **keys: str) -> Found | None:
        """The row of a series ``organization.<name>``, or ``None``."""
        asked = (name, *keys.values())
        if asked not in self._rows:
            self._rows[asked] = self._reading.get(f"organization.{name}", **keys)
        return self._rows[asked]

    def of_kind(self, name: str, **keys: str) -> Found | None:
        """The same for a series by kind."""
        if self.kind is None or self.kind is Kind.OTHER:
            return None
        return self.row(name, kind=self.kind.word, **keys)

    def due(self, year: int, to: str = "registrar") -> tuple[date, Found] | None:
        """The last day to file for the check of a year, by the law at the start of its round."""
        start = date(year + 1, 1, 1)
        found = Law(start, self.kind, self.area, self.standards).of_kind("check.due", to=to)
        if found is None:
            return None
        return date.fromisoformat(f"{year + 1}-{found.value}"), found

    @cached_property
    def last_due_year(self) -> int | None:
        """The latest year whose check had to be filed before this day; ``None`` without a rule."""
        for year in (self.on.year - 1, self.on.year - 2):
            due = self.due(year)
            if due is not None and due[0] < self.on:
                return year
        return None


def over(start: date, found: Found, on: date) -> bool:
    """Whether a period of months from a day is over: its last day is past (Civil Code art. 202)."""
    assert isinstance(found.value, int)
    return on > add_months(start, found.value)


@frozen
class Years:
    """Whether some years in a row ended in one way.

    Attributes:
        holds: ``None`` while it hangs on years that are not known.
        years: the latest such years; empty unless it holds.
        missing: paths of the years it hangs on.
    """

    holds: bool | None
    years: tuple[int, ...]
    missing: tuple[str, ...]


def years(
    stated: Organization,
    ended: frozenset[Conclusion],
    *,
    last: int,
    count: int,
    latest_only: bool = False,
) -> Years:
    """Whether so many consecutive years ended in one of some ways.

    Years after ``last`` are not due. Years before the certificate are none, and years before
    the first one stated are not asked for, except the last ``count``.

    Args:
        stated: the organisation.
        ended: the conclusions looked for.
        last: the last year whose check is due.
        count: how many years in a row.
        latest_only: look only at the years that end with ``last``.
    """
    first = last - count + 1
    if not latest_only:
        first = min((first, *(year for year in stated.by_year if year <= last)))
    if stated.certificate_on is not None:
        first = max(first, stated.certificate_on.year)
    answers: dict[tuple[int, ...], bool | None] = {}
    for start in range(last - count + 1, first - 1, -1):
        row = tuple(range(start, start + count))
        answers[row] = all_of(_ended(stated, year, ended) for year in row)
    holds = any_of(answers.values())
    met = next((row for row, answer in answers.items() if answer), ())
    open_years = {
        year
        for row, answer in answers.items()
        if answer is None
        for year in row
        if year not in stated.by_year
    }
    missing = (f"organization.checks[{year}]" for year in sorted(open_years))
    return Years(holds, met, () if holds is not None else tuple(missing))


def _ended(stated: Organization, year: int, ended: frozenset[Conclusion]) -> bool | None:
    conclusion = stated.by_year.get(year)
    return None if conclusion is None else conclusion in ended


_NO_ACTIVITY = N_("Certificate of {day}; no activity up to {until}.")
_FIRST_LATER = N_("Certificate of {day}; first activity on {first}.")
_FIRST = N_("Certificate of {day}; activity on {first}.")


def idle(stated: Organization, row: Found, on: date) -> tuple[bool | None, tuple[Evidence, ...]]:
    """Whether a period from the certificate on passed without any activity, and on what facts.

    An activity after the period does not undo it; it is told as evidence.

    Args:
        stated: the organisation.
        row: how many months the period has.
        on: the day.

    Returns:
        ``None`` while it hangs on facts of :func:`idle_missing`.
    """
    since, first = stated.certificate_on, stated.first_activity
    assert isinstance(row.value, int)
    act = stated.first_act
    if since is None:
        return None, ()
    if not over(since, row, on):
        return False, (Evidence(_FIRST, {"day": since, "first": act}),) if act else ()
    last_day = add_months(since, row.value)
    if act is not None and act <= last_day:
        return False, (Evidence(_FIRST, {"day": since, "first": act}),)
    if first is not None and first <= on:
        return True, (Evidence(_FIRST_LATER, {"day": since, "first": first}),)
    if first is not None or stated.never_active:
        return True, (Evidence(_NO_ACTIVITY, {"day": since, "until": on}),)
    return None, ()


def idle_missing(stated: Organization) -> tuple[str, ...]:
    """The facts that :func:`idle` hangs on."""
    if stated.certificate_on is None:
        return ("organization.certificate_on",)
    return ("organization.first_activity", "organization.never_active")
