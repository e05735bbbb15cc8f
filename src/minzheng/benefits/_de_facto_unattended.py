"""The basic living subsidy of children in fact unattended (事实无人抚养儿童基本生活补贴).

民发〔2019〕62号 (from 2020-01-01, a day that is not confirmed) and 民发〔2020〕125号 (from 2021-01-01):
both parents are in a state that the law names, one of them at least alive; the rate of orphans is
paid, less what is drawn already. The month of the 18th birthday is still paid, as the row
``de_facto_unattended.stop`` says.

Limitations:
    The notices say nothing of a parent who cannot be found and was never reported to the police
    as out of contact (失联): beside a parent in a state named the case is undetermined, unless a
    row of the place says as what such a parent counts, as in Heilongjiang since 2024. Which
    illnesses are serious is the authority's finding. Legal parents count after a divorce too.

Example:
    >>> from datetime import date
    >>> from minzheng.people import *
    >>> child = Person(
    ...     relation=Relation.APPLICANT, birth=date(2012, 3, 1), parents=[
    ...         Parent(state=ParentState.DEAD), Parent(state=ParentState.IN_PRISON, months=6)],
    ...     drawn=[Drawn(kind=DrawnKind.DIBAO, month="274")])
    >>> applicant = Applicant(
    ...     id="case-6", area="530502", residence=Residence.RURAL, person=child,
    ...     placement=Placement.DISPERSED)
    >>> de_facto_unattended.assess(applicant, on=date(2020, 7, 24)).award.amount
    Decimal('1000.00')
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
    Settled,
    Vector,
    age,
    amount,
    code,
    computed,
    fact,
    figure,
    grant,
    refuse,
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
)
from minzheng.benefits.common.concurrent_benefits import (
    drawn,
    drawn_words,
    read_drawn,
    taken_off,
)
from minzheng.benefits.common.end_of_payment import (
    LAST_MONTH,
    birthday_month,
    change_month_paid,
    monthly_award,
)
from minzheng.benefits.common.parents import (
    PARENT_TESTS,
    Both,
    ParentClass,
    ParentFacts,
    ParentRules,
    counted,
    orphaned,
    parent_classes,
    parent_words,
    tests_of,
    type_words,
)
from minzheng.decision import Note
from minzheng.people import Assistance, DrawnKind, Person, Placement, RegisteredPoor
from minzheng.rules import Outcome

__all__ = ["de_facto_unattended"]

_CONDITIONS, _PARENT, _SHARE, _NETTING, _FIRST, _STOP = (
    f"de_facto_unattended.{each}"
    for each in ("conditions", "parent", "share", "netting", "first_payment", "stop")
)
_SUPPORTED = (Assistance.DIBAO, Assistance.TEKUN)
_SUPPORT = (DrawnKind.DIBAO, DrawnKind.TEKUN)


class Family(IntEnum):
    """Families of which the share of the rate may differ."""

    OTHER, POOR = range(2)


@frozen(kw_only=True)
class Parameters(ParentRules, Rates):
    """The figures and the law of one place and day; ``share`` is of the rate, times ``scale``."""

    defined: bool = figure(_CONDITIONS, required=True)
    adult_age: int = figure("age.adult", required=True)
    unattended_parent: Vector = parent_classes(_PARENT)
    netted: Vector = figure(_NETTING, by=("kind", DrawnKind))
    birthday_month: Settled = change_month_paid(_STOP)
    scale: int = computed()
    share: Vector = computed(by=Family)


def _derive(reader: ParameterReader, _made: dict[str, Any]) -> dict[str, Any]:
    rows = [reader.need(_SHARE, family=each.name.lower()) for each in Family]
    scale, shares = scaled(map(reader.ratio, rows))
    return {"scale": scale, "share": Vector.of(Family)(shares)}


def _apart(p: Any) -> tuple[DrawnKind, ...]:
    """Benefits that make a family poor by being drawn, where the shares differ."""
    return _SUPPORT if p.share[Family.POOR] != p.share[Family.OTHER] else ()


def _poor(person: Person, ask: Ask) -> bool:
    """Whether the family draws dibao or tekun, or is registered as poor."""
    kinds = read_drawn(person, ask, _apart(ask.p))
    registered = person.registered_poor not in (None, RegisteredPoor.NEVER)
    if registered or person.assistance in _SUPPORTED or any(each in kinds for each in _SUPPORT):
        return True
    relevant = bool(_apart(ask.p))
    poor = [
        ask.take(None if stated is None else False, name, (True, False), relevant)
        for name, stated in (
            ("assistance", person.assistance),
            ("registered_poor", person.registered_poor),
        )
    ]
    return any(poor)


@frozen(kw_only=True)
class Facts(ParentFacts):
    """The child. ``poor``: the family draws dibao or tekun, or is registered as poor."""

    age: int = age()
    birthday_month: bool = birthday_month()
    poor: bool = code(_poor)
    drawn: tuple[int, ...] = drawn(_apart)
    placement: Placement = fact("applicant.placement", relevant=lambda p: len(set(p.rate)) > 1)


class Reason(Reasons):
    """Why the subsidy is granted or not."""

    OF_AGE = refuse(N_("The subsidy is for minors."), _CONDITIONS)
    ORPHAN = refuse(
        N_("Both parents are lost: the allowance of orphans is due instead."),
        *("orphan.conditions", _PARENT, "orphan.parent"),
    )
    PARENT_PRESENT = refuse(
        N_("A parent is in none of the states that the rule of this day names."),
        *(_CONDITIONS, _PARENT),
    )
    UNSETTLED_BIRTHDAY_MONTH = undetermined(
        N_("No available rule says whether the month of coming of age is still paid."), lacks=_STOP
    )
    UNSETTLED_PARENT = undetermined(
        N_(
            "No available rule says as what a parent counts who cannot be found and was not reported as out of contact."
        ),
        *(_CONDITIONS, _PARENT),
        lacks=_PARENT,
    )
    RATE_MISSING = undetermined(
        N_("The conditions are met; the rate of the place is not available."), lacks="orphan.rate"
    )
    DE_FACTO_UNATTENDED = grant(
        N_("A minor whose parents are both in a state that the law names is in fact unattended."),
        *(_CONDITIONS, _PARENT),
    )
    BIRTHDAY_MONTH = grant(N_("The month of the 18th birthday is still paid."), _STOP)
    TOPPED_UP = grant(
        N_("The child draws {netted_month} a month already; the difference to the rate is paid."),
        _NETTING,
    )
    NOTHING_LEFT = grant(
        N_(
            "The child draws {netted_month} a month already, which reaches the rate; nothing is left."
        ),
        _NETTING,
    )


_UNLESS_REFUSED = (Outcome.GRANTED, Outcome.UNDETERMINED)


@frozen
class Result:
    """The outcome, its reasons and the amounts."""

    outcome: Outcome = amount()
    reasons: int = amount()
    rate_month: int = amount(N_("rate of the place"), N_("yuan a month"), shown=_UNLESS_REFUSED)
    share_month: int = amount(
        N_("share of the rate that is due"), N_("yuan a month"), _SHARE, shown=_UNLESS_REFUSED
    )
    netted_month: int = amount(
        N_("drawn already, and taken off"), N_("yuan a month"), _NETTING, shown=_UNLESS_REFUSED
    )
    pay_month: int = amount(N_("payment"), N_("yuan a month"), shown=(Outcome.GRANTED,))


def parents(f: Facts, p: Parameters) -> int:
    """The reason of both parents: orphaned, present, or in fact unattended."""
    first = counted(p.unattended_parent, Both.FIRST, f, p)
    second = counted(p.unattended_parent, Both.SECOND, f, p)
    both_lost = first == ParentClass.LOST and second == ParentClass.LOST
    if both_lost or orphaned(f, p) == Settled.YES:
        return Reason.ORPHAN
    if ParentClass.PRESENT in (first, second):
        return Reason.PARENT_PRESENT
    if ParentClass.OPEN in (first, second):
        return Reason.UNSETTLED_PARENT
    return Reason.DE_FACTO_UNATTENDED


def decide(f: Facts, p: Parameters) -> Result:
    """Settle the child: age, both parents, and the rate less what is drawn."""
    last_month = False
    if f.age >= p.adult_age:
        last_month = f.birthday_month and p.birthday_month != Settled.NO
        if not last_month:
            return Result(Outcome.REFUSED, Reason.OF_AGE, -1, -1, -1, -1)
    reasons = parents(f, p)
    if reasons < Reason.UNSETTLED_BIRTHDAY_MONTH:
        return Result(Outcome.REFUSED, reasons, -1, -1, -1, -1)
    if reasons == Reason.UNSETTLED_PARENT:
        return Result(Outcome.UNDETERMINED, reasons, -1, -1, -1, -1)
    rate = p.rate[f.placement]
    netted = taken_off(f, p)
    share = p.share[Family.POOR] if f.poor else p.share[Family.OTHER]
    due = rate * share // p.scale if rate >= 0 else -1
    if last_month and p.birthday_month == Settled.OPEN:
        return Result(Outcome.UNDETERMINED, Reason.UNSETTLED_BIRTHDAY_MONTH, rate, due, netted, -1)
    if rate < 0:
        return Result(Outcome.UNDETERMINED, Reason.RATE_MISSING, rate, due, netted, -1)
    left = max(0, rate * share - netted * p.scale)
    pay = round_fen(left, p.scale, p.rounding_unit, p.rounding_mode)
    reasons = (
        reasons
        | Reason.BIRTHDAY_MONTH * last_month
        | Reason.TOPPED_UP * (netted > 0 and pay > 0)
        | Reason.NOTHING_LEFT * (netted > 0 and pay == 0)
    )
    return Result(Outcome.GRANTED, reasons, rate, due, netted, pay)


def _keys(case: Case) -> dict[str, str]:
    """Of what an open case lacks."""
    if case.result.reasons & Reason.RATE_MISSING:
        return {"placement": case.facts.placement.name.lower()}
    return {"state": "untraceable"}


def _words(case: Case) -> dict[str, tuple[str, ...]]:
    reasons, f = case.result.reasons, case.facts
    if reasons & Reason.OF_AGE:
        return {_PARENT: (), "orphan.parent": (), _NETTING: ()}
    states = parent_words(f)
    refused = case.result.outcome == Outcome.REFUSED
    return {
        _PARENT: states,
        "orphan.parent": states,
        _NETTING: () if refused else drawn_words(f),
        "de_facto_unattended.severe_grade": type_words(f),
    }


def _further(case: Case, reason: Reasons) -> tuple[str, ...]:
    """What the states take, of reasons that depend on it."""
    tested = Reason.DE_FACTO_UNATTENDED | Reason.PARENT_PRESENT | Reason.UNSETTLED_PARENT
    return tests_of(case.facts) if reason & tested else ()


def _last_month(case: Case) -> bool:
    return bool(case.result.reasons & Reason.BIRTHDAY_MONTH)


def _notes(case: Case) -> Iterator[Note]:
    yield from rounded(case)
    if _last_month(case):
        yield Note(LAST_MONTH)


de_facto_unattended: Benefit = Benefit(
    name="de_facto_unattended",
    title=N_("Basic living subsidy of children in fact unattended"),
    Facts=Facts,
    Parameters=Parameters,
    Reason=Reason,
    Result=Result,
    decide=decide,
    derive=_derive,
    keys=_keys,
    paid=lambda case: None if case.result.rate_month < 0 else rate_row(case),
    first=_FIRST,
    award=lambda case, _found: monthly_award(case, _FIRST, _last_month(case)),
    words=_words,
    further=_further,
    notes=_notes,
    asked=lambda case: asked_rate(de_facto_unattended, case, Reason.RATE_MISSING),
    when_granted=(_FIRST, _SHARE, *RATE_ROWS, *ROUNDING),
    aside=(*PARENT_TESTS.values(), "age.adult", "orphan.lost_and_untraceable"),
)
