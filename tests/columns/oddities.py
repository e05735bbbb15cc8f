"""Rules made to go wrong: one odd function each, over a case of three whole numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import IntEnum
from typing import Any

from attrs import field, frozen

from minzheng.people import Residence
from minzheng.rules import Outcome, Rule
from minzheng.standards import Standards
from minzheng.standards.reading import Reading, Resolved


class Gap(IntEnum):
    """Numbers that do not follow one another."""

    LOW = 1
    HIGH = 4


class Wide(IntEnum):
    """More than one byte holds."""

    NEAR = 1
    FAR = 300


@frozen
class Case:
    x: int
    y: int = 0
    z: int = field(default=0, metadata={"least": -(10**18)})


@frozen
class Terms:
    one: int


@frozen
class Result:
    outcome: Outcome
    value: int


@frozen
class GapResult:
    outcome: Outcome
    gap: Gap


@frozen
class WideResult:
    outcome: Outcome
    wide: Wide


@frozen
class Person:
    amount: int = 0


@frozen
class Sum:
    amount: int = 0
    persons: int = 0


@frozen
class Amount:
    """Totals of a single field."""

    amount: int = 0


def terms(standards: Standards, area: str, on: date, residence: Residence) -> Resolved[Terms]:
    """Nothing is looked up but that the area is one."""
    read = Reading(standards, area, on)
    read.get("age.adult")
    return read.resolve(Terms(1))


def rule(decide: Callable[..., Any], result: type = Result, name: str = "odd") -> Any:
    """A rule of one person with this ``decide``."""
    return Rule(name=name, case=Case, result=result, terms_class=Terms, decide=decide, terms=terms)


def summing(member: Callable[..., Any], decide: Callable[..., Any]) -> Any:
    """A rule with members that add up."""
    return Rule(
        name="sums",
        case=Case,
        result=Result,
        terms_class=Terms,
        decide=decide,
        terms=terms,
        member_class=Person,
        totals=Sum,
        member=member,
    )


def of(value: int) -> Result:
    """A result of one number."""
    return Result(Outcome.GRANTED, value)


@frozen
class Share:
    """A fact that must be positive: it divides."""

    share: int = field(metadata={"least": 1})


def divided(c: Share, _s: None, _t: Terms) -> Result:
    """A hundred shared out."""
    return of(100 // c.share)


PART: Any = Rule(
    name="part", case=Share, result=Result, terms_class=Terms, decide=divided, terms=terms
)


def counted(m: Person, _t: Terms) -> Amount:
    return Amount(m.amount)


def added(_c: Case, s: Amount, _t: Terms) -> Result:
    return of(s.amount)


ONE: Any = Rule(
    name="one",
    case=Case,
    result=Result,
    terms_class=Terms,
    decide=added,
    terms=terms,
    member_class=Person,
    totals=Amount,
    member=counted,
)
