"""Hypothesis strategies: persons, households, frames, plans, score sheets, right by every check.

Nobody in them is a real person: resident numbers bear a right check digit and a
sequence of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from minzheng.base.identifiers import resident_id as resident_ids
from minzheng.base.identifiers import uscc
from minzheng.inspection import (
    Frame,
    Group,
    Level,
    Organization,
    Plan,
    PlanKind,
    Source,
    SourceKind,
)
from minzheng.people import (
    Assistance,
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
    Study,
    Supporter,
    Whereabouts,
)
from minzheng.rating import Answer, Scheme, Sheet
from minzheng.rating.leaf import Leaf
from minzheng.rating.model import Item

__all__ = [
    "amounts",
    "credit_codes",
    "frames",
    "households",
    "persons",
    "plans",
    "properties",
    "resident_numbers",
    "sheets",
]

T = TypeVar("T")
Word = TypeVar("Word", bound=IntEnum)

_AREAS = ("130802", "130822", "130824", "130828")
_BIRTHS = st.dates(date(1930, 1, 1), date(2020, 7, 24))
_NAMES = st.text("测试样本甲乙丙丁", min_size=2, max_size=4)
_FLAGS = st.none() | st.booleans()


def _maybe(strategy: SearchStrategy[T]) -> SearchStrategy[T | None]:
    return st.none() | strategy


def _word(cls: type[Word]) -> SearchStrategy[Word]:
    return st.sampled_from(list(cls))


def amounts(most: int = 1_000_000) -> SearchStrategy[Decimal]:
    """Yuan from 0 to ``most``, to the fen."""
    return st.integers(0, most * 100).map(lambda fen: Decimal(fen).scaleb(-2))


def resident_numbers(births: SearchStrategy[date] = _BIRTHS) -> SearchStrategy[str]:
    """Resident numbers of Chengde's counties, with a right check digit, of nobody."""

    def number(area: str, birth: date, sequence: int) -> str:
        body = f"{area}{birth:%Y%m%d}{sequence:03}"
        return body + resident_ids.check_digits(body)

    return st.builds(number, st.sampled_from(_AREAS), births, st.integers(1, 999))


def _paid(cls: Callable[..., T], kinds: type[IntEnum]) -> SearchStrategy[T]:
    kind = st.sampled_from(list(kinds))
    unknown = st.builds(cls, kind=kind)
    return (
        unknown
        | st.builds(cls, kind=kind, year=amounts())
        | st.builds(cls, kind=kind, month=amounts(50_000))
    )


_SUPPORTERS = st.builds(
    Supporter, birth=_maybe(_BIRTHS), tekun=_FLAGS, dibao=_FLAGS, income_year=_maybe(amounts())
)
_DISABILITIES = st.builds(Disability, type=_word(DisabilityType), grade=st.integers(1, 4))
_ITEMS = ("eating", "dressing", "bed", "toilet", "walking", "bathing")
_SELF_CARE = st.builds(SelfCare, **dict.fromkeys(_ITEMS, _FLAGS))


def persons(relation: Relation | None = None) -> SearchStrategy[Person]:
    """Persons; any fact may be unknown.

    Args:
        relation: what they are to the applicant; any, by default.
    """
    return st.fixed_dictionaries(
        {"relation": _word(Relation) if relation is None else st.just(relation)},
        optional={
            "name": _NAMES,
            "whereabouts": _word(Whereabouts),
            "income": st.lists(_paid(Income, IncomeKind), max_size=3),
            "spending": st.lists(_paid(Spending, SpendingKind), max_size=2),
            "dependent": st.booleans(),
            "study": _word(Study),
            "support_duty": st.booleans(),
            "co_resident": st.booleans(),
            "disability": _DISABILITIES,
            "seriously_ill": st.booleans(),
            "employed": st.booleans(),
            "labour_ability": st.booleans(),
            "own_register": st.booleans(),
            "self_care": _SELF_CARE,
            "supporters": st.lists(_SUPPORTERS, max_size=2),
            "born": st.tuples(_BIRTHS, st.none() | st.sampled_from(_AREAS), st.integers(1, 999)),
        },
    ).map(_person)


def _person(facts: dict[str, Any]) -> Person:
    birth, area, sequence = facts.pop("born", (None, None, 0))
    if area is not None:
        body = f"{area}{birth:%Y%m%d}{sequence:03}"
        facts["resident_id"] = body + resident_ids.check_digits(body)
    return Person(birth=birth, **facts)


def properties() -> SearchStrategy[Property]:
    """What a household may own."""
    return st.builds(
        Property,
        financial_assets=_maybe(amounts()),
        homes=_maybe(st.integers(0, 4)),
        floor_area=_maybe(amounts(500)),
        cars=_maybe(st.integers(0, 2)),
        luxury=_FLAGS,
        visibly_above=_FLAGS,
        meets_dibao_rule=_FLAGS,
        meets_dibao_marginal_rule=_FLAGS,
    )


def households(most: int = 6) -> SearchStrategy[Household]:
    """Households of one applicant and others, at most ``most`` persons."""
    others = st.lists(
        st.sampled_from([Relation.CHILD, Relation.PARENT, Relation.OTHER]).flatmap(persons),
        max_size=most - 1,
    )
    return st.builds(
        _household,
        applicant=persons(Relation.APPLICANT),
        others=others,
        id=st.text("0123456789-", min_size=1, max_size=12),
        area=st.sampled_from(_AREAS),
        residence=_word(Residence),
        property=_maybe(properties()),
        band=_maybe(st.integers(1, 3)),
        in_hardship=_FLAGS,
        assistance=_maybe(_word(Assistance)),
    )


def _household(applicant: Person, others: list[Person], **facts: Any) -> Household:
    members: list[Person] = []
    seen: set[object] = set()
    for person in (applicant, *others):
        # one person is not listed twice, by number or by name and birth
        same = {person.resident_id, (person.name, person.birth)} - {None}
        if person.name is None or person.birth is None:
            same.discard((person.name, person.birth))
        if not same & seen:
            members.append(person)
            seen |= same
    return Household(members=tuple(members), **facts)


def credit_codes() -> SearchStrategy[str]:
    """Unified social credit codes of civil affairs in Chengde, with right check digits, of nobody."""

    def number(kind: str, area: str, inner: int) -> str:
        body = f"5{kind}{area}{inner:08}"
        body += uscc.organization_check_digit(f"{inner:08}")
        return body + uscc.check_digits(body)

    return st.builds(
        number, st.sampled_from("123"), st.sampled_from(_AREAS), st.integers(0, 99_999_999)
    )


def frames(most: int = 40) -> SearchStrategy[Frame]:
    """Frames of at most ``most`` organisations, some marked as associations or charities."""
    organizations = st.builds(
        Organization,
        code=credit_codes(),
        name=_NAMES,
        tags=st.sampled_from([(), ("industry_association",), ("charity",)]),
        area=_maybe(st.sampled_from(_AREAS)),
        risk=_maybe(st.sampled_from(["low", "high"])),
        size=_maybe(st.integers(1, 500)),
    )
    return st.lists(organizations, min_size=1, max_size=most, unique_by=lambda each: each.code).map(
        Frame.of
    )


_GROUPS = st.builds(
    Group,
    name=st.sampled_from(["all", "associations", "charities"]),
    ratio=st.fractions(Fraction(1, 100), Fraction(1), max_denominator=100),
    all_if_fewer_than=st.integers(0, 5),
    by=_maybe(st.just("kind")),
    reserves=st.integers(0, 2),
)


def plans() -> SearchStrategy[Plan]:
    """Plans that draw a share of all, in strata or not, seeded by enough dice."""
    dice = Source(kind=SourceKind.DICE, name="dice", faces=6, rolls=50)
    groups = st.lists(_GROUPS, min_size=1, max_size=2, unique_by=lambda each: each.name)
    return st.builds(
        Plan,
        name=st.just("虚构抽查"),
        authority=st.just("虚构民政局"),
        level=_word(Level),
        kind=_word(PlanKind),
        on=st.dates(date(2017, 3, 13), date(2026, 12, 31)),
        groups=groups.map(tuple),
        seeds=st.just((dice,)),
    )


def sheets(scheme: Scheme) -> SearchStrategy[Sheet]:
    """Score sheets of a scheme: any item may be left open, any other has an answer it takes."""
    asked = [each for top in scheme.items for each in _asked(top)]
    answers = {each.code: _answers(each) for each in asked}
    return st.fixed_dictionaries({}, optional=answers).map(
        lambda given: Sheet(id="sheet", answers=given)
    )


def _asked(item: Item) -> Iterator[Item]:
    """What is answered: the leaves, or a section by its points where they are not all held."""
    if not item.items or not item.complete:
        yield item
    else:
        for each in item.items:
            yield from _asked(each)


def _answers(item: Item) -> SearchStrategy[Any]:
    rule = item.rule
    if rule is None:
        return st.integers(0, 20).map(lambda part: item.most * part / 20)
    return st.builds(
        Answer,
        met=st.booleans(),
        parts=st.tuples(*([st.booleans()] * len(rule.give or rule.take))),
        count=_counts(rule),
        tiers=st.tuples(*(st.sampled_from(["", *dict(group)]) for group in rule.tiers)),
        condition=st.booleans(),
        deduct=st.sampled_from([Fraction(0), *rule.discretion]),
        missing_areas=st.integers(0, 3),
    )


def _counts(rule: Leaf) -> SearchStrategy[Fraction]:
    """Counts on the steps of a ladder, and between them where it has no closed list."""
    if rule.ladder is None:
        return st.integers(0, 30).map(Fraction)
    steps = [limit for limit, _ in rule.ladder.steps]
    on = st.sampled_from(steps)
    return on if rule.ladder.closed else on | st.integers(0, 30).map(Fraction)
