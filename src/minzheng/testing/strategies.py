"""Hypothesis strategies: persons and households, right by every check of the models.

Nobody in them is a real person: resident numbers bear a right check digit and a
sequence of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import IntEnum
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from minzheng.base.identifiers import resident_id as resident_ids
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

__all__ = ["amounts", "households", "persons", "properties", "resident_numbers"]

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
        meets_edge_rule=_FLAGS,
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
    members, seen = [], set()
    for person in (applicant, *others):
        if person.resident_id is None or person.resident_id not in seen:
            members.append(person)
            seen.add(person.resident_id)
    return Household(members=tuple(members), **facts)
