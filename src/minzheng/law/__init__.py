"""Laws, rules and notices as data: what they are, how to cite them, which are in force on a day."""

from __future__ import annotations

from minzheng.law.load import Citation, cite, in_force, instrument, instruments, undated
from minzheng.law.model import SUBJECTS, Confidence, Grade, Instrument, Kind

__all__ = [
    "SUBJECTS",
    "Citation",
    "Confidence",
    "Grade",
    "Instrument",
    "Kind",
    "cite",
    "in_force",
    "instrument",
    "instruments",
    "undated",
]
