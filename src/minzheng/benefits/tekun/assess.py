"""Deciding one person's tekun: from what is stated to a decision that explains itself."""

from __future__ import annotations

from datetime import date

from attrs import fields

from minzheng.base.dates import age_on
from minzheng.base.i18n import N_
from minzheng.benefits.counting import years
from minzheng.benefits.settle import Facts, settle
from minzheng.benefits.tekun.facts import LACKS, PersonFacts, Result, Terms
from minzheng.benefits.tekun.rule import decide
from minzheng.benefits.tekun.supporter import judge
from minzheng.benefits.tekun.tell import tell
from minzheng.benefits.tekun.terms import terms
from minzheng.benefits.unknowns import MANY, Unknowns, View, check_births
from minzheng.decision import Decision
from minzheng.people import (
    Applicant,
    DisabilityType,
    IncomeKind,
    Person,
    Property,
    SelfCare,
    Study,
    Supporter,
    SupporterStatus,
)
from minzheng.rules import Rule
from minzheng.standards import Standards
from minzheng.standards.reading import Resolved

__all__ = ["RULE", "assess", "facts_of"]

RULE: Rule[PersonFacts, None, None, Terms, Result] = Rule(
    name="tekun",
    case=PersonFacts,
    result=Result,
    terms_class=Terms,
    decide=decide,
    terms=terms,
    lacks=LACKS,
)
"""The rule of tekun: what a case, a column and a scenario take alike."""

_TITLE = N_("Support for persons in extreme hardship (tekun)")
_PATH = "applicant.person"


def assess(applicant: Applicant, *, on: date, standards: Standards | None = None) -> Decision:
    """Decide whether a person is tekun on a day, what is paid, and why.

    Args:
        applicant: what is stated; unknown facts are ``None``.
        on: the day of the decision; it chooses the law and the figures.
        standards: the tables; the bundled ones when left out.

    Returns:
        The decision: basic living plus care allowance. It is ``UNDETERMINED`` when a
        figure or a fact is missing that the answer hangs on; ``missing`` names each.

    Raises:
        NotFound: when no area bore the applicant's code on that day.
        InvalidInput: when the applicant is born after the day.

    Source:
        社会救助暂行办法 ch. 3; 特困人员认定办法 of 2016 and of 2021.

    Limitations:
        "Other situations set by the province" (art. 5 item 4, art. 8 item 6) are not known.

    Example:
        >>> from datetime import date
        >>> from minzheng.people import *
        >>> applicant = Applicant(
        ...     id="case-2", area="130822", residence=Residence.RURAL,
        ...     person=Person(
        ...         relation=Relation.APPLICANT, birth=date(1950, 3, 1), income=[],
        ...         supporters=[], self_care=SelfCare(
        ...             eating=True, dressing=True, bed=True,
        ...             toilet=True, walking=True, bathing=True)),
        ...     property=Property(meets_tekun_rule=True))
        >>> decision = assess(applicant, on=date(2020, 7, 24))
        >>> decision.outcome.name, [each.path for each in decision.missing]
        ('UNDETERMINED', ['standards', 'standards'])
    """
    tables = Standards.bundled() if standards is None else standards
    return settle(
        RULE,
        title=_TITLE,
        case=applicant,
        subject=applicant.id,
        area=applicant.area,
        residence=applicant.residence,
        on=on,
        standards=tables,
        facts=lambda resolved, view: facts_of(applicant, on, resolved, view),
        tell=lambda result, resolved, _facts: tell(result, resolved, applicant, on, tables),
    )


def facts_of(
    applicant: Applicant, on: date, resolved: Resolved[Terms], view: View = View.WORST
) -> Facts:
    """The applicant as the rule takes it, with unknown facts taken by a view."""
    t = resolved.terms
    assert t is not None
    unknowns = Unknowns(view)
    take, p = unknowns.take, applicant.person
    check_births({_PATH: p}, on)
    age = age_on(unknowns.require(p.birth, _PATH, "birth", on), on)
    by_age = age >= t.elderly_age or age < t.minor_age
    minor = age < t.adult_age
    kind, grade = _disability(p, unknowns, not by_age)
    able, unsettled = _supporters(p, on, resolved, unknowns)
    owned = applicant.property or Property()
    income = unknowns.amounts(
        p.income,
        _PATH,
        "income",
        best=0,
        worst=MANY,
        unknown_list=IncomeKind.WAGE,
    )
    continues = not by_age and (minor or t.continues_school)
    return Facts(
        PersonFacts(
            age=age,
            disability_type=kind,
            disability_grade=grade,
            recognised_as_minor=take(
                p.recognised_as_minor, _PATH, "recognised_as_minor", True, False, continues
            ),
            at_school=take(
                None if p.study is None else p.study is Study.SCHOOL,
                _PATH,
                "study",
                True,
                False,
                continues and p.recognised_as_minor is not False and age >= t.continues_age,
            ),
            orphan=take(p.orphan, _PATH, "orphan", False, True, minor and t.orphans_first),
            child_allowance=take(p.child_allowance, _PATH, "child_allowance", False, True, minor),
            meets_rule=take(
                owned.meets_tekun_rule, "applicant.property", "meets_tekun_rule", True, False
            ),
            supporters_able=able,
            supporters_unsettled=unsettled,
            self_care_failures=_failures(p.self_care, unknowns, t.complete_from > 0),
            **years(income),
        ),
        (),
        unknowns,
    )


def _disability(p: Person, unknowns: Unknowns, matters: bool) -> tuple[int, int]:
    if p.disability is not None and p.disability.type is DisabilityType.MULTIPLE:
        # the certificate's number does not say which types it joins
        best = (int(DisabilityType.MENTAL), p.disability.grade)
        worst = (int(DisabilityType.SPEECH), p.disability.grade)
        return unknowns.take(None, f"{_PATH}.disability", "type", best, worst, matters)
    if p.disability is not None:
        return int(p.disability.type), p.disability.grade
    if p.disabled is False:
        return 0, 0
    asked = "disability" if p.disabled else "disabled"
    return unknowns.take(None, _PATH, asked, (int(DisabilityType.MENTAL), 1), (0, 0), matters)


def _supporters(
    p: Person, on: date, resolved: Resolved[Terms], unknowns: Unknowns
) -> tuple[int, int]:
    if p.supporters is None:
        return unknowns.take(None, _PATH, "supporters", 0, 1), 0
    unable = {
        each.figure.keys: each.value is True
        for each in resolved.used
        if each.figure.series == "tekun.supporter.unable"
    }
    able = unsettled = 0
    for number, supporter in enumerate(p.supporters):
        path = f"{_PATH}.supporters[{number}]"
        status = supporter.status
        if status is None and supporter != Supporter():  # some of the facts of the test are known
            status = judge(supporter, path, on, resolved.used).status
        status = unknowns.take(status, path, "status", SupporterStatus.TEKUN, SupporterStatus.ABLE)
        held = unable.get((("status", status.name.lower()),))
        able += held is False
        unsettled += held is None
    return able, unsettled


def _failures(stated: SelfCare | None, unknowns: Unknowns, matters: bool) -> int:
    path = f"{_PATH}.self_care"
    if stated is None:
        return unknowns.take(None, _PATH, "self_care", 0, len(fields(SelfCare)), matters)
    return sum(
        not unknowns.take(getattr(stated, each.name), path, each.name, True, False, matters)
        for each in fields(SelfCare)
    )
