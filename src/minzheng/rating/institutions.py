"""Institutions as a whole: how many reach a star, and what stops one from being rated.

Source: work plan of 2020 of Chengde, items 14 and 16; 民发〔2019〕103号, art. 11.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from fractions import Fraction

from attrs import frozen

from minzheng.base.dates import Span, add_months
from minzheng.base.i18n import N_, day, translator
from minzheng.errors import InvalidInput
from minzheng.rating.numbers import shown

__all__ = [
    "CHENGDE_2020",
    "Attainment",
    "Denominator",
    "FireApproval",
    "Goal",
    "Institution",
    "Listing",
    "Stop",
    "attainment",
    "stops",
]


class Denominator(StrEnum):
    """Of what a share of star institutions is taken; it has to be said."""

    INSTITUTIONS = "institutions"
    APPLICANTS = "applicants"
    OPERATING = "operating"


class FireApproval(StrEnum):
    """What fire approval an institution has."""

    ACCEPTED = "accepted"
    FILED = "filed"
    SAFETY_ASSESSED = "safety_assessed"
    """by a third party"""
    LEGACY_PENDING = "legacy_pending"
    """消防审验历史遗留"""
    NONE = "none"


@frozen
class Listing:
    """A stay on the joint-punishment list of elder care (民发〔2019〕103号).

    Attributes:
        since: the first day on it.
        removed: the first day off it; ``None`` while it stands.
    """

    since: date
    removed: date | None = None

    def stands(self, on: date) -> bool:
        """Whether it is on the list on a day."""
        return self.since <= on and (self.removed is None or on < self.removed)

    @property
    def removal_from(self) -> date:
        """The day from which removal may be asked for: after two full years.

        Example:
            >>> Listing(date(2020, 3, 1)).removal_from
            datetime.date(2022, 3, 1)
        """
        return add_months(self.since, 24)

    def may_ask_removal(
        self, on: date, *, no_new_violation: bool | None, rectified: bool | None
    ) -> bool | None:
        """Whether removal may be asked for; ``None`` when it hangs on what is not known.

        Source: 民发〔2019〕103号, art. 11.

        Limitations: the two conditions are taken as alternatives, as they were quoted; the
        official text was not read.
        """
        if not self.stands(on) or on < self.removal_from:
            return False
        if no_new_violation or rectified:
            return True
        return None if no_new_violation is None or rectified is None else False


@frozen
class Institution:
    """One institution of a place; ``None`` is not known.

    Attributes:
        id: any.
        operating: whether it operates.
        applied: whether it applied for a grade.
        graded: whether it holds or held a grade.
        valid: the days of its grade.
        fire: its fire approval.
        major_hazard: whether a major accident hazard is open.
        listings: its stays on the joint-punishment list; the tuple is complete.
    """

    id: str
    operating: bool | None = None
    applied: bool | None = None
    graded: bool | None = None
    valid: Span | None = None
    fire: FireApproval | None = None
    major_hazard: bool | None = None
    listings: tuple[Listing, ...] | None = None

    def attains(self, on: date) -> bool | None:
        """Whether it holds a valid grade on a day."""
        if self.graded is False:
            return False
        return None if self.graded is None or self.valid is None else on in self.valid


@frozen
class Goal:
    """A goal for the share and the number of star institutions.

    Attributes:
        share: at least.
        number: institutions to be brought on.
        by: the last day.
        source: where it stands.
    """

    share: Fraction
    number: int
    by: date
    source: str


CHENGDE_2020 = Goal(
    Fraction(1, 2), 20, date(2020, 12, 31), "承德市民政局2020年工作要点 (2020-07-24), items 14, 16"
)
"""At least 50 % of the institutions at star standard by the end of 2020, and 20 brought on."""


@frozen
class Attainment:
    """The share of institutions with a valid grade.

    Attributes:
        on: the day.
        denominator: of what it is taken.
        reached: institutions with a valid grade.
        of: those counted in the denominator.
        unknown: further ones of which the grade, or whether they count, is not known.
    """

    on: date
    denominator: Denominator
    reached: int
    of: int
    unknown: int = 0

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.reached <= self.of or self.unknown < 0:
            raise InvalidInput(f"expected 0 <= reached <= of, got {self.reached} of {self.of}")

    @property
    def share(self) -> Fraction | None:
        """The share; ``None`` while something is not known, or nothing is counted."""
        return None if self.unknown or not self.of else Fraction(self.reached, self.of)

    @property
    def least(self) -> Fraction:
        """The share if none of the unknown reach it and all of them count."""
        total = self.of + self.unknown
        return Fraction(self.reached, total) if total else Fraction(0)

    @property
    def most(self) -> Fraction:
        """The share if all of the unknown reach it."""
        total = self.of + self.unknown
        return Fraction(self.reached + self.unknown, total) if total else Fraction(0)

    def meets(self, goal: Goal) -> bool | None:
        """Whether the share of a goal is met; ``None`` when it hangs on what is not known."""
        if not self.of + self.unknown:
            return None
        if self.least >= goal.share:
            return True
        return False if self.most < goal.share else None

    def explain(self, language: str) -> str:
        """The share in words, with what it is taken of.

        Args:
            language: ``"zh_CN"`` or ``"en"``.

        Raises:
            InvalidInput: for another language.
        """
        t = translator(language)
        text = t(N_("{day}: {reached} of {of} {what} hold a valid grade")).format(
            day=day(self.on, language),
            reached=self.reached,
            of=self.of,
            what=t(_DENOMINATORS[self.denominator]),
        )
        if self.share is not None:
            text += t(N_(" ({share} %)")).format(share=shown(self.share * 100, 1))
        if self.unknown:
            text += t(N_("; not known: {unknown}")).format(unknown=self.unknown)
        return text


_DENOMINATORS = {
    Denominator.INSTITUTIONS: N_("institutions"),
    Denominator.APPLICANTS: N_("applicants"),
    Denominator.OPERATING: N_("operating institutions"),
}


def attainment(
    institutions: Iterable[Institution], on: date, denominator: Denominator
) -> Attainment:
    """The share of institutions with a valid grade, of a stated denominator.

    Args:
        institutions: of the place, all of them.
        on: the day.
        denominator: of what.

    Example:
        >>> one = Institution("a", graded=True, valid=Span(date(2020, 1, 1), date(2023, 1, 1)))
        >>> two = Institution("b", graded=False)
        >>> attainment([one, two], date(2020, 12, 31), Denominator.INSTITUTIONS).share
        Fraction(1, 2)
    """
    reached = of = unknown = 0
    for each in institutions:
        counts = {
            Denominator.INSTITUTIONS: True,
            Denominator.APPLICANTS: each.applied,
            Denominator.OPERATING: each.operating,
        }[denominator]
        attains = each.attains(on)
        if counts is False:
            continue
        if counts is None or attains is None:
            unknown += 1
            continue
        of += 1
        reached += attains
    return Attainment(on, denominator, reached, of, unknown)


@frozen
class Stop:
    """What stops a rating, or may: ``certain`` is false where the fact is not known."""

    code: str
    certain: bool = True

    def text(self, language: str) -> str:
        """The reason in words.

        Args:
            language: ``"zh_CN"`` or ``"en"``.

        Raises:
            InvalidInput: for another language.
        """
        t = translator(language)
        told = t(_STOPS[self.code])
        return told if self.certain else t(N_("not known whether: {what}")).format(what=told)


_STOPS = {
    "fire_approval": N_("it has no fire approval"),
    "major_hazard": N_("a major accident hazard is open"),
    "joint_punishment": N_("it is on the joint-punishment list"),
}


def stops(institution: Institution, on: date) -> tuple[Stop, ...]:
    """What stops an institution from being rated on a day, whatever its score.

    Args:
        institution: its fire approval, hazards and listings.
        on: the day.

    Limitations: that fire approval is asked for is read in the press on GB/T 37276-2018; an approval
        after a third party's assessment is taken as one, a pending legacy case is not. That the list
        bars an application is Shanghai's rule; that an open major hazard does is this library's
        reading.

    Example:
        >>> home = Institution("a", fire=FireApproval.LEGACY_PENDING, major_hazard=False, listings=())
        >>> [each.code for each in stops(home, date(2020, 12, 31))]
        ['fire_approval']
    """
    return tuple(_stops(institution, on))


def _stops(institution: Institution, on: date) -> Iterator[Stop]:
    if institution.fire is None:
        yield Stop("fire_approval", certain=False)
    elif institution.fire in (FireApproval.LEGACY_PENDING, FireApproval.NONE):
        yield Stop("fire_approval")
    if institution.major_hazard is not False:
        yield Stop("major_hazard", certain=institution.major_hazard is not None)
    if institution.listings is None:
        yield Stop("joint_punishment", certain=False)
    elif any(each.stands(on) for each in institution.listings):
        yield Stop("joint_punishment")
