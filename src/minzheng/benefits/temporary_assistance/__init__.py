"""Temporary assistance (临时救助): help in sudden, urgent hardship."""

from minzheng.benefits.temporary_assistance.assess import RULE, assess, facts_of
from minzheng.benefits.temporary_assistance.facts import (
    ApplicationFacts,
    Authority,
    Examination,
    Procedure,
    Reason,
    Result,
    Terms,
    Type,
)
from minzheng.benefits.temporary_assistance.rule import decide
from minzheng.benefits.temporary_assistance.terms import terms

__all__ = [
    "RULE",
    "ApplicationFacts",
    "Authority",
    "Examination",
    "Procedure",
    "Reason",
    "Result",
    "Terms",
    "Type",
    "assess",
    "decide",
    "facts_of",
    "terms",
]
