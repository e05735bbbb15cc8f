"""What the OpenFisca and PolicyEngine peers share: both have one model and different engines.

Entities, variables and formulas that call each other by name are the same in
both, so the rule is written once for each idiom:

documented: as the documentation writes it, in yuan as ``float``, with parameters by
    fancy indexing.
table: the same, but the standard is looked up in an array by number.
tuned: whole numbers, shaped for speed by hand.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from measure import peer

__all__ = ["Kit", "time_it"]

OUTPUTS = ("granted", "persons", "pay_month")
MONTH = "2024-07"

Arrays = dict[str, Any]


class Kit(NamedTuple):
    """The classes of one of the two libraries."""

    build_entity: Callable[..., Any]
    builder: Callable[[], Any]
    system: Callable[..., Any]
    variable: type
    enum: type
    parameters: Callable[..., Any]
    month: Any
    year: Any


def time_it(kit: Kit) -> None:
    """Measure the library in the idiom named on the command line."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--idiom", choices=("documented", "table", "tuned"), default="documented")
    options, sys.argv[1:] = parser.parse_known_args()
    peer(partial(load, kit, options.idiom), run, partial(answers, options.idiom), reset)


def load(kit: Kit, idiom: str, data: Arrays) -> Any:
    """A simulation with its inputs set."""
    import fisca_documented
    import fisca_tuned

    person = kit.build_entity(key="person", plural="persons", label="", is_person=True)
    roles = [{"key": "member", "plural": "members", "label": "", "doc": ""}]
    household = kit.build_entity(key="household", plural="households", label="", roles=roles)
    system = kit.system([person, household])
    months = data["standard_months"]
    if idiom == "tuned":
        system.add_variables(*fisca_tuned.variables(kit, person, household, months))
        inputs = fisca_tuned.inputs(data)
    else:
        system.parameters = kit.parameters("", data=fisca_documented.parameters(months))
        table = months / 100 if idiom == "table" else None
        system.add_variables(*fisca_documented.variables(kit, person, household, table))
        inputs = fisca_documented.inputs(data)
    simulation = _populated(kit, system, data)
    for name, period, values in inputs:
        simulation.set_input(name, period, values)
    return simulation


def _populated(kit: Kit, system: Any, data: Arrays) -> Any:
    households = np.arange(len(data["area"]))
    of = np.repeat(households, np.diff(data["offsets"]))
    builder = kit.builder()
    builder.create_entities(system)
    builder.declare_person_entity("person", np.arange(len(of)))
    group = builder.declare_entity("household", households)
    builder.join_with_persons(group, of, roles=np.zeros(len(of), np.int64))
    return builder.build(system)


def run(simulation: Any) -> list[Any]:
    """Calculate the three outputs."""
    return [simulation.calculate(name, MONTH) for name in OUTPUTS]


def answers(idiom: str, result: list[Any]) -> list[Any]:
    """The outputs with the payment in fen."""
    granted, persons, pay = result
    if idiom != "tuned":
        pay = np.rint(pay.astype(np.float64) * 100)
    return [granted, persons, pay]


def reset(simulation: Any) -> None:
    """Forget what was calculated; the inputs stay."""
    for name, variable in simulation.tax_benefit_system.variables.items():
        if variable.formulas:
            simulation.delete_arrays(name)
