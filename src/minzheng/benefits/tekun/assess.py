"""Deciding one person's tekun: from what is stated to a decision that explains itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from attrs import fields

from minzheng.base.dates import age_on, first_of_next_month
from minzheng.base.i18n import N_
from minzheng.base.money import to_yuan
from minzheng.benefits.counting import years
from minzheng.benefits.settle import Facts, Told, settle
from minzheng.benefits.tekun.facts import PersonFacts, Reason, Result, SelfCareClass, Terms
from minzheng.benefits.tekun.rule import decide
from minzheng.benefits.tekun.terms import terms
from minzheng.benefits.unknowns import MANY, Unknowns
from minzheng.decision import Award, Decision, Ground, Missing, Note, citations
from minzheng.errors import Fault, FigureNotFound, InvalidInput
from minzheng.people import (
    Applicant,
    DisabilityType,
    IncomeKind,
    Person,
    Property,
    SelfCare,
    Study,
    SupporterStatus,
)
from minzheng.rules import Outcome, Rule
from minzheng.standards import Per, Standards
from minzheng.standards.reading import Resolved

__all__ = ["RULE", "assess", "facts_of"]

RULE: Rule[PersonFacts, None, None, Terms, Result] = Rule(
    name="tekun",
    case=PersonFacts,
    result=Result,
    terms_class=Terms,
    decide=decide,
    terms=terms,
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
        ('UNDETERMINED', ['standards'])
    """
    tables = Standards.bundled() if standards is None else standards
    return settle(
        RULE,
        title=_TITLE,
        subject=applicant.id,
        area=applicant.area,
        residence=applicant.residence,
        on=on,
        standards=tables,
        facts=lambda resolved, favourable: facts_of(applicant, on, resolved, favourable=favourable),
        tell=lambda result, resolved: _tell(result, resolved, applicant, on, tables),
    )


def facts_of(
    applicant: Applicant, on: date, resolved: Resolved[Terms], *, favourable: bool
) -> Facts:
    """The applicant as the rule takes it, with unknown facts taken one way or the other."""
    t = resolved.terms
    assert t is not None
    unknowns = Unknowns(favourable)
    take, p = unknowns.take, applicant.person
    if p.birth is not None and p.birth > on:
        raise InvalidInput([Fault(f"{_PATH}.birth", f"{p.birth} is after the day, {on}")])
    age = age_on(unknowns.require(p.birth, f"{_PATH}.birth", on), on)
    by_age = age >= t.elderly_age or age < t.minor_age
    minor = age < t.adult_age
    kind, grade = _disability(p, unknowns, not by_age)
    able, unsettled = _supporters(p, resolved, unknowns)
    owned = applicant.property or Property()
    income = unknowns.amounts(
        p.income,
        f"{_PATH}.income",
        best=0,
        worst=MANY,
        unknown_list=IncomeKind.WAGE,
    )
    path = f"{_PATH}."
    continues = not by_age and t.continues_age > 0
    return Facts(
        PersonFacts(
            age=age,
            disability_type=kind,
            disability_grade=grade,
            recognised_as_minor=take(
                p.recognised_as_minor, path + "recognised_as_minor", True, False, continues
            ),
            at_school=take(
                None if p.study is None else p.study is Study.SCHOOL,
                path + "study",
                True,
                False,
                continues and p.recognised_as_minor is not False and age >= t.continues_age,
            ),
            orphan=take(p.orphan, path + "orphan", False, True, minor and t.orphans_first),
            child_allowance=take(p.child_allowance, path + "child_allowance", False, True, minor),
            meets_rule=take(
                owned.meets_tekun_rule, "applicant.property.meets_tekun_rule", True, False
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
        return unknowns.take(None, f"{_PATH}.disability.type", best, worst, matters)
    if p.disability is not None:
        return int(p.disability.type), p.disability.grade
    if p.disabled is False:
        return 0, 0
    asked = f"{_PATH}.disability" if p.disabled else f"{_PATH}.disabled"
    return unknowns.take(None, asked, (int(DisabilityType.MENTAL), 1), (0, 0), matters)


def _supporters(p: Person, resolved: Resolved[Terms], unknowns: Unknowns) -> tuple[int, int]:
    if p.supporters is None:
        return unknowns.take(None, f"{_PATH}.supporters", 0, 1), 0
    unable = {
        each.figure.keys: each.value is True
        for each in resolved.used
        if each.figure.series == "tekun.supporter.unable"
    }
    able = unsettled = 0
    for number, supporter in enumerate(p.supporters):
        path = f"{_PATH}.supporters[{number}].status"
        status = unknowns.take(supporter.status, path, SupporterStatus.TEKUN, SupporterStatus.ABLE)
        held = unable.get((("status", status.name.lower()),))
        able += held is False
        unsettled += held is None
    return able, unsettled


def _failures(stated: SelfCare | None, unknowns: Unknowns, matters: bool) -> int:
    path = f"{_PATH}.self_care"
    if stated is None:
        return unknowns.take(None, path, len(fields(SelfCare)), 0, matters)
    return sum(
        not unknowns.take(getattr(stated, each.name), f"{path}.{each.name}", False, True, matters)
        for each in fields(SelfCare)
    )


_GROUNDS: dict[Reason, tuple[str, tuple[str, ...]]] = {
    Reason.ALL_THREE: (
        N_("The person has no labour ability, no livelihood, and no supporter who is able."),
        ("tekun.labour.elderly_age", "tekun.income.inclusive"),
    ),
    Reason.CHILD_ALLOWANCE: (
        N_("A minor who takes the allowance of orphans or unattended children is not tekun."),
        ("tekun.child_allowance",),
    ),
    Reason.LABOUR_ABILITY: (
        N_("The person has labour ability by age and disability."),
        ("tekun.labour.elderly_age", "tekun.labour.minor_age", "tekun.labour.disability_grade"),
    ),
    Reason.INCOME_NOT_LOWER: (
        N_("The counted income, {income} a year, is not lower than the dibao standard, {limit}."),
        ("tekun.income.inclusive",),
    ),
    Reason.PROPERTY_RULE: (
        N_("The authority finds that the property does not meet the local tekun rule."),
        ("tekun.property.set_by",),
    ),
    Reason.SUPPORTER_ABLE: (
        N_("A person with a statutory duty to support is able to."),
        ("tekun.supporter.unable",),
    ),
    Reason.UNSETTLED_DISABILITY: (
        N_("No rule held for this day says which disabilities take labour ability away."),
        (),
    ),
    Reason.UNSETTLED_INCOME: (
        N_(
            "Income of {unsettled} a year is of a kind of which no rule held says whether it counts."
        ),
        (),
    ),
    Reason.STANDARD_MISSING: (
        N_(
            "The counted income, {income} a year, cannot be set against a dibao standard: none is held."
        ),
        ("tekun.income.inclusive",),
    ),
    Reason.UNSETTLED_SUPPORTER: (
        N_("No rule held for this day says whether a supporter of that status is unable."),
        (),
    ),
    Reason.AMOUNT_MISSING: (
        N_(
            "The person has no labour ability, no livelihood, and no supporter who is able; the amount is not known."
        ),
        ("tekun.labour.elderly_age", "tekun.income.inclusive"),
    ),
}
_CLASSES = {
    SelfCareClass.SELF: N_("Self-care: able to look after oneself (全自理)."),
    SelfCareClass.PARTIAL: N_("Self-care: partly lost (半自理)."),
    SelfCareClass.COMPLETE: N_("Self-care: completely lost (全护理)."),
}
_BREACH = N_(
    "The tekun standard found, {published} a year, is below the published multiple of the dibao standard, {least}: a breach to be reported."
)
_FLOOR = N_("An amount found is a floor (not lower than): a place that pays more must state it.")
_PLACEMENT = N_("Support at home or in an institution is the person's choice; none is stated.")


def _tell(
    result: Result, resolved: Resolved[Terms], applicant: Applicant, on: date, standards: Standards
) -> Told:
    t = resolved.terms
    assert t is not None
    award = None
    if result.outcome is Outcome.GRANTED:
        award = Award(to_yuan(result.pay_month), Per.MONTH, 1, _start(resolved, on))
    return Told(
        award=award,
        grounds=tuple(_grounds(result, resolved)),
        notes=tuple(_notes(result, resolved, applicant)),
        missing=tuple(_missing(result, t, applicant, on, standards)),
    )


def _start(resolved: Resolved[Terms], on: date) -> date | None:
    return first_of_next_month(on) if "tekun.first_payment" in resolved.held else None


def _grounds(result: Result, resolved: Resolved[Terms]) -> Iterator[Ground]:
    values: dict[str, Decimal | int] = {
        "income": to_yuan(result.income_year),
        "limit": to_yuan(result.limit_year),
        "unsettled": to_yuan(result.unsettled_year),
    }
    reasons = [result.reason]
    if result.outcome is Outcome.REFUSED:
        failed = {
            Reason.LABOUR_ABILITY: result.able_to_work,
            Reason.INCOME_NOT_LOWER: result.has_livelihood,
            Reason.PROPERTY_RULE: result.fails_property,
            Reason.SUPPORTER_ABLE: result.has_supporter,
        }
        reasons += [reason for reason, fails in failed.items() if fails]
    for reason in dict.fromkeys(reasons):
        text, series = _GROUNDS[reason]
        used = {name: value for name, value in values.items() if f"{{{name}}}" in text}
        yield Ground(reason.name.lower(), text, used, citations(resolved, *series))
    if result.outcome is not Outcome.REFUSED and result.self_care is not SelfCareClass.UNKNOWN:
        cited = citations(resolved, "tekun.self_care.partial_from")
        yield Ground(result.self_care.name.lower(), _CLASSES[result.self_care], {}, cited)


def _notes(result: Result, resolved: Resolved[Terms], applicant: Applicant) -> Iterator[Note]:
    t = resolved.terms
    assert t is not None
    if 0 <= t.basic_year < t.least_year // 100 * 100:
        yield Note(_BREACH, {"published": to_yuan(t.basic_year), "least": to_yuan(t.least_year)})
    paid = ("tekun.basic", "tekun.care.amount", "tekun.care.rate")
    if any(each.is_floor and each.figure.series in paid for each in resolved.used):
        yield Note(_FLOOR)
    if applicant.placement is None and result.outcome is not Outcome.REFUSED:
        yield Note(_PLACEMENT)


def _missing(
    result: Result, t: Terms, applicant: Applicant, on: date, standards: Standards
) -> Iterator[Missing]:
    """The figures that a rule's own "undetermined" hangs on, in the words of the look-up."""
    for series, keys in _unheld(result, t, applicant, on, standards):
        try:
            standards.find(series, applicant.area, on, kinds=None, **keys)
        except FigureNotFound as error:
            yield Missing("standards", str(error))


def _unheld(
    result: Result, t: Terms, applicant: Applicant, on: date, standards: Standards
) -> Iterator[tuple[str, dict[str, str]]]:
    if result.reason is Reason.UNSETTLED_DISABILITY:
        yield "tekun.labour.disability_grade", {}
    elif result.reason is Reason.UNSETTLED_INCOME:
        for kind in sorted({each.kind for each in applicant.person.income or ()}):
            yield "tekun.income.counted", {"kind": kind.name.lower()}
    elif result.reason is Reason.STANDARD_MISSING:
        yield "dibao.standard", {"residence": applicant.residence.name.lower()}
    elif result.reason is Reason.UNSETTLED_SUPPORTER:
        stated = {each.status for each in applicant.person.supporters or () if each.status}
        for status in sorted(stated):
            yield "tekun.supporter.unable", {"status": status.name.lower()}
    elif result.reason is Reason.AMOUNT_MISSING:
        if t.basic_year < 0:
            yield "tekun.basic", {"residence": applicant.residence.name.lower()}
        if result.self_care is SelfCareClass.UNKNOWN:
            yield "tekun.self_care.partial_from", {}
            return
        tier = result.self_care.name.lower()
        if standards.get("tekun.care.amount", applicant.area, on, tier=tier) is None:
            yield "tekun.care.rate", {"tier": tier}
            local = standards.get("minimum_wage.tier", applicant.area, on)
            if local is None:
                yield "minimum_wage.tier", {}
            yield "minimum_wage", {"tier": str(local.value)} if local else {}
