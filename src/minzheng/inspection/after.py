"""After the draw: what was found, by when it is put right, when it is published, and the public list.

Periods are rows of the tables. For the whole nation one is held: what is found goes into the
credit records within five working days. Within which days something is put right or published
is the authority's own to set: in a table of its own, or in a :class:`Clock`.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from csv import writer
from datetime import date
from hashlib import sha256
from html import escape
from io import StringIO

from attrs import field, frozen

from minzheng.base.brief import shown
from minzheng.base.dates import DayKind, deadline
from minzheng.base.workbook import Column, Sheet, write
from minzheng.errors import Fault, InvalidInput
from minzheng.inspection import wording
from minzheng.inspection.bundle import Bundle
from minzheng.standards import Standards
from minzheng.standards.model import Found
from minzheng.standards.reading import Reading

__all__ = [
    "Clock",
    "Due",
    "Finding",
    "Period",
    "as_csv_cell",
    "clock",
    "due",
    "public_csv",
    "public_html",
    "public_list",
    "public_xlsx",
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
        result: in words, on one line; it is published.
        ordered: the day it was ordered to put something right, if it was.
        rectified: the day that was done, if it is.
    """

    code: str = wording.code()
    inspected: date
    result: str = wording.line()
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
    inspectors' ids, result; what is not there yet stays empty. Several findings of one
    organisation are published in the order of their days, each with its day.

    Raises:
        InvalidInput: for findings of organisations that were not drawn, without a result, or
            stated twice.
    """
    results = _results(bundle, findings)
    frame = bundle.drawn.sealed.frame
    teams = bundle.teams
    rows: list[tuple[str, ...]] = [_HEAD]
    for number, code in enumerate(bundle.codes, start=1):
        organization = frame.organization(code)
        assert organization is not None
        team = "、".join(teams.get(code, []))
        rows.append((str(number), code, organization.name, team, results.get(code, "")))
    return rows


def _results(bundle: Bundle, findings: Sequence[Finding]) -> dict[str, str]:
    drawn = set(bundle.codes)
    faults: list[Fault] = []
    by_code: dict[str, list[Finding]] = {}
    for place, each in enumerate(findings):
        path = f"findings[{place}]"
        if each.code not in drawn:
            faults.append(Fault(f"{path}.code", f"{shown(each.code)} was not drawn"))
        if not each.result:
            faults.append(Fault(f"{path}.result", "is required: it is published"))
        same = by_code.setdefault(each.code, [])
        if each in same:
            faults.append(Fault(path, "stands twice"))
        same.append(each)
    if faults:
        raise InvalidInput(faults)
    return {code: _result(found) for code, found in by_code.items()}


def _result(findings: list[Finding]) -> str:
    if len(findings) == 1:
        return findings[0].result
    ordered = sorted(findings, key=lambda each: each.inspected)
    return "；".join(f"{each.inspected}：{each.result}" for each in ordered)


_FORMULA = re.compile("[\\s\"'\ufeff]*[=+\\-@＝＋－＠\\t\\r]")
"""How a cell begins that a spreadsheet could take for a formula."""

_NUMBER = re.compile(
    r"[\d.,:/%() ¥￥$€£年月日时分秒-]*\d[\d.,:/%() 年月日时分秒元-]*([eE][+-]?\d+)?"
)
"""What a spreadsheet could take for a number or a day, and write in another way."""


def as_csv_cell(text: str) -> str:
    r"""Write a text so that a spreadsheet that opens the CSV file keeps it as it is.

    What could be taken for a formula follows an apostrophe. What could be taken for a number
    or a day, such as a credit code of digits, of which Excel would keep fifteen, is followed
    by a tab: a reader of CSV drops it with the spaces around a cell.

    Example:
        >>> as_csv_cell("=1+1"), as_csv_cell("511308000000000191"), as_csv_cell("样本学会")
        ("'=1+1", '511308000000000191\t', '样本学会')
    """
    if _FORMULA.match(text):
        return f"'{text}"
    return f"{text}\t" if _NUMBER.fullmatch(text) else text


def public_csv(bundle: Bundle, findings: Sequence[Finding] = ()) -> str:
    """The public list as CSV, its first line the head.

    Write it to a file as ``utf-8-sig``: by the mark at its start Excel knows the encoding.
    Every cell but the number of the row is written by :func:`as_csv_cell`: a code of digits
    ends with a tab.

    Raises:
        InvalidInput: for the findings that :func:`public_list` refuses.
    """
    head, *rows = public_list(bundle, findings)
    text = StringIO()
    made = writer(text, lineterminator="\n")
    made.writerow(head)
    made.writerows((number, *map(as_csv_cell, cells)) for number, *cells in rows)
    return text.getvalue()


def public_xlsx(bundle: Bundle, findings: Sequence[Finding] = ()) -> bytes:
    """The public list as an Excel workbook whose cells are all text, codes as they are.

    Raises:
        InvalidInput: for the findings that :func:`public_list` refuses.
        MinzhengError: when the extra ``excel`` is not installed.
    """
    head, *rows = public_list(bundle, findings)
    columns = tuple(Column(name=each, header=each, width=24) for each in head)
    filled = [{name: cell or None for name, cell in zip(head, row, strict=True)} for row in rows]
    return write([Sheet(title="公示名单", columns=columns, rows=filled)])


_STYLE = "table{border-collapse:collapse}td,th{border:1px solid;padding:.2em .5em;text-align:left}"


def public_html(bundle: Bundle, findings: Sequence[Finding] = ()) -> str:
    """The public list as one HTML page that needs nothing else, with what it takes to verify it.

    The page loads nothing and runs nothing: its policy (CSP) allows its own style alone.

    Raises:
        InvalidInput: for the findings that :func:`public_list` refuses.
    """
    plan = bundle.drawn.sealed.plan
    head, *rows = public_list(bundle, findings)
    body = "\n".join(
        "<tr>" + "".join(f"<td>{_bdi(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    style = b64encode(sha256(_STYLE.encode()).digest()).decode()
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<title>{escape(plan.name)}</title>
<style>{_STYLE}</style>
<h1>{_bdi(plan.name)}</h1>
<p>{_bdi(plan.authority)}</p>
<table>
<tr>{"".join(f"<th>{cell}</th>" for cell in head)}</tr>
{body}
</table>
<p>承诺值（SHA-256）：<code>{bundle.drawn.sealed.commitment}</code></p>
<p>随机种子：<code>{escape(bundle.drawn.seed.strip())}</code></p>
</html>
"""


def _bdi(text: str) -> str:
    """Text that cannot turn the direction of what is beside it."""
    return f"<bdi>{escape(text)}</bdi>" if text else ""
