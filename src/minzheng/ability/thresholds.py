"""The bands over all points: those of the scale, or figures of the standards tables."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from attrs import frozen

from minzheng.ability.model import Band, Method, Scale
from minzheng.standards import NATION, Found, NotHeld, Standards
from minzheng.standards.reading import Reading

__all__ = ["Thresholds", "thresholds"]


@frozen
class Thresholds:
    """Bands over all points, and the figures they rest on.

    Attributes:
        bands: empty where a figure is not held, or where grades are combined.
        used: the figures found.
        missing: the figures not held.
    """

    bands: tuple[Band, ...]
    used: tuple[Found, ...] = ()
    missing: tuple[NotHeld, ...] = ()


@lru_cache(maxsize=256)
def thresholds(scale: Scale, standards: Standards, on: date) -> Thresholds:
    """The bands of a scale on a day.

    The self-care test counts the items failed; its two figures are those that tekun reads.
    """
    if scale.method is not Method.ITEMS_FAILED:
        return Thresholds(scale.bands)
    read = Reading(standards, NATION, on)
    partial = read.need("tekun.self_care.partial_from")
    complete = read.need("tekun.self_care.complete_from")
    items = len(scale.items)
    none, some, all_lost = (each.number for each in scale.levels)
    held = read.resolve(
        (
            Band(items - read.whole(partial) + 1, none),
            Band(items - read.whole(complete) + 1, some),
            Band(0, all_lost),
        )
    )
    return Thresholds(held.terms or (), held.used, held.missing)
