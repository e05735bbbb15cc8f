"""Invented organisations, plans and seeds that the tests of the draw share."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from minzheng.base.identifiers import uscc
from minzheng.inspection import (
    Frame,
    Group,
    Level,
    Organization,
    Outcome,
    Plan,
    PlanKind,
    Source,
    SourceKind,
)

SEALED_AT = "2026-06-01T09:00:00+08:00"
DRAWN_AT = "2026-06-02T09:00:00+08:00"
DICE = Source(kind=SourceKind.DICE, name="dice", faces=6, rolls=3)
ROLLS = Outcome(at=DRAWN_AT, numbers=((3, 1, 6),))
ORACLES = {
    case["id"]: case
    for case in tomllib.loads(
        (Path(__file__).parents[1] / "oracles/inspection.toml").read_text("utf-8")
    )["case"]
}


def code(number: int, category: str = "1") -> str:
    inner = f"{number:08d}"
    body = f"5{category}130800{inner}{uscc.organization_check_digit(inner)}"
    return body + uscc.check_digits(body)


def organization(number: int, **facts: Any) -> Organization:
    category = facts.pop("category", "1")
    return Organization(code=code(number, category), name=f"样本组织{number}号", **facts)


def frame(count: int, **facts: Any) -> Frame:
    return Frame.of(organization(number, **facts) for number in range(count))


def plan(*groups: Group, **more: Any) -> Plan:
    facts: dict[str, Any] = {
        "name": "年度抽查",
        "authority": "样本市民政局",
        "level": Level.CITY,
        "kind": PlanKind.REGULAR,
        "on": date(2026, 6, 1),
        "seeds": (DICE,),
        "groups": groups or (Group(name="all", ratio="4%"),),
    }
    return Plan(**{**facts, **more})
