"""Yuan and fen, and rounding against Decimal.quantize."""

from __future__ import annotations

import decimal
from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minzheng.base.money import (
    Mode,
    Rounding,
    Scope,
    round_fen,
    to_fen,
    to_yuan,
)
from minzheng.errors import InvalidInput, WrongType

LIMIT = 10**18
FEN = st.integers(-LIMIT + 1, LIMIT - 1)


@pytest.mark.parametrize(
    ("yuan", "fen"),
    [
        ("245.50", 24550),
        ("0.01", 1),
        ("-0.01", -1),
        ("-0.00", 0),
        (7800, 780000),
        (Decimal("1.5"), 150),
        (Decimal("1E+2"), 10000),
        ("1.230000", 123),
    ],
)
def test_to_fen(yuan: Decimal | str | int, fen: int) -> None:
    assert to_fen(yuan) == fen


@pytest.mark.parametrize("wrong", [0.1, 1.0, float("nan"), True, None, b"1", [1]])
def test_other_types_are_never_money(wrong: object) -> None:
    with pytest.raises(TypeError) as caught:
        to_fen(wrong)  # type: ignore[arg-type]  # the wrong type is the point
    assert isinstance(caught.value, WrongType)
    assert type(wrong).__name__ in str(caught.value)


@pytest.mark.parametrize("wrong", ["", "abc", "1,000", "NaN", "sNaN", "Infinity", "-inf", "1.2.3"])
def test_what_is_no_number_is_refused(wrong: str) -> None:
    with pytest.raises(InvalidInput, match="expected an amount in yuan"):
        to_fen(wrong)


@pytest.mark.parametrize("fine", ["0.001", "1.005", "-0.009", Decimal("1E-3")])
def test_finer_than_a_fen_is_refused(fine: Decimal | str) -> None:
    with pytest.raises(InvalidInput, match="at most two decimals"):
        to_fen(fine)


@pytest.mark.parametrize("long", ["1." + "0" * 40 + "1", "9" * 27 + ".001"])
def test_finer_than_a_fen_is_refused_however_long(long: str) -> None:
    with pytest.raises(InvalidInput):
        to_fen(long)


@pytest.mark.parametrize(
    "huge", ["1e999999", Decimal("9e999999"), "-1e999999", 10**5000], ids=["a", "b", "c", "d"]
)
def test_a_number_beyond_all_bounds_is_invalid_input(huge: Decimal | str | int) -> None:
    with pytest.raises(InvalidInput):
        to_fen(huge)


def test_the_callers_decimal_context_does_not_matter() -> None:
    with localcontext() as context:
        context.prec = 4
        assert to_fen("12345.67") == 1234567
        assert to_yuan(1234567) == Decimal("12345.67")


@given(FEN)
def test_fen_survive_the_way_through_yuan(fen: int) -> None:
    yuan = to_yuan(fen)
    assert to_fen(yuan) == to_fen(str(yuan)) == fen
    assert yuan.as_tuple().exponent == -2


MODES = {
    Mode.UP: decimal.ROUND_UP,
    Mode.DOWN: decimal.ROUND_DOWN,
    Mode.HALF_UP: decimal.ROUND_HALF_UP,
    Mode.HALF_EVEN: decimal.ROUND_HALF_EVEN,
}


@given(
    numerator=st.integers(-(10**12), 10**12),
    denominator=st.sampled_from([1, 2, 3, 4, 5, 7, 10, 12, 60, 100, 365]),
    unit=st.sampled_from([1, 5, 10, 50, 100, 1000]),
    mode=st.sampled_from(Mode),
)
def test_rounding_agrees_with_decimal(
    numerator: int, denominator: int, unit: int, mode: Mode
) -> None:
    with localcontext() as context:
        context.prec = 60  # a quotient that does not end is no tie, and 60 digits keep it off one
        steps = Decimal(numerator) / (denominator * unit)
        expected = int(steps.quantize(Decimal(1), rounding=MODES[mode])) * unit
    assert round_fen(numerator, denominator, unit, mode) == expected


@pytest.mark.parametrize(
    ("fen", "up", "down", "half_up", "half_even"),
    [
        (149, 200, 100, 100, 100),
        (150, 200, 100, 200, 200),
        (250, 300, 200, 300, 200),
        (251, 300, 200, 300, 300),
        (200, 200, 200, 200, 200),
        (-250, -300, -200, -300, -200),
        (0, 0, 0, 0, 0),
    ],
)
def test_ties_from_both_sides(fen: int, up: int, down: int, half_up: int, half_even: int) -> None:
    assert [round_fen(fen, 1, 100, mode) for mode in Mode] == [up, down, half_up, half_even]


def test_declared_rounding() -> None:
    assert Rounding(unit=100, mode=Mode.UP, scope=Scope.PERSON).apply(1000, 3) == 400


@pytest.mark.parametrize("unit", [0, -1])
def test_rounding_unit_is_positive(unit: int) -> None:
    with pytest.raises(InvalidInput, match="at least 1 fen"):
        Rounding(unit=unit, mode=Mode.UP, scope=Scope.HOUSEHOLD)


@pytest.mark.parametrize("unit", [1.0, True, "100"])
def test_rounding_unit_is_whole(unit: int) -> None:
    with pytest.raises(WrongType):
        Rounding(unit=unit, mode=Mode.UP, scope=Scope.HOUSEHOLD)


@pytest.mark.parametrize("denominator", [0, -3])
def test_denominator_is_positive(denominator: int) -> None:
    with pytest.raises(InvalidInput, match="positive"):
        Rounding(unit=1, mode=Mode.UP, scope=Scope.HOUSEHOLD).apply(1, denominator)


@pytest.mark.parametrize("sign", ["", "-"])
def test_amounts_end_below_ten_thousand_million_million(sign: str) -> None:
    assert to_yuan(to_fen(sign + "9999999999999999.99")) == Decimal(sign + "9999999999999999.99")
    with pytest.raises(InvalidInput, match="below 10000000000000000 yuan"):
        to_fen(sign + "10000000000000000")
