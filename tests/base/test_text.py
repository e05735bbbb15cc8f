"""Text as people's programs leave it: what it means without doubt, or the cause by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from minzheng.base import codec
from minzheng.base.identifiers import disability_certificate, resident_id, uscc
from minzheng.base.text import cause, day_in, decode, invisible, serial_day, utf8, visible
from minzheng.errors import InvalidInput
from minzheng.people import Person
from minzheng.standards import Standards

OLE = bytes.fromhex("D0CF11E0A1B11AE1")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "gb2312"])
def test_text_in_utf8_and_in_gb18030_is_decoded(encoding: str) -> None:
    assert decode("姓名,测试甲\n".encode(encoding)) == "姓名,测试甲\n"


def test_four_bytes_of_gb18030_are_decoded() -> None:
    assert decode("㐀𠀀".encode("gb18030")) == "㐀𠀀"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (OLE + "Workbook".encode("utf-16-le"), "an old workbook (.xls or .et): save it as .xlsx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a workbook with a password"),
        (OLE + b"WordDocument", "an old Office document"),
        ("姓名".encode("utf-16"), "text in UTF-16: save it as UTF-8"),
        (b"\xef\xbb\xbf <HTML><table>", "a web page"),
        (b"<table border=1>", "a web page"),
        (
            b'<?xml version="1.0"?><x xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "an XML spreadsheet of 2003",
        ),
        (b"%PDF-1.7", "a PDF document"),
        (b"\x89PNG\r\n", "an image"),
        (b"PK\x03\x04....", "a workbook or another archive (zip)"),
        (b"a,b\0", "a file with NUL bytes"),
        (bytes(range(0x80, 0xFF)), "is neither UTF-8 nor GB 18030 text: see the byte 0"),
    ],
)
def test_what_is_no_text_is_named(data: bytes, said: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        decode(data)
    assert said in str(caught.value)


def test_where_only_utf8_is_taken_gbk_is_named() -> None:
    assert utf8(b"\xef\xbb\xbfa") == "a"
    with pytest.raises(InvalidInput, match=r"is text in GBK \(GB 18030\): save it as UTF-8"):
        utf8("测试".encode("gbk"))
    with pytest.raises(InvalidInput, match="is not UTF-8 text: see the byte 1"):
        utf8(b"a\xff\xff")


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\u200b", "ZERO WIDTH SPACE"),
        ("\ufeff", "ZERO WIDTH NO-BREAK SPACE"),
        ("\u200e", "LEFT-TO-RIGHT MARK"),
        ("\u202e", "RIGHT-TO-LEFT OVERRIDE"),
        ("\u2060", "WORD JOINER"),
        ("\u00ad", "SOFT HYPHEN"),
        ("\ue000", "of private use"),
    ],
)
def test_invisible_characters_are_named_with_their_place(character: str, name: str) -> None:
    told = f"the invisible character U+{ord(character):04X} ({name}) at place 3"
    assert invisible(f"测试{character}甲") == told
    assert cause(f"测试{character}甲") == f"it has {told}: delete it"
    with pytest.raises(InvalidInput, match="invisible character"):
        visible(f"测试{character}甲")


def test_what_is_visible_is_not_named() -> None:
    for text in ("测试甲", "阿依古丽·买买提", "兴隆县 测试村1号", "a\nb", "𠮷野"):
        visible(text)
        assert (invisible(text), cause(text)) == (None, None)


@pytest.mark.parametrize("text", ["1.30822E+17", "1.3E+17", "5E+10", " 1.30802E17"])
def test_a_number_whose_digits_are_lost_is_named(text: str) -> None:
    assert "Excel has kept at most fifteen digits" in (cause(text) or "")
    with pytest.raises(InvalidInput, match="Excel has kept at most fifteen digits"):
        visible(text)


@pytest.mark.parametrize(
    "text",
    [
        *("1950年3月1日", "1950-3-1", "1950.3.1", "1950/03/01", "19500301", "１９５０年３月１日"),
        *(
            "1950年 3月 1日",
            " 1950-03-01 ",
            "1950-03-01 00:00:00",
            "1950-03-01T00:00",
            "1950-3-1 0:00",
        ),
    ],
)
def test_a_day_in_full_is_read(text: str) -> None:
    assert day_in(text) == date(1950, 3, 1)


@pytest.mark.parametrize(
    "text",
    [
        "50-3-1",
        "1950-3",
        "1950年3月",
        "1950",
        "1950-02-30",
        "19500230",
        "3/1/1950",
        "1950-03-01 08:00",
        "",
        "x",
    ],
)
def test_a_day_in_part_is_never_completed(text: str) -> None:
    assert day_in(text) is None


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2020-07-01", "2020-07-01 in quotes: write the day without quotes"),
        (43831, "it may be the date serial of 2020-01-01: format the cell as a date"),
        (43831.0, "it may be the date serial of 2020-01-01: format the cell as a date"),
        (Decimal(43831), "it may be the date serial of 2020-01-01: format the cell as a date"),
        ("43831", "it may be the date serial of 2020-01-01: format the cell as a date"),
        (1950, None),
        ("1950", None),
        (True, None),
        (43831.5, None),
        (float("nan"), None),
        (float("inf"), None),
        (None, None),
    ],
)
def test_the_cause_of_a_day_that_is_refused(value: object, said: str | None) -> None:
    assert cause(value, day=True) == said
    if not isinstance(value, str):
        assert cause(value) is None


def test_small_and_large_numbers_are_no_serials() -> None:
    assert (serial_day(7), serial_day(10**12), serial_day("9" * 100)) == (None, None, None)


# --- where causes are named -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "validate", [resident_id.validate, uscc.validate, disability_certificate.validate]
)
@pytest.mark.parametrize("number", ["1.30822E+17", "1.3E+19"])
def test_a_number_that_excel_cut_is_named_by_every_identifier(
    validate: Callable[[str], object], number: str
) -> None:
    with pytest.raises(InvalidInput, match="Excel has kept at most fifteen digits"):
        validate(number)


def test_a_number_whose_last_digits_are_zeros_names_excel_where_it_is_wrong() -> None:
    wrong = "130802195003020000"
    with pytest.raises(InvalidInput, match="Excel has kept at most fifteen digits") as caught:
        resident_id.validate(wrong)
    assert "0302" not in str(caught.value)
    body = "13080219500301100"
    assert resident_id.validate(body + resident_id.check_digits(body)).birth == date(1950, 3, 1)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('"1950年3月1日"', "write it like '2020-07-24'"),
        ('"1950/03/01"', "write it like '2020-07-24'"),
        ('"19500301"', "write it like '2020-07-24'"),
        ("43831", "it may be the date serial of a day"),
        ('"1950-03-01\\u200b"', "U+200B (ZERO WIDTH SPACE) at place 11"),
    ],
)
def test_a_day_in_json_is_told_as_it_is_written(written: str, said: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        codec.loads(f'{{"birth": {written}}}', Person)
    (fault,) = (each for each in caught.value.faults if each.path == "$.birth")
    assert said in fault.message
    assert not any(each in fault.message for each in ("1950", "2020-01-01"))


TABLE = """
area = "130800"
sources.s = {{ title = "a", where = "b", grade = "primary", confidence = "confirmed" }}
[[figure]]
series = "dibao.standard"
keys = {{ residence = "rural" }}
value = "700"
per = "month"
from = {day}
source = "s"
"""


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ('"2020-07-01"', "2020-07-01 in quotes: write the day without quotes"),
        ("44013", "it may be the date serial of 2020-07-01"),
    ],
)
def test_a_day_of_a_table_is_told_as_it_is_written(tmp_path: Path, day: str, said: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(TABLE.format(day=day), "utf-8")
    with pytest.raises(InvalidInput, match=said):
        Standards.load(path)


def test_a_table_in_gbk_is_named(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes("# 测试\n".encode("gbk"))
    with pytest.raises(InvalidInput, match=r"is text in GBK \(GB 18030\): save it as UTF-8"):
        Standards.load(path)
