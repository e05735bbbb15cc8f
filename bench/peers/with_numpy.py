"""Plain numpy, int64 throughout: arrays by person, sums by ``np.add.reduceat``."""

from __future__ import annotations

from typing import Any

import numpy as np
from measure import peer

Arrays = dict[str, Any]


def load(data: Arrays) -> Arrays:
    """The arrays as they are, with the offsets' two ends."""
    return {**data, "start": data["offsets"][:-1], "size": np.diff(data["offsets"])}


def run(d: Arrays) -> tuple[Any, Any, Any]:
    """Arrays to arrays."""
    start, size = d["start"], d["size"]
    month = d["standard_months"][2 * d["area"] + d["residence"]]
    month_of = np.repeat(month, size)
    income = 4 * d["wage"] + 5 * (d["pension"] + d["transfers"] - d["care"])
    severe = (d["disability_grade"] == 1) | (d["disability_grade"] == 2)
    rate = np.where(severe | (d["age"] >= 70), 2, (d["age"] < 14).astype(np.int64))
    supplement = rate * month_of
    gap = 60 * month_of - np.maximum(income, 0)
    single = severe & (gap > 0)
    alone = np.where(single, (gap + 6 * supplement + 3000) // 6000, 0)

    total = np.maximum(np.add.reduceat(income, start), 0)
    limit = 60 * month * size
    owns = (d["cars"] > 0) | (d["deposits"] > 24 * month * size)
    singles = np.add.reduceat(single.astype(np.int64), start)
    whole = ~owns & (total < limit)
    edge = ~owns & ~whole & (singles > 0) & (2 * total < 3 * limit)
    pay = (limit - total + 6 * np.add.reduceat(supplement, start) + 3000) // 6000
    persons = np.where(whole, size, np.where(edge, singles, 0))
    month_pay = np.where(whole, pay, np.where(edge, np.add.reduceat(alone, start), 0)) * 100
    return whole | edge, persons, month_pay


if __name__ == "__main__":
    peer(load, run, lambda result: result)
