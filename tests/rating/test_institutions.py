"""The share of star institutions, and what stops a rating."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minzheng.base.dates import Span
from minzheng.base.i18n import LANGUAGES
from minzheng.errors import InvalidInput
from minzheng.rating.institutions import (
    CHENGDE_2020,
    Attainment,
    Denominator,
    FireApproval,
    Institution,
    Listing,
    attainment,
    stops,
)

END = date(2020, 12, 31)
VALID = Span(date(2018, 1, 1), date(2021, 1, 1))


def home(graded: bool | None = True, **known: Any) -> Institution:
    return Institution("a", graded=graded, valid=VALID if graded else None, **known)


def test_shijiazhuang_of_2019_by_its_two_denominators() -> None:
    """44 graded of 109 applicants, of 209 institutions."""
    day = date(2019, 6, 27)
    graded = [home(applied=True)] * 44
    failed = [home(False, applied=True)] * 65
    others = [home(False, applied=False)] * 100
    all_ = [*graded, *failed, *others]
    by = {each: attainment(all_, day, each) for each in Denominator}
    assert by[Denominator.INSTITUTIONS].share == Fraction(44, 209)
    assert by[Denominator.APPLICANTS].share == Fraction(44, 109)
    assert (
        by[Denominator.INSTITUTIONS]
        .explain("en")
        .endswith("44 of 209 institutions hold a valid grade (21.1 %)")
    )
    assert by[Denominator.APPLICANTS].explain("zh_CN").endswith("（40.4%）")
    # whether they operate was not said
    assert by[Denominator.OPERATING].share is None
    assert by[Denominator.OPERATING].unknown == 209


@pytest.mark.parametrize(("on", "reached"), [(date(2020, 12, 31), 1), (date(2021, 1, 1), 0)])
def test_a_lapsed_grade_does_not_count(on: date, reached: int) -> None:
    assert attainment([home()], on, Denominator.INSTITUTIONS).reached == reached


@pytest.mark.parametrize(
    ("reached", "of", "unknown", "met"),
    [
        (50, 100, 0, True),
        (49, 100, 0, False),
        (49, 99, 1, None),
        (50, 99, 1, True),
        (0, 0, 0, None),
    ],
)
def test_the_goal_of_half(reached: int, of: int, unknown: int, met: bool | None) -> None:
    found = Attainment(END, Denominator.OPERATING, reached, of, unknown)
    assert found.meets(CHENGDE_2020) is met
    assert CHENGDE_2020.number == 20


@given(
    st.lists(st.tuples(st.sampled_from([True, False, None]), st.sampled_from([True, False, None])))
)
def test_the_share_lies_between_its_bounds(known: list[tuple[bool | None, bool | None]]) -> None:
    homes = [home(graded, operating=operating) for graded, operating in known]
    found = attainment(homes, END, Denominator.OPERATING)
    assert found.of + found.unknown == sum(operating is not False for _, operating in known)
    assert found.least <= found.most
    if found.share is not None:
        assert found.least == found.share == found.most


def test_counts_that_cannot_be_are_refused() -> None:
    with pytest.raises(InvalidInput, match="got 3 of 2"):
        Attainment(END, Denominator.OPERATING, 3, 2)


# --- what stops a rating --------------------------------------------------------------------------

CLEAR: dict[str, Any] = {"fire": FireApproval.ACCEPTED, "major_hazard": False, "listings": ()}


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, []),
        ({"fire": FireApproval.FILED}, []),
        ({"fire": FireApproval.SAFETY_ASSESSED}, []),
        ({"fire": FireApproval.LEGACY_PENDING}, [("fire_approval", True)]),
        ({"fire": FireApproval.NONE}, [("fire_approval", True)]),
        ({"fire": None}, [("fire_approval", False)]),
        ({"major_hazard": True}, [("major_hazard", True)]),
        ({"major_hazard": None}, [("major_hazard", False)]),
        ({"listings": None}, [("joint_punishment", False)]),
        ({"listings": (Listing(date(2020, 12, 31)),)}, [("joint_punishment", True)]),
        ({"listings": (Listing(date(2021, 1, 1)),)}, []),
        ({"listings": (Listing(date(2018, 1, 1), removed=date(2020, 12, 31)),)}, []),
        (
            {"listings": (Listing(date(2018, 1, 1), removed=date(2021, 1, 1)),)},
            [("joint_punishment", True)],
        ),
    ],
)
def test_what_stops(known: dict[str, Any], expected: list[tuple[str, bool]]) -> None:
    found = stops(Institution("a", **{**CLEAR, **known}), END)
    assert [(each.code, each.certain) for each in found] == expected
    for language in LANGUAGES:
        assert all(each.text(language) for each in found)


@pytest.mark.parametrize(
    ("on", "clean", "rectified", "expected"),
    [
        (date(2022, 2, 28), True, True, False),
        (date(2022, 3, 1), True, False, True),
        (date(2022, 3, 1), False, True, True),
        (date(2022, 3, 1), False, False, False),
        (date(2022, 3, 1), None, True, True),
        (date(2022, 3, 1), None, False, None),
    ],
)
def test_removal_after_two_full_years(
    on: date, clean: bool | None, rectified: bool | None, expected: bool | None
) -> None:
    listing = Listing(date(2020, 3, 1))
    assert listing.may_ask_removal(on, no_new_violation=clean, rectified=rectified) is expected


def test_who_is_off_the_list_asks_for_nothing() -> None:
    gone = Listing(date(2018, 3, 1), removed=date(2021, 1, 1))
    assert gone.may_ask_removal(date(2022, 1, 1), no_new_violation=True, rectified=True) is False
