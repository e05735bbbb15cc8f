"""What a decision reports of a rule's result: award, grounds, notes, figures and what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from attrs import fields, frozen

from minzheng.base.dates import first_of_next_month
from minzheng.base.i18n import N_
from minzheng.base.money import to_yuan
from minzheng.benefits._engine import payment
from minzheng.benefits._engine.reasons import Reasons
from minzheng.decision import Award, Ground, Missing, Note, Recipient, citations
from minzheng.errors import FigureNotFound
from minzheng.rules import Outcome
from minzheng.standards import Found, Per
from minzheng.standards.reading import Resolved

if TYPE_CHECKING:
    from minzheng.benefits._engine.benefit import Benefit, Case

__all__ = [
    "Asked",
    "Explanation",
    "explain",
    "first_payment",
    "floors",
    "lacking",
    "monthly",
    "not_available",
]

Asked = tuple[str, dict[str, str]]
"""A look-up: series and keys."""

Values = Mapping[str, Decimal | int | str]
Words = Mapping[str, tuple[str, ...]]


@frozen
class Explanation:
    """What a benefit reports of its rule's result.

    Attributes:
        award: what is granted.
        grounds, notes: the reasons, and what else the reader should know.
        figures: the rows that the decision is based on.
        missing: figures that an undetermined result depends on.
        way: by which of several ways it is granted, where they may pay the same by chance; the
            better way is the higher number.
        recipients: where not the household but some of its members are granted something, who.
    """

    award: Award | None
    grounds: tuple[Ground, ...]
    figures: tuple[Found, ...]
    notes: tuple[Note, ...] = ()
    missing: tuple[Missing, ...] = ()
    way: int = 0
    recipients: tuple[Recipient, ...] = ()


def explain(benefit: Benefit, case: Case) -> Explanation:
    """The explanation of a result that follows from what the benefit declares.

    Args:
        benefit: declares reasons, amounts, and what it has to add.
        case: with its result.
    """
    result = case.result
    outcome = result.outcome
    granted = outcome is Outcome.GRANTED
    found = None if outcome is Outcome.REFUSED else benefit.paid(case)
    words = tuple(benefit.words(case).items())
    further = tuple(benefit.further(case, each) for each in benefit.Reason.of(result.reasons))
    grounds, figures = _static(
        benefit, case.resolved, granted, result.reasons, words, further, found
    )
    award: Award | None = None
    notes: tuple[Note, ...] = ()
    missing: tuple[Missing, ...] = ()
    if granted:
        award = benefit.award(case, found)
        notes = (*floors([found]), *benefit.notes(case), *payment.remarks(case, award))
    elif outcome is Outcome.UNDETERMINED:
        missing = tuple(not_available(benefit.asked(case), case))
    return Explanation(
        award,
        _filled(grounds, benefit, case),
        figures,
        (*notes, *benefit.remarks(case)),
        missing,
        benefit.way(case),
        tuple(benefit.recipients(case)) if granted else (),
    )


@frozen
class _Text:
    """A ground but for the values that its text names."""

    ground: Ground
    names: tuple[str, ...]


@lru_cache(maxsize=4096)
def _static(
    benefit: Benefit,
    resolved: Resolved[Any],
    granted: bool,
    mask: int,
    words: tuple[tuple[str, tuple[str, ...]], ...],
    further: tuple[tuple[str, ...], ...],
    found: Found | None,
) -> tuple[tuple[_Text, ...], tuple[Found, ...]]:
    """The grounds of a mask of reasons, and the figures listed with them."""
    told = benefit.Reason.of(mask)
    by_series = dict(words)
    texts = []
    for each, more in zip(told, further, strict=True):
        basis = (*each.basis, *more)
        chosen = each.words or tuple(w for series in basis for w in by_series.get(series, ()))
        cited = citations(resolved, *basis, words=chosen)
        ground = Ground(each.name.lower(), each.text, {}, cited, basis)
        texts.append(_Text(ground, tuple(re.findall(r"\{(\w+)\}", each.text))))
    figures = relevant(
        resolved,
        aside=benefit.aside_granted if granted else benefit.aside_otherwise,
        only={**by_series, **_own_words(benefit.Reason, told)},
        rows=() if found is None else (found,),
        based=frozenset(series for each in texts for series in each.ground.rests_on),
    )
    return tuple(texts), figures


def _filled(texts: Iterable[_Text], benefit: Benefit, case: Case) -> tuple[Ground, ...]:
    """Grounds with the values that their texts name: fields of the result, or the benefit's own."""
    result: Any = case.result
    units = units_of(result.__class__)
    own: Values | None = None
    made = []
    for text in texts:
        ground = text.ground
        if text.names:
            values: dict[str, Decimal | int | str] = {}
            for name in text.names:
                if name in units:
                    value = getattr(result, name)
                    values[name] = to_yuan(value) if units[name] else value
                else:
                    own = benefit.values(case) if own is None else own
                    values[name] = own[name]
            ground = Ground(ground.code, ground.text, values, ground.citations, ground.rests_on)
        made.append(ground)
    return tuple(made)


@lru_cache(maxsize=64)
def units_of(result: type[Any]) -> dict[str, bool]:
    """The fields of a result, and which of them are amounts of money."""
    return {each.name: each.metadata.get("unit", "").startswith("yuan") for each in fields(result)}


def _own_words(reasons: type[Reasons], told: Iterable[Reasons]) -> Words:
    """Of series that reasons name by a word: the words of the reasons told."""
    named: dict[str, tuple[str, ...]] = {}
    for each in reasons:
        if each.words:
            named |= dict.fromkeys(each.basis, ())
    for each in told:
        for series in each.basis:
            if series in named:
                named[series] += each.words
    return named


def relevant(
    resolved: Resolved[Any],
    *,
    aside: frozenset[str],
    only: Words,
    rows: tuple[Found, ...],
    based: frozenset[str],
) -> tuple[Found, ...]:
    """The figures that a case is based on; those of other groups and tiers are left out.

    Args:
        resolved: the parameters and their figures.
        aside: series whose rows are listed only where a ground is based on them.
        only: by series, the key words of which its rows are listed; rows without keys hold for all.
        rows: of the series of these rows, no others are listed.
        based: the series that the grounds are based on.
    """
    chosen = {each.figure for each in rows}
    listed = {each.series for each in chosen}
    return tuple(
        each
        for each in resolved.used
        if (each.figure.series not in aside or each.figure.series in based)
        and (each.figure.series not in listed or each.figure in chosen)
        and (
            each.figure.series not in only
            or not each.figure.keys
            or any(word in only[each.figure.series] for _key, word in each.figure.keys)
        )
    )


def lacking(benefit: Benefit, case: Case) -> Iterator[Asked]:
    """The look-ups of the series that the reasons of an open case lack.

    Args:
        benefit: whose reasons.
        case: with its result.
    """
    for each in benefit.Reason.of(case.result.reasons):
        if each.lacks:
            yield each.lacks, benefit.keys(case)


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
