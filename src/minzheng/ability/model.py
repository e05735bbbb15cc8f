"""What a scale is: domains of items, each item with its options, and the levels they lead to."""

from __future__ import annotations

from datetime import date
from enum import IntEnum
from functools import cached_property

from attrs import frozen

from minzheng.law import Confidence, Grade, instrument
from minzheng.standards import Source

__all__ = [
    "Band",
    "Domain",
    "EventCount",
    "Item",
    "Level",
    "Method",
    "Option",
    "Scale",
    "Stacking",
    "Tie",
]


class Method(IntEnum):
    """How a scale comes from its items to a level, before any change of level."""

    TOTAL = 1
    """bands over all points"""
    COMBINATION = 2
    """a grade for each domain, and a table of the four grades (MZ/T 039)"""
    ITEMS_FAILED = 3
    """the number of items not met, against figures of the standards tables"""


class Stacking(IntEnum):
    """How many levels a disease and care-risk events raise together."""

    ONCE = 1
    """one level, whether one or both hold"""
    EACH = 2
    """one level for each that holds, up to the most severe level"""


class EventCount(IntEnum):
    """Whether "two or more events" is counted for each kind of event or over all kinds."""

    PER_KIND = 1
    """two or more of one kind"""
    IN_TOTAL = 2
    """two or more of all kinds together"""


@frozen
class Option:
    """One answer that an item can be given.

    Attributes:
        score: what is written on the sheet.
        zh, en: what it means, in short words of the library's own.
        grade: of the domain, where the domain takes its worst item.
    """

    score: int
    zh: str
    en: str
    grade: int | None = None


@frozen(eq=False)
class Item:
    """One item of a scale.

    Attributes:
        code: as on the sheet, such as ``"B1.1"``.
        zh, en: its name.
        options: the best first.
    """

    code: str
    zh: str
    en: str
    options: tuple[Option, ...]

    @cached_property
    def scores(self) -> tuple[int, ...]:
        """The scores of the options, the best first."""
        return tuple(each.score for each in self.options)

    @cached_property
    def grades(self) -> dict[int, int]:
        """The grade of each score; empty where the domain adds points."""
        return {each.score: each.grade for each in self.options if each.grade is not None}


@frozen
class Band:
    """Points from which a level, or the grade of a domain, holds.

    Attributes:
        at_least: the lowest points of the band.
        level: the level or grade.
    """

    at_least: int
    level: int


@frozen(eq=False)
class Domain:
    """One first-level indicator: its items, and how their points are graded.

    Attributes:
        code: such as ``"B.1"``.
        zh, en: its name.
        items: in the order of the sheet.
        bands: from points to the domain's grade; empty where it has none of its own.
    """

    code: str
    zh: str
    en: str
    items: tuple[Item, ...]
    bands: tuple[Band, ...] = ()

    @cached_property
    def worst_item(self) -> bool:
        """Whether the worst item makes the grade, in place of a sum."""
        return all(each.grades for each in self.items)

    @property
    def graded(self) -> bool:
        """Whether the domain has a grade of its own."""
        return bool(self.bands) or self.worst_item

    @cached_property
    def most_points(self) -> int | None:
        """The highest sum of points; ``None`` where nothing is added."""
        return None if self.worst_item else sum(max(each.scores) for each in self.items)


@frozen
class Level:
    """One level of ability; a higher number is more severe.

    Attributes:
        number: as results give it.
        zh, en: its name.
    """

    number: int
    zh: str
    en: str


@frozen
class Tie:
    """What the answer to an item says of a fact that changes the level.

    Attributes:
        fact: a field of :class:`~minzheng.ability.Condition`.
        item: the item's code.
        says: the scores that say it holds.
        allows: the scores beside which it can hold.
    """

    fact: str
    item: str
    says: tuple[int, ...]
    allows: tuple[int, ...]


@frozen(eq=False)
class Scale:
    """One scale of ability, as data.

    Attributes:
        id: short and stable, such as ``"gbt-42195-2022"``.
        zh, en: its title.
        method: how the items lead to a level.
        source, grade, confidence: where it was read, and how reliable that is.
        levels: the least severe first.
        domains: in the order of the sheet.
        bands: from all points to the level, for :attr:`Method.TOTAL`.
        instrument: the id in :mod:`minzheng.law`; ``None`` for a clinical index.
        ties: what answers say of the facts that change the level.
        events: the kinds of care-risk events that count; empty where nothing changes the level.
        changes: the clause of the changes of level.
        stacking, event_count: how that clause is read; ``None`` where the text leaves it open and
            whoever assesses has to say.
    """

    id: str
    zh: str
    en: str
    method: Method
    source: str
    grade: Grade
    confidence: Confidence
    levels: tuple[Level, ...]
    domains: tuple[Domain, ...]
    bands: tuple[Band, ...] = ()
    instrument: str | None = None
    ties: tuple[Tie, ...] = ()
    events: tuple[str, ...] = ()
    changes: str = ""
    stacking: Stacking | None = None
    event_count: EventCount | None = None

    @cached_property
    def items(self) -> dict[str, Item]:
        """Every item by its code, in the order of the sheet."""
        return {item.code: item for domain in self.domains for item in domain.items}

    @cached_property
    def most_points(self) -> int | None:
        """The highest points in all; ``None`` where the domains are not added."""
        if self.method is Method.COMBINATION:
            return None
        return sum(domain.most_points or 0 for domain in self.domains)

    @property
    def top(self) -> int:
        """The most severe level."""
        return self.levels[-1].number

    def level(self, number: int) -> Level:
        """The level with that number."""
        return next(each for each in self.levels if each.number == number)

    def in_force(self, on: date) -> bool | None:
        """Whether its instrument is in force that day; ``None`` when that is not known.

        A scale without an instrument, such as the Barthel index, never is. Where only the year of
        issue is known, nothing is in force before that year.

        Raises:
            WrongType: when ``on`` is not a plain date.
        """
        if self.instrument is None:
            return False
        held = instrument(self.instrument)
        if held.start is None and (held.issued is None or int(held.issued[:4]) <= on.year):
            return None
        return held.in_force(on)

    def cited(self) -> Source:
        """Where the scale was read, as the sources of figures are told."""
        return Source(
            id=self.id,
            title=self.zh,
            where=self.source,
            grade=self.grade,
            confidence=self.confidence,
            instrument=self.instrument,
        )
