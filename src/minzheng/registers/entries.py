"""A register and its lists as typed records, and the screens over them, row by row.

The same screens over columns are :func:`minzheng.registers.screen`; both give the same flags.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import product
from math import prod
from typing import Any, NamedTuple

from attrs import evolve, field, fields, frozen

from minzheng.base.dates import add_months
from minzheng.base.lists import each_of, rows_of
from minzheng.base.money import plain_decimal, to_fen
from minzheng.benefits import dibao
from minzheng.benefits._engine import Case
from minzheng.columns import layout
from minzheng.columns.out import lack_of
from minzheng.columns.table import facts_of
from minzheng.columns.unknowns import MOST_RUNS, compared, domain
from minzheng.errors import Fault, InvalidInput
from minzheng.people import Household, Residence
from minzheng.people.stating import area_code, checked
from minzheng.registers.arrays import first_reason
from minzheng.registers.screens import (
    Flag,
    Law,
    Roster,
    Screen,
    Verdict,
    check_group,
    doubtful,
    identity,
    in_use,
    law,
)
from minzheng.rules import Outcome
from minzheng.standards import NATION, Standards

__all__ = [
    "Death",
    "Drawing",
    "Entry",
    "Filing",
    "Listed",
    "Lists",
    "Row",
    "row_of",
    "screen_entries",
]


def _masked(number: str | None) -> str:
    return "None" if number is None else number[:6] + "*" * max(0, len(number) - 6)


def _yuan(value: Decimal | str | int | None) -> Decimal | None:
    return None if value is None else plain_decimal(value)


@frozen(kw_only=True)
class Listed:
    """One person of a household as the register lists him.

    Attributes:
        person: resident number as written; ``None`` where the register has none.
        paid: whether the person is among those paid for; ``None`` where it does not say.
    """

    person: str | None = field(default=None, repr=_masked)
    paid: bool | None = None


def _every(rows: Sequence[Listed]) -> tuple[Listed, ...]:
    return rows_of("listed", rows, Listed)


@frozen(kw_only=True)
class Entry:
    """One household of the register, enrolled or known to the office; ``None`` is not known.

    Attributes:
        household: its facts; its ``id`` is the case.
        enrolled: whether it draws dibao.
        listed: a row for each member of the household, in their order.
        amount: yuan a month that it is paid.
        since: the first day it draws.
        surveyed: whether it was surveyed before it was enrolled.
        group: the group it was enrolled with, such as a trade or a resettlement site; ``""``
            says that there was none.
        near_relative: whether a member declared a near relative among the handlers, or is found to
            be one.
        in_grace: whether a gradual exit (渐退期) was granted and still runs.

    Raises:
        InvalidInput: when ``listed`` has not one row for each member.
    """

    household: Household
    listed: tuple[Listed, ...] = field(converter=_every)
    enrolled: bool | None = None
    amount: Decimal | None = field(default=None, converter=_yuan)
    since: date | None = None
    surveyed: bool | None = None
    group: str | None = None
    near_relative: bool | None = None
    in_grace: bool | None = None

    def __attrs_post_init__(self) -> None:
        members, rows = len(self.household.members), len(self.listed)
        if members != rows:
            message = f"expected a row for each of the {members} members, got {rows}"
            raise InvalidInput([Fault("listed", message)])


@frozen(kw_only=True)
class Death:
    """A death, as the registry or the crematoria list it."""

    person: str | None = field(default=None, repr=_masked)
    died: date | None = None


@frozen(kw_only=True)
class Drawing:
    """Somebody who draws on the day of the screen: as tekun, or dibao in another place."""

    person: str | None = field(default=None, repr=_masked)
    area: str | None = field(default=None, metadata={"check": area_code})

    def __attrs_post_init__(self) -> None:
        checked(self)


@frozen(kw_only=True)
class Filing:
    """The separate filing (单独登记备案) of a household with a near relative among the handlers."""

    id: str | None = None


@frozen(kw_only=True)
class Lists:
    """What the register is set against; ``None`` is a list that was not given.

    An empty list says that there is none. A screen whose list is not given is not run, and a
    flag says so.

    Attributes:
        deaths: who died.
        tekun: who draws as tekun on the day.
        elsewhere: who draws dibao on the day in other places, with the place.
        filings: the households filed because of a near relative.
    """

    deaths: Sequence[Death] | None = None
    tekun: Sequence[Drawing] | None = None
    elsewhere: Sequence[Drawing] | None = None
    filings: Sequence[Filing] | None = None

    def __attrs_post_init__(self) -> None:
        kinds = {"deaths": Death, "tekun": Drawing, "elsewhere": Drawing, "filings": Filing}
        for name, kind in kinds.items():
            rows = getattr(self, name)
            if rows is not None:
                rows_of(name, rows, kind)


class Row(NamedTuple):
    """One row of the register as the screens take it: facts of the rule, amounts in fen."""

    id: str | None
    area: str | None
    residence: str | None
    enrolled: bool | None
    amount_month: int | None
    since: date | None
    surveyed: bool | None
    group: str | None
    near_relative: bool | None
    in_grace: bool | None
    case: Mapping[str, Any]
    members: Sequence[Mapping[str, Any]] | None


def screen_entries(
    entries: Iterable[Entry],
    lists: Lists,
    *,
    on: date,
    group_least: int,
    standards: Standards | None = None,
    area: str = NATION,
) -> tuple[Flag, ...]:
    """Screen a register, household by household.

    Args:
        entries: the register: households that draw dibao, and others that the office knows.
        lists: what it is set against.
        on: the day; it chooses the law and the figures.
        group_least: from how many persons, enrolled on one day with one group and without a
            survey, the sign of a group enrolment is given. No law says a number.
        standards: the tables; the bundled ones when left out.
        area: whose law the screens follow, such as that of the province.

    Returns:
        The flags in the order of the rows.

    Raises:
        NotFound: when no area bore a household's code on that day.
        InvalidInput: when somebody is born after the day, or ``group_least`` is below 2.

    Source:
        社会救助暂行办法 art. 66, Social Assistance Law (2026) art. 70; the measures of 2012 and of
        2021; the notice of 2022-10-20, I(1), I(3) and III(1).

    Limitations:
        A place of the list ``elsewhere`` whose code was not in use on the day is not compared: a
        flag says so. A household is undetermined as a whole when its answer hangs on one unknown fact.
        Amounts are not compared: within a review period they stay as they were set.
    """
    tables = Standards.bundled() if standards is None else standards
    rows = [row_of(each, on, tables) for each in each_of("entries", entries, Entry)]
    return screen_rows(rows, lists, on=on, group_least=group_least, standards=tables, area=area)


# --- from a household to the facts of the rule ----------------------------------------------------


def row_of(entry: Entry, on: date, standards: Standards) -> Row:
    """An entry as a row: facts that are not known are ``None`` where the answer hangs on them."""
    home = entry.household
    facts, people = dibao.facts_of(home, on=on, standards=standards, says=_said)
    return Row(
        id=home.id,
        area=home.area,
        residence=home.residence.name.lower(),
        enrolled=entry.enrolled,
        amount_month=None if entry.amount is None else to_fen(entry.amount),
        since=entry.since,
        surveyed=entry.surveyed,
        group=entry.group,
        near_relative=entry.near_relative,
        in_grace=entry.in_grace,
        case=layout.entries(facts),
        members=[
            {**layout.entries(each), "person": listed.person, "paid": listed.paid}
            for each, listed in zip(people, entry.listed, strict=True)
        ],
    )


def _said(case: Case) -> tuple[object, ...]:
    """What the screens take of the rule: the answer, and who counts as a member."""
    assert dibao.member is not None
    result = case.result
    counted = [dibao.member(each, case.p).size for each in case.members]
    return (result.outcome, result.reasons, result.persons, result.pay_month, *counted)


# --- the screens ----------------------------------------------------------------------------------


def screen_rows(
    rows: Sequence[Row],
    lists: Lists,
    *,
    on: date,
    group_least: int,
    standards: Standards,
    area: str = NATION,
) -> tuple[Flag, ...]:
    """The same over rows whose facts are those of the rule; see :func:`screen_entries`."""
    check_group(group_least)
    held = law(standards, on, area)
    screens = _Screens(rows, lists, on, held, standards)
    flags = [*screens.flags(), *screens.groups(group_least), *screens.lists_flags()]
    due = screens.due
    told = (
        flag
        if flag.row is None
        else evolve(
            flag,
            id=rows[flag.row].id,
            amount_month=rows[flag.row].amount_month,
            due_month=due[flag.row],
        )
        for flag in flags
    )
    return tuple(
        sorted((evolve(each, basis=held.basis.get(each.screen)) for each in told), key=_order)
    )


def _order(flag: Flag) -> tuple[int, ...]:
    return flag.order


class _Decided(NamedTuple):
    outcome: Outcome
    result: Any
    missing: str | None
    size: int | None = None
    reason: str | None = None


class _Screens:
    """The lists indexed by person, and each screen of one row."""

    def __init__(
        self, rows: Sequence[Row], lists: Lists, on: date, held: Law, standards: Standards
    ) -> None:
        self.rows, self.lists, self.on, self.law = rows, lists, on, held
        self.decided = [_decide(row, on, standards) for row in rows]
        self.due = [
            each.result.pay_month
            if each.result is not None and each.outcome is not Outcome.UNDETERMINED
            else None
            for each in self.decided
        ]
        self.standards = standards
        self.deaths: dict[int, tuple[int, date]] = {}
        self.undated: dict[int, int] = {}
        for number, death in enumerate(lists.deaths or ()):
            who = identity(death.person)
            if who is not None and death.died is None:
                self.undated.setdefault(who, number)
            elif who is not None and death.died is not None and death.died <= on:
                self.deaths.setdefault(who, (number, death.died))
        self.tekun: dict[int, int] = {}
        for number, drawing in enumerate(lists.tekun or ()):
            who = identity(drawing.person)
            if who is not None:
                self.tekun.setdefault(who, number)
        self.elsewhere: dict[int, list[tuple[int, str]]] = {}
        for number, drawing in enumerate(lists.elsewhere or ()):
            who = identity(drawing.person)
            if who is not None and drawing.area is not None and self.in_use(drawing.area):
                self.elsewhere.setdefault(who, []).append((number, drawing.area))
        self.filed = {each.id for each in lists.filings or ()} - {None}
        self.paid: dict[int, list[tuple[int, int]]] = {}
        for number, row in enumerate(rows):
            for place, member in enumerate(row.members or ()):
                who = identity(member["person"])
                if row.enrolled and member["paid"] and who is not None:
                    self.paid.setdefault(who, []).append((number, place))

    def flags(self) -> Iterator[Flag]:
        for number, row in enumerate(self.rows):
            for place, member in enumerate(row.members or ()):
                if self.doubtful(member["person"]):
                    yield Flag(Screen.NUMBER, Verdict.FOUND, row=number, member=place)
            if row.enrolled is None:
                yield _open(Screen.RECORD, number, "enrolled")
            elif row.enrolled:
                yield from self.enrolled(number, row)
            else:
                yield from self.omitted(number, row)

    def doubtful(self, person: str | None) -> bool:
        who = identity(person)
        return who is not None and doubtful(who, self.standards.areas)

    def in_use(self, area: str) -> bool:
        return in_use(area, self.on, self.standards.areas)

    def runs(self, screen: Screen) -> bool:
        return screen in self.law.basis

    def omitted(self, number: int, row: Row) -> Iterator[Flag]:
        decided = self.decided[number]
        if not self.runs(Screen.OMITTED):
            return
        if decided.outcome is Outcome.UNDETERMINED:
            yield evolve(_open(Screen.OMITTED, number, decided.missing), reason=decided.reason)
        elif decided.outcome is Outcome.GRANTED:
            draws = self.draws(row)
            verdict = Verdict.FOUND if draws is None else Verdict.UNDETERMINED
            roster, roster_row = (None, None) if draws is None else draws
            yield Flag(
                Screen.OMITTED,
                verdict,
                row=number,
                roster=roster,
                roster_row=roster_row,
                reason=decided.reason,
            )

    def draws(self, row: Row) -> tuple[Roster, int] | None:
        """The first row of the other rosters that pays a member of a household."""
        found = []
        for member in row.members or ():
            who = identity(member["person"])
            if who in self.tekun:
                found.append((Roster.TEKUN, self.tekun[who]))
            else:
                other = self.other_place(who, row.area)
                found += [] if other is None else [(Roster.ELSEWHERE, other)]
        return found[0] if found else None

    def other_place(self, who: int | None, area: str | None) -> int | None:
        places = [] if who is None or area is None else self.elsewhere.get(who, [])
        return next((number for number, place in places if place != area), None)

    def enrolled(self, number: int, row: Row) -> Iterator[Flag]:
        decided = self.decided[number]
        yield from self.wrong(number, row, decided)
        yield from self.members(number, row, decided)
        for place, member in enumerate(row.members or ()):
            if member["paid"] is None:
                yield evolve(_open(Screen.RECORD, number, "members.paid"), member=place)
            elif member["paid"]:
                who = identity(member["person"])
                if who is None:
                    yield evolve(_open(Screen.RECORD, number, "members.person"), member=place)
                else:
                    yield from self.twice(number, place, row, who)
                    yield from self.deceased(number, place, who)
        yield from self.relative(number, row)

    def wrong(self, number: int, row: Row, decided: _Decided) -> Iterator[Flag]:
        if not self.runs(Screen.WRONG):
            return
        result = decided.result
        flag = evolve(_open(Screen.WRONG, number, decided.missing), reason=decided.reason)
        if decided.outcome is Outcome.UNDETERMINED:
            yield flag
        elif decided.outcome is Outcome.REFUSED:
            by_income = decided.reason == "income_not_lower" and self.law.gradual_exit
            if not by_income or row.in_grace is False:
                yield evolve(flag, verdict=Verdict.FOUND)
            elif row.in_grace is None:
                yield evolve(flag, missing="in_grace")
        elif decided.reason == "single_persons":
            paid = sum(member["paid"] is True for member in row.members or ())
            if paid > result.persons:
                yield evolve(flag, verdict=Verdict.FOUND, count=paid)

    def members(self, number: int, row: Row, decided: _Decided) -> Iterator[Flag]:
        """Members who count and are not paid for, and the reverse."""
        whole = decided.outcome is Outcome.GRANTED and decided.reason == "income_lower"
        if not whole or row.members is None:
            return
        for place, member in enumerate(row.members):
            alone = _decide(row._replace(members=[member]), self.on, self.standards)
            for screen, which, counts, reason in (
                (Screen.PARTIAL, member["paid"] is False, 1, None),
                (Screen.WRONG, member["paid"] is True, 0, "not_counted"),
            ):
                if which and self.runs(screen):
                    flag = Flag(screen, Verdict.FOUND, row=number, member=place, reason=reason)
                    if alone.size is None:
                        yield evolve(_open(screen, number, alone.missing), member=place)
                    elif alone.size == counts:
                        yield flag

    def twice(self, number: int, place: int, row: Row, who: int) -> Iterator[Flag]:
        if not self.runs(Screen.TWICE):
            return
        found: dict[Roster, int] = {}
        others = [at for at, _place in self.paid[who]]
        if len(others) > 1:
            # of the first the second, of every other the first
            first = self.paid[who][0] == (number, place)
            found[Roster.REGISTER] = others[1] if first else others[0]
        if who in self.tekun:
            found[Roster.TEKUN] = self.tekun[who]
        other = self.other_place(who, row.area)
        if other is not None:
            found[Roster.ELSEWHERE] = other
        for roster, at in found.items():
            yield Flag(
                Screen.TWICE, Verdict.FOUND, row=number, member=place, roster=roster, roster_row=at
            )

    def deceased(self, number: int, place: int, who: int) -> Iterator[Flag]:
        if not self.runs(Screen.DECEASED):
            return
        assert self.law.death_months is not None
        flag = Flag(Screen.DECEASED, Verdict.FOUND, row=number, member=place, roster=Roster.DEATHS)
        if who in self.deaths:
            at, died = self.deaths[who]
            until = add_months(died, self.law.death_months)
            verdict = Verdict.IN_TIME if self.on <= until else Verdict.FOUND
            yield evolve(flag, roster_row=at, until=until, verdict=verdict)
        elif who in self.undated:
            yield evolve(
                flag,
                roster_row=self.undated[who],
                verdict=Verdict.UNDETERMINED,
                missing="deaths.died",
            )

    def relative(self, number: int, row: Row) -> Iterator[Flag]:
        if not self.runs(Screen.RELATIVE) or self.lists.filings is None:
            return
        if row.near_relative is None:
            yield _open(Screen.RELATIVE, number, "near_relative")
        elif row.near_relative:
            if row.id is None:
                yield _open(Screen.RELATIVE, number, "id")
            elif row.id not in self.filed:
                yield Flag(Screen.RELATIVE, Verdict.FOUND, row=number)

    def groups(self, least: int) -> Iterator[Flag]:
        """Households enrolled with one group on one day, of which not enough were surveyed."""
        if not self.runs(Screen.GROUP):
            return
        sure: dict[tuple[str, date], int] = {}
        maybe: dict[tuple[str, date], int] = {}
        unsure: set[tuple[str, date]] = set()
        for row in self.rows:
            if row.enrolled and row.surveyed is not True and row.group and row.since is not None:
                key = (row.group, row.since)
                paid = [member["paid"] for member in row.members or ()]
                certain = sum(each is True for each in paid) if row.surveyed is False else 0
                sure[key] = sure.get(key, 0) + certain
                maybe[key] = maybe.get(key, 0) + sum(each is not False for each in paid)
                unsure |= {key} if row.surveyed is None else set()
        for number, row in enumerate(self.rows):
            if not row.enrolled or row.surveyed is True or row.group == "":
                continue
            if row.group is None or row.since is None:
                yield _open(Screen.GROUP, number, "group" if row.group is None else "since")
                continue
            key = (row.group, row.since)
            if sure[key] >= least and row.surveyed is False:
                yield Flag(Screen.GROUP, Verdict.FOUND, row=number, count=sure[key])
            elif maybe[key] >= least:
                missing = "surveyed" if key in unsure else "members.paid"
                yield evolve(_open(Screen.GROUP, number, missing), count=maybe[key])

    def lists_flags(self) -> Iterator[Flag]:
        """Rows of lists that cannot be used, and screens that were not run."""
        lists = self.lists
        for roster, drawings in ((Roster.TEKUN, lists.tekun), (Roster.ELSEWHERE, lists.elsewhere)):
            for number, drawing in enumerate(drawings or ()):
                if identity(drawing.person) is None:
                    yield _of_list(roster, number, "person")
                elif roster is Roster.ELSEWHERE and not (
                    drawing.area is not None and self.in_use(drawing.area)
                ):
                    yield _of_list(roster, number, "area")
                if self.doubtful(drawing.person):
                    yield _doubtful(roster, number)
        for number, death in enumerate(lists.deaths or ()):
            if identity(death.person) is None:
                yield _of_list(Roster.DEATHS, number, "person")
            elif death.died is None:
                yield _of_list(Roster.DEATHS, number, "died")
            if self.doubtful(death.person):
                yield _doubtful(Roster.DEATHS, number)
        for number, filing in enumerate(lists.filings or ()):
            if filing.id is None:
                yield _of_list(Roster.FILINGS, number, "id")
        given = [each.name for each in fields(Lists) if getattr(lists, each.name) is not None]
        yield from not_run(self.law, given)


def not_run(held: Law, given: Iterable[str]) -> Iterator[Flag]:
    """What was not screened: no rule of the day is held, or a list was not given."""
    there = set(given)
    for screen, missing in sorted(held.missing.items()):
        yield Flag(screen, Verdict.NOT_RUN, missing=missing)
    for screen, roster in _NEEDS:
        name = roster.name.lower()
        if name not in there and screen in held.basis:
            yield Flag(screen, Verdict.NOT_RUN, roster=roster, missing=name)


_NEEDS = (
    (Screen.TWICE, Roster.TEKUN),
    (Screen.TWICE, Roster.ELSEWHERE),
    (Screen.DECEASED, Roster.DEATHS),
    (Screen.RELATIVE, Roster.FILINGS),
)


def _open(screen: Screen, number: int, missing: str | None) -> Flag:
    return Flag(screen, Verdict.UNDETERMINED, row=number, missing=missing)


def _of_list(roster: Roster, number: int, missing: str) -> Flag:
    return Flag(
        Screen.RECORD, Verdict.UNDETERMINED, roster=roster, roster_row=number, missing=missing
    )


def _doubtful(roster: Roster, number: int) -> Flag:
    return Flag(Screen.NUMBER, Verdict.FOUND, roster=roster, roster_row=number)


def _decide(row: Row, on: date, standards: Standards) -> _Decided:
    """The rule over one row, its unknown facts as :mod:`minzheng.columns` takes them."""
    for name, value in (("area", row.area), ("residence", row.residence)):
        if value is None:
            return _Decided(Outcome.UNDETERMINED, None, name)
    assert row.area is not None
    assert row.residence is not None
    resolved = dibao.parameters(
        row.area, on=on, residence=Residence[row.residence.upper()], standards=standards
    )
    if resolved.parameters is None:
        return _Decided(Outcome.UNDETERMINED, None, f"standards: {resolved.missing[0]}")
    domains = _open_facts(row)
    runnable = row.members is not None and all(values for *_fact, values in domains)
    if not runnable or prod(len(values) for *_fact, values in domains) > MOST_RUNS:
        return _Decided(Outcome.UNDETERMINED, None, domains[0][0] if domains else "members")
    runs = {
        chosen: _run(row, domains, chosen, resolved.parameters)
        for chosen in product(*(values for *_fact, values in domains))
    }
    result = next(iter(runs.values()))
    for place, (name, _at, values) in enumerate(domains):
        for chosen, one in runs.items():
            first = (*chosen[:place], values[0], *chosen[place + 1 :])
            if _answer(one) != _answer(runs[first]):
                sizes = {each.size for each in runs.values()}
                reasons = {each.reasons for each in runs.values()}
                return _Decided(
                    Outcome.UNDETERMINED,
                    None,
                    name,
                    sizes.pop() if len(sizes) == 1 else None,
                    _reason(reasons.pop()) if len(reasons) == 1 else None,
                )
    outcome = Outcome(result.outcome)
    lack = lack_of(dibao.rule, result.reasons) if outcome is Outcome.UNDETERMINED else None
    return _Decided(outcome, result, lack, result.size, _reason(result.reasons))


def _reason(reasons: int) -> str:
    return str(dibao.Reason(first_reason(reasons)).name.lower())


def _open_facts(row: Row) -> list[tuple[str, int, tuple[int, ...]]]:
    """The unknown facts of a row: name, place of the member or -1, and all its values."""
    found = []
    for name, _field, hint in facts_of(dibao.rule):
        prefix, _dot, short = name.rpartition(".")
        holders = enumerate(row.members or ()) if prefix else [(-1, row.case)]
        found += [(name, at, domain(hint)) for at, each in holders if each[short] is None]
    return found


def _run(
    row: Row,
    domains: Sequence[tuple[str, int, tuple[int, ...]]],
    chosen: Sequence[int],
    parameters: Any,
) -> Any:
    case = dict(row.case)
    members = [dict(each) for each in row.members or ()]
    for (name, at, _values), value in zip(domains, chosen, strict=True):
        (case if at < 0 else members[at])[name.rpartition(".")[2]] = value
    people = [layout.made(dibao.Member, each) for each in members]
    return dibao.rule.run(layout.made(dibao.Facts, case), people, parameters)


def _answer(result: Any) -> tuple[object, ...]:
    """What the runs of a row must agree on."""
    return tuple(getattr(result, name) for name in _COMPARED)


_COMPARED = compared(layout.hints_of(dibao.Result), ("reasons",))
