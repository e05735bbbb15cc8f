"""Rigid expenditure on both sides of every line and regime; Shanghai's scheme by the same code.

No local share, no disposable income per person and no standard of Shanghai is known from a
source that may be used: the figures of these tables are invented.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from attrs import evolve
from dibao_cases import (
    AREA,
    codes,
    earns,
    finding,
    household,
    local,
    missing,
    owns,
    person,
    row,
)
from hypothesis import given
from hypothesis import strategies as st

from minzheng.base.i18n import LANGUAGES
from minzheng.base.money import to_fen, to_yuan
from minzheng.benefits import rigid_expenditure
from minzheng.decision import Decision
from minzheng.people import (
    Assistance,
    Income,
    IncomeKind,
    Person,
    Relation,
    Spending,
    SpendingKind,
    Whereabouts,
)
from minzheng.rules import Outcome
from minzheng.standards import Standards

GRANTED, REFUSED, UNDETERMINED = Outcome.GRANTED, Outcome.REFUSED, Outcome.UNDETERMINED
BEFORE, FIRST = date(2024, 12, 31), date(2025, 1, 1)
LAW_DAY_BEFORE, LAW = date(2026, 6, 30), date(2026, 7, 1)
HUANGPU = "310101"
MEDICAL, EDUCATION, LIVING = SpendingKind.MEDICAL, SpendingKind.EDUCATION, SpendingKind.LIVING
FITS = owns(meets_rigid_expenditure_rule=True, meets_dibao_marginal_rule=True)

INVENTED = (row("income.disposable_per_capita", "20000"), row("rigid_expenditure.ratio", "0.6"))
COUNTY = local(*INVENTED)
SHANGHAI = local(row("income.disposable_per_capita", "80000"), month="1000", area=HUANGPU)


def spends(year: str, kind: SpendingKind = MEDICAL) -> tuple[Spending, ...]:
    return (Spending(kind=kind, year=Decimal(year)),)


def decide(
    *members: Person,
    on: date = FIRST,
    standards: Standards = COUNTY,
    **facts: Any,
) -> Decision:
    """The decision on a household that is in no assistance and meets the property rules."""
    stated = {"property": FITS, "assistance": Assistance.NONE, **facts}
    return rigid_expenditure.assess(household(*members, **stated), on=on, standards=standards)


def patient(
    income: str, spent: str, kind: SpendingKind = MEDICAL, relation: Relation = Relation.APPLICANT
) -> Person:
    """Somebody with this income and spending in yuan a year."""
    return person(
        relation,
        income=(Income(kind=IncomeKind.WAGE, year=Decimal(income)),),
        spending=spends(spent, kind),
    )


def asked(decision: Decision) -> list[str]:
    return [each.not_held.series.name for each in decision.missing if each.not_held is not None]


def cited(decision: Decision) -> set[object]:
    return {
        getattr(each, "instrument_id", None)
        for ground in decision.grounds
        for each in ground.citations
    }


# --- the nation


def test_before_2025_no_law_of_the_nation_is_in_force() -> None:
    before = decide(patient("10000", "9000"), on=BEFORE)
    assert (before.outcome, asked(before)) == (UNDETERMINED, ["rigid_expenditure.conditions"])
    assert "2025-01-01" in before.missing[0].message
    assert decide(patient("10000", "9000"), on=FIRST).outcome is GRANTED


@pytest.mark.parametrize(
    ("on", "instrument"),
    [
        (FIRST, "rigid-expenditure-2024"),
        (LAW_DAY_BEFORE, "rigid-expenditure-2024"),
        (LAW, "social-assistance-law-2026"),
    ],
    ids=str,
)
def test_each_regime_cites_its_own_law(on: date, instrument: str) -> None:
    decision = decide(patient("10000", "9000"), on=on)
    assert decision.outcome is GRANTED
    assert instrument in cited(decision)
    law = {"rigid-expenditure-2024", "social-assistance-law-2026"}
    assert on >= LAW or cited(decision) & law == {instrument}


@pytest.mark.parametrize(
    ("spent", "outcome"), [("6000", REFUSED), ("6000.01", GRANTED), ("0", REFUSED)]
)
def test_the_share_is_to_be_exceeded(spent: str, outcome: Outcome) -> None:
    decision = decide(patient("10000", spent))
    assert decision.outcome is outcome
    assert finding(decision, "threshold_year") == Decimal("6000.00")
    assert decision.award is None


@pytest.mark.parametrize(("income", "outcome"), [("19999.99", GRANTED), ("20000", REFUSED)])
def test_the_income_is_lower_than_last_years_disposable_income(
    income: str, outcome: Outcome
) -> None:
    assert decide(patient(income, "19000")).outcome is outcome


@pytest.mark.parametrize("kind", SpendingKind)
def test_every_kind_of_art_5_counts(kind: SpendingKind) -> None:
    assert decide(patient("10000", "6000.01", kind)).outcome is GRANTED


def test_spending_of_all_members_is_set_against_the_income_of_all() -> None:
    child = person(Relation.CHILD, birth=date(2015, 1, 1), spending=spends("4000", EDUCATION))
    decision = decide(patient("10000", "2000.01"), child)
    assert decision.outcome is GRANTED
    assert finding(decision, "spending_year") == Decimal("6000.01")
    assert finding(decision, "size") == 2


def test_a_household_without_income_exceeds_every_share_by_any_spending() -> None:
    assert decide(person(spending=spends("0.01"))).outcome is GRANTED
    assert decide(person(spending=())).outcome is REFUSED


@pytest.mark.parametrize("assistance", Assistance)
def test_other_classes_of_assistance_come_first(assistance: Assistance) -> None:
    decision = decide(patient("10000", "9000"), assistance=assistance)
    if assistance is Assistance.NONE:
        assert decision.outcome is GRANTED
    else:
        assert (decision.outcome, codes(decision)) == (REFUSED, ["in_assistance"])


def test_the_property_rule() -> None:
    decision = decide(patient("10000", "9000"), property=owns(meets_rigid_expenditure_rule=False))
    assert (decision.outcome, codes(decision)) == (REFUSED, ["property_rule"])


def test_local_figures_that_are_not_held_are_all_named() -> None:
    bundled = Standards.bundled()
    decision = decide(patient("10000", "9000"), standards=bundled)
    assert decision.outcome is UNDETERMINED
    assert asked(decision) == ["income.disposable_per_capita", "rigid_expenditure.ratio"]
    half = local(INVENTED[0])
    decision = decide(patient("10000", "9000"), standards=half)
    assert (codes(decision), asked(decision)) == (["share_missing"], ["rigid_expenditure.ratio"])


@pytest.mark.parametrize(
    "facts",
    [
        {"assistance": Assistance.DIBAO},
        {"property": owns(meets_rigid_expenditure_rule=False)},
        {"spending": ()},
    ],
    ids=str,
)
def test_without_local_figures_what_does_not_hang_on_them_is_told(facts: dict[str, Any]) -> None:
    stated = {**facts}
    spending = stated.pop("spending", spends("9000"))
    member = person(income=earns("800"), spending=spending)
    assert decide(member, standards=Standards.bundled(), **stated).outcome is REFUSED


def test_a_recognition_says_how_long_it_is_valid_and_what_window_it_takes() -> None:
    notes = [(each.text, dict(each.values)) for each in decide(patient("10000", "9000")).notes]
    assert [values for text, values in notes if "valid" in text] == [{"months": 12}]
    assert [values for text, values in notes if "before the application" in text] == [
        {"months": 12}
    ]


# --- what is not known


@pytest.mark.parametrize(
    ("blank", "path"),
    [
        ({"income": None}, "household.members[0].income"),
        ({"spending": None}, "household.members[0].spending"),
    ],
)
def test_what_decides_is_asked(blank: dict[str, Any], path: str) -> None:
    member = evolve(patient("10000", "9000"), **blank)
    assert missing(decide(member)) == [path]


def test_status_and_finding_are_asked() -> None:
    decision = decide(patient("10000", "9000"), assistance=None, property=None)
    assert missing(decision) == [
        "household.assistance",
        "household.property.meets_rigid_expenditure_rule",
    ]
    assert decide(patient("10000", "1"), assistance=None, property=None).outcome is REFUSED


@pytest.mark.parametrize(
    ("spent", "pension", "outcome"),
    [
        ("9000", "1000", GRANTED),
        ("6300", "1000", UNDETERMINED),
        ("9000", "10000", UNDETERMINED),
        ("5000", "1000", REFUSED),
    ],
)
def test_income_that_no_rule_settles_is_taken_both_ways(
    spent: str, pension: str, outcome: Outcome
) -> None:
    income = (
        Income(kind=IncomeKind.WAGE, year=Decimal("10000")),
        Income(kind=IncomeKind.BASIC_PENSION, year=Decimal(pension)),
    )
    decision = decide(person(income=income, spending=spends(spent)), on=date(2026, 1, 1))
    assert decision.outcome is outcome
    if outcome is UNDETERMINED:
        assert (codes(decision), asked(decision)) == (
            ["unsettled_income"],
            ["dibao.income.counted"],
        )


# --- Shanghai


def in_shanghai(*members: Person, on: date = FIRST, **facts: Any) -> Decision:
    return decide(*members, on=on, area=HUANGPU, **{"standards": SHANGHAI, **facts})


@pytest.mark.parametrize(
    ("spent", "pay"),
    [("18000.01", "0.00"), ("18012", "1.00"), ("24000", "500.00"), ("30000", "1000.00"),
     ("99999", "1000.00")],
)  # fmt: skip
def test_shanghai_pays_what_the_income_left_lacks_to_the_standard(spent: str, pay: str) -> None:
    decision = in_shanghai(patient("30000", spent))
    assert (decision.outcome, codes(decision)) == (GRANTED, ["remainder"])
    assert decision.award is not None
    assert (decision.award.amount, decision.award.persons) == (Decimal(pay), 1)


def test_in_shanghai_what_is_left_is_lower_than_the_standard() -> None:
    at = in_shanghai(patient("30000", "18000"))
    assert (at.outcome, asked(at)) == (UNDETERMINED, ["rigid_expenditure.ratio"])
    with_share = SHANGHAI + _shanghai_share("0.7")
    refused = in_shanghai(patient("30000", "18000"), standards=with_share)
    assert (refused.outcome, codes(refused)) == (REFUSED, ["spending_too_low"])


def _shanghai_share(ratio: str) -> Standards:
    """An invented share: the regulation refers to one that is not held."""
    table = local(row("rigid_expenditure.ratio", ratio), area=HUANGPU)
    rows = [each for each in table if each.series == "rigid_expenditure.ratio"]
    return Standards(table.series.values(), rows)


@pytest.mark.parametrize(
    ("kind", "spent", "outcome"),
    [
        (MEDICAL, "9000", GRANTED),
        (MEDICAL, "8999.99", REFUSED),
        (EDUCATION, "9000", REFUSED),
    ],
)
def test_in_shanghai_medical_spending_alone_is_to_reach_the_share(
    kind: SpendingKind, spent: str, outcome: Outcome
) -> None:
    table = SHANGHAI + _shanghai_share("0.3")
    decision = in_shanghai(patient("30000", spent, kind), standards=table)
    assert (decision.outcome, decision.award) == (outcome, None)


def test_shanghai_has_had_its_scheme_since_2019_05_01() -> None:
    first = date(2019, 5, 1)
    before = in_shanghai(patient("30000", "24000"), on=date(2019, 4, 30))
    assert (before.outcome, asked(before)) == (UNDETERMINED, ["rigid_expenditure.conditions"])
    for on in (first, BEFORE, FIRST, LAW_DAY_BEFORE, LAW):
        decision = in_shanghai(patient("30000", "24000"), on=on)
        assert decision.award is not None
        assert decision.award.amount == Decimal("500.00")
        assert "shanghai-assistance-regulation-2018" in cited(decision)


def test_in_shanghai_an_edge_family_is_due_the_same_aid() -> None:
    assert (
        in_shanghai(patient("30000", "24000"), assistance=Assistance.DIBAO_MARGINAL).outcome
        is GRANTED
    )
    assert in_shanghai(patient("30000", "24000"), assistance=Assistance.DIBAO).outcome is REFUSED


def test_what_shanghai_does_not_settle_is_said() -> None:
    drawing = in_shanghai(patient("30000", "24000"), on=BEFORE, assistance=Assistance.DIBAO)
    assert (drawing.outcome, asked(drawing)) == (
        UNDETERMINED,
        ["rigid_expenditure.ratio", "rigid_expenditure.excluded"],
    )
    lives = person(
        income=(Income(kind=IncomeKind.WAGE, year=Decimal("30000")),),
        spending=(*spends("24000"), *spends("1000", LIVING)),
    )
    unsettled = in_shanghai(lives)
    assert (unsettled.outcome, codes(unsettled)) == (UNDETERMINED, ["unsettled_spending"])
    assert "rigid_expenditure.remainder.spending" in asked(unsettled)


def test_shanghai_asks_for_the_finding_under_the_edge_rule() -> None:
    open_case = in_shanghai(patient("30000", "24000"), property=None)
    assert missing(open_case) == ["household.property.meets_dibao_marginal_rule"]


def test_of_shanghai_no_amount_is_bundled() -> None:
    decision = in_shanghai(patient("30000", "24000"), standards=Standards.bundled())
    assert decision.outcome is UNDETERMINED
    assert asked(decision) == [
        "income.disposable_per_capita",
        "dibao.standard",
        "rigid_expenditure.ratio",
    ]


def test_the_scheme_is_data_the_rows_of_shanghai_decide_another_county_alike() -> None:
    bundled = Standards.bundled()
    rows = [
        evolve(each, area=AREA)
        for each in bundled
        if each.area == "310000" and each.series.startswith("rigid_expenditure.")
    ]
    assert rows
    moved = local(row("income.disposable_per_capita", "80000"), month="1000")
    moved += Standards(bundled.series.values(), rows)
    for spent in ("18000", "18000.01", "24000", "99999"):
        here = decide(patient("30000", spent), standards=moved)
        there = in_shanghai(patient("30000", spent))
        assert (here.outcome, here.award, codes(here)) == (
            there.outcome,
            there.award,
            codes(there),
        )
        assert [(each.name, each.value) for each in here.findings] == [
            (each.name, each.value) for each in there.findings
        ]


# --- words

TOLD: dict[str, Callable[[], Decision]] = {
    "share": lambda: decide(patient("10000", "9000")),
    "law": lambda: decide(patient("10000", "9000"), on=LAW),
    "remainder": lambda: in_shanghai(patient("30000", "24000")),
    "nobody": lambda: decide(person(whereabouts=Whereabouts.PRISON)),
    "dibao": lambda: decide(patient("10000", "9000"), assistance=Assistance.DIBAO),
    "income": lambda: decide(patient("20000", "9000")),
    "property": lambda: decide(
        patient("1", "1"), property=owns(meets_rigid_expenditure_rule=False)
    ),
    "little": lambda: decide(patient("10000", "1")),
    "bundled": lambda: decide(patient("10000", "9000"), standards=Standards.bundled()),
    "no standard": lambda: in_shanghai(
        patient("30000", "24000"), standards=_disposable_income_of_shanghai()
    ),
    "no share": lambda: decide(patient("10000", "9000"), standards=local(INVENTED[0])),
    "class": lambda: in_shanghai(patient("1", "1"), on=BEFORE, assistance=Assistance.DIBAO),
    "pension": lambda: decide(
        person(income=earns("900", IncomeKind.BASIC_PENSION), spending=spends("900")),
        on=date(2026, 1, 1),
    ),
    "living": lambda: in_shanghai(patient("30000", "24000", LIVING)),
    "no law": lambda: decide(patient("10000", "9000"), on=BEFORE),
    "unknown": lambda: decide(person(income=None, spending=None)),
}


def _disposable_income_of_shanghai() -> Standards:
    rows = [each for each in SHANGHAI if each.area != HUANGPU or each.series != "dibao.standard"]
    return Standards(SHANGHAI.series.values(), rows)


def test_every_reason_is_told() -> None:
    said = {code for each in TOLD.values() for code in codes(each())}
    assert said == {each.name.lower() for each in rigid_expenditure.Reason} - {"none"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TOLD)
def test_every_outcome_explains_itself(name: str, language: str) -> None:
    decision = TOLD[name]()
    text = decision.explain(language)
    assert "{" not in text
    assert decision.reason(language)
    for ground in decision.grounds:
        for citation in ground.citations:
            assert citation.text(language) in text


# --- properties

FEN = st.integers(0, 4_000_000)
PLACES: dict[str, dict[str, Any]] = {
    "county": {"standards": COUNTY},
    "shanghai": {"standards": SHANGHAI + _shanghai_share("0.3"), "area": HUANGPU},
}
PLACE = st.sampled_from(sorted(PLACES))


def rank(decision: Decision) -> tuple[bool, int]:
    """Recognised, and paid how much: what may only fall with income and rise with spending."""
    paid = 0 if decision.award is None else to_fen(decision.award.amount)
    return decision.outcome is GRANTED, paid


def of(income: int, spent: int, kind: SpendingKind, place: str) -> Decision:
    return decide(patient(str(to_yuan(income)), str(to_yuan(spent)), kind), **PLACES[place])


@given(st.lists(FEN, min_size=2, max_size=5), FEN, st.sampled_from([MEDICAL, EDUCATION]), PLACE)
def test_more_income_never_helps(
    incomes: list[int], spent: int, kind: SpendingKind, place: str
) -> None:
    ranks = [rank(of(income, spent, kind, place)) for income in sorted(incomes)]
    assert all(one >= two for one, two in pairwise(ranks))


@given(FEN, st.lists(FEN, min_size=2, max_size=5), st.sampled_from([MEDICAL, EDUCATION]), PLACE)
def test_more_spending_never_harms(
    income: int, spendings: list[int], kind: SpendingKind, place: str
) -> None:
    ranks = [rank(of(income, spent, kind, place)) for spent in sorted(spendings)]
    assert all(one <= two for one, two in pairwise(ranks))
    assert all(paid <= 100_000 for _granted, paid in ranks)


@given(
    FEN,
    FEN,
    st.sampled_from(SpendingKind),
    st.sampled_from(Assistance),
    st.booleans(),
    st.sets(st.sampled_from(["income", "spending", "assistance", "property"]), min_size=1),
    PLACE,
)
def test_what_is_decided_without_a_fact_is_so_whatever_the_fact(
    income: int,
    spent: int,
    kind: SpendingKind,
    assistance: Assistance,
    fits: bool,
    blanks: set[str],
    place: str,
) -> None:
    member = patient(str(to_yuan(income)), str(to_yuan(spent)), kind)
    owned = owns(meets_rigid_expenditure_rule=fits, meets_dibao_marginal_rule=fits)
    known = decide(member, assistance=assistance, property=owned, **PLACES[place])
    blank: dict[str, Any] = dict.fromkeys(blanks & {"income", "spending"})
    ignorant = evolve(member, **blank)
    open_case = decide(
        ignorant,
        assistance=None if "assistance" in blanks else assistance,
        property=None if "property" in blanks else owned,
        **PLACES[place],
    )
    if open_case.outcome is not UNDETERMINED:
        assert (open_case.outcome, open_case.award) == (known.outcome, known.award)
