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
    - A prefecture (地区) whose counties all went elsewhere mostly has no successor of its own: ask
      for those of its counties.
    - Ground that changed hands while a code stayed in use is told by :attr:`Area.successors`, but
      not followed by :func:`successors`.
    - Codes that only gather others (市辖区 ``130801``, 省直辖县级行政区划 ``429000``), development
      zones without a code of their own, and streets, towns and townships are not held; nor is the
      nation.
"""

from __future__ import annotations

import lzma
import re
from bisect import bisect_right
from collections import defaultdict
from datetime import date, datetime
from difflib import get_close_matches
from enum import IntEnum
from functools import cache
from heapq import nsmallest
from importlib.resources import files
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from attrs import frozen

from minzheng.base.brief import shown
from minzheng.errors import Fault, InvalidInput, NotFound, OutsideCoverage, WrongType

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "Area",
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

_FOREVER = date.max.year


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

    @property
    def full_name(self) -> str:
        """The name with the levels above it, as they were named in the era.

        Example:
            >>> lookup("130881").full_name
            '河北省承德市平泉市'
            >>> lookup("132624").full_name
            '河北省承德地区平泉县'
        """
        above = _above(self.code, _last_year(self))
        return "".join(area.name for area in reversed(above)) + self.name


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
    found = _held(code)
    if not found:
        raise NotFound(_unknown(code))
    return found


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
    found = eras(code)
    if on is None:
        return found[-1]
    year = _year(on)
    # The newest possible era is the one listed at the end of the year, if any is.
    for area in reversed(found):
        if _possible(area, year):
            return area
    raise NotFound(_not_in_use(found, on))


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
    year = _year(on)
    return any(_possible(area, year) for area in _held(code))


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
    if type(year) is not int:
        raise WrongType(f"year: expected an int, got {shown(year)}")
    found = _held(code)
    return any(area.end_year is None or year <= area.end_year for area in found)


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
    area = lookup(code, on)
    return _above(area.code, _last_year(area))


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
    area = lookup(code, on)
    year = min(_year(on), _last_year(area))
    codes, stem = _table().codes, code[: 2 * area.level]
    below = codes[bisect_right(codes, code) : bisect_right(codes, stem.ljust(6, "9"))]
    return tuple(
        child
        for child in (_listed_in(each, year) for each in below)
        if child is not None and _above(child.code, year)[0] == area
    )


def successors(code: str, on: date | None = None) -> tuple[Area, ...]:
    """Follow a code to what its ground is today, or was on a day.

    Args:
        code: six digits.
        on: the day; the list of 31 December of its year counts. Without it, the last list.

    Returns:
        The code's own area while it is in use; otherwise the areas that took its place, through
        as many changes as there were, several after a split, in the order of the lists; nothing
        where the lists show no successor. Of a code given to another place later, the latest era
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
    found, year = eras(code), _year(on)
    begun = [area for area in found if area.start_year <= year]
    if not begun:
        raise NotFound(_not_in_use(found, on))
    return tuple(dict.fromkeys(_follow(begun[-1], year)))


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
    if not isinstance(name, str):
        raise WrongType(f"name: expected a str, got {shown(name)}")
    query, year = "".join(name.split()), _year(on)
    if not query:
        raise InvalidInput([Fault("name", "expected the name of a division, got nothing")])

    def order(match: tuple[int, Area]) -> tuple[int, int, str]:
        rank, area = match
        return rank, -_last_year(area), area.code

    best: dict[str, Area] = {}
    matches = sorted(_matches(query), key=order)
    for _, area in matches:
        if on is None or _possible(area, year):
            best.setdefault(area.code, area)
    if not best:
        raise NotFound(_no_such_name(query, on, [area for _, area in matches]))
    return tuple(best.values())


# --- the data ---------------------------------------------------------------------------------


class _Table(NamedTuple):
    first_year: int
    last_year: int
    eras: dict[str, tuple[Area, ...]]
    codes: tuple[str, ...]


@cache
def _table() -> _Table:
    """Read the bundled file; ``tools/update_areas.py`` tells its form."""
    packed = files("minzheng.base").joinpath("data/areas.csv.xz").read_bytes()
    head, *lines = lzma.decompress(packed).decode().splitlines()
    first_year, last_year = map(int, head.split()[-2:])
    held: defaultdict[str, list[Area]] = defaultdict(list)
    for line in lines:
        code, name, start, end, heirs = line.split(",")
        level = Level(1 + (code[2:] != "0000") + (code[4:] != "00"))
        area = Area(code, name, level, int(start), int(end) if end else None, _heirs(heirs, end))
        held[code].append(area)
    return _Table(
        first_year, last_year, {code: tuple(found) for code, found in held.items()}, tuple(held)
    )


def _heirs(text: str, end: str) -> tuple[Succession, ...]:
    """Read ``code`` (in the year of the end) and ``code[year]``, joined by semicolons."""
    if not text:
        return ()
    return tuple([Succession(part[:6], int(part[7:11] or end)) for part in text.split(";")])


def _check(code: str) -> None:
    if not isinstance(code, str):
        raise WrongType(f"code: expected a str of 6 digits, got {shown(code)}")
    if not (len(code) == 6 and code.isascii() and code.isdecimal()):
        raise InvalidInput([Fault("code", f"expected 6 digits, got {shown(code)}")])


def _year(on: object) -> int:
    if on is None:
        return _FOREVER
    if not isinstance(on, date) or isinstance(on, datetime):
        raise WrongType(f"on: expected a date without a time, got {shown(on)}")
    if on.year < _table().first_year:
        raise OutsideCoverage(f"{on}: the lists of divisions begin in {_table().first_year}")
    return on.year


# --- eras and years ---------------------------------------------------------------------------


def _held(code: str) -> tuple[Area, ...]:
    _check(code)
    return _table().eras.get(code, ())


def _listed(area: Area, year: int) -> bool:
    """Whether the era stands in the list of 31 December of the year."""
    return area.start_year <= year <= _last_year(area)


def _possible(area: Area, year: int) -> bool:
    """Whether the era may hold on a day of the year: the day of its end is not known."""
    return area.start_year <= year and (area.end_year is None or year <= area.end_year)


def _last_year(area: Area) -> int:
    return _FOREVER if area.end_year is None else area.end_year - 1


def _listed_in(code: str, year: int) -> Area | None:
    return next((area for area in _table().eras.get(code, ()) if _listed(area, year)), None)


def _above(code: str, year: int) -> tuple[Area, ...]:
    listed = (_listed_in(each, year) for each in prefixes(code)[1:])
    return tuple(area for area in listed if area is not None)


def _follow(area: Area, year: int) -> Iterator[Area]:
    """Yield what the ground of an era is in a year; ends, as each step leads to a later era."""
    end = area.end_year
    if end is None or year < end:
        yield area
        return
    # A prefecture that only changed its name is listed without successors: its code goes on.
    codes = [heir.code for heir in area.successors if heir.year == end] or [area.code]
    for heir in (_listed_in(code, end) for code in codes):
        if heir is not None:
            yield from _follow(heir, year)


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


@cache
def _by_name() -> tuple[dict[str, list[Area]], dict[str, list[Area]]]:
    names: defaultdict[str, list[Area]] = defaultdict(list)
    shorts: defaultdict[str, list[Area]] = defaultdict(list)
    for found in _table().eras.values():
        for area in found:
            names[area.name].append(area)
            shorts[_short(area.name)].append(area)
    return dict(names), dict(shorts)


def _matches(query: str) -> Iterator[tuple[int, Area]]:
    """Yield rank and area, an area more than once if it matches in several ways."""
    names, shorts = _by_name()
    for cut in range(len(query)):
        head, tail = query[:cut], query[cut:]
        for rank, index in enumerate((names, shorts), 1):
            for area in index.get(tail, ()):
                if head in _heads(area):
                    yield rank if query != area.full_name else 0, area
    for name, areas in names.items():
        if query in name:
            for area in areas:
                yield 3, area


def _heads(area: Area) -> set[str]:
    """What may stand before a name: levels above, each whole, short or left out."""
    above = reversed(_above(area.code, _last_year(area)))
    return set(map("".join, product(*(("", each.name, _short(each.name)) for each in above))))


# --- what errors say --------------------------------------------------------------------------


def _called(area: Area) -> str:
    return f"{area.code} {area.name}"


def _years(area: Area) -> str:
    end = area.end_year
    return f"since {area.start_year}" if end is None else f"{area.start_year}-{end}"


def _unknown(code: str) -> str:
    table = _table()

    def distance(near: Area) -> tuple[int, bool, int]:
        wrong = sum(a != b for a, b in zip(code, near.code, strict=True))
        return wrong, near.end_year is not None, abs(int(code) - int(near.code))

    nearest = nsmallest(3, (found[-1] for found in table.eras.values()), key=distance)
    return (
        f"{code} is no code in the lists of divisions of {table.first_year}-{table.last_year}; "
        f"nearest: {', '.join(map(_called, nearest))}"
    )


def _not_in_use(found: tuple[Area, ...], on: date | None) -> str:
    code = found[0].code
    known = ", ".join(f"{area.name} {_years(area)}" for area in found)
    text = f"{code} was not in use on {on}: {known}"
    year = _year(on)
    if year < found[0].start_year:
        return text
    heirs = " or ".join(map(_called, successors(code, on)))
    return f"{text}; in {year} use {heirs}" if heirs else f"{text}; the lists show no successor"


def _no_such_name(query: str, on: date | None, other_days: list[Area]) -> str:
    if other_days:
        known = dict.fromkeys(f"{_called(area)} {_years(area)}" for area in other_days)
        return f"no division was called {query!r} on {on}; held: {', '.join(list(known)[:5])}"
    names = {
        name for found in _table().eras.values() for a in found for name in (a.name, a.full_name)
    }
    near = get_close_matches(query, sorted(names))
    return f"no division is called {query!r}" + (f"; nearest: {', '.join(near)}" if near else "")
