"""The checks of a table: overlapping rows, and tekun against its multiple of dibao."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from tables import amount, local, toml

from minzheng.errors import InvalidInput
from minzheng.standards import MultipleCheck, Standards, multiples, overlaps
from minzheng.standards.check import contradictions

PLAN = date(2020, 7, 24)
COUNTY = "130802"
ZERO = Fraction(0)
BUNDLED = Standards.bundled()
RATIO = {"series": "tekun.multiple", "value": "1.3", "kind": "floor"}


def dibao(value: str, **more: object) -> dict[str, object]:
    return amount("dibao.standard", value, residence="rural", **more)


def tekun(value: str, **more: object) -> dict[str, object]:
    return amount("tekun.basic", value, residence="rural", **more)


def checked(standards: Standards, area: str = COUNTY, on: date = PLAN) -> MultipleCheck:
    """The check of the rural figures of one area."""
    (check,) = [
        each for each in multiples(standards, on) if (each.area, each.residence) == (area, "rural")
    ]
    return check


def test_bundled_tables_have_no_overlap() -> None:
    assert overlaps(BUNDLED) == ()


@pytest.mark.parametrize(
    ("end", "start", "found"),
    [
        (date(2020, 1, 1), date(2020, 1, 1), 0),
        (date(2020, 1, 2), date(2020, 1, 1), 1),
    ],
)
def test_an_overlap_is_a_common_day(end: date, start: date, found: int) -> None:
    table = local(COUNTY, {**dibao("1"), "to": end}, {**dibao("2"), "from": start})
    assert len(overlaps(table)) == found


def test_rows_that_say_different_things_do_not_overlap() -> None:
    other_key = amount("dibao.standard", "1", residence="urban")
    other_kind = dibao("1", kind="floor")
    table = local(COUNTY, dibao("1"), other_key, other_kind, amount("dibao.standard", "1"))
    assert overlaps(table) == ()
    assert overlaps(table + local(COUNTY, dibao("2"))) == ()  # laid over, not beside


def test_the_plan_pays_exactly_its_multiple() -> None:
    for check in multiples(BUNDLED, PLAN):
        assert (check.breach, check.short_by, check.over_by) == (False, ZERO, ZERO)
        assert check.area == "130800"


def test_a_county_above_the_floor_that_pays_the_citys_tekun_is_a_breach() -> None:
    check = checked(BUNDLED + local(COUNTY, dibao("5160")))
    assert check.breach
    assert (check.published, check.least, check.short_by) == (
        Decimal(6240),
        Fraction(6708),
        Fraction(468),
    )
    assert check.tekun.figure.area == "130800"
    assert str(check).endswith("BREACH, 468.00 short")


@pytest.mark.parametrize(
    ("published", "breach", "short", "over"),
    [
        # 1.3 x 4,801.2 = 6,241.56
        ("6242", False, Fraction(0), Fraction("0.44")),
        ("6241.56", False, Fraction(0), Fraction(0)),
        ("6241", False, Fraction("0.56"), Fraction(0)),
        ("6240.99", True, Fraction("0.57"), Fraction(0)),
    ],
)
def test_a_published_amount_may_be_rounded_down_to_the_yuan(
    published: str, breach: bool, short: Fraction, over: Fraction
) -> None:
    check = checked(BUNDLED + local(COUNTY, dibao("4801.2"), tekun(published)))
    assert (check.breach, check.short_by, check.over_by) == (breach, short, over)


def test_months_and_years_are_compared_by_the_year() -> None:
    check = checked(BUNDLED + local(COUNTY, dibao("430", per="month"), tekun("6708")))
    assert (check.breach, check.over_by) == (False, ZERO)


def test_a_multiple_stated_by_residence_is_checked_too() -> None:
    by_residence = {**RATIO, "value": "1.5", "keys": {"residence": "rural"}}
    check = checked(BUNDLED + local(COUNTY, dibao("4800"), tekun("6240"), by_residence))
    assert check.multiple.value == Fraction(3, 2)
    assert check.breach


def test_an_average_is_not_checked() -> None:
    average = local(COUNTY, dibao("9999", kind="average"))
    assert [each.area for each in multiples(BUNDLED + average, PLAN)] == ["130800", "130800"]


def test_a_place_without_one_of_the_three_is_not_checked() -> None:
    assert multiples(local(COUNTY, dibao("1"), RATIO), PLAN) == ()
    assert multiples(local(COUNTY, tekun("1"), RATIO), PLAN) == ()
    assert multiples(local(COUNTY, dibao("1"), tekun("1")), PLAN) == ()


def test_a_row_under_a_retired_code_does_not_stop_the_check() -> None:
    retired = local("130823", dibao("5160"))
    assert "130800" in {each.area for each in multiples(BUNDLED + retired, PLAN)}


def loaded(tmp_path: Path, *rows: dict[str, object]) -> Standards:
    table = tmp_path / "own.toml"
    table.write_text(toml(COUNTY, *rows), "utf-8")
    return Standards.load(table)


@pytest.mark.parametrize(
    ("first", "second", "fault"),
    [
        (("632", "month"), ("7000", "year"), "two rows contradict each other"),
        (("632", "month"), ("7584.01", "year"), "two rows contradict each other"),
        (("632", "month"), ("7584", "year"), "say the same amount, one by the month and one by"),
        (("632", "month"), ("632.00", "month"), "two rows say the same for"),
        (("632", "month"), ("633", "month"), "two rows contradict each other"),
    ],
)
def test_two_amounts_for_one_day_are_a_fault_whatever_the_period(
    tmp_path: Path, first: tuple[str, str], second: tuple[str, str], fault: str
) -> None:
    rows = [dibao(value, per=per) for value, per in (first, second)]
    with pytest.raises(InvalidInput, match=fault) as raised:
        loaded(tmp_path, *rows)
    assert len(raised.value.faults) == 1
    later = {**rows[1], "from": date(2030, 1, 1)}
    earlier = {**rows[0], "to": date(2030, 1, 1)}
    assert len(loaded(tmp_path, earlier, later)) == 2


@pytest.mark.parametrize(
    ("kinds", "first", "second", "fault"),
    [
        (("floor", "point"), ("633", "month"), ("7584", "year"), "a floor is above a point"),
        (("floor", "point"), ("632", "month"), ("7584", "year"), None),
        (("floor", "point"), ("7584.01", "year"), ("632", "month"), "a floor is above a point"),
    ],
)
def test_a_floor_above_a_point_is_a_fault(
    tmp_path: Path,
    kinds: tuple[str, str],
    first: tuple[str, str],
    second: tuple[str, str],
    fault: str | None,
) -> None:
    rows = [
        dibao(value, per=per, kind=kind)
        for kind, (value, per) in zip(kinds, (first, second), strict=True)
    ]
    if fault is None:
        assert len(loaded(tmp_path, *rows)) == 2
        return
    with pytest.raises(InvalidInput, match=fault):
        loaded(tmp_path, *rows)
    assert len(loaded(tmp_path, rows[0], {**rows[1], "keys": {"residence": "urban"}})) == 2


def test_bundled_tables_do_not_contradict_themselves() -> None:
    assert contradictions(BUNDLED) == ()


def test_a_point_above_a_ceiling_contradicts_it() -> None:
    point: dict[str, object] = {
        "series": "rigid_expenditure.validity_months",
        "value": 12,
        "kind": "point",
    }
    ceiling = {**point, "kind": "ceiling"}
    assert contradictions(local(COUNTY, point, ceiling)) == ()
    assert len(contradictions(local(COUNTY, {**point, "value": 13}, ceiling))) == 1
