"""What every calculator returns: the outcome, the amount, why, on what figures, and what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from attrs import field, fields, frozen

from minzheng.base import areas
from minzheng.base.i18n import N_, day, money, translator
from minzheng.base.money import to_yuan
from minzheng.errors import MinzhengError
from minzheng.law import Citation
from minzheng.people import Residence, about
from minzheng.rules import Outcome
from minzheng.standards import NATION, Figure, Found, Kind, Per, Series, Standards, Unit
from minzheng.standards.reading import Resolved

__all__ = [
    "Award",
    "Decision",
    "Finding",
    "Ground",
    "Missing",
    "Note",
    "Outcome",
    "citations",
    "findings",
]


@frozen
class Award:
    """What is granted.

    Attributes:
        amount: ``Decimal`` yuan.
        per: the period it is paid for.
        persons: how many persons it is for.
        start: the first day it is due, when the law held says so.
    """

    amount: Decimal
    per: Per
    persons: int
    start: date | None = None


@frozen
class Ground:
    """One reason, with the article it rests on.

    Attributes:
        code: stable, such as ``"income_lower"``.
        text: English message id with ``{names}``.
        values: what the names stand for.
        citations: the articles.
    """

    code: str
    text: str
    values: Mapping[str, Decimal | int | str] = field(factory=dict)
    citations: tuple[Citation, ...] = ()


@frozen
class Finding:
    """One intermediate amount of the decision.

    Attributes:
        name: the field of the rule's result.
        label: English message id.
        value: ``Decimal`` yuan for amounts, a number, or a message id.
        unit: message id, ``""`` for texts.
        citations: the articles it rests on.
    """

    name: str
    label: str
    value: Decimal | int | str
    unit: str = ""
    citations: tuple[Citation, ...] = ()


@frozen
class Missing:
    """A fact or a figure without which the answer cannot be given.

    Attributes:
        path: of the fact, such as ``household.members[1].income``; ``standards`` for a figure.
        message: for a figure, what was looked for and what is held.
    """

    path: str
    message: str = ""


@frozen
class Note:
    """Something the reader should know besides: a rule that is not held, a breach."""

    text: str
    values: Mapping[str, Decimal | int | str] = field(factory=dict)


@frozen
class Decision:
    """One decision on one case.

    Attributes:
        benefit: such as ``"dibao"``.
        title: message id of the benefit's name.
        subject: id of the case.
        area, residence, on: where, under which standard, on which day.
        outcome: granted, refused or undetermined.
        award: what is granted; ``None`` otherwise.
        grounds: the reasons.
        findings: every intermediate amount.
        figures: every figure used, with the levels looked under.
        notes: what else the reader should know.
        missing: the facts and figures that an undetermined case hangs on.
    """

    benefit: str
    title: str
    subject: str
    area: str
    residence: Residence
    on: date
    outcome: Outcome
    award: Award | None = None
    grounds: tuple[Ground, ...] = ()
    findings: tuple[Finding, ...] = ()
    figures: tuple[Found, ...] = ()
    notes: tuple[Note, ...] = ()
    missing: tuple[Missing, ...] = ()

    def explain(self, language: str) -> str:
        """The decision in words that can go into a notice.

        Args:
            language: ``"zh_CN"`` or ``"en"``.

        Raises:
            InvalidInput: for another language.
        """
        return "\n".join(_Writer(language).decision(self))

    def reason(self, language: str) -> str:
        """The decisive reason in one sentence; for an undetermined case, what is missing.

        Raises:
            InvalidInput: for another language.
        """
        return _Writer(language).reason(self)


@lru_cache(maxsize=4096)
def citations(resolved: Resolved[Any], *series: str) -> tuple[Citation, ...]:
    """The articles that the used rows of some series cite; several places of one article as one."""
    cited = [
        each.figure.citation
        for each in resolved.used
        if each.figure.series in series and each.figure.citation is not None
    ]
    articles: dict[Citation, list[Citation]] = {}
    for place in dict.fromkeys(cited):
        if place.article is not None:
            whole = Citation(place.instrument_id, place.article)
            articles.setdefault(whole, []).append(place)
    return tuple(whole if len(places) > 1 else places[0] for whole, places in articles.items())


class _Told(NamedTuple):
    name: str
    label: str
    unit: str
    granted: bool
    citations: tuple[Citation, ...]


@lru_cache(maxsize=1024)
def _told(result: Any, resolved: Resolved[Any]) -> tuple[_Told, ...]:
    return tuple(
        _Told(each.name, about["label"], about["unit"], about["granted"], cited)
        for each in fields(result)
        if (about := each.metadata)["label"]
        for cited in [citations(resolved, about["rests_on"])]
    )


def findings(result: Any, resolved: Resolved[Any]) -> tuple[Finding, ...]:
    """The labelled fields of a rule's result, fen turned into yuan, with their articles."""
    granted = result.outcome is Outcome.GRANTED
    kind: Any = type(result)
    made = []
    for name, label, unit, only_granted, cited in _told(kind, resolved):
        value = getattr(result, name)
        if value >= 0 and (granted or not only_granted):
            shown = to_yuan(value) if unit.startswith("yuan") else value
            made.append(Finding(name, label, shown, unit, cited))
    return tuple(made)


_OUTCOMES = {
    Outcome.GRANTED: N_("granted"),
    Outcome.REFUSED: N_("refused"),
    Outcome.UNDETERMINED: N_("cannot be determined yet"),
}
_RESIDENCES = {Residence.RURAL: N_("rural"), Residence.URBAN: N_("urban")}
_PERS = {
    Per.MONTH: N_("a month"),
    Per.YEAR: N_("a year"),
    Per.ONCE: N_("once"),
    Per.NONE: "",
}
_KINDS = {
    Kind.POINT: "",
    Kind.FLOOR: N_("not lower than"),
    Kind.CEILING: N_("at most"),
    Kind.AVERAGE: N_("average"),
    Kind.TARGET: N_("target"),
}
_FLAGS = {True: N_("yes"), False: N_("no")}
_GRADES = {
    "official": N_("official page"),
    "mirror": N_("copy of the text"),
    "press": N_("press report"),
    "repost": N_("third-party page"),
    "confirmed": N_("confirmed"),
    "secondary": N_("secondary source"),
}
_HEADINGS = (
    N_("Reasons"),
    N_("Calculation"),
    N_("Figures used"),
    N_("Notes"),
    N_("Missing"),
)


class _Writer:
    """Writes one decision in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.t = translator(language)
        self.chinese = language == "zh_CN"
        self.gap = "" if self.chinese else " "
        self.comma = "、" if self.chinese else ", "

    def decision(self, d: Decision) -> Iterator[str]:
        t = self.t
        yield t(N_("{benefit}: decision on case {subject}")).format(
            benefit=t(d.title), subject=d.subject
        )
        yield t(N_("Place: {place}, {residence}. Day: {day}.")).format(
            place=self.place(d.area, d.on),
            residence=t(_RESIDENCES[d.residence]),
            day=day(d.on, self.language),
        )
        yield self.outcome(d)
        yield from self.section(0, (self.ground(each) for each in d.grounds))
        yield from self.section(1, (self.finding(each) for each in d.findings))
        yield from self.section(2, (self.found(each, d.on) for each in d.figures if _shown(each)))
        yield from self.section(3, (self.fill(each.text, each.values) for each in d.notes))
        yield from self.section(4, (self.missing(each) for each in d.missing))

    def reason(self, d: Decision) -> str:
        if d.outcome is Outcome.UNDETERMINED:
            named = (self.t(N_("standards")) if each.message else each.path for each in d.missing)
            paths = self.comma.join(dict.fromkeys(named))
            grounds = [self.fill(each.text, each.values) for each in d.grounds[:1]]
            return ("；" if self.chinese else "; ").join(
                [self.t(N_("missing: {paths}")).format(paths=paths), *grounds]
            )
        return self.fill(d.grounds[0].text, d.grounds[0].values) if d.grounds else ""

    def section(self, heading: int, lines: Iterable[str]) -> Iterator[str]:
        written = list(lines)
        if written:
            yield ""
            yield self.t(_HEADINGS[heading]) + ("：" if self.chinese else ":")
            for number, line in enumerate(written, start=1):
                yield f"  （{number}）{line}" if self.chinese else f"  {number}. {line}"

    def outcome(self, d: Decision) -> str:
        t = self.t
        text = t(N_("Outcome: {outcome}")).format(outcome=t(_OUTCOMES[d.outcome]))
        if d.award is not None:
            text += t(N_(", {amount} for {persons}")).format(
                amount=self.a_period(money(d.award.amount, self.language), _PERS[d.award.per]),
                persons=self.count(d.award.persons, N_("persons")),
            )
            if d.award.start is not None:
                text += t(N_(", due from {day}")).format(day=day(d.award.start, self.language))
        return text + ("。" if self.chinese else ".")

    def ground(self, each: Ground) -> str:
        reason = self.fill(each.text, each.values)
        if not each.citations:
            return reason
        return self.t(N_("{reason} (basis: {citations})")).format(
            reason=reason, citations=self.cited(each.citations)
        )

    def finding(self, each: Finding) -> str:
        basis = ""
        if each.citations:
            basis = self.t(N_(" (basis: {citations})")).format(citations=self.cited(each.citations))
        return self.t(N_("{label}: {value}{basis}")).format(
            label=self.t(each.label), value=self.value(each), basis=basis
        )

    def cited(self, places: tuple[Citation, ...]) -> str:
        return ("、" if self.chinese else "; ").join(each.text(self.language) for each in places)

    def value(self, each: Finding) -> str:
        if isinstance(each.value, Decimal):
            period = each.unit.removeprefix("yuan").strip()
            return self.a_period(money(each.value, self.language), period)
        if isinstance(each.value, str):
            return self.t(each.value)
        return self.count(each.value, each.unit)

    def count(self, number: int, unit: str) -> str:
        text = self.t(unit)
        if number == 1 and not self.chinese:
            text = text.removesuffix("s")
        return f"{number}{self.gap}{text}".rstrip()

    def a_period(self, amount: str, period: str) -> str:
        if not period:
            return amount
        return self.t(N_("{amount} {period}")).format(amount=amount, period=self.t(period))

    def found(self, each: Found, on: date) -> str:
        t, figure = self.t, each.figure
        series = _series(figure.series)
        label = series.label_zh if self.chinese else series.label
        days = self.days(figure)
        where = ""
        if each.from_higher_level and figure.area != NATION:
            where = t(N_("; {place} states none of its own, the one of {level} is taken")).format(
                place=self.place(each.area, on), level=self.place(figure.area, on)
            )
        return t(
            N_("{label}{keys}: {value}{days}{where}; source: {source} [{grade}, {mark}]")
        ).format(
            label=label,
            keys=self.brackets(self.words(word for _key, word in figure.keys)),
            value=self.figure_value(figure, series.unit),
            days=days,
            where=where,
            source=self.source(figure),
            grade=t(_GRADES[figure.source.grade.value]),
            mark=t(_GRADES[figure.source.confidence.value]),
        )

    def figure_value(self, figure: Figure, unit: Unit) -> str:
        value = figure.value
        if isinstance(value, tuple):
            text = ("、" if self.chinese else " / ").join(money(v, self.language) for v in value)
        elif isinstance(value, bool):
            text = self.t(_FLAGS[value])
        elif isinstance(value, Decimal) and unit is Unit.YUAN:
            text = money(value, self.language)
        elif unit is Unit.SQUARE_METRES:
            text = str(value) + self.gap + self.t(N_("square metres"))
        elif isinstance(value, Fraction):
            text = _decimal_text(value)
        elif isinstance(value, str):
            text = self.words([value])
        else:
            text = str(value)
        return self.of_kind(figure.kind, self.a_period(text, _PERS[figure.per]))

    def of_kind(self, kind: Kind, amount: str) -> str:
        if not _KINDS[kind]:
            return amount
        return self.t(N_("{kind} {amount}")).format(kind=self.t(_KINDS[kind]), amount=amount)

    def words(self, names: Iterable[str]) -> str:
        """Words of the series table, which names them with underscores."""
        texts = (self.t(name.replace("_", " ")) for name in names)
        return self.comma.join(texts)

    def days(self, figure: Figure) -> str:
        if figure.span is None:
            return ""
        text = self.t(N_(", from {day}")).format(day=day(figure.span.start, self.language))
        return (
            text if figure.start_stated else text + self.t(N_(" (day taken from the publication)"))
        )

    def source(self, figure: Figure) -> str:
        if figure.citation is not None and figure.citation.article is not None:
            return figure.citation.text(self.language)
        title = self.t(figure.source.title)
        if self.chinese and figure.source.instrument is not None:
            title = f"《{title}》"
        clause = figure.clause and self.t(figure.clause)
        return self.t(N_("{title}{clause}, {where}")).format(
            title=title, clause=self.brackets(clause), where=self.t(figure.source.where)
        )

    def missing(self, each: Missing) -> str:
        if each.message:
            return self.not_held(each)
        fact = about(each.path)
        if not fact:
            return each.path
        return self.t(N_("{path} ({fact})")).format(path=each.path, fact=self.t(fact))

    def not_held(self, each: Missing) -> str:
        """The message of a look-up, read back by its pattern and said in the language."""
        read = _read(_NOT_HELD, each.message)
        if read is None or not self.chinese:
            return f"{each.path}: {each.message}"
        day_asked, *keys = read["day"].split(", ")
        series, on = _series(read["series"]), date.fromisoformat(day_asked)
        words = self.words(key.partition("=")[2] for key in keys)
        rows = read["held"].removeprefix("held: ").split("; ")
        return self.t(_NOT_HELD).format(
            series=series.name,
            label=read["label"] + self.brackets(words),
            place=self.place(read["place"], on),
            day=day(on, self.language),
            kinds=self.words(read["kinds"].split(" or ")),
            tried=read["tried"].replace(", ", self.comma),
            held="；".join(self.held(row, series, on) for row in rows),
        )

    def held(self, row: str, series: Series, on: date) -> str:
        """One row that is held, or what stands in place of rows."""
        for pattern in _HELD_NOTES:
            read = _read(pattern, row)
            if read is not None:
                return self.t(pattern).format(
                    **{name: part.replace(", ", self.comma) for name, part in read.items()}
                )
        read = _read(_HELD_ROW, row)
        if read is None:
            return row
        stated, _, per = read["value"].partition(" a ")
        *words, value = stated.split(" ")
        if per:
            amounts = self.comma.join(
                money(Decimal(each), self.language) for each in value.split("/")
            )
            value = self.a_period(amounts, _PERS[Per(per)])
        elif series.unit is Unit.FLAG:
            value = self.t(_FLAGS[value == "True"])
        elif series.unit is Unit.TERM:
            value = self.words([value])
        return self.t(_HELD_ROW).format(
            place=self.place(read["place"], on) + self.words(words),
            value=value,
            kind=self.t(read["kind"]),
            days=self.span(read["days"]),
        )

    def span(self, days: str) -> str:
        first, two, last = days.partition(" ..")
        if not two:
            return self.t(N_("without a day"))
        if not last:
            return self.t(N_("from {first}")).format(first=first)
        return self.t(N_("{first} to {last}")).format(first=first, last=last.strip())

    def fill(self, text: str, values: Mapping[str, Decimal | int | str]) -> str:
        shown = {
            name: money(value, self.language)
            if isinstance(value, Decimal)
            else self.t(value)
            if isinstance(value, str)
            else value
            for name, value in values.items()
        }
        return self.t(text).format(**shown)

    def brackets(self, text: str) -> str:
        if not text:
            return ""
        return f"（{text}）" if self.chinese else f" ({text})"

    def place(self, code: str, on: date) -> str:
        return f"{_full_name(code, on)}{self.brackets(code)}"


# What FigureNotFound says; its message is read back by these to be said in Chinese.
_NOT_HELD = N_(
    "no {kinds} of {series} ({label}) for {place} on {day}; looked under {tried}; {held}"
)
_HELD_NOTES = (N_("nothing is held"), N_("held only for {places}"), N_("and {count} more"))
_HELD_ROW = N_("{place} {value} ({kind}, {days})")


def _read(pattern: str, text: str) -> dict[str, str] | None:
    """The parts of a text that was made by a pattern."""
    parts = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.*?)", re.escape(pattern))
    found = re.fullmatch(parts, text)
    return None if found is None else found.groupdict()


_AMOUNTS = (Unit.YUAN, Unit.YUAN_LIST, Unit.RATIO, Unit.SQUARE_METRES)


def _shown(each: Found) -> bool:
    """Amounts and shares are listed; articles of law stand with what rests on them."""
    return _series(each.figure.series).unit in _AMOUNTS


def _decimal_text(value: Fraction) -> str:
    number = Decimal(value.numerator) / Decimal(value.denominator)
    return str(number.normalize()) if Fraction(number) == value else str(value)


@lru_cache(maxsize=1024)
def _full_name(code: str, on: date) -> str:
    if code == NATION:
        return "全国"
    try:
        return areas.lookup(code, on).full_name
    except MinzhengError:
        return code


def _series(name: str) -> Series:
    return Standards.bundled().series[name]
