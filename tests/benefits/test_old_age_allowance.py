"""The old-age allowance: bands from both sides, the month of the birthday, and places not held."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from dibao_cases import row
from hypothesis import given
from hypothesis import strategies as st
from person_cases import AREA, DAY, applicant, codes, keyed, lacks, local, missing, notes, paid

from minzheng import old_age_allowance
from minzheng.benefits.common.bands import Band, band_at, begins
from minzheng.decision import Decision
from minzheng.rules import Outcome, Vector
from minzheng.standards import Per, Standards

HAIGANG, BEIDAIHE = "130302", "130304"
XIANGHE, QIANAN, FENGRUN, FENGNAN = "131024", "130283", "130208", "130207"
ON = date(2024, 6, 10)
GRANTED, REFUSED, UNDETERMINED = Outcome.GRANTED, Outcome.REFUSED, Outcome.UNDETERMINED


def allowance(
    age: int,
    area: str = HAIGANG,
    on: date = ON,
    standards: Standards | None = None,
    **facts: Any,
) -> Decision:
    """The decision on somebody who has this age on the day, and whose birthday it is."""
    person = applicant(area, birth=on.replace(year=on.year - age), **facts)
    return old_age_allowance.assess(person, on=on, standards=standards)


def born(birth: date, area: str, on: date) -> Decision:
    return old_age_allowance.assess(applicant(area, birth=birth), on=on)


@pytest.mark.parametrize(
    ("area", "amounts"),
    [
        (HAIGANG, {80: 30, 89: 30, 90: 50, 99: 50, 100: 300, 110: 300}),
        ("130303", {80: 30, 90: 50, 100: 300}),
        (BEIDAIHE, {80: 60, 89: 60, 90: 100, 99: 100, 100: 300}),
        ("130306", {80: 30, 90: 50, 100: 300}),
        (XIANGHE, {80: 50, 89: 50, 90: 200, 99: 200, 100: 300}),
        (QIANAN, {90: 200, 99: 200, 100: 300}),
        (FENGRUN, {80: 400, 89: 400, 90: 700, 99: 700, 100: 3600}),
        (FENGNAN, {80: 600, 84: 600, 85: 1000, 89: 1000, 90: 1200, 99: 1200, 100: 3600}),
    ],
)
def test_the_bands_of_the_places_from_both_sides(area: str, amounts: dict[int, int]) -> None:
    assert {age: paid(allowance(age, area)) for age in amounts} == amounts
    young = allowance(79, area)
    assert (young.outcome, codes(young)) == (REFUSED, ["too_young"])


@pytest.mark.parametrize(("birthday", "amount"), [(80, 30), (90, 50), (100, 300)])
def test_the_day_before_the_birthday_and_the_day(birthday: int, amount: int) -> None:
    birth = ON.replace(year=ON.year - birthday)
    assert paid(born(birth, HAIGANG, ON)) == amount
    before = born(birth + DAY, HAIGANG, ON)
    assert before.award is None or before.award.amount < amount


def test_amounts_by_the_year_stay_amounts_by_the_year() -> None:
    for area, per in ((FENGRUN, Per.YEAR), (FENGNAN, Per.YEAR), (HAIGANG, Per.MONTH)):
        award = allowance(90, area).award
        assert award is not None
        assert award.per is per


@pytest.mark.parametrize(("birthday", "amounts"), [(80, [None, 50]), (90, [50, 200])])
def test_in_xianghe_the_month_of_the_birthday_counts(
    birthday: int, amounts: list[int | None]
) -> None:
    birth = date(2015 - birthday, 6, 30)
    decisions = [born(birth, XIANGHE, on) for on in (date(2015, 5, 31), date(2015, 6, 1))]
    assert [each.award and int(each.award.amount) for each in decisions] == amounts
    elsewhere = born(date(2024 - birthday, 6, 30), HAIGANG, date(2024, 6, 1)).award
    assert (elsewhere and int(elsewhere.amount)) == (None if birthday == 80 else 30)


def test_in_qianan_it_begins_with_the_month_after_the_approval() -> None:
    award = allowance(90, QIANAN, date(2013, 12, 31)).award
    assert award is not None
    assert award.start == date(2014, 1, 1)
    other = allowance(90, HAIGANG).award
    assert other is not None
    assert other.start is None  # no row says


def test_paid_out_by_the_half_year() -> None:
    assert "every 6 months, 300.00" in notes(allowance(80, XIANGHE))
    assert allowance(80, HAIGANG).notes == ()


def test_a_yearly_amount_that_cannot_be_divided_evenly_is_paid_in_full() -> None:
    own = local(
        {**keyed("old_age_allowance.amount", "3820", age="80"), "per": "year"},
        row("old_age_allowance.paid_every", 1),
    )
    told = notes(allowance(80, AREA, standards=own))
    assert "Paid every 1 months, 318.33 each time." in told
    assert "318.33 is paid each time, rounded down to the fen, and 318.37 the last time" in told
    even = local(
        {**keyed("old_age_allowance.amount", "3820", age="80"), "per": "year"},
        row("old_age_allowance.paid_every", 3),
    )
    assert notes(allowance(80, AREA, standards=even)) == "Paid every 3 months, 955.00 each time."
    assert "最后一次发放318.37" in allowance(80, AREA, standards=own).explain("zh_CN")


def test_chengde_is_not_held_and_the_figure_is_named() -> None:
    for age in (80, 95):
        decision = allowance(age, AREA)
        assert (decision.outcome, codes(decision)) == (UNDETERMINED, ["amount_missing"])
        assert lacks(decision) == ["old_age_allowance.amount"]
        assert missing(decision) == ["standards"]
    assert allowance(79, AREA).outcome is REFUSED
    oldest = allowance(100, AREA)  # by the floor of the province
    assert paid(oldest) == 300
    assert "floor" in notes(oldest)
    first = date(2024, 1, 1)
    assert allowance(100, AREA, first).outcome is GRANTED
    assert allowance(100, AREA, first - DAY).outcome is UNDETERMINED


def test_qianan_states_nothing_below_90() -> None:
    assert lacks(allowance(89, QIANAN)) == ["old_age_allowance.amount"]
    refuses = local(row("old_age_allowance.from", 90), area=QIANAN)
    assert codes(allowance(89, QIANAN, standards=refuses)) == ["too_young"]
    assert paid(allowance(90, QIANAN, standards=refuses)) == 200


def test_before_the_first_row_of_a_place_and_before_the_law() -> None:
    first = date(2024, 1, 1)
    assert allowance(80, HAIGANG, first - DAY).outcome is UNDETERMINED
    assert allowance(80, HAIGANG, first).outcome is GRANTED
    law = date(2013, 7, 1)
    assert lacks(allowance(90, QIANAN, law - DAY)) == ["old_age_allowance.from"]
    assert paid(allowance(90, QIANAN, law)) == 200


def test_a_place_that_pays_more_in_hardship_asks_whether_there_is_any() -> None:
    own = local(
        keyed("old_age_allowance.amount", "50", age="80", hardship="no"),
        keyed("old_age_allowance.amount", "100", age="80", hardship="yes"),
        keyed("old_age_allowance.amount", "200", age="90"),
    )
    assert paid(allowance(80, AREA, standards=own, in_hardship=False)) == 50
    assert paid(allowance(80, AREA, standards=own, in_hardship=True)) == 100
    assert missing(allowance(80, AREA, standards=own)) == ["in_hardship"]
    assert paid(allowance(90, AREA, standards=own)) == 200


def test_bands_of_two_levels_are_not_mixed_but_for_floors() -> None:
    city = local(
        keyed("old_age_allowance.amount", "10", age="80"),
        keyed("old_age_allowance.amount", "77", age="85"),
        {**keyed("old_age_allowance.amount", "300", age="100"), "kind": "floor"},
        area="130800",
    )
    own = city + local(keyed("old_age_allowance.amount", "20", age="80"))
    assert paid(allowance(85, "130802", standards=own)) == 77
    assert paid(allowance(85, AREA, standards=own)) == 20
    oldest = allowance(100, AREA, standards=own)
    assert paid(oldest) == 300
    assert "floor" in notes(oldest)


def test_a_band_that_only_a_level_above_states_is_named_as_missing() -> None:
    city = local(keyed("old_age_allowance.amount", "10", age="80"), area="130800")
    own = city + local(keyed("old_age_allowance.amount", "20", age="90"))
    assert paid(allowance(90, AREA, standards=own)) == 20
    decision = allowance(82, AREA, standards=own)
    assert (decision.outcome, codes(decision)) == (UNDETERMINED, ["amount_missing"])
    assert lacks(decision) == ["old_age_allowance.amount"]
    assert paid(allowance(82, "130802", standards=own)) == 10


def test_a_place_that_pays_from_70() -> None:
    own = local(keyed("old_age_allowance.amount", "15", age="70"))
    assert paid(allowance(70, AREA, standards=own)) == 15
    assert codes(allowance(69, AREA, standards=own)) == ["too_young"]


def test_the_birth_is_needed() -> None:
    decision = old_age_allowance.assess(applicant(HAIGANG), on=ON)
    assert missing(decision) == ["birth"]


def test_the_decision_is_told_in_both_languages() -> None:
    decision = allowance(80, XIANGHE)
    assert "the local band begins at 80" in decision.explain("en")
    chinese = decision.explain("zh_CN")
    assert "自生日当月起" in chinese
    assert "每6个月发放一次" in chinese
    assert "第三十三条" in allowance(79).explain("zh_CN")


# --- properties

BANDS = st.lists(st.integers(-1, 10**6), min_size=len(Band), max_size=len(Band)).map(
    Vector.of(Band)
)


def test_bands_begin_at_the_ages_of_the_series() -> None:
    keys = Standards.bundled().series["old_age_allowance.amount"].keys
    assert tuple(str(begins(band)) for band in Band) == tuple(keys["age"])


@given(st.integers(0, 120), BANDS)
def test_a_band_is_stated_and_begins_at_or_below_the_age(age: int, amounts: Vector) -> None:
    amount, start = band_at(age, amounts)
    if start == 0:
        assert amount == -1
        return
    (band,) = (each for each in Band if begins(each) == start)
    assert start <= age
    assert amounts[band] >= 0
    assert amount == (-1 if age >= 100 and start < 100 else amounts[band])
    assert all(amounts[each] < 0 for each in Band if start < begins(each) <= age)


@given(st.integers(80, 119), st.booleans())
def test_in_the_places_held_an_older_person_never_has_less(age: int, year: bool) -> None:
    area = FENGNAN if year else HAIGANG
    assert paid(allowance(age + 1, area)) >= paid(allowance(age, area)) > Decimal(0)
