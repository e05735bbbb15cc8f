"""The rule for OpenFisca and PolicyEngine, tuned by hand: 32-bit whole numbers, nothing projected.

Every variable is of one month and holds fen, so that nothing is converted between
periods; incomes are counted in fifths of a fen. The standard is a plain look-up in
an array, and the payment of a single person is worked out for the few it concerns.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from fisca import Kit
from measure import PERSON

__all__ = ["inputs", "variables"]

HOUSEHOLD = ("area", "residence", "deposits", "cars")
FLAGS = ("severe", "whole", "dibao_marginal", "owns_little", "granted")
YUAN = 6000  # fifths of a fen a year in a yuan a month

Arrays = dict[str, Any]


def inputs(data: Arrays) -> Iterable[tuple[str, str, Any]]:
    """Variable, period and values."""
    for name in (*PERSON, *HOUSEHOLD):
        yield name, "2024-07", data[name]


def variables(kit: Kit, person: Any, household: Any, standard_months: np.ndarray) -> Iterable[type]:
    """The inputs and the formulas."""

    def standard(household: Any, period: Any) -> Any:
        return standard_months[2 * household("area", period) + household("residence", period)]

    def counted(person: Any, period: Any) -> Any:
        plus = person("pension", period) + person("transfers", period) - person("care", period)
        return 4 * person("wage", period) + 5 * plus

    def severe(person: Any, period: Any) -> Any:
        grade = person("disability_grade", period)
        return (grade == 1) | (grade == 2)

    def tenths(person: Any, period: Any) -> Any:
        age = person("age", period)
        return np.where(person("severe", period) | (age >= 70), 2, age < 14)

    def single_pay(person: Any, period: Any) -> Any:
        # few are severely disabled: only their payment is worked out
        at = np.flatnonzero(person("severe", period))
        of = person.household.members_entity_id[at]
        month = person.simulation.calculate("standard", period)[of].astype(np.int64)
        gap = 60 * month - np.maximum(person("counted", period)[at], 0)
        supplement = 6 * month * person("tenths", period)[at]
        pay = np.zeros(person.count, np.int32)
        pay[at] = np.where(gap > 0, (gap + supplement + YUAN // 2) // YUAN, 0)
        return pay

    def income(household: Any, period: Any) -> Any:
        return np.maximum(household.sum(household.members("counted", period)), 0)

    def size(household: Any, period: Any) -> Any:
        return household.nb_persons()

    def singles(household: Any, period: Any) -> Any:
        return household.sum(household.members("single_pay", period) > 0)

    def whole(household: Any, period: Any) -> Any:
        limit = 60 * household("standard", period) * household("size", period)
        return household("owns_little", period) & (household("income", period) < limit)

    def edge(household: Any, period: Any) -> Any:
        limit = 180 * household("standard", period) * household("size", period)
        near = household("owns_little", period) & ~household("whole", period)
        near &= 2.0 * household("income", period) < limit
        return near & (household("singles", period) > 0)

    def owns_little(household: Any, period: Any) -> Any:
        ceiling = 24 * household("standard", period) * household("size", period)
        return (household("cars", period) == 0) & (household("deposits", period) <= ceiling)

    def granted(household: Any, period: Any) -> Any:
        return household("whole", period) | household("dibao_marginal", period)

    def persons(household: Any, period: Any) -> Any:
        edge = np.where(household("dibao_marginal", period), household("singles", period), 0)
        return np.where(household("whole", period), household("size", period), edge)

    def pay_month(household: Any, period: Any) -> Any:
        standard = household("standard", period)
        tenths = household.sum(household.members("tenths", period)).astype(np.int32)
        gap = standard * (60 * household("size", period) + 6 * tenths)
        pay = (gap - household("income", period) + YUAN // 2) // YUAN
        alone = household.sum(household.members("single_pay", period))
        edge = np.where(household("dibao_marginal", period), alone, 0)
        return 100 * np.where(household("whole", period), pay, edge)

    of = {
        person: (*PERSON, counted, severe, tenths, single_pay),
        household: (
            *(*HOUSEHOLD, standard, income, size, singles),
            *(whole, edge, owns_little, granted, persons, pay_month),
        ),
    }
    for entity, each in ((entity, each) for entity, several in of.items() for each in several):
        name = each if isinstance(each, str) else each.__name__
        about = {
            "value_type": bool if name in FLAGS else int,
            "entity": entity,
            "definition_period": kit.month,
            "label": name,
        }
        yield type(name, (kit.variable,), about if name is each else {**about, "formula": each})
