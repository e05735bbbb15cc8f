"""Measure the screens over an invented register of a million households on this machine.

Run it as ``python tools/screen_timings.py [ROWS]``. The kernel is compiled before the clock runs; the
tables are in memory. Timed is all of ``registers.screen``: the checks of the tables, the rule over every
household, the look-ups in five lists, every screen, and the table of flags in order. Printed are each of
the rounds, their median, the number of flags by screen and verdict, and how many of the errors that
were planted were found. On a busy machine the seconds of the processor tell more than those of the clock.
"""

from __future__ import annotations

import platform
import statistics
import sys
import time
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from minzheng import columns, dibao, registers

ROUNDS = 3
DAY = date(2022, 12, 1)
AREAS = ("130802", "130803", "130804", "130821", "130822", "130824", "130825", "130826")
WEIGHTS = [pow(2, 17 - position, 11) for position in range(17)]


def numbers(people: np.ndarray) -> pa.Array:
    """Invented resident numbers, one for each count."""
    days = np.datetime64("1940-01-01") + people // 999 % 28_000
    born = days.astype("datetime64[Y]").astype(int) + 1970
    month = days.astype("datetime64[M]").astype(int) % 12 + 1
    day = (days - days.astype("datetime64[M]")).astype(int) + 1
    body = born * 10_000 + month * 100 + day
    body = (130_822_00000000 + people // (999 * 28_000) * 10**8 + body) * 1000 + people % 999
    digits = np.stack([body // 10**place % 10 for place in range(16, -1, -1)], axis=1)
    check = (1 - digits @ np.array(WEIGHTS)) % 11
    text = np.full((len(people), 18), ord("X"), np.uint8)
    text[:, :17] = digits + 48
    text[:, 17] = np.where(check < 10, check + 48, ord("X"))
    offsets = np.arange(len(people) + 1, dtype=np.int32) * 18
    return pa.StringArray.from_buffers(
        len(people), pa.py_buffer(offsets.tobytes()), pa.py_buffer(text.tobytes())
    )


def words(at: np.ndarray, among: tuple[str, ...]) -> pa.Array:
    """A column of words by their places."""
    return pa.DictionaryArray.from_arrays(pa.array(at.astype(np.int32)), list(among))


def register(rows: int) -> tuple[pa.Table, dict[str, pa.Table], dict[str, int]]:
    """A register, its lists, and how many errors of each kind were planted."""
    draw = np.random.Generator(np.random.PCG64(20201123))
    size = draw.choice(np.arange(1, 7), rows, p=(0.225, 0.305, 0.235, 0.145, 0.06, 0.03))
    offsets = np.concatenate([[0], np.cumsum(size)])
    people = int(offsets[-1])
    head = np.zeros(people, np.bool_)
    head[offsets[:-1]] = True
    who = numbers(np.arange(people))
    enrolled = draw.random(rows) < 0.9
    some = draw.permutation(rows)
    planted = rows // 1000
    picked = {
        name: some[n * planted : (n + 1) * planted]
        for n, name in enumerate(
            (
                "omitted",
                "wrong",
                "tekun",
                "elsewhere",
                "register",
                "dead",
                "near",
                "partial",
                "null",
                "again",
            )
        )
    }
    enrolled[np.concatenate(list(picked.values()))] = True
    enrolled[picked["omitted"]] = False
    # whoever is not enrolled earns more than the standard, whoever is earns less
    income = np.where(enrolled, 240_000, 1_900_000)
    income[picked["omitted"]], income[picked["wrong"]] = 240_000, 1_900_000
    wage = np.repeat(income, size)
    paid = np.ones(people, np.bool_)
    first = offsets[:-1]
    partial = picked["partial"][size[picked["partial"]] > 1]
    paid[first[partial] + 1] = False
    struct = columns.schema(dibao.rule).field("members").type.value_type
    members: dict[str, Any] = {"person": who, "paid": pa.array(paid)}
    for each in struct:
        members[each.name] = _constant(each, people)
    members["relation"] = words(np.where(head, 0, 1), ("applicant", "child"))
    ages = np.where(head, draw.integers(30, 90, people), draw.integers(1, 17, people))
    nulls = np.zeros(people, np.bool_)
    nulls[first[picked["null"]]] = True
    members["age"] = pa.array(ages, mask=nulls)
    members["income_wage"] = pa.array(wage)
    position = np.arange(people)
    position[first[picked["register"]]] = first[picked["again"]]  # one person, two households
    ring = pa.array(position)
    members["person"] = who.take(ring)
    table = {
        "id": pa.array(np.char.add("h", np.arange(rows).astype(str))),
        "enrolled": pa.array(enrolled),
        "amount_month": pa.array(np.where(enrolled, 20_000, 0)),
        "since": pa.array(np.full(rows, np.datetime64("2019-01-01"))),
        "surveyed": pa.array(np.ones(rows, np.bool_)),
        "group": words(np.zeros(rows, int), ("",)),
        "near_relative": pa.array(np.isin(np.arange(rows), picked["near"])),
        "in_grace": pa.array(np.zeros(rows, np.bool_)),
        "area": words(draw.integers(0, len(AREAS), rows), AREAS),
        "residence": words(draw.integers(0, 2, rows), ("rural", "urban")),
    }
    for each in columns.schema(dibao.rule):
        if each.name not in (*table, "members"):
            table[each.name] = _constant(each, rows)
    nested = pa.StructArray.from_arrays(list(members.values()), names=list(members))
    table["members"] = pa.LargeListArray.from_arrays(pa.array(offsets), nested)
    outsiders = numbers(np.arange(people, people + 50_000))
    died = np.full(50_000 + planted, np.datetime64("2020-01-31"))
    lists = {
        "deaths": pa.table(
            {
                "person": pa.concat_arrays([outsiders, who.take(pa.array(first[picked["dead"]]))]),
                "died": pa.array(died),
            }
        ),
        "tekun": pa.table(
            {"person": pa.concat_arrays([outsiders, who.take(pa.array(first[picked["tekun"]]))])}
        ),
        "elsewhere": pa.table(
            {
                "person": pa.concat_arrays(
                    [outsiders, who.take(pa.array(first[picked["elsewhere"]]))]
                ),
                "area": ["110101"] * (50_000 + planted),
            }
        ),
        "filings": pa.table({"id": pa.array([], pa.string())}),
    }
    counts = {name: len(rows_of) for name, rows_of in picked.items()}
    counts["partial"] = len(partial)
    return pa.table(table), lists, counts


def _constant(of: pa.Field, size: int) -> pa.Array:
    if of.name in ("relation", "whereabouts", "study"):
        return words(np.zeros(size, int), ({"whereabouts": "home"}.get(of.name, "none"),))
    value = of.name in ("meets_rule", "meets_marginal_rule", "labour_ability")
    if pa.types.is_boolean(of.type):
        return pa.array(np.full(size, value))
    return pa.array(np.full(size, 1 if of.name == "band" else 0, np.int64))


def main(rows: int) -> None:
    """Print the rounds and what was found."""
    table, lists, planted = register(rows)
    asked: dict[str, Any] = {"on": DAY, "group_least": 100, "standards": _standards()}
    small, small_lists, _counts = register(1000)
    registers.screen(small, **asked, **small_lists)
    times, work = [], []
    for _ in range(ROUNDS):
        start, before = time.perf_counter(), time.process_time()
        found = registers.screen(table, **asked, **lists)
        times.append(time.perf_counter() - start)
        work.append(time.process_time() - before)
    alone = []
    facts = {*columns.schema(dibao.rule).names}
    known = [*(name for name in table.column_names if name not in facts), "members.person"]
    known.append("members.paid")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        columns.run(dibao.rule, table, on=DAY, standards=asked["standards"], keep=known)
        alone.append(time.perf_counter() - start)
    people = len(table["members"].combine_chunks().values)
    print(f"{platform.python_implementation()} {platform.python_version()}")
    print(f"{rows:,} households, {people:,} persons, {found.num_rows:,} flags")
    print("seconds:", *(f"{each:.2f}" for each in times), f"median {statistics.median(times):.2f}")
    print(f"processor seconds, all threads: median {statistics.median(work):.2f}")
    print(f"the rule alone (columns.run): median {statistics.median(alone):.2f}")
    print("planted:", planted)
    counted = found.group_by(["screen", "verdict"]).aggregate([([], "count_all")])
    for each in counted.to_pylist():
        print("  ", *each.values())


def _standards() -> Any:
    from decimal import Decimal

    from minzheng import Standards
    from minzheng.base.dates import Span
    from minzheng.law import Confidence, Grade
    from minzheng.standards import Figure, Kind, Per, Source

    invented = Source("tools", "invented for the timing", "", Grade.REPOST, Confidence.SECONDARY)
    figures = [
        Figure(
            series="dibao.standard",
            area=area,
            keys=(),
            value=Decimal(600),
            per=Per.MONTH,
            kind=Kind.POINT,
            span=Span(date(2022, 1, 1)),
            source=invented,
        )
        for area in AREAS
    ]
    return Standards.bundled() + Standards([], figures)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
