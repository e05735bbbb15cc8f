"""Coverage (覆盖率): how far a target is reached, as a share whose denominator is stated.

A share of nothing is unknown, and so is one that hangs on facts that are not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from fractions import Fraction

from attrs import frozen

from minzheng.base.areas import BUNDLED, Areas
from minzheng.base.brief import shown
from minzheng.base.i18n import N_, day, translator
from minzheng.errors import Fault, InvalidInput, WrongType
from minzheng.organizations.facts import stable_id
from minzheng.organizations.targets import PLAN_YEAR_END, Over, Target

__all__ = ["Indicator", "Share", "indicator"]


@frozen
class Share:
    """So many of so many, of which some may not be known.

    Attributes:
        count: those of whom it is certain.
        unknown: those of whom it is not known.
        of: the denominator.

    Example:
        >>> Share(1, 1, 4).value, Share(1, 1, 4).least, Share(1, 1, 4).most
        (None, Fraction(1, 4), Fraction(1, 2))
        >>> Share(0, 0, 0).least is None
        True
    """

    count: int
    unknown: int
    of: int

    @property
    def value(self) -> Fraction | None:
        """The share; ``None`` of nothing, or while anything is not known."""
        return None if self.unknown else self.least

    @property
    def least(self) -> Fraction | None:
        """The share when nothing unknown counts; ``None`` of nothing."""
        return Fraction(self.count, self.of) if self.of else None

    @property
    def most(self) -> Fraction | None:
        """The share when everything unknown counts; ``None`` of nothing."""
        return Fraction(self.count + self.unknown, self.of) if self.of else None

    def reaches(self, least: Fraction) -> bool | None:
        """Whether the share is at least so much; ``None`` while that is not known."""
        if self.least is None or self.most is None:
            return None
        if self.least >= least:
            return True
        return False if self.most < least else None


@frozen
class Indicator:
    """How far a target is reached on a day.

    Attributes:
        target: what the plan asks for.
        on: the day.
        yes, no, unknown: ids of organisations, or codes of places.
        late: those of ``yes`` that came after the last day.
    """

    target: Target
    on: date
    yes: tuple[str, ...]
    no: tuple[str, ...]
    unknown: tuple[str, ...]
    late: tuple[str, ...]

    @property
    def share(self) -> Share:
        """The share, with its denominator."""
        of = len(self.yes) + len(self.no) + len(self.unknown)
        return Share(len(self.yes), len(self.unknown), of)

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; ``None`` while that is not known."""
        if self.target.share is not None:
            return self.share.reaches(self.target.share)
        assert self.target.number is not None
        if len(self.yes) >= self.target.number:
            return True
        return False if len(self.yes) + len(self.unknown) < self.target.number else None

    @property
    def overdue(self) -> bool:
        """Whether the last day is over and the target certainly not reached."""
        return self.target.due is not None and self.on > self.target.due and self.met is False

    def explain(self, language: str) -> str:
        """The indicator in one line, with its denominator and basis.

        Raises:
            InvalidInput: for a language without a catalogue.
        """
        return ("" if language == "zh_CN" else " ").join(_parts(self, language))


def indicator(
    wanted: Target,
    facts: Mapping[str, bool | date | None],
    on: date,
    *,
    areas: Areas = BUNDLED,
) -> Indicator:
    """How far a target is reached on a day.

    Args:
        wanted: what the plan asks for.
        facts: for each organisation by its id, or each place by its code: whether it holds, or
            the day since which it does; ``None`` is not known. A place left out is not known. For
            a target over stated organisations, those stated are the denominator: state all.
        on: the day; what holds only since a later day does not hold yet.
        areas: the divisions that make the places, such as ``standards.areas`` of the tables in use.

    Raises:
        NotFound: when no area bore the city's code on the last day.
        InvalidInput: naming every code that is none of the city's places, and every
            organisation stated twice under one credit code.
        WrongType: for anything but flags and days.

    Source:
        Chengde work plan of 2020, items 26 to 31.

    Limitations:
        For items 26 and 27 the plan states no last day. What makes a brand, an incubator or a
        service body is the authority's finding: no national measure of them is held.

    Example:
        >>> from minzheng.organizations import target
        >>> told = indicator(target("incubators"), {"130800": date(2020, 9, 1), "130822": False},
        ...                  date(2020, 12, 31))
        >>> told.share.of, len(told.unknown), told.met
        (12, 10, False)
        >>> indicator(target("decoupled"), {}, date(2020, 6, 30)).met is None
        True
    """
    stated = _by_id(facts)
    if wanted.over is not Over.STATED:
        codes = tuple(_places(wanted, areas))
        if strange := [code for code in stated if code not in codes]:
            said = f"is none of {', '.join(codes)}"
            raise InvalidInput([Fault(f"facts[{code!r}]", said) for code in strange])
        stated = {code: stated.get(code) for code in codes}
    answers = {name: _holds(name, value, on) for name, value in stated.items()}
    due = wanted.due
    late = (
        name
        for name, value in stated.items()
        if answers[name] and isinstance(value, date) and due is not None and value > due
    )
    return Indicator(
        wanted,
        on,
        _that(answers, True),
        _that(answers, False),
        _that(answers, None),
        tuple(late),
    )


def _by_id(facts: Mapping[str, bool | date | None]) -> dict[str, bool | date | None]:
    """The facts by ids in their one form; two spellings of one code are not two organisations."""
    stated: dict[str, bool | date | None] = {}
    faults = []
    for name, value in facts.items():
        made = stable_id(name)
        if made in stated:
            faults.append(Fault(f"facts[{name!r}]", f"{made} stands twice"))
        stated[made] = value
    if faults:
        raise InvalidInput(faults)
    return stated


def _that(answers: Mapping[str, bool | None], answer: bool | None) -> tuple[str, ...]:
    return tuple(name for name, each in answers.items() if each is answer)


def _holds(name: str, value: bool | date | None, on: date) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, datetime) or not isinstance(value, date):
        raise WrongType(f"facts[{name!r}]: expected a flag or a day, got {shown(value)}")
    return value <= on


def _places(wanted: Target, areas: Areas) -> Iterable[str]:
    on = wanted.due or PLAN_YEAR_END
    if wanted.over is Over.CITY_AND_COUNTIES:
        yield wanted.city
    yield from (each.code for each in areas.children(wanted.city, on))


_ANSWERS = {True: N_("yes"), False: N_("no"), None: N_("not known")}


def _parts(told: Indicator, language: str) -> Iterator[str]:
    t, wanted = translator(language), told.target
    counted = {"what": t(wanted.text), "count": len(told.yes), "unknown": len(told.unknown)}
    if wanted.share is not None:
        text = N_("{what}: {count} of {of} ({denominator}); not known: {unknown}.")
        yield t(text).format(of=told.share.of, denominator=t(wanted.denominator), **counted)
        yield t(N_("Target: at least {percent} %.")).format(percent=100 * wanted.share)
    else:
        yield t(N_("{what}: {count}; not known: {unknown}.")).format(**counted)
        yield t(N_("Target: at least {least}.")).format(least=wanted.number)
    if wanted.due is not None:
        yield t(N_("Due {day}.")).format(day=day(wanted.due, language))
    yield t(N_("Reached: {answer}.")).format(answer=t(_ANSWERS[told.met]))
    basis = wanted.source.text(language)
    if wanted.item is not None:
        gap = "" if language == "zh_CN" else " "
        basis += gap + t(N_("item {number}")).format(number=wanted.item)
    yield t(N_("Basis: {basis}.")).format(basis=basis)
