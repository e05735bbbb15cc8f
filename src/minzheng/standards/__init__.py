"""Standards tables: dated, area-scoped figures, each with its source and grade."""

from minzheng.standards.check import MultipleCheck, multiples, overlaps
from minzheng.standards.model import (
    NATION,
    Figure,
    Found,
    Kind,
    NotHeld,
    Per,
    Series,
    Source,
    Unit,
    Value,
)
from minzheng.standards.table import Standards

__all__ = [
    "NATION",
    "Figure",
    "Found",
    "Kind",
    "MultipleCheck",
    "NotHeld",
    "Per",
    "Series",
    "Source",
    "Standards",
    "Unit",
    "Value",
    "multiples",
    "overlaps",
]
