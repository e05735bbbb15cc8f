"""Telling a result for a child in fact unattended: the reasons, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from minzheng.base.i18n import N_
from minzheng.base.money import to_yuan
from minzheng.benefits.child_rate import asked_rate, rate_rows
from minzheng.benefits.de_facto_unattended.facts import Reason, Result, Terms
from minzheng.benefits.parents import parent_states
from minzheng.benefits.telling import Told, first_payment, floors, ground, not_held
from minzheng.benefits.unknowns import Facts
from minzheng.decision import Award, Ground
from minzheng.people import Applicant, DisabilityType, DrawnKind, ParentState
from minzheng.rules import Outcome
from minzheng.standards import Per, Standards
from minzheng.standards.reading import Resolved

__all__ = ["tell"]

_PARENT = "de_facto_unattended.parent"
_DEFINED = ("de_facto_unattended.conditions", _PARENT)
_NETTING = "de_facto_unattended.netting"
_GROUNDS: dict[Reason, tuple[str, tuple[str, ...]]] = {
    Reason.DE_FACTO_UNATTENDED: (
        N_("A minor whose parents are both in a state that the law names is in fact unattended."),
        _DEFINED,
    ),
    Reason.TOPPED_UP: (
        N_("The child draws {netted} a month already; the difference to the rate is paid."),
        (_NETTING,),
    ),
    Reason.NOTHING_LEFT: (
        N_("The child draws {netted} a month already, which reaches the rate; nothing is left."),
        (_NETTING,),
    ),
    Reason.OF_AGE: (N_("The subsidy is for minors."), ("de_facto_unattended.conditions",)),
    Reason.ORPHAN: (
        N_("Both parents are lost: the allowance of orphans is due instead."),
        ("orphan.conditions", _PARENT, "orphan.parent"),
    ),
    Reason.PARENT_PRESENT: (
        N_("A parent is in none of the states that the rule of this day names."),
        _DEFINED,
    ),
    Reason.RATE_MISSING: (N_("The conditions are met; the rate of the place is not held."), ()),
}
_DETAINED = (
    ParentState.IN_PRISON,
    ParentState.DRUG_REHABILITATION,
    ParentState.OTHERWISE_DETAINED,
)
_TESTS = {
    **dict.fromkeys(_DETAINED, "de_facto_unattended.term_months"),
    ParentState.OUT_OF_CONTACT: "de_facto_unattended.contact_months",
    ParentState.SEVERELY_DISABLED: "de_facto_unattended.severe_grade",
}
_PAID = (
    "de_facto_unattended.first_payment",
    "de_facto_unattended.share",
    "orphan.rate",
    "orphan.multiple",
    "dibao.standard",
    "child.rounding.unit",
    "child.rounding.mode",
)
_ASIDE = frozenset(
    (
        *_PAID,
        *(series for _text, rows in _GROUNDS.values() for series in rows),
        *_TESTS.values(),
        "age.adult",
        "orphan.lost_and_untraceable",
    )
)


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
    rows = rate_rows(applicant, facts.case.placement, standards, on)
    if granted:
        start = first_payment(resolved, "de_facto_unattended.first_payment", on)
        award = Award(to_yuan(result.pay_month), Per.MONTH, 1, start)
    missing = result.reason is Reason.RATE_MISSING
    asked = asked_rate(applicant, facts.case.placement, standards, on) if missing else iter(())
    return Told(
        award=award,
        grounds=tuple(_grounds(result, resolved, facts)),
        notes=tuple(floors(rows)) if granted else (),
        missing=tuple(not_held(asked, standards, applicant.area, on)),
        aside=_ASIDE - frozenset(_PAID) if granted else _ASIDE,
        only=(
            (_PARENT, parent_states(facts.case)),
            ("orphan.parent", parent_states(facts.case)),
            (_NETTING, _kinds(facts)),
            ("de_facto_unattended.severe_grade", _types(facts)),
        ),
        rows=rows,
    )


def _kinds(facts: Facts) -> tuple[str, ...]:
    return tuple(
        word for kind in DrawnKind if getattr(facts.case, f"drawn_{(word := kind.name.lower())}")
    )


def _types(facts: Facts) -> tuple[str, ...]:
    types = (facts.case.first_disability_type, facts.case.second_disability_type)
    return tuple(DisabilityType(each).name.lower() for each in types if each)


def _grounds(result: Result, resolved: Resolved[Terms], facts: Facts) -> Iterator[Ground]:
    values: dict[str, Decimal | int] = {"netted": to_yuan(result.netted_month)}
    reasons = [result.reason]
    if result.outcome is Outcome.GRANTED:
        reasons.insert(0, Reason.DE_FACTO_UNATTENDED)
    if result.outcome is Outcome.REFUSED:
        failed = {
            Reason.OF_AGE: result.of_age,
            Reason.ORPHAN: result.is_orphan,
            Reason.PARENT_PRESENT: result.parent_present and not result.of_age,
        }
        reasons += [reason for reason, fails in failed.items() if fails]
    for reason in dict.fromkeys(reasons):
        series: tuple[str, ...] = ()
        words = (*parent_states(facts.case), *_types(facts))
        if reason in (Reason.TOPPED_UP, Reason.NOTHING_LEFT):
            words = _kinds(facts)
        elif reason in (Reason.DE_FACTO_UNATTENDED, Reason.PARENT_PRESENT):
            states = {facts.case.first_state, facts.case.second_state}
            series = tuple(dict.fromkeys(_TESTS[each] for each in sorted(states) if each in _TESTS))
        yield ground(reason, _GROUNDS, values, resolved, series, words)
