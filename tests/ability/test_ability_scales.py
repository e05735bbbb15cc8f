"""The scales as data: whole, in order, in both languages, and in force when they are."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from ability_cases import BARTHEL, GBT, MZT, SELF_CARE

from minzheng import ability
from minzheng.ability import Scale
from minzheng.errors import NotFound, WrongType
from minzheng.law import Confidence, instrument

scales = pytest.mark.parametrize("scale", ability.scales(), ids=lambda each: each.id)


def test_the_scales_by_their_published_sizes() -> None:
    sizes = {each.id: (len(each.domains), len(each.items)) for each in ability.scales()}
    assert sizes == {SELF_CARE: (1, 6), MZT: (4, 22), GBT: (4, 26), BARTHEL: (1, 10)}
    domains = {
        each.code: (len(each.items), each.most_points) for each in ability.scale(GBT).domains
    }
    assert domains == {"B1": (8, 32), "B2": (4, 15), "B3": (9, 28), "B4": (5, 15)}
    assert ability.scale(GBT).most_points == 90
    domains = {
        each.code: (len(each.items), each.most_points) for each in ability.scale(MZT).domains
    }
    assert domains == {"B.1": (10, 100), "B.2": (3, 6), "B.3": (4, None), "B.4": (5, 20)}
    assert [max(each.scores) for each in ability.scale(BARTHEL).items.values()] == [
        *(10, 5, 5, 10, 10, 10, 10, 15, 15, 10)
    ]


def test_daily_living_of_2013_is_the_barthel_index() -> None:
    ours = ability.scale(MZT).domains[0].items
    index = ability.scale(BARTHEL).domains[0].items
    assert [each.code for each in ours] == [f"B.1.{n}" for n in range(1, 11)]
    assert [each.options for each in ours] == [each.options for each in index]


@scales
def test_options_run_from_the_best_to_the_worst(scale: Scale) -> None:
    for item in scale.items.values():
        rising, falling = sorted(item.scores), sorted(item.scores, reverse=True)
        assert list(item.scores) in (rising, falling)
        assert len(set(item.scores)) == len(item.scores) > 1
        grades = list(item.grades.values())
        assert grades == sorted(grades)
    directions = {item.scores[0] < item.scores[-1] for item in scale.items.values()}
    assert len(directions) == 1 or scale.id == MZT


@scales
def test_both_languages_are_complete(scale: Scale) -> None:
    named: list[Any] = [scale, *scale.levels, *scale.domains, *scale.items.values()]
    options = [each for item in scale.items.values() for each in item.options]
    for each in (*named, *options):
        assert re.search(r"[\u4e00-\u9fff]", each.zh)
        assert not re.search(r"[A-Za-z]{2,}", re.sub(r"MZ/T|GB/T|Barthel", "", each.zh))
        assert re.search(r"[A-Za-z]", each.en)
        assert not re.search(r"[\u3000-\u9fff\uff00-\uffef]", each.en)
    for item in scale.items.values():
        assert len({each.zh for each in item.options}) == len(item.options)
        assert len({each.en for each in item.options}) == len(item.options)


@scales
def test_bands_reach_every_level_in_order(scale: Scale) -> None:
    numbers = [each.number for each in scale.levels]
    assert numbers == sorted(set(numbers))
    for bands, wanted in [
        (scale.bands, numbers),
        *((d.bands, [0, 1, 2, 3]) for d in scale.domains),
    ]:
        if bands:
            assert [each.level for each in bands] == wanted
            starts = [each.at_least for each in bands]
            assert starts in (sorted(starts), sorted(starts, reverse=True))
            assert min(starts) == 0


@scales
def test_ties_leave_the_best_free_and_allow_the_worst(scale: Scale) -> None:
    """What the bounds of an open sheet rest on."""
    for tie in scale.ties:
        scores = scale.items[tie.item].scores
        assert set(tie.says) <= set(tie.allows) <= set(scores)
        assert scores[0] not in tie.says
        assert scores[-1] in tie.allows
        assert set(scores) - set(tie.says)


@scales
def test_every_scale_names_its_source(scale: Scale) -> None:
    assert scale.cited().where == scale.source
    assert scale.confidence in tuple(Confidence)
    if scale.instrument is not None:
        assert instrument(scale.instrument).id == scale.instrument


# --- in force -------------------------------------------------------------------------------------

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("first", "scale"), [(date(2013, 10, 1), MZT), (date(2021, 7, 1), SELF_CARE)]
)
def test_the_first_day_from_both_sides(first: date, scale: str) -> None:
    assert scale not in [each.id for each in ability.in_force(first - DAY)]
    assert scale in [each.id for each in ability.in_force(first)]


def test_a_first_day_that_is_not_confirmed_is_not_known() -> None:
    """Of GB/T 42195 only the year of issue is held."""
    held = ability.scale(GBT)
    assert held.in_force(date(2021, 12, 31)) is False
    assert held.in_force(date(2022, 1, 1)) is None
    assert held.in_force(date(2026, 1, 1)) is None
    assert GBT not in [each.id for each in ability.in_force(date(2026, 1, 1))]
    assert [each.id for each in ability.undated(date(2026, 1, 1))] == [GBT]


def test_the_barthel_index_is_never_in_force() -> None:
    assert ability.scale(BARTHEL).in_force(date(2026, 1, 1)) is False


def test_a_wrong_day_and_a_wrong_name() -> None:
    with pytest.raises(WrongType):
        ability.in_force("2020-07-24")  # type: ignore[arg-type]
    with pytest.raises(NotFound, match="did you mean 'mzt-039-2013'"):
        ability.scale("mzt-039")
