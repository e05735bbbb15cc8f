"""Amounts by bands of age: which band of a place an age falls into.

A band runs from its age to the next one stated, at most to 99: sources that end a
band at 99 say nothing of those of 100.
"""

from __future__ import annotations

from minzheng.standards import Found, Kind
from minzheng.standards.reading import Reading

__all__ = ["AGES", "amount_at", "band_at", "stated"]

AGES = (60, 70, 75, 80, 85, 90, 95, 100)
"""The ages at which a band may begin."""


def band_at(
    age: int, a60: int, a70: int, a75: int, a80: int, a85: int, a90: int, a95: int, a100: int
) -> int:
    """The age at which the band of an age begins; 0 where none is stated. Not stated is -1."""
    if age >= 100:
        return 100 if a100 >= 0 else 0
    if age >= 95 and a95 >= 0:
        return 95
    if age >= 90 and a90 >= 0:
        return 90
    if age >= 85 and a85 >= 0:
        return 85
    if age >= 80 and a80 >= 0:
        return 80
    if age >= 75 and a75 >= 0:
        return 75
    if age >= 70 and a70 >= 0:
        return 70
    return 60 if age >= 60 and a60 >= 0 else 0


def amount_at(
    band: int, a60: int, a70: int, a75: int, a80: int, a85: int, a90: int, a95: int, a100: int
) -> int:
    """The amount of a band; -1 for none."""
    if band >= 95:
        return a100 if band == 100 else a95
    if band >= 85:
        return a90 if band == 90 else a85
    if band >= 75:
        return a80 if band == 80 else a75
    if band == 70:
        return a70
    return a60 if band == 60 else -1


def stated(read: Reading, series: str, **keys: str) -> dict[int, Found]:
    """The rows of the bands that hold, by their ages.

    The bands of one place belong together: of a level above only floors are taken
    beside those of the nearest level that states any.
    """
    found = {age: read.get(series, age=str(age), **keys) for age in AGES}
    held = {age: each for age, each in found.items() if each is not None}
    nearest = min((len(each.tried) for each in held.values()), default=0)
    return {
        age: each
        for age, each in held.items()
        if len(each.tried) == nearest or each.figure.kind is Kind.FLOOR
    }
