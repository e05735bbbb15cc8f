"""Recognition of households with rigid expenditure (刚性支出困难家庭).

A share of the income, and in Shanghai also what is left of the income. More income never helps,
more spending never harms; what no row settles is therefore taken both ways.

Source:
    刚性支出困难家庭认定办法 arts 4-5; Social Assistance Law (2026) art. 22; 上海市社会救助条例 arts 12
    and 18.

Limitations:
    Property is the authority's own finding, ``property.meets_rigid_expenditure_rule``, or
    ``property.meets_dibao_marginal_rule`` where the place follows the rule for dibao-marginal
    families.

Example:
    >>> from datetime import date
    >>> from minzheng.people import *
    >>> household = Household(
    ...     id="case-4", area="130822", residence=Residence.RURAL,
    ...     members=[Person(
    ...         relation=Relation.APPLICANT, birth=date(1970, 3, 1), whereabouts=Whereabouts.HOME,
    ...         income=[Income(kind=IncomeKind.WAGE, year="20000")],
    ...         spending=[Spending(kind=SpendingKind.MEDICAL, year="15000")])],
    ...     property=Property(meets_rigid_expenditure_rule=True), assistance=Assistance.NONE)
    >>> decision = rigid_expenditure.assess(household, on=date(2025, 1, 1))
    >>> decision.outcome.name, [each.not_held.series.name for each in decision.missing]
    ('UNDETERMINED', ['income.disposable_per_capita', 'rigid_expenditure.ratio'])
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

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
    spending,
    undetermined,
)
from minzheng.benefits._engine.explanation import Asked
from minzheng.benefits.common.income import asked_kinds, kinds_asked
from minzheng.benefits.common.income import counted as counted_by
from minzheng.benefits.common.income import unsettled as unsettled_by
from minzheng.benefits.common.membership import Family, FamilyParameters, is_member
from minzheng.decision import Award, Note
from minzheng.people import Assistance, Household, SpendingKind
from minzheng.rules import Outcome, dot
from minzheng.standards import Found, Per

__all__ = ["rigid_expenditure"]

_RIGID = "rigid_expenditure"
_CONDITIONS = f"{_RIGID}.conditions"
_EXCLUDED = f"{_RIGID}.excluded"
_SPENT, _TAKEN = f"{_RIGID}.spending.counted", f"{_RIGID}.remainder.spending"
_COUNTED = "dibao.income.counted"
_INCOME = (_CONDITIONS, f"{_RIGID}.income.inclusive")
_SHARE = (_CONDITIONS, f"{_RIGID}.ratio.inclusive", _SPENT, f"{_RIGID}.ratio")
_REMAINDER = (_CONDITIONS, f"{_RIGID}.remainder", _TAKEN)


def _excluded(read: ParameterReader) -> list[Settled]:
    rows = [
        None if each is Assistance.NONE else read.get(_EXCLUDED, status=each.name.lower())
        for each in Assistance
    ]
    return [
        Settled.NO
        if each is Assistance.NONE
        else Settled.OPEN
        if row is None
        else Settled(int(row.value is True))
        for each, row in zip(Assistance, rows, strict=True)
    ]


@frozen(kw_only=True)
class Parameters(FamilyParameters):
    """The figures and the law of one place and day.

    Amounts are fen a year, -1 where not available; a ratio of 0 is not available.
    ``tests_remainder`` says that what is left of the income is set against the dibao standard.
    """

    conditions: bool = figure(_CONDITIONS, required=True)
    counted: Vector = counted_by(_COUNTED)
    unsettled: Vector = unsettled_by(_COUNTED)
    income_max_year: int = figure("income.disposable_per_capita", per=Per.YEAR)
    income_inclusive: bool = figure(_INCOME[1])
    excluded: Vector = computed(_excluded, by=Assistance)
    spent: Vector = counted_by(_SPENT, SpendingKind)
    spent_unsettled: Vector = unsettled_by(_SPENT, SpendingKind)
    taken: Vector = counted_by(_TAKEN, SpendingKind)
    taken_unsettled: Vector = unsettled_by(_TAKEN, SpendingKind)
    ratio_numerator: int = computed()
    ratio_denominator: int = computed()
    ratio_inclusive: bool = figure(_SHARE[1])
    tests_remainder: bool = computed()
    remainder_inclusive: bool = choice(_REMAINDER[1], "not_higher")
    pays_difference: bool = figure(f"{_RIGID}.remainder.paid")
    standard_year: int = computed()
    by_marginal_rule: bool = choice(f"{_RIGID}.property.rule", "dibao_marginal")


def _derive(read: ParameterReader, _made: dict[str, Any]) -> dict[str, Any]:
    remainder = read.get(_REMAINDER[1])
    standard = read.get("dibao.standard") if remainder else None
    ratio = read.ratio(read.get(f"{_RIGID}.ratio"))
    return {
        "ratio_numerator": ratio.numerator,
        "ratio_denominator": ratio.denominator,
        "tests_remainder": remainder is not None,
        "standard_year": read.fen_a_year(standard) if standard else -1,
    }


def _spent_kinds(p: Parameters) -> tuple[SpendingKind, ...]:
    return tuple(
        each
        for each in SpendingKind
        if p.spent[each] or p.spent_unsettled[each] or p.taken[each] or p.taken_unsettled[each]
    )


@frozen(kw_only=True)
class Member(Family):
    """One person. Amounts are fen in the twelve months before the application."""

    income: Vector = income(kinds=asked_kinds)
    spending: Vector = spending(kinds=_spent_kinds)


def _finding(h: Household, ask: Ask) -> bool:
    name = "meets_dibao_marginal_rule" if ask.p.by_marginal_rule else "meets_rigid_expenditure_rule"
    stated: bool | None = None if h.property is None else getattr(h.property, name)
    return ask.take(stated, name, (False, True), True, True, "household.property")


@frozen(kw_only=True)
class Facts:
    """What is known of the household as a whole."""

    assistance: Assistance = fact(
        domain=lambda p: distinct(Assistance, lambda each: p.excluded[each]),
        relevant=lambda p: len(set(p.excluded)) > 1,
    )
    meets_rule: bool = code(_finding)


class Reason(Reasons):
    """Why a household is recognised or not."""

    REMAINDER = grant(
        N_(
            "What is left of the household income after necessary spending, {remainder_year} a year, is lower than {limit_year} (the dibao standard times {size})."
        ),
        *_REMAINDER,
    )
    SHARE = grant(
        N_(
            "The rigid spending, {spending_year} a year, is too large a share of the household income, {income_year} a year (the threshold is {threshold_year})."
        ),
        *_SHARE,
    )
    NO_MEMBERS = refuse(
        N_("None of the persons named counts as a member of the household."),
        "dibao.member.excluded",
    )
    IN_ASSISTANCE = refuse(
        N_("The household is in another class of social assistance already, which comes first."),
        _EXCLUDED,
    )
    INCOME_NOT_LOWER = refuse(
        N_(
            "The counted household income, {income_year} a year, is not lower than {income_max_year} (last year's disposable income per person times {size})."
        ),
        *_INCOME,
    )
    PROPERTY_RULE = refuse(
        N_("The authority finds that the property does not meet the local rule."),
        _CONDITIONS,
        f"{_RIGID}.property.set_by",
        f"{_RIGID}.property.rule",
    )
    SPENDING_TOO_LOW = refuse(
        N_(
            "The rigid spending, {spending_year} a year, is too small for the household income, {income_year} a year."
        ),
        *_SHARE,
        _REMAINDER[1],
    )
    INCOME_FIGURE_MISSING = undetermined(
        N_(
            "The income cannot be compared with last year's disposable income per person, which is not available."
        ),
        *_INCOME,
        lacks="income.disposable_per_capita",
    )
    STANDARD_MISSING = undetermined(
        N_(
            "What is left of the income cannot be compared with a dibao standard, which is not available."
        ),
        *_REMAINDER,
        lacks="dibao.standard",
    )
    SHARE_MISSING = undetermined(
        N_(
            "The rigid spending, {spending_year} a year, cannot be compared with a share of the income: the local share is not available."
        ),
        _CONDITIONS,
        f"{_RIGID}.ratio.set_by",
        lacks=f"{_RIGID}.ratio",
    )
    UNSETTLED_ASSISTANCE = undetermined(
        N_(
            "No rule on file for this place and day says whether a household in that class of assistance may be recognised."
        ),
        lacks=_EXCLUDED,
    )
    UNSETTLED_INCOME = undetermined(
        N_(
            "Income of {unsettled_year} a year is of a kind of which no rule on file says whether it counts."
        ),
        lacks=_COUNTED,
    )
    UNSETTLED_SPENDING = undetermined(
        N_("Spending is of a kind of which no rule on file says whether it counts."), lacks=_SPENT
    )


@frozen
class Totals:
    """What the members add up to, in fen a year.

    ``share_*`` is the spending that counts in the share of income, ``taken_*`` the one that is
    taken from income; of ``*_unsettled_year`` no row says whether it counts.
    """

    size: int = 0
    income_year: int = 0
    unsettled_year: int = 0
    share_year: int = 0
    share_unsettled_year: int = 0
    taken_year: int = 0
    taken_unsettled_year: int = 0


@frozen
class Result:
    """The outcome and every intermediate amount: the explanation of the decision."""

    outcome: Outcome = amount()
    reasons: int = amount()
    size: int = amount(
        N_("members of the household who count"), N_("persons"), "dibao.member.defined"
    )
    income_year: int = amount(N_("counted household income"), N_("yuan a year"), _COUNTED)
    unsettled_year: int = amount("", N_("yuan a year"))
    income_max_year: int = amount(
        N_("disposable income per person times members"), N_("yuan a year"), _INCOME[1]
    )
    spending_year: int = amount(N_("rigid spending that counts"), N_("yuan a year"), _SPENT)
    threshold_year: int = amount(
        N_("share of the income to be exceeded"), N_("yuan a year"), _SHARE[1]
    )
    remainder_year: int = amount(
        N_("income left after necessary spending"), N_("yuan a year"), _REMAINDER[1]
    )
    limit_year: int = amount(N_("standard times members"), N_("yuan a year"), _REMAINDER[1])
    pay_month: int = amount(
        N_("payment"), N_("yuan a month"), f"{_RIGID}.remainder.paid", shown=(Outcome.GRANTED,)
    )


def member(m: Member, p: Parameters) -> Totals:
    """One person's share in the size, the income and the spending."""
    if not is_member(m, p):
        return Totals()
    return Totals(
        size=1,
        income_year=dot(m.income, p.counted),
        unsettled_year=dot(m.income, p.unsettled),
        share_year=dot(m.spending, p.spent),
        share_unsettled_year=dot(m.spending, p.spent_unsettled),
        taken_year=dot(m.spending, p.taken),
        taken_unsettled_year=dot(m.spending, p.taken_unsettled),
    )


def is_lower(income: int, size: int, p: Parameters) -> bool:
    """Whether the income per person is within the disposable income per person, where available."""
    most = p.income_max_year * size
    return p.income_max_year < 0 or income < most or (p.income_inclusive and income == most)


def exceeds_share(spent: int, income: int, p: Parameters) -> bool:
    """Whether spending is more of the income than the place's ratio; never without a ratio."""
    if p.ratio_numerator == 0 or spent == 0:
        return False
    share = income * p.ratio_numerator
    spent = spent * p.ratio_denominator
    return spent > share or (p.ratio_inclusive and spent == share)


def gap_of(income: int, taken: int, size: int, p: Parameters) -> int:
    """What the income left lacks to the dibao standard; -1 where it lacks nothing or is not tested."""
    if not p.tests_remainder or p.standard_year < 0:
        return -1
    left = max(0, income - taken)
    limit = p.standard_year * size
    if left < limit or (p.remainder_inclusive and left == limit):
        return limit - left
    return -1


def way_in(s: Totals, p: Parameters, gap_least: int, gap_most: int) -> Reason:
    """By which of the two ways a household comes in that nothing rules out, or what is open.

    The two gaps are those with everything that is not settled assumed adverse, and favourable.
    """
    income_most = s.income_year + s.unsettled_year
    open_ = Reason.UNSETTLED_INCOME if s.unsettled_year > 0 else Reason.UNSETTLED_SPENDING
    surely = exceeds_share(s.share_year, income_most, p)
    if p.income_max_year < 0:
        return Reason.INCOME_FIGURE_MISSING
    if not is_lower(income_most, s.size, p):
        return Reason.UNSETTLED_INCOME
    if lacks_standard(p):
        return Reason.STANDARD_MISSING
    if gap_least != gap_most and (p.pays_difference or (gap_least < 0 and not surely)):
        return open_
    if gap_least >= 0:
        return Reason.REMAINDER
    if surely:
        return Reason.SHARE
    return Reason.SHARE_MISSING if lacks_share(s, p) else open_


def lacks_standard(p: Parameters) -> bool:
    """Whether what is left of the income is to be tested, and cannot be."""
    return p.tests_remainder and p.standard_year < 0


def lacks_share(s: Totals, p: Parameters) -> bool:
    """Whether there is spending to be tested by its share, and no ratio."""
    return p.ratio_numerator == 0 and s.share_year + s.share_unsettled_year > 0


def decide(h: Facts, s: Totals, p: Parameters) -> Result:
    """Settle the household: what rules it out, then the two ways in."""
    gap_least = gap_of(s.income_year + s.unsettled_year, s.taken_year, s.size, p)
    gap_most = gap_of(s.income_year, s.taken_year + s.taken_unsettled_year, s.size, p)
    perhaps = exceeds_share(s.share_year + s.share_unsettled_year, s.income_year, p)
    low = gap_most < 0 and not perhaps and not lacks_standard(p) and not lacks_share(s, p)
    outcome = Outcome.REFUSED
    reasons = int(Reason.NO_MEMBERS)
    if s.size > 0:
        out = p.excluded[h.assistance]
        reasons = (
            Reason.IN_ASSISTANCE * (out == Settled.YES)
            | Reason.INCOME_NOT_LOWER * (not is_lower(s.income_year, s.size, p))
            | Reason.PROPERTY_RULE * (not h.meets_rule)
            | Reason.SPENDING_TOO_LOW * low
        )
        if reasons == 0:
            way = way_in(s, p, gap_least, gap_most)
            if out == Settled.OPEN:
                way = Reason.UNSETTLED_ASSISTANCE
            granted = way in (Reason.SHARE, Reason.REMAINDER)
            outcome = Outcome.GRANTED if granted else Outcome.UNDETERMINED
            reasons = int(way)
    threshold = -1
    if p.ratio_numerator > 0:
        share = s.income_year * p.ratio_numerator
        threshold = round_fen(share, p.ratio_denominator, 1, Mode.HALF_UP)
    pay = -1
    if reasons == Reason.REMAINDER and p.pays_difference:
        pay = round_fen(gap_least, 12, 1, Mode.HALF_UP)
    return Result(
        outcome=outcome,
        reasons=reasons,
        size=s.size,
        income_year=s.income_year,
        unsettled_year=s.unsettled_year,
        income_max_year=p.income_max_year * s.size if p.income_max_year >= 0 else -1,
        spending_year=s.share_year,
        threshold_year=threshold,
        remainder_year=max(0, s.income_year - s.taken_year) if p.tests_remainder else -1,
        limit_year=p.standard_year * s.size if p.standard_year >= 0 else -1,
        pay_month=pay,
    )


def _award(case: Case, _found: Found | None) -> Award | None:
    pay = case.result.pay_month
    return Award(to_yuan(pay), Per.MONTH, case.result.size) if pay >= 0 else None


def _words(case: Case) -> Mapping[str, tuple[str, ...]]:
    if case.result.reasons & Reason.IN_ASSISTANCE:
        return {_EXCLUDED: (Assistance(case.facts.assistance).name.lower(),)}
    return {}


_VALID = N_(
    "The recognition is valid for at most {months} months; then it is to be applied for again."
)
_WINDOW = N_(
    "Income and spending are taken as those of the {months} months before the application."
)
_COUNTING = N_("Members and income are counted as for dibao, without deductions.")
_FINDING = N_(
    "No figures of a local property test are on file; the authority's own finding was used."
)
_EXACT = N_(
    "No rounding rule is on file for this place; the amount is exact to the fen, halves up."
)


def _remarks(case: Case) -> Iterator[Note]:
    held = case.resolved.held
    window, validity = held.get(f"{_RIGID}.window_months"), held.get(f"{_RIGID}.validity_months")
    yield Note(_COUNTING)
    if window is not None and isinstance(window.value, int):
        yield Note(_WINDOW, {"months": window.value})
    if case.granted:
        yield Note(_FINDING)
        if validity is not None and isinstance(validity.value, int):
            yield Note(_VALID, {"months": validity.value})
        if case.result.pay_month >= 0:
            yield Note(_EXACT)


def _asked(case: Case) -> Iterator[Asked]:
    """Every figure that could not be tested."""
    p, reasons = case.p, case.result.reasons
    if p.income_max_year < 0:
        yield "income.disposable_per_capita", {}
    if lacks_standard(p):
        yield "dibao.standard", {}
    if p.ratio_numerator == 0:
        yield f"{_RIGID}.ratio", {}
    if reasons & Reason.UNSETTLED_ASSISTANCE:
        yield _EXCLUDED, {"status": Assistance(case.facts.assistance).name.lower()}
    if reasons & Reason.UNSETTLED_INCOME:
        yield from kinds_asked(_COUNTED, case.subject, p)
    if reasons & Reason.UNSETTLED_SPENDING:
        for kind in SpendingKind:
            keys = {"kind": kind.name.lower()}
            if any(each.spending[kind] for each in case.members):
                if p.spent_unsettled[kind]:
                    yield _SPENT, keys
                if p.tests_remainder and p.taken_unsettled[kind]:
                    yield _TAKEN, keys


rigid_expenditure = Benefit(
    name=_RIGID,
    title=N_("Recognition as a household with rigid expenditure"),
    subject="household",
    Facts=Facts,
    Member=Member,
    Totals=Totals,
    Parameters=Parameters,
    Reason=Reason,
    Result=Result,
    member=member,
    decide=decide,
    derive=_derive,
    also=tuple(
        f"{_RIGID}.{each}"
        for each in ("window_months", "property.set_by", "ratio.set_by", "validity_months")
    ),
    award=_award,
    words=_words,
    remarks=_remarks,
    asked=_asked,
    only_aside=frozenset(("age.adult", "dibao.member.excluded", "dibao.member.student", _EXCLUDED)),
    stage=4,
)
