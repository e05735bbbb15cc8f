"""Telling a result for a child in difficulty: the reasons, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from minzheng.base.i18n import N_
from minzheng.base.money import to_yuan
from minzheng.benefits.child_rate import asked_rate, rate_rows
from minzheng.benefits.children_in_difficulty.facts import Reason, Result, Terms, Tier
from minzheng.benefits.telling import Asked, Told, floors, ground, not_held
from minzheng.benefits.unknowns import Facts
from minzheng.decision import Award, Ground
from minzheng.people import Applicant, DrawnKind
from minzheng.rules import Outcome
from minzheng.standards import Per, Standards
from minzheng.standards.reading import Resolved

__all__ = ["tell"]

_SHARE = "children_in_difficulty.share"
_POOR = "children_in_difficulty.poor"
_DEDUCTED = "children_in_difficulty.deducted"
_NETTING = "children_in_difficulty.netting"
_TIERS: dict[Tier, tuple[str, tuple[str, ...]]] = {
    Tier.HIV: (N_("A child infected with the AIDS virus is in a tier that the place pays."), ()),
    Tier.POOR_SEVERE: (
        N_("A severely disabled or seriously ill child of a poor family is in a tier paid."),
        (_POOR,),
    ),
    Tier.POOR_OTHER: (N_("A child of a poor family is in a tier that the place pays."), (_POOR,)),
    Tier.SEVERE: (
        N_("A severely disabled or seriously ill child is in a tier that the place pays."),
        (),
    ),
}
_GROUNDS: dict[Reason, tuple[str, tuple[str, ...]]] = {
    Reason.NOTHING_LEFT: (N_("What is taken off, {deducted} a month, reaches the rate."), ()),
    Reason.OF_AGE: (N_("The allowance is for minors."), ("age.adult",)),
    Reason.CHILD_ALLOWANCE: (
        N_("The child takes the allowance of orphans or unattended children."),
        (),
    ),
    Reason.NO_TIER: (N_("The child is in none of the tiers that the place pays."), (_SHARE,)),
    Reason.NO_TIERS_HELD: (N_("No tier of the place is held."), ()),
    Reason.RATE_MISSING: (N_("The conditions are met; the rate of the place is not held."), ()),
    Reason.STANDARD_MISSING: (
        N_("The dibao standard is to be taken from the rate, and none is held."),
        (_DEDUCTED,),
    ),
}
_PAID = ("orphan.rate", "orphan.multiple", "dibao.standard", _DEDUCTED, _NETTING)
_ROUNDING = ("child.rounding.unit", "child.rounding.mode")
_ASIDE = frozenset((*_PAID, *_ROUNDING, _SHARE, _POOR, "age.adult"))


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
    award = Award(to_yuan(result.pay_month), Per.MONTH, 1) if granted else None
    rows = rate_rows(applicant, facts.case.placement, standards, on)
    tier = (result.tier.name.lower(),)
    case = facts.case
    kinds = (each.name.lower() for each in DrawnKind)
    drawn = tuple(kind for kind in kinds if getattr(case, f"drawn_{kind}"))
    asked = _asked(result, facts, applicant, standards, on)
    return Told(
        award=award,
        grounds=tuple(_grounds(result, resolved, tier)),
        notes=tuple(floors(rows)) if granted else (),
        missing=tuple(not_held(asked, standards, applicant.area, on)),
        aside=_ASIDE - {*_PAID, *_ROUNDING} if granted else _ASIDE,
        only=(
            *(((_SHARE, tier), (_DEDUCTED, tier)) if result.tier else ()),
            (_NETTING, drawn),
            (_POOR, (case.assistance.name.lower(),)),
        ),
        rows=rows,
    )


def _grounds(result: Result, resolved: Resolved[Terms], tier: tuple[str, ...]) -> Iterator[Ground]:
    values: dict[str, Decimal | int] = {"deducted": to_yuan(max(result.deducted_month, 0))}
    if result.tier in _TIERS and result.outcome is not Outcome.REFUSED:
        yield ground(
            result.tier,
            _TIERS,
            values,
            resolved,
            (_SHARE,),
            (*tier, "dibao", "dibao_marginal", "tekun"),
        )
    reasons = [result.reason]
    if result.outcome is Outcome.REFUSED:
        failed = {
            Reason.OF_AGE: result.of_age,
            Reason.CHILD_ALLOWANCE: result.child_allowance,
        }
        reasons += [reason for reason, fails in failed.items() if fails]
    for reason in dict.fromkeys(reasons):
        if reason in _GROUNDS:
            yield ground(reason, _GROUNDS, values, resolved)


def _asked(
    result: Result, facts: Facts, a: Applicant, standards: Standards, on: date
) -> Iterator[Asked]:
    """The look-ups that a rule's own "undetermined" hangs on."""
    if result.reason is Reason.NO_TIERS_HELD:
        yield _SHARE, {}
    elif result.reason is Reason.RATE_MISSING:
        yield from asked_rate(a, facts.case.placement, standards, on)
    elif result.reason is Reason.STANDARD_MISSING:
        yield "dibao.standard", {"residence": a.residence.name.lower()}
