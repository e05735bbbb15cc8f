"""DuckDB SQL in whole numbers, on all cores, from its own tables to an Arrow table."""

from __future__ import annotations

from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from measure import PERSON, peer

QUERY = """
with h as (select * from households join standards using (area, residence)),
each as (
    select household, 4 * wage + 5 * (pension + transfers - care) as income,
        disability_grade between 1 and 2 as severe,
        case when disability_grade between 1 and 2 or age >= 70 then 2
            when age < 14 then 1 else 0 end as tenths
    from persons
),
s as (
    select household, count(*) as size, greatest(sum(income)::bigint, 0) as income,
        sum(tenths)::bigint as tenths
    from each group by household
),
alone as (
    select household, count(*) as singles,
        sum((72 * month - greatest(income, 0) + 3000) // 6000)::bigint as single_pay
    from each join h using (household)
    where severe and greatest(income, 0) < 60 * month
    group by household
),
joined as (
    select *, 60 * month * size as most, coalesce(singles, 0) as single_persons,
        cars = 0 and deposits <= 24 * month * size as owns_little
    from h join s using (household) left join alone using (household)
),
decided as (
    select *, owns_little and income < most as whole,
        owns_little and income >= most and 2 * income < 3 * most and single_persons > 0 as edge
    from joined
)
select household, whole or edge as granted,
    case when whole then size when edge then single_persons else 0 end as persons,
    100 * case when whole then (most - income + 6 * month * tenths + 3000) // 6000
        when edge then single_pay else 0 end as pay_month
from decided
"""


def load(data: dict[str, Any]) -> duckdb.DuckDBPyConnection:
    """A data base in memory with three tables."""
    n, places = len(data["area"]), np.arange(len(data["standard_months"]))
    of = np.repeat(np.arange(n, dtype=np.int32), np.diff(data["offsets"]))
    households = {name: data[name] for name in ("area", "residence", "deposits", "cars")}
    standards = {"area": places // 2, "residence": places % 2, "month": data["standard_months"]}
    connection = duckdb.connect()
    for name, columns in (
        ("persons", {"household": of, **{name: data[name] for name in PERSON}}),
        ("households", {"household": np.arange(n, dtype=np.int32), **households}),
        ("standards", standards),
    ):
        connection.register("given", pa.table(columns))
        connection.execute(f"create table {name} as select * from given")
        connection.unregister("given")
    return connection


def answers(table: pa.Table) -> list[Any]:
    """The columns in the order of the households."""
    order = np.argsort(table["household"].to_numpy())
    return [table[name].to_numpy()[order] for name in ("granted", "persons", "pay_month")]


if __name__ == "__main__":
    peer(load, lambda connection: connection.sql(QUERY).to_arrow_table(), answers)
