"""After the draw: what was found, by when it is put right, when it is published, and the public list.

Periods are rows of the tables. For the whole nation one is held: what is found goes into the
credit records within five working days. Within which days something is put right or published
is the authority's own to set: in a table of its own, or in a :class:`Clock`.
"""

from __future__ import annotations

from collections.abc import Sequence
from csv import writer
from datetime import date
from html import escape
from io import StringIO

from attrs import field, frozen

from minzheng.base.dates import DayKind, deadline
from minzheng.errors import Fault, InvalidInput
from minzheng.inspection.bundle import Bundle
from minzheng.standards import Standards
from minzheng.standards.model import Found
from minzheng.standards.reading import Reading

__all__ = [
    "Clock",
    "Due",
    "Finding",
    "Period",
    "clock",
    "due",
    "public_csv",
    "public_html",
    "public_list",
]


@frozen
class Period:
    """So many days.

    Attributes:
        days: how many; the first is the day after.
        kind: working days or calendar days.
        figure: the row that states it; ``None`` when it was stated by the caller.
    """

    days: int
    kind: DayKind
    figure: Found | None = field(default=None, repr=False)


@frozen(kw_only=True)
class Clock:
    """The periods that hold; ``None`` where none is known.

    Attributes:
        credit_entry: from the end of the inspection, for entering what was found into the
            credit records.
        rectification: from the order to put right, for doing so.
        publicity: from the end of the inspection, for publishing what was found.
    """

    credit_entry: Period | None = None
    rectification: Period | None = None
    publicity: Period | None = None


def clock(area: str, on: date, standards: Standards | None = None) -> Clock:
    """The periods that a place has on a day.

    Args:
        area: six-digit code of the registration authority's place.
        on: the day the inspection ended.
        standards: the tables; the bundled ones when left out.

    Raises:
        NotFound: when no area bore that code on that day.
        InvalidInput: when a period is stated in working days and in calendar days.

    Source:
        社会组织信用信息管理办法 (民政部令第60号, in force from 2018-01-24) for the credit
        records. For the others no national row is held: none was found for social
        organisations.

    Example:
        >>> clock("130800", date(2026, 6, 10)).credit_entry
        Period(days=5, kind=<DayKind.WORKING: 'working'>)
    """
    reading = Reading(Standards.bundled() if standards is None else standards, area, on)
    return Clock(
        credit_entry=_period(reading.get("organization.credit.entry"), DayKind.WORKING),
        rectification=_step(reading, "rectification"),
        publicity=_step(reading, "publicity"),
    )


def _step(reading: Reading, step: str) -> Period | None:
    working = reading.get("inspection.deadline.working_days", step=step)
    calendar = reading.get("inspection.deadline.calendar_days", step=step)
    if working and calendar:
        raise InvalidInput(
            [Fault(f"inspection.deadline, {step}", "is stated in both kinds of days")]
        )
    return _period(working, DayKind.WORKING) or _period(calendar, DayKind.CALENDAR)


def _period(found: Found | None, kind: DayKind) -> Period | None:
    return None if found is None else Period(Reading.whole(found), kind, found)


@frozen(kw_only=True)
class Finding:
    """What an inspection of one organisation found.

    Attributes:
        code: its credit code.
        inspected: the day the inspection ended.
        result: in words; it is published.
        ordered: the day it was ordered to put something right, if it was.
        rectified: the day that was done, if it is.
    """

    code: str
    inspected: date
    result: str
    ordered: date | None = None
    rectified: date | None = None


@frozen(kw_only=True)
class Due:
    """The last days of what follows from a finding; ``None`` where no period is known.

    Attributes:
        credit_entry: into the credit records.
        publicity: published.
        rectification: put right.
        overdue: whether it was not put right by then; ``None`` where that cannot be told.
            Failing to put right in time is a ground for the list of abnormal activity
            (活动异常名录): a case to open, not a listing.
    """

    credit_entry: date | None
    publicity: date | None
    rectification: date | None
    overdue: bool | None


def due(finding: Finding, clock: Clock, *, on: date) -> Due:
    """Reckon the last days that follow from a finding.

    Args:
        finding: what was found.
        clock: the periods; see :func:`clock`.
        on: the day on which it is asked.

    Raises:
        OutsideCoverage: when working days are not known that far.
        InvalidInput: when the order, or what was done on it, is before what it follows.

    Example:
        >>> found = Finding(code="53130800000000000X", inspected=date(2026, 6, 10), result="未见异常")
        >>> due(found, clock("130800", found.inspected), on=date(2026, 6, 11)).credit_entry
        datetime.date(2026, 6, 17)
    """
    if finding.ordered is not None and finding.ordered < finding.inspected:
        raise InvalidInput([Fault("ordered", "is before the inspection ended")])
    if finding.rectified is not None and finding.rectified < (finding.ordered or date.max):
        raise InvalidInput([Fault("rectified", "is before an order to do so")])
    last = None if finding.ordered is None else _last(finding.ordered, clock.rectification)
    overdue: bool | None = None if finding.ordered else False
    if last is not None:
        overdue = (finding.rectified or on) > last
    return Due(
        credit_entry=_last(finding.inspected, clock.credit_entry),
        publicity=_last(finding.inspected, clock.publicity),
        rectification=last,
        overdue=overdue,
    )


def _last(start: date, period: Period | None) -> date | None:
    return None if period is None else deadline(start, period.days, period.kind)


_HEAD = ("序号", "统一社会信用代码", "名称", "检查人员", "检查结果")


def public_list(bundle: Bundle, findings: Sequence[Finding] = ()) -> list[tuple[str, ...]]:
    """The list that is made public (公示), as a table whose first row is the head.

    One row for each organisation that is to be inspected: number, credit code, name,
    inspectors' ids, result; what is not there yet stays empty.

    Raises:
        InvalidInput: for findings of organisations that were not drawn.
    """
    results = {each.code: each.result for each in findings}
    strange = [code for code in results if code not in bundle.codes]
    if strange:
        raise InvalidInput(Fault("findings", f"{code} was not drawn") for code in strange)
    frame = bundle.drawn.sealed.frame
    teams = bundle.teams
    rows: list[tuple[str, ...]] = [_HEAD]
    for number, code in enumerate(bundle.codes, start=1):
        organization = frame.organization(code)
        assert organization is not None
        team = "、".join(teams.get(code, []))
        rows.append((str(number), code, organization.name, team, results.get(code, "")))
    return rows


def public_csv(bundle: Bundle, findings: Sequence[Finding] = ()) -> str:
    """The public list as CSV, its first line the head.

    Raises:
        InvalidInput: for findings of organisations that were not drawn.
    """
    text = StringIO()
    writer(text, lineterminator="\n").writerows(public_list(bundle, findings))
    return text.getvalue()


def public_html(bundle: Bundle, findings: Sequence[Finding] = ()) -> str:
    """The public list as one HTML page that needs nothing else, with what it takes to verify it."""
    plan = bundle.drawn.sealed.plan
    head, *rows = public_list(bundle, findings)
    body = "\n".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<meta charset="utf-8">
<title>{escape(plan.name)}</title>
<h1>{escape(plan.name)}</h1>
<p>{escape(plan.authority)}</p>
<table>
<tr>{"".join(f"<th>{cell}</th>" for cell in head)}</tr>
{body}
</table>
<p>承诺值（SHA-256）：<code>{bundle.drawn.sealed.commitment}</code></p>
<p>随机种子：<code>{escape(bundle.drawn.seed.strip())}</code></p>
</html>
"""
