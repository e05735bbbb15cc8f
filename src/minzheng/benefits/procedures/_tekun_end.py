"""Whether tekun ends: which ground of the law holds, and from when nothing is paid."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from minzheng.base.dates import first_of_next_month
from minzheng.base.i18n import N_, day, translator
from minzheng.decision import Ground, Missing, cited
from minzheng.decision.words import missing
from minzheng.errors import FigureNotFound
from minzheng.standards import Found, Standards

__all__ = ["Ending", "TekunChanges", "tekun_ends"]


@frozen(kw_only=True)
class TekunChanges:
    """What has become of a person who is tekun; a fact left out is not known.

    Attributes:
        died: has died, or was declared dead or missing.
        able_to_work: has labour ability, or has it again.
        minor_continues: was recognised as a minor, and is under 18 or still in compulsory or
            senior secondary schooling; asked of somebody able to work.
        in_prison: was sentenced, and serves the sentence in prison.
        meets_means: income and property still meet the rule.
        supporter_able: a supporter has become able, or there is a new one who is.
        withdraws: asks to leave.
    """

    died: bool | None = None
    able_to_work: bool | None = None
    minor_continues: bool | None = None
    in_prison: bool | None = None
    meets_means: bool | None = None
    supporter_able: bool | None = None
    withdraws: bool | None = None


@frozen
class Ending:
    """Whether tekun ends.

    Attributes:
        ends: ``None`` when facts are missing, or no law of that day is held.
        grounds: those that hold, each with its article.
        paid_before: the first day that is no longer paid for, when the decision is taken on
            the day; ``None`` where it does not end, or where nothing held says from when.
        missing: facts and figures that the answer hangs on.
    """

    ends: bool | None
    grounds: tuple[Ground, ...] = ()
    paid_before: date | None = None
    missing: tuple[Missing, ...] = ()

    def explain(self, language: str) -> str:
        """Whether it ends, the grounds with their articles, and what is missing.

        Raises:
            InvalidInput: for a language without a catalogue.
        """
        return "\n".join(self._lines(language))

    def _lines(self, language: str) -> Iterator[str]:
        t = translator(language)
        yield t(_ENDS[self.ends])
        for ground in self.grounds:
            basis = "; ".join(place.text(language) for place in ground.citations)
            yield t(N_("{reason} (basis: {citations})")).format(
                reason=t(ground.text), citations=basis
            )
        if self.paid_before is not None:
            first = day(self.paid_before, language)
            yield t(N_("Decided on this day, nothing is paid from {day} on.")).format(day=first)
        for each in self.missing:
            yield missing(each, language)


_ENDS = {
    True: N_("The support ends."),
    False: N_("The support goes on."),
    None: N_("Whether the support ends cannot be told yet."),
}
_GROUNDS = {
    "death": N_("The person has died, or was declared dead or missing."),
    "labour_ability": N_("The person has labour ability, or has it again."),
    "prison": N_("The person was sentenced and is in prison."),
    "means": N_("Income or property no longer meets the rule."),
    "supporter": N_("A supporter has become able, or there is a new one who is."),
    "withdrawal": N_("The person asks to leave."),
}


def tekun_ends(
    area: str, changes: TekunChanges, *, on: date, standards: Standards | None = None
) -> Ending:
    """Tell whether tekun ends on a day, and on which grounds.

    Args:
        area: six-digit code of the county.
        changes: what has become of the person; unknown facts are ``None``.
        on: the day of the decision.
        standards: the tables; the bundled ones when left out.

    Returns:
        One ground is enough, whatever else is not known. Without any, every fact has to be known.

    Raises:
        NotFound: when no area bore that code on that day.

    Source:
        特困人员认定办法 (2021) arts 24 and 26; Social Assistance Law (2026) art. 16.

    Limitations:
        Before 2021-07-01 no list of grounds is held.

    Example:
        >>> told = tekun_ends("130822", TekunChanges(supporter_able=True), on=date(2021, 7, 20))
        >>> told.ends, told.grounds[0].code, told.paid_before
        (True, 'supporter', datetime.date(2021, 8, 1))
    """
    tables = Standards.bundled() if standards is None else standards
    holds = {
        "death": changes.died,
        "labour_ability": _labour(changes),
        "prison": changes.in_prison,
        "means": None if changes.meets_means is None else not changes.meets_means,
        "supporter": changes.supporter_able,
        "withdrawal": changes.withdraws,
    }
    law = {name: tables.get("tekun.end", area, on, ground=name) for name in holds}
    if not any(law.values()):
        try:
            tables.find("tekun.end", area, on)
        except FigureNotFound as error:
            return Ending(None, missing=(Missing.figure(error.not_held),))
    grounds = tuple(
        Ground(name, _GROUNDS[name], citations=(cited(found),), rests_on=("tekun.end",))
        for name, found in law.items()
        if found is not None and found.value is True and holds[name]
    )
    if grounds:
        return Ending(True, grounds, _from(tables.get("tekun.end.from", area, on), on))
    open_ = [name for name, found in law.items() if found is not None and holds[name] is None]
    asked = tuple(Missing(f"changes.{fact}") for name in open_ for fact in _facts(name, changes))
    return Ending(None if asked else False, missing=asked)


def _labour(changes: TekunChanges) -> bool | None:
    """Able to work, and no minor who stays in."""
    if changes.able_to_work is False or changes.minor_continues:
        return False
    if changes.able_to_work is None or changes.minor_continues is None:
        return None
    return True


_ASKED = {
    "death": ("died",),
    "labour_ability": ("able_to_work", "minor_continues"),
    "prison": ("in_prison",),
    "means": ("meets_means",),
    "supporter": ("supporter_able",),
    "withdrawal": ("withdraws",),
}


def _facts(name: str, changes: TekunChanges) -> Iterator[str]:
    return (fact for fact in _ASKED[name] if getattr(changes, fact) is None)


def _from(found: Found | None, on: date) -> date | None:
    return None if found is None else first_of_next_month(on)
