"""What enters a draw: frames as people write them, words that match nobody, lists, codes."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from inspection_cases import SEALED_AT, code, frame, organization, plan

from minzheng.base import codec
from minzheng.errors import InvalidInput
from minzheng.inspection import (
    Frame,
    Group,
    Inspector,
    Interest,
    Lead,
    Named,
    Organization,
    Plan,
    Post,
    Team,
    seal,
)
from minzheng.inspection.after import Finding
from minzheng.inspection.inspectors import check_inspectors

PEOPLE = Frame.of(
    organization(
        number,
        category="12"[number % 2],
        tags=("charity",) if number < 3 else ("industry_association",),
        area="130802",
        risk="B",
    )
    for number in range(6)
)


def faults(run: Any) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        run()
    return [str(each) for each in caught.value.faults]


# --- what selects and matches nobody


@pytest.mark.parametrize(
    ("selector", "said"),
    [
        ({"tags": ["charitty"]}, "plan.groups[0].tags[0]: no organisation of the frame has it: unknown 'charitty'; did you mean 'charity'?"),
        ({"tags": ["charity", "chamber"]}, "plan.groups[0].tags[1]"),
        ({"areas": ["1309"]}, "plan.groups[0].areas[0]: no organisation of the frame has it: unknown '1309'; did you mean '1308'?"),
        ({"areas": ["1308", "130803"]}, "plan.groups[0].areas[1]"),
        ({"risks": ["b"]}, "plan.groups[0].risks[0]"),
        ({"kinds": ["foundation"]}, "plan.groups[0].kinds[0]"),
    ],
)  # fmt: skip
def test_a_word_that_matches_nobody_is_a_fault(selector: dict[str, Any], said: str) -> None:
    group = {"name": "all", "ratio": "100%", **selector}
    found = faults(lambda: seal(PEOPLE, plan(codec.structure(group, Group)), at=SEALED_AT))
    assert found[0].startswith(said)
    allowed = codec.structure({**group, "may_be_empty": True}, Group)
    assert seal(PEOPLE, plan(allowed), at=SEALED_AT).document["plan"]["groups"][0]["may_be_empty"]


def test_words_that_each_match_but_never_together_are_a_fault() -> None:
    none = Group(name="none", ratio="1", tags=("charity",), kinds=("association",), areas=("13",))
    assert seal(PEOPLE, plan(none), at=SEALED_AT).layout.strata[0].population == 2
    apart = Frame.of(
        [organization(1, tags=("charity",)), organization(2, category="2", tags=("other",))]
    )
    two = Group(name="none", ratio="1", tags=("charity",), kinds=("private_unit",))
    assert faults(lambda: seal(apart, plan(two), at=SEALED_AT)) == [
        "plan.groups: none covers no organisation of the frame: say may_be_empty where it may"
    ]
    empty = Group(
        name="none", ratio="1", tags=("charity",), kinds=("private_unit",), may_be_empty=True
    )
    assert seal(apart, plan(empty), at=SEALED_AT).layout.strata[0].population == 0


def test_a_stratum_that_no_organisation_has_is_a_fault() -> None:
    group = Group(name="all", ratio="1", by="risk")
    assert faults(lambda: seal(frame(3), plan(group), at=SEALED_AT))[0].startswith("frame.risk")


def test_a_lead_that_matches_nobody_is_a_fault() -> None:
    def team(**more: Any) -> Plan:
        lead = Lead(skill="audit", tags=("charitty",), **more)
        return plan(team=Team(per_site=1, leads=(lead,)))

    said = "plan.team.leads[0].tags[0]: no organisation of the frame has it"
    assert faults(lambda: seal(PEOPLE, team(), at=SEALED_AT))[0].startswith(said)
    seal(PEOPLE, team(may_be_empty=True), at=SEALED_AT)


def test_a_skill_that_no_inspector_has_is_a_fault() -> None:
    team = Team(per_site=1, leads=(Lead(skill="audit", tags=("charity",)),))
    who = [Inspector(id="A-1", skills=("audits",))]
    assert faults(lambda: check_inspectors(who, PEOPLE, team)) == [
        "plan.team.leads[0].skill: no inspector has it: unknown 'audit'; did you mean 'audits'?"
    ]


# --- lists


LISTS: list[tuple[type, dict[str, Any], str]] = [
    (Group, {"name": "a", "ratio": "4%"}, "tags"),
    (Group, {"name": "a", "ratio": "4%"}, "areas"),
    (Group, {"name": "a", "ratio": "4%"}, "risks"),
    (Group, {"name": "a", "ratio": "4%"}, "kinds"),
    (Lead, {"skill": "a"}, "tags"),
    (Team, {"per_site": 1}, "leads"),
    (Team, {"per_site": 1}, "absences"),
    (Inspector, {"id": "A-1"}, "skills"),
    (Inspector, {"id": "A-1"}, "interests"),
    (Inspector, {"id": "A-1"}, "posts"),
    (Organization, {"code": code(1), "name": "甲"}, "tags"),
]


@pytest.mark.parametrize("value", ["charity", "1308", "", {}, {"a": 1}, 5, {"a"}, True])
@pytest.mark.parametrize(("cls", "facts", "name"), LISTS)
def test_a_list_is_demanded(cls: type, facts: dict[str, Any], name: str, value: Any) -> None:
    for made in (
        lambda: cls(**facts, **{name: value}),
        lambda: codec.structure({**facts, name: value}, cls),
    ):
        (said,) = [each for each in faults(made) if name in each.split(":")[0]]
        assert "expected a list, got" in said


@pytest.mark.parametrize("tags", [[""], [" "], [5], [None], ["a\u202eb"]])
def test_a_list_of_words_has_words(tags: list[Any]) -> None:
    assert "tags[0]" in faults(lambda: Group(name="a", ratio="4%", tags=tags))[0]  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["tags", "areas", "kinds", "risks"])
def test_an_empty_list_does_not_cover_everybody(name: str) -> None:
    text = f"""
        name = "a"
        authority = "b"
        level = "city"
        kind = "regular"
        on = 2026-06-01
        seeds = [{{ kind = "dice", name = "dice", faces = 6, rolls = 50 }}]
        groups = [{{ name = "a", ratio = "100%" }}, {{ name = "b", ratio = "5%", {name} = [] }}]
    """
    with pytest.raises(InvalidInput) as caught:
        Plan.from_toml(text)
    assert [each.path for each in caught.value.faults] == [f"plan.groups[1].{name}"]


def test_a_plan_of_toml_demands_lists() -> None:
    text = f"""
        name = "a"
        authority = "b"
        level = "city"
        kind = "regular"
        on = 2026-06-01
        excluded = "{code(1)}"
        [[seeds]]
        kind = "dice"
        name = "dice"
        faces = 6
        rolls = 50
        [[groups]]
        name = "a"
        ratio = "100%"
        tags = "charity"
        areas = "1308"
    """
    assert [each.split(": ")[0] for each in faults(lambda: Plan.from_toml(text))] == [
        "plan.groups[0].tags",
        "plan.groups[0].areas",
        "plan.excluded",
    ]


# --- codes and texts in one form


TYPED = [
    "51130800000000027u",
    " 51 130800 00000002-7 u ",
    "５１１３０８０００００００００２７Ｕ",
    "51130800000000027U\u3000",
]


@pytest.mark.parametrize("typed", TYPED)
def test_codes_have_one_form_wherever_they_enter(typed: str) -> None:
    made = [
        Interest(code=typed).code,
        Post(code=typed).code,
        Named(typed, "x").code,
        Finding(code=typed, inspected=date(2026, 6, 10), result="x").code,
        Organization(code=typed, name="x").code,
        *Frame.of([Organization(code=typed, name="x")]).codes,
    ]
    assert set(made) == {"51130800000000027U"}


def test_an_interest_typed_in_lower_case_bars() -> None:
    who = Frame.of([Organization(code="51130800000000027U", name="甲")])
    interested = Inspector(id="A-1", interests=(Interest(code="51130800000000027u"),))
    check_inspectors([interested], who)
    stranger = Inspector(id="A-2", posts=(Post(code=code(9)),))
    assert faults(lambda: check_inspectors([interested, stranger], who)) == [
        f"inspectors.A-2.posts[0].code: {code(9)!r} is not in the frame"
    ]


BAD = ["a\u202eb", "a\0b", "a\tb", "a\nb", "a\u200bb", "a\ufeffb", "a\u2066b"]
PUBLISHED: list[Any] = [
    lambda text: Finding(code=code(1), inspected=date(2026, 6, 10), result=text),
    lambda text: plan(name=text),
    lambda text: plan(authority=text),
    lambda text: plan(if_source_fails=text),
    lambda text: Group(name=text, ratio="4%"),
    lambda text: Named(code(1), text),
    lambda text: Inspector(id="A-1", name=text),
    lambda text: Inspector(id=text),
    lambda text: Organization(code=code(1), name=text),
    lambda text: Lead(skill=text, tags=("a",)),
]


@pytest.mark.parametrize("text", BAD)
@pytest.mark.parametrize("make", PUBLISHED)
def test_what_is_published_is_one_line_that_shows_what_it_has(make: Any, text: str) -> None:
    (said,) = faults(lambda: make(text))
    assert "U+" in said


# --- frames as people write them


def read(text: str, encoding: str = "utf-8") -> Frame:
    return Frame.read(text.encode(encoding))


@pytest.mark.parametrize("space", ["\u3000", "\u00a0", "\u2003", "\u202f", "\u205f", " "])
def test_every_space_of_a_name_is_a_space(space: str) -> None:
    made = read(f"code,name\n{code(1)}{space},{space}样本{space}学会{space}\n")
    assert made.column("name") == ["样本 学会"]
    assert made.codes == [code(1)]
    assert Organization(code=code(1), name=f"样本{space}学会").name == "样本 学会"


CELLS = f'code,name,tags,inspected\n{code(1)},甲,"b;a",2026-01-05\n{code(2)},乙,,never\n'


@pytest.mark.parametrize(
    "data",
    [
        CELLS.encode("gb18030"),
        CELLS.encode("utf-8-sig"),
        CELLS.replace("\n", "\r\n").encode(),
        CELLS.replace(",", "\t").encode(),
        CELLS.replace(",", ";").encode(),
        CELLS.replace("2026-01-05", "2026/1/5").encode(),
        ("样本市社会组织名单\n\n" + CELLS).encode(),
        (CELLS + "\n合计,2\n备注：样本\n").encode(),
    ],
)
def test_the_same_frame_however_it_is_written(data: bytes) -> None:
    made = Frame.read(data)
    assert made.data == Frame.from_csv(CELLS).data
    assert made.column("tags") == ["a;b", ""]
    assert [each.message.split()[2].strip(",") for each in made.warnings] in ([], ["title"], ["total", "remark"])  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code,names\n", "frame[1]: B1: unknown column: unknown 'names'; did you mean 'name'?"),
        ("code,name,tag\n", "frame[1]: C1: unknown column: unknown 'tag'; did you mean 'tags'?"),
        ("code,name,name\n", "frame[1]: C1: the column 'name' stands twice"),
        (f"code,name\n{code(1)},甲,乙\n", "frame[2]: C2: stands under no header"),
        (f"code,name,area\n{code(1)},甲\n", "frame[2]: expected 3 cells, got 2"),
        (f"code,name,area\n{code(1)},甲,1308\n", "frame[2].area: expected 6 digits, got '1308'"),
        (f"code,name,size\n{code(1)},甲,1.5\n", "frame[2].size: expected a whole number"),
        (f"code,name\n{code(1)},甲\u202e乙\n", "frame[2].name: has the invisible character U+202E"),
        ("code,name\n5.11308E+17,甲\n", "frame[2].code: Excel has kept at most fifteen digits"),
        (f"code,name,inspected\n{code(1)},甲,45000\n", "frame[2].inspected: expected a day"),
        ("", "frame: is empty"),
        ("甲\n", "frame: no row names the columns"),
    ],
)
def test_faults_of_a_frame_name_row_and_cause(text: str, said: str) -> None:
    assert any(each.startswith(said) for each in faults(lambda: read(text)))


def workbook(rows: list[list[Any]]) -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    book, made = openpyxl.Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(made)
    return made.getvalue()


def test_a_workbook_has_numbers_and_days() -> None:
    head = ["code", "name", "area", "size", "inspected", "inspections"]
    row = ["51130800000000027U", "虚构学会", 130802, 7, date(2026, 1, 5), 0]
    made = Frame.read(workbook([["名单"], head, row]))
    only = made.organization("51130800000000027u")
    assert only == Organization(
        code="51130800000000027U",
        name="虚构学会",
        area="130802",
        size=7,
        inspected=date(2026, 1, 5),
        inspections=0,
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ([511308000000000191, "甲"], "frame[2].code: Excel has kept at most fifteen digits"),
        ([code(1), "甲", 13.5], "frame[2].area: expected 6 digits"),
        ([code(1), None, 130802], "frame[2].name: is required"),
        ([code(1), "=1/0", 130802], "frame[2]"),
    ],
)
def test_faults_of_a_workbook_name_the_row(row: list[Any], said: str) -> None:
    data = workbook([["code", "name", "area"], row])
    assert faults(lambda: Frame.read(data))[0].startswith(said)


def test_a_text_code_that_ends_in_zeros_is_a_code() -> None:
    whole = next(
        code(n) for n in range(1, 100_000) if code(n).isdigit() and code(n).endswith("000")
    )
    assert read(f"code,name\n{whole},甲\n").codes == [whole]


def test_inspectors_of_json_demand_lists() -> None:
    rows = json.loads('[{"id": "A-1", "skills": "法律"}]')
    assert faults(lambda: codec.structure_list(rows, Inspector, "inspectors")) == [
        "inspectors[0].skills: expected a list, got '法律'"
    ]
