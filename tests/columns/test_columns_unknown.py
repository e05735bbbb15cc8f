"""Unknown facts are run over all their values: what all completions agree on is said."""

from __future__ import annotations

from datetime import date
from enum import IntEnum
from itertools import product
from math import prod
from random import Random
from typing import Any

import pyarrow as pa
import pytest
from attrs import fields, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from minzheng import columns, dibao, disability_living
from minzheng.columns import layout
from minzheng.columns.layout import hints_of
from minzheng.columns.unknowns import compared, domain
from minzheng.people import Assistance, Relation
from minzheng.rules import Outcome, Rule, fact
from minzheng.standards import Standards

from . import oddities
from .cases import Row, expected, row, some, table
from .population import DAYS, DRAWN, PLACES, county, standards, stated, terms
from .test_columns_nulls import RULES

NAMES = {each.name: each for each in RULES}


def columns_of(cls: Any) -> dict[str, Any]:
    """The columns of a class of facts, and the types of their values."""
    return {each.name: each.hint for each in layout.facts(cls)}


def completions(rule: Any, made: Row) -> tuple[list[tuple[Any, list[Any]]], bool]:
    """Every case that a row may be, and whether all of them can be listed."""
    case_hints = columns_of(rule.case)
    holders: list[tuple[dict[str, Any], dict[str, Any]]] = [(made, case_hints)]
    if rule.member_class is not None:
        holders += [(each, columns_of(rule.member_class)) for each in made["members"]]
    unknown = [
        (at, name, domain(hints[name]))
        for at, (facts, hints) in enumerate(holders)
        for name in hints
        if facts[name] is None
    ]
    if not all(values for *_fact, values in unknown):
        return [], False
    if prod(len(values) for *_fact, values in unknown) > 64:
        return [], False
    cases = []
    for chosen in product(*(values for *_fact, values in unknown)):
        whole = [{name: facts[name] for name in hints} for facts, hints in holders]
        for (at, name, _values), value in zip(unknown, chosen, strict=True):
            whole[at][name] = value
        made_of = [
            {name: _number(hints[name], facts[name]) for name in hints}
            for facts, (_facts, hints) in zip(whole, holders, strict=True)
        ]
        people = [layout.made(rule.member_class, each) for each in made_of[1:]]
        cases.append((layout.made(rule.case, made_of[0]), people))
    return cases, True


def _number(hint: Any, value: Any) -> Any:
    words = isinstance(hint, type) and issubclass(hint, IntEnum)
    return hint[value.upper()] if words and isinstance(value, str) else value


def erased(random: Random, rule: Any, made: Row) -> None:
    """Make one to four facts of a row unknown; mostly those whose values can be listed."""
    holders = [(made, columns_of(rule.case))]
    holders += [(each, columns_of(rule.member_class)) for each in made.get("members", [])]
    for _ in range(random.randint(1, 4)):
        facts, hints = random.choice(holders)
        names = [name for name in hints if domain(hints[name])] or list(hints)
        facts[random.choice(names if random.random() < 0.9 else list(hints))] = None


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 2**64 - 1), on=st.sampled_from(DAYS[1:]))
def test_what_all_completions_agree_on_is_said(name: str, seed: int, on: date) -> None:
    rule: Any = NAMES[name]
    random = Random(seed)
    rows = []
    for _ in range(60):
        place = random.choice(PLACES)
        case, members = DRAWN[name](random, place, on)
        area, residence = place.split()
        made = row(rule, case, members, area=area, residence=residence)
        if random.random() < 0.8:
            erased(random, rule, made)
        rows.append(made)
    result = columns.run(rule, table(rule, rows), on=on, standards=standards(), block=17)
    names = compared(hints_of(rule.result))
    for made, got in zip(rows, result.to_pylist(), strict=True):
        t = terms(rule, f"{made['area']} {made['residence']}", on)
        cases, runnable = completions(rule, made)
        assert (got["outcome"] == "undetermined") == (got["missing"] is not None)
        if t is None:
            assert got["missing"].startswith("standards: ")
        elif not runnable:
            assert got["outcome"] == "undetermined"
        else:
            place = f"{made['area']} {made['residence']}"
            every = [expected(rule, *each, standards(), place, on) for each in cases]
            decisions = [rule.run(*each, t) for each in cases]
            agree = len({tuple(getattr(each, name) for name in names) for each in decisions}) == 1
            wanted = {
                each.name: every[0][each.name]
                if len({getattr(one, each.name) for one in decisions}) == 1
                else None
                for each in fields(rule.result)
            }
            if not agree:
                wanted["outcome"] = "undetermined"
                assert not got["missing"].startswith("standards")
            assert {each: got[each] for each in wanted} == wanted


# --- the named fact is one that matters


def on_file(dibao_: str, edge: str, none: str) -> Standards:
    rows = [
        stated("disability_living.eligible", True, {"assistance": each})
        for each in ("dibao_marginal", "none")
    ]
    amounts = (("dibao", dibao_), ("dibao_marginal", edge), ("none", none))
    rows += [
        stated("disability_living.amount", yuan, {"assistance": each}) for each, yuan in amounts
    ]
    return Standards.bundled() + county("130822", *rows)


@pytest.mark.parametrize(
    ("amounts", "assistance", "outcome", "pay", "missing"),
    [
        (("100", "50", "100"), None, "undetermined", None, "assistance"),
        (("100", "50", "100"), Assistance.DIBAO_MARGINAL, "granted", 5_000, None),
        (("100", "100", "100"), None, "undetermined", None, "assistance"),  # tekun is out
    ],
)
def test_the_corners_are_not_enough(
    amounts: tuple[str, str, str], assistance: Any, outcome: str, pay: Any, missing: Any
) -> None:
    """100 for dibao, 50 for edge, 100 for none: both ends pay 100."""
    facts = some(disability_living.Facts, disabled=True, assistance=Assistance.DIBAO)
    made = row(disability_living.rule, facts)
    made["assistance"] = None if assistance is None else assistance.name.lower()
    made["retired_cadre"] = None  # no row of the place asks it
    (got,) = columns.run(
        disability_living.rule,
        table(disability_living.rule, [made]),
        on=date(2025, 1, 1),
        standards=on_file(*amounts),
    ).to_pylist()
    assert (got["outcome"], got["pay_month"], got["missing"]) == (outcome, pay, missing)


def test_a_column_left_out_is_not_known_and_need_not_be_where_it_does_not_matter() -> None:
    facts = [
        some(disability_living.Facts, disabled=each, assistance=Assistance.DIBAO)
        for each in (True, False)
    ]
    whole = table(disability_living.rule, [row(disability_living.rule, each) for each in facts])
    less = whole.drop_columns(["work_injury_care", "full_child_allowance"])
    on = date(2025, 1, 1)
    got = columns.run(disability_living.rule, less, on=on).to_pylist()
    assert [each["outcome"] for each in got] == ["undetermined", "refused"]
    assert [each["missing"] for each in got] == ["work_injury_care", None]
    assume = {"work_injury_care": False, "full_child_allowance": False}
    stated_all = columns.run(disability_living.rule, whole, on=on)
    assumed = columns.run(disability_living.rule, less, on=on, assume=assume)
    assert assumed.drop_columns(["assumed"]).equals(stated_all)


def test_more_runs_than_64_are_not_made() -> None:
    people = [some(dibao.Member, relation=Relation.APPLICANT, age=40)]
    people += [some(dibao.Member, relation=Relation.CHILD, age=10)] * 6
    made = row(dibao.rule, some(dibao.Facts, meets_rule=True), people)
    for each in made["members"][:6]:
        each["seriously_ill"] = None
    run: dict[str, Any] = {"on": date(2020, 7, 24)}
    (got,) = columns.run(dibao.rule, table(dibao.rule, [made]), **run).to_pylist()
    assert (got["outcome"], got["missing"]) == ("granted", None)
    made["members"][6]["seriously_ill"] = None
    (got,) = columns.run(dibao.rule, table(dibao.rule, [made]), **run).to_pylist()
    assert (got["outcome"], got["missing"]) == ("undetermined", "members.seriously_ill")


# --- nulls instead of numbers that stand for none; what is missing


@pytest.mark.parametrize("name", NAMES)
def test_no_number_stands_for_none_and_every_open_row_says_what_is_missing(name: str) -> None:
    rule: Any = NAMES[name]
    random = Random(name)
    for on in (*DAYS, date(2024, 12, 31)):
        rows = []
        for _ in range(300):
            place = random.choice((*PLACES, "310101 rural"))
            case, members = DRAWN[name](random, place, on)
            area, residence = place.split()
            rows.append(row(rule, case, members, area=area, residence=residence))
        result = columns.run(rule, table(rule, rows), on=on, standards=standards())
        for got in result.to_pylist():
            assert (got["outcome"] == "undetermined") == (got["missing"] is not None)
            assert not (got["missing"] or "").startswith("rule")
            assert all(value >= 0 for value in got.values() if type(value) is int)


@pytest.mark.parametrize("name", NAMES)
def test_what_a_rule_lacks_are_series(name: str) -> None:
    known = Standards.bundled().series
    for text in NAMES[name].lacks.values():
        assert all(each in known for each in text.split(" or "))


@frozen
class Own:
    outcome: Outcome = fact("")
    value: int = fact("", none=-7)
    plain: int = 0


def half_open(c: oddities.Case, _s: None, _t: oddities.Terms) -> Own:
    outcome = Outcome.UNDETERMINED if c.x == 0 else Outcome.GRANTED
    return Own(outcome, c.y - 7, -1)


OWN: Any = Rule(
    name="own",
    case=oddities.Case,
    result=Own,
    terms_class=oddities.Terms,
    decide=half_open,
    terms=oddities.terms,
)


def test_a_rule_of_ones_own_says_which_number_is_none() -> None:
    data = pa.table(
        {"area": ["130822"] * 2, "residence": ["rural"] * 2, "x": [0, 1], "y": [0, 1], "z": [0, 0]}
    )
    assert columns.run(OWN, data, on=date(2020, 7, 24)).to_pylist() == [
        {"outcome": "undetermined", "value": None, "plain": -1, "missing": "rule"},
        {"outcome": "granted", "value": -6, "plain": -1, "missing": None},
    ]


def test_a_result_over_unknown_facts_that_overflows_says_the_row() -> None:
    def grown(c: oddities.Case, _s: None, _t: oddities.Terms) -> oddities.Result:
        return oddities.Result(Outcome.GRANTED, c.x * c.x)

    # the two rows are decided in unbounded numbers; the second has 2**64
    data = pa.table(
        {
            "area": ["130822"] * 2,
            "residence": ["rural"] * 2,
            "x": [5, 2**32],
            "y": [0, 0],
            "z": [0, 0],
        }
    )
    with pytest.raises(columns.Overflow, match="row 1: value"):
        columns.run(oddities.rule(grown), data, on=date(2020, 7, 24))
