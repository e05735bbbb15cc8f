"""Columns on Spark: the same rows as at home, whatever the workers lack."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import date
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from attrs import evolve
from population import draw
from pyspark.errors import PythonException

from minzheng import InvalidInput, Standards, columns, dibao, tekun
from minzheng.columns import spark as on_spark
from minzheng.columns.table import facts_of
from minzheng.rules import Rule

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

pytestmark = pytest.mark.filterwarnings(
    "ignore:PySpark does not yet fully support pandas:FutureWarning"
)

FLAGS = re.MULTILINE | re.DOTALL
AnyRule = Rule[Any, Any, Any, Any, Any]
DAY = date(2020, 7, 24)


@pytest.fixture(params=[dibao.rule, tekun.rule], ids=lambda rule: rule.name)
def rule(request: pytest.FixtureRequest) -> AnyRule:
    each: AnyRule = request.param
    return each


@pytest.fixture
def few() -> pa.Table:
    return draw(tekun.rule, 40)


def in_spark(spark: SparkSession, table: pa.Table, tmp_path: Path) -> DataFrame:
    """Read from several files, so that there are several tasks."""
    size = max(1, table.num_rows // 5)
    for start in range(0, table.num_rows, size):
        pq.write_table(table.slice(start, size), tmp_path / f"{start}.parquet")
    return spark.read.parquet(str(tmp_path))


def plain(result: DataFrame | pa.Table, by: str = "id") -> pa.Table:
    """In one order, words as strings."""
    table = result if isinstance(result, pa.Table) else result.toArrow()
    words = [
        each.with_type(pa.string()) if pa.types.is_dictionary(each.type) else each
        for each in table.schema
    ]
    return table.cast(pa.schema(words)).sort_by(by)


def test_200_000_cases_are_as_at_home(rule: AnyRule, spark: SparkSession, tmp_path: Path) -> None:
    table = draw(rule, 200_000)
    here = columns.run(rule, table, on=DAY, keep=["id"])
    there = on_spark.run(in_spark(spark, table, tmp_path), rule, on=DAY, keep=["id"])
    assert plain(there).equals(plain(here))
    assert len(here["outcome"].unique()) >= 2
    assert here["missing"].null_count < here.num_rows


def test_rows_are_decided_where_they_lie(
    rule: AnyRule, spark: SparkSession, tmp_path: Path
) -> None:
    said = StringIO()
    with redirect_stdout(said):
        frame = in_spark(spark, draw(rule, 100), tmp_path)
        on_spark.run(frame, rule, on=DAY, keep=["id"]).explain()
    assert said.getvalue().count("MapInArrow") == 1
    assert "Exchange" not in said.getvalue()


def test_a_column_that_nobody_knows_is_refused_or_handed_through(
    few: pa.Table, spark: SparkSession, tmp_path: Path
) -> None:
    frame = in_spark(spark, few.append_column("meets_rul", pa.array([True] * 40)), tmp_path)
    with pytest.raises(InvalidInput, match="unknown 'meets_rul'"):
        on_spark.run(frame, tekun.rule, on=DAY, keep=["id"])
    there = on_spark.run(frame, tekun.rule, on=DAY, keep=["id", "meets_rul"])
    assert plain(there).column_names[:2] == ["id", "meets_rul"]


def test_fields_of_members_are_handed_through(spark: SparkSession, tmp_path: Path) -> None:
    table = draw(dibao.rule, 40)
    asked: dict[str, Any] = {"on": DAY, "keep": ["id", "members.age"]}
    there = on_spark.run(in_spark(spark, table, tmp_path), dibao.rule, **asked)
    here = columns.run(dibao.rule, table, **asked)
    assert plain(there).to_pylist() == plain(here).to_pylist()


def test_nothing_is_worked_out_before_the_frame_is_used(
    few: pa.Table, spark: SparkSession, tmp_path: Path
) -> None:
    def fails(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        raise RuntimeError("worked out")
        yield from batches

    frame = in_spark(spark, few, tmp_path)
    failing = frame.mapInArrow(fails, frame.schema)
    result = on_spark.run(failing, tekun.rule, on=DAY, keep=["id"])
    with pytest.raises(PythonException, match="worked out"):
        result.collect()


def test_a_frame_without_rows_has_the_same_columns(
    rule: AnyRule, spark: SparkSession, tmp_path: Path
) -> None:
    table = draw(rule, 10)
    none = in_spark(spark, table, tmp_path).where("id < 0")
    here = columns.run(rule, table.slice(0, 0), on=DAY, keep=["id"])
    assert plain(on_spark.run(none, rule, on=DAY, keep=["id"])).schema.equals(plain(here).schema)


def test_columns_may_have_any_name(few: pa.Table, spark: SparkSession, tmp_path: Path) -> None:
    names = {"id": "案号", "area": "县 code", "residence": "户籍"}
    renamed = few.rename_columns([names.get(name, name) for name in few.column_names])
    asked: dict[str, Any] = {
        "on": DAY,
        "area": "县 code",
        "residence": "户籍",
        "keep": ["案号", "县 code"],
    }
    there = on_spark.run(in_spark(spark, renamed, tmp_path), tekun.rule, **asked)
    assert plain(there, "案号").equals(plain(columns.run(tekun.rule, renamed, **asked), "案号"))


def test_facts_that_are_left_out_are_not_known_or_assumed(
    few: pa.Table, spark: SparkSession, tmp_path: Path
) -> None:
    short = few.drop_columns(["orphan"])
    frame = in_spark(spark, short, tmp_path)
    for assume in ({}, {"orphan": False}):
        here = columns.run(tekun.rule, short, on=DAY, keep=["id"], assume=assume)
        there = on_spark.run(frame, tekun.rule, on=DAY, keep=["id"], assume=assume)
        assert plain(there).equals(plain(here))
        assert ("assumed" in there.columns) == bool(assume)


def test_workers_decide_by_the_tables_of_the_driver(
    few: pa.Table, spark: SparkSession, tmp_path: Path
) -> None:
    held = Standards.bundled()
    without = Standards(
        held.series.values(), [each for each in held if not each.series.startswith("tekun.")]
    )
    frame = in_spark(spark, few, tmp_path)
    asked: dict[str, Any] = {"on": DAY, "keep": ["id"]}
    there = plain(on_spark.run(frame, tekun.rule, standards=without, **asked))
    assert there.equals(plain(columns.run(tekun.rule, few, standards=without, **asked)))
    assert not there.equals(plain(on_spark.run(frame, tekun.rule, **asked)))


def test_wrong_columns_are_all_told_on_the_driver(
    few: pa.Table, spark: SparkSession, tmp_path: Path
) -> None:
    wrong = few.set_column(
        few.column_names.index("income_wage"), "income_wage", pa.array([1.5] * 40)
    ).rename_columns({"age": "Age"})
    with pytest.raises(InvalidInput) as told:
        on_spark.run(in_spark(spark, wrong, tmp_path), tekun.rule, on=DAY, area="aera", keep=["id"])
    assert [each.path for each in told.value.faults] == ["aera", "area", "Age", "income_wage"]


def test_a_wrong_value_is_told_by_the_worker(
    few: pa.Table, spark: SparkSession, tmp_path: Path
) -> None:
    at = few.column_names.index("age")
    wrong = few.set_column(at, "age", pa.array([30] * 39 + [-1]))
    result = on_spark.run(in_spark(spark, wrong, tmp_path), tekun.rule, on=DAY, keep=["id"])
    with pytest.raises(PythonException, match="age: expected 0 to 150, got -1"):
        result.collect()


def test_a_household_that_cannot_be_is_told_by_the_worker(
    spark: SparkSession, tmp_path: Path
) -> None:
    table = draw(dibao.rule, 40)
    lists = table["members"].combine_chunks()
    fields = dict(
        zip([each.name for each in lists.values.type], lists.values.flatten(), strict=True)
    )
    fields["relation"] = pa.array(["spouse"] * len(lists.values))
    struct = pa.StructArray.from_arrays(list(fields.values()), list(fields))
    at = table.column_names.index("members")
    wrong = table.set_column(at, "members", pa.ListArray.from_arrays(lists.offsets, struct))
    result = on_spark.run(in_spark(spark, wrong, tmp_path), dibao.rule, on=DAY, keep=["id"])
    with pytest.raises(PythonException, match="exactly one member is the applicant, found none"):
        result.collect()


def test_a_rule_that_cannot_be_lowered_is_refused_on_the_driver(
    few: pa.Table, spark: SparkSession, tmp_path: Path
) -> None:
    def halves(case: Any, terms: Any) -> Any:
        return case.age / 2 + terms.scale

    frame = in_spark(spark, few, tmp_path)
    with pytest.raises(columns.CannotLower, match=r"test_spark\.py:\d+: halves: Div cannot"):
        on_spark.run(frame, evolve(tekun.rule, decide=halves), on=DAY, keep=["id"])


def test_the_page_nests_two_flat_frames(spark: SparkSession) -> None:
    page = Path(__file__).parents[2] / "docs" / "howto" / "spark.md"
    (nesting,) = re.findall(r"^```py\n(from pyspark.*?)^```$", page.read_text("utf-8"), FLAGS)
    households = pa.table(
        {"household": [1, 2, 3], "area": ["130822"] * 3, "residence": ["rural"] * 3}
    )
    persons = pa.table(
        {
            "household": [1, 3, 1, 2],
            "relation": ["applicant", None, "spouse", "applicant"],
            "age": [70, None, 67, 40],
        }
    )
    names = {
        "households": spark.createDataFrame(households),
        "persons": spark.createDataFrame(persons),
    }
    exec(nesting, names)
    assume = {
        name: hint(field.metadata["least"] or 0) if hint in (bool, int) else next(iter(hint))
        for name, field, hint in facts_of(dibao.rule)
        if name not in ("members.relation", "members.age")
    }
    assume["meets_rule"] = True
    asked: dict[str, Any] = {"on": DAY, "keep": ["household"], "assume": assume}
    there = plain(on_spark.run(names["households"], dibao.rule, **asked), "household")
    nested = columns.nest(persons, households, by="household")
    assert there.equals(plain(columns.run(dibao.rule, nested, **asked), "household"))
    assert there["size"].to_pylist() == [2, 1, None]


PACKAGE = {
    "__init__.py": "",
    "kinds.py": """
        from enum import IntEnum

        class Grade(IntEnum):
            LOW = 1
            HIGH = 2
        """,
    "facts.py": """
        from __future__ import annotations
        from attrs import frozen
        from minzheng.rules import Outcome, fact
        from only_here.kinds import Grade

        @frozen
        class Base:
            grade: Grade

        @frozen
        class Person(Base):
            age: int

        @frozen
        class Home:
            wanted: Grade

        @frozen
        class Totals:
            size: int = 0
            matching: int = 0

        @frozen
        class Terms:
            elderly_age: int

        @frozen
        class Result:
            outcome: Outcome = fact("")
            grade: Grade = fact("")
            alone: bool = fact("")
            elderly: int = fact("")
        """,
    "rule.py": """
        from __future__ import annotations
        from functools import lru_cache
        from minzheng.rules import Outcome, Rule
        from minzheng.standards.reading import Reading
        from only_here import kinds
        from only_here.facts import Home, Person, Result, Terms, Totals

        def member(m: Person, t: Terms) -> Totals:
            high = m.grade == kinds.Grade.HIGH
            return Totals(1, 1 if high and m.age >= t.elderly_age else 0)

        def decide(h: Home, s: Totals, t: Terms) -> Result:
            outcome = Outcome.GRANTED if s.matching else Outcome.REFUSED
            return Result(outcome, h.wanted, s.size == 1, s.matching)

        @lru_cache
        def terms(standards, area, on, residence):
            read = Reading(standards, area, on)
            return read.resolve(Terms(read.whole(read.need("age.elderly"))))

        RULE = Rule("own", Home, Result, Terms, decide, terms, Person, Totals, member)
        """,
}


@pytest.fixture
def own_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AnyRule:
    """A rule of a package that the driver alone can import."""
    folder = tmp_path / "path" / "only_here"
    folder.mkdir(parents=True)
    for name, text in PACKAGE.items():
        lines = [line.removeprefix(" " * 8) for line in text.splitlines()]
        (folder / name).write_text("\n".join(lines), "utf-8")
    monkeypatch.syspath_prepend(folder.parent)
    from importlib import import_module

    made: AnyRule = import_module("only_here.rule").RULE
    return made


def test_a_rule_travels_to_workers_without_its_package(
    own_rule: AnyRule, spark: SparkSession, tmp_path: Path
) -> None:
    tries = spark.sparkContext.parallelize([0], 1).map(lambda _: find_spec("only_here") is None)
    assert tries.collect() == [True]
    table = draw(own_rule, 5_000)
    data = tmp_path / "data"
    data.mkdir()
    here = columns.run(own_rule, table, on=DAY, keep=["id"])
    there = on_spark.run(in_spark(spark, table, data), own_rule, on=DAY, keep=["id"])
    assert plain(there).equals(plain(here))
    assert set(here["outcome"].to_pylist()) == {"granted", "refused", "undetermined"}
