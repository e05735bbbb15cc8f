"""The time limits of temporary assistance: the law of the nation sets none, a place may."""

from __future__ import annotations

from datetime import date

from minzheng.base.i18n import N_
from minzheng.base.workdays import Calendar
from minzheng.benefits.deadlines import Deadlines, Event, Step
from minzheng.benefits.deadlines import deadlines as limits
from minzheng.standards import Standards

__all__ = ["deadlines"]

_ACCEPTED = Event("accepted", N_("acceptance of the application"))
_OVER = Event("emergency_over", N_("the end of the emergency"))
_STEPS = (
    Step("survey", N_("survey of the family"), _ACCEPTED),
    Step("decision", N_("decision on temporary assistance"), _ACCEPTED),
    Step("follow_up", N_("papers of a grant made first completed"), _OVER),
)


def deadlines(
    area: str,
    *,
    on: date,
    accepted: date | None = None,
    emergency_over: date | None = None,
    standards: Standards | None = None,
    calendar: Calendar | None = None,
) -> Deadlines:
    """The time limits of a case of temporary assistance, as far as the place states any.

    The law of the nation sets none: the opinions of 2018 let the papers of a grant made
    first be completed "after the emergency has eased", art. 50 of the law of 2026 "as
    prescribed". A place's own stand in ``temporary_assistance.deadline.working_days`` and
    ``temporary_assistance.deadline.calendar_days``.

    Args:
        area: six-digit code of the county.
        on: the day whose law is told for what has not happened yet.
        accepted: the day the application was accepted.
        emergency_over: the day the emergency was over.
        standards: the tables; the bundled ones when left out.
        calendar: the notices on working days; the bundled ones when left out.

    Returns:
        A deadline for each step the tables state; the others are named as silent.

    Raises:
        NotFound: when no area bore that code on that day.

    Example:
        >>> from datetime import date
        >>> told = deadlines("130822", on=date(2026, 7, 1), emergency_over=date(2026, 7, 1))
        >>> len(told), [each.name for each in told.silent]
        (0, ['survey', 'decision', 'follow_up'])
    """
    return limits(
        "temporary_assistance.deadline",
        _STEPS,
        {"accepted": accepted, "emergency_over": emergency_over},
        on=on,
        area=area,
        standards=standards,
        calendar=calendar,
    )
