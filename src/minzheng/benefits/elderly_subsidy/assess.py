"""Deciding one person's subsidy of elders in hardship: from what is stated to a decision."""

from __future__ import annotations

from datetime import date

from minzheng.base.dates import age_on
from minzheng.base.i18n import N_
from minzheng.benefits.elderly_subsidy.facts import LACKS, PersonFacts, Result, Terms
from minzheng.benefits.elderly_subsidy.rule import decide
from minzheng.benefits.elderly_subsidy.tell import tell
from minzheng.benefits.elderly_subsidy.terms import GROUPS, terms
from minzheng.benefits.settle import settle_applicant
from minzheng.benefits.unknowns import Facts, Unknowns, check_births
from minzheng.decision import Decision
from minzheng.people import AbilityLevel, AbilityScale, Applicant, Assistance
from minzheng.rules import Rule
from minzheng.standards import Standards
from minzheng.standards.reading import Resolved

__all__ = ["RULE", "assess", "facts_of"]

RULE: Rule[PersonFacts, None, None, Terms, Result] = Rule(
    name="elderly_subsidy",
    case=PersonFacts,
    result=Result,
    terms_class=Terms,
    decide=decide,
    terms=terms,
    lacks=LACKS,
)
"""The rule of these subsidies: what a case, a column and a scenario take alike."""

_TITLE = N_("Subsidy of elderly persons in economic hardship")
_PATH = "applicant.person"
_WORST_LEVEL = 9
"""Beyond the last level of every scale."""


def assess(applicant: Applicant, *, on: date, standards: Standards | None = None) -> Decision:
    """Decide whether an elder in economic hardship has a subsidy on a day, how much, and why.

    Args:
        applicant: what is stated; unknown facts are ``None``.
        on: the day of the decision; it chooses the law and the figures.
        standards: the tables; the bundled ones when left out.

    Returns:
        The decision, with an amount a month. It is ``UNDETERMINED`` when a figure or a
        fact is missing that the answer hangs on: tiers are local, and of the bundled ones
        only Shanxi's has a day.

    Raises:
        NotFound: when no area bore the applicant's code on that day.
        InvalidInput: when the applicant is born after the day.

    Source:
        老年人权益保障法 art. 30; the rules of the places.

    Limitations:
        Tiers are those of the rows held: a place may have more. Shares of the minimum wage
        that some places pay for tekun are part of tekun.

    Example:
        >>> from minzheng.people import *
        >>> person = Person(
        ...     relation=Relation.APPLICANT, birth=date(1936, 1, 1), incapacitated=True,
        ...     assistance=Assistance.DIBAO)
        >>> applicant = Applicant(
        ...     id="case-7", area="140105", residence=Residence.URBAN, person=person)
        >>> assess(applicant, on=date(2016, 1, 1)).award.amount
        Decimal('60.00')
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
    take = unknowns.take
    check_births({_PATH: p}, on)
    by_level = t.level_mzt > 0 or t.level_gbt > 0
    cares = any(getattr(t, f"{group}_care") >= 0 for group in GROUPS)
    bereaved = any(getattr(t, f"{group}_bereaved") >= 0 for group in GROUPS)
    scale, level = take(
        _level(p.ability_level, t),
        _PATH,
        "ability_level",
        ((_named(t), 0), (_named(t), _WORST_LEVEL)),
        cares and by_level,
    )
    classes = (Assistance.NONE, Assistance.DIBAO, Assistance.TEKUN)  # an edge family is as none
    return Facts(
        PersonFacts(
            age=age_on(unknowns.require(p.birth, _PATH, "birth", on), on),
            assistance=take(p.assistance, _PATH, "assistance", classes, t.held),
            incapacitated=take(
                p.incapacitated, _PATH, "incapacitated", (False, True), cares and not by_level
            ),
            scale=scale,
            level=level,
            only_child_died=take(
                p.only_child_died, _PATH, "only_child_died", (False, True), bereaved
            ),
            disability_care=take(
                p.disability_care,
                _PATH,
                "disability_care",
                (True, False),
                cares and t.not_with_disability_care,
            ),
        ),
        (),
        unknowns,
    )


def _named(t: Terms) -> AbilityScale:
    return AbilityScale.MZT_039 if t.level_mzt > 0 else AbilityScale.GBT_42195


def _level(stated: AbilityLevel | None, t: Terms) -> tuple[AbilityScale, int] | None:
    """The level by a scale that the place names; another scale's says nothing here."""
    if stated is None:
        return None
    named = t.level_mzt if stated.scale is AbilityScale.MZT_039 else t.level_gbt
    return (stated.scale, stated.level) if named > 0 else None
