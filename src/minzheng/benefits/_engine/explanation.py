"""What a decision says of a rule's result: award, grounds, notes, figures and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from attrs import fields, frozen

from minzheng.base.dates import first_of_next_month
from minzheng.base.i18n import N_
from minzheng.base.money import to_yuan
from minzheng.benefits._engine.reasons import Reasons
from minzheng.decision import Award, Ground, Missing, Note, citations
from minzheng.errors import FigureNotFound
from minzheng.rules import Outcome
from minzheng.standards import Found, Per, Standards
from minzheng.standards.reading import Resolved

if TYPE_CHECKING:
    from minzheng.benefits._engine.benefit import Benefit, Case

__all__ = ["Asked", "Explanation", "explain", "first_payment", "floors", "ground", "not_available"]

Asked = tuple[str, dict[str, str]]
"""A look-up: series and keys."""


@frozen
class Explanation:
    """What a benefit reports of its rule's result.

    Attributes:
        award: what is granted.
        grounds, notes: the reasons, and what else the reader should know.
        missing: figures that an undetermined result depends on.
        aside: series whose rows are listed only where a ground is based on them.
        only: pairs of a series and the key words of which its rows are listed; of a series
            named twice, rows with a word of each. Rows without keys hold for all.
        rows: of the series of these rows, no others are listed.
        way: by which of several ways it is granted, where they may pay the same by chance; the
            better way is the higher number.
    """

    award: Award | None
    grounds: tuple[Ground, ...]
    notes: tuple[Note, ...] = ()
    missing: tuple[Missing, ...] = ()
    aside: frozenset[str] = frozenset()
    only: tuple[tuple[str, tuple[str, ...]], ...] = ()
    rows: tuple[Found, ...] = ()
    way: int = 0


def explain(benefit: Benefit, case: Case) -> Explanation:
    """The explanation of a result that follows from what the benefit declares.

    Args:
        benefit: declares reasons, amounts, and what it has to add.
        case: with its result.
    """
    result = case.result
    granted = result.outcome is Outcome.GRANTED
    told = decisive(benefit.Reason, result)
    found = None if result.outcome is Outcome.REFUSED else benefit.paid(case)
    words = benefit.words(case)
    values = benefit.values(case)
    only = {**words, **_own_words(benefit.Reason, told)}
    lacking = [each.lacks for each in told if each.lacks]
    keys = benefit.keys(case) if lacking else {}
    asked = [*((lack, keys) for lack in lacking), *benefit.asked(case)]
    return Explanation(
        award=benefit.award(case, found) if granted else None,
        grounds=tuple(
            ground(each, values, case.resolved, words, benefit.further(case, each)) for each in told
        ),
        notes=tuple((*floors([found]), *benefit.notes(case)) if granted else ()),
        missing=tuple(not_available(asked, case)) if lacking else (),
        aside=benefit.aside_granted if granted else benefit.aside_otherwise,
        only=tuple(only.items()),
        rows=() if found is None else (found,),
    )


def decisive(reasons: type[Reasons], result: Any) -> tuple[Reasons, ...]:
    """The reasons of a result that lead to its outcome.

    Args:
        reasons: of the benefit.
        result: with its mask.
    """
    return tuple(
        each
        for each in reasons
        if result.reasons & each and each.outcome is result.outcome  # others are findings only
    )


def _own_words(reasons: type[Reasons], told: Iterable[Reasons]) -> Mapping[str, tuple[str, ...]]:
    """Of series that reasons name by a word: the words of the reasons told."""
    named: dict[str, tuple[str, ...]] = {}
    for each in reasons:
        if each.words:
            named |= {series: () for series in each.basis}
    for each in told:
        for series in each.basis:
            if series in named:
                named[series] += each.words
    return named


def ground(
    reason: Reasons,
    values: Mapping[str, Decimal | int | str],
    resolved: Resolved[Any],
    words: Mapping[str, tuple[str, ...]],
    series: tuple[str, ...] = (),
) -> Ground:
    """One reason in words, with the values that its text names and the rows it is based on.

    Args:
        reason: which.
        values: amounts by name; the text takes those it names.
        resolved: the parameters and their figures.
        words: by series, of its rows with keys only those with one of these words.
        series: further series that this case is based on.
    """
    basis = (*reason.basis, *series)
    chosen = reason.words or tuple(word for each in basis for word in words.get(each, ()))
    return Ground(
        code=reason.name.lower(),
        text=reason.text,
        values={name: value for name, value in values.items() if f"{{{name}}}" in reason.text},
        citations=citations(resolved, *basis, words=chosen),
        rests_on=basis,
    )


def amounts(result: Any) -> dict[str, Decimal | int | str]:
    """The whole numbers of a result by their names, amounts in yuan."""
    made: dict[str, Decimal | int | str] = {}
    for each in fields(type(result)):
        unit = each.metadata.get("unit", "")
        value = getattr(result, each.name)
        made[each.name] = to_yuan(value) if unit.startswith("yuan") else value
    return made


def first_payment(resolved: Resolved[Any], series: str, on: date) -> date | None:
    """The first day that is paid for by the row of a series; ``None`` where none is available.

    Args:
        resolved: the parameters and their figures.
        series: says ``next_month``, or the month of the decision.
        on: the day of the decision.
    """
    row = resolved.held.get(series)
    if row is None:
        return None
    return first_of_next_month(on) if row.value == "next_month" else on.replace(day=1)


def not_available(asked: Iterable[Asked], case: Case) -> Iterator[Missing]:
    """Of some look-ups the figures that are not available, in the words of the look-up.

    Args:
        asked: series and keys.
        case: for its place and day.
    """
    for series, keys in asked:
        try:
            case.find(series, **keys)
        except FigureNotFound as error:
            yield Missing.figure(error.not_held)


_FLOOR = N_("An amount found is a floor (not lower than): a place that pays more must state it.")


def floors(paid: Iterable[Found | None]) -> Iterator[Note]:
    """The note that one of the figures paid is a minimum.

    Args:
        paid: figures.
    """
    if any(each is not None and each.is_floor for each in paid):
        yield Note(_FLOOR)


def monthly(case: Case, first: str) -> Award:
    """The award of a result's ``pay_month`` fen for one person.

    Args:
        case: with its result.
        first: the series of the first payment.
    """
    start = first_payment(case.resolved, first, case.on) if first else None
    return Award(to_yuan(case.result.pay_month), Per.MONTH, 1, start)


Tables = Standards
