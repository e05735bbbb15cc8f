"""From a stated case to a decision: the same way for every benefit.

The rule is run once. Where facts are unknown it is run over every combination of the values that
those it reads may have; only what all runs agree on is said, and a fact is missing when two runs
that differ only in it disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import date
from itertools import combinations, islice
from typing import Any, Final, TypeVar

from attrs import evolve, frozen

from minzheng.base.i18n import N_
from minzheng.benefits._engine.benefit import Benefit, Case
from minzheng.benefits._engine.explanation import Explanation
from minzheng.benefits._engine.facts import Ask, Part, Read, Run, every
from minzheng.decision import (
    Decision,
    Finding,
    Ground,
    Missing,
    Note,
    findings,
    places,
    warned,
)
from minzheng.errors import Fault, InvalidInput
from minzheng.rules import Outcome, Vector
from minzheng.standards import Found, Standards
from minzheng.standards.reading import Resolved

__all__ = ["MOST_RUNS", "corners", "evaluate", "known_facts"]

T = TypeVar("T")

MOST_RUNS: Final = 64
"""Over how many combinations of unknown facts a rule is run."""

_NOT_KNOWN = N_("not known")
_EITHER_WAY = N_(
    "The answer is the same whatever the facts are that are not known; the reason differs with {facts}."
)


@frozen
class _Ran:
    """What one run says, and the figures that it is based on."""

    outcome: Outcome
    told: Explanation
    findings: tuple[Finding, ...]

    @property
    def answer(self) -> tuple[Any, ...]:
        return self.outcome, self.told.award, self.told.way, self.told.recipients

    @property
    def open_with(self) -> tuple[Any, ...]:
        """The answer; of none, what is missing to it and what is known towards it."""
        if self.outcome is not Outcome.UNDETERMINED:
            return self.answer
        return *self.answer, self.told.missing, self.findings


@frozen
class _Rows:
    """Whose facts are read: the case itself, and its persons by their paths."""

    case: tuple[str, Any]
    members: tuple[tuple[str, Any], ...]

    @classmethod
    def of(cls, benefit: Benefit, subject: Any) -> _Rows:
        if benefit.subject == "applicant":
            return cls(("applicant.person", subject.person), ())
        members = getattr(subject, "members", ()) if benefit.Member else ()
        return cls(
            (benefit.subject, subject),
            tuple((f"household.members[{n}]", each) for n, each in enumerate(members)),
        )


def evaluate(benefit: Benefit, subject: Any, on: date, standards: Standards) -> Decision:
    """Decide one case.

    Args:
        benefit: by whose rule.
        subject: the case as stated.
        on: the day.
        standards: the tables.

    Raises:
        NotFound: when no area had the case's code on that day.
        InvalidInput: when somebody is born after the day.
    """
    resolved = benefit.read(standards, subject.area, on, subject.residence)
    areas = standards.areas
    warnings = subject.warnings_by(areas) if hasattr(subject, "warnings_by") else ()
    always = warned(warnings, benefit.subject) if warnings else ()

    def decision(notes: tuple[Note, ...] = (), **said: Any) -> Decision:
        return Decision(
            benefit=benefit.name,
            title=benefit.title,
            subject=subject.id,
            area=subject.area,
            residence=subject.residence,
            on=on,
            places=dict(places(areas, subject.area, on)) if areas.rows else {},
            notes=notes + always,
            **said,
        )

    if resolved.parameters is None:
        return decision(
            outcome=Outcome.UNDETERMINED,
            figures=resolved.used,
            missing=tuple(map(Missing.figure, resolved.missing)),
        )
    rows = _Rows.of(benefit, subject)
    _check_births(rows, on)
    if benefit.check is not None:
        benefit.check(subject, resolved, on, standards)
    once = _Execution(benefit, subject, rows, resolved, on, standards)
    ran = corners(once.execute)
    run, only = next(ran)
    if run.asked or run.needed:
        return decision(**_over_all(once, [(run, only), *islice(ran, MOST_RUNS)]))
    told = only.told
    return decision(
        outcome=only.outcome,
        award=told.award,
        figures=told.figures,
        grounds=told.grounds,
        findings=only.findings,
        notes=told.notes,
        missing=told.missing,
        recipients=told.recipients,
    )


@frozen(eq=False)
class _Execution:
    """One case, to be run under values of its unknown facts."""

    benefit: Benefit
    subject: Any
    rows: _Rows
    resolved: Resolved[Any]
    on: date
    standards: Standards

    def ask(self, run: Run, path: str) -> Ask:
        return Ask(run, path, self.on, self.resolved.parameters, self.subject)

    def case(self, run: Run) -> Case:
        """One run."""
        case, member = self.benefit.parts
        path, of = self.rows.case
        facts = Read(case, of, self.ask(run, path), self.resolved)
        members = tuple(
            Read(member, person, self.ask(run, path), self.resolved)
            for path, person in self.rows.members
            if member is not None
        )
        result = self.benefit.rule.run(facts, members, self.resolved.parameters)
        return Case(result, facts, members, self.resolved, self.subject, self.on, self.standards)

    def execute(self, run: Run) -> _Ran:
        """One run, and what is told of it."""
        case = self.case(run)
        told = self.benefit.explain(case)
        return _Ran(case.result.outcome, told, findings(case.result, self.resolved))


def known_facts(
    benefit: Benefit,
    subject: Any,
    on: date,
    standards: Standards,
    says: Callable[[Case], Hashable],
) -> tuple[Any, tuple[Any, ...]]:
    """The facts of a case and of its members; ``None`` for those on which what is asked depends.

    Args:
        benefit: by whose rule.
        subject: the case as stated.
        on: the day.
        standards: the tables.
        says: what is asked of a run. Where it is the same whatever the facts are that are not
            known, values stand for them that give it.
    """
    resolved = benefit.read(standards, subject.area, on, subject.residence)
    rows = _Rows.of(benefit, subject)
    _check_births(rows, on)
    case, member = benefit.parts
    if resolved.parameters is None:
        return case.nothing, tuple(member.nothing for _row in rows.members if member)
    if benefit.check is not None:
        benefit.check(subject, resolved, on, standards)
    once = _Execution(benefit, subject, rows, resolved, on, standards)
    taken = list(islice(corners(once.case), MOST_RUNS + 1))
    ran = [each for _run, each in taken]
    sure = len(taken) <= MOST_RUNS and not any(run.needed for run, _ran in taken)
    sure = sure and len({says(each) for each in ran}) == 1
    return (
        _known(once, rows.case, case, [each.facts for each in ran], sure),
        tuple(
            _known(once, row, member, reads, sure)
            for row, *reads in zip(rows.members, *(each.members for each in ran), strict=True)
            if member is not None
        ),
    )


def _known(
    once: _Execution, row: tuple[str, Any], part: Part, reads: Sequence[Read], sure: bool
) -> Any:
    """The facts of one row as the first run took them; ``None`` for open ones where it is not sure."""
    facts = {}
    for name in part.by_name:
        was_read = any(name in vars(each) for each in reads)
        facts[name] = getattr(reads[0], name)
        if was_read and not sure:
            facts[name] = _agreed(_values(once, row, part, name))
    return part.cls(**facts)


def _values(once: _Execution, row: tuple[str, Any], part: Part, name: str) -> list[Any]:
    """The values that one fact may have; ``None`` where it is needed and not known."""
    path, of = row
    taken = corners(lambda run: part.one(name, of, once.ask(run, path), once.resolved))
    return [None if run.needed else value for run, value in taken]


def _agreed(values: Sequence[Any]) -> Any:
    """The value in which all agree; of a vector, each entry."""
    if isinstance(values[0], Vector):
        return type(values[0])(map(_agreed, zip(*values, strict=True)))
    return values[0] if all(each == values[0] for each in values) else None


def _check_births(rows: _Rows, on: date) -> None:
    persons = rows.members if rows.members else (rows.case,)
    faults = [
        Fault(f"{path}.birth", f"is after the day, {on}")
        for path, person in persons
        if (birth := getattr(person, "birth", None)) is not None and birth > on
    ]
    if faults:
        raise InvalidInput(faults)


def _over_all(once: _Execution, taken: Sequence[tuple[Run, _Ran]]) -> dict[str, Any]:
    """The fields of a decision with unknown facts.

    The monotone facts are first taken together at their ends, which settles most cases in a few
    runs. Where the answers differ, or there is none, all combinations tell which facts matter.
    """
    resolved = once.resolved
    needed = [path for run, _ran in taken for path in run.needed]
    asked = [path for run, _ran in taken for path in run.asked]
    if needed or len(taken) > MOST_RUNS:
        return {
            "outcome": Outcome.UNDETERMINED,
            "figures": resolved.used,
            "missing": _named((*needed, *asked)),
        }
    runs = [ran for _run, ran in taken]
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
            differing = _differing(once.execute, lambda each: each.told.grounds) or asked
            named = ", ".join(dict.fromkeys(differing))
            said["notes"] = (*said["notes"], Note(_EITHER_WAY, {"facts": named}))
        told = runs[0].told
        return {"outcome": agreed, "award": told.award, "recipients": told.recipients, **said}
    everything: list[_Ran] = []

    def kept(run: Run) -> _Ran:
        everything.append(once.execute(run))
        return everything[-1]

    paths = _differing(kept, lambda each: each.open_with)
    runs += everything
    figures = [each for ran in runs for each in ran.told.missing]
    if any(each.outcome is not Outcome.UNDETERMINED for each in runs):
        figures = []  # which are needed, if any, the facts tell
    missing = (*dict.fromkeys(figures), *_named(asked if paths is None else paths))
    return {"outcome": Outcome.UNDETERMINED, **said, "missing": missing or _named(asked)}


def corners(execute: Callable[[Run], T]) -> Iterator[tuple[Run, T]]:
    """All runs with every monotone fact at its worst, then with every one at its best.

    Where they agree, so do all combinations: the answer of each lies between.
    """
    most, corner = 1, 0
    while corner < most:
        for _chosen, run, ran in every(execute, corner):
            most = max(most, *run.monotone.values(), 1)
            yield run, ran
        corner += 1


def _differing(execute: Callable[[Run], _Ran], says: Callable[[_Ran], Any]) -> list[str] | None:
    """Paths of facts in which alone two runs differ that say different things.

    ``None`` where there are too many combinations to tell.
    """
    combined = list(islice(every(execute), MOST_RUNS + 1))
    if len(combined) > MOST_RUNS:
        return None
    ran = [(chosen, says(each)) for chosen, _run, each in combined]
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


def _of_all(resolved: Resolved[Any], runs: Sequence[_Ran]) -> tuple[Found, ...]:
    """The figures that any of the runs is based on."""
    kept = {found for each in runs for found in each.told.figures}
    return tuple(each for each in resolved.used if each in kept)


def _named(paths: Sequence[str]) -> tuple[Missing, ...]:
    return tuple(map(Missing, dict.fromkeys(paths)))
