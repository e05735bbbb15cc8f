"""The facts, terms and result of care vouchers: whole numbers only, money in fen."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Final

from attrs import frozen

from minzheng.base.i18n import N_
from minzheng.people import Assistance, CareService
from minzheng.rules import Outcome, fact, limited

__all__ = ["LACKS", "PersonFacts", "Reason", "Result", "Terms"]


class Reason(IntEnum):
    """Why vouchers are given or not; the first that holds."""

    NONE = 0
    ELIGIBLE = 1
    NOT_ELDERLY = 2
    NOT_INCAPACITATED = 3
    TEKUN = 4
    CENTRALISED_CARE = 5
    IMPROVEMENT_ACTION = 6
    NO_SPENDING = 7
    SHARE_MISSING = 8


LACKS: Final[Mapping[int, str]] = {
    Reason.SHARE_MISSING: "care_voucher.share",
}
"""The series that is missing where the rule leaves a case open."""


@frozen(kw_only=True)
class PersonFacts:
    """The applicant; enumerations are those of ``minzheng.people``.

    ``level`` is that of GB/T 42195, ``care_month`` fen spent in the month, net of
    long-term care insurance.
    """

    age: int = limited(most=150)
    level: int = limited(most=4)
    assistance: Assistance
    service: CareService
    care_month: int
    centralised_care: bool = False
    improvement_action: bool = False


@frozen(kw_only=True)
class Terms:
    """The figures and the law of one place and day.

    Shares are times ``scale``, -1 where not held; ``cap`` is fen a month.
    """

    from_age: int
    from_level: int
    scale: int
    share_home: int
    share_institution: int
    share_day_care: int
    cap: int
    not_with_tekun: bool
    not_with_centralised_care: bool
    not_with_improvement_action: bool


_GRANTED = (Outcome.GRANTED,)


@frozen
class Result:
    """The outcome and every intermediate amount: the explanation of the decision."""

    outcome: Outcome = fact("")
    reason: Reason = fact("")
    not_elderly: bool = fact("")
    not_incapacitated: bool = fact("")
    is_tekun: bool = fact("")
    centralised_care: bool = fact("")
    improvement_action: bool = fact("")
    no_spending: bool = fact("")
    care_month: int = fact(N_("spending on care in the month"), N_("yuan a month"), shown=_GRANTED)
    computed_month: int = fact(
        N_("share borne, before the ceiling"),
        N_("yuan a month"),
        "care_voucher.share",
        shown=_GRANTED,
    )
    capped: bool = fact("")
    pay_month: int = fact(
        N_("care vouchers"), N_("yuan a month"), "care_voucher.cap", shown=_GRANTED
    )
