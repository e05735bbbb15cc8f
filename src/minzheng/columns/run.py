"""Running a rule over a table: terms once per place, blocks that bound memory, nulls said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from attrs import Factory, define

from minzheng.columns.check import check, check_values
from minzheng.columns.kernel import AnyRule, Kernel, compiled, interpret
from minzheng.columns.out import Out
from minzheng.columns.places import Held, Places, place_faults
from minzheng.columns.table import Columns, as_arrow
from minzheng.errors import Fault, InvalidInput
from minzheng.standards import Standards

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

__all__ = ["Prepared", "decided", "prepare", "run"]

_BLOCK = 1 << 19


def run(
    rule: AnyRule,
    data: Any,
    *,
    on: date,
    standards: Standards | None = None,
    area: str = "area",
    residence: str = "residence",
    keep: Sequence[str] = (),
    defaults: bool = False,
    threads: int | None = None,
    block: int = _BLOCK,
    progress: bool = False,
    native: bool = False,
) -> Any:
    """Decide every row of a table by a rule.

    Args:
        rule: such as ``minzheng.dibao.RULE``, or one of your own.
        data: one row a case, from any library that speaks the Arrow C stream; see
            :func:`schema` for the columns.
        on: the day; it chooses the law and the figures.
        standards: the tables; the bundled ones when left out.
        area: name of the column of the division code.
        residence: name of the column that says ``rural`` or ``urban``.
        keep: names of columns to hand through.
        defaults: whether columns may be left out whose fact has a default in the
            rule's class; without it every column is asked for.
        threads: how many threads the compiled kernel uses; numba's own number when
            left out.
        block: rows worked on at a time.
        progress: show a bar, where ``tqdm`` is installed.
        native: give a frame of the caller's library back (needs ``narwhals``).

    Returns:
        A ``pyarrow.Table`` in the order of the rows: the columns of ``keep``, the
        fields of the rule's result, and ``missing``: the first fact that is null,
        or the figure that is not held, of a row that is therefore ``undetermined``.

    Raises:
        InvalidInput: with every wrong column, negative value and unknown place, before any
            work.
        CannotLower: when the rule cannot be compiled; with file, line and reason.
        Overflow: when a result does not fit 64 bits.
    """
    if block < 1:
        raise InvalidInput([Fault("block", f"expected 1 or more, got {block}")])
    table = as_arrow(data)
    tables = Standards.bundled() if standards is None else standards
    names = (area, residence)
    try:
        check(rule, table, names, defaults, keep)
    except InvalidInput as error:
        faults = place_faults(rule, table, on, tables, names)
        raise InvalidInput([*error.faults, *faults]) from None
    kernel = compiled(rule)
    with _Threads(threads):
        result = decided(rule, kernel, table, on, tables, names, keep, block, progress)
    return _back(result, data) if native else result


class Prepared:
    """A table that was checked and taken apart once, to be decided under many standards.

    What members add up to is kept, and taken again where the terms that ``member``
    reads are the same. Made by :func:`prepare`.
    """

    def __init__(
        self, rule: AnyRule, table: pa.Table, names: tuple[str, str], keep: Sequence[str]
    ) -> None:
        self._rule, self._table, self._keep = rule, table, keep
        self._kernel = compiled(rule)
        self._places = Places(table, names, self._kernel)
        self._blocks = list(_blocks(rule, table, self._places, _BLOCK))

    def run(
        self, *, on: date, standards: Standards | None = None, threads: int | None = None
    ) -> pa.Table:
        """Decide every row, as :func:`run` does.

        Args:
            on: the day; it chooses the law and the figures.
            standards: the tables; the bundled ones when left out.
            threads: how many threads the compiled kernel uses.

        Raises:
            InvalidInput: with every negative value and unknown place.
            Overflow: when a result does not fit 64 bits.
        """
        tables = Standards.bundled() if standards is None else standards
        held = Held(self._rule, self._places, on, tables)
        out = Out(self._rule, self._table.num_rows)
        with _Threads(threads):
            for block in self._blocks:
                _decide(self._rule, self._kernel, self._table, self._places, held, block, out)
        return out.table([(name, self._table[name]) for name in self._keep])


def prepare(
    rule: AnyRule,
    data: Any,
    *,
    area: str = "area",
    residence: str = "residence",
    keep: Sequence[str] = (),
    defaults: bool = False,
) -> Prepared:
    """Check a table once, to decide it many times: under other standards, on other days.

    Args:
        rule: as for :func:`run`.
        data: one row a case.
        area: name of the column of the division code.
        residence: name of the column that says ``rural`` or ``urban``.
        keep: names of columns to hand through.
        defaults: whether columns may be left out whose fact has a default.

    Returns:
        What has a ``run`` of its own. It holds the table and, once run, about 8 bytes a row
        for each of the rule's totals.

    Raises:
        InvalidInput: with every wrong column.
        CannotLower: when the rule cannot be compiled; with file, line and reason.

    Example:
        >>> from datetime import date
        >>> from minzheng import columns, tekun
        >>> facts = columns.schema(tekun.RULE).empty_table()
        >>> columns.prepare(tekun.RULE, facts).run(on=date(2023, 9, 1)).num_rows
        0
    """
    table = as_arrow(data)
    check(rule, table, (area, residence), defaults, keep)
    return Prepared(rule, table, (area, residence), keep)


def decided(
    rule: AnyRule,
    kernel: Kernel | None,
    table: pa.Table,
    on: date,
    standards: Standards,
    names: tuple[str, str],
    keep: Sequence[str] = (),
    block: int = _BLOCK,
    progress: bool = False,
) -> pa.Table:
    """Decide every row of a checked table by a rule and its kernel; otherwise as :func:`run`."""
    places = Places(table, names, kernel)
    held = Held(rule, places, on, standards)
    out = Out(rule, table.num_rows)
    blocks = _blocks(rule, table, places, block)
    for each in _bar(blocks, -(-table.num_rows // block), progress):
        _decide(rule, kernel, table, places, held, each, out, once=True)
    return out.table([(name, table[name]) for name in keep])


@define
class _Shares:
    """What the members of each row add up to under some terms; added up when asked twice."""

    pairs: np.ndarray
    terms: np.ndarray
    odd: np.ndarray | None = None
    arrays: list[np.ndarray] = Factory(list)

    def hold(self, kernel: Kernel, held: Held) -> bool:
        """Whether they are the same under other terms."""
        import numpy as np

        same = np.array_equal(self.terms, held.matrix[:, kernel.member_terms])
        return same and np.array_equal(self.pairs, held.compiled)


@define
class _Block:
    """Some rows: their facts, the places of their words, and which have no null.

    ``known`` is empty when no row has one.
    """

    start: int
    columns: Columns
    at: tuple[np.ndarray, np.ndarray]
    known: np.ndarray
    shares: _Shares | None = None


def _blocks(rule: AnyRule, table: pa.Table, places: Places, size: int) -> Iterator[_Block]:
    import numpy as np

    for start in range(0, table.num_rows, size):
        columns = Columns(rule, table.slice(start, size))
        stop = start + columns.rows
        nulls = [*columns.nulls.values()]
        known = ~np.logical_or.reduce(nulls) if nulls else np.zeros(0, np.bool_)
        yield _Block(start, columns, (places.areas[start:stop], places.kinds[start:stop]), known)


def _decide(
    rule: AnyRule,
    kernel: Kernel | None,
    table: pa.Table,
    places: Places,
    held: Held,
    block: _Block,
    out: Out,
    once: bool = False,
) -> None:
    import numpy as np

    columns, start = block.columns, block.start
    ours = {name: array[start : start + columns.rows] for name, array in out.arrays.items()}
    unknown = len(block.known) > 0 or not held.held.all()
    which = places.number[block.at] if unknown or kernel is None else None
    if kernel is None:
        assert which is not None
        odd = held.held[which] & (block.known if len(block.known) else True)
    else:
        odd = _compiled(kernel, held, block, ours, once)
    if which is not None:
        possible = held.held[which]
        out.not_held(start, which, possible, held.missing)
        for name, nulls in columns.nulls.items():
            out.null(start, nulls & possible, name)
            possible = possible & ~nulls
    rows = np.flatnonzero(odd)
    if len(rows) or unknown:  # the kernel looked at the values of known rows only
        places.once(lambda: check_values(rule, table))
    if len(rows):
        of = places.number[tuple(each[rows] for each in block.at)]
        interpret(rule, rows, columns, of, held.terms, ours, start)


def _compiled(
    kernel: Kernel, held: Held, block: _Block, ours: dict[str, np.ndarray], once: bool
) -> np.ndarray:
    """Decide rows by the kernel; says which rows it leaves to the rule itself."""
    import numpy as np

    columns = block.columns
    case, members, results = columns.case.values(), columns.members.values(), ours.values()
    limit = held.limit(kernel)

    def head(odd: np.ndarray) -> tuple[Any, ...]:
        return (block.known, odd, *block.at, held.compiled, limit, held.matrix)

    shares = block.shares
    if once or kernel.share is None or shares is None or not shares.hold(kernel, held):
        block.shares = _Shares(held.compiled, held.matrix[:, kernel.member_terms])
        odd = np.zeros(columns.rows, np.bool_)
        kernel.run(*head(odd), columns.offsets, *case, *members, *results)
        return odd
    if shares.odd is None:
        shares.odd = np.zeros(columns.rows, np.bool_)
        shares.arrays = [np.zeros(columns.rows, np.int64) for _ in range(kernel.totals)]
        kernel.share(*head(shares.odd), columns.offsets, *members, *shares.arrays)
    odd = shares.odd.copy()
    assert kernel.settle is not None
    kernel.settle(*head(odd), *case, *shares.arrays, *results)
    return odd


class _Threads:
    """The compiled kernel's number of threads, for the time of one run."""

    def __init__(self, number: int | None) -> None:
        self.number = number

    def __enter__(self) -> None:
        if self.number is not None and find_spec("numba"):
            import numba

            self.before = numba.get_num_threads()
            numba.set_num_threads(self.number)

    def __exit__(self, *_error: object) -> None:
        if self.number is not None and find_spec("numba"):
            import numba

            numba.set_num_threads(self.before)


def _bar(blocks: Iterable[_Block], total: int, progress: bool) -> Iterable[_Block]:
    if not progress:
        return blocks
    try:
        from tqdm.auto import tqdm
    except ImportError:
        return blocks
    bar: Iterable[_Block] = tqdm(blocks, total=total, unit="block")
    return bar


def _back(result: pa.Table, data: Any) -> Any:
    import narwhals.stable.v2 as nw

    frame = nw.from_native(data, pass_through=True)
    if not hasattr(frame, "implementation"):
        return result
    if frame.implementation is nw.Implementation.DUCKDB:
        import duckdb

        return duckdb.from_arrow(result)
    made = nw.from_arrow(result, backend=frame.implementation)
    return made.to_native()
