"""Whether the facts of a table can be stated at all, as the models of single cases check it.

Functions over Arrow arrays: the range of a number, one number within another, exactly one
applicant in a household. The limits are declared on the facts of a rule
(:func:`minzheng.rules.limited`). A fault names rows and never a person.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from minzheng.columns.table import Assumed, Given
from minzheng.errors import Fault

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    from minzheng.rules import Rule

__all__ = ["differ_in_zero", "exceeds", "exceeds_by", "inconsistent", "outside", "too_low"]


def outside(values: Any, least: int, most: int | None) -> pa.ChunkedArray:
    """Which whole numbers are below ``least`` or above ``most``; null where they are."""
    import pyarrow.compute as pc

    low = pc.less(values, least)
    return low if most is None else pc.or_(low, pc.greater(values, most))


def exceeds(part: Any, whole: Any) -> pa.ChunkedArray:
    """Which numbers are larger than those that they are part of."""
    import pyarrow.compute as pc

    return pc.greater(part, whole)


def differ_in_zero(one: Any, other: Any) -> pa.ChunkedArray:
    """Where one of two numbers is 0 and the other is not."""
    import pyarrow.compute as pc

    return pc.xor(pc.equal(one, 0), pc.equal(other, 0))


def exceeds_by(values: Any, kinds: Any, most: Mapping[int, int]) -> pa.ChunkedArray:
    """Which numbers are larger than their kind allows; kinds that are not named allow any."""
    import pyarrow.compute as pc

    found = pc.and_(pc.equal(kinds, kinds), False)
    for kind, limit in most.items():
        found = pc.or_(found, pc.and_(pc.equal(kinds, int(kind)), pc.greater(values, limit)))
    return found


def inconsistent(
    rule: Rule[Any, Any, Any, Any, Any],
    facts: Given,
    assumed: Assumed,
    broken: Collection[str] = (),
) -> Iterator[Fault]:
    """The faults of a table's facts, each with the first rows that have it.

    Args:
        rule: which the facts are of.
        facts: of a table.
        assumed: values taken for all rows.
        broken: names of columns of a wrong type, which are not looked at.
    """
    for name, limits in facts.limits.items():
        if name in broken or not (name in facts.columns or name in assumed):
            continue
        yield from _limits(facts, assumed, broken, name, limits)
    if rule.member_class is not None and facts.wrong_members is None:
        for name, limits in facts.limits.items():
            there = name in facts.columns or name in assumed
            if limits.get("counted") and there and name not in broken:
                yield from _counted(facts, assumed, name, limits["counted"])


def _limits(
    facts: Given, assumed: Assumed, broken: Collection[str], name: str, limits: Mapping[str, Any]
) -> Iterator[Fault]:
    values = _numbers(facts, assumed, name)
    least, most = limits.get("least", 0), limits.get("most")
    if name in facts.columns and (most is not None or least > 0):
        wanted = f"{least} or more" if most is None else f"{least} to {most}"
        found = list(
            _found(facts, name, outside(values, least, most), f"expected {wanted}", values)
        )
        if found:
            yield from found
            return
    prefix = name.rpartition(".")[0]
    for key, test, message in _PAIRS:
        said = limits.get(key)
        if not said:
            continue
        short, *more = said if isinstance(said, tuple) else (said,)
        other = f"{prefix}.{short}" if prefix else short
        known = other in facts.columns or other in assumed
        if not known or other in broken:
            continue
        if name in facts.columns or other in facts.columns:
            others = _numbers(facts, assumed, other)
            wrong = test(values, others, *more)
            yield from _found(facts, name, wrong, message.format(other=other))
        elif test(values, _numbers(facts, assumed, other), *more).as_py():
            yield Fault(f"assume[{name!r}]", message.format(other=other).rstrip(","))


_PAIRS = (
    ("within", exceeds, "is more than {other}"),
    ("together", differ_in_zero, "is 0 where {other} is not, or the reverse,"),
    ("most_by", exceeds_by, "is more than its {other} allows"),
)


def _numbers(facts: Given, assumed: Assumed, name: str) -> Any:
    """The numbers of a fact: of a column, or one for all rows."""
    import pyarrow as pa

    return facts.numbers(name) if name in facts.columns else pa.scalar(assumed[name], pa.int64())


def _found(
    facts: Given, name: str, wrong: pa.ChunkedArray, message: str, values: Any = None
) -> Iterator[Fault]:
    import numpy as np
    import pyarrow.compute as pc

    if not pc.any(wrong).as_py():
        return
    at = np.flatnonzero(pc.fill_null(wrong, False).to_numpy())
    got = "" if values is None else f", got {values[int(at[0])].as_py()}"
    yield Fault(name, f"{message}{got} {_rows(facts.rows_of(name, at))}")


def _rows(rows: np.ndarray) -> str:
    """Which rows, in words: the first, and how many there are."""
    import numpy as np

    distinct = np.unique(rows)
    first = f"in row {distinct[0]}"
    if len(distinct) == 1:
        return first
    others = ", ".join(map(str, distinct[1:3]))
    return f"{first}; {len(distinct)} such rows, the next {others}"


def _counted(
    facts: Given, assumed: Assumed, name: str, counted: Mapping[Any, tuple[int, int]]
) -> Iterator[Fault]:
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    numbers = (
        facts.numbers(name)
        if name in facts.columns
        else pa.chunked_array([np.full(int(facts.sizes.sum()), assumed[name])])
    )
    unknown = facts.per_row(numbers.is_null().to_numpy())
    for kind, (least, most) in counted.items():
        is_kind = pc.fill_null(pc.equal(numbers, int(kind)), False).to_numpy()
        number = facts.per_row(is_kind)
        # a person of whom it is not known may be the one that lacks
        wrong = (number > most) | ((number + unknown < least) & facts.listed)
        rows = np.flatnonzero(wrong)
        if len(rows):
            wanted = "exactly one" if least == most == 1 else f"at most {most}"
            wanted = "at most one" if (least, most) == (0, 1) else wanted
            said = f"{wanted} member is the {kind.name.lower()}, found {number[rows[0]] or 'none'}"
            yield Fault(name.rpartition(".")[0], f"{said} {_rows(rows)}")


def too_low(facts: Given) -> Iterator[Fault]:
    """The whole numbers below their least value."""
    import pyarrow as pa
    import pyarrow.compute as pc

    for name, column in facts.columns.items():
        limits = facts.limits[name]
        if facts.hints[name] is bool or limits.get("most") is not None:
            continue
        least = limits.get("least", 0)
        low = pc.min(column).as_py() if pa.types.is_signed_integer(column.type) else None
        if low is not None and low < least:
            wrong = pc.less(column, least)
            yield from _found(facts, name, wrong, f"expected {least} or more", column)
