"""Recognising one household with rigid expenditure: from what is stated to a decision."""

from __future__ import annotations

from datetime import date

from minzheng.base.i18n import N_
from minzheng.benefits.counting import asked_kinds, years
from minzheng.benefits.members import counts_in, family_of
from minzheng.benefits.rigid_expenditure.facts import (
    LACKS,
    HouseholdFacts,
    MemberFacts,
    Result,
    Terms,
    Totals,
)
from minzheng.benefits.rigid_expenditure.rule import decide, excluded, member
from minzheng.benefits.rigid_expenditure.tell import tell
from minzheng.benefits.rigid_expenditure.terms import terms
from minzheng.benefits.settle import settle
from minzheng.benefits.unknowns import MANY, Facts, Unknowns, check_births, distinct
from minzheng.decision import Decision
from minzheng.people import Assistance, Household, Person, SpendingKind
from minzheng.rules import Rule
from minzheng.standards import Standards
from minzheng.standards.reading import Resolved

__all__ = ["RULE", "assess", "facts_of"]

RULE: Rule[HouseholdFacts, MemberFacts, Totals, Terms, Result] = Rule(
    name="rigid_expenditure",
    case=HouseholdFacts,
    result=Result,
    terms_class=Terms,
    decide=decide,
    terms=terms,
    lacks=LACKS,
    member_class=MemberFacts,
    totals=Totals,
    member=member,
)
"""The rule of rigid expenditure: what a case, a column and a scenario take alike."""

_TITLE = N_("Recognition as a household with rigid expenditure")
_PATH = "household"


def assess(household: Household, *, on: date, standards: Standards | None = None) -> Decision:
    """Decide whether a household is recognised as one with rigid expenditure on a day, and why.

    Args:
        household: what is stated of it; unknown facts are ``None``. Incomes and spending
            are those of the twelve months before the application.
        on: the day of the decision; it chooses the law and the figures.
        standards: the tables; the bundled ones when left out.

    Returns:
        The decision. Recognition by the share of spending has no award; where the place
        pays what the income left lacks to the dibao standard, as Shanghai does, the award
        is that. It is ``UNDETERMINED`` when a figure or a fact is missing that the answer
        hangs on; no share and no disposable income per person is bundled.

    Raises:
        NotFound: when no area bore the household's code on that day.
        InvalidInput: when a member is born after the day.

    Source:
        刚性支出困难家庭认定办法 (from 2025-01-01) arts 4, 5 and 10; Social Assistance Law
        (2026) art. 22; 上海市社会救助条例 arts 12, 17 and 18.

    Limitations:
        Members and income are counted as for dibao, without deductions: the measures have
        no rule of their own. "Other conditions" of local governments (art. 4 item 5) are
        not known. The property rule is the authority's own finding,
        ``property.meets_rigid_expenditure_rule``, or ``property.meets_dibao_marginal_rule`` where the place
        applies that one.

    Example:
        >>> from datetime import date
        >>> from minzheng.people import *
        >>> household = Household(
        ...     id="case-4", area="130822", residence=Residence.RURAL,
        ...     members=[Person(
        ...         relation=Relation.APPLICANT, birth=date(1970, 3, 1),
        ...         whereabouts=Whereabouts.HOME,
        ...         income=[Income(kind=IncomeKind.WAGE, year="20000")],
        ...         spending=[Spending(kind=SpendingKind.MEDICAL, year="15000")])],
        ...     property=Property(meets_rigid_expenditure_rule=True), assistance=Assistance.NONE)
        >>> decision = assess(household, on=date(2025, 1, 1))
        >>> decision.outcome.name, [each.not_held.series.name for each in decision.missing]
        ('UNDETERMINED', ['income.disposable_per_capita', 'rigid_expenditure.ratio'])
    """
    tables = Standards.bundled() if standards is None else standards
    return settle(
        RULE,
        title=_TITLE,
        case=household,
        subject=household.id,
        area=household.area,
        residence=household.residence,
        on=on,
        standards=tables,
        facts=lambda resolved, unknowns: facts_of(household, on, resolved, unknowns),
        tell=lambda result, resolved, facts: tell(result, resolved, facts, household, on, tables),
    )


def facts_of(
    household: Household, on: date, resolved: Resolved[Terms], unknowns: Unknowns | None = None
) -> Facts:
    """The household as the rule takes it, unknown facts as ``unknowns`` takes them.

    Raises:
        InvalidInput: when a member is born after the day.
    """
    t = resolved.terms
    assert t is not None
    unknowns = Unknowns() if unknowns is None else unknowns
    take = unknowns.take
    persons = {f"{_PATH}.members[{n}]": person for n, person in enumerate(household.members)}
    check_births(persons, on)
    members = [_member(person, path, on, t, unknowns) for path, person in persons.items()]
    classes = distinct(Assistance, lambda each: excluded(each, t))
    of_edge = (
        rule := resolved.held.get("rigid_expenditure.property.rule")
    ) and rule.value == "dibao_marginal"
    name = "meets_dibao_marginal_rule" if of_edge else "meets_rigid_expenditure_rule"
    owned = household.property
    finding: bool | None = None if owned is None else getattr(owned, name)
    case = HouseholdFacts(
        assistance=take(household.assistance, _PATH, "assistance", classes, len(classes) > 1),
        meets_rule=take(finding, f"{_PATH}.property", name, (False, True), monotone=True),
    )
    return Facts(case, members, unknowns)


def _member(p: Person, path: str, on: date, t: Terms, unknowns: Unknowns) -> MemberFacts:
    family = family_of(p, path, on, t, unknowns)
    counts = counts_in(family, t)
    kinds = asked_kinds(t)
    income = unknowns.amounts(
        p.income,
        path,
        "income",
        worst=MANY,
        best=0,
        kinds=kinds,
        matters=counts and bool(kinds),
    )
    spent = unknowns.amounts(
        p.spending, path, "spending", worst=0, best=MANY, kinds=SpendingKind, matters=counts
    )
    spending = {f"{kind.name.lower()}_spent_year": fen for kind, fen in spent.items()}
    return MemberFacts(**{**family, **years(income), **spending})
