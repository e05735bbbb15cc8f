"""The care subsidy of severely disabled persons (重度残疾人护理补贴).

Severely disabled persons, grades 1 and 2, who need long-term care; a place may extend it to other
grades. The amount is one a month. Where another care benefit of the same purpose is received, a
note gives both amounts: the choice is the person's.

Source:
    国发〔2015〕52号, in force from 2016-01-01; 冀政字〔2015〕74号. Who is excluded is reported as
    the rules of several places agree on it.

Limitations:
    The household register (户籍) is not tested. Hebei: whether hearing and speech disabilities
    count is reported differently by the sources, so such a case is not decided; nor is, from 2026,
    a multiple disability of grade 3 or 4. A military disability neither gives nor takes the
    subsidy: the civilian certificate counts.

Example:
    >>> from datetime import date
    >>> from minzheng.people import *
    >>> person = Person(
    ...     relation=Relation.APPLICANT, assistance=Assistance.DIBAO, work_injury_care=False,
    ...     needs_long_term_care=True,
    ...     disability=Disability(type=DisabilityType.VISUAL, grade=1))
    >>> applicant = Applicant(
    ...     id="case-5", area="130110", residence=Residence.URBAN, person=person)
    >>> decision = disability_care.assess(applicant, on=date(2025, 3, 31))
    >>> decision.outcome.name, decision.award.amount
    ('GRANTED', Decimal('230.00'))
    >>> disability_care.parameters(
    ...     "130110", on=date(2025, 3, 1), residence=Residence.URBAN).parameters.dibao
    (23000, 13000, -1, -1)
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from functools import lru_cache
from typing import Any

from attrs import evolve, frozen

from minzheng.base.i18n import N_
from minzheng.base.money import to_yuan
from minzheng.benefits._engine import (
    Ask,
    Benefit,
    Case,
    Explanation,
    ParameterReader,
    Reasons,
    Vector,
    amount,
    code,
    computed,
    distinct,
    fact,
    figure,
    grant,
    refuse,
    undetermined,
)
from minzheng.benefits._engine.explanation import explain
from minzheng.benefits.common.same_purpose import choice
from minzheng.benefits.common.wanted import wanted
from minzheng.decision import Note
from minzheng.people import Assistance, DisabilityType, Person
from minzheng.rules import Outcome

__all__ = ["disability_care"]

_AMOUNT, _GRADE, _UNCLEAR, _MONTHS, _EXCLUDED = (
    f"disability_care.{each}" for each in ("amount", "grade", "grade_unclear", "months", "excluded")
)
_SAME_PURPOSE = "disability.same_purpose"


class Grade(IntEnum):
    """The grades of a disability certificate; 1 is the most severe."""

    GRADE_1, GRADE_2, GRADE_3, GRADE_4 = range(1, 5)


class Other(IntEnum):
    """What may exclude the subsidy."""

    TEKUN, WORK_INJURY_CARE = range(2)


@frozen(kw_only=True)
class Parameters:
    """The figures and the law of one place and day; amounts are fen a month, -1 not available.

    Attributes:
        grade: by type of disability, the mildest grade that is eligible; 0 for none.
        unclear: likewise, the mildest grade on which the sources differ.
        dibao: amounts for dibao families.
        other: amounts for other families.
        excluded: who is not eligible.
        months: how long, at least, the person needs special care.
    """

    grade: Vector = figure(_GRADE, by=("type", DisabilityType), required=True, otherwise=0)
    unclear: Vector = figure(_UNCLEAR, by=("type", DisabilityType), otherwise=0)
    dibao: Vector = computed(by=Grade)
    other: Vector = computed(by=Grade)
    excluded: Vector = figure(_EXCLUDED, by=("benefit", Other))
    months: int = figure(_MONTHS)


def _derive(reader: ParameterReader, made: dict[str, Any]) -> dict[str, Any]:
    """Read the amounts of the grades that are eligible for some type."""
    mildest = max(*made["grade"], *made["unclear"])

    def amounts(group: str) -> Vector:
        rows = (
            reader.get(_AMOUNT, assistance=group, grade=grade.name.lower())
            for grade in Grade
            if grade <= mildest
        )
        held = [reader.fen(each, otherwise=-1) for each in rows]
        return Vector.of(Grade)(held + [-1] * (len(Grade) - len(held)))

    return {group: amounts(group) for group in ("dibao", "other")}


def _disability(person: Person, ask: Ask) -> tuple[int, int]:
    """Type and grade of the certificate; of an unknown one, one of each that is treated alike."""
    if person.disability is not None:
        return int(person.disability.type), person.disability.grade
    if person.disabled is False:
        return 0, 0
    asked = "disability" if person.disabled else "disabled"
    return ask.take(None, asked, _disabilities(ask.p, bool(person.disabled)))


@lru_cache(maxsize=1024)
def _disabilities(p: Parameters, certain: bool) -> tuple[tuple[int, int], ...]:
    def treatment(each: tuple[int, int]) -> tuple[Result, ...]:
        kind, grade = each
        return tuple(
            decide(
                Facts(
                    disability_type=kind,
                    disability_grade=grade,
                    needs_long_term_care=True,
                    assistance=assistance,
                    work_injury_care=False,
                ),
                p,
            )
            for assistance in (Assistance.DIBAO, Assistance.NONE)
        )

    none = () if certain else ((0, 0),)
    certified = ((int(kind), int(grade)) for kind in DisabilityType for grade in Grade)
    return distinct((*none, *certified), treatment)


@frozen(kw_only=True)
class Facts:
    """The applicant; type and grade are those of the certificate, 0 for no disability."""

    disability_type: int = code(lambda person, ask: _disability(person, ask)[0], most=7)
    disability_grade: int = code(
        lambda person, ask: _disability(person, ask)[1], most=4, together="disability_type"
    )
    needs_long_term_care: bool = fact(ends=(False, True))
    assistance: Assistance = fact()
    work_injury_care: bool = fact(
        ends=(True, False), relevant=lambda p: p.excluded[Other.WORK_INJURY_CARE]
    )


class Reason(Reasons):
    """Why the subsidy is granted or not."""

    NOT_SEVERE = refuse(N_("The person has no disability of an eligible type and grade."), _GRADE)
    TEKUN = refuse(
        N_("A tekun recipient is not eligible for the disability subsidies."),
        _EXCLUDED,
        word="tekun",
    )
    NO_LONG_TERM_CARE = refuse(
        N_("The person does not need special care for {months} months or more."), _MONTHS
    )
    WORK_INJURY = refuse(
        N_(
            "A recipient of living care from work-injury insurance is not eligible for the disability subsidies."
        ),
        _EXCLUDED,
        word="work_injury_care",
    )
    TYPE_UNCLEAR = undetermined(
        N_(
            "The sources differ on whether this type and grade of disability is eligible here; a local row decides it."
        ),
        _UNCLEAR,
        lacks=_GRADE,
    )
    AMOUNT_MISSING = undetermined(
        N_("The person is eligible; the local amount is not available."), _GRADE, lacks=_AMOUNT
    )
    ELIGIBLE = grant(
        N_("The disability is of an eligible grade, and the person needs long-term care."), _GRADE
    )


@frozen
class Result:
    """The outcome, its reasons and the amount."""

    outcome: Outcome = amount()
    reasons: int = amount()
    pay_month: int = amount(
        N_("care subsidy"), N_("yuan a month"), _AMOUNT, shown=(Outcome.GRANTED,)
    )


def decide(f: Facts, p: Parameters) -> Result:
    """Decide on grade and need of care, then on what excludes the subsidy."""
    severe = unclear = False
    if f.disability_type > 0 and f.disability_grade > 0:
        severe = f.disability_grade <= p.grade[f.disability_type]
        unclear = not severe and f.disability_grade <= p.unclear[f.disability_type]
    against = (
        Reason.NOT_SEVERE * (not severe and not unclear)
        | Reason.TEKUN * (f.assistance == Assistance.TEKUN and p.excluded[Other.TEKUN])
        | Reason.NO_LONG_TERM_CARE * (not f.needs_long_term_care)
        | Reason.WORK_INJURY * (p.excluded[Other.WORK_INJURY_CARE] and f.work_injury_care)
    )
    if against:
        return Result(Outcome.REFUSED, against, 0)
    if unclear:
        return Result(Outcome.UNDETERMINED, Reason.TYPE_UNCLEAR, 0)
    dibao = f.assistance == Assistance.DIBAO
    pay = p.dibao[f.disability_grade] if dibao else p.other[f.disability_grade]
    if pay < 0:
        return Result(Outcome.UNDETERMINED, Reason.AMOUNT_MISSING, 0)
    return Result(Outcome.GRANTED, Reason.ELIGIBLE, pay)


def _keys(case: Case) -> dict[str, str]:
    group = "dibao" if case.facts.assistance == Assistance.DIBAO else "other"
    return {"assistance": group, "grade": f"grade_{case.facts.disability_grade or 1}"}


def _type(case: Case) -> str:
    kind = case.facts.disability_type
    return DisabilityType(kind).name.lower() if kind else ""


def _notes(case: Case) -> Iterator[Note]:
    if _SAME_PURPOSE in case.resolved.held:
        yield from choice(case.subject.person.other_care_month, to_yuan(case.result.pay_month))


def _explain(case: Case) -> Explanation:
    """Name the rows that differ, where the sources differ on the type."""
    explained = explain(disability_care, case)
    if case.result.reasons != Reason.TYPE_UNCLEAR:
        return explained
    kind = _type(case)
    rows = (
        each.figure
        for each in case.resolved.used
        if each.figure.series in (_GRADE, _UNCLEAR) and each.figure.keys in ((), (("type", kind),))
    )
    return evolve(explained, missing=(wanted(case, _GRADE, rows, type=kind),))


disability_care = Benefit(
    name="disability_care",
    title=N_("Care subsidy of severely disabled persons"),
    Facts=Facts,
    Parameters=Parameters,
    Reason=Reason,
    Result=Result,
    decide=decide,
    derive=_derive,
    pays=_AMOUNT,
    keys=_keys,
    words=lambda case: {_GRADE: (_type(case),), _UNCLEAR: (_type(case),)},
    values=lambda case: {"months": case.p.months},
    notes=_notes,
    explain=_explain,
    also=(_SAME_PURPOSE,),
    when_granted=(_SAME_PURPOSE,),
    first="disability.first_payment",
)
