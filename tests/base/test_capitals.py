"""Amounts in capitals: by the examples of the rules of payment, and against cn2an."""

from __future__ import annotations

from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minzheng.base.capitals import from_capitals, to_capitals
from minzheng.base.money import to_yuan
from minzheng.errors import InvalidInput

LIMIT = 10**18
FEN = st.integers(-LIMIT + 1, LIMIT - 1)

# the six examples of 支付结算办法, annex 1, nos 2 to 4: every writing that it gives
ANNEX_1 = [
    ("壹仟肆佰零玖元伍角", "1409.50"),
    ("陆仟零柒元壹角肆分", "6007.14"),
    ("壹仟陆佰捌拾元零叁角贰分", "1680.32"),
    ("壹仟陆佰捌拾元叁角贰分", "1680.32"),
    ("壹拾万柒仟元零伍角叁分", "107000.53"),
    ("壹拾万零柒仟元伍角叁分", "107000.53"),
    ("壹万陆仟肆佰零玖元零贰分", "16409.02"),
    ("叁佰贰拾伍元零肆分", "325.04"),
]
TRADITIONAL = str.maketrans("贰叁陆万亿元", "貳參陸萬億圓")


@pytest.mark.parametrize(("text", "yuan"), ANNEX_1)
@pytest.mark.parametrize("traditional", [False, True])
def test_the_examples_of_the_rules_of_payment(text: str, yuan: str, traditional: bool) -> None:
    written = text.translate(TRADITIONAL) if traditional else text
    assert from_capitals(written) == from_capitals(f"人民币{written}") == Decimal(yuan)


@pytest.mark.parametrize("end", ["", "整", "正"])
def test_the_closing_word_may_be_left_out_down_to_jiao(end: str) -> None:
    assert from_capitals(f"叁佰元{end}") == Decimal(300)
    assert from_capitals(f"叁佰元伍角{end}") == Decimal("300.50")


@pytest.mark.parametrize("end", ["整", "正"])
def test_nothing_closes_an_amount_with_fen(end: str) -> None:
    with pytest.raises(InvalidInput, match=r"325\.04 yuan is '叁佰贰拾伍元零肆分'"):
        from_capitals(f"叁佰贰拾伍元零肆分{end}")


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
        ("元零叁角贰分", "0.32", "叁角贰分"),
        ("参佰元整", "300.00", "叁佰元整"),
        ("廿元整", "20.00", "贰拾元整"),
        ("壹佰另贰元整", "102.00", "壹佰零贰元整"),
        ("叁佰块伍毛", "300.50", "叁佰元伍角整"),
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
