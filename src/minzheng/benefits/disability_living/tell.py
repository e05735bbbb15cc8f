"""Telling a result of the living subsidy: the reasons, the notes, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from minzheng.base.i18n import N_
from minzheng.base.money import to_yuan
from minzheng.benefits.disability_living.facts import Reason, Result, Terms
from minzheng.benefits.same_purpose import choice
from minzheng.benefits.telling import Told, first_payment, floors, ground, not_held
from minzheng.benefits.unknowns import Facts
from minzheng.decision import Award, Ground, Note
from minzheng.people import Applicant, Assistance
from minzheng.rules import Outcome
from minzheng.standards import Found, Per, Standards
from minzheng.standards.reading import Resolved

__all__ = ["tell"]

_AMOUNT = "disability_living.amount"
_ELIGIBLE = "disability_living.eligible"
_EXCLUDED = "disability_living.excluded"
_GROUNDS: dict[Reason, tuple[str, tuple[str, ...]]] = {
    Reason.ELIGIBLE: (
        N_("The person has a disability certificate and a family of a class that is helped."),
        (_ELIGIBLE,),
    ),
    Reason.NOT_DISABLED: (N_("The person has no disability certificate."), (_ELIGIBLE,)),
    Reason.TEKUN: (N_("Who is supported as tekun has no disability subsidy."), (_EXCLUDED,)),
    Reason.NOT_IN_CLASS: (
        N_("The family draws no dibao, and no row of the place extends the subsidy to its class."),
        (_ELIGIBLE,),
    ),
    Reason.WORK_INJURY: (
        N_("Who draws living care of work-injury insurance has no disability subsidy."),
        (_EXCLUDED,),
    ),
    Reason.CHILD_ALLOWANCE: (
        N_(
            "Who takes an orphan's or in full an unattended child's allowance has no living subsidy."
        ),
        (_EXCLUDED,),
    ),
    Reason.RETIRED_CADRE: (N_("A retired cadre has no living subsidy here."), (_EXCLUDED,)),
    Reason.AMOUNT_MISSING: (
        N_("The person is eligible; the amount of the place is not held."),
        (_ELIGIBLE,),
    ),
}
_WORDS = {
    Reason.TEKUN: "tekun",
    Reason.WORK_INJURY: "work_injury_care",
    Reason.CHILD_ALLOWANCE: "child_allowance",
    Reason.RETIRED_CADRE: "retired_cadre",
}
_SAME = "disability.same_purpose"
_CADRE = N_("No row of the place says whether retired cadres are excluded.")


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
    word = _word(facts.case.assistance)
    found = standards.get(_AMOUNT, applicant.area, on, assistance=word)
    award = None
    if granted:
        start = first_payment(resolved, "disability.first_payment", on)
        award = Award(to_yuan(result.pay_month), Per.MONTH, 1, start)
    asked = [(_AMOUNT, {"assistance": word})] if result.reason is Reason.AMOUNT_MISSING else []
    notes: tuple[Note, ...] = ()
    if granted:
        notes = tuple(_notes(result, resolved, applicant, found))
    reasons = tuple(_reasons(result))
    excluding = tuple(_WORDS[reason] for reason in reasons if reason in _WORDS)
    return Told(
        award=award,
        grounds=tuple(_grounds(reasons, resolved, word)),
        notes=notes,
        missing=tuple(not_held(asked, standards, applicant.area, on)),
        aside=frozenset((_ELIGIBLE, _EXCLUDED, *(() if granted else (_AMOUNT, _SAME)))),
        rows=(found,) if found else (),
        only=((_ELIGIBLE, ("dibao", word)), (_EXCLUDED, excluding)),
    )


def _word(assistance: Assistance) -> str:
    """The class of the family as the series say it."""
    return "dibao" if assistance is Assistance.DIBAO else _OTHERS.get(assistance, "none")


_OTHERS = {Assistance.DIBAO_MARGINAL: "dibao_marginal"}


def _notes(
    result: Result, resolved: Resolved[Terms], applicant: Applicant, found: Found | None
) -> Iterator[Note]:
    t, person = resolved.terms, applicant.person
    assert t is not None
    yield from floors([found])
    if person.retired_cadre and not t.not_with_retired_cadre:
        yield Note(_CADRE)
    if _SAME in resolved.held:
        yield from choice(person.other_living_month, to_yuan(result.pay_month))


def _reasons(result: Result) -> Iterator[Reason]:
    """The reason that decides, and of a refusal every other."""
    yield result.reason
    if result.outcome is Outcome.REFUSED:
        failed = {
            Reason.NOT_DISABLED: result.not_disabled,
            Reason.TEKUN: result.is_tekun,
            Reason.NOT_IN_CLASS: result.not_in_class,
            Reason.WORK_INJURY: result.work_injury,
            Reason.CHILD_ALLOWANCE: result.child_allowance,
            Reason.RETIRED_CADRE: result.retired_cadre,
        }
        yield from (each for each, fails in failed.items() if fails and each != result.reason)


def _grounds(reasons: tuple[Reason, ...], resolved: Resolved[Terms], word: str) -> Iterator[Ground]:
    for reason in reasons:
        words = (_WORDS[reason],) if reason in _WORDS else ("dibao", word)
        yield ground(reason, _GROUNDS, {}, resolved, words=words)
