"""What an authority owes, what it checks itself, and what follows for who obtained wrongly."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from dibao_cases import local, row

from minzheng.benefits.procedures import Act, Offence, checks, duties, penalties
from minzheng.errors import InvalidInput, NotFound

DAY = timedelta(days=1)
AREA = "130822"
LAW, MEASURES, REVIEW = date(2026, 7, 1), date(2014, 5, 1), date(2021, 7, 1)
RIGID, OPINIONS, OLD = date(2025, 1, 1), date(2026, 1, 29), date(2012, 12, 12)


def names(benefit: str, act: Act, on: date, small_quick: bool = False) -> list[str]:
    return [each.name for each in duties(benefit, AREA, act, on=on, small_quick=small_quick)]


def test_of_unattended_children_there_is_no_publicity() -> None:
    """民发〔2019〕62号 二（二）: 为保护儿童隐私，不宜设置公示环节; a refusal is told in writing with reasons."""
    (told,) = duties("de_facto_unattended", AREA, Act.GRANT, on=REVIEW)
    assert told.name == "no_publicity"
    assert told.explain("en").startswith("The proposed decision is not to be posted publicly")
    assert told.explain("zh_CN").startswith("根据")
    assert "不进行公示" in told.explain("zh_CN")
    assert names("de_facto_unattended", Act.REFUSE, REVIEW) == ["in_writing", "reasons"]
    assert names("de_facto_unattended", Act.GRANT, date(2019, 12, 31)) == []


@pytest.mark.parametrize(
    ("on", "ordinary", "quick"),
    [
        (MEASURES - DAY, [], []),
        (MEASURES, ["publicity"], ["publicity"]),
        (OPINIONS - DAY, ["publicity"], ["publicity"]),
        (OPINIONS, ["publicity"], ["no_publicity"]),
        (LAW, ["publicity", "publish"], ["no_publicity", "publish"]),
    ],
)
def test_publicity_of_temporary_assistance(on: date, ordinary: list[str], quick: list[str]) -> None:
    """2014 art 48: 经审核、公示后; small and quick help since 2026-01-29 without."""
    assert names("temporary_assistance", Act.GRANT, on) == ordinary
    assert names("temporary_assistance", Act.GRANT, on, small_quick=True) == quick


@pytest.mark.parametrize(
    ("act", "on", "told"),
    [
        (Act.GRANT, RIGID - DAY, []),
        (Act.GRANT, RIGID, ["in_writing"]),
        (Act.REFUSE, RIGID - DAY, []),
        (Act.REFUSE, RIGID, ["in_writing", "reasons"]),
        (Act.REFUSE, LAW, ["in_writing", "reasons"]),
        (Act.STOP, LAW - DAY, []),
        (Act.STOP, LAW, ["hear", "in_writing", "reasons"]),
    ],
)
def test_of_rigid_expenditure_in_writing(act: Act, on: date, told: list[str]) -> None:
    """刚性支出困难家庭认定办法 art. 7; Social Assistance Law arts 45 and 48: 应当听取…意见."""
    assert names("rigid_expenditure", act, on) == told


def test_the_end_of_tekun_was_published_with_it_not_before() -> None:
    """社会救助暂行办法 art. 18: 核准后，终止供养并予以公示."""
    (told,) = duties("tekun", AREA, Act.STOP, on=date(2015, 7, 1))
    assert told.name == "publish"
    assert "第十八条" in told.explain("zh_CN")
    assert names("tekun", Act.STOP, REVIEW) == ["publicity", "in_writing", "reasons"]


def test_another_benefit_is_not_known() -> None:
    with pytest.raises(NotFound, match="orphan"):
        duties("orphan", AREA, Act.GRANT, on=LAW)


# --- checks


@pytest.mark.parametrize(
    ("benefit", "on", "told"),
    [
        ("dibao", OLD - DAY, []),
        ("dibao", OLD, ["share", "relative", "doubt", "reported", "other"]),
        ("dibao", REVIEW - DAY, ["share", "relative", "doubt", "reported", "other"]),
        ("dibao", REVIEW, ["relative", "reported"]),
        ("tekun", REVIEW - DAY, []),
        ("tekun", REVIEW, ["share"]),
        ("temporary_assistance", LAW, []),
    ],
)
def test_what_the_county_looks_at_itself(benefit: str, on: date, told: list[str]) -> None:
    """2012 art 26 ¶2: 不低于30%; 2021 art 20 ¶2; tekun 2021 art 16: 随机抽查不少于30%."""
    found = checks(benefit, AREA, on=on)
    assert [each.name for each in found] == told
    if told[:1] == ["share"]:
        assert "at least 30 %" in found[0].explain("en")
        assert "30%" in found[0].explain("zh_CN")


def test_a_place_may_check_more() -> None:
    table = local(
        row("assistance.check.share", "0.125", kind="floor", keys={"benefit": "dibao_marginal"})
    )
    (told,) = checks("dibao_marginal", AREA, on=date(2023, 1, 1), standards=table)
    assert "25/2 %" in told.explain("en")
    with pytest.raises(InvalidInput, match="did you mean"):
        checks("dibaoo", AREA, on=LAW)


# --- penalties


@pytest.mark.parametrize(
    ("offence", "on", "told"),
    [
        (Offence.FRAUD, MEASURES - DAY, {}),
        (Offence.FRAUD, MEASURES, {"refund": "shall", "fine": "may", "stop": "shall"}),
        (Offence.FRAUD, LAW - DAY, {"refund": "shall", "fine": "may", "stop": "shall"}),
        (Offence.FRAUD, LAW, {"refund": "may", "fine": "may", "reduce": "may", "stop": "may"}),
        (Offence.HELD_ON, LAW - DAY, {}),
        (Offence.HELD_ON, LAW, {"refund": "shall"}),
        (
            Offence.URBAN_DIBAO_FRAUD,
            REVIEW,
            {"warn": "shall", "refund": "shall", "fine": "if_serious"},
        ),
        (Offence.WORK_REFUSED, MEASURES - DAY, {}),
        (Offence.WORK_REFUSED, MEASURES, {"own_share": "shall"}),
        (Offence.UNTOLD, date(2022, 10, 19), {}),
        (Offence.UNTOLD, date(2022, 10, 20), {"admonish": "may"}),
    ],
)
def test_what_follows(offence: Offence, on: date, told: dict[str, str]) -> None:
    found = penalties(offence, AREA, on=on)
    assert {each.measure: each.how for each in found} == told
    for each in found:
        assert "{" not in each.explain("en")
        assert not each.explain("zh_CN").isascii()


@pytest.mark.parametrize(
    ("offence", "on", "least", "most", "words"),
    [
        (Offence.URBAN_DIBAO_FRAUD, REVIEW, Fraction(1), Fraction(3), "1倍以上3倍以下"),
        (Offence.FRAUD, LAW - DAY, Fraction(1), Fraction(3), "1倍以上3倍以下"),
        (Offence.FRAUD, LAW, None, Fraction(2), "2倍以下"),
    ],
)
def test_fines_of_1999_2014_and_2026(
    offence: Offence, on: date, least: Fraction | None, most: Fraction, words: str
) -> None:
    """1999 art 14 and 2014 art 68: 1倍以上3倍以下; 2026 art 73: 2倍以下."""
    (fine,) = [each for each in penalties(offence, AREA, on=on) if each.measure == "fine"]
    assert (fine.least, fine.most) == (least, most)
    assert words in fine.explain("zh_CN")


def test_three_refusals_of_work_in_a_row() -> None:
    """2014 art 45: 连续3次拒绝接受…相适应的工作的，…减发或者停发其本人的最低生活保障金."""
    (told,) = penalties(Offence.WORK_REFUSED, AREA, on=REVIEW)
    assert "after 3 refusals of work in a row" in told.explain("en")
