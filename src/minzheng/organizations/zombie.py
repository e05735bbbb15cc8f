"""The zombie screen (“僵尸型”社会组织): signs of one organisation, or of a whole list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import frozen

from minzheng.base.i18n import N_, translator
from minzheng.base.lists import each_of
from minzheng.errors import Fault, InvalidInput
from minzheng.organizations.facts import Conclusion, Organization
from minzheng.organizations.findings import Answer, Evidence, Finding, Review, settled
from minzheng.organizations.rows import Law, idle, idle_missing, over, years
from minzheng.standards import NATION, Found, Standards

__all__ = ["Screened", "screen", "signs"]

_UNCHECKED = N_("Neither check nor report for the last years due")
_IDLE_FROM_CERTIFICATE = N_("No activity within the period from the certificate on")
_IDLE = N_("No activity within its scope of business for the period")
_UNREACHABLE = N_("Cannot be reached")
_UNGOVERNED = N_("Internal management in chaos or deadlock")
_THEN = N_(
    "Suspected only: it ends in withdrawal, revocation (charities), cancellation (注销) or rectification in time."
)
_YEARS = N_("Years {first} to {last}.")
_LAST = N_("Last activity on {day}.")
_NEVER = N_("No activity since the certificate of {day}.")
_NEWER = N_("Certificate of {day}: not as old as the period.")


def signs(
    stated: Organization,
    on: date,
    *,
    area: str = NATION,
    rules_of: date | None = None,
    standards: Standards | None = None,
) -> Review:
    """Ask every sign of a zombie about one organisation.

    Args:
        stated: the organisation.
        on: the day of the screen.
        area: six-digit code of the registration authority's area; left out, the law of the
            nation alone.
        rules_of: the day whose criteria are taken, where they are not those of ``on``: a screen
            of a day before the campaign must say so.
        standards: the tables; the bundled ones when left out.

    Returns:
        Five findings, ``NO_RULE`` where no criterion is held for the place and day. The answer
        of the review is yes when any sign is met: a suspicion, not a decision.

    Raises:
        NotFound: when no area bore that code on that day.

    Source:
        民发〔2021〕63号 as provincial plans transcribe it (secondary); Shandong's plan
        (鲁民函〔2021〕67号): no activity since 2019-01-01; Fuzhou 2022: no activity for a year,
        chaotic management.

    Limitations:
        The notice itself was not read. Its days differ by place: the criteria are held from
        2021-08-01 on, the first day in Zhejiang, without an end. The years due are those whose
        last day of filing, by kind, is before the day; so also for a charity's report. An
        organisation younger than the period without activity is left to the sign before it.

    Example:
        >>> from minzheng.organizations import Kind
        >>> club = Organization(id="a", kind=Kind.ASSOCIATION, reachable=False, checks={
        ...     2019: Conclusion.NOT_TAKEN, 2020: Conclusion.NOT_TAKEN})
        >>> told = signs(club, date(2021, 8, 1), area="130800")
        >>> [(each.rule, each.answer.name) for each in told.findings][:2]
        [('unchecked', 'YES'), ('idle_from_certificate', 'UNDETERMINED')]
        >>> signs(club, date(2020, 7, 24)).answer.name
        'NO_RULE'
    """
    day = on if rules_of is None else rules_of
    rules, facts = (Law(each, stated.kind, area, standards) for each in (day, on))
    return _signs(stated, rules, facts)


def _signs(stated: Organization, rules: Law, facts: Law) -> Review:
    on = facts.on
    asked = (
        _unchecked(stated, rules, facts),
        _idle_from_certificate(stated, rules, on),
        _idle(stated, rules, on),
        _flag(rules, "unreachable", _UNREACHABLE, stated.reachable, "reachable"),
        _flag(rules, "ungoverned", _UNGOVERNED, stated.governed, "governed"),
    )
    return Review(stated.id, on, asked)


def _told(
    rule: str,
    text: str,
    holds: bool | None,
    row: Found,
    missing: tuple[str, ...],
    evidence: tuple[Evidence, ...] = (),
) -> Finding:
    then = (_THEN,) if holds else ()
    return Finding(
        rule, text, settled(holds), evidence, (row,), missing if holds is None else (), then
    )


def _unchecked(stated: Organization, rules: Law, facts: Law) -> Finding:
    row = rules.row("zombie.unchecked")
    if row is None:
        return Finding("unchecked", _UNCHECKED, Answer.NO_RULE)
    last = facts.last_due_year
    if last is None:
        if stated.kind is None:
            return _told("unchecked", _UNCHECKED, None, row, ("organization.kind",))
        return Finding("unchecked", _UNCHECKED, Answer.NO_RULE)
    assert isinstance(row.value, int)
    ended = frozenset({Conclusion.NOT_TAKEN})
    found = years(stated, ended, last=last, count=row.value, latest_only=True)
    said: tuple[Evidence, ...] = ()
    if found.years:
        said = (Evidence(_YEARS, {"first": found.years[0], "last": found.years[-1]}),)
    return _told("unchecked", _UNCHECKED, found.holds, row, found.missing, said)


def _idle_from_certificate(stated: Organization, rules: Law, on: date) -> Finding:
    name, row = "idle_from_certificate", rules.row("zombie.idle_from_certificate")
    if row is None:
        return Finding(name, _IDLE_FROM_CERTIFICATE, Answer.NO_RULE)
    holds, said = idle(stated, row, on)
    return _told(name, _IDLE_FROM_CERTIFICATE, holds, row, idle_missing(stated), said)


def _idle(stated: Organization, rules: Law, on: date) -> Finding:
    months, since = rules.row("zombie.idle"), rules.row("zombie.idle_since")
    row = months or since
    if row is None:
        return Finding("idle", _IDLE, Answer.NO_RULE)
    start = stated.last_activity
    said = () if start is None else (Evidence(_LAST, {"day": start}),)
    if start is None and stated.never_active:
        start = stated.certificate_on
        said = () if start is None else (Evidence(_NEVER, {"day": start}),)
        if start is None:
            return _told("idle", _IDLE, None, row, ("organization.certificate_on",))
    if start is None:
        missing = ("organization.last_activity", "organization.never_active")
        return _told("idle", _IDLE, None, row, missing)
    if months is not None:
        return _told("idle", _IDLE, over(start, months, on), row, (), said)
    assert isinstance(row.value, int)
    first_day = date(row.value, 1, 1)
    holds = start < first_day <= on
    if not holds and stated.last_activity is None:
        said = (Evidence(_NEWER, {"day": start}),)
    return _told("idle", _IDLE, holds, row, (), said)


def _flag(rules: Law, name: str, text: str, good: bool | None, fact: str) -> Finding:
    row = rules.row("zombie.criterion", criterion=name)
    if row is None or row.value is not True:
        return Finding(name, text, Answer.NO_RULE)
    holds = None if good is None else not good
    return _told(name, text, holds, row, (f"organization.{fact}",))


@frozen
class Screened:
    """A list screened: every organisation with all its findings.

    Attributes:
        on: the day.
        reviews: one for each organisation, in the order of the list.
    """

    on: date
    reviews: tuple[Review, ...]

    @property
    def suspected(self) -> tuple[Review, ...]:
        """Those with a sign."""
        return self._that(Answer.YES)

    @property
    def undetermined(self) -> tuple[Review, ...]:
        """Those without a sign so far, where one hangs on a fact that is not known."""
        return self._that(Answer.UNDETERMINED)

    @property
    def clear(self) -> tuple[Review, ...]:
        """Those of whom every question for which a rule is held is answered no."""
        return self._that(Answer.NO)

    def by_rule(self, rule: str) -> tuple[Review, ...]:
        """Those that meet one sign."""
        return tuple(each for each in self.reviews if each[rule].answer is Answer.YES)

    def explain(self, language: str) -> str:
        """How many there are of each, then every organisation with all its findings.

        Raises:
            InvalidInput: for a language without a catalogue.
        """
        counts = translator(language)(
            N_("Screened: {all}; suspected: {yes}; undetermined: {open}; clear: {no}.")
        ).format(
            all=len(self.reviews),
            yes=len(self.suspected),
            open=len(self.undetermined),
            no=len(self.clear),
        )
        return "\n".join([counts, *(each.explain(language) for each in self.reviews)])

    def _that(self, answer: Answer) -> tuple[Review, ...]:
        return tuple(each for each in self.reviews if each.answer is answer)


def screen(
    listed: Iterable[Organization],
    on: date,
    *,
    area: str = NATION,
    rules_of: date | None = None,
    standards: Standards | None = None,
) -> Screened:
    """Ask every sign about every organisation of a list; see :func:`signs`.

    Args:
        listed: the organisations; each ``id`` and each ``number`` once.
        on: the day of the screen.
        area: six-digit code of the registration authority's area; left out, the law of the
            nation alone.
        rules_of: the day whose criteria are taken, where they are not those of ``on``.
        standards: the tables; the bundled ones when left out.

    Raises:
        InvalidInput: naming every ``id`` and number that stands twice.
        NotFound: when no area bore that code on that day.

    Example:
        >>> lost = Organization(id="a", reachable=False)
        >>> told = screen([lost, Organization(id="b")], date(2021, 8, 1))
        >>> [each.id for each in told.suspected], [each.id for each in told.undetermined]
        (['a'], ['b'])
    """
    rows = each_of("listed", listed, Organization)
    if faults := [*_twice(rows, "id"), *_twice(rows, "number")]:
        raise InvalidInput(faults)
    day = on if rules_of is None else rules_of
    kinds = {each.kind for each in rows}
    laws = {
        kind: (Law(day, kind, area, standards), Law(on, kind, area, standards)) for kind in kinds
    }
    return Screened(on, tuple(_signs(each, *laws[each.kind]) for each in rows))


def _twice(rows: tuple[Organization, ...], name: str) -> list[Fault]:
    seen: dict[str, int] = {}
    faults = []
    for number, each in enumerate(rows):
        value = getattr(each, name)
        first = number if value is None else seen.setdefault(value, number)
        if first != number:
            faults.append(Fault(f"organizations[{number}].{name}", f"is that of [{first}] again"))
    return faults
