"""Bad tables: one error that lists every fault, before any work."""

from __future__ import annotations

import sys
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from minzheng import columns, dibao, tekun
from minzheng.errors import InvalidInput
from minzheng.people import Relation

from . import heating, oddities
from .cases import row, some, table

ON = date(2020, 7, 24)
TABLES = heating.standards(rural="100", urban="200.01")
ROWS = [
    row(
        heating.RULE,
        heating.Home(heating.Fuel.WOOD, 2),
        [heating.Resident(relation=Relation.APPLICANT, age=age) for age in range(60, 60 + people)],
    )
    for people in (2, 0, 1)
]
GOOD = table(heating.RULE, ROWS)


def put(data: pa.Table, name: str, column: Any) -> pa.Table:
    return data.set_column(data.column_names.index(name), name, column)


def member(name: str, column: Any) -> pa.Table:
    """The table with another column of members; ``None`` leaves it out."""
    lists = GOOD["members"].combine_chunks()
    people = lists.values
    fields = dict(zip([each.name for each in people.type], people.flatten(), strict=True))
    fields[name] = column
    kept = {key: value for key, value in fields.items() if value is not None}
    struct = pa.StructArray.from_arrays(list(kept.values()), list(kept))
    return put(GOOD, "members", pa.ListArray.from_arrays(lists.offsets, struct))


def faults(data: Any, rule: Any = heating.RULE, **more: Any) -> dict[str, str]:
    """By path; there is no fault without one."""
    with pytest.raises(InvalidInput) as caught:
        columns.run(rule, data, on=ON, standards=TABLES, **more)
    assert all(each.path for each in caught.value.faults)
    return {each.path: each.message for each in caught.value.faults}


def one(data: Any, path: str, *said: str, **more: Any) -> None:
    """One fault, at this path, that says all this."""
    found = faults(data, **more)
    assert list(found) == [path]
    for each in said:
        assert each in found[path]


@pytest.mark.parametrize("name", ["area", "residence", "members"])
def test_a_column_without_which_nothing_is_decided(name: str) -> None:
    found = faults(GOOD.rename_columns({name: f"{name}x"}))
    assert set(found) == {name, f"{name}x"}
    assert f"did you mean '{name}x'" in found[name]


@pytest.mark.parametrize("name", ["area", "residence"])
def test_a_place_column_of_another_name(name: str) -> None:
    found = faults(GOOD, **{name: "couunty"})
    assert set(found) == {"couunty", name}
    assert "unknown 'couunty'" in found["couunty"]


@pytest.mark.parametrize("name", ["fuel", "rooms", "owned"])
def test_a_fact_that_is_left_out_is_not_known(name: str) -> None:
    less = GOOD.drop_columns([name])
    none = put(GOOD, name, pa.nulls(3, GOOD[name].type))
    untyped = put(GOOD, name, pa.nulls(3))
    run: dict[str, Any] = {"on": ON, "standards": TABLES}
    result = columns.run(heating.RULE, less, **run)
    for same in (none, untyped):
        assert columns.run(heating.RULE, same, **run).equals(result)
    assert (name in result["missing"].to_pylist()) == (name == "rooms")


def test_a_fact_of_members_that_is_left_out_is_not_known() -> None:
    less = columns.run(heating.RULE, member("age", None), on=ON, standards=TABLES)
    assert less["missing"].to_pylist() == ["members.age", None, "members.age"]


@pytest.mark.parametrize(
    ("name", "near"),
    [("room", "rooms"), ("Rooms", "rooms"), ("ownd", "owned"), ("户型", ""), ("x" * 300, "")],
)
def test_a_column_that_nobody_knows(name: str, near: str) -> None:
    """Misspelt or Chinese: never left out of account without a word."""
    data = GOOD.rename_columns({near: name} if near else {}).combine_chunks()
    data = data if near else data.append_column(name, pa.array([1, 2, 3]))
    (found,) = faults(data).items()
    assert len(found[0]) < 50
    assert f"did you mean '{near}'" in found[1] if near else "known are" in found[1]
    assert "keep=" in found[1]
    assert columns.run(heating.RULE, data, on=ON, standards=TABLES, keep=[name]).num_rows == 3


def test_a_field_of_members_that_nobody_knows() -> None:
    data = member("registeredd", pa.array([True, False, True]))
    one(data, "members.registeredd", "unknown 'members.registeredd'")
    lists = GOOD["members"].combine_chunks()
    names = [each.name for each in lists.values.type if each.name != "registered"]
    fields = [lists.values.field(name) for name in names]
    struct = pa.StructArray.from_arrays([*fields, fields[0]], [*names, "registeredd"])
    lost = put(GOOD, "members", pa.ListArray.from_arrays(lists.offsets, struct))
    one(lost, "members.registeredd", "did you mean 'members.registered'")
    run = columns.run(heating.RULE, data, on=ON, standards=TABLES, keep=["members.registeredd"])
    assert run["members.registeredd"].to_pylist() == [[True, False], [], [True]]


def test_a_field_of_members_that_is_there_twice() -> None:
    lists = GOOD["members"].combine_chunks()
    names = [each.name for each in lists.values.type]
    twice = pa.StructArray.from_arrays(
        [*lists.values.flatten(), pa.array([1, 2, 3])], [*names, "age"]
    )
    one(
        put(GOOD, "members", pa.ListArray.from_arrays(lists.offsets, twice)), "members.age", "twice"
    )


@pytest.mark.parametrize(
    ("assume", "said"),
    [
        ({"room": 1}, "unknown 'room'; did you mean 'rooms'?"),
        ({"rooms": 1}, "is a column of the table too"),
        ({"owned": 0}, "expected True or False, got int"),
        ({"members.relation": "spous"}, "did you mean 'spouse'"),
        ({"members.age": 1.0}, "expected a whole number (money in fen), got float"),
        ({"members.age": -1}, "expected 0 or more, got -1"),
        ({"members.age": 2**63}, "expected 0 or more, got 9.223e+18"),
        ({"members.age": True}, "expected a whole number"),
        ({"area": "130822"}, "unknown 'area'"),
    ],
)
def test_what_cannot_be_assumed(assume: dict[str, Any], said: str) -> None:
    data = GOOD.drop_columns(["owned", "members"])
    struct = pa.array([[], [], []], pa.list_(pa.struct([("income_year", pa.int64())])))
    found = faults(data.append_column("members", struct), assume=assume)
    assert said in found[f"assume[{next(iter(assume))!r}]"]


@pytest.mark.parametrize("assume", [{"fuel": "coal"}, {"fuel": 2}, {"fuel": heating.Fuel.COAL}])
def test_a_word_is_assumed_by_its_name_number_or_member(assume: dict[str, Any]) -> None:
    less = GOOD.drop_columns(["fuel"])
    result = columns.run(heating.RULE, less, on=ON, standards=TABLES, assume=assume)
    plain = put(GOOD, "fuel", pa.array(["coal"] * 3))
    wanted = columns.run(heating.RULE, plain, on=ON, standards=TABLES)
    assert result.drop_columns(["assumed"]).equals(wanted)
    assert result["assumed"][0].as_py() == "fuel=coal"


def test_many_faults_are_cut() -> None:
    """A message of thousands of lines is read by nobody."""
    data = GOOD
    for number in range(300):
        data = data.append_column(f"column {number}", pa.array([1, 2, 3]))
    with pytest.raises(InvalidInput) as caught:
        columns.run(heating.RULE, data, on=ON, standards=TABLES)
    assert len(caught.value.faults) == 41
    assert "260 more" in str(caught.value)
    words = pa.array(["x" * 10_000, "y" * 10_000, "z" * 10_000])
    with pytest.raises(InvalidInput) as caught:
        columns.run(heating.RULE, put(GOOD, "fuel", words), on=ON, standards=TABLES)
    assert len(str(caught.value)) < 500


def test_a_number_of_a_person_in_the_place_of_an_area_is_not_shown() -> None:
    found = faults(put(GOOD, "area", pa.array(["130822", "130822199001010011", "130822"])))
    assert found == {
        "area": "expected six digits as text, such as '130822', got a str of 18 characters in row 1"
    }


def test_the_name_of_an_area_is_no_code() -> None:
    one(put(GOOD, "area", pa.array(["130822", "兴隆县", "130822"])), "area", "six digits", "兴隆县")


@pytest.mark.parametrize(
    ("name", "column", "said"),
    [
        ("rooms", pa.array([1.0, 2.0, 3.0]), "double"),
        ("rooms", pa.array(["1", "2", "3"]), "string"),
        ("rooms", pa.array([True, False, True]), "bool"),
        ("rooms", pa.array([1, 2, 3], pa.uint64()), "uint64"),
        ("rooms", pa.array([1, 2, 3]).cast(pa.decimal128(21, 2)), "decimal"),
        ("rooms", pa.array([date(2020, 1, 1)] * 3), "date"),
        ("owned", pa.array([0, 1, 0]), "int64"),
        ("owned", pa.array(["true"] * 3), "string"),
        ("fuel", pa.array([1.0, 2.0, 5.0]), "double"),
        ("fuel", pa.array([True] * 3), "bool"),
        ("members", pa.array([1, 2, 3]), "int64"),
        ("members", pa.array([[1], [2], [3]]), "list<"),
        ("members", pa.array([{"age": 1}] * 3), "struct"),
        ("area", pa.array([130822] * 3), "130822"),
        ("area", pa.array([130822.0] * 3), "130822"),
        ("residence", pa.array([True] * 3), ""),
        ("residence", pa.array([1.0, 2.0, 1.0]), ""),
        ("rooms", pa.array([1, 2, 3]).dictionary_encode(), "dictionary"),
    ],
    ids=lambda each: each if isinstance(each, str) else str(getattr(each, "type", "")),
)
def test_a_column_of_another_type(name: str, column: Any, said: str) -> None:
    one(put(GOOD, name, column), name, said)


def test_a_fact_of_members_of_another_type() -> None:
    one(member("income_year", pa.array([0.5, 1, 2])), "members.income_year", "double")
    one(member("registered", pa.array([1, 0, 1])), "members.registered", "int64")


def test_numbers_below_nothing() -> None:
    one(put(GOOD, "rooms", pa.array([1, 2, -3])), "rooms", "0 or more", "-3", "row 2")
    chunks = pa.chunked_array([[1], [None, -1]])
    one(put(GOOD, "rooms", chunks), "rooms", "-1", "row 2")


def test_members_below_nothing_say_the_row_of_the_household() -> None:
    """The third person is of the third household, and the second household has nobody."""
    one(member("age", pa.array([70, 71, -1])), "members.age", "-1", "row 2")
    one(member("age", pa.array([70, -1, 2])), "members.age", "-1", "row 0")


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int8(), pa.string())]
)
def test_words_that_are_unknown(kind: pa.DataType) -> None:
    words = pa.array(["wod", "gas", "Coal"]).cast(kind)
    one(put(GOOD, "fuel", words), "fuel", "unknown 'wod'", "did you mean 'wood'", "'Coal'")


@pytest.mark.parametrize("number", [0, 3, 6, 99])
def test_numbers_that_are_no_member_of_the_enumeration(number: int) -> None:
    one(put(GOOD, "fuel", pa.array([1, number, 2])), "fuel", str(number))
    one(member("relation", pa.array([1, 99, 2])), "members.relation", "99")


def test_areas_that_are_unknown() -> None:
    found = faults(put(GOOD, "area", pa.array(["130822", "999999", "13"])))
    assert list(found) == ["area"]
    with pytest.raises(InvalidInput) as caught:
        columns.run(
            heating.RULE,
            put(GOOD, "area", pa.array(["130822", "999999", "13"])),
            on=ON,
            standards=TABLES,
        )
    assert "999999" in str(caught.value)
    assert "'13'" in str(caught.value)


@pytest.mark.parametrize("word", ["Rural", "city", "", "1"])
def test_residences_that_are_unknown(word: str) -> None:
    one(
        put(GOOD, "residence", pa.array(["rural", word, "urban"])),
        "residence",
        "rural or urban",
        repr(word),
    )


def test_residence_numbers_that_are_unknown() -> None:
    one(put(GOOD, "residence", pa.array([1, 2, 3])), "residence", "3")


def test_all_faults_at_once() -> None:
    data = member("age", pa.array([-1, 2, 3]))
    data = put(data, "rooms", pa.array([1, -2, 3]))
    data = put(data, "fuel", pa.array(["wod"] * 3))
    data = put(data, "owned", pa.array([1, 2, 3]))
    assert set(faults(data)) == {"members.age", "rooms", "fuel", "owned"}


def test_places_among_all_faults() -> None:
    """The issue asks for one error: wrong type, missing column, negative age, unknown area."""
    data = put(GOOD, "rooms", pa.array([1, -2, 3]))
    data = put(data, "area", pa.array(["999999", "130822", "130822"]))
    data = put(data, "residence", pa.array(["rural", "urban", "city"]))
    data = data.rename_columns({"owned": "ownd"})
    assert set(faults(data)) == {"area", "residence", "rooms", "ownd"}


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("area", pa.array(["130822", "130822", "999999"])),
        ("residence", pa.array(["rural", "rural", "city"])),
        ("fuel", pa.array(["gas", "gas", "wod"])),
    ],
    ids=["area", "residence", "fuel"],
)
def test_before_any_work(monkeypatch: pytest.MonkeyPatch, name: str, column: Any) -> None:
    def never(*_arguments: object) -> None:
        raise AssertionError

    monkeypatch.setattr(sys.modules["minzheng.columns.run"]._Work, "decide", never)
    with pytest.raises(InvalidInput):
        columns.run(heating.RULE, put(GOOD, name, column), on=ON, standards=TABLES, block=1)


@pytest.mark.parametrize("block", [1, 2, 1000])
def test_numbers_below_nothing_in_several_blocks(block: int) -> None:
    data = put(member("age", pa.array([70, 71, -1])), "rooms", pa.array([-5, -6, 1]))
    found = faults(data, block=block)
    assert set(found) == {"rooms", "members.age"}
    assert "-5" in found["rooms"]
    assert "row 0" in found["rooms"]


@pytest.mark.parametrize("other", ["area", "owned", "fuel", "members"])
def test_a_number_below_nothing_beside_a_null(other: str) -> None:
    """A row that cannot be decided is still a row with a wrong number."""
    rows = [dict(each) for each in ROWS]
    rows[1] |= {"rooms": -1, other: None}
    one(table(heating.RULE, rows), "rooms", "-1", "row 1")


def test_a_number_below_nothing_of_a_place_without_figures() -> None:
    data = put(GOOD, "rooms", pa.array([1, -1, 1]))
    with pytest.raises(InvalidInput, match="rooms: expected 0 or more, got -1 in row 1"):
        columns.run(heating.RULE, data, on=date(1995, 1, 1), standards=TABLES)


def test_a_fact_with_a_least_value_of_its_own() -> None:
    def data(value: int) -> pa.Table:
        return pa.table({"area": ["130822"], "residence": ["rural"], "share": [value]})

    assert columns.run(oddities.PART, data(1), on=ON)["value"].to_pylist() == [100]
    one(data(0), "share", "1 or more", "got 0", rule=oddities.PART)


@pytest.mark.parametrize("keep", ["idd", "rooms_"])
def test_a_column_to_keep_that_is_not_there(keep: str) -> None:
    with pytest.raises(InvalidInput, match=keep):
        columns.run(heating.RULE, GOOD, on=ON, standards=TABLES, keep=(keep,))


@pytest.mark.parametrize("name", ["rooms", "missing", "outcome"])
def test_a_column_to_keep_that_the_result_has_too(name: str) -> None:
    """``rooms`` of the input must not silently become ``rooms`` of the result."""
    data = GOOD if name in GOOD.column_names else GOOD.append_column(name, pa.array([1, 2, 3]))
    with pytest.raises(InvalidInput, match=name):
        columns.run(heating.RULE, data, on=ON, standards=TABLES, keep=(name,))


@pytest.mark.parametrize("name", ["area", "rooms", "members"])
def test_a_column_that_is_there_twice(name: str) -> None:
    with pytest.raises(InvalidInput, match=name):
        columns.run(heating.RULE, GOOD.append_column(name, GOOD[name]), on=ON, standards=TABLES)


@pytest.mark.parametrize("threads", [0, -1, 10_000])
def test_a_number_of_threads_that_cannot_be(threads: int) -> None:
    with pytest.raises(ValueError, match="threads"):
        columns.run(heating.RULE, GOOD, on=ON, standards=TABLES, threads=threads)


@pytest.mark.parametrize("rule", [dibao.rule, tekun.rule], ids=["dibao", "tekun"])
def test_a_negative_age_in_a_bundled_rule(rule: Any) -> None:
    if rule is dibao.rule:
        who = some(dibao.Member, relation=Relation.APPLICANT, age=-1)
        data = table(rule, [row(rule, some(dibao.Facts), [who])])
        path = "members.age"
    else:
        data = table(rule, [row(rule, some(tekun.Facts, age=-1))])
        path = "age"
    assert set(faults(data, rule)) == {path}
