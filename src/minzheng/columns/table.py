"""Arrow tables in and out: what a rule asks of a table, and every fault of one at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs
from attrs import field, frozen

from minzheng.base.suggest import unknown
from minzheng.columns.layout import facts
from minzheng.errors import Fault, InvalidInput
from minzheng.rules import Rule

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

__all__ = [
    "Assumed",
    "Columns",
    "Given",
    "arrow_type",
    "as_arrow",
    "dtype",
    "facts_of",
    "fixed",
    "given",
    "nest",
    "one",
    "schema",
]

AnyRule = Rule[Any, Any, Any, Any, Any]
Assumed = dict[str, int]
"""Values taken for all rows, as numbers, by the name of the fact."""


def as_arrow(data: Any) -> pa.Table:
    """Any frame that speaks the Arrow C stream, as a table; without copying where it can be."""
    import pyarrow as pa

    if isinstance(data, pa.Table):
        return data
    if isinstance(data, pa.RecordBatch):
        return pa.Table.from_batches([data])
    if hasattr(data, "__arrow_c_stream__"):
        return pa.RecordBatchReader.from_stream(data).read_all()
    if hasattr(data, "to_arrow_table"):
        table: pa.Table = data.to_arrow_table()
        return table
    raise InvalidInput(
        f"expected a frame that speaks the Arrow C stream (pyarrow, polars, pandas, duckdb ...), "
        f"got {type(data).__name__}"
    )


def one(column: pa.ChunkedArray) -> pa.Array:
    """A column as one array; without copying where it is one already."""
    import pyarrow as pa

    if column.num_chunks == 1:
        return column.chunk(0)
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)


def arrow_type(hint: Any) -> pa.DataType:
    """The Arrow type of a fact: whole numbers, truth values, or the words of an enumeration."""
    import pyarrow as pa

    if hint is bool:
        return pa.bool_()
    if isinstance(hint, type) and issubclass(hint, IntEnum):
        return pa.dictionary(pa.int8(), pa.string())
    return pa.int64()


def schema(rule: AnyRule, *, area: str = "area", residence: str = "residence") -> pa.Schema:
    """What a table for a rule looks like: one row a case.

    Amounts are whole fen. Words of an enumeration may be plain strings, or its
    numbers.

    Example:
        >>> from minzheng import columns, tekun
        >>> columns.schema(tekun.rule).field("age").type
        DataType(int64)
    """
    import pyarrow as pa

    words = pa.dictionary(pa.int32(), pa.string())
    fields = [pa.field(area, words), pa.field(residence, words), *_fields(rule.case)]
    if rule.member_class is not None:
        fields.append(pa.field("members", pa.list_(pa.struct(_fields(rule.member_class)))))
    return pa.schema(fields)


def _fields(cls: Any) -> list[pa.Field]:
    import pyarrow as pa

    return [pa.field(each.name, arrow_type(each.hint)) for each in facts(cls)]


def nest(persons: Any, households: Any, *, by: str) -> pa.Table:
    """Join two flat tables: the persons of each household become its ``members``.

    Args:
        persons: one row a person, with the column ``by``.
        households: one row a household, with the column ``by``, each value once.
        by: the column that both have.

    Returns:
        The households in their order, with ``members``; a household without
        persons has an empty list.

    Raises:
        InvalidInput: for a missing column, a household twice, or a person of none.
    """
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    people, homes = as_arrow(persons).combine_chunks(), as_arrow(households)
    faults = [
        Fault(name, unknown(by, table.column_names))
        for name, table in (("persons", people), ("households", homes))
        if by not in table.column_names
    ]
    if "members" in homes.column_names:
        faults.append(Fault("households.members", "is there already"))
    if people.column_names == [by]:
        faults.append(Fault("persons", f"have no column besides {by!r}"))
    if faults:
        raise InvalidInput(faults)
    homes_by, people_by = _key(homes[by]), _key(people[by])
    if homes_by.type != people_by.type:
        message = f"is {people_by.type}, but households.{by} is {homes_by.type}"
        raise InvalidInput([Fault(f"persons.{by}", message)])
    keys = pc.unique(homes_by)
    at = pc.index_in(people_by, keys)
    if len(keys) < homes.num_rows:
        counted = pc.value_counts(homes_by).to_pylist()
        twice = next(each["values"] for each in counted if each["counts"] > 1)
        rows = pc.indices_nonzero(pc.equal(homes_by, twice)).to_pylist()  # it may be a number
        faults.append(Fault(f"households.{by}", f"has one value in rows {rows[0]} and {rows[1]}"))
    if homes[by].null_count:
        faults.append(Fault(f"households.{by}", "has nulls"))
    if at.null_count:
        lost = pc.index(at.is_null(), True).as_py()
        message = f"is no household in row {lost}; {at.null_count} such persons"
        faults.append(Fault(f"persons.{by}", message))
    if faults:
        raise InvalidInput(faults)
    place = at.to_numpy(zero_copy_only=False)
    order = np.argsort(place, kind="stable")
    counts = np.bincount(place, minlength=homes.num_rows)
    offsets = np.zeros(homes.num_rows + 1, np.int64)
    np.cumsum(counts, out=offsets[1:])
    rows = people.drop_columns([by]).take(pa.array(order)).combine_chunks()
    struct = pa.StructArray.from_arrays(
        [column.combine_chunks() for column in rows.columns], names=rows.column_names
    )
    return homes.append_column("members", pa.LargeListArray.from_arrays(pa.array(offsets), struct))


def _key(column: pa.ChunkedArray) -> pa.Array:
    """A key column in its plain type: words as strings, whole numbers in 64 bits."""
    import pyarrow as pa

    keys = one(column)
    if pa.types.is_dictionary(keys.type):
        keys = keys.dictionary_decode()
    if pa.types.is_integer(keys.type):
        return keys.cast(pa.int64())
    words = pa.types.is_large_string(keys.type) or pa.types.is_string_view(keys.type)
    return keys.cast(pa.string()) if words else keys


def facts_of(rule: AnyRule) -> Iterator[tuple[str, attrs.Attribute[Any], Any]]:
    """Every fact of a rule: its name in a table, its field and its type."""
    classes: tuple[tuple[str, Any], ...] = (("", rule.case), ("members.", rule.member_class))
    for prefix, cls in classes:
        for each in () if cls is None else facts(cls):
            yield prefix + each.name, each.field, each.hint


@frozen(eq=False)
class Given:
    """The facts that a table has, by their names; those of persons begin with ``members.``.

    Attributes:
        hints, limits: type and limits of each fact of the rule.
        columns: of the facts that are there.
        others: names of columns and of fields of members that are no facts.
        fields: names of the fields of members.
        wrong_members: the type of ``members`` where it is no list of structs.
    """

    hints: Mapping[str, Any]
    limits: Mapping[str, Mapping[str, Any]]
    columns: dict[str, Any] = field(factory=dict)
    others: list[str] = field(factory=list)
    fields: list[str] = field(factory=list)
    wrong_members: str | None = None
    _lists: Any = None

    @cached_property
    def sizes(self) -> np.ndarray:
        """How many members each row has."""
        import numpy as np
        import pyarrow.compute as pc

        counts = pc.fill_null(pc.list_value_length(self._lists), 0)
        made: np.ndarray = counts.to_numpy(zero_copy_only=False).astype(np.int64)
        return made

    @property
    def listed(self) -> np.ndarray:
        """Which rows have a list of members."""
        made: np.ndarray = self._lists.is_valid().to_numpy(zero_copy_only=False)
        return made

    def per_row(self, persons: np.ndarray) -> np.ndarray:
        """How many of the members of each row are among some persons."""
        import numpy as np

        ends = np.cumsum(self.sizes)
        counted = np.concatenate([np.zeros(1, np.int64), np.cumsum(persons)])
        made: np.ndarray = counted[ends] - counted[ends - self.sizes]
        return made

    def rows_of(self, name: str, at: np.ndarray) -> np.ndarray:
        """The rows that some values of a fact are of."""
        import numpy as np

        if not name.startswith("members."):
            return at
        return np.searchsorted(np.cumsum(self.sizes), at, side="right")

    def numbers(self, name: str) -> pa.ChunkedArray:
        """The values of a fact as whole numbers."""
        import pyarrow as pa
        import pyarrow.compute as pc

        column, hint = self.columns[name], self.hints[name]
        if pa.types.is_null(column.type) or pa.types.is_boolean(column.type):
            return column.cast(pa.int8())
        if pa.types.is_integer(column.type):
            return column
        numbers = {member.name.lower(): int(member) for member in hint}
        words = one(column)
        encoded = words if pa.types.is_dictionary(words.type) else words.dictionary_encode()
        table = pa.array([numbers.get(each) for each in encoded.dictionary.to_pylist()], pa.int64())
        return pa.chunked_array([pc.take(table, encoded.indices)])


def given(rule: AnyRule, table: pa.Table) -> Given:
    """What a table states of the facts of a rule."""
    import pyarrow as pa

    every = list(facts_of(rule))
    made = Given(
        hints={name: hint for name, _field, hint in every},
        limits={name: each.metadata for name, each, _hint in every},
    )
    for name in table.column_names:
        if name in made.hints:
            made.columns[name] = table[name]
        else:
            made.others.append(name)
    if rule.member_class is None or "members" not in table.column_names:
        return made
    kind = table["members"].type
    if not (pa.types.is_list(kind) or pa.types.is_large_list(kind)) or not pa.types.is_struct(
        kind.value_type
    ):
        return attrs.evolve(made, wrong_members=str(kind)[:80])
    lists = one(table["members"])
    people = lists.flatten()  # without those that a null list has in its buffers
    for each, column in zip(people.type, people.flatten(), strict=True):
        made.fields.append(each.name)
        name = f"members.{each.name}"
        if name in made.hints:
            made.columns[name] = pa.chunked_array([column])
        else:
            made.others.append(name)
    return attrs.evolve(made, lists=lists)


class Columns:
    """The columns of one block of cases as numpy arrays, and where facts are not known.

    Attributes:
        rows: how many.
        offsets, first: where the members of each row begin, and those of the first row.
        case, members: arrays by name of fact.
        unknown: for each fact that is null somewhere, where it is: by row, for facts that
            begin with ``members.`` by person; in the order of the rule's facts.
        nulls: the same by row; and the rows whose ``members`` are null.
    """

    def __init__(self, rule: AnyRule, table: pa.Table, assumed: Assumed) -> None:
        import numpy as np

        self.rows = table.num_rows
        self.assumed = assumed
        self.unknown: dict[str, np.ndarray] = {}
        self.nulls: dict[str, np.ndarray] = {}
        case = {name: table[name] for name in table.column_names}
        self.case = dict(self._arrays(rule.case, case, self.rows, ""))
        self.offsets, self.first = fixed(np.zeros(1, np.int32)), 0
        self.members: dict[str, np.ndarray] = {}
        if rule.member_class is not None:
            self._members(rule, table["members"])

    def _members(self, rule: AnyRule, column: pa.ChunkedArray) -> None:
        import numpy as np
        import pyarrow as pa

        lists = one(column)
        if lists.null_count:  # what such a row points at is never looked at
            self.nulls["members"] = lists.is_null().to_numpy(zero_copy_only=False)
        offsets = lists.offsets.to_numpy()
        people = lists.values
        if len(offsets):
            first, last = int(offsets[0]), int(offsets[-1])
            people = people.slice(first, last - first)
            if offsets.dtype == np.int32:  # as they are: none is copied
                self.offsets, self.first = fixed(offsets), first
            elif last - first < 2**31:
                self.offsets = fixed((offsets - first).astype(np.int32))
            else:
                message = f"{last - first} persons in one block; take a smaller block"
                raise InvalidInput([Fault("members", message)])
        fields = {
            each.name: pa.chunked_array([array])
            for each, array in zip(people.type, people.flatten(), strict=True)
        }
        self.members = dict(self._arrays(rule.member_class, fields, len(people), "members."))

    def _arrays(
        self, cls: Any, columns: Mapping[str, Any], size: int, prefix: str
    ) -> Iterator[tuple[str, np.ndarray]]:
        import numpy as np
        import pyarrow as pa

        for each in facts(cls):
            name, kind = prefix + each.name, dtype(each.hint)
            if name in self.assumed:
                yield each.name, fixed(np.full(size, self.assumed[name], kind))
                continue
            column = columns.get(each.name)
            if column is None or pa.types.is_null(column.type):
                self._null(name, np.ones(size, np.bool_), bool(prefix))
                yield each.name, fixed(np.zeros(size, kind))
                continue
            column = _decoded(one(column))
            if column.null_count:
                nulls = column.is_null().to_numpy(zero_copy_only=False)
                self._null(name, nulls, bool(prefix))
            yield each.name, fixed(_numpy(column, each.hint))

    def owners(self) -> np.ndarray:
        """The row of each person."""
        import numpy as np

        return np.repeat(np.arange(self.rows), np.diff(self.offsets))

    def _null(self, name: str, nulls: np.ndarray, of_members: bool) -> None:
        import numpy as np

        self.unknown[name] = nulls
        if of_members:
            rows = np.zeros(self.rows, np.bool_)
            rows[self.owners()[nulls]] = True
            nulls = rows
        self.nulls[name] = nulls


def _decoded(column: pa.Array) -> pa.Array:
    """Words out of their dictionary where that holds a null, which no index tells."""
    import pyarrow as pa

    hidden = pa.types.is_dictionary(column.type) and column.dictionary.null_count
    return column.dictionary_decode() if hidden else column


def fixed(array: np.ndarray) -> np.ndarray:
    """Read only, as arrays of Arrow's own are: one compiled kernel then serves all."""
    array.setflags(write=False)
    return array


def dtype(hint: Any) -> Any:
    """The type of an array of a fact or a result: an enumeration's numbers in a byte if they fit."""
    import numpy as np

    if hint is bool:
        return np.bool_
    if isinstance(hint, type) and issubclass(hint, IntEnum):
        return np.int8 if all(-128 <= each < 128 for each in hint) else np.int64
    return np.int64


def _numpy(column: Any, hint: Any) -> np.ndarray:
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    made: np.ndarray
    if pa.types.is_integer(column.type) or pa.types.is_boolean(column.type):
        filled = pc.fill_null(column, hint is not bool and 0) if column.null_count else column
        made = filled.to_numpy(zero_copy_only=False).astype(dtype(hint), copy=False)
        return made
    numbers = {member.name.lower(): int(member) for member in hint}
    words = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    table = np.array(
        [numbers.get(word, 0) for word in words.dictionary.to_pylist()] or [0], dtype(hint)
    )
    indices = pc.fill_null(words.indices, 0) if words.indices.null_count else words.indices
    made = table[indices.to_numpy(zero_copy_only=False)]
    return made
