"""From a frame and a plan to strata: who can be drawn in each, and how many are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from attrs import field, frozen

from minzheng.base.dates import add_months
from minzheng.base.i18n import N_
from minzheng.errors import Fault, InvalidInput
from minzheng.inspection.frame import NEVER, Frame
from minzheng.inspection.plan import Group, Named, Plan
from minzheng.inspection.selectors import unmatched
from minzheng.inspection.shares import apportion, share

__all__ = ["CAP", "GAP", "Layout", "Stratum", "lay_out"]

GAP = N_("inspected too recently")
CAP = N_("inspected as often as the plan allows this year")


@frozen(kw_only=True)
class Stratum:
    """One stratum of one group; a group without strata is one.

    Attributes:
        group: the group.
        stratum: the word of the column it is made by; empty without strata.
        population: how many it has, those that are not drawn included.
        eligible: places in the frame of those that can be drawn, in the order of the frame.
        certain: places of those that are drawn for certain.
        quota: how many are drawn.
    """

    group: Group = field(repr=False)
    stratum: str
    population: int
    eligible: Sequence[int] = field(repr=False)
    certain: tuple[int, ...]
    quota: int

    @property
    def path(self) -> tuple[str, str]:
        """The names of group and stratum."""
        return self.group.name, self.stratum


@frozen
class Layout:
    """The strata of a plan over a frame, and who is left out.

    Attributes:
        strata: in the order of the groups, and within each of the strata's words.
        excluded: who is not drawn, and why, in the order of codes.
    """

    strata: tuple[Stratum, ...]
    excluded: tuple[Named, ...]


def lay_out(frame: Frame, plan: Plan) -> Layout:
    """Make the strata.

    Shares are of all that a group covers: leaving somebody out does not lower how many
    are drawn, as far as enough are left.

    Raises:
        InvalidInput: with every fault: codes that are not in the frame, certain units that
            are barred or in no group, facts the plan needs that the frame does not know.
    """
    places = {code: place for place, code in enumerate(frame.codes)} if _named(plan) else {}
    faults = [
        Fault("excluded, certain", f"{code} is not in the frame")
        for code in _named(plan)
        if code not in places
    ]
    out = {each.code: each.reason for each in plan.excluded}
    barred, unknown = _barred(frame, plan)
    faults += unknown
    for code, reason in barred.items():
        out.setdefault(code, reason)
    faults += [
        Fault("certain", f"{each.code} cannot be drawn: {out[each.code]}")
        for each in plan.certain
        if each.code in out
    ]
    if faults:
        raise InvalidInput(faults)
    left_out = {places[code] if places else frame.codes.index(code) for code in out}
    certain = {places[each.code] for each in plan.certain}
    faults += unmatched(frame, plan)
    strata = [
        each for group in plan.groups for each in _strata(frame, group, left_out, certain, faults)
    ]
    covered = {place for each in strata for place in each.certain}
    faults += [
        Fault("certain", f"{frame.codes[place]} is in no group")
        for place in sorted(certain - covered)
    ]
    if faults:
        raise InvalidInput(faults)
    return Layout(tuple(strata), tuple(Named(code, out[code]) for code in sorted(out)))


def _named(plan: Plan) -> list[str]:
    return [each.code for each in (*plan.excluded, *plan.certain)]


def _barred(frame: Frame, plan: Plan) -> tuple[dict[str, str], list[Fault]]:
    """Whom the gap and the cap leave out; what they need must be known."""
    barred: dict[str, str] = {}
    faults = []
    if plan.cap is not None:
        counts = frame.column("inspections")
        faults += _blank(frame, "inspections", counts, "cap")
        barred |= {
            code: CAP
            for code, count in zip(frame.codes, counts, strict=True)
            if count and int(count) >= plan.cap
        }
    if plan.gap_months is not None:
        days = frame.column("inspected")
        faults += _blank(frame, "inspected", days, "gap_months")
        barred = {
            code: GAP
            for code, day in zip(frame.codes, days, strict=True)
            if day and day != NEVER and _inside(date.fromisoformat(day), plan.gap_months, plan.on)
        } | barred
    return barred, faults


def _inside(inspected: date, months: int, on: date) -> bool:
    """Whether a day is less than so many months after an inspection."""
    if inspected.year + months // 12 + 1 > date.max.year:
        return inspected.year * 12 + inspected.month + months > on.year * 12 + on.month
    return add_months(inspected, months) > on


def _blank(frame: Frame, column: str, cells: Sequence[str], needs: str) -> list[Fault]:
    blank = [code for code, cell in zip(frame.codes, cells, strict=True) if not cell]
    if not blank:
        return []
    shown = ", ".join(blank[:3]) + (f" and {len(blank) - 3} more" if len(blank) > 3 else "")
    return [Fault(f"frame.{column}", f"{needs} needs it, and it is not known of {shown}")]


def _strata(
    frame: Frame, group: Group, out: set[int], certain: set[int], faults: list[Fault]
) -> list[Stratum]:
    members = _members(frame, group)
    if not members and not group.may_be_empty:
        faults.append(
            Fault(
                "plan.groups",
                f"{group.name} covers no organisation of the frame: say may_be_empty where it may",
            )
        )
    if group.method.by_size:
        sizes = frame.column("size")
        faults += [
            Fault(
                "frame.size", f"{group.name} needs it, and it is not known of {frame.codes[place]}"
            )
            for place in members
            if not sizes[place]
        ]
    parts: dict[str, list[int]] = {}
    if group.by is None:
        parts[""] = list(members)
    else:
        column = frame.column(group.by)
        for place in members:
            parts.setdefault(column[place], []).append(place)
        if group.by != "kind" and "" in parts:
            faults.append(
                Fault(
                    f"frame.{group.by}",
                    f"{group.name} is stratified by it, and it is not known of {len(parts[''])}",
                )
            )
    words = sorted(parts)
    eligible = {
        word: [place for place in parts[word] if place not in out] if out else parts[word]
        for word in words
    }
    taken = {word: tuple(sorted(certain.intersection(parts[word]))) for word in words}
    try:
        quotas = _quotas(
            group, [len(parts[word]) for word in words], [len(eligible[word]) for word in words]
        )
    except InvalidInput as error:
        faults += error.under(f"plan.groups, {group.name}").faults
        return []
    return [
        Stratum(
            group=group,
            stratum=word,
            population=len(parts[word]),
            eligible=eligible[word],
            certain=taken[word],
            quota=max(quota, len(taken[word])),
        )
        for word, quota in zip(words, quotas, strict=True)
    ]


def _members(frame: Frame, group: Group) -> Sequence[int]:
    members: Sequence[int] = range(len(frame))
    for name, words in (("kind", group.kinds), ("risk", group.risks)):
        if words:
            column = frame.column(name)
            members = [place for place in members if column[place] in words]
    if group.areas:
        column = frame.column("area")
        members = [place for place in members if column[place].startswith(group.areas)]
    if group.tags:
        column = frame.column("tags")
        wanted = set(group.tags)
        members = [place for place in members if wanted.intersection(column[place].split(";"))]
    return members


def _quotas(group: Group, populations: list[int], eligible: list[int]) -> list[int]:
    if group.apportion is None:
        return [
            min(_wanted(group, population), can)
            for population, can in zip(populations, eligible, strict=True)
        ]
    n = min(_wanted(group, sum(populations)), sum(eligible))
    return apportion(eligible, n, group.apportion, minimum=group.minimum)


def _wanted(group: Group, population: int) -> int:
    if population < group.all_if_fewer_than:
        return population
    if group.ratio is None:
        return min(group.count or 0, population)
    return share(group.ratio, population)
