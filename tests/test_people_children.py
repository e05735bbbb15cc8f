"""Facts about children: parents, what is drawn, schooling; faults, JSON, and what is never shown."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from attrs import fields

from minzheng.base import codec
from minzheng.errors import InvalidInput, WrongType
from minzheng.people import (
    Applicant,
    Drawn,
    DrawnKind,
    Parent,
    ParentState,
    Person,
    Relation,
    School,
    Schooling,
    about,
)

PLAIN: dict[str, Any] = {
    "id": "case-6",
    "area": "130822",
    "residence": "rural",
    "person": {
        "relation": "applicant",
        "birth": "2012-03-01",
        "adopted": False,
        "hiv": False,
        "parents": [
            {"state": "dead"},
            {
                "state": "severely_disabled",
                "months": 6,
                "disability": {"type": "mental", "grade": 3},
                "brings_up": False,
            },
        ],
        "drawn": [{"kind": "disability_living", "month": "66.50"}],
        "schooling": {"school": "senior_high", "full_time": True, "half_years": 1},
        "assistance": "dibao_marginal",
        "registered_poor": "out",
    },
}


def test_a_child_as_json_and_back() -> None:
    applicant = codec.loads(json.dumps(PLAIN), Applicant)
    person = applicant.person
    assert person.parents is not None
    assert [each.state for each in person.parents] == [
        ParentState.DEAD,
        ParentState.SEVERELY_DISABLED,
    ]
    assert person.drawn == (Drawn(kind=DrawnKind.DISABILITY_LIVING, month=Decimal("66.5")),)
    assert person.schooling == Schooling(school=School.SENIOR_HIGH, full_time=True, half_years=1)
    assert codec.structure(codec.unstructure(applicant), Applicant) == applicant


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("parents", 1, "state"), "ill", "parents[1].state"),
        (("parents", 1, "months"), -1, "parents[1].months"),
        (("parents", 1, "disability", "grade"), 5, "parents[1].disability.grade"),
        (("drawn", 0, "kind"), "pension", "drawn[0].kind"),
        (("drawn", 0, "month"), "-1", "drawn[0].month"),
        (("drawn", 0, "month"), "0.001", "drawn[0].month"),
        (("schooling", "half_years"), 3, "schooling.half_years"),
        (("parents",), [{"state": "dead"}], "parents"),
    ],
    ids=str,
)
def test_faults_say_where(path: tuple[Any, ...], value: object, said: str) -> None:
    changed = json.loads(json.dumps(PLAIN))
    place = changed["person"]
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(InvalidInput) as caught:
        codec.structure(changed, Applicant, "applicant")
    assert [each.path for each in caught.value.faults] == [f"applicant.person.{said}"]


@pytest.mark.parametrize("cls", [Parent, Schooling])
def test_what_is_left_out_is_unknown(cls: Any) -> None:
    assert {getattr(cls(), each.name) for each in fields(cls)} == {None}


def test_an_empty_list_of_benefits_is_not_unknown() -> None:
    assert Person(relation=Relation.APPLICANT).drawn is None
    assert Person(relation=Relation.APPLICANT, drawn=()).drawn == ()


def test_a_float_is_no_amount() -> None:
    with pytest.raises(WrongType, match="never float"):
        Drawn(kind=DrawnKind.DIBAO, month=1.5)  # type: ignore[arg-type]


@pytest.mark.parametrize(("hiv", "shown"), [(True, "hiv=*"), (False, "hiv=*"), (None, "hiv=None")])
def test_an_infection_is_never_shown(hiv: bool | None, shown: str) -> None:
    assert shown in repr(Person(relation=Relation.APPLICANT, hiv=hiv))


@pytest.mark.parametrize(
    ("path", "cls"),
    [
        ("applicant.person.parents[1].months", Parent),
        ("applicant.person.drawn[0].month", Drawn),
        ("applicant.person.schooling.school", Schooling),
    ],
)
def test_paths_of_missing_facts_say_what_they_mean(path: str, cls: Any) -> None:
    name = path.rsplit(".", 1)[1]
    assert about(path) == getattr(fields(cls), name).metadata["about"]
