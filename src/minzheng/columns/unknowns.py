"""Rows with unknown facts: what a rule says of them whatever those facts are.

A yes or no and a word are run over all their values, several over the product of them up to
64; a whole number has no such list and is needed. What all runs agree on is the result. Where
they differ in the outcome or in an amount, the row is undetermined, and a fact is named on
which it depends: two runs that differ in that fact alone disagree.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from minzheng.columns.table import Columns, facts_of, fixed
from minzheng.rules import Rule

if TYPE_CHECKING:
    import numpy as np

__all__ = ["MOST_RUNS", "Runs", "compared", "domain", "needed", "runs"]

AnyRule = Rule[Any, Any, Any, Any, Any]
MOST_RUNS: Final = 64


def domain(hint: Any) -> tuple[int, ...]:
    """All values that a fact of a type may have; none for a whole number."""
    if hint is bool:
        return (0, 1)
    if isinstance(hint, type) and issubclass(hint, IntEnum):
        return tuple(map(int, hint))
    return ()


def compared(hints: Mapping[str, Any], also: Collection[str] = ()) -> list[str]:
    """The fields of a result in which runs must agree for a row to be decided.

    They are the outcome and the amounts: two runs may have one answer for other ``reasons``.

    Args:
        hints: the types of the result's fields.
        also: names of further fields.
    """
    return [
        name
        for name, hint in hints.items()
        if name == "outcome" or (hint is int and name != "reasons") or name in also
    ]


@frozen
class _Cell:
    """An unknown fact of some rows or persons.

    ``strides`` say by which the number of a run is divided for the place of the value; 0 where
    the fact is known.
    """

    name: str
    values: np.ndarray
    strides: np.ndarray


@frozen
class Runs:
    """Some rows of a block, each once for every value of its unknown facts.

    Attributes:
        columns: the facts of the runs.
        row: the row in the block that each run is of.
        starts: the first run of each row.
    """

    columns: Columns
    row: np.ndarray
    starts: np.ndarray
    _number: np.ndarray
    _cells: list[_Cell]
    _lengths: np.ndarray
    _persons: np.ndarray

    def agree(self, array: np.ndarray) -> np.ndarray:
        """For each row whether all its runs have one value."""
        import numpy as np

        least = np.minimum.reduceat(array, self.starts)
        made: np.ndarray = least == np.maximum.reduceat(array, self.starts)
        return made

    def decisive(self, arrays: Collection[np.ndarray]) -> Iterator[tuple[str, np.ndarray]]:
        """Each unknown fact, and the rows in which it alone makes two runs differ."""
        import numpy as np

        every = np.arange(len(self.row))
        of = np.repeat(np.arange(len(self.starts)), np.diff([*self.starts, len(self.row)]))
        for cell in self._cells:
            by_person = cell.name.startswith("members.")
            run = np.repeat(every, self._lengths) if by_person else every
            strides = cell.strides[self._persons if by_person else self.row]
            at = np.flatnonzero(strides)
            run, strides = run[at], strides[at]
            other = run - self._number[run] // strides % len(cell.values) * strides
            differs = np.zeros(len(run), np.bool_)
            for array in arrays:
                differs |= array[run] != array[other]
            rows = np.zeros(len(self.starts), np.bool_)
            rows[of[run[differs]]] = True
            yield cell.name, rows


def needed(rule: AnyRule, columns: Columns) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """What keeps rows from being run at all, and how many runs each of the others takes.

    Args:
        rule: the rule.
        columns: a block.

    Returns:
        For rows that lack a whole number or would take more than :data:`MOST_RUNS` runs, by
        fact those that lack it; and for each row its runs, 1 where all is known.
    """
    import numpy as np

    sizes = {name: len(domain(hint)) for name, _field, hint in facts_of(rule)}
    product = np.ones(columns.rows)
    blocked = np.zeros(columns.rows, np.bool_)
    for name, nulls in columns.nulls.items():
        if not sizes.get(name):
            blocked |= nulls
    for name, nulls in columns.unknown.items():
        size = sizes[name]
        if size and name.startswith("members."):
            unknown = np.bincount(columns.owners()[nulls], minlength=columns.rows)
            product *= float(size) ** unknown
        elif size:
            product[nulls] *= size
    blocked |= product > MOST_RUNS
    lacking = {name: nulls & blocked for name, nulls in columns.nulls.items()}
    return lacking, np.where(blocked, 0, product).astype(np.int64)


def runs(
    rule: AnyRule, columns: Columns, rows: np.ndarray, number: np.ndarray, most: int
) -> Iterator[Runs]:
    """The runs of some rows, in parts of about so many runs.

    Args:
        rule: the rule.
        columns: a block.
        rows: of it.
        number: how many runs each of these rows takes.
        most: how many runs to a part.
    """
    import numpy as np

    cells = list(_cells(rule, columns))
    part = np.cumsum(number) // most
    for each in np.unique(part).tolist():
        chosen = part == each
        yield _runs(rule, columns, cells, rows[chosen], number[chosen])


def _cells(rule: AnyRule, columns: Columns) -> Iterator[_Cell]:
    import numpy as np

    running = np.ones(columns.rows)  # floats: what is beyond the limit is never used
    owners = columns.owners() if columns.members else np.zeros(0, np.int64)
    for name, _field, hint in facts_of(rule):
        values = np.array(domain(hint), np.int64)
        nulls = columns.unknown.get(name)
        if nulls is None or not len(values):
            continue
        strides = np.zeros(len(nulls))
        if name.startswith("members."):
            at = np.flatnonzero(nulls)
            of = owners[at]
            _rows, first, counts = np.unique(of, return_index=True, return_counts=True)
            rank = np.arange(len(at)) - np.repeat(first, counts)
            strides[at] = running[of] * float(len(values)) ** rank
            running[_rows] *= float(len(values)) ** counts
        else:
            strides[nulls] = running[nulls]
            running[nulls] *= len(values)
        small = np.minimum(strides, MOST_RUNS * 2)
        yield _Cell(name, values, small.astype(np.int64))


def _runs(
    rule: AnyRule, columns: Columns, cells: list[_Cell], rows: np.ndarray, number: np.ndarray
) -> Runs:
    import numpy as np

    starts = np.cumsum(number) - number
    row = np.repeat(rows, number)
    digits = np.arange(len(row)) - np.repeat(starts, number)
    begins = columns.offsets.astype(np.int64) - columns.first
    lengths = np.zeros(len(row), np.int64)
    if rule.member_class is not None:
        lengths = (begins[1:] - begins[:-1])[row]
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
    persons = np.arange(offsets[-1])
    if rule.member_class is not None:
        persons += np.repeat(begins[row] - offsets[:-1], lengths)
    case = {name: array[row] for name, array in columns.case.items()}
    members = {name: array[persons] for name, array in columns.members.items()}
    for cell in cells:
        prefix, _dot, short = cell.name.rpartition(".")
        at, run = (persons, np.repeat(digits, lengths)) if prefix else (row, digits)
        strides = cell.strides[at]
        unknown = strides > 0
        chosen = run[unknown] // strides[unknown] % len(cell.values)
        (members if prefix else case)[short][unknown] = cell.values[chosen]
    made = Columns.__new__(Columns)
    made.rows, made.first = len(row), 0
    made.offsets = fixed(offsets.astype(np.int32))
    made.case = {name: fixed(array) for name, array in case.items()}
    made.members = {name: fixed(array) for name, array in members.items()}
    made.nulls, made.unknown, made.assumed = {}, {}, {}
    return Runs(made, row, starts, digits, cells, lengths, persons)
