"""What a benefit is declared with, and how a declared benefit is evaluated."""

from minzheng.benefits._engine.benefit import Benefit, Case
from minzheng.benefits._engine.explanation import Explanation
from minzheng.benefits._engine.facts import (
    MANY,
    Ask,
    age,
    code,
    distinct,
    fact,
    fen,
    hundredths,
    income,
    spending,
)
from minzheng.benefits._engine.parameters import (
    ParameterReader,
    Resolved,
    Settled,
    Vector,
    choice,
    computed,
    figure,
    settled,
    term,
)
from minzheng.benefits._engine.reasons import Reasons, grant, refuse, undetermined
from minzheng.benefits._engine.results import amount

__all__ = [
    "MANY",
    "Ask",
    "Benefit",
    "Case",
    "Explanation",
    "ParameterReader",
    "Reasons",
    "Resolved",
    "Settled",
    "Vector",
    "age",
    "amount",
    "choice",
    "code",
    "computed",
    "distinct",
    "fact",
    "fen",
    "figure",
    "grant",
    "hundredths",
    "income",
    "refuse",
    "settled",
    "spending",
    "term",
    "undetermined",
]
