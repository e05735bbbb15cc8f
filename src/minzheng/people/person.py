"""One person: income, spending, disability, self-care, supporters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from attrs import frozen

from minzheng.base.areas import BUNDLED, Areas
from minzheng.base.identifiers import disability_certificate as certificates
from minzheng.base.identifiers import resident_id as resident_ids
from minzheng.base.identifiers.disability_certificate import DisabilityType
from minzheng.errors import Fault, InvalidInput
from minzheng.people.stating import (
    checked,
    hundredths,
    mask_birth,
    mask_fact,
    mask_id,
    mask_name,
    maybe,
    rows,
    stated,
    whole,
    yuan,
)
from minzheng.people.words import (
    AbilityScale,
    Assistance,
    CareService,
    DrawnKind,
    IncomeKind,
    ParentState,
    RegisteredPoor,
    Relation,
    School,
    SpendingKind,
    Study,
    SupporterStatus,
    Whereabouts,
)

__all__ = [
    "AbilityLevel",
    "Disability",
    "Drawn",
    "Income",
    "Parent",
    "Person",
    "Schooling",
    "SelfCare",
    "Spending",
    "Supporter",
]


def _amount(value: Decimal) -> None:
    """Yuan, 0 or more: what is stated is net of its costs, and a loss is no income."""
    if value < 0:
        raise InvalidInput(
            f"expected 0 or more, got {value}: incomes are stated net of their costs, and no rule on "
            "file takes a loss off other income; state a loss as 0"
        )
    hundredths(value)


@frozen(kw_only=True)
class _Amount:
    """An amount by the month or by the year; with neither it is not known."""

    year: Decimal | None = maybe(
        "yuan in the accounting period of twelve months", converter=yuan, check=_amount
    )
    month: Decimal | None = maybe(
        "yuan a month; the year is twelve times it", converter=yuan, check=_amount
    )

    def __attrs_post_init__(self) -> None:
        both = self.year is not None and self.month is not None
        fault = Fault("", "give the amount by the year or by the month, not both")
        checked(self, *([fault] if both else []))


@frozen(kw_only=True)
class Income(_Amount):
    """One income of one person, by the month or by the year; with neither it is not known."""

    kind: IncomeKind = stated("what kind of income it is")


@frozen(kw_only=True)
class Spending(_Amount):
    """One rigid expenditure of one person, by the month or by the year."""

    kind: SpendingKind = stated("what it is spent on")


@frozen(kw_only=True)
class Disability:
    """A certified disability (GB/T 26341-2010): its type and grade."""

    type: DisabilityType = stated("visual ... multiple")
    grade: int = stated("1 (most severe) to 4", check=whole(1, 4))

    def __attrs_post_init__(self) -> None:
        checked(self)


@frozen(kw_only=True)
class SelfCare:
    """The six items of the self-care test: can the person do it alone?

    Source:
        特困人员认定办法 (2021) art. 21.
    """

    eating: bool | None = maybe("eats unaided (自主吃饭)")
    dressing: bool | None = maybe("dresses unaided (自主穿衣)")
    bed: bool | None = maybe("gets in and out of bed unaided (自主上下床)")
    toilet: bool | None = maybe("uses the toilet unaided (自主如厕)")
    walking: bool | None = maybe("walks indoors unaided (室内自主行走)")
    bathing: bool | None = maybe("bathes unaided (自主洗澡)")

    def __attrs_post_init__(self) -> None:
        checked(self)


@frozen(kw_only=True)
class Supporter:
    """A person with a statutory duty to support, and whether that duty can be met.

    Where ``status`` is left out, the other facts decide it.
    """

    status: SupporterStatus | None = maybe("what keeps the supporter from supporting")
    birth: date | None = maybe("day of birth", repr=mask_birth)
    tekun: bool | None = maybe("is tekun")
    dibao: bool | None = maybe("draws dibao")
    disabled: bool | None = maybe("false: certainly no certified disability")
    disability: Disability | None = maybe("type and grade by the certificate")
    income_year: Decimal | None = maybe(
        "own income in yuan a year", converter=yuan, check=hundredths
    )
    low_property: bool | None = maybe(
        "the authority finds the property to meet the local rule for low-income families"
    )
    meets_tekun_rule: bool | None = maybe(
        "the authority finds the property to meet the local tekun rule; asked before July 2021"
    )
    incapable: bool | None = maybe("has no civil capacity (无民事行为能力)")
    declared_missing: bool | None = maybe("is declared missing (宣告失踪)")
    in_prison: bool | None = maybe("serves a sentence in prison")

    def __attrs_post_init__(self) -> None:
        both = self.disability is not None and self.disabled is False
        fault = Fault("disabled", "is false, but a disability is given")
        checked(self, *([fault] if both else []))


_MOST = {AbilityScale.MZT_039: 3, AbilityScale.GBT_42195: 4}


@frozen(kw_only=True)
class AbilityLevel:
    """The level of an elder's ability by an assessment; 0 is able, more is worse."""

    scale: AbilityScale = stated("the standard of the assessment")
    level: int = stated("0 (able) to 3 by MZ/T 039, to 4 by GB/T 42195", check=whole(0, 4))

    def __attrs_post_init__(self) -> None:
        checked(self)
        if self.level > _MOST[self.scale]:
            most = f"that scale ends at {_MOST[self.scale]}, got {self.level}"
            raise InvalidInput([Fault("level", most)])


@frozen(kw_only=True)
class Parent:
    """One of a child's two legal parents, as far as a benefit of children asks.

    Of several states that hold, state one that the law names and that is met. A parent who is
    not known at all is ``UNTRACEABLE``.
    """

    state: ParentState | None = maybe("what keeps the parent from bringing up the child")
    months: int | None = maybe(
        "whole months of the term to be served, or without contact", check=whole(0)
    )
    disability: Disability | None = maybe("type and grade by the certificate")
    listed_illness: bool | None = maybe(
        "the authority finds that the illness is on the local list of serious illnesses"
    )
    brings_up: bool | None = maybe("performs the duty to bring up the child")

    def __attrs_post_init__(self) -> None:
        checked(self)


@frozen(kw_only=True)
class Drawn:
    """One benefit that a person draws already."""

    kind: DrawnKind = stated("which benefit is drawn")
    month: Decimal | None = maybe("yuan a month that are drawn", converter=yuan, check=hundredths)

    def __attrs_post_init__(self) -> None:
        checked(self)


@frozen(kw_only=True)
class Schooling:
    """The school that a person attends now."""

    school: School | None = maybe("what kind of school is attended; 'none' says not at school")
    full_time: bool | None = maybe("studies full time (全日制)")
    since_minor: bool | None = maybe("has been enrolled without a break since turning 18")
    in_mainland: bool | None = maybe("the school is inside the mainland (境内)")
    in_plan: bool | None = maybe("was admitted under the national plan; asked of a master's course")
    half_years: int | None = maybe(
        "half-years of this school year that are attended: 1 or 2", check=whole(1, 2)
    )

    def __attrs_post_init__(self) -> None:
        checked(self)


@frozen(kw_only=True)
class Person:
    """One person. Only ``relation`` is required; everything else may be unknown."""

    relation: Relation = stated("what the person is to the applicant")
    name: str | None = maybe("for people to read; never decides anything", repr=mask_name)
    id: str | None = maybe("a lasting id of the person, where there is no resident number")
    resident_id: str | None = maybe(
        "gives the birth when that is left out", repr=mask_id, check=resident_ids.validate
    )
    birth: date | None = maybe("day of birth", repr=mask_birth)
    whereabouts: Whereabouts | None = maybe("home, or what takes the person out of the household")
    income: tuple[Income, ...] | None = maybe(
        "ALL incomes; an empty list says there is none", converter=rows
    )
    spending: tuple[Spending, ...] | None = maybe(
        "ALL rigid expenditure; empty says none", converter=rows
    )
    dependent: bool | None = maybe("an adult child who cannot live independently")
    study: Study | None = maybe("schooling; asked of adult children")
    support_duty: bool | None = maybe(
        "a statutory support duty ties other relatives to the household"
    )
    co_resident: bool | None = maybe("lives with the household permanently")
    disabled: bool | None = maybe("false: certainly no certified disability")
    disability: Disability | None = maybe("type and grade by the certificate")
    seriously_ill: bool | None = maybe("has an illness that the place recognises as serious")
    employed: bool | None = maybe("has work")
    labour_ability: bool | None = maybe("is able to work")
    own_register: bool | None = maybe("has a household register of its own (单独立户)")
    special_hardship: bool | None = maybe("the authority finds a real special hardship (2026)")
    self_care: SelfCare | None = maybe("the six-item test; asked for tekun")
    supporters: tuple[Supporter, ...] | None = maybe(
        "ALL statutory supporters; empty says none", converter=rows
    )
    recognised_as_minor: bool | None = maybe("was recognised as tekun while a minor")
    orphan: bool | None = maybe("a minor recognised as an orphan (孤儿)")
    child_allowance: bool | None = maybe(
        "a minor takes an orphan's or unattended child's allowance"
    )
    # facts of the disability subsidies and of the benefits of the elderly
    disability_certificate: str | None = maybe(
        "gives the disability when that is left out", repr=mask_id, check=certificates.validate
    )
    assistance: Assistance | None = maybe("the class of social assistance the family is in now")
    full_child_allowance: bool | None = maybe(
        "takes an orphan's allowance, or an unattended child's in full"
    )
    work_injury_care: bool | None = maybe("draws living care of work-injury insurance (生活护理费)")
    retired_cadre: bool | None = maybe("a retired cadre of before October 1949 (离休)")
    needs_long_term_care: bool | None = maybe("needs special care for six months or more")
    other_living_month: Decimal | None = maybe(
        "yuan a month of another living benefit of the same purpose; 0 says none",
        converter=yuan,
        check=hundredths,
    )
    other_care_month: Decimal | None = maybe(
        "yuan a month of another care benefit of the same purpose; 0 says none",
        converter=yuan,
        check=hundredths,
    )
    in_hardship: bool | None = maybe("found in hardship (困难) under the rule of the place")
    incapacitated: bool | None = maybe("found incapacitated (失能) under the rule of the place")
    only_child_died: bool | None = maybe("a parent whose only child has died (失独)")
    disability_care: bool | None = maybe("draws the care subsidy of severe disability")
    ability_level: AbilityLevel | None = maybe("scale and level of the ability assessment")
    centralised_care: bool | None = maybe("draws the grant of centralised care (集中照护补助)")
    improvement_action: bool | None = maybe("is served under the improvement action (提升行动)")
    care_service: CareService | None = maybe("where the care is bought")
    care_month: Decimal | None = maybe(
        "yuan spent on care in the month, net of long-term care insurance",
        converter=yuan,
        check=hundredths,
    )
    # facts of the benefits of children
    parents: tuple[Parent, ...] | None = maybe(
        "the two legal parents, one entry each", converter=rows
    )
    adopted: bool | None = maybe("has been adopted; the adoptive parents are then the parents")
    hiv: bool | None = maybe(
        "is infected with the AIDS virus; asked only where a place pays for it", repr=mask_fact
    )
    orphan_as_minor: bool | None = maybe("was recognised as an orphan before turning 18")
    severe: bool | None = maybe(
        "the authority finds the child severely disabled or seriously ill under the local rule"
    )
    drawn: tuple[Drawn, ...] | None = maybe(
        "ALL benefits that the person draws now; empty says none", converter=rows
    )
    schooling: Schooling | None = maybe("the school attended now; asked of orphans of age")
    registered_poor: RegisteredPoor | None = maybe("whether in the register of the poor, and how")
    lawfully_born: bool | None = maybe("a child born or adopted lawfully; asked below the age of 3")
    chinese_national: bool | None = maybe("has Chinese nationality; asked below the age of 3")

    def __attrs_post_init__(self) -> None:
        checked(self, between=self._faults)
        for name, compact in _COMPACT.items():
            if (number := getattr(self, name)) is not None:
                object.__setattr__(self, name, compact(number))
        if self.birth is None and self.resident_id is not None:
            object.__setattr__(self, "birth", resident_ids.validate(self.resident_id).birth)
        if self.disability is None and self.disability_certificate is not None:
            object.__setattr__(self, "disability", _certified(self.disability_certificate))
        if self.disability is not None and self.disabled is None:
            object.__setattr__(self, "disabled", True)

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """What looks wrong in the person's numbers but occurs in numbers that were issued.

        Example:
            >>> person = Person(relation=Relation.APPLICANT, resident_id="13082320180101003X")
            >>> [str(each) for each in person.warnings]
            ['resident_id[0:6]: area 130823 was out of use before the birth']
        """
        return self.warnings_by(BUNDLED)

    def warnings_by(self, areas: Areas) -> tuple[Fault, ...]:
        """As :attr:`warnings`, by the divisions of the tables in use."""
        numbers = {}
        if self.resident_id is not None:
            numbers["resident_id"] = resident_ids.to_18(self.resident_id)
        if self.disability_certificate is not None:
            number = certificates.compact(self.disability_certificate)
            numbers["disability_certificate"] = number
        return tuple(
            each._replace(path=f"{path}[0:6]")
            for path, number in numbers.items()
            for each in resident_ids.area_warnings(number[:6], int(number[6:10]), areas)
        )

    def _faults(self) -> Iterator[Fault]:
        if self.birth is not None and resident_ids.is_valid(self.resident_id or ""):
            born = resident_ids.validate(self.resident_id or "").birth
            if self.birth != born:
                yield Fault("birth", "is not the day in the resident ID")
        certified = certificates.is_valid(self.disability_certificate or "")
        if self.disabled is False and (certified or self.disability is not None):
            yield Fault("disabled", "is false, but a disability is given")
        if certified and self.disability is not None:
            said = _certified(self.disability_certificate or "")
            if self.disability != said:
                what = f"{said.type.name.lower()}, grade {said.grade}"
                yield Fault("disability", f"the certificate says {what}")
        if certified and resident_ids.is_valid(self.resident_id or ""):
            holder = certificates.validate(self.disability_certificate or "").resident_id.number
            if holder != resident_ids.to_18(self.resident_id or ""):
                yield Fault("disability_certificate", "is of another resident number")
        if self.child_allowance is False and self.full_child_allowance:
            yield Fault("full_child_allowance", "is true, but no child's allowance is taken")
        if isinstance(self.parents, tuple) and len(self.parents) != 2:
            two = f"are two, of whom one may be untraceable; found {len(self.parents)}"
            yield Fault("parents", two)


_COMPACT = {
    "resident_id": resident_ids.compact,
    "disability_certificate": certificates.compact,
}


def _certified(number: str) -> Disability:
    certificate = certificates.validate(number)
    return Disability(type=certificate.type, grade=certificate.grade)
