"""The living subsidy (困难残疾人生活补贴) of 国发〔2015〕52号; every local choice is a row of the tables.

Disabled persons of dibao families have it, where a place says so of others too; not together with
support or allowances of the same purpose.

Limitations:
    The household register (户籍) is not tested. A military disability neither gives nor takes the
    subsidy: the civilian certificate counts. The text of the opinions of 2021 was not obtained.

Example:
    >>> from datetime import date
    >>> from minzheng.people import *
    >>> person = Person(
    ...     relation=Relation.APPLICANT, assistance=Assistance.DIBAO, work_injury_care=False,
    ...     full_child_allowance=False,
    ...     disability=Disability(type=DisabilityType.PHYSICAL, grade=3))
    >>> applicant = Applicant(
    ...     id="case-5", area="130110", residence=Residence.URBAN, person=person)
    >>> decision = disability_living.assess(applicant, on=date(2025, 3, 31))
    >>> decision.outcome.name, decision.award.amount
    ('GRANTED', Decimal('110.00'))
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

from attrs import frozen

from minzheng.base.i18n import N_
from minzheng.base.money import to_yuan
from minzheng.benefits._engine import (
    Ask,
    Benefit,
    Case,
    Reasons,
    Vector,
    amount,
    code,
    fact,
    figure,
    grant,
    refuse,
    undetermined,
)
from minzheng.benefits.common.same_purpose import choice
from minzheng.decision import Note
from minzheng.people import Assistance, Person
from minzheng.rules import Outcome

__all__ = ["disability_living"]

_AMOUNT, _ELIGIBLE, _EXCLUDED = (
    f"disability_living.{each}" for each in ("amount", "eligible", "excluded")
)
_SAME_PURPOSE = "disability.same_purpose"


class Class(IntEnum):
    """The classes of families that the subsidy tells apart."""

    DIBAO, DIBAO_MARGINAL, NONE = range(3)


class Other(IntEnum):
    """What may exclude the subsidy."""

    TEKUN, WORK_INJURY_CARE, CHILD_ALLOWANCE, RETIRED_CADRE = range(4)


@frozen(kw_only=True)
class Parameters:
    """The figures and the law of one place and day; amounts are fen a month, -1 not available."""

    amount: Vector = figure(_AMOUNT, by=("assistance", Class))
    eligible: Vector = figure(_ELIGIBLE, by=("assistance", Class), required=True)
    excluded: Vector = figure(_EXCLUDED, by=("benefit", Other))


def _in_full(person: Person, ask: Ask) -> bool:
    """Whether an allowance of children is received in full; who receives none has it not in full."""
    known = False if person.child_allowance is False else person.full_child_allowance
    asked = ask.p.excluded[Other.CHILD_ALLOWANCE]
    return ask.take(known, "full_child_allowance", (True, False), asked, monotone=True)


@frozen(kw_only=True)
class Facts:
    """The applicant."""

    disabled: bool = fact()
    assistance: Assistance = fact(domain=lambda _p: tuple(Assistance))
    work_injury_care: bool = fact(relevant=lambda p: p.excluded[Other.WORK_INJURY_CARE])
    full_child_allowance: bool = code(_in_full)
    retired_cadre: bool = fact(relevant=lambda p: p.excluded[Other.RETIRED_CADRE])


class Reason(Reasons):
    """Why the subsidy is granted or not."""

    NOT_DISABLED = refuse(N_("The person has no disability certificate."), _ELIGIBLE)
    TEKUN = refuse(
        N_("A tekun recipient is not eligible for the disability subsidies."),
        _EXCLUDED,
        word="tekun",
    )
    NOT_IN_CLASS = refuse(
        N_(
            "The family is not a dibao recipient, and no local rule extends the subsidy to its class."
        ),
        _ELIGIBLE,
    )
    WORK_INJURY = refuse(
        N_(
            "A recipient of living care from work-injury insurance is not eligible for the disability subsidies."
        ),
        _EXCLUDED,
        word="work_injury_care",
    )
    CHILD_ALLOWANCE = refuse(
        N_(
            "A recipient of the orphan allowance, or of the full subsidy of a de facto unattended child, is not eligible for the living subsidy."
        ),
        _EXCLUDED,
        word="child_allowance",
    )
    RETIRED_CADRE = refuse(
        N_("A retired cadre is not eligible for the living subsidy here."),
        _EXCLUDED,
        word="retired_cadre",
    )
    AMOUNT_MISSING = undetermined(
        N_("The person is eligible; the local amount is not available."), _ELIGIBLE, lacks=_AMOUNT
    )
    ELIGIBLE = grant(
        N_("The person has a disability certificate, and the family is of an eligible class."),
        _ELIGIBLE,
    )


@frozen
class Result:
    """The outcome, its reasons and the amount."""

    outcome: Outcome = amount()
    reasons: int = amount()
    pay_month: int = amount(
        N_("living subsidy"), N_("yuan a month"), _AMOUNT, shown=(Outcome.GRANTED,)
    )


def class_of(assistance: int) -> int:
    """The class of a family; tekun families are of none."""
    if assistance == Assistance.DIBAO:
        return Class.DIBAO
    return Class.DIBAO_MARGINAL if assistance == Assistance.DIBAO_MARGINAL else Class.NONE


def decide(f: Facts, p: Parameters) -> Result:
    """Settle the person: disability and class, then what excludes the subsidy."""
    group = class_of(f.assistance)
    tekun = f.assistance == Assistance.TEKUN and p.excluded[Other.TEKUN]
    against = (
        Reason.NOT_DISABLED * (not f.disabled)
        | Reason.TEKUN * tekun
        | Reason.NOT_IN_CLASS * (not tekun and not p.eligible[group])
        | Reason.WORK_INJURY * (f.work_injury_care and p.excluded[Other.WORK_INJURY_CARE])
        | Reason.CHILD_ALLOWANCE * (f.full_child_allowance and p.excluded[Other.CHILD_ALLOWANCE])
        | Reason.RETIRED_CADRE * (f.retired_cadre and p.excluded[Other.RETIRED_CADRE])
    )
    if against:
        return Result(Outcome.REFUSED, against, 0)
    if p.amount[group] < 0:
        return Result(Outcome.UNDETERMINED, Reason.AMOUNT_MISSING, 0)
    return Result(Outcome.GRANTED, Reason.ELIGIBLE, p.amount[group])


def _word(case: Case) -> str:
    return Class(class_of(case.facts.assistance)).name.lower()


_CADRE = N_("No local rule says whether retired cadres are excluded.")


def _notes(case: Case) -> Iterator[Note]:
    person = case.subject.person
    if person.retired_cadre and not case.p.excluded[Other.RETIRED_CADRE]:
        yield Note(_CADRE)
    if _SAME_PURPOSE in case.resolved.held:
        yield from choice(person.other_living_month, to_yuan(case.result.pay_month))


disability_living = Benefit(
    name="disability_living",
    title=N_("Living subsidy of persons with disabilities"),
    Facts=Facts,
    Parameters=Parameters,
    Reason=Reason,
    Result=Result,
    decide=decide,
    pays=_AMOUNT,
    keys=lambda case: {"assistance": _word(case)},
    words=lambda case: {_ELIGIBLE: ("dibao", _word(case))},
    notes=_notes,
    also=(_SAME_PURPOSE,),
    when_granted=(_SAME_PURPOSE,),
    first="disability.first_payment",
)
