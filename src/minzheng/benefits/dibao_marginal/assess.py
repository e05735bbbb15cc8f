"""Recognising one edge family: from what is stated to a decision that explains itself."""

from __future__ import annotations

from datetime import date
from typing import Any

from minzheng.base.i18n import N_
from minzheng.benefits.counting import years
from minzheng.benefits.dibao.assess import means_asks, property_of
from minzheng.benefits.dibao_marginal.facts import (
    LACKS,
    HouseholdFacts,
    MemberFacts,
    Position,
    Result,
    Terms,
    Totals,
)
from minzheng.benefits.dibao_marginal.rule import decide, member
from minzheng.benefits.dibao_marginal.tell import tell
from minzheng.benefits.dibao_marginal.terms import terms
from minzheng.benefits.members import counts_in, family_of
from minzheng.benefits.settle import settle
from minzheng.benefits.unknowns import Facts, Unknowns, check_births
from minzheng.decision import Decision
from minzheng.people import Household, Person, SpendingKind
from minzheng.rules import Rule
from minzheng.standards import Standards
from minzheng.standards.reading import Resolved

__all__ = ["RULE", "assess", "facts_of"]

RULE: Rule[HouseholdFacts, MemberFacts, Totals, Terms, Result] = Rule(
    name="dibao_marginal",
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
"""The rule of edge families: what a case, a column and a scenario take alike."""

_TITLE = N_("Recognition as an edge family (dibao edge)")
_PATH = "household"


def assess(household: Household, *, on: date, standards: Standards | None = None) -> Decision:
    """Decide whether a household is recognised as an edge family on a day, and why.

    Args:
        household: what is stated of it; unknown facts are ``None``.
        on: the day of the decision; it chooses the law and the figures.
        standards: the tables; the bundled ones when left out.

    Returns:
        The decision. Recognition pays nothing: a granted one has no award. It is
        ``UNDETERMINED`` when a figure or a fact is missing that the answer hangs on; from
        2026-07-01 that is the province's line, where no table states it.

    Raises:
        NotFound: when no area bore the household's code on that day.
        InvalidInput: when a member is born after the day.

    Source:
        最低生活保障审核确认办法 (2021) art. 8; the notice of 2022-10-20, 一（四）; Social
        Assistance Law (2026) art. 21; 浙江省社会救助条例 art. 13.

    Limitations:
        The property rule is the authority's own finding, ``property.meets_dibao_marginal_rule``: no
        local rule for edge families is held. A line published as an amount is stated as a
        multiple of the standard.

    Example:
        >>> from datetime import date
        >>> from minzheng.people import *
        >>> household = Household(
        ...     id="case-3", area="130802", residence=Residence.URBAN,
        ...     members=[Person(
        ...         relation=Relation.APPLICANT, birth=date(1970, 3, 1),
        ...         whereabouts=Whereabouts.HOME,
        ...         income=[Income(kind=IncomeKind.WAGE, month="900")])],
        ...     property=Property(meets_dibao_marginal_rule=True))
        >>> decision = assess(household, on=date(2023, 9, 1))
        >>> decision.outcome.name, decision.award
        ('GRANTED', None)
        >>> print(decision.reason("en"))
        The counted household income, 10,800.00 yuan a year, is not lower than 9,000.00 yuan (the standard times 1), and within the edge line, 13,500.00 yuan.
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
        tell=lambda result, resolved, _facts: tell(result, resolved, household, on, tables),
    )


def facts_of(
    household: Household, on: date, resolved: Resolved[Terms], unknowns: Unknowns | None = None
) -> Facts:
    """The household as the rule takes it, unknown facts as ``unknowns`` takes them.

    Income, and spending where it is deducted, are needed: too little and too much of
    either ends alike, and neither tells what lies between.

    Raises:
        InvalidInput: when a member is born after the day.
    """
    t = resolved.terms
    assert t is not None
    unknowns = Unknowns() if unknowns is None else unknowns
    asks = means_asks(t)
    persons = {f"{_PATH}.members[{n}]": person for n, person in enumerate(household.members)}
    check_births(persons, on)
    members = [
        _member(person, path, on, t, asks.spending, unknowns) for path, person in persons.items()
    ]
    tests_property = RULE.run(HouseholdFacts(), members, t).position is Position.BELOW

    def against(value: Any, path: str, name: str, domain: Any, matters: bool) -> Any:
        """What fails the dibao test of property is good for an edge family."""
        if not (matters and tests_property):
            return unknowns.take(value, path, name, domain, False)
        return unknowns.take(value, path, name, domain[::-1], monotone=True)

    owned = household.property
    finding = None if owned is None else owned.meets_dibao_marginal_rule
    case = HouseholdFacts(
        **property_of(owned, t, asks, against),
        meets_dibao_marginal_rule=unknowns.take(
            finding, f"{_PATH}.property", "meets_dibao_marginal_rule", (False, True), monotone=True
        ),
    )
    return Facts(case, members, unknowns)


def _member(
    p: Person, path: str, on: date, t: Terms, asks_spending: bool, unknowns: Unknowns
) -> MemberFacts:
    family = family_of(p, path, on, t, unknowns)
    counts = counts_in(family, t)
    income = unknowns.required_amounts(p.income, path, "income") if counts else {}
    spending = {}
    if counts and asks_spending:
        spending = unknowns.required_amounts(p.spending, path, "spending")
    deducted = {
        "medical_year": spending.get(SpendingKind.MEDICAL, 0),
        "disability_cost_year": spending.get(SpendingKind.DISABILITY, 0),
    }
    return MemberFacts(**{**family, **years(income), **deducted})
