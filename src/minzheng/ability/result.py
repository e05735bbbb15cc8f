"""What an assessment says: the level, the points, what raised it, and how the text was read."""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from minzheng.ability.combination import Combination
from minzheng.decision import Missing, Note
from minzheng.standards import Found, Source

__all__ = ["Assessment", "DomainResult"]


@frozen
class DomainResult:
    """One first-level indicator.

    Attributes:
        code, zh, en: as on the sheet.
        points: the sum; ``None`` where an item is not answered or nothing is added.
        most_points: the highest sum.
        grade: of the domain, where the scale grades domains; told as soon as no open item can
            change it.
        unanswered: codes of the items that are not answered.
    """

    code: str
    zh: str
    en: str
    points: int | None = None
    most_points: int | None = None
    grade: int | None = None
    unanswered: tuple[str, ...] = ()


@frozen
class Assessment:
    """One sheet assessed by one scale.

    Attributes:
        scale: id of the scale.
        subject: id of the sheet.
        on: the day.
        in_force: whether the scale's instrument is in force that day; ``None`` when not known.
        level: ``None`` when it cannot be determined; else it is the same whatever is not known.
        level_zh, level_en: its name.
        least, most: the least and the most severe level that what is known leaves open; ``None``
            when a figure of the standards tables is not held.
        preliminary: the level before any change, with the same rule about what is not known.
        points, most_points: in all, where the scale adds its domains.
        domains: points and grade of each.
        combination: for MZ/T 039, the four grades and what the text gives them.
        raised: what raised the level: ``coma``, ``dementia``, ``mental_illness``, ``events``.
        unanswered: codes of the items that are not answered.
        missing: what the level hangs on: items, facts, choices of reading, figures.
        readings: how the text was read where it is silent, contradictory or ambiguous.
        notes: what else a reader should know.
        figures: figures of the standards tables used.
        sources: where the scale was read.
    """

    scale: str
    subject: str
    on: date
    in_force: bool | None = None
    level: int | None = None
    level_zh: str | None = None
    level_en: str | None = None
    least: int | None = None
    most: int | None = None
    preliminary: int | None = None
    points: int | None = None
    most_points: int | None = None
    domains: tuple[DomainResult, ...] = ()
    combination: Combination | None = None
    raised: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    readings: tuple[Note, ...] = ()
    notes: tuple[Note, ...] = ()
    figures: tuple[Found, ...] = field(default=(), repr=False)
    sources: tuple[Source, ...] = ()

    def explain(self, language: str) -> str:
        """The assessment in words.

        Args:
            language: ``"zh_CN"`` or ``"en"``.

        Raises:
            InvalidInput: for another language.
        """
        from minzheng.ability.tell import explain

        return explain(self, language)
