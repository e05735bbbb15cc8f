"""What persons and households may draw together: invented cases through every benefit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from dibao_cases import row
from person_cases import keyed, local

from minzheng.benefits import entitlements, registry
from minzheng.benefits._entitlements import Entitlements, Overlap
from minzheng.people import (
    Applicant,
    Assistance,
    Disability,
    DisabilityType,
    Drawn,
    DrawnKind,
    Household,
    Income,
    IncomeKind,
    Parent,
    ParentState,
    Person,
    Placement,
    Property,
    Relation,
    Residence,
    SelfCare,
    Supporter,
    SupporterStatus,
    Whereabouts,
)
from minzheng.rules import Outcome

PERSONAL = [each.name for each in registry.values() if each.subject == "applicant"]
HOUSEHOLD = [each.name for each in registry.values() if each.subject == "household"]

SHUANGQIAO, LUQUAN, YIWU = "130802", "130110", "330782"
ABLE = SelfCare(eating=True, dressing=True, bed=True, toilet=True, walking=True, bathing=True)
DEAD = Parent(state=ParentState.DEAD)
IN_PRISON = Parent(state=ParentState.IN_PRISON, months=24)
TABLES = local(
    keyed("orphan.rate", "1400", placement="dispersed"),
    keyed("orphan.rate", "2000", placement="centralised"),
    {**row("dibao.standard", "9600"), "per": "year"},
    row("tekun.care.amount", "100"),
    row("tekun.self_care.partial_from", 1),
    row("tekun.self_care.complete_from", 6),
    {**row("tekun.basic", "12480"), "per": "year"},
    row("disability_living.amount", "106"),
    row("disability_care.amount", "100"),
    row("old_age_allowance.from", 80),
    keyed("old_age_allowance.amount", "50", age="80"),
    keyed("elderly_subsidy.amount", "80", part="care"),
    area=SHUANGQIAO,
)


def child(**facts: Any) -> Person:
    """An invented minor of twelve, at home, without property, whose parents both live."""
    usual: dict[str, Any] = {
        "relation": Relation.APPLICANT,
        "birth": date(2012, 3, 1),
        "whereabouts": Whereabouts.HOME,
        "parents": (Parent(state=ParentState.NONE), Parent(state=ParentState.NONE)),
        "adopted": False,
        "hiv": False,
        "severe": False,
        "disabled": False,
        "drawn": (),
        "income": (),
        "assistance": Assistance.NONE,
        "recognised_as_minor": False,
        "self_care": ABLE,
        "supporters": (),
        "work_injury_care": False,
    }
    return Person(**{**usual, **facts})


def applicant(person: Person, area: str = SHUANGQIAO, **facts: Any) -> Applicant:
    usual: dict[str, Any] = {
        "id": "case-1",
        "area": area,
        "residence": Residence.URBAN,
        "placement": Placement.DISPERSED,
        "property": Property(meets_tekun_rule=True, meets_dibao_rule=True),
    }
    return Applicant(person=person, **{**usual, **facts})


def outcome(found: Entitlements, benefit: str) -> Outcome:
    (decision,) = [each for each in found.decisions if each.benefit == benefit]
    return decision.outcome


def drawn(found: Entitlements, way: int = 0) -> dict[str, Decimal]:
    return {each.benefit: each.amount for each in found.combinations[way].payments}


def lost(found: Entitlements, way: int = 0) -> list[tuple[str, str, Decimal | None, bool]]:
    return [
        (each.benefit, each.by, each.year, each.chosen) for each in found.combinations[way].forgone
    ]


def test_every_benefit_is_decided() -> None:
    found = entitlements(applicant(child()), on=date(2024, 5, 1), standards=TABLES)
    assert [each.benefit for each in found.decisions] == list(PERSONAL)


def test_an_orphan_chooses_between_tekun_and_the_allowance_from_2021_07_01() -> None:
    orphaned = child(parents=(DEAD, DEAD))
    before = entitlements(applicant(orphaned), on=date(2021, 6, 30), standards=TABLES)
    assert outcome(before, "tekun") is outcome(before, "orphan") is Outcome.GRANTED
    assert [drawn(before, n) for n in range(len(before.combinations))] == [
        {"orphan": Decimal("1400.00")}
    ]
    assert lost(before) == [("tekun", "orphan", None, False)]
    after = entitlements(applicant(orphaned), on=date(2021, 7, 1), standards=TABLES)
    assert [drawn(after, n) for n in range(len(after.combinations))] == [
        {"orphan": Decimal("1400.00")},
        {"tekun": Decimal("1140.00")},
    ]
    assert after.best.year == Decimal("16800.00")
    assert lost(after) == [("tekun", "orphan", None, True)]
    assert after.combinations[1].forgone[0].rule is Overlap.CHOICE


def test_a_disabled_orphan_has_the_care_subsidy_and_not_the_living_subsidy() -> None:
    disabled = child(
        parents=(DEAD, DEAD),
        disabled=True,
        disability=Disability(type=DisabilityType.VISUAL, grade=1),
        needs_long_term_care=True,
        assistance=Assistance.DIBAO,
        drawn=(Drawn(kind=DrawnKind.DIBAO, month=Decimal(500)),),
    )
    found = entitlements(applicant(disabled), on=date(2025, 3, 1), standards=TABLES)
    assert drawn(found) == {"orphan": Decimal("1400.00"), "disability_care": Decimal("100.00")}
    assert ("dibao", "orphan", None, False) in lost(found)
    assert ("disability_living", "orphan", None, False) in lost(found)
    assert ("tekun", "orphan", None, True) in lost(found)
    (other,) = found.combinations[1:]
    assert {each.benefit for each in other.payments} == {"tekun"}
    assert {(each.benefit, each.by) for each in other.forgone} >= {
        ("orphan", "tekun"),
        ("disability_living", "tekun"),
        ("disability_care", "tekun"),
        ("dibao", "tekun"),
    }


def test_an_unattended_child_is_paid_what_dibao_and_the_living_subsidy_leave() -> None:
    alone = child(parents=(DEAD, IN_PRISON))
    full = entitlements(applicant(alone), on=date(2025, 3, 1), standards=TABLES)
    assert drawn(full)["de_facto_unattended"] == Decimal("1400.00")
    poor = child(
        parents=(DEAD, IN_PRISON),
        disabled=True,
        disability=Disability(type=DisabilityType.MENTAL, grade=3),
        needs_long_term_care=False,
        assistance=Assistance.DIBAO,
        drawn=(Drawn(kind=DrawnKind.DIBAO, month=Decimal(500)),),
    )
    netted = entitlements(applicant(poor), on=date(2025, 3, 1), standards=TABLES)
    ways = [drawn(netted, n) for n in range(len(netted.combinations))]
    assert {
        "de_facto_unattended": Decimal("794.00"),
        "disability_living": Decimal("106.00"),
    } in ways
    way = netted.combinations[
        ways.index(
            {"de_facto_unattended": Decimal("794.00"), "disability_living": Decimal("106.00")}
        )
    ]
    assert [(each.by, each.year) for each in way.forgone if each.year is not None] == [
        ("dibao", Decimal("6000.00")),
        ("disability_living", Decimal("1272.00")),
    ]


def test_what_is_stated_as_drawn_is_not_taken_off_twice() -> None:
    poor = child(
        parents=(DEAD, IN_PRISON),
        assistance=Assistance.DIBAO,
        drawn=(Drawn(kind=DrawnKind.DIBAO, month=Decimal(500)),),
    )
    found = entitlements(applicant(poor), on=date(2025, 3, 1), standards=TABLES)
    kept = [
        way
        for way in found.combinations
        if "de_facto_unattended" in {each.benefit for each in way.payments}
    ]
    assert [drawn(found, found.combinations.index(way))["de_facto_unattended"] for way in kept] == [
        Decimal(900)
    ]
    assert [way.share for way in kept] == [Decimal(6000)]
    assert "6,000.00" in found.explain("en")


def test_a_share_that_another_benefit_excludes_is_not_kept() -> None:
    orphaned = child(
        parents=(DEAD, DEAD),
        assistance=Assistance.DIBAO,
        drawn=(Drawn(kind=DrawnKind.DIBAO, month=Decimal(500)),),
    )
    found = entitlements(applicant(orphaned), on=date(2025, 3, 1), standards=TABLES)
    assert [way.share for way in found.combinations] == [None, None]


def elder(**facts: Any) -> Person:
    usual: dict[str, Any] = {
        "relation": Relation.APPLICANT,
        "birth": date(1940, 1, 1),
        "whereabouts": Whereabouts.HOME,
        "assistance": Assistance.DIBAO,
        "disability": Disability(type=DisabilityType.VISUAL, grade=1),
        "needs_long_term_care": True,
        "work_injury_care": False,
        "incapacitated": True,
        "retired_cadre": False,
        "in_hardship": False,
        "only_child_died": False,
        "parents": (),
        "drawn": (),
    }
    made = {**usual, **facts}
    del made["parents"]
    return Person(**made)


def test_of_two_care_benefits_the_higher_and_the_other_as_a_way() -> None:
    found = entitlements(applicant(elder()), on=date(2025, 3, 1), standards=TABLES)
    assert drawn(found)["disability_care"] == Decimal("100.00")
    assert "elderly_subsidy" not in drawn(found)
    assert ("elderly_subsidy", "disability_care", None, True) in lost(found)
    assert "elderly_subsidy" in drawn(found, 1)
    assert found.combinations[0].year - found.combinations[1].year == Decimal("240.00")


def test_a_pair_without_a_row_is_said() -> None:
    found = entitlements(applicant(elder()), on=date(2025, 3, 1), standards=TABLES)
    assert ("old_age_allowance", "elderly_subsidy") in found.unsettled
    assert ("disability_living", "disability_care") not in found.unsettled


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_it_is_told(language: str) -> None:
    found = entitlements(
        applicant(child(parents=(DEAD, DEAD))), on=date(2021, 7, 1), standards=TABLES
    )
    text = found.explain(language)
    assert "1400" in text.replace(",", "")
    assert ("孤儿" in text) == (language == "zh_CN")
    assert text.count("\n") > len(PERSONAL)


def household(*members: Person, **facts: Any) -> Household:
    usual: dict[str, Any] = {
        "id": "house-1",
        "area": SHUANGQIAO,
        "residence": Residence.URBAN,
        "property": Property(
            meets_dibao_rule=True, meets_tekun_rule=True, meets_dibao_marginal_rule=True
        ),
    }
    return Household(members=members, **{**usual, **facts})


def grandmother(**facts: Any) -> Person:
    return elder(
        assistance=None,
        disabled=False,
        disability=None,
        incapacitated=False,
        needs_long_term_care=False,
        income=(Income(kind=IncomeKind.TRANSFER, month=Decimal(300)),),
        self_care=ABLE,
        **facts,
    )


def test_an_orphan_leaves_dibao_and_the_rest_is_decided_anew() -> None:
    grandchild = child(
        relation=Relation.OTHER,
        parents=(DEAD, DEAD),
        support_duty=True,
        co_resident=True,
        assistance=None,
    )
    found = entitlements(
        household(grandmother(), grandchild), on=date(2025, 3, 1), standards=TABLES
    )
    assert [each.benefit for each in found.decisions] == list(HOUSEHOLD)
    dibao = found.decisions[0]
    assert dibao.outcome is Outcome.GRANTED
    assert dibao.award is not None
    assert dibao.award.persons == 1
    assert dibao.award.amount == Decimal("500.00")
    orphan = found.members[1]
    assert drawn(orphan) == {"orphan": Decimal("1400.00")}
    assert found.year == sum((each.year for each in found.members), Decimal("6000.00"))


def test_without_the_childs_share_of_dibao_nothing_is_taken_off_and_it_is_asked() -> None:
    grandchild = child(
        relation=Relation.OTHER,
        parents=(DEAD, IN_PRISON),
        support_duty=True,
        co_resident=True,
        assistance=None,
        supporters=(Supporter(status=SupporterStatus.ABLE),),
    )
    on = date(2025, 3, 1)
    found = entitlements(household(grandmother(), grandchild), on=on, standards=TABLES)
    (asked,) = found.members[1].missing
    assert asked.path.endswith("drawn")
    assert "de_facto_unattended" not in drawn(found.members[1])
    share = evolve(grandchild, drawn=(Drawn(kind=DrawnKind.DIBAO, month=Decimal(650)),))
    told = entitlements(household(grandmother(), share), on=on, standards=TABLES)
    assert told.members[1].missing == ()
    assert Decimal("750.00") in [
        drawn(told.members[1], n).get("de_facto_unattended")
        for n in range(len(told.members[1].combinations))
    ]


def test_when_the_applicant_leaves_the_household_has_to_apply_anew() -> None:
    alone = child(parents=(DEAD, DEAD), assistance=None)
    found = entitlements(household(alone), on=date(2025, 3, 1), standards=TABLES)
    assert found.decisions == ()
    assert found.best.payments == ()
    assert drawn(found.members[0]) == {"orphan": Decimal("1400.00")}


def test_the_same_case_gives_the_same_answer() -> None:
    case = applicant(elder())
    on = date(2025, 3, 1)
    assert entitlements(case, on=on, standards=TABLES) == entitlements(
        case, on=on, standards=TABLES
    )
