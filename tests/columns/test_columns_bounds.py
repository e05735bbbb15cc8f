"""What is proven before a run: no number below the limit leaves 64 bits, whatever the branch."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from minzheng import columns, dibao, tekun
from minzheng.columns.bounds import Bounds
from minzheng.columns.layout import numbers
from minzheng.columns.lower import MOST_MEMBERS, lowered
from minzheng.people import Residence
from minzheng.rules import Rule
from minzheng.standards import Standards
from minzheng.standards.reading import Reading

from .oddities import Case, Gap, GapResult, Person, Result, Sum, Terms, of, rule, summing
from .test_columns_overflow import table, with_members

ON = date(2020, 7, 24)


def limit(of: Any, *terms: int) -> int:
    return Bounds(lowered(of)).limit(terms or (1,))


def square(c: Case, _s: None, _t: Terms) -> Result:
    return of(c.x * c.x)


def thrice(c: Case, _s: None, _t: Terms) -> Result:
    return of(c.x + c.x + c.x)


def under_terms(c: Case, _s: None, t: Terms) -> Result:
    return of(c.x * t.one)


def smaller(c: Case, _s: None, _t: Terms) -> Result:
    """What is divided, or taken modulo, is no larger."""
    return of((c.x // 7) % 1000 + max(min(c.y, 3), abs(-c.z)))


def in_one_branch(c: Case, _s: None, _t: Terms) -> Result:
    """The product may happen; that is enough."""
    value = c.x
    if c.y > 3:
        value = c.x * c.y
    return of(value)


def constant_shift(c: Case, _s: None, _t: Terms) -> Result:
    return of(c.x << 10)


def any_shift(c: Case, _s: None, _t: Terms) -> Result:
    return of(c.x << c.y)


def bits(c: Case, _s: None, _t: Terms) -> Result:
    return of((c.x | c.y) & 255)


def again(x: int) -> int:
    return again(x // 2) if x > 1 else x


def calling_itself(c: Case, _s: None, _t: Terms) -> Result:
    return of(again(c.x))


@pytest.mark.parametrize(
    ("decide", "bits"),
    [
        (square, 31),  # (2**31 - 1)**2 fits 63 bits, (2**32 - 1)**2 does not
        (thrice, 61),
        (smaller, 62),
        (in_one_branch, 31),
        (constant_shift, 53),
        (bits, 62),
        (any_shift, 5),  # 31 << 31 fits, 63 << 63 does not
    ],
    ids=lambda each: getattr(each, "__name__", None),
)
def test_how_large_facts_may_be(decide: Any, bits: int) -> None:
    assert limit(rule(decide)) == 2**bits - 1


def test_a_function_that_calls_itself_proves_nothing() -> None:
    assert limit(rule(calling_itself)) == -1


@pytest.mark.parametrize(("term", "bits"), [(1, 62), (2, 61), (3, 61), (4, 60), (2**62, 1)])
def test_terms_count_with_all_their_bits(term: int, bits: int) -> None:
    assert limit(rule(under_terms), term) == 2**bits - 1


def each_squared(m: Person, _t: Terms) -> Sum:
    return Sum(m.amount * m.amount)


def summed(_c: Case, s: Sum, _t: Terms) -> Result:
    return of(s.amount)


def test_sums_count_the_most_members() -> None:
    assert MOST_MEMBERS == 2**8
    assert limit(summing(each_squared, summed)) == 2**27 - 1  # 54 bits, and 8 of the members


def truth(c: Case, _s: None, _t: Terms) -> GapResult:
    return GapResult(1, Gap.HIGH if (c.x > 2) + (c.y > 2) else Gap.LOW)  # type: ignore[arg-type]


def test_truth_values_and_enumerations_are_small() -> None:
    assert limit(rule(truth, GapResult)) == 2**62 - 1


@given(st.integers(0, 62), st.integers(-1, 1), st.integers(0, 2**63 - 1))
def test_at_the_limit_and_beyond_it_the_result_is_exact(power: int, near: int, other: int) -> None:
    x = min(max(2**power + near, 0), 2**63 - 1)
    wanted = square_of = x * x
    if square_of < 2**63:
        assert columns.run(rule(square), table(Case(x)), on=ON)["value"].to_pylist() == [wanted]
    else:
        with pytest.raises(columns.Overflow):
            columns.run(rule(square), table(Case(x)), on=ON)
    value = (x // 7) % 1000 + max(min(other, 3), 0)
    got = columns.run(rule(smaller), table(Case(x, other)), on=ON)["value"].to_pylist()
    assert got == [value]


# --- the least number of 64 bits has no opposite among them


@frozen
class Two:
    x: int
    y: int


LEAST = Two(1 - 2**63, 2 - 2**63)
"""Together, bit by bit, the least number of 64 bits."""


def absolute(_c: Case, p: Two) -> Result:
    return of(int(abs(p.x & p.y) > 0))


def opposite(_c: Case, p: Two) -> Result:
    return of(int(-(p.x & p.y) > 0))


def by_minus_one(_c: Case, p: Two) -> Result:
    return of(int((p.x & p.y) // (p.x - p.x - 1) > 0))


@pytest.mark.parametrize("decide", [absolute, opposite, by_minus_one])
def test_the_opposite_of_the_least_number_is_not_proven(decide: Any) -> None:
    def found(standards: Standards, area: str, on: date, _residence: Residence) -> Any:
        return Reading(standards, area, on).resolve(LEAST)

    odd: Any = Rule(
        name=decide.__name__,
        case=Case,
        result=Result,
        terms_class=Two,
        decide=decide,
        terms=found,
        totalled=False,
    )
    assert LEAST.x & LEAST.y == -(2**63)
    assert decide(Case(1), LEAST).value == 1
    assert limit(odd, abs(LEAST.x), abs(LEAST.y)) == -1
    assert columns.run(odd, table(Case(1)), on=ON)["value"].to_pylist() == [1]


@pytest.mark.parametrize("number", [MOST_MEMBERS - 1, MOST_MEMBERS, MOST_MEMBERS + 1])
def test_more_members_than_the_most_are_added_by_the_rule_itself(number: int) -> None:
    amount = 2**27 - 1
    data = with_members(Case(1), amount, number)
    got = columns.run(summing(each_squared, summed), data, on=ON)["value"].to_pylist()
    assert got == [number * amount**2]


@pytest.mark.parametrize("benefit", [dibao, tekun], ids=["dibao", "tekun"])
def test_amounts_that_people_have_are_below_the_limit_of_shipped_rules(benefit: Any) -> None:
    """10,000,000 yuan a fact; what is above is decided by the rule itself, more slowly."""
    stated = benefit.parameters("130822", on=ON, residence=Residence.RURAL).parameters
    held = numbers(benefit.Parameters, stated)
    assert held is not None
    assert limit(benefit.rule, *map(abs, held)) >= 10**9
