"""Reading the figures of one decision, and remembering which were used or missing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Generic, TypeVar

from attrs import frozen

from minzheng.base.money import to_fen
from minzheng.errors import FigureNotFound
from minzheng.standards.model import Figure, Found, NotHeld
from minzheng.standards.table import Standards

__all__ = ["Reading", "Resolved"]

Terms = TypeVar("Terms")


@frozen(eq=False)
class Resolved(Generic[Terms]):
    """The terms of a place and a day, and the figures they were made from.

    Attributes:
        terms: ``None`` when a figure is missing without which nothing can be decided.
        used: every figure found, in the order of look-up.
        missing: the figures that are needed and not held.
    """

    terms: Terms | None
    used: tuple[Found, ...]
    missing: tuple[NotHeld, ...]

    @property
    def parameters(self) -> Terms | None:
        """The parameters."""
        return self.terms

    @cached_property
    def held(self) -> Mapping[str, Found]:
        """The figures used by series; of a series with several rows, the last."""
        return {each.figure.series: each for each in self.used}


class Reading:
    """Looks figures up for one place and day.

    ``get`` gives ``None`` for an optional figure that is not held; ``need`` notes it
    as missing. Of the keys given here a series is asked only those it has.
    """

    def __init__(self, standards: Standards, area: str, on: date, **keys: str) -> None:
        self._standards = standards
        self._area = area
        self.on = on
        self._keys = keys
        self._used: dict[Figure, Found] = {}
        self._missing: dict[NotHeld, None] = {}

    def get(self, series: str, **keys: str) -> Found | None:
        """The figure of an optional series, or ``None``."""
        asked = self._asked(series, keys)
        found = self._standards.get(series, self._area, self.on, kinds=None, **asked)
        return None if found is None else self._note(found)

    def need(self, series: str, **keys: str) -> Found | None:
        """The figure, or ``None`` and a note that it is missing."""
        asked = self._asked(series, keys)
        try:
            found = self._standards.find(series, self._area, self.on, kinds=None, **asked)
        except FigureNotFound as error:
            self._missing[error.not_held] = None
            return None
        return self._note(found)

    def words_of(self, series: str, key: str) -> tuple[str, ...]:
        """The words that a key of a series may take."""
        return self._standards.series[series].keys[key]

    def _asked(self, series: str, keys: dict[str, str]) -> dict[str, str]:
        known = self._standards.series[series].keys
        return {key: word for key, word in {**self._keys, **keys}.items() if key in known}

    def _note(self, found: Found) -> Found:
        self._used.setdefault(found.figure, found)
        return found

    @staticmethod
    def yes(found: Found | None) -> bool:
        """The flag of what was found; ``False`` where nothing was."""
        return found is not None and found.value is True

    @staticmethod
    def settled(found: Found | None) -> int:
        """The flag of what was found as 1 or 0; -1 where nothing settles it."""
        return -1 if found is None else int(found.value is True)

    @staticmethod
    def whole(found: Found | None, otherwise: int = 0) -> int:
        """The whole number of what was found."""
        return found.value if found and isinstance(found.value, int) else otherwise

    @staticmethod
    def ratio(found: Found | None) -> Fraction:
        """The ratio of what was found; 0 where nothing was."""
        return found.value if found and isinstance(found.value, Fraction) else Fraction(0)

    @staticmethod
    def fen_a_year(found: Found | None) -> int:
        """The amount of what was found in fen a year; 0 where nothing was."""
        return found.figure.fen_a_year() if found else 0

    @staticmethod
    def fen(found: Found | None, otherwise: int = 0) -> int:
        """The amount of what was found in fen."""
        return to_fen(found.value) if found and isinstance(found.value, Decimal) else otherwise

    def resolve(self, terms: Terms | None) -> Resolved[Terms]:
        """Close the reading; with a figure missing there are no terms."""
        return Resolved(
            terms=None if self._missing else terms,
            used=tuple(self._used.values()),
            missing=tuple(self._missing),
        )
