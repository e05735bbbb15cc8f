"""How an open text was read, and what else a reader of a result should know."""

from __future__ import annotations

from collections.abc import Iterator

from minzheng.ability.changes import Known
from minzheng.ability.combination import Combination
from minzheng.ability.model import EventCount, Method, Scale, Stacking
from minzheng.ability.sheet import Sheet
from minzheng.base.i18n import N_
from minzheng.decision import Note

__all__ = ["notes", "readings"]

_COMBINED = N_(
    "From the four grades to the level the standard is read severity first: this is an "
    "interpretation, not its text."
)
_SILENT = N_(
    "The text gives no level to the grades {daily}, {mental}, {perception}, {social}; "
    "level {level} is taken."
)
_CONTRADICTORY = N_(
    "The text gives both level {first} and level {second} to the grades {daily}, {mental}, "
    "{perception}, {social}; level {level} is taken."
)
_STACKING = {
    Stacking.ONCE: N_("{clause}: a disease and events together raise the level by one."),
    Stacking.EACH: N_("{clause}: a disease and events raise the level by one each."),
    None: N_(
        "{clause} does not say whether a disease and events together raise the level by one or "
        "by two: no reading is chosen, both are tried."
    ),
}
_COUNTED = {
    EventCount.PER_KIND: N_("{clause}: two or more events of one kind count."),
    EventCount.IN_TOTAL: N_("{clause}: two or more events count, of all kinds together."),
    None: N_(
        "{clause} does not say whether two or more events are of one kind or of all kinds "
        "together: no reading is chosen, both are tried."
    ),
}
_SAID = N_("{item} of {score} is taken as a ground of {clause}.")
_COMA = {
    "gbt-42195-2022": N_(
        "The note beside B3.9 gives a coma the severe level; C.4, which is followed, gives it the "
        "most severe."
    )
}
_NOT_IN_FORCE = N_("The scale is not in force on this day.")
_NOT_KNOWN = N_("It is not known whether the scale is in force on this day.")
_CLINICAL = N_("A clinical index: no instrument puts it in force.")
_REMARKS = {
    "barthel": (
        N_(
            "Of two competing sets of bands the one that a source was read for is used; it calls "
            "full points mild too."
        ),
        N_("These bands are not the grades of daily living of MZ/T 039-2013."),
    ),
    "gbt-42195-2022": (
        N_("A disease is dementia (F00 to F03), or F04 to F99 diagnosed by a psychiatrist."),
    ),
}


def readings(
    scale: Scale, sheet: Sheet, known: Known, combination: Combination | None
) -> Iterator[Note]:
    """How the text was read where it is silent, contradictory or ambiguous."""
    chosen = sheet.reading
    if scale.method is Method.COMBINATION:
        yield Note(_COMBINED)
    if combination is not None and not combination.defined:
        yield _of_grades(combination)
    if scale.events:
        clause = {"clause": scale.changes}
        yield Note(_STACKING[scale.stacking or chosen.stacking], clause)
        yield Note(_COUNTED[scale.event_count or chosen.events], clause)
    for tie in scale.ties:
        score = sheet.answers.get(tie.item)
        if score is not None and score in tie.says and getattr(sheet.condition, tie.fact) is None:
            yield Note(_SAID, {"item": tie.item, "score": score, "clause": scale.changes})
    if known.coma and scale.id in _COMA:
        yield Note(_COMA[scale.id])


def notes(scale: Scale, in_force: bool | None) -> Iterator[Note]:
    """What a reader should know besides."""
    if scale.instrument is None:
        yield Note(_CLINICAL)
    elif in_force is None:
        yield Note(_NOT_KNOWN)
    elif not in_force:
        yield Note(_NOT_IN_FORCE)
    yield from map(Note, _REMARKS.get(scale.id, ()))


def _of_grades(found: Combination) -> Note:
    daily, mental, perception, social = found.grades
    values = {
        "daily": daily,
        "mental": mental,
        "perception": perception,
        "social": social,
        "level": found.level,
    }
    if not found.literal:
        return Note(_SILENT, values)
    first, second = found.literal
    return Note(_CONTRADICTORY, {**values, "first": first, "second": second})
