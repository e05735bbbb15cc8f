"""No number ever wraps: what does not fit 64 bits is an error, what fits is exact."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from minzheng import columns, dibao
from minzheng.people import Relation, Residence

from . import cases
from .oddities import Case, Person, Result, Sum, Terms, of, rule, summing
from .population import county, stated

ON = date(2020, 7, 24)
PLACE = {"area": ["130822"], "residence": ["rural"]}
BIG = 2**40
INT64 = st.sampled_from([0, 1, 2, 2**20, 2**31 - 1, 2**31, 2**31 + 1, 2**32, 2**62, 2**63 - 1])


def table(*rows: Case) -> pa.Table:
    return pa.table(
        {
            **{name: words * len(rows) for name, words in PLACE.items()},
            **{name: pa.array([getattr(r, name) for r in rows], pa.int64()) for name in "xyz"},
        }
    )


def product(c: Case, _s: None, _t: Terms) -> Result:
    return of(c.x * c.y)


def triple(c: Case, _s: None, _t: Terms) -> Result:
    return of(c.x * c.y * (c.z + 4))


def compared(c: Case, _s: None, _t: Terms) -> Result:
    """The product is larger than any 64 bits, the result is not."""
    return of(1 if c.x * c.y * c.y > 12 else 0)


def times_big(c: Case, _s: None, _t: Terms) -> Result:
    return of(c.x * BIG)


def shifted(c: Case, _s: None, _t: Terms) -> Result:
    return of(1 << c.x)


def with_a_constant(c: Case, _s: None, _t: Terms) -> Result:
    """One number past 63 bits makes numba compare floats."""
    return of(1 if c.x + 9_223_372_036_854_775_808 > 9_223_372_036_854_775_808 else 0)


def negative(c: Case, _s: None, _t: Terms) -> Result:
    return of(c.z * c.z * c.y)


def divided(c: Case, _s: None, _t: Terms) -> Result:
    return of(c.x // c.y)


def rest(c: Case, _s: None, _t: Terms) -> Result:
    return of(c.x % c.y)


def fair(decide: Any, case: Case) -> None:
    """The columns say what the scalar rule says, or that it does not fit."""
    value = rule(decide).run(case, (), Terms(1)).value
    if -(2**63) <= value < 2**63:
        assert columns.run(rule(decide), table(case), on=ON)["value"].to_pylist() == [value]
    else:
        with pytest.raises(columns.Overflow, match="value"):
            columns.run(rule(decide), table(case), on=ON)


@given(INT64, INT64)
def test_a_product_of_two_facts(x: int, y: int) -> None:
    fair(product, Case(x, y))


@given(INT64, INT64, INT64)
def test_a_product_of_three_facts(x: int, y: int, z: int) -> None:
    fair(triple, Case(x, y, z))


@given(INT64, INT64)
def test_a_product_that_only_decides(x: int, y: int) -> None:
    fair(compared, Case(x, y))


@pytest.mark.parametrize("x", [2**22, 2**23 - 1, 2**23, 2**24, 2**30])
def test_a_large_constant(x: int) -> None:
    fair(times_big, Case(x))


@pytest.mark.parametrize("x", [62, 63, 64, 65, 1000])
def test_a_shift(x: int) -> None:
    fair(shifted, Case(x))


@pytest.mark.parametrize("x", [0, 1, 500])
def test_a_constant_past_63_bits(x: int) -> None:
    try:
        fair(with_a_constant, Case(x))
    except columns.CannotLower:
        return  # refusing it is as good


@pytest.mark.parametrize("z", [-(10**18), -(2**33), -(2**32), -(2**31) - 1, -(2**31)])
def test_a_fact_that_may_be_negative(z: int) -> None:
    fair(negative, Case(1, 3, z))


@pytest.mark.parametrize("decide", [divided, rest])
def test_a_division_by_nothing_is_never_a_number(decide: Any) -> None:
    """The scalar rule raises; a silent 0 would be paid."""
    with pytest.raises(ZeroDivisionError):
        rule(decide).run(Case(3, 0), (), Terms(1))
    with pytest.raises(ArithmeticError):
        columns.run(rule(decide), table(Case(7, 2), Case(3, 0)), on=ON)


@pytest.mark.parametrize("block", [1, 2, 100])
def test_the_message_names_the_row_of_the_table(block: int) -> None:
    rows = [Case(1, 1), Case(2, 1), Case(2**40, 2**40)]
    with pytest.raises(columns.Overflow, match="row 2: value does not fit 64 bits"):
        columns.run(rule(product), table(*rows), on=ON, block=block)


# --- sums of members


def squared(m: Person, _t: Terms) -> Sum:
    return Sum(m.amount * m.amount)


def plain(m: Person, _t: Terms) -> Sum:
    return Sum(m.amount)


def total(_c: Case, s: Sum, _t: Terms) -> Result:
    return of(s.amount)


def total_times(c: Case, s: Sum, _t: Terms) -> Result:
    return of(s.amount * c.x)


def with_members(case: Case, amount: int, number: int) -> pa.Table:
    column = pa.array([[{"amount": amount}] * number])
    return table(case).append_column("members", column)


@pytest.mark.parametrize(
    ("member", "decide", "number", "amount"),
    [
        (squared, total, 2, 2**31 - 1),
        (squared, total, 3, 2**31 - 1),
        (squared, total, 1, 2**31),
        (squared, total, 2, 2**31),  # 2**63 exactly: one too many
        (plain, total_times, 2, 2**31 - 1),
        (plain, total_times, 3, 2**31 - 1),
        (plain, total_times, 3, 2**31),
        (plain, total, 3, 2**62),
        (plain, total, 1, 2**63 - 1),
    ],
    ids=lambda each: getattr(each, "__name__", None),
)
def test_sums_of_members(member: Any, decide: Any, number: int, amount: int) -> None:
    odd = summing(member, decide)
    case = Case(2**31 - 1)
    value = odd.run(case, [Person(amount)] * number, Terms(1)).value
    data = with_members(case, amount, number)
    if value < 2**63:
        assert columns.run(odd, data, on=ON)["value"].to_pylist() == [value]
    else:
        with pytest.raises(columns.Overflow, match="value"):
            columns.run(odd, data, on=ON)


# --- a bundled rule under terms that a county may well state


@pytest.mark.parametrize(
    ("share", "transfer"),
    [
        ("1/7", 10**9),
        ("0.333333", 2 * 10**9),
        ("0.333333333", 2 * 10**9),
        ("0.3333333333", 10**9),  # ten digits: 10 ** 9 fen times the scale is past 64 bits
        ("0.33333333333", 2 * 10**8),
        ("0.333333333333", 10**7),
    ],
)
@pytest.mark.parametrize("members", [1, 5])
def test_a_share_of_many_digits(share: str, transfer: int, members: int) -> None:
    """Amounts times ``scale`` pass 64 bits although every fact is below the limit."""
    on = date(2022, 1, 15)
    standards = dibao_table(share)
    someone = somebody(income_transfer=transfer, income_preferential=7)
    home = household(financial_assets=10**9)
    people = [someone, *[evolve(someone, relation=Relation.CHILD)] * (members - 1)]
    wanted = cases.expected(dibao.rule, home, people, standards, "130822 rural", on)
    assert wanted["outcome"] == "refused"
    data = cases.table(dibao.rule, [cases.row(dibao.rule, home, people)])
    cases.same(columns.run(dibao.rule, data, on=on, standards=standards), [wanted])


def somebody(**given: Any) -> Any:
    """The applicant, of working age."""
    return cases.some(dibao.Member, age=40, labour_ability=True, **given)


def household(**given: Any) -> Any:
    """One whose property meets the rule."""
    return cases.some(dibao.Facts, meets_rule=True, **given)


def dibao_table(share: str) -> Any:
    from minzheng.standards import Standards

    return Standards.bundled() + county(
        "130822",
        stated("dibao.standard", "632"),
        stated("dibao.deduction.employment", share),
    )


def test_terms_that_do_not_fit_64_bits() -> None:
    """A scale of 24 digits: decided in unbounded numbers, as a case is."""
    on = date(2022, 1, 15)
    standards = dibao_table("0.333333333333333333333333")
    found = dibao.parameters("130822", on=on, residence=Residence.RURAL, standards=standards)
    assert found.parameters is not None
    assert found.parameters.scale > 2**63
    someone = somebody(income_wage=600_000)
    home = household()
    wanted = cases.expected(dibao.rule, home, [someone], standards, "130822 rural", on)
    data = cases.table(dibao.rule, [cases.row(dibao.rule, home, [someone])])
    cases.same(columns.run(dibao.rule, data, on=on, standards=standards), [wanted])
