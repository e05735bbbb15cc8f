"""From a rule's result to a decision: the same way for every benefit.

The rule is run once. Where facts are unknown, it is run over every combination of values that
they may have; only what all runs agree on is said, and a fact is missing when two runs that
differ only in it disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache, partial
from itertools import combinations, islice
from typing import Any

from attrs import evolve, frozen

from minzheng.base.i18n import N_
from minzheng.benefits.telling import Told
from minzheng.benefits.unknowns import MOST_RUNS, Facts, Unknowns, corners, every
from minzheng.decision import (
    Award,
    Decision,
    Finding,
    Ground,
    Missing,
    Note,
    findings,
    places,
    warned,
)
from minzheng.people import Applicant, Household, Residence
from minzheng.rules import Outcome, Rule
from minzheng.standards import Found, Standards
from minzheng.standards.reading import Resolved

__all__ = ["settle", "settle_applicant"]

_NOT_KNOWN = N_("not known")
_EITHER_WAY = N_(
    "The answer is the same whatever the facts are that are not known; the reason differs with {facts}."
)


@frozen
class _Run:
    """What one run says, and the figures that it rests on."""

    outcome: Outcome
    told: Told
    findings: tuple[Finding, ...]

    @property
    def answer(self) -> tuple[Outcome, Award | None, int]:
        return self.outcome, self.told.award, self.told.way

    @property
    def open_with(self) -> tuple[Any, ...]:
        """The answer; of none, what is missing to it and what is known towards it."""
        if self.outcome is not Outcome.UNDETERMINED:
            return self.answer
        return *self.answer, self.told.missing, self.findings


def settle(
    rule: Rule[Any, Any, Any, Any, Any],
    *,
    title: str,
    subject: str,
    area: str,
    residence: Residence,
    on: date,
    standards: Standards,
    facts: Callable[[Resolved[Any], Unknowns], Facts],
    tell: Callable[[Any, Resolved[Any], Facts], Told],
    case: Household | Applicant | None = None,
) -> Decision:
    """Decide one case.

    Args:
        rule: of the benefit.
        title: message id of the benefit's name.
        subject: id of the case.
        area: code of the county.
        residence: rural or urban.
        on: the day.
        standards: the tables.
        facts: takes the facts under terms; what is unknown is asked of the unknowns.
        tell: says a result: award, grounds, notes, missing figures.
        case: whose numbers are looked at; what looks wrong in them becomes notes.
    """
    resolved = rule.terms(standards, area, on, residence)
    areas = standards.areas
    warnings = () if case is None else case.warnings_by(areas)
    always = warned(warnings, type(case).__name__.lower()) if warnings else ()

    def decision(notes: tuple[Note, ...] = (), **said: Any) -> Decision:
        return Decision(
            benefit=rule.name,
            title=title,
            subject=subject,
            area=area,
            residence=residence,
            on=on,
            places=dict(places(areas, area, on)) if areas.rows else {},
            notes=notes + always,
            **said,
        )

    if resolved.terms is None:
        return decision(
            outcome=Outcome.UNDETERMINED,
            figures=resolved.used,
            missing=tuple(map(Missing.figure, resolved.missing)),
        )

    def run(taken: Facts) -> _Run:
        result = rule.run(taken.case, taken.members, resolved.terms)
        return _Run(result.outcome, tell(result, resolved, taken), findings(result, resolved))

    unknowns = Unknowns()
    taken = facts(resolved, unknowns)
    if not unknowns.asked and not unknowns.needed:
        only = run(taken)
        told = only.told
        return decision(
            outcome=only.outcome,
            award=told.award,
            figures=_figures(resolved, told),
            grounds=told.grounds,
            findings=only.findings,
            notes=told.notes,
            missing=told.missing,
        )
    return decision(**_over_all(resolved, partial(facts, resolved), run))


def _over_all(
    resolved: Resolved[Any], facts: Callable[[Unknowns], Facts], run: Callable[[Facts], _Run]
) -> dict[str, Any]:
    """The fields of a decision with unknown facts.

    The monotone facts are first taken together at their ends, which settles most cases in a few
    runs. Where the answers differ, or there is none, all combinations tell which facts matter.
    """
    taken = list(islice(corners(facts), MOST_RUNS + 1))
    needed = [path for each in taken for path in each.unknowns.needed]
    asked = [path for each in taken for path in each.unknowns.asked]
    if needed or len(taken) > MOST_RUNS:
        return {
            "outcome": Outcome.UNDETERMINED,
            "figures": resolved.used,
            "missing": _named((*needed, *asked)),
        }
    runs = [run(each) for each in taken]
    grounds = _shared_grounds([each.told.grounds for each in runs])
    agreed = len({each.answer for each in runs}) == 1 and runs[0].outcome
    said = {
        "figures": _of_all(resolved, runs),
        "grounds": grounds,
        "findings": _shared([each.findings for each in runs]),
        "notes": _shared([each.told.notes for each in runs]),
    }
    if agreed and agreed is not Outcome.UNDETERMINED:
        if not grounds:
            differing = _differing(facts, run, lambda each: each.told.grounds) or asked
            named = ", ".join(dict.fromkeys(differing))
            said["notes"] = (*said["notes"], Note(_EITHER_WAY, {"facts": named}))
        return {"outcome": agreed, "award": runs[0].told.award, **said}
    everything: list[_Run] = []

    def kept(taken: Facts) -> _Run:
        everything.append(run(taken))
        return everything[-1]

    paths = _differing(facts, kept, lambda each: each.open_with)
    runs += everything
    figures = [each for ran in runs for each in ran.told.missing]
    if any(each.outcome is not Outcome.UNDETERMINED for each in runs):
        figures = []  # which are needed, if any, the facts tell
    missing = (*dict.fromkeys(figures), *_named(asked if paths is None else paths))
    return {
        "outcome": Outcome.UNDETERMINED,
        **said,
        "missing": missing or _named(asked),
    }


def _differing(
    facts: Callable[[Unknowns], Facts],
    run: Callable[[Facts], _Run],
    says: Callable[[_Run], Any],
) -> list[str] | None:
    """Paths of facts in which alone two runs differ that say different things.

    ``None`` where there are too many combinations to tell.
    """
    combined = list(islice(every(facts), MOST_RUNS + 1))
    if len(combined) > MOST_RUNS:
        return None
    ran = [(chosen, says(run(taken))) for chosen, taken in combined]
    found: dict[str, None] = {}
    for (one, said), (other, also) in combinations(ran, 2):
        if said != also:
            differ = [path for path in one if path in other and one[path] != other[path]]
            if len(differ) == 1:
                found[differ[0]] = None
    order = [path for chosen, _said in ran for path in chosen]
    return [path for path in dict.fromkeys(order) if path in found]


def _shared(rows: Sequence[tuple[Any, ...]]) -> tuple[Any, ...]:
    """What stands in all rows."""
    return tuple(each for each in rows[0] if all(each in row for row in rows[1:]))


def _shared_grounds(rows: Sequence[tuple[Ground, ...]]) -> tuple[Ground, ...]:
    """The grounds of all runs; a value that differs between them is not known."""
    shared = []
    for first in rows[0]:
        same = [[each for each in row if each.code == first.code] for row in rows]
        if all(same):
            grounds = [each[0] for each in same]
            shared.append(
                evolve(
                    first,
                    values={
                        name: value
                        if all(each.values.get(name) == value for each in grounds)
                        else _NOT_KNOWN
                        for name, value in first.values.items()
                    },
                    citations=_shared([each.citations for each in grounds]),
                    rests_on=_shared([each.rests_on for each in grounds]),
                )
            )
    return tuple(shared)


def _of_all(resolved: Resolved[Any], runs: Sequence[_Run]) -> tuple[Found, ...]:
    """The figures that any of the runs rests on."""
    kept = {found for each in runs for found in _figures(resolved, each.told)}
    return tuple(each for each in resolved.used if each in kept)


def _figures(resolved: Resolved[Any], told: Told) -> tuple[Found, ...]:
    named = tuple(each.rests_on for each in told.grounds)
    return _relevant(resolved, told.aside, told.only, told.rows, named)


@lru_cache(maxsize=1024)
def _relevant(
    resolved: Resolved[Any],
    aside: frozenset[str],
    only: tuple[tuple[str, tuple[str, ...]], ...],
    rows: tuple[Found, ...],
    named: tuple[tuple[str, ...], ...],
) -> tuple[Found, ...]:
    """The figures that the case rests on; those of other groups and tiers are left out."""
    grounds = {series for each in named for series in each}
    chosen = {each.figure for each in rows}
    listed = {each.series for each in chosen}
    return tuple(
        each
        for each in resolved.used
        if (each.figure.series not in aside or each.figure.series in grounds)
        and (each.figure.series not in listed or each.figure in chosen)
        and all(
            not each.figure.keys or any(word in words for _key, word in each.figure.keys)
            for series, words in only
            if series == each.figure.series
        )
    )


def _named(paths: Sequence[str]) -> tuple[Missing, ...]:
    return tuple(map(Missing, dict.fromkeys(paths)))


def settle_applicant(
    rule: Rule[Any, Any, Any, Any, Any],
    *,
    title: str,
    applicant: Applicant,
    on: date,
    standards: Standards | None,
    facts_of: Callable[[Applicant, date, Resolved[Any], Unknowns], Facts],
    tell: Callable[[Any, Resolved[Any], Facts, Applicant, date, Standards], Told],
) -> Decision:
    """Decide the case of one person; the bundled tables where none are given."""
    tables = Standards.bundled() if standards is None else standards
    return settle(
        rule,
        title=title,
        case=applicant,
        subject=applicant.id,
        area=applicant.area,
        residence=applicant.residence,
        on=on,
        standards=tables,
        facts=lambda resolved, unknowns: facts_of(applicant, on, resolved, unknowns),
        tell=lambda result, resolved, facts: tell(result, resolved, facts, applicant, on, tables),
    )
