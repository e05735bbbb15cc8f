"""The screens over columns give the flags that they give row by row."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from register_cases import Generated, as_table, list_tables, local

from minzheng.errors import InvalidInput
from minzheng.people import Relation
from minzheng.registers import Flag, Lists, flags, screen
from minzheng.registers.entries import screen_rows
from minzheng.registers.screens import Screen, Verdict

DAYS = (
    date(2013, 6, 1),
    date(2021, 9, 1),
    date(2022, 10, 19),
    date(2022, 10, 20),
    date(2023, 5, 31),
    date(2026, 8, 1),
)
TABLES = local()


def both(seed: int, on: date, size: int = 60) -> tuple[tuple[Flag, ...], tuple[Flag, ...]]:
    made = Generated(seed, on, size)
    lists = made.lists()
    by_row = screen_rows(made.rows, lists, on=on, group_least=5, standards=TABLES)
    by_column = screen(
        as_table(made.rows), on=on, group_least=5, standards=TABLES, **list_tables(lists)
    )
    return by_row, flags(by_column)


@pytest.mark.parametrize("on", DAYS, ids=str)
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_columns_and_rows_agree(on: date, seed: int) -> None:
    by_row, by_column = both(seed, on)
    for one, two in zip(by_row, by_column, strict=False):
        assert one == two
    assert len(by_row) == len(by_column)


def test_every_screen_and_verdict_is_met_by_what_is_planted() -> None:
    seen: Counter[tuple[Screen, Verdict]] = Counter()
    for seed in range(6):
        seen.update((each.screen, each.verdict) for each in both(seed, DAYS[4], 200)[0])
    found, undetermined = Verdict.FOUND, Verdict.UNDETERMINED
    assert {each for each in Screen if seen[each, found] > 0} == set(Screen) - {Screen.RECORD}
    assert {each for each in Screen if seen[each, undetermined] > 0} == set(Screen) - {
        Screen.TWICE,
        Screen.PARTIAL,
        Screen.NUMBER,
    }
    assert seen[Screen.DECEASED, Verdict.IN_TIME] > 0


def test_an_empty_register_and_empty_lists_give_nothing() -> None:
    lists = list_tables(Lists(deaths=[], tekun=[], elsewhere=[], filings=[]))
    found = screen(as_table([]), on=DAYS[4], group_least=2, standards=TABLES, **lists)
    assert found.num_rows == 0


def test_a_register_in_pieces_gives_what_it_gives_whole() -> None:
    made = Generated(7, DAYS[4], 90)
    whole = as_table(made.rows)
    pieces = pa.concat_tables([whole.slice(0, 17), whole.slice(17, 1), whole.slice(18)])
    given = made.lists()
    lists = list_tables(given)
    results = [
        screen(each, on=DAYS[4], group_least=5, standards=TABLES, **lists)
        for each in (whole, pieces)
    ]
    assert results[0].equals(results[1])
    part = screen(whole.slice(17), on=DAYS[4], group_least=5, standards=TABLES, **lists)
    by_row = screen_rows(made.rows[17:], given, on=DAYS[4], group_least=5, standards=TABLES)
    assert flags(part) == by_row


def test_a_frame_of_another_library_gives_the_same() -> None:
    import polars as pl

    made = Generated(11, DAYS[4], 80)
    given = made.lists()
    data, lists = as_table(made.rows), list_tables(given)
    frames: dict[str, Any] = {
        name: None if each is None else pl.from_arrow(each) for name, each in lists.items()
    }
    frame = pl.from_arrow(data)
    assert isinstance(frame, pl.DataFrame)
    frame = frame.with_columns(pl.col("area", "residence").cast(pl.String))  # views of texts
    asked: dict[str, Any] = {"on": DAYS[4], "group_least": 5, "standards": TABLES}
    assert screen(frame, **asked, **frames).equals(screen(data, **asked, **lists))


def test_what_a_register_may_hold_besides_and_what_it_must_not() -> None:
    made = Generated(3, DAYS[4], 40)
    whole = as_table(made.rows)
    asked: dict[str, Any] = {"on": DAYS[4], "group_least": 5, "standards": TABLES}
    asked |= list_tables(made.lists())
    plain = screen(whole, **asked)
    village = pa.array([f"v{row}" for row in range(40)])
    more = whole.append_column("village", village)
    with pytest.raises(InvalidInput, match="village: unknown 'village'"):
        screen(more, **asked)
    kept = screen(more, **asked, keep=["village", "members.person"])
    assert kept.select(plain.column_names).equals(plain)
    assert flags(kept) == flags(plain)
    for each in kept.to_pylist():
        row, place = each["row"], each["member"]
        assert each["village"] == (None if row is None else f"v{row}")
        person = None if place is None else made.rows[row].members[place]["person"]
        assert each["members.person"] == person
    with pytest.raises(InvalidInput, match="row: cannot be kept"):
        screen(whole.append_column("row", village), **asked, keep=["row"])


def test_what_a_register_assumes_is_reported_beside_each_flag() -> None:
    made = Generated(3, DAYS[4], 40)
    whole = as_table(made.rows)
    asked: dict[str, Any] = {"on": DAYS[4], "group_least": 5, "standards": TABLES}
    homes = whole.drop_columns(["homes"])
    assumed = screen(homes, **asked, assume={"homes": 0})
    assert assumed.drop_columns(["assumed"]).equals(screen(whole, **asked))
    assert set(assumed["assumed"].to_pylist()) == {"homes=0"}
    unknown = screen(homes, **asked)
    assert "homes" in unknown["missing"].to_pylist()


def test_a_register_of_households_that_cannot_be_is_refused() -> None:
    made = Generated(3, DAYS[4], 10)
    rows = list(made.rows)
    members = rows[4].members or []
    twin = {**members[0], "relation": Relation.APPLICANT}
    rows[4] = rows[4]._replace(members=[*members, twin])
    with pytest.raises(
        InvalidInput, match="exactly one member is the applicant, found 2 in row 4"
    ) as caught:
        screen(as_table(rows), on=DAYS[4], group_least=5, standards=TABLES)
    assert str(twin["person"]) not in str(caught.value)
