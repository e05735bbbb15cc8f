"""The schooling aid of orphans (福彩圆梦·孤儿助学)."""

from minzheng.benefits.orphan_schooling.assess import RULE, assess, facts_of
from minzheng.benefits.orphan_schooling.facts import Adopted, PersonFacts, Reason, Result, Terms
from minzheng.benefits.orphan_schooling.rule import decide
from minzheng.benefits.orphan_schooling.terms import terms

__all__ = [
    "RULE",
    "Adopted",
    "PersonFacts",
    "Reason",
    "Result",
    "Terms",
    "assess",
    "decide",
    "facts_of",
    "terms",
]
