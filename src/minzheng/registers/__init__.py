"""Registers: records kept over time, and what they say on a day."""

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

__all__ = [
    "Cause",
    "Check",
    "Group",
    "Guarantee",
    "IncomeSeen",
    "Monitored",
    "Risk",
    "RiskWarning",
    "Watched",
    "monitor",
]
