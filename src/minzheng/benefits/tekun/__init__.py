"""Tekun (特困人员救助供养): support for persons in extreme hardship."""

from minzheng.benefits.tekun.assess import RULE, assess, facts_of
from minzheng.benefits.tekun.ending import Changes, Ending, ends
from minzheng.benefits.tekun.facts import Limb, PersonFacts, Reason, Result, SelfCareClass, Terms
from minzheng.benefits.tekun.procedure import (
    deadlines,
    end_deadlines,
    next_review,
    reassessment,
)
from minzheng.benefits.tekun.rule import decide
from minzheng.benefits.tekun.share import Counts, Of, Share, centralised_share
from minzheng.benefits.tekun.supporter import SupporterTest, supporter
from minzheng.benefits.tekun.terms import terms

__all__ = [
    "RULE",
    "Changes",
    "Counts",
    "Ending",
    "Limb",
    "Of",
    "PersonFacts",
    "Reason",
    "Result",
    "SelfCareClass",
    "Share",
    "SupporterTest",
    "Terms",
    "assess",
    "centralised_share",
    "deadlines",
    "decide",
    "end_deadlines",
    "ends",
    "facts_of",
    "next_review",
    "reassessment",
    "supporter",
    "terms",
]
