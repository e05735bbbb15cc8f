"""Statistics of a ledger: exact counts and shares, by place, band or word; and double rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final

from attrs import fields, frozen

from minzheng.base.areas import BUNDLED, Areas
from minzheng.base.dates import add_months, age_on
from minzheng.base.i18n import N_, translator
from minzheng.base.identifiers import resident_id as resident_ids
from minzheng.base.lists import each_of
from minzheng.base.suggest import unknown
from minzheng.errors import Fault, InvalidInput
from minzheng.registers.ledgers.records import Enrolled, LeftBehindWoman
from minzheng.registers.ledgers.words import label

__all__ = ["BANDS", "Band", "Group", "Table", "faults", "percent", "statistics"]


@frozen
class Band:
    """A band of a number.

    Attributes:
        name: such as ``"1-3"``.
        over, least: what the number is more than, or at least; one of the two, or neither.
        most: what it is not more than; ``None`` without an end.
    """

    name: str
    over: Fraction | None = None
    least: Fraction | None = None
    most: Fraction | None = None

    def __contains__(self, number: Fraction) -> bool:
        return (
            (self.over is None or number > self.over)
            and (self.least is None or number >= self.least)
            and (self.most is None or number <= self.most)
        )


def _ages(*bounds: int) -> tuple[Band, ...]:
    """Bands of ages from each bound up to the year before the next; the last has no end."""
    made = [
        Band(f"{least}-{after - 1}", least=Fraction(least), most=Fraction(after - 1))
        for least, after in pairwise(bounds)
    ]
    return (*made, Band(f"{bounds[-1]}+", least=Fraction(bounds[-1])))


def _years(first: Band, *bounds: int) -> tuple[Band, ...]:
    made = [
        Band(f"{over}-{most}", over=Fraction(over), most=Fraction(most))
        for over, most in pairwise(bounds)
    ]
    return (first, *made, Band(f"{bounds[-1]}+", over=Fraction(bounds[-1])))


BANDS: Final[Mapping[str, tuple[Band, ...]]] = MappingProxyType(
    {
        "age_of_women": _ages(20, 25, 35, 45, 61)[:-1],
        "age_of_elders": _ages(60, 70, 80, 90, 100),
        "husband_away": _years(Band("0.5-1", least=Fraction(1, 2), most=Fraction(1)), 1, 3, 5, 10),
        "husband_unreturned": _years(Band("≤1", most=Fraction(1)), 1, 2, 5, 10),
        "children": (
            *(Band(str(n), least=Fraction(n), most=Fraction(n)) for n in range(3)),
            Band("3+", least=Fraction(3)),
        ),
    }
)
"""Bands that a table may be made by, beside the fields of the records.

Those of women are the national system's (ages 20-24, 25-34, 35-44, 45-60; years of absence); a
bound that two bands of years share belongs to the lower one, as the system's "1 or less" says.
Those of the elderly are decades. Who falls into none is counted as outside.
"""


@frozen
class Group:
    """One line of a table.

    Attributes:
        key: the word, the place, the text or the name of the band; ``None`` when not known.
        count: persons.
        share: of all persons of the table, exact; ``None`` when there is nobody.
        outside: whether these lie outside every band.
    """

    key: IntEnum | str | bool | None
    count: int
    share: Fraction | None
    outside: bool = False

    def text(self, language: str) -> str:
        """The group in words.

        Raises:
            InvalidInput: for a language without a catalogue.
        """
        t = translator(language)
        if self.outside:
            return t(N_("outside the bands"))
        if self.key is None:
            return t(N_("not known"))
        if isinstance(self.key, bool):
            return t(N_("yes") if self.key else N_("no"))
        return t(label(self.key)) if isinstance(self.key, IntEnum) else self.key


@frozen
class Table:
    """A statistics table (统计表).

    Attributes:
        by: what it is made by.
        on: the day.
        total: persons in the ledger on the day.
        groups: its lines; those of a field with several words add up to more than the total.
        warnings: what looks wrong in the numbers and areas of those counted, with the places of
            their rows, as in ``[3].area``.
    """

    by: str
    on: date
    total: int
    groups: tuple[Group, ...]
    warnings: tuple[Fault, ...] = ()


def statistics(rows: Iterable[Enrolled], *, by: str, on: date, areas: Areas = BUNDLED) -> Table:
    """Count those in a ledger on a day, by a field or by a band.

    Args:
        rows: the ledger; who has left it by the day, or entered it later, is not counted.
        by: the name of a field, such as ``"area"`` or ``"health"``, or of ``BANDS``.
        on: the day; ages and absences are of it.
        areas: the divisions, such as ``standards.areas`` of the tables in use.

    Returns:
        A line for every word of the dictionary and every band, with nobody in it too, then those
        outside the bands and those not known, where there are any.

    Raises:
        InvalidInput: for a name that neither is; when somebody is born after the day.

    Limitations:
        A share of nobody is not known. The front end of the national system shows 100 % there,
        and rounds shares to two decimals; :func:`percent` rounds likewise, the counts are exact.

    Example:
        >>> from minzheng.registers.ledgers import Elder
        >>> rows = [Elder(name="测试甲", birth=date(1950, 1, 1)), Elder(name="测试乙")]
        >>> table = statistics(rows, by="age_of_elders", on=date(2020, 7, 24))
        >>> [(each.key, each.count, str(each.share)) for each in table.groups if each.count]
        [('70-79', 1, '1/2'), (None, 1, '1/2')]
    """
    listed = each_of("rows", rows, Enrolled)
    numbered = [(place, each) for place, each in enumerate(listed) if each.in_ledger(on)]
    present = [each for _place, each in numbered]
    if by in BANDS:
        read = _MEASURES[by]
        keys = [_banded(read(each, on), BANDS[by]) for each in present]
        order: list[Any] = [each.name for each in BANDS[by]]
    else:
        keys = [key for each in present for key in _keys(each, by)]
        order = _words(keys)
    counted = Counter(keys)
    lines = [(key, counted.get(key, 0)) for key in order]
    lines += [(key, counted[key]) for key in (_OUTSIDE, None) if counted[key]]
    warnings = tuple(
        each._replace(path=f"[{place}].{each.path}")
        for place, row in numbered
        for each in row.warnings(on, areas)
    )
    groups = tuple(_group(*line, len(present)) for line in lines)
    return Table(by, on, len(present), groups, warnings)


_OUTSIDE: Final = ("outside",)


def _group(key: Any, count: int, total: int) -> Group:
    share = Fraction(count, total) if total else None
    outside = key is _OUTSIDE
    return Group(None if outside else key, count, share, outside)


def _keys(row: Enrolled, by: str) -> tuple[Any, ...]:
    names = [each.name for each in fields(type(row))]
    if by not in names:
        raise InvalidInput([Fault("by", unknown(by, (*names, *BANDS)))])
    value = getattr(row, by)
    return value if isinstance(value, tuple) else (value,)


def _words(keys: Sequence[Any]) -> list[Any]:
    """The order of lines: every word of a dictionary, or what occurs."""
    known = {each for each in keys if each is not None}
    words = next((type(each) for each in known if isinstance(each, IntEnum)), None)
    return sorted(known) if words is None else list(words)


def _banded(number: Fraction | None, bands: Iterable[Band]) -> Any:
    if number is None:
        return None
    return next((each.name for each in bands if number in each), _OUTSIDE)


def _age(row: Enrolled, on: date) -> Fraction | None:
    return None if row.birth is None else Fraction(age_on(row.birth, on))


def _away(row: Any, on: date) -> Fraction | None:
    if row.husband_away_since is None:
        return _fraction(row.husband_away_years)
    months = 0
    while add_months(row.husband_away_since, months + 1) <= on:
        months += 1
    begun = add_months(row.husband_away_since, months) < on  # a month begun is more than it
    return Fraction(2 * months + begun, 24)


def _fraction(number: Decimal | int | None) -> Fraction | None:
    return None if number is None else Fraction(number)


def _of_women(read: Callable[[LeftBehindWoman, date], Fraction | None]) -> Any:
    def measure(row: Enrolled, on: date) -> Fraction | None:
        if not isinstance(row, LeftBehindWoman):
            fault = Fault("by", f"a band of left-behind women, asked of {type(row).__name__}")
            raise InvalidInput([fault])
        return read(row, on)

    return measure


_MEASURES: Final[Mapping[str, Callable[[Enrolled, date], Fraction | None]]] = MappingProxyType(
    {
        "age_of_women": _age,
        "age_of_elders": _age,
        "husband_away": _of_women(_away),
        "husband_unreturned": _of_women(lambda row, _on: _fraction(row.husband_unreturned_years)),
        "children": _of_women(lambda row, _on: _fraction(row.children)),
    }
)


def percent(share: Fraction | None) -> Decimal | None:
    """A share in per cent, two decimals, halves up; nothing of nothing.

    Example:
        >>> percent(Fraction(1, 8)), percent(Fraction(1, 3)), percent(None)
        (Decimal('12.50'), Decimal('33.33'), None)
    """
    if share is None:
        return None
    hundredths = share * 10_000 + Fraction(1, 2)
    return Decimal(hundredths.numerator // hundredths.denominator).scaleb(-2)


def faults(rows: Sequence[Enrolled]) -> tuple[Fault, ...]:
    """What is wrong between the rows of a ledger: each record has refused its own faults.

    A person stands in it once, by the resident number in either form; who has left it may have
    come back, in a row of its own. A number in the ledger is given once.

    Returns:
        Faults with the place of the row, as in ``[3].resident_id``.

    Example:
        >>> from minzheng.registers.ledgers import Elder
        >>> rows = [Elder(name="测试甲", id="1"), Elder(name="测试乙", id="1")]
        >>> print(*faults(rows))
        [1].id: is that of row [0] too
    """
    return tuple(_doubles(rows))


def _doubles(rows: Sequence[Enrolled]) -> Iterator[Fault]:
    seen: dict[tuple[str, str], int] = {}
    for place, row in enumerate(rows):
        number = None
        if row.resident_id is not None and row.exited is None:
            number = resident_ids.to_18(row.resident_id)
        for name, key in (("id", row.id), ("resident_id", number)):
            if key is not None:
                first = seen.setdefault((name, key), place)
                if first != place:
                    yield Fault(f"[{place}].{name}", f"is that of row [{first}] too")
