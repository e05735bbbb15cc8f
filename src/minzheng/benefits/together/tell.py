"""Entitlements in words: the ways of drawing, what is lost in each, and every decision."""

from __future__ import annotations

from collections.abc import Iterator

from minzheng.base.i18n import N_, day, money, translator
from minzheng.benefits.together.model import Drawn, Entitlements, Lost, Way
from minzheng.decision.words import OUTCOMES, PERS

__all__ = ["explain"]

_LOST = {
    "excluded": N_("{benefit}: not drawn, because {by} excludes it (basis: {basis})"),
    "passed over": N_("{benefit}: passed over for {by}, by choice (basis: {basis})"),
    "reduced": N_("{benefit}: reduced by {amount} a year because of {by} (basis: {basis})"),
}


def explain(found: Entitlements, language: str) -> str:
    """See :meth:`minzheng.benefits.together.model.Entitlements.explain`."""
    return "\n".join(_lines(found, language))


def _lines(found: Entitlements, language: str) -> Iterator[str]:
    t = translator(language)
    yield t(N_("What case {subject} may draw on {day}")).format(
        subject=found.subject, day=day(found.on, language)
    )
    for number, way in enumerate(found.ways, start=1):
        yield from _way(way, number, len(found.ways), language)
    names = {each.benefit: t(each.title) for each in found.decisions}
    for first, second in found.unsettled:
        yield t(
            N_(
                "No rule held says whether {first} and {second} may be drawn together; here they are counted together."
            )
        ).format(first=names.get(first, first), second=names.get(second, second))
    for missing in found.missing:
        yield t(
            N_("What dibao takes from another benefit hangs on the person's own share: {path}.")
        ).format(path=missing.path)
    yield t(N_("Each benefit by itself:"))
    for each in found.decisions:
        outcome = t(OUTCOMES[each.outcome])
        yield "  " + t(N_("{benefit}, {outcome}: {reason}")).format(
            benefit=t(each.title), outcome=outcome, reason=each.reason(language)
        )
    for member in found.members:
        yield ""
        yield from _lines(member, language)


def _way(way: Way, number: int, ways: int, language: str) -> Iterator[str]:
    t = translator(language)
    heading = N_("Drawn in all: {amount} a year")
    if ways > 1:
        heading = N_("Way {number}: {amount} a year")
    yield t(heading).format(number=number, amount=money(way.year, language))
    yield from (f"  {_drawn(each, language)}" for each in way.drawn)
    if way.share is not None:
        text = t(N_("Beside it, of the household's dibao: {amount} a year"))
        yield "  " + text.format(amount=money(way.share, language))
    yield from (f"  {_lost(each, language)}" for each in way.lost)


def _drawn(each: Drawn, language: str) -> str:
    t = translator(language)
    amount = t(N_("{amount} {period}")).format(
        amount=money(each.amount, language), period=t(PERS[each.per])
    )
    return t(N_("{label}: {value}{basis}")).format(label=t(each.title), value=amount, basis="")


def _lost(each: Lost, language: str) -> str:
    t = translator(language)
    kind = "passed over" if each.chosen else "excluded" if each.year is None else "reduced"
    return t(_LOST[kind]).format(
        benefit=t(each.title),
        by=t(each.by_title),
        amount="" if each.year is None else money(each.year, language),
        basis=each.basis.text(language),
    )
