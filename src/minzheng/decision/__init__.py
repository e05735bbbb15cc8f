"""What every calculator returns: the outcome, the amount, why, on what figures, and what is missing."""

from minzheng.decision._model import (
    Award,
    Decision,
    Finding,
    Ground,
    Missing,
    NUMBER_WARNING,
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
    "Award",
    "Decision",
    "Finding",
    "Ground",
    "Missing",
    "NUMBER_WARNING",
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
