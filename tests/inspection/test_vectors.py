"""Every worked example and outside vector of ``oracles/inspection.toml`` that this room can replay."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from inspection_cases import ORACLES

from minzheng.errors import InvalidInput
from minzheng.inspection import (
    Apportionment,
    Outcome,
    Source,
    SourceKind,
    apportion,
    rfc3797,
    rivest,
    share,
)
from minzheng.inspection.diagnostics import expected_runs, never_drawn
from minzheng.inspection.ranking import UNIT, order_sample, rotated, systematic
from minzheng.inspection.seeds import (
    CHAINS,
    Chain,
    instant,
    rfc3797_key,
    round_at,
    round_time,
    seed_text,
)
from minzheng.inspection.shares import as_ratio, inclusion_probabilities


def case(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    return ORACLES[name]["inputs"], ORACLES[name]["expected"]


def test_the_reference_run_of_rfc_3797() -> None:
    given, expected = case("rfc3797-a")
    key = rfc3797_key(given["sources"])
    made = rfc3797.replay(key, given["population"], given["take"])
    assert key == expected["key"]
    assert list(made.positions) == expected["positions"]
    assert list(made.digests) == expected["digests"]


def test_a_text_as_a_decimal_fraction() -> None:
    given, expected = case("rivest-1-uniform")
    assert rivest.uniform(given["text"]) == expected["fraction"]


@pytest.mark.parametrize(
    "name", ["rivest-2-take-4", "rivest-4-seed-31", "rivest-4-seed-77", "rivest-8-mixed-types"]
)
def test_the_consistent_sampler(name: str) -> None:
    given, expected = case(name)
    made = rivest.sample(given["ids"], str(given["seed"]), given["take"])
    assert [each.id for each in made] == expected["ids"]


def test_the_consistent_sampler_with_replacement() -> None:
    given, expected = case("rivest-6-replacement")
    made = rivest.sample(given["ids"], str(given["seed"]), given["take"], replacement=True)
    assert [each.id for each in made] == expected["ids"]
    assert [rivest.shown(each.number, given["digits"]) for each in made] == expected["tickets"]
    assert [each.generation for each in made] == expected["generations"]


def test_a_round_of_drand_is_the_hash_of_its_signature() -> None:
    given, expected = case("drand-round-1")
    assert CHAINS["default"].hash == given["chain"]
    source = Source(kind=SourceKind.DRAND, name="drand", chain="default", round=given["round"])
    record = {"signature": given["signature"], "at": "2020-07-22T15:17:30Z"}
    shown = Outcome(randomness=expected["randomness"], **record)
    assert (
        seed_text([source], [shown], "2020-07-22T15:17:29Z") == f"drand={expected['randomness']}\n"
    )
    with pytest.raises(InvalidInput, match="not the SHA-256 of the signature"):
        seed_text([source], [Outcome(randomness="00" * 32, **record)], "2020-07-22T15:17:29Z")
    with pytest.raises(InvalidInput, match="before the seal"):
        seed_text([source], [shown], "2020-07-22T15:17:30Z")


def test_rounds_and_times_of_drand() -> None:
    given, expected = case("drand-round-time")
    for each in given["chains"]:
        assert CHAINS[each["name"]] == Chain(each["hash"], each["genesis"], each["period"])
    for row in expected["rows"]:
        chain = CHAINS[row["name"]]
        assert round_time(chain, row["round"]) == row["time"]
        assert round_at(chain, row["time"]) == row["round"]
        assert instant(row["utc"]) == row["utc"]
    last = expected["last_second_of_default_round_1"]
    assert (round_at(CHAINS["default"], last), round_at(CHAINS["default"], last + 1)) == (1, 2)
    with pytest.raises(InvalidInput):
        round_at(CHAINS["default"], given["chains"][0]["genesis"] - 1)


@pytest.mark.parametrize("name", ["apportion-dhondt", "apportion-webster", "apportion-tie"])
def test_apportionment(name: str) -> None:
    given, expected = case(name)
    method = Apportionment[given["method"].upper()]
    assert apportion(given["sizes"], given["n"], method) == expected["allocation"]
    by_order = apportion(given["sizes"], given["n"], method, ties_by_order=True)
    assert by_order == expected.get("allocation_ties_by_order", expected["allocation"])


def test_one_more_to_draw_takes_none_away() -> None:
    given, expected = case("apportion-alabama")
    for n, allocation in zip(given["n"], expected["dhondt"], strict=True):
        assert apportion(given["sizes"], n, Apportionment.DHONDT) == allocation


def test_inclusion_probabilities() -> None:
    given, expected = case("inclusion-probabilities-8")
    made = inclusion_probabilities(given["sizes"], given["n"])
    assert made == [Fraction(each) for each in expected["probabilities"]]


def test_rotation_with_permanent_random_numbers() -> None:
    given, expected = case("sequential-poisson-rotation")
    u = [Fraction(each) for each in given["u"]]

    def units(numbers: list[Fraction]) -> list[int]:
        return sorted(
            place + 1 for place in order_sample(numbers, given["sizes"], given["n"])[: given["n"]]
        )

    assert units(u) == expected["units"]
    shift = Fraction(given["shift"])
    turned = [Fraction(rotated(int(each * UNIT), shift), UNIT) for each in u]
    assert units(turned) == expected["units_after_shift"]


def test_a_systematic_draw() -> None:
    given, expected = case("systematic-small")
    n = sum(Fraction(each) for each in given["probabilities"])
    made = systematic(Fraction(given["u"]), [1] * len(given["probabilities"]), int(n))
    assert [place + 1 for place in made] == expected["units"]


@pytest.mark.parametrize("name", ["ceil-float-trap", "ceil-tongzhou"])
def test_a_share_is_rounded_up_exactly(name: str) -> None:
    given, expected = case(name)
    assert share(as_ratio(given["ratio"]), given["population"]) == expected["drawn"]


def test_the_populations_that_55_drawn_can_come_from() -> None:
    given, expected = case("ceil-lianyungang")
    ratio = as_ratio(given["ratio"])
    fits = [n for n in range(1, 2000) if share(ratio, n) == given["drawn"]]
    assert (fits[0], fits[-1]) == (expected["population_min"], expected["population_max"])
    assert sum(given["by_stratum"]) == given["drawn"]


def test_striking_a_name_that_was_not_drawn() -> None:
    given, expected = case("list-change-stability")
    key, size, take = given["rfc3797_key"], given["population"], given["take"]
    before = set(rfc3797.replay(key, size, take).positions)
    struck = given["rfc3797_struck_name"]
    left = [name for name in range(1, size + 1) if name != struck]
    after = {left[place - 1] for place in rfc3797.replay(key, size - 1, take).positions}
    assert struck not in before
    assert len(before & after) == expected["rfc3797_kept"]
    names, seed = [str(name) for name in range(1, size + 1)], str(given["rivest_seed"])
    drawn = [each.id for each in rivest.sample(names, seed, take)]
    other = next(name for name in names if name not in drawn)
    again = [each.id for each in rivest.sample([n for n in names if n != other], seed, take)]
    assert len(set(drawn) & set(again)) == expected["ticket_kept"]


@pytest.mark.parametrize("name", ["coverage-4", "coverage-10"])
def test_the_share_that_is_never_drawn(name: str) -> None:
    given, expected = case(name)
    made = [never_drawn(as_ratio(given["ratio"]), years) for years in given["years"]]
    assert [f"{float(each):.4f}" for each in made] == expected["never_drawn_4_places"]
    assert [f"{float(each):.2f}" for each in made] == expected["never_drawn_2_places"]
    assert made[0] == Fraction(expected["never_drawn_exact_5_years"])


def test_the_expected_number_of_runs() -> None:
    given, expected = case("run-windows-small")
    made = expected_runs(given["population"], given["drawn"], given["run_length"])
    assert made == Fraction(expected["expected_runs"])
    assert made / expected["windows"] == Fraction(expected["probability_of_one_window"])
