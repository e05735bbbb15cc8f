"""Temporary assistance (临时救助): help in a sudden, urgent hardship, paid once or in stages.

Source:
    社会救助暂行办法 arts 47-49; 关于进一步加强和改进临时救助工作的意见 (2018) 二; the notice of
    2022-10-20, 二; 关于进一步健全完善临时救助制度的意见 (2026); Social Assistance Law (2026) arts
    29, 37, 50; the Chengde work plan of 2020, item 8.

Limitations:
    The multiples of the dibao standard are local figures (``temporary_assistance.multiple``) and
    none is bundled: give your own table, or the amount that the authority proposes (``proposed``,
    一事一议). Before 2018-01-23 one person alone, and sudden spending outside dibao families, come
    in only as another special hardship of a family: the text of 国发〔2014〕47号 is not available.
    That income is lower "in principle" is taken as a rule without exception. The place of filing
    is compared by county, not by township; for the uninsured jobless the place of work or of
    habitual residence is taken as where the emergency happened. Homes damaged by a disaster follow
    the disaster standard. The opinions of 2026 are known by their publication on 2026-01-29. They
    do not say whether the highest amount of small and quick help is meant for a person or a
    family: it is taken for each person.

Example:
    >>> from datetime import date
    >>> from minzheng.people import *
    >>> application = Application(
    ...     id="case-3", area="330106", residence=Residence.URBAN,
    ...     hardship=Hardship.ACCIDENT, persons=3, serious=True, urgent=True)
    >>> decision = temporary_assistance.assess(application, on=date(2021, 1, 4))
    >>> decision.outcome.name, [each.path for each in decision.missing][:3]
    ('UNDETERMINED', ['standards', 'standards', 'application.proposed'])
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import IntEnum
from itertools import chain
from math import lcm
from typing import Any

from attrs import evolve, frozen

from minzheng.base.i18n import N_
from minzheng.base.money import Mode, round_fen, to_fen, to_yuan
from minzheng.benefits._engine import (
    MANY,
    Ask,
    Benefit,
    Case,
    Explanation,
    ParameterReader,
    Reasons,
    Vector,
    amount,
    choice,
    code,
    computed,
    distinct,
    fact,
    fen,
    figure,
    grant,
    refuse,
    undetermined,
)
from minzheng.benefits._engine.explanation import Asked, explain
from minzheng.benefits.procedures import deadlines
from minzheng.decision import Award, Missing, Note
from minzheng.errors import NotFound
from minzheng.people import Application, Assistance, Hardship, RegisteredPoor
from minzheng.rules import Outcome
from minzheng.standards import Found, Per, Standards
from minzheng.standards.reading import Resolved

__all__ = ["temporary_assistance"]

_TA = "temporary_assistance"
_EMERGENCY, _EXPENDITURE = f"{_TA}.emergency.objects", f"{_TA}.expenditure.objects"
_INCLUSIVE = f"{_TA}.expenditure.income_inclusive"
_ENROLLED, _RECOGNISED, _POOR = (
    f"{_TA}.spending_only.{each}" for each in ("enrolled", "recognised", "poor")
)
_POOR_FIRST, _JOBLESS, _FILING = f"{_TA}.poor_first", f"{_TA}.jobless.months", f"{_TA}.filing"
_SIMPLIFIED, _PERMITTED, _REQUIRED = (
    f"{_TA}.{each}" for each in ("urgent.simplified", "first.permitted", "first.required")
)
_QUICK, _QUICK_FILING, _QUICK_MOST, *_QUICK_RULES = (
    f"{_TA}.small_quick.{each}"
    for each in ("permitted", "filing", "multiple", "objects", "means_check", "publicity")
)
_MULTIPLE, _CEILING, _TOWNSHIP = (
    f"{_TA}.{each}" for each in ("multiple", "ceiling", "township_limit")
)
_SET_BY, _CASE_BY_CASE = f"{_TA}.set_by", f"{_TA}.case_by_case"
_INCOME, _STANDARD = "income.disposable_per_capita", "dibao.standard"


class Type(IntEnum):
    """The type of the hardship."""

    EMERGENCY = 1
    """急难型"""
    EXPENDITURE = 2
    """支出型"""
    JOBLESS = 3
    """the one-off grant for the uninsured jobless"""


class Degree(IntEnum):
    """The degree of the hardship by the local rule; 1 is the lightest."""

    FIRST, SECOND, THIRD = range(1, 4)


# --- parameters


def _recognised(read: ParameterReader) -> list[bool]:
    words = read.words_of(_RECOGNISED, "status")
    named = [each.name.lower() for each in Assistance]
    return [word in words and read.yes(read.get(_RECOGNISED, status=word)) for word in named]


@frozen(kw_only=True)
class Parameters:
    """The figures and the law of one place and day.

    Multiples and ceilings are times ``scale``; -1 stands for a figure that is not available,
    ``jobless_months`` of 0 for a day whose law has no grant for the uninsured jobless.
    """

    standard_year: int = figure(_STANDARD, per=Per.YEAR)
    income_limit_year: int = figure(_INCOME, per=Per.YEAR)
    income_inclusive: bool = figure(_INCLUSIVE)
    individuals: bool = choice(_EMERGENCY, "families_and_individuals", required=True)
    dibao_families_only: bool = choice(_EXPENDITURE, "dibao_families", required=True)
    spending_only_enrolled: bool = figure(_ENROLLED)
    recognised: Vector = computed(_recognised, by=Assistance)
    recognised_rigid: bool = figure(_RECOGNISED, status="rigid_expenditure")
    spending_only_poor: bool = figure(_POOR)
    poor_first: bool = figure(_POOR_FIRST)
    jobless_months: int = figure(_JOBLESS, otherwise=0)
    filed_at_emergency: bool = choice(_FILING, "emergency_place", required=True)
    simplified: bool = figure(_SIMPLIFIED)
    first_permitted: bool = figure(_PERMITTED)
    first_required: bool = figure(_REQUIRED)
    quick: bool = figure(_QUICK)
    quick_at_emergency: bool = choice(_QUICK_FILING, "emergency_place")
    case_by_case: bool = figure(_CASE_BY_CASE)
    months_max: int = figure(f"{_TA}.months_max")
    township_limit: int = figure(_TOWNSHIP)
    rounding_unit: int = figure(f"{_TA}.rounding.unit", otherwise=1)
    rounding_mode: Mode = computed()
    scale: int = computed()
    emergency: Vector = computed(by=Degree)
    expenditure: Vector = computed(by=Degree)
    jobless: Vector = computed(by=Degree)
    ceiling_general: int = computed()
    ceiling_special: int = computed()
    ceiling_quick: int = computed()


def _derive(read: ParameterReader, _made: dict[str, Any]) -> dict[str, Any]:
    rows = {
        each: [
            read.get(_MULTIPLE, type=each.name.lower(), degree=str(int(degree)))
            for degree in Degree
        ]
        for each in Type
    }
    ceilings = [
        read.get(_CEILING, hardship="general"),
        read.get(_CEILING, hardship="special"),
        read.get(_QUICK_MOST),
    ]
    scale = lcm(*(read.ratio(each).denominator for each in (*chain(*rows.values()), *ceilings)))

    def whole(found: Found | None) -> int:
        return int(read.ratio(found) * scale) if found else -1

    mode = read.get(f"{_TA}.rounding.mode")
    general, special, quick = map(whole, ceilings)
    return {
        "scale": scale,
        "rounding_mode": Mode[str(mode.value).upper()] if mode else Mode.HALF_UP,
        "ceiling_general": general,
        "ceiling_special": special,
        "ceiling_quick": quick,
        **{each.name.lower(): Vector.of(Degree)(map(whole, rows[each])) for each in Type},
    }


# --- facts

_LONG = 1200
"""Months: longer than any hardship lasts."""
_CROWD = 1000
"""Persons: more than any family has."""


def _persons(a: Application, ask: Ask) -> int:
    stated = 1 if a.family is False else a.persons
    return ask.take(stated, "persons", (1, _CROWD), monotone=True)


def _filed_elsewhere(a: Application, ask: Ask) -> bool:
    stated = None if a.emergency_area is None else a.emergency_area != a.area
    return ask.take(stated, "emergency_area", (True, False), monotone=True)


def _degree(a: Application, ask: Ask) -> int:
    kind = kind_of(a.hardship or Hardship.OTHER)
    degrees = distinct(Degree, lambda degree: multiple_of(kind, degree, ask.p))
    return ask.take(a.degree, "degree", tuple(map(int, degrees)), len(degrees) > 1)


@frozen(kw_only=True)
class Facts:
    """The application. Amounts are fen; enumerations are those of ``minzheng.people``.

    ``income_year`` is for each person; ``proposed`` counts where ``is_proposed``.
    """

    hardship: Hardship = fact(required=True, domain=(Hardship.OTHER,))
    family: bool = fact(ends=(False, True))
    persons: int = code(_persons, least=1, most_by=("family", {False: 1}))
    filed_elsewhere: bool = code(_filed_elsewhere)
    serious: bool = fact(ends=(False, True))
    urgent: bool = fact(ends=(False, True))
    small_quick: bool = fact(relevant=lambda p: p.quick, idle=False)
    assistance: Assistance = fact()
    rigid_expenditure: bool = fact(ends=(False, True), relevant=lambda p: p.recognised_rigid)
    registered_poor: RegisteredPoor = fact()
    awaiting: bool = fact()
    income_year: int = fen("disposable_income", ends=(MANY, 0))
    meets_rule: bool = fact("meets_property_rule", ends=(False, True))
    beyond_means: bool = fact(ends=(False, True))
    special_hardship: bool = fact(
        relevant=lambda p: p.ceiling_special >= 0 and p.ceiling_special != p.ceiling_general
    )
    degree: int = code(_degree, least=1, most=3)
    months: int = fact(ends=(1, _LONG), least=1)
    is_proposed: bool = code(lambda a, _ask: a.proposed is not None)
    proposed: int = code(lambda a, _ask: 0 if a.proposed is None else to_fen(a.proposed))
    months_without_income: int = fact(ends=(0, _LONG))
    insured: bool = fact("unemployment_insured", ends=(True, False))
    kept_by_epidemic: bool = fact(ends=(False, True))
    works_or_lives_here: bool = fact(ends=(False, True))


# --- reasons and result


class Reason(Reasons):
    """Why assistance is granted or not, what is examined, and how the case is handled."""

    POOR_FIRST = grant(
        N_(
            "Registered poor who have applied for dibao or tekun may be helped first; the ordinary examination for dibao or tekun follows."
        ),
        _POOR_FIRST,
    )
    EMERGENCY = grant(
        N_("A sudden emergency has brought basic living into serious difficulty for a time."),
        _EMERGENCY,
    )
    EXPENDITURE = grant(
        N_(
            "Necessary spending has risen suddenly beyond what the family can bear; basic living is in serious difficulty."
        ),
        _EXPENDITURE,
    )
    JOBLESS = grant(
        N_(
            "Without income for {months_without} months, without work, outside unemployment insurance."
        ),
        _JOBLESS,
    )
    FILED_ELSEWHERE = refuse(
        N_(
            "The application belongs to the township where the emergency happened; it is to be handed on there."
        ),
        _FILING,
        _QUICK_FILING,
    )
    NOT_SERIOUS = refuse(N_("Basic living is not in serious difficulty."), _EMERGENCY, _EXPENDITURE)
    NOT_A_FAMILY = refuse(N_("This help is for families, not for one person."))
    NOT_A_DIBAO_FAMILY = refuse(
        N_("On this day sudden spending is a ground for dibao families only."), _EXPENDITURE
    )
    SPENDING_BEARABLE = refuse(
        N_("Necessary spending is not beyond what the family can bear."), _EXPENDITURE
    )
    INCOME_NOT_LOWER = refuse(
        N_(
            "The disposable income, {income_year} a year for each person, is not lower than that of the place, {limit_year}."
        ),
        _INCLUSIVE,
        _INCOME,
    )
    PROPERTY_RULE = refuse(
        N_("The authority finds that the property does not meet the local rule."), _EXPENDITURE
    )
    NO_JOBLESS_RULE = refuse(
        N_(
            "The law available for this day has no grant for the uninsured jobless; another special hardship would have to be found."
        ),
        _EMERGENCY,
    )
    NO_EPIDEMIC = refuse(N_("No epidemic keeps the person from going back to work."), _JOBLESS)
    MONTHS_TOO_FEW = refuse(
        N_("Without income for {months_without} months; {months_needed} are needed."), _JOBLESS
    )
    INSURED = refuse(N_("Unemployment insurance covers the person."), _JOBLESS)
    DRAWS_DIBAO = refuse(N_("The person draws dibao."), _JOBLESS)
    NEITHER_WORKS_NOR_LIVES_HERE = refuse(
        N_("The person neither works nor habitually lives where it is filed."), _JOBLESS
    )
    INCOME_LIMIT_MISSING = undetermined(
        N_(
            "The disposable income, {income_year} a year for each person, cannot be compared with that of the place, which is not available."
        ),
        _INCLUSIVE,
        lacks=_INCOME,
    )
    MULTIPLE_MISSING = undetermined(
        N_("The conditions are met; the amount is a local figure that is not available."),
        _SET_BY,
        lacks=_MULTIPLE,
    )
    STANDARD_MISSING = undetermined(
        N_("The conditions are met; the amount depends on a dibao standard that is not available."),
        _SET_BY,
        lacks=_STANDARD,
    )
    FULL = grant(N_("Examined: the necessary spending, the income and the property."), _EXPENDITURE)
    ENROLLED = grant(
        N_("The family draws dibao or tekun: only the necessary spending is examined."),
        _ENROLLED,
        _EXPENDITURE,
    )
    RECOGNISED = grant(
        N_(
            "The household is recognised as a dibao-marginal family or one with rigid expenditure: only the necessary spending is examined, not income and property again."
        ),
        _RECOGNISED,
    )
    POOR = grant(
        N_(
            "Registered poor, not yet out of poverty: only the necessary spending is examined, not income and property."
        ),
        _POOR,
    )
    SMALL_QUICK = grant(
        N_(
            "Small and quick help (小额快救): no check of means and no publicity; the person, the cause and the amount are registered."
        ),
        _QUICK,
        *_QUICK_RULES,
    )
    SIMPLIFIED = grant(N_("The case is urgent: the approval may be simplified."), _SIMPLIFIED)
    FIRST_PERMITTED = grant(
        N_(
            "The case is urgent: it may be granted first. When the emergency has eased, the person, the reason and the amount are registered, and signatures and seals completed."
        ),
        _PERMITTED,
    )
    FIRST_REQUIRED = grant(
        N_(
            "The case is urgent and the amount small: it is to be granted first. When the emergency is over, the case is explained afterwards as prescribed."
        ),
        _REQUIRED,
    )
    FIRST_IF_SMALL = grant(
        N_(
            "The case is urgent: it is to be granted first where the amount is small; no local limit is available that says what is small. When the emergency is over, the case is explained afterwards as prescribed."
        ),
        _REQUIRED,
    )
    TOWNSHIP = grant(
        N_("The amount is within the limit of the township, {township}: the township decides."),
        _TOWNSHIP,
    )
    COUNTY = grant(
        N_("The amount is above the limit of the township, {township}: the county decides."),
        _TOWNSHIP,
    )
    CEILING = grant(
        N_("The amount, {computed}, is above the ceiling and is cut to {ceiling}."),
        _CEILING,
        _QUICK_MOST,
    )


_AFTERWARDS = Reason.FIRST_PERMITTED | Reason.FIRST_REQUIRED | Reason.FIRST_IF_SMALL
_UNLESS_REFUSED = (Outcome.GRANTED, Outcome.UNDETERMINED)


@frozen
class Result:
    """The outcome and every intermediate amount: the explanation of the decision."""

    outcome: Outcome = amount()
    reasons: int = amount()
    type: Type = amount()
    months_without: int = amount()
    income_year: int = amount(N_("disposable income of each person"), N_("yuan a year"), _INCLUSIVE)
    limit_year: int = amount(N_("disposable income per person of the last year"), N_("yuan a year"))
    standard_year: int = amount(N_("dibao standard"), N_("yuan a year"), shown=_UNLESS_REFUSED)
    months: int = amount(N_("months counted"), N_("months"), shown=_UNLESS_REFUSED)
    computed: int = amount(N_("amount before the ceiling"), N_("yuan"), shown=_UNLESS_REFUSED)
    ceiling: int = amount(N_("ceiling of all persons"), N_("yuan"), _CEILING, shown=_UNLESS_REFUSED)
    pay: int = amount(N_("amount of temporary assistance"), N_("yuan"), shown=(Outcome.GRANTED,))


# --- the rule


def kind_of(hardship: int) -> Type:
    """急难型 or 支出型 (opinions of 2018, 二（一）); the jobless by the notice of 2022."""
    if hardship == Hardship.SPENDING:
        return Type.EXPENDITURE
    if hardship == Hardship.JOBLESS:
        return Type.JOBLESS
    return Type.EMERGENCY


def is_poor_first(a: Facts, p: Parameters) -> bool:
    """Registered poor who wait for dibao or tekun are helped first: item 8 of the plan of 2020."""
    return p.poor_first and a.registered_poor != RegisteredPoor.NEVER and a.awaiting


def is_quick(a: Facts, kind: Type, p: Parameters) -> bool:
    """小额快救 of an emergency: opinions of 2026."""
    return p.quick and kind == Type.EMERGENCY and a.small_quick


def is_enrolled(a: Facts) -> bool:
    """Whether dibao or tekun is drawn; a dibao-marginal family draws neither."""
    return a.assistance in (Assistance.DIBAO, Assistance.TEKUN)


def examination_of(a: Facts, p: Parameters) -> Reason:
    """What is examined of the means of a family with necessary spending.

    Opinions of 2018, 二（二）; item 8 of the plan of 2020; opinions of 2026.
    """
    if (p.spending_only_enrolled or p.dibao_families_only) and is_enrolled(a):
        return Reason.ENROLLED
    if p.recognised[a.assistance] or (p.recognised_rigid and a.rigid_expenditure):
        return Reason.RECOGNISED
    if p.spending_only_poor and a.registered_poor == RegisteredPoor.IN:
        return Reason.POOR
    return Reason.FULL


def means_refusals(a: Facts, p: Parameters) -> int:
    """Opinions of 2018, 二（一）: income lower than that of the place, and the local rule of property."""
    reasons = 0
    if p.income_limit_year >= 0 and a.income_year > 0:
        equal = p.income_inclusive and a.income_year == p.income_limit_year
        if a.income_year >= p.income_limit_year and not equal:
            reasons |= Reason.INCOME_NOT_LOWER
    if not a.meets_rule:
        reasons |= Reason.PROPERTY_RULE
    return reasons


def spending_refusals(a: Facts, p: Parameters) -> int:
    """What stands in the way of 支出型.

    It is for families, and from the opinions of 2018 for members of dibao families and persons who
    are tekun as well (二（二）).
    """
    reasons = 0
    if not (p.spending_only_enrolled and is_enrolled(a)) and not a.family:
        reasons |= Reason.NOT_A_FAMILY
    if p.dibao_families_only and a.assistance != Assistance.DIBAO:
        reasons |= Reason.NOT_A_DIBAO_FAMILY
    if not a.beyond_means:
        reasons |= Reason.SPENDING_BEARABLE
    if not p.dibao_families_only and examination_of(a, p) == Reason.FULL:
        reasons |= means_refusals(a, p)
    return reasons


def jobless_refusals(a: Facts, p: Parameters) -> int:
    """Notice of 2022-10-20, 二（一）."""
    if p.jobless_months == 0:
        return int(Reason.NO_JOBLESS_RULE)
    return (
        Reason.NO_EPIDEMIC * (not a.kept_by_epidemic)
        | Reason.MONTHS_TOO_FEW * (a.months_without_income < p.jobless_months)
        | Reason.INSURED * a.insured
        | Reason.DRAWS_DIBAO * (a.assistance == Assistance.DIBAO)
        | Reason.NEITHER_WORKS_NOR_LIVES_HERE * (not a.works_or_lives_here)
    )


def refusals_of(a: Facts, kind: Type, p: Parameters) -> int:
    """Everything that stands in the way: the place, the hardship, the family, the means."""
    reasons = 0
    if kind != Type.JOBLESS:  # law of 2026, art. 37; the jobless apply where they work or live
        here = not p.filed_at_emergency and not (p.quick_at_emergency and is_quick(a, kind, p))
        if not here and a.filed_elsewhere:
            reasons |= Reason.FILED_ELSEWHERE
    if not a.serious:
        reasons |= Reason.NOT_SERIOUS
    if is_poor_first(a, p):
        return reasons
    if kind == Type.JOBLESS:
        return reasons | jobless_refusals(a, p)
    if kind == Type.EXPENDITURE:
        return reasons | spending_refusals(a, p)
    if not p.individuals and not a.family:
        reasons |= Reason.NOT_A_FAMILY
    return reasons


def multiple_of(kind: Type, degree: int, p: Parameters) -> int:
    """The multiple of a type and degree, times ``p.scale``; -1 where not available."""
    if kind == Type.EMERGENCY:
        return int(p.emergency[degree])
    if kind == Type.EXPENDITURE:
        return int(p.expenditure[degree])
    return int(p.jobless[degree])


def is_case_by_case(a: Facts, p: Parameters) -> bool:
    """一事一议: opinions of 2018, 二（三）."""
    return p.case_by_case and a.is_proposed


def months_of(a: Facts, p: Parameters) -> int:
    """The months counted: at most what the place allows."""
    return min(a.months, p.months_max) if p.months_max >= 0 else a.months


def ceiling_scaled(a: Facts, kind: Type, p: Parameters) -> int:
    """The ceiling of each person as a multiple, times ``p.scale``; -1 where not available."""
    ceiling = p.ceiling_general
    if p.ceiling_special >= 0 and a.special_hardship:
        ceiling = p.ceiling_special
    if p.ceiling_quick >= 0 and is_quick(a, kind, p):
        return p.ceiling_quick if ceiling < 0 else min(ceiling, p.ceiling_quick)
    return ceiling


def lacking_of(a: Facts, kind: Type, multiple: int, ceiling: int, p: Parameters) -> int:
    """The first figure without which the conditions or the amount cannot be told."""
    spends = kind == Type.EXPENDITURE and not p.dibao_families_only and not is_poor_first(a, p)
    tested = p.income_limit_year < 0 and spends and examination_of(a, p) == Reason.FULL
    if tested and a.income_year > 0:  # no income is lower than any
        return int(Reason.INCOME_LIMIT_MISSING)
    chosen = is_case_by_case(a, p)
    if not chosen and multiple < 0:
        return int(Reason.MULTIPLE_MISSING)
    if p.standard_year < 0 and (not chosen or ceiling >= 0):
        return int(Reason.STANDARD_MISSING)
    return 0


def granted_as(a: Facts, kind: Type, p: Parameters) -> int:
    """On what ground assistance is granted."""
    if is_poor_first(a, p):
        return int(Reason.POOR_FIRST)
    if kind == Type.EXPENDITURE:
        return int(Reason.EXPENDITURE)
    return int(Reason.JOBLESS if kind == Type.JOBLESS else Reason.EMERGENCY)


def handled_as(a: Facts, kind: Type, pay: int, p: Parameters) -> int:
    """How a case is handled: art. 48 of 2014; opinions of 2018, 二（二）; art. 50 of 2026.

    The duty of 2026 is for small amounts of any type. What the opinions of 2018 allow is for
    emergencies, of any amount.
    """
    if is_poor_first(a, p):
        return int(Reason.POOR_FIRST)
    reasons = 0
    if kind == Type.EXPENDITURE:
        reasons |= examination_of(a, p)
    if is_quick(a, kind, p):
        reasons |= Reason.SMALL_QUICK
    if not a.urgent:
        return reasons
    if p.first_required and (p.township_limit < 0 or pay < 0):
        return reasons | Reason.FIRST_IF_SMALL
    if p.first_required and pay <= p.township_limit:
        return reasons | Reason.FIRST_REQUIRED
    if p.first_permitted and kind == Type.EMERGENCY:
        return reasons | Reason.FIRST_PERMITTED
    return reasons | Reason.SIMPLIFIED * p.simplified


def decided_by(pay: int, p: Parameters) -> int:
    """Art. 48 of 2014: small amounts may be left to the township; what is small is local."""
    if pay < 0 or p.township_limit < 0:
        return 0
    return int(Reason.TOWNSHIP if pay <= p.township_limit else Reason.COUNTY)


def decide(a: Facts, p: Parameters) -> Result:
    """Settle the application: the place, the hardship, the means, the amount, the procedure."""
    kind = kind_of(a.hardship)
    outcome = Outcome.REFUSED
    reasons = refusals_of(a, kind, p)
    months = computed = ceiling = pay = -1
    if reasons == 0:
        chosen = is_case_by_case(a, p)
        multiple = -1 if chosen else multiple_of(kind, a.degree, p)
        scaled = ceiling_scaled(a, kind, p)
        if chosen:
            computed = a.proposed
        elif multiple >= 0 and p.standard_year >= 0:
            months = months_of(a, p)
            exact = p.standard_year * multiple * months * a.persons
            computed = round_fen(exact, 12 * p.scale, p.rounding_unit, p.rounding_mode)
        if scaled >= 0 and p.standard_year >= 0:
            ceiling = p.standard_year * scaled * a.persons // (12 * p.scale)
        outcome = Outcome.UNDETERMINED
        reasons = lacking_of(a, kind, multiple, scaled, p)
        if reasons == 0:
            outcome = Outcome.GRANTED
            reasons = granted_as(a, kind, p)
            pay = min(computed, ceiling) if ceiling >= 0 else computed
        reasons |= (
            handled_as(a, kind, pay, p)
            | decided_by(pay, p)
            | Reason.CEILING * (0 <= pay < computed)
        )
    means = (
        kind == Type.EXPENDITURE
        and reasons & (Reason.FULL | Reason.INCOME_NOT_LOWER | Reason.INCOME_LIMIT_MISSING) > 0
    )
    tested = reasons & (Reason.JOBLESS | Reason.MONTHS_TOO_FEW) > 0
    return Result(
        outcome=outcome,
        reasons=reasons,
        type=kind,
        months_without=a.months_without_income if tested else -1,
        income_year=a.income_year if means else -1,
        limit_year=p.income_limit_year if means else -1,
        standard_year=p.standard_year,
        months=months,
        computed=computed,
        ceiling=ceiling,
        pay=pay,
    )


# --- what is told beside it


def _award(case: Case, _found: Found | None) -> Award:
    return Award(to_yuan(case.result.pay), Per.ONCE, case.facts.persons)


def _values(case: Case) -> Mapping[str, Decimal | int | str]:
    return {
        "months_needed": case.p.jobless_months,
        "township": to_yuan(max(case.p.township_limit, 0)),
    }


def _multiple(case: Case) -> Found | None:
    """The row of the multiple, unless the amount is decided case by case."""
    if is_case_by_case(case.facts, case.p):
        return None
    keys = {"type": case.result.type.name.lower(), "degree": str(int(case.facts.degree))}
    return case.get(_MULTIPLE, **keys)


def _words(case: Case) -> Mapping[str, tuple[str, ...]]:
    """Rows that the amount of this case is based on; of a refusal, none."""
    if case.result.outcome is Outcome.REFUSED:
        return {_MULTIPLE: (), _CEILING: ()}
    ceiling = ("special" if case.facts.special_hardship else "general",)
    chosen = is_case_by_case(case.facts, case.p)
    return {_MULTIPLE: () if chosen else (case.result.type.name.lower(),), _CEILING: ceiling}


def _further(case: Case, reason: Reasons) -> tuple[str, ...]:
    if reason is Reason.NOT_A_FAMILY:
        return (_EXPENDITURE if case.result.type is Type.EXPENDITURE else _EMERGENCY,)
    return ()


_URGENCY = N_("Whether the case is urgent is not stated: the procedure is not told.")
_PROPOSED = N_("The amount is what the authority proposes, case by case (一事一议).")
_PROPOSAL_UNUSED = N_(
    "An amount is proposed, but the law available for this day has no decision case by case; it is not taken."
)
_NO_CEILING = N_("No ceiling is available for this place.")
_NO_LIMIT = N_("No limit of the township is available: who decides is not told.")
_NO_DAYS = N_(
    "No rule available says within how many days the papers of a grant made first are to be completed."
)
_FLOOR = N_("An amount found is a floor (not lower than): a place that pays more must state it.")


def _remarks(case: Case) -> Iterator[Note]:
    p, result = case.p, case.result
    if result.outcome is Outcome.REFUSED:
        return
    if case.facts.is_proposed:
        yield Note(_PROPOSED if p.case_by_case else _PROPOSAL_UNUSED)
    if case.granted:
        if result.ceiling < 0:
            yield Note(_NO_CEILING)
        if p.township_limit < 0:
            yield Note(_NO_LIMIT)
    if case.subject.urgent is None:
        yield Note(_URGENCY)
    if result.reasons & _AFTERWARDS:
        quick = result.reasons & Reason.SMALL_QUICK > 0
        told = deadlines(
            _TA, case.subject.area, on=case.on, small_quick=quick, standards=case.standards
        )
        if not any(each.name == "follow_up" for each in told):
            yield Note(_NO_DAYS)
    standard = case.resolved.held.get(_STANDARD)
    if standard is not None and standard.is_floor:
        yield Note(_FLOOR)


def _asked(case: Case) -> Iterator[Asked]:
    """The figures that the amount depends on, all of them at once."""
    p, kind = case.p, case.result.type
    if case.result.reasons & Reason.INCOME_LIMIT_MISSING:
        yield _INCOME, {}
    chosen = is_case_by_case(case.facts, p)
    if not chosen:
        keys = {"type": kind.name.lower()}
        if len({multiple_of(kind, each, p) for each in Degree}) > 1 or case.subject.degree:
            keys["degree"] = str(int(case.facts.degree))
        yield _MULTIPLE, keys
    if not chosen or max(p.ceiling_general, p.ceiling_special, p.ceiling_quick) >= 0:
        yield _STANDARD, {}


def _explain(case: Case) -> Explanation:
    """An amount that the authority proposes stands for a missing multiple."""
    told = explain(temporary_assistance, case)
    lacked = {each.not_held.series.name for each in told.missing if each.not_held}
    if _MULTIPLE in lacked and case.p.case_by_case:
        return evolve(told, missing=(*told.missing, Missing("application.proposed")))
    return told


def _check(subject: Any, _resolved: Resolved[Any], on: date, standards: Standards) -> None:
    place = {"application.emergency_area": subject.emergency_area}
    if faults := standards.areas.faults(place, on):
        raise NotFound(str(faults[0]))


_LISTED = frozenset((_TOWNSHIP, _CEILING))

temporary_assistance = Benefit(
    name=_TA,
    title=N_("Temporary assistance"),
    subject="application",
    Facts=Facts,
    Parameters=Parameters,
    Reason=Reason,
    Result=Result,
    decide=decide,
    derive=_derive,
    also=(_SET_BY, *_QUICK_RULES),
    paid=_multiple,
    award=_award,
    values=_values,
    words=_words,
    further=_further,
    remarks=_remarks,
    asked=_asked,
    explain=_explain,
    check=_check,
    only_aside=frozenset(
        (
            *(series for each in Reason for series in each.basis if series not in _LISTED),
            _CASE_BY_CASE,
        )
    ),
)
