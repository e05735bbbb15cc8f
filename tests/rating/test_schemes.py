"""The international schemes and the bands of organisation evaluation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minzheng.errors import InvalidInput
from minzheng.rating import UNRATED, Act, Answer, Held, Outcome, Peers, Rating, Sheet, bundled, rate
from minzheng.rating.ranks import Mean

APRIL, JULY, TWO_CYCLES = (
    bundled(f"cms-five-star-{version}") for version in ("2022-04", "2022-07", "2025-07")
)
MATRIX = (
    (1, 1, 2, 2, 3),
    (2, 2, 2, 3, 3),
    (2, 3, 3, 3, 4),
    (3, 3, 4, 4, 4),
    (3, 4, 4, 5, 5),
)
CELLS = tuple(product(range(1, 6), repeat=2))


# --- CMS: staffing --------------------------------------------------------------------------------


@pytest.mark.parametrize(("rn", "total"), CELLS)
def test_every_cell_of_the_staffing_matrix(rn: int, total: int) -> None:
    rating = rate(APRIL, Sheet(given={"rn_star": rn, "total_nurse_star": total}))
    assert rating.values["staffing_star"] == MATRIX[rn - 1][total - 1]


class Ranks:
    """Two ranks as a step sees them."""

    def __init__(self, **ranks: int) -> None:
        self.ranks = ranks

    def value(self, name: str) -> Any:
        return self.ranks[name]

    def say(self, step: str, text: str, **values: object) -> None: ...

    def percentile(self, step: Any, value: Any) -> Any: ...

    def gates(self, step: Any) -> Any: ...


@pytest.mark.parametrize(("rn", "total"), CELLS)
def test_the_matrix_is_the_mean_with_halves_toward_the_registered_nurses(
    rn: int, total: int
) -> None:
    assert (
        Mean("s", ("rn", "total"), toward="rn").run(Ranks(rn=rn, total=total))
        == MATRIX[rn - 1][total - 1]
    )


@pytest.mark.parametrize(
    ("hours", "star"),
    [
        ("0.3164", 1),
        ("0.3165", 2),  # rounded to three places first: 0.317
        ("0.507", 2),
        ("0.508", 3),
        ("0.730", 3),
        ("0.731", 4),
        ("1.048", 4),
        ("1.049", 5),
        ("1.178", 5),
    ],
)
def test_the_bands_of_registered_nurses(hours: str, star: int) -> None:
    sheet = Sheet(facts={"rn_hprd": Decimal(hours)}, settings={"halves": "half_up"})
    assert rate(APRIL, sheet).values["rn_star"] == star


def test_a_tie_that_hangs_on_the_rounding_is_left_open() -> None:
    """1.0485 is 1.049 or 1.048 (to the even digit): the guide does not say."""
    given_ = {"total_nurse_star": 3, "hi_star": 3, "qm_star": 3}
    open_ = rate(APRIL, Sheet(facts={"rn_hprd": Decimal("1.0485")}, given=given_))
    assert open_.values["rn_star"] is None
    assert open_.rank == 4  # four or five stars beside three: staffing has four both ways
    sheet = Sheet(
        facts={"rn_hprd": Decimal("1.0485")}, given=given_, settings={"halves": "half_up"}
    )
    assert rate(APRIL, sheet).values["rn_star"] == 5


SIX = {
    "rn_hours": 100,
    "total_hours": 100,
    "weekend_hours": 50,
    "rn_turnover": 50,
    "nurse_turnover": 50,
    "administrators": 30,
}


def staffing(points: dict[str, Any], **settings: str) -> Rating:
    return rate(JULY, Sheet(answers=points, given={"hi_star": 3, "qm_star": 3}, settings=settings))


@pytest.mark.parametrize(
    ("total", "star"),
    [(154, 1), (155, 2), (204, 2), (205, 3), (254, 3), (255, 4), (319, 4), (320, 5)],
)
def test_the_points_of_staffing_from_july_2022(total: int, star: int) -> None:
    points: dict[str, Any] = {}
    for name, most in SIX.items():
        points[name] = min(most, total)
        total -= points[name]
    assert staffing(points).values["staffing_star"] == star


def test_a_measure_that_cannot_be_computed_is_dropped_and_the_total_stretched() -> None:
    rating = staffing({**SIX, "rn_turnover": "not_computable", "rn_hours": 50})
    score = rating.scores["staffing"]
    assert score.points == Fraction(280 * 380, 330)
    assert score.most == 380
    assert rating.values["staffing_star"] == 5


def test_no_measure_at_all_is_no_staffing_rating() -> None:
    rating = staffing(dict.fromkeys(SIX, "not_computable"))
    assert rating.values["staffing_star"] is UNRATED
    assert rating.rank == 3  # the inspection stands alone


# --- CMS: health inspection -----------------------------------------------------------------------


def homes(*scores: int, group: str = "AL") -> Peers:
    return Peers({"weighted_score": {group: scores}})


def inspected(score: int, peers: Peers | None, **known: Any) -> Rating:
    cycles = {"cycle_1": score, "cycle_2": score, "cycle_3": score}
    facts = {**cycles, "abuse_icon": False, **known.pop("facts", {})}
    return rate(APRIL, Sheet(facts=facts, group="AL", **known), peers)


def test_the_places_in_a_state_of_thirty_homes() -> None:
    peers = homes(*range(30))
    stars = [inspected(score, peers).values["hi_star"] for score in range(30)]
    # 10 % of 30 is 3; three equal parts of 70 % are 7 each; 20 % is 6
    assert stars == [5] * 3 + [4] * 7 + [3] * 7 + [2] * 7 + [1] * 6


@pytest.mark.parametrize(("size", "star"), [(4, 1), (5, 5)])
def test_a_state_with_fewer_than_five_homes_takes_the_nation(size: int, star: int) -> None:
    """The best of its state, the worst of the nation."""
    state = [50, 60, 70, 80, 90][:size]
    peers = Peers({"weighted_score": {"AL": state, "TX": range(40)}})
    rating = inspected(50, peers)
    assert rating.values["hi_star"] == star
    assert [each.code for each in rating.remarks] == (["all_peers"] if size < 5 else [])


def test_a_star_is_held_until_the_own_score_changes() -> None:
    peers, held = homes(*range(30)), {"hi_star_before_cap": Held(rank=4, value=29)}
    assert inspected(29, peers, held=held).values["hi_star"] == 4
    assert inspected(28, peers, held=held).values["hi_star"] == 1


def test_two_cycles_are_weighted_three_to_two_and_one_gives_nothing() -> None:
    two = rate(APRIL, Sheet(facts={"cycle_1": 10, "cycle_2": 20, "cycle_3": "unrated"}))
    assert two.values["weighted_score"] == Fraction(10 * 3 + 20 * 2, 5)
    one = rate(APRIL, Sheet(facts={"cycle_1": 10, "cycle_2": "unrated", "cycle_3": "unrated"}))
    assert one.values["weighted_score"] is UNRATED
    assert one.outcome is Outcome.UNRATED  # no inspection, no overall


def test_without_peers_the_place_is_not_known() -> None:
    rating = inspected(10, None, given={"staffing_star": 3, "qm_star": 3})
    assert rating.outcome is Outcome.UNDETERMINED
    assert [each.path for each in rating.lacks] == ["peers.weighted_score"]


# --- CMS: quality measures ------------------------------------------------------------------------

BEST: dict[str, Any] = {
    leaf.code: 1 if leaf.code in ("ss_return_to_community", "ss_function") else 0
    for leaf in APRIL.leaves
}
WORST: dict[str, Any] = {
    leaf.code: 0 if leaf.code in ("ss_return_to_community", "ss_function") else 1
    for leaf in APRIL.leaves
} | {"ls_hospitalisations": 1000, "ls_ed_visits": 1000}
FEW = Answer(count=Decimal("0.02"), size=0)


def measured(**changed: Any) -> Rating:
    sheet = Sheet(answers={**BEST, **changed}, given={"hi_star": 3, "staffing_star": 3})
    return rate(APRIL, sheet)


def test_the_range_of_the_quality_points() -> None:
    best, worst = measured(), measured(**WORST)
    assert [best.scores[each].points for each in ("ls", "ss")] == [1150, 800]
    assert best.values["qm_points"] == 2300
    assert (best.values["qm_star"], best.rank) == (5, 4)
    assert [worst.scores[each].points for each in ("ls", "ss")] == [155, 100]
    assert worst.values["qm_points"] == 299
    assert (worst.values["qm_star"], worst.rank) == (1, 2)


@pytest.mark.parametrize(
    ("code", "value", "points"),
    [
        ("ls_falls", "0.0134", 100),
        ("ls_falls", "0.0135", 80),
        ("ls_falls", "0.0514", 40),
        ("ls_falls", "0.0515", 20),
        ("ss_function", "0.8276", 150),
        ("ss_function", "0.8275", 135),
        ("ss_function", "0.5014", 15),
        ("ss_pressure_ulcer", "0", 100),
        ("ss_pressure_ulcer", "0.0001", 80),
        ("ls_ed_visits", "1.9080", 30),
        ("ls_ed_visits", "1.9081", 15),
    ],
)
def test_a_measure_on_both_sides_of_its_cut(code: str, value: str, points: int) -> None:
    assert measured(**{code: Decimal(value)}).scores[code].points == points


def test_a_share_above_one_is_not_taken() -> None:
    with pytest.raises(InvalidInput, match=r"answers.ls_falls.count: 1.1 lies beyond the table"):
        measured(ls_falls=Decimal("1.1"))


def test_a_side_with_too_few_adequate_measures_leaves_the_other_alone() -> None:
    ls = [each.code for each in APRIL.nodes["ls"].items]
    rating = measured(**dict.fromkeys(ls[:5], FEW))
    assert rating.scores["ls"].state == "unrated"
    assert rating.values["qm_star"] == rating.values["ss_star"] == 5
    both = measured(**dict.fromkeys(BEST, FEW))
    assert both.values["qm_star"] is UNRATED
    assert both.rank == 3


def test_enough_adequate_measures_ask_for_the_mean_of_the_short_ones() -> None:
    ls = [each.code for each in APRIL.nodes["ls"].items]
    short = dict.fromkeys(ls[:4], FEW)
    assert measured(**short).outcome is Outcome.UNDETERMINED
    peers = Peers({code: {"AL": [Decimal("0.01")]} for code in ls[:4]})
    sheet = Sheet(answers={**BEST, **short}, group="AL", given={"hi_star": 3, "staffing_star": 3})
    assert rate(APRIL, sheet, peers).scores["ls"].state == ""


# --- CMS: overall ---------------------------------------------------------------------------------

STARS = st.integers(1, 5)


def overall(scheme: Any, hi: int, staff: int, quality: int, **known: Any) -> Rating:
    given_ = {"hi_star": hi, "staffing_star": staff, "qm_star": quality}
    return rate(scheme, Sheet(given=given_, **known))


@pytest.mark.parametrize(
    ("scheme", "stars", "expected"),
    [
        (APRIL, (3, 4, 3), 4),
        (APRIL, (4, 4, 3), 4),  # four stars must exceed the inspection
        (APRIL, (3, 3, 3), 3),
        (JULY, (3, 4, 3), 3),  # since July 2022 only five stars lift
        (JULY, (3, 5, 3), 4),
        (JULY, (5, 5, 5), 5),
        (JULY, (1, 5, 5), 2),  # one star lifts by one at most
        (JULY, (2, 5, 5), 4),
        (JULY, (1, 1, 1), 1),
        (JULY, (2, 1, 5), 2),
        (TWO_CYCLES, (1, 1, 3), 1),
    ],
)
def test_the_overall_star(scheme: Any, stars: tuple[int, int, int], expected: int) -> None:
    assert overall(scheme, *stars).rank == expected


@given(STARS, STARS, STARS, st.sampled_from([APRIL, JULY, TWO_CYCLES]), st.integers(0, 2))
def test_a_better_star_never_lowers_the_overall(
    hi: int, staff: int, qm: int, scheme: Any, at: int
) -> None:
    stars = [hi, staff, qm]
    before = overall(scheme, *stars).rank
    stars[at] = min(5, stars[at] + 1)
    after = overall(scheme, *stars).rank
    assert before is not None
    assert after is not None
    assert after >= before


def test_a_special_focus_facility_has_no_rating() -> None:
    rating = overall(JULY, 5, 5, 5, acts=(Act("special_focus"),))
    assert rating.outcome is Outcome.UNRATED
    assert rating.rank is None


@pytest.mark.parametrize(
    ("on", "star"),
    [(date(2022, 4, 30), 5), (date(2022, 5, 1), 1), (date(2022, 7, 31), 1), (date(2022, 8, 1), 5)],
)
def test_a_failed_audit_counts_for_three_months(on: date, star: int) -> None:
    act = Act("failed_audit", since=date(2022, 5, 1))
    rating = overall(APRIL, 3, 5, 3, acts=(act,), on=on)
    assert rating.values["staffing_star"] == star


@pytest.mark.parametrize(
    ("act", "path"),
    [
        (Act("audit"), "acts[0].code"),
        (Act("failed_audit"), "acts[0].since"),
        (Act("failed_audit", date(2022, 5, 1)), "on"),
    ],
)
def test_an_act_that_cannot_be_taken_is_told(act: Act, path: str) -> None:
    with pytest.raises(InvalidInput) as error:
        overall(APRIL, 3, 3, 3, acts=(act,))
    assert [each.path for each in error.value.faults] == [path]


# --- CQC ------------------------------------------------------------------------------------------

KEYS = ("safe", "effective", "caring", "responsive", "well_led")


@pytest.mark.parametrize(
    ("ratings", "breach", "expected"),
    [
        ("GGGGG", False, "good"),
        ("OOGGG", False, "outstanding"),
        ("OGGGG", False, "good"),
        ("OOGGR", False, "good"),
        ("GGGGR", False, "good"),
        ("GGGRR", False, "requires_improvement"),
        ("OOORR", False, "requires_improvement"),
        ("OGGGI", False, "requires_improvement"),
        ("GGGII", False, "inadequate"),
        ("OOGGG", True, "requires_improvement"),
        ("GGGII", True, "inadequate"),
    ],
)
def test_five_key_questions_are_counted(ratings: str, breach: bool, expected: str) -> None:
    words = {"I": "inadequate", "R": "requires_improvement", "G": "good", "O": "outstanding"}
    facts = {name: words[each] for name, each in zip(KEYS, ratings, strict=True)}
    rating = rate(bundled("cqc-principles-2022"), Sheet(facts={**facts, "breach": breach}))
    assert rating.grade is not None
    assert rating.grade.code == expected


def test_a_documented_judgement_may_depart() -> None:
    facts = {**dict.fromkeys(KEYS, "good"), "breach": False}
    act = Act("professional_judgement", to=2, reason="one recent fatal incident")
    rating = rate(bundled("cqc-principles-2022"), Sheet(facts=facts, acts=(act,)))
    assert rating.rank == 2
    assert [each.code for each in rating.remarks] == ["override"]


@pytest.mark.parametrize(
    ("score", "statements", "rank"),
    [
        (8, 8, 1),
        (38, 25, 1),
        (39, 25, 2),
        (62, 25, 2),
        (63, 25, 3),
        (87, 25, 3),
        (88, 25, 4),
        (100, 25, 4),
    ],
)
def test_the_bands_of_the_score(score: int, statements: int, rank: int) -> None:
    sheet = Sheet(facts={"score": score, "statements": statements})
    assert rate(bundled("cqc-scores-2023"), sheet).rank == rank


def test_between_the_bands_the_rounding_decides() -> None:
    """50 of 4 x 33 is 37.9 %; 51 is 38.6 %: inadequate or not, as it is rounded."""
    scheme, facts = bundled("cqc-scores-2023"), {"score": 51, "statements": 33}
    open_ = rate(scheme, Sheet(facts=facts))
    assert [each.path for each in open_.lacks] == ["settings.percent_rounding"]
    found = [
        rate(scheme, Sheet(facts=facts, settings={"percent_rounding": mode})).rank
        for mode in ("half_up", "down")
    ]
    assert found == [2, 1]
    assert rate(scheme, Sheet(facts={"score": 60, "statements": 33})).rank == 2


# --- Australia ------------------------------------------------------------------------------------


def australia(*stars: Any, **settings: str) -> Rating:
    names = ("experience", "compliance", "staffing", "quality")
    sheet = Sheet(facts=dict(zip(names, stars, strict=True)), settings=settings)
    return rate(bundled("au-star-ratings"), sheet)


def test_the_weights_of_australia() -> None:
    rating = australia(5, 3, 4, 2)
    assert rating.values["weighted"] == Fraction("3.73")
    assert rating.outcome is Outcome.UNDETERMINED  # how it is rounded was not found
    assert australia(5, 3, 4, 2, overall_rounding="half_up").rank == 4
    assert australia(5, 3, 4, 2, overall_rounding="down").rank == 3
    assert australia(4, 4, 4, 4).rank == 4


@pytest.mark.parametrize(("compliance", "rank"), [(1, 1), (2, 2)])
def test_low_compliance_caps_the_overall_however_it_is_rounded(compliance: int, rank: int) -> None:
    assert australia(5, compliance, 5, 5).rank == rank


def test_all_four_are_needed() -> None:
    assert australia(5, 5, 5, "unrated").outcome is Outcome.UNRATED


# --- organisation evaluation ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "score", "grade"),
    [
        ("luoyang-2025", "1000", "5A"),
        ("luoyang-2025", "900", "5A"),
        ("luoyang-2025", "899", "4A"),
        ("luoyang-2025", "600", "2A"),
        ("luoyang-2025", "599", "1A"),
        ("luoyang-2025", "0", "1A"),
        ("chenxi-2025", "90", "5A"),
        ("chenxi-2025", "89.99", "4A"),
        ("chenxi-2025", "59.5", "1A"),
        ("chenxi-2025", "50", "1A"),
        ("chenxi-2025", "49.99", ""),
    ],
)
def test_the_bands_of_two_places(place: str, score: str, grade: str) -> None:
    rating = rate(
        bundled(f"social-organisations-{place}"), Sheet(answers={"score": Decimal(score)})
    )
    assert (rating.grade.code if rating.grade else "") == grade
    assert rating.outcome in (Outcome.RATED, Outcome.NO_GRADE)


def anqing(score: str, party: bool | None = True, bonus: str = "0") -> Rating:
    answers = {"score": Decimal(score), "bonus": Decimal(bonus)}
    facts = {"party_organisation": party}
    return rate(bundled("social-organisations-anqing-2022"), Sheet(answers=answers, facts=facts))


@pytest.mark.parametrize(
    ("score", "grade"), [("951", "5A"), ("949", "4A"), ("701", "1A"), ("700", "")]
)
def test_the_bands_of_anqing(score: str, grade: str) -> None:
    found = anqing(score)
    assert (found.grade.code if found.grade else "") == grade


@pytest.mark.parametrize(("score", "remark"), [("950", "two_bands"), ("900.5", "no_band")])
def test_a_score_in_two_bands_or_in_none_is_not_graded(score: str, remark: str) -> None:
    rating = anqing(score)
    assert rating.outcome is Outcome.UNDETERMINED
    assert [each.code for each in rating.remarks] == [remark]


def test_without_a_party_organisation_there_is_no_5a() -> None:
    assert anqing("960", party=False).rank == 4
    assert anqing("960", party=None).outcome is Outcome.UNDETERMINED
    assert anqing("940", party=None).rank == 4
    assert anqing("920", bonus="40").rank == 5
