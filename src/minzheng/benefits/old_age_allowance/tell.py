"""Telling a result of the old-age allowance: the reasons, the notes, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from minzheng.base.dates import first_of_next_month
from minzheng.base.i18n import N_
from minzheng.base.money import to_yuan
from minzheng.benefits.bands import AGES
from minzheng.benefits.old_age_allowance.facts import Reason, Result, Terms
from minzheng.benefits.telling import Told, floors, ground, not_held
from minzheng.benefits.unknowns import Facts
from minzheng.decision import Award, Note
from minzheng.people import Applicant
from minzheng.rules import Outcome
from minzheng.standards import Per, Standards
from minzheng.standards.reading import Reading, Resolved

__all__ = ["tell"]

_AMOUNT = "old_age_allowance.amount"
_FROM = "old_age_allowance.from"
_FIRST = "old_age_allowance.first_month"
_EVERY = "old_age_allowance.paid_every"
_GROUNDS: dict[Reason, tuple[str, tuple[str, ...]]] = {
    Reason.OF_AGE: (
        N_("The person is {age} years old; the place pays from {band} on."),
        (_AMOUNT,),
    ),
    Reason.TOO_YOUNG: (
        N_("The person is {age} years old; the allowance is for those of {from} and more."),
        (_FROM,),
    ),
    Reason.AMOUNT_MISSING: (
        N_(
            "The person is {age} years old; the law only encourages places to pay from {from} on, and the amount of this place is not held."
        ),
        (_FROM,),
    ),
}
_BIRTHDAY = N_("The month of the birthday counts as a whole.")
_EVERY_MONTHS = N_("Paid out every {months} months, {amount} each time.")


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
    hardship = "yes" if facts.case.in_hardship else "no"
    band = result.band or max((age for age in AGES if age <= result.age), default=AGES[0])
    keys = {"age": str(band), "hardship": hardship}
    found = standards.get(_AMOUNT, applicant.area, on, kinds=None, **keys) if granted else None
    first = resolved.held.get(_FIRST)
    award = None
    if found is not None:
        yearly = found.figure.per is Per.YEAR
        amount = to_yuan(result.pay_year if yearly else result.pay_year // 12)
        after = first is not None and first.value == "after_approval"
        award = Award(amount, found.figure.per, 1, first_of_next_month(on) if after else None)
    values: dict[str, Decimal | int] = {"age": result.age, "band": band, "from": t.from_age}
    asked = [(_AMOUNT, keys)] if result.reason is Reason.AMOUNT_MISSING else []
    words = (str(band),)
    return Told(
        award=award,
        grounds=(ground(result.reason, _GROUNDS, values, resolved, words=words),),
        notes=(*floors([found]), *_notes(result, resolved)) if granted else (),
        missing=tuple(not_held(asked, standards, applicant.area, on)),
        aside=frozenset((_FROM, *(() if granted else (_AMOUNT, _FIRST, _EVERY)))),
        rows=(found,) if found else (),
    )


def _notes(result: Result, resolved: Resolved[Terms]) -> Iterator[Note]:
    if resolved.terms is not None and resolved.terms.birthday_month:
        yield Note(_BIRTHDAY)
    months = Reading.whole(resolved.held.get(_EVERY))
    if months:
        yield Note(
            _EVERY_MONTHS, {"months": months, "amount": to_yuan(result.pay_year * months // 12)}
        )
