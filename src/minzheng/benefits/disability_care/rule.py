"""The care subsidy (重度残疾人护理补贴) as the law states it, in whole numbers.

国发〔2015〕52号: severely disabled persons, grades 1 and 2, who need long-term care; a place
may extend it to other grades. Every choice stands in ``Terms``.
"""

from __future__ import annotations

from minzheng.benefits.disability_care.facts import PersonFacts, Reason, Result, Terms
from minzheng.people import Assistance, DisabilityType
from minzheng.rules import Outcome

__all__ = ["decide"]


def by_type(
    kind: int,
    visual: int,
    hearing: int,
    speech: int,
    physical: int,
    intellectual: int,
    mental: int,
    multiple: int,
) -> int:
    """The one of seven that belongs to a type; 0 for no disability."""
    if kind == DisabilityType.VISUAL:
        return visual
    if kind == DisabilityType.HEARING:
        return hearing
    if kind == DisabilityType.SPEECH:
        return speech
    if kind == DisabilityType.PHYSICAL:
        return physical
    if kind == DisabilityType.INTELLECTUAL:
        return intellectual
    if kind == DisabilityType.MENTAL:
        return mental
    return multiple if kind == DisabilityType.MULTIPLE else 0


def mildest_grade(p: PersonFacts, t: Terms) -> int:
    """The mildest grade of the person's type that is eligible; 0 for none."""
    return by_type(
        p.disability_type,
        t.grade_visual,
        t.grade_hearing,
        t.grade_speech,
        t.grade_physical,
        t.grade_intellectual,
        t.grade_mental,
        t.grade_multiple,
    )


def mildest_unclear(p: PersonFacts, t: Terms) -> int:
    """The mildest grade of the person's type of which the sources differ; 0 for none."""
    return by_type(
        p.disability_type,
        t.unclear_visual,
        t.unclear_hearing,
        t.unclear_speech,
        t.unclear_physical,
        t.unclear_intellectual,
        t.unclear_mental,
        t.unclear_multiple,
    )


def amount_of(p: PersonFacts, t: Terms) -> int:
    """Fen a month of the grade and the class; -1 when not held."""
    dibao = p.assistance == Assistance.DIBAO
    if p.disability_grade == 1:
        return t.dibao_1 if dibao else t.other_1
    if p.disability_grade == 2:
        return t.dibao_2 if dibao else t.other_2
    if p.disability_grade == 3:
        return t.dibao_3 if dibao else t.other_3
    return t.dibao_4 if dibao else t.other_4


def decide(p: PersonFacts, _totals: None, t: Terms) -> Result:
    """Settle the person: grade and need of care, then what excludes the subsidy."""
    graded = 1 <= p.disability_grade <= 4
    severe = graded and p.disability_grade <= mildest_grade(p, t)
    unclear = graded and not severe and p.disability_grade <= mildest_unclear(p, t)
    is_tekun = p.assistance == Assistance.TEKUN and t.not_with_tekun
    work_injury = p.work_injury_care and t.not_with_work_injury
    amount = amount_of(p, t)
    reason = Reason.ELIGIBLE
    if not severe and not unclear:
        reason = Reason.NOT_SEVERE
    elif is_tekun:
        reason = Reason.TEKUN
    elif not p.needs_long_term_care:
        reason = Reason.NO_LONG_TERM_CARE
    elif work_injury:
        reason = Reason.WORK_INJURY
    elif unclear:
        reason = Reason.TYPE_UNCLEAR
    elif amount < 0:
        reason = Reason.AMOUNT_MISSING
    outcome = Outcome.REFUSED
    if reason == Reason.ELIGIBLE:
        outcome = Outcome.GRANTED
    elif reason in (Reason.TYPE_UNCLEAR, Reason.AMOUNT_MISSING):
        outcome = Outcome.UNDETERMINED
    return Result(
        outcome=outcome,
        reason=reason,
        not_severe=not severe and not unclear,
        unclear=unclear,
        is_tekun=is_tekun,
        no_long_term_care=not p.needs_long_term_care,
        work_injury=work_injury,
        pay_month=amount if outcome == Outcome.GRANTED else 0,
    )
