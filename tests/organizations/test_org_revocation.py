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


def test_the_measure_is_that_of_the_criterion_also_for_a_charity() -> None:
    # Order No. 27 art. 10: 连续两年不参加年检……予以撤销登记并公告
    two = checks(2018, NOT, NOT)
    for charity in (True, False, None):
        found = asked("two_years_unchecked", checks=two, charity=charity)
        assert (found.answer, found.missing) == (YES, ())
        assert "withdrawal of the registration (撤销登记)" in found.then[0]
        assert [each.article for each in found.citations] == ["10"]


SIMPLE = {
    "approval_withdrawn": ("approval_withdrawn",),
    "overdue_cancellation": ("overdue_cancellation",),
    "withdrawal_asked": ("withdrawal_asked",),
    "false_registration": ("false_registration",),
    **{
        act: (act, "serious")
        for act in (
            *("misused_certificate", "outside_purpose", "change_unregistered", "branch_breach"),
            *("for_profit", "assets_taken", "unlawful_funds"),
            *("false_accounts", "spending_short", "undisclosed"),
        )
    },
}
WITHDRAWN = {
    Kind.ASSOCIATION: {
        # 第二十九条 在申请登记时弄虚作假，骗取登记的……由登记管理机关予以撤销登记
        "false_registration": "第二十九条",
        # 第三十条第一款：……情节严重的，予以撤销登记
        "misused_certificate": "第三十条第一款第（一）项",
        "outside_purpose": "第三十条第一款第（二）项",
        "change_unregistered": "第三十条第一款第（四）项",
        "branch_breach": "第三十条第一款第（五）项",
        "for_profit": "第三十条第一款第（六）项",
        "assets_taken": "第三十条第一款第（七）项",
        "unlawful_funds": "第三十条第一款第（八）项",
        # 第三十一条 有关国家机关认为应当撤销登记的，由登记管理机关撤销登记
        "withdrawal_asked": "第三十一条",
    },
    Kind.PRIVATE_UNIT: {
        # 第二十四条 ……骗取登记的，或者业务主管单位撤销批准的，由登记管理机关予以撤销登记
        "false_registration": "第二十四条",
        "approval_withdrawn": "第二十四条",
        # 第二十五条第一款：……情节严重的，予以撤销登记
        "misused_certificate": "第二十五条第一款第（一）项",
        "outside_purpose": "第二十五条第一款第（二）项",
        "change_unregistered": "第二十五条第一款第（四）项",
        "branch_breach": "第二十五条第一款第（五）项",
        "for_profit": "第二十五条第一款第（六）项",
        "assets_taken": "第二十五条第一款第（七）项",
        "unlawful_funds": "第二十五条第一款第（八）项",
        "withdrawal_asked": "第二十六条",
    },
    Kind.FOUNDATION: {
        # 第四十一条 ……登记管理机关应当撤销登记：（一）在申请登记时弄虚作假骗取登记的……
        "false_registration": "第四十一条第（一）项",
        # （二）符合注销条件，不按照本条例的规定办理注销登记仍继续开展活动的
        "overdue_cancellation": "第四十一条第（二）项",
        # 第四十二条第一款：……情节严重的，可以撤销登记
        "outside_purpose": "第四十二条第一款第（一）项",
        "false_accounts": "第四十二条第一款第（二）项",
        "change_unregistered": "第四十二条第一款第（三）项",
        "spending_short": "第四十二条第一款第（四）项",
        "undisclosed": "第四十二条第一款第（六）项",
    },
}


@pytest.mark.parametrize("kind", WITHDRAWN)
@pytest.mark.parametrize("rule", SIMPLE)
def test_the_grounds_that_withdraw_the_registration(kind: Kind, rule: str) -> None:
    facts = SIMPLE[rule]
    known: dict[str, Any] = dict.fromkeys(facts, True)
    met = asked(rule, kind=kind, **known)
    article = WITHDRAWN[kind].get(rule)
    if article is None:
        assert met.answer is NO_RULE
        return
    assert met.answer is YES
    assert "撤销登记" in met.then[0]
    assert [each.text("zh_CN").split("》")[1] for each in met.citations] == [article]
    for fact in facts:
        assert asked(rule, kind=kind, **{**known, fact: False}).answer is NO
        found = asked(rule, kind=kind, **{**known, fact: None})
        assert (found.answer, found.missing) == (OPEN, (f"organization.{fact}",))


@pytest.mark.parametrize("kind", WITHDRAWN)
def test_no_regulation_revokes_a_certificate(kind: Kind) -> None:
    flags: dict[str, Any] = {fact: True for facts in SIMPLE.values() for fact in facts}
    told = criteria(
        Organization(
            id="a",
            kind=kind,
            charity=False,
            checks=checks(2018, NOT, NOT),
            refused_supervision=True,
            certificate_on=date(2015, 1, 1),
            never_active=True,
            **flags,
        ),
        ON,
    )
    assert len(told.met) >= len(WITHDRAWN[kind]) + 1
    assert not any("吊销" in text for found in told.met for text in found.then)


@pytest.mark.parametrize(
    ("kind", "rule", "first"),
    [
        (Kind.ASSOCIATION, "for_profit", date(1998, 10, 25)),
        (Kind.PRIVATE_UNIT, "approval_withdrawn", date(1998, 10, 25)),
        (Kind.FOUNDATION, "overdue_cancellation", date(2004, 6, 1)),
    ],
)
def test_the_regulations_are_in_force_from_their_day_on(kind: Kind, rule: str, first: date) -> None:
    facts: dict[str, Any] = {"kind": kind, rule: True, "serious": True}
    assert asked(rule, on=first - DAY, **facts).answer is NO_RULE
    assert asked(rule, on=first, **facts).answer is YES


NEW_LAW = date(2024, 9, 5)
"""The first day of the Charity Law as amended 2023-12-29."""


@pytest.mark.parametrize("kind", WITHDRAWN)
@pytest.mark.parametrize(
    ("rule", "facts", "before", "after"),
    [
        # 2016 第九十八条：逾期不改正的，吊销登记证书；2023 第一百零九条：情节严重的，吊销登记证书
        ("charity_breach_uncorrected", ("charity_breach", "uncorrected"), "98", None),
        ("charity_breach_serious", ("charity_breach", "serious"), None, "109"),
        # 经依法处理后一年内再出现前款规定的情形，或者有其他情节严重情形的，……吊销登记证书
        ("charity_duties", ("charity_duties", "sanctioned"), "99", "110"),
        ("charity_duties", ("charity_duties", "serious"), "99", "110"),
        # 2023 第一百一十一条：情节严重的，吊销公开募捐资格证书或者登记证书
        ("charity_fundraising", ("charity_fundraising", "serious"), None, "111"),
        # 弄虚作假骗取税收优惠的……情节严重的，由……民政部门吊销登记证书
        ("charity_tax", ("charity_tax", "serious"), "103", "116"),
        # 从事、资助危害国家安全或者社会公共利益活动的……吊销登记证书
        ("charity_security", ("charity_security",), "104", "117"),
    ],
)
def test_the_charity_law_revokes_the_certificate_for_its_own_grounds(
    kind: Kind, rule: str, facts: tuple[str, ...], before: str | None, after: str | None
) -> None:
    known: dict[str, Any] = {"kind": kind, "charity": True, **dict.fromkeys(facts, True)}
    for on, article in (
        (date(2016, 8, 31), None),
        (date(2016, 9, 1), before),
        (NEW_LAW - DAY, before),
        (NEW_LAW, after),
    ):
        found = asked(rule, on=on, **known)
        assert found.answer is (NO_RULE if article is None else YES)
        assert [each.article for each in found.citations] == ([] if article is None else [article])
        if found.then:
            said = "吊销公开募捐资格证书或者登记证书" if article == "111" else "吊销登记证书"
            assert said in found.then[0]
    on = NEW_LAW if after else NEW_LAW - DAY
    known["checks"] = {on.year - 1: Conclusion.REPORTED}
    for fact in ("charity", facts[0]):
        assert asked(rule, on=on, **{**known, fact: False}).answer is NO
        found = asked(rule, on=on, **{**known, fact: None})
        assert (found.answer, found.missing) == (OPEN, (f"organization.{fact}",))


def test_a_charity_without_check_and_report_breaks_a_duty() -> None:
    # 2023 第一百一十条第一款第（八）项：未依法报送年度工作报告、财务会计报告……
    two: dict[str, Any] = {"charity": True, "checks": checks(2018, NOT, NOT)}
    found = asked("charity_duties", **two)
    assert found.missing == ("organization.sanctioned", "organization.serious")
    assert [each.values["year"] for each in found.evidence] == [2018, 2019]
    assert asked("charity_duties", sanctioned=False, serious=False, **two).answer is NO
    assert asked("charity_duties", sanctioned=True, **two).answer is YES
    again = asked("charity_duties", serious=True, **two)
    assert "第九十九条第三款" in again.explain("zh_CN")
    told: dict[str, Any] = {"charity": True, "checks": checks(2018, *2 * [Conclusion.REPORTED])}
    assert asked("charity_duties", serious=True, charity_duties=False, **told).answer is NO


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
    check: dict[str, Any] = {"kind": Kind.FOUNDATION, "serious": True, "checks": two}
    assert "第四十二条第一款第（五）项" in asked("serious_check", **check).explain("zh_CN")
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
