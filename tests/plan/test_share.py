"""The share of tekun persons in institutions: its denominator, its bounds, the target of the plan."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from attrs import evolve, fields
from hypothesis import given
from hypothesis import strategies as st

from minzheng.errors import InvalidInput
from minzheng.plan import ShareOf, TekunCounts, centralised_share
from minzheng.standards import Kind, Standards

PLAN = date(2020, 7, 24)

COUNTS = TekunCounts(
    partial_centralised=30, partial_dispersed=45, complete_centralised=20, complete_dispersed=5
)


def test_the_share_says_its_denominator() -> None:
    both, complete = (centralised_share(COUNTS, of) for of in ShareOf)
    assert (both.numerator, both.denominator, both.ratio) == (50, 100, Fraction(1, 2))
    assert (complete.numerator, complete.denominator, complete.ratio) == (20, 25, Fraction(4, 5))
    assert both.explain("en") == (
        "Supported in institutions: 50 of 100 persons who have lost self-care partly or completely."
    )
    assert "共25人" in complete.explain("zh_CN")


def test_the_target_of_the_plan_from_both_sides() -> None:
    found = Standards.bundled().find(
        "tekun.centralised_share", "130800", PLAN, kinds=(Kind.TARGET,)
    )
    target = found.value
    assert isinstance(target, Fraction)
    assert target == Fraction(1, 2)
    assert centralised_share(COUNTS, ShareOf.PARTIAL_AND_COMPLETE).reaches(target) is True
    one_less = evolve(COUNTS, partial_centralised=29, partial_dispersed=46)
    assert centralised_share(one_less, ShareOf.PARTIAL_AND_COMPLETE).reaches(target) is False


def test_nobody_has_no_share() -> None:
    nobody = TekunCounts(**dict.fromkeys((each.name for each in fields(TekunCounts)), 0))
    share = centralised_share(nobody, ShareOf.COMPLETE)
    assert (share.ratio, share.reaches(Fraction(0))) == (None, None)


def test_counts_below_nothing_are_named_together() -> None:
    with pytest.raises(InvalidInput) as caught:
        evolve(COUNTS, partial_centralised=-1, complete_dispersed=-2)
    assert [f.path for f in caught.value.faults] == ["partial_centralised", "complete_dispersed"]


@given(*[st.integers(0, 10**6)] * 4, st.sampled_from(ShareOf))
def test_the_share_is_bounded_and_rises_with_every_place(
    a: int, b: int, c: int, d: int, of: ShareOf
) -> None:
    counts = TekunCounts(
        partial_centralised=a,
        partial_dispersed=b,
        complete_centralised=c,
        complete_dispersed=d + 1,
    )
    moved = evolve(counts, complete_centralised=c + 1, complete_dispersed=d)
    share, more = (centralised_share(each, of).ratio for each in (counts, moved))
    assert share is not None
    assert more is not None
    assert 0 <= share < more <= 1
