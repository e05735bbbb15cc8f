"""Identifiers against the standards' definitions, python-stdnum, and single errors of a typist."""

from __future__ import annotations

import re
import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import stdnum
from hypothesis import example, given
from hypothesis import strategies as st
from stdnum.cn import ric
from stdnum.cn import uscc as stdnum_uscc

from minzheng.base import areas
from minzheng.base.identifiers import (
    DisabilityCertificate,
    DisabilityType,
    ResidentId,
    Sex,
    UnifiedSocialCreditCode,
    disability_certificate,
    resident_id,
    uscc,
)
from minzheng.errors import InvalidInput, Severity, WrongType

ORACLES = Path(__file__).parents[1] / "oracles" / "identifiers.toml"
CASES: dict[str, dict[str, Any]] = {
    case["id"]: case for case in tomllib.loads(ORACLES.read_text("utf-8"))["case"]
}
WELFARE = {
    case["id"]: case
    for case in tomllib.loads(ORACLES.with_name("welfare.toml").read_text("utf-8"))["case"]
}
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
MODULES = [resident_id, uscc, disability_certificate]

# Every number of a person in this file is invented.
PERSON = "13080219900101003X"
FOUNDATION = "53130800000000000X"
CERTIFICATE = PERSON + "43"


def person(area: str, birth: str, sequence: str) -> str:
    body = area + birth + sequence
    return body + resident_id.check_digits(body)


def organization(body: str) -> str:
    """A code from its first 16 characters, both check characters computed."""
    inner = body + uscc.organization_check_digit(body[8:])
    return inner + uscc.check_digits(inner)


def paths(module: Any, number: str) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        module.validate(number)
    return [fault.path for fault in caught.value.faults]


sequences = st.integers(0, 999).map("{:03}".format)
births = st.dates(date(1900, 1, 1), date(2099, 12, 31)).map("{:%Y%m%d}".format)
in_use = st.sampled_from(["110101", "130802", "130881", "310115", "440305", "650102"])
people = st.builds(person, in_use, births, sequences)
pairs = st.sampled_from(
    [a.code + category for a in uscc.authorities().values() for category in a.categories]
)
organizations = st.builds(
    lambda pair, area, inner: organization(pair + area + inner),
    pairs,
    st.sampled_from(["100000", "130800", "130802", "440300"]),
    st.text(ALPHABET, min_size=8, max_size=8),
)
certificates = st.builds(
    "{}{}{}".format, people, st.sampled_from("1234567"), st.sampled_from("1234")
)
as_typed = st.text(st.sampled_from("0189XxAaİßı１Ｘａ -－–\u3000\u00a0\t²") | st.characters())


# --- what all share -----------------------------------------------------------------------------


@pytest.mark.parametrize("module", MODULES)
@given(number=as_typed)
def test_compact_is_idempotent_and_survives_format(module: Any, number: str) -> None:
    assert module.compact(module.compact(number)) == module.compact(number)
    assert module.compact(module.format(number)) == module.compact(number)


@pytest.mark.parametrize(
    ("module", "numbers"),
    [(resident_id, people), (uscc, organizations), (disability_certificate, certificates)],
)
@given(data=st.data())
def test_every_built_number_is_valid_however_it_is_typed(
    module: Any, numbers: st.SearchStrategy[str], data: st.DataObject
) -> None:
    number = data.draw(numbers)
    full_width = "".join(chr(ord(character) + 0xFEE0) for character in number.lower())
    parsed = module.validate(number)
    assert parsed.number == number
    for typed in (number.lower(), module.format(number), "-".join(number), full_width):
        assert module.validate(typed) == parsed
        assert module.is_valid(typed)


@pytest.mark.parametrize("module", MODULES)
@pytest.mark.parametrize("name", ["compact", "check_digits", "validate", "is_valid", "format"])
def test_only_text_is_taken(module: Any, name: str) -> None:
    with pytest.raises(WrongType, match="expected a str, got int"):
        getattr(module, name)(130802199001010013)


@pytest.mark.parametrize("module", MODULES)
@given(number=st.text(max_size=30))
def test_is_valid_tells_what_validate_does(module: Any, number: str) -> None:
    assert not module.is_valid(number)
    assert paths(module, number)


@pytest.mark.parametrize("module", MODULES)
@pytest.mark.parametrize("length", [0, 14, 16, 17, 19, 21, 10_000])
def test_another_length_is_one_fault(module: Any, length: int) -> None:
    assert len(paths(module, "A" * length)) == 1


@pytest.mark.parametrize("module", MODULES)
def test_digits_of_other_scripts_are_no_digits(module: Any) -> None:
    number = {resident_id: PERSON, uscc: FOUNDATION, disability_certificate: CERTIFICATE}[module]
    name = module.__name__.rpartition(".")[2]
    assert f"{name}[3]" in paths(module, f"{number[:3]}²{number[4:]}")
    assert f"{name}[17]" in paths(module, f"{number[:17]}٣{number[18:]}")


# --- resident ID --------------------------------------------------------------------------------


def test_resident_id_taken_apart() -> None:
    parsed = resident_id.validate(PERSON)
    assert parsed == ResidentId(PERSON)
    assert parsed.area_code == "130802"
    assert parsed.birth == date(1990, 1, 1)
    assert parsed.sex is Sex.MALE
    assert resident_id.validate(person("130802", "19900101", "004")).sex is Sex.FEMALE
    assert resident_id.format(PERSON) == "130802 19900101 003X"


@given(number=people)
def test_resident_id_parts_are_its_digits(number: str) -> None:
    parsed = resident_id.validate(number)
    assert f"{parsed.birth:%Y%m%d}" == number[6:14]
    assert (parsed.sex is Sex.MALE) == (number[16] in "13579")
    assert number.startswith(parsed.area_code)


@given(area=in_use, birth=st.dates(date(1900, 1, 1), date(1999, 12, 31)), sequence=sequences)
def test_old_form_is_the_same_number(area: str, birth: date, sequence: str) -> None:
    old, new = f"{area}{birth:%y%m%d}{sequence}", person(area, f"{birth:%Y%m%d}", sequence)
    assert resident_id.to_18(old) == new == resident_id.to_18(new)
    assert resident_id.check_digits(old) == new[17]
    assert resident_id.validate(old) == resident_id.validate(new)
    assert resident_id.format(old) == f"{old[:6]} {old[6:12]} {old[12:]}"


def test_old_form_faults() -> None:
    assert paths(resident_id, "990802900230003") == ["resident_id[6:12]"]
    assert paths(resident_id, "13080290010100X") == ["resident_id[14]"]
    with pytest.raises(InvalidInput, match="got 17"):
        resident_id.to_18(PERSON[:17])
    with pytest.raises(InvalidInput):
        resident_id.to_18("13080290010100X")


@pytest.mark.parametrize("number", ["", PERSON[:16], PERSON + "1", "1308021990010100X", "²" * 17])
def test_no_check_digit_without_a_body(number: str) -> None:
    with pytest.raises(InvalidInput):
        resident_id.check_digits(number)


@pytest.mark.parametrize(
    ("birth", "real"),
    [
        ("20000229", True),
        ("19000229", False),
        ("19960229", True),
        ("19970229", False),
        ("19900430", True),
        ("19900431", False),
        ("19900001", False),
        ("19901201", True),
        ("19901301", False),
        ("19900100", False),
        ("00000101", False),
    ],
)
def test_birth_is_a_calendar_day(birth: str, real: bool) -> None:
    number = person("130802", birth, "003")
    assert resident_id.is_valid(number) is real
    if not real:
        assert paths(resident_id, number) == ["resident_id[6:14]"]


@given(birth=st.dates(date(1900, 1, 2), date(2099, 12, 30)))
def test_birth_after_the_day_is_refused(birth: date) -> None:
    number = person("130802", f"{birth:%Y%m%d}", "003")
    for on in (birth, birth + timedelta(1), None):
        assert resident_id.validate(number, on=on).birth == birth
    with pytest.raises(InvalidInput, match=r"resident_id\[6:14\]: expected a birth by"):
        resident_id.validate(number, on=birth - timedelta(1))


def test_all_faults_of_a_resident_id_at_once() -> None:
    assert paths(resident_id, "999999199013320160") == [
        "resident_id[6:14]",
        "resident_id[17]",
    ]
    assert paths(resident_id, "A3080219900230I03A") == [
        "resident_id[0]",
        "resident_id[14]",
        "resident_id[17]",
        "resident_id[6:14]",
    ]
    assert paths(resident_id, "13080A19900230003X") == ["resident_id[5]", "resident_id[6:14]"]
    assert paths(resident_id, "1308021990X1010031") == ["resident_id[10]"]


def warned(number: str) -> list[str]:
    return [str(each) for each in resident_id.validate(number).warnings]


def test_unknown_area_is_a_warning_and_names_the_nearest() -> None:
    (warning,) = resident_id.validate(person("130892", "19900101", "003")).warnings
    assert warning.path == "resident_id[0:6]"
    assert warning.severity is Severity.WARNING
    assert re.search("130892 .*130802 双桥区", warning.message)


@pytest.mark.parametrize(
    ("area", "kind"),
    [
        ("321119", "is no code"),  # numbers of 镇江 carry it; in none of the lists
        ("230119", "is no code"),
        ("139002", "is no code"),  # counties administered for a province, 1990-1994
        ("139020", "is no code"),
        ("149020", "is no code"),
        ("132624", "out of use before the birth"),  # 平泉县 until 1993
        ("810000", None),
        ("820000", None),
        ("830000", None),
        ("130881", None),
    ],
)
def test_numbers_that_were_really_issued_are_taken(area: str, kind: str | None) -> None:
    found = resident_id.validate(person(area, "20010101", "003"))
    assert found.area_code == area
    assert len(found.warnings) == (kind is not None)
    assert all(kind in each.message for each in found.warnings if kind)
    assert found == resident_id.ResidentId(found.number)  # warnings do not make another number


def test_an_area_of_ones_own_tables_is_no_warning() -> None:
    number = person("130871", "20010101", "003")
    own = areas.Areas([areas.Division(code="130871", name="高新区", start=date(2024, 1, 1))])
    assert resident_id.validate(number).warnings
    assert resident_id.validate(number, areas=own).warnings == ()
    assert disability_certificate.validate(number + "43", areas=own).warnings == ()


def test_warnings_of_a_certificate_are_those_of_its_number() -> None:
    (warning,) = disability_certificate.validate(
        person("321119", "20010101", "003") + "43"
    ).warnings
    assert warning.path == "disability_certificate[0:6]"
    assert warning.severity is Severity.WARNING


def test_an_irregular_code_is_admitted_by_name_only() -> None:
    code = FOUNDATION[:17] + "1"
    assert paths(uscc, code) == ["uscc[17]"]
    (warning,) = uscc.validate(code, admit=[code.lower()]).warnings
    assert (warning.path, warning.severity) == ("uscc[17]", Severity.WARNING)
    with pytest.raises(InvalidInput):
        uscc.validate(code, admit=[FOUNDATION])
    with pytest.raises(InvalidInput, match=r"uscc\[1\]"):
        uscc.validate("54" + code[2:], admit=["54" + code[2:]])
    with pytest.raises(WrongType, match="expected a list of codes"):
        uscc.validate(code, admit=code)


@pytest.mark.parametrize(
    ("area", "birth", "fits"),
    [
        ("130881", "19500101", True),  # 平泉市 has been so called since 2017
        ("130881", "20180101", True),
        ("130823", "20171231", True),  # 平泉县 until a day of 2017
        ("130823", "20180101", False),
        ("440301", "19700101", True),  # 市辖区 of 深圳: on no list of divisions
        ("440001", "19700101", False),
        ("332701", "19700101", False),  # 舟山 was a 地区 without 市辖区 under this code
    ],
)
def test_area_fits_the_birth(area: str, birth: str, fits: bool) -> None:
    number = person(area, birth, "003")
    assert (warned(number) == []) is fits


@given(number=people, position=st.integers(0, 17), data=st.data())
def test_one_wrong_digit_is_caught(number: str, position: int, data: st.DataObject) -> None:
    others = "0123456789X" if position == 17 else "0123456789"
    wrong = data.draw(st.sampled_from(others).filter(lambda digit: digit != number[position]))
    changed = number[:position] + wrong + number[position + 1 :]
    assert "resident_id[17]" in paths(resident_id, changed)


@given(number=people, position=st.integers(0, 15))
def test_two_digits_swapped_are_caught(number: str, position: int) -> None:
    swapped = number[:position] + number[position + 1] + number[position] + number[position + 2 :]
    assert (swapped == number) or "resident_id[17]" in paths(resident_id, swapped)


@given(area=in_use, one=births, other=births, sequence=sequences)
def test_mask_tells_nothing_of_the_birth(area: str, one: str, other: str, sequence: str) -> None:
    first = resident_id.validate(person(area, one, sequence))
    second = resident_id.validate(person(area, other, sequence))
    assert first.masked == second.masked == f"{area}********{sequence}*"
    assert repr(first) == repr(second) == str(first)
    assert one not in repr(first)


@given(number=people)
def test_faults_do_not_repeat_the_number(number: str) -> None:
    wrong = number[:17] + ("1" if number[17] != "1" else "2")
    with pytest.raises(InvalidInput) as caught:
        resident_id.validate(wrong, on=date(1899, 12, 31))
    assert number[6:14] not in str(caught.value)
    assert number[:17] not in str(caught.value)


@given(body=st.text("0123456789", min_size=17, max_size=17))
def test_check_digit_agrees_with_stdnum(body: str) -> None:
    assert resident_id.check_digits(body) == ric.calc_check_digit(body + "0")


@cache
def stdnum_counties() -> dict[str, str]:
    """The table of python-stdnum: code to names with years, as ``[-1982]昌平县``."""
    found: dict[str, str] = {}
    province = ""
    for line in (Path(stdnum.__file__).parent / "cn" / "loc.dat").read_text("utf-8").splitlines():
        if head := re.match(r"(\d\d) ", line):
            province = head[1]
        elif county := re.match(r'  (\d{4}) county="(.*)"', line):
            found[province + county[1]] = county[2]
    return found


def stdnum_years(names: str) -> list[tuple[int, int]]:
    """First and last year of each name."""
    years = [re.match(r"\[(\d*)-(\d*)\]", name) for name in names.split(",")]
    return [(int(each[1] or 0), int(each[2] or 9999)) if each else (0, 9999) for each in years]


def test_validity_agrees_with_stdnum_but_for_births_before_the_code() -> None:
    # Compared where both tables let the code end in the same year; stdnum then differs in one
    # thing: it refuses those born before their county had its code, who got it later.
    codes = refused_only_by_stdnum = 0
    for code, names in stdnum_counties().items():
        spans = stdnum_years(names)
        last = max(end for _, end in spans)
        if not areas.attributable(code, 0) or (areas.lookup(code).end_year or 9999) != last:
            continue
        codes += 1
        first = min(start for start, _ in spans)
        for year in {1950, 1990, first - 1, first, last, last + 1} & set(range(1900, 2100)):
            number = person(code, f"{year}0101", "003")
            existed = any(start <= year <= end for start, end in spans)
            assert ric.is_valid(number) is existed
            assert (warned(number) == []) is (existed or year <= last)
            assert resident_id.is_valid(number)  # stdnum refuses what we warn of
            refused_only_by_stdnum += year <= last and not existed
    assert codes > 6000
    assert refused_only_by_stdnum > 3000


def test_districts_of_a_city_agree_with_stdnum() -> None:
    # 市辖区: stdnum lists them, the lists of divisions do not
    gathered = [
        code
        for code, names in stdnum_counties().items()
        if code.endswith("01") and names.endswith("市辖区") and not areas.attributable(code, 0)
    ]
    assert len(gathered) > 280
    for code in gathered:
        assert warned(person(code, "19700101", "003")) == []


# --- unified social credit code -----------------------------------------------------------------


@pytest.mark.parametrize("name", ["uscc-valid-1", "uscc-valid-2"])
def test_uscc_of_the_oracle(name: str) -> None:
    code, expected = CASES[name]["inputs"]["code"], CASES[name]["expected"]
    parsed = uscc.validate(code)
    assert parsed == UnifiedSocialCreditCode(code)
    assert uscc.check_digits(code[:17]) == expected["outer_check"]
    assert uscc.organization_check_digit(code[8:17]) == expected["inner_check"]
    assert parsed.organization_code == code[8:17]
    assert parsed.authority.code == expected["authority"]
    assert parsed.category.code == expected["category"]
    assert parsed.area_code == expected["region"]


def test_uscc_shaped_like_a_resident_id() -> None:
    case = CASES["uscc-accidental-constructed"]
    code, expected = case["inputs"]["code"], case["expected"]
    assert uscc.check_digits(code) == code[17] == expected["outer_check"]
    assert uscc.organization_check_digit(code[8:17]) == expected["inner_check"]
    assert code[16] == expected["inner_printed"]
    assert paths(uscc, code) == ["uscc[1]"]
    assert stdnum_uscc.is_valid(code)
    assert resident_id.check_digits(code) == code[17]
    assert paths(resident_id, code) == ["resident_id[6:14]"]


def test_uscc_of_social_organisations() -> None:
    case = CASES["uscc-constructed-social"]
    labels = []
    for code, category in zip(case["inputs"]["codes"], case["expected"]["categories"], strict=True):
        parsed = uscc.validate(code)
        assert parsed.warnings == ()
        assert (parsed.authority.zh, parsed.authority.en) == ("民政", "Civil affairs")
        assert parsed.category.code == category
        labels.append(parsed.category.zh)
    assert labels == ["社会团体", "民办非企业单位", "基金会", "其他"]


def test_uscc_table() -> None:
    table = {code: "".join(each.categories) for code, each in uscc.authorities().items()}
    assert table == {
        "1": "1239",
        "2": "19",
        "3": "123459",
        "4": "19",
        "5": "1239",
        "6": "129",
        "7": "129",
        "8": "19",
        "9": "123",
        "A": "19",
        "N": "1239",
        "Y": "1",
    }
    labels = [
        (label.zh, label.en)
        for authority in uscc.authorities().values()
        for label in [
            uscc.Category(authority.code, authority.zh, authority.en),
            *authority.categories.values(),
        ]
    ]
    assert all(re.fullmatch(r"[一-鿿（）]+", zh) for zh, _ in labels)
    assert all(re.fullmatch(r"[A-Z][A-Za-z', -]+", en) for _, en in labels)


@given(code=organizations, position=st.integers(0, 17), data=st.data())
def test_uscc_one_wrong_character_is_caught(code: str, position: int, data: st.DataObject) -> None:
    wrong = data.draw(st.sampled_from(ALPHABET).filter(lambda each: each != code[position]))
    assert "uscc[17]" in paths(uscc, code[:position] + wrong + code[position + 1 :])


@given(code=organizations, printed=st.sampled_from(ALPHABET))
def test_uscc_inner_check_is_a_warning(code: str, printed: str) -> None:
    body = code[:16] + printed
    parsed = uscc.validate(body + uscc.check_digits(body))
    warned = [warning.path for warning in parsed.warnings]
    assert warned == ([] if printed == code[16] else ["uscc[16]"])


def test_uscc_unknown_area_is_a_warning() -> None:
    [warning] = uscc.validate(organization("5199999900000000")).warnings
    assert warning.path == "uscc[2:8]"
    assert uscc.validate(organization("5110000000000000")).warnings == ()


@given(body=st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=8, max_size=8))
@example("00000000")  # remainder 0: check character 0
@example("00000006")  # remainder 1: check character X
def test_organization_check_solves_its_congruence(body: str) -> None:
    weights = (3, 7, 9, 10, 5, 8, 4, 2, 1)
    code = body + uscc.organization_check_digit(body)
    values = [int(each, 36) for each in code[:8]] + [10 if code[8] == "X" else int(code[8])]
    assert sum(map(int.__mul__, values, weights)) % 11 == 0


@pytest.mark.parametrize("code", ["", "0000000", "0000000000", "0000000²", "0000000_"])
def test_no_organization_check_without_a_body(code: str) -> None:
    with pytest.raises(InvalidInput, match="organization_code"):
        uscc.organization_check_digit(code)


@pytest.mark.parametrize("code", ["", FOUNDATION[:16], FOUNDATION + "0", "I" + FOUNDATION[1:]])
def test_no_uscc_check_without_a_body(code: str) -> None:
    with pytest.raises(InvalidInput, match="expected 17 characters"):
        uscc.check_digits(code)


def test_all_faults_of_a_uscc_at_once() -> None:
    assert paths(uscc, "B4I3080000000O000Z") == ["uscc[0]", "uscc[2]", "uscc[13]", "uscc[17]"]
    assert paths(uscc, "54130A000000000000") == ["uscc[1]", "uscc[5]", "uscc[17]"]


@given(
    head=st.text(ALPHABET, min_size=2, max_size=2) | pairs,
    area=st.text("0123456789", min_size=6, max_size=6) | st.just("13080A"),
    inner=st.text(ALPHABET, min_size=9, max_size=9),
)
@example("N1", "130800", "000000000")
@example("11", "130800", "000000000")
@example("94", "130800", "000000000")
def test_uscc_agrees_with_stdnum_but_for_the_table(head: str, area: str, inner: str) -> None:
    # stdnum takes any two digits at the head and no letter; the rest is the same
    code = head + area + inner
    code += uscc.check_digits(code)
    assert code[17] == stdnum_uscc.calc_check_digit(code)
    authority = uscc.authorities().get(head[0])
    in_table = authority is not None and head[1] in authority.categories
    assert stdnum_uscc.is_valid(code) is (head + area).isdigit()
    assert uscc.is_valid(code) is (in_table and area.isdigit())


# --- disability certificate ---------------------------------------------------------------------


@pytest.mark.parametrize("kind", DisabilityType)
@pytest.mark.parametrize("grade", [1, 2, 3, 4])
def test_certificate_taken_apart(kind: DisabilityType, grade: int) -> None:
    parsed = disability_certificate.validate(f"{PERSON}{kind:d}{grade}")
    assert parsed == DisabilityCertificate(f"{PERSON}{kind:d}{grade}")
    assert parsed.resident_id == resident_id.validate(PERSON)
    assert parsed.type is kind
    assert parsed.grade == grade
    assert parsed.masked == "130802********003***"
    assert repr(parsed) == "DisabilityCertificate(number=130802********003***)"


def test_certificate_types_have_their_labels() -> None:
    labels = [disability_certificate.TYPE_LABELS[kind] for kind in DisabilityType]
    assert labels == [
        f"{each}残疾" for each in ("视力", "听力", "言语", "肢体", "智力", "精神", "多重")
    ]
    assert [kind.value for kind in DisabilityType] == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("tail", "where"),
    [
        ("01", [18]),
        ("81", [18]),
        ("A1", [18]),
        ("10", [19]),
        ("15", [19]),
        ("05", [18, 19]),
    ],
)
def test_certificate_type_and_grade_bounds(tail: str, where: list[int]) -> None:
    expected = [f"disability_certificate[{position}]" for position in where]
    assert paths(disability_certificate, PERSON + tail) == expected


def test_all_faults_of_a_certificate_at_once() -> None:
    assert paths(disability_certificate, "99999919901332016085") == [
        "disability_certificate[6:14]",
        "disability_certificate[17]",
        "disability_certificate[18]",
        "disability_certificate[19]",
    ]


@pytest.mark.parametrize("number", [CERTIFICATE + "B1", PERSON, "13080290010100343"])
def test_certificate_of_another_length(number: str) -> None:
    assert paths(disability_certificate, number) == ["disability_certificate"]
    with pytest.raises(InvalidInput, match="20 characters"):
        disability_certificate.check_digits(number)


@given(number=certificates)
def test_certificate_check_is_that_of_the_resident_id(number: str) -> None:
    assert disability_certificate.check_digits(number) == number[17]
    assert disability_certificate.validate(number).resident_id.number == number[:18]


def test_certificate_check_names_the_certificate() -> None:
    with pytest.raises(InvalidInput, match=r"^disability_certificate"):
        disability_certificate.check_digits("A" + CERTIFICATE[1:])


def test_the_printed_specimen_of_a_certificate_is_taken_apart() -> None:
    case = WELFARE["welfare-10-certificate-number"]
    expected = case["expected"]
    certificate = disability_certificate.validate(case["inputs"]["number"])
    assert certificate.resident_id.number == expected["resident_id"]
    assert resident_id.check_digits(expected["resident_id"][:17]) == expected["check_digit"]
    assert resident_id.is_valid(expected["resident_id"]) is expected["check_digit_valid"]
    assert (certificate.type, certificate.grade) == (expected["type"], expected["grade"])
    label = disability_certificate.TYPE_LABELS[certificate.type]
    assert label == f"{expected['type_label']}残疾"


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("welfare-11a-certificate-tail-x12", "13080219900101003"),
        ("welfare-11b-certificate-tail-23", "130802199001010048"),
    ],
)
def test_the_tail_of_a_certificate(name: str, person: str) -> None:
    expected = WELFARE[name]["expected"]
    certificate = disability_certificate.validate(person + WELFARE[name]["inputs"]["tail"])
    assert (certificate.type, certificate.grade) == (expected["type"], expected["grade"])
    last = expected.get("resident_id_last", person[-1])
    assert certificate.resident_id.number[-1] == last
    label = disability_certificate.TYPE_LABELS[certificate.type]
    assert label == f"{expected['type_label']}残疾"
