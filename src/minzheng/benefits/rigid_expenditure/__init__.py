"""Households with rigid expenditure (刚性支出困难家庭): what they must spend is too much for their income."""

from minzheng.benefits.rigid_expenditure.assess import RULE, assess, facts_of
from minzheng.benefits.rigid_expenditure.facts import (
    HouseholdFacts,
    MemberFacts,
    Reason,
    Result,
    Terms,
    Totals,
)
from minzheng.benefits.rigid_expenditure.rule import decide, member
from minzheng.benefits.rigid_expenditure.terms import terms

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
