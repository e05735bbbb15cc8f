"""Who lives together as a household (共同生活的家庭成员): shared by every benefit of households.

民发〔2012〕220号 art. 5; 最低生活保障审核确认办法 art. 7.
"""

from __future__ import annotations

from attrs import frozen

from minzheng.benefits._engine import (
    ParameterReader,
    Vector,
    age,
    choice,
    computed,
    distinct,
    fact,
    figure,
)
from minzheng.people import Relation, Study, Whereabouts

__all__ = ["Family", "FamilyParameters", "is_away_clergy", "is_member"]

_SERIES = "dibao.member.excluded"


def _excluded(read: ParameterReader) -> list[bool]:
    named = read.words_of(_SERIES, "status")
    words = [each.name.lower() for each in Whereabouts]
    return [word in named and read.yes(read.get(_SERIES, status=word)) for word in words]


@frozen(kw_only=True)
class FamilyParameters:
    """Who is a member.

    Attributes:
        adult_age: in years.
        counts_parents: whether the applicant's parents count wherever they live.
        counts_enrolled_students: whether grown children count who study, but not full time.
        away: by ``Whereabouts``, whether somebody there is no member.
    """

    adult_age: int = figure("age.adult", required=True)
    defined: int = figure("dibao.member.defined")
    counts_enrolled_students: bool = choice("dibao.member.student", "enrolled", required=True)
    counts_parents: bool = figure("dibao.member.parents", required=True)
    away: Vector = computed(_excluded, by=Whereabouts)


def _places(p: FamilyParameters) -> tuple[Whereabouts, ...]:
    """Where a person may be: one place of each that the parameters treat alike."""
    return distinct(Whereabouts, lambda each: (p.away[each], p.away[each] and each is _CLERGY))


_CLERGY = Whereabouts.CLERGY_AWAY


def _studies(p: FamilyParameters) -> tuple[Study, ...]:
    return distinct(Study, lambda each: is_student(each, p))


@frozen(kw_only=True)
class Family:
    """What ties a person to the household."""

    relation: Relation = fact(counted={Relation.APPLICANT: (1, 1), Relation.SPOUSE: (0, 1)})
    age: int = age()
    whereabouts: Whereabouts = fact(domain=_places)
    dependent: bool = fact(domain=(True, False))
    study: Study = fact(domain=_studies)
    support_duty: bool = fact(domain=(True, False))
    co_resident: bool = fact(domain=(True, False))


def is_away_clergy(m: Family, p: FamilyParameters) -> bool:
    """Religious staff who left the family, and may apply on their own."""
    return m.whereabouts == Whereabouts.CLERGY_AWAY and p.away[Whereabouts.CLERGY_AWAY]


def is_student(study: int, p: FamilyParameters) -> bool:
    """Whether a grown child at such a school counts as a member."""
    if study == Study.ENROLLED:
        return p.counts_enrolled_students
    return study in (Study.SCHOOL, Study.FULL_TIME)


def is_member(m: Family, p: FamilyParameters) -> bool:
    """Who lives together as a household; clergy who are away are none."""
    if p.away[m.whereabouts]:
        return False
    if m.relation in (Relation.APPLICANT, Relation.SPOUSE):
        return True
    if m.relation == Relation.CHILD:
        return m.age < p.adult_age or m.co_resident or m.dependent or is_student(m.study, p)
    if m.relation == Relation.PARENT:
        return p.counts_parents or m.co_resident
    # grown children and parents owe support by law; for others it is a fact of the case
    return m.support_duty and m.co_resident
