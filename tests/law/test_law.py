"""Instruments: which are in force when, how they are cited, and that the data keep their word.

``python tests/law/test_law.py --update`` rewrites the snapshot after a wanted change of the data.
"""

from __future__ import annotations

import re
import sys
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import get_type_hints

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from minzheng import law
from minzheng.base.areas import Areas, Division, is_valid
from minzheng.errors import InvalidInput, NotFound, WrongType
from minzheng.law import (
    SUBJECTS,
    Citation,
    Confidence,
    Grade,
    Instrument,
    Kind,
    cite,
    in_force,
    instrument,
    instruments,
    undated,
)
from minzheng.law.load import read

SNAPSHOT = Path(__file__).with_name("instruments.snapshot.txt")


def ids(subject: str, on: date, area: str = "000000") -> list[str]:
    return [i.id for i in in_force(subject, on, area)]


# --- which law on which day -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("subject", "last_day_before", "old", "new"),
    [
        ("dibao", date(2021, 6, 30), {"dibao-review-2012"}, {"dibao-review-2021"}),
        ("tekun", date(2021, 6, 30), {"tekun-recognition-2016"}, {"tekun-recognition-2021"}),
        ("tekun", date(2016, 10, 9), set(), {"tekun-recognition-2016"}),
        (
            "evaluation",
            date(2026, 2, 28),
            {"evaluation-measures-2010"},
            {"evaluation-measures-2026"},
        ),
        ("evaluation", date(2011, 2, 28), set(), {"evaluation-measures-2010"}),
        ("dibao", date(2012, 12, 11), set(), {"dibao-review-2012"}),
        ("dibao", date(2014, 4, 30), set(), {"social-assistance-measures-2014"}),
        ("dibao", date(2022, 10, 19), set(), {"assistance-safety-net-2022"}),
        ("dibao", date(2026, 6, 30), set(), {"social-assistance-law-2026"}),
        ("tekun", date(2026, 6, 30), set(), {"social-assistance-law-2026"}),
        ("temporary-assistance", date(2018, 1, 22), set(), {"temporary-assistance-2018"}),
        ("rigid-expenditure", date(2024, 12, 31), set(), {"rigid-expenditure-2024"}),
        ("unattended-child", date(2020, 12, 31), set(), {"unattended-child-2020"}),
        ("child-protection", date(2021, 5, 31), set(), {"minors-protection-law-2020"}),
        ("disability-subsidy", date(2015, 12, 31), set(), {"disability-subsidy-2015"}),
        ("ability-assessment", date(2013, 9, 30), set(), {"ability-assessment-2013"}),
        ("rating", date(2019, 6, 30), set(), {"institution-grades-2018"}),
        ("rating", date(2023, 7, 9), set(), {"institution-grades-guide-2023"}),
        ("safety", date(2020, 10, 31), set(), {"institution-measures-2020"}),
        ("safety", date(2021, 12, 31), set(), {"institution-safety-2019"}),
        ("inspection", date(2017, 3, 12), set(), {"inspection-measures-2017"}),
        ("annual-check", date(2005, 5, 31), set(), {"annual-check-private-unit-2005"}),
        ("annual-check", date(2006, 1, 11), set(), {"annual-check-foundation-2006"}),
        ("annual-check", date(2025, 12, 31), set(), {"annual-check-association-2025"}),
        ("credit", date(2018, 1, 23), set(), {"credit-information-2018"}),
        ("penalty", date(2021, 10, 14), set(), {"penalty-procedure-2021"}),
        ("naming", date(2024, 4, 30), set(), {"names-measures-2024"}),
        (
            "community",
            date(2025, 12, 31),
            {"villagers-committees-law-2018", "residents-committees-law-2018"},
            {"villagers-committees-law-2025", "residents-committees-law-2025"},
        ),
    ],
)
def test_a_change_of_law_falls_between_two_days(
    subject: str, last_day_before: date, old: set[str], new: set[str]
) -> None:
    before = set(ids(subject, last_day_before))
    after = set(ids(subject, last_day_before + timedelta(days=1)))
    assert before - after == old
    assert after - before == new


def test_the_dibao_measures_bear_their_numbers_and_succeed_each_other() -> None:
    old = instrument("dibao-review-2012")
    assert old.number == "民发〔2012〕220号"
    assert old.succeeded_by == "dibao-review-2021"
    assert instrument("dibao-review-2021").number == "民发〔2021〕57号"


def test_what_governs_dibao_from_the_social_assistance_law_on() -> None:
    assert ids("dibao", date(2026, 7, 1), "130881") == [
        "social-assistance-law-2026",
        "urban-dibao-regulation-1999",
        "social-assistance-measures-2014",
        "dibao-review-2021",
        "assistance-safety-net-2022",
    ]
    assert "repeal" in (instrument("social-assistance-measures-2014").note or "")


def test_the_organic_laws_change_with_2026() -> None:
    """城市居民委员会组织法第五十条: 本法自2026年1月1日起施行.

    村民委员会组织法第五十条 still prints 本法自公布之日起施行, the first day of the law itself; the
    decision that amends it: 现予公布，自2026年1月1日起施行（主席令第五十九号）.
    """
    for name in ("villagers", "residents"):
        old = instrument(f"{name}-committees-law-2018")
        new = instrument(f"{name}-committees-law-2025")
        assert (old.title, old.succeeded_by) == (new.title, new.id)
        assert (old.start, old.end, new.start) == (
            date(2018, 12, 29),
            date(2026, 1, 1),
            date(2026, 1, 1),
        )
    assert cite("villagers-committees-law-2025", 31).text("zh_CN") == (
        "《中华人民共和国村民委员会组织法》（2026年施行）第三十一条"
    )


def test_a_lapse_without_a_successor_ends_it() -> None:
    # Valid from 2023-08-14 to 2025-08-13, both included.
    assert "shandong-credit-classes-2023" in ids("credit", date(2025, 8, 13), "370100")
    assert "shandong-credit-classes-2023" not in ids("credit", date(2025, 8, 14), "370100")


def test_what_has_no_known_first_day_is_listed_and_never_in_force() -> None:
    for subject in SUBJECTS:
        listed = undated(subject)
        assert all(i.start is None for i in listed)
        assert not set(listed) & set(in_force(subject, date(2026, 11, 23), "130881"))
    assert "hebei-dibao-economic-assessment-2013" in [i.id for i in undated("dibao")]
    assert "assistance-reform-2020" in [i.id for i in undated("dibao")]
    assert [i.id for i in undated("tekun")] == [
        "assistance-reform-2020",
        "chengde-tekun-measures-2016",
        "hebei-assistance-reform-2020",
        "chengde-work-plan-2020",
    ]


@given(
    subject=st.sampled_from(sorted(SUBJECTS)),
    on=st.dates(date(1995, 1, 1), date(2030, 1, 1)),
    area=st.sampled_from(["000000", "130000", "130800", "130881", "310101", "330000", "500100"]),
)
def test_in_force_is_what_the_data_say(subject: str, on: date, area: str) -> None:
    assume(area == "000000" or is_valid(area, on))
    levels = {area, area[:4] + "00", area[:2] + "0000", "000000"}
    expected = [
        i
        for i in instruments()
        if subject in i.subjects
        and i.area in levels
        and i.start is not None
        and i.start <= on
        and (i.end is None or on < i.end)
    ]
    order = list(Kind)
    expected.sort(key=lambda i: (order.index(i.kind), i.start, i.id))
    assert list(in_force(subject, on, area)) == expected


# --- which place ----------------------------------------------------------------------------------


def test_a_local_rule_binds_its_own_place_and_those_inside() -> None:
    day, rule = date(2026, 1, 1), "shanghai-assistance-regulation-2018"
    assert rule in ids("dibao", day, "310000")
    assert rule in ids("dibao", day, "310101")
    assert rule not in ids("dibao", day, "130000")
    assert rule not in ids("dibao", day)


def test_a_place_lies_where_its_row_says() -> None:
    day = date(2026, 1, 1)
    local = ids("dibao", day, "310000")
    with pytest.raises(NotFound, match=r"319971 is no code .* \[\[division\]\] row"):
        in_force("dibao", day, "319971")
    zone = Areas([Division(code="139971", name="高新区", start=day, parent="310000")])
    assert [i.id for i in in_force("dibao", day, "139971", areas=zone)] == local
    assert local != ids("dibao", day, "130000")


# --- what cannot be asked -------------------------------------------------------------------------


@pytest.mark.parametrize("area", ["1308", "13088l", "1308810", "", "１３０８００"])
def test_an_area_is_six_digits(area: str) -> None:
    with pytest.raises(InvalidInput, match="area: expected 6 digits"):
        in_force("dibao", date(2021, 7, 1), area)


def test_an_unknown_subject_names_the_nearest() -> None:
    with pytest.raises(NotFound, match="unknown 'tekunn'; did you mean 'tekun'"):
        in_force("tekunn", date(2021, 7, 1))
    with pytest.raises(NotFound, match="did you mean 'tekun'"):
        undated("tekunn")


@pytest.mark.parametrize("ask", [instrument, cite])
def test_an_unknown_instrument_names_the_nearest(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(NotFound, match=r"'dibao-review-2022'.*did you mean 'dibao-review-20"):
        ask("dibao-review-2022")
    with pytest.raises(NotFound, match="did you mean"):
        ask("完全不像")


def test_a_day_is_a_plain_date() -> None:
    with pytest.raises(WrongType):
        in_force("dibao", datetime(2021, 7, 1, 12, tzinfo=UTC))


# --- citations ------------------------------------------------------------------------------------


def test_a_citation_in_both_languages() -> None:
    place = cite("dibao-review-2021", "13", paragraph=2, item=1)
    assert place.text("zh_CN") == "《最低生活保障审核确认办法》第十三条第二款第（一）项"
    assert place.text("en") == (
        "Measures for the Review and Confirmation of the Minimum Living Guarantee, "
        "art. 13, para. 2, item 1"
    )


def test_a_citation_may_stop_at_any_level() -> None:
    whole = cite("dibao-review-2021")
    assert whole.text("zh_CN") == "《最低生活保障审核确认办法》"
    assert cite("dibao-review-2021", 13).text("zh_CN") == "《最低生活保障审核确认办法》第十三条"
    item = cite("dibao-review-2021", 13, item=4)
    assert item.text("zh_CN") == "《最低生活保障审核确认办法》第十三条第（四）项"
    assert item.text("en").endswith("art. 13, item 4")


def test_what_has_no_articles_is_cited_in_its_own_words() -> None:
    place = cite("ability-assessment-2022", "C.4")
    assert place.text("zh_CN") == "《老年人能力评估规范》C.4"
    assert place.text("en") == "Specification for Ability Assessment of Older Adults, C.4"


def test_inner_title_marks_become_single() -> None:
    title = cite("institution-grades-guide-2023").text("zh_CN")
    assert title == "《〈养老机构等级划分与评定〉实施指南（2023版）》"


def test_numbers_and_their_digits_are_the_same_citation() -> None:
    assert cite("dibao-review-2021", 13, 2, 1) == cite("dibao-review-2021", "13", "2", "1")
    assert Citation("dibao-review-2021", 13) == cite("dibao-review-2021", 13)


@pytest.mark.parametrize("bad", [0, -1, "0", "007", "", " ", 10000])
def test_an_article_counts_from_one(bad: int | str) -> None:
    with pytest.raises(InvalidInput, match="article: expected 1 to 9999"):
        cite("dibao-review-2021", bad)


def test_every_fault_of_a_citation_is_told() -> None:
    with pytest.raises(InvalidInput) as caught:
        cite("dibao-review-2021", None, paragraph=0, item="a")
    assert [str(f) for f in caught.value.faults] == [
        "paragraph: expected 1 to 9999, got '0'",
        "paragraph: needs its article",
        "item: expected 1 to 9999, got 'a'",
        "item: needs its article",
    ]


def test_text_of_an_instrument_not_held_or_in_another_language() -> None:
    with pytest.raises(NotFound, match="did you mean 'dibao-review-20"):
        Citation("dibao-review").text("en")
    with pytest.raises(InvalidInput, match="locale: expected 'zh_CN' or 'en', got 'zh'"):
        cite("dibao-review-2021").text("zh")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (10, "十"),
        (13, "十三"),
        (20, "二十"),
        (78, "七十八"),
        (100, "一百"),
        (107, "一百零七"),
        (110, "一百一十"),
        (132, "一百三十二"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (1260, "一千二百六十"),
    ],
)
def test_chinese_numerals(number: int, words: str) -> None:
    assert cite("civil-code-2020", number).text("zh_CN") == f"《中华人民共和国民法典》第{words}条"


@given(st.integers(1, 9999))
def test_chinese_numerals_read_back(number: int) -> None:
    import cn2an

    text = cite("civil-code-2020", number).text("zh_CN")
    assert cn2an.cn2an(text.partition("第")[2].removesuffix("条"), "normal") == number


# --- the data -------------------------------------------------------------------------------------

ENDS_UNKNOWN = {"institution-grades-guide-2020"}
"""Succeeded by an instrument with a known first day, but no source says that it ended then."""

UNCONFIRMED = [
    "民发〔2021〕43号",
    "中办发〔2020〕18号",
    "民发〔2022〕83号",
    "国办发〔2023〕39号",
    "民发〔2018〕23号",
    "民发〔2019〕34号",
    "民发〔2021〕70号",
    "医保办发〔2021〕37号",
    "残联发〔2017〕34号",
    "民发〔2022〕73号",
    "民发〔2019〕89号",
    "高检发〔2020〕9号",
    "民发〔2009〕26号",
    "民发〔2009〕77号",
    "民发〔2012〕179号",
    "财社〔2014〕113号",
    "民发〔2019〕103号",
    "民发〔2021〕96号",
    "发改体改〔2019〕1063号",
    "国市监信〔2019〕38号",
    "民发〔2008〕156号",
    "民发〔2019〕80号",
    "民发〔2019〕87号",
    "国开发〔2020〕6号",
    "国发〔2016〕14号",
]
"""Numbers in circulation that no source read confirms."""


def texts() -> dict[str, str]:
    folder = resources.files("minzheng.law") / "data"
    return {e.name: e.read_text(encoding="utf-8") for e in folder.iterdir()}


def test_no_unconfirmed_number_is_shipped() -> None:
    shipped = "".join(texts().values())
    digits = re.sub(r"[^0-9\u4e00-\u9fff]", "", shipped)
    for number in UNCONFIRMED:
        assert number not in shipped
        assert re.sub(r"[^0-9\u4e00-\u9fff]", "", number) not in digits


def test_every_file_of_data_is_read() -> None:
    assert sorted(texts()) == [
        "assistance.toml",
        "community.toml",
        "organizations.toml",
        "rating.toml",
        "welfare.toml",
    ]
    rows = sum(text.count("\n[[instrument]]") for text in texts().values())
    assert rows == len(instruments()) == len({i.id for i in instruments()})


@pytest.mark.parametrize("held", instruments(), ids=lambda i: i.id)
def test_an_instrument_keeps_the_form(held: Instrument) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", held.id)
    assert re.search(r"[\u4e00-\u9fff]", held.title)
    assert held.title_en.isascii()
    assert not set(held.title) & set("()[]\"'"), "Chinese titles take Chinese marks"
    assert held.source.strip()
    assert set(held.subjects) <= set(SUBJECTS)
    assert len(held.subjects) == len(set(held.subjects))
    if held.kind is Kind.LOCAL:
        assert held.area != "000000"
    elif held.area != "000000":
        assert held.kind in (Kind.STANDARD, Kind.PLAN)
    assert held.start_stated or held.start is not None
    if held.start and held.issued and len(held.issued) == 10:
        assert date.fromisoformat(held.issued) <= held.start
    if not held.start_stated:
        assert held.issued == f"{held.start}"
    if held.number and held.number.startswith(("GB", "MZ")):
        assert held.kind is Kind.STANDARD
    if held.number and "令第" in held.number:
        assert held.kind in (Kind.REGULATION, Kind.RULE)
    if held.number and (year := re.search(r"〔(\d{4})〕", held.number)):
        assert (held.issued or "").startswith(year[1])


def test_numbers_are_not_shared() -> None:
    numbers = [i.number for i in instruments() if i.number]
    assert len(numbers) == len(set(numbers))


def test_successors_start_when_the_others_end() -> None:
    for old in instruments():
        if old.succeeded_by is None:
            continue
        new = instrument(old.succeeded_by)
        assert set(old.subjects) <= set(new.subjects)
        if new.start is not None and old.id not in ENDS_UNKNOWN:
            assert old.end == new.start
        else:
            assert old.end is None


def test_every_subject_is_used_and_labelled() -> None:
    assert {s for i in instruments() for s in i.subjects} == set(SUBJECTS)
    assert len(set(SUBJECTS.values())) == len(SUBJECTS)


@pytest.mark.parametrize("words", [Kind, Grade, Confidence])
def test_every_word_has_a_chinese_label(words: type[Kind | Grade | Confidence]) -> None:
    labels = [word.label for word in words]
    assert len(set(labels)) == len(labels)
    assert all(re.search(r"[\u4e00-\u9fff]", label) for label in labels)
    assert all(word.value == word.name.lower() for word in words)


def test_the_codec_can_see_the_types() -> None:
    assert get_type_hints(Instrument)["start"] == date | None


def snapshot() -> str:
    rows = [
        f"{i.id} | {i.number or '-'} | {i.start or '?'}{'' if i.start_stated else '*'}"
        f" | {i.end or '-'} | {i.grade} | {i.confidence}"
        for i in instruments()
    ]
    head = "id | number | start (* date of the document, ? not known) | end | grade | confidence"
    return "\n".join([head, *sorted(rows), ""])


def test_the_data_are_those_of_the_snapshot() -> None:
    assert snapshot() == SNAPSHOT.read_text(encoding="utf-8"), (
        "the instruments differ from the snapshot: if every changed line is meant, run "
        "`python tests/law/test_law.py --update` and commit the snapshot with the data"
    )


# --- reading tables -------------------------------------------------------------------------------

ROW = """
[[instrument]]
id = "a"
title = "甲"
title_en = "A"
kind = "notice"
subjects = ["dibao"]
area = "000000"
start = 2020-01-01
grade = "official"
confidence = "confirmed"
source = "made up"
"""


def test_a_table_is_read() -> None:
    assert read({"x.toml": ROW})["a"] == Instrument(
        "a",
        "甲",
        "A",
        Kind.NOTICE,
        ("dibao",),
        "000000",
        Grade.OFFICIAL,
        Confidence.CONFIRMED,
        "made up",
        start=date(2020, 1, 1),
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('["dibao"]', '["dibaoo"]', "a.subjects: unknown 'dibaoo'; did you mean 'dibao'?"),
        ('["dibao"]', "[]", "a.subjects: expected a list of subjects, got []"),
        ('["dibao"]', '"dibao"', "a.subjects: expected a list of subjects, got 'dibao'"),
        ('"notice"', '"notices"', "a.kind: unknown 'notices'; did you mean 'notice'?"),
        ('"official"', '"offical"', "a.grade: unknown 'offical'; did you mean 'official'?"),
        ('"confirmed"', '"unconfirmed"', "a.confidence: unknown 'unconfirmed'; did you mean"),
        ('"000000"', '"0000"', "a.area: expected 6 digits such as '130800', got '0000'"),
        ("2020-01-01", '"2020-01-01"', "a.start: expected a day such as 2021-07-01"),
        ("2020-01-01", "2020-01-01T00:00:00", "a.start: expected a day such as 2021-07-01"),
        ("start =", "begin =", "a.begin: unknown 'begin'"),
        ('source = "made up"', "", "a.source: missing"),
        ('"made up"', '" "', "a.source: expected a text, got ' '"),
        ('"made up"', '"x"\nissued = "2020-8"', "a.issued: expected '2020', '2020-08' or"),
        ('"made up"', '"x"\nend = 2020-01-01', "a.end: a span ends after it starts"),
        ('"made up"', '"x"\nend = 2019-12-31', "a.end: a span ends after it starts"),
        ('"made up"', '"x"\nstart_stated = "no"', "a.start_stated: expected true or false"),
        ('"made up"', '"x"\nsucceeded_by = "b"', "a.succeeded_by: unknown 'b'"),
        ('id = "a"', "", "instrument[0].id: missing"),
    ],
)
def test_a_wrong_table_is_refused(old: str, new: str, message: str) -> None:
    with pytest.raises(InvalidInput, match=re.escape(message)):
        read({"x.toml": ROW.replace(old, new)})


def test_an_id_used_twice_is_refused_also_across_files() -> None:
    with pytest.raises(InvalidInput, match=r"y\.toml: a\.id: used twice"):
        read({"x.toml": ROW, "y.toml": ROW})


def test_all_faults_are_told_at_once() -> None:
    wrong = ROW.replace('"notice"', '"x"').replace('"official"', '"y"')
    with pytest.raises(InvalidInput) as caught:
        read({"x.toml": wrong, "y.toml": ROW.replace('source = "made up"', "")})
    assert [fault.path for fault in caught.value.faults] == [
        "x.toml: a.kind",
        "x.toml: a.grade",
        "y.toml: a.source",
    ]


def test_one_day_in_force_is_enough() -> None:
    only = read({"x.toml": ROW + "end = 2020-01-02\n"})["a"]
    assert only.in_force(date(2020, 1, 1))
    assert not only.in_force(date(2019, 12, 31))
    assert not only.in_force(date(2020, 1, 2))


def test_the_face_of_the_room() -> None:
    assert set(law.__all__) == {
        "SUBJECTS",
        "Citation",
        "Confidence",
        "Grade",
        "Instrument",
        "Kind",
        "cite",
        "in_force",
        "instrument",
        "instruments",
        "undated",
    }


if __name__ == "__main__":
    if sys.argv[1:] != ["--update"]:
        sys.exit("usage: python tests/law/test_law.py --update")
    SNAPSHOT.write_text(snapshot(), encoding="utf-8", newline="\n")
