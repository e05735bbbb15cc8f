"""The seal: frame and plan fixed by their hashes, published before the seed exists."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from attrs import field, frozen

from minzheng.base import codec
from minzheng.errors import Fault, InvalidInput
from minzheng.inspection.canonical import check_format, differences, digest, one_line
from minzheng.inspection.frame import Frame
from minzheng.inspection.layout import Layout, lay_out
from minzheng.inspection.plan import Plan
from minzheng.inspection.seeds import entropy_bits, instant, is_instant, too_early

__all__ = ["SEAL_FORMAT", "Sealed", "reseal", "seal"]

SEAL_FORMAT = "minzheng-seal/2"


@frozen(eq=False)
class Sealed:
    """A frame and a plan that can no longer be changed unseen.

    Attributes:
        frame: who can be drawn.
        plan: how.
        layout: the strata that the two make.
        document: what is published: sizes, hashes, the whole plan, the commitment.
    """

    frame: Frame
    plan: Plan
    layout: Layout = field(repr=False)
    document: dict[str, Any] = field(repr=False)

    @property
    def commitment(self) -> str:
        """SHA-256 of the published document without this line."""
        return str(self.document["commitment"])

    @property
    def plan_sha256(self) -> str:
        """SHA-256 of the plan alone: with the seed it makes the tickets."""
        return str(self.document["plan_sha256"])

    @property
    def at(self) -> str:
        """When it was sealed, in UTC."""
        return str(self.document["sealed_at"])


def seal(
    frame: Frame, plan: Plan, *, at: datetime | str, inspectors_sha256: str | None = None
) -> Sealed:
    """Seal a frame and a plan.

    Args:
        frame: who can be drawn.
        plan: how many, of whom, by which method, from which chance.
        at: the moment, with its time zone.
        inspectors_sha256: hash of the list of inspectors, where they are drawn too.

    Raises:
        InvalidInput: when the plan does not fit the frame, see ``lay_out``; when a source
            of chance is drawn at the seal or before it; for text that cannot be published as one line.
    """
    sealed_at = _moment(at)
    plain = codec.unstructure(plan)
    faults = [*one_line(plain, "plan"), *too_early(plan.seeds, sealed_at)]
    if inspectors_sha256 is not None and not re.fullmatch("[0-9a-f]{64}", inspectors_sha256):
        faults.append(Fault("inspectors_sha256", "expected a SHA-256 in lower-case hexadecimal"))
    try:
        layout = lay_out(frame, plan)
    except InvalidInput as error:
        raise InvalidInput([*faults, *error.faults]) from None
    if faults:
        raise InvalidInput(faults)
    document = {
        "format": SEAL_FORMAT,
        "sealed_at": sealed_at,
        "organizations": len(frame),
        "frame_sha256": frame.sha256,
        "admitted": list(frame.admitted),
        "plan": plain,
        "plan_sha256": digest(plain),
        "entropy_bits": entropy_bits(plan.seeds),
        "inspectors_sha256": inspectors_sha256,
        "excluded": [[each.code, each.reason] for each in layout.excluded],
        "strata": [
            {
                "group": each.group.name,
                "stratum": each.stratum,
                "population": each.population,
                "eligible": len(each.eligible),
                "quota": each.quota,
            }
            for each in layout.strata
        ],
    }
    return Sealed(frame, plan, layout, {**document, "commitment": digest(document)})


def _moment(at: datetime | str) -> str:
    try:
        return instant(at)
    except InvalidInput as error:
        raise error.under("at") from None


def reseal(frame: Frame, document: object) -> Sealed:
    """Read a published seal again, over its frame.

    Args:
        frame: the frame that was sealed.
        document: the seal as plain data.

    Raises:
        InvalidInput: when sealing them again does not give the same document, with every
            difference; for a seal of another format.
    """
    said = check_format(document, SEAL_FORMAT, "seal")
    at, listed = said.get("sealed_at"), said.get("inspectors_sha256")
    faults = []
    if not is_instant(at):
        problem = "expected a moment in UTC such as '2026-07-01T01:00:00Z'"
        faults.append(Fault("seal.sealed_at", problem))
    if listed is not None and not isinstance(listed, str):
        faults.append(Fault("seal.inspectors_sha256", "expected a SHA-256 in hexadecimal, or null"))
    if faults:
        raise InvalidInput(faults)
    try:
        plan = codec.structure(said.get("plan"), Plan, "plan")
        made = seal(frame, plan, at=str(at), inspectors_sha256=listed)
    except InvalidInput as error:
        raise error.under("seal") from None
    differ = [
        Fault("seal", f"does not fit this frame and plan: {each}")
        for each in differences(said, made.document, "seal")
    ]
    if differ:
        raise InvalidInput(differ)
    return made
