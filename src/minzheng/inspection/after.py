"""After the draw: what was found, by when it is put right, when it is published, and the public list.

No number of days is set for social organisations but one: what is found goes into the credit
records within five working days. The other periods are the authority's own and stated by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from attrs import frozen

from minzheng.base.dates import DayKind, deadline
from minzheng.errors import Fault, InvalidInput
from minzheng.inspection.bundle import Bundle

__all__ = ["CREDIT_ENTRY", "Clock", "Due", "Finding", "Period", "due", "public_html", "public_list"]


@frozen
class Period:
    """So many days.

    Attributes:
        days: how many; the first is the day after.
        kind: working days or calendar days.
    """

    days: int
    kind: DayKind


CREDIT_ENTRY = Period(5, DayKind.WORKING)
"""Findings of inspections are entered into the credit information within five working days.

Source: 社会组织信用信息管理办法 (民政部令第60号, in force from 2018-01-24).
"""
_CREDIT_FROM = date(2018, 1, 24)


@frozen(kw_only=True)
class Clock:
    """The periods that the authority has set; ``None`` where it has set none.

    Attributes:
        rectification: from the order to put right, for doing so.
        publicity: from the end of the inspection, for publishing what was found.
    """

    rectification: Period | None = None
    publicity: Period | None = None


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
        clock: the authority's periods.
        on: the day on which it is asked.

    Raises:
        OutsideCoverage: when working days are not known that far.
        InvalidInput: when the order, or what was done on it, is before what it follows.

    Example:
        >>> found = Finding(code="53130800000000000X", inspected=date(2026, 6, 10), result="未见异常")
        >>> due(found, Clock(), on=date(2026, 6, 11)).credit_entry
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
        credit_entry=_last(finding.inspected, CREDIT_ENTRY)
        if finding.inspected >= _CREDIT_FROM
        else None,
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
    teams = (bundle.assignment or {}).get("teams", {})
    rows: list[tuple[str, ...]] = [_HEAD]
    for number, code in enumerate(bundle.codes, start=1):
        organization = frame.organization(code)
        assert organization is not None
        team = "、".join(teams.get(code, []))
        rows.append((str(number), code, organization.name, team, results.get(code, "")))
    return rows


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
