"""The archive of a workbook, opened within bounds: what is read is what was checked.

The parts are inflated here, never beyond the size that the archive states for them and all of
them together, and packed again without compression for the library that reads the values.
"""

from __future__ import annotations

import zlib
from io import BytesIO
from pathlib import PurePosixPath
from typing import Final
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from minzheng.base.text import what_file
from minzheng.errors import InvalidInput

__all__ = ["MOST_BYTES", "MOST_PARTS", "MOST_STRINGS", "parts_of", "repacked"]

MOST_BYTES: Final = 512 * 1024 * 1024
"""The most that the parts of a workbook may unpack to, in bytes."""

MOST_PARTS: Final = 4096
"""The most files that the archive of a workbook may have."""

MOST_STRINGS: Final = 20_000_000
"""The most elements that the table of shared texts may have."""

_WANTED: Final = (
    "[Content_Types].xml",
    "_rels/.rels",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
)
_NO: Final = "is no Excel workbook (.xlsx)"


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a workbook that hold cells, texts and formats, inflated.

    Args:
        data: the bytes of an ``.xlsx`` file.

    Raises:
        InvalidInput: when the bytes are no workbook, by what they are; when it unpacks to more
            than :data:`MOST_BYTES`, or to more than it states.
    """
    if not data:
        raise InvalidInput(f"{_NO}: it is empty")
    what = what_file(data)
    if what is not None:
        raise InvalidInput(f"{_NO}, but {what}")
    if not data.startswith(b"PK"):
        raise InvalidInput(f"{_NO}: it is text, or something else")
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _parts(archive)
    except (BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError) as error:
        if isinstance(error, InvalidInput):
            raise
        raise InvalidInput(f"{_NO}: the archive is broken ({error})") from None
    except RuntimeError:  # of an archive with a password
        raise InvalidInput(f"{_NO}: the archive has a password; save it without one") from None


def _parts(archive: ZipFile) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > MOST_PARTS:
        raise InvalidInput(f"{_NO}: expected at most {MOST_PARTS} parts, got {len(entries)}")
    named = {_name(each.filename): each for each in entries}
    _refuse_others(archive, named)
    wanted = {name: entry for name, entry in named.items() if _is_wanted(name)}
    size = sum(entry.file_size for entry in wanted.values())
    if size > MOST_BYTES:
        raise InvalidInput(
            f"the workbook unpacks to {size // 2**20} MB, more than {MOST_BYTES // 2**20} MB: "
            f"delete empty formatted rows and columns, or save it in several files"
        )
    made = {name: _inflated(archive, entry) for name, entry in wanted.items()}
    for name, part in made.items():
        _check_xml(name, part)
    if made.get("xl/sharedStrings.xml", b"").count(b"<") > MOST_STRINGS:
        raise InvalidInput(f"the workbook has more than {MOST_STRINGS} texts")
    return made


_BY_LOWER: Final = {each.lower(): each for each in _WANTED}


def _name(filename: str) -> str:
    r"""The name of a part: names differ by more than their case, and some are written with ``\\``."""
    name = filename.replace("\\", "/").lstrip("/")
    return _BY_LOWER.get(name.lower(), name)


def _is_wanted(name: str) -> bool:
    folder = PurePosixPath(name.lower()).parts[1:2]
    return name in _WANTED or (name.lower().startswith("xl/") and folder in _SHEETS)


_SHEETS: Final = (("worksheets",), ("chartsheets",), ("dialogsheets",), ("macrosheets",))


def _refuse_others(archive: ZipFile, named: dict[str, ZipInfo]) -> None:
    """Archives that are no workbook of cells in XML, by name."""
    if "xl/workbook.xml" in named:
        return
    if "mimetype" in named and named["mimetype"].file_size < 200:
        if b"opendocument.spreadsheet" in archive.read(named["mimetype"]):
            raise InvalidInput(f"{_NO}, but an OpenDocument one (.ods): save it as .xlsx")
        raise InvalidInput(f"{_NO}, but another OpenDocument file")
    for start, what in (
        ("xl/workbook.bin", "a binary workbook (.xlsb): save it as .xlsx"),
        ("word/", "a document of Word (.docx): copy the table into a workbook"),
        ("ppt/", "a presentation (.pptx): copy the table into a workbook"),
        ("Index/", "a document of Numbers or Pages: export it as .xlsx"),
    ):
        if any(name.startswith(start) for name in named):
            raise InvalidInput(f"{_NO}, but {what}")
    raise InvalidInput(f"{_NO}, but another archive (zip): unpack it")


def _inflated(archive: ZipFile, entry: ZipInfo) -> bytes:
    """A part, at most as long as the archive states it: the library checks its sum as well."""
    with archive.open(entry) as file:
        part = file.read(entry.file_size + 1)
    if len(part) != entry.file_size:
        raise InvalidInput(f"{_NO}: the archive misstates the size of {entry.filename}")
    return part


def _check_xml(name: str, part: bytes) -> None:
    """No document type, so no entities of its own; one encoding, so no other reading of it."""
    head = part[:200].partition(b"?>")[0].lower()
    declared = b"encoding" in head and b"utf-8" not in head and b"us-ascii" not in head
    if b"<!DOCTYPE" in part or declared or b"\0" in part:
        raise InvalidInput(f"{_NO}: {name} is no plain XML in UTF-8")


def repacked(parts: dict[str, bytes]) -> BytesIO:
    """The parts as an archive without compression."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(ZipInfo(name), part)
    out.seek(0)
    return out
