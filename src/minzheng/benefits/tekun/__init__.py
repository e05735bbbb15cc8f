"""Tekun (特困人员救助供养): support for persons in extreme hardship."""

from minzheng.benefits.tekun.assess import RULE, assess, facts_of
from minzheng.benefits.tekun.facts import Limb, PersonFacts, Reason, Result, SelfCareClass, Terms
from minzheng.benefits.tekun.rule import decide
from minzheng.benefits.tekun.supporter import SupporterTest, supporter
from minzheng.benefits.tekun.terms import terms

__all__ = [
    "RULE",
    "Limb",
    "PersonFacts",
    "Reason",
    "Result",
    "SelfCareClass",
    "SupporterTest",
    "Terms",
    "assess",
    "decide",
    "facts_of",
    "supporter",
    "terms",
]
