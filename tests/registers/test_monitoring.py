"""Monitoring: the five checks, the two income lines, who is watched, and what is not known."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from minzheng.errors import InvalidInput, WrongType
from minzheng.people import Assistance, RegisteredPoor, Residence
from minzheng.registers import (
    Cause,
    Check,
    Group,
    Guarantee,
    IncomeSeen,
    Monitored,
    Risk,
    Watched,
    monitor,
)
from minzheng.standards import Standards, load

AREA = "130822"
DAY = timedelta(days=1)
ON = date(2020, 9, 1)
SEEN = date(2020, 8, 1)
SECURED = tuple(Check(on=SEEN, guarantee=each, secured=True) for each in Guarantee)
ENOUGH = (IncomeSeen(on=SEEN, per_person=Decimal("6000")),)


def watched(**facts: Any) -> Watched:
    """A rural dibao household, not registered as poor, of which all is well and known."""
    settled: dict[str, Any] = {
        "id": "w",
        "area": AREA,
        "residence": Residence.RURAL,
        "assistance": Assistance.DIBAO,
        "registered_poor": RegisteredPoor.NEVER,
        "checks": SECURED,
        "incomes": ENOUGH,
        **facts,
    }
    return Watched(**settled)


def look(on: date = ON, standards: Standards | None = None, **facts: Any) -> Monitored:
    (told,) = monitor([watched(**facts)], on=on, standards=standards)
    return told


def failed(guarantee: Guarantee, *days: date, secured: bool | None = False) -> tuple[Check, ...]:
    return tuple(
        Check(on=day, guarantee=guarantee, secured=secured, cause=Cause.ILLNESS) for day in days
    )


def income(per_person: str | None, on: date = SEEN, cause: Cause | None = Cause.JOBLESS) -> Any:
    return (IncomeSeen(on=on, per_person=per_person and Decimal(per_person), cause=cause),)


def lines(**rows: tuple[str, str]) -> Standards:
    """The bundled tables, and over them a county that states its own line for every day."""
    source = {"title": "t", "where": "w", "grade": "press", "confidence": "secondary"}
    figures = [
        {"series": name.replace("__", "."), "value": value, "per": per, "source": "s"}
        for name, (value, per) in rows.items()
    ]
    text = tomli_w.dumps(
        {
            "area": AREA,
            "sources": {"s": source},
            "figure": [{**each, "from": date(2000, 1, 1)} for each in figures],
        }
    )
    held = load.read(text, f"{AREA}.toml")
    return Standards.bundled() + Standards(load.catalogue().values(), held)


def test_where_all_is_well_nothing_is_said() -> None:
    told = look()
    assert (told.warnings, told.missing, told.groups) == ((), (), (Group.PREVENTIVE,))


@pytest.mark.parametrize("guarantee", Guarantee)
def test_each_of_the_five_warns_with_its_day_and_cause(guarantee: Guarantee) -> None:
    told = look(checks=SECURED + failed(guarantee, SEEN + DAY))
    (warning,) = told.warnings
    assert warning.risk.name == guarantee.name
    assert (warning.since, warning.seen, warning.cause) == (SEEN + DAY, SEEN + DAY, Cause.ILLNESS)
    assert "cause: illness" in warning.explain("en")
    assert "原因：疾病" in warning.explain("zh_CN")


def test_a_warning_dates_from_the_first_of_an_unbroken_run() -> None:
    days = [SEEN + n * DAY for n in range(1, 6)]
    checks = SECURED + failed(Guarantee.FOOD, days[0], days[2], days[4])
    back = Check(on=days[1], guarantee=Guarantee.FOOD, secured=True)
    (warning,) = look(checks=(*checks, back)).warnings
    assert (warning.since, warning.seen) == (days[2], days[4])


def test_a_check_that_is_met_again_ends_the_warning() -> None:
    checks = SECURED + failed(Guarantee.FOOD, SEEN + DAY)
    met = Check(on=SEEN + 2 * DAY, guarantee=Guarantee.FOOD, secured=True)
    assert look(checks=(*checks, met)).warnings == ()


def test_a_check_not_known_takes_no_warning_back() -> None:
    checks = SECURED + failed(Guarantee.FOOD, SEEN + DAY)
    unclear = Check(on=SEEN + 2 * DAY, guarantee=Guarantee.FOOD)
    told = look(checks=(*checks, unclear))
    assert [each.risk for each in told.warnings] == [Risk.FOOD]
    assert [each.path for each in told.missing] == ["watched.checks.food"]


def test_what_was_never_looked_at_is_said() -> None:
    told = look(checks=None, incomes=None)
    assert told.warnings == ()
    assert [each.path for each in told.missing] == [
        *(f"watched.checks.{each.name.lower()}" for each in Guarantee),
        "watched.incomes",
    ]
    assert "不明：watched.checks.food" in told.explain("zh_CN")


def test_a_past_day_is_told_as_it_was() -> None:
    checks = SECURED + failed(Guarantee.FOOD, SEEN + DAY)
    assert look(on=SEEN, checks=checks).warnings == ()
    assert len(look(on=SEEN + DAY, checks=checks).warnings) == 1
    before = look(on=SEEN - DAY, checks=checks)
    assert len(before.missing) == len(Guarantee) + 1


@pytest.mark.parametrize(
    ("per_person", "risk"),
    [
        ("0", Risk.BELOW_LINE),
        ("3999.99", Risk.BELOW_LINE),
        ("4000", Risk.NEAR_LINE),
        ("5999.99", Risk.NEAR_LINE),
        ("6000", None),
        ("6000.01", None),
    ],
)
def test_the_lines_of_2020_from_both_sides(per_person: str, risk: Risk | None) -> None:
    told = look(incomes=income(per_person))
    assert [each.risk for each in told.warnings] == ([] if risk is None else [risk])
    assert (Group.EDGE in told.groups) == (risk is not None)


def test_an_income_warning_names_line_and_source() -> None:
    (warning,) = look(incomes=income("5999.99")).warnings
    assert (warning.income, warning.line) == (Decimal("5999.99"), Decimal("6000.00"))
    assert [each.figure.source.confidence.value for each in warning.figures] == ["confirmed"] * 2
    assert "6,000.00 yuan" in warning.explain("en")
    assert "低于监测线6,000.00元" in warning.explain("zh_CN")


def test_the_line_of_the_day_of_the_income_counts_and_later_years_are_not_held() -> None:
    last, first = date(2020, 12, 31), date(2021, 1, 1)
    assert len(look(on=first, incomes=income("3000", last)).warnings) == 1
    told = look(on=first, incomes=income("3000", first))
    assert told.warnings == ()
    (missing,) = told.missing
    assert missing.not_held is not None
    assert missing.not_held.series.name == "poverty.line"


def test_a_place_that_states_its_own_line() -> None:
    own = lines(poverty__line=("4100.01", "year"), poverty__monitoring__multiple=("1.5", "none"))
    day = date(2022, 3, 1)
    for per_person, count in (("6150.01", 1), ("6150.02", 0)):  # 1.5 x 4,100.01 is 6,150.015
        told = look(on=day, standards=own, incomes=income(per_person, day))
        assert len(told.warnings) == count


def test_a_fall_below_the_poverty_line_starts_anew() -> None:
    seen = [*income("5000", SEEN), *income("5500", SEEN + DAY), *income("3000", SEEN + 2 * DAY)]
    (warning,) = look(incomes=seen).warnings
    assert (warning.risk, warning.since) == (Risk.BELOW_LINE, SEEN + 2 * DAY)
    (near,) = look(incomes=seen[:2]).warnings
    assert (near.risk, near.since, near.seen) == (Risk.NEAR_LINE, SEEN, SEEN + DAY)


def test_the_lines_are_rural() -> None:
    told = look(residence=Residence.URBAN, incomes=income("100"))
    assert (told.warnings, told.groups, told.missing) == ((), (), ())


@pytest.mark.parametrize(
    ("assistance", "residence", "poor", "watched_for"),
    [
        (Assistance.DIBAO, Residence.RURAL, RegisteredPoor.NEVER, True),
        (Assistance.DIBAO, Residence.URBAN, RegisteredPoor.NEVER, False),
        (Assistance.TEKUN, Residence.URBAN, RegisteredPoor.NEVER, True),
        (Assistance.TEKUN, Residence.RURAL, RegisteredPoor.IN, False),
        (Assistance.DIBAO, Residence.RURAL, RegisteredPoor.OUT, False),
        (Assistance.NONE, Residence.RURAL, RegisteredPoor.NEVER, False),
    ],
)
def test_the_preventive_group(
    assistance: Assistance, residence: Residence, poor: RegisteredPoor, watched_for: bool
) -> None:
    told = look(assistance=assistance, residence=residence, registered_poor=poor)
    assert (Group.PREVENTIVE in told.groups) == watched_for
    assert told.missing == ()


@pytest.mark.parametrize(
    ("poor", "group"),
    [
        (RegisteredPoor.NEVER, (Group.EDGE,)),
        (RegisteredPoor.OUT, (Group.UNSTABLE,)),
        (RegisteredPoor.IN, ()),
    ],
)
def test_the_groups_by_income(poor: RegisteredPoor, group: tuple[Group, ...]) -> None:
    told = look(assistance=Assistance.NONE, registered_poor=poor, incomes=income("4500"))
    assert told.groups == group


def test_what_the_groups_hang_on_is_asked_for() -> None:
    assert [each.path for each in look(registered_poor=None).missing] == ["watched.registered_poor"]
    assert [each.path for each in look(assistance=None).missing] == ["watched.assistance"]
    told = look(assistance=Assistance.NONE, registered_poor=None)
    assert told.missing == ()
    told = look(assistance=None, registered_poor=RegisteredPoor.OUT)
    assert told.missing == ()


def test_a_cause_not_stated_is_asked_for() -> None:
    told = look(incomes=income("100", cause=None))
    assert [each.path for each in told.missing] == ["watched.below_line.cause"]
    assert "cause: not stated" in told.explain("en")


def test_all_faults_at_once() -> None:
    bad = [
        watched(area="999999"),
        watched(
            checks=(*SECURED, Check(on=SEEN, guarantee=Guarantee.FOOD, secured=False)),
            incomes=(*income("-1"), *income("1")),
        ),
        watched(
            id="x",
            checks=[Check(on=SEEN, guarantee=Guarantee.FOOD, secured=True, cause=Cause.OTHER)],
        ),
    ]
    with pytest.raises(InvalidInput) as caught:
        monitor(bad, on=ON)
    assert [each.path for each in caught.value.faults] == [
        "households[1].id",
        "households[0].area",
        "households[1].checks[5]",
        "households[1].incomes[0].per_person",
        "households[1].incomes[1]",
        "households[2].checks[0].cause",
    ]
    with pytest.raises(WrongType):
        IncomeSeen(on=SEEN, per_person=0.1)  # type: ignore[arg-type]


CHECKS = st.lists(
    st.builds(
        Check,
        on=st.integers(0, 20).map(lambda n: SEEN + n * DAY),
        guarantee=st.sampled_from(Guarantee),
        secured=st.sampled_from([True, False, None]),
    ),
    unique_by=lambda each: (each.guarantee, each.on),
)
OFFSETS = st.integers(-1, 25).map(lambda n: SEEN + n * DAY)


@given(CHECKS, OFFSETS)
def test_a_warning_stands_on_a_finding_of_its_days(checks: list[Check], on: date) -> None:
    for warning in look(on=on, checks=checks).warnings:
        found = {each.on: each.secured for each in checks if each.guarantee == int(warning.risk)}
        assert warning.since <= warning.seen <= on
        assert found[warning.since] is found[warning.seen] is False
        between = [s for day, s in found.items() if warning.since <= day <= on]
        assert True not in between


@given(CHECKS, OFFSETS)
def test_the_order_of_the_records_does_not_matter(checks: list[Check], on: date) -> None:
    assert look(on=on, checks=checks) == look(on=on, checks=checks[::-1])


@given(st.integers(0, 10**7), st.integers(0, 10**6))
def test_more_income_never_warns_more(fen: int, more: int) -> None:
    severity = {None: 0, Risk.NEAR_LINE: 1, Risk.BELOW_LINE: 2}

    def level(amount: int) -> int:
        told = look(incomes=income(str(Decimal(amount) / 100)))
        return severity[next((each.risk for each in told.warnings), None)]

    assert level(fen + more) <= level(fen)
