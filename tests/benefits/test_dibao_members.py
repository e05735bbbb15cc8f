"""Who counts as a member of the household, on both sides of 2021-07-01."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from dibao_cases import NEW, OLD, codes, decide, finding, paid, person
from hypothesis import given
from hypothesis import strategies as st

from minzheng.errors import InvalidInput
from minzheng.people import Person, Relation, Study, Whereabouts
from minzheng.rules import Outcome

CHILD, PARENT, OTHER = Relation.CHILD, Relation.PARENT, Relation.OTHER


def counted(other: Person, on: date) -> bool:
    """Whether one more person beside the applicant counts."""
    size = finding(decide(person(), other, on=on), "size")
    assert size in (1, 2)
    return size == 2


@pytest.mark.parametrize(
    ("relation", "facts", "before", "after"),
    [
        (Relation.SPOUSE, {"co_resident": False}, True, True),
        (PARENT, {"co_resident": False}, True, False),
        (PARENT, {"co_resident": True}, True, True),
        (CHILD, {"study": Study.ENROLLED, "co_resident": False}, True, False),
        (CHILD, {"study": Study.ENROLLED, "co_resident": True}, True, True),
        (CHILD, {"study": Study.FULL_TIME, "co_resident": False}, True, True),
        (CHILD, {"study": Study.SCHOOL, "co_resident": False}, True, True),
        (CHILD, {"study": Study.BEYOND_BACHELOR, "co_resident": False}, False, False),
        (CHILD, {"study": Study.BEYOND_BACHELOR, "co_resident": True}, True, True),
        (CHILD, {"study": Study.NONE, "co_resident": False}, False, False),
        (CHILD, {"study": Study.NONE, "co_resident": True}, True, True),
        (CHILD, {"dependent": True, "co_resident": False}, True, True),
        (OTHER, {"support_duty": True, "co_resident": True}, True, True),
        (OTHER, {"support_duty": True, "co_resident": False}, False, False),
        (OTHER, {"support_duty": False, "co_resident": True}, False, False),
    ],
)
def test_members(relation: Relation, facts: dict[str, Any], before: bool, after: bool) -> None:
    other = person(relation, **facts)
    assert (counted(other, OLD), counted(other, NEW)) == (before, after)


@pytest.mark.parametrize(
    ("whereabouts", "before", "after"),
    [
        (Whereabouts.HOME, True, True),
        (Whereabouts.PRISON, False, False),
        (Whereabouts.LABOUR_REEDUCATION, False, True),
        (Whereabouts.DRUG_REHABILITATION, True, False),
        (Whereabouts.DECLARED_MISSING, True, False),
        (Whereabouts.CLERGY_AWAY, False, False),
    ],
)
@pytest.mark.parametrize("relation", [Relation.SPOUSE, CHILD, PARENT])
def test_absent_members(
    relation: Relation, whereabouts: Whereabouts, before: bool, after: bool
) -> None:
    other = person(relation, whereabouts=whereabouts)
    assert (counted(other, OLD), counted(other, NEW)) == (before, after)


@pytest.mark.parametrize(("birth", "minor"), [(date(2004, 1, 2), True), (date(2004, 1, 1), False)])
def test_a_child_is_of_age_on_the_eighteenth_birthday(birth: date, minor: bool) -> None:
    child = person(CHILD, birth=birth, co_resident=False)
    assert counted(child, date(2022, 1, 1)) is minor


def test_who_does_not_count_brings_neither_income_nor_a_share() -> None:
    decision = decide(person(), person(CHILD, co_resident=False, income=None))
    assert paid(decision) == 632
    assert finding(decision, "income_year") == 0


def test_without_a_member_nothing_is_paid() -> None:
    decision = decide(person(whereabouts=Whereabouts.PRISON))
    assert (decision.outcome, codes(decision)) == (Outcome.REFUSED, ["no_members"])


def test_nobody_is_born_after_the_day() -> None:
    late = person(CHILD, birth=date(2022, 1, 2))
    with pytest.raises(InvalidInput, match=r"household\.members\[1\]\.birth: is after"):
        decide(person(), late)
    assert decide(person(), person(CHILD, birth=date(2022, 1, 1))).outcome is Outcome.GRANTED


@given(
    on=st.sampled_from([OLD, NEW]),
    relation=st.sampled_from([Relation.SPOUSE, CHILD, PARENT, OTHER]),
    birth=st.dates(date(1940, 1, 1), date(2020, 1, 1)),
    whereabouts=st.sampled_from(Whereabouts),
    study=st.sampled_from(Study),
    flags=st.tuples(st.booleans(), st.booleans(), st.booleans()),
)
def test_membership_restated(
    on: date,
    relation: Relation,
    birth: date,
    whereabouts: Whereabouts,
    study: Study,
    flags: tuple[bool, bool, bool],
) -> None:
    dependent, duty, resident = flags
    other = person(
        relation,
        birth=birth,
        whereabouts=whereabouts,
        study=study,
        dependent=dependent,
        support_duty=duty,
        co_resident=resident,
    )
    old = on == OLD
    away = {Whereabouts.PRISON, Whereabouts.CLERGY_AWAY} | (
        {Whereabouts.LABOUR_REEDUCATION}
        if old
        else {Whereabouts.DRUG_REHABILITATION, Whereabouts.DECLARED_MISSING}
    )
    students = {Study.SCHOOL, Study.FULL_TIME} | ({Study.ENROLLED} if old else set())
    minor = (on.year - birth.year, on.month, on.day) < (18, birth.month, birth.day)
    expected = (
        whereabouts not in away
        and {
            Relation.SPOUSE: True,
            CHILD: minor or dependent or study in students or resident,
            PARENT: old or resident,
            OTHER: duty and resident,
        }[relation]
    )
    assert counted(other, on) is expected
