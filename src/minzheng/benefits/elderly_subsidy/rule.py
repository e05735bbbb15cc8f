"""The subsidies of elders in economic hardship as places state them, in whole numbers.

老年人权益保障法 art. 30 has places subsidise the care of poor elders long unable to look after
themselves. Tiers, ages, levels and how parts combine are local and stand in ``Terms``.
"""

from __future__ import annotations

from minzheng.benefits.bands import amount_at, band_at
from minzheng.benefits.elderly_subsidy.facts import Combine, PersonFacts, Reason, Result, Terms
from minzheng.people import AbilityScale, Assistance
from minzheng.rules import Outcome

__all__ = ["decide"]


def least_level(p: PersonFacts, t: Terms) -> int:
    """The level of the person's scale from which an elder counts as incapacitated; 0 not named."""
    return t.level_mzt if p.scale == AbilityScale.MZT_039 else t.level_gbt


def is_incapacitated(p: PersonFacts, t: Terms) -> bool:
    """By the level of a scale that the place names, or by the finding where it names none."""
    if t.level_mzt == 0 and t.level_gbt == 0:
        return p.incapacitated
    least = least_level(p, t)
    return least > 0 and p.level >= least


def by_class(p: PersonFacts, dibao: int, tekun: int, other: int) -> int:
    """The one of three that belongs to the family's class."""
    if p.assistance == Assistance.DIBAO:
        return dibao
    return tekun if p.assistance == Assistance.TEKUN else other


def band_of(p: PersonFacts, t: Terms) -> int:
    """The band of the age and the class; 0 where none is stated."""
    return band_at(
        p.age,
        by_class(p, t.dibao_60, t.tekun_60, t.other_60),
        by_class(p, t.dibao_70, t.tekun_70, t.other_70),
        by_class(p, t.dibao_75, t.tekun_75, t.other_75),
        by_class(p, t.dibao_80, t.tekun_80, t.other_80),
        by_class(p, t.dibao_85, t.tekun_85, t.other_85),
        by_class(p, t.dibao_90, t.tekun_90, t.other_90),
        by_class(p, t.dibao_95, t.tekun_95, t.other_95),
        by_class(p, t.dibao_100, t.tekun_100, t.other_100),
    )


def aged_of(p: PersonFacts, band: int, t: Terms) -> int:
    """The part for age, or for a parent whose only child has died: the higher; -1 for none."""
    aged = amount_at(
        band,
        by_class(p, t.dibao_60, t.tekun_60, t.other_60),
        by_class(p, t.dibao_70, t.tekun_70, t.other_70),
        by_class(p, t.dibao_75, t.tekun_75, t.other_75),
        by_class(p, t.dibao_80, t.tekun_80, t.other_80),
        by_class(p, t.dibao_85, t.tekun_85, t.other_85),
        by_class(p, t.dibao_90, t.tekun_90, t.other_90),
        by_class(p, t.dibao_95, t.tekun_95, t.other_95),
        by_class(p, t.dibao_100, t.tekun_100, t.other_100),
    )
    if not p.only_child_died:
        return aged
    return max(aged, by_class(p, t.dibao_bereaved, t.tekun_bereaved, t.other_bereaved))


def is_beyond(p: PersonFacts, t: Terms) -> bool:
    """Whether the bands of the class end below the person's age: those to 99 say nothing of 100."""
    return (
        p.age >= 100
        and by_class(p, t.dibao_100, t.tekun_100, t.other_100) < 0
        and max(
            by_class(p, t.dibao_95, t.tekun_95, t.other_95),
            by_class(p, t.dibao_90, t.tekun_90, t.other_90),
            by_class(p, t.dibao_85, t.tekun_85, t.other_85),
            by_class(p, t.dibao_80, t.tekun_80, t.other_80),
        )
        >= 0
    )


def decide(p: PersonFacts, _totals: None, t: Terms) -> Result:
    """Settle the person: the parts that are due, and how they combine."""
    incapacitated = is_incapacitated(p, t)
    band = band_of(p, t)
    aged = aged_of(p, band, t)
    amount = by_class(p, t.dibao_care, t.tekun_care, t.other_care)
    due = amount if incapacitated else -1
    by_level = t.level_mzt > 0 or t.level_gbt > 0
    other_scale = by_level and least_level(p, t) == 0 and amount >= 0
    not_with_care = due >= 0 and p.disability_care and t.not_with_disability_care
    care = -1 if not_with_care else due
    both = aged >= 0 and care >= 0
    reason = Reason.ELIGIBLE
    if p.age < t.elderly_age:
        reason = Reason.NOT_ELDERLY
    elif not t.held or (aged < 0 and is_beyond(p, t)):
        reason = Reason.AMOUNT_MISSING
    elif other_scale:
        reason = Reason.SCALE_NOT_NAMED
    elif both and t.combine == Combine.UNKNOWN:
        reason = Reason.COMBINE_MISSING
    elif aged < 0 and not_with_care:
        reason = Reason.DRAWS_DISABILITY_CARE
    elif aged < 0 and care < 0:
        reason = Reason.NO_TIER
    outcome = Outcome.REFUSED
    pay = 0
    if reason == Reason.ELIGIBLE:
        outcome = Outcome.GRANTED
        pay = aged + care if both and t.combine == Combine.SUM else max(aged, care)
    elif reason in (Reason.AMOUNT_MISSING, Reason.COMBINE_MISSING, Reason.SCALE_NOT_NAMED):
        outcome = Outcome.UNDETERMINED
    return Result(
        outcome=outcome,
        reason=reason,
        incapacitated=incapacitated,
        not_with_care=not_with_care,
        age=p.age,
        band=band,
        aged_month=aged,
        care_month=care,
        pay_month=pay,
    )
