"""A child's two parents: which of their states count, and when; shared by the benefits of children.

民发〔2019〕62号 and 民发〔2020〕125号 name the states; each place may name more. Which count
on a day stands in rows, never here.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from functools import partial
from itertools import combinations_with_replacement
from typing import Any

from attrs import frozen

from minzheng.base.identifiers.disability_certificate import DisabilityType
from minzheng.benefits.unknowns import Unknowns, distinct
from minzheng.people import Parent, ParentState, Person
from minzheng.rules import limited
from minzheng.standards.reading import Reading

__all__ = [
    "ParentClass",
    "ParentsFacts",
    "ParentsTerms",
    "orphaned",
    "parent_states",
    "parents_of",
    "read_parents",
    "unattended_class",
]


class ParentClass(IntEnum):
    """As what a parent counts."""

    PRESENT = 0
    UNABLE = 1
    """alive, in a state in which nobody brings up a child"""
    LOST = 2
    """死亡或失踪"""
    UNTRACEABLE = 3
    """查找不到"""


@frozen(kw_only=True)
class ParentsFacts:
    """Both parents, in any order. ``*_months`` are of the term, or without contact."""

    first_state: ParentState = ParentState.NONE
    first_months: int = 0
    first_disability_type: int = limited(0, most=7)
    first_disability_grade: int = limited(0, most=4, together="first_disability_type")
    first_listed_illness: bool = False
    first_brings_up: bool = True
    second_state: ParentState = ParentState.NONE
    second_months: int = 0
    second_disability_type: int = limited(0, most=7)
    second_disability_grade: int = limited(0, most=4, together="second_disability_type")
    second_listed_illness: bool = False
    second_brings_up: bool = True


@frozen(kw_only=True)
class ParentsTerms:
    """As what each state counts (a ``ParentClass``), and what a state takes.

    ``orphan_*`` is for orphans, ``unattended_*`` for children in fact unattended;
    ``lost_and_untraceable`` is 1 yes, 0 no, -1 not settled by any row held. ``grade_*`` is
    the mildest grade that is severe, 0 for none.
    """

    orphan_dead: int
    orphan_declared_missing: int
    orphan_severely_disabled: int
    orphan_seriously_ill: int
    orphan_in_prison: int
    orphan_drug_rehabilitation: int
    orphan_otherwise_detained: int
    orphan_out_of_contact: int
    orphan_guardianship_revoked: int
    orphan_removed: int
    orphan_untraceable: int
    lost_and_untraceable: int
    unattended_dead: int
    unattended_declared_missing: int
    unattended_severely_disabled: int
    unattended_seriously_ill: int
    unattended_in_prison: int
    unattended_drug_rehabilitation: int
    unattended_otherwise_detained: int
    unattended_out_of_contact: int
    unattended_guardianship_revoked: int
    unattended_removed: int
    unattended_untraceable: int
    term_months: int
    contact_months: int
    grade_visual: int
    grade_hearing: int
    grade_speech: int
    grade_physical: int
    grade_intellectual: int
    grade_mental: int
    grade_multiple: int


# --- the rule


def severe_grade(kind: int, t: ParentsTerms) -> int:
    """The mildest grade of a type of disability that is severe."""
    if kind == DisabilityType.VISUAL:
        return t.grade_visual
    if kind == DisabilityType.HEARING:
        return t.grade_hearing
    if kind == DisabilityType.SPEECH:
        return t.grade_speech
    if kind == DisabilityType.PHYSICAL:
        return t.grade_physical
    if kind == DisabilityType.INTELLECTUAL:
        return t.grade_intellectual
    if kind == DisabilityType.MENTAL:
        return t.grade_mental
    return t.grade_multiple if kind == DisabilityType.MULTIPLE else 0


def holds(
    state: int, months: int, kind: int, grade: int, listed: bool, brings_up: bool, t: ParentsTerms
) -> bool:
    """Whether a state is met with all that it takes: 民发〔2019〕62号, 民发〔2020〕125号."""
    if state == ParentState.SEVERELY_DISABLED:
        return 1 <= grade <= severe_grade(kind, t)
    if state == ParentState.SERIOUSLY_ILL:
        return listed
    if state == ParentState.OUT_OF_CONTACT:
        return months >= t.contact_months and not brings_up
    if state == ParentState.REMOVED:
        return not brings_up
    if state in (
        ParentState.IN_PRISON,
        ParentState.DRUG_REHABILITATION,
        ParentState.OTHERWISE_DETAINED,
    ):
        return months >= t.term_months
    return state != ParentState.NONE


def orphan_state(state: int, t: ParentsTerms) -> int:
    """As what a state counts for orphans."""
    if state == ParentState.DEAD:
        return t.orphan_dead
    if state == ParentState.DECLARED_MISSING:
        return t.orphan_declared_missing
    if state == ParentState.SEVERELY_DISABLED:
        return t.orphan_severely_disabled
    if state == ParentState.SERIOUSLY_ILL:
        return t.orphan_seriously_ill
    if state == ParentState.IN_PRISON:
        return t.orphan_in_prison
    if state == ParentState.DRUG_REHABILITATION:
        return t.orphan_drug_rehabilitation
    if state == ParentState.OTHERWISE_DETAINED:
        return t.orphan_otherwise_detained
    if state == ParentState.OUT_OF_CONTACT:
        return t.orphan_out_of_contact
    if state == ParentState.GUARDIANSHIP_REVOKED:
        return t.orphan_guardianship_revoked
    if state == ParentState.REMOVED:
        return t.orphan_removed
    return t.orphan_untraceable if state == ParentState.UNTRACEABLE else 0


def unattended_state(state: int, t: ParentsTerms) -> int:
    """As what a state counts for children in fact unattended."""
    if state == ParentState.DEAD:
        return t.unattended_dead
    if state == ParentState.DECLARED_MISSING:
        return t.unattended_declared_missing
    if state == ParentState.SEVERELY_DISABLED:
        return t.unattended_severely_disabled
    if state == ParentState.SERIOUSLY_ILL:
        return t.unattended_seriously_ill
    if state == ParentState.IN_PRISON:
        return t.unattended_in_prison
    if state == ParentState.DRUG_REHABILITATION:
        return t.unattended_drug_rehabilitation
    if state == ParentState.OTHERWISE_DETAINED:
        return t.unattended_otherwise_detained
    if state == ParentState.OUT_OF_CONTACT:
        return t.unattended_out_of_contact
    if state == ParentState.GUARDIANSHIP_REVOKED:
        return t.unattended_guardianship_revoked
    if state == ParentState.REMOVED:
        return t.unattended_removed
    return t.unattended_untraceable if state == ParentState.UNTRACEABLE else 0


def first_holds(p: ParentsFacts, t: ParentsTerms) -> bool:
    """Whether the first parent's state is met."""
    return holds(
        p.first_state,
        p.first_months,
        p.first_disability_type,
        p.first_disability_grade,
        p.first_listed_illness,
        p.first_brings_up,
        t,
    )


def second_holds(p: ParentsFacts, t: ParentsTerms) -> bool:
    """Whether the second parent's state is met."""
    return holds(
        p.second_state,
        p.second_months,
        p.second_disability_type,
        p.second_disability_grade,
        p.second_listed_illness,
        p.second_brings_up,
        t,
    )


def orphaned(p: ParentsFacts, t: ParentsTerms) -> int:
    """Whether both parents are lost, or both untraceable: 1, 0, or -1 not settled."""
    first = orphan_state(p.first_state, t) if first_holds(p, t) else 0
    second = orphan_state(p.second_state, t) if second_holds(p, t) else 0
    if ParentClass.PRESENT in (first, second):
        return 0
    return 1 if first == second else t.lost_and_untraceable


def unattended_class(second: bool, p: ParentsFacts, t: ParentsTerms) -> int:
    """As what one of the parents counts for a child in fact unattended."""
    if second:
        return unattended_state(p.second_state, t) if second_holds(p, t) else 0
    return unattended_state(p.first_state, t) if first_holds(p, t) else 0


def parent_states(p: ParentsFacts) -> tuple[str, ...]:
    """The states of the parents, as the series say them."""
    return tuple(
        state.name.lower()
        for state in (p.first_state, p.second_state)
        if state is not ParentState.NONE
    )


# --- the terms

_CLASSES = {
    "lost": ParentClass.LOST,
    "untraceable": ParentClass.UNTRACEABLE,
    "unable": ParentClass.UNABLE,
}
_STATES = tuple(each.name.lower() for each in ParentState if each is not ParentState.NONE)
_TYPES = tuple(each.name.lower() for each in DisabilityType)


def read_parents(read: Reading) -> dict[str, Any]:
    """The fields of :class:`ParentsTerms`."""
    counts: dict[str, Any] = {}
    for room in ("orphan", "de_facto_unattended"):
        for state in _STATES:
            found = read.get(f"{room}.parent", state=state)
            counts[f"{room.removeprefix('de_facto_')}_{state}"] = (
                _CLASSES[str(found.value)] if found else ParentClass.PRESENT
            )
    return {
        **counts,
        "lost_and_untraceable": read.settled(read.get("orphan.lost_and_untraceable")),
        "term_months": read.whole(read.get("de_facto_unattended.term_months")),
        "contact_months": read.whole(read.get("de_facto_unattended.contact_months")),
        **{
            f"grade_{kind}": read.whole(read.get("de_facto_unattended.severe_grade", type=kind))
            for kind in _TYPES
        },
    }


# --- the facts

_LONG = 1200
"""Months: longer than any term."""


def parents_of(
    p: Person, path: str, t: ParentsTerms, unknowns: Unknowns, room: str
) -> dict[str, Any]:
    """The fields of :class:`ParentsFacts`.

    Args:
        p: the child.
        path: of the child.
        t: the terms.
        unknowns: collects what is not known.
        room: ``"orphan"`` or ``"de_facto_unattended"``: whose states decide.
    """
    if p.parents is None:
        each = _states(Parent(), t, room)
        pairs = tuple(combinations_with_replacement(each, 2))
        both: tuple[Mapping[str, Any], ...] = unknowns.take(None, path, "parents", pairs)
    else:
        both = (
            _parent(p.parents[0], f"{path}.parents[0]", t, unknowns, room),
            _parent(p.parents[1], f"{path}.parents[1]", t, unknowns, room),
        )
    return {
        f"{which}_{name}": value
        for which, facts in zip(("first", "second"), both, strict=True)
        for name, value in facts.items()
    }


def _states(p: Parent, t: ParentsTerms, room: str) -> tuple[Mapping[str, Any], ...]:
    """The facts of a parent whose state is not known, one of each state that counts alike.

    What else is stated of the parent holds; what is not is such that the state is met, for a
    state that is not met counts as none.
    """

    def counts(facts: Mapping[str, Any]) -> tuple[int, int]:
        state = facts["state"]
        met = holds(
            state,
            facts["months"],
            facts["disability_type"],
            facts["disability_grade"],
            facts["listed_illness"],
            facts["brings_up"],
            t,
        )
        orphan = orphan_state(state, t) if met else int(ParentClass.PRESENT)
        other = unattended_state(state, t) if met else int(ParentClass.PRESENT)
        return orphan, other if room == "de_facto_unattended" else 0

    kind, grade = (_severe_type(t), 1)
    if p.disability is not None:
        kind, grade = int(p.disability.type), p.disability.grade
        if p.disability.type is DisabilityType.MULTIPLE and grade > 2:
            kind = _severe_type(t)
    rest = {
        "months": _LONG if p.months is None else p.months,
        "disability_type": kind,
        "disability_grade": grade,
        "listed_illness": p.listed_illness is not False,
        "brings_up": p.brings_up is True,
    }
    return distinct(({"state": state, **rest} for state in ParentState), counts)


def _parent(
    p: Parent, path: str, t: ParentsTerms, unknowns: Unknowns, room: str
) -> Mapping[str, Any]:
    if p.state is None:
        return unknowns.take(None, path, "state", _states(p, t, room))
    take = partial(unknowns.take, monotone=True)
    named = (
        p.state is not ParentState.NONE
        and max(
            orphan_state(p.state, t),
            unattended_state(p.state, t) if room == "de_facto_unattended" else 0,
        )
        != ParentClass.PRESENT
    )
    detained = p.state in (
        ParentState.IN_PRISON,
        ParentState.DRUG_REHABILITATION,
        ParentState.OTHERWISE_DETAINED,
    )
    away = p.state is ParentState.OUT_OF_CONTACT
    removed = p.state is ParentState.REMOVED
    disabled = named and p.state is ParentState.SEVERELY_DISABLED
    kind, grade = _disability(p, path, t, unknowns, disabled)
    ill = named and p.state is ParentState.SERIOUSLY_ILL
    asks_months = named and (detained or away)
    asks_upbringing = named and (away or removed)
    return {
        "state": p.state,
        "months": take(p.months, path, "months", (0, _LONG), asks_months),
        "disability_type": kind,
        "disability_grade": grade,
        "listed_illness": take(p.listed_illness, path, "listed_illness", (False, True), ill),
        "brings_up": take(p.brings_up, path, "brings_up", (True, False), asks_upbringing),
    }


def _severe_type(t: ParentsTerms) -> int:
    """The type of disability that is severe at the mildest grade."""
    return max(map(int, DisabilityType), key=lambda kind: severe_grade(kind, t))


def _disability(
    p: Parent, path: str, t: ParentsTerms, unknowns: Unknowns, matters: bool
) -> tuple[int, int]:
    if p.disability is None:
        ends = ((0, 0), (_severe_type(t), 1))
        return unknowns.take(None, path, "disability", ends, matters, monotone=True)
    grade = p.disability.grade
    if p.disability.type is DisabilityType.MULTIPLE and grade > 2 and matters:
        # the certificate's number does not say which types it joins
        types = (int(DisabilityType.MULTIPLE), _severe_type(t))
        here = f"{path}.disability"
        return unknowns.take(None, here, "type", types, monotone=True), grade
    return int(p.disability.type), grade
