"""From a grade earned to a grade awarded: who may, from when, for how long, by the rules of a place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from minzheng.base.brief import shown
from minzheng.base.dates import Span, add_days, add_months
from minzheng.base.suggest import unknown
from minzheng.errors import Fault, InvalidInput
from minzheng.rating.award_rules import (
    Application,
    Award,
    AwardOutcome,
    AwardRules,
    Bar,
    Conversion,
    HeldGrade,
    Level,
    Reason,
    ValidityFrom,
    award_rules,
)

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
    "award",
    "award_rules",
    "convert",
]


def award(rules: AwardRules, application: Application, earned: str | None) -> Award:
    """Decide an application, once the grade earned is known.

    The grade awarded is the smallest of the one applied for, the one earned, the ceiling of a
    first application, and the next step of a promotion.

    Args:
        rules: of the place.
        application: what is asked for, and what is known of the applicant.
        earned: the code of the grade that the score brings; ``""`` for none, ``None`` when it
            is not determined.

    Raises:
        InvalidInput: for a grade that the rules do not know.

    Example:
        >>> asked = Application(grade="5", on=date(2021, 5, 1), first=True)
        >>> award(award_rules("zhejiang-institutions"), asked, "5").grade
        '4'
    """
    ranks = {code: at for at, code in enumerate(rules.grades, 1)}
    faults = [
        Fault(path, unknown(code, ranks))
        for path, code in (
            ("application.grade", application.grade),
            ("application.held.grade", application.held.grade if application.held else None),
            ("earned", earned or None),
        )
        if code is not None and code not in ranks
    ]
    if faults:
        raise InvalidInput(faults)
    lacks: list[str] = []
    bars = list(_bars(rules, application, ranks, lacks))
    if bars:
        return Award(rules, AwardOutcome.BARRED, reasons=tuple(bars))
    wanted, reasons = _ceiling(rules, application, ranks, lacks)
    if earned is None:
        lacks.append("earned")
    if lacks:
        return Award(rules, AwardOutcome.UNDETERMINED, lacks=tuple(lacks))
    got = min(wanted, ranks[earned] if earned else 0)
    if got < wanted:
        reasons.append(Reason("earned", {"grade": earned or "-"}))
    held = _running(application)
    if (
        held is not None
        and got < wanted
        and rules.failed_promotion_keeps
        and wanted > ranks[held.grade]
    ):
        valid = Span(held.since, held.until)
        return Award(rules, AwardOutcome.KEPT, held.grade, valid=valid, reasons=tuple(reasons))
    if not got:
        return Award(rules, AwardOutcome.FAILED, reasons=tuple(reasons))
    grade = rules.grades[got - 1]
    valid_ = rules.validity(application.on)
    renew = None
    if valid_ is not None and valid_.end is not None and rules.renew_months is not None:
        renew = add_months(valid_.end, -rules.renew_months)
    return Award(
        rules,
        AwardOutcome.AWARDED,
        grade,
        rules.competence.get(grade),
        valid_,
        renew,
        tuple(reasons),
    )


def convert(rules: AwardRules, grade: str, awarded: date) -> Award | None:
    """What becomes of a grade of an older scheme.

    Args:
        rules: of the place.
        grade: the old grade.
        awarded: the day of the old award.

    Returns:
        The grade it becomes with its validity from the old award; a failed award where it must be
        rated again; ``None`` where the rules say nothing.

    Example:
        >>> convert(award_rules("hubei-institutions"), "3", date(2018, 11, 1)).grade
        '3'
    """
    for each in rules.grandfather:
        if awarded.year in each.years and grade == each.grade:
            if each.to is None:
                return Award(rules, AwardOutcome.FAILED)
            return Award(rules, AwardOutcome.AWARDED, each.to, valid=rules.validity(awarded))
    return None


def _running(application: Application) -> HeldGrade | None:
    held = application.held
    return held if held is not None and application.on < held.until else None


def _bars(
    rules: AwardRules, asked: Application, ranks: Mapping[str, int], lacks: list[str]
) -> Iterator[Reason]:
    on = asked.on
    if (rules.start and on < rules.start) or (rules.end and on >= rules.end):
        yield Reason("not_in_force")
    if rules.operating_months is not None:
        if asked.operating_since is None:
            lacks.append("operating_since")
        elif on < add_months(asked.operating_since, rules.operating_months):
            yield Reason("operating", {"months": rules.operating_months})
    for bar in rules.bars:
        value = asked.facts.get(bar.fact)
        if value is None:
            lacks.append(f"facts.{bar.fact}")
        elif _stops(bar, value, on):
            yield Reason("bar", {"fact": bar.fact})
    if rules.cool_down_months is not None:
        for failed, grade in asked.failures:
            free = add_months(failed, rules.cool_down_months)
            if ranks[asked.grade] >= ranks[grade] and on < free:
                yield Reason("cool_down", {"day": free})
    for name, last, months in (
        ("after_downgrade", asked.downgraded, rules.after_downgrade_months),
        ("after_cancellation", asked.cancelled, rules.after_cancellation_months),
    ):
        if last is not None and months is not None:
            free = add_days(add_months(last, months), 1)
            if on < free:
                yield Reason(name, {"day": free})
    held = _running(asked)
    if held is None:
        return
    if rules.reapply_within_months is not None:
        since = rules.validity(held.since)
        last_day = add_months(since.start if since else held.since, rules.reapply_within_months)
        if on >= last_day:
            yield Reason("reapply", {"day": last_day})
    if ranks[asked.grade] <= ranks[held.grade]:
        return
    if rules.upgrade_after_months is not None:
        free = add_months(held.since, rules.upgrade_after_months)
        if on < free:
            yield Reason("interval", {"day": free})
    if rules.upgrades_per_validity is not None:
        if held.upgrades is None:
            lacks.append("held.upgrades")
        elif held.upgrades >= rules.upgrades_per_validity:
            yield Reason("upgrades")


def _stops(bar: Bar, value: bool | date | str, on: date) -> bool:
    if bar.within_months is None:
        if not isinstance(value, bool):
            raise InvalidInput(
                [Fault(f"facts.{bar.fact}", f"expected true or false, got {shown(value)}")]
            )
        return value
    if value == "never":
        return False
    if not isinstance(value, date):
        message = f"expected the day it last happened, or 'never', got {shown(value)}"
        raise InvalidInput([Fault(f"facts.{bar.fact}", message)])
    return on < add_months(value, bar.within_months)


def _ceiling(
    rules: AwardRules, asked: Application, ranks: Mapping[str, int], lacks: list[str]
) -> tuple[int, list[Reason]]:
    """The highest grade that the application can bring, whatever is earned."""
    wanted, reasons = ranks[asked.grade], []
    held = _running(asked)
    if rules.first_ceiling is not None and ranks[rules.first_ceiling] < wanted:
        first = False if asked.held is not None else asked.first
        if first is None:
            lacks.append("first")
        elif first:
            wanted = ranks[rules.first_ceiling]
            reasons.append(Reason("first_ceiling", {"grade": rules.first_ceiling}))
    if rules.one_step and held is not None and wanted > ranks[held.grade] + 1:
        wanted = ranks[held.grade] + 1
        reasons.append(Reason("one_step", {"grade": rules.grades[wanted - 1]}))
    return wanted, reasons
