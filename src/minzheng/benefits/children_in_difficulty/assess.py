"""Deciding the local allowance of one child in difficulty: from what is stated to a decision."""

from __future__ import annotations

from datetime import date

from minzheng.base.dates import age_on
from minzheng.base.i18n import N_
from minzheng.benefits.child_rate import placement_of
from minzheng.benefits.children_in_difficulty.facts import (
    LACKS,
    Deducted,
    PersonFacts,
    Result,
    Terms,
)
from minzheng.benefits.children_in_difficulty.rule import decide, is_poor
from minzheng.benefits.children_in_difficulty.tell import tell
from minzheng.benefits.children_in_difficulty.terms import TIERS, terms
from minzheng.benefits.drawing import drawn_by, drawn_facts
from minzheng.benefits.settle import settle_applicant
from minzheng.benefits.unknowns import Facts, Unknowns, check_births, distinct
from minzheng.decision import Decision
from minzheng.people import Applicant, Assistance
from minzheng.rules import Rule
from minzheng.standards import Standards
from minzheng.standards.reading import Resolved

__all__ = ["RULE", "assess", "facts_of"]

RULE: Rule[PersonFacts, None, None, Terms, Result] = Rule(
    name="children_in_difficulty",
    case=PersonFacts,
    result=Result,
    terms_class=Terms,
    decide=decide,
    terms=terms,
    lacks=LACKS,
)
"""The rule of children in difficulty: what a case, a column and a scenario take alike."""

_TITLE = N_("Basic living allowance of children in difficulty")
_PATH = "applicant.person"


def assess(applicant: Applicant, *, on: date, standards: Standards | None = None) -> Decision:
    """Decide what a place pays to a child in difficulty who is neither orphan nor unattended.

    Args:
        applicant: what is stated; unknown facts are ``None``. ``person.severe`` is the
            authority's finding, ``person.assistance`` the class of the family.
        on: the day of the decision; it chooses the rule and the figures.
        standards: the tables; the bundled ones when left out.

    Returns:
        The decision, with the amount a month. It is ``UNDETERMINED`` when a figure or a fact
        is missing that the answer hangs on; where no tier of a place is held, the tiers.

    Raises:
        NotFound: when no area bore the applicant's code on that day.
        InvalidInput: when the child is born after the day.

    Source:
        国发〔2016〕36号; the tiers are each place's own. Only those of Yiwu are bundled.

    Limitations:
        Children in difficulty for want of care at home (家庭监护缺失) get no money by these
        tiers. What is severe is the authority's finding.

    Example:
        >>> from datetime import date
        >>> from minzheng.people import *
        >>> child = Person(
        ...     relation=Relation.APPLICANT, birth=date(2012, 3, 1), child_allowance=False,
        ...     hiv=False, severe=True, assistance=Assistance.NONE)
        >>> applicant = Applicant(
        ...     id="case-8", area="330782", residence=Residence.RURAL, person=child,
        ...     placement=Placement.DISPERSED)
        >>> assess(applicant, on=date(2023, 4, 1)).award.amount
        Decimal('469.00')
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
    """The child as the rule takes it, unknown facts as ``unknowns`` takes them.

    Raises:
        InvalidInput: when the child is born after the day.
    """
    t = resolved.terms
    assert t is not None
    unknowns = Unknowns() if unknowns is None else unknowns
    take, p = unknowns.take, applicant.person
    check_births({_PATH: p}, on)
    age = age_on(unknowns.require(p.birth, _PATH, "birth", on), on)
    minor = age < t.adult_age
    paid = minor and any(getattr(t, f"share_{tier}") >= 0 for tier in TIERS)
    netted = any(getattr(t, f"deducted_{tier}") is Deducted.DRAWN for tier in TIERS)
    infected = p.hiv is True and t.share_hiv >= 0
    taken = True if p.full_child_allowance else p.child_allowance
    classes = distinct(Assistance, lambda each: is_poor(each, t))
    asks = paid and not infected
    return Facts(
        PersonFacts(
            age=age,
            child_allowance=take(  # without a tier the answer waits for the tiers
                taken, _PATH, "child_allowance", (True, False), paid, monotone=True
            ),
            hiv=take(p.hiv, _PATH, "hiv", (True, False), paid and t.share_hiv >= 0),
            severe=take(p.severe, _PATH, "severe", (True, False), asks),
            assistance=take(p.assistance, _PATH, "assistance", classes, asks),
            placement=placement_of(applicant, t, unknowns, paid),
            **drawn_facts(drawn_by(p, _PATH, t, unknowns) if paid and netted else {}),
        ),
        (),
        unknowns,
    )
