"""What is known of one social organisation; ``None`` always means not known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import IntEnum
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any, cast

from attrs import Attribute, field, fields, frozen

from minzheng.base.brief import shown
from minzheng.base.i18n import N_
from minzheng.base.identifiers import uscc
from minzheng.base.lists import each_of
from minzheng.errors import Fault, InvalidInput, WrongType
from minzheng.organizations.kinds import Kind, read_number

__all__ = [
    "Conclusion",
    "CreditRecord",
    "Decoupling",
    "Organization",
    "YearCheck",
    "counted",
    "is_year",
    "meaning",
    "stable_id",
]


class Conclusion(IntEnum):
    """How the annual check of one year ended, or what stood in its place."""

    PASSED = 1
    """年检合格"""
    BASICALLY_PASSED = 2
    """年检基本合格"""
    FAILED = 3
    """年检不合格"""
    REPORTED = 4
    """an annual report in place of the check (年度报告)"""
    NOT_TAKEN = 5
    """neither check nor report (未参加年检)"""
    EXEMPT = 6
    """outside the check of that year, as newly registered"""


@frozen
class YearCheck:
    """How the check of one year ended.

    Attributes:
        year: the year that was checked, not the one in which the check was made.
        conclusion: how it ended.
    """

    year: int
    conclusion: Conclusion


def _is_day(_self: object, about: Attribute[Any], value: object) -> None:
    if value is not None and (isinstance(value, datetime) or not isinstance(value, date)):
        raise WrongType(f"{about.name}: expected a date without a time, got {shown(value)}")


def _is_flag(_self: object, about: Attribute[Any], value: object) -> None:
    if value is not None and not isinstance(value, bool):
        raise WrongType(f"{about.name}: expected True, False or None, got {shown(value)}")


def _flag(text: str) -> Any:
    return field(default=None, validator=_is_flag, metadata={"about": text})


def _day(text: str) -> Any:
    return field(default=None, validator=_is_day, metadata={"about": text})


def stable_id(value: object) -> str:
    """Give the one form of an organisation's id: of a credit code, however it is typed.

    Raises:
        InvalidInput: for an empty text.
        WrongType: for anything but a ``str``.

    Example:
        >>> stable_id("51 130800 00000000-0 4"), stable_id(" 社证字第0000号")
        ('511308000000000004', '社证字第0000号')
    """
    if not isinstance(value, str):
        raise WrongType(f"id: expected a text, got {shown(value)}")
    code = uscc.compact(value)
    made = code if uscc.is_valid(code) else value.strip()
    if not made:
        raise InvalidInput([Fault("id", "is empty")])
    return made


def _about(text: str) -> Any:
    return field(default=None, metadata={"about": text})


def _checks(value: Mapping[int, Conclusion] | Iterable[YearCheck]) -> tuple[YearCheck, ...]:
    if isinstance(value, Mapping):
        by_year = cast("Mapping[int, Conclusion]", value)
        return tuple(YearCheck(year, ended) for year, ended in by_year.items())
    return each_of("checks", value, YearCheck)


@frozen(kw_only=True)
class Organization:
    """One social organisation and what the registration authority knows of it.

    Attributes:
        id: any stable name; the credit code does.
        kind: what it is registered as; read from ``number`` where that is a credit code.
        number: credit code or older registration number.
        certificate_on: the day it got its registration certificate (取得登记证书).
        charity: whether it is registered or recognised as a charity (慈善组织).
        has_supervisor: whether it has a supervising unit (业务主管单位); one registered
            directly, or decoupled, has none.
        checks: conclusions by the year that was checked, as a mapping of years or as
            :class:`YearCheck`; a year left out is not known.
        false_registration: whether the registration was got by fraud, as the authority finds.
        approval_withdrawn: whether the supervising unit withdrew its approval.
        overdue_cancellation: whether it is to be cancelled (符合注销条件), is not cancelled as
            required and goes on.
        withdrawal_asked: whether it broke another law and the competent organ of the state
            holds that the registration should be withdrawn.
        misused_certificate: whether it altered, let or lent its certificate, or let or lent its
            seal.
        outside_purpose: whether it is active beyond the purpose and the scope of its charter.
        refused_supervision: whether it refuses supervision, as the authority finds; a check
            not taken is a refusal already.
        change_unregistered: whether a change was not registered as required.
        branch_breach: of a private non-enterprise unit, whether it set up any branch; of an
            association, whether it set up one against the rules, or neglected one with grave
            consequences.
        for_profit: whether it does business for profit.
        assets_taken: whether its assets, or donations and aid to it, were taken, shared out or
            misused.
        unlawful_funds: whether it charged fees, raised funds, or took or used donations and aid
            against the rules of the state.
        false_accounts: whether vouchers, books or financial reports were falsified.
        spending_short: whether it spent less for the public benefit than required.
        undisclosed: whether it did not publish what it must, or published what is false.
        charity_breach: of a charity, whether it acted outside the charitable purpose, took
            charitable property, or accepted or set terms against the law (2016 art. 98, 2023
            art. 109).
        uncorrected: whether that was not put right within the time that was set.
        charity_duties: of a charity, whether it broke one of the duties listed in the law of
            2016 art. 99, of 2023 art. 110; a year without check and report is one already.
        sanctioned: whether it was dealt with for such a breach of duties within the year before.
        charity_fundraising: of a charity, whether it raised funds in one of the ways listed in
            the law of 2023 art. 111.
        charity_tax: of a charity, whether it got tax advantages by fraud.
        charity_security: of a charity, whether it does or funds what harms the security of the
            state or the public interest.
        serious: whether the authority finds the case serious (情节严重): the case as a whole,
            with every act stated here.
        never_active: whether it has had no activity at all since the certificate.
        first_activity: the day of its first activity since the certificate.
        last_activity: the day of its last activity within its scope of business.
        reachable: whether it can be reached by registered address, legal representative or
            otherwise.
        governed: whether its internal management works; ``False`` for chaos or deadlock.

    Raises:
        InvalidInput: with every fault at once: numbers and kinds that disagree, days in the
            wrong order, years that are none.

    Example:
        >>> Organization(id="a", number="52130800000000000" + "1").kind.name
        'PRIVATE_UNIT'
        >>> Organization(id="a", kind=Kind.FOUNDATION, number="521308000000000001")
        Traceback (most recent call last):
            ...
        minzheng.errors.InvalidInput: organization.kind: is FOUNDATION, but the number says PRIVATE_UNIT
    """

    id: str = field(converter=stable_id)
    kind: Kind | None = _about(N_("what it is registered as"))
    number: str | None = _about(N_("credit code or registration number"))
    certificate_on: date | None = _day(N_("day of the registration certificate"))
    charity: bool | None = _flag(N_("whether it is a charity"))
    has_supervisor: bool | None = _flag(N_("whether it has a supervising unit"))
    checks: tuple[YearCheck, ...] = field(
        default=(), converter=_checks, metadata={"about": N_("conclusion by year")}
    )
    false_registration: bool | None = _flag(N_("whether the registration was got by fraud"))
    approval_withdrawn: bool | None = _flag(
        N_("whether the supervising unit withdrew its approval")
    )
    overdue_cancellation: bool | None = _flag(N_("whether it goes on though it is to be cancelled"))
    withdrawal_asked: bool | None = _flag(
        N_("whether the organ competent for another law holds the registration to be withdrawn")
    )
    misused_certificate: bool | None = _flag(
        N_("whether certificate or seal were altered, let or lent")
    )
    outside_purpose: bool | None = _flag(N_("whether it is active beyond its charter"))
    refused_supervision: bool | None = _flag(N_("whether it refuses supervision"))
    change_unregistered: bool | None = _flag(N_("whether a change was not registered"))
    branch_breach: bool | None = _flag(N_("whether branches break the rules"))
    for_profit: bool | None = _flag(N_("whether it does business for profit"))
    assets_taken: bool | None = _flag(N_("whether assets were taken, shared out or misused"))
    unlawful_funds: bool | None = _flag(
        N_("whether fees, funds or donations are against the rules of the state")
    )
    false_accounts: bool | None = _flag(N_("whether accounts were falsified"))
    spending_short: bool | None = _flag(
        N_("whether spending for the public benefit is below the required amount")
    )
    undisclosed: bool | None = _flag(
        N_("whether information was not published or published falsely")
    )
    charity_breach: bool | None = _flag(
        N_("whether the charity acted against its purpose, its property or lawful terms")
    )
    uncorrected: bool | None = _flag(N_("whether it was not corrected in time"))
    charity_duties: bool | None = _flag(N_("whether the charity broke its listed duties"))
    sanctioned: bool | None = _flag(
        N_("whether it was dealt with for such a breach within the year before")
    )
    charity_fundraising: bool | None = _flag(N_("whether the charity raised funds against the law"))
    charity_tax: bool | None = _flag(N_("whether the charity got tax advantages by fraud"))
    charity_security: bool | None = _flag(
        N_("whether the charity harms the security of the state or the public interest")
    )
    serious: bool | None = _flag(N_("whether the authority finds the case serious"))
    never_active: bool | None = _flag(N_("whether it has had no activity since the certificate"))
    first_activity: date | None = _day(N_("day of the first activity since the certificate"))
    last_activity: date | None = _day(N_("day of the last activity within its scope"))
    reachable: bool | None = _flag(N_("whether it can be reached"))
    governed: bool | None = _flag(N_("whether its internal management works"))

    def __attrs_post_init__(self) -> None:
        if self.number is not None:
            read = read_number(self.number)
            object.__setattr__(self, "number", read.text)
            if self.kind is None:
                object.__setattr__(self, "kind", read.kind)
        if faults := tuple(_faults(self)):
            raise InvalidInput(faults)

    @cached_property
    def by_year(self) -> Mapping[int, Conclusion]:
        """The conclusions that are known, by the year that was checked."""
        return MappingProxyType({each.year: each.conclusion for each in self.checks})

    @property
    def first_act(self) -> date | None:
        """The earliest activity that is known of."""
        known = [each for each in (self.first_activity, self.last_activity) if each is not None]
        return min(known, default=None)


def is_year(value: object) -> bool:
    """Whether a value is a year of the People's Republic, with a year after it."""
    return isinstance(value, int) and not isinstance(value, bool) and 1949 <= value <= 9998


def counted(name: str, value: object, most: int | None = None) -> list[Fault]:
    """What is wrong with a number of things.

    Raises:
        WrongType: when it is not a whole number.
    """
    if isinstance(value, bool) or not isinstance(value, int):
        raise WrongType(f"{name}: expected a whole number, got {shown(value)}")
    if value < 0 or (most is not None and value > most):
        upper = "or more" if most is None else f"to {most}"
        return [Fault(name, f"expected 0 {upper}, got {value}")]
    return []


def _faults(stated: Organization) -> Iterator[Fault]:
    if stated.number is not None and stated.kind is not None:
        said = read_number(stated.number).kind
        if said not in (None, stated.kind):
            text = f"is {stated.kind.name}, but the number says {said.name}"
            yield Fault("organization.kind", text)
    seen: set[int] = set()
    for each in stated.checks:
        path = f"organization.checks[{each.year}]"
        if not is_year(each.year):
            yield Fault(path, "expected a year")
        elif not isinstance(each.conclusion, Conclusion):
            yield Fault(path, f"expected a Conclusion, got {shown(each.conclusion)}")
        elif each.year in seen:
            yield Fault(path, "stands twice")
        elif stated.certificate_on is not None and each.year < stated.certificate_on.year:
            yield Fault(path, f"is before the certificate of {stated.certificate_on}")
        seen.add(each.year)
    first, last = stated.first_activity, stated.last_activity
    for name, when in (("first_activity", first), ("last_activity", last)):
        path = f"organization.{name}"
        if when is not None and stated.never_active:
            yield Fault(path, "is stated, but never_active is true")
        if when is not None and stated.certificate_on is not None and when < stated.certificate_on:
            yield Fault(path, f"{when} is before the certificate of {stated.certificate_on}")
    if first is not None and last is not None and last < first:
        yield Fault("organization.last_activity", f"{last} is before the first, {first}")


def _days(name: str, value: Iterable[date] | None) -> tuple[date, ...] | None:
    if value is None:
        return None
    days = each_of(name, value, date)
    for each in days:
        if isinstance(each, datetime):
            raise WrongType(f"{name}: expected dates without a time, got {shown(each)}")
    return tuple(sorted(days))


def _abnormal_on(value: Iterable[date] | None) -> tuple[date, ...] | None:
    return _days("abnormal_on", value)


def _serious_on(value: Iterable[date] | None) -> tuple[date, ...] | None:
    return _days("serious_on", value)


@frozen(kw_only=True)
class CreditRecord:
    """What is known of one organisation for the two credit lists; ``None`` is not known.

    Each fact is the authority's finding; the name is that of the ground in the tables.

    Attributes:
        id: of the organisation.
        report_missed: no annual report on time or as required.
        party_missing: no party organisation set up as required.
        rectification_missed: a rectification ordered after an inspection not done in time.
        fundraising_breach: a listed breach of the rules of public fundraising.
        minor_penalty: a warning or a small fine.
        unreachable: not to be reached at its registered address.
        abnormal_on: the day it was put on the list of abnormal activity, and the day of every
            new occurrence since, also while it is on the list of serious violation; empty when
            there was none.
        change_by_fraud: a change of registration got by fraud and revoked.
        activity_suspended: activity suspended as a penalty.
        large_fine: a large fine.
        repeated_penalty: several small penalties within the time of the rule.
        dishonest_debtor: a debtor listed for dishonesty by a court (失信被执行人).
        registration_revoked: registration or certificate revoked.
        serious_on: the day it was put on the list of serious violation and dishonesty, and the
            day of every event since that would list it anew; empty when it is not on the list.
        duty_done: the duty or the rectification that it was listed for is done.
        deregistered: its registration is cancelled and settled (注销).

    Raises:
        WrongType: for anything but days and flags.
    """

    id: str = field(converter=stable_id)
    report_missed: bool | None = _flag(N_("annual report missed"))
    party_missing: bool | None = _flag(N_("party organisation not set up as required"))
    rectification_missed: bool | None = _flag(N_("rectification not done in time"))
    fundraising_breach: bool | None = _flag(N_("breach of the rules of public fundraising"))
    minor_penalty: bool | None = _flag(N_("warning or small fine"))
    unreachable: bool | None = _flag(N_("not to be reached at its registered address"))
    abnormal_on: tuple[date, ...] | None = field(
        default=None,
        converter=_abnormal_on,
        metadata={"about": N_("days on the list of abnormal activity")},
    )
    change_by_fraud: bool | None = _flag(N_("change of registration got by fraud and revoked"))
    activity_suspended: bool | None = _flag(N_("activity suspended as a penalty"))
    large_fine: bool | None = _flag(N_("large fine"))
    repeated_penalty: bool | None = _flag(N_("several small penalties"))
    dishonest_debtor: bool | None = _flag(N_("debtor listed for dishonesty by a court"))
    registration_revoked: bool | None = _flag(N_("registration or certificate revoked"))
    serious_on: tuple[date, ...] | None = field(
        default=None,
        converter=_serious_on,
        metadata={"about": N_("days on the list of serious violation")},
    )
    duty_done: bool | None = _flag(N_("duty or rectification done"))
    deregistered: bool | None = _flag(N_("registration cancelled"))


@frozen(kw_only=True)
class Decoupling:
    """How far a trade association is separated from administrative organs; ``None`` is not known.

    Attributes:
        id: of the organisation.
        institutions: 机构分离.
        functions: 职能分离.
        assets: 资产财务分离.
        personnel: 人员管理分离.
        party_building: 党建外事分离.

    Raises:
        WrongType: for anything but flags.
    """

    id: str = field(converter=stable_id)
    institutions: bool | None = _flag(N_("whether the institutions are separated"))
    functions: bool | None = _flag(N_("whether the functions are separated"))
    assets: bool | None = _flag(N_("whether assets and finance are separated"))
    personnel: bool | None = _flag(N_("whether the personnel is separated"))
    party_building: bool | None = _flag(
        N_("whether party-building and foreign affairs are separated")
    )


_OF_PATH = re.compile(r"(\w+)\.(\w+)(?:\[\d+\])?")


@cache
def _meanings() -> Mapping[tuple[str, str], str]:
    return {
        (name, each.name): each.metadata.get("about", "")
        for name, kind in (
            ("organization", Organization),
            ("record", CreditRecord),
            ("decoupling", Decoupling),
        )
        for each in fields(kind)
    }


def meaning(path: str) -> str:
    """What the fact of a path is about, as a message id; ``""`` for one not known.

    Example:
        >>> meaning("organization.checks[2019]")
        'conclusion by year'
    """
    found = _OF_PATH.fullmatch(path)
    return _meanings().get((found[1], found[2]), "") if found else ""
