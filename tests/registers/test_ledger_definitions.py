"""The definitions of the ledgers from both sides of each boundary, and what is not known."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from ledger_people import ENROLLED, NAME, ledgers

from minzheng.errors import InvalidInput, WrongType
from minzheng.people import Residence
from minzheng.registers.ledgers import (
    ChildInDifficulty,
    Difficulty,
    Elder,
    Enrolled,
    LeftBehindChild,
    LeftBehindWoman,
    Orphan,
    ParentSituation,
    UnattendedChild,
    check,
)

DAY = timedelta(days=1)
BORN = date(2004, 7, 24)
ABLE, DEAD, MISSING, NOT_FOUND, UNABLE = ParentSituation

CHILD = LeftBehindChild(
    name=NAME,
    birth=BORN,
    register=Residence.RURAL,
    father_away=True,
    mother_away=True,
    apart=True,
)
ORPHAN = Orphan(name=NAME, birth=BORN, father=DEAD, mother=MISSING, adopted=False)
UNATTENDED = UnattendedChild(name=NAME, birth=BORN, father=UNABLE, mother=DEAD)
DIFFICULT = ChildInDifficulty(name=NAME, birth=BORN, difficulties=(Difficulty.POVERTY,))
WOMAN = LeftBehindWoman(
    name=NAME,
    lives_in_village=True,
    husband_works_away=True,
    husband_away_since=date(2025, 8, 31),
)


def met(record: Enrolled, on: date = date(2020, 7, 23), **facts: Any) -> bool | None:
    return check(evolve(record, **facts), on=on).met


def failing(record: Enrolled, on: date = date(2020, 7, 23), **facts: Any) -> list[str]:
    return [each.code for each in check(evolve(record, **facts), on=on).failed]


# --- ages -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("record", "birthday"),
    [
        (CHILD, date(2020, 7, 24)),
        (ORPHAN, date(2022, 7, 24)),
        (UNATTENDED, date(2022, 7, 24)),
        (DIFFICULT, date(2022, 7, 24)),
    ],
)
def test_a_child_until_the_day_before_the_birthday(record: Any, birthday: date) -> None:
    assert met(record, birthday - DAY) is True
    assert met(record, birthday) is False
    assert failing(record, birthday) == ["age"]


def test_elderly_from_the_sixtieth_birthday() -> None:
    elder = Elder(name=NAME, birth=date(1960, 7, 24))
    assert (met(elder, date(2020, 7, 23)), met(elder, date(2020, 7, 24))) == (False, True)
    (condition,) = check(elder, on=date(2020, 7, 24)).conditions
    assert condition.citation is not None
    assert condition.citation.text("zh_CN") == "《中华人民共和国老年人权益保障法》第二条"


def test_a_birth_after_the_day_is_refused() -> None:
    with pytest.raises(InvalidInput, match="before the birth"):
        check(Elder(name=NAME, birth=date(2021, 1, 1)), on=date(2020, 7, 24))


@pytest.mark.parametrize("record", [CHILD, ORPHAN, UNATTENDED, DIFFICULT])
def test_without_a_birth_it_is_not_known(record: Any) -> None:
    found = check(evolve(record, birth=None), on=date(2020, 7, 23))
    assert (found.met, [each.code for each in found.unknown]) == (None, ["age"])


# --- children left behind -------------------------------------------------------------------------


def test_only_a_rural_register_counts() -> None:
    assert failing(CHILD, register=Residence.URBAN) == ["register"]
    assert met(CHILD, register=None) is None


def test_living_with_the_parents_is_not_left_behind() -> None:
    assert failing(CHILD, apart=False) == ["apart"]
    assert met(CHILD, apart=None) is None


def test_each_condition_of_a_child_left_behind_cites_the_text_that_states_it() -> None:
    """Two texts: the definition, and the notice that narrows it.

    国发〔2016〕13号: 留守儿童是指父母双方外出务工或一方外出务工另一方无监护能力、不满十六周岁的未成年人。
    摸底排查通知（2016年3月）: …无法与父母正常共同生活的不满十六周岁农村户籍未成年人。
    """
    cited = {
        each.code: each.citation and each.citation.text("zh_CN")
        for each in check(CHILD, on=date(2020, 7, 23)).conditions
    }
    opinions = "《国务院关于加强农村留守儿童关爱保护工作的意见》"
    survey = "《民政部、教育部、公安部关于开展农村留守儿童摸底排查工作的通知》"
    assert cited == {"age": opinions, "register": survey, "parents": opinions, "apart": survey}


@pytest.mark.parametrize(
    ("father_away", "father_able", "mother_away", "mother_able", "expected"),
    [
        (True, True, True, True, True),
        (True, None, True, None, True),
        (True, True, False, True, False),
        (True, True, False, False, True),
        (True, True, False, None, None),
        (False, False, True, True, True),
        (False, True, True, True, False),
        (False, False, False, False, False),
        (False, None, None, True, None),
        (False, True, None, None, False),
        (None, None, True, False, None),
        (None, False, True, True, True),
        (None, None, None, None, None),
    ],
)
def test_the_parents_of_a_child_left_behind(
    father_away: bool | None,
    father_able: bool | None,
    mother_away: bool | None,
    mother_able: bool | None,
    expected: bool | None,
) -> None:
    facts: dict[str, Any] = {
        "father_away": father_away,
        "father_able": father_able,
        "mother_away": mother_away,
        "mother_able": mother_able,
    }
    assert met(CHILD, **facts) is expected


FACTS = ("father_away", "father_able", "mother_away", "mother_able", "apart", "register")


@given(st.fixed_dictionaries({name: st.sampled_from([True, False, None]) for name in FACTS}))
def test_what_is_not_known_is_what_both_answers_differ_in(facts: dict[str, Any]) -> None:
    words = {True: Residence.RURAL, False: Residence.URBAN, None: None}

    def answer(given: dict[str, Any]) -> bool | None:
        return met(CHILD, **{**given, "register": words[given["register"]]})

    unknown = [name for name in FACTS if facts[name] is None]
    answers = {
        answer({**facts, **dict(zip(unknown, each, strict=True))})
        for each in product([True, False], repeat=len(unknown))
    }
    assert None not in answers
    assert answers == ({True, False} if answer(facts) is None else {answer(facts)})


# --- orphans and unattended children --------------------------------------------------------------

LOST = {DEAD, MISSING}


@pytest.mark.parametrize(("father", "mother"), list(product([*ParentSituation, None], repeat=2)))
def test_the_table_of_parents(
    father: ParentSituation | None, mother: ParentSituation | None
) -> None:
    both = {father, mother}
    orphan: bool | None
    unattended: bool | None
    if ABLE in both:
        orphan = unattended = False
    elif both <= LOST or both == {NOT_FOUND}:
        orphan, unattended = True, False
    elif UNABLE in both:
        orphan, unattended = False, (True if both <= {*LOST, UNABLE} else None)
    else:  # the law is silent, or a parent is not known
        orphan = unattended = None
    assert met(ORPHAN, father=father, mother=mother) is orphan
    assert met(UNATTENDED, father=father, mother=mother) is unattended


def test_an_adopted_child_is_no_orphan() -> None:
    assert failing(ORPHAN, adopted=True) == ["adopted"]
    assert met(ORPHAN, adopted=None) is None


def test_a_child_in_difficulty_is_in_a_class() -> None:
    assert met(DIFFICULT, difficulties=tuple(Difficulty)) is True
    assert failing(DIFFICULT, difficulties=()) == ["class"]
    assert met(DIFFICULT, difficulties=None) is None


# --- women left behind ----------------------------------------------------------------------------


def test_half_a_year_of_absence_to_the_day() -> None:
    assert failing(WOMAN, date(2026, 2, 27)) == ["absence"]
    assert met(WOMAN, date(2026, 2, 28)) is True  # no 31st: the last of the month


@pytest.mark.parametrize(("years", "expected"), [("0.4", False), ("0.5", True), ("0.6", True)])
def test_half_a_year_by_the_years_stated(years: str, expected: bool) -> None:
    on = date(2025, 9, 1)
    facts = {"husband_away_since": None, "husband_away_years": Decimal(years)}
    assert met(WOMAN, on, **facts) is expected


def test_the_first_day_of_the_absence_counts_before_the_years() -> None:
    assert met(WOMAN, date(2026, 2, 27), husband_away_years=Decimal("0.5")) is False


def test_a_woman_whose_facts_fail_or_are_not_known() -> None:
    on = date(2026, 3, 1)
    assert failing(WOMAN, on, lives_in_village=False) == ["village"]
    assert failing(WOMAN, on, husband_works_away=False) == ["husband"]
    assert met(WOMAN, on, husband_away_since=None) is None
    assert met(WOMAN, on, husband_works_away=None) is None


# --- law ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("record", "first", "rows"),
    [
        (CHILD, date(2016, 3, 30), 4),
        (DIFFICULT, date(2016, 12, 31), 2),
        (UNATTENDED, date(2020, 1, 1), 2),
        (ORPHAN, date(2012, 12, 12), 2),
        (evolve(WOMAN, husband_away_since=date(2020, 1, 1)), date(2025, 3, 27), 2),
    ],
)
def test_before_its_first_day_a_definition_is_not_known(
    record: Any, first: date, rows: int
) -> None:
    before = check(record, on=first - DAY)
    assert before.met is None
    assert len(before.missing) == rows
    assert all(each.citation is None for each in before.conditions)
    after = check(record, on=first)
    assert (after.met, after.missing) == (True, ())
    assert all(each.citation is not None for each in after.conditions)


def test_in_words() -> None:
    found = check(evolve(WOMAN, lives_in_village=None), on=date(2026, 2, 27))
    assert found.explain("zh_CN").splitlines() == [
        "留在本村生活：不明 (《农村留守妇女困难群体精准关爱帮扶行动方案》)",
        "丈夫外出务工经商：符合 (《农村留守妇女困难群体精准关爱帮扶行动方案》)",
        "丈夫连续外出满6个月：不符合 (《农村留守妇女困难群体精准关爱帮扶行动方案》)",
    ]
    early = check(WOMAN, on=date(2025, 3, 26)).explain("zh_CN")
    assert "丈夫连续外出达到规定时间：不明" in early
    assert "认定留守的连续外出月数" in early


@given(st.sampled_from(ENROLLED).flatmap(ledgers))
def test_every_record_has_an_answer(rows: list[Any]) -> None:
    for record in rows:
        found = check(record, on=date(2031, 1, 1))
        assert (found.met is True) == (not found.failed and not found.unknown)
        assert (found.met is False) == bool(found.failed)


def test_another_class_is_refused() -> None:
    with pytest.raises(WrongType, match="expected one of Elder, LeftBehindChild"):
        check(Enrolled(name=NAME), on=date(2020, 7, 24))
