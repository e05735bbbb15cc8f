"""Who lives together as a household (共同生活的家庭成员): shared by every benefit of households."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from attrs import frozen

from minzheng.base.dates import age_on
from minzheng.benefits.counting import IncomeFacts, IncomeTerms
from minzheng.benefits.unknowns import Unknowns, distinct
from minzheng.people import Person, Relation, Study, Whereabouts
from minzheng.rules import limited
from minzheng.standards.reading import Reading

__all__ = [
    "FamilyMember",
    "FamilyTerms",
    "counts_in",
    "family_of",
    "is_away_clergy",
    "is_excluded",
    "is_member",
    "membership",
]

_AWAY = ("prison", "labour_reeducation", "drug_rehabilitation", "declared_missing", "clergy_away")


@frozen(kw_only=True)
class FamilyMember(IncomeFacts):
    """One person's income, and what ties him to the household."""

    relation: Relation = limited(counted={Relation.APPLICANT: (1, 1), Relation.SPOUSE: (0, 1)})
    age: int = limited(most=150)
    whereabouts: Whereabouts = Whereabouts.HOME
    dependent: bool = False
    study: Study = Study.NONE
    support_duty: bool = False
    co_resident: bool = False


@frozen(kw_only=True)
class FamilyTerms(IncomeTerms):
    """Which income counts, and who is a member."""

    adult_age: int
    counts_parents: bool
    counts_enrolled_students: bool
    excludes_prison: bool
    excludes_labour_reeducation: bool
    excludes_drug_rehabilitation: bool
    excludes_declared_missing: bool
    excludes_clergy_away: bool


def is_away_clergy(m: FamilyMember, t: FamilyTerms) -> bool:
    """Religious staff who left the family, and may apply on their own."""
    return is_clergy(m.whereabouts, t)


def is_clergy(whereabouts: int, t: FamilyTerms) -> bool:
    """Whether somebody is away as religious staff, where the rule takes those apart."""
    return t.excludes_clergy_away and whereabouts == Whereabouts.CLERGY_AWAY


def is_excluded(whereabouts: int, t: FamilyTerms) -> bool:
    """Who is away in a way that takes him out of the household, clergy apart."""
    return (
        (whereabouts == Whereabouts.PRISON and t.excludes_prison)
        or (whereabouts == Whereabouts.LABOUR_REEDUCATION and t.excludes_labour_reeducation)
        or (whereabouts == Whereabouts.DRUG_REHABILITATION and t.excludes_drug_rehabilitation)
        or (whereabouts == Whereabouts.DECLARED_MISSING and t.excludes_declared_missing)
    )


def is_member(m: FamilyMember, t: FamilyTerms) -> bool:
    """Who lives together as a household (共同生活的家庭成员).

    民发〔2012〕220号 art. 5; 最低生活保障审核确认办法 art. 7.
    """
    if is_excluded(m.whereabouts, t):
        return False
    if m.relation in (Relation.APPLICANT, Relation.SPOUSE):
        return True
    if m.relation == Relation.CHILD:
        if m.age < t.adult_age or m.dependent or m.study in (Study.SCHOOL, Study.FULL_TIME):
            return True
        if m.study == Study.ENROLLED and t.counts_enrolled_students:
            return True
    if m.relation == Relation.PARENT and t.counts_parents:
        return True
    # parents and grown children owe support by law; for others it is a fact of the case
    duty = m.relation in (Relation.CHILD, Relation.PARENT) or m.support_duty
    return duty and m.co_resident


def membership(read: Reading) -> dict[str, Any]:
    """The terms of :class:`FamilyTerms` on who is a member, the age of majority apart."""
    read.get("dibao.member.defined")
    student = read.need("dibao.member.student")
    return {
        "counts_parents": read.yes(read.need("dibao.member.parents")),
        "counts_enrolled_students": student is not None and student.value == "enrolled",
        **{
            f"excludes_{status}": read.yes(read.get("dibao.member.excluded", status=status))
            for status in _AWAY
        },
    }


def family_of(p: Person, path: str, on: date, t: FamilyTerms, unknowns: Unknowns) -> dict[str, Any]:
    """A person as the fields of :class:`FamilyMember`, income apart; ties only where they decide."""
    age = age_on(unknowns.require(p.birth, path, "birth", on), on)
    whereabouts = p.whereabouts
    if whereabouts is None:
        whereabouts = unknowns.take(None, path, "whereabouts", _places(t))
    ties = _ties(p, path, age, whereabouts, t, unknowns)
    return {"relation": p.relation, "age": age, "whereabouts": whereabouts, **ties._asdict()}


def _places(t: FamilyTerms) -> tuple[Whereabouts, ...]:
    """Where a person may be: one place of each that the terms treat alike."""

    def treatment(place: Whereabouts) -> tuple[bool, bool]:
        return is_excluded(place, t), is_clergy(place, t)

    return distinct(Whereabouts, treatment)


_ALWAYS = (Relation.APPLICANT, Relation.SPOUSE)


def counts_in(family: Mapping[str, Any], t: FamilyTerms) -> bool:
    """Whether a person as told by :func:`family_of` is a member of the household."""
    if family["whereabouts"] is Whereabouts.HOME and family["relation"] in _ALWAYS:
        return True
    member: Any = _Family(**family)
    return not is_away_clergy(member, t) and is_member(member, t)


class _Family(NamedTuple):
    """What :func:`is_member` asks of a :class:`FamilyMember`."""

    relation: Relation
    age: int
    whereabouts: Whereabouts
    dependent: bool
    study: Study
    support_duty: bool
    co_resident: bool


class _Ties(NamedTuple):
    """What ties grown children, parents and others to the household."""

    dependent: bool
    study: Study
    support_duty: bool
    co_resident: bool


_NO_TIES = _Ties(False, Study.NONE, False, False)


def _ties(
    p: Person, path: str, age: int, whereabouts: Whereabouts, t: FamilyTerms, unknowns: Unknowns
) -> _Ties:
    """What ties a person to the household; asked only where it decides."""
    if p.relation in (Relation.APPLICANT, Relation.SPOUSE) or is_excluded(whereabouts, t):
        return _NO_TIES
    if is_clergy(whereabouts, t):
        return _NO_TIES

    def asked(value: bool | None, name: str, matters: bool = True) -> bool:
        return unknowns.take(value, path, name, (True, False), matters)

    if p.relation is Relation.CHILD and age >= t.adult_age:

        def is_student(study: Study) -> bool:
            if study is Study.ENROLLED:
                return t.counts_enrolled_students
            return study in (Study.SCHOOL, Study.FULL_TIME)

        study = p.study
        if p.dependent or p.co_resident or (study is not None and is_student(study)):
            return _Ties(bool(p.dependent), study or Study.NONE, False, bool(p.co_resident))
        # one of the three is enough
        dependent = asked(p.dependent, "dependent")
        co_resident = asked(p.co_resident, "co_resident", not dependent)
        if study is None:
            kinds = distinct(Study, is_student)
            study = unknowns.take(None, path, "study", kinds, not dependent and not co_resident)
        return _Ties(dependent, study, False, co_resident)
    if p.relation is Relation.PARENT and not t.counts_parents:
        return _NO_TIES._replace(co_resident=asked(p.co_resident, "co_resident"))
    if p.relation is Relation.OTHER:
        if p.support_duty is False or p.co_resident is False:  # both are needed
            return _NO_TIES
        duty = asked(p.support_duty, "support_duty")
        return _NO_TIES._replace(
            support_duty=duty, co_resident=asked(p.co_resident, "co_resident", duty)
        )
    return _NO_TIES
