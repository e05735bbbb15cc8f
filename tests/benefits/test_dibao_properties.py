"""Properties of dibao over generated households: monotone, bounded, blind to order."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

from attrs import evolve
from dibao_cases import LAW, NEW, OLD, SEVERE, decide, earns, local, owns, paid, person, row
from hypothesis import given
from hypothesis import strategies as st

from minzheng.base.money import Mode, to_fen, to_yuan
from minzheng.decision import Decision
from minzheng.people import IncomeKind, Person, Relation, Study, Whereabouts
from minzheng.rules import Outcome
from minzheng.standards import Standards

FEN = st.integers(0, 200_000)
UNITS = {"0.01": 1, "0.1": 10, "1": 100, "10": 1000}


@cache
def rounded(unit: str, mode: str, scope: str) -> Standards:
    return local(
        row("dibao.rounding.unit", unit),
        row("dibao.rounding.mode", mode),
        row("dibao.rounding.scope", scope),
        row("dibao.deduction.employment", "1/7"),
    )


TABLES = st.tuples(
    st.sampled_from(list(UNITS)),
    st.sampled_from([mode.name.lower() for mode in Mode]),
    st.sampled_from(["household", "person"]),
)


def healthy(incomes: list[int]) -> list[Person]:
    """Members in no group, with these incomes in fen a month."""
    return [
        person(
            Relation.OTHER if number else Relation.APPLICANT,
            support_duty=True,
            income=earns(to_yuan(fen)),
        )
        for number, fen in enumerate(incomes)
    ]


def fen_paid(decision: Decision) -> int:
    return 0 if decision.award is None else to_fen(paid(decision))


@given(incomes=st.lists(FEN, min_size=1, max_size=5), more=st.integers(1, 50_000), table=TABLES)
def test_pay_never_rises_with_income(
    incomes: list[int], more: int, table: tuple[str, str, str]
) -> None:
    standards = rounded(*table)
    before = decide(*healthy(incomes), standards=standards)
    incomes[-1] += more
    after = decide(*healthy(incomes), standards=standards)
    assert fen_paid(after) <= fen_paid(before)


@given(incomes=st.lists(FEN, min_size=1, max_size=5), table=TABLES)
def test_income_and_pay_end_at_the_standard(
    incomes: list[int], table: tuple[str, str, str]
) -> None:
    unit, mode, scope = table
    decision = decide(*healthy(incomes), standards=rounded(*table))
    if decision.outcome is Outcome.REFUSED:
        assert sum(incomes) * Fraction(6, 7) >= 63_200 * len(incomes)
        return
    counted = sum(incomes) * Fraction(6, 7)
    rest = counted + fen_paid(decision) - 63_200 * len(incomes)
    step = UNITS[unit] * (len(incomes) if scope == "person" else 1)
    assert -step < rest < step
    assert rest >= 0 or mode != "up"
    assert rest <= 0 or mode != "down"
    assert abs(rest) <= Fraction(step, 2) or mode in ("up", "down")


PEOPLE = st.builds(
    person,
    st.sampled_from([Relation.SPOUSE, Relation.CHILD, Relation.PARENT, Relation.OTHER]),
    birth=st.dates(date(1935, 1, 1), date(2020, 1, 1)),
    whereabouts=st.sampled_from(Whereabouts),
    study=st.sampled_from(Study),
    dependent=st.booleans(),
    support_duty=st.booleans(),
    co_resident=st.booleans(),
    disability=st.none() | st.just(SEVERE),
    seriously_ill=st.booleans(),
    employed=st.booleans(),
    income=st.builds(lambda fen, kind: earns(to_yuan(fen), kind), FEN, st.sampled_from(IncomeKind)),
)


def others(most: int) -> st.SearchStrategy[list[Person]]:
    """Members beside the applicant; nobody has two spouses."""
    return st.lists(PEOPLE, max_size=most).filter(
        lambda each: sum(one.relation is Relation.SPOUSE for one in each) < 2
    )


SUPPLEMENTED = local(
    row("dibao.supplement.rate", "0.3", keys={"category": "elderly"}),
    row("dibao.supplement.amount", "77.77", keys={"category": "serious_illness"}),
    row("dibao.supplement.combine", "sum"),
    row("dibao.deduction.employment", "1/7"),
    row("dibao.property.assets_standard_months", "24"),
)


@given(st.data(), others(5), st.sampled_from([OLD, NEW, LAW]), st.booleans())
def test_the_order_of_members_is_irrelevant(
    data: st.DataObject, others: list[Person], on: date, hardship: bool
) -> None:
    members = [person(income=earns("300")), *others]
    shuffled = data.draw(st.permutations(members))
    first, second = (
        decide(*order, on=on, in_hardship=hardship, standards=SUPPLEMENTED)
        for order in (members, shuffled)
    )
    assert (first.outcome, first.award, first.grounds) == (
        second.outcome,
        second.award,
        second.grounds,
    )
    assert first.findings == second.findings


@given(
    others(4),
    st.sampled_from([OLD, NEW, LAW]),
    st.sampled_from(["income", "seriously_ill", "disabled", "employed"]),
    st.data(),
)
def test_what_was_decided_without_a_fact_is_so_whatever_the_fact(
    others: list[Person], on: date, unknown: str, data: st.DataObject
) -> None:
    members = [person(income=earns("300")), *others]
    number = data.draw(st.integers(0, len(members) - 1))
    told = members[number]
    blank: dict[str, Any] = {unknown: None}
    if unknown == "disabled":
        blank["disability"] = None
    ignorant = [*members]
    ignorant[number] = evolve(told, **blank)
    open_case = decide(*ignorant, on=on, property=owns(), standards=SUPPLEMENTED)
    closed = decide(*members, on=on, property=owns(), standards=SUPPLEMENTED)
    if open_case.outcome is not Outcome.UNDETERMINED:
        assert (open_case.outcome, open_case.award) == (closed.outcome, closed.award)
        assert set(open_case.findings) <= set(closed.findings)
        assert set(_codes(open_case)) <= set(_codes(closed))


def _codes(decision: Decision) -> list[str]:
    return [ground.code for ground in decision.grounds]


def test_who_applies_alone_may_draw_more_than_the_family_just_below_the_line() -> None:
    """The notch of the law: why "never rises" is said of families without such a member."""
    ill = person(Relation.SPOUSE, seriously_ill=True)
    below = decide(person(income=earns("1263.99")), ill)
    at = decide(person(income=earns("1264")), ill)
    assert (fen_paid(below), fen_paid(at)) == (1, 63_200)
