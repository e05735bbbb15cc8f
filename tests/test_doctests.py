"""The examples in the docstrings of every module of the installed package run."""

import doctest
import pkgutil
from importlib import import_module

import pytest

import minzheng

MODULES = [
    minzheng.__name__,
    *(each.name for each in pkgutil.walk_packages(minzheng.__path__, "minzheng.")),
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_run(name: str) -> None:
    assert doctest.testmod(import_module(name)).failed == 0


def test_every_room_is_looked_into_and_shows_examples() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    with_examples = {
        name
        for name in MODULES
        if any(found.examples for found in finder.find(import_module(name)))
    }
    assert {
        "minzheng",
        "minzheng.ability.load",
        "minzheng.base.areas",
        "minzheng.base.identifiers.uscc",
        "minzheng.benefits._care_voucher",
        "minzheng.benefits._children_in_difficulty",
        "minzheng.base.workbook.writing",
        "minzheng.benefits._dibao.benefit",
        "minzheng.benefits._disability_care",
        "minzheng.benefits._disability_living",
        "minzheng.benefits._dibao_marginal",
        "minzheng.benefits._old_age_allowance",
        "minzheng.benefits._elderly_subsidy",
        "minzheng.benefits._orphan",
        "minzheng.benefits._orphan_schooling",
        "minzheng.benefits._rigid_expenditure",
        "minzheng.benefits._tekun.benefit",
        "minzheng.benefits._temporary_assistance",
        "minzheng.benefits._gradual_exit",
        "minzheng.benefits._childcare_subsidy",
        "minzheng.benefits._entitlements.decide",
        "minzheng.benefits._de_facto_unattended",
        "minzheng.errors",
        "minzheng.law.load",
        "minzheng.organizations.annual_check",
        "minzheng.organizations.kinds",
        "minzheng.organizations.revocation",
        "minzheng.people.cases",
        "minzheng.plan.fund",
        "minzheng.registers.ledgers.visits",
        "minzheng.rating.award",
        "minzheng.rating.engine",
        "minzheng.rating.fall",
        "minzheng.rating.lint",
        "minzheng.rating.way",
        "minzheng.rating.workbook",
        "minzheng.registers.monitoring",
        "minzheng.standards.table",
    } <= with_examples
