"""Persons and households as an application states them; ``None`` always means *not known*.

Amounts are ``Decimal`` yuan (``str`` and ``int`` are taken, a float is a
``TypeError``), days are ``date``, areas are six-digit division codes. Nothing is
defaulted: a fact left out is unknown, and a decision that needs it says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import IntEnum
from functools import cache
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from attrs import field, fields, fields_dict, frozen

from minzheng.base import areas
from minzheng.base.identifiers import resident_id as resident_ids
from minzheng.base.identifiers.disability_certificate import DisabilityType
from minzheng.base.money import plain_decimal, to_fen
from minzheng.errors import Fault, InvalidInput, NotFound, WrongType

__all__ = [
    "Applicant",
    "Application",
    "Assistance",
    "Disability",
    "DisabilityType",
    "Hardship",
    "Household",
    "Income",
    "IncomeKind",
    "Leaving",
    "Person",
    "Placement",
    "Property",
    "RegisteredPoor",
    "Relation",
    "Residence",
    "SelfCare",
    "Spending",
    "SpendingKind",
    "Study",
    "Supporter",
    "SupporterStatus",
    "Whereabouts",
    "about",
    "mask_name",
]

Row = TypeVar("Row")


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
    EDGE = 4
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
    """How a tekun person is supported; the person may choose."""

    DISPERSED = 1
    """分散供养, at home"""
    CENTRALISED = 2
    """集中供养, in an institution"""


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


def _mask_birth(birth: date | None) -> str:
    return "None" if birth is None else f"{birth.year}-**-**"


def _decimal(value: Decimal | str | int | None) -> Decimal | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, Decimal | str | int):
        raise WrongType(f"amounts are Decimal, str or int, never {type(value).__name__}: {value!r}")
    return plain_decimal(value)


def _rows(rows: Iterable[Row] | None) -> tuple[Row, ...] | None:
    return None if rows is None else tuple(rows)


def _every(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(rows)


def _hundredths(value: Decimal) -> None:
    """Yuan, or square metres: 0 or more, at most two decimals."""
    try:
        hundredths = to_fen(value)
    except InvalidInput:
        raise InvalidInput(f"expected a number with at most two decimals, got {value}") from None
    if hundredths < 0:
        raise InvalidInput(f"expected 0 or more, got {value}")


def _whole(least: int, most: int | None = None) -> Callable[[int], None]:
    wanted = f"{least} or more" if most is None else f"{least}..{most}"

    def check(value: int) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            raise WrongType(f"expected a whole number, got {value!r}")
        if value < least or (most is not None and value > most):
            raise InvalidInput(f"expected {wanted}, got {value}")

    return check


def _area(code: str) -> None:
    try:
        areas.eras(code)
    except (InvalidInput, NotFound) as error:
        raise InvalidInput(str(error).removeprefix("code: ")) from None


@cache
def _types(cls: Any) -> tuple[tuple[str, tuple[type, ...], type | None], ...]:
    """For each field its plain types, and for a tuple the type of its rows."""
    found = []
    for name, hint in get_type_hints(cls).items():
        choices = [each for each in (get_args(hint) or (hint,)) if each is not Ellipsis]
        if get_origin(hint) is tuple:
            choices = [hint]
        row = next((get_args(each)[0] for each in choices if get_origin(each) is tuple), None)
        plain = tuple(get_origin(each) or each for each in choices)
        found.append((name, plain, row))
    return tuple(found)


def _typed(model: Any) -> None:
    """Refuse values of a type that a field never has, such as ``"no"`` for a truth value."""
    kind: Any = type(model)
    for name, plain, row in _types(kind):
        value = getattr(model, name)
        if type(value) not in plain:
            wanted = " or ".join(each.__name__ for each in plain if each is not NoneType)
            raise WrongType(f"{name}: expected {wanted}, got {value!r}")
        if row is not None and value is not None:
            for place, each in enumerate(value):
                if type(each) is not row:
                    raise WrongType(f"{name}[{place}]: expected {row.__name__}, got {each!r}")


@cache
def _checks(cls: Any) -> tuple[tuple[str, Callable[[Any], object]], ...]:
    return tuple(
        (each.name, each.metadata["check"]) for each in fields(cls) if "check" in each.metadata
    )


def _checked(model: object, *more: Fault) -> None:
    """Refuse a model with all its faults: of each field, and ``more`` between the fields."""
    kind: Any = type(model)
    _typed(model)
    faults: list[Fault] = []
    for name, check in _checks(kind):
        value = getattr(model, name)
        if value is not None:
            try:
                check(value)
            except InvalidInput as error:
                faults += error.under(name).faults
    faults += more
    if faults:
        order = [each.name for each in fields(kind)]
        raise InvalidInput(sorted(faults, key=lambda each: _place(each.path, order)))


def _place(path: str, order: list[str]) -> int:
    first = re.split(r"[.\[]", path)[0]
    return order.index(first) if first else -1


def mask_name(name: str | None) -> str:
    """The first character of a name and stars, for lists and logs.

    Example:
        >>> mask_name("测试甲")
        '测**'
    """
    return "?" if not name else name[: len(name) > 1] + "*" * max(1, len(name) - 1)


def _mask_id(number: str | None) -> str:
    return "None" if number is None else number[:6] + "*" * (len(number) - 6)


def _about(text: str, *, check: Callable[[Any], object] | None = None, **options: Any) -> Any:
    """A fact: what it means, and the check that its value passes, read by the codec too."""
    about = {"about": text} if check is None else {"about": text, "check": check}
    return field(metadata=about, **options)


def _fact(text: str, **options: Any) -> Any:
    """A fact that may be unknown."""
    return _about(text, default=None, **options)


@frozen(kw_only=True)
class _Amount:
    """An amount by the month or by the year; with neither it is not known."""

    year: Decimal | None = _fact(
        "yuan in the accounting period of twelve months", converter=_decimal, check=_hundredths
    )
    month: Decimal | None = _fact(
        "yuan a month; the year is twelve times it", converter=_decimal, check=_hundredths
    )

    def __attrs_post_init__(self) -> None:
        both = self.year is not None and self.month is not None
        fault = Fault("", "give the amount by the year or by the month, not both")
        _checked(self, *([fault] if both else []))


@frozen(kw_only=True)
class Income(_Amount):
    """One income of one person, by the month or by the year; with neither it is not known."""

    kind: IncomeKind = _about("what kind of income it is")


@frozen(kw_only=True)
class Spending(_Amount):
    """One rigid expenditure of one person, by the month or by the year."""

    kind: SpendingKind = _about("what it is spent on")


@frozen(kw_only=True)
class Disability:
    """A certified disability (GB/T 26341-2010): its type and grade."""

    type: DisabilityType = _about("visual ... multiple")
    grade: int = _about("1 (most severe) to 4", check=_whole(1, 4))

    def __attrs_post_init__(self) -> None:
        _checked(self)


@frozen(kw_only=True)
class SelfCare:
    """The six items of the self-care test: can the person do it alone?

    Source:
        特困人员认定办法 (2021) art. 21.
    """

    eating: bool | None = _fact("eats unaided (自主吃饭)")
    dressing: bool | None = _fact("dresses unaided (自主穿衣)")
    bed: bool | None = _fact("gets in and out of bed unaided (自主上下床)")
    toilet: bool | None = _fact("uses the toilet unaided (自主如厕)")
    walking: bool | None = _fact("walks indoors unaided (室内自主行走)")
    bathing: bool | None = _fact("bathes unaided (自主洗澡)")

    def __attrs_post_init__(self) -> None:
        _checked(self)


@frozen(kw_only=True)
class Supporter:
    """A person with a statutory duty to support, and whether that duty can be met.

    Where ``status`` is left out, the other facts decide it.
    """

    status: SupporterStatus | None = _fact("what keeps the supporter from supporting")
    birth: date | None = _fact("day of birth", repr=_mask_birth)
    tekun: bool | None = _fact("is tekun")
    dibao: bool | None = _fact("draws dibao")
    disabled: bool | None = _fact("false: certainly no certified disability")
    disability: Disability | None = _fact("type and grade by the certificate")
    income_year: Decimal | None = _fact(
        "own income in yuan a year", converter=_decimal, check=_hundredths
    )
    low_property: bool | None = _fact(
        "the authority finds the property to meet the local rule for low-income families"
    )
    incapable: bool | None = _fact("has no civil capacity (无民事行为能力)")
    declared_missing: bool | None = _fact("is declared missing (宣告失踪)")
    in_prison: bool | None = _fact("serves a sentence in prison")

    def __attrs_post_init__(self) -> None:
        both = self.disability is not None and self.disabled is False
        fault = Fault("disabled", "is false, but a disability is given")
        _checked(self, *([fault] if both else []))


@frozen(kw_only=True)
class Person:
    """One person. Only ``relation`` is required; everything else may be unknown."""

    relation: Relation = _about("what the person is to the applicant")
    name: str | None = _fact("for people to read; never decides anything", repr=mask_name)
    resident_id: str | None = _fact(
        "gives the birth when that is left out", repr=_mask_id, check=resident_ids.validate
    )
    birth: date | None = _fact("day of birth", repr=_mask_birth)
    whereabouts: Whereabouts | None = _fact("home, or what takes the person out of the household")
    income: tuple[Income, ...] | None = _fact(
        "ALL incomes; an empty list says there is none", converter=_rows
    )
    spending: tuple[Spending, ...] | None = _fact(
        "ALL rigid expenditure; empty says none", converter=_rows
    )
    dependent: bool | None = _fact("an adult child who cannot live independently")
    study: Study | None = _fact("schooling; asked of adult children")
    support_duty: bool | None = _fact(
        "a statutory support duty ties other relatives to the household"
    )
    co_resident: bool | None = _fact("lives with the household permanently")
    disabled: bool | None = _fact("false: certainly no certified disability")
    disability: Disability | None = _fact("type and grade by the certificate")
    seriously_ill: bool | None = _fact("has an illness that the place recognises as serious")
    employed: bool | None = _fact("has work")
    labour_ability: bool | None = _fact("is able to work")
    own_register: bool | None = _fact("has a household register of its own (单独立户)")
    special_hardship: bool | None = _fact("the authority finds a real special hardship (2026)")
    self_care: SelfCare | None = _fact("the six-item test; asked for tekun")
    supporters: tuple[Supporter, ...] | None = _fact(
        "ALL statutory supporters; empty says none", converter=_rows
    )
    recognised_as_minor: bool | None = _fact("was recognised as tekun while a minor")
    orphan: bool | None = _fact("a minor recognised as an orphan (孤儿)")
    child_allowance: bool | None = _fact(
        "a minor takes an orphan's or unattended child's allowance"
    )

    def __attrs_post_init__(self) -> None:
        _checked(self, *self._faults())
        if self.birth is None and self.resident_id is not None:
            object.__setattr__(self, "birth", resident_ids.validate(self.resident_id).birth)
        if self.disability is not None and self.disabled is None:
            object.__setattr__(self, "disabled", True)

    def _faults(self) -> Iterator[Fault]:
        if self.birth is not None and resident_ids.is_valid(self.resident_id or ""):
            born = resident_ids.validate(self.resident_id or "").birth
            if self.birth != born:
                yield Fault("birth", f"{self.birth}, but the resident ID says {born}")
        if self.disability is not None and self.disabled is False:
            yield Fault("disabled", "is false, but a disability is given")


@frozen(kw_only=True)
class Property:
    """What a household owns, as far as a local property test may ask."""

    financial_assets: Decimal | None = _fact(
        "yuan: cash, deposits, securities", converter=_decimal, check=_hundredths
    )
    homes: int | None = _fact("number of homes owned", check=_whole(0))
    floor_area: Decimal | None = _fact(
        "square metres of the homes", converter=_decimal, check=_hundredths
    )
    cars: int | None = _fact("motor vehicles for private daily use", check=_whole(0))
    mobility_cars: int | None = _fact(
        "of these, mobility vehicles of disabled members", check=_whole(0)
    )
    luxury: bool | None = _fact("buys or uses luxuries, or spends highly")
    visibly_above: bool | None = _fact("lives visibly above local residents; assets unverifiable")
    meets_dibao_rule: bool | None = _fact("the authority's own finding under the local dibao rule")
    meets_tekun_rule: bool | None = _fact("the authority's own finding under the local tekun rule")
    meets_edge_rule: bool | None = _fact(
        "the authority's own finding under the local rule for edge families"
    )
    meets_rigid_rule: bool | None = _fact(
        "the authority's own finding under the local rule for rigid expenditure"
    )

    def __attrs_post_init__(self) -> None:
        cars, mobility = self.cars, self.mobility_cars
        too_many = isinstance(cars, int) and isinstance(mobility, int) and mobility > cars
        fault = Fault("mobility_cars", "are part of the cars; there are fewer cars")
        _checked(self, *([fault] if too_many else []))


@frozen(kw_only=True)
class Household:
    """A household that applies: every person of it, counted or not."""

    id: str = _about("the case, for lists; not a person's number")
    area: str = _about("six-digit division code of the county where it is filed", check=_area)
    residence: Residence = _about("rural or urban standard")
    members: tuple[Person, ...] = _about(
        "all persons, the applicant first or anywhere, once each", converter=_every
    )
    property: Property | None = _fact("what the household owns")
    band: int | None = _fact(
        "where bands are paid: the band set by the county, 1 is the lowest",
        check=_whole(1),
    )
    in_hardship: bool | None = _fact(
        "the authority finds the family in hardship (2012, Hebei 2019)"
    )
    assistance: Assistance | None = _fact("the class of social assistance it is in now")

    def __attrs_post_init__(self) -> None:
        _checked(self, *self._faults())

    def _faults(self) -> Iterator[Fault]:
        applicants = [
            f"members[{n}]"
            for n, person in enumerate(self.members)
            if person.relation is Relation.APPLICANT
        ]
        if len(applicants) != 1:
            found = ", ".join(applicants) or "none"
            yield Fault("members", f"exactly one member is the applicant, found {found}")
        spouses = [n for n, each in enumerate(self.members) if each.relation is Relation.SPOUSE]
        if len(spouses) > 1:
            both = ", ".join(f"members[{n}]" for n in spouses)
            yield Fault("members", f"at most one member is the spouse, found {both}")
        yield from _twice(person.resident_id for person in self.members)


@frozen(kw_only=True)
class Applicant:
    """One person who applies alone, as for tekun."""

    id: str = _about("the case, for lists; not a person's number")
    area: str = _about("six-digit division code of the county where it is filed", check=_area)
    residence: Residence = _about("rural or urban standard")
    person: Person = _about("the applicant")
    property: Property | None = _fact("what the person owns")
    placement: Placement | None = _fact("at home or in an institution; the person may choose")

    def __attrs_post_init__(self) -> None:
        alone = self.person.relation is Relation.APPLICANT
        fault = Fault("person.relation", "is 'applicant' for somebody who applies alone")
        _checked(self, *([] if alone else [fault]))


@frozen(kw_only=True)
class Application:
    """An application for temporary assistance, with what the authority has found."""

    id: str = _about("the case, for lists; not a person's number")
    area: str = _about("six-digit division code of the county where it is filed", check=_area)
    residence: Residence = _about("rural or urban standard")
    hardship: Hardship | None = _fact("what brought the applicant into hardship")
    family: bool | None = _fact("a family applies; false: one person for himself")
    persons: int | None = _fact("how many persons the assistance is for", check=_whole(1))
    serious: bool | None = _fact("basic living is in serious difficulty for a time")
    urgent: bool | None = _fact("the case is urgent and needs help at once")
    emergency_area: str | None = _fact(
        "six-digit division code of the county where the emergency happened", check=_area
    )
    assistance: Assistance | None = _fact("the class of social assistance it is in now")
    registered_poor: RegisteredPoor | None = _fact("whether in the register of the poor, and how")
    awaiting: bool | None = _fact("has applied for dibao or tekun, not yet decided")
    disposable_income: Decimal | None = _fact(
        "yuan a year for each person of the family", converter=_decimal, check=_hundredths
    )
    meets_property_rule: bool | None = _fact(
        "the authority's own finding under the local rule of temporary assistance"
    )
    beyond_means: bool | None = _fact(
        "necessary spending has risen suddenly, beyond what the family can bear"
    )
    special_hardship: bool | None = _fact("the authority finds a special hardship")
    degree: int | None = _fact(
        "degree of the hardship by the local rule, 1 is the lightest", check=_whole(1, 3)
    )
    months: int | None = _fact("months that the hardship lasts", check=_whole(1))
    proposed: Decimal | None = _fact(
        "yuan that the authority proposes for a major hardship decided case by case",
        converter=_decimal,
        check=_hundredths,
    )
    months_without_income: int | None = _fact(
        "consecutive months without any income", check=_whole(0)
    )
    unemployment_insured: bool | None = _fact("unemployment insurance covers the person")
    kept_by_epidemic: bool | None = _fact("an epidemic keeps the person from going back to work")
    works_or_lives_here: bool | None = _fact("works or habitually lives where it is filed")

    def __attrs_post_init__(self) -> None:
        persons = self.persons if isinstance(self.persons, int) else 1
        fault = Fault("persons", "one person applies for himself, but several are given")
        _checked(self, *([fault] if self.family is False and persons > 1 else []))


@frozen(kw_only=True)
class Leaving:
    """A household that draws dibao and whose income has risen, as for a gradual exit."""

    id: str = _about("the case, for lists; not a person's number")
    area: str = _about("six-digit division code of the county that pays", check=_area)
    residence: Residence = _about("rural or urban standard")
    draws_dibao: bool | None = _fact("draws dibao now")
    by_employment: bool | None = _fact("employment has raised the income")
    size: int | None = _fact("members who count now", check=_whole(1))
    income_year: Decimal | None = _fact(
        "counted household income in yuan a year", converter=_decimal, check=_hundredths
    )
    base_month: Decimal | None = _fact(
        "paid so far in yuan a month, without supplements", converter=_decimal, check=_hundredths
    )
    supplement_month: Decimal | None = _fact(
        "supplements of those who remain in yuan a month", converter=_decimal, check=_hundredths
    )

    def __attrs_post_init__(self) -> None:
        _checked(self)


def _twice(numbers: Iterable[str | None]) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for place, number in enumerate(numbers):
        if number is None:
            continue
        first = seen.setdefault(resident_ids.to_18(number), place)
        if first != place:
            yield Fault(f"members[{place}].resident_id", f"is that of members[{first}] again")


_HOLDERS: Mapping[str, type] = {
    "household": Household,
    "applicant": Applicant,
    "application": Application,
    "members": Person,
    "person": Person,
    "income": Income,
    "spending": Spending,
    "disability": Disability,
    "self_care": SelfCare,
    "supporters": Supporter,
    "supporter": Supporter,
    "property": Property,
    "leaving": Leaving,
}


def about(path: str) -> str:
    """What the fact at a path means, as an English message id; ``""`` for another path.

    Example:
        >>> about("household.members[1].income[0].month")
        'yuan a month; the year is twelve times it'
    """
    *_, holder, name = ["", *re.sub(r"\[\d+\]", "", path).split(".")]
    if holder not in _HOLDERS:
        return ""
    stated = fields_dict(_HOLDERS[holder]).get(name)
    return "" if stated is None else str(stated.metadata["about"])
