"""A table of households is refused where the model of a single household refuses one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from attrs import evolve

from minzheng import (
    care_voucher,
    columns,
    dibao,
    disability_care,
    elderly_subsidy,
    old_age_allowance,
    orphan,
    orphan_schooling,
    tekun,
)
from minzheng.benefits import dibao_marginal, gradual_exit, rigid_expenditure, temporary_assistance
from minzheng.benefits.common.parents import Both
from minzheng.columns.consistency import differ_in_zero, exceeds, exceeds_by, outside
from minzheng.errors import InvalidInput, WrongType
from minzheng.people import (
    AbilityScale,
    Assistance,
    CareService,
    Hardship,
    Household,
    Person,
    Relation,
    Residence,
)
from minzheng.rules import Vector

from .cases import Row, row, some, table

ON = date(2025, 1, 1)
CHILD = [Relation.CHILD]


def household(room: Any, *relations: Relation | None, **facts: Any) -> Row:
    people = [some(room.Member, relation=each or Relation.CHILD, age=40) for each in relations]
    made = row(room.rule, some(room.Facts, **facts), people)
    for each, relation in zip(made["members"], relations, strict=True):
        each["relation"] = None if relation is None else each["relation"]
    return made


def faults(rule: Any, rows: list[Row]) -> list[tuple[str, str]]:
    """Those of the table; the same whether it is run or prepared."""
    data = table(rule, rows)
    with pytest.raises(InvalidInput) as caught:
        columns.run(rule, data, on=ON)
    with pytest.raises(InvalidInput) as prepared:
        columns.prepare(rule, data)
    assert prepared.value.faults == caught.value.faults
    return [(each.path, each.message) for each in caught.value.faults]


APPLICANT, SPOUSE = Relation.APPLICANT, Relation.SPOUSE
WRONG = [
    ((APPLICANT,) * 5, "exactly one member is the applicant, found 5"),
    ((APPLICANT, *[SPOUSE] * 4), "at most one member is the spouse, found 4"),
    ((SPOUSE, Relation.CHILD), "exactly one member is the applicant, found none"),
    ((), "exactly one member is the applicant, found none"),
    ((APPLICANT, None, APPLICANT), "exactly one member is the applicant, found 2"),
]
RIGHT = [(APPLICANT,), (Relation.CHILD, APPLICANT, SPOUSE), (None, SPOUSE), (APPLICANT, None)]


@pytest.mark.parametrize(
    "room", [dibao, dibao_marginal, rigid_expenditure], ids=lambda each: each.name
)
@pytest.mark.parametrize(("relations", "said"), WRONG)
def test_households_that_cannot_be(
    room: Any, relations: tuple[Relation | None, ...], said: str
) -> None:
    good = household(room, APPLICANT)
    found = faults(room.rule, [good, household(room, *relations), good])
    assert found == [("members", f"{said} in row 1")]
    if None not in relations:
        persons = [Person(relation=each) for each in relations if each is not None]
        with pytest.raises(InvalidInput, match=said.split(",", maxsplit=1)[0]):
            Household(id="h", area="130822", residence=Residence.RURAL, members=tuple(persons))


@pytest.mark.parametrize("relations", RIGHT)
def test_households_that_can_be(relations: tuple[Relation | None, ...]) -> None:
    """Somebody of whom it is not known may be the applicant."""
    data = table(dibao.rule, [household(dibao, *relations)])
    assert columns.run(dibao.rule, data, on=ON).num_rows == 1


def test_households_in_chunks_slices_and_words_of_any_kind() -> None:
    rows = [household(dibao, *each) for each in ((APPLICANT,), (APPLICANT, SPOUSE), (SPOUSE,)) * 3]
    data = table(dibao.rule, rows)
    chunks = pa.concat_tables([data.slice(0, 4), data.slice(4)])
    plain = pa.Table.from_pylist(rows)
    for each, first in (
        (data, 2),
        (chunks, 2),
        (plain, 2),
        (chunks.slice(3), 2),
        (data.slice(2), 0),
    ):
        with pytest.raises(InvalidInput) as caught:
            columns.run(dibao.rule, each, on=ON)
        number = (each.num_rows + 2 - first) // 3
        more = f"{number} such rows, the next {first + 3}"
        assert f"in row {first}; {more}" in str(caught.value)


def test_a_list_that_is_null_is_no_household_without_an_applicant() -> None:
    rows = [household(dibao, APPLICANT), household(dibao, APPLICANT)]
    rows[0]["members"] = None
    result = columns.run(dibao.rule, table(dibao.rule, rows), on=date(2020, 7, 24))
    assert result["missing"].to_pylist() == ["members", None]


def test_no_fault_shows_more_than_a_row_and_a_number() -> None:
    rows = [household(dibao, APPLICANT, SPOUSE, SPOUSE)] * 1000
    (fault,) = faults(dibao.rule, rows)
    said = "at most one member is the spouse, found 2 in row 0; 1000 such rows, the next 1, 2"
    assert fault == ("members", said)


HELP = some(temporary_assistance.Facts, hardship=Hardship.ILLNESS, family=True)
CARE = disability_care.Facts(
    disability_type=1,
    disability_grade=1,
    needs_long_term_care=True,
    assistance=Assistance.DIBAO,
    work_injury_care=False,
)
VOUCHER = care_voucher.Facts(
    age=80,
    level=2,
    assistance=Assistance.DIBAO,
    centralised_care=False,
    improvement_action=False,
    care_month=1,
    service=CareService.HOME,
)
ELDER = elderly_subsidy.Facts(
    age=80,
    assistance=Assistance.DIBAO,
    incapacitated=False,
    scale=AbilityScale.GBT_42195,
    level=0,
    only_child_died=False,
    disability_care=False,
)
EXIT = gradual_exit.Facts(
    draws_dibao=True,
    by_employment=True,
    size=1,
    income_year=1,
    base_month=1,
    supplement_month=0,
)
LIMITS = [
    (tekun, some(tekun.Facts, age=70), {"age": 151}, "age", "0 to 150, got 151"),
    (tekun, some(tekun.Facts, age=70), {"age": 19500301}, "age", "got 19500301"),
    (tekun, some(tekun.Facts, age=70), {"self_care_failures": 7}, "self_care_failures", "0 to 6"),
    (
        old_age_allowance,
        old_age_allowance.Facts(age=80, age_in_month=80, in_hardship=False),
        {"age_in_month": 151},
        "age_in_month",
        "0 to 150",
    ),
    (disability_care, CARE, {"disability_grade": 5}, "disability_grade", "0 to 4, got 5"),
    (disability_care, CARE, {"disability_type": 8}, "disability_type", "0 to 7, got 8"),
    (disability_care, CARE, {"disability_grade": 0}, "disability_grade", "is 0 where"),
    (
        orphan,
        some(orphan.Facts, age=5),
        {"parent_disability_type": Vector.of(Both)((0, 3))},
        "parent_disability_grade_second",
        "is 0 where parent_disability_type_second is not",
    ),
    (care_voucher, VOUCHER, {"level": 5}, "level", "0 to 4"),
    (elderly_subsidy, ELDER, {"level": 5}, "level", "0 to 4, got 5"),
    (elderly_subsidy, ELDER, {"level": 4, "scale": AbilityScale.MZT_039}, "level", "its scale"),
    (temporary_assistance, HELP, {"persons": 0}, "persons", "1 or more, got 0"),
    (temporary_assistance, HELP, {"persons": 2, "family": False}, "persons", "its family allows"),
    (temporary_assistance, HELP, {"degree": 4}, "degree", "1 to 3"),
    (temporary_assistance, HELP, {"months": 0}, "months", "1 or more"),
    (gradual_exit, EXIT, {"size": 0}, "size", "1 or more"),
    (
        orphan_schooling,
        some(orphan_schooling.Facts, age=20, half_years=1),
        {"half_years": 3},
        "half_years",
        "1 to 2",
    ),
]


@pytest.mark.parametrize(("room", "facts", "change", "path", "said"), LIMITS)
def test_facts_that_cannot_be(
    room: Any, facts: Any, change: dict[str, Any], path: str, said: str
) -> None:
    columns.run(room.rule, table(room.rule, [row(room.rule, facts)] * 2), on=ON)
    wrong = [row(room.rule, facts), row(room.rule, evolve(facts, **change))]
    found = dict(faults(room.rule, wrong))
    assert set(found) == {path}
    assert said in found[path]
    assert found[path].endswith("in row 1")


def test_mobility_cars_are_part_of_the_cars() -> None:
    good = household(dibao, APPLICANT, cars=2, mobility_cars=2)
    wrong = household(dibao, APPLICANT, cars=1, mobility_cars=2)
    assert faults(dibao.rule, [good, wrong]) == [("mobility_cars", "is more than cars in row 1")]
    less = table(dibao.rule, [good]).drop_columns(["cars"])
    with pytest.raises(InvalidInput, match="mobility_cars: is more than cars in row 0"):
        columns.run(dibao.rule, less, on=ON, assume={"cars": 1})
    assert columns.run(dibao.rule, less, on=ON).num_rows == 1


def test_a_disability_of_a_member_names_the_row_of_the_household() -> None:
    rows = [household(dibao, APPLICANT, SPOUSE), household(dibao, APPLICANT)]
    rows[1]["members"][0] |= {"disability_type": 1, "disability_grade": 0}
    ((path, message),) = faults(dibao.rule, rows)
    assert (path, message[-8:]) == ("members.disability_grade", "in row 1")


def test_the_checks_are_functions_over_arrays() -> None:
    one, other = pa.array([0, 1, 2, None]), pa.array([1, 1, 0, 0])
    assert outside(one, 1, 1).to_pylist() == [True, False, True, None]
    assert exceeds(one, other).to_pylist() == [False, False, True, None]
    assert differ_in_zero(one, other).to_pylist() == [True, False, True, None]
    assert exceeds_by(one, other, {0: 1}).to_pylist() == [False, False, True, None]


def bare(rows: int = 1, **columns_of: Any) -> pa.Table:
    members = [[{"age": 40}, {"age": 41}]] * rows
    made = {"area": ["130822"] * rows, "residence": ["rural"] * rows, "members": members}
    return pa.table(made | columns_of)


@pytest.mark.parametrize(
    ("assume", "path", "said"),
    [
        ({"cars": 0, "mobility_cars": 2}, "assume['mobility_cars']", "is more than cars"),
        (
            {"members.disability_type": 4, "members.disability_grade": 0},
            "assume['members.disability_grade']",
            "is 0 where members.disability_type is not, or the reverse",
        ),
        (
            {"members.relation": "applicant"},
            "members",
            "exactly one member is the applicant, found 2 in row 0",
        ),
        (
            {"members.relation": "child"},
            "members",
            "exactly one member is the applicant, found none in row 0",
        ),
    ],
)
def test_what_is_assumed_is_checked_together(assume: dict[str, Any], path: str, said: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        columns.run(dibao.rule, bare(), on=ON, assume=assume)
    assert (path, said) in [(each.path, each.message) for each in caught.value.faults]


@pytest.mark.parametrize("given", [{"assume": "cars"}, {"assume": ["cars"]}, {"keep": "area"}])
def test_what_is_assumed_or_kept_has_its_type(given: dict[str, Any]) -> None:
    with pytest.raises(WrongType, match=r"assume: expected values|keep: expected a list"):
        columns.run(dibao.rule, bare(), on=ON, **given)


@pytest.mark.parametrize("name", ["area", "residence"])
def test_wrong_places_of_every_row_are_not_all_looked_at(name: str) -> None:
    # each takes milliseconds for its nearest codes, or a search for its first row
    strange = [f"{number:06d}" for number in range(990_000, 1_000_000)] * 10
    with pytest.raises(InvalidInput, match="more places were not checked") as caught:
        columns.run(dibao.rule, bare(100_000, **{name: strange}), on=ON)
    assert len(caught.value.faults) < 50
