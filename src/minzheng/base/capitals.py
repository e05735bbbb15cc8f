"""Amounts in the capitals of Chinese vouchers (人民币大写), written and read.

Source:
    支付结算办法 (银发〔1997〕393号), annex 1, 正确填写票据和结算凭证的基本规定.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from minzheng.base.brief import shown
from minzheng.base.money import to_fen, to_yuan
from minzheng.errors import InvalidInput

__all__ = ["from_capitals", "to_capitals"]

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万")
_LIMIT = 10**16  # yuan
_LONGEST = 80
_BELOW = -3  # the place below 分

# annex 1: traditional characters are accepted too
_TRADITIONAL = str.maketrans("貳貮參叄陸萬億圓圆正", "贰贰叁叁陆万亿元元整")
# never accepted, but read so that a message can give the right form
_ORDINARY: dict[int, int | str] = {
    **str.maketrans(
        "〇另一二两兩三参四五六七八九十百千块毛", "零零壹贰贰贰叁叁肆伍陆柒捌玖拾佰仟元角"
    ),
    ord("廿"): "贰拾",
    ord("卅"): "叁拾",
}

_FORM = re.compile(
    r"(负)?(?:([零壹贰叁肆伍陆柒捌玖拾佰仟万亿]*)元)?零?(?:([零壹贰叁肆伍陆柒捌玖])角)?零?"
    r"(?:([零壹贰叁肆伍陆柒捌玖])分)?整?"
)


def to_capitals(yuan: Decimal | str | int) -> str:
    """Write an amount in the capitals of Chinese vouchers (人民币大写).

    Args:
        yuan: below 10 ** 16 yuan either side of zero.

    Returns:
        Such as ``"壹佰零贰元叁角整"``; zero is ``"零元整"``, negatives begin with 负.

    Raises:
        WrongType: as :func:`~minzheng.base.money.to_fen`.
        InvalidInput: as :func:`~minzheng.base.money.to_fen`.

    Source:
        支付结算办法, annex 1: 整 ends an amount without fen, one 零 stands for a gap of zeros.

    Example:
        >>> to_capitals("10140"), to_capitals("107000.53"), to_capitals("0.05")
        ('壹万零壹佰肆拾元整', '壹拾万柒仟元伍角叁分', '伍分')
    """
    fen = to_fen(yuan)
    if fen == 0:
        return "零元整"
    whole, rest = divmod(abs(fen), 100)
    jiao, last = divmod(rest, 10)
    text = "负" if fen < 0 else ""
    if whole:
        text += _integer_capitals(whole) + "元"
    if jiao:
        text += _DIGITS[jiao] + "角"
    elif last and whole:
        text += "零"
    return text + (_DIGITS[last] + "分" if last else "整")


def _integer_capitals(number: int) -> str:
    groups = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    text, gap = "", False
    for position in reversed(range(len(groups))):
        group = groups[position]
        if not group:
            gap = True
            if position == 2 and text:  # 伍万亿: the 亿 is said although its own group is empty
                text += "亿"
            continue
        if text and (gap or group < 1000):
            text += "零"
        text += _group_capitals(group) + _GROUPS[position]
        gap = False
    return text


def _group_capitals(group: int) -> str:
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + _PLACES[place]
        gap = not digit
    return text


def from_capitals(text: str) -> Decimal:
    """Read an amount written in capitals; the inverse of :func:`to_capitals`.

    Args:
        text: as the rules of payment allow: with or without 人民币, 元 or 圓, 整, 正 or nothing
            after 元 and 角, traditional characters; a 零 in place of zeros that end with the
            digit of 元, 万 or 亿 may be written or left out.

    Returns:
        ``Decimal`` yuan with two decimals.

    Raises:
        InvalidInput: for any other writing; the message gives the value and the right form
            where the value can be read.

    Source:
        支付结算办法, annex 1, nos 1 to 4.

    Example:
        >>> from_capitals("人民币壹仟陆佰捌拾元零叁角贰分"), from_capitals("壹仟陆佰捌拾圓叁角貳分")
        (Decimal('1680.32'), Decimal('1680.32'))
        >>> from_capitals("拾万元整")
        Traceback (most recent call last):
            ...
        minzheng.errors.InvalidInput: '拾万元整' is not written by the rules of payment; \
100000.00 yuan is '壹拾万元整'
    """
    if len(text) > _LONGEST:
        raise InvalidInput(f"expected an amount in capitals, got {len(text)} characters")
    plain = text.strip().removeprefix("人民币").strip().translate(_TRADITIONAL)
    value = _read(plain.translate(_ORDINARY))
    if value is None:
        raise InvalidInput(
            f"expected an amount in capitals such as '壹佰零贰元叁角整', got {shown(text)}"
        )
    if not re.fullmatch(_pattern(to_fen(value)), plain):
        right = to_capitals(value)
        raise InvalidInput(
            f"{shown(text)} is not written by the rules of payment; {value} yuan is {right!r}"
        )
    return value


def _pattern(fen: int) -> str:
    """The writings of an amount that the rules accept, as a regular expression."""
    if fen == 0:
        return "零元整?"
    places = [(place, int(digit)) for place, digit in enumerate(reversed(str(abs(fen))), start=-2)]
    written = [(place, digit) for place, digit in reversed(places) if digit]
    text = "" if written[0][0] >= 0 else "(零元零?)?"
    for (place, digit), (after, _) in pairwise([*written, (_BELOW, 0)]):
        text += _DIGITS[digit] + _unit(place)
        text += "".join(_close(each, written) for each in range(place, after, -1))
        if after != _BELOW and place - after > 1:
            # a gap that ends with the digit of 元, 万 or 亿 may be left unwritten
            text += "零?" if after + 1 in (0, 4, 8, 12) else "零"
    ends = "" if written[-1][0] == -2 else "整?"
    return ("负" if fen < 0 else "") + text + ends


def _unit(place: int) -> str:
    return ("分", "角")[place + 2] if place < 0 else _PLACES[place % 4]


def _close(place: int, written: list[tuple[int, int]]) -> str:
    """What is said where a group of four ends: 元, 万, 亿."""
    if place < 0 or place % 4:
        return ""
    group = any(place <= each < place + 4 for each, _digit in written)
    if place == 8:
        return "亿" if any(each >= 8 for each, _digit in written) else ""
    return "元" if place == 0 else _GROUPS[place // 4] if group else ""


def _read(text: str) -> Decimal | None:
    match = _FORM.fullmatch(text)
    if match is None or not any(match.groups()[1:]):
        return None
    sign, whole, jiao, last = match.groups()
    number = 0 if whole is None else _read_integer(whole)
    if number >= _LIMIT:
        return None
    fen = number * 100
    fen += 0 if jiao is None else _DIGITS.index(jiao) * 10
    fen += 0 if last is None else _DIGITS.index(last)
    return to_yuan(-fen if sign else fen)


def _read_integer(text: str) -> int:
    total = section = digit = 0
    worth = {"拾": 10, "佰": 100, "仟": 1000}
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS.index(character)
        elif character in worth:
            # 拾万 without 壹 is ten times ten thousand; the message says so
            section += (digit or (character == "拾")) * worth[character]
            digit = 0
        elif character == "万":
            total += (section + digit) * 10_000
            section = digit = 0
        else:
            total = (total + section + digit) * 10**8
            section = digit = 0
    return total + section + digit
