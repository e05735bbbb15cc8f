"""Deciding one person's old-age allowance: from what is stated to a decision."""

from __future__ import annotations

from datetime import date, timedelta

from minzheng.base.dates import age_on, first_of_next_month
from minzheng.base.i18n import N_
from minzheng.benefits.bands import AGES
from minzheng.benefits.old_age_allowance.facts import LACKS, PersonFacts, Result, Terms
from minzheng.benefits.old_age_allowance.rule import decide
from minzheng.benefits.old_age_allowance.tell import tell
from minzheng.benefits.old_age_allowance.terms import terms
from minzheng.benefits.settle import settle_applicant
from minzheng.benefits.unknowns import Facts, Unknowns, check_births
from minzheng.decision import Decision
from minzheng.people import Applicant
from minzheng.rules import Rule
from minzheng.standards import Standards
from minzheng.standards.reading import Resolved

__all__ = ["RULE", "assess", "facts_of"]

RULE: Rule[PersonFacts, None, None, Terms, Result] = Rule(
    name="old_age_allowance",
    case=PersonFacts,
    result=Result,
    terms_class=Terms,
    decide=decide,
    terms=terms,
    lacks=LACKS,
)
"""The rule of the old-age allowance: what a case, a column and a scenario take alike."""

_TITLE = N_("Old-age allowance")
_PATH = "applicant.person"


def assess(applicant: Applicant, *, on: date, standards: Standards | None = None) -> Decision:
    """Decide whether a person has the old-age allowance on a day, how much, and why.

    Args:
        applicant: what is stated; unknown facts are ``None``.
        on: the day of the decision; it chooses the law and the figures.
        standards: the tables; the bundled ones when left out.

    Returns:
        The decision, with an amount a month or a year as the place states it. It is
        ``UNDETERMINED`` when a figure or a fact is missing that the answer hangs on:
        amounts are local, and few are held.

    Raises:
        NotFound: when no area bore the applicant's code on that day.
        InvalidInput: when the applicant is born after the day.

    Source:
        老年人权益保障法 art. 33 (it encourages places; there is no national entitlement);
        the pages of the places.

    Limitations:
        The household register (户籍) and other local conditions are not tested. What is paid
        for the months before an application is not reckoned.

    Example:
        >>> from minzheng.people import *
        >>> applicant = Applicant(
        ...     id="case-6", area="130208", residence=Residence.RURAL,
        ...     person=Person(relation=Relation.APPLICANT, birth=date(1930, 5, 1)))
        >>> decision = assess(applicant, on=date(2014, 5, 1))
        >>> decision.award.amount, decision.award.per.value
        (Decimal('400.00'), 'year')
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
    birth = unknowns.require(p.birth, _PATH, "birth", on)
    end = first_of_next_month(on) - timedelta(days=1)
    differs = any(getattr(t, f"general_{age}") != getattr(t, f"hardship_{age}") for age in AGES)
    return Facts(
        PersonFacts(
            age=age_on(birth, on),
            age_in_month=age_on(birth, end),
            in_hardship=unknowns.take(p.in_hardship, _PATH, "in_hardship", (False, True), differs),
        ),
        (),
        unknowns,
    )
