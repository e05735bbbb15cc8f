"""Edge families (低保边缘家庭): just above the minimum living guarantee; recognised, not paid."""

from minzheng.benefits.edge.assess import RULE, assess, facts_of
from minzheng.benefits.edge.facts import HouseholdFacts, MemberFacts, Reason, Result, Terms, Totals
from minzheng.benefits.edge.rule import decide, member
from minzheng.benefits.edge.terms import terms

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
