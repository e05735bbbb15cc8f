"""The screens over columns: a province's register in one call, the same flags as row by row.

Needs the extra ``columns``. Nothing here loops over rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import IntEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from attrs import field, fields, frozen

from minzheng import columns
from minzheng.base.suggest import unknown
from minzheng.benefits import dibao
from minzheng.errors import Fault, InvalidInput
from minzheng.registers.entries import Entry, not_run, row_of
from minzheng.registers.screens import (
    Flag,
    Law,
    Roster,
    Screen,
    Verdict,
    check_group,
    identity,
    law,
)
from minzheng.rules import Outcome
from minzheng.standards import NATION, Standards

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

__all__ = ["flags", "screen", "table", "table_schema"]


def table_schema() -> pa.Schema:
    """What a register looks like as a table: one row a household, enrolled or not.

    The columns of :func:`minzheng.columns.schema` of dibao, and those of
    :class:`~minzheng.registers.Entry`; each of the ``members`` has ``person``, the number as
    written, and ``paid`` besides the facts of the rule. Amounts are whole fen.

    Example:
        >>> schema = table_schema()
        >>> schema.names[:4], schema.field("since").type
        (['id', 'enrolled', 'amount_month', 'since'], DataType(date32[day]))
    """
    import pyarrow as pa

    facts = columns.schema(dibao.RULE)
    members = facts.field("members").type.value_type
    listed = [pa.field("person", pa.string()), pa.field("paid", pa.bool_())]
    return pa.schema(
        [
            *(pa.field(name, kind) for name, kind in _register_types().items()),
            *(each for each in facts if each.name != "members"),
            pa.field("members", pa.list_(pa.struct([*listed, *members]))),
        ]
    )


def _register_types() -> dict[str, Any]:
    import pyarrow as pa

    return {
        "id": pa.string(),
        "enrolled": pa.bool_(),
        "amount_month": pa.int64(),
        "since": pa.date32(),
        "surveyed": pa.bool_(),
        "group": pa.string(),
        "near_relative": pa.bool_(),
        "in_grace": pa.bool_(),
    }


def table(entries: Iterable[Entry], *, on: date, standards: Standards | None = None) -> pa.Table:
    """A register of typed records as a table.

    A fact that is not known is null where the household's answer hangs on it; where it does
    not, the fact is taken against the household.

    Args:
        entries: the register.
        on: the day: ages are of it, and its law says which facts are asked for.
        standards: the tables; the bundled ones when left out.

    Raises:
        NotFound: when no area bore a household's code on that day.
        InvalidInput: when somebody is born after the day.
    """
    import pyarrow as pa

    tables = Standards.bundled() if standards is None else standards
    made = []
    for entry in entries:
        row = row_of(entry, on, tables)._asdict()
        facts, members = row.pop("case"), row.pop("members")
        made.append({**row, **_words(facts), "members": [_words(each) for each in members]})
    return pa.Table.from_pylist(made, schema=table_schema())


def _words(facts: Any) -> dict[str, Any]:
    return {
        name: value.name.lower() if isinstance(value, IntEnum) else value
        for name, value in facts.items()
    }


_FLAGS = tuple(each.name for each in fields(Flag))
_ENUMS: dict[str, type[IntEnum]] = {"screen": Screen, "verdict": Verdict, "roster": Roster}
_NUMBERS = ("row", "member", "roster_row", "amount_month", "due_month", "count")


def screen(
    register: Any,
    *,
    on: date,
    group_least: int,
    deaths: Any = None,
    tekun: Any = None,
    elsewhere: Any = None,
    filings: Any = None,
    standards: Standards | None = None,
    area: str = NATION,
    defaults: bool = False,
) -> pa.Table:
    """Screen a whole register.

    Args:
        register: as :func:`table_schema` says, from any library that speaks the Arrow C stream.
        on: the day; it chooses the law and the figures.
        group_least: from how many persons, enrolled on one day with one group and without a
            survey, the sign of a group enrolment is given. No law says a number.
        deaths: ``person`` and ``died``; ``None`` is a list that was not given.
        tekun: ``person``, of those who draw as tekun on the day.
        elsewhere: ``person`` and ``area``, of those who draw dibao in other places on the day.
        filings: ``id``, of households filed because of a near relative.
        standards: the tables; the bundled ones when left out.
        area: whose law the screens follow, such as that of the province.
        defaults: whether columns of the rule's facts may be left out whose fact has a default.

    Returns:
        One row a flag, its columns those of :class:`~minzheng.registers.Flag`, in the order of
        the register's rows; amounts are fen. :func:`flags` makes records of it.

    Raises:
        InvalidInput: with every wrong column of the register's own and of the lists; when there
            is none, with those of the rule's facts.

    Source:
        See :func:`minzheng.registers.screen_entries`, which gives the same flags.

    Limitations:
        The codes of places are compared as written: a roster under a county's former code
        counts as another place.
    """
    check_group(group_least)
    tables = Standards.bundled() if standards is None else standards
    held = law(tables, on, area)
    given = {"deaths": deaths, "tekun": tekun, "elsewhere": elsewhere, "filings": filings}
    home = _checked(register, {name: given[name] for name in given if given[name] is not None})
    decided = columns.run(dibao.RULE, home.table, on=on, standards=tables, defaults=defaults)
    work = _Work(home, decided, on, held, tables, defaults)
    work.screens(group_least)
    for one in not_run(held, home.lists):
        work.found.append(_plain(one))
    return work.flags()


def flags(found: pa.Table) -> tuple[Flag, ...]:
    """The rows of :func:`screen` as records, in their order.

    Example:
        >>> import pyarrow as pa
        >>> flags(pa.table({"screen": ["wrong"], "verdict": ["found"], "row": [4]}))[0].screen
        <Screen.WRONG: 3>
    """
    made = []
    for row in found.to_pylist():
        for name, words in _ENUMS.items():
            if row.get(name) is not None:
                row[name] = words[row[name].upper()]
        made.append(Flag(**row))
    return tuple(made)


# --- tables in ------------------------------------------------------------------------------------


class _Home(NamedTuple):
    """The register and the lists, each list with its columns as single arrays."""

    table: pa.Table
    lists: dict[str, dict[str, pa.Array]]


def _list_types() -> dict[str, dict[str, Any]]:
    import pyarrow as pa

    return {
        "deaths": {"person": pa.string(), "died": pa.date32()},
        "tekun": {"person": pa.string()},
        "elsewhere": {"person": pa.string(), "area": pa.string()},
        "filings": {"id": pa.string()},
    }


def _checked(register: Any, given: dict[str, Any]) -> _Home:
    import pyarrow as pa

    faults: list[Fault] = []
    home = _arrow(register)
    own = _cast(home, _register_types(), "", faults)
    lists = {
        name: _cast(_arrow(data), _list_types()[name], f"{name}.", faults)
        for name, data in given.items()
    }
    if "members" in home.column_names:
        kind = home["members"].type
        nested = pa.types.is_list(kind) or pa.types.is_large_list(kind)
        people = kind.value_type if nested else None
        if people is not None and pa.types.is_struct(people):
            names = [each.name for each in people]
            wanted = ("person", _is_text, "text"), ("paid", pa.types.is_boolean, "true and false")
            for name, test, what in wanted:
                if name not in names:
                    faults.append(Fault(f"members.{name}", "is missing"))
                elif not test(people.field(name).type):
                    got = people.field(name).type
                    faults.append(Fault(f"members.{name}", f"expected {what}, got {got}"))
    if faults:
        raise InvalidInput(faults)
    for name, array in own.items():
        home = home.set_column(home.column_names.index(name), name, array)
    return _Home(home, lists)


def _arrow(data: Any) -> pa.Table:
    import pyarrow as pa

    if isinstance(data, pa.Table):
        return data
    return pa.table(data)


def _is_text(kind: pa.DataType) -> bool:
    import pyarrow as pa

    kinds = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    return any(test(kind) for test in kinds) or (
        pa.types.is_dictionary(kind) and _is_text(kind.value_type)
    )


def _cast(
    data: pa.Table, wanted: dict[str, Any], prefix: str, faults: list[Fault]
) -> dict[str, pa.Array]:
    import pyarrow as pa

    made = {}
    for name, kind in wanted.items():
        if name not in data.column_names:
            message = "is missing; " + unknown(name, data.column_names)
            faults.append(Fault(prefix + name, message))
            continue
        column = data[name]
        fits = (
            (pa.types.is_string(kind) and _is_text(column.type))
            or (pa.types.is_int64(kind) and pa.types.is_integer(column.type))
            or (pa.types.is_date32(kind) and pa.types.is_date(column.type))
            or kind == column.type
            or pa.types.is_null(column.type)
        )
        if not fits:
            faults.append(Fault(prefix + name, f"expected {kind}, got {column.type}"))
            continue
        made[name] = _one(column.cast(kind))
    return made


def _one(column: Any) -> pa.Array:
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


# --- persons --------------------------------------------------------------------------------------

_NOBODY = -1
_BLOCK = 1 << 14
_PLACES = range(18)
_SUMS = (  # the first nine digits, the next eight, and the check sum, which is 1 modulo 11
    [10 ** (8 - place) if place < 9 else 0 for place in _PLACES],
    [10 ** (16 - place) if 9 <= place < 17 else 0 for place in _PLACES],
    [pow(2, 17 - place, 11) for place in _PLACES],
)


def _identities(numbers: Any) -> np.ndarray:
    """:func:`identity` of each number; -1 where it is ``None``."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    numbers = _one(numbers)
    if pa.types.is_dictionary(numbers.type):
        words = _identities(numbers.dictionary)
        at = pc.fill_null(numbers.indices, len(words)).to_numpy(zero_copy_only=False)
        decoded: np.ndarray = np.append(words, _NOBODY)[at]
        return decoded
    numbers = numbers.cast(pa.large_string())
    found = np.full(len(numbers), _NOBODY, np.int64)
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
        made = np.array([_NOBODY if each is None else each for each in typed], np.int64)
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
        keys[part] = np.where(plain[part] & right, key, _NOBODY)
    return keys, plain


class _Index:
    """Which row of a list each person stands in first."""

    def __init__(self, keys: np.ndarray, usable: np.ndarray | None = None) -> None:
        import numpy as np

        good = keys != _NOBODY
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


# --- the screens ----------------------------------------------------------------------------------


@frozen
class _Found:
    """Flags of one kind: its columns are arrays of one length, or one value for all."""

    screen: Screen
    verdict: Any
    size: int
    columns: dict[str, Any] = field(factory=dict)


def _plain(flag: Flag) -> _Found:
    known = {name: getattr(flag, name) for name in ("roster", "roster_row", "missing")}
    stated = {name: value for name, value in known.items() if value is not None}
    return _Found(flag.screen, flag.verdict, 1, stated)


class _Work:
    """The arrays of one register, and the flags found so far."""

    def __init__(
        self,
        home: _Home,
        decided: pa.Table,
        on: date,
        held: Law,
        standards: Standards,
        defaults: bool,
    ) -> None:
        import numpy as np

        self.home, self.on, self.law = home, on, held
        self.standards, self.defaults = standards, defaults
        self.found: list[_Found] = []
        self.own = {name: _one(home.table[name]) for name in _register_types()}
        self.outcome = _coded(decided["outcome"], Outcome)
        self.reason = _coded(decided["reason"], dibao.Reason)
        self.missing = decided["missing"]
        self.persons = _filled(decided["persons"], -1)
        self.size = _filled(decided["size"], -1)
        pay = _filled(decided["pay_month"], -1)
        self.due = np.where(self.outcome == Outcome.UNDETERMINED, -1, pay)
        self.enrolled = self.flag("enrolled", True)
        self._people()

    def _people(self) -> None:
        import numpy as np
        import pyarrow.compute as pc

        lists = _one(self.home.table["members"])
        sizes = _filled(pc.list_value_length(lists), 0).astype(np.int64)
        self.offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
        self.people = lists.flatten()  # without what a null hides
        self.owner = np.repeat(np.arange(len(sizes)), sizes)
        person, paid = self.people.field("person"), self.people.field("paid")
        if self.people.null_count:  # a member that is null has nothing known of it
            person = pc.if_else(self.people.is_valid(), person, None)
            paid = pc.if_else(self.people.is_valid(), paid, None)
        self.keys = _identities(person)
        self.paid = pc.fill_null(paid, False).to_numpy(zero_copy_only=False)
        self.paid_unknown = paid.is_null().to_numpy(zero_copy_only=False)
        of_enrolled = self.enrolled[self.owner]
        self.draws = of_enrolled & self.paid
        self.paid_unknown &= of_enrolled

    # what the columns say

    def flag(self, name: str, value: bool) -> np.ndarray:
        """Where a yes or no is known to be this."""
        import pyarrow.compute as pc

        said: np.ndarray = pc.fill_null(self.own[name], not value).to_numpy(zero_copy_only=False)
        return said if value else ~said

    def null(self, name: str) -> np.ndarray:
        nulls: np.ndarray = self.own[name].is_null().to_numpy(zero_copy_only=False)
        return nulls

    def runs(self, screen: Screen) -> bool:
        return screen in self.law.basis

    def member(self, persons: np.ndarray) -> dict[str, Any]:
        rows = self.owner[persons]
        return {"row": rows, "member": persons - self.offsets[rows]}

    def add(self, screen: Screen, verdict: Any, rows: np.ndarray, **more: Any) -> None:
        if len(rows):
            self.found.append(_Found(screen, verdict, len(rows), {"row": rows, **more}))

    def add_members(self, screen: Screen, verdict: Any, persons: np.ndarray, **more: Any) -> None:
        if len(persons):
            of = self.member(persons)
            self.found.append(_Found(screen, verdict, len(persons), {**of, **more}))

    # each screen

    def screens(self, group_least: int) -> None:
        """All that were asked for; their order does not matter."""
        import numpy as np

        self._records()
        self._index_lists()
        if self.runs(Screen.OMITTED):
            self._omitted()
        if self.runs(Screen.WRONG):
            self._wrong()
        if self.runs(Screen.WRONG) or self.runs(Screen.PARTIAL):
            self._members()
        drawing = np.flatnonzero(self.draws & (self.keys != _NOBODY))
        listed = self._listed(drawing)
        if self.runs(Screen.TWICE):
            self._twice(listed)
            self._in_register(drawing)
        if self.runs(Screen.DECEASED) and "deaths" in self.home.lists:
            self._deceased(listed)
        if self.runs(Screen.RELATIVE) and "filings" in self.home.lists:
            self._relative()
        if self.runs(Screen.GROUP):
            self._groups(group_least)

    def _records(self) -> None:
        import numpy as np

        record, verdict = Screen.RECORD, Verdict.UNDETERMINED
        self.add(record, verdict, np.flatnonzero(self.null("enrolled")), missing="enrolled")
        unknown_paid = np.flatnonzero(self.paid_unknown)
        self.add_members(record, verdict, unknown_paid, missing="members.paid")
        nobody = np.flatnonzero(self.draws & (self.keys == _NOBODY))
        self.add_members(record, verdict, nobody, missing="members.person")

    def _index_lists(self) -> None:
        import numpy as np

        none = np.zeros(0, np.int64)
        lists = self.home.lists
        keys = {
            name: _identities(each["person"]) for name, each in lists.items() if name != "filings"
        }
        for name, found in keys.items():
            self._bad(Roster[name.upper()], found == _NOBODY, "person")
        self.tekun = _Index(keys.get("tekun", none))
        self.elsewhere = _Elsewhere(none, none)
        if "elsewhere" in lists:
            home, away, unknown_area = _same_words(
                self.home.table["area"], lists["elsewhere"]["area"]
            )
            self.areas = home
            self._bad(Roster.ELSEWHERE, unknown_area & (keys["elsewhere"] != _NOBODY), "area")
            self.elsewhere = _Elsewhere(keys["elsewhere"], away)
        if "deaths" in lists:
            died = lists["deaths"]["died"]
            days = _filled(died, 0)
            dated = ~died.is_null().to_numpy(zero_copy_only=False)
            self._bad(Roster.DEATHS, ~dated & (keys["deaths"] != _NOBODY), "died")
            epoch = date(1970, 1, 1)
            self.died = days
            self.dead = _Index(keys["deaths"], dated & (days <= (self.on - epoch).days))
            self.undated = _Index(keys["deaths"], ~dated)
        if "filings" in lists:
            nulls = lists["filings"]["id"].is_null().to_numpy(zero_copy_only=False)
            self._bad(Roster.FILINGS, nulls, "id")

    def _bad(self, roster: Roster, which: np.ndarray, missing: str) -> None:
        import numpy as np

        rows = np.flatnonzero(which)
        if len(rows):
            about = {"roster": roster, "roster_row": rows, "missing": missing}
            self.found.append(_Found(Screen.RECORD, Verdict.UNDETERMINED, len(rows), about))

    def _omitted(self) -> None:
        import numpy as np

        out = self.flag("enrolled", False)
        self._open(Screen.OMITTED, out)
        rows = np.flatnonzero(out & (self.outcome == Outcome.GRANTED))
        roster, roster_row = self._draws_already(rows)
        verdict = np.where(roster > 0, Verdict.UNDETERMINED, Verdict.FOUND)
        self.add(
            Screen.OMITTED,
            verdict,
            rows,
            roster=roster,
            roster_row=roster_row,
            reason=self.reason[rows],
        )

    def _draws_already(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The first row of another roster that pays a member of each household; -1: none."""
        import numpy as np

        chosen = np.zeros(len(self.outcome), np.bool_)
        chosen[rows] = True
        people = np.flatnonzero(chosen[self.owner] & (self.keys != _NOBODY))
        keys, owner = self.keys[people], self.owner[people]
        in_tekun = self.tekun.find(keys)
        away = self._away(keys, owner)
        hit = np.flatnonzero((in_tekun >= 0) | (away >= 0))
        first_rows, at = np.unique(owner[hit], return_index=True)
        first = hit[at]
        roster = np.full(len(chosen), -1, np.int64)
        roster_row = np.full(len(chosen), -1, np.int64)
        by_tekun = in_tekun[first] >= 0
        roster[first_rows] = np.where(by_tekun, Roster.TEKUN, Roster.ELSEWHERE)
        roster_row[first_rows] = np.where(by_tekun, in_tekun[first], away[first])
        return roster[rows], roster_row[rows]

    def _away(self, keys: np.ndarray, owner: np.ndarray) -> np.ndarray:
        import numpy as np

        if not len(self.elsewhere.keys):
            return np.full(len(keys), -1, np.int64)
        return self.elsewhere.find(keys, self.areas[owner])

    def _open(self, screen: Screen, which: np.ndarray) -> None:
        import numpy as np
        import pyarrow as pa

        rows = np.flatnonzero(which & (self.outcome == Outcome.UNDETERMINED))
        missing = _one(self.missing.take(pa.array(rows)))
        self.add(screen, Verdict.UNDETERMINED, rows, reason=self.reason[rows], missing=missing)

    def _wrong(self) -> None:
        import numpy as np

        self._open(Screen.WRONG, self.enrolled)
        refused = self.enrolled & (self.outcome == Outcome.REFUSED)
        by_income = np.zeros(len(refused), np.bool_)
        if self.law.gradual_exit:
            by_income = self.reason == dibao.Reason.INCOME_NOT_LOWER
        open_grace = refused & by_income & self.null("in_grace")
        sure = refused & (~by_income | self.flag("in_grace", False))
        rows = np.flatnonzero(open_grace)
        self.add(
            Screen.WRONG,
            Verdict.UNDETERMINED,
            rows,
            reason=self.reason[rows],
            missing="in_grace",
        )
        rows = np.flatnonzero(sure)
        self.add(Screen.WRONG, Verdict.FOUND, rows, reason=self.reason[rows])
        single = self.enrolled & (self.outcome == Outcome.GRANTED)
        single &= self.reason == dibao.Reason.SINGLE_PERSONS
        if single.any():
            paid = np.bincount(self.owner[self.paid], minlength=len(single))
            rows = np.flatnonzero(single & (paid > self.persons))
            self.add(Screen.WRONG, Verdict.FOUND, rows, reason=self.reason[rows], count=paid[rows])

    def _members(self) -> None:
        """Who counts is asked of the rule itself, person by person, where not all is plain."""
        import numpy as np

        whole = self.enrolled & (self.outcome == Outcome.GRANTED)
        whole &= self.reason == dibao.Reason.INCOME_LOWER
        sizes = np.diff(self.offsets)
        paid = np.bincount(self.owner[self.paid], minlength=len(whole))
        plain = (self.size == sizes) & (paid == sizes)
        people = np.flatnonzero((whole & ~plain)[self.owner])
        if not len(people):
            return
        counts = self._alone(people) > 0
        left_out = ~self.paid[people] & ~self.paid_unknown[people]
        if self.runs(Screen.PARTIAL):
            self.add_members(Screen.PARTIAL, Verdict.FOUND, people[counts & left_out])
        if self.runs(Screen.WRONG):
            strangers = people[~counts & self.paid[people]]
            self.add_members(Screen.WRONG, Verdict.FOUND, strangers, reason="not_counted")

    def _alone(self, people: np.ndarray) -> np.ndarray:
        """The size of a household of each of these persons alone: 1 for who counts, else 0."""
        import numpy as np
        import pyarrow as pa

        own = [each.name for each in fields(dibao.HouseholdFacts)]
        home, rows = self.home.table, pa.array(self.owner[people])
        names = [name for name in ("area", "residence", *own) if name in home.column_names]
        cases = pa.table({name: _takeable(home[name]).take(rows) for name in names})
        kind = self.people.type
        stated = [
            each.name for each in fields(dibao.MemberFacts) if kind.get_field_index(each.name) >= 0
        ]
        taken = [_takeable(self.people.field(name)).take(pa.array(people)) for name in stated]
        alone = pa.LargeListArray.from_arrays(
            pa.array(np.arange(len(people) + 1)), pa.StructArray.from_arrays(taken, names=stated)
        )
        result = columns.run(
            dibao.RULE,
            cases.append_column("members", alone),
            on=self.on,
            standards=self.standards,
            defaults=self.defaults,
        )
        return _filled(result["size"], 0)

    def _listed(self, drawing: np.ndarray) -> np.ndarray:
        """Of the persons who draw those who stand in any list: mostly few."""
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        lists = [self.tekun.keys, self.elsewhere.keys]
        if "deaths" in self.home.lists:
            lists += [self.dead.keys, self.undated.keys]
        known = pa.array(np.concatenate(lists))
        hit = pc.is_in(pa.array(self.keys[drawing]), value_set=known)
        chosen: np.ndarray = drawing[hit.to_numpy(zero_copy_only=False)]
        return chosen

    def _in_register(self, drawing: np.ndarray) -> None:
        import numpy as np

        found = self._other_rows(self.keys[drawing], self.owner[drawing])
        hit = np.flatnonzero(found >= 0)
        self.add_members(
            Screen.TWICE,
            Verdict.FOUND,
            drawing[hit],
            roster=Roster.REGISTER,
            roster_row=found[hit],
        )

    def _twice(self, drawing: np.ndarray) -> None:
        import numpy as np

        keys, owner = self.keys[drawing], self.owner[drawing]
        for roster, found in (
            (Roster.TEKUN, self.tekun.find(keys)),
            (Roster.ELSEWHERE, self._away(keys, owner)),
        ):
            hit = np.flatnonzero(found >= 0)
            self.add_members(
                Screen.TWICE, Verdict.FOUND, drawing[hit], roster=roster, roster_row=found[hit]
            )

    @staticmethod
    def _other_rows(keys: np.ndarray, owner: np.ndarray) -> np.ndarray:
        """The row in which each person is paid besides; of the first the second, else the first."""
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        found = np.full(len(keys), -1, np.int64)
        in_order = np.sort(keys)
        twice = np.unique(in_order[1:][in_order[1:] == in_order[:-1]])
        if not len(twice):
            return found
        at = np.flatnonzero(
            pc.is_in(pa.array(keys), value_set=pa.array(twice)).to_numpy(zero_copy_only=False)
        )
        order = at[np.argsort(keys[at], kind="stable")]
        _keys, start, which = np.unique(keys[order], return_index=True, return_inverse=True)
        rows = owner[order]
        found[order] = rows[start][which]
        found[order[start]] = rows[start + 1]
        return found

    def _deceased(self, drawing: np.ndarray) -> None:
        import numpy as np

        assert self.law.death_months is not None
        keys = self.keys[drawing]
        at = self.dead.find(keys)
        hit = np.flatnonzero(at >= 0)
        until = _months_later(self.died[at[hit]], self.law.death_months)
        in_time = until >= (self.on - date(1970, 1, 1)).days
        self.add_members(
            Screen.DECEASED,
            np.where(in_time, Verdict.IN_TIME, Verdict.FOUND),
            drawing[hit],
            roster=Roster.DEATHS,
            roster_row=at[hit],
            until=until,
        )
        undated = self.undated.find(keys)
        hit = np.flatnonzero((at < 0) & (undated >= 0))
        self.add_members(
            Screen.DECEASED,
            Verdict.UNDETERMINED,
            drawing[hit],
            roster=Roster.DEATHS,
            roster_row=undated[hit],
            missing="deaths.died",
        )

    def _relative(self) -> None:
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        screen, verdict = Screen.RELATIVE, Verdict.UNDETERMINED
        rows = np.flatnonzero(self.enrolled & self.null("near_relative"))
        self.add(screen, verdict, rows, missing="near_relative")
        near = self.enrolled & self.flag("near_relative", True)
        rows = np.flatnonzero(near & self.null("id"))
        self.add(screen, verdict, rows, missing="id")
        rows = np.flatnonzero(near & ~self.null("id"))
        filed = pc.is_in(
            self.own["id"].take(pa.array(rows)), value_set=self.home.lists["filings"]["id"]
        )
        self.add(screen, Verdict.FOUND, rows[~filed.to_numpy(zero_copy_only=False)])

    def _groups(self, least: int) -> None:
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        group = self.own["group"]
        none = pc.fill_null(pc.equal(group, ""), False).to_numpy(zero_copy_only=False)
        asked = self.enrolled & ~self.flag("surveyed", True) & ~none
        verdict = Verdict.UNDETERMINED
        no_group, no_day = self.null("group"), self.null("since")
        self.add(Screen.GROUP, verdict, np.flatnonzero(asked & no_group), missing="group")
        rows = np.flatnonzero(asked & ~no_group & no_day)
        self.add(Screen.GROUP, verdict, rows, missing="since")
        rows = np.flatnonzero(asked & ~no_group & ~no_day)
        if not len(rows):
            return
        words = group.take(pa.array(rows)).dictionary_encode().indices.to_numpy().astype(np.int64)
        days = _filled(self.own["since"].take(pa.array(rows)), 0).astype(np.int64)
        pair = words * 2**32 + days + 2**31
        _pairs, which = np.unique(pair, return_inverse=True)
        length = len(self.enrolled)
        paid = np.bincount(self.owner[self.paid], minlength=length)[rows]
        open_paid = np.bincount(self.owner[self.paid_unknown], minlength=length)[rows]
        unsurveyed = self.flag("surveyed", False)[rows]
        groups = len(_pairs)
        sure = _sums(which, paid * unsurveyed, groups)[which]
        maybe = _sums(which, paid + open_paid, groups)[which]
        unsure = _sums(which, ~unsurveyed, groups)[which] > 0
        found = (sure >= least) & unsurveyed
        self.add(Screen.GROUP, Verdict.FOUND, rows[found], count=sure[found])
        for missing, chosen in (("surveyed", unsure), ("members.paid", ~unsure)):
            at = ~found & (maybe >= least) & chosen
            self.add(Screen.GROUP, verdict, rows[at], count=maybe[at], missing=missing)

    # tables out

    def flags(self) -> pa.Table:
        """All flags as one table, in order."""
        import numpy as np
        import pyarrow as pa

        sizes = [each.size for each in self.found]
        total = sum(sizes)
        ends = np.cumsum([0, *sizes])
        number = {name: np.full(total, -1, np.int64) for name in (*_NUMBERS, *_ENUMS, "until")}
        until_known = np.zeros(total, np.bool_)
        missing, reason = _Texts(total), _Texts(total)
        for each, start in zip(self.found, ends.tolist(), strict=False):
            part = slice(start, start + each.size)
            number["screen"][part] = each.screen
            number["verdict"][part] = each.verdict
            for name, values in each.columns.items():
                if name == "missing":
                    missing.put(part, values)
                elif name == "reason":
                    reason.put(part, values)
                else:
                    number[name][part] = values
            until_known[part] = "until" in each.columns
        row = number["row"]
        last = np.where(row < 0, 2**62, row)
        keys = (
            number["roster_row"],
            np.maximum(number["roster"], 0),
            number["member"],
            number["screen"],
            last,
        )
        order = np.lexsort(keys)
        number = {name: array[order] for name, array in number.items()}
        row = number["row"]
        at = pa.array(row, mask=row < 0)
        amount = self.own["amount_month"].take(at)
        made = {name: pa.array(number[name], mask=number[name] < 0) for name in _NUMBERS}
        made |= {name: _enumerated(number[name], words) for name, words in _ENUMS.items()}
        made["id"] = self.own["id"].take(at)
        made["amount_month"] = amount
        due = self.due[np.maximum(row, 0)] if len(self.due) else row
        made["due_month"] = pa.array(due, mask=(row < 0) | (due < 0))
        days = number["until"].astype(np.int32)
        made["until"] = pa.array(days, pa.int32(), mask=~until_known[order]).cast(pa.date32())
        made["missing"], made["reason"] = missing.array(order), reason.array(order)
        basis = _Texts(total)
        for screen, text in self.law.basis.items():
            basis.put(number["screen"] == screen, text)
        made["basis"] = basis.array(np.arange(total))
        return pa.table({name: made[name] for name in _FLAGS})


class _Texts:
    """A column of few distinct texts."""

    def __init__(self, size: int) -> None:
        import numpy as np

        self.at = np.full(size, -1, np.int32)
        self.words: dict[str, int] = {}

    def put(self, part: Any, values: Any) -> None:
        import numpy as np
        import pyarrow as pa

        if isinstance(values, str):
            self.at[part] = self.words.setdefault(values, len(self.words))
        elif isinstance(values, np.ndarray):  # numbers of reasons
            names = {int(each): each.name.lower() for each in dibao.Reason}
            table = np.full(max(names) + 2, -1, np.int32)
            for number in np.unique(values).tolist():
                if number >= 0:
                    table[number] = self.words.setdefault(names[number], len(self.words))
            self.at[part] = table[values]
        else:
            encoded = values
            if not pa.types.is_dictionary(values.type):
                encoded = values.dictionary_encode()
            words = encoded.dictionary.to_pylist()
            table = np.array(
                [*(self.words.setdefault(word, len(self.words)) for word in words), -1], np.int32
            )
            self.at[part] = table[_filled(encoded.indices, len(words))]

    def array(self, order: Sequence[int] | np.ndarray) -> pa.Array:
        import pyarrow as pa

        at = self.at[order]
        return pa.DictionaryArray.from_arrays(
            pa.array(at, mask=at < 0), pa.array(list(self.words), pa.string())
        )


class _Elsewhere:
    """The rosters of other places: the first row of a person in a place that is not his own."""

    def __init__(self, keys: np.ndarray, areas: np.ndarray) -> None:
        import numpy as np

        usable = (keys != _NOBODY) & (areas >= 0)
        first = _Index(keys, usable)
        self.index, self.keys = first, first.keys
        self.area = areas[first.rows]
        # of who stands there in several places, the first row in another than the first
        at = first.places(keys)
        others = usable & (at >= 0)
        others[others] = areas[others] != self.area[at[others]]
        second = _Index(keys, others)
        self.second = np.full(len(first.keys), -1, np.int64)
        self.second[first.places(second.keys)] = second.rows

    def find(self, keys: np.ndarray, areas: np.ndarray) -> np.ndarray:
        """For each person of a place the row in another place; -1 where there is none."""
        import numpy as np

        at = self.index.places(keys)
        own = np.append(self.area, -1)[at]
        first, second = np.append(self.index.rows, -1)[at], np.append(self.second, -1)[at]
        return np.where(areas < 0, -1, np.where(own != areas, first, second))


def _same_words(one: Any, two: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Two columns of words as numbers, equal where the words are; -1 and true for nulls."""
    import numpy as np

    known: dict[Any, int] = {}
    made = []
    for column in (_one(one), _one(two)):
        encoded = column if hasattr(column, "dictionary") else column.dictionary_encode()
        words = encoded.dictionary.to_pylist()
        numbers = [-1 if word is None else known.setdefault(word, len(known)) for word in words]
        table = np.array([*numbers, -1], np.int64)
        made.append(table[_filled(encoded.indices, len(words))])
    return made[0], made[1], made[1] < 0


def _filled(column: Any, otherwise: int) -> np.ndarray:
    import pyarrow as pa
    import pyarrow.compute as pc

    array = _one(column)
    if pa.types.is_date32(array.type):
        array = array.cast(pa.int32())
    filled = pc.fill_null(array, otherwise) if array.null_count else array
    made: np.ndarray = filled.to_numpy(zero_copy_only=False)
    return made


def _coded(column: Any, words: type[IntEnum]) -> np.ndarray:
    """Words of an enumeration as its numbers; -1 for nulls."""
    import numpy as np

    encoded = _one(column)
    numbers = [int(words[word.upper()]) for word in encoded.dictionary.to_pylist()]
    table = np.array([*numbers, -1], np.int64)
    made: np.ndarray = table[_filled(encoded.indices, len(numbers))]
    return made


def _takeable(column: Any) -> Any:
    """A column from which rows can be taken: Arrow takes none from views of texts."""
    import pyarrow as pa

    return column.cast(pa.string()) if pa.types.is_string_view(column.type) else column


def _enumerated(numbers: np.ndarray, words: type[IntEnum]) -> pa.Array:
    import numpy as np
    import pyarrow as pa

    members = sorted(words)
    places = np.searchsorted(np.array([int(each) for each in members]), numbers).astype(np.int8)
    names = pa.array([each.name.lower() for each in members])
    return pa.DictionaryArray.from_arrays(pa.array(places, mask=numbers < 0), names)


def _sums(which: np.ndarray, values: np.ndarray, groups: int) -> np.ndarray:
    import numpy as np

    sums = np.zeros(groups, np.int64)
    np.add.at(sums, which, values.astype(np.int64))
    return sums


def _months_later(days: np.ndarray, months: int) -> np.ndarray:
    """:func:`minzheng.base.dates.add_months` of days since 1970."""
    import numpy as np

    when = days.astype("datetime64[D]")
    month = when.astype("datetime64[M]")
    into = when - month.astype("datetime64[D]")
    target = month + months
    last = (target + 1).astype("datetime64[D]") - np.timedelta64(1, "D")
    later = np.minimum(target.astype("datetime64[D]") + into, last)
    made: np.ndarray = later.astype(np.int64)
    return made
