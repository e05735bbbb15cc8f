"""Does a person of a ledger meet its definition on a day? Which condition fails, which is unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from types import MappingProxyType
from typing import Any, Final

from attrs import field, frozen

from minzheng.base.dates import add_months, age_on
from minzheng.base.i18n import N_, day, translator
from minzheng.decision import NUMBER_WARNING, Missing, Reference, cited
from minzheng.decision.words import missing
from minzheng.errors import Fault, WrongType
from minzheng.law import Citation
from minzheng.people import Residence
from minzheng.registers.ledgers.records import (
    ChildInDifficulty,
    Elder,
    Enrolled,
    LeftBehindChild,
    LeftBehindWoman,
    Orphan,
    UnattendedChild,
)
from minzheng.registers.ledgers.words import ParentSituation
from minzheng.standards import NATION, Found, Standards
from minzheng.standards.reading import Reading

__all__ = ["Checked", "Condition", "all_of", "check"]


@frozen
class Condition:
    """One condition of a definition.

    Attributes:
        code: stable, such as ``"age"``.
        text: English message id with ``{names}``.
        met: ``None`` when it is not known.
        values: what the names stand for.
        citation: the article, or the source without one; ``None`` when none is held for the day.
    """

    code: str
    text: str
    met: bool | None
    values: Mapping[str, int] = field(factory=dict)
    citation: Citation | Reference | None = None


@frozen
class Checked:
    """A record set against the definition of its ledger.

    Attributes:
        on: the day.
        conditions: every condition.
        missing: the figures not held, without which a condition is unknown.
        warnings: what looks wrong in the number and the area of the record, with paths.
    """

    on: date
    conditions: tuple[Condition, ...]
    missing: tuple[Missing, ...] = ()
    warnings: tuple[Fault, ...] = ()

    @property
    def met(self) -> bool | None:
        """Whether all are met; ``None`` when none fails, and one is unknown."""
        return all_of(*(each.met for each in self.conditions))

    @property
    def failed(self) -> tuple[Condition, ...]:
        """The conditions that are not met."""
        return tuple(each for each in self.conditions if each.met is False)

    @property
    def unknown(self) -> tuple[Condition, ...]:
        """The conditions that may or may not be met."""
        return tuple(each for each in self.conditions if each.met is None)

    def explain(self, language: str) -> str:
        """One line a condition, with its source, then what is missing and what looks wrong.

        Raises:
            InvalidInput: for a language without a catalogue.
        """
        t = translator(language)
        lines = []
        for each in self.conditions:
            said = t(_SAID[each.met])
            line = t(N_("{condition}: {said}")).format(
                condition=t(each.text).format(**each.values), said=said
            )
            cited = "" if each.citation is None else each.citation.text(language)
            lines.append(f"{line}{cited and f' ({cited})'}")
        lines += [missing(each, language) for each in self.missing]
        return "\n".join([*lines, *warning_lines(self.warnings, self.on, language)])


def warning_lines(warnings: Iterable[Fault], on: date, language: str) -> list[str]:
    """The warnings of rows in words, one line each; never what stands in the row."""
    t = translator(language)
    return [
        t(NUMBER_WARNING).format(path=number)
        if number != each.path
        else t(_AREA).format(path=each.path, day=day(on, language))
        for each in warnings
        for number in [each.path.removesuffix("[0:6]")]
    ]


_AREA = N_("The division code in {path} was not in use on {day}; check it.")
_SAID = {True: N_("met"), False: N_("not met"), None: N_("not known")}


def all_of(*known: bool | None) -> bool | None:
    """Whether all hold, where some may be unknown.

    Example:
        >>> all_of(True, None), all_of(False, None), all_of(True, True)
        (None, False, True)
    """
    return False if False in known else None if None in known else True


def _any_of(*known: bool | None) -> bool | None:
    return True if True in known else None if None in known else False


def check(record: Enrolled, *, on: date, standards: Standards | None = None) -> Checked:
    """Set a record against the definition of its ledger, as of a day.

    Args:
        record: a row of a ledger whose definition is held.
        on: the day; ages and months of absence are of it, and its law is looked up.
        standards: the tables; the bundled ones when left out.

    Returns:
        Every condition with its source. Before the first day of a definition its conditions are
        unknown and the missing rows are named.

    Raises:
        WrongType: for a record of another class.
        InvalidInput: when the person is born after the day.

    Source:
        老年人权益保障法 art. 2 (60); 国发〔2016〕13号 (left-behind child); 国发〔2016〕36号
        (child in difficulty); 国办发〔2010〕54号 (orphan); 民发〔2019〕62号 (unattended child);
        民发〔2025〕7号 (left-behind woman).

    Limitations:
        The definition says nothing of a parent who cannot be found beside one who is dead,
        missing or unable: that is unknown, not refused. Whether a parent's situation is one of
        those recognised is taken as stated. An orphan's allowance that goes on at school after
        18, and children with AIDS on the orphans' rate, are no matter of the definition.

    Example:
        >>> from minzheng.registers.ledgers import Elder, check
        >>> elder = Elder(name="测试甲", birth=date(1960, 7, 24))
        >>> check(elder, on=date(2020, 7, 23)).met, check(elder, on=date(2020, 7, 24)).met
        (False, True)
        >>> print(check(elder, on=date(2020, 7, 24)).explain("en"))
        60 years or older: met (Law on the Protection of the Rights and Interests of the Elderly, art. 2)
    """
    conditions = _DEFINITIONS.get(type(record))
    if conditions is None:
        names = ", ".join(each.__name__ for each in _DEFINITIONS)
        raise WrongType(f"expected one of {names}, got {type(record).__name__}")
    tables = Standards.bundled() if standards is None else standards
    reading = Reading(tables, NATION, on)
    made = tuple(conditions(record, on, reading))
    lack = tuple(map(Missing.figure, reading.resolve(None).missing))
    return Checked(on, made, lack, record.warnings(on, tables.areas))


def _cited(found: Found | None) -> Citation | Reference | None:
    return None if found is None else cited(found)


def _age(record: Enrolled, on: date) -> int | None:
    return None if record.birth is None else age_on(record.birth, on)


def _below(record: Enrolled, on: date, reading: Reading, kind: str) -> Condition:
    found = reading.need("ledger.age_below", kind=kind)
    limit, age = Reading.whole(found), _age(record, on)
    met = None if found is None or age is None else age < limit
    text = N_("younger than {years} years") if found else N_("younger than the age of a child")
    return Condition("age", text, met, {"years": limit}, _cited(found))


class _Rule:
    """The conditions that a row states, unknown where none is held for the day."""

    def __init__(
        self, reading: Reading, kind: str, series: str = "ledger.definition", **keys: str
    ) -> None:
        self._found = reading.need(series, kind=kind, **keys)

    def __call__(self, code: str, text: str, met: bool | None) -> Condition:
        held = self._found is not None
        return Condition(code, text, met if held else None, citation=_cited(self._found))


def _elder(record: Any, on: date, reading: Reading) -> Iterator[Condition]:
    found = reading.need("age.elderly")
    least, age = Reading.whole(found), _age(record, on)
    met = None if found is None or age is None else age >= least
    text = N_("{years} years or older") if found else N_("of the age of the elderly")
    yield Condition("age", text, met, {"years": least}, _cited(found))


def _left_behind_child(record: Any, on: date, reading: Reading) -> Iterator[Condition]:
    """国发〔2016〕13号 states age and parents; the survey of 2016 adds the register and the rest."""
    kind = "left_behind_child"
    yield _below(record, on, reading, kind)
    register = None if record.register is None else record.register is Residence.RURAL
    added = partial(_Rule, reading, kind, "ledger.condition")
    yield added(condition="register")("register", N_("rural household register"), register)
    text = N_("both parents work away, or one works away and the other is not able to be guardian")
    yield _Rule(reading, kind)("parents", text, _parents_away(record))
    text = N_("cannot live normally with the parents")
    yield added(condition="apart")("apart", text, record.apart)


def _parents_away(record: LeftBehindChild) -> bool | None:
    unable = {
        "father": None if record.father_able is None else not record.father_able,
        "mother": None if record.mother_able is None else not record.mother_able,
    }
    return _any_of(
        all_of(record.father_away, record.mother_away),
        all_of(record.father_away, unable["mother"]),
        all_of(record.mother_away, unable["father"]),
    )


def _in_difficulty(record: Any, on: date, reading: Reading) -> Iterator[Condition]:
    yield _below(record, on, reading, "child_in_difficulty")
    rule = _Rule(reading, "child_in_difficulty")
    met = None if record.difficulties is None else bool(record.difficulties)
    text = N_("in one of the three classes: poverty, own disability, guardianship")
    yield rule("class", text, met)


def _orphan(record: Any, on: date, reading: Reading) -> Iterator[Condition]:
    yield _below(record, on, reading, "orphan")
    rule = _Rule(reading, "orphan")
    text = N_("both parents dead or declared missing, or not to be found")
    yield rule("parents", text, _lost(record.father, record.mother))
    adopted = None if record.adopted is None else not record.adopted
    yield rule("adopted", N_("not adopted"), adopted)


_LOST: Final = (ParentSituation.DEAD, ParentSituation.DECLARED_MISSING)
_Parent = ParentSituation | None


def _lost(father: _Parent, mother: _Parent) -> bool | None:
    both = (father, mother)
    if ParentSituation.ABLE in both or ParentSituation.UNABLE in both:
        return False
    if None in both:
        return None
    alike = all(each in _LOST for each in both) or father is mother
    return True if alike else None  # one lost, the other not to be found: not said


def _unattended(record: Any, on: date, reading: Reading) -> Iterator[Condition]:
    yield _below(record, on, reading, "unattended_child")
    rule = _Rule(reading, "unattended_child")
    text = N_("both parents lost or in a recognised situation, one at least in such a situation")
    yield rule("parents", text, _not_attending(record.father, record.mother))


def _not_attending(father: _Parent, mother: _Parent) -> bool | None:
    both = (father, mother)
    if ParentSituation.ABLE in both:
        return False
    if None in both or both.count(ParentSituation.NOT_FOUND) == 1:
        return None
    return ParentSituation.UNABLE in both


def _left_behind_woman(record: Any, on: date, reading: Reading) -> Iterator[Condition]:
    rule = _Rule(reading, "left_behind_woman")
    text = N_("stays living in the village")
    yield rule("village", text, record.lives_in_village)
    yield rule("husband", N_("husband works or trades away"), record.husband_works_away)
    found = reading.need("ledger.absence_months", kind="left_behind_woman")
    months = Reading.whole(found)
    met = None if found is None else _absent(record, on, months)
    text = (
        N_("husband continuously away for {months} months or more")
        if found
        else N_("husband continuously away long enough")
    )
    yield Condition("absence", text, met, {"months": months}, _cited(found))


def _absent(record: LeftBehindWoman, on: date, months: int) -> bool | None:
    """By the first day of the absence, or by the years where that is not known."""
    if record.husband_away_since is not None:
        return add_months(record.husband_away_since, months) <= on
    if record.husband_away_years is not None:
        return record.husband_away_years * 12 >= Decimal(months)
    return None


_Definition = Callable[[Any, date, Reading], Iterator[Condition]]
_DEFINITIONS: Final[Mapping[type[Enrolled], _Definition]] = MappingProxyType(
    {
        Elder: _elder,
        LeftBehindChild: _left_behind_child,
        ChildInDifficulty: _in_difficulty,
        LeftBehindWoman: _left_behind_woman,
        Orphan: _orphan,
        UnattendedChild: _unattended,
    }
)
