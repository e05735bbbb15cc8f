"""Deciding one household's dibao: from what is stated to a decision that explains itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache

from minzheng.base.dates import age_on, first_of_next_month
from minzheng.base.i18n import N_
from minzheng.base.money import to_fen, to_yuan
from minzheng.benefits.counting import years
from minzheng.benefits.dibao.facts import (
    HouseholdFacts,
    MemberFacts,
    Position,
    Reason,
    Result,
    Terms,
    Totals,
)
from minzheng.benefits.dibao.rule import decide, member
from minzheng.benefits.dibao.terms import terms
from minzheng.benefits.settle import Facts, Told, settle
from minzheng.benefits.unknowns import MANY, Unknowns
from minzheng.decision import Award, Decision, Ground, Missing, Note, citations
from minzheng.errors import Fault, FigureNotFound, InvalidInput
from minzheng.people import (
    DisabilityType,
    Household,
    IncomeKind,
    Person,
    Property,
    Relation,
    SpendingKind,
    Study,
    Whereabouts,
)
from minzheng.rules import Outcome, Rule
from minzheng.standards import Per, Standards
from minzheng.standards.reading import Resolved

__all__ = ["RULE", "assess", "facts_of"]

RULE: Rule[HouseholdFacts, MemberFacts, Totals, Terms, Result] = Rule(
    name="dibao",
    case=HouseholdFacts,
    result=Result,
    terms_class=Terms,
    decide=decide,
    terms=terms,
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
        subject=household.id,
        area=household.area,
        residence=household.residence,
        on=on,
        standards=tables,
        facts=lambda resolved, favourable: facts_of(household, on, resolved, favourable=favourable),
        tell=lambda result, resolved: _tell(result, resolved, household, on, tables),
    )


def facts_of(
    household: Household, on: date, resolved: Resolved[Terms], *, favourable: bool
) -> Facts:
    """The household as the rule takes it, with unknown facts taken one way or the other."""
    assert resolved.terms is not None
    unknowns = Unknowns(favourable)
    _check_births(household, on)
    members = [
        _member(person, f"{_PATH}.members[{number}]", on, resolved.terms, unknowns)
        for number, person in enumerate(household.members)
    ]
    return Facts(_household(household, resolved, unknowns), members, unknowns)


def _check_births(household: Household, on: date) -> None:
    faults = [
        Fault(f"{_PATH}.members[{number}].birth", f"{person.birth} is after the day, {on}")
        for number, person in enumerate(household.members)
        if person.birth is not None and person.birth > on
    ]
    if faults:
        raise InvalidInput(faults)


def _member(p: Person, path: str, on: date, t: Terms, unknowns: Unknowns) -> MemberFacts:
    birth = unknowns.require(p.birth, f"{path}.birth", on)
    age = age_on(birth, on)
    whereabouts = unknowns.require(p.whereabouts, f"{path}.whereabouts", Whereabouts.HOME)
    child = p.relation is Relation.CHILD and age >= t.adult_age
    dependent, study, duty, resident = False, Study.NONE, False, False
    if child:
        dependent = unknowns.require(p.dependent, f"{path}.dependent", False)
        if not dependent:
            study = unknowns.require(p.study, f"{path}.study", Study.NONE)
    if p.relation is Relation.OTHER:
        duty = unknowns.require(p.support_duty, f"{path}.support_duty", False)
    by_residence = (
        (child and not dependent and study in (Study.NONE, Study.BEYOND_BACHELOR))
        or (child and study is Study.ENROLLED and not t.counts_enrolled_students)
        or (p.relation is Relation.PARENT and not t.counts_parents)
        or duty
    )
    if by_residence:
        resident = unknowns.require(p.co_resident, f"{path}.co_resident", False)

    alone = t.single_severe_disability or t.single_grade_3_mental
    disability_matters = bool(
        alone
        or t.single_unemployed_severe_disability
        or t.single_severe_disability_own_register
        or t.supplement_severe_disability
    )
    kind, grade = 0, 0
    if p.disability is not None:
        kind, grade = int(p.disability.type), p.disability.grade
    elif p.disabled is not False:
        asked = f"{path}.disability" if p.disabled else f"{path}.disabled"
        best, worst = (int(DisabilityType.MENTAL), 1), (0, 0)
        kind, grade = unknowns.take(None, asked, best, worst, disability_matters)
    severe = 1 <= grade <= t.severe_grade and age >= t.adult_age
    own = severe and t.single_severe_disability_own_register > 0
    income = unknowns.amounts(
        p.income,
        f"{path}.income",
        best=0,
        worst=MANY,
        unknown_list=IncomeKind.WAGE,
    )
    spending = unknowns.amounts(
        p.spending,
        f"{path}.spending",
        best=MANY,
        worst=0,
        unknown_list=SpendingKind.MEDICAL if t.medical_share else SpendingKind.DISABILITY,
        matters=bool(t.medical_share or t.disability_share),
    )
    return MemberFacts(
        relation=p.relation,
        age=age,
        whereabouts=whereabouts,
        dependent=dependent,
        study=study,
        support_duty=duty,
        co_resident=resident,
        disability_type=kind,
        disability_grade=grade,
        seriously_ill=unknowns.take(
            p.seriously_ill,
            f"{path}.seriously_ill",
            True,
            False,
            bool(t.single_serious_illness or t.supplement_serious_illness),
        ),
        employed=unknowns.take(
            p.employed,
            f"{path}.employed",
            False,
            True,
            severe and t.single_unemployed_severe_disability > 0,
        ),
        labour_ability=unknowns.take(p.labour_ability, f"{path}.labour_ability", False, True, own),
        own_register=unknowns.take(p.own_register, f"{path}.own_register", True, False, own),
        special_hardship=unknowns.take(
            p.special_hardship,
            f"{path}.special_hardship",
            True,
            False,
            t.single_special_hardship > 0,
        ),
        medical_year=spending.get(SpendingKind.MEDICAL, 0),
        disability_cost_year=spending.get(SpendingKind.DISABILITY, 0),
        **years(income),
    )


def _household(h: Household, resolved: Resolved[Terms], unknowns: Unknowns) -> HouseholdFacts:
    t = resolved.terms
    assert t is not None
    owned = h.property or Property()
    path = f"{_PATH}.property"
    take = unknowns.take
    assets = t.assets_max >= 0 or t.assets_max_person >= 0
    area = t.floor_area_max_person >= 0
    tested = assets or area or t.homes_max >= 0 or t.tests_cars or t.tests_luxury
    money = owned.financial_assets
    return HouseholdFacts(
        financial_assets=take(
            None if money is None else to_fen(money), f"{path}.financial_assets", 0, MANY, assets
        ),
        homes=take(owned.homes, f"{path}.homes", 0, MANY, t.homes_max >= 0),
        floor_area=take(
            None if owned.floor_area is None else int(owned.floor_area * 100),
            f"{path}.floor_area",
            0,
            MANY,
            area,
        ),
        cars=take(owned.cars, f"{path}.cars", 0, MANY, t.tests_cars),
        mobility_cars=take(
            owned.mobility_cars,
            f"{path}.mobility_cars",
            owned.cars or 0,
            0,
            bool(t.tests_cars and t.exempts_mobility_cars and owned.cars),
        ),
        luxury=take(owned.luxury, f"{path}.luxury", False, True, t.tests_luxury),
        visibly_above=take(
            owned.visibly_above, f"{path}.visibly_above", False, True, t.tests_visible_living
        ),
        # where the place's tests are held they decide; elsewhere only the authority can say
        meets_rule=take(
            owned.meets_dibao_rule,
            f"{path}.meets_dibao_rule",
            True,
            tested or t.tests_visible_living,
            not (tested or t.tests_visible_living),
        ),
        band_month=_band(h, resolved, unknowns),
        in_hardship=take(h.in_hardship, f"{_PATH}.in_hardship", True, False, _asks_hardship(t)),
    )


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
    return unknowns.take(chosen, f"{_PATH}.band", bands[-1], bands[0])


def _asks_hardship(t: Terms) -> bool:
    conditions = (
        t.single_severe_disability
        | t.single_grade_3_mental
        | t.single_serious_illness
        | t.single_clergy
        | t.single_elderly
        | t.single_minor
        | t.single_unemployed_severe_disability
        | t.single_severe_disability_own_register
        | t.single_special_hardship
    )
    return bool(conditions & 1)


_TEST = ("dibao.income.inclusive", "dibao.standard")
_RULE = ("dibao.property.set_by",)
_GROUNDS: dict[Reason, tuple[str, tuple[str, ...]]] = {
    Reason.INCOME_LOWER: (
        N_(
            "The counted household income, {income} a year, is lower than {limit} (the standard times {size})."
        ),
        _TEST,
    ),
    Reason.INCOME_NOT_LOWER: (
        N_(
            "The counted household income, {income} a year, is not lower than {limit} (the standard times {size})."
        ),
        _TEST,
    ),
    Reason.SINGLE_PERSONS: (
        N_(
            "The household as a whole does not qualify; {persons} of its members may apply alone, each as a household of one."
        ),
        ("dibao.single.condition",),
    ),
    Reason.NO_MEMBERS: (
        N_("None of the persons named counts as a member of the household."),
        ("dibao.member.excluded",),
    ),
    Reason.PROPERTY_RULE: (
        N_("The authority finds that the property does not meet the local rule."),
        _RULE,
    ),
    Reason.FINANCIAL_ASSETS: (
        N_("The financial assets are above the local ceiling."),
        (*_RULE, "dibao.property.assets_income_multiple", "dibao.property.assets_standard_months"),
    ),
    Reason.HOMES: (
        N_("The household owns more homes than the local rule allows."),
        (*_RULE, "dibao.property.homes"),
    ),
    Reason.FLOOR_AREA: (
        N_("The floor area per person is above the local ceiling."),
        (*_RULE, "dibao.property.home_area_multiple"),
    ),
    Reason.CAR: (
        N_("A member owns a private car for daily use."),
        (*_RULE, "dibao.property.car"),
    ),
    Reason.LUXURY: (
        N_("The household buys or uses luxuries, or spends highly."),
        (*_RULE, "dibao.property.luxury"),
    ),
    Reason.VISIBLE_LIVING: (
        N_(
            "The property cannot be verified, and the household lives visibly above local residents."
        ),
        (*_RULE, "dibao.property.visible_living"),
    ),
    Reason.UNSETTLED_INCOME: (
        N_(
            "Income of {unsettled} a year is of a kind of which no rule held says whether it counts."
        ),
        (),
    ),
    Reason.EDGE_LINE_MISSING: (
        N_("Whether this is an edge family hangs on a provincial ratio that is not held."),
        ("dibao.edge.inclusive",),
    ),
}
_EDGE = (
    N_("The income is within the edge line ({line} a year): an edge family (低保边缘家庭)."),
    ("dibao.edge.ratio",),
)
_ABSENT = {
    "dibao.deduction.employment": N_(
        "No deduction of employment costs is held for this place and day; none was made."
    ),
    "dibao.deduction.rigid": N_(
        "No deduction of rigid expenditure is held for this place and day; none was made."
    ),
    "dibao.property.set_by": N_("No property rule is held for this day."),
}
_ABSENT_AMOUNTS = {
    "dibao.supplement.rate": N_(
        "No supplements (分类施保) are held for this place and day; none was added."
    ),
    "dibao.rounding.unit": N_(
        "No rounding rule is held for this place; the amount is exact to the fen, halves up."
    ),
}
_NO_TESTS = N_(
    "No figures of a local property test are held; the authority's own finding was taken."
)
_FLOOR = N_(
    "The dibao standard found is a floor (not lower than): a place that pays by a higher one must state it."
)


def _tell(
    result: Result, resolved: Resolved[Terms], household: Household, on: date, standards: Standards
) -> Told:
    terms_held = resolved.terms
    assert terms_held is not None
    award = None
    if result.outcome is Outcome.GRANTED:
        award = Award(to_yuan(result.pay_month), Per.MONTH, result.persons, _start(resolved, on))
    return Told(
        award=award,
        grounds=tuple(_grounds(result, resolved)),
        notes=_notes(result.outcome, resolved),
        missing=tuple(_missing_figures(result, terms_held, household, on, standards)),
    )


def _start(resolved: Resolved[Terms], on: date) -> date | None:
    held = resolved.held.get("dibao.first_payment")
    if held is None:
        return None
    return first_of_next_month(on) if held.value == "next_month" else on.replace(day=1)


def _grounds(result: Result, resolved: Resolved[Terms]) -> Iterator[Ground]:
    t = resolved.terms
    assert t is not None
    values: dict[str, Decimal | int] = {
        "income": to_yuan(result.income_year),
        "limit": to_yuan(result.limit_year),
        "size": result.size,
        "persons": result.persons,
        "unsettled": to_yuan(result.unsettled_year),
    }
    reasons = [result.property_reason, result.reason]
    otherwise = result.property_reason or result.reason is Reason.SINGLE_PERSONS
    if otherwise and result.size and result.position is not Position.BELOW:
        reasons.append(Reason.INCOME_NOT_LOWER)
    for reason in dict.fromkeys(reasons):
        if reason is not Reason.NONE:
            text, series = _GROUNDS[reason]
            used = {name: value for name, value in values.items() if f"{{{name}}}" in text}
            yield Ground(reason.name.lower(), text, used, citations(resolved, *series))
    if result.position is Position.EDGE:
        line = to_yuan(result.limit_year) * t.edge_numerator / t.edge_denominator
        yield Ground("edge", _EDGE[0], {"line": line}, citations(resolved, *_EDGE[1]))


@lru_cache(maxsize=1024)
def _notes(outcome: Outcome, resolved: Resolved[Terms]) -> tuple[Note, ...]:
    used = resolved.held
    notes = [text for series, text in _ABSENT.items() if series not in used]
    if not any(name.startswith("dibao.property.") and name not in _RULE for name in used):
        notes.append(_NO_TESTS)
    if outcome is Outcome.GRANTED:
        notes += [
            text
            for series, text in _ABSENT_AMOUNTS.items()
            if series not in used and series.replace("rate", "amount") not in used
        ]
    if used["dibao.standard"].is_floor:
        notes.append(_FLOOR)
    return tuple(map(Note, notes))


def _missing_figures(
    result: Result, t: Terms, household: Household, on: date, standards: Standards
) -> Iterator[Missing]:
    """The figures that a rule's own "undetermined" hangs on, in the words of the look-up."""
    asked: list[tuple[str, dict[str, str]]] = []
    if result.reason is Reason.EDGE_LINE_MISSING:
        asked.append(("dibao.edge.ratio", {}))
    if result.reason is Reason.UNSETTLED_INCOME:
        stated = {each.kind for person in household.members for each in person.income or ()}
        residence = household.residence.name.lower()
        for kind in sorted(stated):
            name = kind.name.lower()
            if getattr(t, f"counts_{name}") < 0:
                asked.append(("dibao.income.counted", {"kind": name, "residence": residence}))
    for series, keys in asked:
        try:
            standards.find(series, household.area, on, kinds=None, **keys)
        except FigureNotFound as error:
            yield Missing("standards", str(error))
