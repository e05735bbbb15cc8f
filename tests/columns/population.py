"""Populations for every benefit: all facts, planted ties, extreme amounts, and local tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import IntEnum
from functools import cache, partial
from random import Random
from typing import Any

import attrs
import tomli_w

from minzheng import (
    care_voucher,
    dibao,
    disability_care,
    disability_living,
    orphan,
    orphan_schooling,
    rigid_expenditure,
    tekun,
    temporary_assistance,
)
from minzheng.benefits import (
    childcare_subsidy,
    children_in_difficulty,
    de_facto_unattended,
    dibao_marginal,
    elderly_subsidy,
    old_age_allowance,
)
from minzheng.columns import layout
from minzheng.people import (
    CareService,
    DrawnKind,
    IncomeKind,
    Placement,
    Relation,
    Residence,
    SpendingKind,
)
from minzheng.rules import Vector
from minzheng.standards import Standards, load

DAYS = (
    date(2013, 6, 1),
    date(2020, 7, 24),
    date(2022, 1, 15),
    date(2022, 11, 15),
    date(2026, 8, 1),
)
AREAS = ("130822", "130802", "130824", "130827", "130100")
PLACES = tuple(f"{area} {kind}" for area in AREAS for kind in ("rural", "urban"))
RIGID_DAYS = (date(2024, 12, 31), date(2025, 3, 1), date(2026, 8, 1))
RIGID_PLACES = (*PLACES, "310101 rural", "310101 urban")
EXTREMES = (2**31 - 1, 2**31, 2**31 + 1, 2**33 + 7, 10**12, 10**15)
SMALL = {
    "age": (0, 1, 6, 15, 16, 17, 18, 19, 40, 59, 60, 61, 70, 79, 80, 101),
    "homes": (0, 1, 2, 3),
    "cars": (0, 1, 2),
    "mobility_cars": (0, 1, 2),
    "disability_type": tuple(range(8)),
    "disability_grade": tuple(range(5)),
    "supporters_able": (0, 0, 0, 1),
    "supporters_unsettled": (0, 0, 0, 2),
    "self_care_failures": tuple(range(7)),
    "persons": (1, 1, 2, 5),
    "months": (1, 2, 3, 6, 12, 40),
    "degree": (1, 2, 3),
    "months_without_income": (0, 2, 3, 4),
    "age_in_month": (60, 69, 70, 79, 80, 84, 85, 89, 90, 94, 95, 99, 100, 101),
    "level": (0, 1, 2, 3, 4),
    "parent_months_first": (0, 5, 6, 7),
    "parent_months_second": (0, 5, 6, 7),
    "parent_disability_type_first": tuple(range(8)),
    "parent_disability_type_second": tuple(range(8)),
    "parent_disability_grade_first": tuple(range(5)),
    "parent_disability_grade_second": tuple(range(5)),
    "half_years": (1, 2),
    "band": (1, 2, 3),
}
USUAL = {  # what most have, so that most cases are not settled by their first fact
    "meets_rule": True,
    "luxury": False,
    "visibly_above": False,
    "cars": 0,
    "supporters_able": 0,
    "child_allowance": False,
    "serious": True,
    "filed_elsewhere": False,
    "beyond_means": True,
    "kept_by_epidemic": True,
    "works_or_lives_here": True,
    "insured": False,
    "disabled": True,
    "needs_long_term_care": True,
    "work_injury_care": False,
    "full_child_allowance": False,
    "centralised_care": False,
    "improvement_action": False,
    "adopted": False,
    "orphan_as_minor": True,
    "full_time": True,
    "since_minor": True,
    "in_mainland": True,
    "in_plan": True,
    "lawfully_born": True,
    "chinese_national": True,
}
NEAR = (0, 0, 0, 1, -1, 12, -12, 12 * 50, 12 * 50 - 1, 12 * 50 + 1, 12 * 150, 12 * 250, 12 * 4, 66)


def stated(series: str, value: object, keys: Mapping[str, str] | None = None) -> dict[str, object]:
    known = load.catalogue()[series]
    start = date(2000, 1, 1)
    made = {"series": series, "value": value, "per": known.pers[0].value, "keys": keys or {}}
    return {**made, "kind": known.kinds[0].value, "from": start, "source": "s"}


def county(area: str, *rows: dict[str, object]) -> Standards:
    source = {"title": "t", "where": "w", "grade": "press", "confidence": "secondary"}
    text = tomli_w.dumps({"area": area, "sources": {"s": source}, "figure": list(rows)})
    return Standards(load.catalogue().values(), load.read(text, f"{area}.toml"))


@cache
def standards() -> Standards:
    """The bundled tables and over them five counties, all invented, each with a law of its own.

    Xinglong rounds each person's half-yuan to even and adds supplements up; Shuangqiao
    pays bands; Luanping tests property by the income of the place and rounds up to 10 yuan;
    Kuancheng states a standard and the amounts of tekun only; Huangpu in Shanghai a standard.
    """
    own = {"residence": "rural"}
    city = {"residence": "urban"}
    elderly, ill = {"category": "elderly"}, {"category": "serious_illness"}
    minor, severe = {"category": "minor"}, {"category": "severe_disability"}
    tiers = [
        stated("tekun.care.amount", amount, {"tier": tier})
        for tier, amount in (("self", "100"), ("partial", "200.01"), ("complete", "300"))
    ]
    xinglong = [
        stated("dibao.standard", "632", own),
        stated("dibao.standard", "701.3", city),
        stated("dibao.deduction.employment", "1/7"),
        stated("dibao.deduction.rigid", "0.5", {"kind": "medical"}),
        stated("dibao_marginal.ratio", "1.5"),
        stated("dibao.supplement.rate", "0.2", elderly),
        stated("dibao.supplement.rate", "0.1", minor),
        stated("dibao.supplement.amount", "77.77", ill),
        stated("dibao.supplement.combine", "sum"),
        stated("dibao.property.assets_standard_months", "24"),
        stated("dibao.rounding.unit", "1"),
        stated("dibao.rounding.mode", "half_even"),
        stated("dibao.rounding.scope", "person"),
        stated("income.disposable_per_capita", "20000"),
        stated("rigid_expenditure.ratio", "0.6"),
        *tiers,
        stated("tekun.basic", "6240"),
        stated("tekun.self_care.partial_from", 1),
        stated("tekun.self_care.complete_from", 4),
    ]
    shuangqiao = [
        stated("dibao.standard", "800"),
        stated("dibao.bands", ["150", "300", "500"]),
        stated("dibao.deduction.employment", "0.2"),
        stated("dibao.supplement.rate", "0.2", severe),
        stated("dibao.supplement.rate", "0.1", minor),
        stated("dibao.supplement.combine", "highest"),
        stated("dibao.property.homes", 1),
        stated("dibao.property.car", True),
        stated("dibao.property.mobility_car_exempt", True),
        stated("dibao.property.luxury", True),
        stated("dibao.rounding.unit", "1"),
        stated("dibao.rounding.mode", "half_up"),
        stated("dibao.rounding.scope", "household"),
        stated("income.disposable_per_capita", "33333.33"),
    ]
    luanping = [
        stated("dibao.standard", "555.55"),
        stated("income.disposable_per_capita", "21000"),
        stated("housing.area_per_person", "33.3"),
        stated("dibao.property.assets_income_multiple", "1/3", {"scope": "person"}),
        stated("dibao.property.assets_income_multiple", "2", {"scope": "household"}),
        stated("dibao.property.home_area_multiple", "0.7"),
        stated("dibao_marginal.ratio", "4/3"),
        stated("rigid_expenditure.ratio", "1/3"),
        stated("rigid_expenditure.remainder", "not_higher"),
        stated("rigid_expenditure.remainder.spending", True, {"kind": "medical"}),
        stated("dibao.rounding.unit", "10"),
        stated("dibao.rounding.mode", "up"),
        stated("dibao.rounding.scope", "household"),
        stated("tekun.basic", "7777.77"),
        *tiers,
    ]
    kuancheng = [stated("dibao.standard", "600"), stated("tekun.basic", "9360"), *tiers]
    help_ = [
        stated("temporary_assistance.multiple", "1.5", {"type": "emergency"}),
        stated("temporary_assistance.multiple", "1/3", {"type": "expenditure", "degree": "1"}),
        stated("temporary_assistance.multiple", "2", {"type": "expenditure", "degree": "3"}),
        stated("temporary_assistance.ceiling", "6", {"hardship": "general"}),
    ]
    xinglong += [
        *help_,
        stated("temporary_assistance.multiple", "1", {"type": "jobless"}),
        stated("temporary_assistance.ceiling", "12", {"hardship": "special"}),
        stated("temporary_assistance.township_limit", "2000"),
        stated("temporary_assistance.months_max", 3),
        stated("temporary_assistance.rounding.unit", "10"),
        stated("temporary_assistance.rounding.mode", "up"),
        stated("income.disposable_per_capita", "21000"),
    ]
    xinglong += [
        stated("orphan.rate", "1400.01", {"placement": "dispersed"}),
        stated("orphan.rate", "2000", {"placement": "centralised"}),
        stated("orphan.hiv", True),
        stated("orphan.lost_and_untraceable", True),
        stated("orphan.stop", "next_month", {"event": "of_age"}),
        *(
            stated("orphan.continues", school != "compulsory", {"school": school})
            for school in ("compulsory", "senior_high", "secondary_vocational", "bachelor")
        ),
        stated("de_facto_unattended.share", "1/3", {"family": "other"}),
        stated("de_facto_unattended.parent", "lost", {"state": "untraceable"}),
        stated("child.rounding.unit", "1"),
        stated("child.rounding.mode", "half_even"),
        stated("children_in_difficulty.share", "1", {"tier": "hiv"}),
        stated("children_in_difficulty.share", "2/3", {"tier": "poor_severe"}),
        stated("children_in_difficulty.share", "0.2", {"tier": "severe"}),
        stated("children_in_difficulty.deducted", "drawn", {"tier": "poor_severe"}),
        stated("children_in_difficulty.netting", True, {"kind": "dibao"}),
        stated("children_in_difficulty.netting", True, {"kind": "other"}),
        stated("children_in_difficulty.poor", True, {"status": "dibao"}),
        stated("children_in_difficulty.poor", True, {"status": "dibao_marginal"}),
    ]
    shuangqiao += [
        stated("orphan.multiple", "7/3", {"placement": "dispersed"}),
        stated("orphan.parent", "lost", {"state": "in_prison"}),
        stated("orphan.parent", "lost", {"state": "severely_disabled"}),
        stated("child.rounding.unit", "10"),
        stated("child.rounding.mode", "up"),
        stated("children_in_difficulty.share", "1/2", {"tier": "poor_other"}),
        stated("children_in_difficulty.deducted", "dibao_standard", {"tier": "poor_other"}),
        stated("children_in_difficulty.poor", True, {"status": "tekun"}),
        stated("orphan_schooling.adopted", "excluded"),
    ]
    luanping += [
        stated("children_in_difficulty.share", "1", {"tier": "severe"}),
        stated("children_in_difficulty.deducted", "dibao_standard", {"tier": "severe"}),
        stated("orphan.multiple", "2"),
    ]
    luanping += [*help_, stated("temporary_assistance.township_limit", "0")]
    xinglong += _subsidies()
    kuancheng += [
        stated("old_age_allowance.amount", "30.5", {"age": "80"}),
        stated("old_age_allowance.amount", "300", {"age": "100"}),
        stated("elderly_subsidy.amount", "60", {"part": "care"}),
        stated("elderly_subsidy.amount", "90", {"part": "aged", "age": "80"}),
    ]
    shanghai = [stated("dibao.standard", "1000"), stated("income.disposable_per_capita", "80000")]
    made = Standards.bundled()
    counties = {"130822": xinglong, "130802": shuangqiao, "130824": luanping, "130827": kuancheng}
    counties["310101"] = shanghai
    for area, rows in counties.items():
        made += county(area, *rows)
    return made


def _subsidies() -> list[dict[str, object]]:
    """The rows of Xinglong for the benefits of one person."""
    return [
        stated("disability_living.eligible", True, {"assistance": "dibao_marginal"}),
        stated("disability_living.amount", "110", {"assistance": "dibao"}),
        stated("disability_living.amount", "55.55", {"assistance": "dibao_marginal"}),
        stated("disability_living.excluded", True, {"benefit": "retired_cadre"}),
        stated("disability_care.grade", 3, {"type": "mental"}),
        stated("disability_care.amount", "230", {"assistance": "dibao", "grade": "grade_1"}),
        stated("disability_care.amount", "130", {"assistance": "dibao", "grade": "grade_2"}),
        stated("disability_care.amount", "100.01", {"assistance": "other"}),
        stated("old_age_allowance.first_month", "birthday_month"),
        stated("old_age_allowance.amount", "15", {"age": "70"}),
        stated("old_age_allowance.amount", "50", {"age": "80", "hardship": "no"}),
        stated("old_age_allowance.amount", "100", {"age": "80", "hardship": "yes"}),
        stated("old_age_allowance.amount", "150", {"age": "85"}),
        stated("old_age_allowance.amount", "200", {"age": "95"}),
        stated(
            "elderly_subsidy.amount", "80", {"part": "aged", "assistance": "dibao", "age": "60"}
        ),
        stated(
            "elderly_subsidy.amount", "100", {"part": "aged", "assistance": "dibao", "age": "80"}
        ),
        stated("elderly_subsidy.amount", "60.6", {"part": "bereaved", "assistance": "tekun"}),
        stated("elderly_subsidy.amount", "80", {"part": "care"}),
        stated("elderly_subsidy.level", 2, {"scale": "mzt_039"}),
        stated("elderly_subsidy.combine", "sum"),
        stated("elderly_subsidy.excluded", True, {"benefit": "disability_care"}),
        stated("care_voucher.share", "1/3", {"service": "home"}),
        stated("care_voucher.cap", "700"),
    ]


def terms(rule: Any, place: str, on: date) -> Any:
    area, kind = place.split()
    return rule.terms(standards(), area, on, Residence[kind.upper()]).terms


def drawn(random: Random, cls: Any, extreme: bool) -> Any:
    """Facts of a class, every field drawn by its type and name."""
    facts = {}
    for each in layout.facts(cls):
        facts[each.name] = _value(random, each.name, each.hint, extreme)
    for each in layout.facts(cls):
        _within_limits(facts, each.name, each.field.metadata)
    return layout.made(cls, facts)


def _within_limits(facts: dict[str, Any], name: str, limits: Mapping[str, Any]) -> None:
    """Make a drawn fact one that can be, also beside the others."""
    if limits.get("least") or limits.get("most") is not None:
        most = facts[name] if limits["most"] is None else limits["most"]
        facts[name] = max(limits["least"], min(facts[name], most))
    if limits.get("within"):
        facts[name] = min(facts[name], facts[limits["within"]])
    if limits.get("together"):
        other = limits["together"]
        facts[name] = facts[name] * (facts[other] > 0)
        facts[other] = facts[other] * (facts[name] > 0)
    if limits.get("most_by"):
        other, most = limits["most_by"]
        facts[name] = min(facts[name], most.get(facts[other], facts[name]))


def _value(random: Random, name: str, hint: Any, extreme: bool) -> Any:
    if name in USUAL and random.random() < 0.8:
        return USUAL[name]
    if hint is bool:
        return random.random() < 0.5
    if issubclass(hint, IntEnum):
        return random.choice(list(hint))
    if name in SMALL:
        return random.choice(SMALL[name])
    if extreme and random.random() < 0.2:
        return random.choice(EXTREMES)
    return random.choice((0, 0, 0, 0, 1, random.randrange(200_000), random.randrange(3_000_000)))


def household(random: Random, place: str, on: date, room: Any = dibao) -> tuple[Any, list[Any]]:
    """A household of up to six; a third stand on or beside a threshold, some are extreme."""
    case, members = _people(random, room)
    t = terms(room.rule, place, on)
    if t is None or not members or random.random() < 0.4:
        return case, members
    # all without income but the first, who brings the household to a line
    first, *others = _without_amounts(members)
    size = room.rule.run(case, [first, *others], t).size
    line = t.standard_year * size
    if t.line_numerator and random.random() < 0.3:
        line = line * t.line_numerator // t.line_denominator
    income = max(0, line + random.choice(NEAR))
    if random.random() < 0.3:  # a wage of which a share is deducted
        gross = income * t.scale // (t.scale - t.employment_share)
        first = attrs.evolve(first, income=earning(IncomeKind.WAGE, gross))
    else:
        first = attrs.evolve(first, income=earning(IncomeKind.TRANSFER, income))
    if random.random() < 0.5:
        case = _at_a_ceiling(random, case, size, t)
    return case, [first, *others]


def _people(random: Random, room: Any) -> tuple[Any, list[Any]]:
    extreme = random.random() < 0.08
    many = random.choice((0, 1, 1, 2, 3, 6))
    case = drawn(random, room.Facts, extreme)
    many = max(1, many)
    members = [drawn(random, room.Member, extreme) for _ in range(many)]
    place = random.randrange(many)
    spouse = random.choice((None, *range(many)))
    others = [each for each in Relation if each not in (Relation.APPLICANT, Relation.SPOUSE)]
    for at, each in enumerate(members):
        relation: Relation = Relation.SPOUSE if at == spouse else random.choice(others)
        relation = Relation.APPLICANT if at == place else relation
        members[at] = attrs.evolve(each, relation=relation)
    return case, members


def _without_amounts(members: list[Any]) -> list[Any]:
    """The members without income and spending."""
    return [attrs.evolve(each, income=earning(), spending=spent()) for each in members]


def _amounts(by: type[IntEnum], amounts: Mapping[Any, int]) -> Vector:
    return Vector.of(by)(amounts.get(each, 0) for each in by)


def earning(kind: IncomeKind = IncomeKind.TRANSFER, amount: int = 0) -> Vector:
    """Income of one kind, in fen a year."""
    return _amounts(IncomeKind, {kind: amount})


def spent(amounts: Mapping[SpendingKind, int] | None = None) -> Vector:
    """Spending by kind, in fen a year."""
    return _amounts(SpendingKind, amounts or {})


def spenders(random: Random, place: str, on: date) -> tuple[Any, list[Any]]:
    """A household for rigid expenditure: spending at the share, at the remainder, or anywhere."""
    case, members = _people(random, rigid_expenditure)
    t = terms(rigid_expenditure.rule, place, on)
    if t is None or not members or random.random() < 0.4:
        return case, members
    first, *others = _without_amounts(members)
    size = rigid_expenditure.rule.run(case, [first, *others], t).size
    line = t.income_max_year if random.random() < 0.3 else random.choice((1_000_000, 2_000_001))
    income = max(0, line * size + random.choice(NEAR))
    spending = income * t.ratio_numerator // t.ratio_denominator
    if t.standard_year > 0 and random.random() < 0.5:
        spending = income - t.standard_year * size
    gained = {random.choice((IncomeKind.TRANSFER, IncomeKind.WAGE)): income}
    kind = random.choice((SpendingKind.MEDICAL, SpendingKind.EDUCATION))
    paid = {kind: max(0, spending + random.choice(NEAR))}
    if random.random() < 0.1:
        gained[IncomeKind.BASIC_PENSION] = 1_200
        paid[SpendingKind.LIVING] = 600_000
    first = attrs.evolve(first, income=_amounts(IncomeKind, gained), spending=spent(paid))
    return case, [first, *others]


def _at_a_ceiling(random: Random, case: Any, size: int, t: Any) -> Any:
    ceilings = [t.assets_max // t.scale, t.assets_max_person * size // t.scale]
    assets = random.choice(ceilings) + random.choice((0, 0, 1, -1))
    area = t.floor_area_max_person * size // t.scale + random.choice((0, 0, 1, -1))
    return attrs.evolve(case, financial_assets=max(0, assets), floor_area=max(0, area))


def person(random: Random, place: str, on: date) -> Any:
    """An applicant of tekun; half stand on or beside the standard of dibao."""
    facts = drawn(random, tekun.Facts, random.random() < 0.08)
    t = terms(tekun.rule, place, on)
    if t is None or random.random() < 0.5:
        return facts
    income = max(0, t.dibao_standard_year + random.choice(NEAR))
    return attrs.evolve(facts, income=earning(IncomeKind.TRANSFER, income))


def application(random: Random, place: str, on: date) -> Any:
    """An application for temporary assistance; half stand on or beside the income of the place."""
    facts = drawn(random, temporary_assistance.Facts, random.random() < 0.08)
    t = terms(temporary_assistance.rule, place, on)
    if t is None or random.random() < 0.5:
        return facts
    return attrs.evolve(facts, income_year=max(0, t.income_limit_year + random.choice(NEAR)))


def consumer(random: Random, place: str, on: date) -> Any:
    """Somebody who buys care; half stand on or beside the ceiling of the vouchers."""
    facts = drawn(random, care_voucher.Facts, random.random() < 0.08)
    t = terms(care_voucher.rule, place, on)
    if t is None or random.random() < 0.5:
        return facts
    line = (
        t.cap
        * t.scale
        // random.choice((t.share[CareService.HOME], t.share[CareService.INSTITUTION]))
    )
    return attrs.evolve(facts, care_month=max(0, line + random.choice((0, 1, -1, 2, -2))))


def somebody(room: Any) -> Callable[[Random, str, date], tuple[Any, list[Any]]]:
    """Draws one person for a benefit without amounts among its facts."""
    return lambda random, _place, _on: (drawn(random, room.Facts, False), [])


def child(random: Random, place: str, on: date, room: Any) -> Any:
    """A child; half draw what reaches the rate, or nearly."""
    facts = drawn(random, room.Facts, random.random() < 0.08)
    if random.random() < 0.7:
        facts = attrs.evolve(facts, age=random.choice((0, 9, 17)))
    t = terms(room.rule, place, on)
    if t is None or not hasattr(facts, "drawn") or random.random() < 0.5:
        return facts
    amount = max(0, t.rate[Placement.DISPERSED] + random.choice(NEAR))
    by_kind = Vector.of(DrawnKind)(amount * (kind is DrawnKind.DIBAO) for kind in DrawnKind)
    return attrs.evolve(facts, drawn=by_kind)


def _children(room: Any) -> Callable[[Random, str, date], tuple[Any, list[Any]]]:
    return lambda random, place, on: (child(random, place, on, room), [])


def student(random: Random, _place: str, _on: date) -> tuple[Any, list[Any]]:
    """An orphan of age, mostly."""
    facts = drawn(random, orphan_schooling.Facts, False)
    return attrs.evolve(facts, age=random.choice((17, 18, 19, 25))), []


def infant(random: Random, _place: str, _on: date) -> tuple[Any, list[Any]]:
    """A child under the age of the childcare subsidy, or just above it."""
    facts = drawn(random, childcare_subsidy.Facts, False)
    return attrs.evolve(facts, age=random.choice((0, 1, 2, 2, 3))), []


DRAWN: Mapping[str, Callable[[Random, str, date], tuple[Any, list[Any]]]] = {
    "care_voucher": lambda random, place, on: (consumer(random, place, on), []),
    "dibao": household,
    "disability_care": somebody(disability_care),
    "disability_living": somebody(disability_living),
    "old_age_allowance": somebody(old_age_allowance),
    "elderly_subsidy": somebody(elderly_subsidy),
    "dibao_marginal": partial(household, room=dibao_marginal),
    "rigid_expenditure": spenders,
    "tekun": lambda random, place, on: (person(random, place, on), []),
    "temporary_assistance": lambda random, place, on: (application(random, place, on), []),
    "orphan": _children(orphan),
    "de_facto_unattended": _children(de_facto_unattended),
    "children_in_difficulty": _children(children_in_difficulty),
    "childcare_subsidy": infant,
    "orphan_schooling": student,
}
"""By the name of a rule: draws a case and its members for a place and a day."""
