"""Benefits that a person draws already, and which of them reduce another: shared by all benefits.

A term ``nets_*`` says whether the benefit drawn is taken from the one asked for.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from attrs import frozen

from minzheng.base.money import to_fen
from minzheng.benefits.unknowns import MANY, Unknowns, distinct
from minzheng.people import DrawnKind, Person
from minzheng.standards.reading import Reading

__all__ = ["DrawnFacts", "NettingTerms", "drawn_by", "drawn_facts", "netted_month", "netting"]


@frozen(kw_only=True, slots=False)  # so that a room can join it with others
class DrawnFacts:
    """What a person draws, in fen a month; the kinds are ``people.DrawnKind``."""

    drawn_dibao: int = 0
    drawn_tekun: int = 0
    drawn_orphan: int = 0
    drawn_de_facto_unattended: int = 0
    drawn_children_in_difficulty: int = 0
    drawn_disability_living: int = 0
    drawn_disability_care: int = 0
    drawn_old_age_allowance: int = 0
    drawn_elderly_subsidy: int = 0
    drawn_work_injury_care: int = 0
    drawn_family_planning: int = 0
    drawn_other: int = 0


@frozen(kw_only=True, slots=False)  # so that a room can join it with others
class NettingTerms:
    """Which benefits drawn are taken from this one; those that no row names are not."""

    nets_dibao: bool
    nets_tekun: bool
    nets_orphan: bool
    nets_de_facto_unattended: bool
    nets_children_in_difficulty: bool
    nets_disability_living: bool
    nets_disability_care: bool
    nets_old_age_allowance: bool
    nets_elderly_subsidy: bool
    nets_work_injury_care: bool
    nets_family_planning: bool
    nets_other: bool


def netted_month(f: DrawnFacts, t: NettingTerms) -> int:
    """What is taken from the benefit, in fen a month."""
    return (
        f.drawn_dibao * (t.nets_dibao == 1)
        + f.drawn_tekun * (t.nets_tekun == 1)
        + f.drawn_orphan * (t.nets_orphan == 1)
        + f.drawn_de_facto_unattended * (t.nets_de_facto_unattended == 1)
        + f.drawn_children_in_difficulty * (t.nets_children_in_difficulty == 1)
        + f.drawn_disability_living * (t.nets_disability_living == 1)
        + f.drawn_disability_care * (t.nets_disability_care == 1)
        + f.drawn_old_age_allowance * (t.nets_old_age_allowance == 1)
        + f.drawn_elderly_subsidy * (t.nets_elderly_subsidy == 1)
        + f.drawn_work_injury_care * (t.nets_work_injury_care == 1)
        + f.drawn_family_planning * (t.nets_family_planning == 1)
        + f.drawn_other * (t.nets_other == 1)
    )


def netting(read: Reading, series: str) -> dict[str, Any]:
    """The fields of :class:`NettingTerms` from a series with the key ``kind``."""
    return {
        f"nets_{kind.name.lower()}": read.yes(read.get(series, kind=kind.name.lower()))
        for kind in DrawnKind
    }


def drawn_by(
    p: Person, path: str, t: NettingTerms, unknowns: Unknowns, apart: Container[DrawnKind] = ()
) -> Mapping[DrawnKind, int]:
    """What a person draws, in fen a month by kind; an amount matters only where it is netted.

    Args:
        p: the person.
        path: of the person.
        t: what is netted.
        unknowns: collects what is not known.
        apart: kinds that count by being drawn at all, whatever their amount.
    """
    nets = {kind: bool(getattr(t, f"nets_{kind.name.lower()}")) for kind in DrawnKind}
    if p.drawn is None:

        def treatment(drawn: Mapping[DrawnKind, int]) -> tuple[int, bool]:
            taken = sum(fen for kind, fen in drawn.items() if nets[kind])
            return taken, any(kind in apart for kind in drawn)

        lists: list[dict[DrawnKind, int]] = [{}]
        lists += [{kind: fen} for kind in DrawnKind for fen in (0, MANY)]
        domain = distinct(lists, treatment)
        return unknowns.take(None, path, "drawn", domain, len(domain) > 1)
    sums: dict[DrawnKind, int] = {}
    for number, each in enumerate(p.drawn):
        stated = None if each.month is None else to_fen(each.month)
        here = f"{path}.drawn[{number}]"
        amount = unknowns.take(stated, here, "month", (MANY, 0), nets[each.kind], monotone=True)
        sums[each.kind] = sums.get(each.kind, 0) + amount
    return sums


def drawn_facts(drawn: Mapping[DrawnKind, int]) -> dict[str, Any]:
    """The same as the fields of :class:`DrawnFacts`."""
    return {f"drawn_{kind.name.lower()}": fen for kind, fen in drawn.items()}
