"""The two credit lists: grounds, entry, the term and its restart, exit."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables_of import table

from minzheng.base.dates import add_months
from minzheng.errors import NotFound, OutsideCoverage
from minzheng.organizations import (
    Answer,
    CreditRecord,
    abnormal_grounds,
    abnormal_term,
    entry_due,
    may_leave_serious,
    serious_grounds,
)

DAY = timedelta(days=1)
ON = date(2020, 7, 24)
FIRST = date(2018, 1, 24)
YES, NO, OPEN, NO_RULE = Answer
ABNORMAL = ("report_missed", "party_missing", "rectification_missed", "unreachable")
SERIOUS = ("change_by_fraud", "dishonest_debtor", "registration_revoked")
DRAFT = ("fundraising_breach", "minor_penalty")
DRAFT_SERIOUS = ("activity_suspended", "large_fine", "repeated_penalty")


def of(**facts: Any) -> CreditRecord:
    return CreditRecord(id="a", **facts)


@pytest.mark.parametrize("ground", ABNORMAL)
def test_the_grounds_of_the_list_of_abnormal_activity(ground: str) -> None:
    for fact, answer in ((True, YES), (False, NO), (None, OPEN)):
        found = abnormal_grounds(of(**{ground: fact}), ON)[ground]
        assert found.answer is answer
        assert found.missing == ((f"record.{ground}",) if fact is None else ())
        assert bool(found.then) is (answer is YES)


@pytest.mark.parametrize("ground", SERIOUS)
def test_the_grounds_of_the_list_of_serious_violation(ground: str) -> None:
    for fact, answer in ((True, YES), (False, NO), (None, OPEN)):
        assert serious_grounds(of(**{ground: fact}), ON)[ground].answer is answer


@pytest.mark.parametrize("ground", [*DRAFT, *DRAFT_SERIOUS])
def test_grounds_known_from_the_draft_alone_are_no_rule_until_a_table_states_them(
    ground: str,
) -> None:
    record = of(**{ground: True})
    ask, which = (abnormal_grounds, "abnormal") if ground in DRAFT else (serious_grounds, "serious")
    assert ask(record, ON)[ground].answer is NO_RULE
    own = table("130800", f"organization.{which}.ground", True, ground=ground)
    assert ask(record, ON, area="130800", standards=own)[ground].answer is YES


def test_the_measures_are_in_force_from_their_day_on() -> None:
    record = of(report_missed=True, dishonest_debtor=True)
    assert abnormal_grounds(record, FIRST - DAY).answer is NO_RULE
    assert abnormal_grounds(record, FIRST).answer is YES
    assert serious_grounds(record, FIRST - DAY).answer is NO_RULE
    assert serious_grounds(record, FIRST).answer is YES


def test_information_is_entered_within_five_working_days() -> None:
    assert entry_due(date(2020, 7, 24)) == date(2020, 7, 31)  # a Friday
    assert entry_due(date(2020, 9, 29)) == date(2020, 10, 13)  # over the holidays of October
    with pytest.raises(NotFound, match="credit information"):
        entry_due(FIRST - DAY)
    with pytest.raises(OutsideCoverage):
        entry_due(date(2030, 1, 1))


def test_two_years_on_the_list_from_both_sides() -> None:
    record = of(abnormal_on=[ON])
    for on, answer in (
        (ON - DAY, NO),
        (ON, NO),
        (date(2022, 7, 24), NO),
        (date(2022, 7, 25), YES),
    ):
        assert serious_grounds(record, on)["abnormal_term_over"].answer is answer
    found = serious_grounds(of(), ON)["abnormal_term_over"]
    assert (found.answer, found.missing) == (OPEN, ("record.abnormal_on",))
    assert serious_grounds(of(abnormal_on=[]), ON)["abnormal_term_over"].answer is NO


def test_a_new_occurrence_starts_the_term_anew() -> None:
    again = date(2022, 7, 24)
    record = of(abnormal_on=[again, ON])  # in any order
    assert serious_grounds(record, date(2022, 7, 25))["abnormal_term_over"].answer is NO
    assert serious_grounds(record, date(2024, 7, 25))["abnormal_term_over"].answer is YES
    term = abnormal_term(record, date(2023, 1, 1))
    assert term is not None
    assert (term.start, term.last_day) == (again, date(2024, 7, 24))


def test_the_term_of_nobody() -> None:
    assert abnormal_term(of(), ON) is None
    assert abnormal_term(of(abnormal_on=[]), ON) is None
    assert abnormal_term(of(abnormal_on=[ON]), ON - DAY) is None
    assert abnormal_term(of(abnormal_on=[date(2017, 1, 1)]), FIRST - DAY) is None


def test_a_leap_day_ends_with_february() -> None:
    term = abnormal_term(of(abnormal_on=[date(2020, 2, 29)]), ON)
    assert term is not None
    assert term.last_day == date(2022, 2, 28)


@pytest.mark.parametrize("ground", ["change_by_fraud", "dishonest_debtor"])
def test_two_years_without_a_new_event_lead_off_the_serious_list(ground: str) -> None:
    record = of(serious_on=[ON], abnormal_on=[])
    assert may_leave_serious(record, ground, date(2022, 7, 24)).answer is NO
    assert may_leave_serious(record, ground, date(2022, 7, 25)).answer is YES
    again = of(serious_on=[ON, date(2022, 1, 1)], abnormal_on=[])
    assert may_leave_serious(again, ground, date(2022, 7, 25)).answer is NO
    assert may_leave_serious(again, ground, date(2024, 1, 2)).answer is YES


@pytest.mark.parametrize("ground", ["change_by_fraud", "dishonest_debtor"])
def test_an_event_of_the_abnormal_list_bars_the_exit_too(ground: str) -> None:
    # 期间没有出现应当列入异常名录或者严重违法失信名单的情形
    again = of(serious_on=[ON], abnormal_on=[date(2021, 3, 1)])
    assert may_leave_serious(again, ground, date(2022, 7, 25)).answer is NO
    assert may_leave_serious(again, ground, date(2023, 3, 1)).answer is NO
    assert may_leave_serious(again, ground, date(2023, 3, 2)).answer is YES
    before = of(serious_on=[ON], abnormal_on=[date(2018, 7, 1), ON])
    assert may_leave_serious(before, ground, date(2022, 7, 25)).answer is YES
    unknown = may_leave_serious(of(serious_on=[ON]), ground, date(2022, 7, 25))
    assert (unknown.answer, unknown.missing) == (OPEN, ("record.abnormal_on",))
    early = may_leave_serious(of(serious_on=[ON]), ground, date(2022, 7, 24))
    assert (early.answer, early.missing) == (NO, ())


def test_after_the_abnormal_list_the_duty_is_done_besides() -> None:
    on, ground = date(2022, 7, 25), "abnormal_term_over"
    listed: dict[str, Any] = {"serious_on": [ON], "abnormal_on": [date(2018, 7, 23)]}
    assert may_leave_serious(of(duty_done=True, **listed), ground, on).answer is YES
    assert may_leave_serious(of(duty_done=False, **listed), ground, on).answer is NO
    found = may_leave_serious(of(**listed), ground, on)
    assert (found.answer, found.missing) == (OPEN, ("record.duty_done",))
    early = may_leave_serious(of(**listed), ground, on - DAY)
    assert (early.answer, early.missing) == (NO, ())
    both = may_leave_serious(of(serious_on=[ON]), ground, on)
    assert both.missing == ("record.abnormal_on", "record.duty_done")
    assert may_leave_serious(of(serious_on=[ON], duty_done=False), ground, on).answer is NO


def test_after_a_revocation_the_registration_is_cancelled() -> None:
    ground = "registration_revoked"
    assert may_leave_serious(of(deregistered=True, serious_on=[ON]), ground, ON).answer is YES
    assert may_leave_serious(of(deregistered=False), ground, date(2030, 1, 1)).answer is NO
    assert may_leave_serious(of(), ground, ON).missing == ("record.deregistered",)


def test_who_is_not_known_to_be_listed_and_unknown_grounds() -> None:
    found = may_leave_serious(of(), "dishonest_debtor", ON)
    assert (found.answer, found.missing) == (OPEN, ("record.serious_on",))
    assert may_leave_serious(of(), "dishonest_debtor", FIRST - DAY).answer is NO_RULE
    with pytest.raises(NotFound, match="large_fines"):
        may_leave_serious(of(), "large_fines", ON)


days = st.dates(date(2018, 2, 1), date(2025, 12, 31))


@given(st.lists(days, min_size=1, max_size=5), days)
def test_the_term_runs_from_the_last_occurrence_up_to_the_day(listed: list[date], on: date) -> None:
    term = abnormal_term(of(abnormal_on=listed), on)
    past = [each for each in listed if each <= on]
    assert (term is None) is (not past)
    if term is not None:
        assert term.start == max(past)
        assert term.last_day == add_months(max(past), 24)
        assert term.is_over(on) is (on > term.last_day)
