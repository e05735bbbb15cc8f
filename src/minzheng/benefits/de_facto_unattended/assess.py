"""Deciding one child in fact unattended: from what is stated to a decision that explains itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from minzheng.base.dates import age_on
from minzheng.base.i18n import N_
from minzheng.benefits.child_rate import placement_of
from minzheng.benefits.de_facto_unattended.facts import LACKS, PersonFacts, Result, Terms
from minzheng.benefits.de_facto_unattended.rule import decide
from minzheng.benefits.de_facto_unattended.tell import tell
from minzheng.benefits.de_facto_unattended.terms import terms
from minzheng.benefits.drawing import drawn_by, drawn_facts
from minzheng.benefits.parents import parents_of
from minzheng.benefits.settle import settle_applicant
from minzheng.benefits.unknowns import Facts, Unknowns, check_births
from minzheng.decision import Decision
from minzheng.people import (
    Applicant,
    Assistance,
    DrawnKind,
    Person,
    RegisteredPoor,
)
from minzheng.rules import Rule
from minzheng.standards import Standards
from minzheng.standards.reading import Resolved

__all__ = ["RULE", "assess", "facts_of"]

RULE: Rule[PersonFacts, None, None, Terms, Result] = Rule(
    name="de_facto_unattended",
    case=PersonFacts,
    result=Result,
    terms_class=Terms,
    decide=decide,
    terms=terms,
    lacks=LACKS,
)
"""The rule of children in fact unattended: what a case, a column and a scenario take alike."""

_TITLE = N_("Basic living subsidy of children in fact unattended")
_PATH = "applicant.person"
_SUPPORTED = (Assistance.DIBAO, Assistance.TEKUN)
_SUPPORT = (DrawnKind.DIBAO, DrawnKind.TEKUN)


def assess(applicant: Applicant, *, on: date, standards: Standards | None = None) -> Decision:
    """Decide whether a child is paid as in fact unattended on a day, how much, and why.

    Args:
        applicant: what is stated; unknown facts are ``None``. ``person.parents`` are the two
            legal parents, ``person.drawn`` the benefits that the child draws already.
        on: the day of the decision; it chooses the law and the figures.
        standards: the tables; the bundled ones when left out.

    Returns:
        The decision, with the amount a month; it may be 0 where what is drawn reaches the
        rate. It is ``UNDETERMINED`` when a figure or a fact is missing that the answer hangs
        on; ``missing`` names each.

    Raises:
        NotFound: when no area bore the applicant's code on that day.
        InvalidInput: when the child is born after the day.

    Source:
        民发〔2019〕62号 (from 2020-01-01, a day that is not confirmed), 民发〔2020〕125号
        (from 2021-01-01).

    Limitations:
        A parent who cannot be found (``UNTRACEABLE``) counts only where a row of the place
        says so, as in Heilongjiang since 2024. Which illnesses are serious is the authority's
        finding. Legal parents count after a divorce too.

    Example:
        >>> from datetime import date
        >>> from minzheng.people import *
        >>> child = Person(
        ...     relation=Relation.APPLICANT, birth=date(2012, 3, 1), parents=[
        ...         Parent(state=ParentState.DEAD), Parent(state=ParentState.IN_PRISON, months=6)],
        ...     drawn=[Drawn(kind=DrawnKind.DIBAO, month="274")])
        >>> applicant = Applicant(
        ...     id="case-6", area="530502", residence=Residence.RURAL, person=child,
        ...     placement=Placement.DISPERSED)
        >>> assess(applicant, on=date(2020, 7, 24)).award.amount
        Decimal('1000.00')
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
    p = applicant.person
    check_births({_PATH: p}, on)
    age = age_on(unknowns.require(p.birth, _PATH, "birth", on), on)
    minor = age < t.adult_age
    parents = {} if not minor else parents_of(p, _PATH, t, unknowns, "de_facto_unattended")
    asks_poor = minor and t.share_poor != t.share_other
    apart = _SUPPORT if asks_poor else ()
    drawn = drawn_by(p, _PATH, t, unknowns, apart) if minor else {}
    return Facts(
        PersonFacts(
            age=age,
            poor=_poor(p, drawn, unknowns, asks_poor),
            placement=placement_of(applicant, t, unknowns, minor),
            **parents,
            **drawn_facts(drawn),
        ),
        (),
        unknowns,
    )


def _poor(p: Person, drawn: Mapping[DrawnKind, int], unknowns: Unknowns, matters: bool) -> bool:
    """Whether the family draws dibao or tekun, or is registered as poor."""
    draws = any(kind in drawn for kind in _SUPPORT)
    registered = p.registered_poor not in (None, RegisteredPoor.NEVER)
    if draws or registered or p.assistance in _SUPPORTED:
        return True
    poor = [
        unknowns.take(None if fact is None else False, _PATH, name, (True, False), matters)
        for name, fact in (("assistance", p.assistance), ("registered_poor", p.registered_poor))
    ]
    return any(poor)
