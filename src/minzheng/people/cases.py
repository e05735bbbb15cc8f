"""The cases that apply: a household, one person alone, an application, an exit."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from attrs import fields_dict, frozen

from minzheng.base.areas import BUNDLED, Areas
from minzheng.base.identifiers import resident_id as resident_ids
from minzheng.errors import Fault
from minzheng.people.person import (
    AbilityLevel,
    Disability,
    Drawn,
    Income,
    Parent,
    Person,
    Schooling,
    SelfCare,
    Spending,
    Supporter,
)
from minzheng.people.stating import (
    area_code,
    checked,
    every,
    hundredths,
    maybe,
    stated,
    whole,
    yuan,
)
from minzheng.people.words import (
    Assistance,
    Hardship,
    Placement,
    RegisteredPoor,
    Relation,
    Residence,
)

__all__ = ["Applicant", "Application", "Household", "Leaving", "Property", "about"]


@frozen(kw_only=True)
class Property:
    """What a household owns, as far as a local property test may ask."""

    financial_assets: Decimal | None = maybe(
        "yuan: cash, deposits, securities", converter=yuan, check=hundredths
    )
    homes: int | None = maybe("number of homes owned", check=whole(0))
    floor_area: Decimal | None = maybe(
        "square metres of the homes", converter=yuan, check=hundredths
    )
    cars: int | None = maybe("motor vehicles for private daily use", check=whole(0))
    mobility_cars: int | None = maybe(
        "of these, mobility vehicles of disabled members", check=whole(0)
    )
    luxury: bool | None = maybe("buys or uses luxuries, or spends highly")
    visibly_above: bool | None = maybe("lives visibly above local residents; assets unverifiable")
    meets_dibao_rule: bool | None = maybe("the authority's own finding under the local dibao rule")
    meets_tekun_rule: bool | None = maybe("the authority's own finding under the local tekun rule")
    meets_dibao_marginal_rule: bool | None = maybe(
        "the authority's own finding under the local rule for edge families"
    )
    meets_rigid_expenditure_rule: bool | None = maybe(
        "the authority's own finding under the local rule for rigid expenditure"
    )

    def __attrs_post_init__(self) -> None:
        cars, mobility = self.cars, self.mobility_cars
        too_many = isinstance(cars, int) and isinstance(mobility, int) and mobility > cars
        fault = Fault("mobility_cars", "are part of the cars; there are fewer cars")
        checked(self, *([fault] if too_many else []))


class _Warned:
    """A case whose warnings by the bundled lists are found once.

    A slot of its own: a cached property of attrs slows down every attribute of the class.
    """

    __slots__ = ("_warnings",)
    if TYPE_CHECKING:
        _warnings: tuple[Fault, ...]

    @builtins.property  # a field of the cases is called property
    def warnings(self) -> tuple[Fault, ...]:
        """What looks wrong in the numbers of the case, with paths.

        They are such as ``members[1].resident_id[0:6]`` of a household and
        ``person.resident_id[0:6]`` of an applicant.
        """
        try:
            return self._warnings
        except AttributeError:
            object.__setattr__(self, "_warnings", tuple(self._found(BUNDLED)))
            return self._warnings

    def warnings_by(self, areas: Areas) -> tuple[Fault, ...]:
        """As :attr:`warnings`, by the divisions of the tables in use."""
        return self.warnings if areas is BUNDLED else tuple(self._found(areas))

    def _found(self, areas: Areas) -> Iterator[Fault]:
        raise NotImplementedError


@frozen(kw_only=True)
class Household(_Warned):
    """A household that applies: every person of it, counted or not."""

    id: str = stated("the case, for lists; not a person's number")
    area: str = stated("six-digit division code of the county where it is filed", check=area_code)
    residence: Residence = stated("rural or urban standard")
    members: tuple[Person, ...] = stated(
        "all persons, the applicant first or anywhere, once each", converter=every
    )
    property: Property | None = maybe("what the household owns")
    band: int | None = maybe(
        "where bands are paid: the band set by the county, 1 is the lowest",
        check=whole(1),
    )
    in_hardship: bool | None = maybe(
        "the authority finds the family in hardship (2012, Hebei 2019)"
    )
    assistance: Assistance | None = maybe("the class of social assistance it is in now")

    def __attrs_post_init__(self) -> None:
        checked(self, between=self._faults)

    def _found(self, areas: Areas) -> Iterator[Fault]:
        for place, person in enumerate(self.members):
            yield from _under(f"members[{place}]", person, areas)

    def _faults(self) -> Iterator[Fault]:
        applicants = [
            f"members[{n}]"
            for n, person in enumerate(self.members)
            if person.relation is Relation.APPLICANT
        ]
        if len(applicants) != 1:
            found = ", ".join(applicants) or "none"
            yield Fault("members", f"exactly one member is the applicant, found {found}")
        spouses = [n for n, each in enumerate(self.members) if each.relation is Relation.SPOUSE]
        if len(spouses) > 1:
            both = ", ".join(f"members[{n}]" for n in spouses)
            yield Fault("members", f"at most one member is the spouse, found {both}")
        yield from _twice(person.resident_id for person in self.members)
        yield from _alike(self.members)


@frozen(kw_only=True)
class Applicant(_Warned):
    """One person for whom a benefit is asked: tekun, a child's, a disability subsidy, an elder's."""

    id: str = stated("the case, for lists; not a person's number")
    area: str = stated("six-digit division code of the county where it is filed", check=area_code)
    residence: Residence = stated("rural or urban standard")
    person: Person = stated("the applicant")
    property: Property | None = maybe("what the person owns")
    placement: Placement | None = maybe("at home or in an institution; the person may choose")

    def __attrs_post_init__(self) -> None:
        person: object = self.person
        alone = not isinstance(person, Person) or person.relation is Relation.APPLICANT
        fault = Fault("person.relation", "is 'applicant' for somebody who applies alone")
        checked(self, *([] if alone else [fault]))

    def _found(self, areas: Areas) -> Iterator[Fault]:
        yield from _under("person", self.person, areas)


@frozen(kw_only=True)
class Application:
    """An application for temporary assistance, with what the authority has found."""

    id: str = stated("the case, for lists; not a person's number")
    area: str = stated("six-digit division code of the county where it is filed", check=area_code)
    residence: Residence = stated("rural or urban standard")
    hardship: Hardship | None = maybe("what brought the applicant into hardship")
    family: bool | None = maybe("a family applies; false: one person for himself")
    persons: int | None = maybe("how many persons the assistance is for", check=whole(1))
    serious: bool | None = maybe("basic living is in serious difficulty for a time")
    urgent: bool | None = maybe("the case is urgent and needs help at once")
    small_quick: bool | None = maybe("it is to be small and quick help (小额快救)")
    emergency_area: str | None = maybe(
        "six-digit division code of the county where the emergency happened", check=area_code
    )
    assistance: Assistance | None = maybe("the class of social assistance it is in now")
    rigid_expenditure: bool | None = maybe("is recognised as a household with rigid expenditure")
    registered_poor: RegisteredPoor | None = maybe("whether in the register of the poor, and how")
    awaiting: bool | None = maybe("has applied for dibao or tekun, not yet decided")
    disposable_income: Decimal | None = maybe(
        "yuan a year for each person of the family", converter=yuan, check=hundredths
    )
    meets_property_rule: bool | None = maybe(
        "the authority's own finding under the local rule of temporary assistance"
    )
    beyond_means: bool | None = maybe(
        "necessary spending has risen suddenly, beyond what the family can bear"
    )
    special_hardship: bool | None = maybe("the authority finds a special hardship")
    degree: int | None = maybe(
        "degree of the hardship by the local rule, 1 is the lightest", check=whole(1, 3)
    )
    months: int | None = maybe("months that the hardship lasts", check=whole(1))
    proposed: Decimal | None = maybe(
        "yuan that the authority proposes for a major hardship decided case by case",
        converter=yuan,
        check=hundredths,
    )
    months_without_income: int | None = maybe(
        "consecutive months without any income", check=whole(0)
    )
    unemployment_insured: bool | None = maybe("unemployment insurance covers the person")
    kept_by_epidemic: bool | None = maybe("an epidemic keeps the person from going back to work")
    works_or_lives_here: bool | None = maybe("works or habitually lives where it is filed")

    def __attrs_post_init__(self) -> None:
        persons = self.persons if isinstance(self.persons, int) else 1
        fault = Fault("persons", "one person applies for himself, but several are given")
        checked(self, *([fault] if self.family is False and persons > 1 else []))


@frozen(kw_only=True)
class Leaving:
    """A household that draws dibao and whose income has risen, as for a gradual exit."""

    id: str = stated("the case, for lists; not a person's number")
    area: str = stated("six-digit division code of the county that pays", check=area_code)
    residence: Residence = stated("rural or urban standard")
    draws_dibao: bool | None = maybe("draws dibao now")
    by_employment: bool | None = maybe("employment has raised the income")
    size: int | None = maybe("members who count now", check=whole(1))
    income_year: Decimal | None = maybe(
        "counted household income in yuan a year", converter=yuan, check=hundredths
    )
    base_month: Decimal | None = maybe(
        "paid so far in yuan a month, without supplements", converter=yuan, check=hundredths
    )
    supplement_month: Decimal | None = maybe(
        "supplements of those who remain in yuan a month", converter=yuan, check=hundredths
    )

    def __attrs_post_init__(self) -> None:
        checked(self)


def _under(path: str, person: Person, areas: Areas) -> Iterator[Fault]:
    for each in person.warnings_by(areas):
        yield each._replace(path=f"{path}.{each.path}")


def _twice(numbers: Iterable[str | None]) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for place, number in enumerate(numbers):
        if number is None:
            continue
        first = seen.setdefault(resident_ids.to_18(number), place)
        if first != place:
            yield Fault(f"members[{place}].resident_id", f"is that of members[{first}] again")


def _alike(members: Sequence[Person]) -> Iterator[Fault]:
    """Members of one name and one birth, of whom no numbers say that they are two persons."""
    seen: dict[tuple[str, date], int] = {}
    for place, person in enumerate(members):
        if person.name is None or person.birth is None:
            continue
        first = seen.setdefault((person.name, person.birth), place)
        other = members[first].resident_id
        if first != place and None in (person.resident_id, other):
            text = (
                f"has name and birth of members[{first}]; list a person once, or state both numbers"
            )
            yield Fault(f"members[{place}]", text)


_HOLDERS: Mapping[str, type] = {
    "household": Household,
    "applicant": Applicant,
    "application": Application,
    "members": Person,
    "person": Person,
    "income": Income,
    "spending": Spending,
    "disability": Disability,
    "self_care": SelfCare,
    "supporters": Supporter,
    "supporter": Supporter,
    "ability_level": AbilityLevel,
    "parents": Parent,
    "drawn": Drawn,
    "schooling": Schooling,
    "property": Property,
    "leaving": Leaving,
}


def about(path: str) -> str:
    """What the fact at a path means, as an English message id; ``""`` for another path.

    Example:
        >>> about("household.members[1].income[0].month")
        'yuan a month; the year is twelve times it'
    """
    *_, holder, name = ["", *re.sub(r"\[\d+\]", "", path).split(".")]
    if holder not in _HOLDERS:
        return ""
    stated = fields_dict(_HOLDERS[holder]).get(name)
    return "" if stated is None else str(stated.metadata["about"])
