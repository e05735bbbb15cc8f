"""A rating in words: the grade, the sections, what keeps it from the next grade, what is not known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from minzheng.base.i18n import N_, day, translator
from minzheng.law import Confidence
from minzheng.rating.model import Scheme
from minzheng.rating.numbers import shown
from minzheng.rating.sheet import Check, Lack, Outcome, Rating, Remark, Score
from minzheng.rating.steps import UNRATED

__all__ = ["check", "explain", "label"]

_OUTCOMES = {
    Outcome.RATED: N_("Grade: {grade}."),
    Outcome.NO_GRADE: N_("Grade: none; the lowest grade is not reached."),
    Outcome.UNRATED: N_("Grade: not rated; the rules give no rating here."),
    Outcome.UNDETERMINED: N_("Grade: not determined; it hangs on what is not known."),
}
_REMARKS = {
    "two_bands": N_("{step}: {value} lies in several bands: {bands}."),
    "no_band": N_("{step}: {value} lies in no band of the table."),
    "held": N_("{step}: the rank {rank} is held, since its own value has not changed."),
    "all_peers": N_("{step}: fewer than {least} peers in the group; all peers are taken."),
    "override": N_("{step}: set by the act {code}."),
    "published": N_("{step}: values stated without cases are taken as published: {items}."),
}
_CONFIDENCES = {Confidence.CONFIRMED: N_("confirmed"), Confidence.SECONDARY: N_("secondary")}
_CHECKS = {
    "points": N_("{name}: {has} points; {needs} are asked for, {short} are lacking"),
    "share": N_("{name}: {has} points; {share} % or {needs} are asked for, {short} are lacking"),
    "most": N_("{name}: {has}; no more than {needs} is asked for"),
    "least": N_("{name}: {has}; {needs} is asked for"),
    "months": N_("{name}: {has}; none within {needs} months is asked for"),
    "unknown": N_("{name}: not known"),
}


def explain(rating: Rating, language: str) -> str:
    """A rating in words.

    Args:
        rating: the outcome of :func:`~minzheng.rating.rate`.
        language: ``"zh_CN"`` or ``"en"``.

    Raises:
        InvalidInput: for another language.
    """
    return "\n".join(_lines(rating, language, translator(language)))


def _lines(rating: Rating, language: str, t: Callable[[str], str]) -> Iterator[str]:
    scheme = rating.scheme
    zh = language == "zh_CN"
    title = scheme.title_zh if zh else scheme.title
    yield t(N_("{title}: {subject}")).format(title=title, subject=rating.subject or "-")
    if rating.on is not None:
        yield t(N_("Day: {day}.")).format(day=day(rating.on, language))
    grade = rating.grade
    word = "" if grade is None else grade.label_zh if zh else grade.label
    yield t(_OUTCOMES[rating.outcome]).format(grade=word)
    if rating.total is not None and rating.most:
        yield t(N_("Points: {points} of {most}.")).format(
            points=shown(rating.total), most=shown(rating.most)
        )
    for item in scheme.items:
        score = rating.scores[item.code]
        if score.points is not None and len(scheme.items) > 1:
            yield "  " + _section(score, label(rating.scheme, item.code, language), t)
    for step in scheme.steps:
        value = rating.values[step.name]
        if step.name != scheme.result and value is not None:
            yield "  " + t(N_("{name}: {value}")).format(
                name=label(rating.scheme, step.name, language), value=_word(value, t)
            )
    if rating.settings:
        taken = "、".join(rating.settings.values()) if zh else ", ".join(rating.settings.values())
        yield t(N_("Readings taken: {readings}.")).format(readings=taken)
    if rating.binding:
        following = scheme.grades[(rating.rank or 0)]
        yield t(N_("What keeps it from {grade}:")).format(
            grade=following.label_zh if zh else following.label
        )
        for each in rating.binding:
            yield "  " + check(rating, each, language)
    if rating.lacks:
        yield t(N_("Not known:"))
        for lack in rating.lacks:
            yield "  " + _lack(rating, lack, language, t)
    for remark in rating.remarks:
        yield _remark(rating, remark, language, t)
    yield t(N_("Sources:"))
    for source in scheme.sources:
        yield "  " + t(N_("{title}; {where} ({confidence})")).format(
            title=source.title, where=source.where, confidence=t(_CONFIDENCES[source.confidence])
        )


def label(scheme: Scheme, name: str, language: str) -> str:
    """What an item, a fact or a step is called."""
    zh = language == "zh_CN"
    if name == "total":
        return translator(language)(N_("total points"))
    found: Any = (
        scheme.nodes.get(name) or scheme.facts_by_name.get(name) or scheme.steps_by_name.get(name)
    )
    if found is None:
        return name
    if name in scheme.nodes:
        return (found.name if zh else found.label) or name
    return (found.label_zh if zh else found.label) or name


def check(rating: Rating, found: Check, language: str) -> str:
    """One check that does not hold, in words."""
    t, name = translator(language), label(rating.scheme, found.name, language)
    if found.holds is None:
        return t(_CHECKS["unknown"]).format(name=name)
    if found.kind != "prerequisite":
        share = found.share
        return t(_CHECKS["points" if share is None else "share"]).format(
            name=name,
            has=shown(found.has),
            needs=shown(found.needs),
            short=shown(found.short),
            share="" if share is None else shown(share * 100),
        )
    form = "least"
    if any(
        each.fact == found.name and found.grade in each.at_most
        for each in rating.scheme.prerequisites
    ):
        form = "most"
    if any(
        each.fact == found.name and found.grade in each.none_within_months
        for each in rating.scheme.prerequisites
    ):
        form = "months"
    return t(_CHECKS[form]).format(name=name, has=_word(found.has, t), needs=_word(found.needs, t))


def _section(score: Score, name: str, t: Callable[[str], str]) -> str:
    assert score.points is not None
    return t(N_("{name}: {points} of {most} ({share} %)")).format(
        name=name,
        points=shown(score.points),
        most=shown(score.most),
        share=shown(score.points * 100 / score.most) if score.most else "-",
    )


def _word(value: Any, t: Callable[[str], str]) -> str:
    if value is True or value is False:
        return t(N_("yes")) if value else t(N_("no"))
    if value is UNRATED:
        return t(N_("not rated"))
    if isinstance(value, int | Decimal | Fraction):
        return shown(value, 3)
    if isinstance(value, frozenset):
        return "、".join(sorted(value))
    return str(value)


def _lack(rating: Rating, lack: Lack, language: str, t: Callable[[str], str]) -> str:
    name = lack.path.split(".", 1)[1] if "." in lack.path else lack.path
    for each in (name, name.rsplit(".", 1)[0]):
        told = label(rating.scheme, each, language)
        if told != each:
            return t(N_("{path} ({what})")).format(path=lack.path, what=told)
    what = t(lack.what)
    return t(N_("{path} ({what})")).format(path=lack.path, what=what) if what else lack.path


def _remark(rating: Rating, remark: Remark, language: str, t: Callable[[str], str]) -> str:
    values = dict(remark.values)
    if "value" in values:
        values["value"] = shown(values["value"], 4)
    if "bands" in values:
        values["bands"] = ", ".join(values["bands"])
    if "items" in values:
        names = (label(rating.scheme, code, language) for code in values["items"])
        values["items"] = ("、" if language == "zh_CN" else ", ").join(names)
    if "code" in values:
        acts = {each.code: each for each in rating.scheme.overrides}
        act = acts[values["code"]]
        values["code"] = (act.label_zh if language == "zh_CN" else act.label) or act.code
    return t(_REMARKS[remark.code]).format(
        step=label(rating.scheme, remark.step, language), **values
    )
