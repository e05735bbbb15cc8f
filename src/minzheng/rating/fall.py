"""When a grade is lowered or cancelled before its end: on what ground, and what follows."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from attrs import evolve, frozen

from minzheng.base.dates import add_days, add_months
from minzheng.base.i18n import N_, day, translator
from minzheng.base.suggest import unknown
from minzheng.errors import Fault, InvalidInput
from minzheng.rating.award_rules import Application, AwardRules, HeldGrade, fact_text

__all__ = ["Event", "Fall", "FallOutcome", "fall"]


@frozen
class Event:
    """What an authority decided on a grade; ``None`` is not known.

    Attributes:
        ground: one of the grounds of the rules.
        on: the day of the decision.
        serious: the authority found it serious, so that the grade is cancelled.
        to: the grade to which the decision lowers it; no rule says by how much.
        received_on: the day on which the written decision was received.
    """

    ground: str
    on: date
    serious: bool | None = None
    to: str | None = None
    received_on: date | None = None


class FallOutcome(StrEnum):
    """What becomes of a grade."""

    LOWERED = "lowered"
    CANCELLED = "cancelled"
    NOTHING = "nothing"
    """there is no grade that could fall: it has lapsed, or had not begun"""
    UNDETERMINED = "undetermined"


@frozen
class Fall:
    """What becomes of a grade, and what follows.

    Attributes:
        rules: the rules of the place.
        event: what happened.
        held: the grade held until then.
        outcome: what becomes of it.
        grade: the code of the lower grade; ``None`` when there is none.
        return_by: the last day to exchange the certificate and plaque of a lowered grade, or to
            return those of a cancelled one; ``None`` where it is not stated, and where the day
            of receipt is not known.
        apply_from: the first day of a new application; ``None`` where it is not stated.
        lacks: facts on which it hangs.
    """

    rules: AwardRules
    event: Event
    held: HeldGrade
    outcome: FallOutcome
    grade: str | None = None
    return_by: date | None = None
    apply_from: date | None = None
    lacks: tuple[str, ...] = ()

    def then(self, application: Application) -> Application:
        """An application with what is known since.

        Example:
            >>> from minzheng.rating.award import award, award_rules
            >>> rules = award_rules("social-organisations-2010")
            >>> held = HeldGrade("4A", date(2018, 6, 1), date(2023, 6, 1))
            >>> fallen = fall(rules, held, Event("false_material", date(2020, 5, 1), serious=True))
            >>> asked = fallen.then(Application("3A", date(2023, 4, 30), date(2010, 1, 1)))
            >>> award(rules, asked, "3A").reasons[-1].values["day"]
            datetime.date(2023, 5, 2)
        """
        on = self.event.on
        if self.outcome is FallOutcome.CANCELLED:
            return evolve(application, held=evolve(self.held, until=on), cancelled=on)
        if self.outcome is FallOutcome.LOWERED:
            assert self.grade is not None
            return evolve(application, held=evolve(self.held, grade=self.grade), downgraded=on)
        return application

    def explain(self, language: str) -> str:
        """The fall in words.

        Args:
            language: ``"zh_CN"`` or ``"en"``.

        Raises:
            InvalidInput: for another language.
        """
        t = translator(language)
        lines = [self.rules.title_zh if language == "zh_CN" else self.rules.title]
        told = t(_OUTCOMES[self.outcome]).format(
            held=self.held.grade, grade=self.grade or "", day=day(self.event.on, language)
        )
        lines.append(told)
        ground = t(fact_text(self.event.ground))
        lines.append("  " + t(N_("Ground: {ground}.")).format(ground=ground))
        for text, on in ((_RETURN[self.outcome], self.return_by), (_APPLY, self.apply_from)):
            if text and on is not None:
                lines.append("  " + t(text).format(day=day(on, language)))
        lines += [f"  {t(N_('not known'))}: {each}" for each in self.lacks]
        return "\n".join(lines)


_OUTCOMES = {
    FallOutcome.LOWERED: N_("{held} is lowered to {grade} on {day}."),
    FallOutcome.CANCELLED: N_("{held} is cancelled on {day}."),
    FallOutcome.NOTHING: N_("On {day} there is no grade {held} that could fall."),
    FallOutcome.UNDETERMINED: N_("Not determined: facts are lacking."),
}
_RETURN = {
    FallOutcome.LOWERED: N_("Certificate and plaque are exchanged by {day}."),
    FallOutcome.CANCELLED: N_("Certificate and plaque are returned by {day}."),
    FallOutcome.NOTHING: "",
    FallOutcome.UNDETERMINED: "",
}
_APPLY = N_("A new application is taken from {day} on.")


def fall(rules: AwardRules, held: HeldGrade, event: Event) -> Fall:
    """What follows for a grade from an event.

    A grade is lowered on one of the grounds of the rules, and cancelled where it is serious.
    Which it is, and to which grade, the authority decides: where the event does not say, the
    outcome is undetermined. It is undetermined too where the grounds of a place are not held.

    Args:
        rules: of the place, those in force on the day of the event.
        held: the grade held until then.
        event: what was decided.

    Raises:
        InvalidInput: for a grade or a ground that the rules do not know, a grade that is not
            lower, and rules not in force on that day; all at once.

    Source:
        Order No. 39 of the ministry (2010): grounds (art. 30), two and three years without an
        application (art. 31), the corresponding day the last of them (Civil Code arts 201, 202),
        15 days for certificate and plaque from the day on which the
        written decision was received (art. 33), which is not counted itself.

    Limitations:
        Whether lowering changes how long a grade is valid
        was not read either: it keeps its days. Of the measures of 2026 no ground is held.

    Example:
        >>> from minzheng.rating.award import award_rules
        >>> held = HeldGrade("4A", date(2018, 6, 1), date(2023, 6, 1))
        >>> event = Event("penalty", date(2020, 5, 1), serious=False, to="3A",
        ...               received_on=date(2020, 5, 8))
        >>> print(fall(award_rules("social-organisations-2010"), held, event).explain("en"))
        Evaluation of social organisations (order 39 of 2010)
        4A is lowered to 3A on 1 May 2020.
          Ground: a penalty.
          Certificate and plaque are exchanged by 23 May 2020.
          A new application is taken from 2 May 2022 on.
    """
    faults = list(_faults(rules, held, event))
    if faults:
        raise InvalidInput(faults)
    if not held.since <= event.on < held.until:
        return Fall(rules, event, held, FallOutcome.NOTHING)
    lacks: tuple[str, ...] = () if rules.grounds else ("rules.grounds",)
    if event.serious is None:
        lacks += ("event.serious",)
    elif not event.serious and event.to is None:
        lacks += ("event.to",)
    if lacks:
        return Fall(rules, event, held, FallOutcome.UNDETERMINED, lacks=lacks)
    months = rules.after_cancellation_months if event.serious else rules.after_downgrade_months
    days = rules.return_days if rules.return_plaque else None
    received = event.received_on
    return Fall(
        rules,
        event,
        held,
        FallOutcome.CANCELLED if event.serious else FallOutcome.LOWERED,
        None if event.serious else event.to,
        None if days is None or received is None else add_days(received, days),
        None if months is None else add_days(add_months(event.on, months), 1),
        () if days is None or received is not None else ("event.received_on",),
    )


def _faults(rules: AwardRules, held: HeldGrade, event: Event) -> list[Fault]:
    ranks = {code: at for at, code in enumerate(rules.grades, 1)}
    faults = [
        Fault(path, unknown(code, ranks))
        for path, code in (("held.grade", held.grade), ("event.to", event.to))
        if code is not None and code not in ranks
    ]
    if rules.grounds and event.ground not in rules.grounds:
        faults.append(Fault("event.ground", unknown(event.ground, rules.grounds)))
    if (rules.start and event.on < rules.start) or (rules.end and event.on >= rules.end):
        faults.append(Fault("event.on", f"{rules.id} is not in force on {event.on}"))
    if event.received_on is not None and event.received_on < event.on:
        faults.append(Fault("event.received_on", f"is before the decision of {event.on}"))
    if event.to is not None and event.serious:
        faults.append(Fault("event.to", "a grade that is cancelled is not lowered as well"))
    elif not faults and event.to is not None and ranks[event.to] >= ranks[held.grade]:
        faults.append(Fault("event.to", f"expected a grade below {held.grade}, got {event.to}"))
    return faults
