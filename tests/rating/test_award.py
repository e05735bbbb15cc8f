"""From the grade earned to the grade awarded: day before and the day of each limit."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minzheng.base.i18n import LANGUAGES
from minzheng.errors import InvalidInput, NotFound
from minzheng.law import instruments
from minzheng.rating import bundled, schemes
from minzheng.rating.award import Application, AwardOutcome, HeldGrade, award, award_rules, convert

HUBEI, CHANGSHA, WUXI = (
    award_rules(f"{place}-institutions") for place in ("hubei", "changsha", "wuxi")
)
SHANGHAI, HEBEI, ZHEJIANG = (
    award_rules(f"{place}-institutions") for place in ("shanghai", "hebei", "zhejiang")
)
OLD, NEW = (award_rules(f"social-organisations-{year}") for year in (2010, 2026))
CLEAN = {each.fact: False if each.within_months is None else "never" for each in SHANGHAI.bars}
SOUND = dict.fromkeys((each.fact for each in OLD.bars), False)


def codes(found: Any) -> list[str]:
    return [each.code for each in found.reasons]


def hubei(on: date, grade: str = "2", **known: Any) -> Any:
    asked = Application(grade=grade, on=on, operating_since=date(2019, 5, 1), **known)
    return award(HUBEI, asked, grade)


@pytest.mark.parametrize(
    ("on", "outcome"), [(date(2020, 4, 30), "barred"), (date(2020, 5, 1), "awarded")]
)
def test_a_year_of_operation(on: date, outcome: str) -> None:
    assert hubei(on).outcome == outcome


@pytest.mark.parametrize(
    ("on", "grade", "reasons"),
    [
        (date(2022, 12, 31), "3", ["cool_down"]),
        (date(2022, 12, 31), "4", ["cool_down"]),
        (date(2022, 12, 31), "2", []),
        (date(2023, 1, 1), "3", []),
    ],
)
def test_two_years_after_a_failure(on: date, grade: str, reasons: list[str]) -> None:
    assert codes(hubei(on, grade, failures=((date(2021, 1, 1), "3"),))) == reasons


@pytest.mark.parametrize(("grade", "level"), [("1", "city"), ("2", "city"), ("3", "province")])
def test_who_may_award(grade: str, level: str) -> None:
    assert hubei(date(2021, 1, 1), grade).by == level


def test_older_grades() -> None:
    rules = HUBEI
    kept, again = convert(rules, "3", date(2018, 6, 1)), convert(rules, "4", date(2018, 6, 1))
    assert kept is not None
    assert again is not None
    assert (kept.outcome, kept.grade) == (AwardOutcome.AWARDED, "3")
    assert (again.outcome, again.grade) == (AwardOutcome.FAILED, None)
    assert convert(rules, "3", date(2017, 6, 1)) == again
    assert convert(rules, "2", date(2018, 6, 1)) is None  # nothing is said of it


def changsha(on: date, grade: str, upgrades: int | None = 0) -> Any:
    held = HeldGrade("2", since=date(2024, 3, 1), until=date(2027, 3, 1), upgrades=upgrades)
    return award(CHANGSHA, Application(grade=grade, on=on, held=held), "5")


def test_one_step_at_a_time_after_a_year_once() -> None:
    assert codes(changsha(date(2025, 2, 28), "3")) == ["interval"]
    assert changsha(date(2025, 3, 1), "3").grade == "3"
    stepped = changsha(date(2025, 3, 1), "5")
    assert (stepped.grade, codes(stepped)) == ("3", ["one_step"])
    assert codes(changsha(date(2025, 3, 1), "3", upgrades=1)) == ["upgrades"]
    assert changsha(date(2025, 3, 1), "3", upgrades=None).lacks == ("held.upgrades",)
    # once it has lapsed nothing is promoted
    assert changsha(date(2027, 3, 1), "5").grade == "5"


def test_rules_outside_their_days() -> None:
    asked = Application(grade="1", on=date(2023, 7, 6))
    assert codes(award(CHANGSHA, asked, "1")) == ["not_in_force"]
    asked = Application(grade="1", on=date(2023, 7, 7))
    assert award(CHANGSHA, asked, "1").outcome is AwardOutcome.AWARDED


@pytest.mark.parametrize(
    ("earned", "outcome", "grade"), [("3", "awarded", "3"), ("2", "kept", "2"), ("", "kept", "2")]
)
def test_a_failed_promotion_keeps_the_grade_in_wuxi(earned: str, outcome: str, grade: str) -> None:
    held = HeldGrade("2", since=date(2021, 1, 1), until=date(2024, 1, 1))
    found = award(WUXI, Application(grade="3", on=date(2022, 6, 1), held=held), earned)
    assert (found.outcome, found.grade) == (outcome, grade)


def shanghai(**changed: Any) -> Any:
    known = {"operating_since": date(2015, 1, 1), "first": True, "facts": CLEAN, **changed}
    return award(SHANGHAI, Application(grade="5", on=date(2020, 10, 1), **known), "4")


def test_the_ceiling_of_a_first_application() -> None:
    assert shanghai().grade == "3"
    assert shanghai(first=False).grade == "4"
    assert shanghai(first=None).lacks == ("first",)
    asked = Application(grade="5", on=date(2021, 5, 1), first=True)
    assert award(ZHEJIANG, asked, "5").grade == "4"


@pytest.mark.parametrize(
    ("fact", "value", "outcome"),
    [
        ("on_joint_punishment_list", True, "barred"),
        ("not_filed", True, "barred"),
        ("punished", date(2018, 10, 2), "barred"),
        ("punished", date(2018, 10, 1), "awarded"),
        ("refused_to_return_plaque", None, "undetermined"),
    ],
)
def test_what_bars_in_shanghai(fact: str, value: Any, outcome: str) -> None:
    assert shanghai(facts={**CLEAN, fact: value}).outcome == outcome


def test_validity_aligned_to_the_calendar() -> None:
    found = award(HEBEI, Application(grade="3", on=date(2025, 11, 20)), "3")
    assert str(found.valid) == "2026-01-01 .. 2028-12-31"
    assert found.lapsed(date(2028, 12, 31)) is False
    assert found.lapsed(date(2029, 1, 1)) is True


def test_w1_the_smaller_of_applied_and_earned() -> None:
    rules = award_rules("guangxi-institutions")
    held = HeldGrade("1", since=date(2023, 1, 1), until=date(2026, 1, 1))
    found = award(rules, Application(grade="2", on=date(2024, 12, 25), held=held), "3")
    assert (found.grade, found.by) == ("2", "city")
    assert found.valid is None  # the rules read do not say how long


# --- organisation evaluation ----------------------------------------------------------------------


def organisation(rules: Any, on: date, **known: Any) -> Any:
    facts = known.pop("facts", SOUND)
    asked = Application(grade="3A", on=on, operating_since=date(2010, 1, 1), facts=facts, **known)
    return award(rules, asked, "4A")


def test_the_regimes_of_2010_and_2026() -> None:
    assert organisation(OLD, date(2026, 2, 28)).outcome is AwardOutcome.AWARDED
    assert codes(organisation(OLD, date(2026, 3, 1))) == ["not_in_force"]
    assert codes(organisation(NEW, date(2026, 2, 28))) == ["not_in_force"]
    assert organisation(NEW, date(2026, 3, 1)).outcome is AwardOutcome.AWARDED


def test_five_years_from_the_award_and_from_january() -> None:
    assert str(organisation(OLD, date(2025, 6, 10)).valid) == "2025-06-10 .. 2030-06-09"
    assert organisation(OLD, date(2025, 6, 10)).renew_from == date(2028, 6, 10)
    assert str(organisation(NEW, date(2026, 6, 10)).valid) == "2027-01-01 .. 2031-12-31"


@pytest.mark.parametrize(
    ("known", "on", "reasons"),
    [
        ({"downgraded": date(2020, 5, 1)}, date(2022, 5, 1), ["after_downgrade"]),
        ({"downgraded": date(2020, 5, 1)}, date(2022, 5, 2), []),
        ({"cancelled": date(2020, 5, 1)}, date(2023, 5, 1), ["after_cancellation"]),
        ({"cancelled": date(2020, 5, 1)}, date(2023, 5, 2), []),
        (
            {"facts": {**SOUND, "basically_passed_two_years_running": True}},
            date(2023, 5, 1),
            ["bar"],
        ),
    ],
)
def test_lock_outs_of_order_39(known: dict[str, Any], on: date, reasons: list[str]) -> None:
    # 第三十一条 ……在2年内不得提出评估申请；民法典第二百零二条：到期月的对应日为期间的最后一日
    assert codes(organisation(OLD, on, **known)) == reasons


def test_the_rule_of_2026_no_longer_bars_two_basic_passes() -> None:
    facts = {**SOUND, "basically_passed_two_years_running": True, "under_investigation": True}
    assert organisation(NEW, date(2026, 5, 1), facts=facts).outcome is AwardOutcome.AWARDED


@pytest.mark.parametrize(
    ("on", "reasons"), [(date(2030, 12, 31), []), (date(2031, 1, 1), ["reapply"])]
)
def test_a_new_application_within_the_first_four_years(on: date, reasons: list[str]) -> None:
    held = HeldGrade("2A", since=date(2026, 9, 1), until=date(2032, 1, 1))
    assert codes(organisation(NEW, on, held=held)) == reasons


# --- all ------------------------------------------------------------------------------------------


@given(st.sampled_from("12345"), st.sampled_from(["", *"12345"]), st.sampled_from(["", *"1234"]))
def test_never_more_than_applied_for_or_earned(grade: str, earned: str, held_: str) -> None:
    held = HeldGrade(held_, date(2024, 1, 1), date(2027, 1, 1), upgrades=0) if held_ else None
    found = award(CHANGSHA, Application(grade=grade, on=date(2025, 6, 1), held=held), earned)
    if found.grade is not None and found.outcome is AwardOutcome.AWARDED:
        assert found.grade <= min(grade, earned)
        assert not held_ or found.grade <= str(int(held_) + 1)


def test_what_is_not_there_is_told() -> None:
    with pytest.raises(NotFound, match="did you mean 'hebei-institutions'"):
        award_rules("hebei-institution")
    with pytest.raises(InvalidInput) as error:
        award(OLD, Application(grade="6A", on=date(2020, 1, 1)), "7A")
    assert [each.path for each in error.value.faults] == ["application.grade", "earned"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_award_is_told(language: str) -> None:
    text = shanghai(facts={**CLEAN, "punished": date(2019, 1, 1)}).explain(language)
    assert ("penalty" in text) is (language == "en")
    assert ("处罚" in text) is (language == "zh_CN")
    good = award(HEBEI, Application(grade="3", on=date(2025, 11, 20)), "2").explain(language)
    assert ("2026年1月1日" if language == "zh_CN" else "1 January 2026") in good


def test_every_instrument_named_is_held() -> None:
    named = [each.instrument for each in (OLD, NEW)]
    named += [each.instrument for name in schemes() for each in bundled(name).sources]
    held = {each.id for each in instruments()}
    assert {each for each in named if each is not None} <= held
    assert "institution-grades-2018" in named
