"""Instruments: which are in force when, how they are cited, and that the data keep their word.

``python tests/law/test_law.py --update`` rewrites the snapshot after a wanted change of the data.
"""

from __future__ import annotations

import re
import sys
from datetime import date, datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minzheng import law
from minzheng.errors import InvalidInput, NotFound, WrongType
from minzheng.law import (
    SUBJECTS,
    Citation,
    Confidence,
    Grade,
    Instrument,
    Kind,
    cite,
    in_force,
    instrument,
    instruments,
    undated,
)
from minzheng.law.load import read

SNAPSHOT = Path(__file__).with_name("instruments.snapshot.txt")


def ids(subject: str, on: date, area: str = "000000") -> list[str]:
    return [i.id for i in in_force(subject, on, area)]


# --- which law on which day -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("subject", "last_day_before", "old", "new"),
    [
        ("dibao", date(2021, 6, 30), {"dibao-review-2012"}, {"dibao-review-2021"}),
        ("tekun", date(2021, 6, 30), {"tekun-recognition-2016"}, {"tekun-recognition-2021"}),
        ("tekun", date(2016, 10, 9), set(), {"tekun-recognition-2016"}),
        ("evaluation", date(2026, 2, 28), {"evaluation-measures-2010"}, {"evaluation-measures-2026"}),
        ("evaluation", date(2011, 2, 28), set(), {"evaluation-measures-2010"}),
        ("dibao", date(2012, 12, 11), set(), {"dibao-review-2012"}),
        ("dibao", date(2014, 4, 30), set(), {"social-assistance-measures-2014"}),
        ("dibao", date(2022, 10, 19), set(), {"assistance-safety-net-2022"}),
        ("dibao", date(2026, 6, 30), set(), {"social-assistance-law-2026"}),
        ("tekun", date(2026, 6, 30), set(), {"social-assistance-law-2026"}),
        ("temporary-assistance", date(2018, 1, 22), set(), {"temporary-assistance-2018"}),
        ("rigid-expenditure", date(2024, 12, 31), set(), {"rigid-expenditure-2024"}),
        ("unattended-child", date(2020, 12, 31), set(), {"unattended-child-2020"}),
        ("child-protection", date(2021, 5, 31), set(), {"minors-protection-law-2020"}),
        ("disability-subsidy", date(2015, 12, 31), set(), {"disability-subsidy-2015"}),
        ("ability-assessment", date(2013, 9, 30), set(), {"ability-assessment-2013"}),
        ("rating", date(2019, 6, 30), set(), {"institution-grades-2018"}),
        ("rating", date(2023, 7, 9), set(), {"institution-grades-guide-2023"}),
        ("safety", date(2020, 10, 31), set(), {"institution-measures-2020"}),
        ("safety", date(2021, 12, 31), set(), {"institution-safety-2019"}),
        ("inspection", date(2017, 3, 12), set(), {"inspection-measures-2017"}),
        ("annual-check", date(2005, 5, 31), set(), {"annual-check-private-unit-2005"}),
        ("annual-check", date(2006, 1, 11), set(), {"annual-check-foundation-2006"}),
        ("annual-check", date(2025, 12, 31), set(), {"annual-check-association-2025"}),
        ("credit", date(2018, 1, 23), set(), {"credit-information-2018"}),
        ("penalty", date(2021, 10, 14), set(), {"penalty-procedure-2021"}),
        ("naming", date(2024, 4, 30), set(), {"names-measures-2024"}),
    ],
)
def test_a_change_of_law_falls_between_two_days(
    subject: str, last_day_before: date, old: set[str], new: set[str]
) -> None:
    before = set(ids(subject, last_day_before))
    after = set(ids(subject, last_day_before + timedelta(days=1)))
    assert before - after == old
    assert after - before == new


def test_the_dibao_measures_bear_their_numbers_and_succeed_each_other() -> None:
    old = instrument("dibao-review-2012")
    assert old.number == "民发〔2012〕220号"
    assert old.succeeded_by == "dibao-review-2021"
    assert instrument("dibao-review-2021").number == "民发〔2021〕57号"


def test_what_governs_dibao_from_the_social_assistance_law_on() -> None:
    assert ids("dibao", date(2026, 7, 1), "130881") == [
        "social-assistance-law-2026",
        "urban-dibao-regulation-1999",
        "social-assistance-measures-2014",
        "dibao-review-2021",
        "assistance-safety-net-2022",
    ]
    assert "repeal" in (instrument("social-assistance-measures-2014").note or "")


def test_a_lapse_without_a_successor_ends_it() -> None:
    # Valid from 2023-08-14 to 2025-08-13, both included.
    assert "shandong-credit-classes-2023" in ids("credit", date(2025, 8, 13), "370100")
    assert "shandong-credit-classes-2023" not in ids("credit", date(2025, 8, 14), "370100")


def test_what_has_no_known_first_day_is_listed_and_never_in_force() -> None:
    for subject in SUBJECTS:
        listed = undated(subject)
        assert all(i.start is None for i in listed)
        assert not set(listed) & set(in_force(subject, date(2026, 11, 23), "130881"))
    assert "hebei-dibao-economic-assessment-2013" in [i.id for i in undated("dibao")]
    assert "assistance-reform-2020" in [i.id for i in undated("dibao")]
    assert [i.id for i in undated("tekun")] == [
        "assistance-reform-2020",
        "hebei-assistance-reform-2020"[:0] or "chengde-tekun-measures-2016",
        "hebei-assistance-reform-2020",
        "chengde-work-plan-2020",
    ]


@given(
    subject=st.sampled_from(sorted(SUBJECTS)),
    on=st.dates(date(1995, 1, 1), date(2030, 1, 1)),
    area=st.sampled_from(["000000", "130000", "130800", "130881", "310101", "330000", "500100"]),
)
def test_in_force_is_what_the_data_say(subject: str, on: date, area: str) -> None:
    levels = {area, area[:4] + "00", area[:2] + "0000", "000000"}
    expected = [
        i
        for i in instruments()
        if subject in i.subjects
        and i.area in levels
        and i.start is not None
        and i.start <= on
        and (i.end is None or on < i.end)
    ]
    order = list(Kind)
    expected.sort(key=lambda i: (order.index(i.kind), i.start, i.id))
    assert list(in_force(subject, on, area)) == expected


# --- which place ----------------------------------------------------------------------------------


def test_a_local_rule_binds_its_own_place_and_those_inside() -> None:
    day, rule = date(2026, 1, 1), "shanghai-assistance-regulation-2018"
    assert rule in ids("dibao", day, "310000")
    assert rule in ids("dibao", day, "310101")
    assert rule not in ids("dibao", day, "130000")
    assert rule not in ids("dibao", day)


@pytest.mark.parametrize(
    ("own", "asked", "binds"),
    [
        ("000000", "130881", True),
        ("130000", "130000", True),
        ("130000", "130881", True),
        ("130000", "140000", False),
        ("130800", "130881", True),
        ("130800", "130900", False),
        ("130800", "130000", False),
        ("130881", "130881", True),
        ("130881", "130800", False),
        ("500000", "510000", False),
        ("500000", "500101", True),
        ("130000", "000000", False),
    ],
)
def test_levels(own: str, asked: str, binds: bool) -> None:
    made = Instrument(
        "x", "甲", "A", Kind.LOCAL, ("dibao",), own, Grade.OFFICIAL, Confidence.CONFIRMED, "made up"
    )
    assert made.binds(asked) is binds


# --- what cannot be asked -------------------------------------------------------------------------


@pytest.mark.parametrize("area", ["1308", "13088l", "1308810", "", "１３０８００"])
def test_an_area_is_six_digits(area: str) -> None:
    with pytest.raises(InvalidInput, match="area: expected 6 digits"):
        in_force("dibao", date(2021, 7, 1), area)


def test_an_unknown_subject_names_the_nearest() -> None:
    with pytest.raises(NotFound, match="unknown 'tekunn'; did you mean 'tekun'"):
        in_force("tekunn", date(2021, 7, 1))
    with pytest.raises(NotFound, match="did you mean 'tekun'"):
        undated("tekunn")


@pytest.mark.parametrize("ask", [instrument, cite])
def test_an_unknown_instrument_names_the_nearest(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(NotFound, match="'dibao-review-2022'.*did you mean 'dibao-review-20"):
        ask("dibao-review-2022")
    with pytest.raises(NotFound, match="did you mean"):
        ask("完全不像")


def test_a_day_is_a_plain_date() -> None:
    with pytest.raises(WrongType):
        in_force("dibao", datetime(2021, 7, 1, 12))  # noqa: DTZ001 - the error of passing one
