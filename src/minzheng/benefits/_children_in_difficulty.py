"""The local basic living allowance of other children in difficulty (困境儿童基本生活费).

国发〔2016〕36号 leaves it to each place whom it pays and how much; places that pay do so in tiers,
each a share of the rate of orphans. Only the tiers of Yiwu are bundled.

Limitations:
    Children in difficulty for want of care at home (家庭监护缺失) get no money by these tiers.
    Who is severely disabled or seriously ill is the authority's finding.

Example:
    >>> from datetime import date
    >>> from minzheng.people import *
    >>> child = Person(
    ...     relation=Relation.APPLICANT, birth=date(2012, 3, 1), child_allowance=False,
    ...     hiv=False, severe=True, assistance=Assistance.NONE)
    >>> applicant = Applicant(
    ...     id="case-8", area="330782", residence=Residence.RURAL, person=child,
    ...     placement=Placement.DISPERSED)
    >>> children_in_difficulty.assess(applicant, on=date(2023, 4, 1)).award.amount
    Decimal('469.00')
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import Any

from attrs import frozen

from minzheng.base.i18n import N_
from minzheng.base.money import round_fen
from minzheng.benefits._engine import (
    Ask,
    Benefit,
    Case,
    ParameterReader,
    Reasons,
    Vector,
    age,
    amount,
    code,
    computed,
    distinct,
    fact,
    figure,
    grant,
    refuse,
    term,
    undetermined,
)
from minzheng.benefits.common.child_rate import (
    RATE_ROWS,
    ROUNDING,
    Rates,
    asked_rate,
    rate_row,
    rounded,
    scaled,
    twelfth,
)
from minzheng.benefits.common.concurrent_benefits import drawn, drawn_words, taken_off
from minzheng.decision import Note
from minzheng.people import Assistance, DrawnKind, Person, Placement
from minzheng.rules import Outcome
from minzheng.standards import Found

__all__ = ["children_in_difficulty"]

_SHARE, _POOR, _DEDUCTED, _NETTING = (
    f"children_in_difficulty.{each}" for each in ("share", "poor", "deducted", "netting")
)


class Tier(IntEnum):
    """The tiers that a place may pay, in the order in which they are tried."""

    HIV = 0
    """艾滋病病毒感染儿童"""
    POOR_SEVERE = 1
    """重病重残, in a poor family"""
    POOR_OTHER = 2
    """any other child of a poor family"""
    SEVERE = 3
    """重病重残, in another family"""
    NONE = 4


class Deducted(IntEnum):
    """What is taken from the rate before the share."""

    NOTHING = 0
    DRAWN = 1
    """the benefits that the child draws"""
    DIBAO_STANDARD = 2
    """the dibao standard of the place"""


@frozen(kw_only=True)
class Parameters(Rates):
    """The figures and the law of one place and day.

    ``share`` is of the rate, times ``scale``, -1 for a tier that the place does not pay;
    ``standard_month`` is -1 where not available.
    """

    adult_age: int = figure("age.adult", required=True)
    deducted: Vector = term(_DEDUCTED, Deducted, otherwise=Deducted.NOTHING, by=("tier", Tier))
    poor: Vector = figure(_POOR, by=("status", Assistance))
    netted: Vector = figure(_NETTING, by=("kind", DrawnKind))
    pays: bool = computed()
    scale: int = computed()
    share: Vector = computed(by=Tier)
    standard_month: int = computed()


def _derive(reader: ParameterReader, made: dict[str, Any]) -> dict[str, Any]:
    rows = [reader.get(_SHARE, tier=each.name.lower()) for each in Tier if each != Tier.NONE]
    scale, shares = scaled(None if row is None else reader.ratio(row) for row in rows)
    standard = None
    if Deducted.DIBAO_STANDARD in tuple(made["deducted"]):
        standard = reader.get("dibao.standard")
    return {
        "pays": max(shares) >= 0,
        "scale": scale,
        "share": Vector.of(Tier)((*shares, -1)),
        "standard_month": -1 if standard is None else twelfth(reader.fen_a_year(standard)),
    }


def _child_allowance(person: Person, ask: Ask) -> bool:
    """Takes the allowance of orphans or unattended children."""
    stated = True if person.full_child_allowance else person.child_allowance
    return ask.take(stated, "child_allowance", (True, False), ask.p.pays, True)


@frozen(kw_only=True)
class Facts:
    """The child; ``severe`` is the authority's finding, ``assistance`` the class of the family."""

    age: int = age()
    child_allowance: bool = code(_child_allowance)
    hiv: bool = fact(domain=(True, False), relevant=lambda p: p.share[Tier.HIV] >= 0)
    severe: bool = fact(domain=(True, False))
    assistance: Assistance = fact(domain=lambda p: distinct(Assistance, lambda each: p.poor[each]))
    drawn: tuple[int, ...] = drawn()
    placement: Placement = fact("applicant.placement", relevant=lambda p: len(set(p.rate)) > 1)


class Reason(Reasons):
    """Why the allowance is granted or not; of tiers, the one the child is in."""

    OF_AGE = refuse(N_("The allowance is for minors."), "age.adult")
    CHILD_ALLOWANCE = refuse(N_("The child takes the allowance of orphans or unattended children."))
    NO_TIER = refuse(N_("The child is in none of the tiers that the place pays."), _SHARE)
    NO_TIERS_HELD = undetermined(N_("No tier of the place is available."), lacks=_SHARE)
    RATE_MISSING = undetermined(
        N_("The conditions are met; the rate of the place is not available."), lacks="orphan.rate"
    )
    STANDARD_MISSING = undetermined(
        N_("The dibao standard is to be taken from the rate, and none is available."),
        _DEDUCTED,
        lacks="dibao.standard",
    )
    HIV = grant(
        N_("A child infected with the AIDS virus is in a tier that the place pays."), _SHARE
    )
    POOR_SEVERE = grant(
        N_("A severely disabled or seriously ill child of a poor family is in a tier paid."),
        *(_SHARE, _POOR),
    )
    POOR_OTHER = grant(
        N_("A child of a poor family is in a tier that the place pays."), *(_SHARE, _POOR)
    )
    SEVERE = grant(
        N_("A severely disabled or seriously ill child is in a tier that the place pays."), _SHARE
    )
    NOTHING_LEFT = grant(N_("What is taken off, {deducted_month} a month, reaches the rate."))


_UNLESS_REFUSED = (Outcome.GRANTED, Outcome.UNDETERMINED)


@frozen
class Result:
    """The outcome, its reasons and the amounts."""

    outcome: Outcome = amount()
    reasons: int = amount()
    tier: Tier = amount()
    rate_month: int = amount(N_("rate of the place"), N_("yuan a month"), shown=_UNLESS_REFUSED)
    deducted_month: int = amount(
        N_("taken from the rate before the share"),
        N_("yuan a month"),
        _DEDUCTED,
        shown=_UNLESS_REFUSED,
    )
    pay_month: int = amount(N_("payment"), N_("yuan a month"), shown=(Outcome.GRANTED,))


def tier_of(f: Facts, p: Parameters) -> Tier:
    """The first tier that the place pays and the child is in."""
    if p.share[Tier.HIV] >= 0 and f.hiv:
        return Tier.HIV
    poor = p.poor[f.assistance]
    if poor and p.share[Tier.POOR_SEVERE] >= 0 and f.severe:
        return Tier.POOR_SEVERE
    if poor and p.share[Tier.POOR_OTHER] >= 0:
        return Tier.POOR_OTHER
    if p.share[Tier.SEVERE] >= 0 and f.severe:
        return Tier.SEVERE
    return Tier.NONE


def deducted_month(tier: int, f: Facts, p: Parameters) -> int:
    """Fen a month taken from the rate; -1 where the dibao standard is not available."""
    how = p.deducted[tier]
    if how == Deducted.DRAWN:
        return taken_off(f, p)
    return p.standard_month if how == Deducted.DIBAO_STANDARD else 0


def decide(f: Facts, p: Parameters) -> Result:
    """Settle the child: age, other allowances, the tier, and its share of the rate."""
    if f.age >= p.adult_age:
        return Result(Outcome.REFUSED, Reason.OF_AGE, Tier.NONE, -1, -1, -1)
    if f.child_allowance:
        return Result(Outcome.REFUSED, Reason.CHILD_ALLOWANCE, Tier.NONE, -1, -1, -1)
    if not p.pays:
        return Result(Outcome.UNDETERMINED, Reason.NO_TIERS_HELD, Tier.NONE, -1, -1, -1)
    tier = tier_of(f, p)
    if tier == Tier.NONE:
        return Result(Outcome.REFUSED, Reason.NO_TIER, tier, -1, -1, -1)
    rate = p.rate[f.placement]
    deducted = deducted_month(tier, f, p)
    reasons = (
        Reason.HIV * (tier == Tier.HIV)
        | Reason.POOR_SEVERE * (tier == Tier.POOR_SEVERE)
        | Reason.POOR_OTHER * (tier == Tier.POOR_OTHER)
        | Reason.SEVERE * (tier == Tier.SEVERE)
    )
    if rate < 0 or deducted < 0:
        reasons = (
            reasons
            | Reason.RATE_MISSING * (rate < 0)
            | Reason.STANDARD_MISSING * (rate >= 0 and deducted < 0)
        )
        return Result(Outcome.UNDETERMINED, reasons, tier, rate, deducted, -1)
    due = max(0, rate - deducted) * p.share[tier]
    pay = round_fen(due, p.scale, p.rounding_unit, p.rounding_mode)
    reasons = reasons | Reason.NOTHING_LEFT * (pay == 0)
    return Result(Outcome.GRANTED, reasons, tier, rate, deducted, pay)


def _keys(case: Case) -> dict[str, str]:
    """Of what an open case lacks."""
    if case.result.reasons & Reason.NO_TIERS_HELD:
        return {}
    return {"placement": case.facts.placement.name.lower()}


def _paid(case: Case) -> Found | None:
    return None if case.result.reasons & Reason.NO_TIERS_HELD else rate_row(case)


def _words(case: Case) -> dict[str, tuple[str, ...]]:
    """Age first: of whom nothing is asked, nothing is read."""
    tier = Tier(case.result.tier)
    poor = tier in (Tier.POOR_SEVERE, Tier.POOR_OTHER)
    netted = case.p.deducted[tier] == Deducted.DRAWN
    of_tier = {} if tier is Tier.NONE else dict.fromkeys((_SHARE, _DEDUCTED), (tier.name.lower(),))
    return {
        **of_tier,
        _NETTING: drawn_words(case.facts) if netted else (),
        _POOR: (Assistance(case.facts.assistance).name.lower(),) if poor else (),
    }


def _notes(case: Case) -> Iterator[Note]:
    return rounded(case, case.p.deducted[case.result.tier] == Deducted.DIBAO_STANDARD)


children_in_difficulty: Benefit = Benefit(
    name="children_in_difficulty",
    title=N_("Basic living allowance of children in difficulty"),
    Facts=Facts,
    Parameters=Parameters,
    Reason=Reason,
    Result=Result,
    decide=decide,
    derive=_derive,
    keys=_keys,
    paid=_paid,
    words=_words,
    notes=_notes,
    asked=lambda case: asked_rate(children_in_difficulty, case, Reason.RATE_MISSING),
    when_granted=(_DEDUCTED, _NETTING, *RATE_ROWS, *ROUNDING),
    aside=(_SHARE, _POOR, "age.adult"),
)
