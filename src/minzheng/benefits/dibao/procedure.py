"""The clocks of dibao: time limits of an application, the next review, the days of payment."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from attrs import frozen

from minzheng.base.dates import add_months, first_of_next_month
from minzheng.base.i18n import N_
from minzheng.base.workdays import Calendar
from minzheng.benefits.deadlines import (
    Deadline,
    Deadlines,
    Event,
    Step,
    cited,
    not_before,
    one,
    only,
)
from minzheng.benefits.deadlines import deadlines as read
from minzheng.decision import Reference
from minzheng.errors import Fault, InvalidInput
from minzheng.law import Citation
from minzheng.people import Residence
from minzheng.standards import Standards
from minzheng.standards.reading import Reading

__all__ = ["HouseholdClass", "Payment", "Rhythm", "deadlines", "next_review", "payments"]

APPLIED = Event("applied_on", N_("the application"))
ACCEPTED = Event("accepted_on", N_("acceptance of the application"))
SURVEYED = Event("surveyed_on", N_("the end of the survey"))
REQUESTED = Event("check_requested_on", N_("receipt of the township's request for a data check"))
POSTED = Event("posted_on", N_("posting of the publicity"))
POSTED_UNTIL = Event("posted_until", N_("the end of the publicity"))
RECEIVED = Event("received_on", N_("receipt of the file by the county"))
COUNTY_POSTED = Event("county_posted_on", N_("posting of the county's publicity"))
COUNTY_POSTED_UNTIL = Event("county_posted_until", N_("the end of the county's publicity"))
OBJECTED = Event("objected_on", N_("an objection to the county's publicity"))
DECIDED = Event("decided_on", N_("the decision"))
REVIEWED = Event("reviewed_on", N_("the last review"))

STEPS = (
    Step("survey_start", N_("survey of the economic status to be started"), ACCEPTED),
    Step("data_check_start", N_("data check to be started by the county"), REQUESTED),
    Step("survey", N_("survey to be done"), ACCEPTED),
    Step("review", N_("democratic review (民主评议) to be held"), SURVEYED),
    Step("publicity", N_("publicity (公示) in the village or community"), POSTED, POSTED_UNTIL),
    Step("county_opinion", N_("opinion of the county to be given"), RECEIVED),
    Step(
        "county_publicity",
        N_("publicity of the proposed approval by the county"),
        COUNTY_POSTED,
        COUNTY_POSTED_UNTIL,
    ),
    Step("approval", N_("approval to be decided, without objection"), COUNTY_POSTED_UNTIL),
    Step("objection_decision", N_("decision to be taken after an objection"), OBJECTED),
    Step("refusal_notice", N_("refusal to be told, with reasons"), DECIDED),
    Step("total", N_("whole procedure to be completed"), ACCEPTED),
    Step(
        "total_delegated",
        N_("whole procedure to be completed, where the township decides"),
        ACCEPTED,
    ),
    Step("total_special", N_("whole procedure to be completed, in special cases"), ACCEPTED),
    Step("total_urban", N_("whole procedure to be completed, in towns"), APPLIED),
)
_TOTALS = ("total", "total_delegated", "total_special")
_REVIEW = Step("periodic_review", N_("household to be reviewed again"), REVIEWED)


def deadlines(
    accepted_on: date,
    *,
    area: str,
    residence: Residence | None = None,
    applied_on: date | None = None,
    surveyed_on: date | None = None,
    check_requested_on: date | None = None,
    posted_on: date | None = None,
    received_on: date | None = None,
    county_posted_on: date | None = None,
    objected_on: date | None = None,
    decided_on: date | None = None,
    delegated: bool | None = None,
    special: bool | None = None,
    standards: Standards | None = None,
    calendar: Calendar | None = None,
) -> Deadlines:
    """Every time limit on one application, each with its article.

    Args:
        accepted_on: the day the township accepted the application.
        area: six-digit code of the county.
        residence: rural or urban; the regulation of 1999 has a time limit for towns.
        applied_on: the day of the application.
        surveyed_on: the day the survey was done.
        check_requested_on: the day the county received the request for a data check.
        posted_on: the first day of the publicity in the village.
        received_on: the day the county received the file.
        county_posted_on: the first day of the county's own publicity (until 2021-06-30).
        objected_on: the day of an objection to it.
        decided_on: the day of the decision.
        delegated: whether the township has the power to decide.
        special: whether the publicity was contested, register and residence differ, the
            family files across regions, or the survey is hard (2022 notice, part 4 (1)).
        standards: the tables; the bundled ones when left out.
        calendar: the notices on working days; the bundled ones when left out.

    Returns:
        The time limits in the order of the procedure. What is counted from an event whose
        day is not given has its length and no last day. While ``delegated``, ``special`` or
        ``residence`` is not known, the totals of both ways are told.

    Raises:
        InvalidInput: for events before the acceptance, all at once, and an application after it.
        NotFound: when no area bore that code on that day.

    Source:
        城市居民最低生活保障条例 (1999) art. 8; 民发〔2012〕220号 arts 18-29; 最低生活保障审核确认办法 (2021) arts 15-22;
        the notice of 2022-10-20, part 4 (1).

    Limitations:
        Each limit is taken under the law of the day of its own event. The Social Assistance
        Law of 2026 states no time limits; those of 2021 and 2022 were not repealed.

    Example:
        >>> told = deadlines(date(2021, 7, 1), area="130822", delegated=False, special=False)
        >>> told["total"].due, told["total"].citation.text("en")[-7:]
        (datetime.date(2021, 8, 12), 'art. 22')
        >>> old = deadlines(date(2021, 6, 30), area="130822", received_on=date(2021, 6, 30))
        >>> old["county_opinion"].length, told["county_opinion"].length
        (5, 10)
    """
    days = {
        SURVEYED.name: surveyed_on,
        REQUESTED.name: check_requested_on,
        POSTED.name: posted_on,
        RECEIVED.name: received_on,
        COUNTY_POSTED.name: county_posted_on,
        OBJECTED.name: objected_on,
        DECIDED.name: decided_on,
    }
    not_before(ACCEPTED, accepted_on, days)
    if applied_on is not None:
        not_before(APPLIED, applied_on, {ACCEPTED.name: accepted_on})
    told = read(
        "dibao.deadline",
        STEPS,
        {APPLIED.name: applied_on, ACCEPTED.name: accepted_on, **days},
        on=accepted_on,
        area=area,
        standards=standards,
        calendar=calendar,
    )
    apart = {*_TOTALS} - _totals({each.name for each in told}, delegated, special)
    return only(told, apart | {"total_urban"} if residence is Residence.RURAL else apart)


def _totals(held: set[str], delegated: bool | None, special: bool | None) -> set[str]:
    """The totals that apply, or may as far as is known."""
    ordinary = {"total"}
    if delegated and "total_delegated" in held:
        ordinary = {"total_delegated"}
    elif delegated is None:
        ordinary |= {"total_delegated"} & held
    if special is False or "total_special" not in held:
        return ordinary
    return {"total_special"} if special else {*ordinary, "total_special"}


class HouseholdClass(StrEnum):
    """How a household stands for the interval of its reviews."""

    SEVERE_UNCHANGED = "severe_unchanged"
    """urban 三无, or a member seriously ill or disabled, income hardly changing (2012)"""
    STABLE = "stable"
    """little change in the short run"""
    IRREGULAR = "irregular"
    """irregular income, members able to work"""


def next_review(
    reviewed_on: date,
    household: HouseholdClass,
    *,
    area: str,
    residence: Residence,
    standards: Standards | None = None,
    calendar: Calendar | None = None,
) -> Deadline:
    """When a household has to be reviewed again.

    Args:
        reviewed_on: the day of the last review, or of the decision.
        household: its class.
        area: six-digit code of the county.
        residence: rural or urban; until 2021-06-30 irregular income was reviewed
            monthly in towns and quarterly in the country.
        standards: the tables; the bundled ones when left out.
        calendar: the notices on working days; the bundled ones when left out.

    Raises:
        FigureNotFound: when no interval is held for that day.
        NotFound: when no area bore that code on that day.

    Source:
        民发〔2012〕220号 art. 33; 最低生活保障审核确认办法 (2021) art. 31.

    Limitations:
        The interval is that of the law on the day of the last review. A major emergency
        may lengthen it (2021, art. 31); by how much is not stated.

    Example:
        >>> urban = dict(area="110105", residence=Residence.URBAN)
        >>> next_review(date(2021, 6, 30), HouseholdClass.IRREGULAR, **urban).due
        datetime.date(2021, 7, 30)
        >>> next_review(date(2021, 7, 1), HouseholdClass.IRREGULAR, **urban).due
        datetime.date(2022, 1, 1)
    """
    return one(
        "dibao.review",
        _REVIEW,
        reviewed_on,
        area=area,
        standards=standards,
        calendar=calendar,
        household=household.value,
        residence=residence.name.lower(),
    )


class Rhythm(StrEnum):
    """How often dibao is paid out."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    """rural places without financial services (2012 measures, art. 31)"""


@frozen
class Payment:
    """One payment of dibao.

    Attributes:
        first, last: the first days of the first and of the last month paid for.
        due: the last day on which it is in time; ``None`` where nothing held names a day, or
            where the day passed before the payment began to be due.
        basis: the article that names the day.
    """

    first: date
    last: date
    due: date | None
    basis: Citation | Reference | None


def payments(
    confirmed_on: date,
    count: int,
    *,
    area: str,
    rhythm: Rhythm = Rhythm.MONTHLY,
    standards: Standards | None = None,
) -> tuple[Payment, ...]:
    """The first payments after a decision: which months, and by which day.

    Args:
        confirmed_on: the day of the decision.
        count: how many payments, at least 1.
        area: six-digit code of the county.
        rhythm: by the month, as the rule is, or by the quarter.
        standards: the tables; the bundled ones when left out.

    Returns:
        From the month after the decision on (Chongqing: from its own month). The day is that
        of the law on the first day of the month; since 2021-07-01 the nation names none.

    Raises:
        InvalidInput: for a count below 1.
        FigureNotFound: when no first month is held for that day.
        NotFound: when no area bore that code on that day.

    Source:
        民发〔2012〕220号 arts 29 and 31; 最低生活保障审核确认办法 (2021) arts 21 and 25.

    Example:
        >>> for each in payments(date(2021, 5, 20), 2, area="130822"):
        ...     print(each.first, each.due)
        2021-06-01 2021-06-10
        2021-07-01 None
    """
    if count < 1:
        raise InvalidInput([Fault("count", f"expected 1 or more, got {count}")])
    tables = Standards.bundled() if standards is None else standards
    term = tables.find("dibao.first_payment", area, confirmed_on)
    later = term.value == "next_month"
    start = first_of_next_month(confirmed_on) if later else confirmed_on.replace(day=1)
    made = []
    for _ in range(count):
        passed = (start.month - 1) % 3 if rhythm is Rhythm.QUARTERLY else 0
        months = 1 if rhythm is Rhythm.MONTHLY else 3 - passed
        named = tables.get("dibao.payment.day", area, start, rhythm=rhythm.value)
        # the day of a quarter that began before the payment did has passed
        due = None if named is None or passed else start.replace(day=Reading.whole(named))
        basis = None if named is None else cited(named)
        made.append(Payment(start, add_months(start, months - 1), due, basis))
        start = add_months(start, months)
    return tuple(made)
