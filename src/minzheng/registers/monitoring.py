"""Monitoring against poverty (防致贫监测): from what was seen of households to dated warnings.

The five checks are the "two no worries, three guarantees" (两不愁三保障): food, clothing;
compulsory education, basic medical care, safe housing. Two income lines stand beside
them: the poverty line, and the multiple of it below which a household is monitored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from itertools import takewhile
from typing import TypeVar

from attrs import field, frozen

from minzheng.base.i18n import N_, day, money, translator
from minzheng.base.lists import each_of, rows_of
from minzheng.base.money import known_yuan, to_fen, to_yuan
from minzheng.decision import Missing
from minzheng.errors import Fault, FigureNotFound, InvalidInput
from minzheng.law import Citation
from minzheng.people import Assistance, RegisteredPoor, Residence
from minzheng.people.stating import area_code, checked
from minzheng.standards import Found, Standards

__all__ = [
    "Cause",
    "Check",
    "Group",
    "Guarantee",
    "IncomeSeen",
    "Monitored",
    "Risk",
    "RiskWarning",
    "Watched",
    "monitor",
]


class Guarantee(IntEnum):
    """One of the "two no worries, three guarantees"."""

    FOOD = 1
    """不愁吃"""
    CLOTHING = 2
    """不愁穿"""
    EDUCATION = 3
    """义务教育有保障"""
    MEDICAL = 4
    """基本医疗有保障"""
    HOUSING = 5
    """住房安全有保障"""


class Cause(IntEnum):
    """What brought the risk."""

    ILLNESS = 1
    DISABILITY = 2
    SCHOOLING = 3
    DISASTER = 4
    ACCIDENT = 5
    JOBLESS = 6
    OTHER = 7


class Risk(IntEnum):
    """What a warning is about."""

    FOOD = 1
    CLOTHING = 2
    EDUCATION = 3
    MEDICAL = 4
    HOUSING = 5
    BELOW_LINE = 6
    """the income is lower than the poverty line"""
    NEAR_LINE = 7
    """not lower than the poverty line, but lower than the line of monitoring"""


class Group(IntEnum):
    """Why a household is watched; one may stand in several."""

    PREVENTIVE = 1
    """防致贫重点人群: not registered as poor, draws rural dibao or tekun"""
    UNSTABLE = 2
    """脱贫不稳定户: out of poverty, its income lower than the line of monitoring"""
    EDGE = 3
    """边缘易致贫户: never registered, its income lower than the line of monitoring"""


Row = TypeVar("Row")


@frozen(kw_only=True)
class Check:
    """One of the five checks, on one day; ``secured=None`` says that it is not known."""

    on: date
    guarantee: Guarantee
    secured: bool | None = None
    cause: Cause | None = None


@frozen(kw_only=True)
class IncomeSeen:
    """The disposable income of each person, yuan a year, as seen on one day."""

    on: date
    per_person: Decimal | None = field(default=None, converter=known_yuan)
    cause: Cause | None = None


def _checks(rows: Sequence[Check] | None) -> tuple[Check, ...] | None:
    return None if rows is None else rows_of("checks", rows, Check)


def _incomes(rows: Sequence[IncomeSeen] | None) -> tuple[IncomeSeen, ...] | None:
    return None if rows is None else rows_of("incomes", rows, IncomeSeen)


@frozen(kw_only=True)
class Watched:
    """A household as the register holds it.

    Attributes:
        id: the case, for lists; not a person's number.
        area: six-digit division code of its county.
        residence: rural or urban.
        assistance: whether it draws dibao or tekun.
        registered_poor: whether it stands in the register of the poor, and how.
        checks: what was seen of the five; ``None`` when nothing was looked at.
        incomes: what was seen of its income.
    """

    id: str
    area: str = field(metadata={"check": area_code})
    residence: Residence
    assistance: Assistance | None = None
    registered_poor: RegisteredPoor | None = None
    checks: tuple[Check, ...] | None = field(default=None, converter=_checks)
    incomes: tuple[IncomeSeen, ...] | None = field(default=None, converter=_incomes)

    def __attrs_post_init__(self) -> None:
        checked(self)


@frozen
class RiskWarning:
    """A risk, since when it is seen, and why.

    Attributes:
        subject: id of the household.
        risk: what is at risk.
        since: the first day of the unbroken run of findings that say so.
        seen: the last day it was found.
        cause: what brought it; ``None`` when not stated.
        income: yuan a year for each person, for a warning of income.
        line: yuan a year that it is lower than.
        figures: the figures the line is made of.
    """

    subject: str
    risk: Risk
    since: date
    seen: date
    cause: Cause | None
    income: Decimal | None = None
    line: Decimal | None = None
    figures: tuple[Found, ...] = field(default=(), repr=False)

    def explain(self, language: str) -> str:
        """The warning in one sentence.

        Raises:
            InvalidInput: for a language without a catalogue.
        """
        t = translator(language)
        cause = t(N_("not stated")) if self.cause is None else t(_CAUSES[self.cause])
        amounts = {
            name: money(value, language)
            for name, value in (("income", self.income), ("line", self.line))
            if value is not None
        }
        return t(N_("{risk}: since {since}, last seen {seen}; cause: {cause}")).format(
            risk=t(_RISKS[self.risk]).format(**amounts),
            since=day(self.since, language),
            seen=day(self.seen, language),
            cause=cause,
        )


@frozen
class Monitored:
    """What the register says of one household on a day.

    Attributes:
        subject: id of the household.
        on: the day.
        groups: why it is watched, as far as known.
        warnings: the risks, in the order of :class:`Risk`.
        missing: facts and figures that are not known and could change this.
    """

    subject: str
    on: date
    groups: tuple[Group, ...]
    warnings: tuple[RiskWarning, ...]
    missing: tuple[Missing, ...]

    def explain(self, language: str) -> str:
        """All of it in words, with the source.

        Raises:
            InvalidInput: for a language without a catalogue.
        """
        t = translator(language)
        item = t(N_("item {number}")).format(number=9)
        lines = [
            t(N_("{subject}, {day} (basis: {basis})")).format(
                subject=self.subject,
                day=day(self.on, language),
                basis=f"{_PLAN.text(language)} {item}",
            )
        ]
        lines += [t(_GROUPS[each]) for each in self.groups]
        lines += [each.explain(language) for each in self.warnings]
        lines += [
            t(N_("not known: {path}")).format(path=each.message or each.path)
            for each in self.missing
        ]
        return "\n".join(lines)


_PLAN = Citation("chengde-work-plan-2020", None)
_GROUPS = {
    Group.PREVENTIVE: N_("preventive group: not registered as poor, draws rural dibao or tekun"),
    Group.UNSTABLE: N_("out of poverty, income lower than the line of monitoring"),
    Group.EDGE: N_("never registered as poor, income lower than the line of monitoring"),
}
_RISKS = {
    Risk.FOOD: N_("food is not secured"),
    Risk.CLOTHING: N_("clothing is not secured"),
    Risk.EDUCATION: N_("compulsory education is not secured"),
    Risk.MEDICAL: N_("basic medical care is not secured"),
    Risk.HOUSING: N_("safe housing is not secured"),
    Risk.BELOW_LINE: N_(
        "the disposable income, {income} a year for each person, is lower than the poverty line, {line}"
    ),
    Risk.NEAR_LINE: N_(
        "the disposable income, {income} a year for each person, is lower than the line of monitoring, {line}"
    ),
}
_CAUSES = {
    Cause.ILLNESS: N_("illness"),
    Cause.DISABILITY: N_("disability"),
    Cause.SCHOOLING: N_("schooling"),
    Cause.DISASTER: N_("disaster"),
    Cause.ACCIDENT: N_("accident"),
    Cause.JOBLESS: N_("loss of work"),
    Cause.OTHER: N_("other cause"),
}
_PATH = "watched"


def monitor(
    households: Iterable[Watched], *, on: date, standards: Standards | None = None
) -> tuple[Monitored, ...]:
    """What a register of households says on a day: groups, warnings, and what is not known.

    Whatever was seen after the day is left out, so that a past day can be told again. Of
    each check the latest known finding counts; an unknown one takes no earlier warning
    back. An income is set against the lines of the day it was seen on.

    Args:
        households: as the register holds them.
        on: the day.
        standards: the tables with the poverty line; the bundled ones when left out.

    Returns:
        One for each household, in their order.

    Raises:
        InvalidInput: with every household named twice, area unknown, and finding that
            contradicts itself or another of the same day.

    Source:
        The Chengde work plan of 2020, item 9: rural dibao and tekun who are not registered
        as poor are kept from poverty, the five checks are monitored, warnings are issued.
        The line of monitoring of 2020: State Council poverty office, 2020-12-02.

    Limitations:
        The plan's "rural" is read as a condition of dibao alone, tekun being named without
        it. The income lines are told of rural households only. The national poverty line is
        printed as "around 4,000 yuan" for 2020, and lines of later years are not held: give
        a local table. The class of households in sudden hardship (突发严重困难户) has no day
        of beginning that was found and is not told. A warning is a screen: the departments
        judge it.

    Example:
        >>> from datetime import date
        >>> from minzheng.people import Assistance, RegisteredPoor, Residence
        >>> (told,) = monitor([Watched(
        ...     id="w-1", area="130822", residence=Residence.RURAL,
        ...     assistance=Assistance.DIBAO, registered_poor=RegisteredPoor.NEVER,
        ...     checks=[Check(on=date(2020, 8, 1), guarantee=Guarantee.MEDICAL,
        ...                   secured=False, cause=Cause.ILLNESS)],
        ...     incomes=[IncomeSeen(on=date(2020, 8, 1), per_person="5999.99",
        ...                         cause=Cause.ILLNESS)])], on=date(2020, 9, 1))
        >>> [each.risk.name for each in told.warnings], [each.name for each in told.groups]
        (['MEDICAL', 'NEAR_LINE'], ['PREVENTIVE', 'EDGE'])
        >>> [each.path for each in told.missing][:2]
        ['watched.checks.food', 'watched.checks.clothing']
    """
    tables = Standards.bundled() if standards is None else standards
    held = each_of("households", households, Watched)
    faults = [*_twice(held)]
    for number, each in enumerate(held):
        faults += _faults(each, number, on, tables)
    if faults:
        raise InvalidInput(faults)
    return tuple(_one(each, on, tables) for each in held)


def _twice(held: tuple[Watched, ...]) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for number, each in enumerate(held):
        first = seen.setdefault(each.id, number)
        if first != number:
            yield Fault(f"households[{number}].id", f"is that of households[{first}] again")


def _faults(household: Watched, number: int, on: date, tables: Standards) -> Iterator[Fault]:
    path = f"households[{number}]"
    yield from tables.areas.faults({f"{path}.area": household.area}, on)
    found: dict[tuple[Guarantee, date], bool | None] = {}
    for place, check in enumerate(household.checks or ()):
        here = f"{path}.checks[{place}]"
        if check.secured and check.cause is not None:
            yield Fault(f"{here}.cause", "is given, but the guarantee is secured")
        if found.setdefault((check.guarantee, check.on), check.secured) != check.secured:
            yield Fault(here, f"contradicts another check of {check.on}")
    amounts: dict[date, Decimal | None] = {}
    for place, seen in enumerate(household.incomes or ()):
        here = f"{path}.incomes[{place}]"
        if seen.per_person is not None and seen.per_person < 0:
            yield Fault(f"{here}.per_person", f"expected 0 or more, got {seen.per_person}")
        if amounts.setdefault(seen.on, seen.per_person) != seen.per_person:
            yield Fault(here, f"contradicts another income of {seen.on}")


def _one(household: Watched, on: date, tables: Standards) -> Monitored:
    missing: list[Missing] = []
    warnings = [
        warning for guarantee in Guarantee for warning in _check(household, guarantee, on, missing)
    ]
    low = None
    if household.residence is Residence.RURAL:
        low = _income(household, on, tables, missing)
        warnings += [low] if low is not None else []
    for each in warnings:
        if each.cause is None:
            missing.append(Missing(f"{_PATH}.{each.risk.name.lower()}.cause"))
    return Monitored(
        household.id, on, tuple(_groups(household, low, missing)), tuple(warnings), tuple(missing)
    )


def _check(
    household: Watched, guarantee: Guarantee, on: date, missing: list[Missing]
) -> Iterator[RiskWarning]:
    checks = [
        each for each in household.checks or () if each.guarantee is guarantee and each.on <= on
    ]
    latest = sorted(checks, key=lambda each: each.on, reverse=True)
    known = [each for each in latest if each.secured is not None]
    if not known or latest[0].secured is None:
        missing.append(Missing(f"{_PATH}.checks.{guarantee.name.lower()}"))
    run = _run(known, lambda each: each.secured is False)
    if run:
        yield RiskWarning(
            household.id, Risk(guarantee), since=run[-1].on, seen=run[0].on, cause=run[0].cause
        )


def _income(
    household: Watched, on: date, tables: Standards, missing: list[Missing]
) -> RiskWarning | None:
    seen = sorted(
        (each for each in household.incomes or () if each.on <= on),
        key=lambda each: each.on,
        reverse=True,
    )
    known = [each for each in seen if each.per_person is not None]
    if not known or seen[0].per_person is None:
        missing.append(Missing(f"{_PATH}.incomes"))
    if not known:
        return None
    levels = [_level(household, each, tables) for each in known]
    if isinstance(levels[0], Missing):
        missing.append(levels[0])
        return None
    risk, line, figures = levels[0]
    if risk is None:
        return None
    run = _run(levels, lambda each: not isinstance(each, Missing) and each[0] == risk)
    return RiskWarning(
        household.id,
        risk,
        since=known[len(run) - 1].on,
        seen=known[0].on,
        cause=known[0].cause,
        income=known[0].per_person,
        line=line,
        figures=figures,
    )


_Level = tuple[Risk | None, Decimal | None, tuple[Found, ...]]


def _level(household: Watched, seen: IncomeSeen, tables: Standards) -> _Level | Missing:
    """Where an income stands between the lines of its day."""
    assert seen.per_person is not None
    try:
        line = tables.find("poverty.line", household.area, seen.on)
        multiple = tables.find("poverty.monitoring.multiple", household.area, seen.on)
    except FigureNotFound as error:
        return Missing.figure(error.not_held)
    assert isinstance(multiple.value, Fraction)
    poverty, income = Fraction(line.figure.fen_a_year()), to_fen(seen.per_person)
    monitored = poverty * multiple.value
    if income < poverty:
        return Risk.BELOW_LINE, to_yuan(int(poverty)), (line,)
    if income < monitored:
        # an income of whole fen is lower than a line exactly when it is lower than its ceiling
        return Risk.NEAR_LINE, to_yuan(-(-monitored // 1)), (line, multiple)
    return None, None, (line, multiple)


def _run(latest_first: list[Row], wanted: Callable[[Row], bool]) -> list[Row]:
    """The unbroken run up to the latest, of what is wanted."""
    return list(takewhile(wanted, latest_first))


def _groups(household: Watched, low: RiskWarning | None, missing: list[Missing]) -> Iterator[Group]:
    draws = household.assistance is Assistance.TEKUN or (
        household.assistance is Assistance.DIBAO and household.residence is Residence.RURAL
    )
    poor = household.registered_poor
    could_be = household.assistance is None or draws or low is not None
    if poor is None and could_be:
        missing.append(Missing(f"{_PATH}.registered_poor"))
    if household.assistance is None and poor in (None, RegisteredPoor.NEVER):
        missing.append(Missing(f"{_PATH}.assistance"))
    if draws and poor is RegisteredPoor.NEVER:
        yield Group.PREVENTIVE
    if low is not None and poor in _BY_INCOME:
        yield _BY_INCOME[poor]


_BY_INCOME: Mapping[RegisteredPoor | None, Group] = {
    RegisteredPoor.OUT: Group.UNSTABLE,
    RegisteredPoor.NEVER: Group.EDGE,
}
