"""The parameters of a rule: figures and choices of law of one place and day, read as declared."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from enum import IntEnum
from functools import lru_cache
from typing import Any, get_type_hints

from attrs import NOTHING, field, fields

from minzheng.benefits._engine import payment
from minzheng.people import Residence
from minzheng.rules import Vector
from minzheng.standards import Found, Per, Standards, Unit
from minzheng.standards.reading import Reading as ParameterReader
from minzheng.standards.reading import Resolved

__all__ = [
    "ParameterReader",
    "Resolved",
    "Settled",
    "Vector",
    "choice",
    "computed",
    "figure",
    "reader_of",
    "settled",
    "term",
]


class Settled(IntEnum):
    """What the rows of a place and a day say to a question."""

    NO, YES, OPEN = range(3)


def figure(
    series: str,
    *,
    by: tuple[str, type[IntEnum]] | None = None,
    required: bool = False,
    per: Per | None = None,
    otherwise: int = -1,
    **keys: str,
) -> Any:
    """A parameter that is a figure: a flag, a whole number, or an amount in fen.

    Args:
        series: of which the figure is a row. Whether it is a flag or a number follows from its unit.
        by: a key of the series and an enumeration: one figure for each of its members, whose
            names in small letters, or ``word`` where they have one, are the words of the key; a
            member ``NONE`` has no row unless the key has that word. The parameter is a :class:`minzheng.rules.Vector`, indexed by the members.
        required: without it nothing can be decided; otherwise a flag is ``False`` and a number
            ``otherwise`` where no row is available.
        per: ``Per.YEAR`` for an amount that is to be fen a year whatever its row says; otherwise
            it is fen of the row's own period.
        otherwise: the number that stands for "not available".
        **keys: further keys of the series.
    """
    declared = {"series": series, "required": required, "per": per, "otherwise": otherwise}
    about = {"figure": {**declared, "key": by and by[0], "keys": keys}}
    return field(metadata={**about, "by": by[1]} if by else about)


def choice(series: str, word: str, *, required: bool = False, **keys: str) -> Any:
    """A parameter that is true where the row of a series says a word.

    Args:
        series: whose rows are words.
        word: the one that is asked for.
        required: without a row nothing can be decided.
        **keys: of the series.
    """
    declared = {"series": series, "required": required, "key": None, "keys": keys, "word": word}
    return field(metadata={"figure": declared})


def term(
    series: str,
    words: type[IntEnum],
    *,
    otherwise: IntEnum,
    by: tuple[str, type[IntEnum]] | None = None,
    **keys: str,
) -> Any:
    """A parameter that is the member of an enumeration which the word of a row names.

    Args:
        series: whose rows are words.
        words: with a member for each word, by its name in small letters.
        otherwise: the member that stands for "no row is available".
        by: as of :func:`figure`.
        **keys: of the series.
    """
    named = {each.name.lower(): each for each in words}
    return _said(series, named.__getitem__, otherwise, by, keys)


def settled(series: str, *, by: tuple[str, type[IntEnum]] | None = None, **keys: str) -> Any:
    """A parameter that is the flag of a row as :class:`Settled`; open where no row is available.

    Args:
        series: whose rows are flags.
        by: as of :func:`figure`.
        **keys: of the series.
    """
    return _said(series, Settled, Settled.OPEN, by, keys)


def _said(
    series: str,
    member: Callable[[Any], IntEnum],
    otherwise: IntEnum,
    by: tuple[str, type[IntEnum]] | None,
    keys: dict[str, str],
) -> Any:
    declared = {"series": series, "required": False, "keys": keys, "otherwise": otherwise}
    about = {"figure": {**declared, "key": by and by[0], "member": member}}
    return field(metadata={**about, "by": by[1]} if by else about)


def computed(
    read: Callable[[ParameterReader], Any] | None = None,
    *,
    by: type[IntEnum] | None = None,
    most: int | None = None,
) -> Any:
    """A parameter that code reads: by a function of its own, or by the benefit's ``derive``.

    Args:
        read: takes the reader of a place and a day.
        by: an enumeration, of a :class:`minzheng.rules.Vector`.
        most: of a list of any length, such as bands: the greatest length.
    """
    about: dict[str, Any] = {"read": read}
    if by is not None:
        about["by"] = by
    if most is not None:
        about["most"] = most
    return field(metadata=about)


Read = Callable[[Standards, str, date, Residence], Resolved[Any]]


def reader_of(
    cls: type[Any],
    also: Iterable[str],
    derive: Callable[[ParameterReader, dict[str, Any]], dict[str, Any]] | None,
    benefit: str = "",
) -> Read:
    """What reads the parameters of a benefit, once for a place, a day and a residence.

    Args:
        cls: attrs class of declared parameters.
        also: further series whose rows are reported with a decision.
        derive: the parameters that follow from several rows, given those read before.
        benefit: its name, for what a place states of how it is paid; left out for parameters
            that pay nothing.
    """
    declared = [
        (each.name, each.metadata.get("figure"), each.metadata.get("read"), each.metadata.get("by"))
        for each in fields(cls)
        if each.default is NOTHING or each.metadata
    ]

    @lru_cache(maxsize=1024)
    def read(standards: Standards, area: str, on: date, residence: Residence) -> Resolved[Any]:
        reader = ParameterReader(standards, area, on, residence=residence.name.lower())
        made: dict[str, Any] = {}
        for name, about, code, by in declared:
            if about is not None:
                made[name] = _figure(reader, standards, about, by)
            elif code is not None:
                value = code(reader)
                made[name] = Vector.of(by)(value) if by else value
        if derive is not None:
            made |= derive(reader, made)
        for series in also:
            reader.get(series)
        if benefit:
            payment.read(reader, standards, benefit)
        return reader.resolve(cls(**made))

    return read


def _figure(
    reader: ParameterReader, standards: Standards, about: dict[str, Any], by: type[IntEnum] | None
) -> Any:
    look = reader.need if about["required"] else reader.get
    number = _number(standards.series[about["series"]].unit, about)
    if by is None:
        return number(look(about["series"], **about["keys"]))
    known = standards.series[about["series"]].keys[about["key"]]
    return Vector.of(by)(
        number(
            None
            if each.name == "NONE" and "none" not in known
            else look(about["series"], **{about["key"]: word_of(each)}, **about["keys"])
        )
        for each in by
    )


def _number(unit: Unit, about: dict[str, Any]) -> Callable[[Found | None], Any]:
    if "word" in about:
        return lambda found: found is not None and found.value == about["word"]
    if "member" in about:
        return lambda found: about["member"](found.value) if found else about["otherwise"]
    if unit is Unit.FLAG:
        return ParameterReader.yes
    otherwise = about["otherwise"]
    if unit is Unit.YUAN and about["per"] is Per.YEAR:
        return lambda found: found.figure.fen_a_year() if found else otherwise
    if unit is Unit.YUAN:
        return lambda found: ParameterReader.fen(found, otherwise)
    return lambda found: ParameterReader.whole(found, otherwise)


def word_of(member: IntEnum) -> str:
    """The word of a member in the keys of series."""
    return str(getattr(member, "word", member.name.lower()))


def hints(cls: type[Any]) -> dict[str, Any]:
    """The types of the fields of a declared class."""
    return get_type_hints(cls)
