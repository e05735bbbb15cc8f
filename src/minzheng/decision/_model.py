"""What every calculator returns: the outcome, the amount, why, on what figures, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from attrs import field, fields, frozen

from minzheng.base.areas import BUNDLED, NATION, Areas
from minzheng.base.i18n import N_, translator
from minzheng.base.money import to_yuan
from minzheng.errors import Fault
from minzheng.law import Citation
from minzheng.people import Residence
from minzheng.rules import Outcome
from minzheng.standards import Found, NotHeld, Per
from minzheng.standards.reading import Resolved

__all__ = [
    "NUMBER_WARNING",
    "Award",
    "Decision",
    "Finding",
    "Ground",
    "Missing",
    "Note",
    "Outcome",
    "Recipient",
    "Reference",
    "citations",
    "cited",
    "findings",
    "places",
    "warned",
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
class Reference:
    """A source that has no articles to cite, such as a page or a plan.

    Attributes:
        title: of the document, in its own language.
        clause: where in it, as its row says.
    """

    title: str
    clause: str = ""

    def text(self, language: str) -> str:
        """The reference in words, its title translated where a catalogue knows it."""
        title = translator(language)(self.title)
        return f"《{title}》" if language == "zh_CN" and "《" not in title else title


@frozen
class Ground:
    """One reason, with the article it rests on.

    Attributes:
        code: stable, such as ``"income_lower"``.
        text: English message id with ``{names}``.
        values: what the names stand for.
        citations: the articles, or the sources that have none.
        rests_on: names of the series whose rows these are.
    """

    code: str
    text: str
    values: Mapping[str, Decimal | int | str] = field(factory=dict)
    citations: tuple[Citation | Reference, ...] = ()
    rests_on: tuple[str, ...] = ()


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
    citations: tuple[Citation | Reference, ...] = ()


@frozen
class Recipient:
    """One member of a household who is granted something as a household of one.

    Attributes:
        path: of the member, such as ``"household.members[1]"``.
        amount: ``Decimal`` yuan in the period of the award.
    """

    path: str
    amount: Decimal


@frozen
class Missing:
    """A fact or a figure without which the answer cannot be given.

    Attributes:
        path: of the fact, such as ``household.members[1].income``; ``standards`` for a figure.
        message: for a figure, what was looked for and what is held.
        not_held: the same for programs.
    """

    path: str
    message: str = ""
    not_held: NotHeld | None = field(default=None, metadata={"json": False})

    @classmethod
    def figure(cls, not_held: NotHeld) -> Missing:
        """A figure that is not held."""
        return cls("standards", str(not_held), not_held)


@frozen
class Note:
    """Something the reader should know besides: a rule that is not held, a breach."""

    text: str
    values: Mapping[str, Decimal | int | str] = field(factory=dict)


def warned(warnings: Iterable[Fault], case: str) -> tuple[Note, ...]:
    """The warnings of a case as notes: the path of each, never what stands there.

    Args:
        warnings: as those of ``Household.warnings``.
        case: what the paths begin with, such as ``"household"``.
    """
    paths = dict.fromkeys(f"{case}.{each.path.partition('[0:6]')[0]}" for each in warnings)
    return tuple(Note(NUMBER_WARNING, {"path": each}) for each in paths)


@lru_cache(maxsize=4096)
def places(areas: Areas, area: str, on: date) -> Mapping[str, str]:
    """The full names that an area and those above it have by the tables' own rows only.

    Args:
        areas: the divisions of the tables in use.
        area: six-digit code.
        on: the day.
    """
    if not areas.rows:
        return {}
    levels = (code for code in areas.levels(area, on) if code != NATION)
    names = {code: areas.lookup(code, on).full_name for code in levels}
    return {code: name for code, name in names.items() if name != _listed(code, on)}


def _listed(code: str, on: date) -> str | None:
    return BUNDLED.lookup(code, on).full_name if BUNDLED.is_valid(code, on) else None


NUMBER_WARNING = N_(
    "The division code in {path} is in no list, or was retired before the birth; check the number."
)
"""Message id of a warning of a number."""


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
        missing: the facts and figures that an undetermined case depends on.
        recipients: where not the household but some of its members are granted something, who.
        places: full names, by code, of divisions that only the tables in use name so.
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
    recipients: tuple[Recipient, ...] = ()
    places: Mapping[str, str] = field(factory=dict)

    def explain(self, language: str) -> str:
        """The decision in words that can go into a notice.

        Args:
            language: ``"zh_CN"`` or ``"en"``.

        Raises:
            InvalidInput: for another language.
        """
        from minzheng.decision.words import explain

        return explain(self, language)

    def reason(self, language: str) -> str:
        """The decisive reason in one sentence; for an undetermined case, what is missing.

        Raises:
            InvalidInput: for another language.
        """
        from minzheng.decision.words import reason

        return reason(self, language)


def cited(found: Found) -> Citation | Reference:
    """What a row is based on: its article, or the source where it has none."""
    figure = found.figure
    return figure.citation or Reference(figure.source.title, figure.clause)


@lru_cache(maxsize=4096)
def citations(
    resolved: Resolved[Any], *series: str, words: tuple[str, ...] = ()
) -> tuple[Citation | Reference, ...]:
    """What the used rows of some series rest on; several places of one article as one.

    Args:
        resolved: the terms and their figures.
        *series: names of series, in the order in which they are cited.
        words: only rows with one of these key words, where any are given, and rows without
            keys, which hold for all.
    """
    places: dict[Citation | Reference, list[Citation | Reference]] = {}
    for name in series:
        for each in resolved.used:
            figure = each.figure
            keys = figure.keys
            chosen = not words or not keys or any(word in words for _key, word in keys)
            if figure.series == name and chosen:
                whole = place = cited(each)
                if isinstance(place, Citation):
                    whole = Citation(place.instrument_id, place.article)
                places.setdefault(whole, [])
                if place not in places[whole]:
                    places[whole].append(place)
    return tuple(whole if len(each) > 1 else each[0] for whole, each in places.items())


class _Told(NamedTuple):
    name: str
    label: str
    unit: str
    shown: tuple[Outcome, ...]
    citations: tuple[Citation | Reference, ...]


@lru_cache(maxsize=1024)
def _told(result: Any, resolved: Resolved[Any]) -> tuple[_Told, ...]:
    return tuple(
        _Told(each.name, about["label"], about["unit"], about["shown"], cited)
        for each in fields(result)
        if (about := each.metadata)["label"]
        for cited in [citations(resolved, about["rests_on"])]
    )


def findings(result: Any, resolved: Resolved[Any]) -> tuple[Finding, ...]:
    """The labelled fields of a rule's result, fen turned into yuan, with their articles."""
    kind: Any = type(result)
    made = []
    for name, label, unit, shown_when, cited in _told(kind, resolved):
        value = getattr(result, name)
        if value >= 0 and result.outcome in shown_when:
            shown = to_yuan(value) if unit.startswith("yuan") else value
            made.append(Finding(name, label, shown, unit, cited))
    return tuple(made)
