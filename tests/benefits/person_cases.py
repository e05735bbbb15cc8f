"""Applicants of one person, invented local tables, and oracles, for the benefits of one person."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import tomli_w
from dibao_cases import SOURCES, row

from minzheng.decision import Decision
from minzheng.people import Applicant, Person, Relation, Residence
from minzheng.standards import Standards, load

AREA = "130822"  # Xinglong County of Chengde, which states none of these amounts
LUQUAN = "130110"
DAY = timedelta(days=1)
ORACLES = Path(__file__).parents[1] / "oracles" / "welfare.toml"
CASES = {each["id"]: each for each in tomllib.loads(ORACLES.read_text("utf-8"))["case"]}


def case(number: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Inputs and expected results of a worked example."""
    (found,) = (each for key, each in CASES.items() if key.startswith(f"welfare-{number}-"))
    return found["inputs"], found["expected"]


def applicant(area: str = AREA, **facts: Any) -> Applicant:
    """One person who applies, of whom these facts are known."""
    person = Person(relation=Relation.APPLICANT, **facts)
    return Applicant(id="case", area=area, residence=Residence.RURAL, person=person)


def local(*rows: Mapping[str, object], area: str = AREA) -> Standards:
    """The bundled tables and over them a county with these rows."""
    text = tomli_w.dumps({"area": area, "sources": SOURCES, "figure": list(rows)})
    return Standards.bundled() + Standards(
        load.catalogue().values(), load.read(text, f"{area}.toml")
    )


def keyed(series: str, value: object, **keys: str) -> dict[str, object]:
    """A row of a local table with keys."""
    return row(series, value, keys=keys)


def codes(decision: Decision) -> list[str]:
    """The grounds by their codes."""
    return [each.code for each in decision.grounds]


def missing(decision: Decision) -> list[str]:
    """The paths of the facts that are missing, without ``applicant.person``."""
    return [each.path.removeprefix("applicant.person.") for each in decision.missing]


def lacks(decision: Decision) -> list[str]:
    """The series of the figures that are missing."""
    return [each.not_held.series.name for each in decision.missing if each.not_held]


def paid(decision: Decision) -> Decimal:
    """The amount of a decision that grants."""
    assert decision.award is not None, (decision.outcome, codes(decision), decision.missing)
    return decision.award.amount


def notes(decision: Decision) -> str:
    """The notes in English."""
    return "\n".join(each.text.format(**each.values) for each in decision.notes)
