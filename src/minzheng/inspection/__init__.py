"""Inspection draws (双随机抽查) that anybody outside can replay.

:class:`Frame` (who can be drawn), :class:`Plan` (how many, by which rule), :func:`seal`
(published before the seed exists), :func:`draw`, :class:`Bundle` (one file with everything
needed to replay), :func:`verify`.
"""

from minzheng.inspection.assign import NotEnough, assign
from minzheng.inspection.bundle import Bundle, verify
from minzheng.inspection.draw import Drawn, Pick, Selection, draw
from minzheng.inspection.frame import NEVER, Frame, Organization
from minzheng.inspection.inspectors import Inspector, Interest, Post, inspectors_sha256
from minzheng.inspection.plan import (
    Group,
    Lead,
    Level,
    Method,
    Named,
    Plan,
    PlanKind,
    Rotation,
    Team,
)
from minzheng.inspection.seal import Sealed, seal
from minzheng.inspection.seeds import Chain, Outcome, Source, SourceKind
from minzheng.inspection.shares import Apportionment, apportion, share

__all__ = [
    "Post",
    "Interest",
    "Inspector",
    "NotEnough",
    "NEVER",
    "Apportionment",
    "Bundle",
    "Chain",
    "Drawn",
    "Frame",
    "Group",
    "Lead",
    "Level",
    "Method",
    "Named",
    "Organization",
    "Outcome",
    "Pick",
    "Plan",
    "PlanKind",
    "Rotation",
    "Sealed",
    "Selection",
    "Source",
    "SourceKind",
    "Team",
    "apportion",
    "draw",
    "inspectors_sha256",
    "assign",
    "seal",
    "share",
    "verify",
]
