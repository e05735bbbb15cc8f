"""The local basic living allowance of other children in difficulty (困境儿童基本生活费)."""

from minzheng.benefits.children_in_difficulty.assess import RULE, assess, facts_of
from minzheng.benefits.children_in_difficulty.facts import (
    Deducted,
    PersonFacts,
    Reason,
    Result,
    Terms,
    Tier,
)
from minzheng.benefits.children_in_difficulty.rule import decide
from minzheng.benefits.children_in_difficulty.terms import terms

__all__ = [
    "RULE",
    "Deducted",
    "PersonFacts",
    "Reason",
    "Result",
    "Terms",
    "Tier",
    "assess",
    "decide",
    "facts_of",
    "terms",
]
