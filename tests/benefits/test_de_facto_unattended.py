"""Children in fact unattended: the matrix of parents, both sides of every limit, what is netted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import combinations_with_replacement
from typing import Any

import pytest
from attrs import evolve
from children_cases import (
    CASES,
    DAY,
    FURONG,
    HARBIN,
    LANGUAGES,
    LONGYANG,
    MET,
    S6,
    S8,
    XINGLONG,
    amount,
    asked,
    child,
    codes,
    county,
    drawing,
    series,
    stated,
)
from hypothesis import given
from hypothesis import strategies as st

from minzheng.base.dates import add_months
from minzheng.benefits import de_facto_unattended, orphan
from minzheng.benefits.procedures import stops
from minzheng.errors import InvalidInput
from minzheng.people import (
    Assistance,
    Disability,
    DisabilityType,
    Drawn,
    DrawnKind,
    Parent,
    ParentState,
    Placement,
    RegisteredPoor,
)
from minzheng.rules import Outcome

GRANTED, REFUSED, UNDETERMINED = Outcome.GRANTED, Outcome.REFUSED, Outcome.UNDETERMINED
LOST = {ParentState.DEAD, ParentState.DECLARED_MISSING}
SIX = {
    ParentState.SEVERELY_DISABLED,
    ParentState.SERIOUSLY_ILL,
    ParentState.IN_PRISON,
    ParentState.DRUG_REHABILITATION,
    ParentState.OTHERWISE_DETAINED,
    ParentState.OUT_OF_CONTACT,
}
EIGHT = SIX | {ParentState.GUARDIANSHIP_REVOKED, ParentState.REMOVED}
DEAD, FREE, PRISON = (
    MET[each] for each in (ParentState.DEAD, ParentState.NONE, ParentState.IN_PRISON)
)
PAIRS = list(combinations_with_replacement(ParentState, 2))


def decide(*parents: Parent, on: date = S8, **facts: Any) -> Any:
    facts = {"drawn": [], **facts}
    standards = facts.pop("standards", None)
    return de_facto_unattended.assess(child(*parents, **facts), on=on, standards=standards)


# --- the matrix


@pytest.mark.parametrize(
    ("on", "states", "among", "with_lost"),
    [
        (S6, SIX, 21, 12),
        (S8 - DAY, SIX, 21, 12),
        (S8, EIGHT, 36, 16),
        (date(2026, 1, 1), EIGHT, 36, 16),
    ],
    ids=str,
)
def test_every_pair_of_parents(
    on: date, states: set[ParentState], among: int, with_lost: int
) -> None:
    granted = {pair for pair in PAIRS if decide(*(MET[each] for each in pair), on=on).award}
    assert granted == {pair for pair in PAIRS if set(pair) <= states | LOST and set(pair) & states}
    assert len([pair for pair in granted if not set(pair) & LOST]) == among
    assert len([pair for pair in granted if set(pair) & LOST]) == with_lost


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: "-".join(each.name for each in pair))
def test_the_order_of_the_parents_makes_no_difference(pair: tuple[ParentState, ...]) -> None:
    first, second = (MET[each] for each in pair)
    one, other = decide(first, second), decide(second, first)
    assert (one.outcome, one.award) == (other.outcome, other.award)
    assert codes(one) == codes(other)


@pytest.mark.parametrize("one", LOST)
@pytest.mark.parametrize("two", LOST)
def test_two_lost_parents_make_an_orphan(one: ParentState, two: ParentState) -> None:
    decision = decide(MET[one], MET[two])
    assert (decision.outcome, codes(decision)) == (REFUSED, ["orphan"])
    applicant = child(MET[one], MET[two], adopted=False)
    assert orphan.assess(applicant, on=S8).outcome is GRANTED


@pytest.mark.parametrize("state", [each for each in ParentState if each is not ParentState.NONE])
def test_no_child_is_both(state: ParentState) -> None:
    for other in ParentState:
        applicant = child(MET[state], MET[other], adopted=False, drawn=[])
        both = [room.assess(applicant, on=S8).outcome for room in (orphan, de_facto_unattended)]
        assert both != [GRANTED, GRANTED]


def test_before_the_opinions_no_law_is_held() -> None:
    before = decide(DEAD, PRISON, on=S6 - DAY)
    assert before.outcome is UNDETERMINED
    assert set(series(before)) == {"de_facto_unattended.conditions", "de_facto_unattended.share"}
    assert decide(DEAD, PRISON, on=S6).outcome is GRANTED


@pytest.mark.parametrize(
    "state", [ParentState.GUARDIANSHIP_REVOKED, ParentState.REMOVED], ids=lambda each: each.name
)
def test_the_states_of_2021_count_from_their_day(state: ParentState) -> None:
    before, after = (decide(DEAD, MET[state], on=on) for on in (S8 - DAY, S8))
    assert (before.outcome, codes(before)) == (REFUSED, ["parent_present"])
    assert after.outcome is GRANTED


def test_the_start_of_2020_is_marked_as_assumed() -> None:
    decision = decide(DEAD, PRISON, on=S6)
    start = next(
        each.figure
        for each in decision.figures
        if each.figure.series == "de_facto_unattended.conditions"
    )
    assert not start.start_stated
    assert start.source.confidence.value == "secondary"
    assert "not confirmed" in (start.note or "")


# --- what a state takes


@pytest.mark.parametrize(
    "state",
    [
        ParentState.IN_PRISON,
        ParentState.DRUG_REHABILITATION,
        ParentState.OTHERWISE_DETAINED,
        ParentState.OUT_OF_CONTACT,
    ],
    ids=lambda each: each.name,
)
@pytest.mark.parametrize(("months", "outcome"), [(5, REFUSED), (6, GRANTED), (7, GRANTED)])
def test_six_months(state: ParentState, months: int, outcome: Outcome) -> None:
    parent = Parent(state=state, months=months, brings_up=False)
    assert decide(DEAD, parent).outcome is outcome
    assert decide(parent, PRISON).outcome is outcome


@pytest.mark.parametrize("kind", DisabilityType, ids=lambda each: each.name)
@pytest.mark.parametrize("grade", [1, 2, 3, 4])
def test_severe_disability(kind: DisabilityType, grade: int) -> None:
    parent = Parent(
        state=ParentState.SEVERELY_DISABLED, disability=Disability(type=kind, grade=grade)
    )
    decision = decide(DEAD, parent)
    severe = grade <= 2 or kind in (DisabilityType.INTELLECTUAL, DisabilityType.MENTAL)
    if kind is DisabilityType.MULTIPLE and grade > 2:
        assert decision.outcome is UNDETERMINED
        assert asked(decision) == ["parents[1].disability.type"]
    else:
        assert decision.outcome is (GRANTED if severe else REFUSED)


@pytest.mark.parametrize(
    "state", [ParentState.OUT_OF_CONTACT, ParentState.REMOVED], ids=lambda each: each.name
)
def test_who_still_brings_the_child_up_counts_as_present(state: ParentState) -> None:
    parent = Parent(state=state, months=12, brings_up=True)
    assert codes(decide(DEAD, parent)) == ["parent_present"]
    assert decide(DEAD, evolve(parent, brings_up=False)).outcome is GRANTED


def test_an_illness_outside_the_local_list() -> None:
    parent = Parent(state=ParentState.SERIOUSLY_ILL, listed_illness=False)
    assert decide(DEAD, parent).outcome is REFUSED


# --- options of a place


def test_an_unknown_parent_counts_only_where_the_place_says_so() -> None:
    unknown = MET[ParentState.UNTRACEABLE]
    on = date(2024, 12, 31)
    for area, day in ((XINGLONG, on), (HARBIN, on - DAY)):
        for other in (PRISON, DEAD):
            open_ = decide(unknown, other, on=day, area=area)
            assert (open_.outcome, codes(open_)) == (UNDETERMINED, ["unsettled_parent"])
            assert series(open_) == ["de_facto_unattended.parent"]
        assert codes(decide(unknown, FREE, on=day, area=area)) == ["parent_present"]
        assert codes(decide(unknown, unknown, on=day, area=area)) == ["orphan"]
    assert decide(unknown, PRISON, on=on, area=HARBIN).outcome is GRANTED
    assert decide(unknown, FREE, on=on, area=HARBIN).outcome is REFUSED
    assert codes(decide(unknown, DEAD, on=on, area=HARBIN)) == ["orphan"]


@pytest.mark.parametrize(
    ("says", "wanted"),
    [
        ("present", ["parent_present"]),
        ("unable", ["de_facto_unattended"]),
        ("lost", ["de_facto_unattended"]),
    ],
)
def test_a_place_may_say_as_what_an_unknown_parent_counts(says: str, wanted: list[str]) -> None:
    tables = county(stated("de_facto_unattended.parent", says, state="untraceable"))
    decision = decide(MET[ParentState.UNTRACEABLE], PRISON, area=XINGLONG, standards=tables)
    assert codes(decision) == wanted


def test_a_place_that_pays_some_as_orphans() -> None:
    """Jilin: prison, rehabilitation and their like as orphans; illness, disability, contact not."""
    tables = county(
        *(
            stated("orphan.parent", "lost", state=state)
            for state in ("in_prison", "drug_rehabilitation")
        )
    )
    ill = MET[ParentState.SERIOUSLY_ILL]
    rehab = MET[ParentState.DRUG_REHABILITATION]
    for parents in ((PRISON, rehab), (DEAD, PRISON), (rehab, rehab)):
        applicant = child(*parents, area=XINGLONG, adopted=False, drawn=[])
        assert de_facto_unattended.assess(applicant, on=S8, standards=tables).outcome is REFUSED
        assert orphan.assess(applicant, on=S8, standards=tables).outcome is GRANTED
    for parents in ((PRISON, ill), (DEAD, ill), (ill, ill)):
        applicant = child(*parents, area=XINGLONG, adopted=False, drawn=[])
        assert de_facto_unattended.assess(applicant, on=S8, standards=tables).outcome is GRANTED
        assert orphan.assess(applicant, on=S8, standards=tables).outcome is REFUSED
    short = evolve(PRISON, months=5)
    applicant = child(short, DEAD, area=XINGLONG, adopted=False)
    assert orphan.assess(applicant, on=S8, standards=tables).outcome is REFUSED


# --- the amount


def test_the_published_formula_of_longyang() -> None:
    case = CASES["welfare-05-longyang-2020-unattended"]
    for drawn, pay in zip(case["inputs"]["drawn"], case["expected"]["pay"], strict=True):
        stated_ = [drawing(DrawnKind.DIBAO, drawn)] if drawn != "0" else []
        decision = decide(DEAD, PRISON, on=date(2020, 7, 24), drawn=stated_)
        assert amount(decision) == Decimal(pay)
        assert decision.outcome is GRANTED


def test_the_three_benefits_are_taken_off_together_and_no_other() -> None:
    drawn = [
        drawing(DrawnKind.DIBAO, "100.01"),
        drawing(DrawnKind.DISABILITY_LIVING, "50"),
        drawing(DrawnKind.TEKUN, "3"),
        drawing(DrawnKind.DIBAO, "1"),
    ]
    assert amount(decide(DEAD, PRISON, drawn=drawn)) == Decimal("1119.99")
    free = [drawing(kind, "500") for kind in DrawnKind if kind.name not in NETTED]
    decision = decide(DEAD, PRISON, drawn=free)
    assert (amount(decision), codes(decision)) == (Decimal(1274), ["de_facto_unattended"])


NETTED = ("DIBAO", "TEKUN", "DISABILITY_LIVING")


def test_what_is_drawn_and_reaches_the_rate_leaves_nothing_but_the_status() -> None:
    enough = decide(DEAD, PRISON, drawn=[drawing(DrawnKind.TEKUN, "1274")])
    assert (enough.outcome, amount(enough)) == (GRANTED, Decimal(0))
    assert codes(enough) == ["de_facto_unattended", "nothing_left"]
    nearly = decide(DEAD, PRISON, drawn=[drawing(DrawnKind.TEKUN, "1273.99")])
    assert (amount(nearly), codes(nearly)) == (
        Decimal("0.01"),
        ["de_facto_unattended", "topped_up"],
    )


DIBAO_OF_FURONG = stated("dibao.standard", "750")


@pytest.mark.parametrize(
    ("facts", "pay"),
    [
        ({"assistance": Assistance.DIBAO}, "1500"),
        ({"assistance": Assistance.TEKUN}, "1500"),
        ({"registered_poor": RegisteredPoor.OUT}, "1500"),
        ({"drawn": [drawing(DrawnKind.DIBAO, "750")]}, "750"),
        ({"assistance": Assistance.DIBAO_MARGINAL, "registered_poor": RegisteredPoor.NEVER}, "750"),
        ({"assistance": Assistance.NONE, "registered_poor": RegisteredPoor.NEVER}, "750"),
    ],
    ids=str,
)
def test_shares_of_furong(facts: dict[str, Any], pay: str) -> None:
    tables = county(DIBAO_OF_FURONG, area=FURONG)
    on = date(2023, 7, 1)
    decision = decide(DEAD, PRISON, on=on, area=FURONG, standards=tables, **facts)
    assert amount(decision) == Decimal(pay)


def test_furong_by_placement_and_without_its_dibao_standard() -> None:
    on = date(2023, 7, 1)
    poor: dict[str, Any] = {"assistance": Assistance.DIBAO, "on": on, "area": FURONG}
    tables = county(DIBAO_OF_FURONG, area=FURONG)
    home = decide(DEAD, PRISON, standards=tables, placement=Placement.CENTRALISED, **poor)
    assert amount(home) == Decimal(2250)
    without = decide(DEAD, PRISON, **poor)
    assert (without.outcome, codes(without)) == (UNDETERMINED, ["rate_missing"])
    assert series(without) == ["dibao.standard"]
    assert decide(FREE, PRISON, **poor).outcome is REFUSED


def test_rounding_is_the_place_s() -> None:
    rows = [
        stated("orphan.rate", "1000", placement="dispersed"),
        stated("de_facto_unattended.share", "1/3"),
    ]
    up = [stated("child.rounding.unit", "1"), stated("child.rounding.mode", "up")]
    plain = decide(DEAD, PRISON, area=XINGLONG, standards=county(*rows))
    assert amount(plain) == Decimal("333.33")
    rounded = decide(DEAD, PRISON, area=XINGLONG, standards=county(*rows, *up))
    assert amount(rounded) == Decimal(334)


def test_chengde_has_a_floor_only_and_the_decision_says_so() -> None:
    decision = decide(DEAD, PRISON, on=date(2020, 7, 24), area=XINGLONG)
    assert amount(decision) == Decimal(600)
    assert any("floor" in note.text for note in decision.notes)
    rate = next(each for each in decision.figures if each.figure.series == "orphan.rate")
    assert (rate.is_floor, rate.figure.area) == (True, "000000")
    assert not decide(DEAD, PRISON, area=LONGYANG).notes


def test_paid_from_the_month_after_and_until_the_month_after_a_change() -> None:
    decision = decide(DEAD, PRISON, on=date(2021, 12, 31))
    assert decision.award is not None
    assert decision.award.start == date(2022, 1, 1)
    stop = stops("de_facto_unattended", XINGLONG, on=date(2021, 12, 1))
    assert (stop.unpaid_from, stop.missing) == (date(2022, 1, 1), ())


@pytest.mark.parametrize(
    ("on", "wanted"),
    [
        (date(2030, 2, 28), ["de_facto_unattended"]),
        (date(2030, 3, 1), ["de_facto_unattended", "birthday_month"]),
        (date(2030, 3, 31), ["de_facto_unattended", "birthday_month"]),
        (date(2030, 4, 1), ["of_age"]),
    ],
    ids=str,
)
def test_to_the_end_of_the_month_of_the_18th_birthday(on: date, wanted: list[str]) -> None:
    """The row `stop` says next_month: the same row ends the payment."""
    decision = decide(DEAD, PRISON, on=on)
    assert codes(decision) == wanted
    unpaid_from = stops("de_facto_unattended", LONGYANG, on=date(2030, 3, 1)).unpaid_from
    assert unpaid_from is not None
    assert (decision.outcome is GRANTED) == (on < unpaid_from)
    last = "birthday_month" in wanted
    assert (decision.award is not None and decision.award.start is None) == last
    assert any("last one paid" in note.text for note in decision.notes) == last


@given(st.dates(date(2003, 1, 1), date(2015, 12, 31)), st.integers(-40, 40))
def test_a_decision_and_the_end_of_payment_agree(birth: date, days: int) -> None:
    birthday = add_months(birth, 12 * 18)
    on = birthday + days * DAY
    unpaid_from = stops("de_facto_unattended", LONGYANG, on=birthday).unpaid_from
    assert unpaid_from is not None
    assert (decide(DEAD, PRISON, on=on, birth=birth).outcome is GRANTED) == (on < unpaid_from)


def test_a_place_that_stops_with_the_month_of_the_birthday() -> None:
    tables = county(stated("de_facto_unattended.stop", "same_month"), area=LONGYANG)
    for on, outcome in ((date(2030, 2, 28), GRANTED), (date(2030, 3, 1), REFUSED)):
        assert decide(DEAD, PRISON, on=on, standards=tables).outcome is outcome


# --- what is not known


@pytest.mark.parametrize(
    ("parents", "facts", "wanted"),
    [
        ((), {}, ["parents"]),
        ((DEAD, Parent()), {}, ["parents[1].state"]),
        ((FREE, Parent()), {}, []),
        ((DEAD, Parent(state=ParentState.IN_PRISON)), {}, ["parents[1].months"]),
        ((FREE, Parent(state=ParentState.IN_PRISON)), {}, []),
        ((PRISON, Parent(state=ParentState.SERIOUSLY_ILL)), {}, ["parents[1].listed_illness"]),
        ((PRISON, Parent(state=ParentState.SEVERELY_DISABLED)), {}, ["parents[1].disability"]),
        ((PRISON, Parent(state=ParentState.REMOVED)), {}, ["parents[1].brings_up"]),
        (
            (PRISON, Parent(state=ParentState.OUT_OF_CONTACT)),
            {},
            ["parents[1].months", "parents[1].brings_up"],
        ),
        ((PRISON, Parent(state=ParentState.OUT_OF_CONTACT, months=5)), {}, []),
        ((PRISON, PRISON), {"drawn": None}, ["drawn"]),
        ((PRISON, PRISON), {"drawn": [Drawn(kind=DrawnKind.DIBAO)]}, ["drawn[0].month"]),
        ((PRISON, PRISON), {"drawn": [Drawn(kind=DrawnKind.OTHER)]}, []),
        ((FREE, PRISON), {"drawn": None, "placement": None}, []),
        ((PRISON, PRISON), {"placement": None}, ["applicant.placement"]),
        ((DEAD, DEAD), {"drawn": None}, []),
    ],
    ids=str,
)
def test_unknown_facts_are_asked_only_where_they_decide(
    parents: tuple[Parent, ...], facts: dict[str, Any], wanted: list[str]
) -> None:
    decision = decide(*parents, **facts)
    assert asked(decision) == wanted
    assert (decision.outcome is UNDETERMINED) == bool(wanted)


def test_the_day_of_birth_is_needed() -> None:
    assert "birth" in asked(decide(DEAD, PRISON, birth=None))
    with pytest.raises(InvalidInput, match="after the day"):
        decide(DEAD, PRISON, birth=S8 + DAY)


def test_there_are_two_parents() -> None:
    with pytest.raises(InvalidInput, match="found 1"):
        child(DEAD)
    with pytest.raises(InvalidInput, match="found 3"):
        child(DEAD, DEAD, DEAD)


# --- in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_explanation_names_the_places_in_the_opinions(language: str) -> None:
    decision = decide(DEAD, PRISON, drawn=[drawing(DrawnKind.DIBAO, "274")])
    text = decision.explain(language)
    words = {
        "en": (
            "in fact unattended",
            "274.00 yuan",
            "1,000.00 yuan a month",
            "in Fact Unattended, 一)",
            "三（一）",
        ),
        "zh_CN": ("事实无人抚养儿童", "274.00元", "每月1,000.00元", "的意见》一", "三（一）"),
    }
    assert all(word in text for word in words[language])
    assert "out of contact" not in text
    assert "失联" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_asked_in_words(language: str) -> None:
    text = decide(DEAD, Parent(state=ParentState.IN_PRISON)).explain(language)
    assert "parents[1].months" in text


# --- properties

FEN = st.integers(0, 300_000).map(lambda fen: Decimal(fen) / 100)
KINDS = st.sampled_from(DrawnKind)
STATES = st.sampled_from(sorted(EIGHT))


@given(STATES, STATES, KINDS, FEN, FEN)
def test_who_draws_more_is_never_paid_more(
    one: ParentState, two: ParentState, kind: DrawnKind, less: Decimal, more: Decimal
) -> None:
    less, more = sorted((less, more))
    rich, poor = (
        amount(decide(MET[one], MET[two], drawn=[drawing(kind, each)])) for each in (more, less)
    )
    assert Decimal(0) <= rich <= poor <= Decimal(1274)


@given(st.lists(st.builds(Drawn, kind=KINDS, month=FEN), max_size=4), STATES)
def test_what_is_paid_and_what_is_netted_make_the_rate(
    drawn: list[Drawn], state: ParentState
) -> None:
    netted = sum(
        (each.month or Decimal(0) for each in drawn if each.kind.name in NETTED), Decimal(0)
    )
    pay = amount(decide(MET[state], DEAD, drawn=drawn))
    assert pay == max(Decimal(0), Decimal(1274) - netted)
