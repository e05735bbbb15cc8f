"""Dibao (最低生活保障): the minimum living guarantee of a household."""

from minzheng.benefits.dibao.assess import RULE, assess, facts_of
from minzheng.benefits.dibao.facts import (
    Group,
    HouseholdFacts,
    MeansFacts,
    MeansTerms,
    MemberFacts,
    Position,
    PropertyFacts,
    Reason,
    Result,
    Terms,
    Totals,
)
from minzheng.benefits.dibao.rule import decide, member
from minzheng.benefits.dibao.terms import terms

__all__ = [
    "RULE",
    "Group",
    "HouseholdFacts",
    "MeansFacts",
    "MeansTerms",
    "MemberFacts",
    "Position",
    "PropertyFacts",
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
