"""The zombie screen: five signs, over one organisation and over a list."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minzheng.errors import InvalidInput
from minzheng.organizations import Answer, Conclusion, Finding, Kind, Organization, screen, signs

DAY = timedelta(days=1)
ON = date(2021, 8, 1)
FUZHOU_ON = date(2022, 9, 13)
NOT, PASSED, REPORTED = Conclusion.NOT_TAKEN, Conclusion.PASSED, Conclusion.REPORTED
YES, NO, OPEN, NO_RULE = Answer
RULES = ["unchecked", "idle_from_certificate", "idle", "unreachable", "ungoverned"]


def asked(rule: str, on: date = ON, area: str = "000000", **facts: Any) -> Finding:
    known = {"kind": Kind.ASSOCIATION, **facts}
    return signs(Organization(id="a", **known), on, area=area)[rule]


def answers(on: date, area: str) -> list[Answer]:
    facts: dict[str, Any] = {
        "checks": {2018: NOT, 2019: NOT, 2020: NOT, 2021: NOT},
        "certificate_on": date(2010, 1, 1),
        "never_active": True,
        "reachable": False,
        "governed": False,
    }
    told = signs(Organization(id="a", kind=Kind.ASSOCIATION, **facts), on, area=area)
    assert [each.rule for each in told.findings] == RULES
    return [each.answer for each in told.findings]


@pytest.mark.parametrize(
    ("on", "area", "expected"),
    [
        (ON - DAY, "130800", [NO_RULE] * 5),
        (ON, "130800", [YES, YES, NO_RULE, YES, NO_RULE]),
        (ON, "370000", [YES, YES, YES, YES, NO_RULE]),
        (ON, "370102", [YES, YES, YES, YES, NO_RULE]),
        (date(2021, 12, 31), "370000", [YES, YES, YES, YES, NO_RULE]),
        (date(2022, 1, 1), "370000", [YES, YES, NO_RULE, YES, NO_RULE]),
        (FUZHOU_ON - DAY, "350100", [YES, YES, NO_RULE, YES, NO_RULE]),
        (FUZHOU_ON, "350100", [YES] * 5),
    ],
)
def test_which_signs_are_held_by_place_and_day(on: date, area: str, expected: list[Answer]) -> None:
    assert answers(on, area) == expected


def test_the_criteria_of_another_day_are_taken_only_where_that_is_said() -> None:
    lost = Organization(id="a", kind=Kind.ASSOCIATION, checks={2018: NOT, 2019: NOT})
    on = date(2020, 7, 24)
    assert signs(lost, on)["unchecked"].answer is NO_RULE
    assert signs(lost, on, rules_of=ON)["unchecked"].answer is YES
    assert signs(lost, date(2020, 5, 31), rules_of=ON)["unchecked"].answer is OPEN


@pytest.mark.parametrize(
    ("checks", "answer"),
    [
        ({2019: NOT, 2020: NOT}, YES),
        ({2019: NOT, 2020: REPORTED}, NO),
        ({2019: PASSED, 2020: NOT}, NO),
        ({2019: NOT}, OPEN),
        ({2018: NOT, 2019: NOT, 2020: PASSED}, NO),  # the last years due, not earlier ones
        ({2018: NOT, 2019: NOT}, OPEN),
    ],
)
def test_neither_check_nor_report_for_the_last_two_years(
    checks: dict[int, Conclusion], answer: Answer
) -> None:
    assert asked("unchecked", checks=checks).answer is answer


def test_the_last_two_years_due_follow_the_day_and_the_kind() -> None:
    checks = {2018: PASSED, 2019: NOT, 2020: NOT}
    day: dict[str, Any] = {"checks": checks}
    told = signs(Organization(id="a", kind=Kind.FOUNDATION, **day), date(2021, 3, 31), rules_of=ON)
    assert told["unchecked"].answer is NO
    told = signs(Organization(id="a", kind=Kind.FOUNDATION, **day), date(2021, 4, 1), rules_of=ON)
    assert told["unchecked"].answer is YES
    told = signs(Organization(id="a", kind=Kind.ASSOCIATION, **day), date(2021, 4, 1), rules_of=ON)
    assert told["unchecked"].answer is NO
    assert asked("unchecked", kind=None).missing == ("organization.kind",)
    assert asked("unchecked", kind=Kind.OTHER).answer is NO_RULE


def test_a_year_from_the_certificate_without_activity() -> None:
    rule, since = "idle_from_certificate", date(2020, 8, 1)
    never: dict[str, Any] = {"certificate_on": since, "never_active": True}
    assert asked(rule, on=date(2021, 8, 1), **never).answer is NO
    assert asked(rule, on=date(2021, 8, 2), **never).answer is YES
    private: dict[str, Any] = {"kind": Kind.PRIVATE_UNIT, **never}
    assert asked(rule, on=date(2021, 8, 2), **private).answer is YES


@pytest.mark.parametrize(
    ("last", "answer"), [(date(2018, 12, 31), YES), (date(2019, 1, 1), NO), (ON, NO)]
)
def test_shandong_no_activity_since_2019(last: date, answer: Answer) -> None:
    assert asked("idle", area="370000", last_activity=last).answer is answer


def test_shandong_an_organisation_younger_than_the_period() -> None:
    facts: dict[str, Any] = {"never_active": True, "area": "370000"}
    assert asked("idle", certificate_on=date(2018, 12, 31), **facts).answer is YES
    assert asked("idle", certificate_on=date(2019, 1, 1), **facts).answer is NO
    assert asked("idle", **facts).missing == ("organization.certificate_on",)


@pytest.mark.parametrize(
    ("last", "answer"),
    [(date(2021, 9, 12), YES), (date(2021, 9, 13), NO), (date(2022, 9, 1), NO)],
)
def test_fuzhou_no_activity_for_a_year(last: date, answer: Answer) -> None:
    found = asked("idle", on=FUZHOU_ON, area="350100", last_activity=last)
    assert found.answer is answer


def test_what_is_not_known_is_named() -> None:
    told = signs(Organization(id="a", kind=Kind.ASSOCIATION), FUZHOU_ON, area="350100")
    assert {each.answer for each in told.findings} == {OPEN}
    assert told.missing == (
        "organization.checks[2020]",
        "organization.checks[2021]",
        "organization.certificate_on",
        "organization.last_activity",
        "organization.never_active",
        "organization.reachable",
        "organization.governed",
    )
    for found in told.findings:
        assert found.rests_on
        assert found.missing


def well(name: str, **facts: Any) -> Organization:
    known = {
        "kind": Kind.ASSOCIATION,
        "checks": {2019: PASSED, 2020: PASSED},
        "certificate_on": date(2010, 1, 1),
        "first_activity": date(2010, 2, 1),
        "last_activity": date(2021, 7, 1),
        "reachable": True,
        "governed": True,
        **facts,
    }
    return Organization(id=name, **known)


def test_a_list_keeps_every_organisation_and_every_finding() -> None:
    rows = [well("a"), well("b", reachable=False), well("c", reachable=None), well("d")]
    told = screen(rows, ON, area="130800")
    assert [each.id for each in told.reviews] == ["a", "b", "c", "d"]
    assert [len(each.findings) for each in told.reviews] == [5] * 4
    assert [each.id for each in told.suspected] == ["b"]
    assert [each.id for each in told.undetermined] == ["c"]
    assert [each.id for each in told.clear] == ["a", "d"]
    assert [each.id for each in told.by_rule("unreachable")] == ["b"]
    assert told.by_rule("unchecked") == ()
    assert told.explain("en").startswith("Screened: 4; suspected: 1; undetermined: 1; clear: 2.")


def test_a_suspicion_is_no_decision() -> None:
    (review,) = screen([well("a", reachable=False)], ON).suspected
    (found,) = review.met
    assert "Suspected only" in found.explain("en")
    assert found.citations[0].instrument_id == "zombie-campaign-2021"


def test_nobody_stands_twice() -> None:
    number = "511308000000000004"
    rows = [well("a", number=number), well("b"), well("a"), well("d", number=number)]
    with pytest.raises(InvalidInput) as caught:
        screen(rows, ON)
    assert [each.path for each in caught.value.faults] == [
        "organizations[2].id",
        "organizations[3].number",
    ]


def test_an_empty_list() -> None:
    told = screen([], ON)
    assert (told.suspected, told.undetermined, told.clear) == ((), (), ())


flags = st.one_of(st.none(), st.booleans())
conclusions = st.dictionaries(st.integers(2015, 2020), st.sampled_from(Conclusion))
organisations = st.lists(
    st.builds(
        lambda n, checks, reachable: Organization(
            id=str(n), kind=Kind.ASSOCIATION, checks=checks, reachable=reachable
        ),
        st.integers(),
        conclusions,
        flags,
    ),
    unique_by=lambda each: each.id,
    max_size=6,
)


@given(organisations)
def test_each_organisation_stands_in_one_group_and_is_screened_as_if_alone(
    rows: list[Organization],
) -> None:
    told = screen(rows, ON)
    groups = (*told.suspected, *told.undetermined, *told.clear)
    assert sorted(each.id for each in groups) == sorted(each.id for each in rows)
    assert list(told.reviews) == [signs(each, ON) for each in rows]
