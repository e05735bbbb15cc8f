"""Revocation: whether an organisation meets a criterion, so that a case is to be opened.

Nothing here revokes: a penalty needs notice, hearing and a decision of the authority
(处罚程序规定, Order No. 68, since 2021-10-15).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import Enum

from minzheng.base.i18n import N_
from minzheng.organizations.facts import Conclusion, Organization
from minzheng.organizations.findings import (
    Answer,
    Evidence,
    Finding,
    Review,
    all_of,
    any_of,
    settled,
)
from minzheng.organizations.rows import Law, Years, idle, idle_missing, years
from minzheng.standards import NATION, Found, Standards

__all__ = ["Measure", "criteria", "measure"]


class Measure(Enum):
    """What the law provides when a criterion is met."""

    WITHDRAW_REGISTRATION = "withdraw_registration"
    """撤销登记"""
    REVOKE_CERTIFICATE = "revoke_certificate"
    """吊销登记证书: the term for charities"""
    WITHDRAW_OR_REVOKE = "withdraw_or_revoke"
    """撤销登记或者吊销登记证书: the three regulations mix the terms"""


_OPEN = {
    Measure.WITHDRAW_REGISTRATION: N_(
        "Open a case for withdrawal of the registration (撤销登记); nothing is revoked by this."
    ),
    Measure.REVOKE_CERTIFICATE: N_(
        "Open a case for revocation of the certificate (吊销登记证书); nothing is revoked by this."
    ),
    Measure.WITHDRAW_OR_REVOKE: N_(
        "Open a case for withdrawal of the registration or revocation of the certificate; nothing is revoked by this."
    ),
}
_QUESTIONS = {
    "two_years_unchecked": N_("Two consecutive years without an annual check"),
    "two_years_failed": N_("The annual check failed in two consecutive years"),
    "serious_refusal": N_("Refuses supervision, and the case is serious"),
    "serious_check": N_("The annual check not taken or failed, and the case is serious"),
    "false_registration": N_("Registration got by fraud"),
    "idle_from_certificate": N_("No activity within the period from the certificate on"),
}
_YEARS = N_("Years {first} and {last}.")
_YEAR = N_("Year {year}.")
_LATER = N_("A later check ended otherwise: {year}.")
_UNCHECKED = frozenset({Conclusion.NOT_TAKEN})
_FAILED = frozenset({Conclusion.FAILED})


def criteria(
    stated: Organization,
    on: date,
    *,
    area: str = NATION,
    standards: Standards | None = None,
) -> Review:
    """Ask every criterion of revocation about an organisation.

    Args:
        stated: the organisation.
        on: the day; a year counts when the last day to file for its check is before it.
        area: six-digit code of the registration authority's area; left out, the law of the
            nation alone.
        standards: the tables; the bundled ones when left out.

    Returns:
        One finding for each criterion, ``NO_RULE`` where the law of the day holds none for the
        kind. ``YES`` means: meets the criterion, open a case.

    Raises:
        NotFound: when no area bore that code on that day.

    Source:
        Private non-enterprise units: Measures of 2005 (Order No. 27) art. 10 (two consecutive
        years without a check, or two consecutive checks failed), Interim Regulation art. 25.
        Associations: Regulation arts 29, 30. Foundations: Regulation arts 41, 42.

    Limitations:
        For associations no two-year rule was in force nationally in 2020, and what the measures
        of 2026 say of it is not known: two years without a check are then a refusal of
        supervision, and whether the case is serious is the authority's finding. The two-year
        rule of the measures on foundations is not confirmed and not held. A year not taken and a
        year failed are not two of either.

    Example:
        >>> from minzheng.organizations import Kind
        >>> school = Organization(id="a", kind=Kind.PRIVATE_UNIT, charity=False, checks={
        ...     2018: Conclusion.NOT_TAKEN, 2019: Conclusion.NOT_TAKEN})
        >>> found = criteria(school, date(2020, 7, 24))["two_years_unchecked"]
        >>> found.answer.name, found.citations[0].text("zh_CN")
        ('YES', '《民办非企业单位年度检查办法》第十条')
        >>> club = Organization(id="b", kind=Kind.ASSOCIATION, charity=False, checks=school.checks)
        >>> told = criteria(club, date(2020, 7, 24))
        >>> told["two_years_unchecked"].answer.name, told["serious_refusal"].missing
        ('NO_RULE', ('organization.serious',))
    """
    law = Law(on, stated.kind, area, standards)
    return Review(stated.id, on, tuple(_asked(stated, law, name) for name in _QUESTIONS))


def measure(stated: Organization, row: Found, law: Law) -> Measure | None:
    """What the law provides for an organisation under a row; ``None`` while that is not known.

    Source:
        Charity Law: the certificate of a charity is revoked (吊销登记证书).
    """
    charity = law.row("revocation.charity")
    if charity is not None and stated.charity is None:
        return None
    return Measure((charity if charity is not None and stated.charity else row).value)


def _asked(stated: Organization, law: Law, name: str) -> Finding:
    question = _QUESTIONS[name]
    if stated.kind is None:
        return Finding(name, question, Answer.UNDETERMINED, missing=("organization.kind",))
    row = law.of_kind("revocation", criterion=name)
    if row is None:
        return Finding(name, question, Answer.NO_RULE)
    answer, evidence, rows, missing = _HOW[name](stated, law)
    if answer is None:
        return Finding(name, question, Answer.UNDETERMINED, evidence, (row, *rows), missing)
    then: tuple[str, ...] = ()
    if answer:
        what = measure(stated, row, law)
        then = () if what is None else (_OPEN[what],)
        missing = ("organization.charity",) if what is None else ()
        charity = law.row("revocation.charity")
        if stated.charity and charity is not None:
            rows = (*rows, charity)
    return Finding(name, question, settled(answer), evidence, (row, *rows), missing, then)


_Told = tuple[bool | None, tuple[Evidence, ...], tuple[Found, ...], tuple[str, ...]]


def _two_years(stated: Organization, law: Law, ended: frozenset[Conclusion]) -> _Told:
    last = law.last_due_year
    if last is None:
        return False, (), (), ()
    found = years(stated, ended, last=last, count=2)
    return found.holds, _years(stated, found, last), (), found.missing


def _years(stated: Organization, found: Years, last: int) -> tuple[Evidence, ...]:
    if not found.years:
        return ()
    said = [Evidence(_YEARS, {"first": found.years[0], "last": found.years[-1]})]
    later = [year for year in stated.by_year if found.years[-1] < year <= last]
    if later:
        said.append(Evidence(_LATER, {"year": max(later)}))
    return tuple(said)


def _unchecked(stated: Organization, law: Law) -> _Told:
    return _two_years(stated, law, _UNCHECKED)


def _failed(stated: Organization, law: Law) -> _Told:
    return _two_years(stated, law, _FAILED)


def _serious(stated: Organization, law: Law, ended: frozenset[Conclusion], refused: bool) -> _Told:
    """Some year that ended so, or a refusal found by the authority; and the case is serious."""
    last = law.last_due_year
    held = years(stated, ended, last=last, count=1) if last is not None else Years(False, (), ())
    acts: list[tuple[bool | None, tuple[str, ...]]] = [(held.holds, held.missing)]
    if refused:
        acts.append((stated.refused_supervision, ("organization.refused_supervision",)))
    act = any_of(holds for holds, _missing in acts)
    answer = all_of((act, stated.serious))
    missing: list[str] = []
    if answer is None:
        if act is None:
            missing += [path for holds, paths in acts if holds is None for path in paths]
        if stated.serious is None:
            missing.append("organization.serious")
    so = sorted(
        year for year, how in stated.by_year.items() if how in ended and year <= (last or 0)
    )
    evidence = tuple(Evidence(_YEAR, {"year": year}) for year in so)
    return answer, evidence, (), tuple(missing)


def _refusal(stated: Organization, law: Law) -> _Told:
    return _serious(stated, law, _UNCHECKED, refused=True)


def _check(stated: Organization, law: Law) -> _Told:
    return _serious(stated, law, _UNCHECKED | _FAILED, refused=False)


def _false_registration(stated: Organization, _law: Law) -> _Told:
    holds = stated.false_registration
    return holds, (), (), () if holds is not None else ("organization.false_registration",)


def _idle(stated: Organization, law: Law) -> _Told:
    row = law.of_kind("revocation.idle")
    assert row is not None, "every row of idle_from_certificate has one of revocation.idle"
    holds, evidence = idle(stated, row, law.on)
    return holds, evidence, (row,), idle_missing(stated) if holds is None else ()


_HOW: dict[str, Callable[[Organization, Law], _Told]] = {
    "two_years_unchecked": _unchecked,
    "two_years_failed": _failed,
    "serious_refusal": _refusal,
    "serious_check": _check,
    "false_registration": _false_registration,
    "idle_from_certificate": _idle,
}
