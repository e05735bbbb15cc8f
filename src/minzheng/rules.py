"""What binds one benefit's rule together: facts, member, decide and terms.

A rule is plain Python over whole numbers: ``member`` maps a person to additive
totals, the totals are added, ``decide`` settles the case. The same functions
serve one case and a column of a million.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import IntEnum
from functools import cache
from operator import attrgetter, mul
from typing import Any, ClassVar, Generic, TypeVar

from attrs import NOTHING, field, fields, frozen

from minzheng.standards import Standards
from minzheng.standards.reading import Resolved

__all__ = ["Outcome", "Rule", "Vector", "dot", "fact", "limited"]

Case = TypeVar("Case")
Member = TypeVar("Member")
Totals = TypeVar("Totals")
Terms = TypeVar("Terms")
Result = TypeVar("Result")


class Outcome(IntEnum):
    """How a case ends."""

    GRANTED = 1
    REFUSED = 2
    UNDETERMINED = 3
    """a fact or a figure is missing that the answer hangs on"""


class Vector(tuple[Any, ...]):
    """Numbers or flags, one for each member of an enumeration, and indexed by its members.

    The members are numbered without a gap, in the order of declaration.

    Example:
        >>> paid = Vector.of(Outcome)((100, 0, 0))
        >>> paid[Outcome.GRANTED], paid[2]
        (100, 0)
        >>> paid[0]
        Traceback (most recent call last):
        IndexError: 0 is no Outcome
    """

    __slots__ = ()
    first: ClassVar[int]
    by: ClassVar[type[IntEnum]]

    @classmethod
    @cache
    def of(cls, by: type[IntEnum]) -> type[Vector]:
        """The class of vectors by an enumeration.

        Args:
            by: the enumeration.

        Raises:
            TypeError: when its members are not numbered one after another.
        """
        numbers = [int(each) for each in by]
        first = numbers[0]
        if numbers != list(range(first, first + len(numbers))):
            raise TypeError(f"{by.__name__} is not numbered without a gap, as an index must be")
        entry = tuple.__getitem__

        def __getitem__(self: Vector, member: Any) -> Any:  # noqa: N807 - one of its own is faster
            """The entry of a member, or of its number."""
            place = member - first
            if place < 0:  # tuple itself refuses one that is too large
                raise IndexError(f"{member} is no {by.__name__}")
            return entry(self, place)

        own = {"__slots__": (), "__getitem__": __getitem__, "first": first, "by": by}
        return type(f"VectorBy{by.__name__}", (cls,), own)

    def __new__(cls, values: Iterable[Any]) -> Vector:
        """One value for each member, in the order of declaration."""
        made = super().__new__(cls, values)
        if len(made) != len(cls.by):
            raise ValueError(f"expected {len(cls.by)} values by {cls.by.__name__}, got {len(made)}")
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled by the enumeration."""
        return _vector, (self.by, tuple(self))


def _vector(by: type[IntEnum], values: tuple[Any, ...]) -> Vector:
    return Vector.of(by)(values)


def dot(amounts: Iterable[int], factors: Iterable[int]) -> int:
    """The sum of the products of two vectors by the same enumeration.

    Args:
        amounts: of one.
        factors: of the other; flags pick the amounts that are added.

    Example:
        >>> dot(Vector.of(Outcome)((5, 7, 9)), Vector.of(Outcome)((True, False, True)))
        14
    """
    return sum(map(mul, amounts, factors))


def fact(
    label: str,
    unit: str = "",
    rests_on: str = "",
    *,
    shown: tuple[Outcome, ...] = tuple(Outcome),
    none: int = -1,
) -> Any:
    """A field of a result, with its label, its unit and the series it rests on.

    Args:
        label: message id; ``""`` keeps the field out of explanations.
        unit: message id: ``"yuan a year"`` and the like for fen, ``"persons"``.
        rests_on: name of the series whose rows cite the law.
        shown: the outcomes for which the field says something.
        none: the whole number that stands for "not there" or "not known"; a column of
            results has a null for it.
    """
    about = {"label": label, "unit": unit, "rests_on": rests_on, "shown": shown, "none": none}
    return field(metadata=about)


def limited(
    default: Any = NOTHING,
    *,
    least: int = 0,
    most: int | None = None,
    within: str = "",
    together: str = "",
    most_by: tuple[str, Mapping[int, int]] | None = None,
    counted: Mapping[int, tuple[int, int]] | None = None,
) -> Any:
    """A field of facts with its limits; a table that breaks them is refused.

    Args:
        default: of the field.
        least: the smallest value of a whole number.
        most: the largest; ``None`` for none.
        within: another field that is at least as large.
        together: another field that is 0 exactly where this one is.
        most_by: another field, and the largest value for some of its values.
        counted: for a fact of members, how often some values occur in a case: from, to.

    Example:
        >>> from attrs import frozen
        >>> @frozen
        ... class Facts:
        ...     grade: int = limited(0, most=4)
        >>> Facts().grade
        0
    """
    about = {
        "least": least,
        "most": most,
        "within": within,
        "together": together,
        "most_by": most_by,
        "counted": counted,
    }
    return field(default=default, metadata=about)


@frozen
class Rule(Generic[Case, Member, Totals, Terms, Result]):
    """One benefit's rule.

    Attributes:
        name: such as ``"dibao"``.
        case: attrs class of the case's own facts.
        result: attrs class of every intermediate amount; that is the explanation. In a
            field made by :func:`fact` the number -1 is not known.
        terms_class: attrs class of the figures and choices of law of a day.
        decide: ``(case, totals, terms) -> result``; without the totals where not ``totalled``.
        terms: ``(standards, area, on, residence) -> Resolved[Terms]``.
        member_class: attrs class of one person's facts; ``None`` for a benefit of
            one person, whose ``decide`` takes ``totals=None``.
        totals: attrs class of integers that add up; its defaults are nothing.
        member: ``(person, terms) -> totals``.
        lacks: by the number of a ``reason`` for which a result is undetermined, the series
            that it lacks; a column of results names it as missing. Where a result has ``reasons``,
            bits of one number, the lowest bit that lacks something tells.
        totalled: whether ``decide`` takes totals.
    """

    name: str
    case: type[Case]
    result: type[Result]
    terms_class: type[Terms]
    decide: Callable[..., Result]
    terms: Callable[[Standards, str, date, Any], Resolved[Terms]]
    member_class: type[Member] | None = None
    totals: type[Totals] | None = None
    member: Callable[[Member, Terms], Totals] | None = None
    lacks: Mapping[int, str] = field(factory=dict, hash=False)
    totalled: bool = True

    def run(self, case: Case, members: Iterable[Member], terms: Terms) -> Result:
        """Map the members, add their totals, decide the case."""
        if self.member is None or self.totals is None:
            return self.decide(case, None, terms) if self.totalled else self.decide(case, terms)
        counted: Any = self.totals
        amounts = _amounts(counted)
        rows = [amounts(self.member(each, terms)) for each in members]
        totals = self.totals(*map(sum, zip(*rows, strict=True))) if rows else self.totals()
        return self.decide(case, totals, terms)


@cache
def _amounts(totals: Any) -> Callable[[object], tuple[int, ...]]:
    names = [each.name for each in fields(totals)]
    if len(names) == 1:  # attrgetter of one name gives no tuple
        return lambda made: (getattr(made, names[0]),)
    return attrgetter(*names)
