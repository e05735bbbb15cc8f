"""Screens of a register (漏保、错保、重复保 ...): what each looks for, and what it says of a row.

A screen compares what a register and other lists say. It finds rows to look at, never guilt: a
flag names its rows, its rule, and what would settle it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import IntEnum
from functools import lru_cache

from attrs import frozen

from minzheng.base.areas import Areas
from minzheng.base.brief import shown
from minzheng.base.i18n import N_, day, money, translator
from minzheng.base.identifiers import resident_id
from minzheng.base.money import to_yuan
from minzheng.errors import Fault, FigureNotFound, InvalidInput, WrongType
from minzheng.law import Citation
from minzheng.standards import NATION, Found, Standards

__all__ = ["Flag", "Law", "Roster", "Screen", "Verdict", "identity", "law"]


class Screen(IntEnum):
    """What is looked for, in the order in which a row's flags stand."""

    RECORD = 1
    """登记不全: the row, or a row of a list, cannot be screened"""
    OMITTED = 2
    """漏保: qualifies, not enrolled"""
    WRONG = 3
    """错保: enrolled, does not qualify"""
    TWICE = 4
    """重复保: paid here and in another place, in another row, or as tekun"""
    DECEASED = 5
    """死亡人员领取: dead, still paid"""
    RELATIVE = 6
    """近亲属未备案: a near relative of a handler, without a filing"""
    PARTIAL = 7
    """部分纳入: a member who counts is left out of an enrolled household"""
    GROUP = 8
    """整群纳入: many of one group enrolled on one day without a survey"""
    NUMBER = 9
    """号码待核: the division code in a number is in no list, or was retired before the birth"""


class Verdict(IntEnum):
    """How far a flag goes."""

    FOUND = 1
    """the rows contradict the rule"""
    IN_TIME = 2
    """to be settled by a day that has not passed"""
    UNDETERMINED = 3
    """a fact is missing that the answer hangs on"""
    NOT_RUN = 4
    """the screen was not run: a list was not given, or no rule of that day is held"""


class Roster(IntEnum):
    """Which list a flag's second row stands in."""

    REGISTER = 1
    TEKUN = 2
    ELSEWHERE = 3
    DEATHS = 4
    FILINGS = 5


@frozen
class Flag:
    """One thing to look at.

    Attributes:
        screen: what was looked for.
        verdict: how far it goes.
        row: row of the register, from 0; ``None`` for a list's row and a screen not run.
        id: the household's id in the register.
        member: place of the person in the household, from 0; ``None`` for the household.
        roster, roster_row: the row of a list that it rests on besides, or that is faulty.
        reason: why the rule decides as it does, such as ``"income_not_lower"``.
        amount_month: fen a month that the register pays; ``None`` where it does not say.
        due_month: fen a month that the rule gives; ``None`` where it cannot be determined.
        until: the last day on which it is in time.
        count: of a group, persons enrolled, or perhaps enrolled, without a survey; of a
            household that qualifies for single persons only, persons paid.
        missing: the fact, list or figure that is missing.
        basis: ``instrument#article.paragraph.item``, or the title of a source without articles.

    Example:
        >>> flag = Flag(
        ...     Screen.OMITTED, Verdict.FOUND, row=7, id="h8", reason="income_lower",
        ...     due_month=24_500, basis="social-assistance-measures-2014#66..")
        >>> print(flag.text("en"))
        Omitted (漏保): row 7, case h8. Qualifies by the rule and is not enrolled: the income is lower \
than the standard, 245.00 yuan a month. Basis: Interim Measures for Social Assistance, art. 66. To settle it: tell \
the household and help it to apply; survey it.
    """

    screen: Screen
    verdict: Verdict
    row: int | None = None
    id: str | None = None
    member: int | None = None
    roster: Roster | None = None
    roster_row: int | None = None
    reason: str | None = None
    amount_month: int | None = None
    due_month: int | None = None
    until: date | None = None
    count: int | None = None
    missing: str | None = None
    basis: str | None = None

    @property
    def citation(self) -> Citation | None:
        """The article it rests on; ``None`` where there is none."""
        if self.basis is None or "#" not in self.basis:
            return None
        instrument, _hash, places = self.basis.partition("#")
        article, paragraph, item = places.split(".")
        return Citation(instrument, article or None, paragraph or None, item or None)

    def text(self, language: str) -> str:
        """The flag in one line: what, which rows, on what rule, and what would settle it.

        Args:
            language: ``"zh_CN"`` or ``"en"``.

        Raises:
            InvalidInput: for another language.
        """
        return "".join(_parts(self, language))

    @property
    def order(self) -> tuple[int, int, int, int, int]:
        """Where it stands: by row, screen, member, list; flags without a row last."""
        return (
            2**62 if self.row is None else self.row,
            self.screen,
            -1 if self.member is None else self.member,
            0 if self.roster is None else self.roster,
            -1 if self.roster_row is None else self.roster_row,
        )


@frozen
class Law:
    """What the screens rest on in a place on a day.

    Attributes:
        basis: of each screen, as :attr:`Flag.basis`; one that is not there is not run.
        missing: of each screen that is not run, the figure that is not held.
        death_months: months within which a death is settled; ``None`` where none are held.
        gradual_exit: whether a gradual exit (渐退期) may be granted.
    """

    basis: Mapping[Screen, str]
    missing: Mapping[Screen, str]
    death_months: int | None
    gradual_exit: bool


_LAWFUL = ("omitted", "wrong", "twice", "relative", "partial", "group")


def law(standards: Standards, on: date, area: str = NATION) -> Law:
    """Read what the screens rest on.

    Args:
        standards: the tables.
        on: the day.
        area: whose law; a province's code takes the province's own rows before the nation's.

    Raises:
        NotFound: when no area bore that code on that day.

    Example:
        >>> held = law(Standards.bundled(), date(2022, 10, 19))
        >>> held.death_months, Screen.DECEASED in held.basis
        (None, False)
        >>> law(Standards.bundled(), date(2022, 10, 20)).death_months
        3
    """
    basis: dict[Screen, str] = {}
    missing: dict[Screen, str] = {}
    death_months = None
    for screen in (Screen[name.upper()] for name in _LAWFUL):
        try:
            found = standards.find("screen.basis", area, on, screen=screen.name.lower())
        except FigureNotFound as error:
            missing[screen] = f"standards: {error}"
        else:
            if found.value is True:
                basis[screen] = _basis(found)
            else:
                missing[screen] = f"standards: {found.figure.series} is false for {area} on {on}"
    try:
        found = standards.find("dibao.deadline.months", area, on, step="death_settlement")
    except FigureNotFound as error:
        missing[Screen.DECEASED] = f"standards: {error}"
    else:
        assert isinstance(found.value, int)
        death_months = found.value
        basis[Screen.DECEASED] = _basis(found)
    exit_rule = standards.get("dibao.exit.permitted", area, on)
    gradual = exit_rule is not None and exit_rule.value is True
    return Law(basis, missing, death_months, gradual)


def _basis(found: Found) -> str:
    cited = found.figure.citation
    if cited is None:
        return found.figure.source.title.replace("#", " ")
    places = (cited.article, cited.paragraph, cited.item)
    return f"{cited.instrument_id}#{'.'.join('' if each is None else each for each in places)}"


def identity(number: str | None) -> int | None:
    """The number by which a person is looked up in lists: the first 17 digits of 18.

    ``None`` for a number that is not there, or whose form or check character is wrong: a
    mistyped number would be found in no list, and that would look like a clean row. Whether the
    birth and the area exist is not looked at.

    Example:
        >>> identity("13080219900101003x"), identity("130802900101003")
        (13080219900101003, 13080219900101003)
        >>> identity("130802199001010031") is None
        True
    """
    if number is None:
        return None
    try:
        full = resident_id.to_18(number)
        right = full[17] == resident_id.check_digits(full)
    except InvalidInput:
        return None
    return int(full[:17]) if right else None


def doubtful(person: int, areas: Areas) -> bool:
    """Whether the area in a number is in no list, or was retired before the birth.

    Args:
        person: as :func:`identity` gives it.
        areas: the divisions of the tables in use.

    Example:
        >>> from minzheng.base.areas import BUNDLED
        >>> doubtful(13082320180101003, BUNDLED), doubtful(13080219900101003, BUNDLED)
        (True, False)
    """
    code, year = divmod(person // 10**7, 10_000)
    return bool(resident_id.area_warnings(f"{code:06d}", year, areas))


@lru_cache(maxsize=8192)  # a list repeats its places
def in_use(area: str, on: date, areas: Areas) -> bool:
    """Whether a division of the tables in use bears a code on a day."""
    return not areas.faults({"area": area}, on)


def check_group(least: int) -> None:
    """Refuse a number of persons that is no group.

    Raises:
        WrongType: when it is not a whole number.
        InvalidInput: below 2.
    """
    if isinstance(least, bool) or not isinstance(least, int):
        raise WrongType(f"group_least: expected a whole number, got {shown(least)}")
    if least < 2:
        raise InvalidInput([Fault("group_least", f"expected 2 or more, got {least}")])


# --- words ----------------------------------------------------------------------------------------

_NAMES = {
    Screen.RECORD: N_("Record incomplete (登记不全)"),
    Screen.OMITTED: N_("Omitted (漏保)"),
    Screen.WRONG: N_("Wrongly enrolled (错保)"),
    Screen.TWICE: N_("Paid twice (重复保)"),
    Screen.DECEASED: N_("Deceased, still paid (死亡人员领取)"),
    Screen.RELATIVE: N_("Near relative without filing (近亲属未备案)"),
    Screen.PARTIAL: N_("Partly enrolled (部分纳入)"),
    Screen.GROUP: N_("Enrolled as a group (整群纳入)"),
    Screen.NUMBER: N_("Number to check (号码待核)"),
}
_LISTS = {
    Roster.REGISTER: N_("the register"),
    Roster.TEKUN: N_("the tekun roster"),
    Roster.ELSEWHERE: N_("the rosters of other places"),
    Roster.DEATHS: N_("the list of deaths"),
    Roster.FILINGS: N_("the filings"),
}
_RELATIVE_NOT_FILED = N_("A declared near relative of a handler, and no filing of the household.")
_SAYS = {
    Screen.RECORD: N_("Cannot be screened."),
    Screen.OMITTED: N_("Qualifies by the rule and is not enrolled: {reason}, {due} a month."),
    Screen.WRONG: N_("Enrolled, and by the rule it does not qualify: {reason}."),
    Screen.TWICE: N_("Paid here, and stands in row {roster_row} of {roster} too."),
    Screen.DECEASED: N_("Paid, and dead by row {roster_row} of {roster}; due by {until}."),
    Screen.RELATIVE: _RELATIVE_NOT_FILED,
    Screen.PARTIAL: N_("Counts as a member of an enrolled household and is not paid for."),
    Screen.GROUP: N_("One of {count} persons of one group enrolled on one day without a survey."),
    Screen.NUMBER: N_(
        "The division code in the resident number is in no list, or was retired before the birth."
    ),
}
_SINGLES = N_("{count} persons are paid; by the rule only single persons qualify, and fewer.")
_NOT_COUNTED = N_("Paid for, and by the rule no member of the household.")
_OPEN = {
    Screen.RECORD: _SAYS[Screen.RECORD],
    Screen.OMITTED: N_("Not enrolled; whether it qualifies cannot be determined."),
    Screen.WRONG: N_("Enrolled; whether it still qualifies cannot be determined."),
    Screen.DECEASED: N_("Paid, and dead by row {roster_row} of {roster} without a day."),
    Screen.RELATIVE: N_("Whether a member is a near relative of a handler is not known."),
    Screen.PARTIAL: N_("Whether the person counts as a member cannot be determined."),
    Screen.GROUP: N_("Whether it was enrolled with a group and without a survey is not known."),
}
_DRAWS = N_(
    "Qualifies and is not enrolled, but row {roster_row} of {roster} pays a member already."
)
_SETTLED = {
    Screen.RECORD: N_("correct the record and screen it again"),
    Screen.OMITTED: N_("tell the household and help it to apply; survey it"),
    Screen.WRONG: N_("review the household, hear it, then adjust or stop"),
    Screen.TWICE: N_("ask which place or benefit is right, then stop the other and settle the sum"),
    Screen.DECEASED: N_("check the death, review the household, then adjust or stop"),
    Screen.RELATIVE: N_("file the case and visit the household"),
    Screen.PARTIAL: N_("take the member in, or record why the person does not count"),
    Screen.GROUP: N_("show the survey of each household, or make it"),
    Screen.NUMBER: N_("compare the number with the document of the person"),
}
_WHY = {
    "income_lower": N_("the income is lower than the standard"),
    "single_persons": N_("members may apply alone"),
    "no_members": N_("nobody counts as a member"),
    "property_rule": N_("the property does not meet the rule"),
    "financial_assets": N_("the financial assets are above the ceiling"),
    "homes": N_("more homes than the rule allows"),
    "floor_area": N_("the floor area is above the ceiling"),
    "car": N_("a private car"),
    "luxury": N_("luxuries or high spending"),
    "visible_living": N_("a visibly higher living"),
    "income_not_lower": N_("the income is not lower than the standard"),
    "unsettled_income": N_("no rule held says whether an income counts"),
    "line_missing": N_("no line of dibao-marginal families is available"),
    "combine_missing": N_("no rule on file says whether supplements add up"),
}
_STATE = N_("state the missing fact; a case not clear by it goes through assess")


def _parts(flag: Flag, language: str) -> list[str]:
    t = translator(language)
    chinese = language == "zh_CN"
    gap = "" if chinese else " "
    place = _place(flag, language)
    head = t(N_("{screen}: {place}.")).format(screen=t(_NAMES[flag.screen]), place=place)
    if flag.verdict is Verdict.NOT_RUN:
        told = t(N_("Not run; missing: {missing}.")).format(missing=flag.missing)
        return [t(_NAMES[flag.screen]), "：" if chinese else ": ", told]
    parts = [head, gap, _said(flag, language)]
    if flag.missing is not None:
        parts += [gap, t(N_("Missing: {missing}.")).format(missing=flag.missing)]
    if flag.basis is not None:
        cited = flag.citation
        shown = t(flag.basis) if cited is None else cited.text(language)
        parts += [gap, t(N_("Basis: {basis}.")).format(basis=shown)]
    how = _STATE if flag.missing and flag.row is not None else _SETTLED[flag.screen]
    return [*parts, gap, t(N_("To settle it: {how}.")).format(how=t(how))]


def _place(flag: Flag, language: str) -> str:
    t = translator(language)
    if flag.row is None:
        roster = t(_LISTS[flag.roster]) if flag.roster else ""
        return t(N_("row {row} of {roster}")).format(row=flag.roster_row, roster=roster)
    place = t(N_("row {row}, case {id}")).format(row=flag.row, id=flag.id)
    if flag.member is not None:
        place += t(N_(", member {member}")).format(member=flag.member)
    return place


def _said(flag: Flag, language: str) -> str:
    t = translator(language)
    says = _SAYS[flag.screen]
    if flag.screen is Screen.OMITTED and flag.roster is not None:
        says = _DRAWS
    elif flag.verdict is Verdict.UNDETERMINED:
        says = _OPEN[flag.screen]
    elif flag.reason == "single_persons" and flag.screen is Screen.WRONG:
        says = _SINGLES
    elif flag.reason == "not_counted":
        says = _NOT_COUNTED
    why = t(_WHY.get(flag.reason or "", ""))
    due = Decimal(0) if flag.due_month is None else to_yuan(flag.due_month)
    said = t(says).format(
        reason=why,
        due=money(due, language),
        count=flag.count,
        roster=t(_LISTS[flag.roster]) if flag.roster else "",
        roster_row=flag.roster_row,
        until="" if flag.until is None else day(flag.until, language),
    )
    if flag.verdict is Verdict.UNDETERMINED and why:
        said += t(N_(" The rule says: {reason}.")).format(reason=why)
    return said
