"""Deciding one person's living subsidy: from what is stated to a decision."""

from __future__ import annotations

from datetime import date
from functools import partial

from minzheng.base.i18n import N_
from minzheng.benefits.disability_living.facts import LACKS, PersonFacts, Result, Terms
from minzheng.benefits.disability_living.rule import decide
from minzheng.benefits.disability_living.tell import tell
from minzheng.benefits.disability_living.terms import terms
from minzheng.benefits.settle import settle_applicant
from minzheng.benefits.unknowns import Facts, Unknowns, check_births
from minzheng.decision import Decision
from minzheng.people import Applicant, Assistance
from minzheng.rules import Rule
from minzheng.standards import Standards
from minzheng.standards.reading import Resolved

__all__ = ["RULE", "assess", "facts_of"]

RULE: Rule[PersonFacts, None, None, Terms, Result] = Rule(
    name="disability_living",
    case=PersonFacts,
    result=Result,
    terms_class=Terms,
    decide=decide,
    terms=terms,
    lacks=LACKS,
)
"""The rule of the living subsidy: what a case, a column and a scenario take alike."""

_TITLE = N_("Living subsidy of persons with disabilities")
_PATH = "applicant.person"


def assess(applicant: Applicant, *, on: date, standards: Standards | None = None) -> Decision:
    """Decide whether a disabled person has the living subsidy on a day, how much, and why.

    Args:
        applicant: what is stated; unknown facts are ``None``.
        on: the day of the decision; it chooses the law and the figures.
        standards: the tables; the bundled ones when left out.

    Returns:
        The decision, with an amount a month. It is ``UNDETERMINED`` when a figure or a
        fact is missing that the answer hangs on; ``missing`` names each.

    Raises:
        NotFound: when no area bore the applicant's code on that day.
        InvalidInput: when the applicant is born after the day.

    Source:
        国发〔2015〕52号, in force from 2016-01-01; 冀政字〔2015〕74号. Who is excluded is told as
        the rules of several places agree on it.

    Limitations:
        The household register (户籍) is not tested. A military disability neither gives nor
        takes the subsidy: the civilian certificate counts. From which month it is paid is
        held for no place. The text of the opinions of 2021 was not obtained.

    Example:
        >>> from minzheng.people import *
        >>> person = Person(
        ...     relation=Relation.APPLICANT, disabled=True, assistance=Assistance.DIBAO,
        ...     work_injury_care=False, full_child_allowance=False)
        >>> applicant = Applicant(
        ...     id="case-4", area="130802", residence=Residence.URBAN, person=person)
        >>> decision = assess(applicant, on=date(2025, 1, 1))
        >>> decision.outcome.name, decision.award.amount
        ('GRANTED', Decimal('106.00'))
    """
    return settle_applicant(
        RULE,
        title=_TITLE,
        applicant=applicant,
        on=on,
        standards=standards,
        facts_of=facts_of,
        tell=tell,
    )


def facts_of(
    applicant: Applicant, on: date, resolved: Resolved[Terms], unknowns: Unknowns | None = None
) -> Facts:
    """The applicant as the rule takes it, unknown facts as ``unknowns`` takes them."""
    t, p = resolved.terms, applicant.person
    assert t is not None
    unknowns = Unknowns() if unknowns is None else unknowns
    check_births({_PATH: p}, on)
    gate = partial(unknowns.take, monotone=True)
    in_full = False if p.child_allowance is False else p.full_child_allowance
    return Facts(
        PersonFacts(
            disabled=gate(p.disabled, _PATH, "disabled", (False, True)),
            assistance=unknowns.take(p.assistance, _PATH, "assistance", tuple(Assistance)),
            work_injury_care=gate(
                p.work_injury_care,
                _PATH,
                "work_injury_care",
                (True, False),
                t.not_with_work_injury,
            ),
            full_child_allowance=gate(
                in_full,
                _PATH,
                "full_child_allowance",
                (True, False),
                t.not_with_child_allowance,
            ),
            retired_cadre=gate(
                p.retired_cadre, _PATH, "retired_cadre", (True, False), t.not_with_retired_cadre
            ),
        ),
        (),
        unknowns,
    )
