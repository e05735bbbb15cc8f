"""The plan: how many are drawn, of whom, by which method, from which chance.

A plan is groups. Each group names whom it covers and how many of them are drawn; an
organisation of several groups may be drawn for each, and because it has one ticket
the draws overlap as far as they can.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import IntEnum
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from minzheng.base import codec
from minzheng.base.brief import shown
from minzheng.base.suggest import unknown
from minzheng.base.toml import toml
from minzheng.errors import Fault, InvalidInput
from minzheng.inspection import wording
from minzheng.inspection.frame import KINDS
from minzheng.inspection.seeds import Source
from minzheng.inspection.shares import Apportionment, as_ratio

__all__ = [
    "STRATA",
    "Absence",
    "Group",
    "Lead",
    "Level",
    "Method",
    "Named",
    "Plan",
    "PlanKind",
    "Rotation",
    "Team",
]

STRATA = ("kind", "area", "risk")
"""The columns by which a group may be stratified."""


class Level(IntEnum):
    """The level of the registration authority (登记管理机关)."""

    NATION = 1
    PROVINCE = 2
    CITY = 3
    COUNTY = 4


class PlanKind(IntEnum):
    """The two kinds of inspection of 民发〔2017〕45号 art. 5."""

    REGULAR = 1
    """定期抽查: yearly, from all that are registered at the level, with a floor"""
    IRREGULAR = 2
    """不定期抽查: from a frame filtered by type, trade or matter, without a floor"""


class Method(IntEnum):
    """How those drawn are ranked."""

    TICKETS = 1
    """the smallest tickets: equal probabilities"""
    SEQUENTIAL_POISSON = 2
    """the smallest tickets divided by size: probability close to proportional to size"""
    SYSTEMATIC = 3
    """every so many along the list, from a random start: equal probabilities"""
    SYSTEMATIC_BY_SIZE = 4
    """the same along cumulated sizes: probability proportional to size"""

    @property
    def by_size(self) -> bool:
        """Whether it needs the size of each organisation."""
        return self in (Method.SEQUENTIAL_POISSON, Method.SYSTEMATIC_BY_SIZE)


@frozen
class Named:
    """An organisation named in the plan, and why.

    Attributes:
        code: its credit code.
        reason: in words; it is published.
    """

    code: str = wording.code()
    reason: str = wording.line()


def _no_days(model: object, *names: str) -> list[Fault]:
    """Faults of fields that are stated, and no days."""
    return [
        Fault(name, f"expected a date, got {shown(value)}")
        for name in names
        if (value := getattr(model, name)) is not None
        and (not isinstance(value, date) or isinstance(value, datetime))
    ]


def _lower(text: object) -> str:
    return text.strip().lower() if isinstance(text, str) else ""


@frozen(kw_only=True)
class Rotation:
    """A wheel that several draws share, each beginning at another place of it.

    The wheel is made of the outcome of the public chance and of a key to which the authority
    committed itself: no key chosen before the seal decides who is drawn, and no outcome
    alone does. Plans that are sealed before the same outcome, such as those of the four quarters
    of a year with a shift of 0, 1/4, 1/2 and 3/4, share one wheel, so that their
    draws overlap as little as they can.

    Attributes:
        commitment: SHA-256 of the key, which stays secret until the draw.
        shift: where the draw begins on the wheel, from 0 to 1, 1 not included.

    Limitations:
        Another outcome makes another wheel. That those inspected lately are left out over the
        years is what ``gap_months`` is for.
    """

    commitment: str = field(converter=_lower)
    shift: Fraction

    def __attrs_post_init__(self) -> None:
        faults = []
        if not re.fullmatch(r"[0-9a-f]{64}", self.commitment):
            faults.append(Fault("commitment", "expected a SHA-256 in lower-case hexadecimal"))
        shift: object = self.shift
        if type(shift) not in (int, Fraction) or not 0 <= self.shift < 1:
            problem = "expected a Fraction from 0 up to, not including, 1"
            faults.append(Fault("shift", f"{problem}, got {shown(shift)}"))
        if faults:
            raise InvalidInput(faults)


def _ratio(value: Fraction | str | None) -> Fraction | None:
    return None if value is None else as_ratio(value)


@frozen(kw_only=True)
class Group:
    """Whom a rule of the plan covers, and how many of them are drawn.

    Attributes:
        name: its name, such as ``行业协会商会``.
        ratio: the share that is drawn, rounded up; or
        count: how many are drawn. One of the two.
        all_if_fewer_than: all are drawn where the group has fewer than so many.
        kinds, tags, areas, risks: whom it covers: of one of these kinds, marked with one
            of these tags, in an area that begins with one of these, of one of these
            classes. Left out, it does not matter.
        method: how they are ranked.
        by: the column by which it is stratified: ``kind``, ``area`` or ``risk``.
        apportion: how what is drawn in all is shared out to the strata; left out, the
            ratio (or the count) is that of each stratum.
        minimum: what each stratum gets at least, when it is shared out.
        reserves: how many are drawn in reserve in each stratum.
        may_be_empty: whether it may cover nobody, and name tags, areas, kinds and risks
            that no organisation of the frame has; otherwise that is a fault.
    """

    name: str = wording.line()
    ratio: Fraction | None = field(default=None, converter=_ratio)
    count: int | None = None
    all_if_fewer_than: int = 0
    kinds: tuple[str, ...] = wording.words()
    tags: tuple[str, ...] = wording.words()
    areas: tuple[str, ...] = wording.words()
    risks: tuple[str, ...] = wording.words()
    method: Method = Method.TICKETS
    by: str | None = None
    apportion: Apportionment | None = None
    minimum: int = 0
    reserves: int = 0
    may_be_empty: bool = False

    def __attrs_post_init__(self) -> None:
        if faults := tuple(self._faults()):
            raise InvalidInput(faults)

    def _faults(self) -> Iterator[Fault]:
        if not self.name:
            yield Fault("name", "is required")
        if (self.ratio is None) is (self.count is None):
            yield Fault("ratio", "expected a ratio or a count, one of the two")
        for name in ("count", "all_if_fewer_than", "minimum", "reserves"):
            value = getattr(self, name)
            if not (name == "count" and value is None) and (type(value) is not int or value < 0):
                yield Fault(name, f"expected a whole number from 0 on, got {shown(value)}")
        if self.by is not None and self.by not in STRATA:
            yield Fault("by", unknown(self.by, STRATA))
        yield from _unknown_kinds(self.kinds)
        for place, area in enumerate(self.areas):
            if not re.fullmatch("[0-9]{1,6}", area):
                yield Fault(
                    f"areas[{place}]",
                    f"expected the first 1 to 6 digits of a code, got {shown(area)}",
                )
        if self.apportion is not None and self.by is None:
            yield Fault("apportion", "there are no strata to share out to: give by")
        if self.minimum and self.apportion is None:
            yield Fault("minimum", "belongs to a number that is shared out: give apportion")


def _unknown_kinds(kinds: tuple[str, ...]) -> Iterator[Fault]:
    for place, kind in enumerate(kinds):
        if kind not in KINDS.values():
            yield Fault(f"kinds[{place}]", unknown(kind, KINDS.values()))


@frozen(kw_only=True)
class Lead:
    """A skill that at least one inspector must have where an organisation is of a kind or a tag.

    Attributes:
        skill: the skill, in the words of the list of inspectors.
        kinds, tags: the organisations, by either.
        may_be_empty: whether no organisation of the frame may be of one of them;
            otherwise that is a fault.
    """

    skill: str = wording.line()
    kinds: tuple[str, ...] = wording.words()
    tags: tuple[str, ...] = wording.words()
    may_be_empty: bool = False

    def __attrs_post_init__(self) -> None:
        faults = list(_unknown_kinds(self.kinds))
        if not self.skill:
            faults.append(Fault("skill", "is required"))
        if not self.kinds and not self.tags:
            faults.append(Fault("kinds", "expected a kind or a tag that asks for the skill"))
        if faults:
            raise InvalidInput(faults)


@frozen(kw_only=True)
class Absence:
    """Days on which an inspector cannot inspect anything, such as a leave.

    Attributes:
        inspector: the inspector's id.
        first: the first day.
        last: the last day.
        reason: in words, such as ``休假``; it is published.
    """

    inspector: str = wording.line()
    first: date
    last: date
    reason: str = wording.line()

    def __attrs_post_init__(self) -> None:
        faults = _no_days(self, "first", "last")
        if not faults and self.last < self.first:
            faults.append(Fault("last", f"is before the first day, {self.first}"))
        if not self.reason:
            faults.append(Fault("reason", "is required"))
        if faults:
            raise InvalidInput(faults)


@frozen(kw_only=True)
class Team:
    """How inspectors are drawn for those that are inspected.

    Attributes:
        per_site: how many different inspectors each organisation gets, 1 to 100.
        recusal_years: an inspector who left a post in an organisation recuses for so many
            years, 1 to 100; left out, posts that ended cannot be judged.
        leads: skills that organisations ask for; the first that fits holds.
        first: the first day of the inspections; the plan's ``on`` when left out.
        last: their last day; without an end when left out.
        absences: known when the plan is sealed; an inspector who is absent on any of the days of
            the inspections is not drawn. Later ones are logged: see ``Bundle.absent``.
    """

    per_site: int
    recusal_years: int | None = None
    leads: tuple[Lead, ...] = wording.listed(())
    first: date | None = None
    last: date | None = None
    absences: tuple[Absence, ...] = wording.listed(())

    def __attrs_post_init__(self) -> None:
        faults = [
            Fault(name, f"expected 1 to 100, got {shown(value)}")
            for name in ("per_site", "recusal_years")
            if not (name == "recusal_years" and getattr(self, name) is None)
            and not ((type(value := getattr(self, name)) is int) and 1 <= value <= 100)
        ]
        faults += _no_days(self, "first", "last")
        if faults:
            raise InvalidInput(faults)
        if self.first and self.last and self.last < self.first:
            faults.append(Fault("last", f"is before the first day, {self.first}"))
        if faults:
            raise InvalidInput(faults)


@frozen(kw_only=True)
class Plan:
    """A draw as it is announced.

    Attributes:
        name: what the draw is called.
        authority: whose draw it is.
        level: the level of the registration authority.
        kind: regular or irregular.
        on: the day as of which the frame holds; gaps are counted back from it.
        groups: whom it draws, and how many.
        seeds: the sources of chance, in their order.
        excluded: organisations that are not drawn, each with the reason.
        certain: organisations that are drawn for certain, each with the reason.
        gap_months: not drawn when inspected less than so many months before ``on``, 1 to 1200.
        cap: not drawn when inspected so often this year.
        rotation: a wheel that several draws share, in place of tickets of this draw alone.
        team: how inspectors are drawn; left out, none are.
        if_source_fails: in words, what happens when a source of chance fails.

    Limitations:
        No rule of the nation sets a gap or a cap for social organisations; 国办发〔2024〕54号
        sets caps for enterprises. Both are the plan's own.
    """

    name: str = wording.line()
    authority: str = wording.line()
    level: Level
    kind: PlanKind
    on: date
    groups: tuple[Group, ...] = wording.listed()
    seeds: tuple[Source, ...] = wording.listed()
    excluded: tuple[Named, ...] = wording.listed(())
    certain: tuple[Named, ...] = wording.listed(())
    gap_months: int | None = None
    cap: int | None = None
    rotation: Rotation | None = None
    team: Team | None = None
    if_source_fails: str = wording.line("")

    def __attrs_post_init__(self) -> None:
        if faults := tuple(self._faults()):
            raise InvalidInput(faults)

    @classmethod
    def from_toml(cls, text: str) -> Plan:
        """Read a plan from the text of a TOML file.

        Raises:
            InvalidInput: with every fault and its path.
        """
        data = toml(text, "plan")
        if empty := list(_empty_words(data)):
            raise InvalidInput(empty)
        return codec.structure(_days_as_text(data), cls, "plan")

    def _faults(self) -> Iterator[Fault]:
        for field_name in ("name", "authority"):
            if not getattr(self, field_name):
                yield Fault(field_name, "is required")
        for field_name in ("groups", "seeds"):
            names = [each.name for each in getattr(self, field_name)]
            if not names:
                yield Fault(field_name, "expected at least one")
            for name in sorted({each for each in names if names.count(each) > 1}):
                yield Fault(field_name, f"{name!r} stands twice")
        for name, most in (("gap_months", 1200), ("cap", 1000)):
            value = getattr(self, name)
            if value is not None and not (type(value) is int and 1 <= value <= most):
                yield Fault(name, f"expected 1 to {most}, got {shown(value)}")
        if no_days := _no_days(self, "on"):
            yield from no_days
            return
        team = self.team
        if team and team.first is None and team.last is not None and team.last < self.on:
            yield Fault(
                "team.last", f"is before the day of the plan, {self.on}; or give team.first"
            )
        named = [*self.excluded, *self.certain]
        codes = [each.code for each in named]
        for code in sorted({each for each in codes if codes.count(each) > 1}):
            yield Fault("excluded, certain", f"{code} stands twice")
        for each in named:
            if not each.reason:
                yield Fault("excluded, certain", f"{each.code} has no reason")


def _empty_words(data: Mapping[str, Any]) -> Iterator[Fault]:
    """Lists of words that name nobody; left out, they would cover everybody."""
    team = data.get("team")
    leads = team.get("leads") if isinstance(team, dict) else None
    for part, rows in (("groups", data.get("groups")), ("team.leads", leads)):
        for place, row in enumerate(rows if isinstance(rows, list) else []):
            names = (
                [name for name, value in row.items() if value == []]
                if isinstance(row, dict)
                else []
            )
            for name in names:
                path = f"plan.{part}[{place}].{name}"
                yield Fault(path, "is an empty list; leave it out where it does not matter")


def _days_as_text(plain: Any) -> Any:
    """Days and moments of TOML as the text that the models read."""
    if isinstance(plain, dict):
        return {key: _days_as_text(value) for key, value in plain.items()}
    if isinstance(plain, list):
        return [_days_as_text(each) for each in plain]
    return plain.isoformat() if isinstance(plain, date) else plain
