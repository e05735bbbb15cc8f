"""Subsidies of elderly persons in economic hardship (经济困难的高龄、失能老年人补贴).

Places subsidise the care of poor elderly persons who cannot look after themselves for long. Tiers,
ages, levels and how parts combine are local; of the tiers on file only Shanxi's has a first day.
The amount is one a month.

Source:
    老年人权益保障法 art. 30; the rules of the places.

Limitations:
    Tiers are those of the rows on file: a place may have more. Shares of the minimum wage that some
    places pay for tekun are part of tekun.

Example:
    >>> from datetime import date
    >>> from minzheng.people import *
    >>> person = Person(
    ...     relation=Relation.APPLICANT, birth=date(1936, 1, 1), incapacitated=True,
    ...     assistance=Assistance.DIBAO)
    >>> applicant = Applicant(
    ...     id="case-7", area="140105", residence=Residence.URBAN, person=person)
    >>> elderly_subsidy.assess(applicant, on=date(2016, 1, 1)).award.amount
    Decimal('60.00')
    >>> p = elderly_subsidy.parameters(
    ...     "140105", on=date(2016, 1, 1), residence=Residence.URBAN).parameters
    >>> p.aged_dibao[Band.FROM_80], p.care[Class.DIBAO], p.aged_other[Band.FROM_100]
    (3000, 6000, 30000)
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import Any, Final

from attrs import evolve, frozen

from minzheng.base.i18n import N_
from minzheng.benefits._engine import (
    Ask,
    Benefit,
    Case,
    Explanation,
    ParameterReader,
    Reasons,
    Vector,
    age,
    amount,
    code,
    computed,
    fact,
    figure,
    grant,
    refuse,
    term,
    undetermined,
)
from minzheng.benefits._engine.explanation import explain, floors
from minzheng.benefits.common.bands import (
    Band,
    amounts,
    band_at,
    nearest_age,
)
from minzheng.people import AbilityScale, Assistance, Person
from minzheng.rules import Outcome
from minzheng.standards import Found

__all__ = ["elderly_subsidy"]

_AMOUNT, _LEVEL, _COMBINE, _EXCLUDED, _DEGREE = (
    f"elderly_subsidy.{each}" for each in ("amount", "level", "combine", "excluded", "by_degree")
)
_ELDERLY = "age.elderly"
_ANY_AGE: Final = "60"
"""The key of the rows of parts that do not depend on the age."""
_WORST_LEVEL: Final = 9
"""Beyond the last level of every scale."""


class Class(IntEnum):
    """The classes of families that places tell apart."""

    DIBAO, TEKUN, OTHER = range(3)


class Combine(IntEnum):
    """What is paid to a person of high age who is incapacitated too."""

    UNKNOWN, HIGHEST, SUM = range(3)


def _aged(group: str) -> Any:
    def read(reader: ParameterReader) -> list[int]:
        rows = amounts(reader, _AMOUNT, part="aged", assistance=group)
        return [ParameterReader.fen(rows.get(band), otherwise=-1) for band in Band]

    return computed(read, by=Band)


@frozen(kw_only=True)
class Parameters:
    """The figures and the law of one place and day; amounts are fen a month, -1 not available.

    Attributes:
        aged_dibao, aged_tekun, aged_other: the part for age, by band.
        care: the part for incapacitated persons, by class.
        bereaved: that for parents whose only child has died, by class.
        available: whether any amount is available.
        combine: how the parts for age and care combine.
        not_with_disability_care: whether recipients of the care subsidy of severe disability have
            no part for care.
        elderly: the age from which a person is elderly.
        level: by scale, the level from which a person counts as incapacitated; 0 where the place
            does not name the scale.
    """

    aged_dibao: Vector = _aged("dibao")
    care: Vector = figure(_AMOUNT, by=("assistance", Class), part="care", age=_ANY_AGE)
    bereaved: Vector = figure(_AMOUNT, by=("assistance", Class), part="bereaved", age=_ANY_AGE)
    aged_tekun: Vector = _aged("tekun")
    aged_other: Vector = _aged("other")
    combine: Combine = term(_COMBINE, Combine, otherwise=Combine.UNKNOWN)
    not_with_disability_care: bool = figure(_EXCLUDED, benefit="disability_care")
    elderly: int = figure(_ELDERLY, required=True)
    level: Vector = figure(_LEVEL, by=("scale", AbilityScale), otherwise=0)
    available: bool = computed()


def _derive(_reader: ParameterReader, made: dict[str, Any]) -> dict[str, Any]:
    parts = ("aged_dibao", "aged_tekun", "aged_other", "care", "bereaved")
    return {"available": any(each >= 0 for part in parts for each in made[part])}


def _by_level(p: Parameters) -> bool:
    return bool(max(p.level) > 0)


def _pays(by_class: Vector) -> bool:
    return bool(max(by_class) >= 0)


def _ability(person: Person, ask: Ask) -> tuple[int, int]:
    """Scale and level; a level by a scale that the place does not name says nothing here."""
    p, stated = ask.p, person.ability_level
    known = None
    if stated is not None and p.level[stated.scale] > 0:
        known = stated.scale, stated.level
    mzt = p.level[AbilityScale.MZT_039] > 0
    named = AbilityScale.MZT_039 if mzt else AbilityScale.GBT_42195
    levels = (named, 0), (named, _WORST_LEVEL)
    return ask.take(known, "ability_level", levels, _pays(p.care) and _by_level(p))


@frozen(kw_only=True)
class Facts:
    """The applicant.

    Attributes:
        age: full years.
        assistance: the class of the family.
        incapacitated: found so under the local rule; counts where the place names no scale.
        scale, level: of the ability assessment; they count where the place names a scale.
        only_child_died: a parent whose only child has died.
        disability_care: a recipient of the care subsidy of severe disability.
    """

    age: int = age()
    assistance: Assistance = fact(
        domain=(Assistance.NONE, Assistance.DIBAO, Assistance.TEKUN),  # marginal is as none
        relevant=lambda p: p.available,
    )
    incapacitated: bool = fact(relevant=lambda p: _pays(p.care) and not _by_level(p))
    scale: AbilityScale = code(lambda person, ask: _ability(person, ask)[0])
    level: int = code(
        lambda person, ask: _ability(person, ask)[1],
        most=4,
        most_by=("scale", {AbilityScale.MZT_039: 3, AbilityScale.GBT_42195: 4}),
    )
    only_child_died: bool = fact(relevant=lambda p: _pays(p.bereaved))
    disability_care: bool = fact(
        domain=(True, False), relevant=lambda p: _pays(p.care) and p.not_with_disability_care
    )


class Reason(Reasons):
    """Why a subsidy is granted or not."""

    NOT_ELDERLY = refuse(N_("The person is younger than {elderly}."), _ELDERLY)
    NO_TIER = refuse(
        N_("By age, need of care and class of the family the person is in no local tier."), _AMOUNT
    )
    AMOUNT_MISSING = undetermined(
        N_("The local amount for that age is not available."), _DEGREE, lacks=_AMOUNT
    )
    SCALE_NOT_NAMED = undetermined(
        N_("The local rule does not name the scale of the assessment."), _LEVEL, lacks=_LEVEL
    )
    COMBINE_MISSING = undetermined(
        N_(
            "The part for age and the part for care are both due; no local rule on how they combine is on file."
        ),
        lacks=_COMBINE,
    )
    ELIGIBLE = grant(
        N_("By age, need of care and class of the family the person is in a local tier."),
        _AMOUNT,
        _DEGREE,
    )
    DRAWS_DISABILITY_CARE = refuse(
        N_(
            "A recipient of the care subsidy of severe disability is not eligible for the part for care here."
        ),
        _EXCLUDED,
    )


_UNLESS_REFUSED = (Outcome.GRANTED, Outcome.UNDETERMINED)


@frozen
class Result:
    """The outcome, its reasons and every part; a part of -1 is not due."""

    outcome: Outcome = amount()
    reasons: int = amount()
    age: int = amount(N_("age"), N_("years"), _ELDERLY)
    band: int = amount(none=0)
    aged_month: int = amount(N_("part for age"), N_("yuan a month"), shown=_UNLESS_REFUSED)
    care_month: int = amount(N_("part for care"), N_("yuan a month"), shown=_UNLESS_REFUSED)
    pay_month: int = amount(
        N_("subsidy of elders in hardship"), N_("yuan a month"), shown=(Outcome.GRANTED,)
    )


def class_of(assistance: int) -> int:
    """The class of a family."""
    if assistance == Assistance.DIBAO:
        return Class.DIBAO
    return Class.TEKUN if assistance == Assistance.TEKUN else Class.OTHER


def is_incapacitated(f: Facts, p: Parameters) -> bool:
    """By the level of a scale that the place names, or by the finding where it names none."""
    if p.level[AbilityScale.MZT_039] == 0 and p.level[AbilityScale.GBT_42195] == 0:
        return f.incapacitated
    return bool(p.level[f.scale] > 0 and f.level >= p.level[f.scale])


def aged_of(age: int, group: int, p: Parameters) -> tuple[int, int]:
    """The part for age of a class, and the age at which its band begins."""
    if group == Class.DIBAO:
        return band_at(age, p.aged_dibao)
    if group == Class.TEKUN:
        return band_at(age, p.aged_tekun)
    return band_at(age, p.aged_other)


def decide(f: Facts, p: Parameters) -> Result:
    """Decide on age first, then which parts are due and how they combine."""
    if f.age < p.elderly:
        return Result(Outcome.REFUSED, Reason.NOT_ELDERLY, f.age, 0, -1, -1, 0)
    if not p.available:
        return Result(Outcome.UNDETERMINED, Reason.AMOUNT_MISSING, f.age, 0, -1, -1, 0)
    group = class_of(f.assistance)
    aged, start = aged_of(f.age, group, p)
    band = start if aged >= 0 else 0
    if p.bereaved[group] > aged and f.only_child_died:
        aged = p.bereaved[group]
    due = p.care[group] >= 0 and is_incapacitated(f, p)
    lost = due and p.not_with_disability_care and f.disability_care
    care = p.care[group] if due and not lost else -1
    unnamed = p.care[group] >= 0 and max(p.level) > 0 and p.level[f.scale] == 0
    reasons = Reason.ELIGIBLE | Reason.DRAWS_DISABILITY_CARE * lost
    outcome = Outcome.GRANTED
    if aged < 0 and start >= 80:  # bands that end below 100 say nothing of a person of 100
        reasons, outcome = Reason.AMOUNT_MISSING, Outcome.UNDETERMINED
    elif unnamed:
        reasons, outcome = Reason.SCALE_NOT_NAMED, Outcome.UNDETERMINED
    elif aged >= 0 and care >= 0 and p.combine == Combine.UNKNOWN:
        reasons, outcome = Reason.COMBINE_MISSING, Outcome.UNDETERMINED
    elif aged < 0 and care < 0:
        reasons, outcome = Reason.DRAWS_DISABILITY_CARE if lost else Reason.NO_TIER, Outcome.REFUSED
    pay = 0
    if outcome == Outcome.GRANTED:
        both = aged >= 0 and care >= 0
        pay = aged + care if both and p.combine == Combine.SUM else max(aged, care)
    return Result(outcome, reasons, f.age, band, aged, care, pay)


def _group(case: Case) -> str:
    return Class(class_of(case.facts.assistance)).name.lower()


def _parts(case: Case) -> Iterator[Found]:
    """The rows of the parts that are due."""
    result = case.result
    aged = result.aged_month >= 0
    due = {
        "aged": str(result.band) if aged and result.band else "",
        "bereaved": _ANY_AGE if aged and case.facts.only_child_died else "",
        "care": _ANY_AGE if result.care_month >= 0 else "",
    }
    for part, at in due.items():
        found = case.get(_AMOUNT, part=part, assistance=_group(case), age=at) if at else None
        if found is not None:
            yield found


def _explain(case: Case) -> Explanation:
    """Report of the amounts on file those of the parts that are due."""
    explained = explain(elderly_subsidy, case)
    parts = tuple(_parts(case))
    if not parts:
        return explained
    due = {each.figure for each in parts}
    figures = tuple(
        each for each in explained.figures if each.figure.series != _AMOUNT or each.figure in due
    )
    notes = floors(parts) if case.granted else ()
    return evolve(explained, figures=figures, notes=(*notes, *explained.notes))


def _keys(case: Case) -> dict[str, str]:
    nearest = str(nearest_age(case.result.age))
    return {"part": "aged", "assistance": _group(case), "age": nearest}


elderly_subsidy = Benefit(
    name="elderly_subsidy",
    title=N_("Subsidy of elderly persons in economic hardship"),
    Facts=Facts,
    Parameters=Parameters,
    Reason=Reason,
    Result=Result,
    decide=decide,
    derive=_derive,
    pays=_AMOUNT,
    paid=lambda _case: None,
    keys=_keys,
    values=lambda case: {"elderly": case.p.elderly},
    also=(_DEGREE,),
    when_granted=(_LEVEL, _COMBINE),
    explain=_explain,
)
