"""From a rule's result to a decision: the same way for every benefit.

The rule is run once; where facts are unknown, once with each taken against the
case and once in its favour. Only what all runs agree on is said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from attrs import frozen

from minzheng.benefits.unknowns import Unknowns, View
from minzheng.decision import Award, Decision, Ground, Missing, Note, findings
from minzheng.people import Residence
from minzheng.rules import Outcome, Rule
from minzheng.standards import Standards
from minzheng.standards.reading import Resolved

__all__ = ["Facts", "Told", "settle"]


@frozen
class Facts:
    """The facts of one case as the rule takes them, and what was unknown among them."""

    case: Any
    members: Sequence[Any]
    unknowns: Unknowns


@frozen
class Told:
    """What a benefit says of its rule's result."""

    award: Award | None
    grounds: tuple[Ground, ...]
    notes: tuple[Note, ...] = ()
    missing: tuple[Missing, ...] = ()


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
    tell: Callable[[Any, Resolved[Any]], Told],
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
    """
    resolved = rule.terms(standards, area, on, residence)
    decision = partial(
        Decision,
        benefit=rule.name,
        title=title,
        subject=subject,
        area=area,
        residence=residence,
        on=on,
        figures=resolved.used,
    )
    open_case = partial(decision, outcome=Outcome.UNDETERMINED)
    if resolved.terms is None:
        return open_case(missing=tuple(map(Missing.figure, resolved.missing)))
    taken = facts(resolved, View.WORST)
    unknowns = taken.unknowns
    if unknowns.needed:
        return open_case(missing=_facts((*unknowns.needed, *unknowns.open)))
    result = rule.run(taken.case, taken.members, resolved.terms)
    told, found = tell(result, resolved), findings(result, resolved)
    grounds, missing = told.grounds, told.missing
    agree = True
    for view in unknowns.views:
        seen = facts(resolved, view)
        other = rule.run(seen.case, seen.members, resolved.terms)
        if other != result:
            also = tell(other, resolved)
            shared = findings(other, resolved)
            found = tuple(each for each in found if each in shared)
            grounds = tuple(each for each in grounds if each in also.grounds)
            missing = tuple(dict.fromkeys((*missing, *also.missing)))
            agree = agree and (result.outcome, told.award) == (other.outcome, also.award)
    if not agree:
        return open_case(grounds=grounds, findings=found, missing=_facts(unknowns.open))
    if result.outcome is Outcome.UNDETERMINED:
        missing = (*missing, *_facts(unknowns.open))
    return decision(
        outcome=result.outcome,
        award=told.award,
        grounds=grounds,
        findings=found,
        notes=told.notes,
        missing=missing,
    )


def _facts(paths: Sequence[str]) -> tuple[Missing, ...]:
    return tuple(Missing(path) for path in dict.fromkeys(paths))
