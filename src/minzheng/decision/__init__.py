"""What every calculator returns: the outcome, the amount, why, on what figures, and what is missing."""

from minzheng.decision._model import (
    NUMBER_WARNING,
    Award,
    Decision,
    Finding,
    Ground,
    Missing,
    Note,
    Outcome,
    Recipient,
    Reference,
    citations,
    cited,
    findings,
    places,
    warned,
)

__all__ = [
    "NUMBER_WARNING",
    "Award",
    "Decision",
    "Finding",
    "Ground",
    "Missing",
    "Note",
    "Outcome",
    "Recipient",
    "Reference",
    "citations",
    "cited",
    "findings",
    "places",
    "warned",
]
