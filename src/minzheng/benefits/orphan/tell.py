"""Telling a result of the orphans' allowance: the reasons, and the figures that are missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from minzheng.base.i18n import N_
from minzheng.base.money import to_yuan
from minzheng.benefits.child_rate import asked_rate, rate_rows
from minzheng.benefits.orphan.facts import Reason, Result, Terms
from minzheng.benefits.parents import parent_states
from minzheng.benefits.telling import Asked, Told, first_payment, floors, ground, not_held
from minzheng.benefits.unknowns import Facts
from minzheng.decision import Award, Ground, Note
from minzheng.people import Applicant
from minzheng.rules import Outcome
from minzheng.standards import Per, Standards
from minzheng.standards.reading import Resolved

__all__ = ["tell"]

_DEFINED = ("orphan.conditions", "orphan.parent")
_GROUNDS: dict[Reason, tuple[str, tuple[str, ...]]] = {
    Reason.ORPHAN: (
        N_("A minor whose parents are both lost, or cannot be found, is an orphan."),
        _DEFINED,
    ),
    Reason.HIV: (
        N_("A minor infected with the AIDS virus gets the rate of orphans."),
        ("orphan.hiv",),
    ),
    Reason.BIRTHDAY_MONTH: (
        N_("Recognised as an orphan before coming of age in this month, which is still paid."),
        ("orphan.stop",),
    ),
    Reason.AT_SCHOOL: (
        N_("Recognised as an orphan while a minor, and still at a school for which is paid."),
        ("orphan.continues",),
    ),
    Reason.OF_AGE: (N_("Nobody of age is paid, unless a rule of the place says so."), _DEFINED),
    Reason.ADOPTED: (N_("Adoption ends the status of an orphan."), ("orphan.adopted",)),
    Reason.NOT_ORPHANED: (
        N_("A parent is alive and to be found, and no court has declared otherwise."),
        _DEFINED,
    ),
    Reason.UNSETTLED_BIRTHDAY_MONTH: (
        N_("No rule held says whether the month of coming of age is still paid."),
        (),
    ),
    Reason.UNSETTLED_SCHOOL: (
        N_("No rule held says whether somebody of age is paid while at that school."),
        (),
    ),
    Reason.UNSETTLED_PARENTS: (
        N_("No rule held says whether one parent lost and one who cannot be found make an orphan."),
        (),
    ),
    Reason.UNSETTLED_HIV: (
        N_("No rule held says whether children infected with the AIDS virus get the rate."),
        (),
    ),
    Reason.RATE_MISSING: (
        N_("The conditions are met; the rate of the place is not held."),
        (),
    ),
}
_ASIDE = frozenset(
    (
        *(series for _text, rows in _GROUNDS.values() for series in rows),
        *(
            "age.adult",
            "dibao.standard",
            "orphan.rate",
            "orphan.multiple",
            "de_facto_unattended.parent",
        ),
        *(
            "de_facto_unattended.term_months",
            "de_facto_unattended.contact_months",
            "de_facto_unattended.severe_grade",
        ),
        *("orphan.lost_and_untraceable", "child.rounding.unit", "child.rounding.mode"),
        "orphan.first_payment",
    )
)
_PAID = ("orphan.first_payment", "orphan.rate", "orphan.multiple", "dibao.standard")
_NO_FIRST = N_("No rule held says from which month the allowance is paid.")


def tell(
    result: Result,
    resolved: Resolved[Terms],
    facts: Facts,
    applicant: Applicant,
    on: date,
    standards: Standards,
) -> Told:
    """What the decision on a child says of the rule's result."""
    granted = result.outcome is Outcome.GRANTED
    award = None
    notes: tuple[Note, ...] = ()
    rows = rate_rows(applicant, facts.case.placement, standards, on)
    if granted:
        start = first_payment(resolved, "orphan.first_payment", on)
        award = Award(to_yuan(result.pay_month), Per.MONTH, 1, start)
        notes = (*floors(rows), *([] if start else [Note(_NO_FIRST)]))
    return Told(
        award=award,
        grounds=tuple(_grounds(result, resolved, facts)),
        notes=notes,
        missing=tuple(
            not_held(_asked(result, facts, applicant, standards, on), standards, applicant.area, on)
        ),
        aside=_ASIDE - frozenset(_PAID) if granted else _ASIDE,
        only=(("orphan.parent", parent_states(facts.case)),),
        rows=rows,
    )


def _grounds(result: Result, resolved: Resolved[Terms], facts: Facts) -> Iterator[Ground]:
    reasons = [result.reason]
    if result.outcome is Outcome.REFUSED:
        failed = {
            Reason.OF_AGE: result.of_age,
            Reason.ADOPTED: result.adopted,
            Reason.NOT_ORPHANED: result.not_orphaned,
        }
        reasons += [reason for reason, fails in failed.items() if fails]
    for reason in dict.fromkeys(reasons):
        words: tuple[str, ...] = ()
        if reason is Reason.AT_SCHOOL:
            words = (facts.case.school.name.lower(),)
        if reason is Reason.ORPHAN:
            words = parent_states(facts.case)
        yield ground(reason, _GROUNDS, {}, resolved, words=words)


def _asked(
    result: Result, facts: Facts, a: Applicant, standards: Standards, on: date
) -> Iterator[Asked]:
    """The look-ups that a rule's own "undetermined" hangs on."""
    if result.reason is Reason.UNSETTLED_BIRTHDAY_MONTH:
        yield "orphan.stop", {"event": "of_age"}
    elif result.reason is Reason.UNSETTLED_SCHOOL:
        yield "orphan.continues", {"school": facts.case.school.name.lower()}
    elif result.reason is Reason.UNSETTLED_PARENTS:
        yield "orphan.lost_and_untraceable", {}
    elif result.reason is Reason.UNSETTLED_HIV:
        yield "orphan.hiv", {}
    elif result.reason is Reason.RATE_MISSING:
        yield from asked_rate(a, facts.case.placement, standards, on)
