"""A leaf of a score sheet: how an answer becomes points.

The rules of score sheets are combinations of a few parts. A leaf *gives* (all or nothing, points
per part met, a ladder, tiers, points per unit) or *takes* from its maximum (points per part unmet,
per missing area, at an assessor's discretion); a master condition may set the whole to nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Any

from attrs import frozen

from minzheng.base.brief import shown
from minzheng.base.lists import a_list
from minzheng.errors import Fault, InvalidInput, MinzhengError, WrongType
from minzheng.rating.numbers import Number, exact, number, plain, total, within

__all__ = ["Answer", "Kind", "Leaf", "Performance", "Taken"]

ZERO = Fraction(0)


class Kind(StrEnum):
    """The thirteen kinds of rules found in score sheets; an item may need several."""

    ALL_OR_NOTHING = "all_or_nothing"
    DEDUCT_EACH = "deduct_each"
    DEDUCT_UNEQUAL = "deduct_unequal"
    MASTER_CONDITION = "master_condition"
    DISCRETION = "discretion"
    CAPPED_ACCUMULATION = "capped_accumulation"
    VOLUME_LADDER = "volume_ladder"
    SHARE_LADDER = "share_ladder"
    CONDITIONAL_NA = "conditional_na"
    CONTENT_PERFORMANCE = "content_performance"
    NO_DOUBLE_COUNT = "no_double_count"
    DEDUCTION_CAP = "deduction_cap"
    TIER = "tier"


@frozen
class Answer:
    """What was found for one leaf; ``None`` is not known.

    Attributes:
        met: for all or nothing.
        parts: for each part in order whether it is met.
        count: how many, how much, or the measured value.
        counts: the same by source, where some sources must not be counted twice.
        size: how many cases a measured value rests on.
        tiers: for each group of tiers the label of the one that holds, ``""`` for none.
        condition: whether the master condition holds.
        deduct: points that the assessor takes off.
        missing_areas: how many areas are missing, where each costs points.
        points: the points themselves, for an item scored by its subtotal.
        most: beside ``points``, the maximum of what applies; the printed one when left out.
        state: a word for why it has no answer, such as ``"not_applicable"``.
        evidence: what was looked at.
    """

    met: bool | None = None
    parts: tuple[bool | None, ...] | None = None
    count: Number | None = None
    counts: Mapping[str, Number] | None = None
    size: int | None = None
    tiers: tuple[str | None, ...] | None = None
    condition: bool | None = None
    deduct: Number | None = None
    missing_areas: int | None = None
    points: Number | None = None
    most: Number | None = None
    state: str | None = None
    evidence: str = ""

    def faults(self) -> Iterator[Fault]:
        """What no rule can take: values of another type, and negative numbers."""
        for name, take in _TAKEN.items():
            value = getattr(self, name)
            if value is not None:
                try:
                    take(value)
                except MinzhengError as error:
                    found = InvalidInput(str(error)) if isinstance(error, WrongType) else error
                    assert isinstance(found, InvalidInput)
                    yield from found.under(name).faults


def _each(rows: Iterable[tuple[str, object]], take: Callable[[object], object]) -> None:
    faults: list[Fault] = []
    for path, value in rows:
        if value is not None:
            try:
                take(value)
            except MinzhengError as error:
                faults.append(Fault(path, str(error)))
    if faults:
        raise InvalidInput(faults)


def _counts(value: object) -> None:
    if not isinstance(value, Mapping):
        raise InvalidInput(f"expected numbers by source, got {shown(value)}")
    _each(((str(key), each) for key, each in value.items()), _amount)


def _several(take: Callable[[object], object]) -> Callable[[object], None]:
    return lambda value: _each(((f"[{at}]", each) for at, each in enumerate(a_list(value))), take)


def _flag(value: object) -> None:
    if not isinstance(value, bool):
        raise InvalidInput(f"expected true or false, got {shown(value)}")


def _word(value: object) -> None:
    if not isinstance(value, str):
        raise InvalidInput(f"expected text in quotes, got {shown(value)}")


def _amount(value: object) -> Number:
    return within(value, 0, None, whole=False)


def _cases(value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise InvalidInput(f"expected a whole number from 0 on, got {shown(value)}")


_TAKEN: Mapping[str, Callable[[object], object]] = {
    "met": _flag,
    "parts": _several(_flag),
    "count": _amount,
    "counts": _counts,
    "size": _cases,
    "tiers": _several(_word),
    "condition": _flag,
    "deduct": _amount,
    "missing_areas": _cases,
    "points": _amount,
    "most": _amount,
    "state": _word,
    "evidence": _word,
}


@frozen
class Taken:
    """The sum of what a leaf gave and took, and what it lacks to be scored."""

    points: Fraction
    lacks: tuple[str, ...] = ()


@frozen
class Performance:
    """A ladder: the highest step reached counts.

    Attributes:
        steps: pairs of a limit and its points, best first or last.
        unit: what is counted.
        at_most: the limits are ceilings, and less is better.
        closed: no value lies beyond the last step.
        most: the greatest value there can be, such as 100 of a percentage.
    """

    steps: tuple[tuple[Fraction, Fraction], ...]
    unit: str = ""
    at_most: bool = False
    closed: bool = False
    most: Fraction | None = None

    @cached_property
    def _sorted(self) -> tuple[Any, tuple[Fraction, ...]]:
        sign = -1 if self.at_most else 1
        ordered = sorted((sign * limit, points) for limit, points in self.steps)
        return plain([limit for limit, _ in ordered]), tuple(points for _, points in ordered)

    def points(self, value: Number) -> Fraction | None:
        """The points of a value; ``None`` where it reaches no step."""
        limits, points = self._sorted
        if value < 0 or (self.most is not None and value > self.most):
            most = "on" if self.most is None else f"to {self.most}"
            raise InvalidInput([Fault("count", f"expected a number from 0 {most}, got {value}")])
        at = bisect_right(limits, -value if self.at_most else value)
        if not at and self.closed:
            raise InvalidInput([Fault("count", f"{value} lies beyond the table")])
        return points[at - 1] if at else None


@frozen
class Leaf:
    """The rule of one leaf.

    Attributes:
        kind, also: the main kind of rule, and the others it needs.
        parts: what the sub-points are about.
        give: points for each part met, in order.
        take: points taken for each part unmet, in order.
        exclusive: pairs of parts (counted from 1) that count once, by the larger.
        groups, group_max: parts (from 1) that share one ceiling of points taken.
        content_max: ceiling of what the parts give.
        ladder: points by a count, a share or a measured value.
        tiers: groups of options that exclude each other, each with its points.
        unit_points, cap: points for each thing counted, and the ceiling of all.
        zero_if: what sets the whole to nothing.
        discretion: least and most points that an assessor may take, or empty with ``judged``.
        judged: an assessor may take points.
        area_points, area_cap: points taken for each missing area, and the most.
        not_counted: sources of a count that are counted elsewhere.
        recorded: other numbers that a program keeps for the options.
    """

    kind: Kind
    also: tuple[Kind, ...] = ()
    parts: tuple[str, ...] = ()
    give: tuple[Fraction, ...] = ()
    take: tuple[Fraction, ...] = ()
    exclusive: tuple[tuple[int, int], ...] = ()
    groups: tuple[tuple[int, ...], ...] = ()
    group_max: tuple[Fraction, ...] = ()
    content_max: Fraction | None = None
    ladder: Performance | None = None
    tiers: tuple[tuple[tuple[str, Fraction], ...], ...] = ()
    unit_points: Fraction | None = None
    cap: Fraction | None = None
    zero_if: str = ""
    discretion: tuple[Fraction, ...] = ()
    judged: bool = False
    area_points: Fraction | None = None
    area_cap: Fraction | None = None
    not_counted: tuple[str, ...] = ()
    recorded: tuple[Fraction, ...] = ()

    @cached_property
    def whole(self) -> bool:
        """All or nothing: the leaf asks whether the item is met."""
        kinds = (self.kind, *self.also)
        return Kind.ALL_OR_NOTHING in kinds and not (self.give or self.take or self.tiers)

    @cached_property
    def gives(self) -> bool:
        """It begins at nothing; a leaf that only takes begins at its maximum."""
        return bool(
            self.whole or self.give or self.ladder or self.tiers or self.unit_points is not None
        )

    @cached_property
    def simple(self) -> bool:
        """It is only a ladder, as the measures of large schemes are."""
        return self.ladder is not None and not (
            self.give or self.take or self.tiers or self.zero_if or self.judged or self.not_counted
        )

    def faults(self) -> Iterable[Fault]:
        """What is wrong with the rule itself."""
        kinds = (self.kind, *self.also)
        needs: dict[Kind, tuple[str, object]] = {
            Kind.MASTER_CONDITION: ("zero_if", self.zero_if),
            Kind.CAPPED_ACCUMULATION: ("unit_points", self.unit_points is not None and self.cap),
            Kind.VOLUME_LADDER: ("ladder", self.ladder),
            Kind.SHARE_LADDER: ("ladder", self.ladder),
            Kind.DEDUCT_EACH: ("give", self.give or self.take),
            Kind.DEDUCT_UNEQUAL: ("give", self.give or self.take),
            Kind.DISCRETION: ("judged", self.judged),
            Kind.CONTENT_PERFORMANCE: ("content_max", self.content_max is not None and self.ladder),
            Kind.NO_DOUBLE_COUNT: ("not_counted", True),
            Kind.DEDUCTION_CAP: ("area_cap", self.area_cap is not None),
            Kind.TIER: ("tiers", self.tiers or self.exclusive),
        }
        for kind in kinds:
            if kind in needs and not needs[kind][1]:
                yield Fault(needs[kind][0], f"is required for the kind {kind.value!r}")
        ladder = self.ladder
        if (
            Kind.SHARE_LADDER in kinds
            and ladder is not None
            and ladder.most is None
            and not (ladder.closed and ladder.at_most)
        ):
            yield Fault("ladder.most", "is required of a share: 1, or 100 of a percentage")
        if self.give and self.take:
            yield Fault("take", "parts are given or taken, not both")
        if self.discretion and len(self.discretion) != 2:
            yield Fault("discretion", "expected the least and the most points")
        if len(self.groups) != len(self.group_max):
            yield Fault("group_max", "expected one ceiling for each group")
        size = len(self.give or self.take)
        for at in (
            *(i for pair in self.exclusive for i in pair),
            *(i for g in self.groups for i in g),
        ):
            if not 1 <= at <= size:
                yield Fault("parts", f"expected a part 1 to {size}, got {at}")

    def score(self, answer: Answer, most: Fraction) -> Taken:
        """The points of an answer.

        Args:
            answer: what was found.
            most: the item's maximum.

        Raises:
            InvalidInput: for an answer that the rule cannot take.
        """
        if self.simple:
            value = self.counted(answer)
            if value is None:
                return Taken(ZERO, ("count",))
            return Taken(self._step(value))
        lacks: list[str] = []
        if self.zero_if and answer.condition is not True:
            return Taken(ZERO, () if answer.condition is False else ("condition",))
        terms = [] if self.gives else [most]
        if self.whole:
            if answer.met is None:
                lacks.append("met")
            terms += [most] if answer.met else []
        if self.give:
            terms.append(self._given(answer, lacks))
        if self.take:
            terms.append(-self._taken(answer, lacks))
        if self.ladder is not None or self.unit_points is not None:
            terms.append(self._counted(answer, lacks))
        if self.tiers:
            terms.append(self._tiers(answer, lacks))
        if self.judged:
            terms.append(-self._judged(answer, lacks))
        if self.area_points is not None:
            if answer.missing_areas is None:
                lacks.append("missing_areas")
            off = self.area_points * (answer.missing_areas or 0)
            terms.append(-(off if self.area_cap is None else min(off, self.area_cap)))
        points = terms[0] if len(terms) == 1 else total(terms)
        return Taken(max(ZERO, min(most, points)), tuple(lacks))

    def _met(
        self, answer: Answer, steps: tuple[Fraction, ...], lacks: list[str]
    ) -> tuple[bool | None, ...]:
        met = answer.parts if answer.parts is not None else (None,) * len(steps)
        if len(met) != len(steps):
            raise InvalidInput([Fault("parts", f"expected {len(steps)} parts, got {len(met)}")])
        if None in met:
            lacks += [f"parts[{at}]" for at, each in enumerate(met) if each is None]
        return met

    def _given(self, answer: Answer, lacks: list[str]) -> Fraction:
        met = self._met(answer, self.give, lacks)
        given = [step if each else ZERO for step, each in zip(self.give, met, strict=True)]
        for first, second in self.exclusive:
            lesser = min((first - 1, second - 1), key=lambda at: given[at])
            given[lesser] = ZERO
        points = total(given)
        return points if self.content_max is None else min(points, self.content_max)

    def _taken(self, answer: Answer, lacks: list[str]) -> Fraction:
        met = self._met(answer, self.take, lacks)
        taken = [ZERO if each else step for step, each in zip(self.take, met, strict=True)]
        points = []
        for group, most in zip(self.groups, self.group_max, strict=True):
            points.append(min(most, total(taken[at - 1] for at in group)))
            for at in group:
                taken[at - 1] = ZERO
        return total([*points, *taken])

    def counted(self, answer: Answer) -> Number | None:
        """What counts of an answer; ``None`` where nothing was counted."""
        if answer.counts is None:
            return answer.count
        return sum(
            (exact(n) for source, n in answer.counts.items() if source not in self.not_counted),
            ZERO,
        )

    def _step(self, value: Number) -> Fraction:
        assert self.ladder is not None
        found = self.ladder.points(value)
        return ZERO if found is None else found

    def _counted(self, answer: Answer, lacks: list[str]) -> Fraction:
        value = self.counted(answer)
        if value is None:
            lacks.append("count")
            return ZERO
        points = ZERO if self.ladder is None else self._step(value)
        if self.unit_points is not None:
            each = self.unit_points * exact(value)
            points += each if self.cap is None else min(each, self.cap)
        return points

    def _tiers(self, answer: Answer, lacks: list[str]) -> Fraction:
        chosen = answer.tiers if answer.tiers is not None else (None,) * len(self.tiers)
        if len(chosen) != len(self.tiers):
            raise InvalidInput([Fault("tiers", f"expected {len(self.tiers)}, got {len(chosen)}")])
        points = ZERO
        for at, (word, options) in enumerate(zip(chosen, self.tiers, strict=True)):
            if word is None:
                lacks.append(f"tiers[{at}]")
            elif word:
                held = dict(options)
                if word not in held:
                    known = ", ".join(map(repr, held))
                    raise InvalidInput(
                        [Fault(f"tiers[{at}]", f"expected {known}, got {shown(word)}")]
                    )
                points += held[word]
        return points

    def _judged(self, answer: Answer, lacks: list[str]) -> Fraction:
        if answer.deduct is None:
            lacks.append("deduct")
            return ZERO
        off = exact(number(answer.deduct))
        if off and self.discretion and not self.discretion[0] <= off <= self.discretion[1]:
            stated = " to ".join(str(each) for each in self.discretion) or "no less than 0"
            raise InvalidInput([Fault("deduct", f"expected 0 or {stated} points, got {off}")])
        return off

    def _by_parts(self, met: tuple[bool | None, ...]) -> Fraction:
        answer = Answer(parts=met)
        return self._given(answer, []) if self.give else -self._taken(answer, [])

    def reachable(self, most: Fraction) -> frozenset[Fraction]:
        """Every amount of points that an answer can bring, at whole or half discretion."""
        sums = {ZERO if self.gives else most}
        for options in self._choices(most):
            sums = {first + each for first, each in product(sums, options)}
        held = {max(ZERO, min(most, each)) for each in sums}
        return frozenset(held | {ZERO} if self.zero_if else held)

    def _choices(self, most: Fraction) -> Iterable[set[Fraction]]:
        zero = ZERO
        if self.whole:
            yield {zero, most}
        if self.give or self.take:
            size = len(self.give or self.take)
            if len(set(self.give or self.take)) == 1 and not self.exclusive and not self.groups:
                # equal steps: only how many are met matters
                yield {self._by_parts((True,) * n + (False,) * (size - n)) for n in range(size + 1)}
            else:
                yield {self._by_parts(met) for met in product((True, False), repeat=size)}
        if self.ladder is not None:
            yield {zero, *(points for _, points in self.ladder.steps)}
        if self.unit_points:
            top = self.cap if self.cap is not None else most
            yield {min(top, self.unit_points * n) for n in range(int(top / self.unit_points) + 2)}
        for group in self.tiers:
            yield {zero, *(points for _, points in group)}
        if self.judged:
            low, high = self.discretion or (ZERO, most)
            yield {zero, *(-Fraction(n) for n in range(int(low), int(high) + 1))}
        if self.area_points:
            top = self.area_cap if self.area_cap is not None else most
            yield {-min(top, self.area_points * n) for n in range(int(top / self.area_points) + 2)}
