"""Unknown facts: named with their paths where the answer hangs on them, and only there."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from dibao_cases import (
    KNOWN,
    LAW,
    NEW,
    OLD,
    SEVERE,
    codes,
    decide,
    earns,
    finding,
    local,
    missing,
    owns,
    paid,
    person,
    row,
)

from minzheng.base.codec import structure
from minzheng.errors import InvalidInput
from minzheng.people import (
    Household,
    Income,
    IncomeKind,
    Person,
    Relation,
    Spending,
    SpendingKind,
    Study,
    Whereabouts,
)
from minzheng.rules import Outcome

CAR = local(row("dibao.property.car", True))
ME, OTHER = "household.members[0]", "household.members[1]"


def test_an_unknown_income_is_asked_with_its_path() -> None:
    decision = decide(person(), person(Relation.SPOUSE, income=None))
    assert (decision.outcome, missing(decision)) == (Outcome.UNDETERMINED, [f"{OTHER}.income"])
    assert decision.award is None


def test_an_unknown_amount_is_asked_with_its_place_in_the_list() -> None:
    rows = (*earns("100"), Income(kind=IncomeKind.TRANSFER))
    assert missing(decide(person(income=rows))) == [f"{ME}.income[1].year"]


def test_an_unknown_amount_of_a_kind_that_never_counts_is_not_asked() -> None:
    assert paid(decide(person(income=(Income(kind=IncomeKind.REWARD),)))) == 632


def test_all_unknown_facts_that_matter_are_asked_at_once() -> None:
    strangers = (Person(relation=Relation.APPLICANT), Person(relation=Relation.SPOUSE))
    decision = decide(*strangers, property=None, in_hardship=None)
    for path in (ME, OTHER):
        for fact in ("birth", "whereabouts", "income", "disabled", "seriously_ill"):
            assert f"{path}.{fact}" in missing(decision)
    assert "household.property.meets_dibao_rule" in missing(decision)
    assert len(missing(decision)) == len(set(missing(decision)))


@pytest.mark.parametrize(
    ("relation", "unknown", "on", "expected"),
    [
        (Relation.APPLICANT, "birth", NEW, ["birth"]),
        (Relation.APPLICANT, "whereabouts", NEW, ["whereabouts"]),
        (Relation.CHILD, "dependent", NEW, ["dependent"]),
        (Relation.CHILD, "study", NEW, ["study"]),
        (Relation.CHILD, "co_resident", NEW, ["co_resident"]),
        (Relation.PARENT, "co_resident", NEW, ["co_resident"]),
        (Relation.PARENT, "co_resident", OLD, []),
        (Relation.OTHER, "support_duty", NEW, ["support_duty"]),
        (Relation.SPOUSE, "co_resident", NEW, []),
        (Relation.SPOUSE, "study", NEW, []),
        (Relation.SPOUSE, "support_duty", NEW, []),
        (Relation.SPOUSE, "dependent", NEW, []),
    ],
)
def test_facts_of_membership(
    relation: Relation, unknown: str, on: date, expected: list[str]
) -> None:
    # one tie is enough for a child, and both are needed for others: leave the answer open
    apart = {"co_resident": relation is Relation.OTHER, "dependent": False, "study": Study.NONE}
    stranger = person(relation, **{**apart, unknown: None})
    others = () if relation is Relation.APPLICANT else (person(),)
    decision = decide(*others, stranger, on=on)
    path = f"household.members[{len(others)}]"
    assert missing(decision) == [f"{path}.{fact}" for fact in expected]


@pytest.mark.parametrize(
    ("relation", "facts"),
    [
        (Relation.CHILD, {"whereabouts": Whereabouts.PRISON, "dependent": None, "study": None}),
        (Relation.PARENT, {"whereabouts": Whereabouts.PRISON, "co_resident": None}),
        (Relation.OTHER, {"whereabouts": Whereabouts.PRISON, "support_duty": None}),
        (Relation.OTHER, {"support_duty": None, "co_resident": False}),
        (Relation.CHILD, {"dependent": None, "study": Study.FULL_TIME}),
        (Relation.CHILD, {"dependent": None, "study": None, "co_resident": True}),
        (Relation.CHILD, {"study": None, "co_resident": True}),
    ],
)
def test_facts_of_membership_that_cannot_change_it_are_not_asked(
    relation: Relation, facts: dict[str, Any]
) -> None:
    decision = decide(person(), person(relation, **facts))
    assert (decision.outcome, missing(decision)) == (Outcome.GRANTED, [])


@pytest.mark.parametrize(
    "unknown",
    [
        {"income": None},
        {"seriously_ill": None},
        {"disabled": None},
        {"spending": None},
    ],
)
def test_nothing_more_is_asked_of_a_car_owner(unknown: dict[str, Any]) -> None:
    owned = owns(cars=1, meets_dibao_marginal_rule=False)
    decision = decide(person(**unknown), property=owned, standards=CAR)
    assert (decision.outcome, missing(decision)) == (Outcome.REFUSED, [])
    assert codes(decision) == ["car"]
    assert (finding(decision, "income_year") is None) is ("income" in unknown)


@pytest.mark.parametrize("fact", ["homes", "luxury", "financial_assets", "floor_area"])
def test_nothing_more_is_asked_of_a_family_with_too_much_income(fact: str) -> None:
    table = local(row("dibao.property.homes", 1), row("dibao.property.luxury", True))
    decision = decide(
        person(income=earns("9999")),
        property=owns(**{fact: None}, meets_dibao_rule=None),
        standards=table,
        in_hardship=None,
    )
    assert (decision.outcome, missing(decision)) == (Outcome.REFUSED, [])
    assert "income_not_lower" in codes(decision)


def test_an_unknown_income_of_one_is_not_asked_where_another_earns_enough() -> None:
    decision = decide(person(income=earns("9999")), person(Relation.SPOUSE, income=None))
    assert (decision.outcome, missing(decision)) == (Outcome.REFUSED, [])
    assert finding(decision, "income_year") is None  # it is not known


@pytest.mark.parametrize(
    ("fact", "on", "asked"),
    [
        ("seriously_ill", NEW, True),
        ("special_hardship", NEW, False),
        ("special_hardship", LAW, True),
    ],
)
def test_groups_are_asked_where_the_law_knows_them(fact: str, on: date, asked: bool) -> None:
    edge = (person(income=earns("1600")), person(Relation.SPOUSE, **{fact: None}))
    table = local(row("dibao_marginal.ratio", "1.5"))
    decision = decide(*edge, on=on, standards=table)
    assert missing(decision) == ([f"{OTHER}.{fact}"] if asked else [])


@pytest.mark.parametrize(
    ("on", "unknown", "hardship"),
    [
        (OLD, "labour_ability", True),
        (OLD, "own_register", True),
        (date(2022, 10, 20), "employed", False),
    ],
)
def test_facts_of_the_severely_disabled(on: date, unknown: str, hardship: bool) -> None:
    facts = {"disability": SEVERE, "labour_ability": False, "own_register": True, "employed": False}
    elsewhere: dict[str, Any] = {"area": "120101", "standards": local(area="120101")}
    earner = person(income=earns("5000"))
    disabled = person(Relation.SPOUSE, **{**facts, unknown: None})
    decision = decide(earner, disabled, on=on, in_hardship=hardship, **elsewhere)
    assert missing(decision) == [f"{OTHER}.{unknown}"]
    healthy = person(Relation.SPOUSE, **{unknown: None})
    assert decide(earner, healthy, on=on, in_hardship=hardship, **elsewhere).missing == ()


def test_whether_the_family_is_in_hardship_is_asked_where_it_decides() -> None:
    monk = person(whereabouts=Whereabouts.CLERGY_AWAY)
    assert missing(decide(monk, in_hardship=None)) == ["household.in_hardship"]
    assert decide(in_hardship=None).outcome is Outcome.GRANTED


def test_a_disability_certified_but_not_given_is_asked_for_itself() -> None:
    edge = (person(income=earns("1600")), person(Relation.SPOUSE, disabled=True))
    assert missing(decide(*edge)) == [f"{OTHER}.disability"]


@pytest.mark.parametrize("kind", [SpendingKind.MEDICAL, SpendingKind.DISABILITY])
def test_an_unknown_amount_of_spending(kind: SpendingKind) -> None:
    table = local(row("dibao.deduction.rigid", "1", keys={"kind": "medical"}))
    patient = person(income=earns("100"), spending=(Spending(kind=kind),))
    expected = [f"{ME}.spending[0].year"] if kind is SpendingKind.MEDICAL else []
    assert missing(decide(patient, standards=table)) == expected


@pytest.mark.parametrize("fact", [fact for fact in KNOWN if fact not in ("birth", "whereabouts")])
def test_what_is_known_of_a_poor_widow_is_little(fact: str) -> None:
    blank: dict[str, Any] = {fact: None}
    decision = decide(person(**blank))
    assert missing(decision) == ([f"{ME}.income"] if fact == "income" else [])


def test_a_misspelt_key_in_json_names_its_path_and_the_nearest_key() -> None:
    member = {"relation": "applicant", "incme": []}
    data = {"id": "a", "area": "130822", "residence": "rural", "members": [member]}
    with pytest.raises(InvalidInput) as caught:
        structure(data, Household, "household")
    assert str(caught.value) == (
        "household.members[0].incme: unknown 'incme'; did you mean 'income'?"
    )


def test_a_fact_left_out_of_json_is_unknown_never_zero() -> None:
    known: dict[str, object] = {
        "relation": "applicant",
        "birth": "1980-01-01",
        "whereabouts": "home",
    }
    data = {
        "id": "a",
        "area": "130822",
        "residence": "rural",
        "members": [known],
        "property": {"meets_dibao_rule": True},
    }
    stated = structure(data, Household, "household")
    decision = decide(*stated.members, property=stated.property)
    assert f"{ME}.income" in missing(decision)
    known["income"] = []
    stated = structure(data, Household, "household")
    assert paid(decide(*stated.members, property=stated.property)) == 632
