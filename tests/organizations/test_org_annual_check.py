"""The annual check: who takes part, by when, which conclusions, by kind and day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables_of import table

from minzheng.errors import InvalidInput, NotFound
from minzheng.organizations import (
    Answer,
    Conclusion,
    Kind,
    Organization,
    To,
    calendar,
    conclude,
    conclusions,
    rectification_due,
)
from minzheng.standards import Standards

DAY = timedelta(days=1)


def of(kind: Kind | None, **facts: Any) -> Organization:
    known = {"certificate_on": date(2010, 5, 1), "charity": False, "has_supervisor": True, **facts}
    return Organization(id="a", kind=kind, **known)


def days(stated: Organization, year: int) -> list[tuple[str, str]]:
    return [(each.to.value, str(each.due)) for each in calendar(stated, year).filings]


@pytest.mark.parametrize("kind", [Kind.ASSOCIATION, Kind.PRIVATE_UNIT])
@pytest.mark.parametrize("year", [1998, 2019, 2025])
def test_associations_and_private_units_file_by_march_then_by_may(kind: Kind, year: int) -> None:
    stated = of(kind, certificate_on=None)
    assert days(stated, year) == [
        ("supervisor", f"{year + 1}-03-31"),
        ("registrar", f"{year + 1}-05-31"),
    ]


def test_foundations_file_by_march() -> None:
    assert days(of(Kind.FOUNDATION), 2019) == [("registrar", "2020-03-31")]


def test_without_a_supervising_unit_it_is_filed_with_the_authority_alone() -> None:
    assert days(of(Kind.ASSOCIATION, has_supervisor=False), 2019) == [("registrar", "2020-05-31")]
    told = calendar(of(Kind.ASSOCIATION, has_supervisor=None), 2019)
    assert [(each.to, each.certain) for each in told.filings] == [
        (To.SUPERVISOR, False),
        (To.REGISTRAR, True),
    ]
    assert told.missing == ("organization.has_supervisor",)


@pytest.mark.parametrize(
    ("since", "answer"),
    [
        (date(2019, 6, 30), Answer.YES),  # six months and a day at the end of the year
        (date(2019, 7, 1), Answer.NO),
        (date(2019, 12, 31), Answer.NO),
        (date(2020, 1, 1), Answer.NO),
        (date(2018, 12, 31), Answer.YES),
    ],
)
def test_a_private_unit_registered_for_six_months_is_outside(since: date, answer: Answer) -> None:
    told = calendar(of(Kind.PRIVATE_UNIT, certificate_on=since), 2019)
    assert told.takes_part.answer is answer
    assert bool(told.filings) is (answer is Answer.YES)


@pytest.mark.parametrize("kind", [Kind.ASSOCIATION, Kind.FOUNDATION])
def test_for_others_the_year_of_registration_is_not_ruled(kind: Kind) -> None:
    for since, answer in (
        (date(2018, 12, 31), Answer.YES),
        (date(2019, 1, 1), Answer.NO_RULE),
        (date(2019, 12, 31), Answer.NO_RULE),
        (date(2020, 1, 1), Answer.NO),
    ):
        assert calendar(of(kind, certificate_on=since), 2019).takes_part.answer is answer


def test_unknown_facts_are_named() -> None:
    told = calendar(Organization(id="a"), 2019)
    assert told.takes_part.answer is Answer.UNDETERMINED
    assert told.missing == ("organization.kind", "organization.charity")
    told = calendar(of(Kind.ASSOCIATION, certificate_on=None), 2019)
    assert told.missing == ("organization.certificate_on",)


def test_a_charity_reports_from_the_charity_law_on() -> None:
    charity = of(Kind.ASSOCIATION, charity=True)
    assert calendar(charity, 2016).reports.answer is Answer.YES
    assert calendar(charity, 2016).filings == ()
    assert calendar(charity, 2015).reports.answer is Answer.NO_RULE  # filed before 2016-09-01
    assert len(calendar(charity, 2015).filings) == 2


def test_no_rule_for_other_organisations_or_before_the_regulations() -> None:
    assert calendar(of(Kind.OTHER), 2019).takes_part.answer is Answer.NO_RULE
    assert calendar(of(Kind.FOUNDATION, certificate_on=None), 2003).takes_part.answer is (
        Answer.NO_RULE
    )
    assert calendar(of(Kind.FOUNDATION, certificate_on=None), 2004).filings != ()


@pytest.mark.parametrize("year", [0, 1948, 9999, True, "2019"])
def test_a_year_is_a_year(year: Any) -> None:
    with pytest.raises(InvalidInput, match="year: expected a year"):
        calendar(of(Kind.ASSOCIATION), year)


@pytest.mark.parametrize(
    ("kind", "first"),
    [(Kind.PRIVATE_UNIT, date(2005, 6, 1)), (Kind.ASSOCIATION, date(2026, 1, 1))],
)
def test_three_conclusions_from_the_first_day_of_the_measures(kind: Kind, first: date) -> None:
    assert conclusions(kind, first - DAY) == ()
    assert conclusions(kind, first) == (
        Conclusion.PASSED,
        Conclusion.BASICALLY_PASSED,
        Conclusion.FAILED,
    )


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2004, 5, 31), ()),
        # 基金会管理条例第四十二条第一款第（五）项：……或者年度检查不合格的
        (date(2004, 6, 1), (Conclusion.FAILED,)),
        # 基金会年度检查办法第六条：……认定为年检合格
        (date(2006, 1, 12), (Conclusion.PASSED, Conclusion.FAILED)),
        # 民发〔2012〕124号：视情节轻重依法给予基本合格或不合格的年检结论
        (
            date(2012, 7, 10),
            (Conclusion.PASSED, Conclusion.BASICALLY_PASSED, Conclusion.FAILED),
        ),
    ],
)
def test_the_conclusions_of_foundations(on: date, expected: tuple[Conclusion, ...]) -> None:
    assert conclusions(Kind.FOUNDATION, on) == expected
    assert conclusions(Kind.OTHER, on) == ()


def test_a_foundation_s_conclusion_goes_by_how_serious_the_case_is() -> None:
    on = date(2012, 7, 10)
    assert conclude(Kind.FOUNDATION, on, minor=1, serious=0) is Conclusion.BASICALLY_PASSED
    assert conclude(Kind.FOUNDATION, on, minor=1, serious=1) is Conclusion.FAILED
    with pytest.raises(NotFound, match="FOUNDATION"):
        conclude(Kind.FOUNDATION, date(2012, 7, 9), minor=1, serious=0)


def test_the_articles_of_the_annual_check() -> None:
    held = Standards.bundled()

    def cited(series: str, on: date, **keys: Any) -> str | None:
        found = held.get(series, "000000", on, **keys)
        assert found is not None
        citation = found.figure.citation
        return None if citation is None else citation.text("zh_CN").split("》")[1]

    on = date(2020, 7, 24)
    # 令27第七条第一款：年检结论，分为“年检合格”、“年检基本合格”和“年检不合格”三种
    for conclusion in ("passed", "basically_passed", "failed"):
        keys = {"kind": "private_unit", "conclusion": conclusion}
        assert cited("organization.check.conclusion", on, **keys) == "第七条第一款"
    # 令27第三条第二款：截至上年度12月31日，成立登记时间未超过6个月的……不参加当年的年检
    assert cited("organization.check.exempt", on, kind="private_unit") == "第三条第二款"
    # 慈善法第十三条：慈善组织应当每年向……民政部门报送年度工作报告和财务会计报告
    assert cited("organization.check.charity_reports", on) == "第十三条"


@pytest.mark.parametrize(
    ("since", "year", "answer"),
    [
        (date(2025, 6, 30), 2025, Answer.YES),  # 2025年6月30日前经市民政局批准成立的
        (date(2025, 7, 1), 2025, Answer.NO),
        (date(2026, 7, 1), 2026, Answer.NO_RULE),  # the notice is of one round
    ],
)
def test_associations_of_jiaxing_in_the_check_of_2025(
    since: date, year: int, answer: Answer
) -> None:
    stated = of(Kind.ASSOCIATION, certificate_on=since)
    assert calendar(stated, year, area="330400").takes_part.answer is answer
    assert calendar(stated, year, area="130800").takes_part.answer is Answer.NO_RULE


@given(minor=st.integers(0, 13), serious=st.integers(0, 13))
def test_one_serious_situation_fails_and_minor_ones_never_do(minor: int, serious: int) -> None:
    found = conclude(Kind.PRIVATE_UNIT, date(2020, 6, 1), minor=minor, serious=serious)
    assert (found is Conclusion.FAILED) is (serious > 0)
    assert (found is Conclusion.PASSED) is (minor == serious == 0)


def test_a_conclusion_needs_a_rule() -> None:
    with pytest.raises(NotFound, match="ASSOCIATION"):
        conclude(Kind.ASSOCIATION, date(2026, 6, 1), minor=0, serious=0)
    with pytest.raises(InvalidInput, match="minor"):
        conclude(Kind.PRIVATE_UNIT, date(2026, 6, 1), minor=-1, serious=0)


def test_rectification_takes_three_months() -> None:
    assert rectification_due(Kind.PRIVATE_UNIT, date(2020, 6, 15)) == date(2020, 9, 15)
    assert rectification_due(Kind.PRIVATE_UNIT, date(2005, 6, 1)) == date(2005, 9, 1)
    with pytest.raises(NotFound, match="rectification"):
        rectification_due(Kind.PRIVATE_UNIT, date(2005, 5, 31))
    with pytest.raises(NotFound, match="rectification"):
        rectification_due(Kind.ASSOCIATION, date(2020, 6, 15))


def test_exactly_the_months_of_the_rule_are_not_longer() -> None:
    own = table("130800", "organization.check.exempt", 5, kind="association")
    for since, answer in ((date(2019, 7, 30), Answer.YES), (date(2019, 7, 31), Answer.NO)):
        stated = of(Kind.ASSOCIATION, certificate_on=since)
        told = calendar(stated, 2019, area="130800", standards=own)
        assert told.takes_part.answer is answer


def test_a_table_of_a_place_comes_before_the_nation() -> None:
    own = table("130800", "organization.check.due", "06-30", kind="association", to="registrar")
    told = calendar(of(Kind.ASSOCIATION), 2020, area="130822", standards=own)
    assert [str(each.due) for each in told.filings] == ["2021-03-31", "2021-06-30"]
