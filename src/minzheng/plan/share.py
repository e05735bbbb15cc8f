"""The share of tekun persons in institutions (集中供养率), with its denominator said."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from attrs import field, fields, frozen

from minzheng.base.i18n import N_, translator
from minzheng.errors import Fault, InvalidInput

__all__ = ["Share", "ShareOf", "TekunCounts", "centralised_share"]


@frozen(kw_only=True)
class TekunCounts:
    """Persons on one day, by self-care and by where they are supported.

    Raises:
        InvalidInput: for a count below 0, naming each.
    """

    partial_centralised: int = field()
    """半失能, in an institution"""
    partial_dispersed: int = field()
    """半失能, at home"""
    complete_centralised: int = field()
    """失能, in an institution"""
    complete_dispersed: int = field()
    """失能, at home"""

    def __attrs_post_init__(self) -> None:
        faults = [
            Fault(each.name, f"expected 0 or more, got {count}")
            for each in fields(TekunCounts)
            if (count := getattr(self, each.name)) < 0
        ]
        if faults:
            raise InvalidInput(faults)


class ShareOf(StrEnum):
    """Of whom the share is taken; never of all tekun."""

    PARTIAL_AND_COMPLETE = "partial_and_complete"
    """失能半失能人员, as the plan of Chengde for 2020 words it"""
    COMPLETE = "complete"
    """only those who have lost self-care completely: one reading of 生活不能自理"""


_OF = {
    ShareOf.PARTIAL_AND_COMPLETE: N_("persons who have lost self-care partly or completely"),
    ShareOf.COMPLETE: N_("persons who have lost self-care completely"),
}


@frozen
class Share:
    """A share and what it was taken of.

    Attributes:
        numerator: persons in institutions.
        denominator: persons of whom it was taken.
        of: the reading chosen.
    """

    numerator: int
    denominator: int
    of: ShareOf

    @property
    def ratio(self) -> Fraction | None:
        """The exact share; ``None`` where there is nobody to take it of."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    def reaches(self, target: Fraction) -> bool | None:
        """Whether the share is at least (以上) a target; ``None`` where there is no share."""
        return None if self.ratio is None else self.ratio >= target

    def explain(self, language: str) -> str:
        """The share with its denominator in words.

        Raises:
            InvalidInput: for a language without a catalogue.
        """
        t = translator(language)
        return t(N_("Supported in institutions: {numerator} of {denominator} {group}.")).format(
            numerator=self.numerator, denominator=self.denominator, group=t(_OF[self.of])
        )


def centralised_share(counts: TekunCounts, of: ShareOf) -> Share:
    """The share of tekun persons who are supported in institutions.

    Args:
        counts: persons on one day.
        of: of whom it is taken. There is no default: the plan of 2020 says disabled and
            semi-disabled persons, the wording of the nation is not confirmed.

    Source:
        work plan of Chengde for 2020, item 7: 失能半失能人员集中供养率 50 % or more; the
        target is the series ``tekun.centralised_share``.

    Example:
        >>> counts = TekunCounts(partial_centralised=40, partial_dispersed=60,
        ...                 complete_centralised=70, complete_dispersed=30)
        >>> centralised_share(counts, ShareOf.PARTIAL_AND_COMPLETE).ratio
        Fraction(11, 20)
        >>> centralised_share(counts, ShareOf.COMPLETE).ratio
        Fraction(7, 10)
    """
    inside, outside = counts.complete_centralised, counts.complete_dispersed
    if of is ShareOf.PARTIAL_AND_COMPLETE:
        inside += counts.partial_centralised
        outside += counts.partial_dispersed
    return Share(inside, inside + outside, of)
