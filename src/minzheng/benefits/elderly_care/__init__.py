"""Subsidies of elderly persons in economic hardship (经济困难的高龄、失能老年人补贴)."""

from minzheng.benefits.elderly_care.assess import RULE, assess, facts_of
from minzheng.benefits.elderly_care.facts import Combine, PersonFacts, Reason, Result, Terms
from minzheng.benefits.elderly_care.rule import decide
from minzheng.benefits.elderly_care.terms import terms

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
