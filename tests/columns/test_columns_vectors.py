"""Vectors, tables and lists in rules: compiled they give what the rule gives, or it decides."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import attrs
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minzheng import InvalidInput, columns
from minzheng.columns import kernel as kernels
from minzheng.columns.bounds import Bounds
from minzheng.columns.layout import facts, numbers, shapes, width
from minzheng.columns.lower import lowered
from minzheng.rules import Outcome, Vector, dot

from .cases import row, table
from .vectors import (
    BY_GRADE,
    BY_KIND,
    Case,
    Gaps,
    Grade,
    Kind,
    Member,
    Parameters,
    Reason,
    Result,
    Totals,
    of,
    parameters,
    rule,
)

ON = date(2020, 7, 24)
HERE = Path(__file__)
COUNTED = (Kind.WAGE, Kind.GIFT)
FEW = 2


def case(x: int = 0, kind: Kind = Kind.WAGE, income: tuple[int, ...] = (1, 20, 300)) -> Case:
    return Case(x=x, kind=kind, income=BY_KIND(income), ill=BY_GRADE((x % 2 > 0, x > 4)))


CASES = [case(x, kind) for x, kind in product((0, 1, 2, 3, 4, 9, 10, 19, 20, 49, 50, 99), Kind)]


def decided(one: Any, cases: list[Case], people: list[list[Member]] | None = None) -> list[Any]:
    """By columns."""
    members = people or [[] for _ in cases]
    data = table(one, [row(one, *each) for each in zip(cases, members, strict=True)])
    made: list[Any] = columns.run(one, data, on=ON)["value"].to_pylist()
    return made


def left_to_the_rule(one: Any, cases: list[Case]) -> list[int]:
    """The rows that the compiled kernel leaves to the rule itself."""
    seen: list[int] = []
    with pytest.MonkeyPatch.context() as patch:

        def interpret(_rule: Any, rows: Any, *others: Any) -> None:
            seen.extend(rows.tolist())
            kernels.interpret(_rule, rows, *others)

        patch.setattr(sys.modules["minzheng.columns.run"], "interpret", interpret)
        decided(one, cases)
    return seen


def an_entry(f: Case, p: Parameters) -> Result:
    return of(p.amount[f.kind] + p.plain + p.last[1] + f.income[f.kind] + p.amount[Kind.GIFT])


def a_flag(f: Case, p: Parameters) -> Result:
    return of((1 if p.counts[f.kind] and not f.ill[Grade.HEAVY] else 2) + 10 * p.counts[f.kind])


def a_table(f: Case, p: Parameters) -> Result:
    row_of = p.table[f.kind]
    return of(row_of[Grade.LIGHT] + 100 * p.table[f.kind][f.ill[0]])  # type: ignore[index]


def through_an_enumeration(f: Case, p: Parameters) -> Result:
    total = 0
    for kind in Kind:
        if p.counts[kind]:
            total += f.income[kind] * kind
    return of(total)


def left_early(f: Case, p: Parameters) -> Result:
    total = 0
    for kind in Kind:
        if kind == Kind.PENSION and f.x > 2:
            continue
        total += p.amount[kind]
        if total > 10 * f.x:
            total += 1
            break
        if total > 2:
            total += 7
        else:
            continue
        total += kind
    return of(total * 10 + kind)


def returned_from_within(f: Case, p: Parameters) -> Result:
    for at in range(FEW):
        for kind in reversed(Kind):
            if p.table[kind][at] * 2 < f.x:  # type: ignore[index]
                return of(kind * 10 + at)
    return of(-5)


def through_values(f: Case, p: Parameters) -> Result:
    total = 0
    for at, fen in enumerate(f.income):
        total += at * fen
    for fen, counts in zip(f.income, p.counts, strict=True):
        total += fen if counts else 0
    for kind in COUNTED:
        total += p.amount[kind]
    for at in range(len(p.amount)):
        total += p.amount[at + 1] * at
    for each in (f.x, p.plain):
        total += each
    return of(total)


def summed_up(f: Case, p: Parameters) -> Result:
    counted = sum(f.income[kind] for kind in Kind if p.counts[kind])
    pairs = sum(p.table[kind][grade] for kind in Kind for grade in Grade if kind > f.kind)  # type: ignore[index]
    some = any(f.income[kind] > 10 * f.x for kind in COUNTED)
    every = all(f.income[kind] > f.x for kind in Kind if kind != f.kind)
    most = max(p.amount[kind] * kind for kind in Kind) - min(f.income)
    return of(counted + pairs + some * 3 + every * 7 + most + sum(p.amount) + len(p.counts))


def by_bands(f: Case, p: Parameters) -> Result:
    paid = 0
    for band in p.bands:
        if f.x < band:
            paid = band
            break
    if paid == 0 and len(p.bands) > 0:
        paid = p.bands[len(p.bands) - 1]
    steps = sum(band <= f.x for band in p.bands)
    for at in range(len(p.bands)):
        steps += p.bands[at] * (at + 1)
    return of(paid * 1000 + steps)


def best(values: Any, f: Case) -> int:
    """Takes a vector of either kind, and facts."""
    return int(values[f.kind]) + int(max(values))


def either(f: Case, p: Parameters) -> Result:
    one = p.amount if f.x > 3 else p.other
    return of(best(one, f) + best(values=f.income, f=f) * 10_000)


def masks(f: Case, _p: Parameters) -> Result:
    reasons = Reason.POOR * (f.x > 3) | Reason.OLD * f.ill[0]
    reasons |= Reason.NO_AGE
    if f.x in COUNTED:
        reasons &= ~Reason.NO_AGE
    return Result(Outcome.GRANTED, reasons, reasons + (reasons & Reason.OLD))


def names_of_the_kernel(f: Case, p: Parameters) -> Result:
    terms, k, i, odd, within, mod = 1, 2, 3, 4, 5, 6
    k_ = f.x // mod + f.x % mod
    return of(terms + k + i + odd + within + p.amount[f.kind] + k_)


def products(f: Case, p: Parameters) -> Result:
    one = f.income
    other = p.amount if f.x > 3 else p.other
    return of(dot(one, other) * 1000 + dot(one, p.counts))


EQUAL = [
    *(an_entry, a_flag, a_table, through_an_enumeration, left_early, returned_from_within),
    *(through_values, summed_up, by_bands, either, masks, names_of_the_kernel, products),
]


@pytest.mark.parametrize("decide", EQUAL, ids=lambda each: str(each.__name__))
def test_compiled_they_give_the_same(decide: Callable[..., Any]) -> None:
    one = rule(decide)
    assert decided(one, CASES) == [one.run(each, (), parameters()).value for each in CASES]
    assert left_to_the_rule(one, CASES) == []


@pytest.mark.parametrize("bands", [(), (7,), (1, 2, 3, 4)])
def test_a_list_has_as_many_entries_as_it_has(bands: tuple[int, ...]) -> None:
    p = parameters(bands)
    one = rule(by_bands, p)
    assert decided(one, CASES) == [one.run(each, (), p).value for each in CASES]
    assert left_to_the_rule(one, CASES) == []


def test_a_list_that_is_too_long_is_decided_by_the_rule_itself() -> None:
    p = parameters((1, 2, 3, 4, 5))
    one = rule(by_bands, p)
    assert decided(one, CASES) == [one.run(each, (), p).value for each in CASES]
    assert left_to_the_rule(one, CASES) == list(range(len(CASES)))


def by_number(f: Case, p: Parameters) -> Result:
    return of(p.amount[f.x])


def by_number_of_a_fact(f: Case, _p: Parameters) -> Result:
    return of(f.income[f.x])


def by_number_of_a_table(f: Case, p: Parameters) -> Result:
    return of(p.table[f.kind][f.x])  # type: ignore[index]


def by_number_of_a_list(f: Case, p: Parameters) -> Result:
    return of(p.bands[f.x])


@pytest.mark.parametrize(
    ("decide", "inside", "beside"),
    [
        (by_number, (1, 2, 3), (0, 4, 2**40)),
        (by_number_of_a_fact, (1, 2, 3), (0, 4, 2**40)),
        (by_number_of_a_table, (0, 1), (2, 3)),
        (by_number_of_a_list, (0, 1, 2), (3, 4)),
    ],
    ids=lambda each: getattr(each, "__name__", None),
)
def test_an_index_beside_a_vector_is_an_error_and_never_another_entry(
    decide: Callable[..., Any], inside: tuple[int, ...], beside: tuple[int, ...]
) -> None:
    one = rule(decide)
    cases = [case(x, kind) for x in inside for kind in Kind]
    assert decided(one, cases) == [one.run(each, (), parameters()).value for each in cases]
    assert left_to_the_rule(one, cases) == []
    for x in beside:
        with pytest.raises(IndexError):
            decided(one, [*cases, case(x, Kind.GIFT)])


def from_the_end(f: Case, p: Parameters) -> Result:
    return of(p.bands[f.x - 2])


def test_an_index_from_the_end_of_a_list_is_what_python_says() -> None:
    one = rule(from_the_end)
    assert decided(one, [case(0), case(1), case(2)]) == [20, 50, 10]
    assert left_to_the_rule(one, [case(0), case(1), case(2)]) == [0, 1]


def counted(m: Member, p: Parameters) -> Totals:
    if m.age > 17 and p.last[m.grade] < 0:
        return Totals(1, 0)
    return Totals(1, sum(m.income[kind] for kind in Kind if p.counts[kind]))


def added(f: Case, s: Totals, p: Parameters) -> Result:
    return of(s.income * 100 + s.persons + p.amount[f.kind])


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.lists(
            st.tuples(st.integers(0, 40), *[st.integers(0, 10**9)] * 3, st.sampled_from(Grade)),
            max_size=4,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_vectors_of_members(homes: list[list[tuple[Any, ...]]]) -> None:
    one = rule(added, member=counted)
    people = [
        [Member(age=age, income=BY_KIND(amounts), grade=grade) for age, *amounts, grade in home]
        for home in homes
    ]
    cases = [case(0, Kind.GIFT)] * len(homes)
    wanted = [
        one.run(each, home, parameters()).value for each, home in zip(cases, people, strict=True)
    ]
    assert decided(one, cases, people) == wanted


def test_a_vector_among_facts_is_a_column_for_each_member() -> None:
    one = rule(added, member=counted)
    schema = columns.schema(one)
    names = ["income_wage", "income_pension", "income_gift"]
    assert schema.names[2:] == ["x", "kind", *names, "ill_light", "ill_heavy", "members"]
    persons = schema.field("members").type.value_type
    assert [each.name for each in persons] == ["age", *names, "grade"]
    assert schema.field("ill_heavy").type == pa.bool_()


def whether_poor(f: Case, p: Parameters) -> Result:
    poor = sum(f.income) < p.plain
    against = Reason.POOR * (not poor) | Reason.OLD * f.ill[Grade.HEAVY]
    if against:
        return Result(Outcome.REFUSED, against, 0)
    return Result(Outcome.GRANTED, 0, 7 + f.ill[Grade.LIGHT])


def facts_row(one: Any, **changed: Any) -> dict[str, Any]:
    return {**row(one, case(0, income=(0, 0, 0))), **changed}


def test_unknown_entries_are_unknown_facts() -> None:
    one = rule(whether_poor)
    rows = [
        facts_row(one, income_pension=None),
        facts_row(one, ill_heavy=None),
        facts_row(one, income_wage=9, ill_heavy=None),
        facts_row(one, ill_light=None),
    ]
    got = columns.run(one, table(one, rows), on=ON).to_pylist()
    assert [each["missing"] for each in got] == ["income_pension", "ill_heavy", None, "ill_light"]
    # both ways are refused: the reasons differ, and are not known
    assert (got[2]["outcome"], got[2]["reasons"], got[2]["value"]) == ("refused", None, 0)


def test_an_entry_is_checked_and_assumed_as_any_fact() -> None:
    one = rule(added, member=counted)
    person = Member(age=1, income=BY_KIND((1, 2, 3)))
    data = table(one, [row(one, case(), [person])])
    negative = row(one, case(), [person])
    negative["members"][0]["income_gift"] = -1
    with pytest.raises(InvalidInput, match=r"members\.income_gift"):
        columns.run(one, table(one, [negative]), on=ON)
    with pytest.raises(InvalidInput, match="income_pensoin"):
        columns.run(one, data.append_column("income_pensoin", pa.array([1])), on=ON)
    less = data.drop_columns(["income_wage"])
    whole = columns.run(one, data, on=ON)
    assumed = columns.run(one, less, on=ON, assume={"income_wage": 1})
    assert assumed.drop_columns(["assumed"]).equals(whole)
    assert assumed["assumed"].to_pylist() == ["income_wage=1"]


def open_for_reasons(f: Case, _p: Parameters) -> Result:
    return Result(Outcome.UNDETERMINED, f.x, 0)


def test_a_mask_lacks_what_its_lowest_bit_lacks() -> None:
    one = rule(open_for_reasons)
    got = columns.run(one, table(one, [row(one, case(x)) for x in (12, 9, 3, 6)]), on=ON)
    assert got["missing"].to_pylist() == [
        "standards: dibao.standard",
        "standards: age.elderly",
        "rule",
        "standards: dibao.standard",
    ]


def test_prepared_takes_member_totals_again_when_a_vector_changes() -> None:
    made = Bounds(lowered(rule(added, member=counted)))
    where = shapes(Parameters)
    read = made.member_terms()
    assert {where["counts"].start, where["last"].start} <= {*read}
    assert where["amount"].start not in read


def squares(f: Case, p: Parameters) -> Result:
    return of(f.income[f.kind] * f.income[f.kind] + p.amount[f.kind])


def times_an_amount(f: Case, p: Parameters) -> Result:
    return of(f.x * p.amount[f.kind])


def test_what_an_entry_may_be_is_part_of_the_proof() -> None:
    sizes = [0] * width(Parameters)
    assert Bounds(lowered(rule(squares))).limit(sizes) == 2**31 - 1
    bounds = Bounds(lowered(rule(times_an_amount)))
    assert bounds.terms == len(sizes)
    assert bounds.limit(sizes) == 2**62 - 1
    sizes[shapes(Parameters)["amount"].start + 2] = 2**20
    assert bounds.limit(sizes) == 2**42 - 1
    sizes[shapes(Parameters)["table"].start] = 2**60  # of another vector
    assert bounds.limit(sizes) == 2**42 - 1


def test_beyond_the_limit_the_rule_itself_decides() -> None:
    one = rule(times_an_amount)
    assert decided(one, [case(2**54), case(3)]) == [2**54 * 100, 300]


def test_how_parameters_lie_in_a_row() -> None:
    row_of = numbers(Parameters, parameters())
    assert row_of == [
        *(5, 100, 200, 300, 1, 0, 1, 1),
        *(7, 11, 13, 17, 19, 23),
        *(3, 10, 20, 50, 0, -1, 1000),
        *(9, 8, 7),
    ]
    assert numbers(Parameters, parameters(amount=(1, 2, 3))) is None  # no vector by kind


@attrs.frozen
class WithGaps:
    income: Vector = attrs.field(metadata={"by": Gaps})


@attrs.frozen
class WithoutLength:
    income: tuple[int, ...] = ()


@attrs.frozen
class Twice:
    income: Vector = attrs.field(metadata={"by": Kind})
    income_wage: int = 0


@attrs.frozen
class Listed:
    income: tuple[int, ...] = attrs.field(metadata={"most": 3})


@pytest.mark.parametrize(
    ("cls", "message"),
    [
        (WithGaps, "Gaps is not numbered"),
        (WithoutLength, "declare by= or most="),
        (Twice, "income_wage would be two columns"),
        (Listed, "one number or one vector"),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_what_cannot_be_laid_out_is_refused(cls: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        facts(cls)


# --- what is refused; each says the line of the mark HERE


def a_whole_vector(f: Case, p: Parameters) -> Result:
    both = f.x * 2
    return of(both + p.amount)  # type: ignore[operator] # HERE


def a_comparison(f: Case, p: Parameters) -> Result:
    both = f.x * 2
    return of(both + (p.amount == f.income))  # HERE


def another_index(f: Case, p: Parameters) -> Result:
    both = f.x * 2
    return of(both + p.last[2])  # HERE


def one_or_another(f: Case, p: Parameters) -> Result:
    one = p.amount if f.x else p.counts  # HERE
    return of(one[f.kind])


def a_vector_and_a_number(f: Case, p: Parameters) -> Result:
    one = p.amount
    one = f.x  # type: ignore[assignment] # HERE
    return of(one)  # type: ignore[arg-type]


def a_loop_over_a_number(f: Case, _p: Parameters) -> Result:
    total = 0
    for each in f.x:  # type: ignore[attr-defined] # HERE
        total += each
    return of(total)


def a_name_of_a_loop(f: Case, _p: Parameters) -> Result:
    total = 0
    for each in Kind:  # HERE
        each = total  # type: ignore[assignment]  # noqa: PLW2901 - what is tested
        total += each + f.x
    return of(total)


def a_loop_with_else(f: Case, _p: Parameters) -> Result:
    total = 0
    for each in Kind:  # HERE
        total += each
    else:  # noqa: PLW0120 - what is tested
        total += f.x
    return of(total)


def a_jump_in_the_middle(f: Case, _p: Parameters) -> Result:
    total = 0
    for each in Kind:  # HERE
        if f.x > 2:
            if f.x > 3:
                break
            total += 1
        total += each
    return of(total)


def a_made_vector(f: Case, p: Parameters) -> Result:
    both = f.x * 2
    return of(best(p.amount, Case(x=both, income=f.income, ill=f.ill)))  # HERE


REFUSED = {
    a_whole_vector: "is a vector",
    a_comparison: "is a vector",
    another_index: "2 is no Grade",
    one_or_another: "both ways",
    a_vector_and_a_number: "one is a vector",
    a_loop_over_a_number: "For",
    a_name_of_a_loop: "each is the name of a loop",
    a_loop_with_else: "else",
    a_jump_in_the_middle: "end of a branch",
    a_made_vector: "Case has vectors",
}


@pytest.mark.parametrize("decide", REFUSED, ids=lambda each: str(each.__name__))
def test_what_is_refused_says_file_line_and_reason(decide: Callable[..., Any]) -> None:
    lines = HERE.read_text("utf-8").splitlines()
    start = decide.__code__.co_firstlineno
    line = next(number for number in range(start, start + 9) if lines[number - 1].endswith("HERE"))
    with pytest.raises(columns.CannotLower) as caught:
        columns.compiled(rule(decide))
    message = str(caught.value)
    assert f"{HERE}:{line}: {decide.__name__}: " in message
    assert REFUSED[decide] in message.split(f"{decide.__name__}: ", 1)[1]
