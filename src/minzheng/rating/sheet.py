"""What is rated, and what comes out: sheets, peers, scores, checks and the rating."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any, NamedTuple

from attrs import field, frozen

from minzheng.base.brief import shown
from minzheng.errors import Fault, InvalidInput
from minzheng.rating.model import Scheme, SchemeGrade
from minzheng.rating.numbers import Number, exact

__all__ = [
    "Act",
    "Check",
    "Held",
    "Lack",
    "Outcome",
    "Peers",
    "Rating",
    "Remark",
    "Score",
    "Sheet",
]


@frozen
class Act:
    """An administrative act in force: one of the scheme's overrides.

    Attributes:
        code: of the override.
        since: its day, from which a term runs.
        until: the first day on which it no longer counts, where it is stated.
        to: the rank it sets, where the scheme leaves that to the act.
        reason: in words, for the record.
    """

    code: str
    since: date | None = None
    until: date | None = None
    to: int | None = None
    reason: str = ""


@frozen
class Held:
    """A rank held from before, and the value it was given for."""

    rank: int
    value: Number


@frozen
class Sheet:
    """A filled-in score sheet.

    Attributes:
        id: of the institution or the case.
        answers: by item code: a number (the count, the measured value, or the points of an item
            without a rule), true or false, a word (a state, or the one tier), or an
            :class:`~minzheng.rating.Answer`. What is left out is not assessed.
        facts: by name, beside the items; what is left out is not known.
        given: values of steps that are stated in place of being computed.
        acts: the administrative acts in force; the list is complete.
        settings: readings of what the scheme leaves open.
        on: the day; needed where a look-back or the term of an act counts from it.
        group: the group of peers, such as the state.
        held: ranks held from before, by the name of the step.
    """

    id: str = ""
    answers: Mapping[str, Any] = field(factory=dict)
    facts: Mapping[str, Any] = field(factory=dict)
    given: Mapping[str, Any] = field(factory=dict)
    acts: tuple[Act, ...] = ()
    settings: Mapping[str, str] = field(factory=dict)
    on: date | None = None
    group: str = ""
    held: Mapping[str, Held] = field(factory=dict)

    def faults(self) -> Iterator[Fault]:
        """Values of a type that no scheme takes."""
        for name in ("answers", "facts", "given", "settings", "held"):
            value = getattr(self, name)
            if not isinstance(value, Mapping):
                yield Fault(name, f"expected values by name, got {shown(value)}")
        for name in ("id", "group"):
            if not isinstance(getattr(self, name), str):
                yield Fault(name, f"expected text in quotes, got {shown(getattr(self, name))}")
        if self.on is not None and type(self.on) is not date:
            yield Fault("on", f"expected a date without a time, got {shown(self.on)}")
        if not isinstance(self.acts, list | tuple):
            yield Fault("acts", f"expected a list, got {shown(self.acts)}")
            return
        for at, act in enumerate(self.acts):
            if not isinstance(act, Act):
                yield Fault(f"acts[{at}]", f"expected an Act, got {shown(act)}")
                continue
            for name in ("since", "until"):
                day = getattr(act, name)
                if day is not None and type(day) is not date:
                    expected = "expected a date without a time"
                    yield Fault(f"acts[{at}].{name}", f"{expected}, got {shown(day)}")


class Peers:
    """The values of all that are rated together, by name and group.

    Args:
        values: for each name (of an item or of a step) the values in each group.

    Example:
        >>> peers = Peers({"score": {"AL": [4, 8, 12], "TX": [2]}})
        >>> peers.size("score", "AL"), peers.mean("score", "AL")
        (3, Fraction(8, 1))
        >>> peers.size("score")
        4
    """

    def __init__(self, values: Mapping[str, Mapping[str, Sequence[Number]]]) -> None:
        self._sorted: dict[tuple[str, str | None], list[Number]] = {}
        for name, groups in values.items():
            for group, each in groups.items():
                if any(isinstance(value, float) for value in each):
                    raise InvalidInput(f"peers of {name}: never a float")
                self._sorted[name, group] = sorted(each)
            self._sorted[name, None] = sorted(v for each in groups.values() for v in each)

    def size(self, name: str, group: str | None = None) -> int:
        """How many values a group has; of all groups when none is named."""
        return len(self._sorted.get((name, group), ()))

    def mean(self, name: str, group: str | None = None) -> Fraction | None:
        """The mean of a group; ``None`` when it has no values."""
        held = self._sorted.get((name, group), [])
        return sum(map(exact, held), Fraction(0)) / len(held) if held else None

    def better(self, name: str, group: str | None, value: Number, *, lower: bool) -> int:
        """How many of a group are better than a value; ties are not."""
        held = self._sorted.get((name, group), [])
        return bisect_left(held, value) if lower else len(held) - bisect_right(held, value)


class Outcome(StrEnum):
    """How a rating ended."""

    RATED = "rated"
    NO_GRADE = "no_grade"
    """below the lowest grade"""
    UNRATED = "unrated"
    """the rules give no rating"""
    UNDETERMINED = "undetermined"
    """it hangs on what is not known"""


class Score(NamedTuple):
    """What one item has.

    Attributes:
        code: of the item.
        points: earned; ``None`` when not known or not rated.
        most: what could be earned, of what applies; 0 when it does not apply.
        nominal: the printed maximum.
        state: ``""``, a state of a missing answer, or ``"unrated"``.
        own, imputed: cases that a measured value rests on, and those topped up with the mean.
    """

    code: str
    points: Fraction | None
    most: Fraction
    nominal: Fraction
    state: str = ""
    own: int | None = None
    imputed: int | None = None

    @property
    def share(self) -> Fraction | None:
        """Earned, of the printed maximum."""
        return None if self.points is None or not self.nominal else self.points / self.nominal


class Lack(NamedTuple):
    """Something not known on which the grade hangs."""

    path: str
    what: str


class Remark(NamedTuple):
    """Something that a step has to say."""

    step: str
    code: str
    values: Mapping[str, Any]


class Check(NamedTuple):
    """What one grade asks, and what there is.

    Attributes:
        grade: its code.
        kind: ``"total"``, ``"section"`` or ``"prerequisite"``.
        name: what is looked at.
        holds: ``None`` when it is not known.
        has, needs: points, a number, or words; for a gate always points.
        share: the share asked for, where it is one.
        sources: ids.
    """

    grade: str
    kind: str
    name: str
    holds: bool | None
    has: Any
    needs: Any
    share: Fraction | None = None
    sources: tuple[str, ...] = ()

    @property
    def short(self) -> Fraction:
        """The points still needed; 0 where it holds or is no gate."""
        if self.kind == "prerequisite" or self.holds is not False:
            return Fraction(0)
        return exact(self.needs) - exact(self.has)


@frozen
class Rating:
    """The outcome of one sheet under one scheme.

    Attributes:
        scheme: the scheme.
        subject: id of the sheet.
        on: the day.
        outcome: how it ended.
        rank: from 1; 0 for no grade, ``None`` when unrated or undetermined.
        values: every step's value.
        scores: every item's score, by code.
        total, most: points earned, and what could be earned of what applies.
        checks: what each grade asks.
        lacks: what is not known on which the grade hangs.
        remarks: what else the steps have to say.
        settings: the readings taken.
    """

    scheme: Scheme = field(repr=lambda scheme: scheme.id)
    subject: str
    on: date | None
    outcome: Outcome
    rank: int | None
    values: Mapping[str, Any]
    scores: Mapping[str, Score]
    total: Fraction | None
    most: Fraction
    checks: tuple[Check, ...] = ()
    lacks: tuple[Lack, ...] = ()
    remarks: tuple[Remark, ...] = ()
    settings: Mapping[str, str] = field(factory=dict)

    @property
    def grade(self) -> SchemeGrade | None:
        """The grade; ``None`` when there is none."""
        return self.scheme.grades[self.rank - 1] if self.rank and self.rank > 0 else None

    @property
    def binding(self) -> tuple[Check, ...]:
        """What keeps it from the next grade: the checks of that grade that do not hold."""
        if self.rank is None or self.rank >= len(self.scheme.grades):
            return ()
        following = self.scheme.grades[self.rank].code
        return tuple(c for c in self.checks if c.grade == following and c.holds is not True)

    def explain(self, language: str) -> str:
        """The rating in words.

        Args:
            language: ``"zh_CN"`` or ``"en"``.

        Raises:
            InvalidInput: for another language.
        """
        from minzheng.rating.tell import explain

        return explain(self, language)
