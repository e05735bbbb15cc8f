"""Toy rules over vectors: parameters, facts and members by an enumeration; lists of bands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import IntEnum
from typing import Any

from attrs import field, frozen

from minzheng.people import Residence
from minzheng.rules import Outcome, Rule, Vector, limited
from minzheng.standards import Standards
from minzheng.standards.reading import Reading, Resolved


class Kind(IntEnum):
    """Kinds of income; their numbers begin at 1."""

    WAGE = 1
    PENSION = 2
    GIFT = 3


class Grade(IntEnum):
    """Numbers that begin at 0, and a comment on each."""

    label: str

    def __new__(cls, number: int, label: str) -> Grade:
        self = int.__new__(cls, number)
        self._value_ = number
        self.label = label
        return self

    LIGHT = (0, "light")
    HEAVY = (1, "heavy")


class Gaps(IntEnum):
    """No index: a number is left out."""

    ONE = 1
    THREE = 3


class Reason(IntEnum):
    """Bits of a mask."""

    POOR = 1
    OLD = 2
    NO_AMOUNT = 4
    NO_AGE = 8


@frozen(kw_only=True)
class Parameters:
    """Vectors, a table, and a list of bands, among plain numbers."""

    plain: int = 5
    amount: tuple[int, ...] = field(metadata={"by": Kind})
    counts: tuple[bool, ...] = field(metadata={"by": Kind})
    flag: bool = True
    table: tuple[int, ...] = field(metadata={"by": (Kind, Grade)})
    bands: tuple[int, ...] = field(metadata={"most": 4})
    last: Vector = field(metadata={"by": Grade})
    other: Vector = field(metadata={"by": Kind})


@frozen(kw_only=True)
class Case:
    """One person or household."""

    x: int = 0
    kind: Kind = Kind.WAGE
    income: Vector = field(metadata={"by": Kind})
    ill: tuple[bool, ...] = field(metadata={"by": Grade})


@frozen(kw_only=True)
class Member:
    """A person with income by kind."""

    age: int = limited(0, most=150)
    income: Vector = field(metadata={"by": Kind, "least": 0})
    grade: Grade = Grade.LIGHT


@frozen
class Totals:
    """What members add up to."""

    persons: int = 0
    income: int = 0


@frozen
class Result:
    """One number."""

    outcome: Outcome
    reasons: int
    value: int


BY_KIND, BY_GRADE = Vector.of(Kind), Vector.of(Grade)


def parameters(bands: tuple[int, ...] = (10, 20, 50), **others: Any) -> Parameters:
    """Parameters that differ in every place."""
    table = Vector.of(Kind)([BY_GRADE((7, 11)), BY_GRADE((13, 17)), BY_GRADE((19, 23))])
    given: dict[str, Any] = {
        "amount": BY_KIND((100, 200, 300)),
        "counts": BY_KIND((True, False, True)),
        "table": table,
        "bands": bands,
        "last": BY_GRADE((-1, 1000)),
        "other": BY_KIND((9, 8, 7)),
        **others,
    }
    return Parameters(**given)


def rule(
    decide: Callable[..., Any],
    p: Parameters | None = None,
    member: Callable[..., Any] | None = None,
    **others: Any,
) -> Any:
    """A rule with this ``decide``, under parameters that are the same everywhere."""
    held = parameters() if p is None else p

    def terms(standards: Standards, area: str, on: date, _residence: Residence) -> Resolved[Any]:
        read = Reading(standards, area, on)
        read.get("age.adult")
        return read.resolve(held)

    people = {"member_class": Member, "totals": Totals, "member": member} if member else {}
    return Rule(
        name="vectors",
        case=Case,
        result=Result,
        terms_class=Parameters,
        decide=decide,
        terms=terms,
        lacks={int(Reason.NO_AMOUNT): "dibao.standard", int(Reason.NO_AGE): "age.elderly"},
        totalled=member is not None,
        **people,  # type: ignore[arg-type]
        **others,
    )


def of(value: int) -> Result:
    """A result of one number."""
    return Result(Outcome.GRANTED, 0, value)
