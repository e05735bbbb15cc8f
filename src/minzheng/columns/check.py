"""Checking a table against a rule before any work: every fault at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

import attrs

from minzheng.base.brief import shown
from minzheng.base.suggest import unknown
from minzheng.columns.consistency import inconsistent, too_low
from minzheng.columns.table import Assumed, Given, given
from minzheng.errors import Fault, InvalidInput, WrongType

if TYPE_CHECKING:
    import pyarrow as pa

    from minzheng.rules import Rule

__all__ = ["MOST_FAULTS", "bounded", "check", "check_values", "stated_as", "unknown_columns"]

MOST_FAULTS: Final = 40
_LONGEST: Final = 40
_KEEP = "name it in keep= if it is to be carried through"


def check(
    rule: Rule[Any, Any, Any, Any, Any],
    table: pa.Table,
    places: tuple[str, str],
    assume: Mapping[str, Any] | None = None,
    keep: Sequence[str] = (),
    further: Callable[[], Iterable[Fault]] = tuple,
) -> Assumed:
    """Refuse a table with all that is wrong with its columns and values.

    Args:
        rule: what the table is for.
        table: one row a case.
        places: names of the columns of area and residence.
        assume: values taken for all rows, by the name of a fact; ``members.age`` for one
            of persons.
        keep: names of columns to hand through.
        further: gives other faults, asked when there are some.

    Returns:
        The assumed values as numbers, by the name of the fact.

    Raises:
        InvalidInput: naming each column, and the first row of a bad value.
        WrongType: for ``assume`` or ``keep`` of another type.
    """
    if assume is not None and not isinstance(assume, Mapping):
        raise WrongType(f"assume: expected values by the name of a fact, got {shown(assume)}")
    if isinstance(keep, str):
        raise WrongType(f"keep: expected a list of names, got {shown(keep)}")
    twice = _twice(table.column_names)
    if twice:
        raise InvalidInput([Fault(name, "is there twice") for name in twice])
    faults = [
        Fault(name, unknown(name, table.column_names))
        for name in places
        if name not in table.column_names
    ]
    if rule.member_class is not None and "members" not in table.column_names:
        faults.append(Fault("members", unknown("members", table.column_names)))
    facts = given(rule, table)
    faults += _kept(rule, table, facts, keep, assume)
    faults += unknown_columns(rule, facts, (*places, *keep))
    assumed: Assumed = {}
    faults += _assumed(facts, assume or {}, assumed)
    faults += _columns(facts)
    broken = {each.path for each in faults}
    faults += inconsistent(rule, facts, assumed, broken)
    if faults:
        raise InvalidInput(bounded([*faults, *too_low(facts), *further()]))
    return assumed


def check_values(rule: Rule[Any, Any, Any, Any, Any], table: pa.Table) -> None:
    """Refuse a table with negative numbers; the kernel says when to look.

    Raises:
        InvalidInput: naming each column and the first row that has one.
    """
    faults = list(too_low(given(rule, table)))
    if faults:
        raise InvalidInput(bounded(faults))


def bounded(faults: Iterable[Fault]) -> list[Fault]:
    """At most so many faults as somebody reads, each once, and how many more there are."""
    every = list(dict.fromkeys(faults))
    more = len(every) - MOST_FAULTS
    if more <= 0:
        return every
    return [*every[:MOST_FAULTS], Fault("", f"and {more} more faults")]


def unknown_columns(
    rule: Rule[Any, Any, Any, Any, Any], facts: Given, known: Iterable[str]
) -> Iterator[Fault]:
    """The columns and fields of members that are neither facts nor named otherwise.

    Args:
        rule: what the table is for.
        facts: of the table.
        known: other columns that are known.
    """
    others = {*known, "members"} if rule.member_class is not None else {*known}
    absent = [name for name in facts.hints if name not in facts.columns]
    for name in facts.others:
        if name not in others:
            prefix, _dot, _name = name.rpartition(".")
            near = [each for each in absent if each.rpartition(".")[0] == prefix]
            said = unknown(_short(name), near or facts.hints)
            yield Fault(_short(name), f"{said}; {_KEEP}")
    for name in _twice(facts.fields):
        yield Fault(f"members.{name}", "is there twice")


def _twice(names: Sequence[str]) -> list[str]:
    seen: set[str] = set()
    return sorted({name for name in names if name in seen or seen.add(name)})  # type: ignore[func-returns-value]


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def _kept(
    rule: Rule[Any, Any, Any, Any, Any],
    table: pa.Table,
    facts: Given,
    keep: Sequence[str],
    assume: Mapping[str, Any] | None,
) -> Iterator[Fault]:
    there = {*table.column_names, *(f"members.{name}" for name in facts.fields)}
    results = {*(each.name for each in attrs.fields(rule.result)), "missing"}
    results |= {"assumed"} if assume else set()
    for name in keep:
        if name not in there:
            yield Fault(name, unknown(name, there))
        elif name in results:
            yield Fault(name, "cannot be kept: the result has a column of that name")


def _assumed(facts: Given, assume: Mapping[str, Any], assumed: Assumed) -> Iterator[Fault]:
    for name, value in assume.items():
        if name not in facts.hints:
            yield Fault(f"assume[{_short(str(name))!r}]", unknown(_short(str(name)), facts.hints))
        elif name in facts.columns:
            message = "is a column of the table too; leave out one of the two"
            yield Fault(f"assume[{name!r}]", message)
        else:
            number = stated_as(facts.hints[name], value)
            least = facts.limits[name].get("least", 0)
            most = facts.limits[name].get("most")
            whole = facts.hints[name] is int
            if number is None:
                yield Fault(f"assume[{name!r}]", _expected(facts.hints[name], value))
            elif whole and not least <= number <= (2**63 - 1 if most is None else most):
                limit = f"{least} or more" if most is None else f"{least} to {most}"
                yield Fault(f"assume[{name!r}]", f"expected {limit}, got {number:.4g}")
            else:
                assumed[name] = number


def stated_as(hint: Any, value: Any) -> int | None:
    """A value of a fact as its number: a word or a member of an enumeration too.

    Args:
        hint: the type of the fact.
        value: what is stated.

    Returns:
        The number; ``None`` for a value of another type.
    """
    if hint is bool:
        return int(value) if isinstance(value, bool) else None
    if isinstance(value, bool):
        return None
    if not _is_words(hint):
        return int(value) if isinstance(value, int) else None
    if isinstance(value, str):
        return {member.name.lower(): int(member) for member in hint}.get(value)
    if isinstance(value, IntEnum) and not isinstance(value, hint):
        return None
    known = isinstance(value, int) and value in {int(member) for member in hint}
    return int(value) if known else None


def _is_words(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, IntEnum)


def _expected(hint: Any, value: Any) -> str:
    got = type(value).__name__
    if hint is bool:
        return f"expected True or False, got {got}"
    if not _is_words(hint):
        return f"expected a whole number (money in fen), got {got}"
    words = [member.name.lower() for member in hint]
    return unknown(_short(value), words) if isinstance(value, str) else f"expected one of {words}"


def _columns(facts: Given) -> Iterator[Fault]:
    if facts.wrong_members is not None:
        yield Fault("members", f"expected a list of structs, got {facts.wrong_members}")
    for name, column in facts.columns.items():
        message = _column(column, facts.hints[name])
        if message:
            yield Fault(name, message)


def _column(column: pa.ChunkedArray, hint: Any) -> str:
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = column.type
    if pa.types.is_null(kind):
        return ""
    if hint is bool:
        return "" if pa.types.is_boolean(kind) else f"expected true and false, got {kind}"
    words = pa.types.is_dictionary(kind) or any(
        test(kind)
        for test in (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    )
    if _is_words(hint) and words:
        known = {member.name.lower() for member in hint}
        wrong = [word for word in pc.unique(column).to_pylist() if word not in known | {None}]
        named = [unknown(_short(str(word)), known) for word in wrong[:3]]
        more = [f"and {len(wrong) - 3} more words"] if len(wrong) > 3 else []
        return "; ".join([*named, *more])
    if not pa.types.is_integer(kind):
        what = "words or whole numbers" if _is_words(hint) else "whole numbers"
        return f"expected {what} (money in fen), got {str(kind)[:80]}"
    if pa.types.is_uint64(kind):
        return "expected whole numbers that fit 64 bits with a sign, got uint64"
    if _is_words(hint):
        numbers = {int(member) for member in hint}
        strange = [each for each in pc.unique(column).to_pylist() if each not in numbers | {None}]
        return f"expected one of {sorted(numbers)}, got {strange[0]}" if strange else ""
    return ""
