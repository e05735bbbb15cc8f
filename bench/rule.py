"""The rule that is timed: dibao as a short, whole-number rule, written as a user would write one."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from attrs import frozen

from minzheng.base.money import Mode, round_fen
from minzheng.people import Residence
from minzheng.rules import Outcome, Rule, fact
from minzheng.standards import Standards
from minzheng.standards.reading import Reading, Resolved

__all__ = ["RULE", "Household", "Person", "Result", "Terms", "Totals", "decide", "member", "terms"]

FIFTHS = 5  # incomes are counted in fifths of a fen, for a wage counts by 4/5
TENTHS = 10  # supplements are counted in tenths of a fen
MONTH = 12 * FIFTHS  # fifths of a fen a year in a fen a month


@frozen
class Person:
    """Facts of one member; amounts in fen a year, the grade 0 for no disability."""

    age: int
    disability_grade: int
    wage: int
    pension: int
    transfers: int
    care: int


@frozen
class Household:
    """Facts of the household; deposits in fen."""

    deposits: int
    cars: int


@frozen
class Totals:
    """What the members add up to; ``single_pay`` in fen a month."""

    size: int = 0
    income: int = 0
    supplements: int = 0
    singles: int = 0
    single_pay: int = 0


@frozen
class Terms:
    """The standard of a place in fen, and the choices of the rule."""

    standard_month: int
    standard_year: int
    deposit_months: int
    elderly_age: int
    minor_age: int
    severe_grade: int
    severe_tenths: int
    minor_tenths: int


@frozen
class Result:
    """What is decided; ``pay_month`` in fen, whole yuan."""

    outcome: Outcome = fact("Outcome")
    persons: int = fact("Persons", "persons")
    pay_month: int = fact("Payment", "yuan a month", "dibao.standard")


def member(m: Person, t: Terms) -> Totals:
    """One person's income and supplement, and what she would be paid alone."""
    income = 4 * m.wage + FIFTHS * (m.pension + m.transfers - m.care)
    severe = 1 <= m.disability_grade <= t.severe_grade
    supplement = 0
    if severe or m.age >= t.elderly_age:
        supplement = t.severe_tenths * t.standard_month
    elif m.age < t.minor_age:
        supplement = t.minor_tenths * t.standard_month
    gap = FIFTHS * t.standard_year - max(0, income)
    if severe and gap > 0:
        return Totals(1, income, supplement, 1, pay(gap, supplement))
    return Totals(1, income, supplement)


def decide(h: Household, s: Totals, t: Terms) -> Result:
    """Income and property; failing the income test only, the persons who qualify alone."""
    income = max(0, s.income)
    limit = FIFTHS * t.standard_year * s.size
    if h.cars > 0 or h.deposits > t.deposit_months * t.standard_month * s.size:
        return Result(Outcome.REFUSED, 0, 0)
    if income < limit:
        return Result(Outcome.GRANTED, s.size, pay(limit - income, s.supplements))
    if s.singles > 0 and 2 * income < 3 * limit:
        return Result(Outcome.GRANTED, s.singles, s.single_pay)
    return Result(Outcome.REFUSED, 0, 0)


def pay(gap: int, supplements: int) -> int:
    """A yearly gap in fifths and monthly supplements in tenths of a fen, paid to the yuan."""
    return round_fen(gap + supplements * (MONTH // TENTHS), MONTH, 100, Mode.HALF_UP)


@lru_cache(maxsize=1024)
def terms(standards: Standards, area: str, on: date, residence: Residence) -> Resolved[Terms]:
    """Read the standard; the rest does not vary between places."""
    read = Reading(standards, area, on, residence=residence.name.lower())
    year = read.fen_a_year(read.need("dibao.standard"))
    return read.resolve(
        Terms(
            standard_month=year // 12,
            standard_year=year,
            deposit_months=24,
            elderly_age=70,
            minor_age=14,
            severe_grade=2,
            severe_tenths=2,
            minor_tenths=1,
        )
    )


RULE: Rule[Household, Person, Totals, Terms, Result] = Rule(
    name="bench",
    case=Household,
    result=Result,
    terms_class=Terms,
    decide=decide,
    terms=terms,
    member_class=Person,
    totals=Totals,
    member=member,
)
