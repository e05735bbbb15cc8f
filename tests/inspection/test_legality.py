"""The floors of 民发〔2017〕45号 art. 5 and the share of Chengde's plan, from both sides."""

from __future__ import annotations

from datetime import date

import pytest
from inspection_cases import frame, organization, plan

from minzheng.errors import FigureNotFound, InvalidInput
from minzheng.inspection import Frame, Group, Level, Plan, PlanKind, Team
from minzheng.inspection.layout import lay_out
from minzheng.inspection.legality import ASSOCIATION, Check, legality
from minzheng.standards import Standards

TABLES = Standards.bundled()


def checked(who: Frame, made: Plan) -> list[Check]:
    return legality(who, made, lay_out(who, made), area="130800", standards=TABLES)


@pytest.mark.parametrize(
    ("level", "required"),
    [(Level.COUNTY, 4), (Level.CITY, 5), (Level.PROVINCE, 6), (Level.NATION, 11)],
)
def test_the_floor_of_each_level_is_rounded_up(level: Level, required: int) -> None:
    for count, margin in ((required - 1, -1), (required, 0), (required + 2, 2)):
        made = plan(Group(name="all", count=count), level=level)
        (check,) = checked(frame(101), made)
        assert (check.required, check.planned, check.margin) == (required, count, margin)
        citation = check.figure.figure.citation
        assert citation is not None
        assert (citation.instrument_id, citation.article) == ("inspection-measures-2017", "5")


@pytest.mark.parametrize(
    ("code", "said"),
    [("130823", "use 130881 平泉市"), ("130899", "nearest: "), ("130871", "[[division]] row")],
)
def test_the_areas_of_a_frame_were_in_use_on_the_day(code: str, said: str) -> None:
    who = Frame.of([organization(0, area="130822"), organization(1, area=code)])
    with pytest.raises(InvalidInput) as caught:
        checked(who, plan(Group(name="all", count=1)))
    (fault,) = caught.value.faults
    row = who.column("area").index(code)
    assert fault.path == f"frame[{row}].area"
    assert said in fault.message
    assert checked(Frame.of([organization(0, area="130822")]), plan(Group(name="all", count=1)))


def test_an_irregular_inspection_has_no_floor() -> None:
    assert checked(frame(100), plan(Group(name="all", count=0), kind=PlanKind.IRREGULAR)) == []


def test_no_floor_is_held_before_the_measures() -> None:
    assert checked(frame(10), plan(on=date(2017, 3, 13))) != []
    with pytest.raises(FigureNotFound):
        checked(frame(10), plan(on=date(2017, 3, 12)))


@pytest.mark.parametrize(
    ("day", "series"),
    [
        (date(2020, 7, 23), ["inspection.share"]),
        (date(2020, 7, 24), ["inspection.share", "inspection.association_share"]),
        (date(2020, 12, 31), ["inspection.share", "inspection.association_share"]),
        (date(2021, 1, 1), ["inspection.share"]),
    ],
)
def test_chengde_s_share_of_industry_associations_in_2020(day: date, series: list[str]) -> None:
    who = Frame.of(organization(n, tags=(ASSOCIATION,) if n < 41 else ()) for n in range(200))
    groups = (Group(name="all", ratio="4%"), Group(name="chambers", count=2, tags=(ASSOCIATION,)))
    checks = checked(who, plan(*groups, on=day))
    assert [each.series for each in checks] == series
    assert [each.margin for each in checks] == [0, -1][: len(series)]


def test_what_overlaps_counts_once_and_what_does_not_adds_up() -> None:
    who = Frame.of(organization(n, category="12"[n % 2]) for n in range(100))
    overlapping = plan(Group(name="all", count=3), Group(name="a", count=2, kinds=("association",)))
    apart = plan(
        Group(name="a", count=2, kinds=("association",)),
        Group(name="b", count=3, kinds=("private_unit",)),
    )
    assert [checked(who, each)[0].planned for each in (overlapping, apart)] == [3, 5]


def test_a_team_has_two_inspectors_at_least() -> None:
    for per_site, margin in ((1, -1), (2, 0)):
        check = checked(frame(10), plan(team=Team(per_site=per_site)))[1]
        assert (check.series, check.required, check.margin) == ("inspection.inspectors", 2, margin)


def test_a_share_of_associations_that_nobody_is_marked_as_is_a_fault() -> None:
    who = Frame.of(organization(number, tags=("industry_asociation",)) for number in range(40))
    on = date(2020, 7, 24)
    with pytest.raises(InvalidInput, match="did you mean 'industry_asociation'"):
        checked(who, plan(on=on))
    none = Group(name="associations", ratio="5%", tags=(ASSOCIATION,), may_be_empty=True)
    every = Group(name="all", ratio="4%")
    assert [each.series for each in checked(who, plan(every, none, on=on))] == ["inspection.share"]
