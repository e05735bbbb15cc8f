"""Living subsidy of persons with disabilities in hardship (困难残疾人生活补贴)."""

from minzheng.benefits.disability_living.assess import RULE, assess, facts_of
from minzheng.benefits.disability_living.facts import PersonFacts, Reason, Result, Terms
from minzheng.benefits.disability_living.rule import decide
from minzheng.benefits.disability_living.terms import terms

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
