"""Changes of level: coma, diagnosed diseases, care-risk events; what is known, and what it hangs on.

MZ/T 039-2013 annex C.3 and GB/T 42195-2022 annex C.4. A coma gives the most severe level; a
disease, and two or more events within 30 days, raise the level by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from attrs import frozen

from minzheng.ability.model import EventCount, Scale, Stacking
from minzheng.ability.sheet import Sheet

__all__ = ["Known", "bounds", "final", "hangs_on", "known", "raised"]

_ENOUGH = 2
"""events within 30 days that raise a level"""


@frozen
class Known:
    """What a sheet says of the grounds for a change; ``None`` is not known.

    Attributes:
        coma: a coma.
        dementia, mental_illness: the two diseases.
        events: two or more events.
        stacking: how many levels they raise together.
        unknown: paths of the facts behind ``events`` that are not known.
    """

    coma: bool | None
    dementia: bool | None
    mental_illness: bool | None
    events: bool | None
    stacking: Stacking | None
    unknown: tuple[str, ...] = ()

    @property
    def disease(self) -> bool | None:
        """One of the two diseases."""
        both = (self.dementia, self.mental_illness)
        return True if True in both else None if None in both else False


def known(scale: Scale, sheet: Sheet) -> Known:
    """What a sheet says of the grounds that a scale names, its answers included."""
    if not scale.events:
        return Known(False, False, False, False, Stacking.ONCE)
    facts = {
        name: getattr(sheet.condition, name) for name in ("coma", "dementia", "mental_illness")
    }
    for tie in scale.ties:
        score = sheet.answers.get(tie.item)
        if facts[tie.fact] is None and score is not None:
            facts[tie.fact] = score in tie.says or (None if score in tie.allows else False)
    counting = scale.event_count or sheet.reading.events
    counts = {name: getattr(sheet.condition, name) for name in scale.events}
    return Known(
        **facts,
        events=_events(counts, counting),
        stacking=scale.stacking or sheet.reading.stacking,
        unknown=tuple(_behind(counts, counting)),
    )


def final(top: int, preliminary: int, coma: bool, disease: bool, events: bool, each: bool) -> int:
    """The level after the changes.

    Args:
        top: the most severe level.
        preliminary: the level before.
        coma: a coma.
        disease: a diagnosed disease.
        events: two or more events.
        each: whether disease and events raise one level each.

    Example:
        >>> final(3, 1, coma=False, disease=True, events=True, each=False)
        2
        >>> final(3, 1, coma=False, disease=True, events=True, each=True)
        3
        >>> final(3, 3, coma=False, disease=True, events=True, each=True)
        3
    """
    if coma:
        return top
    steps = disease + events if each else disease or events
    return min(top, preliminary + steps)


def bounds(top: int, least: int, most: int, k: Known) -> tuple[int, int]:
    """The least and the most severe level, whatever is not known.

    No ground ever lowers a level, so that all grounds absent gives the one and all grounds present
    the other, and both can come about.
    """
    best = (k.coma is True, k.disease is True, k.events is True, k.stacking is Stacking.EACH)
    worst = (
        k.coma is not False,
        k.disease is not False,
        k.events is not False,
        k.stacking is not Stacking.ONCE,
    )
    return final(top, least, *best), final(top, most, *worst)


def hangs_on(scale: Scale, least: int, most: int, k: Known) -> Iterator[str]:
    """Paths of what is not known and can change the level, levels ``least`` to ``most`` before."""
    stacking = None if k.stacking is None else k.stacking is Stacking.EACH
    stated = (k.coma, k.disease, k.events, stacking)
    choices = [(False, True) if each is None else (each,) for each in stated]
    changing = [
        each is None
        and any(
            _differs(scale.top, level, fixed, n)
            for level in range(least, most + 1)
            for fixed in product(*choices)
        )
        for n, each in enumerate(stated)
    ]
    coma, disease, events, stacks = changing
    if coma:  # where an item alone tells it, that item is what is not known
        told_by = (t.item for t in scale.ties if t.fact == "coma" and t.says == t.allows)
        yield next((f"answers[{item}]" for item in told_by), "condition.coma")
    if disease:
        yield from (
            f"condition.{name}"
            for name in ("dementia", "mental_illness")
            if getattr(k, name) is None
        )
    if events:
        yield from k.unknown
    if stacks:
        yield "reading.stacking"


def _differs(top: int, preliminary: int, fixed: tuple[bool, ...], n: int) -> bool:
    """Whether the ground at a place makes a difference, the others fixed."""
    without, having = (
        final(
            top, preliminary, *(holds if place == n else each for place, each in enumerate(fixed))
        )
        for holds in (False, True)
    )
    return without != having


def raised(top: int, preliminary: int | None, k: Known) -> tuple[str, ...]:
    """The grounds that hold and count; none where the level is the most severe without them."""
    if preliminary == top:
        return ()
    if k.coma:
        return ("coma",)
    grounds = {
        "dementia": k.dementia,
        "mental_illness": k.mental_illness,
        "events": k.events,
    }
    return tuple(name for name, holds in grounds.items() if holds)


def _events(counts: Mapping[str, int | None], counting: EventCount | None) -> bool | None:
    """Whether there are enough events; not known where a count, or the way of counting, decides."""
    held = [count for count in counts.values() if count is not None]
    open_kinds = len(counts) - len(held)
    one_kind, in_total = max(held, default=0) >= _ENOUGH, sum(held) >= _ENOUGH
    certain = in_total if counting is EventCount.IN_TOTAL else one_kind
    possible = one_kind if counting is EventCount.PER_KIND else in_total
    return True if certain else None if open_kinds or possible else False


def _behind(counts: Mapping[str, int | None], counting: EventCount | None) -> Iterator[str]:
    """What decides whether there are enough events: the open counts, and the way of counting."""
    yield from (f"condition.{name}" for name, count in counts.items() if count is None)
    single = sum(count is None or count == 1 for count in counts.values())
    if counting is None and single >= _ENOUGH:
        yield "reading.events"
