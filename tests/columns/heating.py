"""A benefit of a user's own, written outside the package: a subsidy for winter heating."""

from __future__ import annotations

from datetime import date
from enum import IntEnum

from attrs import frozen

from minzheng.people import Relation, Residence
from minzheng.rules import Outcome, Rule
from minzheng.standards import Figure, Kind, Per, Series, Standards, Unit
from minzheng.standards.reading import Reading, Resolved

AMOUNT = Series(
    name="heating.amount",
    label="heating subsidy per room",
    label_zh="每间取暖补贴",
    unit=Unit.YUAN,
    kinds=(Kind.POINT,),
    pers=(Per.YEAR,),
    keys={"residence": ("rural", "urban")},
)
MOST_ROOMS = 3


class Fuel(IntEnum):
    GAS = 1
    COAL = 2
    WOOD = 5  # the numbers of an enumeration need not follow one another


class Rate(IntEnum):
    PLAIN = 0
    RAISED = 1


@frozen(kw_only=True)
class Resident:
    relation: Relation
    age: int
    income_year: int = 0
    registered: bool = True


@frozen
class Home:
    fuel: Fuel
    rooms: int = 1
    owned: bool = False


@frozen
class Totals:
    size: int = 0
    elderly: int = 0
    income_year: int = 0


@frozen
class Terms:
    standard_year: int
    room_year: int
    elderly_age: int
    city: bool


@frozen
class Result:
    outcome: Outcome
    rate: Rate
    alone: bool
    rooms: int
    pay_year: int


def member(m: Resident, t: Terms) -> Totals:
    """Everybody registered counts, and children of the applicant without income."""
    if not m.registered and m.relation not in (Relation.SPOUSE, Relation.CHILD):
        return Totals()
    return Totals(1, elderly=1 if m.age >= t.elderly_age else 0, income_year=m.income_year)


def rooms_paid(rooms: int, size: int) -> tuple[int, bool]:
    """At most one room a person and three in all, and whether one lives alone."""
    return min(rooms, size, MOST_ROOMS), size == 1


def decide(h: Home, s: Totals, t: Terms) -> Result:
    """Lower than the standard, and half more where somebody is elderly."""
    rooms, alone = rooms_paid(size=s.size, rooms=h.rooms)
    pay = rooms * t.room_year
    rate = Rate.PLAIN
    if s.elderly > 0 and not (t.city and h.fuel == Fuel.GAS):
        pay += pay // 2
        rate = Rate.RAISED
    poor = 0 <= s.income_year < t.standard_year * s.size
    return Result(
        outcome=Outcome.GRANTED if poor else Outcome.REFUSED,
        rate=rate,
        alone=alone,
        rooms=rooms,
        pay_year=pay if poor else 0,
    )


def terms(standards: Standards, area: str, on: date, residence: Residence) -> Resolved[Terms]:
    """The bundled standard of dibao, and an amount of one's own table."""
    read = Reading(standards, area, on, residence=residence.name.lower())
    return read.resolve(
        Terms(
            standard_year=read.fen_a_year(read.need("dibao.standard")),
            room_year=read.fen_a_year(read.need("heating.amount")),
            elderly_age=read.whole(read.need("age.elderly")),
            city=residence == Residence.URBAN,
        )
    )


RULE = Rule(
    name="heating",
    case=Home,
    member_class=Resident,
    totals=Totals,
    terms_class=Terms,
    result=Result,
    member=member,
    decide=decide,
    terms=terms,
)


def standards(**amounts: str) -> Standards:
    """The bundled tables and, by residence, the amounts a room of Chengde in yuan a year."""
    from decimal import Decimal

    from minzheng.base.dates import Span
    from minzheng.law import Confidence, Grade
    from minzheng.standards import Source

    source = Source("s", "t", "w", Grade.PRESS, Confidence.SECONDARY)
    figures = [
        Figure(
            series=AMOUNT.name,
            area="130800",
            keys=(("residence", residence),),
            value=Decimal(yuan),
            per=Per.YEAR,
            kind=Kind.POINT,
            span=Span(date(2000, 1, 1)),
            source=source,
        )
        for residence, yuan in amounts.items()
    ]
    return Standards.bundled() + Standards([AMOUNT], figures)
