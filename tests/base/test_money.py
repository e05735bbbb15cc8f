"""Yuan and fen, rounding against Decimal.quantize, and capitals against cn2an."""

from __future__ import annotations

import decimal
from decimal import Decimal, localcontext

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minzheng.base.capitals import from_capitals, to_capitals
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


@pytest.mark.parametrize(
    ("yuan", "text"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("1.05", "壹元零伍分"),
        ("1.50", "壹元伍角整"),
        ("10", "壹拾元整"),
        ("102.30", "壹佰零贰元叁角整"),
        ("1001", "壹仟零壹元整"),
        ("10140", "壹万零壹佰肆拾元整"),
        ("100000000", "壹亿元整"),
        ("5000000000000", "伍万亿元整"),
        ("-6240", "负陆仟贰佰肆拾元整"),
    ],
)
def test_capitals(yuan: str, text: str) -> None:
    assert to_capitals(yuan) == text
    assert from_capitals(text) == Decimal(yuan)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        # the examples of 支付结算办法, annex 1
        ("壹仟肆佰零玖元伍角", "1409.50"),
        ("陆仟零柒元壹角肆分", "6007.14"),
        ("壹仟陆佰捌拾元零叁角贰分", "1680.32"),
        ("壹仟陆佰捌拾元叁角贰分", "1680.32"),
        ("壹拾万柒仟元零伍角叁分", "107000.53"),
        ("壹拾万零柒仟元伍角叁分", "107000.53"),
        ("壹万陆仟肆佰零玖元零贰分", "16409.02"),
        ("叁佰贰拾伍元零肆分", "325.04"),
        ("捌万元零贰角", "80000.20"),
        ("捌万元贰角整", "80000.20"),
        ("陸億零貳萬圓整", "600020000"),
        ("人民币參佰圓正", "300"),
        ("壹亿零伍仟元整", "100005000"),
        ("壹亿伍仟元整", "100005000"),
        ("伍万亿零叁元整", "5000000000003"),
        ("零元伍角整", "0.50"),
        ("零元零伍分", "0.05"),
        ("负捌万元零贰角", "-80000.20"),
    ],
)
def test_writings_that_the_rules_of_payment_accept(text: str, yuan: str) -> None:
    assert from_capitals(text) == Decimal(yuan)


@pytest.mark.parametrize(
    ("text", "yuan", "right"),
    [
        ("拾万元整", "100000.00", "壹拾万元整"),
        ("拾元整", "10.00", "壹拾元整"),
        ("壹仟贰元整", "1002.00", "壹仟零贰元整"),  # 一千二 is 1,200 in speech
        ("叁佰贰拾伍元肆分", "325.04", "叁佰贰拾伍元零肆分"),
        ("一百二十元整", "120.00", "壹佰贰拾元整"),
        ("陸億貳萬圓整", "600020000.00", "陆亿零贰万元整"),
        ("两万元整", "20000.00", "贰万元整"),
        ("伍元零叁角", "5.30", "伍元叁角整"),
        ("壹佰元零伍分整", "100.05", "壹佰元零伍分"),
        ("壹佰零零贰元整", "102.00", "壹佰零贰元整"),
        ("壹拾万零零柒仟元", "107000.00", "壹拾万柒仟元整"),
    ],
)
def test_another_writing_is_refused_with_the_right_form(text: str, yuan: str, right: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        from_capitals(text)
    assert f"{yuan} yuan is {right!r}" in str(caught.value)


def test_a_long_text_is_not_read() -> None:
    with pytest.raises(InvalidInput, match="got 1000000 characters"):
        from_capitals("零" * 1_000_000)


@given(FEN)
def test_capitals_in_traditional_characters(fen: int) -> None:
    text = to_capitals(to_yuan(fen)).translate(str.maketrans("贰陆万亿元", "貳陸萬億圓"))
    assert from_capitals(text) == to_yuan(fen)


@given(FEN)
def test_capitals_can_be_read_back(fen: int) -> None:
    assert from_capitals(to_capitals(to_yuan(fen))) == to_yuan(fen)


@given(st.text(alphabet="负零壹贰叁玖拾佰仟万亿元圆角分整正", max_size=12))
def test_what_is_read_is_written_with_the_same_value(text: str) -> None:
    try:
        value = from_capitals(text)
    except InvalidInput:
        return
    assert from_capitals(to_capitals(value)) == value


@given(st.integers(1, 10**13))
def test_capitals_are_read_by_another_library(fen: int) -> None:
    # 零 and the closing 整 are written differently everywhere; the value must be the same
    ours = to_capitals(to_yuan(fen)).removesuffix("整")
    theirs = str(cn2an.an2cn(str(to_yuan(fen)), "rmb")).removesuffix("整")
    assert ours.replace("零", "") == theirs.replace("零", "")


@pytest.mark.parametrize("free", ["壹佰贰拾元", "人民币壹佰贰拾圆正", " 壹佰贰拾元整 "])
def test_free_forms_are_read(free: str) -> None:
    assert from_capitals(free) == Decimal(120)


@pytest.mark.parametrize(
    "wrong", ["", "整", "负", "元整", "拾元整", "壹万万元", "壹元贰", "1元", "壹佰贰拾", "分"]
)
def test_other_writings_are_refused(wrong: str) -> None:
    with pytest.raises(InvalidInput):
        from_capitals(wrong)


@pytest.mark.parametrize("sign", ["", "-"])
def test_amounts_end_below_ten_thousand_million_million(sign: str) -> None:
    assert from_capitals(to_capitals(sign + "9999999999999999.99"))
    with pytest.raises(InvalidInput, match="below 10000000000000000 yuan"):
        to_fen(sign + "10000000000000000")
