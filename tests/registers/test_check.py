"""The economic check: which records are used, what differs, and what it changes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from register_cases import local, number

from minzheng.errors import InvalidInput
from minzheng.people import (
    Applicant,
    Household,
    Income,
    IncomeKind,
    Person,
    Property,
    Relation,
    Residence,
    SelfCare,
    Whereabouts,
)
from minzheng.registers import Discrepancy, Record, Source, Standing, check, sources
from minzheng.rules import Outcome
from minzheng.standards import NATION, Standards

ON = date(2023, 5, 31)
TABLES = local("632")
A, B, C = number(1), number(2), number(3)
WAGE, PENSION = IncomeKind.WAGE, IncomeKind.TRANSFER


def earns(kind: IncomeKind, year: str | None) -> tuple[Income, ...]:
    return (Income(kind=kind, year=None if year is None else Decimal(year)),)


def person(who: str | None = A, **facts: Any) -> Person:
    known: dict[str, Any] = {
        "relation": Relation.APPLICANT,
        "birth": None if who else date(1950, 1, 1),
        "whereabouts": Whereabouts.HOME,
        "income": (),
        "disabled": False,
        "seriously_ill": False,
        "employed": False,
    }
    return Person(resident_id=who, **{**known, **facts})


def home(*members: Person, **owned: Any) -> Household:
    return Household(
        id="case",
        area="130822",
        residence=Residence.RURAL,
        members=members or (person(),),
        property=Property(**{"meets_dibao_rule": True, **owned}),
        in_hardship=False,
    )


def alone() -> Applicant:
    care = SelfCare(eating=True, dressing=True, bed=True, toilet=True, walking=True, bathing=True)
    return Applicant(
        id="t",
        area="130822",
        residence=Residence.RURAL,
        person=person(supporters=(), self_care=care),
        property=Property(meets_tekun_rule=True),
    )


def record(source: Source, who: str = A, **facts: Any) -> Record:
    return Record(source=source, person=who, **{"consent": True, **facts})


def checked(
    case: Household | Applicant, *records: Record, on: date = ON, standards: Standards = TABLES
) -> tuple[Discrepancy, ...]:
    return check(case, records, on=on, standards=standards)


@pytest.mark.parametrize(
    ("source", "first"),
    [
        *((each, date(2012, 12, 12)) for each in list(Source)[:9]),
        (Source.INSURANCE, date(2014, 5, 1)),
        (Source.INTERNET_FINANCE, date(2021, 7, 1)),
        (Source.NON_BANK_PAYMENT, date(2026, 7, 1)),
    ],
)
def test_whose_records_may_be_asked_for_hangs_on_the_day(source: Source, first: date) -> None:
    before = (
        first.replace(day=first.day - 1) if first.day > 1 else first.replace(month=first.month - 1)
    )
    assert source not in sources(before)
    assert sources(first)[source] is not None
    assert source in sources(date(2026, 11, 24))


def test_the_article_is_that_of_the_day() -> None:
    cited = [sources(on)[Source.TAX] for on in (date(2014, 4, 30), date(2014, 5, 1))]
    cited += [sources(on)[Source.TAX] for on in (date(2026, 6, 30), date(2026, 7, 1))]
    assert [each and each.text("zh_CN") for each in cited] == [
        "《最低生活保障审核审批办法（试行）》第十九条第（一）项",
        "《社会救助暂行办法》第五十八条第二款",
        "《社会救助暂行办法》第五十八条第二款",
        "《中华人民共和国社会救助法》第四十一条",
    ]


def test_every_source_is_a_word_of_the_series() -> None:
    held = Standards.bundled().series["check.source"].keys["source"]
    assert {each.name.lower() for each in Source} == set(held)
    rows = [row for row in Standards.bundled() if row.series == "check.source"]
    assert {row.area for row in rows} == {NATION}


def test_a_record_not_allowed_on_the_day_is_not_used_and_that_is_said() -> None:
    wallet = record(Source.NON_BANK_PAYMENT, financial_assets=90_000)
    (told,) = checked(home(financial_assets=0), wallet, on=date(2026, 6, 30))
    assert (told.path, told.standing, told.before) == (
        "records[0]",
        Standing.MAY_NOT_BE_ASKED,
        None,
    )
    (told,) = checked(home(financial_assets=0), wallet, on=date(2026, 7, 1))
    assert (told.path, told.standing) == ("household.property.financial_assets", Standing.DIFFERS)


@pytest.mark.parametrize("consent", [False, None])
def test_without_consent_a_record_is_not_used_and_that_is_said(consent: bool | None) -> None:
    tax = record(Source.TAX, consent=consent, income=earns(WAGE, "50000"))
    (told,) = checked(home(), tax)
    assert (told.standing, told.material) == (Standing.NO_CONSENT, None)
    assert [each.article for each in told.citations] == ["58"]
    assert "no consent" in told.text("en")
    assert "未载明本人同意" in told.text("zh_CN")


def test_numbers_to_check_are_reported_and_used_with_no_discrepancy_needed() -> None:
    odd = number(1, "130899")
    told = checked(home(person(odd)), record(Source.BANK, odd, financial_assets=None))
    assert [(each.path, each.standing) for each in told[-2:]] == [
        ("household.members[0].resident_id", Standing.NUMBER_DOUBTFUL),
        ("records[0].person", Standing.NUMBER_DOUBTFUL),
    ]
    for each in told[-2:]:
        assert each.path in each.text("en")
        assert "核对号码" in each.text("zh_CN")
        assert odd not in each.text("en") + each.text("zh_CN")
    (only,) = checked(home(person(odd)))
    assert only.standing is Standing.NUMBER_DOUBTFUL
    (used, *_numbers) = checked(home(person(odd)), record(Source.VEHICLES, odd, cars=1))
    assert (used.path, used.found) == ("household.property.cars", 1)


def test_a_supporters_record_is_allowed_from_2026_07_01_and_compared_with_nothing() -> None:
    """社会救助法第四十一条: with consent; nothing before it provides so for a dibao household."""
    tax = record(Source.TAX, C, supporter=True, income=earns(WAGE, "50000"))
    standing = [
        checked(home(), tax, on=on)[0].standing for on in (date(2026, 6, 30), date(2026, 7, 1))
    ]
    assert standing == [Standing.MAY_NOT_BE_ASKED, Standing.NOT_COMPARED]


@pytest.mark.parametrize(
    ("on", "standing", "cited"),
    [
        (date(2021, 6, 30), Standing.MAY_NOT_BE_ASKED, None),
        (date(2021, 7, 1), Standing.NO_CONSENT, "《特困人员认定办法》（2021年施行）第十条第三款"),
        (date(2026, 6, 30), Standing.NO_CONSENT, "《特困人员认定办法》（2021年施行）第十条第三款"),
        (date(2026, 7, 1), Standing.NO_CONSENT, "《中华人民共和国社会救助法》第四十一条"),
    ],
)
def test_supporters_of_an_applicant_of_tekun_authorise_the_check_from_2021_07_01(
    on: date, standing: Standing, cited: str | None
) -> None:
    """特困人员认定办法（2021）第十条第三款: 申请人及其法定义务人应当履行授权核查家庭经济状况的相关手续。"""
    income = earns(WAGE, "50000")
    (told,) = checked(
        alone(), record(Source.TAX, C, consent=None, supporter=True, income=income), on=on
    )
    assert told.standing is standing
    assert [each.text("zh_CN") for each in told.citations] == ([] if cited is None else [cited])
    (given,) = checked(alone(), record(Source.TAX, C, supporter=True, income=income), on=on)
    allowed = standing is Standing.NO_CONSENT
    assert given.standing is (Standing.NOT_COMPARED if allowed else Standing.MAY_NOT_BE_ASKED)


def test_a_record_that_says_nothing_is_not_a_nought() -> None:
    case = home(homes=2, financial_assets=5000)
    nothing = [record(Source.REAL_ESTATE), record(Source.BANK)]
    assert [each.standing for each in checked(case, *nothing)] == [Standing.NOT_COMPARED] * 2
    (told,) = checked(case, record(Source.REAL_ESTATE, homes=0))
    assert (told.declared, told.found, told.at_least) == (2, 0, False)


@pytest.mark.parametrize(
    ("year", "material"), [("7583.99", True), ("7584.00", True), ("0.01", False)]
)
def test_a_found_wage_is_material_where_outcome_or_amount_change(year: str, material: bool) -> None:
    (told,) = checked(home(), record(Source.TAX, income=earns(WAGE, year)))
    assert (told.path, told.kind, told.standing) == (
        "household.members[0].income",
        WAGE,
        Standing.DIFFERS,
    )
    assert (told.declared, told.found, told.material) == (Decimal(0), Decimal(year), material)
    assert told.before is not None
    assert told.after is not None
    assert told.before.outcome is Outcome.GRANTED
    refused = Decimal(year) >= 7584
    assert told.after.outcome is (Outcome.REFUSED if refused else Outcome.GRANTED)


def test_what_agrees_is_no_discrepancy() -> None:
    case = home(person(income=earns(WAGE, "1200")), homes=1, financial_assets=10, cars=0)
    records = [
        record(Source.TAX, income=earns(WAGE, "1200")),
        record(Source.REAL_ESTATE, homes=1),
        record(Source.VEHICLES, cars=0),
        record(Source.HOUSEHOLD_REGISTER, whereabouts=Whereabouts.HOME),
    ]
    assert checked(case, *records) == ()


def test_two_that_change_nothing_alone_are_material_together() -> None:
    half = "3792"
    both = [
        record(Source.TAX, income=earns(WAGE, half)),
        record(Source.SOCIAL_INSURANCE, income=earns(PENSION, half)),
    ]
    # where a band is paid, the amount is the same for any difference
    told = checked(home(), *both, standards=_bands())
    assert [each.kind for each in told] == [WAGE, PENSION]
    for each in told:
        assert each.before is not None
        assert each.after is not None
        assert each.together is not None
        assert each.before.award == each.after.award
        assert each.together.outcome is Outcome.REFUSED
        assert each.material is True
    (alone,) = checked(home(), both[0], standards=_bands())
    assert alone.material is False
    assert len(checked(home(), *both)) == 2


def _bands() -> Standards:
    return _county(("dibao.standard", "632", "month"), ("dibao.bands", ["300"], "month"))


def _county(*stated: tuple[str, object, str]) -> Standards:
    import tomli_w

    from minzheng.standards import load

    source = {"title": "t", "where": "w", "grade": "press", "confidence": "secondary"}
    rows = [
        {
            "series": series,
            "value": value,
            "per": per,
            "kind": "point",
            "from": date(2021, 7, 1),
            "source": "s",
        }
        for series, value, per in stated
    ]
    text = tomli_w.dumps({"area": "130822", "sources": {"s": source}, "figure": rows})
    return Standards.bundled() + Standards(load.catalogue().values(), load.read(text, "c.toml"))


def test_two_sources_of_one_fact_are_two_discrepancies_and_the_higher_counts() -> None:
    told = checked(
        home(),
        record(Source.TAX, income=earns(WAGE, "9000")),
        record(Source.HOUSING_FUND, income=earns(WAGE, "1000")),
    )
    assert [(each.sources, each.found) for each in told] == [
        ((Source.TAX,), Decimal(9000)),
        ((Source.HOUSING_FUND,), Decimal(1000)),
    ]
    assert all(each.together and each.together.outcome is Outcome.REFUSED for each in told)


def test_income_of_unknown_amount_leaves_the_case_open() -> None:
    business = record(Source.MARKET_ENTITIES, income=earns(IncomeKind.BUSINESS, None))
    (told,) = checked(home(), business)
    assert (told.found, told.after and told.after.outcome) == (None, Outcome.UNDETERMINED)
    assert told.material is True
    declared = home(person(income=earns(IncomeKind.BUSINESS, "100")))
    assert checked(declared, business) == ()


def test_income_that_is_not_declared_at_all_stays_unknown() -> None:
    case = home(person(income=None))
    (told,) = checked(case, record(Source.TAX, income=earns(WAGE, "100")))
    assert (told.standing, told.declared, told.after) == (Standing.NOT_DECLARED, None, None)
    assert told.material is None


def test_assets_of_several_sources_add_up_and_are_at_least_that() -> None:
    case = home(person(), person(B, relation=Relation.SPOUSE), financial_assets=1000)
    told = checked(
        case,
        record(Source.BANK, financial_assets=800),
        record(Source.SECURITIES, B, financial_assets=300),
    )
    (assets,) = told
    assert (assets.found, assets.at_least, assets.sources) == (
        Decimal(1100),
        True,
        (Source.BANK, Source.SECURITIES),
    )
    # less than declared is no contradiction while others may hold the rest
    assert checked(case, record(Source.BANK, financial_assets=800)) == ()


def test_less_than_declared_is_told_when_all_were_asked() -> None:
    two = (person(), person(B, relation=Relation.SPOUSE))
    one_car, no_car = record(Source.VEHICLES, cars=0), record(Source.VEHICLES, B, cars=0)
    assert checked(home(*two, cars=1), one_car) == ()
    (told,) = checked(home(*two, cars=1), one_car, no_car)
    assert (told.declared, told.found, told.at_least) == (1, 0, False)


def test_a_car_found_refuses_under_a_rule_that_tests_cars() -> None:
    tables = _county(("dibao.standard", "632", "month"), ("dibao.property.car", True, "none"))
    (told,) = checked(home(cars=0), record(Source.VEHICLES, cars=1), standards=tables)
    assert (told.declared, told.found, told.material) == (0, 1, True)
    assert told.after is not None
    assert [each.code for each in told.after.grounds] == ["car"]


def test_a_member_in_prison_by_the_register() -> None:
    two = (person(), person(B, relation=Relation.SPOUSE))
    jailed = record(Source.HOUSEHOLD_REGISTER, B, whereabouts=Whereabouts.PRISON)
    (told,) = checked(home(*two), jailed)
    assert told.path == "household.members[1].whereabouts"
    assert (told.before and told.before.award and told.before.award.persons) == 2
    assert (told.after and told.after.award and told.after.award.persons) == 1
    assert told.material is True


def test_a_relative_whom_nobody_declared() -> None:
    wife = record(Source.HOUSEHOLD_REGISTER, C, relation=Relation.SPOUSE)
    (told,) = checked(home(), wife)
    assert (told.standing, told.found) == (Standing.UNDECLARED_PERSON, Relation.SPOUSE)
    assert told.after is not None
    assert told.after.outcome is Outcome.UNDETERMINED
    with_wife = home(person(), person(B, relation=Relation.SPOUSE))
    (told,) = checked(with_wife, wife)
    assert (told.after, told.material) == (None, None)  # no case has two spouses
    # where a member has no number, he may be the one
    (told,) = checked(home(person(None)), wife)
    assert told.standing is Standing.NOT_COMPARED


def test_an_applicant_of_tekun_is_checked_under_its_own_rule() -> None:
    (told,) = checked(alone(), record(Source.SOCIAL_INSURANCE, income=earns(PENSION, "99999")))
    assert told.path == "applicant.person.income"
    assert told.before is not None
    assert told.before.benefit == "tekun"
    assert (told.after and told.after.outcome) is Outcome.REFUSED
    assert told.material is True


@pytest.mark.parametrize(
    ("facts", "path"),
    [
        ({"source": Source.TAX, "homes": 1}, "homes"),
        ({"source": Source.VEHICLES, "cars": -1}, "cars"),
        ({"source": Source.BANK, "person": A[:17] + "A"}, "person[17]"),
    ],
)
def test_a_record_that_cannot_be_is_refused(facts: dict[str, Any], path: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        Record(**{"person": A, "consent": True, **facts})
    assert path in [each.path for each in caught.value.faults]


def test_both_languages_say_both_outcomes_and_amounts() -> None:
    told = checked(
        home(homes=1),
        record(Source.TAX, income=earns(WAGE, "8000")),
        record(Source.REAL_ESTATE, homes=3, floor_area=None),
        record(Source.HOUSEHOLD_REGISTER, C, relation=Relation.CHILD),
    )
    english, chinese = told[0].text("en"), told[0].text("zh_CN")
    assert "declared 0.00 yuan a year, found 8,000.00 yuan a year (tax)" in english
    assert "by the declared facts granted, 632.00 yuan a month; with this one refused" in english
    assert "申报每年0.00元，核对结果每年8,000.00元（税务）" in chinese
    assert "按申报符合条件，每月632.00元；按此项核对结果不符合条件" in chinese
    for each in told:
        assert "{" not in each.text("en") + each.text("zh_CN")
        assert C not in each.text("en")
    assert A not in repr(record(Source.TAX))
