"""GB/T 2260 codes of administrative divisions: what each named and when, its parents and heirs.

A code of six digits names a province (省级), a prefecture (地级) or a county (县级). Divisions are
renamed, merged, split and moved, so one code can have several *eras*; an era is the years for which
the code named one division, and tells which codes its ground bore afterwards. The bundled data are
the yearly lists of the Ministry of Civil Affairs from 1981 on, with the corrections and successors
of the CC0 1.0 data set yescallop/areacodes (``data/areas.csv.xz``, licence beside it).

Limitations:
    - Years only. A list shows 31 December of its year: an era that starts in 2017 was first listed
      at the end of 2017, and one that ends in 2017 was last listed at the end of 2016, so the
      change came on some day of 2017. On any day of the year of change :func:`is_valid` accepts
      both the old and the new code, and :func:`lookup` finds both; where one answer is needed
      (:func:`children`, :func:`successors`, a code that changed its name), the list of 31
      December of that year decides.
    - Nothing before 1981 is answered (:class:`~minzheng.errors.OutsideCoverage`). After the last
      list, the divisions of that list are taken to go on, and newer ones are not known.
    - The lists name no successor of most prefectures (地区); :func:`successors` then gives the
      prefectures to which its counties belonged at the end of that year, or the counties
      themselves where they came directly under a province.
    - Ground that changed hands while a code stayed in use is told by :attr:`Area.successors`, but
      not followed by :func:`successors`.
    - Codes that only gather others (市辖区 ``130801``, 省直辖县级行政区划 ``429000``), development
      zones without a code of their own, and streets, towns and townships are not in the lists; nor
      is the nation.

Divisions that the lists do not have yet are stated by the caller: :class:`Areas` lays
:class:`Division` rows over the lists, with exact days, and answers the same questions. Nothing
is registered for the whole process; a table of figures carries its areas with it
(:attr:`minzheng.standards.Standards.areas`).
"""

from __future__ import annotations

import lzma
import re
from bisect import bisect_right
from collections import defaultdict
from datetime import date, datetime
from difflib import get_close_matches
from enum import IntEnum
from functools import cache, cached_property, lru_cache
from heapq import nsmallest
from importlib.resources import files
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from attrs import evolve, field, frozen

from minzheng.base.brief import shown
from minzheng.errors import Fault, InvalidInput, NotFound, OutsideCoverage, WrongType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = [
    "BUNDLED",
    "NATION",
    "Area",
    "Areas",
    "Division",
    "Level",
    "Succession",
    "attributable",
    "children",
    "eras",
    "is_valid",
    "lookup",
    "parents",
    "prefixes",
    "search",
    "successors",
]

NATION = "000000"
"""The code under which figures of the whole nation stand; no division of its own."""

_FOREVER = date.max.year


def _codes(codes: Iterable[str]) -> tuple[str, ...]:
    if isinstance(codes, str):
        raise WrongType(f"successors: expected a list of codes, got {shown(codes)}")
    return tuple(codes)


class Level(IntEnum):
    """The level of a division; each adds two digits to the code.

    Example:
        >>> lookup("130881").level
        <Level.COUNTY: 3>
    """

    PROVINCE = 1
    PREFECTURE = 2
    COUNTY = 3


@frozen
class Succession:
    """One code that took over ground of an area, whole or in part.

    Attributes:
        code: the code the ground bore afterwards.
        year: the year of the change.
    """

    code: str
    year: int


@frozen
class Area:
    """One era of a code: the years for which it named one division.

    Attributes:
        code: six digits.
        name: the name in the lists, without the levels above.
        level: province, prefecture or county.
        start_year: the first year at whose end the era is listed (1981 or earlier reads 1981).
        end_year: the first year at whose end it is listed no more; None while in use.
        successors: where its ground went, those of ``end_year`` and earlier losses of ground.
        parent: the code of the division above, where a :class:`Division` states it; otherwise the
            digits tell it.
        start, end: the first day, and the first day no longer, where they are known.

    Example:
        >>> area = lookup("130823")
        >>> area.name, area.start_year, area.end_year
        ('平泉县', 1993, 2017)
        >>> area.successors
        (Succession(code='130881', year=2017),)
    """

    code: str
    name: str
    level: Level
    start_year: int
    end_year: int | None
    successors: tuple[Succession, ...] = ()
    parent: str | None = field(default=None, kw_only=True)
    start: date | None = field(default=None, kw_only=True)
    end: date | None = field(default=None, kw_only=True)
    _areas: Areas | None = field(default=None, alias="areas", kw_only=True, repr=False, eq=False)

    @property
    def full_name(self) -> str:
        """The name with the levels above it, as they were named in the era.

        Example:
            >>> lookup("130881").full_name
            '河北省承德市平泉市'
            >>> lookup("132624").full_name
            '河北省承德地区平泉县'
        """
        above = (self._areas or BUNDLED)._above(self, _last_year(self))
        return "".join(area.name for area in reversed(above)) + self.name


@frozen(kw_only=True)
class Division:
    """A division as a caller states it: a new one, a new name, or the end of one.

    Attributes:
        code: six digits.
        name: the name without the levels above it.
        start: the first day; left out for a code that is on file, whose last era it then describes.
        end: the first day on which it is no longer; ``None`` while in use.
        parent: the code of the division above; left out, the digits tell it.
        successors: the codes that its ground bears from ``end`` on.
        source: the document that says so, for people to read.

    Example:
        >>> Division(code="130871", name="承德高新技术产业开发区", start=date(2024, 1, 1),
        ...          parent="130800").name
        '承德高新技术产业开发区'
    """

    code: str
    name: str
    start: date | None = None
    end: date | None = None
    parent: str | None = None
    successors: tuple[str, ...] = field(default=(), converter=_codes)
    source: str = ""


def eras(code: str) -> tuple[Area, ...]:
    """Tell everything a code has named, oldest first.

    Args:
        code: six digits.

    Raises:
        WrongType: for a code that is not a ``str``.
        InvalidInput: for a ``str`` that is not six digits.
        NotFound: for a code in none of the lists; the message names the nearest codes.

    Source: GB/T 2260 and the yearly lists of the Ministry of Civil Affairs.

    Example:
        >>> [(area.name, area.start_year, area.end_year) for area in eras("132629")]
        [('围场县', 1981, 1989), ('围场满族蒙古族自治县', 1989, 1993)]
    """
    return BUNDLED.eras(code)


def lookup(code: str, on: date | None = None) -> Area:
    """Find what a code names.

    Args:
        code: six digits.
        on: the day; without it, the latest era is given, in use or not.

    Returns:
        The era of that day. In a year of change this is the era listed at the end of the year,
        or the one that ended in that year where the code is not listed any more.

    Raises:
        WrongType, InvalidInput: for a code that is not six digits, or a day that is not a ``date``.
        OutsideCoverage: for a day before 1981.
        NotFound: for a code in none of the lists, and for one not in use on that day; the message
            names its eras and its successors.

    Source: GB/T 2260 and the yearly lists of the Ministry of Civil Affairs.

    Example:
        >>> from datetime import date
        >>> lookup("130823", date(2010, 1, 1)).name
        '平泉县'
        >>> lookup("130823", date(2018, 1, 1))
        Traceback (most recent call last):
            ...
        minzheng.errors.NotFound: 130823 was not in use on 2018-01-01: 平泉县 1993-2017; in 2018 \
use 130881 平泉市
    """
    return BUNDLED.lookup(code, on)


def is_valid(code: str, on: date) -> bool:
    """Tell whether a code may have been in use on a day.

    Args:
        code: six digits.
        on: the day; any day of a year of change counts for the old code and for the new.

    Raises:
        WrongType, InvalidInput: for a code that is not six digits, or a day that is not a ``date``.
        OutsideCoverage: for a day before 1981.

    Source: GB/T 2260 and the yearly lists of the Ministry of Civil Affairs.

    Example:
        >>> from datetime import date
        >>> [is_valid("130823", date(year, 6, 1)) for year in (1992, 1993, 2017, 2018)]
        [False, True, True, False]
        >>> is_valid("130881", date(2017, 6, 1))
        True
    """
    return BUNDLED.is_valid(code, on)


def attributable(code: str, year: int) -> bool:
    """Tell whether the resident ID of somebody born in a year can carry a code.

    A number carries the code of the place of registration when the number was given, not at birth:
    a code that came into use after the birth is right, one retired before it is not.

    Args:
        code: six digits.
        year: the year of birth.

    Returns:
        False also for a code in none of the lists.

    Raises:
        WrongType, InvalidInput: for a code that is not six digits, a year that is no ``int``.

    Source: GB 11643, the address code (地址码), which is taken from GB/T 2260.

    Limitations:
        830000, the address code on residence permits of Taiwan residents, is no GB/T 2260 code.

    Example:
        >>> attributable("130881", 1950)  # 平泉市 only since 2017
        True
        >>> attributable("132624", 1993), attributable("132624", 1994)  # 平泉县 until 1993
        (True, False)
    """
    return BUNDLED.attributable(code, year)


def prefixes(code: str) -> tuple[str, ...]:
    """Give the code and the codes of the levels above it, by its digits alone.

    Args:
        code: six digits; it need not be held, nor need the codes above it.

    Returns:
        County, prefecture, province; fewer for a code of a higher level.

    Raises:
        WrongType, InvalidInput: for a code that is not six digits.

    Source: GB/T 2260, structure of the code.

    Example:
        >>> prefixes("130881")
        ('130881', '130800', '130000')
        >>> prefixes("130800")
        ('130800', '130000')
    """
    _check(code)
    return tuple(dict.fromkeys((code, f"{code[:4]}00", f"{code[:2]}0000")))


def parents(code: str, on: date | None = None) -> tuple[Area, ...]:
    """Find the divisions above one, nearest first, as they were in its era.

    Args:
        code: six digits.
        on: the day; without it, the latest era of the code counts.

    Returns:
        Prefecture and province of a county; only the province of a prefecture, or of a county
        directly under its province (直辖); nothing for a province.

    Raises:
        WrongType, InvalidInput, OutsideCoverage, NotFound: as :func:`lookup`.

    Source: GB/T 2260, structure of the code.

    Example:
        >>> [area.name for area in parents("130881")]
        ['承德市', '河北省']
        >>> [area.name for area in parents("429004")]
        ['湖北省']
    """
    return BUNDLED.parents(code, on)


def children(code: str, on: date | None = None) -> tuple[Area, ...]:
    """List the divisions one level down, in the order of their codes.

    Args:
        code: six digits.
        on: the day; the list of 31 December of its year counts. Without it, or where the division
            itself is listed no more, the last list that has the division.

    Returns:
        Counties of a prefecture; prefectures of a province and the counties directly under it;
        nothing for a county.

    Raises:
        WrongType, InvalidInput, OutsideCoverage, NotFound: as :func:`lookup`.

    Source: the yearly lists of the Ministry of Civil Affairs.

    Example:
        >>> [area.name for area in children("130800")][-2:]
        ['围场满族蒙古族自治县', '平泉市']
        >>> [area.code for area in children("640000")]
        ['640100', '640200', '640300', '640400', '640500']
    """
    return BUNDLED.children(code, on)


def successors(code: str, on: date | None = None) -> tuple[Area, ...]:
    """Follow a code to what its ground is today, or was on a day.

    Args:
        code: six digits.
        on: the day; the list of 31 December of its year counts. Without it, the last list.

    Returns:
        The code's own area while it is in use; otherwise the areas that took its place, through
        as many changes as there were, several after a split, in the order of the lists; of a
        prefecture that the lists give no successor, those of its counties; nothing where there are
        none either. Of a code given to another place later, the latest era
        that had begun counts.

    Raises:
        WrongType, InvalidInput, OutsideCoverage: as :func:`lookup`.
        NotFound: for a code in none of the lists, and for one that came into use after that day.

    Source: the data set's table of successors.

    Example:
        >>> [area.code for area in successors("132624")]  # by way of 130823
        ['130881']
        >>> [area.name for area in successors("132601")]  # the old 承德市, of county level
        ['双桥区', '双滦区', '鹰手营子矿区']
    """
    return BUNDLED.successors(code, on)


def search(name: str, on: date | None = None) -> tuple[Area, ...]:
    """Find divisions by name.

    Args:
        name: a name, whole (``平泉市``), without its kind (``平泉``) or in part, and if wished
            after the names of levels above it (``河北省承德市平泉市``, ``承德平泉``); spaces do
            not count.
        on: the day on which the division may have been in use; without it, any day.

    Returns:
        One era a code, best first: the full name, the name, the name without its kind, names that
        contain it; among equals those still in use, then the latest retired, then by code.

    Raises:
        WrongType: for a name that is not a ``str``, or a day that is not a ``date``.
        InvalidInput: for an empty name.
        OutsideCoverage: for a day before 1981.
        NotFound: if nothing bears the name; the message gives near names, or other years.

    Source: the yearly lists of the Ministry of Civil Affairs.

    Example:
        >>> [f"{area.code} {area.name}" for area in search("平泉")]
        ['130881 平泉市', '130823 平泉县', '132624 平泉县']
        >>> search("福州市鼓楼区")[0].full_name
        '福建省福州市鼓楼区'
    """
    return BUNDLED.search(name, on)


# --- the lists, and what is laid over them -----------------------------------------------------


class Areas:
    """The bundled lists and, laid over them, divisions that a caller states.

    Every question has the meaning of the module's function of the same name. A row about a code
    that is on file counts from its first day on: an era that began before it ends there.

    Args:
        rows: the divisions, later ones laid over earlier ones.

    Raises:
        InvalidInput: with every fault of every row, under ``division[n]``.

    Example:
        >>> zone = Division(code="130871", name="承德高新区", start=date(2024, 1, 1), parent="130800")
        >>> here = Areas([zone])
        >>> here.lookup("130871", date(2026, 1, 1)).full_name
        '河北省承德市承德高新区'
        >>> here.levels("130871", date(2026, 1, 1))
        ('130871', '130800', '130000', '000000')
        >>> BUNDLED.is_valid("130871", date(2026, 1, 1))
        False
    """

    def __init__(self, rows: Iterable[Division] = ()) -> None:
        self.rows: tuple[Division, ...] = tuple(rows)
        if self.rows:
            self._table  # noqa: B018 - the faults are reported here, not at the first question

    def __add__(self, over: Areas) -> Areas:
        """Lay the rows of ``over`` on top of these."""
        if not isinstance(over, Areas):
            return NotImplemented
        if not over.rows or not self.rows:
            return self if not over.rows else over
        return Areas((*self.rows, *over.rows))

    def __reduce__(self) -> tuple[object, ...]:
        return (Areas, (self.rows,)) if self.rows else (_bundled, ())

    def __repr__(self) -> str:
        return (
            f"<Areas: the lists and {len(self.rows)} rows>" if self.rows else "<Areas: the lists>"
        )

    def eras(self, code: str) -> tuple[Area, ...]:
        """Everything a code has named; see :func:`eras`."""
        found = self._on_file(code)
        if not found:
            raise NotFound(self._unknown(code))
        return found

    def lookup(self, code: str, on: date | None = None) -> Area:
        """What a code names; see :func:`lookup`."""
        found = self.eras(code)
        if on is None:
            return found[-1]
        self._year(on)
        # The newest possible era is the one listed at the end of the year, if any is.
        for area in reversed(found):
            if _possible(area, on):
                return area
        raise NotFound(self._not_in_use(found, on))

    def is_valid(self, code: str, on: date) -> bool:
        """Whether a code may have been in use on a day; see :func:`is_valid`."""
        self._year(on)
        return any(_possible(area, on) for area in self._on_file(code))

    def attributable(self, code: str, year: int) -> bool:
        """Whether the number of somebody born in a year can carry a code; see :func:`attributable`."""
        if type(year) is not int:
            raise WrongType(f"year: expected an int, got {shown(year)}")
        found = self._on_file(code)
        return any(area.end_year is None or year <= area.end_year for area in found)

    def parents(self, code: str, on: date | None = None) -> tuple[Area, ...]:
        """The divisions above one, nearest first; see :func:`parents`."""
        area = self.lookup(code, on)
        return self._above(area, min(self._year(on), _last_year(area)))

    def levels(self, code: str, on: date) -> tuple[str, ...]:
        """The codes under which a figure for an area may be on file, nearest first.

        Args:
            code: six digits, or :data:`NATION`.
            on: the day.

        Returns:
            The code, those of its parents on that day, and :data:`NATION`.

        Raises:
            WrongType, InvalidInput, OutsideCoverage, NotFound: as :func:`lookup`; of a code that is
                in no list, the message says how to state it.
        """
        return _levels(self, code, on)

    def faults(self, codes: Mapping[str, str | None], on: date) -> tuple[Fault, ...]:
        """Report the codes that no division had on a day.

        Args:
            codes: each under the path that its fault gives; ``None`` is not known.
            on: the day.

        Example:
            >>> print(*BUNDLED.faults({"area": "130823", "city": "130800"}, date(2018, 1, 1)))
            area: 130823 was not in use on 2018-01-01: 平泉县 1993-2017; in 2018 use 130881 平泉市
        """
        said = (
            (path, _not_on_file(self, code, on)) for path, code in codes.items() if code is not None
        )
        return tuple(Fault(path, text) for path, text in said if text is not None)

    def inside(self, code: str, area: str) -> bool:
        """Whether a code names a division of an area, or the area itself, in any of its eras.

        Args:
            code: six digits, or :data:`NATION`.
            area: six digits, or :data:`NATION`.

        Example:
            >>> BUNDLED.inside("130881", "130800"), BUNDLED.inside("130881", "130200")
            (True, False)
        """
        if area in (code, NATION):
            return True
        stem = area.removesuffix("00").removesuffix("00")
        found = self._on_file(code)
        stated = [each.parent for each in found if each.parent is not None]
        by_digits = len(stated) < len(found) or not found
        return (by_digits and code.startswith(stem)) or any(
            self.inside(each, area) for each in stated
        )

    def children(self, code: str, on: date | None = None) -> tuple[Area, ...]:
        """The divisions one level down, in the order of their codes; see :func:`children`."""
        area = self.lookup(code, on)
        year = min(self._year(on), _last_year(area))
        return self._below(area, year)

    def successors(self, code: str, on: date | None = None) -> tuple[Area, ...]:
        """What the ground of a code is today, or was on a day; see :func:`successors`."""
        found, year = self.eras(code), self._year(on)
        begun = [area for area in found if area.start_year <= year]
        if not begun:
            raise NotFound(self._not_in_use(found, on))
        return tuple(dict.fromkeys(self._follow(begun[-1], year)))

    def search(self, name: str, on: date | None = None) -> tuple[Area, ...]:
        """Divisions by name; see :func:`search`."""
        if not isinstance(name, str):
            raise WrongType(f"name: expected a str, got {type(name).__name__}")
        query = "".join(name.split())
        self._year(on)
        if not query:
            raise InvalidInput([Fault("name", "expected the name of a division, got nothing")])

        def order(match: tuple[int, Area]) -> tuple[int, int, str]:
            rank, area = match
            return rank, -_last_year(area), area.code

        best: dict[str, Area] = {}
        matches = sorted(self._matches(query), key=order)
        for _, area in matches:
            if on is None or _possible(area, on):
                best.setdefault(area.code, area)
        if not best:
            raise NotFound(self._no_such_name(query, on, [area for _, area in matches]))
        return tuple(best.values())

    # --- the data

    @cached_property
    def _table(self) -> _Table:
        if not self.rows:
            return _read()
        base = BUNDLED._table
        found = dict(base.eras)
        faults: list[Fault] = []
        for number, row in enumerate(self.rows):
            path = f"division[{number}]"
            wrong = list(_row_faults(row, path, found.get(str(row.code), ()), base.first_year))
            faults += wrong
            if not wrong:
                found[row.code] = _laid(found.get(row.code, ()), row, self)
        table = _Table(base.first_year, base.last_year, found, tuple(sorted(found)))
        faults += self._reference_faults(table)
        if faults:
            raise InvalidInput(faults)
        return table

    def _reference_faults(self, table: _Table) -> Iterator[Fault]:
        """What the rows say of other codes: checked once all rows are read."""
        for number, row in enumerate(self.rows):
            path = f"division[{number}]"
            for place, code in enumerate(row.successors):
                if code not in table.eras:
                    yield Fault(
                        f"{path}.successors[{place}]", f"{shown(code)} is the code of no division"
                    )
            if row.parent is None:
                continue
            above, seen = row.parent, {row.code}
            while above not in seen and above in table.eras:
                seen.add(above)
                above = table.eras[above][-1].parent or ""
            if row.parent not in table.eras:
                yield Fault(f"{path}.parent", f"{shown(row.parent)} is the code of no division")
            elif above in seen:
                yield Fault(
                    f"{path}.parent", f"{row.code} lies inside itself by way of its parents"
                )
            elif table.eras[row.parent][-1].level is Level.COUNTY:
                yield Fault(
                    f"{path}.parent", f"{row.parent} is a county: expected a city or province"
                )

    def _on_file(self, code: str) -> tuple[Area, ...]:
        _check(code)
        return self._table.eras.get(code, ())

    def _year(self, on: object) -> int:
        if on is None:
            return _FOREVER
        if not isinstance(on, date) or isinstance(on, datetime):
            raise WrongType(f"on: expected a date without a time, got {shown(on)}")
        if on.year < self._table.first_year:
            first = self._table.first_year
            raise OutsideCoverage(f"{on}: the lists of divisions begin in {first}")
        return on.year

    def _listed_in(self, code: str, year: int) -> Area | None:
        found = self._table.eras.get(code, ())
        return next((area for area in found if _listed(area, year)), None)

    def _above(self, area: Area, year: int) -> tuple[Area, ...]:
        codes = (area.parent,) if area.parent is not None else prefixes(area.code)[1:]
        for code in codes:
            over = self._listed_in(code, year)
            if over is not None:
                return (over, *self._above(over, year))
        return ()

    def _below(self, area: Area, year: int) -> tuple[Area, ...]:
        codes, stem = self._table.codes, area.code[: 2 * area.level]
        first = bisect_right(codes, area.code)
        by_digits = codes[first : bisect_right(codes, stem.ljust(6, "9"))]
        stated = (row.code for row in self.rows if row.parent == area.code)
        listed = (self._listed_in(code, year) for code in sorted({*by_digits, *stated}))
        return tuple(
            child
            for child in listed
            if child is not None and self._above(child, year)[:1] == (area,)
        )

    def _follow(self, area: Area, year: int) -> Iterator[Area]:
        """Yield what the ground of an era is in a year; ends, as each step leads to a later era."""
        end = area.end_year
        if end is None or year < end:
            yield area
            return
        for heir in self._heirs(area, end):
            yield from self._follow(heir, year)

    def _heirs(self, area: Area, end: int) -> tuple[Area, ...]:
        codes = [heir.code for heir in area.successors if heir.year == end]
        # A prefecture that only changed its name is listed without successors: its code goes on.
        listed = [self._listed_in(code, end) for code in codes or [area.code]]
        found = tuple(each for each in listed if each is not None)
        if found or area.level is not Level.PREFECTURE:
            return found
        counties = self._below(area, end - 1)
        return tuple(dict.fromkeys(self._home(each, end) for each in self._moved(counties, end)))

    def _moved(self, counties: Iterable[Area], end: int) -> Iterator[Area]:
        for county in counties:
            if county.end_year == end:
                yield from self._heirs(county, end)
            elif _listed(county, end):
                yield county

    def _home(self, area: Area, year: int) -> Area:
        """The prefecture of a county, or its municipality; the county itself directly under a province."""
        over = next(iter(self._above(area, year)), area)
        return area if over.level is Level.PROVINCE and not over.name.endswith("市") else over

    # --- names

    @cached_property
    def _by_name(self) -> tuple[dict[str, list[Area]], dict[str, list[Area]]]:
        names: defaultdict[str, list[Area]] = defaultdict(list)
        shorts: defaultdict[str, list[Area]] = defaultdict(list)
        for found in self._table.eras.values():
            for area in found:
                names[area.name].append(area)
                shorts[_short(area.name)].append(area)
        return dict(names), dict(shorts)

    def _matches(self, query: str) -> Iterator[tuple[int, Area]]:
        """Yield rank and area, an area more than once if it matches in several ways."""
        names, shorts = self._by_name
        for cut in range(len(query)):
            head, tail = query[:cut], query[cut:]
            for rank, index in enumerate((names, shorts), 1):
                for area in index.get(tail, ()):
                    if head in self._heads(area):
                        yield rank if query != area.full_name else 0, area
        for name, areas in names.items():
            if query in name:
                for area in areas:
                    yield 3, area

    def _heads(self, area: Area) -> set[str]:
        """What may stand before a name: levels above, each whole, short or left out."""
        above = reversed(self._above(area, _last_year(area)))
        return set(map("".join, product(*(("", each.name, _short(each.name)) for each in above))))

    # --- what errors say

    def _unknown(self, code: str) -> str:
        table = self._table

        def distance(near: Area) -> tuple[int, bool, int]:
            wrong = sum(a != b for a, b in zip(code, near.code, strict=True))
            return wrong, near.end_year is not None, abs(int(code) - int(near.code))

        nearest = nsmallest(3, (found[-1] for found in table.eras.values()), key=distance)
        own = ", nor of the tables in use" if self.rows else ""
        return (
            f"{code} is no code in the lists of divisions of {table.first_year}-{table.last_year}"
            f"{own}; nearest: {', '.join(map(_called, nearest))}"
        )

    def _not_in_use(self, found: tuple[Area, ...], on: date | None) -> str:
        code = found[0].code
        known = ", ".join(f"{area.name} {_years(area)}" for area in found)
        text = f"{code} was not in use on {on}: {known}"
        year = self._year(on)
        if year < found[0].start_year or (found[0].start and on and on < found[0].start):
            return text
        heirs = " or ".join(map(_called, self.successors(code, on)))
        return f"{text}; in {year} use {heirs}" if heirs else f"{text}; the lists show no successor"

    def _no_such_name(self, query: str, on: date | None, other_days: list[Area]) -> str:
        if other_days:
            known = dict.fromkeys(f"{_called(area)} {_years(area)}" for area in other_days)
            return (
                f"no division was called {shown(query)} on {on}; held: {', '.join(list(known)[:5])}"
            )
        found = self._table.eras.values()
        names = {name for each in found for a in each for name in (a.name, a.full_name)}
        near = get_close_matches(query, sorted(names))
        return f"no division is called {shown(query)}" + (
            f"; nearest: {', '.join(near)}" if near else ""
        )


BUNDLED = Areas()
"""The lists alone, as the module's functions answer."""


def _bundled() -> Areas:
    return BUNDLED


@lru_cache(maxsize=8192)
def _levels(areas: Areas, code: str, on: date) -> tuple[str, ...]:
    if code == NATION:
        return (NATION,)
    try:
        above = areas.parents(code, on)
    except OutsideCoverage:
        raise
    except NotFound as error:
        if areas._on_file(code):
            raise
        hint = "a division newer than the lists is stated by a [[division]] row of a table"
        raise NotFound(f"{error}; {hint}") from None
    return (code, *(area.code for area in above), NATION)


@lru_cache(maxsize=8192)  # a register repeats its codes, and the nearest take milliseconds
def _not_on_file(areas: Areas, code: str, on: date) -> str | None:
    if code == NATION:
        return f"expected the code of a place, and {NATION} is the nation"
    try:
        areas.levels(code, on)
    except NotFound as error:
        return str(error)
    except InvalidInput as error:
        return error.faults[0].message
    return None


class _Table(NamedTuple):
    first_year: int
    last_year: int
    eras: dict[str, tuple[Area, ...]]
    codes: tuple[str, ...]


@cache
def _read() -> _Table:
    """Read the bundled file; ``tools/update_areas.py`` tells its form."""
    packed = files("minzheng.base").joinpath("data/areas.csv.xz").read_bytes()
    head, *lines = lzma.decompress(packed).decode().splitlines()
    first_year, last_year = map(int, head.split()[-2:])
    found: defaultdict[str, list[Area]] = defaultdict(list)
    for line in lines:
        code, name, start, end, heirs = line.split(",")
        ended = int(end) if end else None
        found[code].append(Area(code, name, _level(code), int(start), ended, _heirs(heirs, end)))
    return _Table(
        first_year, last_year, {code: tuple(each) for code, each in found.items()}, tuple(found)
    )


def _heirs(text: str, end: str) -> tuple[Succession, ...]:
    """Read ``code`` (in the year of the end) and ``code[year]``, joined by semicolons."""
    if not text:
        return ()
    return tuple([Succession(part[:6], int(part[7:11] or end)) for part in text.split(";")])


def _level(code: str) -> Level:
    return Level(1 + (code[2:] != "0000") + (code[4:] != "00"))


def _row_faults(
    row: Division, path: str, on_file: tuple[Area, ...], first_year: int
) -> Iterator[Fault]:
    named = [("code", row.code), *([("parent", row.parent)] if row.parent is not None else [])]
    named += [(f"successors[{place}]", code) for place, code in enumerate(row.successors)]
    for name, code in named:
        if not _is_code(code) or code == NATION:
            yield Fault(f"{path}.{name}", f"expected a code of 6 digits, got {shown(code)}")
    if not _is_name(row.name):
        yield Fault(f"{path}.name", "expected the name of the division")
    days = {"start": row.start, "end": row.end}
    wrong = [name for name, day in days.items() if day is not None and not _is_day(day)]
    for name in wrong:
        yield Fault(f"{path}.{name}", f"expected a date without a time, got {shown(days[name])}")
    if wrong:
        return
    if row.start is None and not on_file:
        yield Fault(f"{path}.start", "is required for a code that is not in the lists")
    if row.start is not None and row.start.year < first_year:
        yield Fault(f"{path}.start", f"the lists of divisions begin in {first_year}")
    first = row.start if row.start is not None else max(map(_begins, on_file), default=date.min)
    if row.end is not None and row.end <= first:
        yield Fault(f"{path}.end", f"expected a day after {first}, got {row.end}")
    if row.successors and row.end is None:
        yield Fault(f"{path}.successors", "are given, but no end")


def _laid(on_file: tuple[Area, ...], row: Division, areas: Areas) -> tuple[Area, ...]:
    """The eras of a code with a row laid over them."""
    start_year = row.start.year if row.start is not None else on_file[-1].start_year
    new = Area(
        row.code,
        row.name,
        _level(row.code),
        start_year,
        None if row.end is None else row.end.year,
        tuple(Succession(code, row.end.year) for code in row.successors if row.end is not None),
        parent=row.parent,
        start=row.start if row.start is not None else on_file[-1].start,
        end=row.end,
        areas=areas,
    )
    first = new.start or date(start_year, 1, 1)
    kept = []
    for era in on_file:
        same_year = era.start is None and era.start_year == start_year  # this row tells the day
        if _begins(era) < first and not same_year:
            ended = era.end_year is not None and (era.end or date(era.end_year, 1, 1)) <= first
            cut = evolve(era, end_year=start_year, end=row.start)
            kept.append(era if ended else cut)
        elif new.end is not None and _begins(era) >= new.end:
            kept.append(era)
    return tuple(sorted((*kept, new), key=_begins))


def _begins(area: Area) -> date:
    return area.start or date(area.start_year, 1, 1)


def _is_code(code: object) -> bool:
    return isinstance(code, str) and len(code) == 6 and code.isascii() and code.isdecimal()


def _is_name(name: object) -> bool:
    return isinstance(name, str) and bool(name.strip()) and name.isprintable() and len(name) <= 100


def _is_day(day: object) -> bool:
    return isinstance(day, date) and not isinstance(day, datetime)


def _check(code: str) -> None:
    if not isinstance(code, str):
        raise WrongType(f"code: expected a str of 6 digits, got {shown(code)}")
    if not _is_code(code):
        raise InvalidInput([Fault("code", f"expected 6 digits, got {shown(code)}")])


# --- eras and years ---------------------------------------------------------------------------


def _listed(area: Area, year: int) -> bool:
    """Whether the era stands in the list of 31 December of the year."""
    return area.start_year <= year <= _last_year(area)


def _possible(area: Area, on: date) -> bool:
    """Whether the era may hold on a day: in the year of a change often only the year is known."""
    begun = area.start_year <= on.year if area.start is None else area.start <= on
    if area.end is not None:
        return begun and on < area.end
    return begun and (area.end_year is None or on.year <= area.end_year)


def _last_year(area: Area) -> int:
    return _FOREVER if area.end_year is None else area.end_year - 1


# --- names ------------------------------------------------------------------------------------

_PEOPLES = (
    "各|蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡"
    "|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛[南难]|仡佬|锡伯|塔吉克|怒|裕固|普米|独龙|保安"
)
# At least two characters stay: 丰县 is never called 丰.
_KIND = re.compile(
    rf"(.{{2,}}?)(?:(?:(?:{_PEOPLES})族?)*族?自治[区州县旗]"
    "|特别行政区|地区|工?矿区|特区|新区|[省市县区旗盟])"
)


def _short(name: str) -> str:
    """The name without its kind and the peoples in it: 平泉市 -> 平泉, 丰宁满族自治县 -> 丰宁."""
    match = _KIND.fullmatch(name)
    return match[1] if match else name


def _called(area: Area) -> str:
    return f"{area.code} {area.name}"


def _years(area: Area) -> str:
    start = area.start_year if area.start is None else area.start
    if area.end is not None:
        return f"{start} to {area.end}"
    return f"since {start}" if area.end_year is None else f"{start}-{area.end_year}"
