"""What came after a draw, one entry of the log after the other: the same for who makes it and who verifies it.

Four things can happen: an organisation is substituted, one more is drawn, somebody stands in for
an inspector at one organisation, an inspector is absent for some days. Each is an entry with
its reason and its moment, chained by hashes to the one before; what follows from it is
computed, never stated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from minzheng.base import codec
from minzheng.base.suggest import unknown
from minzheng.errors import Fault, InvalidInput
from minzheng.inspection.canonical import differences, digest, one_line
from minzheng.inspection.draw import Drawn, select
from minzheng.inspection.inspectors import Inspector, plain_inspectors
from minzheng.inspection.plan import Absence, Team
from minzheng.inspection.relief import stand_in
from minzheng.inspection.seeds import instant, is_instant
from minzheng.inspection.teams import Assignment, NotEnough, Task, assign_tasks, task_of
from minzheng.inspection.wording import as_line

__all__ = ["Replay"]

Entry = dict[str, Any]
Path = tuple[str, str]


class Replay:
    """The state after a draw and some entries of its log.

    Args:
        drawn: the draw.
        inspectors: the list whose hash was sealed, as plain data; ``None`` while none is given.

    Attributes:
        assignment: who inspects whom as drawn; ``None`` while nobody is.
        teams: the same after all substitutions.

    Raises:
        InvalidInput: for inspectors that are not those that were sealed or cannot be judged.
    """

    def __init__(self, drawn: Drawn, inspectors: list[Entry] | None) -> None:
        self.drawn = drawn
        self.members: dict[Path, set[str]] = {
            (each.group, each.stratum): {pick.code for pick in each.picks}
            for each in drawn.selections
        }
        self.gone: set[str] = set()
        self.absences: list[Absence] = []
        self.put_out: dict[str, list[str]] = {}
        self.assignment: Assignment | None = None
        self.teams: dict[str, list[str]] = {}
        self._moment, self._previous = drawn.at, drawn.sealed.commitment
        self._orders: dict[Path, list[str]] = {}
        self._inspectors: list[Inspector] | None = None
        if inspectors is not None:
            self.know(codec.structure_list(inspectors, Inspector, "inspectors"))

    def know(self, inspectors: Sequence[Inspector]) -> None:
        """Take the list of inspectors; it must be the sealed one."""
        if faults := [*one_line(plain_inspectors(inspectors), "inspectors")]:
            raise InvalidInput(faults)
        self._inspectors = list(inspectors)
        self._task()

    @property
    def codes(self) -> list[str]:
        """Who is to be inspected, ascending."""
        return sorted(set().union(*self.members.values()))

    @property
    def team(self) -> Team:
        """How the plan draws inspectors."""
        team = self.drawn.sealed.plan.team
        if team is None:
            raise InvalidInput([Fault("plan.team", "is required to draw inspectors")])
        return team

    # --- what an entry states, and what follows from it

    def substitution(self, *, group: str, stratum: str, out: str) -> Entry:
        """The next of the stratum takes the place of one; nobody does where none is left."""
        members = self._stratum(group, stratum)
        if out not in members:
            raise InvalidInput([Fault("out", f"{out} is not drawn in this group and stratum")])
        members.discard(out)
        self.gone.add(out)
        return {"in": self._next(group, stratum)}

    def top_up(self, *, group: str, stratum: str) -> Entry:
        """The next of the stratum is drawn too."""
        self._stratum(group, stratum)
        follows = self._next(group, stratum)
        if follows is None:
            name = f"{group}, {stratum}" if stratum else group
            raise InvalidInput([Fault("group", f"{name} has nobody left to draw")])
        return {"in": follows}

    def stand_in(self, *, site: str, out: str) -> Entry:
        """Somebody else is drawn in the place of an inspector at one organisation."""
        self.draw_inspectors()
        if out not in self.teams.get(site, []):
            raise InvalidInput([Fault("out", f"{out} is not drawn to inspect {site}")])
        follows = self._relieve(site, out, self._task())
        if follows is None:
            raise InvalidInput([Fault("out", f"nobody may take the place of {out} at {site}")])
        return {"in": follows}

    def absence(self, *, inspector: str, first: str, last: str, drawn: bool, reason: str) -> Entry:
        """An inspector is absent: others stand in wherever he was drawn; if nobody may, all are drawn again."""
        if drawn:
            self.draw_inspectors()
        self.absences.append(
            Absence(
                inspector=inspector,
                first=_day(first, "first"),
                last=_day(last, "last"),
                reason=reason,
            )
        )
        task = self._task()
        if not drawn:
            self._void()
            return {"stand_ins": None}
        made: dict[str, str] = {}
        here = {each.id for each in task.inspectors}
        for site in [site for site in sorted(self.teams) if inspector in self.teams[site]]:
            if inspector in here:
                break  # the days of the inspections are others
            follows = self._relieve(site, inspector, task)
            if follows is None:
                raise InvalidInput(
                    [Fault("inspector", f"nobody may take the place of {inspector} at {site}")]
                )
            made[site] = follows
        return {"stand_ins": made}

    # --- entries

    def make(self, kind: str, stated: Entry, *, reason: str, at: datetime | str) -> Entry:
        """Make the next entry of the log.

        Args:
            kind: a method of this class that is an entry.
            stated: what it is called with.
            reason: why, in words; it is published.
            at: the moment, with its zone; not before the draw or the entry before.

        Raises:
            InvalidInput: for an entry that cannot follow, an empty reason, a moment that runs backwards.
        """
        try:
            moment = instant(at)
        except InvalidInput as error:
            raise error.under("at") from None
        reason = as_line(reason)
        faults = [*one_line(reason, "reason")]
        if not reason:
            faults.append(Fault("reason", "is required"))
        faults += self._half(None if kind != "substitution" else stated["out"])
        if moment < self._moment:
            faults.append(Fault("at", f"{moment} is before {self._moment}, what it follows"))
        if faults:
            raise InvalidInput(faults)
        more = {"reason": reason} if kind == "absence" else {}
        follows = _KINDS[kind](self, **stated, **more)
        if kind in ("substitution", "top_up"):
            self._void()
        shown = {key: value for key, value in stated.items() if key != "drawn"}
        entry = {
            "kind": kind,
            **shown,
            **follows,
            "reason": reason,
            "at": moment,
            "previous": self._previous,
        }
        made = {**entry, "hash": digest(entry)}
        self._moment, self._previous = moment, made["hash"]
        return made

    def repeat(self, log: Sequence[Entry]) -> None:
        """Make every entry of a log again.

        Raises:
            InvalidInput: for the first entry that would be another, and for an organisation
                that was substituted in one of its groups and stays in another.
        """
        for place, entry in enumerate(log):
            path = f"log[{place}]"
            try:
                kind, stated = _stated(entry)
                made = self.make(kind, stated, reason=entry["reason"], at=entry["at"])
            except InvalidInput as error:
                raise error.under(path) from None
            if kind == "stand_in" and entry.get("in") != made["in"]:
                raise InvalidInput([Fault(f"{path}.in", "the seed gives another inspector")])
            if differ := list(differences(entry, made, path)):
                raise InvalidInput(differ)
        if faults := self._half():
            raise InvalidInput(faults)

    def _half(self, but: str | None = None) -> list[Fault]:
        """Who was substituted in one of several groups and stays in another."""
        problem = "was substituted in one of its groups and is still drawn in another"
        half = self.gone.intersection(self.codes) - {but} if self.gone else ()
        return [Fault("log", f"{code} {problem}") for code in sorted(half)]

    # --- inspectors

    def draw_inspectors(self) -> None:
        """Draw them, where they are not drawn.

        Raises:
            InvalidInput: when there are not enough.
        """
        if self.assignment is None:
            made = self.assign()
            if isinstance(made, NotEnough):
                raise InvalidInput([Fault("inspectors", str(made))])

    def assign(self) -> Assignment | NotEnough:
        """Draw all inspectors anew."""
        made = assign_tasks(self._task())
        if isinstance(made, Assignment):
            self.assignment = made
            self.teams = {code: list(team) for code, team in made.teams.items()}
        return made

    def _void(self) -> None:
        self.assignment, self.teams = None, {}

    def _task(self) -> Task:
        if self._inspectors is None:
            raise InvalidInput([Fault("inspectors", "the list that was sealed is required")])
        return task_of(
            self.drawn,
            self.codes,
            self._inspectors,
            self.team,
            absences=self.absences,
            put_out=self.put_out,
        )

    def _relieve(self, site: str, out: str, task: Task) -> str | None:
        gone = self.put_out.get(site, [])
        follows = stand_in(task, self.teams, site, out, gone)
        if follows is not None:
            self.put_out[site] = [*gone, out]
            self.teams[site] = [follows if each == out else each for each in self.teams[site]]
        return follows

    # --- organisations

    def _stratum(self, group: str, stratum: str) -> set[str]:
        if (group, stratum) not in self.members:
            raise InvalidInput([Fault("group", f"the plan has no stratum {group!r} {stratum!r}")])
        return self.members[group, stratum]

    def _next(self, group: str, stratum: str) -> str | None:
        """The next of a stratum that is neither drawn nor gone; it is drawn now."""
        used = self.gone.union(*self.members.values())
        follows = next((each for each in self._order(group, stratum) if each not in used), None)
        if follows is not None:
            self.members[group, stratum].add(follows)
        return follows

    def _order(self, group: str, name: str) -> list[str]:
        path = (group, name)
        if path not in self._orders:
            sealed = self.drawn.sealed
            stratum = next(each for each in sealed.layout.strata if each.path == path)
            every = select(sealed, stratum, self.drawn.tickets_key, len(stratum.eligible))
            self._orders[path] = [pick.code for pick in (*every.picks, *every.reserves)]
        return self._orders[path]


_KINDS: Mapping[str, Callable[..., Entry]] = {
    "substitution": Replay.substitution,
    "top_up": Replay.top_up,
    "stand_in": Replay.stand_in,
    "absence": Replay.absence,
}
_STATED = {
    "substitution": ("group", "stratum", "out"),
    "top_up": ("group", "stratum"),
    "stand_in": ("site", "out"),
    "absence": ("inspector", "first", "last"),
}


def _stated(entry: Entry) -> tuple[str, Entry]:
    """What an entry states, its types checked."""
    kind = entry.get("kind")
    if not isinstance(kind, str) or kind not in _STATED:
        raise InvalidInput([Fault("kind", unknown(str(kind)[:40], _STATED))])
    faults = list(_untyped(entry, (*_STATED[kind], "reason", "at")))
    if not is_instant(entry.get("at")):
        faults.append(Fault("at", "expected a moment in UTC such as '2026-07-01T01:00:00Z'"))
    if faults:
        raise InvalidInput(faults)
    stated = {name: entry[name] for name in _STATED[kind]}
    if kind == "absence":
        stated["drawn"] = entry.get("stand_ins") is not None
    return kind, stated


def _untyped(entry: Entry, names: Sequence[str]) -> Iterator[Fault]:
    for name in names:
        if not isinstance(entry.get(name), str):
            yield Fault(name, "expected text in quotes")


def _day(text: str, path: str) -> date:
    try:
        if (day := date.fromisoformat(text)).isoformat() == text:
            return day
    except ValueError:
        pass
    raise InvalidInput([Fault(path, f"expected a day such as '2020-07-24', got {text[:40]!r}")])
