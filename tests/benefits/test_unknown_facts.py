"""Unknown facts: what is decided without them holds for every value that they may have.

Cases are made up, of every benefit, under terms whose amounts and choices are drawn anew; one
to three facts are erased, and the decision is set against those of all completions.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, reduce
from itertools import product
from operator import or_
from random import Random
from typing import Any

import pytest
from attrs import evolve, fields, frozen
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from minzheng import Standards
from minzheng.benefits import (
    care_voucher,
    children_in_difficulty,
    de_facto_unattended,
    dibao,
    dibao_marginal,
    disability_care,
    disability_living,
    elderly_subsidy,
    gradual_exit,
    orphan,
    orphan_schooling,
    rigid_expenditure,
    tekun,
    temporary_assistance,
)
from minzheng.benefits._engine import Ask, Benefit, distinct
from minzheng.benefits._engine.evaluation import corners
from minzheng.benefits._engine.facts import Run, every
from minzheng.benefits.common.property import has_tests
from minzheng.decision import Decision
from minzheng.errors import InvalidInput
from minzheng.people import (
    AbilityLevel,
    AbilityScale,
    Applicant,
    Application,
    Assistance,
    CareService,
    Disability,
    DisabilityType,
    Drawn,
    DrawnKind,
    Hardship,
    Household,
    Income,
    IncomeKind,
    Leaving,
    Parent,
    ParentState,
    Person,
    Placement,
    Property,
    RegisteredPoor,
    Relation,
    Residence,
    School,
    Schooling,
    SelfCare,
    Spending,
    SpendingKind,
    Study,
    Supporter,
    SupporterStatus,
    Whereabouts,
)
from minzheng.rules import Outcome, Vector

GRANTED, REFUSED, UNDETERMINED = Outcome.GRANTED, Outcome.REFUSED, Outcome.UNDETERMINED
YES_NO: tuple[Any, ...] = (False, True)
NO_DISABILITY = "none"
DISABILITIES: tuple[Any, ...] = (
    NO_DISABILITY,
    *(Disability(type=kind, grade=grade) for kind in DisabilityType for grade in (1, 2, 3, 4)),
)
AMOUNTS = tuple(map(Decimal, ("0", "1", "30", "100", "2400", "5000", "100000000")))
INCOMES: tuple[Any, ...] = (
    (),
    *(
        (Income(kind=kind, year=year),)
        for kind in IncomeKind
        for year in map(Decimal, ("1", "4799", "7100", "90000"))
    ),
)
SPENDINGS: tuple[Any, ...] = (
    (),
    *(
        (Spending(kind=kind, year=year),)
        for kind in SpendingKind
        for year in map(Decimal, ("1", "3000", "90000"))
    ),
)
PARENTS: tuple[Any, ...] = (
    *(
        Parent(state=state)
        for state in ParentState
        if state
        not in (
            ParentState.SEVERELY_DISABLED,
            ParentState.SERIOUSLY_ILL,
            ParentState.IN_PRISON,
            ParentState.OUT_OF_CONTACT,
            ParentState.DRUG_REHABILITATION,
            ParentState.OTHERWISE_DETAINED,
            ParentState.REMOVED,
        )
    ),
    Parent(state=ParentState.SERIOUSLY_ILL, listed_illness=True),
    Parent(state=ParentState.SERIOUSLY_ILL, listed_illness=False),
    Parent(state=ParentState.IN_PRISON, months=1),
    Parent(state=ParentState.IN_PRISON, months=12),
    Parent(
        state=ParentState.SEVERELY_DISABLED,
        disability=Disability(type=DisabilityType.VISUAL, grade=1),
    ),
)
TERMS: dict[str, Any] = {
    "share_hiv": (-1, 10, 4),
    "share_poor_severe": (-1, 10, 4),
    "share_poor_other": (-1, 10, 4),
    "share_severe": (-1, 10, 4),
    "grade_": (0, 1, 2, 3, 4),
    "unclear_": (0, 2, 4),
    "counts_": (-1, 0, 1, 1),
    "excluded_": (0, 1, 2),
    "combine": (0, 1, 2),
    "excludes_": (-1, 0, 1),
    "amount_": (-1, 5000, 10000, 10000),
    "dibao_": (-1, 5000, 10000),
    "tekun_": (-1, 5000, 10000),
    "other_": (-1, 5000, 10000),
    "care_": (-1, 5000, 10000),
    "level_": (0, 2),
    "aged_": (-1, 5000, 10000),
    "bereaved_": (-1, 5000, 10000),
    "rate_": (-1, 100000, 150000, 150000),
    "severe_grade_": (0, 1, 2, 3, 4),
    "orphan_parent_": (0, 1, 2, 3),
    "unattended_parent_": (0, 1, 2, 3, 4),
    "continues_": (0, 1, 2),
    "lost_and_untraceable": (0, 1, 2),
    "hiv_rate": (0, 1),
    "birthday_month": (0, 1, 2),
    "emergency_": (-1, 1, 2),
    "expenditure_": (-1, 1, 2),
    "jobless_": (0, 3),
    "ceiling_": (-1, 6, 12),
    "single_": (0, 0, 1, 2, 4),
    "supplement_": (0, 1000, 24000),
    "scale": (1,),
    "basic_year": (-1, 600000),
    "dibao_standard_year": (-1, 480000),
    "income_max_year": (-1, 2000000),
    "township_limit": (-1, 100000),
    "ratio_numerator": (0, 1),
    "ratio_denominator": (2,),
    "employment_share": (0, 1),
    "medical_share": (0, 1),
}
"""From which values the terms are drawn, by their names or how these begin; flags are yes or no."""


@frozen(repr=False, eq=False)
class Asked:
    """One benefit as the test asks it.

    Attributes:
        benefit: its module.
        area, on: where and when terms are on file from which others are made.
        facts: values of each fact, by its name.
        make: a case of facts.
        kept: terms that stay as they are.
        rural: whether the case is rural.
    """

    benefit: Any
    area: str
    on: date
    facts: Mapping[str, Sequence[Any]]
    make: Callable[["Asked", Mapping[str, Any]], Any]
    kept: tuple[str, ...] = ()
    rural: bool = True

    @property
    def residence(self) -> Residence:
        return Residence.RURAL if self.rural else Residence.URBAN

    @property
    def name(self) -> str:
        if isinstance(self.benefit, Benefit):
            return self.benefit.name
        return str(self.benefit.__name__.rpartition(".")[2])


def person(facts: Mapping[str, Any], **known: Any) -> Person:
    said = {**known, **facts}
    if said.get("disability") is NO_DISABILITY:
        said |= {"disability": None, "disabled": False}
    return Person(**said)


def applicant(asked: Asked, facts: Mapping[str, Any]) -> Applicant:
    own = {k: v for k, v in facts.items() if k not in ("placement", "meets_tekun_rule")}
    school = {k.removeprefix("school_"): own.pop(k) for k in [*own] if k.startswith("school_")}
    if school:
        own["schooling"] = Schooling(**school)
    parents = [own.pop(k) for k in ("first", "second") if k in own]
    if parents:
        own["parents"] = [each or Parent() for each in parents]
    if "status" in own:
        own["supporters"] = [Supporter(status=own.pop("status"))]
    own["relation"] = Relation.APPLICANT
    return Applicant(
        id="case",
        area=asked.area,
        residence=asked.residence,
        person=person(own),
        property=Property(meets_tekun_rule=facts.get("meets_tekun_rule")),
        placement=facts.get("placement"),
    )


OWNED = tuple(each.name for each in fields(Property))


def household(asked: Asked, facts: Mapping[str, Any]) -> Household:
    said = dict(facts)
    owned = {name: said.pop(name) for name in OWNED if name in said}
    whole = {n: said.pop(n) for n in ("in_hardship", "band", "assistance") if n in said}
    first = {k.removeprefix("a_"): said.pop(k) for k in [*said] if k.startswith("a_")}
    known = {"birth": date(1970, 1, 1)}
    members = (
        person(first, **known, relation=Relation.APPLICANT, whereabouts=Whereabouts.HOME),
        person(said, **known),
    )
    return Household(
        id="case",
        area=asked.area,
        residence=asked.residence,
        members=members,
        property=Property(**owned),
        **whole,
    )


def application(asked: Asked, facts: Mapping[str, Any]) -> Application:
    return Application(id="case", area=asked.area, residence=asked.residence, **facts)


def leaving(asked: Asked, facts: Mapping[str, Any]) -> Leaving:
    return Leaving(id="case", area=asked.area, residence=asked.residence, **facts)


BIRTHS = tuple(date(year, 5, 1) for year in (1915, 1940, 1958, 1990, 2003, 2012))
MEMBER: dict[str, Any] = {
    "relation": (Relation.SPOUSE, Relation.CHILD, Relation.PARENT, Relation.OTHER),
    "whereabouts": tuple(Whereabouts),
    "dependent": YES_NO,
    "study": tuple(Study),
    "support_duty": YES_NO,
    "co_resident": YES_NO,
    "income": INCOMES,
    "a_income": INCOMES,
    "spending": SPENDINGS,
    "a_spending": SPENDINGS,
}
OWNS: dict[str, Any] = {
    "financial_assets": AMOUNTS,
    "homes": (0, 1, 2, 5),
    "cars": (0, 1, 2, 7),
    "mobility_cars": (0, 1, 2),
    "luxury": YES_NO,
    "visibly_above": YES_NO,
    "meets_dibao_rule": YES_NO,
}
MONEY = {name for name, values in OWNS.items() if len(values) > 2} | {
    *("care_month", "base_month", "supplement_month", "persons", "months"),
    *("months_without_income", "first", "second", "emergency_area"),
}
REQUIRED = ("birth", "relation", "hardship", "size", "income_year")
SELF_CARE = tuple(
    SelfCare(**dict(zip([each.name for each in fields(SelfCare)], items, strict=True)))
    for items in product(YES_NO, repeat=6)
)
BENEFITS = (
    Asked(
        disability_living,
        "130802",
        date(2025, 1, 1),
        {
            "disability": (NO_DISABILITY, DISABILITIES[1]),
            "assistance": tuple(Assistance),
            "work_injury_care": YES_NO,
            "child_allowance": YES_NO,
            "full_child_allowance": YES_NO,
            "retired_cadre": YES_NO,
        },
        applicant,
    ),
    Asked(
        disability_care,
        "130110",
        date(2025, 3, 31),
        {
            "disability": DISABILITIES,
            "assistance": tuple(Assistance),
            "work_injury_care": YES_NO,
            "needs_long_term_care": YES_NO,
        },
        applicant,
    ),
    Asked(
        elderly_subsidy,
        "140105",
        date(2016, 1, 1),
        {
            "birth": BIRTHS[:3],
            "assistance": tuple(Assistance),
            "incapacitated": YES_NO,
            "only_child_died": YES_NO,
            "disability_care": YES_NO,
            "ability_level": tuple(
                AbilityLevel(scale=AbilityScale.GBT_42195, level=level) for level in range(5)
            ),
        },
        applicant,
        kept=("available", "level_mzt", "combine", "elderly"),
    ),
    Asked(
        care_voucher,
        "130802",
        date(2026, 1, 1),
        {
            "birth": BIRTHS[:3],
            "assistance": tuple(Assistance),
            "ability_level": tuple(
                AbilityLevel(scale=AbilityScale.GBT_42195, level=level) for level in range(5)
            ),
            "care_service": tuple(CareService),
            "care_month": AMOUNTS,
            "centralised_care": YES_NO,
            "improvement_action": YES_NO,
        },
        applicant,
        kept=("scale",),
    ),
    Asked(
        orphan,
        "370202",
        date(2021, 5, 7),
        {
            "birth": BIRTHS[3:],
            "first": PARENTS,
            "second": PARENTS,
            "adopted": YES_NO,
            "hiv": YES_NO,
            "orphan_as_minor": YES_NO,
            "school_school": tuple(School),
            "placement": tuple(Placement),
        },
        applicant,
    ),
    Asked(
        de_facto_unattended,
        "530502",
        date(2021, 5, 7),
        {
            "birth": BIRTHS[4:],
            "first": PARENTS,
            "second": PARENTS,
            "assistance": tuple(Assistance),
            "registered_poor": tuple(RegisteredPoor),
            "drawn": (
                (),
                *(
                    (Drawn(kind=kind, month=month),)
                    for kind in DrawnKind
                    for month in map(Decimal, ("0", "100", "5000"))
                ),
            ),
            "placement": tuple(Placement),
        },
        applicant,
        kept=("scale",),
    ),
    Asked(
        children_in_difficulty,
        "330782",
        date(2023, 4, 1),
        {
            "birth": BIRTHS[4:],
            "child_allowance": YES_NO,
            "full_child_allowance": YES_NO,
            "hiv": YES_NO,
            "severe": YES_NO,
            "assistance": tuple(Assistance),
            "drawn": ((), (Drawn(kind=DrawnKind.DIBAO, month=Decimal(300)),)),
            "placement": tuple(Placement),
        },
        applicant,
        kept=("scale",),
    ),
    Asked(
        orphan_schooling,
        "130822",
        date(2020, 9, 1),
        {
            "birth": BIRTHS[3:],
            "orphan_as_minor": YES_NO,
            "adopted": YES_NO,
            "disability": (NO_DISABILITY, DISABILITIES[1]),
            "school_school": tuple(School),
            "school_full_time": YES_NO,
            "school_since_minor": YES_NO,
            "school_in_mainland": YES_NO,
            "school_in_plan": YES_NO,
            "school_half_years": (1, 2),
        },
        applicant,
    ),
    Asked(
        gradual_exit,
        "130802",
        date(2023, 8, 31),
        {
            "draws_dibao": YES_NO,
            "by_employment": YES_NO,
            "size": (1, 3),
            "income_year": tuple(map(Decimal, ("0", "9000", "20000"))),
            "base_month": AMOUNTS,
            "supplement_month": AMOUNTS,
        },
        leaving,
        kept=("start", "until", "months"),
    ),
    Asked(
        tekun,
        "130822",
        date(2023, 11, 1),
        {
            "birth": BIRTHS,
            "disability": DISABILITIES,
            "recognised_as_minor": YES_NO,
            "study": tuple(Study),
            "orphan": YES_NO,
            "child_allowance": YES_NO,
            "income": INCOMES,
            "status": tuple(SupporterStatus),
            "self_care": SELF_CARE[::5],
            "meets_tekun_rule": YES_NO,
        },
        applicant,
        kept=("tekun_", "dibao_standard_year"),
    ),
    Asked(
        temporary_assistance,
        "330106",
        date(2021, 1, 4),
        {
            "hardship": tuple(Hardship),
            "family": YES_NO,
            "persons": (1, 2, 6),
            "serious": YES_NO,
            "urgent": YES_NO,
            "emergency_area": ("330106", "130822"),
            "assistance": tuple(Assistance),
            "registered_poor": tuple(RegisteredPoor),
            "awaiting": YES_NO,
            "disposable_income": AMOUNTS,
            "meets_property_rule": YES_NO,
            "beyond_means": YES_NO,
            "special_hardship": YES_NO,
            "degree": (1, 2, 3),
            "months": (1, 2, 7),
            "months_without_income": (0, 2, 3, 9),
            "unemployment_insured": YES_NO,
            "kept_by_epidemic": YES_NO,
            "works_or_lives_here": YES_NO,
        },
        application,
    ),
    Asked(
        dibao,
        "130822",
        date(2020, 7, 24),
        {
            **MEMBER,
            **OWNS,
            "disability": DISABILITIES,
            "a_disability": DISABILITIES,
            "seriously_ill": YES_NO,
            "a_seriously_ill": YES_NO,
            "employed": YES_NO,
            "labour_ability": YES_NO,
            "own_register": YES_NO,
            "special_hardship": YES_NO,
            "in_hardship": YES_NO,
            "meets_dibao_marginal_rule": YES_NO,
        },
        household,
        kept=(
            "standard_year",
            "old_age_allowance",
            "supplement_elderly_age",
            "supplement_minor_age",
        ),
    ),
    Asked(
        dibao_marginal,
        "130802",
        date(2023, 9, 1),
        {**MEMBER, **OWNS, "meets_dibao_marginal_rule": YES_NO},
        household,
        kept=("standard_year",),
        rural=False,
    ),
    Asked(
        rigid_expenditure,
        "310101",
        date(2025, 1, 1),
        {**MEMBER, "assistance": tuple(Assistance), "meets_rigid_expenditure_rule": YES_NO},
        household,
        kept=("standard_year", "excluded_none"),
        rural=False,
    ),
)
ids = pytest.mark.parametrize("asked", BENEFITS, ids=lambda each: each.name)


@cache
def base(asked: Asked) -> Any:
    own = isinstance(asked.benefit, Benefit)
    rule = asked.benefit.rule if own else asked.benefit.RULE
    held = rule.terms(Standards.bundled(), asked.area, asked.on, asked.residence)
    assert held.terms is not None
    return held


def drawn_terms(asked: Asked, random: Random) -> Any:
    """The terms on file, most of them drawn anew."""
    held = base(asked)
    drawn: dict[str, Any] = {}
    for each in fields(type(held.terms)):
        value = getattr(held.terms, each.name)
        if isinstance(value, Vector):
            new = type(value)(
                drawn_term(asked, random, f"{each.name}_{key.name.lower()}", value[key])
                for key in value.by
            )
        else:
            new = drawn_term(asked, random, each.name, value)
        drawn |= {} if new == value else {each.name: new}
    drawn |= following(held.terms, drawn)
    if "scale" in {each.name for each in fields(type(held.terms))} and "scale" not in drawn:
        drawn = {name: value for name, value in drawn.items() if not name.endswith("_share")}
    return evolve(held, terms=evolve(held.terms, **drawn))


def following(terms: Any, drawn: Mapping[str, Any]) -> dict[str, Any]:
    """The terms that follow from others."""
    whole = evolve(terms, **drawn)
    made: dict[str, Any] = {}
    for name in [each for each in ("", "spent_", "taken_") if hasattr(whole, f"{each}unsettled")]:
        counts = getattr(whole, name.rstrip("_") or "counted")
        open_ = getattr(whole, f"{name}unsettled")
        both = zip(open_, counts, strict=True)
        made[f"{name}unsettled"] = type(open_)(not of and is_open for is_open, of in both)
    if hasattr(whole, "has_unsettled"):
        made["has_unsettled"] = any(made["unsettled"])
    if hasattr(whole, "single"):
        pairs = [(each, whole.single[each]) for each in whole.single.by]
        made["single_groups"] = sum((condition > 0) << group for group, condition in pairs)
        made["single_conditions"] = reduce(or_, whole.single)
        made["has_supplements"] = any(whole.supplement)
    return made


def drawn_term(asked: Asked, random: Random, name: str, value: Any) -> Any:
    """One term; it stays as it is where nothing is to be drawn."""
    fixed = any(name.startswith(kept) for kept in asked.kept)
    if fixed or name == "pays_bands" or random.random() < 0.3:
        return value
    if isinstance(value, bool):
        return random.random() < 0.5
    choices = TERMS.get(name) or next(
        (some for start, some in TERMS.items() if start[-1] == "_" and name.startswith(start)),
        None,
    )
    if choices is None:
        return value
    return type(value)(random.choice(choices)) if value >= 0 else random.choice(choices)


def decide(asked: Asked, case: Any, held: Any) -> Decision:
    if isinstance(asked.benefit, Benefit):
        own = evolve(asked.benefit)
        object.__setattr__(own, "read", lambda *_: held)
        return own.assess(case, on=asked.on, standards=Standards.bundled())
    module = __import__(f"minzheng.benefits.{asked.name}.assess", fromlist=["RULE"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "RULE", evolve(module.RULE, terms=lambda *_: held))
        decision: Decision = module.assess(case, on=asked.on, standards=Standards.bundled())
    return decision


def made(asked: Asked, facts: Mapping[str, Any]) -> Any:
    try:
        return asked.make(asked, facts)
    except InvalidInput:  # facts that contradict one another are no case
        return None


def completions(
    asked: Asked, facts: Mapping[str, Any], erased: Sequence[str], random: Random
) -> Iterator[dict[str, Any]]:
    every_way = list(product(*(asked.facts[name] for name in erased)))
    if len(every_way) > 120:
        every_way = random.sample(every_way, 120)
    for values in every_way:
        yield {**facts, **dict(zip(erased, values, strict=True))}


def answer(decision: Decision) -> tuple[Any, ...]:
    return decision.outcome, decision.award


def erasable(asked: Asked, held: Any) -> list[str]:
    names = [name for name in asked.facts if name not in REQUIRED]
    if asked.benefit is dibao_marginal:  # income and spending are needed
        names = [name for name in names if "income" not in name and "spending" not in name]
    if asked.benefit is orphan and held.terms.hiv_rate != 1:  # is not asked elsewhere
        names.remove("hiv")
    if asked.benefit in (dibao, dibao_marginal) and has_tests(held.terms):
        names.remove("meets_dibao_rule")  # the tests of the place decide; a finding is not asked
    if asked.benefit is children_in_difficulty and not held.terms.pays:
        names.remove("child_allowance")  # is asked once there are tiers
    return names


@ids
@settings(max_examples=60, suppress_health_check=[HealthCheck.filter_too_much], deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_a_decision_without_some_facts_holds_for_every_completion(asked: Asked, seed: int) -> None:
    random = Random(seed)
    held = drawn_terms(asked, random)
    facts = {name: random.choice(values) for name, values in asked.facts.items()}
    erased = random.sample(erasable(asked, held), random.randint(1, 3))
    case = made(asked, {**facts, **dict.fromkeys(erased)})
    assume(case is not None)
    decision = decide(asked, case, held)
    whole = [
        decide(asked, each, held)
        for each in (made(asked, more) for more in completions(asked, facts, erased, random))
        if each is not None
    ]
    assume(whole)
    if decision.outcome is UNDETERMINED:
        # terms made up may lack a figure that is on file, which is then named by nobody
        unnamed = all(each.outcome is UNDETERMINED and not each.missing for each in whole)
        assert decision.missing or unnamed
    else:
        assert not decision.missing
        assert {answer(each) for each in whole} == {answer(decision)}
        assert decision.reason("en")
    for each in whole:
        assert {ground.code for ground in decision.grounds} <= {
            ground.code for ground in each.grounds
        }
    if decision.outcome is UNDETERMINED and not any(map(is_sampled, erased)):
        # completions differ, or none of them is decided
        assert len({answer(each) for each in whole}) > 1 or whole[0].outcome is UNDETERMINED


def is_sampled(name: str) -> bool:
    """Whether the values of a fact in these tests are only some of those that it may have."""
    return name in MONEY or "income" in name or "spending" in name or name in ("drawn", "self_care")


def ranked(decision: Decision) -> tuple[int, int, Decimal]:
    """The order of answers in which a monotone fact never goes down."""
    order = (REFUSED, UNDETERMINED, GRANTED)
    codes = {each.code for each in decision.grounds}
    way = 1 if "single_persons" in codes else 2
    granted = decision.outcome is GRANTED
    paid = decision.award.amount if decision.award else Decimal(-1)
    return order.index(decision.outcome), way if granted else 0, paid


MONOTONE = {
    "care_voucher": ("care_month",),
    "gradual_exit": ("base_month", "supplement_month"),
    "temporary_assistance": ("persons", "months", "months_without_income", "disposable_income"),
    "dibao": ("financial_assets", "homes", "cars"),
    "dibao_marginal": ("financial_assets", "homes", "cars"),
}
"""The numbers run at their ends, whose values stand in order."""


@pytest.mark.parametrize(
    ("asked", "name"),
    [(each, name) for each in BENEFITS for name in MONOTONE.get(each.name, ())],
    ids=lambda each: getattr(each, "name", each),
)
@settings(max_examples=40, suppress_health_check=[HealthCheck.filter_too_much], deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_a_monotone_number_moves_the_answer_one_way(asked: Asked, name: str, seed: int) -> None:
    random = Random(seed)
    held = drawn_terms(asked, random)
    facts = {each: random.choice(values) for each, values in asked.facts.items()}
    cases = [made(asked, {**facts, name: value}) for value in asked.facts[name]]
    answers = [ranked(decide(asked, each, held)) for each in cases if each is not None]
    assume(len(answers) > 1)
    assert answers in (sorted(answers), sorted(answers, reverse=True))


def test_an_amount_that_differs_only_for_a_class_between_is_not_granted() -> None:
    asked = BENEFITS[0]
    held = base(asked)
    facts: dict[str, Any] = {
        "disability": DISABILITIES[1],
        "work_injury_care": False,
        "full_child_allowance": False,
        "retired_cadre": False,
    }

    def decided(*amounts: int) -> Decision:
        """Every class is eligible, tekun families too, so that the class alone decides."""
        of = held.terms
        terms = evolve(
            of,
            amount=type(of.amount)(amounts),
            eligible=type(of.eligible)([True] * len(of.eligible)),
            excluded=type(of.excluded)([False] * len(of.excluded)),
        )
        return decide(asked, applicant(asked, facts), evolve(held, terms=terms))

    decision = decided(10000, 5000, 10000)
    assert decision.outcome is UNDETERMINED
    assert [each.path for each in decision.missing] == ["applicant.person.assistance"]
    same = decided(10000, 10000, 10000)
    assert (same.outcome, same.missing) == (GRANTED, ())


# --- the combinations that are run


def asking(*asked: tuple[str, tuple[Any, ...], bool]) -> Callable[[Run], tuple[Any, ...]]:
    def execute(run: Run) -> tuple[Any, ...]:
        ask = Ask(run, "case", date(2020, 1, 1), None, None)
        return tuple(
            ask.take(None, name, domain, True, monotone) for name, domain, monotone in asked
        )

    return execute


def test_every_combination_is_run_once() -> None:
    execute = asking(("a", (1, 2, 3), False), ("b", (False, True), True))
    ran = [result for _chosen, _run, result in every(execute)]
    assert sorted(ran) == sorted(product((1, 2, 3), (False, True)))


def test_monotone_facts_are_taken_together_at_their_ends() -> None:
    execute = asking(("a", (1, 2), False), ("b", (0, 9), True), ("c", ("w", "x", "y"), True))
    ran = sorted(result for _run, result in corners(execute))
    ends = [(0, "w"), (9, "x"), (9, "y")]
    assert ran == sorted((a, *end) for a in (1, 2) for end in ends)


def test_a_fact_that_the_rule_does_not_come_to_is_not_run() -> None:
    def execute(run: Run) -> tuple[int, int]:
        ask = Ask(run, "case", date(2020, 1, 1), None, None)
        cars = ask.take(None, "cars", (0, 3))
        return (cars, ask.take(None, "mobility", (0, cars))) if cars else (0, 0)

    ran = [result for _chosen, _run, result in every(execute)]
    assert sorted(ran) == [(0, 0), (3, 0), (3, 3)]


def test_of_values_treated_alike_one_is_run() -> None:
    assert distinct(Assistance, lambda each: each is Assistance.DIBAO_MARGINAL) == (
        Assistance.NONE,
        Assistance.DIBAO_MARGINAL,
    )
