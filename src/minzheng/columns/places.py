"""Where the rows of a table are, and the terms of each place: resolved once a place, not a row."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from minzheng.base.areas import NATION
from minzheng.columns.check import MOST_FAULTS, bounded
from minzheng.columns.kernel import AnyRule, Kernel
from minzheng.columns.layout import numbers, width
from minzheng.columns.table import fixed, one
from minzheng.errors import Fault, InvalidInput, MinzhengError
from minzheng.people import Residence
from minzheng.standards import Standards
from minzheng.standards.reading import Resolved

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

__all__ = ["Held", "Places", "place_faults"]

_SIX: Final = re.compile("[0-9]{6}")


class Places:
    """The distinct pairs of area and residence of a table, and which pair each row is of.

    Attributes:
        areas, kinds: for each row the place of its words among all words.
        number: for the places of two words the number of their pair, -1 for none.
        pairs: the words of each pair.
        names: of the two columns.
    """

    def __init__(self, table: pa.Table, names: tuple[str, str], kernel: Kernel | None) -> None:
        import numpy as np

        areas, self.areas = _words(table[names[0]])
        kinds, self.kinds = _words(table[names[1]])
        used = np.zeros((len(areas), len(kinds)), np.bool_)
        if kernel is None:
            used[self.areas, self.kinds] = True
        else:
            kernel.places(self.areas, self.kinds, used)
        self.number = np.full(used.shape, -1, np.int32)
        self.number[used] = np.arange(used.sum(), dtype=np.int32)
        self.pairs = [(areas[one], kinds[other]) for one, other in np.argwhere(used).tolist()]
        self.names = names
        self._checked = False

    def first_row(self, number: int) -> int:
        """The first row that is of a pair."""
        import numpy as np

        return int(np.argmax(self.number[self.areas, self.kinds] == number))

    def once(self, check: Callable[[], None]) -> None:
        """Look at all values of the table, the first time that some row is odd."""
        if not self._checked:
            check()
            self._checked = True


class Held:
    """The terms of each pair on a day.

    Attributes:
        terms: of each pair, ``None`` where figures are missing.
        held: whether a pair has terms.
        missing: what is missing to each pair.
        matrix: the terms as whole numbers, one row a pair.
        compiled: the pairs' numbers as a kernel takes them; -1 where terms are missing, -2
            where they do not fit 64 bits, or a list is too long: such rows are decided by the rule
            itself.
    """

    def __init__(self, rule: AnyRule, places: Places, on: date, standards: Standards) -> None:
        import numpy as np

        resolved = _resolve(rule, places, on, standards)
        self.terms = [None if each is None else each.terms for each in resolved]
        self.held = np.array([terms is not None for terms in self.terms], np.bool_)
        self.missing = [
            _why(pair, each, *places.names)
            for pair, each in zip(places.pairs, resolved, strict=True)
        ]
        self.matrix = np.zeros((len(resolved), width(rule.terms_class)), np.int64)
        rows = np.full(len(resolved), -1, np.int32)
        for row, terms in enumerate(self.terms):
            if terms is not None:
                values = numbers(rule.terms_class, terms)
                if values is None or not all(-(2**63) < value < 2**63 for value in values):
                    rows[row] = -2
                else:
                    rows[row], self.matrix[row] = row, values
        self.compiled = places.number.copy()
        self.compiled[places.number >= 0] = rows

    def limit(self, kernel: Kernel) -> int:
        """How large facts may be for a kernel under these terms."""
        import numpy as np

        return kernel.bounds.limit(np.abs(self.matrix).max(axis=0, initial=0).tolist())


def place_faults(
    rule: AnyRule, table: pa.Table, on: date, standards: Standards, names: tuple[str, str]
) -> tuple[Fault, ...]:
    """What is wrong with the places of a table that has other faults too."""
    if any(table.column_names.count(name) != 1 for name in names):
        return ()
    try:
        Held(rule, Places(table, names, None), on, standards)
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
    rule: AnyRule, places: Places, on: date, standards: Standards
) -> list[Resolved[Any] | None]:
    kinds: dict[Any, Residence] = {}
    for member in Residence:
        kinds |= {member.name.lower(): member, int(member): member}
    faults: dict[Fault, None] = {}
    found: list[Resolved[Any] | None] = []
    for number, (area, kind) in enumerate(places.pairs):
        resolved = None
        if kind is not None and (type(kind) not in (str, int) or kind not in kinds):
            message = f"expected rural or urban, got {_shown(kind)}"
            faults[Fault(places.names[1], f"{message} in row {places.first_row(number)}")] = None
        if area is not None and not (isinstance(area, str) and _SIX.fullmatch(area)):
            message = f"expected six digits as text, such as '130822', got {_shown(area)}"
            faults[Fault(places.names[0], f"{message} in row {places.first_row(number)}")] = None
        elif area == NATION:
            message = f"expected the code of a place, and {NATION} is the nation, in row"
            faults[Fault(places.names[0], f"{message} {places.first_row(number)}")] = None
        elif area is not None and kind is not None and kind in kinds:
            try:
                resolved = rule.terms(standards, area, on, kinds[kind])
            except MinzhengError as error:
                faults[Fault(places.names[0], str(error))] = None
        found.append(resolved)
        if len(faults) > MOST_FAULTS:  # each takes time, and nobody reads a hundred thousand
            left = len(places.pairs) - number - 1
            unseen = [Fault("", f"{left} more places were not checked")] if left else []
            raise InvalidInput([*bounded(faults), *unseen])
    if faults:
        raise InvalidInput(bounded(faults))
    return found


def _shown(value: Any) -> str:
    """A value as a message may show it: longer ones may be of a person."""
    text = repr(value)
    return text if len(text) <= 14 else f"a {type(value).__name__} of {len(str(value))} characters"


def _why(pair: tuple[Any, Any], resolved: Resolved[Any] | None, area: str, residence: str) -> str:
    if resolved is None:
        return area if pair[0] is None else residence
    return f"standards: {resolved.missing[0]}" if resolved.missing else ""
