"""What each grade asks, set against what there is: gates and prerequisites."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from minzheng.base.dates import add_months
from minzheng.rating.model import Base, Gate, Prerequisite, Scheme
from minzheng.rating.numbers import exact, total
from minzheng.rating.sheet import Check, Score
from minzheng.rating.steps import UNRATED
from minzheng.rating.tree import Tree

__all__ = ["gate_checks", "prerequisite_checks", "totals"]


def totals(scores: Sequence[Score]) -> tuple[Fraction | None, Fraction]:
    """Points earned, ``None`` where they are not known, and what could be earned."""
    most = total(each.most for each in scores)
    if any(each.points is None for each in scores):
        return None, most
    return total(each.points for each in scores if each.points is not None), most


def gate_checks(
    scheme: Scheme, gate: Gate, grade: str, tree: Tree, values: Mapping[str, Any]
) -> Iterator[Check]:
    """What a gate asks for a grade, and what there is."""
    least = gate.at_least.get(grade)
    if least is None:
        return
    for name in gate.of:
        if name == "total":
            has, most = totals([tree.scores[each.code] for each in scheme.items])
            nominal = scheme.most
        elif name in tree.scores:
            score = tree.scores[name]
            has, most, nominal = score.points, score.most, score.nominal
        else:
            has = values.get(name)
            has = None if has is UNRATED else has
            most = nominal = Fraction(0)
        needs = least
        if gate.share:
            base = {Base.NOMINAL: nominal, Base.APPLICABLE: most, Base.EARNED: has}[gate.base]
            needs = least if base is None else least * base
        yield Check(
            grade,
            "total" if name == "total" else "section",
            name,
            None if has is None else has >= needs,
            has,
            needs,
            least if gate.share else None,
            gate.source,
        )


def prerequisite_checks(
    scheme: Scheme, asked: Prerequisite, grade: str, values: Mapping[str, Any], on: date | None
) -> Iterator[Check]:
    """What a prerequisite asks for a grade, and what there is."""
    has = values.get(asked.fact)
    of = asked.fact
    for needs, holds in _tests(scheme, asked, grade, values, on):
        yield Check(grade, "prerequisite", of, holds, has, needs, None, asked.source)


def _tests(
    scheme: Scheme, asked: Prerequisite, grade: str, values: Mapping[str, Any], on: date | None
) -> Iterator[tuple[Any, bool | None]]:
    has = values.get(asked.fact)
    for limits, sign in ((asked.at_least, 1), (asked.at_most, -1)):
        limit: Any = limits.get(grade)
        if limit is None:
            continue
        if asked.per is not None:
            residents = values.get(asked.per)
            if residents is None:
                yield None, None
                continue
            limit = limit * -(-exact(residents) // asked.each)
        yield limit, None if has is None else sign * has >= sign * limit
    if grade in asked.holds:
        yield asked.holds[grade], None if has is None else has is asked.holds[grade]
    if grade in asked.word:
        words = scheme.facts_by_name[asked.fact].words
        needed = words.index(asked.word[grade])
        yield asked.word[grade], None if has is None else words.index(has) >= needed
    if grade in asked.includes:
        needed_words = frozenset(asked.includes[grade])
        yield needed_words, None if has is None else needed_words <= has
    if grade in asked.none_within_months:
        months = asked.none_within_months[grade]
        if has == "never":
            yield months, True
        elif has is None or on is None:
            yield months, None
        else:
            yield months, add_months(has, months) <= on
