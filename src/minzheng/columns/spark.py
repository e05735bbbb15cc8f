"""The same call on a Spark cluster: one pass over the rows where they lie, nothing moved.

Needs ``pyspark`` on the driver, and this library with its extra ``columns`` on
the workers (extra ``spark`` brings both).

The driver checks the columns, lowers the rule and sends its kernel's source, the rule
and the tables along. So a rule of a script, a notebook or a module that only
the driver has runs on workers that have none of them.
"""

from __future__ import annotations

import inspect
import pickle
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import IntEnum
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, get_type_hints

import attrs

from minzheng.columns.check import check
from minzheng.columns.kernel import compiled_from
from minzheng.columns.layout import facts
from minzheng.columns.lower import lowered
from minzheng.columns.run import decided
from minzheng.rules import Rule
from minzheng.standards import Standards

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType

__all__ = ["run"]

AnyRule = Rule[Any, Any, Any, Any, Any]
_ON_WORKERS = {"builtins", __name__.partition(".")[0]}


def run(
    df: DataFrame,
    rule: AnyRule,
    *,
    on: date,
    standards: Standards | None = None,
    area: str = "area",
    residence: str = "residence",
    keep: Sequence[str] = (),
    assume: Mapping[str, Any] | None = None,
) -> DataFrame:
    """Decide every row of a Spark frame by a rule.

    Args:
        df: one row a case; the columns of :func:`minzheng.columns.schema`, where words
            are strings and ``members`` is an array of structs.
        rule: such as ``minzheng.dibao.rule``, or one of your own.
        on: the day; it chooses the law and the figures.
        standards: the tables; the bundled ones when left out. They are sent to the
            workers, so that all decide by the driver's.
        area: name of the column of the division code.
        residence: name of the column that says ``rural`` or ``urban``.
        keep: names of columns to hand through.
        assume: what is taken for all rows of facts that the frame has no column of. A fact
            that is neither a column nor assumed is not known.

    Returns:
        The columns of ``keep``, the fields of the rule's result, and ``missing``, as
        :func:`minzheng.columns.run` gives them; words are strings. Spark decides the
        rows when the frame is used.

    Raises:
        InvalidInput: with every missing or unknown column and every wrong type. A value that
            cannot be and an unknown place are found by a worker; Spark then reports its message.
        CannotLower: when the rule cannot be compiled; with file, line and reason.

    Limitations:
        Workers need the driver's version of this library. A package that a rule of your
        own calls, other than the one it stands in, must be installed on them.
    """
    # of no rows, so Spark works nothing out that stands before them
    assumed = check(rule, df.limit(0).toArrow(), (area, residence), assume, keep)
    case: Any = rule.case
    stated = [each.name for each in facts(case) if each.name in df.columns]
    people = [] if rule.member_class is None else ["members"]
    flat = [name for name in keep if name in df.columns]
    asked = dict.fromkeys([area, residence, *stated, *people, *flat])
    call = {
        "on": on,
        "standards": Standards.bundled() if standards is None else standards,
        "names": (area, residence),
        "keep": tuple(keep),
    }
    work = partial(_work, _packed(rule, dict(assume or {}), call))
    return df.select(list(asked)).mapInArrow(work, _schema(rule, df, keep, bool(assumed)))


def _schema(rule: AnyRule, df: DataFrame, keep: Sequence[str], assumed: bool) -> StructType:
    from pyspark.sql.types import ArrayType, BooleanType, LongType, StringType, StructType

    made = StructType()
    for name in dict.fromkeys(keep):
        if name in df.columns:
            made.add(df.schema[name])
        else:
            person: Any = df.schema["members"].dataType
            made.add(name, ArrayType(person.elementType[name.partition(".")[2]].dataType))
    hints = get_type_hints(rule.result)
    for each in attrs.fields(rule.result):
        hint = hints[each.name]
        words = issubclass(hint, IntEnum)
        made.add(
            each.name, StringType() if words else BooleanType() if hint is bool else LongType()
        )
    made.add("missing", StringType())
    return made.add("assumed", StringType()) if assumed else made


def _packed(rule: AnyRule, assume: dict[str, Any], call: dict[str, Any]) -> bytes:
    """All that a worker needs, in bytes: what only the driver can import goes by value."""
    from pyspark import cloudpickle

    # a cache is of its process; what it wraps can travel
    plain = attrs.evolve(rule, terms=_uncached(rule.terms))
    classes = (rule.case, rule.result, rule.terms_class, rule.member_class, rule.totals)
    parts = {each for each in (*classes, rule.decide, rule.member, plain.terms) if each}
    ours = {_root(each) for each in parts} & set(sys.modules) - _ON_WORKERS
    ours -= {name.partition(".")[0] for name in cloudpickle.list_registry_pickle_by_value()}
    modules = [sys.modules[name] for name in ours]
    for module in modules:
        cloudpickle.register_pickle_by_value(module)
    try:
        packed: bytes = cloudpickle.dumps(
            (plain, lowered(rule), _annotations(classes), assume, call)
        )
    finally:
        for module in modules:
            cloudpickle.unregister_pickle_by_value(module)
    return packed


def _root(part: Any) -> str:
    return str(getattr(part, "__module__", "builtins")).partition(".")[0]


def _uncached(terms: Any) -> Any:
    if not hasattr(terms, "cache_parameters"):
        return terms
    there = _root(terms) in _ON_WORKERS and "<locals>" not in terms.__qualname__
    return terms if there else terms.__wrapped__


def _annotations(classes: Sequence[Any]) -> list[tuple[Any, dict[str, Any]]]:
    """The fields' types of classes that go by value: their text means nothing without the module."""
    return [
        (base, {name: get_type_hints(base)[name] for name in own})
        for cls in classes
        if cls is not None
        for base in cls.__mro__
        if _root(base) not in _ON_WORKERS and (own := inspect.get_annotations(base))
    ]


def _work(packed: bytes, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    rule, kernel, assume, call = _unpacked(packed)
    for batch in batches:
        table = pa.Table.from_batches([batch])
        assumed = check(rule, table, call["names"], assume, call["keep"])
        yield from _plain(decided(rule, kernel, table, **call, assumed=assumed)).to_batches()


@lru_cache(maxsize=4)
def _unpacked(packed: bytes) -> tuple[AnyRule, Any, dict[str, Any], dict[str, Any]]:
    """Once for all tasks of a worker."""
    rule, source, annotations, assume, call = pickle.loads(packed)
    for cls, hints in annotations:
        cls.__annotations__ = hints
    kernel = compiled_from(source, rule.name)
    if kernel is not None:
        import numba

        numba.set_num_threads(1)  # Spark runs a worker for each core
    return attrs.evolve(rule, terms=lru_cache(maxsize=4096)(rule.terms)), kernel, assume, call


def _plain(table: pa.Table) -> pa.Table:
    import pyarrow as pa

    fields = [
        each.with_type(each.type.value_type) if pa.types.is_dictionary(each.type) else each
        for each in table.schema
    ]
    return table.cast(pa.schema(fields))
