"""Assessing one sheet by one scale."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import fields

from minzheng.ability import changes, load
from minzheng.ability.combination import Combination, combine
from minzheng.ability.grading import Scores, grade, points, preliminary
from minzheng.ability.model import Domain, Method, Scale
from minzheng.ability.readings import notes, readings
from minzheng.ability.result import Assessment, DomainResult
from minzheng.ability.sheet import Sheet, faults
from minzheng.ability.thresholds import Thresholds, thresholds
from minzheng.decision import Missing
from minzheng.errors import InvalidInput
from minzheng.people import SelfCare
from minzheng.standards import Standards

__all__ = ["assess", "self_care"]


def assess(scale: str, sheet: Sheet, *, on: date, standards: Standards | None = None) -> Assessment:
    """Assess a sheet by a scale on a day: the level, and why.

    The level is told when no item left open, no fact not known and no choice of reading not made
    can change it. Everything is monotone: a worse answer never lowers a level. So the sheet is
    judged twice, with all that is open taken at its best and at its worst, and the level is
    determined exactly when both give the same.

    Args:
        scale: id of the scale, such as ``"gbt-42195-2022"``; see :func:`scales`.
        sheet: the answers, what is known besides, and the reading of open clauses.
        on: the day. It chooses the figures of the self-care test; the other scales are applied
            as they are, and the result says whether they are in force that day.
        standards: the tables; the bundled ones when left out. Only the self-care test asks them.

    Raises:
        NotFound: for an unknown scale.
        InvalidInput: for items that the scale does not have, scores that are none of their
            options, and facts that an answer contradicts; all at once.
        WrongType: when ``on`` is not a plain date.

    Source:
        MZ/T 039-2013 annexes B and C; GB/T 42195-2022 annexes B and C; 特困人员认定办法 (2021) art. 21
        and 22; all but the last by transcriptions.

    Limitations:
        The card of annex D of MZ/T 039-2013 was not read: its combinations of grades are read
        severity first, and the result says so. How long a result is valid is not held.

    Example:
        >>> from datetime import date
        >>> from minzheng.ability import Condition
        >>> items = load.scale("gbt-42195-2022").items.values()
        >>> scores = {item.code: item.scores[0] for item in items}
        >>> sheet = Sheet(id="a-1", answers={**scores, "B2.4": 0}, condition=Condition.none())
        >>> told = assess("gbt-42195-2022", sheet, on=date(2024, 5, 1))
        >>> told.points, told.level, told.level_zh
        (87, 1, '轻度')
        >>> half = Sheet(id="a-1", answers={"B1.1": 4}, condition=Condition.none())
        >>> told = assess("gbt-42195-2022", half, on=date(2024, 5, 1))
        >>> told.level, told.least, told.most, len(told.unanswered)
        (None, 0, 4, 25)
    """
    chosen = load.scale(scale)
    in_force = chosen.in_force(on)
    if wrong := faults(chosen, sheet):
        raise InvalidInput(wrong)
    held = thresholds(chosen, Standards.bundled() if standards is None else standards, on)
    known = changes.known(chosen, sheet)
    best, worst = _filled(chosen, sheet, known)
    before = _levels(chosen, held, best, worst)
    after = changes.bounds(chosen.top, *before, known) if before else (None, None)
    level = after[0] if after[0] == after[1] else None
    name = None if level is None else chosen.level(level)
    domains = tuple(_domain(each, sheet, best, worst) for each in chosen.domains)
    first = before[0] if before and before[0] == before[1] else None
    total = sum(each.points or 0 for each in domains)
    open_points = chosen.most_points is None or any(each.points is None for each in domains)
    combination = _combination(chosen, domains)
    return Assessment(
        scale=chosen.id,
        subject=sheet.id,
        on=on,
        in_force=in_force,
        level=level,
        level_zh=name.zh if name else None,
        level_en=name.en if name else None,
        least=after[0],
        most=after[1],
        preliminary=first,
        points=None if open_points else total,
        most_points=chosen.most_points,
        domains=domains,
        combination=combination,
        raised=changes.raised(chosen.top, first, known),
        unanswered=tuple(code for each in domains for code in each.unanswered),
        missing=tuple(_missing(chosen, held, domains, before, known)) if level is None else (),
        readings=tuple(readings(chosen, sheet, known, combination)),
        notes=tuple(notes(chosen, in_force)),
        figures=held.used,
        sources=(chosen.cited(),),
    )


def self_care(
    stated: SelfCare | None, *, on: date, standards: Standards | None = None, subject: str = ""
) -> Assessment:
    """Assess the six items of the self-care test as a person states them.

    Args:
        stated: the six facts; ``None``, in whole or in part, is not known.
        on: the day, which chooses the figures.
        standards: the tables; the bundled ones when left out.
        subject: id of the case.

    Source:
        特困人员认定办法 (2021) art. 21 and 22.

    Example:
        >>> from datetime import date
        >>> able = SelfCare(
        ...     eating=True, dressing=True, bed=True, toilet=False, walking=False, bathing=False)
        >>> self_care(able, on=date(2023, 11, 1)).level_zh
        '部分丧失生活自理能力'
    """
    answers = {each.name: getattr(stated, each.name, None) for each in fields(SelfCare)}
    scores = {name: None if able is None else int(able) for name, able in answers.items()}
    return assess("self-care", Sheet(id=subject, answers=scores), on=on, standards=standards)


def _filled(scale: Scale, sheet: Sheet, known: changes.Known) -> tuple[Scores, Scores]:
    """Every item's score, with what is open at its best and at its worst."""
    best: dict[str, int] = {}
    worst: dict[str, int] = {}
    for code, item in scale.items.items():
        score = sheet.answers.get(code)
        can_be = item.scores if score is None else (score,)
        for tie in scale.ties:
            if tie.item == code and (fact := getattr(known, tie.fact)) is not None:
                can_be = tuple(
                    each
                    for each in can_be
                    if (each in tie.allows if fact else each not in tie.says)
                )
        best[code], worst[code] = can_be[0], can_be[-1]
    return best, worst


def _levels(scale: Scale, held: Thresholds, best: Scores, worst: Scores) -> tuple[int, int] | None:
    """The least and the most severe level before any change; ``None`` without bands."""
    if scale.method is not Method.COMBINATION and not held.bands:
        return None
    return preliminary(scale, best, held.bands), preliminary(scale, worst, held.bands)


def _domain(domain: Domain, sheet: Sheet, best: Scores, worst: Scores) -> DomainResult:
    unanswered = tuple(i.code for i in domain.items if sheet.answers.get(i.code) is None)
    added = not unanswered and not domain.worst_item
    grades = (grade(domain, best), grade(domain, worst)) if domain.graded else (None, None)
    return DomainResult(
        code=domain.code,
        zh=domain.zh,
        en=domain.en,
        points=points(domain, best) if added else None,
        most_points=domain.most_points,
        grade=grades[0] if grades[0] == grades[1] else None,
        unanswered=unanswered,
    )


def _combination(scale: Scale, domains: tuple[DomainResult, ...]) -> Combination | None:
    grades = [each.grade for each in domains if each.grade is not None]
    if scale.method is not Method.COMBINATION or len(grades) < len(domains):
        return None
    return combine(*grades)


def _missing(
    scale: Scale,
    held: Thresholds,
    domains: tuple[DomainResult, ...],
    before: tuple[int, int] | None,
    known: changes.Known,
) -> Iterator[Missing]:
    """What an open level hangs on: items of indicators that are open, facts, choices, figures."""
    paths: list[str] = []
    if before is None or before[0] < before[1]:
        paths += [
            f"answers[{i}]" for each in domains if each.grade is None for i in each.unanswered
        ]
    if before is not None:
        paths += changes.hangs_on(scale, *before, known)
    yield from map(Missing, dict.fromkeys(paths))
    yield from map(Missing.figure, held.missing)
