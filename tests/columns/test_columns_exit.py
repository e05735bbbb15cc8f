"""Gradual exit over columns equals the rule over each case, field by field."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import pytest

from minzheng import columns
from minzheng.benefits import gradual_exit
from minzheng.standards import Standards

from .cases import expected, row, same, table
from .population import county, stated

PLACES = ("130822 rural", "130824 urban", "130827 rural")
DAYS = (date(2021, 6, 30), date(2021, 7, 1), date(2022, 10, 20), date(2026, 7, 1))


def standards() -> Standards:
    """Three counties: one states all, one only months, one nothing but the standard."""
    standard = stated("dibao.standard", "632")
    months = stated("dibao.exit.months", 6)
    amount = stated("dibao.exit.amount", "kept_to_standard")
    line = stated("dibao.exit.income_ratio", "1.5")
    return (
        Standards.bundled()
        + county("130822", standard, months, amount, line)
        + county("130824", standard, months)
        + county("130827", standard)
    )


def household(random: Random) -> Any:
    size = random.randint(1, 5)
    limit = 63_200 * 12 * size
    near = random.choice((limit, limit + limit // 2, random.randint(0, 2 * limit)))
    return gradual_exit.Facts(
        draws_dibao=random.random() < 0.9,
        by_employment=random.random() < 0.8,
        size=size,
        income_year=near + random.choice((-1, 0, 0, 1)) if near else 0,
        base_month=random.randint(0, 400_000),
        supplement_month=random.choice((0, 10_400)),
    )


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_gradual_exit(on: date) -> None:
    random, tables, rule = Random(7), standards(), gradual_exit.rule
    cases = [(household(random), random.choice(PLACES)) for _ in range(300)]
    rows = [row(rule, c, area=p.split()[0], residence=p.split()[1]) for c, p in cases]
    result = columns.run(rule, table(rule, rows), on=on, standards=tables)
    wanted = [expected(rule, c, (), tables, place, on) for c, place in cases]
    same(result, wanted)
    assert len({each["reasons"] for each in wanted}) > (3 if on < DAYS[1] else 5) - 1
