"""The rows of the ledgers: who stands in one, and what is known of the person.

Only a name is required; what is not known is ``None``, and an empty list says that there is
none. A record refuses what contradicts itself, with all faults at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from attrs import frozen

from minzheng.base.areas import BUNDLED, Areas
from minzheng.base.brief import shown
from minzheng.base.identifiers import DisabilityType, Sex
from minzheng.base.identifiers import resident_id as resident_ids
from minzheng.base.lists import a_list
from minzheng.base.text import visible
from minzheng.base.workbook import writable
from minzheng.errors import Fault, InvalidInput, Severity, WrongType
from minzheng.people import Residence
from minzheng.people.stating import (
    area_code,
    checked,
    mask_birth,
    mask_id,
    mask_name,
    maybe,
    rows,
    stated,
    whole,
)
from minzheng.registers.ledgers.words import (
    Difficulty,
    Education,
    ElderSign,
    Health,
    Help,
    IncomeSource,
    Living,
    Marriage,
    ParentsInLaw,
    ParentSituation,
    Programme,
    Risk,
    Schooling,
    Status,
)

__all__ = [
    "ChildInDifficulty",
    "Elder",
    "Enrolled",
    "LeftBehindChild",
    "LeftBehindWoman",
    "Orphan",
    "UnattendedChild",
]


def hidden(value: object) -> str:
    """Nothing of a value but whether there is one."""
    return "None" if value is None else "***"


def legible(text: str) -> None:
    """Text that a cell can hold and that is what it looks like: a name, a number, an address."""
    writable(text)
    visible(text)


def exact(value: Decimal | str | int | None) -> Decimal | None:
    """A number as ``Decimal``; a float is a ``WrongType``."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, Decimal | str | int):
        raise WrongType(f"expected Decimal, str or int, never {type(value).__name__}")
    try:
        return Decimal(value)
    except InvalidOperation:
        raise InvalidInput(f"expected a number such as 0.5, got {shown(value)}") from None


def years(value: Decimal) -> None:
    """Years as the national system takes them: 0 to 99, one decimal."""
    if not value.is_finite() or not 0 <= value <= 99 or value * 10 % 1:
        raise InvalidInput(f"expected 0..99 years with at most one decimal, got {value}")


def with_multiple(types: Iterable[DisabilityType] | None) -> tuple[DisabilityType, ...] | None:
    """Types of disability in their order; with two or more, multiple disability is added.

    Example:
        >>> with_multiple([DisabilityType.MENTAL, DisabilityType.VISUAL])
        (<DisabilityType.VISUAL: 1>, <DisabilityType.MENTAL: 6>, <DisabilityType.MULTIPLE: 7>)
    """
    if types is None:
        return None
    given = tuple(a_list(types)) if not isinstance(types, set | frozenset) else tuple(types)
    if not all(isinstance(each, DisabilityType) for each in given):
        return given  # for the check of types to refuse
    several = len(set(given) - {DisabilityType.MULTIPLE}) > 1
    added = several and DisabilityType.MULTIPLE not in given
    return tuple(sorted((*given, DisabilityType.MULTIPLE) if added else given))


@frozen(kw_only=True)
class Enrolled:
    """A person in a ledger: what all ledgers hold."""

    id: str | None = maybe("number in the ledger", check=legible)
    name: str = stated("name", repr=mask_name, check=legible)
    resident_id: str | None = maybe("resident number", repr=mask_id, check=resident_ids.validate)
    sex: Sex | None = maybe("sex")
    birth: date | None = maybe("day of birth", repr=mask_birth)
    area: str | None = maybe("division code of the county", check=area_code)
    address: str | None = maybe("present address", repr=hidden, check=legible)
    phone: str | None = maybe("telephone", repr=hidden, check=legible)
    since: date | None = maybe("in the ledger since")
    status: Status | None = maybe("state in the ledger")
    exited: date | None = maybe("day of leaving the ledger")
    claimed: bool | None = maybe("taken on by the place")
    risk: Risk | None = maybe("risk level for visits")

    def __attrs_post_init__(self) -> None:
        checked(self, *self._faults())
        if self.resident_id is not None:
            number = resident_ids.validate(self.resident_id)
            object.__setattr__(self, "resident_id", resident_ids.compact(self.resident_id))
            if self.birth is None:
                object.__setattr__(self, "birth", number.birth)
            if self.sex is None:
                object.__setattr__(self, "sex", number.sex)

    def _faults(self) -> Iterator[Fault]:
        if self.resident_id is not None and resident_ids.is_valid(self.resident_id):
            number = resident_ids.validate(self.resident_id)
            if self.birth not in (None, number.birth):
                yield Fault("birth", "is not the day in the resident number")
            if self.sex not in (None, number.sex):
                yield Fault("sex", f"is not that of the resident number, {number.sex.name.lower()}")
        if self.status is Status.EXITED and self.exited is None:
            yield Fault("exited", "an exit has its day")
        if self.status is Status.ENROLLED and self.exited is not None:
            yield Fault("status", f"in the ledger, but left it on {self.exited}")
        for (earlier, first), (name, later) in pairwise(
            (name, day) for name in ("birth", "since", "exited") if (day := getattr(self, name))
        ):
            if later < first:
                yield Fault(name, f"{later} is before {earlier}, {first}")

    def warnings(self, on: date | None = None, areas: Areas = BUNDLED) -> tuple[Fault, ...]:
        """What looks wrong in the codes of the row: in the number, and that of the area on a day.

        Args:
            on: the day; left out, it is not looked at whether the area was in use.
            areas: the divisions, such as ``standards.areas`` of the tables in use.

        Example:
            >>> row = Elder(name="测试甲", area="130823")
            >>> print(*row.warnings(date(2020, 1, 1)))
            area: 130823 was not in use on 2020-01-01: 平泉县 1993-2017; in 2020 use 130881 平泉市
        """
        found: tuple[Fault, ...] = ()
        if self.resident_id is not None:
            number = resident_ids.to_18(self.resident_id)
            found += resident_ids.area_warnings(number[:6], int(number[6:10]), areas)
        if on is not None:
            wrong = areas.faults({"area": self.area}, on)
            found += tuple(each._replace(severity=Severity.WARNING) for each in wrong)
        return found

    def in_ledger(self, on: date) -> bool:
        """Whether the person stands in the ledger on a day, as far as its days say."""
        begun = self.since is None or self.since <= on
        return begun and (self.exited is None or on < self.exited)


@frozen(kw_only=True)
class _WithHealth(Enrolled):
    health: Health | None = maybe("health")
    disabilities: tuple[DisabilityType, ...] | None = maybe(
        "types of disability", converter=with_multiple
    )
    disability_grade: int | None = maybe("grade of disability, 1..4", check=whole(1, 4))

    def _faults(self) -> Iterator[Fault]:
        yield from super()._faults()
        types = self.disabilities or ()
        if types and types.count(DisabilityType.MULTIPLE) == 1 and len(set(types)) < 3:
            yield Fault(
                "disabilities", "multiple disability takes two types, and never stands alone"
            )
        if len(set(types)) < len(types):
            yield Fault("disabilities", "a type stands twice")
        if self.disabilities == ():
            if self.disability_grade is not None:
                yield Fault("disability_grade", "there is a grade, but no type of disability")
            if self.health is Health.DISABLED:
                yield Fault("disabilities", "the health is disabled, but there is no type")


@frozen(kw_only=True)
class Elder(_WithHealth):
    """A row of the ledger of those aged 60 or more (老年人台账).

    Limitations:
        No official list of its fields was found. These are a core of the form of GB/T 42195
        and the signs of the visits; costs of medical care, income and diagnoses are left out.
    """

    ethnicity: str | None = maybe("ethnicity", check=legible)
    schooling: Schooling | None = maybe("schooling completed")
    marriage: Marriage | None = maybe("marital status")
    living: tuple[Living, ...] | None = maybe("lives, with whom", converter=rows)
    signs: tuple[ElderSign, ...] | None = maybe("signs of special hardship", converter=rows)

    def _faults(self) -> Iterator[Fault]:
        yield from super()._faults()
        living = self.living or ()
        if Living.ALONE in living and len(living) > 1:
            yield Fault("living", "alone, and with somebody")
        if self.living == ():
            yield Fault("living", "expected with whom, or alone")


@frozen(kw_only=True)
class _Child(_WithHealth):
    school: str | None = maybe("schooling at present", check=legible)
    boarding: bool | None = maybe("boards at school")
    guardian: str | None = maybe("guardian", repr=mask_name, check=legible)
    guardian_relation: str | None = maybe("guardian's relation to the child", check=legible)
    guardian_phone: str | None = maybe("guardian's telephone", repr=hidden, check=legible)
    guardianship: str | None = maybe("kind of guardianship", check=legible)
    violated: bool | None = maybe("harmed by the guardian", repr=hidden)


@frozen(kw_only=True)
class LeftBehindChild(_Child):
    """A rural child left behind (农村留守儿童)."""

    register: Residence | None = maybe("household register, rural or urban")
    father_away: bool | None = maybe("father works away")
    father_able: bool | None = maybe("father is able to be guardian")
    mother_away: bool | None = maybe("mother works away")
    mother_able: bool | None = maybe("mother is able to be guardian")
    apart: bool | None = maybe("cannot live normally with the parents")


@frozen(kw_only=True)
class ChildInDifficulty(_Child):
    """A child in difficulty (困境儿童)."""

    difficulties: tuple[Difficulty, ...] | None = maybe("classes of difficulty", converter=rows)


@frozen(kw_only=True)
class _OfParents(_Child):
    father: ParentSituation | None = maybe("state of the father")
    mother: ParentSituation | None = maybe("state of the mother")
    recognised: date | None = maybe("day of recognition")
    programme: Programme | None = maybe("programme of payment")


@frozen(kw_only=True)
class Orphan(_OfParents):
    """A row of the roster of orphans (孤儿花名册)."""

    adopted: bool | None = maybe("has been adopted")


@frozen(kw_only=True)
class UnattendedChild(_OfParents):
    """A row of the roster of children in fact unattended (事实无人抚养儿童花名册)."""


@frozen(kw_only=True)
class LeftBehindWoman(_WithHealth):
    """A rural woman left behind (农村留守妇女).

    Limitations:
        The fields are those of the national system as its front end shows them.
    """

    lives_in_village: bool | None = maybe("stays living in the village")
    married: date | None = maybe("day of marriage")
    certified: bool | None = maybe("marriage is registered")
    education: Education | None = maybe("level of education")
    husband_works_away: bool | None = maybe("husband works or trades away")
    husband_away_since: date | None = maybe("husband continuously away since")
    husband_away_years: Decimal | None = maybe(
        "years the husband has been away", converter=exact, check=years
    )
    husband_unreturned_years: Decimal | None = maybe(
        "years the husband has not come back", converter=exact, check=years
    )
    parents_in_law: ParentsInLaw | None = maybe("parents-in-law")
    children: int | None = maybe("number of children", check=whole(0))
    income_source: IncomeSource | None = maybe("main income of the family")
    help: tuple[Help, ...] | None = maybe("help received", converter=rows)

    def _faults(self) -> Iterator[Fault]:
        yield from super()._faults()
        if self.sex is Sex.MALE:
            yield Fault("sex", "a man in the ledger of women")
        if (
            self.sex is None
            and self.resident_id is not None
            and resident_ids.is_valid(self.resident_id)
            and resident_ids.validate(self.resident_id).sex is Sex.MALE
        ):
            yield Fault("resident_id", "is a man's, in the ledger of women")
