"""The two credit lists (活动异常名录, 严重违法失信名单): grounds, entry, terms, exit."""

from __future__ import annotations

from datetime import date
from enum import Enum

from attrs import frozen

from minzheng.base.dates import DayKind, add_months, deadline
from minzheng.base.i18n import N_
from minzheng.base.workdays import Calendar
from minzheng.errors import NotFound
from minzheng.organizations.facts import CreditRecord
from minzheng.organizations.findings import Answer, Evidence, Finding, Review, all_of, settled
from minzheng.organizations.rows import Law
from minzheng.standards import NATION, Found, Standards

__all__ = [
    "CreditList",
    "Term",
    "abnormal_grounds",
    "abnormal_term",
    "entry_due",
    "may_leave_serious",
    "serious_grounds",
]


class CreditList(Enum):
    """Which list: their identity is never mixed up with lists of other rules."""

    ABNORMAL = "abnormal"
    """活动异常名录"""
    SERIOUS = "serious"
    """严重违法失信名单"""


_ABNORMAL = {
    "report_missed": N_("Annual report not filed on time or as required"),
    "party_missing": N_("Party organisation not set up as required"),
    "rectification_missed": N_("Rectification ordered after an inspection not done in time"),
    "fundraising_breach": N_("Breach of the rules of public fundraising"),
    "minor_penalty": N_("Warning or small fine"),
    "unreachable": N_("Not to be reached at its registered address"),
}
_SERIOUS = {
    "change_by_fraud": N_("Change of registration got by fraud and revoked"),
    "activity_suspended": N_("Activity suspended as a penalty"),
    "large_fine": N_("Large fine"),
    "repeated_penalty": N_("Several small penalties within the time of the rule"),
    "dishonest_debtor": N_("Debtor listed for dishonesty by a court"),
    "registration_revoked": N_("Registration or certificate revoked"),
}
_TERM_OVER = N_("On the list of abnormal activity for the whole term")
_ENTER = {
    CreditList.ABNORMAL: N_("To be put on the list of abnormal activity (活动异常名录)."),
    CreditList.SERIOUS: N_("To be put on the list of serious violation (严重违法失信名单)."),
}
_SINCE = N_("On the list since {day}, the last occurrence; the term ends on {last}.")
_LISTED = N_("On the list since {day}, the last event; the least time ends on {last}.")
_LEAVE = N_("May leave the list of serious violation and dishonesty")


def entry_due(
    formed_on: date,
    *,
    area: str = NATION,
    standards: Standards | None = None,
    calendar: Calendar | None = None,
) -> date:
    """By when credit information has to be entered.

    Args:
        formed_on: the day the information came about.
        area: six-digit code of the registration authority's area; left out, the law of the
            nation alone.
        standards: the tables; the bundled ones when left out.
        calendar: the notices on working days; the bundled ones when left out.

    Raises:
        NotFound: when no rule is held for that day.
        OutsideCoverage: when working days are not known that far.

    Source:
        Measures for Credit Information (Order No. 60, 2018): five working days.

    Example:
        >>> entry_due(date(2020, 9, 29))
        datetime.date(2020, 10, 13)
    """
    found = Law(formed_on, None, area, standards).row("credit.entry")
    if found is None:
        raise NotFound(f"no time to enter credit information is held for {area} on {formed_on}")
    assert isinstance(found.value, int)
    return deadline(formed_on, found.value, DayKind.WORKING, calendar=calendar)


def abnormal_grounds(
    record: CreditRecord, on: date, *, area: str = NATION, standards: Standards | None = None
) -> Review:
    """Ask every ground of the list of abnormal activity.

    Args:
        record: what is known.
        on: the day.
        area: six-digit code of the registration authority's area; left out, the law of the
            nation alone.
        standards: the tables; the bundled ones when left out.

    Returns:
        One finding for each ground; ``NO_RULE`` for those that are not held.

    Raises:
        NotFound: when no area bore that code on that day.

    Source:
        Measures for Credit Information (Order No. 60), since 2018-01-24.

    Limitations:
        Held are the grounds confirmed in the final text: report, party organisation,
        rectification; and, as secondary, the address. Breaches of fundraising and small
        penalties are known from the draft alone: a table of your own may state them. How many
        letters prove that nobody is reached, the exemption of who bears no responsibility, and
        the days of removal are not confirmed: the finding is the authority's.

    Example:
        >>> told = abnormal_grounds(CreditRecord(id="a", report_missed=True), date(2020, 7, 24))
        >>> told["report_missed"].answer.name, told["minor_penalty"].answer.name
        ('YES', 'NO_RULE')
    """
    law = Law(on, None, area, standards)
    return Review(record.id, on, _asked(record, law, CreditList.ABNORMAL, _ABNORMAL))


def serious_grounds(
    record: CreditRecord, on: date, *, area: str = NATION, standards: Standards | None = None
) -> Review:
    """Ask every ground of the list of serious violation and dishonesty.

    Args:
        record: what is known.
        on: the day.
        area: six-digit code of the registration authority's area; left out, the law of the
            nation alone.
        standards: the tables; the bundled ones when left out.

    Returns:
        One finding for each ground; ``NO_RULE`` for those that are not held.

    Raises:
        NotFound: when no area bore that code on that day.

    Source:
        Measures for Credit Information (Order No. 60), since 2018-01-24: on the list of abnormal
        activity for two years, a change got by fraud, a dishonest debtor; as secondary, a
        registration revoked.

    Limitations:
        Suspension, large fines (from 50,000 yuan) and repeated penalties are known from the
        draft alone and not held: a table of your own may state them.

    Example:
        >>> record = CreditRecord(id="a", abnormal_on=[date(2020, 7, 24)])
        >>> serious_grounds(record, date(2022, 7, 24))["abnormal_term_over"].answer.name
        'NO'
        >>> serious_grounds(record, date(2022, 7, 25))["abnormal_term_over"].answer.name
        'YES'
    """
    law = Law(on, None, area, standards)
    others = _asked(record, law, CreditList.SERIOUS, _SERIOUS)
    return Review(record.id, on, (_term_over(record, law), *others))


def _asked(
    record: CreditRecord, law: Law, which: CreditList, grounds: dict[str, str]
) -> tuple[Finding, ...]:
    return tuple(_ground(record, law, which, name, text) for name, text in grounds.items())


def _held(law: Law, which: CreditList, name: str) -> Found | None:
    row = law.row(f"{which.value}.ground", ground=name)
    return row if row is not None and row.value is True else None


def _ground(record: CreditRecord, law: Law, which: CreditList, name: str, text: str) -> Finding:
    row = _held(law, which, name)
    if row is None:
        return Finding(name, text, Answer.NO_RULE)
    holds: bool | None = getattr(record, name)
    missing = (f"record.{name}",) if holds is None else ()
    return Finding(name, text, settled(holds), (), (row,), missing, (_ENTER[which],) * bool(holds))


@frozen
class Term:
    """How long an organisation is on the list of abnormal activity.

    Attributes:
        start: the day of the last occurrence: each new one starts the term anew.
        last_day: the last day of the term; after it the list of serious violation follows.
        found: the row it rests on.
    """

    start: date
    last_day: date
    found: Found

    def is_over(self, on: date) -> bool:
        """Whether the term is over on a day."""
        return on > self.last_day


def abnormal_term(
    record: CreditRecord, on: date, *, area: str = NATION, standards: Standards | None = None
) -> Term | None:
    """The term on the list of abnormal activity, from the last occurrence up to a day.

    Args:
        record: what is known.
        on: the day; occurrences after it are left out.
        area: six-digit code of the registration authority's area; left out, the law of the
            nation alone.
        standards: the tables; the bundled ones when left out.

    Returns:
        ``None`` when it is not on the list, or that is not known, or no term is held.

    Source:
        Measures for Credit Information (Order No. 60): two years; a new occurrence starts the
        term anew. Civil Code art. 202: the corresponding day is the last.

    Example:
        >>> record = CreditRecord(id="a", abnormal_on=[date(2020, 7, 24), date(2021, 3, 1)])
        >>> abnormal_term(record, date(2021, 2, 28)).last_day
        datetime.date(2022, 7, 24)
        >>> abnormal_term(record, date(2021, 3, 1)).last_day
        datetime.date(2023, 3, 1)
    """
    return _term(record.abnormal_on, Law(on, None, area, standards), "abnormal.term")


def _term(days: tuple[date, ...] | None, law: Law, name: str) -> Term | None:
    past = [each for each in days or () if each <= law.on]
    row = law.row(name)
    if not past or row is None:
        return None
    assert isinstance(row.value, int)
    return Term(past[-1], add_months(past[-1], row.value), row)


def _term_over(record: CreditRecord, law: Law) -> Finding:
    name = "abnormal_term_over"
    row, years = _held(law, CreditList.SERIOUS, name), law.row("abnormal.term")
    if row is None or years is None:
        return Finding(name, _TERM_OVER, Answer.NO_RULE)
    if record.abnormal_on is None:
        missing = ("record.abnormal_on",)
        return Finding(name, _TERM_OVER, Answer.UNDETERMINED, (), (row, years), missing)
    term = _term(record.abnormal_on, law, "abnormal.term")
    if term is None:
        return Finding(name, _TERM_OVER, Answer.NO, (), (row, years))
    over_ = term.is_over(law.on)
    said = (Evidence(_SINCE, {"day": term.start, "last": term.last_day}),)
    then = (_ENTER[CreditList.SERIOUS],) if over_ else ()
    return Finding(name, _TERM_OVER, settled(over_), said, (row, years), (), then)


def may_leave_serious(
    record: CreditRecord,
    ground: str,
    on: date,
    *,
    area: str = NATION,
    standards: Standards | None = None,
) -> Finding:
    """Whether an organisation may leave the list of serious violation and dishonesty.

    Args:
        record: what is known; ``serious_on`` holds the day of entry and of each later event that
            would list it anew, ``abnormal_on`` the day of each event that belongs on the list of
            abnormal activity.
        ground: the ground it was listed for: the name of a finding of :func:`serious_grounds`.
        on: the day.
        area: six-digit code of the registration authority's area; left out, the law of the
            nation alone.
        standards: the tables; the bundled ones when left out.

    Raises:
        NotFound: for an unknown ground, or an area that bore that code on no such day.

    Source:
        Measures for Credit Information (Order No. 60), secondary: at least two years in which
        nothing happened that belongs on the list of abnormal activity or on this one
        (期间没有出现应当列入异常名录或者严重违法失信名单的情形); after the ground of the abnormal list,
        the duty is done besides; after a revocation, when the registration is cancelled.

    Limitations:
        The two years are taken to run anew from such an event. Later rules on the repair of
        credit may shorten the term; they are not held.

    Example:
        >>> listed = date(2020, 7, 24)
        >>> record = CreditRecord(id="a", serious_on=[listed], abnormal_on=[])
        >>> may_leave_serious(record, "dishonest_debtor", date(2022, 7, 25)).answer.name
        'YES'
        >>> again = CreditRecord(id="a", serious_on=[listed], abnormal_on=[date(2021, 3, 1)])
        >>> may_leave_serious(again, "dishonest_debtor", date(2022, 7, 25)).answer.name
        'NO'
    """
    if ground != "abnormal_term_over" and ground not in _SERIOUS:
        raise NotFound(f"no ground {ground!r}; known: abnormal_term_over, {', '.join(_SERIOUS)}")
    law = Law(on, None, area, standards)
    row = law.row("serious.term")
    if row is None:
        return Finding("may_leave", _LEAVE, Answer.NO_RULE)
    if ground == "registration_revoked":
        return _left(record.deregistered, row, "deregistered")
    if record.serious_on is None:
        return _left(None, row, "serious_on")
    events = _since_listed(record)
    term = _term(events, law, "serious.term")
    if term is None:
        return _left(False, row)
    said = (Evidence(_LISTED, {"day": term.start, "last": term.last_day}),)
    if not term.is_over(on):
        return _left(False, row, said=said)
    facts = {"abnormal_on": None if record.abnormal_on is None else True}
    if ground == "abnormal_term_over":
        facts["duty_done"] = record.duty_done
    unknown = (name for name, holds in facts.items() if holds is None)
    return _left(all_of(facts.values()), row, *unknown, said=said)


def _since_listed(record: CreditRecord) -> tuple[date, ...]:
    """The day on the list of serious violation, and of every event of either list since."""
    listed = record.serious_on or ()
    also = (day for day in record.abnormal_on or () if listed and day > listed[0])
    return tuple(sorted((*listed, *also)))


def _left(holds: bool | None, row: Found, *facts: str, said: tuple[Evidence, ...] = ()) -> Finding:
    missing = tuple(f"record.{fact}" for fact in facts) if holds is None else ()
    return Finding("may_leave", _LEAVE, settled(holds), said, (row,), missing)
