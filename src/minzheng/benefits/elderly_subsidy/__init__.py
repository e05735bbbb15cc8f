"""Subsidies of elderly persons in economic hardship (经济困难的高龄、失能老年人补贴)."""

from minzheng.benefits.elderly_subsidy.assess import RULE, assess, facts_of
from minzheng.benefits.elderly_subsidy.facts import Combine, PersonFacts, Reason, Result, Terms
from minzheng.benefits.elderly_subsidy.rule import decide
from minzheng.benefits.elderly_subsidy.terms import terms

__all__ = [
    "RULE",
    "Combine",
    "PersonFacts",
    "Reason",
    "Result",
    "Terms",
    "assess",
    "decide",
    "facts_of",
    "terms",
]
