"""Inspection draws (双随机抽查) that anybody outside can replay.

:class:`Frame` (who can be drawn), :class:`Plan` (how many, by which rule), :func:`seal`
(published before the seed exists), :func:`draw`, :class:`Bundle` (one file with everything
needed to replay), :func:`verify`.
"""

import minzheng.inspection.verify  # noqa: F401 - loaded first, or it would take the name of the function later
from minzheng.inspection.bundle import Bundle, Verdict, assign, verdict, verify
from minzheng.inspection.draw import Drawn, Pick, Selection, draw
from minzheng.inspection.frame import NEVER, Frame, Organization
from minzheng.inspection.inspectors import Inspector, Interest, Post, inspectors_sha256
from minzheng.inspection.plan import (
    Absence,
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
from minzheng.inspection.teams import NotEnough

__all__ = [
    "NEVER",
    "Absence",
    "Apportionment",
    "Bundle",
    "Chain",
    "Drawn",
    "Frame",
    "Group",
    "Inspector",
    "Interest",
    "Lead",
    "Level",
    "Method",
    "Named",
    "NotEnough",
    "Organization",
    "Outcome",
    "Pick",
    "Plan",
    "PlanKind",
    "Post",
    "Rotation",
    "Sealed",
    "Selection",
    "Source",
    "SourceKind",
    "Team",
    "Verdict",
    "apportion",
    "assign",
    "draw",
    "inspectors_sha256",
    "seal",
    "share",
    "verdict",
    "verify",
]
