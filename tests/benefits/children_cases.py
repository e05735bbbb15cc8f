"""Invented children and tables for the tests of the benefits of children."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import tomli_w

from minzheng.decision import Decision
from minzheng.people import (
    Applicant,
    Disability,
    DisabilityType,
    Drawn,
    DrawnKind,
    Parent,
    ParentState,
    Person,
    Placement,
    Relation,
    Residence,
)
from minzheng.standards import Standards, load

XINGLONG, LONGYANG, QINGDAO, YIWU, FURONG = "130822", "530502", "370202", "330782", "430102"
HARBIN = "230102"
DAY = timedelta(days=1)
S6, S8 = date(2020, 1, 1), date(2021, 1, 1)
LANGUAGES = ("en", "zh_CN")
CASES = {
    case["id"]: case
    for case in tomllib.loads(
        (Path(__file__).parents[1] / "oracles" / "welfare.toml").read_text("utf-8")
    )["case"]
}

SEVERE = Disability(type=DisabilityType.PHYSICAL, grade=2)
MET: dict[ParentState, Parent] = {
    ParentState.NONE: Parent(state=ParentState.NONE),
    ParentState.DEAD: Parent(state=ParentState.DEAD),
    ParentState.DECLARED_MISSING: Parent(state=ParentState.DECLARED_MISSING),
    ParentState.SEVERELY_DISABLED: Parent(state=ParentState.SEVERELY_DISABLED, disability=SEVERE),
    ParentState.SERIOUSLY_ILL: Parent(state=ParentState.SERIOUSLY_ILL, listed_illness=True),
    ParentState.IN_PRISON: Parent(state=ParentState.IN_PRISON, months=6),
    ParentState.DRUG_REHABILITATION: Parent(state=ParentState.DRUG_REHABILITATION, months=24),
    ParentState.OTHERWISE_DETAINED: Parent(state=ParentState.OTHERWISE_DETAINED, months=6),
    ParentState.OUT_OF_CONTACT: Parent(state=ParentState.OUT_OF_CONTACT, months=6, brings_up=False),
    ParentState.GUARDIANSHIP_REVOKED: Parent(state=ParentState.GUARDIANSHIP_REVOKED),
    ParentState.REMOVED: Parent(state=ParentState.REMOVED, brings_up=False),
    ParentState.UNTRACEABLE: Parent(state=ParentState.UNTRACEABLE),
}
"""For each state a parent who meets all that it takes."""


def stated(series: str, value: object, **keys: str) -> dict[str, object]:
    known = load.catalogue()[series]
    made = {"series": series, "value": value, "per": known.pers[0].value, "keys": keys}
    return {**made, "kind": known.kinds[0].value, "from": date(2012, 12, 12), "source": "s"}


def county(*rows: dict[str, object], area: str = XINGLONG) -> Standards:
    """The bundled tables, and over them a county with rows of its own."""
    source = {"title": "t", "where": "w", "grade": "press", "confidence": "secondary"}
    text = tomli_w.dumps({"area": area, "sources": {"s": source}, "figure": list(rows)})
    held = load.read(text, f"{area}.toml")
    return Standards.bundled() + Standards(load.catalogue().values(), held)


def child(
    *parents: Parent,
    area: str = LONGYANG,
    placement: Placement | None = Placement.DISPERSED,
    **facts: Any,
) -> Applicant:
    """A child born 2012-03-01 with these parents, or parents not known."""
    known: dict[str, Any] = {"relation": Relation.APPLICANT, "birth": date(2012, 3, 1)}
    if parents:
        known["parents"] = parents
    return Applicant(
        id="t",
        area=area,
        residence=Residence.RURAL,
        person=Person(**{**known, **facts}),
        placement=placement,
    )


def drawing(kind: DrawnKind, month: Decimal | str) -> Drawn:
    """A benefit that the child draws."""
    return Drawn(kind=kind, month=Decimal(month))


def codes(decision: Decision) -> list[str]:
    return [each.code for each in decision.grounds]


def amount(decision: Decision) -> Decimal:
    assert decision.award is not None
    return decision.award.amount


def asked(decision: Decision) -> list[str]:
    """The facts that an undetermined decision asks, without ``applicant.person.``."""
    return [each.path.removeprefix("applicant.person.") for each in decision.missing]


def series(decision: Decision) -> list[str]:
    """The figures that an undetermined decision lacks."""
    return [each.not_held.series.name for each in decision.missing if each.not_held]
