"""The old-age allowance (高龄津贴) as places state it, in whole numbers.

老年人权益保障法 art. 33 encourages places to pay those of 80 and more; there is no national
entitlement. Amounts and ages are local and stand in ``Terms``.
"""

from __future__ import annotations

from minzheng.benefits.bands import amount_at, band_at
from minzheng.benefits.old_age_allowance.facts import PersonFacts, Reason, Result, Terms
from minzheng.rules import Outcome

__all__ = ["decide"]


def general_band(age: int, t: Terms) -> int:
    """The band of an age; 0 where none is stated."""
    return band_at(
        age,
        t.general_60,
        t.general_70,
        t.general_75,
        t.general_80,
        t.general_85,
        t.general_90,
        t.general_95,
        t.general_100,
    )


def hardship_band(age: int, t: Terms) -> int:
    """The band of an age for persons in hardship; 0 where none is stated."""
    return band_at(
        age,
        t.hardship_60,
        t.hardship_70,
        t.hardship_75,
        t.hardship_80,
        t.hardship_85,
        t.hardship_90,
        t.hardship_95,
        t.hardship_100,
    )


def general_amount(band: int, t: Terms) -> int:
    """Fen a year of a band; -1 for none."""
    return amount_at(
        band,
        t.general_60,
        t.general_70,
        t.general_75,
        t.general_80,
        t.general_85,
        t.general_90,
        t.general_95,
        t.general_100,
    )


def hardship_amount(band: int, t: Terms) -> int:
    """Fen a year of a band for persons in hardship; -1 for none."""
    return amount_at(
        band,
        t.hardship_60,
        t.hardship_70,
        t.hardship_75,
        t.hardship_80,
        t.hardship_85,
        t.hardship_90,
        t.hardship_95,
        t.hardship_100,
    )


def decide(p: PersonFacts, _totals: None, t: Terms) -> Result:
    """Settle the person: the age that counts, then the amount of its band."""
    age = p.age_in_month if t.birthday_month else p.age
    band = hardship_band(age, t) if p.in_hardship else general_band(age, t)
    amount = hardship_amount(band, t) if p.in_hardship else general_amount(band, t)
    reason = Reason.OF_AGE
    outcome = Outcome.GRANTED
    if amount < 0 and age < t.from_age:
        reason = Reason.TOO_YOUNG
        outcome = Outcome.REFUSED
    elif amount < 0:
        reason = Reason.AMOUNT_MISSING
        outcome = Outcome.UNDETERMINED
    granted = outcome == Outcome.GRANTED
    return Result(
        outcome=outcome,
        reason=reason,
        age=age,
        band=band if granted else 0,
        pay_year=amount if granted else 0,
    )
