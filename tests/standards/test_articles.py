"""Rows of the law against the words of their articles, on both sides of each change."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from minzheng.standards import NATION, Kind, Standards, overlaps

BUNDLED = Standards.bundled()
DAY = timedelta(days=1)
LAW = "social-assistance-law-2026"
M2014 = "social-assistance-measures-2014"
DIBAO_2012, DIBAO_2021 = "dibao-review-2012", "dibao-review-2021"
TEKUN_2016, TEKUN_2021 = "tekun-recognition-2016", "tekun-recognition-2021"
NOTICE_2022 = "assistance-safety-net-2022"
URBAN_1999 = "urban-dibao-regulation-1999"
RIGID = "rigid-expenditure-2024"
UNATTENDED = "unattended-child-2019"
OPINIONS_2026 = "temporary-assistance-2026"
L2014, L2021, L2022 = date(2014, 5, 1), date(2021, 7, 1), date(2022, 10, 20)
L2026 = date(2026, 7, 1)


def held(series: str, on: date, **keys: str) -> tuple[Any, str, tuple[Any, Any, Any]] | None:
    """Value, instrument and place (article, paragraph, item) of the nation's row."""
    kinds = tuple(Kind)
    found = BUNDLED.get(series, NATION, on, kinds=kinds, **keys)
    if found is None:
        return None
    citation = found.figure.citation
    assert citation is not None
    place = (number(citation.article), number(citation.paragraph), number(citation.item))
    return found.value, citation.instrument_id, place


def number(text: str | None) -> int | str | None:
    return int(text) if text is not None and text.isdecimal() else text


Row = tuple[str, str, dict[str, str], date, Any, str, tuple[Any, Any, Any]]

ROWS: list[Row] = [
    # --- the Social Assistance Law
    (
        "特困人员…的收入、财产等状况认定办法，由省、自治区、直辖市人民政府…制定",
        "tekun.property.set_by", {}, L2026, "province", LAW, (23, None, None),
    ),
    (
        "特困人员供养的…标准…由省、自治区、直辖市人民政府或者设区的市级人民政府确定",
        "tekun.set_by", {}, L2026, "province_or_prefecture", LAW, (17, None, None),
    ),
    (
        "特困人员中的未成年人年满十八周岁后，仍在义务教育或者高中阶段教育…就学的，继续予以供养",
        "tekun.continues.school", {}, L2026, True, LAW, (16, 3, None),
    ),
    (
        "对家庭人均收入低于当地最低生活保障标准且财产状况符合规定的最低生活保障家庭",
        "dibao.income.inclusive", {}, L2026, False, LAW, (18, 1, None),
    ),
    (
        "也可以分档定额发放",
        "dibao.bands.permitted", {}, L2026, True, LAW, (18, 2, None),
    ),
    (
        "设区的市级人民政府可以制定本行政区域内最低生活保障标准，所制定标准不得低于…指导标准",
        "dibao.standard.set_by", {}, L2026, "province_or_prefecture", LAW, (19, None, None),
    ),
    (
        "对最低生活保障边缘家庭中的重度残疾人、重病患者以及确有特殊困难人员，可以纳入",
        "dibao.single.condition", {"group": "severe_disability"}, L2026, "dibao_marginal", LAW,
        (21, 2, None),
    ),
    (
        "重病患者",
        "dibao.single.condition", {"group": "serious_illness"}, L2026, "dibao_marginal", LAW,
        (21, 2, None),
    ),
    (
        "确有特殊困难人员",
        "dibao.single.condition", {"group": "special_hardship"}, L2026, "dibao_marginal", LAW,
        (21, 2, None),
    ),
    (
        "省、自治区、直辖市人民政府…上浮一定比例确定最低生活保障边缘家庭标准",
        "dibao_marginal.ratio.set_by", {}, L2026, "province", LAW, (21, 3, None),
    ),
    (
        "超过所在地设区的市级以上地方人民政府规定比例",
        "rigid_expenditure.ratio.set_by", {}, L2026, "prefecture_or_above", LAW, (22, None, None),
    ),
    (
        "向急难发生地乡镇人民政府、街道办事处提出",
        "temporary_assistance.filing", {}, L2026, "emergency_place", LAW, (37, 2, None),
    ),
    (
        "报请县级人民政府社会救助管理部门作出社会救助确认决定",
        "assistance.decision.by", {"benefit": "dibao"}, L2026, "county", LAW, (44, 1, None),
    ),
    (
        "省、自治区、直辖市人民政府可以规定由乡镇人民政府、街道办事处作出",
        "assistance.decision.delegated_by", {"benefit": "tekun"}, L2026, "province", LAW,
        (44, 2, None),
    ),
    (
        "作出调减、终止社会救助决定前应当听取社会救助对象的意见",
        "assistance.duty", {"benefit": "dibao", "act": "reduce", "duty": "hear"}, L2026, True,
        LAW, (48, None, None),
    ),
    (
        "处非法获取的财物和利益价值二倍以下的罚款",
        "assistance.penalty.fine_most", {"ground": "fraud"}, L2026, Fraction(2), LAW,
        (73, None, None),
    ),
    (
        "可以责令退回非法获取的财物和利益",
        "assistance.penalty.measure", {"ground": "fraud", "measure": "refund"}, L2026, "may",
        LAW, (73, None, None),
    ),
    (
        "应当责令其限期退回",
        "assistance.penalty.measure", {"ground": "held_on", "measure": "refund"}, L2026, "shall",
        LAW, (74, None, None),
    ),
    # --- the Interim Measures of 2014
    (
        "县级人民政府民政部门应当决定减发或者停发其本人的最低生活保障金（连续3次）",
        "dibao.work.refusals", {}, L2014, 3, M2014, (45, None, None),
    ),
    (
        "经审核、公示后，由县级人民政府民政部门审批",
        "assistance.duty",
        {"benefit": "temporary_assistance", "act": "grant", "duty": "publicity"},
        L2014, True, M2014, (48, None, None),
    ),
    (
        "终止供养并予以公示",
        "assistance.duty", {"benefit": "tekun", "act": "stop", "duty": "publish"}, L2014, True,
        M2014, (18, None, None),
    ),
    (
        "可以处非法获取的救助款额或者物资价值1倍以上3倍以下的罚款",
        "assistance.penalty.fine_least", {"ground": "fraud"}, L2014, Fraction(1), M2014,
        (68, None, None),
    ),
    (
        "3倍以下",
        "assistance.penalty.fine_most", {"ground": "fraud"}, L2014, Fraction(3), M2014,
        (68, None, None),
    ),
    (
        "由有关部门决定停止社会救助",
        "assistance.penalty.measure", {"ground": "fraud", "measure": "stop"}, L2014, "shall",
        M2014, (68, None, None),
    ),
    (
        "特困人员供养标准，由省、自治区、直辖市或者设区的市级人民政府确定、公布",
        "tekun.set_by", {}, L2014, "province_or_prefecture", M2014, (15, 2, None),
    ),
    # --- the urban regulation of 1999
    (
        "前款所称收入…不包括优抚对象按照国家规定享受的抚恤金、补助金",
        "dibao.income.counted", {"kind": "preferential", "residence": "urban"},
        date(2012, 12, 12), False, URBAN_1999, (2, 2, None),
    ),
    (
        "应当自接到申请人提出申请之日起的30日内办结审批手续",
        "dibao.deadline.calendar_days", {"step": "total_urban"}, date(2012, 12, 12), 30,
        URBAN_1999, (8, 3, None),
    ),
    (
        "情节恶劣的，处冒领金额1倍以上3倍以下的罚款",
        "assistance.penalty.measure", {"ground": "urban_dibao_untold", "measure": "fine"},
        date(2012, 12, 12), "if_serious", URBAN_1999, (14, None, 2),
    ),
    # --- dibao: 2012, 2021, 2022
    (
        "对低保家庭中的下列人员，可以采取多种措施提高救助水平：（三）重度残疾人",
        "dibao.supplement.permitted", {"category": "severe_disability"}, date(2012, 12, 12), True,
        DIBAO_2012, (28, None, 3),
    ),
    (
        "按照不低于30%的比例入户抽查",
        "assistance.check.share", {"benefit": "dibao"}, date(2012, 12, 12), Fraction(3, 10),
        DIBAO_2012, (26, 2, None),
    ),
    (
        "有疑问、有举报或者其他需要重点调查的低保申请，…应当全部入户调查",
        "assistance.check.all", {"benefit": "dibao", "of": "doubt"}, date(2012, 12, 12), True,
        DIBAO_2012, (26, 2, None),
    ),
    (
        "对单独登记备案或者在审核确认阶段接到投诉、举报的…应当入户调查",
        "assistance.check.all", {"benefit": "dibao", "of": "relative"}, L2021, True,
        DIBAO_2021, (20, 2, None),
    ),
    (
        "无正当理由，连续3次拒绝接受介绍的与其健康状况、劳动能力等相适应的工作",
        "dibao.work.refusals", {}, L2021, 3, DIBAO_2021, (34, None, None),
    ),
    (
        "有条件的地方可按程序将最低生活保障审核确认权限下放",
        "assistance.decision.delegated_by", {"benefit": "dibao"}, L2021, "local", DIBAO_2021,
        (2, 2, None),
    ),
    (
        "兄弟姐妹或者60周岁及以上老年人给付的供养费用，可以视情适当豁免",
        "dibao.disregard.support", {"giver": "elderly"}, L2022, True, NOTICE_2022,
        ("一（一）", None, None),
    ),
    (
        "发生重大变化超过3个月未主动告知的，…可以进行批评教育",
        "dibao.untold.months", {}, L2022, 3, NOTICE_2022, ("五（五）", None, None),
    ),
    # --- tekun
    (
        "按照不低于30%的比例随机抽查核实",
        "assistance.check.share", {"benefit": "tekun"}, L2021, Fraction(3, 10), TEKUN_2021,
        (16, None, None),
    ),
    (
        "拥有承包土地或者参加农村集体经济收益分配的特困人员，一般给予农村特困人员救助供养待遇",
        "tekun.residence", {"circumstance": "land_or_collective"}, L2021, "rural", TEKUN_2021,
        (19, None, None),
    ),
    (
        "实施易地扶贫搬迁至城镇地区的，给予城市特困人员救助供养待遇",
        "tekun.residence", {"circumstance": "relocated"}, L2021, "urban", TEKUN_2021,
        (19, None, None),
    ),
    (
        "特困人员中的未成年人，可继续享有救助供养待遇至18周岁",
        "tekun.continues.age", {}, L2021, 18, TEKUN_2021, (24, 2, None),
    ),
    (
        "…且财产符合当地特困人员财产状况规定",
        "tekun.supporter.property_rule", {"status": "incapable_low_property"}, date(2016, 10, 10),
        "tekun", TEKUN_2016, (8, None, None),
    ),
    (
        "60周岁以上的最低生活保障对象（2021年起不看财产）",
        "tekun.supporter.property_rule", {"status": "dibao_elderly"}, L2021, "none", TEKUN_2021,
        (8, None, 2),
    ),
    (
        "乡、民族乡、镇人民政府应当自收到评议意见之日起20日内提出审核意见",
        "tekun.deadline.calendar_days", {"step": "wubao_township"}, date(2006, 3, 1), 20,
        "wubao-regulation-2006", (7, 2, None),
    ),
    (
        "县级人民政府民政部门应当自收到审核意见和有关材料之日起20日内作出审批决定",
        "tekun.deadline.calendar_days", {"step": "wubao_county"}, date(2006, 3, 1), 20,
        "wubao-regulation-2006", (7, 2, None),
    ),
    # --- households with rigid expenditure
    (
        "应当自申请受理之日起三十个工作日之内完成认定工作",
        "rigid_expenditure.deadline.working_days", {"step": "total"}, date(2025, 1, 1), 30,
        RIGID, (8, None, None),
    ),
    (
        "可以延长至四十五个工作日",
        "rigid_expenditure.deadline.working_days", {"step": "total_special"}, date(2025, 1, 1),
        45, RIGID, (8, None, None),
    ),
    (
        "应当作出认定为刚性支出困难家庭的书面决定",
        "assistance.duty",
        {"benefit": "rigid_expenditure", "act": "grant", "duty": "in_writing"},
        date(2025, 1, 1), True, RIGID, (7, None, None),
    ),
    (
        "可以…通过“一事一议”方式集体研究决定",
        "rigid_expenditure.case_by_case", {}, date(2025, 1, 1), True, RIGID, (9, None, None),
    ),
    # --- children in fact unattended
    (
        "应当在自收到申请之日起15个工作日内作出查验结论",
        "de_facto_unattended.deadline.working_days", {"step": "survey"}, date(2020, 1, 1), 15,
        UNATTENDED, ("二（二）", None, None),
    ),
    (
        "应当在自收到申报材料及查验结论之日起15个工作日内作出确认",
        "de_facto_unattended.deadline.working_days", {"step": "county_opinion"},
        date(2020, 1, 1), 15, UNATTENDED, ("二（三）", None, None),
    ),
    (
        "为保护儿童隐私，不宜设置公示环节",
        "de_facto_unattended.duty", {"act": "grant", "duty": "publicity"}, date(2020, 1, 1),
        False, UNATTENDED, ("二（二）", None, None),
    ),
    (
        "不符合保障条件的，应当书面说明理由",
        "de_facto_unattended.duty", {"act": "refuse", "duty": "reasons"}, date(2020, 1, 1), True,
        UNATTENDED, ("二（三）", None, None),
    ),
    (
        "事实无人抚养儿童基本生活补贴不计入家庭收入",
        "dibao.income.counted", {"kind": "de_facto_unattended"}, date(2020, 1, 1), False,
        UNATTENDED, ("三（一）", None, None),
    ),
    (
        "从确认的次月起纳入保障范围",
        "de_facto_unattended.first_payment", {}, date(2020, 1, 1), "next_month", UNATTENDED,
        ("二（三）", None, None),
    ),
    (
        "已获得…困难残疾人生活补贴且未达到…标准的进行补差发放",
        "de_facto_unattended.netting", {"kind": "disability_living"}, date(2020, 1, 1), True,
        UNATTENDED, ("三（一）", None, None),
    ),
    (
        "可同时享受重度残疾人护理补贴",
        "overlap", {"first": "de_facto_unattended", "second": "disability_care"},
        date(2020, 1, 1), "both", UNATTENDED, ("三（二）", None, None),
    ),
    # --- the disability subsidies
    (
        "残疾人两项补贴不计入城乡最低生活保障家庭的收入",
        "dibao.income.counted", {"kind": "disability_subsidy"}, date(2016, 1, 1), False,
        "disability-subsidy-2015", (None, None, None),
    ),
    (
        "纳入特困人员供养保障的残疾人不享受残疾人两项补贴",
        "disability_care.excluded", {"benefit": "tekun"}, date(2016, 1, 1), True,
        "disability-subsidy-2015", (None, None, None),
    ),
    # --- the opinions of 2020 and of 2026
    (
        "特困人员…每年核查一次",
        "tekun.review.months", {"step": "periodic_review"}, L2021, 12, "assistance-reform-2020",
        ("二（二）7", None, None),
    ),
    (
        "办理时限一般不超过3天",
        "temporary_assistance.deadline.calendar_days", {"step": "small_quick"},
        date(2026, 1, 29), 3, OPINIONS_2026, (None, None, None),
    ),
    (
        "最高档不超过当地一个月最低生活保障标准",
        "temporary_assistance.small_quick.multiple", {}, date(2026, 1, 29), Fraction(1),
        OPINIONS_2026, (None, None, None),
    ),
    (
        "已经认定为…刚性支出困难家庭的，…重点核实家庭必需支出情况",
        "temporary_assistance.spending_only.recognised", {"status": "rigid_expenditure"},
        date(2026, 1, 29), True, OPINIONS_2026, (None, None, None),
    ),
    # --- the childcare subsidy
    (
        "在最低生活保障对象、特困人员等救助对象认定时，育儿补贴不计入家庭或个人收入",
        "tekun.income.counted", {"kind": "childcare_subsidy"}, date(2025, 1, 1), False,
        "childcare-subsidy-2025", (None, None, None),
    ),
    (
        "对符合法律法规规定生育的3周岁以下婴幼儿发放补贴",
        "childcare_subsidy.age_below", {}, date(2025, 1, 1), 3, "childcare-subsidy-2025",
        (None, None, None),
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "series", "keys", "first", "value", "instrument", "place"),
    ROWS,
    ids=[f"{row[1]}-{'-'.join(row[2].values())}-{row[3]}" for row in ROWS],
)
def test_a_row_is_what_its_article_says_from_its_first_day_on(
    words: str,
    series: str,
    keys: dict[str, str],
    first: date,
    value: Any,
    instrument: str,
    place: tuple[Any, Any, Any],
) -> None:
    assert held(series, first, **keys) == (value, instrument, place), words
    before = held(series, first - DAY, **keys)
    assert before is None or before[1:] != (instrument, place), words


@pytest.mark.parametrize(
    ("series", "keys", "last"),
    [
        # 2012 art. 28: 可以. Nothing is due before the measures of 2014 (应当采取必要措施).
        ("dibao.supplement.permitted", {"category": "minor"}, L2014 - DAY),
        # 2026 art. 73 states no least fine.
        ("assistance.penalty.fine_least", {"ground": "fraud"}, L2026 - DAY),
        # 2021 art. 20 ¶2 knows no share and no doubtful cases.
        ("assistance.check.share", {"benefit": "dibao"}, L2021 - DAY),
        ("assistance.check.all", {"benefit": "dibao", "of": "doubt"}, L2021 - DAY),
        # 12 natural months of 2026.
        ("care_voucher.cap", {}, date(2026, 12, 31)),
        ("care_voucher.share", {"service": "home"}, date(2026, 12, 31)),
        ("care_voucher.level", {}, date(2026, 12, 31)),
        ("childcare_subsidy.apply_by", {"born": "before_2025"}, date(2025, 12, 31)),
    ],
)
def test_a_rule_that_ended_is_held_no_longer(series: str, keys: dict[str, str], last: date) -> None:
    kinds = tuple(Kind)
    assert BUNDLED.get(series, NATION, last, kinds=kinds, **keys) is not None
    assert BUNDLED.get(series, NATION, last + DAY, kinds=kinds, **keys) is None


@pytest.mark.parametrize("category", ["elderly", "minor", "severe_disability", "serious_illness"])
def test_supplements_are_due_from_2014_on_only(category: str) -> None:
    assert held("dibao.supplement.due", L2014 - DAY, category=category) is None
    assert held("dibao.supplement.due", L2014, category=category) == (
        True, M2014, (12, 2, None)
    )  # fmt: skip


def test_grade_3_mental_is_named_by_the_measures_of_2021_alone() -> None:
    row = held("dibao.single.condition", L2026, group="grade_3_mental")
    assert row == ("dibao_marginal", DIBAO_2021, (8, 1, 1))


def test_publication_of_the_end_of_tekun_is_not_a_publicity_before_it() -> None:
    keys = {"benefit": "tekun", "act": "stop"}
    assert held("assistance.duty", L2021 - DAY, duty="publicity", **keys) is None
    row = held("assistance.duty", L2021, duty="publicity", **keys)
    assert row == (True, TEKUN_2021, (26, 1, None))  # 对拟终止…公示


def test_the_higher_fine_of_1999_and_the_law_of_2026_are_both_held() -> None:
    old = held("assistance.penalty.fine_most", L2026, ground="urban_dibao_fraud")
    new = held("assistance.penalty.fine_most", L2026, ground="fraud")
    assert (old, new) == (
        (Fraction(3), URBAN_1999, (14, None, 1)),
        (Fraction(2), LAW, (73, None, None)),
    )


def test_duties_towards_unattended_children_are_apart_from_those_of_assistance() -> None:
    # The law of 2026 asks to publish a grant of assistance; 62号 says of these children: 不宜公示.
    words = BUNDLED.series["assistance.duty"].keys["benefit"]
    assert "de_facto_unattended" not in words
    assert held("assistance.duty", L2026, benefit="dibao_marginal", act="grant", duty="publish")


def test_the_childcare_subsidy_of_a_month_is_a_twelfth_of_that_of_a_year() -> None:
    on = date(2025, 1, 1)
    year = BUNDLED.find("childcare_subsidy.amount", NATION, on).figure
    month = BUNDLED.find("childcare_subsidy.month_amount", NATION, on).figure
    assert (year.fen_a_year(), month.fen_a_year()) == (360_000, 360_000)


def test_nothing_overlaps() -> None:
    assert overlaps(BUNDLED) == ()
