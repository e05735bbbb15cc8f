"""The words that facts are stated in."""

from __future__ import annotations

from enum import IntEnum

__all__ = [
    "AbilityScale",
    "Assistance",
    "CareService",
    "DrawnKind",
    "Hardship",
    "IncomeKind",
    "ParentState",
    "Placement",
    "RegisteredPoor",
    "Relation",
    "Residence",
    "School",
    "SpendingKind",
    "Study",
    "SupporterStatus",
    "Whereabouts",
]


class Residence(IntEnum):
    """Whether the rural (农村) or the urban (城镇) standard applies."""

    RURAL = 1
    URBAN = 2


class Relation(IntEnum):
    """What a member is to the applicant."""

    APPLICANT = 1
    """申请人"""
    SPOUSE = 2
    """配偶"""
    CHILD = 3
    """子女, minor or adult"""
    PARENT = 4
    """父母"""
    OTHER = 5
    """anybody else: a brother, a grandparent, a daughter-in-law"""


class Whereabouts(IntEnum):
    """Where a member is, as far as it takes him out of the household."""

    HOME = 1
    """with the household, or away for work or study"""
    PRISON = 2
    """监狱服刑"""
    LABOUR_REEDUCATION = 3
    """劳动教养 (abolished at the end of 2013)"""
    DRUG_REHABILITATION = 4
    """强制隔离戒毒"""
    DECLARED_MISSING = 5
    """宣告失踪, by a court"""
    CLERGY_AWAY = 6
    """religious staff living apart from the family for three years or more"""


class Study(IntEnum):
    """The schooling of a member, up to the bachelor's degree."""

    NONE = 1
    SCHOOL = 2
    """compulsory, senior secondary or secondary vocational school"""
    FULL_TIME = 3
    """full-time college or university (全日制), up to bachelor"""
    ENROLLED = 4
    """enrolled up to bachelor, but not full-time"""
    BEYOND_BACHELOR = 5
    """master's or doctoral studies"""


class IncomeKind(IntEnum):
    """Kinds of income that the law treats alike."""

    WAGE = 1
    """工资性收入"""
    BUSINESS = 2
    """经营净收入, net of its costs"""
    PROPERTY = 3
    """财产净收入"""
    TRANSFER = 4
    """转移净收入: pensions, unemployment benefit, maintenance, gifts, net of what is paid out"""
    BASIC_PENSION = 5
    """the central basic pension of the resident pension (基础养老金)"""
    PREFERENTIAL = 6
    """优待抚恤金"""
    REWARD = 7
    """family-planning rewards, scholarships, good-Samaritan and like rewards"""
    ASSISTANCE = 8
    """social-assistance money and goods from government"""
    OLD_AGE_ALLOWANCE = 9
    """高龄津贴"""
    DISABILITY_SUBSIDY = 10
    """残疾人两项补贴"""
    INSURANCE_BENEFIT = 11
    """basic medical insurance and other social-insurance benefits"""
    OTHER = 12
    """other income to be counted"""
    CHILDCARE_SUBSIDY = 13
    """育儿补贴"""
    DE_FACTO_UNATTENDED = 14
    """the subsidy of children in fact unattended (事实无人抚养儿童基本生活补贴)"""


class SpendingKind(IntEnum):
    """Kinds of rigid expenditure (刚性支出): all what the family itself bears.

    For dibao the first two may be deducted where a place says so.
    """

    MEDICAL = 1
    """own payment for medical care, after insurance and assistance"""
    DISABILITY = 2
    """care and rehabilitation because of a disability, net of subsidies"""
    LIVING = 3
    """necessary food, clothing, housing, transport and goods"""
    EDUCATION = 4
    """kindergarten to bachelor, at the price of public schools of the kind"""
    OTHER = 5
    """other spending that the county's civil affairs recognises as rigid"""


class Assistance(IntEnum):
    """The class of social assistance in which a household is now."""

    NONE = 1
    DIBAO = 2
    """draws dibao (最低生活保障)"""
    TEKUN = 3
    """is supported as tekun (特困人员救助供养)"""
    DIBAO_MARGINAL = 4
    """is recognised as an edge family (低保边缘家庭)"""


class SupporterStatus(IntEnum):
    """What keeps a statutory supporter (法定义务人) from supporting, if anything does."""

    ABLE = 1
    """none of the below"""
    TEKUN = 2
    """qualifies as tekun"""
    DIBAO_ELDERLY = 3
    """draws dibao, aged 60 or more"""
    DIBAO_SEVERE_DISABILITY = 4
    """draws dibao, severely disabled"""
    AGED_70_LOW_INCOME = 5
    """aged 70 or more, own income and property low as the rule sets it"""
    SEVERE_DISABILITY_LOW_INCOME = 6
    """severely disabled, or grade 3 intellectual or mental, income and property low"""
    INCAPABLE_LOW_PROPERTY = 7
    """no civil capacity, declared missing, or in prison; property low"""


class Placement(IntEnum):
    """Where a person is supported: a tekun person, who may choose, or a child."""

    DISPERSED = 1
    """分散供养, 散居: at home, with a family"""
    CENTRALISED = 2
    """集中供养, 集中养育: in an institution"""


class Hardship(IntEnum):
    """What brought a family or a person into hardship; asked for temporary assistance."""

    ACCIDENT = 1
    """意外事件: a fire, a traffic accident and the like"""
    ILLNESS = 2
    """家庭成员突发重大疾病"""
    OTHER = 3
    """遭遇其他特殊困难, as the authority finds"""
    SPENDING = 4
    """生活必需支出突然增加: education, medical costs and the like"""
    JOBLESS = 5
    """未参保失业: without work, without income, outside unemployment insurance"""


class RegisteredPoor(IntEnum):
    """Whether a family stands in the register of the poor (建档立卡), and how."""

    NEVER = 1
    """非贫困: not registered"""
    OUT = 2
    """已脱贫: registered, and out of poverty"""
    IN = 3
    """未脱贫: registered, not yet out of poverty"""


class AbilityScale(IntEnum):
    """The standard by which an elder's ability was assessed."""

    MZT_039 = 1
    """MZ/T 039-2013 (老年人能力评估): level 0 (able) to 3"""
    GBT_42195 = 2
    """GB/T 42195-2022 (老年人能力评估规范): level 0 (able) to 4"""


class CareService(IntEnum):
    """Where the care of an elder is bought."""

    HOME = 1
    """居家上门"""
    INSTITUTION = 2
    """机构养老"""
    DAY_CARE = 3
    """社区日间照料"""


class ParentState(IntEnum):
    """What keeps a parent from bringing up a child, as far as the law names it."""

    NONE = 1
    """none of the below: alive and to be found"""
    DEAD = 2
    """死亡, natural or declared by a court"""
    DECLARED_MISSING = 3
    """宣告失踪, by a court"""
    SEVERELY_DISABLED = 4
    """重残"""
    SERIOUSLY_ILL = 5
    """重病"""
    IN_PRISON = 6
    """服刑在押"""
    DRUG_REHABILITATION = 7
    """强制隔离戒毒"""
    OTHERWISE_DETAINED = 8
    """被执行其他限制人身自由的措施"""
    OUT_OF_CONTACT = 9
    """失联: registered with the police as such; not declared missing by a court"""
    GUARDIANSHIP_REVOKED = 10
    """被撤销监护资格, by a court"""
    REMOVED = 11
    """被遣送（驱逐）出境, a foreign national"""
    UNTRACEABLE = 12
    """查找不到: a parent who is not known or cannot be found"""


class School(IntEnum):
    """What kind of school somebody attends (就读学校类别)."""

    NONE = 1
    COMPULSORY = 2
    """义务教育"""
    SENIOR_HIGH = 3
    """普通高中"""
    SECONDARY_VOCATIONAL = 4
    """中等职业学校"""
    COLLEGE = 5
    """大学专科, 高等职业学校"""
    BACHELOR = 6
    """大学本科"""
    MASTER = 7
    """硕士研究生"""
    DOCTOR = 8
    """博士研究生"""


class DrawnKind(IntEnum):
    """A benefit that somebody draws already, where another one may be reduced by it."""

    DIBAO = 1
    """低保金: the person's own share"""
    TEKUN = 2
    """特困供养金"""
    ORPHAN = 3
    """孤儿基本生活费"""
    DE_FACTO_UNATTENDED = 4
    """事实无人抚养儿童基本生活补贴"""
    CHILDREN_IN_DIFFICULTY = 5
    """困境儿童基本生活费"""
    DISABILITY_LIVING = 6
    """困难残疾人生活补贴"""
    DISABILITY_CARE = 7
    """重度残疾人护理补贴"""
    OLD_AGE_ALLOWANCE = 8
    """高龄津贴"""
    ELDERLY_SUBSIDY = 9
    """经济困难老年人补贴: service or care"""
    WORK_INJURY_CARE = 10
    """工伤生活护理费"""
    FAMILY_PLANNING = 11
    """计划生育特别扶助金"""
    OTHER = 12
    """any other benefit"""
