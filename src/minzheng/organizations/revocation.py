"""Revocation: whether an organisation meets a criterion, so that a case is to be opened.

Nothing here revokes: a penalty needs notice, hearing and a decision of the authority
(处罚程序规定, Order No. 68, since 2021-10-15).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from enum import Enum

from attrs import frozen

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
from minzheng.organizations.kinds import Kind
from minzheng.organizations.rows import Law, Years, idle, idle_missing, years
from minzheng.standards import NATION, Found, Standards

__all__ = ["Measure", "criteria"]


class Measure(Enum):
    """What the law provides when a criterion is met."""

    WITHDRAW_REGISTRATION = "withdraw_registration"
    """撤销登记: the word of the three regulations and of the annual check"""
    REVOKE_CERTIFICATE = "revoke_certificate"
    """吊销登记证书: the word of the Charity Law, for its own grounds alone"""
    REVOKE_QUALIFICATION_OR_CERTIFICATE = "revoke_qualification_or_certificate"
    """吊销公开募捐资格证书或者登记证书: for grounds of fundraising"""


_OPEN = {
    Measure.WITHDRAW_REGISTRATION: N_(
        "Open a case for withdrawal of the registration (撤销登记); nothing is revoked by this."
    ),
    Measure.REVOKE_CERTIFICATE: N_(
        "Open a case for revocation of the certificate (吊销登记证书); nothing is revoked by this."
    ),
    Measure.REVOKE_QUALIFICATION_OR_CERTIFICATE: N_(
        "Open a case for revocation of the qualification for public fundraising or of the certificate (吊销公开募捐资格证书或者登记证书); nothing is revoked by this."
    ),
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
        kind. ``YES`` means: meets the criterion, open a case. The measure is that of the
        criterion's own article: 撤销登记, and 吊销登记证书 for the grounds of the Charity Law,
        which are answered ``NO`` for who is no charity.

    Raises:
        NotFound: when no area bore that code on that day.

    Source:
        Private non-enterprise units: Measures of 2005 (Order No. 27) art. 10 (two consecutive
        years without a check, or two consecutive checks failed), Interim Regulation arts 24,
        25, 26. Associations: Regulation arts 29, 30, 31. Foundations: Regulation arts 41, 42.
        Charities of any kind besides: Charity Law arts 98, 99, 103, 104; since 2024-09-05
        arts 109, 110, 111, 116, 117.

    Limitations:
        For associations no two-year rule was in force nationally in 2020, and what the measures
        of 2026 say of it is not known: two years without a check are then a refusal of
        supervision, and whether the case is serious is the authority's finding. The two-year
        rule of the measures on foundations is not confirmed and not held. A year not taken and a
        year failed are not two of either. For a foundation the period of twelve months is one
        without activities under its charter. Article 42 of its regulation says "may": whether
        the registration is withdrawn is then the authority's discretion.

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
    found = (_asked(stated, law, name, each) for name, each in _CRITERIA.items())
    return Review(stated.id, on, tuple(found))


def _asked(stated: Organization, law: Law, name: str, asked: _Criterion) -> Finding:
    if stated.kind is None:
        return Finding(name, asked.text, Answer.UNDETERMINED, missing=("organization.kind",))
    kind = "charity" if asked.charity else stated.kind.word
    row = None if stated.kind is Kind.OTHER else law.row("revocation", kind=kind, criterion=name)
    if row is None:
        return Finding(name, asked.text, Answer.NO_RULE)
    answer, evidence, rows, missing = asked.of(stated, law)
    then = (_OPEN[Measure(row.value)],) if answer else ()
    return Finding(name, asked.text, settled(answer), evidence, (row, *rows), missing, then)


_Told = tuple[bool | None, tuple[Evidence, ...], tuple[Found, ...], tuple[str, ...]]
_How = Callable[[Organization, Law], _Told]


@frozen
class _Criterion:
    """How one criterion is asked.

    Attributes:
        text: message id of the question.
        of: the answer for an organisation.
        charity: whether it is one of the Charity Law, for charities of any kind.
    """

    text: str
    of: _How
    charity: bool = False


def _fact(name: str) -> _How:
    """A fact that the authority finds."""

    def of(stated: Organization, _law: Law) -> _Told:
        holds: bool | None = getattr(stated, name)
        return holds, (), (), () if holds is not None else (f"organization.{name}",)

    return of


def _joined(join: Callable[[Iterable[bool | None]], bool | None], *hows: _How) -> _How:
    def of(stated: Organization, law: Law) -> _Told:
        parts = [each(stated, law) for each in hows]
        answer = join(holds for holds, *_rest in parts)
        evidence = tuple(each for _holds, said, *_rest in parts for each in said)
        rows = tuple(each for _holds, _said, found, _paths in parts for each in found)
        open_ = (paths for holds, _said, _found, paths in parts if holds is None)
        missing = () if answer is not None else tuple(path for paths in open_ for path in paths)
        return answer, evidence, rows, missing

    return of


def _all(*hows: _How) -> _How:
    return _joined(all_of, *hows)


def _any(*hows: _How) -> _How:
    return _joined(any_of, *hows)


def _two_years(ended: frozenset[Conclusion]) -> _How:
    """Two years due in a row that ended so."""

    def of(stated: Organization, law: Law) -> _Told:
        last = law.last_due_year
        if last is None:
            return False, (), (), ()
        found = years(stated, ended, last=last, count=2)
        return found.holds, _said(stated, found, last), (), found.missing

    return of


def _said(stated: Organization, found: Years, last: int) -> tuple[Evidence, ...]:
    if not found.years:
        return ()
    said = [Evidence(_YEARS, {"first": found.years[0], "last": found.years[-1]})]
    later = [year for year in stated.by_year if found.years[-1] < year <= last]
    if later:
        said.append(Evidence(_LATER, {"year": max(later)}))
    return tuple(said)


def _some_year(ended: frozenset[Conclusion]) -> _How:
    """Some year due that ended so; the evidence names every one."""

    def of(stated: Organization, law: Law) -> _Told:
        last = law.last_due_year
        if last is None:
            return False, (), (), ()
        found = years(stated, ended, last=last, count=1)
        so = sorted(year for year, how in stated.by_year.items() if how in ended and year <= last)
        return found.holds, tuple(Evidence(_YEAR, {"year": each}) for each in so), (), found.missing

    return of


def _idle(stated: Organization, law: Law) -> _Told:
    row = law.of_kind("revocation.idle")
    assert row is not None, "every row of idle_from_certificate has one of revocation.idle"
    holds, evidence = idle(stated, row, law.on)
    return holds, evidence, (row,), idle_missing(stated) if holds is None else ()


_CHARITY, _SERIOUS = _fact("charity"), _fact("serious")


def _serious(text: str, name: str) -> _Criterion:
    return _Criterion(text, _all(_fact(name), _SERIOUS))


def _of_charity(text: str, *hows: _How) -> _Criterion:
    return _Criterion(text, _all(_CHARITY, *hows), charity=True)


_CRITERIA = {
    "two_years_unchecked": _Criterion(
        N_("Two consecutive years without an annual check"), _two_years(_UNCHECKED)
    ),
    "two_years_failed": _Criterion(
        N_("The annual check failed in two consecutive years"), _two_years(_FAILED)
    ),
    "false_registration": _Criterion(N_("Registration got by fraud"), _fact("false_registration")),
    "approval_withdrawn": _Criterion(
        N_("The supervising unit withdrew its approval"), _fact("approval_withdrawn")
    ),
    "overdue_cancellation": _Criterion(
        N_("To be cancelled, not cancelled as required, and still active"),
        _fact("overdue_cancellation"),
    ),
    "idle_from_certificate": _Criterion(
        N_("No activity within the period from the certificate on"), _idle
    ),
    "withdrawal_asked": _Criterion(
        N_("Another law broken, and the competent organ holds that the registration be withdrawn"),
        _fact("withdrawal_asked"),
    ),
    "misused_certificate": _serious(
        N_("Certificate altered, or certificate or seal let or lent, and the case is serious"),
        "misused_certificate",
    ),
    "outside_purpose": _serious(
        N_("Active beyond the purpose and scope of its charter, and the case is serious"),
        "outside_purpose",
    ),
    "serious_refusal": _Criterion(
        N_("Refuses supervision, and the case is serious"),
        _all(_any(_some_year(_UNCHECKED), _fact("refused_supervision")), _SERIOUS),
    ),
    "change_unregistered": _serious(
        N_("A change not registered as required, and the case is serious"), "change_unregistered"
    ),
    "branch_breach": _serious(
        N_("Branches set up or left alone against the rules, and the case is serious"),
        "branch_breach",
    ),
    "for_profit": _serious(N_("Business for profit, and the case is serious"), "for_profit"),
    "assets_taken": _serious(
        N_("Assets or donations taken, shared out or misused, and the case is serious"),
        "assets_taken",
    ),
    "unlawful_funds": _serious(
        N_("Fees, funds or donations against the rules of the state, and the case is serious"),
        "unlawful_funds",
    ),
    "false_accounts": _serious(
        N_("Vouchers, books or reports falsified, and the case is serious"), "false_accounts"
    ),
    "spending_short": _serious(
        N_("Spending for the public benefit below the required amount, and the case is serious"),
        "spending_short",
    ),
    "serious_check": _Criterion(
        N_("The annual check not taken or failed, and the case is serious"),
        _all(_some_year(_UNCHECKED | _FAILED), _SERIOUS),
    ),
    "undisclosed": _serious(
        N_("Information not published or published falsely, and the case is serious"),
        "undisclosed",
    ),
    "charity_breach_uncorrected": _of_charity(
        N_("A charity against its purpose, its property or lawful terms, not corrected in time"),
        _fact("charity_breach"),
        _fact("uncorrected"),
    ),
    "charity_breach_serious": _of_charity(
        N_("A charity against its purpose, its property or lawful terms, and the case is serious"),
        _fact("charity_breach"),
        _SERIOUS,
    ),
    "charity_duties": _of_charity(
        N_("A charity's duties broken again within a year of a sanction, or the case is serious"),
        _any(_some_year(_UNCHECKED), _fact("charity_duties")),
        _any(_fact("sanctioned"), _SERIOUS),
    ),
    "charity_fundraising": _of_charity(
        N_("A charity's fundraising against the law, and the case is serious"),
        _fact("charity_fundraising"),
        _SERIOUS,
    ),
    "charity_tax": _of_charity(
        N_("A charity's tax advantages got by fraud, and the case is serious"),
        _fact("charity_tax"),
        _SERIOUS,
    ),
    "charity_security": _of_charity(
        N_("A charity that does or funds harm to the security of the state or the public interest"),
        _fact("charity_security"),
    ),
}
