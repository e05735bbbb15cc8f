"""Dibao (最低生活保障): the minimum living guarantee of a household."""

from minzheng.benefits.dibao.assess import RULE, assess, facts_of
from minzheng.benefits.dibao.death import AfterDeath, PaidAfter, after_death
from minzheng.benefits.dibao.facts import (
    Group,
    HouseholdFacts,
    MemberFacts,
    Position,
    Reason,
    Result,
    Terms,
    Totals,
)
from minzheng.benefits.dibao.filing import Filing, Place, Registration, filing_place
from minzheng.benefits.dibao.procedure import (
    HouseholdClass,
    Payment,
    Rhythm,
    deadlines,
    next_review,
    payments,
)
from minzheng.benefits.dibao.rule import decide, member
from minzheng.benefits.dibao.terms import terms

__all__ = [
    "RULE",
    "AfterDeath",
    "Filing",
    "Group",
    "HouseholdClass",
    "HouseholdFacts",
    "MemberFacts",
    "PaidAfter",
    "Payment",
    "Place",
    "Position",
    "Reason",
    "Registration",
    "Result",
    "Rhythm",
    "Terms",
    "Totals",
    "after_death",
    "assess",
    "deadlines",
    "decide",
    "facts_of",
    "filing_place",
    "member",
    "next_review",
    "payments",
    "terms",
]
