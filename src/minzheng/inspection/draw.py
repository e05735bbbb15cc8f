"""The draw: a sealed plan and a seed give the picks, the same for anybody who replays it."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from functools import cached_property
from hashlib import sha256
from typing import Any

from attrs import evolve, field, frozen

from minzheng.errors import Fault, InvalidInput
from minzheng.inspection.canonical import canonical
from minzheng.inspection.layout import Stratum
from minzheng.inspection.plan import Method, Rotation
from minzheng.inspection.ranking import rank, rotated, smallest, ticket
from minzheng.inspection.seal import Sealed
from minzheng.inspection.seeds import Outcome, seed_text

__all__ = ["Drawn", "Pick", "Selection", "draw", "key_for", "wheel_key"]


@frozen
class Pick:
    """One organisation drawn, or in reserve.

    Attributes:
        code: its credit code.
        ticket: its ticket in hexadecimal.
    """

    code: str
    ticket: str


@frozen
class Selection:
    """What was drawn in one stratum.

    Attributes:
        group: the name of the group.
        stratum: the word of the stratum; empty without strata.
        picks: those drawn, in their order.
        reserves: those in reserve, in their order.
    """

    group: str
    stratum: str
    picks: tuple[Pick, ...]
    reserves: tuple[Pick, ...]


@frozen(eq=False)
class Drawn:
    """The outcome of a draw.

    Attributes:
        sealed: what was sealed.
        outcomes: what the sources of chance showed.
        seed: the seed's text.
        rotation_key: the key of a plan with rotation, revealed, in hexadecimal.
        selections: what was drawn, stratum by stratum.
    """

    sealed: Sealed
    outcomes: tuple[Outcome, ...]
    seed: str
    rotation_key: str | None
    selections: tuple[Selection, ...] = field(repr=False)

    @cached_property
    def codes(self) -> list[str]:
        """The codes drawn in any group, each once, ascending."""
        return sorted({pick.code for each in self.selections for pick in each.picks})

    def key(self, purpose: str) -> bytes:
        """The key of a purpose, such as ``inspectors``."""
        return key_for(self.seed, self.sealed.plan_sha256, purpose)

    @property
    def at(self) -> str:
        """When its seed was known: the moment of the last outcome, in UTC."""
        return max(each.at for each in self.outcomes)

    @cached_property
    def tickets_key(self) -> bytes:
        """The key of the tickets of organisations."""
        if self.rotation_key is None:
            return self.key("organizations")
        return wheel_key(self.seed, bytes.fromhex(self.rotation_key))

    @property
    def plain(self) -> dict[str, Any]:
        """The draw as plain data for a bundle."""
        return {
            "seed": self.seed,
            "rotation_key": self.rotation_key,
            "selections": [
                {
                    "group": each.group,
                    "stratum": each.stratum,
                    "picks": [[pick.code, pick.ticket] for pick in each.picks],
                    "reserves": [[pick.code, pick.ticket] for pick in each.reserves],
                }
                for each in self.selections
            ],
        }


def key_for(seed: str, plan_sha256: str, purpose: str) -> bytes:
    r"""HMAC-SHA256 of the plan's hash and a purpose, keyed by the seed.

    Example:
        >>> key_for("dice=3.1./\n", "00" * 32, "organizations").hex()[:16]
        '6381631a933c7210'
    """
    return hmac.digest(seed.encode(), f"{plan_sha256}/{purpose}".encode(), "sha256")


def wheel_key(seed: str, key: bytes) -> bytes:
    r"""HMAC-SHA256 of the key of a rotation, keyed by the seed.

    Neither who knows the key before the seal nor who knows the outcome first decides alone; plans sealed
    before the same outcome and under the same key share it.

    Example:
        >>> wheel_key("dice=3.1./\n", b"secret").hex()[:16]
        'e2a595bf3c732351'
    """
    return hmac.digest(seed.encode(), b"wheel/" + key, "sha256")


def draw(
    sealed: Sealed, outcomes: Sequence[Outcome], *, rotation_key: bytes | None = None
) -> Drawn:
    """Draw.

    Args:
        sealed: a frame and a plan, sealed.
        outcomes: what the announced sources showed, in the order of the plan.
        rotation_key: the key that a plan with rotation committed to.

    Raises:
        InvalidInput: for a seed that does not fit the plan or existed before the seal.
    """
    seed = seed_text(sealed.plan.seeds, outcomes, sealed.at)
    _check(sealed.plan.rotation, rotation_key)
    shown = None if rotation_key is None else rotation_key.hex()
    made = Drawn(sealed, tuple(outcomes), seed, shown, ())
    return evolve(
        made,
        selections=tuple(
            select(sealed, stratum, made.tickets_key, stratum.quota + stratum.group.reserves)
            for stratum in sealed.layout.strata
        ),
    )


def _check(rotation: Rotation | None, key: bytes | None) -> None:
    if (rotation is None) is not (key is None):
        word = "the plan has no rotation" if rotation is None else "the plan asks for it"
        raise InvalidInput([Fault("rotation_key", word)])
    if rotation and key is not None and sha256(key).hexdigest() != rotation.commitment:
        raise InvalidInput([Fault("rotation_key", "is not the key the plan committed to")])


def select(sealed: Sealed, stratum: Stratum, key: bytes, depth: int) -> Selection:
    """Rank a stratum down to a depth: picks up to its quota, then reserves."""
    frame, group, rotation = sealed.frame, stratum.group, sealed.plan.rotation
    certain = [
        Pick(code, f"{ticket(key, code):064x}")
        for code in map(frame.codes.__getitem__, stratum.certain)
    ]
    taken = set(stratum.certain)
    places = (
        [place for place in stratum.eligible if place not in taken] if taken else stratum.eligible
    )
    codes = frame.codes if len(places) == len(frame) else [frame.codes[place] for place in places]
    quota, depth = stratum.quota - len(certain), depth - len(certain)
    if group.method is Method.TICKETS and rotation is None:
        ranked = [Pick(code, made.hex()) for made, code in smallest(key, codes, depth)]
    else:
        tickets = [ticket(key, code) for code in codes]
        turned = [rotated(each, rotation.shift) for each in tickets] if rotation else tickets
        column = frame.column("size") if group.method.by_size else []
        sizes = [int(column[place]) for place in places] if column else [1] * len(codes)
        start = ticket(key, canonical(["start", group.name, stratum.stratum]))
        order = rank(group.method, turned, sizes, quota, start)[:depth]
        ranked = [Pick(codes[place], f"{tickets[place]:064x}") for place in order]
    return Selection(
        group.name, stratum.stratum, (*certain, *ranked[:quota]), tuple(ranked[quota:])
    )
