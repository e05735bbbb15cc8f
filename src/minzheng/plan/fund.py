"""Assistance funds (社会救助基金): one in the city and in every county, with seed money, by a day.

Item 10 of the Chengde work plan of 2020. Its sentence does not say whether the seed money
is for each fund or for all together: the reading is stated by the caller, and the report
shows both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum, IntEnum

from attrs import field, frozen

from minzheng.base.areas import BUNDLED, Areas
from minzheng.base.brief import shown
from minzheng.base.i18n import N_, day, money, translator
from minzheng.base.lists import each_of
from minzheng.base.money import known_yuan
from minzheng.errors import Fault, InvalidInput
from minzheng.law import Citation
from minzheng.people.stating import area_code, checked

__all__ = [
    "CHENGDE_2020",
    "Fund",
    "FundReport",
    "FundTarget",
    "Place",
    "SeedReading",
    "State",
    "report",
]


class SeedReading(Enum):
    """How "government seed money of not less than so much" is read."""

    PER_FUND = "per_fund"
    """each fund has as much"""
    IN_TOTAL = "in_total"
    """all funds together have as much"""


class State(IntEnum):
    """What is known of the fund of one place on a day."""

    SET_UP = 1
    NOT_SET_UP = 2
    UNKNOWN = 3


@frozen(kw_only=True)
class FundTarget:
    """What a plan asks for.

    Attributes:
        city: six-digit code of the city; each of its counties has a fund too.
        due: the last day.
        seed: yuan of government seed money, at least.
        source: the plan.
        item: of the plan.
    """

    city: str = field(metadata={"check": area_code})
    due: date
    seed: Decimal
    source: Citation
    item: int

    def __attrs_post_init__(self) -> None:
        checked(self)


CHENGDE_2020 = FundTarget(
    city="130800",
    due=date(2020, 6, 30),
    seed=Decimal(5_000_000),
    source=Citation("chengde-work-plan-2020", None),
    item=10,
)
"""Item 10 of the Chengde work plan of 2020."""


@frozen(kw_only=True)
class Fund:
    """What is known of one place's fund; ``None`` always means not known.

    Attributes:
        area: six-digit code of the city or county.
        exists: whether it is set up; a day of setting up says so too.
        since: the day it was set up.
        seed: yuan of government seed money paid in.
    """

    area: str = field(metadata={"check": area_code})
    exists: bool | None = None
    since: date | None = None
    seed: Decimal | None = field(default=None, converter=known_yuan)

    def __attrs_post_init__(self) -> None:
        checked(self)


@frozen
class Place:
    """One place on the day of the report.

    Attributes:
        area, name: of the place.
        state: whether its fund is set up.
        since: the day it was set up.
        late: whether that was after the last day; ``None`` when not known.
        seed: the seed money; ``None`` when not known.
        short: what is lacking if each fund must have it all; ``None`` when not known.
        days_overdue: for a fund certainly not set up, the days since the last day.
    """

    area: str
    name: str
    state: State
    since: date | None
    late: bool | None
    seed: Decimal | None
    short: Decimal | None
    days_overdue: int


@frozen
class FundReport:
    """How far a city has come with its funds.

    Attributes:
        target: what the plan asks for.
        on: the day of the report.
        reading: how the seed money is read for ``met``.
        places: the city first, then its counties.
    """

    target: FundTarget
    on: date
    reading: SeedReading
    places: tuple[Place, ...]

    @property
    def set_up(self) -> tuple[Place, ...]:
        """The places whose fund is set up."""
        return self._in(State.SET_UP)

    @property
    def not_set_up(self) -> tuple[Place, ...]:
        """The places whose fund is certainly not set up."""
        return self._in(State.NOT_SET_UP)

    @property
    def unknown(self) -> tuple[Place, ...]:
        """The places of whose fund nothing is known."""
        return self._in(State.UNKNOWN)

    @property
    def overdue(self) -> tuple[Place, ...]:
        """The places without a fund when the last day is over."""
        return tuple(each for each in self.places if each.days_overdue > 0)

    @property
    def covered(self) -> bool | None:
        """Whether every place has a fund; ``None`` when that hangs on what is not known."""
        if self.not_set_up:
            return False
        return None if self.unknown else True

    @property
    def seed_known(self) -> Decimal:
        """The sum of the seed money that is known."""
        return sum((each.seed for each in self.places if each.seed is not None), Decimal("0.00"))

    @property
    def seed_unknown(self) -> tuple[Place, ...]:
        """The places whose seed money is not known."""
        return tuple(each for each in self.places if each.seed is None)

    @property
    def short_in_total(self) -> Decimal:
        """What is lacking if all funds together must have it; where seed money is not known, at most."""
        return max(self.target.seed - self.seed_known, Decimal("0.00"))

    @property
    def short_per_fund(self) -> Decimal:
        """What is lacking if each fund must have it, summed; where seed money is not known, at most."""
        each_short = (self.target.seed if p.short is None else p.short for p in self.places)
        return sum(each_short, Decimal("0.00"))

    def enough(self, reading: SeedReading) -> bool | None:
        """Whether the seed money is there under a reading; ``None`` when not known."""
        if reading is SeedReading.PER_FUND:
            if any(each.short is not None and each.short > 0 for each in self.places):
                return False
        elif self.short_in_total == 0:
            return True
        if self.seed_unknown:
            return None
        return reading is SeedReading.PER_FUND

    @property
    def met(self) -> bool | None:
        """Whether item and seed money are met under the stated reading; ``None`` when not known."""
        both = (self.covered, self.enough(self.reading))
        if False in both:
            return False
        return None if None in both else True

    def explain(self, language: str) -> str:
        """The report in words, under both readings.

        Raises:
            InvalidInput: for a language without a catalogue.
        """
        return "\n".join(_lines(self, language))

    def _in(self, state: State) -> tuple[Place, ...]:
        return tuple(each for each in self.places if each.state is state)


def report(
    funds: Iterable[Fund],
    *,
    on: date,
    reading: SeedReading,
    target: FundTarget = CHENGDE_2020,
    areas: Areas = BUNDLED,
) -> FundReport:
    """How far a city has come with its assistance funds on a day.

    Args:
        funds: what is known, one for each place; a place left out is not known.
        on: the day; a fund set up after it is not yet set up.
        reading: how the plan's seed money is read; the sentence leaves it open, so it has
            no default. The report shows both.
        target: what the plan asks for.
        areas: the divisions that make the places, such as ``standards.areas`` of the tables in use.

    Returns:
        The report: coverage, each fund, the total, what is short, what is overdue.

    Raises:
        NotFound: when no area bore the city's code on the last day.
        InvalidInput: with every place that is not the city's, stands twice, has negative
            seed money, or is said not to exist though it has a day or money.

    Source:
        Chengde work plan of 2020, item 10: by 30 June the city and all counties set up a
        fund, with government seed money of not less than 5,000,000 yuan.

    Limitations:
        The guiding opinions of Hebei that the item names were not found; nothing of them
        is held here.

    Example:
        >>> from datetime import date
        >>> told = report(
        ...     [Fund(area="130800", since=date(2020, 6, 30), seed="5000000"),
        ...      Fund(area="130822", exists=False)],
        ...     on=date(2020, 7, 1), reading=SeedReading.IN_TOTAL)
        >>> len(told.places), len(told.unknown), [each.name for each in told.overdue]
        (12, 10, ['兴隆县'])
        >>> told.enough(SeedReading.IN_TOTAL), told.enough(SeedReading.PER_FUND), told.met
        (True, False, False)
    """
    city = areas.lookup(target.city, target.due)
    wanted = {each.code: each.name for each in (city, *areas.children(target.city, target.due))}
    stated = each_of("funds", funds, Fund)
    faults = list(_faults(stated, wanted))
    if faults:
        raise InvalidInput(faults)
    known = {each.area: each for each in stated}
    places = (
        _place(known.get(code, Fund(area=code)), name, target, on) for code, name in wanted.items()
    )
    return FundReport(target, on, reading, tuple(places))


def _faults(funds: tuple[Fund, ...], wanted: Mapping[str, str]) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for number, each in enumerate(funds):
        path = f"funds[{number}]"
        if each.area not in wanted:
            yield Fault(f"{path}.area", f"is none of {', '.join(wanted)}, got {shown(each.area)}")
        first = seen.setdefault(each.area, number)
        if first != number:
            yield Fault(f"{path}.area", f"is that of funds[{first}] again")
        if each.exists is False and each.since is not None:
            yield Fault(f"{path}.exists", "is false, but a day of setting up is given")
        if each.exists is False and each.seed:
            yield Fault(f"{path}.exists", "is false, but seed money is given")
        if each.seed is not None and each.seed < 0:
            yield Fault(f"{path}.seed", f"expected 0 or more, got {each.seed}")


def _place(fund: Fund, name: str, target: FundTarget, on: date) -> Place:
    state = State.UNKNOWN
    if fund.since is not None:
        state = State.SET_UP if fund.since <= on else State.NOT_SET_UP
    elif fund.exists is not None:
        state = State.SET_UP if fund.exists else State.NOT_SET_UP
    seed = Decimal("0.00") if state is State.NOT_SET_UP else fund.seed
    since = fund.since if state is State.SET_UP else None
    return Place(
        area=fund.area,
        name=name,
        state=state,
        since=since,
        late=None if since is None else since > target.due,
        seed=seed,
        short=None if seed is None else max(target.seed - seed, Decimal("0.00")),
        days_overdue=max((on - target.due).days, 0) if state is State.NOT_SET_UP else 0,
    )


_STATES = {
    State.SET_UP: N_("set up"),
    State.NOT_SET_UP: N_("not set up"),
    State.UNKNOWN: N_("not known whether it is set up"),
}
_ANSWERS = {True: N_("yes"), False: N_("no"), None: N_("not known")}
_READINGS = {
    SeedReading.PER_FUND: N_("for each fund"),
    SeedReading.IN_TOTAL: N_("for all funds together"),
}


def _lines(told: FundReport, language: str) -> Iterator[str]:
    t, target = translator(language), told.target
    item = t(N_("item {number}")).format(number=target.item)
    yield t(
        N_("Assistance funds on {day}; due {due}; seed money at least {seed} (basis: {basis})")
    ).format(
        day=day(told.on, language),
        due=day(target.due, language),
        seed=money(target.seed, language),
        basis=f"{target.source.text(language)} {item}",
    )
    yield t(N_("Set up: {count} of {all}; not known: {unknown}")).format(
        count=len(told.set_up), all=len(told.places), unknown=len(told.unknown)
    )
    yield t(N_("Seed money known: {seed}; not known of {unknown} places")).format(
        seed=money(told.seed_known, language), unknown=len(told.seed_unknown)
    )
    short = {
        SeedReading.PER_FUND: told.short_per_fund,
        SeedReading.IN_TOTAL: told.short_in_total,
    }
    for reading in SeedReading:
        yield t(N_("Read {reading}: enough: {answer}; short by at most {short}")).format(
            reading=t(_READINGS[reading]),
            answer=t(_ANSWERS[told.enough(reading)]),
            short=money(short[reading], language),
        )
    yield t(N_("Met, read {reading}: {answer}")).format(
        reading=t(_READINGS[told.reading]), answer=t(_ANSWERS[told.met])
    )
    for place in told.places:
        yield _place_line(place, language)


def _place_line(place: Place, language: str) -> str:
    t = translator(language)
    parts = [t(_STATES[place.state])]
    if place.since is not None:
        parts[0] = t(N_("set up on {day}")).format(day=day(place.since, language))
    if place.late:
        parts.append(t(N_("late")))
    if place.days_overdue:
        parts.append(t(N_("{days} days overdue")).format(days=place.days_overdue))
    if place.seed is None:
        parts.append(t(N_("seed money not known")))
    else:
        parts.append(t(N_("seed money {seed}")).format(seed=money(place.seed, language)))
    return t(N_("{place}: {parts}")).format(
        place=place.name, parts=("，" if language == "zh_CN" else ", ").join(parts)
    )
