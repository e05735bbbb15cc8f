"""Telling a result of the care vouchers: the reasons, the notes, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from minzheng.base.i18n import N_
from minzheng.base.money import to_yuan
from minzheng.benefits.care_voucher.facts import Reason, Result, Terms
from minzheng.benefits.telling import Asked, Told, ground, not_held
from minzheng.benefits.unknowns import Facts
from minzheng.decision import Award, Note
from minzheng.people import Applicant
from minzheng.rules import Outcome
from minzheng.standards import Per, Standards
from minzheng.standards.reading import Reading, Resolved

__all__ = ["tell"]

_AGE = "care_voucher.age"
_LEVEL = "care_voucher.level"
_SHARE = "care_voucher.share"
_CAP = "care_voucher.cap"
_ASSESSMENT = "care_voucher.assessment"
_EXCLUDED = "care_voucher.excluded"
_GROUNDS: dict[Reason, tuple[str, tuple[str, ...]]] = {
    Reason.ELIGIBLE: (
        N_("The person is {elderly} or older, of level {level} or worse, and buys care."),
        (_AGE, _LEVEL),
    ),
    Reason.NOT_ELDERLY: (N_("The person is younger than {elderly}."), (_AGE,)),
    Reason.NOT_INCAPACITATED: (
        N_("The ability assessed is better than level {level} of GB/T 42195."),
        (_LEVEL,),
    ),
    Reason.TEKUN: (N_("Who is supported as tekun has no care vouchers."), (_EXCLUDED,)),
    Reason.CENTRALISED_CARE: (
        N_("Who draws the grant of centralised care has no care vouchers."),
        (_EXCLUDED,),
    ),
    Reason.IMPROVEMENT_ACTION: (
        N_("Who is served under the improvement action has no care vouchers."),
        (_EXCLUDED,),
    ),
    Reason.NO_SPENDING: (
        N_("Nothing was spent on care in the month, net of long-term care insurance."),
        (_SHARE,),
    ),
    Reason.SHARE_MISSING: (N_("No share is held for care of that kind."), ()),
}
_WORDS = {
    Reason.TEKUN: "tekun",
    Reason.CENTRALISED_CARE: "centralised_care",
    Reason.IMPROVEMENT_ACTION: "improvement_action",
}
_CAPPED = N_("The vouchers are cut to the ceiling of the month, {cap}.")
_ASSESSED = N_("The ability assessment itself is supported with a voucher of {amount}.")


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
    service = facts.case.service
    values: dict[str, Decimal | int] = {"elderly": t.from_age, "level": t.from_level}
    reasons = tuple(_reasons(result))
    asked: list[Asked] = []
    if result.reason is Reason.SHARE_MISSING:
        asked.append((_SHARE, {"service": service.name.lower()}))
    excluding = tuple(_WORDS[reason] for reason in reasons if reason in _WORDS)
    aside = () if granted else (_SHARE, _CAP, _ASSESSMENT)
    return Told(
        award=Award(to_yuan(result.pay_month), Per.MONTH, 1) if granted else None,
        grounds=tuple(
            ground(
                reason,
                _GROUNDS,
                values,
                resolved,
                words=(_WORDS[reason],) if reason in _WORDS else (),
            )
            for reason in reasons
        ),
        notes=tuple(_notes(result, resolved, t)) if granted else (),
        missing=tuple(not_held(asked, standards, applicant.area, on)),
        aside=frozenset((_AGE, _LEVEL, _EXCLUDED, *aside)),
        only=((_SHARE, (service.name.lower(),)), (_EXCLUDED, excluding)),
    )


def _reasons(result: Result) -> Iterator[Reason]:
    """The reason that decides, and of a refusal every other."""
    yield result.reason
    if result.outcome is Outcome.REFUSED:
        failed = {
            Reason.NOT_ELDERLY: result.not_elderly,
            Reason.NOT_INCAPACITATED: result.not_incapacitated,
            Reason.TEKUN: result.is_tekun,
            Reason.CENTRALISED_CARE: result.centralised_care,
            Reason.IMPROVEMENT_ACTION: result.improvement_action,
            Reason.NO_SPENDING: result.no_spending,
        }
        yield from (each for each, fails in failed.items() if fails and each != result.reason)


def _notes(result: Result, resolved: Resolved[Terms], t: Terms) -> Iterator[Note]:
    if result.capped:
        yield Note(_CAPPED, {"cap": to_yuan(t.cap)})
    assessment = Reading.fen(resolved.held.get(_ASSESSMENT))
    if assessment:
        yield Note(_ASSESSED, {"amount": to_yuan(assessment)})
