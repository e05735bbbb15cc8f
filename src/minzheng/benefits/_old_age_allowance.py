"""The old-age allowance (高龄津贴), by bands of age as places state them.

The law encourages places to pay persons of 80 and older; there is no national entitlement.
Amounts and ages are local, few are on file, and an amount is one a month or a year as the place
states it.

Source:
    老年人权益保障法 art. 33; the pages of the places.

Limitations:
    The household register (户籍) and other local conditions are not tested. What is paid for the
    months before an application is not computed. How a yearly amount is rounded when it is paid in
    parts is on file for no place: a payment is rounded down to the fen, and the last one has the
    balance.

Example:
    >>> from datetime import date
    >>> from minzheng.people import *
    >>> applicant = Applicant(
    ...     id="case-6", area="130208", residence=Residence.RURAL,
    ...     person=Person(relation=Relation.APPLICANT, birth=date(1930, 5, 1)))
    >>> decision = old_age_allowance.assess(applicant, on=date(2014, 5, 1))
    >>> decision.award.amount, decision.award.per.value
    (Decimal('400.00'), 'year')
    >>> p = old_age_allowance.parameters(
    ...     "130207", on=date(2014, 1, 1), residence=Residence.RURAL).parameters
    >>> p.general[Band.FROM_80], p.general[Band.FROM_85], p.general[Band.FROM_95]
    (60000, 100000, -1)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import evolve, frozen

from minzheng.base.dates import first_of_next_month
from minzheng.base.i18n import N_
from minzheng.base.money import to_yuan
from minzheng.benefits._engine import (
    Benefit,
    Case,
    Explanation,
    ParameterReader,
    Reasons,
    Vector,
    age,
    amount,
    choice,
    computed,
    fact,
    figure,
    grant,
    refuse,
    undetermined,
)
from minzheng.benefits._engine.explanation import explain
from minzheng.benefits._engine.payment import rhythm
from minzheng.benefits.common.bands import Band, amounts, band_at, nearest_age
from minzheng.benefits.common.wanted import wanted
from minzheng.decision import Award, Note
from minzheng.rules import Outcome
from minzheng.standards import Found, Per

__all__ = ["old_age_allowance"]

_AMOUNT, _FROM, _FIRST, _EVERY = (
    f"old_age_allowance.{each}" for each in ("amount", "from", "first_month", "paid_every")
)


def _by_band(hardship: str) -> Any:
    def read(reader: ParameterReader) -> list[int]:
        rows = amounts(reader, _AMOUNT, hardship=hardship)
        return [rows[band].figure.fen_a_year() if band in rows else -1 for band in Band]

    return computed(read, by=Band)


@frozen(kw_only=True)
class Parameters:
    """The figures and the law of one place and day; amounts are fen a year, -1 not available.

    Attributes:
        general: by band of age.
        hardship: the same for persons in hardship.
        birthday_month: whether the month of the birthday counts.
        from_age: the youngest age for which the allowance is meant.
    """

    general: Vector = _by_band("no")
    hardship: Vector = _by_band("yes")
    birthday_month: bool = choice(_FIRST, "birthday_month")
    from_age: int = figure(_FROM, required=True, otherwise=0)


@frozen(kw_only=True)
class Facts:
    """The applicant.

    Attributes:
        age_in_month: full years at the end of the day's month.
        age: full years on the day.
        in_hardship: found in hardship under the local rule.
    """

    age_in_month: int = age(month=True)
    age: int = age()
    in_hardship: bool = fact(relevant=lambda p: p.general != p.hardship)


class Reason(Reasons):
    """Why the allowance is granted or not."""

    TOO_YOUNG = refuse(
        N_("The person is {age} years old; the allowance is for persons of {from} and older."),
        _FROM,
    )
    AMOUNT_MISSING = undetermined(
        N_(
            "The person is {age} years old; the law only encourages places to pay from {from} on, and the local amount is not available."
        ),
        _FROM,
        lacks=_AMOUNT,
    )
    OF_AGE = grant(N_("The person is {age} years old; the local band begins at {band}."), _AMOUNT)


@frozen
class Result:
    """The outcome, its reasons and every intermediate amount."""

    outcome: Outcome = amount()
    reasons: int = amount()
    age: int = amount(N_("age that counts"), N_("years"), _FROM)
    band: int = amount(N_("band begins at"), N_("years"), shown=(Outcome.GRANTED,), none=0)
    pay_year: int = amount(
        N_("old-age allowance"), N_("yuan a year"), _AMOUNT, shown=(Outcome.GRANTED,)
    )


def decide(f: Facts, p: Parameters) -> Result:
    """Decide on the age that counts, and give the amount of its band."""
    age = f.age_in_month if p.birthday_month else f.age
    pay, band = band_at(age, p.hardship) if f.in_hardship else band_at(age, p.general)
    if pay < 0 and age < p.from_age:
        return Result(Outcome.REFUSED, Reason.TOO_YOUNG, age, 0, 0)
    if pay < 0:
        return Result(Outcome.UNDETERMINED, Reason.AMOUNT_MISSING, age, 0, 0)
    return Result(Outcome.GRANTED, Reason.OF_AGE, age, band, pay)


def _keys(case: Case) -> dict[str, str]:
    band = case.result.band or nearest_age(case.result.age)
    return {"age": str(band), "hardship": "yes" if case.facts.in_hardship else "no"}


def _award(case: Case, found: Found | None) -> Award:
    yearly = found is not None and found.figure.per is Per.YEAR
    pay = case.result.pay_year if yearly else case.result.pay_year // 12
    first = case.resolved.held.get(_FIRST)
    after = first is not None and first.value == "after_approval"
    start = first_of_next_month(case.on) if after else None
    return Award(to_yuan(pay), Per.YEAR if yearly else Per.MONTH, 1, start)


_BIRTHDAY = N_("The month of the birthday counts as a whole month.")


def _notes(case: Case) -> Iterator[Note]:
    if case.p.birthday_month:
        yield Note(_BIRTHDAY)
    months = ParameterReader.whole(case.resolved.held.get(_EVERY))
    if months:
        yield from rhythm(case.result.pay_year, months)


def _explain(case: Case) -> Explanation:
    """Name the band as missing, where only a level above states one, with other bands beside it."""
    explained = explain(old_age_allowance, case)
    if case.result.reasons != Reason.AMOUNT_MISSING or explained.missing:
        return explained
    rows = (each.figure for each in case.resolved.used if each.figure.series == _AMOUNT)
    return evolve(explained, missing=(wanted(case, _AMOUNT, rows, **_keys(case)),))


old_age_allowance = Benefit(
    name="old_age_allowance",
    title=N_("Old-age allowance"),
    Facts=Facts,
    Parameters=Parameters,
    Reason=Reason,
    Result=Result,
    decide=decide,
    pays=_AMOUNT,
    keys=_keys,
    award=_award,
    values=lambda case: {"from": case.p.from_age},
    words=lambda case: {_AMOUNT: (_keys(case)["age"],)},
    notes=_notes,
    explain=_explain,
    also=(_EVERY,),
    when_granted=(_FIRST, _EVERY),
)
