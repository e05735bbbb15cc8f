"""The clocks of tekun: time limits of an application, of a re-assessment, of an end, and reviews."""

from __future__ import annotations

from datetime import date

from minzheng.base.i18n import N_
from minzheng.base.workdays import Calendar
from minzheng.benefits.deadlines import Deadline, Deadlines, Event, Step, not_before, one
from minzheng.benefits.deadlines import deadlines as read
from minzheng.standards import Standards

__all__ = ["deadlines", "end_deadlines", "next_review", "reassessment"]

ACCEPTED = Event("accepted_on", N_("acceptance of the application"))
POSTED = Event("posted_on", N_("posting of the publicity"))
POSTED_UNTIL = Event("posted_until", N_("the end of the publicity"))
OBJECTED = Event("objected_on", N_("an objection to the publicity"))
RECEIVED = Event("received_on", N_("receipt of the file by the county"))
DECIDED = Event("decided_on", N_("the decision"))
REPORTED = Event("reported_on", N_("the report that self-care has changed"))
REVIEWED = Event("reviewed_on", N_("the last review"))

STEPS = (
    Step("survey", N_("survey and preliminary opinion of the township"), ACCEPTED),
    Step("publicity", N_("publicity (公示) in the village or community"), POSTED, POSTED_UNTIL),
    Step("objection_survey", N_("new preliminary opinion after an objection"), OBJECTED),
    Step("county_opinion", N_("opinion of the county to be given"), RECEIVED),
    Step("refusal_notice", N_("refusal to be told, with reasons"), DECIDED),
)
_REASSESSMENT = Step("reassessment", N_("self-care to be assessed anew"), REPORTED)
_END_STEPS = (
    Step("end_publicity", N_("publicity of the proposed end"), POSTED, POSTED_UNTIL),
    Step("end_objection", N_("decision on the end after an objection"), OBJECTED),
)
_REVIEW = Step("periodic_review", N_("person to be reviewed again"), REVIEWED)


def deadlines(
    accepted_on: date,
    *,
    area: str,
    posted_on: date | None = None,
    objected_on: date | None = None,
    received_on: date | None = None,
    decided_on: date | None = None,
    standards: Standards | None = None,
    calendar: Calendar | None = None,
) -> Deadlines:
    """Every time limit on one application for tekun, each with its article.

    Args:
        accepted_on: the day the township accepted the application.
        area: six-digit code of the county.
        posted_on: the first day of the publicity.
        objected_on: the day of an objection to it.
        received_on: the day the county received the file.
        decided_on: the day of the decision.
        standards: the tables; the bundled ones when left out.
        calendar: the notices on working days; the bundled ones when left out.

    Raises:
        InvalidInput: for events before the acceptance, all at once.
        NotFound: when no area bore that code on that day.

    Source:
        特困人员认定办法 (2021) arts 13-18.

    Limitations:
        The text of the measures of 2016 was not obtained: before 2021-07-01 no time limit is
        held. Each limit is taken under the law of the day of its own event.

    Example:
        >>> told = deadlines(date(2021, 7, 1), area="130822", posted_on=date(2021, 7, 20))
        >>> [(each.name, each.due) for each in told][:2]
        [('survey', datetime.date(2021, 7, 22)), ('publicity', datetime.date(2021, 7, 27))]
        >>> len(deadlines(date(2021, 6, 30), area="130822"))
        0
    """
    days = {
        POSTED.name: posted_on,
        OBJECTED.name: objected_on,
        RECEIVED.name: received_on,
        DECIDED.name: decided_on,
    }
    not_before(ACCEPTED, accepted_on, days)
    return read(
        "tekun.deadline",
        STEPS,
        {ACCEPTED.name: accepted_on, **days},
        on=accepted_on,
        area=area,
        standards=standards,
        calendar=calendar,
    )


def end_deadlines(
    posted_on: date,
    *,
    area: str,
    objected_on: date | None = None,
    standards: Standards | None = None,
    calendar: Calendar | None = None,
) -> Deadlines:
    """The time limits when tekun is to end.

    Args:
        posted_on: the first day of the publicity of the proposed end.
        area: six-digit code of the county.
        objected_on: the day of an objection to it.
        standards: the tables; the bundled ones when left out.
        calendar: the notices on working days; the bundled ones when left out.

    Raises:
        InvalidInput: for an objection before the posting.
        NotFound: when no area bore that code on that day.

    Source:
        特困人员认定办法 (2021) art. 26.

    Example:
        >>> end_deadlines(date(2021, 7, 1), area="130822")["end_publicity"].due
        datetime.date(2021, 7, 8)
    """
    not_before(POSTED, posted_on, {OBJECTED.name: objected_on})
    return read(
        "tekun.deadline",
        _END_STEPS,
        {POSTED.name: posted_on, OBJECTED.name: objected_on},
        on=posted_on,
        area=area,
        standards=standards,
        calendar=calendar,
    )


def reassessment(
    reported_on: date,
    *,
    area: str,
    standards: Standards | None = None,
    calendar: Calendar | None = None,
) -> Deadline:
    """By when self-care has to be assessed anew after a report of a change.

    Raises:
        FigureNotFound: when no time limit is held for that day.
        NotFound: when no area bore that code on that day.

    Source:
        特困人员认定办法 (2021) art. 23.

    Example:
        >>> reassessment(date(2021, 7, 1), area="130822").due
        datetime.date(2021, 7, 15)
    """
    return one(
        "tekun.deadline",
        _REASSESSMENT,
        reported_on,
        area=area,
        standards=standards,
        calendar=calendar,
    )


def next_review(
    reviewed_on: date,
    *,
    area: str,
    standards: Standards | None = None,
    calendar: Calendar | None = None,
) -> Deadline:
    """When a person has to be reviewed again.

    Raises:
        FigureNotFound: when no interval is held for that day.
        NotFound: when no area bore that code on that day.

    Source:
        the opinions of 2020 on reforming social assistance, item 7; Hebei the same, announced
        2020-11-05.

    Example:
        >>> next_review(date(2020, 11, 5), area="130822").due
        datetime.date(2021, 11, 5)
    """
    return one(
        "tekun.review", _REVIEW, reviewed_on, area=area, standards=standards, calendar=calendar
    )
