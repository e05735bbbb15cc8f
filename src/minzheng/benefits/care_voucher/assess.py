"""Deciding one person's care vouchers of a month: from what is stated to a decision."""

from __future__ import annotations

from datetime import date
from functools import partial

from minzheng.base.dates import age_on
from minzheng.base.i18n import N_
from minzheng.base.money import to_fen
from minzheng.benefits.care_voucher.facts import LACKS, PersonFacts, Result, Terms
from minzheng.benefits.care_voucher.rule import decide
from minzheng.benefits.care_voucher.tell import tell
from minzheng.benefits.care_voucher.terms import terms
from minzheng.benefits.settle import settle_applicant
from minzheng.benefits.unknowns import MANY, Facts, Unknowns, check_births
from minzheng.decision import Decision
from minzheng.people import AbilityScale, Applicant, Assistance, CareService
from minzheng.rules import Rule
from minzheng.standards import Standards
from minzheng.standards.reading import Resolved

__all__ = ["RULE", "assess", "facts_of"]

RULE: Rule[PersonFacts, None, None, Terms, Result] = Rule(
    name="care_voucher",
    case=PersonFacts,
    result=Result,
    terms_class=Terms,
    decide=decide,
    terms=terms,
    lacks=LACKS,
)
"""The rule of the care vouchers: what a case, a column and a scenario take alike."""

_TITLE = N_("Care vouchers of incapacitated elders")
_PATH = "applicant.person"
_WORST_LEVEL = 4


def assess(applicant: Applicant, *, on: date, standards: Standards | None = None) -> Decision:
    """Decide how much of the month's spending on care the vouchers bear, and why.

    Args:
        applicant: what is stated; unknown facts are ``None``. The level counts by GB/T 42195
            only; a level by another scale says nothing here.
        on: a day of the month; it chooses the figures.
        standards: the tables; the bundled ones when left out.

    Returns:
        The decision, with the amount of the month, to the fen (half a fen up). It is
        ``UNDETERMINED`` when a figure or a fact is missing that the answer hangs on.

    Raises:
        NotFound: when no area bore the applicant's code on that day.
        InvalidInput: when the applicant is born after the day.

    Source:
        The national scheme from 2026-01-01, as reported (secondary: plan of Guangdong of
        2026-01-22, press of January 2026).

    Limitations:
        The pilots from July 2025 are held for no place. One kind of service a month. How
        several kinds share the ceiling, and how the vouchers round, was not read.

    Example:
        >>> from minzheng.people import *
        >>> person = Person(
        ...     relation=Relation.APPLICANT, birth=date(1950, 1, 1), assistance=Assistance.NONE,
        ...     ability_level=AbilityLevel(scale=AbilityScale.GBT_42195, level=2),
        ...     centralised_care=False, improvement_action=False,
        ...     care_service=CareService.HOME, care_month="1000")
        >>> applicant = Applicant(
        ...     id="case-8", area="130802", residence=Residence.URBAN, person=person)
        >>> assess(applicant, on=date(2026, 1, 1)).award.amount
        Decimal('500.00')
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
    gate = partial(unknowns.take, monotone=True)
    check_births({_PATH: p}, on)
    stated = p.ability_level
    by_scale = stated is not None and stated.scale is AbilityScale.GBT_42195
    spent = None if p.care_month is None else to_fen(p.care_month)
    return Facts(
        PersonFacts(
            age=age_on(unknowns.require(p.birth, _PATH, "birth", on), on),
            level=gate(
                stated.level if stated is not None and by_scale else None,
                _PATH,
                "ability_level",
                (0, _WORST_LEVEL),
            ),
            assistance=gate(
                p.assistance,
                _PATH,
                "assistance",
                (Assistance.TEKUN, Assistance.NONE),
                t.not_with_tekun,
            ),
            service=unknowns.take(p.care_service, _PATH, "care_service", tuple(CareService)),
            care_month=gate(spent, _PATH, "care_month", (0, MANY)),
            centralised_care=gate(
                p.centralised_care,
                _PATH,
                "centralised_care",
                (True, False),
                t.not_with_centralised_care,
            ),
            improvement_action=gate(
                p.improvement_action,
                _PATH,
                "improvement_action",
                (True, False),
                t.not_with_improvement_action,
            ),
        ),
        (),
        unknowns,
    )
