"""Seal and draw with this library: a plan of one group, tickets in hexadecimal, the commitment."""

from __future__ import annotations

from datetime import date

from draws_measure import peer

from minzheng.inspection import (
    Frame,
    Group,
    Level,
    Organization,
    Outcome,
    Plan,
    PlanKind,
    Sealed,
    Source,
    SourceKind,
    draw,
    seal,
)


def load(codes: list[str]) -> Frame:
    """The frame of invented organisations."""
    return Frame.of(Organization(code=code, name="样本组织") for code in codes)


def sealed(frame: Frame, take: int) -> Sealed:
    """The frame sealed under a plan that draws so many."""
    plan = Plan(
        name="年度抽查",
        authority="样本省民政厅",
        level=Level.PROVINCE,
        kind=PlanKind.REGULAR,
        on=date(2026, 6, 1),
        groups=(Group(name="all", count=take),),
        seeds=(Source(kind=SourceKind.DICE, name="dice", faces=6, rolls=50),),
    )
    return seal(frame, plan, at="2026-06-01T09:00:00+08:00")


def run(frame: Frame, take: int) -> list[str]:
    """Seal, then draw."""
    rolls = Outcome(at="2026-06-02T09:00:00+08:00", numbers=((3, 1, 6, 2, 5) * 10,))
    return draw(sealed(frame, take), [rolls]).codes


if __name__ == "__main__":
    peer(load, run)
