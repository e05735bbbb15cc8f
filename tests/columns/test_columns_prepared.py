"""A table prepared once gives, run after run, what a run of its own would give."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import pyarrow as pa
import pytest
from attrs import evolve

from minzheng import columns, dibao, tekun
from minzheng.columns.kernel import compiled
from minzheng.errors import InvalidInput

from . import heating
from .population import DAYS, standards
from .test_columns_equal import population, rows
from .test_columns_shapes import ON, WHOLE


@pytest.mark.parametrize("benefit", [dibao, tekun], ids=["dibao", "tekun"])
def test_every_run_is_what_a_run_of_its_own_gives(benefit: Any) -> None:
    """Days of every regime in turn, each twice: the second takes what was kept."""
    cases = population(benefit.rule, 7, DAYS[0])
    table = rows(benefit.rule, cases, numbers=False)
    prepared = columns.prepare(benefit.rule, table, keep=["area"])
    for on in [*DAYS, *DAYS[:2], *DAYS[:2], DAYS[0], DAYS[0]]:
        own = columns.run(benefit.rule, table, on=on, standards=standards(), keep=["area"])
        assert prepared.run(on=on, standards=standards()).equals(own)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each kernel is called."""
    module = sys.modules["minzheng.columns.run"]  # the name is also that of the function
    counted: Counter[str] = Counter()
    kernel = compiled(heating.RULE)
    assert kernel is not None

    def count(name: str, call: Callable[..., None], *arguments: Any) -> None:
        counted[name] += 1
        call(*arguments)

    assert kernel.share is not None
    assert kernel.settle is not None
    counting = evolve(
        kernel,
        run=partial(count, "run", kernel.run),
        share=partial(count, "share", kernel.share),
        settle=partial(count, "settle", kernel.settle),
    )
    monkeypatch.setattr(module, "compiled", lambda _rule: counting)
    return counted


def test_members_are_added_up_once_for_all_amounts(calls: Counter[str]) -> None:
    """``member`` reads the age alone, so no amount a room changes what members add up to."""
    prepared = columns.prepare(heating.RULE, WHOLE)
    for rural in ("100", "101", "102.02", "103"):
        held = heating.standards(rural=rural, urban="200")
        own = columns.run(heating.RULE, WHOLE, on=ON, standards=held)
        assert prepared.run(on=ON, standards=held).equals(own)
    assert (calls["share"], calls["settle"]) == (1, 3)


def test_a_place_that_gains_its_figures_is_added_up_again(calls: Counter[str]) -> None:
    prepared = columns.prepare(heating.RULE, WHOLE)
    for held in 2 * [heating.standards(rural="100")] + 2 * [
        heating.standards(rural="100", urban="200")
    ]:
        own = columns.run(heating.RULE, WHOLE, on=ON, standards=held)
        assert prepared.run(on=ON, standards=held).equals(own)
    assert calls["share"] == 2


def test_what_is_wrong_with_columns_is_said_at_once_and_with_values_when_run() -> None:
    with pytest.raises(InvalidInput, match="'room'; did you mean 'rooms'"):
        columns.prepare(heating.RULE, WHOLE.rename_columns({"rooms": "room"}))
    rooms = pa.array([-1, *[1] * (WHOLE.num_rows - 1)])
    negative = WHOLE.set_column(WHOLE.column_names.index("rooms"), "rooms", rooms)
    held = heating.standards(rural="100", urban="200")
    prepared = columns.prepare(heating.RULE, negative)
    with pytest.raises(InvalidInput, match="rooms: expected 0 or more, got -1 in row 0"):
        prepared.run(on=ON, standards=held)
