"""The resident ID number (公民身份号码, GB 11643): 18 characters, or 15 of the old form.

Six digits of area (GB/T 2260), eight of birth, three of sequence whose last is
odd for men and even for women, one check character of ISO 7064 MOD 11-2. The
old form has a two-digit year, always of the 1900s, and no check character.

All numbers in these examples are invented. Errors show only the faulty part.

Limitations:
    There is no clock, so a birth in the future passes unless ``validate`` is
    given a day. A number that follows the rules need not have been issued. The
    cards of foreigners are not taken.
"""

from __future__ import annotations

from datetime import date
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from attrs import field, frozen

from minzheng.base.areas import BUNDLED, Areas
from minzheng.base.identifiers._common import DIGITS, accepted, cleaned, grouped, unknown_area, why
from minzheng.errors import Fault, InvalidInput, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "ResidentId",
    "Sex",
    "area_warnings",
    "check_digits",
    "compact",
    "format",
    "is_valid",
    "to_18",
    "validate",
]

_WEIGHTS = tuple(pow(2, 17 - position, 11) for position in range(17))


class Sex(IntEnum):
    """The sex a number states, with the codes of GB/T 2261.1."""

    MALE = 1
    """男"""
    FEMALE = 2
    """女"""


def _masked(number: str) -> str:
    return f"{number[:6]}********{number[14:17]}*"


@frozen
class ResidentId:
    """A resident ID number taken apart; :func:`validate` makes it.

    Attributes:
        number: the 18 characters, also when the old form was given, so that
            both forms of one number are equal.
        warnings: what looks wrong but occurs in numbers that were really issued: an area that is
            in no list, or that was retired before the birth.
    """

    number: str = field(repr=_masked)
    warnings: tuple[Fault, ...] = field(default=(), eq=False, repr=False)

    @property
    def area_code(self) -> str:
        """The six digits of the area that issued the number, as coded then."""
        return self.number[:6]

    @property
    def birth(self) -> date:
        """The day of birth."""
        return _day(self.number[6:14])

    @property
    def sex(self) -> Sex:
        """The sex, by the parity of the 17th digit."""
        return Sex.MALE if int(self.number[16]) % 2 else Sex.FEMALE

    @property
    def masked(self) -> str:
        """The number without birth and check character, which would tell of the birth.

        Example:
            >>> validate("13080219900101003X").masked
            '130802********003*'
        """
        return _masked(self.number)


def _day(digits: str) -> date:
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


def compact(number: str) -> str:
    """Drop spaces and hyphens, turn full-width into half-width, letters into capitals.

    Raises:
        WrongType: for anything but a ``str``.

    Example:
        >>> compact("130802 19900101-003x")
        '13080219900101003X'
    """
    return cleaned(number, "resident_id")


def check_digits(number: str) -> str:
    """Compute the check character that the body asks for; one that is there is not looked at.

    Args:
        number: 17 or 18 characters, or 15 of the old form.

    Returns:
        ``0`` to ``9`` or ``X``; for the old form, that of its 18 characters.

    Raises:
        InvalidInput: when the length is another or the body is not all digits.

    Source:
        GB 11643, ISO 7064 MOD 11-2.

    Example:
        >>> check_digits("13080219900101003"), check_digits("130802900101003")
        ('X', 'X')
    """
    number = compact(number)
    body = _with_century(number) if len(number) == 15 else number[:17]
    if len(number) not in (15, 17, 18) or not DIGITS.issuperset(body):
        raise InvalidInput([Fault("resident_id", "expected 17 digits, or 15 of the old form")])
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return "0123456789X"[(1 - total) % 11]


def _with_century(number: str) -> str:
    return f"{number[:6]}19{number[6:]}"


def to_18(number: str) -> str:
    """Turn the old 15 digits into 18 characters; 18 characters are only compacted.

    It converts and does not judge: :func:`validate` does.

    Raises:
        InvalidInput: when the length is neither, or 15 characters are not all digits.

    Example:
        >>> to_18("130802900101003")
        '13080219900101003X'
    """
    number = compact(number)
    if len(number) == 18:
        return number
    if len(number) != 15:
        raise InvalidInput([_wrong_length(number)])
    return _with_century(number) + check_digits(number)


def validate(number: str, on: date | None = None, *, areas: Areas = BUNDLED) -> ResidentId:
    """Take a number apart, or tell everything that is wrong with it.

    A wrong length, character, day of birth or check character is an error. An area that is in
    no list, or that was retired before the birth, is a warning: such numbers were really issued.

    Args:
        number: as typed; see :func:`compact`.
        on: a day by which the person was born; without it a birth in the future passes.
        areas: the divisions to look the area up in; the bundled lists when left out.

    Returns:
        The number in its 18-character form.

    Raises:
        InvalidInput: with all faults; each path gives the positions, as in ``resident_id[6:14]``.
        WrongType: for anything but a ``str``.

    Source:
        GB 11643. Residence permits of residents of Hong Kong, Macao and Taiwan (810000, 820000,
        830000) have numbers of the same form: 国办发〔2018〕81号, measures of 2018-08-19.

    Limitations:
        Not in the lists are the codes of counties administered for a province (``xx90xx``) of
        1990 to 1994 and those of 1980; the numbers that carry them have a warning.

    Example:
        >>> person = validate("130802 900101 003")
        >>> person
        ResidentId(number=130802********003*)
        >>> person.birth, person.sex
        (datetime.date(1990, 1, 1), <Sex.MALE: 1>)
        >>> [str(each) for each in validate("13082320180101003X").warnings]
        ['resident_id[0:6]: area 130823 was out of use before the birth']
        >>> validate("130802199013010038")
        Traceback (most recent call last):
            ...
        minzheng.errors.InvalidInput: resident_id[6:14]: expected a day yyyymmdd, got '19901301'
        resident_id[17]: expected the check character '7', got '8'
    """
    number = compact(number)
    if faults := tuple(_faults(number, on)):
        raise InvalidInput(faults)
    full = to_18(number)
    return ResidentId(full, area_warnings(full[:6], int(full[6:10]), areas))


def is_valid(number: str) -> bool:
    """Tell whether :func:`validate` takes the number.

    Raises:
        WrongType: for anything but a ``str``.

    Example:
        >>> is_valid("13080219900101003X"), is_valid("130802199001010031")
        (True, False)
    """
    return accepted(validate, number)


def format(number: str) -> str:  # noqa: A001 - the same five names for every identifier
    """Group a number for reading: area, birth, sequence with check character.

    Example:
        >>> format("13080219900101003x"), format("130802900101003")
        ('130802 19900101 003X', '130802 900101 003')
    """
    number = compact(number)
    return grouped(number, 6, 12 if len(number) == 15 else 14)


def _wrong_length(number: str) -> Fault:
    message = f"expected 18 characters, or 15 of the old form, got {len(number)}{why(number)}"
    return Fault("resident_id", message)


def _faults(number: str, on: date | None) -> Iterator[Fault]:
    if len(number) not in (15, 18):
        yield _wrong_length(number)
        return  # positions mean nothing in a number of another length
    for position, character in enumerate(number):
        if character not in DIGITS and (position, character) != (17, "X"):
            wanted = "a digit or X" if position == 17 else "a digit"
            yield Fault(f"resident_id[{position}]", f"expected {wanted}, got {character!r}")
    old = len(number) == 15
    birth = number[6 : 12 if old else 14]
    born = _day_or_none(f"19{birth}" if old else birth)
    path = f"resident_id[6:{6 + len(birth)}]"
    if born is None and DIGITS.issuperset(birth):
        yield Fault(path, f"expected a day {'yymmdd' if old else 'yyyymmdd'}, got {birth!r}")
    elif born is not None and on is not None and born > on:
        yield Fault(path, f"expected a birth by {on}, got a later one")
    if not old and DIGITS.issuperset(number[:17]) and number[17] in "0123456789X":
        expected = check_digits(number)
        if number[17] != expected:
            yield Fault(
                "resident_id[17]",
                f"expected the check character {expected!r}, got {number[17]!r}{why(number)}",
            )


def _day_or_none(digits: str) -> date | None:
    try:
        return _day(digits)
    except ValueError:
        return None


_PERMITS = frozenset({"810000", "820000", "830000"})


@lru_cache(maxsize=8192)  # a register repeats its areas
def area_warnings(code: str, year: int, areas: Areas = BUNDLED) -> tuple[Fault, ...]:
    """The warnings of a number that carries a code, of somebody born in a year.

    Args:
        code: the first six digits of a number that :func:`validate` takes.
        year: of birth.
        areas: the divisions to look the area up in; the bundled lists when left out.

    Example:
        >>> print(*area_warnings("130823", 2018))
        resident_id[0:6]: area 130823 was out of use before the birth
    """
    if code in _PERMITS:
        return ()
    division = _division(code, areas)
    if problem := unknown_area(division, areas):
        return (Fault("resident_id[0:6]", problem, Severity.WARNING),)
    if not areas.attributable(division, year):
        problem = f"area {code} was out of use before the birth"
        return (Fault("resident_id[0:6]", problem, Severity.WARNING),)
    return ()


def _division(code: str, areas: Areas) -> str:
    # 市辖区 (440301) gathers the districts of a city: no division itself, but numbers carry it
    city = f"{code[:4]}00"
    gathers = code[4:] == "01" and not unknown_area(city, areas)
    return city if gathers and areas.lookup(city).name.endswith("市") else code
