"""The basic living allowance of orphans (孤儿基本生活费)."""

from minzheng.benefits.orphan.assess import RULE, assess, facts_of
from minzheng.benefits.orphan.facts import PersonFacts, Reason, Result, Terms
from minzheng.benefits.orphan.rule import decide
from minzheng.benefits.orphan.terms import terms

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
