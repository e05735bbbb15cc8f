"""What a rule may contain, and the file, line and reason where it may not."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import pyarrow as pa
import pytest

from minzheng import columns
from minzheng.base import money
from minzheng.people import Relation
from minzheng.rules import Outcome

from .oddities import (
    Case,
    Gap,
    GapResult,
    Result,
    Terms,
    Wide,
    WideResult,
    of,
    rule,
)

ON = date(2020, 7, 24)
HERE = Path(__file__)
RATE = 3
FRACTION = 0.5
SEEN: list[int] = []
state = 0

twice: Callable[[int], int] = lambda x: x * 2  # noqa: E731 - lambdas are what is tested


def data(*cases: Case) -> pa.Table:
    return pa.table(
        {
            "area": ["130822"] * len(cases),
            "residence": ["rural"] * len(cases),
            **{
                name: pa.array([getattr(each, name) for each in cases], pa.int64())
                for name in ("x", "y", "z")
            },
        }
    )


def decided(decide: Callable[..., Any], *cases: Case, result: type = Result) -> list[Any]:
    """The cases by columns."""
    made = columns.run(rule(decide, result), data(*cases), on=ON)
    names = [each.name for each in attrs.fields(result)]
    return [tuple(row[name] for name in names) for row in made.to_pylist()]


def scalar(decide: Callable[..., Any], *cases: Case, result: type = Result) -> list[Any]:
    """The cases one by one."""
    made = []
    for case in cases:
        found = rule(decide, result).run(case, (), Terms(1))
        names = [each.name for each in attrs.fields(result)]
        values = [getattr(found, name) for name in names]
        made.append(tuple(v.name.lower() if hasattr(v, "name") else v for v in values))
    return made


CASES = [Case(x, y, z) for x in (0, 1, 2, 3, 7, 100) for y in (1, 2, 3, 9) for z in (-7, 0, 5)]


# --- what is allowed, and gives the same


def if_expression(c: Case, _s: None, _t: Terms) -> Result:
    return of(1 if c.x > 2 else -1 if c.x else 0)


def unpacked(c: Case, _s: None, _t: Terms) -> Result:
    a, b = pair(c.x, c.y)
    a, b = b, a
    return of(a * 1000 + b)


def pair(x: int, y: int) -> tuple[int, int]:
    return x + 1, y * 2


def place_of_a_tuple(c: Case, _s: None, _t: Terms) -> Result:
    return of(pair(c.x, c.y)[1])


def among(c: Case, _s: None, _t: Terms) -> Result:
    one = c.x in (3,)
    return of((c.x in (1, RATE)) * 1 + (c.y not in (2, 9)) * 10 + one * 100)


def nested(c: Case, _s: None, _t: Terms) -> Result:
    return of(money.round_fen(max(c.x, min(c.y, 5)) * 17, 3, 10, money.Mode.HALF_EVEN))


def constants(c: Case, _s: None, _t: Terms) -> Result:
    return of(c.x * RATE + Relation.OTHER + money.Mode.UP + int(Relation.CHILD == RATE))


def by_keyword(c: Case, _s: None, _t: Terms) -> Result:
    return Result(value=subtracted(take=c.y, from_=c.x), outcome=Outcome.REFUSED)


def subtracted(from_: int, take: int) -> int:
    return from_ - take


def chained(c: Case, _s: None, _t: Terms) -> Result:
    return of(1 if 0 < c.x <= c.y != 9 else 0)


def logic(c: Case, _s: None, _t: Terms) -> Result:
    return of(int((c.x > 1 and not c.y > 2) or c.z < 0) + (c.x and c.y) + (c.z or 4))


def whole_division(c: Case, _s: None, _t: Terms) -> Result:
    return of(c.z // c.y * 100 + c.z % c.y + (-c.z) // 3 + (-c.z) % 3)


def bits(c: Case, _s: None, _t: Terms) -> Result:
    return of((c.x & 3) + (c.y | 8) * 10 + (c.x ^ c.y) * 1000 + (c.x << 3) + (c.z >> 1))


def truths(c: Case, _s: None, _t: Terms) -> Result:
    return of((c.x > 1) + (c.y > 1) + (-(c.x > 2)) * 10 + abs(c.z) * 100 + bool(c.x) * 7)


def built_up(c: Case, _s: None, _t: Terms) -> Result:
    """Statements: annotated, augmented, branches that assign one name as bool and number."""
    total: int = c.x
    total += c.y
    total *= 2
    flag = False
    if c.x > 2:
        flag = c.y > 2
    elif c.x:
        total -= 1
    else:
        total //= 3
    assert total >= 0
    return of(total + flag)


ALLOWED = [
    *(if_expression, unpacked, place_of_a_tuple, among, nested, constants, by_keyword),
    *(chained, logic, whole_division, bits, truths, built_up),
]


@pytest.mark.parametrize("decide", ALLOWED, ids=lambda each: str(each.__name__))
def test_what_is_allowed_gives_the_same(decide: Callable[..., Any]) -> None:
    assert decided(decide, *CASES) == scalar(decide, *CASES)


def among_none(c: Case, _s: None, _t: Terms) -> Result:
    return of(1 if c.x in () else 0)  # noqa: RUF060 - what is tested


def times(rate: int) -> Callable[[int], int]:
    """Functions that share their name and their place, but not what they enclose."""

    def inner(x: int) -> int:
        return x * rate

    return inner


two, five = times(2), times(5)


def enclosed(c: Case, _s: None, _t: Terms) -> Result:
    return of(two(c.x) * 1000 + five(c.x))


@attrs.frozen
class Pair:
    count: int
    index: int


def named_as_methods_of_a_tuple(c: Case, _s: None, _t: Terms) -> Result:
    made = Pair(c.x, c.y)
    return of(made.count * 1000 + made.index)


@pytest.mark.parametrize(
    "decide",
    [among_none, enclosed, named_as_methods_of_a_tuple],
    ids=lambda each: str(each.__name__),
)
def test_odd_but_plain_rules_give_the_same_or_are_refused(decide: Callable[..., Any]) -> None:
    try:
        columns.compiled(rule(decide))
    except columns.CannotLower as refusal:
        message = str(refusal)
    else:
        assert decided(decide, *CASES) == scalar(decide, *CASES)
        return
    assert f"{HERE}:" in message


def gap(c: Case, _s: None, _t: Terms) -> GapResult:
    return GapResult(Outcome.GRANTED, Gap.HIGH if c.x > 2 else Gap.LOW)


def wide(c: Case, _s: None, _t: Terms) -> WideResult:
    return WideResult(Outcome.GRANTED, Wide.FAR if c.x > 2 else Wide.NEAR)


@pytest.mark.parametrize(("decide", "result"), [(gap, GapResult), (wide, WideResult)])
def test_an_enumeration_with_gaps_or_large_numbers(
    decide: Callable[..., Any], result: type
) -> None:
    assert decided(decide, *CASES, result=result) == scalar(decide, *CASES, result=result)


# --- what is refused; each says the line of the mark HERE


def a_float(c: Case, _s: None, _t: Terms) -> Result:
    double = c.x * 2
    return of(double if c.x > 0.5 else 0)  # HERE


def a_float_of_the_module(c: Case, _s: None, _t: Terms) -> Result:
    double = c.x * 2
    return of(double if c.x > FRACTION else 0)  # HERE


def a_float_of_another_module(c: Case, _s: None, _t: Terms) -> Result:
    double = c.x * 2
    return of(double if c.x > math.pi else 0)  # HERE


def a_true_division(c: Case, _s: None, _t: Terms) -> Any:
    double = c.x * 2
    return of(int(double / 2))  # HERE


def a_power(c: Case, _s: None, _t: Terms) -> Result:
    double = c.x * 2
    return of(double**2)  # HERE


def an_open_loop(c: Case, _s: None, _t: Terms) -> Result:
    total = 0
    for each in range(c.y):  # HERE
        total += each * c.x
    return of(total)


def a_while(c: Case, _s: None, _t: Terms) -> Result:
    total = 0
    while total < c.x:  # HERE
        total += 1
    return of(total)


def a_list(c: Case, _s: None, _t: Terms) -> Result:
    total = c.x
    amounts = [total, c.y]  # HERE
    return of(amounts[0])


def a_comprehension(c: Case, _s: None, _t: Terms) -> Result:
    total = c.x
    return of(sum([each + total for each in (1, 2)]))  # HERE


def a_string(c: Case, _s: None, _t: Terms) -> Result:
    total = c.x
    return of(1 if total == "rural" else 0)  # type: ignore[comparison-overlap] # HERE


def an_f_string(c: Case, _s: None, _t: Terms) -> Result:
    total = c.x
    return of(int(f"{total}"))  # HERE


def an_unknown_function(c: Case, _s: None, _t: Terms) -> Result:
    total = c.x
    return of(math.gcd(total, 12))  # HERE


def a_builtin(c: Case, _s: None, _t: Terms) -> Result:
    total = c.x
    return of(divmod(total, 2)[0])  # HERE


def a_method(c: Case, _s: None, _t: Terms) -> Result:
    total = c.x
    return of(total.bit_length())  # HERE


def an_identity(c: Case, _s: None, _t: Terms) -> Result:
    total = c.x
    return of(1 if total is c.y else 0)  # HERE


def nothing_at_all(c: Case, _s: None, _t: Terms) -> Result:
    total = c.x
    return of(0 if total == None else 1)  # type: ignore[redundant-expr] # noqa: E711 # HERE


def mutable_of_the_module(c: Case, _s: None, _t: Terms) -> Result:
    total = c.x
    return of(total + SEEN[0])  # HERE


def a_write_to_the_module(c: Case, _s: None, _t: Terms) -> Result:
    global state  # noqa: PLW0603 - what is tested # HERE
    state = c.x
    return of(state)


def a_lambda(c: Case, _s: None, _t: Terms) -> Result:
    total = c.x
    return of((lambda x: x + 1)(total))  # noqa: PLC3002 - what is tested # HERE


def a_try(c: Case, _s: None, _t: Terms) -> Result:
    total = c.x
    try:  # HERE
        return of(total // c.y)
    except ZeroDivisionError:
        return of(0)


def a_raise(c: Case, _s: None, _t: Terms) -> Result:
    if c.x > 2:
        raise ValueError  # HERE
    return of(0)


def a_star(c: Case, _s: None, _t: Terms) -> Result:
    both = (c.x, c.y)
    return of(subtracted(*both))  # HERE


def a_walrus(c: Case, _s: None, _t: Terms) -> Result:
    return of(
        1 if (total := c.x) > 2 else total  # HERE
    )


def an_import(c: Case, _s: None, _t: Terms) -> Result:
    from minzheng.base import money as inside  # HERE

    return of(c.x + inside.Mode.UP)


def a_value_of_an_enumeration(c: Case, _s: None, _t: Terms) -> Result:
    total = c.x
    return of(total + Relation.CHILD.value)  # HERE


def an_unknown_field(c: Case, _s: None, _t: Terms) -> Result:
    total = c.x
    return Result(outcome=Outcome.GRANTED, value=total, valeu=1)  # type: ignore[call-arg]  # HERE


def a_field_too_many(c: Case, _s: None, _t: Terms) -> Result:
    total = c.x
    return Result(Outcome.GRANTED, total, 1)  # type: ignore[call-arg]  # HERE


def a_field_left_out(c: Case, _s: None, _t: Terms) -> Result:
    total = c.x
    return Result(Outcome.GRANTED if total else Outcome.REFUSED)  # type: ignore[call-arg]  # HERE


def a_number_past_64_bits(c: Case, _s: None, _t: Terms) -> Result:
    total = c.x
    return of(1 if total < 100_000_000_000_000_000_000 else 0)  # HERE


REFUSED = {
    a_float: "0.5",
    a_float_of_the_module: "FRACTION",
    a_float_of_another_module: "math.pi",
    a_true_division: "Div",
    a_power: "Pow",
    an_open_loop: "For",
    a_while: "While",
    a_list: "List",
    a_comprehension: "ListComp",
    a_string: "'rural'",
    an_f_string: "JoinedStr",
    an_unknown_function: "math.gcd",
    a_builtin: "divmod",
    a_method: "bit_length",
    an_identity: "is",
    nothing_at_all: "None",
    mutable_of_the_module: "SEEN",
    a_write_to_the_module: "Global",
    a_lambda: "lambda",
    a_try: "Try",
    a_raise: "Raise",
    a_star: "*",
    a_walrus: "NamedExpr",
    an_import: "Import",
    a_value_of_an_enumeration: "value",
    an_unknown_field: "valeu",
    a_field_too_many: "Result",
    a_field_left_out: "value",
    a_number_past_64_bits: "100000000000000000000",
}


@pytest.mark.parametrize("decide", REFUSED, ids=lambda each: str(each.__name__))
def test_what_is_refused_says_file_line_and_reason(decide: Callable[..., Any]) -> None:
    lines = HERE.read_text("utf-8").splitlines()
    start = decide.__code__.co_firstlineno
    line = next(number for number in range(start, start + 9) if lines[number - 1].endswith("HERE"))
    with pytest.raises(columns.CannotLower) as caught:
        decided(decide, Case(1))
    message = str(caught.value)
    assert f"{HERE}:{line}: {decide.__name__}: " in message
    assert REFUSED[decide] in message.split(f"{decide.__name__}: ", 1)[1]


def with_default(x: int, y: int = 1) -> int:
    return x + y


def calls_with_default(c: Case, _s: None, _t: Terms) -> Result:
    return of(with_default(c.x))


def calls_with_all(c: Case, _s: None, _t: Terms) -> Result:
    return of(with_default(c.x, c.y))


def starred(*amounts: int) -> int:
    return 0 if amounts else 1


def calls_starred(c: Case, _s: None, _t: Terms) -> Result:
    return of(starred(c.x, c.y))


def calls_starred_with_nothing(c: Case, _s: None, _t: Terms) -> Result:
    return of(c.x + starred())


def named(**amounts: int) -> int:
    return 0 if amounts else 1


def calls_named(c: Case, _s: None, _t: Terms) -> Result:
    return of(named(x=c.x))


def only_keyword(*, x: int) -> int:
    return x


def calls_only_keyword(c: Case, _s: None, _t: Terms) -> Result:
    return of(only_keyword(x=c.x))


@cache
def remembered(x: int) -> int:
    return x


def calls_decorated(c: Case, _s: None, _t: Terms) -> Result:
    return of(remembered(c.x))


def calls_lambda(c: Case, _s: None, _t: Terms) -> Result:
    return of(twice(c.x))


@pytest.mark.parametrize(
    "decide",
    [
        *(calls_with_default, calls_with_all, calls_starred, calls_starred_with_nothing),
        *(calls_named, calls_only_keyword, calls_decorated, calls_lambda),
    ],
    ids=lambda each: str(each.__name__),
)
def test_what_a_callee_may_not_have(decide: Callable[..., Any]) -> None:
    with pytest.raises(columns.CannotLower) as caught:
        decided(decide, Case(1))
    assert f"{HERE}:" in str(caught.value)


def test_a_decide_that_is_a_lambda() -> None:
    with pytest.raises(columns.CannotLower, match="def"):
        decided(lambda c, _s, _t: of(c.x), Case(1))


def test_a_decide_whose_source_is_not_there() -> None:
    space: dict[str, Any] = {"of": of}
    exec("def typed_in(c, s, t):\n    return of(c.x)\n", space)
    with pytest.raises(columns.CannotLower, match="typed_in"):
        decided(space["typed_in"], Case(1))


def test_a_name_that_is_no_name_of_a_file() -> None:
    made = columns.run(rule(if_expression, name="county/heating: 2026"), data(Case(7)), on=ON)
    assert made["value"].to_pylist() == [1]


def falls_off(c: Case, _s: None, _t: Terms) -> Result | None:
    if c.x > 1:
        return of(1)
    assert c.x > 1
    return None


def falls_off_silently(c: Case, _s: None, _t: Terms) -> Any:  # noqa: RET503 - what is tested
    if c.x > 1:
        return of(1)


@pytest.mark.parametrize("decide", [falls_off, falls_off_silently])
def test_a_function_that_may_give_nothing(decide: Callable[..., Any]) -> None:
    with pytest.raises(columns.CannotLower) as caught:
        decided(decide, Case(5))
    assert f"{HERE}:" in str(caught.value)
