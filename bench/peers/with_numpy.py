"""Plain numpy, int64 throughout: arrays by person, sums by ``np.add.reduceat``."""

from __future__ import annotations

from typing import Any

import numpy as np
from measure import peer

Arrays = dict[str, Any]


def load(data: Arrays) -> Arrays:
    """The arrays as they are, with where each household begins and whose each person is."""
    size = np.diff(data["offsets"])
    of = np.repeat(np.arange(len(size)), size)
    return {**data, "start": data["offsets"][:-1], "size": size, "of": of}


def run(d: Arrays) -> tuple[Any, Any, Any]:
    """Arrays to arrays."""
    start, size = d["start"], d["size"]
    month = d["standard_months"][2 * d["area"] + d["residence"]]
    income = 4 * d["wage"] + 5 * (d["pension"] + d["transfers"] - d["care"])
    severe = (d["disability_grade"] == 1) | (d["disability_grade"] == 2)
    tenths = np.where(severe | (d["age"] >= 70), 2, d["age"] < 14)

    # few are severely disabled: only what they are paid alone is worked out
    at = np.flatnonzero(severe)
    of = d["of"][at]
    gap = 60 * month[of] - np.maximum(income[at], 0)
    alone = np.where(gap > 0, (gap + 6 * 2 * month[of] + 3000) // 6000, 0)
    singles = np.bincount(of, gap > 0, len(size)).astype(np.int64)
    single_pay = np.bincount(of, alone, len(size)).astype(np.int64)

    total = np.maximum(np.add.reduceat(income, start), 0)
    limit = 60 * month * size
    owns_little = (d["cars"] == 0) & (d["deposits"] <= 24 * month * size)
    whole = owns_little & (total < limit)
    edge = owns_little & ~whole & (singles > 0) & (2 * total < 3 * limit)
    pay = (limit - total + 6 * month * np.add.reduceat(tenths, start) + 3000) // 6000
    persons = np.where(whole, size, np.where(edge, singles, 0))
    return whole | edge, persons, 100 * np.where(whole, pay, np.where(edge, single_pay, 0))


if __name__ == "__main__":
    peer(load, run, lambda result: result)
