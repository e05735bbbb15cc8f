"""For every benefit of one person: what is decided without a fact stays so, whatever the fact is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from dibao_cases import row
from hypothesis import given, settings
from hypothesis import strategies as st
from person_cases import AREA, applicant, keyed, local

from minzheng import (
    care_voucher,
    disability_care,
    disability_living,
)
from minzheng.benefits import elderly_subsidy, old_age_allowance
from minzheng.people import (
    AbilityLevel,
    AbilityScale,
    Assistance,
    CareService,
    Disability,
    DisabilityType,
)
from minzheng.rules import Outcome

ON = date(2026, 2, 10)
OWN = local(
    keyed("disability_living.eligible", True, assistance="dibao_marginal"),
    keyed("disability_living.amount", "110", assistance="dibao"),
    keyed("disability_living.amount", "55", assistance="dibao_marginal"),
    keyed("disability_living.excluded", True, benefit="retired_cadre"),
    keyed("disability_care.amount", "230", assistance="dibao", grade="grade_1"),
    keyed("disability_care.amount", "130", assistance="dibao", grade="grade_2"),
    keyed("disability_care.amount", "100", assistance="other"),
    row("old_age_allowance.first_month", "birthday_month"),
    keyed("old_age_allowance.amount", "50", age="80", hardship="no"),
    keyed("old_age_allowance.amount", "100", age="80", hardship="yes"),
    keyed("old_age_allowance.amount", "200", age="90"),
    keyed("elderly_subsidy.amount", "80", part="aged", assistance="dibao", age="60"),
    keyed("elderly_subsidy.amount", "120", part="aged", assistance="tekun", age="80"),
    keyed("elderly_subsidy.amount", "60", part="bereaved", assistance="tekun"),
    keyed("elderly_subsidy.amount", "80", part="care", assistance="dibao"),
    keyed("elderly_subsidy.amount", "90", part="care", assistance="other"),
    keyed("elderly_subsidy.level", 2, scale="mzt_039"),
    row("elderly_subsidy.combine", "sum"),
    keyed("elderly_subsidy.excluded", True, benefit="disability_care"),
    keyed("care_voucher.share", "0.45", service="day_care"),
)
LEVELS = st.one_of(
    st.builds(AbilityLevel, scale=st.just(AbilityScale.MZT_039), level=st.integers(0, 3)),
    st.builds(AbilityLevel, scale=st.just(AbilityScale.GBT_42195), level=st.integers(0, 4)),
)
KNOWN: dict[str, st.SearchStrategy[Any]] = {
    "birth": st.builds(date, st.integers(1920, 1975), st.just(2), st.integers(1, 28)),
    "disability": st.builds(
        Disability, type=st.sampled_from(list(DisabilityType)), grade=st.integers(1, 4)
    ),
    "assistance": st.sampled_from(list(Assistance)),
    "full_child_allowance": st.booleans(),
    "work_injury_care": st.booleans(),
    "retired_cadre": st.booleans(),
    "needs_long_term_care": st.booleans(),
    "in_hardship": st.booleans(),
    "incapacitated": st.booleans(),
    "only_child_died": st.booleans(),
    "disability_care": st.booleans(),
    "ability_level": LEVELS,
    "centralised_care": st.booleans(),
    "improvement_action": st.booleans(),
    "care_service": st.sampled_from(list(CareService)),
    "care_month": st.sampled_from(["0", "0.01", "999.99", "1600", "1777.78", "2000", "9000"]),
}


@st.composite
def people(draw: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """All facts of somebody, and those of them that are stated."""
    whole = {name: draw(values) for name, values in KNOWN.items()}
    if draw(st.integers(0, 3)) == 0:
        whole |= {"disability": None, "disabled": False}
    hidden = draw(st.sets(st.sampled_from(sorted(KNOWN)), max_size=3))
    stated = {name: None if name in hidden else value for name, value in whole.items()}
    if "disability" in hidden:
        stated["disabled"] = draw(st.sampled_from([None, whole["disability"] is not None]))
    return whole, stated


@pytest.mark.parametrize(
    "benefit",
    [disability_living, disability_care, old_age_allowance, elderly_subsidy, care_voucher],
)
@settings(max_examples=150)
@given(people())
def test_what_is_decided_without_a_fact_does_not_hang_on_it(
    benefit: Any, facts: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    whole, stated = (
        benefit.assess(applicant(AREA, **each), on=ON, standards=OWN) for each in facts
    )
    if stated.outcome is not Outcome.UNDETERMINED:
        assert (stated.outcome, stated.award) == (whole.outcome, whole.award)
        assert stated.missing == ()
    else:
        assert stated.missing
    codes = {each.code for each in whole.grounds}
    assert {each.code for each in stated.grounds} <= codes
