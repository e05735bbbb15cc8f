"""However a table is cut, chunked, typed and framed, the result is the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from minzheng import columns, dibao
from minzheng.columns.kernel import compiled
from minzheng.errors import InvalidInput
from minzheng.people import Relation

from . import heating
from .cases import in_numbers, row, table
from .population import DAYS, PLACES, household, standards

ON = date(2020, 7, 24)
TABLES = heating.standards(rural="100", urban="200.01")


def rows(numbers: bool = False) -> list[dict[str, Any]]:
    random = Random(7)
    made = []
    for at in range(11):
        people = [
            heating.Resident(
                relation=random.choice(list(Relation)),
                age=random.choice((10, 59, 60, 90)),
                income_year=random.choice((0, 0, 1, 480_000, 10**6, 2**40)),
                registered=random.random() < 0.7,
            )
            for _ in range((2, 0, 1, 4, 0, 1, 3, 1, 0, 2, 0)[at])
        ]
        home = heating.Home(
            random.choice(list(heating.Fuel)), random.randrange(5), random.random() < 0.5
        )
        made.append(
            row(
                heating.RULE,
                home,
                people,
                area=random.choice(("130822", "130802")),
                residence=random.choice(("rural", "urban")),
                numbers=numbers,
            )
        )
    return made


ROWS = rows()
WHOLE = table(heating.RULE, ROWS)


def run(data: Any, **more: Any) -> Any:
    return columns.run(heating.RULE, data, on=ON, standards=TABLES, **more)


@pytest.fixture(scope="module")
def whole() -> pa.Table:
    result = run(WHOLE)
    assert len(set(map(str, result.to_pylist()))) > 5
    return result


def put(data: pa.Table, name: str, column: Any) -> pa.Table:
    return data.set_column(data.column_names.index(name), name, column)


# --- cuts


@pytest.mark.parametrize("block", [1, 2, 3, 10, 11, 12, 10**9])
@pytest.mark.parametrize("threads", [1, 2])
def test_blocks(whole: pa.Table, block: int, threads: int) -> None:
    assert run(WHOLE, block=block, threads=threads).equals(whole)


@pytest.mark.parametrize("block", [1, 3, 1000])
def test_blocks_of_dibao(block: int) -> None:
    random = Random(3)
    made = [
        row(dibao.rule, *household(random, place, DAYS[2]), area=place[:6], residence=place[7:])
        for place in random.choices(PLACES, k=40)
    ]
    data = table(dibao.rule, made)
    assert columns.run(dibao.rule, data, on=DAYS[2], standards=standards(), block=block).equals(
        columns.run(dibao.rule, data, on=DAYS[2], standards=standards())
    )


@pytest.mark.parametrize("start", range(12))
def test_slices(whole: pa.Table, start: int) -> None:
    for length in (0, 1, 4, 11):
        assert run(WHOLE.slice(start, length)).to_pylist() == whole.slice(start, length).to_pylist()


@pytest.mark.parametrize("sizes", [[1] * 11, [4, 7], [0, 5, 0, 6, 0], [11]])
@pytest.mark.parametrize("block", [2, 1000])
def test_chunks_each_with_its_own_dictionaries(
    whole: pa.Table, sizes: list[int], block: int
) -> None:
    chunks, at = [], 0
    for size in sizes:
        chunks.append(table(heating.RULE, ROWS[at : at + size]))
        at += size
    assert run(pa.concat_tables(chunks), block=block).to_pylist() == whole.to_pylist()


def test_chunks_that_do_not_fall_together(whole: pa.Table) -> None:
    cuts = {"area": 3, "fuel": 5, "members": 1, "rooms": 8}
    data = WHOLE
    for name, cut in cuts.items():
        column = data[name].combine_chunks()
        data = put(data, name, pa.chunked_array([column[:cut], column[cut:]]))
    assert run(data, block=2).equals(whole)


def test_no_rows(whole: pa.Table) -> None:
    schema = columns.schema(heating.RULE)
    for data in (schema.empty_table(), WHOLE.slice(0, 0), pa.Table.from_batches([], schema)):
        result = run(data)
        assert result.num_rows == 0
        assert result.schema == whole.schema


def test_a_block_of_households_without_members(whole: pa.Table) -> None:
    empty = [each for each in range(11) if not ROWS[each]["members"]]
    assert len(empty) > 2
    assert run(WHOLE.take(empty)).to_pylist() == whole.take(empty).to_pylist()


@pytest.mark.parametrize("block", [0, -1])
def test_a_block_without_rows_is_refused(block: int) -> None:
    with pytest.raises(ValueError, match="block"):
        run(WHOLE, block=block)


# --- types


def members(change: Callable[[pa.Array], pa.Array]) -> pa.Table:
    return put(WHOLE, "members", change(WHOLE["members"].combine_chunks()))


def large(lists: pa.Array) -> pa.Array:
    return pa.LargeListArray.from_arrays(lists.offsets.cast(pa.int64()), lists.values)


def narrow(lists: pa.Array) -> pa.Array:
    """Ages of one byte, incomes of 64 bits, as sources have them."""
    people = lists.values
    columns_of = dict(zip([each.name for each in people.type], people.flatten(), strict=True))
    columns_of["age"] = columns_of["age"].cast(pa.uint8())
    return pa.ListArray.from_arrays(
        lists.offsets, pa.StructArray.from_arrays(list(columns_of.values()), list(columns_of))
    )


def turned(lists: pa.Array) -> pa.Array:
    """The fields in another order."""
    people = lists.values
    fields = dict(zip([each.name for each in people.type], people.flatten(), strict=True))
    fields = dict(reversed(fields.items()))
    return pa.ListArray.from_arrays(
        lists.offsets, pa.StructArray.from_arrays(list(fields.values()), list(fields))
    )


TYPED = {
    "large lists": members(large),
    "narrow members": members(narrow),
    "fields in another order": members(turned),
    "plain strings": pa.Table.from_pylist(ROWS),
    "numbers": table(heating.RULE, rows(numbers=True), in_numbers(columns.schema(heating.RULE))),
    **{
        f"rooms of {kind}": put(WHOLE, "rooms", WHOLE["rooms"].cast(kind))
        for kind in (pa.int8(), pa.uint8(), pa.int16(), pa.int32(), pa.uint32())
    },
    "large strings": put(WHOLE, "area", WHOLE["area"].cast(pa.large_string())),
    "string views": put(
        put(WHOLE, "area", WHOLE["area"].cast(pa.string()).cast(pa.string_view())),
        "fuel",
        WHOLE["fuel"].cast(pa.string()).cast(pa.string_view()),
    ),
    "residence in numbers": put(
        WHOLE,
        "residence",
        pc.add(pc.equal(WHOLE["residence"].cast(pa.string()), "urban").cast(pa.int8()), 1),
    ),
    "columns in another order": WHOLE.select(WHOLE.column_names[::-1]),
}


@pytest.mark.parametrize("kind", TYPED)
def test_types(whole: pa.Table, kind: str) -> None:
    assert run(TYPED[kind]).equals(whole)
    assert run(TYPED[kind], block=4).equals(whole)


def test_words_of_a_dictionary_that_no_row_has() -> None:
    """A filtered frame keeps all its categories."""
    words = pa.array(["wood", "peat", "gas"])
    fuel = pa.DictionaryArray.from_arrays(pa.array([0] * 11, pa.int8()), words)
    codes = pa.DictionaryArray.from_arrays(pa.array([0] * 11), pa.array(["130822", "nowhere"]))
    data = put(put(WHOLE, "fuel", fuel), "area", codes)
    plain = put(put(WHOLE, "fuel", fuel.cast(pa.string())), "area", codes.cast(pa.string()))
    assert run(data).equals(run(plain))


def test_a_dictionary_that_names_a_word_twice() -> None:
    codes = pa.DictionaryArray.from_arrays(pa.array([0, 1] * 5 + [0]), pa.array(["130822"] * 2))
    assert run(put(WHOLE, "area", codes)).equals(run(put(WHOLE, "area", codes.cast(pa.string()))))


def test_one_compiled_kernel_serves_every_table() -> None:
    """Compiling a large rule takes seconds: no shape of a table may cost that again."""
    for data in TYPED.values():
        try:
            run(data)
        except InvalidInput:
            continue
    run(WHOLE, block=4)
    less = WHOLE.select(["area", "residence", "fuel", "members"])
    run(less)  # rows without rooms and owned are run over nothing or over both
    run(less, assume={"rooms": 1, "owned": True})
    kernel: Any = compiled(heating.RULE)
    assert len(kernel.run.signatures) == 1


# --- what is asked for


def test_columns_are_handed_through(whole: pa.Table) -> None:
    number = pa.array(range(100, 111), pa.int16())
    data = WHOLE.append_column("id", number)
    result = run(data, keep=("id", "area", "members"), block=3)
    assert result.column_names == ["id", "area", "members", *whole.column_names]
    assert run(data.slice(3, 5), keep=("id", "members.age"))["members.age"].to_pylist() == [
        [each["age"] for each in one] for one in WHOLE["members"].slice(3, 5).to_pylist()
    ]
    assert result.drop_columns(["id", "area", "members"]).equals(whole)
    assert result.select(["id", "area", "members"]).equals(data.select(["id", "area", "members"]))


def test_what_is_assumed_is_decided_as_if_it_were_stated_and_reported() -> None:
    less = WHOLE.select(["area", "residence", "fuel", "members"])
    plain = put(put(WHOLE, "rooms", pa.array([1] * 11)), "owned", pa.array([False] * 11))
    assume = {"owned": False, "rooms": 1}
    for block in (2, 1000):
        result = run(less, assume=assume, block=block)
        assert result.drop_columns(["assumed"]).equals(run(plain))
        assert set(result["assumed"].to_pylist()) == {"rooms=1, owned=false"}


def test_what_is_assumed_of_members_and_what_comes_back_in_frames() -> None:
    lists = WHOLE["members"].combine_chunks()
    people = lists.values
    names = [each.name for each in people.type]
    kept = [name for name in names if name != "registered"]
    less = pa.StructArray.from_arrays([people.field(name) for name in kept], kept)
    true = pa.array([True] * len(people))
    whole = pa.StructArray.from_arrays([*less.flatten(), true], [*kept, "registered"])
    data = put(WHOLE, "members", pa.ListArray.from_arrays(lists.offsets, less))
    plain = put(WHOLE, "members", pa.ListArray.from_arrays(lists.offsets, whole))
    result = run(pl.from_arrow(data), assume={"members.registered": True}, native=True)
    assert result["pay_year"].to_list() == run(plain)["pay_year"].to_pylist()
    assert set(result["assumed"].to_list()) == {"members.registered=true"}


def test_names_of_ones_own_for_the_place(whole: pa.Table) -> None:
    data = WHOLE.rename_columns({"area": "county", "residence": "hukou"})
    assert run(data, area="county", residence="hukou").equals(whole)
    names = columns.schema(heating.RULE, area="county", residence="hukou").names
    assert names == ["county", "hukou", "fuel", "rooms", "owned", "members"]


def test_progress(whole: pa.Table, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(WHOLE, block=2).equals(whole)
    assert capsys.readouterr() == ("", "")
    assert run(WHOLE, block=2, progress=True).equals(whole)
    assert "6/6" in capsys.readouterr().err


def test_the_number_of_threads_is_put_back() -> None:
    import numba

    before = numba.get_num_threads()
    run(WHOLE, threads=1)
    assert numba.get_num_threads() == before


# --- frames

FRAMES: dict[str, Callable[[], Any]] = {
    "pyarrow": lambda: WHOLE,
    "batch": lambda: WHOLE.combine_chunks().to_batches()[0],
    "reader": WHOLE.to_reader,
    "polars": lambda: pl.DataFrame(ROWS),
    "polars from arrow": lambda: pl.from_arrow(WHOLE),
    "polars categorical": lambda: pl.DataFrame(ROWS).with_columns(
        pl.col("area", "fuel").cast(pl.Categorical)
    ),
    "pandas": lambda: pd.DataFrame(ROWS),
    "pandas category": lambda: pd.DataFrame(ROWS).astype({"area": "category", "fuel": "category"}),
    "pandas with an index": lambda: pd.DataFrame(ROWS, index=range(5, 16)),
    "duckdb": lambda: duckdb.from_arrow(pa.Table.from_pylist(ROWS)),
}


@pytest.mark.parametrize("library", FRAMES)
def test_frames(whole: pa.Table, library: str) -> None:
    assert run(FRAMES[library]()).equals(whole)


def test_frames_of_polars_that_were_filtered(whole: pa.Table) -> None:
    frame = pl.from_arrow(WHOLE)
    assert isinstance(frame, pl.DataFrame)
    some = frame.filter(pl.col("rooms") > 1)
    kept = whole.filter(pc.greater(WHOLE["rooms"], 1))
    assert run(some).to_pylist() == kept.to_pylist()


@pytest.mark.parametrize(
    ("library", "kind"),
    [
        ("pyarrow", pa.Table),
        ("polars", pl.DataFrame),
        ("polars from arrow", pl.DataFrame),
        ("pandas", pd.DataFrame),
        ("duckdb", duckdb.DuckDBPyRelation),
    ],
)
def test_frames_go_back(whole: pa.Table, library: str, kind: type) -> None:
    back = run(FRAMES[library](), native=True)
    assert isinstance(back, kind)
    assert pa.table(back).select(["pay_year"]).to_pydict() == {
        "pay_year": whole["pay_year"].to_pylist()
    }


def test_what_is_no_frame() -> None:
    with pytest.raises(InvalidInput, match=r"Arrow C stream.*list"):
        run(ROWS)


# --- the schema


@pytest.mark.parametrize("rule", [dibao.rule, heating.RULE], ids=["dibao", "heating"])
def test_a_table_of_the_schema_is_taken(rule: Any) -> None:
    schema = columns.schema(rule)
    assert schema.field("area").type == schema.field("residence").type
    random = Random(5)
    made = (
        [row(rule, *household(random, PLACES[0], DAYS[2])) for _ in range(5)]
        if rule is dibao.rule
        else ROWS
    )
    data = table(rule, made)
    assert data.schema == schema
    assert data.to_pylist() == made
    result = columns.run(rule, data, on=DAYS[2], standards=TABLES)
    assert result.num_rows == len(made)
