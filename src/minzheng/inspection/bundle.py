"""The bundle: one JSON file with everything needed to replay a draw, and its log of changes.

What verifies a bundle makes it again: from the frame, the plan, the moment of the seal, the
outcomes, the inspectors and what the entries of the log state. Then the two are compared, so that
nothing in the file is taken on trust and nothing unknown stays in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any

from attrs import evolve, field, frozen

from minzheng.base import codec
from minzheng.errors import Fault, InvalidInput
from minzheng.inspection.canonical import canonical, differences, digest, parse_canonical
from minzheng.inspection.draw import Drawn, draw
from minzheng.inspection.frame import Frame
from minzheng.inspection.inspectors import Inspector, plain_inspectors
from minzheng.inspection.replay import Replay
from minzheng.inspection.seal import reseal
from minzheng.inspection.seeds import Outcome, SourceKind, is_instant
from minzheng.inspection.teams import NotEnough
from minzheng.inspection.wording import as_code, as_line

__all__ = ["BUNDLE_FORMAT", "Bundle", "Verdict", "assign", "verdict", "verify"]

BUNDLE_FORMAT = "minzheng-bundle/2"

Plain = dict[str, Any]


@frozen(eq=False)
class Bundle:
    """A draw with all that came after it.

    Attributes:
        drawn: the draw.
        inspectors: the list of inspectors as plain data, once it is given.
        assignment: who inspects whom as drawn, as plain data.
        log: substitutions, top-ups, inspectors who stand in and absences in their order, each
            chained to the one before; ``kind`` says which it is.
    """

    drawn: Drawn
    inspectors: list[Plain] | None = field(default=None, repr=False)
    assignment: Plain | None = field(default=None, repr=False)
    log: tuple[Plain, ...] = ()

    @property
    def plain(self) -> Plain:
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
        """The canonical JSON of the file, closed by a line feed."""
        return canonical(self.plain) + "\n"

    @classmethod
    def load(cls, text: str) -> Bundle:
        """Read a bundle that verifies; inspectors may still have to be drawn.

        Raises:
            InvalidInput: with the reasons why it does not.
        """
        try:
            data = text.encode()
        except UnicodeEncodeError:
            raise InvalidInput([Fault("bundle", "is not text: half a character")]) from None
        return _again(data)

    @property
    def codes(self) -> list[str]:
        """Who is to be inspected, after all substitutions and top-ups, ascending."""
        return self._state.codes

    @property
    def teams(self) -> dict[str, list[str]]:
        """Who inspects whom after all substitutions; empty while no inspectors are drawn."""
        return (
            {}
            if self.assignment is None
            else {code: [*team] for code, team in self._state.teams.items()}
        )

    def substitute(self, code: str, *, reason: str, at: datetime | str) -> Bundle:
        """Put the next of the stratum in the place of one that cannot be inspected.

        One that was drawn in several groups is replaced in each of them. Where a
        stratum has nobody left, nobody takes its place; the log says so. Inspectors drawn
        before are to be drawn again.

        Args:
            code: who cannot be inspected.
            reason: why, in words; it is published.
            at: the moment, with its time zone; not before the draw or the last entry.

        Raises:
            InvalidInput: for one that is not drawn, or without a reason.
        """
        code, replay = as_code(code), self._replay()
        strata = [path for path, members in replay.members.items() if code in members]
        if not strata:
            raise InvalidInput([Fault("code", f"{code} is not among those drawn")])
        made = [
            replay.make(
                "substitution",
                {"group": group, "stratum": stratum, "out": code},
                reason=reason,
                at=at,
            )
            for group, stratum in strata
        ]
        return evolve(self, log=(*self.log, *made), assignment=None)

    def top_up(
        self, group: str, stratum: str = "", *, count: int, reason: str, at: datetime | str
    ) -> Bundle:
        """Draw more in one stratum; those drawn before stay.

        Raises:
            InvalidInput: for a stratum that there is not, without a reason, for fewer than one,
                or when the stratum has not so many left.
        """
        if type(count) is not int or count < 1:
            raise InvalidInput([Fault("count", "expected 1 or more")])
        replay, made = self._replay(), []
        for _unit in range(count):
            stated = {"group": as_line(group), "stratum": as_line(stratum)}
            made.append(replay.make("top_up", stated, reason=reason, at=at))
        return evolve(self, log=(*self.log, *made), assignment=None)

    def substitute_inspector(
        self, code: str, out: str, *, reason: str, at: datetime | str
    ) -> Bundle:
        """Draw somebody else in the place of an inspector who cannot go to one organisation.

        Drawn from those who may inspect it and have the fewest organisations, as every
        place of a team is; nobody who is absent, and nobody who was put out of the place
        before, whoever else is drawn again later. One who cannot go anywhere for some days is
        absent: see :meth:`absent`.

        Args:
            code: the organisation.
            out: the inspector's id.
            reason: why, in words; it is published.
            at: the moment, with its time zone; not before the draw or the last entry.

        Raises:
            InvalidInput: for one who is not in that team, without a reason, or when nobody
                may take the place.
        """
        code, out, replay = as_code(code), as_line(out), self._replay()
        if out not in self.teams.get(code, []):
            raise InvalidInput([Fault("out", f"{out} is not drawn to inspect {code}")])
        made = replay.make("stand_in", {"site": code, "out": out}, reason=reason, at=at)
        return evolve(self, log=(*self.log, made))

    def absent(
        self,
        inspector: str,
        *,
        first: date,
        last: date,
        reason: str,
        at: datetime | str,
        inspectors: Sequence[Inspector] | None = None,
    ) -> Bundle:
        """Log that an inspector is absent for some days, and replace him wherever he was drawn.

        Whoever is absent on any of the days of the inspections (``team.first`` to ``team.last`` of
        the plan) is not drawn from then on. At every organisation where he was drawn
        somebody stands in. Where nobody may at one of them, all inspectors are to be
        drawn again by :func:`assign`.

        Args:
            inspector: the inspector's id.
            first: the first day.
            last: the last day.
            reason: why, in words; it is published.
            at: the moment, with its time zone; not before the draw or the last entry.
            inspectors: the list whose hash was sealed, where it was not given before.

        Raises:
            InvalidInput: for an id that is not in the list, days in the wrong order, or without a reason.
        """
        bundle = self
        if inspectors is not None:
            bundle = evolve(self, inspectors=plain_inspectors(inspectors))
        stated = {
            "inspector": as_line(inspector),
            "first": first.isoformat(),
            "last": last.isoformat(),
        }
        if bundle.assignment is not None:
            try:
                made = bundle._replay().make(
                    "absence", {**stated, "drawn": True}, reason=reason, at=at
                )
                return evolve(bundle, log=(*bundle.log, made))
            except InvalidInput as error:
                if not all("nobody may take" in each.message for each in error.faults):
                    raise
        made = bundle._replay().make("absence", {**stated, "drawn": False}, reason=reason, at=at)
        return evolve(bundle, log=(*bundle.log, made), assignment=None)

    def assigned(self, inspectors: list[Plain], assignment: Plain) -> Bundle:
        """The bundle with inspectors drawn; see :func:`assign`."""
        return evolve(self, inspectors=inspectors, assignment=assignment)

    @cached_property
    def _state(self) -> Replay:
        """What the log comes to; nothing changes it."""
        return self._replay()

    def _replay(self) -> Replay:
        replay = Replay(self.drawn, self.inspectors)
        replay.repeat(self.log)
        if self.assignment is not None:
            replay.draw_inspectors()
        return replay


def assign(bundle: Bundle, inspectors: Sequence[Inspector]) -> Bundle | NotEnough:
    """Draw inspectors for everybody who is to be inspected.

    Nobody who is absent on a day of the inspections is drawn.

    Args:
        bundle: a draw, substitutions and absences included; its plan has a team.
        inspectors: the list whose hash was sealed.

    Returns:
        The bundle with the assignment, or the proof that there is none.

    Raises:
        InvalidInput: for a list that is not the sealed one, or cannot be judged.
    """
    plain = plain_inspectors(inspectors)
    replay = Replay(bundle.drawn, plain)
    replay.repeat(bundle.log)
    made = replay.assignment or replay.assign()
    if isinstance(made, NotEnough):
        return made
    return bundle.assigned(plain, made.plain)


@frozen
class Verdict:
    """What the verification of a bundle comes to, and what a reader compares by himself.

    Attributes:
        reasons: why it does not verify; none when it does.
        seed: the text of the seed, when it verifies.
        outcomes: what the sources showed, as plain data, to be compared with what was thrown in public.
        log: what came after the draw, as plain data.
        not_checked: in words, what the bundle alone cannot show.
    """

    reasons: tuple[str, ...]
    seed: str | None = None
    outcomes: tuple[Plain, ...] = ()
    log: tuple[Plain, ...] = ()
    not_checked: tuple[str, ...] = ()

    @property
    def verified(self) -> bool:
        """Whether it verifies."""
        return not self.reasons

    @property
    def plain(self) -> Plain:
        """The verdict as plain data."""
        return {
            "verified": self.verified,
            "reasons": list(self.reasons),
            "seed": self.seed,
            "outcomes": list(self.outcomes),
            "log": list(self.log),
            "not_checked": list(self.not_checked),
        }


def verdict(bundle: Bundle | str | bytes, commitment: str | None = None) -> Verdict:
    """Make a bundle again from what it publishes, and tell every difference.

    The file ``verify.py`` does the same with no code of this library.

    Args:
        bundle: a bundle, or the text of its file.
        commitment: the one published before the seed existed; without it only the bundle
            itself is examined.
    """
    wrong = [] if commitment is None else list(_misuse(commitment))
    try:
        text = bundle.text if isinstance(bundle, Bundle) else bundle
        data = text.encode() if isinstance(text, str) else text
        made = _again(data, complete=True)
    except UnicodeEncodeError:
        return Verdict((*wrong, "bundle: is not text: half a character"))
    except InvalidInput as error:
        return Verdict((*wrong, *(str(fault) for fault in error.faults)))
    sealed = made.drawn.sealed
    if commitment is not None and not wrong and commitment != sealed.commitment:
        wrong.append(
            f"the published commitment: is {commitment}, and the bundle has {sealed.commitment}"
        )
    if wrong:
        return Verdict(tuple(wrong))
    return Verdict(
        (),
        made.drawn.seed,
        tuple(codec.unstructure(made.drawn.outcomes)),
        made.log,
        tuple(_not_checked(made, commitment)),
    )


def verify(bundle: Bundle | str | bytes, commitment: str | None = None) -> list[str]:
    """The reasons why a bundle does not verify; none when it does. See :func:`verdict`.

    Args:
        bundle: a bundle, or the text of its file.
        commitment: the one published before the seed existed; without it only the bundle
            itself is examined.

    Returns:
        The reasons why it does not verify; none when it does.
    """
    return list(verdict(bundle, commitment).reasons)


def _misuse(commitment: object) -> Iterator[str]:
    if not isinstance(commitment, str) or not re.fullmatch("[0-9a-f]{64}", commitment):
        yield f"commitment: expected 64 hexadecimal digits in lower case, got {str(commitment)[:70]!r}"


def _not_checked(bundle: Bundle, commitment: str | None) -> Iterator[str]:
    if commitment is None:
        yield "that the seal is the published one: no commitment was given"
    else:
        yield "that the commitment was published before the seed existed: see where it was published"
    yield "that the outcomes are what was drawn in public: compare them"
    if any(each.kind is SourceKind.DRAND for each in bundle.drawn.sealed.plan.seeds):
        yield "that the drand signature is the network's: ask any relay for the round"
    yield "that nothing was cut off the end of the log: compare its last hash with the published one"
    yield "that the frame has everybody it should have, with true facts"


_TYPES: dict[str, tuple[type, ...]] = {
    "format": (str,),
    "frame": (list,),
    "seal": (dict,),
    "outcomes": (list,),
    "draw": (dict,),
    "inspectors": (list, type(None)),
    "assignment": (dict, type(None)),
    "log": (list,),
    "sha256": (str,),
}


def _again(data: bytes, *, complete: bool = False) -> Bundle:
    """Make a bundle again from the bytes of its file.

    Raises:
        InvalidInput: with the reasons why the two differ.
    """
    plain = parse_canonical(data, BUNDLE_FORMAT, "bundle")
    if faults := list(_shape(plain)):
        raise InvalidInput(faults)
    broken = list(_hashes(plain))
    made: Bundle | None = None
    try:
        drawn = _drawn(plain)
        broken += _draw_differs(plain["draw"], drawn.plain)
        made = _followed(plain, drawn, complete)
        followed = made.plain
        for key in _TYPES:
            if key != "draw":
                broken += differences(plain[key], followed[key], key)
    except InvalidInput as error:
        broken += error.faults
    if broken or made is None:
        raise InvalidInput(dict.fromkeys(broken))
    return made


def _shape(plain: Plain) -> Iterator[Fault]:
    for key in sorted({*plain, *_TYPES}):
        if key not in _TYPES:
            yield Fault(f"bundle.{key[:40]}", "unknown, nothing of that name belongs here")
        elif key not in plain:
            yield Fault(f"bundle.{key}", "is required")
        elif type(plain[key]) not in _TYPES[key]:
            words = {list: "a list", dict: "an object", str: "text", type(None): "null"}
            kinds = " or ".join(words[each] for each in _TYPES[key])
            yield Fault(f"bundle.{key}", f"expected {kinds}, got {type(plain[key]).__name__}")
    for name, kind in (("frame", str), ("outcomes", dict), ("log", dict), ("inspectors", dict)):
        inside = plain.get(name)
        for place, each in enumerate(inside if isinstance(inside, list) else []):
            if type(each) is not kind:
                word = "text" if kind is str else "an object"
                yield Fault(f"{name}[{place}]", f"expected {word}, got {type(each).__name__}")


def _hashes(plain: Plain) -> Iterator[Fault]:
    """Whether each part has the hash it states, whatever else is wrong with it."""
    seal, log = plain["seal"], plain["log"]
    frame = "\n".join([*plain["frame"], ""])
    parts = [
        ("bundle.sha256", plain["sha256"], _without(plain, "sha256")),
        ("seal.commitment", seal.get("commitment"), _without(seal, "commitment")),
        ("seal.plan_sha256", seal.get("plan_sha256"), digest(seal.get("plan"))),
        ("seal.frame_sha256", seal.get("frame_sha256"), Frame((frame[:-1],)).sha256),
        *(
            (f"log[{n}].hash", each.get("hash"), _without(each, "hash"))
            for n, each in enumerate(log)
        ),
    ]
    for path, said, found in parts:
        yield from differences(said, found, path)


def _without(plain: Plain, key: str) -> str:
    return digest({name: value for name, value in plain.items() if name != key})


def _drawn(plain: Plain) -> Drawn:
    sealed = reseal(Frame.from_lines(plain["frame"]), plain["seal"])
    outcomes = codec.structure_list(plain["outcomes"], Outcome, "outcomes")
    if any(not is_instant(each.get("at")) for each in plain["outcomes"]):
        problem = "expected each at as a moment in UTC such as '2026-07-01T01:00:00Z'"
        raise InvalidInput([Fault("outcomes", problem)])
    key = plain["draw"].get("rotation_key")
    if key is not None and not (isinstance(key, str) and re.fullmatch("(?:[0-9a-f]{2})+", key)):
        raise InvalidInput([Fault("draw.rotation_key", "expected hexadecimal digits, or null")])
    return draw(sealed, outcomes, rotation_key=None if key is None else bytes.fromhex(key))


def _followed(plain: Plain, drawn: Drawn, complete: bool) -> Bundle:
    """The bundle with what came after the draw."""
    replay = Replay(drawn, plain["inspectors"])
    replay.repeat(plain["log"])
    assignment = inspectors = None
    if plain["assignment"] is not None:
        replay.draw_inspectors()
        assignment = replay.assignment.plain if replay.assignment else None
    elif complete and drawn.sealed.plan.team and drawn.sealed.document["inspectors_sha256"]:
        problem = "the plan has a team and inspectors were sealed, but none are drawn"
        raise InvalidInput([Fault("assignment", problem)])
    if plain["inspectors"] is not None:
        people = codec.structure_list(plain["inspectors"], Inspector, "inspectors")
        inspectors = plain_inspectors(people)
    return Bundle(drawn, inspectors, assignment, tuple(plain["log"]))


def _draw_differs(said: Plain, made: Plain) -> Iterator[Fault]:
    """Where two draws differ; picks and reserves by the names of their stratum."""
    chosen, right = said.get("selections"), made["selections"]
    yield from differences({**said, "selections": []}, {**made, "selections": []}, "draw")
    if not isinstance(chosen, list) or len(chosen) != len(right):
        yield from differences(chosen, right, "draw.selections")
        return
    for shown, found in zip(chosen, right, strict=True):
        name = f"draw.selections, {found['group']}/{found['stratum']}, "
        for each in differences(shown, found, name):
            yield Fault(each.path.replace(f"{name}.", name, 1), each.message)
