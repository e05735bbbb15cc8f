"""Edge families (低保边缘家庭): just above the minimum living guarantee; recognised, not paid."""

from minzheng.benefits.dibao_marginal.assess import RULE, assess, facts_of
from minzheng.benefits.dibao_marginal.facts import (
    HouseholdFacts,
    MemberFacts,
    Reason,
    Result,
    Terms,
    Totals,
)
from minzheng.benefits.dibao_marginal.rule import decide, member
from minzheng.benefits.dibao_marginal.terms import terms

__all__ = [
    "RULE",
    "HouseholdFacts",
    "MemberFacts",
    "Reason",
    "Result",
    "Terms",
    "Totals",
    "assess",
    "decide",
    "facts_of",
    "member",
    "terms",
]
