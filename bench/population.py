"""An invented population for the benchmark: the same numbers on every machine, ties planted in it.

Only numpy is needed to make it; ``to_arrow`` and ``standards`` import what they need.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

    from minzheng.standards import Standards

__all__ = ["AREAS", "DAY", "PERSON", "RESIDENCES", "generate", "standards", "to_arrow"]

DAY = date(2024, 7, 1)
AREAS = (
    *("130802", "130803", "130804", "130821", "130822", "130824"),
    *("130825", "130826", "130827", "130828", "130881", "130728"),
)
RESIDENCES = ("rural", "urban")
PERSON = ("age", "disability_grade", "wage", "pension", "transfers", "care")
SEED = 20240701
SIZES = (0.225, 0.305, 0.235, 0.145, 0.06, 0.03)  # of 1 to 6 persons: 2.6 on average
PLANTED = 0.02

Arrays = dict[str, Any]


def standard_months() -> np.ndarray:
    """Invented standards in fen a month, whole yuan, at ``2 * area + residence``."""
    yuan = [(405 + 17 * n, 640 + 23 * n) for n in range(len(AREAS))]
    return 100 * np.array(yuan, np.int64).ravel()


def generate(n: int) -> Arrays:
    """Make ``n`` households; amounts in fen, of a year where they are incomes.

    ``offsets`` says where the members of each household begin, ``area`` and
    ``residence`` are places in ``AREAS`` and ``RESIDENCES``, ``planted`` is 0 or
    the kind of tie: 1 income on the standard, 2 on 1.5 times the standard, 3
    deposits on the ceiling, 4 a payment ending in .50 yuan.
    """
    draw = np.random.Generator(np.random.PCG64(SEED))
    size = draw.choice(np.arange(1, 7), n, p=SIZES)
    offsets = np.concatenate([[0], np.cumsum(size)])
    area = draw.integers(0, len(AREAS), n)
    residence = draw.integers(0, len(RESIDENCES), n)
    month = standard_months()[2 * area + residence]
    people = _people(draw, int(offsets[-1]))
    ceiling = 24 * month * size
    data: Arrays = {
        "offsets": offsets,
        "area": area,
        "residence": residence,
        "standard_months": standard_months(),
        **people,
        "deposits": (ceiling * draw.exponential(0.4, n)).astype(np.int64),
        "cars": (draw.random(n) < 0.05).astype(np.int64),
        "planted": np.zeros(n, np.int64),
    }
    _plant(draw, data, size, month, ceiling)
    return data


def _people(draw: np.random.Generator, count: int) -> Arrays:
    def some(share: float, scale: int, among: np.ndarray | bool = True) -> np.ndarray:
        amounts = draw.lognormal(0, 0.7, count) * scale
        return np.where(among & (draw.random(count) < share), amounts, 0).astype(np.int64)

    group = draw.choice(3, count, p=(0.18, 0.57, 0.25))
    low, high = np.array([0, 18, 60]), np.array([18, 60, 96])
    age = draw.integers(low[group], high[group])
    grade = np.where(draw.random(count) < 0.08, draw.integers(1, 5, count), 0)
    return {
        "age": age,
        "disability_grade": grade,
        "wage": some(0.75, 2_200_000, group == 1),
        "pension": some(0.85, 600_000, group == 2),
        "transfers": some(0.4, 150_000),
        "care": some(0.1, 200_000),
    }


def _plant(
    draw: np.random.Generator,
    data: Arrays,
    size: np.ndarray,
    month: np.ndarray,
    ceiling: np.ndarray,
) -> None:
    """Put some households exactly on a threshold, or their payment exactly on half a yuan."""
    n = len(size)
    count = int(n * PLANTED)
    chosen = draw.permutation(n)[:count]
    kind = data["planted"]
    kind[chosen] = np.arange(count) % 4 + 1
    start, last = data["offsets"][:-1], data["offsets"][1:] - 1

    data["cars"][kind > 0] = 0
    data["deposits"] = np.where(kind == 3, ceiling, data["deposits"])
    tied = kind > 0
    data["deposits"][tied] = np.minimum(data["deposits"], ceiling)[tied]

    # somebody who may apply alone, where the line of 1.0 or 1.5 decides on that
    alone = start[((kind == 1) | (kind == 2)) & (size > 1)]
    data["disability_grade"][alone] = 1
    for name in ("wage", "pension", "transfers"):
        data[name][alone] = 0

    moved = np.repeat(tied & (kind != 3), size)
    data["wage"][moved] -= data["wage"][moved] % 5  # 4/5 of it is then whole fen
    limit = 12 * month * size
    supplements = np.add.reduceat(_tenths(data), start) * month // 10
    payment = supplements + (month * size * draw.uniform(0.2, 0.8, n)).astype(np.int64)
    payment += 50 - payment % 100
    wanted = np.select(
        [kind == 1, kind == 2, kind == 4],
        [limit, limit * 3 // 2, limit - 12 * (payment - supplements)],
    )
    counted = data["wage"] * 4 // 5 + data["pension"] + data["transfers"] - data["care"]
    lacking = wanted - np.add.reduceat(counted, start)
    at = tied & (kind != 3)
    data["transfers"][last[at]] += np.maximum(lacking, 0)[at]
    data["care"][last[at]] += np.maximum(-lacking, 0)[at]


def _tenths(data: Arrays) -> np.ndarray:
    severe = (data["disability_grade"] == 1) | (data["disability_grade"] == 2)
    return np.where(severe | (data["age"] >= 70), 2, np.where(data["age"] < 14, 1, 0))


def to_arrow(data: Arrays) -> pa.Table:
    """One row a household, its members a list of structs: the form ``columns.run`` takes."""
    import pyarrow as pa

    members = pa.StructArray.from_arrays([pa.array(data[name]) for name in PERSON], names=PERSON)

    def words(name: str, among: tuple[str, ...]) -> pa.DictionaryArray:
        return pa.DictionaryArray.from_arrays(pa.array(data[name].astype(np.int32)), list(among))

    return pa.table(
        {
            "area": words("area", AREAS),
            "residence": words("residence", RESIDENCES),
            "deposits": pa.array(data["deposits"]),
            "cars": pa.array(data["cars"]),
            "members": pa.ListArray.from_arrays(
                pa.array(data["offsets"].astype(np.int32)), members
            ),
        }
    )


def standards(percent: int = 100) -> Standards:
    """The invented standards as a table laid over the bundled ones; at some percentage of them."""
    from minzheng.base.dates import Span
    from minzheng.law import Confidence, Grade
    from minzheng.standards import Figure, Kind, Per, Source, Standards

    invented = Source("bench", "invented for the benchmark", "", Grade.REPOST, Confidence.SECONDARY)
    figures = [
        Figure(
            series="dibao.standard",
            area=AREAS[place // 2],
            keys=(("residence", RESIDENCES[place % 2]),),
            value=Decimal(int(fen) // 100) * percent / 100,
            per=Per.MONTH,
            kind=Kind.POINT,
            span=Span(date(2024, 1, 1)),
            source=invented,
        )
        for place, fen in enumerate(standard_months())
    ]
    return Standards.bundled() + Standards([], figures)
