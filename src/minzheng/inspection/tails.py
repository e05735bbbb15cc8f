"""Tails of the binomial and the chi-square distribution, without floats."""

from __future__ import annotations

from decimal import Context, Decimal, localcontext
from fractions import Fraction
from math import comb

from minzheng.errors import Fault, InvalidInput

__all__ = ["chi_square_tail", "expected_counts"]

_DIGITS = 12


def expected_counts(trials: int, probability: Fraction, risk: Fraction) -> range:
    """The numbers of hits that are not strange: each tail outside has at most half the risk.

    Args:
        trials: how many independent trials.
        probability: of a hit in each.
        risk: what may fall outside at most, though the probability is right.

    Raises:
        InvalidInput: for a probability or a risk that is none, or fewer than no trials.

    Example:
        >>> expected_counts(10, Fraction(1, 2), Fraction(1, 20))
        range(2, 9)
        >>> expected_counts(10, Fraction(1), Fraction(1, 20))
        range(10, 11)
    """
    if trials < 0 or not 0 <= probability <= 1 or not 0 < risk < 1:
        raise InvalidInput(
            [Fault("risk", f"no band for {trials} trials, {probability=!s}, {risk=!s}")]
        )
    hit, whole = probability.numerator, probability.denominator
    most = whole**trials * risk / 2
    return range(
        _outside(trials, whole - hit, hit, most),
        trials + 1 - _outside(trials, hit, whole - hit, most),
    )


def _outside(trials: int, miss: int, hit: int, most: Fraction) -> int:
    """How many of the counts 0, 1, ... weigh no more than ``most`` together."""
    weight = 0
    for count in range(trials + 1):
        weight += comb(trials, count) * hit**count * miss ** (trials - count)
        if weight > most:
            return count
    raise AssertionError


def chi_square_tail(statistic: Fraction, degrees: int) -> Decimal:
    """The probability that chi-square is at least the statistic, to twelve digits.

    Even degrees have a finite sum of exponentials. Odd degrees add the complementary error
    function: by its series below a statistic of 40, by its continued fraction above. All is
    reckoned in decimals of 60 digits and rounded once.

    Raises:
        InvalidInput: for a statistic below 0, or no degree of freedom.

    Source:
        Abramowitz and Stegun, Handbook of Mathematical Functions, 26.4.4, 26.4.5, 7.1.6, 7.1.14.

    Example:
        >>> chi_square_tail(Fraction(2), 2)
        Decimal('0.367879441171')
    """
    if statistic < 0 or degrees < 1:
        raise InvalidInput([Fault("statistic", f"got {statistic} with {degrees} degrees")])
    with localcontext(Context(prec=60, Emin=-(10**9), Emax=10**9)):
        half = Decimal(statistic.numerator) / statistic.denominator / 2
        if degrees % 2:
            tail, term, step = _erfc(half), 2 * (half / _pi()).sqrt(), Decimal("1.5")
        else:
            tail, term, step = Decimal(0), Decimal(1), Decimal(1)
        total = Decimal(0)
        for _pair in range(degrees // 2):
            total += term
            term *= half / step
            step += 1
        tail += total * (-half).exp()
        return Context(prec=_DIGITS, Emin=-(10**9), Emax=10**9).plus(tail)


def _erfc(square: Decimal) -> Decimal:
    """The complementary error function of the root of a number."""
    if square < 20:
        total, term, step = Decimal(0), 2 * (square / _pi()).sqrt(), Decimal("1.5")
        while total + term != total:
            total += term
            term *= square / step
            step += 1
        return 1 - total * (-square).exp()
    below = Decimal(0)
    for place in range(200, 0, -1):
        below = (
            Decimal(place) / 2 / (1 + below) if place % 2 else Decimal(place) / 2 / (square + below)
        )
    return (-square).exp() * square.sqrt() / (square + below) / _pi().sqrt()


def _pi() -> Decimal:
    """By Machin: 16 arctan 1/5 - 4 arctan 1/239."""
    return 16 * _arctan(5) - 4 * _arctan(239)


def _arctan(inverse: int) -> Decimal:
    total, power, odd = Decimal(0), Decimal(1) / inverse, 1
    while total + power / odd != total:
        total += power / odd
        power /= -(inverse**2)
        odd += 2
    return total
