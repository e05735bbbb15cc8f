"""What a procedure is made of: the days of its events, and the steps of each benefit.

A new benefit needs an entry in :data:`STEPS` and rows in the tables, no code.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from attrs import field, fields, frozen

from minzheng.base.i18n import N_
from minzheng.errors import Fault, InvalidInput

__all__ = ["STEPS", "TEXTS", "Events", "Step"]


def _day(text: str, *after: str) -> Any:
    """The day of an event; ``after`` names those that it cannot precede."""
    return field(default=None, metadata={"text": text, "after": after})


@frozen(kw_only=True)
class Events:
    """The days on which something happened in one case; a day left out is not known.

    Attributes:
        applied: the application.
        accepted: the township accepted the application.
        surveyed: the survey was done.
        check_requested: the county received the township's request for a data check.
        opinion_received: the township received the opinion of the village (评议).
        posted: the first day of the publicity (公示) in the village or community.
        posted_until: its last day; by default as many days after as the law asks for.
        received: the county received the file.
        county_posted: the first day of the county's own publicity (dibao, until 2021-06-30).
        county_posted_until: its last day; by default likewise.
        objected: somebody objected to the publicity.
        decided: the decision.
        emergency_over: the emergency was over, after assistance granted first.
        self_care_reported: a change of the self-care ability of a tekun person was reported.
        end_posted: the first day of the publicity of a proposed end of tekun.
        end_objected: somebody objected to it.
        died: a recipient died.

    Raises:
        InvalidInput: for a day before an event that comes first, all at once.

    Example:
        >>> Events(accepted=date(2021, 7, 1), posted=date(2021, 7, 20)).stated()
        {'accepted': datetime.date(2021, 7, 1), 'posted': datetime.date(2021, 7, 20)}
    """

    applied: date | None = _day(N_("the application"))
    accepted: date | None = _day(N_("acceptance of the application"), "applied")
    surveyed: date | None = _day(N_("the end of the survey"), "accepted")
    check_requested: date | None = _day(
        N_("receipt of the township's request for a data check"), "accepted"
    )
    opinion_received: date | None = _day(N_("receipt of the village's opinion"), "applied")
    posted: date | None = _day(N_("posting of the publicity"), "accepted")
    posted_until: date | None = _day(N_("the end of the publicity"), "posted")
    received: date | None = _day(N_("receipt of the file by the county"), "applied", "accepted")
    county_posted: date | None = _day(N_("posting of the county's publicity"), "accepted")
    county_posted_until: date | None = _day(
        N_("the end of the county's publicity"), "county_posted"
    )
    objected: date | None = _day(N_("an objection to the publicity"), "accepted", "posted")
    decided: date | None = _day(N_("the decision"), "applied", "accepted")
    emergency_over: date | None = _day(N_("the end of the emergency"))
    self_care_reported: date | None = _day(N_("the report that self-care has changed"))
    end_posted: date | None = _day(N_("posting of the proposed end"))
    end_objected: date | None = _day(N_("an objection to the proposed end"), "end_posted")
    died: date | None = _day(N_("the death"))

    def __attrs_post_init__(self) -> None:
        stated = self.stated()
        faults = {
            each.name: Fault(each.name, f"{stated[each.name]} is before {first}, {stated[first]}")
            for each in fields(Events)
            for first in each.metadata["after"]
            if each.name in stated and first in stated and stated[each.name] < stated[first]
        }
        if faults:
            raise InvalidInput(list(faults.values()))

    def stated(self) -> dict[str, date]:
        """The days that are known, by the name of the event."""
        days = {each.name: getattr(self, each.name) for each in fields(Events)}
        return {name: day for name, day in days.items() if day is not None}


TEXTS: Final[Mapping[str, str]] = {
    **{each.name: each.metadata["text"] for each in fields(Events)},
    "reviewed": N_("the last review"),
}
"""The events in words: message ids."""


@frozen
class Step:
    """One act of a procedure that has a time limit in the law of some day.

    Attributes:
        name: the word of the key ``step`` in the tables.
        text: message id of what is due.
        event: the event that it is counted from, an attribute of :class:`Events`.
        runs: it is a period that runs through its last day, such as a publicity, whose end is the
            event ``<event>_until``; otherwise an act that is due by that day.
        only: the circumstance in which there is such a step: ``"delegated"``, ``"special"``,
            ``"small_quick"``, ``"rural"`` or ``"urban"``; ``""`` in all.
        instead: the steps whose place it takes where the law of the day has it.
    """

    name: str
    text: str
    event: str
    runs: bool = False
    only: str = ""
    instead: tuple[str, ...] = ()


_PUBLICITY = Step(
    "publicity", N_("publicity (公示) in the village or community"), "posted", runs=True
)
_COUNTY_OPINION = Step("county_opinion", N_("opinion of the county to be given"), "received")
_REFUSAL_NOTICE = Step("refusal_notice", N_("refusal to be told, with reasons"), "decided")
_TOTAL = Step("total", N_("whole procedure to be completed"), "accepted")
_SPECIAL = N_("whole procedure to be completed, in special cases")

STEPS: Final[Mapping[str, tuple[tuple[Step, ...], ...]]] = {
    "dibao": (
        (
            Step("survey_start", N_("survey of the economic status to be started"), "accepted"),
            Step(
                "data_check_start", N_("data check to be started by the county"), "check_requested"
            ),
            Step("survey", N_("survey to be done"), "accepted"),
            Step("review", N_("democratic review (民主评议) to be held"), "surveyed"),
            _PUBLICITY,
            _COUNTY_OPINION,
            Step(
                "county_publicity",
                N_("publicity of the proposed approval by the county"),
                "county_posted",
                runs=True,
            ),
            Step(
                "approval", N_("approval to be decided, without objection"), "county_posted_until"
            ),
            Step("objection_decision", N_("decision to be taken after an objection"), "objected"),
            _REFUSAL_NOTICE,
            _TOTAL,
            Step(
                "total_delegated",
                N_("whole procedure to be completed, where the township decides"),
                "accepted",
                only="delegated",
                instead=("total",),
            ),
            Step(
                "total_special",
                _SPECIAL,
                "accepted",
                only="special",
                instead=("total", "total_delegated"),
            ),
            Step(
                "total_urban",
                N_("whole procedure to be completed, in towns"),
                "applied",
                only="urban",
            ),
        ),
        (Step("death_settlement", N_("household to be checked and the payment settled"), "died"),),
    ),
    "tekun": (
        (
            Step("survey", N_("survey and preliminary opinion of the township"), "accepted"),
            _PUBLICITY,
            Step("objection_survey", N_("new preliminary opinion after an objection"), "objected"),
            _COUNTY_OPINION,
            _REFUSAL_NOTICE,
            Step(
                "wubao_township",
                N_("opinion of the township on the five guarantees (五保)"),
                "opinion_received",
                only="rural",
            ),
            Step(
                "wubao_county",
                N_("decision of the county on the five guarantees (五保)"),
                "received",
                only="rural",
            ),
        ),
        (Step("reassessment", N_("self-care to be assessed anew"), "self_care_reported"),),
        (
            Step("end_publicity", N_("publicity of the proposed end"), "end_posted", runs=True),
            Step("end_objection", N_("decision on the end after an objection"), "end_objected"),
        ),
    ),
    "rigid_expenditure": (
        (_TOTAL, Step("total_special", _SPECIAL, "accepted", only="special", instead=("total",))),
    ),
    "temporary_assistance": (
        (
            Step("survey", N_("survey of the family"), "accepted"),
            Step("decision", N_("decision on temporary assistance"), "accepted"),
            Step(
                "small_quick",
                N_("decision on small and quick help (小额快救)"),
                "accepted",
                only="small_quick",
                instead=("survey", "decision"),
            ),
            Step("follow_up", N_("papers of a grant made first completed"), "emergency_over"),
        ),
    ),
    "de_facto_unattended": (
        (
            Step("survey", N_("finding of the township on the parents"), "applied"),
            Step("county_opinion", N_("confirmation by the county"), "received"),
        ),
    ),
    "childcare_subsidy": ((_TOTAL,),),
}
"""The steps of each benefit by courses: first the application, then what may follow it."""
