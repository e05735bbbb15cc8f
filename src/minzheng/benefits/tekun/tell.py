"""Telling a result of tekun: the reasons, the notes, and the figures that are missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from minzheng.base.i18n import N_
from minzheng.base.money import to_yuan
from minzheng.benefits.tekun.facts import Limb, Reason, Result, SelfCareClass, Terms
from minzheng.benefits.tekun.supporter import FIGURES
from minzheng.benefits.telling import Asked, Told, first_payment, floors, ground, not_held
from minzheng.benefits.unknowns import Facts
from minzheng.decision import Award, Ground, Note
from minzheng.people import Applicant
from minzheng.rules import Outcome
from minzheng.standards import Per, Standards
from minzheng.standards.reading import Resolved

__all__ = ["tell"]

_GROUNDS: dict[Reason, tuple[str, tuple[str, ...]]] = {
    Reason.ALL_THREE: (
        N_("The person has no labour ability, no livelihood, and no supporter who is able."),
        ("tekun.conditions",),
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
        ("tekun.conditions",),
    ),
}
_SELF_CARE = ("tekun.self_care.partial_from",)
_CLASSES = {
    SelfCareClass.SELF: (N_("Self-care: able to look after oneself (全自理)."), _SELF_CARE),
    SelfCareClass.PARTIAL: (N_("Self-care: partly lost (半自理)."), _SELF_CARE),
    SelfCareClass.COMPLETE: (N_("Self-care: completely lost (全护理)."), _SELF_CARE),
}
_BREACH = N_(
    "The tekun standard found, {published} a year, is below the published multiple of the dibao standard, {least}: a breach to be reported."
)
_NO_STANDARD = N_(
    "No dibao standard is held for this place and day; without any income a person is below every standard."
)
_PLACEMENT = N_("Support at home or in an institution is the person's choice; none is stated.")


_LIMBS = {
    Limb.ELDERLY: ("tekun.labour.elderly_age",),
    Limb.MINOR: ("tekun.labour.minor_age",),
    Limb.CONTINUES: ("tekun.continues.age",),
    Limb.DISABILITY: ("tekun.labour.disability_grade",),
}
_ALL_THREE = ("tekun.income.inclusive", "tekun.property.set_by")
# rows that decide other cases than most: listed where a ground rests on them
_ASIDE = frozenset(
    (
        *(series for limb in _LIMBS.values() for series in limb),
        "age.adult",
        *FIGURES,
        "tekun.child_allowance",
        "tekun.conditions",
        "tekun.continues.school",
        "tekun.income.counted",
        "tekun.supporter.unable",
    )
)


def tell(
    result: Result,
    resolved: Resolved[Terms],
    facts: Facts,
    applicant: Applicant,
    on: date,
    standards: Standards,
) -> Told:
    """What the decision on a person says of the rule's result."""
    t = resolved.terms
    assert t is not None
    award = None
    if result.outcome is Outcome.GRANTED:
        start = first_payment(resolved, "tekun.first_payment", on)
        award = Award(to_yuan(result.pay_month), Per.MONTH, 1, start)
    tier = (result.self_care.name.lower(),)
    asked = _asked(result, t, applicant, on, standards)
    return Told(
        award=award,
        grounds=tuple(_grounds(result, resolved, applicant)),
        notes=tuple(_notes(result, resolved, applicant)),
        missing=tuple(not_held(asked, standards, applicant.area, on)),
        aside=_ASIDE,
        only=(("tekun.care.amount", tier), ("tekun.care.rate", tier)),
    )


def _grounds(result: Result, resolved: Resolved[Terms], applicant: Applicant) -> Iterator[Ground]:
    values: dict[str, Decimal | int] = {
        "income": to_yuan(result.income_year),
        "limit": to_yuan(result.limit_year),
        "unsettled": to_yuan(result.unsettled_year),
    }
    reasons = [result.reason]
    if result.outcome is Outcome.REFUSED:
        failed = {
            Reason.LABOUR_ABILITY: result.limb is Limb.NONE,
            Reason.INCOME_NOT_LOWER: result.has_livelihood,
            Reason.PROPERTY_RULE: result.fails_property,
            Reason.SUPPORTER_ABLE: result.has_supporter,
        }
        reasons += [reason for reason, fails in failed.items() if fails]
    for reason in dict.fromkeys(reasons):
        series: tuple[str, ...] = ()
        if reason in (Reason.ALL_THREE, Reason.AMOUNT_MISSING):
            supported = ("tekun.supporter.unable",) if applicant.person.supporters else ()
            series = (*_LIMBS.get(result.limb, ()), *_ALL_THREE, *supported)
        yield ground(reason, _GROUNDS, values, resolved, series)
    if result.outcome is not Outcome.REFUSED and result.self_care is not SelfCareClass.UNKNOWN:
        yield ground(result.self_care, _CLASSES, values, resolved)


def _notes(result: Result, resolved: Resolved[Terms], applicant: Applicant) -> Iterator[Note]:
    t = resolved.terms
    assert t is not None
    if 0 <= t.basic_year < t.least_year // 100 * 100:
        yield Note(_BREACH, {"published": to_yuan(t.basic_year), "least": to_yuan(t.least_year)})
    if t.dibao_standard_year < 0 and result.outcome is not Outcome.REFUSED:
        yield Note(_NO_STANDARD)
    paid = ("dibao.standard", "tekun.basic", "tekun.care.amount", "tekun.care.rate")
    yield from floors(each for each in resolved.used if each.figure.series in paid)
    if applicant.placement is None and result.outcome is not Outcome.REFUSED:
        yield Note(_PLACEMENT)


def _asked(
    result: Result, t: Terms, applicant: Applicant, on: date, standards: Standards
) -> Iterator[Asked]:
    """The look-ups that a rule's own "undetermined" hangs on."""
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
            yield "tekun.self_care.complete_from", {}
            return
        tier = result.self_care.name.lower()
        if standards.get("tekun.care.amount", applicant.area, on, tier=tier) is None:
            yield "tekun.care.rate", {"tier": tier}
            local = standards.get("minimum_wage.tier", applicant.area, on)
            if local is None:
                yield "minimum_wage.tier", {}
            yield "minimum_wage", {"tier": str(local.value)} if local else {}
