"""An assessment in words, in Chinese or English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import fields

from minzheng.ability import load
from minzheng.ability.model import Item, Level, Scale
from minzheng.ability.result import Assessment, DomainResult
from minzheng.ability.sheet import Condition, Reading
from minzheng.base.i18n import N_, day, translator
from minzheng.decision import Missing, Note
from minzheng.decision.words import GRADES, missing
from minzheng.standards import Found, Source

__all__ = ["explain"]

_RAISED = {
    "coma": N_("a coma gives the most severe level"),
    "dementia": N_("dementia or a cognitive disorder is diagnosed"),
    "mental_illness": N_("a mental illness is diagnosed"),
    "events": N_("two or more care-risk events within 30 days"),
}
_PARTS = {"condition": Condition, "reading": Reading}
_SECTIONS = (
    N_("Indicators"),
    N_("Changes of level"),
    N_("Missing"),
    N_("How the text is read"),
    N_("Notes"),
    N_("Sources"),
)


def explain(told: Assessment, language: str) -> str:
    """The assessment in words; see :meth:`minzheng.ability.Assessment.explain`."""
    return "\n".join(_Writer(told, language).lines())


class _Writer:
    """Writes one assessment in one language."""

    def __init__(self, told: Assessment, language: str) -> None:
        self.told = told
        self.scale = load.scale(told.scale)
        self.language = language
        self.t = translator(language)
        self.chinese = language == "zh_CN"

    def lines(self) -> Iterator[str]:
        told = self.told
        name = self.name(self.scale)
        titled = N_("{scale}: assessment of {subject}")
        yield self.fill(titled, scale=name, subject=told.subject) if told.subject else name
        yield self.fill(N_("Day: {day}"), day=day(told.on, self.language))
        yield self.level()
        contents = (
            map(self.domain, told.domains),
            map(self.ground, told.raised),
            map(self.missing, told.missing),
            map(self.note, told.readings),
            map(self.note, told.notes),
            (*map(self.figure, told.figures), *map(self.source, told.sources)),
        )
        for heading, content in zip(_SECTIONS, contents, strict=True):
            yield from self.section(self.t(heading), content)

    def level(self) -> str:
        told = self.told
        if told.level is not None:
            return self.fill(
                N_("Level: {parts}"), parts=self.listed(self.about_level(told, told.level))
            )
        if told.least is None or told.most is None:
            return self.t(N_("Level: cannot be determined yet"))
        return self.fill(
            N_("Level: cannot be determined yet, from {least} to {most}"),
            least=self.named(told.least),
            most=self.named(told.most),
        )

    def about_level(self, told: Assessment, level: int) -> Iterator[str]:
        yield self.named(level)
        if told.preliminary not in (None, level):
            yield self.fill(N_("{before} before any change"), before=told.preliminary)
        if told.points is not None:
            yield self.points(told.points, told.most_points)
        if told.unanswered:
            yield self.t(N_("what is not answered cannot change it"))

    def domain(self, each: DomainResult) -> str:
        parts = []
        if each.points is not None:
            parts.append(self.points(each.points, each.most_points))
        if each.grade is not None:
            parts.append(self.fill(N_("grade {grade}"), grade=each.grade))
        if each.unanswered:
            items = ("、" if self.chinese else ", ").join(map(self.item, each.unanswered))
            parts.append(self.fill(N_("not answered: {items}"), items=items))
        return self.fill(
            N_("{indicator}: {parts}"),
            indicator=self.name(each),
            parts=("；" if self.chinese else "; ").join(parts),
        )

    def ground(self, each: str) -> str:
        return self.fill(
            N_("{ground} ({clause})"), ground=self.t(_RAISED[each]), clause=self.scale.changes
        )

    def missing(self, each: Missing) -> str:
        if each.not_held is not None:
            return missing(each, self.language)
        if each.path.startswith("answers["):
            fact = self.item(each.path.removeprefix("answers[").removesuffix("]"))
        else:
            part, _dot, name = each.path.partition(".")
            fact = self.t(getattr(fields(_PARTS[part]), name).metadata["about"])
        return self.fill(N_("{path} ({fact})"), path=each.path, fact=fact)

    def note(self, each: Note) -> str:
        return self.fill(each.text, **each.values)

    def figure(self, each: Found) -> str:
        basis = ""
        if each.figure.citation is not None:
            cited = each.figure.citation.text(self.language)
            basis = self.fill(N_(" (basis: {citations})"), citations=cited)
        return self.fill(
            N_("{label}: {value}{basis}"),
            label=each.series.label_zh if self.chinese else each.series.label,
            value=each.figure.value,
            basis=basis,
        )

    def source(self, each: Source) -> str:
        return self.fill(
            N_("{title}, {where} [{grade}, {mark}]"),
            title=self.name(self.scale),
            where=self.t(each.where),
            grade=self.t(GRADES[each.grade.value]),
            mark=self.t(GRADES[each.confidence.value]),
        )

    def section(self, heading: str, lines: Iterable[str]) -> Iterator[str]:
        written = list(lines)
        if written:
            yield ""
            yield heading + ("：" if self.chinese else ":")
            for number, line in enumerate(written, start=1):
                yield f"  （{number}）{line}" if self.chinese else f"  {number}. {line}"

    def points(self, number: int, most: int | None) -> str:
        return self.fill(N_("{points} of {most} points"), points=number, most=most)

    def named(self, level: int) -> str:
        return self.fill(
            N_("{level} ({name})"), level=level, name=self.name(self.scale.level(level))
        )

    def item(self, code: str) -> str:
        return self.name(self.scale.items[code])

    def name(self, each: Scale | DomainResult | Level | Item) -> str:
        return each.zh if self.chinese else each.en

    def listed(self, parts: Iterable[str]) -> str:
        return ("，" if self.chinese else ", ").join(parts)

    def fill(self, text: str, **values: object) -> str:
        return self.t(text).format(**values)
