"""Division codes: the data against an oracle, eras at their bounds, levels, heirs, names."""

from __future__ import annotations

import importlib.util
import lzma
import re
from datetime import UTC, date, datetime
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import numdb

from minzheng.base import areas
from minzheng.base.areas import (
    Area,
    Level,
    Succession,
    attributable,
    children,
    eras,
    is_valid,
    lookup,
    parents,
    prefixes,
    search,
    successors,
)
from minzheng.errors import InvalidInput, NotFound, OutsideCoverage, WrongType

if TYPE_CHECKING:
    from types import ModuleType

PACKED = files("minzheng.base").joinpath("data/areas.csv.xz").read_bytes()
HEAD, *ROWS = lzma.decompress(PACKED).decode().splitlines()
CODES = list(dict.fromkeys(row[:6] for row in ROWS))
FIRST, LAST = 1981, 2024

codes = st.sampled_from(CODES)
days = st.dates(date(FIRST, 1, 1), date(LAST + 20, 12, 31))


def mid(year: int) -> date:
    return date(year, 6, 15)


def names(found: tuple[Area, ...]) -> list[str]:
    return [area.name for area in found]


def codes_of(found: tuple[Area, ...]) -> list[str]:
    return [area.code for area in found]


# --- the data


def test_head_names_the_source() -> None:
    assert re.fullmatch(rf"yescallop/areacodes [0-9a-f]{{40}} {FIRST} {LAST}", HEAD)


def test_every_row_is_one_era() -> None:
    assert len(ROWS) == 6823
    assert len(CODES) == 6450
    read = [
        f"{area.code},{area.name},{area.start_year},{area.end_year or ''}"
        for code in CODES
        for area in eras(code)
    ]
    assert read == [row.rpartition(",")[0] for row in ROWS]


def test_successors_are_read_with_their_years() -> None:
    (row,) = (row for row in ROWS if row.startswith("440511,郊区,1983,1991,"))
    assert row.endswith(",440506[1984];440507;440508;440509")
    assert eras("440511")[0].successors == (
        Succession("440506", 1984),
        Succession("440507", 1991),
        Succession("440508", 1991),
        Succession("440509", 1991),
    )


def test_file_stays_small() -> None:
    assert len(PACKED) < 90_000


def test_eras_follow_each_other_and_do_not_overlap() -> None:
    for code in CODES:
        found = eras(code)
        for area in found:
            assert area.end_year is None or FIRST <= area.start_year < area.end_year <= LAST
            assert area.start_year <= LAST
        for earlier, later in pairwise(found):
            assert earlier.end_year is not None
            assert earlier.end_year <= later.start_year


def test_levels_above_keep_their_names_throughout_an_era() -> None:
    for code in CODES:
        for area in eras(code):
            end = area.end_year or LAST + 1
            above = {
                tuple(names(parents(code, date(year, 12, 31))))
                for year in range(area.start_year, end)
            }
            assert len(above) == 1, area


def test_names_of_counties_in_use_agree_with_an_oracle() -> None:
    table: Any = numdb.get("cn/loc")
    unknown = []
    for code in CODES:
        area = lookup(code)
        if area.level is not Level.COUNTY or area.end_year is not None:
            continue
        facts = {key: value for _, found in table.info(code) for key, value in found.items()}
        if "county" not in facts:
            unknown.append(code)
            continue
        # "[1993-1995]丘县,[1996-]邱县"
        assert facts["county"].split(",")[-1].rpartition("]")[2] == area.name, code
    assert all(lookup(code).start_year >= 2021 for code in unknown)


# --- eras and days


@pytest.mark.parametrize(
    ("year", "old", "new"),
    [(2016, True, False), (2017, True, True), (2018, False, True)],
)
def test_both_codes_may_hold_in_the_year_of_change(year: int, old: bool, new: bool) -> None:
    for day in (date(year, 1, 1), date(year, 12, 31)):
        assert is_valid("130823", day) is old
        assert is_valid("130881", day) is new


def test_lookup_finds_both_codes_in_the_year_of_change() -> None:
    assert lookup("130823", mid(2017)).name == "平泉县"
    assert lookup("130881", mid(2017)).name == "平泉市"


def test_lookup_of_a_renamed_code_goes_by_the_end_of_the_year() -> None:
    assert lookup("132629", date(1988, 12, 31)).name == "围场县"
    assert lookup("132629", date(1989, 1, 1)).name == "围场满族蒙古族自治县"
    assert lookup("132629", date(1993, 12, 31)).name == "围场满族蒙古族自治县"
    with pytest.raises(NotFound):
        lookup("132629", date(1994, 1, 1))


def test_lookup_without_a_day_gives_the_latest_era() -> None:
    assert lookup("132201") == eras("132201")[-1]
    assert names(eras("132201")) == ["邢台市", "南宫市"]


def test_code_between_two_places_that_bore_it() -> None:
    assert lookup("132201", date(1983, 12, 31)).name == "邢台市"
    assert not is_valid("132201", mid(1984))
    assert not is_valid("132201", mid(1985))
    assert lookup("132201", date(1986, 1, 1)).name == "南宫市"


def test_last_list_goes_on() -> None:
    assert is_valid("130881", date(LAST + 30, 1, 1))


@given(codes, days)
def test_lookup_and_is_valid_agree(code: str, day: date) -> None:
    if is_valid(code, day):
        found = lookup(code, day)
        assert found in eras(code)
        assert found.start_year <= day.year
        assert found.end_year is None or day.year <= found.end_year
    else:
        with pytest.raises(NotFound, match=f"^{code} was not in use on {day}: "):
            lookup(code, day)


@given(codes)
def test_every_era_is_found_at_the_end_of_each_of_its_years(code: str) -> None:
    for area in eras(code):
        for year in range(area.start_year, area.end_year or LAST + 2):
            assert lookup(code, date(year, 12, 31)) is area


# --- what can be on a resident ID


@pytest.mark.parametrize(
    ("code", "year", "answer"),
    [
        ("130881", 1930, True),  # in use only since 2017, long after the birth
        ("130881", 2040, True),
        ("130823", 2017, True),
        ("130823", 2018, False),
        ("132601", 1983, True),  # retired before numbers were given, but not before the birth
        ("132601", 1984, False),
        ("132201", 1985, True),  # its second place was still to come
        ("441900", 1990, True),  # 东莞市 has no counties
        ("130899", 1990, False),
        ("830000", 1990, False),
    ],
)
def test_attributable(code: str, year: int, answer: bool) -> None:
    assert attributable(code, year) is answer


@given(codes, st.integers(1900, LAST))
def test_attributable_never_returns_once_lost(code: str, year: int) -> None:
    assert attributable(code, year) >= attributable(code, year + 1)


@pytest.mark.parametrize("year", ["1990", 1990.0, True, None])
def test_attributable_takes_years_only(year: Any) -> None:
    with pytest.raises(WrongType, match="year: expected an int"):
        attributable("130881", year)


# --- levels


def test_counties_of_chengde() -> None:
    assert dict(zip(codes_of(children("130800")), names(children("130800")), strict=True)) == {
        "130802": "双桥区",
        "130803": "双滦区",
        "130804": "鹰手营子矿区",
        "130821": "承德县",
        "130822": "兴隆县",
        "130824": "滦平县",
        "130825": "隆化县",
        "130826": "丰宁满族自治县",
        "130827": "宽城满族自治县",
        "130828": "围场满族蒙古族自治县",
        "130881": "平泉市",
    }


def test_children_are_those_listed_at_the_end_of_the_year() -> None:
    assert "130823" in codes_of(children("130800", date(2016, 12, 31)))
    assert "130881" not in codes_of(children("130800", date(2016, 12, 31)))
    assert "130823" not in codes_of(children("130800", date(2017, 1, 1)))
    assert "130881" in codes_of(children("130800", date(2017, 1, 1)))


def test_children_of_a_retired_prefecture_are_its_last() -> None:
    last = children("132600")
    assert codes_of(last) == ["132622", "132623", "132624", "132626", "132627", "132628", "132629"]
    assert last == children("132600", mid(1993)) == children("132600", date(1992, 12, 31))
    assert "132601" in codes_of(children("132600", mid(1982)))


def test_municipality_has_its_districts_directly() -> None:
    districts = children("110000")
    assert len(districts) == 16
    assert {area.level for area in districts} == {Level.COUNTY}
    assert lookup("110101").full_name == "北京市东城区"
    assert codes_of(parents("110101")) == ["110000"]


def test_counties_directly_under_a_province() -> None:
    assert lookup("429004").full_name == "湖北省仙桃市"
    hubei = children("420000")
    assert [area.name for area in hubei if area.level is Level.COUNTY] == [
        "仙桃市",
        "潜江市",
        "天门市",
        "神农架林区",
    ]
    assert [area.code[2:4] for area in hubei if area.level is Level.PREFECTURE] == [
        f"{n:02}" for n in (1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 28)
    ]


def test_county_code_whose_prefecture_code_is_the_province() -> None:
    assert prefixes("460025") == ("460025", "460000")
    assert names(parents("460025", mid(1995))) == ["海南省"]
    assert "460025" in codes_of(children("460000", mid(1995)))


def test_full_name_goes_by_the_time_of_the_era() -> None:
    assert [area.full_name for area in eras("352121")] == [
        "福建省建阳地区顺昌县",
        "福建省南平地区顺昌县",
    ]


def test_province_has_nothing_above_and_county_nothing_below() -> None:
    assert parents("130000") == ()
    assert lookup("130000").full_name == "河北省"
    assert children("130881") == ()


@pytest.mark.parametrize(
    ("code", "levels"),
    [
        ("130881", ("130881", "130800", "130000")),
        ("130800", ("130800", "130000")),
        ("130000", ("130000",)),
        ("999999", ("999999", "999900", "990000")),
    ],
)
def test_prefixes(code: str, levels: tuple[str, ...]) -> None:
    assert prefixes(code) == levels


@given(codes, days)
def test_parents_are_prefixes_and_have_the_area_among_their_children(code: str, day: date) -> None:
    listed = date(day.year, 12, 31)
    if not is_valid(code, listed) or lookup(code, listed).end_year == day.year:
        return
    area = lookup(code, listed)
    above = parents(code, listed)
    assert set(codes_of(above)) <= set(prefixes(code)[1:])
    assert [p.level for p in above] == sorted({p.level for p in above}, reverse=True)
    assert all(p.level < area.level for p in above)
    if above:
        assert area in children(above[0].code, listed)


@pytest.mark.parametrize("year", range(FIRST, LAST + 2))
def test_the_tree_of_a_year_holds_every_listed_code_once(year: int) -> None:
    listed = date(year, 12, 31)

    def current(code: str) -> bool:
        return any(
            area.start_year <= year and (area.end_year is None or year < area.end_year)
            for area in eras(code)
        )

    waiting = [code for code in CODES if code.endswith("0000") and current(code)]
    reached = []
    while waiting:
        code = waiting.pop()
        reached.append(code)
        waiting += codes_of(children(code, listed))
    assert sorted(reached) == [code for code in CODES if current(code)]


# --- successors


def test_successor_through_a_chain() -> None:
    assert codes_of(successors("132624")) == ["130881"]
    assert codes_of(successors("132624", date(2016, 12, 31))) == ["130823"]
    assert codes_of(successors("132624", date(2017, 1, 1))) == ["130881"]
    assert codes_of(successors("132624", date(1992, 12, 31))) == ["132624"]


def test_successors_of_a_split_keep_the_order_of_the_list() -> None:
    assert codes_of(successors("132601")) == ["130802", "130803", "130804"]


def test_two_that_merged_have_one_successor() -> None:
    assert successors("110101") == successors("110103") == (lookup("110101"),)


def test_code_that_only_lost_ground_succeeds_itself() -> None:
    assert lookup("130121").successors == (Succession("130107", 1992),)
    assert codes_of(successors("130121")) == ["130121"]


def test_earlier_losses_of_ground_are_not_followed() -> None:
    assert Succession("440506", 1984) in eras("440511")[0].successors
    assert codes_of(successors("440511", mid(1991))) == ["440507", "440508", "440509"]


def test_prefecture_that_changed_its_name_goes_on() -> None:
    before = lookup("220600", mid(1993))
    assert (before.name, before.end_year) == ("浑江市", 1994)
    assert names(successors("220600", mid(1994))) == ["白山市"]


def test_code_given_to_another_place_later_is_no_successor() -> None:
    assert names(eras("511400")) == ["涪陵市", "眉山市"]
    assert names(successors("511400", date(1998, 1, 1))) == ["重庆市"]
    assert names(successors("511400")) == ["眉山市"]


@pytest.mark.parametrize(
    ("code", "heirs"),
    [
        ("132600", ["130800"]),
        ("142200", ["140900"]),  # 忻县地区, renamed 忻州地区, then 忻州市
        ("222100", ["220300", "220400"]),  # split between 四平 and 辽源
        ("341400", ["340100", "340200", "340500"]),  # 巢湖市 of prefecture level, divided in 2011
        ("371200", ["370100"]),  # 莱芜市
        ("422400", ["429004", "421000", "429006", "429005"]),  # three counties under the province
        ("513500", ["500000"]),  # 黔江地区: under 重庆市 there is no prefecture
        ("654100", ["654000"]),  # 伊犁地区
    ],
)
def test_prefecture_without_a_stated_successor_goes_by_its_counties(
    code: str, heirs: list[str]
) -> None:
    assert all(each.year != lookup(code).end_year for each in lookup(code).successors)
    assert codes_of(successors(code)) == heirs


def test_message_of_a_retired_prefecture_names_its_successor() -> None:
    with pytest.raises(NotFound, match=r"承德地区 1981-1993; in 2000 use 130800 承德市$"):
        lookup("132600", mid(2000))


def test_no_successor_before_the_code_began() -> None:
    with pytest.raises(NotFound, match=r"^130881 was not in use on 2016-06-15: 平泉市 since 2017$"):
        successors("130881", mid(2016))


def test_every_code_has_successors_and_they_are_in_use() -> None:
    for code in CODES:
        found = successors(code)
        assert found, code
        assert all(area.end_year is None for area in found)
        assert len(set(found)) == len(found)


@given(codes, days)
def test_successors_on_a_day_stand_in_the_list_of_that_year(code: str, day: date) -> None:
    if day.year < eras(code)[0].start_year:
        return
    for area in successors(code, day):
        assert lookup(area.code, date(day.year, 12, 31)) == area
        assert area.end_year is None or day.year < area.end_year


# --- names


@pytest.mark.parametrize(
    "name",
    [
        "河北省承德市平泉市",
        "承德市平泉市",
        "河北省平泉市",
        "平泉市",
        "平泉",
        "承德平泉",
        "河北承德平泉",
        " 河北省 承德市 平泉 ",
    ],
)
def test_search_takes_every_way_to_say_it(name: str) -> None:
    assert search(name)[0] == lookup("130881")


def test_search_puts_the_ones_in_use_before_the_retired() -> None:
    assert codes_of(search("平泉")) == ["130881", "130823", "132624"]
    assert codes_of(search("平泉", mid(2016))) == ["130823"]
    assert codes_of(search("平泉", mid(2017))) == ["130881", "130823"]


def test_search_puts_the_latest_retired_first() -> None:
    assert codes_of(search("琼山县")) == ["460021", "442121"]


def test_search_ranks_the_way_of_matching_before_use() -> None:
    # The name itself, though 万县市 and 万县区 were retired later.
    assert search("万县")[0].name == "万县"
    # A name without its kind, though retired, before one in use that only contains it.
    assert names(search("东乡")) == [
        "东乡区",
        "东乡族自治县",
        "东乡县",
        "东乡县",
        "积石山保安族东乡族撒拉族自治县",
    ]


def test_search_of_an_ambiguous_name_gives_all() -> None:
    assert codes_of(search("鼓楼区")) == ["320106", "320302", "350102", "410204"]
    assert codes_of(search("徐州市鼓楼区")) == ["320302"]


def test_search_prefers_the_higher_level_of_two_of_one_name() -> None:
    assert codes_of(search("吉林"))[:2] == ["220000", "220200"]


def test_search_leaves_out_the_peoples_of_an_autonomous_name() -> None:
    assert search("丰宁")[0].code == "130826"
    assert search("围场")[0].code == "130828"
    assert search("双江")[0].name == "双江拉祜族佤族布朗族傣族自治县"
    assert codes_of(search("甘肃肃南")) == ["620721", "622222"]
    assert search("内蒙古")[0].code == "150000"
    assert search("广西")[0].code == "450000"


def test_search_in_part_comes_last() -> None:
    found = search("城区")
    assert found[0].name == "城区"
    assert "宽城区" in names(found)
    exact = [area.name == "城区" for area in found]
    assert exact == sorted(exact, reverse=True)


def test_search_gives_a_code_once() -> None:
    assert codes_of(search("顺昌县")) == ["350721", "352121"]
    assert search("顺昌县")[1] == eras("352121")[-1]
    assert search("建阳地区顺昌县")[0] == eras("352121")[0]


@given(codes)
def test_search_by_full_name_finds_the_code(code: str) -> None:
    for area in eras(code):
        found = search(area.full_name)
        assert found[0].full_name == area.full_name
        assert code in codes_of(found)
        assert code in codes_of(search(area.name))


def test_search_tells_near_names() -> None:
    with pytest.raises(NotFound, match=r"no division is called '深训市'; nearest: .*深圳市"):
        search("深训市")


def test_search_with_nothing_near() -> None:
    with pytest.raises(NotFound, match=r"^no division is called 'Atlantis'$"):
        search("Atlantis")


def test_search_tells_when_the_name_was_held() -> None:
    held = "130823 平泉县 1993-2017, 132624 平泉县 1981-1993"
    with pytest.raises(NotFound, match=f"'平泉县' on 2018-06-15; held: {held}$"):
        search("平泉县", mid(2018))


# --- errors


def test_message_names_eras_and_successors() -> None:
    with pytest.raises(NotFound) as caught:
        lookup("132601", mid(2000))
    assert str(caught.value) == (
        "132601 was not in use on 2000-06-15: 承德市 1981-1983; "
        "in 2000 use 130802 双桥区 or 130803 双滦区 or 130804 鹰手营子矿区"
    )


def test_nearest_codes_in_use_go_before_the_retired() -> None:
    with pytest.raises(NotFound, match="nearest: 130803 双滦区, 130823 平泉县, "):
        eras("130843")


def test_message_names_the_nearest_codes() -> None:
    with pytest.raises(NotFound, match="1981-2024; nearest: 130881 平泉市, "):
        eras("130889")


@pytest.mark.parametrize(
    "code", ["130800 ", "1308", "13080a", "１３０８００", "", "1308000", "13080²"]
)
@pytest.mark.parametrize(
    "ask",
    [
        eras,
        lookup,
        prefixes,
        parents,
        children,
        successors,
        lambda code: is_valid(code, mid(2000)),
        lambda code: attributable(code, 2000),
    ],
)
def test_malformed_code(ask: Any, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        ask(code)
    assert [fault.path for fault in caught.value.faults] == ["code"]


@pytest.mark.parametrize("code", [130800, None, b"130800", ["130800"]])
@pytest.mark.parametrize("ask", [eras, lookup, prefixes, parents, children, successors])
def test_code_of_another_type(ask: Any, code: Any) -> None:
    with pytest.raises(WrongType, match="code: expected a str of 6 digits"):
        ask(code)


@pytest.mark.parametrize("on", ["2020-01-01", 2020, datetime(2020, 1, 1, tzinfo=UTC)])
@pytest.mark.parametrize("ask", [lookup, is_valid, parents, children, successors])
def test_day_of_another_type(ask: Any, on: Any) -> None:
    with pytest.raises(WrongType, match="on: expected a date"):
        ask("130800", on)


def test_nation_is_no_area() -> None:
    with pytest.raises(NotFound):
        lookup("000000")


@pytest.mark.parametrize("ask", [lookup, is_valid, parents, children, successors])
def test_before_the_first_list(ask: Any) -> None:
    ask("130000", date(1981, 1, 1))
    with pytest.raises(OutsideCoverage, match="begin in 1981"):
        ask("130000", date(1980, 12, 31))


@pytest.mark.parametrize("name", ["", "  "])
def test_search_for_nothing(name: str) -> None:
    with pytest.raises(InvalidInput, match=r"^name: "):
        search(name)


def test_search_for_no_text() -> None:
    unsaid: Any = None
    with pytest.raises(WrongType, match=r"^name: "):
        search(unsaid)


def test_all_is_told() -> None:
    assert all(hasattr(areas, name) for name in areas.__all__)


# --- the tool that refreshes the data

TITLE = "代码,一级行政区,二级行政区,名称,级别,状态,启用时间,变更/弃用时间,新代码"
LIST = [
    "130000,河北省,,河北省,省级,在用,1981,,",
    "130800,河北省,承德市,承德市,地级,在用,1983,,",
    "130823,河北省,承德市,平泉县,县级,弃用,1993,2017,130881",
    "130881,河北省,承德市,平泉市,县级,在用,2017,,",
    "139001,河北省,直辖,某市,县级,弃用,1988,1995,130823;130800[1993]",
]


def text(rows: list[str]) -> str:
    return "\ufeff" + "\n".join([TITLE, *rows]) + "\n"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    path = Path(__file__).parents[2] / "tools/update_areas.py"
    spec = importlib.util.spec_from_file_location("update_areas", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_tool_writes_the_same_bytes_whatever_the_order(tool: ModuleType, tmp_path: Path) -> None:
    written = []
    for n, rows in enumerate((LIST, LIST, LIST[::-1])):
        source, target = tmp_path / f"{n}.csv", tmp_path / f"{n}.xz"
        source.write_text(text(rows), "utf-8")
        tool.main([str(source), "0" * 40, "2024", "--to", str(target)])
        written.append(target.read_bytes())
    assert written[0] == written[1] == written[2]
    assert lzma.decompress(written[0]).decode().splitlines() == [
        f"yescallop/areacodes {'0' * 40} 1981 2024",
        "130000,河北省,1981,,",
        "130800,承德市,1983,,",
        "130823,平泉县,1993,2017,130881",
        "130881,平泉市,2017,,",
        "139001,某市,1988,1995,130823;130800[1993]",
    ]


def test_tool_reproduces_the_bundled_bytes(tool: ModuleType) -> None:
    data = "".join(f"{line}\n" for line in [HEAD, *ROWS]).encode()
    assert lzma.compress(data, check=lzma.CHECK_CRC32, filters=tool.FILTERS) == PACKED


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("130881,河北省,承德市,平泉市,县级,在用,2016,,", "130881: listed twice in 2017"),
        ("130899,河北省,承德市,某县,地级,在用,1990,,", "地级 does not fit the code"),
        ("130899,河北省,直辖,某县,县级,在用,1990,,", "under 河北省直辖, not 河北省承德市, in 1990"),
        ("130899,河北省,承德市,某县,县级,弃用,1990,1990,", "no year of use up to 2024"),
        ("130899,河北省,承德市,某县,县级,在用,2025,,", "no year of use up to 2024"),
        ("130899,河北省,承德市,某县,县级,弃用,1990,2000,130898", "130898 is not listed in 2000"),
        ("130899,河北省,承德市,某县,县级,弃用,1990,2000,130881", "130881 is not listed in 2000"),
        ("130899,河北省,承德市,某县,县级,在用,1990,,130823", "130823 is not listed in None"),
        ("130899,河北省,承德市,某县,县级,弃用,1990,2000,1308", "'1308' is not code or code"),
        ('130899,河北省,承德市,"某,县",县级,在用,1990,,', "a comma in a name"),
    ],
)
def test_tool_refuses_what_the_library_could_not_read(
    tool: ModuleType, row: str, fault: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(fault)):
        tool.pack(text([*LIST, row]), "0" * 40, 2024)
