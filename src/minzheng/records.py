"""The kinds of records of this library: how households, decisions and tables are kept in a store.

A kind of one's own is a :class:`minzheng.storage.Kind` of any attrs class. Applications,
decisions, organisations, ratings, draws and tables name nobody: they have no personal
fields, and their ids must say nothing of anybody.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any, TypeVar

from attrs import field, fields, frozen

from minzheng import rating
from minzheng.base.areas import Areas, Division
from minzheng.decision import Decision
from minzheng.errors import Fault, InvalidInput
from minzheng.inspection import Bundle
from minzheng.organizations import Organization
from minzheng.people import Applicant, Application, Household, Person
from minzheng.registers.ledgers import Enrolled
from minzheng.standards import Figure, Series, Standards
from minzheng.storage import Kind, Record, Shelf, Store

Row = TypeVar("Row", bound=Enrolled)

__all__ = [
    "APPLICANTS",
    "APPLICATIONS",
    "DECISIONS",
    "DRAWS",
    "HOUSEHOLDS",
    "ORGANIZATIONS",
    "RATINGS",
    "TABLES",
    "KeptDraw",
    "KeptRating",
    "Table",
    "keep_standards",
    "kept_standards",
    "ledger",
]


def _named(person: Person) -> str | None:
    """What names a person to the keys: the resident number, else the lasting id."""
    return person.resident_id or person.id


HOUSEHOLDS: Kind[Household] = Kind(
    "household",
    Household,
    key=lambda household: household.id,
    personal={"members": lambda household: [_named(person) for person in household.members]},
)
"""Households by their case; each member sealed under a key of their own."""

APPLICANTS: Kind[Applicant] = Kind(
    "applicant",
    Applicant,
    key=lambda applicant: applicant.id,
    personal={"person": lambda applicant: _named(applicant.person)},
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


ORGANIZATIONS: Kind[Organization] = Kind(
    "organization", Organization, key=lambda organization: organization.id
)
"""Social organisations by their id."""


@frozen
class KeptRating:
    """A rating as it is kept: what it was made from, and what came of it.

    A rating is made anew from scheme and sheet, so that nothing of the scheme is kept twice.

    Attributes:
        scheme: id of a bundled scheme.
        on: the day of the rating.
        sheet: what was filled in.
        grade: id of the grade; ``None`` where none was given.
        total: the points in all, as a ratio in text; ``None`` where they are not known.
    """

    scheme: str
    on: date
    sheet: rating.Sheet
    grade: str | None
    total: str | None

    @classmethod
    def of(cls, made: rating.Rating, sheet: rating.Sheet, on: date) -> KeptRating:
        """A rating made from a sheet on a day."""
        grade = None if made.grade is None else made.grade.code
        return cls(
            made.scheme.id, on, sheet, grade, None if made.total is None else str(made.total)
        )

    def again(self) -> rating.Rating:
        """The rating, made anew by the bundled scheme.

        Raises:
            NotFound: when no bundled scheme has that id.
        """
        return rating.rate(rating.bundled(self.scheme), self.sheet)


RATINGS: Kind[KeptRating] = Kind(
    "rating",
    KeptRating,
    key=lambda kept: f"{kept.scheme}/{kept.sheet.id}",
    valid_from=lambda kept: kept.on,
)
"""Ratings by scheme and subject, from their day on."""


@frozen
class KeptDraw:
    """A draw as it is kept: the bundle, byte for byte as it was published.

    Attributes:
        name: what it is called in the store.
        text: the bundle's text.
    """

    name: str
    text: str = field(repr=False)

    @property
    def bundle(self) -> Bundle:
        """The bundle.

        Raises:
            InvalidInput: when it does not verify.
        """
        return Bundle.load(self.text)


DRAWS: Kind[KeptDraw] = Kind("draw", KeptDraw, key=lambda draw: draw.name)
"""Draws of inspections by name."""


def ledger(cls: type[Row]) -> Kind[Row]:
    """The kind of the rows of one ledger, such as ``ledgers.Elder``.

    A row is kept under its number in the ledger, never under the resident number; a row
    without one has to be given one first. Everything but that number and the county is
    personal, and sealed under the person's resident number, else the row's own number.
    """
    words = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
    name = f"ledger_{words}"
    every: Any = cls

    def person(row: Row) -> str | None:
        return row.resident_id or f"{name}/{row.id}"

    personal = {each.name: person for each in fields(every) if each.name not in _CLEAR}
    return Kind(name, cls, key=_numbered, personal=personal)


_CLEAR = ("id", "area")


def _numbered(row: Enrolled) -> str:
    if not row.id:
        raise InvalidInput(
            [Fault("id", "is needed to keep the row under; a resident number is no key")]
        )
    return row.id


@frozen
class Table:
    """A table of standards as it is kept.

    Attributes:
        name: what it is called in the store.
        series: the series known to it.
        layers: its figures, the lowest layer first.
        divisions: the areas it states besides those of the bundled lists.
    """

    name: str
    series: tuple[Series, ...] = field(repr=False)
    layers: tuple[tuple[Figure, ...], ...] = field(repr=False)
    divisions: tuple[Division, ...] = field(default=(), repr=False)


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
    series, rows = tuple(standards.series.values()), standards.areas.rows
    table = Table(name, series, standards.layers, rows)
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
    if table is None:
        return None
    return Standards(table.series, *table.layers, areas=Areas(table.divisions))
