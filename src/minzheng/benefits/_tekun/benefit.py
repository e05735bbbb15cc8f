"""Tekun (特困人员救助供养): support for persons in extreme hardship, basic living plus care.

Three tests, no labour ability, no livelihood, no supporter who is able; every choice between the
measures of 2016 and of 2021 is a parameter.

Source:
    社会救助暂行办法 ch. 3; 特困人员认定办法 of 2016 and of 2021; Social Assistance Law (2026) art. 16.

Limitations:
    "Other situations set by the province" (art. 5 item 4, art. 8 item 6) are not known. Art. 6 of
    2021 leaves benefits of "basic medical insurance and other social insurance" out of income;
    whether unemployment benefit is among them is not said: state it as ``INSURANCE_BENEFIT`` where
    it is, as ``TRANSFER`` where it is not. The text of the measures of 2016 is known as quoted.

Example:
    >>> from datetime import date
    >>> from minzheng.people import *
    >>> applicant = Applicant(
    ...     id="case-2", area="130822", residence=Residence.RURAL,
    ...     person=Person(
    ...         relation=Relation.APPLICANT, birth=date(1950, 3, 1), income=[],
    ...         supporters=[], self_care=SelfCare(
    ...             eating=True, dressing=True, bed=True,
    ...             toilet=True, walking=True, bathing=True)),
    ...     property=Property(meets_tekun_rule=True))
    >>> decision = tekun.assess(applicant, on=date(2020, 7, 24))
    >>> decision.outcome.name, [each.path for each in decision.missing]
    ('UNDETERMINED', ['standards', 'standards'])
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import IntEnum
from fractions import Fraction
from math import lcm
from typing import Any

from attrs import fields, frozen

from minzheng.base.i18n import N_
from minzheng.base.money import Mode, round_fen, to_yuan
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
    choice,
    code,
    computed,
    distinct,
    fact,
    figure,
    grant,
    income,
    refuse,
    undetermined,
)
from minzheng.benefits._engine.explanation import Asked, floors
from minzheng.benefits._tekun.supporter import (
    PROPERTY_RULE,
    UNABLE,
    SupporterParameters,
    status_of,
)
from minzheng.benefits.common.income import asked_kinds, counted, unsettled
from minzheng.decision import Note
from minzheng.people import DisabilityType, Person, SelfCare, Study, Supporter, SupporterStatus
from minzheng.rules import Outcome, dot
from minzheng.standards import Found, Kind, Per

__all__ = ["SelfCareClass", "self_care_class", "tekun"]

_COUNTED, _INCLUSIVE = "tekun.income.counted", "tekun.income.inclusive"
_ELDERLY, _MINOR = "tekun.labour.elderly_age", "tekun.labour.minor_age"
_GRADE, _CONTINUES = "tekun.labour.disability_grade", "tekun.continues.age"
_SET_BY, _CONDITIONS, _CHILD = (
    f"tekun.{each}" for each in ("property.set_by", "conditions", "child_allowance")
)
_BASIC, _CARE_AMOUNT, _CARE_RATE = "tekun.basic", "tekun.care.amount", "tekun.care.rate"
_PARTIAL, _COMPLETE = "tekun.self_care.partial_from", "tekun.self_care.complete_from"
_STANDARD = "dibao.standard"


class SelfCareClass(IntEnum):
    """Result of the six-item self-care test."""

    UNKNOWN = 0
    """no rule of the day is available"""
    SELF = 1
    """全自理: none failed"""
    PARTIAL = 2
    """半自理, 部分丧失"""
    COMPLETE = 3
    """全护理, 完全丧失"""


class Limb(IntEnum):
    """By what the person has no labour ability."""

    NONE = 0
    ELDERLY = 1
    MINOR = 2
    CONTINUES = 3
    """a minor once recognised, who stays in"""
    DISABILITY = 4


_LIMBS = {
    Limb.NONE: (),
    Limb.ELDERLY: (_ELDERLY,),
    Limb.MINOR: (_MINOR,),
    Limb.CONTINUES: (_CONTINUES,),
    Limb.DISABILITY: (_GRADE,),
}


# --- parameters


def _grades(read: ParameterReader) -> list[int]:
    words = read.words_of(_GRADE, "type")
    named = [each.name.lower() for each in DisabilityType]
    return [read.whole(read.get(_GRADE, type=word)) if word in words else 0 for word in named]


@frozen(kw_only=True)
class Parameters(SupporterParameters):
    """The figures and the law of one place and day.

    ``grade`` is by type of disability the mildest grade without labour ability, 0 where the type is
    not named. ``care`` is fen a month times ``scale``. An amount or age of -1 is not available;
    without a dibao standard only somebody without any income is certainly below it.
    """

    conditions: bool = figure(_CONDITIONS)
    set_by: int = figure(_SET_BY)
    adult_age: int = figure("age.adult", required=True)
    elderly_age: int = figure(_ELDERLY, required=True)
    minor_age: int = figure(_MINOR, required=True)
    grade: Vector = computed(_grades, by=DisabilityType)
    grades_available: bool = computed()
    continues_age: int = figure(_CONTINUES)
    continues_school: bool = figure("tekun.continues.school")
    orphans_first: bool = choice(_CHILD, "child_allowance_first")
    counted: Vector = counted(_COUNTED)
    unsettled: Vector = unsettled(_COUNTED)
    dibao_standard_year: int = figure(_STANDARD, per=Per.YEAR)
    income_inclusive: bool = figure(_INCLUSIVE)
    partial_from: int = figure(_PARTIAL, otherwise=0)
    complete_from: int = figure(_COMPLETE, otherwise=0)
    basic_year: int = computed()
    least_year: int = computed()
    scale: int = computed()
    care: Vector = computed(by=SelfCareClass)


def _derive(read: ParameterReader, made: dict[str, Any]) -> dict[str, Any]:
    standard = made["dibao_standard_year"]
    multiple = read.get("tekun.multiple") if standard >= 0 else None
    care = [Fraction(-1), *(_care(read, each.name.lower()) for each in list(SelfCareClass)[1:])]
    scale = lcm(*(each.denominator for each in care))
    return {
        "grades_available": any(made["grade"]),
        "basic_year": _basic(read, standard, multiple),
        "least_year": -(-read.ratio(multiple) * standard // 1),
        "scale": scale,
        "care": Vector.of(SelfCareClass)(int(each * scale) if each >= 0 else -1 for each in care),
    }


def _basic(read: ParameterReader, standard: int, multiple: Found | None) -> int:
    """Fen a year: the published amount, or a multiple stated nearer by; -1 where there is neither."""
    published = read.get(_BASIC)
    own = multiple is not None and multiple.figure.kind is Kind.POINT
    if published and not (own and multiple and len(multiple.tried) < len(published.tried)):
        return published.figure.fen_a_year()
    if not own:
        return -1
    product = read.ratio(multiple) * standard
    unit = read.get("tekun.rounding.unit")
    mode = read.need("tekun.rounding.mode") if unit else None
    months = 12 if unit and unit.figure.per is Per.MONTH else 1
    how = Mode[str(mode.value).upper()] if mode else Mode.HALF_UP
    each = round_fen(product.numerator, product.denominator * months, read.fen(unit, 1), how)
    return each * months


def _care(read: ParameterReader, tier: str) -> Fraction:
    """Fen a month of a tier: an amount, or a share of the minimum wage; -1 where there is neither."""
    stated = read.get(_CARE_AMOUNT, tier=tier)
    if stated:
        return Fraction(stated.figure.fen_a_year(), 12)
    rate = read.get(_CARE_RATE, tier=tier)
    local = read.get("minimum_wage.tier")
    wage = read.get("minimum_wage", tier=str(local.value)) if local else None
    return read.ratio(rate) * read.fen(wage) if rate and wage else Fraction(-1)


# --- facts


def _disability(person: Person, ask: Ask) -> tuple[int, int]:
    """Type and grade of the certificate; 0 and 0 for none."""
    p, stated = ask.p, person.disability
    worst = int(min(DisabilityType, key=p.grade.__getitem__))
    best = int(max(DisabilityType, key=p.grade.__getitem__))
    if stated is not None and stated.type is DisabilityType.MULTIPLE:
        # the certificate's number does not say which types it joins
        path = f"{ask.path}.disability"
        return ask.take(None, "type", (worst, best), True, True, path), stated.grade
    if stated is not None:
        return int(stated.type), stated.grade
    if person.disabled is False:
        return 0, 0
    asked, least = ("disability", (worst, 4)) if person.disabled else ("disabled", (0, 0))
    return ask.take(None, asked, (least, (best, 1)), monotone=True)


def _at_school(person: Person, ask: Ask) -> bool:
    stated = None if person.study is None else person.study is Study.SCHOOL
    return ask.take(stated, "study", (False, True), monotone=True)


def _child_allowance(person: Person, ask: Ask) -> bool:
    stated = True if person.full_child_allowance else person.child_allowance
    return ask.take(stated, "child_allowance", (True, False), monotone=True)


_NONE = (0, 0)


def _supporters(person: Person, ask: Ask) -> tuple[int, int]:
    """How many supporters are able, and of how many no row says whether they are."""
    p = ask.p

    def treated(status: SupporterStatus) -> tuple[int, int]:
        said = p.unable[status]
        return int(said == Settled.NO), int(said == Settled.OPEN)

    worst_first = sorted({treated(each) for each in SupporterStatus}, reverse=True)
    if person.supporters is None:
        ends = distinct((worst_first[0], _NONE), tuple)
        return ask.take(None, "supporters", ends, monotone=True)
    able = open_ = 0
    for number, each in enumerate(person.supporters):
        path = f"{ask.path}.supporters[{number}]"
        status = each.status
        if status is None and each != Supporter():  # some of the facts of the test are known
            status, _open = status_of(each, path, ask.on, p)
        stated = None if status is None else treated(status)
        ends = (worst_first[0], worst_first[-1])
        said = ask.take(stated, "status", ends, monotone=True, path=path)
        able, open_ = able + said[0], open_ + said[1]
    return able, open_


_ITEMS = tuple(each.name for each in fields(SelfCare))


def _failures(person: Person, ask: Ask) -> int:
    """How many items are failed; -1 where they are not known and no rule asks for them."""
    p, stated = ask.p, person.self_care
    known = [getattr(stated, name, None) for name in _ITEMS]
    if p.complete_from == 0 and None in known:
        return -1
    failed = known.count(False)
    # where more failures never pay less the ends are enough
    care = [p.care[each] for each in list(SelfCareClass)[1:]]
    monotone = care[0] >= 0 and care == sorted(care)
    if stated is None:
        counts = distinct(range(len(_ITEMS) + 1), lambda count: self_care_class(count, p))
        ends = (counts[0], counts[-1]) if monotone else counts
        return ask.take(None, "self_care", ends, monotone=monotone)
    unknown = [name for name, able in zip(_ITEMS, known, strict=True) if able is None]
    path = f"{ask.path}.self_care"
    able = [ask.take(None, name, (True, False), True, monotone, path) for name in unknown]
    return failed + able.count(False)


@frozen(kw_only=True)
class Facts:
    """The applicant. Amounts are fen a year; enumerations are those of ``minzheng.people``.

    ``supporters_unsettled`` counts supporters of whose status no row says whether it makes them
    unable.
    """

    age: int = age()
    disability_type: int = code(lambda f, ask: _disability(f, ask)[0], most=7)
    disability_grade: int = code(
        lambda f, ask: _disability(f, ask)[1], most=4, together="disability_type"
    )
    recognised_as_minor: bool = fact(ends=(False, True))
    at_school: bool = code(_at_school)
    orphan: bool = fact(ends=(True, False))
    child_allowance: bool = code(_child_allowance)
    meets_rule: bool = fact("applicant.property.meets_tekun_rule", ends=(False, True))
    supporters_able: int = code(lambda f, ask: _supporters(f, ask)[0])
    supporters_unsettled: int = code(lambda f, ask: _supporters(f, ask)[1])
    self_care_failures: int = code(_failures, most=6)
    income: Vector = income(kinds=asked_kinds)


# --- reasons and result

_THREE = (_CONDITIONS, _INCLUSIVE, _SET_BY)


class Reason(Reasons):
    """Why a person is tekun or not."""

    ALL_THREE = grant(
        N_("The person has no labour ability, no livelihood, and no supporter who is able."),
        *_THREE,
    )
    CHILD_ALLOWANCE = refuse(
        N_("A minor who takes the allowance of orphans or unattended children is not tekun."),
        _CHILD,
    )
    LABOUR_ABILITY = refuse(
        N_("The person has labour ability by age and disability."), _ELDERLY, _MINOR, _GRADE
    )
    INCOME_NOT_LOWER = refuse(
        N_(
            "The counted income, {income_year} a year, is not lower than the dibao standard, {limit_year}."
        ),
        _INCLUSIVE,
    )
    PROPERTY_RULE = refuse(
        N_("The authority finds that the property does not meet the local tekun rule."), _SET_BY
    )
    SUPPORTER_ABLE = refuse(N_("A person with a statutory duty to support is able to."), UNABLE)
    UNSETTLED_DISABILITY = undetermined(
        N_("No rule available for this day says which disabilities take labour ability away."),
        lacks=_GRADE,
    )
    UNSETTLED_CONTINUATION = undetermined(
        N_("No rule available for this day says whether a minor once recognised stays in."),
        lacks=_CONTINUES,
    )
    UNSETTLED_INCOME = undetermined(
        N_(
            "Income of {unsettled_year} a year is of a kind of which no rule on file says whether it counts."
        ),
        lacks=_COUNTED,
    )
    STANDARD_MISSING = undetermined(
        N_(
            "The counted income, {income_year} a year, cannot be compared with a dibao standard, which is not available."
        ),
        _INCLUSIVE,
        lacks=_STANDARD,
    )
    UNSETTLED_SUPPORTER = undetermined(
        N_("No rule available for this day says whether a supporter of that status is unable."),
        lacks=UNABLE,
    )
    AMOUNT_MISSING = undetermined(
        N_(
            "The person has no labour ability, no livelihood, and no supporter who is able; the amount is not known."
        ),
        *_THREE,
        lacks="tekun.basic or tekun.care.amount",
    )
    SELF = grant(N_("Self-care: able to look after oneself (全自理)."), _PARTIAL)
    PARTIAL = grant(N_("Self-care: partly lost (半自理)."), _PARTIAL)
    COMPLETE = grant(N_("Self-care: completely lost (全护理)."), _PARTIAL)


_UNLESS_REFUSED = (Outcome.GRANTED, Outcome.UNDETERMINED)


@frozen
class Result:
    """The outcome and every intermediate amount: the explanation of the decision."""

    outcome: Outcome = amount()
    reasons: int = amount()
    limb: Limb = amount()
    self_care: SelfCareClass = amount()
    income_year: int = amount(N_("counted income"), N_("yuan a year"), _COUNTED)
    unsettled_year: int = amount("", N_("yuan a year"))
    limit_year: int = amount(N_("dibao standard"), N_("yuan a year"), _INCLUSIVE)
    self_care_failures: int = amount(
        N_("items of the self-care test not met"), N_("of six"), _PARTIAL, shown=_UNLESS_REFUSED
    )
    basic_month: int = amount(N_("basic living"), N_("yuan a month"), _BASIC, shown=_UNLESS_REFUSED)
    care_month: int = amount(
        N_("care allowance"), N_("yuan a month"), _CARE_RATE, shown=_UNLESS_REFUSED
    )
    pay_month: int = amount(N_("payment"), N_("yuan a month"), shown=(Outcome.GRANTED,))


# --- the rule


def limb_of(f: Facts, p: Parameters) -> Limb:
    """无劳动能力: 特困人员认定办法 (2021) art. 5; a minor once recognised stays in, art. 24."""
    if f.age >= p.elderly_age:
        return Limb.ELDERLY
    if f.age < p.minor_age:
        return Limb.MINOR
    young = f.age < p.continues_age
    if (young or p.continues_school) and f.recognised_as_minor and (young or f.at_school):
        return Limb.CONTINUES
    kind = f.disability_type
    if kind > 0 and 1 <= f.disability_grade <= p.grade[kind]:
        return Limb.DISABILITY
    return Limb.NONE


def unsettled_limb(f: Facts, p: Parameters) -> int:
    """Of somebody able by what is available: what no row says that might take the ability away."""
    if not p.grades_available and f.disability_grade > 0:
        return int(Reason.UNSETTLED_DISABILITY)
    if p.continues_age < 0 and f.age < p.adult_age and f.recognised_as_minor:
        return int(Reason.UNSETTLED_CONTINUATION)
    return 0


def is_lower(income: int, p: Parameters) -> bool:
    """Whether an income is lower than the dibao standard; no income is lower than any standard."""
    if income == 0:
        return True
    return income < p.dibao_standard_year or (
        p.income_inclusive and income == p.dibao_standard_year
    )


def self_care_class(failures: int, p: Parameters) -> SelfCareClass:
    """特困人员认定办法 (2021) art. 22: none failed, some, or so many."""
    if p.complete_from == 0:
        return SelfCareClass.UNKNOWN
    if failures >= p.complete_from:
        return SelfCareClass.COMPLETE
    if failures >= p.partial_from:
        return SelfCareClass.PARTIAL
    return SelfCareClass.SELF


def told_of(care: SelfCareClass) -> int:
    """The reason that tells a class."""
    if care == SelfCareClass.UNKNOWN:
        return 0
    if care == SelfCareClass.SELF:
        return int(Reason.SELF)
    return int(Reason.PARTIAL if care == SelfCareClass.PARTIAL else Reason.COMPLETE)


def lacking_of(f: Facts, income: int, unsettled: int, p: Parameters) -> int:
    """The first rule or figure without which somebody without labour ability cannot be decided."""
    if p.dibao_standard_year < 0 and income > 0:
        return int(Reason.STANDARD_MISSING)
    if not is_lower(income + unsettled, p):
        return int(Reason.UNSETTLED_INCOME)
    if f.supporters_unsettled > 0:
        return int(Reason.UNSETTLED_SUPPORTER)
    return 0


def decide(f: Facts, p: Parameters) -> Result:
    """Settle the person: the three tests, then basic living and care."""
    income = dot(f.income, p.counted)
    unsettled = dot(f.income, p.unsettled)
    limb = limb_of(f, p)
    open_ = unsettled_limb(f, p) if limb == Limb.NONE else 0
    minor = f.age < p.adult_age
    lower = is_lower(income, p) or (p.dibao_standard_year < 0 and income > 0)
    reasons = (
        Reason.CHILD_ALLOWANCE * (minor and (f.child_allowance or (p.orphans_first and f.orphan)))
        | Reason.LABOUR_ABILITY * (limb == Limb.NONE and open_ == 0)
        | Reason.INCOME_NOT_LOWER * (not lower)
        | Reason.PROPERTY_RULE * (not f.meets_rule)
        | Reason.SUPPORTER_ABLE * (f.supporters_able > 0)
    )
    outcome = Outcome.REFUSED
    care = SelfCareClass.UNKNOWN
    failures = basic = care_month = pay = -1
    if reasons == 0:
        failures = f.self_care_failures
        care = self_care_class(failures, p)
        scaled = p.care[care]
        if p.basic_year >= 0:
            basic = round_fen(p.basic_year, 12, 1, Mode.HALF_UP)
        if scaled >= 0:
            care_month = round_fen(scaled, p.scale, 1, Mode.HALF_UP)
        outcome = Outcome.UNDETERMINED
        reasons = open_ if open_ > 0 else lacking_of(f, income, unsettled, p)
        if reasons == 0 and (basic < 0 or care_month < 0):
            reasons = int(Reason.AMOUNT_MISSING)
        if reasons == 0:
            outcome = Outcome.GRANTED
            reasons = int(Reason.ALL_THREE)
            pay = basic + care_month
        reasons |= told_of(care)
    return Result(
        outcome=outcome,
        reasons=reasons,
        limb=limb,
        self_care=care,
        income_year=income,
        unsettled_year=unsettled,
        limit_year=p.dibao_standard_year,
        self_care_failures=failures,
        basic_month=basic,
        care_month=care_month,
        pay_month=pay,
    )


# --- what is told beside it

_BREACH = N_(
    "The tekun standard found, {published} a year, is below the published multiple of the dibao standard, {least}: a breach to be reported."
)
_NO_STANDARD = N_(
    "No dibao standard is available for this place and day; without any income a person is below every standard."
)
_PLACEMENT = N_("Support at home or in an institution is the person's choice; none is stated.")
_STANDARDS_DIFFER = N_(
    "The rural and the urban tekun standard differ: as a rule the rural one is for a person with contracted land or a share in the income of the collective, the urban one for a person moved to a town from inhospitable land."
)


def _further(case: Case, reason: Reasons) -> tuple[str, ...]:
    if reason in (Reason.ALL_THREE, Reason.AMOUNT_MISSING):
        return (*_LIMBS[case.result.limb], *([UNABLE] if case.subject.person.supporters else []))
    return ()


def _words(case: Case) -> Mapping[str, tuple[str, ...]]:
    tier = (case.result.self_care.name.lower(),)
    return {_CARE_AMOUNT: tier, _CARE_RATE: tier}


def _remarks(case: Case) -> Iterator[Note]:
    p, refused = case.p, case.result.outcome is Outcome.REFUSED
    if 0 <= p.basic_year < p.least_year // 100 * 100:
        yield Note(_BREACH, {"published": to_yuan(p.basic_year), "least": to_yuan(p.least_year)})
    if p.dibao_standard_year < 0 and not refused:
        yield Note(_NO_STANDARD)
    paid = (_STANDARD, _BASIC, _CARE_AMOUNT, _CARE_RATE)
    yield from floors(each for each in case.resolved.used if each.figure.series in paid)
    if case.subject.placement is None and not refused:
        yield Note(_PLACEMENT)
    if not refused and case.get("tekun.residence", circumstance="land_or_collective"):
        both = {case.get(_BASIC, residence=each) for each in ("rural", "urban")}
        if len({each and each.value for each in both}) > 1:
            yield Note(_STANDARDS_DIFFER)


def _asked(case: Case) -> Iterator[Asked]:
    reasons = case.result.reasons
    person = case.subject.person
    if reasons & Reason.UNSETTLED_INCOME:
        for kind in sorted({each.kind for each in person.income or ()}):
            yield _COUNTED, {"kind": kind.name.lower()}
    elif reasons & Reason.UNSETTLED_SUPPORTER:
        for status in sorted({each.status for each in person.supporters or () if each.status}):
            yield UNABLE, {"status": status.name.lower()}
    elif reasons & Reason.AMOUNT_MISSING:
        yield from _amounts_asked(case)
    else:
        yield from ((each.lacks, {}) for each in Reason.of(reasons) if each.lacks)


def _amounts_asked(case: Case) -> Iterator[Asked]:
    care = case.result.self_care
    if case.p.basic_year < 0:
        yield _BASIC, {}
    if care is SelfCareClass.UNKNOWN:
        yield _PARTIAL, {}
        yield _COMPLETE, {}
        return
    tier = care.name.lower()
    if case.get(_CARE_AMOUNT, tier=tier) is None:
        yield _CARE_RATE, {"tier": tier}
        local = case.get("minimum_wage.tier")
        if local is None:
            yield "minimum_wage.tier", {}
        yield "minimum_wage", {"tier": str(local.value)} if local else {}


tekun = Benefit(
    name="tekun",
    title=N_("Support for persons in extreme hardship (tekun)"),
    Facts=Facts,
    Parameters=Parameters,
    Reason=Reason,
    Result=Result,
    decide=decide,
    derive=_derive,
    first="tekun.first_payment",
    words=_words,
    further=_further,
    remarks=_remarks,
    asked=_asked,
    only_aside=frozenset(
        (
            *(series for limb in _LIMBS.values() for series in limb),
            "age.adult",
            "tekun.supporter.dibao_age",
            "tekun.supporter.elderly_age",
            "tekun.supporter.income_inclusive",
            "disability.severe_grade",
            "income.disposable_per_capita",
            _CHILD,
            _CONDITIONS,
            "tekun.continues.school",
            _COUNTED,
            UNABLE,
            PROPERTY_RULE,
        )
    ),
    stage=1,
)
