"""Ability assessment (能力评估): scales as data, and the level of a filled-in sheet with its reasons.

Four scales: the six-item self-care test of tekun, MZ/T 039-2013, GB/T 42195-2022 and the Barthel
index. A level is told only where nothing that is left open can change it.
"""

from minzheng.ability.assess import assess, self_care
from minzheng.ability.combination import Combination, combine
from minzheng.ability.load import SCALES, in_force, scale, scales, undated
from minzheng.ability.model import (
    Band,
    Domain,
    EventCount,
    Item,
    Level,
    Method,
    Option,
    Scale,
    Stacking,
    Tie,
)
from minzheng.ability.result import Assessment, DomainResult
from minzheng.ability.sheet import Condition, Reading, Sheet, read, schema

__all__ = [
    "SCALES",
    "Assessment",
    "Band",
    "Combination",
    "Condition",
    "Domain",
    "DomainResult",
    "EventCount",
    "Item",
    "Level",
    "Method",
    "Option",
    "Reading",
    "Scale",
    "Sheet",
    "Stacking",
    "Tie",
    "assess",
    "combine",
    "in_force",
    "read",
    "scale",
    "scales",
    "schema",
    "self_care",
    "undated",
]
