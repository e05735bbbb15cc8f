"""Who lives together as a household (共同生活的家庭成员): shared by every benefit of households."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from attrs import frozen

from minzheng.base.dates import age_on
from minzheng.benefits.counting import IncomeFacts, IncomeTerms
from minzheng.benefits.unknowns import Unknowns
from minzheng.people import Person, Relation, Study, Whereabouts
from minzheng.rules import limited
from minzheng.standards.reading import Reading

__all__ = [
    "FamilyMember",
    "FamilyTerms",
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
    return t.excludes_clergy_away and m.whereabouts == Whereabouts.CLERGY_AWAY


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
    whereabouts = unknowns.require(p.whereabouts, path, "whereabouts", Whereabouts.HOME)
    ties = _ties(p, path, age, whereabouts, t, unknowns)
    return {"relation": p.relation, "age": age, "whereabouts": whereabouts, **ties._asdict()}


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
    require = unknowns.require
    if p.relation in (Relation.APPLICANT, Relation.SPOUSE) or is_excluded(whereabouts, t):
        return _NO_TIES
    if p.relation is Relation.CHILD and age >= t.adult_age:
        in_school = p.study in (Study.SCHOOL, Study.FULL_TIME)
        in_school = in_school or (p.study is Study.ENROLLED and t.counts_enrolled_students)
        if p.dependent or in_school or p.co_resident:  # one of the three is enough
            return _Ties(bool(p.dependent), p.study or Study.NONE, False, bool(p.co_resident))
        return _Ties(
            require(p.dependent, path, "dependent", False),
            require(p.study, path, "study", Study.NONE),
            False,
            require(p.co_resident, path, "co_resident", False),
        )
    if p.relation is Relation.PARENT and not t.counts_parents:
        return _NO_TIES._replace(co_resident=require(p.co_resident, path, "co_resident", False))
    if p.relation is Relation.OTHER:
        if p.support_duty is False or p.co_resident is False:  # both are needed
            return _NO_TIES
        return _NO_TIES._replace(
            support_duty=require(p.support_duty, path, "support_duty", False),
            co_resident=require(p.co_resident, path, "co_resident", False),
        )
    return _NO_TIES
