"""A null fact or a missing figure: that row is undetermined and says why; no other row changes."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import attrs
import pyarrow as pa
import pytest

from minzheng import (
    care_voucher,
    children_in_difficulty,
    columns,
    de_facto_unattended,
    dibao,
    dibao_marginal,
    disability_care,
    disability_living,
    elderly_subsidy,
    old_age_allowance,
    orphan,
    orphan_schooling,
    rigid_expenditure,
    tekun,
    temporary_assistance,
)
from minzheng.benefits import childcare_subsidy
from minzheng.people import Relation

from . import heating
from .cases import Row, expected, row, some, table
from .population import DAYS, DRAWN, PLACES, standards

ON = DAYS[1]
RULES = (
    *(
        dibao.rule,
        dibao_marginal.rule,
        rigid_expenditure.rule,
        tekun.rule,
        temporary_assistance.rule,
        orphan.rule,
    ),
    *(
        de_facto_unattended.rule,
        orphan_schooling.rule,
        children_in_difficulty.rule,
        care_voucher.rule,
        childcare_subsidy.rule,
    ),
    *(disability_care.rule, disability_living.rule, old_age_allowance.rule, elderly_subsidy.rule),
)


def homes(number: int = 3) -> list[Row]:
    """Households of heating of two persons each."""
    people = [
        heating.Resident(relation=Relation.APPLICANT, age=70),
        heating.Resident(relation=Relation.CHILD, age=10, income_year=5),
    ]
    home = heating.Home(heating.Fuel.WOOD, rooms=2)
    return [row(heating.RULE, home, people) for _ in range(number)]


def decided(rows: list[Row], on: date = ON) -> list[Row]:
    """Their results, on tables that hold the rural amount only."""
    result = columns.run(
        heating.RULE, table(heating.RULE, rows), on=on, standards=heating.standards(rural="100")
    )
    made: list[Row] = result.to_pylist()
    return made


def undetermined(why: str) -> Row:
    names = [each.name for each in attrs.fields(heating.Result)]
    blank: Row = dict.fromkeys(names)
    return {**blank, "outcome": "undetermined", "missing": why}


def only(rows: list[Row], why: str, at: int = 1) -> None:
    """The row is undetermined for this reason, and all others are as if it were not so."""
    whole = decided(homes(len(rows)))
    got = decided(rows)
    assert got[at] == undetermined(why)
    assert [*got[:at], *got[at + 1 :]] == [*whole[:at], *whole[at + 1 :]]
    assert whole[at]["missing"] is None


@pytest.mark.parametrize("name", ["area", "residence", "rooms", "members"])
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_null_of_the_household(name: str, at: int) -> None:
    rows = homes()
    rows[at][name] = None
    only(rows, name, at)


@pytest.mark.parametrize("name", ["age", "income_year"])
@pytest.mark.parametrize("which", [0, 1])
def test_a_null_of_a_member(name: str, which: int) -> None:
    rows = homes()
    rows[1]["members"][which][name] = None
    only(rows, f"members.{name}")


def test_a_member_that_is_null() -> None:
    rows = homes()
    rows[1]["members"][1] = None
    only(rows, "members.relation")


def test_a_yes_or_no_or_a_word_that_is_not_known_and_does_not_matter() -> None:
    rows = homes()
    rows[0] |= {"owned": None, "fuel": None}  # wood and coal heat a village as gas does
    rows[1]["members"][0]["registered"] = None  # the applicant of 70 would not count
    rows[2]["members"][1]["relation"] = None  # registered, so he counts
    got = decided(rows)
    assert [each["missing"] for each in got] == [None, "members.registered", None]
    assert [got[0], got[2]] == decided(homes(2))


def test_the_first_of_several_is_named() -> None:
    rows = homes()
    rows[1] |= {"rooms": None, "owned": None}
    rows[1]["members"][0]["age"] = None
    only(rows, "rooms")
    rows[1]["residence"] = None
    only(rows, "residence")
    rows[1]["area"] = None
    only(rows, "area")


def test_each_row_says_its_own() -> None:
    rows = homes(5)
    rows[0]["members"] = None
    rows[1]["rooms"] = None
    rows[2]["members"][0]["registered"] = None
    rows[4]["area"] = None
    whys = [each["missing"] for each in decided(rows)]
    assert whys == ["members", "rooms", "members.registered", None, "area"]


@pytest.mark.parametrize("block", [1, 2, 3, 4, 1000])
def test_in_any_block(block: int) -> None:
    rows = homes(7)
    rows[1]["members"] = rows[2]["rooms"] = rows[6]["members"][0]["age"] = None
    result = columns.run(
        heating.RULE,
        table(heating.RULE, rows),
        on=ON,
        standards=heating.standards(rural="100"),
        block=block,
    )
    assert result.to_pylist() == decided(rows)


def test_values_under_a_null_list_belong_to_nobody() -> None:
    """Arrow lets a null list have members in its buffers."""
    whole = table(heating.RULE, homes())
    lists = whole["members"].combine_chunks()
    for mask in ([False, True, False], [True, False, False], [False, False, True]):
        hidden = pa.ListArray.from_arrays(lists.offsets, lists.values, mask=pa.array(mask))
        data = whole.set_column(whole.column_names.index("members"), "members", hidden)
        result = columns.run(
            heating.RULE, data, on=ON, standards=heating.standards(rural="100")
        ).to_pylist()
        good = decided(homes())[0]
        assert result == [undetermined("members") if null else good for null in mask]


def test_a_null_word_of_a_dictionary_is_a_null() -> None:
    words = pa.DictionaryArray.from_arrays(pa.array([0, 1, 2]), pa.array(["wood", None, "wood"]))
    data = table(heating.RULE, homes())
    data = data.set_column(data.column_names.index("fuel"), "fuel", words)
    result = columns.run(heating.RULE, data, on=ON, standards=heating.standards(rural="100"))
    assert result["missing"].to_pylist() == [None, None, None]
    relation = pa.DictionaryArray.from_arrays(
        pa.array([0, 1, 2, 0, 1, 2]), pa.array(["applicant", None, "child"])
    )
    lists = data["members"].combine_chunks()
    fields = dict(
        zip([each.name for each in lists.values.type], lists.values.flatten(), strict=True)
    )
    fields |= {"relation": relation, "registered": pa.array([False] * 6)}
    struct = pa.StructArray.from_arrays(list(fields.values()), list(fields))
    data = data.set_column(
        data.column_names.index("members"),
        "members",
        pa.ListArray.from_arrays(lists.offsets, struct),
    )
    result = columns.run(heating.RULE, data, on=ON, standards=heating.standards(rural="100"))
    assert result["missing"].to_pylist() == ["members.relation", None, "members.relation"]


# --- figures that are not held


def test_a_place_without_an_amount() -> None:
    rows = homes()
    rows[1]["residence"] = "urban"
    got = decided(rows)
    assert got[1]["outcome"] == "undetermined"
    assert got[1]["missing"].startswith("standards: no point of heating.amount")
    assert "residence=urban" in got[1]["missing"]
    assert [got[0], got[2]] == decided(homes(2))


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_a_day_before_any_figure(rule: Any) -> None:
    on = date(1995, 1, 1)
    random = Random(0)
    case, members = DRAWN[rule.name](random, PLACES[0], ON)
    data = table(rule, [row(rule, case, members)] * 2)
    wanted = expected(rule, case, members, standards(), PLACES[0], on)
    assert wanted["missing"].startswith("standards: no ")
    assert columns.run(rule, data, on=on, standards=standards()).to_pylist() == [wanted] * 2


def test_tables_without_any_figure_are_not_taken_for_the_bundled_ones() -> None:
    from minzheng.standards import Standards, load

    nothing = Standards(load.catalogue().values(), [])
    data = table(tekun.rule, [row(tekun.rule, some(tekun.Facts, age=70))])
    wanted = expected(tekun.rule, None, [], nothing, "130822 rural", ON)
    assert wanted["missing"].endswith("nothing is held")
    assert columns.run(tekun.rule, data, on=ON, standards=nothing).to_pylist() == [wanted]
