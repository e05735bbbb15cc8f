"""Old-age allowance (高龄津贴): by bands of age, as the place states them."""

from minzheng.benefits.old_age_allowance.assess import RULE, assess, facts_of
from minzheng.benefits.old_age_allowance.facts import PersonFacts, Reason, Result, Terms
from minzheng.benefits.old_age_allowance.rule import decide
from minzheng.benefits.old_age_allowance.terms import terms

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
