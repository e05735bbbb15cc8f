"""Running a rule over a table: terms once per place, blocks that bound memory, unknown facts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from attrs import Factory, define, evolve, frozen

from minzheng.columns.check import check, check_values
from minzheng.columns.kernel import AnyRule, Kernel, compiled, forked, interpret
from minzheng.columns.out import Out, assumed_text, kept
from minzheng.columns.places import Held, Places, place_faults
from minzheng.columns.table import Assumed, Columns, as_arrow, fixed
from minzheng.columns.unknowns import Runs, compared, needed, runs
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
    assume: Mapping[str, Any] | None = None,
    threads: int | None = None,
    block: int = _BLOCK,
    progress: bool = False,
    native: bool = False,
) -> Any:
    """Decide every row of a table by a rule.

    Args:
        rule: such as ``minzheng.dibao.rule``, or one of your own.
        data: one row a case, from any library that speaks the Arrow C stream; see
            :func:`schema` for the columns.
        on: the day; it chooses the law and the figures.
        standards: the tables; the bundled ones when left out.
        area: name of the column of the division code.
        residence: name of the column that says ``rural`` or ``urban``.
        keep: names of columns to hand through; ``members.name`` for a field of members,
            which becomes a list. Any other column that is no fact is refused.
        assume: what is taken for all rows of facts that the table has no column of, such
            as ``{"cars": 0, "members.dependent": False}``. A fact that is neither a column nor
            assumed is not known.
        threads: how many threads the compiled kernel uses; numba's own number when
            left out.
        block: rows worked on at a time.
        progress: show a bar, where ``tqdm`` is installed.
        native: give a frame of the caller's library back (needs ``narwhals``).

    Returns:
        A ``pyarrow.Table`` in the order of the rows: the columns of ``keep``, the
        fields of the rule's result, and ``missing``: a fact that is not known, or the
        series of a figure that is not available, of a row that is therefore
        ``undetermined``. A yes or no or a word that is not known is run over all its values;
        what all runs agree on is given. A field is null where it is not known or does not
        apply. With ``assume`` a column ``assumed`` repeats what was assumed.

    Raises:
        InvalidInput: with every wrong or unknown column, every value that cannot be (as the
            models of single cases check it) and every unknown place, before any work.
        CannotLower: when the rule cannot be compiled; with file, line and reason.
        Overflow: when a result does not fit 64 bits.
    """
    if block < 1:
        raise InvalidInput([Fault("block", f"expected 1 or more, got {block}")])
    table = as_arrow(data)
    tables = Standards.bundled() if standards is None else standards
    names = (area, residence)
    places = partial(place_faults, rule, table, on, tables, names)
    assumed = check(rule, table, names, assume, keep, places)
    kernel = compiled(rule)
    with _Threads(threads):
        result = decided(
            rule, kernel, table, on, tables, names, keep, assumed, block=block, progress=progress
        )
    return _back(result, data) if native else result


class Prepared:
    """A table that was checked and taken apart once, to be decided under many standards.

    What members add up to is kept, and taken again where the terms that ``member``
    reads are the same. Made by :func:`prepare`.
    """

    def __init__(
        self,
        rule: AnyRule,
        table: pa.Table,
        names: tuple[str, str],
        keep: Sequence[str],
        assumed: Assumed,
    ) -> None:
        self._rule, self._table, self._keep, self._assumed = rule, table, keep, assumed
        self._places = Places(table, names, compiled(rule))
        self._blocks = list(_blocks(rule, table, self._places, _BLOCK, assumed))

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
        kernel = compiled(self._rule)
        work = _Work(self._rule, kernel, self._table, self._places, held, out)
        with _Threads(threads):
            for block in self._blocks:
                work.decide(block)
        return out.table(kept(self._table, self._keep), assumed_text(self._rule, self._assumed))


def prepare(
    rule: AnyRule,
    data: Any,
    *,
    area: str = "area",
    residence: str = "residence",
    keep: Sequence[str] = (),
    assume: Mapping[str, Any] | None = None,
) -> Prepared:
    """Check a table once, to decide it many times: under other standards, on other days.

    Args:
        rule: as for :func:`run`.
        data: one row a case.
        area: name of the column of the division code.
        residence: name of the column that says ``rural`` or ``urban``.
        keep: names of columns to hand through.
        assume: what is taken for all rows of facts that the table has no column of.

    Returns:
        What has a ``run`` of its own. It holds the table and, once run, about 8 bytes a row
        for each of the rule's totals.

    Raises:
        InvalidInput: with every wrong column.
        CannotLower: when the rule cannot be compiled; with file, line and reason.

    Example:
        >>> from datetime import date
        >>> from minzheng import columns, tekun
        >>> facts = columns.schema(tekun.rule).empty_table()
        >>> columns.prepare(tekun.rule, facts).run(on=date(2023, 9, 1)).num_rows
        0
    """
    table = as_arrow(data)
    assumed = check(rule, table, (area, residence), assume, keep)
    return Prepared(rule, table, (area, residence), keep, assumed)


def decided(
    rule: AnyRule,
    kernel: Kernel | None,
    table: pa.Table,
    on: date,
    standards: Standards,
    names: tuple[str, str],
    keep: Sequence[str],
    assumed: Assumed,
    *,
    also: Collection[str] = (),
    block: int = _BLOCK,
    progress: bool = False,
) -> pa.Table:
    """Decide every row of a checked table by a rule and its kernel; otherwise as :func:`run`.

    ``also`` names fields besides outcome and amounts in which runs over unknown facts must
    agree for a row to be decided.
    """
    places = Places(table, names, kernel)
    held = Held(rule, places, on, standards)
    out = Out(rule, table.num_rows)
    blocks = _blocks(rule, table, places, block, assumed)
    work = _Work(rule, kernel, table, places, held, out, also, once=True)
    for each in _bar(blocks, -(-table.num_rows // block), progress):
        work.decide(each)
    return out.table(kept(table, keep), assumed_text(rule, assumed))


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


def _blocks(
    rule: AnyRule, table: pa.Table, places: Places, size: int, assumed: Assumed
) -> Iterator[_Block]:
    import numpy as np

    for start in range(0, table.num_rows, size):
        columns = Columns(rule, table.slice(start, size), assumed)
        stop = start + columns.rows
        nulls = [*columns.nulls.values()]
        known = ~np.logical_or.reduce(nulls) if nulls else np.zeros(0, np.bool_)
        yield _Block(start, columns, (places.areas[start:stop], places.kinds[start:stop]), known)


@frozen
class _Work:
    """Deciding the blocks of a table into arrays."""

    rule: AnyRule
    kernel: Kernel | None
    table: pa.Table
    places: Places
    held: Held
    out: Out
    also: Collection[str] = ()
    once: bool = False

    def decide(self, block: _Block) -> None:
        """Decide the rows of a block."""
        import numpy as np

        columns, out = block.columns, self.out
        whole = slice(block.start, block.start + columns.rows)
        ours = {name: array[whole] for name, array in out.arrays.items()}
        unknown = len(block.known) > 0 or not self.held.held.all()
        odd = self.run(block, ours, np.arange(block.start, block.start + columns.rows))
        if unknown or odd:  # the kernel looked at the values of known rows only
            self.places.once(lambda: check_values(self.rule, self.table))
        if unknown:
            which = self.places.number[block.at]
            possible = self.held.held[which]
            out.not_held(block.start, which, possible, self.held.missing)
            self.open(block, possible)

    def run(self, block: _Block, ours: dict[str, np.ndarray], numbers: np.ndarray) -> bool:
        """Run the rule over the known rows of a block; whether it had to interpret some."""
        import numpy as np

        if self.kernel is None:
            odd = self.held.held[self.places.number[block.at]]
            odd = odd & (block.known if len(block.known) else True)
        else:
            odd = _compiled(self.kernel, self.held, block, ours, self.once)
        rows = np.flatnonzero(odd)
        if len(rows):
            self.places.once(lambda: check_values(self.rule, self.table))
            of = self.places.number[tuple(each[rows] for each in block.at)]
            interpret(self.rule, rows, block.columns, of, self.held.terms, ours, numbers)
        return len(rows) > 0

    def open(self, block: _Block, possible: np.ndarray) -> None:
        """Decide the rows of a block of which some fact is not known."""
        import numpy as np

        if not block.columns.nulls:
            return
        lacking, number = needed(self.rule, block.columns)
        for name, rows in lacking.items():
            self.out.null(block.start, rows & possible, name)
            possible = possible & ~rows
        at = np.flatnonzero(possible & ~block.known)
        for each in runs(self.rule, block.columns, at, number[at], _BLOCK):
            self.over(block, each)

    def over(self, block: _Block, every: Runs) -> None:
        """Decide rows by all the values of their unknown facts."""
        import numpy as np

        out, rows = self.out, block.start + every.row[every.starts]
        places = (fixed(block.at[0][every.row]), fixed(block.at[1][every.row]))
        size = len(every.row)
        arrays = {name: np.zeros(size, array.dtype) for name, array in out.arrays.items()}
        runs_of = _Block(0, every.columns, places, np.zeros(0, np.bool_))
        evolve(self, once=True).run(runs_of, arrays, block.start + every.row)
        same = {name: every.agree(array) for name, array in arrays.items()}
        for name, array in arrays.items():
            out.arrays[name][rows] = array[every.starts]
            if name != "outcome":
                out.blank(name, rows[~same[name]])
        names = compared(out.hints, self.also)
        undecided = ~np.logical_and.reduce([same[name] for name in names])
        if undecided.any():
            for fact, decisive in every.decisive([arrays[name] for name in names]):
                out.open(rows[undecided & decisive], fact)
                undecided &= ~decisive


def _compiled(
    kernel: Kernel, held: Held, block: _Block, ours: dict[str, np.ndarray], once: bool
) -> np.ndarray:
    """Decide rows by the kernel; says which rows it leaves to the rule itself."""
    import numpy as np

    columns = block.columns
    case, members, results = columns.case.values(), columns.members.values(), ours.values()
    begins, limit = (columns.offsets, columns.first), held.limit(kernel)

    def head(odd: np.ndarray) -> tuple[Any, ...]:
        return (block.known, odd, *block.at, held.compiled, limit, held.matrix)

    shares = block.shares
    if once or kernel.share is None or shares is None or not shares.hold(kernel, held):
        block.shares = _Shares(held.compiled, held.matrix[:, kernel.member_terms])
        odd = np.zeros(columns.rows, np.bool_)
        kernel.run(*head(odd), *begins, *case, *members, *results)
        return odd
    if shares.odd is None:
        shares.odd = np.zeros(columns.rows, np.bool_)
        shares.arrays = [np.zeros(columns.rows, np.int64) for _ in range(kernel.totals)]
        kernel.share(*head(shares.odd), *begins, *members, *shares.arrays)
    odd = shares.odd.copy()
    assert kernel.settle is not None
    kernel.settle(*head(odd), *case, *shares.arrays, *results)
    return odd


class _Threads:
    """The compiled kernel's number of threads, for the time of one run."""

    def __init__(self, number: int | None) -> None:
        self.number = None if forked() else number

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
