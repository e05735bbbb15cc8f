"""Reading tables: every fault of a file at once, each with its place; installed packages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from tables import amount, local, toml

from minzheng.errors import BrokenPackage, InvalidInput
from minzheng.standards import Standards, load

AREA = "130822"
GOOD = amount("dibao.standard", "5000", residence="rural")
HEAD = f"""
area = "{AREA}"
[sources.s]
title = "t"
where = "w"
grade = "press"
confidence = "secondary"
"""
LAW = f"""
area = "{AREA}"
[sources.s]
instrument = "dibao-review-2021"
[[figure]]
series = "age.adult"
value = 18
source = "s"
"""


def faults(text: str) -> dict[str, str]:
    """The faults of a table by place."""
    with pytest.raises(InvalidInput) as caught:
        load.read(text, "x.toml")
    return {fault.path.removeprefix("x.toml: "): fault.message for fault in caught.value.faults}


def row_faults(**changes: object) -> dict[str, str]:
    """The faults of a table of one good row with some keys changed."""
    return faults(toml(AREA, {**GOOD, **changes}))


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "county.toml"
    path.write_text(toml(AREA, {**GOOD, "note": "n", "clause": "item 1"}), "utf-8")
    (row,) = Standards.load(path)
    assert list(Standards.load(str(path))) == [row]
    assert (row.area, row.note, row.clause, row.source.where) == (AREA, "n", "item 1", "w")
    over = Standards.bundled() + Standards.load(path)
    assert over.find("dibao.standard", AREA, date(2020, 7, 24), residence="rural").value == 5000


def test_many_faults_come_at_once_each_with_its_place() -> None:
    said = faults("""
area = "1308"
colour = 1
[sources.a]
titel = "t"
where = "w"
grade = "pres"
confidence = "certain"
[sources.b]
instrument = "dibao-review-2020"
[sources.c]
title = "t"
where = "w"
grade = "press"
confidence = "secondary"
[[figure]]
series = "dibao.standart"
value = "1"
source = "c"
[[figure]]
series = "dibao.standard"
keys = { residense = "rural", residence = "rurall" }
value = 4800
per = "once"
kind = "ceiling"
from = 2021-01-01
to = 2020-01-01
source = "d"
[[figure]]
series = "dibao_marginal.ratio"
value = "1.5"
to = 2020-01-01
source = "c"
[[figure]]
value = true
form = 2020-01-01
""")
    expected = {
        "area": "six-digit",
        "colour": "unknown 'colour'",
        "sources.a.titel": "did you mean 'title'",
        "sources.a.title": "is required",
        "sources.a.grade": "did you mean 'press'",
        "sources.a.confidence": "known are confirmed, secondary",
        "sources.b.instrument": "did you mean 'dibao-review-2021'",
        "figure[0].series": "did you mean 'dibao.standard'",
        "figure[1].keys.residense": "did you mean 'residence'",
        "figure[1].keys.residence": "did you mean 'rural'",
        "figure[1].value": "in quotes",
        "figure[1].per": "is per month, year, got 'once'",
        "figure[1].kind": "is never a ceiling",
        "figure[1]": "ends after it starts",
        "figure[1].source": "unknown 'd'",
        "figure[2].to": "without 'from'",
        "figure[3].form": "did you mean 'from'",
        "figure[3].series": "is required",
        "figure[3].source": "is required",
    }
    assert set(said) == set(expected)
    for place, message in expected.items():
        assert message in said[place], place


def test_rows_of_a_faulty_source_are_not_faults_too() -> None:
    text = '[sources.a]\ntitle = "t"\n[[figure]]\nseries = "age.adult"\nvalue = 18\nsource = "a"'
    assert set(faults(f'area = "{AREA}"\n{text}')) == {
        "sources.a.where",
        "sources.a.grade",
        "sources.a.confidence",
    }


@pytest.mark.parametrize(
    ("series", "wrong"),
    [
        ("dibao.standard", ["4800.001", "-1", "NaN", "1,000", "", True, 4800, ["1"]]),
        ("dibao_marginal.ratio", ["1/0", "x", 1, True, "-1.5"]),
        ("dibao.supplement.rate", ["-0.1"]),
        ("dibao.income.inclusive", ["true", 1]),
        ("age.adult", ["18", True, -1]),
        ("dibao.first_payment", ["next month", 1]),
        ("dibao.bands", ["300", [], ["300", "300"], ["380", "300"], [300], ["-1"]]),
        ("dibao.rounding.unit", ["0", "-1"]),
        ("organization.check.due", ["3-31", "02-29", "02-30", "13-01", "2020-03-31", 331, True]),
    ],
)
def test_values_fit_their_unit(series: str, wrong: list[object]) -> None:
    per = load.catalogue()[series].pers[0].value
    for value in wrong:
        said = faults(toml(AREA, {"series": series, "value": value, "per": per}))
        assert set(said) == {"figure[0].value"}, value


@pytest.mark.parametrize("key", ["from", "to", "known_from", "to_known_from"])
def test_days_are_days_without_a_time(key: str) -> None:
    assert "expected a day" in row_faults(**{key: "2020-07-24"})[f"figure[0].{key}"]
    moment = datetime(2020, 7, 24, tzinfo=UTC)
    assert set(row_faults(**{key: moment})) == {f"figure[0].{key}"}


@pytest.mark.parametrize("empty", [date(2000, 1, 1), date(1999, 12, 31)])
def test_spans_hold_a_day(empty: date) -> None:
    assert "ends after it starts" in row_faults(to=empty)["figure[0]"]
    assert len(local(AREA, {**GOOD, "to": date(2000, 1, 2)})) == 1


@pytest.mark.parametrize("wrong", ["[", "a = ", "\x00"])
def test_what_is_no_toml_is_said(wrong: str) -> None:
    with pytest.raises(InvalidInput, match=r"x\.toml: is not TOML"):
        load.read(wrong, "x.toml")


@pytest.mark.parametrize("bad", [b"\xff\xfe", None])
def test_what_cannot_be_read_is_said(tmp_path: Path, bad: bytes | None) -> None:
    path = tmp_path / "table.toml"
    if bad is not None:
        path.write_bytes(bad)
    with pytest.raises(InvalidInput, match="cannot be read"):
        Standards.load(path)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f'area = "{AREA}"\nfigure = 1', "figure"),
        (f'area = "{AREA}"\nfigure = [1]', "figure[0]"),
        (f'area = "{AREA}"\nfigure = ["a"]', "figure[0]"),
        (f'area = "{AREA}"\nsources = "a"', "sources"),
        (f'area = "{AREA}"\n[sources]\na = "b"', "sources.a"),
        (HEAD + "[[figure]]\nseries = 5\nvalue = 1\nsource = 's'", "figure[0].series"),
        (HEAD + "[[figure]]\nseries = ['a']\nvalue = 1\nsource = 's'", "figure[0].series"),
        (HEAD + "[[figure]]\nseries = 'age.adult'\nvalue = 1\nsource = 5", "figure[0].source"),
        (HEAD + "[[figure]]\nseries = 'age.adult'\nvalue = 1\nsource = ['s']", "figure[0].source"),
        (toml(AREA, {**GOOD, "keys": "rural"}), "figure[0].keys"),
        (toml(AREA, {**GOOD, "keys": {"residence": ["rural"]}}), "figure[0].keys.residence"),
        (toml(AREA, {**GOOD, "kind": ["point"]}), "figure[0].kind"),
        (toml(AREA, {**GOOD, "from_stated": "no"}), "figure[0].from_stated"),
        (toml(AREA, {**GOOD, "clause": 7}), "figure[0].clause"),
        (toml(AREA, {**GOOD, "note": 7}), "figure[0].note"),
        (HEAD.replace('title = "t"', "title = 3"), "sources.s.title"),
        (LAW + "article = [1]", "figure[0].article"),
        (LAW + "article = 1.5", "figure[0].article"),
        (LAW + "article = 1\nparagraph = '1'", "figure[0].paragraph"),
        (LAW + "article = 1\nparagraph = 1\nitem = true", "figure[0].item"),
        (LAW + "paragraph = 1", "figure[0].paragraph"),
    ],
)
def test_wrong_shapes_are_faults_with_their_place(text: str, place: str) -> None:
    assert place in faults(text)


class Entry(NamedTuple):
    """What an installed package registers."""

    name: str
    table: object
    dist: object = None

    def load(self) -> object:
        if isinstance(self.table, BaseException):
            raise self.table
        return lambda: self.table


def test_installed_packages_are_laid_over_in_the_order_of_their_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    groups: list[str] = []

    def entry_points(*, group: str) -> list[Entry]:
        groups.append(group)
        rows = {"b": "2", "a": "1"}
        return [
            Entry(name, local(AREA, amount("dibao.standard", value)))
            for name, value in rows.items()
        ]

    monkeypatch.setattr(load, "entry_points", entry_points)
    found = Standards.installed().find("dibao.standard", AREA, date(2020, 7, 24), residence="rural")
    assert found.value == 2
    assert groups == ["minzheng.standards"]
    assert (
        Standards.bundled().find("dibao.standard", AREA, date(2020, 7, 24), residence="rural").value
        == 4800
    )


def test_without_packages_installed_is_bundled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "entry_points", lambda *, group: [])
    assert list(Standards.installed()) == list(Standards.bundled())


@pytest.mark.parametrize(
    "broken", [ModuleNotFoundError("No module named 'x'"), SystemExit(3), None, "tables"]
)
def test_a_broken_package_is_named_and_the_others_stay(
    monkeypatch: pytest.MonkeyPatch, broken: object
) -> None:
    entries = [
        Entry("a", broken, SimpleNamespace(name="broken-county")),
        Entry("b", local(AREA, amount("dibao.standard", "2"))),
    ]
    monkeypatch.setattr(load, "entry_points", lambda *, group: entries)
    with pytest.warns(BrokenPackage, match="'a' of the package broken-county .* left out"):
        tables = Standards.installed()
    assert tables.find("dibao.standard", AREA, date(2020, 7, 24), residence="rural").value == 2


OWN = """
[[series]]
name = "meal.amount"
label = "meal subsidy"
label_zh = "助餐补贴"
unit = "yuan"
pers = ["month"]
keys = { residence = ["rural", "urban"] }
[[figure]]
series = "meal.amount"
keys = { residence = "rural" }
value = "90"
per = "month"
from = 2020-01-01
source = "s"
"""


def test_a_table_states_series_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "county.toml"
    path.write_text(HEAD + OWN, "utf-8")
    tables = Standards.bundled() + Standards.load(path)
    found = tables.find("meal.amount", AREA, date(2020, 7, 24), residence="rural")
    assert (found.value, tables.series["meal.amount"].label_zh) == (90, "助餐补贴")
    assert "meal.amount" not in Standards.bundled().series


@pytest.mark.parametrize(
    ("written", "instead", "place", "message"),
    [
        ('"meal.amount"\nlabel', '"dibao.standard"\nlabel', "series[0].name", "already"),
        ('label_zh = "助餐补贴"\n', "", "series[0].label_zh", "is required"),
        ('"yuan"', '"yuans"', "series[0].unit", "did you mean 'yuan'"),
        ('["month"]', '["monthly"]', "series[0].pers", "did you mean 'month'"),
        ('["month"]', '"month"', "series[0].pers", "a list of words"),
        ('["rural", "urban"]', "[1]", "series[0].keys.residence", "a list of words"),
        ("label =", "labels =", "series[0].labels", "did you mean 'label'"),
    ],
)
def test_a_series_that_is_not_stated_well_is_a_fault(
    written: str, instead: str, place: str, message: str
) -> None:
    assert message in faults(HEAD + OWN.replace(written, instead))[place]
