"""The bundle: one JSON file with everything needed to replay a draw, and its log of changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import takewhile
from typing import Any

from attrs import evolve, field, frozen

from minzheng.base import codec
from minzheng.errors import Fault, InvalidInput
from minzheng.inspection.canonical import canonical, digest
from minzheng.inspection.draw import Drawn, draw, key_for, select
from minzheng.inspection.frame import Frame
from minzheng.inspection.inspectors import Inspector, plain_inspectors
from minzheng.inspection.relief import stand_in, teams_now
from minzheng.inspection.seal import reseal
from minzheng.inspection.seeds import Outcome, instant
from minzheng.inspection.teams import NotEnough, assign_tasks, task_of
from minzheng.inspection.verify import problems
from minzheng.inspection.wording import as_code, as_line, unfit

__all__ = ["BUNDLE_FORMAT", "Bundle", "assign", "verify"]

BUNDLE_FORMAT = "minzheng-bundle/1"


@frozen(eq=False)
class Bundle:
    """A draw with all that came after it.

    Attributes:
        drawn: the draw.
        inspectors: the list of inspectors as plain data, where they were drawn too.
        assignment: who inspects whom, as plain data.
        log: substitutions and top-ups in their order, each chained to the one before;
            those of inspectors name a ``site``.
    """

    drawn: Drawn
    inspectors: list[dict[str, Any]] | None = field(default=None, repr=False)
    assignment: dict[str, Any] | None = field(default=None, repr=False)
    log: tuple[dict[str, Any], ...] = ()

    @property
    def plain(self) -> dict[str, Any]:
        """The bundle as plain data, with the hash of all the rest."""
        plain = {
            "format": BUNDLE_FORMAT,
            "frame": list(self.drawn.sealed.frame.lines),
            "seal": self.drawn.sealed.document,
            "outcomes": codec.unstructure(self.drawn.outcomes),
            "draw": self.drawn.plain,
            "inspectors": self.inspectors,
            "assignment": self.assignment,
            "log": list(self.log),
        }
        return {**plain, "sha256": digest(plain)}

    @property
    def text(self) -> str:
        """The canonical JSON of the file, in UTF-8."""
        return canonical(self.plain) + "\n"

    @classmethod
    def load(cls, text: str) -> Bundle:
        """Read a bundle that verifies.

        Raises:
            InvalidInput: with every reason why it does not.
        """
        if reasons := problems(text.encode()):
            raise InvalidInput([Fault("bundle", each) for each in reasons])
        bundle = cls._read(text)
        if reasons := bundle._teams_differ():
            raise InvalidInput([Fault("bundle", each) for each in reasons])
        return bundle

    @classmethod
    def _read(cls, text: str) -> Bundle:
        plain = codec.parse(text, "bundle")
        sealed = reseal(Frame.from_lines(plain["frame"]), plain["seal"])
        key = plain["draw"]["rotation_key"]
        drawn = draw(
            sealed,
            codec.structure_list(plain["outcomes"], Outcome, "outcomes"),
            rotation_key=None if key is None else bytes.fromhex(key),
        )
        return cls(drawn, plain["inspectors"], plain["assignment"], tuple(plain["log"]))

    @property
    def codes(self) -> list[str]:
        """Who is to be inspected, after all substitutions and top-ups, ascending."""
        return sorted(self._current())

    @property
    def teams(self) -> dict[str, list[str]]:
        """Who inspects whom after all substitutions; empty while no inspectors are drawn."""
        if self.assignment is None:
            return {}
        return teams_now(self.assignment["teams"], self._reliefs)

    def substitute(self, code: str, *, reason: str, at: datetime | str) -> Bundle:
        """Put the next of the stratum in the place of one that cannot be inspected.

        One that was drawn in several groups is replaced in each of them. Where a
        stratum has nobody left, nobody takes its place; the log says so. Inspectors drawn
        before are to be drawn again.

        Args:
            code: who cannot be inspected.
            reason: why, in words; it is published.
            at: the moment, with its time zone.

        Raises:
            InvalidInput: for one that is not drawn, or without a reason.
        """
        code = as_code(code)
        strata = self._strata_of(code)
        if not strata:
            raise InvalidInput([Fault("code", f"{code} is not among those drawn")])
        bundle = self
        for place, (group, stratum) in enumerate(strata):
            out = code if place == 0 else ""
            if out or bundle._next(group, stratum, out) is not None:
                bundle = bundle._follow(group, stratum, out, reason, at)
        return bundle

    def top_up(
        self, group: str, stratum: str = "", *, count: int, reason: str, at: datetime | str
    ) -> Bundle:
        """Draw more in one stratum; those drawn before stay.

        Raises:
            InvalidInput: for a stratum that there is not, without a reason, or when the
                stratum has not so many left.
        """
        if count < 1:
            raise InvalidInput([Fault("count", f"expected 1 or more, got {count}")])
        bundle, group, stratum = self, as_line(group), as_line(stratum)
        for _unit in range(count):
            bundle = bundle._follow(group, stratum, "", reason, at)
        return bundle

    def substitute_inspector(
        self, code: str, out: str, *, reason: str, at: datetime | str
    ) -> Bundle:
        """Draw somebody else in the place of an inspector who cannot go to one organisation.

        Drawn from those who may inspect it and have the fewest organisations, as every
        place of a team is; nobody who was put out of the place before. An
        organisation that is substituted later voids this: all are drawn again then.

        Args:
            code: the organisation.
            out: the inspector's id.
            reason: why, in words; it is published.
            at: the moment, with its time zone.

        Raises:
            InvalidInput: for one who is not in that team, without a reason, or when nobody
                may take the place.
        """
        code, out = as_code(code), as_line(out)
        if out not in self.teams.get(code, []):
            raise InvalidInput([Fault("out", f"{out} is not drawn to inspect {code}")])
        follows = self._relief(code, out)
        if follows is None:
            raise InvalidInput([Fault("out", f"nobody may take the place of {out} at {code}")])
        entry = {"site": code, "out": out, "in": follows}
        return evolve(self, log=self._logged(entry, reason, at))

    def assigned(self, inspectors: list[dict[str, Any]], assignment: dict[str, Any]) -> Bundle:
        """The bundle with inspectors drawn; see :func:`assign`."""
        return evolve(self, inspectors=inspectors, assignment=assignment)

    def _teams_differ(self) -> list[str]:
        """Draw the inspectors and their substitutes again, and tell every difference."""
        reasons, before = [], evolve(self, log=(), assignment=None)
        for place, entry in enumerate(self.log):
            if "site" in entry:
                before = before._drawn_again()
                site, out = entry["site"], entry["out"]
                fits = (
                    out in before.teams.get(site, []) and before._relief(site, out) == entry["in"]
                )
                reasons += [] if fits else [f"log[{place}].in: the seed gives another inspector"]
            before = evolve(before, log=(*before.log, entry))
            before = before if "site" in entry else evolve(before, assignment=None)
        if self.assignment is None:
            return reasons
        made = before._drawn_again().assignment or {}
        keys = sorted({*made, *self.assignment})
        return reasons + [
            f"assignment.{key}: the seed gives another"
            for key in keys
            if made.get(key) != self.assignment.get(key)
        ]

    def _drawn_again(self) -> Bundle:
        """With inspectors drawn, where that is possible."""
        if self.assignment is not None:
            return self
        made = assign(self, self._inspectors)
        return self if isinstance(made, NotEnough) else made

    @property
    def _inspectors(self) -> list[Inspector]:
        return codec.structure_list(self.inspectors or [], Inspector, "inspectors")

    @property
    def _reliefs(self) -> list[dict[str, Any]]:
        """The substitutions of inspectors that the present assignment has seen."""
        return list(takewhile(lambda entry: "site" in entry, reversed(self.log)))[::-1]

    @property
    def _moves(self) -> list[dict[str, Any]]:
        return [entry for entry in self.log if "site" not in entry]

    def _relief(self, code: str, out: str) -> str | None:
        team = self.drawn.sealed.plan.team
        if team is None:
            raise InvalidInput([Fault("plan.team", "is required to draw inspectors")])
        task = task_of(self.drawn, self.codes, self._inspectors, team)
        gone = [entry["out"] for entry in self._reliefs if entry["site"] == code]
        return stand_in(task, self.teams, code, out, gone)

    def _current(self) -> set[str]:
        codes = set(self.drawn.codes)
        for entry in self._moves:
            codes.discard(entry["out"])
            codes |= {entry["in"]} - {None}
        return codes

    def _strata_of(self, code: str) -> list[tuple[str, str]]:
        if code not in self._current():
            return []
        drawn = [
            (each.group, each.stratum)
            for each in self.drawn.selections
            if any(pick.code == code for pick in each.picks)
        ]
        return drawn or [
            (entry["group"], entry["stratum"]) for entry in self._moves if entry["in"] == code
        ]

    def _follow(
        self, group: str, stratum: str, out: str, reason: str, at: datetime | str
    ) -> Bundle:
        follows = self._next(group, stratum, out)
        if follows is None and not out:
            name = f"{group}/{stratum}" if stratum else group
            raise InvalidInput([Fault("group", f"{name} has nobody left to draw")])
        entry = {"group": group, "stratum": stratum, "out": out, "in": follows}
        return evolve(self, log=self._logged(entry, reason, at), assignment=None)

    def _logged(
        self, entry: dict[str, Any], reason: str, at: datetime | str
    ) -> tuple[dict[str, Any], ...]:
        """The log with one entry more, chained to the one before."""
        reason = as_line(reason)
        if problem := unfit(reason):
            raise InvalidInput([Fault("reason", problem)])
        if not reason:
            raise InvalidInput([Fault("reason", "is required")])
        previous = self.log[-1]["hash"] if self.log else self.drawn.sealed.commitment
        made = {**entry, "reason": reason, "at": instant(at), "previous": previous}
        return (*self.log, {**made, "hash": digest(made)})

    def _next(self, group: str, stratum: str, out: str) -> str | None:
        """The next of a stratum that is neither drawn nor gone."""
        used = self._current() | {entry["out"] for entry in self._moves} | {out}
        return next((each for each in self._order(group, stratum) if each not in used), None)

    def _order(self, group: str, name: str) -> Iterator[str]:
        sealed = self.drawn.sealed
        stratum = next((each for each in sealed.layout.strata if each.path == (group, name)), None)
        if stratum is None:
            raise InvalidInput([Fault("group", f"the plan has no stratum {group!r} {name!r}")])
        own = self.drawn.rotation_key
        key = (
            key_for(self.drawn.seed, sealed.plan_sha256, "organizations")
            if own is None
            else bytes.fromhex(own)
        )
        every = select(sealed, stratum, key, len(stratum.eligible))
        return (pick.code for pick in (*every.picks, *every.reserves))


def assign(bundle: Bundle, inspectors: Sequence[Inspector]) -> Bundle | NotEnough:
    """Draw inspectors for everybody who is to be inspected.

    Args:
        bundle: a draw, substitutions included; its plan has a team.
        inspectors: the list whose hash was sealed.

    Returns:
        The bundle with the assignment, or the proof that there is none.

    Raises:
        InvalidInput: for a list that is not the sealed one, or cannot be judged.
    """
    team = bundle.drawn.sealed.plan.team
    if team is None:
        raise InvalidInput([Fault("plan.team", "is required to draw inspectors")])
    made = assign_tasks(task_of(bundle.drawn, bundle.codes, inspectors, team))
    if isinstance(made, NotEnough):
        return made
    return bundle.assigned(plain_inspectors(inspectors), made.plain)


def verify(bundle: Bundle | str | bytes, commitment: str | None = None) -> list[str]:
    """Draw again from what a bundle publishes, and tell every difference.

    ``verify.py`` draws the organisations again, with no code of this library, and sees
    that each has enough different inspectors of the sealed list; here the inspectors are
    drawn again too.

    Args:
        bundle: a bundle, or the text of its file.
        commitment: the one published before the seed existed; without it only the bundle
            itself is examined.

    Returns:
        The reasons why it does not verify; none when it does.
    """
    text = bundle.text if isinstance(bundle, Bundle) else bundle
    data = text.encode() if isinstance(text, str) else text
    if reasons := problems(data, commitment):
        return reasons
    try:
        return Bundle._read(data.decode())._teams_differ()
    except InvalidInput as error:
        return [str(fault) for fault in error.faults]
