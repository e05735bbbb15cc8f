"""Deciding one person's care subsidy: from what is stated to a decision."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from minzheng.base.i18n import N_
from minzheng.benefits.disability_care.facts import LACKS, PersonFacts, Result, Terms
from minzheng.benefits.disability_care.rule import decide
from minzheng.benefits.disability_care.tell import tell
from minzheng.benefits.disability_care.terms import terms
from minzheng.benefits.settle import settle_applicant
from minzheng.benefits.unknowns import Facts, Unknowns, check_births, distinct
from minzheng.decision import Decision
from minzheng.people import Applicant, Assistance, DisabilityType, Person
from minzheng.rules import Rule
from minzheng.standards import Standards
from minzheng.standards.reading import Resolved

__all__ = ["RULE", "assess", "facts_of"]

RULE: Rule[PersonFacts, None, None, Terms, Result] = Rule(
    name="disability_care",
    case=PersonFacts,
    result=Result,
    terms_class=Terms,
    decide=decide,
    terms=terms,
    lacks=LACKS,
)
"""The rule of the care subsidy: what a case, a column and a scenario take alike."""

_TITLE = N_("Care subsidy of severely disabled persons")
_PATH = "applicant.person"


def assess(applicant: Applicant, *, on: date, standards: Standards | None = None) -> Decision:
    """Decide whether a disabled person has the care subsidy on a day, how much, and why.

    Args:
        applicant: what is stated; unknown facts are ``None``. A certificate number gives
            type and grade.
        on: the day of the decision; it chooses the law and the figures.
        standards: the tables; the bundled ones when left out.

    Returns:
        The decision, with an amount a month. It is ``UNDETERMINED`` when a figure or a
        fact is missing that the answer hangs on, or the sources differ about the type of
        disability; ``missing`` names each. Where another care benefit of the same
        purpose is drawn, a note gives both amounts: the choice is the person's.

    Raises:
        NotFound: when no area bore the applicant's code on that day.
        InvalidInput: when the applicant is born after the day.

    Source:
        国发〔2015〕52号, in force from 2016-01-01; 冀政字〔2015〕74号. Who is excluded is told as
        the rules of several places agree on it.

    Limitations:
        The household register (户籍) is not tested. Hebei: whether hearing and speech
        disabilities count is told differently by the sources, so such a case is not
        decided; nor is, from 2026, a multiple disability of grade 3 or 4. A military
        disability neither gives nor takes the subsidy: the civilian certificate counts.

    Example:
        >>> from minzheng.people import *
        >>> person = Person(
        ...     relation=Relation.APPLICANT, assistance=Assistance.DIBAO, work_injury_care=False,
        ...     needs_long_term_care=True,
        ...     disability=Disability(type=DisabilityType.VISUAL, grade=1))
        >>> applicant = Applicant(
        ...     id="case-5", area="130110", residence=Residence.URBAN, person=person)
        >>> decision = assess(applicant, on=date(2025, 3, 31))
        >>> decision.outcome.name, decision.award.amount
        ('GRANTED', Decimal('230.00'))
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
    kind, grade = _disability(p, resolved, unknowns)
    return Facts(
        PersonFacts(
            disability_type=kind,
            disability_grade=grade,
            needs_long_term_care=take(
                p.needs_long_term_care, _PATH, "needs_long_term_care", (False, True), monotone=True
            ),
            assistance=take(p.assistance, _PATH, "assistance", tuple(Assistance)),
            work_injury_care=take(
                p.work_injury_care,
                _PATH,
                "work_injury_care",
                (True, False),
                t.not_with_work_injury,
                monotone=True,
            ),
        ),
        (),
        unknowns,
    )


def _disability(p: Person, resolved: Resolved[Terms], unknowns: Unknowns) -> tuple[int, int]:
    if p.disability is not None:
        return int(p.disability.type), p.disability.grade
    if p.disabled is False:
        return 0, 0
    asked = "disability" if p.disabled else "disabled"
    return unknowns.take(None, _PATH, asked, _disabilities(resolved, bool(p.disabled)))


@lru_cache(maxsize=1024)
def _disabilities(resolved: Resolved[Terms], certain: bool) -> tuple[tuple[int, int], ...]:
    """Types and grades, one of each that the terms treat alike; none where that may be."""
    t = resolved.terms
    assert t is not None

    def treatment(each: tuple[int, int]) -> tuple[tuple[int, int], ...]:
        facts = [
            PersonFacts(
                disability_type=each[0],
                disability_grade=each[1],
                needs_long_term_care=True,
                assistance=assistance,
            )
            for assistance in (Assistance.DIBAO, Assistance.NONE)
        ]
        results = [decide(fact, None, t) for fact in facts]
        return tuple((each.reason, each.pay_month) for each in results)

    none = () if certain else ((0, 0),)
    certified = ((int(kind), grade) for kind in DisabilityType for grade in (1, 2, 3, 4))
    return distinct((*none, *certified), treatment)
