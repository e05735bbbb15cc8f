"""Sheets of the scales, and every way to complete one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import product
from typing import Any

from attrs import evolve, fields

from minzheng import ability
from minzheng.ability import Assessment, Condition, EventCount, Reading, Scale, Sheet, Stacking

SELF_CARE, MZT, GBT, BARTHEL = ability.SCALES
ON = date(2023, 11, 1)
PLAIN = Reading(stacking=Stacking.ONCE, events=EventCount.IN_TOTAL)
EVENTS = ("falls", "wandering", "choking", "self_harm", "other_events")


def best(scale: str) -> dict[str, int]:
    return {code: item.scores[0] for code, item in ability.scale(scale).items.items()}


def worst(scale: str) -> dict[str, int]:
    return {code: item.scores[-1] for code, item in ability.scale(scale).items.items()}


def open_reading(scale: str) -> Reading:
    return PLAIN if scale == MZT else Reading()


def judge(
    scale: str,
    answers: Mapping[str, int | None],
    condition: Condition | None = None,
    reading: Reading | None = None,
) -> Assessment:
    sheet = Sheet(
        id="t",
        answers=answers,
        condition=Condition.none() if condition is None else condition,
        reading=open_reading(scale) if reading is None else reading,
    )
    return ability.assess(scale, sheet, on=ON)


def with_points(scale: str, domains: Iterable[str], points: int) -> dict[str, int]:
    """Answers of some domains that come to so many points, found greedily from the worst."""
    held = ability.scale(scale)
    items = [i for d in held.domains if d.code in domains for i in d.items]
    reachable: list[dict[int, int]] = [{0: 0}]
    for item in items:  # for each sum the score that led to it
        step: dict[int, int] = {}
        for total in reachable[-1]:
            for score in item.scores:
                step.setdefault(total + score, score)
        reachable.append(step)
    answers: dict[str, int] = {}
    for item, step in zip(reversed(items), reversed(reachable), strict=False):
        answers[item.code] = step[points]
        points -= step[points]
    return answers


def completions(scale: Scale, sheet: Sheet) -> Iterator[Sheet]:
    """Every sheet that a sheet with open places can still become, contradictory ones left out.

    A count that is not known is 0, 1 or 2: more than 2 counts as 2 does.
    """
    items = [code for code in scale.items if sheet.answers.get(code) is None]
    facts = [
        each.name
        for each in fields(Condition)
        if getattr(sheet.condition, each.name) is None
        and (each.name in EVENTS) <= (each.name in scale.events)
    ]
    choices: list[Iterable[Any]] = [scale.items[code].scores for code in items]
    choices += [(0, 1, 2) if name in EVENTS else (False, True) for name in facts]
    stacking = (sheet.reading.stacking,) if sheet.reading.stacking else tuple(Stacking)
    events = (sheet.reading.events,) if sheet.reading.events else tuple(EventCount)
    if scale.id != MZT:
        stacking, events = (Stacking.ONCE,), (EventCount.IN_TOTAL,)
    for chosen in product(*choices, stacking, events):
        answers = {**sheet.answers, **dict(zip(items, chosen, strict=False))}
        known = dict(zip(facts, chosen[len(items) :], strict=False))
        condition = evolve(sheet.condition, **known)
        if consistent(scale.id, answers, condition):
            reading = Reading(stacking=chosen[-2], events=chosen[-1])
            yield Sheet(id="t", answers=answers, condition=condition, reading=reading)


def consistent(scale: str, answers: Mapping[str, int | None], condition: Condition) -> bool:
    if scale == MZT:
        coma = answers["B.3.1"] == 3
        disorder = answers["B.2.1"] == 2
        return condition.coma is coma and (condition.dementia is True or not disorder)
    return scale != GBT or not condition.coma or answers["B3.9"] == 0
