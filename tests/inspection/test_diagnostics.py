"""How often each is drawn, tails of distributions, and whether past draws look fair."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inspection_cases import DRAWN_AT, ROLLS, SEALED_AT, code, frame, organization, plan

from minzheng.errors import InvalidInput
from minzheng.inspection import (
    Bundle,
    Frame,
    Group,
    Method,
    Named,
    Outcome,
    Rotation,
    Sealed,
    draw,
    seal,
)
from minzheng.inspection.diagnostics import chi_square
from minzheng.inspection.simulation import Unit, past_draws, probabilities, simulate
from minzheng.inspection.tails import chi_square_tail, expected_counts

RISK = Fraction(1, 1000)


@given(st.integers(0, 30), st.fractions(0, 1, max_denominator=20), st.fractions(0.01, 0.9))
def test_outside_the_band_each_tail_has_half_the_risk(n: int, p: Fraction, risk: Fraction) -> None:
    band = expected_counts(n, p, risk)
    weights = [comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]
    assert sum(weights[: band.start]) <= risk / 2 < sum(weights[: band.start + 1])
    assert sum(weights[band.stop :]) <= risk / 2 < sum(weights[band.stop - 1 :])


@pytest.mark.parametrize("wrong", [(-1, Fraction(1, 2), RISK), (1, Fraction(2), RISK)])
def test_no_band_of_what_is_no_probability(wrong: tuple[int, Fraction, Fraction]) -> None:
    with pytest.raises(InvalidInput, match="no band"):
        expected_counts(*wrong)


@pytest.mark.parametrize(
    ("degrees", "statistic", "tail"),
    [  # the tables of NIST/SEMATECH's handbook, section 1.3.6.7.4
        (1, "2.706", "0.10"),
        (1, "10.828", "0.001"),
        (2, "5.991", "0.05"),
        (5, "11.070", "0.05"),
        (10, "23.209", "0.01"),
        (51, "68.669", "0.05"),
        (100, "149.449", "0.001"),
    ],
)
def test_the_tail_of_chi_square_is_that_of_the_table(
    degrees: int, statistic: str, tail: str
) -> None:
    below, above = (Fraction(statistic) + Fraction(step, 2000) for step in (-1, 1))
    assert chi_square_tail(above, degrees) < Decimal(tail) < chi_square_tail(below, degrees)


def test_the_tail_of_chi_square_far_out_and_at_the_ends() -> None:
    assert chi_square_tail(Fraction(0), 3) == 1
    with_both = [chi_square_tail(Fraction(40) + Fraction(step, 10**12), 1) for step in (-1, 0)]
    assert abs(with_both[0] / with_both[1] - 1) < Decimal("1e-11")  # series and fraction meet
    assert chi_square_tail(Fraction(10**5), 1).adjusted() == -21_718  # below any float
    for wrong in ((Fraction(-1), 1), (Fraction(1), 0)):
        with pytest.raises(InvalidInput, match="degrees"):
            chi_square_tail(*wrong)


def test_the_p_value_of_classes() -> None:
    made = chi_square({"a": 6, "b": 4}, {"a": 50, "b": 50})
    assert made.p_value == chi_square_tail(made.statistic, made.degrees)


def sealed(who: Frame, *groups: Group, **more: object) -> Sealed:
    return seal(who, plan(*groups, **more), at=SEALED_AT)


def test_simulated_draws_meet_the_probabilities() -> None:
    made = sealed(
        frame(20),
        Group(name="all", count=5),
        certain=(Named(code=code(0), reason="上年有投诉"),),
        excluded=(Named(code=code(1), reason="已注销"),),
    )
    seen = simulate(made, draws=400, base="sample", risk=RISK)
    assert seen.strange == []
    assert set(seen.probabilities.values()) == {Fraction(1), Fraction(4, 18)}
    assert seen.counts[Unit("all", "", code(0))] == 400
    assert Unit("all", "", code(1)) not in seen.counts
    assert sum(seen.counts.values()) == 5 * 400
    again = simulate(made, draws=400, base="sample", risk=RISK)
    other = simulate(made, draws=400, base="another", risk=RISK)
    assert seen.counts == again.counts != other.counts
    unit = Unit("all", "", code(7))
    assert seen.frequency(unit) == Fraction(seen.counts[unit], 400)


@pytest.mark.parametrize("method", [Method.SYSTEMATIC_BY_SIZE, Method.SEQUENTIAL_POISSON])
def test_those_of_greater_size_are_drawn_more_often(method: Method) -> None:
    who = Frame.of(organization(number, size=1 if number < 10 else 3) for number in range(20))
    made = sealed(who, Group(name="all", count=4, method=method))
    seen = simulate(made, draws=300, base="sample", risk=RISK)
    assert seen.strange == []
    assert set(seen.probabilities.values()) == {Fraction(1, 10), Fraction(3, 10)}


def test_another_probability_would_be_told() -> None:
    seen = simulate(
        sealed(frame(20), Group(name="all", count=5)), draws=800, base="sample", risk=RISK
    )
    half = expected_counts(800, Fraction(1, 8), RISK / 20)
    assert all(count not in half for count in seen.counts.values())


def test_what_cannot_be_simulated() -> None:
    made = sealed(frame(20))
    for draws, risk in ((0, RISK), (1, Fraction(1))):
        with pytest.raises(InvalidInput, match="cannot simulate"):
            simulate(made, draws=draws, base="sample", risk=risk)


def bundle(made: Sealed, number: int) -> Bundle:
    rolled = Outcome(at=DRAWN_AT, numbers=((3, 1, number),))
    return Bundle(draw(made, [rolled]))


def test_fair_past_draws_do_not_look_strange() -> None:
    years = [sealed(frame(30 + year), Group(name="all", count=6)) for year in range(4)]
    made = past_draws(
        [bundle(each, n) for n, each in enumerate(years, start=1)], replays=99, base="sample"
    )
    assert sum(made.counts.values()) == 24
    assert made.expected[code(0)] == sum(Fraction(6, 30 + year) for year in range(4))
    assert made.expected[code(32)] == Fraction(6, 33)
    assert Fraction(5, 100) < made.p_value <= 1
    by_hand = sum(
        (count - made.expected[each]) ** 2 / spread(years, each)
        for each, count in made.counts.items()
    )
    assert made.statistic == by_hand


def spread(years: list[Sealed], each: str) -> Fraction:
    made = Fraction(0)
    for year in years:
        for unit, chance in probabilities(year).items():
            made += chance * (1 - chance) if unit.code == each else 0
    return made


def test_drawing_the_same_every_year_looks_strange() -> None:
    same = bundle(sealed(frame(30), Group(name="all", count=6)), 1)
    made = past_draws([same] * 4, replays=99, base="sample")
    assert sorted(set(made.counts.values())) == [0, 4]
    assert made.p_value == Fraction(1, 100)


def test_draws_that_depend_on_each_other_or_are_too_few_are_refused() -> None:
    one = bundle(sealed(frame(10)), 1)
    with pytest.raises(InvalidInput, match="two draws"):
        past_draws([one], replays=9, base="sample")
    everybody = bundle(sealed(frame(10), Group(name="all", ratio="100%")), 1)
    with pytest.raises(InvalidInput, match="decided nothing"):
        past_draws([everybody, everybody], replays=9, base="sample")
    key = bytes(32)
    wheel = Rotation(commitment=sha256(key).hexdigest(), shift=Fraction(0))
    turning = Bundle(draw(sealed(frame(10), rotation=wheel), [ROLLS], rotation_key=key))
    with pytest.raises(InvalidInput, match="rotation"):
        past_draws([turning, turning], replays=9, base="sample")
    assert simulate(turning.drawn.sealed, draws=50, base="sample", risk=RISK).strange == []
