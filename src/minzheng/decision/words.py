"""Writing a decision in words, in Chinese or English, as a notice can carry it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from minzheng.base import areas
from minzheng.base.dates import Span
from minzheng.base.i18n import N_, day, money, translator
from minzheng.decision._model import Decision, Finding, Ground, Missing, Reference
from minzheng.errors import MinzhengError
from minzheng.law import Citation
from minzheng.people import Residence, about
from minzheng.rules import Outcome
from minzheng.standards import NATION, Figure, Found, Kind, NotHeld, Per, Series, Unit
from minzheng.standards.model import SHOWN

__all__ = ["GRADES", "OUTCOMES", "PERS", "explain", "missing", "reason"]


def explain(decision: Decision, language: str) -> str:
    """The decision in words; see :meth:`minzheng.decision.Decision.explain`."""
    return "\n".join(_Writer(language, decision.places).decision(decision))


def reason(decision: Decision, language: str) -> str:
    """The decisive reason; see :meth:`minzheng.decision.Decision.reason`."""
    return _Writer(language, decision.places).reason(decision)


def missing(each: Missing, language: str) -> str:
    """What is missing, in words: a fact with its meaning, or a figure and what is held instead."""
    writer = _Writer(language)
    return writer.t(N_("Missing: {what}")).format(what=writer.missing(each))


OUTCOMES = {
    Outcome.GRANTED: N_("granted"),
    Outcome.REFUSED: N_("refused"),
    Outcome.UNDETERMINED: N_("cannot be determined yet"),
}
_RESIDENCES = {Residence.RURAL: N_("rural"), Residence.URBAN: N_("urban")}
PERS = {
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
GRADES = {
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


_NO_PLACES: Final[Mapping[str, str]] = MappingProxyType({})


class _Writer:
    """Writes one decision in one language."""

    def __init__(self, language: str, places: Mapping[str, str] = _NO_PLACES) -> None:
        self.language, self.places = language, places
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
        # without a ground that holds whatever is not known, the last note says what it differs with
        told = d.grounds[:1] or d.notes[-1:]
        return self.fill(told[0].text, told[0].values) if told else ""

    def section(self, heading: int, lines: Iterable[str]) -> Iterator[str]:
        written = list(lines)
        if written:
            yield ""
            yield self.t(_HEADINGS[heading]) + ("：" if self.chinese else ":")
            for number, line in enumerate(written, start=1):
                yield f"  （{number}）{line}" if self.chinese else f"  {number}. {line}"

    def outcome(self, d: Decision) -> str:
        t = self.t
        text = t(N_("Outcome: {outcome}")).format(outcome=t(OUTCOMES[d.outcome]))
        if d.award is not None:
            text += t(N_(", {amount} for {persons}")).format(
                amount=self.a_period(money(d.award.amount, self.language), PERS[d.award.per]),
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

    def cited(self, places: tuple[Citation | Reference, ...]) -> str:
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
        series = each.series
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
            grade=t(GRADES[figure.source.grade.value]),
            mark=t(GRADES[figure.source.confidence.value]),
        )

    def figure_value(self, figure: Figure, unit: Unit) -> str:
        return self.of_kind(figure.kind, self.plain_value(figure, unit))

    def plain_value(self, figure: Figure, unit: Unit) -> str:
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
        return self.a_period(text, PERS[figure.per])

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
        start, end = figure.span.start, figure.span.end
        text = self.t(N_(", from {day}")).format(day=day(start, self.language))
        if not figure.start_stated:
            text += self.t(N_(" (day assumed)"))
        if end is not None and not figure.end_stated:
            last = day(end - timedelta(days=1), self.language)
            text += self.t(N_(", until {day} (day assumed)")).format(day=last)
        return text

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
        if each.not_held is not None:
            return self.not_held(each.not_held) if self.chinese else f"{each.path}: {each.message}"
        fact = about(each.path)
        if not fact:
            return each.path
        return self.t(N_("{path} ({fact})")).format(path=each.path, fact=self.t(fact))

    def not_held(self, each: NotHeld) -> str:
        t, series = self.t, each.series
        keys = self.brackets(self.words(word for _key, word in each.keys))
        if each.held:
            rows = [self.held(row, series, each.on) for row in each.held[:SHOWN]]
            more = len(each.held) - SHOWN
            held = "；".join(
                [*rows, *([t(N_("and {count} more")).format(count=more)] * (more > 0))]
            )
        elif each.elsewhere:
            held = t(N_("held only for {places}")).format(
                places=self.comma.join(each.elsewhere[:SHOWN])
            )
        else:
            held = t(N_("nothing is held"))
        return t(
            N_(
                "no {kinds} of {series} ({label}) for {place} on {day}; looked under {tried}; {held}"
            )
        ).format(
            series=series.name,
            label=series.label_zh + keys,
            place=self.place(each.area, each.on),
            day=day(each.on, self.language),
            kinds=self.words(each.kinds),
            tried=self.comma.join(each.tried),
            held=held,
        )

    def held(self, figure: Figure, series: Series, on: date) -> str:
        words = self.words(word for _key, word in figure.keys)
        return self.t(N_("{place} {value} ({kind}, {days})")).format(
            place=self.place(figure.area, on) + words,
            value=self.plain_value(figure, series.unit),
            kind=self.t(figure.kind.value),
            days=self.span(figure.span),
        )

    def span(self, span: Span | None) -> str:
        if span is None:
            return self.t(N_("without a day"))
        first, _dots, last = str(span).partition(" ..")
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
        name = self.places.get(code) or _full_name(code, on)
        return f"{name}{self.brackets(code)}" if name else code


_AMOUNTS = (Unit.YUAN, Unit.YUAN_LIST, Unit.RATIO, Unit.SQUARE_METRES)


def _shown(each: Found) -> bool:
    """Amounts, shares and rules without an article; articles stand with what rests on them."""
    cited = each.figure.citation
    return each.series.unit in _AMOUNTS or cited is None or cited.article is None


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
        return ""  # an area of the caller's own table, of which a decision carries the name
