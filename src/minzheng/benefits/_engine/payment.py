"""What a place's table may state of how any benefit is paid, and what the library makes of it.

Only the rhythm is used; of a limit, a factor or the shares of levels of government a granted
decision says that a row is on file and is not used.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from minzheng.base.i18n import N_
from minzheng.base.money import to_fen, to_yuan
from minzheng.benefits.common.instalments import balance, instalments
from minzheng.decision import Award, Note
from minzheng.standards import Per, Standards
from minzheng.standards.reading import Reading

if TYPE_CHECKING:
    from minzheng.benefits._engine.benefit import Case

__all__ = ["SERIES", "read", "remarks", "rhythm"]

_EVERY, _TIMES, _FACTOR, _SHARE = SERIES = (
    "payment.every_months",
    "payment.times_a_year",
    "payment.factor",
    "payment.cost_share",
)
"""Series by benefit."""

_LEVELS: Final = ("centre", "province", "prefecture", "county")
_YEAR: Final = {Per.MONTH: 12, Per.YEAR: 1}
_PAID_EVERY = N_("Paid every {months} months, {amount} each time.")
_UNUSED = {
    _TIMES: N_(
        "A local rule on file limits how often a year this is granted; earlier grants are not counted here."
    ),
    _FACTOR: N_(
        "A local rule on file raises amounts of this benefit by a factor; it is not applied here."
    ),
    _SHARE: N_(
        "The shares of the levels of government in the costs are on file; the amount is not divided here."
    ),
}


def read(reader: Reading, standards: Standards, benefit: str) -> None:
    """Look up the rows of a benefit, so that a decision reports them.

    Args:
        reader: of a place and a day.
        standards: the tables.
        benefit: its name; one that the series do not know has no rows.
    """
    if benefit not in standards.series[_EVERY].keys["benefit"]:
        return
    for series in (_EVERY, _TIMES, _FACTOR):
        reader.get(series, benefit=benefit)
    for level in _LEVELS:
        reader.get(_SHARE, benefit=benefit, level=level)


def rhythm(year: int, months: int) -> Iterator[Note]:
    """The notes on an amount that is paid every so many months.

    Args:
        year: fen a year.
        months: that each payment is for.
    """
    each, _last, _times = instalments(year, months)
    yield Note(_PAID_EVERY, {"months": months, "amount": to_yuan(each)})
    yield from balance(year, months)


def remarks(case: Case, award: Award | None) -> Iterator[Note]:
    """The notes of a granted case on the rows of its benefit.

    Args:
        case: with its figures.
        award: what is granted; ``None`` for a recognition.
    """
    held = case.resolved.held
    if _EVERY in held and award is not None and award.per in _YEAR:
        yield from rhythm(to_fen(award.amount) * _YEAR[award.per], Reading.whole(held[_EVERY]))
    for series, text in _UNUSED.items():
        if series in held:
            yield Note(text)
