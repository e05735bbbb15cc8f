"""Whether what a plan selects by occurs in the frame at all: a word misspelt covers nobody."""

from __future__ import annotations

from collections.abc import Iterator

from minzheng.base.suggest import unknown
from minzheng.errors import Fault
from minzheng.inspection.frame import Frame
from minzheng.inspection.plan import Plan

__all__ = ["unmatched"]


def unmatched(frame: Frame, plan: Plan) -> Iterator[Fault]:
    """Find tags, areas, kinds and risks of a plan that no organisation of the frame has.

    Those of groups and leads that say ``may_be_empty`` are not looked at.

    Returns:
        A fault for each, with the nearest word that occurs.
    """
    occurring: dict[str, set[str]] = {}

    def words(column: str) -> set[str]:
        if column not in occurring:
            cells = set(frame.column(column))
            parts = {part for cell in cells for part in cell.split(";")}
            occurring[column] = (parts if column == "tags" else cells) - {""}
        return occurring[column]

    selectors = [
        (f"plan.groups[{place}].{name}", column, getattr(group, name))
        for place, group in enumerate(plan.groups)
        if not group.may_be_empty
        for name, column in (
            ("kinds", "kind"),
            ("tags", "tags"),
            ("areas", "area"),
            ("risks", "risk"),
        )
    ]
    leads = () if plan.team is None else plan.team.leads
    selectors += [
        (f"plan.team.leads[{place}].{name}", column, getattr(lead, name))
        for place, lead in enumerate(leads)
        if not lead.may_be_empty
        for name, column in (("kinds", "kind"), ("tags", "tags"))
    ]
    for path, column, wanted in selectors:
        for place, word in enumerate(wanted):
            known = words(column)
            if column == "area":
                known = {area[: len(word)] for area in known}
            if word not in known:
                yield Fault(
                    f"{path}[{place}]",
                    f"no organisation of the frame has it: {unknown(word, known)}",
                )
