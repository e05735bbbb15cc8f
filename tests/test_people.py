"""People and households: what is refused and where, what is derived, and what is never shown."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from attrs import evolve, fields
from hypothesis import given
from hypothesis import strategies as st

from minzheng.base.areas import Areas, Division
from minzheng.base.identifiers import resident_id
from minzheng.benefits import dibao, disability_living
from minzheng.errors import InvalidInput, WrongType
from minzheng.people import (
    AbilityLevel,
    AbilityScale,
    Applicant,
    Disability,
    DisabilityType,
    Household,
    Income,
    IncomeKind,
    Person,
    Property,
    Relation,
    Residence,
    SelfCare,
    Spending,
    SpendingKind,
    Supporter,
    mask_name,
)

APPLICANT, CHILD = Relation.APPLICANT, Relation.CHILD
MENTAL = Disability(type=DisabilityType.MENTAL, grade=2)


def invented(birth: date = date(1990, 1, 1), sequence: int = 3, area: str = "130802") -> str:
    """A number of nobody, with its check character."""
    body = f"{area}{birth:%Y%m%d}{sequence:03}"
    return body + resident_id.check_digits(body)


def old_form(number: str) -> str:
    """The same number in the 15 digits of before 1999."""
    return number[:6] + number[8:17]


NUMBER = invented()
WRONG = NUMBER[:17] + ("1" if NUMBER[17] != "1" else "2")


def household(*members: Person, area: str = "130802", band: int | None = None) -> Household:
    return Household(id="case", area=area, residence=Residence.RURAL, members=members, band=band)


def fault_paths(make: Callable[[], object]) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        make()
    return [fault.path for fault in caught.value.faults]


# --- nothing is defaulted


@pytest.mark.parametrize("cls", [Person, Property, SelfCare, Supporter])
def test_what_is_left_out_is_unknown(cls: type[Any]) -> None:
    empty = cls(relation=APPLICANT) if cls is Person else cls()
    stated = {each.name: getattr(empty, each.name) for each in fields(cls)}
    assert {name for name, value in stated.items() if value is not None} <= {"relation"}


def test_an_empty_list_is_not_unknown() -> None:
    assert Person(relation=APPLICANT, income=()) != Person(relation=APPLICANT)


def test_lists_are_kept_as_tuples() -> None:
    listed: Any = []
    one = Person(relation=APPLICANT, income=listed, spending=listed, supporters=listed)
    assert one == Person(relation=APPLICANT, income=(), spending=(), supporters=())
    assert hash(one) == hash(Person(relation=APPLICANT, income=(), spending=(), supporters=()))


# --- amounts


def wage(**amount: Any) -> Income:
    return Income(kind=IncomeKind.WAGE, **amount)


def medical(**amount: Any) -> Spending:
    return Spending(kind=SpendingKind.MEDICAL, **amount)


def owned(**amount: Any) -> Property:
    return Property(**amount)


AMOUNTS = [
    pytest.param(make, name, id=f"{make.__name__}-{name}")
    for make, names in (
        (wage, ("year", "month")),
        (medical, ("year", "month")),
        (owned, ("financial_assets", "floor_area")),
    )
    for name in names
]


@pytest.mark.parametrize(("make", "name"), AMOUNTS)
class TestAmounts:
    @pytest.mark.parametrize("value", ["12.50", Decimal("12.5"), Decimal("12.50")])
    def test_taken(self, make: Callable[..., object], name: str, value: object) -> None:
        stated = getattr(make(**{name: value}), name)
        assert stated == Decimal("12.50")
        assert isinstance(stated, Decimal)

    @pytest.mark.parametrize("value", [0, "0", Decimal("0.00")])
    def test_nothing_is_an_amount(
        self, make: Callable[..., object], name: str, value: object
    ) -> None:
        assert getattr(make(**{name: value}), name) == 0

    @pytest.mark.parametrize("value", [0.0, 12.5, float("nan"), True, False, b"12", [12]])
    def test_wrong_types(self, make: Callable[..., object], name: str, value: object) -> None:
        with pytest.raises(WrongType) as caught:
            make(**{name: value})
        assert isinstance(caught.value, TypeError)

    @pytest.mark.parametrize("value", ["-0.01", -1, Decimal("-0.01"), Decimal("-Infinity")])
    def test_negative(self, make: Callable[..., object], name: str, value: object) -> None:
        with pytest.raises(InvalidInput):
            make(**{name: value})

    @pytest.mark.parametrize("value", ["", "abc", "12,5", "NaN", "Infinity"])
    def test_no_numbers(self, make: Callable[..., object], name: str, value: object) -> None:
        with pytest.raises(InvalidInput):
            make(**{name: value})


@pytest.mark.parametrize("make", [wage, medical])
class TestPeriods:
    def test_by_the_year_or_by_the_month(self, make: Callable[..., object]) -> None:
        for amounts in ({"year": 0, "month": 0}, {"year": 1200, "month": 100}):
            with pytest.raises(InvalidInput, match="not both"):
                make(**amounts)

    def test_neither_is_an_unknown_amount(self, make: Callable[..., Any]) -> None:
        assert make().year is make().month is None

    @pytest.mark.parametrize("year", ["0.001", "1e-9", "1e999999"])
    def test_not_whole_fen_or_beyond_all_money(
        self, make: Callable[..., object], year: str
    ) -> None:
        with pytest.raises(InvalidInput):
            make(year=year)


# --- all faults at once, each with its place


@pytest.mark.parametrize(
    ("stated", "paths"),
    [
        ({"homes": -1, "cars": -1}, ["homes", "cars"]),
        ({"homes": -1, "cars": 1, "mobility_cars": 2}, ["homes", "mobility_cars"]),
        ({"financial_assets": -1}, ["financial_assets"]),
        ({"financial_assets": -1, "floor_area": -1}, ["financial_assets", "floor_area"]),
        ({"financial_assets": -1, "homes": -1}, ["financial_assets", "homes"]),
    ],
)
def test_faults_of_property(stated: dict[str, Any], paths: list[str]) -> None:
    assert fault_paths(lambda: Property(**stated)) == paths


@pytest.mark.parametrize("name", ["homes", "cars", "mobility_cars"])
@pytest.mark.parametrize("value", [1.0, 1.5, True, "1", Decimal(1)])
def test_counts_are_whole_numbers(name: str, value: Any) -> None:
    with pytest.raises(WrongType):
        owned(**{name: value})


@pytest.mark.parametrize("cars", [1, 2])
def test_mobility_cars_are_part_of_the_cars(cars: int) -> None:
    assert Property(cars=cars, mobility_cars=1).mobility_cars == 1


def test_mobility_cars_among_an_unknown_number_of_cars() -> None:
    assert Property(mobility_cars=1).cars is None


@pytest.mark.parametrize("grade", [1, 4])
def test_grades(grade: int) -> None:
    assert Disability(type=DisabilityType.VISUAL, grade=grade).grade == grade


@pytest.mark.parametrize("grade", [-1, 0, 5])
def test_no_grades(grade: int) -> None:
    paths = fault_paths(lambda: Disability(type=DisabilityType.VISUAL, grade=grade))
    assert paths == ["grade"]


@pytest.mark.parametrize("grade", [True, 1.0, "1"])
def test_grades_are_whole_numbers(grade: Any) -> None:
    with pytest.raises(WrongType):
        Disability(type=DisabilityType.VISUAL, grade=grade)


def test_faults_of_a_person() -> None:
    def make() -> Person:
        return Person(
            relation=APPLICANT, resident_id="999999" + WRONG[6:], disabled=False, disability=MENTAL
        )

    assert fault_paths(make) == ["resident_id[17]", "disabled"]


def test_a_decision_does_not_check_the_numbers_again(monkeypatch: pytest.MonkeyPatch) -> None:
    case = Household(
        id="h",
        area="130822",
        residence=Residence.RURAL,
        members=(Person(relation=Relation.APPLICANT, resident_id="130899195001010030"),),
    )
    first = dibao.assess(case, on=date(2020, 7, 24))

    def again(*_arguments: object, **_more: object) -> None:
        raise AssertionError("checked again")

    for name in ("validate", "to_18", "compact"):
        monkeypatch.setattr(resident_id, name, again)
    assert dibao.assess(case, on=date(2020, 7, 24)) == first
    assert any("resident_id" in str(each.values) for each in first.notes)


def test_warnings_are_of_the_case_as_it_is_now() -> None:
    odd = Person(relation=Relation.APPLICANT, resident_id="130899195001010030")
    case = Household(id="h", area="130822", residence=Residence.RURAL, members=(odd,))
    assert len(case.warnings) == 1
    assert pickle.loads(pickle.dumps(case)).warnings == case.warnings
    assert evolve(case, members=(evolve(odd, resident_id=None),)).warnings == ()
    own = Areas([Division(code="130899", name="开发区", start=date(2000, 1, 1))])
    assert (case.warnings_by(own), len(case.warnings)) == ((), 1)


def test_warnings_of_a_case_have_paths_and_its_decision_notes_without_the_number() -> None:
    body = "32111919900101003"
    number = body + resident_id.check_digits(body)
    odd = Person(relation=CHILD, resident_id=number, disability_certificate=number + "43")
    case = household(Person(relation=APPLICANT), odd, area="130822")
    expected = ["members[1].resident_id[0:6]", "members[1].disability_certificate[0:6]"]
    assert [each.path for each in case.warnings] == expected
    notes = dibao.assess(case, on=date(2020, 7, 24)).notes
    paths = [each.values["path"] for each in notes if "path" in each.values]
    assert paths == [
        "household.members[1].resident_id",
        "household.members[1].disability_certificate",
    ]
    assert "321119" not in str(notes)
    alone = Applicant(
        id="case",
        area="130822",
        residence=Residence.RURAL,
        person=Person(relation=APPLICANT, resident_id=number),
    )
    assert [each.path for each in alone.warnings] == ["person.resident_id[0:6]"]
    (note,) = disability_living.assess(alone, on=date(2020, 7, 24)).notes
    assert note.values == {"path": "applicant.person.resident_id"}


def test_faults_of_a_household() -> None:
    def make() -> Household:
        one = Person(relation=APPLICANT, resident_id=NUMBER)
        return household(one, one, area="1399999", band=0)

    assert fault_paths(make) == ["area", "members", "members[1].resident_id", "band"]


def test_faults_of_an_applicant() -> None:
    def make() -> Applicant:
        return Applicant(
            id="case", area="1308", residence=Residence.RURAL, person=Person(relation=CHILD)
        )

    assert fault_paths(make) == ["area", "person.relation"]


def test_bands_count_from_one() -> None:
    assert household(Person(relation=APPLICANT), band=1).band == 1


@pytest.mark.parametrize(
    ("relations", "found"),
    [
        ((), "none"),
        ((CHILD,), "none"),
        ((APPLICANT, CHILD, APPLICANT), r"members\[0\], members\[2\]"),
    ],
)
def test_exactly_one_applicant(relations: tuple[Relation, ...], found: str) -> None:
    with pytest.raises(InvalidInput, match=f"members: .*found {found}$"):
        household(*(Person(relation=each) for each in relations))


def test_the_applicant_may_stand_anywhere() -> None:
    assert len(household(Person(relation=CHILD), Person(relation=APPLICANT)).members) == 2


# --- resident IDs


@given(
    st.dates(date(1920, 1, 1), date(2020, 12, 31)),
    st.integers(0, 999),
    st.sampled_from(["130802", "130822"]),
)
def test_the_number_gives_the_birth(birth: date, sequence: int, area: str) -> None:
    number = invented(birth, sequence, area)
    assert Person(relation=CHILD, resident_id=number).birth == birth
    assert Person(relation=CHILD, resident_id=number, birth=birth).birth == birth


def test_the_old_form_gives_the_birth() -> None:
    assert Person(relation=CHILD, resident_id=old_form(NUMBER)).birth == date(1990, 1, 1)


@pytest.mark.parametrize("birth", [date(1989, 12, 31), date(1990, 1, 2), date(2090, 1, 1)])
def test_a_birth_against_the_number(birth: date) -> None:
    def make() -> Person:
        return Person(relation=CHILD, resident_id=NUMBER, birth=birth)

    assert fault_paths(make) == ["birth"]


@pytest.mark.parametrize("number", ["", "4", NUMBER[:17], NUMBER + "0", WRONG, "A" + NUMBER[1:]])
def test_no_numbers(number: str) -> None:
    paths = fault_paths(lambda: Person(relation=CHILD, resident_id=number))
    assert all(path.startswith("resident_id") for path in paths)


def test_a_birth_stays_when_the_number_is_not_known() -> None:
    assert Person(relation=CHILD, birth=date(1990, 1, 1)).birth == date(1990, 1, 1)


SAME = [NUMBER, NUMBER.lower(), f"{NUMBER[:6]} {NUMBER[6:14]}-{NUMBER[14:]}", old_form(NUMBER)]


@pytest.mark.parametrize("again", SAME)
@pytest.mark.parametrize("first", SAME)
def test_nobody_is_counted_twice(first: str, again: str) -> None:
    def make() -> Household:
        return household(
            Person(relation=APPLICANT, resident_id=first),
            Person(relation=CHILD, resident_id=invented(sequence=5)),
            Person(relation=CHILD, resident_id=again),
        )

    assert fault_paths(make) == ["members[2].resident_id"]


def test_three_times_is_two_faults() -> None:
    def make() -> Household:
        return household(
            Person(relation=APPLICANT, resident_id=NUMBER),
            *[Person(relation=CHILD, resident_id=NUMBER)] * 2,
        )

    assert fault_paths(make) == ["members[1].resident_id", "members[2].resident_id"]


def test_unknown_numbers_are_nobody_twice() -> None:
    assert len(household(Person(relation=APPLICANT), *[Person(relation=CHILD)] * 2).members) == 3


# --- disability


@pytest.mark.parametrize("disabled", [None, True])
def test_a_certificate_says_disabled(disabled: bool | None) -> None:
    assert Person(relation=CHILD, disabled=disabled, disability=MENTAL).disabled is True


@pytest.mark.parametrize("disabled", [None, True, False])
def test_disabled_without_a_certificate_stays_as_stated(disabled: bool | None) -> None:
    assert Person(relation=CHILD, disabled=disabled).disabled is disabled


# --- what is never shown


@pytest.mark.parametrize(
    ("name", "masked"),
    [("测试", "测*"), ("测试甲", "测**"), ("测试甲乙", "测***"), ("", "?"), (None, "?")],
)
def test_masked_names(name: str | None, masked: str) -> None:
    assert mask_name(name) == masked


SHOWN: dict[str, Callable[[Person], object]] = {
    "person": lambda person: person,
    "household": household,
    "applicant": lambda person: Applicant(
        id="case", area="130802", residence=Residence.RURAL, person=person
    ),
}


@pytest.mark.parametrize("number", SAME)
@pytest.mark.parametrize("holder", SHOWN)
def test_repr_shows_neither_name_nor_number(holder: str, number: str) -> None:
    person = Person(relation=APPLICANT, name="测试甲", resident_id=number)
    text = repr(SHOWN[holder](person))
    assert "试" not in text
    assert "甲" not in text
    assert f"resident_id={number[:6]}*" in text
    # nothing of the birth, the sequence or the check character
    assert not any(part in text for part in (number[6:], "19900101", "900101", "003"))


def test_faults_do_not_show_the_number() -> None:
    one = Person(relation=APPLICANT, resident_id=NUMBER)
    for make in (
        lambda: Person(relation=CHILD, resident_id=WRONG),
        lambda: Person(relation=CHILD, resident_id=NUMBER, birth=date(1990, 1, 2)),
        lambda: household(one, Person(relation=CHILD, resident_id=NUMBER)),
    ):
        with pytest.raises(InvalidInput) as caught:
            make()
        assert not any(part in str(caught.value) for part in (NUMBER[6:14], NUMBER[14:17], WRONG))


# --- facts of the benefits of one person

CERTIFICATE = NUMBER + "62"


def test_a_certificate_number_gives_the_disability() -> None:
    one = Person(relation=APPLICANT, disability_certificate=CERTIFICATE)
    assert one.disability == Disability(type=DisabilityType.MENTAL, grade=2)
    assert one.disabled is True
    assert one == Person(
        relation=APPLICANT,
        disability_certificate=CERTIFICATE,
        disability=Disability(type=DisabilityType.MENTAL, grade=2),
        resident_id=None,
    )
    assert CERTIFICATE not in repr(one)


@pytest.mark.parametrize(
    ("facts", "path"),
    [
        ({"disabled": False}, "disabled"),
        ({"disability": Disability(type=DisabilityType.MENTAL, grade=1)}, "disability"),
        ({"disability": Disability(type=DisabilityType.SPEECH, grade=2)}, "disability"),
        ({"resident_id": invented(sequence=5)}, "disability_certificate"),
    ],
)
def test_a_certificate_against_other_facts(facts: dict[str, Any], path: str) -> None:
    paths = fault_paths(
        lambda: Person(relation=APPLICANT, disability_certificate=CERTIFICATE, **facts)
    )
    assert paths == [path]


@pytest.mark.parametrize("number", [NUMBER, NUMBER + "82", NUMBER + "65", ""])
def test_no_certificate_numbers(number: str) -> None:
    paths = fault_paths(lambda: Person(relation=APPLICANT, disability_certificate=number))
    assert all(each.startswith("disability_certificate") for each in paths)
    assert paths


def test_an_allowance_in_full_is_an_allowance() -> None:
    def none_in_full() -> Person:
        return Person(relation=APPLICANT, child_allowance=False, full_child_allowance=True)

    assert fault_paths(none_in_full) == ["full_child_allowance"]


@pytest.mark.parametrize(
    ("scale", "last"), [(AbilityScale.MZT_039, 3), (AbilityScale.GBT_42195, 4)]
)
def test_the_levels_of_a_scale(scale: AbilityScale, last: int) -> None:
    assert AbilityLevel(scale=scale, level=last).level == last
    for level in (-1, last + 1):
        assert fault_paths(partial(AbilityLevel, scale=scale, level=level)) == ["level"]


def test_a_loss_is_no_income_and_the_message_says_how_to_state_it() -> None:
    with pytest.raises(InvalidInput, match=r"net of their costs.*state a loss as 0"):
        Income(kind=IncomeKind.BUSINESS, year=Decimal(-3000))


def test_the_head_listed_again_is_a_fault() -> None:
    """Without a number the same person would be counted and paid twice."""
    birth = date(1980, 1, 1)
    head = Person(relation=Relation.APPLICANT, name="张测试", birth=birth)
    again = Person(relation=Relation.OTHER, name="张测试", birth=birth)
    kept: dict[str, Any] = {"id": "case", "area": "130822", "residence": Residence.RURAL}
    with pytest.raises(InvalidInput, match=r"members\[1\]: has name and birth of members\[0\]"):
        Household(**kept, members=(head, again))
    Household(**kept, members=(head, evolve(again, birth=date(1980, 1, 2))))
    Household(**kept, members=(head, evolve(again, name="李测试")))
