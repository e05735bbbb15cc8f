"""The records of the ledgers: what contradicts itself is refused, all at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_people import ENROLLED, NAME, ledgers, number

from minzheng.base import codec
from minzheng.base.i18n import translator
from minzheng.base.identifiers import DisabilityType, Sex
from minzheng.errors import InvalidInput, WrongType
from minzheng.registers.ledgers import (
    KINDS,
    Elder,
    Health,
    LeftBehindChild,
    LeftBehindWoman,
    Living,
    Programme,
    Status,
    Visit,
    faults,
    label,
    words,
)

BORN = date(1950, 3, 1)


def refused(kind: type, **facts: Any) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        kind(name=NAME, **facts)
    return [str(each) for each in caught.value.faults]


@pytest.mark.parametrize("kind", ENROLLED)
def test_a_name_is_enough_and_nothing_is_assumed(kind: Any) -> None:
    record = kind(name=NAME)
    assert codec.unstructure(record) == {"name": NAME}


def test_the_number_gives_birth_and_sex() -> None:
    record = Elder(name=NAME, resident_id=number(BORN, 12))
    assert (record.birth, record.sex) == (BORN, Sex.FEMALE)
    assert Elder(name=NAME, resident_id=number(BORN, 12), birth=BORN, sex=Sex.FEMALE) == record


def test_birth_and_sex_are_those_of_the_number() -> None:
    assert refused(Elder, resident_id=number(BORN, 12), birth=date(1950, 3, 2), sex=Sex.MALE) == [
        "sex: is not that of the resident number, female",
        "birth: is not the day in the resident number",
    ]


def test_an_exit_has_its_day() -> None:
    assert refused(Elder, status=Status.EXITED) == ["exited: an exit has its day"]
    day = date(2021, 1, 1)
    assert refused(Elder, status=Status.ENROLLED, exited=day) == [
        "status: in the ledger, but left it on 2021-01-01"
    ]
    assert Elder(name=NAME, status=Status.EXITED, exited=day).exited == day
    assert Elder(name=NAME, exited=day).status is None


def test_days_follow_one_another() -> None:
    assert refused(Elder, birth=BORN, since=date(1950, 2, 28)) == [
        "since: 1950-02-28 is before birth, 1950-03-01"
    ]
    assert refused(Elder, birth=BORN, exited=date(1949, 1, 1)) == [
        "exited: 1949-01-01 is before birth, 1950-03-01"
    ]
    assert Elder(name=NAME, birth=BORN, since=BORN, exited=BORN).since == BORN


VISUAL, MENTAL, MULTIPLE = DisabilityType.VISUAL, DisabilityType.MENTAL, DisabilityType.MULTIPLE


def test_two_types_of_disability_are_multiple_too() -> None:
    two = Elder(name=NAME, disabilities=(MENTAL, VISUAL))
    assert two.disabilities == (VISUAL, MENTAL, MULTIPLE)
    assert Elder(name=NAME, disabilities=(VISUAL, MENTAL, MULTIPLE)) == two
    assert Elder(name=NAME, disabilities=(VISUAL,)).disabilities == (VISUAL,)


@pytest.mark.parametrize("types", [[MULTIPLE], [MULTIPLE, VISUAL]])
def test_multiple_disability_never_stands_without_two(types: list[DisabilityType]) -> None:
    assert refused(Elder, disabilities=types) == [
        "disabilities: multiple disability takes two types, and never stands alone"
    ]


def test_a_type_stands_once_and_a_grade_needs_one() -> None:
    assert refused(Elder, disabilities=[VISUAL, VISUAL]) == ["disabilities: a type stands twice"]
    assert refused(Elder, disabilities=[], disability_grade=5, health=Health.DISABLED) == [
        "disabilities: the health is disabled, but there is no type",
        "disability_grade: expected 1..4, got 5",
        "disability_grade: there is a grade, but no type of disability",
    ]


def test_living_alone_is_with_nobody() -> None:
    assert refused(Elder, living=[Living.ALONE, Living.SPOUSE]) == [
        "living: alone, and with somebody"
    ]
    assert refused(Elder, living=[]) == ["living: expected with whom, or alone"]


def test_a_man_is_not_in_the_ledger_of_women() -> None:
    assert refused(LeftBehindWoman, sex=Sex.MALE) == ["sex: a man in the ledger of women"]
    assert refused(LeftBehindWoman, resident_id=number(BORN, 11)) == [
        "resident_id: is a man's, in the ledger of women"
    ]
    assert LeftBehindWoman(name=NAME, resident_id=number(BORN, 12)).sex is Sex.FEMALE


@pytest.mark.parametrize("years", ["0", "0.5", "99", "99.0"])
def test_years_of_absence(years: Any) -> None:
    assert LeftBehindWoman(name=NAME, husband_away_years=years).husband_away_years == Decimal(years)


@pytest.mark.parametrize("years", ["-0.1", "99.1", "0.05", "NaN"])
def test_years_that_the_system_does_not_take(years: str) -> None:
    (said,) = refused(LeftBehindWoman, husband_away_years=years)
    assert said.startswith("husband_away_years: ")


def test_a_float_is_no_number_of_years() -> None:
    years: Any = 0.5
    with pytest.raises(WrongType):
        LeftBehindWoman(name=NAME, husband_away_years=years)


def test_what_is_no_number_of_years() -> None:
    years: Any = "half"
    with pytest.raises(InvalidInput, match=r"expected a number such as 0.5, got 'half'"):
        LeftBehindWoman(name=NAME, husband_away_years=years)


@pytest.mark.parametrize("clock", ["24:00", "8:30", "0830", "08:60", "08:30:00"])
def test_a_time_of_day(clock: str) -> None:
    assert Visit(person="1", on=BORN, clock="08:30").clock == "08:30"
    with pytest.raises(InvalidInput, match="expected a time of day such as 08:30"):
        Visit(person="1", on=BORN, clock=clock)


def test_all_faults_of_a_ledger_come_at_once_with_row_and_field() -> None:
    rows = [
        {"name": NAME, "status": "exited"},
        {"name": NAME, "area": "9999", "health": "fine"},
        {"name": " ", "birth": "1950-02-30"},
    ]
    with pytest.raises(InvalidInput) as caught:
        codec.structure_list(rows, Elder, "elders")
    assert [each.path for each in caught.value.faults] == [
        "elders[0].exited",
        "elders[1].area",
        "elders[1].health",
        "elders[2].name",
        "elders[2].birth",
    ]


def test_nothing_personal_is_in_a_repr() -> None:
    child = LeftBehindChild(
        name="测试甲乙",
        resident_id=number(date(2012, 5, 6), 17),
        address="测试村1号",
        phone="00000000001",
        guardian="测试丙丁",
        guardian_phone="00000000002",
        violated=True,
    )
    shown = repr(child)
    for secret in ("甲", "0506", "测试村", "0000000000", "丙", "violated=True"):
        assert secret not in shown
    assert "130802************" in shown


def test_the_codes_of_the_national_system_are_kept() -> None:
    assert [int(each) for each in Programme] == [120, 121, 199, 201, 202, 203, 205, 300]
    assert [int(each) for each in Status] == [0, 1]


def test_every_word_has_a_chinese_label_of_its_own() -> None:
    t = translator("zh_CN")
    kinds = [getattr(words, name) for name in words.__all__ if name != "label"]
    for kind in (*kinds, Sex, DisabilityType):
        shown = [t(label(each)) for each in kind]
        assert len(set(shown)) == len(shown)
        assert not any(each.isascii() for each in shown)


# --- between rows ---------------------------------------------------------------------------------


def test_a_person_stands_once_in_either_form_of_the_number() -> None:
    whole = number(BORN, 12)
    old = whole[:6] + whole[8:17]
    rows = [
        Elder(name=NAME, resident_id=whole),
        Elder(name=NAME, resident_id=number(BORN, 14)),
        Elder(name=NAME, resident_id=old),
        Elder(name=NAME, resident_id=whole),
    ]
    assert [str(each) for each in faults(rows)] == [
        "[2].resident_id: is that of row [0] too",
        "[3].resident_id: is that of row [0] too",
    ]


def test_who_has_left_may_come_back() -> None:
    left = Elder(name=NAME, resident_id=number(BORN), exited=date(2021, 1, 1))
    back = Elder(name=NAME, resident_id=number(BORN), since=date(2022, 1, 1))
    assert faults([left, back]) == ()
    assert len(faults([left, back, back])) == 1


def test_those_without_a_number_are_not_taken_for_one_person() -> None:
    assert faults([Elder(name=NAME), Elder(name=NAME)]) == ()


@given(st.sampled_from(ENROLLED).flatmap(ledgers))
def test_records_go_to_json_and_back(rows: list[Any]) -> None:
    for record in rows:
        assert codec.structure(codec.unstructure(record), type(record), "row") == record


def test_the_ledgers_that_have_a_name() -> None:
    assert set(ENROLLED) < set(KINDS.values())
