"""Facts, parameters, totals and result of dibao: whole numbers only, money in fen."""

from __future__ import annotations

from enum import IntEnum
from fractions import Fraction
from typing import Any

from attrs import frozen

from minzheng.base.i18n import N_
from minzheng.base.money import Mode, to_fen
from minzheng.benefits._engine import (
    Ask,
    ParameterReader,
    Vector,
    amount,
    code,
    computed,
    fact,
    figure,
    income,
    spending,
)
from minzheng.benefits.common import property as owned
from minzheng.benefits.common.income import asked_kinds, counted, unsettled
from minzheng.benefits.common.membership import Family
from minzheng.people import DisabilityType, Person, SpendingKind
from minzheng.rules import Outcome
from minzheng.standards import Per

__all__ = [
    "Category",
    "Combine",
    "Condition",
    "Facts",
    "Group",
    "MeansMember",
    "MeansParameters",
    "Member",
    "Parameters",
    "Position",
    "Result",
    "Totals",
    "deducted_kinds",
    "derive",
    "line",
    "means",
]


class Group(IntEnum):
    """Groups that the law of some day lets apply alone."""

    SEVERE_DISABILITY = 0
    GRADE_3_MENTAL = 1
    SERIOUS_ILLNESS = 2
    CLERGY = 3
    ELDERLY = 4
    MINOR = 5
    UNEMPLOYED_SEVERE_DISABILITY = 6
    SEVERE_DISABILITY_OWN_REGISTER = 7
    SPECIAL_HARDSHIP = 8


class Condition(IntEnum):
    """On what a group applies alone; bits of one number."""

    NEVER = 0
    HARDSHIP = 1
    """the authority finds the family in hardship"""
    DIBAO_MARGINAL = 2
    """the family is dibao-marginal"""
    ANY = 4
    """always"""


class Category(IntEnum):
    """Who has a supplement (分类施保)."""

    ELDERLY = 0
    MINOR = 1
    SEVERE_DISABILITY = 2
    SERIOUS_ILLNESS = 3


class Combine(IntEnum):
    """What a person in several categories has."""

    NOT_AVAILABLE = 0
    SUM = 1
    HIGHEST = 2


class Position(IntEnum):
    """Where the counted income per person stands."""

    BELOW = 1
    """lower than the standard"""
    WITHIN_LINE = 2
    """not lower than the standard, within the line of dibao-marginal families"""
    ABOVE = 3
    """above that line, or the law of the day knows none"""
    UNKNOWN = 4
    """not lower than the standard, and no line is available"""


# --- parameters


@frozen(kw_only=True)
class MeansParameters(owned.PropertyParameters):
    """The means test of one place and day: standard, income, line, property.

    Shares are times ``scale``; the standard is fen a year. ``line_numerator`` over
    ``line_denominator`` is the line of dibao-marginal families as a multiple of the standard, 0
    where it is not available.
    """

    standard_year: int = figure("dibao.standard", required=True, per=Per.YEAR)
    income_inclusive: bool = figure("dibao.income.inclusive", required=True)
    counted: Vector = counted("dibao.income.counted")
    unsettled: Vector = unsettled("dibao.income.counted")
    has_unsettled: bool = computed()
    employment_share: int = computed()
    medical_share: int = computed()
    disability_share: int = computed()
    line_numerator: int = computed()
    line_denominator: int = computed()
    line_inclusive: bool = computed()
    knows_line: bool = computed()


def means(read: ParameterReader, made: dict[str, Any]) -> dict[str, Any]:
    """The shares of :class:`MeansParameters`, not yet scaled, and the line.

    Args:
        read: of the place and the day.
        made: the parameters that follow from one row.
    """
    return {
        "employment_share": read.ratio(read.get("dibao.deduction.employment")),
        "medical_share": read.ratio(read.get("dibao.deduction.rigid", kind="medical")),
        "disability_share": read.ratio(read.get("dibao.deduction.rigid", kind="disability")),
        **owned.ceilings(read, made["standard_year"]),
    }


def line(read: ParameterReader) -> dict[str, Any]:
    """The line of dibao-marginal families as a multiple of the standard; 0 where not available.

    Where the place caps what its counties may set, a county's own multiple is cut to the
    minimum wage, and is not known without it.

    Args:
        read: of the place and the day.
    """
    held, cap = read.get("dibao_marginal.ratio"), read.get("dibao_marginal.cap")
    ratio = read.ratio(held)
    if held and cap and len(held.tried) < len(cap.tried):
        tier = read.get("minimum_wage.tier")
        wage = read.get("minimum_wage", tier=str(tier.value)) if tier else None
        standard = read.fen_a_year(read.get("dibao.standard"))
        most = Fraction(read.fen_a_year(wage), standard) if wage and standard else Fraction(0)
        ratio = min(ratio, most)
    inclusive = read.get("dibao_marginal.inclusive")
    return {
        "knows_line": inclusive is not None,
        "line_numerator": ratio.numerator,
        "line_denominator": ratio.denominator,
        "line_inclusive": read.yes(inclusive),
    }


_CONDITIONS = {
    "hardship": Condition.HARDSHIP,
    "dibao_marginal": Condition.DIBAO_MARGINAL,
    "any": Condition.ANY,
}


def _single(read: ParameterReader) -> list[int]:
    rows = [read.get("dibao.single.condition", group=each.name.lower()) for each in Group]
    return [_CONDITIONS[str(row.value)] if row else Condition.NEVER for row in rows]


def _bands(read: ParameterReader) -> tuple[int, ...]:
    if not read.yes(read.need("dibao.bands.permitted")):
        return ()
    row = read.get("dibao.bands")
    return tuple(map(to_fen, row.value)) if row else ()  # type: ignore[arg-type]


@frozen(kw_only=True)
class Parameters(MeansParameters):
    """The figures and the law of one place and day, as whole numbers.

    ``single`` is by group the condition on which it applies alone: somebody in several groups may
    apply on any of theirs. ``rate`` is the share of the standard that a group is paid alone, times
    ``scale``, 0 where the difference is paid. ``supplement`` is by category fen a year times
    ``scale``. ``bands`` are fen a month, ascending; empty where the difference is paid.
    """

    severe_grade: int = figure("disability.severe_grade", required=True)
    elderly_age: int = figure("age.elderly", required=True)
    single: Vector = computed(_single, by=Group)
    single_groups: int = computed()
    single_conditions: int = computed()
    rate: Vector = computed(by=Group)
    supplement: Vector = computed(by=Category)
    has_supplements: bool = computed()
    supplement_elderly_age: int = computed()
    supplement_minor_age: int = computed()
    combine: Combine = computed()
    pays_bands: bool = computed()
    bands: tuple[int, ...] = computed(_bands, most=12)
    rounding_unit: int = computed()
    rounding_mode: int = computed()
    rounds_per_person: bool = computed()


def derive(read: ParameterReader, made: dict[str, Any]) -> dict[str, Any]:
    """The parameters that follow from several rows.

    Args:
        read: of the place and the day.
        made: those that follow from one row.
    """
    shares = {
        **means(read, made),
        "supplement": [_supplement(read, each, made["standard_year"]) for each in Category],
        "rate": [
            read.ratio(read.get("dibao.single.rate", group=each.name.lower())) for each in Group
        ],
    }
    whole = owned.scaled(shares)
    unit = read.get("dibao.rounding.unit")
    mode = read.need("dibao.rounding.mode") if unit else None
    scope = read.need("dibao.rounding.scope") if unit else None
    combine = read.get("dibao.supplement.combine")
    elderly = read.get("dibao.supplement.elderly_age") or read.need("age.elderly")
    minor = read.get("dibao.supplement.minor_age") or read.need("age.adult")
    conditions = groups = 0
    for group in Group:
        conditions |= made["single"][group]
        groups |= (made["single"][group] > 0) << group
    return {
        **whole,
        **line(read),
        "has_unsettled": any(made["unsettled"]),
        "rate": Vector.of(Group)(whole["rate"]),
        "supplement": Vector.of(Category)(whole["supplement"]),
        "single_groups": groups,
        "single_conditions": conditions,
        "has_supplements": any(whole["supplement"]),
        "supplement_elderly_age": read.whole(elderly),
        "supplement_minor_age": read.whole(minor),
        "combine": _COMBINES[None if combine is None else str(combine.value)],
        "pays_bands": len(made["bands"]) > 0,
        "rounds_per_person": scope is not None and scope.value == "person",
        "rounding_unit": read.fen(unit, otherwise=1),
        "rounding_mode": Mode[str(mode.value).upper()] if mode else Mode.HALF_UP,
    }


_COMBINES = {None: Combine.NOT_AVAILABLE, "sum": Combine.SUM, "highest": Combine.HIGHEST}


def _supplement(read: ParameterReader, category: Category, standard: int) -> Fraction:
    """Fen a year per person of a category: a share of the standard, or an amount."""
    word = category.name.lower()
    due = read.get("dibao.supplement.due", category=word)
    if due is not None and due.value is False:
        return Fraction(0)
    rate = read.get("dibao.supplement.rate", category=word)
    stated = None if rate else read.get("dibao.supplement.amount", category=word)
    return read.ratio(rate) * standard + 12 * read.fen(stated)


# --- facts


def deducted_kinds(p: MeansParameters) -> tuple[SpendingKind, ...]:
    """The kinds of spending that are deducted from income."""
    shares = {
        SpendingKind.MEDICAL: p.medical_share,
        SpendingKind.DISABILITY: p.disability_share,
    }
    return tuple(each for each, share in shares.items() if share)


@frozen(kw_only=True)
class MeansMember(Family):
    """One person, as far as the means test asks. Amounts are fen a year."""

    income: Vector = income(kinds=asked_kinds)
    spending: Vector = spending(kinds=deducted_kinds)


_NONE = (0, 0)


def _disabilities(p: Parameters, *also: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    """Types and grades as the groups of dibao tell them apart, the mildest first."""
    mildest_first = ((int(kind), grade) for kind in DisabilityType for grade in (4, 3, 2, 1))
    kept: dict[tuple[bool, bool], tuple[int, int]] = {}
    for kind, grade in (*also, *mildest_first):
        mental = kind in (DisabilityType.INTELLECTUAL, DisabilityType.MENTAL)
        kept.setdefault((1 <= grade <= p.severe_grade, grade == 3 and mental), (kind, grade))
    return tuple(kept.values())


def _disability(person: Person, ask: Ask) -> tuple[int, int]:
    """Type and grade of the certificate; 0 and 0 for none."""
    stated, p = person.disability, ask.p
    matters = (
        p.supplement[Category.SEVERE_DISABILITY]
        or p.single[Group.SEVERE_DISABILITY]
        or p.single[Group.GRADE_3_MENTAL]
        or p.single[Group.UNEMPLOYED_SEVERE_DISABILITY]
        or p.single[Group.SEVERE_DISABILITY_OWN_REGISTER]
    )
    if stated is not None and stated.type is DisabilityType.MULTIPLE:
        # the certificate's number does not say which types it joins; grades 1 and 2 are severe alike
        types = (int(DisabilityType.MULTIPLE), int(DisabilityType.MENTAL))
        asks = bool(matters) and stated.grade == 3
        kind = ask.take(None, "type", types, asks, True, f"{ask.path}.disability")
        return kind, stated.grade
    if stated is not None:
        return int(stated.type), stated.grade
    if person.disabled is False:
        return _NONE
    if not person.disabled:
        return ask.take(None, "disabled", _disabilities(p, _NONE), matters, True)
    return ask.take(None, "disability", _disabilities(p), matters, True)


@frozen(kw_only=True)
class Member(MeansMember):
    """One person. ``disability_type`` is a ``DisabilityType``, 0 for none."""

    disability_type: int = code(lambda m, ask: _disability(m, ask)[0], most=7)
    disability_grade: int = code(
        lambda m, ask: _disability(m, ask)[1], most=4, together="disability_type"
    )
    seriously_ill: bool = fact(
        ends=(False, True),
        relevant=lambda p: (
            p.single[Group.SERIOUS_ILLNESS] or p.supplement[Category.SERIOUS_ILLNESS]
        ),
    )
    employed: bool = fact(
        ends=(True, False), relevant=lambda p: p.single[Group.UNEMPLOYED_SEVERE_DISABILITY]
    )
    labour_ability: bool = fact(
        ends=(True, False), relevant=lambda p: p.single[Group.SEVERE_DISABILITY_OWN_REGISTER]
    )
    own_register: bool = fact(
        ends=(False, True), relevant=lambda p: p.single[Group.SEVERE_DISABILITY_OWN_REGISTER]
    )
    special_hardship: bool = fact(
        ends=(False, True), relevant=lambda p: p.single[Group.SPECIAL_HARDSHIP]
    )


@frozen(kw_only=True)
class Facts(owned.Owned):  # type: ignore[misc]
    """What is known of the household as a whole; ``band`` counts from 1, the lowest."""

    band: int = fact(
        ends=lambda p: (1, len(p.bands)), relevant=lambda p: p.pays_bands, idle=1, least=1
    )
    in_hardship: bool = fact(
        domain=(False, True), relevant=lambda p: p.single_conditions & Condition.HARDSHIP
    )
    meets_marginal_rule: bool = fact(
        "property.meets_dibao_marginal_rule",
        ends=(False, True),
        relevant=lambda p: p.single_conditions & Condition.DIBAO_MARGINAL,
    )


# --- what members add up to, and what comes out


@frozen
class Totals:
    """What the members add up to.

    Amounts named ``scaled`` are fen a year times the scale of the parameters, so that shares such
    as 1/5 of a wage stay whole numbers. The sums of single applicants are fen a month;
    ``single_both`` are those who may apply on hardship as well as in a marginal family.
    """

    size: int = 0
    income_scaled: int = 0
    unsettled_year: int = 0
    unsettled_alone_year: int = 0
    supplements_scaled: int = 0
    uncombined: int = 0
    clergy: int = 0
    clergy_month: int = 0
    single_any: int = 0
    single_any_month: int = 0
    any_marginal: int = 0
    any_marginal_month: int = 0
    single_marginal: int = 0
    single_marginal_month: int = 0
    single_hardship: int = 0
    single_hardship_month: int = 0
    single_both: int = 0
    single_both_month: int = 0


_GRANTED = (Outcome.GRANTED,)


@frozen
class Result:
    """The outcome and every intermediate amount: the explanation of the decision."""

    outcome: Outcome = amount()
    reasons: int = amount()
    position: Position = amount()
    size: int = amount(
        N_("members of the household who count"), N_("persons"), "dibao.member.defined"
    )
    income_year: int = amount(
        N_("counted household income"), N_("yuan a year"), "dibao.income.counted"
    )
    unsettled_year: int = amount()
    limit_year: int = amount(
        N_("standard times members"), N_("yuan a year"), "dibao.income.inclusive"
    )
    gap_year: int = amount(
        N_("difference to the standard"), N_("yuan a year"), "dibao.bands.permitted", shown=_GRANTED
    )
    band_month: int = amount(
        N_("band paid per person"), N_("yuan a month"), "dibao.bands.permitted", shown=_GRANTED
    )
    persons: int = amount(N_("persons paid for"), N_("persons"), shown=_GRANTED)
    supplements_year: int = amount(
        N_("supplements"), N_("yuan a year"), "dibao.supplement.due", shown=_GRANTED
    )
    pay_month: int = amount(N_("payment"), N_("yuan a month"), shown=_GRANTED)
