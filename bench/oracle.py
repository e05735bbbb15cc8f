"""The right answers: the rule run household by household in Python's exact whole numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
from population import AREAS, DAY, PERSON, standards
from rule import RULE, Household, Person

from minzheng.people import Residence
from minzheng.rules import Outcome

__all__ = ["decide_all"]


def decide_all(data: dict[str, Any]) -> dict[str, np.ndarray]:
    """Decide every household; ``granted`` (0 or 1), ``persons`` and ``pay_month`` (fen)."""
    table = standards()
    terms = [
        RULE.terms(table, area, DAY, residence).terms for area in AREAS for residence in Residence
    ]
    people = list(map(Person, *(data[name].tolist() for name in PERSON)))
    households = map(Household, data["deposits"].tolist(), data["cars"].tolist())
    places = (2 * data["area"] + data["residence"]).tolist()
    offsets = data["offsets"].tolist()
    answers = np.empty((3, len(places)), np.int64)
    for row, (household, place) in enumerate(zip(households, places, strict=True)):
        of = terms[place]
        assert of is not None
        result = RULE.run(household, people[offsets[row] : offsets[row + 1]], of)
        answers[:, row] = result.outcome is Outcome.GRANTED, result.persons, result.pay_month
    return dict(zip(("granted", "persons", "pay_month"), answers, strict=True))
