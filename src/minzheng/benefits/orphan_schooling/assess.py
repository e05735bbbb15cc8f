"""Deciding the schooling aid of one orphan: from what is stated to a decision."""

from __future__ import annotations

from datetime import date
from functools import partial

from minzheng.base.dates import age_on
from minzheng.base.i18n import N_
from minzheng.benefits.orphan_schooling.facts import LACKS, Adopted, PersonFacts, Result, Terms
from minzheng.benefits.orphan_schooling.rule import decide, pays
from minzheng.benefits.orphan_schooling.tell import tell
from minzheng.benefits.orphan_schooling.terms import terms
from minzheng.benefits.settle import settle_applicant
from minzheng.benefits.unknowns import Facts, Unknowns, check_births, distinct
from minzheng.decision import Decision
from minzheng.people import Applicant, School, Schooling
from minzheng.rules import Rule
from minzheng.standards import Standards
from minzheng.standards.reading import Resolved

__all__ = ["RULE", "assess", "facts_of"]

RULE: Rule[PersonFacts, None, None, Terms, Result] = Rule(
    name="orphan_schooling",
    case=PersonFacts,
    result=Result,
    terms_class=Terms,
    decide=decide,
    terms=terms,
    lacks=LACKS,
)
"""The rule of the schooling aid: what a case, a column and a scenario take alike."""

_TITLE = N_("Schooling aid of orphans")
_PATH = "applicant.person"


def assess(applicant: Applicant, *, on: date, standards: Standards | None = None) -> Decision:
    """Decide whether an orphan of age gets the schooling aid of a school year, and why.

    Args:
        applicant: what is stated; unknown facts are ``None``. ``person.schooling`` is the
            school attended in the school year in question.
        on: the day of the decision; it chooses the measures.
        standards: the tables; the bundled ones when left out.

    Returns:
        The decision, with the amount of the school year. It is ``UNDETERMINED`` when a figure
        or a fact is missing that the answer hangs on; ``missing`` names each.

    Raises:
        NotFound: when no area bore the applicant's code on that day.
        InvalidInput: when the student is born after the day.

    Source:
        民办发〔2019〕24号 (from 2019-08-01, a day that is assumed); the revision reported on
        2025-04-14, whose own first day is not known.

    Limitations:
        Whether it is paid by the month or the quarter is the province's choice. The 5,000 yuan
        of a half-year are implied by what a county paid. The measures of 2019 were read in
        the notice of a county only: they say nothing of somebody who was adopted.

    Example:
        >>> from datetime import date
        >>> from minzheng.people import *
        >>> student = Person(
        ...     relation=Relation.APPLICANT, birth=date(2001, 3, 1), orphan_as_minor=True,
        ...     adopted=False, schooling=Schooling(
        ...         school=School.BACHELOR, full_time=True, half_years=2))
        >>> applicant = Applicant(
        ...     id="case-7", area="130822", residence=Residence.RURAL, person=student)
        >>> assess(applicant, on=date(2020, 9, 1)).award.amount
        Decimal('10000.00')
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
    """The student as the rule takes it, unknown facts as ``unknowns`` takes them.

    Raises:
        InvalidInput: when the student is born after the day.
    """
    t = resolved.terms
    assert t is not None
    unknowns = Unknowns() if unknowns is None else unknowns
    gate, p = partial(unknowns.take, monotone=True), applicant.person
    check_births({_PATH: p}, on)
    age = age_on(unknowns.require(p.birth, _PATH, "birth", on), on)
    grown = age >= t.adult_age
    path = f"{_PATH}.schooling"
    s = p.schooling or Schooling()
    school = s.school or School.NONE
    if grown:
        school = unknowns.take(s.school, path, "school", _schools(t))
    by_disability = t.adopted is Adopted.UNLESS_DISABLED and p.adopted is not False
    asks_plan = grown and t.asks_in_plan and school is School.MASTER
    asks_adopted = grown and t.adopted is not Adopted.INCLUDED
    return Facts(
        PersonFacts(
            age=age,
            orphan_as_minor=gate(p.orphan_as_minor, _PATH, "orphan_as_minor", (False, True), grown),
            adopted=gate(p.adopted, _PATH, "adopted", (True, False), asks_adopted),
            disabled=gate(p.disabled, _PATH, "disabled", (False, True), grown and by_disability),
            school=school,
            full_time=gate(s.full_time, path, "full_time", (False, True), grown),
            since_minor=gate(
                s.since_minor, path, "since_minor", (False, True), grown and t.asks_since_minor
            ),
            in_mainland=gate(
                s.in_mainland, path, "in_mainland", (False, True), grown and t.asks_in_mainland
            ),
            in_plan=gate(s.in_plan, path, "in_plan", (False, True), asks_plan),
            half_years=unknowns.take(s.half_years, path, "half_years", (1, 2), grown),
        ),
        (),
        unknowns,
    )


def _schools(t: Terms) -> tuple[School, ...]:
    """Kinds of school, one of each that the measures treat alike; a master's may be asked more."""
    return distinct(School, lambda each: (pays(each, t), each is School.MASTER))
