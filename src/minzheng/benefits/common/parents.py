"""A child's two parents: as what their states count, and when; shared by the benefits of children.

民发〔2019〕62号 and 民发〔2020〕125号 name the states; each place may name more. Which of them
count on a day is said by rows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from enum import IntEnum
from itertools import combinations_with_replacement
from typing import Any, Final

from attrs import frozen

from minzheng.base.identifiers.disability_certificate import DisabilityType
from minzheng.benefits._engine import (
    Ask,
    ParameterReader,
    Settled,
    Vector,
    code,
    computed,
    distinct,
    figure,
    settled,
    term,
)
from minzheng.people import Parent, ParentState, Person

__all__ = [
    "PARENT_TESTS",
    "Both",
    "ParentClass",
    "ParentFacts",
    "ParentRules",
    "counted",
    "orphaned",
    "parent_classes",
    "parent_words",
    "tests_of",
    "type_words",
]


class Both(IntEnum):
    """The two parents, in any order."""

    FIRST, SECOND = range(2)


class ParentClass(IntEnum):
    """As what a parent counts."""

    PRESENT = 0
    UNABLE = 1
    """alive, in a state in which nobody brings up a child"""
    LOST = 2
    """死亡或失踪"""
    UNTRACEABLE = 3
    """查找不到"""
    OPEN = 4
    """no row says"""


DETAINED: Final = (
    ParentState.IN_PRISON,
    ParentState.DRUG_REHABILITATION,
    ParentState.OTHERWISE_DETAINED,
)

# --- the rule


def met(which: int, f: ParentFacts, p: ParentRules) -> bool:
    """Whether a parent's state is met with all that it takes: 民发〔2019〕62号, 民发〔2020〕125号."""
    state = f.parent_state[which]
    if state == ParentState.SEVERELY_DISABLED:
        kind = f.parent_disability_type[which]
        if kind == 0:
            return False
        mildest: int = p.severe_grade[kind]
        return 1 <= f.parent_disability_grade[which] <= mildest
    if state == ParentState.SERIOUSLY_ILL:
        return f.parent_listed_illness[which]
    if state == ParentState.OUT_OF_CONTACT:
        return f.parent_months[which] >= p.contact_months and not f.parent_brings_up[which]
    if state == ParentState.REMOVED:
        return not f.parent_brings_up[which]
    if state in DETAINED:
        return f.parent_months[which] >= p.term_months
    return state != ParentState.NONE


def counted(by: Vector, which: int, f: ParentFacts, p: ParentRules) -> int:
    """As what a parent counts by a vector of :class:`ParentClass` by state."""
    named: int = by[f.parent_state[which]]
    if named == ParentClass.PRESENT or not met(which, f, p):
        return ParentClass.PRESENT
    return named


def orphaned(f: ParentFacts, p: ParentRules) -> int:
    """Whether both parents are lost, or both untraceable: a :class:`Settled`."""
    first = counted(p.orphan_parent, Both.FIRST, f, p)
    if first == ParentClass.PRESENT:
        return Settled.NO
    second = counted(p.orphan_parent, Both.SECOND, f, p)
    if second == ParentClass.PRESENT:
        return Settled.NO
    return Settled.YES if first == second else p.lost_and_untraceable


# --- the parameters


@frozen(kw_only=True, slots=False)  # so that a benefit can join it with others
class ParentRules:
    """As what each state counts for orphans, and what a state takes.

    ``severe_grade`` is the mildest grade that is severe, by type; 0 for none.
    """

    orphan_parent: Vector = term(
        "orphan.parent", ParentClass, otherwise=ParentClass.PRESENT, by=("state", ParentState)
    )
    lost_and_untraceable: Settled = settled("orphan.lost_and_untraceable")
    term_months: int = figure("de_facto_unattended.term_months", otherwise=0)
    contact_months: int = figure("de_facto_unattended.contact_months", otherwise=0)
    severe_grade: Vector = figure(
        "de_facto_unattended.severe_grade", by=("type", DisabilityType), otherwise=0
    )


def parent_classes(series: str) -> Any:
    """A parameter: as what a parent counts by state, in a benefit other than that of orphans.

    A state that no row names does not count, but for a parent who cannot be found: the notices
    say nothing of him, so that only a row of the place can.

    Args:
        series: with the key ``state``.
    """

    def of(reader: ParameterReader, state: ParentState) -> ParentClass:
        found = None
        if state is not ParentState.NONE:
            found = reader.get(series, state=state.name.lower())
        if found is not None:
            return ParentClass[str(found.value).upper()]
        untraceable = state is ParentState.UNTRACEABLE
        return ParentClass.OPEN if untraceable else ParentClass.PRESENT

    return computed(lambda reader: [of(reader, each) for each in ParentState], by=ParentState)


PARENT_TESTS: Final = {
    **dict.fromkeys(DETAINED, "de_facto_unattended.term_months"),
    ParentState.OUT_OF_CONTACT: "de_facto_unattended.contact_months",
    ParentState.SEVERELY_DISABLED: "de_facto_unattended.severe_grade",
}
"""By state, the series of what it takes."""


def parent_words(f: Any) -> tuple[str, ...]:
    """The states of the parents, as the series name them."""
    states = (ParentState(each) for each in f.parent_state)
    return tuple(each.name.lower() for each in states if each is not ParentState.NONE)


def type_words(f: Any) -> tuple[str, ...]:
    """The types of disability of severely disabled parents, as the series name them."""
    return tuple(
        DisabilityType(kind).name.lower()
        for state, kind in zip(f.parent_state, f.parent_disability_type, strict=True)
        if state == ParentState.SEVERELY_DISABLED and kind
    )


def tests_of(f: Any) -> tuple[str, ...]:
    """The series of what the states of the parents take."""
    states = sorted(set(f.parent_state))
    return tuple(dict.fromkeys(PARENT_TESTS[each] for each in states if each in PARENT_TESTS))


# --- the facts

_LONG: Final = 1200
"""Months: longer than any term."""
_UNKNOWN: Final = (Parent(), Parent())
_PAIR: Final = Vector.of(Both)

One = Callable[[Parent, ParentState, Ask, str], Any]
"""Reads a fact of one parent in a state; asks for it under a path."""


def _of_both(one: One, **limits: Any) -> Any:
    """A fact of both parents, a :class:`Vector` by :class:`Both`."""

    def read(person: Person, ask: Ask) -> Vector:
        states = _states(person, ask)
        parents = person.parents or _UNKNOWN
        paths = (f"{ask.path}.parents[{number}]" for number in Both)
        return _PAIR(
            one(parent, state, ask, path)
            for parent, state, path in zip(parents, states, paths, strict=True)
        )

    return code(read, by=Both, **limits)


def _states(person: Person, ask: Ask) -> Sequence[ParentState]:
    """The states of both parents; of unknown ones one of each that count alike is run."""
    if person.parents is None:
        pairs = tuple(combinations_with_replacement(_domain(Parent(), ask), 2))
        return ask.take(None, "parents", pairs)
    return [
        each.state
        or ask.take(None, "state", _domain(each, ask), path=f"{ask.path}.parents[{number}]")
        for number, each in enumerate(person.parents)
    ]


def _vectors(p: Any) -> list[Vector]:
    """As what a state counts, for each of the benefits that ask."""
    return [
        p.orphan_parent,
        *([p.unattended_parent] if hasattr(p, "unattended_parent") else []),
    ]


def _domain(parent: Parent, ask: Ask) -> tuple[ParentState, ...]:
    """States that a parent may have, one of each that count alike with what else is stated."""
    p = ask.p

    def treatment(state: ParentState) -> tuple[int, ...]:
        one = ParentFacts(
            parent_state=_PAIR((state, state)),
            **{
                f"parent_{name}": _PAIR([read(parent, state, ask, "")] * 2)
                for name, read in _READ.items()
            },
        )
        return tuple(counted(by, Both.FIRST, one, p) for by in _vectors(p))

    return distinct(ParentState, treatment)


def _stated(name: str, ends: tuple[Any, Any], taken_by: Collection[ParentState]) -> One:
    """A fact that only some states take, relevant where the state is stated and counts."""

    def one(parent: Parent, state: ParentState, ask: Ask, path: str) -> Any:
        relevant = state in taken_by and _asks(parent, state, ask.p)
        return ask.take(getattr(parent, name), name, ends, relevant, True, path)

    return one


def _asks(parent: Parent, state: ParentState, p: Any) -> bool:
    """Whether what the state takes is asked: of a state that is itself unknown it is met."""
    return parent.state is not None and any(by[state] != ParentClass.PRESENT for by in _vectors(p))


def _disability(parent: Parent, state: ParentState, ask: Ask, path: str) -> tuple[int, int]:
    """The type and the grade of a severe disability.

    The certificate of a multiple disability does not say which types it joins.
    """
    grades = ask.p.severe_grade
    mildest = int(max(DisabilityType, key=lambda kind: grades[kind]))
    relevant = state == ParentState.SEVERELY_DISABLED and _asks(parent, state, ask.p)
    if parent.disability is None:
        return ask.take(None, "disability", ((0, 0), (mildest, 1)), relevant, True, path)
    kind, grade = parent.disability.type, parent.disability.grade
    if kind is DisabilityType.MULTIPLE and grade > 2:
        types = (int(kind), mildest)
        return ask.take(None, "type", types, relevant, True, f"{path}.disability"), grade
    return int(kind), grade


_READ: Final[dict[str, One]] = {
    "months": _stated("months", (0, _LONG), (*DETAINED, ParentState.OUT_OF_CONTACT)),
    "disability_type": lambda *of: _disability(*of)[0],
    "disability_grade": lambda *of: _disability(*of)[1],
    "listed_illness": _stated("listed_illness", (False, True), (ParentState.SERIOUSLY_ILL,)),
    "brings_up": _stated(
        "brings_up", (True, False), (ParentState.OUT_OF_CONTACT, ParentState.REMOVED)
    ),
}


@frozen(kw_only=True, slots=False)  # so that a benefit can join it with others
class ParentFacts:
    """Both parents. ``parent_months`` are of the term, or without contact."""

    parent_state: tuple[ParentState, ...] = _of_both(lambda _parent, state, _ask, _path: state)
    parent_months: tuple[int, ...] = _of_both(_READ["months"])
    parent_disability_type: tuple[int, ...] = _of_both(_READ["disability_type"], most=7)
    parent_disability_grade: tuple[int, ...] = _of_both(
        _READ["disability_grade"], most=4, together="parent_disability_type"
    )
    parent_listed_illness: tuple[bool, ...] = _of_both(_READ["listed_illness"])
    parent_brings_up: tuple[bool, ...] = _of_both(_READ["brings_up"])
