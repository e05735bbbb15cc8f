"""The steps that make ranks: matrices, means, places among peers, changes, ceilings, counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from attrs import frozen

from minzheng.rating.numbers import Number, Rounding, exact, rounded
from minzheng.rating.steps import (
    UNRATED,
    Bands,
    Env,
    Of,
    PipelineStep,
    Ratio,
    Round,
    Scale,
    Sum,
    Test,
    Value,
)

__all__ = [
    "STEPS",
    "Adjust",
    "Cap",
    "Count",
    "CountRule",
    "First",
    "Gates",
    "Matrix",
    "Mean",
    "Override",
    "Percentile",
    "Rule",
]


def _all(tests: Sequence[Test], env: Env) -> bool | None:
    found = [each.run(env) for each in tests]
    if False in found:
        return False
    return None if None in found else True


@frozen
class Matrix(PipelineStep):
    """A look-up by two ranks.

    Attributes:
        row, column: names of the ranks, from 1.
        cells: by row, then by column.
    """

    row: str
    column: str
    cells: tuple[tuple[int, ...], ...]

    def names(self) -> tuple[str, ...]:
        return (self.row, self.column)

    def run(self, env: Env) -> Value:
        row, column = env.value(self.row), env.value(self.column)
        if UNRATED in (row, column):
            return UNRATED
        if row is None or column is None:
            return None
        return self.cells[int(row) - 1][int(column) - 1]


@frozen
class Mean(PipelineStep):
    """The mean of ranks, a half going toward one of them.

    Attributes:
        of: names of the ranks.
        toward: the one it goes toward.
    """

    of: tuple[str, ...]
    toward: str

    def names(self) -> tuple[str, ...]:
        return self.of

    def run(self, env: Env) -> Value:
        values = [env.value(name) for name in self.of]
        if UNRATED in values:
            return UNRATED
        if None in values:
            return None
        mean = sum(map(exact, values), Fraction(0)) / len(values)
        if mean % 1 == Fraction(1, 2):
            return int(mean) + (env.value(self.toward) > mean)
        return int(rounded(mean, 0, Rounding.HALF_UP))


@frozen
class Percentile(Of):
    """A rank by the place among peers, best first.

    Attributes:
        shares: the share of peers up to which each rank goes, from the highest rank down; the
            rest has the lowest.
        lower_is_better: as for penalties.
        least_group: peers that a group must have; with fewer, all peers are taken.
        hold: the rank held stays until the own value changes.
    """

    shares: tuple[Fraction, ...]
    lower_is_better: bool = False
    least_group: int = 1
    hold: bool = False

    def range(self, grades: int) -> tuple[int | None, int | None]:
        return 1, len(self.shares) + 1

    def make(self, value: Number, env: Env) -> Value:
        return env.percentile(self, value)


@frozen
class Rule:
    """A change under conditions."""

    by: int
    when: tuple[Test, ...]


@frozen
class Adjust(Of):
    """A rank moved by the first rule that holds, then kept within limits.

    Attributes:
        rules: in order; the first that holds moves the rank.
        least, most: the limits, kept after the step.
    """

    rules: tuple[Rule, ...] = ()
    least: int | None = None
    most: int | None = None

    def names(self) -> tuple[str, ...]:
        return (self.of, *(n for rule in self.rules for test in rule.when for n in test.names()))

    def make(self, value: Number, env: Env) -> Value:
        moved: Any = value
        for rule in self.rules:
            holds = _all(rule.when, env)
            if holds is None:
                return None
            if holds:
                moved = value + rule.by
                break
        if self.least is not None:
            moved = max(moved, self.least)
        return moved if self.most is None else min(moved, self.most)


@frozen
class Cap(Of):
    """A value not above another, always or under conditions.

    Attributes:
        most: the ceiling.
        most_of: the name of the ceiling.
        when: the conditions; always when empty.
    """

    most: Fraction | None = None
    most_of: str | None = None
    when: tuple[Test, ...] = ()

    def names(self) -> tuple[str, ...]:
        own = (self.of,) if self.most_of is None else (self.of, self.most_of)
        return (*own, *(n for test in self.when for n in test.names()))

    def make(self, value: Number, env: Env) -> Value:
        top = self.most if self.most_of is None else env.value(self.most_of)
        if top is UNRATED:
            return value
        if top is not None and value <= top:
            return value
        holds = _all(self.when, env)
        if holds is None or (holds and top is None):
            return None
        return top if holds else value


@frozen
class CountRule:
    """How many of the ranks must be what.

    Attributes:
        at_least, at_most: ranks that are counted.
        count: at least so many of them...
        most: ...leave the result no higher than this rank.
        count_below: fewer than so many leave it no higher.
    """

    most: int
    at_least: int | None = None
    at_most: int | None = None
    count: int | None = None
    count_below: int | None = None

    def holds(self, ranks: Sequence[Any]) -> bool:
        """Whether the ceiling applies."""
        found = sum(
            1
            for rank in ranks
            if (self.at_least is None or rank >= self.at_least)
            and (self.at_most is None or rank <= self.at_most)
        )
        if self.count is not None:
            return found >= self.count
        return self.count_below is not None and found < self.count_below


@frozen
class Count(PipelineStep):
    """A rank by counting ranks: the highest that no rule forbids.

    Attributes:
        of: names of the ranks.
        start: the highest rank.
        rules: each lowers the ceiling where it holds.
    """

    of: tuple[str, ...]
    start: int
    rules: tuple[CountRule, ...]

    def names(self) -> tuple[str, ...]:
        return self.of

    def run(self, env: Env) -> Value:
        ranks = [env.value(name) for name in self.of]
        if None in ranks:
            return None
        if UNRATED in ranks:
            return UNRATED
        return min([self.start, *(rule.most for rule in self.rules if rule.holds(ranks))])


@frozen
class First(PipelineStep):
    """The first value that is rated.

    Attributes:
        of: names in order.
    """

    of: tuple[str, ...]

    def names(self) -> tuple[str, ...]:
        return self.of

    def run(self, env: Env) -> Value:
        for name in self.of:
            value = env.value(name)
            if value is not UNRATED:
                return value
        return UNRATED


@frozen
class Gates(PipelineStep):
    """The highest grade whose gates and prerequisites all hold."""

    def range(self, grades: int) -> tuple[int | None, int | None]:
        return 0, grades

    def run(self, env: Env) -> Value:
        return env.gates(self)


@frozen
class Override:
    """An administrative act that sets a value, or takes it away.

    Attributes:
        code: of the reason.
        step: whose value it sets.
        to: the value; ``None`` leaves it unrated.
        months: how long it lasts; ``None`` where no term is stated.
        free: the act itself says the value.
        label, label_zh: the reason in words.
    """

    code: str
    step: str
    to: int | None = None
    months: int | None = None
    free: bool = False
    label: str = ""
    label_zh: str = ""
    source: tuple[str, ...] = ()


STEPS: Mapping[str, Callable[..., PipelineStep]] = {
    "sum": Sum,
    "ratio": Ratio,
    "scale": Scale,
    "round": Round,
    "bands": Bands,
    "matrix": Matrix,
    "mean": Mean,
    "percentile": Percentile,
    "adjust": Adjust,
    "cap": Cap,
    "count": Count,
    "first": First,
    "gates": Gates,
}
