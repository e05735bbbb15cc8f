"""Whether a plan draws as many as the law asks for, and by how much it does."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from minzheng.base.suggest import unknown
from minzheng.errors import Fault, InvalidInput
from minzheng.inspection.frame import Frame
from minzheng.inspection.layout import Layout, Stratum
from minzheng.inspection.plan import Level, Plan, PlanKind
from minzheng.inspection.shares import share
from minzheng.standards import Kind, Standards
from minzheng.standards.model import Found

__all__ = ["ASSOCIATION", "Check", "legality"]

ASSOCIATION = "industry_association"
"""The tag of industry associations and chambers of commerce (行业协会商会) in a frame."""

_LEVELS = {level: level.name.lower() for level in Level}


@frozen
class Check:
    """One rule on how many are drawn.

    Attributes:
        series: the series of the figure.
        population: of how many the share is.
        required: how many must be drawn, or how many inspectors there must be.
        planned: how many the plan draws at least, whatever the seed.
        figure: the figure, with its source.
    """

    series: str
    population: int
    required: int
    planned: int
    figure: Found

    @property
    def margin(self) -> int:
        """By how many the plan goes beyond what is required; below 0 it falls short."""
        return self.planned - self.required


def legality(
    frame: Frame, plan: Plan, layout: Layout, *, area: str, standards: Standards
) -> list[Check]:
    """Check a plan against the figures in force on its day.

    A regular inspection has a floor by level; an irregular one has none. A share of
    industry associations that the place has set is checked too: where the frame marks none,
    a group of the plan has to say that there may be none.

    Args:
        frame: all that are registered at the level; of a smaller frame the check says nothing.
        plan: the plan.
        layout: the strata of the two.
        area: six-digit code of the authority's place.
        standards: the tables.

    Raises:
        FigureNotFound: when no floor is held for that day.
        InvalidInput: when a share of associations is in force and nothing says which or that
            there are none; for areas of the frame whose code was not in use on that day.

    Source:
        民发〔2017〕45号 art. 5 for the floors.

    Limitations:
        Groups that overlap may draw the same organisations: of those only the largest
        number counts.
    """
    column = frame.column("area")
    first = {code: f"frame[{place}].area" for place, code in reversed([*enumerate(column)]) if code}
    if faults := standards.areas.faults({path: code for code, path in first.items()}, plan.on):
        raise InvalidInput(faults)
    checks = []
    everybody = set(range(len(frame)))
    if plan.kind is PlanKind.REGULAR:
        found = standards.find("inspection.share", area, plan.on, level=_LEVELS[plan.level])
        checks.append(_check("inspection.share", everybody, layout, found))
    tags = frame.column("tags")
    marked = {place for place in everybody if ASSOCIATION in tags[place].split(";")}
    target = standards.get("inspection.association_share", area, plan.on, kinds=(Kind.TARGET,))
    if marked and target is not None:
        checks.append(_check("inspection.association_share", marked, layout, target))
    elif target is not None and not any(
        ASSOCIATION in group.tags and group.may_be_empty for group in plan.groups
    ):
        occurring = {tag for cell in tags for tag in cell.split(";")} - {""}
        raise InvalidInput(
            [
                Fault(
                    "frame.tags",
                    f"a share of {ASSOCIATION} is in force, and no organisation has that tag: "
                    f"mark them, or plan a group of that tag that may_be_empty; "
                    f"{unknown(ASSOCIATION, occurring)}",
                )
            ]
        )
    if plan.team is not None:
        least = standards.find("inspection.inspectors", area, plan.on)
        if not isinstance(least.value, int):
            raise InvalidInput([Fault("inspection.inspectors", "expected a whole number")])
        checks.append(Check("inspection.inspectors", 1, least.value, plan.team.per_site, least))
    return checks


def _check(series: str, population: set[int], layout: Layout, found: Found) -> Check:
    if not isinstance(found.value, Fraction):
        raise InvalidInput([Fault(series, "expected a ratio")])
    required = share(found.value, len(population))
    inside = [each for each in layout.strata if population.issuperset(each.eligible)]
    return Check(series, len(population), required, _at_least(inside), found)


def _at_least(strata: list[Stratum]) -> int:
    """How many different ones are drawn whatever the seed.

    The strata of one group never overlap; of groups that do, the largest number counts.
    """
    groups: dict[str, tuple[set[int], int]] = {}
    for stratum in strata:
        members, quota = groups.get(stratum.group.name, (set(), 0))
        groups[stratum.group.name] = members.union(stratum.eligible), quota + stratum.quota
    parts: list[tuple[set[int], int]] = []
    for members, most in groups.values():
        together, largest, apart = members, most, []
        for other, quota in parts:
            if together.isdisjoint(other):
                apart.append((other, quota))
            else:
                together, largest = together | other, max(largest, quota)
        parts = [*apart, (together, largest)]
    return sum(quota for _members, quota in parts)
