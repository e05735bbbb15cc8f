"""Registers (花名册、台账): screens, the economic check of what is declared, monitoring.

A register is set against the rule and against other lists: as typed records, row by row, or as
columns, a province in one call. Both give the same flags.
"""

from __future__ import annotations

from minzheng.registers.check import Discrepancy, Record, Source, Standing, check, sources
from minzheng.registers.entries import Death, Drawing, Entry, Filing, Listed, Lists, screen_entries
from minzheng.registers.monitoring import (
    Cause,
    Check,
    Group,
    Guarantee,
    IncomeSeen,
    Monitored,
    Risk,
    RiskWarning,
    Watched,
    monitor,
)
from minzheng.registers.screens import Flag, Roster, Screen, Verdict
from minzheng.registers.tables import flags, screen, table, table_schema

__all__ = [
    "Cause",
    "Check",
    "Death",
    "Discrepancy",
    "Drawing",
    "Entry",
    "Filing",
    "Flag",
    "Group",
    "Guarantee",
    "IncomeSeen",
    "Listed",
    "Lists",
    "Monitored",
    "Record",
    "Risk",
    "RiskWarning",
    "Roster",
    "Screen",
    "Source",
    "Standing",
    "Verdict",
    "Watched",
    "check",
    "flags",
    "monitor",
    "screen",
    "screen_entries",
    "sources",
    "table",
    "table_schema",
]
