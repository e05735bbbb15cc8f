"""Whether a statutory supporter is unable to support (无履行义务能力): the test by its facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from enum import IntEnum

from attrs import frozen

from minzheng.base.dates import age_on
from minzheng.base.i18n import N_, translator
from minzheng.base.money import to_fen
from minzheng.benefits._engine import ParameterReader, Settled, Vector, computed, figure, settled
from minzheng.benefits._engine.parameters import reader_of
from minzheng.decision import Missing, Reference, cited
from minzheng.decision.words import missing
from minzheng.errors import FigureNotFound, InvalidInput
from minzheng.law import Citation
from minzheng.people import DisabilityType, Residence, Supporter, SupporterStatus
from minzheng.standards import Per, Standards

__all__ = [
    "PROPERTY_RULE",
    "UNABLE",
    "SupporterParameters",
    "SupporterTest",
    "status_of",
    "tekun_supporter",
]

UNABLE, PROPERTY_RULE = "tekun.supporter.unable", "tekun.supporter.property_rule"
_DIBAO_AGE, _ELDERLY_AGE = "tekun.supporter.dibao_age", "tekun.supporter.elderly_age"
_SEVERE, _INCOME = "disability.severe_grade", "income.disposable_per_capita"


class PropertyRule(IntEnum):
    """The property rule that a supporter has to meet."""

    NONE = 0
    TEKUN = 1
    """that of tekun (2016)"""
    LOW_INCOME_FAMILY = 2
    """that of low-income families (2021)"""


_NAMED_LOW = (
    SupporterStatus.AGED_70_LOW_INCOME,
    SupporterStatus.SEVERE_DISABILITY_LOW_INCOME,
    SupporterStatus.INCAPABLE_LOW_PROPERTY,
)


def _property_rules(read: ParameterReader) -> list[PropertyRule]:
    """By status; without a row a status that names low property means that of low-income families."""
    words = read.words_of(PROPERTY_RULE, "status")
    rules = []
    for each in SupporterStatus:
        word = each.name.lower()
        row = read.get(PROPERTY_RULE, status=word) if word in words else None
        own = PropertyRule.LOW_INCOME_FAMILY if each in _NAMED_LOW else PropertyRule.NONE
        rules.append(own if row is None else PropertyRule[str(row.value).upper()])
    return rules


@frozen(kw_only=True)
class SupporterParameters:
    """Which supporters are unable in a place on a day; -1 stands for a figure not available."""

    unable: Vector = settled(UNABLE, by=("status", SupporterStatus))
    property_rule: Vector = computed(_property_rules, by=SupporterStatus)
    dibao_age: int = figure(_DIBAO_AGE)
    supporter_elderly_age: int = figure(_ELDERLY_AGE)
    supporter_income_inclusive: bool = figure("tekun.supporter.income_inclusive")
    severe_grade: int = figure(_SEVERE)
    disposable_income_year: int = figure(_INCOME, per=Per.YEAR)


_read = reader_of(SupporterParameters, (), None, "")


@frozen
class SupporterTest:
    """What the test says of one supporter.

    Attributes:
        status: the first situation that holds, ``ABLE`` when none does; ``None`` while facts
            or figures are missing on which it depends.
        basis: the article of that situation.
        missing: those facts and figures.
    """

    status: SupporterStatus | None
    basis: Citation | Reference | None = None
    missing: tuple[Missing, ...] = ()

    @property
    def unable(self) -> bool | None:
        """Whether the supporter counts as unable."""
        return None if self.status is None else self.status is not SupporterStatus.ABLE

    def explain(self, language: str) -> str:
        """The situation in one sentence with its article, or what is missing.

        Raises:
            InvalidInput: for a language without a catalogue.
        """
        return "\n".join(self._lines(language))

    def _lines(self, language: str) -> Iterator[str]:
        t = translator(language)
        text = t(_TEXTS[self.status])
        if self.basis is not None:
            cites = self.basis.text(language)
            text = t(N_("{reason} (basis: {citations})")).format(reason=text, citations=cites)
        yield text
        for each in self.missing:
            yield missing(each, language)


_TEXTS = {
    None: N_("Whether the supporter is able cannot be told yet."),
    SupporterStatus.ABLE: N_("None of the situations of the law holds: the supporter is able."),
    SupporterStatus.TEKUN: N_("The supporter is tekun, and so unable."),
    SupporterStatus.DIBAO_ELDERLY: N_("The supporter draws dibao and is elderly, and so unable."),
    SupporterStatus.DIBAO_SEVERE_DISABILITY: N_(
        "The supporter draws dibao and is severely disabled, and so unable."
    ),
    SupporterStatus.AGED_70_LOW_INCOME: N_(
        "The supporter is of high age, with low income and property, and so unable."
    ),
    SupporterStatus.SEVERE_DISABILITY_LOW_INCOME: N_(
        "The supporter is disabled as the rule names it, with low income and property, and so unable."
    ),
    SupporterStatus.INCAPABLE_LOW_PROPERTY: N_(
        "The supporter has no civil capacity, is missing or in prison, with low property, and so unable."
    ),
}


def tekun_supporter(
    stated: Supporter,
    *,
    on: date,
    area: str,
    residence: Residence,
    standards: Standards | None = None,
) -> SupporterTest:
    """Test whether a statutory supporter is unable to support, by the facts.

    Args:
        stated: what is known of the supporter; ``status`` is not looked at.
        on: the day.
        area: six-digit code of the county whose income figure and rules hold.
        residence: rural or urban income figure.
        standards: the tables; the bundled ones when left out.

    Returns:
        The first situation that certainly holds, even where others are not known.

    Raises:
        InvalidInput: when the supporter is born after the day.
        NotFound: when no area had that code on that day.

    Source:
        特困人员认定办法 (2016) art. 8 and (2021) art. 8.

    Limitations:
        "Other situations set by the province" (item 6) are not known. Of the measures of 2016 the
        ages are not available: before 2021-07-01 a recipient of dibao is not told by age.

    Example:
        >>> told = tekun_supporter(
        ...     Supporter(tekun=False, dibao=True, birth=date(1961, 7, 1)), on=date(2021, 7, 1),
        ...     area="130822", residence=Residence.RURAL)
        >>> told.status.name, told.basis.text("en")[-14:]
        ('DIBAO_ELDERLY', 'art. 8, item 2')
    """
    tables = Standards.bundled() if standards is None else standards
    resolved = _read(tables, area, on, residence)
    assert resolved.parameters is not None  # none of them is required
    status, open_ = status_of(stated, "supporter", on, resolved.parameters)
    lacking = []
    for each in open_:
        series = tables.series.get(each)
        if series is None:  # a fact
            lacking.append(Missing(each))
            continue
        keys = {"residence": residence.name.lower()} if "residence" in series.keys else {}
        try:
            tables.find(each, area, on, kinds=None, **keys)
        except FigureNotFound as error:
            lacking.append(Missing.figure(error.not_held))
    row = None if status is None else tables.get(UNABLE, area, on, status=status.name.lower())
    return SupporterTest(status, None if row is None else cited(row), tuple(lacking))


def status_of(
    stated: Supporter, path: str, on: date, p: SupporterParameters
) -> tuple[SupporterStatus | None, tuple[str, ...]]:
    """The first situation that holds; where none is certain, the paths and series that are missing.

    Args:
        stated: the facts; ``status`` is not looked at.
        path: of the supporter.
        on: the day.
        p: the parameters.
    """
    if all(each == Settled.OPEN for each in p.unable):
        return None, (UNABLE,)
    asked = _Asked(stated, path, on, p)
    open_: dict[str, None] = {}
    for status, test in _TESTS.items():
        if p.unable[status] != Settled.YES:
            continue
        asked.open = {}
        holds = _all(test(asked), asked.property_of(status))
        if holds:
            return status, ()
        if holds is None:
            open_ |= asked.open
    return (None, tuple(open_)) if open_ else (SupporterStatus.ABLE, ())


class _Asked:
    """The facts and figures of one supporter, each ``None`` and noted down where it is not known."""

    def __init__(self, stated: Supporter, path: str, on: date, p: SupporterParameters) -> None:
        self.stated, self.path, self.on, self.p = stated, path, on, p
        self.open: dict[str, None] = {}

    def fact(self, name: str) -> bool | None:
        value: bool | None = getattr(self.stated, name)
        if value is None:
            self.open[f"{self.path}.{name}"] = None
        return value

    def property_of(self, status: SupporterStatus) -> bool | None:
        """Whether the property meets the rule that such a supporter has to meet."""
        rule = self.p.property_rule[status]
        if rule == PropertyRule.NONE:
            return True
        return self.fact("meets_tekun_rule" if rule == PropertyRule.TEKUN else "low_property")

    def figure(self, series: str, value: int) -> int | None:
        if value < 0:
            self.open[series] = None
            return None
        return value

    def aged(self, series: str, least: int) -> bool | None:
        birth = self.stated.birth
        if birth is None:
            self.open[f"{self.path}.birth"] = None
        elif birth > self.on:
            raise InvalidInput(f"{self.path}.birth: is after the day, {self.on}")
        age = self.figure(series, least)
        if birth is None or age is None:
            return None
        return age_on(birth, self.on) >= age

    def severe(self, *, grade_3: bool) -> bool | None:
        """Severely disabled; with ``grade_3`` also grade 3 intellectual or mental."""
        disability = self.stated.disability
        if disability is None:
            if self.stated.disabled is False:
                return False
            asked = "disability" if self.stated.disabled else "disabled"
            self.open[f"{self.path}.{asked}"] = None
            return None
        severe = self.figure(_SEVERE, self.p.severe_grade)
        if severe is None:
            return None
        if disability.grade <= severe:
            return True
        if disability.grade > 3 or not grade_3:
            return False
        if disability.type is DisabilityType.MULTIPLE:
            self.open[f"{self.path}.disability.type"] = None
            return None
        return disability.type in (DisabilityType.INTELLECTUAL, DisabilityType.MENTAL)

    def low_income(self) -> bool | None:
        income = self.stated.income_year
        if income is None:
            self.open[f"{self.path}.income_year"] = None
            return None
        if income == 0:  # lower than any
            return True
        limit = self.figure(_INCOME, self.p.disposable_income_year)
        if limit is None:
            return None
        earned = to_fen(income)
        return earned < limit or (self.p.supporter_income_inclusive and earned == limit)

    def incapable(self) -> bool | None:
        ways = ("incapable", "declared_missing", "in_prison")
        if any(getattr(self.stated, way) for way in ways):
            return True
        return _any(*map(self.fact, ways))


def _all(*parts: bool | None) -> bool | None:
    if False in parts:
        return False
    return None if None in parts else True


def _any(*parts: bool | None) -> bool | None:
    if True in parts:
        return True
    return None if None in parts else False


_TESTS: dict[SupporterStatus, Callable[[_Asked], bool | None]] = {
    SupporterStatus.TEKUN: lambda a: a.fact("tekun"),
    SupporterStatus.DIBAO_ELDERLY: lambda a: _all(
        a.fact("dibao"), a.aged(_DIBAO_AGE, a.p.dibao_age)
    ),
    SupporterStatus.DIBAO_SEVERE_DISABILITY: lambda a: _all(
        a.fact("dibao"), a.severe(grade_3=False)
    ),
    SupporterStatus.AGED_70_LOW_INCOME: lambda a: _all(
        a.aged(_ELDERLY_AGE, a.p.supporter_elderly_age), a.low_income()
    ),
    SupporterStatus.SEVERE_DISABILITY_LOW_INCOME: lambda a: _all(
        a.severe(grade_3=True), a.low_income()
    ),
    SupporterStatus.INCAPABLE_LOW_PROPERTY: lambda a: a.incapable(),
}
