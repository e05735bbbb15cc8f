"""Households known in every fact, and invented local tables, for the tests of dibao."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import tomli_w

from minzheng.benefits import dibao
from minzheng.decision import Decision
from minzheng.people import (
    Disability,
    DisabilityType,
    Household,
    Income,
    IncomeKind,
    Person,
    Property,
    Relation,
    Residence,
    Study,
    Whereabouts,
)
from minzheng.standards import Standards, load

AREA = "130822"  # Xinglong County of Chengde, which states no dibao standard of its own
PLAN = date(2020, 7, 24)
OLD, NEW = date(2021, 6, 30), date(2021, 7, 1)
LAW = date(2026, 7, 1)
SOURCES = {
    name: {"title": title, "where": "w", "grade": "press", "confidence": "secondary"}
    for name, title in (("s", "县里的表"), ("rule", "县里的规定"))
}
ORACLES = Path(__file__).parents[1] / "oracles" / "assistance.toml"
CASES = {row["id"]: row for row in tomllib.loads(ORACLES.read_text("utf-8"))["case"]}

KNOWN: dict[str, Any] = {
    "birth": date(1980, 1, 1),
    "whereabouts": Whereabouts.HOME,
    "income": (),
    "spending": (),
    "dependent": False,
    "study": Study.NONE,
    "support_duty": False,
    "co_resident": True,
    "disabled": False,
    "seriously_ill": False,
    "employed": True,
    "labour_ability": True,
    "own_register": False,
    "special_hardship": False,
}
SEVERE = Disability(type=DisabilityType.PHYSICAL, grade=2)
OWNED: dict[str, Any] = {
    "financial_assets": 0,
    "homes": 1,
    "floor_area": 30,
    "cars": 0,
    "mobility_cars": 0,
    "luxury": False,
    "visibly_above": False,
    "meets_dibao_rule": True,
    "meets_dibao_marginal_rule": True,
}


def case(number: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Inputs and expected results of a worked example."""
    (row,) = (row for key, row in CASES.items() if key.startswith(number))
    return row["inputs"], row["expected"]


def earns(month: Decimal | str | int, kind: IncomeKind = IncomeKind.WAGE) -> tuple[Income, ...]:
    """All incomes of somebody who has this one, in yuan a month."""
    return (Income(kind=kind, month=Decimal(month)),)


def person(relation: Relation = Relation.APPLICANT, **facts: Any) -> Person:
    """A healthy person of 1980 without income, known in every fact; other facts as given."""
    known = {**KNOWN, **facts}
    if facts.get("disability") is not None:
        known["disabled"] = True
    return Person(relation=relation, **known)


def household(*members: Person, **facts: Any) -> Household:
    """A rural household that owns a home of 30 square metres and is not found in hardship."""
    known: dict[str, Any] = {
        "id": "case",
        "area": AREA,
        "residence": Residence.RURAL,
        "property": owns(),
        "in_hardship": False,
    }
    return Household(members=members or (person(),), **{**known, **facts})


def owns(**facts: Any) -> Property:
    """The property of :func:`household`, with other facts as given."""
    return Property(**{**OWNED, **facts})


def row(series: str, value: object, **more: object) -> dict[str, object]:
    """A row of a local table that always holds; ``per`` is the first its series allows."""
    per = load.catalogue()[series].pers[0].value
    kind = load.catalogue()[series].kinds[0].value
    start = date(2000, 1, 1)
    made = {"series": series, "value": value, "per": per, "kind": kind, "from": start}
    return {**made, "source": "s", **more}


def local(*rows: Mapping[str, object], month: str = "632", area: str = AREA) -> Standards:
    """The bundled tables and over them a county with this standard a month and these rows."""
    figures = [row("dibao.standard", month), *rows]
    text = tomli_w.dumps({"area": area, "sources": SOURCES, "figure": figures})
    return Standards.bundled() + Standards(
        load.catalogue().values(), load.read(text, f"{area}.toml")
    )


def decide(
    *members: Person,
    on: date = date(2022, 1, 1),
    standards: Standards | None = None,
    **facts: Any,
) -> Decision:
    """The decision on a household of these members, under :func:`local` unless told otherwise."""
    return dibao.assess(household(*members, **facts), on=on, standards=standards or local())


def codes(decision: Decision) -> list[str]:
    """The grounds by their codes."""
    return [ground.code for ground in decision.grounds]


def missing(decision: Decision) -> list[str]:
    """The paths of what is missing."""
    return [each.path for each in decision.missing]


def paid(decision: Decision) -> Decimal:
    """The amount a month of a household that is granted dibao."""
    assert decision.award is not None, (decision.outcome, codes(decision), decision.missing)
    return decision.award.amount


def finding(decision: Decision, name: str) -> Decimal | int | str | None:
    """One intermediate amount, ``None`` when the decision does not tell it."""
    return next((each.value for each in decision.findings if each.name == name), None)
