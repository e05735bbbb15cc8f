"""Whether a statutory supporter is unable to support (无履行义务能力): the test by its facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from attrs import frozen

from minzheng.base.dates import age_on
from minzheng.base.i18n import N_, translator
from minzheng.base.money import to_fen
from minzheng.benefits.telling import not_held
from minzheng.decision import Missing, Reference, cited
from minzheng.decision.words import missing
from minzheng.errors import InvalidInput
from minzheng.law import Citation
from minzheng.people import DisabilityType, Residence, Supporter, SupporterStatus
from minzheng.standards import Found, Standards
from minzheng.standards.reading import Reading

__all__ = ["FIGURES", "SupporterTest", "judge", "supporter"]

FIGURES = (
    "tekun.supporter.dibao_age",
    "tekun.supporter.elderly_age",
    "tekun.supporter.income_inclusive",
    "disability.severe_grade",
    "income.disposable_per_capita",
)
"""The series that the test asks beside ``tekun.supporter.unable``."""

_UNABLE = "tekun.supporter.unable"


@frozen
class SupporterTest:
    """What the test says of one supporter.

    Attributes:
        status: the first situation that holds, ``ABLE`` when none does; ``None`` while facts
            or figures are missing that it hangs on.
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


def supporter(
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
        NotFound: when no area bore that code on that day.

    Source:
        特困人员认定办法 (2021) art. 8.

    Limitations:
        "Other situations set by the province" (item 6) are not known. Of the measures of
        2016 the ages are not held: before 2021-07-01 a recipient of dibao is not told by age.

    Example:
        >>> told = supporter(
        ...     Supporter(tekun=False, dibao=True, birth=date(1961, 7, 1)), on=date(2021, 7, 1),
        ...     area="130822", residence=Residence.RURAL)
        >>> told.status.name, told.basis.text("en")[-14:]
        ('DIBAO_ELDERLY', 'art. 8, item 2')
    """
    tables = Standards.bundled() if standards is None else standards
    read = Reading(tables, area, on, residence=residence.name.lower())
    for status in SupporterStatus:
        read.get(_UNABLE, status=status.name.lower())
    for series in FIGURES:
        read.get(series)
    told = judge(stated, "supporter", on, read.resolve(None).used)
    figures = tuple(_lacking(told.missing, tables, area, on, residence))
    return SupporterTest(told.status, told.basis, figures)


def unable(used: Iterable[Found]) -> dict[SupporterStatus, Found]:
    """The row for each status; one without the key ``status`` holds for those that have none."""
    by_word = {
        dict(each.figure.keys).get("status"): each for each in used if each.figure.series == _UNABLE
    }
    of_all = by_word.get(None)
    rows = {status: by_word.get(status.name.lower(), of_all) for status in SupporterStatus}
    return {status: row for status, row in rows.items() if row is not None}


def judge(stated: Supporter, path: str, on: date, used: Iterable[Found]) -> SupporterTest:
    """The test under figures that were looked up; a figure not among them is named by its series."""
    used = tuple(used)
    held = {each.figure.series: each for each in used}
    rows = unable(used)
    if not rows:
        return SupporterTest(None, missing=(Missing(_UNABLE),))
    asked = _Asked(stated, path, on, held)
    open_: dict[str, None] = {}
    for status, test in _TESTS.items():
        row = rows.get(status)
        if row is None or row.value is not True:
            continue
        asked.open = {}
        holds = test(asked)
        if holds:
            return SupporterTest(status, cited(row))
        if holds is None:
            open_ |= asked.open
    if open_:
        return SupporterTest(None, missing=tuple(map(Missing, open_)))
    able = rows.get(SupporterStatus.ABLE)
    return SupporterTest(SupporterStatus.ABLE, None if able is None else cited(able))


class _Asked:
    """The facts and figures of one supporter, each ``None`` and noted down where it is not known."""

    def __init__(self, stated: Supporter, path: str, on: date, held: Mapping[str, Found]) -> None:
        self.stated, self.path, self.on, self.held = stated, path, on, held
        self.open: dict[str, None] = {}

    def fact(self, name: str) -> bool | None:
        value: bool | None = getattr(self.stated, name)
        if value is None:
            self.open[f"{self.path}.{name}"] = None
        return value

    def figure(self, series: str) -> Found | None:
        if series not in self.held:
            self.open[series] = None
        return self.held.get(series)

    def aged(self, series: str) -> bool | None:
        birth = self.stated.birth
        if birth is None:
            self.open[f"{self.path}.birth"] = None
        elif birth > self.on:
            raise InvalidInput(f"{self.path}.birth: is after the day, {self.on}")
        age = self.figure(series)
        if birth is None or age is None:
            return None
        return age_on(birth, self.on) >= Reading.whole(age)

    def severe(self, grade_3: bool) -> bool | None:
        """Severely disabled; with ``grade_3`` also grade 3 intellectual or mental."""
        disability = self.stated.disability
        if disability is None:
            if self.stated.disabled is False:
                return False
            self.open[
                f"{self.path}.disability" if self.stated.disabled else f"{self.path}.disabled"
            ] = None
            return None
        severe = self.figure("disability.severe_grade")
        if severe is None:
            return None
        if disability.grade <= Reading.whole(severe):
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
        limit = self.figure("income.disposable_per_capita")
        if limit is None:
            return None
        equal = Reading.yes(self.held.get("tekun.supporter.income_inclusive"))
        most = Reading.fen_a_year(limit)
        return to_fen(income) < most or (equal and to_fen(income) == most)

    def incapable(self) -> bool | None:
        ways = ("incapable", "declared_missing", "in_prison")
        if any(getattr(self.stated, way) for way in ways):
            return self.fact("low_property")
        return _all(_any(*map(self.fact, ways)), self.fact("low_property"))


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
        a.fact("dibao"), a.aged("tekun.supporter.dibao_age")
    ),
    SupporterStatus.DIBAO_SEVERE_DISABILITY: lambda a: _all(a.fact("dibao"), a.severe(False)),
    SupporterStatus.AGED_70_LOW_INCOME: lambda a: _all(
        a.aged("tekun.supporter.elderly_age"), a.low_income(), a.fact("low_property")
    ),
    SupporterStatus.SEVERE_DISABILITY_LOW_INCOME: lambda a: _all(
        a.severe(True), a.low_income(), a.fact("low_property")
    ),
    SupporterStatus.INCAPABLE_LOW_PROPERTY: lambda a: a.incapable(),
}


def _lacking(
    open_: Iterable[Missing], tables: Standards, area: str, on: date, residence: Residence
) -> Iterator[Missing]:
    """The same, figures in the words of the look-up."""
    for each in open_:
        series = tables.series.get(each.path)
        if series is None:
            yield each
        else:
            keys = {"residence": residence.name.lower()} if "residence" in series.keys else {}
            yield from not_held([(series.name, keys)], tables, area, on)
