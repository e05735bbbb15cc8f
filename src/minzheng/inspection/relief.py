"""Somebody else for an inspector who cannot go to one organisation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from minzheng.inspection.teams import Task

__all__ = ["stand_in", "teams_now"]

Teams = Mapping[str, Sequence[str]]


def stand_in(task: Task, teams: Teams, code: str, out: str, gone: Sequence[str]) -> str | None:
    """Draw one from those who may inspect an organisation and have the fewest so far.

    Whoever is left of the team, the skill asked for is still in it afterwards.

    Args:
        task: what the assignment started from.
        teams: the inspectors' ids of each site now.
        code: the site.
        out: who cannot go.
        gone: who could not before, at this site.

    Returns:
        The inspector's id, or ``None`` where nobody may.
    """
    skill = task.skills[task.sites.index(code)]
    skilled = {each.id for each in task.inspectors if not skill or skill in each.skills}
    open_to_all = any(each in skilled for each in teams[code] if each != out)
    load = Counter(each for team in teams.values() for each in team)
    pool = [
        each.id
        for each, barred in zip(task.inspectors, task.barred, strict=True)
        if each.id not in teams[code]
        and each.id not in gone
        and code not in barred
        and (each.capacity is None or load[each.id] < each.capacity)
        and (open_to_all or each.id in skilled)
    ]
    if not pool:
        return None
    least = min(load[each] for each in pool)
    pool = [each for each in pool if load[each] == least]
    made = sha256(task.key + f"{code}/{task.per_site + len(gone)}".encode()).digest()
    return pool[int.from_bytes(made, "big") % len(pool)]


def teams_now(teams: Teams, entries: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Teams as drawn, after the inspectors of some entries of the log were substituted.

    Example:
        >>> teams_now({"a": ["x", "y"]}, [{"site": "a", "out": "x", "in": "z"}])
        {'a': ['z', 'y']}
    """
    now = {code: list(team) for code, team in teams.items()}
    for entry in entries:
        team = now[entry["site"]]
        now[entry["site"]] = [entry["in"] if each == entry["out"] else each for each in team]
    return now
