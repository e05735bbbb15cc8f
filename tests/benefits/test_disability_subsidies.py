"""The two disability subsidies: published totals, both sides of every line, and what is not guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from dibao_cases import row
from hypothesis import given
from hypothesis import strategies as st
from person_cases import (
    AREA,
    DAY,
    LUQUAN,
    applicant,
    case,
    codes,
    keyed,
    lacks,
    local,
    missing,
    notes,
    paid,
)

from minzheng import disability_care, disability_living
from minzheng.benefits._disability_care import Grade, Other
from minzheng.decision import Decision
from minzheng.people import Assistance, Disability, DisabilityType, Residence
from minzheng.rules import Outcome, Vector
from minzheng.standards import Kind, Standards

START, RISE, AGAIN = date(2016, 1, 1), date(2025, 1, 1), date(2026, 1, 1)
MARCH = date(2025, 3, 31)
GRANTED, REFUSED, UNDETERMINED = Outcome.GRANTED, Outcome.REFUSED, Outcome.UNDETERMINED
BLIND = Disability(type=DisabilityType.VISUAL, grade=1)
LIVING: dict[str, Any] = {
    "disabled": True,
    "assistance": Assistance.DIBAO,
    "work_injury_care": False,
    "full_child_allowance": False,
    "other_living_month": 0,
}
CARE: dict[str, Any] = {
    "disability": BLIND,
    "assistance": Assistance.DIBAO,
    "work_injury_care": False,
    "needs_long_term_care": True,
    "other_care_month": 0,
}


def living(
    on: date = RISE, area: str = AREA, standards: Standards | None = None, **facts: Any
) -> Decision:
    person = applicant(area, **{**LIVING, **facts})
    return disability_living.assess(person, on=on, standards=standards)


def care(
    on: date = RISE, area: str = AREA, standards: Standards | None = None, **facts: Any
) -> Decision:
    person = applicant(area, **{**CARE, **facts})
    return disability_care.assess(person, on=on, standards=standards)


def graded(kind: DisabilityType, grade: int) -> Disability:
    return Disability(type=kind, grade=grade)


# --- official figures


def test_02a_luquan_heads_times_rate() -> None:
    inputs, expected = case("02a")
    each = paid(living(MARCH, LUQUAN))
    assert each == Decimal(inputs["rate"])
    assert inputs["heads"] * each == Decimal(expected["total"])


def test_02b_luquan_the_printed_total_is_a_sum_of_the_three_rates() -> None:
    inputs, expected = case("02b")
    rates = {
        "dibao_grade_1": care(MARCH, LUQUAN),
        "dibao_grade_2": care(MARCH, LUQUAN, disability=graded(DisabilityType.MENTAL, 2)),
        "other": care(MARCH, LUQUAN, assistance=Assistance.DIBAO_MARGINAL),
    }
    assert {name: str(paid(each).to_integral()) for name, each in rates.items()} == inputs["rates"]
    first, second, third = (int(paid(each)) for each in rates.values())
    heads, total = inputs["heads"], int(inputs["total"])
    splits = 0
    for x in range(heads + 1):
        # second * y + third * (heads - x - y) = total - first * x
        left = total - first * x - third * (heads - x)
        y, rest = divmod(left, second - third)
        splits += rest == 0 and 0 <= y <= heads - x
    assert (splits > 0) is expected["consistent"]
    assert splits == expected["splits"]


def test_09a_both_are_drawn_together() -> None:
    inputs, expected = case("09a")
    both = paid(living(inputs["on"])), paid(care(inputs["on"]))
    assert both == (Decimal(inputs["living"]), Decimal(inputs["care"]))
    assert sum(both) == Decimal(expected["total"])


def test_09b_the_steps_of_hebei() -> None:
    inputs, expected = case("09b")
    for name, decide in (("living", living), ("care", care)):
        steps = inputs[name]
        before = [
            figure.value
            for figure in Standards.bundled().history(f"disability_{name}.amount", "130000")
            if figure.span is None
        ]
        assert before == [Decimal(steps["before_2025"])]
        assert paid(decide(RISE)) == paid(decide(AGAIN - DAY)) == Decimal(steps["from_2025_01_01"])
        assert paid(decide(AGAIN)) == Decimal(steps["from_2026_01_01"])
        assert paid(decide(AGAIN)) - paid(decide(RISE)) == Decimal(expected["rise_2026"][name])
        assert paid(decide(AGAIN)) - Decimal(steps["before_2025"]) == Decimal(
            expected["rise_two_years"][name]
        )


@pytest.mark.parametrize("decide", [living, care])
def test_a_step_without_a_first_day_is_shown_and_never_picked(decide: Any) -> None:
    decision = decide(RISE - DAY)
    assert decision.outcome is UNDETERMINED
    assert codes(decision) == ["amount_missing"]
    assert "without a day" in decision.explain("en")


@pytest.mark.parametrize(
    ("on", "area", "amounts"),
    [
        (START, AREA, [55, 50]),
        (date(2020, 6, 27), AREA, [55, 50]),
        (date(2020, 6, 28), AREA, [66, 60]),
        (date(2018, 12, 31), "130281", [55, 50]),
        (date(2019, 1, 1), "130281", [66, 60]),
        (date(2020, 1, 1), "130281", [55, 50]),
        (date(2025, 2, 28), LUQUAN, [106, 100]),
    ],
)
def test_the_figure_of_each_day(on: date, area: str, amounts: list[int]) -> None:
    assert [int(paid(living(on, area))), int(paid(care(on, area)))] == amounts


@pytest.mark.parametrize("decide", [living, care])
def test_before_2016_no_law_is_held(decide: Any) -> None:
    assert decide(START - DAY).outcome is UNDETERMINED
    assert lacks(decide(START - DAY))[0].startswith("disability_")
    assert decide(START).outcome is GRANTED
    assert "floor" in notes(decide(START))
    assert "floor" not in notes(decide(RISE))


# --- living subsidy


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"disabled": False}, "not_disabled"),
        ({"assistance": Assistance.TEKUN}, "tekun"),
        ({"assistance": Assistance.DIBAO_MARGINAL}, "not_in_class"),
        ({"assistance": Assistance.NONE}, "not_in_class"),
        ({"work_injury_care": True}, "work_injury"),
        ({"full_child_allowance": True}, "child_allowance"),
    ],
)
def test_who_has_no_living_subsidy(facts: dict[str, Any], code: str) -> None:
    decision = living(**facts)
    assert (decision.outcome, codes(decision)) == (REFUSED, [code])
    assert decision.grounds[0].citations


def test_an_unattended_child_with_a_reduced_allowance_keeps_it() -> None:
    assert paid(living(child_allowance=True, full_child_allowance=False)) == 106
    assert living(child_allowance=False, full_child_allowance=None).outcome is GRANTED
    assert missing(living(child_allowance=True, full_child_allowance=None)) == [
        "full_child_allowance"
    ]


def test_a_place_extends_it_by_rows() -> None:
    own = local(
        keyed("disability_living.eligible", True, assistance="dibao_marginal"),
        keyed("disability_living.amount", "50", assistance="dibao_marginal"),
    )
    assert paid(living(standards=own, assistance=Assistance.DIBAO_MARGINAL)) == 50
    assert paid(living(standards=own)) == 106
    assert living(standards=own, assistance=Assistance.NONE).outcome is REFUSED


def test_retired_cadres_are_excluded_only_where_a_row_says_so() -> None:
    here = living(retired_cadre=True)
    assert here.outcome is GRANTED
    assert "retired cadres" in notes(here)
    assert living().outcome is GRANTED  # not asked
    amount = local(keyed("disability_living.amount", "176"), area="440106")
    there = living(date(2021, 6, 1), "440106", amount, retired_cadre=True)
    assert codes(there) == ["retired_cadre"]
    assert missing(living(date(2021, 6, 1), "440106", amount)) == ["retired_cadre"]


def test_unknown_facts_of_the_living_subsidy_are_asked_where_they_decide() -> None:
    assert missing(living(assistance=None)) == ["assistance"]
    assert missing(living(disabled=None)) == ["disabled"]
    refused = living(disabled=False, assistance=None, work_injury_care=None)
    assert (refused.outcome, codes(refused), missing(refused)) == (REFUSED, ["not_disabled"], [])
    injured = living(assistance=None, work_injury_care=True)
    assert (injured.outcome, codes(injured)) == (REFUSED, ["work_injury"])


# --- care subsidy


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"disability": None, "disabled": False}, "not_severe"),
        ({"disability": graded(DisabilityType.VISUAL, 3)}, "not_severe"),
        ({"assistance": Assistance.TEKUN}, "tekun"),
        ({"needs_long_term_care": False}, "no_long_term_care"),
        ({"work_injury_care": True}, "work_injury"),
    ],
)
def test_who_has_no_care_subsidy(facts: dict[str, Any], code: str) -> None:
    decision = care(**facts)
    assert (decision.outcome, codes(decision)) == (REFUSED, [code])
    assert decision.grounds[0].citations


def test_it_is_not_tied_to_dibao_nor_to_the_allowances_of_children() -> None:
    for assistance in (Assistance.NONE, Assistance.DIBAO_MARGINAL):
        assert paid(care(assistance=assistance)) == 100
    assert paid(care(full_child_allowance=True)) == 100


@pytest.mark.parametrize("kind", list(DisabilityType))
@pytest.mark.parametrize("grade", [1, 2, 3, 4])
def test_the_types_and_grades_of_hebei(kind: DisabilityType, grade: int) -> None:
    severe = grade <= 2
    named = kind not in (DisabilityType.HEARING, DisabilityType.SPEECH)
    mind = kind in (DisabilityType.INTELLECTUAL, DisabilityType.MENTAL)
    multiple = kind is DisabilityType.MULTIPLE
    old = care(AGAIN - DAY, disability=graded(kind, grade))
    wanted = (GRANTED if named else UNDETERMINED) if severe else REFUSED
    assert old.outcome is wanted
    new = care(AGAIN, disability=graded(kind, grade))
    if mind and not severe:
        assert paid(new) == 61
    elif multiple and not severe:
        assert (new.outcome, codes(new)) == (UNDETERMINED, ["type_unclear"])
    else:
        assert new.outcome is wanted
        assert wanted is not GRANTED or paid(new) == 122


def test_both_readings_of_hebei_are_shown_and_a_row_settles_them() -> None:
    deaf = graded(DisabilityType.HEARING, 1)
    decision = care(disability=deaf)
    assert lacks(decision) == ["disability_care.grade"]
    assert "000000 2" in decision.explain("en")
    assert "130000 hearing 0" in decision.explain("en")
    assert "来源说法不一" in decision.explain("zh_CN")
    settled = local(keyed("disability_care.grade", 2, type="hearing"))
    assert paid(care(standards=settled, disability=deaf)) == 100
    assert paid(care(area="440106", standards=_amount("440106"), disability=deaf)) == 1


def test_tangshan_names_no_types() -> None:
    first = date(2019, 1, 1)
    for kind in (DisabilityType.HEARING, DisabilityType.SPEECH):
        deaf = graded(kind, 2)
        assert care(first - DAY, "130281", disability=deaf).outcome is UNDETERMINED
        assert paid(care(first, "130281", disability=deaf)) == 60
        assert care(first, "130281", disability=graded(kind, 3)).outcome is REFUSED


@pytest.mark.parametrize(
    ("word", "start"), [("this_month", date(2025, 1, 1)), ("next_month", date(2025, 2, 1))]
)
@pytest.mark.parametrize("decide", [living, care])
def test_from_which_month_it_is_paid_is_a_row_of_the_place(
    decide: Any, word: str, start: date
) -> None:
    award = decide(RISE).award
    assert award is not None
    assert award.start is None
    own = decide(RISE, standards=local(row("disability.first_payment", word))).award
    assert own is not None
    assert own.start == start


def _amount(area: str) -> Standards:
    return local(keyed("disability_care.amount", "1"), area=area)


@pytest.mark.parametrize(
    ("other", "higher"), [("150", "150.00"), ("99.99", "100.00"), ("100", "100.00")]
)
def test_the_higher_of_one_purpose_is_the_persons_choice(other: str, higher: str) -> None:
    decision = care(other_care_month=other)
    assert paid(decision) == 100
    assert "choose the higher, 150;" in notes(living(other_living_month="150"))
    (note,) = decision.notes
    assert note.values == {
        "other": Decimal(other),
        "own": Decimal(100),
        "higher": Decimal(higher),
    }
    assert "可择高申领" in decision.explain("zh_CN")


def test_whether_another_benefit_is_drawn_is_said_to_be_unknown_and_not_asked() -> None:
    assert care(other_care_month=0).notes == ()
    for unknown in (care(other_care_month=None), living(other_living_month=None)):
        assert unknown.outcome is GRANTED
        assert "is not stated" in notes(unknown)


def test_a_certificate_number_gives_type_and_grade() -> None:
    facts: dict[str, Any] = {"disability": None, "disability_certificate": "13080219900101003X41"}
    assert paid(care(MARCH, LUQUAN, **facts)) == 230
    assert paid(living(disabled=None, disability_certificate="13080219900101003X41")) == 106


def test_unknown_facts_of_the_care_subsidy_are_asked_where_they_decide() -> None:
    assert missing(care(disability=None)) == ["disabled"]
    assert missing(care(disability=None, disabled=True)) == ["disability"]
    assert missing(care(needs_long_term_care=None)) == ["needs_long_term_care"]
    mild = care(disability=graded(DisabilityType.PHYSICAL, 4), assistance=None)
    assert (mild.outcome, codes(mild), missing(mild)) == (REFUSED, ["not_severe"], [])


@pytest.mark.parametrize("decide", [living, care])
def test_the_decision_is_told_in_both_languages(decide: Any) -> None:
    decision = decide(MARCH, LUQUAN)
    assert "Opinions of the State Council" in decision.explain("en")
    chinese = decision.explain("zh_CN")
    assert "鹿泉区2025年3月残疾人两项补贴发放情况" in chinese
    assert "每月" in chinese
    assert decision.reason("zh_CN").isascii() is False


def test_six_months_or_more() -> None:
    """国发〔2015〕52号: 6个月以上; 民法典 art. 1259: 以上 includes the number itself."""
    refused = care(needs_long_term_care=False)
    assert "6 months or more" in refused.explain("en")
    assert "6个月以上" in refused.explain("zh_CN")


def test_a_refusal_of_the_care_subsidy_names_all_its_reasons() -> None:
    refused = care(
        disability=graded(DisabilityType.VISUAL, 3),
        assistance=Assistance.TEKUN,
        needs_long_term_care=False,
        work_injury_care=True,
    )
    assert codes(refused) == ["not_severe", "tekun", "no_long_term_care", "work_injury"]


# --- properties


def test_in_every_place_held_a_more_severe_grade_never_pays_less() -> None:
    bundled = Standards.bundled()
    rows = [each for each in bundled.table(series="disability_care.amount") if each.span]
    assert rows
    for figure in rows:
        assert figure.span is not None
        p = disability_care.parameters(
            figure.area, on=figure.span.start, residence=Residence.RURAL
        ).parameters
        assert p is not None
        for amounts in (p.dibao, p.other):
            assert list(amounts) == sorted(amounts, reverse=True)


GRADES = st.lists(st.integers(-1, 10**6), min_size=4, max_size=4).map(
    lambda amounts: sorted(amounts, reverse=True)
)
MILDEST = st.lists(st.integers(0, 4), min_size=7, max_size=7)
care_parameters = st.builds(
    disability_care.Parameters,
    grade=MILDEST.map(Vector.of(DisabilityType)),
    unclear=MILDEST.map(Vector.of(DisabilityType)),
    dibao=GRADES.map(Vector.of(Grade)),
    other=GRADES.map(Vector.of(Grade)),
    excluded=st.lists(st.booleans(), min_size=2, max_size=2).map(Vector.of(Other)),
    months=st.just(6),
)


@given(
    care_parameters,
    st.integers(0, 7),
    st.integers(1, 3),
    st.sampled_from(list(Assistance)),
    st.booleans(),
)
def test_a_more_severe_grade_never_pays_less(
    p: Any, kind: int, grade: int, assistance: Assistance, needs: bool
) -> None:
    severe, milder = (
        disability_care.decide(
            disability_care.Facts(
                disability_type=kind,
                disability_grade=each,
                needs_long_term_care=needs,
                assistance=assistance,
                work_injury_care=False,
            ),
            p,
        )
        for each in (grade, grade + 1)
    )
    if milder.outcome == GRANTED:
        assert severe.outcome == GRANTED
        assert severe.pay_month >= milder.pay_month
    assert (severe.pay_month > 0) <= (severe.outcome == GRANTED)


def test_the_figures_of_hebei_are_amounts_to_pay_and_floors() -> None:
    kinds = {
        (figure.value, figure.kind)
        for figure in Standards.bundled().history("disability_living.amount", "130000")
        if figure.span
    }
    assert kinds == {
        (Decimal(55), Kind.FLOOR),
        (Decimal(66), Kind.FLOOR),
        (Decimal(106), Kind.POINT),
        (Decimal(122), Kind.POINT),
    }
    half, whole = (
        Standards.bundled().find("disability_care.amount", "130000", AGAIN, grade=grade)
        for grade in ("grade_3", "grade_2")
    )
    assert isinstance(half.value, Decimal)
    assert half.value * 2 == whole.value
