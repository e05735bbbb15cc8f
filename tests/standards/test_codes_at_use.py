"""A mistyped six-digit code is never taken without a word: every place where one is used."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from minzheng.base.areas import Areas, Division
from minzheng.benefits import dibao, entitlements, gradual_exit, temporary_assistance
from minzheng.errors import InvalidInput, MinzhengError
from minzheng.law import Citation, in_force
from minzheng.organizations import indicator, target
from minzheng.organizations.targets import Target
from minzheng.people import (
    Applicant,
    Application,
    Hardship,
    Household,
    Leaving,
    Person,
    Relation,
    Residence,
)
from minzheng.plan.fund import Fund, FundTarget, SeedReading, report
from minzheng.registers import Watched, monitor
from minzheng.registers.check import sources
from minzheng.registers.ledgers import Elder, check, due, statistics
from minzheng.registers.screens import law as law_of_screens
from minzheng.standards import Standards

DAY = date(2021, 7, 1)
UNKNOWN, RETIRED, ZONE = "130899", "130823", "130871"
OWN = Areas([Division(code=ZONE, name="高新区", start=date(2020, 1, 1), parent="130800")])
TABLES = Standards(Standards.bundled().series.values(), *Standards.bundled().layers, areas=OWN)
RURAL = Residence.RURAL
PERSON = Person(relation=Relation.APPLICANT, birth=date(1950, 1, 1))


def application(code: str, emergency: str | None = None) -> Application:
    return Application(
        id="a", area=code, residence=RURAL, hardship=Hardship.ACCIDENT, emergency_area=emergency
    )


def fund_target(city: str) -> FundTarget:
    return FundTarget(
        city=city, due=DAY, seed=Decimal(1), source=Citation("chengde-work-plan-2020"), item=10
    )


_PLACES = target("incubators")


def with_city(code: str) -> Target:
    from attrs import evolve

    return evolve(_PLACES, city=code, due=DAY)


USES: dict[str, Callable[[str, Standards], Any]] = {
    "household": lambda code, tables: dibao.assess(
        Household(id="h", area=code, residence=RURAL, members=(PERSON,)), on=DAY, standards=tables
    ),
    "entitlements": lambda code, tables: entitlements(
        Applicant(id="h", area=code, residence=RURAL, person=PERSON), on=DAY, standards=tables
    ),
    "application": lambda code, tables: temporary_assistance.assess(
        application(code), on=DAY, standards=tables
    ),
    "emergency": lambda code, tables: temporary_assistance.assess(
        application("130822", code), on=DAY, standards=tables
    ),
    "leaving": lambda code, tables: gradual_exit.assess(
        Leaving(id="l", area=code, residence=RURAL), on=DAY, standards=tables
    ),
    "law": lambda code, tables: in_force("dibao", DAY, code, areas=tables.areas),
    "law of screens": lambda code, tables: law_of_screens(tables, DAY, code),
    "sources": lambda code, tables: sources(DAY, tables, code),
    "watched": lambda code, tables: monitor(
        [Watched(id="w", area=code, residence=RURAL)], on=DAY, standards=tables
    ),
    "city of funds": lambda code, tables: report(
        [], on=DAY, reading=SeedReading.IN_TOTAL, target=fund_target(code), areas=tables.areas
    ),
    "city of a target": lambda code, tables: indicator(
        with_city(code), {}, DAY, areas=tables.areas
    ),
}
LISTED: dict[str, Callable[[str, Standards], list[str]]] = {
    "ledger": lambda code, tables: [
        each.path for each in check(elder(code), on=DAY, standards=tables).warnings
    ],
    "statistics": lambda code, tables: [
        each.path
        for each in statistics([elder(code)], by="area", on=DAY, areas=tables.areas).warnings
    ],
    "visits": lambda code, tables: [
        each.path
        for each in due(elder(code), [], DAY, tables).missing
        if "no code" in each.message or "not in use" in each.message
    ],
}


def elder(code: str) -> Elder:
    from minzheng.registers.ledgers import Risk

    return Elder(name="测试甲", birth=date(1950, 1, 1), area=code, risk=Risk.KEY)


@pytest.mark.parametrize("code", [UNKNOWN, RETIRED])
@pytest.mark.parametrize("use", USES)
def test_a_code_that_nothing_bore_that_day_is_refused(use: str, code: str) -> None:
    with pytest.raises(MinzhengError) as caught:
        USES[use](code, TABLES)
    assert code in str(caught.value)
    assert "nearest" in str(caught.value) or "use 130881 平泉市" in str(caught.value)


@pytest.mark.parametrize("use", USES)
def test_a_zone_is_taken_with_the_tables_that_state_it_and_with_no_other(use: str) -> None:
    USES[use](ZONE, TABLES)
    with pytest.raises(MinzhengError, match=ZONE):
        USES[use](ZONE, Standards.bundled())


@pytest.mark.parametrize("code", [UNKNOWN, RETIRED])
@pytest.mark.parametrize("use", LISTED)
def test_rows_of_a_ledger_keep_their_code_and_it_is_reported(use: str, code: str) -> None:
    (path,) = LISTED[use](code, TABLES)
    assert path.endswith("area")
    assert LISTED[use](ZONE, TABLES) == []
    assert len(LISTED[use](ZONE, Standards.bundled())) == 1


@pytest.mark.parametrize("wrong", ["1308", "13082x", "130822001", "１３０８２２", "000000"])
@pytest.mark.parametrize(
    "make",
    [
        lambda code: Fund(area=code),
        fund_target,
        with_city,
        lambda code: Watched(id="w", area=code, residence=RURAL),
        lambda code: application("130822", code),
    ],
    ids=["fund", "fund target", "target", "watched", "emergency"],
)
def test_six_digits_are_asked_for_when_it_is_made(make: Any, wrong: str) -> None:
    with pytest.raises(InvalidInput, match=r"expected 6 digits|000000 is the nation"):
        make(wrong)


def test_the_warning_of_a_ledger_is_said_in_both_languages() -> None:
    told = check(elder(RETIRED), on=DAY, standards=TABLES)
    assert "The division code in area was not in use on 1 July 2021" in told.explain("en")
    assert "area中的区划代码在2021年7月1日未使用" in told.explain("zh_CN")


def test_a_doubtful_number_of_a_ledger_is_reported_without_the_number() -> None:
    odd = Elder(name="测试甲", resident_id="130899195001010030")
    told = check(odd, on=DAY, standards=TABLES)
    assert [each.path for each in told.warnings] == ["resident_id[0:6]"]
    assert "resident_id" in told.explain("en")
    assert "130899" not in told.explain("en")
    (warning,) = statistics([elder("130822"), odd], by="area", on=DAY).warnings
    assert warning.path == "[1].resident_id[0:6]"


def test_funds_and_targets_are_of_the_places_of_the_tables() -> None:
    names = {
        each.area: each.name
        for each in report(
            [Fund(area=ZONE)],
            on=DAY,
            reading=SeedReading.IN_TOTAL,
            target=fund_target("130800"),
            areas=OWN,
        ).places
    }
    assert names[ZONE] == "高新区"
    assert ZONE in indicator(with_city("130800"), {ZONE: True}, DAY, areas=OWN).yes
    with pytest.raises(InvalidInput, match=ZONE):
        indicator(with_city("130800"), {ZONE: True}, DAY)


def test_a_decision_names_a_place_of_ones_own_table_in_a_notice_and_when_read_again() -> None:
    case = Household(id="h", area=ZONE, residence=RURAL, members=(PERSON,))
    told = dibao.assess(case, on=DAY, standards=TABLES)
    assert "河北省承德市高新区（130871）" in told.explain("zh_CN")
    assert told.places == {ZONE: "河北省承德市高新区"}
    beside = Household(id="h", area="130822", residence=RURAL, members=(PERSON,))
    assert dibao.assess(beside, on=DAY, standards=TABLES).places == {}
