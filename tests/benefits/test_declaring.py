"""What a benefit is declared with: faults of a declaration, and what travels by value."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from attrs import frozen

from minzheng.benefits import Reasons, fact, grant, income, refuse
from minzheng.benefits._engine.facts import Part
from minzheng.people import IncomeKind
from minzheng.rules import Outcome
from minzheng.standards.reading import Resolved


class Reason(Reasons):
    """Two of them."""

    YOUNG = refuse("The person is too young.", "age.elderly", word="old")
    OLD = grant("The person is old enough.", "age.elderly")


@frozen(kw_only=True)
class Facts:
    """A number that may be left out, of which nobody says what it may be then."""

    rooms: int = fact()


def test_reasons_are_bits_in_the_order_of_declaration() -> None:
    assert [int(each) for each in Reason] == [1, 2]
    assert Reason.of(3) == (Reason.YOUNG, Reason.OLD)
    assert (Reason.YOUNG.outcome, Reason.YOUNG.basis) == (Outcome.REFUSED, ("age.elderly",))
    assert (Reason.YOUNG.words, Reason.OLD.words, Reason.OLD.lacks) == (("old",), (), "")


def test_reasons_of_one_benefit_are_not_those_of_another() -> None:
    class Other(Reasons):
        RICH = refuse("The person is rich.")

    assert (Other.RICH.text, Reason.YOUNG.text) == (
        "The person is rich.",
        "The person is too young.",
    )


def test_reasons_are_made_of_their_numbers_where_a_class_travels_by_value() -> None:
    kind: Any = type(Reasons)
    made = kind("Reason", (Reasons,), _numbers())
    made._declared = Reason._declared  # as a pickler by value restores it
    assert [(each.name, int(each), each.text) for each in made] == [
        (each.name, int(each), each.text) for each in Reason
    ]


def _numbers() -> Any:
    space = type(Reasons).__prepare__("Reason", (Reasons,))
    for each in Reason:
        space[each.name] = int(each)
    return space


def test_a_number_says_what_it_may_be_when_it_is_not_known() -> None:
    part = Part(Facts, "household")
    with pytest.raises(TypeError, match="rooms is a number: declare ends"):
        part.domains(Resolved(terms=None, used=(), missing=()))


def test_facts_of_income_hold_nothing_that_cannot_travel() -> None:
    declared = income(kinds=lambda _p: tuple(IncomeKind)).metadata["origin"]["code"]
    held = [cell.cell_contents for cell in declared.__closure__]
    assert all(pickle.loads(pickle.dumps(each)) == each for each in held if not callable(each))
    assert not [each for each in held if hasattr(each, "cache_info")]
