"""The seal: frame and plan fixed by their hashes, published before the seed exists."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from attrs import field, frozen

from minzheng.base import codec
from minzheng.errors import InvalidInput
from minzheng.inspection.canonical import digest
from minzheng.inspection.frame import Frame
from minzheng.inspection.layout import Layout, lay_out
from minzheng.inspection.plan import Plan
from minzheng.inspection.seeds import entropy_bits, instant

__all__ = ["SEAL_FORMAT", "Sealed", "seal"]

SEAL_FORMAT = "minzheng-seal/1"


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
        InvalidInput: when the plan does not fit the frame; see ``lay_out``.
    """
    layout = lay_out(frame, plan)
    plain = codec.unstructure(plan)
    document = {
        "format": SEAL_FORMAT,
        "sealed_at": instant(at),
        "organizations": len(frame),
        "frame_sha256": frame.sha256,
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


def reseal(frame: Frame, document: dict[str, Any]) -> Sealed:
    """Read a published seal again, over its frame.

    Raises:
        InvalidInput: when sealing them again does not give the same document.
    """
    plan = codec.structure(document.get("plan"), Plan, "plan")
    made = seal(
        frame,
        plan,
        at=str(document.get("sealed_at")),
        inspectors_sha256=document.get("inspectors_sha256"),
    )
    wrong = [key for key, value in made.document.items() if document.get(key) != value]
    if wrong or document.keys() - made.document.keys():
        raise InvalidInput(f"the seal does not fit this frame and plan: {', '.join(wrong)} differ")
    return made
