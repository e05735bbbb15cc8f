"""Telling a result of the subsidies of elders in hardship: reasons, notes, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from minzheng.base.i18n import N_
from minzheng.base.money import to_yuan
from minzheng.benefits.bands import AGES
from minzheng.benefits.elderly_subsidy.facts import Reason, Result, Terms
from minzheng.benefits.elderly_subsidy.terms import CARE_AGE
from minzheng.benefits.telling import Asked, Told, floors, ground, not_held
from minzheng.benefits.unknowns import Facts
from minzheng.decision import Award
from minzheng.people import Applicant, Assistance
from minzheng.rules import Outcome
from minzheng.standards import Found, Per, Standards
from minzheng.standards.reading import Resolved

__all__ = ["tell"]

_AMOUNT = "elderly_subsidy.amount"
_LEVEL = "elderly_subsidy.level"
_COMBINE = "elderly_subsidy.combine"
_EXCLUDED = "elderly_subsidy.excluded"
_ELDERLY = "age.elderly"
_LAW = "elderly_subsidy.by_degree"
_GROUNDS: dict[Reason, tuple[str, tuple[str, ...]]] = {
    Reason.ELIGIBLE: (
        N_("By age, care and the class of the family the person falls into a tier of the place."),
        (_AMOUNT, _LAW),
    ),
    Reason.NOT_ELDERLY: (N_("The person is younger than {elderly}."), (_ELDERLY,)),
    Reason.NO_TIER: (
        N_("By age, care and the class of the family the person falls into no tier of the place."),
        (_AMOUNT,),
    ),
    Reason.DRAWS_DISABILITY_CARE: (
        N_("Who draws the care subsidy of severe disability has no part for care here."),
        (_EXCLUDED,),
    ),
    Reason.AMOUNT_MISSING: (N_("No amount of the place is held for that age."), (_LAW,)),
    Reason.COMBINE_MISSING: (
        N_(
            "The part for age and the part for care are both due; no row of the place says how they combine."
        ),
        (),
    ),
    Reason.SCALE_NOT_NAMED: (N_("The place does not name the scale of the assessment."), (_LEVEL,)),
}


def tell(
    result: Result,
    resolved: Resolved[Terms],
    facts: Facts,
    applicant: Applicant,
    on: date,
    standards: Standards,
) -> Told:
    """What the decision on a person says of the rule's result."""
    t = resolved.terms
    assert t is not None
    granted = result.outcome is Outcome.GRANTED
    group = _group(facts.case.assistance)
    parts = tuple(_parts(result, group, facts, applicant, on, standards))
    values: dict[str, Decimal | int] = {"elderly": t.elderly_age}
    reasons = [result.reason]
    if result.not_with_care and granted:
        reasons.append(Reason.DRAWS_DISABILITY_CARE)
    named = tuple(word for each in parts for key, word in each.figure.keys if key == "part")
    words = {Reason.DRAWS_DISABILITY_CARE: ("disability_care",)}
    asked = _asked(result, group)
    return Told(
        award=Award(to_yuan(result.pay_month), Per.MONTH, 1) if granted else None,
        grounds=tuple(
            ground(each, _GROUNDS, values, resolved, words=words.get(each, named))
            for each in reasons
        ),
        notes=tuple(floors(parts)) if granted else (),
        missing=tuple(not_held(asked, standards, applicant.area, on)),
        aside=frozenset(
            (_ELDERLY, _EXCLUDED, _LAW, *(() if granted else (_AMOUNT, _LEVEL, _COMBINE)))
        ),
        rows=parts,
    )


def _group(assistance: Assistance) -> str:
    """The class of the family as the series say it."""
    own = assistance in (Assistance.DIBAO, Assistance.TEKUN)
    return assistance.name.lower() if own else "other"


def _parts(
    result: Result,
    group: str,
    facts: Facts,
    applicant: Applicant,
    on: date,
    standards: Standards,
) -> Iterator[Found]:
    """The rows of the parts that are due."""
    wanted = {
        "aged": result.band if result.aged_month >= 0 else 0,
        "bereaved": CARE_AGE if result.aged_month >= 0 and facts.case.only_child_died else 0,
        "care": CARE_AGE if result.care_month >= 0 else 0,
    }
    for part, age in wanted.items():
        keys = {"part": part, "assistance": group, "age": str(age)}
        found = standards.get(_AMOUNT, applicant.area, on, kinds=None, **keys) if age else None
        if found is not None:
            yield found


def _asked(result: Result, group: str) -> Iterator[Asked]:
    """The look-ups that a rule's own "undetermined" hangs on."""
    if result.reason is Reason.COMBINE_MISSING:
        yield _COMBINE, {}
    elif result.reason is Reason.AMOUNT_MISSING:
        band = max((age for age in AGES if age <= result.age), default=AGES[0])
        yield _AMOUNT, {"part": "aged", "assistance": group, "age": str(band)}
