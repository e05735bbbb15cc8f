"""Writes the golden file: invented cases of every benefit, the tables of the day, and what is decided.

``python tools/golden.py`` writes ``tests/golden/cases/`` and ``tests/golden/tables.jsonl.xz`` by the code and
the tables that are installed, and prints what is reached. It is run to make a golden file before a
change, never to make a failing test pass.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal
from enum import IntEnum
from functools import cache
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "golden"))

from golden_file import (  # noqa: E402
    CASES,
    ENTITLEMENTS,
    INPUTS,
    TABLES,
    decided,
    standards,
    write_lines,
)

from minzheng.base import codec  # noqa: E402
from minzheng.base.areas import NATION, children  # noqa: E402
from minzheng.base.dates import add_months  # noqa: E402
from minzheng.errors import MinzhengError  # noqa: E402
from minzheng.people import (  # noqa: E402
    AbilityScale,
    Applicant,
    Assistance,
    CareService,
    DisabilityType,
    DrawnKind,
    Hardship,
    Household,
    IncomeKind,
    ParentState,
    Placement,
    RegisteredPoor,
    Residence,
    School,
    SpendingKind,
    Study,
    SupporterStatus,
    Whereabouts,
)
from minzheng.standards import Figure, Found, Kind, Per, Series, Standards, Unit  # noqa: E402

Stated = dict[str, Any]
DAY = timedelta(days=1)
SEED = 20261129
EACH: Mapping[str, int] = {
    **{"dibao": 2600, "edge": 2200, "rigid": 2200, "tekun": 2400, "temporary": 2400},
    ENTITLEMENTS: 400,
}
"""How many cases of a benefit at least; of the others ``OTHERS``."""
OTHERS = 2000
UNKNOWN = 0.3
"""The share of cases some of whose facts are unknown."""
FILLED = ("filled-1", "filled-2", "filled-3", "filled-4")
"""Tables of the whole nation, invented for what no table states for all of it."""
SPARSE: Mapping[str, frozenset[str]] = {
    "sparse-1": frozenset(("elderly_care.combine", "elderly_care.level=mzt_039")),
    "sparse-2": frozenset(
        (
            *("orphan.rate", "orphan.multiple", "dibao.exit.amount", "elderly_care.combine"),
            *("orphan_schooling.amount=half", "elderly_care.level=gbt_42195"),
        )
    ),
    "sparse-3": frozenset(
        (
            *("dibao.edge.ratio", "dibao.edge.cap", "tekun.continues.age"),
            *("elderly_care.combine", "care_voucher.share=home"),
        )
    ),
    "sparse-4": frozenset(("dibao.standard", "dibao.exit.months", "elderly_care.combine")),
}
"""The same and the figures of the day, with gaps: series, or words of them, that each lacks in any case."""
INVENTED = ("130822", "130824", "130825", "130826", "130827", "130828", "130802", "130804")
"""Counties for each of which a table is invented that fills in what no table states."""
INVENTED_CHANGE = date(2022, 1, 1)
INVENTED_DAYS = tuple(
    map(
        date.fromisoformat,
        (
            *("2013-06-03", "2019-01-01", "2020-07-24", "2021-06-30", "2021-07-01", "2021-12-31"),
            *("2022-01-01", "2023-08-31", "2025-03-31", "2026-06-30", "2026-07-01"),
        ),
    )
)


# --- places, days, tables


class Recorder(Standards):
    """Standards that remember which series were asked for."""

    asked: set[str]
    needed: set[str]

    def find(
        self,
        series: str,
        area: str,
        on: date,
        *,
        kinds: tuple[Kind, ...] | None = None,
        **keys: str,
    ) -> Found:
        """As of the standards; what is found so is needed."""
        self.needed.add(series)
        return super().find(series, area, on, kinds=kinds, **keys)

    def get(
        self,
        series: str,
        area: str,
        on: date,
        *,
        kinds: tuple[Kind, ...] | None = None,
        **keys: str,
    ) -> Found | None:
        """As of the standards."""
        self.asked.add(series)
        return super().get(series, area, on, kinds=kinds, **keys)


def terms_of(benefit: str) -> Callable[..., Any]:
    """What reads the terms of a benefit."""
    made: Callable[..., Any] = import_module(f"minzheng.benefits.{benefit}.terms").terms
    return made


def series_of(benefit: str, tables: Standards) -> tuple[set[str], set[str]]:
    """The series that a benefit reads, and those of them that it needs."""
    recorder = Recorder(tables.series.values(), *tables.layers, areas=tables.areas)
    recorder.asked, recorder.needed = set(), set()
    for on in INVENTED_DAYS:
        for area in ("130822", "330782", "310101"):
            terms_of(benefit)(recorder, area, on, Residence.RURAL)
    return recorder.asked, recorder.needed


def places(tables: Standards) -> list[str]:
    """A county for each place with figures: itself, or the first and the last below it."""
    found: dict[str, None] = {}
    for area in sorted({each.area for each in tables} - {NATION}):
        counties = list(_counties(area))
        found |= dict.fromkeys((counties[0], counties[-1]))
    return list(found)


def _counties(area: str) -> Iterator[str]:
    below = children(area, date(2021, 7, 1))
    if not below:
        yield area
    for each in below:
        yield from _counties(each.code)


def days_of(area: str, asked: set[str], tables: Standards) -> list[date]:
    """Each day on which a figure changes that a benefit reads in a place, and the day before."""
    found: set[date] = set()
    for each in tables:
        if each.series in asked and each.span is not None:
            for day in (each.span.start, each.span.end):
                if day is not None and day.year > 1981:
                    found |= {
                        on for on in (day - DAY, day) if each.area in _levels(tables, area, on)
                    }
    return sorted(found)


@cache
def _levels(tables: Standards, area: str, on: date) -> tuple[str, ...]:
    try:
        return tables.areas.levels(area, on)
    except MinzhengError:
        return ()


def rows_of(tables: Standards) -> Iterator[Stated]:
    """The figures of tables as rows that the loader of a table takes, without sources and notes."""
    for each in sorted(tables, key=lambda figure: (figure.area, figure.series, figure.keys)):
        span = each.span
        row: Stated = {"series": each.series, "keys": dict(each.keys), "value": _plain(each)}
        row |= {"per": each.per.value, "kind": each.kind.value}
        days = {
            "from": None if span is None else span.start,
            "to": None if span is None else span.end,
            "known_from": each.known_from,
            "to_known_from": each.end_known_from,
        }
        row |= {name: day.isoformat() for name, day in days.items() if day is not None}
        stated = {"from_stated": each.start_stated, "to_stated": each.end_stated}
        row |= {name: False for name, said in stated.items() if not said}
        yield {"area": each.area, "row": row}


def _plain(figure: Figure) -> Any:
    value = figure.value
    if isinstance(value, tuple):
        return list(map(str, value))
    return value if isinstance(value, bool | int) else str(value)


def lacks(series: Series, area: str, tables: Standards) -> bool:
    """Whether no row of a series is there for the nation, nor for a place on one of the days."""
    rows = [each for each in tables if each.series == series.name and each.kind in series.deciding]
    if any(each.area == NATION for each in rows):
        return False
    above = () if area == NATION else tables.areas.levels(area, INVENTED_CHANGE)
    near = [each for each in rows if each.area in above]
    return not all(any(each.in_force(on) for each in near) for on in INVENTED_DAYS)


def invented_rows(
    rng: random.Random,
    area: str,
    asked: set[str],
    tables: Standards,
    filled: Callable[[str], float],
    changed: float,
) -> Iterator[Stated]:
    """Rows of one place for what no table states there.

    Args:
        rng: where the values come from.
        area: the place.
        asked: the series.
        tables: what is stated.
        filled: the chance that what is not stated of a series is invented.
        changed: the share of what is stated that is stated anew.
    """
    for name in sorted(asked):
        series = tables.series[name]
        if name == "overlap" or rng.random() > (
            filled(name) if lacks(series, area, tables) else changed
        ):
            continue
        # rows without keys only where the key is the residence: others are read by their words
        keyed = {} if set(series.keys) == {"residence"} and rng.random() < 0.5 else series.keys
        combined = [dict(zip(keyed, words, strict=True)) for words in product(*keyed.values())]
        kept = combined if len(combined) <= 24 else rng.sample(combined, 24)
        for keys in kept:
            if len(kept) > 1 and rng.random() > filled(name):
                continue
            spans = [{"from": "2005-01-01"}]
            if rng.random() < 0.3:
                change = INVENTED_CHANGE.isoformat()
                spans = [{"from": "2005-01-01", "to": change}, {"from": change}]
            for span in spans:
                yield {"area": area, "row": invented_row(rng, series, keys) | span}


def is_gap(row: Stated, gaps: frozenset[str]) -> bool:
    """Whether a sparse table lacks a row."""
    series = row["series"]
    return series in gaps or any(f"{series}={each}" in gaps for each in row["keys"].values())


def invented_row(rng: random.Random, series: Series, keys: Mapping[str, str]) -> Stated:
    """A row with a likely value."""
    per = rng.choice(series.pers)
    kind = series.deciding[0]
    return {
        "series": series.name,
        "keys": dict(keys),
        "value": invented_value(rng, series, per),
        "per": per.value,
        "kind": kind.value,
    }


def invented_value(rng: random.Random, series: Series, per: Per) -> Any:
    """A likely value of a series."""
    if series.name.endswith("rounding.unit"):
        return rng.choice(["0.01", "0.1", "1", "10"])
    unit = series.unit
    if unit is Unit.FLAG:
        return rng.random() < 0.5
    if unit is Unit.TERM:
        return rng.choice([*series.terms, series.terms[-1]])
    if unit is Unit.RATIO:
        if series.name in ("dibao.exit.income_ratio", "dibao.edge.ratio", "dibao.edge.cap"):
            return rng.choice(["1.2", "1.5", "2", "3"])
        low = ["0.1", "0.3", "0.35", "0.5", "0.6", "0.75", "0.8", "1"]
        return rng.choice([*low, "1.3", "1.5", "2", "6"])
    if unit is Unit.YUAN and series.name != "dibao.standard" and rng.random() < 0.06:
        return "0"  # a stated nothing, which is no missing figure
    if unit is Unit.YUAN_LIST:
        return list(map(str, sorted(rng.sample(range(60, 700, 5), 3))))
    if unit is Unit.YEARS:
        return rng.choice([16, 18, 60, 65, 70, 80, 90])
    if unit is Unit.MONTHS:
        return rng.choice([1, 3, 6, 12])
    if unit is Unit.YEAR_DAY:
        return rng.choice(["03-31", "06-30", "12-31"])
    if unit in (Unit.YUAN, Unit.SQUARE_METRES):
        most = 300 if unit is Unit.SQUARE_METRES else 900
        amount = Decimal(rng.randint(20, most)) * (12 if per is Per.YEAR else 1)
        if series.name.startswith("income."):
            amount = amount * 4
        if "assets" in series.name or "limit" in series.name or "ceiling" in series.name:
            amount = amount * 20
        return str(amount)
    return rng.choice([1, 2, 3, 4])


# --- what is stated of invented persons


def word(rng: random.Random, kind: type[IntEnum]) -> str:
    """Any word of an enumeration."""
    return rng.choice(list(kind)).name.lower()


def mostly(rng: random.Random, first: Any, others: Any, share: float = 0.7) -> Any:
    """The first value mostly, otherwise one of the others."""
    return first if rng.random() < share else rng.choice(list(others))


def yuan(rng: random.Random, most: int) -> str:
    """An amount: round, or to the fen."""
    if rng.random() < 0.6:
        return str(rng.randint(0, most // 50) * 50)
    return str(Decimal(rng.randint(0, most * 100)).scaleb(-2))


EDGES = (0, 3, 16, 18, 22, 60, 65, 70, 80, 85, 90, 95, 100)


def birth(rng: random.Random, on: date, low: int = 0, high: int = 101) -> str:
    """A day of birth: half of them within a day, or in the month, of a birthday that the law names."""
    edges = [each for each in EDGES if low <= each <= high]
    if edges and rng.random() < 0.5:
        born = add_months(on, -12 * rng.choice(edges))
        return (born + rng.choice([-31, -1, 0, 0, 1, 20]) * DAY).isoformat()
    return add_months(on, -rng.randint(12 * low, 12 * high)).replace(day=15).isoformat()


def amounts(rng: random.Random, kinds: type[IntEnum], most: int, chance: float) -> list[Stated]:
    """None, one or two amounts by the month or the year."""
    made = []
    for share in (chance, chance / 4):
        if rng.random() < share:
            monthly = rng.random() < 0.6
            stated = {"kind": word(rng, kinds)}
            stated["month" if monthly else "year"] = yuan(rng, most if monthly else 12 * most)
            made.append(stated)
    return made


def disability(rng: random.Random) -> Stated:
    """Any certified disability; the severe grades more often."""
    return {"type": word(rng, DisabilityType), "grade": rng.choice([1, 1, 2, 2, 3, 4])}


def parent(rng: random.Random, state: str | None = None) -> Stated:
    """A parent who meets what his state takes mostly."""
    made: Stated = {"state": state or word(rng, ParentState)}
    if made["state"] in (
        "in_prison",
        "drug_rehabilitation",
        "otherwise_detained",
        "out_of_contact",
    ):
        made["months"] = rng.choice([5, 6, 7, 24])
    if made["state"] == "severely_disabled":
        made["disability"] = disability(rng)
    if made["state"] == "seriously_ill":
        made["listed_illness"] = rng.random() < 0.8
    if made["state"] in ("out_of_contact", "removed"):
        made["brings_up"] = rng.random() < 0.2
    return made


def parents(rng: random.Random) -> list[Stated]:
    """Two parents: lost ones, unable ones, or any."""
    lost = ["dead", "declared_missing", "untraceable"]
    first = rng.choice([*lost, None, None])
    second = rng.choice([*lost, None, None, "none"])
    return [parent(rng, first), parent(rng, second)]


def supporter(rng: random.Random, on: date) -> Stated:
    """A supporter whose status is stated, or the facts of its test."""
    if rng.random() < 0.4:
        return {"status": word(rng, SupporterStatus)}
    made: Stated = {
        "birth": birth(rng, on, 18, 95),
        "tekun": rng.random() < 0.15,
        "dibao": rng.random() < 0.4,
        "income_year": yuan(rng, 12000),
        "low_property": rng.random() < 0.8,
    }
    made |= {"disability": disability(rng)} if rng.random() < 0.4 else {"disabled": False}
    made |= {name: rng.random() < 0.15 for name in ("incapable", "declared_missing", "in_prison")}
    return made


def self_care(rng: random.Random) -> Stated:
    """The six items; all, none or some are done alone."""
    share = rng.choice([0.0, 0.3, 0.7, 1.0])
    items = ("eating", "dressing", "bed", "toilet", "walking", "bathing")
    return {item: rng.random() < share for item in items}


def drawn(rng: random.Random) -> list[Stated]:
    """What is drawn already: nothing mostly."""
    count = rng.choice([0, 0, 1, 1, 2])
    kinds = rng.sample(list(DrawnKind), count)
    return [{"kind": each.name.lower(), "month": yuan(rng, 900)} for each in kinds]


def schooling(rng: random.Random) -> Stated:
    """A school that counts mostly."""
    flags = ("full_time", "since_minor", "in_mainland", "in_plan")
    made: Stated = {"school": word(rng, School), "half_years": rng.choice([1, 2, 2])}
    return made | {name: rng.random() < 0.85 for name in flags}


def ability_level(rng: random.Random) -> Stated:
    """A level by either scale."""
    scale = rng.choice(list(AbilityScale))
    most = 3 if scale is AbilityScale.MZT_039 else 4
    return {"scale": scale.name.lower(), "level": rng.randint(0, most)}


def flag(share: float) -> Callable[[random.Random, date], bool]:
    """A fact that is true in this share of the cases."""
    return lambda rng, _on: rng.random() < share


Pool = Mapping[str, Callable[[random.Random, date], Any]]
MEMBER: Pool = {
    "birth": birth,
    "whereabouts": lambda rng, _on: mostly(
        rng, "home", [each.name.lower() for each in Whereabouts], 0.8
    ),
    "income": lambda rng, _on: amounts(rng, IncomeKind, 1500, 0.6),
    "spending": lambda rng, _on: amounts(rng, SpendingKind, 1500, 0.4),
    "dependent": flag(0.4),
    "study": lambda rng, _on: word(rng, Study),
    "support_duty": flag(0.3),
    "co_resident": flag(0.7),
    "disability": lambda rng, _on: disability(rng),
    "seriously_ill": flag(0.4),
    "employed": flag(0.5),
    "labour_ability": flag(0.5),
    "own_register": flag(0.4),
    "special_hardship": flag(0.3),
}
PLAIN: Stated = {
    "whereabouts": "home",
    "income": [],
    "spending": [],
    "dependent": False,
    "study": "none",
    "support_duty": False,
    "co_resident": True,
    "disabled": False,
    "seriously_ill": False,
    "employed": True,
    "labour_ability": True,
    "own_register": False,
    "special_hardship": False,
}


def assistance(rng: random.Random, _on: date) -> str:
    """Any class of assistance."""
    return word(rng, Assistance)


PERSONS: Mapping[str, Pool] = {
    "tekun": {
        "birth": lambda rng, on: birth(rng, on, *rng.choice([(0, 25), (17, 62), (55, 90)])),
        "income": lambda rng, _on: amounts(rng, IncomeKind, 700, 0.4),
        "disability": lambda rng, _on: disability(rng),
        "self_care": lambda rng, _on: self_care(rng),
        "supporters": lambda rng, on: [
            supporter(rng, on) for _ in range(rng.choice([0, 0, 1, 1, 2]))
        ],
        "recognised_as_minor": flag(0.4),
        "study": lambda rng, _on: word(rng, Study),
        "orphan": flag(0.15),
        "child_allowance": flag(0.15),
    },
    "orphan": {
        "birth": lambda rng, on: birth(rng, on, 0, rng.choice([17, 19, 19, 26])),
        "parents": lambda rng, _on: parents(rng),
        "adopted": flag(0.1),
        "hiv": flag(0.1),
        "orphan_as_minor": flag(0.7),
        "schooling": lambda rng, _on: schooling(rng),
    },
    "orphan_schooling": {
        "birth": lambda rng, on: birth(rng, on, 17, 26),
        "orphan_as_minor": flag(0.85),
        "adopted": flag(0.15),
        "disabled": flag(0.3),
        "schooling": lambda rng, _on: schooling(rng),
    },
    "unattended": {
        "birth": lambda rng, on: birth(rng, on, 0, rng.choice([17, 17, 19])),
        "parents": lambda rng, _on: parents(rng),
        "drawn": lambda rng, _on: drawn(rng),
        "assistance": assistance,
        "registered_poor": lambda rng, _on: word(rng, RegisteredPoor),
    },
    "child_in_difficulty": {
        "birth": lambda rng, on: birth(rng, on, 0, rng.choice([17, 17, 19])),
        "child_allowance": flag(0.15),
        "hiv": flag(0.15),
        "severe": flag(0.5),
        "assistance": assistance,
        "drawn": lambda rng, _on: drawn(rng),
    },
    "disability_living": {
        "disability": lambda rng, _on: disability(rng),
        "assistance": lambda rng, _on: rng.choice(["dibao", "dibao", "edge", "none", "tekun"]),
        "work_injury_care": flag(0.1),
        "full_child_allowance": flag(0.1),
        "retired_cadre": flag(0.1),
        "other_living_month": lambda rng, _on: rng.choice(["0", "0", yuan(rng, 200)]),
        "in_hardship": flag(0.5),
    },
    "disability_care": {
        "disability": lambda rng, _on: disability(rng),
        "assistance": lambda rng, _on: rng.choice(["dibao", "edge", "none", "none", "tekun"]),
        "work_injury_care": flag(0.1),
        "needs_long_term_care": flag(0.85),
        "other_care_month": lambda rng, _on: rng.choice(["0", "0", yuan(rng, 200)]),
    },
    "elderly_age": {
        "birth": lambda rng, on: birth(rng, on, rng.choice([40, 60, 78]), 105),
        "in_hardship": flag(0.5),
    },
    "elderly_care": {
        "birth": lambda rng, on: birth(rng, on, rng.choice([55, 60]), 95),
        "assistance": lambda rng, _on: rng.choice(["dibao", "dibao", "edge", "none", "tekun"]),
        "incapacitated": flag(0.5),
        "ability_level": lambda rng, _on: ability_level(rng),
        "only_child_died": flag(0.3),
        "disability_care": flag(0.2),
    },
    "care_voucher": {
        "birth": lambda rng, on: birth(rng, on, rng.choice([55, 60, 60]), 95),
        "assistance": lambda rng, _on: rng.choice(["dibao", "edge", "none", "none", "tekun"]),
        "ability_level": lambda rng, _on: {
            "scale": mostly(rng, "gbt_42195", ["mzt_039"], 0.9),
            "level": rng.choice([0, 1, 2, 2, 3, 3]),
        },
        "care_service": lambda rng, _on: word(rng, CareService),
        "care_month": lambda rng, _on: rng.choice(["0", yuan(rng, 4000), yuan(rng, 2500)]),
        "centralised_care": flag(0.1),
        "improvement_action": flag(0.1),
    },
}
"""The facts that each benefit of one person asks."""
APPLICATION: Pool = {
    "hardship": lambda rng, _on: word(rng, Hardship),
    "family": flag(0.75),
    "persons": lambda rng, _on: rng.choice([1, 2, 3, 4, 6]),
    "serious": flag(0.85),
    "urgent": flag(0.4),
    "assistance": assistance,
    "registered_poor": lambda rng, _on: word(rng, RegisteredPoor),
    "awaiting": flag(0.4),
    "disposable_income": lambda rng, _on: yuan(rng, rng.choice([12000, 40000])),
    "meets_property_rule": flag(0.85),
    "beyond_means": flag(0.85),
    "special_hardship": flag(0.3),
    "degree": lambda rng, _on: rng.choice([1, 2, 3]),
    "months": lambda rng, _on: rng.choice([1, 2, 3, 6, 12]),
    "months_without_income": lambda rng, _on: rng.choice([0, 2, 3, 4, 6]),
    "unemployment_insured": flag(0.15),
    "kept_by_epidemic": flag(0.85),
    "works_or_lives_here": flag(0.85),
}
LEAVING: Pool = {
    "draws_dibao": flag(0.9),
    "by_employment": flag(0.85),
    "size": lambda rng, _on: rng.choice([1, 2, 3, 4]),
    "income_year": lambda rng, _on: yuan(rng, rng.choice([15000, 60000, 120000])),
    "base_month": lambda rng, _on: yuan(rng, 1500),
    "supplement_month": lambda rng, _on: rng.choice(["0", yuan(rng, 300)]),
}
OWNED: Stated = {
    "financial_assets": "0",
    "homes": 1,
    "floor_area": "30",
    "cars": 0,
    "mobility_cars": 0,
    "luxury": False,
    "visibly_above": False,
}
FINDINGS = ("meets_dibao_rule", "meets_edge_rule", "meets_rigid_rule", "meets_tekun_rule")
OWNS: Pool = {
    "financial_assets": lambda rng, _on: yuan(rng, rng.choice([20000, 200000])),
    "homes": lambda rng, _on: rng.choice([0, 2, 3]),
    "floor_area": lambda rng, _on: yuan(rng, 300),
    "cars": lambda rng, _on: rng.choice([1, 2]),
    "luxury": flag(0.8),
    "visibly_above": flag(0.8),
}


def member(rng: random.Random, on: date, relation: str, changes: float) -> Stated:
    """One member of a household: plain, but for some facts."""
    ages = {"child": (0, 30), "parent": (50, 95), "other": (0, 95)}.get(relation, (18, 85))
    made = {"relation": relation, "birth": birth(rng, on, *ages), **PLAIN}
    if rng.random() < 0.5:
        made["income"] = amounts(rng, IncomeKind, 900, 0.7)
    for name, draw in MEMBER.items():
        if name != "birth" and rng.random() < changes:
            made[name] = draw(rng, on)
    if "disability" in made:
        del made["disabled"]
    return made


def owned(rng: random.Random, on: date, names: Sequence[str], changes: float = 0.12) -> Stated:
    """What a household owns, and what the authority finds of it."""
    made = {**OWNED, **{name: rng.random() < 0.88 for name in names}}
    return made | {name: draw(rng, on) for name, draw in OWNS.items() if rng.random() < changes}


def household(rng: random.Random, on: date, benefit: str) -> Stated:
    """A household for dibao, edge families or rigid expenditure."""
    relations = ["applicant"]
    if rng.random() < 0.5:
        relations.append("spouse")
    relations += rng.choices(["child", "child", "parent", "other"], k=rng.choice([0, 0, 1, 1, 2]))
    if rng.random() < 0.1:
        rng.shuffle(relations)
    changes = rng.choice([0.03, 0.08, 0.08, 0.2])
    findings = {
        "dibao": ("meets_dibao_rule",),
        "edge": ("meets_dibao_rule", "meets_edge_rule"),
        "rigid": ("meets_edge_rule", "meets_rigid_rule"),
    }.get(benefit, FINDINGS)
    made: Stated = {"members": [member(rng, on, each, changes) for each in relations]}
    made["property"] = owned(rng, on, findings)
    made["in_hardship"] = rng.random() < 0.3
    if rng.random() < 0.2:  # somebody who may apply alone in a family that earns too much
        weak, strong = made["members"][-1], made["members"][0]
        weak |= {"disability": {"type": word(rng, DisabilityType), "grade": rng.choice([1, 2, 3])}}
        weak |= {"employed": False, "labour_ability": False, "seriously_ill": rng.random() < 0.5}
        weak.pop("disabled", None)
        strong["income"] = [{"kind": "wage", "month": yuan(rng, 5000)}]
        made["in_hardship"] = rng.random() < 0.7
    if len(made["members"]) == 1 and rng.random() < 0.1:
        made["members"][0]["whereabouts"] = rng.choice(["prison", "drug_rehabilitation"])
    if rng.random() < 0.5:
        made["band"] = rng.choice([1, 2, 3])
    if benefit in ("rigid", ENTITLEMENTS):
        made["assistance"] = mostly(rng, "none", ["dibao", "tekun", "edge"], 0.8)
    if benefit == "rigid":
        for each in made["members"]:
            each["spending"] = each["spending"] or amounts(rng, SpendingKind, 3000, 0.8)
    return made


def applicant(rng: random.Random, on: date, benefit: str) -> Stated:
    """One person for a benefit, known in every fact that it asks."""
    person: Stated = {"relation": "applicant"}
    for name, draw in PERSONS[benefit].items():
        person[name] = draw(rng, on)
    if "disability" in person and rng.random() < 0.15:
        del person["disability"]
        person["disabled"] = False
    made: Stated = {"person": person, "placement": word(rng, Placement)}
    if benefit == "tekun":
        made["property"] = {"meets_tekun_rule": rng.random() < 0.88}
    return made


def application(rng: random.Random, on: date, area: str) -> Stated:
    """An application for temporary assistance."""
    made = {name: draw(rng, on) for name, draw in APPLICATION.items()}
    if made["family"] is False:
        made["persons"] = 1
    if rng.random() < 0.3:
        made["proposed"] = yuan(rng, 30000)
    made["emergency_area"] = area if rng.random() < 0.85 else "110101"
    return made


def person_of_all(rng: random.Random, on: date) -> Stated:
    """One person with facts of several benefits, for entitlements."""
    person: Stated = {"relation": "applicant"}
    for benefit in rng.sample(sorted(PERSONS), 4):
        person |= {name: draw(rng, on) for name, draw in PERSONS[benefit].items()}
    if person.get("disability"):
        person.pop("disabled", None)
    return {"person": person, "placement": word(rng, Placement)}


def stated_of(rng: random.Random, benefit: str, on: date, area: str) -> Stated:
    """One case in full."""
    if benefit == ENTITLEMENTS:
        made = household(rng, on, benefit) if rng.random() < 0.8 else person_of_all(rng, on)
        for each in made.get("members", ()):
            for name in rng.sample(sorted(PERSONS), rng.choice([0, 1, 2])):
                asked = PERSONS[name].items()
                each |= {key: draw(rng, on) for key, draw in asked if key not in each}
            if each.get("disability"):
                each.pop("disabled", None)
    elif benefit == "temporary":
        made = application(rng, on, area)
    elif benefit == "gradual_exit":
        made = {name: draw(rng, on) for name, draw in LEAVING.items()}
        if rng.random() < 0.7:  # about the standard, which is where it is decided
            near = rng.randint(0, made["size"] * rng.choice([8, 15, 25])) * 1000 + 1
            made["income_year"] = str(near)
    elif benefit in PERSONS:
        made = applicant(rng, on, benefit)
    else:
        made = household(rng, on, benefit)
    residence = word(rng, Residence)
    return {"id": "c", "area": area, "residence": residence, **made}


NEVER_UNKNOWN = {
    *("id", "area", "residence", "members", "person", "relation", "kind", "type", "grade"),
    *("scale", "level"),
}


def forget(rng: random.Random, stated: Stated) -> None:
    """Take some facts away, which are then unknown."""
    for _ in range(rng.choice([1, 1, 1, 2, 2, 3, 6])):
        facts = list(_facts(stated))
        if facts:
            there, name = rng.choice(facts)
            del there[name]


def _facts(value: Any) -> Iterator[tuple[Stated, str]]:
    if isinstance(value, dict):
        for name, each in value.items():
            if name not in NEVER_UNKNOWN:
                yield value, name
            yield from _facts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _facts(each)


# --- the two cases on both sides of a boundary


def knob(stated: Stated, benefit: str) -> tuple[Stated, str] | None:
    """The amount of a case that is turned until the answer changes."""
    if benefit in ("dibao", "edge", "rigid"):
        (first,) = (each for each in stated["members"] if each["relation"] == "applicant")
        first["income"] = [{"kind": "wage", "year": "0"}]
        return first["income"][0], "year"
    if benefit == "tekun":
        stated["person"]["income"] = [{"kind": "transfer", "year": "0"}]
        return stated["person"]["income"][0], "year"
    if benefit == "temporary":
        return stated, "disposable_income"
    return (stated, "income_year") if benefit == "gradual_exit" else None


def both_sides(
    rng: random.Random, stated: Stated, benefit: str, on: date, tables: Standards
) -> list[Stated]:
    """The case just below and just above an amount at which its answer changes, one fen apart."""
    found = knob(stated, benefit)
    if found is None:
        return []
    there, name = found

    def turned(fen: int) -> Stated:
        there[name] = str(Decimal(fen).scaleb(-2))
        return stated

    def said(fen: int) -> tuple[Any, ...]:
        answer = decided(benefit, turned(fen), on, tables)
        return answer.get("outcome"), answer.get("grounds")

    low, high = 0, rng.choice([800_000, 2_000_000, 6_000_000])
    before, after = said(low), said(high)
    if before == after:
        return []
    while high - low > 1:
        middle = (low + high) // 2
        if said(middle) == before:
            low = middle
        else:
            high = middle
    return [deepcopy(turned(low)), deepcopy(turned(high))]


# --- all of it


def canonical(benefit: str, stated: Stated) -> Stated | None:
    """The public JSON of the model; ``None`` for one that is refused."""
    cls: type = Household if "members" in stated else Applicant
    if benefit != ENTITLEMENTS:
        cls = INPUTS[benefit][1]
    try:
        made: Stated = codec.unstructure(codec.structure(stated, cls))
    except MinzhengError:
        return None
    return made


def cases_of(
    benefit: str, asked: set[str], bundled: Standards, counties: Sequence[str], seed: str
) -> Iterator[tuple[str, date, Stated]]:
    """Tables, day and statement of every case of a benefit."""
    rng = random.Random(seed)
    spots = [
        (rng.choice(("bundled", "bundled", *FILLED, *SPARSE)), area, day)
        for area in counties
        for day in days_of(area, asked, bundled)
    ]
    invented = [(area, area, day) for area in INVENTED for day in INVENTED_DAYS]
    wanted = EACH.get(benefit, OTHERS)
    if benefit == ENTITLEMENTS:
        chosen = thinned(rng, spots, 80) + rng.sample(invented, 30)
        often = [each for each in chosen if each[0] != "bundled"]
    else:
        open_, closed = split(benefit, thinned(rng, spots, 1200))
        local, early = split(benefit, invented)
        chosen = open_[:480] + closed[:90] + rng.sample(early, min(len(early), 20))
        often = [each for each in open_[:480] if each[0] != "bundled"] + 3 * local
    chosen += rng.choices(often, k=max(0, wanted - len(chosen)))
    for tables, area, on in chosen:
        stated = stated_of(rng, benefit, on, area)
        while canonical(benefit, stated) is None:
            stated = stated_of(rng, benefit, on, area)
        whole = deepcopy(stated)
        if rng.random() < UNKNOWN:
            forget(rng, stated)
        if (made := canonical(benefit, stated)) is not None:
            yield tables, on, made
        if rng.random() < 0.2:
            for each in both_sides(rng, whole, benefit, on, standards(tables)):
                if (made := canonical(benefit, each)) is not None:
                    yield tables, on, made


def thinned(
    rng: random.Random, spots: list[tuple[str, str, date]], most: int
) -> list[tuple[str, str, date]]:
    """Every place and every day at least once, and of the rest as many as are wanted."""
    rng.shuffle(spots)
    areas: set[str] = set()
    days: set[date] = set()
    first: list[tuple[str, str, date]] = []
    rest: list[tuple[str, str, date]] = []
    for each in spots:
        new = each[1] not in areas or each[2] not in days
        (first if new else rest).append(each)
        areas.add(each[1])
        days.add(each[2])
    return first + rest[: max(0, most - len(first))]


def split(
    benefit: str, spots: list[tuple[str, str, date]]
) -> tuple[list[tuple[str, str, date]], list[tuple[str, str, date]]]:
    """Where the law of the day and its needed figures are there, and where they are not."""
    there: tuple[list[tuple[str, str, date]], ...] = ([], [])
    for tables, area, on in spots:
        found = terms_of(benefit)(standards(tables), area, on, Residence.RURAL).terms
        there[found is None].append((tables, area, on))
    return there[0], there[1]


def main() -> None:
    """Write the tables, then the cases of every benefit, and print what is reached."""
    shipped = Standards.bundled()
    families = {
        name.partition(".")[0] for benefit in INPUTS for name in series_of(benefit, shipped)[0]
    }
    union = {
        name
        for name, each in shipped.series.items()
        if name.partition(".")[0] in families and each.deciding
    }
    local = {name for name in union if lacks(shipped.series[name], NATION, shipped)}
    lines = [{"tables": "bundled", **each} for each in rows_of(shipped)]

    def invent(name: str, area: str, series: set[str], filled: Callable[[str], float]) -> None:
        rng = random.Random(f"{SEED} {name}")
        changed = 0.0 if area == NATION else 0.12
        rows = invented_rows(rng, area, series, shipped, filled, changed)
        lines.extend({"tables": name, **each} for each in rows)

    for name in FILLED:
        invent(name, NATION, local, lambda _series: 0.97)
    for area in INVENTED:
        invent(area, area, union, lambda _series: 0.97)
    write_lines(TABLES, lines)
    read = [series_of(benefit, standards(each)) for benefit in INPUTS for each in FILLED]
    needed = set().union(*(each for _asked, each in read))
    for name in SPARSE:
        lines += [{"tables": name, **each} for each in rows_of(shipped)]
        invent(name, NATION, local, lambda series: 0.98 if series in needed else 0.7)
    lines = [
        each for each in lines if not is_gap(each["row"], SPARSE.get(each["tables"], frozenset()))
    ]
    write_lines(TABLES, lines)
    bundled = standards("bundled")
    counties = places(bundled)
    asked = {
        benefit: set().union(*(series_of(benefit, standards(each))[0] for each in FILLED))
        for benefit in INPUTS
    }
    union = set().union(*asked.values())
    used = {each: len(days_of(each, union, bundled)) for each in counties}
    print(f"{sum(used.values())} places and days of change")
    print(f"{len(shipped)} figures, {len(lines)} rows, {len(counties)} counties")
    total = 0
    for benefit in (*INPUTS, ENTITLEMENTS):
        series = asked.get(benefit, union)
        made = list(cases_of(benefit, series, bundled, counties, f"{SEED} {benefit}"))
        made.sort(key=lambda each: (each[0], each[2]["area"], each[2]["residence"], each[1]))
        total += write_cases(benefit, made)
    print(f"{total} cases")


def write_cases(benefit: str, made: Sequence[tuple[str, date, Stated]]) -> int:
    """Decide the cases of a benefit and write them; the sets of figures stand before their first use."""
    sets: dict[tuple[str, ...], int] = {}
    written: list[Stated] = []
    outcomes: Counter[str] = Counter()
    grounds: Counter[str] = Counter()

    def interned(said: Stated) -> Stated:
        if "figures" in said:
            figures = tuple(said["figures"])
            if figures not in sets:
                sets[figures] = len(sets)
                written.append({"set": sets[figures], "figures": figures})
            said["figures"] = sets[figures]
        for each in (*said.get("decisions", {}).values(), *said.get("members", ())):
            interned(each)
        return said

    for number, (tables, on, stated) in enumerate(made, start=1):
        said = interned(decided(benefit, stated, on, standards(tables)))
        outcomes[str(said.get("outcome", said.get("error", "decided")))] += 1
        grounds.update(said.get("grounds", ()))
        line = {"id": number, "on": on.isoformat(), "tables": tables}
        written.append({**line, "stated": stated, "expected": said})
    path = CASES / f"{benefit}.jsonl.xz"
    write_lines(path, written)
    print(f"{benefit}: {len(made)} cases, {path.stat().st_size:,} bytes, {dict(outcomes)}")
    print(f"    {dict(grounds.most_common())}")
    if benefit != ENTITLEMENTS:
        reasons = import_module(f"minzheng.benefits.{benefit}.facts").Reason
        never = {each.name.lower() for each in reasons} - grounds.keys() - {"none"}
        print(f"    never: {sorted(never)}")
    return len(made)


if __name__ == "__main__":
    main()
