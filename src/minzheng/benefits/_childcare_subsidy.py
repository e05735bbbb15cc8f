"""The childcare subsidy (育儿补贴): a yearly amount for each child under the age of the tables.

Source:
    The national plan of 2025-07-28 and its rules of 2025-09-18, in force from 2025-01-01.

Limitations:
    Of a child born before 2025 whole calendar months are counted: from January of the year, up to
    the month before the one in which the age is reached. The sources were read in reports; how
    they count the first and the last month was not. Adoption is a lawful birth here.

Example:
    >>> from datetime import date
    >>> from minzheng.people import *
    >>> child = Person(
    ...     relation=Relation.APPLICANT, birth=date(2025, 3, 1), lawfully_born=True,
    ...     chinese_national=True)
    >>> applicant = Applicant(id="case-9", area="130802", residence=Residence.URBAN, person=child)
    >>> decision = childcare_subsidy.assess(applicant, on=date(2026, 1, 5))
    >>> decision.award.amount, decision.award.per.value
    (Decimal('3600.00'), 'year')
"""

from __future__ import annotations

from datetime import date

from attrs import frozen

from minzheng.base.i18n import N_
from minzheng.base.money import to_yuan
from minzheng.benefits._engine import (
    Ask,
    Benefit,
    Reasons,
    age,
    amount,
    code,
    fact,
    figure,
    grant,
    refuse,
)
from minzheng.decision import Award, Note
from minzheng.people import Person
from minzheng.rules import Outcome
from minzheng.standards import Per

__all__ = ["childcare_subsidy"]

_FIRST = date(2025, 1, 1)

_CHILDCARE = "childcare_subsidy"
_AMOUNT, _MONTH, _AGE, _BIRTH, _NATIONALITY = (
    f"{_CHILDCARE}.{each}"
    for each in ("amount", "month_amount", "age_below", "lawful_birth", "nationality")
)


@frozen(kw_only=True)
class Parameters:
    """The figures of one day; amounts are fen."""

    amount: int = figure(_AMOUNT, required=True)
    month_amount: int = figure(_MONTH, required=True)
    age_below: int = figure(_AGE, required=True)
    needs_lawful_birth: bool = figure(_BIRTH)
    needs_nationality: bool = figure(_NATIONALITY)


def _months(child: Person, ask: Ask) -> int:
    """The months of the day's year in which a child born before the subsidy began is under age."""
    birth = child.birth
    if birth is None:  # asked by the age already
        return 0
    left: int = 12 * (birth.year + ask.p.age_below - ask.on.year) + birth.month - 1
    return max(0, min(12, left))


@frozen(kw_only=True)
class Facts:
    """The child."""

    age: int = age()
    born_before: bool = code(lambda child, _ask: child.birth is None or child.birth < _FIRST)
    months: int = code(_months, most=12)
    lawfully_born: bool = fact(ends=(False, True), relevant=lambda p: p.needs_lawful_birth)
    chinese_national: bool = fact(ends=(False, True), relevant=lambda p: p.needs_nationality)


class Reason(Reasons):
    """Why the subsidy is granted or not."""

    TOO_OLD = refuse(N_("The child is not younger than {age_below}."), _AGE)
    NOT_LAWFULLY_BORN = refuse(N_("The child was not born or adopted lawfully."), _BIRTH)
    FOREIGN = refuse(N_("The child has no Chinese nationality."), _NATIONALITY)
    UNDER_AGE = grant(N_("The child is younger than {age_below}."), _AGE, _BIRTH, _NATIONALITY)
    BY_THE_MONTH = grant(
        N_("The child was born before 2025: {months} months of the year are paid."), _MONTH
    )


_GRANTED = (Outcome.GRANTED,)


@frozen
class Result:
    """The outcome, its reasons and the amount."""

    outcome: Outcome = amount()
    reasons: int = amount()
    months: int = amount(N_("months of the year paid"), N_("months"), _MONTH, shown=_GRANTED)
    pay_year: int = amount(N_("childcare subsidy"), N_("yuan a year"), _AMOUNT, shown=_GRANTED)


def decide(f: Facts, p: Parameters) -> Result:
    """Settle the child: the age, then birth and nationality; who was born before 2025 by months."""
    if f.age >= p.age_below:
        return Result(Outcome.REFUSED, Reason.TOO_OLD, 0, 0)
    against = Reason.NOT_LAWFULLY_BORN * (not f.lawfully_born) | Reason.FOREIGN * (
        not f.chinese_national
    )
    if against:
        return Result(Outcome.REFUSED, against, 0, 0)
    if f.born_before:
        reasons = Reason.UNDER_AGE | Reason.BY_THE_MONTH
        return Result(Outcome.GRANTED, reasons, f.months, f.months * p.month_amount)
    return Result(Outcome.GRANTED, Reason.UNDER_AGE, 12, p.amount)


_ONCE = N_("Paid once a year. It is no income for dibao and tekun.")

childcare_subsidy = Benefit(
    name=_CHILDCARE,
    title=N_("Childcare subsidy"),
    Facts=Facts,
    Parameters=Parameters,
    Reason=Reason,
    Result=Result,
    decide=decide,
    pays=_AMOUNT,
    award=lambda case, _found: Award(to_yuan(case.result.pay_year), Per.YEAR, 1),
    values=lambda case: {"age_below": case.p.age_below},
    notes=lambda _case: (Note(_ONCE),),
    also=(f"{_CHILDCARE}.paid_every",),
    when_granted=(f"{_CHILDCARE}.paid_every",),
)
