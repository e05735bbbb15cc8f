"""After the draw: last days, and the list that is made public."""

from __future__ import annotations

import csv
import re
from base64 import b64encode
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from inspection_cases import ROLLS, SEALED_AT, code, organization, plan

from minzheng.base.dates import DayKind
from minzheng.errors import InvalidInput
from minzheng.inspection import Bundle, Frame, Group, Organization, draw, seal
from minzheng.inspection.after import (
    Clock,
    Finding,
    Period,
    as_csv_cell,
    clock,
    due,
    public_csv,
    public_html,
    public_list,
    public_xlsx,
)
from minzheng.standards import Standards

CLOCK = Clock(
    credit_entry=Period(5, DayKind.WORKING),
    rectification=Period(30, DayKind.CALENDAR),
    publicity=Period(20, DayKind.WORKING),
)
FOUND: dict[str, Any] = {"code": code(1), "inspected": date(2026, 6, 10), "result": "责令改正"}


@pytest.mark.parametrize(
    ("on", "rectified", "overdue"),
    [
        (date(2026, 7, 11), None, False),
        (date(2026, 7, 12), None, True),
        (date(2026, 8, 1), date(2026, 7, 11), False),
        (date(2026, 8, 1), date(2026, 7, 12), True),
    ],
)
def test_the_last_days(on: date, rectified: date | None, overdue: bool) -> None:
    finding = Finding(**FOUND, ordered=date(2026, 6, 11), rectified=rectified)
    made = due(finding, CLOCK, on=on)
    assert made.credit_entry == date(2026, 6, 17)
    assert made.publicity == date(2026, 7, 9)  # 19 June is the Dragon Boat Festival
    assert (made.rectification, made.overdue) == (date(2026, 7, 11), overdue)


def test_where_no_period_is_set_none_is_told() -> None:
    made = due(Finding(**FOUND, ordered=date(2026, 6, 11)), Clock(), on=date(2026, 12, 1))
    assert (made.publicity, made.rectification, made.overdue) == (None, None, None)
    assert due(Finding(**FOUND), Clock(), on=date(2026, 12, 1)).overdue is False


@pytest.mark.parametrize(
    ("inspected", "last"),
    [(date(2018, 1, 23), None), (date(2018, 1, 24), date(2018, 1, 31))],
)
def test_credit_records_have_a_time_from_the_first_day_of_the_measures(
    inspected: date, last: date | None
) -> None:
    held = clock("130800", inspected)
    assert (
        due(Finding(**{**FOUND, "inspected": inspected}), held, on=inspected).credit_entry == last
    )
    assert (held.rectification, held.publicity) == (None, None)
    if held.credit_entry is not None and held.credit_entry.figure is not None:
        assert "第60号" in str(held.credit_entry.figure.figure.source)


LOCAL = """
area = "130800"
name = "样本市"

[sources.S]
title = "样本市抽查办法"
where = "样本"
confidence = "secondary"
grade = "repost"

[[figure]]
series = "inspection.deadline.{kind}"
keys = {{ step = "publicity" }}
value = 20
from = 2026-01-01
source = "S"
"""


def local(home: Path, *kinds: str) -> Standards:
    made = Standards.bundled()
    for kind in kinds:
        file = home / f"{kind}.toml"
        file.write_text(LOCAL.format(kind=kind), "utf-8")
        made += Standards.load(file)
    return made


def test_a_place_may_set_its_own_periods(tmp_path: Path) -> None:
    on = date(2026, 6, 10)
    for kind, days in (("working_days", DayKind.WORKING), ("calendar_days", DayKind.CALENDAR)):
        held = clock("130800", on, local(tmp_path, kind)).publicity
        assert held is not None
        assert (held.days, held.kind) == (20, days)
    assert clock("130800", date(2025, 12, 31), local(tmp_path, "working_days")).publicity is None
    with pytest.raises(InvalidInput, match="both kinds"):
        clock("130800", on, local(tmp_path, "working_days", "calendar_days"))


def test_days_that_cannot_follow_each_other_are_refused() -> None:
    with pytest.raises(InvalidInput, match="before the inspection ended"):
        due(Finding(**FOUND, ordered=date(2026, 6, 9)), CLOCK, on=date(2026, 7, 1))
    with pytest.raises(InvalidInput, match="before an order"):
        due(Finding(**FOUND, rectified=date(2026, 6, 30)), CLOCK, on=date(2026, 7, 1))


def bundle() -> Bundle:
    who = Frame.of([organization(1), organization(2)])
    sealed = seal(who, plan(Group(name="all", ratio="1/2"), name="<抽查> & 公示"), at=SEALED_AT)
    return Bundle(draw(sealed, [ROLLS]))


def test_the_public_list_has_a_row_for_each_and_only_for_those() -> None:
    made = bundle()
    (drawn,) = made.codes
    finding = Finding(code=drawn, inspected=date(2026, 6, 10), result="未见<异常>")
    head, row = public_list(made, [finding])
    assert len(head) == len(row)
    assert row[:2] == ("1", drawn)
    assert row[4] == "未见<异常>"
    table = list(csv.reader(StringIO(public_csv(made, [finding]))))
    assert [[cell.strip() for cell in each] for each in table] == [list(head), list(row)]
    other = ({code(1), code(2)} - {drawn}).pop()
    with pytest.raises(InvalidInput, match=r"findings\[0\].code: .* was not drawn"):
        public_list(made, [Finding(code=other, inspected=date(2026, 6, 10), result="x")])


def test_the_page_shows_texts_as_they_are() -> None:
    texts: list[str] = []

    class Reader(HTMLParser):
        def handle_data(self, data: str) -> None:
            texts.append(data.strip())

    made = bundle()
    finding = Finding(code=made.codes[0], inspected=date(2026, 6, 10), result="未见<异常>")
    Reader().feed(public_html(made, [finding]))
    assert {"<抽查> & 公示", "未见<异常>", made.codes[0], made.drawn.sealed.commitment} <= set(
        texts
    )


def test_every_finding_of_an_organisation_is_published() -> None:
    made = bundle()
    (drawn,) = made.codes
    second = Finding(code=drawn.lower(), inspected=date(2026, 7, 1), result="已整改")
    first = Finding(code=f" {drawn}", inspected=date(2026, 6, 10), result="责令改正")
    _head, row = public_list(made, [second, first])
    assert row[4] == "2026-06-10：责令改正；2026-07-01：已整改"
    empty = Finding(code=drawn, inspected=date(2026, 6, 10), result=" \u3000")
    with pytest.raises(InvalidInput) as caught:
        public_list(made, [first, first, empty])
    assert [each.path for each in caught.value.faults] == ["findings[1]", "findings[2].result"]


FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    " =1",
    '"=1',
    "'=1",
    "\u3000=1",
    "＝1",
    "－1",
    "＋1",
    "＠a",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_the_table_is_a_formula(text: str) -> None:
    who = Frame.of([Organization(code=code(number), name=f"{text}{number}") for number in (1, 2)])
    sealed = seal(who, plan(Group(name="all", ratio="1")), at=SEALED_AT)
    made = Bundle(draw(sealed, [ROLLS]))
    found = [Finding(code=each, inspected=date(2026, 6, 10), result=text) for each in made.codes]
    _head, *rows = csv.reader(StringIO(public_csv(made, found)))
    assert [row[4] for row in rows] == [f"'{text.strip()}"] * 2
    assert all(row[2].startswith("'") for row in rows)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("511308000000000191", "511308000000000191\t"),
        ("51130800000000E191", "51130800000000E191\t"),
        ("007", "007\t"),
        ("1-2", "1-2\t"),
        ("2026-06-10", "2026-06-10\t"),
        ("2026年6月10日", "2026年6月10日\t"),
        ("6月10日", "6月10日\t"),
        ("￥500", "￥500\t"),
        ("3家", "3家"),
        ("51130800000000027U", "51130800000000027U"),
        ("A-001、A-002", "A-001、A-002"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("a\tb", "a\tb"),
        ("", ""),
    ],
)
def test_a_cell_stays_as_it_is(text: str, cell: str) -> None:
    assert as_csv_cell(text) == cell


def test_the_workbook_has_text_alone() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    made = bundle()
    finding = Finding(code=made.codes[0], inspected=date(2026, 6, 10), result="=1+1")
    sheet = openpyxl.load_workbook(BytesIO(public_xlsx(made, [finding]))).active
    head, row = ([cell.value or "" for cell in each] for each in sheet.iter_rows())
    assert [tuple(head), tuple(row)] == public_list(made, [finding])
    assert {cell.data_type for each in sheet.iter_rows() for cell in each if cell.value} == {"s"}


def test_the_page_runs_and_loads_nothing() -> None:
    page = public_html(bundle())
    (policy,) = re.findall('http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    (style,) = re.findall("<style>(.*?)</style>", page, re.DOTALL)
    made = b64encode(sha256(style.encode()).digest()).decode()
    assert policy.split("; ")[:2] == ["default-src 'none'", f"style-src 'sha256-{made}'"]
    assert page.index("Content-Security-Policy") < page.index("<title>")
    assert not re.search(r"<script|\bsrc=|\bon\w+=|style=", page)
    assert "<bdi>&lt;抽查&gt; &amp; 公示</bdi>" in page
    assert page.count("<td><bdi>") >= 3
