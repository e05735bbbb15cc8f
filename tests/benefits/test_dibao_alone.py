"""Who may apply alone: the groups of 2012, Hebei 2019, 2021, 2022 and 2026."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from dibao_cases import (
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
    paid,
    person,
    row,
)
from hypothesis import given
from hypothesis import strategies as st

from minzheng.decision import Decision
from minzheng.people import (
    Disability,
    DisabilityType,
    Income,
    IncomeKind,
    Relation,
    Residence,
    Whereabouts,
)
from minzheng.rules import Outcome

DAY = timedelta(days=1)
L4, HEBEI, L8 = date(2012, 12, 12), date(2019, 5, 23), date(2022, 10, 20)
AFTER_HEBEI = date(2021, 6, 30)
EDGE, ABOVE = "1600", "5000"  # a month for two: 800 a head is in the edge band of 632, 2500 is not
LOCAL_RATIO = local(row("dibao_marginal.ratio", "1.5"))

SEVERE_ALONE = {"disability": SEVERE, "labour_ability": False, "own_register": True}
UNEMPLOYED = {"disability": SEVERE, "employed": False}
ILL = {"seriously_ill": True}
ELDER = {"birth": date(1950, 1, 1)}
MINOR = {"birth": date(2015, 1, 1)}
MENTAL_3 = {"disability": Disability(type=DisabilityType.MENTAL, grade=3)}
INTELLECTUAL_3 = {"disability": Disability(type=DisabilityType.INTELLECTUAL, grade=3)}
PHYSICAL_3 = {"disability": Disability(type=DisabilityType.PHYSICAL, grade=3)}
MENTAL_4 = {"disability": Disability(type=DisabilityType.MENTAL, grade=4)}
GRADE_1 = {"disability": Disability(type=DisabilityType.SPEECH, grade=1)}
CLERGY: dict[str, Any] = {"whereabouts": Whereabouts.CLERGY_AWAY}
HARDSHIP = {"special_hardship": True}


def beside(earner: str, on: date, facts: dict[str, Any], **more: Any) -> Decision:
    """The decision on an earner and a child or spouse without income, with these facts."""
    relation = (
        Relation.CHILD if "birth" in facts and facts["birth"].year > 2000 else Relation.SPOUSE
    )
    return decide(person(income=earns(earner)), person(relation, **facts), on=on, **more)


@pytest.mark.parametrize(
    ("on", "facts", "granted"),
    [
        (OLD, {"disability": SEVERE}, False),
        (NEW, {"disability": SEVERE}, True),
        (NEW, GRADE_1, True),
        (OLD, MENTAL_3, False),
        (NEW, MENTAL_3, True),
        (NEW, INTELLECTUAL_3, True),
        (NEW, PHYSICAL_3, False),
        (NEW, MENTAL_4, False),
        (OLD, ILL, False),
        (NEW, ILL, True),
        (NEW, ELDER, False),
        (NEW, MINOR, False),
        (NEW, {}, False),
        (L8 - DAY, UNEMPLOYED, True),
        (LAW - DAY, HARDSHIP, False),
    ],
)
def test_in_an_edge_family(on: date, facts: dict[str, Any], granted: bool) -> None:
    decision = beside(EDGE, on, facts)
    if not granted:
        assert decision.outcome is Outcome.REFUSED
        return
    assert codes(decision) == ["single_persons", "income_not_lower", "within_line"]
    assert paid(decision) == 632
    assert decision.award is not None
    assert decision.award.persons == 1


@pytest.mark.parametrize("on", [NEW, L8 - DAY])
@pytest.mark.parametrize("facts", [{"disability": SEVERE}, MENTAL_3, ILL, UNEMPLOYED])
def test_above_the_edge_line_nobody_applies_alone(on: date, facts: dict[str, Any]) -> None:
    assert beside("1895.99", on, facts).outcome is Outcome.GRANTED
    assert beside("1896", on, facts).outcome is Outcome.REFUSED  # 948 a head, 1.5 x 632


@pytest.mark.parametrize(
    ("on", "granted"), [(L8 - DAY, False), (L8, True), (LAW - DAY, True), (LAW, True)]
)
def test_unemployed_severely_disabled_adults_whatever_the_family_since_2022(
    on: date, granted: bool
) -> None:
    assert (beside(ABOVE, on, UNEMPLOYED).outcome is Outcome.GRANTED) is granted
    assert (
        beside(ABOVE, on, {"disability": SEVERE}, standards=LOCAL_RATIO).outcome is Outcome.REFUSED
    )
    young = {**UNEMPLOYED, **MINOR}
    assert beside(ABOVE, on, young, standards=LOCAL_RATIO).outcome is Outcome.REFUSED


@pytest.mark.parametrize("facts", [{"disability": SEVERE}, MENTAL_3, ILL, HARDSHIP])
def test_from_the_law_of_2026_the_edge_ratio_is_missing(facts: dict[str, Any]) -> None:
    decision = beside(EDGE, LAW, facts)
    assert decision.outcome is Outcome.UNDETERMINED
    assert decision.award is None
    (lacking,) = decision.missing
    assert lacking.path == "standards"
    assert "dibao_marginal.ratio" in lacking.message
    assert "held: 000000 3/2 (point, 2021-07-01 .. 2026-06-30)" in lacking.message
    assert "line_missing" in codes(decision)


@pytest.mark.parametrize("facts", [{"disability": SEVERE}, MENTAL_3, ILL, HARDSHIP])
@pytest.mark.parametrize(("earner", "granted"), [("1895.99", True), ("1896", False)])
def test_with_a_provincial_ratio_it_is_decided(
    facts: dict[str, Any], earner: str, granted: bool
) -> None:
    decision = beside(earner, LAW, facts, standards=LOCAL_RATIO)
    assert (decision.outcome is Outcome.GRANTED) is granted
    assert decision.missing == ()


def test_where_nobody_could_apply_alone_the_ratio_is_not_asked() -> None:
    decision = beside(EDGE, LAW, {})
    assert (decision.outcome, decision.missing) == (Outcome.REFUSED, ())


@pytest.mark.parametrize(("inclusive", "granted"), [(False, False), (True, True)])
def test_the_edge_line_itself(inclusive: bool, granted: bool) -> None:
    table = local(row("dibao_marginal.inclusive", inclusive))
    decision = beside("1896", NEW, ILL, standards=table)
    assert (decision.outcome is Outcome.GRANTED) is granted


@pytest.mark.parametrize(
    ("on", "granted"),
    [(L4, True), (OLD, True), (NEW, False)],
)
def test_the_severely_disabled_of_2012(on: date, granted: bool) -> None:
    decision = beside(ABOVE, on, SEVERE_ALONE, in_hardship=True)
    assert (decision.outcome is Outcome.GRANTED) is granted
    if granted:
        assert codes(decision) == ["single_persons", "income_not_lower"]
        assert beside(ABOVE, on, SEVERE_ALONE).outcome is Outcome.REFUSED  # no hardship
    if on == L4:  # later Hebei has groups of its own, which need no register
        urban = {"in_hardship": True, "residence": Residence.URBAN}
        for lacks in ("labour_ability", "own_register"):
            without = {**SEVERE_ALONE, lacks: not SEVERE_ALONE[lacks]}
            assert beside(ABOVE, on, without, **urban).outcome is Outcome.REFUSED


@pytest.mark.parametrize("on", [L4, OLD, NEW, LAW])
@pytest.mark.parametrize("hardship", [True, False])
def test_clergy_in_hardship(on: date, hardship: bool) -> None:
    decision = beside(ABOVE, on, CLERGY, in_hardship=hardship)
    assert (decision.outcome is Outcome.GRANTED) is hardship
    lone = decide(person(**CLERGY), on=on, in_hardship=hardship)
    assert codes(lone) == (["single_persons"] if hardship else ["no_members"])


@pytest.mark.parametrize("facts", [{"disability": SEVERE}, ILL, ELDER, MINOR])
@pytest.mark.parametrize(
    ("on", "residence", "granted"),
    [
        (HEBEI - DAY, Residence.RURAL, False),
        (HEBEI, Residence.RURAL, True),
        (AFTER_HEBEI, Residence.RURAL, True),
        (HEBEI, Residence.URBAN, False),
    ],
)
def test_rural_groups_of_hebei(
    facts: dict[str, Any], on: date, residence: Residence, granted: bool
) -> None:
    decision = beside(ABOVE, on, facts, residence=residence, in_hardship=True)
    assert (decision.outcome is Outcome.GRANTED) is granted
    without = beside(ABOVE, on, facts, residence=residence)
    assert without.outcome is Outcome.REFUSED


@pytest.mark.parametrize("facts", [ELDER, MINOR])
def test_groups_of_hebei_end_with_the_national_measures(facts: dict[str, Any]) -> None:
    assert beside(EDGE, NEW, facts, in_hardship=True).outcome is Outcome.REFUSED


def test_groups_of_hebei_are_no_groups_elsewhere() -> None:
    tianjin = local(area="120101")
    decision = beside(ABOVE, HEBEI, ELDER, in_hardship=True, standards=tianjin, area="120101")
    assert decision.outcome is Outcome.REFUSED


@pytest.mark.parametrize(
    ("birth", "granted"), [(date(1960, 1, 1), True), (date(1960, 1, 2), False)]
)
def test_the_elderly_are_sixty(birth: date, granted: bool) -> None:
    decision = beside(ABOVE, date(2020, 1, 1), {"birth": birth}, in_hardship=True)
    assert (decision.outcome is Outcome.GRANTED) is granted


def test_each_draws_as_a_household_of_one() -> None:
    two = decide(
        person(income=earns("2400")),
        person(Relation.SPOUSE, **ILL, income=earns("100")),
        person(Relation.PARENT, disability=SEVERE),
    )
    assert paid(two) == (632 - 100) + 632
    assert two.award is not None
    assert two.award.persons == 2


@pytest.mark.parametrize(("own", "granted"), [("631.99", True), ("632", False)])
def test_the_own_income_is_below_the_standard(own: str, granted: bool) -> None:
    decision = decide(
        person(income=earns("1000")), person(Relation.SPOUSE, **ILL, income=earns(own))
    )
    assert (decision.outcome is Outcome.GRANTED) is granted


def test_a_person_in_several_groups_is_paid_once() -> None:
    several = {"disability": SEVERE, "employed": False, **ILL, **ELDER}
    for on in (NEW, L8):
        decision = beside(EDGE, on, several, in_hardship=True)
        assert paid(decision) == 632
        assert finding(decision, "persons") == 1


def test_conditions_of_several_groups_all_open_the_way() -> None:
    # an elder by hardship (local), ill by the edge: either is enough, both pay once
    table = local(row("dibao.single.condition", "hardship", keys={"group": "elderly"}))
    both = {**ELDER, **ILL}
    edge = beside(EDGE, NEW, both, standards=table)
    hard = beside(ABOVE, NEW, both, standards=table, in_hardship=True)
    double = beside(EDGE, NEW, both, standards=table, in_hardship=True)
    assert [paid(each) for each in (edge, hard, double)] == [632, 632, 632]
    assert beside(ABOVE, NEW, both, standards=table).outcome is Outcome.REFUSED


def test_unknown_groups_are_asked_where_they_open_the_way() -> None:
    decision = beside(EDGE, NEW, {"seriously_ill": None, "disabled": None})
    assert missing(decision) == [
        "household.members[1].disabled",
        "household.members[1].seriously_ill",
    ]
    assert beside(ABOVE, NEW, {"seriously_ill": None}).outcome is Outcome.REFUSED


def test_an_unknown_disability_may_be_of_any_type_and_grade() -> None:
    # where only grade 3 opens the way, an unknown disability must still be asked
    table = local(
        row("dibao.single.condition", "any", keys={"group": "grade_3_mental"}),
    )
    decision = beside(ABOVE, NEW, {"disabled": None}, standards=table)
    assert missing(decision) == ["household.members[1].disabled"]


@pytest.mark.parametrize("on", [NEW, LAW])
def test_an_unknown_disability_is_asked_for_its_supplement_too(on: date) -> None:
    table = local(
        row("dibao.single.condition", "any", keys={"group": "grade_3_mental"}),
        row("dibao.supplement.rate", "0.5", keys={"category": "severe_disability"}),
    )
    decision = decide(person(disabled=None), on=on, standards=table)
    assert missing(decision) == ["household.members[0].disabled"]


def rate(group: str, share: str) -> dict[str, object]:
    return row("dibao.single.rate", share, keys={"group": group})


@pytest.mark.parametrize(
    ("group", "facts", "month"),
    [
        # a rate of one group does not lessen what another group draws
        ("severe_disability", {"disability": SEVERE}, 316),
        ("severe_disability", {"disability": SEVERE, **ILL}, 632),
        # nor does the rate of a group that may not apply alone
        ("elderly", {**ILL, **ELDER}, 632),
    ],
)
def test_rates_of_those_enrolled_alone(group: str, facts: dict[str, Any], month: int) -> None:
    assert paid(beside(EDGE, NEW, facts, standards=local(rate(group, "0.5")))) == month


def test_of_two_rates_the_higher_counts() -> None:
    table = local(rate("severe_disability", "0.5"), rate("serious_illness", "0.75"))
    assert paid(beside(EDGE, NEW, {"disability": SEVERE, **ILL}, standards=table)) == 474


REMOVED = st.sampled_from([{"disability": SEVERE}, MENTAL_3, INTELLECTUAL_3, ILL, HARDSHIP, {}])


@given(st.integers(1264, 6000), REMOVED)
def test_from_the_law_of_2026_no_ratio_of_the_measures_comes_back(
    month: int, facts: dict[str, Any]
) -> None:
    before = beside(str(month), LAW - DAY, facts)
    after = beside(str(month), LAW, facts)
    assert ("within_line" in codes(before)) is (month < 1896)  # 1.5 x 632 for two
    assert "dibao_marginal" not in codes(after)
    assert "dibao_marginal.ratio" not in [each.figure.series for each in after.figures]
    assert after.outcome is (Outcome.UNDETERMINED if facts else Outcome.REFUSED)
    for language in ("en", "zh_CN"):
        assert ("dibao_marginal.ratio" in after.explain(language)) is bool(facts)


@pytest.mark.parametrize(("on", "asked"), [(LAW - DAY, False), (LAW, True)])
def test_the_ratio_of_the_province_is_asked_from_the_day_of_the_law(on: date, asked: bool) -> None:
    assert bool(missing(beside(EDGE, on, ILL))) is asked
    assert missing(beside(EDGE, on, ILL, standards=LOCAL_RATIO)) == []


@pytest.mark.parametrize(
    ("on", "kind", "facts", "told"),
    [
        (L8, IncomeKind.TRANSFER, UNEMPLOYED, True),
        (L8 - DAY, IncomeKind.TRANSFER, UNEMPLOYED, False),
        (L8, IncomeKind.WAGE, UNEMPLOYED, False),
        (L8, IncomeKind.TRANSFER, {**UNEMPLOYED, "employed": True}, False),
        (L8, IncomeKind.TRANSFER, {**UNEMPLOYED, **PHYSICAL_3}, False),
        (L8, IncomeKind.TRANSFER, {**UNEMPLOYED, **MINOR}, False),
    ],
)
def test_support_by_siblings_and_the_elderly_may_be_disregarded(
    on: date, kind: IncomeKind, facts: dict[str, Any], told: bool
) -> None:
    supported = person(Relation.CHILD, income=(Income(kind=kind, year=Decimal(1200)),), **facts)
    decision = decide(person(income=earns("500")), supported, on=on)
    assert any("siblings" in each.text for each in decision.notes) is told
