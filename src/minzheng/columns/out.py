"""The result of a run as a table, and why rows could not be decided."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

import attrs

from minzheng.columns.lower import hints_of
from minzheng.columns.table import dtype
from minzheng.rules import Outcome, Rule

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

__all__ = ["Out"]


class Out:
    """The result's arrays, and why rows could not be decided.

    Attributes:
        arrays: by the name of a field of the result.
    """

    def __init__(self, rule: Rule[Any, Any, Any, Any, Any], rows: int) -> None:
        import numpy as np

        result: Any = rule.result
        self.hints = hints_of(result)
        self.arrays = {
            each.name: np.zeros(rows, dtype(self.hints[each.name]))
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
        """Note the rows of places without terms, and what those lack."""
        if not valid.all():
            for number, why in enumerate(missing):
                if why:
                    self.null(start, (which == number) & ~valid, why)

    def table(self, kept: list[tuple[str, Any]]) -> pa.Table:
        """The kept columns, the result and ``missing``."""
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
    proven = len(places) > 0 and places.min() >= 0 and places.max() < len(names)
    return pa.DictionaryArray.from_arrays(pa.array(places, mask=unknown), names, safe=not proven)
