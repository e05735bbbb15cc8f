"""Amounts by bands of age: which band of a place an age is in.

A band runs from its age to the next one on file, at most to 99: sources that end a band at 99 say
nothing of persons of 100.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Any, Final

from minzheng.rules import Vector
from minzheng.standards import Found, Kind
from minzheng.standards.reading import Reading

__all__ = ["Band", "amounts", "band_at", "begins", "nearest_age"]

NOT_AVAILABLE: Final = -1


class Band(IntEnum):
    """The bands that a place may state, each from its age on."""

    FROM_60, FROM_70, FROM_75, FROM_80, FROM_85, FROM_90, FROM_95, FROM_100 = range(8)


def begins(band: int) -> int:
    """The age at which a band begins: 60, then every five years from 70 on."""
    return 65 + 5 * band if band else 60


def band_at(age: int, by_band: Vector) -> tuple[int, int]:
    """The amount of an age, and the age at which its band begins.

    Args:
        age: full years.
        by_band: amounts by :class:`Band`, -1 not available.

    Returns:
        -1 and 0 where the place states no band for the age; -1 and the last band that it states
        where the person is 100 or older and the bands end below.

    Example:
        >>> stated = Vector.of(Band)((-1, -1, -1, 50, -1, 100, -1, -1))
        >>> band_at(85, stated), band_at(79, stated), band_at(100, stated)
        ((50, 80), (-1, 0), (-1, 90))
    """
    amount, start = NOT_AVAILABLE, 0
    for band in Band:
        if by_band[band] >= 0 and begins(band) <= age:
            amount, start = by_band[band], begins(band)
    if age >= 100 and start < 100:
        amount = NOT_AVAILABLE
    return amount, start


def nearest_age(age: int) -> int:
    """The age, at or below a person's, at which a band may begin; 60 for younger persons."""
    return max((begins(band) for band in Band if begins(band) <= age), default=60)


def amounts(read: Reading, series: str, **keys: str) -> Mapping[Band, Found]:
    """The rows of the bands of a place that apply.

    The bands of one place belong together: of a level above only floors are taken in addition to
    those of the nearest level that states any.

    Args:
        read: of a place and a day.
        series: with the key ``age``.
        **keys: its other keys.
    """
    found: dict[Band, Any] = {
        band: read.get(series, age=str(begins(band)), **keys) for band in Band
    }
    nearest = min((len(each.tried) for each in found.values() if each is not None), default=0)
    return {
        band: each
        for band, each in found.items()
        if each is not None and (len(each.tried) == nearest or each.figure.kind is Kind.FLOOR)
    }
