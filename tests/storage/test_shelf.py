"""Models go in and come out equal: on every medium, sealed or not, shared or not."""

import importlib
import json
import pkgutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter
from typing import Any, get_type_hints

import attrs
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

import minzheng
from minzheng import Standards, demo, dibao, tekun
from minzheng.base.dates import Span
from minzheng.base.packing import pack, unpack
from minzheng.decision import Decision
from minzheng.errors import Conflict, InvalidInput, Tampered
from minzheng.organizations.facts import Decoupling, Organization
from minzheng.people import (
    Applicant,
    Application,
    Household,
    Leaving,
    Person,
    Property,
    Relation,
    Residence,
)
from minzheng.plan.fund import Fund, FundTarget
from minzheng.records import APPLICANTS, DECISIONS, HOUSEHOLDS, keep_standards, kept_standards
from minzheng.registers.check import Record
from minzheng.registers.monitoring import Check, Watched
from minzheng.standards import Figure
from minzheng.storage import Kind, Shelf, open_store
from minzheng.storage.memory import MemoryStore
from minzheng.testing.store_conformance import Ticking, after
from minzheng.testing.strategies import amounts, households, persons, properties, resident_numbers

DAY = date(2020, 7, 24)

# what holds functions, or whatever a caller gave: a program's own, no record
NO_RECORDS = {
    "minzheng.rules.Rule": "functions",
    "minzheng.storage.shelf.Kind": "functions",
    "minzheng.standards.reading.Resolved": "equal to itself only",
    "minzheng.registers.work._Found": "of any type",
    "minzheng.base.workdays.Calendar": "the whole table of working days",
    "minzheng.columns": "arrays and functions",
    "minzheng.benefits._engine": "functions, and runs of them",
    "minzheng.organizations.revocation._Criterion": "functions",
    "minzheng.base.identifiers.uscc.Authority": "a row of the bundled table",
    "minzheng.storage.port.Draft": "of any payload",
    "minzheng.ability.model": "read from the bundled file",
    "minzheng.base.workbook": "cells of any type",
    "minzheng.inspection": "kept as the text of the bundle",
    "minzheng.organizations.facts.CreditRecord": "refuses nearly all that is drawn blindly",
    "minzheng.records.KeptRating": "its sheet takes answers of any type; see test_kinds",
    "minzheng.rating": "kept as the sheet and the scheme's id",
    "minzheng.registers.ledgers.counts": "counted anew from the rows",
    "minzheng.registers.ledgers.excel": "rows of any type",
}
NO_RECORD = tuple(f"{each}." for each in NO_RECORDS)


def models() -> Iterator[type]:
    for found in pkgutil.walk_packages(minzheng.__path__, "minzheng."):
        if found.name.endswith("__main__"):
            continue
        for cls in vars(importlib.import_module(found.name)).values():
            own = isinstance(cls, type) and attrs.has(cls) and cls.__module__ == found.name
            if (
                own
                and not f"{found.name}.{cls.__name__}.".startswith(NO_RECORD)
                and not is_declared(cls)
            ):
                yield cls


def is_declared(cls: Any) -> bool:
    """Whether it declares facts or parameters of a rule: read anew, never kept."""
    marks = {"origin", "figure", "read", "by"}
    return any(marks & each.metadata.keys() for each in attrs.fields(cls))


def back(model: Any) -> Any:
    return unpack(json.loads(json.dumps(pack(model))), type(model))


st.register_type_strategy(Decimal, amounts())
st.register_type_strategy(Person, persons())
st.register_type_strategy(Household, households())
st.register_type_strategy(Property, properties())
st.register_type_strategy(int, st.integers(1, 3))


def facts(cls: type, **given: Any) -> Any:
    """A strategy of a class that checks itself: each field by its type, some as they must be."""
    hints = {"area": st.just("130822"), **given}
    types, taken = get_type_hints(cls), attrs.fields(cls)
    drawn = {each.name: st.from_type(types[each.name]) for each in taken if each.init}
    return st.builds(cls, **{name: hints.get(name, each) for name, each in drawn.items()})


st.register_type_strategy(Fund, facts(Fund))
st.register_type_strategy(FundTarget, facts(FundTarget, city=st.just("130800")))
CHECKS = st.none() | st.lists(st.from_type(Check), max_size=2, unique_by=attrgetter("on"))
ODD: dict[type, Any] = {
    Applicant: facts(Applicant, person=persons(Relation.APPLICANT)),
    Application: facts(Application, family=st.none(), emergency_area=st.none()),
    Decoupling: facts(Decoupling),
    Leaving: facts(Leaving),
    Organization: facts(Organization, number=st.none()),
    Record: facts(Record, person=resident_numbers()),
    Watched: facts(Watched, checks=CHECKS, incomes=st.none()),
}


@pytest.mark.parametrize("cls", list(models()), ids=lambda cls: f"{cls.__module__}.{cls.__name__}")
@given(data=st.data())
@settings(max_examples=3, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
def test_every_model_of_the_library_comes_out_equal(cls: type, data: st.DataObject) -> None:
    try:
        model = data.draw(ODD.get(cls, st.from_type(cls)))
    except ValueError:  # a model that checks itself refuses most of what is drawn blindly
        assume(False)
    assert back(model) == model
    assert type(back(model)) is cls


@given(households())
def test_households_come_out_equal(household: Household) -> None:
    assert back(household) == household


@given(households(), st.sampled_from([DAY, date(2022, 1, 15), date(2026, 8, 1)]))
@settings(max_examples=50)
def test_decisions_come_out_equal(household: Household, on: date) -> None:
    shelf = Shelf(MemoryStore(), DECISIONS)
    decision = dibao.assess(household, on=on)
    shelf.put(decision)
    assert shelf.get(f"dibao/{household.id}") == decision
    assert back(decision) == decision


@given(
    st.builds(
        Applicant,
        id=st.just("case-1"),
        area=st.just("130822"),
        residence=st.sampled_from(Residence),
        person=persons(Relation.APPLICANT),
        property=st.none() | properties(),
    )
)
@settings(max_examples=50)
def test_applicants_and_their_decisions_come_out_equal(applicant: Applicant) -> None:
    store = MemoryStore()
    Shelf(store, APPLICANTS).put(applicant, valid_from=DAY)
    assert Shelf(store, APPLICANTS).get("case-1") == applicant
    decision = tekun.assess(applicant, on=date(2023, 11, 1))
    Shelf(store, DECISIONS).put(decision)
    assert Shelf(store, DECISIONS).get("tekun/case-1") == decision


@pytest.mark.parametrize(
    "value",
    [Decimal("4800"), Decimal("0.00"), Fraction(3, 2), 12, True, False, 0, "point", (Decimal(1),)],
    ids=repr,
)
def test_a_value_keeps_its_type(value: Any) -> None:
    figure = attrs.evolve(next(iter(Standards.bundled())), value=value)
    found = back(figure)
    assert isinstance(found, Figure)
    assert found == figure
    assert type(found.value) is type(value)
    assert repr(found) == repr(figure)


def test_a_table_of_standards_comes_out_equal_and_knows_its_past() -> None:
    store, table = MemoryStore(Ticking()), Standards.bundled()
    keep_standards(store, "all", table, valid_from=date(2020, 1, 1))
    fewer = Standards(table.series.values(), table.layers[0][:10])
    keep_standards(store, "all", fewer, valid_from=date(2021, 1, 1), expect=1)

    def kept(**asked: Any) -> Standards:
        found = kept_standards(store, "all", **asked)
        assert found is not None
        return found

    assert kept(on=DAY).layers == table.layers
    assert kept(on=DAY).series == table.series
    assert kept().layers == kept(on=date(2021, 1, 1)).layers == fewer.layers
    assert kept(as_of=after(1)).layers == table.layers
    assert kept_standards(store, "none") is None
    for day in (date(2014, 5, 1), DAY, date(2026, 6, 30)):
        assert kept(on=DAY).as_known_on(day).layers == table.as_known_on(day).layers
    found = kept(on=DAY).find("dibao.standard", "130822", DAY, residence="rural")
    assert found == table.find("dibao.standard", "130822", DAY, residence="rural")


@pytest.fixture
def decisions() -> list[Decision]:
    return [dibao.assess(each, on=demo.ON) for each in demo.households()]


def test_a_county_of_decisions_is_kept_and_its_figures_once(
    decisions: list[Decision], tmp_path: Any
) -> None:
    store = open_store(f"sqlite:///{tmp_path}/county.db")
    shelf = Shelf(store, DECISIONS)
    records = shelf.put_many(decisions)
    assert list(shelf.find()) == decisions
    figures = {repr(each.figures) for each in decisions}
    notes = {repr(each.notes) for each in decisions}
    assert store.head("decision_part").place == len(figures) + len(notes)
    assert all(len(each.payload) < 6000 for each in records)
    shelf.put_many(decisions)
    assert store.head("decision_part").place == len(figures) + len(notes)
    assert shelf.history(records[0].key) == (decisions[0], decisions[0])
    for kind in store.kinds():
        store.verify_chain(kind)
    store.close()


def test_a_part_that_was_forgotten_by_a_rollback_is_put_again(decisions: list[Decision]) -> None:
    store = MemoryStore()
    shelf = Shelf(store, DECISIONS)

    def fails() -> None:
        with store.transaction():
            shelf.put(decisions[0])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    shelf.put(decisions[0])
    assert list(shelf.find()) == decisions[:1]


def test_a_part_that_is_not_the_one_is_found(decisions: list[Decision]) -> None:
    store = MemoryStore()
    shelf = Shelf(store, DECISIONS)
    record = shelf.put(decisions[0])
    digest = record.data["parts"]["figures"]
    store.put("decision_part", digest, [], valid_from=DAY)
    with pytest.raises(Tampered, match="not there as it was put"):
        shelf.model(record)


SPANS = Kind("span", Span, key=lambda span: str(span.start.year))


def test_a_day_must_be_known_from_the_model_or_the_caller() -> None:
    shelf = Shelf(MemoryStore(), SPANS)
    with pytest.raises(InvalidInput, match="from which day span '2020'"):
        shelf.put(Span(DAY))
    assert shelf.put(Span(DAY), valid_from=DAY).valid_from == DAY


def test_a_shelf_sees_the_past_and_respects_others() -> None:
    store = MemoryStore(Ticking())
    shelf = Shelf(store, SPANS)
    first, second = Span(DAY), Span(DAY, date(2021, 1, 1))
    shelf.put(first, valid_from=DAY, expect=0)
    shelf.put(second, valid_from=DAY, expect=1)
    with pytest.raises(Conflict):
        shelf.put(first, valid_from=DAY, expect=1)
    assert shelf.get("2020") == second
    assert shelf.get("2020", as_of=after(1)) == first
    assert shelf.get("2020", as_of=datetime(2020, 1, 1, tzinfo=UTC)) is None
    assert shelf.history("2020") == (first, second)


def test_a_kind_names_fields_that_are_there() -> None:
    with pytest.raises(InvalidInput, match=r"span\.length"):
        Kind("span", Span, key=str, shared=("length",))


def test_every_medium_gives_households_back(tmp_path: Any) -> None:
    cases = demo.households()
    for url in (f"parquet:///{tmp_path}/p", f"sqlite+pysqlite:///{tmp_path}/s.db"):
        store = open_store(url)
        shelf = Shelf(store, HOUSEHOLDS)
        shelf.put_many(cases, valid_from=DAY)
        assert list(shelf.find(on=DAY)) == cases
        store.close()
