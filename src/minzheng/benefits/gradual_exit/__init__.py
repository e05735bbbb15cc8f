"""Gradual exit (渐退期): dibao that goes on for some months after the income has risen."""

from minzheng.benefits.gradual_exit.assess import RULE, assess, facts_of
from minzheng.benefits.gradual_exit.facts import HouseholdFacts, Pays, Reason, Result, Terms
from minzheng.benefits.gradual_exit.rule import decide
from minzheng.benefits.gradual_exit.terms import terms

__all__ = [
    "RULE",
    "HouseholdFacts",
    "Pays",
    "Reason",
    "Result",
    "Terms",
    "assess",
    "decide",
    "facts_of",
    "terms",
]
