"""What a rating scheme is: grades, a tree of items, gates, prerequisites, and an ordered pipeline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from attrs import field, frozen

from minzheng.law import Confidence
from minzheng.rating.leaf import Leaf
from minzheng.rating.ranks import Override
from minzheng.rating.steps import PipelineStep

__all__ = [
    "Base",
    "Fact",
    "FactKind",
    "Gate",
    "Item",
    "Policy",
    "Prerequisite",
    "Scheme",
    "SchemeGrade",
    "Setting",
    "Source",
]


class Policy(StrEnum):
    """What a missing answer does; a node without a policy for a state does not allow it."""

    DROP = "drop"
    """leaves what was earned and what could be earned"""
    FULL = "full"
    ZERO = "zero"
    LOWEST = "lowest"
    """the lowest step of its ladder"""
    PEERS_MEAN = "peers_mean"
    """the mean of the peers in place of the value"""
    UNRATED = "unrated"
    """its parent is not rated"""
    SKIP = "skip"
    """one check is left out; the others are answered"""


class Base(StrEnum):
    """What a share of a section is taken of."""

    NOMINAL = "nominal"
    """the printed maximum"""
    APPLICABLE = "applicable"
    """the maximum of what applies"""
    EARNED = "earned"
    """the section's own total: always true, as one program has it"""


class FactKind(StrEnum):
    """What a fact beside the items is."""

    FLAG = "flag"
    NUMBER = "number"
    DAY = "day"
    WORD = "word"
    WORDS = "words"
    RANK = "rank"


@frozen
class Source:
    """Where something was read.

    Attributes:
        id: what rows name it by.
        title: of the document or page.
        where: the page, the newspaper, the clause.
        confidence: confirmed or secondary; nothing weaker is bundled.
        instrument: id of the instrument, where it is held.
    """

    id: str
    title: str
    where: str
    confidence: Confidence
    instrument: str | None = None


@frozen
class SchemeGrade:
    """One grade; the grades of a scheme stand from the lowest to the highest.

    Attributes:
        code: such as ``"3"``, ``"4A"`` or ``"good"``.
        label, label_zh: in English and in Chinese.
    """

    code: str
    label: str
    label_zh: str


@frozen
class Fact:
    """A fact beside the items: of prerequisites, caps and steps.

    Attributes:
        name, label, label_zh: what it is called.
        kind: what it holds.
        unit: of a number.
        least, most: what a number may be; ``least`` is required of every number.
        whole: a number that counts things.
        words: of a word, from the lowest to the highest.
    """

    name: str
    kind: FactKind
    label: str
    label_zh: str = ""
    unit: str = ""
    least: Fraction | None = None
    most: Fraction | None = None
    whole: bool = False
    words: tuple[str, ...] = ()


@frozen
class Item:
    """A node of the tree: a section, an item or a leaf.

    Attributes:
        code: unique in the scheme.
        max: the printed maximum; ``None`` for one of its children's sum.
        name, label: in Chinese and in English.
        items: its children.
        rule: how a leaf is scored; a leaf without one is answered with its points.
        subtotal: it may be answered with its points in place of its children.
        complete: its children are all there are; otherwise it is scored by subtotal only.
        missing: what each state of a missing answer does.
        rescale: what its children earned is stretched to its own maximum.
        cap: ceiling below the sum of its children, as for a bonus.
        least_adequate: at least so many children must rest on enough cases.
        least_size: cases that a measured value must rest on; fewer are topped up with the mean.
        shown_no: the number printed, where it differs.
        needed_from: the grade from which a service must be offered; below it, one not offered
            does not apply.
        evidence, evidence_zh: how it is looked at, where the source says.
        note: what to beware of.
    """

    code: str
    max: Fraction | None = None
    name: str = ""
    label: str = ""
    items: tuple[Item, ...] = ()
    rule: Leaf | None = None
    subtotal: bool = False
    complete: bool = True
    missing: Mapping[str, Policy] = field(factory=dict)
    rescale: bool = False
    cap: Fraction | None = None
    least_adequate: int = 0
    least_size: int = 0
    shown_no: int | None = None
    needed_from: str | None = None
    evidence: str = ""
    evidence_zh: str = ""
    note: str = ""

    @cached_property
    def most(self) -> Fraction:
        """The printed maximum, or the children's sum."""
        if self.max is not None:
            return self.max
        return sum((each.most for each in self.items), Fraction(0))

    @cached_property
    def lowest(self) -> Fraction:
        """The lowest step of its ladder."""
        ladder = self.rule.ladder if self.rule is not None else None
        return (
            min((points for _, points in ladder.steps), default=Fraction(0))
            if ladder
            else Fraction(0)
        )

    def walk(self) -> Iterator[Item]:
        """Itself and all below it."""
        yield self
        for each in self.items:
            yield from each.walk()


@frozen
class Gate:
    """What a grade asks of the total or of sections; not lower than (不低于).

    Attributes:
        of: ``total``, or codes of items or names of steps; each must reach it.
        at_least: for each grade code the points, or with ``share`` the part of ``base``.
        share: the limits are shares.
        base: what the share is taken of.
        source: ids of its sources.
    """

    of: tuple[str, ...]
    at_least: Mapping[str, Fraction]
    share: bool = False
    base: Base = Base.NOMINAL
    source: tuple[str, ...] = ()


@frozen
class Prerequisite:
    """What a grade asks besides points; a grade that is not named asks nothing.

    Attributes:
        code, name, label: what it is called.
        fact: the fact it looks at.
        at_least, at_most: limits of a number.
        per, each: the limit counts for each so many of this other fact, a part counting whole.
        holds: what a flag must be.
        word: the least word of an ordered scale.
        includes: words that must be among those stated.
        none_within_months: no such event within so many months before the day.
        source: ids of its sources.
    """

    code: str
    fact: str
    name: str = ""
    label: str = ""
    at_least: Mapping[str, Fraction] = field(factory=dict)
    at_most: Mapping[str, Fraction] = field(factory=dict)
    per: str | None = None
    each: int = 1
    holds: Mapping[str, bool] = field(factory=dict)
    word: Mapping[str, str] = field(factory=dict)
    includes: Mapping[str, tuple[str, ...]] = field(factory=dict)
    none_within_months: Mapping[str, int] = field(factory=dict)
    source: tuple[str, ...] = ()


@frozen
class Setting:
    """A reading that no source settles; rated every way unless the sheet states one.

    Attributes:
        name: what a value ``"$name"`` in the scheme stands for.
        label: what is open.
        choices: the readings.
    """

    name: str
    label: str
    choices: tuple[str, ...]


@frozen
class Scheme:
    """One version of one rating scheme.

    Attributes:
        id: such as ``"gbt-37276-2018"``.
        title, title_zh: what it is called.
        grades: from the lowest to the highest.
        sources: where it was read; each row's figures are those of the first unless it names one.
        start, end: first day, and first day no longer; ``None`` where not known.
        max: the printed total.
        items: the tree.
        facts: what else it looks at.
        gates, prerequisites: what a grade asks.
        steps: the pipeline, in order.
        overrides: administrative acts that set or suppress a value.
        settings: readings that are open.
        result: the step that is the grade.
        example: the figures are an example, not a prescription of an authority.
        note: what to beware of.
        path: where it was read from.
    """

    id: str
    title: str
    title_zh: str
    grades: tuple[SchemeGrade, ...]
    sources: tuple[Source, ...]
    start: date | None = None
    end: date | None = None
    max: Fraction | None = None
    items: tuple[Item, ...] = ()
    facts: tuple[Fact, ...] = ()
    gates: tuple[Gate, ...] = ()
    prerequisites: tuple[Prerequisite, ...] = ()
    steps: tuple[PipelineStep, ...] = ()
    overrides: tuple[Override, ...] = ()
    settings: tuple[Setting, ...] = ()
    result: str = "grade"
    example: bool = False
    note: str = ""
    variants: tuple[tuple[Mapping[str, str], Scheme], ...] = field(
        default=(), repr=False, eq=False, metadata={"json": False}
    )

    @cached_property
    def nodes(self) -> Mapping[str, Item]:
        """Every item by its code."""
        return {each.code: each for top in self.items for each in top.walk()}

    @cached_property
    def leaves(self) -> tuple[Item, ...]:
        """Every item without children."""
        return tuple(each for each in self.nodes.values() if not each.items)

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """The rank of each grade code, from 1."""
        return {each.code: at for at, each in enumerate(self.grades, 1)}

    @cached_property
    def facts_by_name(self) -> Mapping[str, Fact]:
        """Every fact by its name."""
        return {each.name: each for each in self.facts}

    @cached_property
    def steps_by_name(self) -> Mapping[str, PipelineStep]:
        """Every step by its name."""
        return {each.name: each for each in self.steps}

    @property
    def most(self) -> Fraction:
        """The maximum of the total."""
        if self.max is not None:
            return self.max
        return sum((each.most for each in self.items), Fraction(0))

    def in_force(self, on: date) -> bool | None:
        """Whether it is in force on a day; ``None`` where its first day is not known."""
        if self.end is not None and on >= self.end:
            return False
        return None if self.start is None else on >= self.start
