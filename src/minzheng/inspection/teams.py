"""Drawing inspectors for those that are inspected; when there are not enough, a proof of it.

Organisation by organisation, in the order of credit codes, each place of a team is drawn from
those who may inspect it and have the fewest organisations so far. When nobody is left for a
place, others change places along an augmenting path; when even that cannot help, the sites
and inspectors that the search reached are a Hall violator.

Limitations:
    The outcome is reproducible and depends on the seed, but not every lawful assignment is
    equally likely.
"""

from __future__ import annotations

from bisect import insort
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from attrs import frozen

from minzheng.errors import Fault, InvalidInput
from minzheng.inspection.draw import Drawn
from minzheng.inspection.frame import Organization
from minzheng.inspection.inspectors import Inspector, barred, check_inspectors, inspectors_sha256
from minzheng.inspection.plan import Absence, Team

__all__ = ["Assignment", "NotEnough", "Task", "absent", "assign_tasks", "task_of"]


@frozen(kw_only=True)
class Task:
    """What an assignment starts from.

    Attributes:
        sites: credit codes, ascending.
        skills: the skill that one of each team must have; empty for none.
        inspectors: by id, ascending.
        barred: the sites of each inspector's recusals.
        per_site: how many different inspectors each site gets.
        key: the key of the draw of inspectors.
    """

    sites: Sequence[str]
    skills: Sequence[str]
    inspectors: Sequence[Inspector]
    barred: Sequence[frozenset[str]]
    per_site: int
    key: bytes


@frozen
class Assignment:
    """Who inspects whom.

    Attributes:
        teams: the inspectors' ids of each site, by its code.
        limit: how many sites one inspector has at most; no lawful assignment has a lower one.
        rearranged: the sites for which others had to change places.
    """

    teams: dict[str, tuple[str, ...]]
    limit: int
    rearranged: tuple[str, ...] = ()

    @property
    def plain(self) -> dict[str, Any]:
        """The assignment as plain data for a bundle."""
        return {
            "teams": {code: list(team) for code, team in self.teams.items()},
            "limit": self.limit,
            "rearranged": list(self.rearranged),
        }


@frozen
class NotEnough:
    """A Hall violator: sites that need more than can be given to them.

    Attributes:
        sites: these sites together
        needs: need so many places filled;
        inspectors: these inspectors can fill, within their capacities,
        can: with all others that may inspect one of the sites, at most so many places.
        bound: of the sites, those whose others lack the skill that one of the team must have.
    """

    sites: tuple[str, ...]
    needs: int
    inspectors: tuple[str, ...]
    can: int
    bound: tuple[str, ...] = ()

    def __str__(self) -> str:
        sites, persons = ", ".join(self.sites[:20]), ", ".join(self.inspectors[:20])
        skill = f"; {len(self.bound)} of them lack somebody with the skill" if self.bound else ""
        return (
            f"{len(self.sites)} sites ({sites}) need {self.needs} inspectors; "
            f"{len(self.inspectors)} inspectors ({persons}), and those bound to a site already, "
            f"can give them at most {self.can}{skill}"
        )


def task_of(
    drawn: Drawn,
    sites: Sequence[str],
    inspectors: Sequence[Inspector],
    team: Team,
    *,
    absences: Sequence[Absence] = (),
    put_out: Mapping[str, Sequence[str]] | None = None,
) -> Task:
    """What the drawing of inspectors starts from.

    Args:
        drawn: the draw.
        sites: credit codes of those that are inspected, ascending.
        inspectors: the list whose hash was sealed.
        team: the plan's.
        absences: those announced after the seal; the plan's count anyway.
        put_out: by site, the ids of those who were substituted there.

    Raises:
        InvalidInput: for a list that is not the sealed one, or cannot be judged.
    """
    sealed = drawn.sealed
    if sealed.document["inspectors_sha256"] != inspectors_sha256(inspectors):
        raise InvalidInput([Fault("inspectors", "this is not the list that was sealed")])
    check_inspectors(inspectors, sealed.frame)
    ordered = sorted(inspectors, key=lambda each: each.id)
    out = absent((*team.absences, *absences), team, sealed.plan.on)
    recused = barred(ordered, team, sealed.plan.on)
    substituted = put_out or {}
    here = [
        (each, bars.union(site for site, ids in substituted.items() if each.id in ids))
        for each, bars in zip(ordered, recused, strict=True)
        if each.id not in out
    ]
    if strange := sorted(
        {each.inspector for each in (*team.absences, *absences)} - {x.id for x in ordered}
    ):
        raise InvalidInput(
            Fault("absences", f"no inspector of the list has the id {each!r}") for each in strange
        )
    return Task(
        sites=sites,
        skills=[_skill(team, sealed.frame.organization(code)) for code in sites],
        inspectors=[each for each, _bars in here],
        barred=[bars for _each, bars in here],
        per_site=team.per_site,
        key=drawn.key("inspectors"),
    )


def absent(absences: Iterable[Absence], team: Team, on: date) -> set[str]:
    """The ids of inspectors who are absent on any of the days of the inspections.

    Example:
        >>> leave = Absence(
        ...     inspector="A-1", first=date(2026, 6, 8), last=date(2026, 6, 9), reason="休假"
        ... )
        >>> absent([leave], Team(per_site=2, last=date(2026, 6, 8)), date(2026, 6, 1))
        {'A-1'}
        >>> absent([leave], Team(per_site=2, last=date(2026, 6, 7)), date(2026, 6, 1))
        set()
    """
    first, last = team.first or on, team.last or date.max
    return {each.inspector for each in absences if each.first <= last and first <= each.last}


def _skill(team: Team, organization: Organization | None) -> str:
    for lead in team.leads:
        if organization and (
            organization.kind in lead.kinds or set(lead.tags) & set(organization.tags)
        ):
            return lead.skill
    return ""


def assign_tasks(task: Task) -> Assignment | NotEnough:
    """Draw inspectors for sites; see :class:`Task`."""
    work = _Work(task)
    for site in range(len(task.sites)):
        for turn in range(task.per_site):
            if work.draw(site, turn):
                continue
            work.rearranged.append(task.sites[site])
            while not work.augment(site):
                if not work.raise_limit():
                    return work.violator()
    return Assignment(
        {
            code: tuple(task.inspectors[each].id for each in work.teams[site])
            for site, code in enumerate(task.sites)
        },
        work.limit,
        tuple(dict.fromkeys(work.rearranged)),
    )


Node = tuple[int, bool]  # a site, and whether the place that is open may be anybody's


class _Work:
    """The teams so far, how many sites each inspector has, and the search for a path."""

    def __init__(self, task: Task) -> None:
        self.task = task
        count = len(task.inspectors)
        places = len(task.sites) * task.per_site
        self.limit = -(-places // count) if count else 0
        self.most = [places if each.capacity is None else each.capacity for each in task.inspectors]
        self.teams: list[list[int]] = [[] for _site in task.sites]
        self.sites: list[set[int]] = [set() for _inspector in task.inspectors]
        self.levels: list[list[int]] = [list(range(count))]
        self.rearranged: list[str] = []
        self.reached: dict[int, Node] = {}
        """inspectors of the last search, by the place each could fill"""
        self.opened: dict[Node, int | None] = {}
        """places of the last search, by who would give them up"""

    def skilled(self, site: int, inspector: int) -> bool:
        skill = self.task.skills[site]
        return not skill or skill in self.task.inspectors[inspector].skills

    def free(self, inspector: int) -> bool:
        return len(self.sites[inspector]) < min(self.limit, self.most[inspector])

    def may(self, site: int, inspector: int) -> bool:
        return self.task.sites[site] not in self.task.barred[inspector]

    def draw(self, site: int, turn: int) -> bool:
        """Fill one place from the eligible with the fewest sites."""
        code, team = self.task.sites[site], self.teams[site]
        lead = self.bound(site) or (bool(self.task.skills[site]) and turn == 0)
        for load, level in enumerate(self.levels[: self.limit]):
            pool = [
                each
                for each in level
                if each not in team
                and code not in self.task.barred[each]
                and load < self.most[each]
                and (not lead or self.skilled(site, each))
            ]
            if pool:
                made = sha256(self.task.key + f"{code}/{turn}".encode()).digest()
                self.give(site, pool[int.from_bytes(made, "big") % len(pool)])
                return True
        return False

    def give(self, site: int, inspector: int) -> None:
        self.teams[site].append(inspector)
        self.level(inspector).remove(inspector)
        self.sites[inspector].add(site)
        insort(self.level(inspector), inspector)

    def take(self, site: int, inspector: int) -> None:
        self.teams[site].remove(inspector)
        self.level(inspector).remove(inspector)
        self.sites[inspector].remove(site)
        insort(self.level(inspector), inspector)

    def level(self, inspector: int) -> list[int]:
        """All that have as many sites as this inspector."""
        load = len(self.sites[inspector])
        if load == len(self.levels):
            self.levels.append([])
        return self.levels[load]

    def augment(self, site: int) -> bool:
        """Fill one place of a site along a shortest path of changes, if there is one."""
        start: Node = (site, False)
        self.opened, self.reached = {start: None}, {}
        queue: deque[Node] = deque([start])
        while queue:
            node = queue.popleft()
            for inspector in self.takers(node):
                self.reached[inspector] = node
                if self.free(inspector):
                    self.follow(inspector)
                    return True
                for other in sorted(self.sites[inspector]):
                    after = (other, not self.skilled(other, inspector))
                    if after not in self.opened:
                        self.opened[after] = inspector
                        queue.append(after)
        return False

    def takers(self, node: Node) -> list[int]:
        """Who could fill the open place of a node and is not reached yet."""
        site, anybody = node
        anybody = anybody or not self.bound(site)
        return [
            each
            for each in range(len(self.task.inspectors))
            if each not in self.reached
            and each not in self.teams[site]
            and self.may(site, each)
            and (anybody or self.skilled(site, each))
        ]

    def bound(self, site: int) -> bool:
        """Whether all places but the one for the skill are filled by others."""
        others = sum(not self.skilled(site, each) for each in self.teams[site])
        return others >= self.task.per_site - 1 and bool(self.task.skills[site])

    def follow(self, inspector: int) -> None:
        """Give along the path found: each site takes one and gives one up, but the first."""
        while True:
            node = self.reached[inspector]
            given_up = self.opened[node]
            self.give(node[0], inspector)
            if given_up is None:
                return
            self.take(node[0], given_up)
            inspector = given_up

    def raise_limit(self) -> bool:
        """Let everybody have one site more, if that frees somebody who was reached."""
        if all(self.most[each] <= self.limit for each in self.reached):
            return False
        self.limit += 1
        return True

    def violator(self) -> NotEnough:
        """The proof that the last search has found."""
        task = self.task
        sites = sorted({site for site, _anybody in self.opened})
        bound = [s for s in sites if self.bound(s) and (s, True) not in self.opened]
        return NotEnough(
            sites=tuple(task.sites[site] for site in sites),
            needs=len(sites) * task.per_site,
            inspectors=tuple(task.inspectors[each].id for each in sorted(self.reached)),
            can=sum(self.most[each] for each in self.reached)
            + sum(self.others(site, site in bound) for site in sites),
            bound=tuple(task.sites[site] for site in bound),
        )

    def others(self, site: int, bound: bool) -> int:
        """How many of those not reached a site can have."""
        who = [
            each
            for each in range(len(self.task.inspectors))
            if each not in self.reached and self.may(site, each)
        ]
        if not bound:
            return len(who)
        return self.task.per_site - 1 + sum(self.skilled(site, each) for each in who)
