"""The cases of the golden file as rows of a table: decided as they are one by one."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from attrs import fields
from golden_file import INPUTS, Case, Renames, cases, standards

from minzheng import columns
from minzheng.base import codec
from minzheng.base.money import to_fen
from minzheng.benefits import registry
from minzheng.columns import layout
from minzheng.errors import InvalidInput
from minzheng.standards import Per

STEP = 60
RENAMES = Renames.read()
PAYS = ("pay_month", "pay_year", "pay", "line_year")


def facts(of: Any) -> dict[str, Any]:
    """Facts as a row has them; ``None`` is not known, -1 not known and not asked."""
    return {
        name: value.name.lower() if hasattr(value, "name") else 0 if value == -1 else value
        for name, value in layout.entries(of).items()
    }


def payment(name: str) -> str:
    """The field of a benefit's result that is paid."""
    return next(each.name for each in fields(registry[name].Result) if each.name in PAYS)


def decided(name: str, on: date, some: list[tuple[Case, Any]]) -> list[tuple[str, int | None]]:
    """Outcome and payment of cases of one day and of the same tables, as one table."""
    benefit, tables = registry[name], standards(some[0][0].tables)
    pay = payment(name)
    rows = []
    for _case, subject in some:
        of, people = benefit.facts_of(
            subject,
            on=on,
            standards=tables,
            says=lambda ran: (ran.result.outcome, getattr(ran.result, pay)),
        )
        row = {"area": subject.area, "residence": subject.residence.name.lower(), **facts(of)}
        rows.append(row | ({"members": [facts(each) for each in people]} if people else {}))
    data = pa.Table.from_pylist(rows, schema=columns.schema(benefit.rule))
    result = columns.run(benefit.rule, data, on=on, standards=tables)
    return list(zip(result["outcome"].to_pylist(), result[pay].to_pylist(), strict=True))


OUTSIDE = ("temporary", "elderly_care")
"""Unknown facts for which a value stands that a table refuses: persons beside one alone, level 9."""


@pytest.mark.parametrize(
    "benefit",
    [
        pytest.param(
            each,
            marks=[pytest.mark.xfail(raises=InvalidInput, strict=True)] * (each in OUTSIDE),
        )
        for each in INPUTS
    ],
)
def test_the_cases_of_the_golden_file_as_columns(benefit: str) -> None:
    name = RENAMES.benefits.get(benefit, benefit)
    by_day = defaultdict(list)
    for case in cases(benefit, RENAMES, STEP):
        subject: Any = codec.structure(case.stated, INPUTS[benefit][1])
        if "error" not in case.expected:
            by_day[case.tables, case.on].append((case, subject))
    outcomes = set()
    for (tables, on), some in by_day.items():
        for (case, subject), (outcome, pay) in zip(some, decided(name, on, some), strict=True):
            decision = registry[name].assess(subject, on=on, standards=standards(tables))
            assert outcome == decision.outcome.name.lower(), case.id
            if decision.award is not None and pay is not None:
                by_month = decision.award.per is Per.MONTH and payment(name) == "pay_year"
                times = 12 if by_month else 1
                assert pay == times * to_fen(decision.award.amount), case.id
            outcomes.add(outcome)
    assert len(outcomes) >= 2
