"""Care subsidy of severely disabled persons (重度残疾人护理补贴)."""

from minzheng.benefits.disability_care.assess import RULE, assess, facts_of
from minzheng.benefits.disability_care.facts import PersonFacts, Reason, Result, Terms
from minzheng.benefits.disability_care.rule import decide
from minzheng.benefits.disability_care.terms import terms

__all__ = [
    "RULE",
    "PersonFacts",
    "Reason",
    "Result",
    "Terms",
    "assess",
    "decide",
    "facts_of",
    "terms",
]
