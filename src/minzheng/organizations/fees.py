"""Fees of trade associations (行业协会商会收费): what can be wrong, and how many are checked."""

from __future__ import annotations

from datetime import date
from enum import IntEnum
from fractions import Fraction

from attrs import frozen

from minzheng.base.i18n import N_, translator
from minzheng.errors import InvalidInput
from minzheng.law import Citation
from minzheng.organizations.facts import counted
from minzheng.organizations.findings import cited
from minzheng.standards import Found, Standards

__all__ = ["PROBLEMS", "FeeCheck", "Problem", "fee_check"]

PROBLEMS = Citation("association-fees-check-2021")
"""The notice of 2021 that numbers the problems."""


class Problem(IntEnum):
    """What a check of fees can find, by the numbers of the notice of 2021.

    Source:
        民函〔2021〕50号, for national trade associations, June to December 2021.

    Example:
        >>> Problem.FORCED_MEMBERSHIP.text("zh_CN"), len(Problem)
        ('强制入会', 15)
    """

    FORCED_MEMBERSHIP = 1
    NO_SERVICE_OR_DOUBLE = 2
    BRANCH_FEES = 3
    REBATES = 4
    PUBLIC_POWER = 5
    AWARDS = 6
    QUALIFICATIONS = 7
    FORCED_ACTIVITIES = 8
    FORCED_SPONSORSHIP = 9
    BRANCH_MANAGEMENT_FEES = 10
    COUNCIL_POSTS = 11
    FEE_PROCEDURE = 12
    COMPULSORY_SERVICE_PRICE = 13
    MARKET_PRICE = 14
    OTHER = 15

    def text(self, language: str) -> str:
        """The problem in words.

        Raises:
            InvalidInput: for a language without a catalogue.
        """
        return translator(language)(_PROBLEMS[self])


_PROBLEMS = {
    Problem.FORCED_MEMBERSHIP: N_("forced membership"),
    Problem.NO_SERVICE_OR_DOUBLE: N_("fee without service, or charged twice"),
    Problem.BRANCH_FEES: N_("fees charged by branches"),
    Problem.REBATES: N_("fees collected for a share of them"),
    Problem.PUBLIC_POWER: N_("misuse of statutory or delegated power"),
    Problem.AWARDS: N_("fees for awards and rankings"),
    Problem.QUALIFICATIONS: N_("fees for professional qualifications"),
    Problem.FORCED_ACTIVITIES: N_("forced paid activities"),
    Problem.FORCED_SPONSORSHIP: N_("forced sponsorship or publications"),
    Problem.BRANCH_MANAGEMENT_FEES: N_("management fees taken from branches"),
    Problem.COUNCIL_POSTS: N_("extra charges for posts in the council"),
    Problem.FEE_PROCEDURE: N_("fee standard set without its procedure"),
    Problem.COMPULSORY_SERVICE_PRICE: N_("price of a compulsory service set without its procedure"),
    Problem.MARKET_PRICE: N_("unreasonable price of a service on the market"),
    Problem.OTHER: N_("other problem of fees"),
}


@frozen
class FeeCheck:
    """How many trade associations have their fees checked, and how many must.

    Attributes:
        total: all trade associations and chambers: the denominator.
        checked: those drawn for the check; ``None`` is not known.
        found: the row of the least share.
    """

    total: int
    checked: int | None
    found: Found

    @property
    def least(self) -> Fraction:
        """The least share."""
        assert isinstance(self.found.value, Fraction)
        return self.found.value

    @property
    def required(self) -> int:
        """How many must be checked: "not less than" a share is rounded up, exactly."""
        return -(-self.total * self.least.numerator // self.least.denominator)

    @property
    def share(self) -> Fraction | None:
        """The share that is checked; ``None`` when not known, or of nothing."""
        if self.checked is None or self.total == 0:
            return None
        return Fraction(self.checked, self.total)

    @property
    def margin(self) -> int | None:
        """How many more are checked than must; negative when too few."""
        return None if self.checked is None else self.checked - self.required

    @property
    def met(self) -> bool | None:
        """Whether enough are checked; ``None`` when not known, or of nothing."""
        return None if self.share is None else self.share >= self.least

    def explain(self, language: str) -> str:
        """The check in one sentence.

        Raises:
            InvalidInput: for a language without a catalogue.
        """
        t = translator(language)
        yes = {True: N_("yes"), False: N_("no"), None: N_("not known")}
        text = N_(
            "Fees checked: {checked} of {total} trade associations; at least {required}; enough: {answer} (basis: {basis})"
        )
        return t(text).format(
            checked=t(N_("not known")) if self.checked is None else self.checked,
            total=self.total,
            required=self.required,
            answer=t(yes[self.met]),
            basis=cited(self.found, language),
        )


def fee_check(
    total: int,
    checked: int | None,
    on: date,
    *,
    area: str,
    standards: Standards | None = None,
) -> FeeCheck:
    """Set the number of trade associations checked against the least share of a place.

    Args:
        total: all trade associations and chambers registered there.
        checked: those drawn for the check of fees; ``None`` is not known.
        on: the day whose rule is taken.
        area: six-digit code of the place.
        standards: the tables; the bundled ones when left out.

    Raises:
        FigureNotFound: when no share is held: no national one is.
        InvalidInput: for counts below 0, or more checked than there are.
        WrongType: for counts that are no whole numbers.

    Source:
        Chengde work plan of 2020, item 27: not less than 5 % of the total.

    Example:
        >>> told = fee_check(41, 2, date(2020, 7, 24), area="130800")
        >>> told.required, told.margin, told.met
        (3, -1, False)
        >>> fee_check(0, 0, date(2020, 7, 24), area="130800").met is None
        True
    """
    faults = counted("total", total)
    if checked is not None:
        faults += counted("checked", checked, max(total, 0))
    if faults:
        raise InvalidInput(faults)
    tables = Standards.bundled() if standards is None else standards
    return FeeCheck(total, checked, tables.find("organization.fees.share", area, on, kinds=None))
