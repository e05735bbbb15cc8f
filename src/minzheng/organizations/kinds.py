"""Kinds of social organisations (社会组织), and what a number says of one.

The codes in these examples are invented: organisation code ``000000000``.
"""

from __future__ import annotations

import re
from enum import IntEnum

from attrs import frozen

from minzheng.base.areas import BUNDLED, Areas
from minzheng.base.brief import shown
from minzheng.base.i18n import N_, translator
from minzheng.base.identifiers import uscc
from minzheng.errors import Fault, InvalidInput, Severity, WrongType

__all__ = ["CIVIL_AFFAIRS", "Kind", "Level", "Number", "read_number"]

CIVIL_AFFAIRS = "5"
"""The first character of a credit code that civil affairs gave out."""


class Kind(IntEnum):
    """What an organisation is registered as: the second character of its credit code.

    Source:
        GB 32100-2015; the regulations of 1998 (No. 250, No. 251) and 2004 (No. 400).

    Limitations:
        Representative offices of foundations from outside the mainland are not told apart.

    Example:
        >>> Kind.PRIVATE_UNIT.label, Kind.PRIVATE_UNIT.word
        ('民办非企业单位（社会服务机构）', 'private_unit')
    """

    ASSOCIATION = 1
    """社会团体"""
    PRIVATE_UNIT = 2
    """民办非企业单位; the Charity Law and the Civil Code say 社会服务机构"""
    FOUNDATION = 3
    """基金会"""
    OTHER = 9
    """其他: no rule of this room is held for it"""

    @property
    def word(self) -> str:
        """The word of the key ``kind`` in the standards tables."""
        return self.name.lower()

    @property
    def label(self) -> str:
        """The Chinese name."""
        return _CHINESE[self]

    def text(self, language: str) -> str:
        """The name in a language.

        Raises:
            InvalidInput: for a language without a catalogue.
        """
        return translator(language)(_NAMES[self])


_CHINESE = {
    Kind.ASSOCIATION: "社会团体",
    Kind.PRIVATE_UNIT: "民办非企业单位（社会服务机构）",
    Kind.FOUNDATION: "基金会",
    Kind.OTHER: "其他",
}
_NAMES = {
    Kind.ASSOCIATION: N_("association"),
    Kind.PRIVATE_UNIT: N_("private non-enterprise unit"),
    Kind.FOUNDATION: N_("foundation"),
    Kind.OTHER: N_("other social organisation"),
}


class Level(IntEnum):
    """The level of the registration authority (登记管理机关)."""

    COUNTY = 1
    CITY = 2
    PROVINCE = 3
    NATION = 4


@frozen
class Number:
    """What a number says of an organisation; :func:`read_number` makes it.

    Attributes:
        text: the number, cleaned.
        credit_code: whether it is a unified social credit code; otherwise a registration
            number of before the codes, from which nothing is derived.
        kind: what it is registered as; ``None`` for an older number and for other authorities.
        area: six digits of the registration authority's area; ``None`` for an older number.
        level: of that authority; ``None`` for an older number.
        warnings: what looks wrong, but occurs in numbers that were really issued.
    """

    text: str
    credit_code: bool
    kind: Kind | None = None
    area: str | None = None
    level: Level | None = None
    warnings: tuple[Fault, ...] = ()


def read_number(number: str, *, areas: Areas = BUNDLED) -> Number:
    """Take the number of an organisation apart.

    A number of 18 characters that holds only digits and Latin letters is taken for a credit
    code; any other text for a registration number (登记证号) of before the codes.

    Args:
        number: as typed, with or without spaces and hyphens.
        areas: the divisions to look the area up in, such as ``standards.areas`` of the tables in
            use; the bundled lists when left out.

    Raises:
        InvalidInput: for an empty text; for a credit code with all its faults.
        WrongType: for anything but a ``str``.

    Source:
        GB 32100-2015: authority 5 is civil affairs, category 1 associations, 2 private
        non-enterprise units, 3 foundations, 9 others. Regulation on Foundations (2004) art. 6:
        the ministry and the provinces register foundations.

    Limitations:
        New organisations have credit codes since 2016. No rule for the numbers before is
        held: they are kept as they stand, and neither kind nor area is read from them.

    Example:
        >>> read_number("51 130822 00000000-0 3")
        Traceback (most recent call last):
            ...
        minzheng.errors.InvalidInput: number[17]: expected the check character '0', got '3'
        >>> found = read_number("511308000000000004")
        >>> found.kind.name, found.area, found.level.name
        ('ASSOCIATION', '130800', 'CITY')
        >>> read_number("社证字第0000号").kind is None
        True
    """
    if not isinstance(number, str):
        raise WrongType(f"number: expected a text, got {shown(number)}")
    text = uscc.compact(number)
    if not text:
        raise InvalidInput([Fault("number", "is empty")])
    if re.fullmatch(r"[0-9A-Z]{18}", text) is None:
        return Number(text, credit_code=False)
    try:
        code = uscc.validate(text, areas=areas)
    except InvalidInput as error:
        raise InvalidInput(map(_renamed, error.faults)) from None
    kind = Kind(int(code.category.code)) if code.authority.code == CIVIL_AFFAIRS else None
    level = _level(code.area_code)
    return Number(
        text,
        credit_code=True,
        kind=kind,
        area=code.area_code,
        level=level,
        warnings=(*map(_renamed, code.warnings), *_warnings(code, kind, level)),
    )


def _renamed(fault: Fault) -> Fault:
    return fault._replace(path=fault.path.replace("uscc", "number", 1))


def _level(area: str) -> Level:
    if area in ("100000", "000000"):
        return Level.NATION
    if area.endswith("0000"):
        return Level.PROVINCE
    return Level.CITY if area.endswith("00") else Level.COUNTY


def _warnings(
    code: uscc.UnifiedSocialCreditCode, kind: Kind | None, level: Level
) -> tuple[Fault, ...]:
    if kind is None:
        whose = f"{code.authority.code} ({code.authority.zh})"
        return (
            Fault(
                "number[0]",
                f"civil affairs gives out codes with 5, this one has {whose}",
                Severity.WARNING,
            ),
        )
    if kind is Kind.FOUNDATION and level < Level.PROVINCE:
        said = "a foundation is registered by the ministry or a province, unless that is delegated"
        return (Fault("number[2:8]", said, Severity.WARNING),)
    return ()
