"""Each screen finds its error and leaves its near miss alone, and says why on which article."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from register_cases import as_table, county, list_tables, local, member, number, row

from minzheng.base.areas import Areas, Division
from minzheng.base.dates import add_months
from minzheng.errors import InvalidInput, WrongType
from minzheng.people import Household, Income, IncomeKind, Person, Property, Relation, Residence
from minzheng.people import Whereabouts as Where
from minzheng.registers import (
    Death,
    Drawing,
    Entry,
    Filing,
    Flag,
    Listed,
    Lists,
    Roster,
    Screen,
    Verdict,
    flags,
    screen,
    screen_entries,
    table,
)
from minzheng.registers.arrays import months_later
from minzheng.registers.entries import Row, screen_rows
from minzheng.registers.screens import identity
from minzheng.standards import Standards

ON = date(2023, 5, 31)
TABLES = local("632")
LINE = 12 * 63_200
FOUND, OPEN, IN_TIME = Verdict.FOUND, Verdict.UNDETERMINED, Verdict.IN_TIME
A, B, C = number(1), number(2), number(3)


def found(
    *rows: Row, on: date = ON, least: int = 5, lists: Lists | None = None, **given: Any
) -> list[Flag]:
    """The flags of rows, the same in both ways; those of screens not run are left out."""
    lists = lists or Lists(**{"deaths": [], "tekun": [], "elsewhere": [], "filings": [], **given})
    made = screen_rows(rows, lists, on=on, group_least=least, standards=TABLES)
    columns = screen(
        as_table(list(rows)), on=on, group_least=least, standards=TABLES, **list_tables(lists)
    )
    assert flags(columns) == made
    return [each for each in made if each.verdict is not Verdict.NOT_RUN]


def told(made: Iterable[Flag]) -> list[tuple[str, str]]:
    return [(each.screen.name, each.verdict.name) for each in made]


def poor(person: str | None = A, **facts: Any) -> dict[str, Any]:
    """A member without income."""
    return member(person=person, **facts)


def test_a_clean_row_gives_nothing() -> None:
    assert found(row(poor())) == []


def test_omitted_is_strictly_below_the_standard() -> None:
    below, on_it = (row(poor(income_transfer=LINE - less), enrolled=False) for less in (1, 0))
    (flag,) = found(below)
    assert told([flag]) == [("OMITTED", "FOUND")]
    assert (flag.reason, flag.due_month, flag.amount_month) == ("income_lower", 0, 60_000)
    assert found(on_it) == []


def test_the_official_thresholds_divide_omitted_and_wrong() -> None:
    oracles = Path(__file__).parents[1] / "oracles" / "assistance.toml"
    cases = tomllib.loads(oracles.read_text("utf-8"))["case"]
    (case,) = (each for each in cases if each["id"] == "A22-boundaries")
    inputs, classes = case["inputs"], case["expected"]["class"]
    assert inputs["standard_month"] == "632"
    for month, kind in zip(inputs["per_capita_income_month"], classes, strict=True):
        earner = poor(income_transfer=int(Decimal(month) * 1200))
        told_in = told(found(row(earner), on=inputs["on"]))
        told_out = told(found(row(earner, enrolled=False), on=inputs["on"]))
        assert told_in == ([] if kind == "dibao" else [("WRONG", "FOUND")])
        assert told_out == ([("OMITTED", "FOUND")] if kind == "dibao" else [])


def test_an_omitted_household_that_draws_elsewhere_is_left_to_be_settled() -> None:
    home = row(poor(), enrolled=False)
    (flag,) = found(home, tekun=[Drawing(person=B), Drawing(person=A)])
    assert (flag.verdict, flag.roster, flag.roster_row) == (OPEN, Roster.TEKUN, 1)
    (flag,) = found(home, elsewhere=[Drawing(person=A, area="130824")])
    assert (flag.verdict, flag.roster) == (OPEN, Roster.ELSEWHERE)
    (flag,) = found(home, elsewhere=[Drawing(person=A, area="130822")])
    assert flag.verdict is FOUND


@pytest.mark.parametrize(
    ("grace", "expected"), [(False, ["FOUND"]), (True, []), (None, ["UNDETERMINED"])]
)
def test_wrong_is_from_the_standard_on_unless_in_gradual_exit(
    grace: bool | None, expected: list[str]
) -> None:
    at = found(row(poor(income_transfer=LINE), in_grace=grace))
    assert [each.verdict.name for each in at] == expected
    assert found(row(poor(income_transfer=LINE - 1), in_grace=grace)) == []


def test_a_gradual_exit_is_for_income_and_not_for_property() -> None:
    (flag,) = found(row(poor(), meets_rule=False, in_grace=True))
    assert (flag.verdict, flag.reason) == (FOUND, "property_rule")


def test_before_the_gradual_exit_was_law_it_is_not_asked_for() -> None:
    home = row(poor(income_transfer=LINE), in_grace=True, since=date(2020, 1, 1))
    assert told(found(home, on=date(2021, 6, 30))) == [("WRONG", "FOUND")]
    assert told(found(home, on=date(2021, 7, 1))) == []


def test_who_is_paid_and_does_not_count_is_wrong_and_who_counts_and_is_not_paid_is_left_out() -> (
    None
):
    child = poor(B, relation=Relation.CHILD, age=10)
    prisoner = poor(C, relation=Relation.CHILD, age=30, whereabouts=Where.PRISON)
    assert found(row(poor(), child, {**prisoner, "paid": False})) == []
    flag_1, flag_2 = found(row(poor(), {**child, "paid": False}, prisoner))
    assert (flag_1.screen, flag_1.member, flag_1.reason) == (Screen.WRONG, 2, "not_counted")
    assert (flag_2.screen, flag_2.member) == (Screen.PARTIAL, 1)
    assert flag_2.basis == "assistance-safety-net-2022#一（一）.."


def test_partial_enrolment_is_a_rule_from_2022_10_20() -> None:
    home = row(poor(), poor(B, relation=Relation.SPOUSE, paid=False))
    assert found(home, on=date(2022, 10, 19)) == []
    assert told(found(home, on=date(2022, 10, 20))) == [("PARTIAL", "FOUND")]


def test_for_single_persons_no_more_are_paid_than_qualify() -> None:
    # severely disabled without work: may apply alone whatever the family earns
    ill = poor(disability_type=2, disability_grade=1)
    earner = poor(B, relation=Relation.SPOUSE, income_transfer=10 * LINE)
    assert found(row(ill, {**earner, "paid": False})) == []
    (flag,) = found(row(ill, earner))
    assert (flag.screen, flag.reason, flag.count) == (Screen.WRONG, "single_persons", 2)


def test_twice_in_another_place_and_not_in_ones_own() -> None:
    home = row(poor())
    assert found(home, elsewhere=[Drawing(person=A, area="130822")]) == []
    (flag,) = found(
        home,
        elsewhere=[
            Drawing(person=B, area="130824"),
            Drawing(person=A, area="130822"),
            Drawing(person=A, area="130824"),
        ],
    )
    assert (flag.screen, flag.roster, flag.roster_row) == (Screen.TWICE, Roster.ELSEWHERE, 2)


def test_twice_with_tekun_only_for_who_is_paid() -> None:
    (flag,) = found(row(poor()), tekun=[Drawing(person=A)])
    assert (flag.roster, flag.member) == (Roster.TEKUN, 0)
    out = row(poor(C), poor(relation=Relation.OTHER, paid=False))
    assert found(out, tekun=[Drawing(person=A)]) == []


def test_twice_in_the_register_names_the_other_row() -> None:
    made = found(row(poor(B)), row(poor()), row(poor()), row(poor()))
    assert [(each.row, each.roster_row) for each in made] == [(1, 2), (2, 1), (3, 1)]
    assert found(row(poor()), row(poor(), enrolled=False, meets_rule=False)) == []


def test_the_head_who_stands_among_the_members_again_is_paid_twice() -> None:
    made = found(row(poor(), poor(relation=Relation.SPOUSE)))
    assert [(each.member, each.roster_row) for each in made] == [(0, 0), (1, 0)]


def test_one_number_in_two_forms_is_one_person() -> None:
    old = f"{A[:6]}{A[8:17]}"
    assert identity(old) == identity(A)
    assert len(found(row(poor()), row(poor(old)))) == 2


@pytest.mark.parametrize(("late", "verdict"), [(-1, IN_TIME), (0, IN_TIME), (1, FOUND)])
def test_a_death_is_settled_within_three_months(late: int, verdict: Verdict) -> None:
    died = date(2023, 2, 15)
    on = date(2023, 5, 15) + timedelta(days=late)
    (flag,) = found(row(poor()), deaths=[Death(person=A, died=died)], on=on)
    assert (flag.screen, flag.verdict) == (Screen.DECEASED, verdict)
    assert flag.until == date(2023, 5, 15)


def test_three_months_end_with_the_last_day_of_a_shorter_month() -> None:
    deaths = [Death(person=A, died=date(2022, 11, 30))]
    assert found(row(poor()), deaths=deaths, on=date(2023, 2, 28))[0].verdict is IN_TIME
    assert found(row(poor()), deaths=deaths, on=date(2023, 3, 1))[0].verdict is FOUND


def test_the_clock_runs_by_the_law_from_2022_10_20() -> None:
    deaths = [Death(person=A, died=date(2022, 7, 1))]
    assert found(row(poor()), deaths=deaths, on=date(2022, 10, 19)) == []
    assert told(found(row(poor()), deaths=deaths, on=date(2022, 10, 20))) == [("DECEASED", "FOUND")]
    lists = Lists(deaths=deaths, tekun=[], elsewhere=[], filings=[])
    made = screen_rows([row(poor())], lists, on=date(2022, 10, 19), group_least=5, standards=TABLES)
    (flag,) = (each for each in made if each.screen is Screen.DECEASED)
    assert flag.verdict is Verdict.NOT_RUN
    assert flag.missing is not None
    assert "dibao.deadline.months" in flag.missing


def test_a_death_after_the_day_is_none_yet_and_one_without_a_day_is_said() -> None:
    assert found(row(poor()), deaths=[Death(person=A, died=ON + timedelta(days=1))]) == []
    flag, listed = found(row(poor()), deaths=[Death(person=A)])
    assert (flag.screen, flag.verdict, flag.missing) == (Screen.DECEASED, OPEN, "deaths.died")
    assert (listed.screen, listed.roster, listed.missing) == (
        Screen.RECORD,
        Roster.DEATHS,
        "died",
    )


def test_a_near_relative_needs_a_filing() -> None:
    near = row(poor(), near_relative=True)
    assert told(found(near)) == [("RELATIVE", "FOUND")]
    assert found(near, filings=[Filing(id="h")]) == []
    assert told(found(near, filings=[Filing(id="other")])) == [("RELATIVE", "FOUND")]
    unknown = found(row(poor(), near_relative=None), filings=[Filing(id="h")])
    assert [(each.verdict, each.missing) for each in unknown] == [(OPEN, "near_relative")]
    (flag,) = found(near._replace(id=None))
    assert (flag.verdict, flag.missing) == (OPEN, "id")


@pytest.mark.parametrize(
    ("on", "basis"),
    [
        (date(2021, 6, 30), "dibao-review-2012#14.2."),
        (date(2021, 7, 1), "dibao-review-2021#11.."),
    ],
)
def test_the_filing_rests_on_the_measures_of_the_day(on: date, basis: str) -> None:
    (flag,) = found(row(poor(), near_relative=True), on=on)
    assert flag.basis == basis


def many(count: int, **facts: Any) -> list[Row]:
    own: dict[str, Any] = {"group": "移民点", "surveyed": False, **facts}
    return [row(poor(number(10 + each)), **own) for each in range(count)]


def test_a_group_is_as_many_persons_as_were_stated() -> None:
    assert found(*many(4)) == []
    made = found(*many(5))
    assert told(made) == [("GROUP", "FOUND")] * 5
    assert {each.count for each in made} == {5}
    assert found(*many(5, surveyed=True)) == []
    assert found(*many(5, group="")) == []
    assert found(*many(4), many(5, since=date(2021, 1, 2))[4]) == []
    assert found(*many(4), many(5, group="b")[4]) == []


def test_a_group_that_an_unknown_survey_may_complete_is_undetermined() -> None:
    made = found(*many(4), many(5, surveyed=None)[4])
    assert [(each.verdict, each.missing, each.count) for each in made] == [
        (OPEN, "surveyed", 5)
    ] * 5
    for name, facts in (("group", {"group": None}), ("since", {"since": None})):
        (flag,) = found(*many(1, **facts))
        assert (flag.verdict, flag.missing) == (OPEN, name)


@pytest.mark.parametrize("least", [1, 0, -3])
def test_a_group_of_one_is_refused(least: int) -> None:
    with pytest.raises(InvalidInput, match="group_least: expected 2 or more"):
        found(row(poor()), least=least)
    with pytest.raises(WrongType):
        screen(as_table([]), on=ON, group_least=2.0)  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", [None, "", "13082219500101001", A[:17] + "A", "一二三四五六"])
def test_a_number_that_finds_nobody_is_said(wrong: str | None) -> None:
    (flag,) = found(row(poor(wrong)), deaths=[Death(person=A, died=ON)])
    assert (flag.screen, flag.missing, flag.member) == (Screen.RECORD, "members.person", 0)


def test_a_number_whose_area_is_in_no_list_is_taken_and_said() -> None:
    odd = number(1, "130899")  # in no list
    old = number(1, "132624")  # 平泉县 until 1993: right for a birth of 1950
    assert found(row(poor(old))) == []
    made = found(row(poor(odd)), deaths=[Death(person=odd, died=ON)], tekun=[Drawing(person=odd)])
    assert told(made) == [
        ("TWICE", "FOUND"),
        ("DECEASED", "IN_TIME"),
        ("NUMBER", "FOUND"),
        ("NUMBER", "FOUND"),
        ("NUMBER", "FOUND"),
    ]
    assert [(each.row, each.member, each.roster, each.roster_row) for each in made[2:]] == [
        (0, 0, None, None),
        (None, None, Roster.TEKUN, 0),
        (None, None, Roster.DEATHS, 0),
    ]


def test_a_number_is_not_doubted_where_a_table_states_the_area() -> None:
    odd = number(1, "130899")
    own = Areas([Division(code="130899", name="开发区", start=date(2000, 1, 1))])
    tables = Standards(TABLES.series.values(), *TABLES.layers, areas=own)
    register = as_table([row(poor(odd))])
    asked: dict[str, Any] = {"on": ON, "group_least": 5, "standards": tables}
    made = [each.screen for each in flags(screen(register, **asked))]
    assert Screen.NUMBER not in made
    assert made == [each.screen for each in screen_rows([row(poor(odd))], Lists(), **asked)]


@pytest.mark.parametrize(
    "place",
    [
        "130899",  # in no list
        "130823",  # retired in 2017
        "130871",  # of a table that is not in use
    ],
)
def test_a_place_that_did_not_exist_on_the_day_is_said_and_not_compared(place: str) -> None:
    (flag,) = found(row(poor()), elsewhere=[Drawing(person=A, area=place)])
    assert (flag.screen, flag.roster, flag.roster_row) == (Screen.RECORD, Roster.ELSEWHERE, 0)
    assert flag.missing == "area"


def test_a_place_of_a_roster_has_six_digits() -> None:
    with pytest.raises(InvalidInput, match="area: expected 6 digits"):
        Drawing(person=A, area="1308")


def test_what_is_not_known_of_a_row_is_said_and_no_row_is_dropped() -> None:
    (flag,) = found(row(poor(), enrolled=None))
    assert (flag.screen, flag.missing) == (Screen.RECORD, "enrolled")
    (flag,) = found(row(poor(paid=None)))
    assert (flag.screen, flag.missing) == (Screen.RECORD, "members.paid")
    (flag,) = found(row(poor(age=None)))
    assert (flag.screen, flag.verdict, flag.missing) == (Screen.WRONG, OPEN, "members.age")
    (flag,) = found(row(poor(), enrolled=False, cars=None))
    assert (flag.screen, flag.verdict, flag.missing) == (Screen.OMITTED, OPEN, "cars")
    (flag,) = found(row(poor())._replace(members=None))
    assert flag.missing == "members"


def test_a_list_that_was_not_given_is_said() -> None:
    made = screen_rows([], Lists(), on=ON, group_least=2, standards=TABLES)
    assert [(each.screen.name, each.missing) for each in made] == [
        ("TWICE", "tekun"),
        ("TWICE", "elsewhere"),
        ("DECEASED", "deaths"),
        ("RELATIVE", "filings"),
    ]


def test_every_flag_says_itself_in_both_languages() -> None:
    seen = set()
    near = row(poor(), near_relative=True)
    made = [
        *found(row(poor(), enrolled=False), row(poor(B, income_transfer=LINE), in_grace=None)),
        *found(near, row(poor()), deaths=[Death(person=A, died=ON), Death()]),
        *found(row(poor(), poor(B, relation=Relation.SPOUSE, paid=False))),
        *found(*many(5)),
        *found(row(poor(number(1, "130899")))),
        *screen_rows([], Lists(), on=ON, group_least=2, standards=TABLES),
    ]
    for flag in made:
        seen.add(flag.screen)
        english, chinese = flag.text("en"), flag.text("zh_CN")
        assert "{" not in english + chinese
        if flag.verdict is not Verdict.NOT_RUN:
            assert "To settle it" in english
            assert "处理办法：" in chinese
        assert A not in english
        assert A not in chinese
    assert seen == set(Screen)


def test_records_mask_numbers() -> None:
    for record in (Listed(person=A), Death(person=A), Drawing(person=A)):
        assert A not in repr(record)
        assert A[:6] in repr(record)


def test_a_register_of_households_gives_the_same_as_its_table() -> None:
    def home(name: str, who: str, income: str | None, **facts: Any) -> Entry:
        stated = None if income is None else (Income(kind=IncomeKind.WAGE, year=Decimal(income)),)
        known = {"whereabouts": Where.HOME, "disabled": False, "seriously_ill": False}
        person: dict[str, Any] = {**known, "spending": [], "income": stated}
        return Entry(
            household=Household(
                id=name,
                area="130822",
                residence=Residence.RURAL,
                members=(Person(relation=Relation.APPLICANT, birth=date(1970, 1, 1), **person),),
                property=Property(meets_dibao_rule=True),
                in_hardship=False,
            ),
            listed=(Listed(person=who, paid=True),),
            surveyed=True,
            near_relative=False,
            in_grace=False,
            **facts,
        )

    entries = [
        home("h1", A, "7583.99", enrolled=True, amount="0"),
        home("h2", B, "7584", enrolled=True, amount=300),
        home("h3", C, "0", enrolled=False),
        home("h4", number(4), None, enrolled=True),
    ]
    lists = Lists(deaths=[], tekun=[], elsewhere=[], filings=[])
    by_row = screen_entries(entries, lists, on=ON, group_least=5, standards=TABLES)
    data = table(entries, on=ON, standards=TABLES)
    assert (
        flags(screen(data, on=ON, group_least=5, standards=TABLES, **list_tables(lists))) == by_row
    )
    assert [(each.id, each.screen.name, each.verdict.name, each.missing) for each in by_row] == [
        ("h2", "WRONG", "FOUND", None),
        ("h3", "OMITTED", "FOUND", None),
        ("h4", "WRONG", "UNDETERMINED", "members.income_wage"),
    ]
    assert by_row[0].amount_month == 30_000


def test_an_entry_lists_each_member() -> None:
    person = Person(relation=Relation.APPLICANT)
    home = Household(id="h", area="130822", residence=Residence.RURAL, members=(person,))
    with pytest.raises(InvalidInput, match="listed: expected a row for each of the 1 members"):
        Entry(household=home, listed=())


def test_faults_of_register_and_lists_are_told_at_once() -> None:
    data = as_table([row(poor())]).drop_columns(["since"])
    import pyarrow as pa

    deaths = pa.table({"person": [A], "died": ["2023-01-01"]})
    with pytest.raises(InvalidInput) as caught:
        screen(data, on=ON, group_least=5, standards=TABLES, deaths=deaths)
    assert [each.path for each in caught.value.faults] == ["since", "deaths.died"]


@given(day=st.dates(date(1900, 1, 1), date(2200, 1, 1)), months=st.integers(0, 40))
def test_months_of_columns_are_those_of_days(day: date, months: int) -> None:
    import numpy as np

    epoch = date(1970, 1, 1)
    later = months_later(np.array([(day - epoch).days]), months)
    assert epoch + timedelta(days=int(later[0])) == add_months(day, months)


def test_a_fact_the_answer_does_not_hang_on_need_not_be_known() -> None:
    def entry(income: str) -> Entry:
        stated = (Income(kind=IncomeKind.WAGE, year=Decimal(income)),)
        known: dict[str, Any] = {"birth": date(1990, 1, 1), "whereabouts": Where.HOME}
        person = Person(relation=Relation.APPLICANT, income=stated, **known)
        wife = Person(relation=Relation.SPOUSE, income=(), **known)
        home = Household(
            id="h",
            area="130822",
            residence=Residence.RURAL,
            members=(person, wife),
            property=Property(meets_dibao_rule=True),
        )
        listed = (Listed(person=A, paid=True), Listed(person=B, paid=True))
        return Entry(
            household=home, listed=listed, enrolled=True, surveyed=True, near_relative=False
        )

    lists = Lists(deaths=[], tekun=[], elsewhere=[], filings=[])
    low, high = (
        screen_entries([entry(each)], lists, on=ON, group_least=5, standards=TABLES)
        for each in ("100", "20000")
    )
    # nobody said whether his wife is disabled: she might then apply alone
    assert low == ()
    assert [(each.verdict, each.missing) for each in high] == [(OPEN, "meets_marginal_rule")]


def household(*members: Person, **facts: Any) -> Household:
    return Household(id="h", area="130822", residence=Residence.RURAL, members=members, **facts)


def grown(relation: Relation, **facts: Any) -> Person:
    known: dict[str, Any] = {"whereabouts": Where.HOME, "disabled": False, "seriously_ill": False}
    known |= {"birth": date(1990, 1, 1), "income": (), "spending": (), "employed": True}
    return Person(relation=relation, **{**known, **facts})


def stated(*members: Person, **facts: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    home = household(*members, **{"property": Property(meets_dibao_rule=True), **facts})
    listed = tuple(Listed(person=A, paid=True) for _ in members)
    (made,) = table([Entry(household=home, listed=listed)], on=ON, standards=TABLES).to_pylist()
    return made, made["members"]


def test_of_an_income_of_unknown_amount_only_its_kind_is_null() -> None:
    wage = Income(kind=IncomeKind.WAGE)
    transfer = Income(kind=IncomeKind.TRANSFER, year=Decimal(100))
    _case, (one,) = stated(grown(Relation.APPLICANT, income=(wage, transfer)))
    assert (one["income_wage"], one["income_transfer"]) == (None, 10_000)
    assert {name for name, value in one.items() if value is None} == {"income_wage"}


def test_a_fact_that_the_rule_does_not_read_is_no_null() -> None:
    away = grown(Relation.CHILD, birth=None, whereabouts=Where.PRISON)
    wage = Income(kind=IncomeKind.WAGE)
    case, (one, other) = stated(grown(Relation.APPLICANT, income=(wage,)), away)
    assert one["income_wage"] is None
    assert other["age"] is not None  # who is in prison is no member, however old
    assert case["meets_rule"] is True


def test_without_a_standard_of_the_place_nothing_of_a_household_is_told() -> None:
    home = household(grown(Relation.APPLICANT))
    entry = Entry(household=home, listed=(Listed(person=A, paid=True),))
    (made,) = table([entry], on=date(1995, 1, 1), standards=TABLES).to_pylist()
    assert made["members"][0]["income_wage"] is None
    assert made["members"][0]["person"] == A


def test_a_band_that_the_place_does_not_pay_is_refused() -> None:
    held = TABLES + county("130822", "dibao.bands", ["150", "300"])
    entry = Entry(
        household=household(grown(Relation.APPLICANT), band=3),
        listed=(Listed(person=A, paid=True),),
    )
    with pytest.raises(InvalidInput, match=r"household\.band: expected 1\.\.2, got 3"):
        table([entry], on=ON, standards=held)
