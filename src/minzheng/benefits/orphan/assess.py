"""Deciding one orphan's allowance: from what is stated to a decision that explains itself."""

from __future__ import annotations

from datetime import date
from functools import partial

from minzheng.base.dates import add_months, age_on
from minzheng.base.i18n import N_
from minzheng.benefits.child_rate import placement_of
from minzheng.benefits.orphan.facts import LACKS, PersonFacts, Result, Terms
from minzheng.benefits.orphan.rule import continues, decide
from minzheng.benefits.orphan.tell import tell
from minzheng.benefits.orphan.terms import terms
from minzheng.benefits.parents import parents_of
from minzheng.benefits.settle import settle_applicant
from minzheng.benefits.unknowns import Facts, Unknowns, check_births, distinct
from minzheng.decision import Decision
from minzheng.people import Applicant, Person, School
from minzheng.rules import Rule
from minzheng.standards import Standards
from minzheng.standards.reading import Resolved

__all__ = ["RULE", "assess", "facts_of"]

RULE: Rule[PersonFacts, None, None, Terms, Result] = Rule(
    name="orphan",
    case=PersonFacts,
    result=Result,
    terms_class=Terms,
    decide=decide,
    terms=terms,
    lacks=LACKS,
)
"""The rule of the orphans' allowance: what a case, a column and a scenario take alike."""

_TITLE = N_("Basic living allowance of orphans")
_PATH = "applicant.person"


def assess(applicant: Applicant, *, on: date, standards: Standards | None = None) -> Decision:
    """Decide whether a child is paid as an orphan on a day, how much, and why.

    Args:
        applicant: what is stated; unknown facts are ``None``. ``placement`` says whether the
            child lives in an institution.
        on: the day of the decision; it chooses the law and the figures.
        standards: the tables; the bundled ones when left out.

    Returns:
        The decision, with the amount a month. It is ``UNDETERMINED`` when a figure or a fact
        is missing that the answer hangs on; ``missing`` names each.

    Raises:
        NotFound: when no area bore the applicant's code on that day.
        InvalidInput: when the child is born after the day.

    Source:
        国办发〔2010〕54号 (who is an orphan), 民发〔2010〕161号 (the allowance). Rates, the
        first payment, and payment after 18 are rows of each place.

    Limitations:
        Whether a child of whom one parent is lost and the other cannot be found is an orphan
        no text read says: a row ``orphan.lost_and_untraceable`` of the place decides.
        Infection with the AIDS virus is asked nowhere but where a row ``orphan.hiv`` pays for
        it. For Chengde no rate is held, only the floors of the nation and of Hebei.

    Example:
        >>> from datetime import date
        >>> from minzheng.people import *
        >>> child = Person(
        ...     relation=Relation.APPLICANT, birth=date(2012, 3, 1), adopted=False, parents=[
        ...         Parent(state=ParentState.DEAD), Parent(state=ParentState.DECLARED_MISSING)])
        >>> applicant = Applicant(
        ...     id="case-5", area="370202", residence=Residence.URBAN, person=child,
        ...     placement=Placement.DISPERSED)
        >>> assess(applicant, on=date(2021, 7, 1)).award.amount
        Decimal('1650.00')
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
    gate, p = partial(unknowns.take, monotone=True), applicant.person
    check_births({_PATH: p}, on)
    birth = unknowns.require(p.birth, _PATH, "birth", on)
    age = age_on(birth, on)
    minor = age < t.adult_age
    came_of_age = add_months(birth, 12 * t.adult_age)
    asks_hiv = minor and t.hiv_rate == 1
    infected = asks_hiv and p.hiv is True
    as_minor = p.orphan_as_minor
    asks_adopted = t.adoption_ends and not infected
    was_orphan = gate(as_minor, _PATH, "orphan_as_minor", (False, True), not minor)
    parents = {} if not minor else parents_of(p, _PATH, t, unknowns, "orphan")
    return Facts(
        PersonFacts(
            age=age,
            birthday_month=(came_of_age.year, came_of_age.month) == (on.year, on.month),
            adopted=gate(p.adopted, _PATH, "adopted", (True, False), asks_adopted),
            hiv=gate(p.hiv, _PATH, "hiv", (False, True)) if asks_hiv else p.hiv is True,
            orphan_as_minor=was_orphan,
            school=_school(p, t, unknowns, not minor and as_minor is not False),
            placement=placement_of(applicant, t, unknowns),
            **parents,
        ),
        (),
        unknowns,
    )


def _school(p: Person, t: Terms, unknowns: Unknowns, matters: bool) -> School:
    """The school attended; of kinds that the rows of the place treat alike one is run."""
    attended = None if p.schooling is None else p.schooling.school
    path, name = (_PATH, "schooling") if p.schooling is None else (f"{_PATH}.schooling", "school")
    kinds = distinct(School, lambda each: continues(each, t))
    return unknowns.take(attended, path, name, kinds, matters)
