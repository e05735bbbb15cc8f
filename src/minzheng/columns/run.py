"""Running a rule over a table: terms once per place, blocks that bound memory, nulls said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import IntEnum
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import attrs

from minzheng.columns.check import check, check_values
from minzheng.columns.kernel import Kernel, compiled, interpret
from minzheng.columns.lower import hints_of
from minzheng.columns.table import Columns, as_arrow, enum_dtype, fixed, one
from minzheng.errors import Fault, InvalidInput, MinzhengError
from minzheng.people import Residence
from minzheng.rules import Outcome, Rule
from minzheng.standards import Standards
from minzheng.standards.reading import Resolved

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

__all__ = ["decided", "run"]

AnyRule = Rule[Any, Any, Any, Any, Any]
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
    try:
        check(rule, table, (area, residence), defaults, keep)
    except InvalidInput as error:
        faults = _place_faults(rule, table, on, tables, (area, residence))
        raise InvalidInput([*error.faults, *faults]) from None
    kernel = compiled(rule)
    with _Threads(threads):
        result = decided(rule, kernel, table, on, tables, (area, residence), keep, block, progress)
    return _back(result, data) if native else result


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
    places = _Places(rule, kernel, table, on, standards, *names)
    out = _Out(rule, table.num_rows)
    for start in _bar(range(0, table.num_rows, block), progress):
        _block(rule, kernel, table, start, block, places, out)
    return out.table([(name, table[name]) for name in keep])


def _block(
    rule: AnyRule,
    kernel: Kernel | None,
    table: pa.Table,
    start: int, size: int, places: _Places, out: _Out
) -> None:
    import numpy as np

    columns = Columns(rule, table.slice(start, size))
    stop = start + columns.rows
    at = (places.areas[start:stop], places.kinds[start:stop])
    known = ~np.logical_or.reduce([*columns.nulls.values()]) if columns.nulls else np.zeros(0, np.bool_)
    ours = {name: array[start:stop] for name, array in out.arrays.items()}
    if kernel is None:
        odd = places.held[places.number[at]] & (known if len(known) else True)
    else:
        odd = np.zeros(columns.rows, np.bool_)
        kernel.run(
            known,
            odd,
            *at,
            places.compiled,
            places.limit(kernel),
            columns.offsets,
            places.matrix,
            *columns.case.values(),
            *columns.members.values(),
            *ours.values(),
        )
    unknown = len(known) > 0 or not places.held.all()
    if unknown:
        which = places.number[at]
        held = places.held[which]
        out.not_held(start, which, held, places.missing)
        for name, nulls in columns.nulls.items():
            out.null(start, nulls & held, name)
            held = held & ~nulls
    rows = np.flatnonzero(odd)
    if len(rows) or unknown:  # the kernel looked at the values of known rows only
        places.once(lambda: check_values(rule, table))
    if len(rows):
        interpret(
            rule,
            rows.tolist(),
            columns.offsets,
            places.number[at],
            places.terms,
            columns.case,
            columns.members,
            ours,
            start,
        )


class _Places:
    """The terms of each distinct pair of area and residence, and which pair each row is of.

    Attributes:
        areas, kinds: for each row the place of its words among all words.
        number: for the places of two words the number of their pair.
        compiled: the same for a kernel; -1 where terms are missing, -2 where they do not fit
            64 bits: such rows are decided by the rule itself.
        terms: the terms of each pair, ``None`` where figures are missing.
        held: whether a pair has terms.
        missing: what is missing to each pair.
        matrix: the terms as whole numbers, one row a pair.
    """

    def __init__(
        self,
        rule: AnyRule,
        kernel: Kernel | None,
        table: pa.Table,
        on: date,
        standards: Standards,
        area: str,
        residence: str,
    ) -> None:
        import numpy as np

        areas, self.areas = _words(table[area])
        kinds, self.kinds = _words(table[residence])
        used = np.zeros((len(areas), len(kinds)), np.bool_)
        if kernel is None:
            used[self.areas, self.kinds] = True
        else:
            kernel.places(self.areas, self.kinds, used)
        self.number = np.full(used.shape, -1, np.int32)
        self.number[used] = np.arange(used.sum(), dtype=np.int32)
        pairs = [(areas[one], kinds[other]) for one, other in np.argwhere(used).tolist()]
        resolved = _resolve(rule, pairs, on, standards, (area, residence))
        self._checked = False
        self.terms = [None if each is None else each.terms for each in resolved]
        self.held = np.array([terms is not None for terms in self.terms], np.bool_)
        self.missing = [
            _why(pair, each, area, residence) for pair, each in zip(pairs, resolved, strict=True)
        ]
        self.matrix = np.zeros((len(pairs), len(attrs.fields(rule.terms_class))), np.int64)
        rows = np.full(len(pairs), -1, np.int32)
        for row, terms in enumerate(self.terms):
            if terms is not None:
                values = [int(value) for value in attrs.astuple(terms, recurse=False)]
                if all(-(2**63) < value < 2**63 for value in values):
                    self.matrix[row] = values
                    rows[row] = row
                else:
                    rows[row] = -2
        self.compiled = self.number.copy()
        self.compiled[used] = rows

    def limit(self, kernel: Kernel) -> int:
        """How large facts may be for a kernel under these terms."""
        import numpy as np

        sizes = np.abs(self.matrix).max(axis=0, initial=0).tolist()
        return kernel.bounds.limit(sizes)

    def once(self, check: Callable[[], None]) -> None:
        """Look at all values of the table, the first time that some row is odd."""
        if not self._checked:
            check()
            self._checked = True


def _place_faults(
    rule: AnyRule, table: pa.Table, on: date, standards: Standards, names: tuple[str, str]
) -> tuple[Fault, ...]:
    if any(table.column_names.count(name) != 1 for name in names):
        return ()
    try:
        _Places(rule, None, table, on, standards, *names)
    except InvalidInput as error:
        return error.faults
    return ()


def _words(column: pa.ChunkedArray) -> tuple[list[Any], np.ndarray]:
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    encoded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    whole = one(encoded.unify_dictionaries())
    words = [*whole.dictionary.to_pylist(), None]
    indices = whole.indices
    if indices.null_count:
        indices = pc.fill_null(indices.cast(pa.int32()), len(words) - 1)
    return words, fixed(indices.to_numpy(zero_copy_only=False).astype(np.int32, copy=False))


def _resolve(
    rule: AnyRule,
    pairs: list[tuple[Any, Any]],
    on: date,
    standards: Standards,
    names: tuple[str, str],
) -> list[Resolved[Any] | None]:
    kinds: dict[Any, Residence] = {}
    for member in Residence:
        kinds |= {member.name.lower(): member, int(member): member}
    faults: dict[Fault, None] = {}
    found: list[Resolved[Any] | None] = []
    for area, kind in pairs:
        resolved = None
        if kind is not None and (type(kind) not in (str, int) or kind not in kinds):
            faults[Fault(names[1], f"expected rural or urban, got {kind!r}")] = None
        elif area is not None and kind is not None:
            try:
                resolved = rule.terms(standards, area, on, kinds[kind])
            except MinzhengError as error:
                faults[Fault(names[0], str(error))] = None
        found.append(resolved)
    if faults:
        raise InvalidInput(faults)
    return found


def _why(pair: tuple[Any, Any], resolved: Resolved[Any] | None, area: str, residence: str) -> str:
    if resolved is None:
        return area if pair[0] is None else residence
    return f"standards: {resolved.missing[0]}" if resolved.missing else ""


class _Out:
    """The result's arrays, and why rows could not be decided."""

    def __init__(self, rule: AnyRule, rows: int) -> None:
        import numpy as np

        self.hints = hints_of(rule.result)
        self.arrays = {
            each.name: np.zeros(rows, _dtype(self.hints[each.name]))
            for each in attrs.fields(rule.result)
        }
        self.words: list[str] = []
        self.missing: np.ndarray | None = None
        self.rows = rows

    def null(self, start: int, rows: np.ndarray, name: str) -> None:
        """Note rows that cannot be decided, and the fact or figure that they lack."""
        import numpy as np

        if rows.any():
            if name not in self.words:
                self.words.append(name)
            if self.missing is None:
                self.missing = np.full(self.rows, -1, np.int32)
            self.missing[start : start + len(rows)][rows] = self.words.index(name)
            if "outcome" in self.arrays:
                outcome = self.arrays["outcome"][start : start + len(rows)]
                outcome[rows] = Outcome.UNDETERMINED

    def not_held(
        self, start: int, which: np.ndarray, valid: np.ndarray, missing: list[str]
    ) -> None:
        if not valid.all():
            for number, why in enumerate(missing):
                if why:
                    self.null(start, (which == number) & ~valid, why)

    def table(self, kept: list[tuple[str, Any]]) -> pa.Table:
        import pyarrow as pa

        columns = dict(kept)
        unknown = None if self.missing is None else self.missing >= 0
        for name, array in self.arrays.items():
            known = name == "outcome"
            columns[name] = _arrow(array, self.hints[name], None if known else unknown)
        if self.missing is None:
            columns["missing"] = pa.nulls(self.rows, pa.dictionary(pa.int32(), pa.string()))
        else:
            indices = pa.array(self.missing, mask=self.missing < 0)
            columns["missing"] = pa.DictionaryArray.from_arrays(indices, pa.array(self.words))
        return pa.table(columns)


def _dtype(hint: Any) -> Any:
    import numpy as np

    if hint is bool:
        return np.bool_
    return enum_dtype(hint) if issubclass(hint, IntEnum) else np.int64


def _arrow(array: np.ndarray, hint: Any, unknown: np.ndarray | None) -> pa.Array:
    import numpy as np
    import pyarrow as pa

    if not issubclass(hint, IntEnum):
        return pa.array(array, mask=unknown)
    members = sorted(hint)
    numbers = np.array([int(member) for member in members])
    if numbers[-1] - numbers[0] == len(numbers) - 1:
        places = array - numbers[0].astype(array.dtype)
    else:
        places = np.searchsorted(numbers, array)
    names = pa.array([member.name.lower() for member in members])
    places = places.astype(np.int8, copy=False)
    proven = len(places) > 0 and 0 <= places.min() and places.max() < len(names)
    return pa.DictionaryArray.from_arrays(pa.array(places, mask=unknown), names, safe=not proven)


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


def _bar(blocks: Iterable[int], progress: bool) -> Iterable[int]:
    if not progress:
        return blocks
    try:
        from tqdm.auto import tqdm
    except ImportError:
        return blocks
    bar: Iterable[int] = tqdm(blocks, unit="block")
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
