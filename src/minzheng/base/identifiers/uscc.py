"""The unified social credit code (统一社会信用代码, GB 32100-2015) of an organisation.

18 characters: who registers it, as what, the area of that registry (six digits
of GB/T 2260), the organisation code (nine characters of GB 11714 with their own
check character), and a check character over all.

The codes in these examples are invented: organisation code ``000000000``.

Limitations:
    The table of registering authorities and categories is that of GB 32100-2015
    with its amendment of 2016. A pair given out since then is a fault until it
    is added to the table.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from operator import mul
from types import MappingProxyType
from typing import TYPE_CHECKING

from attrs import field, frozen

from minzheng.base.areas import BUNDLED, Areas
from minzheng.base.identifiers._common import accepted, cleaned, grouped, unknown_area, why
from minzheng.errors import Fault, InvalidInput, Severity, WrongType

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

__all__ = [
    "Authority",
    "Category",
    "UnifiedSocialCreditCode",
    "authorities",
    "check_digits",
    "compact",
    "format",
    "is_valid",
    "organization_check_digit",
    "validate",
]

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUE = {character: value for value, character in enumerate(_ALPHABET)}
_WEIGHTS = tuple(pow(3, position, 31) for position in range(17))
_ORGANIZATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_NATION = "100000"  # what national registries write; no division of its own


@frozen
class Category:
    """What an organisation is registered as.

    Attributes:
        code: the second character of the credit code.
        zh: the Chinese label.
        en: the English label.
    """

    code: str
    zh: str
    en: str


@frozen
class Authority:
    """Who registers an organisation.

    Attributes:
        code: the first character of the credit code.
        zh: the Chinese label.
        en: the English label.
        categories: what it registers organisations as, by code.
    """

    code: str
    zh: str
    en: str
    categories: MappingProxyType[str, Category] = field(eq=False, repr=False)


@cache
def authorities() -> Mapping[str, Authority]:
    """Give every registering authority with its categories, by code.

    Source:
        GB 32100-2015 with amendment 1 (2016).

    Example:
        >>> civil_affairs = authorities()["5"]
        >>> civil_affairs.zh, [category.zh for category in civil_affairs.categories.values()]
        ('民政', ['社会团体', '民办非企业单位', '基金会', '其他'])
    """
    text = resources.files("minzheng.base").joinpath("data/uscc.toml").read_text("utf-8")
    return MappingProxyType(
        {
            row["code"]: Authority(
                row["code"],
                row["zh"],
                row["en"],
                MappingProxyType({c["code"]: Category(**c) for c in row["categories"]}),
            )
            for row in tomllib.loads(text)["authority"]
        }
    )


@frozen
class UnifiedSocialCreditCode:
    """A unified social credit code taken apart; :func:`validate` makes it.

    Attributes:
        number: the 18 characters.
        warnings: what looks wrong but occurs in codes that were really issued.
    """

    number: str
    warnings: tuple[Fault, ...] = field(default=(), eq=False)

    @property
    def authority(self) -> Authority:
        """Who registered the organisation."""
        return authorities()[self.number[0]]

    @property
    def category(self) -> Category:
        """What it is registered as."""
        return self.authority.categories[self.number[1]]

    @property
    def area_code(self) -> str:
        """The six digits of the registry's area; ``100000`` is the nation."""
        return self.number[2:8]

    @property
    def organization_code(self) -> str:
        """The nine characters of GB 11714."""
        return self.number[8:17]


def compact(number: str) -> str:
    """Drop spaces and hyphens, turn full-width into half-width, letters into capitals.

    Raises:
        WrongType: for anything but a ``str``.

    Example:
        >>> compact("53 130800 00000000-0 x")
        '53130800000000000X'
    """
    return cleaned(number, "uscc")


def check_digits(number: str) -> str:
    """Compute the last character that the body asks for; one that is there is not looked at.

    Args:
        number: 17 or 18 characters.

    Raises:
        InvalidInput: when the length is another or a character is never used.

    Source:
        GB 32100-2015: weights 3^(i-1) mod 31.

    Example:
        >>> check_digits("53130800000000000")
        'X'
    """
    number = compact(number)
    body = number[:17]
    if len(number) not in (17, 18) or not _VALUE.keys() >= set(body):
        raise InvalidInput([Fault("uscc", f"expected 17 characters of {_ALPHABET}")])
    return _check(body)


def _check(body: str) -> str:
    return _ALPHABET[-sum(map(mul, map(_VALUE.__getitem__, body), _WEIGHTS)) % 31]


def organization_check_digit(code: str) -> str:
    """Compute the ninth character of an organisation code; one that is there is not looked at.

    Args:
        code: 8 or 9 characters, such as the 9th to 17th of a credit code.

    Raises:
        InvalidInput: when the length is another or a character is no digit or letter.

    Source:
        GB 11714: weights 3, 7, 9, 10, 5, 8, 4, 2 over 0..9, A=10..Z=35.

    Example:
        >>> organization_check_digit("0000000A")
        '2'
    """
    code = compact(code)
    body = code[:8]
    if len(code) not in (8, 9) or not (body.isascii() and body.isalnum()):
        raise InvalidInput([Fault("organization_code", "expected 8 digits or letters")])
    return _organization_check(body)


def _organization_check(body: str) -> str:
    values = [int(character, 36) for character in body]
    return "0123456789X"[-sum(map(mul, values, _ORGANIZATION_WEIGHTS)) % 11]


def validate(
    number: str, *, admit: Collection[str] = (), areas: Areas = BUNDLED
) -> UnifiedSocialCreditCode:
    """Take a code apart, or tell everything that is wrong with it.

    A check character of the organisation code that does not fit, and an area
    that is not known, are warnings: codes converted from old registers have them.

    Args:
        number: as typed; see :func:`compact`.
        admit: codes, each whole, that the registry issued with an irregular last character; of
            these alone it is a warning.
        areas: the divisions to look the area up in; the bundled lists when left out.

    Raises:
        InvalidInput: with all faults; each path gives the positions, as in ``uscc[1]``.
        WrongType: for anything but a ``str``.

    Source:
        GB 32100-2015.

    Example:
        >>> foundation = validate("53130800000000000X")
        >>> foundation.authority.zh, foundation.category.zh, foundation.area_code
        ('民政', '基金会', '130800')
        >>> validate("541308000000000000")
        Traceback (most recent call last):
            ...
        minzheng.errors.InvalidInput: uscc[1]: expected 1, 2, 3, 9 under authority 5 (民政), got '4'
        uscc[17]: expected the check character 'T', got '0'
    """
    number = compact(number)
    if isinstance(admit, str):
        raise WrongType("admit: expected a list of codes, got one text")
    faults, warnings = list(_faults(number)), []
    irregular = [each for each in faults if each.path == "uscc[17]"]
    if irregular and number in map(compact, admit):
        faults = [each for each in faults if each not in irregular]
        warnings = [each._replace(severity=Severity.WARNING) for each in irregular]
    if faults:
        raise InvalidInput(faults)
    return UnifiedSocialCreditCode(number, (*_warnings(number, areas), *warnings))


def is_valid(number: str) -> bool:
    """Tell whether :func:`validate` takes the code, be it with warnings.

    Raises:
        WrongType: for anything but a ``str``.

    Example:
        >>> is_valid("53130800000000000X"), is_valid("531308000000000001")
        (True, False)
    """
    return accepted(validate, number)


def format(number: str) -> str:  # noqa: A001 - the same five names for every identifier
    """Group a code for reading: authority and category, area, organisation, check character.

    Example:
        >>> format("53130800000000000x")
        '53 130800 000000000 X'
    """
    return grouped(compact(number), 2, 8, 17)


def _faults(number: str) -> Iterator[Fault]:
    if len(number) != 18:
        yield Fault("uscc", f"expected 18 characters, got {len(number)}{why(number)}")
        return  # positions mean nothing in a code of another length
    authority = authorities().get(number[0])
    if authority is None:
        known = ", ".join(authorities())
        yield Fault("uscc[0]", f"expected an authority of {known}, got {number[0]!r}")
    elif number[1] not in authority.categories:
        known = ", ".join(authority.categories)
        whose = f"authority {authority.code} ({authority.zh})"
        yield Fault("uscc[1]", f"expected {known} under {whose}, got {number[1]!r}")
    for position, character in enumerate(number[2:], start=2):
        known = "0123456789" if position < 8 else _ALPHABET
        if character not in known:
            yield Fault(f"uscc[{position}]", f"expected one of {known}, got {character!r}")
    if _VALUE.keys() >= set(number) and number[17] != (expected := _check(number[:17])):
        yield Fault("uscc[17]", f"expected the check character {expected!r}, got {number[17]!r}")


def _warnings(number: str, areas: Areas) -> Iterator[Fault]:
    area = number[2:8]
    if area != _NATION and (problem := unknown_area(area, areas)):
        yield Fault("uscc[2:8]", problem, Severity.WARNING)
    expected = _organization_check(number[8:16])
    if number[16] != expected:
        yield Fault(
            "uscc[16]",
            f"expected the organisation code's check character {expected!r}, got {number[16]!r}",
            Severity.WARNING,
        )
