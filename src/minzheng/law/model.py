"""What an instrument is: a law, a rule, a notice, a standard or a plan, and where it was read."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from minzheng.base.dates import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["SUBJECTS", "Confidence", "Grade", "Instrument", "Kind"]


class Kind(StrEnum):
    """What sort of instrument it is; the members stand in the order in which they are listed.

    Example:
        >>> Kind.RULE.label
        '部门规章'
    """

    LAW = "law"
    REGULATION = "regulation"
    """of the State Council, by its order"""
    RULE = "rule"
    """of a ministry, by its order"""
    POLICY = "policy"
    """opinions and notices of the Party's centre and the State Council"""
    NOTICE = "notice"
    """a ministry's measures, opinions and notices that are no rule by order"""
    LOCAL = "local"
    """regulations, rules and notices of a province, city or county"""
    STANDARD = "standard"
    PLAN = "plan"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return _KINDS[self]


class Grade(StrEnum):
    """What kind of source was read.

    Example:
        >>> Grade.MIRROR.label
        '转载全文'
    """

    OFFICIAL = "official"
    """an official body's own page"""
    MIRROR = "mirror"
    """a faithful copy on another host"""
    PRESS = "press"
    """a press report"""
    REPOST = "repost"
    """an unsigned or third-party page"""

    @property
    def label(self) -> str:
        """The Chinese name."""
        return _GRADES[self]


class Confidence(StrEnum):
    """How sure a fact is; nothing weaker than these two is ever bundled.

    Example:
        >>> Confidence.SECONDARY.label
        '次级来源'
    """

    CONFIRMED = "confirmed"
    """stated in a source that can be relied on, or in several that agree"""
    SECONDARY = "secondary"
    """read only in a weak source: to be checked before one relies on it"""

    @property
    def label(self) -> str:
        """The Chinese name."""
        return _CONFIDENCES[self]


_KINDS: Mapping[Kind, str] = {
    Kind.LAW: "法律",
    Kind.REGULATION: "行政法规",
    Kind.RULE: "部门规章",
    Kind.POLICY: "中央和国务院政策文件",
    Kind.NOTICE: "部门规范性文件",
    Kind.LOCAL: "地方性法规、规章和文件",
    Kind.STANDARD: "标准",
    Kind.PLAN: "规划和计划",
}
_GRADES: Mapping[Grade, str] = {
    Grade.OFFICIAL: "官方发布",
    Grade.MIRROR: "转载全文",
    Grade.PRESS: "新闻报道",
    Grade.REPOST: "第三方转述",
}
_CONFIDENCES: Mapping[Confidence, str] = {
    Confidence.CONFIRMED: "已核实",
    Confidence.SECONDARY: "次级来源",
}

SUBJECTS: Mapping[str, str] = MappingProxyType(
    {
        "dibao": "最低生活保障",
        "tekun": "特困人员救助供养",
        "edge-family": "最低生活保障边缘家庭",
        "rigid-expenditure": "刚性支出困难家庭",
        "temporary-assistance": "临时救助",
        "low-income": "低收入人口监测和防返贫",
        "economic-check": "家庭经济状况核对",
        "orphan": "孤儿",
        "unattended-child": "事实无人抚养儿童",
        "left-behind-child": "农村留守儿童",
        "child-in-difficulty": "困境儿童",
        "child-protection": "未成年人保护",
        "left-behind-woman": "农村留守妇女",
        "disability": "残疾人",
        "disability-subsidy": "残疾人两项补贴",
        "childcare-subsidy": "育儿补贴",
        "elderly": "老年人",
        "old-age-allowance": "高龄津贴",
        "visiting": "探访关爱",
        "ability-assessment": "老年人能力评估",
        "long-term-care": "长期护理",
        "elder-care-institution": "养老机构",
        "safety": "养老机构安全",
        "rating": "养老机构等级评定",
        "joint-punishment": "失信联合惩戒",
        "social-organisation": "社会组织",
        "annual-check": "年度检查",
        "inspection": "抽查检查",
        "evaluation": "社会组织评估",
        "credit": "信用管理",
        "penalty": "行政处罚和专项整治",
        "naming": "名称管理",
        "fees": "行业协会商会收费",
        "decoupling": "行业协会商会脱钩",
        "charity": "慈善",
        "identifier": "标识编码",
        "community": "社区治理",
        "work-plan": "工作要点",
    }
)
"""Every subject an instrument can have, with its Chinese name."""

_Day: TypeAlias = date | None  # None: not known


@frozen
class Instrument:
    """One law, rule, notice, standard or plan.

    A ``None`` means "not known": nothing is guessed.

    Attributes:
        id: short and stable, such as ``"dibao-review-2021"``.
        title: in Chinese, without the outer 《》.
        title_en: a plain translation, not an official title.
        kind: what sort of instrument it is.
        subjects: keys of :data:`SUBJECTS`.
        area: six-digit code of the place it binds; ``"000000"`` is the nation.
        grade: what kind of source was read.
        confidence: how sure the entry is; ``note`` tells what is weaker.
        source: where it was read.
        number: the document number.
        issuer: in Chinese.
        issued: the date of the document as far as known: ``"2020"``, ``"2020-08"`` or a day.
        start: the first day in force.
        end: the first day no longer in force.
        start_stated: ``False`` when ``start`` is the date of the document, because what was
            read names no other day.
        succeeded_by: id of the instrument that took its place.
        note: what a reader should know besides.

    Raises:
        InvalidInput: when it would be in force on no day.

    Example:
        >>> from minzheng.law import instrument
        >>> old = instrument("dibao-review-2012")
        >>> old.in_force(date(2021, 6, 30)), old.in_force(date(2021, 7, 1)), old.succeeded_by
        (True, False, 'dibao-review-2021')

    Limitations:
        An amended law is one instrument: its days are those of the law, not of each wording,
        and ``note`` names the wording that was read.
    """

    id: str
    title: str
    title_en: str
    kind: Kind
    subjects: tuple[str, ...]
    area: str
    grade: Grade
    confidence: Confidence
    source: str
    number: str | None = None
    issuer: str | None = None
    issued: str | None = None
    start: _Day = None
    end: _Day = None
    start_stated: bool = True
    succeeded_by: str | None = None
    note: str | None = None

    def __attrs_post_init__(self) -> None:
        if self.start is not None:
            Span(self.start, self.end)

    def in_force(self, on: date) -> bool:
        """Whether it is in force that day; without a known first day it never is.

        Raises:
            WrongType: when ``on`` is not a plain date.
        """
        return self.start is not None and on in Span(self.start, self.end)
