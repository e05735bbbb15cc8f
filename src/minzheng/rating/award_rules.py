"""The rules of places for awarding grades, applications, and what comes of them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache
from importlib import resources

from attrs import field, frozen

from minzheng.base import codec
from minzheng.base.dates import Span, add_months
from minzheng.base.i18n import N_, day, translator
from minzheng.base.suggest import unknown
from minzheng.errors import NotFound
from minzheng.law import Confidence

__all__ = [
    "Application",
    "Award",
    "AwardOutcome",
    "AwardRules",
    "Bar",
    "Conversion",
    "HeldGrade",
    "Level",
    "Reason",
    "ValidityFrom",
    "award_rules",
    "fact_text",
]


class ValidityFrom(StrEnum):
    """Where the validity of a grade begins."""

    AWARD = "award"
    """on the day of the award or its announcement"""
    JANUARY_AFTER = "january_after"
    """on 1 January after it"""


class Level(StrEnum):
    """The level that may award a grade."""

    COUNTY = "county"
    CITY = "city"
    PROVINCE = "province"


@frozen
class Bar:
    """What stops an application.

    Attributes:
        fact: true or false, or with ``within_months`` the day it last happened, or ``"never"``.
        within_months: how far back it counts.
    """

    fact: str
    within_months: int | None = None


@frozen
class Conversion:
    """What becomes of a grade of an older scheme.

    Attributes:
        years: of the old award.
        grade: the old grade.
        to: the grade it becomes, its validity counted from the old award; ``None``: rate again.
    """

    years: tuple[int, ...]
    grade: str
    to: str | None = None


@frozen
class AwardRules:
    """The rules of one place; ``None`` is not known.

    Attributes:
        id, title, title_zh, area: what they are and where they hold.
        grades: codes from the lowest to the highest.
        where, confidence: where they were read.
        instrument: its id, where it is held.
        start, end: first day, and first day no longer.
        competence: the level that may award each grade.
        operating_months: how long it must have operated.
        first_ceiling: the highest grade at a first application.
        one_step: a promotion is by one grade.
        upgrade_after_months: from the last award.
        upgrades_per_validity: how many.
        cool_down_months: after a failure, for the same or a higher grade.
        after_downgrade_months, after_cancellation_months: no application for so long.
        validity_months, validity_from: how long a grade lasts.
        renew_months: before its end a new application is made.
        reapply_within_months: from the beginning of the validity.
        return_plaque, return_days: what happens when it lapses or falls.
        grounds: on which a grade is lowered, or cancelled where it is serious.
        failed_promotion_keeps: a promotion that fails leaves the grade.
        recheck_share: share checked again each year.
        bars: what stops an application.
        grandfather: what becomes of older grades.
        note: what to beware of.
    """

    id: str
    title: str
    title_zh: str
    area: str
    grades: tuple[str, ...]
    where: str
    confidence: Confidence
    instrument: str | None = None
    start: date | None = None
    end: date | None = None
    competence: Mapping[str, Level] = field(factory=dict)
    operating_months: int | None = None
    first_ceiling: str | None = None
    one_step: bool | None = None
    upgrade_after_months: int | None = None
    upgrades_per_validity: int | None = None
    cool_down_months: int | None = None
    after_downgrade_months: int | None = None
    after_cancellation_months: int | None = None
    validity_months: int | None = None
    validity_from: ValidityFrom | None = None
    renew_months: int | None = None
    reapply_within_months: int | None = None
    return_plaque: bool | None = None
    return_days: int | None = None
    grounds: tuple[str, ...] = ()
    failed_promotion_keeps: bool | None = None
    recheck_share: Fraction | None = None
    bars: tuple[Bar, ...] = ()
    grandfather: tuple[Conversion, ...] = ()
    note: str = ""

    def validity(self, awarded: date) -> Span | None:
        """The days for which a grade awarded on a day holds; ``None`` where it is not stated.

        Example:
            >>> str(award_rules("hebei-institutions").validity(date(2025, 12, 20)))
            '2026-01-01 .. 2028-12-31'
        """
        if self.validity_months is None or self.validity_from is None:
            return None
        start = awarded
        if self.validity_from is ValidityFrom.JANUARY_AFTER:
            start = add_months(date(awarded.year, 1, 1), 12)
        return Span(start, add_months(start, self.validity_months))


@frozen
class HeldGrade:
    """A grade held from before.

    Attributes:
        grade: its code.
        since: the day of its award.
        until: the first day it no longer holds.
        upgrades: promotions within this validity.
    """

    grade: str
    since: date
    until: date
    upgrades: int | None = None


@frozen
class Application:
    """An application for a grade; ``None`` is not known.

    Attributes:
        grade: the grade applied for.
        on: its day, which is also that of the award.
        operating_since: the day operation began, or the certificate was issued.
        first: it is the first application ever.
        held: the grade held, lapsed or not.
        failures: days and grades of applications that failed.
        downgraded, cancelled: the day of the last one, where there was one.
        facts: of the bars.
    """

    grade: str
    on: date
    operating_since: date | None = None
    first: bool | None = None
    held: HeldGrade | None = None
    failures: tuple[tuple[date, str], ...] = ()
    downgraded: date | None = None
    cancelled: date | None = None
    facts: Mapping[str, bool | date | str] = field(factory=dict)


class AwardOutcome(StrEnum):
    """How an application ended."""

    AWARDED = "awarded"
    KEPT = "kept"
    """a promotion failed, the grade held stays"""
    FAILED = "failed"
    """no grade was earned"""
    BARRED = "barred"
    UNDETERMINED = "undetermined"


@frozen
class Reason:
    """Why: a code, its text, and what the text names."""

    code: str
    values: Mapping[str, object] = field(factory=dict)


@frozen
class Award:
    """What an application brings.

    Attributes:
        rules: the rules of the place.
        outcome: how it ended.
        grade: the code awarded or kept.
        by: the level that may award it; ``None`` where it is not stated.
        valid: the days for which it holds; ``None`` where that is not stated.
        renew_from: the day from which the next application is made.
        reasons: what stopped or lowered it.
        lacks: facts on which it hangs.
    """

    rules: AwardRules
    outcome: AwardOutcome
    grade: str | None = None
    by: Level | None = None
    valid: Span | None = None
    renew_from: date | None = None
    reasons: tuple[Reason, ...] = ()
    lacks: tuple[str, ...] = ()

    def lapsed(self, on: date) -> bool | None:
        """Whether the grade has lapsed by a day; ``None`` where its validity is not stated."""
        return None if self.valid is None or self.valid.end is None else on >= self.valid.end

    def explain(self, language: str) -> str:
        """The award in words.

        Args:
            language: ``"zh_CN"`` or ``"en"``.

        Raises:
            InvalidInput: for another language.
        """
        t = translator(language)
        lines = [self.rules.title_zh if language == "zh_CN" else self.rules.title]
        lines.append(t(_OUTCOMES[self.outcome]).format(grade=self.grade or ""))
        if self.by is not None:
            lines.append(t(N_("Awarded at the level: {level}.")).format(level=t(_LEVELS[self.by])))
        if self.valid is not None and self.valid.end is not None:
            start, end = day(self.valid.start, language), day(self.valid.end, language)
            lines.append(
                t(N_("Valid from {start} until before {end}.")).format(start=start, end=end)
            )
        for each in self.reasons:
            told = {
                name: day(value, language) if isinstance(value, date) else value
                for name, value in each.values.items()
            }
            if "fact" in told:
                told["fact"] = t(fact_text(str(told["fact"])))
            lines.append("  " + t(_REASONS[each.code]).format(**told))
        lines += [f"  {t(N_('not known'))}: {each}" for each in self.lacks]
        return "\n".join(lines)


_OUTCOMES = {
    AwardOutcome.AWARDED: N_("Awarded: {grade}."),
    AwardOutcome.KEPT: N_("The promotion failed; {grade} is kept."),
    AwardOutcome.FAILED: N_("Not awarded: no grade was earned."),
    AwardOutcome.BARRED: N_("The application cannot be taken."),
    AwardOutcome.UNDETERMINED: N_("Not determined: facts are lacking."),
}
_LEVELS = {Level.COUNTY: N_("county"), Level.CITY: N_("city"), Level.PROVINCE: N_("province")}
_REASONS = {
    "not_in_force": N_("the rules are not in force on that day"),
    "operating": N_("it has operated for less than {months} months"),
    "bar": N_("it is barred: {fact}"),
    "cool_down": N_("after a failure no application is taken before {day}"),
    "after_downgrade": N_("after a downgrade no application is taken before {day}"),
    "after_cancellation": N_("after a cancellation no application is taken before {day}"),
    "interval": N_("a promotion can be asked for from {day} on"),
    "upgrades": N_("no further promotion within this validity"),
    "reapply": N_("a new application could be made before {day}"),
    "first_ceiling": N_("a first application brings no more than {grade}"),
    "one_step": N_("a promotion is by one grade, to {grade}"),
    "earned": N_("the grade earned is {grade}"),
}
_FACTS = {
    "not_filed": N_("it is not filed"),
    "punished": N_("a penalty within the period"),
    "on_joint_punishment_list": N_("it is on the joint-punishment list"),
    "refused_to_return_plaque": N_("it refused to return the old plaque"),
    "major_liability_accident": N_("a major liability accident within the period"),
    "larger_accident": N_("a larger accident within the period"),
    "abuse_with_bad_effect": N_("abuse of residents with bad effect"),
    "false_papers": N_("false papers"),
    "obstruction": N_("obstruction of the assessment"),
    "no_annual_check_last_year": N_("no annual check last year"),
    "failed_annual_check_last_year": N_("the annual check of last year was failed"),
    "basically_passed_two_years_running": N_(
        "the annual check was only basically passed two years running"
    ),
    "punished_last_year": N_("a penalty last year"),
    "penalty_not_executed": N_("a penalty that is not yet carried out"),
    "under_investigation": N_("an investigation is under way"),
    "false_material": N_("false material"),
    "collusion": N_("collusion with the assessors"),
    "certificate_forged_or_lent": N_("the certificate was forged or lent"),
    "penalty": N_("a penalty"),
    "other": N_("another ground that the authority states"),
}


def fact_text(fact: str) -> str:
    """The message of a fact that bars or a ground on which a grade falls."""
    return _FACTS.get(fact, fact)


@cache
def _held() -> Mapping[str, AwardRules]:
    text = (resources.files("minzheng.rating") / "awards.toml").read_text(encoding="utf-8")
    rows = codec.structure_list(tomllib.loads(text)["rules"], AwardRules, "rules")
    return {each.id: each for each in rows}


def award_rules(rules_id: str) -> AwardRules:
    """The rules of a place that are bundled.

    Raises:
        NotFound: when none have that id.

    Example:
        >>> award_rules("shanghai-institutions").first_ceiling
        '3'
    """
    if rules_id not in _held():
        raise NotFound(f"award rules: {unknown(rules_id, _held())}")
    return _held()[rules_id]
