"""Deciding one household's dibao: from what is stated to a decision that explains itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache, partial
from typing import Any, NamedTuple

from minzheng.base.i18n import N_
from minzheng.base.money import to_fen
from minzheng.benefits.counting import asked_kinds, years
from minzheng.benefits.dibao.facts import (
    LACKS,
    HouseholdFacts,
    MeansTerms,
    MemberFacts,
    Result,
    Terms,
    Totals,
)
from minzheng.benefits.dibao.rule import decide, member
from minzheng.benefits.dibao.tell import tell
from minzheng.benefits.dibao.terms import terms
from minzheng.benefits.members import counts_in, family_of, is_clergy
from minzheng.benefits.settle import settle
from minzheng.benefits.unknowns import MANY, Facts, Unknowns, check_births, distinct
from minzheng.decision import Decision
from minzheng.errors import Fault, InvalidInput
from minzheng.people import (
    DisabilityType,
    Household,
    IncomeKind,
    Person,
    Property,
    SpendingKind,
)
from minzheng.rules import Rule
from minzheng.standards import Standards
from minzheng.standards.reading import Resolved

__all__ = ["RULE", "assess", "facts_of", "means_asks", "property_of"]

RULE: Rule[HouseholdFacts, MemberFacts, Totals, Terms, Result] = Rule(
    name="dibao",
    case=HouseholdFacts,
    result=Result,
    terms_class=Terms,
    decide=decide,
    terms=terms,
    lacks=LACKS,
    member_class=MemberFacts,
    totals=Totals,
    member=member,
)
"""The rule of dibao: what a case, a column and a scenario take alike."""

_TITLE = N_("Minimum living guarantee (dibao)")
_PATH = "household"


def assess(household: Household, *, on: date, standards: Standards | None = None) -> Decision:
    """Decide whether a household draws dibao on a day, how much, and why.

    Args:
        household: what is stated of it; unknown facts are ``None``.
        on: the day of the decision; it chooses the law and the figures.
        standards: the tables; the bundled ones when left out.

    Returns:
        The decision. It is ``UNDETERMINED`` when a figure or a fact is missing that
        the answer hangs on; ``missing`` then names each.

    Raises:
        NotFound: when no area bore the household's code on that day.
        InvalidInput: when a band is given that the place does not have, or a
            member is born after the day.

    Source:
        社会救助暂行办法 arts 9-12; 民发〔2012〕220号; 最低生活保障审核确认办法 (2021);
        Social Assistance Law (2026) arts 18-23.

    Example:
        >>> from datetime import date
        >>> from minzheng.people import *
        >>> household = Household(
        ...     id="case-1", area="130822", residence=Residence.RURAL,
        ...     members=[Person(
        ...         relation=Relation.APPLICANT, birth=date(1950, 3, 1),
        ...         whereabouts=Whereabouts.HOME,
        ...         income=[Income(kind=IncomeKind.TRANSFER, year="1860")])],
        ...     property=Property(meets_dibao_rule=True))
        >>> decision = assess(household, on=date(2020, 7, 24))
        >>> decision.outcome.name, decision.award.amount, decision.award.start
        ('GRANTED', Decimal('245.00'), datetime.date(2020, 8, 1))
    """
    tables = Standards.bundled() if standards is None else standards
    return settle(
        RULE,
        title=_TITLE,
        case=household,
        subject=household.id,
        area=household.area,
        residence=household.residence,
        on=on,
        standards=tables,
        facts=lambda resolved, unknowns: facts_of(household, on, resolved, unknowns),
        tell=lambda result, resolved, facts: tell(result, resolved, facts, household, on, tables),
    )


def facts_of(
    household: Household, on: date, resolved: Resolved[Terms], unknowns: Unknowns | None = None
) -> Facts:
    """The household as the rule takes it, unknown facts as ``unknowns`` takes them.

    Raises:
        InvalidInput: when a member is born after the day, or the place has no such band.
    """
    assert resolved.terms is not None
    unknowns = Unknowns() if unknowns is None else unknowns
    asks = _asks(resolved)
    persons = {f"{_PATH}.members[{n}]": person for n, person in enumerate(household.members)}
    check_births(persons, on)
    members = [
        _member(person, path, on, resolved.terms, asks, unknowns)
        for path, person in persons.items()
    ]
    return Facts(_household(household, resolved, asks, unknowns), members, unknowns)


class _Asks(NamedTuple):
    """Which facts the terms of a place and a day ask for at all."""

    disability: bool
    illness: bool
    employment: bool
    own_register: bool
    special_hardship: bool
    hardship: bool
    kinds: tuple[IncomeKind, ...]
    disabilities: tuple[tuple[int, int], ...]
    certified: tuple[tuple[int, int], ...]
    means: MeansAsks


class MeansAsks(NamedTuple):
    """Which facts the means test of a place and a day asks for."""

    spending: bool
    assets: bool
    homes: bool
    floor_area: bool
    finding: bool


def means_asks(t: MeansTerms) -> MeansAsks:
    """Which facts these terms ask for."""
    assets = t.assets_max >= 0 or t.assets_max_person >= 0
    homes, floor_area = t.homes_max >= 0, t.floor_area_max_person >= 0
    ways = t.tests_cars or t.tests_luxury or t.tests_visible_living
    return MeansAsks(
        spending=bool(t.medical_share | t.disability_share),
        assets=assets,
        homes=homes,
        floor_area=floor_area,
        # where the place's tests are held they decide; elsewhere only the authority can say
        finding=not (assets or homes or floor_area or ways),
    )


@lru_cache(maxsize=1024)
def _asks(resolved: Resolved[Terms]) -> _Asks:
    t = resolved.terms
    assert t is not None
    severe = (
        t.single_severe_disability
        | t.single_unemployed_severe_disability
        | t.single_severe_disability_own_register
    )
    others = t.single_serious_illness | t.single_clergy | t.single_elderly | t.single_minor
    conditions = severe | t.single_grade_3_mental | others | t.single_special_hardship
    return _Asks(
        disability=bool(severe | t.single_grade_3_mental | t.supplement_severe_disability),
        illness=bool(t.single_serious_illness | t.supplement_serious_illness),
        employment=t.single_unemployed_severe_disability > 0,
        own_register=t.single_severe_disability_own_register > 0,
        special_hardship=t.single_special_hardship > 0,
        hardship=bool(conditions & 1),
        kinds=asked_kinds(t),
        disabilities=_disabilities(t, ((0, 0),)),
        certified=_disabilities(t, ()),
        means=means_asks(t),
    )


def _disabilities(t: Terms, none: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """Types and grades as the groups of dibao tell them apart, the mildest first."""

    def treatment(each: tuple[int, int]) -> tuple[bool, bool]:
        kind, grade = each
        mental = kind in (DisabilityType.INTELLECTUAL, DisabilityType.MENTAL)
        return 1 <= grade <= t.severe_grade, grade == 3 and mental

    mildest_first = ((int(kind), grade) for kind in DisabilityType for grade in (4, 3, 2, 1))
    return distinct((*none, *mildest_first), treatment)


def _member(
    p: Person, path: str, on: date, t: Terms, asks: _Asks, unknowns: Unknowns
) -> MemberFacts:
    family = family_of(p, path, on, t, unknowns)
    counts = counts_in(family, t)
    alone = is_clergy(family["whereabouts"], t)
    take = unknowns.take
    age = family["age"]
    applies = counts or (alone and t.single_clergy > 0)
    kind, grade = _disability(p, path, asks, applies, unknowns)
    severe = 1 <= grade <= t.severe_grade and age >= t.adult_age
    own = counts and severe and asks.own_register
    income = unknowns.amounts(
        p.income,
        path,
        "income",
        worst=MANY,
        best=0,
        kinds=asks.kinds,
        matters=bool(asks.kinds) and applies,
    )
    spending = unknowns.amounts(
        p.spending,
        path,
        "spending",
        worst=0,
        best=MANY,
        kinds=(SpendingKind.MEDICAL, SpendingKind.DISABILITY),
        matters=asks.means.spending and applies,
    )
    work = counts and severe and asks.employment
    ill = asks.illness and applies
    special = counts and asks.special_hardship
    no_yes, yes_no = (False, True), (True, False)
    return MemberFacts(
        **{**family, **years(income)},
        disability_type=kind,
        disability_grade=grade,
        seriously_ill=take(p.seriously_ill, path, "seriously_ill", no_yes, ill, True),
        employed=take(p.employed, path, "employed", yes_no, work, True),
        labour_ability=take(p.labour_ability, path, "labour_ability", yes_no, own, True),
        own_register=take(p.own_register, path, "own_register", no_yes, own, True),
        special_hardship=take(p.special_hardship, path, "special_hardship", no_yes, special, True),
        medical_year=spending.get(SpendingKind.MEDICAL, 0),
        disability_cost_year=spending.get(SpendingKind.DISABILITY, 0),
    )


_MENTAL = int(DisabilityType.MENTAL)


def _disability(
    p: Person, path: str, asks: _Asks, applies: bool, unknowns: Unknowns
) -> tuple[int, int]:
    matters = applies and asks.disability
    if p.disability is not None and p.disability.type is DisabilityType.MULTIPLE:
        # the certificate's number does not say which types it joins; grades 1 and 2 are severe alike
        grade = p.disability.grade
        types = (int(DisabilityType.MULTIPLE), _MENTAL)
        here = f"{path}.disability"
        return unknowns.take(None, here, "type", types, matters and grade == 3, True), grade
    if p.disability is not None:
        return int(p.disability.type), p.disability.grade
    if p.disabled is False:
        return 0, 0
    if not p.disabled:
        return unknowns.take(None, path, "disabled", asks.disabilities, matters, True)
    return unknowns.take(None, path, "disability", asks.certified, matters, True)


def _household(
    h: Household, resolved: Resolved[Terms], asks: _Asks, unknowns: Unknowns
) -> HouseholdFacts:
    t = resolved.terms
    assert t is not None
    return HouseholdFacts(
        **property_of(h.property, t, asks.means, partial(unknowns.take, monotone=True)),
        band_month=_band(h, resolved, unknowns),
        in_hardship=unknowns.take(
            h.in_hardship, _PATH, "in_hardship", (False, True), asks.hardship
        ),
    )


def property_of(
    stated: Property | None, t: MeansTerms, asks: MeansAsks, take: Callable[..., Any]
) -> dict[str, Any]:
    """What a household owns, as the fields of :class:`PropertyFacts`; ``take`` is that of unknowns."""
    owned = stated or _NOTHING_KNOWN
    path = f"{_PATH}.property"
    money = None if owned.financial_assets is None else to_fen(owned.financial_assets)
    floor_area = None if owned.floor_area is None else int(owned.floor_area * 100)
    mobility = owned.mobility_cars
    cars = take(owned.cars, path, "cars", (MANY, mobility or 0), t.tests_cars)
    exempt = bool(t.tests_cars and t.exempts_mobility_cars and cars)
    visible = t.tests_visible_living
    no_yes, yes_no = (False, True), (True, False)
    return {
        "financial_assets": take(money, path, "financial_assets", (MANY, 0), asks.assets),
        "homes": take(owned.homes, path, "homes", (MANY, 0), asks.homes),
        "floor_area": take(floor_area, path, "floor_area", (MANY, 0), asks.floor_area),
        "cars": cars,
        "mobility_cars": take(mobility, path, "mobility_cars", (0, cars), exempt),
        "luxury": take(owned.luxury, path, "luxury", yes_no, t.tests_luxury),
        "visibly_above": take(owned.visibly_above, path, "visibly_above", yes_no, visible),
        "meets_rule": take(owned.meets_dibao_rule, path, "meets_dibao_rule", no_yes, asks.finding),
    }


_NOTHING_KNOWN = Property()


def _band(h: Household, resolved: Resolved[Terms], unknowns: Unknowns) -> int:
    assert resolved.terms is not None
    if not resolved.terms.pays_bands:
        return 0
    held = resolved.held["dibao.bands"].value
    assert isinstance(held, tuple)
    bands = [to_fen(each) for each in held]
    if h.band is not None and h.band > len(bands):
        fault = Fault(f"{_PATH}.band", f"expected 1..{len(bands)}, got {h.band}")
        raise InvalidInput([fault])
    chosen = None if h.band is None else bands[h.band - 1]
    return unknowns.take(chosen, _PATH, "band", (min(bands), max(bands)), True, True)
