"""The annual check (年检): who takes part, to whom and by when it is filed, how it ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import Enum

from attrs import frozen

from minzheng.base.brief import shown
from minzheng.base.dates import add_months
from minzheng.base.i18n import N_, day, translator
from minzheng.errors import Fault, InvalidInput, NotFound
from minzheng.organizations.facts import Conclusion, Organization, counted, is_year
from minzheng.organizations.findings import Answer, Evidence, Finding, cited
from minzheng.organizations.kinds import Kind
from minzheng.organizations.rows import Law
from minzheng.standards import NATION, Found, Standards

__all__ = [
    "Calendar",
    "Filing",
    "To",
    "calendar",
    "conclude",
    "conclusions",
    "rectification_due",
]


class To(Enum):
    """With whom the papers of a check are filed, in the order of filing."""

    SUPERVISOR = "supervisor"
    """业务主管单位: its opinion comes first"""
    REGISTRAR = "registrar"
    """登记管理机关: it checks and concludes"""


@frozen
class Filing:
    """One step of an annual check.

    Attributes:
        to: with whom.
        due: the last day in time.
        found: the row it rests on.
        certain: whether it is certain that the step has to be taken: the one to the supervising
            unit is not, while it is not known whether there is one.
    """

    to: To
    due: date
    found: Found
    certain: bool = True


@frozen
class Calendar:
    """The annual check of one organisation for one year.

    Attributes:
        year: the year that is checked.
        takes_part: whether the organisation takes part in the check of that year.
        reports: whether it files an annual report in place of the check, as a charity does.
        filings: the steps with their last days; empty for who does not take part, and for a
            report, of which no last day is held.
    """

    year: int
    takes_part: Finding
    reports: Finding
    filings: tuple[Filing, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts it hangs on."""
        steps = ("organization.has_supervisor",)
        open_step = any(not each.certain for each in self.filings)
        return (*self.takes_part.missing, *self.reports.missing, *(steps if open_step else ()))

    def explain(self, language: str) -> str:
        """The calendar in lines.

        Raises:
            InvalidInput: for a language without a catalogue.
        """
        return "\n".join(_lines(self, language))


_TO = {
    To.SUPERVISOR: N_("to the supervising unit, for its opinion"),
    To.REGISTRAR: N_("to the registration authority, which checks"),
}


def _lines(told: Calendar, language: str) -> Iterator[str]:
    t = translator(language)
    yield t(N_("Annual check of {year}")).format(year=told.year)
    yield told.takes_part.explain(language)
    yield told.reports.explain(language)
    for each in told.filings:
        text = N_("{to}: by {day} (basis: {basis})")
        if not each.certain:
            text = N_("{to}, if there is one: by {day} (basis: {basis})")
        yield t(text).format(
            to=t(_TO[each.to]), day=day(each.due, language), basis=cited(each.found, language)
        )


def calendar(
    stated: Organization,
    year: int,
    *,
    area: str = NATION,
    standards: Standards | None = None,
) -> Calendar:
    """The annual check of an organisation for a year: it is filed in the year after.

    Args:
        stated: the organisation; ``kind``, ``certificate_on``, ``charity`` and
            ``has_supervisor`` are asked.
        year: the year that is checked.
        area: six-digit code of the registration authority's area; left out, the law of the
            nation alone.
        standards: the tables; the bundled ones when left out.

    Returns:
        The calendar under the law of 1 January after the year.

    Raises:
        NotFound: when no area bore that code on that day.
        InvalidInput: for a year that is none.

    Source:
        Regulation on Associations art. 28; Interim Regulation on Private Non-Enterprise Units
        art. 23; Measures of 2005 (Order No. 27) art. 3 ¶2 (registered for no longer than six
        months on 31 December: outside the check) and art. 4; Regulation on Foundations art. 36;
        Charity Law art. 13 (the report of charities).

    Limitations:
        Who is outside the check in the year of registration is held for private non-enterprise
        units, and for associations of Jiaxing in the check of 2025. The last day of a charity's annual report is not held, nor is the check
        replaced by a report in some provinces. That a foundation first asks its supervising
        unit has no day.

    Example:
        >>> school = Organization(id="a", kind=Kind.PRIVATE_UNIT, certificate_on=date(2019, 6, 30),
        ...                       charity=False, has_supervisor=True)
        >>> told = calendar(school, 2019)
        >>> told.takes_part.answer.name, [str(each.due) for each in told.filings]
        ('YES', ['2020-03-31', '2020-05-31'])
    """
    if not is_year(year):
        raise InvalidInput([Fault("year", f"expected a year, got {shown(year)}")])
    law = Law(date(year + 1, 1, 1), stated.kind, area, standards)
    takes_part = _takes_part(stated, year, law)
    reports = _reports(stated, law)
    filings: tuple[Filing, ...] = ()
    if takes_part.answer is not Answer.NO and reports.answer is not Answer.YES:
        filings = tuple(_filings(stated, year, law))
    return Calendar(year, takes_part, reports, filings)


_TAKES_PART = N_("Takes part in the annual check")
_REPORTS = N_("Reports in place of the annual check, as a charity")
_CERTIFICATE = N_("Certificate of {day}.")


def _takes_part(stated: Organization, year: int, law: Law) -> Finding:
    def told(answer: Answer, *missing: str, row: Found | None = None) -> Finding:
        evidence = () if since is None else (Evidence(_CERTIFICATE, {"day": since}),)
        rows = () if row is None else (row,)
        return Finding("takes_part", _TAKES_PART, answer, evidence, rows, missing)

    since, end = stated.certificate_on, date(year, 12, 31)
    if stated.kind is None:
        return told(Answer.UNDETERMINED, "organization.kind")
    due = law.due(year)
    if due is None:
        return told(Answer.NO_RULE)
    if since is None:
        return told(Answer.UNDETERMINED, "organization.certificate_on")
    if since > end:
        return told(Answer.NO)
    if since.year < year:
        return told(Answer.YES, row=due[1])
    exempt = law.of_kind("check.exempt")
    if exempt is None:
        return told(Answer.NO_RULE)
    assert isinstance(exempt.value, int)
    longer = add_months(since, exempt.value) < end
    return told(Answer.YES if longer else Answer.NO, row=exempt)


def _reports(stated: Organization, law: Law) -> Finding:
    row = law.row("check.charity_reports")
    if row is None or row.value is not True:
        return Finding("charity_reports", _REPORTS, Answer.NO_RULE)
    if stated.charity is None:
        missing = ("organization.charity",)
        return Finding("charity_reports", _REPORTS, Answer.UNDETERMINED, (), (row,), missing)
    answer = Answer.YES if stated.charity else Answer.NO
    return Finding("charity_reports", _REPORTS, answer, (), (row,))


def _filings(stated: Organization, year: int, law: Law) -> Iterator[Filing]:
    for to in To:
        if to is To.SUPERVISOR and stated.has_supervisor is False:
            continue
        due = law.due(year, to.value)
        if due is not None:
            certain = to is To.REGISTRAR or stated.has_supervisor is True
            yield Filing(to, *due, certain)


def conclusions(
    kind: Kind, on: date, *, area: str = NATION, standards: Standards | None = None
) -> tuple[Conclusion, ...]:
    """The conclusions that the law of a day knows for a kind; empty where none is held.

    Raises:
        NotFound: when no area bore that code on that day.

    Source:
        Measures of 2005 (Order No. 27) art. 7 ¶1; Measures for the Annual Check of Associations,
        in force since 2026-01-01. Foundations: Measures of 2006 (Order No. 30) art. 6 for a
        check passed, Regulation art. 42 ¶1 item 5 for one failed; 民发〔2012〕124号 (secondary)
        for one basically passed.

    Limitations:
        For associations before 2026 no national rule was in force. Of the measures on
        foundations art. 7 was read in its opening only, and arts 8 ff. were not: whether they
        knew a check basically passed before 2012-07-10 is not held.

    Example:
        >>> [each.name for each in conclusions(Kind.ASSOCIATION, date(2026, 1, 1))]
        ['PASSED', 'BASICALLY_PASSED', 'FAILED']
        >>> conclusions(Kind.ASSOCIATION, date(2025, 12, 31))
        ()
    """
    law = Law(on, kind, area, standards)
    known = (Conclusion.PASSED, Conclusion.BASICALLY_PASSED, Conclusion.FAILED)
    return tuple(each for each in known if _known(law, each))


def _known(law: Law, each: Conclusion) -> bool:
    found = law.of_kind("check.conclusion", conclusion=each.name.lower())
    return found is not None and found.value is True


def conclude(
    kind: Kind,
    on: date,
    *,
    minor: int,
    serious: int,
    area: str = NATION,
    standards: Standards | None = None,
) -> Conclusion:
    """The conclusion that the situations found in a check lead to.

    Args:
        kind: of the organisation.
        on: the day of the conclusion.
        minor: how many of the situations of the rule were found and are minor (情节较轻).
        serious: how many were found and are serious (情节严重).
        area: six-digit code of the registration authority's area; left out, the law of the
            nation alone.
        standards: the tables; the bundled ones when left out.

    Raises:
        NotFound: when no rule is held that leads from situations to a conclusion.
        InvalidInput: for counts below 0.
        WrongType: for counts that are no whole numbers.

    Source:
        Measures of 2005 (Order No. 27) art. 8, for private non-enterprise units; 民发〔2012〕124号
        (secondary), for foundations: by how serious the case is.

    Limitations:
        The situations themselves, and what is minor, are the authority's finding. That a
        foundation's minor situation gives "basically passed", and a serious one "failed", is
        the reading of 视情节轻重依法给予基本合格或不合格.

    Example:
        >>> conclude(Kind.PRIVATE_UNIT, date(2020, 6, 1), minor=2, serious=0).name
        'BASICALLY_PASSED'
    """
    if faults := [*counted("minor", minor), *counted("serious", serious)]:
        raise InvalidInput(faults)
    found = Law(on, kind, area, standards).of_kind("check.by_seriousness")
    if found is None or found.value is not True:
        raise NotFound(f"no rule of conclusions by situations is held for {kind.name} on {on}")
    if serious:
        return Conclusion.FAILED
    return Conclusion.BASICALLY_PASSED if minor else Conclusion.PASSED


def rectification_due(
    kind: Kind, told_on: date, *, area: str = NATION, standards: Standards | None = None
) -> date:
    """The last day of the rectification after a check that was not simply passed.

    Args:
        kind: of the organisation.
        told_on: the day from which the period runs.
        area: six-digit code of the registration authority's area; left out, the law of the
            nation alone.
        standards: the tables; the bundled ones when left out.

    Raises:
        NotFound: when no period is held.

    Source:
        Measures of 2005 (Order No. 27) art. 9 ¶1: three months.

    Limitations:
        That a unit whose check failed may be told to stop its activities meanwhile, with its
        certificate, seal and books sealed up (art. 9 ¶2), is the authority's decision.

    Example:
        >>> rectification_due(Kind.PRIVATE_UNIT, date(2020, 11, 30))
        datetime.date(2021, 2, 28)
    """
    found = Law(told_on, kind, area, standards).of_kind("check.rectification")
    if found is None:
        raise NotFound(f"no period of rectification is held for {kind.name} on {told_on}")
    assert isinstance(found.value, int)
    return add_months(told_on, found.value)
