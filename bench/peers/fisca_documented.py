"""The rule for OpenFisca and PolicyEngine as their documentation writes rules.

Money is yuan in a ``float`` variable (32 bits), amounts of a year are asked for
with ``period.this_year``, figures come from ``parameters(period)``, and the standard
of each household by fancy indexing: ``parameters(period).standard[area][residence]``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from fisca import Kit
from measure import PERSON

__all__ = ["inputs", "parameters", "variables"]

AREAS = 12
RESIDENCES = ("rural", "urban")
FIGURES = {
    "wage_share": 0.8,
    "deposit_months": 24,
    "old_age_allowance": 70,
    "minor_age": 14,
    "severe_grade": 2,
    "severe_share": 0.2,
    "minor_share": 0.1,
    "dibao_marginal": 1.5,
}

Arrays = dict[str, Any]


def parameters(standard_months: np.ndarray) -> dict[str, Any]:
    """The parameter tree, yuan a month."""

    def value(number: float) -> dict[str, Any]:
        return {"values": {"2024-01-01": {"value": number}}}

    return {
        **{name: value(number) for name, number in FIGURES.items()},
        "standard": {
            f"area_{area}": {
                residence: value(int(standard_months[2 * area + place]) / 100)
                for place, residence in enumerate(RESIDENCES)
            }
            for area in range(AREAS)
        },
    }


def inputs(data: Arrays) -> Iterable[tuple[str, str, Any]]:
    """Variable, period and values, in yuan."""
    for name in PERSON[:2]:
        yield name, "2024-07", data[name]
    for name in PERSON[2:]:
        yield name, "2024", data[name] / 100
    yield "deposits", "2024-07", data["deposits"] / 100
    yield "cars", "2024-07", data["cars"]
    for name, words in (("area", [f"area_{n}" for n in range(AREAS)]), ("residence", RESIDENCES)):
        yield name, "2024-07", np.array(words)[data[name]]


def standard(household: Any, period: Any, parameters: Any) -> Any:
    """The standard of each household's place, yuan a month."""
    area, residence = household("area", period), household("residence", period)
    return parameters(period).standard[area][residence]


def counted_income(person: Any, period: Any, parameters: Any) -> Any:
    """Income that counts, yuan a year."""
    wage = parameters(period).wage_share * person("wage", period)
    return wage + person("pension", period) + person("transfers", period) - person("care", period)


def severe(person: Any, period: Any, parameters: Any) -> Any:
    """Severely disabled."""
    grade = person("disability_grade", period)
    return (grade >= 1) & (grade <= parameters(period).severe_grade)


def supplement(person: Any, period: Any, parameters: Any) -> Any:
    """Supplement, yuan a month."""
    age, p = person("age", period), parameters(period)
    most = person("severe", period) | (age >= p.elderly_age)
    share = np.where(most, p.severe_share, np.where(age < p.minor_age, p.minor_share, 0))
    return share * person.household("standard", period)


def single_pay(person: Any, period: Any) -> Any:
    """What a severely disabled person would be paid alone; 0 for others."""
    own = np.maximum(person("counted_income", period.this_year), 0)
    standard = person.household("standard", period)
    pay = np.floor(standard - own / 12 + person("supplement", period) + 0.5)
    return np.where(person("severe", period) & (own < 12 * standard), pay, 0)


def income(household: Any, period: Any) -> Any:
    """Counted income of the household, yuan a year."""
    return np.maximum(household.sum(household.members("counted_income", period)), 0)


def meets_property(household: Any, period: Any, parameters: Any) -> Any:
    """No car, and deposits within the ceiling."""
    months = parameters(period).deposit_months
    ceiling = months * household("standard", period) * household.nb_persons()
    return (household("cars", period) == 0) & (household("deposits", period) <= ceiling)


def whole(household: Any, period: Any) -> Any:
    """The household as a whole qualifies."""
    limit = 12 * household("standard", period) * household.nb_persons()
    lower = household("income", period.this_year) < limit
    return lower & household("meets_property", period)


def edge(household: Any, period: Any, parameters: Any) -> Any:
    """Only persons who apply alone qualify."""
    limit = 12 * household("standard", period) * household.nb_persons()
    income = household("income", period.this_year)
    within = (income >= limit) & (income < parameters(period).edge * limit)
    alone = household.any(household.members("single_pay", period) > 0)
    return within & alone & household("meets_property", period)


def granted(household: Any, period: Any) -> Any:
    """Either way."""
    return household("whole", period) | household("dibao_marginal", period)


def persons(household: Any, period: Any) -> Any:
    """How many are paid for."""
    singles = household.sum(household.members("single_pay", period) > 0)
    edge = np.where(household("dibao_marginal", period), singles, 0)
    return np.where(household("whole", period), household.nb_persons(), edge)


def pay_month(household: Any, period: Any) -> Any:
    """Yuan a month, half-up to the yuan."""
    limit = household("standard", period) * household.nb_persons()
    supplements = household.sum(household.members("supplement", period))
    gap = limit - household("income", period.this_year) / 12
    alone = household.sum(household.members("single_pay", period))
    edge = np.where(household("dibao_marginal", period), alone, 0)
    return np.where(household("whole", period), np.floor(gap + supplements + 0.5), edge)


def by_table(table: np.ndarray) -> Callable[[Any, Any], Any]:
    """The formula of the standard that looks it up in an array."""

    def formula(household: Any, period: Any) -> Any:
        area, residence = household("area", period), household("residence", period)
        return table[2 * np.asarray(area, np.intp) + np.asarray(residence)]

    return formula


def variables(kit: Kit, person: Any, household: Any, table: np.ndarray | None) -> Iterable[type]:
    """The inputs and the formulas; with a ``table`` the standard is looked up in it."""

    def one(name: str, of: Any, kind: type, period: Any, formula: Any = None, **more: Any) -> type:
        about = {"value_type": kind, "entity": of, "definition_period": period, "label": name}
        if formula is not None:
            about["formula"] = formula
        return type(name, (kit.variable,), {**about, **more})

    enum: Any = kit.enum
    area = enum("Area", {f"area_{n}": f"area {n}" for n in range(AREAS)})
    residence = enum("Residence", {word: word for word in RESIDENCES})
    month, year = kit.month, kit.year
    for name in PERSON[:2]:
        yield one(name, person, int, month)
    for name in PERSON[2:]:
        yield one(name, person, float, year)
    for name, words in (("area", area), ("residence", residence)):
        more = {"possible_values": words, "default_value": next(iter(words))}
        yield one(name, household, enum, month, **more)
    yield one("deposits", household, float, month)
    yield one("cars", household, int, month)
    chosen = standard if table is None else by_table(table)
    yield one("standard", household, float, month, chosen)
    yield one("counted_income", person, float, year, counted_income)
    yield one("severe", person, bool, month, severe)
    yield one("supplement", person, float, month, supplement)
    yield one("single_pay", person, float, month, single_pay)
    yield one("income", household, float, year, income)
    yield one("meets_property", household, bool, month, meets_property)
    yield one("whole", household, bool, month, whole)
    yield one("dibao_marginal", household, bool, month, edge)
    yield one("granted", household, bool, month, granted)
    yield one("persons", household, int, month, persons)
    yield one("pay_month", household, float, month, pay_month)
