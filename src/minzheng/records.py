"""The kinds of records of this library: how households, decisions and tables are kept in a store.

A kind of one's own is a :class:`minzheng.storage.Kind` of any attrs class.
"""

from __future__ import annotations

from datetime import date, datetime

from attrs import field, frozen

from minzheng.decision import Decision
from minzheng.people import Applicant, Application, Household, Person
from minzheng.standards import Figure, Series, Standards
from minzheng.storage import Kind, Record, Shelf, Store

__all__ = [
    "APPLICANTS",
    "APPLICATIONS",
    "DECISIONS",
    "HOUSEHOLDS",
    "TABLES",
    "Table",
    "keep_standards",
    "kept_standards",
]


def _named(person: Person, case: str, place: int) -> str:
    """What names a person to the keys: the resident number, else the place in the case."""
    return person.resident_id or f"{case}/{place}"


HOUSEHOLDS: Kind[Household] = Kind(
    "household",
    Household,
    key=lambda household: household.id,
    personal={
        "members": lambda household, place: _named(household.members[place], household.id, place)
    },
)
"""Households by their case; each member sealed under a key of his own."""

APPLICANTS: Kind[Applicant] = Kind(
    "applicant",
    Applicant,
    key=lambda applicant: applicant.id,
    personal={"person": lambda applicant, place: _named(applicant.person, applicant.id, place)},
)
"""Persons who apply alone, by their case."""

APPLICATIONS: Kind[Application] = Kind(
    "application", Application, key=lambda application: application.id
)
"""Applications for temporary assistance, by their case."""

DECISIONS: Kind[Decision] = Kind(
    "decision",
    Decision,
    key=lambda decision: f"{decision.benefit}/{decision.subject}",
    valid_from=lambda decision: decision.on,
    shared=("figures", "notes"),
)
"""Decisions by benefit and case, from their day on."""


@frozen
class Table:
    """A table of standards as it is kept.

    Attributes:
        name: what it is called in the store.
        series: the series known to it.
        layers: its figures, the lowest layer first.
    """

    name: str
    series: tuple[Series, ...] = field(repr=False)
    layers: tuple[tuple[Figure, ...], ...] = field(repr=False)


TABLES: Kind[Table] = Kind("standards", Table, key=lambda table: table.name)
"""Tables of standards by name."""


def keep_standards(
    store: Store,
    name: str,
    standards: Standards,
    *,
    valid_from: date,
    expect: int | None = None,
    recorded_at: datetime | None = None,
) -> Record:
    """Keep a table of standards, whole, as the next version of its name.

    Args:
        store: where it is kept.
        name: such as ``"130822"``.
        standards: the table.
        valid_from: the day from which it is to be used.
        expect: as of :meth:`~minzheng.storage.Store.put`.
        recorded_at: as of :meth:`~minzheng.storage.Store.put`.
    """
    table = Table(name, tuple(standards.series.values()), standards.layers)
    return Shelf(store, TABLES).put(
        table, valid_from=valid_from, expect=expect, recorded_at=recorded_at
    )


def kept_standards(
    store: Store, name: str, *, on: date | None = None, as_of: datetime | None = None
) -> Standards | None:
    """The table of that name that counts, as :meth:`~minzheng.storage.Store.get`; ``None`` when none is kept.

    Two questions about the past have two answers: ``as_of`` gives the table that was in
    the store at a moment; :meth:`~minzheng.standards.Standards.as_known_on` leaves out of a table what was
    not known yet on a day.
    """
    table = Shelf(store, TABLES).get(name, on=on, as_of=as_of)
    return None if table is None else Standards(table.series, *table.layers)
