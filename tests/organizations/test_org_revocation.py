"""Criteria of revocation by kind and day: they open a case, they never revoke."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minzheng.organizations import Answer, Conclusion, Finding, Kind, Organization, criteria

DAY = timedelta(days=1)
ON = date(2020, 7, 24)
NOT, FAILED, PASSED = Conclusion.NOT_TAKEN, Conclusion.FAILED, Conclusion.PASSED
YES, NO, OPEN, NO_RULE = Answer


def asked(rule: str, kind: Kind = Kind.PRIVATE_UNIT, on: date = ON, **facts: Any) -> Finding:
    known = {"charity": False, **facts}
    return criteria(Organization(id="a", kind=kind, **known), on)[rule]


def checks(first: int, *ended: Conclusion | None) -> dict[int, Conclusion]:
    return {first + n: each for n, each in enumerate(ended) if each is not None}


@pytest.mark.parametrize(
    ("ended", "unchecked", "failed"),
    [
        ((NOT, NOT), YES, NO),
        ((FAILED, FAILED), NO, YES),
        ((NOT, FAILED), NO, NO),  # two of either, not one of each
        ((FAILED, NOT), NO, NO),
        ((NOT, PASSED), NO, NO),
        ((PASSED, NOT), NO, NO),
        ((NOT, None), OPEN, NO),
        ((None, FAILED), NO, OPEN),
        ((None, None), OPEN, OPEN),
        ((PASSED, None), NO, NO),
        ((NOT, Conclusion.REPORTED), NO, NO),
    ],
)
def test_two_consecutive_years_of_a_private_unit(
    ended: tuple[Conclusion | None, ...], unchecked: Answer, failed: Answer
) -> None:
    facts: dict[str, Any] = {"checks": checks(2018, *ended)}
    assert asked("two_years_unchecked", **facts).answer is unchecked
    assert asked("two_years_failed", **facts).answer is failed


def test_the_years_that_are_missing_are_named() -> None:
    found = asked("two_years_unchecked", checks={2019: NOT})
    assert found.missing == ("organization.checks[2018]",)
    found = asked("two_years_unchecked", checks={2016: NOT, 2018: PASSED, 2019: NOT})
    assert found.missing == ("organization.checks[2017]",)


@pytest.mark.parametrize(
    ("on", "answer"), [(date(2020, 5, 31), NO), (date(2020, 6, 1), YES), (date(2021, 1, 1), YES)]
)
def test_a_year_counts_when_its_last_day_is_past(on: date, answer: Answer) -> None:
    facts: dict[str, Any] = {"checks": checks(2017, PASSED, NOT, NOT), "on": on}
    assert asked("two_years_unchecked", **facts).answer is answer


def test_years_apart_are_not_consecutive_and_earlier_ones_count() -> None:
    apart = checks(2015, NOT, PASSED, NOT, PASSED, NOT)
    assert asked("two_years_unchecked", checks=apart).answer is NO
    earlier = asked("two_years_unchecked", checks=checks(2016, NOT, NOT, PASSED, PASSED))
    assert earlier.answer is YES
    assert [each.values for each in earlier.evidence] == [
        {"first": 2016, "last": 2017},
        {"year": 2019},
    ]


def test_years_before_the_certificate_are_not_asked_for() -> None:
    young: dict[str, Any] = {"checks": {2019: NOT}, "certificate_on": date(2019, 1, 10)}
    assert asked("two_years_unchecked", **young).answer is NO
    older: dict[str, Any] = {"checks": {2019: NOT}, "certificate_on": date(2018, 1, 10)}
    assert asked("two_years_unchecked", **older).answer is OPEN


@pytest.mark.parametrize(("on", "answer"), [(date(2005, 5, 31), NO_RULE), (date(2005, 6, 1), YES)])
def test_the_two_year_rule_is_in_force_from_june_2005(on: date, answer: Answer) -> None:
    facts: dict[str, Any] = {"checks": checks(2002, NOT, NOT), "on": on}
    assert asked("two_years_unchecked", **facts).answer is answer


@pytest.mark.parametrize("on", [ON, date(2025, 12, 31), date(2026, 1, 1), date(2026, 11, 23)])
def test_associations_have_no_two_year_rule_but_a_serious_refusal(on: date) -> None:
    facts: dict[str, Any] = {"kind": Kind.ASSOCIATION, "checks": checks(2018, NOT, NOT), "on": on}
    assert asked("two_years_unchecked", **facts).answer is NO_RULE
    refusal = asked("serious_refusal", **facts)
    assert (refusal.answer, refusal.missing) == (OPEN, ("organization.serious",))
    assert [each.values["year"] for each in refusal.evidence] == [2018, 2019]
    assert asked("serious_refusal", serious=True, **facts).answer is YES
    assert asked("serious_refusal", serious=False, **facts).answer is NO


def test_a_refusal_is_a_check_not_taken_or_the_authority_s_finding() -> None:
    facts: dict[str, Any] = {"kind": Kind.ASSOCIATION, "serious": True}
    taken = checks(2018, PASSED, PASSED)
    found = asked("serious_refusal", checks=taken, **facts)
    assert (found.answer, found.missing) == (OPEN, ("organization.refused_supervision",))
    assert asked("serious_refusal", checks=taken, refused_supervision=False, **facts).answer is NO
    assert asked("serious_refusal", checks=taken, refused_supervision=True, **facts).answer is YES
    assert asked("serious_refusal", refused_supervision=True, **facts).answer is YES


def test_foundations_a_check_not_taken_or_failed_and_serious() -> None:
    for ended in (NOT, FAILED):
        facts: dict[str, Any] = {"kind": Kind.FOUNDATION, "checks": {2019: ended}}
        assert asked("serious_check", serious=True, **facts).answer is YES
        assert asked("serious_check", **facts).missing == ("organization.serious",)
    passed: dict[str, Any] = {"kind": Kind.FOUNDATION, "checks": {2019: PASSED}}
    assert asked("serious_check", serious=True, **passed).answer is NO
    two: dict[str, Any] = {"kind": Kind.FOUNDATION, "checks": checks(2018, NOT, NOT)}
    assert asked("two_years_unchecked", **two).answer is NO_RULE
    due: dict[str, Any] = {
        "kind": Kind.FOUNDATION,
        "checks": {2018: PASSED, 2019: NOT},
        "serious": True,
    }
    assert asked("serious_check", on=date(2020, 3, 31), **due).answer is NO
    assert asked("serious_check", on=date(2020, 4, 1), **due).answer is YES


@pytest.mark.parametrize("kind", [Kind.ASSOCIATION, Kind.FOUNDATION])
def test_a_year_without_activity_from_the_certificate_on(kind: Kind) -> None:
    since = date(2019, 7, 24)
    rule = "idle_from_certificate"
    never: dict[str, Any] = {"kind": kind, "certificate_on": since, "never_active": True}
    assert asked(rule, on=ON, **never).answer is NO  # the last day of the year
    assert asked(rule, on=ON + DAY, **never).answer is YES
    late: dict[str, Any] = {"kind": kind, "certificate_on": since, "first_activity": ON + DAY}
    assert asked(rule, on=ON + 2 * DAY, **late).answer is YES
    in_time: dict[str, Any] = {"kind": kind, "certificate_on": since, "first_activity": ON}
    assert asked(rule, on=ON + 2 * DAY, **in_time).answer is NO
    unknown: dict[str, Any] = {"kind": kind, "certificate_on": since}
    assert asked(rule, on=ON + DAY, **unknown).missing == (
        "organization.first_activity",
        "organization.never_active",
    )
    assert asked(rule, kind=kind).missing == ("organization.certificate_on",)


def test_private_units_have_no_rule_of_a_year_without_activity() -> None:
    facts: dict[str, Any] = {"certificate_on": date(2010, 1, 1), "never_active": True}
    assert asked("idle_from_certificate", **facts).answer is NO_RULE


@pytest.mark.parametrize("kind", [Kind.ASSOCIATION, Kind.PRIVATE_UNIT, Kind.FOUNDATION])
def test_a_registration_got_by_fraud(kind: Kind) -> None:
    rule = "false_registration"
    assert asked(rule, kind=kind, false_registration=True).answer is YES
    assert asked(rule, kind=kind, false_registration=False).answer is NO
    assert asked(rule, kind=kind).missing == ("organization.false_registration",)


def test_the_measure_differs_for_charities() -> None:
    two = checks(2018, NOT, NOT)
    (plain,) = asked("two_years_unchecked", checks=two).then
    (charity,) = asked("two_years_unchecked", checks=two, charity=True).then
    assert "withdrawal of the registration (撤销登记)" in plain
    assert "revocation of the certificate (吊销登记证书)" in charity
    open_ = asked("two_years_unchecked", checks=two, charity=None)
    assert (open_.answer, open_.then, open_.missing) == (YES, (), ("organization.charity",))
    before: dict[str, Any] = {"checks": checks(2013, NOT, NOT), "charity": None}
    assert asked("two_years_unchecked", on=date(2016, 8, 31), **before).then == (plain,)
    assert asked("two_years_unchecked", on=date(2016, 9, 1), **before).then == ()


def test_every_case_to_open_says_that_nothing_is_revoked() -> None:
    told = criteria(
        Organization(
            id="a",
            kind=Kind.PRIVATE_UNIT,
            charity=False,
            checks=checks(2018, NOT, NOT),
            false_registration=True,
        ),
        ON,
    )
    assert told.answer is YES
    assert len(told.met) == 2
    for found in told.met:
        assert "nothing is revoked by this" in found.explain("en")
        assert found.citations


def test_the_articles() -> None:
    two = checks(2018, NOT, NOT)
    assert "art. 10" in asked("two_years_unchecked", checks=two).explain("en")
    serious: dict[str, Any] = {"kind": Kind.ASSOCIATION, "serious": True, "checks": two}
    assert "第三十条第一款第（三）项" in asked("serious_refusal", **serious).explain("zh_CN")
    # the numbers of the articles as amended in March 2026 are not known
    later = asked("serious_refusal", on=date(2026, 3, 20), **serious)
    assert [each.article for each in later.citations] == [None]
    earlier = asked("serious_refusal", on=date(2026, 3, 19), **serious)
    assert [each.article for each in earlier.citations] == ["30"]


def test_an_unknown_kind_is_missing_and_another_kind_has_no_rule() -> None:
    told = criteria(Organization(id="a"), ON)
    assert {each.answer for each in told.findings} == {OPEN}
    assert told.missing == ("organization.kind",)
    told = criteria(Organization(id="a", kind=Kind.OTHER), ON)
    assert told.answer is NO_RULE


conclusion = st.one_of(st.none(), st.sampled_from(Conclusion))


@given(st.lists(conclusion, min_size=2, max_size=8))
def test_a_pair_met_is_a_pair_stated_and_knowing_more_never_turns_an_answer(
    ended: list[Conclusion | None],
) -> None:
    first = 2020 - len(ended)
    found = asked("two_years_unchecked", checks=checks(first, *ended))
    pairs = list(pairwise(ended))
    assert (found.answer is YES) is ((NOT, NOT) in pairs)
    if found.answer is not OPEN:
        for filling in Conclusion:
            filled = [each or filling for each in ended]
            # years before the first one stated are not asked for
            start = next((n for n, each in enumerate(ended) if each), len(ended) - 2)
            start = min(start, len(ended) - 2)
            more = checks(first + start, *filled[start:])
            assert asked("two_years_unchecked", checks=more).answer is found.answer
