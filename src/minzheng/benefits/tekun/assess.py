"""Deciding one person's tekun: from what is stated to a decision that explains itself."""

from __future__ import annotations

from datetime import date
from functools import partial

from attrs import fields

from minzheng.base.dates import age_on
from minzheng.base.i18n import N_
from minzheng.benefits.counting import asked_kinds, years
from minzheng.benefits.settle import settle
from minzheng.benefits.tekun.facts import LACKS, PersonFacts, Result, Terms
from minzheng.benefits.tekun.rule import decide, mildest_of, self_care_class
from minzheng.benefits.tekun.supporter import judge, unable
from minzheng.benefits.tekun.tell import tell
from minzheng.benefits.tekun.terms import terms
from minzheng.benefits.unknowns import MANY, Facts, Unknowns, check_births, distinct
from minzheng.decision import Decision
from minzheng.people import (
    Applicant,
    DisabilityType,
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
        facts=lambda resolved, unknowns: facts_of(applicant, on, resolved, unknowns),
        tell=lambda result, resolved, facts: tell(result, resolved, facts, applicant, on, tables),
    )


def facts_of(
    applicant: Applicant, on: date, resolved: Resolved[Terms], unknowns: Unknowns | None = None
) -> Facts:
    """The applicant as the rule takes it, unknown facts as ``unknowns`` takes them."""
    t = resolved.terms
    assert t is not None
    unknowns = Unknowns() if unknowns is None else unknowns
    gate, p = partial(unknowns.take, monotone=True), applicant.person
    check_births({_PATH: p}, on)
    age = age_on(unknowns.require(p.birth, _PATH, "birth", on), on)
    by_age = age >= t.elderly_age or age < t.minor_age
    minor = age < t.adult_age
    kind, grade = _disability(p, t, unknowns, not by_age)
    able, unsettled = _supporters(p, on, resolved, unknowns)
    owned = applicant.property or Property()
    kinds = asked_kinds(t)
    income = unknowns.amounts(
        p.income,
        _PATH,
        "income",
        worst=MANY,
        best=0,
        kinds=kinds,
        matters=bool(kinds),
    )
    allowance = True if p.full_child_allowance else p.child_allowance
    continues = not by_age and (minor or t.continues_school)
    return Facts(
        PersonFacts(
            age=age,
            disability_type=kind,
            disability_grade=grade,
            recognised_as_minor=gate(
                p.recognised_as_minor, _PATH, "recognised_as_minor", (False, True), continues
            ),
            at_school=gate(
                None if p.study is None else p.study is Study.SCHOOL,
                _PATH,
                "study",
                (False, True),
                continues and p.recognised_as_minor is not False and age >= t.continues_age,
            ),
            orphan=gate(p.orphan, _PATH, "orphan", (True, False), minor and t.orphans_first),
            child_allowance=gate(allowance, _PATH, "child_allowance", (True, False), minor),
            meets_rule=gate(
                owned.meets_tekun_rule, "applicant.property", "meets_tekun_rule", (False, True)
            ),
            supporters_able=able,
            supporters_unsettled=unsettled,
            self_care_failures=_failures(p.self_care, t, unknowns),
            **years(income),
        ),
        (),
        unknowns,
    )


def _disability(p: Person, t: Terms, unknowns: Unknowns, matters: bool) -> tuple[int, int]:
    worst = min(DisabilityType, key=lambda kind: mildest_of(kind, t))
    best = max(DisabilityType, key=lambda kind: mildest_of(kind, t))
    if p.disability is not None and p.disability.type is DisabilityType.MULTIPLE:
        # the certificate's number does not say which types it joins
        grade, here = p.disability.grade, f"{_PATH}.disability"
        types = (int(worst), int(best))
        return unknowns.take(None, here, "type", types, matters, monotone=True), grade
    if p.disability is not None:
        return int(p.disability.type), p.disability.grade
    if p.disabled is False:
        return 0, 0
    asked, least = ("disability", (int(worst), 4)) if p.disabled else ("disabled", (0, 0))
    ends = (least, (int(best), 1))
    return unknowns.take(None, _PATH, asked, ends, matters, monotone=True)


def _supporters(
    p: Person, on: date, resolved: Resolved[Terms], unknowns: Unknowns
) -> tuple[int, int]:
    rows = unable(resolved.used)

    def counts(status: SupporterStatus) -> tuple[int, int]:
        """As one who is able, or of whom no row says whether he is."""
        row = rows.get(status)
        return int(row is not None and row.value is not True), int(row is None)

    treatments = sorted({counts(each) for each in SupporterStatus}, reverse=True)  # worst first
    if p.supporters is None:
        ends = distinct((treatments[0], (0, 0)), tuple)
        return unknowns.take(None, _PATH, "supporters", ends, monotone=True)
    able = unsettled = 0
    for number, supporter in enumerate(p.supporters):
        path = f"{_PATH}.supporters[{number}]"
        status = supporter.status
        if status is None and supporter != Supporter():  # some of the facts of the test are known
            status = judge(supporter, path, on, resolved.used).status
        stated = None if status is None else counts(status)
        ends = (treatments[0], treatments[-1])
        said = unknowns.take(stated, path, "status", ends, monotone=True)
        able, unsettled = able + said[0], unsettled + said[1]
    return able, unsettled


def _failures(stated: SelfCare | None, t: Terms, unknowns: Unknowns) -> int:
    """How many items are failed; -1 where the six are not known and no rule asks for them."""
    path, matters = f"{_PATH}.self_care", t.complete_from > 0
    items = [each.name for each in fields(SelfCare)]
    known = [getattr(stated, name, None) for name in items]
    if not matters and None in known:
        return -1
    failed = known.count(False)
    unknown = [name for name, able in zip(items, known, strict=True) if able is None]
    counts = range(failed, failed + len(unknown) + 1)
    # where more failures never pay less the ends are enough
    monotone = 0 <= t.care_self <= t.care_partial <= t.care_complete
    if stated is None:
        classes = distinct(counts, lambda count: self_care_class(count, t))
        if monotone:
            classes = (classes[0], classes[-1])
        return unknowns.take(None, _PATH, "self_care", classes, monotone=monotone)
    return failed + sum(
        not unknowns.take(None, path, name, (True, False), monotone=monotone) for name in unknown
    )
