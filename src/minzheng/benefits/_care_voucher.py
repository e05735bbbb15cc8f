"""Care vouchers of incapacitated elderly persons (养老服务消费补贴).

Vouchers bear a share of what an elderly person of moderate incapacity or worse spends on care, up
to a ceiling a month. The amount is that of the month of the decision, to the fen (half a fen up).
The level counts by GB/T 42195 only; a level by another scale says nothing here.

Source:
    The national scheme of the twelve months of 2026, as reported (secondary: plan of Guangdong of
    2026-01-22, press of January 2026); what follows it is not on file.

Limitations:
    The pilots from July 2025 are on file for no place. One kind of service a month. How several
    kinds share the ceiling, and how the vouchers are rounded, was not read.

Example:
    >>> from datetime import date
    >>> from minzheng.people import *
    >>> person = Person(
    ...     relation=Relation.APPLICANT, birth=date(1950, 1, 1), assistance=Assistance.NONE,
    ...     ability_level=AbilityLevel(scale=AbilityScale.GBT_42195, level=2),
    ...     centralised_care=False, improvement_action=False,
    ...     care_service=CareService.HOME, care_month="1000")
    >>> applicant = Applicant(
    ...     id="case-8", area="130802", residence=Residence.URBAN, person=person)
    >>> care_voucher.assess(applicant, on=date(2026, 1, 1)).award.amount
    Decimal('500.00')
    >>> p = care_voucher.parameters(
    ...     "130802", on=date(2026, 1, 1), residence=Residence.URBAN).parameters
    >>> p.share[CareService.HOME], p.share[CareService.INSTITUTION], p.scale, p.cap
    (5, 4, 10, 80000)
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from fractions import Fraction
from math import lcm
from typing import Any, Final

from attrs import frozen

from minzheng.base.i18n import N_
from minzheng.base.money import Mode, round_fen, to_yuan
from minzheng.benefits._engine import (
    MANY,
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
    fact,
    fen,
    figure,
    grant,
    refuse,
    undetermined,
)
from minzheng.decision import Note
from minzheng.people import AbilityScale, Assistance, CareService, Person
from minzheng.rules import Outcome

__all__ = ["care_voucher"]

_AGE, _LEVEL, _SHARE, _CAP, _ASSESSMENT, _EXCLUDED = (
    f"care_voucher.{each}" for each in ("age", "level", "share", "cap", "assessment", "excluded")
)
_WORST_LEVEL: Final = 4


class Other(IntEnum):
    """What may exclude vouchers."""

    TEKUN, CENTRALISED_CARE, IMPROVEMENT_ACTION = range(3)


@frozen(kw_only=True)
class Parameters:
    """The figures and the law of one place and day.

    Attributes:
        from_age, from_level: the least age and level that are eligible.
        share: of the spending, by service, times ``scale``; -1 not available.
        scale: the common denominator of the shares.
        cap: fen a month.
        excluded: who is not eligible.
    """

    from_age: int = figure(_AGE, required=True)
    from_level: int = figure(_LEVEL, required=True)
    share: Vector = computed(by=CareService)
    scale: int = computed()
    cap: int = figure(_CAP, required=True)
    excluded: Vector = figure(_EXCLUDED, by=("benefit", Other))


def _derive(reader: ParameterReader, _made: dict[str, Any]) -> dict[str, Any]:
    """Bring the shares to a common denominator."""
    rows = [reader.get(_SHARE, service=each.name.lower()) for each in CareService]
    shares = [reader.ratio(found) if found else Fraction(-1) for found in rows]
    scale = lcm(*(share.denominator for share in shares))
    times = (int(share * scale) if share >= 0 else -1 for share in shares)
    return {"scale": scale, "share": Vector.of(CareService)(times)}


def _level(person: Person, ask: Ask) -> int:
    stated = person.ability_level
    by_scale = stated is not None and stated.scale is AbilityScale.GBT_42195
    known = stated.level if stated is not None and by_scale else None
    return ask.take(known, "ability_level", (0, _WORST_LEVEL), monotone=True)


@frozen(kw_only=True)
class Facts:
    """The applicant.

    Attributes:
        age: full years.
        level: of GB/T 42195.
        assistance: the class of the family.
        centralised_care, improvement_action: what else is received.
        care_month: fen spent in the month, net of long-term care insurance.
        service: where the care is bought.
    """

    age: int = age()
    level: int = code(_level, most=4)
    assistance: Assistance = fact(
        ends=(Assistance.TEKUN, Assistance.NONE), relevant=lambda p: p.excluded[Other.TEKUN]
    )
    centralised_care: bool = fact(
        ends=(True, False), relevant=lambda p: p.excluded[Other.CENTRALISED_CARE]
    )
    improvement_action: bool = fact(
        ends=(True, False), relevant=lambda p: p.excluded[Other.IMPROVEMENT_ACTION]
    )
    care_month: int = fen(ends=(0, MANY))
    service: CareService = fact("care_service")


class Reason(Reasons):
    """Why vouchers are granted or not."""

    NOT_ELDERLY = refuse(N_("The person is younger than {elderly}."), _AGE)
    NOT_INCAPACITATED = refuse(
        N_("The ability assessed is better than level {level} of GB/T 42195."), _LEVEL
    )
    TEKUN = refuse(
        N_("A tekun recipient is not eligible for care vouchers."), _EXCLUDED, word="tekun"
    )
    CENTRALISED_CARE = refuse(
        N_("A recipient of the grant of centralised care is not eligible for care vouchers."),
        _EXCLUDED,
        word="centralised_care",
    )
    IMPROVEMENT_ACTION = refuse(
        N_("A person served under the improvement action is not eligible for care vouchers."),
        _EXCLUDED,
        word="improvement_action",
    )
    NO_SPENDING = refuse(
        N_("Nothing was spent on care in the month, net of long-term care insurance."), _SHARE
    )
    SHARE_MISSING = undetermined(
        N_("The share for that kind of care is not available."), lacks=_SHARE
    )
    ELIGIBLE = grant(
        N_("The person is {elderly} or older, of level {level} or worse, and buys care."),
        _AGE,
        _LEVEL,
    )


_GRANTED = (Outcome.GRANTED,)


@frozen
class Result:
    """The outcome, its reasons and every intermediate amount."""

    outcome: Outcome = amount()
    reasons: int = amount()
    care_month: int = amount(
        N_("spending on care in the month"), N_("yuan a month"), shown=_GRANTED
    )
    computed_month: int = amount(
        N_("share borne, before the ceiling"), N_("yuan a month"), _SHARE, shown=_GRANTED
    )
    pay_month: int = amount(N_("care vouchers"), N_("yuan a month"), _CAP, shown=_GRANTED)


def decide(f: Facts, p: Parameters) -> Result:
    """Decide on age first, then level and what excludes vouchers; then the share and the ceiling."""
    if f.age < p.from_age:
        return Result(Outcome.REFUSED, Reason.NOT_ELDERLY, 0, 0, 0)
    against = (
        Reason.NOT_INCAPACITATED * (f.level < p.from_level)
        | Reason.TEKUN * (p.excluded[Other.TEKUN] and f.assistance == Assistance.TEKUN)
        | Reason.CENTRALISED_CARE * (p.excluded[Other.CENTRALISED_CARE] and f.centralised_care)
        | Reason.IMPROVEMENT_ACTION
        * (p.excluded[Other.IMPROVEMENT_ACTION] and f.improvement_action)
        | Reason.NO_SPENDING * (f.care_month == 0)
    )
    if against:
        return Result(Outcome.REFUSED, against, f.care_month, 0, 0)
    share = p.share[f.service]
    if share < 0:
        return Result(Outcome.UNDETERMINED, Reason.SHARE_MISSING, f.care_month, 0, 0)
    computed = round_fen(f.care_month * share, p.scale, 1, Mode.HALF_UP)
    pay = min(computed, p.cap)
    return Result(Outcome.GRANTED, Reason.ELIGIBLE, f.care_month, computed, pay)


_CAPPED = N_("The vouchers are limited to the ceiling of the month, {cap}.")
_ASSESSED = N_("The ability assessment itself is supported with a voucher of {amount}.")


def _keys(case: Case) -> dict[str, str]:
    return {"service": case.facts.service.name.lower()}


def _words(case: Case) -> dict[str, tuple[str, ...]]:
    """The row of the service; other refusals than for want of spending need not know it."""
    result = case.result
    if result.outcome is Outcome.REFUSED and not result.reasons & Reason.NO_SPENDING:
        return {}
    return {_SHARE: (_keys(case)["service"],)}


def _notes(case: Case) -> Iterator[Note]:
    if case.result.computed_month > case.p.cap:
        yield Note(_CAPPED, {"cap": to_yuan(case.p.cap)})
    assessment = ParameterReader.fen(case.resolved.held.get(_ASSESSMENT))
    if assessment:
        yield Note(_ASSESSED, {"amount": to_yuan(assessment)})


care_voucher = Benefit(
    name="care_voucher",
    title=N_("Care vouchers of incapacitated elders"),
    Facts=Facts,
    Parameters=Parameters,
    Reason=Reason,
    Result=Result,
    decide=decide,
    derive=_derive,
    pays=_SHARE,
    keys=_keys,
    values=lambda case: {"elderly": case.p.from_age, "level": case.p.from_level},
    words=_words,
    notes=_notes,
    also=(_ASSESSMENT,),
    when_granted=(_CAP, _ASSESSMENT),
)
