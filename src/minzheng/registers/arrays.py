"""What screens over columns are made of: identities, look-ups, sums, columns of few texts."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from minzheng.benefits import dibao
from minzheng.registers.screens import identity

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

__all__ = [
    "NOBODY",
    "Elsewhere",
    "Index",
    "Texts",
    "coded",
    "enumerated",
    "filled",
    "first_reason",
    "identities",
    "months_later",
    "same_words",
    "single",
    "sums",
    "takeable",
]

NOBODY = -1
_BLOCK = 1 << 14
_PLACES = range(18)
_SUMS = (  # the first nine digits, the next eight, and the check sum, which is 1 modulo 11
    [10 ** (8 - place) if place < 9 else 0 for place in _PLACES],
    [10 ** (16 - place) if 9 <= place < 17 else 0 for place in _PLACES],
    [pow(2, 17 - place, 11) for place in _PLACES],
)


def identities(numbers: Any) -> np.ndarray:
    """:func:`identity` of each number; -1 where it is ``None``."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    numbers = single(numbers)
    if pa.types.is_dictionary(numbers.type):
        words = identities(numbers.dictionary)
        at = pc.fill_null(numbers.indices, len(words)).to_numpy(zero_copy_only=False)
        decoded: np.ndarray = np.append(words, NOBODY)[at]
        return decoded
    numbers = numbers.cast(pa.large_string())
    found = np.full(len(numbers), NOBODY, np.int64)
    length = pc.fill_null(pc.binary_length(numbers), 0).to_numpy(zero_copy_only=False)
    full = np.flatnonzero(length == 18)
    odd = length > 0
    if len(full):
        text = numbers if len(full) == len(numbers) else numbers.take(pa.array(full))
        keys, plain = _parsed(text)
        found[full] = keys
        odd[full] = ~plain
    odd_rows = np.flatnonzero(odd)
    if len(odd_rows):  # typed with spaces, of the old form, or wrong: each distinct one once
        encoded = numbers.take(pa.array(odd_rows)).dictionary_encode()
        typed = [identity(each) for each in encoded.dictionary.to_pylist()]
        made = np.array([NOBODY if each is None else each for each in typed], np.int64)
        found[odd_rows] = made[encoded.indices.to_numpy()]
    return found


def _parsed(text: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """Keys of numbers of 18 bytes, and which of them are 17 digits and a digit or X."""
    import numpy as np

    offsets = np.frombuffer(text.buffers()[1], np.int64)[text.offset : text.offset + len(text) + 1]
    data = np.frombuffer(text.buffers()[2], np.uint8)[offsets[0] : offsets[-1]].reshape(-1, 18)
    keys = np.empty(len(text), np.int64)
    plain = np.empty(len(text), np.bool_)
    for start in range(0, len(text), _BLOCK):
        part = slice(start, start + _BLOCK)
        digits = np.ascontiguousarray(data[part].T) - np.uint8(48)
        last = digits[17]
        last[(last == ord("X") - 48) | (last == ord("x") - 48)] = 10
        plain[part] = (digits[:17] < 10).all(axis=0) & (last <= 10)
        # sums of less than 2**53, which floats hold exactly and multiply fast
        high, low, total = np.array(_SUMS, np.float64) @ digits.astype(np.float64)
        right = total.astype(np.int64) % 11 == 1
        key = high.astype(np.int64) * 10**8 + low.astype(np.int64)
        keys[part] = np.where(plain[part] & right, key, NOBODY)
    return keys, plain


class Index:
    """Which row of a list each person stands in first."""

    def __init__(self, keys: np.ndarray, usable: np.ndarray | None = None) -> None:
        import numpy as np

        good = keys != NOBODY
        rows = np.flatnonzero(good if usable is None else good & usable)
        self.keys, first = np.unique(keys[rows], return_index=True)
        self.rows = rows[first]

    def find(self, keys: np.ndarray) -> np.ndarray:
        """For each key its row in the list; -1 where it has none."""
        import numpy as np

        at = self.places(keys)
        found: np.ndarray = np.append(self.rows, -1)[at]
        return found

    def places(self, keys: np.ndarray) -> np.ndarray:
        """For each key its place among the index's own; -1 where it has none."""
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        if not len(self.keys):
            return np.full(len(keys), -1, np.int64)
        at = pc.index_in(pa.array(keys), value_set=pa.array(self.keys))
        places: np.ndarray = pc.fill_null(at, -1).to_numpy(zero_copy_only=False)
        return places


def single(column: Any) -> pa.Array:
    """A column as one array."""
    import pyarrow as pa

    if isinstance(column, pa.ChunkedArray):
        if column.num_chunks == 1:
            return column.chunk(0)
        column = column.combine_chunks()
        if isinstance(column, pa.ChunkedArray):  # no chunk, or more than one array holds
            return (
                pa.concat_arrays(column.chunks) if column.num_chunks else pa.nulls(0, column.type)
            )
    return column


class Texts:
    """A column of few distinct texts."""

    def __init__(self, size: int) -> None:
        import numpy as np

        self.at = np.full(size, -1, np.int32)
        self.words: dict[str, int] = {}

    def put(self, part: Any, values: Any) -> None:
        """State texts for some rows."""
        import numpy as np
        import pyarrow as pa

        if isinstance(values, str):
            self.at[part] = self.words.setdefault(values, len(self.words))
        elif isinstance(values, np.ndarray):  # reasons, 0 where not known
            table = np.full(max(dibao.Reason) + 1, -1, np.int32)
            for number in np.unique(values).tolist():
                if number:
                    word = dibao.Reason(number).name.lower()
                    table[number] = self.words.setdefault(word, len(self.words))
            self.at[part] = table[values]
        else:
            encoded = values
            if not pa.types.is_dictionary(values.type):
                encoded = values.dictionary_encode()
            words = encoded.dictionary.to_pylist()
            table = np.array(
                [*(self.words.setdefault(word, len(self.words)) for word in words), -1], np.int32
            )
            self.at[part] = table[filled(encoded.indices, len(words))]

    def array(self, order: Sequence[int] | np.ndarray) -> pa.Array:
        """The column, its rows in an order."""
        import pyarrow as pa

        at = self.at[order]
        return pa.DictionaryArray.from_arrays(
            pa.array(at, mask=at < 0), pa.array(list(self.words), pa.string())
        )


class Elsewhere:
    """The rosters of other places: the first row of a person in a place that is not his own."""

    def __init__(self, keys: np.ndarray, areas: np.ndarray) -> None:
        import numpy as np

        usable = (keys != NOBODY) & (areas >= 0)
        first = Index(keys, usable)
        self.index, self.keys = first, first.keys
        self.area = areas[first.rows]
        # of who stands there in several places, the first row in another than the first
        at = first.places(keys)
        others = usable & (at >= 0)
        others[others] = areas[others] != self.area[at[others]]
        second = Index(keys, others)
        self.second = np.full(len(first.keys), -1, np.int64)
        self.second[first.places(second.keys)] = second.rows

    def find(self, keys: np.ndarray, areas: np.ndarray) -> np.ndarray:
        """For each person of a place the row in another place; -1 where there is none."""
        import numpy as np

        at = self.index.places(keys)
        own = np.append(self.area, -1)[at]
        first, second = np.append(self.index.rows, -1)[at], np.append(self.second, -1)[at]
        return np.where(areas < 0, -1, np.where(own != areas, first, second))


def same_words(one: Any, two: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Two columns of words as numbers, equal where the words are; -1 and true for nulls."""
    import numpy as np

    known: dict[Any, int] = {}
    made = []
    for column in (single(one), single(two)):
        encoded = column if hasattr(column, "dictionary") else column.dictionary_encode()
        words = encoded.dictionary.to_pylist()
        numbers = [-1 if word is None else known.setdefault(word, len(known)) for word in words]
        table = np.array([*numbers, -1], np.int64)
        made.append(table[filled(encoded.indices, len(words))])
    return made[0], made[1], made[1] < 0


def filled(column: Any, otherwise: int) -> np.ndarray:
    """Whole numbers of a column, nulls taken as a number."""
    import pyarrow as pa
    import pyarrow.compute as pc

    array = single(column)
    if pa.types.is_date32(array.type):
        array = array.cast(pa.int32())
    filled = pc.fill_null(array, otherwise) if array.null_count else array
    made: np.ndarray = filled.to_numpy(zero_copy_only=False)
    return made


_LACKING = sum(each for each in dibao.Reason if each.lacks)


def first_reason(masks: Any) -> Any:
    """The first reason of each mask: of an open case the first that lacks a figure.

    Args:
        masks: reasons of dibao joined by ``|``, as a number or an array; 0 is not known.
    """
    lacking = masks & _LACKING
    told = lacking + masks * (lacking == 0)
    return told & -told


def coded(column: Any, words: type[IntEnum]) -> np.ndarray:
    """Words of an enumeration as its numbers; -1 for nulls."""
    import numpy as np

    encoded = single(column)
    numbers = [int(words[word.upper()]) for word in encoded.dictionary.to_pylist()]
    table = np.array([*numbers, -1], np.int64)
    made: np.ndarray = table[filled(encoded.indices, len(numbers))]
    return made


def takeable(column: Any) -> Any:
    """A column from which rows can be taken by number."""
    """A column from which rows can be taken: Arrow takes none from views of texts."""
    import pyarrow as pa

    return column.cast(pa.string()) if pa.types.is_string_view(column.type) else column


def enumerated(numbers: np.ndarray, words: type[IntEnum]) -> pa.Array:
    """Numbers of an enumeration as words."""
    import numpy as np
    import pyarrow as pa

    members = sorted(words)
    places = np.searchsorted(np.array([int(each) for each in members]), numbers).astype(np.int8)
    names = pa.array([each.name.lower() for each in members])
    return pa.DictionaryArray.from_arrays(pa.array(places, mask=numbers < 0), names)


def sums(which: np.ndarray, values: np.ndarray, groups: int) -> np.ndarray:
    """The sum of the values of each group, in whole numbers."""
    import numpy as np

    added = np.zeros(groups, np.int64)
    np.add.at(added, which, values.astype(np.int64))
    return added


def months_later(days: np.ndarray, months: int) -> np.ndarray:
    """:func:`minzheng.base.dates.add_months` of days since 1970."""
    import numpy as np

    when = days.astype("datetime64[D]")
    month = when.astype("datetime64[M]")
    into = when - month.astype("datetime64[D]")
    target = month + np.timedelta64(months, "M")
    last = (target + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    later = np.minimum(target.astype("datetime64[D]") + into, last)
    made: np.ndarray = later.astype(np.int64)
    return made
