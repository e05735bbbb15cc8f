"""What the death of a recipient sets going in dibao: the clock, and payments made after it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import IntEnum

from attrs import frozen

from minzheng.base.i18n import N_, day, translator
from minzheng.base.workdays import Calendar
from minzheng.benefits.procedures._deadlines import Deadline, deadlines
from minzheng.benefits.procedures._steps import Events
from minzheng.standards import Standards

__all__ = ["AfterDeath", "PaidAfter", "after_death"]


class PaidAfter(IntEnum):
    """How a payment stands to the death of a recipient."""

    BEFORE = 1
    """made before the death or on its day"""
    TO_SETTLE = 2
    """made after it, while the time to settle runs"""
    LATE = 3
    """made after the time to settle had run out: 死亡人员领取"""
    NO_CLOCK = 4
    """made after it, and no rule held for that day sets a time to settle"""


@frozen
class AfterDeath:
    """What follows from a death.

    Attributes:
        settle_by: the time limit; ``None`` where no rule held for the day of death sets one.
        alone: whether nobody else is in the household; ``None`` when that is not known.
        payments: for each day of payment how it stands to the death.
    """

    settle_by: Deadline | None
    alone: bool | None
    payments: tuple[tuple[date, PaidAfter], ...]

    def explain(self, language: str) -> str:
        """What is to be done and by when, and which payments came after the death.

        Raises:
            InvalidInput: for a language without a catalogue.
        """
        t = translator(language)
        clock = t(_NO_CLOCK) if self.settle_by is None else self.settle_by.explain(language)
        paid = (
            t(_PAID[how]).format(day=day(when, language))
            for when, how in self.payments
            if how is not PaidAfter.BEFORE
        )
        return "\n".join([t(_STOPS[self.alone]), clock, *paid])


_STOPS = {
    True: N_("Nobody else is in the household: its payment stops."),
    False: N_(
        "The share and the supplement of the dead person go; the payment of the others is worked out anew and may rise, fall or stop."
    ),
    None: N_("Whether the payment stops or is worked out anew hangs on who else is there."),
}
_NO_CLOCK = N_("No rule held for the day of death sets a time to settle.")
_PAID = {
    PaidAfter.TO_SETTLE: N_("Paid on {day}, after the death: to be settled."),
    PaidAfter.LATE: N_("Paid on {day}, after the time to settle had run out."),
    PaidAfter.NO_CLOCK: N_("Paid on {day}, after the death."),
}


def after_death(
    area: str,
    died: date,
    *,
    alone: bool | None,
    paid_on: Iterable[date] = (),
    standards: Standards | None = None,
    calendar: Calendar | None = None,
) -> AfterDeath:
    """Tell what the death of a recipient asks for, and which payments came after it.

    Args:
        area: six-digit code of the county.
        died: the day of death.
        alone: whether nobody else is in the household; ``None`` when that is not known.
        paid_on: days on which the household was paid for the dead person too.
        standards: the tables; the bundled ones when left out.
        calendar: the notices on working days; the bundled ones when left out.

    Raises:
        NotFound: when no area bore that code on that day.

    Source:
        the notice of 2022-10-20, part 1 (3): within three months of the death.

    Limitations:
        What was paid after the death is not reckoned up: nothing held says from which
        month it has to be given back.

    Example:
        >>> told = after_death(
        ...     "130822", date(2022, 10, 20), alone=True,
        ...     paid_on=[date(2023, 1, 10), date(2023, 2, 10)])
        >>> told.settle_by.due, [how.name for _day, how in told.payments]
        (datetime.date(2023, 1, 20), ['TO_SETTLE', 'LATE'])
    """
    events = Events(died=died)
    told = deadlines("dibao", area, events=events, standards=standards, calendar=calendar)
    clock = told.each[0] if told.each else None
    last = None if clock is None else clock.due

    def stands(paid: date) -> PaidAfter:
        if paid <= died:
            return PaidAfter.BEFORE
        if last is None:
            return PaidAfter.NO_CLOCK
        return PaidAfter.TO_SETTLE if paid <= last else PaidAfter.LATE

    return AfterDeath(clock, alone, tuple((paid, stands(paid)) for paid in paid_on))
