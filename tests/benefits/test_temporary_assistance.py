"""Temporary assistance: both sides of every regime and threshold, the ceilings, what is unknown."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from attrs import evolve, fields
from hypothesis import given
from hypothesis import strategies as st

from minzheng.base.i18n import translator
from minzheng.base.money import to_fen
from minzheng.benefits import temporary_assistance
from minzheng.benefits._temporary_assistance import Facts, Reason
from minzheng.benefits.procedures import Events, deadlines
from minzheng.decision import Decision
from minzheng.errors import InvalidInput
from minzheng.people import (
    Application,
    Assistance,
    Hardship,
    RegisteredPoor,
    Residence,
)
from minzheng.rules import Outcome
from minzheng.standards import Per, Standards, load

GRANTED, REFUSED, UNDETERMINED = Outcome.GRANTED, Outcome.REFUSED, Outcome.UNDETERMINED
XINGLONG, HANGZHOU = "130822", "330106"
DAY = timedelta(days=1)
FIRST, TYPES, SAFETY_NET, LAW = (
    date(2014, 5, 1),
    date(2018, 1, 23),
    date(2022, 10, 20),
    date(2026, 7, 1),
)
PLAN = date(2020, 7, 24)
LANGUAGES = ("en", "zh_CN")
CASES = {
    case["id"]: case
    for case in tomllib.loads(
        (Path(__file__).parents[1] / "oracles" / "assistance.toml").read_text("utf-8")
    )["case"]
}


def stated(series: str, value: object, **keys: str) -> dict[str, object]:
    known = load.catalogue()[series]
    made = {"series": series, "value": value, "per": known.pers[0].value, "keys": keys}
    return {**made, "kind": known.kinds[0].value, "from": date(2010, 1, 1), "source": "s"}


def county(*rows: dict[str, object], area: str = XINGLONG) -> Standards:
    """The bundled tables, and over them a county with rows of its own."""
    source = {"title": "t", "where": "w", "grade": "press", "confidence": "secondary"}
    text = tomli_w.dumps({"area": area, "sources": {"s": source}, "figure": list(rows)})
    held = load.read(text, f"{area}.toml")
    return Standards.bundled() + Standards(load.catalogue().values(), held)


STANDARD = stated("dibao.standard", "600")
MULTIPLES = [
    stated("temporary_assistance.multiple", "1.5", type=kind) for kind in ("emergency", "jobless")
]
BY_DEGREE = [
    stated("temporary_assistance.multiple", value, type="expenditure", degree=degree)
    for degree, value in (("1", "0.5"), ("2", "1"), ("3", "2"))
]
CEILINGS = [
    stated("temporary_assistance.ceiling", "6", hardship="general"),
    stated("temporary_assistance.ceiling", "12", hardship="special"),
]
LIMIT = stated("temporary_assistance.township_limit", "2000")
INCOME = stated("income.disposable_per_capita", "14000")


@cache
def full() -> Standards:
    return county(STANDARD, *MULTIPLES, *BY_DEGREE, *CEILINGS, LIMIT, INCOME)


def application(**facts: Any) -> Application:
    """A family of two after an accident, nothing unknown, but for ``facts``."""
    settled: dict[str, Any] = {
        "id": "t",
        "area": XINGLONG,
        "residence": Residence.RURAL,
        "hardship": Hardship.ACCIDENT,
        "family": True,
        "persons": 2,
        "serious": True,
        "urgent": False,
        "small_quick": False,
        "emergency_area": XINGLONG,
        "assistance": Assistance.NONE,
        "rigid_expenditure": False,
        "registered_poor": RegisteredPoor.NEVER,
        "awaiting": False,
        "disposable_income": "9000",
        "meets_property_rule": True,
        "beyond_means": True,
        "special_hardship": False,
        "degree": 1,
        "months": 1,
        "months_without_income": 3,
        "unemployment_insured": False,
        "kept_by_epidemic": True,
        "works_or_lives_here": True,
        **facts,
    }
    return Application(**settled)


def decide(on: date, standards: Standards | None = None, **facts: Any) -> Decision:
    return temporary_assistance.assess(application(**facts), on=on, standards=standards or full())


def codes(decision: Decision) -> list[str]:
    return [each.code for each in decision.grounds]


def amount(decision: Decision) -> Decimal:
    assert decision.award is not None
    return decision.award.amount


# --- the law by date


def test_before_the_first_regime_the_law_is_not_held() -> None:
    before = decide(FIRST - DAY)
    assert before.outcome is UNDETERMINED
    assert {each.not_held.series.name for each in before.missing if each.not_held} == {
        "temporary_assistance.emergency.objects",
        "temporary_assistance.expenditure.objects",
        "temporary_assistance.filing",
    }
    assert decide(FIRST).outcome is GRANTED


def test_an_individual_is_helped_in_an_emergency_from_2018() -> None:
    alone: dict[str, Any] = {"family": False, "persons": 1}
    assert codes(decide(TYPES - DAY, **alone)) == ["not_a_family"]
    now = decide(TYPES, **alone)
    assert (now.outcome, amount(now)) == (GRANTED, Decimal("900.00"))
    assert now.award is not None
    assert (now.award.per, now.award.persons) == (Per.ONCE, 1)


@pytest.mark.parametrize(
    ("assistance", "before", "after"),
    [
        (Assistance.NONE, "not_a_dibao_family", "expenditure"),
        (Assistance.TEKUN, "not_a_dibao_family", "expenditure"),
        (Assistance.DIBAO, "expenditure", "expenditure"),
    ],
)
def test_sudden_spending_of_other_families_from_2018(
    assistance: Assistance, before: str, after: str
) -> None:
    facts: dict[str, Any] = {"hardship": Hardship.SPENDING, "assistance": assistance}
    assert codes(decide(TYPES - DAY, **facts))[0] == before
    assert codes(decide(TYPES, **facts))[0] == after


def test_spending_is_for_families_on_every_day() -> None:
    for on in (TYPES, LAW):
        refused = decide(on, hardship=Hardship.SPENDING, family=False, persons=1)
        assert (refused.outcome, codes(refused)) == (REFUSED, ["not_a_family"])


def test_the_uninsured_jobless_from_2022() -> None:
    assert codes(decide(SAFETY_NET - DAY, hardship=Hardship.JOBLESS)) == ["no_jobless_rule"]
    now = decide(SAFETY_NET, hardship=Hardship.JOBLESS)
    assert (now.outcome, codes(now)[0]) == (GRANTED, "jobless")


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"months_without_income": 2}, "months_too_few"),
        ({"unemployment_insured": True}, "insured"),
        ({"assistance": Assistance.DIBAO}, "draws_dibao"),
        ({"kept_by_epidemic": False}, "no_epidemic"),
        ({"works_or_lives_here": False}, "neither_works_nor_lives_here"),
    ],
)
def test_every_condition_of_the_jobless_is_needed(facts: dict[str, Any], code: str) -> None:
    refused = decide(SAFETY_NET, hardship=Hardship.JOBLESS, **facts)
    assert (refused.outcome, codes(refused)) == (REFUSED, [code])


def test_filing_where_the_emergency_happened_from_2026() -> None:
    elsewhere: dict[str, Any] = {"emergency_area": "130824"}
    assert decide(LAW - DAY, **elsewhere).outcome is GRANTED
    refused = decide(LAW, **elsewhere)
    assert (refused.outcome, codes(refused)) == (REFUSED, ["filed_elsewhere"])
    assert "art. 37" in refused.explain("en")
    assert decide(LAW, emergency_area=XINGLONG).outcome is GRANTED


PROCEDURES = {"simplified", "first_permitted", "first_required", "first_if_small"}


def procedure(on: date, standards: Standards | None = None, **facts: Any) -> str:
    """The procedure that a decision tells, or nothing."""
    return "".join(PROCEDURES & {*codes(decide(on, standards, **facts))})


@pytest.mark.parametrize(
    ("on", "wanted"),
    [
        (TYPES - DAY, "simplified"),
        (TYPES, "first_permitted"),
        (LAW - DAY, "first_permitted"),
        (LAW, "first_required"),
    ],
)
def test_granting_first_becomes_allowed_then_a_duty(on: date, wanted: str) -> None:
    assert procedure(on, urgent=True) == wanted
    assert procedure(on, urgent=False) == ""


def test_the_duty_is_for_small_amounts_of_any_type() -> None:
    # 2 persons x 600 x 1.5 = 1,800 within 2,000; two months are above it
    assert procedure(LAW, urgent=True, months=1) == "first_required"
    assert procedure(LAW, urgent=True, months=2) == "first_permitted"
    spending: dict[str, Any] = {"hardship": Hardship.SPENDING, "urgent": True}
    assert procedure(LAW - DAY, **spending) == "simplified"
    assert procedure(LAW, **spending) == "first_required"
    no_limit = county(STANDARD, *MULTIPLES)
    assert procedure(LAW, no_limit, urgent=True) == "first_if_small"
    told = decide(LAW, no_limit, urgent=True)
    assert "no local limit is available" in told.explain("en")
    assert "未收录当地关于金额较小的额度" in told.explain("zh_CN")


# --- the registered poor: item 8 of the plan of 2020

UNTIL_PLAN, AFTER_PLAN = PLAN - DAY, date(2021, 1, 1)
WAITING: dict[str, Any] = {"awaiting": True, "registered_poor": RegisteredPoor.OUT}
STILL_POOR: dict[str, Any] = {
    "hardship": Hardship.SPENDING,
    "registered_poor": RegisteredPoor.IN,
    "disposable_income": "99999",
    "meets_property_rule": False,
}


def test_registered_poor_who_wait_for_dibao_are_helped_first() -> None:
    rich: dict[str, Any] = {"hardship": Hardship.SPENDING, "disposable_income": "99999", **WAITING}
    for outside in (UNTIL_PLAN, AFTER_PLAN):
        assert codes(decide(outside, **rich)) == ["income_not_lower"]
    first = decide(PLAN, **rich)
    assert (first.outcome, codes(first)[:2]) == (GRANTED, ["poor_first", "township"])
    assert "the ordinary examination for dibao or tekun follows" in first.explain("en")
    never: dict[str, Any] = {**rich, "registered_poor": RegisteredPoor.NEVER}
    assert codes(decide(PLAN, **never)) == ["income_not_lower"]
    assert codes(decide(PLAN, **{**rich, "awaiting": False})) == ["income_not_lower"]


def test_those_not_out_of_poverty_are_examined_on_spending_only() -> None:
    for outside in (UNTIL_PLAN, AFTER_PLAN):
        assert codes(decide(outside, **STILL_POOR)) == ["income_not_lower", "property_rule"]
    granted = decide(PLAN, **STILL_POOR)
    assert (granted.outcome, codes(granted)[:2]) == (GRANTED, ["expenditure", "poor"])
    assert codes(decide(PLAN, **STILL_POOR, beyond_means=False)) == ["spending_bearable"]
    out: dict[str, Any] = {**STILL_POOR, "registered_poor": RegisteredPoor.OUT}
    assert decide(PLAN, **out).outcome is REFUSED


def test_the_rule_of_the_plan_is_chengdes_alone() -> None:
    place = county(STANDARD, *BY_DEGREE, INCOME, area="130183")
    facts: dict[str, Any] = {**STILL_POOR, "area": "130183", "emergency_area": "130183"}
    assert decide(PLAN, place, **facts).outcome is REFUSED


def test_those_who_draw_dibao_or_tekun_are_examined_on_spending_only() -> None:
    facts: dict[str, Any] = {**STILL_POOR, "registered_poor": RegisteredPoor.NEVER}
    for assistance in (Assistance.DIBAO, Assistance.TEKUN):
        granted = decide(LAW, **facts, assistance=assistance)
        assert (granted.outcome, codes(granted)[:2]) == (GRANTED, ["expenditure", "enrolled"])
    assert decide(LAW, **facts).outcome is REFUSED


# --- the means


@pytest.mark.parametrize(
    ("income", "outcome"), [("13999.99", GRANTED), ("14000", REFUSED), ("14000.01", REFUSED)]
)
def test_the_income_is_strictly_lower(income: str, outcome: Outcome) -> None:
    facts: dict[str, Any] = {"hardship": Hardship.SPENDING, "disposable_income": income}
    assert decide(LAW, **facts).outcome is outcome


def test_without_the_income_of_the_place_only_none_at_all_is_lower() -> None:
    place = county(STANDARD, *BY_DEGREE)
    spending: dict[str, Any] = {"hardship": Hardship.SPENDING}
    missing = decide(LAW, place, **spending, disposable_income="0.01")
    assert missing.outcome is UNDETERMINED
    assert [each.not_held.series.name for each in missing.missing if each.not_held] == [
        "income.disposable_per_capita"
    ]
    assert decide(LAW, place, **spending, disposable_income="0").outcome is GRANTED


def test_an_emergency_asks_nothing_of_the_means() -> None:
    unknown: dict[str, Any] = {
        "disposable_income": None,
        "meets_property_rule": None,
        "beyond_means": None,
    }
    assert decide(LAW, **unknown).outcome is GRANTED


def test_refusals_name_all_that_stands_in_the_way() -> None:
    refused = decide(
        LAW,
        hardship=Hardship.SPENDING,
        serious=False,
        disposable_income="14000",
        meets_property_rule=False,
    )
    assert codes(refused) == ["not_serious", "income_not_lower", "property_rule"]


# --- the amount


def test_standard_times_multiple_times_persons_and_months() -> None:
    assert amount(decide(LAW, persons=3, months=2)) == Decimal("5400.00")


@pytest.mark.parametrize(("degree", "wanted"), [(1, "600.00"), (2, "1200.00"), (3, "2400.00")])
def test_the_multiple_by_degree(degree: int, wanted: str) -> None:
    assert amount(decide(LAW, hardship=Hardship.SPENDING, degree=degree)) == Decimal(wanted)


def test_the_oracle_of_zhejiang() -> None:
    """A25: at most 6 S for each person, in special hardship at most 12 S."""
    wanted = CASES["A25-zhejiang-temporary"]["expected"]
    place = county(stated("dibao.standard", "1000"), area=HANGZHOU)
    facts: dict[str, Any] = {
        "area": HANGZHOU,
        "emergency_area": HANGZHOU,
        "persons": 1,
        "proposed": "999999",
    }
    for special, text in ((False, "normal_at_most"), (True, "special_at_most")):
        granted = decide(date(2021, 1, 4), place, **facts, special_hardship=special)
        times = int(wanted[text].removesuffix(" S"))
        assert amount(granted) == 1000 * times
        assert "capped" not in codes(granted)
        assert codes(granted)[-1] == "ceiling"
        exactly: dict[str, Any] = {
            **facts,
            "proposed": str(1000 * times),
            "special_hardship": special,
        }
        assert "ceiling" not in codes(decide(date(2021, 1, 4), place, **exactly))


def test_the_ceiling_from_both_sides() -> None:
    # 600 x 1.5 x months for each, at most 3,600: reached by four months exactly
    assert [amount(decide(LAW, persons=1, months=n)) for n in (3, 4, 5)] == [
        Decimal("2700.00"),
        Decimal("3600.00"),
        Decimal("3600.00"),
    ]
    assert amount(decide(LAW, persons=1, months=5, special_hardship=True)) == Decimal("4500.00")


def test_months_are_counted_up_to_what_the_place_allows() -> None:
    place = county(STANDARD, *MULTIPLES, stated("temporary_assistance.months_max", 2))
    assert [amount(decide(LAW, place, persons=1, months=n)) for n in (1, 2, 3)] == [
        Decimal("900.00"),
        Decimal("1800.00"),
        Decimal("1800.00"),
    ]


def test_rounding_is_the_places_and_never_passes_the_ceiling() -> None:
    rows = [
        stated("dibao.standard", "601"),
        stated("temporary_assistance.multiple", "1/3", type="emergency"),
        stated("temporary_assistance.rounding.unit", "10"),
        stated("temporary_assistance.rounding.mode", "up"),
    ]
    assert amount(decide(LAW, county(*rows), persons=1)) == Decimal("210.00")
    capped = county(*rows, stated("temporary_assistance.ceiling", "1/3"))
    assert amount(decide(LAW, capped, persons=1)) == Decimal("200.33")
    assert amount(decide(LAW, county(*rows[:2]), persons=1)) == Decimal("200.33")


@pytest.mark.parametrize(
    ("limit", "authority"), [("1799.99", "county"), ("1800", "township"), ("1800.01", "township")]
)
def test_the_township_decides_up_to_its_limit(limit: str, authority: str) -> None:
    place = county(STANDARD, *MULTIPLES, stated("temporary_assistance.township_limit", limit))
    granted = decide(LAW, place)
    assert amount(granted) == Decimal("1800.00")
    assert codes(granted) == ["emergency", authority]


def test_case_by_case_from_2018() -> None:
    place = county(STANDARD)
    assert amount(decide(TYPES, place, proposed="5000")) == Decimal("5000.00")
    before = decide(TYPES - DAY, place, proposed="5000")
    assert before.outcome is UNDETERMINED
    assert "no decision case by case" in before.explain("en")
    without_standard = county(INCOME)
    granted = decide(date(2024, 1, 2), without_standard, proposed="5000")
    assert (granted.outcome, amount(granted)) == (GRANTED, Decimal("5000.00"))
    assert "No ceiling is available" in granted.explain("en")


def test_a_ceiling_without_a_standard_leaves_the_amount_open() -> None:
    facts: dict[str, Any] = {"area": HANGZHOU, "emergency_area": HANGZHOU, "proposed": "5000"}
    decision = decide(date(2024, 1, 2), Standards.bundled(), **facts)
    assert (decision.outcome, codes(decision)[0]) == (UNDETERMINED, "standard_missing")
    (missing,) = [each.not_held.series.name for each in decision.missing if each.not_held]
    assert missing == "dibao.standard"


def test_hebei_holds_no_formula_and_says_how_to_supply_it() -> None:
    decision = decide(PLAN, Standards.bundled(), urgent=True)
    assert decision.outcome is UNDETERMINED
    assert codes(decision) == ["multiple_missing", "first_permitted"]
    assert [each.path for each in decision.missing] == ["standards", "application.proposed"]
    for language in LANGUAGES:
        assert "temporary_assistance.multiple" in decision.explain(language)
        assert "emergency" in str(decision.missing[0].message)


# --- what is unknown


def test_an_application_that_says_nothing_asks_for_the_hardship_first() -> None:
    nothing = Application(id="t", area=XINGLONG, residence=Residence.RURAL)
    decision = temporary_assistance.assess(nothing, on=LAW, standards=full())
    assert decision.outcome is UNDETERMINED
    assert decision.missing[0].path == "application.hardship"
    assert {"application.serious", "application.emergency_area"} < {
        each.path for each in decision.missing
    }


@pytest.mark.parametrize(
    ("on", "facts", "unknown"),
    [
        (LAW, {}, {"serious"}),
        (LAW, {}, {"persons"}),
        (LAW, {}, {"months"}),
        (LAW, {}, {"emergency_area"}),
        (LAW, {"hardship": Hardship.SPENDING}, {"degree"}),
        (LAW, {"hardship": Hardship.SPENDING}, {"disposable_income"}),
        (LAW, {"hardship": Hardship.SPENDING}, {"meets_property_rule"}),
        (LAW, {"hardship": Hardship.SPENDING}, {"beyond_means", "family"}),
        (LAW, {"hardship": Hardship.SPENDING, "disposable_income": "14000"}, {"assistance"}),
        (LAW, {"months": 5}, {"special_hardship"}),
        (PLAN, STILL_POOR, {"registered_poor"}),
        (PLAN, {**STILL_POOR, **WAITING}, {"awaiting"}),
        (TYPES - DAY, {}, {"family"}),
        (LAW, {"hardship": Hardship.JOBLESS}, {"months_without_income", "unemployment_insured"}),
        (LAW, {"hardship": Hardship.JOBLESS}, {"kept_by_epidemic", "works_or_lives_here"}),
    ],
)
def test_a_fact_that_decides_is_asked_for(
    on: date, facts: dict[str, Any], unknown: set[str]
) -> None:
    decision = decide(on, **{**facts, **dict.fromkeys(unknown)})
    assert decision.outcome is UNDETERMINED
    assert {each.path.removeprefix("application.") for each in decision.missing} == unknown
    for language in LANGUAGES:
        decision.explain(language)


@pytest.mark.parametrize(
    ("on", "facts", "unknown"),
    [
        (LAW - DAY, {}, {"emergency_area"}),
        (LAW, {}, {"family", "assistance", "degree", "registered_poor", "awaiting"}),
        (LAW, {"months": 4}, {"special_hardship"}),
        (LAW, {"serious": False}, {"persons", "months", "urgent"}),
        (LAW, {"proposed": "100", "persons": 1}, {"months", "degree", "special_hardship"}),
        (PLAN, {**STILL_POOR, **WAITING}, {"disposable_income", "beyond_means", "assistance"}),
        (LAW, {"family": False, "persons": None}, set()),
    ],
)
def test_a_fact_that_changes_nothing_is_not_asked_for(
    on: date, facts: dict[str, Any], unknown: set[str]
) -> None:
    known = decide(on, **facts)
    decision = decide(on, **{**facts, **dict.fromkeys(unknown)})
    assert decision.outcome is known.outcome is not UNDETERMINED
    assert (decision.award, decision.missing) == (known.award, ())


def test_an_urgency_not_stated_leaves_the_procedure_open() -> None:
    decision = decide(LAW, urgent=None)
    assert decision.outcome is GRANTED
    assert codes(decision) == ["emergency", "township"]
    assert "the procedure is not told" in decision.explain("en")


def test_an_individual_is_one_person() -> None:
    with pytest.raises(InvalidInput, match="persons"):
        application(family=False, persons=2)


# --- the words


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words_in_both_languages(reason: Reason) -> None:
    assert translator("zh_CN")(reason.text) != reason.text


def test_the_papers_after_a_grant_made_first() -> None:
    urgent = decide(LAW, urgent=True)
    assert "within how many days" in urgent.explain("en")
    place = county(
        STANDARD,
        *MULTIPLES,
        stated("temporary_assistance.deadline.working_days", 10, step="follow_up"),
    )
    assert "within how many days" not in decide(LAW, place, urgent=True).explain("en")
    told = deadlines(
        "temporary_assistance",
        XINGLONG,
        on=LAW,
        events=Events(emergency_over=date(2026, 7, 3)),
        small_quick=False,
        standards=place,
    )
    assert told["follow_up"].due == date(2026, 7, 17)
    assert [each.name for each in told.silent] == ["survey", "decision"]
    silent = deadlines("temporary_assistance", XINGLONG, on=LAW, small_quick=False)
    assert len(silent) == 0
    assert "未收录办理期限" in silent.explain("zh_CN")


# --- who applies for necessary spending: opinions of 2018, 二（二）


@pytest.mark.parametrize(
    ("on", "assistance", "outcome"),
    [
        (TYPES - DAY, Assistance.DIBAO, REFUSED),
        (TYPES, Assistance.DIBAO, GRANTED),
        (TYPES, Assistance.TEKUN, GRANTED),
        (LAW, Assistance.TEKUN, GRANTED),
        (TYPES, Assistance.DIBAO_MARGINAL, REFUSED),
        (TYPES, Assistance.NONE, REFUSED),
    ],
)
def test_members_of_dibao_families_and_tekun_apply_alone_from_2018(
    on: date, assistance: Assistance, outcome: Outcome
) -> None:
    alone: dict[str, Any] = {
        "hardship": Hardship.SPENDING,
        "family": False,
        "persons": 1,
        "assistance": assistance,
    }
    decision = decide(on, **alone)
    assert decision.outcome is outcome
    assert ("not_a_family" in codes(decision)) is (outcome is REFUSED)


def test_a_refusal_names_all_its_reasons() -> None:
    decision = decide(
        LAW,
        hardship=Hardship.SPENDING,
        emergency_area=HANGZHOU,
        serious=False,
        family=False,
        persons=1,
        beyond_means=False,
        disposable_income="14000",
        meets_property_rule=False,
    )
    assert codes(decision) == [
        "filed_elsewhere",
        "not_serious",
        "not_a_family",
        "spending_bearable",
        "income_not_lower",
        "property_rule",
    ]
    jobless = decide(
        SAFETY_NET,
        hardship=Hardship.JOBLESS,
        serious=False,
        kept_by_epidemic=False,
        months_without_income=2,
        unemployment_insured=True,
        assistance=Assistance.DIBAO,
        works_or_lives_here=False,
    )
    assert len(codes(jobless)) == 6


# --- the opinions of 2026

OPINIONS = date(2026, 1, 29)


@pytest.mark.parametrize(
    ("on", "facts", "examined"),
    [
        (OPINIONS - DAY, {"assistance": Assistance.DIBAO_MARGINAL}, "full"),
        (OPINIONS, {"assistance": Assistance.DIBAO_MARGINAL}, "recognised"),
        (OPINIONS - DAY, {"rigid_expenditure": True}, "full"),
        (OPINIONS, {"rigid_expenditure": True}, "recognised"),
        (OPINIONS, {"assistance": Assistance.DIBAO}, "enrolled"),
        (OPINIONS, {}, "full"),
    ],
)
def test_means_of_recognised_households_are_not_checked_again(
    on: date, facts: dict[str, Any], examined: str
) -> None:
    spending = decide(on, hardship=Hardship.SPENDING, **facts)
    assert (spending.outcome, examined in codes(spending)) == (GRANTED, True)
    rich = decide(on, hardship=Hardship.SPENDING, disposable_income="14000", **facts)
    assert rich.outcome is (REFUSED if examined == "full" else GRANTED)


def test_small_and_quick_help_is_at_most_a_month_of_the_standard_for_each() -> None:
    quick: dict[str, Any] = {"small_quick": True, "months": 3}
    assert amount(decide(OPINIONS - DAY, **quick)) == 5400
    decision = decide(OPINIONS, **quick)
    assert amount(decision) == 1200
    assert {"small_quick", "ceiling"} <= {*codes(decision)}
    assert "小额快救" in decision.explain("zh_CN")
    assert amount(decide(OPINIONS, **{**quick, "small_quick": False})) == 5400
    spending = decide(OPINIONS, hardship=Hardship.SPENDING, small_quick=True)
    assert "small_quick" not in codes(spending)


def test_whether_it_is_small_and_quick_is_asked_where_the_amount_depends_on_it() -> None:
    unknown = decide(OPINIONS, small_quick=None, months=3)
    assert [each.path for each in unknown.missing] == ["application.small_quick"]
    assert decide(OPINIONS - DAY, small_quick=None, months=3).outcome is GRANTED
    assert amount(decide(OPINIONS, small_quick=None, persons=1, proposed="600")) == 600


def test_small_and_quick_help_is_given_where_the_emergency_happened() -> None:
    elsewhere = decide(OPINIONS, small_quick=True, emergency_area=HANGZHOU)
    assert codes(elsewhere) == ["filed_elsewhere"]
    assert decide(OPINIONS, emergency_area=HANGZHOU).outcome is GRANTED


# --- properties

APPLICATIONS = st.builds(
    Facts,
    **{
        each.name: {
            "hardship": st.sampled_from(Hardship),
            "assistance": st.sampled_from(Assistance),
            "registered_poor": st.sampled_from(RegisteredPoor),
            "persons": st.integers(1, 9),
            "degree": st.integers(1, 3),
            "months": st.integers(1, 40),
            "months_without_income": st.integers(0, 6),
            "income_year": st.sampled_from([0, 1, 1_399_999, 1_400_000, 1_400_001, 10**9]),
            "proposed": st.integers(0, 10**8),
        }.get(each.name, st.booleans())
        for each in fields(Facts)
    },
)
DAYS = st.sampled_from(
    [each - back for each in (FIRST + DAY, TYPES, PLAN, SAFETY_NET, LAW) for back in (DAY, 0 * DAY)]
)


def run(facts: Facts, on: date) -> Any:
    resolved = temporary_assistance.parameters(
        XINGLONG, on=on, residence=Residence.RURAL, standards=full()
    )
    assert resolved.parameters is not None
    return temporary_assistance.decide(facts, resolved.parameters)


def paid(facts: Facts, on: date) -> int:
    result = run(facts, on)
    return result.pay if result.outcome is GRANTED else -1


@given(APPLICATIONS, DAYS)
def test_more_income_never_pays_more(facts: Facts, on: date) -> None:
    richer = evolve(facts, income_year=facts.income_year + 1)
    assert paid(richer, on) <= paid(facts, on)


@given(APPLICATIONS, DAYS)
def test_more_persons_months_and_hardship_never_pay_less(facts: Facts, on: date) -> None:
    for more in (
        evolve(facts, persons=facts.persons + 1),
        evolve(facts, months=facts.months + 1),
        evolve(facts, special_hardship=True),
        evolve(facts, degree=3),
    ):
        assert paid(more, on) >= paid(facts, on)


@given(APPLICATIONS, DAYS)
def test_nobody_has_more_than_the_ceiling(facts: Facts, on: date) -> None:
    most = (12 if facts.special_hardship else 6) * to_fen("600") * facts.persons
    assert paid(facts, on) <= most


@given(APPLICATIONS, DAYS)
def test_amount_authority_and_outcome_agree(facts: Facts, on: date) -> None:
    result = run(facts, on)
    granted = result.outcome is GRANTED
    assert granted == (result.pay >= 0)
    assert (result.reasons & (Reason.TOWNSHIP | Reason.COUNTY) > 0) is granted
    assert result.outcome is not UNDETERMINED
    if granted:
        within = result.pay <= to_fen("2000")
        assert (result.reasons & Reason.TOWNSHIP > 0) == within


@given(APPLICATIONS)
def test_the_law_of_2026_differs_only_by_place_and_procedure(facts: Facts) -> None:
    before, after = run(facts, LAW - DAY), run(facts, LAW)
    if not facts.filed_elsewhere:
        assert (before.outcome, before.pay) == (after.outcome, after.pay)
    elif facts.hardship is not Hardship.JOBLESS:
        assert after.reasons & Reason.FILED_ELSEWHERE
