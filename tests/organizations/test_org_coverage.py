"""Fees, decoupling and the coverage of items 26 to 31, each share with its denominator."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minzheng.base import areas
from minzheng.errors import FigureNotFound, InvalidInput, NotFound, WrongType
from minzheng.organizations import (
    CHENGDE_2020,
    DECOUPLING_2019,
    Answer,
    Decoupling,
    Indicator,
    Problem,
    Share,
    decoupled,
    fee_check,
    indicator,
    separations,
    target,
)

DAY = timedelta(days=1)
ON = date(2020, 7, 24)
DUE = date(2020, 6, 30)
CITY = "130800"
COUNTIES = tuple(each.code for each in areas.children(CITY, ON))


# --- fees


@pytest.mark.parametrize(
    ("total", "required"),
    [(0, 0), (1, 1), (20, 1), (21, 2), (40, 2), (41, 3), (1080, 54), (1081, 55)],
)
def test_not_less_than_five_percent_is_rounded_up(total: int, required: int) -> None:
    told = fee_check(total, None, ON, area=CITY)
    assert told.required == required
    assert (told.share, told.margin, told.met) == (None, None, None)


@pytest.mark.parametrize(("checked", "margin", "met"), [(2, -1, False), (3, 0, True), (4, 1, True)])
def test_enough_from_both_sides(checked: int, margin: int, met: bool) -> None:
    told = fee_check(41, checked, ON, area="130822")
    assert (told.margin, told.met, told.share) == (margin, met, Fraction(checked, 41))


@pytest.mark.parametrize(("checked", "met"), [(1, False), (2, True)])
def test_exactly_five_percent_is_enough(checked: int, met: bool) -> None:
    assert fee_check(40, checked, ON, area=CITY).met is met


def test_a_share_of_nothing_is_unknown() -> None:
    told = fee_check(0, 0, ON, area=CITY)
    assert (told.share, told.met, told.margin) == (None, None, 0)


@given(st.integers(1, 10**6), st.data())
def test_met_is_at_least_as_many_as_required(total: int, data: st.DataObject) -> None:
    checked = data.draw(st.integers(0, total))
    told = fee_check(total, checked, ON, area=CITY)
    assert told.met is (20 * checked >= total) is (checked >= told.required)


@pytest.mark.parametrize(
    ("on", "area"),
    [(ON - DAY, CITY), (date(2021, 1, 1), CITY), (ON, "130100")],
)
def test_no_share_is_held_for_other_days_and_places(on: date, area: str) -> None:
    with pytest.raises(FigureNotFound, match=r"organization\.fees\.share"):
        fee_check(41, 3, on, area=area)


def test_counts_that_cannot_be() -> None:
    with pytest.raises(InvalidInput) as caught:
        fee_check(-1, 2, ON, area=CITY)
    assert [each.path for each in caught.value.faults] == ["total", "checked"]


@pytest.mark.parametrize("wrong", [1.0, True, "41", Fraction(1)])
def test_counts_are_whole_numbers(wrong: Any) -> None:
    with pytest.raises(WrongType, match="total: expected a whole number"):
        fee_check(wrong, None, ON, area=CITY)
    with pytest.raises(WrongType, match="checked: expected a whole number"):
        fee_check(41, wrong, ON, area=CITY)


def test_fifteen_problems_each_with_words() -> None:
    assert [int(each) for each in Problem] == list(range(1, 16))
    assert len({each.text("zh_CN") for each in Problem}) == 15


def test_the_check_of_fees_in_words() -> None:
    told = fee_check(41, 2, ON, area=CITY)
    assert told.explain("zh_CN") == (
        "涉企收费抽查：已抽查2家，行业协会商会总数41家，至少应抽查3家；是否达到：否"
        "（依据：《2020年工作要点》（第二十七项））"
    )
    assert "2 of 41" in told.explain("en")
    assert "not known of 41" in fee_check(41, None, ON, area=CITY).explain("en")


# --- decoupling

FIVE = ("institutions", "functions", "assets", "personnel", "party_building")


def test_five_separations_all_made_or_not() -> None:
    every: dict[str, Any] = dict.fromkeys(FIVE, True)
    assert decoupled(separations(Decoupling(id="a", **every), DUE)) is True
    for name in FIVE:
        one = separations(Decoupling(id="a", **{**every, name: False}), DUE)
        assert decoupled(one) is False
        assert one[name].answer is Answer.NO
        open_ = separations(Decoupling(id="a", **{**every, name: None}), DUE)
        assert decoupled(open_) is None
        assert open_.missing == (f"decoupling.{name}",)
    assert decoupled(separations(Decoupling(id="a", personnel=False), DUE)) is False


def test_before_the_opinions_of_2019_no_rule_is_held() -> None:
    every = Decoupling(id="a", **dict.fromkeys(FIVE, True))
    assert separations(every, date(2019, 6, 13)).answer is Answer.NO_RULE
    assert decoupled(separations(every, date(2019, 6, 13))) is None
    assert decoupled(separations(every, date(2019, 6, 14))) is True


# --- shares


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.fractions(0, 1))
def test_a_share_is_sure_only_when_every_way_to_fill_it_agrees(
    yes: int, unknown: int, no: int, least: Fraction
) -> None:
    of = yes + unknown + no
    share = Share(yes, unknown, of)
    ways = {Fraction(yes + n, of) >= least for n in range(unknown + 1)} if of else set()
    assert share.reaches(least) is (ways.pop() if len(ways) == 1 else None)
    assert (share.value is None) is (of == 0 or unknown > 0)


# --- items 26 to 31


def told(code: str, facts: dict[str, Any], on: date = date(2020, 12, 31)) -> Indicator:
    return indicator(target(code), facts, on)


def test_the_targets_of_the_plan() -> None:
    asked = [(t.item, t.code, t.share, t.number, t.due and str(t.due)) for t in CHENGDE_2020]
    assert asked == [
        (26, "party_organisation", 1, None, None),
        (26, "party_work", 1, None, None),
        (26, "demonstration_points", None, 3, None),
        (27, "cases_opened", 1, None, None),
        (28, "decoupled", 1, None, "2020-06-30"),
        (29, "incubators", 1, None, "2020-12-31"),
        (30, "service_bodies", 1, None, "2020-12-31"),
        (31, "county_brands", 1, None, "2020-12-31"),
        (31, "city_brands", None, 15, "2020-12-31"),
    ]
    with pytest.raises(NotFound, match="decoupled"):
        target("decouple")


@pytest.mark.parametrize(
    ("code", "places"),
    [
        ("incubators", (CITY, *COUNTIES)),
        ("service_bodies", COUNTIES),
        ("county_brands", COUNTIES),
    ],
)
def test_the_denominator_is_every_place(code: str, places: tuple[str, ...]) -> None:
    assert len(COUNTIES) == 11
    nothing = told(code, {})
    assert (nothing.unknown, nothing.met) == (places, None)
    every = dict.fromkeys(places, True)
    assert told(code, every).met is True
    assert told(code, {**every, "130822": False}).met is False
    assert told(code, {**every, "130822": None}).met is None
    with pytest.raises(InvalidInput, match="130100"):
        told(code, {"130100": True})


def test_the_denominator_of_stated_organisations_is_those_stated() -> None:
    assert told("party_work", {"a": True, "b": True}).share == Share(2, 0, 2)
    assert told("party_work", {"a": True, "b": False}).met is False
    nothing = told("party_work", {})
    assert (nothing.share.value, nothing.met) == (None, None)


def test_numbers_are_reached_or_cannot_be() -> None:
    brands = {str(n): True for n in range(14)}
    assert told("city_brands", brands).met is False
    assert told("city_brands", {**brands, "15": None}).met is None
    assert told("city_brands", {**brands, "15": True}).met is True
    assert told("demonstration_points", {}).met is False


def test_what_comes_after_the_day_does_not_hold_yet_and_may_be_late() -> None:
    facts: dict[str, Any] = {"a": DUE, "b": DUE + DAY}
    early = told("decoupled", facts, on=DUE)
    assert (early.yes, early.no, early.late, early.overdue) == (("a",), ("b",), (), False)
    after = told("decoupled", facts, on=DUE + DAY)
    assert (after.yes, after.late, after.met, after.overdue) == (("a", "b"), ("b",), True, False)
    open_ = told("decoupled", {"a": False}, on=DUE + DAY)
    assert open_.overdue
    assert not told("decoupled", {"a": False}, on=DUE).overdue
    assert not told("decoupled", {"a": None}, on=DUE + DAY).overdue
    assert not told("party_work", {"a": False}, on=DUE + DAY).overdue


@pytest.mark.parametrize("wrong", [1, "yes", datetime(2020, 1, 1)])  # noqa: DTZ001
def test_facts_are_flags_or_days(wrong: Any) -> None:
    with pytest.raises(WrongType, match=r"facts\['a'\]"):
        told("decoupled", {"a": wrong})


def test_the_nation_asks_for_decoupling_by_the_end_of_2020() -> None:
    end = date(2020, 12, 31)
    assert indicator(DECOUPLING_2019, {"a": end}, end).met is True
    assert not indicator(DECOUPLING_2019, {"a": False}, end).overdue
    late = indicator(DECOUPLING_2019, {"a": end + DAY}, end + DAY)
    assert (late.met, late.late) == (True, ("a",))
    assert indicator(DECOUPLING_2019, {"a": False}, end + DAY).overdue
    assert "Basis: Implementing Opinions" in late.explain("en")
    assert "item" not in late.explain("en")


def test_an_indicator_in_words() -> None:
    assert told("decoupled", {"a": True, "b": False, "c": None}).explain("zh_CN") == (
        "已与行政机关脱钩：1，总数3（市县行业协会商会）；不详1。目标：不低于100%。"
        "期限为2020年6月30日。是否达到：否。依据：《2020年工作要点》第28项。"
    )
    assert told("city_brands", {"a": True}).explain("en") == (
        "brand organisations in the whole city: 1; not known: 0. "
        "Target: at least 15. Due 31 December 2020. Reached: no. "
        "Basis: Work Plan for 2020 of the Chengde Civil Affairs Bureau item 31."
    )
