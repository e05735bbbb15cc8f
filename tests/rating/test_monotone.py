"""More never lowers a grade, in every bundled scheme that the linter takes for monotone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from minzheng.rating import Answer, Peers, Scheme, Sheet, bundled, lint, rate, schemes
from minzheng.rating.leaf import Leaf
from minzheng.rating.model import Fact, FactKind, Item
from minzheng.rating.ranks import Adjust, Rule
from minzheng.rating.steps import Bands, Sum
from minzheng.rating.steps import Test as Condition

LESS_IS_BETTER = {"cycle_1", "cycle_2", "cycle_3"}
"""Points of citations; other numbers are the better the more, but for ceilings of prerequisites."""

NO_MATTER_OF_MORE = {"statements"}
"""The size of a questionnaire is neither good nor bad."""

PEERS = Peers({"weighted_score": {"AL": [Fraction(n) for n in range(0, 200, 3)]}})


def answer(rule: Leaf, random: Random) -> Answer:
    """Any whole answer."""
    limits = [limit for limit, _ in rule.ladder.steps] if rule.ladder else [Fraction(20)]
    low, high = rule.discretion or (Fraction(0), Fraction(8))
    return Answer(
        met=random.random() < 0.8,
        parts=tuple(random.random() < 0.8 for _ in rule.give or rule.take),
        count=max(Fraction(0), random.choice(limits) + random.choice([0, 0, -1, 1]) / Fraction(99)),
        tiers=tuple(random.choice(["", *dict(group)]) for group in rule.tiers),
        condition=random.random() < 0.9,
        deduct=random.choice([Fraction(0), low, high]),
        missing_areas=random.choice([0, 1, 9]),
    )


def two_answers(item: Item, random: Random) -> tuple[Any, Any]:
    """Two answers, the second with no fewer points."""
    rule = item.rule
    if rule is None:
        part = sorted(random.choice([0, 40, 50, 55, 60, 70, 80, 90, 95, 100]) for _ in range(2))
        return item.most * part[0] / 100, item.most * part[1] / 100
    made: list[Answer] = []
    while len(made) < 2:
        each = answer(rule, random)
        if rule.ladder is None or not rule.ladder.closed or each.count in dict(rule.ladder.steps):
            made.append(each)
    first, second = sorted(made, key=lambda each: rule.score(each, item.most).points)
    return first, second


def two_values(scheme: Scheme, fact: Fact, random: Random) -> tuple[Any, Any]:
    """Two values, the second no worse; of flags, days and words, the same."""
    asked = [each for each in scheme.prerequisites if each.fact == fact.name]
    match fact.kind:
        case FactKind.FLAG:
            same: Any = random.random() < 0.5
        case FactKind.RANK:
            codes = [each.code for each in scheme.grades]
            ranks = sorted(random.randrange(len(codes)) for _ in range(2))
            return codes[ranks[0]], codes[ranks[1]]
        case FactKind.NUMBER:
            limits = [
                n for each in asked for n in (*each.at_least.values(), *each.at_most.values())
            ]
            numbers = sorted(
                random.choice(limits or [*map(Fraction, range(int(fact.most or 149) + 1))])
                for _ in range(2)
            )
            if fact.name in NO_MATTER_OF_MORE or any(
                p.per == fact.name for p in scheme.prerequisites
            ):
                return 40, 40
            down = fact.name in LESS_IS_BETTER or any(each.at_most for each in asked)
            return tuple(reversed(numbers)) if down else tuple(numbers)  # type: ignore[return-value]
        case FactKind.WORD:
            at = sorted(random.randrange(len(fact.words)) for _ in range(2))
            return fact.words[at[0]], fact.words[at[1]]
        case FactKind.WORDS:
            same = tuple(
                word for each in asked for words in each.includes.values() for word in words
            )
        case _:
            same = date(2020, 1, 1)
    return same, same


def two_sheets(scheme: Scheme, seed: int) -> tuple[Sheet, Sheet]:
    """Two sheets, the second nowhere worse than the first."""
    random = Random(seed)
    asked = [each for top in scheme.items for each in _asked(top)]
    answers = {each.code: two_answers(each, random) for each in asked}
    facts = {each.name: two_values(scheme, each, random) for each in scheme.facts}
    stated = {
        each.name: sorted(random.randint(1, 5) for _ in range(2))
        for each in scheme.steps
        if each.given and random.random() < 0.7
    }
    settings = {each.name: random.choice(each.choices) for each in scheme.settings}
    first, second = (
        Sheet(
            answers={code: each[at] for code, each in answers.items()},
            facts={name: each[at] for name, each in facts.items()},
            given={name: each[at] for name, each in stated.items()},
            settings=settings,
            on=date(2022, 6, 1),
            group="AL",
        )
        for at in range(2)
    )
    return first, second


def _asked(item: Item) -> Iterator[Item]:
    """What is answered: the leaves, or a section by its points where they are not all held."""
    if not item.items or not item.complete:
        yield item
    else:
        for each in item.items:
            yield from _asked(each)


def is_monotone(scheme: Scheme) -> bool:
    return "not_monotone" not in {each.code for each in lint(scheme)}


@pytest.mark.parametrize("name", schemes())
@given(seed=st.integers(0, 2**32))
def test_more_never_lowers_a_grade(name: str, seed: int) -> None:
    scheme = bundled(name)
    worse, better = (rate(scheme, each, PEERS).rank for each in two_sheets(scheme, seed))
    assume(worse is not None and better is not None)
    assert worse is not None
    assert better is not None
    assert better >= worse


@pytest.mark.parametrize("name", schemes())
def test_the_linter_takes_the_bundled_schemes_for_monotone(name: str) -> None:
    assert is_monotone(bundled(name))


@pytest.mark.parametrize("name", schemes())
def test_the_sheets_tried_differ_in_their_grades(name: str) -> None:
    """Otherwise the property above would say nothing."""
    scheme = bundled(name)
    ranks = {
        rate(scheme, each, PEERS).rank for seed in range(150) for each in two_sheets(scheme, seed)
    }
    assert len(ranks - {None}) > 1


# --- the same schemes, made worse -----------------------------------------------------------------


def _items(items: tuple[Item, ...], change: Callable[[Item], Item]) -> tuple[Item, ...]:
    return tuple(change(evolve(each, items=_items(each.items, change))) for each in items)


def falling_ladders(scheme: Scheme) -> Scheme:
    """The points of every ladder the other way round."""

    def change(item: Item) -> Item:
        if item.rule is None or item.rule.ladder is None:
            return item
        limits, points = zip(*sorted(item.rule.ladder.steps), strict=True)
        steps = tuple(zip(limits, reversed(points), strict=True))
        return evolve(item, rule=evolve(item.rule, ladder=evolve(item.rule.ladder, steps=steps)))

    return evolve(scheme, items=_items(scheme.items, change))


def swapped_bands(scheme: Scheme) -> Scheme:
    """The two uppermost bands of every table give each other's grade."""

    def change(step: Any) -> Any:
        if not isinstance(step, Bands) or len(step.bands) < 3:
            return step
        first, *middle, last = step.bands
        middle[0], last = evolve(middle[0], gives=last.gives), evolve(last, gives=middle[0].gives)
        return evolve(step, bands=(first, *middle, last))

    return evolve(scheme, steps=tuple(map(change, scheme.steps)))


def negative_weights(scheme: Scheme) -> Scheme:
    """The first weight of every sum taken off."""

    def change(step: Any) -> Any:
        if not isinstance(step, Sum) or not step.weights:
            return step
        return evolve(step, weights=(-step.weights[0], *step.weights[1:]))

    return evolve(scheme, steps=tuple(map(change, scheme.steps)))


def a_malus_for_the_best(scheme: Scheme) -> Scheme:
    """Two grades down where the first rank is at its best."""
    ranks = [each.name for each in scheme.facts if each.kind is FactKind.RANK]
    if not ranks:
        return scheme
    top = Fraction(len(scheme.grades))
    rule = Rule(by=-2, when=(Condition(ranks[0], at_least=top),))
    step = Adjust("twisted", scheme.result, least=1, most=len(scheme.grades), rules=(rule,))
    return evolve(scheme, steps=(*scheme.steps, step), result="twisted")


TWISTS = (falling_ladders, swapped_bands, negative_weights, a_malus_for_the_best)


def twisted(scheme: Scheme, twist: Callable[[Scheme], Scheme]) -> Scheme:
    made = twist(scheme)
    variants = tuple((chosen, twist(settled)) for chosen, settled in scheme.variants)
    return evolve(made, variants=variants)


@pytest.mark.parametrize("twist", TWISTS)
@pytest.mark.parametrize("name", schemes())
def test_the_linter_says_where_a_scheme_is_not_monotone(
    name: str, twist: Callable[[Scheme], Scheme]
) -> None:
    scheme = bundled(name)
    made = twisted(scheme, twist)
    assert is_monotone(made) == (made == scheme)


def test_only_schemes_of_gates_and_sums_cannot_be_made_worse_in_these_ways() -> None:
    spared = [
        name
        for name in schemes()
        if all(twisted(bundled(name), each) == bundled(name) for each in TWISTS)
    ]
    assert spared == ["community-station-stars-example", "gbt-37276-2018"]


@pytest.mark.parametrize("name", ["cqc-principles-2022", "au-star-ratings"])
def test_what_the_linter_names_can_be_seen(name: str) -> None:
    """The pairs of sheets of above do show a fall in a scheme that was made worse."""
    scheme = twisted(bundled(name), a_malus_for_the_best)
    pairs = (two_sheets(scheme, seed) for seed in range(300))
    ranks = ([rate(scheme, each).rank for each in pair] for pair in pairs)
    assert any(None not in (low, high) and high < low for low, high in ranks)  # type: ignore[operator]
