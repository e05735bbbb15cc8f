"""The overlap rules as data: who gives way, what is reduced, which ways there are."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minzheng.benefits._entitlements.combine import Kept, Overlap, Pair, cycle, options

NAMES = ("a", "b", "c", "d", "e")
PAIRS = tuple(combinations(NAMES, 2))


def amounts(way: Kept) -> dict[str, int]:
    return dict(way.amounts)


@pytest.mark.parametrize(
    ("rule", "ways"),
    [
        (Overlap.TOGETHER, [{"a": 50, "b": 80}]),
        (Overlap.FIRST, [{"a": 50}]),
        (Overlap.SECOND, [{"b": 80}]),
        (Overlap.CHOICE, [{"b": 80}, {"a": 50}]),
        (Overlap.HIGHER, [{"b": 80}, {"a": 50}]),
        (Overlap.FIRST_NET, [{"a": 0, "b": 80}]),
        (Overlap.SECOND_NET, [{"a": 50, "b": 30}]),
        (Overlap.FIRST_NET_IF_CUT, [{"a": 50}]),
    ],
)
def test_two_benefits(rule: Overlap, ways: list[dict[str, int]]) -> None:
    found = options({"a": 50, "b": 80}, {("a", "b"): rule}, NAMES)
    assert [amounts(each) for each in found] == ways


def test_a_pair_without_a_rule_is_drawn_together() -> None:
    assert [amounts(each) for each in options({"a": 1, "b": 2}, {}, NAMES)] == [{"a": 1, "b": 2}]


def test_nothing_granted_is_one_way_of_drawing_nothing() -> None:
    (way,) = options({}, {("a", "b"): Overlap.CHOICE}, NAMES)
    assert (amounts(way), way.total) == ({}, 0)


def test_what_is_excluded_excludes_nothing() -> None:
    rules = {("a", "b"): Overlap.FIRST, ("b", "c"): Overlap.FIRST}
    (way,) = options({"a": 1, "b": 2, "c": 4}, rules, NAMES)
    assert amounts(way) == {"a": 1, "c": 4}
    assert [(each.benefit, each.by) for each in way.drops] == [("b", "a")]


def test_what_is_reduced_reduces_by_what_is_left_of_it() -> None:
    rules = {("a", "b"): Overlap.SECOND_NET, ("b", "c"): Overlap.SECOND_NET}
    (way,) = options({"a": 30, "b": 50, "c": 60}, rules, NAMES)
    assert amounts(way) == {"a": 30, "b": 20, "c": 40}
    assert [(each.benefit, each.by, each.year) for each in way.cuts] == [
        ("b", "a", 30),
        ("c", "b", 20),
    ]


def test_reduced_by_two_it_never_falls_below_nothing() -> None:
    rules = {("a", "c"): Overlap.SECOND_NET, ("b", "c"): Overlap.SECOND_NET}
    (way,) = options({"a": 30, "b": 50, "c": 60}, rules, NAMES)
    assert amounts(way) == {"a": 30, "b": 50, "c": 0}
    assert [each.year for each in way.cuts] == [30, 30]


def test_reduced_already_it_is_reduced_further_and_excludes_no_more() -> None:
    """An unattended child's allowance (b) beside dibao (a) and the living subsidy (c)."""
    rules = {("a", "b"): Overlap.SECOND_NET, ("b", "c"): Overlap.FIRST_NET_IF_CUT}
    (alone,) = options({"b": 1400, "c": 106}, rules, NAMES)
    assert amounts(alone) == {"b": 1400}
    (beside,) = options({"a": 500, "b": 1400, "c": 106}, rules, NAMES)
    assert amounts(beside) == {"a": 500, "b": 794, "c": 106}


def test_a_way_that_keeps_less_and_nothing_higher_is_none() -> None:
    """b is chosen against c, but a excludes b: choosing b is choosing nothing."""
    rules = {("a", "b"): Overlap.FIRST, ("b", "c"): Overlap.CHOICE}
    (way,) = options({"a": 1, "b": 9, "c": 2}, rules, NAMES)
    assert amounts(way) == {"a": 1, "c": 2}


def test_of_equal_ways_the_earlier_benefit_comes_first() -> None:
    found = options({"a": 5, "b": 5}, {("a", "b"): Overlap.CHOICE}, NAMES)
    assert [amounts(each) for each in found] == [{"a": 5}, {"b": 5}]


def test_what_is_passed_over_is_told_with_its_pair() -> None:
    best, other = options({"a": 5, "b": 6}, {("a", "b"): Overlap.HIGHER}, NAMES)
    assert [(each.benefit, each.by, each.pair) for each in best.left] == [("a", "b", ("a", "b"))]
    assert [(each.benefit, each.by) for each in other.left] == [("b", "a")]


def test_a_circle_is_found() -> None:
    rules = {
        ("a", "b"): Overlap.FIRST,
        ("b", "c"): Overlap.SECOND_NET,
        ("a", "c"): Overlap.SECOND,
        ("c", "d"): Overlap.FIRST,
    }
    assert set("abc") <= set(cycle(rules))
    del rules["a", "c"]
    assert cycle(rules) == ()


ORDERED = [Overlap.FIRST, Overlap.SECOND_NET, Overlap.FIRST_NET_IF_CUT]
RULES = st.dictionaries(
    st.sampled_from(PAIRS),
    st.sampled_from([Overlap.TOGETHER, Overlap.CHOICE, Overlap.HIGHER, *ORDERED]),
)
GRANTED = st.dictionaries(st.sampled_from(NAMES), st.integers(0, 300))


@given(GRANTED, RULES)
def test_what_holds_of_every_way(granted: dict[str, int], rules: dict[Pair, Overlap]) -> None:
    ways = options(granted, rules, NAMES)
    assert ways
    assert [each.total for each in ways] == sorted((each.total for each in ways), reverse=True)
    for way in ways:
        assert all(0 <= fen <= granted[name] for name, fen in way.amounts.items())
        gone = {each.benefit for each in (*way.drops, *way.left)}
        assert way.amounts.keys() | gone == granted.keys()
        assert not way.amounts.keys() & gone
        for pair, rule in rules.items():
            if rule.chooses or rule is Overlap.FIRST:
                assert not way.amounts.keys() >= set(pair)
        taken = {name: granted[name] - fen for name, fen in way.amounts.items()}
        for name, fen in taken.items():
            assert fen == sum(each.year for each in way.cuts if each.benefit == name)


@given(GRANTED, RULES, st.randoms(use_true_random=False))
def test_the_order_of_the_rules_does_not_matter(
    granted: dict[str, int], rules: dict[Pair, Overlap], random: object
) -> None:
    mixed = list(rules.items())
    random.shuffle(mixed)  # type: ignore[attr-defined]
    again = options(dict(reversed(granted.items())), dict(mixed), NAMES)
    assert [amounts(each) for each in again] == [
        amounts(each) for each in options(granted, rules, NAMES)
    ]


@given(RULES)
def test_rules_from_the_earlier_to_the_later_have_no_circle(rules: dict[Pair, Overlap]) -> None:
    assert cycle(rules) == ()


@given(GRANTED, RULES)
def test_more_of_one_benefit_never_gives_less_in_all_where_nothing_is_reduced(
    granted: dict[str, int], rules: dict[Pair, Overlap]
) -> None:
    plain = {
        pair: rule
        for pair, rule in rules.items()
        if rule in (Overlap.TOGETHER, Overlap.CHOICE, Overlap.HIGHER, Overlap.FIRST)
    }
    before = options(granted, plain, NAMES)[0].total
    for name in granted:
        more = options({**granted, name: granted[name] + 7}, plain, NAMES)[0].total
        assert more >= before
