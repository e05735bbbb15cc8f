"""Old-age allowance (高龄津贴): by bands of age, as the place states them."""

from minzheng.benefits.elderly_age.assess import RULE, assess, facts_of
from minzheng.benefits.elderly_age.facts import PersonFacts, Reason, Result, Terms
from minzheng.benefits.elderly_age.rule import decide
from minzheng.benefits.elderly_age.terms import terms

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
