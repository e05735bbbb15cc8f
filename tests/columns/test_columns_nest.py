"""Two flat tables become one: households in their order, persons in theirs."""

from __future__ import annotations

from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minzheng import columns
from minzheng.errors import InvalidInput

HOMES = pa.table({"id": [30, 10, 20], "rooms": [3, 1, 2]})
PERSONS = pa.table({"age": [5, 6, 7, 8], "id": [20, 30, 20, 30], "name": ["a", "b", "c", "d"]})


def faults(persons: Any, homes: Any, by: str = "id") -> dict[str, str]:
    with pytest.raises(InvalidInput) as caught:
        columns.nest(persons, homes, by=by)
    return {each.path: each.message for each in caught.value.faults}


def test_order_and_empty_households() -> None:
    assert columns.nest(PERSONS, HOMES, by="id").to_pylist() == [
        {"id": 30, "rooms": 3, "members": [{"age": 6, "name": "b"}, {"age": 8, "name": "d"}]},
        {"id": 10, "rooms": 1, "members": []},
        {"id": 20, "rooms": 2, "members": [{"age": 5, "name": "a"}, {"age": 7, "name": "c"}]},
    ]


@given(
    st.lists(st.integers(-5, 30), unique=True, max_size=12).flatmap(
        lambda ids: st.tuples(
            st.just(ids), st.lists(st.sampled_from(ids), max_size=30) if ids else st.just([])
        )
    ),
    st.integers(1, 5),
)
def test_against_a_loop(made: tuple[list[int], list[int]], chunk: int) -> None:
    ids, owners = made
    homes = pa.table({"id": pa.array(ids, pa.int64())})
    persons = pa.table(
        {"id": pa.array(owners, pa.int64()), "n": pa.array(range(len(owners)), pa.int64())}
    )
    chunked = pa.Table.from_batches(persons.to_batches(max_chunksize=chunk), persons.schema)
    assert columns.nest(chunked, homes, by="id").to_pylist() == [
        {"id": each, "members": [{"n": n} for n, owner in enumerate(owners) if owner == each]}
        for each in ids
    ]


def test_no_persons_and_no_households() -> None:
    nobody = columns.nest(PERSONS.slice(0, 0), HOMES, by="id")
    assert nobody["members"].to_pylist() == [[], [], []]
    assert columns.nest(PERSONS.slice(0, 0), HOMES.slice(0, 0), by="id").num_rows == 0


def test_a_person_of_no_household() -> None:
    persons = pa.table({"id": [30, 7, 8], "age": [1, 2, 3]})
    found = faults(persons, HOMES)
    assert list(found) == ["persons.id"]
    # a key may be somebody's number: the row is named, not the value
    assert found["persons.id"] == "is no household in row 1; 2 such persons"


def test_a_person_with_a_null() -> None:
    assert "persons.id" in faults(pa.table({"id": [30, None], "age": [1, 2]}), HOMES)


def test_a_household_twice() -> None:
    found = faults(PERSONS, pa.table({"id": [30, 20, 20]}))
    assert found["households.id"] == "has one value in rows 1 and 2"


def test_a_household_with_a_null() -> None:
    found = faults(PERSONS, pa.table({"id": [30, 20, None]}))
    assert "null" in found["households.id"]


def test_all_faults_at_once() -> None:
    found = faults(pa.table({"id": [1], "age": [1]}), pa.table({"id": [30, 30]}))
    assert set(found) == {"households.id", "persons.id"}


def test_a_column_that_is_missing() -> None:
    found = faults(PERSONS, HOMES, by="ids")
    assert set(found) == {"persons", "households"}
    assert "did you mean 'id'" in found["persons"]


def test_households_that_have_members_already() -> None:
    homes = HOMES.append_column("members", pa.array([1, 2, 3]))
    assert "households.members" in faults(PERSONS, homes)


@pytest.mark.parametrize(
    "kinds",
    [
        (pa.int32(), pa.int64()),
        (pa.int64(), pa.int8()),
        (pa.string(), pa.large_string()),
        (pa.dictionary(pa.int8(), pa.string()), pa.string()),
        (pa.string(), pa.dictionary(pa.int8(), pa.string())),
        (pa.string_view(), pa.string()),
    ],
    ids=str,
)
def test_keys_of_different_types(kinds: tuple[pa.DataType, pa.DataType]) -> None:
    persons, homes = (
        pa.array(keys)
        .cast(pa.string() if "int" not in str(kinds[0])[:3] else pa.int64())
        .cast(kind)
        for keys, kind in zip(([2, 1, 2], [1, 2]), kinds, strict=True)
    )
    made = columns.nest(pa.table({"id": persons, "n": [1, 2, 3]}), pa.table({"id": homes}), by="id")
    assert made["members"].to_pylist() == [[{"n": 2}], [{"n": 1}, {"n": 3}]]


def test_keys_that_cannot_be_compared() -> None:
    with pytest.raises(InvalidInput, match="id"):
        columns.nest(pa.table({"id": ["a"], "n": [1]}), HOMES, by="id")


def test_persons_of_whom_nothing_is_told() -> None:
    with pytest.raises(InvalidInput, match="persons: have no column besides 'id'"):
        columns.nest(PERSONS.select(["id"]), HOMES, by="id")


@pytest.mark.parametrize("words", [False, True])
def test_frames_of_different_libraries(words: bool) -> None:
    keys: list[Any] = ["b", "a", "b"] if words else [2, 1, 2]
    homes: list[Any] = ["a", "b"] if words else [1, 2]
    frames = [pl.DataFrame, pd.DataFrame, pa.table]
    for persons in frames:
        for households in frames:
            made = columns.nest(
                persons({"id": keys, "n": [1, 2, 3]}), households({"id": homes}), by="id"
            )
            assert made["members"].to_pylist() == [[{"n": 2}], [{"n": 1}, {"n": 3}]]


def test_what_was_nested_can_be_run() -> None:
    from datetime import date

    from . import heating

    persons = pa.table(
        {
            "id": [1, 2],
            "relation": ["applicant"] * 2,
            "age": [70, 30],
            "income_year": [0, 0],
            "registered": [True] * 2,
        }
    )
    homes = pa.table(
        {
            "id": [2, 1, 3],
            "area": ["130822"] * 3,
            "residence": ["rural"] * 3,
            "fuel": ["gas"] * 3,
            "rooms": [1] * 3,
            "owned": [True] * 3,
        }
    )
    result = columns.run(
        heating.RULE,
        columns.nest(persons, homes, by="id"),
        on=date(2020, 7, 24),
        standards=heating.standards(rural="100"),
        keep=("id",),
    )
    assert result.select(["id", "pay_year"]).to_pydict() == {
        "id": [2, 1, 3],
        "pay_year": [10_000, 15_000, 0],
    }
