"""Where a household files whose members are registered in different places."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import tomli_w
from dibao_cases import SOURCES
from hypothesis import given
from hypothesis import strategies as st

from minzheng.benefits.procedures import Filing, Registration, filing_place
from minzheng.errors import InvalidInput
from minzheng.people import Residence
from minzheng.standards import Standards, load

DAY = timedelta(days=1)
L4, L3, L1 = date(2012, 12, 12), date(2021, 7, 1), date(2026, 7, 1)
XINGLONG, LUANPING, BEIJING, TIANJIN = "130822", "130824", "110105", "120101"
RURAL, URBAN = Residence.RURAL, Residence.URBAN


def at(register: str | None, residence: str | None = None, **facts: Any) -> Registration:
    return Registration(register=register, residence=residence, **facts)


def places(told: Filing) -> list[tuple[str, tuple[int, ...]]]:
    return [(place.area, place.members) for place in told.places]


def lacking(told: Filing) -> list[str]:
    return [each.path for each in told.missing]


def over(area: str, series: str, value: object, **keys: str) -> Standards:
    row = {"series": series, "value": value, "keys": keys, "from": date(2000, 1, 1), "source": "s"}
    text = tomli_w.dumps({"area": area, "sources": SOURCES, "figure": [row]})
    figures = load.read(text, f"{area}.toml")
    return Standards.bundled() + Standards(load.catalogue().values(), figures)


@pytest.mark.parametrize(
    ("on", "article"), [(L3, "art. 4"), (L1 - DAY, "art. 4"), (L1, "art. 37, para. 1")]
)
def test_registered_in_one_county(on: date, article: str) -> None:
    told = filing_place([at(XINGLONG), at(XINGLONG)], on=on)
    assert places(told) == [(XINGLONG, (0, 1))]
    assert article in told.explain("en")


def test_before_2012_no_rule_is_held() -> None:
    told = filing_place([at(XINGLONG)], on=L4 - DAY)
    assert (places(told), lacking(told)) == ([], ["standards"])


def test_in_several_provinces_who_lives_where_registered_files() -> None:
    family = [at(XINGLONG, BEIJING), at(BEIJING, BEIJING), at(TIANJIN, BEIJING)]
    told = filing_place(family, on=L3)
    assert places(told) == [(BEIJING, (1,))]
    assert "art. 5, para. 1" in told.explain("en")


def test_if_nobody_does_any_member_files() -> None:
    told = filing_place([at(XINGLONG, TIANJIN), at(BEIJING, TIANJIN)], on=L3)
    assert places(told) == [(XINGLONG, (0,)), (BEIJING, (1,))]


def test_an_unknown_residence_is_asked_only_where_it_decides() -> None:
    told = filing_place([at(XINGLONG), at(BEIJING, TIANJIN)], on=L3)
    assert (places(told), lacking(told)) == ([], ["members[0].residence"])
    enough = filing_place([at(XINGLONG), at(BEIJING, BEIJING)], on=L3)
    assert (places(enough), lacking(enough)) == ([(BEIJING, (1,))], [])


def test_in_several_counties_of_one_province_its_own_rule_is_missing() -> None:
    family = [at(XINGLONG, XINGLONG), at(LUANPING, XINGLONG)]
    told = filing_place(family, on=L3)
    assert (places(told), lacking(told)) == ([], ["standards"])
    assert "dibao.filing" in told.missing[0].message
    assert "130000" in told.missing[0].message
    assert "按照该省有关规定" in told.explain("zh_CN")
    hebei = over("130000", "dibao.filing", "register_is_residence", registers="counties")
    assert places(filing_place(family, on=L3, standards=hebei)) == [(XINGLONG, (0,))]
    any_ = over("130000", "dibao.filing", "any_member", registers="counties")
    assert len(places(filing_place(family, on=L3, standards=any_))) == 2


def test_until_2021_at_the_register_of_the_head_or_a_main_member() -> None:
    def family(main: bool | None) -> list[Registration]:
        return [
            at(XINGLONG, main=main, register_class=RURAL),
            at(BEIJING, main=False, register_class=RURAL),
        ]

    told = filing_place(family(True), on=L3 - DAY)
    assert places(told) == [(XINGLONG, (0,))]
    assert "art. 11, item 2" in told.explain("en")
    assert lacking(filing_place(family(None), on=L3 - DAY)) == ["members[0].main"]
    with pytest.raises(InvalidInput, match="head or a main member"):
        filing_place(family(False), on=L3 - DAY)


def test_until_2021_rural_and_urban_registers_file_apart() -> None:
    family = [at(XINGLONG, XINGLONG, register_class=RURAL, main=True)]
    family += [at(XINGLONG, XINGLONG, register_class=URBAN, main=False)]
    told = filing_place(family, on=L3 - DAY)
    assert "file apart" in told.explain("en")
    assert "art. 11, item 3" in told.explain("en")
    assert "file apart" not in filing_place(family, on=L3).explain("en")
    unknown = [at(XINGLONG), at(XINGLONG)]
    assert lacking(filing_place(unknown, on=L3 - DAY)) == [
        "members[0].register_class",
        "members[1].register_class",
    ]


def test_a_residence_permit_where_the_place_lets_it() -> None:
    family = [at(XINGLONG, BEIJING, residence_permit=True)]
    assert places(filing_place(family, on=L3)) == [(XINGLONG, (0,))]
    beijing = over(BEIJING, "dibao.filing.residence_permit", True)
    told = filing_place(family, on=L3, standards=beijing)
    assert places(told) == [(XINGLONG, (0,)), (BEIJING, (0,))]


def test_unknown_registers_are_named() -> None:
    told = filing_place([at(XINGLONG), at(None)], on=L3)
    assert (places(told), lacking(told)) == ([], ["members[1].register"])


def test_all_faults_at_once() -> None:
    with pytest.raises(InvalidInput) as caught:
        filing_place([at("130823"), at(XINGLONG, "999999")], on=L3)
    assert [fault.path for fault in caught.value.faults] == [
        "members[0].register",
        "members[1].residence",
    ]
    with pytest.raises(InvalidInput, match="one or more"):
        filing_place([], on=L3)


CODES = st.sampled_from([XINGLONG, LUANPING, BEIJING, TIANJIN, None])


@given(st.lists(st.builds(at, CODES, CODES), min_size=1, max_size=5), st.dates(L3, L1 + DAY))
def test_a_place_or_what_is_missing_and_a_place_is_a_register(
    family: list[Registration], on: date
) -> None:
    told = filing_place(family, on=on)
    assert bool(told.places) is not bool(told.missing)
    for place in told.places:
        assert {family[number].register for number in place.members} == {place.area}
