"""The rule over columns equals the rule over each case, field by field."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from random import Random
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minzheng import (
    care_voucher,
    children_in_difficulty,
    columns,
    de_facto_unattended,
    dibao,
    dibao_marginal,
    disability_care,
    disability_living,
    elderly_subsidy,
    old_age_allowance,
    orphan,
    orphan_schooling,
    rigid_expenditure,
    tekun,
    temporary_assistance,
)
from minzheng.benefits import childcare_subsidy, registry
from minzheng.columns.kernel import compiled, compiled_from
from minzheng.people import Relation, Residence

from . import heating, oddities
from .cases import Row, expected, in_numbers, row, same, table
from .population import (
    DAYS,
    DRAWN,
    PLACES,
    RIGID_DAYS,
    RIGID_PLACES,
    standards,
)

BATCH = 200
SEEDS = st.integers(0, 2**64 - 1)
PERSONS = (
    *(orphan.rule, de_facto_unattended.rule, orphan_schooling.rule, children_in_difficulty.rule),
    *(disability_living.rule, disability_care.rule, old_age_allowance.rule, elderly_subsidy.rule),
    *(care_voucher.rule, childcare_subsidy.rule),
)
RULES = (
    dibao.rule,
    dibao_marginal.rule,
    rigid_expenditure.rule,
    tekun.rule,
    temporary_assistance.rule,
    *PERSONS,
)
NUMBERS = {rule.name: in_numbers(columns.schema(rule)) for rule in RULES}


def population(rule: Any, seed: int, on: date) -> list[tuple[Any, list[Any], str]]:
    """Cases, their members and places: one batch."""
    random = Random(seed)
    made = []
    for _ in range(BATCH):
        place = random.choice(RIGID_PLACES if rule is rigid_expenditure.rule else PLACES)
        made.append((*DRAWN[rule.name](random, place, on), place))
    return made


def rows(rule: Any, cases: Sequence[tuple[Any, list[Any], str]], numbers: bool) -> pa.Table:
    """The batch as a table, with the enumerations as words or as numbers."""
    made = []
    for case, members, place in cases:
        area, residence = place.split()
        made.append(row(rule, case, members, area=area, residence=residence, numbers=numbers))
    return table(rule, made, NUMBERS[rule.name] if numbers else None)


def wanted(rule: Any, cases: Sequence[tuple[Any, list[Any], str]], on: date) -> list[Row]:
    """What the scalar rule says of the batch."""
    return [expected(rule, case, members, standards(), place, on) for case, members, place in cases]


def test_every_benefit_is_compared() -> None:
    """A gradual exit has cases of its own, in test_columns_exit.py."""
    assert {*DRAWN, "gradual_exit"} == {*registry}
    assert {rule.name for rule in RULES} == {*DRAWN}


@pytest.mark.parametrize("on", DAYS, ids=str)
@settings(max_examples=12)
@given(seed=SEEDS, numbers=st.booleans())
def test_dibao(on: date, seed: int, numbers: bool) -> None:
    cases = population(dibao.rule, seed, on)
    result = columns.run(dibao.rule, rows(dibao.rule, cases, numbers), on=on, standards=standards())
    same(result, wanted(dibao.rule, cases, on))


@pytest.mark.parametrize("on", DAYS, ids=str)
@settings(max_examples=12)
@given(seed=SEEDS, numbers=st.booleans())
def test_tekun(on: date, seed: int, numbers: bool) -> None:
    cases = population(tekun.rule, seed, on)
    result = columns.run(tekun.rule, rows(tekun.rule, cases, numbers), on=on, standards=standards())
    same(result, wanted(tekun.rule, cases, on))


@pytest.mark.parametrize("on", DAYS, ids=str)
@settings(max_examples=6)
@given(seed=SEEDS, numbers=st.booleans())
def test_edge(on: date, seed: int, numbers: bool) -> None:
    cases = population(dibao_marginal.rule, seed, on)
    result = columns.run(
        dibao_marginal.rule, rows(dibao_marginal.rule, cases, numbers), on=on, standards=standards()
    )
    same(result, wanted(dibao_marginal.rule, cases, on))


@pytest.mark.parametrize("on", RIGID_DAYS, ids=str)
@settings(max_examples=12)
@given(seed=SEEDS, numbers=st.booleans())
def test_rigid(on: date, seed: int, numbers: bool) -> None:
    cases = population(rigid_expenditure.rule, seed, on)
    result = columns.run(
        rigid_expenditure.rule,
        rows(rigid_expenditure.rule, cases, numbers),
        on=on,
        standards=standards(),
    )
    same(result, wanted(rigid_expenditure.rule, cases, on))


@pytest.mark.parametrize("rule", PERSONS, ids=[rule.name for rule in PERSONS])
@settings(max_examples=20)
@given(seed=SEEDS, numbers=st.booleans(), on=st.sampled_from(DAYS))
def test_the_benefits_of_one_person(rule: Any, seed: int, numbers: bool, on: date) -> None:
    cases = population(rule, seed, on)
    result = columns.run(rule, rows(rule, cases, numbers), on=on, standards=standards())
    same(result, wanted(rule, cases, on))


@pytest.mark.parametrize(
    ("room", "enough"),
    [
        *(
            (dibao, 12),
            (dibao_marginal, 8),
            (rigid_expenditure, 11),
            (tekun, 13),
            (temporary_assistance, 28),
            (orphan, 11),
        ),
        *(
            (de_facto_unattended, 6),
            (orphan_schooling, 10),
            (children_in_difficulty, 6),
            (care_voucher, 7),
            (childcare_subsidy, 5),
        ),
        *(
            (disability_care, 7),
            (disability_living, 8),
            (old_age_allowance, 3),
            (elderly_subsidy, 6),
        ),
    ],
    ids=lambda each: str(each) if isinstance(each, int) else each.name,
)
def test_the_populations_meet_what_the_rules_know(room: Any, enough: int) -> None:
    """So that the equality above says something: every outcome, and nearly every reason."""
    rule = room.rule
    met = Counter(
        (each["outcome"], reason)
        for on in (RIGID_DAYS if rule is rigid_expenditure.rule else DAYS)
        for seed in range(5)
        for each in wanted(rule, population(rule, seed, on), on)
        for reason in reasons(room, each)
    )
    assert {outcome for outcome, _reason in met} == {"granted", "refused", "undetermined"}
    assert len({reason for _outcome, reason in met} - {None}) >= min(enough, len(room.Reason))


def reasons(room: Any, result: Row) -> list[Any]:
    """Each of the reasons of a result; none of a place without parameters."""
    return [None] if result["reasons"] is None else list(room.Reason.of(result["reasons"]))


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
@settings(max_examples=5)
@given(seed=SEEDS, on=st.sampled_from(DAYS))
def test_without_numba_the_same(rule: Any, seed: int, on: date) -> None:
    data = rows(rule, population(rule, seed, on), False)
    fast = columns.run(rule, data, on=on, standards=standards())
    with without_numba():
        assert compiled(rule) is None
        slow = columns.run(rule, data, on=on, standards=standards())
    assert slow.equals(fast)
    assert slow.schema == fast.schema


@contextmanager
def without_numba() -> Iterator[None]:
    """As on a machine on which numba is not installed."""
    real = importlib.util.find_spec
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            importlib.util,
            "find_spec",
            lambda name, package=None: None if name == "numba" else real(name, package),
        )
        patch.setitem(sys.modules, "numba", None)
        _forget()
        yield
    _forget()


def _forget() -> None:
    compiled.cache_clear()
    compiled_from.cache_clear()


@pytest.mark.parametrize("threads", [None, 1, 2])
def test_without_numba_a_number_of_threads_is_no_error(threads: int | None) -> None:
    data = rows(tekun.rule, population(tekun.rule, 1, DAYS[2]), False)
    with without_numba():
        assert compiled(tekun.rule) is None
        result = columns.run(tekun.rule, data, on=DAYS[2], standards=standards(), threads=threads)
    assert result.num_rows == BATCH


def test_totals_of_a_single_field() -> None:
    """A rule that adds one number up, as a case and as columns."""
    people = [oddities.Person(2), oddities.Person(3)]
    assert oddities.ONE.run(oddities.Case(1), people, oddities.Terms(1)).value == 5
    assert oddities.ONE.run(oddities.Case(1), [], oddities.Terms(1)).value == 0
    data = pa.table(
        {
            **{"area": ["130822"], "residence": ["rural"], "x": [1], "y": [1], "z": [1]},
            "members": [[{"amount": 2}, {"amount": 3}]],
        }
    )
    assert columns.run(oddities.ONE, data, on=ON)["value"].to_pylist() == [5]


# --- a user's own benefit

ON = date(2020, 7, 24)
TABLES = heating.standards(rural="100", urban="200.01")
HOMES = st.builds(heating.Home, st.sampled_from(heating.Fuel), st.integers(0, 5), st.booleans())
RESIDENTS = st.builds(
    heating.Resident,
    relation=st.sampled_from(Relation),
    age=st.integers(0, 100),
    income_year=st.sampled_from([0, 1, 479_999, 480_000, 480_001, 960_000, 2**31, 10**15]),
    registered=st.booleans(),
)


def test_a_rule_of_ones_own_decides_a_case() -> None:
    terms = heating.terms(TABLES, "130822", ON, Residence.RURAL).terms
    assert terms is not None
    resident = heating.Resident(relation=Relation.APPLICANT, age=70, income_year=479_999)
    result = heating.RULE.run(heating.Home(heating.Fuel.COAL, rooms=2), [resident], terms)
    assert (result.outcome.name, result.rooms, result.pay_year) == ("GRANTED", 1, 15_000)


@given(st.lists(st.tuples(HOMES, st.lists(RESIDENTS, max_size=4), st.booleans()), max_size=60))
def test_a_rule_of_ones_own_decides_columns(
    homes: list[tuple[heating.Home, list[heating.Resident], bool]],
) -> None:
    places = ["130822 urban" if city else "130822 rural" for _home, _residents, city in homes]
    data = table(
        heating.RULE,
        [
            row(heating.RULE, home, residents, residence=place.split()[1])
            for (home, residents, _city), place in zip(homes, places, strict=True)
        ],
    )
    same(
        columns.run(heating.RULE, data, on=ON, standards=TABLES),
        [
            expected(heating.RULE, home, residents, TABLES, place, ON)
            for (home, residents, _city), place in zip(homes, places, strict=True)
        ],
    )
