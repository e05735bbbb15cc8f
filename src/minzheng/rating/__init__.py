"""Ratings of institutions and organisations: schemes as data, one engine, explained.

Source: the schemes name theirs, each row with its grade of confidence.
Limitations: what no source states is not bundled; see the limitations page.
"""

from minzheng.rating.engine import rate
from minzheng.rating.leaf import Answer
from minzheng.rating.lint import Found, lint
from minzheng.rating.load import bundled, load, read, schemes
from minzheng.rating.model import Scheme
from minzheng.rating.plain import peers_from, rating_to, sheet_from, way_to
from minzheng.rating.sheet import (
    Act,
    Check,
    Held,
    Lack,
    Outcome,
    Peers,
    Rating,
    Remark,
    Score,
    Sheet,
)
from minzheng.rating.steps import UNRATED
from minzheng.rating.way import LeafWay, SectionWay, Way, path_to
from minzheng.rating.workbook import ScoreSheet, read_score_sheet, score_sheet

__all__ = [
    "UNRATED",
    "Act",
    "Answer",
    "Check",
    "Found",
    "Held",
    "Lack",
    "LeafWay",
    "Outcome",
    "Peers",
    "Rating",
    "Remark",
    "Scheme",
    "Score",
    "ScoreSheet",
    "SectionWay",
    "Sheet",
    "Way",
    "bundled",
    "lint",
    "load",
    "path_to",
    "peers_from",
    "rate",
    "rating_to",
    "read",
    "read_score_sheet",
    "schemes",
    "score_sheet",
    "sheet_from",
    "way_to",
]
