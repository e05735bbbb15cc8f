"""The basic living subsidy of children in fact unattended (事实无人抚养儿童基本生活补贴)."""

from minzheng.benefits.de_facto_unattended.assess import RULE, assess, facts_of
from minzheng.benefits.de_facto_unattended.facts import PersonFacts, Reason, Result, Terms
from minzheng.benefits.de_facto_unattended.rule import decide
from minzheng.benefits.de_facto_unattended.terms import terms

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
