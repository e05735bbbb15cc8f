"""Which of several benefits a person may receive together: the rules as data, applied.

Amounts are whole fen a year, in which months and years add up exactly. Nothing here knows a
benefit: names, rules and amounts in, combinations out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import combinations

from attrs import frozen

__all__ = ["Cut", "Drop", "Kept", "Overlap", "Pair", "cycle", "options"]

Pair = tuple[str, str]
"""Two benefits, in the order in which the table names them."""


class Overlap(StrEnum):
    """What holds for two benefits of one person."""

    TOGETHER = "both"
    """both are received"""
    FIRST = "first"
    """the first excludes the second"""
    SECOND = "second"
    """the second excludes the first"""
    CHOICE = "person_chooses"
    """one of the two, at the person's choice"""
    HIGHER = "higher"
    """one of the two, the higher; asking for it is the person's choice"""
    FIRST_NET = "first_net"
    """the first is reduced by the second"""
    SECOND_NET = "second_net"
    """the second is reduced by the first"""
    FIRST_NET_IF_CUT = "first_net_if_cut"
    """the first is reduced by the second where another reduces it too; else it excludes it"""

    @property
    def chooses(self) -> bool:
        """Whether only one of the two is received, and the person says which."""
        return self in (Overlap.CHOICE, Overlap.HIGHER)


@frozen
class Drop:
    """A benefit that another excludes."""

    benefit: str
    by: str
    pair: Pair


@frozen
class Cut:
    """A benefit that another reduces."""

    benefit: str
    by: str
    pair: Pair
    year: int
    """what is taken off, fen a year"""


@frozen
class Kept:
    """One combination: what is kept, at what amount, and what became of the rest.

    Attributes:
        amounts: fen a year of each benefit that is kept, after every reduction.
        drops, cuts: what was excluded or reduced, and by which pair.
        left: what the person passes over by choosing this way, and the pair that makes him.
    """

    amounts: Mapping[str, int]
    drops: tuple[Drop, ...]
    cuts: tuple[Cut, ...]
    left: tuple[Drop, ...]

    @property
    def total(self) -> int:
        """Fen a year, all benefits added."""
        return sum(self.amounts.values())


def options(
    granted: Mapping[str, int], rules: Mapping[Pair, Overlap], order: Sequence[str]
) -> tuple[Kept, ...]:
    """Every combination of what is granted, the best first.

    Args:
        granted: fen a year of each benefit that is granted by itself.
        rules: what holds for each pair; a pair left out is received together.
        order: the benefits in the order of the table; of equal ways the one that keeps the
            earlier benefits comes first.

    Returns:
        The ways, none of which keeps less than another: at least one.

    Example:
        >>> ways = options(
        ...     {"tekun": 800, "orphan": 1400, "care": 100},
        ...     {("tekun", "orphan"): Overlap.CHOICE, ("tekun", "care"): Overlap.FIRST},
        ...     ("tekun", "orphan", "care"))
        >>> [(sorted(way.amounts), way.total) for way in ways]
        [(['care', 'orphan'], 1500), (['tekun'], 800)]
    """
    names = [each for each in order if each in granted]
    held = {pair: rule for pair, rule in rules.items() if pair[0] in granted and pair[1] in granted}
    chosen = [pair for pair, rule in held.items() if rule.chooses]
    ways = [_settle(each, names, granted, held, chosen) for each in _largest(names, chosen)]
    best = [way for way in ways if not any(_is_less(way, other) for other in ways)]
    return tuple(sorted(best, key=lambda way: (-way.total, _places(way, names))))


def cycle(rules: Mapping[Pair, Overlap]) -> tuple[str, ...]:
    """Benefits that exclude or reduce one another in a circle; empty where there is none.

    Example:
        >>> cycle({("a", "b"): Overlap.FIRST, ("b", "c"): Overlap.FIRST_NET})
        ()
        >>> cycle({("a", "b"): Overlap.FIRST, ("b", "c"): Overlap.FIRST, ("a", "c"): Overlap.SECOND})
        ('a', 'b', 'c')
    """
    weaker: dict[str, set[str]] = {}
    for pair, rule in rules.items():
        if rule is not Overlap.TOGETHER and not rule.chooses:
            strong, weak = _stronger(pair, rule)
            weaker.setdefault(strong, set()).add(weak)
    left = set(weaker) | {each for group in weaker.values() for each in group}
    while left:
        free = {each for each in left if not any(each in weaker.get(by, ()) for by in left)}
        if not free:
            return tuple(sorted(left))
        left -= free
    return ()


def _stronger(pair: Pair, rule: Overlap) -> Pair:
    """The benefit that is settled first, and the one that gives way.

    Of ``FIRST_NET_IF_CUT`` the first is settled first: whether anything else reduces it is
    known without the second.
    """
    first, second = pair
    if rule in (Overlap.FIRST, Overlap.SECOND_NET, Overlap.FIRST_NET_IF_CUT):
        return first, second
    return second, first


def _largest(names: Sequence[str], chosen: Iterable[Pair]) -> list[frozenset[str]]:
    """The largest sets of benefits of which no two have to be chosen between."""
    pairs = tuple(chosen)
    torn = sorted({each for pair in pairs for each in pair})
    free = frozenset(names) - frozenset(torn)
    found: list[frozenset[str]] = []
    for size in range(len(torn), -1, -1):
        for each in map(frozenset, combinations(torn, size)):
            apart = not any(first in each and second in each for first, second in pairs)
            if apart and not any(each < other for other in found):
                found.append(each)
    return [each | free for each in found]


def _settle(
    kept: frozenset[str],
    names: Sequence[str],
    granted: Mapping[str, int],
    rules: Mapping[Pair, Overlap],
    chosen: Sequence[Pair],
) -> Kept:
    """One way of choosing, with the exclusions and reductions among what is chosen."""
    left = tuple(
        Drop(weak, strong, pair)
        for pair in chosen
        for strong, weak in (pair, pair[::-1])
        if strong in kept and weak not in kept
    )
    drops: list[Drop] = []
    cuts: list[Cut] = []
    amounts: dict[str, int] = {}
    waiting = [each for each in names if each in kept]
    inner = {pair: rule for pair, rule in rules.items() if kept.issuperset(pair)}
    while waiting:
        name = next(
            each
            for each in waiting
            if not any(
                weak == each and strong in waiting
                for pair, rule in inner.items()
                if rule is not Overlap.TOGETHER
                for strong, weak in (_stronger(pair, rule),)
            )
        )
        waiting.remove(name)
        drop = next(_excluding(name, amounts, inner, cuts), None)
        if drop is not None:
            drops.append(drop)
            continue
        amounts[name] = granted[name]
        for by, pair in _reducing(name, amounts, inner):
            cut = min(amounts[name], amounts[by])
            cuts.append(Cut(name, by, pair, cut))
            amounts[name] -= cut
        for first, pair in _reduced_by(name, amounts, inner):
            cut = min(amounts[first], amounts[name])
            cuts.append(Cut(first, name, pair, cut))
            amounts[first] -= cut
    return Kept(amounts, tuple(drops), tuple(cuts), left)


def _excluding(
    name: str, amounts: Mapping[str, int], rules: Mapping[Pair, Overlap], cuts: Sequence[Cut]
) -> Iterator[Drop]:
    for pair, rule in rules.items():
        strong, weak = _stronger(pair, rule)
        if weak != name or strong not in amounts:
            continue
        alone = rule is Overlap.FIRST_NET_IF_CUT and not any(
            each.benefit == strong for each in cuts
        )
        if rule in (Overlap.FIRST, Overlap.SECOND) or alone:
            yield Drop(name, strong, pair)


def _reducing(
    name: str, amounts: Mapping[str, int], rules: Mapping[Pair, Overlap]
) -> Iterator[tuple[str, Pair]]:
    """What is settled already and reduces this benefit."""
    for pair, rule in rules.items():
        strong, weak = _stronger(pair, rule)
        if weak == name and strong in amounts and rule in (Overlap.FIRST_NET, Overlap.SECOND_NET):
            yield strong, pair


def _reduced_by(
    name: str, amounts: Mapping[str, int], rules: Mapping[Pair, Overlap]
) -> Iterator[tuple[str, Pair]]:
    """What is settled already and is reduced by this benefit, since another reduces it too."""
    for pair, rule in rules.items():
        if pair[1] == name and rule is Overlap.FIRST_NET_IF_CUT and pair[0] in amounts:
            yield pair[0], pair


def _is_less(way: Kept, other: Kept) -> bool:
    """Whether another way keeps all that this one keeps, and more."""
    more = way.amounts.keys() < other.amounts.keys()
    return more and all(other.amounts[name] >= fen for name, fen in way.amounts.items())


def _places(way: Kept, names: Sequence[str]) -> tuple[bool, ...]:
    return tuple(name not in way.amounts for name in names)
