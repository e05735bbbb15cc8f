"""Every answer in both languages: question, answer, evidence, basis, what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest

from minzheng.base.i18n import LANGUAGES, translator
from minzheng.errors import InvalidInput, NotFound
from minzheng.organizations import (
    CHENGDE_2020,
    Answer,
    Conclusion,
    CreditRecord,
    Decoupling,
    Finding,
    Kind,
    Organization,
    abnormal_grounds,
    calendar,
    criteria,
    indicator,
    may_leave_serious,
    may_reapply,
    screen,
    separations,
    serious_grounds,
    signs,
)
from minzheng.organizations.facts import meaning

ON = date(2022, 9, 13)
NOT = Conclusion.NOT_TAKEN
HAN = r"[\u4e00-\u9fff，。；：、（）《》“”]"
PATH = re.compile(r"[a-z_]+\.[a-z_]+(\[\d+\])?")
FLAGS = (True, False, None)
ACTS = (
    *("false_registration", "approval_withdrawn", "overdue_cancellation", "withdrawal_asked"),
    *("misused_certificate", "outside_purpose", "change_unregistered", "branch_breach"),
    *("for_profit", "assets_taken", "unlawful_funds", "false_accounts", "spending_short"),
    *("undisclosed", "charity_breach", "uncorrected", "charity_fundraising", "charity_tax"),
    *("charity_security",),
)


def organisations() -> Iterator[Organization]:
    for kind in (*Kind, None):
        yield Organization(id="1", kind=kind)
        for charity in FLAGS:
            bad: dict[str, Any] = {"charity": charity, "serious": True, **dict.fromkeys(ACTS, True)}
            idle: dict[str, Any] = {"certificate_on": date(2015, 1, 1), "never_active": True}
            yield Organization(id="2", kind=kind, reachable=False, governed=False, **bad, **idle)
            yield Organization(
                id="3",
                kind=kind,
                certificate_on=date(2015, 1, 1),
                first_activity=date(2017, 1, 1),
                last_activity=date(2018, 1, 1),
                checks={2019: NOT, 2020: NOT, 2021: NOT},
                **bad,
            )


@cache
def findings() -> tuple[Finding, ...]:
    made: list[Finding] = []
    for stated in organisations():
        told = calendar(stated, 2021)
        made += [told.takes_part, told.reports]
        for area in ("130800", "350100"):
            made += criteria(stated, ON, area=area).findings
            made += signs(stated, ON, area=area).findings
        made += signs(stated, date(2021, 9, 1), area="370000").findings
    grounds = [*(set(CreditRecord.__annotations__) - {"id", "abnormal_on", "serious_on"})]
    for fact in FLAGS:
        record = CreditRecord(
            id="4", abnormal_on=[date(2019, 1, 1)], serious_on=[ON], **dict.fromkeys(grounds, fact)
        )
        made += abnormal_grounds(record, ON).findings
        made += serious_grounds(record, ON).findings
        made += [may_leave_serious(record, "registration_revoked", ON)]
        made += separations(Decoupling(id="5", assets=fact), ON).findings
    made += [may_reapply(date(2020, 1, 1), day) for day in (ON, date(2026, 4, 1), date(2026, 1, 1))]
    made += [may_reapply(date(2026, 4, 1), date(2027, 4, 1))]
    return tuple(made)


def test_every_answer_is_among_the_samples() -> None:
    assert {each.answer for each in findings()} == set(Answer)


def test_chinese_has_no_stray_english_and_no_spaces() -> None:
    for each in findings():
        text = each.explain("zh_CN")
        assert not re.search(r"[A-Za-z{}]", PATH.sub("", text)), text
        assert not re.search(rf"{HAN} | {HAN}|[，。；：、][，。；：、]|（）", text), text


def test_english_is_english() -> None:
    for each in findings():
        text = each.explain("en")
        assert not re.search(r"[，。；：{}]|  | [,;:.]", text), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_basis_and_what_is_missing_are_told(language: str) -> None:
    t = translator(language)
    for each in findings():
        text = each.explain(language)
        for citation in each.citations:
            assert citation.text(language) in text
        for path in each.missing:
            assert path in text
            assert meaning(path)
            assert t(meaning(path)) in text


def test_an_answer_with_a_rule_rests_on_a_row_and_undetermined_names_facts() -> None:
    for each in findings():
        if each.rule == "may_reapply" or each.missing == ("organization.kind",):
            continue
        assert (each.answer is Answer.UNDETERMINED) <= bool(each.missing)
        if each.answer is Answer.NO_RULE:
            assert not each.rests_on
        elif each.rule != "takes_part":
            assert each.rests_on


def test_a_review_a_screen_and_a_calendar_tell_all() -> None:
    stated = Organization(id="42", kind=Kind.PRIVATE_UNIT, checks={2020: NOT, 2021: NOT})
    told = criteria(stated, ON)
    lines = told.explain("zh_CN").splitlines()
    assert lines[0] == "社会组织42，2022年9月13日"
    assert len(lines) == 1 + len(told.findings)
    assert lines[1] == (
        "连续两年不参加年检：是。2020年度、2021年度。应当立案，依法撤销登记；本结果不构成处罚。"
        "依据：《民办非企业单位年度检查办法》第十条。"
    )
    assert "2021年度检查" in calendar(stated, 2021).explain("zh_CN")
    assert "报送业务主管单位初审（有业务主管单位的）：2022年3月31日前" in (
        calendar(stated, 2021).explain("zh_CN")
    )
    assert len(screen([stated], ON).explain("en").splitlines()) == 1 + 1 + 5


@pytest.mark.parametrize("wanted", CHENGDE_2020, ids=lambda each: each.code)
def test_indicators_in_both_languages(wanted: Any) -> None:
    told = indicator(wanted, {}, ON)
    assert not re.search(r"[A-Za-z{}]", told.explain("zh_CN"))
    assert "Basis: Work Plan for 2020" in told.explain("en")


def test_a_rule_that_was_not_asked_is_refused_with_the_nearest() -> None:
    with pytest.raises(NotFound, match="two_years_failed"):
        criteria(Organization(id="1"), ON)["two_years_fail"]


@pytest.mark.parametrize("language", ["de", "zh"])
def test_another_language_is_refused(language: str) -> None:
    with pytest.raises(InvalidInput, match="language"):
        findings()[0].explain(language)
    with pytest.raises(InvalidInput, match="language"):
        Kind.OTHER.text(language)
