"""The result of a run as a table, and why rows could not be decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import TYPE_CHECKING, Any

import attrs

from minzheng.columns.layout import hints_of
from minzheng.columns.table import dtype, facts_of, one
from minzheng.rules import Outcome, Rule

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

__all__ = ["Out", "assumed_text", "kept", "lack_of"]


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
        self.rule = rule
        self.words: dict[str, int] = {}
        self.unknown: dict[str, np.ndarray] = {}
        self.missing: np.ndarray | None = None
        self.rows = rows

    def null(self, start: int, rows: np.ndarray, name: str) -> None:
        """Note rows of a block that cannot be run, and the fact or figure that they lack."""
        import numpy as np

        if rows.any():
            at = start + np.flatnonzero(rows)
            self.open(at, name)
            for each in self.arrays:
                self.blank(each, at)

    def blank(self, name: str, rows: np.ndarray) -> None:
        """Note rows, by their numbers in the table, of which a field is not known."""
        import numpy as np

        if len(rows) and name != "outcome":
            self.unknown.setdefault(name, np.zeros(self.rows, np.bool_))[rows] = True

    def open(self, rows: np.ndarray, name: str) -> None:
        """Note rows, by their numbers in the table, that are undetermined, and what they lack."""
        import numpy as np

        if len(rows):
            if self.missing is None:
                self.missing = np.full(self.rows, -1, np.int32)
            self.missing[rows] = self.words.setdefault(name, len(self.words))
            if "outcome" in self.arrays:
                self.arrays["outcome"][rows] = Outcome.UNDETERMINED

    def not_held(
        self, start: int, which: np.ndarray, valid: np.ndarray, missing: list[str]
    ) -> None:
        """Note the rows of places without terms, and what those lack."""
        if not valid.all():
            for number, why in enumerate(missing):
                if why:
                    self.null(start, (which == number) & ~valid, why)

    def _lacks(self) -> None:
        """Note what the rule itself lacks where it leaves a row open."""
        import numpy as np

        if self.hints.get("outcome") is not Outcome:
            return
        rows = self.arrays["outcome"] == Outcome.UNDETERMINED
        if self.missing is not None:
            rows &= self.missing < 0
        at = np.flatnonzero(rows)
        if not len(at):
            return
        name = next((each for each in ("reason", "reasons") if each in self.arrays), None)
        if name is None:
            self.open(at, "rule")
            return
        reasons = self.arrays[name][at]
        for number in np.unique(reasons).tolist():
            self.open(at[reasons == number], lack_of(self.rule, number))

    def table(self, kept: list[tuple[str, Any]], assumed: str = "") -> pa.Table:
        """The kept columns, the result, ``missing``, and what was assumed."""
        import numpy as np
        import pyarrow as pa

        self._lacks()
        columns = dict(kept)
        for each in attrs.fields(self.rule.result):
            array, hint = self.arrays[each.name], self.hints[each.name]
            mask = self.unknown.get(each.name)
            none = each.metadata.get("none")
            if none is not None and hint is int:
                absent = array == none
                if absent.any():
                    mask = absent if mask is None else absent | mask
            columns[each.name] = _arrow(array, hint, mask)
        words = pa.array(list(self.words), pa.string())
        at = np.full(self.rows, -1, np.int32) if self.missing is None else self.missing
        indices = pa.array(at, mask=at < 0)
        columns["missing"] = pa.DictionaryArray.from_arrays(indices, words)
        if assumed:
            zeros = pa.array(np.zeros(self.rows, np.int8))
            columns["assumed"] = pa.DictionaryArray.from_arrays(zeros, pa.array([assumed]))
        return pa.table(columns)


def lack_of(rule: Rule[Any, Any, Any, Any, Any], reason: int) -> str:
    """What a result lacks that the rule leaves open.

    Args:
        rule: the rule.
        reason: the number of its ``reason``; or its ``reasons``, of which the lowest bit that lacks
            something tells.
    """
    result: Any = rule.result
    hint = hints_of(result).get("reason")
    bits = sorted(each for each in rule.lacks if reason & each) if hint is None else [reason]
    lack = rule.lacks.get(bits[0]) if bits else None
    if lack is not None:
        return f"standards: {lack}"
    if hint is None:
        return "rule"
    named = isinstance(hint, type) and issubclass(hint, IntEnum)
    return f"rule: {hint(reason).name.lower() if named else reason}"


def assumed_text(rule: Rule[Any, Any, Any, Any, Any], assumed: Mapping[str, int]) -> str:
    """What was assumed, in one line: ``cars=0, members.dependent=false``."""
    return ", ".join(
        f"{name}={_word(hint, assumed[name])}"
        for name, _field, hint in facts_of(rule)
        if name in assumed
    )


def _word(hint: Any, number: int) -> str:
    if hint is bool:
        return "true" if number else "false"
    return str(number) if hint is int else str(hint(number).name.lower())


def kept(table: pa.Table, keep: Iterable[str]) -> list[tuple[str, Any]]:
    """Columns of a table to hand through; a field of members becomes a list of its values."""
    return [
        (name, table[name] if name in table.column_names else _listed(table, name)) for name in keep
    ]


def _listed(table: pa.Table, name: str) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    lists = one(table["members"])
    field = name.partition(".")[2]
    values = pc.struct_field(lists.values, field)
    offsets = lists.offsets
    made = pa.ListArray if pa.types.is_list(lists.type) else pa.LargeListArray
    if not lists.null_count:
        return made.from_arrays(offsets, values)
    plain = pa.array(offsets.to_numpy())  # a mask is not taken together with a slice
    return made.from_arrays(plain, values, mask=pc.is_null(lists))


def _arrow(array: np.ndarray, hint: Any, unknown: np.ndarray | None) -> pa.Array:
    import numpy as np
    import pyarrow as pa

    if not issubclass(hint, IntEnum):
        return pa.array(array, mask=unknown)
    members = sorted(hint)
    numbers = np.array([int(member) for member in members])
    if numbers[-1] - numbers[0] == len(numbers) - 1:
        places = array  # in place: nobody else has it
        places -= numbers[0].astype(array.dtype)
    else:
        places = np.searchsorted(numbers, array)
    names = pa.array([member.name.lower() for member in members])
    places = places.astype(np.int8, copy=False)
    proven = len(places) > 0 and places.min() >= 0 and places.max() < len(names)
    return pa.DictionaryArray.from_arrays(pa.array(places, mask=unknown), names, safe=not proven)
