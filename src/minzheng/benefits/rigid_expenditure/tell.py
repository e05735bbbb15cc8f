"""Telling a result of rigid expenditure: the reasons, the notes, what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from minzheng.base.i18n import N_
from minzheng.base.money import to_yuan
from minzheng.benefits.rigid_expenditure.facts import Reason, Result, Terms
from minzheng.benefits.telling import Asked, Told, ground, income_asked, not_held
from minzheng.benefits.unknowns import Facts
from minzheng.decision import Award, Ground, Note
from minzheng.people import Household, SpendingKind
from minzheng.rules import Outcome
from minzheng.standards import Per, Standards
from minzheng.standards.reading import Resolved

__all__ = ["tell"]

_INCOME = ("rigid_expenditure.conditions", "rigid_expenditure.income.inclusive")
_SHARE = (
    "rigid_expenditure.conditions",
    "rigid_expenditure.ratio.inclusive",
    "rigid_expenditure.spending.counted",
    "rigid_expenditure.ratio",
)
_REMAINDER = (
    "rigid_expenditure.conditions",
    "rigid_expenditure.remainder",
    "rigid_expenditure.remainder.spending",
)
_GROUNDS: dict[Reason, tuple[str, tuple[str, ...]]] = {
    Reason.SHARE: (
        N_(
            "The rigid spending, {spending} a year, is too large a share of the household income, {income} a year (the threshold is {threshold})."
        ),
        _SHARE,
    ),
    Reason.REMAINDER: (
        N_(
            "What is left of the household income after necessary spending, {remainder} a year, is lower than {limit} (the dibao standard times {size})."
        ),
        _REMAINDER,
    ),
    Reason.NO_MEMBERS: (
        N_("None of the persons named counts as a member of the household."),
        ("dibao.member.excluded",),
    ),
    Reason.IN_ASSISTANCE: (
        N_("The household is in another class of social assistance already, which comes first."),
        ("rigid_expenditure.excluded",),
    ),
    Reason.INCOME_NOT_LOWER: (
        N_(
            "The counted household income, {income} a year, is not lower than {most} (last year's disposable income per person times {size})."
        ),
        _INCOME,
    ),
    Reason.PROPERTY_RULE: (
        N_("The authority finds that the property does not meet the local rule."),
        (
            "rigid_expenditure.conditions",
            "rigid_expenditure.property.set_by",
            "rigid_expenditure.property.rule",
        ),
    ),
    Reason.SPENDING_TOO_LOW: (
        N_(
            "The rigid spending, {spending} a year, is too small for the household income, {income} a year."
        ),
        (*_SHARE, "rigid_expenditure.remainder"),
    ),
    Reason.INCOME_FIGURE_MISSING: (
        N_(
            "The income cannot be set against last year's disposable income per person: none is held."
        ),
        _INCOME,
    ),
    Reason.STANDARD_MISSING: (
        N_("What is left of the income cannot be set against a dibao standard: none is held."),
        _REMAINDER,
    ),
    Reason.SHARE_MISSING: (
        N_(
            "The rigid spending, {spending} a year, cannot be set against a share of the income: the local share is not held."
        ),
        ("rigid_expenditure.conditions", "rigid_expenditure.ratio.set_by"),
    ),
    Reason.UNSETTLED_ASSISTANCE: (
        N_(
            "No rule held for this place and day says whether a household in that class of assistance may be recognised."
        ),
        (),
    ),
    Reason.UNSETTLED_INCOME: (
        N_(
            "Income of {unsettled} a year is of a kind of which no rule held says whether it counts."
        ),
        (),
    ),
    Reason.UNSETTLED_SPENDING: (
        N_("Spending is of a kind of which no rule held says whether it counts."),
        (),
    ),
}
_VALID = N_(
    "The recognition is valid for at most {months} months; then it is to be applied for again."
)
_WINDOW = N_(
    "Income and spending are taken as those of the {months} months before the application."
)
_COUNTING = N_("Members and income are counted as for dibao, without deductions.")
_FINDING = N_(
    "No figures of a local property test are held; the authority's own finding was taken."
)
_EXACT = N_("No rounding rule is held for this place; the amount is exact to the fen, halves up.")
# rows that decide other cases than most: listed where a ground rests on them
_ASIDE = frozenset(
    ("age.adult", "dibao.member.excluded", "dibao.member.student", "rigid_expenditure.excluded")
)


def tell(
    result: Result,
    resolved: Resolved[Terms],
    facts: Facts,
    household: Household,
    on: date,
    standards: Standards,
) -> Told:
    """What the decision on a household says of the rule's result."""
    award = None
    if result.pay_month >= 0:
        award = Award(to_yuan(result.pay_month), Per.MONTH, result.size)
    return Told(
        award=award,
        grounds=(_ground(result, resolved, facts),),
        notes=tuple(_notes(result, resolved)),
        missing=tuple(
            not_held(_asked(result, resolved, facts, household), standards, household.area, on)
        ),
        aside=_ASIDE,
    )


def _ground(result: Result, resolved: Resolved[Terms], facts: Facts) -> Ground:
    values: dict[str, Decimal | int] = {
        "income": to_yuan(result.income_year),
        "unsettled": to_yuan(result.unsettled_year),
        "most": to_yuan(max(0, result.income_max_year)),
        "spending": to_yuan(result.spending_year),
        "threshold": to_yuan(max(0, result.threshold_year)),
        "remainder": to_yuan(max(0, result.remainder_year)),
        "limit": to_yuan(max(0, result.limit_year)),
        "size": result.size,
    }
    words = (facts.case.assistance.name.lower(),) if result.reason is Reason.IN_ASSISTANCE else ()
    return ground(result.reason, _GROUNDS, values, resolved, words=words)


def _notes(result: Result, resolved: Resolved[Terms]) -> Iterator[Note]:
    held = resolved.held
    window, validity = (
        held.get("rigid_expenditure.window_months"),
        held.get("rigid_expenditure.validity_months"),
    )
    yield Note(_COUNTING)
    if window is not None and isinstance(window.value, int):
        yield Note(_WINDOW, {"months": window.value})
    if result.outcome is Outcome.GRANTED:
        yield Note(_FINDING)
        if validity is not None and isinstance(validity.value, int):
            yield Note(_VALID, {"months": validity.value})
    if result.pay_month >= 0:
        yield Note(_EXACT)


def _asked(
    result: Result, resolved: Resolved[Terms], facts: Facts, household: Household
) -> Iterator[Asked]:
    """The look-ups that a rule's own "undetermined" hangs on: every figure it could not test."""
    t = resolved.terms
    assert t is not None
    if result.outcome is not Outcome.UNDETERMINED:
        return
    residence = household.residence.name.lower()
    if t.income_max_year < 0:
        yield "income.disposable_per_capita", {"residence": residence}
    if t.tests_remainder and t.standard_year < 0:
        yield "dibao.standard", {"residence": residence}
    if t.ratio_numerator == 0:
        yield "rigid_expenditure.ratio", {"residence": residence}
    if result.reason is Reason.UNSETTLED_ASSISTANCE:
        yield "rigid_expenditure.excluded", {"status": facts.case.assistance.name.lower()}
    if result.reason is Reason.UNSETTLED_INCOME:
        yield from income_asked("dibao.income.counted", household, t)
    if result.reason is Reason.UNSETTLED_SPENDING:
        for kind in SpendingKind:
            name = kind.name.lower()
            if not any(getattr(each, f"{name}_spent_year") for each in facts.members):
                continue
            if getattr(t, f"share_{name}") < 0:
                yield "rigid_expenditure.spending.counted", {"kind": name}
            if t.tests_remainder and getattr(t, f"takes_{name}") < 0:
                yield "rigid_expenditure.remainder.spending", {"kind": name}
