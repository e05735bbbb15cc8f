"""Edge families against worked examples, on both sides of every regime and of every line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from attrs import evolve
from dibao_cases import (
    NEW,
    OLD,
    case,
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

from minzheng.base import codec
from minzheng.base.i18n import LANGUAGES
from minzheng.base.money import to_yuan
from minzheng.benefits import dibao, dibao_marginal
from minzheng.decision import Decision
from minzheng.errors import InvalidInput
from minzheng.people import Household, IncomeKind, Person, Relation, Residence, Whereabouts
from minzheng.rules import Outcome
from minzheng.standards import Standards

GRANTED, REFUSED, UNDETERMINED = Outcome.GRANTED, Outcome.REFUSED, Outcome.UNDETERMINED
NOTICE_DAY_BEFORE, NOTICE = date(2022, 10, 19), date(2022, 10, 20)
LAW_DAY_BEFORE, LAW = date(2026, 6, 30), date(2026, 7, 1)
WEST_LAKE = "330106"
FITS = owns(meets_dibao_marginal_rule=True)


def decide(
    *members: Person,
    on: date = date(2022, 1, 1),
    standards: Standards | None = None,
    **facts: Any,
) -> Decision:
    """The decision on a household that meets both property rules, at a standard of 632 a month."""
    stated = {"property": FITS, **facts}
    return dibao_marginal.assess(
        household(*members, **stated), on=on, standards=standards or local()
    )


def alone(month: str) -> Person:
    return person(income=earns(month))


def asked(decision: Decision) -> list[str]:
    """The series of the figures that are missing."""
    return [each.not_held.series.name for each in decision.missing if each.not_held is not None]


# --- worked examples


def test_a22_strict_lines() -> None:
    given, expected = case("A22")
    table = local(month=given["standard_month"])
    classes = []
    for month in given["per_capita_income_month"]:
        applied = household(alone(month), property=FITS)
        drawn = dibao.assess(applied, on=given["on"], standards=table).outcome
        recognised = dibao_marginal.assess(applied, on=given["on"], standards=table).outcome
        named = {
            (GRANTED, REFUSED): "dibao",
            (REFUSED, GRANTED): "dibao_marginal",
            (REFUSED, REFUSED): "none",
        }
        classes.append(named[drawn, recognised])
    assert classes == expected["class"]


def test_a20_the_survivor_is_in_the_edge_band() -> None:
    """After 2026-07-01 the multiple is a local figure: without it, the band is not known."""
    given, expected = case("A20")
    survivor = person(birth=date(1960, 3, 1), income=earns(given["survivor_income_month"]))
    on = date.fromisoformat(f"{given['decided_in']}-15")
    table = local(row("dibao_marginal.ratio", given["edge_ratio"]), month=given["standard_month"])
    decision = decide(survivor, on=on, standards=table)
    assert (decision.outcome, codes(decision)) == (GRANTED, ["within_line"])
    assert finding(decision, "line_year") == 12 * Decimal(expected["edge_line_month"])
    open_case = decide(survivor, on=on, standards=local(month=given["standard_month"]))
    assert (open_case.outcome, asked(open_case)) == (UNDETERMINED, ["dibao_marginal.ratio"])


# --- the law of the day


def test_before_the_measures_of_2021_the_law_knows_no_edge_family() -> None:
    before = decide(alone("700"), on=OLD)
    assert (before.outcome, asked(before)) == (UNDETERMINED, ["dibao_marginal.conditions"])
    assert "2021-07-01" in before.missing[0].message
    assert decide(alone("700"), on=NEW).outcome is GRANTED


@pytest.mark.parametrize(
    ("on", "cited"),
    [
        (NEW, "dibao-review-2021"),
        (NOTICE_DAY_BEFORE, "dibao-review-2021"),
        (NOTICE, "assistance-safety-net-2022"),
        (LAW_DAY_BEFORE, "assistance-safety-net-2022"),
        (LAW, "social-assistance-law-2026"),
    ],
    ids=str,
)
def test_each_regime_cites_its_own_law(on: date, cited: str) -> None:
    decision = decide(alone("700"), on=on, standards=local(row("dibao_marginal.ratio", "1.5")))
    assert decision.outcome is GRANTED
    (ground,) = decision.grounds
    assert getattr(ground.citations[0], "instrument_id", None) == cited


def test_from_2026_07_01_the_line_is_the_provinces() -> None:
    day_before = decide(alone("700"), on=LAW_DAY_BEFORE)
    assert day_before.outcome is GRANTED
    without = decide(alone("700"), on=LAW)
    assert (without.outcome, codes(without)) == (UNDETERMINED, ["line_missing"])
    (message,) = (each.message for each in without.missing)
    assert "no point of dibao_marginal.ratio" in message
    assert "130822, 130800, 130000, 000000" in message
    province = local() + _province("1.2")
    assert decide(alone("700"), on=LAW, standards=province).outcome is GRANTED
    assert decide(alone("758.39"), on=LAW, standards=province).outcome is GRANTED
    assert decide(alone("758.40"), on=LAW, standards=province).outcome is REFUSED


def _province(ratio: str) -> Standards:
    """An invented line of Hebei; no such figure is known."""
    table = local(row("dibao_marginal.ratio", ratio), area="130000")
    rows = [
        each for each in table if each.area == "130000" and each.series == "dibao_marginal.ratio"
    ]
    return Standards(table.series.values(), rows)


def test_without_a_line_what_does_not_hang_on_it_is_still_told() -> None:
    assert decide(alone("631.99"), on=LAW).outcome is REFUSED
    assert (
        decide(alone("700"), on=LAW, property=owns(meets_dibao_marginal_rule=False)).outcome
        is REFUSED
    )


# --- dibao itself, and property


def test_who_qualifies_for_dibao_is_no_edge_family() -> None:
    decision = decide(alone("631.99"))
    assert (decision.outcome, codes(decision)) == (REFUSED, ["qualifies_for_dibao"])


def test_who_is_kept_from_dibao_by_property_may_be_one() -> None:
    kept = owns(meets_dibao_rule=False, meets_dibao_marginal_rule=True)
    decision = decide(alone("100"), property=kept)
    assert (decision.outcome, codes(decision)) == (GRANTED, ["dibao_property"])
    out = decide(
        alone("100"), property=owns(meets_dibao_rule=False, meets_dibao_marginal_rule=False)
    )
    assert (out.outcome, codes(out)) == (REFUSED, ["property_rule"])


def test_a_ceiling_of_dibao_held_by_the_place_keeps_from_dibao_only() -> None:
    table = local(row("dibao.property.homes", 1))
    two = owns(homes=2, meets_dibao_rule=None, meets_dibao_marginal_rule=True)
    assert decide(alone("100"), property=two, standards=table).outcome is GRANTED
    one = owns(homes=1, meets_dibao_rule=None, meets_dibao_marginal_rule=True)
    assert decide(alone("100"), property=one, standards=table).outcome is REFUSED


def test_a_member_who_may_draw_dibao_alone_leaves_the_family_an_edge_family() -> None:
    ill = person(Relation.SPOUSE, seriously_ill=True)
    members = (person(income=earns("1600")), ill)
    assert decide(*members).outcome is GRANTED
    assert dibao.assess(household(*members), on=date(2022, 1, 1), standards=local()).award


def test_recognition_pays_nothing() -> None:
    decision = decide(alone("700"))
    assert decision.award is None
    assert "award" not in codec.unstructure(decision)
    assert "Outcome: granted." in decision.explain("en")


# --- Zhejiang: inclusive, and capped


def _zhejiang(month: str, *rows: dict[str, object]) -> Standards:
    """An invented standard of a county of Zhejiang over the bundled law."""
    return local(*rows, month=month, area=WEST_LAKE)


@pytest.mark.parametrize(
    ("month", "outcome"), [("1500.00", GRANTED), ("1500.01", REFUSED), ("1000", GRANTED)]
)
def test_in_zhejiang_the_line_itself_is_within(month: str, outcome: Outcome) -> None:
    decision = decide(alone(month), area=WEST_LAKE, standards=_zhejiang("1000"))
    assert decision.outcome is outcome
    assert "浙江省社会救助条例" in decision.explain("zh_CN")


def test_zhejiang_knew_edge_families_from_2014_11_01_on() -> None:
    table = _zhejiang("1000")
    before = decide(alone("1200"), area=WEST_LAKE, on=date(2014, 10, 31), standards=table)
    assert (before.outcome, asked(before)) == (UNDETERMINED, ["dibao_marginal.conditions"])
    first = decide(alone("1200"), area=WEST_LAKE, on=date(2014, 11, 1), standards=table)
    assert first.outcome is GRANTED
    law = decide(alone("1200"), area=WEST_LAKE, on=LAW, standards=table)
    assert (law.outcome, asked(law)) == (UNDETERMINED, ["dibao_marginal.ratio"])


def test_a_county_of_zhejiang_may_not_set_a_line_above_the_minimum_wage() -> None:
    own = row("dibao_marginal.ratio", "2")
    wage = (row("minimum_wage", "1800", keys={"tier": "1"}), row("minimum_wage.tier", 1))
    capped = _zhejiang("1000", own, *wage)
    assert decide(alone("1800"), area=WEST_LAKE, standards=capped).outcome is GRANTED
    assert decide(alone("1800.01"), area=WEST_LAKE, standards=capped).outcome is REFUSED
    low = _zhejiang("1000", own, row("minimum_wage", "2500", keys={"tier": "1"}), wage[1])
    assert decide(alone("2000"), area=WEST_LAKE, standards=low).outcome is GRANTED
    assert decide(alone("2000.01"), area=WEST_LAKE, standards=low).outcome is REFUSED


def test_without_the_minimum_wage_a_countys_own_line_is_not_known() -> None:
    table = _zhejiang("1000", row("dibao_marginal.ratio", "2"))
    decision = decide(alone("1200"), area=WEST_LAKE, standards=table)
    assert (decision.outcome, asked(decision)) == (UNDETERMINED, ["minimum_wage.tier"])
    tiered = _zhejiang("1000", row("dibao_marginal.ratio", "2"), row("minimum_wage.tier", 1))
    decision = decide(alone("1200"), area=WEST_LAKE, standards=tiered)
    assert (decision.outcome, asked(decision)) == (UNDETERMINED, ["minimum_wage"])


def test_dibao_draws_the_same_line_as_the_recognition() -> None:
    """Who applies alone as a member of an edge family does so by the capped line too."""
    own = row("dibao_marginal.ratio", "2")
    wage = (row("minimum_wage", "1800", keys={"tier": "1"}), row("minimum_wage.tier", 1))
    table = _zhejiang("1000", own, *wage)
    ill = person(Relation.SPOUSE, seriously_ill=True)
    for month, outcome in (("3600", GRANTED), ("3600.01", REFUSED)):
        members = (person(income=earns(month)), ill)
        applied = household(*members, area=WEST_LAKE, property=FITS)
        on = date(2022, 1, 1)
        assert dibao_marginal.assess(applied, on=on, standards=table).outcome is outcome
        assert dibao.assess(applied, on=on, standards=table).outcome is outcome


# --- what is not known


def test_only_the_finding_that_decides_is_asked() -> None:
    assert missing(decide(alone("700"), property=None)) == [
        "household.property.meets_dibao_marginal_rule"
    ]
    assert missing(decide(alone("100"), property=None)) == [
        "household.property.meets_dibao_rule",
        "household.property.meets_dibao_marginal_rule",
    ]
    assert decide(alone("948"), property=None).outcome is REFUSED


def test_income_is_needed_for_neither_too_little_nor_too_much_is_known_without() -> None:
    assert missing(decide(person(income=None))) == ["household.members[0].income"]
    vague = evolve(alone("1"), income=(evolve(earns("1")[0], month=None),))
    assert missing(decide(vague)) == ["household.members[0].income[0].year"]


def test_spending_is_asked_where_it_is_deducted() -> None:
    ill = person(income=earns("700"), spending=None)
    assert decide(ill).outcome is GRANTED
    table = local(row("dibao.deduction.rigid", "0.5", keys={"kind": "medical"}))
    assert missing(decide(ill, standards=table)) == ["household.members[0].spending"]


@pytest.mark.parametrize(
    ("month", "pension", "outcome"),
    [("700", "10", GRANTED), ("700", "300", UNDETERMINED), ("600", "10", REFUSED)],
)
def test_income_that_no_rule_settles_is_taken_both_ways(
    month: str, pension: str, outcome: Outcome
) -> None:
    income = (*earns(month), *earns(pension, IncomeKind.BASIC_PENSION))
    decision = decide(person(income=income), on=date(2026, 1, 1))
    assert decision.outcome is outcome
    if outcome is UNDETERMINED:
        assert asked(decision) == ["dibao.income.counted"]


def test_a_birth_after_the_day_is_refused() -> None:
    with pytest.raises(InvalidInput, match=r"members\[0\].birth"):
        decide(person(birth=date(2022, 1, 2)))


def test_no_members() -> None:
    decision = decide(person(whereabouts=Whereabouts.PRISON))
    assert (decision.outcome, codes(decision)) == (REFUSED, ["no_members"])


# --- words

TOLD: dict[str, Decision] = {
    "band": decide(alone("700")),
    "kept": decide(
        alone("100"), property=owns(meets_dibao_rule=False, meets_dibao_marginal_rule=True)
    ),
    "nobody": decide(person(whereabouts=Whereabouts.PRISON)),
    "above": decide(alone("948")),
    "dibao": decide(alone("100")),
    "property": decide(alone("700"), property=owns(meets_dibao_marginal_rule=False)),
    "line": decide(alone("700"), on=LAW),
    "unsettled": decide(person(income=earns("900", IncomeKind.BASIC_PENSION)), on=date(2026, 1, 1)),
    "no law": decide(alone("700"), on=OLD),
    "unknown": decide(person(income=None)),
}


def test_every_reason_is_told() -> None:
    said = {code for each in TOLD.values() for code in codes(each)}
    assert said == {each.name.lower() for each in dibao_marginal.Reason} - {"none"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TOLD)
def test_every_outcome_explains_itself(name: str, language: str) -> None:
    text = TOLD[name].explain(language)
    assert "{" not in text
    assert TOLD[name].reason(language)
    for ground in TOLD[name].grounds:
        for citation in ground.citations:
            assert citation.text(language) in text


# --- properties

FEN = st.integers(0, 200_000)
INCOMES = st.lists(FEN, min_size=1, max_size=5)
RELATIONS = [Relation.APPLICANT, Relation.SPOUSE, *[Relation.OTHER] * 3]


def _family(incomes: list[int], **facts: Any) -> Household:
    members = [
        person(relation, income=earns(to_yuan(fen)), support_duty=True)
        for relation, fen in zip(RELATIONS, incomes, strict=False)
    ]
    return household(*members, **{"property": FITS, **facts})


@given(INCOMES, st.sampled_from(["1.2", "4/3", "1.5", "2"]))
def test_dibao_edge_and_none_are_apart_and_leave_no_gap(incomes: list[int], ratio: str) -> None:
    table, on = local(row("dibao_marginal.ratio", ratio)), date(2022, 1, 1)
    applied = _family(incomes)
    drawn = dibao.assess(applied, on=on, standards=table).outcome is GRANTED
    recognised = dibao_marginal.assess(applied, on=on, standards=table).outcome is GRANTED
    line = Decimal(63_200 * len(incomes)) * {"1.2": 12, "4/3": 20, "1.5": 15, "2": 30}[ratio]
    below = sum(incomes) < 63_200 * len(incomes)
    within = sum(incomes) * (15 if ratio in ("4/3", "2") else 10) < line
    assert (drawn, recognised) == (below, within and not below)


@given(st.lists(FEN, min_size=2, max_size=6))
def test_above_the_standard_more_income_never_recognises(fen: list[int]) -> None:
    outcomes = [
        decide(person(income=earns(to_yuan(63_200 + each)))).outcome for each in sorted(fen)
    ]
    assert all(not (one is REFUSED and two is GRANTED) for one, two in pairwise(outcomes))


BLANKS = st.sampled_from(
    ["meets_dibao_rule", "meets_dibao_marginal_rule", "homes", "financial_assets"]
)


@given(
    INCOMES,
    st.booleans(),
    st.booleans(),
    st.integers(0, 3),
    st.integers(0, 30_000),
    st.sets(BLANKS, min_size=1),
    st.booleans(),
)
def test_what_is_decided_without_a_fact_is_so_whatever_the_fact(
    incomes: list[int],
    dibao_rule: bool,
    edge_rule: bool,
    homes: int,
    assets: int,
    blanks: set[str],
    tested: bool,
) -> None:
    tests = [row("dibao.property.homes", 1), row("dibao.property.assets_standard_months", "24")]
    table = local(*tests) if tested else local()
    owned = owns(
        meets_dibao_rule=dibao_rule,
        meets_dibao_marginal_rule=edge_rule,
        homes=homes,
        financial_assets=assets,
    )
    known = dibao_marginal.assess(_family(incomes, property=owned), on=NEW, standards=table)
    if tested:  # where the place's tests are held they decide, and no finding is asked
        blanks = blanks - {"meets_dibao_rule"}
    blank = evolve(owned, **dict.fromkeys(blanks))
    open_case = dibao_marginal.assess(_family(incomes, property=blank), on=NEW, standards=table)
    if open_case.outcome is not UNDETERMINED:
        assert open_case.outcome is known.outcome
        assert set(open_case.findings) <= set(known.findings)


def test_residence_chooses_the_standard() -> None:
    table = Standards.bundled()
    on = date(2023, 9, 1)
    city = household(alone("800"), area="130802", residence=Residence.URBAN, property=FITS)
    assert dibao_marginal.assess(city, on=on, standards=table).outcome is GRANTED
    village = evolve(city, residence=Residence.RURAL)
    assert dibao_marginal.assess(village, on=on, standards=table).outcome is REFUSED
