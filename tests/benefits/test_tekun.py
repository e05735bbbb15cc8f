"""Tekun against published examples, on both sides of every regime and of every threshold."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, fields
from hypothesis import given
from hypothesis import strategies as st

from minzheng.base.money import to_fen
from minzheng.benefits import tekun
from minzheng.benefits._tekun.benefit import Facts, Limb, Parameters
from minzheng.decision import Decision
from minzheng.errors import InvalidInput, NotFound
from minzheng.people import (
    Applicant,
    Disability,
    DisabilityType,
    Income,
    IncomeKind,
    Person,
    Placement,
    Property,
    Relation,
    Residence,
    SelfCare,
    Study,
    Supporter,
    SupporterStatus,
    about,
)
from minzheng.rules import Outcome, Vector
from minzheng.standards import Per, Standards

GRANTED, REFUSED, UNDETERMINED = Outcome.GRANTED, Outcome.REFUSED, Outcome.UNDETERMINED
ITEMS = tuple(each.name for each in fields(SelfCare))
XINGLONG, SHUANGQIAO = "130822", "130802"
POSTED = date(2023, 11, 1)
BEFORE_2014, FROM_2014 = date(2014, 4, 30), date(2014, 5, 1)
UNTIL_2016, FROM_2016 = date(2016, 10, 9), date(2016, 10, 10)
UNTIL_2021, FROM_2021 = date(2021, 6, 30), date(2021, 7, 1)
REGIMES = (FROM_2016, UNTIL_2021, FROM_2021, date(2026, 7, 1))
CASES = {
    case["id"]: case
    for case in tomllib.loads(
        (Path(__file__).parents[1] / "oracles" / "assistance.toml").read_text("utf-8")
    )["case"]
}

NO_INCOME = Vector.of(IncomeKind)([0] * len(IncomeKind))
Overlay = Callable[..., Standards]


def row(series: str, value: object, *, per: str = "none", kind: str = "point", **keys: str) -> str:
    """One row of a table, in force on all the days that these tests use."""
    literal = f'"{value}"' if isinstance(value, str) else str(value).lower()
    named = ", ".join(f'{key} = "{word}"' for key, word in keys.items())
    return f"""
        [[figure]]
        series = "{series}"
        value = {literal}
        per = "{per}"
        kind = "{kind}"
        keys = {{ {named} }}
        from = 2014-01-01
        source = "S"
    """


def overlaid(folder: Path, area: str, *rows: str) -> Standards:
    """The bundled tables with some rows of one area over them."""
    source = '[sources.S]\ntitle = "t"\nwhere = "w"\ngrade = "official"\nconfidence = "confirmed"\n'
    path = folder / f"{area}.toml"
    path.write_text(f'area = "{area}"\n{source}' + "".join(rows), "utf-8")
    return Standards.bundled() + Standards.load(path)


@pytest.fixture
def overlay(tmp_path: Path) -> Overlay:
    """``overlay(area, *rows)``."""
    return partial(overlaid, tmp_path)


AMOUNTS = (
    row("dibao.standard", "4800", per="year", residence="rural"),
    row("dibao.standard", "650", per="month", residence="urban"),
    row("tekun.basic", "6240", per="year"),
    row("tekun.care.amount", "100", per="month", tier="self"),
    row("tekun.care.amount", "200", per="month", tier="partial"),
    row("tekun.care.amount", "300", per="month", tier="complete"),
    row("tekun.self_care.partial_from", 1),
    row("tekun.self_care.complete_from", 4),
)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Standards:
    """A county that holds every amount on every day: 520 a month and 100, 200 or 300 for care."""
    return overlaid(tmp_path_factory.mktemp("full"), XINGLONG, *AMOUNTS)


@pytest.fixture(scope="module")
def early(tmp_path_factory: pytest.TempPathFactory) -> Standards:
    """The same, and the income test is held before 2016 as well."""
    strict = row("tekun.income.inclusive", False)
    return overlaid(tmp_path_factory.mktemp("early"), XINGLONG, *AMOUNTS, strict)


def self_care(failed: int = 0, unknown: int = 0) -> SelfCare:
    """The first items failed, the next unknown, the rest done alone."""
    answers = [False] * failed + [None] * unknown + [True] * (len(ITEMS) - failed - unknown)
    return SelfCare(**dict(zip(ITEMS, answers, strict=True)))


def person(**facts: Any) -> Person:
    """Somebody of 1950 without income and supporters who does all alone, but for ``facts``."""
    stated: dict[str, Any] = {
        "relation": Relation.APPLICANT,
        "birth": date(1950, 3, 1),
        "income": (),
        "supporters": (),
        "self_care": self_care(),
        **facts,
    }
    return Person(**stated)


def applicant(
    area: str = XINGLONG,
    residence: Residence = Residence.RURAL,
    meets_rule: bool | None = True,
    placement: Placement | None = Placement.DISPERSED,
    **facts: Any,
) -> Applicant:
    return Applicant(
        id="case",
        area=area,
        residence=residence,
        person=person(**facts),
        property=Property(meets_tekun_rule=meets_rule),
        placement=placement,
    )


def adult(on: date, **facts: Any) -> dict[str, Any]:
    """The facts of somebody who is 40 on that day."""
    return {"birth": aged(40, on), "disabled": False, "recognised_as_minor": False, **facts}


def minor(on: date, age: int = 10, **facts: Any) -> dict[str, Any]:
    """The facts of a minor who is no orphan and takes no allowance."""
    return {"birth": aged(age, on), "orphan": False, "child_allowance": False, **facts}


def aged(age: int, on: date, days_short: int = 0) -> date:
    """The birth of somebody who reached that age on that day, or will after some days."""
    return date(on.year - age, on.month, on.day) + timedelta(days_short)


def earning(amount: object, kind: IncomeKind = IncomeKind.WAGE) -> tuple[Income, ...]:
    stated: Any = amount
    return (Income(kind=kind, year=stated),)


def supported(*statuses: SupporterStatus | None) -> tuple[Supporter, ...]:
    return tuple(Supporter(status=status) for status in statuses)


def grounds(decision: Decision) -> set[str]:
    return {each.code for each in decision.grounds}


def paths(decision: Decision) -> set[str]:
    return {each.path for each in decision.missing}


def messages(decision: Decision) -> str:
    return "\n".join(each.message for each in decision.missing)


def finding(decision: Decision, name: str) -> object:
    return {each.name: each.value for each in decision.findings}[name]


def granted(decision: Decision) -> Decimal:
    assert decision.outcome is GRANTED, decision
    assert decision.award is not None
    assert (decision.award.per, decision.award.persons) == (Per.MONTH, 1)
    return decision.award.amount


def held(standards: Standards, area: str, on: date, residence: Residence) -> Parameters:
    found = tekun.parameters(area, on=on, residence=residence, standards=standards).parameters
    assert isinstance(found, Parameters)
    return found


# --- published examples


@pytest.mark.parametrize("residence", Residence)
def test_a01_chengde_2020(residence: Residence) -> None:
    word, case = residence.name.lower(), CASES["A01-tekun-multiple"]
    on = date(2020, 7, 24)
    decision = tekun.assess(applicant(residence=residence), on=on)
    terms = held(Standards.bundled(), XINGLONG, on, residence)
    assert terms.basic_year == to_fen(case["expected"]["tekun_year"][word]) == terms.least_year
    assert finding(decision, "basic_month") == Decimal(case["expected"]["tekun_month"][word])
    # the thresholds of the self-care test of the 2016 edition are not held
    assert (decision.outcome, paths(decision)) == (UNDETERMINED, {"standards"})
    assert "tekun.self_care.partial_from" in messages(decision)


CARE = {"self": 0, "partial": 1, "full": 4}


@pytest.mark.parametrize(("tier", "failed"), CARE.items())
def test_a03_care_tiers(tier: str, failed: int) -> None:
    decision = tekun.assess(applicant(self_care=self_care(failed)), on=POSTED)
    expected = CASES["A03-care-tiers"]["expected"]["care_month"][tier]
    assert finding(decision, "care_month") == Decimal(expected)


@pytest.mark.parametrize(
    ("residence", "per"), [(Residence.RURAL, "year"), (Residence.URBAN, "month")]
)
def test_a05_a_place_with_a_higher_multiple(
    overlay: Overlay, residence: Residence, per: str
) -> None:
    case, word = CASES["A05-tekun-1.5"], residence.name.lower()
    key = f"{word}_{per}"
    table = overlay(
        "370500",
        row("dibao.standard", case["inputs"]["dibao"]["before"][key], per=per, residence=word),
        row("tekun.multiple", case["inputs"]["multiple"]),
    )
    expected = Decimal(case["expected"]["tekun"]["before"][key])
    decision = tekun.assess(applicant("370500", residence), on=date(2019, 9, 30), standards=table)
    assert finding(decision, "basic_month") == (expected if per == "month" else expected / 12)


def gansu(overlay: Overlay, *rounding: str) -> Standards:
    inputs = CASES["A08-gansu-rounds-down"]["inputs"]
    return overlay(
        "620000",
        row("dibao.standard", inputs["dibao"]["rural_year"], per="year", residence="rural"),
        row("dibao.standard", inputs["dibao"]["urban_month"], per="month", residence="urban"),
        row("tekun.multiple", inputs["multiple"]),
        *rounding,
    )


@pytest.mark.parametrize("residence", Residence)
def test_a08_gansu_rounds_down(overlay: Overlay, residence: Residence) -> None:
    word, case = residence.name.lower(), CASES["A08-gansu-rounds-down"]
    inputs, expected, on = case["inputs"], case["expected"], date(2019, 3, 1)
    unit = row("tekun.rounding.unit", inputs["rounding_unit"], per=inputs["rounding_period"])
    mode = row("tekun.rounding.mode", inputs["rounding_mode"])
    rounded = held(gansu(overlay, unit, mode), "620000", on, residence)
    assert rounded.basic_year == to_fen(expected["tekun_year"][word])
    exact = held(gansu(overlay), "620000", on, residence)
    assert exact.basic_year == to_fen(expected["before_rounding"][word])


def test_rounding_by_the_month(overlay: Overlay) -> None:
    unit, mode = row("tekun.rounding.unit", "1", per="month"), row("tekun.rounding.mode", "up")
    terms = held(gansu(overlay, unit, mode), "620000", date(2019, 3, 1), Residence.URBAN)
    assert terms.basic_year == 12 * 68200  # 681.20 a month


def test_a_unit_of_rounding_without_its_mode_is_missing(overlay: Overlay) -> None:
    table = gansu(overlay, row("tekun.rounding.unit", "1", per="year"))
    decision = tekun.assess(applicant("620000"), on=FROM_2021, standards=table)
    assert decision.outcome is UNDETERMINED
    assert "tekun.rounding.mode" in messages(decision)


@pytest.mark.parametrize(("year", "month"), [("6240.05", "520.00"), ("6240.06", "520.01")])
def test_the_month_is_rounded_half_up(overlay: Overlay, year: str, month: str) -> None:
    table = overlay(XINGLONG, row("tekun.basic", year, per="year"))
    decision = tekun.assess(applicant(), on=POSTED, standards=table)
    assert finding(decision, "basic_month") == Decimal(month)


@pytest.mark.parametrize(("multiple", "fen"), [("4/3", 133333), ("1.333335", 133334)])
def test_a_multiple_without_declared_rounding_is_rounded_half_up(
    overlay: Overlay, multiple: str, fen: int
) -> None:
    standard = row("dibao.standard", "1000", per="year", residence="rural")
    table = overlay("370500", standard, row("tekun.multiple", multiple))
    assert held(table, "370500", POSTED, Residence.RURAL).basic_year == fen


@pytest.mark.parametrize("residence", Residence)
def test_a11_hanshou(overlay: Overlay, residence: Residence) -> None:
    word, case = residence.name.lower(), CASES["A11-hanshou"]
    table = overlay(
        "430722",
        row("dibao.standard", case["inputs"]["dibao_month"][word], per="month", residence=word),
        row("tekun.multiple", case["inputs"]["multiple"]),
        row("tekun.care.amount", "1550", per="year", tier="self"),
    )
    decision = tekun.assess(applicant("430722", residence), on=FROM_2021, standards=table)
    basic = Decimal(case["expected"]["tekun_year"][word]) / 12
    assert finding(decision, "basic_month") == basic
    assert granted(decision) == basic + Decimal("129.17")  # 1,550 / 12, half up


@pytest.mark.parametrize("failed", range(7))
def test_a24_self_care_classes(failed: int) -> None:
    case = CASES["A24-self-care"]
    stated = dict(zip(case["inputs"]["failures"], case["expected"]["class"], strict=True))
    # failures not listed are of the class of the next one listed, above 4 complete
    expected = next((stated[n] for n in sorted(stated) if n >= failed), "complete")
    decision = tekun.assess(applicant(self_care=self_care(failed)), on=FROM_2021)
    assert grounds(decision) & {"self", "partial", "complete"} == {expected}
    assert finding(decision, "self_care_failures") == failed


# --- what the bundled tables say


@pytest.mark.parametrize(
    ("failed", "pay"), [(0, 800), (1, 890), (3, 890), (4, 980), (5, 980), (6, 980)]
)
def test_xinglong_without_income_needs_no_dibao_standard(failed: int, pay: int) -> None:
    decision = tekun.assess(applicant(self_care=self_care(failed)), on=POSTED)
    assert granted(decision) == pay
    assert finding(decision, "basic_month") == 620
    assert not decision.missing


def test_xinglong_urban() -> None:
    assert granted(tekun.assess(applicant(residence=Residence.URBAN), on=POSTED)) == 1125


@pytest.mark.parametrize("income", ["0.01", "4800"])
def test_xinglong_with_income_lacks_the_dibao_standard(income: str) -> None:
    decision = tekun.assess(applicant(income=earning(income)), on=POSTED)
    assert (decision.outcome, paths(decision)) == (UNDETERMINED, {"standards"})
    assert "dibao.standard" in messages(decision)
    assert "standard_missing" in grounds(decision)


@pytest.mark.parametrize(
    ("income", "kind"), [("0", IncomeKind.WAGE), ("2000", IncomeKind.BASIC_PENSION)]
)
def test_xinglong_income_that_counts_as_nothing(income: str, kind: IncomeKind) -> None:
    assert granted(tekun.assess(applicant(income=earning(income, kind)), on=POSTED)) == 800


@pytest.mark.parametrize(("failed", "care"), [(0, 200), (1, 300), (4, 400)])
def test_shuangqiao_care_is_known_and_basic_living_is_not(failed: int, care: int) -> None:
    decision = tekun.assess(applicant(SHUANGQIAO, self_care=self_care(failed)), on=date(2023, 9, 1))
    assert finding(decision, "care_month") == care
    assert decision.outcome is UNDETERMINED
    assert "amount_missing" in grounds(decision)
    assert [each.path for each in decision.missing] == ["standards"]
    assert "tekun.basic" in messages(decision)


def test_a_refusal_needs_no_amounts() -> None:
    on = date(2023, 9, 1)
    decision = tekun.assess(applicant(SHUANGQIAO, **adult(on)), on=on)
    assert (decision.outcome, grounds(decision)) == (REFUSED, {"labour_ability"})


def test_facts_are_named_beside_the_figure_that_is_missing() -> None:
    decision = tekun.assess(applicant(SHUANGQIAO, self_care=None), on=date(2023, 9, 1))
    assert decision.outcome is UNDETERMINED
    assert paths(decision) == {"standards", "applicant.person.self_care"}


def test_a_missing_minimum_wage_is_named(overlay: Overlay) -> None:
    table = overlay(XINGLONG, row("tekun.basic", "6240", per="year"))
    decision = tekun.assess(applicant(), on=FROM_2021, standards=table)
    assert decision.outcome is UNDETERMINED
    for series in ("tekun.care.rate", "minimum_wage.tier", "minimum_wage "):
        assert f"of {series}" in messages(decision)


# --- regimes


def test_before_2014_there_is_no_tekun(early: Standards) -> None:
    decision = tekun.assess(applicant(), on=BEFORE_2014, standards=early)
    assert decision.outcome is UNDETERMINED
    assert "tekun.labour.elderly_age" in messages(decision)


@pytest.mark.parametrize("on", [FROM_2014, UNTIL_2016, *REGIMES])
@pytest.mark.parametrize(
    ("age", "days_short", "outcome"),
    [(60, 0, GRANTED), (60, 1, REFUSED), (16, 1, GRANTED), (16, 0, REFUSED)],
)
def test_labour_ability_by_age(
    early: Standards, on: date, age: int, days_short: int, outcome: Outcome
) -> None:
    facts = {**adult(on), **minor(on), "birth": aged(age, on, days_short)}
    decision = tekun.assess(applicant(**facts), on=on, standards=early)
    assert decision.outcome is outcome
    assert ("labour_ability" in grounds(decision)) is (outcome is REFUSED)


T = DisabilityType
NO_LABOUR = {
    FROM_2016: {T.PHYSICAL: 1, T.INTELLECTUAL: 2, T.MENTAL: 2},
    UNTIL_2021: {T.PHYSICAL: 1, T.INTELLECTUAL: 2, T.MENTAL: 2},
    FROM_2021: {T.VISUAL: 1, T.PHYSICAL: 2, T.INTELLECTUAL: 3, T.MENTAL: 3},
}


@pytest.mark.parametrize("on", NO_LABOUR)
@pytest.mark.parametrize("kind", [each for each in T if each is not T.MULTIPLE])
@pytest.mark.parametrize("grade", [1, 2, 3, 4])
def test_labour_ability_by_disability(
    full: Standards, on: date, kind: DisabilityType, grade: int
) -> None:
    facts = adult(on, disabled=True, disability=Disability(type=kind, grade=grade))
    decision = tekun.assess(applicant(**facts), on=on, standards=full)
    lost = grade <= NO_LABOUR[on].get(kind, 0)
    assert decision.outcome is (GRANTED if lost else REFUSED)


@pytest.mark.parametrize(("on", "mildest"), [(UNTIL_2021, 2), (FROM_2021, 3)])
@pytest.mark.parametrize("grade", [1, 2, 3, 4])
def test_multiple_disability_asks_for_the_type(
    full: Standards, on: date, mildest: int, grade: int
) -> None:
    facts = adult(on, disabled=True, disability=Disability(type=T.MULTIPLE, grade=grade))
    decision = tekun.assess(applicant(**facts), on=on, standards=full)
    if grade <= mildest:
        assert decision.outcome is UNDETERMINED
        assert paths(decision) == {"applicant.person.disability.type"}
    else:
        assert decision.outcome is REFUSED


@pytest.mark.parametrize(("disabled", "asked"), [(None, "disabled"), (True, "disability")])
def test_unknown_disability(full: Standards, disabled: bool | None, asked: str) -> None:
    facts = adult(POSTED, disabled=disabled)
    decision = tekun.assess(applicant(**facts), on=POSTED, standards=full)
    assert (decision.outcome, paths(decision)) == (UNDETERMINED, {f"applicant.person.{asked}"})
    assert granted(tekun.assess(applicant(disabled=disabled), on=POSTED)) == 800


SEVERE = Disability(type=T.MENTAL, grade=1)


@pytest.mark.parametrize("on", [FROM_2014, UNTIL_2016])
def test_before_2016_no_rule_says_which_disabilities(on: date) -> None:
    decision = tekun.assess(applicant(**adult(on, disabled=True, disability=SEVERE)), on=on)
    assert decision.outcome is UNDETERMINED
    assert "tekun.labour.disability_grade" in messages(decision)


@pytest.mark.parametrize("on", [FROM_2014, UNTIL_2016])
def test_before_2016_a_disabled_adult(early: Standards, on: date) -> None:
    disabled = applicant(**adult(on, disabled=True, disability=SEVERE))
    decision = tekun.assess(disabled, on=on, standards=early)
    assert (decision.outcome, paths(decision)) == (UNDETERMINED, {"standards"})
    assert "tekun.labour.disability_grade" in messages(decision)
    assert "unsettled_disability" in grounds(decision)
    able = tekun.assess(applicant(**adult(on)), on=on, standards=early)
    assert (able.outcome, grounds(able)) == (REFUSED, {"labour_ability"})


def test_before_2016_no_rule_settles_supporters(early: Standards) -> None:
    case = applicant(supporters=supported(SupporterStatus.DIBAO_ELDERLY))
    decision = tekun.assess(case, on=UNTIL_2016, standards=early)
    assert decision.outcome is UNDETERMINED
    assert "tekun.supporter.unable" in messages(decision)
    assert "status=dibao_elderly" in messages(decision)


# --- minors


@pytest.mark.parametrize("age", [16, 17])
@pytest.mark.parametrize(
    ("recognised", "outcome"), [(True, GRANTED), (False, REFUSED), (None, UNDETERMINED)]
)
def test_a_minor_once_recognised_stays_in(
    full: Standards, age: int, recognised: bool | None, outcome: Outcome
) -> None:
    facts = minor(POSTED, age, disabled=False, recognised_as_minor=recognised)
    decision = tekun.assess(applicant(**facts), on=POSTED, standards=full)
    assert decision.outcome is outcome
    asked = {"applicant.person.recognised_as_minor"} if recognised is None else set()
    assert paths(decision) == asked


def test_until_the_day_before_the_eighteenth_birthday(full: Standards) -> None:
    facts = minor(POSTED, disabled=False, recognised_as_minor=True, study=Study.NONE)
    for days_short, outcome in ((1, GRANTED), (0, REFUSED)):
        facts["birth"] = aged(18, POSTED, days_short)
        decision = tekun.assess(applicant(**facts), on=POSTED, standards=full)
        assert decision.outcome is outcome


@pytest.mark.parametrize("on", [FROM_2021, date(2026, 6, 30), date(2026, 7, 1)])
@pytest.mark.parametrize("study", [*Study, None])
@pytest.mark.parametrize("recognised", [True, False, None])
def test_an_adult_at_school(
    full: Standards, on: date, study: Study | None, recognised: bool | None
) -> None:
    facts = adult(on, birth=aged(18, on), study=study, recognised_as_minor=recognised)
    decision = tekun.assess(applicant(**facts), on=on, standards=full)
    if recognised is False or study not in (Study.SCHOOL, None):
        assert decision.outcome is REFUSED
    elif recognised is True and study is Study.SCHOOL:
        assert decision.outcome is GRANTED
    else:
        assert decision.outcome is UNDETERMINED
        unknown = {"recognised_as_minor": recognised, "study": study}
        asked = {f"applicant.person.{name}" for name, fact in unknown.items() if fact is None}
        assert paths(decision) == asked


@pytest.mark.parametrize("school", [True, False])
@pytest.mark.parametrize(("age", "stays"), [(17, True), (18, None)])
def test_whether_school_continues_it_is_a_term(
    full: Standards, age: int, stays: bool | None, school: bool
) -> None:
    terms = evolve(held(full, XINGLONG, POSTED, Residence.RURAL), continues_school=school)
    nothing: dict[str, Any] = dict.fromkeys((each.name for each in fields(Facts)), 0)
    pupil = Facts(**{**nothing, "age": age, "recognised_as_minor": True, "at_school": True})
    pupil = evolve(pupil, income=NO_INCOME)
    assert (tekun.decide(pupil, terms).limb is Limb.CONTINUES) is (
        school if stays is None else stays
    )


@pytest.mark.parametrize(
    ("on", "orphan", "takes", "outcome"),
    [
        (UNTIL_2021, True, False, REFUSED),  # an orphan belongs under the orphans' allowance
        (UNTIL_2021, False, False, GRANTED),
        (UNTIL_2021, False, True, REFUSED),
        (FROM_2021, True, False, GRANTED),  # the minor may choose
        (FROM_2021, True, True, REFUSED),
        (FROM_2021, None, False, GRANTED),
        (FROM_2021, False, True, REFUSED),
    ],
)
def test_orphans(
    full: Standards, on: date, orphan: bool | None, takes: bool, outcome: Outcome
) -> None:
    facts = minor(on, orphan=orphan, child_allowance=takes)
    decision = tekun.assess(applicant(**facts), on=on, standards=full)
    assert decision.outcome is outcome
    assert ("child_allowance" in grounds(decision)) is (outcome is REFUSED)


@pytest.mark.parametrize(
    ("on", "unknown"),
    [(UNTIL_2021, "orphan"), (UNTIL_2021, "child_allowance"), (FROM_2021, "child_allowance")],
)
def test_unknown_allowance_of_a_minor(full: Standards, on: date, unknown: str) -> None:
    facts = {**minor(on), unknown: None}
    decision = tekun.assess(applicant(**facts), on=on, standards=full)
    assert (decision.outcome, paths(decision)) == (UNDETERMINED, {f"applicant.person.{unknown}"})


def test_the_orphan_is_not_asked_where_the_minor_may_choose(full: Standards) -> None:
    facts = {**minor(POSTED), "orphan": None, "child_allowance": None}
    decision = tekun.assess(applicant(**facts), on=POSTED, standards=full)
    assert paths(decision) == {"applicant.person.child_allowance"}


def test_a_child_is_a_minor_from_the_day_of_birth(full: Standards) -> None:
    facts = minor(POSTED, age=0)
    assert granted(tekun.assess(applicant(**facts), on=POSTED, standards=full)) == 620


def test_adults_are_not_asked_about_allowances() -> None:
    assert granted(tekun.assess(applicant(orphan=True, child_allowance=True), on=POSTED)) == 800


# --- livelihood


@pytest.mark.parametrize("on", REGIMES)
@pytest.mark.parametrize(
    ("residence", "below", "limit"),
    [(Residence.RURAL, "4799.99", "4800"), (Residence.URBAN, "7799.99", "7800")],
)
def test_income_is_lower_than_the_standard(
    full: Standards, on: date, residence: Residence, below: str, limit: str
) -> None:
    for income, outcome in ((below, GRANTED), (limit, REFUSED)):
        case = applicant(residence=residence, income=earning(income))
        decision = tekun.assess(case, on=on, standards=full)
        assert decision.outcome is outcome
        assert ("income_not_lower" in grounds(decision)) is (outcome is REFUSED)
        assert finding(decision, "income_year") == Decimal(income)
        assert finding(decision, "limit_year") == Decimal(limit)


def test_incomes_by_month_and_year_are_added(full: Standards) -> None:
    for month, outcome in (("199.99", GRANTED), ("200", REFUSED)):
        incomes = (
            *earning("2400", IncomeKind.TRANSFER),
            Income(kind=IncomeKind.WAGE, month=Decimal(month)),
        )
        case = applicant(income=incomes)
        assert tekun.assess(case, on=POSTED, standards=full).outcome is outcome


COUNTED = {
    IncomeKind.WAGE,
    IncomeKind.BUSINESS,
    IncomeKind.PROPERTY,
    IncomeKind.TRANSFER,
    IncomeKind.OTHER,
}
UNCOUNTED = {
    UNTIL_2021: {
        IncomeKind.BASIC_PENSION,
        IncomeKind.OLD_AGE_ALLOWANCE,
        IncomeKind.DE_FACTO_UNATTENDED,
    },
    FROM_2021: {
        IncomeKind.BASIC_PENSION,
        IncomeKind.OLD_AGE_ALLOWANCE,
        IncomeKind.PREFERENTIAL,
        IncomeKind.INSURANCE_BENEFIT,
        IncomeKind.DE_FACTO_UNATTENDED,
    },
}


@pytest.mark.parametrize("on", UNCOUNTED)
@pytest.mark.parametrize("kind", IncomeKind)
def test_kinds_of_income(full: Standards, on: date, kind: IncomeKind) -> None:
    decision = tekun.assess(applicant(income=earning("4800", kind)), on=on, standards=full)
    if kind in COUNTED:
        assert (decision.outcome, grounds(decision)) == (REFUSED, {"income_not_lower"})
    elif kind in UNCOUNTED[on]:
        assert granted(decision) == 620
    else:
        assert (decision.outcome, paths(decision)) == (UNDETERMINED, {"standards"})
        assert "unsettled_income" in grounds(decision)
        assert f"kind={kind.name.lower()}" in messages(decision)


def test_only_kinds_that_are_not_settled_are_named(full: Standards) -> None:
    incomes = (
        earning("100") + earning("4800", IncomeKind.REWARD) + earning("9", IncomeKind.BASIC_PENSION)
    )
    decision = tekun.assess(applicant(income=incomes), on=POSTED, standards=full)
    assert len(decision.missing) == 1
    assert "kind=reward" in messages(decision)


def test_unsettled_income_does_not_save_a_refusal(full: Standards) -> None:
    incomes = earning("4800") + earning("4800", IncomeKind.REWARD)
    decision = tekun.assess(applicant(income=incomes), on=POSTED, standards=full)
    assert (decision.outcome, grounds(decision)) == (REFUSED, {"income_not_lower"})


def test_unsettled_income_too_small_to_matter_is_not_asked(full: Standards) -> None:
    incomes = earning("4700") + earning("99.99", IncomeKind.REWARD)
    assert granted(tekun.assess(applicant(income=incomes), on=POSTED, standards=full)) == 620


@pytest.mark.parametrize(
    ("incomes", "path"),
    [(None, "income"), ((Income(kind=IncomeKind.WAGE),), "income[0].year")],
)
def test_unknown_income(full: Standards, incomes: Any, path: str) -> None:
    decision = tekun.assess(applicant(income=incomes), on=POSTED, standards=full)
    assert (decision.outcome, paths(decision)) == (UNDETERMINED, {f"applicant.person.{path}"})


def test_unknown_income_that_does_not_count_is_not_asked(full: Standards) -> None:
    case = applicant(income=(Income(kind=IncomeKind.BASIC_PENSION),))
    assert granted(tekun.assess(case, on=POSTED, standards=full)) == 620


@pytest.mark.parametrize("owned", [None, Property()])
def test_the_property_rule_is_asked(owned: Property | None) -> None:
    decision = tekun.assess(evolve(applicant(), property=owned), on=POSTED)
    assert decision.outcome is UNDETERMINED
    assert paths(decision) == {"applicant.property.meets_tekun_rule"}
    failed = tekun.assess(applicant(meets_rule=False), on=POSTED)
    assert (failed.outcome, grounds(failed)) == (REFUSED, {"property_rule"})


# --- supporters

S = SupporterStatus
UNABLE = {
    UNTIL_2021: {
        *(S.TEKUN, S.DIBAO_ELDERLY),
        *(S.DIBAO_SEVERE_DISABILITY, S.INCAPABLE_LOW_PROPERTY),
    },
    FROM_2021: {
        *(S.TEKUN, S.DIBAO_ELDERLY, S.AGED_70_LOW_INCOME),
        *(S.SEVERE_DISABILITY_LOW_INCOME, S.INCAPABLE_LOW_PROPERTY),
    },
}


@pytest.mark.parametrize("status", SupporterStatus)
def test_a_row_without_a_status_holds_for_every_other(
    overlay: Overlay, status: SupporterStatus
) -> None:
    able = row("tekun.supporter.unable", False, status="able")
    tables = overlay(XINGLONG, *AMOUNTS, row("tekun.supporter.unable", True), able)
    decision = tekun.assess(
        applicant(supporters=supported(status)), on=date(2015, 7, 1), standards=tables
    )
    assert ("supporter_able" in grounds(decision)) is (status is S.ABLE)
    assert "tekun.supporter.unable" not in messages(decision)


@pytest.mark.parametrize("on", UNABLE)
@pytest.mark.parametrize("status", SupporterStatus)
def test_supporters_by_status(full: Standards, on: date, status: SupporterStatus) -> None:
    decision = tekun.assess(applicant(supporters=supported(status)), on=on, standards=full)
    if status in UNABLE[on]:
        assert granted(decision) == 620
    else:
        assert (decision.outcome, grounds(decision)) == (REFUSED, {"supporter_able"})


@pytest.mark.parametrize("first", SupporterStatus)
def test_one_able_supporter_is_enough(full: Standards, first: SupporterStatus) -> None:
    case = applicant(supporters=supported(first, S.ABLE))
    assert tekun.assess(case, on=POSTED, standards=full).outcome is REFUSED


@pytest.mark.parametrize(
    ("supporters", "path"),
    [(None, "supporters"), (supported(S.TEKUN, None), "supporters[1].status")],
)
def test_unknown_supporters(full: Standards, supporters: Any, path: str) -> None:
    decision = tekun.assess(applicant(supporters=supporters), on=POSTED, standards=full)
    assert (decision.outcome, paths(decision)) == (UNDETERMINED, {f"applicant.person.{path}"})


def test_an_unknown_status_beside_an_able_supporter_is_not_asked(full: Standards) -> None:
    case = applicant(supporters=supported(None, S.ABLE))
    decision = tekun.assess(case, on=POSTED, standards=full)
    assert (decision.outcome, grounds(decision)) == (REFUSED, {"supporter_able"})


# --- self-care, placement, notes, days


@pytest.mark.parametrize(
    ("failed", "unknown", "pay"),
    [
        (0, 1, None),
        (1, 2, 720),  # partly lost, whatever the two are
        (1, 3, None),
        (3, 1, None),
        (4, 2, 820),  # completely lost already
        (0, 6, None),
    ],
)
def test_unknown_self_care_items(
    full: Standards, failed: int, unknown: int, pay: int | None
) -> None:
    case = applicant(self_care=self_care(failed, unknown))
    decision = tekun.assess(case, on=POSTED, standards=full)
    if pay is None:
        asked = ITEMS[failed : failed + unknown]
        assert decision.outcome is UNDETERMINED
        assert paths(decision) == {f"applicant.person.self_care.{name}" for name in asked}
    else:
        assert granted(decision) == pay


def test_self_care_is_asked_only_where_it_changes_the_answer(full: Standards) -> None:
    decision = tekun.assess(applicant(self_care=None), on=POSTED, standards=full)
    assert paths(decision) == {"applicant.person.self_care"}
    case = applicant(self_care=None, supporters=supported(S.ABLE))
    assert tekun.assess(case, on=POSTED, standards=full).outcome is REFUSED


def test_self_care_is_not_asked_where_no_rule_uses_it() -> None:
    decision = tekun.assess(applicant(income=None, self_care=None), on=date(2020, 7, 24))
    assert paths(decision) == {"applicant.person.income"}


def test_a_refusal_says_nothing_of_the_placement() -> None:
    decision = tekun.assess(applicant(meets_rule=False, placement=None), on=POSTED)
    assert (decision.outcome, decision.notes) == (REFUSED, ())


def test_placement_changes_nothing_but_a_note() -> None:
    decisions = [tekun.assess(applicant(placement=each), on=POSTED) for each in (*Placement, None)]
    assert [granted(each) for each in decisions] == [800] * 3
    assert [any("institution" in note.text for note in each.notes) for each in decisions] == [
        False,
        False,
        True,
    ]


def breach(decision: Decision) -> list[Any]:
    return [dict(each.values) for each in decision.notes if "breach" in each.text]


@pytest.mark.parametrize(
    ("dibao", "least"),
    [
        ("4800.76", None),  # 6,240.99: rounded down to the yuan is met
        ("4800.77", "6241.01"),
        ("5160", "6708"),
    ],
)
def test_a_breach_of_the_multiple_is_noted(overlay: Overlay, dibao: str, least: str | None) -> None:
    on = date(2020, 7, 24)
    table = overlay(SHUANGQIAO, row("dibao.standard", dibao, per="year", residence="rural"))
    decision = tekun.assess(applicant(SHUANGQIAO), on=on, standards=table)
    noted = [{"published": Decimal(6240), "least": Decimal(least)}] if least else []
    assert breach(decision) == noted
    assert finding(decision, "basic_month") == 520  # reported, never repaired


def floor_noted(decision: Decision) -> bool:
    return any("floor" in each.text for each in decision.notes)


def test_a_care_share_that_is_a_floor_is_noted() -> None:
    assert floor_noted(tekun.assess(applicant(SHUANGQIAO), on=date(2023, 9, 1)))
    assert not floor_noted(tekun.assess(applicant(), on=POSTED))


def test_a_refusal_by_a_standard_that_is_a_floor_is_noted() -> None:
    decision = tekun.assess(applicant(income=earning("4900")), on=date(2020, 7, 24))
    assert decision.outcome is REFUSED
    assert floor_noted(decision)


def test_a_multiple_of_a_floor_is_a_floor(overlay: Overlay) -> None:
    table = overlay(
        "370500",
        row("dibao.standard", "4800", per="year", kind="floor", residence="rural"),
        row("tekun.multiple", "1.5"),
        row("tekun.care.amount", "100", per="month", tier="self"),
    )
    decision = tekun.assess(applicant("370500"), on=FROM_2021, standards=table)
    assert granted(decision) == 700
    assert floor_noted(decision)


@pytest.mark.parametrize(
    ("on", "start"),
    [
        (UNTIL_2021, None),  # the 2016 edition does not say
        (FROM_2021, date(2021, 8, 1)),
        (date(2021, 7, 31), date(2021, 8, 1)),
        (date(2021, 12, 31), date(2022, 1, 1)),
    ],
)
def test_first_payment(full: Standards, on: date, start: date | None) -> None:
    award = tekun.assess(applicant(), on=on, standards=full).award
    assert award is not None
    assert award.start == start


def test_birth_is_needed_and_not_after_the_day(full: Standards) -> None:
    decision = tekun.assess(applicant(birth=None), on=POSTED, standards=full)
    assert decision.outcome is UNDETERMINED
    assert "applicant.person.birth" in paths(decision)
    unborn = applicant(birth=date(2023, 11, 2))
    with pytest.raises(InvalidInput, match=r"applicant\.person\.birth: is after"):
        tekun.assess(unborn, on=POSTED)


def test_a_code_that_no_area_bore_is_not_found() -> None:
    with pytest.raises(NotFound):
        tekun.assess(applicant("130881"), on=FROM_2016)  # 平泉 became a city in 2017


def test_a_refusal_tells_every_reason(full: Standards) -> None:
    case = applicant(
        **adult(POSTED, income=earning("4800"), supporters=supported(S.ABLE)), meets_rule=False
    )
    decision = tekun.assess(case, on=POSTED, standards=full)
    assert decision.outcome is REFUSED
    assert [each.code for each in decision.grounds] == [
        "labour_ability",
        "income_not_lower",
        "property_rule",
        "supporter_able",
    ]


@pytest.mark.parametrize(
    ("language", "words"), [("zh_CN", ("特困", "820.00", "兴隆县")), ("en", ("tekun", "820.00"))]
)
def test_explain(full: Standards, language: str, words: tuple[str, ...]) -> None:
    case = applicant(self_care=self_care(6), name="测试甲")
    text = tekun.assess(case, on=POSTED, standards=full).explain(language)
    assert all(word in text for word in words)
    assert "{" not in text
    assert "测试甲" not in text


def test_the_two_standards_are_told_where_they_differ(overlay: Overlay) -> None:
    told = "the rural one is for a person with contracted land"
    apart = [
        row("tekun.basic", value, per="year", residence=each)
        for each, value in {"rural": "6240", "urban": "9000"}.items()
    ]
    others = [each for each in AMOUNTS if '"tekun.basic"' not in each]
    tables = overlay(XINGLONG, *others, *apart)
    assert told in tekun.assess(applicant(), on=POSTED, standards=tables).explain("en")
    assert told not in tekun.assess(applicant(), on=UNTIL_2021, standards=tables).explain("en")
    same = overlay(XINGLONG, *AMOUNTS)
    assert told not in tekun.assess(applicant(), on=POSTED, standards=same).explain("en")


# --- properties

DAYS = st.sampled_from([*REGIMES, POSTED])
STATUSES = st.sampled_from(SupporterStatus)
INCOMES = st.builds(
    Income,
    kind=st.sampled_from(IncomeKind),
    year=st.sampled_from(["0", "0.01", "2400", "4799.99", "4800", "7800"]).map(Decimal),
)
DISABILITIES = st.builds(Disability, type=st.sampled_from(DisabilityType), grade=st.integers(1, 4))


@st.composite
def applicants(draw: st.DrawFn) -> Applicant:
    """Applicants of whom every fact is known."""
    disability = draw(st.none() | DISABILITIES)
    return applicant(
        residence=draw(st.sampled_from(Residence)),
        meets_rule=draw(st.sampled_from([True, True, True, False])),
        birth=date(draw(st.sampled_from([1950, 1961, 1990, 2003, 2004, 2006, 2015])), 7, 1),
        income=tuple(draw(st.lists(INCOMES, max_size=2))),
        supporters=supported(*draw(st.lists(STATUSES, max_size=2))),
        self_care=SelfCare(**{name: draw(st.booleans()) for name in ITEMS}),
        disabled=disability is not None,
        disability=disability,
        study=draw(st.sampled_from(Study)),
        recognised_as_minor=draw(st.booleans()),
        orphan=draw(st.booleans()),
        child_allowance=draw(st.booleans()),
    )


FACTS = (
    *("birth", "income", "supporters", "self_care", "disability", "study"),
    *("recognised_as_minor", "orphan", "child_allowance"),
)
PARTS = ("amounts", "statuses", "meets_rule", *ITEMS)


def without(case: Applicant, hidden: set[str]) -> Applicant:
    """The same applicant with some facts, or parts of facts, not known."""
    p, owned = case.person, case.property
    assert p.self_care is not None
    assert p.income is not None
    assert p.supporters is not None
    changes: dict[str, Any] = {
        "self_care": evolve(p.self_care, **dict.fromkeys(hidden & set(ITEMS)))
    }
    if "amounts" in hidden:
        changes["income"] = tuple(Income(kind=each.kind) for each in p.income)
    if "statuses" in hidden:
        changes["supporters"] = supported(*[None for _each in p.supporters])
    if "disability" in hidden:
        changes["disabled"] = None
    if "meets_rule" in hidden:
        owned = None
    changes |= dict.fromkeys(hidden & set(FACTS))
    return evolve(case, person=evolve(p, **changes), property=owned)


@given(case=applicants(), on=DAYS, hidden=st.sets(st.sampled_from([*FACTS, *PARTS]), max_size=4))
def test_what_is_decided_without_some_facts_holds_with_them(
    full: Standards, case: Applicant, on: date, hidden: set[str]
) -> None:
    known = tekun.assess(case, on=on, standards=full)
    unsure = tekun.assess(without(case, hidden), on=on, standards=full)
    if unsure.outcome is not UNDETERMINED:
        assert (unsure.outcome, unsure.award) == (known.outcome, known.award)
    else:
        assert unsure.missing
        if known.outcome is not UNDETERMINED:
            assert all(path.startswith("applicant.") and about(path) for path in paths(unsure))


def worth(decision: Decision) -> Decimal:
    """The award, or 0."""
    return decision.award.amount if decision.award else Decimal(0)


@given(case=applicants(), on=DAYS, item=st.sampled_from(ITEMS))
def test_failing_one_item_more_never_lowers_the_payment(
    full: Standards, case: Applicant, on: date, item: str
) -> None:
    stated = case.person.self_care
    assert stated is not None

    def pay(able: bool) -> tuple[Outcome, Decimal]:
        care = evolve(stated, **{item: able})
        changed = evolve(case, person=evolve(case.person, self_care=care))
        decision = tekun.assess(changed, on=on, standards=full)
        return decision.outcome, worth(decision)

    (outcome_able, pay_able), (outcome_failed, pay_failed) = pay(True), pay(False)
    assert outcome_able is outcome_failed
    assert pay_able <= pay_failed


@given(case=applicants(), on=DAYS, more=INCOMES)
def test_more_income_never_turns_a_refusal_into_a_grant(
    full: Standards, case: Applicant, on: date, more: Income
) -> None:
    before = tekun.assess(case, on=on, standards=full)
    richer = evolve(case.person, income=(*(case.person.income or ()), more))
    after = tekun.assess(evolve(case, person=richer), on=on, standards=full)
    assert worth(after) <= worth(before)
    if before.outcome is REFUSED:
        assert after.outcome is REFUSED
        assert grounds(before) <= grounds(after)


@given(case=applicants(), on=DAYS, status=STATUSES)
def test_one_supporter_more_never_turns_a_refusal_into_a_grant(
    full: Standards, case: Applicant, on: date, status: SupporterStatus
) -> None:
    before = tekun.assess(case, on=on, standards=full)
    more = evolve(case.person, supporters=(*(case.person.supporters or ()), *supported(status)))
    after = tekun.assess(evolve(case, person=more), on=on, standards=full)
    assert worth(after) <= worth(before)
    if before.outcome is REFUSED:
        assert after.outcome is REFUSED
