"""The number of a disability certificate (残疾人证): resident ID, type, grade.

20 characters: the 18 of the resident ID, one digit of disability type and one
of grade, 1 the most severe. It has no check character of its own; the resident
ID inside has one, so a wrong type or grade cannot be seen.

All numbers in these examples are invented.

Limitations:
    A suffix for a re-issued certificate, such as ``B1``, is reported in use but
    no rule for it is confirmed: it is not accepted. The number of a certificate
    for multiple disabilities does not tell which they are.
"""

from __future__ import annotations

from enum import IntEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from minzheng.base.areas import BUNDLED, Areas
from minzheng.base.identifiers import resident_id
from minzheng.base.identifiers._common import accepted, cleaned, grouped, why
from minzheng.base.identifiers.resident_id import ResidentId
from minzheng.errors import Fault, InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "TYPE_LABELS",
    "DisabilityCertificate",
    "DisabilityType",
    "check_digits",
    "compact",
    "format",
    "is_valid",
    "validate",
]


class DisabilityType(IntEnum):
    """The types of disability and their codes (GB/T 26341-2010)."""

    VISUAL = 1
    HEARING = 2
    SPEECH = 3
    PHYSICAL = 4
    INTELLECTUAL = 5
    MENTAL = 6
    MULTIPLE = 7


TYPE_LABELS: Final[Mapping[DisabilityType, str]] = MappingProxyType(
    {
        DisabilityType.VISUAL: "视力残疾",
        DisabilityType.HEARING: "听力残疾",
        DisabilityType.SPEECH: "言语残疾",
        DisabilityType.PHYSICAL: "肢体残疾",
        DisabilityType.INTELLECTUAL: "智力残疾",
        DisabilityType.MENTAL: "精神残疾",
        DisabilityType.MULTIPLE: "多重残疾",
    }
)
"""The Chinese label of each type."""


def _masked(number: str) -> str:
    return f"{ResidentId(number[:18]).masked}**"


@frozen
class DisabilityCertificate:
    """A certificate number taken apart; :func:`validate` makes it.

    Attributes:
        number: the 20 characters.
        warnings: those of the resident ID inside.
    """

    number: str = field(repr=_masked)
    warnings: tuple[Fault, ...] = field(default=(), eq=False, repr=False)

    @property
    def resident_id(self) -> ResidentId:
        """The holder's number."""
        return ResidentId(self.number[:18])

    @property
    def type(self) -> DisabilityType:
        """The type of disability."""
        return DisabilityType(int(self.number[18]))

    @property
    def grade(self) -> int:
        """1 (极重度), 2 (重度), 3 (中度) or 4 (轻度)."""
        return int(self.number[19])

    @property
    def masked(self) -> str:
        """The masked resident ID; type and grade are hidden too.

        Example:
            >>> validate("13080219900101003X43").masked
            '130802********003***'
        """
        return _masked(self.number)


def compact(number: str) -> str:
    """Drop spaces and hyphens, turn full-width into half-width, letters into capitals.

    Raises:
        WrongType: for anything but a ``str``.

    Example:
        >>> compact("13080219900101003x 43")
        '13080219900101003X43'
    """
    return cleaned(number, "disability_certificate")


def check_digits(number: str) -> str:
    """Compute the check character of the resident ID inside; the number has no other.

    Args:
        number: 20 characters.

    Raises:
        InvalidInput: when the length is another or the first 17 are not all digits.

    Example:
        >>> check_digits("13080219900101003X43")
        'X'
    """
    number = compact(number)
    if len(number) != 20:
        raise InvalidInput([_wrong_length(number)])
    try:
        return resident_id.check_digits(number[:18])
    except InvalidInput as error:
        raise InvalidInput(_renamed(error.faults)) from None


def validate(number: str, *, areas: Areas = BUNDLED) -> DisabilityCertificate:
    """Take a number apart, or tell everything that is wrong with it.

    Args:
        number: as typed; see :func:`compact`.
        areas: the divisions to look the area up in; the bundled lists when left out.

    Raises:
        InvalidInput: with all faults; each path gives the positions, as in
            ``disability_certificate[18]``.
        WrongType: for anything but a ``str``.

    Source:
        Rules of the China Disabled Persons' Federation for the certificate,
        article 5; types and grades of GB/T 26341-2010.

    Example:
        >>> certificate = validate("130802 19900101 003X 43")
        >>> certificate.type, TYPE_LABELS[certificate.type], certificate.grade
        (<DisabilityType.PHYSICAL: 4>, '肢体残疾', 3)
        >>> validate("13080219900101003X80")
        Traceback (most recent call last):
            ...
        minzheng.errors.InvalidInput: disability_certificate[18]: expected a type 1..7, got '8'
        disability_certificate[19]: expected a grade 1..4, got '0'
    """
    number = compact(number)
    if len(number) != 20:
        raise InvalidInput([_wrong_length(number)])
    faults: list[Fault] = []
    warnings: list[Fault] = []
    try:
        warnings = _renamed(resident_id.validate(number[:18], areas=areas).warnings)
    except InvalidInput as error:
        faults += _renamed(error.faults)
    kind, grade = number[18], number[19]
    if kind not in "1234567":
        faults.append(Fault("disability_certificate[18]", f"expected a type 1..7, got {kind!r}"))
    if grade not in "1234":
        faults.append(Fault("disability_certificate[19]", f"expected a grade 1..4, got {grade!r}"))
    if faults:
        raise InvalidInput(faults)
    return DisabilityCertificate(number, tuple(warnings))


def is_valid(number: str) -> bool:
    """Tell whether :func:`validate` takes the number.

    Raises:
        WrongType: for anything but a ``str``.

    Example:
        >>> is_valid("13080219900101003X43"), is_valid("13080219900101003X45")
        (True, False)
    """
    return accepted(validate, number)


def format(number: str) -> str:  # noqa: A001 - the same five names for every identifier
    """Group a number for reading: the resident ID's groups, then type and grade.

    Example:
        >>> format("13080219900101003x43")
        '130802 19900101 003X 43'
    """
    return grouped(compact(number), 6, 14, 18)


def _wrong_length(number: str) -> Fault:
    return Fault(
        "disability_certificate",
        f"expected 20 characters (a suffix of a re-issue is not taken), got {len(number)}"
        f"{why(number)}",
    )


def _renamed(faults: Iterable[Fault]) -> list[Fault]:
    # the resident ID stands at the start, so its positions stay
    return [
        each._replace(path=each.path.replace("resident_id", "disability_certificate", 1))
        for each in faults
    ]
