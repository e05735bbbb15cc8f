"""Telling a result of tekun: the reasons, the notes, and the figures that are missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from minzheng.base.dates import first_of_next_month
from minzheng.base.i18n import N_
from minzheng.base.money import to_yuan
from minzheng.benefits.settle import Told
from minzheng.benefits.tekun.facts import Reason, Result, SelfCareClass, Terms
from minzheng.decision import Award, Ground, Missing, Note, citations
from minzheng.errors import FigureNotFound
from minzheng.people import Applicant
from minzheng.rules import Outcome
from minzheng.standards import Per, Standards
from minzheng.standards.reading import Resolved

__all__ = ["tell"]

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
    Reason.UNSETTLED_CONTINUATION: (
        N_("No rule held for this day says whether a minor once recognised stays in."),
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
_NO_STANDARD = N_(
    "No dibao standard is held for this place and day; without any income a person is below every standard."
)
_FLOOR = N_("An amount found is a floor (not lower than): a place that pays more must state it.")
_PLACEMENT = N_("Support at home or in an institution is the person's choice; none is stated.")


def tell(
    result: Result, resolved: Resolved[Terms], applicant: Applicant, on: date, standards: Standards
) -> Told:
    """What the decision on a person says of the rule's result."""
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
    if t.dibao_standard_year < 0 and result.outcome is not Outcome.REFUSED:
        yield Note(_NO_STANDARD)
    paid = ("dibao.standard", "tekun.basic", "tekun.care.amount", "tekun.care.rate")
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
            yield Missing.figure(error.not_held)


def _unheld(
    result: Result, t: Terms, applicant: Applicant, on: date, standards: Standards
) -> Iterator[tuple[str, dict[str, str]]]:
    if result.reason is Reason.UNSETTLED_DISABILITY:
        yield "tekun.labour.disability_grade", {}
    elif result.reason is Reason.UNSETTLED_CONTINUATION:
        yield "tekun.continues.age", {"residence": applicant.residence.name.lower()}
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
