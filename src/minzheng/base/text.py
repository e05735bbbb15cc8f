"""Text as people's programs leave it: encodings, invisible characters, days, digits that Excel lost.

Every function either returns what a text means without doubt, or names the cause for which it
cannot be taken and what to do about it.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from minzheng.base.brief import shown as brief
from minzheng.errors import InvalidInput

__all__ = [
    "cause",
    "day_in",
    "decode",
    "invisible",
    "lost_digits",
    "serial_day",
    "utf8",
    "visible",
    "what_file",
]

# --- bytes ----------------------------------------------------------------------------------------

_OLE: Final = bytes.fromhex("D0CF11E0A1B11AE1")
_STARTS: Final = (
    (b"%PDF", "a PDF document: export the table as .xlsx"),
    (b"{\\rtf", "a document of a word processor (.rtf): copy the table into a workbook"),
    (b"\x89PNG", "an image: the table must be typed"),
    (b"\xff\xd8\xff", "an image: the table must be typed"),
    (b"\x1f\x8b", "a compressed file (.gz): unpack it"),
    (b"Rar!", "a compressed file (.rar): unpack it"),
    (b"7z\xbc\xaf", "a compressed file (.7z): unpack it"),
    (b"SQLite format 3\0", "a database of SQLite"),
    (b"PAR1", "a Parquet file"),
)
_HTML: Final = re.compile(rb"\s*(<!doctype html|<html|<table|<meta|<head|<body|<style)", re.I)


def what_file(data: bytes) -> str | None:
    """Name a kind of file that is often mistaken for text or for a workbook, and what to do.

    Args:
        data: the bytes of the file.

    Returns:
        ``None`` for text in UTF-8 or GB 18030 and for ``.xlsx`` and other archives.

    Example:
        >>> what_file(bytes.fromhex("D0CF11E0A1B11AE1") + "Workbook".encode("utf-16-le"))
        'an old workbook (.xls or .et): save it as .xlsx'
        >>> what_file("姓名,性别".encode("gb18030")) is None
        True
    """
    if data.startswith(_OLE):
        return _what_ole(data)
    for start, what in _STARTS:
        if data.startswith(start):
            return what
    head = data[:2048].removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "text in UTF-16: save it as UTF-8 (in Excel: CSV UTF-8)"
    if _HTML.match(head):
        return "a web page, whatever its name says: open it in Excel and save it as .xlsx"
    if head.lstrip().startswith(b"<?xml") and b"schemas-microsoft-com:office:spreadsheet" in head:
        return "an XML spreadsheet of 2003: open it in Excel and save it as .xlsx"
    if head.startswith(b"MIME-Version:"):
        return "a web archive (.mht): open it in Excel and save it as .xlsx"
    if not data.startswith(b"PK") and b"\0" in data:
        return "a file with NUL bytes, so neither UTF-8 nor GB 18030 text"
    return None


def _what_ole(data: bytes) -> str:
    def stream(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if stream("EncryptedPackage"):
        return "a workbook with a password: open it and save it without one"
    if stream("Workbook") or stream("Book"):
        return "an old workbook (.xls or .et): save it as .xlsx"
    return "an old Office document: save it as .xlsx"


def decode(data: bytes) -> str:
    r"""Decode UTF-8, with or without a mark at its start, or GB 18030 (GBK, GB 2312).

    Raises:
        InvalidInput: for anything else, by its name and with what to do.

    Example:
        >>> decode("姓名".encode("gb18030")), decode(b"\xef\xbb\xbfname")
        ('姓名', 'name')
    """
    _refuse_binary(data)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError:
            raise InvalidInput(
                f"is neither UTF-8 nor GB 18030 text: see the byte {error.start}"
            ) from None


def utf8(data: bytes) -> str:
    """Decode UTF-8, with or without a mark at its start, where nothing else is taken.

    Raises:
        InvalidInput: for anything else, by its name and with what to do.

    Example:
        >>> utf8("姓名".encode("gbk"))
        Traceback (most recent call last):
            ...
        minzheng.errors.InvalidInput: is text in GBK (GB 18030): save it as UTF-8
    """
    _refuse_binary(data)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        try:
            data.decode("gb18030")
        except UnicodeDecodeError:
            raise InvalidInput(f"is not UTF-8 text: see the byte {error.start}") from None
        raise InvalidInput("is text in GBK (GB 18030): save it as UTF-8") from None


def _refuse_binary(data: bytes) -> None:
    what = what_file(data)
    if what is None and data.startswith(b"PK\x03\x04"):
        what = "a workbook or another archive (zip)"
    if what is not None:
        raise InvalidInput(f"expected text, got {what}")


# --- characters -----------------------------------------------------------------------------------

_SPACES: Final = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
_UNSEEN: Final = re.compile(
    "[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ue000-\uf8ff]"
)
_CAUSES: Final = re.compile(f"[{_SPACES}]|{_UNSEEN.pattern}")


def invisible(text: str) -> str | None:
    r"""Name the first invisible or private character of a text and where it stands.

    Spaces of other kinds (U+3000, U+00A0) are not counted: they are visible as a gap.

    Example:
        >>> invisible("7\u200b")
        'the invisible character U+200B (ZERO WIDTH SPACE) at place 2'
        >>> invisible("测试甲") is None
        True
    """
    found = _UNSEEN.search(text)
    return None if found is None else f"the invisible character {_named(found)}"


def _named(found: re.Match[str]) -> str:
    character = found.group()
    name = unicodedata.name(character, "of private use")
    return f"U+{ord(character):04X} ({name}) at place {found.start() + 1}"


_SHORTENED: Final = re.compile(r"\s*[-+]?\d(\.\d+)?[eE]\+?\d{2,3}\s*", re.ASCII)


def lost_digits(text: str) -> bool:
    """Whether a text is what is left of a long number in a cell of Excel: the rest is lost.

    Example:
        >>> lost_digits("1.30822E+17"), lost_digits("130822"), lost_digits("5E2")
        (True, False, False)
    """
    return _SHORTENED.fullmatch(text) is not None


_ZEROS: Final = re.compile(r"\d{15}0{3,5}", re.ASCII)
"""What Excel makes of a number of eighteen or twenty digits."""

LOST: Final = (
    "Excel has kept at most fifteen digits of this number: take it from the source again, into "
    "a cell formatted as text"
)
"""What to do about a number whose digits are lost."""


def visible(text: str) -> None:
    r"""Check that a name or a number is what it looks like.

    Raises:
        InvalidInput: for invisible characters, and for numbers whose digits Excel has lost.

    Example:
        >>> visible("7\u200b")
        Traceback (most recent call last):
            ...
        minzheng.errors.InvalidInput: has the invisible character U+200B (ZERO WIDTH SPACE) at place 2: delete it
    """
    unseen = invisible(text)
    if unseen is not None:
        raise InvalidInput(f"has {unseen}: delete it")
    if lost_digits(text):
        raise InvalidInput(f"{brief(text)} is no number of a person: {LOST}")


# --- days -----------------------------------------------------------------------------------------

_DAY: Final = re.compile(
    r"(\d{4})([-/.年])(\d{1,2})[-/.月](\d{1,2})日?(?:[T ]?0?0:00(?::00(?:\.0+)?)?)?", re.ASCII
)
_EIGHT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_ZERO: Final = date(1899, 12, 30)
_SERIALS: Final = range(10_000, 109_575)  # smaller numbers are rather years or counts


def day_in(text: str) -> date | None:
    """The day that a text says in full, in one of the ways people write days; or ``None``.

    Example:
        >>> day_in("1950年3月1日") == day_in("1950.3.1") == day_in("19500301") == date(1950, 3, 1)
        True
        >>> day_in("50-3-1") is None
        True
    """
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).strip())
    plain = re.sub(r"(?<=[年月]) | (?=[年月日])", "", plain)
    full, eight = _DAY.fullmatch(plain), _EIGHT.fullmatch(plain)
    parts = full.group(1, 3, 4) if full else eight.groups() if eight else None
    if parts is None:
        return None
    try:
        return date(*map(int, parts))
    except ValueError:
        return None


def serial_day(number: float | Decimal | str) -> date | None:
    """The day that a number may mean as a date serial of Excel; it names a cause, no more.

    Only days from 1927-05-18 to 2199-12-31 count: other numbers are hardly meant as days.

    Example:
        >>> serial_day(43831), serial_day("43831"), serial_day(7)
        (datetime.date(2020, 1, 1), datetime.date(2020, 1, 1), None)
    """
    if isinstance(number, str):
        if not re.fullmatch(r"\s*\d{5,6}(\.0+)?\s*", number, re.ASCII):
            return None
        number = float(number)
    return _ZERO + timedelta(days=int(number)) if number in _SERIALS else None


def cause(
    value: object, *, day: bool = False, private: bool = False, quoted: bool = False
) -> str | None:
    r"""Why a value that was refused may be there, and what to do about it.

    Args:
        value: what was refused: text, or a number.
        day: whether a day was expected.
        private: whether the words must not show what was found.
        quoted: whether days are written in quotes in such a file, as in JSON.

    Returns:
        Words that follow the message of the refusal, or ``None`` when nothing is known.

    Example:
        >>> cause("1.30822E+17")
        'Excel has kept at most fifteen digits of this number: take it from the source again, into a cell formatted as text'
        >>> cause("2020-07-01", day=True)
        '2020-07-01 in quotes: write the day without quotes'
        >>> cause("1950年3月1日", day=True, quoted=True)
        "write it as '1950-03-01'"
        >>> cause(43831, day=True)
        'it may be the date serial of 2020-01-01: format the cell as a date'
        >>> cause("7\u200b")
        'it has the invisible character U+200B (ZERO WIDTH SPACE) at place 2: delete it'
    """
    if isinstance(value, str):
        if (found := _CAUSES.search(value.strip())) is not None:
            kind = "invisible character" if _UNSEEN.match(found.group()) else "space"
            return f"it has the {kind} {_named(found)}: delete it"
        if lost_digits(value) or _ZEROS.fullmatch(value):
            return LOST
        if day and (meant := day_in(value)) is not None:
            if quoted:
                return "write it like '2020-07-24'" if private else f"write it as '{meant}'"
            shown = "a day" if private else value
            return f"{shown} in quotes: write the day without quotes" if len(value) == 10 else None
    if day and quoted and type(value) is date:
        return "write the day in quotes"
    if isinstance(value, bool) or not day:
        return None
    if isinstance(value, int | float | Decimal | str) and (meant := serial_day(value)) is not None:
        shown = "of a day" if private else f"of {meant}"
        return f"it may be the date serial {shown}: format the cell as a date"
    return None
