"""Decisions that rows of the law alone change, each with the words of its article."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from dibao_cases import decide, earns, local, missing, person, row

from minzheng.people import IncomeKind, Relation
from minzheng.rules import Outcome

DAY = timedelta(days=1)
K = IncomeKind


@pytest.mark.parametrize(
    ("kind", "first"),
    [
        # 残疾人两项补贴不计入城乡最低生活保障家庭的收入 (国发〔2015〕52号)
        (K.DISABILITY_SUBSIDY, date(2016, 1, 1)),
        # 事实无人抚养儿童基本生活补贴不计入家庭收入 (民发〔2019〕62号 三（一）)
        (K.DE_FACTO_UNATTENDED, date(2020, 1, 1)),
        # 在最低生活保障对象…认定时，育儿补贴不计入家庭或个人收入 (育儿补贴制度实施方案)
        (K.CHILDCARE_SUBSIDY, date(2025, 1, 1)),
    ],
)
def test_a_subsidy_is_no_income_of_dibao_from_its_day_on(kind: IncomeKind, first: date) -> None:
    member = person(income=earns("700", kind))  # above the standard of 632, if it counted
    before, after = decide(member, on=first - DAY), decide(member, on=first)
    assert (before.outcome, missing(before)) == (Outcome.UNDETERMINED, ["standards"])
    assert after.outcome is Outcome.GRANTED
    assert after.award is not None
    assert after.award.amount == Decimal(632)


def test_wages_still_count_beside_a_disability_subsidy() -> None:
    """The audit's case: wage 2,000 and subsidies of 720 a month, three persons."""
    members = (
        person(income=(*earns("1200"), *earns("720", K.DISABILITY_SUBSIDY))),
        person(Relation.SPOUSE),
        person(Relation.CHILD, birth=date(2010, 1, 1)),
    )
    decision = decide(*members, on=date(2020, 8, 1))
    assert decision.outcome is Outcome.GRANTED
    assert decision.award is not None
    assert decision.award.amount == Decimal(632 * 3 - 1200)


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2014, 4, 30), False),  # 2012 art. 28: 可以采取多种措施提高救助水平
        (date(2014, 5, 1), True),  # 2014 art. 12 para. 2: 应当采取必要措施给予生活保障
    ],
)
@pytest.mark.parametrize("rate", [None, "0.1"])
def test_a_supplement_that_a_place_states_is_paid_under_either_rule(
    on: date, words: bool, rate: str | None
) -> None:
    rows = [] if rate is None else [row("dibao.supplement.rate", rate, keys={"category": "minor"})]
    decision = decide(
        person(), person(Relation.CHILD, birth=date(2010, 1, 1)), on=on, standards=local(*rows)
    )
    assert decision.award is not None
    assert decision.award.amount == Decimal("1264") + (Decimal("63.2") if rate else 0)
    assert ("第十二条第二款" in decision.explain("zh_CN")) is words
