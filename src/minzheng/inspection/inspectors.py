"""Inspectors: what they can do, and whom they must not inspect."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from attrs import frozen

from minzheng.base import codec
from minzheng.base.brief import shown
from minzheng.base.dates import add_months
from minzheng.base.suggest import unknown
from minzheng.errors import Fault, InvalidInput
from minzheng.inspection import wording
from minzheng.inspection.canonical import digest
from minzheng.inspection.frame import Frame
from minzheng.inspection.plan import Team

__all__ = [
    "Inspector",
    "Interest",
    "Post",
    "barred",
    "check_inspectors",
    "inspectors_sha256",
    "plain_inspectors",
]


@frozen(kw_only=True)
class Interest:
    """An interest relation (利害关系) to an organisation.

    Attributes:
        code: the organisation's credit code.
        relation: in words.
    """

    code: str = wording.code()
    relation: str = wording.line("")


@frozen(kw_only=True)
class Post:
    """A post in an organisation.

    Attributes:
        code: the organisation's credit code.
        until: the day it ended; ``None`` when it still runs.
    """

    code: str = wording.code()
    until: date | None = None


@frozen(kw_only=True)
class Inspector:
    """One inspector.

    Attributes:
        id: the number of the enforcement certificate, or another that is unique.
        name: the name.
        skills: what the inspector can do, in the words of the plan.
        capacity: how many organisations at most; ``None`` sets no limit.
        interests: interest relations.
        posts: posts held.
    """

    id: str = wording.line()
    name: str = wording.line("", shown=False)
    skills: tuple[str, ...] = wording.words()
    capacity: int | None = None
    interests: tuple[Interest, ...] = wording.listed(())
    posts: tuple[Post, ...] = wording.listed(())

    def __attrs_post_init__(self) -> None:
        if not self.id:
            raise InvalidInput([Fault("id", "is required")])


def check_inspectors(
    inspectors: Sequence[Inspector], frame: Frame, team: Team | None = None
) -> None:
    """Check a list of inspectors against the frame and what a plan asks of teams.

    Args:
        inspectors: the list.
        frame: who can be drawn.
        team: of the plan; left out, skills are not looked at.

    Raises:
        InvalidInput: for interests and posts in organisations that are not in the frame,
            and skills that the plan asks for and no inspector has.
    """
    codes = [
        (f"inspectors.{each.id}.{name}[{place}].code", code)
        for each in inspectors
        for name, named in (
            ("interests", [interest.code for interest in each.interests]),
            ("posts", [post.code for post in each.posts]),
        )
        for place, code in enumerate(named)
    ]
    known = set(frame.codes)
    faults = [
        Fault(path, f"{shown(code)} is not in the frame")
        for path, code in codes
        if code not in known
    ]
    skills = {skill for each in inspectors for skill in each.skills}
    faults += [
        Fault(
            f"plan.team.leads[{place}].skill", f"no inspector has it: {unknown(lead.skill, skills)}"
        )
        for place, lead in enumerate(team.leads if team else ())
        if lead.skill not in skills and not lead.may_be_empty
    ]
    if faults:
        raise InvalidInput(faults)


def barred(inspectors: Sequence[Inspector], team: Team, on: date) -> list[frozenset[str]]:
    """The organisations from which each inspector recuses on a day.

    Source:
        民发〔2017〕45号: an interest relation means recusal (回避). The years after a
        post are the plan's; 民政部令第39号 art. 19 has two for experts of evaluation.

    Raises:
        InvalidInput: for ids that stand twice, a capacity below 0, and posts that ended
            where the plan says no years.
    """
    faults = []
    ids = [each.id for each in inspectors]
    faults += [
        Fault("inspectors", f"{each!r} stands twice")
        for each in sorted({x for x in ids if ids.count(x) > 1})
    ]
    made = []
    for each in inspectors:
        if each.capacity is not None and each.capacity < 0:
            faults.append(
                Fault(f"inspectors.{each.id}.capacity", f"expected 0 or more, got {each.capacity}")
            )
        codes = {interest.code for interest in each.interests}
        for post in each.posts:
            if post.until is None:
                codes.add(post.code)
            elif team.recusal_years is None:
                faults.append(
                    Fault(
                        f"inspectors.{each.id}.posts", "ended, and the plan says no recusal_years"
                    )
                )
            elif post.until.year + team.recusal_years > date.max.year or (
                add_months(post.until, 12 * team.recusal_years) > on
            ):
                codes.add(post.code)
        made.append(frozenset(codes))
    if faults:
        raise InvalidInput(faults)
    return made


def plain_inspectors(inspectors: Iterable[Inspector]) -> list[dict[str, Any]]:
    """The list as plain data, by id."""
    ordered = sorted(inspectors, key=lambda each: each.id)
    return [dict(codec.unstructure(each)) for each in ordered]


def inspectors_sha256(inspectors: Iterable[Inspector]) -> str:
    """The hash of the list that the seal publishes."""
    return digest(plain_inspectors(inspectors))
