"""Entitlements in words: the combinations, what is forgone in each, and every decision."""

from __future__ import annotations

from collections.abc import Iterator

from minzheng.base.i18n import N_, day, money, translator
from minzheng.benefits._entitlements.model import Combination, Entitlements, ForgonePayment, Payment
from minzheng.decision.words import OUTCOMES, PERS
from minzheng.people import about
from minzheng.rules import Outcome

__all__ = ["explain"]

_FORGONE = {
    "excluded": N_("{benefit}: not received, because {by} excludes it (basis: {basis})"),
    "passed over": N_("{benefit}: passed over for {by}, by choice (basis: {basis})"),
    "reduced": N_("{benefit}: reduced by {amount} a year because of {by} (basis: {basis})"),
}


def explain(found: Entitlements, language: str) -> str:
    """See :meth:`minzheng.benefits._entitlements.model.Entitlements.explain`."""
    return "\n".join(_lines(found, language))


def _lines(found: Entitlements, language: str) -> Iterator[str]:
    t = translator(language)
    yield t(N_("What case {subject} may receive on {day}")).format(
        subject=found.subject, day=day(found.on, language)
    )
    open_ = all(each.outcome is Outcome.UNDETERMINED for each in found.decisions)
    for number, each in enumerate(found.combinations, start=1):
        if each.payments or each.share or not open_:
            yield from _combination(each, number, len(found.combinations), language)
    names = {each.benefit: t(each.title) for each in found.decisions}
    for first, second in found.unsettled:
        yield t(
            N_(
                "No rule on file says whether {first} and {second} may be received together; here they are counted together."
            )
        ).format(first=names.get(first, first), second=names.get(second, second))
    for missing in found.missing:
        yield t(
            N_(
                "What dibao takes off another benefit depends on the person's own share: {what} ({path})."
            )
        ).format(what=t(about(missing.path)), path=missing.path)
    for note in found.notes:
        values = {name: t(str(each)) for name, each in note.values.items()}
        yield t(note.text).format(**values)
    if found.decisions:
        yield t(N_("Each benefit by itself:"))
    for decision in found.decisions:
        outcome = t(OUTCOMES[decision.outcome])
        yield "  " + t(N_("{benefit}, {outcome}: {reason}")).format(
            benefit=t(decision.title), outcome=outcome, reason=decision.reason(language)
        )
    for member in found.members:
        yield ""
        yield from _lines(member, language)


def _combination(each: Combination, number: int, several: int, language: str) -> Iterator[str]:
    t = translator(language)
    heading = N_("Received in all: {amount} a year")
    if several > 1:
        heading = N_("Combination {number}: {amount} a year")
    yield t(heading).format(number=number, amount=money(each.year, language))
    yield from (f"  {_payment(payment, language)}" for payment in each.payments)
    if each.share is not None:
        text = t(N_("Besides, of the household's dibao: {amount} a year"))
        yield "  " + text.format(amount=money(each.share, language))
    yield from (f"  {_forgone(forgone, language)}" for forgone in each.forgone)


def _payment(each: Payment, language: str) -> str:
    t = translator(language)
    amount = t(N_("{amount} {period}")).format(
        amount=money(each.amount, language), period=t(PERS[each.per])
    )
    return t(N_("{label}: {value}{basis}")).format(label=t(each.title), value=amount, basis="")


def _forgone(each: ForgonePayment, language: str) -> str:
    t = translator(language)
    kind = "passed over" if each.chosen else "excluded" if each.year is None else "reduced"
    return t(_FORGONE[kind]).format(
        benefit=t(each.title),
        by=t(each.by_title),
        amount="" if each.year is None else money(each.year, language),
        basis=each.basis.text(language),
    )
