"""The steps of a pipeline: each makes one named value from values before it.

Here are what all share, and the steps that make numbers or look up bands.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Mapping
from enum import Enum
from fractions import Fraction
from functools import cached_property
from typing import Any, Protocol

from attrs import field, frozen

from minzheng.rating.numbers import Number, Rounding, exact, lean, rounded

__all__ = [
    "UNRATED",
    "Band",
    "Bands",
    "Env",
    "Of",
    "PipelineStep",
    "Ratio",
    "Round",
    "Scale",
    "Sum",
    "Test",
    "Unrated",
    "Value",
]


class Unrated(Enum):
    """A value that the rules do not give, which is an answer; unlike ``None``, not known."""

    UNRATED = "unrated"


UNRATED = Unrated.UNRATED
Value = Any
"""A number, a flag, a word, a set of words, ``UNRATED``, or ``None``: not known."""


class Env(Protocol):
    """What a step sees."""

    def value(self, name: str) -> Value:
        """A value by name; ``None`` when it is not known."""

    def say(self, step: str, text: str, **values: object) -> None:
        """Keep a remark on a step."""

    def percentile(self, step: Any, value: Number) -> Value:
        """The rank among the peers."""

    def gates(self, step: Any) -> Value:
        """The highest grade whose gates hold."""


@frozen
class Test:
    """A condition on one value; several stand for "and".

    Attributes:
        name: of the value.
        at_least, at_most: limits of a number.
        above: the name of another value that it must exceed.
        holds: what a flag must be.
        among: the words it may be.
    """

    name: str
    at_least: Fraction | None = None
    at_most: Fraction | None = None
    above: str | None = None
    holds: bool | None = None
    among: tuple[str, ...] = ()

    def run(self, env: Env) -> bool | None:
        """Whether it holds; ``None`` when it hangs on what is not known."""
        value = env.value(self.name)
        if value is None:
            return None
        if value is UNRATED:
            return False
        if self.holds is not None:
            return bool(value) is self.holds
        if self.among:
            return value in self.among
        if self.at_least is not None and value < self.at_least:
            return False
        if self.at_most is not None and value > self.at_most:
            return False
        if self.above is not None:
            other = env.value(self.above)
            return None if other is None else other is not UNRATED and value > other
        return True

    def names(self) -> tuple[str, ...]:
        """The values it looks at."""
        return (self.name,) if self.above is None else (self.name, self.above)


@frozen
class PipelineStep:
    """One step.

    Attributes:
        name: of the value it makes.
        label, label_zh: what it is called.
        given: the value may be stated in place of being computed.
        source: ids of its sources.
    """

    name: str
    label: str = field(default="", kw_only=True)
    label_zh: str = field(default="", kw_only=True)
    given: bool = field(default=False, kw_only=True)
    source: tuple[str, ...] = field(default=(), kw_only=True)

    def names(self) -> tuple[str, ...]:
        """The values it looks at."""
        return ()

    def range(self, grades: int) -> tuple[int | None, int | None]:
        """The least and the greatest rank it may be; ``None`` twice for what is no rank.

        Args:
            grades: how many grades the scheme has.
        """
        return 1, grades

    def run(self, env: Env) -> Value:
        """The value, UNRATED, or ``None``: not known."""
        raise NotImplementedError


@frozen
class Of(PipelineStep):
    """A step that makes its value from one other.

    Attributes:
        of: the name of the other.
    """

    of: str

    def names(self) -> tuple[str, ...]:
        return (self.of,)

    def run(self, env: Env) -> Value:
        value = env.value(self.of)
        return value if value is None or value is UNRATED else self.make(value, env)

    def make(self, value: Number, env: Env) -> Value:
        """The value, from one that is known."""
        raise NotImplementedError


@frozen
class Sum(PipelineStep):
    """A sum with weights; where ``least`` values are enough, the weights of those there are stretched.

    Attributes:
        of: names of the values.
        weights: their weights; all 1 when left out.
        least: values that must be there; all of them when left out.
    """

    of: tuple[str, ...]
    weights: tuple[Fraction, ...] = ()
    least: int | None = None

    def names(self) -> tuple[str, ...]:
        return self.of

    def range(self, grades: int) -> tuple[int | None, int | None]:
        return None, None

    def run(self, env: Env) -> Value:
        weights = self.weights or (Fraction(1),) * len(self.of)
        values = [env.value(name) for name in self.of]
        if None in values:
            return None
        held = [(exact(v), w) for v, w in zip(values, weights, strict=True) if v is not UNRATED]
        if len(held) < (len(self.of) if self.least is None else self.least):
            return UNRATED
        total = sum((value * weight for value, weight in held), Fraction(0))
        if len(held) == len(values):
            return total
        return total * sum(weights) / sum(weight for _, weight in held)


@frozen
class Ratio(PipelineStep):
    """A value set against its norm: reported, over expected, times the average.

    Attributes:
        of, over: names of the reported and of the expected value.
        times: the norm.
    """

    of: str
    over: str
    times: Fraction | None = None
    times_of: str | None = None

    def names(self) -> tuple[str, ...]:
        return (
            (self.of, self.over) if self.times_of is None else (self.of, self.over, self.times_of)
        )

    def range(self, grades: int) -> tuple[int | None, int | None]:
        return None, None

    def run(self, env: Env) -> Value:
        values = [env.value(name) for name in self.names()]
        if UNRATED in values:
            return UNRATED
        if None in values:
            return None
        reported, expected = exact(values[0]), exact(values[1])
        if expected == 0:
            return UNRATED
        norm = exact(values[2]) if self.times_of is not None else self.times or Fraction(1)
        return reported / expected * norm


@frozen
class Scale(Of):
    """A value times a factor.

    Attributes:
        by: the factor.
    """

    by: Fraction

    def range(self, grades: int) -> tuple[int | None, int | None]:
        return None, None

    def make(self, value: Number, env: Env) -> Value:
        return exact(value) * self.by


@frozen
class Round(Of):
    """A value rounded.

    Attributes:
        places: after the point.
        mode: which way.
    """

    mode: Rounding
    places: int = 0

    def range(self, grades: int) -> tuple[int | None, int | None]:
        return None, None

    def make(self, value: Number, env: Env) -> Value:
        return rounded(value, self.places, self.mode)


@frozen
class Band:
    """One band; without a limit it is open.

    Attributes:
        gives: the grade's code, or the value.
        lo, hi: the limits.
        lo_in, hi_in: whether a limit belongs to it.
    """

    gives: str
    lo: Fraction | None = None
    hi: Fraction | None = None
    lo_in: bool = True
    hi_in: bool = True

    @cached_property
    def _limits(self) -> tuple[Any, Any]:
        lo, hi = (None if each is None else lean(each) for each in (self.lo, self.hi))
        return lo, hi

    def __contains__(self, value: object) -> bool:
        number: Any = value
        lo, hi = self._limits
        above = lo is None or number > lo or (self.lo_in and number == lo)
        return above and (hi is None or number < hi or (self.hi_in and number == hi))


@frozen
class Bands(Of):
    """A table of bands as it is printed; a value in no band, or in two, is not rated silently.

    Attributes:
        bands: in any order.
        below: the value in no band below the lowest has no grade (rank 0), as the text says.
        whole: the table speaks of whole points only.
        printed: the table as printed, where it had to be put right.
    """

    bands: tuple[Band, ...]
    below: bool = False
    whole: bool = False
    printed: tuple[Band, ...] = ()
    ranks: Mapping[str, int] = field(factory=dict, eq=False, metadata={"json": False})

    @cached_property
    def _ordered(self) -> tuple[Any, tuple[Band, ...]] | None:
        """The bands by their lower limits, where they lie apart and can be searched."""
        open_ = [band for band in self.bands if band.lo is None]
        rest = sorted((each for each in self.bands if each.lo is not None), key=lambda b: b.lo or 0)
        ordered = (*open_, *rest)
        for lower, upper in itertools.pairwise(ordered):
            if lower.hi is None or upper.lo is None or lower.hi > upper.lo:
                return None
        return [lean(band.lo) for band in rest if band.lo is not None], ordered

    def _found(self, value: Number) -> list[Band]:
        if self._ordered is None:
            return [band for band in self.bands if value in band]
        limits, ordered = self._ordered
        at = bisect_right(limits, value) - len(limits) + len(ordered)
        return [band for band in ordered[max(0, at - 2) : at] if value in band]

    def range(self, grades: int) -> tuple[int | None, int | None]:
        ranks = list(self.ranks.values()) or [0]
        return (0 if self.below else min(ranks)), max(ranks)

    def make(self, value: Number, env: Env) -> Value:
        found = self._found(lean(value))
        if len(found) == 1:
            return self.ranks[found[0].gives]
        if found:
            env.say(self.name, "two_bands", value=value, bands=[each.gives for each in found])
            return None
        lows = [band.lo for band in self.bands]
        if (
            self.below
            and None not in lows
            and value < min(each for each in lows if each is not None)
        ):
            return 0
        env.say(self.name, "no_band", value=value)
        return None
