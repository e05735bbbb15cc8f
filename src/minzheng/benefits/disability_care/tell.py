"""Telling a result of the care subsidy: the reasons, the notes, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from minzheng.base.i18n import N_
from minzheng.base.money import to_yuan
from minzheng.benefits.disability_care.facts import Reason, Result, Terms
from minzheng.benefits.same_purpose import choice
from minzheng.benefits.telling import Told, first_payment, floors, ground, not_held
from minzheng.benefits.unknowns import Facts
from minzheng.decision import Award, Missing
from minzheng.people import Applicant, Assistance, DisabilityType
from minzheng.rules import Outcome
from minzheng.standards import NotHeld, Per, Standards
from minzheng.standards.reading import Reading, Resolved

__all__ = ["tell"]

_AMOUNT = "disability_care.amount"
_GRADE = "disability_care.grade"
_UNCLEAR = "disability_care.grade_unclear"
_MONTHS = "disability_care.months"
_EXCLUDED = "disability_care.excluded"
_SAME = "disability.same_purpose"
_GROUNDS: dict[Reason, tuple[str, tuple[str, ...]]] = {
    Reason.ELIGIBLE: (
        N_("The disability is of a grade that is helped, and the person needs long-term care."),
        (_GRADE,),
    ),
    Reason.NOT_SEVERE: (
        N_("The person has no disability of a type and grade that is helped."),
        (_GRADE,),
    ),
    Reason.TEKUN: (N_("Who is supported as tekun has no disability subsidy."), (_EXCLUDED,)),
    Reason.NO_LONG_TERM_CARE: (
        N_("The person does not need special care for more than {months} months."),
        (_MONTHS,),
    ),
    Reason.WORK_INJURY: (
        N_("Who draws living care of work-injury insurance has no disability subsidy."),
        (_EXCLUDED,),
    ),
    Reason.TYPE_UNCLEAR: (
        N_(
            "The sources differ on whether this type and grade of disability is helped here; a row of the place settles it."
        ),
        (_UNCLEAR,),
    ),
    Reason.AMOUNT_MISSING: (
        N_("The person is eligible; the amount of the place is not held."),
        (_GRADE,),
    ),
}
_WORDS = {Reason.TEKUN: "tekun", Reason.WORK_INJURY: "work_injury_care"}


def tell(
    result: Result,
    resolved: Resolved[Terms],
    facts: Facts,
    applicant: Applicant,
    on: date,
    standards: Standards,
) -> Told:
    """What the decision on a person says of the rule's result."""
    granted = result.outcome is Outcome.GRANTED
    person = applicant.person
    case = facts.case
    kind = DisabilityType(case.disability_type).name.lower() if case.disability_type else ""
    keys = _keys(case.assistance, case.disability_grade)
    found = standards.get(_AMOUNT, applicant.area, on, kinds=None, **keys)
    award = None
    if granted:
        start = first_payment(resolved, "disability.first_payment", on)
        award = Award(to_yuan(result.pay_month), Per.MONTH, 1, start)
    asked = [(_AMOUNT, keys)] if result.reason is Reason.AMOUNT_MISSING else []
    missing = tuple(not_held(asked, standards, applicant.area, on))
    if result.reason is Reason.TYPE_UNCLEAR:
        missing = (_unclear(resolved, applicant.area, on, kind, standards),)
    reasons = tuple(_reasons(result))
    months = resolved.held.get(_MONTHS)
    values: dict[str, Decimal | int] = {"months": Reading.whole(months)}
    chosen = (
        choice(person.other_care_month, to_yuan(result.pay_month)) if _SAME in resolved.held else ()
    )
    excluding = tuple(_WORDS[reason] for reason in reasons if reason in _WORDS)
    return Told(
        award=award,
        grounds=tuple(
            ground(
                reason,
                _GROUNDS,
                values,
                resolved,
                words=(_WORDS[reason],) if reason in _WORDS else (kind,),
            )
            for reason in reasons
        ),
        notes=(*floors([found]), *chosen) if granted else (),
        missing=missing,
        aside=frozenset(
            (_GRADE, _UNCLEAR, _MONTHS, _EXCLUDED, *(() if granted else (_AMOUNT, _SAME)))
        ),
        rows=(found,) if found else (),
        only=(
            (_EXCLUDED, excluding),
            (_GRADE, (kind,)),
            (_UNCLEAR, (kind,)),
        ),
    )


def _keys(assistance: Assistance, grade: int) -> dict[str, str]:
    """The key words of the amount; of no disability those of the first grade."""
    group = "dibao" if assistance is Assistance.DIBAO else "other"
    return {"assistance": group, "grade": f"grade_{grade or 1}"}


def _reasons(result: Result) -> Iterator[Reason]:
    """The reason that decides, and of a refusal every other."""
    yield result.reason
    if result.outcome is Outcome.REFUSED:
        failed = {
            Reason.NOT_SEVERE: result.not_severe,
            Reason.TEKUN: result.is_tekun,
            Reason.NO_LONG_TERM_CARE: result.no_long_term_care,
            Reason.WORK_INJURY: result.work_injury,
        }
        yield from (each for each, fails in failed.items() if fails and each != result.reason)


def _unclear(
    resolved: Resolved[Terms], area: str, on: date, kind: str, standards: Standards
) -> Missing:
    """The row that would settle a type of which the sources differ, and the rows that differ."""
    series = standards.series[_GRADE]
    rows = (each.figure for each in resolved.used if each.figure.series in (_GRADE, _UNCLEAR))
    held = tuple(each for each in rows if not each.keys or ("type", kind) in each.keys)
    keys, tried = (("type", kind),), standards.areas.levels(area, on)
    return Missing.figure(NotHeld(series, area, on, keys, series.deciding, held, (), tried))
