"""Every worked example and outside vector of ``oracles/inspection.toml`` that this room can replay."""

from __future__ import annotations

from fractions import Fraction
from hashlib import sha256
from itertools import cycle
from typing import Any

import pytest
from hypothesis import given as given_
from hypothesis import strategies as st
from inspection_cases import ORACLES

from minzheng.errors import InvalidInput
from minzheng.inspection import (
    Apportionment,
    Outcome,
    Source,
    SourceKind,
    apportion,
    cryptorandom,
    rfc3797,
    rivest,
    share,
)
from minzheng.inspection.diagnostics import expected_runs, never_drawn
from minzheng.inspection.generators import HmacDrbg, chacha8rand
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
from minzheng.inspection.shares import as_ratio, inclusion_probabilities, largest_remainder


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


def test_sha256_in_counter_mode() -> None:
    given, expected = case("cryptorandom-sha256")

    def fresh() -> cryptorandom.Sha256:
        return cryptorandom.Sha256(given["seed"])

    numbers = fresh()
    assert [numbers.block().hex() for _ in range(2)] == [expected["block_0"], expected["block_1"]]
    numbers = fresh()
    for printed in expected["random_2"]:
        assert abs(numbers.uniform() - Fraction(printed)) < Fraction(1, 10**16)
    numbers = fresh()
    truncated = expected["randint_trunc_1_1001_5"]
    assert [numbers.truncated(1, 1001) for _ in truncated] == truncated
    for low, high, row in ((0, 5, "randint_0_5_3"), (1, 1001, "randint_1_1001_5")):
        numbers = fresh()
        assert [numbers.between(low, high) for _ in expected[row]] == expected[row]


class Stream:
    """The fixed numbers that the algorithms are tested with."""

    def __init__(self, numbers: list[str]) -> None:
        self.numbers = cycle(map(Fraction, numbers))

    def uniform(self) -> Fraction:
        return next(self.numbers)

    def between(self, low: int, high: int) -> int:
        return low + int(10 * next(self.numbers) % (high - low))


@pytest.mark.parametrize("method", cryptorandom.METHODS)
def test_the_algorithms_of_cryptorandom(method: str) -> None:
    given, expected = case("cryptorandom-algorithms")
    row = "sample_by_index_5_2" if method == "by_index" else f"{method}_5_2"
    assert cryptorandom.sample(Stream(given["stream"]), 5, 2, method) == expected[row]


@pytest.mark.parametrize(
    ("method", "drawn"),
    [
        ("fisher_yates", [500, 105, 316, 104, 487]),
        ("pikk", [183, 182, 470, 244, 124]),
        ("recursive", [340, 442, 322, 68, 12]),
        ("waterman_r", [476, 528, 510, 244, 107]),
        ("by_index", [340, 442, 322, 68, 12]),
    ],
)
def test_what_cryptorandom_itself_draws(method: str, drawn: list[int]) -> None:
    """Printed by cryptorandom 0.4: random_sample(539, 5, method=...) plus 1."""
    numbers = cryptorandom.Sha256("12345678901234567890")
    assert cryptorandom.sample(numbers, 539, 5, method) == drawn


@given_(st.integers(0, 40), st.data(), st.sampled_from(sorted(cryptorandom.METHODS)))
def test_every_algorithm_draws_different_ones(population: int, data: Any, method: str) -> None:
    take = data.draw(st.integers(0, population))
    made = cryptorandom.sample(cryptorandom.Sha256(str(population)), population, take, method)
    assert len(set(made)) == len(made) == take
    assert set(made) <= set(range(1, population + 1))


def test_what_cryptorandom_cannot_draw() -> None:
    with pytest.raises(InvalidInput, match=r"method: .*by_index.*\n*.*take"):
        cryptorandom.sample(cryptorandom.Sha256("1"), 2, 3, "vitter_z")


def test_hmac_drbg() -> None:
    given, expected = case("hmac-drbg-sha256")
    seeds = [bytes.fromhex(given[name]) for name in ("entropy", "nonce", "personalisation")]
    made = HmacDrbg(*seeds)
    made.generate(given["bits"] // 8)
    assert made.generate(given["bits"] // 8).hex() == expected["second_output"]
    with pytest.raises(InvalidInput, match="65536"):
        made.generate((1 << 16) + 1)


def test_chacha8rand() -> None:
    given, expected = case("chacha8rand")
    made = chacha8rand(given["seed_ascii"].encode(), given["bytes"])
    assert made[:32].hex() == expected["first_32"]
    assert made[-16:].hex() == expected["last_16"]
    assert sha256(made).hexdigest() == expected["sha256"]
    assert chacha8rand(given["seed_ascii"].encode(), 1000) == made[:1000]
    with pytest.raises(InvalidInput, match="expected 32 bytes"):
        chacha8rand(b"short", 4)


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
    for n, allocation in zip(given["n"], expected["largest_remainder"], strict=True):
        assert largest_remainder(given["sizes"], n) == allocation


def test_largest_remainders_give_nothing_of_nothing_and_no_more_than_there_is() -> None:
    assert largest_remainder([0, 0], 0) == [0, 0]
    assert largest_remainder([3, 0, 1], 4) == [3, 0, 1]
    assert largest_remainder([1, 3, 3], 1) == [0, 1, 0]
    with pytest.raises(InvalidInput, match=r"expected 0\.\.4"):
        largest_remainder([3, 0, 1], 5)


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
