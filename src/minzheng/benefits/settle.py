"""From a rule's result to a decision: the same way for every benefit.

The rule is run once; where facts are unknown, once with each taken against the
case and once in its favour. Only what all runs agree on is said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache, partial
from typing import Any

from attrs import frozen

from minzheng.benefits.telling import Told
from minzheng.benefits.unknowns import Unknowns, View
from minzheng.decision import Decision, Missing, findings, places, warned
from minzheng.people import Applicant, Household, Residence
from minzheng.rules import Outcome, Rule
from minzheng.standards import Found, Standards
from minzheng.standards.reading import Resolved

__all__ = ["Facts", "settle", "settle_applicant"]


@frozen
class Facts:
    """The facts of one case as the rule takes them, and what was unknown among them."""

    case: Any
    members: Sequence[Any]
    unknowns: Unknowns


def settle(
    rule: Rule[Any, Any, Any, Any, Any],
    *,
    title: str,
    subject: str,
    area: str,
    residence: Residence,
    on: date,
    standards: Standards,
    facts: Callable[[Resolved[Any], View], Facts],
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
        facts: takes the facts under terms, unknown ones by a view.
        tell: says a result: award, grounds, notes, missing figures.
        case: whose numbers are looked at; what looks wrong in them becomes notes.
    """
    resolved = rule.terms(standards, area, on, residence)
    areas = standards.areas
    warnings = () if case is None else case.warnings_by(areas)
    notes = warned(warnings, type(case).__name__.lower()) if warnings else ()
    decision = partial(
        Decision,
        benefit=rule.name,
        title=title,
        subject=subject,
        area=area,
        residence=residence,
        on=on,
        places=dict(places(areas, area, on)) if areas.rows else {},
        notes=notes,
    )
    open_case = partial(decision, outcome=Outcome.UNDETERMINED)
    if resolved.terms is None:
        return open_case(
            figures=resolved.used, missing=tuple(map(Missing.figure, resolved.missing))
        )
    taken = facts(resolved, View.WORST)
    unknowns = taken.unknowns
    if unknowns.needed:
        return open_case(figures=resolved.used, missing=_facts((*unknowns.needed, *unknowns.open)))
    result = rule.run(taken.case, taken.members, resolved.terms)
    told, found = tell(result, resolved, taken), findings(result, resolved)
    grounds, missing = told.grounds, told.missing
    agree = True
    for view in unknowns.views:
        seen = facts(resolved, view)
        other = rule.run(seen.case, seen.members, resolved.terms)
        if other != result:
            also = tell(other, resolved, seen)
            shared = findings(other, resolved)
            found = tuple(each for each in found if each in shared)
            grounds = tuple(each for each in grounds if each in also.grounds)
            missing = tuple(dict.fromkeys((*missing, *also.missing)))
            agree = agree and (result.outcome, told.award) == (other.outcome, also.award)
    named = tuple(each.rests_on for each in grounds)
    figures = _relevant(resolved, told.aside, told.only, told.rows, named)
    if not agree:
        return open_case(
            figures=figures, grounds=grounds, findings=found, missing=_facts(unknowns.open)
        )
    if result.outcome is Outcome.UNDETERMINED:
        missing = (*missing, *_facts(unknowns.open))
    return decision(
        outcome=result.outcome,
        award=told.award,
        figures=figures,
        grounds=grounds,
        findings=found,
        notes=(*told.notes, *notes),
        missing=missing,
    )


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


def _facts(paths: Sequence[str]) -> tuple[Missing, ...]:
    return tuple(Missing(path) for path in dict.fromkeys(paths))


def settle_applicant(
    rule: Rule[Any, Any, Any, Any, Any],
    *,
    title: str,
    applicant: Applicant,
    on: date,
    standards: Standards | None,
    facts_of: Callable[[Applicant, date, Resolved[Any], View], Facts],
    tell: Callable[[Any, Resolved[Any], Applicant, date, Standards], Told],
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
        facts=lambda resolved, view: facts_of(applicant, on, resolved, view),
        tell=lambda result, resolved, _facts: tell(result, resolved, applicant, on, tables),
    )
