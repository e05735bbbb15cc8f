"""The screens over the arrays of a register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from attrs import field, fields, frozen

from minzheng.benefits import dibao
from minzheng.columns.check import check
from minzheng.columns.kernel import compiled
from minzheng.columns.layout import facts
from minzheng.columns.out import assumed_text
from minzheng.columns.run import decided
from minzheng.errors import Fault, InvalidInput
from minzheng.registers.arrays import (
    NOBODY,
    Elsewhere,
    Index,
    Texts,
    coded,
    enumerated,
    filled,
    first_reason,
    identities,
    months_later,
    same_words,
    single,
    sums,
    takeable,
)
from minzheng.registers.forms import Home, register_types
from minzheng.registers.screens import Flag, Law, Roster, Screen, Verdict, doubtful, in_use
from minzheng.rules import Outcome
from minzheng.standards import Standards

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

__all__ = ["ENUMS", "Work", "plain"]

_PLACE = ("area", "residence")
_FLAGS = tuple(each.name for each in fields(Flag))
ENUMS: dict[str, type[IntEnum]] = {"screen": Screen, "verdict": Verdict, "roster": Roster}
_NUMBERS = ("row", "member", "roster_row", "amount_month", "due_month", "count")


@frozen
class _Found:
    """Flags of one kind: its columns are arrays of one length, or one value for all."""

    screen: Screen
    verdict: Any
    size: int
    columns: dict[str, Any] = field(factory=dict)


def plain(flag: Flag) -> _Found:
    """A flag that is of no row."""
    known = {name: getattr(flag, name) for name in ("roster", "roster_row", "missing")}
    stated = {name: value for name, value in known.items() if value is not None}
    return _Found(flag.screen, flag.verdict, 1, stated)


class Work:
    """The arrays of one register, and the flags found so far."""

    def __init__(
        self,
        home: Home,
        on: date,
        held: Law,
        standards: Standards,
        keep: Sequence[str],
        assume: Mapping[str, Any] | None,
    ) -> None:
        import numpy as np

        self.home, self.on, self.law = home, on, held
        self.standards, self.keep = standards, keep
        own = (*register_types(), "members.person", "members.paid")
        known = dict.fromkeys((*own, *(name for name in keep if name != "members")))
        self.assumed = check(dibao.rule, home.table, _PLACE, assume, tuple(known))
        _refuse_names_of_flags(keep)
        decided = self.decided(home.table)
        self.found: list[_Found] = []
        self.own = {name: single(home.table[name]) for name in register_types()}
        self.outcome = coded(decided["outcome"], Outcome)
        self.reason = first_reason(filled(decided["reasons"], 0))
        self.missing = decided["missing"]
        self.persons = filled(decided["persons"], -1)
        self.size = filled(decided["size"], -1)
        pay = filled(decided["pay_month"], -1)
        self.due = np.where(self.outcome == Outcome.UNDETERMINED, -1, pay)
        self.enrolled = self.flag("enrolled", True)
        self._people()

    def decided(self, table: pa.Table) -> pa.Table:
        """The rule over a table; of a household with unknown facts its reasons are sure too."""
        return decided(
            dibao.rule,
            compiled(dibao.rule),
            table,
            self.on,
            self.standards,
            _PLACE,
            (),
            self.assumed,
            also=("reasons",),
        )

    def _people(self) -> None:
        import numpy as np
        import pyarrow.compute as pc

        lists = single(self.home.table["members"])
        sizes = filled(pc.list_value_length(lists), 0).astype(np.int64)
        self.offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
        self.people = lists.flatten()  # without what a null hides
        self.owner = np.repeat(np.arange(len(sizes)), sizes)
        person, paid = self.people.field("person"), self.people.field("paid")
        if self.people.null_count:  # a member that is null has nothing known of it
            person = pc.if_else(self.people.is_valid(), person, None)
            paid = pc.if_else(self.people.is_valid(), paid, None)
        self.keys = identities(person)
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
        """Where a column of the register is null."""
        nulls: np.ndarray = self.own[name].is_null().to_numpy(zero_copy_only=False)
        return nulls

    def runs(self, screen: Screen) -> bool:
        """Whether the law held has a rule for a screen."""
        return screen in self.law.basis

    def member(self, persons: np.ndarray) -> dict[str, Any]:
        """Row and place in the row of some persons."""
        rows = self.owner[persons]
        return {"row": rows, "member": persons - self.offsets[rows]}

    def add(self, screen: Screen, verdict: Any, rows: np.ndarray, **more: Any) -> None:
        """Flag some rows."""
        if len(rows):
            self.found.append(_Found(screen, verdict, len(rows), {"row": rows, **more}))

    def add_members(self, screen: Screen, verdict: Any, persons: np.ndarray, **more: Any) -> None:
        """Flag some persons."""
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
        drawing = np.flatnonzero(self.draws & (self.keys != NOBODY))
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
        nobody = np.flatnonzero(self.draws & (self.keys == NOBODY))
        self.add_members(record, verdict, nobody, missing="members.person")
        self._doubtful(self.keys)

    def _index_lists(self) -> None:
        import numpy as np

        none = np.zeros(0, np.int64)
        lists = self.home.lists
        keys = {
            name: identities(each["person"]) for name, each in lists.items() if name != "filings"
        }
        for name, found in keys.items():
            self._bad(Roster[name.upper()], found == NOBODY, "person")
        self.tekun = Index(keys.get("tekun", none))
        self.elsewhere = Elsewhere(none, none)
        for name, found in keys.items():
            self._doubtful(found, Roster[name.upper()])
        if "elsewhere" in lists:
            home, away, unknown_area = same_words(
                self.home.table["area"], self._in_use(lists["elsewhere"]["area"])
            )
            self.areas = home
            self._bad(Roster.ELSEWHERE, unknown_area & (keys["elsewhere"] != NOBODY), "area")
            self.elsewhere = Elsewhere(keys["elsewhere"], away)
        if "deaths" in lists:
            died = lists["deaths"]["died"]
            days = filled(died, 0)
            dated = ~died.is_null().to_numpy(zero_copy_only=False)
            self._bad(Roster.DEATHS, ~dated & (keys["deaths"] != NOBODY), "died")
            epoch = date(1970, 1, 1)
            self.died = days
            self.dead = Index(keys["deaths"], dated & (days <= (self.on - epoch).days))
            self.undated = Index(keys["deaths"], ~dated)
        if "filings" in lists:
            nulls = lists["filings"]["id"].is_null().to_numpy(zero_copy_only=False)
            self._bad(Roster.FILINGS, nulls, "id")

    def _doubtful(self, keys: np.ndarray, roster: Roster | None = None) -> None:
        """Flag numbers whose area is in no list, or was retired before the birth."""
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        issued = pa.array(keys // 10**7)  # area and year of birth, which many share
        wrong = [
            each
            for each in pc.unique(issued).to_pylist()
            if each >= 0 and doubtful(each * 10**7, self.standards.areas)
        ]
        at = pc.is_in(issued, value_set=pa.array(wrong, pa.int64()))
        rows = np.flatnonzero(at.to_numpy(zero_copy_only=False))
        if roster is None:
            self.add_members(Screen.NUMBER, Verdict.FOUND, rows)
        elif len(rows):
            about = {"roster": roster, "roster_row": rows}
            self.found.append(_Found(Screen.NUMBER, Verdict.FOUND, len(rows), about))

    def _in_use(self, areas: Any) -> Any:
        """The codes of a column that a division bore on the day; null for others."""
        import pyarrow as pa
        import pyarrow.compute as pc

        known = [
            each
            for each in pc.unique(areas).to_pylist()
            if each is not None and in_use(each, self.on, self.standards.areas)
        ]
        return pc.if_else(pc.is_in(areas, value_set=pa.array(known, areas.type)), areas, None)

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
        people = np.flatnonzero(chosen[self.owner] & (self.keys != NOBODY))
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
        missing = single(self.missing.take(pa.array(rows)))
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
        import pyarrow as pa

        whole = self.enrolled & (self.outcome == Outcome.GRANTED)
        whole &= self.reason == dibao.Reason.INCOME_LOWER
        sizes = np.diff(self.offsets)
        paid = np.bincount(self.owner[self.paid], minlength=len(whole))
        plain = (self.size == sizes) & (paid == sizes)
        people = np.flatnonzero((whole & ~plain)[self.owner])
        if not len(people):
            return
        alone = self._alone(people)
        size = filled(alone["size"], -1)
        left_out = ~self.paid[people] & ~self.paid_unknown[people]
        for screen, which, counts, more in (
            (Screen.PARTIAL, left_out, 1, {}),
            (Screen.WRONG, self.paid[people], 0, {"reason": "not_counted"}),
        ):
            if self.runs(screen):
                self.add_members(screen, Verdict.FOUND, people[which & (size == counts)], **more)
                at = np.flatnonzero(which & (size < 0))
                missing = single(alone["missing"].take(pa.array(at)))
                self.add_members(screen, Verdict.UNDETERMINED, people[at], missing=missing)

    def _alone(self, people: np.ndarray) -> pa.Table:
        """The rule over each of these persons alone: its size is 1 for who counts, else 0."""
        import numpy as np
        import pyarrow as pa

        own = [each.name for each in facts(dibao.Facts)]
        home, rows = self.home.table, pa.array(self.owner[people])
        names = [name for name in ("area", "residence", *own) if name in home.column_names]
        cases = pa.table({name: takeable(home[name]).take(rows) for name in names})
        kind = self.people.type
        stated = [each.name for each in facts(dibao.Member) if kind.get_field_index(each.name) >= 0]
        taken = [takeable(self.people.field(name)).take(pa.array(people)) for name in stated]
        alone = pa.LargeListArray.from_arrays(
            pa.array(np.arange(len(people) + 1)), pa.StructArray.from_arrays(taken, names=stated)
        )
        return self.decided(cases.append_column("members", alone))

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
        until = months_later(self.died[at[hit]], self.law.death_months)
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
        days = filled(self.own["since"].take(pa.array(rows)), 0).astype(np.int64)
        pair = words * 2**32 + days + 2**31
        _pairs, which = np.unique(pair, return_inverse=True)
        length = len(self.enrolled)
        paid = np.bincount(self.owner[self.paid], minlength=length)[rows]
        open_paid = np.bincount(self.owner[self.paid_unknown], minlength=length)[rows]
        unsurveyed = self.flag("surveyed", False)[rows]
        groups = len(_pairs)
        sure = sums(which, paid * unsurveyed, groups)[which]
        maybe = sums(which, paid + open_paid, groups)[which]
        unsure = sums(which, ~unsurveyed, groups)[which] > 0
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
        number = {name: np.full(total, -1, np.int64) for name in (*_NUMBERS, *ENUMS, "until")}
        until_known = np.zeros(total, np.bool_)
        missing, reason = Texts(total), Texts(total)
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
        made |= {name: enumerated(number[name], words) for name, words in ENUMS.items()}
        made["id"] = self.own["id"].take(at)
        made["amount_month"] = amount
        due = self.due[np.maximum(row, 0)] if len(self.due) else row
        made["due_month"] = pa.array(due, mask=(row < 0) | (due < 0))
        days = number["until"].astype(np.int32)
        made["until"] = pa.array(days, pa.int32(), mask=~until_known[order]).cast(pa.date32())
        made["missing"], made["reason"] = missing.array(order), reason.array(order)
        basis = Texts(total)
        for screen, text in self.law.basis.items():
            basis.put(number["screen"] == screen, text)
        made["basis"] = basis.array(np.arange(total))
        flagged = pa.table({name: made[name] for name in _FLAGS})
        for name in dict.fromkeys(self.keep):
            flagged = flagged.append_column(name, self._carried(name, row, number["member"]))
        text = assumed_text(dibao.rule, self.assumed)
        return flagged.append_column("assumed", pa.array([text] * total)) if text else flagged

    def _carried(self, name: str, row: np.ndarray, member: np.ndarray) -> pa.Array:
        """A column of the register, or a field of its members, beside each flag."""
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        if name in self.home.table.column_names:
            column, at = single(self.home.table[name]), row
        else:
            column = pc.struct_field(self.people, name.partition(".")[2])
            at = np.where(member < 0, -1, self.offsets[np.maximum(row, 0)] + member)
        return takeable(column).take(pa.array(at, mask=at < 0))


def _refuse_names_of_flags(keep: Sequence[str]) -> None:
    """Refuse columns to keep that a flag has too."""
    faults = [
        Fault(name, "cannot be kept: a flag has a column of that name")
        for name in keep
        if name in (*_FLAGS, "assumed")
    ]
    if faults:
        raise InvalidInput(faults)
