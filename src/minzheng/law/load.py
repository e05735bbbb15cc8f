"""The instruments the library holds: finding them, asking which are in force, citing them."""

from __future__ import annotations

import re
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from attrs import NOTHING, field, fields, frozen

from minzheng.base.areas import BUNDLED, NATION, Areas
from minzheng.base.brief import shown
from minzheng.base.suggest import unknown
from minzheng.base.toml import toml
from minzheng.errors import Fault, InvalidInput, NotFound
from minzheng.law.model import SUBJECTS, Confidence, Grade, Instrument, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from enum import StrEnum

__all__ = ["Citation", "cite", "in_force", "instrument", "instruments", "read", "undated"]

_RANK = {kind: rank for rank, kind in enumerate(Kind)}


def instruments() -> tuple[Instrument, ...]:
    """Every instrument held, in the order of the data files.

    Example:
        >>> len(instruments()) > 100
        True
    """
    return tuple(_held().values())


def instrument(instrument_id: str) -> Instrument:
    """The instrument with that id.

    Raises:
        NotFound: when none has it; the message names the nearest id.

    Example:
        >>> instrument("dibao-review-2021").number
        '民发〔2021〕57号'
    """
    held = _held()
    if instrument_id not in held:
        nearest = get_close_matches(instrument_id, held, n=1, cutoff=0.0)[0]
        raise NotFound(f"no instrument {instrument_id!r} is held; did you mean {nearest!r}?")
    return held[instrument_id]


def in_force(
    subject: str, on: date, area: str = NATION, *, areas: Areas = BUNDLED
) -> tuple[Instrument, ...]:
    """The instruments on a subject that bind a place on a day, weightiest kind first.

    Args:
        subject: a key of :data:`~minzheng.law.model.SUBJECTS`.
        on: the day.
        area: six-digit division code; the instruments of its city, its province and the nation
            are included, those of places inside it are not.
        areas: the divisions to look the area up in, such as ``standards.areas`` of the tables in
            use; the bundled lists when left out.

    Returns:
        Ordered by kind, then by first day. An instrument whose first day is not known is never
        among them: see :func:`undated`.

    Raises:
        NotFound: for an unknown subject, and when no area bore that code on that day.
        InvalidInput: when ``area`` is not six digits.
        WrongType: when ``on`` is not a plain date.

    Example:
        >>> [i.id for i in in_force("rigid-expenditure", date(2025, 1, 1))]
        ['rigid-expenditure-2024']
        >>> in_force("rigid-expenditure", date(2024, 12, 31))
        ()
    """
    place, about = _area(area), [i for i in _on(subject) if i.in_force(on)]
    levels = areas.levels(place, on)
    found = [(_RANK[i.kind], i.start, i.id, i) for i in about if i.area in levels]
    return tuple(i for *_, i in sorted(found))


def undated(subject: str) -> tuple[Instrument, ...]:
    """The instruments on a subject whose first day in force is not known, of all places.

    Raises:
        NotFound: for an unknown subject.

    Example:
        >>> [i.id for i in undated("joint-punishment")]
        ['joint-punishment-2019']
    """
    found = (i for i in _on(subject) if i.start is None)
    return tuple(sorted(found, key=lambda i: (_RANK[i.kind], i.issued or "", i.id)))


def _on(subject: str) -> Iterator[Instrument]:
    if subject not in SUBJECTS:
        raise NotFound(f"subject: {unknown(subject, SUBJECTS)}")
    return (i for i in _held().values() if subject in i.subjects)


# --- citations ------------------------------------------------------------------------------------


def _counts(text: str) -> bool:
    return re.fullmatch(r"[1-9][0-9]{0,3}", text) is not None


def _place(value: int | str | None) -> str | None:
    return None if value is None else str(value)


@frozen
class Citation:
    """A place in an instrument.

    Making one reads no data, so a module may hold citations as constants; :func:`cite` checks
    besides that the instrument is held.

    Attributes:
        instrument_id: the instrument's id.
        article: a number such as ``"13"``; or, where a document has no articles, the place in
            its own words, such as ``"C.4"``.
        paragraph, item: numbers inside the article.

    Raises:
        InvalidInput: for a number outside 1 to 9999, or a paragraph or item without an article.
    """

    instrument_id: str
    article: str | None = field(default=None, converter=_place)
    paragraph: str | None = field(default=None, converter=_place)
    item: str | None = field(default=None, converter=_place)

    def __attrs_post_init__(self) -> None:
        faults = []
        if self.article is not None and re.fullmatch(r"\s*|-?[0-9]+", self.article):
            faults += _number_faults("article", self.article)
        for name, value in (("paragraph", self.paragraph), ("item", self.item)):
            if value is not None:
                faults += _number_faults(name, value)
                if self.article is None:
                    faults.append(Fault(name, "needs its article"))
        if faults:
            raise InvalidInput(faults)

    def text(self, locale: str) -> str:
        """The citation in words.

        Args:
            locale: ``"zh_CN"`` or ``"en"``.

        Raises:
            NotFound: when the instrument is not held.
            InvalidInput: for another locale.

        Example:
            >>> print(cite("dibao-review-2021", 13, paragraph=2, item=1).text("zh_CN"))
            《最低生活保障审核确认办法》第十三条第二款第（一）项
        """
        cited = instrument(self.instrument_id)
        if locale == "zh_CN":
            return _chinese(cited, self)
        if locale == "en":
            return _english(cited, self)
        raise InvalidInput([Fault("locale", f"expected 'zh_CN' or 'en', got {shown(locale)}")])


def cite(
    instrument_id: str,
    article: int | str | None = None,
    paragraph: int | str | None = None,
    item: int | str | None = None,
) -> Citation:
    """Cite a place in an instrument that is held.

    Raises:
        NotFound: when the instrument is not held; the message names the nearest id.
        InvalidInput: for a number outside 1 to 9999, or a paragraph or item without an article.

    Example:
        >>> cite("social-assistance-law-2026", 18, paragraph=2).text("en")
        'Social Assistance Law, art. 18, para. 2'
    """
    return Citation(instrument(instrument_id).id, article, paragraph, item)


def _number_faults(name: str, value: str) -> list[Fault]:
    return [] if _counts(value) else [Fault(name, f"expected 1 to 9999, got {shown(value)}")]


@cache
def _shared_titles() -> frozenset[str]:
    """Chinese titles that several editions bear: the year then tells which is meant."""
    titles = [each.title for each in instruments()]
    return frozenset(title for title in titles if titles.count(title) > 1)


def _chinese(cited: Instrument, place: Citation) -> str:
    # Inside 《》 a further pair is written 〈〉.
    words = [f"《{cited.title.translate(_INNER_MARKS)}》"]
    if cited.title in _shared_titles() and cited.start is not None:
        words.append(f"（{cited.start.year}年施行）")
    if place.article is not None:
        words.append(f"第{_numeral(place.article)}条" if _counts(place.article) else place.article)
    if place.paragraph is not None:
        words.append(f"第{_numeral(place.paragraph)}款")
    if place.item is not None:
        words.append(f"第（{_numeral(place.item)}）项")
    return "".join(words)


def _english(cited: Instrument, place: Citation) -> str:
    words = [cited.title_en]
    if place.article is not None:
        words.append(f"art. {place.article}" if _counts(place.article) else place.article)
    if place.paragraph is not None:
        words.append(f"para. {place.paragraph}")
    if place.item is not None:
        words.append(f"item {place.item}")
    return ", ".join(words)


_INNER_MARKS = str.maketrans("《》", "〈〉")
_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")


def _numeral(digits: str) -> str:
    """1 to 9999 in Chinese, as articles are counted: 十三, 一百零七, 一千二百六十."""
    words = [
        _DIGITS[int(digit)] + (_UNITS[power] if digit != "0" else "")
        for power, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True)
    ]
    text = re.sub("零+", "零", "".join(words)).rstrip("零")
    return text.removeprefix("一") if text.startswith("一十") else text


# --- reading the data -----------------------------------------------------------------------------


@cache
def _held() -> Mapping[str, Instrument]:
    folder = resources.files("minzheng.law") / "data"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return read({name: (folder / name).read_text(encoding="utf-8") for name in names})


def read(texts: Mapping[str, str]) -> Mapping[str, Instrument]:
    """Read instruments from TOML texts, by id.

    Args:
        texts: for each file name its text, a list of ``[[instrument]]`` tables whose keys are
            the attributes of :class:`~minzheng.law.model.Instrument`.

    Raises:
        InvalidInput: naming every missing, unknown or wrong value, every id used twice, and
            every successor that is not there.

    Example:
        >>> rows = 'instrument = [{ id = "x", kind = "notices" }]'
        >>> read({"a.toml": rows})  # doctest: +ELLIPSIS
        Traceback (most recent call last):
            ...
        minzheng.errors.InvalidInput: a.toml: x.title: missing
        a.toml: x.title_en: missing
        a.toml: x.kind: unknown 'notices'; did you mean 'notice'?
        ...
    """
    held: dict[str, Instrument] = {}
    faults: list[Fault] = []
    for name, text in texts.items():
        rows = toml(text, name).get("instrument", [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            faults.append(Fault(name, "expected [[instrument]] rows"))
            continue
        for number, row in enumerate(rows):
            path = f"{name}: {row.get('id', f'instrument[{number}]')}"
            try:
                found = _instrument(row)
            except InvalidInput as wrong:
                faults += [Fault(f"{path}.{f.path}", f.message) for f in wrong.faults]
                continue
            if found.id in held:
                faults.append(Fault(f"{path}.id", "used twice"))
            held[found.id] = found
    faults += [
        Fault(f"{i.id}.succeeded_by", unknown(i.succeeded_by, held))
        for i in held.values()
        if i.succeeded_by is not None and i.succeeded_by not in held
    ]
    if faults:
        raise InvalidInput(faults)
    return held


def _instrument(row: Mapping[str, Any]) -> Instrument:
    """One table read, or every fault in it."""
    values: dict[str, Any] = {}
    faults = [Fault(key, unknown(key, _READERS)) for key in row if key not in _READERS]
    for key, reader in _READERS.items():
        if key in row:
            try:
                values[key] = reader(row[key])
            except InvalidInput as wrong:
                faults += [Fault(key, f.message) for f in wrong.faults]
        elif key in _REQUIRED:
            faults.append(Fault(key, "missing"))
    if faults:
        raise InvalidInput(faults)
    try:
        return Instrument(**values)
    except InvalidInput as wrong:
        raise InvalidInput([Fault("end", str(wrong))]) from None


def _text(value: object) -> str:
    if isinstance(value, str) and value.strip():
        return value
    raise InvalidInput(f"expected a text, got {shown(value)}")


def _day(value: object) -> date:
    if type(value) is date:
        return value
    raise InvalidInput(f"expected a day such as 2021-07-01, got {shown(value)}")


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise InvalidInput(f"expected true or false, got {shown(value)}")


def _area(value: object) -> str:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{6}", value):
        return value
    raise InvalidInput([Fault("area", f"expected 6 digits such as '130800', got {shown(value)}")])


def _issued(value: object) -> str:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", value):
        return value
    raise InvalidInput(f"expected '2020', '2020-08' or '2020-08-31', got {shown(value)}")


def _subjects(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise InvalidInput(f"expected a list of subjects, got {shown(value)}")
    subjects = tuple(map(str, value))
    wrong = [Fault("", unknown(s, SUBJECTS)) for s in subjects if s not in SUBJECTS]
    if wrong:
        raise InvalidInput(wrong)
    return subjects


def _word(words: type[StrEnum]) -> Callable[[object], StrEnum]:
    def read_word(value: object) -> StrEnum:
        if value in tuple(words):
            return words(str(value))
        raise InvalidInput(unknown(str(value), [word.value for word in words]))

    return read_word


_READERS: Mapping[str, Callable[[object], object]] = {f.name: _text for f in fields(Instrument)} | {
    "kind": _word(Kind),
    "grade": _word(Grade),
    "confidence": _word(Confidence),
    "subjects": _subjects,
    "area": _area,
    "issued": _issued,
    "start": _day,
    "end": _day,
    "start_stated": _flag,
}
_REQUIRED = {f.name for f in fields(Instrument) if f.default is NOTHING}
