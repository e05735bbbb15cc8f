"""polars, lazy and in whole numbers, on all cores: sums by household as differences of running sums.

For members stored in the order of their households this is more than twice as fast
as ``group_by`` and a join, with the same results.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from measure import PERSON, peer

Frames = tuple[pl.DataFrame, pl.DataFrame, pl.Series]


def load(data: dict[str, Any]) -> Frames:
    """Persons with the row of their household, households with where members end, standards."""
    n = len(data["area"])
    size = np.diff(data["offsets"])
    of = np.repeat(np.arange(n, dtype=np.uint32), size)
    persons = pl.DataFrame({"household": of, **{name: data[name] for name in PERSON}})
    names = ("area", "residence", "deposits", "cars")
    households = pl.DataFrame(
        {
            "household": np.arange(n, dtype=np.uint32),
            **{name: data[name] for name in names},
            "size": size,
            "last": (data["offsets"][1:] - 1).astype(np.uint32),
        }
    )
    sorted_ = pl.col("household").set_sorted()
    return (
        persons.with_columns(sorted_),
        households.with_columns(sorted_),
        pl.Series("month", data["standard_months"]),
    )


def run(frames: Frames) -> pl.DataFrame:
    """Frames to a frame."""
    persons, households, months = frames
    month, size = pl.col("month"), pl.col("size")
    income = 4 * pl.col("wage") + 5 * (pl.col("pension") + pl.col("transfers") - pl.col("care"))
    severe = pl.col("disability_grade").is_between(1, 2)
    minor = (pl.col("age") < 14).cast(pl.Int64)
    tenths = pl.when(severe | (pl.col("age") >= 70)).then(2).otherwise(minor)
    running = persons.lazy().select(income=income.cum_sum(), tenths=tenths.cum_sum()).collect()

    def by_household(name: str) -> pl.Expr:
        until = pl.lit(running[name]).gather(pl.col("last"))
        return until - until.shift(1, fill_value=0)

    places = 2 * pl.col("area") + pl.col("residence")
    h = households.lazy().with_columns(
        month=pl.lit(months).gather(places),
        income=by_household("income").clip(lower_bound=0),
        tenths=by_household("tenths"),
    )
    # few are severely disabled: only what they are paid alone is worked out
    gap = 60 * month - income.clip(lower_bound=0)
    alone = (
        persons.lazy()
        .filter(severe)
        .join(h.select("household", "month"), on="household")
        .select("household", "month", gap=gap)
        .filter(pl.col("gap") > 0)
        .group_by("household")
        .agg(
            singles=pl.len().cast(pl.Int64),
            single_pay=((pl.col("gap") + 12 * month + 3000) // 6000).sum(),
        )
    )
    near = pl.col("owns_little") & (2 * pl.col("income") < 3 * pl.col("limit"))
    pay = (pl.col("limit") - pl.col("income") + 6 * month * pl.col("tenths") + 3000) // 6000
    return (
        h.join(alone, on="household", how="left", maintain_order="left")
        .with_columns(
            pl.col("singles", "single_pay").fill_null(0),
            limit=60 * month * size,
            owns_little=(pl.col("cars") == 0) & (pl.col("deposits") <= 24 * month * size),
        )
        .with_columns(whole=pl.col("owns_little") & (pl.col("income") < pl.col("limit")))
        .with_columns(edge=near & ~pl.col("whole") & (pl.col("singles") > 0))
        .select(
            granted=pl.col("whole") | pl.col("dibao_marginal"),
            persons=_chosen(size, pl.col("singles")),
            pay_month=100 * _chosen(pay, pl.col("single_pay")),
        )
        .collect()
    )


def _chosen(whole: pl.Expr, edge: pl.Expr) -> pl.Expr:
    return pl.when("whole").then(whole).when("dibao_marginal").then(edge).otherwise(0)


if __name__ == "__main__":
    peer(load, run, lambda frame: [frame[name].to_numpy() for name in frame.columns])
